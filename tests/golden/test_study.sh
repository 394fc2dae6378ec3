#!/usr/bin/env bash
# test_study.sh PROGRAM ROOT: the study of one scenario, short: every file, in both languages, whole
# pages that need nothing else, the same tables for one thread and two, and nothing half-written
# after an interrupt.
set -uo pipefail

zhol=$1
root=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0
passed=0

check() {
    if "${@:2}"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED $1"
    fi
}

has() { grep -qF -- "$2" "$1"; }
has_not() { ! grep -qE -- "$2" "$1"; }
same_tables() { diff -r -x stages.csv "$1/csv" "$2/csv" >/dev/null; }

study() {
    "$zhol" study -C "$root/corridors/china-kazakhstan" --scenario trans-caspian-2027 --days 7 \
        --replications 2 --draws 0 "$@"
}

study --threads 1 --out "$scratch/one" --lang en >"$scratch/one.txt" 2>"$scratch/one.err"
check "zhol study ends well" [ $? -eq 0 ]
study --threads 2 --out "$scratch/two" --lang en >/dev/null 2>&1
check "the same tables for one thread and two" same_tables "$scratch/one" "$scratch/two"

for page in report.html report.ru.html; do
    check "$page closes" [ "$(tail -n 1 "$scratch/one/$page")" = "</html>" ]
    check "nothing from a network in $page" \
        has_not "$scratch/one/$page" '<link|<img|@import|url\([^#]|src='
    for part in summary corridor demand scenarios bottlenecks relations dispatch claims \
        calibration commitments trade evidence made sources; do
        check "$page has $part" has "$scratch/one/$page" "id=\"$part\""
    done
done
check "the Russian page is Russian" has "$scratch/one/report.ru.html" 'lang="ru"'
for table in scenarios crossings bottlenecks relations dispatch claims checks commitments series \
    evidence stages sources; do
    check "csv/$table.csv" [ "$(wc -l <"$scratch/one/csv/$table.csv")" -ge 2 ]
done
check "a workbook" [ "$(head -c 2 "$scratch/one/report.xlsx")" = PK ]
check "data name their sources" has "$scratch/one/report.json" '"sources"'
check "a summary is printed" has "$scratch/one.txt" "report.html"
check "the times of the stages are printed" has "$scratch/one.txt" "simulate"

timeout --signal=INT 1 "$zhol" study -C "$root/corridors/china-kazakhstan" --out "$scratch/cut" \
    >/dev/null 2>&1
check "an interrupt leaves no report" [ ! -e "$scratch/cut/report.json" ]
check "an interrupt leaves no part of one" [ ! -e "$scratch/cut/report.html" ]

"$zhol" study --set opening=2028-01-01 >/dev/null 2>&1
check "a set without its scenario is refused" [ $? -eq 2 ]

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
