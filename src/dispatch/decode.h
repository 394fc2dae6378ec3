/* dispatch/decode.h: from decisions to a plan.
 *
 * Purpose: a choice is a list of decisions that any plan can be built from: in which order trains
 * are put in, on which front, and how the units of a destination are cut into formed trains. decode
 * builds the plan; whatever the choice, the plan is feasible. The search changes choices, never
 * plans. Call order: decoder_new, decode any number of times (the plan is decoder->board.plan until
 * the next), decoder_free. choice_new, choice_free. Errors: ZHOL_ERROR_MEMORY from the makers.
 * Complexity: some 0.1 ms for sixty trains. Source of the scheme: Kolisch, "Serial and parallel
 * resource-constrained project scheduling methods revisited", EJOR 90, 1996 (the serial scheme,
 * here with gaps).
 */
#ifndef ZHOL_DISPATCH_DECODE_H
#define ZHOL_DISPATCH_DECODE_H

#include "dispatch/board.h"

struct choice {
    uint32_t *order;      /* trains, first come first put in */
    uint32_t *front;      /* train: its front, or NONE: the one that ends first */
    uint8_t *late_accept; /* train: accepted as late as can be */
    int32_t *wait;        /* group: how long a formed train waits for the next unit */
    uint8_t *cut;         /* unit: begins a new formed train */
    int32_t *lift;        /* unit: minutes that its formed train is put in later than its turn */
    void *block;
    size_t size;
};

enum zhol_error choice_new(struct choice *choice, const struct compiled *compiled);
void choice_free(struct choice *choice);
void choice_copy(struct choice *to, const struct choice *from);
/* The choice that builds a plan again, or nearly. */
void choice_of_plan(struct choice *choice, const struct compiled *compiled,
                    const struct zhol_dispatch_plan *plan);

/* What should stay as it is in `plan`: the passages of the trains marked, and how their units
 * leave, each where the day still allows it. */
struct pins {
    const struct zhol_dispatch_plan *plan;
    const bool *trains;
    const bool *begun;    /* or NULL: trains that stay whatever the day allows */
    const bool *accepted; /* or NULL: trains that wait on their track, to be handled */
    int32_t now;          /* what left before stays whatever the day allows */
    uint32_t first;       /* the train that is put back first, or NONE */
};

struct decoder {
    struct board board;
    const struct pins *pins; /* may be NULL */
    uint32_t *units;         /* of a group, in order of being ready */
    int32_t *ready;          /* unit */
    struct batch *batches;
    int32_t *key; /* batch */
    uint32_t batch_count;
    bool *excluded;  /* train: has a unit that would strand */
    bool *as_pinned; /* train: stands where the pins say */
    void *block;
};

enum zhol_error decoder_new(struct decoder *decoder, const struct compiled *compiled);
void decoder_free(struct decoder *decoder);
void decode(struct decoder *decoder, const struct choice *choice);
/* Empties the board and puts the pinned trains and formed trains there, nothing else. */
void decode_pins(struct decoder *decoder);

#endif
