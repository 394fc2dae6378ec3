/* report/assign_way.c: the ways that freight takes, and the totals it is held against, as sheets.
 * See assign_view.h. */
#include <math.h>
#include <stdlib.h>

#include "base/time.h"
#include "report/assign_view.h"
#include "report/terms.h"

static const char *node_name(const struct assign_view *view, uint32_t node)
{
    return zhol_node_name(view->corridor, node, view->lang == REPORT_RU ? "ru" : "en");
}

static const char *goods_name(const struct assign_view *view, uint32_t thing)
{
    uint32_t begin, end, count;
    zhol_corridor_rows(view->corridor, ZHOL_TABLE_commodity, thing, &begin, &end);
    const struct zhol_commodity *row = &zhol_corridor_commodity(view->corridor, &count)[begin];
    bool ru = view->lang == REPORT_RU && row->name_ru;
    return zhol_corridor_text(view->corridor, ru ? row->name_ru : row->name);
}

/* ---- Ways ---- */

/* "Xi'an - Horgos - Altynkol - Almaty": the places at the ends of its movements, in order. */
static void put_way(const struct assign_view *view, const struct assign_model *model,
                    const struct assign_flow *flow, struct report_sheet *sheet)
{
    uint32_t before = model->wishes[flow->wish].from;
    struct buffer text;
    buffer_init(&text);
    buffer_string(&text, node_name(view, before));
    for (uint32_t i = 0; i < flow->arc_count; i++) {
        const uint32_t *way;
        uint32_t count = assign_arcs(&model->net, &model->flow_arcs[flow->first_arc + i], &way);
        for (uint32_t k = 0; k < count; k++) {
            const struct zhol_arc *arc = &model->net.arcs[way[k]];
            uint32_t node = model->net.vertices[arc->head].node;
            if (arc->kind == ZHOL_ARC_MOVE && node != before) {
                buffer_printf(&text, " - %s", node_name(view, node));
                before = node;
            }
        }
    }
    report_sheet_text(sheet, buffer_get(&text));
    buffer_clear(&text);
}

/* Identifiers to join by: the rows of demand that a way serves, and the links that it takes. */
static void put_ids(const struct assign_view *view, const struct assign_model *model,
                    const struct assign_flow *flow, struct report_sheet *sheet)
{
    const struct zhol_corridor *corridor = view->corridor;
    const struct assign_wish *wish = &model->wishes[flow->wish];
    uint32_t rows;
    const struct zhol_demand *demand = zhol_corridor_demand(corridor, &rows);
    const char *separator = "";
    struct buffer text;
    buffer_init(&text);
    for (uint32_t i = 0; i < wish->member_count; i++) {
        uint32_t row = model->members[wish->first_member + i].demand_row;
        buffer_printf(&text, "%s%s", i ? ";" : "",
                      zhol_corridor_id(corridor, ZHOL_TABLE_demand, demand[row].demand_id));
    }
    report_sheet_text(sheet, buffer_get(&text));
    buffer_reset(&text);
    for (uint32_t i = 0; i < flow->arc_count; i++) {
        const uint32_t *way;
        uint32_t count = assign_arcs(&model->net, &model->flow_arcs[flow->first_arc + i], &way);
        for (uint32_t k = 0; k < count; k++) {
            const struct zhol_arc *arc = &model->net.arcs[way[k]];
            if (arc->kind == ZHOL_ARC_MOVE) {
                buffer_printf(&text, "%s%s", separator,
                              zhol_corridor_id(corridor, ZHOL_TABLE_link, arc->thing));
                separator = ";";
            }
        }
    }
    report_sheet_text(sheet, buffer_get(&text));
    buffer_clear(&text);
}

/* A flow and its slice, to be sorted. */
struct going {
    uint32_t slice, flow;
    double t;
};

static int by_going(const void *a, const void *b)
{
    const struct going *x = a, *y = b;
    if (x->t != y->t) {
        return x->t > y->t ? -1 : 1;
    }
    return x->slice != y->slice ? (x->slice < y->slice ? -1 : 1)
                                : (x->flow > y->flow) - (x->flow < y->flow);
}

static void put_going(const struct assign_view *view, const struct going *going,
                      struct report_sheet *sheet)
{
    const struct assign_slice *slice = &view->study->slices[going->slice];
    const struct assign_flow *flow = &slice->model->flows[going->flow];
    const struct assign_wish *wish = &slice->model->wishes[flow->wish];
    const struct assign_class *class = &slice->model->classes[wish->class];
    double days = slice->to - slice->from;
    char day[TIME_TEXT_SIZE];
    time_format_date(slice->from, day);
    report_sheet_text(sheet, day);
    report_sheet_text(sheet, node_name(view, wish->from));
    report_sheet_text(sheet, node_name(view, wish->to));
    report_sheet_text(sheet, goods_name(view, class->commodity));
    report_sheet_number(sheet, going->t / 1e3);
    report_sheet_number(sheet, flow->units_day * days * class->teu_per_unit);
    report_sheet_number(sheet, flow->usd / class->t_per_unit);
    report_sheet_number(sheet, wish->free_usd / class->t_per_unit);
    put_way(view, slice->model, flow, sheet);
    report_sheet_text(sheet, zhol_corridor_id(view->corridor, ZHOL_TABLE_node, wish->from));
    report_sheet_text(sheet, zhol_corridor_id(view->corridor, ZHOL_TABLE_node, wish->to));
    report_sheet_text(sheet,
                      zhol_corridor_id(view->corridor, ZHOL_TABLE_commodity, class->commodity));
    put_ids(view, slice->model, flow, sheet);
}

void assign_view_paths(const struct assign_view *view, struct report_sheet *sheet)
{
    static const struct report_sheet_column columns[] = {
        {"from_day", {NULL, NULL}, false, 0, false},
        {"from", {NULL, NULL}, false, 0, false},
        {"to", {NULL, NULL}, false, 0, false},
        {"commodity", {"Goods", "Груз"}, false, 0, true},
        {"kt", {"kt", "тыс. т"}, true, 1, false},
        {"teu", {"TEU", "ДФЭ"}, true, 0, false},
        {"usd_t", {"USD/t", "USD/т"}, true, 0, false},
        {"free_usd_t", {"free", "свободно"}, true, 0, false},
        {"way", {"Way", "Путь"}, false, 0, true},
        {"from_id", {NULL, NULL}, false, 0, false},
        {"to_id", {NULL, NULL}, false, 0, false},
        {"commodity_id", {NULL, NULL}, false, 0, false},
        {"demand_ids", {NULL, NULL}, false, 0, false},
        {"link_ids", {NULL, NULL}, false, 0, false}};
    const struct assign_study *study = view->study;
    uint32_t count = 0;
    report_sheet_init(sheet, "paths",
                      "Ways of all demand, the greatest first; free: USD/t if all had room",
                      "Пути всего спроса, сначала крупные; свободно: USD/т, будь места вдоволь",
                      columns, sizeof columns / sizeof *columns);
    for (uint32_t s = 0; s < study->slice_count; s++) {
        count += study->slices[s].model->flow_count;
    }
    struct going *list = malloc(((size_t)count + 1) * sizeof *list);
    if (!list) {
        sheet->error = ZHOL_ERROR_MEMORY;
        return;
    }
    count = 0;
    for (uint32_t s = 0; s < study->slice_count; s++) {
        const struct assign_slice *slice = &study->slices[s];
        for (uint32_t f = 0; f < slice->model->flow_count; f++) {
            const struct assign_flow *flow = &slice->model->flows[f];
            uint32_t class = slice->model->wishes[flow->wish].class;
            double t = flow->units_day * slice->model->classes[class].t_per_unit;
            list[count++] = (struct going){s, f, t * (slice->to - slice->from)};
        }
    }
    if (count) {
        qsort(list, count, sizeof *list, by_going);
    }
    for (uint32_t i = 0; i < count; i++) {
        put_going(view, &list[i], sheet);
    }
    free(list);
}

/* ---- Published totals ---- */

/* "all", or the limit that most of what stays is short of. */
static void put_verdict(const struct assign_view *view, const struct assign_total *total,
                        struct report_sheet *sheet)
{
    bool ru = view->lang == REPORT_RU;
    struct buffer text;
    buffer_init(&text);
    if (total->wanted_t - total->carried_t < 1) {
        buffer_string(&text, ru ? "перевезено всё" : "all carried");
    } else if (total->resource == ZHOL_NONE) {
        buffer_string(&text, ru ? "нет пути" : "no way");
    } else {
        buffer_printf(&text, ru ? "мало: %s" : "too small: %s",
                      zhol_corridor_id(view->corridor, ZHOL_TABLE_resource, total->resource));
    }
    report_sheet_text(sheet, buffer_get(&text));
    buffer_clear(&text);
}

void assign_view_counted(const struct assign_view *view, const struct assign_route *rows,
                         uint32_t count, struct report_sheet *sheet)
{
    static const struct report_sheet_column columns[] = {
        {"demand_total_id", {NULL, NULL}, false, 0, false},
        {"total", {"Total", "Итог"}, false, 0, true},
        {"kind", {"figure", "число"}, false, 0, false},
        {"unit", {"unit", "ед."}, false, 0, false},
        {"counted", {"counted", "учтено"}, true, 0, false},
        {"low", {NULL, NULL}, true, 0, false},
        {"high", {NULL, NULL}, true, 0, false},
        {"wanted", {NULL, NULL}, true, 0, false},
        {"model", {"here", "здесь"}, true, 0, false},
        {"difference_pct", {"%", "%"}, true, 1, false},
        {"source_id", {NULL, NULL}, false, 0, false}};
    static const char *const units[2][2] = {{"kt", "тыс. т"}, {"TEU", "ДФЭ"}};
    uint32_t all;
    const struct zhol_demand_total *totals = zhol_corridor_demand_total(view->corridor, &all);
    report_sheet_init(sheet, "counted", "Held against counts of routes",
                      "Сверка со счётом маршрутов", columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_demand_total *row = &totals[rows[i].row];
        bool ru = view->lang == REPORT_RU && row->name_ru, t = row->unit == zhol_demand_unit_T;
        double scale = t ? 1e-3 : 1;
        report_sheet_text(
            sheet, zhol_corridor_id(view->corridor, ZHOL_TABLE_demand_total, row->demand_total_id));
        report_sheet_text(sheet, zhol_corridor_text(view->corridor, ru ? row->name_ru : row->name));
        report_sheet_text(sheet, report_term(zhol_demand_kind_text(row->kind), view->lang));
        report_sheet_text(sheet, units[!t][view->lang == REPORT_RU]);
        report_sheet_number(sheet, rows[i].counted * scale);
        report_sheet_number(sheet, rows[i].low * scale);
        report_sheet_number(sheet, rows[i].high * scale);
        report_sheet_number(sheet, rows[i].wanted * scale);
        report_sheet_number(sheet, rows[i].model * scale);
        report_sheet_number(sheet, 100 * (rows[i].model / rows[i].counted - 1));
        report_sheet_text(sheet,
                          zhol_corridor_id(view->corridor, ZHOL_TABLE_source, row->source_id));
    }
}

void assign_view_totals(const struct assign_view *view, const struct assign_total *totals,
                        uint32_t count, struct report_sheet *sheet)
{
    static const struct report_sheet_column columns[] = {
        {"demand_total_id", {NULL, NULL}, false, 0, false},
        {"total", {"Total", "Итог"}, false, 0, true},
        {"kind", {"figure", "число"}, false, 0, false},
        {"published_mt", {"Mt", "млн т"}, true, 2, false},
        {"wanted_mt", {"wanted", "спрос"}, true, 2, false},
        {"carried_mt", {"carried", "везётся"}, true, 2, false},
        {"difference_pct", {"%", "%"}, true, 1, false},
        {"verdict", {"verdict", "вывод"}, false, 0, true},
        {"short_kt", {NULL, NULL}, true, 1, false},
        {"source_id", {NULL, NULL}, false, 0, false}};
    uint32_t all;
    const struct zhol_demand_total *rows = zhol_corridor_demand_total(view->corridor, &all);
    report_sheet_init(sheet, "totals", "Held against totals of the year, Mt",
                      "Сверка с итогами года, млн т", columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < count; i++) {
        const struct assign_total *total = &totals[i];
        const struct zhol_demand_total *row = &rows[total->row];
        bool ru = view->lang == REPORT_RU && row->name_ru;
        report_sheet_text(
            sheet, zhol_corridor_id(view->corridor, ZHOL_TABLE_demand_total, row->demand_total_id));
        report_sheet_text(sheet, zhol_corridor_text(view->corridor, ru ? row->name_ru : row->name));
        report_sheet_text(sheet, report_term(zhol_demand_kind_text(row->kind), view->lang));
        report_sheet_number(sheet, total->published_t / 1e6);
        report_sheet_number(sheet, total->wanted_t / 1e6);
        report_sheet_number(sheet, total->carried_t / 1e6);
        report_sheet_number(sheet, 100 * (total->carried_t / total->published_t - 1));
        put_verdict(view, total, sheet);
        report_sheet_number(sheet, total->short_t / 1e3);
        report_sheet_text(sheet,
                          zhol_corridor_id(view->corridor, ZHOL_TABLE_source, row->source_id));
    }
}
