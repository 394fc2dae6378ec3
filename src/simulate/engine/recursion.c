/* recursion.c: the queues of an audited run, path by path (simulate/engine/recursion.h). */
#include "simulate/engine/recursion.h"

#include <stdlib.h>
#include <string.h>

/* By priority: when the one came who began last, and when he began. */
struct recursion_line {
    int64_t came[ZHOL_ENGINE_PRIORITIES], begun[ZHOL_ENGINE_PRIORITIES];
    bool covered;
};

/* ---- Opening hours ---- */

/* When change n of a calendar comes: the even ones open. */
static int64_t change_at(const struct model_calendar *calendar, uint64_t n)
{
    if (calendar->period > 0) {
        return calendar->changes[n % calendar->count] +
               (int64_t)(n / calendar->count) * calendar->period;
    }
    return n < calendar->count ? calendar->changes[n] : INT64_MAX;
}

/* How many changes have come, one at `time` itself included. */
static uint64_t changes_until(const struct model_calendar *calendar, int64_t time)
{
    int64_t lap = calendar->period > 0 ? time / calendar->period : 0;
    uint32_t low = 0, high = calendar->count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (calendar->changes[middle] <= time - lap * calendar->period) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return (uint64_t)lap * calendar->count + low;
}

/* The first time from `time` at which it is open. */
static int64_t open_from(const struct model_calendar *calendar, int64_t time)
{
    if (!calendar->count) {
        return INT64_MAX;
    }
    uint64_t n = changes_until(calendar, time);
    return n % 2 ? time : change_at(calendar, n);
}

/* The end of work that pauses while it is closed; begun while it is open. What would end at a
 * closing itself ends when it opens. */
static int64_t end_with_pauses(const struct model_calendar *calendar, int64_t begin, int64_t work)
{
    for (;;) {
        int64_t closes = change_at(calendar, changes_until(calendar, begin));
        if (closes == INT64_MAX || work < closes - begin) {
            return begin + work;
        }
        work -= closes - begin;
        begin = open_from(calendar, closes);
        if (begin == INT64_MAX) {
            return begin;
        }
    }
}

/* ---- Lines ---- */

static bool has_recursion(const struct model_resource *r)
{
    return r->serves && !r->as.ample && !r->as.last_first && !r->as.preemptive &&
           r->as.batch <= 1 && r->as.life == NONE && r->as.up == NONE &&
           r->as.units <= RECURSION_SERVERS_MAX;
}

enum zhol_error recursion_new(const struct zhol_engine *engine, struct recursion **out)
{
    struct recursion *recursion = calloc(1, sizeof *recursion);
    *out = recursion;
    if (!recursion) {
        return ZHOL_ERROR_MEMORY;
    }
    recursion->engine = engine;
    recursion->lines = calloc((size_t)engine->resources.count + 1, sizeof *recursion->lines);
    recursion->free_at = calloc((size_t)engine->server_count + 1, sizeof *recursion->free_at);
    if (!recursion->lines || !recursion->free_at) {
        recursion_free(recursion);
        *out = NULL;
        return ZHOL_ERROR_MEMORY;
    }
    return ZHOL_ERROR_OK;
}

void recursion_free(struct recursion *recursion)
{
    if (recursion) {
        free(recursion->lines);
        free(recursion->free_at);
        free(recursion);
    }
}

void recursion_reset(struct recursion *recursion)
{
    const struct zhol_engine *engine = recursion->engine;
    for (uint32_t i = 0; i < engine->resources.count; i++) {
        recursion->lines[i] =
            (struct recursion_line){.covered = has_recursion(&engine->resources.items[i])};
    }
    memset(recursion->free_at, 0, engine->server_count * sizeof *recursion->free_at);
    recursion->checked = recursion->others = 0;
    recursion->fault = (struct recursion_fault){.law = NULL};
}

/* The first server is taken until `end`. */
static void take(int64_t *free_at, uint32_t count, int64_t end)
{
    uint32_t i = 0;
    for (; i + 1 < count && free_at[i + 1] < end; i++) {
        free_at[i] = free_at[i + 1];
    }
    free_at[i] = end;
}

/* At a closing itself, who comes before the door's own event still finds it open. */
static bool at_the_closing(const struct model_calendar *calendar, int64_t since, int64_t now)
{
    uint64_t n = changes_until(calendar, now);
    return since == now && n && n % 2 == 0 && change_at(calendar, n - 1) == now;
}

static void fail(struct recursion *recursion, const char *law, uint32_t resource, int64_t found,
                 int64_t expected)
{
    if (!recursion->fault.law) {
        recursion->fault = (struct recursion_fault){law, resource, found, expected};
    }
}

static void check_turn(struct recursion *recursion, uint32_t resource, uint8_t priority,
                       int64_t since, int64_t now)
{
    struct recursion_line *line = &recursion->lines[resource];
    if (since < line->came[priority]) {
        fail(recursion, "first come, first served", resource, since, line->came[priority]);
    }
    for (uint32_t p = priority + 1u; p < recursion->engine->lanes; p++) {
        if (line->begun[p] > since) {
            fail(recursion, "the more urgent first", resource, line->begun[p], since);
        }
    }
    line->came[priority] = since;
    line->begun[priority] = now;
}

void recursion_begin(struct recursion *recursion, uint32_t resource, uint8_t priority,
                     int64_t since, int64_t now, int64_t work)
{
    const struct model_resource *model = &recursion->engine->resources.items[resource];
    if (!recursion->lines[resource].covered) {
        recursion->others++;
        return;
    }
    recursion->checked++;
    check_turn(recursion, resource, priority, since, now);
    int64_t *free_at = recursion->free_at + model->first_server;
    int64_t expected = since > free_at[0] ? since : free_at[0];
    const struct model_calendar *calendar = NULL;
    if (model->as.calendar != NONE) {
        calendar = &recursion->engine->calendars.items[model->as.calendar];
        bool late = expected == now && at_the_closing(calendar, since, now);
        expected = late ? now : open_from(calendar, expected);
    }
    if (expected != now) {
        fail(recursion, "the recursion of Kiefer and Wolfowitz", resource, now, expected);
    }
    bool pauses = calendar && model->as.closing == ZHOL_CLOSING_PAUSE;
    take(free_at, model->as.units, pauses ? end_with_pauses(calendar, now, work) : now + work);
}
