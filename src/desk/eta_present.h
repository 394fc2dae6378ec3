/* desk/eta_present.h: this morning at the borders, from a CSV file, for promises (eta_arrival.h).
 *
 * Columns: what, process, hours, as_of, ahead, inflow_h, acceptance_h, acceptance_sd. A row is
 *
 *   dwell   hours that somebody took at a process lately; as many rows as were observed
 *   queue   as_of (an instant like 2026-01-31T08:00Z) so many units were `ahead`, `inflow_h` join
 *           and `acceptance_h` are taken an hour, on average round the clock, with a spread
 *           `acceptance_sd` of the logarithm of that rate (blank: 0)
 *
 * What does not belong to a row's kind stays blank. A process is named by its identifier; it counts
 * as the row that holds on `day`. Faults are findings with line and column; nothing is taken from a
 * faulty file. All queues of a file must be of one instant, at most ETA_PRESENT_DAYS before or
 * after `day`: a queue counted a year ago says nothing of today; a process has one queue at most.
 * Order of calls: eta_present_read, use of .present, eta_present_clear. O(rows log rows).
 */
#ifndef ZHOL_DESK_ETA_PRESENT_H
#define ZHOL_DESK_ETA_PRESENT_H

#include <zhol/corridor.h>

#include "desk/eta_arrival.h"

#define ETA_PRESENT_DAYS  31
#define ETA_PRESENT_AHEAD 100000 /* units */
#define ETA_PRESENT_RATE  10000  /* units an hour */

struct eta_present {
    struct eta_arrival_present present; /* points into what follows */
    struct eta_arrival_queue *queues;
    struct eta_arrival_dwells *dwells;
    double *hours;
    uint32_t *process_of; /* of each of the hours, while reading */
    uint32_t queue_count, queue_capacity, dwells_capacity, hour_count, hour_capacity,
        process_capacity;
};

/* On ZHOL_ERROR_OK the caller clears *out. ZHOL_ERROR_UNKNOWN: no such file, or a process that does
 * not exist on the day; ZHOL_ERROR_SYNTAX, _RANGE, _INVALID: see the findings. */
enum zhol_error eta_present_read(const char *path, const struct zhol_corridor *corridor,
                                 int32_t day, struct zhol_report *report, struct eta_present *out);
enum zhol_error eta_present_parse(const char *name, const char *bytes, size_t size,
                                  const struct zhol_corridor *corridor, int32_t day,
                                  struct zhol_report *report, struct eta_present *out);
void eta_present_clear(struct eta_present *present);

#endif
