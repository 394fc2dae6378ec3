/* report/dispatch_view.h: a dispatcher's plan worked out for people, and its forms.
 *
 * Call order: fill a struct dispatch_view (it owns nothing), then any writer. Writers append to a
 * buffer, which carries the error of a full memory.
 */
#ifndef ZHOL_REPORT_DISPATCH_VIEW_H
#define ZHOL_REPORT_DISPATCH_VIEW_H

#include "base/buffer.h"
#include "desk/dispatch_joint.h"
#include "report/dispatch_words.h"

struct dispatch_view {
    const struct dispatch_joint *joint;
    enum report_lang lang;
    const struct zhol_dispatch_remedy *remedies;
    uint32_t remedy_count;
    bool has_remedies;       /* they were asked for */
    const uint32_t *changed; /* after a re-planning */
    uint32_t changed_count, changed_least;
    bool replanned, fewest;
};

/* A table for a terminal, 80 columns. */
void dispatch_table(const struct dispatch_view *view, struct buffer *out);
/* Track by time, for print in black and white. */
void dispatch_svg(const struct dispatch_view *view, struct buffer *out);
/* A page to print, A4 across. */
void dispatch_html(const struct dispatch_view *view, struct buffer *out);
/* One row a unit: the plan as data. */
void dispatch_csv(const struct dispatch_view *view, struct buffer *out);
/* The joint plan as JSON (desk/dispatch_joint.h), with what would help. */
void dispatch_json(const struct dispatch_view *view, struct buffer *out);
/* Sheets: units, trains, formed, pushed, stock. */
enum zhol_error dispatch_xlsx(const struct dispatch_view *view, struct buffer *out);

/* ---- What the writers share ---- */

const char *dispatch_lang_code(const struct dispatch_view *view);
/* "08:30", "03:10+1" on the day after, "-" for never. */
void dispatch_put_clock(const struct dispatch_view *view, int32_t minute, struct buffer *out);
/* Numbers of the formed trains into which a train goes: "3, 4y". */
void dispatch_put_into(const struct dispatch_view *view, uint32_t train, struct buffer *out);
/* Names of the trains of which a formed train is made. */
void dispatch_put_made_of(const struct dispatch_view *view, uint32_t formed, struct buffer *out);
/* 40-foot boxes (pairs of 20-foot ones counted as one) of a formed train; wagons where it has no
 * boxes. */
double dispatch_load_of(const struct dispatch_view *view, uint32_t formed);
/* The name of a row; "-" for none. */
const char *dispatch_row_name(const struct dispatch_view *view, const struct dispatch_label *labels,
                              uint32_t row);
/* The latest lateness of a train's units, minutes. */
int32_t dispatch_late_min(const struct dispatch_view *view, uint32_t train);
/* How many units of a train do not leave, and how many it has; *cause is that of the first. */
uint32_t dispatch_units_pushed(const struct dispatch_view *view, uint32_t train, uint32_t *of,
                               enum zhol_dispatch_cause *cause);
/* The country of a side in the language, by its gauge. */
const char *dispatch_side_name(const struct dispatch_view *view, enum zhol_dispatch_gauge gauge);
/* Trains in order of acceptance, then readiness; `order` has room for all. */
void dispatch_order(const struct dispatch_view *view, uint32_t *order);

struct dispatch_stock_need {
    uint32_t start, used, back, missing;
    int64_t lowest; /* level */
    int32_t lowest_min;
};
/* What a plan takes of a stock row and when it is lowest. `missing`: pieces that pushed units would
 * have needed. ZHOL_ERROR_MEMORY. */
enum zhol_error dispatch_stock_need(const struct dispatch_view *view, uint32_t stock,
                                    struct dispatch_stock_need *need);

struct dispatch_locomotive_need {
    uint32_t count, trips, at_once;
    int32_t at_once_min;
};
void dispatch_locomotive_need(const struct dispatch_view *view, enum zhol_dispatch_move move,
                              enum zhol_dispatch_gauge gauge,
                              struct dispatch_locomotive_need *need);

/* "A702 08:30+2, A503 11:00+2": trains of which a group stands in the yard until its storage costs,
 * and from when; empty where there is none. */
void dispatch_put_storage(const struct dispatch_view *view, struct buffer *out);

/* Why a train is pushed: the cause, and where it is a ban the rules of those that name the train;
 * dispatch_put_bans tells more of these. */
void dispatch_put_why(const struct dispatch_view *view, uint32_t train,
                      enum zhol_dispatch_cause cause, struct buffer *out);
/* The name of a ban's rule, its id and source. */
void dispatch_put_ban(const struct dispatch_view *view, uint32_t ban, struct buffer *out);
/* A sentence for each ban that falls on the day and each train that waits since before it. */
void dispatch_put_bans(const struct dispatch_view *view, struct buffer *out);

/* Sentences of the head, one a line: title, clock, counts, bound, sides. */
void dispatch_put_head(const struct dispatch_view *view, struct buffer *out);
void dispatch_put_title(const struct dispatch_view *view, struct buffer *out);
void dispatch_put_remedy(const struct dispatch_view *view, uint32_t remedy, struct buffer *out);
void dispatch_put_saves(const struct dispatch_view *view, uint32_t remedy, struct buffer *out);
/* "Rests on 182 figures ..." */
void dispatch_put_basis(const struct dispatch_view *view, struct buffer *out);

#endif
