#!/usr/bin/env bash
# test_commitments.sh PROGRAM ROOT [--update]: `zhol commitments` on the tiny corridor, and states of
# promises of the reference corridor on several days.
set -uo pipefail
# shellcheck source=tests/golden/cases.sh
source "$2/tests/golden/cases.sh"
golden_start "$1" "$2" commitments "${3:-}"

tiny="-C tests/data/tiny"
golden_run <<CASES
tiny.txt|commitments $tiny --lang en
tiny.full.txt|commitments $tiny --lang en --full
tiny.full.ru.txt|commitments $tiny --lang ru --full
tiny.before.txt|commitments $tiny --lang en --as-of 2025-09-29
tiny.json|commitments $tiny --lang en --format json
tiny.csv|commitments $tiny --lang en --format csv
nothing.txt|commitments $tiny --lang en nothing
CASES

# state NAME DAY STATE: what became of a promise of the reference corridor by a day
state() {
    local got
    got=$("$zhol" commitments "$1" --as-of "$2" --format csv | sed -n '2p' | cut -d, -f1,3- |
        sed -E 's/.*,(met|open|behind|missed|unknown),.*/\1/')
    if [[ $got == "$3" ]]; then
        passed=$((passed + 1))
    else
        golden_fail "$1 on $2: '$got', not '$3'"
    fi
}
state C.TITR-10MT-2027 2026-01-31 behind
state C.TITR-10MT-2027 2028-06-01 unknown
state C.DOSTYK-MOIYNTY-60 2025-09-29 open
state C.DOSTYK-MOIYNTY-60 2025-09-30 met
state C.TRUCKS-1000-2025 2025-10-25 open
state C.TRUCKS-1000-2025 2026-01-31 missed
state C.OSJD-2023 2023-06-01 open
state C.OSJD-2023 2024-01-31 met
state C.BAKHTY-2027 2026-01-31 open
state C.BAKHTY-2027 2028-01-01 unknown
state C.VISA-FREE-2023 2023-11-10 met
state C.GAS-35-2034 2026-01-31 open
state C.LUBAN-ASTANA 2025-06-01 open
state C.LUBAN-ASTANA 2026-01-31 met
holds "status unknown since 2026-01-31" commitments C.BAKHTY-2027 --as-of 2028-01-01 --lang en
holds "-> capacity" commitments C.BAKHTY-2027 --lang en
holds "Railway Bakhty-Ayagoz" commitments C.BAKHTY-2027 --lang en
golden_end
