/* board_read.c: what the board reads of a queue: its state, its calendars, observations. See
 * board_queue.h. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/time.h"
#include "desk/queue_demo.h"
#include "desk/queue_rules.h"
#include "operate/plain.h"
#include "serve/board_queue.h"

enum { HORIZON_S = 30 * TIME_DAY_S, SLOTS_SHOWN_S = 3 * TIME_DAY_S };

/* ---- The state ---- */

static void read_categories(const struct queue_view *view, struct board_queue *queue)
{
    for (uint32_t i = 0; i < view->category_count && i < BOARD_CATEGORIES; i++) {
        const struct category_count *from = &view->categories[i];
        struct board_category *to = &queue->categories[i];
        plain_copy(to->id, sizeof to->id, from->category);
        to->weight = from->share;
        to->out_of_turn = from->share <= 0;
        to->booked = from->by_state[PLACE_booked] + from->by_state[PLACE_requested];
        to->arrived = from->by_state[PLACE_arrived];
        to->called = from->by_state[PLACE_called];
        to->no_show = from->by_state[PLACE_no_show];
        to->ended = from->by_state[PLACE_no_show] + from->by_state[PLACE_cleared] +
                    from->by_state[PLACE_entered];
        if (from->oldest_arrived_s &&
            (!queue->oldest_arrived_s || from->oldest_arrived_s < queue->oldest_arrived_s)) {
            queue->oldest_arrived_s = from->oldest_arrived_s;
        }
        queue->category_count = i + 1;
    }
}

/* Keeps the latest calls, latest first. */
static bool visit_called(void *context, const struct place_view *place)
{
    struct board_queue *queue = context;
    uint32_t at = queue->called_count;
    while (at > 0 && queue->called[at - 1].called_s < place->called_s) {
        at--;
    }
    if (at == BOARD_CALLED) {
        return true;
    }
    uint32_t kept = queue->called_count < BOARD_CALLED ? queue->called_count : BOARD_CALLED - 1;
    memmove(&queue->called[at + 1], &queue->called[at], (kept - at) * sizeof *queue->called);
    queue->called[at] = (struct board_called){.place = place->place,
                                              .vehicle = place->vehicle,
                                              .number = place->number,
                                              .called_s = place->called_s};
    plain_copy(queue->called[at].category, COMMAND_NAME_SIZE, place->category);
    queue->called_count = kept + 1;
    return true;
}

struct slots_reading {
    struct board_queue *queue;
    int64_t now_s, behind_s; /* end of the last window */
};

static void add_window(struct board_queue *queue, int64_t start_s, int64_t end_s, double vehicles)
{
    if (end_s > start_s &&
        !ARRAY_RESERVE(queue->windows, queue->window_capacity, queue->window_count + 1)) {
        queue->windows[queue->window_count++] = (struct eta_window){start_s, end_s, vehicles};
    }
}

static bool visit_slot(void *context, const struct slot_view *slot)
{
    struct slots_reading *reading = context;
    struct board_queue *queue = reading->queue;
    if (slot->end_s <= reading->behind_s) {
        return true;
    }
    if (slot->start_s < reading->now_s + SLOTS_SHOWN_S && queue->slot_count < BOARD_SLOTS) {
        queue->slots[queue->slot_count++] =
            (struct board_slot){slot->start_s, slot->end_s, slot->capacity, slot->taken};
    }
    if (!queue->first_free_s && slot->taken < slot->capacity && slot->start_s >= reading->now_s) {
        queue->first_free_s = slot->start_s;
    }
    double whole_s = (double)(slot->end_s - slot->start_s);
    bool closed = queue->closed && slot->start_s >= queue->closed_from_s &&
                  (queue->closed_until_s == 0 || slot->start_s < queue->closed_until_s);
    int64_t from_s = slot->start_s < reading->behind_s ? reading->behind_s : slot->start_s;
    add_window(queue, reading->behind_s, from_s, 0);
    add_window(queue, from_s, slot->end_s,
               closed ? 0 : slot->capacity * (double)(slot->end_s - from_s) / whole_s);
    reading->behind_s = slot->end_s;
    return true;
}

void board_read_state(const struct queue_state *state, int64_t now_s, struct board_queue *queue)
{
    for (uint32_t i = 0; state && i < queue_count(state); i++) {
        struct queue_view view;
        queue_view(state, i, &view);
        if (strcmp(view.queue, queue->about.id) != 0) {
            continue;
        }
        struct slots_reading slots = {queue, now_s, now_s};
        queue->known = true;
        read_categories(&view, queue);
        queue->closed = view.closed;
        queue->closed_from_s = view.closed_from_s;
        queue->closed_until_s = view.closed_until_s;
        plain_copy(queue->closed_note, sizeof queue->closed_note,
                   view.closed_note ? view.closed_note : "");
        queue_accepted(state, view.queue, now_s, queue->hours, BOARD_HISTORY_HOURS);
        queue_order(state, view.queue, 1u << PLACE_called, visit_called, queue);
        queue_slots(state, view.queue, now_s - TIME_DAY_S, now_s + HORIZON_S, visit_slot, &slots);
    }
}

/* ---- Observations ---- */

static void take_observed(struct server *server, int64_t now_s, const struct observed *observed,
                          struct board_queue *queue)
{
    uint32_t accepted[OBSERVED_HOURS], known = 0;
    double planned[OBSERVED_HOURS];
    queue->known = queue->observed = true;
    queue->observed_waiting = observed->waiting;
    for (uint32_t i = 0; i < observed->category_count && i < BOARD_CATEGORIES; i++) {
        struct board_category *to = &queue->categories[queue->category_count++];
        plain_copy(to->id, sizeof to->id, observed->categories[i].name);
        to->weight = 1;
        to->arrived = observed->categories[i].waiting;
    }
    if (queue->category_count == 0 && isfinite(observed->waiting)) {
        struct board_category *to = &queue->categories[queue->category_count++];
        plain_copy(to->id, sizeof to->id, "ordinary");
        to->weight = 1;
        to->arrived = (uint32_t)observed->waiting;
    }
    if (!observed_hours(server->corridor, observed, now_s, accepted, planned, &known)) {
        uint32_t *to = queue->hours + BOARD_HISTORY_HOURS - OBSERVED_HOURS;
        memcpy(to, accepted, sizeof accepted);
        memcpy(queue->evidence, planned, sizeof planned);
    }
    uint32_t first = observed->day_count > BOARD_DAYS ? observed->day_count - BOARD_DAYS : 0;
    for (uint32_t i = first; i < observed->day_count; i++) {
        const struct observed_day *day = &observed->days[i];
        queue->days[queue->day_count++] =
            (struct board_day){day->date, day->accepted, day->planned, day->waiting_end};
    }
}

void board_read_observed(struct server *server, int64_t now_s, struct board_queue *queue)
{
    struct buffer json = {0};
    struct observed observed = {0};
    queue->observed_waiting = NAN;
    if (!store_get(server->store, "observed", text_view_of(queue->about.id), &json) &&
        !observed_read(server->corridor, (struct text_view){buffer_get(&json), (uint32_t)json.size},
                       &observed, NULL)) {
        take_observed(server, now_s, &observed, queue);
        observed_close(&observed);
    }
    buffer_clear(&json);
}

/* ---- Calendars ---- */

/* Vehicles planned in each past hour, from the windows of both sides' calendars. */
static void spread(const struct eta_window *windows, uint32_t count, int64_t first_s,
                   double *planned)
{
    for (uint32_t i = 0; i < count; i++) {
        double whole_s = (double)(windows[i].end_s - windows[i].start_s);
        for (int64_t at = windows[i].start_s; whole_s > 0 && at < windows[i].end_s;) {
            int64_t hour = (at - first_s) / TIME_HOUR_S;
            int64_t end = first_s + (hour + 1) * TIME_HOUR_S;
            end = end < windows[i].end_s ? end : windows[i].end_s;
            if (at >= first_s && hour < BOARD_HISTORY_HOURS) {
                planned[hour] += windows[i].vehicles * (double)(end - at) / whole_s;
            }
            at = end;
        }
    }
}

static void add_day(struct board_queue *queue, int32_t date, double accepted, double planned)
{
    for (uint32_t i = 0; i < queue->day_count; i++) {
        if (queue->days[i].date == date) {
            return; /* an observation, or the demonstration's history, knows better */
        }
    }
    if (queue->day_count < BOARD_DAYS) {
        queue->days[queue->day_count++] = (struct board_day){date, accepted, planned, NAN};
    }
}

/* Sums the hours of each past local day of which something is known. */
static void sum_days(struct board_queue *queue, int64_t first_s, int64_t now_s)
{
    int32_t today = time_day_of(now_s + queue->offset_s);
    double accepted = 0, planned = 0;
    bool whole = false;
    for (uint32_t i = 0; i < BOARD_HISTORY_HOURS; i++) {
        int64_t local_s = first_s + (int64_t)i * TIME_HOUR_S + queue->offset_s;
        int32_t day = time_day_of(local_s);
        if (time_second_of_day(local_s) < TIME_HOUR_S) {
            accepted = planned = 0;
            whole = true;
        }
        accepted += queue->hours[i];
        planned += queue->planned[i];
        if (time_second_of_day(local_s + TIME_HOUR_S) < TIME_HOUR_S && whole && day < today &&
            accepted > 0) {
            add_day(queue, day, accepted, planned);
        }
    }
}

static void read_history(struct board_queue *queue, bool demo)
{
    struct queue_demo_day days[QUEUE_DEMO_DAYS];
    if (!demo || queue_demo_history(queue->about.id, days)) {
        return;
    }
    for (uint32_t i = 0; i < QUEUE_DEMO_DAYS && queue->day_count < BOARD_DAYS; i++) {
        queue->days[queue->day_count++] = (struct board_day){
            days[i].date, days[i].accepted, days[i].planned,
            days[i].waiting_end == UINT32_MAX ? (double)NAN : days[i].waiting_end};
    }
}

static int by_date(const void *a, const void *b)
{
    int32_t x = ((const struct board_day *)a)->date, y = ((const struct board_day *)b)->date;
    return (x > y) - (x < y);
}

/* The hours before the first acceptance must not count as hours in which nobody was taken. */
static void set_evidence(struct board_queue *queue)
{
    const uint32_t *accepted = queue->hours + BOARD_HISTORY_HOURS - BOARD_HOURS;
    bool begun = false;
    for (uint32_t i = 0; i < BOARD_HOURS && !queue->observed; i++) {
        begun = begun || accepted[i] > 0;
        queue->evidence[i] = begun ? queue->planned[BOARD_HISTORY_HOURS - BOARD_HOURS + i] : 0;
    }
}

enum zhol_error board_read_plan(const struct zhol_corridor *corridor, int64_t now_s, bool demo,
                                struct board_queue *queue)
{
    int64_t hour_s = now_s - now_s % TIME_HOUR_S + TIME_HOUR_S;
    int64_t first_s = hour_s - (int64_t)BOARD_HISTORY_HOURS * TIME_HOUR_S;
    int64_t behind_s = queue->window_count ? queue->windows[queue->window_count - 1].end_s : now_s;
    struct eta_window *windows = NULL;
    uint32_t count = 0;
    enum zhol_error error =
        queue_windows_of(corridor, queue->about.id, first_s, now_s, &windows, &count);
    if (!error) {
        spread(windows, count, first_s, queue->planned);
        free(windows);
        windows = NULL;
        error = queue_windows_of(corridor, queue->about.id, behind_s, now_s + HORIZON_S, &windows,
                                 &count);
    }
    for (uint32_t i = 0; i < count && !error; i++) {
        add_window(queue, windows[i].start_s, windows[i].end_s, windows[i].vehicles);
    }
    free(windows);
    set_evidence(queue);
    read_history(queue, demo);
    sum_days(queue, first_s, now_s);
    qsort(queue->days, queue->day_count, sizeof *queue->days, by_date);
    return error;
}

/* ---- The estimate ---- */

bool board_estimate(const struct board_queue *queue, int64_t now_s, const char *category,
                    uint32_t position, int64_t earliest_s, struct eta_call *call)
{
    struct eta_category categories[BOARD_CATEGORIES];
    uint32_t own = UINT32_MAX;
    double shown = 0, ended = 0;
    for (uint32_t i = 0; i < queue->category_count; i++) {
        const struct board_category *from = &queue->categories[i];
        categories[i] =
            (struct eta_category){from->weight, from->booked + from->arrived, from->out_of_turn};
        own = strcmp(from->id, category) == 0 ? i : own;
        shown += from->no_show;
        ended += from->ended;
    }
    if (!queue->known || own == UINT32_MAX || queue->window_count == 0) {
        return false;
    }
    if (position != UINT32_MAX) {
        categories[own].waiting = position;
    } else if (queue->first_free_s > earliest_s && !categories[own].out_of_turn) {
        earliest_s = queue->first_free_s;
    }
    struct eta_call_input input = {
        .now_s = now_s,
        .windows = queue->windows,
        .window_count = queue->window_count,
        .categories = categories,
        .category_count = queue->category_count,
        .own = own,
        .accepted = queue->hours + BOARD_HISTORY_HOURS - BOARD_HOURS,
        .planned = queue->evidence,
        .hour_count = BOARD_HOURS,
        .no_show_share = ended > 0 ? shown / ended : 0,
        .earliest_s = earliest_s,
    };
    return eta_call(&input, call) == ZHOL_ERROR_OK;
}
