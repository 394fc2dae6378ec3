#!/usr/bin/env bash
# test_russian.sh: what is said in Russian is Russian. Usage: test_russian.sh PROGRAM ROOT
#
# Runs what an analyst reads with --lang ru and fails on two small Latin words in a row, and on a
# number with a decimal point where Russian has a comma. Let through are: titles and publishers of
# sources (a title is in its own language), names of the article's references, identifiers (they
# hold a dot, a dash, an underscore or a digit) and commands to be typed.
set -u
program=$(readlink -f "$1")
root=$(readlink -f "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0
export ZHOL_CORRIDORS="$root/corridors"
cd "$root" || exit 1

# One line a field: what continues a field stands further right than its label.
join_fields() {
    awk '/^          +[^ ]/ { sub(/^ +/, " "); line = line $0; next }
         { if (NR > 1) print line; line = $0 }
         END { print line }'
}

# The words of a page, without its list of sources, style and script.
page_text() {
    sed -E -e '/<ol class="sources">/,/<\/ol>/d' -e '/<style>/,/<\/style>/d' \
        -e '/<script>/,/<\/script>/d' -e 's/<[^>]*>/\n/g' -e "s/&#39;/'/g"
}

# What is let through.
without_names() {
    sed -E -e '/^ *(источник|оцифровано|адрес) /d' -e 's/ссылается на: .*//' -e 's/с одним из имён: [^;]*//' \
        -e 's/(zhol|scripts\/[a-z.]+) [a-z]+( [a-z]+)?//g' -e 's/[A-Za-z]*[-._@\/0-9][-A-Za-z0-9._@\/:]*//g'
}

# said NAME FILE: the text of FILE is Russian.
said() {
    if LC_ALL=C grep -nE '(^|[^A-Za-z])[a-z]{2,}[ ,;:]+[a-z]{2,}($|[^A-Za-z])' "$2" >"$work/found"
    then
        echo "FAILED $1: English in Russian:"
        head -5 "$work/found"
        failed=$((failed + 1))
    else
        passed=$((passed + 1))
    fi
}

# ask ARGUMENTS: runs a command in Russian and looks at what it says.
ask() {
    "$program" "$@" --lang ru >"$work/out" 2>&1
    local code=$?
    if [ "$code" -ne 0 ]; then
        echo "FAILED $*: exit $code: $(head -3 "$work/out")"
        failed=$((failed + 1))
        return
    fi
    join_fields <"$work/out" | without_names >"$work/text"
    said "$*" "$work/text"
}

# written PATTERN ARGUMENTS: nothing of an answer is written the English way: dollars as USD,
# a decimal point; PATTERN: what else is English here.
written() {
    local also=$1
    shift
    if ! "$program" "$@" --lang ru >"$work/out" 2>&1 ||
        grep -E "USD|[0-9]\\.[0-9]|$also" "$work/out" >"$work/found"; then
        echo "FAILED $*: written the English way:"
        head -5 "$work/found" "$work/out"
        failed=$((failed + 1))
    else
        passed=$((passed + 1))
    fi
}
# 12,345; not asked where an answer has three decimals.
thousands='[0-9],[0-9]{3}([^0-9]|$)'

# refuse ARGUMENTS: the same for what is refused.
refuse() {
    if "$program" "$@" --lang ru >"$work/out" 2>&1; then
        echo "FAILED $*: not refused"
        failed=$((failed + 1))
        return
    fi
    without_names <"$work/out" >"$work/text"
    said "$*" "$work/text"
}

ask trade
ask trade SE.KZ-CN-RAIL
ask register
ask catchment Almaty
ask tariff
ask claims --all
ask claims --checks
ask claims --model --draws 1
ask commitments --full
ask commitments --model --draws 1
ask assign --by resource
ask assign --by limit
ask simulate --replications 2 --days 7
ask demand
ask calibrate
written "$thousands" plan Xian Almaty --teu 2
written "$thousands" plan Xian Duisburg --teu 20 --limit 1
written "$thousands" shift nur-zholy-exit --day 2025-11-12 --waiting 1500
written "$thousands" hub Xian --feu Duisburg=95 --feu Tashkent=30
written "$thousands" dispatch Altynkol --day 2026-02-01 --effort 100
written USD simulate --replications 2 --days 7
written USD assign --by worth
refuse plan Xian Nowhere --teu 1
refuse catchment XIAN -C silk-road
refuse claims --scenario nosuch
refuse trade -C silk-road
printf 'id,from,to,ready,goods,boxes\n1,Xian,Nowhere,2026-02-01,tea,2\n' >"$work/place.csv"
refuse shipments "$work/place.csv"
printf 'id,from,to\n1,Xian,Almaty\n' >"$work/column.csv"
refuse shipments "$work/column.csv"

# The report: all sections but those that take minutes, whose words test_study.sh sees.
"$program" study --only corridor,demand,calibration,trade,commitments,evidence,made --draws 1 \
    --replications 2 --format html --lang ru >"$work/study.html" 2>"$work/err" || cat "$work/err"
page_text <"$work/study.html" | without_names >"$work/text"
said "study" "$work/text"
if grep -qE '<td[^>]*>[0-9]+\.[0-9]' "$work/study.html"; then
    echo "FAILED study: a decimal point"
    failed=$((failed + 1))
else
    passed=$((passed + 1))
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
