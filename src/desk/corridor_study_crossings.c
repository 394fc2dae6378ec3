/* corridor_study_crossings.c: the borders of a case: what crosses, how full, how long it waits. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "desk/corridor_study.h"

/* Shares of use that count as equal. */
#define FULL_TOLERANCE 1e-6

static const struct zhol_node *node_of(const struct zhol_corridor *corridor, uint32_t node)
{
    uint32_t begin, end, count;
    zhol_corridor_rows(corridor, ZHOL_TABLE_node, node, &begin, &end);
    return &zhol_corridor_node(corridor, &count)[begin];
}

static const char *country_of(const struct zhol_corridor *corridor, uint32_t node)
{
    return zhol_corridor_text(corridor, node_of(corridor, node)->country);
}

static const struct zhol_link *link_of(const struct zhol_corridor *corridor, uint32_t link)
{
    uint32_t begin, end, count;
    zhol_corridor_rows(corridor, ZHOL_TABLE_link, link, &begin, &end);
    return &zhol_corridor_link(corridor, &count)[begin];
}

static struct study_crossing *crossing_of(struct study_case *at, uint32_t *capacity, uint32_t a,
                                          uint32_t b, unsigned mode)
{
    for (uint32_t i = 0; i < at->crossing_count; i++) {
        struct study_crossing *c = &at->crossings[i];
        if (c->a == a && c->b == b && c->mode == mode) {
            return c;
        }
    }
    if (ARRAY_RESERVE(at->crossings, *capacity, at->crossing_count + 1)) {
        return NULL;
    }
    at->crossings[at->crossing_count] = (struct study_crossing){.a = a,
                                                                .b = b,
                                                                .mode = mode,
                                                                .capacity = ZHOL_NONE,
                                                                .queue = {NAN, NAN, NAN},
                                                                .yard = {NAN, NAN, NAN},
                                                                .t_drawn = {NAN, NAN, NAN},
                                                                .transit_h = {NAN, NAN, NAN, NAN}};
    return &at->crossings[at->crossing_count++];
}

/* Tonnes over every link that joins two countries. */
static enum zhol_error tonnes_find(struct study_case *at)
{
    const struct assign_study *assign = &at->assign;
    double years = (assign->options.to - assign->options.from) / 365.0;
    uint32_t links = zhol_corridor_things(at->corridor, ZHOL_TABLE_link), capacity = 0;
    for (uint32_t l = 0; l < links; l++) {
        const struct zhol_link *link = link_of(at->corridor, l);
        double there = assign->links[0][l].t / years, back = assign->links[1][l].t / years;
        const char *from = country_of(at->corridor, link->from_node_id);
        const char *to = country_of(at->corridor, link->to_node_id);
        int order = strcmp(from, to);
        if (!(there + back > 0) || order == 0) {
            continue;
        }
        struct study_crossing *c =
            order < 0
                ? crossing_of(at, &capacity, link->from_node_id, link->to_node_id, link->mode)
                : crossing_of(at, &capacity, link->to_node_id, link->from_node_id, link->mode);
        if (!c) {
            return ZHOL_ERROR_MEMORY;
        }
        c->t_year[0] += order < 0 ? there : back;
        c->t_year[1] += order < 0 ? back : there;
    }
    return ZHOL_ERROR_OK;
}

/* Mt over each crossing, both ways, in the draws of all assumed inputs. */
static enum zhol_error draws_find(struct study_case *at)
{
    const struct assign_robust *robust = &at->robust;
    double *values = malloc(((size_t)robust->draws + 1) * sizeof *values);
    for (uint32_t i = 0; values && robust->link_t && i < at->crossing_count; i++) {
        struct study_crossing *c = &at->crossings[i];
        for (uint32_t d = 0; d < robust->draws; d++) {
            values[d] = 0;
            for (uint32_t l = 0; l < robust->link_count; l++) {
                const struct zhol_link *link = link_of(at->corridor, l);
                bool there = link->from_node_id == c->a && link->to_node_id == c->b;
                bool back = link->from_node_id == c->b && link->to_node_id == c->a;
                bool counts = (there || back) && link->mode == c->mode;
                values[d] += counts ? robust->link_t[(size_t)d * robust->link_count + l] : 0;
            }
            values[d] *= 365;
        }
        c->t_drawn = assign_band_of(values, robust->draws);
    }
    free(values);
    return values ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

/* Modes whose vehicles a capacity at a place counts, by its unit; a capacity of a link is of the
 * link's mode. */
static bool counts_mode(const struct zhol_resource *row, unsigned mode)
{
    switch (row->unit) {
    case zhol_capacity_unit_TRUCKS:
        return mode == zhol_mode_ROAD;
    case zhol_capacity_unit_TRAINS:
    case zhol_capacity_unit_PAIRS:
    case zhol_capacity_unit_WAGONS:
    case zhol_capacity_unit_TEU:
        return mode == zhol_mode_RAIL;
    case zhol_capacity_unit_VESSELS:
        return mode == zhol_mode_SEA;
    default:
        return false;
    }
}

static bool is_at(const struct zhol_corridor *corridor, const struct study_crossing *c,
                  const struct zhol_resource *row)
{
    if (row->link_id != ZHOL_NONE) {
        const struct zhol_link *link = link_of(corridor, row->link_id);
        return link->mode == c->mode && ((link->from_node_id == c->a && link->to_node_id == c->b) ||
                                         (link->from_node_id == c->b && link->to_node_id == c->a));
    }
    return counts_mode(row, c->mode) && (row->node_id == c->a || row->node_id == c->b);
}

/* The capacity of the mode at either place or between them that is used to the greatest share;
 * among full ones that with the greatest rent. */
static void fullest_find(struct study_case *at)
{
    uint32_t count;
    const struct zhol_resource *rows = zhol_corridor_resource(at->corridor, &count);
    for (uint32_t i = 0; i < at->crossing_count; i++) {
        struct study_crossing *c = &at->crossings[i];
        double fullest = 0, dearest = -1;
        for (uint32_t k = 0; k < at->assign.capacity_count; k++) {
            const struct assign_capacity *capacity = &at->assign.capacities[k];
            double share = capacity->capacity > 0 ? capacity->use / capacity->capacity : 0;
            double rent = capacity->price * capacity->capacity;
            if (share <= 0 || !is_at(at->corridor, c, &rows[capacity->resource_row])) {
                continue;
            }
            bool fuller = share > fullest + FULL_TOLERANCE;
            if (fuller || (share > fullest - FULL_TOLERANCE && rent > dearest)) {
                fullest = share;
                dearest = rent;
                c->capacity = k;
            }
        }
    }
}

static double mean_of(const double *values, uint32_t count)
{
    double sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum += values[i];
    }
    return count ? sum / count : NAN;
}

/* Does what queues at a place of the model go by this mode? By its link, by what its capacity
 * counts, or by what its process serves at once; yes where nothing tells. */
static bool is_of_mode(const struct zhol_corridor *corridor,
                       const struct zhol_simulate_place *place, unsigned mode)
{
    uint32_t count;
    if (place->link != ZHOL_NONE) {
        return link_of(corridor, place->link)->mode == mode;
    }
    if (place->resource_row != ZHOL_NONE) {
        const struct zhol_resource *row =
            &zhol_corridor_resource(corridor, &count)[place->resource_row];
        if (row->link_id != ZHOL_NONE) {
            return link_of(corridor, row->link_id)->mode == mode;
        }
        bool told = counts_mode(row, zhol_mode_RAIL) || counts_mode(row, zhol_mode_ROAD) ||
                    counts_mode(row, zhol_mode_SEA);
        return !told || counts_mode(row, mode);
    }
    if (place->process_row == ZHOL_NONE) {
        return true;
    }
    switch (zhol_corridor_process(corridor, &count)[place->process_row].batch) {
    case zhol_batch_TRUCK:
        return mode == zhol_mode_ROAD;
    case zhol_batch_TRAIN:
    case zhol_batch_WAGON:
        return mode == zhol_mode_RAIL;
    case zhol_batch_VESSEL:
        return mode == zhol_mode_SEA;
    default:
        return true;
    }
}

/* True where what queues is in a yard: reloaded or formed there, box by box or wagon by wagon. */
static bool is_yard(const struct zhol_corridor *corridor, const struct zhol_simulate_place *place)
{
    uint32_t count;
    if (place->link != ZHOL_NONE) {
        return false;
    }
    if (place->resource_row != ZHOL_NONE) {
        unsigned unit = zhol_corridor_resource(corridor, &count)[place->resource_row].unit;
        return unit != zhol_capacity_unit_TRAINS && unit != zhol_capacity_unit_PAIRS &&
               unit != zhol_capacity_unit_TRUCKS && unit != zhol_capacity_unit_VESSELS;
    }
    if (place->process_row == ZHOL_NONE) {
        return true;
    }
    unsigned batch = zhol_corridor_process(corridor, &count)[place->process_row].batch;
    return batch != zhol_batch_TRAIN && batch != zhol_batch_TRUCK && batch != zhol_batch_VESSEL;
}

/* What of the crossing's mode waits at both its places, over the simulated time. */
static enum zhol_error queue_find(struct study_case *at, const struct study_crossing *c, bool yard,
                                  struct study_queue *queue)
{
    struct zhol_simulate_blocks blocks = study_blocks(&at->study);
    uint32_t all = zhol_simulate_place_count(at->study.model), count = 0;
    uint32_t samples = at->answer.samples;
    uint32_t *places = malloc((all + 1) * sizeof *places);
    double *series = calloc((size_t)samples * 3 + 1, sizeof *series);
    enum zhol_error error = places && series ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    for (uint32_t p = 0; !error && p < all; p++) {
        struct zhol_simulate_place about;
        zhol_simulate_place_about(at->study.model, p, &about);
        bool here = about.node != ZHOL_NONE && (about.node == c->a || about.node == c->b);
        if (here && is_of_mode(at->corridor, &about, c->mode) &&
            is_yard(at->corridor, &about) == yard) {
            places[count++] = p;
        }
    }
    if (!error && count && samples) {
        double *low = series + samples, *high = low + samples;
        error = zhol_simulate_series(&blocks, places, count, ZHOL_SIMULATE_QUEUE, 0.1, 0.9, series,
                                     low, high);
        *queue = (struct study_queue){mean_of(series, samples), mean_of(low, samples),
                                      mean_of(high, samples)};
    }
    free(places);
    free(series);
    return error;
}

/* Door to door, of all freight that crosses there, both ways; tonnes weigh. */
static enum zhol_error transit_find(struct study_case *at, struct study_crossing *c)
{
    const struct groups *groups = &at->answer.groups;
    uint32_t *flows = malloc((groups->flow_count + 1) * sizeof *flows), count = 0;
    enum zhol_error error = flows ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    for (int way = 0; !error && way < 2; way++) {
        const struct group *group =
            groups_find(groups, GROUP_CROSSING, way ? c->b : c->a, way ? c->a : c->b);
        for (uint32_t i = 0; group && i < group->count; i++) {
            flows[count++] = groups->flows[group->first + i];
        }
    }
    if (!error && count) {
        struct zhol_simulate_blocks blocks = study_blocks(&at->study);
        struct zhol_simulate_flows_result result;
        error = zhol_simulate_flows(&blocks, flows, count, &result);
        c->transit_h.value = error ? NAN : result.transit_h.mean;
        c->transit_h.half = error ? NAN : result.transit_h.half;
    }
    free(flows);
    return error;
}

static int by_tonnes(const void *a, const void *b)
{
    const struct study_crossing *x = a, *y = b;
    double s = x->t_year[0] + x->t_year[1], t = y->t_year[0] + y->t_year[1];
    if (s != t) {
        return s > t ? -1 : 1;
    }
    return x->a != y->a ? (x->a < y->a ? -1 : 1) : x->b != y->b ? (x->b < y->b ? -1 : 1) : 0;
}

enum zhol_error study_crossings_find(struct study_case *at)
{
    enum zhol_error error = tonnes_find(at);
    if (error) {
        return error;
    }
    if (at->crossing_count) {
        qsort(at->crossings, at->crossing_count, sizeof *at->crossings, by_tonnes);
    }
    fullest_find(at);
    error = draws_find(at);
    for (uint32_t i = 0; !error && at->study.model && i < at->crossing_count; i++) {
        bool piped =
            at->crossings[i].mode == zhol_mode_OIL || at->crossings[i].mode == zhol_mode_GAS;
        struct study_crossing *c = &at->crossings[i];
        error = piped ? ZHOL_ERROR_OK : queue_find(at, c, false, &c->queue);
        error = error || piped ? error : queue_find(at, c, true, &c->yard);
        error = error ? error : transit_find(at, &at->crossings[i]);
    }
    return error;
}
