/* simulate/build.h: the parts of zhol_simulate_build, which turn tables and flows into a model.
 *
 * Order: path_expand for each flow (arcs, stretches, units), sim_place_offer (what the flows bring
 * to every capacity), stretch_emit for each stretch, flow_emit for each flow, then sizes and
 * sealing. The builder owns what it holds; build_clear frees it. Nothing here is seen by runs.
 */
#ifndef ZHOL_SIMULATE_BUILD_H
#define ZHOL_SIMULATE_BUILD_H

#include <zhol/simulate.h>

#include "simulate/defaults.h"
#include "simulate/model.h"

#include "base/array.h"

enum vehicle { VEHICLE_ALONE, VEHICLE_TRAIN, VEHICLE_TRUCK, VEHICLE_VESSEL, VEHICLE_BATCH };

/* One arc on a path, with what its surroundings say of it. */
struct way_arc {
    uint32_t arc;
    uint32_t from_node, to_node; /* places before and after, over the points on a border link */
    uint32_t link;               /* of a movement, or of the border that a control belongs to */
    uint32_t service;            /* thing, of a ride; or NONE */
    uint32_t minutes;            /* in the median, on a ride as its train goes */
    uint32_t interval;           /* minutes between departures of the ride that begins here, or 0 */
    bool border;                 /* on a link with controls */
};

/* Where a unit may be put at the start: before an arc of a stretch. */
struct place_in_stretch {
    uint32_t step;
    uint32_t yard; /* whose track a train holds there, or NONE */
    double run_s;  /* of the movement up to here that is one draw with what follows */
    double rest_s; /* where that is above 0: what is left of it; step is behind it */
};

struct stretch {
    uint32_t first, count; /* of builder->way */
    uint64_t hash;
    uint8_t vehicle, class, kind, state;
    bool formed;               /* its trains are formed from those of another gauge */
    uint32_t load_class, flow; /* flow: an example, for its tonnes */
    uint32_t full;             /* units that a vehicle takes */
    uint32_t interval; /* what goes alone waits for the departure of a ride: minutes between two */
    double unit_loads;
    double rate_day; /* vehicles */
    double fill;     /* of a vehicle's room that is taken, on average */
    double patience; /* trains wait so many times their usual deadline for their load */
    double together; /* vehicles that come at once: what a train or vessel before brought */
    double vehicle_loads;
    double room;       /* vessels: share of the room that this cargo has */
    uint32_t at;       /* of builder->positions, count of them */
    uint32_t enter;    /* step where a unit joins */
    uint32_t member;   /* step where members go on after it */
    uint32_t platform; /* pool that its trains hold, or NONE */
    double free_s;     /* work of the vehicle */
    double residual_s;
};

struct builder {
    const struct zhol_simulate_input *in;
    const struct zhol_simulate_options *options;
    struct zhol_report *report;
    struct zhol_simulate_model *model;
    SIM_LIST(struct way_arc) way; /* of all flows, one after the other */
    SIM_LIST(struct stretch) stretches;
    SIM_LIST(struct place_in_stretch) positions;
    uint32_t *flow_way;   /* first way_arc of each flow, flows + 1 */
    int64_t closed_after; /* ticks: calendars reach no further */
    bool replays;         /* a flow comes as a list of times says */
};

/* Adds an item to a list of the model or the builder; returns false where memory runs out. */
#define BUILD_PUSH(list, value)                                             \
    (array_grow((void **)&(list).items, &(list).capacity, (list).count + 1, \
                sizeof *(list).items) == ZHOL_ERROR_OK                      \
         ? ((list).items[(list).count++] = (value), true)                   \
         : false)

enum zhol_error build_fault(struct builder *b, enum zhol_error code, const char *column,
                            uint32_t flow, const char *expected);

/* zhol_simulate_build, with CALL steps for traces or without. */
enum zhol_error build_model(const struct zhol_simulate_input *input,
                            const struct zhol_simulate_options *options, bool tracing,
                            struct zhol_report *report, struct zhol_simulate_model **out);

/* ---- path.c ---- */
/* The arcs of a flow with rides gone over their ways and without controls that do not concern it;
 * checks that they join. */
enum zhol_error path_expand(struct builder *b, uint32_t flow);
/* Cuts the way of a flow into stretches and decides what travels as one unit. */
enum zhol_error path_cut(struct builder *b, uint32_t flow);
/* The service whose vessels go on a stretch and take its cargo, or NULL. O(ways of rides). */
const struct zhol_service *path_vessels(const struct builder *b, const struct stretch *s);
/* Oil and gas go in tankers, which no service of the corridor counts. */
bool path_in_tanks(const struct stretch *s);
/* Longest wait of a train for its load. */
double path_deadline_s(const struct builder *b, const struct stretch *s);
/* The row of a load class in a state, or NULL. */
const struct zhol_load_class *path_load_class(const struct builder *b, uint32_t load_class,
                                              unsigned state);
/* Modes by which cargo comes to an arc or leaves it: bit per enum zhol_word_mode. */
uint32_t path_modes(const struct builder *b, const struct way_arc *w);
const struct zhol_process *path_process(const struct builder *b, const struct way_arc *w);

/* ---- calendar.c ---- */
/* Engine calendar of a network calendar; SIM_NONE for 0. */
enum zhol_error calendar_of_network(struct builder *b, uint16_t number, uint32_t *calendar);
/* Closures with a cause that concern an arc for a class of cargo; SIM_NONE without any. *meant: one
 * of them concerns it, though it may last no time. */
enum zhol_error calendar_of_closures(struct builder *b, const struct way_arc *w, uint8_t class,
                                     uint8_t cause, bool *meant, uint32_t *calendar);
/* Bans on loading that concern a flow. */
enum zhol_error calendar_of_loading(struct builder *b, uint32_t flow, uint8_t cause,
                                    uint32_t *calendar);
/* When servers or a slot work: network calendar, closures and reduced capacity. Sets calendar,
 * peak (the greatest factor, at least 1) and paused. */
enum zhol_error calendar_of_place(struct builder *b, struct sim_place *place, uint16_t number);
/* Share of a usual week in which a network calendar is open: of the middle one of 13 weeks from the
 * start of the run on; in a longer run the least of such times. Times in which it hardly opens at
 * all do not count. */
double calendar_share(const struct builder *b, uint16_t number);

/* ---- place.c ---- */
/* The place with these properties (of `like`: kind, node, link, toward, process and resource row,
 * state), made where it is not there yet. */
enum zhol_error sim_place_find(struct builder *b, const struct sim_place *like, uint32_t *place);
void sim_place_blank(struct sim_place *place, uint8_t kind, uint8_t use);
/* Units of a capacity that one vehicle of a stretch takes; 0: it does not use it. */
double sim_place_amount(const struct builder *b, const struct stretch *s, const struct way_arc *w,
                        const struct zhol_use *use);
/* The slot of a use, with the seconds for which a vehicle takes it; *place SIM_NONE: none. */
enum zhol_error sim_place_slot(struct builder *b, const struct stretch *s, const struct way_arc *w,
                               const struct zhol_use *use, uint32_t *place, double *seconds);
/* Counts what a stretch brings to its slots. */
enum zhol_error sim_place_offer(struct builder *b, const struct stretch *s);
/* The greatest load of the slots that a stretch takes, by what was offered; 0: it takes none. */
double sim_place_fullest(struct builder *b, const struct stretch *s);
/* The process of an arc as servers (SIM_NONE: it does not queue), the seconds for which a vehicle
 * occupies one at least, and what is left of the technical time. */
enum zhol_error sim_place_servers(struct builder *b, const struct stretch *s,
                                  const struct way_arc *w, uint32_t *place, double *seconds,
                                  double *rest);
/* Vehicles a day that the capacity of a use lets pass; 0: the stretch takes none of it. */
double sim_place_use_day(const struct builder *b, const struct stretch *s, const struct way_arc *w,
                         const struct zhol_use *use);
/* The greatest number of vehicles a day that a binding capacity used by an arc lets pass; 0: none.
 */
double sim_place_binding_day(const struct builder *b, const struct stretch *s,
                             const struct way_arc *w);
/* A capacity that lets so many times the usual traffic pass without a queue makes none: more where
 * cargo comes in waves, after a closure and from what stands at the start; none at all can be told
 * where a list of times says what comes (INFINITY). */
double sim_place_times(const struct builder *b);
/* Sizes of what follows from traffic, changes, nameplates; which servers are ample. */
enum zhol_error sim_place_finish(struct builder *b);

/* ---- stretch.c ---- */
enum zhol_error stretch_emit(struct builder *b, uint32_t stretch);
/* ---- vessel.c ---- */
enum zhol_error vessel_emit(struct builder *b, struct stretch *s);

/* ---- emit.c: steps and distributions; SIM_NONE: no memory ---- */
uint32_t emit_step(struct builder *b, const struct sim_step *step);
uint32_t emit_dist(struct builder *b, uint8_t kind, double x, double y, double z, uint32_t place);
/* The name of a draw: the arc and what is done there, so that it is the same in changed models. */
uint32_t emit_activity(uint32_t arc, uint32_t role);
/* Technical time of a process from its minimum, and its mean; p NULL: constant. */
uint32_t emit_work(struct builder *b, const struct zhol_process *p, double seconds, uint32_t place);
double emit_work_mean(const struct zhol_process *p, double seconds);
/* Published dwell of a process beyond a mean of technical time: the mean and deviation of the
 * logarithm; 0: none. */
double emit_residual_mean(const struct builder *b, const struct zhol_process *p, double work_s);
uint32_t emit_residual(struct builder *b, const struct zhol_process *p, double mean);

/* ---- flow.c ---- */
enum zhol_error flow_prepare(struct builder *b, uint32_t flow);
/* Births, and what they bring to the stretches. */
enum zhol_error flow_rates(struct builder *b, uint32_t flow);
bool flow_choose_kind(struct builder *b, uint32_t flow);
void flow_count_trains(const struct builder *b, struct stretch *s);
enum zhol_error flow_emit(struct builder *b, uint32_t flow);
enum zhol_error flow_standing(struct builder *b);

#endif
