/* What the golden days and the model do not tell of the fold of a queue: claims by direction, rules
 * that change while people wait, previews, acceptance by hour, marks and money of late cancels, and
 * that a booking costs the same in a full slot of a million. */
#include "check.h"
#include "queue_harness.h"

#include "operate/rules.h"

enum { NOW_S = 1700000000, HOUR_S = 3600 };
#define CATEGORY_A "{\"id\":\"a\",\"weight\":1}"
#define RULES(id, direction, release, more)           \
    "{\"id\":\"" id "\",\"direction\":\"" direction   \
    "\",\"rule_set\":\"made\",\"release\":\"" release \
    "\",\"discipline\":\"quota\",\"categories\":[" CATEGORY_A "]" more "}"

static enum refusal apply(struct harness *harness, struct command command, struct result *result)
{
    struct result own;
    result = result ? result : &own;
    command.time_s = command.time_s ? command.time_s : harness->now_s;
    harness_apply(harness, &command, result);
    char why[200];
    if (!queue_verify(harness->state, why, sizeof why)) {
        CHECK_FAIL("%s: %s", command_name(command.kind), why);
    }
    return result->refusal;
}

static enum refusal set_rules(struct harness *harness, const char *queues)
{
    char json[4096];
    snprintf(json, sizeof json, "{\"queues\":[%s]}", queues);
    return apply(
        harness,
        (struct command){.kind = COMMAND_rules_set, .time_s = NOW_S, .data = text_view_of(json)},
        NULL);
}

static struct command booking(enum command_kind kind, const char *queue, uint64_t place,
                              uint64_t vehicle)
{
    struct command command = {.kind = kind,
                              .role = ROLE_carrier,
                              .place = place,
                              .vehicle = vehicle,
                              .driver = vehicle + 1000,
                              .carrier = 7,
                              .category = "a"};
    snprintf(command.queue, sizeof command.queue, "%s", queue);
    return command;
}

static enum refusal at_place(struct harness *harness, enum command_kind kind, uint64_t place)
{
    return apply(harness, (struct command){.kind = kind, .role = ROLE_officer, .place = place},
                 NULL);
}

static enum refusal publish(struct harness *harness, const char *queue, int64_t start_s,
                            uint32_t count, uint32_t capacity)
{
    struct buffer json = {0};
    struct command command = {.kind = COMMAND_slots_publish};
    buffer_string(&json, "{\"slots\":[");
    for (uint32_t i = 0; i < count; i++) {
        buffer_printf(&json, "%s{\"start\":%lld,\"end\":%lld,\"capacity\":%u}", i ? "," : "",
                      (long long)start_s + i * HOUR_S, (long long)start_s + (i + 1) * HOUR_S,
                      capacity);
    }
    buffer_string(&json, "]}");
    snprintf(command.queue, sizeof command.queue, "%s", queue);
    command.data = (struct text_view){json.bytes, (uint32_t)json.size};
    enum refusal refusal = apply(harness, command, NULL);
    buffer_clear(&json);
    return refusal;
}

static enum place_state state_of(const struct harness *harness, uint64_t place)
{
    struct place_view view;
    return queue_place(harness->state, place, &view) ? PLACE_STATE_COUNT : view.state;
}

/* ---- claims ---- */

static void claims_by_direction(void)
{
    struct harness harness;
    struct claim_need needs[4];
    harness_open(&harness);
    CHECK(!set_rules(&harness,
                     RULES("out", "exit", "live", ",\"claim_scope\":\"direction\"") "," RULES(
                         "in", "entry", "live", ",\"claim_scope\":\"direction\"")));
    struct command out = booking(COMMAND_join, "out", 1, 5);
    struct command in = booking(COMMAND_join, "in", 2, 5);
    CHECK_INT_EQ(queue_claims_needed(harness.state, &out, needs), 2);
    CHECK_STR_EQ(needs[0].scope, "vehicle");
    CHECK_STR_EQ(needs[0].key, "exit:0000000000000005");
    CHECK_STR_EQ(needs[1].scope, "driver");
    CHECK(!apply(&harness, out, NULL));
    CHECK(!apply(&harness, in, NULL));
    out.place = 3;
    CHECK_INT_EQ(apply(&harness, out, NULL), REFUSAL_already_active);
    CHECK(!at_place(&harness, COMMAND_cancel, 1));
    CHECK(!apply(&harness, out, NULL));
    CHECK_INT_EQ(state_of(&harness, 2), PLACE_booked);
    harness_close(&harness);
}

/* The fold holds the line even when a writer says that claims were free which were not. */
static void claims_are_not_believed(void)
{
    struct harness harness;
    struct result result;
    const struct given given = {.known = true, .claimed = true};
    harness_open(&harness);
    CHECK(!set_rules(&harness, RULES("q", "exit", "live", "")));
    CHECK(!apply(&harness, booking(COMMAND_join, "q", 1, 5), NULL));
    struct command twice = booking(COMMAND_join, "q", 2, 5);
    twice.driver = 99;
    twice.time_s = NOW_S;
    CHECK(!queue_apply(harness.state, &twice, &given, &result));
    CHECK_INT_EQ(result.refusal, REFUSAL_already_active);
    twice.vehicle = 6;
    twice.driver = 1005;
    CHECK(!queue_apply(harness.state, &twice, &given, &result));
    CHECK_INT_EQ(result.refusal, REFUSAL_already_active);
    harness_close(&harness);
}

/* Vehicles swapped to and fro, while the tables that find them grow. */
static void swaps_are_found(void)
{
    struct harness harness;
    harness_open(&harness);
    CHECK(!set_rules(&harness, RULES("q", "exit", "live", ",\"edit\":[\"vehicle\"]")));
    CHECK(!apply(&harness, booking(COMMAND_join, "q", 1, 1), NULL));
    for (uint64_t i = 0; i < 400; i++) {
        struct command swap = {.kind = COMMAND_vehicle_swap, .role = ROLE_officer, .place = 1};
        swap.vehicle = i % 2 ? 1 : 2;
        CHECK(!apply(&harness, swap, NULL));
        uint64_t held = swap.vehicle, free = 3 - held, place = 100 + 2 * i;
        struct command other = booking(COMMAND_join, "q", place, held);
        other.driver = 5000 + i;
        CHECK_INT_EQ(apply(&harness, other, NULL), REFUSAL_already_active);
        other.vehicle = free;
        CHECK(!apply(&harness, other, NULL));
        CHECK(!at_place(&harness, COMMAND_cancel, place));
        CHECK(!apply(&harness, booking(COMMAND_join, "q", place + 1, 10000 + i), NULL));
    }
    harness_close(&harness);
}

/* ---- rules that change ---- */

static void rules_change_while_people_wait(void)
{
    struct harness harness;
    struct queue_view view;
    harness_open(&harness);
    CHECK(!set_rules(&harness, RULES("q", "exit", "live", "")));
    CHECK(!apply(&harness, booking(COMMAND_join, "q", 1, 1), NULL));
    CHECK(!at_place(&harness, COMMAND_arrive, 1));
    /* Neither the direction nor the scope of claims can change under an active place. */
    CHECK_INT_EQ(set_rules(&harness, RULES("q", "entry", "live", "")), REFUSAL_bad_data);
    CHECK_INT_EQ(set_rules(&harness, RULES("q", "exit", "live", ",\"claim_scope\":\"direction\"")),
                 REFUSAL_bad_data);
    /* Category a goes: it can be booked no more, but who is in it is called. */
    CHECK(!set_rules(&harness,
                     "{\"id\":\"q\",\"direction\":\"exit\",\"rule_set\":\"new\",\"release\":"
                     "\"live\",\"discipline\":\"cycle\",\"categories\":[{\"id\":\"b\","
                     "\"weight\":2}]}"));
    CHECK_INT_EQ(apply(&harness, booking(COMMAND_join, "q", 2, 2), NULL), REFUSAL_unknown_category);
    queue_view(harness.state, 0, &view);
    CHECK_STR_EQ(view.rule_set, "new");
    CHECK_INT_EQ(view.category_count, 2);
    CHECK(!apply(&harness,
                 (struct command){.kind = COMMAND_call_forward, .queue = "q", .amount = 1}, NULL));
    CHECK_INT_EQ(state_of(&harness, 1), PLACE_called);
    /* A queue that the rules name no more takes nobody. */
    CHECK(!set_rules(&harness, RULES("other", "exit", "live", "")));
    CHECK_INT_EQ(apply(&harness, booking(COMMAND_join, "q", 3, 3), NULL), REFUSAL_unknown_queue);
    CHECK(!at_place(&harness, COMMAND_enter, 1));
    harness_close(&harness);
}

/* Who booked under an old share keeps his place; new slots follow the new share. */
static void shares_stay_with_their_slot(void)
{
    struct harness harness;
    harness_open(&harness);
    CHECK(!set_rules(&harness, RULES("q", "exit", "first_come", "")));
    CHECK(!publish(&harness, "q", NOW_S + HOUR_S, 1, 4));
    CHECK(!set_rules(&harness, "{\"id\":\"q\",\"direction\":\"exit\",\"rule_set\":\"new\","
                               "\"release\":\"first_come\",\"discipline\":\"quota\","
                               "\"categories\":[{\"id\":\"a\",\"weight\":1,\"share_max\":25}]}"));
    CHECK(!publish(&harness, "q", NOW_S + 2 * HOUR_S, 1, 4));
    for (uint64_t i = 1; i <= 4; i++) {
        struct command book = booking(COMMAND_book, "q", i, i);
        book.slot_s = NOW_S + HOUR_S;
        CHECK(!apply(&harness, book, NULL));
        book = booking(COMMAND_book, "q", 10 + i, 10 + i);
        book.slot_s = NOW_S + 2 * HOUR_S;
        CHECK_INT_EQ(apply(&harness, book, NULL), i == 1 ? REFUSAL_none : REFUSAL_category_full);
    }
    harness_close(&harness);
}

/* ---- previews ---- */

static void preview_is_what_happens(void)
{
    struct harness harness;
    struct result result;
    struct change *changes = NULL;
    struct buffer before = {0}, after = {0};
    uint32_t count = 0;
    harness_open(&harness);
    CHECK(!set_rules(&harness, RULES("q", "exit", "first_come", "")));
    CHECK(!publish(&harness, "q", NOW_S + HOUR_S, 4, 5));
    for (uint64_t i = 1; i <= 12; i++) {
        struct command book = booking(COMMAND_book_next, "q", i, i);
        CHECK(!apply(&harness, book, NULL));
    }
    struct command commands[2] = {
        {.kind = COMMAND_capacity_set, .queue = "q", .unit = "count", .amount = 2},
        {.kind = COMMAND_close, .queue = "q"}};
    for (int i = 0; i < 2; i++) {
        commands[i].time_s = NOW_S;
        commands[i].from_s = NOW_S;
        commands[i].until_s = NOW_S + 3 * HOUR_S;
        buffer_reset(&before);
        buffer_reset(&after);
        CHECK(!queue_save(harness.state, &before));
        CHECK(!queue_preview(harness.state, &commands[i], &changes, &count));
        CHECK(!queue_save(harness.state, &after));
        CHECK(before.size == after.size && memcmp(before.bytes, after.bytes, after.size) == 0);
        CHECK(!apply(&harness, commands[i], &result));
        CHECK(count > 0);
        CHECK_INT_EQ(result.change_count, count);
        for (uint32_t j = 0; j < count && j < result.change_count; j++) {
            CHECK_INT_EQ(changes[j].place, result.changes[j].place);
            CHECK_INT_EQ(changes[j].slot_s, result.changes[j].slot_s);
            CHECK_INT_EQ(changes[j].old_slot_s, result.changes[j].old_slot_s);
            CHECK_INT_EQ(changes[j].reason, result.changes[j].reason);
        }
        CHECK(result.data_hash != 0);
        free(changes);
    }
    struct command wrong = {.kind = COMMAND_book, .queue = "q"};
    CHECK_INT_EQ(queue_preview(harness.state, &wrong, &changes, &count), ZHOL_ERROR_USAGE);
    snprintf(commands[0].queue, sizeof commands[0].queue, "nowhere");
    CHECK_INT_EQ(queue_preview(harness.state, &commands[0], &changes, &count), ZHOL_ERROR_UNKNOWN);
    buffer_clear(&before);
    buffer_clear(&after);
    harness_close(&harness);
}

/* ---- reading ---- */

static void acceptance_by_hour(void)
{
    struct harness harness;
    uint32_t hours[4];
    harness_open(&harness);
    CHECK(!set_rules(&harness, RULES("q", "exit", "live", "")));
    for (uint64_t i = 1; i <= 6; i++) {
        CHECK(!apply(&harness, booking(COMMAND_join, "q", i, i), NULL));
        CHECK(!at_place(&harness, COMMAND_arrive, i));
    }
    CHECK(!apply(&harness,
                 (struct command){.kind = COMMAND_call_forward, .queue = "q", .amount = 6}, NULL));
    for (uint64_t i = 1; i <= 6; i++) {
        harness.now_s += i == 4 ? 2 * HOUR_S : 1;
        CHECK(!at_place(&harness, COMMAND_enter, i));
    }
    queue_accepted(harness.state, "q", harness.now_s, hours, 4);
    CHECK_INT_EQ(hours[3], 3);
    CHECK_INT_EQ(hours[2], 0);
    CHECK_INT_EQ(hours[1], 3);
    CHECK_INT_EQ(hours[0], 0);
    queue_accepted(harness.state, "nowhere", harness.now_s, hours, 4);
    CHECK_INT_EQ(hours[3], 0);
    struct queue_view view;
    queue_view(harness.state, 0, &view);
    CHECK_INT_EQ(view.entered_total, 6);
    CHECK_INT_EQ(view.called_total, 6);
    CHECK_INT_EQ(view.categories[0].by_state[PLACE_entered], 6);
    harness_close(&harness);
}

static void longest_waiting(void)
{
    struct harness harness;
    struct queue_view view;
    harness_open(&harness);
    CHECK(!set_rules(&harness, RULES("q", "exit", "live", "")));
    for (uint64_t i = 1; i <= 40; i++) {
        CHECK(!apply(&harness, booking(COMMAND_join, "q", i, i), NULL));
    }
    queue_view(harness.state, 0, &view);
    CHECK_INT_EQ(view.categories[0].oldest_arrived_s, 0);
    for (uint64_t i = 40; i >= 30; i--) {
        harness.now_s += 10;
        CHECK(!at_place(&harness, COMMAND_arrive, i));
    }
    queue_view(harness.state, 0, &view);
    CHECK_INT_EQ(view.categories[0].oldest_arrived_s, NOW_S + 10);
    CHECK(!at_place(&harness, COMMAND_cancel, 40));
    queue_view(harness.state, 0, &view);
    CHECK_INT_EQ(view.categories[0].oldest_arrived_s, NOW_S + 20);
    harness_close(&harness);
}

/* ---- turns ---- */

struct counting {
    uint64_t calls[4], total, weights[4], weight, worst;
};

/* After each call: how far is a category from its share, in hundredths of a call? */
static bool count_call(void *context, const struct place_view *view)
{
    struct counting *counting = context;
    counting->calls[view->category[0] - 'a']++;
    counting->total++;
    for (int i = 0; i < 4; i++) {
        double share =
            (double)counting->total * (double)counting->weights[i] / (double)counting->weight;
        double off = 100 * fabs((double)counting->calls[i] - share);
        counting->worst = off > (double)counting->worst ? (uint64_t)off : counting->worst;
    }
    return counting->total < 200;
}

/* While all four categories have somebody, each is always less than two calls from its share; with
 * a cycle it has had just its weight after each cycle. */
static void shares_hold_at_every_call(void)
{
    static const uint64_t weights[5][4] = {
        {80, 15, 4, 1}, {1, 1, 1, 5}, {25, 25, 25, 25}, {97, 1, 1, 1}, {7, 5, 3, 2}};
    for (int set = 0; set < 5; set++) {
        for (int cycle = 0; cycle < 2; cycle++) {
            struct harness harness;
            struct counting counting = {.weight = 0};
            char json[1024];
            int size = snprintf(json, sizeof json,
                                "{\"id\":\"q\",\"direction\":\"exit\",\"rule_set\":\"r\","
                                "\"release\":\"live\",\"discipline\":\"%s\",\"categories\":[",
                                cycle ? "cycle" : "quota");
            for (int i = 0; i < 4; i++) {
                counting.weights[i] = weights[set][i];
                counting.weight += weights[set][i];
                size += snprintf(json + size, sizeof json - (size_t)size,
                                 "%s{\"id\":\"%c\",\"weight\":%d}", i ? "," : "", 'a' + i,
                                 (int)weights[set][i]);
            }
            snprintf(json + size, sizeof json - (size_t)size, "]}");
            harness_open(&harness);
            CHECK(!set_rules(&harness, json));
            for (uint64_t i = 0; i < 800; i++) {
                struct command join = booking(COMMAND_join, "q", i + 1, i + 1);
                snprintf(join.category, sizeof join.category, "%c", (int)('a' + i % 4));
                struct result result;
                harness_apply(&harness, &join, &result);
                CHECK(!result.refusal);
            }
            queue_order(harness.state, "q", 1u << PLACE_booked, count_call, &counting);
            CHECK_INT_EQ(counting.total, 200);
            CHECK(cycle || counting.worst < 200);
            for (int i = 0; cycle && i < 4; i++) {
                uint64_t cycles = counting.total / counting.weight;
                CHECK(counting.calls[i] >= cycles * counting.weights[i] &&
                      counting.calls[i] <= (cycles + 1) * counting.weights[i]);
            }
            harness_close(&harness);
        }
    }
}

/* ---- bad data changes nothing ---- */

static void bad_data_is_refused(void)
{
    static const char *const slots[] = {
        "",
        "{}",
        "[]",
        "{\"slots\":[]}",
        "{\"slots\":[{\"start\":10,\"end\":10,\"capacity\":1}]}",
        "{\"slots\":[{\"start\":10,\"end\":20,\"capacity\":-1}]}",
        "{\"slots\":[{\"start\":10,\"end\":20,\"capacity\":1,\"shares\":{\"b\":1}}]}",
        "{\"slots\":[{\"start\":10,\"end\":20,\"capacity\":1,\"shares\":{\"a\":2}}]}",
        "{\"slots\":[{\"start\":10,\"end\":20,\"capacity\":1,\"more\":1}]}",
        ("{\"slots\":[{\"start\":10,\"end\":20,\"capacity\":1},{\"start\":10,\"end\":20,"
         "\"capacity\":1}]}"),
        "{\"slots\":[{\"start\":5000000000,\"end\":5000000001,\"capacity\":1}]}",
    };
    struct harness harness;
    struct buffer before = {0}, after = {0};
    harness_open(&harness);
    CHECK(!set_rules(&harness, RULES("q", "exit", "first_come", "")));
    CHECK(!queue_save(harness.state, &before));
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++) {
        struct command command = {
            .kind = COMMAND_slots_publish, .queue = "q", .data = text_view_of(slots[i])};
        CHECK_INT_EQ(apply(&harness, command, NULL), REFUSAL_bad_data);
    }
    struct command command = {.kind = COMMAND_anchor, .queue = "q"};
    CHECK_INT_EQ(apply(&harness, command, NULL), REFUSAL_bad_data);
    command = booking(COMMAND_book, "q", 1, 1);
    command.time_s = INT64_C(1) << 40;
    struct result result;
    CHECK(!queue_apply(harness.state, &command, &(struct given){.known = true}, &result));
    CHECK_INT_EQ(result.refusal, REFUSAL_bad_data);
    CHECK(!queue_save(harness.state, &after));
    CHECK(before.size == after.size && memcmp(before.bytes, after.bytes, after.size) == 0);
    buffer_clear(&before);
    buffer_clear(&after);
    harness_close(&harness);
}

/* Every byte of a snapshot cut off or changed: refused, or a whole state. */
static void damaged_snapshots(void)
{
    struct harness harness;
    struct buffer bytes = {0};
    uint32_t refused = 0;
    harness_open(&harness);
    CHECK(!set_rules(&harness, RULES("q", "exit", "first_come", ",\"edit\":[\"driver_add\"]")));
    CHECK(!publish(&harness, "q", NOW_S + HOUR_S, 2, 2));
    CHECK(!apply(&harness, booking(COMMAND_book_next, "q", 1, 1), NULL));
    CHECK(!apply(&harness, booking(COMMAND_book_next, "q", 2, 2), NULL));
    CHECK(!queue_save(harness.state, &bytes));
    for (uint32_t i = 0; i < bytes.size; i++) {
        struct queue_state *copy = NULL;
        char why[200];
        CHECK(queue_load("made", (struct text_view){bytes.bytes, i}, &copy) != ZHOL_ERROR_OK);
        bytes.bytes[i] ^= 0x41;
        if (queue_load("made", (struct text_view){bytes.bytes, (uint32_t)bytes.size}, &copy)) {
            refused++;
            CHECK(copy == NULL);
        } else {
            CHECK(queue_verify(copy, why, sizeof why));
            queue_free(copy);
        }
        bytes.bytes[i] ^= 0x41;
    }
    CHECK(refused > bytes.size / 4);
    buffer_clear(&bytes);
    harness_close(&harness);
}

/* ---- a full slot of many ---- */

/* 200,000 bookings in one slot, each with its position. How fast they are is measured by
 * bench_queue; were each to look at all others, this test would take minutes. */
static void a_full_slot_of_many(void)
{
    enum { PLACES = 200000 };
    struct harness harness;
    const struct given given = {.known = true, .claimed = true};
    struct result result;
    harness_open(&harness);
    CHECK(!set_rules(&harness, RULES("q", "exit", "first_come", "")));
    CHECK(!publish(&harness, "q", NOW_S + HOUR_S, 1, PLACES));
    for (uint64_t i = 1; i <= PLACES; i++) {
        struct command book = booking(COMMAND_book, "q", i * 7, i * 3);
        book.time_s = NOW_S;
        book.slot_s = NOW_S + HOUR_S;
        book.driver = i * 11;
        CHECK(!queue_apply(harness.state, &book, &given, &result) && !result.refusal);
        if (result.position != i - 1) {
            CHECK_INT_EQ(result.position, i - 1);
            break;
        }
    }
    struct command late = booking(COMMAND_book, "q", 1000003, 1000003);
    late.slot_s = NOW_S + HOUR_S;
    CHECK_INT_EQ(apply(&harness, late, NULL), REFUSAL_slot_full);
    harness_close(&harness);
}

int main(void)
{
    RUN(claims_by_direction);
    RUN(claims_are_not_believed);
    RUN(swaps_are_found);
    RUN(rules_change_while_people_wait);
    RUN(shares_stay_with_their_slot);
    RUN(preview_is_what_happens);
    RUN(acceptance_by_hour);
    RUN(longest_waiting);
    RUN(shares_hold_at_every_call);
    RUN(bad_data_is_refused);
    RUN(damaged_snapshots);
    RUN(a_full_slot_of_many);
    return check_report();
}
