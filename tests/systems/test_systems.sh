#!/usr/bin/env bash
# test_systems.sh PROGRAM ROOT [--update]: every system of the corridor has its user, one command and
# an answer that can be wrong.
#
# tests/systems/*.txt are read line by line:
#   == ID | SYSTEM | USER | QUESTION     begins a system
#   $ ARGUMENTS                          runs zhol from ROOT; runs of blanks and lines count as one
#   has TEXT, not TEXT                   the output has it, or has it not
#   num NAME REGEX                       NAME is what the first group of the regex (ERE) finds:
#                                        a number, commas between thousands are dropped
#   so EXPRESSION                        awk; holds with the NAMEs of the system
#   says TEXT                            the answer; {NAME} stands for the number
# docs/systems.md must be what these files and the numbers give; --update writes it. A system fails
# where it asserts nothing.
set -uo pipefail

zhol=$(realpath "$1") root=$(realpath "$2") update=${3:-}
export LC_ALL=C.UTF-8 LANG=C.UTF-8 COLUMNS=80 TERM=dumb ZHOL_CORRIDORS=$root/corridors
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0 failed=0 id="" asserted=0
declare -A values
page=$scratch/systems.md

fail() {
    failed=$((failed + 1))
    echo "FAILED $id: $1"
}

check() { # WHAT STATUS
    asserted=$((asserted + 1))
    if (($2 == 0)); then passed=$((passed + 1)); else fail "$1"; fi
}

run() {
    # shellcheck disable=SC2086 # the line is words
    (cd "$root" && "$zhol" $1) </dev/null >"$scratch/out" 2>&1
    output=$(tr -s '[:space:]' ' ' <"$scratch/out")
    printf '    zhol %s\n' "$1" >>"$page"
}

find_number() { # NAME REGEX
    if [[ $output =~ $2 ]]; then
        values[$1]=${BASH_REMATCH[1]//,/}
        values[$1]=${values[$1]%.}
    else
        values[$1]=nan
        check "no number like '$2'" 1
    fi
}

holds() { # EXPRESSION
    local name arguments=()
    for name in "${!values[@]}"; do
        [[ ${values[$name]} == nan ]] && return 1
        arguments+=(-v "$name=${values[$name]}")
    done
    awk "${arguments[@]}" "BEGIN { exit !($1) }" </dev/null
}

show() { # TEXT with {NAME}
    local text=$1 name
    for name in "${!values[@]}"; do text=${text//\{$name\}/${values[$name]}}; done
    printf '\n%s\n' "$text" >>"$page"
}

begin() { # "ID | SYSTEM | USER | QUESTION"
    end
    local IFS='|' parts
    read -ra parts <<<"$1"
    id=${parts[0]// /} asserted=0
    values=()
    {
        printf '\n## %s:%s\n\n' "$id" "${parts[1]% }"
        printf '*%s*:%s\n\n' "$(sed 's/^ *//; s/ *$//' <<<"${parts[2]}")" "${parts[3]}"
    } >>"$page"
}

end() {
    if [[ $id ]] && ((asserted == 0)); then fail "asserts nothing"; fi
}

cat >"$page" <<'HEAD'
# The systems of the corridor

What stands between China and Kazakhstan is thirty-two systems: crossings, lines, pipelines, queues, registers. For each this page names one user, one question, the command and its answer on the reference corridor. `tests/systems/` runs every command and holds the answers against what is said here; this page is written by that test (`tests/systems/test_systems.sh PROGRAM ROOT --update`).

Figures are the model's: which of them rest on assumptions is said by each command (a star marks an assumption).
HEAD

for file in "$root"/tests/systems/*.txt; do
    while IFS= read -r line; do
        case $line in
        '== '*) begin "${line#== }" ;;
        '$ '*) run "${line#\$ }" ;;
        'has '*) check "does not say '${line#has }'" "$([[ $output == *"${line#has }"* ]]; echo $?)" ;;
        'not '*) check "says '${line#not }'" "$([[ $output != *"${line#not }"* ]]; echo $?)" ;;
        'num '*)
            rest=${line#num }
            find_number "${rest%% *}" "${rest#* }"
            ;;
        'so '*)
            holds "${line#so }"
            held=$? said=""
            for name in "${!values[@]}"; do said+=" $name=${values[$name]}"; done
            check "not so: ${line#so }, with$said" "$held"
            ;;
        'says '*) show "${line#says }" ;;
        '' | '#'*) ;;
        *) fail "what is '$line'?" ;;
        esac
    done <"$file"
done
end

systems=$(grep -c '^## SYS' "$page")
id="systems"
check "there are $systems systems, not 32" "$((systems != 32))"
if [[ $update == --update ]]; then
    cp "$page" "$root/docs/systems.md"
else
    diff "$root/docs/systems.md" "$page" >"$scratch/diff"
    check "docs/systems.md: $(head -5 "$scratch/diff")" $?
fi
echo "$passed passed, $failed failed"
((failed == 0))
