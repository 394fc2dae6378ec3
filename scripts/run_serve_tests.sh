#!/usr/bin/env bash
# run_serve_tests.sh PROGRAM [NAME...]: runs tests/serve/test_NAME.mjs against real servers.
#
# Each test starts `PROGRAM serve` on a free port of 127.0.0.1, with stores in a folder of its own,
# and ends it. Replies are held against /openapi.json by ajv, which web/package-lock.json pins.
# Prints the failures and, last, "N passed, M failed"; exits 77 without node.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
program=$(readlink -f "${1:?usage: run_serve_tests.sh PROGRAM [NAME...]}")
shift
names=("$@")
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    echo "no node"
    exit 77
fi
scripts/build_web.sh
if ((${#names[@]} == 0)); then
    for file in tests/serve/test_*.mjs; do
        file=${file##*/test_}
        names+=("${file%.mjs}")
    done
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# They mostly wait, so all run at once.
for name in "${names[@]}"; do
    (
        status=0
        mkdir "$folder/$name"
        TMPDIR=$folder/$name timeout 240 node "tests/serve/test_$name.mjs" "$program" "$PWD" \
            >"$folder/$name.log" 2>&1 </dev/null || status=$?
        echo "$status" >"$folder/$name.status"
    ) &
done
wait

passed=0 failed=0
for name in "${names[@]}"; do
    status=$(<"$folder/$name.status")
    grep -vE '^[0-9]+ passed' "$folder/$name.log" | cut -c1-600 | sed "s/^/$name: /" || true
    last=$(tail -n 1 "$folder/$name.log")
    if [[ $last =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
        passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2]))
    fi
    if ((status != 0)) && ! [[ $last =~ ,\ [1-9][0-9]*\ failed$ ]]; then
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed"
((failed == 0))
