#!/usr/bin/env bash
# test_check.sh PROGRAM ROOT [--update]: `zhol check` and `zhol schema`: a clean corridor, corridors
# with faults, canonical writing, and the reference corridors with all their scenarios.
set -uo pipefail
# shellcheck source=tests/golden/cases.sh
source "$2/tests/golden/cases.sh"
golden_start "$1" "$2" check "${3:-}"

bad=$scratch/bad
cp -r "$root/tests/data/tiny" "$bad"
sed -i '3s/,ALASHANKOU,DOSTYK,/,ALASHANKOU,DOSTIK,/; 7s/,1230,/,-5,/' "$bad/link.csv"
sed -i '2s/,high,/,hgh,/' "$bad/node.csv"
sed -i '2s/,press-tiny,/,,/' "$bad/commitment.csv"
sed -i '2s/14.5/abc/' "$bad/observation.csv"
sed -i 's/^change,S003,/change,S999,/' "$bad/scenarios/second-crossing/"*.csv
printf 'op,comparison_id,name,left,right,tolerance,verdict,source_id,confidence\n' \
    >"$scratch/head.csv"
cmp=$scratch/cmp
cp -r "$root/tests/data/tiny" "$cmp"
{
    sed 's/^op,//' "$scratch/head.csv"
    echo 'X.1,no such row,[O.nothing],1,0,agrees,press-tiny,medium'
    echo 'X.2,not as written,[O.trains-2025],15,0.1,agrees,press-tiny,medium'
} >"$cmp/comparison.csv"
mkdir "$scratch/empty"
printf 'node_id\0name\n' >"$scratch/empty/node.csv"
echo '{"name": "x", "title": "X", "as_of": "2026-01-31"}' >"$scratch/empty/datapackage.json"

golden_run <<CASES
tiny.txt|check tests/data/tiny --lang en
tiny.ru.txt|check tests/data/tiny --lang ru
bad.txt|check $bad --lang en
bad.ru.txt|check $bad --lang ru
bad.lines.txt|check $bad --lang en --format lines
bad.json|check $bad --lang en --format json
bad.csv|check $bad --lang en --format csv --least error
bad.write.txt|check $bad --lang en --write --least error
comparisons.txt|check $cmp --lang en
nul.txt|check $scratch/empty --lang en
nowhere.txt|check $scratch/nowhere --lang en
no-scenario.txt|check tests/data/tiny --lang en --scenario nothing
schema.txt|schema --lang en comparison
schema.csv|schema --lang en commitment --format csv
schema.nothing.txt|schema --lang en nothing
CASES

# Canonical writing changes nothing the second time, and nothing of a canonical folder.
cp -r "$root/tests/data/tiny" "$scratch/once"
ends 0 check "$scratch/once" --write
cp -r "$scratch/once" "$scratch/twice"
ends 0 check "$scratch/twice" --write
same "$scratch/once" "$scratch/twice"

ends 0 check china-kazakhstan
ends 0 check silk-road
ends 1 check "$bad"
ends 0 schema --format json
ends 0 schema --format markdown
golden_end
