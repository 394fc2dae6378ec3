# cases.sh: what the golden tests of commands share; sourced, not run.
#
# golden_start PROGRAM ROOT NAME [--update] sets up; golden_run reads lines `file|command line` from
# standard input, runs each from ROOT and compares output, errors and exit code with
# tests/golden/NAME/file; holds says whether a command's output has a text (runs of blanks count as
# one); golden_end counts.
# shellcheck shell=bash

golden_start() {
    zhol=$(realpath "$1") root=$(realpath "$2") golden=$(realpath "$2")/tests/golden/$3
    update=${4:-} passed=0 failed=0
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    export LC_ALL=C.UTF-8 LANG=C.UTF-8 COLUMNS=80 ZHOL_STATE=$scratch/state
    export ZHOL_CORRIDORS=$root/corridors
}

golden_fail() {
    failed=$((failed + 1))
    echo "FAILED $1"
}

golden_run() {
    local file line
    while IFS='|' read -r file line; do
        # shellcheck disable=SC2086 # the line is words
        (cd "$root" && "$zhol" $line) </dev/null >"$scratch/out" 2>&1
        echo "exit $?" >>"$scratch/out"
        # seconds and folders differ from run to run
        sed -E "s#$scratch#SCRATCH#g; s#(^|[ ;])[0-9]+\.[0-9] (s|с)\$#\1T \2#" "$scratch/out" \
            >"$scratch/clean"
        if [[ $update == --update ]]; then
            mkdir -p "$golden"
            cp "$scratch/clean" "$golden/$file"
        elif diff -u "$golden/$file" "$scratch/clean" >"$scratch/diff" 2>&1; then
            passed=$((passed + 1))
        else
            golden_fail "zhol $line"
            head -40 "$scratch/diff"
        fi
        # nothing may be wider than a terminal, but for data and what goes to stderr
        if ! [[ $line =~ format ]] &&
            (($(grep -vE '^(error|warning|note|ошибка|exit)|^zhol' "$scratch/clean" | wc -L) > 80)); then
            golden_fail "zhol $line: wider than 80 columns"
        fi
    done
}

# holds TEXT ARGUMENTS...: the output of zhol has the text.
holds() {
    local text=$1
    shift
    (cd "$root" && "$zhol" "$@") 2>&1 </dev/null | tr -s ' ' >"$scratch/out"
    if grep -qF -- "$text" "$scratch/out"; then
        passed=$((passed + 1))
    else
        golden_fail "zhol $* does not say '$text'"
    fi
}

# ends CODE ARGUMENTS...: zhol ends with this exit code.
ends() {
    local code=$1
    shift
    (cd "$root" && "$zhol" "$@") >"$scratch/out" 2>&1 </dev/null
    local got=$?
    if [[ $got -eq $code ]]; then
        passed=$((passed + 1))
    else
        golden_fail "zhol $* ended with $got, not $code"
        head -5 "$scratch/out"
    fi
}

# same FILE FILE: equal bytes.
same() {
    if diff -u "$1" "$2" >"$scratch/diff"; then
        passed=$((passed + 1))
    else
        golden_fail "$1 and $2 differ"
        head -20 "$scratch/diff"
    fi
}

golden_end() {
    echo "$passed passed, $failed failed"
    [[ $failed -eq 0 ]]
}
