#!/usr/bin/env bash
# selftest.sh: shows that the checks can fail: each gets a good sample and bad ones.
#
# A check that passes everything looks like clean code. So every rule is broken here on purpose, in a
# scratch folder, and the check must say so. Prints "N passed, M failed".
set -uo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 2
here=$PWD
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0 failed=0

# expect WANT NAME COMMAND...: WANT is the exit status.
expect() {
    local want=$1 name=$2 got=0 output
    shift 2
    output=$("$@" 2>&1) || got=$?
    if ((got == want)); then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED $name: status $got, want $want: $output"
    fi
}

# fresh: an empty sample tree with the real table of rooms.
fresh() {
    rm -rf "$scratch/tree"
    mkdir -p "$scratch"/tree/{src/base,src/corridor,src/network,src/plan,src/dispatch,src/desk} \
        "$scratch"/tree/{apps/zhol,include/zhol,scripts}
    cp scripts/rooms.txt "$scratch/tree/scripts/"
}

# sample FILE: standard input becomes that file of the sample tree.
sample() {
    cat >"$scratch/tree/$1"
}

includes() {
    local want=$1 name=$2 file=$3 line=$4
    fresh
    echo "$line" | sample "$file"
    expect "$want" "includes: $name" "$here/scripts/check_includes.sh" "$scratch/tree"
}
includes 0 "up the arrows" src/plan/a.c '#include "network/graph.h"'
includes 0 "far up the arrows" src/plan/a.c '#include "base/arena.h"'
includes 0 "a room's own header" src/plan/a.c '#include "plan/label.h"'
includes 0 "the desk joins engines" src/desk/a.c '#include "dispatch/a.h"'
includes 0 "a public header of a lower room" src/plan/a.c '#include <zhol/error.h>'
includes 0 "a system header" src/base/a.c '#include <sys/stat.h>'
includes 1 "down the arrows" src/base/a.c '#include "corridor/corridor.h"'
includes 1 "engine to engine" src/plan/a.c '#  include "dispatch/a.h"'
includes 1 "engine to desk" src/plan/a.c '#include "desk/a.h"'
includes 1 "a public header of a higher room" src/base/a.c '#include <zhol/identifier.h>'
includes 1 "the umbrella from inside" src/plan/a.c '#include <zhol/zhol.h>'
includes 1 "a public header that nobody owns" include/zhol/nobody.h '#include <stdint.h>'
includes 1 "a public header out of its room" include/zhol/error.h '#include <zhol/identifier.h>'
includes 0 "a header named like its room" src/desk/a.c '#include <zhol/plan.h>'
includes 1 "a header named like a room above" src/network/a.c '#include <zhol/plan.h>'
includes 1 "a room that is not in the table" src/base/a.c '#include "cellar/a.h"'
includes 1 "a path that climbs" src/plan/a.c '#include "../dispatch/a.h"'
includes 1 "a library of another room" src/base/a.c '#include <jansson.h>'

# function_of LINES: one function of so many lines, with traps that a naive count falls into.
function_of() {
    local i
    printf '/* { */\n#define OPEN {\nstatic const char brace = %s;\n' "'{'"
    printf 'static const int numbers[] = {1, 2};\n'
    printf 'int sample(int a,\n           int b)\n{\n'
    for ((i = 0; i < $1 - 5; i++)); do
        printf '    a += b; // }\n'
    done
    printf '    return a;\n}\n'
}
fresh
function_of 70 | sample src/base/a.c
expect 0 "functions: 70 lines" scripts/check_functions.sh "$scratch/tree"
function_of 71 | sample src/base/a.c
expect 1 "functions: 71 lines" scripts/check_functions.sh "$scratch/tree"
echo 'int sample(void) { {' | sample src/base/a.c
expect 2 "functions: braces that do not match" scripts/check_functions.sh "$scratch/tree"
for ((i = 0; i < 801; i++)); do echo 'extern int a;'; done | sample src/base/a.c
expect 1 "functions: a file of 801 lines" scripts/check_functions.sh "$scratch/tree"
mv "$scratch"/tree/src/base/{a,a_data}.c
expect 0 "functions: a long file of data" scripts/check_functions.sh "$scratch/tree"
function_of 10 >>"$scratch/tree/src/base/a_data.c"
expect 1 "functions: a long file of data with a function" scripts/check_functions.sh "$scratch/tree"

fresh
echo 'nothing to see' | sample src/base/a.md
expect 0 "words: clean" scripts/check_words.sh "$scratch/tree"
printf '/* %s: later */\n' "TO""DO" | sample src/base/a.c
expect 1 "words: unfinished work" scripts/check_words.sh "$scratch/tree"
fresh
printf '%s\n' "<<<<<<""< ours" | sample src/base/a.c
expect 1 "words: a merge conflict" scripts/check_words.sh "$scratch/tree"
printf 'int a;\r\n' | sample src/base/a.c
expect 1 "words: a carriage return" scripts/check_words.sh "$scratch/tree"

fresh
cp .clang-format "$scratch/tree/"
format_tool=0
scripts/check_format.sh "$scratch/tree" >/dev/null 2>&1 || format_tool=$?
if ((format_tool != 77)); then
    echo 'int a;' | sample src/base/a.c
    expect 0 "format: clean" scripts/check_format.sh "$scratch/tree"
    echo 'int   a;' | sample src/base/a.c
    expect 1 "format: three blanks" scripts/check_format.sh "$scratch/tree"
fi

# counts WANT NAME: standard input is the output of ctest -V.
counts() {
    local want=$1 name=$2 got
    got=$(scripts/count_tests.sh)
    expect 0 "counts: $name ($got, want $want)" test "$got" = "$want"
}
counts "7 0" "cases and a script" <<'LOG'
1: 6 passed, 0 failed
1/2 Test #1: unit.a ...........   Passed    0.00 sec
2/2 Test #2: golden.b .........   Passed    0.10 sec
LOG
counts "5 1" "a failed case" <<'LOG'
1: 5 passed, 1 failed
1/1 Test #1: unit.a ...........***Failed    0.00 sec
LOG
counts "0 1" "a crash before the last line" <<'LOG'
 1/1 Test  #1: unit.a ..........***Exception: SegFault  0.00 sec
LOG
counts "6 1" "a failure in the exit code only (a leak)" <<'LOG'
1: 6 passed, 0 failed
1/1 Test #1: unit.a ...........***Failed    0.00 sec
LOG
counts "0 1" "a test that runs out of time" <<'LOG'
10/10 Test #10: unit.a ........***Timeout 300.01 sec
LOG

echo "$passed passed, $failed failed"
((failed == 0))
