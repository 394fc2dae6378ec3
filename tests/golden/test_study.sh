#!/usr/bin/env bash
# test_study.sh PROGRAM ROOT: the study of one scenario, short: every file, in both languages, whole
# pages that need nothing else, the same bytes for one thread and two, sections alone, and after an
# interrupt what is finished, marked so, or nothing.
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

has() { grep -qF -- "$2" "$1"; }
has_not() { ! grep -qE -- "$2" "$1"; }
same() { diff -r "$1" "$2" >/dev/null; }
holds() { grep -q -- "$1" <<<"$2"; }

study() {
    "$zhol" study -C "$root/corridors/china-kazakhstan" --scenario trans-caspian-2027 --days 7 \
        --replications 2 --draws 0 "$@"
}

study --threads 1 --out "$scratch/one" --lang en >"$scratch/one.txt" 2>"$scratch/one.err"
check "zhol study ends well" [ $? -eq 0 ]
began=$EPOCHREALTIME
study --threads 2 --out "$scratch/two" --lang en >/dev/null 2>&1
# About the middle of a whole run, which takes three times as long, on a fast machine as on a slow.
late=$(awk -v from="$began" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.1f", 2 * (to - from) }')
check "the same bytes for one thread and two, in another folder" same "$scratch/one" "$scratch/two"

for page in report.html report.ru.html; do
    check "$page closes" [ "$(tail -n 1 "$scratch/one/$page")" = "</html>" ]
    check "nothing from a network in $page" \
        has_not "$scratch/one/$page" '<link|<img|@import|url\([^#]|src='
    for part in summary corridor demand scenarios bottlenecks relations dispatch claims \
        calibration commitments trade evidence made sources; do
        check "$page has $part" has "$scratch/one/$page" "id=\"$part\""
    done
done
# The first page: few sentences, one map, one table; all else begins behind it.
first=$(sed -n '/id="summary"/,/id="effects"/p' "$scratch/one/report.html")
check "the first page has at most nine sentences" [ "$(grep -c '^<p>' <<<"$first")" -le 9 ]
check "one map" [ "$(grep -c '<figure' <<<"$first")" -eq 1 ]
check "and one table" [ "$(grep -c '<table' <<<"$first")" -eq 1 ]
check "the Russian page is Russian" has "$scratch/one/report.ru.html" 'lang="ru"'
for table in scenarios differences crossings crossings_trains bottlenecks relations \
    relations_evidence dispatch dispatch_trains claims checks commitments series \
    evidence sources; do
    check "csv/$table.csv" [ "$(wc -l <"$scratch/one/csv/$table.csv")" -ge 2 ]
done
check "a table says what all of them are of" has "$scratch/one/csv/about.csv" "Data as of"
check "a workbook" [ "$(head -c 2 "$scratch/one/report.xlsx")" = PK ]
check "data name their sources" has "$scratch/one/report.json" '"sources"'
check "a summary is printed" has "$scratch/one.txt" "report.html"
check "the times of the stages are printed" has "$scratch/one.txt" "simulate"

# What is told must be told whole: what agrees apart from what cannot but agree, what misses, what a
# published time is of, tonnes by mode, fitted demand apart from assumed.
check "agreement is split" holds "lengths of ways" "$first"
check "simulated misses are counted on the first page" \
    holds "Published times beside simulated ones: [0-9]* agree, [0-9]* do not; the farthest is" \
    "$first"
check "tonnes by mode" holds "Mt a year (.*rail [0-9.]*, .*oil pipeline" "$first"
check "published times say what they are and of when" \
    has "$scratch/one/csv/relations.csv" "norm of the railways for a container train, 1520 mm; 2022"
check "and how far the promise is off" has "$scratch/one/csv/relations.csv" "off_days"
check "Constanta is asked by sea" has "$scratch/one/csv/relations.csv" "Poti – Constanta, by sea"
check "simulated misses are named" has "$scratch/one/csv/relations_simulated.csv" "does not agree"
check "pipelines have a table of their own" has "$scratch/one/csv/crossings_pipes.csv" "Tashkent"
check "and stand in no other" has_not "$scratch/one/csv/crossings.csv" "pipeline"
check "what waits has its unit" has "$scratch/one/csv/crossings.csv" ",trucks,"
check "counts of one crossing are told apart" \
    has "$scratch/one/csv/crossings_published.csv" "Altynkol, exports alone"
check "what nobody counts is named" has "$scratch/one/report.html" "No count of the whole period"
check "trains in and trains on are reconciled" has "$scratch/one/report.html" "trains go on to"
# shellcheck disable=SC2016 # the dollars are awk's
far=$(awk -F'"' '/^"Altynkol/ { split($5, f, ","); if (f[4] > 10 || f[4] < -10) n++ }
    END { print n + 0 }' "$scratch/one/csv/crossings_published.csv")
check "tonnes far from a count are in the summary, others are not" \
    [ "$(grep -c 'farthest from a published count' "$scratch/one/report.html")" -eq \
    "$((far > 0))" ]
check "fitted cells are moved alone" has "$scratch/one/csv/demand_soft.csv" "fitted cells 10 % more"
check "and assumed ones" has "$scratch/one/csv/demand_soft.csv" "assumed cells 10 % less"

# A price of a limit for want of which freight stays behind is no money saved, and says so.
planned=$(study --scenario freight-2030 --only bottlenecks --format csv --lang en 2>/dev/null)
check "such prices are marked" holds "price holds the penalty" "$(grep planned <<<"$planned")"
check "others are not" [ -z "$(grep '^"*Base' <<<"$planned" | grep 'penalty')" ]

# Sections alone, and without the engines that they do not need.
only=$(study --only trade,evidence --lang en 2>&1)
check "--only trade,evidence ends well" [ $? -eq 0 ]
check "it has the trade" holds "Trade statistics" "$only"
check "it has no claims" [ -z "$(grep 'laims and checks' <<<"$only")" ]
study --only claims --out "$scratch/claims" --lang en >/dev/null 2>&1
check "claims alone" [ -s "$scratch/claims/csv/claims.csv" ]
check "claims alone are those of the whole" \
    same "$scratch/claims/csv/claims.csv" "$scratch/one/csv/claims.csv"
check "no scenarios beside them" [ ! -e "$scratch/claims/csv/scenarios.csv" ]
said=$(study --only summary,prices 2>&1)
check "an unknown section is refused" [ $? -eq 2 ]
check "and the sections are named" holds "bottlenecks, relations" "$said"
study --out "$scratch/one.txt" >/dev/null 2>&1
check "a file in the way of the folder is refused first" [ $? -eq 2 ]

# What if: one more case against the base; what is not in force, or says too little, is refused.
whatif() {
    "$zhol" study -C "$root/corridors/china-kazakhstan" --scenario base --days 7 \
        --replications 2 --draws 0 --lang en "$@"
}
whatif --change R.DOSTYK.transship=818 --close BREST --only scenarios --out "$scratch/if" \
    >/dev/null 2>&1
check "--change and --close end well" [ $? -eq 0 ]
check "the case is there" has "$scratch/if/csv/differences.csv" \
    "If R.DOSTYK.transship = 818; Brest closed"
check "what it closes has its row" [ -n "$(grep '^"*If' "$scratch/if/csv/crossings.csv" |
    grep 'Brest – Malaszewicze,rail,0,0')" ]
# shellcheck disable=SC2016 # the dollars are awk's
check "it costs more" awk -F, 'NR == 2 { exit !($3 > 1) }' \
    "$scratch/if/csv/differences.csv"
check "Russian says it, too" has "$scratch/if/report.ru.html" "Если R.DOSTYK.transship = 818"
# A ferry that takes twice as long: who is meant is named, and no price falls for it.
whatif --duration S151F=2 --duration S152F=2 --only summary,scenarios,relations \
    --out "$scratch/ferry" >/dev/null 2>&1
check "the relations that it moves most are named" \
    holds "promised times of a box, days: .*Xi'an – Baku +0.[5-9]" \
    "$(grep 'If time of S151F' "$scratch/ferry/report.html")"
# shellcheck disable=SC2016 # the dollars are awk's
check "a slower fastest way makes nothing cheaper" awk '
    /^Xi.an – Baku/ && match($0, /,"Horgos, Altynkol, Aktau/) {
        k = split(substr($0, 1, RSTART - 1), f, ","); n++
        if (n == 1) base = f[k - 1]; else if (f[k - 1] < base) low = 1
    }
    END { exit !(n >= 4 && !low) }' "$scratch/ferry/csv/relations.csv"
check "the tonnes of its route stand beside" \
    [ -n "$(grep '^"*If.*Trans-Caspian' "$scratch/ferry/csv/routes_counted.csv")" ]
whatif --close ALMATY --only scenarios --out "$scratch/stranded" >/dev/null 2>&1
# shellcheck disable=SC2016 # the dollars are awk's
check "freight without any way is not carried, and no cost of it looks like a gain" \
    awk -F, 'NR == 2 { exit !($2 < 0 && $3 == "") }' "$scratch/stranded/csv/differences.csv"
for wrong in "--change R.NOWHERE=1" "--close NOWHERE" "--tariff NOWHERE=1" \
    "--change R.DOSTYK.bogie_positions=10" "--close R.DOSTYK.transship"; do
    # shellcheck disable=SC2086 # an option and its value
    said=$(whatif $wrong --only scenarios 2>&1)
    check "$wrong has no answer" [ $? -eq 4 ]
    check "$wrong is explained" [ -n "$said" ]
done
for wrong in "--change R.DOSTYK.transship" "--change R.DOSTYK.transship=-1" \
    "--change R.DOSTYK.transship=x" "--threads 0" "--replications 1" "--days 0" "--draws -1" \
    "--seed x" "--sweep x" "--date 2026-13-01" "--period 2025..2024"; do
    # shellcheck disable=SC2086
    whatif $wrong --only summary >/dev/null 2>&1
    check "$wrong is refused" [ $? -eq 2 ]
done

whatif --change R.DOSTYK.transship=818 --only trade >/dev/null 2>&1
check "a change that no section shows is refused" [ $? -eq 2 ]
whatif --sweep R.DOSTYK.transship=1..2 --sweep bad --only made --out "$scratch/bad" >/dev/null 2>&1
check "a slip in the last sweep is told" [ $? -eq 2 ]
check "before anything is made" [ ! -e "$scratch/bad" ]

# Interrupts sooner and later: nothing, or what is finished and says so; never half a file.
for after in 0.4 1.5 4 "$late"; do
    rm -rf "$scratch/cut"
    timeout --preserve-status --signal=INT "$after" "$zhol" study \
        -C "$root/corridors/china-kazakhstan" --replications 4 --threads 2 --out "$scratch/cut" \
        --lang en >/dev/null 2>"$scratch/cut.err"
    check "interrupted after $after s: 130" [ $? -eq 130 ]
    if [ -e "$scratch/cut/report.json" ]; then
        check "interrupted after $after s: marked" has "$scratch/cut/report.html" "NOT COMPLETE"
        check "interrupted after $after s: marked in JSON" has "$scratch/cut/report.json" \
            "NOT COMPLETE"
        check "interrupted after $after s: marked in CSV" has "$scratch/cut/csv/about.csv" \
            "NOT COMPLETE"
        check "interrupted after $after s: marked in each row" \
            has "$scratch/cut/csv/scenarios.csv" "NOT COMPLETE"
        check "interrupted after $after s: claims are there" [ -s "$scratch/cut/csv/claims.csv" ]
        check "interrupted after $after s: whole" \
            [ "$(tail -n 1 "$scratch/cut/report.html")" = "</html>" ]
    else
        check "interrupted after $after s: nothing" [ ! -e "$scratch/cut" ]
    fi
done

"$zhol" study --set opening=2028-01-01 >/dev/null 2>&1
check "a set without its scenario is refused" [ $? -eq 2 ]
study --set bakhty.opening=2028-01-01 >/dev/null 2>&1
check "a set for a scenario that is not run is refused" [ $? -eq 2 ]
study --only made --out /proc/no/such >/dev/null 2>&1
check "a folder that cannot be made is told" [ $? -ne 0 ]
study --out "" >/dev/null 2>&1
check "an empty folder name is refused" [ $? -eq 2 ]
said=$(study --period 1900 --lang en 2>&1)
check "a time without freight has no answer" [ $? -eq 4 ]
check "and says so" holds "no freight in that time" "$said"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
