#!/usr/bin/env bash
# check_includes.sh [ROOT]: checks that every #include goes along an arrow between rooms.
#
# The arrows and the owners of the public headers stand in scripts/rooms.txt. Looked at are
# src/ROOM/, apps/ and include/zhol/. Prints each offender as FILE:LINE and exits 1.
set -euo pipefail

root=${1:-$(dirname "${BASH_SOURCE[0]}")/..}
cd "$root"
declare -A uses owner library
while read -r kind name rest; do
    name=${name%:}
    case $kind in
    room) uses[$name]=$rest ;;
    header) owner[$name]=$rest ;;
    library) library[$name]=$rest ;;
    esac
done <scripts/rooms.txt

# reach ROOM: prints ROOM and all rooms below it.
reach() {
    local next
    echo "$1"
    for next in ${uses[$1]}; do
        reach "$next"
    done
}
declare -A allowed
for room in "${!uses[@]}"; do
    owner[$room.h]=${owner[$room.h]:-$room}
done
for room in "${!uses[@]}"; do
    for below in $(reach "$room"); do
        allowed[$room:$below]=1
    done
done

offenders=0
offend() {
    echo "$1"
    offenders=$((offenders + 1))
}

# folder_room PATH: sets folder to the innermost folder of a path that is a room of its own, else to
# its first. (No subshell: this runs for each of thousands of lines.)
folder_room() {
    folder=${1%/*}
    while [[ $folder == */* && -z ${uses[$folder]+is} ]]; do
        folder=${folder%/*}
    done
}

# room_of FILE: sets room to the room that a file belongs to, empty if to none.
room_of() {
    room=""
    case $1 in
    src/*/*) folder_room "${1#src/}" && room=$folder ;;
    apps/*) room=apps ;;
    include/zhol/*) room=${owner[${1#include/zhol/}]:-} ;;
    esac
}

# check FILE LINE HEADER QUOTED: one #include.
check() {
    local file=$1 line=$2 header=$3 quoted=$4 target=""
    case $header in
    *../*) offend "$file:$line: \"$header\" climbs out of its folder; name the room instead" ;;
    zhol/*)
        target=${owner[${header#zhol/}]:-}
        [[ $target ]] || offend "$file:$line: <$header> has no owner in scripts/rooms.txt"
        ;;
    */*) [[ $quoted == '"' ]] && folder_room "$header" && target=$folder ;;
    esac
    if [[ $target && -z ${allowed[$room:$target]:-} ]]; then
        offend "$file:$line: room '$room' may not use room '$target' (\"$header\")"
    fi
    if [[ ${library[$header]:-} && " ${library[$header]} " != *" $room "* ]]; then
        offend "$file:$line: <$header> belongs to: ${library[$header]}; not to '$room'"
    fi
}

for header in include/zhol/*.h; do
    [[ -e $header && -z ${owner[${header##*/}]:-} ]] &&
        offend "$header: has no owner; add 'header ${header##*/}: ROOM' to scripts/rooms.txt"
done
folders=()
for folder in src apps include; do
    [[ -d $folder ]] && folders+=("$folder")
done
pattern='^([^:]+):([0-9]+):[[:space:]]*#[[:space:]]*include[[:space:]]*([<"])([^>"]+)[>"]'
count=0
while IFS= read -r text; do
    [[ $text =~ $pattern ]] || continue
    file=${BASH_REMATCH[1]} line=${BASH_REMATCH[2]} quoted=${BASH_REMATCH[3]}
    header=${BASH_REMATCH[4]}
    count=$((count + 1))
    room_of "$file"
    [[ $room ]] || continue
    if [[ -z ${uses[$room]+known} ]]; then
        offend "$file:$line: its room '$room' is not in scripts/rooms.txt"
        continue
    fi
    check "$file" "$line" "$header" "$quoted"
done < <(grep -rnE --include='*.[ch]' '^[[:space:]]*#[[:space:]]*include' "${folders[@]}" || true)

echo "$count includes, $offenders against the arrows"
((offenders == 0))
