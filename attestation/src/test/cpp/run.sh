#!/bin/sh
# Builds the tests of the worker's launcher and lock-down library and runs them.
# Usage: run.sh CMAKE_BUILD_DIR
set -eu
cmake --build "$1" --target silenda_worker_tests --parallel "$(nproc)"
exec "$1/silenda_worker_tests"
