#!/usr/bin/env bash
# test_demand.sh PROGRAM ROOT [--update]: `zhol demand`: the pages, the table rewritten byte for byte,
# what is said where totals contradict each other.
set -uo pipefail
# shellcheck source=tests/golden/cases.sh
source "$2/tests/golden/cases.sh"
golden_start "$1" "$2" demand "${3:-}"

golden_run <<CASES
flow.txt|demand --lang en --period 2024
flow.ru.txt|demand --lang ru --period 2025
crossing.txt|demand --lang en --period 2025-01..2025-04 --by crossing
commodity.ru.txt|demand --lang ru --period 2024 --by commodity
month.txt|demand --lang en --period 2024 --by month
route.csv|demand --lang en --period 2024 --by route --format csv
totals.json|demand --lang en --period 2025 --by direction --format json
explain.txt|demand --lang en --period 2024 --explain D.2024.export-rail.RUDNY-URUMQI.iron_ore.DOSTYK
explain.ru.txt|demand --lang ru --explain D.2024.export-rail.RUDNY-URUMQI.iron_ore.DOSTYK
transit.txt|demand --lang en --period 2025 --only transit --mode land
country.ru.txt|demand --lang ru --period 2025 --only transit --by country
inland.txt|demand --lang en --period 2025 --only inland
period.txt|demand --lang en --period 2024..2025
by.txt|demand --lang en --by colour
none.txt|demand --lang en --period 1999
cell.txt|demand --lang en --period 2024 --explain D.2024.nothing
CASES

# Written anew, the table of the repository is the same file: all years at once and one by one.
copy=$scratch/corridor
cp -r "$root/corridors/china-kazakhstan" "$copy"
ends 0 demand -C "$copy" --write
same "$root/corridors/china-kazakhstan/demand.csv" "$copy/demand.csv"
sed -i '/^D\.2025\.import-rail/d' "$copy/demand.csv"
ends 0 demand -C "$copy" --write --period 2025
same "$root/corridors/china-kazakhstan/demand.csv" "$copy/demand.csv"
ends 0 demand -C "$copy" --write --period 2024
same "$root/corridors/china-kazakhstan/demand.csv" "$copy/demand.csv"
ends 2 demand -C "$copy" --write --scenario base

# Exports, transit and the whole leave 1 Mt of 2024; imports of 3 then contradict them.
sed -i -E 's/^(2024\.import,.*),check,/\1,fit,/; s/^(2024\.transit,.*),15300000,t,15250000,/\1,17300000,t,17250000,/; s/,15450000,/,17450000,/' \
    "$copy/demand_total.csv"
golden_run <<CASES
contradiction.txt|demand -C $copy --lang en --period 2024 --by route
contradiction.ru.txt|demand -C $copy --lang ru --period 2024 --by route
CASES
ends 1 demand -C "$copy" --write
same "$root/corridors/china-kazakhstan/demand.csv" "$copy/demand.csv"
# Concentration: one direction alone, and no direction is the sum of itself.
holds "Of the TEU the largest has 18.9 %" demand --period 2025 --by country --only transit --lang en
holds "Herfindahl" demand --period 2025 --by origin --only export --lang en

# Pipelines are told where they are among what is concentrated, and left out where asked.
holds "go by pipeline" demand --period 2025 --only transit --by country --lang en
holds "Of the tonnes the largest has 29.6 %" demand --period 2025 --only transit --by country \
    --mode land --lang en
ends 4 demand --period 2025 --only inland

golden_end
