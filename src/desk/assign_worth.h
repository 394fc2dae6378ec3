/* desk/assign_worth.h: what one more of each scarce capacity is worth, and which limits would have
 * to give way for all freight to be carried.
 *
 * assign_worth: for every capacity of a study with a price, or full without one (its left
 * derivative may be above zero), in the slice in which the price, or the use, is greatest: left and
 * right derivative with their ranges and what ends them (zhol/assign.h), and the gain of one more
 * natural piece: a train, a pair of trains, a sailing, a crane or front (the capacity of a process
 * divided by its servers), else a tenth of the capacity. The gain is found by solving again, both
 * directions of a pair raised, and is exact; so it is in every other slice in which the capacity is
 * full, and the sum over them is what the piece saves in the whole period. Slices are solved in
 * threads. Complexity: a solve for each capacity and slice in which it is full.
 *
 * assign_limits: in one slice, the limit that takes most of what unmet freight would pay is raised
 * by a twentieth of what it was, again and again, until all is carried. A small set of limits that
 * would do; that it is the smallest is not proven.
 *
 * Both work on models of their own: the study stays as it is. Errors: those of the model.
 */
#ifndef ZHOL_DESK_ASSIGN_WORTH_H
#define ZHOL_DESK_ASSIGN_WORTH_H

#include "desk/assign_study.h"

enum assign_piece {
    ASSIGN_PIECE_TRAIN,
    ASSIGN_PIECE_PAIR,
    ASSIGN_PIECE_SAILING,
    ASSIGN_PIECE_SERVER, /* crane, front, track, berth: see process_kind */
    ASSIGN_PIECE_TENTH
};

enum { ASSIGN_TOGETHER = 32 };

struct assign_end {
    unsigned kind;     /* enum zhol_assign_end */
    uint32_t resource; /* of ZHOL_ASSIGN_END_ROW, else ZHOL_NONE */
    int8_t sense;
    uint32_t from, to, commodity; /* of ends at a demand, else ZHOL_NONE */
};

struct assign_worth {
    uint32_t capacity; /* number in study->capacities */
    uint32_t slice;
    struct zhol_assign_range range;
    struct assign_end more, less;
    enum assign_piece piece;
    uint8_t process_kind; /* of the server, 0 where none */
    double piece_units;   /* units a day that a piece adds */
    double piece_usd_day; /* what it saves a day, in that slice */
    double piece_usd;     /* what it saves in the whole period */
    uint32_t pays_days;   /* of the slices in which it saves something */
    uint32_t together;    /* resources that get a piece: more than 1 where this one alone gains
                             nothing, since others of the same size are full beside it: the
                             sections of one line */
    uint32_t with[ASSIGN_TOGETHER]; /* the first of them, by number */
};

/* Greatest rent (mean price times capacity, USD a day) first, those without behind; at most `max`
 * (0: all). The caller frees *worths. */
enum zhol_error assign_worth(const struct assign_study *study, uint32_t max,
                             struct assign_worth **worths, uint32_t *count);

struct assign_limit {
    uint32_t resource;
    int8_t sense;
    bool assumed;
    double stated, needed; /* units a day */
};
/* In the order in which they were raised first. The caller frees *limits; *left_t is what is still
 * unmet, tonnes a day (no way apart). */
enum zhol_error assign_limits(const struct assign_study *study, uint32_t slice,
                              struct assign_limit **limits, uint32_t *count, double *left_t);

#endif
