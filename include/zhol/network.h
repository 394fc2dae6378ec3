/* zhol/network.h: the virtual network: a corridor compiled for one date and scenario.
 *
 * A vertex is a cargo state at a place (Dostyk on rail 1435), or a point on a border link between
 * its movement and its controls. An arc is a movement over a link, a handling at a place, a border
 * control, or a ride with a service from one of its stops to another. Two gauges meet only in a
 * handling; a border is passed only through its controls.
 *
 * The network is one block of memory: a header and flat arrays in compressed-row order, with
 * offsets instead of pointers. It can be written to a file and mapped back, and two compilations
 * of the same input are the same bytes. It refers to rows of the corridor by number, so that every
 * figure can be followed to its source; the corridor must outlive the questions, not the block.
 *
 * Costs are not stored per arc and load class. An arc names its price set, its emission factor
 * and its length; zhol_network_cost works out integer cents and grams for one load. Reason:
 * quantities are rounded up to wagons and trucks, and fees per consignment do not scale.
 * A price that is not known is an unknown item, never zero.
 *
 * Memory: at most 64 bytes an arc in a large network, vertices and reverse index included (61.2 for
 * a million links). What does not grow with it comes on top: 24 bytes an opening, 32 a price row.
 */
#ifndef ZHOL_NETWORK_H
#define ZHOL_NETWORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <zhol/corridor.h>
#include <zhol/error.h>

enum zhol_arc_kind {
    ZHOL_ARC_MOVE,    /* over a link; thing: link */
    ZHOL_ARC_HANDLE,  /* at a place, from one state to another; thing: handling */
    ZHOL_ARC_CONTROL, /* border control; thing: process */
    ZHOL_ARC_RIDE     /* with a service; thing: number in the array of rides */
};

enum zhol_evidence { ZHOL_PUBLISHED, ZHOL_DERIVED, ZHOL_ASSUMED, ZHOL_EVIDENCE_COUNT };

/* Which of an arc's durations to use. */
enum zhol_time { ZHOL_TIME_MIN, ZHOL_TIME_MEDIAN, ZHOL_TIME_MEAN, ZHOL_TIME_COUNT };

struct zhol_vertex {
    uint32_t node; /* the place; for a point on a border link: the place of the control */
    uint32_t link; /* ZHOL_NONE at places */
    uint8_t state; /* enum zhol_word_state */
    uint8_t stage; /* 0 at places; the order of the point on the link's way */
    uint16_t pad;
};

struct zhol_arc {
    uint32_t head;
    uint32_t thing;                    /* see enum zhol_arc_kind */
    uint32_t process;                  /* process row of a handling or control, else ZHOL_NONE */
    uint32_t length_m;                 /* 0 for handlings and controls */
    uint32_t minutes[ZHOL_TIME_COUNT]; /* of the movement, handling or ride itself */
    uint32_t price_set;                /* number of a price set; 0: nothing known */
    uint32_t uses;                     /* number of a list of resource uses; 0: none */
    uint16_t emission;                 /* number of an emission factor; 0: none known */
    uint16_t calendar;                 /* number of opening times; 0: always open */
    uint16_t ban;                      /* number of a list of bans; 0: none */
    uint8_t kind;                      /* enum zhol_arc_kind */
    uint8_t mode;                      /* enum zhol_word_mode; 0 for handlings and controls */
    uint8_t class;                     /* only for this class of cargo; 0: any */
    uint8_t time_evidence;             /* enum zhol_evidence of its minutes */
    uint16_t commodity;                /* 1 + commodity for which alone it is meant; 0: any.
                                          A control of another class or commodity is passed at
                                          no time and cost; another arc of it cannot be used */
};

/* One price; the sets list candidates, most specific first within a cost kind. Of those that fit
 * the load one of each kind is charged: of the highest rank, among equals the cheapest, then the
 * first row. A price by a unit that the load has none of (boxes for ore) does not fit. */
struct zhol_price {
    int64_t microusd;    /* per unit, and per km (PER_KM) or day (STORAGE) */
    uint32_t tariff_row; /* row of table tariff */
    uint32_t commodity;  /* scope, or ZHOL_NONE */
    uint32_t free_minutes;
    uint16_t vat_permille;
    uint8_t scope;     /* enum zhol_word_tariff_scope */
    uint8_t cost_kind; /* enum zhol_word_cost_kind */
    uint8_t unit;      /* enum zhol_word_tariff_unit */
    uint8_t class;     /* scope, or 0 */
    uint8_t evidence;  /* enum zhol_evidence */
    uint8_t rank;      /* number of scope columns it fixes; greater is more specific. A link fixes
                          mode, gauge and country too, a process its kind, place and country, a
                          place its country, a gauge the mode */
    uint32_t pad;      /* 0: a block has no byte that nobody wrote */
};

/* CO2e of an arc: grams = g_per_tkm * tonnes * km + g_per_t * tonnes. */
struct zhol_factor {
    double g_per_tkm;
    double g_per_t;
    uint32_t emission_row;
    uint32_t evidence;
};

/* A ride: an arc over consecutive stops of a service, with its timetable and its way: the arcs
 * (movements, controls, handlings; never rides) that it goes over. It uses the resources of its
 * way, and its own list of uses is empty. Rides of one service share stretches of `ways`. */
struct zhol_ride {
    uint32_t service;   /* thing */
    uint32_t from_stop; /* row of service_stop */
    uint32_t to_stop;
    uint32_t way; /* offset of its underlying arcs in the array of ways */
    uint32_t way_count;
    uint32_t headway_minutes; /* 0 for a timetable */
    int32_t first_day;        /* service valid in [first_day, last_day), ZHOL_BLANK_DATE: open */
    int32_t last_day;
    uint32_t zone;          /* text offset of the zone name of the first stop's local time */
    int32_t offset_minutes; /* from departure at the first stop to departure at from_stop */
    int16_t depart_minute;  /* local time of departure at the first stop; -1 for headway */
    uint8_t weekdays;       /* at the first stop; bit 0 Monday */
    uint8_t pad;
};

/* Opening times of one or more calendars at once, as sorted half-open UTC intervals of minutes
 * since 1970 around the network's date; outside [first, last] of the horizon it is closed. */
struct zhol_opening {
    int64_t from_min;
    int64_t to_min;
    uint32_t exception; /* 1 + row of calendar_date whose closure ends where this opens; 0: none */
    uint32_t pad;
};

/* A ban on an arc: in [from, to) cargo that it meets cannot enter the arc. */
struct zhol_ban {
    int64_t from_min;
    int64_t to_min; /* INT64_MAX: open */
    uint32_t rule_row;
    uint32_t commodity;      /* scope, or ZHOL_NONE */
    uint32_t exempt_classes; /* bit per enum zhol_word_cargo_class */
    uint32_t exempt;         /* offset of exempt commodities: count, then things */
    uint8_t class;           /* scope, or 0 */
    uint8_t from_country[2]; /* origin of the goods, or 0 */
    uint8_t to_country[2];   /* destination of the goods, or 0 */
    uint8_t pad[3];
};

/* Storage at a vertex: what waiting for a departure costs after free time; 0: nothing charged. */
struct zhol_storage {
    uint32_t price_set;
};

/* One use of a capacity by an arc. */
struct zhol_use {
    uint32_t resource_row; /* row of table resource that is binding on the date */
    uint32_t load_class;   /* thing, or ZHOL_NONE for any */
    float units;           /* units of capacity for one load unit; 0: by load_class and unit */
};

struct zhol_network; /* the block; see zhol_network_view */

/* All arrays of a network, as pointers into the block. Plain data; cheap to make, copy, drop. */
struct zhol_network_view {
    uint32_t vertex_count, arc_count;
    const struct zhol_vertex *vertices;
    const uint32_t *first_arc;   /* arcs out of v: [first_arc[v], first_arc[v + 1]) */
    const struct zhol_arc *arcs; /* sorted by tail */
    const uint32_t *first_in;    /* arcs into v: in_arcs[first_in[v] .. first_in[v + 1]) */
    const uint32_t *in_arcs;     /* arc numbers */
    uint32_t node_count;
    const uint32_t *first_place; /* places of node n: places[first_place[n] .. [n + 1]) */
    const uint32_t *places;      /* vertices of a node in order of state; zhol_network_place */
    uint32_t set_count;
    const uint32_t *first_price; /* prices of set s: set_prices[first_price[s] ..) */
    const uint32_t *set_prices;  /* price numbers */
    uint32_t price_count;
    const struct zhol_price *prices;
    uint32_t factor_count;
    const struct zhol_factor *factors;
    uint32_t ride_count;
    const struct zhol_ride *rides;
    uint32_t way_count;
    const uint32_t *ways;        /* arc numbers */
    const uint32_t *way_minutes; /* of each of them, in the median, with the service: its own train
                                    runs by its timetable, ordinary trains at the link's speed */
    uint32_t calendar_count;
    const uint32_t *first_opening; /* openings of calendar c: [first_opening[c], [c + 1]) */
    const struct zhol_opening *openings;
    uint32_t ban_list_count;
    const uint32_t *first_ban; /* bans of list b: [first_ban[b], first_ban[b + 1]) */
    const struct zhol_ban *bans;
    uint32_t exempt_count;
    const uint32_t *exempts;
    const struct zhol_storage *storage; /* per vertex */
    uint32_t use_list_count;
    const uint32_t *first_use; /* uses of arc a: [first_use[a.uses], first_use[a.uses + 1]) */
    const struct zhol_use *uses;
    uint32_t text_size;
    const char *texts;                        /* zone names; offset 0 is "" */
    int32_t day;                              /* compiled for this day */
    int64_t horizon_from_min, horizon_to_min; /* calendars are worked out in this time */
};

/* The vertex of a cargo state at a place, or ZHOL_NONE. A place has few states: this is a glance
 * at one or two numbers. (A table of nodes x states would take more room than all vertices.) */
static inline uint32_t zhol_network_place(const struct zhol_network_view *view, uint32_t node,
                                          unsigned state)
{
    if (node >= view->node_count) {
        return ZHOL_NONE;
    }
    for (uint32_t i = view->first_place[node]; i < view->first_place[node + 1]; i++) {
        if (view->vertices[view->places[i]].state == state) {
            return view->places[i];
        }
    }
    return ZHOL_NONE;
}
/* The vertex in which an arc begins. O(log vertices): arcs do not carry their tail. */
uint32_t zhol_network_tail(const struct zhol_network_view *view, uint32_t arc);

struct zhol_network_options {
    int32_t day;           /* ZHOL_BLANK_DATE: the corridor's default day */
    bool include_planned;  /* links, services of status planned, building or study count too */
    uint32_t horizon_days; /* how long calendars reach after day; 0: 400. 31 days before are kept */
    uint64_t seed;         /* with draw > 0: assumed inputs are drawn from their low..high */
    uint32_t draw;         /* 0: the stated values */
};

/* Compiles. Findings go to `report` (may be NULL); a corridor without faults compiles. ZHOL_WARNING
 * says what is left out: a service whose stops no way joins on that day or whose offsets run
 * backwards, a border link whose control has no process on that day, a price in a currency without
 * a rate. ZHOL_NOTE: a way more than 3 % off the contracted length, unless the service's note
 * speaks of km. ZHOL_ERROR_USAGE: a horizon of more than 36,500 days; ZHOL_ERROR_LIMIT: more than
 * 65,535 calendars, ban lists, factors or commodities; ZHOL_ERROR_UNKNOWN: no such time zone.
 * A date outside all validity gives a network without arcs. On ZHOL_OK the caller owns *out.
 * Cost: O(n log n) in rows valid on the day, plus the ways of the services. */
enum zhol_error zhol_network_compile(const struct zhol_corridor *corridor,
                                     const struct zhol_network_options *options,
                                     struct zhol_report *report, struct zhol_network **out);
void zhol_network_free(struct zhol_network *network);
struct zhol_network_view zhol_network_view(const struct zhol_network *network);

/* The block and its size; writing it and mapping it back give the same network. open verifies
 * magic, version, size, offsets and every index, so that a damaged file is refused. */
const void *zhol_network_block(const struct zhol_network *network, size_t *size);
enum zhol_error zhol_network_save(const struct zhol_network *network, const char *path);
enum zhol_error zhol_network_open(const char *path, struct zhol_network **out);

/* Checks every invariant of the network (used by tests and by open). */
enum zhol_error zhol_network_verify(const struct zhol_network *network);
/* True where the network was compiled from a corridor with these tables (number of rows of each,
 * and its dates): only then may its row numbers be looked up there. Ask after zhol_network_open. */
bool zhol_network_fits(const struct zhol_network *network, const struct zhol_corridor *corridor);

/* ---- What an arc costs one load ---- */

/* A load: what travels together as one consignment. */
struct zhol_load {
    uint32_t commodity;                    /* thing */
    uint8_t class;                         /* of the commodity */
    double tonnes;                         /* net */
    double teu;                            /* 0 where not in containers */
    double wagons1435, wagons1520, trucks; /* rounded up as needed */
    double units; /* load units of the commodity's load class (boxes, camel loads), rounded up */
};
/* Makes a load from a quantity; exactly one of teu and tonnes is > 0, or ZHOL_ERROR_USAGE. Tonnes
 * of a commodity that goes in boxes fill whole boxes. ZHOL_ERROR_INVALID: TEU of a commodity that
 * does not travel in containers, or a load class without figures. */
enum zhol_error zhol_load_make(const struct zhol_corridor *corridor, uint32_t commodity, double teu,
                               double tonnes, struct zhol_load *out);

/* One line of a bill. */
struct zhol_cost_line {
    uint32_t price;    /* number of the price in the view */
    int64_t cents;     /* US cents, VAT included */
    int64_t vat_cents; /* of which VAT */
};

/* True where the load may use the arc; *passes is set where a control does not concern it. */
bool zhol_network_admits(const struct zhol_network_view *view, uint32_t arc,
                         const struct zhol_load *load, bool *passes);
/* Cents of the arc for the load; *unknown is set where no price of the kind that the arc needs is
 * known (freight for moves and rides; for handlings and controls any but a price per
 * consignment). A ride whose service has a
 * through price that fits the load costs that and nothing else; any other ride costs the sum over
 * its way, and is unknown where a part of it is. A control that the load passes costs nothing.
 * Lines go to `lines` (up to
 * `max`; may be NULL), their number to *count. Rounded half away from zero per line. */
int64_t zhol_network_cost(const struct zhol_network_view *view, uint32_t arc,
                          const struct zhol_load *load, bool *unknown, struct zhol_cost_line *lines,
                          uint32_t max, uint32_t *count);
/* Grams CO2e well-to-wheel of the arc for the load, of a ride always the sum over its way; *unknown
 * is set where a movement or handling has no factor. A control without one emits nothing: it is no
 * transport or hub operation in the sense of ISO 14083. */
int64_t zhol_network_co2e(const struct zhol_network_view *view, uint32_t arc,
                          const struct zhol_load *load, bool *unknown);
/* The prices of waiting that the load is charged at a vertex, at most one of each kind of cost,
 * and what each takes for one day; their number is returned. Free time is that of each price. */
#define ZHOL_STORAGE_LINES zhol_cost_kind_COUNT
uint32_t zhol_network_storage_day(const struct zhol_network_view *view, uint32_t vertex,
                                  const struct zhol_load *load,
                                  struct zhol_cost_line lines[ZHOL_STORAGE_LINES]);
/* Cents for `wait_min` minutes at a vertex: nothing within the free time, then for each day begun.
 * *day_cents gets the charge of one day (the most that one more day can cost). */
int64_t zhol_network_storage(const struct zhol_network_view *view, uint32_t vertex,
                             const struct zhol_load *load, int64_t wait_min, int64_t *day_cents);

#endif
