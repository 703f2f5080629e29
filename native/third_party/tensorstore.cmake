# TensorStore's sources as scripts/third-party/closure.mjs listed them, without those of another operating system, and
# the byte-stream library that they call.
file(STRINGS "${CMAKE_CURRENT_SOURCE_DIR}/tensorstore-sources.txt" listed)
if(WIN32)
  list(FILTER listed EXCLUDE REGEX "_(posix|linux|unsupported)\\.cc$")
elseif(CMAKE_SYSTEM_NAME STREQUAL "Linux")
  list(FILTER listed EXCLUDE REGEX "_(win|unsupported)\\.cc$")
else()
  list(FILTER listed EXCLUDE REGEX "_(win|linux)\\.cc$")
endif()

set(include_root "${ATS_OUTPUT}/include")
file(GLOB_RECURSE riegeli_sources CONFIGURE_DEPENDS "${include_root}/riegeli/*.cc")
list(FILTER riegeli_sources EXCLUDE REGEX "_test\\.cc$")

# Everything of abseil: TensorStore and our own code use most of it, and it takes three processor minutes.
function(collect_targets folder result)
  get_property(found DIRECTORY "${folder}" PROPERTY BUILDSYSTEM_TARGETS)
  get_property(children DIRECTORY "${folder}" PROPERTY SUBDIRECTORIES)
  foreach(child IN LISTS children)
    collect_targets("${child}" below)
    list(APPEND found ${below})
  endforeach()
  set(${result} ${found} PARENT_SCOPE)
endfunction()
collect_targets("${ATS_SOURCE_abseil}" abseil_targets)
set(abseil_archives)
set(abseil_test_archives)
foreach(target IN LISTS abseil_targets)
  get_target_property(type ${target} TYPE)
  get_target_property(linked ${target} INTERFACE_LINK_LIBRARIES)
  if(type STREQUAL "STATIC_LIBRARY" AND linked MATCHES "gtest|gmock")
    list(APPEND abseil_test_archives ${target})
  elseif(type STREQUAL "STATIC_LIBRARY")
    list(APPEND abseil_archives ${target})
  endif()
endforeach()

add_library(riegeli STATIC ${riegeli_sources})
target_include_directories(riegeli PUBLIC "${include_root}")
target_link_libraries(riegeli PUBLIC ${abseil_archives} header_only zlib zstd bzip2 liblzma libdeflate)
if(NOT MSVC)
  target_compile_options(riegeli PRIVATE "-ffile-prefix-map=${include_root}/=")
endif()

list(TRANSFORM listed PREPEND "${ATS_SOURCE_tensorstore}/")
add_library(tensorstore STATIC ${listed})
target_include_directories(tensorstore SYSTEM PUBLIC "${ATS_SOURCE_tensorstore}")
target_link_libraries(tensorstore PUBLIC riegeli re2 blosc)
# Nearly every source includes these, and reading them is 40 % of its compilation.
target_precompile_headers(tensorstore PRIVATE <nlohmann/json.hpp> <absl/status/status.h> <absl/strings/cord.h>
  <absl/strings/str_format.h> <absl/time/time.h> <tensorstore/array.h> <tensorstore/context.h>
  <tensorstore/index_space/index_transform.h> <tensorstore/internal/json_binding/json_binding.h>
  <tensorstore/util/future.h>)
if(NOT MSVC)
  target_compile_options(tensorstore PRIVATE -w "-ffile-prefix-map=${ATS_SOURCE_tensorstore}/=")
endif()

foreach(target IN LISTS abseil_archives)
  if(NOT MSVC)
    target_compile_options(${target} PRIVATE "-ffile-prefix-map=${ATS_SOURCE_abseil}/=")
  endif()
endforeach()
