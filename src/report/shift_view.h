/* report/shift_view.h: a shift at a checkpoint as people and programs read it.
 *
 * A view is filled in by the command (apps/zhol/shift_ask.h) from the corridor, the journal and
 * what the shift says; the arithmetic is that of desk/shift.h. The forms here only write: a table
 * of 80 columns, JSON, CSV (the hours), XLSX (all tables), and one page of HTML for A4 in black and
 * white. The sentences (shift_say) are the same in the table and on the page.
 *
 * Ownership: the caller owns the view and all it points to. Errors: those of the buffer; XLSX also
 * those of report/workbook.h.
 */
#ifndef ZHOL_REPORT_SHIFT_VIEW_H
#define ZHOL_REPORT_SHIFT_VIEW_H

#include <stdbool.h>

#include "base/buffer.h"
#include "desk/shift.h"
#include "report/words.h"

/* Where the arrivals come from. */
enum shift_origin { SHIFT_JOURNAL, SHIFT_LIST, SHIFT_OBSERVED, SHIFT_DEMAND };

enum { SHIFT_CUT_ROWS = 6, SHIFT_NAME = 96 };

struct shift_cut_row {
    int64_t target; /* days; 0: the row is a limit that was asked for */
    int64_t limit;
    int64_t days, days_low, days_high; /* at the accepted figure, at its low and high end */
};
struct shift_cut_view {
    bool known, measured; /* measured: from published figures, not said by the shift */
    uint32_t measured_days;
    int64_t planned, accepted, low, high; /* vehicles a day */
    int64_t waiting, buffer, over;
    struct shift_cut_row rows[SHIFT_CUT_ROWS];
    uint32_t row_count, chosen;
};
struct shift_xray_view {
    bool down;
    uint32_t from, to; /* hours of the day */
    double units, per_hour, share, by_hand;
    double lost, lost_low, lost_high; /* of the day; at half and at double the share */
    double planned;
};
struct shift_missing {
    const char *vehicle;
    char slot[24];
    bool late; /* data came, but less than two hours before */
};
struct shift_point {
    char name[SHIFT_NAME];
    double km, drive_h;
    double limit_day; /* what both sides take there on the day */
    bool known;
    char p50[24], p90[24];
};
struct shift_view {
    enum report_lang lang;
    const char *corridor, *corridor_id, *queue_id, *queue_name;
    char date[16], next_date[16];
    enum shift_origin origin;
    char as_of[24];       /* of the journal: its last entry before the day, local time */
    uint32_t origin_days; /* of published figures; of the demand: its year */
    double arrivals_low, arrivals_high; /* of the day, where the origin is the demand; else NaN */
    double lanes, lane_min;             /* at work; minutes a vehicle */
    struct shift_day day;
    struct shift_flow flow;
    double oldest_h; /* of those that wait; NaN: not known */
    struct shift_xray_view xray;
    struct shift_cut_view cut;
    int64_t limit, limit_plan; /* of tomorrow: to open, and as both sides planned */
    struct shift_slots slots;
    const char *categories[SHIFT_CATEGORIES], *category_ids[SHIFT_CATEGORIES];
    bool shared[SHIFT_CATEGORIES]; /* has a share of its own */
    uint32_t category_count;
    bool declared; /* the list says what was declared */
    uint32_t expected;
    const struct shift_missing *missing;
    uint32_t missing_count;
    const struct shift_point *points;
    uint32_t point_count;
};

enum shift_part {
    SHIFT_SAY_ARRIVALS,
    SHIFT_SAY_BINDING,
    SHIFT_SAY_XRAY,
    SHIFT_SAY_CUT,
    SHIFT_SAY_SLOTS,
    SHIFT_SAY_MISSING,
    SHIFT_SAY_DIVERT,
    SHIFT_PARTS
};
/* One paragraph; nothing where there is nothing to say. */
void shift_say(const struct shift_view *view, enum shift_part part, struct buffer *out);
/* "The hours", "The slots of tomorrow" ... */
const char *shift_title(const struct shift_view *view, enum shift_part part);
/* "other side", "own limit", "lanes", "X-ray" in the view's language; their ids for programs. */
const char *shift_resource_name(const struct shift_view *view, enum shift_resource resource);
const char *shift_resource_id(enum shift_resource resource);
/* The resource that binds in an hour, or that not both sides are open. */
const char *shift_binds_name(const struct shift_view *view, uint32_t hour);
const char *shift_binds_id(const struct shift_view *view, uint32_t hour);
const char *shift_origin_id(enum shift_origin origin);
/* "20", or "never". */
void shift_put_days(const struct shift_view *view, int64_t days, struct buffer *out);
static inline const char *shift_in(const struct shift_view *view, const char *en, const char *ru)
{
    return view->lang == REPORT_RU ? ru : en;
}

void shift_table(const struct shift_view *view, struct buffer *out);
void shift_json(const struct shift_view *view, struct buffer *out);
void shift_csv(const struct shift_view *view, struct buffer *out);
enum zhol_error shift_xlsx(const struct shift_view *view, struct buffer *out);
void shift_html(const struct shift_view *view, struct buffer *out);

#endif
