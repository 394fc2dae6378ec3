/* The draw of a round: fair, weighted as published, and recomputable from what is public.
 *
 * The order is computed here a second time from the description in docs/queue.md: the seed, the
 * vehicle ids and the weights, nothing of the fold. Chances are counted over many seeds.
 */
#include "check.h"
#include "queue_harness.h"

#include <sodium.h>

#include "base/random.h"

enum { START_S = 1700000000, REQUESTS_MAX = 64 };

static const char rules_json[] =
    "{\"queues\":[{\"id\":\"q\",\"direction\":\"exit\",\"rule_set\":\"made\",\"release\":\"round\","
    "\"discipline\":\"quota\",\"categories\":[{\"id\":\"ordinary\",\"weight\":1},"
    "{\"id\":\"fresh\",\"weight\":1}],\"round\":{\"weights\":{\"ordinary\":1,\"fresh\":3},"
    "\"no_show_factor\":0.5}}]}";

struct request {
    uint64_t vehicle;
    bool fresh;
    uint32_t no_shows;
};

static enum refusal send(struct queue_state *state, struct command *command, uint32_t no_shows,
                         struct result *result)
{
    const struct given given = {.known = true, .claimed = true, .no_shows = no_shows};
    memcpy(command->queue, "q", 2);
    CHECK(!queue_apply(state, command, &given, result));
    return result->refusal;
}

static void hex(struct buffer *out, const char *name, const uint8_t bytes[32])
{
    buffer_printf(out, "{\"%s\":\"", name);
    for (int i = 0; i < 32; i++) {
        buffer_printf(out, "%02x", bytes[i]);
    }
    buffer_string(out, "\"}");
}

static enum refusal send_data(struct queue_state *state, struct command command,
                              const struct buffer *data, struct result *result)
{
    command.data = (struct text_view){data->bytes, (uint32_t)data->size};
    return send(state, &command, 0, result);
}

/* A state with one slot and an open round. */
static struct queue_state *open_round(const uint8_t seed[32], uint32_t capacity)
{
    struct queue_state *state = NULL;
    struct result result;
    struct buffer data = {0};
    uint8_t hash[32];
    CHECK(!queue_new("made", &state));
    struct command command = {
        .kind = COMMAND_rules_set, .time_s = START_S, .data = TEXT(rules_json)};
    CHECK(!send(state, &command, 0, &result));
    buffer_printf(&data, "{\"slots\":[{\"start\":%d,\"end\":%d,\"capacity\":%u}]}", START_S + 7200,
                  START_S + 10800, capacity);
    CHECK(!send_data(state, (struct command){.kind = COMMAND_slots_publish, .time_s = START_S},
                     &data, &result));
    crypto_generichash(hash, 32, seed, 32, NULL, 0);
    buffer_reset(&data);
    hex(&data, "seed_hash", hash);
    CHECK(!send_data(state,
                     (struct command){.kind = COMMAND_round_open,
                                      .time_s = START_S,
                                      .from_s = START_S + 7200,
                                      .until_s = START_S + 10800},
                     &data, &result));
    buffer_clear(&data);
    return state;
}

static enum refusal ask(struct queue_state *state, const struct request *request, uint64_t place)
{
    struct result result;
    struct command command = {.kind = COMMAND_request,
                              .time_s = START_S + 1,
                              .place = place,
                              .vehicle = request->vehicle,
                              .driver = request->vehicle + 1000000};
    snprintf(command.category, sizeof command.category, "%s",
             request->fresh ? "fresh" : "ordinary");
    return send(state, &command, request->no_shows, &result);
}

static void draw(struct queue_state *state, const uint8_t seed[32], struct result *result)
{
    struct buffer data = {0};
    hex(&data, "seed", seed);
    CHECK(!send_data(state, (struct command){.kind = COMMAND_round_draw, .time_s = START_S + 60},
                     &data, result));
    buffer_clear(&data);
}

static void make_seed(uint8_t seed[32], uint64_t number)
{
    struct random_stream random;
    random_start(&random, number, 77);
    for (int i = 0; i < 32; i++) {
        seed[i] = (uint8_t)random_u32(&random);
    }
}

/* ---- what anyone can compute ---- */

static void bytes_of(uint8_t bytes[8], uint64_t number)
{
    for (int i = 0; i < 8; i++) {
        bytes[i] = (uint8_t)(number >> (8 * i));
    }
}

static void public_times(const struct request *requests, uint32_t count, const uint8_t seed[32],
                         double *times)
{
    uint8_t ids[REQUESTS_MAX * 8], both[64], key[32], out[32], id[8];
    uint64_t last = 0;
    for (uint32_t i = 0; i < count; i++) { /* the next greater vehicle id */
        uint64_t next = UINT64_MAX;
        for (uint32_t j = 0; j < count; j++) {
            bool greater = requests[j].vehicle > last && requests[j].vehicle < next;
            next = greater ? requests[j].vehicle : next;
        }
        bytes_of(ids + (size_t)i * 8, next);
        last = next;
    }
    memcpy(both, seed, 32);
    crypto_generichash(both + 32, 32, ids, (size_t)count * 8, NULL, 0);
    crypto_generichash(key, 32, both, 64, NULL, 0);
    for (uint32_t i = 0; i < count; i++) {
        double weight = requests[i].fresh ? 3 : 1;
        uint64_t h = 0;
        bytes_of(id, requests[i].vehicle);
        crypto_generichash(out, 32, id, 8, key, 32);
        for (int j = 7; j >= 0; j--) {
            h = h << 8 | out[j];
        }
        for (uint32_t j = 0; j < requests[i].no_shows; j++) {
            weight *= 0.5;
        }
        times[i] = -random_log(((double)(h >> 12) + 0.5) / 4503599627370496.0) / weight;
    }
}

static void order_is_public(void)
{
    struct random_stream random;
    random_start(&random, 5, 5);
    for (uint64_t number = 1; number <= 200; number++) {
        struct request requests[REQUESTS_MAX];
        double times[REQUESTS_MAX];
        uint8_t seed[32];
        struct result result;
        uint32_t count = 1 + random_below(&random, REQUESTS_MAX);
        uint32_t capacity = random_below(&random, count + 2);
        make_seed(seed, number);
        struct queue_state *state = open_round(seed, capacity);
        for (uint32_t i = 0; i < count; i++) {
            requests[i] = (struct request){random_u64(&random) >> 1, random_below(&random, 2),
                                           random_below(&random, 4)};
            CHECK(!ask(state, &requests[i], i + 1));
        }
        public_times(requests, count, seed, times);
        draw(state, seed, &result);
        CHECK_INT_EQ(result.change_count, count);
        for (uint32_t i = 0; i < result.change_count; i++) {
            uint64_t place = result.changes[i].place;
            uint32_t before = 0;
            for (uint32_t j = 0; j < count; j++) {
                before += times[j] < times[place - 1];
            }
            CHECK_INT_EQ(before, i);
            CHECK_INT_EQ(result.changes[i].state, i < capacity ? PLACE_booked : PLACE_not_drawn);
        }
        queue_free(state);
    }
}

/* ---- chances ---- */

static void save(const struct queue_state *state, struct buffer *bytes)
{
    buffer_reset(bytes);
    CHECK(!queue_save(state, bytes));
}

/* A thousand requests for one vehicle leave the state, and so the draw, as one request does. */
static void a_thousand_requests_are_one(void)
{
    uint8_t seed[32];
    struct buffer once = {0}, often = {0};
    const struct request bot = {42, false, 0};
    make_seed(seed, 1);
    struct queue_state *state = open_round(seed, 1);
    CHECK(!ask(state, &bot, 1));
    save(state, &once);
    for (uint64_t i = 0; i < 1000; i++) {
        CHECK_INT_EQ(ask(state, &bot, 100 + i), REFUSAL_already_active);
    }
    save(state, &often);
    CHECK(once.size == often.size && memcmp(once.bytes, often.bytes, once.size) == 0);
    buffer_clear(&once);
    buffer_clear(&often);
    queue_free(state);
}

/* How often the first and the last of `count` requests are drawn, over `seeds` seeds. */
static void chances(const struct request *requests, uint32_t count, uint32_t capacity,
                    uint32_t seeds, uint32_t wins[REQUESTS_MAX])
{
    memset(wins, 0, REQUESTS_MAX * sizeof *wins);
    for (uint64_t number = 1; number <= seeds; number++) {
        uint8_t seed[32];
        struct result result;
        make_seed(seed, number);
        struct queue_state *state = open_round(seed, capacity);
        for (uint32_t i = 0; i < count; i++) {
            CHECK(!ask(state, &requests[i], i + 1));
        }
        draw(state, seed, &result);
        for (uint32_t i = 0; i < result.change_count; i++) {
            wins[result.changes[i].place - 1] += result.changes[i].state == PLACE_booked;
        }
        queue_free(state);
    }
}

/* The bot is first by milliseconds and tries a thousand times; the person asks once, last. */
static void bot_and_person_are_equal(void)
{
    enum { SEEDS = 20000, COUNT = 12, CAPACITY = 3 };
    struct request requests[COUNT];
    uint32_t wins[REQUESTS_MAX];
    for (uint32_t i = 0; i < COUNT; i++) {
        requests[i] = (struct request){1 + i * 7919, false, 0};
    }
    chances(requests, COUNT, CAPACITY, SEEDS, wins);
    double bot = (double)wins[0] / SEEDS, person = (double)wins[COUNT - 1] / SEEDS;
    printf("bot %.4f, person %.4f of 0.2500 over %d draws\n", bot, person, SEEDS);
    CHECK_NEAR(bot, person, 0.01);
    for (uint32_t i = 0; i < COUNT; i++) {
        CHECK_NEAR((double)wins[i] / SEEDS, (double)CAPACITY / COUNT, 0.01);
    }
}

static void weights_are_chances(void)
{
    enum { SEEDS = 10000 };
    const struct request category[2] = {{11, false, 0}, {12, true, 0}};
    const struct request history[2] = {{21, false, 0}, {22, false, 2}};
    uint32_t wins[REQUESTS_MAX];
    chances(category, 2, 1, SEEDS, wins);
    CHECK_NEAR((double)wins[1] / SEEDS, 3.0 / 4, 0.01);
    chances(history, 2, 1, SEEDS, wins);
    CHECK_NEAR((double)wins[1] / SEEDS, 0.25 / 1.25, 0.01);
}

/* Who asked first makes no difference to who is drawn. */
static void order_of_asking_is_nothing(void)
{
    for (uint64_t number = 1; number <= 50; number++) {
        uint8_t seed[32];
        uint64_t drawn[2][8] = {{0}};
        struct result result;
        make_seed(seed, number);
        for (int backwards = 0; backwards < 2; backwards++) {
            struct queue_state *state = open_round(seed, 8);
            for (uint64_t i = 0; i < 30; i++) {
                uint64_t vehicle = 1 + (backwards ? 29 - i : i);
                CHECK(!ask(state, &(struct request){vehicle, false, 0}, vehicle));
            }
            draw(state, seed, &result);
            for (uint32_t i = 0; i < 8; i++) {
                drawn[backwards][i] = result.changes[i].place;
            }
            queue_free(state);
        }
        CHECK(memcmp(drawn[0], drawn[1], sizeof drawn[0]) == 0);
    }
}

/* Another vehicle in the round changes the order of the others: nobody, not even who knows the
 * seed, knows it before the last request. */
static void last_request_shuffles(void)
{
    uint32_t changed = 0;
    for (uint64_t number = 1; number <= 50; number++) {
        uint8_t seed[32];
        uint64_t first[2] = {0};
        struct result result;
        make_seed(seed, number);
        for (uint64_t more = 0; more < 2; more++) {
            struct queue_state *state = open_round(seed, 1);
            for (uint64_t i = 1; i <= 10 + more; i++) {
                CHECK(!ask(state, &(struct request){i, false, 0}, i));
            }
            draw(state, seed, &result);
            first[more] = result.changes[0].place;
            queue_free(state);
        }
        changed += first[0] != first[1];
    }
    CHECK(changed > 35);
}

int main(void)
{
    RUN(order_is_public);
    RUN(a_thousand_requests_are_one);
    RUN(bot_and_person_are_equal);
    RUN(weights_are_chances);
    RUN(order_of_asking_is_nothing);
    RUN(last_request_shuffles);
    return check_report();
}
