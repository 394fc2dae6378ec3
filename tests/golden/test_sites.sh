#!/usr/bin/env bash
# test_sites.sh PROGRAM ROOT [--update]: `zhol catchment` and `zhol crew`: sites share the country,
# days at once and in a window.
set -uo pipefail
# shellcheck source=tests/golden/cases.sh
source "$2/tests/golden/cases.sh"
golden_start "$1" "$2" sites "${3:-}"

golden_run <<CASES
two.txt|catchment Taldykorgan Turkestan --lang en
two.ru.txt|catchment Taldykorgan Turkestan --lang ru
three.json|catchment Turkestan Taldykorgan Almaty --within 24 --dwell 3 --format json
one.csv|catchment Almaty --year 2024 --format csv
no_year.txt|catchment Almaty --year 2019 --lang en
crew.txt|crew CN --trip 2026-02-10..2026-02-24 --stay 2026-01-05..2026-01-20 --lang en
crew_long.ru.txt|crew CN --trip 2026-02-10..2026-03-24 --lang ru
crew_full.txt|crew KZ --trip 2026-04-02..2026-04-10 --stay 2025-12-01..2025-12-30 --stay 2026-01-05..2026-02-03 --stay 2026-02-10..2026-03-11 --lang en
crew.json|crew CN --trip 2026-02-10..2026-02-24 --format json
crew_purpose.txt|crew CN --trip 2026-02-10..2026-02-24 --purpose study --lang en
crew_citizen.ru.txt|crew CN --trip 2026-02-10..2026-02-24 --citizen RU --lang ru
crew_stays.txt|crew China --trip 2026-02-10..2026-02-24 --stay 2025-12-01..2026-02-09 --lang en
crew_stays.ru.txt|crew Китай --trip 2026-02-10..2026-02-24 --stay 2025-12-01..2026-02-09 --lang ru
itself.txt|catchment Almaty --lang en
later.txt|catchment Almaty --scenario bakhty-ayagoz --lang en
crew_before.txt|crew CN --trip 2023-02-10..2023-02-24 --lang en
CASES

# A site of one's own takes all within reach; twice the days in the yard need twice the slots.
yard() {
    (cd "$root" && "$zhol" catchment Almaty --within 24 --peak 0 --dwell "$1" --format json) |
        sed -n 's/.*"yard_teu": \([0-9]*\).*/\1/p'
}
once=$(yard 3) twice=$(yard 6)
if ((once > 1000 && twice >= 2 * once - 1 && twice <= 2 * once)); then passed=$((passed + 1)); else
    golden_fail "slots of 3 and of 6 days: $once, $twice"
fi

# A stay that is not over before the trip, a site given twice, options without effect: refused.
ends 2 crew CN --trip 2026-02-10..2026-02-24 --stay 2026-02-15..2026-02-20
ends 2 crew CN --trip 2026-02-10..2026-02-24 --stay 2026-03-01..2026-03-05
ends 2 crew CN --trip 2026-02-10..2026-02-24 --scenario bakhty-ayagoz
ends 2 catchment Almaty Almaty
# No such goods in the corridor: no answer, and said why.
ends 4 catchment XIAN -C silk-road
# The year is one that the table holds, whatever the day; a place without rails is said to be one.
holds "k TEU in 2024" catchment Almaty --date 2020-01-01 --lang en
holds "comes to it in the data: all by road" catchment Usharal --lang en
holds "better by rail" catchment Taldykorgan --lang en

golden_end
