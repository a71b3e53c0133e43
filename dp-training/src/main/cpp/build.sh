#!/bin/sh
# Builds libsilenda_dp.so and lays it out for the class path. Does nothing when no input has changed. On other processors
# than x86-64 there is nothing to build: the Java code does the same, slower.
# Usage: build.sh BUILD_DIR JAVA_HOME RESOURCE_DIR CLASSIFIER
set -eu
build_dir=$1 java_home=$2 resource_dir=$3 classifier=$4
source_dir=$(cd "$(dirname "$0")" && pwd)
library_dir=$resource_dir/META-INF/native/$classifier

case $(uname -m) in
x86_64 | amd64) ;;
*)
  echo "no noise kernel for $(uname -m)"
  exit 0
  ;;
esac

inputs="$java_home $classifier $(cd "$source_dir" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)"
if [ -f "$build_dir/inputs" ] && [ "$(cat "$build_dir/inputs")" = "$inputs" ] && [ -f "$library_dir/libsilenda_dp.so" ]; then
  exit 0
fi
command -v cmake >/dev/null || {
  echo "error: cmake is missing; install it (Debian: apt-get install cmake)" >&2
  exit 1
}
mkdir -p "$build_dir"
rm -f "$build_dir/inputs"
cmake -S "$source_dir" -B "$build_dir" -DCMAKE_BUILD_TYPE=Release "-DJAVA_HOME=$java_home"
cmake --build "$build_dir" --target silenda_dp
mkdir -p "$library_dir"
cp "$build_dir/libsilenda_dp.so" "$library_dir/libsilenda_dp.so.new"
mv "$library_dir/libsilenda_dp.so.new" "$library_dir/libsilenda_dp.so"
printf '%s' "$inputs" >"$build_dir/inputs"
