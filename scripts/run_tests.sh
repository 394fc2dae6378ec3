#!/usr/bin/env bash
# run_tests.sh [STEP...]: every check and every test; without arguments, all steps in order.
#
# Each step prints one line with its seconds; its whole output is in build/log/STEP.log, and the end
# of it is shown when the step fails. The last line is "N passed, M failed", added up over all steps:
# a check counts as one, a test program as its cases, and a case that runs in three builds as three.
# A step that this machine cannot run is shown as skipped and counts as nothing.
#
#   checks:  selftest format includes functions words shell
#   release: gcc, optimised, all tests      asan: gcc with AddressSanitizer and UBSan
#   clang:   everything compiled by clang, unit tests
#   tsan:    ThreadSanitizer over the tests that use threads
#   fuzz:    each fuzzer for FUZZ_SECONDS (5), the same draws each time; `make fuzz` searches
#   serve:   the server over HTTP, as every role
#   web:     the page in a browser against the server
set -uo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 2
root=${BUILD_ROOT:-build}
mkdir -p "$root/log"
jobs=$(nproc)
all_steps=(selftest format includes functions words shell release serve web asan clang tsan fuzz)
skipped_status=77

# tests PRESET CTEST-ARGUMENTS...: builds a preset, runs tests of it, prints the counts last.
tests() {
    local preset=$1 status=0 log=$root/log/ctest-$1.log
    shift
    scripts/build.sh "$preset" "${targets[@]}" || return 1
    ctest --test-dir "$root/$preset" --no-tests=error -V -j "$jobs" "$@" </dev/null >"$log" 2>&1 ||
        status=$?
    awk -v shown_max=12 '
        /^[0-9]+: FAILED / { print; next }
        /^[0-9]+: .*(ERROR|:[0-9]+: |runtime error|WARNING: ThreadSanitizer)/ {
            if (shown[$1]++ < shown_max) print
        }' "$log"
    grep -E '^ *[0-9]+/[0-9]+ Test +#[0-9]+: ' "$log" | grep -v ' Passed '
    counts=$(scripts/count_tests.sh <"$log")
    echo "${counts% *} passed, ${counts#* } failed"
    return "$status"
}

step_selftest() { scripts/selftest.sh; }
step_format() { scripts/check_format.sh; }
step_includes() { scripts/check_includes.sh; }
step_functions() { scripts/check_functions.sh; }
step_words() { scripts/check_words.sh; }

step_shell() {
    command -v shellcheck >/dev/null || return "$skipped_status"
    local files
    mapfile -d '' files < <(find scripts tests packaging examples -name '*.sh' -print0 2>/dev/null)
    shellcheck .ci/run "${files[@]}" && echo "${#files[@]} scripts"
}

step_release() {
    local targets=()
    tests release
}

step_asan() {
    local targets=()
    # What the documents show, Russian pages and whole studies over again are held by the release
    # build: under sanitizers they take too long, and golden.study and unit.study_sweep run there.
    ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1 UBSAN_OPTIONS=print_stacktrace=1 \
        tests asan -E '^(golden\.(docs|russian|study_ranks)|property\.study_directions)$'
}

step_clang() {
    command -v clang >/dev/null || return "$skipped_status"
    local targets=()
    tests clang -L unit
}

# Tests that use threads are those whose source names a thread function. Whole studies take minutes
# there and share no data of their own between threads: their sources say "not under
# ThreadSanitizer".
step_tsan() {
    local file kind name targets=() pattern=""
    while IFS= read -r file; do
        grep -q 'not under ThreadSanitizer' "$file" && continue
        kind=${file#tests/} kind=${kind%%/*}
        name=${file##*/test_} name=${name%.c}
        targets+=("${kind}_test_$name")
        pattern+="${pattern:+|}^$kind\\.$name\$"
    done < <(grep -lE 'pthread_create|thrd_create|[a-z_]*threads?\b *(=|\()' \
        tests/{unit,oracle,property,regress}/test_*.c 2>/dev/null)
    if ((${#targets[@]} == 0)); then
        echo "no test uses threads"
        return "$skipped_status"
    fi
    TSAN_OPTIONS=halt_on_error=1 tests tsan -R "$pattern"
}

step_fuzz() {
    command -v clang >/dev/null || return "$skipped_status"
    compgen -G 'fuzz/fuzz_*.c' >/dev/null || return "$skipped_status"
    scripts/build.sh fuzz && FUZZ_SEED=${FUZZ_SEED:-1} scripts/run_fuzzers.sh "${FUZZ_SECONDS:-5}"
}

step_serve() { scripts/build.sh release zhol && scripts/run_serve_tests.sh "$root/release/zhol"; }
step_web() { scripts/build.sh release zhol && scripts/run_web_tests.sh "$root/release/zhol"; }

passed=0 failed=0
run_step() {
    local step=$1 log=$root/log/$1.log status=0 began=$SECONDS here_passed=0 here_failed=0 last word
    "step_$step" >"$log" 2>&1 </dev/null || status=$?
    last=$(tail -n 1 "$log")
    if ((status == skipped_status)); then
        printf '%-10s skipped  %4d s  %s\n' "$step" $((SECONDS - began)) "$last"
        return
    fi
    if [[ $last =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
        here_passed=${BASH_REMATCH[1]} here_failed=${BASH_REMATCH[2]}
    elif ((status == 0)); then
        here_passed=1
    fi
    ((status != 0 && here_failed == 0)) && here_failed=1
    passed=$((passed + here_passed)) failed=$((failed + here_failed))
    word=ok
    ((here_failed > 0)) && word=FAILED
    printf '%-10s %-7s  %4d s  %s\n' "$step" "$word" $((SECONDS - began)) "$last"
    if ((here_failed > 0)); then
        tail -n 40 "$log" | sed 's/^/    /'
        echo "    (all of it: $log)"
    fi
}

steps=("$@")
((${#steps[@]} > 0)) || steps=("${all_steps[@]}")
for step in "${steps[@]}"; do
    if ! declare -F "step_$step" >/dev/null; then
        echo "no step '$step'; there are: ${all_steps[*]}" >&2
        exit 2
    fi
done
for step in "${steps[@]}"; do
    run_step "$step"
done
echo "All steps took $SECONDS s on $jobs cores."
echo "$passed passed, $failed failed"
((failed == 0))
