/* queue_index.c: finding a place by its id, and the active place of a vehicle or driver.
 *
 * Three tables of open addressing hold indices of rows and hashes; the key stands in the row, so an
 * entry is eight bytes, and a table grows without reading rows. The entry of a vehicle or driver
 * points at his latest place: whether that is active is asked of the row. A row whose vehicle
 * changed answers for the new one only; its old entry is stale and never matches.
 */
#include "operate/queue_state.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"

enum { INDEX_SLOTS_MIN = 64 };

/* References: a row, and for drivers which of its drivers. */
static uint32_t reference(enum index_kind kind, uint32_t place, uint32_t which)
{
    return kind == INDEX_DRIVER ? place * 4 + which : place;
}

static uint64_t key_of(const struct queue_state *state, enum index_kind kind, uint32_t ref)
{
    const struct place *places = state->places;
    switch (kind) {
    case INDEX_VEHICLE:
        return places[ref].vehicle;
    case INDEX_DRIVER:
        return places[ref / 4].drivers[ref % 4];
    default:
        return places[ref].id;
    }
}

static uint8_t scope_of(const struct queue_state *state, enum index_kind kind, uint32_t ref)
{
    return kind == INDEX_PLACE ? 0 : state->places[kind == INDEX_DRIVER ? ref / 4 : ref].scope;
}

static uint32_t hash_of(uint64_t key, uint8_t scope)
{
    return (uint32_t)map_hash_u64(key, 0x7a686f6cU + scope);
}

static struct index_slot *find(const struct queue_state *state, enum index_kind kind, uint64_t key,
                               uint8_t scope)
{
    const struct index *index = &state->indices[kind];
    uint32_t mask = index->slot_count - 1, hash = hash_of(key, scope), at = hash & mask;
    while (index->slots[at].ref &&
           (index->slots[at].hash != hash || key_of(state, kind, index->slots[at].ref - 1) != key ||
            scope_of(state, kind, index->slots[at].ref - 1) != scope)) {
        at = (at + 1) & mask;
    }
    return &index->slots[at];
}

static bool ref_active(const struct queue_state *state, enum index_kind kind, uint32_t ref)
{
    uint32_t row = kind == INDEX_DRIVER ? ref / 4 : ref;
    return place_active((enum place_state)state->places[row].state);
}

/* Where an entry of the old table goes: a free slot, or that of the same key, which a stale entry
 * may have: then the active row wins. Rows are read only where the hashes are equal. */
static void move_entry(struct queue_state *state, enum index_kind kind, struct index_slot entry)
{
    struct index *index = &state->indices[kind];
    uint32_t mask = index->slot_count - 1, at = entry.hash & mask;
    for (; index->slots[at].ref; at = (at + 1) & mask) {
        struct index_slot *other = &index->slots[at];
        if (other->hash == entry.hash &&
            key_of(state, kind, other->ref - 1) == key_of(state, kind, entry.ref - 1) &&
            scope_of(state, kind, other->ref - 1) == scope_of(state, kind, entry.ref - 1)) {
            if (ref_active(state, kind, entry.ref - 1)) {
                *other = entry;
            }
            return;
        }
    }
    index->slots[at] = entry;
    index->used++;
}

static enum zhol_error resize(struct queue_state *state, enum index_kind kind, uint32_t count)
{
    struct index *index = &state->indices[kind];
    const struct index old = *index;
    struct index_slot *slots = calloc(count, sizeof *slots);
    if (!slots) {
        return ZHOL_ERROR_MEMORY;
    }
    *index = (struct index){slots, count, 0};
    for (uint32_t i = 0; i < old.slot_count; i++) {
        if (old.slots[i].ref) {
            move_entry(state, kind, old.slots[i]);
        }
    }
    free(old.slots);
    return ZHOL_ERROR_OK;
}

enum zhol_error index_reserve(struct queue_state *state, uint32_t places)
{
    uint64_t count = INDEX_SLOTS_MIN;
    enum zhol_error error = ZHOL_ERROR_OK;
    while (count * 10 < ((uint64_t)places + 1) * 16) {
        count *= 2;
    }
    for (uint32_t i = 0; !error && i < INDEX_COUNT; i++) {
        if (count > state->indices[i].slot_count) {
            error = resize(state, (enum index_kind)i, (uint32_t)count);
        }
    }
    return error;
}

static enum zhol_error put(struct queue_state *state, enum index_kind kind, uint32_t ref)
{
    struct index *index = &state->indices[kind];
    /* Full at 12/16, 11/16 and 10/16: the three do not grow within the same booking. */
    if (((uint64_t)index->used + 1) * 16 > (uint64_t)index->slot_count * (12u - kind)) {
        uint32_t count = index->slot_count ? index->slot_count * 2 : INDEX_SLOTS_MIN;
        enum zhol_error error = resize(state, kind, count);
        if (error) {
            return error;
        }
    }
    uint64_t key = key_of(state, kind, ref);
    uint8_t scope = scope_of(state, kind, ref);
    struct index_slot *at = find(state, kind, key, scope);
    index->used += at->ref == 0;
    *at = (struct index_slot){ref + 1, hash_of(key, scope)};
    return ZHOL_ERROR_OK;
}

static uint32_t get(const struct queue_state *state, enum index_kind kind, uint64_t key,
                    uint8_t scope)
{
    if (!state->indices[kind].slot_count) {
        return NOBODY;
    }
    return find(state, kind, key, scope)->ref - 1; /* 0 becomes NOBODY */
}

uint32_t index_place(const struct queue_state *state, uint64_t id)
{
    return get(state, INDEX_PLACE, id, 0);
}

uint32_t index_active_vehicle(const struct queue_state *state, uint64_t vehicle, uint8_t scope)
{
    uint32_t place = get(state, INDEX_VEHICLE, vehicle, scope);
    bool active = place != NOBODY && place_active((enum place_state)state->places[place].state);
    return active ? place : NOBODY;
}

uint32_t index_active_driver(const struct queue_state *state, uint64_t driver, uint8_t scope)
{
    uint32_t ref = get(state, INDEX_DRIVER, driver, scope);
    bool active = ref != NOBODY && place_active((enum place_state)state->places[ref / 4].state) &&
                  ref % 4 < state->places[ref / 4].driver_count;
    return active ? ref / 4 : NOBODY;
}

enum zhol_error index_add_place(struct queue_state *state, uint32_t place)
{
    return put(state, INDEX_PLACE, place);
}

enum zhol_error index_add_vehicle(struct queue_state *state, uint32_t place)
{
    return put(state, INDEX_VEHICLE, place);
}

enum zhol_error index_add_driver(struct queue_state *state, uint32_t place, uint32_t which)
{
    return put(state, INDEX_DRIVER, reference(INDEX_DRIVER, place, which));
}

enum zhol_error index_add_all(struct queue_state *state, uint32_t place)
{
    enum zhol_error error = index_add_vehicle(state, place);
    for (uint32_t i = 0; !error && i < state->places[place].driver_count; i++) {
        error = index_add_driver(state, place, i);
    }
    return error;
}

uint32_t queue_find(const struct queue_state *state, const char *id)
{
    for (uint32_t i = 0; i < state->queue_count; i++) {
        if (strcmp(state->queues[i].rules.id, id) == 0) {
            return i;
        }
    }
    return NOBODY;
}

uint32_t category_find(const struct queue_one *queue, const char *id)
{
    for (uint32_t i = 0; i < queue->category_count; i++) {
        if (strcmp(queue->categories[i].id, id) == 0) {
            return i;
        }
    }
    return NOBODY;
}

/* 0: one place over all; else 1 + the first queue of the same direction. */
uint8_t queue_scope(const struct queue_state *state, uint32_t queue)
{
    const struct queue_rules *rules = &state->queues[queue].rules;
    if (!rules->claim_per_direction) {
        return 0;
    }
    uint32_t first = 0;
    while (strcmp(state->queues[first].rules.direction, rules->direction) != 0) {
        first++;
    }
    return (uint8_t)(first + 1);
}
