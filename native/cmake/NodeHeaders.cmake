# ATS_NODE_INCLUDE_DIRS: Node-API's headers and node-addon-api's. cmake-js says where the first are; without it they come
# from the node-api-headers package. Only the addon gets them.
function(ats_ask_node expression result)
  execute_process(COMMAND "${ATS_NODE}" -p "${expression}" WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}"
    OUTPUT_VARIABLE answer OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "Node could not evaluate ${expression}; run npm install first.")
  endif()
  set(${result} "${answer}" PARENT_SCOPE)
endfunction()

ats_ask_node("require('node-addon-api').include_dir" addon_api)
if(CMAKE_JS_INC)
  set(node_api ${CMAKE_JS_INC})
else()
  ats_ask_node("require('node-api-headers').include_dir" node_api)
endif()
file(REAL_PATH "${addon_api}" addon_api BASE_DIRECTORY "${CMAKE_SOURCE_DIR}")
set(ATS_NODE_INCLUDE_DIRS ${node_api} "${addon_api}")
