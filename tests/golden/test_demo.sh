#!/usr/bin/env bash
# test_demo.sh PROGRAM ROOT: the main job: six plans, one page, one file of data, in both languages,
# the same bytes twice, without anything from a network.
set -uo pipefail

zhol=$1
root=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0
passed=0

check() {
    if "${@:2}"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED $1"
    fi
}

has() { [[ $(grep -o "$2" "$1" | wc -l) -eq $3 ]]; }
has_not() { ! grep -qE "$2" "$1"; }

for lang in en ru; do
    out=$scratch/$lang
    "$zhol" demo -C "$root/corridors/china-kazakhstan" --lang "$lang" --out "$out" \
        >"$scratch/$lang.txt" 2>"$scratch/$lang.err"
    check "zhol demo --lang $lang ends well" [ $? -eq 0 ]
    check "six plans on the page ($lang)" has "$out/zhol.html" '<section id=' 6
    check "six maps on the page ($lang)" has "$out/zhol.html" '<svg [^>]*class="map"' 6
    check "six plans in the data ($lang)" has "$out/zhol.json" '"itinerary_count"' 6
    check "no script, nothing from a network ($lang)" \
        has_not "$out/zhol.html" '<script|<link|<img|@import|url\(|src='
    check "six plans printed ($lang)" [ "$(grep -cE '^[1-6]\. ' "$scratch/$lang.txt")" -eq 6 ]
    check "a page closes ($lang)" [ "$(tail -n 1 "$out/zhol.html")" = "</html>" ]
done
"$zhol" demo -C "$root/corridors/china-kazakhstan" --lang en --out "$scratch/again" >/dev/null 2>&1
check "the same page twice" cmp -s "$scratch/en/zhol.html" "$scratch/again/zhol.html"
check "the same data twice" cmp -s "$scratch/en/zhol.json" "$scratch/again/zhol.json"
"$zhol" demo -C "$root/tests/data/tiny" --out "$scratch/tiny" >/dev/null 2>&1
check "a corridor without the six places has no answer" [ $? -eq 4 ]

echo "$passed passed, $failed failed"
[[ $failed -eq 0 ]]
