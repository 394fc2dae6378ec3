#!/usr/bin/env bash
# test_shift.sh PROGRAM ROOT [--update]: `zhol shift`: arrivals of each origin, in every form and
# both languages; cuts, the X-ray, missing data; what it cannot use.
set -uo pipefail
# shellcheck source=tests/golden/cases.sh
source "$2/tests/golden/cases.sh"
golden_start "$1" "$2" shift "${3:-}"

data=tests/data/shift
nur="shift nur-zholy-exit --day 2025-11-12"
kol="shift kolzhat-exit --day 2025-11-12"
full="$nur --observed examples/shift/accepted.csv --waiting kolzhat-exit=240 --xray-down 08:00..14:00"
golden_run <<CASES
demand.txt|$nur --lang en
full.txt|$full --lang en
full.ru.txt|$full --lang ru
full.json|$full --format json
full.csv|$full --format csv
full.html|$full --format html --lang en
journal.txt|$kol --journal examples/border/journal.ndjson --expected examples/shift/vehicles.csv --lang en
list.ru.html|$kol --expected examples/shift/vehicles.csv --format html --lang ru
limit.txt|$nur --waiting 1500 --accept 725 --limit 650 --may-wait 100 --lang en
closed.txt|shift nur-zholy-exit --day 2025-10-03 --lang en
entry.ru.txt|shift nur-zholy-entry --day 2025-11-12 --lang ru
bad_slot.txt|$kol --expected $data/bad_slot.csv --lang en
no_column.ru.txt|$kol --expected $data/no_column.csv --lang ru
bad_hours.txt|$kol --xray-down 14..8 --lang en
no_queue.txt|shift Almaty --lang en
no_journal.txt|shift dostyk-exit --day 2025-11-12 --journal examples/border/journal.ndjson --lang en
no_file.ru.txt|$nur --journal $data/nothing.ndjson --lang ru
no_out.txt|$nur --format xlsx --lang en
CASES

# 1,350 wait, 650 may come, 725 are taken: 1,275 too many, 75 fewer a day: 17 days.
holds "asked for 650 17" shift nur-zholy-exit --day 2025-11-14 --waiting 1350 --accept 725 \
    --limit 650 --lang en
# The slots are those that `zhol queue slots` plans, where nothing is cut.
holds '"slots_planned": 650' shift nur-zholy-exit --day 2025-11-14 --format json

# Workbooks: the same bytes for the same question.
# shellcheck disable=SC2086 # the command is words
for name in a b; do
    (cd "$root" && "$zhol" $full --format xlsx --out "$scratch/$name.xlsx") 2>/dev/null
done
same "$scratch/a.xlsx" "$scratch/b.xlsx"
[[ $(head -c 2 "$scratch/a.xlsx") == PK ]] || golden_fail "the workbook is none"

golden_end
