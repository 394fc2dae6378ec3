/* desk/simulate_sums.h: what quantities of goods are in loads; for simulate_flows.c and _sums.c. */
#ifndef ZHOL_DESK_SIMULATE_SUMS_H
#define ZHOL_DESK_SIMULATE_SUMS_H

#include "desk/simulate_flows.h"

/* What one row says of its goods. */
struct sums_goods {
    uint32_t load_class; /* thing */
    uint8_t class;
    double loads, tonnes, usd_day;
};
/* Works out loads, tonnes and worth of a quantity; t or teu may be NaN or 0. ZHOL_ERROR_INVALID:
 * neither is above 0, or TEU of goods that go in no boxes. */
enum zhol_error sums_goods_of(const struct zhol_corridor *corridor, uint32_t commodity, double t,
                              double teu, struct sums_goods *goods);
/* The period of demand that stands for a day. */
void sums_period(const struct zhol_corridor *corridor, int32_t day, int32_t *from, int32_t *to);

/* Puts a flow of a sum over a way: `rank` tells ways of a sum apart; share of the sum's loads. */
struct flows_put {
    uint32_t sum, rank, arc_count;
    const uint32_t *arcs, *rides; /* per arc the ride that goes over it, or NONE */
    double share;
};
enum zhol_error flows_put(const struct zhol_corridor *corridor, struct flows *flows,
                          const struct flows_put *put);
/* Points all flows to their arcs; once no more are put. */
void flows_fix(struct flows *flows);

/* One full load of goods, which is what prices and ways are asked for. */
enum zhol_error sums_one_load(const struct zhol_corridor *corridor, uint32_t commodity,
                              struct zhol_load *load);

#endif
