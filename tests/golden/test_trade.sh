#!/usr/bin/env bash
# test_trade.sh PROGRAM ROOT [--update]: `zhol trade` on the reference corridor and on made-up tables
# of UN Comtrade of both generations.
set -uo pipefail
# shellcheck source=tests/golden/cases.sh
source "$2/tests/golden/cases.sh"
golden_start "$1" "$2" trade "${3:-}"

golden_run <<CASES
all.txt|trade --lang en
all.ru.txt|trade --lang ru
series.txt|trade SE.KZ-CN-RAIL --lang en
series.csv|trade SE.KZ-CN-RAIL --lang en --format csv
series.json|trade SE.KZ-CN-RAIL --lang en --format json
none.txt|trade SE.NO-SUCH --lang en
comtrade.txt|trade --comtrade tests/data/trade/kaz.csv --comtrade tests/data/trade/chn.csv --pair KAZ-CHN --level 2 --lang en
comtrade.bad.txt|trade --comtrade tests/data/trade/bad.csv --lang en
CASES
holds "30.1" trade --lang en
golden_end
