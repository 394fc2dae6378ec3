/* desk/simulate_flows.h: the flows of a simulation, from the demand table or from a list.
 *
 * Demand rows of one year are added up by origin, destination, crossing, mode, class and load
 * class: what stands, waits and is carried alike. The planner gives each sum its ways and their
 * shares (desk/simulate_ways.h); each way becomes one flow of <zhol/simulate.h>, with the months of
 * the demand as its yearly shape. The year is the last one with fitted rows that begins not after
 * the day (else the first there is); its weekly shape is not published: even.
 *
 * A list (CSV) has a header and the columns time, from, to, commodity and teu or tonnes; it becomes
 * flows whose arrivals are those times: consignments that are added, or a replay in place of
 * demand.
 *
 * A flow's identity (its luck) is made of the identifiers of its sum and the rank of its way, so
 * that the same sum has the same luck in another scenario.
 *
 * Call order: flows_init, flows_from_demand and/or flows_from_list, flows_finish, reading,
 * flows_clear. Ownership: the caller owns *flows. Sums without any way are left out and listed.
 * Errors: of the planner but UNREACHABLE; of the list with file, row and column in the report.
 * Cost: one plan a sum, over `threads`; results do not depend on their number.
 */
#ifndef ZHOL_DESK_SIMULATE_FLOWS_H
#define ZHOL_DESK_SIMULATE_FLOWS_H

#include <zhol/simulate.h>

#include "desk/simulate_ways.h"

/* What a flow is a part of. */
struct flows_sum {
    uint32_t from, to, via; /* places; via: crossing, or ZHOL_NONE */
    uint32_t commodity;     /* the greatest of those added up */
    uint32_t load_class;    /* thing */
    uint32_t demand_flow;   /* kind of traffic; ZHOL_NONE: typed by hand, or of a list */
    uint8_t class, mode;    /* mode by which it crosses; 0: any */
    double loads, tonnes;   /* in the period, or of one arrival */
    double days;            /* of the period */
    double usd_day;         /* worth of a day of delay, of all loads together */
    double month_t[12];     /* tonnes; all 0: even */
    double greatest_t;      /* tonnes of `commodity` */
    int64_t *times;         /* UTC s, of a list; increasing */
    uint32_t time_count, time_capacity;
    uint32_t first_row; /* of demand; of the list, line */
    bool listed;        /* of a list */
    bool assigned;      /* of the assignment: one commodity */
};

struct flows {
    struct flows_sum *sums;
    uint32_t sum_count, sum_capacity;
    struct zhol_simulate_flow *flows;
    uint32_t *sum_of; /* per flow */
    double *share;    /* per flow: of its sum */
    uint32_t *first_arc;
    uint32_t flow_count, flow_capacity;
    uint32_t *arcs, *rides; /* rides: per arc the one that goes over it, or NONE */
    uint32_t arc_count, arc_capacity;
    uint8_t *taken;      /* identities in use; by number */
    uint32_t *unreached; /* sums without a way */
    uint32_t unreached_count;
    double t_year, unreached_t_year; /* of demand */
    double unmet_t_day;              /* of an assignment: what no capacity is left for */
    bool assigned;                   /* ways and shares are those of an assignment */
    int32_t year_from, year_to;      /* days; the period of the demand that is used */
};

struct flows_how {
    int32_t day;         /* whose year is wanted, and for which ways are planned */
    int64_t ready_s;     /* when they are planned to start; UTC */
    uint32_t threads;    /* 0: 1 */
    bool free_crossings; /* ways need not pass the crossing where the freight was counted */
    const volatile int *interrupt;
};

void flows_init(struct flows *flows);
void flows_clear(struct flows *flows);
/* Adds up the demand rows of the year. ZHOL_ERROR_UNREACHABLE: the table has no row that counts. */
enum zhol_error flows_from_demand(const struct zhol_corridor *corridor, int32_t day,
                                  struct flows *flows);
/* Reads a list of arrivals; each row brings its quantity at its time. */
enum zhol_error flows_from_list(const struct zhol_corridor *corridor, const char *path,
                                struct zhol_report *report, struct flows *flows);
/* The same of `text`, as if it were the content of `path`. */
enum zhol_error flows_parse_list(const struct zhol_corridor *corridor, const char *path,
                                 const char *text, size_t size, struct zhol_report *report,
                                 struct flows *flows);
/* Assigns the demand of the days [day, day + days) of that year to the capacities of the network
 * (desk/assign_model.h) and makes its ways the flows: shares respect what is full, and what finds
 * no room is not sent. Cost: one cold solve. */
enum zhol_error flows_from_assignment(const struct zhol_corridor *corridor,
                                      const struct zhol_network *network, int32_t day,
                                      uint32_t days, bool free_crossings, struct flows *flows);
/* Finds the ways of all sums that have none yet and makes their flows. */
enum zhol_error flows_finish(const struct zhol_corridor *corridor,
                             const struct zhol_network *network, const struct flows_how *how,
                             struct flows *flows);

#endif
