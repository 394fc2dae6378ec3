#!/usr/bin/env bash
# test_assign.sh PROGRAM ROOT [--update]: `zhol assign` and `zhol sensitivity` on the tiny corridor in
# every format and language, what is refused, and the same bytes for any number of threads.
set -uo pipefail
# shellcheck source=tests/golden/cases.sh
source "$2/tests/golden/cases.sh"
golden_start "$1" "$2" assign "${3:-}"

tiny="-C tests/data/tiny --period 2025"
short="--change R.S002F=0.5 --average"
golden_run <<CASES
whole.txt|assign $tiny --lang en
whole.ru.txt|assign $tiny --lang ru
short.txt|assign $tiny --lang en $short
short.ru.txt|assign $tiny --lang ru $short
short.json|assign $tiny --lang en $short --format json
worth.csv|assign $tiny --lang en $short --by worth --format csv
unmet.csv|assign $tiny --lang en $short --by unmet --format csv
limit.txt|assign $tiny --lang en $short --by limit
month.txt|assign $tiny --lang en --by month
month.csv|assign $tiny --lang en --by month --format csv
commodity.txt|assign $tiny --lang en --by commodity
link.txt|assign $tiny --lang en --by link
process.ru.txt|assign $tiny --lang ru --by process --limit 3
empty.txt|assign $tiny --lang en --average --by empty
who.txt|assign $tiny --lang en --who R.S003
closed.txt|assign $tiny --lang en --average --close S003 --by reason
robust.txt|assign $tiny --lang en $short --robust 20
sensitivity.txt|sensitivity $tiny --lang en --paths 3
sensitivity.ru.txt|sensitivity $tiny --lang ru --paths 3
bad_period.txt|assign -C tests/data/tiny --lang en --period 2025-04..2025-01
bad_change.txt|assign $tiny --lang en --change R.S003
bad_twice.txt|assign $tiny --lang en --change R.S003=4 --change R.S003=5
shown.txt|assign -C corridors/china-kazakhstan --lang en --period 2025 --average --by shown --limit 0
shown.ru.txt|assign -C corridors/china-kazakhstan --lang ru --period 2025 --average --by shown --limit 2
part.txt|assign -C corridors/china-kazakhstan --lang en --period 2026 --average --by month
part.ru.txt|assign -C corridors/china-kazakhstan --lang ru --period 2026 --average --by month
bad_name.txt|assign $tiny --lang en --change R.S0O3=4
bad_by.txt|assign $tiny --lang en --by nothing
bad_limit.txt|assign $tiny --lang en --limit -1
bad_limit.ru.txt|sensitivity $tiny --lang ru --limit x
limit_zero.txt|assign $tiny --lang en --average --change R.S002F=0 --by limit
bad_who.txt|assign $tiny --lang en --who NOTHING
no_demand.txt|assign -C tests/data/tiny --lang ru --period 1999
path.txt|assign $tiny --lang en $short --by path
path.csv|assign $tiny --lang en $short --by path --limit 2 --format csv
total.txt|assign $tiny --lang en --by total
observed.ru.txt|assign $tiny --lang ru --by observed
bad_both.txt|assign $tiny --lang en --who R.S003 --by link
bad_robust.ru.txt|assign $tiny --lang ru --robust 2 --by link
bad_map.txt|assign $tiny --lang en --by link --format geojson
bad_seed.txt|assign $tiny --lang en --seed 2
bad_close.txt|assign $tiny --lang en --close S00
xlsx_out.txt|assign $tiny --lang en --format xlsx
CASES

one="$scratch/one" two="$scratch/two"
for what in "assign $tiny --format json" "assign $tiny --robust 6 --format csv" \
    "sensitivity $tiny --paths 2 --format csv"; do
    # shellcheck disable=SC2086 # the line is words
    (cd "$root" && "$zhol" $what --threads 1 >"$one" 2>&1 && "$zhol" $what --threads 3 >"$two" 2>&1)
    same "$one" "$two"
done
(cd "$root" && "$zhol" assign -C tests/data/tiny --period 2025 --format xlsx --out "$scratch/a.xlsx")
[[ -s $scratch/a.xlsx ]] || golden_fail "no workbook"
holds '"certificate_gap": "0"' assign -C tests/data/tiny --period 2025 --format geojson
holds 'That is not all freight' assign -C corridors/china-kazakhstan --period 2023 --average --by month
holds 'Another crossing: 25 USD' assign -C corridors/china-kazakhstan --period 2025 --average --leave 25 --by total
# Freight of a route goes where the route was counted; exports are held against exports; freight that
# grew is held against no count.
holds 'Containers of the trains from China' assign -C corridors/china-kazakhstan --period 2025 --average --by observed --lang en
holds 'Trans-Caspian route, 2025 published kt 4,120 4,0' assign -C corridors/china-kazakhstan --period 2025 --average --by observed --lang en
holds '2024-04-30 exports' assign -C corridors/china-kazakhstan --period 2024-01..2024-04 --by observed --lang en
holds 'Nothing is published' assign -C corridors/china-kazakhstan --period 2025 --average --scenario freight-2030 --by observed --lang en
# Works due in 2026 are no bottleneck of 2030.
holds 'R.S075: Trains on' assign -C corridors/china-kazakhstan --period 2025 --average --date 2026-01-31 --by resource --limit 3 --lang en
holds 'Zhetygen,pairs,30.6,33.0,93' assign -C corridors/china-kazakhstan --period 2025 --average --date 2030-01-01 --by resource --limit 0 --lang en --format csv
# A border that opened after the freight was counted is open to it.
holds 'Kashgar ' assign -C corridors/china-kazakhstan --period 2025 --average --date 2031-01-01 --scenario cku-railway-2030 --by crossing --limit 0
holds 'all carried' assign -C corridors/china-kazakhstan --period 2024 --average --by total
holds 'too small: R.S028F' assign -C corridors/china-kazakhstan --period 2024 --average --change R.S028F=5 --by total
holds '"type": "LineString"' assign -C tests/data/tiny --period 2025 --format geojson
golden_end
