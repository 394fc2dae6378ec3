#!/usr/bin/env bash
# corridor_tables.sh facts|sources|locodes [CORRIDOR]: Markdown tables about a corridor's rows.
#
# facts: to which tables the rows of each file of published facts went (fact_row.csv).
# sources: how many sources of each kind there are, and how many rows rest on them.
# locodes: the UN/LOCODEs that could not be verified, with the reason (node.csv).
# The documents show these tables, and tests/golden/test_docs.sh holds them to the data.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
what=${1:?usage: corridor_tables.sh facts|sources|locodes [CORRIDOR]}
folder=corridors/${2:-china-kazakhstan}
export LC_ALL=C

# Puts the cells of a line of CSV into cell[1..n]; cells of a corridor have no line end inside.
# shellcheck disable=SC2016 # awk's, not the shell's
read_csv='
function read_cells(line,    n, rest, end) {
    if (line !~ /"/) return split(line, cell, ",")
    n = 0
    rest = line ","
    while (rest != "") {
        if (substr(rest, 1, 1) == "\"") {
            match(substr(rest, 2), /^([^"]|"")*",/)
            cell[++n] = substr(rest, 2, RLENGTH - 2)
            gsub(/""/, "\"", cell[n])
            rest = substr(rest, RLENGTH + 2)
        } else {
            end = index(rest, ",")
            cell[++n] = substr(rest, 1, end - 1)
            rest = substr(rest, end + 1)
        }
    }
    return n
}
FNR == 1 { for (k in at) delete at[k]; n = read_cells($0); for (i = 1; i <= n; i++) at[cell[i]] = i; next }
{ read_cells($0) }
'

facts() {
    echo "| file of facts | rows | went to |"
    echo "|---|---:|---|"
    awk "$read_csv"'
    {
        file = cell[at["facts_file"]]
        if (!((file, cell[at["facts_row"]]) in seen)) { seen[file, cell[at["facts_row"]]]; rows[file]++ }
        went[file "\t" cell[at["went_to"]]]++
    }
    END {
        for (key in went) { split(key, part, "\t"); print part[1] "\t" rows[part[1]] "\t" part[2] "\t" went[key] }
    }' "$folder/fact_row.csv" | sort -t $'\t' -k1,1 -k4,4nr -k3,3 | awk -F '\t' '
    $1 != file { if (file != "") print line " |"; file = $1; line = "| `" $1 "` | " $2 " | `" $3 "` " $4; next }
    { line = line ", `" $3 "` " $4 }
    END { print line " |" }'
}

sources() {
    echo "| kind of source | sources | rows that rest on it | share |"
    echo "|---|---:|---:|---:|"
    awk "$read_csv"'
    only_sources { kind[cell[at["source_id"]]] = cell[at["kind"]]; sources[cell[at["kind"]]]++; next }
    FILENAME ~ /\/source\.csv$/ { next }
    "source_id" in at && (cell[at["source_id"]] in kind) { rows[kind[cell[at["source_id"]]]]++; all++ }
    END { for (k in sources) printf "%d\t%s\t%d\t%.1f\n", rows[k], k, sources[k], 100 * rows[k] / all }
    ' only_sources=1 "$folder/source.csv" only_sources=0 "$folder"/*.csv | sort -t $'\t' -k1,1nr | awk -F '\t' '
    { printf "| %s | %d | %d | %s %% |\n", $2, $3, $1, $4; s += $3; r += $1 }
    END { printf "| all | %d | %d | 100 %% |\n", s, r }'
}

locodes() {
    echo "| place | code | what the check gave | reason |"
    echo "|---|---|---|---|"
    awk "$read_csv"'
    cell[at["unlocode_status"]] ~ /^(far|absent|unverified|no_coordinates)$/ {
        status = cell[at["unlocode_status"]]
        n = split(cell[at["note"]], remark, "; ")
        reason = ""
        for (i = 1; i <= n; i++) if (index(remark[i], cell[at["unlocode"]])) reason = remark[i]
        print status "\t| " cell[at["name"]] " | `" cell[at["unlocode"]] "` | " status " | " reason " |"
    }' "$folder/node.csv" | sort -t $'\t' -s -k1,1r | cut -f 2
}

case $what in
facts | sources | locodes) "$what" ;;
*)
    echo "no table '$what'; there are facts, sources, locodes" >&2
    exit 2
    ;;
esac
