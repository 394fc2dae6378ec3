/* plan/departure.c: when an arc can be entered. See departure.h. */
#include "plan/departure.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/time.h"
#include "base/zone.h"

/* Closures up to this are part of the published time of a service. */
#define WAY_CLOSURE_BORNE_MIN 1440

/* ---- Timetables ---- */

static bool same_timetable(const struct zhol_ride *a, const struct zhol_ride *b)
{
    return a->zone == b->zone && a->weekdays == b->weekdays &&
           a->depart_minute == b->depart_minute && a->first_day == b->first_day &&
           a->last_day == b->last_day;
}

/* Days on which a departure at the first stop can matter: from so long before the goods are ready
 * that the train may already be on its way to the farthest stop. */
static void timetable_days(const struct departures *d, int32_t *first, int32_t *last)
{
    const struct problem *p = d->problem;
    *first = time_day_of((p->order->ready_min - d->longest_offset_min) * 60) - 2;
    *last = time_day_of(p->last_min * 60) + 2;
}

static enum zhol_error fill_timetable(const struct departures *d, const struct zhol_ride *ride,
                                      struct timetable *table)
{
    const struct problem *p = d->problem;
    int32_t first, last;
    timetable_days(d, &first, &last);
    struct zone *zone = NULL;
    enum zhol_error error = zone_load(p->net.texts + ride->zone, &zone);
    if (error) {
        return error;
    }
    table->from_min = malloc((size_t)(last - first) * sizeof *table->from_min);
    if (!table->from_min) {
        error = ZHOL_ERROR_MEMORY;
        goto out;
    }
    for (int32_t day = first; day < last; day++) {
        bool runs = ride->weekdays >> time_weekday(day) & 1u;
        if (!runs || !zhol_day_in(day, ride->first_day, ride->last_day)) {
            continue;
        }
        int64_t utc_s;
        zone_local_to_utc(zone, (int64_t)day * TIME_DAY_S + ride->depart_minute * 60, &utc_s);
        table->from_min[table->count++] = utc_s / 60;
    }
out:
    zone_free(zone);
    return error;
}

static enum zhol_error prepare_ride(struct departures *d, uint32_t number)
{
    const struct problem *p = d->problem;
    const struct zhol_ride *ride = &p->net.rides[number];
    for (uint32_t i = 0; i < d->table_count; i++) {
        if (same_timetable(ride, &p->net.rides[d->tables[i].ride])) {
            d->table_of_ride[number] = i + 1;
            return ZHOL_ERROR_OK;
        }
    }
    enum zhol_error error = ARRAY_RESERVE(d->tables, d->table_capacity, d->table_count + 1);
    if (error) {
        return error;
    }
    struct timetable *table = &d->tables[d->table_count++];
    *table = (struct timetable){.ride = number};
    d->table_of_ride[number] = d->table_count;
    return fill_timetable(d, ride, table);
}

enum zhol_error departure_init(struct departures *d, const struct problem *problem)
{
    memset(d, 0, sizeof *d);
    d->problem = problem;
    d->table_of_ride = calloc((size_t)problem->net.ride_count + 1, sizeof *d->table_of_ride);
    d->first_gate = calloc((size_t)problem->net.ride_count + 1, sizeof *d->first_gate);
    return d->table_of_ride && d->first_gate ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

void departure_clear(struct departures *d)
{
    for (uint32_t i = 0; i < d->table_count; i++) {
        free(d->tables[i].from_min);
    }
    free(d->tables);
    free(d->table_of_ride);
    free(d->first_gate);
    free(d->gates);
    memset(d, 0, sizeof *d);
}

/* Notes how long the farthest stop lies behind the first one. */
static void find_longest_offset(struct departures *d)
{
    const struct zhol_network_view *net = &d->problem->net;
    for (uint32_t r = 0; r < net->ride_count; r++) {
        if (net->rides[r].offset_minutes > d->longest_offset_min) {
            d->longest_offset_min = net->rides[r].offset_minutes;
        }
    }
}

/* ---- Gates of ways ---- */

static enum zhol_error add_gate(struct departures *d, uint32_t *count, uint32_t arc,
                                uint64_t offset_min)
{
    enum zhol_error error = ARRAY_RESERVE(d->gates, d->gate_capacity, *count + 1);
    if (!error) {
        d->gates[(*count)++] = (struct way_gate){arc, (uint32_t)offset_min};
    }
    return error;
}

/* The gates of one ride that takes `minutes` in all, in the median: a ride keeps its timetable at
 * the gates whatever times are asked for, so that least times never make it miss an opening. */
static enum zhol_error add_gates(struct departures *d, const struct zhol_ride *ride,
                                 uint32_t minutes, uint32_t *count)
{
    const struct problem *p = d->problem;
    const uint32_t *way = p->net.ways + ride->way;
    uint64_t total = 0, passed = 0;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < ride->way_count; i++) {
        total += p->net.arcs[way[i]].minutes[ZHOL_TIME_MEDIAN];
    }
    for (uint32_t i = 0; !error && i < ride->way_count; i++) {
        const struct zhol_arc *arc = &p->net.arcs[way[i]];
        bool passes = false;
        bool meets = zhol_network_admits(&p->net, way[i], &p->order->load, &passes) && !passes;
        if (meets && (arc->ban || arc->calendar)) {
            error = add_gate(d, count, way[i], total ? passed * minutes / total : 0);
        }
        passed += arc->minutes[ZHOL_TIME_MEDIAN];
    }
    return error;
}

/* Rides have one arc each; those that the problem cannot use have no gates. */
static enum zhol_error prepare_gates(struct departures *d)
{
    const struct zhol_network_view *net = &d->problem->net;
    uint32_t count = 0;
    enum zhol_error error = ZHOL_ERROR_OK;
    uint32_t *arc_of = malloc(((size_t)net->ride_count + 1) * sizeof *arc_of);
    if (!arc_of) {
        return ZHOL_ERROR_MEMORY;
    }
    memset(arc_of, 0xff, ((size_t)net->ride_count + 1) * sizeof *arc_of);
    for (uint32_t a = 0; a < net->arc_count; a++) {
        if (net->arcs[a].kind == ZHOL_ARC_RIDE && d->problem->arcs[a].usable) {
            arc_of[net->arcs[a].thing] = a;
        }
    }
    for (uint32_t r = 0; !error && r < net->ride_count; r++) {
        d->first_gate[r] = count;
        if (arc_of[r] != ZHOL_NONE) {
            error = add_gates(d, &net->rides[r], net->arcs[arc_of[r]].minutes[ZHOL_TIME_MEDIAN],
                              &count);
        }
    }
    d->first_gate[net->ride_count] = count;
    free(arc_of);
    return error;
}

enum zhol_error departure_prepare(struct departures *d)
{
    const struct zhol_network_view *net = &d->problem->net;
    find_longest_offset(d);
    for (uint32_t a = 0; a < net->arc_count; a++) {
        const struct zhol_arc *arc = &net->arcs[a];
        if (arc->kind != ZHOL_ARC_RIDE || !d->problem->arcs[a].usable) {
            continue;
        }
        if (net->rides[arc->thing].headway_minutes == 0 && !d->table_of_ride[arc->thing]) {
            enum zhol_error error = prepare_ride(d, arc->thing);
            if (error) {
                return error;
            }
        }
    }
    return prepare_gates(d);
}

/* ---- Questions ---- */

static int64_t next_opening(const struct zhol_network_view *net, uint16_t calendar, int64_t t,
                            struct departure_reason *reason)
{
    uint32_t low = net->first_opening[calendar], high = net->first_opening[calendar + 1];
    uint32_t end = high;
    while (low < high) { /* first opening that ends after t */
        uint32_t middle = low + (high - low) / 2;
        if (net->openings[middle].to_min > t) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    if (low == end) {
        return DEPARTURE_NEVER;
    }
    if (net->openings[low].from_min <= t) {
        return t;
    }
    *reason = (struct departure_reason){ZHOL_WAIT_OPENING, net->openings[low].exception};
    return net->openings[low].from_min;
}

static int64_t after_bans(const struct problem *p, uint16_t list, int64_t t,
                          struct departure_reason *reason)
{
    uint32_t i = p->net.first_ban[list];
    while (i < p->net.first_ban[list + 1]) {
        const struct zhol_ban *ban = &p->net.bans[i++];
        if (t < ban->from_min || t >= ban->to_min || !problem_banned(p, ban)) {
            continue;
        }
        if (ban->to_min == INT64_MAX) {
            return DEPARTURE_NEVER;
        }
        t = ban->to_min;
        *reason = (struct departure_reason){ZHOL_WAIT_BAN, ban->rule_row};
        i = p->net.first_ban[list]; /* another ban may hold by then */
    }
    return t;
}

static int64_t next_scheduled(const struct departures *d, const struct zhol_ride *ride,
                              uint32_t number, int64_t t)
{
    const struct timetable *table = &d->tables[d->table_of_ride[number] - 1];
    int64_t wanted = t - ride->offset_minutes;
    uint32_t low = 0, high = table->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (table->from_min[middle] >= wanted) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low == table->count ? DEPARTURE_NEVER : table->from_min[low] + ride->offset_minutes;
}

/* A line without a timetable: half the headway is waited, from its first day (in UTC) on. */
static int64_t next_by_headway(const struct zhol_ride *ride, int64_t t)
{
    int64_t start = t + ride->headway_minutes / 2;
    if (ride->first_day != ZHOL_BLANK_DATE && start < (int64_t)ride->first_day * 1440) {
        start = (int64_t)ride->first_day * 1440;
    }
    return start;
}

static bool line_over(const struct zhol_ride *ride, int64_t t)
{
    return ride->last_day != ZHOL_BLANK_DATE && t >= (int64_t)ride->last_day * 1440;
}

/* How long a gate of the way is closed for a ride that comes there at t, beyond what its published
 * time bears; DEPARTURE_NEVER where it stays closed. */
static int64_t gate_delay(const struct problem *p, uint32_t arc, int64_t t,
                          struct departure_reason *reason)
{
    const struct zhol_arc *a = &p->net.arcs[arc];
    struct departure_reason closed = *reason;
    int64_t free = a->ban ? after_bans(p, a->ban, t, reason) : t;
    if (free != t || !a->calendar) {
        return free == DEPARTURE_NEVER ? free : free - t;
    }
    int64_t open = next_opening(&p->net, a->calendar, t, &closed);
    if (open == DEPARTURE_NEVER || open - t <= WAY_CLOSURE_BORNE_MIN) {
        return open == DEPARTURE_NEVER ? open : 0;
    }
    *reason = closed;
    return open - t - WAY_CLOSURE_BORNE_MIN;
}

/* The first instant at or after `start` at which a ride that starts then finds its way open. */
static int64_t after_gates(const struct departures *d, uint32_t ride, int64_t start,
                           struct departure_reason *reason)
{
    uint32_t i = d->first_gate[ride];
    while (i < d->first_gate[ride + 1]) {
        const struct way_gate *gate = &d->gates[i++];
        int64_t delay = gate_delay(d->problem, gate->arc, start + gate->offset_min, reason);
        if (delay == DEPARTURE_NEVER) {
            return delay;
        }
        if (delay > 0) {
            start += delay;
            i = d->first_gate[ride]; /* what was open before may be closed by then */
        }
    }
    return start;
}

static int64_t next_ride(const struct departures *d, uint32_t arc, int64_t t,
                         struct departure_reason *reason)
{
    const struct problem *p = d->problem;
    const struct zhol_arc *a = &p->net.arcs[arc];
    const struct zhol_ride *ride = &p->net.rides[a->thing];
    if (ride->headway_minutes) {
        int64_t start = next_by_headway(ride, t);
        reason->wait_for = start > t ? ZHOL_WAIT_DEPARTURE : ZHOL_WAIT_NONE;
        start = after_gates(d, a->thing, start, reason);
        return start == DEPARTURE_NEVER || line_over(ride, start) ? DEPARTURE_NEVER : start;
    }
    for (;;) {
        int64_t start = next_scheduled(d, ride, a->thing, t);
        if (start == DEPARTURE_NEVER) {
            return start;
        }
        if (start > t && reason->wait_for == ZHOL_WAIT_NONE) {
            reason->wait_for = ZHOL_WAIT_DEPARTURE;
        }
        t = after_gates(d, a->thing, start, reason);
        if (t == start || t == DEPARTURE_NEVER) {
            return t;
        }
    }
}

int64_t departure_next(const struct departures *d, uint32_t arc, int64_t t,
                       struct departure_reason *reason)
{
    const struct problem *p = d->problem;
    const struct zhol_arc *a = &p->net.arcs[arc];
    struct departure_reason unused;
    reason = reason ? reason : &unused;
    *reason = (struct departure_reason){ZHOL_WAIT_NONE, 0};
    if (p->arcs[arc].passes) {
        return t;
    }
    if (a->kind == ZHOL_ARC_RIDE) {
        return next_ride(d, arc, t, reason);
    }
    for (;;) { /* until neither opening times nor bans move it */
        int64_t start = a->calendar ? next_opening(&p->net, a->calendar, t, reason) : t;
        if (start == DEPARTURE_NEVER) {
            return start;
        }
        t = a->ban ? after_bans(p, a->ban, start, reason) : start;
        if (t == start || t == DEPARTURE_NEVER) {
            return t;
        }
    }
}
