# Reads link.cmake of the third-party objects; builds them first (scripts/third-party.mjs) where ATS_OBJECTS is not given.
find_program(ATS_NODE node REQUIRED)
if(NOT ATS_OBJECTS)
  set(arguments build)
  foreach(pair "ATS_SANITIZE --sanitize" "ATS_TESTS --tests" "ATS_BASE_ONLY --base")
    separate_arguments(pair)
    list(GET pair 0 option)
    list(GET pair 1 argument)
    if(${option})
      list(APPEND arguments ${argument})
    endif()
  endforeach()
  execute_process(
    COMMAND "${ATS_NODE}" "${CMAKE_CURRENT_SOURCE_DIR}/scripts/third-party.mjs" ${arguments}
    OUTPUT_VARIABLE ATS_OBJECTS OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "The third-party objects could not be built; the reason stands above.")
  endif()
endif()
include("${ATS_OBJECTS}/link.cmake")

# No path of the building machine in the binary: __FILE__ is relative to the checkout and to the sources.
if(NOT MSVC)
  foreach(folder "${CMAKE_SOURCE_DIR}" ${ATS_INCLUDE_DIRS})
    add_compile_options("-ffile-prefix-map=${folder}/=")
  endforeach()
endif()
