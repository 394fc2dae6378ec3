#!/usr/bin/env bash
# test_journal.sh PROGRAM ROOT [--update]: zhol audit, receipt, account, backup, restore: what they
# print in both languages, and how they end, on the example of examples/border and on a store of
# the test's own.
set -uo pipefail
# shellcheck source=tests/golden/cases.sh
source "$2/tests/golden/cases.sh"
golden_start "$1" "$2" journal "${3:-}"

border=examples/border
key=8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c
stranger=8139770ea87d175f56a35466c34c7ecccb8d8a91b4ee37a25df60f5b8fc9b394
store="--store sqlite:$scratch/q.db"

# An account needs a password on standard input, which golden_run does not give.
add_account() {
    echo "$3" | "$zhol" account add --lang en --store "sqlite:$scratch/q.db" --name "$1" \
        --role "$2" "${@:4}" >"$scratch/out" 2>&1
}

golden_run <<CASES
audit.txt|audit --lang en --public $border/journal.ndjson --receipts $border/receipt.json --receipts $border/refusal.json --key $key
audit.ru.txt|audit --lang ru --public $border/journal.ndjson --receipts $border/receipt.json
audit.json|audit --lang en --public $border/journal.ndjson --format json
signers.txt|audit --lang en --public $border/journal.ndjson --signer $key
audit.fork.txt|audit --lang en --public $border/journal.ndjson --receipts $border/receipt.json --receipts $border/forked.json
audit.fork.ru.txt|audit --lang ru --public $border/journal.ndjson --receipts $border/receipt.json --receipts $border/forked.json
audit.stranger.ru.txt|audit --lang ru --public $border/journal.ndjson --receipts $border/receipt.json --key $stranger
audit.nothing.txt|audit --lang en
audit.both.ru.txt|audit --lang ru --public $border/journal.ndjson $store
audit.nofile.txt|audit --lang en --public $border/no.ndjson
audit.nostore.ru.txt|audit --lang ru $store
audit.notone.ru.txt|audit --lang ru --public $border/receipt.json
receipt.txt|receipt verify --lang en $border/receipt.json --key $key
receipt.ru.txt|receipt verify --lang ru $border/refusal.json
receipt.show.ru.txt|receipt show --lang ru $border/refusal.json
receipt.fork.ru.txt|receipt verify --lang ru $border/receipt.json $border/forked.json
receipt.stranger.txt|receipt verify --lang en $border/receipt.json --key $stranger
receipt.badkey.ru.txt|receipt verify --lang ru $border/receipt.json --key 12
receipt.verb.ru.txt|receipt frob $border/receipt.json --lang ru
receipt.notone.ru.txt|receipt verify --lang ru $border/journal.ndjson
account.nopassword.ru.txt|account add --lang ru $store --name aigul --role officer
CASES

add_account aigul officer "seven wild tulips" --checkpoint KOLZHAT
add_account serik auditor "seven wild tulips"
golden_run <<CASES
account.list.txt|account list --lang en $store
account.list.json|account list --lang en $store --format json
account.disable.ru.txt|account disable --lang ru $store --name aigul
account.list.ru.txt|account list --lang ru $store
account.unknown.ru.txt|account enable --lang ru $store --name nobody
audit.store.txt|audit --lang en $store --receipts $border/receipt.json
receipt.store.ru.txt|receipt verify --lang ru $border/receipt.json $store
backup.ru.txt|backup --lang ru $store $scratch/b.db
backup.nofolder.ru.txt|backup --lang ru $store $scratch/no/b.db
restore.there.ru.txt|restore --lang ru $scratch/b.db $store
restore.force.ru.txt|restore --lang ru $scratch/b.db $store --force
restore.nokeys.txt|restore --lang en $scratch/b.db --store sqlite:$scratch/new.db --keys $scratch/none
CASES

for case in "aigul officer seven-wild-tulips|already" "short officer tulips|10 to 1024" \
    "Big officer seven-wild-tulips|a-z" "carrier carrier seven-wild-tulips|--carrier"; do
    read -r name role password <<<"${case%|*}"
    add_account "$name" "$role" "$password"
    if grep -qF -- "${case#*|}" "$scratch/out"; then
        passed=$((passed + 1))
    else
        golden_fail "account add $name: $(cat "$scratch/out")"
    fi
done

# A key made by --sign signs the heads, and the answer holds for the same key only.
"$zhol" audit --lang en --public "$root/$border/journal.ndjson" --sign "$scratch/side.key" \
    >"$scratch/signed" 2>&1
if [[ $(grep -c '"signature"' "$scratch/signed") == 3 && -s $scratch/side.key ]]; then
    passed=$((passed + 1))
else
    golden_fail "audit --sign: $(tail -n 2 "$scratch/signed")"
fi
golden_end
