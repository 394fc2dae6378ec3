/* queue_slots.c: slots and windows from the days of a queue (queue_rules.h). */
#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/json.h"
#include "base/time.h"
#include "desk/queue_rules.h"

/* Whole vehicles that pass before an instant: of what is cut a hair below a whole, the whole. */
static int64_t whole_before(const struct queue_day *day, int64_t at_s, double share)
{
    return (int64_t)floor(queue_day_before(day, at_s) * share + 1e-6);
}

struct slots {
    const struct zhol_corridor *corridor;
    struct json_writer *json;
    uint32_t categories[QUEUE_CATEGORIES];
    uint32_t category_count;
};

static void write_shares(const struct slots *slots, const struct queue_day *day, int64_t start_s,
                         int64_t end_s)
{
    uint32_t total;
    const struct zhol_queue_category *rows = zhol_corridor_queue_category(slots->corridor, &total);
    bool any = false;
    for (uint32_t i = 0; i < slots->category_count; i++) {
        const struct zhol_queue_category *row = &rows[slots->categories[i]];
        if (!(row->share_max_pct < 100)) {
            continue;
        }
        if (!any) {
            json_write_key(slots->json, "shares");
            json_write_object(slots->json);
            any = true;
        }
        double share = row->share_max_pct / 100;
        json_member_int(slots->json, zhol_corridor_text(slots->corridor, row->category),
                        whole_before(day, end_s, share) - whole_before(day, start_s, share));
    }
    if (any) {
        json_write_object_end(slots->json);
    }
}

/* The next cut after `at_s`: a multiple of `length_s` from the day's begin, or the span's end. */
static int64_t next_cut(const struct queue_day *day, uint32_t span, int64_t at_s, int64_t length_s)
{
    int64_t cut_s = day->from_s + ((at_s - day->from_s) / length_s + 1) * length_s;
    return cut_s < day->close_s[span] ? cut_s : day->close_s[span];
}

static void write_day(const struct slots *slots, const struct queue_day *day, int64_t length_s,
                      int64_t from_s, int64_t until_s)
{
    for (uint32_t span = 0; span < day->span_count; span++) {
        int64_t end_s;
        for (int64_t at_s = day->open_s[span]; at_s < day->close_s[span]; at_s = end_s) {
            end_s = next_cut(day, span, at_s, length_s);
            int64_t capacity = whole_before(day, end_s, 1) - whole_before(day, at_s, 1);
            if (at_s < from_s || at_s >= until_s || capacity <= 0) {
                continue;
            }
            json_write_object(slots->json);
            json_member_int(slots->json, "start", at_s);
            json_member_int(slots->json, "end", end_s);
            json_member_int(slots->json, "capacity", capacity);
            write_shares(slots, day, at_s, end_s);
            json_write_object_end(slots->json);
        }
    }
}

enum zhol_error queue_slots_known(const struct zhol_corridor *corridor, const char *queue_id,
                                  int64_t from_s, int64_t until_s, int32_t known,
                                  struct zhol_report *report, struct buffer *json)
{
    uint32_t count, total;
    struct queue_day *days = NULL;
    struct json_writer writer;
    struct slots slots = {.corridor = corridor, .json = &writer};
    const struct zhol_queue *queues = zhol_corridor_queue(corridor, &total);
    enum zhol_error error = queue_days(corridor, queue_id, from_s, until_s, known, &days, &count);
    if (error) {
        if (error == ZHOL_ERROR_UNKNOWN) {
            zhol_report_add(report, &(struct zhol_finding){.severity = ZHOL_FAULT,
                                                           .code = error,
                                                           .column = "queue_id",
                                                           .value = queue_id,
                                                           .expected = "a queue of queue.csv"});
        }
        return error;
    }
    json_writer_init(&writer, json, false);
    json_write_object(&writer);
    json_write_key(&writer, "slots");
    json_write_array(&writer);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t row = days[i].queue_row;
        if (row != ZHOL_NONE && queues[row].slot_min > 0) {
            slots.category_count = queue_categories(corridor, row, days[i].day, slots.categories);
            write_day(&slots, &days[i], queues[row].slot_min * INT64_C(60), from_s, until_s);
        }
    }
    json_write_array_end(&writer);
    json_write_object_end(&writer);
    free(days);
    return json_writer_end(&writer);
}

enum zhol_error queue_slots_json(const struct zhol_corridor *corridor, const char *queue_id,
                                 int64_t from_s, int64_t until_s, struct zhol_report *report,
                                 struct buffer *json)
{
    return queue_slots_known(corridor, queue_id, from_s, until_s, ZHOL_BLANK_DATE, report, json);
}

/* ---- windows ---- */

struct window_list {
    struct eta_window *items;
    uint32_t count, capacity;
    int64_t from_s, until_s;
};

static enum zhol_error add_window(struct window_list *list, int64_t start_s, int64_t end_s,
                                  double vehicles)
{
    start_s = start_s < list->from_s ? list->from_s : start_s;
    end_s = end_s > list->until_s ? list->until_s : end_s;
    if (start_s >= end_s) {
        return ZHOL_ERROR_OK;
    }
    struct eta_window *last = list->count ? &list->items[list->count - 1] : NULL;
    if (last && vehicles == 0 && last->vehicles == 0) { /* one window a closed gap */
        last->end_s = end_s;
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = ARRAY_RESERVE(list->items, list->capacity, list->count + 1);
    if (!error) {
        list->items[list->count++] = (struct eta_window){start_s, end_s, vehicles};
    }
    return error;
}

static enum zhol_error day_windows(const struct queue_day *day, struct window_list *list)
{
    int64_t at_s = day->from_s;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t span = 0; span < day->span_count && !error; span++) {
        error = add_window(list, at_s, day->open_s[span], 0);
        at_s = day->open_s[span];
        while (at_s < day->close_s[span] && !error) {
            int64_t cut_s = next_cut(day, span, at_s, TIME_HOUR_S);
            int64_t from_s = at_s < list->from_s ? list->from_s : at_s;
            int64_t to_s = cut_s > list->until_s ? list->until_s : cut_s;
            double vehicles = day->vehicles * (double)(to_s - from_s) / (double)day->open_total_s;
            error = add_window(list, at_s, cut_s, vehicles);
            at_s = cut_s;
        }
    }
    return error ? error : add_window(list, at_s, day->to_s, 0);
}

enum zhol_error queue_windows_of(const struct zhol_corridor *corridor, const char *queue_id,
                                 int64_t from_s, int64_t until_s, struct eta_window **windows,
                                 uint32_t *count)
{
    uint32_t day_count;
    struct queue_day *days = NULL;
    struct window_list list = {.from_s = from_s, .until_s = until_s};
    enum zhol_error error =
        queue_days(corridor, queue_id, from_s, until_s, ZHOL_BLANK_DATE, &days, &day_count);
    *windows = NULL;
    *count = 0;
    for (uint32_t i = 0; i < day_count && !error; i++) {
        error = day_windows(&days[i], &list);
    }
    free(days);
    if (error) {
        free(list.items);
        return error;
    }
    *windows = list.items;
    *count = list.count;
    return ZHOL_ERROR_OK;
}
