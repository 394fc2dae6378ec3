/* desk/eta_spread.h: how long one step of a journey takes, as a distribution.
 *
 * A process of the corridor has a technical minimum, a median, a mean and a 90th percentile, all
 * with the usual waiting included. From these:
 *
 * - lognormal: the median is the row's; the spread of the logarithm comes from the 90th percentile,
 *   else from the mean; nothing is shorter than the minimum.
 * - triangular: the one with the row's minimum, median and 90th percentile.
 * - fixed: the median, always.
 *
 * Assumptions, where a row says less (each with the range in which it may lie):
 * - only a median: the spread of the logarithm is ETA_PROCESS_LOG_SD, that of a process whose mean
 *   is 1.28 times its median, as most rows of the reference corridor have it.
 * - movements: a link has a best and a usual speed; the spread is ETA_RUN_LOG_SD. The leg Dostyk -
 *   Brest took 5.5 days as planned and 7.31 on average: 1.33 times as long.
 *
 * Recently observed dwells are weighed against the row, the prior: the median as ETA_PRIOR_DWELLS
 * dwells at the row's median, the spread as ETA_PRIOR_SPREADS of them (conjugate normal and
 * inverse gamma on logarithms; the predictive spread of the prior is the row's). So one odd train
 * changes little, and thirty that agree outweigh the row. A dwell counts at least as one hundredth
 * of the median, so that a zero does not break a logarithm.
 *
 * From ETA_SEEN_LEAST dwells on their own shape counts as well: a quantile is the mean of that of
 * the lognormal distribution, weighing ETA_PRIOR_SHAPE, and that of the dwells, weighing their
 * number (averaging quantiles keeps the shape: Vincent 1912; R. Ratcliff, Psychological Bulletin
 * 86, 1979). A border takes most trains evenly and a few much longer: no lognormal has that tail.
 *
 * Source: A. Gelman et al., Bayesian Data Analysis, 3rd edition, section 3.3.
 * No allocation; O(1), learning O(count).
 */
#ifndef ZHOL_DESK_ETA_SPREAD_H
#define ZHOL_DESK_ETA_SPREAD_H

#include <stdint.h>

#include <zhol/error.h>

#define ETA_PROCESS_LOG_SD 0.70 /* assumed; 0.4 to 1.0 */
#define ETA_RUN_LOG_SD     0.22 /* assumed; 0.1 to 0.35 */
#define ETA_PRIOR_DWELLS   4.0  /* assumed; 2 to 10 */
#define ETA_PRIOR_SPREADS  10.0 /* assumed; 5 to 30 */
#define ETA_PRIOR_SHAPE    60.0 /* assumed; 20 to 100 */
#define ETA_SEEN_LEAST     20   /* fewer say nothing of a tail */

enum eta_shape { ETA_FIXED, ETA_LOGNORMAL, ETA_TRIANGULAR };

/* What is known of a duration; NAN: not. */
struct eta_figures {
    double min_h, median_h, mean_h, p90_h;
    enum eta_shape shape;
};
struct eta_spread {
    enum eta_shape shape;
    double min_h;
    double median_h;
    double log_sd;         /* LOGNORMAL */
    double mode_h, high_h; /* TRIANGULAR */
    const double *seen_h;  /* ascending; NULL: too few */
    uint32_t seen_count;
};

/* ZHOL_ERROR_INVALID: a median that is negative, infinite or unknown. A minimum above the median
 * counts as the median; a 90th percentile below it as unknown. */
enum zhol_error eta_spread_make(const struct eta_figures *figures, struct eta_spread *spread);
/* Weighs observed dwells; becomes lognormal. Dwells that are negative, infinite or NAN are left
 * out; a spread whose median is 0 stays as it is. */
void eta_spread_learn(struct eta_spread *spread, const double *dwells_h, uint32_t count);
/* Their own shape too, after eta_spread_learn: the dwells that it took, ascending. They stay the
 * caller's and must outlive the spread. */
void eta_spread_shape(struct eta_spread *spread, const double *ascending_h, uint32_t count);
/* The duration that is not exceeded with chance u, in (0, 1). */
double eta_spread_at(const struct eta_spread *spread, double u);

#endif
