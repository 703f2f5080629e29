# Targets for our own code, from the lists of the objects' link.cmake, which was included before:
#   ats::base         headers of everything; abseil, re2, the codecs and riegeli as archives
#   ats::tensorstore  ats::base and TensorStore, linked whole: drivers, codecs and kvstores register in static initialisers
#   ats::gtest        googletest, googlemock and abseil's test helpers (only where they were built)
find_package(Threads REQUIRED)

add_library(ats_base INTERFACE)
add_library(ats::base ALIAS ats_base)
target_include_directories(ats_base SYSTEM INTERFACE ${ATS_INCLUDE_DIRS})
target_compile_definitions(ats_base INTERFACE LZ4LIB_VISIBILITY=)
list(JOIN ATS_BASE_ARCHIVES "," archives)
target_link_libraries(ats_base INTERFACE "$<LINK_GROUP:RESCAN,${archives}>" Threads::Threads)
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
  target_link_libraries(ats_base INTERFACE dl rt)
elseif(APPLE)
  target_link_libraries(ats_base INTERFACE "-framework CoreFoundation")
elseif(WIN32)
  target_compile_definitions(ats_base INTERFACE LZMA_API_STATIC)
  target_link_libraries(ats_base INTERFACE bcrypt dbghelp)
endif()

add_library(ats_tensorstore INTERFACE)
add_library(ats::tensorstore ALIAS ats_tensorstore)
list(JOIN ATS_TENSORSTORE_ARCHIVES "," archives)
target_link_libraries(ats_tensorstore INTERFACE "$<LINK_LIBRARY:WHOLE_ARCHIVE,${archives}>" ats_base)

if(ATS_TEST_ARCHIVES)
  add_library(ats_gtest INTERFACE)
  add_library(ats::gtest ALIAS ats_gtest)
  list(JOIN ATS_TEST_ARCHIVES "," archives)
  target_include_directories(ats_gtest SYSTEM INTERFACE ${ATS_TEST_INCLUDE_DIRS})
  target_link_libraries(ats_gtest INTERFACE "$<LINK_GROUP:RESCAN,${archives}>" ats_base)
endif()
