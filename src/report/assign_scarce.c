/* report/assign_scarce.c: capacities, prices, shortages and limits as sheets. See assign_view.h. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "report/assign_view.h"
#include "report/terms.h"

static const struct zhol_resource *first_row(const struct assign_view *view, uint32_t resource)
{
    uint32_t begin, end, count;
    zhol_corridor_rows(view->corridor, ZHOL_TABLE_resource, resource, &begin, &end);
    return &zhol_corridor_resource(view->corridor, &count)[begin];
}

static const char *node_name(const struct assign_view *view, uint32_t node)
{
    return node == ZHOL_NONE
               ? ""
               : zhol_node_name(view->corridor, node, view->lang == REPORT_RU ? "ru" : "en");
}

static const char *resource_id(const struct assign_view *view, uint32_t resource)
{
    return zhol_corridor_id(view->corridor, ZHOL_TABLE_resource, resource);
}

/* The place towards which a pair's row goes: the end of its link with the greater number for sense
 * 0. */
static uint32_t towards(const struct assign_view *view, const struct zhol_resource *row, int sense)
{
    uint32_t begin, end, count;
    if (row->link_id == ZHOL_NONE || sense < 0) {
        return ZHOL_NONE;
    }
    zhol_corridor_rows(view->corridor, ZHOL_TABLE_link, row->link_id, &begin, &end);
    const struct zhol_link *link = &zhol_corridor_link(view->corridor, &count)[begin];
    bool up = link->from_node_id < link->to_node_id;
    return up == (sense == 0) ? link->to_node_id : link->from_node_id;
}

/* The Russian name of the only process that uses a resource; "" where there is none such. */
static const char *process_name_ru(const struct assign_view *view, uint32_t resource)
{
    uint32_t count, uses, rows, begin, end;
    const uint32_t *list =
        zhol_corridor_rows_of(view->corridor, ZHOL_TABLE_resource_use, resource, &count);
    const struct zhol_resource_use *use = zhol_corridor_resource_use(view->corridor, &uses);
    const struct zhol_process *processes = zhol_corridor_process(view->corridor, &rows);
    uint32_t process = ZHOL_NONE;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t other = use[list[i]].process_id;
        if (other == ZHOL_NONE || (process != ZHOL_NONE && process != other)) {
            return "";
        }
        process = other;
    }
    if (process == ZHOL_NONE) {
        return "";
    }
    zhol_corridor_rows(view->corridor, ZHOL_TABLE_process, process, &begin, &end);
    return zhol_corridor_text(view->corridor, processes[begin].name_ru);
}

/* The Russian name; where the row has none a capacity is called by its way and unit, or by the
 * process that uses it; false where neither is known. */
static bool put_name_ru(const struct assign_view *view, const struct zhol_resource *row,
                        struct buffer *out)
{
    uint32_t begin, end, count;
    if (row->name_ru) {
        buffer_string(out, zhol_corridor_text(view->corridor, row->name_ru));
        return true;
    }
    if (row->link_id != ZHOL_NONE) {
        zhol_corridor_rows(view->corridor, ZHOL_TABLE_link, row->link_id, &begin, &end);
        const struct zhol_link *link = &zhol_corridor_link(view->corridor, &count)[begin];
        buffer_printf(out, "%s - ", node_name(view, link->from_node_id));
        buffer_printf(out, "%s, ", node_name(view, link->to_node_id));
        buffer_string(out, report_term(zhol_capacity_unit_text(row->unit), REPORT_RU));
        return true;
    }
    const char *name = process_name_ru(view, row->resource_id);
    buffer_string(out, name);
    return *name != '\0';
}

void assign_view_capacity_name(const struct assign_view *view, uint32_t resource, int sense,
                               bool assumed, struct buffer *out)
{
    const struct zhol_resource *row = first_row(view, resource);
    uint32_t node = towards(view, row, sense);
    if (view->lang != REPORT_RU || !put_name_ru(view, row, out)) {
        buffer_string(out, zhol_corridor_text(view->corridor, row->name));
    }
    if (node != ZHOL_NONE) {
        buffer_printf(out, " → %s", node_name(view, node));
    }
    buffer_string(out, assumed ? " *" : "");
}

static void put_name(const struct assign_view *view, uint32_t resource, int sense, bool assumed,
                     struct report_sheet *sheet)
{
    struct buffer name;
    buffer_init(&name);
    if (resource != ZHOL_NONE) {
        assign_view_capacity_name(view, resource, sense, assumed, &name);
    }
    report_sheet_text(sheet, buffer_get(&name));
    buffer_clear(&name);
}

static const char *unit_of(const struct assign_view *view, uint32_t resource)
{
    return report_term(zhol_capacity_unit_text(first_row(view, resource)->unit), view->lang);
}

/* ---- Capacities ---- */

/* A published figure of another kind (nameplate, demonstrated) for the same place or link in the
 * same unit, a day; NaN where there is none on the study's last day. */
static double other_kind(const struct assign_view *view, const struct zhol_resource *row,
                         unsigned kind)
{
    uint32_t count;
    const struct zhol_resource *all = zhol_corridor_resource(view->corridor, &count);
    int32_t day = view->study->options.to - 1;
    for (uint32_t i = 0; i < count; i++) {
        bool same = all[i].node_id == row->node_id && all[i].link_id == row->link_id &&
                    (row->node_id != ZHOL_NONE || row->link_id != ZHOL_NONE);
        if (same && all[i].kind == kind && all[i].unit == row->unit &&
            zhol_day_in(day, all[i].valid_from, all[i].valid_to)) {
            return assign_day_value(&all[i], all[i].value);
        }
    }
    return NAN;
}

/* On what the limit of a row rests: an assumption, a reckoning from published figures, or one of
 * them as it stands. */
static const char *evidence_of(const struct assign_view *view, const struct zhol_resource *row,
                               bool assumed)
{
    uint32_t count;
    const struct zhol_source *sources = zhol_corridor_source(view->corridor, &count);
    uint32_t at = zhol_corridor_row_on(view->corridor, ZHOL_TABLE_source, row->source_id,
                                       view->study->options.to - 1);
    bool derived = at != ZHOL_NONE && sources[at].kind == zhol_source_kind_DERIVED;
    return assumed ? "assumed" : derived ? "derived" : "published";
}

static int by_scarcity(const void *a, const void *b)
{
    const struct assign_capacity *const *x = a, *const *y = b;
    double rent = (*x)->price * (*x)->capacity, other = (*y)->price * (*y)->capacity;
    if (rent != other) {
        return rent > other ? -1 : 1;
    }
    double first = (*x)->use / (*x)->capacity, second = (*y)->use / (*y)->capacity;
    if (first != second) {
        return first > second ? -1 : 1;
    }
    return (*x)->resource != (*y)->resource
               ? ((*x)->resource < (*y)->resource ? -1 : 1)
               : ((*x)->sense > (*y)->sense) - ((*x)->sense < (*y)->sense);
}

/* "R.S030 → Beskol Train pairs on Dostyk - Beskol *": what is short is said in one cell. */
static void put_label(const struct assign_view *view, const struct assign_capacity *c,
                      struct report_sheet *sheet)
{
    struct buffer text;
    buffer_init(&text);
    buffer_printf(&text, "%s: ", resource_id(view, c->resource));
    assign_view_capacity_name(view, c->resource, c->sense, c->assumed, &text);
    report_sheet_text(sheet, buffer_get(&text));
    buffer_clear(&text);
}

/* What a unit less costs and a unit more saves in the dearest slice, and for how many units. A
 * capacity that is never full has 0 on both sides, downwards as far as it has room; of a full one
 * that was not looked at nothing is known. */
static void put_sides(const struct assign_view *view, const struct assign_capacity *c,
                      struct report_sheet *sheet)
{
    const struct assign_worth *found = NULL;
    for (uint32_t i = 0; i < view->worth_count; i++) {
        bool same = view->worths[i].capacity == (uint32_t)(c - view->study->capacities);
        found = same ? &view->worths[i] : found;
    }
    bool room = c->peak < 1 - 1e-9;
    double none = room ? 0 : NAN, left = room ? (1 - c->peak) * c->capacity : NAN;
    report_sheet_number(sheet, found ? found->range.less.price : none);
    report_sheet_number(sheet, found ? found->range.less.range : left);
    report_sheet_number(sheet, c->price_peak);
    report_sheet_number(sheet, found ? found->range.more.price : none);
    report_sheet_number(sheet, found ? found->range.more.range : NAN);
}

/* The row of the table that held last in the period. */
static const struct zhol_resource *last_row(const struct assign_view *view,
                                            const struct assign_capacity *c)
{
    uint32_t count;
    return &zhol_corridor_resource(view->corridor, &count)[c->resource_row];
}

static void put_capacity(const struct assign_view *view, const struct assign_capacity *c,
                         struct report_sheet *sheet)
{
    const struct zhol_resource *row = first_row(view, c->resource);
    report_sheet_text(sheet, resource_id(view, c->resource));
    put_name(view, c->resource, c->sense, c->assumed, sheet);
    put_label(view, c, sheet);
    report_sheet_text(sheet, node_name(view, towards(view, row, c->sense)));
    report_sheet_text(sheet, unit_of(view, c->resource));
    report_sheet_number(sheet, c->use);
    report_sheet_number(sheet, c->capacity);
    report_sheet_number(sheet, c->capacity > 0 ? 100 * c->use / c->capacity : NAN);
    report_sheet_number(sheet, 100 * c->peak);
    put_sides(view, c, sheet);
    report_sheet_number(sheet, c->price);
    report_sheet_number(sheet, c->tight_days);
    double nameplate = other_kind(view, row, zhol_capacity_kind_NAMEPLATE);
    double shown = other_kind(view, row, zhol_capacity_kind_DEMONSTRATED);
    report_sheet_number(sheet, nameplate);
    report_sheet_number(sheet, 100 * c->use / nameplate);
    report_sheet_number(sheet, shown);
    report_sheet_number(sheet, 100 * c->use / shown);
    report_sheet_text(sheet, evidence_of(view, last_row(view, c), c->assumed));
    report_sheet_text(
        sheet, zhol_corridor_id(view->corridor, ZHOL_TABLE_source, last_row(view, c)->source_id));
}

void assign_view_capacities(const struct assign_view *view, struct report_sheet *sheet)
{
    static const struct report_sheet_column columns[] = {
        {"resource_id", {NULL, NULL}, false, 0, false},
        {"capacity", {NULL, NULL}, false, 0, false},
        {"label", {"Capacity (* assumed)", "Мощность (* допущение)"}, false, 0, true},
        {"towards", {NULL, NULL}, false, 0, false},
        {"unit", {"unit", "ед."}, false, 0, false},
        {"use_day", {"use", "занято"}, true, 1, false},
        {"capacity_day", {"of", "из"}, true, 1, false},
        {"use_pct", {NULL, NULL}, true, 0, false},
        {"peak_pct", {NULL, NULL}, true, 0, false},
        {"less_usd_day", {"less", "вниз"}, true, 0, false},
        {"less_range", {"for", "на"}, true, 2, false},
        {"price_peak_usd_day", {NULL, NULL}, true, 0, false},
        {"more_usd_day", {"more", "вверх"}, true, 0, false},
        {"more_range", {"for", "на"}, true, 2, false},
        {"price_usd_day", {NULL, NULL}, true, 0, false},
        {"tight_days", {NULL, NULL}, true, 0, false},
        {"nameplate_day", {NULL, NULL}, true, 1, false},
        {"nameplate_pct", {NULL, NULL}, true, 1, false},
        {"demonstrated_day", {NULL, NULL}, true, 1, false},
        {"demonstrated_pct", {NULL, NULL}, true, 1, false},
        {"evidence", {NULL, NULL}, false, 0, false},
        {"source_id", {NULL, NULL}, false, 0, false}};
    const struct assign_study *study = view->study;
    bool one = study->slice_count == 1;
    report_sheet_init(
        sheet, "capacities",
        one ? "Capacities, dearest first; USD a unit less or more, and for how many units"
            : "Capacities, dearest first; USD a unit less or more, for how many; dearest month",
        one ? "Мощности, сначала дорогие; долл. за единицу вниз или вверх, на сколько"
            : "Мощности; долл. за единицу вниз или вверх, на сколько; самый дорогой месяц",
        columns, sizeof columns / sizeof *columns);
    const struct assign_capacity **order =
        malloc(((size_t)study->capacity_count + 1) * sizeof *order);
    if (!order) {
        sheet->error = ZHOL_ERROR_MEMORY;
        return;
    }
    for (uint32_t i = 0; i < study->capacity_count; i++) {
        order[i] = &study->capacities[i];
    }
    if (study->capacity_count) {
        qsort(order, study->capacity_count, sizeof *order, by_scarcity);
    }
    for (uint32_t i = 0; i < study->capacity_count; i++) {
        if (order[i]->use > 0 || order[i]->price > 0) {
            put_capacity(view, order[i], sheet);
        }
    }
    free(order);
}

/* ---- Nameplate and demonstrated ---- */

static void put_shown(const struct assign_view *view, const struct assign_capacity *c,
                      struct report_sheet *sheet)
{
    const struct zhol_resource *row = first_row(view, c->resource);
    double nameplate = other_kind(view, row, zhol_capacity_kind_NAMEPLATE);
    double shown = other_kind(view, row, zhol_capacity_kind_DEMONSTRATED);
    if (isnan(nameplate) && isnan(shown)) {
        return;
    }
    report_sheet_text(sheet, resource_id(view, c->resource));
    put_label(view, c, sheet);
    report_sheet_text(sheet, unit_of(view, c->resource));
    report_sheet_number(sheet, c->use);
    report_sheet_number(sheet, c->capacity);
    report_sheet_number(sheet, nameplate);
    report_sheet_number(sheet, 100 * c->use / nameplate);
    report_sheet_number(sheet, shown);
    report_sheet_number(sheet, 100 * c->use / shown);
}

/* A nameplate says what was built or agreed, a demonstrated value what was once counted; what binds
 * may be either or neither. */
void assign_view_shown(const struct assign_view *view, struct report_sheet *sheet)
{
    static const struct report_sheet_column columns[] = {
        {"resource_id", {NULL, NULL}, false, 0, false},
        {"label", {"Capacity (* assumed)", "Мощность (* допущение)"}, false, 0, true},
        {"unit", {"unit", "ед."}, false, 0, false},
        {"use_day", {"use", "занято"}, true, 1, false},
        {"capacity_day", {"binds", "предел"}, true, 1, false},
        {"nameplate_day", {"built", "паспорт"}, true, 1, false},
        {"nameplate_pct", {"use, %", "%"}, true, 0, false},
        {"demonstrated_day", {"shown", "факт"}, true, 1, false},
        {"demonstrated_pct", {"use, %", "%"}, true, 0, false}};
    const struct assign_study *study = view->study;
    report_sheet_init(sheet, "shown",
                      "Use a day against nameplate (built, agreed) and the most that was counted",
                      "В сутки против паспортной мощности и наибольшего, что считали", columns,
                      sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < study->capacity_count; i++) {
        if (study->capacities[i].use > 0) {
            put_shown(view, &study->capacities[i], sheet);
        }
    }
}

/* ---- What one more is worth ---- */

static void put_piece(const struct assign_view *view, const struct assign_worth *worth,
                      struct report_sheet *sheet)
{
    static const char *const pieces[][REPORT_LANG_COUNT] = {
        [ASSIGN_PIECE_TRAIN] = {"train", "поезд"},
        [ASSIGN_PIECE_PAIR] = {"train pair", "пара поездов"},
        [ASSIGN_PIECE_SAILING] = {"sailing", "рейс"},
        [ASSIGN_PIECE_SERVER] = {"server", "место"},
        [ASSIGN_PIECE_TENTH] = {"a tenth more", "на десятую больше"}};
    static const struct {
        unsigned kind;
        const char *in[REPORT_LANG_COUNT];
    } servers[] = {{zhol_process_kind_TRANSSHIP, {"crane", "кран"}},
                   {zhol_process_kind_RELOAD_BULK, {"front", "фронт"}},
                   {zhol_process_kind_BOGIE_CHANGE, {"bogie position", "позиция тележек"}},
                   {zhol_process_kind_BERTH, {"berth", "причал"}},
                   {zhol_process_kind_LABORATORY, {"laboratory", "лаборатория"}},
                   {zhol_process_kind_LOAD, {"loading track", "погрузочный путь"}},
                   {zhol_process_kind_UNLOAD, {"unloading track", "выгрузочный путь"}}};
    const char *name = pieces[worth->piece][view->lang];
    struct buffer text;
    for (size_t i = 0; worth->piece == ASSIGN_PIECE_SERVER && i < sizeof servers / sizeof *servers;
         i++) {
        name = servers[i].kind == worth->process_kind ? servers[i].in[view->lang] : name;
    }
    buffer_init(&text);
    buffer_string(&text, name);
    for (uint32_t i = 0; worth->together > 1 && i < worth->together && i < ASSIGN_TOGETHER; i++) {
        buffer_printf(&text,
                      i                         ? ", %s"
                      : view->lang == REPORT_RU ? " на %s"
                                                : " on %s",
                      resource_id(view, worth->with[i]));
    }
    report_sheet_text(sheet, buffer_get(&text));
    buffer_clear(&text);
}

/* "R.S027F", "A - B: all met", "nothing" */
static void put_end(const struct assign_view *view, const struct assign_end *end,
                    struct report_sheet *sheet)
{
    bool ru = view->lang == REPORT_RU;
    struct buffer out;
    buffer_init(&out);
    if (end->resource != ZHOL_NONE) {
        buffer_string(&out, resource_id(view, end->resource));
    } else if (end->from != ZHOL_NONE) {
        buffer_printf(&out, "%s - %s", node_name(view, end->from), node_name(view, end->to));
        buffer_string(&out, end->kind == ZHOL_ASSIGN_END_UNMET ? (ru ? ": всё взято" : ": all met")
                            : ru                               ? ": другой путь"
                                                               : ": another way");
    } else {
        buffer_string(&out, end->kind == ZHOL_ASSIGN_END_ZERO ? (ru ? "ноль" : "zero")
                            : ru                              ? "ничего"
                                                              : "nothing");
    }
    report_sheet_text(sheet, buffer_get(&out));
    buffer_clear(&out);
}

/* "R.S030 → Beskol *": the identifier and the direction, with a star where assumed. */
static void put_mark(const struct assign_view *view, const struct assign_capacity *c,
                     struct report_sheet *sheet)
{
    uint32_t node = towards(view, first_row(view, c->resource), c->sense);
    struct buffer text;
    buffer_init(&text);
    buffer_string(&text, resource_id(view, c->resource));
    if (node != ZHOL_NONE) {
        buffer_printf(&text, " → %s", node_name(view, node));
    }
    buffer_string(&text, c->assumed ? " *" : "");
    report_sheet_text(sheet, buffer_get(&text));
    buffer_clear(&text);
}

/* True where the piece of a row is that of one before it: the other direction of a pair, or another
 * section of the same line. Its gain stands there, and nobody should add it again. */
static bool is_told(const struct assign_worth *const *order, uint32_t at)
{
    const struct assign_worth *w = order[at];
    uint32_t known = w->together < ASSIGN_TOGETHER ? w->together : ASSIGN_TOGETHER;
    for (uint32_t i = 0; i < at; i++) {
        if (order[i]->together == w->together && order[i]->piece == w->piece &&
            order[i]->piece_units == w->piece_units &&
            memcmp(order[i]->with, w->with, known * sizeof *w->with) == 0) {
            return true;
        }
    }
    return false;
}

static void put_worth(const struct assign_view *view, const struct assign_worth *w, bool told,
                      struct report_sheet *sheet)
{
    const struct assign_capacity *c = &view->study->capacities[w->capacity];
    char day[TIME_TEXT_SIZE];
    time_format_date(view->study->slices[w->slice].from, day);
    day[7] = '\0'; /* the month */
    report_sheet_text(sheet, resource_id(view, c->resource));
    put_mark(view, c, sheet);
    put_name(view, c->resource, c->sense, c->assumed, sheet);
    report_sheet_text(sheet, day);
    report_sheet_text(sheet, unit_of(view, c->resource));
    report_sheet_number(sheet, w->range.less.price);
    report_sheet_number(sheet, w->range.less.range);
    report_sheet_number(sheet, w->range.more.price);
    report_sheet_number(sheet, w->range.more.range);
    put_end(view, &w->more, sheet);
    report_sheet_number(sheet, w->range.more.price_after);
    if (told) {
        report_sheet_text(sheet, view->lang == REPORT_RU ? "уже выше" : "the same, above");
    } else {
        put_piece(view, w, sheet);
    }
    report_sheet_number(sheet, w->piece_units);
    report_sheet_number(sheet, w->together);
    report_sheet_number(sheet, told ? NAN : w->piece_usd_day);
    report_sheet_number(sheet, told ? NAN : w->piece_usd / 1e6);
    report_sheet_number(sheet, told ? NAN : (double)w->pays_days);
    report_sheet_text(sheet, evidence_of(view, last_row(view, c), c->assumed));
}

/* What a piece saves in the period, the most first; of equal ones in the order of their rents. */
static int by_gain(const void *a, const void *b)
{
    const struct assign_worth *x = *(const struct assign_worth *const *)a;
    const struct assign_worth *y = *(const struct assign_worth *const *)b;
    if (x->piece_usd != y->piece_usd) {
        return x->piece_usd > y->piece_usd ? -1 : 1;
    }
    return (x > y) - (x < y);
}

void assign_view_worth(const struct assign_view *view, struct report_sheet *sheet)
{
    static const struct report_sheet_column columns[] = {
        {"resource_id", {NULL, NULL}, false, 0, false},
        {"mark", {"Capacity", "Мощность"}, false, 0, true},
        {"capacity", {NULL, NULL}, false, 0, false},
        {"month", {"month", "месяц"}, false, 0, false},
        {"unit", {NULL, NULL}, false, 0, false},
        {"less_usd_day", {NULL, NULL}, true, 2, false},
        {"less_range", {NULL, NULL}, true, 3, false},
        {"more_usd_day", {"+1, USD", "+1, долл."}, true, 0, false},
        {"more_range", {"for", "на"}, true, 2, false},
        {"behind", {"then", "дальше"}, false, 0, true},
        {"price_after_usd_day", {NULL, NULL}, true, 2, false},
        {"piece", {"one more", "ещё"}, false, 0, true},
        {"piece_units_day", {NULL, NULL}, true, 0, false},
        {"together", {NULL, NULL}, true, 0, false},
        {"piece_usd_day", {"USD/day", "долл./сут"}, true, 0, false},
        {"piece_usd_period", {"M USD", "млн долл."}, true, 2, false},
        {"pays_days", {NULL, NULL}, true, 0, false},
        {"evidence", {NULL, NULL}, false, 0, false}};
    report_sheet_init(sheet, "worth",
                      "What one more is worth: dearest month, whole period (* assumed)",
                      "Чего стоит прибавка: самый дорогой месяц, весь период (* допущение)",
                      columns, sizeof columns / sizeof *columns);
    const struct assign_worth **order = malloc(((size_t)view->worth_count + 1) * sizeof *order);
    if (!order) {
        sheet->error = ZHOL_ERROR_MEMORY;
        return;
    }
    for (uint32_t i = 0; i < view->worth_count; i++) {
        order[i] = &view->worths[i];
    }
    if (view->worth_count) {
        qsort(order, view->worth_count, sizeof *order, by_gain);
    }
    for (uint32_t i = 0; i < view->worth_count; i++) {
        put_worth(view, order[i], is_told(order, i), sheet);
    }
    free(order);
}

/* ---- Shortages and limits ---- */

struct reason {
    uint32_t resource;
    int8_t sense;
    bool assumed, dear;
    double t;
};

static int by_reason(const void *a, const void *b)
{
    const struct reason *x = a, *y = b;
    if (x->t != y->t) {
        return x->t > y->t ? -1 : 1;
    }
    return (x->resource > y->resource) - (x->resource < y->resource);
}

static bool is_assumed(const struct assign_view *view, uint32_t resource)
{
    for (uint32_t i = 0; i < view->study->capacity_count; i++) {
        if (view->study->capacities[i].resource == resource) {
            return view->study->capacities[i].assumed;
        }
    }
    return false;
}

/* Why freight stays where no capacity is the reason. */
static const char *none_text(const struct assign_view *view, bool dear)
{
    bool ru = view->lang == REPORT_RU;
    return dear ? (ru ? "путь дороже, чем не ехать" : "its way costs more than not to go")
                : (ru ? "нет пути" : "no way");
}

static void put_reasons(const struct assign_view *view, const struct reason *reasons,
                        uint32_t count, struct report_sheet *sheet)
{
    for (uint32_t i = 0; i < count; i++) {
        bool none = reasons[i].resource == ZHOL_NONE;
        report_sheet_text(sheet, none ? "" : resource_id(view, reasons[i].resource));
        if (none) {
            report_sheet_text(sheet, none_text(view, reasons[i].dear));
        } else {
            put_name(view, reasons[i].resource, reasons[i].sense, reasons[i].assumed, sheet);
        }
        report_sheet_number(sheet, reasons[i].t / 1e3);
    }
}

void assign_view_reasons(const struct assign_view *view, const struct assign_shortage *shortages,
                         uint32_t count, struct report_sheet *sheet)
{
    static const struct report_sheet_column columns[] = {
        {"resource_id", {"Limit", "Предел"}, false, 0, false},
        {"limit",
         {"that is short (* assumed)", "которого не хватает (* допущение)"},
         false,
         0,
         false},
        {"unmet_kt", {"unmet, kt", "осталось, тыс. т"}, true, 1, false}};
    report_sheet_init(sheet, "reasons", "What stays unmet, and why", "Что не перевезено и почему",
                      columns, 3);
    struct reason *reasons = calloc((size_t)count + 1, sizeof *reasons);
    uint32_t kinds = 0;
    if (!reasons) {
        sheet->error = ZHOL_ERROR_MEMORY;
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t k = 0;
        while (k < kinds &&
               (reasons[k].resource != shortages[i].resource ||
                reasons[k].sense != shortages[i].sense || reasons[k].dear != shortages[i].dear)) {
            k++;
        }
        if (k == kinds) {
            reasons[kinds++] = (struct reason){shortages[i].resource, shortages[i].sense,
                                               shortages[i].resource != ZHOL_NONE &&
                                                   is_assumed(view, shortages[i].resource),
                                               shortages[i].dear, 0};
        }
        reasons[k].t += shortages[i].t;
    }
    if (kinds) {
        qsort(reasons, kinds, sizeof *reasons, by_reason);
    }
    put_reasons(view, reasons, kinds, sheet);
    free(reasons);
}

void assign_view_shortages(const struct assign_view *view, const struct assign_shortage *shortages,
                           uint32_t count, struct report_sheet *sheet)
{
    static const struct report_sheet_column columns[] = {
        {"month", {"Month", "Месяц"}, false, 0, false},
        {"from", {"From", "От"}, false, 0, false},
        {"to", {"To", "До"}, false, 0, false},
        {"commodity", {"Goods", "Груз"}, false, 0, false},
        {"unmet_kt", {"unmet, kt", "осталось, тыс. т"}, true, 1, false},
        {"limit", {"for want of", "не хватает"}, false, 0, false},
        {"resource_id", {NULL, NULL}, false, 0, false}};
    uint32_t rows;
    report_sheet_init(sheet, "unmet_demand", "Unmet demand", "Неудовлетворённый спрос", columns, 7);
    const struct zhol_commodity *commodities = zhol_corridor_commodity(view->corridor, &rows);
    for (uint32_t i = 0; i < count; i++) {
        const struct assign_shortage *s = &shortages[i];
        char day[TIME_TEXT_SIZE];
        uint32_t begin, end;
        time_format_date(view->study->slices[s->slice].from, day);
        day[7] = '\0';
        zhol_corridor_rows(view->corridor, ZHOL_TABLE_commodity, s->commodity, &begin, &end);
        zhol_cell_text name = view->lang == REPORT_RU && commodities[begin].name_ru
                                  ? commodities[begin].name_ru
                                  : commodities[begin].name;
        report_sheet_text(sheet, day);
        report_sheet_text(sheet, node_name(view, s->from));
        report_sheet_text(sheet, node_name(view, s->to));
        report_sheet_text(sheet, zhol_corridor_text(view->corridor, name));
        report_sheet_number(sheet, s->t / 1e3);
        put_name(view, s->resource, s->sense, false, sheet);
        report_sheet_text(sheet, s->resource == ZHOL_NONE ? "" : resource_id(view, s->resource));
    }
}

void assign_view_limits(const struct assign_view *view, const struct assign_limit *limits,
                        uint32_t count, struct report_sheet *sheet)
{
    static const struct report_sheet_column columns[] = {
        {"resource_id", {"Limit", "Предел"}, false, 0, false},
        {"limit", {"(* assumed)", "(* допущение)"}, false, 0, false},
        {"unit", {"unit", "ед."}, false, 0, false},
        {"stated_day", {"stated", "указан"}, true, 1, false},
        {"needed_day", {"needed", "нужен"}, true, 1, false},
        {"evidence", {NULL, NULL}, false, 0, false}};
    report_sheet_init(sheet, "limits", "Limits that would have to give way for all to be carried",
                      "Пределы, которым надо уступить, чтобы перевезти всё", columns, 6);
    for (uint32_t i = 0; i < count; i++) {
        report_sheet_text(sheet, resource_id(view, limits[i].resource));
        put_name(view, limits[i].resource, limits[i].sense, limits[i].assumed, sheet);
        report_sheet_text(sheet, unit_of(view, limits[i].resource));
        report_sheet_number(sheet, limits[i].stated);
        report_sheet_number(sheet, limits[i].needed);
        report_sheet_text(sheet, limits[i].assumed ? "assumed" : "published");
    }
}

/* ---- On the map ---- */

static void put_point(struct json_writer *json, const struct assign_view *view, uint32_t node)
{
    uint32_t begin, end, count;
    zhol_corridor_rows(view->corridor, ZHOL_TABLE_node, node, &begin, &end);
    const struct zhol_node *row = &zhol_corridor_node(view->corridor, &count)[begin];
    json_write_array(json);
    json_write_fixed(json, row->x_coord, 4);
    json_write_fixed(json, row->y_coord, 4);
    json_write_array_end(json);
}

/* Greatest mean share of use among the capacities that stand on the link. */
static double link_use(const struct assign_view *view, uint32_t link)
{
    double most = NAN;
    for (uint32_t i = 0; i < view->study->capacity_count; i++) {
        const struct assign_capacity *c = &view->study->capacities[i];
        double share = c->capacity > 0 ? c->use / c->capacity : NAN;
        if (first_row(view, c->resource)->link_id == link && !(share <= most)) {
            most = share;
        }
    }
    return most;
}

static void put_feature(struct json_writer *json, const struct assign_view *view, uint32_t thing)
{
    const struct assign_amount *there = &view->study->links[0][thing];
    const struct assign_amount *back = &view->study->links[1][thing];
    uint32_t begin, end, count;
    zhol_corridor_rows(view->corridor, ZHOL_TABLE_link, thing, &begin, &end);
    const struct zhol_link *link = &zhol_corridor_link(view->corridor, &count)[begin];
    double share = link_use(view, thing);
    json_write_object(json);
    json_member_text(json, "type", "Feature");
    json_write_key(json, "geometry");
    json_write_object(json);
    json_member_text(json, "type", "LineString");
    json_write_key(json, "coordinates");
    json_write_array(json);
    put_point(json, view, link->from_node_id);
    put_point(json, view, link->to_node_id);
    json_write_array_end(json);
    json_write_object_end(json);
    json_write_key(json, "properties");
    json_write_object(json);
    json_member_text(json, "link_id", zhol_corridor_id(view->corridor, ZHOL_TABLE_link, thing));
    json_member_text(json, "from", node_name(view, link->from_node_id));
    json_member_text(json, "to", node_name(view, link->to_node_id));
    json_member_text(json, "mode", zhol_mode_text(link->mode));
    json_member_fixed(json, "there_t", there->t, 0);
    json_member_fixed(json, "back_t", back->t, 0);
    json_member_fixed(json, "there_teu", there->teu, 0);
    json_member_fixed(json, "back_teu", back->teu, 0);
    if (isfinite(share)) {
        json_member_fixed(json, "use_pct", 100 * share, 1);
    } else {
        json_member_null(json, "use_pct");
    }
    json_write_object_end(json);
    json_write_object_end(json);
}

enum zhol_error assign_view_geojson(const struct assign_view *view,
                                    const struct report_sheet_note *notes, uint32_t note_count,
                                    struct buffer *out)
{
    struct json_writer json;
    uint32_t things = zhol_corridor_things(view->corridor, ZHOL_TABLE_link);
    json_writer_init(&json, out, true);
    json_write_object(&json);
    json_member_text(&json, "type", "FeatureCollection");
    json_write_key(&json, "about");
    json_write_object(&json);
    for (uint32_t i = 0; i < note_count; i++) {
        json_member_text(&json, notes[i].key, notes[i].value);
    }
    json_write_object_end(&json);
    json_write_key(&json, "features");
    json_write_array(&json);
    for (uint32_t i = 0; i < things; i++) {
        if (view->study->links[0][i].t + view->study->links[1][i].t >= 0.5) {
            put_feature(&json, view, i);
        }
    }
    json_write_array_end(&json);
    json_write_object_end(&json);
    return json_writer_end(&json);
}
