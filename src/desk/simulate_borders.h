/* desk/simulate_borders.h: hours at the borders, as border times are published: by the side that
 * works, by mode and direction; and what is published beside them.
 *
 * A stay is what a tonne spends at a place where it leaves a country or comes into one: the work of
 * controls, change of gauge and reloading there, and all waiting there until the next movement
 * begins (for officers, for what the other side takes, for a path, for a train to be formed, for
 * dwell that is given). A train before a full station waits for that station. Each side has its
 * own: Alashankou out and Dostyk in are two stays.
 *
 * The hours come from zhol_simulate_stays: the ledger by arc, divided by the tonnes that pass the
 * controls. Where freight of a border shares an arc with other freight (a line on which trains from
 * elsewhere are formed, too), the border has the share of its tonnes. Means only: quantiles of a
 * stay do not follow from its parts.
 *
 * What counts are steps that were finished in the measured days: hours of who still stands at their
 * end are not in it (a closed border shows few hours and few tonnes), and in a run as short as a
 * voyage the wait for a train or ship to fill is too short, as it is told at the voyage's end.
 *
 * Published figures are observations "border crossing time" of the corridor in hours, the newest of
 * each scope whose period has begun by the simulated day. Many stand in for dwell in the model:
 * then agreement proves nothing, and the role says so. What the model's own queues and work make of
 * the published time is the honest question.
 *
 * Ownership: the caller frees *borders. Errors: ZHOL_ERROR_MEMORY and those of
 * zhol_simulate_stays. Cost: as many replications as were run, with a look after every step.
 */
#ifndef ZHOL_DESK_SIMULATE_BORDERS_H
#define ZHOL_DESK_SIMULATE_BORDERS_H

#include "desk/simulate_study.h"

enum border_way { BORDER_IN, BORDER_OUT, BORDER_BOTH, BORDER_WAYS };

struct border_stay {
    uint32_t node; /* ZHOL_NONE: all of the country */
    uint32_t also; /* a second place, where a figure is published for both; or ZHOL_NONE */
    char country[3];
    uint8_t mode; /* enum zhol_word_mode, of the movement over the border */
    uint8_t way;  /* enum border_way, seen from the country */
    double t_day; /* that pass */
    struct zhol_simulate_value stay_h, by_cause_h[ZHOL_SIMULATE_CAUSE_COUNT];
    /* Of stay_h: controls and handlings; queues, closed doors and acceptance; trains and ships that
     * fill; published dwell that no queue of the model makes. */
    struct zhol_simulate_value work_h, queue_h, fill_h, given_h;
    uint32_t published; /* row of table observation, or ZHOL_NONE */
};

struct borders {
    struct border_stay *items; /* countries, two places together, places; by tonnes */
    uint32_t count, capacity;
    uint32_t replications; /* on which they rest */
};

/* `runs`: threads, stop and progress; its count is that of the study's replications. */
enum zhol_error borders_make(const struct study *study, const struct zhol_simulate_runs *runs,
                             struct borders *borders);
void borders_clear(struct borders *borders);

#endif
