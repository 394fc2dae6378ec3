#!/usr/bin/env bash
# test_plan.sh PROGRAM ROOT [--update]: the output of `zhol plan` on the tiny corridor, byte by byte.
#
# Each line of `cases` is a file of tests/golden/plan and the command line that must give it; the
# exit code stands in its last line. --update writes the files anew: look at the difference before
# you commit it.
set -uo pipefail

zhol=$1
root=$2
update=${3:-}
golden=$root/tests/golden/plan
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
unset ZHOL_CORRIDORS
failed=0
passed=0

cases() {
    cat <<'CASES'
xian-almaty.en.txt|XIAN ALMATY --lang en --limit 2
xian-almaty.ru.txt|Сиань Алматы --lang ru --limit 2
xian-almaty.json|XIAN ALMATY --lang en --format json
xian-almaty.ru.json|西安 Alma-Ata --lang ru --format json
xian-almaty.csv|XIAN ALMATY --lang en --format csv
xian-almaty.geojson|XIAN ALMATY --lang en --format geojson
holiday.en.txt|XIAN ALMATY --lang en --depart 2026-02-12T06:00 --limit 2
holiday.ru.txt|XIAN ALMATY --lang ru --depart 2026-02-12T06:00 --limit 2
held.en.txt|XIAN ALMATY --lang en --depart 2026-02-13T06:00 --via Dostyk --avoid road --limit 3
caspian.en.txt|XIAN ALAT --lang en --teu 4 --limit 1
caspian.all.txt|XIAN ALAT --lang en --teu 4 --all --limit 0
ban.en.txt|ALMATY XIAN --lang en --commodity wheat --tonnes 130 --depart 2026-03-02
ban.csv|ALMATY XIAN --lang en --commodity wheat --tonnes 130 --depart 2026-03-02 --format csv
technical.en.txt|XIAN ALMATY --lang en --time min --limit 0
scenario.en.txt|XIAN ALMATY --lang en --scenario second-crossing --limit 1
wishes.en.txt|XIAN ALAT --lang en --via Almaty --avoid road --deadline 2026-06-01 --limit 0
robust.en.txt|XIAN ALMATY --lang en --robust --draws 50
robust.json|XIAN ALMATY --lang en --robust --draws 50 --format json
why.used.txt|XIAN ALMATY --lang en --why Dostyk
why.json|XIAN ALMATY --lang en --format json --why Dostyk
why.avoided.txt|XIAN ALMATY --lang ru --avoid KZ --why Dostyk
why.end.txt|XIAN ALMATY --lang en --avoid CN
why.between.txt|XIAN ALMATY --lang en --avoid DOSTYK
why.nowhere.txt|XIAN ALMATY --lang en --scenario second-crossing --date 2026-01-31 --why Bakhty
why.ban.ru.txt|ALMATY XIAN --lang ru --commodity wheat --tonnes 130 --depart 2026-03-02 --deadline 2026-03-20 --why Alashankou
unreachable.txt|ALMATY XIAN --lang en --commodity wheat --tonnes 130 --depart 2026-03-02 --deadline 2026-03-20
typo.txt|XIAN Almatty --lang en
typo.ru.txt|Сьань Алматы --lang ru
same.txt|XIAN XIAN --lang en
bulk-teu.txt|ALMATY XIAN --lang en --commodity wheat --teu 2
both.txt|XIAN ALMATY --lang en --teu 2 --tonnes 10
bad-time.txt|XIAN ALMATY --lang en --depart tomorrow
bad-scenario.txt|XIAN ALMATY --lang en --scenario nothing
past.txt|XIAN ALMATY --lang en --date 1980-01-01
CASES
}

while IFS='|' read -r file line; do
    # shellcheck disable=SC2086 # the line is words
    (cd "$root" && "$zhol" plan $line -C tests/data/tiny) >"$scratch/$file" 2>&1 </dev/null
    echo "exit $?" >>"$scratch/$file"
    if [[ $update == --update ]]; then
        mkdir -p "$golden"
        cp "$scratch/$file" "$golden/$file"
    elif diff -u "$golden/$file" "$scratch/$file" >"$scratch/diff" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED zhol plan $line"
        head -40 "$scratch/diff"
    fi
done < <(cases)

echo "$passed passed, $failed failed"
[[ $failed -eq 0 ]]
