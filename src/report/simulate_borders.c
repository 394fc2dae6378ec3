/* simulate_borders.c: hours at the borders beside published ones, as table, JSON and rows. See
 * simulate_view.h. */
#include <math.h>

#include "base/json.h"
#include "base/time.h"
#include "report/format.h"
#include "report/lines.h"
#include "report/simulate_view.h"

static const struct zhol_observation *row_of(const struct simulate_view *view,
                                             const struct border_stay *stay)
{
    uint32_t count;
    const struct zhol_observation *rows =
        zhol_corridor_observation(view->answer->study->corridor, &count);
    return stay->published == ZHOL_NONE ? NULL : &rows[stay->published];
}

/* "Dostyk, rail, in" */
void view_border(const struct simulate_view *view, const struct border_stay *stay,
                 struct buffer *out)
{
    static const enum sim_word ways[BORDER_WAYS] = {SIM_WAY_IN, SIM_WAY_OUT, SIM_WAY_BOTH};
    buffer_string(out, stay->node == ZHOL_NONE ? report_country(stay->country, view->lang)
                                               : view_node(view, stay->node));
    if (stay->also != ZHOL_NONE) {
        buffer_printf(out, " + %s", view_node(view, stay->also));
    }
    buffer_printf(out, ", %s, %s", report_mode(stay->mode, view->lang),
                  view_word(view, ways[stay->way]));
}

/* ---- Table ---- */

/* Times of the model may derive from the figure, or were chosen in view of it. */
static bool rests_on(const struct zhol_observation *row)
{
    return row->role == zhol_role_INPUT || row->role == zhol_role_CALIBRATION;
}

/* "*69.7 (2023)" */
static void published(const struct simulate_view *view, struct table_out *table,
                      const struct border_stay *stay)
{
    const struct zhol_observation *row = row_of(view, stay);
    struct buffer text;
    buffer_init(&text);
    if (row) {
        buffer_string(&text, rests_on(row) ? "*" : "");
        format_number(&text, row->value, 1, view->lang);
        buffer_printf(&text, " (%d)", (int)time_date_of(row->period_start).year);
    }
    table_out_text(table, row ? buffer_get(&text) : "-");
    table->error = table->error ? table->error : text.error;
    buffer_clear(&text);
}

static void table_row(const struct simulate_view *view, struct table_out *table,
                      const struct border_stay *stay)
{
    struct buffer text;
    buffer_init(&text);
    view_border(view, stay, &text);
    table_out_text(table, buffer_get(&text));
    table->error = table->error ? table->error : text.error;
    view_number(view, table, stay->t_day / 1000, view_decimals(view, 1));
    view_number(view, table, stay->stay_h.mean, 1);
    view_number(view, table, stay->stay_h.half, 1);
    view_number(view, table, stay->work_h.mean, 1);
    view_number(view, table, stay->queue_h.mean, 1);
    view_number(view, table, stay->fill_h.mean, 1);
    view_number(view, table, stay->given_h.mean, 1);
    published(view, table, stay);
    buffer_clear(&text);
}

void simulate_borders_table(const struct simulate_view *view, struct buffer *out)
{
    static const enum sim_word heads[] = {SIM_KT_DAY,      SIM_HOURS_EACH, SIM_WITHIN,
                                          SIM_AT_WORK,     SIM_IN_QUEUE,   SIM_TO_FILL,
                                          SIM_GIVEN_DWELL, SIM_PUBLISHED};
    const struct borders *borders = &view->answer->borders;
    struct table_out table;
    uint32_t places = 0;
    buffer_printf(out, "\n%s\n", view_word(view, SIM_T_BORDERS));
    if (!borders->count) {
        lines_wrap(out, "", 0, view_word(view, SIM_NO_BORDERS));
        return;
    }
    table_out_init(&table, LINES_WIDTH);
    table_out_column(&table, view_word(view, SIM_PLACE), TABLE_WRAP);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        table_out_column(&table, view_word(view, heads[i]), TABLE_RIGHT);
    }
    for (uint32_t i = 0; i < borders->count; i++) {
        const struct border_stay *stay = &borders->items[i];
        bool place = stay->node != ZHOL_NONE && stay->also == ZHOL_NONE;
        places += place;
        if (!place || places <= view->limit || stay->published != ZHOL_NONE) {
            table_row(view, &table, stay);
        }
    }
    enum zhol_error error = table_out_print(&table, out);
    out->error = out->error ? out->error : error;
    table_out_clear(&table);
    lines_wrap(out, "", 0, view_word(view, SIM_BORDERS_NOTE));
}

/* ---- JSON ---- */

static void member(struct json_writer *json, const char *name, struct zhol_simulate_value value)
{
    json_write_key(json, name);
    json_write_object(json);
    json_member_real(json, "mean", value.mean);
    json_member_real(json, "half95", value.half);
    json_write_object_end(json);
}

static void published_json(const struct simulate_view *view, const struct border_stay *stay,
                           struct json_writer *json)
{
    static const char *const roles[] = {[zhol_role_INPUT] = "input",
                                        [zhol_role_CALIBRATION] = "calibration",
                                        [zhol_role_CHECK] = "check",
                                        [zhol_role_CLAIM] = "claim"};
    const struct zhol_observation *row = row_of(view, stay);
    if (!row) {
        return;
    }
    json_write_key(json, "published");
    json_write_object(json);
    json_member_text(json, "observation",
                     zhol_corridor_id(view->answer->study->corridor, ZHOL_TABLE_observation,
                                      row->observation_id));
    json_member_real(json, "h", row->value);
    json_member_int(json, "year", time_date_of(row->period_start).year);
    json_member_text(json, "role", row->role ? roles[row->role] : NULL);
    json_write_object_end(json);
}

void simulate_borders_json(const struct simulate_view *view, struct json_writer *json)
{
    static const char *const ways[BORDER_WAYS] = {"in", "out", "both"};
    const struct borders *borders = &view->answer->borders;
    struct buffer name;
    buffer_init(&name);
    json_write_key(json, "borders");
    json_write_array(json);
    for (uint32_t i = 0; i < borders->count; i++) {
        const struct border_stay *stay = &borders->items[i];
        const struct zhol_corridor *corridor = view->answer->study->corridor;
        view_border(view, stay, &name);
        json_write_object(json);
        json_member_text(json, "name", buffer_get(&name));
        json_member_text(json, "node",
                         stay->node == ZHOL_NONE
                             ? NULL
                             : zhol_corridor_id(corridor, ZHOL_TABLE_node, stay->node));
        json_member_text(json, "also",
                         stay->also == ZHOL_NONE
                             ? NULL
                             : zhol_corridor_id(corridor, ZHOL_TABLE_node, stay->also));
        json_member_text(json, "country", stay->country);
        json_member_text(json, "mode", report_mode(stay->mode, REPORT_EN));
        json_member_text(json, "way", ways[stay->way]);
        json_member_real(json, "t_day", stay->t_day);
        member(json, "stay_h", stay->stay_h);
        member(json, "work_h", stay->work_h);
        member(json, "queue_h", stay->queue_h);
        member(json, "fill_h", stay->fill_h);
        member(json, "given_h", stay->given_h);
        json_write_key(json, "by_cause_h");
        json_write_object(json);
        for (uint32_t c = 0; c < ZHOL_SIMULATE_CAUSE_COUNT; c++) {
            member(json, zhol_simulate_cause_word(c), stay->by_cause_h[c]);
        }
        json_write_object_end(json);
        published_json(view, stay, json);
        json_write_object_end(json);
        buffer_reset(&name);
    }
    json_write_array_end(json);
    buffer_clear(&name);
}
