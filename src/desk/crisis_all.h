/* desk/crisis_all.h: all replays of a corridor together: bands that say how wide they must be.
 *
 * The futures of a crisis hold what nobody knew and what is chance, but not that the model is too
 * simple and that limits of assumptions are set too narrow; such bands cover less than they say.
 * How much too narrow is learnt from the others: the misses of their published figures, each in
 * widths of its own band, are sorted, and of n the k-th, k = ceil((n + 1) * 0.8), is the factor by
 * which this crisis's band is widened about its median (split conformal prediction: Vovk, Gammerman
 * and Shafer 2005, Algorithmic Learning in a Random World; Lei et al. 2018, JASA 113, 1094). Were
 * misses of crises exchangeable, four of five figures would lie within. No figure of a crisis is
 * used for its own band: NAME and NAME-what are the same crisis, and both are left out. A band is
 * never made narrower. What is used of others was published after this crisis where they came
 * later: the bands are out of the sample of crises, not of time.
 *
 * Call order: crisis_all_read, reading, crisis_all_clear. The caller owns *all.
 * Errors: those of crisis_read and crisis_forecast, `failed` names the file; ZHOL_ERROR_IO: no
 * folder. Cost: as many forecasts as files; O(figures^2 log) for the widths.
 */
#ifndef ZHOL_DESK_CRISIS_ALL_H
#define ZHOL_DESK_CRISIS_ALL_H

#include "desk/crisis.h"

#define CRISIS_SHARE 0.8

struct crisis_one {
    char *name;
    struct crisis crisis;
    struct crisis_forecast forecast;
    double widening; /* at least 1; INFINITY: too few figures of others, any value is possible */
    uint32_t learnt_from; /* figures of other crises */
    uint32_t within;      /* of the checks, within the widened bands */
};
struct crisis_all {
    struct crisis_one *items; /* by name */
    uint32_t count, capacity;
    char failed[256]; /* the file that an error is about; "" */
};

/* All files NAME.csv of a folder. */
enum zhol_error crisis_all_read(const char *folder, const struct crisis_options *options,
                                struct zhol_report *report, struct crisis_all *all);
void crisis_all_clear(struct crisis_all *all);

/* The factor of n misses (sorted here) at a share; INFINITY where they are too few. */
double crisis_widening(double *misses, uint32_t n, double share);
/* A band widened about its median; not below `least`. */
struct crisis_band crisis_widened(struct crisis_band band, double factor, double least);
/* The least that a peak can be: what was known to stand on the first day. */
double crisis_least_peak(const struct crisis *crisis);
/* The widened band of a check, or of another figure of the same item, in the item's own unit. */
struct crisis_band crisis_band80(const struct crisis_one *one, enum crisis_item item,
                                 struct crisis_band band);
/* True where the published value of a check, or its range, meets a band. */
bool crisis_check_meets(const struct crisis *crisis, const struct crisis_row *row,
                        struct crisis_band band);

#endif
