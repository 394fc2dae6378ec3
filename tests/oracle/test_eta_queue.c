/* test_eta_queue.c: the rank that a forecast supposes against the queue that calls.
 *
 * Random categories (quota or cycle, some out of turn) with random numbers of waiting vehicles;
 * then everybody is called, one after the other, by the fold of operate/queue.h. The number of
 * calls until a place is called must lie in the band that eta_call states, within two calls for
 * each category where shares are called evenly, within one cycle where a cycle is (it takes the
 * turns of a category together): a queue that goes round categories is never further from its
 * shares.
 */
#include <stdlib.h>

#include "base/random.h"
#include "check.h"
#include "desk/eta.h"
#include "operate/queue.h"

enum { CATEGORIES_MAX = 8, PLACES_MAX = 400, ROUNDS = 500 };

struct made {
    uint32_t count, weight[CATEGORIES_MAX], waiting[CATEGORIES_MAX];
    bool out_of_turn[CATEGORIES_MAX], cycle;
};

static void make(struct random_stream *random, struct made *made)
{
    uint32_t left = 100;
    *made = (struct made){.count = 1 + random_below(random, CATEGORIES_MAX),
                          .cycle = random_below(random, 2) == 1};
    for (uint32_t i = 0; i < made->count; i++) {
        bool last = i + 1 == made->count;
        made->out_of_turn[i] = !last && random_below(random, 5) == 0;
        made->weight[i] = made->cycle ? 1 + random_below(random, 6)
                          : last      ? left
                                      : random_below(random, left / 3 + 1);
        made->weight[i] = made->out_of_turn[i] ? 0 : made->weight[i];
        left -= made->cycle ? 0 : made->weight[i];
        made->waiting[i] = random_below(random, random_below(random, 3) == 0 ? 45 : 8);
    }
}

static void send(struct queue_state *state, struct command *command)
{
    static int64_t now_s = 1762905600;
    const struct given given = {.claimed = true, .known = true};
    struct result result;
    command->time_s = now_s++;
    CHECK_INT_EQ(queue_apply(state, command, &given, &result), ZHOL_ERROR_OK);
    CHECK_INT_EQ(result.refusal, REFUSAL_none);
    if (command->kind == COMMAND_call_forward && result.change_count) {
        command->place = result.changes[0].place;
    }
}

static void set_rules(struct queue_state *state, const struct made *made)
{
    struct buffer json;
    buffer_init(&json);
    buffer_printf(&json,
                  "{\"queues\":[{\"id\":\"q\",\"direction\":\"exit\",\"rule_set\":\"r\","
                  "\"release\":\"live\",\"claim_scope\":\"all\",\"discipline\":\"%s\","
                  "\"categories\":[",
                  made->cycle ? "cycle" : "quota");
    for (uint32_t i = 0; i < made->count; i++) {
        buffer_printf(&json, "%s{\"id\":\"c%u\",\"weight\":%u,\"rank\":%u,\"out_of_turn\":%s}",
                      i ? "," : "", i, made->weight[i], i, made->out_of_turn[i] ? "true" : "false");
    }
    buffer_string(&json, "]}]}");
    struct command command = {.kind = COMMAND_rules_set, .role = ROLE_operator};
    command.data = (struct text_view){buffer_get(&json), (uint32_t)json.size};
    send(state, &command);
    buffer_clear(&json);
}

/* Everybody joins and arrives; ids are category * 1000 + turn + 1. */
static uint32_t fill(struct queue_state *state, const struct made *made)
{
    uint32_t all = 0;
    for (uint32_t i = 0; i < made->count; i++) {
        for (uint32_t k = 0; k < made->waiting[i]; k++, all++) {
            struct command command = {.kind = COMMAND_join, .role = ROLE_carrier, .queue = "q"};
            command.place = command.vehicle = command.driver = i * 1000 + k + 1;
            snprintf(command.category, sizeof command.category, "c%u", i);
            send(state, &command);
            command.kind = COMMAND_arrive;
            send(state, &command);
        }
    }
    return all;
}

static void expect(const struct made *made, uint64_t place, uint32_t called)
{
    uint32_t own = (uint32_t)(place - 1) / 1000, turn = (uint32_t)(place - 1) % 1000;
    struct eta_category categories[CATEGORIES_MAX];
    struct eta_window window = {0, 3600, 1000};
    struct eta_call call;
    for (uint32_t i = 0; i < made->count; i++) {
        categories[i] =
            (struct eta_category){made->weight[i], made->waiting[i], made->out_of_turn[i]};
    }
    categories[own].waiting = turn;
    const struct eta_call_input input = {.windows = &window,
                                         .window_count = 1,
                                         .categories = categories,
                                         .category_count = made->count,
                                         .own = own};
    CHECK_INT_EQ(eta_call(&input, &call), ZHOL_ERROR_OK);
    uint32_t slack = 2 * made->count;
    for (uint32_t i = 0; i < made->count && made->cycle; i++) {
        slack += made->weight[i];
    }
    if (called + slack < call.rank_low || called > call.rank_high + slack) {
        CHECK_FAIL("category %u of %u, turn %u: called as number %u, band %.1f to %.1f", own,
                   made->count, turn, called, call.rank_low, call.rank_high);
    }
}

static void test_rank(void)
{
    struct random_stream random;
    random_start(&random, 1, 1);
    for (uint32_t round = 0; round < ROUNDS; round++) {
        struct made made;
        struct queue_state *state = NULL;
        make(&random, &made);
        CHECK_INT_EQ(queue_new("q", &state), ZHOL_ERROR_OK);
        set_rules(state, &made);
        uint32_t all = fill(state, &made);
        for (uint32_t called = 1; called <= all; called++) {
            struct command command = {
                .kind = COMMAND_call_forward, .role = ROLE_officer, .queue = "q", .amount = 1};
            send(state, &command);
            expect(&made, command.place, called);
        }
        queue_free(state);
    }
}

int main(void)
{
    RUN(test_rank);
    return check_report();
}
