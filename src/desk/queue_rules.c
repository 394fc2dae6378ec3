/* queue_rules.c: the rules of a checkpoint as the JSON of rules_set (queue_rules.h). */
#include "desk/queue_rules.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/json.h"
#include "base/time.h"

uint32_t queue_row_on(const struct zhol_corridor *corridor, const char *queue_id, int32_t date)
{
    uint32_t queue = zhol_corridor_find(corridor, ZHOL_TABLE_queue, queue_id);
    return queue == ZHOL_NONE ? ZHOL_NONE
                              : zhol_corridor_row_on(corridor, ZHOL_TABLE_queue, queue, date);
}

static bool same_text(const struct zhol_corridor *corridor, uint32_t a, uint32_t b)
{
    return a == b || strcmp(zhol_corridor_text(corridor, a), zhol_corridor_text(corridor, b)) == 0;
}

uint32_t queue_categories(const struct zhol_corridor *corridor, uint32_t queue_row, int32_t date,
                          uint32_t rows[QUEUE_CATEGORIES])
{
    uint32_t total, queue_total, count = 0;
    const struct zhol_queue *queue = &zhol_corridor_queue(corridor, &queue_total)[queue_row];
    const struct zhol_queue_category *all = zhol_corridor_queue_category(corridor, &total);
    for (uint32_t i = 0; i < total && count < QUEUE_CATEGORIES; i++) {
        if (!zhol_day_in(date, all[i].valid_from, all[i].valid_to) ||
            !same_text(corridor, all[i].rule_set, queue->rule_set)) {
            continue;
        }
        uint32_t at = count++;
        for (; at > 0 && all[rows[at - 1]].rank > all[i].rank; at--) {
            rows[at] = rows[at - 1];
        }
        rows[at] = i;
    }
    return count;
}

enum zhol_error queue_checkpoints(const struct zhol_corridor *corridor, int32_t date,
                                  uint32_t **nodes, uint32_t *count)
{
    uint32_t total, capacity = 0;
    const struct zhol_queue *queues = zhol_corridor_queue(corridor, &total);
    *nodes = NULL;
    *count = 0;
    for (uint32_t row = 0; row < total; row++) {
        bool listed = !zhol_day_in(date, queues[row].valid_from, queues[row].valid_to);
        for (uint32_t i = 0; i < *count && !listed; i++) {
            listed = (*nodes)[i] == queues[row].node_id;
        }
        if (listed) {
            continue;
        }
        enum zhol_error error = ARRAY_RESERVE(*nodes, capacity, *count + 1);
        if (error) {
            free(*nodes);
            *nodes = NULL;
            *count = 0;
            return error;
        }
        (*nodes)[(*count)++] = queues[row].node_id;
    }
    return ZHOL_ERROR_OK;
}

/* ---- one queue ---- */

struct maker {
    const struct zhol_corridor *corridor;
    const struct zhol_queue *queue;
    int32_t date;
    struct json_writer json;
    uint32_t categories[QUEUE_CATEGORIES];
    uint32_t category_count;
};

static const struct zhol_queue_category *category_at(const struct maker *maker, uint32_t i)
{
    uint32_t total;
    return &zhol_corridor_queue_category(maker->corridor, &total)[maker->categories[i]];
}

static void write_categories(struct maker *maker)
{
    json_write_key(&maker->json, "categories");
    json_write_array(&maker->json);
    for (uint32_t i = 0; i < maker->category_count; i++) {
        const struct zhol_queue_category *row = category_at(maker, i);
        json_write_object(&maker->json);
        json_member_text(&maker->json, "id", zhol_corridor_text(maker->corridor, row->category));
        json_member_int(&maker->json, "weight", row->weight);
        json_member_int(&maker->json, "rank", row->rank);
        json_member_int(&maker->json, "share_max", (int64_t)ceil(row->share_max_pct));
        json_member_bool(&maker->json, "out_of_turn", row->out_of_turn == 1);
        json_write_object_end(&maker->json);
    }
    json_write_array_end(&maker->json);
}

/* The row of a rule that holds, or NULL. */
static const struct zhol_queue_rule *rule_of(const struct maker *maker, unsigned word)
{
    uint32_t total;
    const struct zhol_queue_rule *rules = zhol_corridor_queue_rule(maker->corridor, &total);
    for (uint32_t i = 0; i < total; i++) {
        if (rules[i].rule == word &&
            zhol_day_in(maker->date, rules[i].valid_from, rules[i].valid_to) &&
            same_text(maker->corridor, rules[i].rule_set, maker->queue->rule_set)) {
            return &rules[i];
        }
    }
    return NULL;
}

/* A number in the unit in which the JSON wants it: seconds, days or times. */
static int64_t number_of(const struct zhol_queue_rule *rule)
{
    static const int64_t seconds[zhol_queue_unit_COUNT] = {[zhol_queue_unit_MINUTES] = 60,
                                                           [zhol_queue_unit_HOURS] = TIME_HOUR_S,
                                                           [zhol_queue_unit_DAYS] = TIME_DAY_S};
    bool days =
        rule->rule == zhol_queue_rule_KEEP_DRIVER || rule->rule == zhol_queue_rule_KEEP_VEHICLE;
    int64_t scale = days ? 1 : seconds[rule->unit];
    return (int64_t)floor(rule->value * (double)(scale ? scale : 1) + 0.5);
}

static void write_number(struct maker *maker, unsigned word, const char *member)
{
    const struct zhol_queue_rule *rule = rule_of(maker, word);
    if (rule && !isnan(rule->value)) {
        json_member_int(&maker->json, member, number_of(rule));
    }
}

static bool allowed(const struct maker *maker, unsigned word)
{
    const struct zhol_queue_rule *rule = rule_of(maker, word);
    return rule && rule->choice == zhol_queue_choice_ALLOWED;
}

static void write_numbers(struct maker *maker)
{
    static const struct {
        uint8_t word;
        const char *member;
    } numbers[] = {{zhol_queue_rule_ARRIVE_EARLY, "arrive_early_s"},
                   {zhol_queue_rule_ARRIVE_LATE, "arrive_late_s"},
                   {zhol_queue_rule_CALL_LATE, "call_late_s"},
                   {zhol_queue_rule_POSTPONE_MAX, "postpone_max"},
                   {zhol_queue_rule_POSTPONE_WINDOW, "postpone_window_s"},
                   {zhol_queue_rule_POSTPONE_BEFORE, "postpone_before_s"},
                   {zhol_queue_rule_SWAP_POSTPONES, "swap_postpones"},
                   {zhol_queue_rule_CANCEL_BEFORE, "cancel_before_s"},
                   {zhol_queue_rule_CANCEL_MAX, "cancel_max"},
                   {zhol_queue_rule_CANCEL_WINDOW, "cancel_window_s"},
                   {zhol_queue_rule_NO_SHOW_MAX, "no_show_max"},
                   {zhol_queue_rule_NO_SHOW_WINDOW, "no_show_window_s"},
                   {zhol_queue_rule_BLOCK, "block_s"},
                   {zhol_queue_rule_APPEAL, "appeal_s"},
                   {zhol_queue_rule_HORIZON, "horizon_s"}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        write_number(maker, numbers[i].word, numbers[i].member);
    }
    if (allowed(maker, zhol_queue_rule_CALL_ABSENT)) {
        json_member_bool(&maker->json, "call_absent", true);
    }
    const struct zhol_queue_rule *late = rule_of(maker, zhol_queue_rule_LATE);
    if (late) {
        json_member_text(&maker->json, "late", zhol_queue_choice_text(late->choice));
    }
}

static void write_edit(struct maker *maker)
{
    static const uint8_t words[] = {zhol_queue_rule_DRIVER_ADD, zhol_queue_rule_DRIVER,
                                    zhol_queue_rule_VEHICLE, zhol_queue_rule_SLOT};
    json_write_key(&maker->json, "edit");
    json_write_array(&maker->json);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (allowed(maker, words[i])) {
            json_write_text(&maker->json, zhol_queue_rule_text(words[i]));
        }
    }
    json_write_array_end(&maker->json);
}

static void write_round(struct maker *maker)
{
    const struct zhol_queue_rule *factor = rule_of(maker, zhol_queue_rule_NO_SHOW_FACTOR);
    if (maker->queue->release != zhol_queue_release_ROUND) {
        return;
    }
    json_write_key(&maker->json, "round");
    json_write_object(&maker->json);
    write_number(maker, zhol_queue_rule_ROUND_REQUEST, "request_s");
    json_write_key(&maker->json, "weights");
    json_write_object(&maker->json);
    for (uint32_t i = 0; i < maker->category_count; i++) {
        const struct zhol_queue_category *row = category_at(maker, i);
        json_member_real(&maker->json, zhol_corridor_text(maker->corridor, row->category),
                         isnan(row->round_weight) ? 1 : row->round_weight);
    }
    json_write_object_end(&maker->json);
    if (factor) {
        json_member_real(&maker->json, "no_show_factor", factor->value);
    }
    json_write_object_end(&maker->json);
}

static void write_retention(struct maker *maker)
{
    bool any =
        rule_of(maker, zhol_queue_rule_KEEP_DRIVER) || rule_of(maker, zhol_queue_rule_KEEP_VEHICLE);
    if (any) {
        json_write_key(&maker->json, "retention_days");
        json_write_object(&maker->json);
        write_number(maker, zhol_queue_rule_KEEP_DRIVER, "driver");
        write_number(maker, zhol_queue_rule_KEEP_VEHICLE, "vehicle");
        json_write_object_end(&maker->json);
    }
}

/* ---- fees: a row for all categories steps back where one of the category itself holds ---- */

static bool fee_holds(const struct maker *maker, const struct zhol_fee *fee)
{
    return zhol_day_in(maker->date, fee->valid_from, fee->valid_to) &&
           same_text(maker->corridor, fee->rule_set, maker->queue->rule_set);
}

static bool fee_replaced(const struct maker *maker, const struct zhol_fee *fee, uint32_t category)
{
    uint32_t total;
    const struct zhol_fee *fees = zhol_corridor_fee(maker->corridor, &total);
    for (uint32_t i = 0; i < total; i++) {
        if (fees[i].category && fees[i].what == fee->what && fees[i].due == fee->due &&
            fee_holds(maker, &fees[i]) &&
            (category == 0 || same_text(maker->corridor, fees[i].category, category))) {
            return true;
        }
    }
    return false;
}

static void write_fee(struct maker *maker, const struct zhol_fee *fee, uint32_t category)
{
    json_write_object(&maker->json);
    if (category) {
        json_member_text(&maker->json, "category", zhol_corridor_text(maker->corridor, category));
    }
    json_member_text(&maker->json, "what", zhol_fee_what_text(fee->what));
    json_member_text(&maker->json, "when", zhol_fee_when_text(fee->due));
    json_member_int(&maker->json, "amount", (int64_t)floor(fee->value * 100 + 0.5));
    json_member_text(&maker->json, "currency", zhol_corridor_text(maker->corridor, fee->currency));
    json_member_text(&maker->json, "refund", zhol_fee_refund_text(fee->refund));
    if (fee->forfeit_after != ZHOL_BLANK_INT) {
        json_member_int(&maker->json, "forfeit_after", fee->forfeit_after);
    }
    json_write_object_end(&maker->json);
}

static void write_fees(struct maker *maker)
{
    uint32_t total;
    const struct zhol_fee *fees = zhol_corridor_fee(maker->corridor, &total);
    json_write_key(&maker->json, "fees");
    json_write_array(&maker->json);
    for (uint32_t row = 0; row < total; row++) {
        if (!fee_holds(maker, &fees[row])) {
            continue;
        }
        if (fees[row].category || !fee_replaced(maker, &fees[row], 0)) {
            write_fee(maker, &fees[row], fees[row].category);
            continue;
        }
        for (uint32_t i = 0; i < maker->category_count; i++) {
            uint32_t category = category_at(maker, i)->category;
            if (!fee_replaced(maker, &fees[row], category)) {
                write_fee(maker, &fees[row], category);
            }
        }
    }
    json_write_array_end(&maker->json);
}

static void write_queue(struct maker *maker, uint32_t row)
{
    const struct zhol_queue *queue = maker->queue;
    maker->category_count = queue_categories(maker->corridor, row, maker->date, maker->categories);
    json_write_object(&maker->json);
    json_member_text(&maker->json, "id",
                     zhol_corridor_id(maker->corridor, ZHOL_TABLE_queue, queue->queue_id));
    json_member_text(&maker->json, "direction",
                     queue->direction == zhol_direction_IN ? "entry" : "exit");
    json_member_text(&maker->json, "rule_set",
                     zhol_corridor_text(maker->corridor, queue->rule_set));
    json_member_text(&maker->json, "release", zhol_queue_release_text(queue->release));
    json_member_text(&maker->json, "claim_scope", zhol_claim_scope_text(queue->claim_scope));
    json_member_text(&maker->json, "discipline", zhol_queue_discipline_text(queue->discipline));
    write_categories(maker);
    write_numbers(maker);
    write_edit(maker);
    write_round(maker);
    write_retention(maker);
    write_fees(maker);
    json_write_object_end(&maker->json);
}

enum zhol_error queue_rules_json(const struct zhol_corridor *corridor, uint32_t node, int32_t date,
                                 struct zhol_report *report, struct buffer *json)
{
    uint32_t total, count, written = 0;
    struct maker maker = {.corridor = corridor, .date = date};
    const struct zhol_queue *queues = zhol_corridor_queue(corridor, &total);
    const uint32_t *rows = zhol_corridor_rows_of(corridor, ZHOL_TABLE_queue, node, &count);
    json_writer_init(&maker.json, json, false);
    json_write_object(&maker.json);
    json_write_key(&maker.json, "queues");
    json_write_array(&maker.json);
    for (uint32_t i = 0; i < 2 * count; i++) { /* out of the country first, as in most tables */
        uint32_t row = rows[i % count];
        bool out = queues[row].direction != zhol_direction_IN;
        if (out == (i < count) && zhol_day_in(date, queues[row].valid_from, queues[row].valid_to)) {
            maker.queue = &queues[row];
            write_queue(&maker, row);
            written++;
        }
    }
    json_write_array_end(&maker.json);
    json_write_object_end(&maker.json);
    enum zhol_error error = json_writer_end(&maker.json);
    if (!error && !written) {
        zhol_report_add(report,
                        &(struct zhol_finding){
                            .severity = ZHOL_FAULT,
                            .code = ZHOL_ERROR_UNKNOWN,
                            .column = "node_id",
                            .value = zhol_corridor_id(corridor, ZHOL_TABLE_node, node),
                            .expected = "a checkpoint with a queue in queue.csv on that day"});
        error = ZHOL_ERROR_UNKNOWN;
    }
    return error;
}
