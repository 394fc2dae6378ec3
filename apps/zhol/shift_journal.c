/* shift_journal.c: who has booked and who waits, from a journal as it stood when the day began. See
 * shift_ask.h. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "operated.h"
/* the journal's words first, see journal.h */
#define command journal_command
#define given   journal_given
#include "operate/audit_source.h"
#include "operate/queue.h"
#undef command
#undef given
#include "shift_ask.h"

struct reading {
    struct shift_asked *asked;
    struct store *store;
    FILE *file;
    struct audit_source source;
    struct entry entry;
    int64_t last_s; /* of the entries applied to the stream at hand */
    bool found;
};

static bool count_slot(void *context, const struct slot_view *slot)
{
    struct shift_asked *asked = context;
    int64_t hour = (slot->start_s - asked->start_s) / TIME_HOUR_S;
    if (slot->start_s >= asked->start_s && hour < SHIFT_HOURS) {
        asked->view.day.arrivals[hour] += slot->taken;
    }
    return true;
}

/* Those who have arrived or were called wait; who is booked comes in the hour of the slot. */
static void count_queue(struct reading *reading, const struct queue_state *state,
                        const struct queue_view *queue)
{
    struct shift_view *view = &reading->asked->view;
    char text[ANSWER_TEXT];
    int64_t oldest_s = 0;
    page_local(reading->asked->page, reading->asked->row, reading->last_s, text);
    snprintf(view->as_of, sizeof view->as_of, "%.16s", text);
    for (uint32_t c = 0; c < queue->category_count; c++) {
        const struct category_count *category = &queue->categories[c];
        view->day.waiting += category->by_state[PLACE_arrived] + category->by_state[PLACE_called];
        if (category->oldest_arrived_s && (!oldest_s || category->oldest_arrived_s < oldest_s)) {
            oldest_s = category->oldest_arrived_s;
        }
    }
    view->oldest_h = oldest_s ? (double)(reading->asked->start_s - oldest_s) / TIME_HOUR_S : NAN;
    queue_slots(state, queue->queue, reading->asked->start_s, reading->asked->start_s + TIME_DAY_S,
                count_slot, reading->asked);
    reading->found = true;
}

/* Applies the entries of one checkpoint that were there when the day began. */
static enum zhol_error fold(struct reading *reading, uint32_t stream, struct queue_state *state,
                            struct zhol_report *report)
{
    struct audit_item item;
    enum zhol_error error;
    while (!(error = audit_pull(&reading->source, stream, &item))) {
        struct result result;
        error = entry_read_next(item.bytes, &reading->entry, report);
        if (error || reading->entry.journal_command.time_s >= reading->asked->start_s) {
            return error;
        }
        reading->last_s = reading->entry.journal_command.time_s;
        memcpy(reading->entry.journal_command.stream, reading->entry.stream,
               sizeof reading->entry.stream);
        memset(&result, 0, sizeof result);
        error = queue_apply(state, &reading->entry.journal_command, &reading->entry.journal_given,
                            &result);
        if (error) {
            return error;
        }
    }
    return error == ZHOL_ERROR_UNKNOWN ? ZHOL_ERROR_OK : error;
}

static enum zhol_error read_stream(struct reading *reading, uint32_t stream,
                                   struct zhol_report *report)
{
    const char *wanted = page_queue_id(reading->asked->page, reading->asked->row);
    struct queue_state *state;
    enum zhol_error error = queue_new(reading->source.streams[stream].name, &state);
    if (error) {
        return error;
    }
    error = fold(reading, stream, state, report);
    for (uint32_t q = 0; q < queue_count(state) && !error; q++) {
        struct queue_view queue;
        queue_view(state, q, &queue);
        if (strcmp(queue.queue, wanted) == 0) {
            count_queue(reading, state, &queue);
        }
    }
    queue_free(state);
    return error;
}

static int open_source(struct reading *reading, struct zhol_report *report)
{
    const struct given *given = reading->asked->page->given;
    const char *path = given_value(given, "journal");
    enum zhol_error error;
    if (path) {
        reading->file = fopen(path, "rb");
        error = reading->file ? audit_source_file(reading->file, path, report, &reading->source)
                              : ZHOL_ERROR_IO;
    } else {
        struct store_options options = {.read_only = true, .must_exist = true};
        int code = operated_open(given, &options, &reading->store);
        if (code != EXIT_FINE) {
            return code;
        }
        error = audit_source_store(reading->store, &reading->source);
    }
    if (error) {
        operated_findings(given, report);
        return fail(given, operated_code(error), "%s: %s",
                    path ? path : given_value(given, "store"), operated_error(given, error));
    }
    return EXIT_FINE;
}

static int read_all(struct reading *reading, struct zhol_report *report)
{
    const struct page *page = reading->asked->page;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < reading->source.count && !error; i++) {
        if (strcmp(reading->source.streams[i].name, "registry") != 0) {
            error = read_stream(reading, i, report);
        }
    }
    if (error) {
        operated_findings(page->given, report);
        return fail(page->given, operated_code(error),
                    page_ru(page) ? "журнал нельзя прочесть: %s" : "the journal cannot be read: %s",
                    operated_error(page->given, error));
    }
    if (!reading->found) {
        return fail(page->given, EXIT_NO_ANSWER,
                    page_ru(page) ? "в журнале к началу дня нет очереди %s"
                                  : "the journal had no queue %s when the day began",
                    page_queue_id(page, reading->asked->row));
    }
    return EXIT_FINE;
}

int shift_arrivals_journal(struct shift_asked *asked, bool *found)
{
    const struct given *given = asked->page->given;
    struct reading reading = {.asked = asked};
    struct zhol_report report;
    *found = given_value(given, "store") || given_value(given, "journal");
    if (!*found) {
        return EXIT_FINE;
    }
    asked->view.origin = SHIFT_JOURNAL;
    zhol_report_init(&report, 20);
    int code = open_source(&reading, &report);
    code = code == EXIT_FINE ? read_all(&reading, &report) : code;
    audit_source_clear(&reading.source);
    entry_clear(&reading.entry);
    store_close(reading.store);
    if (reading.file) {
        fclose(reading.file);
    }
    zhol_report_clear(&report);
    return code;
}
