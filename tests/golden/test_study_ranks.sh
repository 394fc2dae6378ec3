#!/usr/bin/env bash
# test_study_ranks.sh PROGRAM ROOT: the sweeps of `zhol study` are the same bytes for every number of
# threads and processes, two sweeps in one run, of which one has fewer points than there are ranks.
set -uo pipefail

zhol=$(realpath "$1")
root=$(realpath "$2")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
unset ZHOL_CORRIDORS
failed=0
passed=0
study=("$zhol" study -C "$root/corridors/china-kazakhstan" --lang en --scenario base --days 7
    --replications 2 --draws 0 --sweep R.S027F=10..28:6 --sweep trans-caspian.feeder_teu=200000..200000)

# Runs a command and keeps the tables of its sweeps.
run() {
    local out=$1
    shift
    if ! "$@" --out "$scratch/$out" >"$scratch/said" 2>&1 </dev/null; then
        echo "$out failed:"
        tail -5 "$scratch/said"
        return 1
    fi
    cat "$scratch/$out"/csv/sweep_*.csv >"$scratch/$out.csv" && [[ -s $scratch/$out.csv ]]
}

check() {
    local out=$1
    shift
    if run "$out" "$@" && diff "$scratch/one.csv" "$scratch/$out.csv"; then
        passed=$((passed + 1))
    else
        echo "FAILED $out"
        failed=$((failed + 1))
    fi
}

run one "${study[@]}" --threads 1 || failed=1
check threads "${study[@]}" --threads 3
if command -v mpirun >/dev/null && ldd "$zhol" | grep -q 'libmpi\.'; then
    check processes "$root/scripts/mpirun.sh" -n 3 "${study[@]}" --threads 1
else
    echo "skipped: no mpirun here, or a program without MPI (as under sanitizers)"
fi

echo "$passed passed, $failed failed"
exit $((failed > 0))
