/* desk/assign_robust.c: bottlenecks over drawn inputs. See assign_robust.h. */
#include "desk/assign_robust.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "desk/assign_parts.h"

struct priced {
    uint32_t resource;
    int8_t sense;
    bool assumed;
    double price, rent; /* rent: price times capacity */
};

struct slot {
    struct priced *priced;
    uint32_t count, room;
    double cost, unmet_t, gap, violation;
    double *link_t; /* a day, by link, both ways */
};

struct run {
    const struct zhol_corridor *corridor;
    const struct assign_study_options *options;
    uint64_t seed;
    uint32_t draws;
    struct slot *slots;
};

/* ---- One draw ---- */

static double unmet_t(const struct assign_model *model)
{
    double sum = 0;
    for (uint32_t w = 0; w < model->wish_count; w++) {
        sum += assign_model_unmet(model, w) * model->classes[model->wishes[w].class].t_per_unit;
    }
    return sum;
}

static void add_flow(const struct assign_model *model, const struct assign_flow *flow,
                     double *link_t)
{
    double t = flow->units_day * model->classes[model->wishes[flow->wish].class].t_per_unit;
    const uint32_t *way;
    for (uint32_t i = 0; i < flow->arc_count; i++) {
        uint32_t count = assign_arcs(&model->net, &model->flow_arcs[flow->first_arc + i], &way);
        for (uint32_t k = 0; k < count; k++) {
            const struct zhol_arc *arc = &model->net.arcs[way[k]];
            if (arc->kind == ZHOL_ARC_MOVE) {
                link_t[arc->thing] += t;
            }
        }
    }
}

static enum zhol_error keep_links(const struct run *run, const struct assign_model *model,
                                  struct slot *slot)
{
    uint32_t links = zhol_corridor_things(run->corridor, ZHOL_TABLE_link);
    slot->link_t = calloc((size_t)links + 1, sizeof *slot->link_t);
    for (uint32_t f = 0; slot->link_t && f < model->flow_count; f++) {
        add_flow(model, &model->flows[f], slot->link_t);
    }
    return slot->link_t ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

static enum zhol_error keep(const struct run *run, const struct assign_model *model,
                            struct slot *slot)
{
    uint32_t count;
    const struct zhol_resource *resources = zhol_corridor_resource(run->corridor, &count);
    enum zhol_error error = ZHOL_ERROR_OK;
    slot->cost = model->certificate.primal;
    slot->unmet_t = unmet_t(model);
    slot->gap = model->certificate.gap;
    slot->violation = model->certificate.violation;
    for (uint32_t r = 0; !error && r < model->row_count; r++) {
        double price = zhol_assign_row_price(model->solver, r);
        if (price <= 1e-6) {
            continue;
        }
        error = ARRAY_RESERVE(slot->priced, slot->room, slot->count + 1);
        if (!error) {
            slot->priced[slot->count++] = (struct priced){
                resources[model->rows[r].resource_row].resource_id, model->rows[r].sense,
                model->rows[r].assumed, price, price * model->rows[r].capacity};
        }
    }
    return error;
}

/* Draw i; the one after the last is the base, nothing drawn. */
static enum zhol_error one_draw(void *context, uint32_t i)
{
    struct run *run = context;
    uint32_t draw = i < run->draws ? i + 1 : 0;
    const struct assign_study_options *o = run->options;
    struct zhol_network *network = NULL;
    struct assign_model *model = NULL;
    if (o->stop && o->stop()) {
        return ZHOL_ERROR_INTERRUPTED;
    }
    struct zhol_network_options net = {
        .day = o->network_day != ZHOL_BLANK_DATE ? o->network_day : (o->from + o->to) / 2,
        .include_planned = o->include_planned,
        .seed = run->seed,
        .draw = draw};
    struct assign_options options = {.from = o->from,
                                     .to = o->to,
                                     .unmet_factor = o->unmet_factor,
                                     .hold = o->hold,
                                     .leave_usd_t = o->leave_usd_t,
                                     .any_mode = o->any_mode,
                                     .seed = run->seed,
                                     .draw = draw};
    enum zhol_error error = zhol_network_compile(run->corridor, &net, NULL, &network);
    error = error ? error : assign_model_make(run->corridor, network, &options, &model);
    for (uint32_t k = 0; !error && model->solver && k < o->change_count; k++) {
        error = assign_study_change(model, &o->changes[k]);
        error = error == ZHOL_ERROR_UNKNOWN ? ZHOL_ERROR_OK : error;
    }
    error = error ? error : assign_model_solve(model, NULL);
    error = error ? error : keep(run, model, &run->slots[i]);
    error = error || draw == 0 ? error : keep_links(run, model, &run->slots[i]);
    assign_model_free(model);
    zhol_network_free(network);
    return error;
}

/* ---- Putting draws together ---- */

static int by_value(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

struct assign_band assign_band_of(double *values, uint32_t count)
{
    if (count == 0) {
        return (struct assign_band){NAN, NAN, NAN};
    }
    qsort(values, count, sizeof *values, by_value);
    double last = count - 1;
    return (struct assign_band){values[(uint32_t)(0.1 * last + 0.5)],
                                values[(uint32_t)(0.5 * last + 0.5)],
                                values[(uint32_t)(0.9 * last + 0.5)]};
}

static enum zhol_error row_of(struct assign_robust *out, uint32_t *room, const struct priced *p,
                              struct assign_robust_row **row)
{
    for (uint32_t i = 0; i < out->count; i++) {
        if (out->rows[i].resource == p->resource && out->rows[i].sense == p->sense) {
            *row = &out->rows[i];
            return ZHOL_ERROR_OK;
        }
    }
    enum zhol_error error = ARRAY_RESERVE(out->rows, *room, out->count + 1);
    if (!error) {
        *row = &out->rows[out->count++];
        **row = (struct assign_robust_row){
            .resource = p->resource, .sense = p->sense, .assumed = p->assumed};
    }
    return error;
}

static enum zhol_error count_draws(const struct run *run, uint32_t draws, struct assign_robust *out)
{
    uint32_t room = 0;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t d = 0; !error && d < draws; d++) {
        const struct slot *slot = &run->slots[d];
        struct assign_robust_row *row, *best = NULL;
        uint32_t at = 0;
        for (uint32_t i = 0; i < slot->count; i++) {
            at = slot->priced[i].rent > slot->priced[at].rent ? i : at;
        }
        for (uint32_t i = 0; !error && i < slot->count; i++) {
            error = row_of(out, &room, &slot->priced[i], &row);
            if (!error) {
                row->priced++;
            }
        }
        if (!error && slot->count) {
            error = row_of(out, &room, &slot->priced[at], &best);
            best->first += error == ZHOL_ERROR_OK;
        }
        out->worst_gap = fmax(out->worst_gap, slot->gap);
        out->worst_violation = fmax(out->worst_violation, slot->violation);
    }
    return error;
}

static void fill_bands(const struct run *run, uint32_t draws, double *values,
                       struct assign_robust *out)
{
    for (uint32_t r = 0; r < out->count; r++) {
        for (uint32_t d = 0; d < draws; d++) {
            values[d] = 0;
            for (uint32_t i = 0; i < run->slots[d].count; i++) {
                const struct priced *p = &run->slots[d].priced[i];
                bool same = p->resource == out->rows[r].resource && p->sense == out->rows[r].sense;
                values[d] = same ? p->price : values[d];
            }
        }
        out->rows[r].price = assign_band_of(values, draws);
    }
    for (uint32_t d = 0; d < draws; d++) {
        values[d] = run->slots[d].cost;
    }
    out->cost_usd_day = assign_band_of(values, draws);
    for (uint32_t d = 0; d < draws; d++) {
        values[d] = run->slots[d].unmet_t;
    }
    out->unmet_t_day = assign_band_of(values, draws);
}

/* The draws' links, one after the other. */
static enum zhol_error take_links(const struct run *run, uint32_t draws, struct assign_robust *out)
{
    uint32_t links = zhol_corridor_things(run->corridor, ZHOL_TABLE_link);
    out->link_count = links;
    out->link_t = malloc(((size_t)links * draws + 1) * sizeof *out->link_t);
    for (uint32_t d = 0; out->link_t && d < draws; d++) {
        memcpy(out->link_t + (size_t)d * links, run->slots[d].link_t, links * sizeof *out->link_t);
    }
    return out->link_t ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

/* Where the base lies among the draws. */
static void place_base(const struct run *run, uint32_t draws, struct assign_robust *out)
{
    const struct slot *base = &run->slots[draws];
    uint32_t cost = 0, unmet = 0;
    for (uint32_t d = 0; d < draws; d++) {
        cost += run->slots[d].cost < base->cost;
        unmet += run->slots[d].unmet_t < base->unmet_t;
    }
    out->base_cost_usd_day = base->cost;
    out->base_unmet_t_day = base->unmet_t;
    out->cost_below = (double)cost / draws;
    out->unmet_below = (double)unmet / draws;
}

static int by_first(const void *a, const void *b)
{
    const struct assign_robust_row *x = a, *y = b;
    if (x->first != y->first) {
        return x->first > y->first ? -1 : 1;
    }
    if (x->priced != y->priced) {
        return x->priced > y->priced ? -1 : 1;
    }
    return x->resource != y->resource ? (x->resource < y->resource ? -1 : 1)
                                      : (x->sense > y->sense) - (x->sense < y->sense);
}

enum zhol_error assign_robust(const struct zhol_corridor *corridor,
                              const struct assign_study_options *options, uint32_t draws,
                              uint64_t seed, struct assign_robust *out)
{
    struct run run = {.corridor = corridor, .options = options, .seed = seed, .draws = draws};
    double *values = malloc(((size_t)draws + 1) * sizeof *values);
    *out = (struct assign_robust){.draws = draws};
    run.slots = calloc((size_t)draws + 1, sizeof *run.slots);
    enum zhol_error error = run.slots && values ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    error = error ? error : assign_each(draws + 1, options->threads, one_draw, &run);
    error = error ? error : count_draws(&run, draws, out);
    error = error ? error : take_links(&run, draws, out);
    if (!error) {
        place_base(&run, draws, out);
        fill_bands(&run, draws, values, out);
        if (out->count) {
            qsort(out->rows, out->count, sizeof *out->rows, by_first);
        }
    }
    for (uint32_t d = 0; run.slots && d <= draws; d++) {
        free(run.slots[d].priced);
        free(run.slots[d].link_t);
    }
    free(run.slots);
    free(values);
    if (error) {
        assign_robust_clear(out);
    }
    return error;
}

void assign_robust_clear(struct assign_robust *robust)
{
    free(robust->rows);
    free(robust->link_t);
    *robust = (struct assign_robust){0};
}
