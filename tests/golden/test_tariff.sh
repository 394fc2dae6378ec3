#!/usr/bin/env bash
# test_tariff.sh PROGRAM ROOT [--update]: `zhol tariff`: boxes by way and revenue under a cut.
set -uo pipefail
# shellcheck source=tests/golden/cases.sh
source "$2/tests/golden/cases.sh"
golden_start "$1" "$2" tariff "${3:-}"

golden_run <<CASES
ten.txt|tariff --cut 10 --elasticity -1 --lang en
ten.ru.txt|tariff --cut 10 --elasticity -1 --lang ru
rise.csv|tariff --cut -20 --year 2024 --format csv
nobody.txt|tariff --country DE --year 2019 --lang en
steep.txt|tariff --elasticity 2 --lang en
CASES

# A cut of nothing changes nothing; without elasticity no box is new; a cut takes revenue, a rise
# and an elasticity bring some.
rows=$(cd "$root" && for cut in 0 10 -10; do "$zhol" tariff --cut $cut --format csv; done | grep ',all,')
more=$(cd "$root" && "$zhol" tariff --cut 10 --elasticity -2 --format csv | grep '^grown,all,')
if awk -F, -v more="$more" 'BEGIN { split(more, m, ",") }
    { teu[NR] = $3; usd[NR] = $5 }
    END { ok = usd[1] == usd[2] && teu[1] == teu[2] && teu[5] == teu[4] && teu[6] == teu[4]
          ok = ok && usd[5] < usd[4] && usd[5] > 0.85 * usd[4] && usd[8] > usd[7]
          ok = ok && m[3] > 1.01 * teu[4] && m[5] > usd[5]
          exit !ok }' <<<"$rows"; then passed=$((passed + 1)); else golden_fail "revenue: $rows / $more"; fi

# A country that is not there and a year without freight are two things.
holds "no place in country 'ZZ'" tariff --country ZZ --lang en
holds "2024." tariff --date 2020-01-01 --lang en
ends 4 tariff --country ZZ

golden_end
