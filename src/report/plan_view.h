/* report/plan_view.h: the answer of the planner worked out for people, as data.
 *
 * zhol_plan gives arcs and integers; this gives legs with names and local times, bills, chains of
 * CO2e, documents, evidence and sources. All writers (table, JSON, CSV, GeoJSON, HTML) read this
 * and nothing else, so that every surface says the same.
 *
 * What becomes what:
 * - A leg is a ride with a service; or consecutive movements of one mode and gauge without waiting
 *   between them; or one handling; or one border step. Waiting belongs to the leg that it precedes
 *   and carries its reason. Controls that do not concern the load are no legs.
 * - Minutes are split into running, waiting, handling and border. A ride is split in proportion to
 *   the median minutes of the arcs that it goes over; its published total stands.
 * - A cost line has the country whose price it is: of the link, of the process, or none for a
 *   through price, which covers several.
 * - A transport chain element (TCE, ISO 14083) is a stretch of consecutive movements under one
 *   emission factor, or one handling (hub). Grams add up to those of the itinerary.
 *
 * - What may be promised (P50 and P90 of the arrival) is asked of desk/eta_arrival.h for every
 *   itinerary that is worked out.
 *
 * - An itinerary is firm where no other is at least as good in all known figures and better in
 *   one. One that is not firm is in the set only because a price of the better one is not known.
 *
 * Which itineraries are chosen. The exact set may have hundreds. First the fastest, the cheapest
 * and the one of lowest CO2e, each of the firm ones (those without unknown items before the
 * others); then, up to `choose`, always the one whose nearest chosen neighbour is farthest, with
 * arrival, cost and CO2e each scaled to 0..1 over the set (Gonzalez 1985, farthest-point
 * clustering), where a route that is not shown yet counts more than any distance, and firm ones
 * come before the others. Ties go to the earlier. Shown in order of arrival.
 *
 * Order of calls: plan_view_make, reading, plan_view_free. The view refers to the corridor, the
 * network and the result, which must live as long. It never changes after it was made.
 * Cost: linear in the steps of the itineraries that are worked out (the chosen, or all).
 */
#ifndef ZHOL_REPORT_PLAN_VIEW_H
#define ZHOL_REPORT_PLAN_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include <zhol/plan.h>

#include "base/arena.h"
#include "report/clock.h"
#include "report/words.h"

struct eta_arrival_present;

enum view_leg_kind { VIEW_MOVE, VIEW_RIDE, VIEW_HANDLING, VIEW_BORDER, VIEW_LEG_KIND_COUNT };
enum view_phase { VIEW_RUNS, VIEW_WAITS, VIEW_HANDLES, VIEW_BORDERS, VIEW_PHASE_COUNT };

/* The row of table source that a figure rests on. */
struct view_source {
    uint32_t row;     /* of table source; ZHOL_NONE where unknown */
    uint8_t evidence; /* enum zhol_evidence */
};

/* One line of the bill. */
struct view_cost {
    uint32_t leg;        /* of the itinerary */
    const char *country; /* ISO code; "" for a through price or at sea */
    uint8_t kind;        /* enum zhol_word_cost_kind */
    bool is_storage;     /* for waiting at the place where the leg begins */
    int64_t cents, vat_cents;
    uint32_t tariff_row;
    uint32_t node;     /* where, for what is done at a place, else ZHOL_NONE */
    uint32_t from, to; /* for what is moved, else ZHOL_NONE */
    struct view_source source;
};

/* Cost lines of one country and kind added up; in order of the way. */
struct view_sum {
    const char *country;
    uint8_t kind;
    int64_t cents, vat_cents;
};

/* One element of the transport chain. */
struct view_element {
    uint32_t leg;
    bool is_hub;
    uint32_t from, to;    /* places; the same for a hub */
    uint8_t mode;         /* of a transport element */
    uint8_t process_kind; /* of a hub */
    const char *category; /* transport or hub operation category, "" where none is named */
    uint32_t length_m;
    double factor; /* g CO2e per t km, or per t for a hub */
    int64_t co2e_g;
    bool unknown;          /* no factor is known */
    uint32_t emission_row; /* ZHOL_NONE where unknown */
    struct view_source source;
};

/* Rules that say the same, each of another scope: "SMGS note (China, Kazakhstan, Russia)". */
struct view_rule {
    uint32_t row;      /* of table rule: the first of them */
    const char *where; /* the countries or places of all, "" where none is named */
};

/* A border step or handling that a ride passes on its way. */
struct view_pass {
    uint8_t process_kind;
    uint32_t node;
    uint8_t from_state, to_state; /* 0 for a control */
};

struct view_leg {
    uint8_t kind; /* enum view_leg_kind */
    uint8_t mode; /* of a movement or ride, else 0 */
    uint8_t from_state, to_state;
    uint8_t process_kind;                 /* of a handling or border step, else 0 */
    uint32_t from, to;                    /* places */
    uint32_t service;                     /* of a ride, else ZHOL_NONE */
    uint32_t process;                     /* row of table process, else ZHOL_NONE */
    struct report_time ready, start, end; /* in the time of `from`, `from`, `to` */
    uint8_t wait_for;                     /* enum zhol_wait */
    uint32_t wait_why;                    /* see struct zhol_step */
    uint32_t headway_min;                 /* of a ride without timetable */
    int64_t minutes[VIEW_PHASE_COUNT];
    uint32_t length_m;
    int64_t cents, storage_cents, co2e_g;
    bool cost_unknown, storage_unknown, co2e_unknown;
    struct view_source source;       /* of its minutes */
    uint32_t first_step;             /* of the itinerary; it reaches to that of the next leg */
    uint32_t first_arc, arc_count;   /* plain arcs of its way, in view->arcs */
    uint32_t first_pass, pass_count; /* in view->passes */
};

/* A service against its published length. */
struct view_check {
    uint32_t service;
    double published_km, model_km;
    double deviation;   /* model / published - 1 */
    const char *reason; /* "" where none is on record */
};

/* Something that no price or factor is known for. */
struct view_unknown {
    bool is_co2e;
    const char *text; /* "transshipment at Alat" */
};

struct view_itinerary {
    uint32_t number; /* index in the result; people count from 1 */
    const struct zhol_itinerary *of;
    struct report_time start, arrival; /* local at origin and destination */
    struct report_time p50, p90;       /* arrived by then with chance 50 and 90 % (desk/eta.h) */
    bool p50_known, p90_known;         /* false: beyond timetables, or not worked out */
    int64_t p50_minutes, p90_minutes;  /* from ready */
    double in_time;                    /* chance to keep the deadline */
    int64_t minutes;                   /* from ready to arrival */
    int64_t phases[VIEW_PHASE_COUNT];
    uint64_t length_m[zhol_mode_COUNT];
    uint64_t total_m;
    uint64_t route;  /* route signature; see desk/route.h */
    uint64_t ground; /* the same for all over the same links */
    const char *way; /* gateways on the way: "Khorgos, Brest" */
    bool is_firm, is_fastest, is_cheapest, is_cleanest;
    bool cost_known, co2e_known;
    bool worked_out; /* false: what follows is empty */
    int64_t vat_cents;
    struct zhol_evidence_share evidence;
    uint32_t first_leg, leg_count;
    uint32_t first_cost, cost_count;
    uint32_t first_sum, sum_count;
    uint32_t first_element, element_count;
    uint32_t first_rule, rule_count; /* rows in view->rules */
    uint32_t first_duty, duty_count; /* the same without repetition, in view->duties */
    uint32_t first_check, check_count;
    uint32_t first_unknown, unknown_count;
    uint32_t first_note, note_count;
};

struct plan_view {
    enum report_lang lang;
    const struct zhol_corridor *corridor;
    const struct zhol_network *network;
    struct zhol_network_view net;
    struct zhol_consignment order;
    enum zhol_time time; /* which durations */
    const struct zhol_plan_result *result;
    struct zhol_corridor_about about;
    struct clock clock;
    struct arena arena;

    struct view_itinerary *itineraries; /* one for each of the result, in its order */
    uint32_t itinerary_count, firm_count;
    uint32_t *chosen; /* numbers of itineraries, in order of arrival */
    uint32_t chosen_count;

    struct view_leg *legs;
    struct view_cost *costs;
    struct view_sum *sums;
    struct view_element *elements;
    struct view_pass *passes;
    struct view_check *checks;
    struct view_unknown *unknowns;
    struct view_rule *duties;
    const char **notes;
    uint32_t *arcs;    /* plain arcs of the legs */
    uint32_t *rules;   /* rows of table rule */
    uint32_t *sources; /* rows of table source in use, ascending */
    uint32_t source_count, source_assumed;

    struct view_room { /* filled and allocated, in the order above */
        uint32_t count, capacity;
    } leg_room, cost_room, sum_room, element_room, pass_room, check_room, unknown_room, note_room,
        arc_room, rule_room, duty_room;
    uint8_t *source_used; /* per row of source */
};

struct plan_view_options {
    enum report_lang lang;
    enum zhol_time time;
    uint32_t choose; /* how many are chosen at most; 0: 12; UINT32_MAX: all */
    bool all;        /* work all out, not only the chosen */
    const struct eta_arrival_present *present; /* queues and dwells for the promises; may be NULL */
};

/* Works out a result. On ZHOL_OK the caller owns *out. ZHOL_ERROR_UNKNOWN: the system lacks the
 * zone of a place. */
enum zhol_error plan_view_make(const struct zhol_network *network,
                               const struct zhol_corridor *corridor,
                               const struct zhol_consignment *consignment,
                               const struct zhol_plan_result *result,
                               const struct plan_view_options *options, struct plan_view **out);
void plan_view_free(struct plan_view *view);

/* ---- Names in the view's language ---- */

const char *plan_view_place(const struct plan_view *view, uint32_t node);
const char *plan_view_country_of(const struct plan_view *view, uint32_t node);
const char *plan_view_service(const struct plan_view *view, uint32_t service);
const char *plan_view_commodity(const struct plan_view *view, uint32_t commodity);
/* Name and text of a rule. */
const char *plan_view_rule_name(const struct plan_view *view, uint32_t row);
const char *plan_view_rule_text(const struct plan_view *view, uint32_t row);
/* The last day to file what a rule of kind plan_approval wants so many days before the month of
 * loading (GU-12); ZHOL_BLANK_DATE for any other rule. */
int32_t plan_view_file_by(const struct plan_view *view, const struct view_itinerary *it,
                          uint32_t row);
const struct zhol_rule *plan_view_rule(const struct plan_view *view, uint32_t row);
/* True for a paper to carry or data to send in advance; other rules are listed apart from these. */
static inline bool plan_view_is_document(const struct zhol_rule *rule)
{
    return rule->kind == zhol_rule_kind_DOCUMENT || rule->kind == zhol_rule_kind_PRE_ARRIVAL;
}
/* The number of a source in the view's list, counted from 1; 0 where it is not in it. */
uint32_t plan_view_source_number(const struct plan_view *view, struct view_source source);

/* Why a leg begins later than it could; empty where it does not. */
void plan_view_wait_text(const struct plan_view *view, const struct view_leg *leg,
                         struct buffer *out);
/* What a leg is, in a line. */
void plan_view_leg_text(const struct plan_view *view, const struct view_leg *leg,
                        struct buffer *out);
/* What a cost line is for, in a few words. */
void plan_view_cost_text(const struct plan_view *view, const struct view_cost *cost,
                         struct buffer *out);
/* The consignment in a line: "2 TEU, 28 t of electronics". */
void plan_view_load_text(const struct plan_view *view, struct buffer *out);
/* "via", "avoiding", deadline, what goes after the first line; empty where there is none. */
void plan_view_wishes_text(const struct plan_view *view, struct buffer *out);
/* Days from ready to the arrival with chance 50 and 90 %: "16.8-19.9"; "?" where not known. */
void plan_view_promise_days(const struct plan_view *view, const struct view_itinerary *it,
                            struct buffer *out);
/* The same as a sentence with the local times, and the chance to keep the deadline. */
void plan_view_promise_text(const struct plan_view *view, const struct view_itinerary *it,
                            struct buffer *out);
/* Date, scenario, times used, as-of date: "Network of 31 Jan 2026, base; data as of ..." */
void plan_view_basis_text(const struct plan_view *view, struct buffer *out);

#endif
