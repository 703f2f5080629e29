# Sourced by demo.sh and test.sh: installs the system tools that are missing, where this is root on a machine with apt,
# else says which one is missing.
missing=()
need() { command -v "$1" >/dev/null 2>&1 || missing+=("$2"); }
need cmake cmake
need g++ g++
need make make
need python3 python3
need xz xz-utils
need readelf binutils
python3 -c 'import venv, ensurepip' >/dev/null 2>&1 || missing+=(python3-venv)
can_install=
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  can_install=yes
  # Not needed, but the second build of our own layers takes seconds with it.
  need ccache ccache
fi
if [ "${#missing[@]}" -gt 0 ]; then
  if [ -n "$can_install" ]; then
    echo "Installing ${missing[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  else
    echo "These packages are needed and missing: ${missing[*]}" >&2
    exit 1
  fi
fi
if ! command -v npm >/dev/null 2>&1; then
  echo "Node 20 or newer with npm is needed and was not found." >&2
  exit 1
fi
