/* report/clock.h: the clock of each place: UTC offsets by place and instant.
 *
 * Zones are loaded once and kept; a network has some twenty. Order of calls: clock_init, questions,
 * clock_clear. A zone that the system's tz database lacks makes clock_at fail with the database's
 * error; clock_zone_name tells which it is.
 */
#ifndef ZHOL_REPORT_CLOCK_H
#define ZHOL_REPORT_CLOCK_H

#include <zhol/corridor.h>

#include "report/format.h"

struct zone;

struct clock_zone {
    uint32_t name; /* text offset: equal names have equal offsets */
    struct zone *zone;
};

struct clock {
    const struct zhol_corridor *corridor;
    struct clock_zone *zones;
    uint32_t count, capacity;
};

void clock_init(struct clock *clock, const struct zhol_corridor *corridor);
void clock_clear(struct clock *clock);
/* The instant (UTC minutes) as the clock of a place shows it. */
enum zhol_error clock_at(struct clock *clock, uint32_t node, int64_t utc_min,
                         struct report_time *time);
/* The instant at which the clock of a place reads local_s. */
enum zhol_error clock_instant(struct clock *clock, uint32_t node, int64_t local_s, int64_t *utc_s);
/* The name of a place's zone. */
const char *clock_zone_name(const struct clock *clock, uint32_t node);

#endif
