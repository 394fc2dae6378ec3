#!/usr/bin/env bash
# test_shipments.sh PROGRAM ROOT [--update]: `zhol shipments`: the promise from where a box is, what
# is missing and when it is due, what a closure does to each, a quotation, the user's own lists.
set -uo pipefail
# shellcheck source=tests/golden/cases.sh
source "$2/tests/golden/cases.sh"
golden_start "$1" "$2" shipments "${3:-}"

file=examples/shipments/shipments.csv
lists=examples/shipments/lists.csv
data=tests/data/shipments
golden_run <<CASES
plain.txt|shipments $file --lang en
plain.ru.txt|shipments $file --lang ru
closed.txt|shipments $file --against poland-closes-brest --margin 8 --screen $lists --lang en
closed.ru.txt|shipments $file --against poland-closes-brest --screen $lists --lang ru
closed.json|shipments $file --against poland-closes-brest --margin 8 --screen $lists --format json
closed.csv|shipments $file --against poland-closes-brest --format csv
no_scenario.ru.txt|shipments $file --against nothing --lang ru
no_scenario.txt|shipments $file --against nothing --lang en
no_file.txt|shipments $data/nothing.csv --lang en
no_place.txt|shipments $data/no_place.csv --lang en
no_seen.ru.txt|shipments $data/no_seen.csv --lang ru
morning.txt|shipments $data/morning.csv --against poland-closes-brest --lang en
morning.ru.txt|shipments $data/morning.csv --margin 8 --lang ru
morning.csv|shipments $data/morning.csv --against poland-closes-brest --format csv
morning.json|shipments $data/morning.csv --format json
nothing_in_it.txt|shipments $data/nothing_in_it.csv --lang en
nothing_in_it.ru.txt|shipments $data/nothing_in_it.csv --lang ru
slips.txt|shipments $data/slips.csv --lang en
slips.ru.txt|shipments $data/slips.csv --lang ru
slips.json|shipments $data/slips.csv --format json
too_heavy.txt|shipments $data/too_heavy.csv --lang en
CASES

# What has arrived does not stop the others; a box seen at its origin before it is ready waits there.
holds "Under poland-closes-brest: 2 of 2 are hit" shipments $data/morning.csv \
    --against poland-closes-brest --lang en
# Nothing and too much are not a quantity.
ends 3 shipments $data/nothing_in_it.csv
ends 3 shipments $data/too_heavy.csv

# Eight weeks instead of four: who waits, waits longer, or finds another way at last.
holds "Under poland-closes-brest: 3 of 5 are hit" shipments $file --against poland-closes-brest \
    --lang en
# What does not pass Brest is not hit, whatever is closed there.
holds "A-104 not hit 0.0 - 0.0 0" shipments $file --against poland-closes-brest --lang en
# The promise from Altynkol does not depend on the day on which it left Xi'an.
sed 's/2026-01-28 08:00/2026-01-30 08:00/' "$root/$file" >"$scratch/later.csv"
plain=$(cd "$root" && "$zhol" shipments $file --format csv | grep ^A-103 | cut -d, -f3,4)
later=$("$zhol" shipments "$scratch/later.csv" --format csv | grep ^A-103 | cut -d, -f3,4)
if [[ -n $plain && $plain == "$later" ]]; then passed=$((passed + 1)); else
    golden_fail "the promise from where a box is has changed with its start: $plain, $later"
fi
# GU-12 is due fifteen days before the month of loading.
holds "by 17 Jan: Application GU-12, international (the day is past)" shipments $file --lang en

# A common note is needed instead of SMGS, not beside it, and a slip of the pen is no document.
holds "by 5 Mar: CIM/SMGS common consignment note" shipments $data/slips.csv --lang en
if "$zhol" shipments "$root/$data/slips.csv" --lang en | grep -q "by .*: SMGS consignment note"; then
    golden_fail "SMGS stands beside CIM/SMGS"
else
    passed=$((passed + 1))
fi
holds "no document is called so: invoise, foo" shipments $data/slips.csv --lang en
# T1 opens where the EU begins, the declaration into China is due where China begins.
holds "by 18 Mar: T1 transit declaration of the EU" shipments $data/slips.csv --lang en
holds "by 10 Feb: Export declaration of the EAEU" shipments $file --lang en
# A thousand equal rows are planned once.
head -n 1 "$root/$file" >"$scratch/many.csv"
for i in $(seq 1 1000); do
    echo "M-$i,Xian,Duisburg,2026-03-05 08:00,electronics,2,,2026-03-26 00:00,,,invoice,X"
done >>"$scratch/many.csv"
lines=$(timeout 20 "$zhol" shipments "$scratch/many.csv" --format csv | cut -d, -f2- | sort -u | wc -l)
if ((lines == 2)); then passed=$((passed + 1)); else
    golden_fail "1,000 equal rows: $lines different lines with the head"
fi

golden_end
