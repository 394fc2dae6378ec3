/* tariff_effect.c: boxes by way and revenue under a cut of the tariff (desk/tariff_effect.h). */
#include "desk/tariff_effect.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "desk/assign_model.h"

enum { LINES_MAX = 64, YEAR_D = 365 };
#define ELASTICITY_MOST 5.0

struct work {
    const struct zhol_corridor *corridor;
    const struct zhol_network *network;
    struct zhol_network_view net;
    const struct tariff_options *options;
    const struct zhol_node *nodes;
    double *share;  /* by tariff thing: the part of it that is cut, 0 to 1 */
    double *factor; /* by tariff thing: its price after the cut */
};

static bool in_country(const struct work *work, uint32_t node)
{
    return strcmp(zhol_corridor_text(work->corridor, work->nodes[node].country),
                  work->options->country) == 0;
}

static uint32_t tail_node(const struct work *work, uint32_t arc)
{
    return work->net.vertices[zhol_network_tail(&work->net, arc)].node;
}

/* ---- What is cut ---- */

/* The part of a ride's rail km in the country; 0 where it begins or ends there. */
static double ride_share(const struct work *work, uint32_t arc)
{
    const struct zhol_ride *ride = &work->net.rides[work->net.arcs[arc].thing];
    double inside = 0, all = 0;
    uint32_t head = work->net.vertices[work->net.arcs[arc].head].node;
    if (in_country(work, head) || in_country(work, tail_node(work, arc))) {
        return 0;
    }
    for (uint32_t i = 0; i < ride->way_count; i++) {
        uint32_t plain = work->net.ways[ride->way + i];
        const struct zhol_arc *move = &work->net.arcs[plain];
        bool rail = move->kind == ZHOL_ARC_MOVE && move->mode == zhol_mode_RAIL;
        bool here = in_country(work, tail_node(work, plain)) &&
                    in_country(work, work->net.vertices[move->head].node);
        inside += rail && here ? move->length_m : 0;
        all += rail ? move->length_m : 0;
    }
    return all > 0 ? inside / all : 0;
}

static void find_shares(struct work *work)
{
    uint32_t count;
    const struct zhol_tariff *rows = zhol_corridor_tariff(work->corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        bool by_km =
            rows[i].scope == zhol_tariff_scope_PER_KM &&
            rows[i].cost_kind == zhol_cost_kind_FREIGHT && rows[i].mode == zhol_mode_RAIL &&
            (rows[i].class == zhol_cargo_class_CONTAINER || !rows[i].class) &&
            strcmp(zhol_corridor_text(work->corridor, rows[i].country), work->options->country) ==
                0;
        if (by_km) {
            work->share[rows[i].tariff_id] = 1;
        }
    }
    for (uint32_t a = 0; a < work->net.arc_count; a++) {
        const struct zhol_arc *arc = &work->net.arcs[a];
        double share = arc->kind == ZHOL_ARC_RIDE ? ride_share(work, a) : 0;
        for (uint32_t i = work->net.first_price[arc->price_set];
             share > 0 && i < work->net.first_price[arc->price_set + 1]; i++) {
            const struct zhol_tariff *row =
                &rows[work->net.prices[work->net.set_prices[i]].tariff_row];
            if (row->scope == zhol_tariff_scope_THROUGH) {
                work->share[row->tariff_id] = share;
            }
        }
    }
}

/* ---- Counting ---- */

static bool goes_through(const struct work *work, const struct assign_model *model,
                         const struct assign_wish *wish)
{
    return model->classes[wish->class].teu_per_unit > 0 && !in_country(work, wish->from) &&
           !in_country(work, wish->to);
}

static enum tariff_way way_of(const struct work *work, const struct assign_model *model,
                              const struct assign_flow *flow)
{
    bool inside = false, sea = false, russia = false, kyrgyz = false;
    for (uint32_t a = 0; a < flow->arc_count; a++) {
        const uint32_t *arcs;
        uint32_t count = assign_arcs(&work->net, &model->flow_arcs[flow->first_arc + a], &arcs);
        for (uint32_t i = 0; i < count; i++) {
            uint32_t node = work->net.vertices[work->net.arcs[arcs[i]].head].node;
            const char *country = zhol_corridor_text(work->corridor, work->nodes[node].country);
            inside = inside || in_country(work, node);
            sea = sea || work->net.arcs[arcs[i]].mode == zhol_mode_SEA;
            russia = russia || strcmp(country, "RU") == 0;
            kyrgyz = kyrgyz || strcmp(country, "KG") == 0;
        }
    }
    return inside && sea ? TARIFF_WAY_CASPIAN
           : inside      ? TARIFF_WAY_LAND
           : sea         ? TARIFF_WAY_OCEAN
           : russia      ? TARIFF_WAY_NORTH
           : kyrgyz      ? TARIFF_WAY_SOUTH
                         : TARIFF_WAY_OTHER;
}

/* What one unit pays of the tariffs that are cut, before the cut. */
static double paid_usd(const struct work *work, const struct assign_class *class, uint32_t arc,
                       const double *factor)
{
    struct zhol_cost_line lines[LINES_MAX];
    uint32_t count = 0, all;
    bool unknown;
    double usd = 0;
    const struct zhol_tariff *rows = zhol_corridor_tariff(work->corridor, &all);
    zhol_network_cost(&work->net, arc, &class->block, &unknown, lines, LINES_MAX, &count);
    for (uint32_t i = 0; i < count && i < LINES_MAX; i++) {
        uint32_t tariff = rows[work->net.prices[lines[i].price].tariff_row].tariff_id;
        usd += work->share[tariff] * (double)lines[i].cents / 100 *
               (factor ? 1 - work->options->cut : 1);
    }
    return usd / class->block_units;
}

static void count_flows(const struct work *work, const struct assign_model *model,
                        const double *factor, struct tariff_answer *out)
{
    *out = (struct tariff_answer){.all_teu = 0};
    for (uint32_t f = 0; f < model->flow_count; f++) {
        const struct assign_flow *flow = &model->flows[f];
        const struct assign_wish *wish = &model->wishes[flow->wish];
        const struct assign_class *class = &model->classes[wish->class];
        if (!goes_through(work, model, wish)) {
            continue;
        }
        enum tariff_way way = way_of(work, model, flow);
        double units = flow->units_day * YEAR_D;
        out->teu[way] += units * class->teu_per_unit;
        out->t[way] += units * class->t_per_unit;
        out->all_teu += units * class->teu_per_unit;
        for (uint32_t a = 0; a < flow->arc_count; a++) {
            out->revenue_usd +=
                units * paid_usd(work, class, model->flow_arcs[flow->first_arc + a], factor);
        }
    }
    for (uint32_t w = 0; w < model->wish_count; w++) {
        if (goes_through(work, model, &model->wishes[w])) {
            out->unmet_teu += assign_model_unmet(model, w) * YEAR_D *
                              model->classes[model->wishes[w].class].teu_per_unit;
        }
    }
}

/* ---- Three solves ---- */

static enum zhol_error solve(const struct work *work, const double *factor,
                             struct assign_model **out)
{
    const struct assign_options how = {.from = work->options->from,
                                       .to = work->options->to,
                                       .hold = ASSIGN_HOLD_NONE,
                                       .tariff_factor = factor};
    enum zhol_error error = assign_model_make(work->corridor, work->network, &how, out);
    if (!error && !(*out)->solver) {
        return ZHOL_ERROR_UNREACHABLE;
    }
    return error ? error : assign_model_solve(*out, NULL);
}

/* Mean cost a unit of each wish; NaN where nothing of it flows. The caller frees it. */
static double *costs_of(const struct assign_model *model)
{
    double *sum = calloc((size_t)model->wish_count * 2 + 2, sizeof *sum);
    for (uint32_t f = 0; sum && f < model->flow_count; f++) {
        const struct assign_flow *flow = &model->flows[f];
        sum[2 * flow->wish] += flow->units_day * flow->usd;
        sum[2 * flow->wish + 1] += flow->units_day;
    }
    for (uint32_t w = 0; sum && w < model->wish_count; w++) {
        sum[w] = sum[2 * w + 1] > 0 ? sum[2 * w] / sum[2 * w + 1] : NAN;
    }
    return sum;
}

/* Scales what goes through by what its cost became. Both models have the same wishes in the same
 * order: they are of the same demand. */
static enum zhol_error grow(const struct work *work, const struct assign_model *now,
                            struct assign_model *cut)
{
    double *before = costs_of(now), *after = costs_of(cut);
    enum zhol_error error = before && after ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    for (uint32_t w = 0; !error && w < cut->wish_count; w++) {
        if (goes_through(work, cut, &cut->wishes[w]) && before[w] > 0 && after[w] > 0) {
            error = assign_model_scale_wish(cut, w,
                                            pow(after[w] / before[w], work->options->elasticity));
        }
    }
    free(before);
    free(after);
    return error ? error : assign_model_solve(cut, NULL);
}

static enum zhol_error run(struct work *work, struct tariff_answer answers[TARIFF_CASES])
{
    struct assign_model *now = NULL, *cut = NULL;
    uint32_t tariffs = zhol_corridor_things(work->corridor, ZHOL_TABLE_tariff);
    find_shares(work);
    for (uint32_t t = 0; t < tariffs; t++) {
        work->factor[t] = 1 - work->options->cut * work->share[t];
    }
    enum zhol_error error = solve(work, NULL, &now);
    error = error ? error : solve(work, work->factor, &cut);
    if (!error && now->wish_count != cut->wish_count) {
        error = ZHOL_ERROR_INTERNAL;
    }
    if (!error) {
        count_flows(work, now, NULL, &answers[TARIFF_NOW]);
        count_flows(work, cut, work->factor, &answers[TARIFF_CUT]);
        error = grow(work, now, cut);
    }
    if (!error) {
        count_flows(work, cut, work->factor, &answers[TARIFF_MORE]);
    }
    assign_model_free(now);
    assign_model_free(cut);
    return error;
}

enum zhol_error tariff_effect_run(const struct zhol_corridor *corridor,
                                  const struct zhol_network *network,
                                  const struct tariff_options *options,
                                  struct tariff_answer answers[TARIFF_CASES])
{
    uint32_t count, tariffs = zhol_corridor_things(corridor, ZHOL_TABLE_tariff);
    struct work work = {.corridor = corridor,
                        .network = network,
                        .net = zhol_network_view(network),
                        .options = options,
                        .nodes = zhol_corridor_node(corridor, &count)};
    if (!(fabs(options->cut) < 1) || !(options->elasticity <= 0) ||
        options->elasticity < -ELASTICITY_MOST) {
        return ZHOL_ERROR_RANGE;
    }
    work.share = calloc((size_t)tariffs + 1, sizeof *work.share);
    work.factor = calloc((size_t)tariffs + 1, sizeof *work.factor);
    enum zhol_error error = work.share && work.factor ? run(&work, answers) : ZHOL_ERROR_MEMORY;
    free(work.share);
    free(work.factor);
    return error;
}
