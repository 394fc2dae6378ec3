/* report/plan_view_legs.c: from steps to legs: merged movements, rides, handlings, border steps,
 * with local times, phases and what a ride passes on its way. */
#include <stdlib.h>
#include <string.h>

#include "plan/walk.h"
#include "report/plan_view_parts.h"

uint8_t view_phase_of(const struct plan_view *view, uint32_t arc)
{
    const struct zhol_arc *a = &view->net.arcs[arc];
    return a->kind == ZHOL_ARC_CONTROL  ? VIEW_BORDERS
           : a->kind == ZHOL_ARC_HANDLE ? VIEW_HANDLES
                                        : VIEW_RUNS;
}

static uint32_t tail_node(const struct plan_view *view, uint32_t arc)
{
    return view->net.vertices[zhol_network_tail(&view->net, arc)].node;
}

static uint32_t head_node(const struct plan_view *view, uint32_t arc)
{
    return view->net.vertices[view->net.arcs[arc].head].node;
}

/* ---- Sources of minutes ---- */

/* The row of link_period that holds on the network's day. */
static uint32_t period_source(const struct plan_view *view, uint32_t link)
{
    uint32_t count, total;
    const struct zhol_link_period *rows = zhol_corridor_link_period(view->corridor, &total);
    const uint32_t *of =
        zhol_corridor_rows_of(view->corridor, ZHOL_TABLE_link_period, link, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (zhol_day_in(view->net.day, rows[of[i]].valid_from, rows[of[i]].valid_to)) {
            return rows[of[i]].source_id;
        }
    }
    return ZHOL_NONE;
}

static struct view_source source_of_arc(struct plan_view *view, const struct zhol_arc *arc)
{
    uint32_t count, row, end, source = ZHOL_NONE;
    if (arc->kind == ZHOL_ARC_MOVE) {
        const struct zhol_link *links = zhol_corridor_link(view->corridor, &count);
        zhol_corridor_rows(view->corridor, ZHOL_TABLE_link, arc->thing, &row, &end);
        view_source_of(view, links[row].source_id, 0);
        source = period_source(view, arc->thing);
    } else if (arc->kind == ZHOL_ARC_RIDE) {
        const struct zhol_service *services = zhol_corridor_service(view->corridor, &count);
        uint32_t service = view->net.rides[arc->thing].service;
        zhol_corridor_rows(view->corridor, ZHOL_TABLE_service, service, &row, &end);
        source = services[row].source_id;
    } else {
        source = view_process(view, arc->process)->source_id;
    }
    return view_source_of(view, source, arc->time_evidence);
}

/* ---- Phases ---- */

/* Splits the minutes of a ride in proportion to the median minutes of the arcs of its way. */
static void split_ride(const struct plan_view *view, const uint32_t *arcs, uint32_t count,
                       int64_t total, struct view_leg *leg)
{
    int64_t part[VIEW_PHASE_COUNT] = {0}, sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool passes = false;
        if (zhol_network_admits(&view->net, arcs[i], &view->order.load, &passes) && !passes) {
            int64_t minutes = view->net.arcs[arcs[i]].minutes[ZHOL_TIME_MEDIAN];
            part[view_phase_of(view, arcs[i])] += minutes;
            sum += minutes;
        }
    }
    int64_t handles = sum ? total * part[VIEW_HANDLES] / sum : 0;
    int64_t borders = sum ? total * part[VIEW_BORDERS] / sum : 0;
    leg->minutes[VIEW_HANDLES] += handles;
    leg->minutes[VIEW_BORDERS] += borders;
    leg->minutes[VIEW_RUNS] += total - handles - borders;
}

/* ---- One leg ---- */

static enum zhol_error add_passes(struct plan_view *view, struct view_leg *leg,
                                  const uint32_t *arcs, uint32_t count)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    leg->first_pass = view->pass_room.count;
    for (uint32_t i = 0; !error && i < count; i++) {
        const struct zhol_arc *arc = &view->net.arcs[arcs[i]];
        bool passes = false;
        if (arc->kind == ZHOL_ARC_MOVE ||
            !zhol_network_admits(&view->net, arcs[i], &view->order.load, &passes) || passes) {
            continue;
        }
        bool handles = arc->kind == ZHOL_ARC_HANDLE;
        uint32_t tail = zhol_network_tail(&view->net, arcs[i]);
        struct view_pass pass = {
            .process_kind = view_process(view, arc->process)->kind,
            .node = view_process(view, arc->process)->node_id,
            .from_state = handles ? view->net.vertices[tail].state : 0,
            .to_state = handles ? view->net.vertices[arc->head].state : 0,
        };
        error = VIEW_ADD(view, passes, pass_room, pass);
        leg->pass_count++;
    }
    return error;
}

static enum zhol_error add_arcs(struct plan_view *view, struct view_leg *leg, const uint32_t *arcs,
                                uint32_t count)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; !error && i < count; i++) {
        error = VIEW_ADD(view, arcs, arc_room, arcs[i]);
    }
    leg->arc_count += count;
    return error;
}

static void set_what(struct plan_view *view, const struct zhol_step *step, struct view_leg *leg)
{
    const struct zhol_arc *arc = &view->net.arcs[step->arc];
    static const uint8_t kinds[] = {
        [ZHOL_ARC_MOVE] = VIEW_MOVE,
        [ZHOL_ARC_HANDLE] = VIEW_HANDLING,
        [ZHOL_ARC_CONTROL] = VIEW_BORDER,
        [ZHOL_ARC_RIDE] = VIEW_RIDE,
    };
    leg->kind = kinds[arc->kind];
    leg->mode = arc->mode;
    leg->from_state = view->net.vertices[zhol_network_tail(&view->net, step->arc)].state;
    leg->to_state = view->net.vertices[arc->head].state;
    leg->from = tail_node(view, step->arc);
    leg->to = head_node(view, step->arc);
    leg->service = ZHOL_NONE;
    leg->process = arc->process;
    if (arc->process != ZHOL_NONE) {
        leg->process_kind = view_process(view, arc->process)->kind;
        leg->from = leg->to = view_process(view, arc->process)->node_id;
    }
    if (arc->kind == ZHOL_ARC_RIDE) {
        leg->service = view->net.rides[arc->thing].service;
        leg->headway_min = view->net.rides[arc->thing].headway_minutes;
    }
    leg->source = source_of_arc(view, arc);
}

/* Adds what a step takes and costs to a leg. */
static enum zhol_error add_step(struct plan_view *view, const struct zhol_step *step,
                                struct view_leg *leg)
{
    const struct zhol_arc *arc = &view->net.arcs[step->arc];
    const uint32_t *arcs;
    uint32_t count = walk_arcs(&view->net, &step->arc, &arcs);
    int64_t minutes = step->end_min - step->start_min;
    leg->minutes[VIEW_WAITS] += step->start_min - step->ready_min;
    if (arc->kind == ZHOL_ARC_RIDE) {
        split_ride(view, arcs, count, minutes, leg);
    } else {
        leg->minutes[view_phase_of(view, step->arc)] += minutes;
    }
    leg->length_m += arc->length_m;
    leg->cents += step->cents;
    leg->storage_cents += step->storage_cents;
    leg->co2e_g += step->co2e_g;
    leg->cost_unknown = leg->cost_unknown || step->cost_unknown;
    leg->storage_unknown = leg->storage_unknown || step->storage_unknown;
    leg->co2e_unknown = leg->co2e_unknown || step->co2e_unknown;
    return add_arcs(view, leg, arcs, count);
}

static enum zhol_error start_leg(struct plan_view *view, const struct zhol_step *step,
                                 struct view_leg *leg)
{
    memset(leg, 0, sizeof *leg);
    set_what(view, step, leg);
    leg->first_arc = view->arc_room.count;
    leg->wait_for = step->start_min > step->ready_min ? step->wait_for : ZHOL_WAIT_NONE;
    leg->wait_why = step->wait_why;
    enum zhol_error error = clock_at(&view->clock, leg->from, step->ready_min, &leg->ready);
    return error ? error : clock_at(&view->clock, leg->from, step->start_min, &leg->start);
}

/* True where a step only carries a movement on. */
static bool carries_on(const struct plan_view *view, const struct view_leg *leg,
                       const struct zhol_step *step)
{
    const struct zhol_arc *arc = &view->net.arcs[step->arc];
    return leg->kind == VIEW_MOVE && arc->kind == ZHOL_ARC_MOVE && arc->mode == leg->mode &&
           view->net.vertices[arc->head].state == leg->to_state &&
           step->start_min == step->ready_min;
}

/* The evidence of a leg is the weakest of its parts. */
static void merge_source(struct plan_view *view, const struct zhol_step *step, struct view_leg *leg)
{
    struct view_source source = source_of_arc(view, &view->net.arcs[step->arc]);
    leg->source = source.evidence > leg->source.evidence ? source : leg->source;
}

static enum zhol_error end_leg(struct plan_view *view, struct view_itinerary *it,
                               struct view_leg *leg, int64_t end_min)
{
    enum zhol_error error = clock_at(&view->clock, leg->to, end_min, &leg->end);
    leg->first_pass = view->pass_room.count;
    if (!error && leg->kind == VIEW_RIDE) {
        error = add_passes(view, leg, view->arcs + leg->first_arc, leg->arc_count);
    }
    for (int i = 0; i < VIEW_PHASE_COUNT; i++) {
        it->phases[i] += leg->minutes[i];
    }
    it->leg_count++;
    return error ? error : VIEW_ADD(view, legs, leg_room, *leg);
}

enum zhol_error view_make_legs(struct plan_view *view, struct view_itinerary *it)
{
    struct view_leg leg;
    bool open = false;
    int64_t end_min = 0;
    enum zhol_error error = ZHOL_ERROR_OK;
    it->first_leg = view->leg_room.count;
    for (uint32_t i = 0; !error && i < it->of->step_count; i++) {
        const struct zhol_step *step = view_step(view, it, i);
        if (step->passes) {
            continue;
        }
        if (open && carries_on(view, &leg, step)) {
            leg.to = head_node(view, step->arc);
            merge_source(view, step, &leg);
        } else {
            error = open ? end_leg(view, it, &leg, end_min) : ZHOL_ERROR_OK;
            error = error ? error : start_leg(view, step, &leg);
            leg.first_step = i;
            open = true;
        }
        error = error ? error : add_step(view, step, &leg);
        end_min = step->end_min;
    }
    return error || !open ? error : end_leg(view, it, &leg, end_min);
}
