/* dispatch/search.h: good plans by adaptive large-neighbourhood search.
 *
 * Purpose: from the best of a few constructive rules, take decisions back and make them otherwise,
 * keep what is better, and sometimes what is a little worse; the ways to change that served well
 * are used more. Several searches with random streams of their own run in threads; the best plan
 * wins, the lower number on a tie. Source: Ropke and Pisinger, "An adaptive large neighborhood
 * search heuristic for the pickup and delivery problem with time windows", Transportation Science
 * 40, 2006; acceptance by a falling threshold: Dueck and Scheuer, "Threshold accepting", J. Comput.
 * Phys. 90, 1990. Errors: ZHOL_ERROR_MEMORY. Deterministic for any number of threads.
 */
#ifndef ZHOL_DISPATCH_SEARCH_H
#define ZHOL_DISPATCH_SEARCH_H

#include "dispatch/decode.h"

struct search {
    const struct compiled *compiled;
    const struct pins *pins;   /* or NULL */
    const struct choice *from; /* to begin at beside the rules, or NULL */
    uint64_t seed;
    uint32_t threads, starts, iterations;
    int64_t goal; /* stop at this weighted lateness with no other part of the objective to win */
    struct zhol_dispatch_objective floor; /* no plan is better: stop there */
};

/* Puts the best plan found into `best` (made by plan_new), and how many were tried into *tried. */
enum zhol_error dispatch_search_run(const struct search *search, struct zhol_dispatch_plan *best,
                                    uint64_t *tried);
/* The constructive rules alone; their best choice and plan. */
enum zhol_error search_rules(const struct search *search, struct decoder *decoder,
                             struct choice *best, struct zhol_dispatch_plan *plan, uint64_t *tried);

/* Plans by hints when trains should begin, told one after the other: each is decoded as it is and
 * as the mean of those before, and the best plan is kept. */
struct hinted {
    struct decoder decoder;
    struct choice trial, best;
    struct zhol_dispatch_plan plan; /* the best; made by plan_new */
    double *mean;                   /* train: the mean begin of the hints */
    int32_t *key;
    uint32_t heard;
    uint64_t tried;
};
enum zhol_error hinted_new(struct hinted *hinted, const struct compiled *compiled);
void hinted_free(struct hinted *hinted);
/* Begins with the rules. */
enum zhol_error hinted_rules(struct hinted *hinted, const struct search *search);
/* Tries the decisions that are like a plan, which need not hold. */
void hinted_near(struct hinted *hinted, const struct zhol_dispatch_plan *plan);
/* Hears a hint (-1: pushed); the weighted lateness of the best plan. */
int64_t hinted_hear(void *hinted, const int32_t *begin_min);

#endif
