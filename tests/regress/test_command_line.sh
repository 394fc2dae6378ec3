#!/usr/bin/env bash
# test_command_line.sh PROGRAM ROOT: faults of the command line that were found once.
# Each line of `cases`: exit code | a part of the answer | the command line.
set -uo pipefail

zhol=$1
root=$2
tiny=$root/tests/data/tiny
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
unset ZHOL_CORRIDORS
export LC_ALL=C
passed=0
failed=0

cases() {
    cat <<CASES
0|zhol COMMAND|help --lang en
0|КОМАНДА|help --lang ru
2|near to it: plan|pla
0|Kinds:|id kinds
2|a number is missing|id container
1|wrong length|id container 52368784
2|--set: found "a=1"|plan XIAN ALMATY -C $tiny --set a=1
2|--set: opening: found "2050-01-01"|plan XIAN ALMATY -C $tiny --scenario second-crossing --set opening=2050-01-01
4|KZ                       Kazakhstan|plan XIAN ALMATY -C $tiny --avoid Kazahstan
4|wheat                    Wheat|plan XIAN ALMATY -C $tiny --commodity weat
0|[link S003]|show Dostyk-Almaty -C $tiny
5|no such file or folder|plan XIAN ALMATY -C $tiny --out $scratch/none/plan.txt
5|a folder|plan XIAN ALMATY -C $tiny --out $scratch
CASES
}

while IFS='|' read -r code part line; do
    # shellcheck disable=SC2086 # the line is words
    answer=$("$zhol" $line 2>&1 </dev/null)
    got=$?
    if [[ $got == "$code" && $answer == *"$part"* ]]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'zhol %s: exit %s, wanted %s with "%s"; got: %s\n' "$line" "$got" "$code" "$part" \
            "${answer:0:300}"
    fi
done < <(cases)

# A full disk is an error of every command, help too.
if [[ -c /dev/full ]]; then
    for line in help "help plan" "id kinds" "schema node"; do
        # shellcheck disable=SC2086
        "$zhol" $line >/dev/full 2>/dev/null </dev/null
        got=$?
        if [[ $got == 5 ]]; then
            passed=$((passed + 1))
        else
            failed=$((failed + 1))
            echo "zhol $line >/dev/full: exit $got, wanted 5"
        fi
    done
fi

echo "$passed passed, $failed failed"
[[ $failed == 0 ]]
