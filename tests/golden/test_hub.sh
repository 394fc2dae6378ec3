#!/usr/bin/env bash
# test_hub.sh PROGRAM ROOT [--update]: `zhol hub`: a week of boxes as table, CSV and JSON, in both
# languages, and what is refused.
set -uo pipefail
# shellcheck source=tests/golden/cases.sh
source "$2/tests/golden/cases.sh"
golden_start "$1" "$2" hub "${3:-}"

week="hub Xian --feu Duisburg=95 --feu Tashkent=30"
golden_run <<CASES
week.txt|$week --lang en
week.ru.txt|$week --lang ru
week.csv|$week --lang en --format csv
week.json|$week --lang en --format json
wait.txt|$week --max-wait 2 --day-usd 20 --lang en
no_feu.txt|hub Xian --lang en
no_place.txt|hub Xian --feu Nowhere=5 --lang en
bad_count.txt|hub Xian --feu Duisburg=-3 --lang en
CASES
golden_end
