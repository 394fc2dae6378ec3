#!/usr/bin/env bash
# build_web.sh: installs the page's packages as pinned and builds web/dist.
#
# The packages are installed anew only when package-lock.json differs from what was installed. Their
# install scripts are not run: nothing here needs them. The page is built anew only when a source is
# newer than the last build.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../web"
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    echo "The page needs node (18 or newer) and npm: scripts/setup.sh web installs them." >&2
    exit 1
fi

mark=node_modules/.zhol-lock
if ! cmp -s package-lock.json "$mark"; then
    log=$(mktemp)
    if ! npm ci --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null >"$log" 2>&1; then
        tail -n 30 "$log" >&2
        rm -f "$log"
        exit 1
    fi
    rm -f "$log"
    cp package-lock.json "$mark"
fi
if [[ -f dist/index.html && -z $(find build src package.json -newer dist/index.html -print -quit) ]]; then
    echo "web/dist is up to date"
    exit 0
fi
node build/build.mjs
