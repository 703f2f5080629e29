# Writes <ATS_OUTPUT>/link.cmake, the lists that targets.cmake makes targets of.
set(base_archives riegeli re2 blosc zlib zstd bzip2 lz4 libdeflate snappy liblzma ${abseil_archives})
set(include_dirs "${include_root}" "${ATS_SOURCE_tensorstore}" "${ATS_SOURCE_abseil}" "${ATS_SOURCE_re2}"
  "${ATS_SOURCE_half}/include" "${ATS_SOURCE_nlohmann-json}/include" "${ATS_SOURCE_zlib}" "${ATS_SOURCE_zstd}/lib"
  "${ATS_SOURCE_bzip2}" "${ATS_SOURCE_lz4}/lib" "${ATS_SOURCE_libdeflate}" "${ATS_SOURCE_xz}/src/liblzma/api"
  "${ATS_SOURCE_c-blosc}/blosc" "${ATS_SOURCE_snappy}" "${CMAKE_BINARY_DIR}/snappy")

# A line that sets `name` to the files of the targets that follow.
function(archive_line result name)
  list(TRANSFORM ARGN REPLACE "(.+)" "\n  \"$<TARGET_FILE:\\1>\"")
  list(JOIN ARGN "" files)
  set(${result} "set(${name}${files})\n" PARENT_SCOPE)
endfunction()

archive_line(base_line ATS_BASE_ARCHIVES ${base_archives})
archive_line(tensorstore_line ATS_TENSORSTORE_ARCHIVES tensorstore)
list(JOIN include_dirs "\"\n  \"" include_lines)
set(text "set(ATS_TENSORSTORE_SOURCE \"${ATS_SOURCE_tensorstore}\")
set(ATS_ABSEIL_INCLUDE_DIRS \"${include_root}\" \"${ATS_SOURCE_abseil}\")
set(ATS_INCLUDE_DIRS\n  \"${include_lines}\")
${base_line}${tensorstore_line}")

add_custom_target(ats_base_objects DEPENDS ${base_archives})
add_custom_target(ats_objects ALL DEPENDS tensorstore ats_base_objects)
if(ATS_TESTS)
  set(test_archives gmock_main gmock gtest ${abseil_test_archives})
  archive_line(test_line ATS_TEST_ARCHIVES ${test_archives})
  string(APPEND text "set(ATS_TENSORSTORE_TESTDATA \"${ATS_SOURCE_tensorstore-testdata}\")
set(ATS_TEST_INCLUDE_DIRS \"${ATS_SOURCE_googletest}/googletest/include\"
  \"${ATS_SOURCE_googletest}/googlemock/include\")\n${test_line}")
  add_custom_target(ats_test_libraries DEPENDS ${test_archives})
endif()
file(GENERATE OUTPUT "${ATS_OUTPUT}/link.cmake" CONTENT "${text}")
