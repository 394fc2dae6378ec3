/* eta_spread.c: distributions of durations (eta_spread.h). */
#include "desk/eta_spread.h"

#include <math.h>
#include <stdbool.h>

#include "base/random.h"

#define Z90          1.2815515655446004 /* of the normal distribution */
#define LOG_SD_LEAST 0.01

static double lognormal_sd(const struct eta_figures *f)
{
    double sd = ETA_PROCESS_LOG_SD;
    if (f->p90_h > f->median_h) {
        sd = random_log(f->p90_h / f->median_h) / Z90;
    } else if (f->mean_h > f->median_h) {
        sd = sqrt(2 * random_log(f->mean_h / f->median_h));
    }
    return sd > LOG_SD_LEAST ? sd : LOG_SD_LEAST;
}

/* With r = sqrt((high - low)(high - mode)): the median is high - r sqrt(1/2), the 90th percentile
 * high - r sqrt(1/10), where the mode is not above the median. */
static bool set_triangle(const struct eta_figures *f, struct eta_spread *spread)
{
    double r = (f->p90_h - f->median_h) / (sqrt(0.5) - sqrt(0.1));
    double high = f->median_h + r * sqrt(0.5);
    double mode = high - r * r / (high - spread->min_h);
    if (!(f->p90_h > f->median_h) || !(mode >= spread->min_h) || mode > f->median_h) {
        return false;
    }
    spread->mode_h = mode;
    spread->high_h = high;
    return true;
}

enum zhol_error eta_spread_make(const struct eta_figures *f, struct eta_spread *spread)
{
    if (!(f->median_h >= 0) || isinf(f->median_h)) {
        return ZHOL_ERROR_INVALID;
    }
    double least = f->min_h >= 0 ? f->min_h : 0;
    *spread = (struct eta_spread){.shape = f->median_h > 0 ? f->shape : ETA_FIXED,
                                  .median_h = f->median_h,
                                  .min_h = least < f->median_h ? least : f->median_h};
    if (spread->shape == ETA_TRIANGULAR && !set_triangle(f, spread)) {
        spread->shape = ETA_LOGNORMAL;
    }
    spread->log_sd = f->median_h > 0 ? lognormal_sd(f) : 0;
    return ZHOL_ERROR_OK;
}

void eta_spread_learn(struct eta_spread *spread, const double *dwells_h, uint32_t count)
{
    double n = 0, sum = 0, squares = 0, prior = ETA_PRIOR_DWELLS;
    if (!(spread->median_h > 0)) {
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (!(dwells_h[i] >= 0) || isinf(dwells_h[i])) {
            continue;
        }
        double share = dwells_h[i] / spread->median_h;
        double x = random_log(share > 0.01 ? share : 0.01); /* around the prior's median */
        n++;
        sum += x;
        squares += x * x;
    }
    if (n == 0) {
        return;
    }
    double sd = spread->shape == ETA_FIXED ? LOG_SD_LEAST : spread->log_sd;
    double mean = sum / n, shift = sum / (prior + n);
    double within = squares - n * mean * mean;
    double between = prior * n / (prior + n) * mean * mean;
    double variance = (ETA_PRIOR_SPREADS * sd * sd + (within > 0 ? within : 0) + between) /
                      (ETA_PRIOR_SPREADS + n);
    variance *= (1 + 1 / (prior + n)) / (1 + 1 / prior); /* 1 for the prior alone */
    spread->shape = ETA_LOGNORMAL;
    spread->median_h *= random_exp(shift);
    spread->log_sd = sqrt(variance);
    spread->min_h = spread->min_h < spread->median_h ? spread->min_h : spread->median_h;
}

void eta_spread_shape(struct eta_spread *spread, const double *ascending_h, uint32_t count)
{
    bool enough = count >= ETA_SEEN_LEAST && spread->median_h > 0;
    spread->seen_h = enough ? ascending_h : NULL;
    spread->seen_count = enough ? count : 0;
}

/* Hazen's quantile: the k-th of n stands for the chance (k - 1/2) / n. */
static double seen_at(const struct eta_spread *spread, double u)
{
    double position = u * spread->seen_count - 0.5, last = spread->seen_count - 1;
    position = position < 0 ? 0 : position < last ? position : last;
    uint32_t low = (uint32_t)position, high = low + (low < spread->seen_count - 1);
    return spread->seen_h[low] + (position - low) * (spread->seen_h[high] - spread->seen_h[low]);
}

double eta_spread_at(const struct eta_spread *spread, double u)
{
    double h = spread->median_h;
    if (spread->shape == ETA_LOGNORMAL) {
        h *= random_exp(spread->log_sd * random_normal_at(u));
    } else if (spread->shape == ETA_TRIANGULAR) {
        h = random_triangular_at(u, spread->min_h, spread->mode_h, spread->high_h);
    }
    h = h > spread->min_h ? h : spread->min_h;
    if (spread->seen_count) {
        double seen = spread->seen_count, prior = ETA_PRIOR_SHAPE;
        h = (prior * h + seen * seen_at(spread, u)) / (prior + seen);
    }
    return h;
}
