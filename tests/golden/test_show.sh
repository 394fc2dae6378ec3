#!/usr/bin/env bash
# test_show.sh PROGRAM ROOT [--update]: `zhol show` on the tiny corridor, byte by byte, and what it
# must say of the reference corridor.
set -uo pipefail
# shellcheck source=tests/golden/cases.sh
source "$2/tests/golden/cases.sh"
golden_start "$1" "$2" show "${3:-}"

tiny="-C tests/data/tiny"
golden_run <<CASES
overview.txt|show $tiny --lang en
overview.ru.txt|show $tiny --lang ru
dostyk.txt|show Dostyk $tiny --lang en
dostyk.ru.txt|show Достык $tiny --lang ru
dostyk.json|show 多斯特克 $tiny --lang en --format json
dostyk.csv|show Druzhba $tiny --lang en --format csv
holiday.txt|show Alashankou $tiny --lang en --date 2026-02-17 --only opening
link.txt|show S003 $tiny --lang en
link.2020.txt|show S003 $tiny --lang en --date 2020-01-01 --only capacities
link.all.txt|show S003 $tiny --lang en --date 2020-01-01 --only capacities --all
storage.txt|show Aktau $tiny --lang en --only storage
process.txt|show process:DOSTYK.transship $tiny --lang en
promise.ru.txt|show C.60-pairs $tiny --lang ru
source.json|show source:press-tiny $tiny --lang en --format json
scenario.txt|show BAKHTY $tiny --lang en --scenario second-crossing --only links --only rules
several.csv|show S003 KTZ $tiny --lang en --format csv --only about
typo.txt|show Dostik $tiny --lang en
typo.ru.txt|show process:nothing $tiny --lang ru
section.txt|show Dostyk $tiny --lang en --only everything
CASES

# How long does free storage last at the dry port, and what does each day then cost?
holds "free days" show KHORGOS_GW --lang en --only storage
holds "each day then" show KHORGOS_GW --lang en --only storage
holds "USD/feu" show KHORGOS_GW --lang en --only storage
# Names in four languages, the clock by date, history.
holds "多斯特克" show Dostyk --lang en
holds "Достық" show Dostyk --lang en
holds "UTC+6" show Almaty --lang en --date 2024-02-29
holds "UTC+5" show Almaty --lang en --date 2024-03-01
holds "60 pairs/day" show S032 --lang en --date 2025-09-30
holds "12 pairs/day" show S032 --lang en --date 2025-09-29
holds "closed: Spring Festival" show KHORGOS_CN --lang en --date 2026-02-17
holds "Alashankou - Dostyk, Horgos - Altynkol" show --lang en
ends 4 show nowhere-at-all
golden_end
