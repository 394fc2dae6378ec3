#!/usr/bin/env bash
# check_words.sh [ROOT]: no note of unfinished work, no merge conflict, no stray character.
#
# Looked at are all files that git tracks or would track; outside git, all files but build/ and out/.
set -euo pipefail

cd "${1:-$(dirname "${BASH_SOURCE[0]}")/..}"
# The pieces are glued here so that this file does not find itself.
words="TO""DO|FIX""ME|X""XX|HA""CK|WI""P|not yet imple""mented|lorem ip""sum"
conflict='^(<{7} |>{7} |={7}$)'

list_files() {
    if git rev-parse --is-inside-work-tree >/dev/null 2>&1 &&
        [[ $(git rev-parse --show-toplevel) == "$PWD" ]]; then
        git ls-files -z --cached --others --exclude-standard
    else
        find . \( -name build -o -name out -o -name .git -o -name node_modules \) -prune -o \
            -type f -print0
    fi
}

found=0
search() {
    local what=$1 lines
    shift
    # Data may hold any word; prose, code and scripts may not.
    lines=$(list_files | grep -zvE '\.(csv|geojson|json|svg|xlsx|png|woff2?)$|/seeds/' |
        xargs -0 -r grep -nHI "$@" 2>/dev/null || true)
    if [[ $lines ]]; then
        echo "$lines"
        echo "^ $what"
        found=1
    fi
}
search "a note of unfinished work" -wE "$words"
search "a merge conflict" -E "$conflict"
search "a carriage return at the end of a line" $'\r$'
((found == 0))
echo "clean"
