/* desk/assign_sensitivity.c: elementary effects of assumed inputs. See assign_robust.h. */
#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/random.h"
#include "desk/assign_parts.h"
#include "desk/assign_robust.h"
#include "desk/demand_table.h"

enum { CAPACITIES_MAX = 8, LEVELS = 4, FACTORS_MAX = 100, MOVED_DOWN = 0x80 };
#define STEP  (2.0 / 3.0)
#define REACH 2.33 /* standard deviations to the 1 and 99 percent of a normal sum */

struct run {
    const struct zhol_corridor *corridor;
    const struct assign_study_options *options;
    struct zhol_network *network;
    struct assign_factor *factors;
    uint32_t count;
    uint64_t seed;
    double *cost, *unmet; /* by path and step, count + 1 wide */
    uint8_t *order;       /* by path and step: the factor moved before it (step > 0) */
    double *gap, *violation;
};

/* ---- Which factors ---- */

static enum zhol_error add_factor(struct run *run, uint32_t *room, enum assign_factor_kind kind,
                                  uint32_t thing, double low, double high)
{
    if (!(high > low) || run->count == FACTORS_MAX) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = ARRAY_RESERVE(run->factors, *room, run->count + 1);
    if (!error) {
        run->factors[run->count++] =
            (struct assign_factor){.kind = kind, .thing = thing, .low = low, .high = high};
    }
    return error;
}

static int by_scarcity(const void *a, const void *b)
{
    const struct assign_capacity *x = a, *y = b;
    double rent = x->price * x->capacity, other = y->price * y->capacity;
    if (rent != other) {
        return rent > other ? -1 : 1;
    }
    return x->peak != y->peak ? (x->peak > y->peak ? -1 : 1)
                              : (x->resource > y->resource) - (x->resource < y->resource);
}

static bool is_taken(const struct run *run, uint32_t resource)
{
    for (uint32_t i = 0; i < run->count; i++) {
        if (run->factors[i].kind == ASSIGN_FACTOR_CAPACITY && run->factors[i].thing == resource) {
            return true;
        }
    }
    return false;
}

/* Assumed capacities used to at least four fifths, the scarcest first. */
static enum zhol_error add_capacities(struct run *run, uint32_t *room, struct assign_study *study)
{
    uint32_t count;
    const struct zhol_resource *rows = zhol_corridor_resource(run->corridor, &count);
    enum zhol_error error = ZHOL_ERROR_OK;
    if (study->capacity_count) {
        qsort(study->capacities, study->capacity_count, sizeof *study->capacities, by_scarcity);
    }
    for (uint32_t i = 0; !error && i < study->capacity_count && run->count < CAPACITIES_MAX; i++) {
        const struct assign_capacity *c = &study->capacities[i];
        const struct zhol_resource *row = &rows[c->resource_row];
        if (c->assumed && c->peak >= 0.8 && !is_taken(run, c->resource)) {
            error = add_factor(run, room, ASSIGN_FACTOR_CAPACITY, c->resource, row->low, row->high);
        }
    }
    return error;
}

/* Soft demand of each kind of traffic. The ranges of its cells hold each by itself, with the
 * published totals held; so their sum moves far less than they: by the standard deviation of a sum
 * of independent triangles, from its 1 to its 99 percent. */
static enum zhol_error add_demand(struct run *run, uint32_t *room)
{
    double sum[ASSIGN_TRADES * ASSIGN_ROUTES] = {0}, variance[ASSIGN_TRADES * ASSIGN_ROUTES] = {0};
    uint32_t count;
    const struct zhol_demand *rows = zhol_corridor_demand(run->corridor, &count);
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < count; i++) {
        double here = demand_tonnes(&rows[i], run->options->from, run->options->to);
        if (!(here > 0) || !(rows[i].t_low <= rows[i].t) || !(rows[i].t <= rows[i].t_high) ||
            !demand_is_soft(&rows[i]) || rows[i].direction >= ASSIGN_TRADES ||
            rows[i].route >= ASSIGN_ROUTES) {
            continue;
        }
        uint32_t kind = (uint32_t)rows[i].direction * ASSIGN_ROUTES + rows[i].route;
        double low = here * rows[i].t_low / rows[i].t, high = here * rows[i].t_high / rows[i].t;
        sum[kind] += here;
        variance[kind] +=
            (low * low + here * here + high * high - low * here - low * high - here * high) / 18;
    }
    for (uint32_t k = 0; !error && k < ASSIGN_TRADES * ASSIGN_ROUTES; k++) {
        double reach = sum[k] > 0 ? REACH * sqrt(variance[k]) / sum[k] : 0;
        error = reach > 0
                    ? add_factor(run, room, ASSIGN_FACTOR_DEMAND, k, fmax(0, 1 - reach), 1 + reach)
                    : ZHOL_ERROR_OK;
    }
    return error;
}

/* Assumed tariffs per km of each mode: the means of low and high in the stated value. */
static enum zhol_error add_tariffs(struct run *run, uint32_t *room)
{
    double sum[zhol_mode_COUNT][2] = {{0}};
    uint32_t count, number[zhol_mode_COUNT] = {0};
    const struct zhol_tariff *rows = zhol_corridor_tariff(run->corridor, &count);
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < count; i++) {
        bool ranged = rows[i].value > 0 && rows[i].low <= rows[i].value &&
                      rows[i].value <= rows[i].high && rows[i].low < rows[i].high;
        if (ranged && rows[i].mode && assign_is_assumed(run->corridor, rows[i].source_id)) {
            sum[rows[i].mode][0] += rows[i].low / rows[i].value;
            sum[rows[i].mode][1] += rows[i].high / rows[i].value;
            number[rows[i].mode]++;
        }
    }
    for (uint32_t mode = 1; !error && mode < zhol_mode_COUNT; mode++) {
        error = number[mode] ? add_factor(run, room, ASSIGN_FACTOR_TARIFF, mode,
                                          sum[mode][0] / number[mode], sum[mode][1] / number[mode])
                             : ZHOL_ERROR_OK;
    }
    return error;
}

static enum zhol_error find_factors(struct run *run)
{
    struct assign_study study;
    struct assign_study_options options = *run->options;
    uint32_t room = 0;
    options.average = true;
    enum zhol_error error = assign_study_run(run->corridor, &options, &study);
    if (error) {
        return error;
    }
    error = add_capacities(run, &room, &study);
    error = error ? error : add_demand(run, &room);
    error = error ? error : add_tariffs(run, &room);
    error = error
                ? error
                : add_factor(run, &room, ASSIGN_FACTOR_TIME, 0, ASSIGN_TIME_LOW, ASSIGN_TIME_HIGH);
    error =
        error ? error
              : add_factor(run, &room, ASSIGN_FACTOR_UNMET, 0, ASSIGN_UNMET_LOW, ASSIGN_UNMET_HIGH);
    if (!error && options.hold == ASSIGN_HOLD_BORDER) {
        error = add_factor(run, &room, ASSIGN_FACTOR_LEAVE, 0, ASSIGN_LEAVE_LOW, ASSIGN_LEAVE_HIGH);
    }
    run->network = study.slices[0].network;
    study.slices[0].network = NULL; /* ours now */
    assign_study_clear(&study);
    return error;
}

/* ---- One point ---- */

struct point {
    const struct run *run;
    double *level; /* by factor, 0..1 */
    double *tariff, *demand;
    struct assign_options options;
};

static void set_tariffs(struct point *p, uint32_t mode, double value)
{
    uint32_t count;
    const struct zhol_tariff *rows = zhol_corridor_tariff(p->run->corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (rows[i].mode == mode && assign_is_assumed(p->run->corridor, rows[i].source_id)) {
            p->tariff[rows[i].tariff_id] = value;
        }
    }
}

static void set_demand(struct point *p, uint32_t kind, double value)
{
    uint32_t count;
    const struct zhol_demand *rows = zhol_corridor_demand(p->run->corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        if ((uint32_t)rows[i].direction * ASSIGN_ROUTES + rows[i].route == kind &&
            demand_is_soft(&rows[i])) {
            p->demand[i] = value;
        }
    }
}

static double value_at(const struct assign_factor *factor, double level)
{
    return factor->low + (factor->high - factor->low) * level;
}

static void set_options(struct point *p)
{
    const struct run *run = p->run;
    for (uint32_t i = 0; i < run->count; i++) {
        const struct assign_factor *f = &run->factors[i];
        double value = value_at(f, p->level[i]);
        switch (f->kind) {
        case ASSIGN_FACTOR_DEMAND:
            set_demand(p, f->thing, value);
            break;
        case ASSIGN_FACTOR_TARIFF:
            set_tariffs(p, f->thing, value);
            break;
        case ASSIGN_FACTOR_TIME:
            p->options.time_factor = value;
            break;
        case ASSIGN_FACTOR_UNMET:
            p->options.unmet_factor = value;
            break;
        case ASSIGN_FACTOR_LEAVE:
            p->options.leave_usd_t = value > 0 ? value : -1;
            break;
        default:
            break;
        }
    }
}

static enum zhol_error solve_point(struct point *p, uint32_t path, double *cost, double *unmet)
{
    const struct run *run = p->run;
    const struct assign_study_options *o = run->options;
    struct assign_model *model;
    set_options(p);
    enum zhol_error error = assign_model_make(run->corridor, run->network, &p->options, &model);
    if (error) {
        return error;
    }
    for (uint32_t i = 0; !error && i < o->change_count; i++) {
        error = assign_study_change(model, &o->changes[i]);
        error = error == ZHOL_ERROR_UNKNOWN ? ZHOL_ERROR_OK : error;
    }
    for (uint32_t i = 0; !error && i < run->count; i++) {
        const struct assign_factor *f = &run->factors[i];
        if (f->kind == ASSIGN_FACTOR_CAPACITY) {
            error = assign_model_set_resource(model, f->thing, value_at(f, p->level[i]));
            error = error == ZHOL_ERROR_UNKNOWN ? ZHOL_ERROR_OK : error;
        }
    }
    error = error ? error : assign_model_solve(model, NULL);
    *cost = model->certificate.primal;
    *unmet = 0;
    for (uint32_t w = 0; !error && w < model->wish_count; w++) {
        *unmet += assign_model_unmet(model, w) * model->classes[model->wishes[w].class].t_per_unit;
    }
    run->gap[path] = fmax(run->gap[path], model->certificate.gap);
    run->violation[path] = fmax(run->violation[path], model->certificate.violation);
    assign_model_free(model);
    return error;
}

/* ---- One path: a random point, then one factor after the other moved ---- */

static void draw_path(const struct run *run, uint32_t path, double *level, uint8_t *order)
{
    struct random_stream random;
    random_start(&random, run->seed, path + 1);
    for (uint32_t i = 0; i < run->count; i++) {
        level[i] = (double)random_below(&random, LEVELS) / (LEVELS - 1);
        order[i] = (uint8_t)i;
    }
    for (uint32_t i = run->count; i > 1; i--) {
        uint32_t other = random_below(&random, i);
        uint8_t kept = order[i - 1];
        order[i - 1] = order[other];
        order[other] = kept;
    }
}

/* The high bit of an order's entry says that the factor was moved down. */
static enum zhol_error walk_path(struct point *p, uint32_t path)
{
    const struct run *run = p->run;
    uint32_t width = run->count + 1;
    uint8_t *order = run->order + (size_t)path * width;
    enum zhol_error error = ZHOL_ERROR_OK;
    draw_path(run, path, p->level, order);
    for (uint32_t step = 0; !error && step < width; step++) {
        if (step > 0) {
            double *level = &p->level[order[step - 1]];
            bool down = *level > 0.5;
            *level += down ? -STEP : STEP;
            order[step - 1] |= down ? MOVED_DOWN : 0;
        }
        bool stop = run->options->stop && run->options->stop();
        size_t at = (size_t)path * width + step;
        error =
            stop ? ZHOL_ERROR_INTERRUPTED : solve_point(p, path, &run->cost[at], &run->unmet[at]);
    }
    return error;
}

static enum zhol_error one_path(void *context, uint32_t path)
{
    struct run *run = context;
    const struct assign_study_options *o = run->options;
    uint32_t rows;
    size_t tariffs = (size_t)zhol_corridor_things(run->corridor, ZHOL_TABLE_tariff) + 1;
    zhol_corridor_demand(run->corridor, &rows);
    struct point p = {.run = run,
                      .level = calloc((size_t)run->count + 1, sizeof *p.level),
                      .tariff = malloc(tariffs * sizeof *p.tariff),
                      .demand = malloc(((size_t)rows + 1) * sizeof *p.demand)};
    enum zhol_error error = p.level && p.tariff && p.demand ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    for (size_t i = 0; !error && i < tariffs; i++) {
        p.tariff[i] = 1;
    }
    for (uint32_t i = 0; !error && i < rows; i++) {
        p.demand[i] = 1;
    }
    p.options = (struct assign_options){.from = o->from,
                                        .to = o->to,
                                        .hold = o->hold,
                                        .leave_usd_t = o->leave_usd_t,
                                        .any_mode = o->any_mode,
                                        .tariff_factor = p.tariff,
                                        .demand_factor = p.demand};
    error = error ? error : walk_path(&p, path);
    free(p.level);
    free(p.tariff);
    free(p.demand);
    return error;
}

/* ---- Effects ---- */

static void add_effects(const struct run *run, uint32_t path, double *squares)
{
    uint32_t width = run->count + 1;
    for (uint32_t step = 1; step < width; step++) {
        size_t at = (size_t)path * width + step;
        uint8_t moved = run->order[at - 1];
        double sign = moved & MOVED_DOWN ? -1 : 1;
        struct assign_factor *f = &run->factors[moved % MOVED_DOWN];
        double cost = sign * (run->cost[at] - run->cost[at - 1]) / STEP;
        double unmet = sign * (run->unmet[at] - run->unmet[at - 1]) / STEP;
        f->cost_mu += cost;
        f->cost_mu_star += fabs(cost);
        f->unmet_mu += unmet;
        f->unmet_mu_star += fabs(unmet);
        squares[2 * (moved % MOVED_DOWN)] += cost * cost;
        squares[2 * (moved % MOVED_DOWN) + 1] += unmet * unmet;
    }
}

static double spread(double squares, double mean, uint32_t n)
{
    return n > 1 ? sqrt(fmax(squares - n * mean * mean, 0) / (n - 1)) : NAN;
}

static int by_effect(const void *a, const void *b)
{
    const struct assign_factor *x = a, *y = b;
    if (x->cost_mu_star != y->cost_mu_star) {
        return x->cost_mu_star > y->cost_mu_star ? -1 : 1;
    }
    return x->kind != y->kind ? (x->kind < y->kind ? -1 : 1)
                              : (x->thing > y->thing) - (x->thing < y->thing);
}

static enum zhol_error sum_effects(struct run *run, uint32_t paths, struct assign_sensitivity *out)
{
    double *squares = calloc(2 * (size_t)run->count + 2, sizeof *squares);
    if (!squares) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t path = 0; path < paths; path++) {
        add_effects(run, path, squares);
        out->worst_gap = fmax(out->worst_gap, run->gap[path]);
        out->worst_violation = fmax(out->worst_violation, run->violation[path]);
    }
    for (uint32_t i = 0; i < run->count; i++) {
        struct assign_factor *f = &run->factors[i];
        f->cost_mu /= paths;
        f->cost_mu_star /= paths;
        f->unmet_mu /= paths;
        f->unmet_mu_star /= paths;
        f->cost_sigma = spread(squares[2 * i], f->cost_mu, paths);
        f->unmet_sigma = spread(squares[2 * i + 1], f->unmet_mu, paths);
    }
    free(squares);
    qsort(run->factors, run->count, sizeof *run->factors, by_effect);
    out->factors = run->factors;
    out->count = run->count;
    out->paths = paths;
    out->solves = paths * (run->count + 1);
    run->factors = NULL;
    return ZHOL_ERROR_OK;
}

enum zhol_error assign_sensitivity(const struct zhol_corridor *corridor,
                                   const struct assign_study_options *options, uint32_t paths,
                                   uint64_t seed, struct assign_sensitivity *out)
{
    struct run run = {.corridor = corridor, .options = options, .seed = seed};
    *out = (struct assign_sensitivity){0};
    enum zhol_error error = find_factors(&run);
    size_t cells = (size_t)paths * (run.count + 1) + 1;
    run.cost = calloc(cells, sizeof *run.cost);
    run.unmet = calloc(cells, sizeof *run.unmet);
    run.order = calloc(cells, 1);
    run.gap = calloc((size_t)paths + 1, sizeof *run.gap);
    run.violation = calloc((size_t)paths + 1, sizeof *run.violation);
    bool made = run.cost && run.unmet && run.order && run.gap && run.violation;
    error = !error && !made ? ZHOL_ERROR_MEMORY : error;
    error = error ? error : assign_each(paths, options->threads, one_path, &run);
    error = error ? error : sum_effects(&run, paths, out);
    zhol_network_free(run.network);
    free(run.factors);
    free(run.cost);
    free(run.unmet);
    free(run.order);
    free(run.gap);
    free(run.violation);
    return error;
}

void assign_sensitivity_clear(struct assign_sensitivity *sensitivity)
{
    free(sensitivity->factors);
    *sensitivity = (struct assign_sensitivity){0};
}
