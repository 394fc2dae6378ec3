/* desk/calibrate_ways.h: published transit times held against the model, none of them fitted.
 *
 * Every observation "transit time" with the role `check` whose scope names two places ("A>B, ...")
 * is planned as a container without trucks (and without trains where the scope says "by sea") on
 * the network of its time, and the promise (P50, P90) of the fastest way taken from the departure
 * to the arrival: loading and unloading at the ends are left out, as transit times are published
 * from station to station. No speed of the corridor was fitted on these rows.
 * Where a service publishes its own times the promise repeats them and proves nothing; so the
 * verdict is on the sum of links, borders and handlings on the same way, which nobody published:
 * with the usual speed of a link (ordinary freight trains) and with the best one. A container train
 * should lie between the two.
 * Errors as zhol_network_compile; a pair that no way joins has NAN. Some 50 ms a row.
 */
#ifndef ZHOL_DESK_CALIBRATE_WAYS_H
#define ZHOL_DESK_CALIBRATE_WAYS_H

#include <stdbool.h>
#include <stdint.h>

#include <zhol/corridor.h>
#include <zhol/error.h>

struct calibrate_way {
    uint32_t row; /* of table observation */
    uint32_t from, to;
    int32_t day;                  /* of the network */
    double low_days, high_days;   /* published */
    double p50_days, p90_days;    /* the model's; NAN: no way */
    bool timetable;               /* it rests on a service's published times: that proves nothing */
    double best_days, usual_days; /* the same way by the best and the usual speeds of its links and
                                     the median times of its borders and handlings */
    bool within;                  /* published range meets best_days to usual_days */
};
/* At most `most` ways in the order of the table; *count of them. */
enum zhol_error calibrate_ways(const struct zhol_corridor *corridor, struct calibrate_way *ways,
                               uint32_t most, uint32_t *count);

#endif
