/* check_queues.c: electronic queues: checkpoints and calendars, rule sets that hold together. */
#include "corridor/check.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/sort.h"

enum { CATEGORIES_MAX = 16, CYCLE_MAX = 100, DAY_MINUTES = 1440 };

/* ---- which rows belong to a rule set ---- */

struct rule_sets {
    struct check *check;
    const struct zhol_queue *queues;
    const struct zhol_queue_category *categories;
    const struct zhol_queue_rule *rules;
    const struct zhol_fee *fees;
    uint32_t queue_count, category_count, rule_count, fee_count;
    uint32_t *by_set; /* categories by rule set */
};

static bool same(const struct rule_sets *sets, uint32_t a, uint32_t b)
{
    return a == b || strcmp(check_text(sets->check, a), check_text(sets->check, b)) == 0;
}

static int compare_sets(const void *context, uint32_t a, uint32_t b)
{
    const struct rule_sets *sets = context;
    return strcmp(check_text(sets->check, sets->categories[a].rule_set),
                  check_text(sets->check, sets->categories[b].rule_set));
}

static enum zhol_error collect(struct check *check, struct rule_sets *sets)
{
    const struct zhol_corridor *corridor = check->corridor;
    sets->check = check;
    sets->queues = zhol_corridor_queue(corridor, &sets->queue_count);
    sets->categories = zhol_corridor_queue_category(corridor, &sets->category_count);
    sets->rules = zhol_corridor_queue_rule(corridor, &sets->rule_count);
    sets->fees = zhol_corridor_fee(corridor, &sets->fee_count);
    sets->by_set = arena_array(&check->arena, sets->category_count + 1, sizeof *sets->by_set);
    if (!sets->by_set) {
        return ZHOL_ERROR_MEMORY;
    }
    sort_index_fill(sets->by_set, sets->category_count);
    return sort_index(sets->by_set, sets->category_count, compare_sets, sets);
}

static bool set_used(const struct rule_sets *sets, uint32_t rule_set)
{
    for (uint32_t i = 0; i < sets->queue_count; i++) {
        if (same(sets, sets->queues[i].rule_set, rule_set)) {
            return true;
        }
    }
    return false;
}

/* ---- queues ---- */

static void check_place(struct check *check, const struct zhol_queue *queue, uint32_t row)
{
    uint32_t count, link_row = check_row(check, ZHOL_TABLE_link, queue->link_id);
    const struct zhol_link *links = zhol_corridor_link(check->corridor, &count);
    bool out = queue->direction == zhol_direction_OUT;
    if (queue->direction && !out && queue->direction != zhol_direction_IN) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_queue, row, "direction",
                  "in or out of the country of the checkpoint");
    } else if (link_row != ZHOL_NONE && queue->node_id != ZHOL_NONE) {
        const struct zhol_link *link = &links[link_row];
        if (link->directed == 0 ||
            queue->node_id != (out ? link->from_node_id : link->to_node_id)) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_CONFLICT, ZHOL_TABLE_queue, row, "link_id",
                      "a directed link that %s %s", out ? "leaves" : "reaches",
                      check_id(check, ZHOL_TABLE_node, queue->node_id));
        }
    }
}

static void check_slots(struct check *check, const struct zhol_queue *queue, uint32_t row)
{
    bool live = queue->release == zhol_queue_release_LIVE;
    bool given = queue->slot_min != ZHOL_BLANK_INT;
    if (live && given) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_CONFLICT, ZHOL_TABLE_queue, row, "slot_min",
                  "a blank cell: a live queue has no slots");
    } else if (queue->release && !live && !given) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_queue, row, "slot_min",
                  "is blank; a queue of release %s has slots",
                  zhol_queue_release_text(queue->release));
    } else if (given && (queue->slot_min < 5 || DAY_MINUTES % queue->slot_min != 0)) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_RANGE, ZHOL_TABLE_queue, row, "slot_min",
                  "minutes that divide a day, at least 5");
    }
}

/* The calendar of a side is meant in the time of that side. */
static void check_calendar(struct check *check, const struct zhol_queue *queue, uint32_t row,
                           const char *column, uint32_t calendar, uint32_t node)
{
    uint32_t count;
    const struct zhol_calendar *calendars = zhol_corridor_calendar(check->corridor, &count);
    const struct zhol_node *nodes = zhol_corridor_node(check->corridor, &count);
    uint32_t place = check_row(check, ZHOL_TABLE_node, node);
    uint32_t first = check_row(check, ZHOL_TABLE_calendar, calendar);
    if (first == ZHOL_NONE) {
        if (!queue->note) {
            check_add(check, ZHOL_WARNING, ZHOL_ERROR_INVALID, ZHOL_TABLE_queue, row, column,
                      "is blank; both sides have opening times, or a note says why not");
        }
        return;
    }
    if (queue->valid_from != ZHOL_BLANK_DATE &&
        zhol_corridor_row_on(check->corridor, ZHOL_TABLE_calendar, calendar, queue->valid_from) ==
            ZHOL_NONE) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_CONFLICT, ZHOL_TABLE_queue, row, column,
                  "a calendar that holds on the first day of the row");
    }
    if (place != ZHOL_NONE && nodes[place].time_zone && calendars[first].time_zone &&
        nodes[place].time_zone != calendars[first].time_zone) {
        check_add(check, ZHOL_WARNING, ZHOL_ERROR_CONFLICT, ZHOL_TABLE_queue, row, column,
                  "a calendar in the time of %s, %s", check_id(check, ZHOL_TABLE_node, node),
                  check_text(check, nodes[place].time_zone));
    }
}

static void check_calendars(struct check *check, const struct zhol_queue *queue, uint32_t row)
{
    uint32_t count, link_row = check_row(check, ZHOL_TABLE_link, queue->link_id);
    const struct zhol_link *links = zhol_corridor_link(check->corridor, &count);
    uint32_t other = ZHOL_NONE;
    if (link_row != ZHOL_NONE) {
        other = links[link_row].from_node_id == queue->node_id ? links[link_row].to_node_id
                                                               : links[link_row].from_node_id;
    }
    check_calendar(check, queue, row, "calendar_id", queue->calendar_id, queue->node_id);
    check_calendar(check, queue, row, "other_calendar_id", queue->other_calendar_id, other);
}

/* Both sides say what they take, on the first day at least. */
static void check_sides(struct check *check, const struct zhol_queue *queue, uint32_t row)
{
    uint32_t total, count;
    const struct zhol_slot_plan *plans = zhol_corridor_slot_plan(check->corridor, &total);
    const uint32_t *rows =
        zhol_corridor_rows_of(check->corridor, ZHOL_TABLE_slot_plan, queue->queue_id, &count);
    bool found[zhol_queue_side_COUNT] = {false};
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_slot_plan *plan = &plans[rows[i]];
        if (check_overlap(plan->valid_from, plan->valid_to, queue->valid_from, queue->valid_to)) {
            found[plan->side < zhol_queue_side_COUNT ? plan->side : 0] = true;
        }
    }
    for (unsigned side = 1; side < zhol_queue_side_COUNT; side++) {
        if (!found[side]) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_queue, row, "queue_id",
                      "a queue with a row in slot_plan.csv for the %s side in its time",
                      zhol_queue_side_text(side));
        }
    }
}

static void check_set_of(const struct rule_sets *sets, const struct zhol_queue *queue, uint32_t row)
{
    for (uint32_t i = 0; i < sets->category_count && queue->rule_set; i++) {
        const struct zhol_queue_category *category = &sets->categories[i];
        if (same(sets, category->rule_set, queue->rule_set) &&
            check_overlap(category->valid_from, category->valid_to, queue->valid_from,
                          queue->valid_to)) {
            return;
        }
    }
    check_add(sets->check, ZHOL_FAULT, ZHOL_ERROR_UNKNOWN, ZHOL_TABLE_queue, row, "rule_set",
              "a rule set that has categories in queue_category.csv in the time of the row");
}

static void check_queue_rows(const struct rule_sets *sets)
{
    struct check *check = sets->check;
    for (uint32_t row = 0; row < sets->queue_count; row++) {
        const struct zhol_queue *queue = &sets->queues[row];
        check_place(check, queue, row);
        check_slots(check, queue, row);
        check_calendars(check, queue, row);
        check_sides(check, queue, row);
        check_set_of(sets, queue, row);
        if (row && sets->queues[row - 1].queue_id == queue->queue_id &&
            sets->queues[row - 1].node_id != queue->node_id) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_CONFLICT, ZHOL_TABLE_queue, row, "node_id",
                      "the checkpoint of its earlier rows: a queue does not move");
        }
    }
}

/* ---- categories: shares of a quota, times in a cycle, ranks ---- */

static void check_category(const struct rule_sets *sets, uint32_t row)
{
    struct check *check = sets->check;
    const struct zhol_queue_category *category = &sets->categories[row];
    if (category->out_of_turn == 1 && category->weight > 0) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_CONFLICT, ZHOL_TABLE_queue_category, row, "weight",
                  "0: what is called out of turn has no share of calls");
    }
    if (category->low > category->weight) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_queue_category, row, "low",
                  "at most the weight of the row");
    }
    if (category->weight > category->high) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_queue_category, row, "high",
                  "at least the weight of the row");
    }
    if (!set_used(sets, category->rule_set)) {
        check_add(check, ZHOL_WARNING, ZHOL_ERROR_UNKNOWN, ZHOL_TABLE_queue_category, row,
                  "rule_set", "a rule set that a row of queue.csv names");
    }
}

/* The queue that uses a rule set on a day, or NULL. */
static const struct zhol_queue *user_of(const struct rule_sets *sets, uint32_t rule_set,
                                        int32_t day, unsigned discipline)
{
    for (uint32_t i = 0; i < sets->queue_count; i++) {
        const struct zhol_queue *queue = &sets->queues[i];
        if (queue->discipline == discipline && same(sets, queue->rule_set, rule_set) &&
            zhol_day_in(day, queue->valid_from, queue->valid_to)) {
            return queue;
        }
    }
    return NULL;
}

struct weights {
    int64_t sum, least; /* least of those in turn */
    uint32_t count;
};

static struct weights weigh(const struct rule_sets *sets, const uint32_t *rows, uint32_t count,
                            int32_t day)
{
    struct weights weights = {0, INT64_MAX, 0};
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_queue_category *category = &sets->categories[rows[i]];
        if (!zhol_day_in(day, category->valid_from, category->valid_to)) {
            continue;
        }
        weights.count++;
        weights.sum += category->weight;
        if (category->out_of_turn != 1 && category->weight < weights.least) {
            weights.least = category->weight;
        }
    }
    return weights;
}

static void check_weights(const struct rule_sets *sets, const uint32_t *rows, uint32_t count,
                          int32_t day)
{
    struct check *check = sets->check;
    uint32_t rule_set = sets->categories[rows[0]].rule_set;
    struct weights weights = weigh(sets, rows, count, day);
    if (weights.count > CATEGORIES_MAX) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_LIMIT, ZHOL_TABLE_queue_category, rows[0],
                  "rule_set", "at most %d categories on one day", CATEGORIES_MAX);
    } else if (weights.sum != 100 && user_of(sets, rule_set, day, zhol_queue_discipline_QUOTA)) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_queue_category, rows[0],
                  "weight", "weights that add up to 100 in the rule set on every day; here %lld",
                  (long long)weights.sum);
    } else if (user_of(sets, rule_set, day, zhol_queue_discipline_CYCLE) &&
               (weights.least < 1 || weights.sum > CYCLE_MAX)) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_queue_category, rows[0],
                  "weight", "times in a cycle: at least 1 for each in turn, at most %d in all",
                  CYCLE_MAX);
    }
}

static void check_ranks(const struct rule_sets *sets, const uint32_t *rows, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        for (uint32_t j = 0; j < i; j++) {
            const struct zhol_queue_category *a = &sets->categories[rows[j]],
                                             *b = &sets->categories[rows[i]];
            if (a->rank == b->rank &&
                check_overlap(a->valid_from, a->valid_to, b->valid_from, b->valid_to)) {
                check_add(sets->check, ZHOL_FAULT, ZHOL_ERROR_DUPLICATE, ZHOL_TABLE_queue_category,
                          rows[i], "rank", "a rank of its own: %s has the same",
                          check_text(sets->check, a->category));
            }
        }
    }
}

/* Weights can only change where a row of a category begins, or a queue that uses them. */
static void check_weights_of(const struct rule_sets *sets, const uint32_t *rows, uint32_t count)
{
    int32_t last = INT32_MAX;
    for (uint32_t i = 0; i < count; i++) {
        int32_t day = sets->categories[rows[i]].valid_from;
        if (day != last) { /* rows of one time mostly stand together */
            check_weights(sets, rows, count, day);
        }
        last = day;
    }
    for (uint32_t i = 0; i < sets->queue_count; i++) {
        const struct zhol_queue *queue = &sets->queues[i];
        bool begins = queue->valid_from != last;
        for (uint32_t j = 0; j < count && begins; j++) {
            begins = sets->categories[rows[j]].valid_from != queue->valid_from;
        }
        if (begins && same(sets, queue->rule_set, sets->categories[rows[0]].rule_set)) {
            check_weights(sets, rows, count, queue->valid_from);
            last = queue->valid_from;
        }
    }
}

/* Quadratic within one rule set. */
static void check_categories(const struct rule_sets *sets)
{
    for (uint32_t row = 0; row < sets->category_count; row++) {
        check_category(sets, row);
    }
    for (uint32_t begin = 0, end; begin < sets->category_count; begin = end) {
        const uint32_t *rows = &sets->by_set[begin];
        for (end = begin + 1; end < sets->category_count &&
                              compare_sets(sets, sets->by_set[begin], sets->by_set[end]) == 0;
             end++) {
        }
        check_weights_of(sets, rows, end - begin);
        check_ranks(sets, rows, end - begin);
    }
}

/* ---- rules ---- */

/* What a rule word wants: a number in some units, or one of some words. Bits of the lists. */
struct wanted {
    uint8_t rule;
    uint16_t units, choices;
    const char *text;
};
#define UNIT(name)   (1u << zhol_queue_unit_##name)
#define CHOICE(name) (1u << zhol_queue_choice_##name)
#define TIME         (UNIT(MINUTES) | UNIT(HOURS) | UNIT(DAYS))
#define YES_NO       (CHOICE(ALLOWED) | CHOICE(REFUSED))
#define WANTED(rule, units, choices, text)           \
    {                                                \
        zhol_queue_rule_##rule, units, choices, text \
    }

static const struct wanted wanted[] = {
    WANTED(ARRIVE_EARLY, TIME, 0, "a number in min, h or days"),
    WANTED(ARRIVE_LATE, TIME, 0, "a number in min, h or days"),
    WANTED(CALL_LATE, TIME, 0, "a number in min, h or days"),
    WANTED(CALL_ABSENT, 0, YES_NO, "allowed or refused"),
    WANTED(POSTPONE_MAX, UNIT(TIMES), 0, "a number of times"),
    WANTED(POSTPONE_WINDOW, TIME, 0, "a number in min, h or days"),
    WANTED(POSTPONE_BEFORE, TIME, 0, "a number in min, h or days"),
    WANTED(SWAP_POSTPONES, UNIT(TIMES), 0, "a number of times"),
    WANTED(CANCEL_BEFORE, TIME, 0, "a number in min, h or days"),
    WANTED(CANCEL_MAX, UNIT(TIMES), 0, "a number of times"),
    WANTED(CANCEL_WINDOW, TIME, 0, "a number in min, h or days"),
    WANTED(NO_SHOW_MAX, UNIT(TIMES), 0, "a number of times"),
    WANTED(NO_SHOW_WINDOW, TIME, 0, "a number in min, h or days"),
    WANTED(BLOCK, TIME, 0, "a number in min, h or days"),
    WANTED(APPEAL, TIME, 0, "a number in min, h or days"),
    WANTED(HORIZON, TIME, 0, "a number in min, h or days"),
    WANTED(LATE, 0, CHOICE(BLOCK) | CHOICE(REQUEUE) | CHOICE(FORFEIT), "block, requeue or forfeit"),
    WANTED(DRIVER_ADD, 0, YES_NO, "allowed or refused"),
    WANTED(DRIVER, 0, YES_NO, "allowed or refused"),
    WANTED(VEHICLE, 0, YES_NO, "allowed or refused"),
    WANTED(SLOT, 0, YES_NO, "allowed or refused"),
    WANTED(ROUND_REQUEST, TIME, 0, "a number in min, h or days"),
    WANTED(NO_SHOW_FACTOR, UNIT(FACTOR), 0, "a factor"),
    WANTED(KEEP_DRIVER, UNIT(DAYS), 0, "a number of days"),
    WANTED(KEEP_VEHICLE, UNIT(DAYS), 0, "a number of days"),
};
_Static_assert(sizeof wanted / sizeof *wanted == zhol_queue_rule_COUNT - 1,
               "a line here for each word of queue_rule");

static void check_rule(const struct rule_sets *sets, uint32_t row)
{
    struct check *check = sets->check;
    const struct zhol_queue_rule *rule = &sets->rules[row];
    if (!rule->rule) {
        return;
    }
    const struct wanted *want = &wanted[rule->rule - 1];
    assert(want->rule == rule->rule);
    bool blank = isnan(rule->value);
    if (want->units && (blank || !(want->units >> rule->unit & 1) || rule->choice)) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_queue_rule, row,
                  blank          ? "value"
                  : rule->choice ? "choice"
                                 : "unit",
                  blank ? "is blank; the rule %s needs %s"
                        : "for the rule %s, %s (value and unit, choice blank)",
                  zhol_queue_rule_text(rule->rule), want->text);
    } else if (want->choices && (!rule->choice || !(want->choices >> rule->choice & 1) ||
                                 !isnan(rule->value) || rule->unit)) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_queue_rule, row, "choice",
                  "for the rule %s, %s (choice, value and unit blank)",
                  zhol_queue_rule_text(rule->rule), want->text);
    }
    if (!set_used(sets, rule->rule_set)) {
        check_add(check, ZHOL_WARNING, ZHOL_ERROR_UNKNOWN, ZHOL_TABLE_queue_rule, row, "rule_set",
                  "a rule set that a row of queue.csv names");
    }
}

/* ---- slot plans and fees ---- */

static void check_plans(struct check *check)
{
    uint32_t count;
    const struct zhol_slot_plan *plans = zhol_corridor_slot_plan(check->corridor, &count);
    for (uint32_t row = 0; row < count; row++) {
        if (plans[row].per && plans[row].per != zhol_per_HOUR && plans[row].per != zhol_per_DAY) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_slot_plan, row, "per",
                      "hour or day");
        }
    }
}

static bool category_known(const struct rule_sets *sets, const struct zhol_fee *fee)
{
    for (uint32_t i = 0; i < sets->category_count; i++) {
        if (same(sets, sets->categories[i].rule_set, fee->rule_set) &&
            same(sets, sets->categories[i].category, fee->category)) {
            return true;
        }
    }
    return false;
}

/* One calculation index holds on a day: amounts that are multiples of it must agree. */
static void check_index(const struct rule_sets *sets, uint32_t row)
{
    const struct zhol_fee *fee = &sets->fees[row];
    for (uint32_t i = 0; i < row && !isnan(fee->index_times); i++) {
        const struct zhol_fee *before = &sets->fees[i];
        if (isnan(before->index_times) || !same(sets, before->currency, fee->currency) ||
            !check_overlap(before->valid_from, before->valid_to, fee->valid_from, fee->valid_to)) {
            continue;
        }
        double index = before->value / before->index_times;
        if (fabs(index - fee->value / fee->index_times) > 0.005) {
            check_add(sets->check, ZHOL_FAULT, ZHOL_ERROR_CONFLICT, ZHOL_TABLE_fee, row, "value",
                      "%.2f times the index of that time, %.2f %s", fee->index_times, index,
                      check_text(sets->check, fee->currency));
        }
        return; /* one is enough: it was held against the others before */
    }
}

static void check_fee(const struct rule_sets *sets, uint32_t row)
{
    struct check *check = sets->check;
    const struct zhol_fee *fee = &sets->fees[row];
    bool deposit = fee->what == zhol_fee_what_DEPOSIT;
    if (fee->category && !category_known(sets, fee)) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_UNKNOWN, ZHOL_TABLE_fee, row, "category",
                  "a category of the rule set in queue_category.csv");
    }
    if (deposit && fee->refund == zhol_fee_refund_NEVER) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_CONFLICT, ZHOL_TABLE_fee, row, "refund",
                  "arrive: a deposit comes back, or it is a fee");
    }
    if (!deposit && fee->forfeit_after != ZHOL_BLANK_INT) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_CONFLICT, ZHOL_TABLE_fee, row, "forfeit_after",
                  "a blank cell: only a deposit can be lost");
    }
    if (!set_used(sets, fee->rule_set)) {
        check_add(check, ZHOL_WARNING, ZHOL_ERROR_UNKNOWN, ZHOL_TABLE_fee, row, "rule_set",
                  "a rule set that a row of queue.csv names");
    }
    check_index(sets, row);
}

enum zhol_error check_queues(struct check *check)
{
    struct rule_sets sets;
    enum zhol_error error = collect(check, &sets);
    if (error) {
        return error;
    }
    check_queue_rows(&sets);
    check_categories(&sets);
    for (uint32_t row = 0; row < sets.rule_count; row++) {
        check_rule(&sets, row);
    }
    check_plans(check);
    for (uint32_t row = 0; row < sets.fee_count; row++) {
        check_fee(&sets, row);
    }
    return error;
}
