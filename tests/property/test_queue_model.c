/* The fold of a queue against a model that looks at everything (queue_model.h): random rules,
 * random commands; after each, the refusal, every place, the order of all who wait and what the
 * slots hold must be the same, every invariant must hold, and a state read back from its snapshot
 * goes on. `property_test_queue_model ROOT --seed N` plays one seed and prints its commands.
 */
#include "check.h"
#include "queue_harness.h"
#include "queue_model.h"

#include "base/random.h"

enum { STEPS = 500, START_S = 1700000000 };

struct play {
    struct harness harness;
    struct model model;
    struct random_stream random;
    uint64_t seed, next_place;
    int64_t now_s;
    uint32_t vehicles;
    uint64_t near; /* a place at one of its limits just now; 0: none */
    enum command_kind near_kind;
    bool loud, failed;
    uint32_t step;
};

static uint32_t below(struct play *play, uint32_t n)
{
    return random_below(&play->random, n);
}

static bool chance(struct play *play, uint32_t percent)
{
    return below(play, 100) < percent;
}

static void fail(struct play *play, const char *what, const char *detail)
{
    if (!play->failed) {
        CHECK_FAIL("seed %" PRIu64 ", step %u: %s: %s (replay: --seed %" PRIu64 ")", play->seed,
                   play->step, what, detail, play->seed);
    }
    play->failed = true;
}

/* ---- rules ---- */

static void maybe(struct play *play, struct buffer *json, const char *name, uint32_t percent,
                  uint32_t low, uint32_t high)
{
    if (chance(play, percent)) {
        buffer_printf(json, ",\"%s\":%u", name, low + below(play, high - low + 1));
    }
}

static void make_rules(struct play *play, struct buffer *json)
{
    static const char *const lates[] = {"block", "requeue", "forfeit"};
    bool live = chance(play, 35);
    uint32_t categories = 1 + below(play, 4);
    buffer_printf(json,
                  "{\"queues\":[{\"id\":\"q\",\"direction\":\"exit\",\"rule_set\":\"made\","
                  "\"release\":\"%s\",\"discipline\":\"%s\",\"late\":\"%s\",\"call_absent\":%s,"
                  "\"categories\":[",
                  live ? "live" : "first_come", chance(play, 50) ? "quota" : "cycle",
                  lates[below(play, 3)], live && chance(play, 50) ? "true" : "false");
    for (uint32_t i = 0; i < categories; i++) {
        bool out = chance(play, 12);
        buffer_printf(json,
                      "%s{\"id\":\"c%u\",\"weight\":%u,\"rank\":%u,\"share_max\":%u,"
                      "\"out_of_turn\":%s}",
                      i ? "," : "", i, out ? 0 : below(play, 6), categories - i,
                      chance(play, 50) ? 100 : below(play, 101), out ? "true" : "false");
    }
    buffer_printf(json, "],\"edit\":[%s]",
                  chance(play, 40)   ? "\"driver_add\",\"vehicle\",\"slot\""
                  : chance(play, 50) ? "\"driver\",\"slot\""
                                     : "");
    maybe(play, json, "arrive_early_s", 50, 0, 20000);
    maybe(play, json, "arrive_late_s", 70, 0, 5000);
    maybe(play, json, "call_late_s", 70, 0, 4000);
    maybe(play, json, "postpone_max", 50, 0, 3);
    maybe(play, json, "postpone_before_s", 30, 0, 5000);
    maybe(play, json, "swap_postpones", 50, 0, 2);
    maybe(play, json, "cancel_before_s", 50, 0, 9000);
    maybe(play, json, "cancel_max", 50, 1, 3);
    maybe(play, json, "no_show_max", 60, 0, 3);
    maybe(play, json, "no_show_window_s", 50, 0, 90000);
    maybe(play, json, "block_s", 50, 0, 30000);
    maybe(play, json, "appeal_s", 50, 0, 30000);
    maybe(play, json, "horizon_s", 40, 3600, 60000);
    buffer_string(json, ",\"fees\":[{\"what\":\"deposit\",\"when\":\"book\",\"amount\":500,"
                        "\"currency\":\"KZT\",\"refund\":\"arrive\",\"forfeit_after\":2}]}]}");
}

/* ---- commands ---- */

static uint64_t some_place(struct play *play)
{
    if (play->near && chance(play, 80)) {
        return play->near;
    }
    uint32_t count = (uint32_t)play->model.place_count;
    if (count == 0 || chance(play, 2)) {
        return 999999;
    }
    uint32_t recent = count > 20 ? 20 : count;
    uint32_t at = chance(play, 80) ? count - 1 - below(play, recent) : below(play, count);
    return play->model.places[at].id;
}

static int64_t some_slot(struct play *play)
{
    const struct model *model = &play->model;
    if (model->slot_count == 0 || chance(play, 5)) {
        return play->now_s + below(play, 20000);
    }
    int first = 0;
    while (first + 1 < model->slot_count && model->slots[first].end_s <= play->now_s) {
        first++;
    }
    uint32_t left = (uint32_t)(model->slot_count - first);
    return model->slots[first + (int)below(play, left < 8 ? left : 8)].start_s;
}

/* Kinds and how often each is drawn. */
static const struct {
    enum command_kind kind;
    uint32_t times;
} mix[] = {{COMMAND_book, 14},      {COMMAND_book_next, 14},   {COMMAND_join, 20},
           {COMMAND_driver_add, 4}, {COMMAND_vehicle_swap, 4}, {COMMAND_postpone, 8},
           {COMMAND_cancel, 5},     {COMMAND_arrive, 22},      {COMMAND_call_forward, 10},
           {COMMAND_enter, 10},     {COMMAND_clear, 7},        {COMMAND_refuse, 2},
           {COMMAND_no_show, 4},    {COMMAND_sweep, 6},        {COMMAND_appeal, 5},
           {COMMAND_decide, 5},     {COMMAND_capacity_set, 3}, {COMMAND_close, 2},
           {COMMAND_reopen, 2},     {COMMAND_slots_publish, 6}};

static enum command_kind some_kind(struct play *play)
{
    bool live = play->model.rules.release == RELEASE_live;
    for (;;) {
        uint32_t at = below(play, sizeof mix / sizeof *mix);
        enum command_kind kind = mix[at].kind;
        bool odd = live ? kind == COMMAND_book || kind == COMMAND_book_next : kind == COMMAND_join;
        if (below(play, 22) < mix[at].times && (!odd || chance(play, 3))) {
            return kind;
        }
    }
}

/* To the last second of a limit of some place or the first one behind it, where that is soon; then
 * mostly comes the command that the limit is about. */
static void go_to_limit(struct play *play)
{
    const struct queue_rules *rules = &play->model.rules;
    const struct model_place *place = model_find(&play->model, some_place(play));
    const int64_t limits_s[] = {rules->arrive_late_s, -rules->arrive_early_s,
                                -rules->postpone_before_s, -rules->cancel_before_s};
    static const enum command_kind about[] = {COMMAND_arrive, COMMAND_arrive, COMMAND_postpone,
                                              COMMAND_cancel};
    uint32_t which = below(play, 4);
    if (!place) {
        return;
    }
    int64_t at_s = place->key_s + limits_s[which];
    play->near_kind = about[which];
    if (place->state == PLACE_called) {
        at_s = place->called_s + rules->call_late_s;
        play->near_kind = COMMAND_no_show;
    } else if (place->ended_s && rules->appeal_s >= 0) {
        at_s = place->ended_s + rules->appeal_s;
        play->near_kind = COMMAND_appeal;
    }
    at_s += below(play, 2);
    if (at_s > play->now_s && at_s < play->now_s + 6000) {
        play->near = place->id;
        play->now_s = at_s;
    }
}

static void pass_time(struct play *play)
{
    play->near = 0;
    if (chance(play, 40)) {
        return;
    }
    if (chance(play, 30)) {
        go_to_limit(play);
    } else {
        play->now_s += chance(play, 90) ? below(play, 900) : below(play, 9000);
    }
}

static struct command some_command(struct play *play)
{
    pass_time(play);
    bool near = play->near && chance(play, 60);
    struct command command = {.kind = near ? play->near_kind : some_kind(play),
                              .role = ROLE_officer};
    bool books = command.kind == COMMAND_book || command.kind == COMMAND_book_next ||
                 command.kind == COMMAND_join;
    command.time_s = chance(play, 5) ? play->now_s - below(play, 5000) : play->now_s;
    memcpy(command.queue, "q", 2);
    command.place = books && !chance(play, 2) ? play->next_place++ : some_place(play);
    if (books || command.kind == COMMAND_vehicle_swap) {
        command.vehicle = 1 + below(play, play->vehicles);
    }
    if (books || command.kind == COMMAND_driver_add) {
        command.driver = 101 + below(play, play->vehicles);
    }
    if (books || chance(play, 50)) {
        command.role = ROLE_carrier;
        command.carrier = 201 + below(play, 2);
        const struct model_place *place = model_find(&play->model, command.place);
        command.carrier = place && chance(play, 90) ? place->carrier : command.carrier;
    }
    snprintf(command.category, sizeof command.category, "c%u",
             below(play, play->model.rules.category_count + chance(play, 2)));
    command.slot_s = play->model.rules.release == RELEASE_live
                         ? play->now_s + below(play, 20000) - 5000
                         : some_slot(play);
    command.from_s = command.kind == COMMAND_book_next && chance(play, 60) ? 0 : some_slot(play);
    command.until_s = chance(play, 15) && command.kind == COMMAND_close
                          ? 0
                          : command.from_s + 1 + below(play, 15000);
    command.amount = command.kind == COMMAND_call_forward ? 1 + below(play, 4) : below(play, 140);
    bool percent = chance(play, 60);
    command.amount =
        command.kind == COMMAND_capacity_set && !percent ? below(play, 6) : command.amount;
    snprintf(command.unit, sizeof command.unit, "%s",
             command.kind == COMMAND_decide ? chance(play, 75) ? "upheld" : "rejected"
             : percent                      ? "percent"
                                            : "count");
    return command;
}

/* A property that is never tried holds always: how often each command was done and each refusal
 * met.
 */
static uint32_t done[COMMAND_COUNT], refused[REFUSAL_COUNT], reasons[CHANGE_REASON_COUNT];

static void count(enum command_kind kind, const struct result *result)
{
    if (result->refusal) {
        refused[result->refusal]++;
    } else {
        done[kind]++;
    }
    for (uint32_t i = 0; i < result->change_count; i++) {
        reasons[result->changes[i].reason]++;
    }
}

/* One new slot after the last, or a known one with another capacity. */
static enum refusal publish(struct play *play, struct command *command)
{
    struct model *model = &play->model;
    struct buffer json = {0};
    struct result result;
    int64_t start_s = START_S + 3600 * (int64_t)below(play, MODEL_SLOTS);
    int64_t capacity = below(play, 6);
    int64_t now_s = command->time_s > model->now_s ? command->time_s : model->now_s;
    if (chance(play, 70)) {
        start_s = START_S;
        while (model_slot_at(model, start_s) >= 0 && start_s < START_S + 3600 * (MODEL_SLOTS - 1)) {
            start_s += 3600;
        }
    }
    if (play->loud) {
        fprintf(stderr, "  slot %+lld of %lld\n", (long long)(start_s - START_S),
                (long long)capacity);
    }
    buffer_printf(&json, "{\"slots\":[{\"start\":%lld,\"end\":%lld,\"capacity\":%lld}]}",
                  (long long)start_s, (long long)start_s + 3600, (long long)capacity);
    command->data = (struct text_view){json.bytes, (uint32_t)json.size};
    model->now_s = now_s;
    model_publish(model, start_s, start_s + 3600, capacity);
    harness_apply(&play->harness, command, &result);
    buffer_clear(&json);
    count(command->kind, &result);
    return result.refusal;
}

/* ---- comparing ---- */

struct order {
    struct play *play;
    bool shown[MODEL_PLACES];
    int64_t credits[RULES_CATEGORY_MAX];
    uint32_t positions[RULES_CATEGORY_MAX];
};

static bool compare_next(void *context, const struct place_view *view)
{
    struct order *order = context;
    const struct model *model = &order->play->model;
    int next = model_turn(model, order->credits, true, order->shown);
    if (next < 0 || model->places[next].id != view->place) {
        char detail[120];
        snprintf(detail, sizeof detail, "%" PRIu64 " stands next, should be %" PRIu64, view->place,
                 next < 0 ? 0 : model->places[next].id);
        fail(order->play, "order", detail);
        return false;
    }
    if (view->position != order->positions[model->places[next].category]++) {
        fail(order->play, "order", "another position");
        return false;
    }
    order->shown[next] = true;
    return true;
}

static bool compare_slot(void *context, const struct slot_view *view)
{
    struct play *play = context;
    const struct model *model = &play->model;
    int at = model_slot_at(model, view->start_s);
    bool closed = at >= 0 && model_closed(model, at);
    if (at < 0 || view->taken != model_taken(model, at, -1) ||
        (!closed && view->capacity != model->slots[at].capacity)) {
        fail(play, "slot", "capacity or taken differ");
        return false;
    }
    for (uint32_t i = 0; i < model->rules.category_count; i++) {
        int64_t most = model->slots[at].most[i];
        if (view->category_taken[i] != model_taken(model, at, (int)i) ||
            view->category_capacity[i] != (most > UINT32_MAX ? UINT32_MAX : (uint32_t)most)) {
            fail(play, "slot", "a category differs");
            return false;
        }
    }
    return true;
}

static void compare_places(struct play *play)
{
    for (int i = 0; i < play->model.place_count; i++) {
        const struct model_place *place = &play->model.places[i];
        struct place_view view;
        char detail[160];
        int64_t slot_s = place->slot < 0 ? 0 : play->model.slots[place->slot].start_s;
        if (queue_place(play->harness.state, place->id, &view)) {
            fail(play, "place", "not there");
        } else if (view.state != place->state || view.slot_s != slot_s ||
                   view.vehicle != place->vehicle || view.driver_count != place->driver_count) {
            snprintf(detail, sizeof detail,
                     "place %" PRIu64 " is %s at %+lld, should be %s at %+lld", place->id,
                     place_state_name(view.state), (long long)(view.slot_s - START_S),
                     place_state_name(place->state), (long long)(slot_s - START_S));
            fail(play, "place", detail);
        }
    }
}

static void compare(struct play *play)
{
    struct order order = {.play = play};
    char why[200];
    uint32_t waits = 1u << PLACE_booked | 1u << PLACE_arrived;
    memcpy(order.credits, play->model.credits, sizeof order.credits);
    compare_places(play);
    queue_order(play->harness.state, "q", waits, compare_next, &order);
    if (!play->failed && model_turn(&play->model, order.credits, true, order.shown) >= 0) {
        fail(play, "order", "somebody is missing");
    }
    queue_slots(play->harness.state, "q", 0, INT64_MAX, compare_slot, play);
    if (!queue_verify(play->harness.state, why, sizeof why)) {
        fail(play, "invariant", why);
    }
}

/* The state goes on as read back from its snapshot. */
static void reload(struct play *play)
{
    struct buffer bytes = {0}, again = {0};
    struct queue_state *copy = NULL;
    if (queue_save(play->harness.state, &bytes) ||
        queue_load("made", (struct text_view){bytes.bytes, (uint32_t)bytes.size}, &copy) ||
        queue_save(copy, &again) || again.size != bytes.size ||
        memcmp(again.bytes, bytes.bytes, bytes.size) != 0) {
        fail(play, "snapshot", "not the same state");
    } else {
        queue_free(play->harness.state);
        play->harness.state = copy;
        copy = NULL;
    }
    queue_free(copy);
    buffer_clear(&bytes);
    buffer_clear(&again);
}

static bool start(struct play *play)
{
    struct buffer json = {0};
    struct result result;
    uint32_t count = 0;
    struct queue_rules rules[RULES_QUEUE_MAX];
    random_start(&play->random, play->seed, 0);
    play->now_s = START_S - 20000;
    play->next_place = 1000;
    play->vehicles = chance(play, 80) ? 14 : 60;
    harness_open(&play->harness);
    make_rules(play, &json);
    struct command command = {.kind = COMMAND_rules_set,
                              .time_s = play->now_s,
                              .data = {json.bytes, (uint32_t)json.size}};
    harness_apply(&play->harness, &command, &result);
    bool good = !result.refusal && !rules_read(command.data, rules, &count, NULL);
    if (play->loud) {
        fprintf(stderr, "%s\n", buffer_get(&json));
    }
    play->model.rules = rules[0];
    play->model.now_s = play->now_s;
    buffer_clear(&json);
    return good;
}

static void step(struct play *play)
{
    struct command command = some_command(play);
    struct result result = {0};
    enum refusal want = REFUSAL_none, got;
    char detail[160];
    uint32_t marks = play->harness.mark_count;
    if (command.kind == COMMAND_slots_publish) {
        got = publish(play, &command);
    } else {
        harness_apply(&play->harness, &command, &result);
        got = result.refusal;
        count(command.kind, &result);
        want = model_apply(&play->model, &command, &play->harness.given);
    }
    if (play->loud) {
        fprintf(stderr,
                "%u %+lld %s place %" PRIu64 " vehicle %" PRIu64 " driver %" PRIu64
                " slot %+lld from %+lld until %+lld amount %lld %s %s: %s\n",
                play->step, (long long)(command.time_s - START_S), command_name(command.kind),
                command.place, command.vehicle, command.driver,
                (long long)(command.slot_s - START_S), (long long)(command.from_s - START_S),
                (long long)(command.until_s - START_S), (long long)command.amount, command.category,
                command.unit, refusal_name(got));
    }
    if (got != want) {
        snprintf(detail, sizeof detail, "%s says %s, the model %s", command_name(command.kind),
                 refusal_name(got), refusal_name(want));
        fail(play, "refusal", detail);
    }
    const struct model_place *place = model_find(&play->model, command.place);
    if (command.kind == COMMAND_cancel && !got && place &&
        place->marked != (play->harness.mark_count > marks)) {
        fail(play, "mark", "of a late cancel");
    }
    compare(play);
}

static bool play_seed(uint64_t seed, bool loud)
{
    struct play *play = calloc(1, sizeof *play);
    if (!play) {
        return false;
    }
    play->seed = seed;
    play->loud = loud;
    if (!start(play)) {
        fail(play, "rules", "refused");
    }
    for (play->step = 0; play->step < STEPS && !play->failed; play->step++) {
        if (play->model.place_count >= MODEL_PLACES - 1) {
            break;
        }
        step(play);
        if (play->step % 50 == 49 && !play->failed) {
            reload(play);
        }
    }
    bool good = !play->failed;
    harness_close(&play->harness);
    free(play);
    return good;
}

static uint64_t only_seed;
static bool one_seed;
static uint32_t seed_count = 600;

static void fold_equals_model(void)
{
    uint32_t seeds = 0;
    if (one_seed) {
        play_seed(only_seed, true);
        return;
    }
    while (seeds < seed_count && play_seed(seeds + 1, false)) {
        seeds++;
    }
    CHECK_INT_EQ(seeds, seed_count);
}

static void everything_was_tried(void)
{
    static const enum refusal met[] = {
        REFUSAL_unknown_place,  REFUSAL_unknown_slot, REFUSAL_unknown_category,
        REFUSAL_already_active, REFUSAL_slot_full,    REFUSAL_no_slot,
        REFUSAL_category_full,  REFUSAL_too_early,    REFUSAL_too_late,
        REFUSAL_closed,         REFUSAL_blocked,      REFUSAL_limit_reached,
        REFUSAL_not_editable,   REFUSAL_wrong_state,  REFUSAL_wrong_release,
        REFUSAL_not_yours,      REFUSAL_duplicate,    REFUSAL_nobody_waits};
    static const enum change_reason told[] = {CHANGE_asked,
                                              CHANGE_called,
                                              CHANGE_moved_by_capacity,
                                              CHANGE_moved_by_closure,
                                              CHANGE_missed_slot,
                                              CHANGE_missed_call,
                                              CHANGE_upheld,
                                              CHANGE_rejected,
                                              CHANGE_taken_out_of_turn,
                                              CHANGE_taken_in_turn};
    if (one_seed || seed_count < 600) {
        return;
    }
    for (size_t i = 0; i < sizeof mix / sizeof *mix; i++) {
        if (done[mix[i].kind] < 100) {
            CHECK_FAIL("%s was done %u times", command_name(mix[i].kind), done[mix[i].kind]);
        }
    }
    for (size_t i = 0; i < sizeof met / sizeof *met; i++) {
        if (refused[met[i]] < 100) {
            CHECK_FAIL("%s was met %u times", refusal_name(met[i]), refused[met[i]]);
        }
    }
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        if (reasons[told[i]] < 100) {
            CHECK_FAIL("%s was told %u times", change_reason_name(told[i]), reasons[told[i]]);
        }
    }
}

int main(int argc, char **argv)
{
    if (argc > 3 && strcmp(argv[2], "--seed") == 0) {
        one_seed = true;
        only_seed = strtoull(argv[3], NULL, 10);
    }
    if (argc > 3 && strcmp(argv[2], "--seeds") == 0) {
        seed_count = (uint32_t)strtoul(argv[3], NULL, 10);
    }
    RUN(fold_equals_model);
    RUN(everything_was_tried);
    return check_report();
}
