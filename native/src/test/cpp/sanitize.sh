#!/bin/sh
# Builds the native tests with the address and undefined-behaviour sanitizers, and runs them on every kernel set.
# Usage: sanitize.sh CMAKE_BUILD_DIR JAVA_HOME SEAL_CHOICE
set -eu
build_dir=$1
source_dir=$(cd "$(dirname "$0")/../../main/cpp" && pwd)
cmake -S "$source_dir" -B "$build_dir" -DCMAKE_BUILD_TYPE=Release -DSILENDA_SANITIZE=ON "-DJAVA_HOME=$2" \
  "-DSILENDA_SEAL=$3"
cmake --build "$build_dir" --target silenda_tests --parallel "$(nproc)"
# Every kernel's loops are complete in a ring of 8192; larger ones only take longer.
ASAN_OPTIONS=detect_leaks=1:detect_stack_use_after_return=1 UBSAN_OPTIONS=print_stacktrace=1 \
  exec "$build_dir/silenda_tests" 13
