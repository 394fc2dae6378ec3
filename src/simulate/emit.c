/* emit.c: puts steps and distributions into the model (simulate/build.h). */
#include <math.h>

#include "base/array.h"
#include "simulate/build.h"

static bool takes_time(uint8_t op)
{
    return op == SIM_SERVE || op == SIM_SEIZE || op == SIM_DELAY || op == SIM_GATE ||
           op == SIM_BATCH || op == SIM_BOARD || op == SIM_LOAD;
}

/* Traced models have a CALL after every step in which time may pass, and before every SPLIT; other
 * draws do not change, because activities have names. */
uint32_t emit_step(struct builder *b, const struct sim_step *step)
{
    struct zhol_simulate_model *m = b->model;
    struct sim_step trace = {.op = SIM_CALL, .a = SIM_CALL_TRACE, .b = m->steps.count};
    uint32_t index = m->steps.count;
    if (m->tracing && step->op == SIM_SPLIT) {
        trace.b++;
        if (!BUILD_PUSH(m->steps, trace)) {
            return SIM_NONE;
        }
    }
    if (!BUILD_PUSH(m->steps, *step)) {
        return SIM_NONE;
    }
    if (m->tracing && takes_time(step->op) && !BUILD_PUSH(m->steps, trace)) {
        return SIM_NONE;
    }
    return index;
}

uint32_t emit_dist(struct builder *b, uint8_t kind, double x, double y, double z, uint32_t place)
{
    struct sim_dist dist = {.kind = kind, .a = x, .b = y, .c = z, .place = place};
    return BUILD_PUSH(b->model->dists, dist) ? b->model->dists.count - 1 : SIM_NONE;
}

uint32_t emit_activity(uint32_t arc, uint32_t role)
{
    return 1 + (arc & 0x7ffffff) * 16 + role;
}

/* ---- Technical times: the table has a minimum and a shape ---- */

uint32_t emit_work(struct builder *b, const struct zhol_process *p, double seconds, uint32_t place)
{
    double spread = SIM_ASSUME(WORK_SPREAD);
    switch (p ? p->distribution : zhol_distribution_FIXED) {
    case zhol_distribution_FIXED:
        return emit_dist(b, SIM_DIST_CONSTANT, seconds, 0, 0, place);
    case zhol_distribution_EXPONENTIAL:
        return emit_dist(b, SIM_DIST_EXPONENTIAL, seconds, 0, 0, place);
    case zhol_distribution_UNIFORM:
        return emit_dist(b, SIM_DIST_UNIFORM, seconds, seconds * (1 + 2 * spread), 0, place);
    case zhol_distribution_TRIANGULAR:
        return emit_dist(b, SIM_DIST_TRIANGULAR, seconds, seconds * (1 + spread / 2),
                         seconds * (1 + 3 * spread), place);
    default:
        return emit_dist(b, SIM_DIST_LOGNORMAL, seconds * spread, SIM_ASSUME(WORK_SIGMA), seconds,
                         place);
    }
}

double emit_work_mean(const struct zhol_process *p, double seconds)
{
    double spread = SIM_ASSUME(WORK_SPREAD), sigma = SIM_ASSUME(WORK_SIGMA);
    switch (p ? p->distribution : zhol_distribution_FIXED) {
    case zhol_distribution_FIXED:
    case zhol_distribution_EXPONENTIAL:
        return seconds;
    case zhol_distribution_UNIFORM:
        return seconds * (1 + spread);
    case zhol_distribution_TRIANGULAR:
        return seconds * (1 + spread * 3.5 / 3);
    default:
        return seconds * (1 + spread * exp(sigma * sigma / 2));
    }
}

/* ---- Dwell that is published and that no queue of the model makes ---- */

double emit_residual_mean(const struct builder *b, const struct zhol_process *p, double work_s)
{
    if (!p) {
        return 0;
    }
    double mean_h = p->mean_h > 0 ? p->mean_h : p->median_h * SIM_ASSUME(MEAN_OF_MEDIAN);
    double rest = (mean_h * SIM_HOUR - work_s) * b->options->residual_share;
    return rest > 0 ? rest : 0;
}

uint32_t emit_residual(struct builder *b, const struct zhol_process *p, double mean)
{
    double sigma = SIM_ASSUME(DWELL_SIGMA);
    if (p->p90_h > p->median_h && p->median_h > 0) {
        sigma = log(p->p90_h / p->median_h) / 1.2815515655446004;
    }
    sigma = sigma > 1.5 ? 1.5 : sigma;
    return emit_dist(b, SIM_DIST_LOGNORMAL, mean * exp(-sigma * sigma / 2), sigma, 0, SIM_NONE);
}
