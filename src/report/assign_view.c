/* report/assign_view.c: flows of a study as sheets. See assign_view.h. */
#include "report/assign_view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "report/terms.h"

#define KT(amount) ((amount) / 1e3)

static const char *name_of(const struct assign_view *view, zhol_cell_text en, zhol_cell_text ru)
{
    return zhol_corridor_text(view->corridor, view->lang == REPORT_RU && ru ? ru : en);
}

static const char *node_name(const struct assign_view *view, uint32_t node)
{
    return zhol_node_name(view->corridor, node, view->lang == REPORT_RU ? "ru" : "en");
}

static const struct zhol_link *link_row(const struct assign_view *view, uint32_t link)
{
    uint32_t begin, end, count;
    zhol_corridor_rows(view->corridor, ZHOL_TABLE_link, link, &begin, &end);
    return &zhol_corridor_link(view->corridor, &count)[begin];
}

static const struct zhol_commodity *commodity_row(const struct assign_view *view, uint32_t thing)
{
    uint32_t begin, end, count;
    zhol_corridor_rows(view->corridor, ZHOL_TABLE_commodity, thing, &begin, &end);
    return &zhol_corridor_commodity(view->corridor, &count)[begin];
}

/* ---- Crossings: the links of a border between two places by one mode, together ---- */

struct crossing {
    uint32_t from, to;
    unsigned mode;
    struct assign_amount there, back;
};

static void sum(struct assign_amount *to, const struct assign_amount *from)
{
    to->t += from->t;
    to->teu += from->teu;
    to->value_usd += from->value_usd;
}

static struct crossing *crossing_of(struct crossing *list, uint32_t *count,
                                    const struct zhol_link *link, bool *turned)
{
    for (uint32_t i = 0; i < *count; i++) {
        bool same = list[i].from == link->from_node_id && list[i].to == link->to_node_id;
        *turned = list[i].from == link->to_node_id && list[i].to == link->from_node_id;
        if ((same || *turned) && list[i].mode == link->mode) {
            return &list[i];
        }
    }
    *turned = false;
    list[*count] =
        (struct crossing){.from = link->from_node_id, .to = link->to_node_id, .mode = link->mode};
    return &list[(*count)++];
}

static bool is_crossing(const struct assign_view *view, const struct zhol_link *link,
                        uint32_t thing)
{
    uint32_t controls;
    zhol_corridor_rows_of(view->corridor, ZHOL_TABLE_link_control, thing, &controls);
    return controls > 0 && link->from_node_id != link->to_node_id;
}

static int by_tonnes(const void *a, const void *b)
{
    const struct crossing *x = a, *y = b;
    double first = x->there.t + x->back.t, second = y->there.t + y->back.t;
    if (first != second) {
        return first > second ? -1 : 1;
    }
    return x->from != y->from ? (x->from < y->from ? -1 : 1) : (x->to > y->to) - (x->to < y->to);
}

static void put_crossings(const struct assign_view *view, const struct crossing *list,
                          uint32_t count, struct report_sheet *sheet)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct crossing *c = &list[i];
        if (c->there.t + c->back.t < 0.5) {
            continue;
        }
        report_sheet_text(sheet, node_name(view, c->from));
        report_sheet_text(sheet, node_name(view, c->to));
        report_sheet_text(sheet, report_term(zhol_mode_text(c->mode), view->lang));
        report_sheet_number(sheet, KT(c->there.t));
        report_sheet_number(sheet, KT(c->back.t));
        report_sheet_number(sheet, c->there.teu);
        report_sheet_number(sheet, c->back.teu);
        report_sheet_number(sheet, (c->there.value_usd + c->back.value_usd) / 1e6);
    }
}

/* All crossings with what goes over them, most tonnes first; NULL: no memory. */
static struct crossing *list_crossings(const struct assign_view *view, uint32_t *count)
{
    uint32_t things = zhol_corridor_things(view->corridor, ZHOL_TABLE_link);
    struct crossing *list = calloc((size_t)things + 1, sizeof *list);
    *count = 0;
    for (uint32_t thing = 0; list && thing < things; thing++) {
        const struct zhol_link *link = link_row(view, thing);
        bool turned;
        if (is_crossing(view, link, thing)) {
            struct crossing *c = crossing_of(list, count, link, &turned);
            sum(turned ? &c->back : &c->there, &view->study->links[0][thing]);
            sum(turned ? &c->there : &c->back, &view->study->links[1][thing]);
        }
    }
    if (list && *count) {
        qsort(list, *count, sizeof *list, by_tonnes);
    }
    return list;
}

void assign_view_crossings(const struct assign_view *view, struct report_sheet *sheet)
{
    static const struct report_sheet_column columns[] = {
        {"from", {"Between", "Между"}, false, 0, false},
        {"to", {"and", "и"}, false, 0, false},
        {"mode", {"Mode", "Вид"}, false, 0, false},
        {"there_kt", {"there, kt", "туда, тыс. т"}, true, 1, false},
        {"back_kt", {"back, kt", "назад, тыс. т"}, true, 1, false},
        {"there_teu", {"TEU", "ДФЭ"}, true, 0, false},
        {"back_teu", {"TEU back", "назад"}, true, 0, false},
        {"value_musd", {NULL, NULL}, true, 1, false}};
    uint32_t count;
    report_sheet_init(sheet, "crossings", "Border crossings", "Пограничные переходы", columns, 8);
    struct crossing *list = list_crossings(view, &count);
    if (!list) {
        sheet->error = ZHOL_ERROR_MEMORY;
        return;
    }
    put_crossings(view, list, count, sheet);
    free(list);
}

/* Of 100 loaded boxes of both ways, how many go there and how many back: the rest of them goes back
 * empty. */
void assign_view_balance(const struct assign_view *view, struct report_sheet *sheet)
{
    static const struct report_sheet_column columns[] = {
        {"from", {"Between", "Между"}, false, 0, false},
        {"to", {"and", "и"}, false, 0, false},
        {"mode", {"Mode", "Вид"}, false, 0, false},
        {"there_teu", {"TEU there", "ДФЭ туда"}, true, 0, false},
        {"back_teu", {"back", "назад"}, true, 0, false},
        {"there_percent", {"% there", "% туда"}, true, 0, false},
        {"back_percent", {"% back", "% назад"}, true, 0, false},
        {"there_percent_t", {"% there, t", "% туда, т"}, true, 0, false}};
    uint32_t count;
    report_sheet_init(sheet, "balance", "Loaded containers there and back, by crossing",
                      "Гружёные контейнеры туда и назад, по переходам", columns,
                      sizeof columns / sizeof *columns);
    struct crossing *list = list_crossings(view, &count);
    if (!list) {
        sheet->error = ZHOL_ERROR_MEMORY;
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        const struct crossing *c = &list[i];
        double teu = c->there.teu + c->back.teu, t = c->there.t + c->back.t;
        if (teu < 0.5) {
            continue;
        }
        report_sheet_text(sheet, node_name(view, c->from));
        report_sheet_text(sheet, node_name(view, c->to));
        report_sheet_text(sheet, report_term(zhol_mode_text(c->mode), view->lang));
        report_sheet_number(sheet, c->there.teu);
        report_sheet_number(sheet, c->back.teu);
        report_sheet_number(sheet, 100 * c->there.teu / teu);
        report_sheet_number(sheet, 100 * c->back.teu / teu);
        report_sheet_number(sheet, 100 * c->there.t / t);
    }
    free(list);
}

/* ---- Goods, routes, months ---- */

void assign_view_commodities(const struct assign_view *view, struct report_sheet *sheet)
{
    static const struct report_sheet_column columns[] = {
        {"commodity_id", {NULL, NULL}, false, 0, false},
        {"commodity", {"Goods", "Груз"}, false, 0, false},
        {"wanted_kt", {"wanted, kt", "спрос, тыс. т"}, true, 1, false},
        {"carried_kt", {"carried, kt", "перевезено"}, true, 1, false},
        {"unmet_kt", {"unmet, kt", "осталось"}, true, 1, false},
        {"carried_teu", {"TEU", "ДФЭ"}, true, 0, false},
        {"value_musd", {"value, MUSD", "цена, млн долл."}, true, 1, false}};
    report_sheet_init(sheet, "commodities", "Goods", "Грузы", columns, 7);
    uint32_t things = zhol_corridor_things(view->corridor, ZHOL_TABLE_commodity);
    for (uint32_t i = 0; i < things; i++) {
        const struct assign_amount *wanted = &view->study->wanted[i];
        const struct assign_amount *carried = &view->study->carried[i];
        const struct zhol_commodity *row = commodity_row(view, i);
        if (wanted->t > 0) {
            report_sheet_text(sheet, zhol_corridor_id(view->corridor, ZHOL_TABLE_commodity, i));
            report_sheet_text(sheet, name_of(view, row->name, row->name_ru));
            report_sheet_number(sheet, KT(wanted->t));
            report_sheet_number(sheet, KT(carried->t));
            report_sheet_number(sheet, KT(fmax(wanted->t - carried->t, 0)));
            report_sheet_number(sheet, carried->teu);
            report_sheet_number(sheet, carried->value_usd / 1e6);
        }
    }
}

void assign_view_routes(const struct assign_view *view, struct report_sheet *sheet)
{
    static const struct report_sheet_column columns[] = {
        {"direction", {"Traffic", "Сообщение"}, false, 0, false},
        {"route", {"Route", "Маршрут"}, false, 0, false},
        {"wanted_kt", {"wanted, kt", "спрос, тыс. т"}, true, 1, false},
        {"carried_kt", {"carried, kt", "перевезено"}, true, 1, false},
        {"unmet_kt", {"unmet, kt", "осталось"}, true, 1, false},
        {"carried_teu", {"TEU", "ДФЭ"}, true, 0, false},
        {"value_musd", {NULL, NULL}, true, 1, false}};
    report_sheet_init(sheet, "routes", "Traffic", "Сообщения", columns, 7);
    for (unsigned trade = 0; trade < ASSIGN_TRADES; trade++) {
        for (unsigned route = 0; route < ASSIGN_ROUTES; route++) {
            const struct assign_amount *wanted = &view->study->trades[trade][route][0];
            const struct assign_amount *carried = &view->study->trades[trade][route][1];
            if (wanted->t > 0) {
                report_sheet_text(sheet, report_term(zhol_trade_text(trade), view->lang));
                report_sheet_text(sheet, report_term(zhol_demand_route_text(route), view->lang));
                report_sheet_number(sheet, KT(wanted->t));
                report_sheet_number(sheet, KT(carried->t));
                report_sheet_number(sheet, KT(fmax(wanted->t - carried->t, 0)));
                report_sheet_number(sheet, carried->teu);
                report_sheet_number(sheet, carried->value_usd / 1e6);
            }
        }
    }
}

/* The row with the greatest price of a model, named. */
static void put_scarcest(const struct assign_view *view, const struct assign_model *model,
                         struct report_sheet *sheet)
{
    uint32_t best = ZHOL_NONE, count;
    double most = 1e-6;
    struct buffer name;
    const struct zhol_resource *resources = zhol_corridor_resource(view->corridor, &count);
    for (uint32_t r = 0; r < model->row_count; r++) {
        double price = zhol_assign_row_price(model->solver, r);
        if (price > most) {
            most = price;
            best = r;
        }
    }
    buffer_init(&name);
    if (best != ZHOL_NONE) {
        const struct assign_row *row = &model->rows[best];
        assign_view_capacity_name(view, resources[row->resource_row].resource_id, row->sense,
                                  row->assumed, &name);
    }
    report_sheet_text(sheet, buffer_get(&name));
    report_sheet_number(sheet, best == ZHOL_NONE ? NAN : most);
    buffer_clear(&name);
}

static struct assign_amount carried_in(const struct assign_slice *slice)
{
    const struct assign_model *model = slice->model;
    struct assign_amount sum = {0};
    for (uint32_t w = 0; w < model->wish_count; w++) {
        const struct assign_class *class = &model->classes[model->wishes[w].class];
        double units =
            (model->wishes[w].units_day - assign_model_unmet(model, w)) * (slice->to - slice->from);
        sum.t += units * class->t_per_unit;
        sum.teu += units * class->teu_per_unit;
        sum.value_usd += units * class->usd_per_unit;
    }
    return sum;
}

void assign_view_months(const struct assign_view *view, struct report_sheet *sheet)
{
    static const struct report_sheet_column columns[] = {
        {"from", {"From", "С"}, false, 0, false},
        {"to", {NULL, NULL}, false, 0, false},
        {"wanted_kt", {"wanted, kt", "спрос, тыс. т"}, true, 1, false},
        {"unmet_kt", {"unmet, kt", "осталось"}, true, 1, false},
        {"carried_kt", {NULL, NULL}, true, 1, false},
        {"carried_teu", {NULL, NULL}, true, 0, false},
        {"value_musd", {NULL, NULL}, true, 1, false},
        {"cost_musd_day", {NULL, NULL}, true, 3, false},
        {"tight", {"tight", "узких"}, true, 0, false},
        {"scarcest", {"dearest capacity", "самая дорогая мощность"}, false, 0, false},
        {"price_usd_day", {"dual, USD", "двойств."}, true, 0, false}};
    report_sheet_init(sheet, "months", "Month by month", "По месяцам", columns,
                      sizeof columns / sizeof *columns);
    for (uint32_t s = 0; s < view->study->slice_count; s++) {
        const struct assign_slice *slice = &view->study->slices[s];
        const struct assign_model *model = slice->model;
        char day[TIME_TEXT_SIZE];
        double wanted = 0, unmet = 0, tight = 0, days = slice->to - slice->from;
        struct assign_amount carried = carried_in(slice);
        for (uint32_t w = 0; w < model->wish_count; w++) {
            wanted += model->wishes[w].t_day * days;
            unmet += assign_model_unmet(model, w) *
                     model->classes[model->wishes[w].class].t_per_unit * days;
        }
        for (uint32_t r = 0; r < model->row_count; r++) {
            tight += zhol_assign_row_price(model->solver, r) > 1e-6;
        }
        time_format_date(slice->from, day);
        report_sheet_text(sheet, day);
        time_format_date(slice->to, day);
        report_sheet_text(sheet, day);
        report_sheet_number(sheet, KT(wanted));
        report_sheet_number(sheet, KT(unmet));
        report_sheet_number(sheet, KT(carried.t));
        report_sheet_number(sheet, carried.teu);
        report_sheet_number(sheet, carried.value_usd / 1e6);
        report_sheet_number(sheet, model->certificate.primal / 1e6);
        report_sheet_number(sheet, tight);
        put_scarcest(view, model, sheet);
    }
}

/* ---- Links and processes ---- */

void assign_view_links(const struct assign_view *view, struct report_sheet *sheet)
{
    static const struct report_sheet_column columns[] = {
        {"link_id", {"Link", "Участок"}, false, 0, false},
        {"from", {"From", "От"}, false, 0, false},
        {"to", {"To", "До"}, false, 0, false},
        {"mode", {"Mode", "Вид"}, false, 0, false},
        {"there_kt", {"there, kt", "туда, тыс. т"}, true, 1, false},
        {"back_kt", {"back, kt", "назад"}, true, 1, false},
        {"there_teu", {"TEU", "ДФЭ"}, true, 0, false},
        {"back_teu", {NULL, NULL}, true, 0, false},
        {"value_musd", {NULL, NULL}, true, 1, false}};
    report_sheet_init(sheet, "links", "Links", "Участки", columns, 9);
    uint32_t things = zhol_corridor_things(view->corridor, ZHOL_TABLE_link);
    for (uint32_t i = 0; i < things; i++) {
        const struct assign_amount *there = &view->study->links[0][i];
        const struct assign_amount *back = &view->study->links[1][i];
        const struct zhol_link *link = link_row(view, i);
        if (there->t + back->t >= 0.5) {
            report_sheet_text(sheet, zhol_corridor_id(view->corridor, ZHOL_TABLE_link, i));
            report_sheet_text(sheet, node_name(view, link->from_node_id));
            report_sheet_text(sheet, node_name(view, link->to_node_id));
            report_sheet_text(sheet, report_term(zhol_mode_text(link->mode), view->lang));
            report_sheet_number(sheet, KT(there->t));
            report_sheet_number(sheet, KT(back->t));
            report_sheet_number(sheet, there->teu);
            report_sheet_number(sheet, back->teu);
            report_sheet_number(sheet, (there->value_usd + back->value_usd) / 1e6);
        }
    }
}

void assign_view_processes(const struct assign_view *view, struct report_sheet *sheet)
{
    static const struct report_sheet_column columns[] = {
        {"process_id", {"Process", "Операция"}, false, 0, false},
        {"name", {"Name", "Название"}, false, 0, false},
        {"t_kt", {"kt", "тыс. т"}, true, 1, false},
        {"teu", {"TEU", "ДФЭ"}, true, 0, false},
        {"value_musd", {NULL, NULL}, true, 1, false}};
    report_sheet_init(sheet, "processes", "Processes", "Операции", columns, 5);
    uint32_t things = zhol_corridor_things(view->corridor, ZHOL_TABLE_process), count;
    const struct zhol_process *rows = zhol_corridor_process(view->corridor, &count);
    for (uint32_t i = 0; i < things; i++) {
        const struct assign_amount *amount = &view->study->processes[i];
        uint32_t begin, end;
        zhol_corridor_rows(view->corridor, ZHOL_TABLE_process, i, &begin, &end);
        if (amount->t >= 0.5) {
            report_sheet_text(sheet, zhol_corridor_id(view->corridor, ZHOL_TABLE_process, i));
            report_sheet_text(sheet, name_of(view, rows[begin].name, rows[begin].name_ru));
            report_sheet_number(sheet, KT(amount->t));
            report_sheet_number(sheet, amount->teu);
            report_sheet_number(sheet, amount->value_usd / 1e6);
        }
    }
}

/* ---- Who uses it; what was observed ---- */

void assign_view_users(const struct assign_view *view, const struct assign_user *users,
                       uint32_t count, struct report_sheet *sheet)
{
    static const struct report_sheet_column columns[] = {
        {"from", {"From", "От"}, false, 0, false},
        {"to", {"To", "До"}, false, 0, false},
        {"commodity", {"Goods", "Груз"}, false, 0, false},
        {"kt", {"kt", "тыс. т"}, true, 1, false},
        {"share_pct", {"%", "%"}, true, 1, false},
        {"teu", {"TEU", "ДФЭ"}, true, 0, false},
        {"use_day", {"units/day", "единиц/сут."}, true, 3, false}};
    double all = 0;
    report_sheet_init(sheet, "users", "Who uses it", "Кто пользуется", columns, 7);
    for (uint32_t i = 0; i < count; i++) {
        all += users[i].t;
    }
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_commodity *row = commodity_row(view, users[i].commodity);
        report_sheet_text(sheet, node_name(view, users[i].from));
        report_sheet_text(sheet, node_name(view, users[i].to));
        report_sheet_text(sheet, name_of(view, row->name, row->name_ru));
        report_sheet_number(sheet, KT(users[i].t));
        report_sheet_number(sheet, all > 0 ? 100 * users[i].t / all : NAN);
        report_sheet_number(sheet, users[i].teu);
        report_sheet_number(sheet, users[i].use > 0 ? users[i].use : NAN);
    }
}

void assign_view_observed(const struct assign_view *view, const struct assign_observed *rows,
                          uint32_t count, struct report_sheet *sheet)
{
    static const struct report_sheet_column columns[] = {
        {"observation_id", {NULL, NULL}, false, 0, false},
        {"place", {"Crossing", "Переход"}, false, 0, false},
        {"from", {"From", "С"}, false, 0, false},
        {"to", {"To", "По"}, false, 0, false},
        {"way", {"way", "путь"}, false, 0, false},
        {"observed_kt", {"published, kt", "опубл., тыс. т"}, true, 0, false},
        {"model_kt", {"here, kt", "здесь"}, true, 0, false},
        {"difference_pct", {"%", "%"}, true, 1, false}};
    static const char *const ways[][2] = {[ASSIGN_COUNTED_BOTH] = {"both", "оба"},
                                          [ASSIGN_COUNTED_OUT] = {"out", "вывоз"},
                                          [ASSIGN_COUNTED_EXPORT] = {"exports", "экспорт"}};
    uint32_t total;
    const struct zhol_observation *all = zhol_corridor_observation(view->corridor, &total);
    report_sheet_init(sheet, "observed", "Held against published tonnes (rail)",
                      "Сверка с опубликованными тоннами (ж/д)", columns, 8);
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_observation *o = &all[rows[i].observation];
        char day[TIME_TEXT_SIZE];
        report_sheet_text(
            sheet, zhol_corridor_id(view->corridor, ZHOL_TABLE_observation, o->observation_id));
        report_sheet_text(sheet, node_name(view, rows[i].node));
        time_format_date(o->period_start, day);
        report_sheet_text(sheet, day);
        time_format_date(o->period_end - 1, day);
        report_sheet_text(sheet, day);
        report_sheet_text(sheet, ways[rows[i].counted][view->lang == REPORT_RU]);
        report_sheet_number(sheet, KT(rows[i].observed_t));
        report_sheet_number(sheet, KT(rows[i].model_t));
        report_sheet_number(sheet, 100 * (rows[i].model_t / rows[i].observed_t - 1));
    }
}
