/* report/robust_write.c: writers of desk/robust.h. */
#include "report/robust_write.h"

#include <stdio.h>
#include <string.h>

#include "base/table_out.h"
#include "report/lines.h"

enum { ROUTES_SHOWN = 10 };

static const char *word(const struct plan_view *view, enum report_word id)
{
    return report_word(id, view->lang);
}

/* "A", "B", ... "Z", then "27" and on. */
static void put_letter(struct buffer *out, uint32_t route)
{
    if (route < 26) {
        buffer_char(out, (char)('A' + route));
    } else {
        buffer_printf(out, "%u", route + 1);
    }
}

/* Routes worth a line: first somewhere in 5 % of the draws or seen in half of them. */
static bool is_worth(const struct robust_result *r, uint32_t route)
{
    const struct robust_route *x = &r->routes[route];
    bool first = false;
    for (int k = 0; k < BEST_COUNT; k++) {
        first = first || r->leader[k] == route || x->first[k] * 20 >= r->draws;
    }
    return first || (route < ROUTES_SHOWN && x->seen * 2 >= r->draws);
}

static void put_band(struct buffer *out, const struct robust_route *route, int objective,
                     const struct plan_view *view)
{
    const struct robust_band *band = &route->band[objective];
    const int64_t ends[2] = {band->low, band->high};
    for (int i = 0; i < 2; i++) {
        buffer_string(out, i ? " - " : "");
        if (objective == BEST_ARRIVAL) {
            format_days(out, ends[i] - view->order.ready_min, view->lang);
        } else if (objective == BEST_COST) {
            format_usd(out, ends[i], view->lang);
        } else {
            format_number(out, (double)ends[i] / 1000, 0, view->lang);
        }
    }
    bool known = objective == BEST_COST   ? route->cost_known
                 : objective == BEST_CO2E ? route->co2e_known
                                          : true;
    buffer_string(out, known ? "" : "*");
}

static void put_way(struct buffer *out, const struct robust_route *route,
                    const struct plan_view *view)
{
    for (uint32_t i = 0; i < route->gateway_count; i++) {
        buffer_printf(out, "%s%s", i ? ", " : "", plan_view_place(view, route->gateways[i]));
    }
    for (uint32_t i = 0; i < route->part_count; i++) {
        const struct robust_part *part = &route->parts[i];
        buffer_printf(out, "%s%s", i ? " + " : ": ",
                      part->service == ZHOL_NONE ? report_mode(part->mode, view->lang)
                                                 : plan_view_service(view, part->service));
    }
}

static void cell(struct table_out *table, struct buffer *text)
{
    table_out_text(table, buffer_get(text));
    table->error = table->error ? table->error : text->error;
    buffer_reset(text);
}

static void route_row(const struct plan_view *view, const struct robust_result *r, uint32_t number,
                      struct table_out *table, struct buffer *text)
{
    const struct robust_route *route = &r->routes[number];
    put_letter(text, number);
    cell(table, text);
    format_number(text, 100.0 * route->seen / r->draws, 0, view->lang);
    cell(table, text);
    for (int k = 0; k < BEST_COUNT; k++) {
        put_band(text, route, k, view);
        cell(table, text);
    }
    for (int k = 0; k < BEST_COUNT; k++) {
        format_number(text, 100.0 * route->first[k] / r->draws, 0, view->lang);
        buffer_string(text, k < 2 ? "/" : "");
    }
    cell(table, text);
}

static void write_routes(const struct plan_view *view, const struct robust_result *r,
                         struct buffer *out)
{
    struct table_out table;
    struct buffer text;
    uint32_t left_out = 0;
    table_out_init(&table, LINES_WIDTH);
    buffer_init(&text);
    table_out_column(&table, "", TABLE_CUT);
    table_out_column(&table, word(view, WORD_ROBUST_SEEN), TABLE_RIGHT);
    table_out_column(&table, word(view, WORD_DAYS), TABLE_RIGHT);
    table_out_column(&table, word(view, WORD_COST_USD), TABLE_RIGHT);
    table_out_column(&table, word(view, WORD_CO2E_KG), TABLE_RIGHT);
    table_out_column(&table, word(view, WORD_ROBUST_FIRST), TABLE_RIGHT);
    for (uint32_t i = 0; i < r->route_count; i++) {
        if (is_worth(r, i)) {
            route_row(view, r, i, &table, &text);
        } else {
            left_out++;
        }
    }
    enum zhol_error error = table_out_print(&table, out);
    out->error = out->error ? out->error : error;
    table_out_clear(&table);
    for (uint32_t i = 0; i < r->route_count; i++) {
        if (is_worth(r, i)) {
            char lead[16];
            buffer_reset(&text);
            put_letter(&text, i);
            snprintf(lead, sizeof lead, "%s  ", buffer_get(&text));
            buffer_reset(&text);
            put_way(&text, &r->routes[i], view);
            lines_wrap(out, lead, 3, buffer_get(&text));
        }
    }
    if (left_out) {
        buffer_printf(out, word(view, WORD_ROBUST_MORE), left_out);
        buffer_char(out, '\n');
    }
    buffer_clear(&text);
}

static void write_verdict(const struct plan_view *view, const struct robust_result *r, int k,
                          struct buffer *out)
{
    static const enum report_word names[BEST_COUNT] = {WORD_ARRIVAL, WORD_COST, WORD_CO2E};
    struct buffer letter, share;
    if (r->leader[k] == ZHOL_NONE) {
        return;
    }
    buffer_init(&letter);
    buffer_init(&share);
    put_letter(&letter, r->leader[k]);
    format_percent(&share, (double)r->routes[r->leader[k]].first[k] / r->draws, view->lang);
    buffer_printf(out, "%s: ", word(view, names[k]));
    buffer_printf(out, word(view, r->decided[k] ? WORD_ROBUST_DECIDED : WORD_ROBUST_UNDECIDED),
                  buffer_get(&letter), buffer_get(&share));
    buffer_string(out, ".\n");
    buffer_clear(&letter);
    buffer_clear(&share);
}

void robust_write_table(const struct plan_view *view, const struct robust_result *robust,
                        struct buffer *out)
{
    struct buffer line;
    buffer_init(&line);
    buffer_printf(&line, word(view, WORD_ROBUST_HEAD), robust->draws);
    lines_wrap(out, "\n", 0, buffer_get(&line));
    buffer_reset(&line);
    for (int k = 0; k < BEST_COUNT; k++) {
        write_verdict(view, robust, k, out);
    }
    if (robust->without) {
        buffer_printf(out, word(view, WORD_ROBUST_NONE), robust->without);
        buffer_char(out, '\n');
    }
    buffer_char(out, '\n');
    write_routes(view, robust, out);
    lines_wrap(out, "", 0, word(view, WORD_ROBUST_BANDS));
    buffer_clear(&line);
}

/* ---- JSON ---- */

static void json_band(struct json_writer *j, const char *key, const struct robust_band *band,
                      double scale, unsigned decimals, int64_t zero)
{
    json_write_key(j, key);
    json_write_array(j);
    json_write_fixed(j, (double)(band->low - zero) / scale, decimals);
    json_write_fixed(j, (double)(band->middle - zero) / scale, decimals);
    json_write_fixed(j, (double)(band->high - zero) / scale, decimals);
    json_write_array_end(j);
}

static void json_route(const struct plan_view *view, const struct robust_route *route,
                       struct json_writer *j)
{
    char signature[20];
    snprintf(signature, sizeof signature, "%016llx", (unsigned long long)route->signature);
    json_write_object(j);
    json_member_text(j, "route", signature);
    json_write_key(j, "gateways");
    json_write_array(j);
    for (uint32_t i = 0; i < route->gateway_count; i++) {
        json_write_text(j, zhol_corridor_id(view->corridor, ZHOL_TABLE_node, route->gateways[i]));
    }
    json_write_array_end(j);
    json_write_key(j, "parts");
    json_write_array(j);
    for (uint32_t i = 0; i < route->part_count; i++) {
        const struct robust_part *part = &route->parts[i];
        json_write_object(j);
        json_member_text(j, "mode", zhol_mode_text(part->mode));
        json_member_text(j, "service",
                         part->service == ZHOL_NONE
                             ? NULL
                             : zhol_corridor_id(view->corridor, ZHOL_TABLE_service, part->service));
        json_write_object_end(j);
    }
    json_write_array_end(j);
    json_member_int(j, "seen", route->seen);
    json_member_int(j, "first_arrival", route->first[BEST_ARRIVAL]);
    json_member_int(j, "first_cost", route->first[BEST_COST]);
    json_member_int(j, "first_co2e", route->first[BEST_CO2E]);
    json_band(j, "duration_h_p10_p50_p90", &route->band[BEST_ARRIVAL], 60, 2,
              view->order.ready_min);
    json_band(j, "cost_usd_p10_p50_p90", &route->band[BEST_COST], 100, 2, 0);
    json_member_bool(j, "cost_known", route->cost_known);
    json_band(j, "co2e_kg_p10_p50_p90", &route->band[BEST_CO2E], 1000, 3, 0);
    json_member_bool(j, "co2e_known", route->co2e_known);
    json_write_object_end(j);
}

void robust_write_json_value(const struct plan_view *view, const struct robust_result *robust,
                             struct json_writer *j)
{
    static const char *const names[BEST_COUNT] = {"arrival", "cost", "co2e"};
    json_write_object(j);
    json_member_int(j, "draws", robust->draws);
    json_member_int(j, "draws_without_itinerary", robust->without);
    json_member_fixed(j, "decided_from", ROBUST_DECIDED, 2);
    json_write_key(j, "ranking");
    json_write_object(j);
    for (int k = 0; k < BEST_COUNT; k++) {
        json_write_key(j, names[k]);
        json_write_object(j);
        json_member_bool(j, "decided", robust->decided[k]);
        if (robust->leader[k] != ZHOL_NONE) {
            const struct robust_route *leader = &robust->routes[robust->leader[k]];
            json_member_int(j, "leader", robust->leader[k]);
            json_member_fixed(j, "share", (double)leader->first[k] / robust->draws, 4);
        }
        json_write_object_end(j);
    }
    json_write_object_end(j);
    json_write_key(j, "routes");
    json_write_array(j);
    for (uint32_t i = 0; i < robust->route_count; i++) {
        json_route(view, &robust->routes[i], j);
    }
    json_write_array_end(j);
    json_write_object_end(j);
}
