/* event_set.c: memory of the tournament (simulate/engine/event_set.h). */
#include "simulate/engine/event_set.h"

#include <stdlib.h>
#include <string.h>

/* Sizes of the levels for so many slots; returns the keys in all. */
static uint64_t measure(struct event_set *set, uint32_t slots)
{
    uint64_t total = 0;
    uint32_t count = slots ? slots : 1;
    set->depth = 0;
    for (;;) {
        count = (count + 7) & ~UINT32_C(7);
        set->size[set->depth++] = count;
        total += count;
        if (count == 8) {
            return total;
        }
        count /= 8;
    }
}

enum zhol_error event_set_init(struct event_set *set, uint32_t slots)
{
    *set = (struct event_set){0};
    if (slots > UINT32_C(1) << 27) {
        return ZHOL_ERROR_LIMIT;
    }
    uint64_t total = measure(set, slots);
    set->memory = aligned_alloc(64, total * sizeof *set->memory);
    if (!set->memory) {
        return ZHOL_ERROR_MEMORY;
    }
    uint64_t *next = set->memory;
    for (uint32_t l = 0; l < set->depth; l++) {
        set->level[l] = next;
        next += set->size[l];
    }
    set->root = set->level[set->depth - 1];
    set->narrow = slots <= 4;
    event_set_reset(set);
    return ZHOL_ERROR_OK;
}

void event_set_clear(struct event_set *set)
{
    free(set->memory);
    *set = (struct event_set){0};
}

void event_set_reset(struct event_set *set)
{
    for (uint32_t l = 0; l < set->depth; l++) {
        memset(set->level[l], 0xff, set->size[l] * sizeof **set->level);
    }
}

enum zhol_error event_set_grow(struct event_set *set, uint32_t slots)
{
    if (slots <= set->size[0]) {
        return ZHOL_ERROR_OK;
    }
    struct event_set grown;
    enum zhol_error error = event_set_init(&grown, slots);
    if (error) {
        return error;
    }
    memcpy(grown.level[0], set->level[0], set->size[0] * sizeof **set->level);
    for (uint32_t l = 1; l < grown.depth; l++) {
        for (uint32_t i = 0; i < grown.size[l - 1] / 8; i++) {
            grown.level[l][i] = event_min8(grown.level[l - 1] + (size_t)i * 8);
        }
    }
    event_set_clear(set);
    *set = grown;
    return ZHOL_ERROR_OK;
}
