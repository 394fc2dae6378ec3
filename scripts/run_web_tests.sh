#!/usr/bin/env bash
# run_web_tests.sh PROGRAM [SPEC...]: the page in a browser against a real server.
#
# Builds the page where it is not up to date, then runs tests/web/test_SPEC.mjs (all of them without
# SPEC). Pictures for people to look at are left in build/web-shots. The last line is
# "N passed, M failed". 77: this machine has no node or chromium.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
program=$(realpath "${1:?usage: run_web_tests.sh PROGRAM [SPEC...]}")
shift
CHROMIUM=${CHROMIUM:-$(command -v chromium || true)}
if ! command -v node >/dev/null || ! command -v npm >/dev/null || [[ -z $CHROMIUM ]]; then
    echo "no node, npm or chromium"
    exit 77
fi
export CHROMIUM
scripts/build_web.sh
exec timeout 400 node tests/web/run.mjs "$program" "$@"
