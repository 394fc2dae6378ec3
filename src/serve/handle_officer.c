/* handle_officer.c: the officer's console: calling, limits, closures, the report. */
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "operate/plain.h"
#include "serve/access.h"
#include "serve/catalog.h"
#include "serve/outcome.h"
#include "serve/place_rows.h"
#include "serve/problem.h"
#include "serve/server.h"

enum { CALL_MAX = 500, REPORT_PLACES = 200000, REPORT_DAYS_MAX = 366 };

/* ---- Calling ---- */

static enum handled called(struct request *request)
{
    struct entry entry;
    if (!outcome_read(request, &entry)) {
        return HANDLED;
    }
    if (entry.result.refusal) {
        outcome_refused(request, &entry);
        entry_clear(&entry);
        return HANDLED;
    }
    struct json_writer *json = reply_object(request, 200);
    json_write_key(json, "called");
    json_write_array(json);
    for (uint32_t i = 0; i < entry.result.change_count; i++) {
        const struct change *change = &entry.result.changes[i];
        struct place_view view;
        struct place_texts texts;
        bool known = outcome_place(request->server, change->place, &view, &texts);
        json_write_object(json);
        json_member_opaque(json, "place", change->place);
        json_member_text(json, "plate", known ? place_field(request, view.vehicle, "plate") : "");
        json_member_text(json, "reason", change_reason_name((enum change_reason)change->reason));
        json_member_instant(json, "slot", change->slot_s);
        json_write_object_end(json);
    }
    json_write_array_end(json);
    if (*entry.result.rule) {
        json_member_text(json, "rule", entry.result.rule);
    }
    outcome_write_receipt(request, json, &entry);
    entry_clear(&entry);
    return reply_end(request);
}

enum handled handle_post_call(struct request *request)
{
    struct command command = {.kind = COMMAND_call_forward,
                              .amount = body_int(request, "count", 0)};
    if (command.amount < 1 || command.amount > CALL_MAX) {
        return problem_reply(request, &(struct problem){.status = 422,
                                                        .code = "invalid",
                                                        .field = "count",
                                                        .detail = "must be 1 to 500"});
    }
    if (!outcome_aim_queue(request, &command, request_text(request, "queue"))) {
        return HANDLED;
    }
    return request_submit_pool(request, &command, NULL, called);
}

/* ---- Limits and closures ---- */

struct affected {
    uint64_t number;
    char category[COMMAND_NAME_SIZE];
};

/* Number and category of each changed place, read under one lock. */
static struct affected *read_affected(struct server *server, const char *stream,
                                      const struct change *changes, uint32_t count)
{
    struct affected *affected = calloc((size_t)count + 1, sizeof *affected);
    operation_read(server->operation);
    const struct queue_state *state = operation_queue(server->operation, stream);
    for (uint32_t i = 0; affected && state && i < count; i++) {
        struct place_view view;
        if (!queue_place(state, changes[i].place, &view)) {
            affected[i].number = view.number;
            plain_copy(affected[i].category, COMMAND_NAME_SIZE, view.category);
        }
    }
    operation_read_end(server->operation);
    return affected;
}

static enum zhol_error write_affected(struct request *request, struct json_writer *json,
                                      const char *stream, const struct change *changes,
                                      uint32_t count)
{
    struct affected *affected = read_affected(request->server, stream, changes, count);
    if (!affected) {
        return ZHOL_ERROR_MEMORY;
    }
    json_write_key(json, "affected");
    json_write_array(json);
    for (uint32_t i = 0; i < count; i++) {
        json_write_object(json);
        json_member_opaque(json, "place", changes[i].place);
        json_member_uint(json, "number", affected[i].number);
        json_member_text(json, "category", affected[i].category);
        json_member_instant(json, "old_slot", changes[i].old_slot_s);
        json_member_instant(json, "new_slot", changes[i].slot_s);
        json_member_text(json, "state", place_state_name((enum place_state)changes[i].state));
        json_write_object_end(json);
    }
    json_write_array_end(json);
    free(affected);
    return json->out->error;
}

static enum handled moved(struct request *request)
{
    struct entry entry;
    if (!outcome_read(request, &entry)) {
        return HANDLED;
    }
    enum handled handled;
    if (entry.result.refusal) {
        handled = outcome_refused(request, &entry);
    } else {
        struct json_writer *json = reply_object(request, 200);
        json_member_bool(json, "preview", false);
        write_affected(request, json, entry.stream, entry.result.changes,
                       entry.result.change_count);
        if (*entry.result.rule) {
            json_member_text(json, "rule", entry.result.rule);
        }
        outcome_write_receipt(request, json, &entry);
        handled = reply_end(request);
    }
    entry_clear(&entry);
    return handled;
}

static enum handled preview(struct request *request, struct command *command)
{
    struct operation *operation = request->server->operation;
    struct change *changes = NULL;
    uint32_t count = 0;
    command->time_s = request->now_s;
    operation_read(operation);
    const struct queue_state *state = operation_queue(operation, command->stream);
    enum zhol_error error =
        state ? queue_preview(state, command, &changes, &count) : ZHOL_ERROR_UNKNOWN;
    operation_read_end(operation);
    if (error) {
        return reply_error(request, error,
                           "the change cannot be tried: no slot lies in that time, or it is over");
    }
    struct json_writer *json = reply_object(request, 200);
    json_member_bool(json, "preview", true);
    write_affected(request, json, command->stream, changes, count);
    free(changes);
    return reply_end(request);
}

static enum handled try_or_do(struct request *request, struct command *command)
{
    /* Without an end: until further notice. */
    if (command->until_s && command->until_s <= command->from_s) {
        return problem_reply(request, &(struct problem){.status = 422,
                                                        .code = "invalid",
                                                        .field = "until",
                                                        .detail = "must be after \"from\""});
    }
    if (!outcome_aim_queue(request, command, request_text(request, "queue"))) {
        return HANDLED;
    }
    return body_bool(request, "preview") ? preview(request, command)
                                         : request_submit_pool(request, command, NULL, moved);
}

enum handled handle_post_capacity(struct request *request)
{
    bool percent = json_object_get(request->body, "percent") != NULL;
    bool count = json_object_get(request->body, "count") != NULL;
    struct command command = {.kind = COMMAND_capacity_set,
                              .from_s = body_instant(request, "from", 0),
                              .until_s = body_instant(request, "until", 0),
                              .amount = body_int(request, percent ? "percent" : "count", 0),
                              .note = text_view_of(body_text(request, "note"))};
    if (percent == count) {
        return problem_reply(request, &(struct problem){.status = 422,
                                                        .code = "invalid",
                                                        .field = "percent",
                                                        .detail = "either percent or count must "
                                                                  "be given"});
    }
    if (command.amount > (percent ? 1000 : 1000000000)) {
        return problem_reply(
            request,
            &(struct problem){.status = 422,
                              .code = "invalid",
                              .field = percent ? "percent" : "count",
                              .detail = percent ? "must be 0 to 1000" : "must be 0 to 1000000000"});
    }
    plain_copy(command.unit, sizeof command.unit, percent ? "percent" : "count");
    return try_or_do(request, &command);
}

enum handled handle_post_close(struct request *request)
{
    struct command command = {.kind = COMMAND_close,
                              .from_s = body_instant(request, "from", 0),
                              .until_s = body_instant(request, "until", 0),
                              .note = text_view_of(body_text(request, "note"))};
    return try_or_do(request, &command);
}

enum handled handle_post_reopen(struct request *request)
{
    struct command command = {.kind = COMMAND_reopen,
                              .note = text_view_of(body_text(request, "note"))};
    if (!outcome_aim_queue(request, &command, request_text(request, "queue"))) {
        return HANDLED;
    }
    return request_submit(request, &command, NULL, outcome_reply);
}

/* ---- The report ---- */

enum step {
    STEP_BOOKED_CALLED,
    STEP_ARRIVED_CALLED,
    STEP_CALLED_ENTERED,
    STEP_ENTERED_ENDED,
    STEP_COUNT
};

static int64_t step_s(const struct place_view *view, enum step step)
{
    const int64_t from[] = {view->booked_s, view->arrived_s, view->called_s, view->entered_s};
    const int64_t to[] = {view->called_s, view->called_s, view->entered_s, view->ended_s};
    return from[step] && to[step] && to[step] >= from[step] ? to[step] - from[step] : -1;
}

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void write_wait(struct json_writer *json, const char *key, int64_t *list, uint32_t count)
{
    double sum = 0;
    qsort(list, count, sizeof *list, by_value);
    for (uint32_t i = 0; i < count; i++) {
        sum += (double)list[i];
    }
    json_write_key(json, key);
    json_write_object(json);
    json_member_uint(json, "count", count);
    const char *const names[] = {"mean_h", "p50_h", "p90_h"};
    for (int i = 0; i < 3; i++) {
        json_write_key(json, names[i]);
        if (count == 0) {
            json_write_null(json);
        } else {
            uint32_t at = i == 1 ? (count - 1) / 2 : (uint32_t)((count - 1) * 0.9);
            json_write_fixed(json, (i ? (double)list[at] : sum / count) / TIME_HOUR_S, 2);
        }
    }
    json_write_object_end(json);
}

struct reporting {
    const struct place_rows *rows;
    int64_t since_s;
    int64_t *list; /* room for one wait of each place */
};

static bool counts(const struct reporting *reporting, const struct place_view *view)
{
    return view->ended_s >= reporting->since_s ||
           (view->ended_s == 0 && view->called_s >= reporting->since_s);
}

static void write_category(struct json_writer *json, const struct reporting *reporting,
                           const char *category)
{
    static const char *const names[] = {"booked_to_called", "arrived_to_called",
                                        "called_to_entered", "entered_to_ended"};
    uint32_t places = 0, no_shows = 0;
    json_write_object(json);
    json_member_text(json, "id", category);
    for (uint32_t i = 0; i < reporting->rows->count; i++) {
        const struct place_view *view = &reporting->rows->rows[i].view;
        if (counts(reporting, view) && strcmp(view->category, category) == 0) {
            places++;
            no_shows += view->state == PLACE_no_show;
        }
    }
    json_member_uint(json, "places", places);
    json_member_uint(json, "no_shows", no_shows);
    for (unsigned step = 0; step < STEP_COUNT; step++) {
        uint32_t count = 0;
        for (uint32_t i = 0; i < reporting->rows->count; i++) {
            const struct place_view *view = &reporting->rows->rows[i].view;
            int64_t wait_s = step_s(view, (enum step)step);
            if (wait_s >= 0 && counts(reporting, view) && strcmp(view->category, category) == 0) {
                reporting->list[count++] = wait_s;
            }
        }
        write_wait(json, names[step], reporting->list, count);
    }
    json_write_object_end(json);
}

struct by_carrier {
    uint64_t carrier;
    uint32_t places, no_shows;
};

static int by_no_shows(const void *a, const void *b)
{
    const struct by_carrier *x = a, *y = b;
    if (x->no_shows != y->no_shows) {
        return x->no_shows < y->no_shows ? 1 : -1;
    }
    return (x->carrier > y->carrier) - (x->carrier < y->carrier);
}

static int by_id(const void *a, const void *b)
{
    uint64_t x = ((const struct by_carrier *)a)->carrier;
    uint64_t y = ((const struct by_carrier *)b)->carrier;
    return (x > y) - (x < y);
}

/* The twenty carriers with the most no-shows. */
static void write_carriers(struct json_writer *json, const struct reporting *reporting)
{
    enum { SHOWN = 20 };
    uint32_t count = 0, kept = 0;
    struct by_carrier *list = calloc((size_t)reporting->rows->count + 1, sizeof *list);
    for (uint32_t i = 0; list && i < reporting->rows->count; i++) {
        const struct place_view *view = &reporting->rows->rows[i].view;
        if (counts(reporting, view)) {
            list[count++] = (struct by_carrier){view->carrier, 1, view->state == PLACE_no_show};
        }
    }
    if (count) {
        qsort(list, count, sizeof *list, by_id);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (kept && list[kept - 1].carrier == list[i].carrier) {
            list[kept - 1].places += list[i].places;
            list[kept - 1].no_shows += list[i].no_shows;
        } else {
            list[kept++] = list[i];
        }
    }
    if (kept) {
        qsort(list, kept, sizeof *list, by_no_shows);
    }
    json_write_key(json, "late_by_carrier");
    json_write_array(json);
    for (uint32_t i = 0; i < kept && i < SHOWN && list[i].no_shows; i++) {
        json_write_object(json);
        json_member_opaque(json, "carrier", list[i].carrier);
        json_member_uint(json, "places", list[i].places);
        json_member_uint(json, "no_shows", list[i].no_shows);
        json_write_object_end(json);
    }
    json_write_array_end(json);
    free(list);
}

static void write_report(struct request *request, struct json_writer *json,
                         const struct reporting *reporting, const char *queue, int64_t days)
{
    uint32_t places = 0, no_shows = 0, late = 0;
    const struct place_rows *rows = reporting->rows;
    for (uint32_t i = 0; i < rows->count; i++) {
        const struct place_view *view = &rows->rows[i].view;
        bool counted = counts(reporting, view);
        places += counted;
        no_shows += counted && view->state == PLACE_no_show;
        late += counted && view->slot_end_s && view->arrived_s > view->slot_end_s;
    }
    json_member_text(json, "queue", queue);
    json_member_int(json, "days", days);
    json_member_uint(json, "places", places);
    json_member_uint(json, "no_shows", no_shows);
    json_member_uint(json, "late", late);
    json_write_key(json, "categories");
    json_write_array(json);
    for (uint32_t i = 0; i < rows->count; i++) {
        bool first = true;
        for (uint32_t k = 0; k < i && first; k++) {
            first = strcmp(rows->rows[k].category, rows->rows[i].category) != 0;
        }
        if (first) {
            write_category(json, reporting, rows->rows[i].category);
        }
    }
    json_write_array_end(json);
    write_carriers(json, reporting);
    (void)request;
}

enum handled handle_get_officer_report(struct request *request)
{
    const char *queue = request_text(request, "queue");
    struct catalog_queue about;
    struct place_rows rows = {.limit = REPORT_PLACES};
    int64_t days = request_int(request, "days", 7);
    if (!catalog_queue(request->server->corridor, queue, catalog_day(request->now_s), &about)) {
        return reply_problem(request, 404, "unknown_queue", "there is no such queue");
    }
    if (!access_checkpoint(request, about.checkpoint)) {
        return reply_problem(request, 403, "not_yours", "the queue is of another checkpoint");
    }
    if (days < 1 || days > REPORT_DAYS_MAX) {
        return reply_problem(request, 400, "parameter", "days must be 1 to 366");
    }
    enum zhol_error error =
        place_rows_read(request->server, about.checkpoint, queue, STATES_ALL, &rows);
    struct reporting reporting = {.rows = &rows,
                                  .since_s = request->now_s - days * TIME_DAY_S,
                                  .list = calloc((size_t)rows.count + 1, sizeof(int64_t))};
    enum handled handled;
    if (error || !reporting.list) {
        handled = reply_error(request, error ? error : ZHOL_ERROR_MEMORY, "no report");
    } else {
        write_report(request, reply_object(request, 200), &reporting, queue, days);
        handled = reply_end(request);
    }
    free(reporting.list);
    place_rows_clear(&rows);
    return handled;
}
