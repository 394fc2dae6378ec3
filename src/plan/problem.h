/* plan/problem.h: one question to the planner, worked out into flat arrays.
 *
 * A network holds prices, factors and conditions; a search wants numbers. problem_init asks the
 * network once for every arc that can matter (reachable from the origin, leading to the
 * destination) what it costs this load, and notes what is not known as bits.
 *
 * Layers. Places to pass in order (via) are handled by layers: layer k means that the first k of
 * them have been passed. A state of the search is layer * vertex_count + vertex.
 */
#ifndef ZHOL_PLAN_PROBLEM_H
#define ZHOL_PLAN_PROBLEM_H

#include <zhol/plan.h>

#define PROBLEM_MAX_VIA 8
#define PROBLEM_ITEMS   64
/* With more unknown items than this only known and unknown are told apart: where a corridor has no
 * prices for a year, every path would else be a case of its own, and nothing could be compared. */
#define PROBLEM_FINE_ITEMS 24

/* What one arc means for the load. */
struct problem_arc {
    int64_t cents;
    int64_t grams;
    uint64_t items; /* unknown prices and factors */
    uint32_t minutes;
    bool usable;
    bool passes; /* a control that does not concern the load: no time, cost or opening times */
};

/* What waiting at a vertex costs: the sum of charges that each begin after their own free time. */
struct problem_charge {
    int64_t day_cents; /* for each day begun after the free time; > 0 */
    int64_t free_min;
};
struct problem_storage {
    int64_t day_cents; /* of all its charges together; 0: nothing is charged */
    uint32_t charge, charge_count;
};

struct problem {
    struct zhol_network_view net;
    const struct zhol_corridor *corridor;
    const struct zhol_consignment *order;
    enum zhol_time time;
    int64_t last_min; /* latest arrival that counts */
    uint32_t layers;
    uint32_t start; /* state */
    uint32_t goal;  /* state */
    uint32_t state_count;
    uint32_t *tails;                 /* per arc */
    struct problem_arc *arcs;        /* per arc */
    struct problem_storage *storage; /* per vertex */
    struct problem_charge *charges;
    uint32_t charge_count, charge_capacity;
    uint32_t items[PROBLEM_ITEMS]; /* an arc of each unknown item */
    bool item_is_co2e[PROBLEM_ITEMS];
    uint32_t item_count;
    bool coarse_items;
    char origin[3], destination[3]; /* of the goods */
    bool ignore_bans;
};

/* Works out the question. ZHOL_ERROR_UNREACHABLE: the origin or destination has no yard vertex on
 * that day, or no usable way joins them. ZHOL_ERROR_USAGE: too many via places. The network,
 * corridor and consignment must outlive the problem. Cost: O(arcs). */
enum zhol_error problem_init(struct problem *problem, const struct zhol_network *network,
                             const struct zhol_corridor *corridor,
                             const struct zhol_consignment *order,
                             const struct zhol_plan_options *options);
void problem_clear(struct problem *problem);

/* The layer after arc `arc`, entered in `layer`. */
uint32_t problem_advance(const struct problem *problem, uint32_t layer, uint32_t arc);

/* Cents for waiting `wait_min` at a vertex. */
static inline int64_t problem_storage_cents(const struct problem *problem, uint32_t vertex,
                                            int64_t wait_min)
{
    const struct problem_storage *s = &problem->storage[vertex];
    int64_t cents = 0;
    for (uint32_t i = s->charge; i < s->charge + s->charge_count; i++) {
        int64_t over = wait_min - problem->charges[i].free_min;
        cents += over <= 0 ? 0 : (over + 1439) / 1440 * problem->charges[i].day_cents;
    }
    return cents;
}

/* True where the ban is one for this load between these countries ("" is none). */
bool problem_ban_meets(const struct zhol_network_view *net, const struct zhol_ban *ban,
                       const struct zhol_load *load, const char *origin, const char *destination);
/* The same for the problem's load; never where bans are ignored. */
bool problem_banned(const struct problem *problem, const struct zhol_ban *ban);

#endif
