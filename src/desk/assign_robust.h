/* desk/assign_robust.h: how firm bottlenecks are, and which inputs move the answer most.
 *
 * assign_robust: the average day of a period is solved `draws` times, each with every assumed input
 * drawn from its low..high (triangular, the stated value as the mode): speeds, durations, headways,
 * prices (network/compile_draw), capacities and tonnes of demand. A draw is keyed by (seed, draw,
 * table, identifier, first day), so it depends on nothing else, and two scenarios share what they
 * share. Counted: in how many draws a capacity has a price, in how many the greatest rent (price
 * times capacity, so that trains and TEU compare); quantiles of price, cost and unmet tonnes.
 *
 * assign_sensitivity: elementary effects (M. D. Morris, "Factorial sampling plans for preliminary
 * computational experiments", Technometrics 33, 1991; mu* after F. Campolongo, J. Cariboni,
 * A. Saltelli, Environ. Model. Softw. 22, 2007). A factor is one of the eight dearest assumed
 * capacities used to at least four fifths, the soft demand of a kind of traffic (from 1 to 99
 * percent of the sum of its cells, each drawn by itself), the assumed
 * tariffs of a mode, the worth of time, the price of unmet freight, of another crossing; each runs
 * from its low to its high in four levels. From a keyed random point one factor after the other is
 * moved by two thirds of its range; the change of the answer is the effect. mu* is the mean of its
 * size, sigma its spread: sigma above mu* means that what a factor does depends on the others.
 *
 * Same seed, same bytes, any number of threads. Errors as of desk/assign_study.h.
 */
#ifndef ZHOL_DESK_ASSIGN_ROBUST_H
#define ZHOL_DESK_ASSIGN_ROBUST_H

#include "desk/assign_study.h"

#define ASSIGN_TIME_LOW   0.5 /* worth of time, times the stated */
#define ASSIGN_TIME_HIGH  2.0
#define ASSIGN_UNMET_LOW  2.0
#define ASSIGN_UNMET_HIGH 5.0
#define ASSIGN_LEAVE_LOW  0.0
#define ASSIGN_LEAVE_HIGH 20.0

struct assign_band {
    double low, middle, high; /* 10 %, 50 %, 90 % */
};

struct assign_robust_row {
    uint32_t resource;
    int8_t sense;
    bool assumed;
    uint32_t first, priced; /* draws */
    struct assign_band price;
};

struct assign_robust {
    struct assign_robust_row *rows; /* by how often first, then how often priced */
    uint32_t count, draws;
    struct assign_band cost_usd_day, unmet_t_day;
    double base_cost_usd_day, base_unmet_t_day; /* nothing drawn */
    double cost_below, unmet_below;             /* share of draws below the base */
    double worst_gap, worst_violation;
    double *link_t; /* [draws][link_count]: tonnes a day over each link, both ways */
    uint32_t link_count;
};

enum zhol_error assign_robust(const struct zhol_corridor *corridor,
                              const struct assign_study_options *options, uint32_t draws,
                              uint64_t seed, struct assign_robust *out);
void assign_robust_clear(struct assign_robust *robust);

/* 10 %, 50 % and 90 % of values, which are sorted; NaN of none. A quantile is the value at the
 * rounded place: always one that occurred. */
struct assign_band assign_band_of(double *values, uint32_t count);

enum assign_factor_kind {
    ASSIGN_FACTOR_CAPACITY, /* thing: resource */
    ASSIGN_FACTOR_DEMAND,   /* thing: direction * ASSIGN_ROUTES + route */
    ASSIGN_FACTOR_TARIFF,   /* thing: mode */
    ASSIGN_FACTOR_TIME,
    ASSIGN_FACTOR_UNMET,
    ASSIGN_FACTOR_LEAVE /* another crossing of the border; only where goods are held to the border
                         */
};

struct assign_factor {
    enum assign_factor_kind kind;
    uint32_t thing;
    double low, high;                         /* value of a resource in its unit, else a factor */
    double cost_mu, cost_mu_star, cost_sigma; /* USD a day over the whole range */
    double unmet_mu, unmet_mu_star, unmet_sigma; /* tonnes a day */
};

struct assign_sensitivity {
    struct assign_factor *factors; /* greatest cost_mu_star first */
    uint32_t count, paths, solves;
    double worst_gap, worst_violation;
};

enum zhol_error assign_sensitivity(const struct zhol_corridor *corridor,
                                   const struct assign_study_options *options, uint32_t paths,
                                   uint64_t seed, struct assign_sensitivity *out);
void assign_sensitivity_clear(struct assign_sensitivity *sensitivity);

#endif
