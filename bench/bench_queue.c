/* How fast the fold of a queue is: one slot of a million places, a draw, a cut, a snapshot.
 *
 *     bench_queue [places, default 1,000,000]
 *
 * Prints microseconds of CPU for each command, the worst single booking by the clock (where tables
 * grow), and the size and times of a snapshot. No disk, no journal: what the writer's thread pays
 * for the rules alone. Each booking is of another vehicle and driver, with all checks.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "operate/queue.h"

enum { START_S = 1700000000, HOUR_S = 3600, REQUESTS = 20000, DRAWN = 800 };

static const char rules_json[] =
    "{\"queues\":[{\"id\":\"hot\",\"direction\":\"exit\",\"rule_set\":\"bench\",\"release\":"
    "\"first_come\",\"discipline\":\"quota\",\"arrive_late_s\":3600,\"categories\":[{\"id\":"
    "\"ordinary\",\"weight\":1}],\"fees\":[{\"what\":\"deposit\",\"when\":\"book\",\"amount\":100,"
    "\"currency\":\"KZT\",\"refund\":\"arrive\"}]},{\"id\":\"draw\",\"direction\":\"exit\","
    "\"rule_set\":\"bench\",\"release\":\"round\",\"discipline\":\"quota\",\"categories\":[{\"id\":"
    "\"ordinary\",\"weight\":1}]}]}";
/* BLAKE2b-256 of 32 zero bytes. */
static const char commitment[] = "{\"seed_hash\":\"89eb0d6a8a691dae2cd15ed0369931ce0a949ecafa5c3f93"
                                 "f8121833646e15c3\"}";
static const char seed[] = "{\"seed\":\"0000000000000000000000000000000000000000000000000000000000"
                           "000000\"}";

static double seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static double cpu_s(void)
{
    return seconds(CLOCK_PROCESS_CPUTIME_ID);
}

static void must(bool condition, const char *what)
{
    if (!condition) {
        fprintf(stderr, "%s failed\n", what);
        exit(1);
    }
}

static struct result apply(struct queue_state *state, struct command command, const char *queue)
{
    const struct given given = {.known = true, .claimed = true};
    struct result result;
    snprintf(command.queue, sizeof command.queue, "%s", queue);
    snprintf(command.category, sizeof command.category, "ordinary");
    must(!queue_apply(state, &command, &given, &result) && !result.refusal,
         command_name(command.kind));
    return result;
}

static uint64_t id(uint64_t number, uint64_t kind)
{
    return (number + 1) * UINT64_C(0x9e3779b97f4a7c15) + kind;
}

static void per_command(const char *what, double spent_s, uint32_t count)
{
    printf("%-28s %8.2f us\n", what, spent_s / count * 1e6);
}

static void prepare(struct queue_state *state, uint32_t places)
{
    char slots[256];
    apply(state,
          (struct command){
              .kind = COMMAND_rules_set, .time_s = START_S, .data = text_view_of(rules_json)},
          "hot");
    snprintf(slots, sizeof slots,
             "{\"slots\":[{\"start\":%d,\"end\":%d,\"capacity\":%u},{\"start\":%d,\"end\":%d,"
             "\"capacity\":%u}]}",
             START_S + HOUR_S, START_S + 2 * HOUR_S, places, START_S + 2 * HOUR_S,
             START_S + 3 * HOUR_S, places);
    apply(state,
          (struct command){
              .kind = COMMAND_slots_publish, .time_s = START_S, .data = text_view_of(slots)},
          "hot");
    snprintf(slots, sizeof slots, "{\"slots\":[{\"start\":%d,\"end\":%d,\"capacity\":%d}]}",
             START_S + HOUR_S, START_S + 2 * HOUR_S, DRAWN);
    apply(state,
          (struct command){
              .kind = COMMAND_slots_publish, .time_s = START_S, .data = text_view_of(slots)},
          "draw");
}

static void book(struct queue_state *state, uint32_t places)
{
    double before = cpu_s(), last = seconds(CLOCK_MONOTONIC), worst = 0;
    for (uint32_t i = 0; i < places; i++) {
        struct command command = {.kind = COMMAND_book,
                                  .time_s = START_S,
                                  .place = id(i, 1),
                                  .vehicle = id(i, 2),
                                  .driver = id(i, 3),
                                  .carrier = 1 + i % 1000,
                                  .slot_s = START_S + HOUR_S};
        apply(state, command, "hot");
        double now = seconds(CLOCK_MONOTONIC);
        worst = now - last > worst ? now - last : worst;
        last = now;
    }
    per_command("book", cpu_s() - before, places);
    printf("%-28s %8.1f ms\n", "slowest booking", worst * 1e3);
}

static void draw(struct queue_state *state)
{
    apply(state,
          (struct command){.kind = COMMAND_round_open,
                           .time_s = START_S,
                           .from_s = START_S + HOUR_S,
                           .until_s = START_S + 2 * HOUR_S,
                           .data = text_view_of(commitment)},
          "draw");
    double before = cpu_s();
    for (uint32_t i = 0; i < REQUESTS; i++) {
        struct command command = {.kind = COMMAND_request,
                                  .time_s = START_S,
                                  .place = id(i, 4),
                                  .vehicle = id(i, 5),
                                  .driver = id(i, 6)};
        apply(state, command, "draw");
    }
    per_command("request", cpu_s() - before, REQUESTS);
    before = cpu_s();
    apply(state,
          (struct command){
              .kind = COMMAND_round_draw, .time_s = START_S + 1, .data = text_view_of(seed)},
          "draw");
    printf("%-28s %8.1f ms\n", "draw of 20,000", (cpu_s() - before) * 1e3);
}

static void cut(struct queue_state *state, uint32_t places)
{
    double before = cpu_s();
    struct command command = {.kind = COMMAND_capacity_set,
                              .time_s = START_S + 2,
                              .unit = "count",
                              .from_s = START_S + HOUR_S,
                              .until_s = START_S + HOUR_S + 1,
                              .amount = places - places / 10};
    struct result result = apply(state, command, "hot");
    per_command("moved by a cut of a tenth", cpu_s() - before, result.change_count);
}

static void cross(struct queue_state *state, uint32_t places)
{
    uint32_t there = places - places / 10;
    double before = cpu_s();
    for (uint32_t i = 0; i < there; i++) {
        apply(
            state,
            (struct command){.kind = COMMAND_arrive, .time_s = START_S + HOUR_S, .place = id(i, 1)},
            "hot");
    }
    per_command("arrive", cpu_s() - before, there);
    before = cpu_s();
    for (uint32_t i = 0; i < there / 100; i++) {
        apply(state,
              (struct command){
                  .kind = COMMAND_call_forward, .time_s = START_S + HOUR_S, .amount = 100},
              "hot");
    }
    per_command("called, a hundred at once", cpu_s() - before, there / 100 * 100);
}

static void snapshot(const struct queue_state *state)
{
    struct buffer bytes = {0};
    struct queue_state *copy = NULL;
    double before = cpu_s();
    must(!queue_save(state, &bytes), "save");
    double saved = cpu_s();
    must(!queue_load("bench", (struct text_view){bytes.bytes, (uint32_t)bytes.size}, &copy),
         "load");
    printf("%-28s %8.1f MB, saved in %.2f s, loaded and verified in %.2f s\n", "snapshot",
           (double)bytes.size / 1e6, saved - before, cpu_s() - saved);
    queue_free(copy);
    buffer_clear(&bytes);
}

int main(int argc, char **argv)
{
    /* `make bench` gives each benchmark the repository's root, which this one does not need. */
    bool named = argc > 1 && *argv[1] != '/';
    uint32_t places = named ? (uint32_t)strtoul(argv[1], NULL, 10) : 1000000;
    struct queue_state *state = NULL;
    if (places < 1000 || places > 10000000 || queue_new("bench", &state)) {
        fputs("bench_queue [places, 1,000 to 10,000,000]\n", stderr);
        return 2;
    }
    prepare(state, places);
    book(state, places);
    draw(state);
    cut(state, places);
    snapshot(state);
    cross(state, places);
    queue_free(state);
    return 0;
}
