#!/usr/bin/env bash
# Fuzzes the parsers, each for a fixed time, guided by coverage (Jazzer).
#
#   testdata/fuzz/run.sh SECONDS [TARGET…]
#
# TARGETs are the names in fs-readers/src/test/java/io/amivet/fuzz/FuzzTarget.java, and DISKS for the
# disk formats; all by default.
# Each run starts from the same seed. What it learns is kept under target/fuzz/TARGET, and the next
# run goes on from there. An input that crashes, hangs (30 s with the counting of coverage) or needs
# more than the 512 MB of heap fails the run. It is printed as hexadecimal digits, to be kept as a
# line of testdata/src/main/resources/fuzz/<target>.txt.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds="${1:?usage: testdata/fuzz/run.sh SECONDS [TARGET…]}"
shift
. ./.build/jdk.sh
export JAVA_HOME="$(find_jdk_25)"
work="$PWD/target/fuzz"
mkdir -p "$work"
mvn --batch-mode --quiet -Pfuzz -pl fs-readers,scanner-core -am -Dspotless.check.skip=true \
  test-compile dependency:build-classpath -Dmdep.includeScope=test \
  -Dmdep.outputFile=target/fuzz-classpath
classpath=""
for module in fs-readers scanner-core; do
  classpath+="$module/target/test-classes:$module/target/classes:"
  classpath+="$(cat "$module/target/fuzz-classpath"):"
done
targets=("$@")
if [ "${#targets[@]}" -eq 0 ]; then
  mapfile -t targets < <(grep -oE "^  [A-Z0-9]+\(" fs-readers/src/test/java/io/amivet/fuzz/FuzzTarget.java |
    tr -d " (")
  targets+=(DISKS)
fi

failed=0
for target in "${targets[@]}"; do
  corpus="$work/$target"
  mkdir -p "$corpus"
  echo "fuzzing $target for $seconds s"
  class=io.amivet.fuzz.Fuzzer
  [ "$target" = DISKS ] && class=io.amivet.source.disk.DiskFuzzer
  if ! "$JAVA_HOME/bin/java" -Xmx512m --enable-native-access=ALL-UNNAMED \
    -XX:+EnableDynamicAgentLoading --sun-misc-unsafe-memory-access=allow \
    -Damivet.fuzz.target="$target" -cp "$classpath" com.code_intelligence.jazzer.Jazzer \
    --target_class="$class" --custom_hook_includes=none --trace=cov:cmp \
    --instrumentation_includes='io.amivet.**' --reproducer_path="$work" \
    -seed=1 -max_total_time="$seconds" -timeout=30 -max_len=300 -rss_limit_mb=1500 \
    -artifact_prefix="$work/$target-" "$corpus" >"$work/$target.log" 2>&1; then
    failed=1
    echo "$target failed:"
    grep -v '^INFO\|^WARNING' "$work/$target.log" | tail -40
    for input in "$work/$target"-{crash,timeout,oom}-*; do
      [ -e "$input" ] && echo "input: $(od -An -v -tx1 "$input" | tr -d " \n")"
    done
  fi
  grep -E '^Done|^#[0-9]+.*(DONE|pulse)' "$work/$target.log" | tail -1
done
exit "$failed"
