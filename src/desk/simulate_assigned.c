/* simulate_assigned.c: the flows of a simulation as an assignment shares them. See
 * simulate_flows.h. */
#include <stdlib.h>

#include "base/array.h"
#include "base/time.h"
#include "desk/assign_model.h"
#include "desk/simulate_sums.h"
#include "desk/simulate_ways.h"

/* The days of the demand's year that stand for the days of the study. */
static void slice_of(const struct flows *flows, int32_t day, uint32_t days,
                     struct assign_options *options)
{
    struct time_date date = time_date_of(day);
    date.year = time_date_of(flows->year_from).year;
    uint32_t most = time_days_in_month(date.year, date.month);
    date.day = date.day < most ? date.day : most;
    int32_t from = time_days(date), last = flows->year_to - (int32_t)days;
    from = from > last ? last : from;
    options->from = from < flows->year_from ? flows->year_from : from;
    options->to = options->from + (int32_t)days < flows->year_to ? options->from + (int32_t)days
                                                                 : flows->year_to;
}

/* A wish as a sum of one day. */
static enum zhol_error add_sum(const struct assign_model *model, uint32_t number,
                               struct flows *flows)
{
    const struct assign_wish *wish = &model->wishes[number];
    const struct assign_class *class = &model->classes[wish->class];
    uint32_t count, begin, end;
    const struct zhol_demand *rows = zhol_corridor_demand(model->corridor, &count);
    const struct zhol_demand *row = &rows[model->members[wish->first_member].demand_row];
    const struct zhol_commodity *goods = zhol_corridor_commodity(model->corridor, &count);
    zhol_corridor_rows(model->corridor, ZHOL_TABLE_commodity, class->commodity, &begin, &end);
    enum zhol_error error = ARRAY_RESERVE(flows->sums, flows->sum_capacity, flows->sum_count + 1);
    if (!error) {
        flows->sums[flows->sum_count++] = (struct flows_sum){
            .from = wish->from,
            .to = wish->to,
            .via = class->via,
            .commodity = class->commodity,
            .load_class = goods[begin].load_class_id,
            .demand_flow = row->demand_flow_id,
            .class = goods[begin].class,
            .mode = class->mode,
            .loads = wish->units_day,
            .tonnes = wish->units_day * class->t_per_unit,
            .usd_day = wish->units_day * class->day_usd_per_unit,
            .days = 1,
            .first_row = model->members[wish->first_member].demand_row,
            .assigned = true,
        };
        flows->t_year += wish->t_day * (flows->year_to - flows->year_from);
    }
    return error;
}

/* A path with rides gone over their ways. */
struct path {
    uint32_t *arcs, *rides; /* per arc: the ride that goes over it, or NONE */
    uint32_t count, capacity, ride_capacity;
};

static enum zhol_error expand(const struct assign_model *model, const struct assign_flow *flow,
                              struct path *path)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    path->count = 0;
    for (uint32_t i = 0; !error && i < flow->arc_count; i++) {
        const uint32_t *arc = &model->flow_arcs[flow->first_arc + i];
        const struct zhol_arc *row = &model->net.arcs[*arc];
        bool ride = row->kind == ZHOL_ARC_RIDE;
        const uint32_t *way = ride ? model->net.ways + model->net.rides[row->thing].way : arc;
        uint32_t size = ride ? model->net.rides[row->thing].way_count : 1;
        error = ARRAY_RESERVE(path->arcs, path->capacity, path->count + size);
        error = error ? error : ARRAY_RESERVE(path->rides, path->ride_capacity, path->count + size);
        for (uint32_t k = 0; !error && k < size; k++) {
            path->rides[path->count] = ride ? row->thing : ZHOL_NONE;
            path->arcs[path->count++] = way[k];
        }
    }
    return error;
}

static enum zhol_error add_flows(const struct assign_model *model, struct flows *flows)
{
    struct path path = {0};
    uint32_t rank = 0, last = ZHOL_NONE, base = flows->sum_count;
    double carried_t = 0, wanted_t = 0;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; !error && i < model->wish_count; i++) {
        error = add_sum(model, i, flows);
        wanted_t += model->wishes[i].t_day;
    }
    for (uint32_t i = 0; !error && i < model->flow_count; i++) {
        const struct assign_flow *flow = &model->flows[i];
        struct flows_put put = {.sum = base + flow->wish};
        const struct flows_sum *sum = &flows->sums[put.sum];
        rank = flow->wish == last ? rank + 1 : 0;
        last = flow->wish;
        put.rank = rank;
        put.share = flow->units_day / sum->loads;
        carried_t += put.share * sum->tonnes;
        error = expand(model, flow, &path);
        put.arcs = path.arcs;
        put.rides = path.rides;
        put.arc_count = path.count;
        error = error ? error : flows_put(model->corridor, flows, &put);
    }
    flows->unmet_t_day = wanted_t > carried_t ? wanted_t - carried_t : 0;
    flows_fix(flows);
    free(path.arcs);
    free(path.rides);
    return error;
}

enum zhol_error flows_from_assignment(const struct zhol_corridor *corridor,
                                      const struct zhol_network *network, int32_t day,
                                      uint32_t days, bool free_crossings, struct flows *flows)
{
    struct assign_model *model = NULL;
    struct assign_options options = {.hold = free_crossings ? ASSIGN_HOLD_BORDER
                                                            : ASSIGN_HOLD_CROSSING};
    sums_period(corridor, day, &flows->year_from, &flows->year_to);
    if (flows->year_from == ZHOL_BLANK_DATE) {
        return ZHOL_ERROR_UNREACHABLE;
    }
    slice_of(flows, day, days, &options);
    flows->assigned = true;
    enum zhol_error error = assign_model_make(corridor, network, &options, &model);
    for (uint32_t i = 0; !error && i < model->row_count; i++) {
        error = assign_model_set_row(model, i, model->rows[i].capacity * WAYS_FULL);
    }
    error = error ? error : assign_model_solve(model, NULL);
    error = error ? error : add_flows(model, flows);
    assign_model_free(model);
    return error || flows->flow_count ? error : ZHOL_ERROR_UNREACHABLE;
}
