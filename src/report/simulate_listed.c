/* simulate_listed.c: the consignments of a list, one by one, as table and JSON. See
 * simulate_view.h. */
#include <math.h>

#include "base/json.h"
#include "base/time.h"
#include "report/format.h"
#include "report/lines.h"
#include "report/simulate_view.h"

static const struct flows_sum *sum_of(const struct simulate_view *view,
                                      const struct listed_consignment *c)
{
    return &view->answer->study->flows.sums[c->sum];
}

void view_consignment(const struct simulate_view *view, const struct listed_consignment *c,
                      struct buffer *out)
{
    const struct zhol_corridor *corridor = view->answer->study->corridor;
    const struct flows_sum *sum = sum_of(view, c);
    uint32_t begin, end, count;
    const struct zhol_commodity *goods = zhol_corridor_commodity(corridor, &count);
    buffer_printf(out, "%s > %s", view_node(view, sum->from), view_node(view, sum->to));
    if (sum->commodity != ZHOL_NONE) {
        zhol_corridor_rows(corridor, ZHOL_TABLE_commodity, sum->commodity, &begin, &end);
        const char *ru = zhol_corridor_text(corridor, goods[begin].name_ru);
        const char *name =
            view->lang == REPORT_RU && *ru ? ru : zhol_corridor_text(corridor, goods[begin].name);
        buffer_printf(out, ", %s", name);
    }
}

/* ---- Table ---- */

static void table_row(const struct simulate_view *view, struct table_out *table,
                      const struct listed_consignment *c)
{
    struct buffer text;
    buffer_init(&text);
    format_day(&text, time_day_of(c->time_s), view->lang);
    table_out_text(table, buffer_get(&text));
    buffer_reset(&text);
    view_consignment(view, c, &text);
    table_out_text(table, buffer_get(&text));
    table->error = table->error ? table->error : text.error;
    view_number(view, table, sum_of(view, c)->tonnes, 0);
    view_number(view, table, c->days[0], 1);
    view_number(view, table, c->days[1], 1);
    if (view->answer->other) {
        bool held = !c->compared && c->arrived; /* then it does not arrive within the days */
        view_number(view, table, held ? INFINITY : c->change_h.mean, 1);
        view_number(view, table, c->change_h.half, 1);
    }
    buffer_clear(&text);
}

void simulate_listed_table(const struct simulate_view *view, struct buffer *out)
{
    const struct listed *listed = &view->answer->listed;
    struct table_out table;
    buffer_printf(out, "\n%s\n", view_word(view, SIM_T_LISTED));
    table_out_init(&table, LINES_WIDTH);
    table_out_column(&table, view_word(view, SIM_READY), TABLE_WRAP);
    table_out_column(&table, view_word(view, SIM_CONSIGNMENT), TABLE_WRAP);
    table_out_column(&table, view_word(view, SIM_TONNES), TABLE_RIGHT);
    table_out_column(&table, view_word(view, SIM_DAYS_P50), TABLE_RIGHT);
    table_out_column(&table, "P90", TABLE_RIGHT);
    if (view->answer->other) {
        table_out_column(&table, view_word(view, SIM_CHANGE_H), TABLE_RIGHT);
        table_out_column(&table, view_word(view, SIM_WITHIN), TABLE_RIGHT);
    }
    for (uint32_t i = 0; i < listed->count && i < view->limit; i++) {
        table_row(view, &table, &listed->items[i]);
    }
    enum zhol_error error = table_out_print(&table, out);
    out->error = out->error ? out->error : error;
    table_out_clear(&table);
    struct buffer text;
    buffer_init(&text);
    if (listed->count > view->limit) {
        buffer_printf(&text, view_word(view, SIM_LISTED_MORE), listed->count - view->limit);
        buffer_char(&text, ' ');
    }
    buffer_printf(&text, view_word(view, SIM_LISTED_NOTE), view->answer->study->count);
    for (uint32_t i = 0; i < listed->count && i < view->limit; i++) {
        if (isnan(listed->items[i].days[0])) {
            buffer_string(&text, view_word(view, SIM_LISTED_OUTSIDE));
            break;
        }
    }
    if (view->answer->other) {
        buffer_string(&text, view_word(view, SIM_LISTED_CHANGE));
    }
    lines_wrap(out, "", 0, buffer_get(&text));
    buffer_clear(&text);
}

/* ---- JSON ---- */

void simulate_listed_json(const struct simulate_view *view, struct json_writer *json)
{
    const struct zhol_corridor *corridor = view->answer->study->corridor;
    const struct listed *listed = &view->answer->listed;
    char time[TIME_TEXT_SIZE];
    json_write_key(json, "consignments");
    json_write_array(json);
    for (uint32_t i = 0; i < listed->count; i++) {
        const struct listed_consignment *c = &listed->items[i];
        const struct flows_sum *sum = sum_of(view, c);
        time_format_instant(c->time_s, time);
        json_write_object(json);
        json_member_text(json, "time", time);
        json_member_text(json, "from", zhol_corridor_id(corridor, ZHOL_TABLE_node, sum->from));
        json_member_text(json, "to", zhol_corridor_id(corridor, ZHOL_TABLE_node, sum->to));
        json_member_text(json, "commodity",
                         sum->commodity == ZHOL_NONE
                             ? NULL
                             : zhol_corridor_id(corridor, ZHOL_TABLE_commodity, sum->commodity));
        json_member_real(json, "t", sum->tonnes);
        json_member_int(json, "replications", c->runs);
        json_member_int(json, "arrived", c->arrived);
        json_member_real(json, "days_p50", isinf(c->days[0]) ? NAN : c->days[0]);
        json_member_real(json, "days_p90", isinf(c->days[1]) ? NAN : c->days[1]);
        if (view->answer->other) {
            json_member_int(json, "compared", c->compared);
            json_write_key(json, "change_h");
            json_write_object(json);
            json_member_real(json, "mean", c->change_h.mean);
            json_member_real(json, "half95", c->change_h.half);
            json_write_object_end(json);
        }
        json_write_object_end(json);
    }
    json_write_array_end(json);
}
