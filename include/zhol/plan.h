/* zhol/plan.h: the planner: all ways of one consignment that are worth choosing.
 *
 * Given a network and a consignment, zhol_plan finds the exact Pareto set over arrival, cost and
 * CO2e: for every itinerary that the model allows, the answer has one that is at least as good in
 * all three. Equal triples are listed once (the first in the order of the search, which is
 * deterministic).
 *
 * Method: label-setting multi-objective A* in order of arrival, with exact reverse bounds per
 * objective (after NAMOA*dr, Pulido et al. 2015, and LT-MOA*, Hernandez et al. 2023), on a network
 * with departures, opening times, bans and storage after free days.
 *
 * Ships and aircraft carry cargo with a service only; trains and trucks also without one, at the
 * speed of the link (ordinary freight trains, trucks of the market).
 *
 * When one way is better. A cost is a sum of known cents and a set of unknown items (prices that
 * nobody has published). Label a is no dearer than b where its known cents are not more and its
 * unknown items are a subset of b's: only then is it so whatever the unknown prices are. An
 * itinerary with unknown items is shown as "from X, excl. ..."; it never passes for complete.
 * An item is the price (or factor) of one arc, so that no itinerary pays one twice, unless places
 * to pass send it over an arc again. With more than 24 items only "all known" and "something not
 * known" are told apart, for prices and for factors: among itineraries that are not fully known the
 * known part then decides, and one that would be cheaper by its unknown part can be missing.
 *
 * Waiting. Cargo may wait anywhere; waiting costs where storage is charged and something has to be
 * waited for (a departure, an opening, the end of a ban): nothing in the free
 * time, then by the day begun (not at the origin, where the shipper brings it in time). So a later
 * start can be cheaper than the first possible one: goods are brought to a yard just in time for
 * their train. Where the head of an arc charges storage, the search therefore also tries the starts
 * that save days there; everywhere else the first possible start is at least as good. A label that
 * came earlier has used up free time that a later one still has, so at a place with storage it
 * dominates only where its cost plus one charge for every day begun between the two arrivals is
 * not more: that is the most that it can pay in addition. (Cost plus the storage until the later
 * arrival, as one might think, is too little: the later one's free days come on top of it.)
 *
 * Exactness. Held against enumeration of random networks (tests/oracle/test_plan.c) in which no arc
 * joins two places that both charge storage. Where one does (the two gauges of one terminal), waits
 * are shifted between the two only for the next departure; an itinerary that is cheaper by a few
 * days of storage because of a departure after that one can be missed. In random networks with
 * storage nearly everywhere some 2 % of the answers missed one, and 11 % with places to pass.
 *
 * The wait for an opening, a departure or the end of a ban belongs to the arc that it precedes.
 */
#ifndef ZHOL_PLAN_H
#define ZHOL_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include <zhol/network.h>

struct zhol_consignment {
    uint32_t from, to;    /* places */
    int64_t ready_min;    /* UTC minutes since 1970 from when it can be loaded */
    int64_t deadline_min; /* UTC minutes; INT64_MAX: none. Later itineraries are left out */
    struct zhol_load load;
    const uint32_t *via; /* places to pass, in this order */
    uint32_t via_count;  /* at most 8 */
    const uint32_t *avoid_nodes;
    uint32_t avoid_node_count;
    const char (*avoid_countries)[3]; /* ISO alpha-2, NUL-terminated */
    uint32_t avoid_country_count;
    uint32_t avoid_modes;        /* bit per enum zhol_word_mode */
    char origin_country[3];      /* of the goods, for bans; "": that of `from` */
    char destination_country[3]; /* "": that of `to` */
};

struct zhol_plan_options {
    enum zhol_time time;   /* minutes used */
    uint32_t horizon_days; /* arrivals later than ready + this are left out; 0: 120, or
                               twice the least time and 60 days where that is more */
    uint64_t label_limit;  /* 0: 20 million; beyond it ZHOL_ERROR_LIMIT, never a partial answer */
    bool ignore_bans;      /* as if no ban held */
    const volatile int *interrupt; /* non-zero: stop with ZHOL_ERROR_INTERRUPTED; may be NULL */
};

/* One step of an itinerary: an arc with the waiting before it. Times are UTC minutes. */
struct zhol_step {
    uint32_t arc;
    bool passes;       /* a control that does not concern the load */
    int64_t ready_min; /* when the cargo was there */
    int64_t start_min; /* when the step began: ready + waiting */
    int64_t end_min;
    int64_t cents;         /* known cost of the arc */
    int64_t storage_cents; /* known cost of waiting before it */
    int64_t co2e_g;
    bool cost_unknown, storage_unknown, co2e_unknown;
    uint8_t wait_for;  /* enum zhol_wait */
    uint32_t wait_why; /* calendar: 1 + row of calendar_date or 0; ban: rule row; else 0 */
};

enum zhol_wait {
    ZHOL_WAIT_NONE,
    ZHOL_WAIT_DEPARTURE, /* of a service */
    ZHOL_WAIT_OPENING,   /* of a border or terminal */
    ZHOL_WAIT_BAN,       /* for the end of a ban */
    ZHOL_WAIT_CHOSEN     /* longer than needed, to save storage further on */
};

struct zhol_itinerary {
    uint32_t first_step, step_count; /* into the result's steps */
    int64_t arrival_min;
    int64_t cents;          /* known cost */
    int64_t co2e_g;         /* known CO2e */
    uint64_t unknown_items; /* prices and factors not known; bit set over zhol_plan_result.items */
};

struct zhol_plan_result {
    struct zhol_itinerary *itineraries; /* in order of arrival, then cost, then CO2e */
    uint32_t itinerary_count;
    struct zhol_step *steps;
    uint32_t step_count;
    uint32_t items[64];    /* an arc of each unknown item */
    bool item_is_co2e[64]; /* an emission factor is not known, else a price */
    uint32_t item_count;   /* more than 24 become one for prices, one for factors */
    uint64_t labels_made, labels_expanded;
    double search_s;
};

/* Plans. ZHOL_ERROR_UNREACHABLE: no itinerary (the result is empty); see zhol_plan_why.
 * The caller owns *result and clears it. ZHOL_ERROR_USAGE: more than 8 via, a horizon of more than
 * 36,500 days, or ready_min more than 3,000,000 days from 1970. Cost: output-sensitive; memory 56
 * bytes a label, 32 while it is in the queue and 32 in the front of its place. */
enum zhol_error zhol_plan(const struct zhol_network *network, const struct zhol_corridor *corridor,
                          const struct zhol_consignment *consignment,
                          const struct zhol_plan_options *options, struct zhol_plan_result *result);
void zhol_plan_result_clear(struct zhol_plan_result *result);

/* Why no itinerary of the Pareto set passes a place: the answer of `zhol plan --why PLACE`. */
enum zhol_why {
    ZHOL_WHY_USED,     /* some itinerary does pass it */
    ZHOL_WHY_AVOIDED,  /* the consignment asked to avoid it, or what every way through it needs */
    ZHOL_WHY_NOT_OPEN, /* nothing at it or to it is valid on the date (opens, closed, planned) */
    ZHOL_WHY_NO_WAY,   /* no way leads through it from the origin to the destination */
    ZHOL_WHY_NO_CLASS, /* ways lead through it, but not for this class of cargo */
    ZHOL_WHY_BANNED,   /* a ban holds */
    ZHOL_WHY_TOO_LATE, /* a way leads through it, but not by the deadline or horizon */
    ZHOL_WHY_DOMINATED /* the best ways through it are dominated; by how much is said */
};
struct zhol_why_answer {
    enum zhol_why why;
    uint32_t rule_row;               /* BANNED: the rule */
    uint32_t link_period_row;        /* NOT_OPEN: the row that tells when or why, or ZHOL_NONE */
    struct zhol_plan_result through; /* DOMINATED: the Pareto set of the ways through it */
    struct zhol_itinerary dominated; /* DOMINATED: its nearest itinerary */
    struct zhol_itinerary dominator; /* DOMINATED: the itinerary of the answer that beats it */
};
enum zhol_error zhol_plan_why(const struct zhol_network *network,
                              const struct zhol_corridor *corridor,
                              const struct zhol_consignment *consignment,
                              const struct zhol_plan_options *options, uint32_t node,
                              struct zhol_why_answer *answer);
void zhol_why_answer_clear(struct zhol_why_answer *answer);

/* The rules that concern an itinerary: documents to carry, pre-arrival data, visas, limits ... of
 * every country, place, link and mode that it passes. Row numbers of table rule valid at the time
 * of passing, ascending, each once; caller frees *rows with free(). */
enum zhol_error zhol_plan_rules(const struct zhol_network *network,
                                const struct zhol_corridor *corridor,
                                const struct zhol_consignment *consignment,
                                const struct zhol_plan_result *result, uint32_t itinerary,
                                uint32_t **rows, uint32_t *count);

/* Which part of an itinerary's minutes, cents and grams rests on published, derived and assumed
 * rows; each triple sums to 1 (or is 0 where the total is 0). */
struct zhol_evidence_share {
    double minutes[ZHOL_EVIDENCE_COUNT];
    double cents[ZHOL_EVIDENCE_COUNT];
    double grams[ZHOL_EVIDENCE_COUNT];
};
struct zhol_evidence_share zhol_plan_evidence(const struct zhol_network *network,
                                              const struct zhol_consignment *consignment,
                                              const struct zhol_plan_result *result,
                                              uint32_t itinerary);

#endif
