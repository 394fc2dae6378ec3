/* queue_round.c: the draw: all valid requests of a round are equal but for published weights.
 *
 * The seed is committed by its BLAKE2b-256 when the round opens and shown when it is drawn. With
 *   digest = BLAKE2b-256(vehicle ids of all requests, rising, 8 bytes each, little-endian)
 *   key    = BLAKE2b-256(seed, 32 bytes; then digest, 32 bytes)
 *   h      = first 8 bytes, little-endian, of BLAKE2b-256 keyed with `key` of a vehicle id
 *   u      = ((h >> 12) + 1/2) / 2^52
 * a vehicle's time in the race is -ln(u) / weight, and the earliest is drawn first. Exponential
 * times with rates w make the next one be i with probability w_i over the sum of the weights that
 * are left, so weights are respected exactly and equal weights have equal chances. The digest lets
 * nobody know the order before the last request is in, not even who knows the seed.
 * Source: P. Efraimidis, P. Spirakis, "Weighted random sampling with a reservoir", IPL 97, 2006.
 */
#include "operate/queue_state.h"

#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "base/sort.h"

enum { SEED_SIZE = 32, POWER_MAX = 16 };

void blake2b(uint8_t out[32], const void *bytes, size_t size, const uint8_t *key)
{
    crypto_generichash(out, 32, bytes, size, key, key ? 32 : 0);
}

static void write_u64(uint8_t *to, uint64_t number)
{
    for (int i = 0; i < 8; i++) {
        to[i] = (uint8_t)(number >> (8 * i));
    }
}

static uint64_t read_u64(const uint8_t *from)
{
    uint64_t number = 0;
    for (int i = 7; i >= 0; i--) {
        number = number << 8 | from[i];
    }
    return number;
}

uint64_t changes_hash(const struct queue_state *state)
{
    crypto_generichash_state hash;
    uint8_t out[32], bytes[16];
    if (state->change_count == 0) {
        return 0;
    }
    crypto_generichash_init(&hash, NULL, 0, sizeof out);
    for (uint32_t i = 0; i < state->change_count; i++) {
        write_u64(bytes, state->changes[i].place);
        write_u64(bytes + 8, (uint64_t)state->changes[i].slot_s);
        crypto_generichash_update(&hash, bytes, sizeof bytes);
    }
    crypto_generichash_final(&hash, out, sizeof out);
    return read_u64(out);
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* {"NAME":"<64 lower-case hexadecimal digits>"} and nothing else. */
static bool read_hex_member(struct text_view data, const char *name, uint8_t out[SEED_SIZE])
{
    json_t *top = json_loadb(data.bytes ? data.bytes : "", data.size, JSON_REJECT_DUPLICATES, NULL);
    const json_t *value = json_object_get(top, name);
    const char *text = json_string_value(value);
    bool good = text && json_string_length(value) == SEED_SIZE * 2 && json_object_size(top) == 1;
    for (size_t i = 0; good && i < SEED_SIZE; i++) {
        int high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);
        good = high >= 0 && low >= 0;
        out[i] = (uint8_t)(good ? high * 16 + low : 0);
    }
    json_decref(top);
    return good;
}

static bool round_is_open(const struct queue_one *queue)
{
    return queue->round_from_s < queue->round_until_s;
}

enum refusal apply_round_open(struct applying *applying)
{
    const struct command *command = applying->command;
    uint32_t at = queue_find(applying->state, command->queue);
    uint8_t hash[SEED_SIZE];
    if (at == NOBODY) {
        return REFUSAL_unknown_queue;
    }
    struct queue_one *queue = &applying->state->queues[at];
    if (queue->rules.release != RELEASE_round) {
        return REFUSAL_wrong_release;
    }
    if (round_is_open(queue)) {
        return REFUSAL_duplicate;
    }
    if (command->from_s < 0 || command->from_s >= command->until_s ||
        command->until_s > TIME_MAX_S || !read_hex_member(command->data, "seed_hash", hash)) {
        return REFUSAL_bad_data;
    }
    if (command->until_s <= applying->now_s) {
        return REFUSAL_too_late;
    }
    queue->round_from_s = (uint32_t)command->from_s;
    queue->round_until_s = (uint32_t)command->until_s;
    queue->round_open_s = applying->now_s;
    memcpy(queue->round_seed_hash, hash, sizeof hash);
    return REFUSAL_none;
}

/* The requests of a round: rows by rising vehicle, and their keys. */
struct race {
    uint32_t *places, *order;
    uint64_t *keys;
    uint32_t count;
};

static void race_clear(struct race *race)
{
    free(race->places);
    free(race->order);
    free(race->keys);
}

static enum zhol_error race_gather(const struct queue_state *state, const struct queue_one *queue,
                                   struct race *race)
{
    const struct list *list = &queue->lists[LIST_REQUESTED];
    uint32_t count = 0;
    for (uint32_t i = list->first; i != NOBODY; i = state->places[i].right) {
        count++;
    }
    *race = (struct race){malloc((count + 1) * sizeof *race->places),
                          malloc((count + 1) * sizeof *race->order),
                          malloc((count + 1) * sizeof *race->keys), 0};
    if (!race->places || !race->order || !race->keys) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = list->first; i != NOBODY; i = state->places[i].right) {
        race->places[race->count] = i;
        race->keys[race->count++] = state->places[i].vehicle;
    }
    sort_index_fill(race->order, race->count);
    enum zhol_error error = sort_index_u64(race->keys, race->order, race->count);
    for (uint32_t i = 0; !error && i < race->count; i++) {
        race->order[i] = race->places[race->order[i]];
    }
    uint32_t *by_vehicle = race->order;
    race->order = race->places;
    race->places = by_vehicle;
    return error;
}

static void race_key(const struct queue_state *state, const struct race *race,
                     const uint8_t seed[SEED_SIZE], uint8_t key[32])
{
    crypto_generichash_state hash;
    uint8_t bytes[8], both[SEED_SIZE + 32];
    crypto_generichash_init(&hash, NULL, 0, 32);
    for (uint32_t i = 0; i < race->count; i++) {
        write_u64(bytes, state->places[race->places[i]].vehicle);
        crypto_generichash_update(&hash, bytes, sizeof bytes);
    }
    memcpy(both, seed, SEED_SIZE);
    crypto_generichash_final(&hash, both + SEED_SIZE, 32);
    blake2b(key, both, sizeof both, NULL);
}

static double race_weight(const struct queue_one *queue, const struct place *row)
{
    double weight = queue->categories[row->category].round_weight;
    for (uint32_t i = 0; i < row->no_shows && i < POWER_MAX; i++) {
        weight *= queue->rules.no_show_factor;
    }
    return weight;
}

static double race_time(const uint8_t key[32], uint64_t vehicle, double weight)
{
    uint8_t bytes[8], out[32];
    write_u64(bytes, vehicle);
    blake2b(out, bytes, sizeof bytes, key);
    double u = ((double)(read_u64(out) >> 12) + 0.5) * 0x1p-52;
    return -random_log(u) / weight;
}

/* Rows in the order of the draw; of equal times the smaller vehicle id. */
static enum zhol_error race_run(const struct queue_state *state, const struct queue_one *queue,
                                const uint8_t seed[SEED_SIZE], struct race *race)
{
    uint8_t key[32];
    race_key(state, race, seed, key);
    for (uint32_t i = 0; i < race->count; i++) {
        const struct place *row = &state->places[race->places[i]];
        race->keys[i] = sort_key_real(race_time(key, row->vehicle, race_weight(queue, row)));
    }
    sort_index_fill(race->order, race->count);
    return sort_index_u64(race->keys, race->order, race->count);
}

static void draw_one(struct applying *applying, struct queue_one *queue, uint32_t place)
{
    struct queue_state *state = applying->state;
    const struct place *row = &state->places[place];
    int64_t from_s = row->key_s > 0 ? row->key_s : 1;
    uint32_t slot =
        slot_search(queue, row->category, from_s, queue->round_until_s, applying->now_s);
    if (slot == NOBODY) {
        place_end(state, place, PLACE_not_drawn, applying->now_s);
        told(state, place, CHANGE_not_drawn, 0);
        return;
    }
    place_put(state, place, slot, 0, queue->slots[slot].start_s);
    place_charge(state, place);
    told(state, place, CHANGE_drawn, 0);
}

enum refusal apply_round_draw(struct applying *applying)
{
    struct queue_state *state = applying->state;
    uint32_t at = queue_find(state, applying->command->queue);
    uint8_t seed[SEED_SIZE], hash[SEED_SIZE];
    if (at == NOBODY) {
        return REFUSAL_unknown_queue;
    }
    struct queue_one *queue = &state->queues[at];
    if (!round_is_open(queue)) {
        return REFUSAL_no_round;
    }
    int64_t request_s = queue->rules.round_request_s;
    if (request_s >= 0 && applying->now_s < queue->round_open_s + request_s) {
        return refuse(applying, queue, REFUSAL_too_early, "round");
    }
    if (!read_hex_member(applying->command->data, "seed", seed)) {
        return REFUSAL_bad_data;
    }
    blake2b(hash, seed, sizeof seed, NULL);
    if (memcmp(hash, queue->round_seed_hash, sizeof hash) != 0) {
        return REFUSAL_bad_seed;
    }
    struct race race = {0};
    enum zhol_error error = race_gather(state, queue, &race);
    error = error ? error : race_run(state, queue, seed, &race);
    for (uint32_t i = 0; !error && i < race.count; i++) {
        draw_one(applying, queue, race.places[race.order[i]]);
    }
    race_clear(&race);
    queue->round_from_s = queue->round_until_s = 0;
    state->error = error ? error : state->error;
    applying->result->data_hash = changes_hash(state);
    return refuse(applying, queue, REFUSAL_none, "round");
}
