#!/usr/bin/env bash
# test_claims_model.sh PROGRAM ROOT [--update]: what the model gives for claims and promises of the
# reference corridor. Flows are looked at by their verdict, not by their digits.
set -uo pipefail
# shellcheck source=tests/golden/cases.sh
source "$2/tests/golden/cases.sh"
golden_start "$1" "$2" claims_model "${3:-}"

golden_run <<CASES
turnover.txt|claims --lang en --model AF152 AF153
days.txt|claims --lang en --model AF095
days.ru.txt|claims --lang ru --model AF095
kazakhstan.json|claims --lang en --model AF097 --format json
cars.csv|claims --lang en --model AF121 --format csv
promise.days.txt|commitments --lang en --model TITR-DAYS
promise.days.ru.txt|commitments --lang ru --model TITR-DAYS
promise.trucks.txt|commitments --lang en --model TRUCKS-1000
nobody.txt|claims --lang en --model no-such-figure
missed.csv|commitments --lang en --model --state missed --format csv
later.txt|commitments --lang en --model --as-of 2028-06-01 KOLZHAT
CASES

holds "not reachable" commitments --lang en --model TITR-10MT --draws 0
holds "Port of Alat" commitments --lang en --model TITR-10MT --draws 0
holds "M USD/month" claims --lang en --model AF089 --draws 0
"$zhol" claims --lang en --model --all --draws 0 --format csv >"$scratch/all.csv"
rows=$(($(wc -l <"$scratch/all.csv") - 1))
tests=$(grep -c '^CT[.]' "$root/corridors/china-kazakhstan/claim_test.csv")
promises=$(grep -c '^CT[.]P[.]' "$root/corridors/china-kazakhstan/claim_test.csv")
if [ "$rows" -ne $((tests - promises)) ]; then
    golden_fail "$rows answers for $((tests - promises)) questions: some figure is left out"
fi
golden_end
