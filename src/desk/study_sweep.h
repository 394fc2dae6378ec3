/* desk/study_sweep.h: one input moved over a range, and what that does.
 *
 * A sweep is `NAME=A..B` or `NAME=A..B:STEP`. NAME is
 * - SCENARIO.PARAMETER, the scenario by its name or the beginning of it:
 * `bakhty.opening=2027..2030`, `trans-caspian.ferries=2..5`. Of a parameter that is a day, a bare
 * year means that year with the month and day of the scenario's own value. Each point goes through
 * all engines on the scenario's day, against the base of that day;
 * - a resource, in its own unit a day: `R.DOSTYK.transship=5..20:5`; or a tariff, as a factor:
 *   `TARIFF=0.8..1.2:0.1`. These move the assignment of the base only.
 *
 * Points are dealt to the ranks of an MPI job and, on each, run in threads; every rank then has all
 * of them, the same bytes for any number of ranks and threads.
 *
 * Call order: study_sweep_read, study_sweep_run, look; nothing is allocated. Errors:
 * ZHOL_ERROR_SYNTAX (not of that form), ZHOL_ERROR_RANGE (ends before it begins),
 * ZHOL_ERROR_UNKNOWN (no such scenario, parameter, resource or tariff), ZHOL_ERROR_LIMIT (more than
 * STUDY_SWEEP_MOST points), those of the study.
 */
#ifndef ZHOL_DESK_STUDY_SWEEP_H
#define ZHOL_DESK_STUDY_SWEEP_H

#include "desk/corridor_study.h"
#include "simulate/ranks.h"

enum { STUDY_SWEEP_MOST = 64, STUDY_SWEEP_TEXT = 96, STUDY_SWEEP_SET = 160 };

/* What came of a point; plain bytes, sent between ranks. NaN: not run, or not known. */
struct study_sweep_point {
    char value[32];
    int32_t day; /* of its network */
    int32_t settled;
    double carried_t_year, unmet_t_year, cost_usd_t; /* and less the base of that day: */
    double carried_difference, unmet_difference, cost_difference_musd_year;
    struct study_figure transit_h, delay_usd_day;
};

struct study_sweep {
    char name[STUDY_SWEEP_TEXT];     /* as given, before '=' */
    char scenario[STUDY_SWEEP_TEXT]; /* whole name; "" where a resource or tariff is moved */
    char sets[STUDY_SWEEP_MOST][STUDY_SWEEP_SET];
    struct study_point cases[STUDY_SWEEP_MOST];
    struct study_sweep_point points[STUDY_SWEEP_MOST];
    uint32_t count;
};

/* `corridor`: the base, for resources and tariffs. */
enum zhol_error study_sweep_read(const char *text, const char *dir,
                                 const struct zhol_corridor *corridor, struct study_sweep *sweep);
/* `options` as of the study it belongs to: folder, period, replications, seed, threads. */
enum zhol_error study_sweep_run(const struct corridor_study_options *options,
                                const struct ranks *ranks, struct zhol_report *report,
                                struct study_sweep *sweep);

#endif
