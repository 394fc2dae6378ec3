#!/usr/bin/env bash
# check_format.sh [--fix] [ROOT]: checks that every C file is as clang-format 14 writes it; prints the
# first difference of each file that is not. --fix rewrites them.
#
# Other versions of clang-format write some lines differently, so only version 14 may judge:
# without it the script exits 77, which the test runner shows as skipped.
set -euo pipefail

mode=(--dry-run -Werror)
if [[ ${1:-} == --fix ]]; then
    mode=(-i)
    shift
fi
cd "${1:-$(dirname "${BASH_SOURCE[0]}")/..}"

tool=""
for candidate in clang-format-14 clang-format; do
    if command -v "$candidate" >/dev/null && [[ $("$candidate" --version) == *"version 14."* ]]; then
        tool=$candidate
        break
    fi
done
if [[ -z $tool ]]; then
    echo "clang-format 14 is not here (Debian 12: apt-get install clang-format)"
    exit 77
fi

folders=()
for folder in src include apps tests fuzz bench examples scripts; do
    [[ -d $folder ]] && folders+=("$folder")
done
mapfile -d '' files < <(find "${folders[@]}" -name '*.[ch]' -print0 | sort -z)
((${#files[@]} > 0)) || exit 0
status=0
output=$(printf '%s\0' "${files[@]}" | xargs -0 -n 40 -P 2 "$tool" "${mode[@]}" 2>&1) || status=1
grep -E '^[^ ]+:[0-9]+:[0-9]+: ' <<<"$output" | sort -t: -k1,1 -u | sed 's/ \[-W.*//' || true
echo "${#files[@]} files"
exit "$status"
