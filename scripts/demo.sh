#!/usr/bin/env bash
# The main job on real data: builds what is missing, then converts a real PBMC file and loads a subset of it.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/ensure-tools.sh
# npm writes this file last, so it is older than the lock only where an install is due.
if [ ! -f out/release/anndata-tensorstore.node ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci
fi
npm run --silent build:dist -- --log-level error
exec node examples/pbmc.mjs "$@"
