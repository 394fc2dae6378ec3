#!/usr/bin/env bash
# run_fuzzers.sh [SECONDS [NAME...]]: runs each fuzzer that is built for a while, as many at once as
# there are cores. Default: 10 seconds, all of them.
#
# Seeds lie in fuzz/seeds/NAME and are only read; what a fuzzer learns goes to
# build/fuzz/corpus/NAME, so that the next run starts from there. A finding is a file
# build/fuzz/findings/NAME-*, and its bytes belong into tests/regress with a test.
# FUZZ_SEED=N makes the same draws each time, so that a test run says the same of the same commit as
# far as it gets; without it every run searches elsewhere.
# Prints one line per fuzzer and, last, "N passed, M failed".
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder=${BUILD_ROOT:-build}/fuzz
seconds=${1:-10}
shift || true
names=("$@")
if ((${#names[@]} == 0)); then
    for file in "$folder"/fuzz_*; do
        [[ -f $file && -x $file ]] && names+=("${file##*/fuzz_}")
    done
fi
mkdir -p "$folder/findings" "$folder/log"

# fuzz_one NAME: leaves the exit status in log/NAME.status.
fuzz_one() {
    local name=$1 corpus=$folder/corpus/$1 status=0 folders
    mkdir -p "$corpus"
    folders=("$corpus")
    [[ -d fuzz/seeds/$name ]] && folders+=("fuzz/seeds/$name")
    "$folder/fuzz_$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
        -seed="${FUZZ_SEED:-0}" -print_final_stats=1 -artifact_prefix="$folder/findings/$name-" "${folders[@]}" \
        </dev/null >"$folder/log/$name.log" 2>&1 || status=$?
    echo "$status" >"$folder/log/$name.status"
}

passed=0 failed=0
report_one() {
    local name=$1 status runs
    status=$(<"$folder/log/$name.status")
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$folder/log/$name.log")
    if ((status == 0)); then
        passed=$((passed + 1))
        echo "$name: ${runs:-0} runs, nothing found"
    else
        failed=$((failed + 1))
        echo "$name: FOUND something after ${runs:-some} runs:"
        grep -E 'ERROR|SUMMARY|Test unit written|runtime error' "$folder/log/$name.log" || true
        grep -E '^ *#[0-9]+ ' "$folder/log/$name.log" | grep -F "$PWD/" | grep -vF "/fuzz_$name+" |
            head -n 6 || true
    fi
}

width=$(nproc)
for ((first = 0; first < ${#names[@]}; first += width)); do
    batch=("${names[@]:first:width}")
    for name in "${batch[@]}"; do
        fuzz_one "$name" &
    done
    wait
    for name in "${batch[@]}"; do
        report_one "$name"
    done
done
echo "$passed passed, $failed failed"
((failed == 0))
