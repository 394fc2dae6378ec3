#!/usr/bin/env bash
# test_docs.sh ZHOL ROOT [--update]: what the documents show is what the program prints.
#
# Looked at are README*.md, the other documents of the root, docs/*.md and bench/README.md.
# 1. In a ```console block, a line `$ zhol ...` or `$ ... && zhol ...` is run (a line that ends in \
#    goes on), in a folder beside `corridors` and `examples`, and what follows must be what it
#    prints, errors included. A line `...` stands for any lines. Other commands are not run.
# 2. Between `<!-- zhol ... -->` or `<!-- scripts/... -->` and `<!-- end -->` stands the output of
#    that command.
# 3. The shell block behind `<!-- test -->` ends well.
# 4. Every link to a file or heading of the repository leads somewhere.
# 5. docs/cli.md has a heading for each command that the program has.
# --update writes what the program prints into the documents, and keeps `...` where it stands.
set -uo pipefail

zhol=$(realpath "$1") root=$(realpath "$2") update=${3:-}
export LC_ALL=C.UTF-8 LANG=C.UTF-8 COLUMNS=80 TERM=dumb
export ZHOL_CORRIDORS=${ZHOL_CORRIDORS:-$root/corridors}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin"
ln -s "$zhol" "$scratch/bin/zhol"
export PATH="$scratch/bin:$PATH"
passed=0 failed=0

fail() {
    failed=$((failed + 1))
    printf 'ERROR %s\n' "$1"
}

# run COMMAND: its lines in the array `actual`.
run() {
    mapfile -t actual < <(cd "$work" && bash -c "$1" 2>&1 </dev/null)
}

# True where the array `actual` is what the array `expected` says.
as_expected() {
    local line pattern="" text=""
    for line in "${expected[@]}"; do
        if [[ $line == ... ]]; then
            pattern+='*'
            continue
        fi
        line=${line//\\/\\\\}
        line=${line//\*/\\*}
        line=${line//\?/\\?}
        pattern+=${line//\[/\\[}$'\n'
    done
    for line in "${actual[@]}"; do
        text+=$line$'\n'
    done
    # shellcheck disable=SC2053 # the right side is a pattern
    [[ $text == $pattern ]]
}

# Takes `size` lines of `actual` from `from` on into `renewed`, and moves `from` behind them.
take() {
    renewed+=("${actual[@]:from:size}")
    from=$((from + size))
}

# The part of `expected` at `at_part`, as it is now: at the start, at the end, or where a line like
# its first one comes next.
renew_part() {
    local first=${expected[at_part]}
    if ((at_part + size == ${#expected[@]})); then
        from=$((${#actual[@]} - size > from ? ${#actual[@]} - size : from))
    elif ((at_part > 0)); then
        while ((from < ${#actual[@]})) && [[ ${actual[from]} != "$first" ]]; do from=$((from + 1)); done
        ((from < ${#actual[@]})) || return 1
    fi
    take
}

# The array `renewed`: `actual`, cut where `expected` is; fails where a part is not found again.
renew() {
    local at_part=0 from=0 size line cut=""
    renewed=("${actual[@]}")
    for line in "${expected[@]}"; do
        [[ $line != ... ]] || cut=yes
    done
    [[ $cut ]] || return 0
    renewed=()
    while ((at_part < ${#expected[@]})); do
        size=0
        while [[ ${expected[at_part + size]-...} != ... ]]; do size=$((size + 1)); done
        ((size == 0)) || renew_part || return 1
        at_part=$((at_part + size))
        ((at_part == ${#expected[@]})) || renewed+=(...)
        at_part=$((at_part + 1))
    done
}

# check WHERE COMMAND: compares, and puts what shall stand there into `renewed`.
check() {
    run "$2"
    renewed=("${expected[@]}")
    if ((${#actual[@]} == 0)); then
        fail "$1: prints nothing: $2"
    elif as_expected; then
        passed=$((passed + 1))
    elif [[ $update ]] && renew; then
        echo "$1: renewed: $2"
    else
        renewed=("${expected[@]}")
        fail "$1: another output: $2"
        diff <(printf '%s\n' "${expected[@]}") <(printf '%s\n' "${actual[@]}") | head -n 20
    fi
}

# Reads the command at line `at`, and moves `at` to the line behind it.
read_command() {
    command=${lines[at]#\$ }
    kept+=("${lines[at]}")
    at=$((at + 1))
    while [[ $command == *\\ ]]; do
        kept+=("${lines[at]}")
        command=${command%\\}${lines[at]}
        at=$((at + 1))
    done
}

check_block() {
    local file=$1 begun
    while ((at < ${#lines[@]})) && [[ ${lines[at]} != '```' ]]; do
        if [[ ${lines[at]} != '$ '* ]]; then
            kept+=("${lines[at]}")
            at=$((at + 1))
            continue
        fi
        begun=$((at + 1))
        read_command
        expected=()
        while ((at < ${#lines[@]})) && [[ ${lines[at]} != '```' && ${lines[at]} != '$ '* ]]; do
            expected+=("${lines[at]}")
            at=$((at + 1))
        done
        renewed=("${expected[@]}")
        [[ $command == zhol\ * || $command == *'&& zhol '* ]] && check "$file:$begun" "$command"
        kept+=("${renewed[@]}")
    done
}

check_generated() {
    local begun=$((at + 1)) command=${lines[at]#<!-- }
    kept+=("${lines[at]}")
    expected=()
    at=$((at + 1))
    while ((at < ${#lines[@]})) && [[ ${lines[at]} != '<!-- end -->' ]]; do
        expected+=("${lines[at]}")
        at=$((at + 1))
    done
    command=${command% -->}
    check "$1:$begun" "${command/#scripts\//"$root/scripts/"}"
    kept+=("${renewed[@]}")
}

# The block that begins in the line behind `at`.
check_shell() {
    local begun=$((at + 1)) code="" i
    for ((i = at + 2; i < ${#lines[@]}; i++)); do
        [[ ${lines[i]} == '```' ]] && break
        code+=${lines[i]}$'\n'
    done
    if (cd "$work" && bash -euo pipefail -c "$code" >"$work.log" 2>&1 </dev/null); then
        passed=$((passed + 1))
    else
        fail "$1:$begun: the block fails"
        tail -n 5 "$work.log"
    fi
}

check_outputs() {
    local file=$1 lines kept=() at=0
    mapfile -t lines <"$root/$file"
    while ((at < ${#lines[@]})); do
        case ${lines[at]} in
        '```console')
            kept+=("${lines[at]}")
            at=$((at + 1))
            check_block "$file"
            ;;
        '<!-- test -->') check_shell "$file" ;;
        '<!-- zhol '* | '<!-- scripts/'*) check_generated "$file" ;;
        esac
        if ((at < ${#lines[@]})); then
            kept+=("${lines[at]}")
            at=$((at + 1))
        fi
    done
    [[ $update ]] && printf '%s\n' "${kept[@]}" >"$root/$file"
}

# The anchors of a document's headings, as code hosts make them.
anchors_of() {
    sed -n 's/^#\{1,6\} //p' "$1" | tr '[:upper:]' '[:lower:]' |
        sed 's/[^[:alnum:] _-]//g; s/ /-/g'
}

check_links() {
    local file=$1 target path anchor bad=0
    while IFS= read -r target; do
        [[ $target == http* || $target == mailto:* ]] && continue
        path=${target%%#*} anchor=""
        [[ $target == *#* ]] && anchor=${target#*#}
        path=$root/$(dirname "$file")/${path:-$(basename "$file")}
        if [[ ! -e $path ]]; then
            fail "$file: no such file: $target"
            bad=1
        elif [[ $anchor ]] && ! grep -qxF -- "$anchor" <(anchors_of "$path"); then
            fail "$file: no such heading: $target"
            bad=1
        fi
    done < <(grep -oE '\]\([^) ]+\)' "$root/$file" | sed 's/^](//; s/)$//' | sort -u)
    ((bad)) || passed=$((passed + 1))
}

check_commands() {
    local name
    while IFS= read -r name; do
        if grep -qxE "#+ $name" "$root/docs/cli.md"; then
            passed=$((passed + 1))
        else
            fail "docs/cli.md: no heading for the command $name"
        fi
    done < <("$zhol" help | awk '/^Commands/ { on = 1; next } !NF { on = 0 } on && /^  [a-z]/ { print $1 }')
}

# check_document FILE: in a folder of its own, so that documents may be looked at side by side.
check_document() {
    work=$scratch/${1//\//-} passed=0 failed=0
    mkdir "$work"
    ln -s "$root/corridors" "$work/corridors"
    ln -s "$root/examples" "$work/examples"
    check_outputs "$1"
    check_links "$1"
    echo "$passed $failed" >"$work.counts"
}

cd "$root" || exit 2
documents=()
for file in docs/*.md README*.md ARCHITECTURE.md CONTRIBUTING.md SECURITY.md CHANGELOG.md NOTICE.md \
    bench/README.md; do
    [[ -e $file ]] && documents+=("$file")
done
for file in "${documents[@]}"; do
    while (($(jobs -rp | wc -l) >= $(nproc))); do wait -n; done
    check_document "$file" >"$scratch/${file//\//-}.said" &
done
wait
for file in "${documents[@]}"; do
    cat "$scratch/${file//\//-}.said"
    read -r here_passed here_failed <"$scratch/${file//\//-}.counts"
    passed=$((passed + here_passed)) failed=$((failed + here_failed))
done
check_commands
echo "$passed passed, $failed failed"
((failed == 0))
