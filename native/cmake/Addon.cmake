# anndata-tensorstore.node: the sources of native/node, our layers, TensorStore whole.
include(NodeHeaders)
file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/native/node/*.cc")
get_property(layers GLOBAL PROPERTY ATS_LAYERS)
add_library(addon MODULE ${sources} ${CMAKE_JS_SRC})
set_target_properties(addon PROPERTIES PREFIX "" OUTPUT_NAME anndata-tensorstore SUFFIX ".node"
  LIBRARY_OUTPUT_DIRECTORY "$<1:${CMAKE_BINARY_DIR}>" RUNTIME_OUTPUT_DIRECTORY "$<1:${CMAKE_BINARY_DIR}>")
target_link_libraries(addon PRIVATE ${layers} ats::tensorstore ats::hdf5 ${CMAKE_JS_LIB})
target_include_directories(addon PRIVATE "${CMAKE_SOURCE_DIR}/native")
target_include_directories(addon SYSTEM PRIVATE ${ATS_NODE_INCLUDE_DIRS})
if(NOT MSVC)
  target_compile_options(addon PRIVATE -Wall -Wextra -Wno-unused-parameter)
endif()

file(READ "${CMAKE_SOURCE_DIR}/package.json" manifest)
string(JSON version GET "${manifest}" version)
file(READ "${CMAKE_SOURCE_DIR}/native/third_party/sources.lock.json" lock)
string(JSON tensorstore_version GET "${lock}" sources 0 accepted 0 version)
target_compile_definitions(addon PRIVATE NAPI_VERSION=9 NODE_ADDON_API_CPP_EXCEPTIONS
  NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS NODE_GYP_MODULE_NAME=anndata_tensorstore BUILDING_NODE_EXTENSION
  ATS_VERSION="${version}" ATS_TENSORSTORE_VERSION="${tensorstore_version}")

# Only the two entry points are exported; the library stays mapped when Node unloads the addon, because TensorStore's
# threads outlive it; relocations are read-only; what nothing uses is left out.
if(APPLE)
  target_link_options(addon PRIVATE -undefined dynamic_lookup -Wl,-dead_strip
    -Wl,-exported_symbol,_napi_register_module_v1 -Wl,-exported_symbol,_node_api_module_get_api_version_v1)
elseif(UNIX)
  set(exports "${CMAKE_SOURCE_DIR}/native/node/exports.map")
  target_link_options(addon PRIVATE -Wl,-z,nodelete -Wl,-z,relro -Wl,-z,now -Wl,--gc-sections -Wl,--exclude-libs,ALL
    -Wl,--version-script=${exports})
  set_target_properties(addon PROPERTIES LINK_DEPENDS "${exports}")
  if(NOT ATS_SANITIZE)
    target_link_options(addon PRIVATE -static-libstdc++ -static-libgcc)
  endif()
endif()
