/* simulate/result.h: the values of one replication from which results are made. */
#ifndef ZHOL_SIMULATE_RESULT_H
#define ZHOL_SIMULATE_RESULT_H

#include <zhol/simulate.h>

enum {
    RESULT_TRANSIT,
    RESULT_P50,
    RESULT_P90,
    RESULT_P95,
    RESULT_LOADS_DAY,
    RESULT_USD,
    RESULT_ALIVE,
    RESULT_CAUSES,
    RESULT_STEPS = RESULT_CAUSES + ZHOL_SIMULATE_CAUSE_COUNT,
    RESULT_VALUES = RESULT_STEPS + ZHOL_SIMULATE_STEP_COUNT
};

struct result_sum {
    double units, loads, t;
    double value[RESULT_VALUES];              /* hours, loads a day, USD a day */
    int64_t histogram[ZHOL_SIMULATE_BUCKETS]; /* kilograms */
};

/* Sums the flows of a block (flows NULL: all). */
void result_sum_flows(const struct zhol_simulate_model *model, const int64_t *block,
                      const uint32_t *flows, uint32_t flow_count, struct result_sum *sum);
const int64_t *result_block(const struct zhol_simulate_blocks *blocks, uint32_t i);
/* Measured days of a replication. */
double result_days(const struct zhol_simulate_model *model);
/* Mean and half width over the replications, `stride` values apart. */
struct zhol_simulate_value result_value(const struct zhol_simulate_blocks *blocks,
                                        const double *values, uint32_t stride);
/* Makes means of replications, weighed, into values whose plain mean is that of all together. */
void result_ratio(double *values, const double *weights, uint32_t count, uint32_t stride);
/* True of RESULT_ values that are mean times, which weights make a ratio. */
bool result_is_time(uint32_t value);
double result_quantile(const double *sorted, uint32_t count, double q);

#endif
