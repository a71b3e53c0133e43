#!/bin/sh
# Builds the worker's launcher and lock-down library and lays them out for the class path. Does nothing
# when no input has changed.
# Usage: build.sh BUILD_DIR JAVA_HOME RESOURCE_DIR CLASSIFIER
set -eu
build_dir=$1 java_home=$2 resource_dir=$3 classifier=$4
source_dir=$(cd "$(dirname "$0")" && pwd)
target_dir=$resource_dir/META-INF/native/$classifier

fail() {
  echo "error: $1" >&2
  exit 1
}

hash=$(cd "$source_dir" && find . -type f ! -name '.*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16)
inputs="$hash $java_home $classifier"
if [ -f "$build_dir/inputs" ] && [ "$(cat "$build_dir/inputs")" = "$inputs" ] &&
  [ -f "$target_dir/silenda-launcher" ] && [ -f "$target_dir/libsilenda_lockdown.so" ]; then
  echo "worker launcher is up to date"
  exit 0
fi

command -v cmake >/dev/null || fail "cmake is missing; install it (Debian: apt-get install cmake)"
generator=
if [ ! -f "$build_dir/CMakeCache.txt" ] && command -v ninja >/dev/null; then
  generator=-GNinja
fi
mkdir -p "$build_dir"
rm -f "$build_dir/inputs"
cmake $generator -S "$source_dir" -B "$build_dir" -DCMAKE_BUILD_TYPE=Release "-DJAVA_HOME=$java_home"
cmake --build "$build_dir" --target silenda-launcher silenda_lockdown --parallel "$(nproc)"

mkdir -p "$target_dir"
for file in silenda-launcher libsilenda_lockdown.so; do
  cp "$build_dir/$file" "$target_dir/$file.new"
  mv "$target_dir/$file.new" "$target_dir/$file"
done
printf '%s' "$inputs" >"$build_dir/inputs"
