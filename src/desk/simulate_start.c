/* simulate_start.c: the present state as standing units. See simulate_start.h. */
#include "desk/simulate_start.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/time.h"

enum { DAY_MIN = 24 * 60 };

/* ---- Where flows meet a queue ---- */

static const char *country_of(const struct study *study, uint32_t vertex)
{
    uint32_t begin, end, count;
    uint32_t node = study->view.vertices[vertex].node;
    const struct zhol_node *rows = zhol_corridor_node(study->corridor, &count);
    zhol_corridor_rows(study->corridor, ZHOL_TABLE_node, node, &begin, &end);
    return zhol_corridor_text(study->corridor, rows[begin].country);
}

static bool fits_unit(unsigned state, enum state_unit unit)
{
    bool rail = state == zhol_state_RAIL1435 || state == zhol_state_RAIL1520;
    return unit == STATE_TRUCKS ? state == zhol_state_ROAD : rail;
}

/* The next country after the one in which arc `at` begins; "" where the path stays. */
static const char *next_country(const struct study *study, const uint32_t *arcs, uint32_t count,
                                uint32_t at)
{
    const char *here = country_of(study, zhol_network_tail(&study->view, arcs[at]));
    for (uint32_t i = at; i < count; i++) {
        const char *there = country_of(study, study->view.arcs[arcs[i]].head);
        if (strcmp(here, there) != 0) {
            return there;
        }
    }
    return "";
}

/* Number of the arc of the model's path of a flow before which a queue of the state stands, or
 * ZHOL_NONE where the flow does not meet it. */
static uint32_t meets(const struct study *study, uint32_t flow, const struct state_queue *queue)
{
    uint32_t count;
    const uint32_t *arcs = zhol_simulate_path(study->model, flow, &count);
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_arc *arc = &study->view.arcs[arcs[i]];
        uint32_t tail = zhol_network_tail(&study->view, arcs[i]);
        const struct zhol_vertex *from = &study->view.vertices[tail];
        bool served = arc->kind == ZHOL_ARC_CONTROL || arc->kind == ZHOL_ARC_HANDLE;
        if (from->node == queue->node && served && fits_unit(from->state, queue->unit) &&
            (!*queue->to || strcmp(next_country(study, arcs, count, i), queue->to) == 0)) {
            return i;
        }
    }
    return ZHOL_NONE;
}

/* A flow at a queue. */
struct sharer {
    uint32_t flow, at;
    double loads;  /* of a train or truck */
    double counts; /* what such a vehicle counts in the queue's unit: 1, or its wagons */
    double weight; /* vehicles a day */
    uint32_t given;
};

/* Loads in a train or truck of a flow where it meets a queue, and its wagons where they count. */
static void size_vehicle(const struct study *study, enum state_unit unit, struct sharer *sharer)
{
    const struct zhol_simulate_flow *flow = &study->flows.flows[sharer->flow];
    uint32_t begin, end, count;
    const uint32_t *arcs = zhol_simulate_path(study->model, sharer->flow, &count);
    uint32_t tail = zhol_network_tail(&study->view, arcs[sharer->at]);
    unsigned state = study->view.vertices[tail].state;
    const struct zhol_load_class *rows = zhol_corridor_load_class(study->corridor, &count);
    zhol_corridor_rows(study->corridor, ZHOL_TABLE_load_class, flow->load_class, &begin, &end);
    sharer->loads = sharer->counts = 1;
    for (uint32_t i = begin; i < end; i++) {
        double vehicles = unit == STATE_TRUCKS ? rows[i].trucks : rows[i].trains;
        if (rows[i].state == state && vehicles > 0) {
            sharer->loads = 1 / vehicles;
            sharer->counts =
                unit == STATE_WAGONS && rows[i].wagons > 0 ? rows[i].wagons / vehicles : 1;
        }
    }
}

/* ---- Standing units ---- */

static enum zhol_error stand(struct study *study, struct zhol_simulate_standing standing)
{
    uint32_t count = study->model_options.standing_count;
    enum zhol_error error = ARRAY_RESERVE(study->standing, study->standing_capacity, count + 1);
    if (!error) {
        study->standing[count] = standing;
        study->model_options.standing_count++;
    }
    return error;
}

static uint32_t next_of(const struct sharer *sharers, uint32_t count)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < count; i++) {
        if (sharers[i].weight * (2.0 * sharers[best].given + 1) >
            sharers[best].weight * (2.0 * sharers[i].given + 1)) {
            best = i;
        }
    }
    return best;
}

static uint32_t find_sharers(const struct study *study, const struct state_queue *queue,
                             struct sharer *sharers)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < study->flows.flow_count; i++) {
        const struct zhol_simulate_flow *flow = &study->flows.flows[i];
        uint32_t at = meets(study, i, queue);
        if (at != ZHOL_NONE && flow->loads_day > 0) {
            struct sharer *sharer = &sharers[count++];
            *sharer = (struct sharer){.flow = i, .at = at};
            size_vehicle(study, queue->unit, sharer);
            sharer->weight = flow->loads_day / sharer->loads;
        }
    }
    return count;
}

static void report_no_flow(const struct study *study, uint32_t queue, struct zhol_report *report)
{
    char column[48];
    snprintf(column, sizeof column, "queues[%u].place", queue);
    struct zhol_finding finding = {
        .severity = ZHOL_FAULT,
        .code = ZHOL_ERROR_UNKNOWN,
        .file = "--from-state",
        .column = column,
        .value = zhol_corridor_id(study->corridor, ZHOL_TABLE_node,
                                  study->options->state->queues[queue].node),
        .expected = "a place with a control or handling that freight of the demand passes with "
                    "these vehicles, into this country",
    };
    zhol_report_add(report, &finding);
}

/* Who stands in a queue has waited for the other side, or for a front. */
static uint8_t waits_for(const struct study *study, const struct sharer *sharer)
{
    uint32_t count;
    const uint32_t *arcs = zhol_simulate_path(study->model, sharer->flow, &count);
    bool control = study->view.arcs[arcs[sharer->at]].kind == ZHOL_ARC_CONTROL;
    return control ? ZHOL_SIMULATE_ACCEPTANCE : ZHOL_SIMULATE_CRANE;
}

static enum zhol_error stand_queue(struct study *study, uint32_t number, struct sharer *sharers,
                                   struct zhol_report *report)
{
    const struct state_queue *queue = &study->options->state->queues[number];
    uint32_t count = find_sharers(study, queue, sharers);
    enum zhol_error error = ZHOL_ERROR_OK;
    if (!count) {
        report_no_flow(study, number, report);
        return ZHOL_ERROR_UNKNOWN;
    }
    for (double placed = 0; !error && placed < queue->count - 0.5;) {
        struct sharer *sharer = &sharers[next_of(sharers, count)];
        double left = queue->count - placed;
        double part = left < sharer->counts ? left : sharer->counts;
        double age_h = queue->oldest_h * left / queue->count;
        sharer->given++;
        /* Who came last waits on the line: those are the abandoned ones. */
        error = stand(study, (struct zhol_simulate_standing){
                                 .flow = sharer->flow,
                                 .at = sharer->at,
                                 .loads = sharer->loads * part / sharer->counts,
                                 .since_s = study->options->start_s - (int64_t)(age_h * 3600),
                                 .abandoned = left <= queue->abandoned,
                                 .before = waits_for(study, sharer),
                             });
        placed += part;
        study->queue_entries[number] += !error;
    }
    return error;
}

/* True where the arc's place has a queue of the state: who is there is in the queue. */
static bool is_queued(const struct study *study, uint32_t arc)
{
    const struct state *state = study->options->state;
    uint32_t node = study->view.vertices[zhol_network_tail(&study->view, arc)].node;
    for (uint32_t i = 0; i < state->queue_count; i++) {
        if (state->queues[i].node == node) {
            return study->view.arcs[arc].kind != ZHOL_ARC_MOVE;
        }
    }
    return false;
}

/* What goes together where an arc lies: a train of a flow that has its own, else a unit. */
static double loads_together(const struct study *study, uint32_t number, uint32_t at,
                             const struct zhol_simulate_flow_about *about)
{
    struct sharer sharer = {.flow = number, .at = at};
    double unit = about->unit_loads > 0 ? about->unit_loads : 1;
    if (about->kind != ZHOL_SIMULATE_BLOCK_TRAIN) {
        return unit;
    }
    size_vehicle(study, STATE_TRAINS, &sharer);
    return unit * fmax(round(sharer.loads / unit), 1);
}

/* An arc of a flow's path and what is on it. */
struct stage {
    uint32_t flow, at, arcs;
    double before_min, arc_min; /* from the origin to the arc; over it */
    double together, here;      /* loads that go together; loads on the arc */
};

/* Those who entered the arc in the order in which a full lot had come together; each is at its
 * point of the arc and comes to the next one in what is left of its time. `*waiting` is the part
 * of a lot that has not come together yet. */
static enum zhol_error stand_on_arc(struct study *study, const struct stage *g, double *waiting)
{
    enum { PARTS = 16 };
    double lots = floor((*waiting + g->here) / g->together), many = ceil(lots / PARTS);
    bool last = g->at + 1 == g->arcs;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (double k = 0; !error && k < lots; k += many) {
        double part = fmin(many, lots - k);
        double share = ((k + part) * g->together - *waiting) / g->here;
        double gone_min = g->before_min + (last ? 0 : share * g->arc_min);
        error = stand(study, (struct zhol_simulate_standing){
                                 .flow = g->flow,
                                 .at = g->at + !last,
                                 .loads = part * g->together,
                                 .since_s = study->options->start_s - (int64_t)(gone_min * 60),
                                 .before = ZHOL_SIMULATE_RUNNING,
                                 .after_h = last ? 0 : fmax(1 - share, 0) * g->arc_min / 60,
                             });
    }
    *waiting += g->here - lots * g->together;
    return error;
}

static enum zhol_error stand_under_way(struct study *study, uint32_t number)
{
    const struct zhol_simulate_flow *flow = &study->flows.flows[number];
    struct zhol_simulate_flow_about about;
    struct stage g = {.flow = number};
    const uint32_t *arcs = zhol_simulate_path(study->model, number, &g.arcs);
    const uint32_t *minutes = zhol_simulate_path_minutes(study->model, number);
    zhol_simulate_flow_about(study->model, number, &about);
    /* Another part of a lot to begin with for every flow, so that rounding is fair. */
    double waiting = loads_together(study, number, 0, &about) * (flow->identity % 1024) / 1024;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (; !error && g.at < g.arcs; g.at++) {
        g.arc_min = minutes[g.at];
        g.here = is_queued(study, arcs[g.at]) ? 0 : flow->loads_day * g.arc_min / DAY_MIN;
        g.together = loads_together(study, number, g.at, &about);
        if (g.here > 0) {
            error = stand_on_arc(study, &g, &waiting);
        }
        g.before_min += g.arc_min;
    }
    return error;
}

enum zhol_error start_standing(struct study *study, struct zhol_report *report)
{
    const struct state *state = study->options->state;
    struct zhol_simulate_options *m = &study->model_options;
    struct sharer *sharers = calloc(study->flows.flow_count + 1, sizeof *sharers);
    /* Paths and sizes of units are the model's matter: one is built without state, to ask it. */
    study->queue_entries = calloc(state->queue_count + 1, sizeof *study->queue_entries);
    enum zhol_error error = sharers && study->queue_entries
                                ? zhol_simulate_build(&study->input, m, report, &study->model)
                                : ZHOL_ERROR_MEMORY;
    for (uint32_t i = 0; study->model && error != ZHOL_ERROR_MEMORY && i < state->queue_count;
         i++) {
        enum zhol_error found = stand_queue(study, i, sharers, report);
        error = error ? error : found;
    }
    for (uint32_t i = 0; !error && i < study->flows.flow_count; i++) {
        if (study->flows.flows[i].loads_day > 0) {
            error = stand_under_way(study, i);
        }
    }
    zhol_simulate_free(study->model);
    study->model = NULL;
    m->standing = study->standing;
    free(sharers);
    return error;
}
