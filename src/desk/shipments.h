/* desk/shipments.h: one consignment of many: its way, where it is, what it still lacks, and what a
 * change of the network does to it.
 *
 * The way. Of all itineraries worth choosing the one with least money plus worth of its days (the
 * commodity's USD a tonne and day) is taken; one whose prices are all known before one with gaps,
 * one that keeps the deadline before one that does not. Days after the deadline weigh five times
 * (SHIPMENT_LATE_WEIGHT, an assumption): a cheap way that comes a month late is no plan.
 * The same rule before and after a change, so that a difference is that of the change.
 *
 * Where it is. A consignment seen at a place of its way is followed from there: its promise is that
 * of the rest of the itinerary (desk/eta_arrival.h). Where the place lies within a ride, the ride
 * is taken to be as far on as the minutes of its way say. A place that the itinerary does not pass
 * makes the way anew from there (`replanned`).
 *
 * What it lacks. Of the rules that concern the way (zhol_plan_rules), those of kind document,
 * pre_arrival and plan_approval are duties. One is fulfilled where the consignment's list of
 * documents has the rule's identifier, its family (the part behind the first dot: "smgs" of
 * RU.smgs.kz) or its name in English or Russian. Rules of the same name are one duty. A family
 * joined of others ("cim-smgs") stands for them: where it is a duty, they are none. It is due
 *   a control, a place or a sea leg    when the way comes there (T1, transit declaration, booking,
 *                                      bill of lading), less the hours of its value
 *   into a country                     when that country is entered (import declaration)
 *   plan_approval with a value in d    so many days before the month of loading begins (GU-12)
 *   any other                          when the goods are ready (note, export declaration)
 *
 * Order of calls: shipment_answer for a network, look, shipment_answer_clear (also after a
 * failure); shipment_change for two answers. Errors: those of zhol_plan, but no way is no error:
 * `found` is false then. Cost: one search of the planner, two where it has been seen somewhere.
 */
#ifndef ZHOL_DESK_SHIPMENTS_H
#define ZHOL_DESK_SHIPMENTS_H

#include <stdbool.h>

#include <zhol/plan.h>

#include "base/text.h"

enum { SHIPMENT_GATEWAYS_MAX = 8, SHIPMENT_COUNTRIES_MAX = 24, SHIPMENT_LATE_WEIGHT = 5 };

struct shipment {
    uint32_t from, to, commodity;
    double teu, tonnes; /* one of them is > 0 */
    int64_t ready_min;
    int64_t deadline_min;  /* promised by; INT64_MAX: not */
    uint32_t at;           /* where it was seen last; ZHOL_NONE: nowhere */
    int64_t at_min;        /* when */
    const char *documents; /* separated by ';' or ','; NULL: nothing is known of them */
};

struct shipment_duty {
    uint32_t rule_row;
    bool fulfilled;
    int64_t due_min; /* UTC */
};

struct shipment_answer {
    bool found, replanned;
    uint64_t ground; /* which links; desk/route.h */
    int64_t arrival_min, cents, co2e_g;
    bool cost_unknown;
    int64_t p50_min, p90_min; /* INT64_MAX: beyond the timetables */
    double in_time;           /* chance to keep the deadline; 1 without one */
    uint32_t gateways[SHIPMENT_GATEWAYS_MAX], gateway_count;
    char countries[SHIPMENT_COUNTRIES_MAX][3]; /* that it goes through, both ends included */
    uint32_t country_count;
    struct shipment_duty *duties; /* the first due first */
    uint32_t duty_count;
    uint32_t *regimes; /* rows of rules of kind regime that concern the way */
    uint32_t regime_count;
};

enum shipment_change {
    SHIPMENT_SAME,    /* goes as before */
    SHIPMENT_LATER,   /* the same way, later or dearer */
    SHIPMENT_MOVED,   /* another way */
    SHIPMENT_STOPPED, /* no way any more */
    SHIPMENT_NO_WAY   /* there was none before */
};

/* `from_seen`: plan from the place where it was seen, to compare what is left under two networks;
 * else from its origin, with the promise seen from where it is. */
enum zhol_error shipment_answer(const struct zhol_corridor *corridor,
                                const struct zhol_network *network, const struct shipment *shipment,
                                bool from_seen, struct shipment_answer *out);
/* A copy with memory of its own; cleared by its owner. ZHOL_ERROR_MEMORY leaves `to` empty. */
enum zhol_error shipment_answer_copy(const struct shipment_answer *from,
                                     struct shipment_answer *to);
void shipment_answer_clear(struct shipment_answer *answer);
/* The next document of a list separated by ';' or ','; false at its end. */
bool shipment_next_document(struct text_view *list, struct text_view *word);
/* False for a word that no duty of the corridor's rules is called by: a slip of the pen. */
bool shipment_document_known(const struct zhol_corridor *corridor, struct text_view word);
enum shipment_change shipment_change(const struct shipment_answer *before,
                                     const struct shipment_answer *after);

#endif
