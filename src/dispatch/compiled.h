/* dispatch/compiled.h: a day prepared for planning.
 *
 * Purpose: what every plan of a day asks again and again, worked out once: which units a train has,
 * how long each front needs for it, which units may share a formed train (a group is a gauge and a
 * destination), when what is pushed leaves, which minutes are closed.
 * Call order: compiled_init on a day that zhol_dispatch_check accepts; reads; compiled_clear.
 * Ownership: the day's arrays stay the caller's and must live as long. Errors: ZHOL_ERROR_MEMORY.
 * A compiled day is only read afterwards: threads may share it.
 */
#ifndef ZHOL_DISPATCH_COMPILED_H
#define ZHOL_DISPATCH_COMPILED_H

#include "base/arena.h"
#include "dispatch/span.h"

struct compiled {
    const struct zhol_dispatch_day *day;
    bool (*stop)(void); /* of the options; NULL: never */
    int32_t horizon;
    uint32_t hours;
    uint32_t *unit_first; /* of train t: unit_at[unit_first[t] .. unit_first[t + 1]) */
    uint32_t *unit_at;
    int32_t *work_min; /* [train * front_count + front]; 0: this front does not take it */
    uint32_t group_count;
    uint32_t *unit_group;
    uint8_t *group_gauge; /* of the formed trains */
    uint32_t *group_destination;
    uint32_t *group_first; /* of group g: group_unit[group_first[g] ...), units ascending */
    uint32_t *group_unit;
    int32_t *loaded_from; /* unit: not loaded into a formed train before (hold, data) */
    int32_t *pushed_min;  /* unit: leaves then when its train is pushed */
    int32_t *kept_min;    /* unit: leaves then when it stays in the yard; at most pushed_min */
    struct span *fronts, *tracks, *locomotives; /* closed and occupied minutes */
    struct span *refused; /* train: bans keep it from being accepted; NULL where none does */
    uint32_t *track_at[ZHOL_DISPATCH_GAUGES]; /* tracks of the gauge, shortest first */
    uint32_t track_counts[ZHOL_DISPATCH_GAUGES];
    uint32_t *boxes; /* unit: what a move by yard counts */
    struct arena arena;
};

enum zhol_error compiled_init(struct compiled *compiled, const struct zhol_dispatch_day *day);
void compiled_clear(struct compiled *compiled);

/* The gauge that a train's units leave on. */
static inline enum zhol_dispatch_gauge gauge_other(enum zhol_dispatch_gauge gauge)
{
    return gauge == ZHOL_DISPATCH_1435 ? ZHOL_DISPATCH_1520 : ZHOL_DISPATCH_1435;
}

/* The first minute of the day at or after `from` at which a train stands ready and no ban keeps it
 * from being accepted; SPAN_MINUTES when there is none. */
static inline int32_t accept_from(const struct compiled *compiled, uint32_t train, int32_t from)
{
    int32_t ready = compiled->day->trains[train].ready_min;
    from = ready > from ? ready : from;
    from = from > 0 ? from : 0;
    return compiled->refused && from < SPAN_MINUTES
               ? span_next_free(compiled->refused + train, from)
               : from;
}

/* Cost of a unit that leaves at `leave_min`. */
static inline int64_t unit_late_cost(const struct zhol_dispatch_unit *unit, int32_t leave_min)
{
    return leave_min > unit->contract_min
               ? (int64_t)unit->late_weight * (leave_min - unit->contract_min)
               : 0;
}

/* The first minute at or after `from` at which no ban keeps a train of the gauge, destination and
 * flags from leaving. */
int32_t ban_end(const struct zhol_dispatch_day *day, enum zhol_dispatch_gauge gauge,
                uint32_t destination, uint32_t flags, int32_t from);
/* Minutes that a front works on a train; 0 when it does not take it or would need longer than the
 * horizon. */
int32_t front_work_min(const struct zhol_dispatch_day *day, uint32_t train, uint32_t front);
/* The first minute at or after `from` >= horizon_min at which the next days, each like the first 24
 * hours of this one (like all of it when it is shorter), let a train of the gauge depart. */
int32_t next_departure(const struct zhol_dispatch_day *day, enum zhol_dispatch_gauge gauge,
                       int32_t from);

#endif
