#!/usr/bin/env bash
# test_import.sh PROGRAM ROOT [--update]: `zhol import`: previews, errors by row, stores that do not
# change at the second time, saved mappings, and telegrams that become rules.
set -uo pipefail
# shellcheck source=tests/golden/cases.sh
source "$2/tests/golden/cases.sh"
golden_start "$1" "$2" import "${3:-}"

data=tests/data/import
golden_run <<CASES
train-list.txt|import --as train-list $data/train_list.csv --lang en
train-list.ru.txt|import --as train-list $data/train_list.csv --lang ru
train-list.json|import --as train-list $data/train_list.csv --lang en --format json
containers.csv|import --as containers $data/containers.csv --format csv
acceptance.txt|import --as acceptance $data/acceptance.csv --lang en
queue.csv|import --as queue $data/queue.csv --format csv
bans.csv|import --as ban $data/bans.csv --format csv
bans.ru.txt|import --as ban $data/bans.csv --lang ru
telegram_1.csv|import --as ban --text $data/telegram_1.txt --format csv
telegram_2.csv|import --as ban --text $data/telegram_2.txt --format csv
telegram_3.txt|import --as ban --text $data/telegram_3.txt --lang en
telegram_4.txt|import --as ban --text $data/telegram_4.txt --lang en
telegram_5.txt|import --as ban --text $data/telegram_5.txt --lang en
telegram_6.txt|import --as ban --text $data/telegram_6.txt --lang ru
telegram_7.txt|import --as ban --text $data/telegram_7.txt --lang en
telegram_8.txt|import --as ban --text $data/telegram_8.txt --lang en
fields.txt|import --as acceptance --fields --lang en
wrong-kind.txt|import --as queue $data/acceptance.csv --lang en
no-kind.txt|import $data/acceptance.csv --lang en
no-file.txt|import --as queue $data/nothing.csv --lang en
no-store.txt|import --as queue $data/queue.csv --apply --lang en
no-text.txt|import --as queue --text $data/telegram_1.txt --lang en
CASES

# The same import twice changes nothing; a changed row replaces the old one.
store=$scratch/store
ends 0 import --as acceptance $data/acceptance.csv --apply --store "$store"
cp -r "$store" "$scratch/first"
ends 0 import --as acceptance $data/acceptance.csv --apply --store "$store"
same "$scratch/first" "$store"
sed 's/,28,24$/,28,25/' "$root/$data/acceptance.csv" >"$scratch/changed.csv"
holds "0 new, 1 changed, 2 as they were" import --as acceptance "$scratch/changed.csv" --apply \
    --store "$store" --lang en
ends 1 import --as train-list $data/train_list.csv --apply --store "$store"
[[ -e $store/train_list.csv ]] && golden_fail "rows with errors were written"

# The same file in Windows-1251 gives the same rows.
iconv -f UTF-8 -t WINDOWS-1251 "$root/$data/acceptance.csv" >"$scratch/1251.csv"
ends 0 import --as acceptance "$scratch/1251.csv" --apply --store "$scratch/store1251"
same "$scratch/first" "$scratch/store1251"

# A mapping that was saved finds columns of other names.
sed '1s/.*/d,x,w,u,p,a/' "$root/$data/acceptance.csv" >"$scratch/odd.csv"
ends 3 import --as acceptance "$scratch/odd.csv"
printf 'field,column\ndate,d\nplace,x\ndirection,w\ncounted,u\nplanned,p\naccepted,a\n' \
    >"$scratch/map.csv"
ends 0 import --as acceptance "$scratch/odd.csv" --map "$scratch/map.csv" --save-map odd
ends 0 import --as acceptance "$scratch/odd.csv" --map odd --apply --store "$scratch/storeodd"
same "$scratch/first" "$scratch/storeodd"

# A telegram becomes a scenario that reads, and whose ban holds.
cp -r "$root/corridors/china-kazakhstan" "$scratch/corridor"
for _ in 1 2; do
    ends 0 import -C "$scratch/corridor" --as ban --text $data/telegram_1.txt --apply \
        --store "$scratch/corridor/scenarios/bans"
done
holds "0 new, 0 changed, 1 as they were" import -C "$scratch/corridor" --as ban \
    --text $data/telegram_1.txt --store "$scratch/corridor/scenarios/bans" --lang en
ends 0 check "$scratch/corridor" --scenario bans
holds "RU.ban.417" show DOSTYK -C "$scratch/corridor" --scenario bans --date 2023-09-05 --only rules

# From a pipe.
(cd "$root" && "$zhol" import --as ban --text - --lang en <$data/telegram_2.txt) >"$scratch/pipe"
if grep -q "Saryagash" "$scratch/pipe"; then
    passed=$((passed + 1))
else
    golden_fail "a telegram from standard input"
fi
golden_end
