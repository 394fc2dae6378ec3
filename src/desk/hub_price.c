/* hub_price.c: what the corridor says of a hub (desk/hub_price.h). */
#include "desk/hub_price.h"

#include <math.h>

enum { DAY_MIN = 24 * 60, TEU_A_BOX = 2, FREE_DAYS_MAX = 60 };

static const struct zhol_commodity *commodity_row(const struct zhol_corridor *corridor,
                                                  uint32_t thing)
{
    uint32_t row, end, count;
    const struct zhol_commodity *rows = zhol_corridor_commodity(corridor, &count);
    zhol_corridor_rows(corridor, ZHOL_TABLE_commodity, thing, &row, &end);
    return &rows[row];
}

#define MODE(name) (1u << zhol_mode_##name)
/* What is avoided at first, and what still where there is no way without the rest. */
static const uint32_t avoided[][2] = {
    [HUB_MOVE_TRAIN] = {MODE(ROAD) | MODE(SEA) | MODE(AIR), MODE(ROAD) | MODE(AIR)},
    [HUB_MOVE_FEEDER] = {MODE(SEA) | MODE(AIR), MODE(SEA) | MODE(AIR)}};

static int64_t generalised(const struct zhol_itinerary *it, int64_t ready_min, int64_t day_cents,
                           uint32_t boxes)
{
    double days = (double)(it->arrival_min - ready_min) / DAY_MIN;
    return it->cents + (int64_t)(days * (double)day_cents * boxes);
}

enum zhol_error hub_price_find(const struct zhol_corridor *corridor,
                               const struct zhol_network *network, enum hub_move move,
                               uint32_t from, uint32_t to, uint32_t commodity, uint32_t boxes,
                               int64_t day_cents, int64_t ready_min, struct hub_price *price)
{
    struct zhol_plan_result result = {0};
    struct zhol_consignment order = {
        .from = from, .to = to, .ready_min = ready_min, .deadline_min = INT64_MAX};
    const struct zhol_plan_options options = {.time = ZHOL_TIME_MEDIAN};
    enum zhol_error error =
        zhol_load_make(corridor, commodity, (double)boxes * TEU_A_BOX, 0, &order.load);
    order.avoid_modes = avoided[move][0];
    error = error ? error : zhol_plan(network, corridor, &order, &options, &result);
    if (error == ZHOL_ERROR_UNREACHABLE) {
        zhol_plan_result_clear(&result);
        order.avoid_modes = avoided[move][1];
        error = zhol_plan(network, corridor, &order, &options, &result);
    }
    if (error) {
        return error;
    }
    const struct zhol_itinerary *best = NULL;
    for (uint32_t i = 0; i < result.itinerary_count; i++) {
        const struct zhol_itinerary *it = &result.itineraries[i];
        bool known = !it->unknown_items, best_known = best && !best->unknown_items;
        bool less = best && generalised(it, ready_min, day_cents, boxes) <
                                generalised(best, ready_min, day_cents, boxes);
        if (!best || (known && !best_known) || (known == best_known && less)) {
            best = it;
        }
    }
    *price = (struct hub_price){.cents = best->cents,
                                .days = (double)(best->arrival_min - ready_min) / DAY_MIN,
                                .unknown = best->unknown_items != 0};
    zhol_plan_result_clear(&result);
    return ZHOL_ERROR_OK;
}

void hub_storage(const struct zhol_corridor *corridor, const struct zhol_network_view *net,
                 uint32_t hub, uint32_t commodity, int64_t *cents, uint32_t *free_days)
{
    struct zhol_load box;
    *cents = 0;
    *free_days = 0;
    if (zhol_load_make(corridor, commodity, TEU_A_BOX, 0, &box)) {
        return;
    }
    for (uint32_t v = 0; v < net->vertex_count; v++) {
        int64_t day = 0;
        uint32_t days = 0;
        if (net->vertices[v].node != hub) {
            continue;
        }
        while (days < FREE_DAYS_MAX &&
               !zhol_network_storage(net, v, &box, (int64_t)(days + 1) * DAY_MIN, &day)) {
            days++;
        }
        if (days < FREE_DAYS_MAX && day > *cents) {
            *cents = day;
            *free_days = days;
        }
    }
}

uint32_t hub_train_boxes(const struct zhol_corridor *corridor, const struct zhol_network_view *net,
                         uint32_t hub, uint32_t commodity)
{
    static const unsigned states[] = {zhol_state_RAIL1435, zhol_state_RAIL1520};
    uint32_t count;
    const struct zhol_load_class *rows = zhol_corridor_load_class(corridor, &count);
    uint32_t class = commodity_row(corridor, commodity)->load_class_id;
    for (unsigned s = 0; s < 2; s++) {
        if (zhol_network_place(net, hub, states[s]) == ZHOL_NONE) {
            continue;
        }
        for (uint32_t i = 0; i < count; i++) {
            if (rows[i].load_class_id == class && rows[i].state == states[s] &&
                rows[i].trains > 0) {
                return (uint32_t)lround(1 / rows[i].trains);
            }
        }
    }
    return 0;
}

int64_t hub_day_cents(const struct zhol_corridor *corridor, uint32_t commodity)
{
    const struct zhol_commodity *row = commodity_row(corridor, commodity);
    double usd = row->time_value_usd_t_day * row->t_per_unit;
    return isnan(usd) ? 0 : (int64_t)llround(usd * 100);
}
