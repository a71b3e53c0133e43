#!/usr/bin/env bash
# Searches every parser of attestation with Jazzer, beginning at well-formed inputs; mvn verify tries a few thousand mutants only.
# A finding's input stays in attestation/target/fuzz/NAME. Exits with 1 when there is one.
# usage: attestation/fuzz.sh [SECONDS [PARALLEL [NAME]]]
#   SECONDS   for each parser, 600 unless told
#   PARALLEL  parsers at once, 2 unless told; each takes a core and 2 GB
#   NAME      one test class only, such as TpmQuoteFuzzTest
set -euo pipefail
case ${1:-} in -h | --help) sed -n 's/^# //p' "$0"; exit ;; esac
seconds=${1:-600} parallel=${2:-2} only=${3:-}
cd "$(dirname "${BASH_SOURCE[0]}")"
out=$PWD/target/fuzz
mvn -q -f .. -P-lint -DskipTests -pl attestation -am test-compile dependency:build-classpath \
  -Dmdep.outputFile="$PWD/target/fuzz.classpath" >/dev/null
export classpath="target/test-classes:target/classes:$(cat target/fuzz.classpath)" seconds out

jazzer() {
  local folder=$1 class=$2
  java -Xmx1g --enable-native-access=ALL-UNNAMED -cp "$classpath" "${@:3}" \
    com.code_intelligence.jazzer.Jazzer --target_class="$class" --target_method=anyBytesAreReadOrRefused \
    --instrumentation_includes='io.silenda.**' --reproducer_path="$folder" -artifact_prefix="$folder/" \
    ${hooks:+--hooks=$hooks} ${limit:?} "$folder/corpus" >"$folder/${log:?}.log" 2>&1
}

# Seeds first, since a corpus is read before a test class is made. Then the search. Then the inputs that it kept once
# more without instrumentation, whose own allocations would count as the parser's.
search() {
  local class=$1 name=${1##*.} folder
  folder=$out/$name
  mkdir -p "$folder/corpus"
  if log=seeds limit=-runs=1 jazzer "$folder" "$class" -Dsilenda.fuzz.instrumented=true -Dsilenda.fuzz.seeds="$folder/corpus" &&
    log=search limit=-max_total_time=$seconds jazzer "$folder" "$class" -Dsilenda.fuzz.instrumented=true &&
    log=allocations limit=-runs=0 hooks=false jazzer "$folder" "$class"; then
    echo "$name: $(sed -n 's/^Done \([0-9]*\) runs in \([0-9]*\) .*/no finding in \1 inputs, \2 s/p' "$folder/search.log")"
  else
    echo "$name: FOUND something, see $folder"
    return 1
  fi
}
export -f search jazzer

grep -rl "@FuzzTest" src/test/java | sed 's|src/test/java/||; s|/|.|g; s|\.java$||' | grep -F "$only" | sort |
  xargs -P "$parallel" -I{} bash -c 'search {}'
