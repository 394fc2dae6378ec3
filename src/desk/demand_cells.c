/* demand_cells.c: the seed of a demand matrix: gravity over named generators (desk/demand.h). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/time.h"
#include "desk/demand_state.h"

enum { RAKE_TURNS = 50 };

static const double KEPT_OF_BEST = 0.5;
static const double EARTH_RADIUS_KM = 6371.0;
static const double RADIANS = 3.14159265358979323846 / 180;

/* A flow at work: its generators, and lists of those that hold for one kind of goods. */
struct sowing {
    struct demand_fit *fit;
    uint32_t flow;              /* row of demand_flow */
    const uint32_t *generators; /* rows of demand_generator */
    uint32_t generator_count;
    uint32_t *list[DEMAND_PARTS]; /* rows of demand_generator by dimension */
    uint32_t count[DEMAND_PARTS];
    double *best; /* of rows of demand_generator: largest share of a cell that uses it */
    double *sum;  /* of rows of demand_generator: shares of the cells that use it */
    double *now;  /* the same, of the cells that are kept */
};

static const struct zhol_demand_generator *generator_rows(const struct demand_fit *fit)
{
    uint32_t count;
    return zhol_corridor_demand_generator(fit->corridor, &count);
}

static const struct zhol_demand_flow *flow_of(const struct sowing *sowing)
{
    uint32_t count;
    return &zhol_corridor_demand_flow(sowing->fit->corridor, &count)[sowing->flow];
}

static double distance_km(const struct zhol_corridor *corridor, uint32_t from, uint32_t to)
{
    uint32_t count;
    const struct zhol_node *nodes = zhol_corridor_node(corridor, &count);
    const struct zhol_node *a = &nodes[zhol_corridor_row_on(corridor, ZHOL_TABLE_node, from, 0)];
    const struct zhol_node *b = &nodes[zhol_corridor_row_on(corridor, ZHOL_TABLE_node, to, 0)];
    double half_lat = sin((b->y_coord - a->y_coord) * RADIANS / 2);
    double half_lon = sin((b->x_coord - a->x_coord) * RADIANS / 2);
    double h = half_lat * half_lat +
               cos(a->y_coord * RADIANS) * cos(b->y_coord * RADIANS) * half_lon * half_lon;
    return 2 * EARTH_RADIUS_KM * asin(sqrt(h < 1 ? h : 1));
}

/* exp(-detour / reach): what the crossing costs beyond the direct way. */
static double gravity(const struct sowing *sowing, uint32_t from, uint32_t via, uint32_t to)
{
    const struct zhol_corridor *corridor = sowing->fit->corridor;
    double reach_km = flow_of(sowing)->reach_km;
    if (via == ZHOL_NONE || isnan(reach_km)) {
        return 1;
    }
    double detour_km = distance_km(corridor, from, via) + distance_km(corridor, via, to) -
                       distance_km(corridor, from, to);
    return exp(-fmax(detour_km, 0) / reach_km);
}

/* The generators of a dimension that hold for the goods: those that name them, else the general. */
static void choose(struct sowing *sowing, unsigned part, unsigned dimension, uint32_t commodity)
{
    const struct zhol_demand_generator *rows = generator_rows(sowing->fit);
    sowing->count[part] = 0;
    for (unsigned pass = 0; pass < 2 && !sowing->count[part]; pass++) {
        for (uint32_t i = 0; i < sowing->generator_count; i++) {
            uint32_t row = sowing->generators[i];
            if (rows[row].dimension == dimension &&
                rows[row].commodity_id == (pass ? ZHOL_NONE : commodity)) {
                sowing->list[part][sowing->count[part]++] = row;
            }
        }
    }
}

static enum zhol_error add_cell(struct sowing *sowing, const struct demand_cell *cell)
{
    struct demand_fit *fit = sowing->fit;
    enum zhol_error error = ARRAY_RESERVE(fit->cells, fit->cell_capacity, fit->cell_count + 1);
    if (!error) {
        fit->cells[fit->cell_count++] = *cell;
    }
    return error;
}

/* All cells of an origin and a destination: one a crossing, or one where there are none. */
static enum zhol_error sow_pair(struct sowing *sowing, uint32_t origin, uint32_t destination,
                                uint32_t goods)
{
    const struct zhol_demand_generator *rows = generator_rows(sowing->fit);
    enum zhol_error error = ZHOL_ERROR_OK;
    uint32_t vias = sowing->count[PART_VIA] ? sowing->count[PART_VIA] : 1;
    if (rows[origin].node_id == rows[destination].node_id) {
        return ZHOL_ERROR_OK;
    }
    for (uint32_t v = 0; v < vias && !error; v++) {
        uint32_t via = sowing->count[PART_VIA] ? sowing->list[PART_VIA][v] : ZHOL_NONE;
        struct demand_cell cell = {.flow = sowing->flow,
                                   .row = ZHOL_NONE,
                                   .from = rows[origin].node_id,
                                   .to = rows[destination].node_id,
                                   .commodity = rows[goods].commodity_id,
                                   .via = via == ZHOL_NONE ? ZHOL_NONE : rows[via].node_id,
                                   .part = {origin, destination, via, goods},
                                   .kind = zhol_demand_kind_FITTED};
        cell.share = rows[origin].weight * rows[destination].weight *
                     (via == ZHOL_NONE ? 1 : rows[via].weight) *
                     gravity(sowing, cell.from, cell.via, cell.to);
        error = add_cell(sowing, &cell);
    }
    return error;
}

/* Scales the shares of the cells [first, end) to a sum. */
static void scale_shares(struct demand_fit *fit, uint32_t first, uint32_t end, double wanted)
{
    double sum = 0;
    for (uint32_t c = first; c < end; c++) {
        sum += fit->cells[c].share;
    }
    for (uint32_t c = first; c < end && sum > 0; c++) {
        fit->cells[c].share *= wanted / sum;
    }
}

static enum zhol_error sow_goods(struct sowing *sowing, uint32_t goods, double share)
{
    const struct zhol_demand_generator *rows = generator_rows(sowing->fit);
    enum zhol_error error = ZHOL_ERROR_OK;
    uint32_t first = sowing->fit->cell_count;
    choose(sowing, PART_ORIGIN, zhol_demand_dimension_ORIGIN, rows[goods].commodity_id);
    choose(sowing, PART_DESTINATION, zhol_demand_dimension_DESTINATION, rows[goods].commodity_id);
    choose(sowing, PART_VIA, zhol_demand_dimension_VIA, rows[goods].commodity_id);
    for (uint32_t o = 0; o < sowing->count[PART_ORIGIN] && !error; o++) {
        for (uint32_t d = 0; d < sowing->count[PART_DESTINATION] && !error; d++) {
            error = sow_pair(sowing, sowing->list[PART_ORIGIN][o],
                             sowing->list[PART_DESTINATION][d], goods);
        }
    }
    scale_shares(sowing->fit, first, sowing->fit->cell_count, share);
    return error;
}

/* Leaves out small cells, but for those of at least half the largest of one of their generators. */
static void prune(struct sowing *sowing, uint32_t first)
{
    struct demand_fit *fit = sowing->fit;
    uint32_t kept = first;
    for (uint32_t c = first; c < fit->cell_count; c++) {
        for (unsigned p = 0; p < DEMAND_PARTS; p++) {
            uint32_t row = fit->cells[c].part[p];
            if (row != ZHOL_NONE) {
                sowing->best[row] = fmax(sowing->best[row], fit->cells[c].share);
                sowing->sum[row] += fit->cells[c].share;
            }
        }
    }
    for (uint32_t c = first; c < fit->cell_count; c++) {
        bool keep = fit->cells[c].share >= DEMAND_SHARE_MIN;
        for (unsigned p = 0; p < DEMAND_PARTS; p++) {
            uint32_t row = fit->cells[c].part[p];
            keep = keep ||
                   (row != ZHOL_NONE && fit->cells[c].share >= KEPT_OF_BEST * sowing->best[row]);
        }
        if (keep) {
            fit->cells[kept++] = fit->cells[c];
        }
    }
    fit->cell_count = kept;
}

/* One turn: the cells of each generator of a dimension are scaled to its share before the pruning.
 */
static void rake(struct sowing *sowing, uint32_t first, unsigned part)
{
    struct demand_fit *fit = sowing->fit;
    for (uint32_t c = first; c < fit->cell_count; c++) {
        if (fit->cells[c].part[part] != ZHOL_NONE) {
            sowing->now[fit->cells[c].part[part]] = 0;
        }
    }
    for (uint32_t c = first; c < fit->cell_count; c++) {
        if (fit->cells[c].part[part] != ZHOL_NONE) {
            sowing->now[fit->cells[c].part[part]] += fit->cells[c].share;
        }
    }
    for (uint32_t c = first; c < fit->cell_count; c++) {
        uint32_t row = fit->cells[c].part[part];
        if (row != ZHOL_NONE) {
            fit->cells[c].share *= sowing->sum[row] / sowing->now[row];
        }
    }
}

/* What was left out goes to the cells that are kept, so that every generator keeps its share as far
 * as they allow; goods come last and are exact. */
static void restore_shares(struct sowing *sowing, uint32_t first)
{
    for (unsigned turn = 0; turn < RAKE_TURNS; turn++) {
        rake(sowing, first, PART_ORIGIN);
        rake(sowing, first, PART_DESTINATION);
        rake(sowing, first, PART_VIA);
        rake(sowing, first, PART_COMMODITY);
    }
}

/* The shares of the months of a flow: its weights, or the days where there are none. */
static void share_months(struct sowing *sowing)
{
    struct demand_fit *fit = sowing->fit;
    const struct zhol_demand_generator *rows = generator_rows(fit);
    double *share = fit->month_share + (size_t)sowing->flow * DEMAND_MONTHS, sum = 0;
    for (uint32_t i = 0; i < sowing->generator_count; i++) {
        const struct zhol_demand_generator *row = &rows[sowing->generators[i]];
        if (row->dimension == zhol_demand_dimension_MONTH && row->month >= 1 &&
            row->month <= DEMAND_MONTHS) {
            share[row->month - 1] = row->weight;
            sum += row->weight;
        }
    }
    for (uint32_t m = 0; m < DEMAND_MONTHS; m++) {
        share[m] =
            sum > 0 ? share[m] / sum
                    : (double)time_days_in_month(fit->year, m + 1) / (fit->day_to - fit->day_from);
    }
}

static enum zhol_error sow_flow(struct sowing *sowing)
{
    const struct zhol_demand_generator *rows = generator_rows(sowing->fit);
    enum zhol_error error = ZHOL_ERROR_OK;
    uint32_t first = sowing->fit->cell_count;
    double sum = 0;
    for (uint32_t i = 0; i < sowing->generator_count; i++) {
        const struct zhol_demand_generator *row = &rows[sowing->generators[i]];
        sum += row->dimension == zhol_demand_dimension_COMMODITY ? row->weight : 0;
    }
    for (uint32_t i = 0; i < sowing->generator_count && !error; i++) {
        uint32_t row = sowing->generators[i];
        if (rows[row].dimension == zhol_demand_dimension_COMMODITY) {
            error = sow_goods(sowing, row, rows[row].weight / sum);
        }
    }
    prune(sowing, first);
    restore_shares(sowing, first);
    share_months(sowing);
    return error;
}

enum zhol_error demand_make_cells(struct demand_fit *fit)
{
    uint32_t flows, generators;
    const struct zhol_demand_flow *flow = zhol_corridor_demand_flow(fit->corridor, &flows);
    zhol_corridor_demand_generator(fit->corridor, &generators);
    struct sowing sowing = {.fit = fit};
    enum zhol_error error = ZHOL_ERROR_MEMORY;
    fit->month_share = calloc((size_t)flows * DEMAND_MONTHS + 1, sizeof *fit->month_share);
    sowing.best = calloc((size_t)generators + 1, sizeof *sowing.best);
    sowing.sum = calloc((size_t)generators + 1, sizeof *sowing.sum);
    sowing.now = calloc((size_t)generators + 1, sizeof *sowing.now);
    uint32_t *lists = calloc((size_t)generators * DEMAND_PARTS + 1, sizeof *lists);
    if (fit->month_share && sowing.best && sowing.sum && sowing.now && lists) {
        error = ZHOL_ERROR_OK;
        for (unsigned p = 0; p < DEMAND_PARTS; p++) {
            sowing.list[p] = lists + (size_t)generators * p;
        }
    }
    for (uint32_t f = 0; f < flows && !error; f++) {
        sowing.flow = f;
        sowing.generators = zhol_corridor_rows_of(fit->corridor, ZHOL_TABLE_demand_generator,
                                                  flow[f].demand_flow_id, &sowing.generator_count);
        error = sow_flow(&sowing);
    }
    free(sowing.best);
    free(sowing.sum);
    free(sowing.now);
    free(lists);
    fit->fitted_count = fit->cell_count;
    return error;
}
