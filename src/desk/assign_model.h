/* desk/assign_model.h: all freight of a corridor on its capacity, as one problem for zhol/assign.h.
 *
 * Purpose: a network compiled for one day, the demand of a slice of time (a month, as a rule) and
 * the binding resources of that day become arcs, demands and rows. What flows are load units a day
 * (boxes, wagons, tonnes of oil); tonnes are an output and never bind.
 *
 * - A class of the solver is a commodity, the mode by which it must cross controlled borders, the
 *   border or crossing it is held to, and the bans that meet it for where it comes from or goes to.
 * - Goods that the demand counts at a crossing between two countries, and that begin or end in the
 *   foreign one, leave or enter that country there (assign_hold says how strictly): what was
 *   counted at Dostyk does not go by sea because a train path is short; it waits, unmet.
 * - An arc costs a unit its tariffs (shared out over a block train, or a truck by road) and the
 *   commodity's value of the median time; a ride also half the time between departures. Where no
 *   price is known the rates below stand in; cost_unknown says which arcs.
 * - A row is a binding resource, a day; `pairs` are two rows, one each way. A ride uses the rows of
 *   its way. Units by resource_use.units, else by the load class: trains, wagons, TEU, trucks,
 *   tonnes. What stands (yard places) binds no flow. A train service's frequency is no limit: where
 *   there is freight more trains run, as far as paths reach; ships are rows of their links.
 * - Demand that is not carried costs `unmet_factor` times the free cost of its best way, so that
 *   every case has an answer; demand without any way is kept apart and named.
 *
 * Order of calls: assign_model_make; assign_model_solve; questions; any change and solve again
 * (warm: milliseconds); assign_model_free. The corridor and network must outlive the model.
 * Ownership: the model owns its arrays; they stand until the next solve or free.
 * Errors: ZHOL_ERROR_MEMORY; ZHOL_ERROR_LIMIT (more than 1,024 classes; more than 32 bans by
 * country of the goods); those of zhol/assign.h. Threads: one model belongs to one thread at a
 * time. Determinism: the same corridor, slice and changes give the same bytes.
 */
#ifndef ZHOL_DESK_ASSIGN_MODEL_H
#define ZHOL_DESK_ASSIGN_MODEL_H

#include <zhol/assign.h>
#include <zhol/network.h>

/* Assumptions of the method, with their range. */
#define ASSIGN_UNMET_FACTOR 3.0  /* price of unmet freight: times its free cost; 2 to 5 */
#define ASSIGN_RAIL_USD_TKM 0.03 /* where no price is known; 0.02 to 0.05 */
#define ASSIGN_ROAD_USD_TKM 0.08 /* 0.05 to 0.12 */
#define ASSIGN_SEA_USD_TKM  0.02 /* 0.005 to 0.05 */
#define ASSIGN_PIPE_USD_TKM 0.01 /* 0.005 to 0.02 */
#define ASSIGN_HANDLE_USD_T 3.0  /* a handling without price; 1 to 8 */
#define ASSIGN_LEAVE_USD_T  10.0 /* to leave the crossing where it is counted; 0 to 20 */
#define ASSIGN_LEAVE_EXPORT                                               \
    2.0 /* times that for exports, whose wagons are planned to a crossing \
         */
#define ASSIGN_LEAVE_ROUTE    5.0    /* times that: to leave the route, one operator's, too */
#define ASSIGN_TIME_SHARE_DAY 0.0003 /* of the value, where no worth of a day is given */

/* How strictly goods are held to the crossing at which the demand counts them. */
enum assign_hold {
    ASSIGN_HOLD_BORDER,   /* to that border; another crossing of it costs leave_usd_t. What opened
                             after the slice is open to all: none could be counted there */
    ASSIGN_HOLD_CROSSING, /* to that crossing */
    ASSIGN_HOLD_NONE      /* any way: other borders and the sea too */
};

struct assign_options {
    int32_t from, to;    /* the slice, [from, to) in days */
    double unmet_factor; /* 0: ASSIGN_UNMET_FACTOR */
    enum assign_hold hold;
    double leave_usd_t;          /* 0: ASSIGN_LEAVE_USD_T; below 0: nothing */
    bool any_mode;               /* goods may cross borders by another mode than the demand says */
    const double *tariff_factor; /* by tariff thing: its prices times this; NULL: all 1 */
    const double *demand_factor; /* by demand row: its tonnes times this; NULL: all 1 */
    double time_factor;          /* worth of time times this; 0: 1 */
    uint64_t seed;               /* with draw > 0: assumed capacities and demand are drawn */
    uint32_t draw;
};

/* What flows, as the solver sees it. */
struct assign_class {
    uint32_t commodity;
    uint32_t ban_mask;
    uint32_t via;                /* crossing at which it is counted; ZHOL_NONE: any */
    zhol_cell_text own, partner; /* countries of the border that it is held to; 0: none */
    zhol_cell_list exits;        /* places of own's other borders where it is counted; 0: any */
    uint32_t exit;               /* the one of them at which it is counted; ZHOL_NONE: any */
    bool planned; /* exports: leaving the crossing costs ASSIGN_LEAVE_EXPORT as much */
    uint8_t mode; /* by which it crosses controlled borders; 0: any */
    struct zhol_load block, single; /* loads that a price is worked out for: train, truck */
    double block_units, single_units;
    double t_per_unit, teu_per_unit, usd_per_unit, day_usd_per_unit;
};

/* A capacity that limits flow. */
struct assign_row {
    uint32_t resource_row;
    int8_t sense;    /* of a pair: 0 towards the greater number of place, 1 back; -1 both as one */
    bool assumed;    /* its value is an assumption */
    double capacity; /* units a day, as it stands now */
    double stated;   /* units a day, as the table (or the draw) says */
};

/* What is wanted from a place to a place by one class: rows of demand put together. */
struct assign_wish {
    uint32_t from, to; /* places */
    uint32_t class;
    uint32_t demand; /* number in the solver; ZHOL_NONE where no way leads there */
    double units_day, t_day;
    double free_usd;  /* least cost a unit when nothing is scarce */
    double unmet_usd; /* a unit that is not carried */
    uint32_t first_member, member_count;
};

/* A row of the table of demand in a wish. */
struct assign_member {
    uint32_t demand_row;
    double t_day;
};

/* A way with flow. Arcs are those of the network; rides stand as rides. */
struct assign_flow {
    uint32_t wish;
    uint32_t first_arc, arc_count; /* in assign_model.flow_arcs */
    double units_day;
    double usd; /* generalised cost a unit */
};

struct assign_model {
    const struct zhol_corridor *corridor;
    struct zhol_network_view net;
    struct assign_options options;
    struct zhol_assign *solver;
    struct assign_class *classes;
    uint32_t class_count;
    struct assign_row *rows; /* number = row of the solver */
    uint32_t row_count;
    struct assign_wish *wishes;
    uint32_t wish_count;
    struct assign_member *members;
    uint32_t member_count;
    uint32_t *arc_of;      /* by arc of the network: arc of the solver, or ZHOL_NONE */
    uint32_t *net_arc;     /* by arc of the solver */
    uint8_t *cost_unknown; /* by arc of the network: a price of it is not known for some class */
    uint32_t arc_count;    /* of the solver */
    double *solver_costs;  /* by class, of the arc at hand: INFINITY: may not */
    double *costs;         /* by arc of the solver and class; ASSIGN_CLOSED: may not */
    uint8_t *closed;       /* by arc of the solver: closed by a change */
    double *own_factor;    /* by tariff, once one was scaled */
    /* Of the last solve. */
    struct zhol_assign_certificate certificate;
    struct assign_flow *flows; /* ordered by wish */
    uint32_t flow_count;
    uint32_t *flow_arcs;
    uint32_t flow_arc_count;
};

#define ASSIGN_CLOSED 1e6 /* USD a unit: above every price of unmet freight */

/* Cost: classes x arcs for prices, and a shortest path tree per origin and class. Findings for
 * people (what has no way, no price) are questions below, not a report. */
enum zhol_error assign_model_make(const struct zhol_corridor *corridor,
                                  const struct zhol_network *network,
                                  const struct assign_options *options, struct assign_model **out);
void assign_model_free(struct assign_model *model);

/* Solves and takes the flows over. `options` may be NULL: the key-path simplex, which is the
 * fastest for problems of a corridor's size, to a gap of 1e-9. */
enum zhol_error assign_model_solve(struct assign_model *model,
                                   const struct zhol_assign_options *options);

/* ---- Changes; each holds from the next solve on ---- */

/* All rows of a resource get `value`, in the unit and `per` of its table row, as `zhol show` prints
 * it. ZHOL_ERROR_UNKNOWN where it binds nothing on that day. */
enum zhol_error assign_model_set_resource(struct assign_model *model, uint32_t resource,
                                          double value);
enum zhol_error assign_model_set_row(struct assign_model *model, uint32_t row, double capacity);
/* Wish times a factor. */
enum zhol_error assign_model_scale_wish(struct assign_model *model, uint32_t wish, double factor);
/* Closes a link (all movements and rides over it), or opens it again. */
enum zhol_error assign_model_close_link(struct assign_model *model, uint32_t link, bool closed);
/* The same for a place: nothing goes through it. */
enum zhol_error assign_model_close_node(struct assign_model *model, uint32_t node, bool closed);
/* Prices of one tariff thing times a factor (of the stated price). */
enum zhol_error assign_model_scale_tariff(struct assign_model *model, uint32_t tariff,
                                          double factor);

/* ---- Questions ---- */

/* Units a day of a row that one unit of the class uses on an arc of the network; rides: summed. */
double assign_model_use(const struct assign_model *model, uint32_t net_arc, uint32_t class,
                        uint32_t row);
/* Capacity of a resource row in units a day; NaN where it is none of flow (standing). */
double assign_day_value(const struct zhol_resource *resource, double value);
/* The plain arcs of a flow's arc (the way of a ride, or itself). */
uint32_t assign_arcs(const struct zhol_network_view *net, const uint32_t *arc,
                     const uint32_t **arcs);
/* Unmet units a day of a wish (all of it where there is no way). */
double assign_model_unmet(const struct assign_model *model, uint32_t wish);

#endif
