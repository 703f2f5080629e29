# Runs in a manylinux or Alpine container: brings in Node and a compiler, and makes the prebuilt binary.
set -eu
if [ "$LIBC" = musl ]; then
  apk add --no-cache cmake g++ linux-headers make ninja python3 tar xz binutils bash
else
  dnf install -y -q gcc-toolset-13-gcc-c++ gcc-toolset-13-libstdc++-devel xz binutils
  . /opt/rh/gcc-toolset-13/enable
  pipx install cmake ninja
  # Official Node builds need glibc 2.28, which is what this container has.
  case "$(uname -m)" in aarch64) arch=arm64 ;; *) arch=x64 ;; esac
  version=$(curl -fsSL https://nodejs.org/dist/index.tab | awk '$1 ~ /^v20\./ { print $1; exit }')
  curl -fsSL "https://nodejs.org/dist/$version/node-$version-linux-$arch.tar.xz" | tar -xJ -C /opt
  export PATH="/opt/node-$version-linux-$arch/bin:$HOME/.local/bin:$PATH"
fi
ATS_BUILD=none npm ci
npm run build:dist
npm run prebuild
