/* The whole operation in a simulated world: two checkpoints, clients, a network, a clock and a
 * disk, all drawn from one seed.
 *
 * Clients send commands with keys, lose answers, send again, send twice; messages overtake each
 * other; the clock jumps both ways; the disk fails in any write or commit, where a failed commit
 * may have become durable or not; the power goes. After each step:
 *  - every invariant of every queue holds (operation_options.verify), and the claims in the store
 *    are just those of the active places: no vehicle and no driver has two over all checkpoints;
 *  - nobody present with an earlier slot, of the same category, is left behind by a call;
 *  - what was answered is in the journal with the same hash; the same key gets the same bytes.
 * At the end every client gets every answer, each key stands once in the journal, and the states
 * are the same bytes when they are folded without snapshots.
 *
 * `property_test_queue_simulation ROOT --seed N` plays one seed and prints it; `--seeds N` plays as
 * many as there is time for. The test is shown to be able to fail: a disk that keeps what was not
 * committed, or that loses commits, must be found within a few seeds.
 */
#include "check.h"

#include <sodium.h>

#include "base/map.h"
#include "base/random.h"
#include "operate/operation.h"
#include "operate/rules.h"
#include "store_sim.h"

enum {
    STEPS = 180,
    WISHES = 250,
    CARRIERS = 2,
    VEHICLES = 12,
    START_S = 1700000000,
    HOUR_S = 3600,
    KEEP = 12 /* snapshots are taken so often */
};

static const char *const streams[] = {"nur", "kolzhat"};
static const char *const queues[] = {"nur-exit", "kolzhat-exit"};

/* What a client wants: one command with one key, until it knows the answer. */
struct world;
struct wish {
    struct world *world;
    struct command command;
    char key[24];
    char data[256];
    bool sent, known;
    uint32_t flying; /* copies on their way or in the inbox */
    uint64_t seq;
    uint8_t hash[HASH_SIZE];
    enum refusal refusal;
};

struct world {
    uint64_t seed;
    struct random_stream random;
    struct sim_disk disk;
    struct store *store;
    struct operation *operation;
    int64_t clock_s;
    struct wish wishes[WISHES];
    uint32_t wish_count;
    uint32_t network[WISHES * 2]; /* wishes on their way */
    uint32_t network_count;
    uint64_t next_id;
    enum release release[2];
    uint32_t round[2]; /* number of the last one opened */
    bool loud, failed, bad_disk;
    uint32_t step;
};

static struct {
    uint64_t commands, done[COMMAND_COUNT], repeated, crashes, failed_writes, kept_commits,
        lost_commits, calls;
} seen;

static uint32_t below(struct world *world, uint32_t n)
{
    return random_below(&world->random, n);
}

static bool chance(struct world *world, uint32_t percent)
{
    return below(world, 100) < percent;
}

static void fail(struct world *world, const char *what, const char *detail)
{
    if (!world->failed && !world->bad_disk) {
        CHECK_FAIL("seed %" PRIu64 ", step %u: %s %s (replay: --seed %" PRIu64 ")", world->seed,
                   world->step, what, detail, world->seed);
    }
    world->failed = true;
}

/* ---- the operation, and its end ---- */

static int64_t world_clock(void *context)
{
    return ((struct world *)context)->clock_s;
}

/* Nobody of the same category who is there with an earlier slot may be left waiting. */
struct left_behind {
    const struct place_view *called;
    bool found;
};

static bool see_waiting(void *context, const struct place_view *view)
{
    struct left_behind *left = context;
    left->found = left->found ||
                  (strcmp(view->category, left->called->category) == 0 && view->slot_s &&
                   view->slot_s < left->called->slot_s && view->arrived_s < left->called->called_s);
    return true;
}

static void hear(void *context, const struct entry *entry, struct text_view bytes)
{
    struct world *world = context;
    (void)bytes;
    if (entry->command.kind != COMMAND_call_forward || entry->result.refusal) {
        return;
    }
    seen.calls++;
    operation_read(world->operation);
    const struct queue_state *state = operation_queue(world->operation, entry->stream);
    for (uint32_t i = 0; state && i < entry->result.change_count; i++) {
        struct place_view called;
        struct left_behind left = {.called = &called};
        if (queue_place(state, entry->result.changes[i].place, &called) || !called.slot_s ||
            called.state != PLACE_called) {
            continue; /* went on within the same group */
        }
        queue_order(state, called.queue, 1u << PLACE_arrived, see_waiting, &left);
        if (left.found) {
            fail(world, "overtaken without a rule in", entry->stream);
        }
    }
    operation_read_end(world->operation);
}

static void open_world(struct world *world)
{
    struct zhol_report report;
    const struct operation_options options = {.clock = world_clock,
                                              .clock_context = world,
                                              .group_max = 1 + below(world, 6),
                                              .snapshot_every = KEEP,
                                              .verify = true};
    zhol_report_init(&report, 0);
    world->disk.fail_in = -1;
    world->store = sim_open(&world->disk);
    world->operation = NULL;
    if (operation_open(world->store, &options, &report, &world->operation)) {
        fail(world, "the operation does not open:",
             report.count ? report.findings[0].expected : "no finding");
    } else {
        operation_listen(world->operation, hear, world);
    }
    zhol_report_clear(&report);
}

/* What is under way is lost; so is what was not committed. */
static void power_off(struct world *world)
{
    if (world->operation) {
        operation_close(world->operation);
    }
    world->operation = NULL;
    sim_undo(&world->disk);
    store_close(world->store);
    world->network_count = 0;
    for (uint32_t i = 0; i < world->wish_count; i++) {
        world->wishes[i].flying = 0;
    }
}

/* ---- clients ---- */

static void answered(void *context, const struct answer *answer)
{
    struct wish *wish = context;
    struct world *world = wish->world;
    wish->flying -= wish->flying > 0;
    if (answer->error) {
        return; /* not known: the client asks again */
    }
    if (wish->known &&
        (wish->seq != answer->seq || memcmp(wish->hash, answer->hash, HASH_SIZE) != 0)) {
        fail(world, "another answer for key", wish->key);
    }
    if (wish->known && !answer->repeated) {
        fail(world, "done twice: key", wish->key);
    }
    seen.repeated += answer->repeated;
    if (!wish->known && !answer->entry->result.refusal) {
        seen.done[answer->entry->command.kind]++;
    }
    wish->known = true;
    wish->seq = answer->seq;
    wish->refusal = answer->entry->result.refusal;
    memcpy(wish->hash, answer->hash, HASH_SIZE);
}

static struct wish *new_wish(struct world *world, enum command_kind kind, const char *stream)
{
    struct wish *wish = &world->wishes[world->wish_count++];
    *wish = (struct wish){.world = world};
    snprintf(wish->key, sizeof wish->key, "key-%u", world->wish_count);
    wish->command =
        (struct command){.kind = kind, .actor = 1 + world->wish_count % 3, .role = ROLE_officer};
    snprintf(wish->command.stream, sizeof wish->command.stream, "%s", stream);
    return wish;
}

/* The key is bound late, since wishes must not move. */
static void send(struct world *world, uint32_t at)
{
    if (world->network_count < WISHES * 2) {
        world->network[world->network_count++] = at;
        world->wishes[at].sent = true;
    }
}

static void deliver(struct world *world)
{
    if (!world->network_count) {
        return;
    }
    uint32_t pick = below(world, world->network_count);
    struct wish *wish = &world->wishes[world->network[pick]];
    if (!chance(world, 10)) { /* else it stays on the way as well: delivered twice */
        world->network[pick] = world->network[--world->network_count];
    }
    wish->command.key = text_view_of(wish->key);
    wish->command.data = text_view_of(wish->data);
    if (!operation_submit(world->operation, &wish->command, NULL, answered, wish)) {
        wish->flying++;
        seen.commands++;
    }
}

/* ---- what is wished ---- */

static uint64_t vehicle_id(uint32_t number)
{
    return 0x1000 + number;
}

static uint64_t driver_id(uint32_t number)
{
    return 0x2000 + number;
}

static uint64_t carrier_id(uint32_t number)
{
    return 0x3000 + number % CARRIERS;
}

static void wish_registrations(struct world *world)
{
    for (uint32_t i = 0; i < CARRIERS + 2 * VEHICLES; i++) {
        bool vehicle = i >= CARRIERS && i < CARRIERS + VEHICLES;
        uint32_t number = i < CARRIERS ? i : (i - CARRIERS) % VEHICLES;
        enum command_kind kind = i < CARRIERS ? COMMAND_carrier_register
                                 : vehicle    ? COMMAND_vehicle_register
                                              : COMMAND_driver_register;
        struct wish *wish = new_wish(world, kind, "registry");
        wish->command.carrier = carrier_id(number);
        wish->command.vehicle = vehicle ? vehicle_id(number) : 0;
        wish->command.driver = i >= CARRIERS && !vehicle ? driver_id(number) : 0;
    }
}

static const char rules_format[] =
    "{\"queues\":[{\"id\":\"%s\",\"direction\":\"exit\",\"rule_set\":\"%s\",\"release\":\"%s\","
    "\"discipline\":\"%s\",\"late\":\"%s\",\"arrive_late_s\":7200,\"call_late_s\":3600,"
    "\"no_show_max\":2,\"block_s\":20000,\"edit\":[\"driver_add\",\"vehicle\",\"slot\"],"
    "\"categories\":[{\"id\":\"a\",\"weight\":4},{\"id\":\"b\",\"weight\":1,\"share_max\":50}],"
    "\"fees\":[{\"what\":\"deposit\",\"when\":\"book\",\"amount\":100,\"currency\":\"KZT\","
    "\"refund\":\"arrive\",\"forfeit_after\":1}]}]}";

static char rules_text[2][1024];

static void wish_rules(struct world *world, uint32_t at)
{
    static const char *const lates[] = {"block", "requeue", "forfeit"};
    struct wish *wish = new_wish(world, COMMAND_rules_set, streams[at]);
    static const char *const releases[] = {"first_come", "round", "live"};
    uint32_t release = below(world, 4);
    world->release[at] = release < 3 ? (enum release)release : RELEASE_first_come;
    snprintf(rules_text[at], sizeof rules_text[at], rules_format, queues[at], streams[at],
             releases[world->release[at]], chance(world, 50) ? "quota" : "cycle",
             lates[below(world, 3)]);
    wish->command.role = ROLE_operator;
}

static void wish_slots(struct world *world, uint32_t at)
{
    struct wish *wish = new_wish(world, COMMAND_slots_publish, streams[at]);
    int64_t start_s = START_S / HOUR_S * HOUR_S + HOUR_S * (1 + (int64_t)below(world, 30));
    snprintf(wish->command.queue, sizeof wish->command.queue, "%s", queues[at]);
    snprintf(wish->data, sizeof wish->data,
             "{\"slots\":[{\"start\":%lld,\"end\":%lld,\"capacity\":%u},{\"start\":%lld,"
             "\"end\":%lld,\"capacity\":%u}]}",
             (long long)start_s, (long long)start_s + HOUR_S, below(world, 5),
             (long long)start_s + HOUR_S, (long long)start_s + 2 * HOUR_S, below(world, 5));
}

/* A place of an earlier wish, known or not yet. */
static uint64_t some_place(struct world *world, uint32_t *at)
{
    for (int i = 0; i < 40 && world->wish_count; i++) {
        uint32_t back = 1 + below(world, world->wish_count < 60 ? world->wish_count : 60);
        const struct wish *wish = &world->wishes[world->wish_count - back];
        if (wish->command.place && (!wish->known || !wish->refusal)) {
            *at = strcmp(wish->command.stream, streams[1]) == 0;
            return wish->command.place;
        }
    }
    return 1;
}

static void wish_booking(struct world *world, uint32_t at)
{
    enum command_kind kind = chance(world, 50) ? COMMAND_book_next : COMMAND_book;
    kind = world->release[at] == RELEASE_live    ? COMMAND_join
           : world->release[at] == RELEASE_round ? COMMAND_request
                                                 : kind;
    uint32_t vehicle = below(world, VEHICLES);
    struct wish *wish = new_wish(world, kind, streams[at]);
    wish->command.role = ROLE_carrier;
    wish->command.place = ++world->next_id;
    wish->command.vehicle = vehicle_id(vehicle);
    wish->command.driver = driver_id((vehicle + CARRIERS * below(world, VEHICLES)) % VEHICLES);
    wish->command.carrier = carrier_id(vehicle);
    wish->command.slot_s = START_S / HOUR_S * HOUR_S + HOUR_S * (1 + (int64_t)below(world, 30));
    snprintf(wish->command.queue, sizeof wish->command.queue, "%s", queues[at]);
    snprintf(wish->command.category, sizeof wish->command.category, chance(world, 70) ? "a" : "b");
}

static void write_seed(struct wish *wish, uint32_t number, bool hash)
{
    uint8_t seed[32], committed[32];
    char hex[65];
    crypto_generichash(seed, 32, (const uint8_t *)&number, sizeof number, NULL, 0);
    crypto_generichash(committed, 32, seed, 32, NULL, 0);
    sodium_bin2hex(hex, sizeof hex, hash ? committed : seed, 32);
    snprintf(wish->data, sizeof wish->data, "{\"%s\":\"%s\"}", hash ? "seed_hash" : "seed", hex);
}

static void wish_round(struct world *world, uint32_t at)
{
    bool opens = chance(world, 50);
    struct wish *wish =
        new_wish(world, opens ? COMMAND_round_open : COMMAND_round_draw, streams[at]);
    snprintf(wish->command.queue, sizeof wish->command.queue, "%s", queues[at]);
    wish->command.from_s = world->clock_s + HOUR_S;
    wish->command.until_s = world->clock_s + 8 * HOUR_S;
    world->round[at] += opens;
    write_seed(wish, world->round[at] - (chance(world, 10) ? 1 : 0), opens);
}

static void wish_for_queue(struct world *world, uint32_t at)
{
    static const enum command_kind kinds[] = {COMMAND_capacity_set, COMMAND_close, COMMAND_reopen,
                                              COMMAND_sweep};
    bool calls = chance(world, 70);
    struct wish *wish =
        new_wish(world, calls ? COMMAND_call_forward : kinds[below(world, 4)], streams[at]);
    struct command *command = &wish->command;
    snprintf(command->queue, sizeof command->queue, "%s", queues[at]);
    snprintf(command->unit, sizeof command->unit, chance(world, 50) ? "percent" : "count");
    command->from_s = world->clock_s + below(world, 20000);
    command->until_s = command->from_s + 1 + below(world, 20000);
    command->amount = calls ? 1 + below(world, 3) : below(world, 5) * 25;
}

/* Mostly what comes next for a place in its state, sometimes anything. */
static enum command_kind next_for(struct world *world, uint64_t place, uint32_t at)
{
    static const enum command_kind kinds[] = {
        COMMAND_arrive,   COMMAND_enter,        COMMAND_clear,     COMMAND_cancel,
        COMMAND_postpone, COMMAND_refuse,       COMMAND_no_show,   COMMAND_appeal,
        COMMAND_decide,   COMMAND_vehicle_swap, COMMAND_driver_add};
    struct place_view view;
    enum command_kind kind = kinds[below(world, sizeof kinds / sizeof *kinds)];
    operation_read(world->operation);
    const struct queue_state *state = operation_queue(world->operation, streams[at]);
    bool known = state && !queue_place(state, place, &view);
    operation_read_end(world->operation);
    if (!known || chance(world, 30)) {
        return kind;
    }
    switch (view.state) {
    case PLACE_booked:
        return chance(world, 80) ? COMMAND_arrive : COMMAND_postpone;
    case PLACE_called:
        return chance(world, 85) ? COMMAND_enter : COMMAND_no_show;
    case PLACE_entered:
        return COMMAND_clear;
    case PLACE_no_show:
    case PLACE_refused:
        return view.appeal ? COMMAND_decide : COMMAND_appeal;
    default:
        return kind;
    }
}

static void wish_for_place(struct world *world)
{
    uint32_t at = 0, number = below(world, VEHICLES);
    uint64_t place = some_place(world, &at);
    struct wish *wish = new_wish(world, next_for(world, place, at), streams[at]);
    struct command *command = &wish->command;
    command->place = place;
    command->vehicle = command->kind == COMMAND_vehicle_swap ? vehicle_id(number) : 0;
    command->driver = command->kind == COMMAND_driver_add ? driver_id(number) : 0;
    command->carrier = command->vehicle || command->driver ? carrier_id(number) : 0;
    command->slot_s = START_S / HOUR_S * HOUR_S + HOUR_S * (1 + (int64_t)below(world, 30));
    snprintf(command->unit, sizeof command->unit, chance(world, 80) ? "upheld" : "rejected");
}

static void make_wish(struct world *world)
{
    uint32_t at = below(world, 2), dice = below(world, 100);
    if (world->wish_count >= WISHES - 1) {
        return;
    }
    if (dice < 30) {
        wish_booking(world, at);
    } else if (dice < 33) {
        wish_slots(world, at);
    } else if (dice < 39 && world->release[at] == RELEASE_round) {
        wish_round(world, at);
    } else if (dice < 50) {
        wish_for_queue(world, at);
    } else {
        wish_for_place(world);
    }
    send(world, world->wish_count - 1);
}

/* ---- what must hold ---- */

struct active {
    struct world *world;
    const char *stream;
    char claims[WISHES * 4][160]; /* "scope key holder" */
    uint32_t count;
};

static void add_claim(struct active *active, const char *scope, uint64_t id, uint64_t place)
{
    char key[OPAQUE_TEXT_SIZE], holder[OPAQUE_TEXT_SIZE];
    opaque_write(id, key);
    opaque_write(place, holder);
    for (uint32_t i = 0; i < active->count; i++) {
        size_t size = strlen(scope);
        if (memcmp(active->claims[i], scope, size) == 0 &&
            memcmp(active->claims[i] + size + 1, key, 16) == 0) {
            fail(active->world, "two active places for", active->claims[i]);
        }
    }
    snprintf(active->claims[active->count++], sizeof *active->claims, "%s %s %s %s", scope, key,
             active->stream, holder);
}

static bool see_active(void *context, const struct place_view *view)
{
    struct active *active = context;
    add_claim(active, "vehicle", view->vehicle, view->place);
    for (uint32_t i = 0; i < view->driver_count; i++) {
        add_claim(active, "driver", view->drivers[i], view->place);
    }
    return !active->world->failed;
}

static void check_claims(struct world *world)
{
    static struct active active;
    uint32_t found = 0, states = 0;
    char text[160];
    active.world = world;
    active.count = 0;
    for (int i = 0; i < PLACE_STATE_COUNT; i++) {
        states |= place_active((enum place_state)i) ? 1u << i : 0;
    }
    operation_read(world->operation);
    for (uint32_t i = 0; i < 2; i++) {
        const struct queue_state *state = operation_queue(world->operation, streams[i]);
        active.stream = streams[i];
        if (state) {
            queue_order(state, queues[i], states, see_active, &active);
        }
    }
    operation_read_end(world->operation);
    for (uint32_t i = 0; i < world->disk.pair_count; i++) {
        const struct sim_pair *pair = &world->disk.pairs[i];
        bool ours = strcmp(pair->table, "cvehicle") == 0 || strcmp(pair->table, "cdriver") == 0;
        snprintf(text, sizeof text, "%s %.*s %.*s", pair->table + 1, (int)pair->key.size,
                 pair->key.bytes, (int)pair->value.size, pair->value.bytes);
        bool held = false;
        for (uint32_t j = 0; ours && j < active.count; j++) {
            held = held || strcmp(active.claims[j], text) == 0;
        }
        if (ours && !held) {
            fail(world, "a claim without an active place:", text);
        }
        found += ours;
    }
    if (found != active.count) {
        fail(world, "an active place without its claim", "");
    }
}

/* Acknowledged is durable: the entry stands in the journal with the hash of the answer, and its key
 * once. */
static void check_answers(struct world *world)
{
    for (uint32_t i = 0; i < world->wish_count; i++) {
        const struct wish *wish = &world->wishes[i];
        size_t size = strlen(wish->key);
        uint32_t times = 0;
        bool there = false;
        for (uint32_t j = 0; j < world->disk.entry_count; j++) {
            const struct sim_entry *entry = &world->disk.entries[j];
            bool same = entry->key.size == size + 17 &&
                        memcmp(entry->key.bytes + 17, wish->key, size) == 0 &&
                        strcmp(entry->stream, wish->command.stream) == 0;
            times += same;
            there = there || (same && entry->seq == wish->seq &&
                              memcmp(entry->hash, wish->hash, HASH_SIZE) == 0);
        }
        if (times > 1 || (wish->known && (!there || times != 1))) {
            fail(world, wish->known && !there ? "an answer was lost: key" : "not once: key",
                 wish->key);
        }
    }
}

static void check_world(struct world *world)
{
    if (!operation_stopped(world->operation) && !world->failed) {
        check_claims(world);
    }
}

/* ---- the run ---- */

static void restart(struct world *world)
{
    power_off(world);
    check_answers(world);
    open_world(world);
}

static void take_step(struct world *world)
{
    uint32_t applied = 0;
    enum zhol_error error = operation_step(world->operation, &applied);
    if (error && !operation_stopped(world->operation)) {
        fail(world, "a step failed without stopping:", zhol_error_name(error));
    }
    if (operation_stopped(world->operation)) {
        if (world->disk.fail_in != 0) {
            fail(world, "stopped by itself:", operation_why(world->operation));
        }
        seen.failed_writes++;
        restart(world);
    }
}

static void disturb(struct world *world)
{
    uint32_t dice = below(world, 100);
    if (dice < 30) {
        world->clock_s += below(world, 1200);
    } else if (dice < 31) {
        world->clock_s += below(world, 20000);
    } else if (dice < 34) {
        world->clock_s -= below(world, 20000);
    } else if (dice < 40) {
        seen.crashes++;
        restart(world);
    } else if (dice < 45) {
        world->disk.fail_in = 1 + below(world, 30);
        world->disk.kept = chance(world, 50);
        seen.kept_commits += world->disk.kept;
        seen.lost_commits += !world->disk.kept;
    } else if (dice < 60 && world->wish_count) {
        send(world, below(world, world->wish_count)); /* asks again, known or not */
    }
}

/* Everything is repaired and everybody asks until he knows. */
static void finish(struct world *world)
{
    uint32_t applied = 0;
    world->disk.fail_in = -1;
    restart(world);
    for (uint32_t i = 0; i < world->wish_count && !world->failed; i++) {
        if (!world->wishes[i].known) {
            world->network[0] = i;
            world->network_count = 1;
            deliver(world);
            world->network_count = 0;
            operation_step(world->operation, &applied);
            if (!world->wishes[i].known) {
                fail(world, "never answered: key", world->wishes[i].key);
            }
        }
    }
    check_answers(world);
    check_world(world);
}

static void save_all(struct world *world, struct buffer *bytes)
{
    operation_read(world->operation);
    for (uint32_t i = 0; i < 2; i++) {
        const struct queue_state *state = operation_queue(world->operation, streams[i]);
        CHECK(!state || !queue_save(state, bytes));
    }
    CHECK(!registry_save(operation_registry(world->operation), bytes));
    operation_read_end(world->operation);
}

/* The journal alone gives the same states. */
static void fold_again(struct world *world)
{
    struct buffer with = {0}, without = {0};
    save_all(world, &with);
    power_off(world);
    for (uint32_t i = world->disk.pair_count; i-- > 0;) {
        const struct sim_pair *pair = &world->disk.pairs[i];
        if (strcmp(pair->table, "vsnapshot") == 0 || strcmp(pair->table, "vsnapshot_head") == 0) {
            sim_set(&world->disk, pair->table, sim_view(pair->key), NULL);
        }
    }
    open_world(world);
    if (!world->failed) {
        save_all(world, &without);
        if (with.size != without.size || memcmp(with.bytes, without.bytes, with.size) != 0) {
            fail(world, "the journal gives another state than the snapshots", "");
        }
    }
    buffer_clear(&with);
    buffer_clear(&without);
}

static void prepare(struct world *world)
{
    uint32_t applied = 0;
    wish_registrations(world);
    for (uint32_t i = 0; i < 2; i++) {
        wish_rules(world, i);
        for (int j = 0; j < 6; j++) {
            wish_slots(world, i);
        }
    }
    for (uint32_t i = 0; i < world->wish_count && !world->failed; i++) {
        struct wish *wish = &world->wishes[i];
        bool rules = wish->command.kind == COMMAND_rules_set;
        const char *text =
            strcmp(wish->command.stream, streams[0]) == 0 ? rules_text[0] : rules_text[1];
        wish->command.key = text_view_of(wish->key);
        wish->command.data = text_view_of(rules ? text : wish->data);
        CHECK(!operation_submit(world->operation, &wish->command, NULL, answered, wish));
        while (!wish->known && !operation_step(world->operation, &applied)) {
        }
        if (!wish->known || wish->refusal) {
            fail(world, "the world does not begin:", command_name(wish->command.kind));
        }
    }
    /* What opened the world is known to all and not asked again. */
}

enum disk_kind { DISK_HONEST, DISK_NO_UNDO, DISK_FORGETS };

static bool play_seed(uint64_t seed, enum disk_kind disk, bool loud)
{
    static struct world made;
    struct world *world = &made;
    memset(world, 0, sizeof *world);
    world->seed = seed;
    world->loud = loud;
    world->clock_s = START_S;
    world->next_id = 0x4000;
    world->bad_disk = disk != DISK_HONEST;
    world->disk.no_undo = disk == DISK_NO_UNDO;
    world->disk.forgets = disk == DISK_FORGETS;
    random_start(&world->random, seed, 3);
    open_world(world);
    prepare(world);
    for (world->step = 0; world->step < STEPS && !world->failed; world->step++) {
        disturb(world);
        make_wish(world);
        for (uint32_t i = below(world, 4); i > 0 && !world->failed; i--) {
            deliver(world);
        }
        if (!world->failed) {
            take_step(world);
            check_world(world);
        }
    }
    if (!world->failed) {
        finish(world);
    }
    if (!world->failed) {
        fold_again(world);
    }
    if (loud) {
        for (uint32_t i = 0; i < world->disk.entry_count; i++) {
            fprintf(stderr, "%.*s\n", (int)world->disk.entries[i].bytes.size,
                    world->disk.entries[i].bytes.bytes);
        }
    }
    bool good = !world->failed;
    power_off(world);
    sim_disk_clear(&world->disk);
    return good;
}

static uint64_t only_seed;
/* Instrumented builds are ten times slower. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SLOW 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SLOW 1
#endif
#endif
#ifdef SLOW
static uint32_t seed_count = 150;
#else
static uint32_t seed_count = 2000;
#endif

static void thousands_of_worlds(void)
{
    uint32_t seeds = 0;
    if (only_seed) {
        play_seed(only_seed, DISK_HONEST, true);
        return;
    }
    while (seeds < seed_count && play_seed(seeds + 1, DISK_HONEST, false)) {
        seeds++;
    }
    CHECK_INT_EQ(seeds, seed_count);
    printf("%u seeds: %llu commands, %llu answered again, %llu power cuts, %llu failing "
           "disks (%llu kept, %llu lost), %llu calls\n",
           seeds, (unsigned long long)seen.commands, (unsigned long long)seen.repeated,
           (unsigned long long)seen.crashes, (unsigned long long)seen.failed_writes,
           (unsigned long long)seen.kept_commits, (unsigned long long)seen.lost_commits,
           (unsigned long long)seen.calls);
    for (int i = COMMAND_rules_set; i < COMMAND_COUNT; i++) {
        printf("%s %llu ", command_name((enum command_kind)i), (unsigned long long)seen.done[i]);
    }
    printf("\n");
    CHECK(seen.crashes > seeds && seen.failed_writes > seeds && seen.repeated > seeds);
}

static void bad_disks_are_found(void)
{
    for (int disk = DISK_NO_UNDO; disk <= DISK_FORGETS && !only_seed; disk++) {
        uint64_t seed = 1;
        while (seed <= 20 && play_seed(seed, (enum disk_kind)disk, false)) {
            seed++;
        }
        CHECK(seed <= 20);
    }
}

int main(int argc, char **argv)
{
    if (sodium_init() < 0) {
        return 1;
    }
    if (argc > 3 && strcmp(argv[2], "--seed") == 0) {
        only_seed = strtoull(argv[3], NULL, 10);
    } else if (argc > 3 && strcmp(argv[2], "--seeds") == 0) {
        seed_count = (uint32_t)strtoul(argv[3], NULL, 10);
    }
    RUN(thousands_of_worlds);
    RUN(bad_disks_are_found);
    return check_report();
}
