# abseil by its own build, re2 by a list of ours, the header-only libraries, and googletest for the tests.
if(ATS_TESTS)
  set(INSTALL_GTEST OFF)
  set(gtest_force_shared_crt OFF)
  add_subdirectory("${ATS_SOURCE_googletest}" googletest EXCLUDE_FROM_ALL)
  set(ABSL_BUILD_TEST_HELPERS ON)
  set(ABSL_USE_EXTERNAL_GOOGLETEST ON)
  set(ABSL_FIND_GOOGLETEST OFF)
endif()
# std::source_location carries the whole signature of every function that asks for one: 12 MB of strings in TensorStore.
# abseil's own class carries file and line only. The option stands in a header that is meant to be edited.
file(READ "${ATS_SOURCE_abseil}/absl/base/options.h" abseil_options)
string(REPLACE "ABSL_OPTION_USE_STD_SOURCE_LOCATION 2" "ABSL_OPTION_USE_STD_SOURCE_LOCATION 0"
  abseil_options "${abseil_options}")
file(CONFIGURE OUTPUT "${ATS_OUTPUT}/include/absl/base/options.h" CONTENT "${abseil_options}" @ONLY)
include_directories(BEFORE "${ATS_OUTPUT}/include")

set(ABSL_PROPAGATE_CXX_STD ON)
set(ABSL_ENABLE_INSTALL OFF)
set(BUILD_TESTING OFF)
add_subdirectory("${ATS_SOURCE_abseil}" abseil EXCLUDE_FROM_ALL SYSTEM)

add_library(re2 STATIC)
file(GLOB sources "${ATS_SOURCE_re2}/re2/*.cc" "${ATS_SOURCE_re2}/util/rune.cc" "${ATS_SOURCE_re2}/util/strutil.cc")
list(FILTER sources EXCLUDE REGEX "/(testing|fuzzing)/|_test\\.cc$")
target_sources(re2 PRIVATE ${sources})
target_include_directories(re2 SYSTEM PUBLIC "${ATS_SOURCE_re2}")
target_link_libraries(re2 PUBLIC absl::base absl::core_headers absl::fixed_array absl::flat_hash_map absl::flat_hash_set
  absl::hash absl::inlined_vector absl::absl_check absl::absl_log absl::strings absl::str_format absl::synchronization
  absl::optional absl::span Threads::Threads)

add_library(header_only INTERFACE)
target_include_directories(header_only SYSTEM INTERFACE "${ATS_SOURCE_half}/include" "${ATS_SOURCE_nlohmann-json}/include")
