/* network/cost.c: what an arc costs one load: admission, cents, grams, storage.
 *
 * Of all prices that fit the load, one of each kind of cost is charged: the most specific, among
 * equally specific ones the cheapest (a rate by the box and one by the wagon are alternatives), and
 * then the first row of the table. A price by a unit that the load does not have (boxes for ore)
 * does not fit it.
 */
#include <math.h>

#include "base/time.h"
#include <zhol/network.h>

#define DAY_MIN (TIME_DAY_S / 60)

uint32_t zhol_network_tail(const struct zhol_network_view *view, uint32_t arc)
{
    uint32_t low = 0, high = view->vertex_count;
    while (high - low > 1) { /* first_arc[low] <= arc < first_arc[high] */
        uint32_t middle = low + (high - low) / 2;
        if (view->first_arc[middle] <= arc) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

bool zhol_network_admits(const struct zhol_network_view *view, uint32_t arc,
                         const struct zhol_load *load, bool *passes)
{
    const struct zhol_arc *a = &view->arcs[arc];
    bool concerns = (a->class == 0 || a->class == load->class) &&
                    (a->commodity == 0 || a->commodity - 1u == load->commodity);
    *passes = !concerns && a->kind == ZHOL_ARC_CONTROL;
    return concerns || *passes;
}

/* The state whose wagons an arc is charged for: the one in which the cargo comes, where that is on
 * rail, else the one in which it goes on. */
static unsigned wagon_state(const struct zhol_network_view *view, uint32_t arc)
{
    unsigned state = view->vertices[zhol_network_tail(view, arc)].state;
    if (state == zhol_state_RAIL1435 || state == zhol_state_RAIL1520) {
        return state;
    }
    return view->vertices[view->arcs[arc].head].state;
}

/* How many units of a price the load has in a state. */
static double quantity(const struct zhol_load *load, unsigned unit, unsigned state)
{
    switch (unit) {
    case zhol_tariff_unit_TEU:
        return load->teu;
    case zhol_tariff_unit_FEU:
        return load->teu / 2;
    case zhol_tariff_unit_T:
        return load->tonnes;
    case zhol_tariff_unit_WAGON:
        return state == zhol_state_RAIL1435   ? load->wagons1435
               : state == zhol_state_RAIL1520 ? load->wagons1520
                                              : 0;
    case zhol_tariff_unit_TRUCK:
        return load->trucks;
    case zhol_tariff_unit_CONSIGNMENT:
        return 1;
    case zhol_tariff_unit_CAMEL:
        return load->units;
    default:
        return 0;
    }
}

static int64_t whole(double value)
{
    /* Beyond what any bill can be; keeps the conversion defined. */
    const double most = 4e15;
    return llround(value > most ? most : value < -most ? -most : value);
}

/* A sum that stays where it is instead of overflowing: a block may come from anywhere. */
static int64_t add(int64_t sum, int64_t part)
{
    const int64_t most = INT64_C(1) << 62;
    return (part > 0 && sum > most - part) || (part < 0 && sum < -most - part) ? sum : sum + part;
}

/* One price for a load that it concerns, in a state, at `times` days or kilometres; false where the
 * load has nothing of its unit. */
static bool charge(const struct zhol_network_view *view, uint32_t number,
                   const struct zhol_load *load, unsigned state, double times,
                   struct zhol_cost_line *line)
{
    const struct zhol_price *price = &view->prices[number];
    double units = quantity(load, price->unit, state);
    if (!(units > 0)) {
        return false;
    }
    double net = (double)price->microusd * units * times / 10000;
    line->price = number;
    line->cents = whole(net * (1000 + price->vat_permille) / 1000);
    line->vat_cents = line->cents - whole(net);
    return true;
}

/* Where prices are charged: on an arc, or for waiting at a vertex. */
struct place {
    const struct zhol_network_view *view;
    const struct zhol_load *load;
    uint32_t arc;    /* ZHOL_NONE where cargo waits */
    uint32_t vertex; /* where it waits */
};

/* False for the price of another load class or commodity. */
static bool concerns_load(const struct zhol_price *price, const struct zhol_load *load)
{
    return (!price->class || price->class == load->class) &&
           (price->commodity == ZHOL_NONE || price->commodity == load->commodity);
}

/* One price at a place (of storage: for one day); false where it does not fit the load. */
static bool charge_at(const struct place *at, uint32_t number, struct zhol_cost_line *line)
{
    const struct zhol_network_view *view = at->view;
    const struct zhol_price *price = &view->prices[number];
    if (!concerns_load(price, at->load)) {
        return false;
    }
    if (at->arc == ZHOL_NONE) {
        return charge(view, number, at->load, view->vertices[at->vertex].state, 1, line);
    }
    bool per_km = price->scope == zhol_tariff_scope_PER_KM;
    double times = per_km ? (double)view->arcs[at->arc].length_m / 1000 : 1;
    unsigned state = price->unit == zhol_tariff_unit_WAGON ? wagon_state(view, at->arc) : 0;
    return charge(view, number, at->load, state, times, line);
}

/* The line of one kind of cost, whose prices begin at *first and end before `end`; moves *first
 * behind them. False where none fits. */
static bool charge_kind(const struct place *at, uint32_t *first, uint32_t end,
                        struct zhol_cost_line *best)
{
    const struct zhol_network_view *view = at->view;
    unsigned kind = view->prices[view->set_prices[*first]].cost_kind;
    unsigned rank = 0;
    bool found = false;
    for (; *first < end && view->prices[view->set_prices[*first]].cost_kind == kind; ++*first) {
        uint32_t number = view->set_prices[*first];
        struct zhol_cost_line line;
        if ((found && view->prices[number].rank < rank) || !charge_at(at, number, &line)) {
            continue;
        }
        if (!found || line.cents < best->cents) {
            *best = line;
        }
        rank = view->prices[number].rank;
        found = true;
    }
    return found;
}

/* True where a price is what an arc must have: the freight of carriage; for the rest any, but not
 * the papers of the consignment, which say nothing about the crane that lifts it. */
static bool settles(const struct zhol_price *price, bool carried)
{
    if (carried) {
        return price->cost_kind == zhol_cost_kind_FREIGHT ||
               price->cost_kind == zhol_cost_kind_SEA_FREIGHT;
    }
    return price->scope != zhol_tariff_scope_CONSIGNMENT;
}

/* What a bill is written into. */
struct bill {
    struct zhol_cost_line *lines;
    uint32_t max;
    uint32_t count;
    int64_t cents;
};

/* Adds the lines of one arc; false where the price that it needs is not known. */
static bool bill_arc(const struct zhol_network_view *view, uint32_t arc,
                     const struct zhol_load *load, struct bill *bill)
{
    const struct zhol_arc *a = &view->arcs[arc];
    bool carried = a->kind == ZHOL_ARC_MOVE || a->kind == ZHOL_ARC_RIDE;
    bool known = false;
    struct place at = {view, load, arc, ZHOL_NONE};
    uint32_t first = view->first_price[a->price_set], end = view->first_price[a->price_set + 1];
    while (first < end) {
        struct zhol_cost_line line;
        if (!charge_kind(&at, &first, end, &line)) {
            continue;
        }
        known = known || settles(&view->prices[line.price], carried);
        bill->cents = add(bill->cents, line.cents);
        if (bill->lines && bill->count < bill->max) {
            bill->lines[bill->count] = line;
        }
        bill->count++;
    }
    return known;
}

/* The sum over the way of a ride without a through price that fits the load. */
static bool bill_way(const struct zhol_network_view *view, const struct zhol_ride *ride,
                     const struct zhol_load *load, struct bill *bill)
{
    bool known = ride->way_count > 0;
    for (uint32_t i = 0; i < ride->way_count; i++) {
        uint32_t arc = view->ways[ride->way + i];
        bool passes;
        if (zhol_network_admits(view, arc, load, &passes) && !passes) {
            known = bill_arc(view, arc, load, bill) && known;
        }
    }
    return known;
}

int64_t zhol_network_cost(const struct zhol_network_view *view, uint32_t arc,
                          const struct zhol_load *load, bool *unknown, struct zhol_cost_line *lines,
                          uint32_t max, uint32_t *count)
{
    const struct zhol_arc *a = &view->arcs[arc];
    struct bill bill = {lines, max, 0, 0};
    bool passes;
    *unknown = false;
    if (zhol_network_admits(view, arc, load, &passes) && !passes) {
        bool known = bill_arc(view, arc, load, &bill);
        if (!known && a->kind == ZHOL_ARC_RIDE) {
            bill = (struct bill){lines, max, 0, 0};
            known = bill_way(view, &view->rides[a->thing], load, &bill);
        }
        *unknown = !known;
    }
    if (count) {
        *count = bill.count;
    }
    return bill.cents;
}

static double grams_of(const struct zhol_network_view *view, uint32_t arc,
                       const struct zhol_load *load, bool *unknown)
{
    const struct zhol_arc *a = &view->arcs[arc];
    const struct zhol_factor *factor = &view->factors[a->emission];
    bool passes;
    if (!zhol_network_admits(view, arc, load, &passes) || passes) {
        return 0;
    }
    /* A control is no transport or hub operation of ISO 14083: without a factor it emits nothing.
     */
    *unknown = *unknown || (a->emission == 0 && a->kind != ZHOL_ARC_CONTROL);
    return factor->g_per_tkm * load->tonnes * a->length_m / 1000 + factor->g_per_t * load->tonnes;
}

int64_t zhol_network_co2e(const struct zhol_network_view *view, uint32_t arc,
                          const struct zhol_load *load, bool *unknown)
{
    const struct zhol_arc *a = &view->arcs[arc];
    *unknown = false;
    if (a->kind != ZHOL_ARC_RIDE) {
        return whole(grams_of(view, arc, load, unknown));
    }
    const struct zhol_ride *ride = &view->rides[a->thing];
    int64_t grams = 0;
    *unknown = ride->way_count == 0;
    for (uint32_t i = 0; i < ride->way_count; i++) {
        /* Rounded arc by arc, so that a ride is the sum of its parts to the gram. */
        grams = add(grams, whole(grams_of(view, view->ways[ride->way + i], load, unknown)));
    }
    return grams;
}

uint32_t zhol_network_storage_day(const struct zhol_network_view *view, uint32_t vertex,
                                  const struct zhol_load *load,
                                  struct zhol_cost_line lines[ZHOL_STORAGE_LINES])
{
    uint32_t set = view->storage[vertex].price_set, count = 0;
    uint32_t first = view->first_price[set], end = view->first_price[set + 1];
    struct place at = {view, load, ZHOL_NONE, vertex};
    while (first < end) {
        struct zhol_cost_line line;
        if (charge_kind(&at, &first, end, &line) && count < ZHOL_STORAGE_LINES) {
            lines[count++] = line;
        }
    }
    return count;
}

int64_t zhol_network_storage(const struct zhol_network_view *view, uint32_t vertex,
                             const struct zhol_load *load, int64_t wait_min, int64_t *day_cents)
{
    struct zhol_cost_line lines[ZHOL_STORAGE_LINES];
    uint32_t count = zhol_network_storage_day(view, vertex, load, lines);
    int64_t cents = 0;
    *day_cents = 0;
    for (uint32_t i = 0; i < count; i++) {
        int64_t over = wait_min - (int64_t)view->prices[lines[i].price].free_minutes;
        int64_t days = over > 0 ? over / DAY_MIN + (over % DAY_MIN != 0) : 0;
        *day_cents = add(*day_cents, lines[i].cents);
        cents = add(cents, whole((double)days * (double)lines[i].cents));
    }
    return cents;
}
