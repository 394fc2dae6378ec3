#!/usr/bin/env bash
# check_functions.sh [ROOT]: no function over 70 lines, no file over 800; prints the distribution.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "${1:-$here/..}"
tool=$here/../${BUILD_ROOT:-build}/tools/function_length
if [[ ! -x $tool || $here/function_length.c -nt $tool ]]; then
    mkdir -p "${tool%/*}"
    "${CC:-cc}" -std=c17 -O1 -Wall -Wextra -Werror -o "$tool" "$here/function_length.c"
fi

folders=()
for folder in src include apps tests fuzz bench examples scripts; do
    [[ -d $folder ]] && folders+=("$folder")
done
mapfile -d '' files < <(find "${folders[@]}" -name '*.[ch]' -print0 | sort -z)
exec "$tool" --summary "${files[@]}"
