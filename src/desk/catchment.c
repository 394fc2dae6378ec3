/* catchment.c: which places a hub would serve, and what they send and get (desk/catchment.h). */
#include "desk/catchment.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "desk/demand_table.h"
#include "desk/hub_price.h"

enum { BOX_TEU = 2, DAY_MIN = 24 * 60, HORIZON_DAYS = 30 };

struct survey {
    const struct zhol_corridor *corridor;
    const struct zhol_network *network;
    const struct catchment_options *options;
    uint32_t commodity;
    double day_usd;
};

static const char *country_of(const struct survey *survey, uint32_t node)
{
    uint32_t row, end, count;
    const struct zhol_node *nodes = zhol_corridor_node(survey->corridor, &count);
    zhol_corridor_rows(survey->corridor, ZHOL_TABLE_node, node, &row, &end);
    return zhol_corridor_text(survey->corridor, nodes[row].country);
}

static bool is_inland(const struct survey *survey, uint32_t node)
{
    for (uint32_t s = 0; s < survey->options->site_count; s++) {
        if (strcmp(country_of(survey, node), country_of(survey, survey->options->sites[s])) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- Freight ---- */

static struct catchment_place *place_of(struct catchment *out, uint32_t node)
{
    for (uint32_t i = 0; i < out->count; i++) {
        if (out->places[i].node == node) {
            return &out->places[i];
        }
    }
    struct catchment_place *place = &out->places[out->count++];
    *place = (struct catchment_place){.node = node, .site = ZHOL_NONE};
    return place;
}

static int by_node(const void *a, const void *b)
{
    uint32_t x = ((const struct catchment_place *)a)->node,
             y = ((const struct catchment_place *)b)->node;
    return (x > y) - (x < y);
}

static enum zhol_error gather(const struct survey *survey, struct catchment *out)
{
    uint32_t count;
    const struct zhol_demand *rows = zhol_corridor_demand(survey->corridor, &count);
    uint32_t nodes = zhol_corridor_things(survey->corridor, ZHOL_TABLE_node);
    out->places = calloc((size_t)nodes + 1, sizeof *out->places);
    if (!out->places) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        double t = demand_tonnes(&rows[i], survey->options->from, survey->options->to);
        double teu = demand_teu(&rows[i], survey->options->from, survey->options->to);
        if (!(t > 0) || rows[i].mode == zhol_mode_OIL || rows[i].mode == zhol_mode_GAS) {
            continue;
        }
        if (is_inland(survey, rows[i].from_node_id)) {
            struct catchment_place *place = place_of(out, rows[i].from_node_id);
            place->out_t += t;
            place->out_teu += teu > 0 ? teu : 0;
        }
        if (is_inland(survey, rows[i].to_node_id)) {
            struct catchment_place *place = place_of(out, rows[i].to_node_id);
            place->in_t += t;
            place->in_teu += teu > 0 ? teu : 0;
        }
    }
    qsort(out->places, out->count, sizeof *out->places, by_node);
    return ZHOL_ERROR_OK;
}

/* ---- Reach ---- */

#define MODE(name) (1u << zhol_mode_##name)

/* The itinerary with least money and worth of time from a place to a site by one mode. */
static enum zhol_error measure(const struct survey *survey, uint32_t from, uint32_t to,
                               enum catchment_mode mode, struct catchment_reach *reach)
{
    struct zhol_plan_result result = {0};
    struct zhol_consignment order = {
        .from = from,
        .to = to,
        .ready_min = (int64_t)zhol_network_view(survey->network).day * DAY_MIN,
        .deadline_min = INT64_MAX,
        .avoid_modes = MODE(SEA) | MODE(AIR) | (mode == CATCHMENT_RAIL ? MODE(ROAD) : MODE(RAIL))};
    const struct zhol_plan_options how = {.time = ZHOL_TIME_MEDIAN, .horizon_days = HORIZON_DAYS};
    *reach = (struct catchment_reach){NAN, NAN};
    if (from == to) {
        *reach = (struct catchment_reach){0, 0};
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error =
        zhol_load_make(survey->corridor, survey->commodity, BOX_TEU, 0, &order.load);
    error = error ? error : zhol_plan(survey->network, survey->corridor, &order, &how, &result);
    double least = INFINITY;
    for (uint32_t i = 0; !error && i < result.itinerary_count; i++) {
        const struct zhol_itinerary *it = &result.itineraries[i];
        double hours = (double)(it->arrival_min - order.ready_min) / 60;
        double usd = (double)it->cents / 100;
        if (usd + survey->day_usd * hours / 24 < least) {
            least = usd + survey->day_usd * hours / 24;
            *reach = (struct catchment_reach){hours, usd};
        }
    }
    zhol_plan_result_clear(&result);
    return error == ZHOL_ERROR_UNREACHABLE ? ZHOL_ERROR_OK : error;
}

static void choose(const struct survey *survey, struct catchment_place *place)
{
    double least = INFINITY;
    for (uint32_t s = 0; s < survey->options->site_count; s++) {
        for (unsigned m = 0; m < CATCHMENT_MODES; m++) {
            const struct catchment_reach *reach = &place->reach[s][m];
            double sum = reach->usd + survey->day_usd * reach->hours / 24;
            if (reach->hours <= survey->options->within_h && sum < least) {
                least = sum;
                place->site = s;
                place->mode = (uint8_t)m;
            }
        }
    }
}

/* ---- Public ---- */

enum zhol_error catchment_make(const struct zhol_corridor *corridor,
                               const struct zhol_network *network,
                               const struct catchment_options *options, struct catchment *out)
{
    struct survey survey = {.corridor = corridor, .network = network, .options = options};
    *out = (struct catchment){.count = 0};
    survey.commodity = zhol_corridor_find(corridor, ZHOL_TABLE_commodity, "mixed_goods");
    if (survey.commodity == ZHOL_NONE || options->site_count > CATCHMENT_SITES_MAX) {
        return ZHOL_ERROR_UNKNOWN;
    }
    survey.day_usd = (double)hub_day_cents(corridor, survey.commodity) / 100;
    enum zhol_error error = gather(&survey, out);
    for (uint32_t i = 0; !error && i < out->count; i++) {
        struct catchment_place *place = &out->places[i];
        for (uint32_t s = 0; s < options->site_count; s++) {
            for (unsigned m = 0; !error && m < CATCHMENT_MODES; m++) {
                error = measure(&survey, place->node, options->sites[s], (enum catchment_mode)m,
                                &place->reach[s][m]);
            }
        }
        choose(&survey, place);
    }
    return error;
}

void catchment_clear(struct catchment *catchment)
{
    free(catchment->places);
    *catchment = (struct catchment){.count = 0};
}
