#!/usr/bin/env bash
# test_dispatch.sh PROGRAM ROOT [--update]: `zhol dispatch`: a small day in every form, faults of
# lists, states and facts with nothing half-taken, the joint plan from proposed to done, the report.
set -uo pipefail
# shellcheck source=tests/golden/cases.sh
source "$2/tests/golden/cases.sh"
golden_start "$1" "$2" dispatch "${3:-}"

data=tests/data/dispatch
small="dispatch Dostyk --day 2026-02-01 --state $data/small.json --effort 50"
golden_run <<CASES
small.txt|$small --lang en
small.ru.txt|$small --lang ru
small.csv|$small --lang en --format csv
small.svg|$small --lang en --format svg
small.html|$small --lang ru --format html
three.txt|dispatch Достык --day 2026-02-01 --trains examples/dispatch/three_trains.csv --lang en
bad_list.txt|dispatch Dostyk --trains $data/bad_list.csv --trains $data/bad_rows.csv --lang en
bad_list.ru.txt|dispatch Dostyk --trains $data/bad_list.csv --lang ru
bad_state.txt|dispatch Dostyk --state $data/bad_state.json --lang en
no_list.txt|dispatch Dostyk --trains $data/nothing.csv --lang en
no_crossing.txt|dispatch Almaty --lang en
no_crossing.ru.txt|dispatch Алматы --lang ru
no_file.txt|dispatch agree --lang en
no_out.txt|$small --format xlsx --lang en
no_state.txt|dispatch Dostyk --state $data/nothing.json --lang en
no_demand.txt|dispatch Brest --from-demand --lang en
no_demand.ru.txt|dispatch Brest --from-demand --lang ru
no_day.txt|dispatch Altynkol --day 1999-01-01 --lang en
wrong_way.txt|dispatch Dostyk --state $data/wrong_way.json --lang en
wrong_way.ru.txt|dispatch Dostyk --state $data/wrong_way.json --lang ru
bad_weight.txt|dispatch Dostyk --day 2026-02-01 --trains $data/bad_weight.csv --lang en
bad_weight.ru.txt|dispatch Dostyk --day 2026-02-01 --trains $data/bad_weight.csv --lang ru
other_year.txt|dispatch Dostyk --day 2027-02-01 --trains $data/bad_weight.csv --lang en
header_only.txt|dispatch Dostyk --trains $data/header_only.csv --lang en
no_meaning.txt|dispatch Dostyk --now 08:00 --lang en
no_meaning.ru.txt|dispatch show plan.json --side kz --lang ru
ban.txt|dispatch Brest --day 2025-09-24 --effort 1 --lang en
ban.ru.txt|dispatch Brest --day 2025-09-11 --effort 1 --lang ru
ban.svg|dispatch Dostyk --day 2023-09-08 --effort 1 --lang en --format svg
part.txt|dispatch Dostyk --day 2026-02-01 --state $data/part.json --effort 20 --lang en
CASES

# The joint plan: proposed, agreed by one, by both, done; what is read is what was written.
# shellcheck disable=SC2086 # the command is words
plan() {
    (cd "$root" && "$zhol" $small --format json --out "$scratch/plan.json") 2>/dev/null
}
plan
cp "$scratch/plan.json" "$scratch/first.json"
(cd "$root" && "$zhol" dispatch show "$scratch/plan.json" --format json) >"$scratch/again.json"
same "$scratch/first.json" "$scratch/again.json"
plan
same "$scratch/first.json" "$scratch/plan.json"
holds "No side has agreed yet" dispatch show "$scratch/plan.json" --lang en
ends 2 dispatch agree "$scratch/plan.json" --side de
ends 2 dispatch agree "$scratch/plan.json" --side kz --accept 1.5
ends 4 dispatch 'done' "$scratch/plan.json" --facts $data/facts.csv
same "$scratch/first.json" "$scratch/plan.json"
holds "China has not agreed yet" dispatch agree "$scratch/plan.json" --side kz --lang en
holds "Agreed by both sides" dispatch agree "$scratch/plan.json" --side CN --lang en
holds "agreed." dispatch show "$scratch/plan.json" --lang en
# Facts with faults change nothing.
cp "$scratch/plan.json" "$scratch/agreed.json"
ends 3 dispatch 'done' "$scratch/plan.json" --facts $data/bad_facts.csv
same "$scratch/agreed.json" "$scratch/plan.json"
holds "bad_facts.csv:3: train: found \"W9\"" dispatch 'done' "$scratch/plan.json" \
    --facts $data/bad_facts.csv --lang en
ends 0 dispatch 'done' "$scratch/plan.json" --facts $data/facts.csv
# Trains take the times of their facts, on other tracks and fronts where the plan's were taken.
holds "W1 01:00 08:10 1435 short 1 DTT 1 09:10-12:26" dispatch show \
    "$scratch/plan.json" --lang en
holds "W4 06:00 23:10 1435 long 1 DTT 2 00:10+1-03:26+1" dispatch show \
    "$scratch/plan.json" --lang en
holds "Brest W4 1520 long 1 00:10+1-06:00+1" dispatch show "$scratch/plan.json" \
    --lang en
cp "$scratch/plan.json" "$scratch/done.json"
ends 4 dispatch agree "$scratch/plan.json" --side kz --accept 2
same "$scratch/done.json" "$scratch/plan.json"
ends 3 dispatch report "$scratch/plan.json" "$scratch/done.json"
golden_run <<CASES
report.txt|dispatch report $scratch/plan.json --lang en
report.ru.txt|dispatch report $scratch/plan.json --lang ru
report.csv|dispatch report $scratch/plan.json --lang en --format csv
report.json|dispatch report $scratch/plan.json --lang en --format json
CASES

# A plan that was changed by hand is not taken for one.
sed '0,/"accept": "2026-02-01T/s/"accept": "2026-02-01T[0-9:]*"/"accept": "2026-02-01T00:01"/' \
    "$scratch/first.json" >"$scratch/forged.json"
ends 3 dispatch show "$scratch/forged.json"
sed 's/"sides"/"slides"/' "$scratch/first.json" >"$scratch/slides.json"
holds "slides" dispatch show "$scratch/slides.json" --lang en

# Re-planning: what was lost is not used, what began stays, both sides must agree anew.
tight="dispatch Dostyk --day 2026-02-01 --state $data/tight.json --effort 50"
# shellcheck disable=SC2086
(cd "$root" && "$zhol" $tight --format json --out "$scratch/tight.json") 2>/dev/null
again="dispatch --replan $scratch/tight.json --effort 50 --lang en"
# shellcheck disable=SC2086
{
    holds "Plan 2, proposed" $again --now 08:00 --change accept:1435=-2
    holds "Changed against the plan before" $again --now 08:00 --change accept:1435=-2
    holds "No train changes." $again
    ends 2 $again --change weather:bad
    ends 2 $again --change track:nothing
    ends 2 $again --now 25:00
    ends 2 $again Brest
    ends 2 $again --day 2026-02-01
    ends 2 $again --now 20:00 --change late:A501=22:00
    (cd "$root" && "$zhol" $again --change "front:DTT 1" --format csv) >"$scratch/lost.csv"
    grep -q "DTT 1" "$scratch/lost.csv" && golden_fail "a lost front is used"
    holds "80-foot platforms: " $tight --help-most --lang en
}
# A new plan is a plan file like the first, whatever of the past is lost or forbidden by now.
for change in "track:1435 short 1" "front:DTT 1" accept:1435=3 accept:1520=0; do
    # shellcheck disable=SC2086
    (cd "$root" && "$zhol" $again --now 09:30 --change "$change" --format json \
        --out "$scratch/new.json") >"$scratch/out" 2>&1
    ends 0 dispatch show "$scratch/new.json"
done
# A train that has crossed by a fact does not move, whenever now is; what was agreed stays what
# facts are held against until a new plan is agreed.
accept_of() {
    sed -n "/\"plan\": {/,/\"units\"/{/\"train\": \"$2\"/{n;p;q;};}" "$1"
}
cp "$scratch/tight.json" "$scratch/day.json"
ends 0 dispatch agree "$scratch/day.json" --side kz
ends 0 dispatch agree "$scratch/day.json" --side cn
printf 'train,accepted,left\nA504,14:30,\nA505,15:30,2026-02-01T23:00\n' >"$scratch/facts.csv"
ends 0 dispatch 'done' "$scratch/day.json" --facts "$scratch/facts.csv"
(cd "$root" && "$zhol" dispatch report "$scratch/day.json" --format csv) >"$scratch/before.csv"
ends 0 dispatch --replan "$scratch/day.json" --change accept:1435=1 --effort 50 --format json \
    --out "$scratch/new.json"
for train in A504 A505; do
    accept_of "$scratch/day.json" $train >"$scratch/was.txt"
    accept_of "$scratch/new.json" $train >"$scratch/is.txt"
    grep -q "2026-02-01T" "$scratch/was.txt" || golden_fail "$train was pushed"
    same "$scratch/was.txt" "$scratch/is.txt"
done
(cd "$root" && "$zhol" dispatch report "$scratch/new.json" --format csv) >"$scratch/after.csv"
same "$scratch/before.csv" "$scratch/after.csv"
ends 0 dispatch agree "$scratch/new.json" --side kz
ends 0 dispatch agree "$scratch/new.json" --side cn
(cd "$root" && "$zhol" dispatch report "$scratch/new.json" --format csv) >"$scratch/agreed.csv"
cmp -s "$scratch/before.csv" "$scratch/agreed.csv" && golden_fail "the new agreement is not counted"
holds "never agreed by both sides" dispatch report "$scratch/tight.json" --lang en
# A list given twice: its wagons and boxes stand there already.
holds "stands in no other train" dispatch Dostyk --day 2026-02-01 --lang en \
    --trains examples/dispatch/three_trains.csv --trains examples/dispatch/three_trains.csv
holds "Plan 2" dispatch agree "$scratch/tight.json" --side kz --accept 12 --effort 50 --lang en

# The workbook is one, and the same twice.
# shellcheck disable=SC2086
(cd "$root" && "$zhol" $small --format xlsx --out "$scratch/a.xlsx" &&
    "$zhol" $small --format xlsx --out "$scratch/b.xlsx") 2>/dev/null
same "$scratch/a.xlsx" "$scratch/b.xlsx"
[[ $(head -c 2 "$scratch/a.xlsx") == PK ]] || golden_fail "the workbook is none"

# Eight trains of boxes and bulk with four acceptances a side: proven in all parts of the objective.
holds "exists: proven" dispatch Dostyk --day 2026-02-01 --lang en \
    --state $data/eight.json
# Eight mixed trains, each day proven best in all four parts (lateness, groups pushed, trains formed,
# boxes by yard): wagons are short (found only with bulk by way of the yard), platforms are short,
# acceptances decide which groups can share a train, two bulk trains come too late for the fronts.
best() { # STATE LATE PUSHED TURNS BOXES
    (cd "$root" && "$zhol" dispatch Dostyk --day 2026-02-01 --state "$data/$1.json" --format json) \
        2>/dev/null | tr -d ' \n' >"$scratch/best.json"
    grep -q "\"late\":$2,\"pushed\":$3,\"turns\":$4,\"yard_boxes\":$5}.*\"proof\":\"proven\"" \
        "$scratch/best.json" || golden_fail "$1: $(grep -o '"objective":{[^}]*}' \
        "$scratch/best.json") $(grep -o '"proof":"[a-z ]*"' "$scratch/best.json")"
}
best eight_stock 0 0 8 3
best eight_platforms 12540 2 7 41
best eight_turns 0 0 10 0
best eight_pushed 0 6 7 6
# A day far beyond all that was counted says what it supposes; one within a year does not.
holds "counts freight up to 2026" dispatch Dostyk --day 2040-06-15 --effort 1 --lang en
(cd "$root" && "$zhol" dispatch Dostyk --day 2026-02-01 --effort 1 --lang en) >"$scratch/near.txt" 2>&1
grep -q "counts freight" "$scratch/near.txt" && golden_fail "a near day is called far"
# A day on which nothing may leave ends in time, and says why.
printf '{"departs": {"1435": 0, "1520": 0}}' >"$scratch/closed.json"
holds "no departure slot is left" dispatch Dostyk --day 2026-02-01 --lang en --effort 5 \
    --state "$scratch/closed.json"
# A unit that goes nowhere is a fault.
printf '{"trains": [{"name": "N", "gauge": 1435, "units": [{"destination": ""}]}]}' \
    >"$scratch/nowhere.json"
holds "trains[0].units[0].destination" dispatch Dostyk --day 2026-02-01 --lang en \
    --state "$scratch/nowhere.json"

# A rule that closes one of the links over the border takes what its figure lets pass; one on
# reloading closes the fronts; a state may lift either.
cp -r "$root/corridors/china-kazakhstan" "$scratch/ruled"
ruled() { # LINK PROCESS
    cat "$root/corridors/china-kazakhstan/rule.csv" >"$scratch/ruled/rule.csv"
    printf 'RU.test,2026-02-01,2026-02-02,ban,A test,Проба,,,%s,%s,,,,,,,,,,No.,Нет.,,assumed-rules,low,,\n' \
        "$1" "$2" >>"$scratch/ruled/rule.csv"
}
printf '{"lifted": ["RU.test"]}' >"$scratch/lifted.json"
of_rule=(dispatch Dostyk --day 2026-02-01 --lang en --effort 1 -C "$scratch/ruled")
ruled S027F1435 ""
holds "Line closed: A test" "${of_rule[@]}"
holds "15 trains expected, 4 crossing" "${of_rule[@]}"
holds "15 trains expected, 14 crossing" "${of_rule[@]}" --state "$scratch/lifted.json"
ruled "" DOSTYK.transship
holds "Fronts closed by it" "${of_rule[@]}"
holds "15 trains expected, 12 crossing" "${of_rule[@]}"
holds "15 trains expected, 14 crossing" "${of_rule[@]}" --state "$scratch/lifted.json"

# One line locomotive of fourteen: the bound counts whole trains and its turns (52,277 without).
few=$(for i in $(seq 2 14); do
    printf '%s{"name": "from Dostyk %s", "move": "depart", "gauge": 1520, "return_min": 720, ' \
        "$([[ $i == 2 ]] || echo ,)" "$i"
    printf '"free_from": "2026-02-10T00:00"}'
done)
echo "{\"locomotives\": [$few]}" >"$scratch/few.json"
bound=$(cd "$root" && "$zhol" dispatch Dostyk --day 2026-02-01 --state "$scratch/few.json" \
    --effort 5 --format json 2>/dev/null | sed -n 's/.*"late_bound": \([0-9]*\).*/\1/p')
((${bound:-0} > 57000)) || golden_fail "with one line locomotive the bound is ${bound:-none}"

# The other crossings have days of their own.
holds "Altynkol - Horgos" dispatch Horgos --effort 1 --lang en
holds "Brest - Malaszewicze" dispatch Malaszewicze --effort 1 --lang en

golden_end
