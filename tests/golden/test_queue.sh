#!/usr/bin/env bash
# test_queue.sh PROGRAM ROOT [--update]: `zhol queue` on the reference corridor: rules, slots over a
# holiday, forecasts from published figures, advice.
set -uo pipefail
# shellcheck source=tests/golden/cases.sh
source "$2/tests/golden/cases.sh"
golden_start "$1" "$2" queue "${3:-}"

data=tests/data/queue
waiting="--waiting nur-zholy-exit=1500 --waiting kolzhat-exit=240"
golden_run <<CASES
all.txt|queue show --lang en
all.ru.txt|queue show --lang ru
nurzholy.txt|queue show nur-zholy-exit --lang en --date 2025-11-13
kolzhat.ru.txt|queue show Кольжат --lang ru --date 2025-11-12
kolzhat.2024.txt|queue show kolzhat --lang en --date 2024-05-01
cycle.txt|queue show nurzholy --lang en --scenario queue-cycle
live.ru.txt|queue show nurzholy --lang ru --scenario queue-live
round.txt|queue show nurzholy --lang en --scenario queue-round
rules.json|queue show kolzhat --format json --date 2025-11-12
slots.txt|queue slots nur-zholy-exit --lang en --date 2025-10-07 --days 4
slots.zone.txt|queue slots nur-zholy-exit --lang en --date 2024-02-29 --days 2
slots.ru.txt|queue slots kolzhat-exit --lang ru --date 2025-10-25 --days 2
slots.json|queue slots kolzhat-exit --format json --date 2025-11-12
forecast.txt|queue forecast nur-zholy-exit --lang en --date 2025-11-12 --waiting 1500
forecast.daily.txt|queue forecast nur-zholy-exit --lang en --date 2025-11-12 --observed $data/daily.csv
forecast.workload.ru.txt|queue forecast bakhty-exit --lang ru --date 2025-11-12 --observed $data/workload.csv
forecast.export.txt|queue forecast nurzholy --lang en --date 2026-01-30 --observed tests/data/import/queue.csv
forecast.json|queue forecast nur-zholy-exit --format json --date 2025-11-12 --observed $data/daily.csv --waiting perishable=12
advice.txt|queue advice --from Almaty --lang en --date 2025-11-12 $waiting
advice.ru.txt|queue advice --from 47.5,84.2 --lang ru --date 2025-11-12 $waiting --waiting maikapshagay-exit=20
advice.json|queue advice --from Almaty --format json --date 2025-11-12 $waiting
wrong.txt|queue forecast nurzholy --lang en --observed README.md
nowhere.txt|queue slots nowhere --lang en
nowhere.ru.txt|queue show kolzhat --lang ru --date 1992-01-01
misused.txt|queue forget --lang en
misused.ru.txt|queue forecast kolzhat --lang ru --now tomorrow
place.txt|queue advice --from Xian --lang en
CASES
golden_end
