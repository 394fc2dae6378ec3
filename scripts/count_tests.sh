#!/usr/bin/env bash
# count_tests.sh <LOG: adds up the test cases in the output of `ctest -V`; prints "PASSED FAILED".
#
# A test program ends with "N passed, M failed" (tests/check.h). One that passes without such a line
# (a script) counts as one; one that fails counts its failed cases, and at least one, so that a crash
# before the line is never lost.
set -euo pipefail

awk '
/^[0-9]+: [0-9]+ passed, [0-9]+ failed\r?$/ {
    id = $1 + 0
    passed[id] = $2 + 0
    failed[id] = $4 + 0
    told[id] = 1
}
/^ *[0-9]+\/[0-9]+ Test +#[0-9]+: / {
    number = $0
    sub(/^[^#]*#/, "", number)
    id = number + 0
    good = ($0 ~ / Passed +[0-9.]+ sec/) && failed[id] == 0
    if (good) {
        total_passed += told[id] ? passed[id] : 1
    } else {
        total_passed += passed[id]
        total_failed += failed[id] > 0 ? failed[id] : 1
    }
}
END { print total_passed + 0, total_failed + 0 }'
