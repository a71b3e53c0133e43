#!/bin/sh
# Builds the native tests beside the library and runs them.
# Usage: run.sh CMAKE_BUILD_DIR
set -eu
cmake --build "$1" --target silenda_tests --parallel "$(nproc)"
exec "$1/silenda_tests"
