/* desk/hub_price.h: what the corridor says of a hub: prices of a whole train and of a box alone to
 * a place, feeders between hubs, storage.
 *
 * Prices come from the planner: the way with least generalised cost (money and the worth of its
 * days) for the load in question, by rail; by rail and ship only where no line leads there; never
 * by air, and by road only for feeders. A whole train pays each fee of a consignment once, so its
 * price a box is the lower one. Where a price on the way is not known, `unknown` is set. Errors:
 * those of zhol_plan; ZHOL_ERROR_UNREACHABLE where no way leads there.
 */
#ifndef ZHOL_DESK_HUB_PRICE_H
#define ZHOL_DESK_HUB_PRICE_H

#include <stdbool.h>

#include <zhol/plan.h>

struct hub_price {
    int64_t cents; /* of the whole load, storage on the way included */
    double days;   /* on the way */
    bool unknown;
};
enum hub_move { HUB_MOVE_TRAIN, HUB_MOVE_FEEDER };
/* `boxes` FEU of a commodity together; `day_cents`: worth of a day to a box. */
enum zhol_error hub_price_find(const struct zhol_corridor *corridor,
                               const struct zhol_network *network, enum hub_move move,
                               uint32_t from, uint32_t to, uint32_t commodity, uint32_t boxes,
                               int64_t day_cents, int64_t ready_min, struct hub_price *price);

/* What a box pays for a day of standing at a hub, and the days before it begins to: of the hub's
 * states the dearest one; no charge: 0 and 0. */
void hub_storage(const struct zhol_corridor *corridor, const struct zhol_network_view *net,
                 uint32_t hub, uint32_t commodity, int64_t *cents, uint32_t *free_days);

/* Boxes of a block train that begins at the place: of the gauge of its rails (1435 mm before 1520
 * mm); 0: no rails, or no figure. */
uint32_t hub_train_boxes(const struct zhol_corridor *corridor, const struct zhol_network_view *net,
                         uint32_t hub, uint32_t commodity);

/* The worth of a day to a box, in cents, from the table of commodities. */
int64_t hub_day_cents(const struct zhol_corridor *corridor, uint32_t commodity);

#endif
