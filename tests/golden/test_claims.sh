#!/usr/bin/env bash
# test_claims.sh PROGRAM ROOT [--update]: `zhol claims` on the tiny corridor, and the article's
# claims on the reference corridor: printed, corrected, and held against each other.
set -uo pipefail
# shellcheck source=tests/golden/cases.sh
source "$2/tests/golden/cases.sh"
golden_start "$1" "$2" claims "${3:-}"

tiny="-C tests/data/tiny"
golden_run <<CASES
tiny.txt|claims $tiny --lang en
tiny.all.ru.txt|claims $tiny --lang ru --all
tiny.json|claims $tiny --lang en --format json
tiny.csv|claims $tiny --lang en --format csv
capacity.txt|claims --lang en AF087
capacity.ru.txt|claims --lang ru AF087
turnover.txt|claims --lang en --checks turnover
hongkong.txt|claims --lang en AF166
refused.txt|claims --lang en AF087 --scenario bakhty-ayagoz
refused.ru.txt|claims --lang ru --set bakhty.full_mt=10
nobody.txt|claims --lang en no-such-claim
CASES

holds "summer 2033" claims --lang en
holds "13 differ" claims --lang en --checks
"$zhol" claims --lang en --checks >"$scratch/checks"
if grep -qE "fault|not as written" "$scratch/checks"; then
    golden_fail "a comparison of the reference corridor is faulty or not as written"
fi
golden_end
