#!/usr/bin/env bash
# setup.sh run|web|test|tidy|bench: installs the packages that a job needs and that are missing.
#
# It asks dpkg, which takes milliseconds, and calls apt only when something is not there; so the
# second call installs nothing. It works as root or with sudo. On a system without dpkg it names the
# packages and goes on: the build then says what it could not find.
set -euo pipefail

run_packages=(gcc libc6-dev cmake make pkg-config libjansson-dev libproj-dev libxlsxwriter-dev
    libzip-dev libexpat1-dev libsqlite3-dev libsodium-dev libcurl4-openssl-dev libmicrohttpd-dev
    libqrencode-dev coinor-libclp-dev tzdata)
web_packages=(nodejs npm)
# Node from elsewhere brings npm along and would clash with Debian's.
if command -v node >/dev/null && command -v npm >/dev/null; then
    web_packages=()
fi
test_packages=("${web_packages[@]}" chromium clang libclang-rt-dev clang-format shellcheck gdal-bin
    prometheus libopenmpi-dev openmpi-bin glpk-utils)
tidy_packages=(clang clang-tidy)

case "${1:-run}" in
run | bench) packages=("${run_packages[@]}") ;;
test) packages=("${run_packages[@]}" "${test_packages[@]}") ;;
web) packages=("${run_packages[@]}" "${web_packages[@]}") ;;
tidy) packages=("${run_packages[@]}" "${tidy_packages[@]}") ;;
*)
    echo "usage: setup.sh run|web|test|tidy|bench" >&2
    exit 2
    ;;
esac

if ! command -v dpkg-query >/dev/null; then
    echo "This system has no dpkg. Zhol needs what Debian calls: ${packages[*]}"
    exit 0
fi

missing=()
for package in "${packages[@]}"; do
    state=$(dpkg-query -W -f='${db:Status-Status} ' "$package" 2>/dev/null || true)
    [[ $state == *installed\ * && $state != *not-installed* ]] || missing+=("$package")
done
if ((${#missing[@]} == 0)); then
    exit 0
fi

as_root=()
if ((EUID != 0)); then
    if ! command -v sudo >/dev/null; then
        echo "Please install as root: apt-get install ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() {
    if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -qq "$@" \
        </dev/null >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        echo "apt-get $1 failed; the packages needed are: ${missing[*]}" >&2
        exit 1
    fi
}
echo "Installing ${missing[*]} ..."
began=$SECONDS
apt update
apt install --no-install-recommends "${missing[@]}"
echo "Installed in $((SECONDS - began)) s."
