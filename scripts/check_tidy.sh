#!/usr/bin/env bash
# check_tidy.sh [FILE...]: clang-tidy with .clang-tidy over the library and the program.
#
# Takes some seconds a file, so it is `make tidy` and not a step of `make test`.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=${BUILD_ROOT:-build}
cmake --preset clang -B "$root/clang" -G "Unix Makefiles" >/dev/null
files=("$@")
if ((${#files[@]} == 0)); then
    mapfile -d '' files < <(find src apps -name '*.c' -print0 | sort -z)
fi
printf '%s\0' "${files[@]}" |
    xargs -0 -n 1 -P "$(nproc)" clang-tidy --quiet -p "$root/clang"
echo "${#files[@]} files"
