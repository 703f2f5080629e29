# Reads link.cmake of the third-party objects, TensorStore's and HDF5's; builds them first (scripts/third-party.mjs) where
# ATS_OBJECTS or ATS_HDF5_OBJECTS is not given.
find_program(ATS_NODE node REQUIRED)

# Sets `variable` to the folder of the objects that third-party.mjs builds with these arguments and the switches of this build.
function(ats_build_objects variable)
  set(arguments build ${ARGN})
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
    OUTPUT_VARIABLE folder OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "The third-party objects could not be built; the reason stands above.")
  endif()
  set(${variable} "${folder}" PARENT_SCOPE)
endfunction()

if(NOT ATS_OBJECTS)
  ats_build_objects(ATS_OBJECTS)
endif()
include("${ATS_OBJECTS}/link.cmake")
if(NOT ATS_BASE_ONLY)
  if(NOT ATS_HDF5_OBJECTS)
    ats_build_objects(ATS_HDF5_OBJECTS --part hdf5)
  endif()
  include("${ATS_HDF5_OBJECTS}/link.cmake")
endif()

# No path of the building machine in the binary: __FILE__ is relative to the checkout and to the sources.
if(NOT MSVC)
  foreach(folder "${CMAKE_SOURCE_DIR}" ${ATS_INCLUDE_DIRS})
    add_compile_options("-ffile-prefix-map=${folder}/=")
  endforeach()
endif()
