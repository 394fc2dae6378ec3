/* desk/published_time.h: a transit time that somebody published, and what Zhol would promise there.
 *
 * Published times are observations of the measure "transit time" in days whose scope begins with
 * "A>B" (two places by identifier; a third place makes it no relation). They are of containers: the
 * order is one FEU of electronics, without trucks, and without trains where the scope says "by
 * sea". A promise is held against them from departure (after loading) to arrival (before
 * unloading), as times are published.
 *
 * Used by `zhol calibrate` and by the study, so that both mean the same. Order of calls:
 * published_time_read, published_time_order, zhol_plan, published_time_promise. Errors:
 * ZHOL_ERROR_UNKNOWN (the corridor has no electronics), those of the planner and of
 * desk/eta_arrival.h. Nothing is owned.
 */
#ifndef ZHOL_DESK_PUBLISHED_TIME_H
#define ZHOL_DESK_PUBLISHED_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include <zhol/plan.h>

struct published_time {
    uint32_t row; /* of table observation */
    uint32_t from, to;
    bool by_sea;
    double low_days, high_days;
};

/* False where the row is no such observation. */
bool published_time_read(const struct zhol_corridor *corridor, uint32_t row,
                         struct published_time *out);

enum zhol_error published_time_order(const struct zhol_corridor *corridor,
                                     const struct published_time *time, int32_t day,
                                     struct zhol_consignment *order);

/* Of the fastest way of a result that has one. */
struct published_promise {
    uint32_t first;            /* its first step after the loading */
    int64_t start_min;         /* of that step */
    int64_t last_min;          /* plan minutes of the unloading */
    double p50_days, p90_days; /* NaN: none */
};
enum zhol_error published_time_promise(const struct zhol_network *network,
                                       const struct zhol_corridor *corridor,
                                       const struct zhol_consignment *order,
                                       const struct zhol_plan_result *result,
                                       struct published_promise *out);

#endif
