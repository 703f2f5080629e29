{
  # A shim: node-gyp and prebuildify end in the CMake build, which holds the one list of sources.
  "targets": [
    {
      "target_name": "anndata-tensorstore",
      "type": "none",
      "actions": [
        {
          "action_name": "cmake",
          "inputs": ["CMakeLists.txt"],
          "outputs": ["<(PRODUCT_DIR)/anndata-tensorstore.node"],
          "action": ["node", "scripts/gyp-build.mjs", "<(PRODUCT_DIR)"]
        }
      ]
    }
  ]
}
