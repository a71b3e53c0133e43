#!/bin/sh
# Prints what a client's policy has to pin for one model and one image.
# Usage: reference-values.sh MODEL.onnx [IMAGE.roothash]
set -eu
model=$1
home=$(cd "$(dirname "$0")/../.." && pwd)
"$home/silenda" attest measure "$model" |
  grep -E '^(worker_digest|model_digest|policy_digest|extended_rtmr|extended_pcr_sha256) '
if [ $# -gt 1 ]; then
  printf 'roothash %s\n' "$(cat "$2")"
fi
