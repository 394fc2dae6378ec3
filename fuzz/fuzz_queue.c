/* fuzz_queue.c: any bytes as commands to the fold of a queue, or as a snapshot.
 *
 * First byte even: the rest are commands, each of a few bytes, given with any claims and marks,
 * even such as no writer gives; after each all invariants hold, at the end the state is saved and
 * read back as the same bytes. First byte odd: the rest is read as a snapshot; what is accepted
 * must be whole, saved as it was read, and go on.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "operate/queue.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { START_S = 1000000, HOUR_S = 3600, COMMANDS_MAX = 200 };

static const char *const rule_sets[] = {
    "{\"queues\":[{\"id\":\"q\",\"direction\":\"exit\",\"rule_set\":\"a\",\"release\":"
    "\"first_come\",\"discipline\":\"quota\",\"arrive_early_s\":9000,\"arrive_late_s\":3600,"
    "\"call_late_s\":900,\"postpone_max\":1,\"cancel_before_s\":3600,\"no_show_max\":2,"
    "\"block_s\":9000,\"appeal_s\":9000,\"horizon_s\":90000,\"edit\":[\"driver_add\",\"slot\","
    "\"vehicle\"],\"categories\":[{\"id\":\"c0\",\"weight\":3},{\"id\":\"c1\",\"weight\":1,"
    "\"share_max\":30},{\"id\":\"c2\",\"weight\":0,\"out_of_turn\":true}],\"fees\":[{\"what\":"
    "\"deposit\",\"when\":\"book\",\"amount\":5,\"currency\":\"KZT\",\"refund\":\"arrive\"}]}]}",
    "{\"queues\":[{\"id\":\"q\",\"direction\":\"exit\",\"rule_set\":\"b\",\"release\":\"live\","
    "\"discipline\":\"cycle\",\"call_absent\":true,\"call_late_s\":900,\"late\":\"requeue\","
    "\"no_show_max\":1,\"edit\":[\"driver\",\"slot\"],\"categories\":[{\"id\":\"c0\",\"weight\":5},"
    "{\"id\":\"c1\",\"weight\":1}]}]}",
    "{\"queues\":[{\"id\":\"q\",\"direction\":\"exit\",\"rule_set\":\"c\",\"release\":\"round\","
    "\"discipline\":\"quota\",\"late\":\"forfeit\",\"arrive_late_s\":600,\"categories\":[{\"id\":"
    "\"c0\",\"weight\":5},{\"id\":\"c3\",\"weight\":1}],\"round\":{\"weights\":{\"c3\":2.5}}},"
    "{\"id\":\"r\",\"direction\":\"entry\",\"rule_set\":\"c\",\"release\":\"first_come\","
    "\"claim_scope\":\"direction\",\"discipline\":\"quota\",\"categories\":[{\"id\":\"c0\","
    "\"weight\":1}]}]}",
};
/* BLAKE2b-256 of 32 zero bytes, and these. */
static const char seed_hash[] = "{\"seed_hash\":\"89eb0d6a8a691dae2cd15ed0369931ce0a949ecafa5c3f93f"
                                "8121833646e15c3\"}";
static const char seed[] = "{\"seed\":\"00000000000000000000000000000000000000000000000000000000000"
                           "00000\"}";

struct input {
    const uint8_t *at, *end;
};

static uint32_t take(struct input *input)
{
    return input->at < input->end ? *input->at++ : 0;
}

static void demand(bool condition, const char *why)
{
    if (!condition) {
        fprintf(stderr, "%s\n", why);
        abort();
    }
}

static struct text_view data_of(struct input *input, enum command_kind kind, char text[256])
{
    if (kind == COMMAND_rules_set) {
        return text_view_of(rule_sets[take(input) % 3]);
    }
    if (kind == COMMAND_round_open || kind == COMMAND_round_draw) {
        return text_view_of(kind == COMMAND_round_open ? seed_hash : seed);
    }
    if (kind == COMMAND_slots_publish) {
        long start_s = START_S + HOUR_S * (long)(take(input) % 32);
        int size = snprintf(text, 256, "{\"slots\":[{\"start\":%ld,\"end\":%ld,\"capacity\":%u}]}",
                            start_s, start_s + 60 * (long)(1 + take(input) % 120), take(input) % 6);
        return (struct text_view){text, (uint32_t)size};
    }
    return (struct text_view){"", 0};
}

static void take_command(struct input *input, struct command *command, struct given *given,
                         char text[256], int64_t *now_s)
{
    static const char *const units[] = {"percent", "count", "upheld", "rejected"};
    uint32_t first = COMMAND_rules_set, odd = take(input) % 32; /* most commands are usual ones */
    *command = (struct command){
        .kind = (enum command_kind)(first + take(input) % (COMMAND_COUNT - first))};
    *now_s += (int64_t)(take(input) % 64) * (odd == 1 ? 600 : 10);
    command->time_s = odd == 2 ? *now_s - 3000 : *now_s;
    command->role = odd == 3 ? ROLE_carrier : ROLE_officer;
    command->place = 1 + take(input) % 40;
    command->vehicle = 1 + take(input) % 8;
    command->driver = 101 + take(input) % 8;
    command->carrier = odd == 3 ? 9 : 1 + command->vehicle % 2;
    command->slot_s = START_S + HOUR_S * (int64_t)(take(input) % 32);
    command->from_s = START_S + HOUR_S * (int64_t)(take(input) % 32) - 1;
    command->until_s = command->from_s + 60 * (int64_t)take(input);
    command->amount = take(input);
    memcpy(command->queue, odd > 28 ? "r" : "q", 2);
    snprintf(command->category, sizeof command->category, "c%u", take(input) % 4);
    snprintf(command->unit, sizeof command->unit, "%s", units[take(input) % 4]);
    command->note = text_view_of("note");
    command->data = data_of(input, command->kind, text);
    *given = (struct given){.claimed = odd != 4, .known = odd != 5};
    given->blocked_until_s = odd == 6 ? *now_s + 100 : 0;
    given->no_shows = given->cancels = given->postponements = take(input) % 4;
}

static void check_saved(const struct queue_state *state)
{
    struct buffer first = {0}, second = {0};
    struct queue_state *copy = NULL;
    demand(!queue_save(state, &first), "not saved");
    demand(!queue_load("made", (struct text_view){first.bytes, (uint32_t)first.size}, &copy),
           "what was saved is not read");
    demand(!queue_save(copy, &second) && first.size == second.size &&
               memcmp(first.bytes, second.bytes, first.size) == 0,
           "what was read is saved otherwise");
    queue_free(copy);
    buffer_clear(&first);
    buffer_clear(&second);
}

static void play(struct queue_state *state, struct input *input)
{
    struct result result;
    struct given given = {.known = true, .claimed = true};
    int64_t now_s = START_S;
    struct command command = {.kind = COMMAND_rules_set,
                              .time_s = now_s,
                              .data = text_view_of(rule_sets[take(input) % 3])};
    demand(!queue_apply(state, &command, &given, &result), "apply failed");
    for (int i = 0; i < COMMANDS_MAX && input->at < input->end; i++) {
        char text[256], why[200];
        struct claim_need needs[4];
        const struct claim_need *freed;
        const struct mark_need *marks;
        int64_t next_s;
        take_command(input, &command, &given, text, &now_s);
        demand(queue_claims_needed(state, &command, needs) <= 4, "too many claims");
        demand(!queue_apply(state, &command, &given, &result), "apply failed");
        queue_claims_freed(state, &result, &freed);
        queue_marks(state, &result, &marks);
        queue_sweep_due(state, now_s, &next_s);
        demand(!result.refusal || result.change_count == 0, "a refusal changed something");
        demand(queue_verify(state, why, sizeof why), why);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct input input = {bytes, bytes + size};
    struct queue_state *state = NULL;
    if (size == 0 || size > 1 << 20) {
        return 0;
    }
    if (take(&input) % 2 == 0) {
        demand(!queue_new("made", &state), "no memory");
        play(state, &input);
        check_saved(state);
    } else if (!queue_load("made", (struct text_view){(const char *)input.at, (uint32_t)(size - 1)},
                           &state)) {
        char why[200];
        demand(queue_verify(state, why, sizeof why), why);
        check_saved(state);
        input.at = input.end;
        struct command call = {.kind = COMMAND_call_forward, .amount = 100};
        struct given given = {.known = true};
        struct result result;
        memcpy(call.queue, "q", 2);
        demand(!queue_apply(state, &call, &given, &result), "apply failed");
        demand(queue_verify(state, why, sizeof why), why);
    }
    queue_free(state);
    return 0;
}
