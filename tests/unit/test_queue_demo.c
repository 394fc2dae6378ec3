/* test_queue_demo.c: the demonstration: what is published about 11 to 13 November 2025 comes out of
 * its steps, each step is taken by a fold of its own, and all of it is the same each time.
 */
#include <stdlib.h>

#include "check.h"
#include "desk/observed.h"
#include "desk/queue_demo.h"
#include "operate/queue.h"
#include "operate/registry.h"

static struct zhol_corridor *corridor;

struct played {
    struct queue_state *queues[2];
    struct registry *registry;
    uint32_t steps, refused, by_kind[COMMAND_COUNT], day_steps, moved, sealed;
    uint64_t hash;
    int64_t last_s, shown_called_s;
    bool ordered;
};

static uint32_t counted(const struct played *played, uint32_t queue, enum place_state state)
{
    struct queue_view view;
    uint32_t sum = 0;
    queue_view(played->queues[queue], 0, &view);
    for (uint32_t i = 0; i < view.category_count; i++) {
        sum += view.categories[i].by_state[state];
    }
    return sum;
}

static void mix(struct played *played, const void *bytes, size_t size)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < size; i++) {
        played->hash = (played->hash ^ at[i]) * UINT64_C(0x100000001b3);
    }
}

/* What the writer does: sweeps that are due, the claims of vehicle and driver, then the command. */
static void play(struct played *played, const struct queue_demo_step *step)
{
    const struct command *command = &step->command;
    struct given given = {.claimed = true, .known = true};
    struct result result;
    int64_t next_s;
    if (command_stream_of(command->kind) == STREAM_REGISTRY) {
        CHECK_INT_EQ(registry_apply(played->registry, command, &given, &result), ZHOL_ERROR_OK);
        CHECK_INT_EQ(result.refusal, REFUSAL_none);
        return;
    }
    struct subject_view subject;
    if (command->vehicle) {
        CHECK(registry_subject(played->registry, command->vehicle, &subject));
        CHECK(subject.carrier == command->carrier);
    }
    if (command->driver) {
        CHECK(registry_subject(played->registry, command->driver, &subject));
    }
    struct queue_state *queue = played->queues[strcmp(command->stream, "KOLZHAT") == 0];
    if (queue_sweep_due(queue, command->time_s, &next_s)) {
        struct command sweep = {.kind = COMMAND_sweep, .time_s = command->time_s};
        CHECK_INT_EQ(queue_apply(queue, &sweep, &given, &result), ZHOL_ERROR_OK);
    }
    CHECK_INT_EQ(queue_apply(queue, command, &given, &result), ZHOL_ERROR_OK);
    played->refused += result.refusal != REFUSAL_none;
    for (uint32_t i = 0; i < result.change_count; i++) {
        played->moved += result.changes[i].reason == CHANGE_moved_by_capacity;
        if (result.changes[i].place == QUEUE_DEMO_PLACE && command->kind == COMMAND_call_forward) {
            played->shown_called_s = command->time_s;
        }
    }
}

static void begin(struct played *played)
{
    *played = (struct played){.ordered = true};
    CHECK_INT_EQ(queue_new("NURZHOLY", &played->queues[0]), ZHOL_ERROR_OK);
    CHECK_INT_EQ(queue_new("KOLZHAT", &played->queues[1]), ZHOL_ERROR_OK);
    CHECK_INT_EQ(registry_new(&played->registry), ZHOL_ERROR_OK);
}

static void end(struct played *played)
{
    queue_free(played->queues[0]);
    queue_free(played->queues[1]);
    registry_free(played->registry);
}

/* Plays steps until `until_s`; the step that is beyond waits in *step. */
static bool play_until(struct queue_demo *demo, struct played *played, int64_t until_s,
                       struct queue_demo_step *step, bool waiting)
{
    bool more = waiting || queue_demo_next(demo, step);
    while (more && step->time_s < until_s) {
        played->ordered = played->ordered && step->time_s >= played->last_s;
        played->last_s = step->time_s;
        played->steps++;
        played->by_kind[step->command.kind]++;
        played->sealed += step->fields != NULL;
        mix(played, &step->time_s, sizeof step->time_s);
        mix(played, &step->command.place, sizeof step->command.place);
        mix(played, step->command.key.bytes, step->command.key.size);
        mix(played, step->fields ? step->fields : "", step->fields ? strlen(step->fields) : 0);
        play(played, step);
        more = queue_demo_next(demo, step);
    }
    return more;
}

static void check_queues(const struct played *played)
{
    char why[200] = "";
    CHECK(queue_verify(played->queues[0], why, sizeof why));
    CHECK(queue_verify(played->queues[1], why, sizeof why));
    CHECK_STR_EQ(why, "");
}

static void test_day(void)
{
    static struct played played;
    struct queue_demo *demo = NULL;
    struct queue_demo_step step;
    begin(&played);
    CHECK_INT_EQ(queue_demo_open(corridor, NULL, &demo), ZHOL_ERROR_OK);
    bool more = play_until(demo, &played, queue_demo_begins(), &step, false);
    /* the evening before: 1,500 wait, 720 were taken on 11 November */
    CHECK_NEAR(counted(&played, 0, PLACE_arrived), 1500, 75);
    CHECK_NEAR(counted(&played, 0, PLACE_cleared), 700, 40);
    CHECK_INT_EQ(played.refused, 0);
    check_queues(&played);
    uint32_t prelude = played.steps;
    more = play_until(demo, &played, queue_demo_begins() + 6 * 3600, &step, more);
    CHECK_INT_EQ(played.moved, 0);
    CHECK_INT_EQ(played.by_kind[COMMAND_close], 1);
    more = play_until(demo, &played, queue_demo_begins() + 6 * 3600 + 60, &step, more);
    CHECK_INT_EQ(played.by_kind[COMMAND_capacity_set], 1);
    CHECK(played.moved >
          140); /* 800 to 648 on 13 November, those moved in their turn move others */
    more = play_until(demo, &played, queue_demo_ends(), &step, more);
    CHECK(!more && played.ordered);
    CHECK_INT_EQ(played.refused, 0);
    check_queues(&played);
    CHECK(played.steps - prelude > 2000 && played.steps < 30000);
    CHECK(played.shown_called_s > queue_demo_begins() + 3600 &&
          played.shown_called_s < queue_demo_begins() + 12 * 3600);
    CHECK_INT_EQ(played.by_kind[COMMAND_appeal], 1);
    CHECK_INT_EQ(played.by_kind[COMMAND_decide], 1);
    CHECK(played.by_kind[COMMAND_cancel] > 3 && played.by_kind[COMMAND_driver_add] > 3);
    CHECK_INT_EQ(played.sealed, played.by_kind[COMMAND_carrier_register] +
                                    played.by_kind[COMMAND_vehicle_register] +
                                    played.by_kind[COMMAND_driver_register]);
    /* every category is there */
    struct queue_view view;
    queue_view(played.queues[0], 0, &view);
    for (uint32_t i = 0; i < view.category_count; i++) {
        uint32_t all = 0;
        for (int state = 0; state < PLACE_STATE_COUNT; state++) {
            all += view.categories[i].by_state[state];
        }
        CHECK(all > 0);
    }
    printf("%u steps, %u of them before; %u moved\n", played.steps, prelude, played.moved);
    queue_demo_close(demo);
    end(&played);
}

static void test_same_again(void)
{
    uint64_t hash[2];
    for (int i = 0; i < 2; i++) {
        static struct played played;
        struct queue_demo *demo = NULL;
        struct queue_demo_step step;
        begin(&played);
        CHECK_INT_EQ(queue_demo_open(corridor, NULL, &demo), ZHOL_ERROR_OK);
        play_until(demo, &played, queue_demo_begins() + 3600, &step, false);
        hash[i] = played.hash;
        queue_demo_close(demo); /* in the middle */
        end(&played);
    }
    CHECK(hash[0] == hash[1]);
    queue_demo_close(NULL);
}

static void test_history(void)
{
    struct queue_demo_day days[QUEUE_DEMO_DAYS];
    CHECK_INT_EQ(queue_demo_history("nur-zholy-exit", days), ZHOL_ERROR_OK);
    CHECK_INT_EQ(days[QUEUE_DEMO_DAYS - 1].waiting_end, 1500);
    for (int i = QUEUE_DEMO_DAYS - 4; i < QUEUE_DEMO_DAYS; i++) {
        CHECK(days[i].accepted >= 700 && days[i].accepted <= 750 && days[i].planned == 800);
    }
    CHECK_INT_EQ(queue_demo_history("kolzhat-exit", days), ZHOL_ERROR_OK);
    CHECK_INT_EQ(queue_demo_history("bakhty-exit", days), ZHOL_ERROR_UNKNOWN);
}

/* The observed checkpoints: what they are said to have taken can be taken as published figures. */
static void test_observed(void)
{
    uint32_t accepted[OBSERVED_HOURS], known = 0;
    double planned[OBSERVED_HOURS];
    struct buffer csv;
    buffer_init(&csv);
    for (const char *const *id = queue_demo_observed; *id; id++) {
        struct observed observed;
        buffer_reset(&csv);
        CHECK_INT_EQ(queue_demo_daily(*id, &csv), ZHOL_ERROR_OK);
        CHECK_INT_EQ(observed_open(corridor, *id, &observed), ZHOL_ERROR_OK);
        CHECK_INT_EQ(observed_add(corridor, &observed, "demo",
                                  (struct text_view){buffer_get(&csv), (uint32_t)csv.size}, NULL),
                     ZHOL_ERROR_OK);
        CHECK_INT_EQ(observed.day_count, QUEUE_DEMO_DAYS);
        CHECK(observed.waiting > 0);
        CHECK_INT_EQ(
            observed_hours(corridor, &observed, queue_demo_begins(), accepted, planned, &known),
            ZHOL_ERROR_OK);
        CHECK(known > 50);
        observed_close(&observed);
    }
    CHECK_INT_EQ(queue_demo_daily("nur-zholy-exit", &csv), ZHOL_ERROR_UNKNOWN);
    buffer_clear(&csv);
}

int main(int argc, char **argv)
{
    char dir[1024];
    snprintf(dir, sizeof dir, "%s/corridors/china-kazakhstan", argc > 1 ? argv[1] : ".");
    if (zhol_corridor_read(dir, NULL, NULL, &corridor)) {
        return 2;
    }
    RUN(test_day);
    RUN(test_same_again);
    RUN(test_history);
    RUN(test_observed);
    zhol_corridor_free(corridor);
    return check_report();
}
