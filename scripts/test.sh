#!/usr/bin/env bash
# Every test, from a fresh clone: installs what is missing, builds, tests, and ends with `N passed, N failed`.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/ensure-tools.sh
npm ci
exec node scripts/check.mjs "$@"
