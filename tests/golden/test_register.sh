#!/usr/bin/env bash
# test_register.sh PROGRAM ROOT [--update]: `zhol register`: projects by kind, party and state on a
# day, with the capacities that hold then.
set -uo pipefail
# shellcheck source=tests/golden/cases.sh
source "$2/tests/golden/cases.sh"
golden_start "$1" "$2" register "${3:-}"

golden_run <<CASES
pipelines.txt|register --kind pipeline --lang en
terminals.ru.txt|register --kind terminal --lang ru
education.txt|register --kind education --date 2025-06-01 --lang en
abroad.csv|register --party KTZ --state building --format csv
nobody.txt|register --party nobody --lang en
CASES

# What is built on one day is open on a later one, and its capacity is another.
holds "R.S030: 12 pairs/day" register --kind railway --date 2024-06-01 --lang en
holds "R.S030: 60 pairs/day" register --kind railway --date 2026-01-31 --lang en
# No JSON here: asking for it is an error, not a table.
ends 2 register --json
ends 2 tariff --json

# What is not in service is said to be so; one-way capacities say which way.
holds "R.S073: 40 pairs/day, both, binding; once it is" register --kind railway --lang en
holds "18 trains/day, Bakhty > Tacheng, binding; once it is" register --kind railway --lang en
holds "R.S030: 60 pairs/day, both, binding" register --kind railway --lang en
ends 4 register -C silk-road

golden_end
