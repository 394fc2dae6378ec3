#!/usr/bin/env bash
# Collections of places, links and checkpoints as GDAL reads them: every feature of every page of
# every collection, with its geometry. Without ogrinfo (package gdal-bin) it tests nothing.
set -euo pipefail

zhol=$1 root=$2
if ! command -v ogrinfo >/dev/null; then
    echo "0 passed, 0 failed"
    exit 0
fi
log=$(mktemp)
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -f "$log" "$log".*' EXIT
"$zhol" serve -C "$root/corridors/china-kazakhstan" --store memory: --listen 127.0.0.1:0 \
    >"$log" 2>&1 </dev/null &
server=$!
url=""
for ((i = 0; i < 300; i++)); do
    url=$(grep -om1 'http://[0-9.:]*' "$log" || true)
    [[ $url ]] && break
    sleep 0.1
done
[[ $url ]] || { cat "$log" >&2; exit 1; }

passed=0 failed=0
check() { # NAME GOT WANT
    if [[ $2 == "$3" ]]; then
        passed=$((passed + 1))
    else
        echo "FAILED $1: got $2, want $3"
        failed=$((failed + 1))
    fi
}
rows() { tail -n +2 "$root/corridors/china-kazakhstan/$1.csv" | wc -l | tr -d ' '; }

ogrinfo -al -q "OAPIF:$url" >"$log.all" 2>"$log.errors" || true
check "errors of GDAL" "$(wc -c <"$log.errors" | tr -d ' ')" 0
check "layers" "$(grep -c '^Layer name: ' "$log.all")" 3
count() { awk -v layer="$1" '/^Layer name: / { here = $3 == layer } here && /^OGRFeature/ { n++ }
    END { print n + 0 }' "$log.all"; }
check "places" "$(count places)" "$(rows node)"
check "checkpoints" "$(count checkpoints)" "$(grep -cE ',(rail|road)_border,' \
    "$root/corridors/china-kazakhstan/node.csv")"
check "every feature has a geometry" "$(grep -cE '^  (POINT|LINESTRING) \(' "$log.all")" \
    "$(grep -c '^OGRFeature' "$log.all")"
links=$(count links)
check "links, some not there yet" "$((links > 350 && links <= $(rows link)))" 1
check "a name in Chinese" "$(grep -c 'name_zh (String) = 阿拉木图' "$log.all")" 1
ogrinfo -al -q -spat 76 43 78 44 "OAPIF:$url" places >"$log.box" 2>>"$log.errors" || true
check "a box takes what is in it" "$(($(grep -c '^OGRFeature' "$log.box") < 20))" 1
check "Almaty is in the box" "$(grep -c 'name (String) = Almaty$' "$log.box")" 1
echo "$passed passed, $failed failed"
((failed == 0))
