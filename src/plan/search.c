/* plan/search.c: label-setting multi-objective A* with departures and storage. See search.h. */
#include "plan/search.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

/* ---- Fronts: what has left the queue at a state ---- */

struct front_entry {
    int64_t time_min, cents, grams;
    uint64_t items;
};
struct front {
    struct front_entry *entries;
    uint32_t count, capacity;
};

/* ---- The queue: a 4-ary heap of labels by what they can still reach ---- */

struct queue_entry {
    int64_t time_min, cents, grams; /* lower bounds at the goal */
    uint32_t label;
};
struct queue {
    struct queue_entry *items;
    uint32_t count, capacity;
};

struct run {
    struct search *s;
    struct front *fronts; /* per state; the goal's holds the solutions */
    struct queue queue;
    uint64_t label_limit;
    const volatile int *interrupt;
};

static bool entry_before(const struct queue_entry *a, const struct queue_entry *b)
{
    if (a->time_min != b->time_min) {
        return a->time_min < b->time_min;
    }
    if (a->cents != b->cents) {
        return a->cents < b->cents;
    }
    if (a->grams != b->grams) {
        return a->grams < b->grams;
    }
    return a->label < b->label;
}

static enum zhol_error queue_push(struct queue *q, struct queue_entry entry)
{
    enum zhol_error error = ARRAY_RESERVE(q->items, q->capacity, q->count + 1);
    if (error) {
        return error;
    }
    uint32_t i = q->count++;
    while (i && entry_before(&entry, &q->items[(i - 1) / 4])) {
        q->items[i] = q->items[(i - 1) / 4];
        i = (i - 1) / 4;
    }
    q->items[i] = entry;
    return ZHOL_ERROR_OK;
}

static uint32_t queue_pop(struct queue *q)
{
    uint32_t label = q->items[0].label;
    struct queue_entry last = q->items[--q->count];
    uint32_t i = 0;
    for (;;) {
        uint32_t best = 4 * i + 1, end = best + 4 < q->count ? best + 4 : q->count;
        if (best >= q->count) {
            break;
        }
        for (uint32_t c = best + 1; c < end; c++) {
            best = entry_before(&q->items[c], &q->items[best]) ? c : best;
        }
        if (!entry_before(&q->items[best], &last)) {
            break;
        }
        q->items[i] = q->items[best];
        i = best;
    }
    q->items[i] = last;
    return label;
}

/* ---- Dominance ---- */

/* True where what is unknown in `a` is also unknown in `b`. */
static inline bool items_within(uint64_t a, uint64_t b)
{
    return (a & ~b) == 0;
}

/* True where an entry of the front, which is never later, dominates the values. With storage the
 * earlier one may have to pay `day_cents` for every day begun until then. */
static bool front_dominates(const struct front *front, int64_t time_min, int64_t cents,
                            int64_t grams, uint64_t items, int64_t day_cents)
{
    for (uint32_t i = front->count; i-- > 0;) {
        const struct front_entry *e = &front->entries[i];
        if (e->cents > cents || e->grams > grams || !items_within(e->items, items)) {
            continue;
        }
        if (day_cents == 0 ||
            e->cents + (time_min - e->time_min + 1439) / 1440 * day_cents <= cents) {
            return true;
        }
    }
    return false;
}

static enum zhol_error front_add(struct front *front, const struct search_label *label)
{
    enum zhol_error error = ARRAY_RESERVE(front->entries, front->capacity, front->count + 1);
    if (!error) {
        front->entries[front->count++] =
            (struct front_entry){label->time_min, label->cents, label->grams, label->items};
    }
    return error;
}

static bool label_dominated(const struct run *r, const struct search_label *label)
{
    const struct problem *p = r->s->problem;
    const struct bounds_rest *rest = &r->s->rest[label->state];
    uint32_t vertex = label->state % p->net.vertex_count;
    int64_t day_cents = label->state == p->goal ? 0 : p->storage[vertex].day_cents;
    return front_dominates(&r->fronts[p->goal], label->time_min + rest->minutes,
                           label->cents + rest->cents, label->grams + rest->grams, label->items,
                           0) ||
           (label->state != p->goal &&
            front_dominates(&r->fronts[label->state], label->time_min, label->cents, label->grams,
                            label->items, day_cents));
}

/* ---- Making labels ---- */

static enum zhol_error add_label(struct run *r, const struct search_label *label)
{
    struct search *s = r->s;
    const struct bounds_rest *rest = &s->rest[label->state];
    if (s->label_count >= r->label_limit) {
        return ZHOL_ERROR_LIMIT;
    }
    enum zhol_error error = ARRAY_RESERVE(s->labels, s->label_capacity, s->label_count + 1);
    if (error) {
        return error;
    }
    s->labels[s->label_count] = *label;
    return queue_push(
        &r->queue, (struct queue_entry){label->time_min + rest->minutes, label->cents + rest->cents,
                                        label->grams + rest->grams, s->label_count++});
}

/* The label that entering `arc` at `start` from label number `from` makes, if it is any use. */
static enum zhol_error try_start(struct run *r, uint32_t from, uint32_t arc, int64_t start)
{
    const struct problem *p = r->s->problem;
    const struct search_label *label = &r->s->labels[from];
    const struct problem_arc *a = &p->arcs[arc];
    uint32_t vertex = label->state % p->net.vertex_count;
    uint32_t layer = problem_advance(p, label->state / p->net.vertex_count, arc);
    struct search_label next = {
        .time_min = start + a->minutes,
        .cents =
            label->cents + a->cents + problem_storage_cents(p, vertex, start - label->time_min),
        .grams = label->grams + a->grams,
        .items = label->items | a->items,
        .start_min = start,
        .state = layer * p->net.vertex_count + p->net.arcs[arc].head,
        .parent = from,
        .arc = arc,
    };
    int64_t rest = r->s->rest[next.state].minutes;
    if (rest == BOUNDS_NONE || next.time_min > p->last_min - rest || label_dominated(r, &next)) {
        return ZHOL_ERROR_OK;
    }
    return add_label(r, &next);
}

/* ---- Just in time ----
 *
 * Arc `in` leads from a label to a place where storage is charged, arc `out` leaves it. Later
 * starts of `in` can be cheaper; these are the starts that are tried. */

struct meeting {
    uint32_t from; /* label */
    uint32_t in, out;
};

/* The first start of an arc at or after `wanted`, for cargo that can be there in time: who takes a
 * line without a timetable comes half a headway before. */
static int64_t start_from(const struct run *r, uint32_t arc, int64_t wanted)
{
    return departure_next(r->s->departures, arc, wanted - departure_line_wait(r->s->problem, arc),
                          NULL);
}

/* For one charge at the place and a start `leave` of `out`: tries the starts of `in` after `start`
 * that save days of it, the earliest that comes within the free time or, failing that, with the
 * fewest days; where waiting before `in` costs too, each number of days. */
static enum zhol_error try_charge(struct run *r, const struct meeting *m, int64_t start,
                                  int64_t leave, int64_t free_min)
{
    const struct problem *p = r->s->problem;
    bool waiting_costs = p->storage[p->tails[m->in]].day_cents > 0;
    int64_t minutes = p->arcs[m->in].minutes, last = start;
    for (int64_t wanted = leave - minutes - free_min; wanted > start; wanted -= 1440) {
        int64_t found = start_from(r, m->in, wanted);
        if (found == DEPARTURE_NEVER || found == last ||
            departure_next(r->s->departures, m->out, found + minutes, NULL) > leave) {
            continue;
        }
        enum zhol_error error = try_start(r, m->from, m->in, found);
        if (error || !waiting_costs) {
            return error;
        }
        last = found;
    }
    return ZHOL_ERROR_OK;
}

/* The same for every charge: of the starts with the fewest days of each, the latest has the fewest
 * of all. *later is the first start within all free times, whether or not in time. */
static enum zhol_error try_before(struct run *r, const struct meeting *m, int64_t start,
                                  int64_t leave, int64_t *later)
{
    const struct problem *p = r->s->problem;
    const struct problem_storage *storage = &p->storage[p->net.arcs[m->in].head];
    int64_t least_free = INT64_MAX;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; !error && i < storage->charge_count; i++) {
        int64_t free_min = p->charges[storage->charge + i].free_min;
        least_free = free_min < least_free ? free_min : least_free;
        error = try_charge(r, m, start, leave, free_min);
    }
    *later = start_from(r, m->in, leave - p->arcs[m->in].minutes - least_free);
    return error;
}

/* For each start of `out` in turn; ends as soon as one leaves nothing to save. */
static enum zhol_error try_just_in_time(struct run *r, const struct meeting *m, int64_t start)
{
    const struct problem *p = r->s->problem;
    const struct departures *d = r->s->departures;
    uint32_t place = p->net.arcs[m->in].head;
    int64_t minutes = p->arcs[m->in].minutes, line_wait = departure_line_wait(p, m->out);
    for (;;) {
        int64_t later, leave = departure_next(d, m->out, start + minutes, NULL);
        if (leave == DEPARTURE_NEVER || leave > p->last_min ||
            leave == start + minutes + line_wait || /* no later start waits less */
            problem_storage_cents(p, place, leave - start - minutes) == 0) {
            return ZHOL_ERROR_OK;
        }
        enum zhol_error error = try_before(r, m, start, leave, &later);
        if (error || later == DEPARTURE_NEVER || later <= start ||
            departure_next(d, m->out, later + minutes, NULL) <= leave) {
            return error;
        }
        start = later; /* it misses this departure, and may be cheaper with the next */
        error = try_start(r, m->from, m->in, start);
        if (error) {
            return error;
        }
    }
}

static enum zhol_error extend_over(struct run *r, uint32_t from, uint32_t arc)
{
    const struct problem *p = r->s->problem;
    int64_t start = departure_next(r->s->departures, arc, r->s->labels[from].time_min, NULL);
    if (start == DEPARTURE_NEVER || start > p->last_min) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = try_start(r, from, arc, start);
    uint32_t head = p->net.arcs[arc].head;
    if (error || p->storage[head].day_cents == 0) {
        return error;
    }
    for (uint32_t out = p->net.first_arc[head]; !error && out < p->net.first_arc[head + 1]; out++) {
        if (p->arcs[out].usable) {
            error = try_just_in_time(r, &(struct meeting){from, arc, out}, start);
        }
    }
    return error;
}

static enum zhol_error expand(struct run *r, uint32_t number)
{
    const struct problem *p = r->s->problem;
    uint32_t vertex = r->s->labels[number].state % p->net.vertex_count;
    enum zhol_error error = ZHOL_ERROR_OK;
    r->s->expanded++;
    for (uint32_t a = p->net.first_arc[vertex]; !error && a < p->net.first_arc[vertex + 1]; a++) {
        if (p->arcs[a].usable) {
            error = extend_over(r, number, a);
        }
    }
    return error;
}

/* ---- The loop ---- */

static enum zhol_error settle(struct run *r, uint32_t number)
{
    struct search *s = r->s;
    const struct search_label *label = &s->labels[number];
    if (label_dominated(r, label)) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = front_add(&r->fronts[label->state], label);
    if (error) {
        return error;
    }
    if (label->state != s->problem->goal) {
        return expand(r, number);
    }
    error = ARRAY_RESERVE(s->solutions, s->solution_capacity, s->solution_count + 1);
    if (!error) {
        s->solutions[s->solution_count++] = number;
    }
    return error;
}

static enum zhol_error loop(struct run *r)
{
    const struct problem *p = r->s->problem;
    struct search_label origin = {.time_min = p->order->ready_min,
                                  .start_min = p->order->ready_min,
                                  .state = p->start,
                                  .parent = SEARCH_NO_LABEL};
    if (r->s->rest[p->start].minutes == BOUNDS_NONE) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = add_label(r, &origin);
    while (!error && r->queue.count) {
        if (r->interrupt && *r->interrupt) {
            return ZHOL_ERROR_INTERRUPTED;
        }
        error = settle(r, queue_pop(&r->queue));
    }
    return error;
}

/* Labels of equal arrival may leave in an order in which a later one dominates an earlier one: the
 * solutions are held against each other once more, the first of equals stays. */
static void filter_solutions(struct search *s)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < s->solution_count; i++) {
        const struct search_label *a = &s->labels[s->solutions[i]];
        bool dominated = false;
        for (uint32_t j = 0; j < s->solution_count && !dominated; j++) {
            const struct search_label *b = &s->labels[s->solutions[j]];
            bool equal = a->time_min == b->time_min && a->cents == b->cents &&
                         a->grams == b->grams && a->items == b->items;
            dominated = i != j && b->time_min <= a->time_min && b->cents <= a->cents &&
                        b->grams <= a->grams && items_within(b->items, a->items) &&
                        (!equal || j < i);
        }
        if (!dominated) {
            s->solutions[kept++] = s->solutions[i];
        }
    }
    s->solution_count = kept;
}

enum zhol_error search_run(struct search *s, const struct problem *problem,
                           const struct departures *departures, const struct bounds_rest *rest,
                           const struct zhol_plan_options *options)
{
    memset(s, 0, sizeof *s);
    s->problem = problem;
    s->departures = departures;
    s->rest = rest;
    struct run r = {.s = s,
                    .label_limit = options->label_limit ? options->label_limit : 20000000,
                    .interrupt = options->interrupt};
    r.fronts = calloc(problem->state_count, sizeof *r.fronts);
    if (!r.fronts) {
        return ZHOL_ERROR_MEMORY;
    }
    enum zhol_error error = loop(&r);
    if (!error) {
        filter_solutions(s);
    }
    for (uint32_t i = 0; i < problem->state_count; i++) {
        free(r.fronts[i].entries);
    }
    free(r.fronts);
    free(r.queue.items);
    return error;
}

void search_clear(struct search *s)
{
    free(s->labels);
    free(s->solutions);
    memset(s, 0, sizeof *s);
}
