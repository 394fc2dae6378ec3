/* simulate/engine/event_set.h: the pending events: a tournament of slots, eight to a node.
 *
 * A slot is anything that can have one pending event (a server, a source, a delayed entity). Its
 * key is time << bits | slot, so the smallest key is the next event and ties go to the smaller
 * slot. Each node holds the smallest of its eight children; a level is contiguous and a node is one
 * cache line. Setting, moving and cancelling are the same thing: write the leaf, renew the minima
 * above it. Complexity: O(log8 n) for a change, O(1) for the minimum. Source: Knuth, TAOCP
 * 3, 5.4.1.
 */
#ifndef ZHOL_SIMULATE_ENGINE_EVENT_SET_H
#define ZHOL_SIMULATE_ENGINE_EVENT_SET_H

#include <stdbool.h>
#include <stdint.h>

#include <zhol/error.h>

#define EVENT_NEVER      UINT64_MAX
#define EVENT_LEVELS_MAX 9

struct event_set {
    uint64_t *level[EVENT_LEVELS_MAX]; /* 0: the leaves; the last has eight keys */
    uint32_t size[EVENT_LEVELS_MAX];
    uint32_t depth;
    uint64_t *root; /* the last level */
    bool narrow;    /* at most four slots in all: half a node */
    uint64_t *memory;
};

/* Room for `slots` keys, all NEVER. */
enum zhol_error event_set_init(struct event_set *set, uint32_t slots);
void event_set_clear(struct event_set *set);
/* Makes room for more slots; keys stay. */
enum zhol_error event_set_grow(struct event_set *set, uint32_t slots);
/* All keys NEVER again. */
void event_set_reset(struct event_set *set);

/* The smaller of two, opaque to a compiler that would turn the tree of event_min8 into a chain of
 * seven comparisons that wait for one another. */
static inline uint64_t event_min2(uint64_t a, uint64_t b)
{
    uint64_t smaller = a < b ? a : b;
    __asm__("" : "+r"(smaller));
    return smaller;
}

static inline uint64_t event_min8(const uint64_t *p)
{
    uint64_t a = event_min2(event_min2(p[0], p[1]), event_min2(p[2], p[3]));
    uint64_t b = event_min2(event_min2(p[4], p[5]), event_min2(p[6], p[7]));
    return a < b ? a : b;
}

/* Where the old key was the smallest of its node, the others are looked at while its own place says
 * NEVER, and the new smallest goes up in a register: so the nodes of all levels are read at the
 * same time, and none waits for what was stored into it just now. */
static inline void event_set_put(struct event_set *set, uint32_t slot, uint64_t key)
{
    uint64_t *own = &set->level[0][slot], old = *own;
    for (uint32_t l = 1; l < set->depth; l++) {
        uint64_t *above = &set->level[l][slot >> 3];
        if (*above == old) { /* it was the smallest here, or nothing was */
            *own = EVENT_NEVER;
            uint64_t others = event_min8(own - (slot & 7));
            *own = key;
            key = event_min2(others, key);
        } else {
            *own = key;
            if (key >= *above) {
                return;
            }
        }
        own = above;
        slot >>= 3;
    }
    *own = key;
}

static inline uint64_t event_set_min(const struct event_set *set)
{
    const uint64_t *p = set->root;
    return set->narrow ? event_min2(event_min2(p[0], p[1]), event_min2(p[2], p[3])) : event_min8(p);
}

#endif
