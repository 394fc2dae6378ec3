#!/usr/bin/env bash
# test_simulate.sh PROGRAM ROOT [--update]: `zhol simulate` on the tiny corridor, byte by byte, and
# the same bytes for every number of threads and processes; what an interrupt leaves.
#
# Each line of `cases` is a file of tests/golden/simulate and the command line that must give it;
# the exit code stands in its last line. --update writes the files anew: look at the difference
# before you commit it.
set -uo pipefail

zhol=$(realpath "$1")
root=$(realpath "$2")
update=${3:-}
golden=$root/tests/golden/simulate
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
unset ZHOL_CORRIDORS
failed=0
passed=0
small="--days 10 --warm-up 10 --replications 6"

cases() {
    cat <<CASES
table.en.txt|--lang en $small
table.ru.txt|--lang ru $small --by od
json.json|--lang en --days 4 --warm-up 6 --replications 3 --audit --format json
csv.csv|--lang en $small --format csv
svg.svg|--lang en --days 4 --warm-up 6 --replications 3 --format svg
html.ru.html|--lang ru --days 4 --warm-up 6 --replications 3 --format html
precision.txt|--lang en --days 10 --warm-up 10 --precision 5%
precision.ru.txt|--lang ru --days 10 --warm-up 10 --precision 7.5%
precision-missed.txt|--lang en --days 4 --warm-up 6 --precision 0.01% --replications 20
compare.txt|--lang en $small --compare second-crossing --crossings free
plan.txt|--lang en $small --ways plan
worth.ru.txt|--lang ru $small --worth
borders.txt|--lang en $small --borders --limit 3
borders.ru.txt|--lang ru $small --borders
borders.csv|--lang en --days 4 --warm-up 6 --replications 3 --borders --format csv
borders.json|--lang en --days 4 --warm-up 6 --replications 3 --borders --json
trace.txt|--lang en --days 20 --trace XIAN,ALMATY
trace.ru.txt|--lang ru --days 20 --trace Алматы,Сиань,2
trace-form.ru.txt|--lang ru --trace XIAN,ALMATY --format csv
trace-none.txt|--lang en --days 2 --warm-up 0 --trace ALAT,XIAN
state.txt|--lang en --days 20 --replications 30 --from-state tests/data/simulate/state.json
state.ru.txt|--lang ru --days 6 --replications 4 --from-state tests/data/simulate/state.json
bad-members.txt|--lang en --from-state tests/data/simulate/bad-members.json
bad-json.txt|--lang en --from-state tests/data/simulate/bad-json.json
no-file.txt|--lang en --from-state tests/data/simulate/nothing.json
no-flow.txt|--lang en --from-state tests/data/simulate/no-flow.json
disruption.txt|--lang en $small --disruption DOSTYK@2026-02-02..2026-02-06
disruption-share.txt|--lang en $small --disruption Dostyk@2026-02-02..2026-02-06=0.5
disruption-ban.txt|--lang en $small --disruption ALASHANKOU@2026-02-02..=ban
disruption-nothing.txt|--lang en $small --disruption DOSTYK@2026-02-02..2026-02-06=1
disruption-begun.ru.txt|--lang ru $small --disruption DOSTYK@2026-01-20..2026-02-06=1
bad-disruption.txt|--lang en --disruption DOSTYK
bad-share.txt|--lang en --disruption DOSTYK@2026-02-02..2026-02-06=7
no-disruption.txt|--lang en --disruption EV.opening-1990
replay.txt|--lang en --days 30 --warm-up 0 --replications 4 --replay tests/data/simulate/arrivals.csv
replay-compare.ru.txt|--lang ru --days 30 --warm-up 0 --replications 4 --replay tests/data/simulate/arrivals.csv --compare second-crossing --date 2026-02-01
consignments.csv|--lang en $small --consignments tests/data/simulate/arrivals.csv --format csv
consignments.json|--lang en $small --consignments tests/data/simulate/arrivals.csv --json
consignments.txt|--lang en $small --consignments tests/data/simulate/arrivals.csv
bad-arrivals.txt|--lang en --replay tests/data/simulate/bad-arrivals.csv
both-lists.ru.txt|--lang ru --replay a --consignments b
bad-precision.txt|--lang en --precision often
bad-days.ru.txt|--lang ru --days 1000
no-way.txt|--lang en --date 1980-01-01
no-scenario.txt|--lang en --compare nothing
CASES
}

while IFS='|' read -r file line; do
    # shellcheck disable=SC2086 # the line is words
    (cd "$root" && "$zhol" simulate $line -C tests/data/tiny) >"$scratch/$file" 2>&1 </dev/null
    echo "exit $?" >>"$scratch/$file"
    if [[ $update == --update ]]; then
        mkdir -p "$golden"
        cp "$scratch/$file" "$golden/$file"
    elif diff -u "$golden/$file" "$scratch/$file" >"$scratch/diff" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED zhol simulate $line"
        head -40 "$scratch/diff"
    fi
done < <(cases)

# check NAME COMMAND...: the command's output must be that of one thread in one process.
one=$scratch/one.json
sizes=(--lang en --days 3 --warm-up 4 --replications 7 --json --audit)
check() {
    local name=$1
    shift
    if "$@" >"$scratch/many.json" 2>"$scratch/log" </dev/null && cmp -s "$one" "$scratch/many.json"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED $name: other bytes than with one thread"
        head -5 "$scratch/log"
    fi
}

has_mpi() { command -v mpirun >/dev/null && grep 'libmpi\.' <(ldd "$zhol") >/dev/null; }

for corridor in "$root/tests/data/tiny" "$root/corridors/china-kazakhstan"; do
    run=("$zhol" simulate -C "$corridor" "${sizes[@]}")
    "${run[@]}" --threads 1 >"$one" 2>/dev/null </dev/null
    check "2 threads" "${run[@]}" --threads 2
    check "5 threads" "${run[@]}" --threads 5
    if ! has_mpi; then
        echo "skipped: no mpirun here, or a program without MPI (as under sanitizers)"
        continue
    fi
    for ranks in 1 2 4; do
        check "$ranks processes" "$root/scripts/mpirun.sh" -n "$ranks" "${run[@]}" --threads 1
    done
done

# With a precision, the batches do not depend on threads or processes either.
sizes=(--lang en --days 4 --warm-up 6 --precision 4% --json)
run=("$zhol" simulate -C "$root/tests/data/tiny" "${sizes[@]}")
"${run[@]}" --threads 1 >"$one" 2>/dev/null </dev/null
check "precision, 3 threads" "${run[@]}" --threads 3
if has_mpi; then
    check "precision, 3 processes" "$root/scripts/mpirun.sh" -n 3 "${run[@]}" --threads 1
fi

sizes=(--lang en --days 3 --warm-up 4 --replications 7 --borders --json)
run=("$zhol" simulate -C "$root/corridors/china-kazakhstan" "${sizes[@]}")
"${run[@]}" --threads 1 >"$one" 2>/dev/null </dev/null
check "borders, 3 threads" "${run[@]}" --threads 3
# Published figures are named by their identifiers.
if grep -qE '"observation": ?"O\.BT-CN-RAIL-' "$one"; then
    passed=$((passed + 1))
else
    failed=$((failed + 1))
    echo "FAILED borders: no identifier of a published figure"
fi

# An interrupt gives what is finished, and says so; a comparison that did not run is left out.
interrupt() {
    (cd "$root" && exec "$zhol" simulate -C tests/data/tiny --lang en --days 60 \
        --replications 20000 --threads 1 "$@") >"$scratch/stopped.txt" 2>&1 </dev/null &
    local job=$!
    sleep 1.5
    kill -INT "$job"
    wait "$job"
    local status=$?
    if ((status == 130)) && grep -q '^All freight' "$scratch/stopped.txt" &&
        grep -q '^INTERRUPTED: only the [0-9]* replications' "$scratch/stopped.txt"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED interrupt $*: exit $status"
        head -5 "$scratch/stopped.txt"
    fi
}
interrupt
interrupt --worth
interrupt --borders
interrupt --compare second-crossing
interrupt --from-state tests/data/simulate/state.json

echo "$passed passed, $failed failed"
[[ $failed -eq 0 ]]
