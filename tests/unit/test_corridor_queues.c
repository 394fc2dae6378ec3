/* test_corridor_queues.c: rules and slots made from the queue tables of the reference corridor:
 * what the journal's reader accepts, hours of both sides, holidays, closed days, the change of the
 * Kazakh clock on 1 March 2024, dated limits, whole vehicles.
 */
#include <stdlib.h>

#include <jansson.h>

#include "base/time.h"
#include "check.h"
#include "desk/queue_rules.h"
#include "operate/rules.h"

static const char *root;

/* Read once each. */
static struct {
    const char *scenario;
    struct zhol_corridor *corridor;
} known[] = {{NULL, NULL}, {"queue-cycle", NULL}, {"queue-live", NULL}, {"queue-round", NULL}};

static struct zhol_corridor *corridor_of(const char *scenario)
{
    size_t i = 0;
    while (scenario && (!known[i].scenario || strcmp(known[i].scenario, scenario) != 0)) {
        i++;
    }
    if (!known[i].corridor) {
        char dir[1024];
        const struct zhol_corridor_options options = {.scenario = scenario};
        snprintf(dir, sizeof dir, "%s/corridors/china-kazakhstan", root);
        CHECK_INT_EQ(zhol_corridor_read(dir, &options, NULL, &known[i].corridor), ZHOL_ERROR_OK);
    }
    return known[i].corridor;
}

static int32_t day_of(const char *text)
{
    int32_t day = 0;
    CHECK_INT_EQ(time_parse_day(text_view_of(text), &day), ZHOL_ERROR_OK);
    return day;
}

static int64_t at(const char *text)
{
    int64_t instant = 0;
    CHECK_INT_EQ(time_parse_instant(text_view_of(text), &instant), ZHOL_ERROR_OK);
    return instant;
}

/* The rules of a checkpoint as operate reads them. */
static uint32_t rules_on(const char *scenario, const char *node, const char *date,
                         struct queue_rules rules[RULES_QUEUE_MAX])
{
    struct zhol_corridor *corridor = corridor_of(scenario);
    struct zhol_report report;
    struct buffer json;
    uint32_t count = 0;
    char line[512] = "";
    zhol_report_init(&report, 0);
    buffer_init(&json);
    CHECK_INT_EQ(queue_rules_json(corridor, zhol_corridor_find(corridor, ZHOL_TABLE_node, node),
                                  day_of(date), &report, &json),
                 ZHOL_ERROR_OK);
    CHECK_INT_EQ(rules_read((struct text_view){buffer_get(&json), (uint32_t)json.size}, rules,
                            &count, &report),
                 ZHOL_ERROR_OK);
    if (report.count) {
        zhol_finding_text(&report.findings[0], line, sizeof line);
    }
    CHECK_STR_EQ(line, "");
    buffer_clear(&json);
    zhol_report_clear(&report);
    return count;
}

static const struct queue_category_rule *category(const struct queue_rules *rules, const char *id)
{
    for (uint32_t i = 0; i < rules->category_count; i++) {
        if (strcmp(rules->categories[i].id, id) == 0) {
            return &rules->categories[i];
        }
    }
    return NULL;
}

/* What a category owes for something, hundredths. */
static int64_t owed(const struct queue_rules *rules, const char *id, const char *what,
                    const char *when)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < rules->fee_count; i++) {
        const struct queue_fee *fee = &rules->fees[i];
        bool meant = !*fee->category || strcmp(fee->category, id) == 0;
        if (meant && strcmp(fee->what, what) == 0 && strcmp(fee->when, when) == 0) {
            sum += fee->amount;
        }
    }
    return sum;
}

static void test_kazakhstan(void)
{
    static struct queue_rules rules[RULES_QUEUE_MAX];
    CHECK_INT_EQ(rules_on(NULL, "NURZHOLY", "2025-11-12", rules), 2);
    const struct queue_rules *out = &rules[0];
    CHECK_STR_EQ(out->id, "nur-zholy-exit");
    CHECK_STR_EQ(out->direction, "exit");
    CHECK_STR_EQ(out->rule_set, "kz-2025");
    CHECK_INT_EQ(out->release, RELEASE_first_come);
    CHECK(!out->claim_per_direction && !out->cycle);
    CHECK_INT_EQ(out->category_count, 9);
    CHECK_INT_EQ(category(out, "ordinary")->weight, 100);
    CHECK(category(out, "state")->out_of_turn);
    CHECK_INT_EQ(category(out, "postal")->share_max, 1);
    CHECK_INT_EQ(out->no_show_max, 2);
    CHECK_INT_EQ(out->no_show_window_s, 90 * 86400);
    CHECK_INT_EQ(out->block_s, -1);
    CHECK_STR_EQ(out->late, "forfeit");
    CHECK(out->edit_driver_add && out->edit_slot && !out->edit_driver && !out->edit_vehicle);
    /* 1, 100 and 20 times the index of 2025: 3,932 KZT */
    CHECK_INT_EQ(owed(out, "ordinary", "fee", "book"), 393200);
    CHECK_INT_EQ(owed(out, "perishable", "fee", "book"), 39320000);
    CHECK_INT_EQ(owed(out, "ordinary", "fee", "postpone"), 39320000);
    CHECK_INT_EQ(owed(out, "postal", "deposit", "book"), 7864000);
    CHECK_STR_EQ(rules[1].id, "nur-zholy-entry");
    CHECK_INT_EQ(rules[1].release, RELEASE_live);
    CHECK_INT_EQ(rules_on(NULL, "NURZHOLY", "2026-02-01", rules), 2);
    CHECK_INT_EQ(owed(&rules[0], "ordinary", "fee", "book"), 432500);
    CHECK_INT_EQ(rules_on(NULL, "KOLZHAT", "2024-05-01", rules), 1);
    CHECK_STR_EQ(rules[0].rule_set, "kz-2023");
    CHECK_INT_EQ(owed(&rules[0], "ordinary", "deposit", "book"), 0);
    CHECK_INT_EQ(owed(&rules[0], "perishable", "fee", "book"), 369200);
}

static void test_other_sets(void)
{
    static struct queue_rules rules[RULES_QUEUE_MAX];
    CHECK_INT_EQ(rules_on("queue-cycle", "NURZHOLY", "2026-01-31", rules), 2);
    CHECK(rules[0].cycle && rules[0].call_absent);
    CHECK_INT_EQ(rules[0].release, RELEASE_live);
    CHECK_INT_EQ(category(&rules[0], "ordinary")->weight, 5);
    CHECK_INT_EQ(category(&rules[0], "aeo_tir")->weight, 1);
    CHECK(category(&rules[0], "defence")->out_of_turn);
    CHECK_INT_EQ(rules[0].block_s, 14 * 86400);
    CHECK_INT_EQ(rules[0].postpone_max, 1);
    CHECK_INT_EQ(rules[0].postpone_window_s, 60 * 86400);
    CHECK_INT_EQ(rules[0].swap_postpones, 2);
    CHECK_INT_EQ(rules[0].fee_count, 0);
    CHECK_INT_EQ(rules_on("queue-live", "NURZHOLY", "2026-01-31", rules), 2);
    CHECK_STR_EQ(rules[0].late, "requeue");
    CHECK(rules[0].claim_per_direction && category(&rules[0], "bus") != NULL);
    CHECK_INT_EQ(rules_on("queue-round", "NURZHOLY", "2026-01-31", rules), 2);
    CHECK_INT_EQ(rules[0].release, RELEASE_round);
    CHECK_INT_EQ(rules[0].round_request_s, 86400);
    CHECK_NEAR(rules[0].no_show_factor, 0.5, 0);
}

/* Every set of every day at which something begins is accepted. */
static void test_every_day(void)
{
    static const char *const days[] = {"2023-06-27", "2024-01-01", "2025-01-01", "2025-09-17",
                                       "2025-11-13", "2026-01-01", "2026-09-01", "2030-01-01"};
    static const char *const nodes[] = {"NURZHOLY", "KOLZHAT", "DOSTYK_ROAD", "BAKHTY",
                                        "MAIKAPSHAGAI"};
    static struct queue_rules rules[RULES_QUEUE_MAX];
    for (size_t d = 0; d < sizeof days / sizeof *days; d++) {
        for (size_t n = 0; n < sizeof nodes / sizeof *nodes; n++) {
            CHECK(rules_on(NULL, nodes[n], days[d], rules) >= 1);
        }
    }
}

/* ---- slots ---- */

struct sum {
    int64_t capacity, first_s, last_s;
    size_t count;
    int64_t postal;
    bool ordered;
};

static struct sum slots_of(const struct zhol_corridor *corridor, const char *queue,
                           const char *from, const char *until)
{
    struct buffer json;
    struct sum sum = {0, INT64_MAX, 0, 0, 0, true};
    buffer_init(&json);
    CHECK_INT_EQ(queue_slots_json(corridor, queue, at(from), at(until), NULL, &json),
                 ZHOL_ERROR_OK);
    json_t *root_json = json_loadb(json.bytes, json.size, 0, NULL);
    json_t *slots = json_object_get(root_json, "slots");
    sum.count = json_array_size(slots);
    for (size_t i = 0; i < sum.count; i++) {
        const json_t *slot = json_array_get(slots, i);
        int64_t start = json_integer_value(json_object_get(slot, "start"));
        int64_t end = json_integer_value(json_object_get(slot, "end"));
        sum.ordered = sum.ordered && start >= sum.last_s && end > start;
        sum.first_s = i ? sum.first_s : start;
        sum.last_s = end;
        sum.capacity += json_integer_value(json_object_get(slot, "capacity"));
        sum.postal +=
            json_integer_value(json_object_get(json_object_get(slot, "shares"), "postal"));
    }
    json_decref(root_json);
    buffer_clear(&json);
    return sum;
}

static void test_slots(void)
{
    struct zhol_corridor *corridor = corridor_of(NULL);
    /* Nur Zholy, round the clock; the day is the Chinese one, from 16:00 UTC. */
    struct sum day =
        slots_of(corridor, "nur-zholy-exit", "2025-11-11T16:00:00Z", "2025-11-12T16:00:00Z");
    CHECK_INT_EQ(day.count, 24);
    CHECK_INT_EQ(day.capacity, 800);
    CHECK_INT_EQ(day.postal, 8); /* one per cent of 800, whole */
    CHECK(day.ordered);
    day = slots_of(corridor, "nur-zholy-exit", "2025-11-12T16:00:00Z", "2025-11-13T16:00:00Z");
    CHECK_INT_EQ(day.capacity, 650); /* cut on 13 November */
    day = slots_of(corridor, "nur-zholy-exit", "2026-08-31T16:00:00Z", "2026-09-01T16:00:00Z");
    CHECK_INT_EQ(day.capacity, 1000);
    /* whatever span is asked for, a slot is the same */
    struct sum a =
        slots_of(corridor, "nur-zholy-exit", "2025-11-11T16:00:00Z", "2025-11-12T03:00:00Z");
    struct sum b =
        slots_of(corridor, "nur-zholy-exit", "2025-11-12T03:00:00Z", "2025-11-12T16:00:00Z");
    CHECK_INT_EQ(a.capacity + b.capacity, 800);
    /* Kolzhat: Kazakhstan 07-19 (UTC+5), China 10-16 (UTC+8): 02:00 to 08:00 UTC are common */
    day = slots_of(corridor, "kolzhat-exit", "2025-11-12T00:00:00Z", "2025-11-13T00:00:00Z");
    CHECK_INT_EQ(day.first_s, at("2025-11-12T02:00:00Z"));
    CHECK_INT_EQ(day.last_s, at("2025-11-12T08:00:00Z"));
    CHECK_INT_EQ(day.count, 6);
    CHECK_INT_EQ(day.capacity, 250);
    /* after the 24 h regime: Kazakhstan 07-19, China 09:30-18 (01:30-10 UTC): 02:00 to 10:00 */
    day = slots_of(corridor, "nur-zholy-exit", "2026-07-15T00:00:00Z", "2026-07-16T00:00:00Z");
    CHECK_INT_EQ(day.first_s, at("2026-07-15T02:00:00Z"));
    CHECK_INT_EQ(day.last_s, at("2026-07-15T10:00:00Z"));
    CHECK_INT_EQ(day.capacity, 750);
}

/* Almaty kept UTC+6 until 1 March 2024: opening at 07:00 was 01:00 UTC, then 02:00 UTC. China 10:00
 * is 02:00 UTC and closes at 18:00, 10:00 UTC; Bakhty closes at 19:00, later than that. At Nur
 * Zholy China opens at 01:30 UTC, after Kazakhstan in February and before it in March. */
static void test_zone_change(void)
{
    struct zhol_corridor *corridor = corridor_of(NULL);
    struct sum before =
        slots_of(corridor, "nur-zholy-exit", "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z");
    struct sum after =
        slots_of(corridor, "nur-zholy-exit", "2024-03-01T00:00:00Z", "2024-03-02T00:00:00Z");
    CHECK_INT_EQ(before.first_s, at("2024-02-29T01:30:00Z"));
    CHECK_INT_EQ(before.last_s, at("2024-02-29T10:00:00Z"));
    CHECK_INT_EQ(after.first_s, at("2024-03-01T02:00:00Z"));
    CHECK_INT_EQ(after.last_s, at("2024-03-01T10:00:00Z"));
    CHECK(before.capacity > after.capacity); /* 60 an hour on the Kazakh side bind: 510 and 480 */
    CHECK_INT_EQ(before.capacity, 510);
    CHECK_INT_EQ(after.capacity, 480);
}

static void test_closed_days(void)
{
    struct zhol_corridor *corridor = corridor_of(NULL);
    struct queue_day *days = NULL;
    uint32_t count = 0, total;
    /* 29 September and 1 to 3 October 2023; Mid-Autumn and National Day */
    CHECK_INT_EQ(queue_days(corridor, "nur-zholy-exit", at("2023-09-27T16:00:00Z"),
                            at("2023-10-04T16:00:00Z"), ZHOL_BLANK_DATE, &days, &count),
                 ZHOL_ERROR_OK);
    static const bool open[] = {true, false, true, false, false, false, true};
    CHECK_INT_EQ(count, 7);
    for (uint32_t i = 0; i < count; i++) {
        CHECK_INT_EQ(days[i].vehicles > 0, open[i]);
        CHECK_INT_EQ(days[i].closure > 0, !open[i]);
    }
    const struct zhol_calendar_date *dates = zhol_corridor_calendar_date(corridor, &total);
    CHECK_STR_EQ(zhol_corridor_text(corridor, dates[days[1].closure - 1].name),
                 "Mid-Autumn Festival");
    free(days);
    /* eight closed days of October 2025 */
    struct sum none =
        slots_of(corridor, "nur-zholy-exit", "2025-09-30T16:00:00Z", "2025-10-08T16:00:00Z");
    CHECK_INT_EQ(none.count, 0);
    /* the Kazakh side closes too: Republic Day, 25 October (UTC+5) */
    struct sum part =
        slots_of(corridor, "kolzhat-exit", "2025-10-25T00:00:00Z", "2025-10-26T00:00:00Z");
    CHECK_INT_EQ(part.count, 0);
}

static void test_windows(void)
{
    struct zhol_corridor *corridor = corridor_of(NULL);
    struct eta_window *windows = NULL;
    uint32_t count = 0;
    int64_t from = at("2025-11-12T05:30:00Z"), until = at("2025-11-14T05:30:00Z");
    double sum = 0;
    CHECK_INT_EQ(queue_windows_of(corridor, "kolzhat-exit", from, until, &windows, &count),
                 ZHOL_ERROR_OK);
    CHECK(count > 0 && windows[0].start_s == from && windows[count - 1].end_s == until);
    for (uint32_t i = 0; i < count; i++) {
        CHECK(windows[i].end_s > windows[i].start_s);
        CHECK(i == 0 || windows[i].start_s == windows[i - 1].end_s);
        sum += windows[i].vehicles;
    }
    CHECK_NEAR(sum, 500, 1e-6); /* two days, cut in the middle of both */
    free(windows);
    CHECK_INT_EQ(queue_windows_of(corridor, "nowhere", from, until, &windows, &count),
                 ZHOL_ERROR_UNKNOWN);
    CHECK(windows == NULL && count == 0);
}

static void test_known(void)
{
    struct zhol_corridor *corridor = corridor_of(NULL);
    struct buffer json;
    buffer_init(&json);
    /* as it was planned on 12 November: nobody knew of the cut */
    CHECK_INT_EQ(queue_slots_known(corridor, "nur-zholy-exit", at("2025-11-13T16:00:00Z"),
                                   at("2025-11-13T17:00:00Z"), day_of("2025-11-12"), NULL, &json),
                 ZHOL_ERROR_OK);
    CHECK(strstr(buffer_get(&json), "\"capacity\":33") != NULL);
    buffer_clear(&json);
}

static void test_checkpoints(void)
{
    struct zhol_corridor *corridor = corridor_of(NULL);
    struct zhol_report report;
    struct buffer json;
    uint32_t *nodes = NULL, count = 0;
    zhol_report_init(&report, 0);
    buffer_init(&json);
    CHECK_INT_EQ(queue_checkpoints(corridor, day_of("2025-11-12"), &nodes, &count), ZHOL_ERROR_OK);
    CHECK_INT_EQ(count, 5);
    free(nodes);
    CHECK_INT_EQ(queue_checkpoints(corridor, day_of("2020-01-01"), &nodes, &count), ZHOL_ERROR_OK);
    CHECK_INT_EQ(count, 0);
    free(nodes);
    CHECK_INT_EQ(queue_rules_json(corridor, zhol_corridor_find(corridor, ZHOL_TABLE_node, "XIAN"),
                                  day_of("2025-11-12"), &report, &json),
                 ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(report.count, 1);
    buffer_clear(&json);
    zhol_report_clear(&report);
}

int main(int argc, char **argv)
{
    root = argc > 1 ? argv[1] : ".";
    RUN(test_kazakhstan);
    RUN(test_other_sets);
    RUN(test_every_day);
    RUN(test_slots);
    RUN(test_zone_change);
    RUN(test_closed_days);
    RUN(test_windows);
    RUN(test_known);
    RUN(test_checkpoints);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        zhol_corridor_free(known[i].corridor);
    }
    return check_report();
}
