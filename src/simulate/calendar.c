/* calendar.c: when places work: opening times of the network, dated closures, reduced capacity
 * (simulate/build.h).
 *
 * Everything is a list of open spans in ticks. A capacity reduced to a share of itself is an
 * opening for that share of every hour, in which work pauses at the end: the mean rate is exact,
 * and nothing of a run depends on when the change comes.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "simulate/build.h"

/* Usual hours are those of the middle one of so many weeks: holidays do not count. */
enum { USUAL_WEEKS = 13, WEEK_MIN = 7 * 24 * 60 };

struct span {
    int64_t from, to;
};
struct spans {
    SIM_LIST(struct span);
};

static bool push_span(struct spans *s, int64_t from, int64_t to)
{
    if (from >= to) {
        return true;
    }
    if (s->count && s->items[s->count - 1].to == from) {
        s->items[s->count - 1].to = to;
        return true;
    }
    struct span span = {from, to};
    return BUILD_PUSH(*s, span);
}

static int64_t after_end(const struct builder *b)
{
    return b->model->end + 2 * SIM_DAY;
}

static bool open_always(const struct builder *b, struct spans *s)
{
    return push_span(s, 0, after_end(b));
}

static bool open_network(const struct builder *b, uint16_t number, struct spans *s)
{
    const struct zhol_network_view *view = b->in->view;
    if (!number) {
        return open_always(b, s);
    }
    bool good = true;
    for (uint32_t i = view->first_opening[number]; i < view->first_opening[number + 1]; i++) {
        int64_t from = view->openings[i].from_min * 60 - b->model->origin_s;
        int64_t to = view->openings[i].to_min * 60 - b->model->origin_s;
        good = good && push_span(s, from < 0 ? 0 : from, to > after_end(b) ? after_end(b) : to);
    }
    return good;
}

/* Takes [from, to) out of the open spans. */
static bool cut(struct spans *s, int64_t from, int64_t to)
{
    struct spans kept = {0};
    bool good = true;
    for (uint32_t i = 0; i < s->count && good; i++) {
        struct span x = s->items[i];
        good = push_span(&kept, x.from, x.to < from ? x.to : from) &&
               push_span(&kept, x.from > to ? x.from : to, x.to);
    }
    free(s->items);
    *s = kept;
    return good;
}

/* The engine's calendar of open spans; equal ones are one. */
static enum zhol_error keep(struct builder *b, const struct spans *s, uint32_t *calendar)
{
    struct zhol_simulate_model *m = b->model;
    for (uint32_t c = 0; c < m->calendars.count; c++) {
        const struct sim_calendar *old = &m->calendars.items[c];
        bool same = old->count == 2 * s->count;
        for (uint32_t i = 0; i < s->count && same; i++) {
            same = old->changes[2 * i] == s->items[i].from &&
                   old->changes[2 * i + 1] == s->items[i].to;
        }
        if (same) {
            *calendar = c;
            return ZHOL_ERROR_OK;
        }
    }
    struct sim_calendar made = {0};
    made.changes = malloc(sizeof *made.changes * (2 * (size_t)s->count + 1));
    if (!made.changes) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < s->count; i++) {
        made.changes[made.count++] = s->items[i].from;
        made.changes[made.count++] = s->items[i].to;
    }
    *calendar = m->calendars.count;
    if (!BUILD_PUSH(m->calendars, made)) {
        free(made.changes);
        return ZHOL_ERROR_MEMORY;
    }
    return ZHOL_ERROR_OK;
}

/* Keeps the spans unless they say "always". */
static enum zhol_error finish(struct builder *b, struct spans *s, bool good, uint32_t *calendar)
{
    bool always = s->count == 1 && s->items[0].from == 0 && s->items[0].to == after_end(b);
    enum zhol_error error = good ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    *calendar = SIM_NONE;
    if (!error && !always) {
        error = keep(b, s, calendar);
    }
    free(s->items);
    return error;
}

static int64_t tick_of(const struct builder *b, int64_t utc_s)
{
    int64_t tick = utc_s - b->model->origin_s;
    return tick < 0 ? 0 : tick > after_end(b) ? after_end(b) : tick;
}

enum zhol_error calendar_of_network(struct builder *b, uint16_t number, uint32_t *calendar)
{
    const struct zhol_network_view *view = b->in->view;
    struct spans s = {0};
    *calendar = SIM_NONE;
    if (!number) {
        return ZHOL_ERROR_OK;
    }
    int64_t last = b->model->origin_s + b->model->end;
    if (b->model->origin_s < view->horizon_from_min * 60 || last > view->horizon_to_min * 60) {
        return build_fault(b, ZHOL_ERROR_LIMIT, "days", SIM_NONE,
                           "a time within the horizon for which the network was compiled");
    }
    bool good = open_network(b, number, &s);
    return finish(b, &s, good, calendar);
}

/* Minutes of each week from `begin` on in which a network calendar is open; returns how many whole
 * weeks the network's horizon has, at most USUAL_WEEKS. */
static uint32_t open_weeks(const struct builder *b, uint16_t number, int64_t begin,
                           int64_t *minutes)
{
    const struct zhol_network_view *view = b->in->view;
    int64_t left = (view->horizon_to_min - begin) / WEEK_MIN;
    uint32_t count = left < 1 ? 0 : left < USUAL_WEEKS ? (uint32_t)left : USUAL_WEEKS;
    memset(minutes, 0, sizeof *minutes * USUAL_WEEKS);
    for (uint32_t i = view->first_opening[number]; i < view->first_opening[number + 1]; i++) {
        const struct zhol_opening *o = &view->openings[i];
        for (uint32_t k = 0; k < count; k++) {
            int64_t from = begin + k * WEEK_MIN, to = from + WEEK_MIN;
            int64_t low = o->from_min > from ? o->from_min : from;
            int64_t high = o->to_min < to ? o->to_min : to;
            minutes[k] += high > low ? high - low : 0;
        }
    }
    return count;
}

static int by_minutes(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

double calendar_share(const struct builder *b, uint16_t number)
{
    int64_t begin = b->model->origin_s / 60, end = begin + b->model->end / 60;
    int64_t minutes[USUAL_WEEKS];
    double least = 1;
    for (uint32_t count; number && begin < end; begin += USUAL_WEEKS * WEEK_MIN) {
        count = open_weeks(b, number, begin, minutes);
        if (!count) {
            break;
        }
        qsort(minutes, count, sizeof *minutes, by_minutes);
        int64_t open = minutes[count / 2];
        least = open > 0 ? fmin(least, (double)open / WEEK_MIN) : least;
    }
    return least;
}

/* ---- What a disruption concerns ---- */

static bool uses_resource(const struct builder *b, uint32_t uses, uint32_t resource)
{
    const struct zhol_network_view *view = b->in->view;
    for (uint32_t i = view->first_use[uses]; i < view->first_use[uses + 1]; i++) {
        uint32_t row = view->uses[i].resource_row;
        if (row < b->in->resource_count && b->in->resources[row].resource_id == resource) {
            return true;
        }
    }
    return false;
}

static bool scope_has_arc(const struct builder *b, const struct zhol_simulate_scope *scope,
                          const struct way_arc *w)
{
    const struct zhol_arc *arc = &b->in->view->arcs[w->arc];
    const struct zhol_process *process = path_process(b, w);
    bool moves = arc->kind == ZHOL_ARC_MOVE;
    uint32_t node = process ? process->node_id : moves ? w->to_node : w->from_node;
    return (!scope->mode || path_modes(b, w) >> scope->mode & 1) &&
           (scope->node == ZHOL_NONE || scope->node == node) &&
           (scope->link == ZHOL_NONE || (moves && scope->link == arc->thing)) &&
           (scope->process == ZHOL_NONE || (process && scope->process == process->process_id)) &&
           (scope->resource == ZHOL_NONE || uses_resource(b, arc->uses, scope->resource)) &&
           (scope->toward == ZHOL_NONE || scope->toward == w->to_node);
}

static bool scope_has_place(const struct builder *b, const struct zhol_simulate_scope *scope,
                            const struct sim_place *p)
{
    const struct zhol_simulate_input *in = b->in;
    uint32_t process =
        p->process_row < in->process_count ? in->processes[p->process_row].process_id : ZHOL_NONE;
    uint32_t resource = p->resource_row < in->resource_count
                            ? in->resources[p->resource_row].resource_id
                            : ZHOL_NONE;
    return !scope->class && (!scope->mode || p->modes >> scope->mode & 1) &&
           (scope->node == ZHOL_NONE || scope->node == p->node) &&
           (scope->link == ZHOL_NONE || scope->link == p->link) &&
           (scope->process == ZHOL_NONE || scope->process == process) &&
           (scope->resource == ZHOL_NONE || scope->resource == resource) &&
           (scope->toward == ZHOL_NONE || scope->toward == p->toward);
}

enum zhol_error calendar_of_closures(struct builder *b, const struct way_arc *w, uint8_t class,
                                     uint8_t cause, bool *meant, uint32_t *calendar)
{
    const struct zhol_simulate_options *o = b->options;
    struct spans s = {0};
    bool good = open_always(b, &s);
    *meant = false;
    for (uint32_t i = 0; i < o->disruption_count && good; i++) {
        const struct zhol_simulate_disruption *d = &o->disruptions[i];
        if (d->kind == ZHOL_SIMULATE_CLOSURE && d->cause == cause &&
            (!d->scope.class || d->scope.class == class) && scope_has_arc(b, &d->scope, w)) {
            good = cut(&s, tick_of(b, d->from_s), tick_of(b, d->to_s));
            *meant = true;
        }
    }
    return finish(b, &s, good, calendar);
}

enum zhol_error calendar_of_loading(struct builder *b, uint32_t flow, uint8_t cause,
                                    uint32_t *calendar)
{
    const struct zhol_simulate_options *o = b->options;
    struct spans s = {0};
    bool good = open_always(b, &s);
    for (uint32_t i = 0; i < o->disruption_count && good; i++) {
        const struct zhol_simulate_disruption *d = &o->disruptions[i];
        bool meant = d->kind == ZHOL_SIMULATE_LOADING && d->cause == cause &&
                     (!d->scope.class || d->scope.class == b->in->flows[flow].class);
        bool there = false;
        for (uint32_t k = b->flow_way[flow]; meant && k < b->flow_way[flow + 1] && !there; k++) {
            there = scope_has_arc(b, &d->scope, &b->way.items[k]);
        }
        if (there) {
            good = cut(&s, tick_of(b, d->from_s), tick_of(b, d->to_s));
        }
    }
    return finish(b, &s, good, calendar);
}

/* ---- Reduced capacity ---- */

static bool reduces(const struct builder *b, const struct zhol_simulate_disruption *d,
                    const struct sim_place *p)
{
    return d->kind == ZHOL_SIMULATE_CAPACITY && scope_has_place(b, &d->scope, p);
}

/* Product of the factors that hold at a time, and the next time at which one begins or ends. */
static double factor_at(const struct builder *b, const struct sim_place *p, int64_t tick,
                        int64_t *until)
{
    const struct zhol_simulate_options *o = b->options;
    double factor = 1;
    *until = after_end(b);
    for (uint32_t i = 0; i < o->disruption_count; i++) {
        const struct zhol_simulate_disruption *d = &o->disruptions[i];
        if (!reduces(b, d, p)) {
            continue;
        }
        int64_t from = tick_of(b, d->from_s), to = tick_of(b, d->to_s);
        factor *= tick >= from && tick < to ? d->factor : 1;
        int64_t next = from > tick ? from : to > tick ? to : after_end(b);
        *until = next < *until ? next : *until;
    }
    return factor;
}

/* Takes the last part of every hour out of the open spans where the factor is below the peak. */
static bool slow_down(const struct builder *b, const struct sim_place *p, double peak,
                      struct spans *s)
{
    bool good = true;
    struct spans slow = {0};
    for (int64_t tick = 0, until; tick < after_end(b) && good; tick = until) {
        double share = factor_at(b, p, tick, &until) / peak;
        for (int64_t hour = tick; hour < until && share < 1 && good; hour += SIM_HOUR) {
            int64_t next = hour + SIM_HOUR < until ? hour + SIM_HOUR : until;
            int64_t open = (int64_t)llround(share * (double)(next - hour));
            good = push_span(&slow, hour + open, next);
        }
    }
    struct spans kept = {0};
    for (uint32_t i = 0, k = 0; i < s->count && good; i++) {
        int64_t from = s->items[i].from;
        while (k < slow.count && slow.items[k].to <= from) {
            k++;
        }
        for (uint32_t j = k; j < slow.count && slow.items[j].from < s->items[i].to && good; j++) {
            good = push_span(&kept, from, slow.items[j].from);
            from = slow.items[j].to > from ? slow.items[j].to : from;
        }
        good = good && push_span(&kept, from, s->items[i].to);
    }
    free(slow.items);
    free(s->items);
    *s = kept;
    return good;
}

enum zhol_error calendar_of_place(struct builder *b, struct sim_place *place, uint16_t number)
{
    const struct zhol_simulate_options *o = b->options;
    struct spans s = {0};
    bool good = open_network(b, number, &s), slows = false;
    place->peak = 1;
    for (uint32_t i = 0; i < o->disruption_count && good; i++) {
        const struct zhol_simulate_disruption *d = &o->disruptions[i];
        if (d->kind == ZHOL_SIMULATE_CLOSURE && scope_has_place(b, &d->scope, place)) {
            good = cut(&s, tick_of(b, d->from_s), tick_of(b, d->to_s));
        }
        slows = slows || reduces(b, d, place);
    }
    for (int64_t tick = 0, until; slows && tick < after_end(b); tick = until) {
        place->peak = fmax(place->peak, factor_at(b, place, tick, &until));
    }
    good = good && (!slows || slow_down(b, place, place->peak, &s));
    place->paused = slows;
    return finish(b, &s, good, &place->calendar);
}
