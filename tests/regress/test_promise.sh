#!/usr/bin/env bash
# The same box at the same instant has the same promise wherever one asks: `zhol plan` as JSON, CSV
# and table, and the running server.
set -euo pipefail

zhol=$1 root=$2
scratch=$(mktemp -d)
server=""
trap 'kill $server 2>/dev/null || true; wait $server 2>/dev/null || true; rm -rf "$scratch"' EXIT
export COLUMNS=80 LC_ALL=C.UTF-8
corridor=$root/corridors/china-kazakhstan
passed=0 failed=0
check() { # NAME GOT WANT
    if [[ $2 && $2 == "$3" ]]; then
        passed=$((passed + 1))
    else
        printf 'FAILED %s:\n%s\nwanted:\n%s\n' "$1" "$2" "$3"
        failed=$((failed + 1))
    fi
}
# Promises of a JSON answer, in order, without the blanks of its layout.
promises() { grep -o '"arrival_p[59]0": *"[^"]*"' "$1" | tr -d ' '; }

"$zhol" serve -C "$corridor" --store memory: --listen 127.0.0.1:0 >"$scratch/log" 2>&1 </dev/null &
server=$!
port=""
for ((i = 0; i < 300; i++)); do
    port=$(grep -om1 'http://127.0.0.1:[0-9]*' "$scratch/log" | grep -o '[0-9]*$' || true)
    [[ $port ]] && break
    sleep 0.1
done
[[ $port ]] || { cat "$scratch/log" >&2; exit 1; }

asked=0
ask() { # FROM TO TEU COMMODITY DEPART
    local name
    asked=$((asked + 1))
    name=$scratch/$asked
    "$zhol" plan "$1" "$2" -C "$corridor" --teu "$3" --commodity "$4" --depart "$5" --json >"$name.json"
    "$zhol" plan "$1" "$2" -C "$corridor" --teu "$3" --commodity "$4" --depart "$5" --format csv \
        >"$name.csv"
    exec 3<>"/dev/tcp/127.0.0.1/$port"
    printf 'GET /v1/plan?from=%s&to=%s&teu=%s&commodity=%s&depart=%s HTTP/1.0\r\nHost: x\r\n\r\n' \
        "$1" "$2" "$3" "$4" "$5" >&3
    cat <&3 >"$name.http"
    exec 3<&-
    check "$1 to $2, server" "$(promises "$name.http")" "$(promises "$name.json")"
    # columns 7 and 8 of the CSV, once for each itinerary
    check "$1 to $2, CSV" \
        "$(tail -n +2 "$name.csv" | cut -d, -f5,7,8 | uniq | cut -d, -f2,3 | tr ',' '\n')" \
        "$(promises "$name.json" | cut -d'"' -f4)"
    "$zhol" plan "$1" "$2" -C "$corridor" --teu "$3" --commodity "$4" --depart "$5" --json \
        >"$name.again"
    check "$1 to $2, again" "$(promises "$name.again")" "$(promises "$name.json")"
}
ask Xian Duisburg 2 electronics 2026-02-03T08:00
ask Almaty Poti 4 electronics 2026-02-03T08:00
ask Lianyungang Tashkent 2 electronics 2026-02-05T09:30

echo "$passed passed, $failed failed"
((failed == 0))
