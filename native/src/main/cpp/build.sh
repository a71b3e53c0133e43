#!/bin/sh
# Builds libsilenda_he.so and lays it out for the class path. Does nothing when no input has changed.
# Usage: build.sh BUILD_DIR JAVA_HOME PROJECT_VERSION RESOURCE_DIR CLASSES_DIR CLASSIFIER SEAL_CHOICE
set -eu
build_dir=$1 java_home=$2 project_version=$3 resource_dir=$4 classes_dir=$5 classifier=$6 seal_choice=$7
source_dir=$(cd "$(dirname "$0")" && pwd)
library_dir=$resource_dir/META-INF/native/$classifier
expected_version_file=$classes_dir/io/silenda/he/internal/silenda-he.version

fail() {
  echo "error: $1" >&2
  exit 1
}

sources_hash=$(cd "$source_dir" && find . -type f ! -name '.*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16)
version=$project_version+$sources_hash
inputs="$version $java_home $seal_choice $classifier"

if [ -f "$build_dir/inputs" ] && [ "$(cat "$build_dir/inputs")" = "$inputs" ] &&
  [ -f "$library_dir/libsilenda_he.so" ] && [ -f "$expected_version_file" ] &&
  [ "$(cat "$library_dir/silenda-he.version")" = "$version" ] &&
  [ "$(cat "$expected_version_file")" = "$version" ]; then
  echo "native library is up to date ($version)"
  exit 0
fi

command -v cmake >/dev/null || fail "cmake is missing; install it (Debian: apt-get install cmake)"
command -v c++ >/dev/null || command -v "${CXX:-g++}" >/dev/null ||
  fail "a C++20 compiler is missing; install it (Debian: apt-get install g++)"
if [ -f "$build_dir/CMakeCache.txt" ]; then
  generator=
elif command -v ninja >/dev/null; then
  generator="-GNinja"
else
  generator=
  command -v make >/dev/null || fail "ninja and make are missing; install one (Debian: apt-get install ninja-build)"
fi

mkdir -p "$build_dir"
rm -f "$build_dir/inputs"
cmake $generator -S "$source_dir" -B "$build_dir" -DCMAKE_BUILD_TYPE=Release "-DJAVA_HOME=$java_home" \
  "-DSILENDA_VERSION=$version" "-DSILENDA_SEAL=$seal_choice"
cmake --build "$build_dir" --target silenda_he --parallel "$(nproc)"

mkdir -p "$library_dir" "$(dirname "$expected_version_file")"
cp "$build_dir/libsilenda_he.so" "$library_dir/libsilenda_he.so.new"
mv "$library_dir/libsilenda_he.so.new" "$library_dir/libsilenda_he.so"
printf '%s' "$version" >"$library_dir/silenda-he.version"
printf '%s' "$version" >"$expected_version_file"
mkdir -p "$resource_dir/META-INF/licenses"
cp "$source_dir/../licenses/SEAL-LICENSE.txt" "$resource_dir/META-INF/licenses/SEAL-LICENSE.txt"
printf '%s' "$inputs" >"$build_dir/inputs"
