/* report/simulate_view.h: names and figures of a simulation as people read them; what all its
 * writers share.
 *
 * The writers are simulate_{table,json,csv,xlsx,svg,html}.c. Each reads an answer
 * (desk/simulate_answer.h) and appends to a buffer, which carries the error of a full memory. */
#ifndef ZHOL_REPORT_SIMULATE_VIEW_H
#define ZHOL_REPORT_SIMULATE_VIEW_H

#include "base/buffer.h"
#include "base/table_out.h"
#include "desk/simulate_answer.h"
#include "report/simulate_words.h"

struct simulate_view {
    const struct answer *answer;
    enum report_lang lang;
    enum group_kind by;         /* which groups the table lists */
    uint32_t limit;             /* lines a table at most */
    const char *head;           /* corridor, day and scenario in a line */
    const char *state_file;     /* name to print; NULL: none */
    const char *list_file;      /* the same */
    const char *other_scenario; /* of the second study */
    const char *without;        /* the option that an interrupt kept from being finished, or NULL */
    bool worth, borders;        /* were asked for */
};

/* The text of a word in the view's language. */
const char *view_word(const struct simulate_view *view, enum sim_word word);
/* Decimals behind a whole of a thousand (kt, thousand USD): `usual`, or two more where all freight
 * together is below 1 kt a day, as of a list of a few boxes. */
unsigned view_decimals(const struct simulate_view *view, unsigned usual);
/* A cell with a number: "-" for NaN, "later" for INFINITY. */
void view_number(const struct simulate_view *view, struct table_out *table, double value,
                 unsigned decimals);
/* Lines with which view_head says that an interrupt kept something from being run; 0: none did. */
unsigned view_interrupted(const struct simulate_view *view);
/* Name of a place of the corridor; "" for ZHOL_NONE. */
const char *view_node(const struct simulate_view *view, uint32_t node);
/* "Dostyk > Alashankou", "Xi'an > Duisburg", "All freight" ... */
void view_group(const struct simulate_view *view, const struct group *group, struct buffer *out);
/* "Dostyk: entry control, to Alashankou" */
void view_place(const struct simulate_view *view, const struct zhol_simulate_place *place,
                struct buffer *out);
/* "Dostyk, rail, in" */
void view_border(const struct simulate_view *view, const struct border_stay *stay,
                 struct buffer *out);
/* "Xi'an > Almaty, Electronics" */
void view_consignment(const struct simulate_view *view, const struct listed_consignment *c,
                      struct buffer *out);
/* "; +1 a day, trains": what one more of the place is (of a slot in the unit of its capacity). */
void view_one_more(const struct simulate_view *view, const struct zhol_simulate_place *place,
                   struct buffer *out);
/* What a place counts a day: of a capacity the unit of its resource, else vehicles of the model,
 * loads of mixed trains and (at sea) lots among them. */
const char *view_unit(const struct simulate_view *view, const struct zhol_simulate_place *place);
/* Of that unit in one vehicle of the model, on average. */
double view_scale(const struct simulate_view *view, const struct zhol_simulate_place *place);
/* What it can pass a day, in that unit; NaN where it is not known, or of ships where lots pass. */
double view_nameplate(const struct simulate_view *view, const struct zhol_simulate_place *place);
/* What passes a day, in that unit. */
struct zhol_simulate_value view_passed(const struct simulate_view *view,
                                       const struct answer_place *place);
/* The kind of a place of the model as JSON says it. */
const char *view_place_kind(unsigned kind);
/* The groups of a kind: [*first, *last) of answer->list. */
void view_groups(const struct simulate_view *view, enum group_kind kind, uint32_t *first,
                 uint32_t *last);
/* True where the mean queue is worth a line. */
bool view_is_waited_at(const struct answer_place *place);
/* Sentences that stand above and below every answer: what was run, on what it rests. Each is one
 * line of `out`, ended by a newline. */
void view_head(const struct simulate_view *view, struct buffer *out);
void view_notes(const struct simulate_view *view, struct buffer *out);
/* False for a disruption that is over before the simulated time (warm-up and measured days), or
 * begins after it. */
bool view_disruption_acts(const struct simulate_view *view, const struct state_disruption *d);
/* "2026-02-14" of days from the start; "later" for INFINITY. */
void view_day(const struct simulate_view *view, double days, struct buffer *out);

/* ---- Writers ---- */

void simulate_write_table(const struct simulate_view *view, struct buffer *out);
struct json_writer;
/* Members of an object that is open. */
void simulate_write_json(const struct simulate_view *view, struct json_writer *json);
/* Parts of the two above: hours at the borders. */
void simulate_borders_table(const struct simulate_view *view, struct buffer *out);
void simulate_borders_json(const struct simulate_view *view, struct json_writer *json);
/* The same of the consignments of a list. */
void simulate_listed_table(const struct simulate_view *view, struct buffer *out);
void simulate_listed_json(const struct simulate_view *view, struct json_writer *json);
/* A line a figure: part, name, measure, unit, value, half95; those of part `about` say what was
 * run. */
void simulate_write_csv(const struct simulate_view *view, struct buffer *out);
/* Queues over time, and times by step. */
void simulate_write_svg(const struct simulate_view *view, struct buffer *out);
/* One page: plots and tables. `head`: what the answer is about. */
void simulate_write_html(const struct simulate_view *view, const char *head, struct buffer *out);
/* A workbook: about, times, causes, places, queues, and what else was asked for. Errors: of
 * report/workbook.h. */
enum zhol_error simulate_write_xlsx(const struct simulate_view *view, struct buffer *out);

#endif
