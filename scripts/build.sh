#!/usr/bin/env bash
# build.sh PRESET [TARGET...]: configures and builds one preset with little text.
#
# The full output goes to build/log/build-PRESET.log; on failure its errors are shown. On a terminal
# the line counts up while it works. BUILD_ROOT moves the build folders away from build/.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
preset=${1:?usage: build.sh PRESET [TARGET...]}
shift
root=${BUILD_ROOT:-build}
folder=$root/$preset
log=$root/log/build-$preset.log
mkdir -p "$root/log"
began=$SECONDS

show_failure() {
    [[ -t 1 ]] && printf '\n'
    # The compiler's own words; if there are none, the end of the output.
    grep -E -A5 '(error|Error|ERROR)[: ]|undefined reference' "$log" | grep -v '^gmake' |
        head -n 60 >&2 || tail -n 20 "$log" >&2
    echo "Building $preset failed; the whole output is in $log" >&2
    exit 1
}

show_progress() {
    local line last=""
    while IFS= read -r line; do
        printf '%s\n' "$line" >>"$log"
        if [[ -t 1 && $line =~ ^\[\ *([0-9]+)%\] && ${BASH_REMATCH[1]} != "$last" ]]; then
            last=${BASH_REMATCH[1]}
            printf '\rBuilding %s ... %3d %%' "$preset" "$last"
        fi
    done
}

targets=()
for target in "$@"; do
    targets+=(--target "$target")
done
[[ -t 1 ]] && printf 'Building %s ...' "$preset"
cmake --preset "$preset" -B "$folder" -G "Unix Makefiles" </dev/null >"$log" 2>&1 || show_failure
cmake --build "$folder" -j "$(nproc)" "${targets[@]}" </dev/null 2>&1 | show_progress ||
    show_failure
[[ -t 1 ]] && printf '\r'
echo "Built $preset in $((SECONDS - began)) s."
