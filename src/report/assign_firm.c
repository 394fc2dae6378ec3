/* report/assign_firm.c: firmness, sensitivities and empties as sheets. See assign_view.h. */
#include <math.h>

#include "report/assign_view.h"
#include "report/format.h"
#include "report/terms.h"

static void put_capacity(const struct assign_view *view, uint32_t resource, int sense, bool assumed,
                         struct report_sheet *sheet)
{
    struct buffer name;
    buffer_init(&name);
    assign_view_capacity_name(view, resource, sense, assumed, &name);
    report_sheet_text(sheet, zhol_corridor_id(view->corridor, ZHOL_TABLE_resource, resource));
    report_sheet_text(sheet, buffer_get(&name));
    buffer_clear(&name);
}

void assign_view_robust(const struct assign_view *view, const struct assign_robust *robust,
                        struct report_sheet *sheet)
{
    static const struct report_sheet_column columns[] = {
        {"resource_id", {"Capacity", "Мощность"}, false, 0, false},
        {"capacity", {"(* assumed)", "(* допущение)"}, false, 0, false},
        {"first_pct", {"first %", "первая, %"}, true, 0, false},
        {"priced_pct", {"scarce %", "узкая, %"}, true, 0, false},
        {"price_p10_usd_day", {"USD P10", "USD P10"}, true, 0, false},
        {"price_p50_usd_day", {"P50", "P50"}, true, 0, false},
        {"price_p90_usd_day", {"P90", "P90"}, true, 0, false}};
    report_sheet_init(
        sheet, "robust", "How firm the bottlenecks are; duals of a unit a day, USD a day",
        "Насколько тверды узкие места; двойственные цены единицы в сутки, долл. в сутки", columns,
        7);
    for (uint32_t i = 0; i < robust->count; i++) {
        const struct assign_robust_row *row = &robust->rows[i];
        put_capacity(view, row->resource, row->sense, row->assumed, sheet);
        report_sheet_number(sheet, 100.0 * row->first / robust->draws);
        report_sheet_number(sheet, 100.0 * row->priced / robust->draws);
        report_sheet_number(sheet, row->price.low);
        report_sheet_number(sheet, row->price.middle);
        report_sheet_number(sheet, row->price.high);
    }
}

/* "capacity R.S028F", "demand: transit, north", "tariffs: rail" ... */
static void put_factor(const struct assign_view *view, const struct assign_factor *factor,
                       struct report_sheet *sheet)
{
    bool ru = view->lang == REPORT_RU;
    struct buffer name;
    buffer_init(&name);
    switch (factor->kind) {
    case ASSIGN_FACTOR_CAPACITY:
        buffer_printf(&name, "%s %s", ru ? "мощность" : "capacity",
                      zhol_corridor_id(view->corridor, ZHOL_TABLE_resource, factor->thing));
        break;
    case ASSIGN_FACTOR_DEMAND: {
        const char *trade = zhol_trade_text(factor->thing / ASSIGN_ROUTES);
        const char *route = zhol_demand_route_text(factor->thing % ASSIGN_ROUTES);
        buffer_printf(&name, "%s %s", ru ? "спрос:" : "demand:", report_term(trade, view->lang));
        buffer_printf(&name, *route ? ", %s" : "%s", report_term(route, view->lang));
        break;
    }
    case ASSIGN_FACTOR_TARIFF:
        buffer_printf(&name, "%s %s", ru ? "тарифы:" : "tariffs:",
                      report_term(zhol_mode_text(factor->thing), view->lang));
        break;
    case ASSIGN_FACTOR_TIME:
        buffer_string(&name, ru ? "цена времени груза" : "worth of time");
        break;
    case ASSIGN_FACTOR_LEAVE:
        buffer_string(&name, ru ? "цена чужого перехода, долл./т" : "another crossing, USD/t");
        break;
    default:
        buffer_string(&name, ru ? "цена неперевезённого" : "price of unmet freight");
    }
    report_sheet_text(sheet, buffer_get(&name));
    buffer_clear(&name);
}

/* "16-28", "0.48-2.26", "8-25 k" */
static void put_range(const struct assign_view *view, const struct assign_factor *factor,
                      struct report_sheet *sheet)
{
    struct buffer text;
    bool large = factor->high >= 10000, ru = view->lang == REPORT_RU;
    double unit = factor->high >= 1e6 ? 1e6 : large ? 1e3 : 1;
    buffer_init(&text);
    format_number(&text, factor->low / unit, factor->high < 10 ? 2 : 0, view->lang);
    buffer_char(&text, '-');
    format_number(&text, factor->high / unit, factor->high < 10 ? 2 : 0, view->lang);
    buffer_string(&text, factor->high >= 1e6 ? (ru ? " млн" : " M")
                         : large             ? (ru ? " тыс." : " k")
                                             : "");
    report_sheet_text(sheet, buffer_get(&text));
    buffer_clear(&text);
}

void assign_view_sensitivity(const struct assign_view *view,
                             const struct assign_sensitivity *sensitivity,
                             struct report_sheet *sheet)
{
    static const struct report_sheet_column columns[] = {
        {"factor", {"Input", "Входная величина"}, false, 0, true},
        {"range", {"from-to", "от-до"}, false, 0, false},
        {"low", {NULL, NULL}, true, 3, false},
        {"high", {NULL, NULL}, true, 3, false},
        {"cost_mu_star_kusd_day", {"mu*, kUSD", "mu*, тыс. долл."}, true, 1, false},
        {"cost_mu_kusd_day", {"mu", "mu"}, true, 1, false},
        {"cost_sigma_kusd_day", {"sigma", "sigma"}, true, 1, false},
        {"unmet_mu_star_t_day", {"unmet, t", "осталось, т"}, true, 0, false},
        {"unmet_mu_t_day", {NULL, NULL}, true, 1, false},
        {"unmet_sigma_t_day", {NULL, NULL}, true, 1, false}};
    report_sheet_init(sheet, "sensitivity",
                      "What moves the answer most, over the whole range of each input",
                      "Что сильнее всего меняет ответ, по всему размаху величины", columns, 10);
    for (uint32_t i = 0; i < sensitivity->count; i++) {
        const struct assign_factor *f = &sensitivity->factors[i];
        put_factor(view, f, sheet);
        put_range(view, f, sheet);
        report_sheet_number(sheet, f->low);
        report_sheet_number(sheet, f->high);
        report_sheet_number(sheet, f->cost_mu_star / 1e3);
        report_sheet_number(sheet, f->cost_mu / 1e3);
        report_sheet_number(sheet, f->cost_sigma / 1e3);
        report_sheet_number(sheet, f->unmet_mu_star);
        report_sheet_number(sheet, f->unmet_mu);
        report_sheet_number(sheet, f->unmet_sigma);
    }
}

/* ---- Empties ---- */

static void put_kind(const struct assign_view *view, const struct assign_empty_kind *kind,
                     struct report_sheet *sheet)
{
    uint32_t begin, end, count;
    bool ru = view->lang == REPORT_RU;
    struct buffer name;
    zhol_corridor_rows(view->corridor, ZHOL_TABLE_load_class, kind->load_class, &begin, &end);
    const struct zhol_load_class *row = &zhol_corridor_load_class(view->corridor, &count)[begin];
    buffer_init(&name);
    if (kind->state == zhol_state_YARD) {
        buffer_string(&name, ru ? "контейнеры" : "containers");
    } else {
        buffer_printf(&name, "%s %s", kind->state == zhol_state_RAIL1435 ? "1435" : "1520",
                      report_term(zhol_cargo_class_text(row->class), view->lang));
    }
    report_sheet_text(sheet, buffer_get(&name));
    buffer_clear(&name);
}

void assign_view_empties(const struct assign_view *view, const struct assign_empties *empties,
                         struct report_sheet *sheet)
{
    static const struct report_sheet_column columns[] = {
        {"equipment", {"Equipment", "Парк"}, false, 0, false},
        {"loaded", {"loaded", "гружёных"}, true, 0, false},
        {"empty", {"empty back", "порожних"}, true, 0, false},
        {"no_path", {"no path", "нет пути"}, true, 0, false},
        {"unit_km", {NULL, NULL}, true, 0, false},
        {"cost_kusd", {"kUSD", "тыс. долл."}, true, 0, false},
        {"usd_per_empty", {"USD/empty", "долл./ед."}, true, 1, false},
        {"usd_per_loaded", {NULL, NULL}, true, 1, false}};
    report_sheet_init(
        sheet, "empties", "Empties sent back, in loads (boxes; wagons by gauge and class)",
        "Порожний возврат, в грузовых единицах (контейнеры; вагоны по колее)", columns, 8);
    for (uint32_t i = 0; i < empties->kind_count; i++) {
        const struct assign_empty_kind *kind = &empties->kinds[i];
        if (kind->loaded > 0) {
            put_kind(view, kind, sheet);
            report_sheet_number(sheet, kind->loaded);
            report_sheet_number(sheet, kind->moved);
            report_sheet_number(sheet, kind->left);
            report_sheet_number(sheet, kind->unit_km);
            report_sheet_number(sheet, kind->usd / 1e3);
            report_sheet_number(sheet, kind->moved > 0 ? kind->usd / kind->moved : NAN);
            /* of those that find no path nothing is known */
            report_sheet_number(sheet, kind->left > 0 ? NAN : kind->usd / kind->loaded);
        }
    }
}

void assign_view_empty_flows(const struct assign_view *view, const struct assign_empties *empties,
                             struct report_sheet *sheet)
{
    static const struct report_sheet_column columns[] = {
        {"equipment", {"Equipment", "Парк"}, false, 0, false},
        {"from", {"From", "От"}, false, 0, false},
        {"to", {"To", "До"}, false, 0, false},
        {"empty", {"empty", "порожних"}, true, 0, false},
        {"cost_kusd", {"kUSD", "тыс. долл."}, true, 0, false}};
    const char *lang = view->lang == REPORT_RU ? "ru" : "en";
    report_sheet_init(sheet, "empty_flows", "Where they go, the dearest first",
                      "Куда они идут, сначала самые дорогие", columns, 5);
    for (uint32_t i = 0; i < empties->flow_count; i++) {
        const struct assign_empty_flow *flow = &empties->flows[i];
        put_kind(view, &empties->kinds[flow->kind], sheet);
        report_sheet_text(sheet, zhol_node_name(view->corridor, flow->from, lang));
        report_sheet_text(sheet, zhol_node_name(view->corridor, flow->to, lang));
        report_sheet_number(sheet, flow->units);
        report_sheet_number(sheet, flow->usd / 1e3);
    }
}
