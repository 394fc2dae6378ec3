/* desk/calibrate.h: the border times of the railways fitted on 2020 to 2022, and 2023 predicted.
 *
 * Targets are rows of table observation with the role `calibration` and no others: measure "border
 * crossing time", rail, by side and direction, a year each. Rows of the role `check` and everything
 * later than the last fitted year are held back; they only appear beside the prediction. What is
 * known to have changed is data (calibration/changes.csv of the corridor): traffic by year, new
 * capacity, the end of a control; each with limits and a source.
 *
 * Two laws:
 * - CONGESTION: time = work + k * u / (1 - u), u = traffic / capacity: what a queue does near its
 *   limit (Pollaczek and Khinchine; Kingman). `work` is given (technical time), k and capacity are
 *   fitted by least squares over the years. It needs traffic, and is used where time rises with it.
 * - LEVEL: time = base + added(year): without a known driver each year's excess over the least year
 *   is what the years' control added. As many parameters as years: it explains nothing, it only
 *   says what is left when the added part goes.
 * The law is chosen by rule, not by eye: CONGESTION where traffic is known for all years and time
 * rises with it in each, else LEVEL.
 *
 * Where a control ends, what a LEVEL falls to is known from above only: its least year was a year
 * of that control, too. So its low end is technical time alone, and the interval has two sides; but
 * one as wide as that tests nothing, and says so (calibrate_is_too_wide).
 *
 * Predictions of the next year come in steps, so that it is seen which change does what: nothing
 * changed; traffic; traffic and the other known changes, with the band of their limits.
 *
 * Order of calls: calibrate_targets, calibrate_changes_read, calibrate_fit, calibrate_predict.
 * O(years) each, the fit a golden section search. Errors: ZHOL_ERROR_EMPTY-like cases are said by
 * count 0; ZHOL_ERROR_INVALID: a series with fewer than two years.
 */
#ifndef ZHOL_DESK_CALIBRATE_H
#define ZHOL_DESK_CALIBRATE_H

#include <stdbool.h>
#include <stdint.h>

#include <zhol/corridor.h>
#include <zhol/error.h>

#include "base/arena.h"

#define CALIBRATE_LAST_YEAR 2022
#define CALIBRATE_WORK_H    8.0 /* technical time of a train at a border: 4 to 10 h (facts) */

#define CALIBRATE_WIDE 0.5 /* of its value: an interval wider than that tests nothing */

enum { CALIBRATE_YEARS = 8, CALIBRATE_SERIES = 8, CALIBRATE_CHANGES = 64 };

/* One published figure. */
struct calibrate_target {
    char side[3];       /* KZ, CN */
    char direction[10]; /* inbound, outbound, all */
    int32_t year;
    double hours;
    uint32_t row; /* of table observation */
    uint8_t role; /* enum zhol_word_role */
};
struct calibrate_targets {
    struct calibrate_target items[96];
    uint32_t count;
};
/* Every rail border time of a whole side by year, of whatever role; the fit picks its own. */
void calibrate_targets(const struct zhol_corridor *corridor, struct calibrate_targets *targets);
/* True for a row that may be fitted: role calibration, not later than CALIBRATE_LAST_YEAR. */
bool calibrate_may_fit(const struct calibrate_target *target);

enum calibrate_kind { CALIBRATE_TRAFFIC, CALIBRATE_CAPACITY, CALIBRATE_CONTROL };
struct calibrate_change {
    uint8_t kind;
    char side[3];
    int32_t year;
    double value, low, high;
    const char *source, *source_ru, *url, *what, *what_ru; /* source_ru: "" where blank */
};
struct calibrate_changes {
    struct arena arena;
    struct calibrate_change items[CALIBRATE_CHANGES];
    uint32_t count;
};
/* On ZHOL_ERROR_OK the caller clears *changes. Findings name line and column. */
enum zhol_error calibrate_changes_read(const char *path, struct zhol_report *report,
                                       struct calibrate_changes *changes);
void calibrate_changes_clear(struct calibrate_changes *changes);

enum calibrate_law { CALIBRATE_CONGESTION, CALIBRATE_LEVEL };
struct calibrate_series {
    char side[3], direction[10];
    uint8_t law;
    uint32_t year_count;
    int32_t years[CALIBRATE_YEARS];
    double published_h[CALIBRATE_YEARS], fitted_h[CALIBRATE_YEARS], traffic[CALIBRATE_YEARS];
    double k_h, capacity; /* CONGESTION; capacity in the unit of the traffic */
    double base_h;        /* LEVEL */
    double worst;         /* largest relative residual */
};
struct calibrate_fit {
    struct calibrate_series series[CALIBRATE_SERIES];
    uint32_t count;
    double inbound_share[2]; /* of shipments, KZ and CN: from years that publish both and all */
};
/* Uses only targets for which calibrate_may_fit holds. */
enum zhol_error calibrate_fit(const struct calibrate_targets *targets,
                              const struct calibrate_changes *changes, struct calibrate_fit *fit);

struct calibrate_prediction {
    char side[3], direction[10];
    double same_h;    /* as in the last fitted year */
    double traffic_h; /* with the traffic of the year; INFINITY: more than the capacity */
    double low_h, value_h, high_h; /* with all known changes */
    double published_h;            /* NAN: none; never used */
    uint8_t role;                  /* of the published row */
};
struct calibrate_predictions {
    int32_t year;
    struct calibrate_prediction items[CALIBRATE_SERIES + 2];
    uint32_t count;
};
/* True where the interval is too wide for a published figure inside of it to say anything. */
bool calibrate_is_too_wide(const struct calibrate_prediction *p);
/* One for every fitted series, and one for all directions of each side. */
void calibrate_predict(const struct calibrate_fit *fit, const struct calibrate_changes *changes,
                       const struct calibrate_targets *published,
                       struct calibrate_predictions *predictions);

#endif
