/* desk/assign_study.h: the freight of a period, month by month, and what comes out of it.
 *
 * Purpose: a period is cut at the first of each month (or taken as one average slice); each slice
 * has the network of its middle day, unless a day is given, and its own assign_model. Slices are
 * solved in threads; sums are made in their order, so that the same input gives the same bytes for
 * any number of threads.
 *
 * Order of calls: assign_study_run, questions, assign_study_clear. The corridor must outlive it.
 * Ownership: the study owns slices and sums. Errors: ZHOL_ERROR_UNKNOWN (a change names what binds
 * in no slice), ZHOL_ERROR_UNREACHABLE (no demand in the period), ZHOL_ERROR_INTERRUPTED, and those
 * of the network and the model.
 */
#ifndef ZHOL_DESK_ASSIGN_STUDY_H
#define ZHOL_DESK_ASSIGN_STUDY_H

#include "desk/assign_model.h"

/* What is otherwise than the tables say. */
struct assign_change {
    enum {
        ASSIGN_CHANGE_RESOURCE,
        ASSIGN_CHANGE_LINK,
        ASSIGN_CHANGE_NODE,
        ASSIGN_CHANGE_TARIFF,
        ASSIGN_CHANGE_LINK_TIME, /* only in corridors made otherwise, not in a model that stands */
        ASSIGN_CHANGE_PROCESS_TIME
    } kind;
    uint32_t thing;
    double value; /* of a resource, in its unit; a factor of a tariff or time; links and places are
                     closed */
};

struct assign_study_options {
    int32_t from, to;    /* [from, to) in days */
    bool average;        /* one slice */
    int32_t network_day; /* network of this day for all slices; ZHOL_BLANK_DATE: of their middles */
    bool include_planned;
    enum assign_hold hold;
    double leave_usd_t; /* 0: ASSIGN_LEAVE_USD_T; below 0: nothing */
    bool any_mode;
    double unmet_factor;         /* 0: ASSIGN_UNMET_FACTOR */
    const double *demand_factor; /* by demand row: its tonnes times this; NULL: all 1 */
    const struct assign_change *changes;
    uint32_t change_count;
    uint32_t threads;   /* 0: as many as there are cores, at most 16 */
    bool (*stop)(void); /* asked between slices; may be NULL */
};

struct assign_slice {
    int32_t from, to;
    struct zhol_network *network;
    struct assign_model *model;
};

/* Sums over the period. */
struct assign_amount {
    double t, teu, value_usd;
};

enum { ASSIGN_ROUTES = 8, ASSIGN_TRADES = 8 };

/* A capacity over the period. */
struct assign_capacity {
    uint32_t resource;     /* thing */
    uint32_t resource_row; /* of the last slice in which it binds */
    int8_t sense;          /* as in struct assign_row */
    bool assumed;
    uint32_t days;        /* in which it is a limit */
    double use, capacity; /* units a day, means over these days */
    double peak;          /* greatest share of use in capacity in a slice */
    uint32_t peak_slice;
    double price;         /* USD for one more unit a day, a day: mean over the period */
    double price_peak;    /* greatest of a slice */
    uint32_t price_slice; /* which */
    uint32_t tight_days;  /* days of slices in which the price is above 0 */
};

struct assign_study {
    const struct zhol_corridor *corridor;
    struct assign_study_options options;
    struct assign_slice *slices;
    uint32_t slice_count;
    struct assign_amount *links[2];  /* by link: from its from_node to its to_node, and back */
    struct assign_amount *processes; /* by process */
    struct assign_amount *wanted;    /* by commodity */
    struct assign_amount *carried;   /* by commodity */
    struct assign_amount trades[ASSIGN_TRADES][ASSIGN_ROUTES]
                               [2]; /* direction, route; wanted, carried */
    struct assign_capacity *capacities;
    uint32_t capacity_count;
    struct assign_amount all_wanted, all_carried, unmet, no_way;
    double cost_usd;    /* generalised cost of what is carried */
    double assumed_usd; /* of the prices paid, that rest on assumptions or stand-in rates */
    double price_usd;   /* prices paid */
    struct zhol_assign_certificate certificate; /* sums of values; the worst gap and violation */
};

/* "2024", "2025-03" or two of them joined by ".." into [from, to) in days; false: unreadable. */
bool assign_period_parse(const char *text, int32_t *from, int32_t *to);

enum zhol_error assign_study_run(const struct zhol_corridor *corridor,
                                 const struct assign_study_options *options,
                                 struct assign_study *study);
void assign_study_clear(struct assign_study *study);

/* ---- Parts (assign_tally.c), called by assign_study_run ---- */
enum zhol_error assign_tally(struct assign_study *study);

/* Makes what a change says in a model; ZHOL_ERROR_UNKNOWN where the model has no such thing. */
enum zhol_error assign_study_change(struct assign_model *model, const struct assign_change *change);

/* A model of one slice of its own, changes made and solved, for questions that change it. Its
 * network is the slice's. The caller frees it with assign_model_free. */
enum zhol_error assign_study_copy(const struct assign_study *study, uint32_t slice,
                                  struct assign_model **out);

/* ---- Who uses it ---- */

struct assign_user {
    uint32_t from, to, commodity;
    double t, teu, use; /* over the period; use: units a day of the capacity, mean */
};
/* Demand that goes over a link (use 0), a resource or a process, greatest tonnes first. Give one of
 * them, the others ZHOL_NONE. The caller frees *users. */
enum zhol_error assign_study_users(const struct assign_study *study, uint32_t link,
                                   uint32_t resource, uint32_t process, struct assign_user **users,
                                   uint32_t *count);

/* ---- What stays unmet, and why ---- */

struct assign_shortage {
    uint32_t from, to, commodity, slice;
    double t;          /* in the slice */
    uint32_t resource; /* that takes most of what its best way costs at present prices; ZHOL_NONE:
                          there is no way, or it is dear */
    bool dear;         /* there is a way without a full capacity, dearer than not to go */
    int8_t sense;
    uint32_t wish; /* in the slice's model */
};
/* Greatest first. The caller frees *shortages. */
enum zhol_error assign_study_shortages(const struct assign_study *study,
                                       struct assign_shortage **shortages, uint32_t *count);

#endif
