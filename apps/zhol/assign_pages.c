/* assign_pages.c: see assign_pages.h. */
#include "assign_pages.h"
#include "assign_notes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "desk/demand_table.h"
#include "report/format.h"

enum { ROWS_SHOWN = 12 };
static const double PART_OF_FREIGHT = 1.0 / 3; /* of the fullest year's, below which it is told */

static const char *const words[ASSIGN_PAGE_COUNT] = {
    "crossing", "resource", "shown",   "worth",      "reason",    "unmet", "limit",
    "user",     "observed", "counted", "route",      "commodity", "month", "link",
    "process",  "balance",  "empty",   "empty_flow", "total",     "path"};

enum assign_page assign_page_of(const char *word)
{
    unsigned page = 0;
    while (page < ASSIGN_PAGE_COUNT && strcmp(words[page], word) != 0) {
        page++;
    }
    return (enum assign_page)page;
}

/* ---- Making sheets ---- */

/* Derivatives, of all that is full, stand beside capacities and in a table of their own: found
 * once. */
static enum zhol_error find_worths(struct assign_answer *a)
{
    if (a->worths) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = assign_worth(a->study, 0, &a->worths, &a->view.worth_count);
    a->view.worths = a->worths;
    return error;
}

static enum zhol_error make_worth(struct assign_answer *a, bool capacities,
                                  struct report_sheet *sheet)
{
    enum zhol_error error = find_worths(a);
    if (capacities) {
        assign_view_capacities(&a->view, sheet);
    } else {
        assign_view_worth(&a->view, sheet);
    }
    return error;
}

static enum zhol_error make_totals(struct assign_answer *a, struct report_sheet *sheet)
{
    struct assign_total *totals = NULL;
    uint32_t count = 0;
    enum zhol_error error = assign_totals(a->study, &totals, &count);
    assign_view_totals(&a->view, totals, count, sheet);
    free(totals);
    return error;
}

static enum zhol_error make_shortages(struct assign_answer *a, bool reasons,
                                      struct report_sheet *sheet)
{
    struct assign_shortage *items = NULL;
    uint32_t count = 0;
    enum zhol_error error = assign_study_shortages(a->study, &items, &count);
    if (reasons) {
        assign_view_reasons(&a->view, items, count, sheet);
    } else {
        assign_view_shortages(&a->view, items, count, sheet);
    }
    free(items);
    return error;
}

/* Of the slice in which most stays unmet. */
static enum zhol_error make_limits(struct assign_answer *a, struct report_sheet *sheet)
{
    struct assign_limit *limits = NULL;
    uint32_t count = 0, worst = 0;
    double most = -1;
    for (uint32_t s = 0; s < a->study->slice_count; s++) {
        double unmet = a->study->slices[s].model->certificate.unmet;
        if (unmet > most) {
            most = unmet;
            worst = s;
        }
    }
    enum zhol_error error = assign_limits(a->study, worst, &limits, &count, &a->limits_left_t);
    assign_view_limits(&a->view, limits, count, sheet);
    free(limits);
    return error;
}

static enum zhol_error make_observed(struct assign_answer *a, struct report_sheet *sheet)
{
    struct assign_observed *rows = NULL;
    uint32_t count = 0;
    enum zhol_error error = assign_observed(a->study, &rows, &count);
    assign_view_observed(&a->view, rows, count, sheet);
    free(rows);
    return error;
}

static enum zhol_error make_counted(struct assign_answer *a, struct report_sheet *sheet)
{
    struct assign_route *rows = NULL;
    uint32_t count = 0;
    enum zhol_error error = assign_routes(a->study, &rows, &count);
    assign_view_counted(&a->view, rows, count, sheet);
    free(rows);
    return error;
}

static enum zhol_error make_empties(struct assign_answer *a, struct report_sheet *sheet)
{
    struct assign_empties empties;
    enum zhol_error error = assign_empties_run(a->study, &empties);
    if (!error) {
        assign_view_empties(&a->view, &empties, sheet);
        assign_view_empty_flows(&a->view, &empties, &a->sheets[ASSIGN_PAGE_EMPTY_FLOWS]);
        a->made[ASSIGN_PAGE_EMPTY_FLOWS] = true;
        a->empties = empties.certificate;
        assign_empties_clear(&empties);
    }
    return error;
}

static enum zhol_error make_plain(const struct assign_view *view, enum assign_page page,
                                  struct report_sheet *sheet)
{
    static void (*const makers[ASSIGN_PAGE_COUNT])(const struct assign_view *,
                                                   struct report_sheet *) = {
        [ASSIGN_PAGE_CROSSINGS] = assign_view_crossings,
        [ASSIGN_PAGE_SHOWN] = assign_view_shown,
        [ASSIGN_PAGE_BALANCE] = assign_view_balance,
        [ASSIGN_PAGE_ROUTES] = assign_view_routes,
        [ASSIGN_PAGE_COMMODITIES] = assign_view_commodities,
        [ASSIGN_PAGE_MONTHS] = assign_view_months,
        [ASSIGN_PAGE_LINKS] = assign_view_links,
        [ASSIGN_PAGE_PROCESSES] = assign_view_processes,
        [ASSIGN_PAGE_PATHS] = assign_view_paths};
    if (makers[page]) {
        makers[page](view, sheet);
    }
    return makers[page] ? ZHOL_ERROR_OK : ZHOL_ERROR_USAGE;
}

enum zhol_error assign_answer_make(struct assign_answer *a, enum assign_page page)
{
    struct report_sheet *sheet = &a->sheets[page];
    enum zhol_error error;
    if (a->made[page]) {
        return ZHOL_ERROR_OK;
    }
    switch (page) {
    case ASSIGN_PAGE_CAPACITIES:
    case ASSIGN_PAGE_WORTH:
        error = make_worth(a, page == ASSIGN_PAGE_CAPACITIES, sheet);
        break;
    case ASSIGN_PAGE_TOTALS:
        error = make_totals(a, sheet);
        break;
    case ASSIGN_PAGE_REASONS:
    case ASSIGN_PAGE_UNMET:
        error = make_shortages(a, page == ASSIGN_PAGE_REASONS, sheet);
        break;
    case ASSIGN_PAGE_LIMITS:
        error = make_limits(a, sheet);
        break;
    case ASSIGN_PAGE_OBSERVED:
        error = make_observed(a, sheet);
        break;
    case ASSIGN_PAGE_COUNTED:
        error = make_counted(a, sheet);
        break;
    case ASSIGN_PAGE_EMPTIES:
        error = make_empties(a, sheet);
        break;
    default:
        error = make_plain(&a->view, page, sheet);
    }
    a->made[page] = true;
    return error ? error : sheet->error;
}

void assign_answer_clear(struct assign_answer *a)
{
    for (unsigned page = 0; page < ASSIGN_PAGE_COUNT; page++) {
        if (a->made[page]) {
            report_sheet_clear(&a->sheets[page]);
        }
    }
    free(a->worths);
    a->worths = NULL;
}

/* ---- Heads ---- */

static bool is_ru(const struct assign_answer *a)
{
    return a->given->lang == LANG_RU;
}

static void put_period(const struct assign_answer *a, struct buffer *out)
{
    const struct assign_study_options *o = &a->study->options;
    char from[TIME_TEXT_SIZE], to[TIME_TEXT_SIZE], day[TIME_TEXT_SIZE];
    bool ru = is_ru(a);
    time_format_date(o->from, from);
    time_format_date(o->to - 1, to);
    buffer_printf(out, "%s %s..%s, ", ru ? "Спрос" : "Demand of", from, to);
    if (o->average) {
        buffer_string(out, ru ? "в среднем за сутки" : "as the average day");
    } else {
        buffer_printf(out, ru ? "по месяцам: %u" : "month by month: %u", a->study->slice_count);
    }
    if (o->network_day != ZHOL_BLANK_DATE) {
        time_format_date(o->network_day, day);
        buffer_printf(out, ru ? ", сеть на %s" : ", network of %s", day);
    }
    static const char *const holds[][2] = {
        [ASSIGN_HOLD_BORDER] = {"Goods cross the border at which they are counted, any crossing "
                                "of it",
                                "Груз идёт через ту границу, где учтён, любым её переходом"},
        [ASSIGN_HOLD_CROSSING] = {"Goods cross where they are counted",
                                  "Груз идёт через тот переход, где учтён"},
        [ASSIGN_HOLD_NONE] = {"Goods may take any border and the sea",
                              "Грузу открыты любые границы и море"}};
    buffer_printf(out, ".\n%s", holds[o->hold][ru]);
    if (o->hold == ASSIGN_HOLD_BORDER && o->leave_usd_t >= 0) {
        double usd = o->leave_usd_t > 0 ? o->leave_usd_t : ASSIGN_LEAVE_USD_T;
        buffer_printf(
            out,
            ru ? ".\nДругой переход: +%g долл./т (экспорту %g), другой маршрут: +%g (допущения)"
               : ".\nAnother crossing: %g USD/t more (exports %g), another route %g (assumptions)",
            usd, usd * ASSIGN_LEAVE_EXPORT, usd * ASSIGN_LEAVE_ROUTE);
    }
    buffer_string(out, ".\n");
}

static void put_fixed(const struct assign_answer *a, double value, unsigned decimals,
                      struct buffer *out)
{
    format_number(out, value, decimals, a->view.lang);
}

static void put_goods(const struct assign_answer *a, struct buffer *text)
{
    const struct assign_study *s = a->study;
    char name[ANSWER_TEXT];
    bool first = true;
    for (uint32_t i = 0; i < zhol_corridor_things(s->corridor, ZHOL_TABLE_commodity); i++) {
        if (s->wanted[i].t > 0) {
            buffer_printf(text, first ? "%s" : ", %s",
                          answer_name(a->given, a->loaded, ZHOL_TABLE_commodity, i, name));
            first = false;
        }
    }
}

/* Of some years the demand table holds a part only: what is published by pipe, what a new plant
 * will want. Said, since "unmet 0" would read as good news. */
static void put_warning(const struct assign_answer *a, struct buffer *out)
{
    const struct assign_study *s = a->study;
    int32_t fullest = demand_fullest_year(s->corridor);
    double all = demand_day(s->corridor, time_days((struct time_date){fullest, 1, 1}),
                            time_days((struct time_date){fullest + 1, 1, 1}));
    double part = all > 0 ? demand_day(s->corridor, s->options.from, s->options.to) / all : 1;
    struct buffer text;
    bool ru = is_ru(a);
    if (part >= PART_OF_FREIGHT && s->all_wanted.teu > 0) {
        return;
    }
    buffer_init(&text);
    buffer_string(&text, ru ? "Внимание: в таблице спроса на этот период " : "Note: the demand ");
    if (s->all_wanted.teu > 0) {
        buffer_string(&text, ru ? "лишь " : "table holds for this period ");
        put_fixed(a, 100 * part, 1, &text);
        buffer_printf(&text,
                      ru ? " %% того в сутки, что в ней на %d год: "
                         : " %% a day of what it holds for %d: ",
                      (int)fullest);
    } else {
        buffer_string(&text, ru ? "нет контейнеров, есть только: "
                                : "table has no containers for this period, only: ");
    }
    put_goods(a, &text);
    buffer_string(&text, ru ? ". Это не весь груз." : ". That is not all freight.");
    answer_field(out, 0, 0, "", buffer_get(&text));
    buffer_clear(&text);
}

static void put_totals(const struct assign_answer *a, struct buffer *out)
{
    const struct assign_study *s = a->study;
    bool ru = is_ru(a);
    double unit = s->all_wanted.t < 1e6 ? 1e3 : 1e6;
    struct buffer line;
    buffer_init(&line);
    put_fixed(a, s->all_wanted.t / unit, 3, &line);
    buffer_string(&line, unit < 1e6 ? (ru ? " тыс. т" : " kt") : ru ? " млн т" : " Mt");
    buffer_string(&line, ru ? " спроса; перевезено " : " wanted; carried ");
    put_fixed(a, s->all_carried.t / unit, 3, &line);
    buffer_string(&line, ru ? ", осталось " : ", unmet ");
    put_fixed(a, s->unmet.t / unit, 3, &line);
    buffer_string(&line, ru ? ", без пути " : ", no way for ");
    put_fixed(a, s->no_way.t / unit, 3, &line);
    buffer_string(&line, ru ? ". Контейнеров " : ". Containers: ");
    put_fixed(a, s->all_carried.teu / 1e3, 1, &line);
    buffer_string(&line, ru ? " тыс. ДФЭ, цена груза " : " k TEU, goods worth ");
    put_fixed(a, s->all_carried.value_usd / 1e9, 3, &line);
    buffer_string(&line, ru ? " млрд долл.; провоз и время " : " bn USD; carriage and time ");
    put_fixed(a, s->cost_usd / 1e9, 3, &line);
    buffer_string(&line, ru ? " млрд долл. " : " bn USD. ");
    put_fixed(a, s->price_usd > 0 ? 100 * s->assumed_usd / s->price_usd : 0, 0, &line);
    buffer_string(&line, ru ? " % уплаченных тарифов — допущения."
                            : " % of the tariffs paid are assumptions.");
    answer_field(out, 0, 0, "", buffer_get(&line));
    buffer_clear(&line);
    put_warning(a, out);
    buffer_char(out, '\n');
}

static void put_small(const struct assign_answer *a, double value, struct buffer *out)
{
    double exponent = value > 0 ? floor(log10(value)) : 0;
    put_fixed(a, value > 0 ? value / pow(10, exponent) : 0, 1, out);
    buffer_string(out, value > 0 ? "e" : "");
    if (value > 0) {
        buffer_int(out, (int64_t)exponent);
    }
}

/* Digits below 1e-12 are rounding, not shown. */
static void put_proof(const struct assign_answer *a, const char *of,
                      const struct zhol_assign_certificate *c, struct buffer *out)
{
    bool ru = is_ru(a);
    struct buffer line;
    buffer_init(&line);
    buffer_printf(&line, ru ? "Доказательство%s: стоимость " : "Certificate%s: cost ", of);
    put_fixed(a, c->primal / 1e6, 3, &line);
    buffer_string(&line, ru ? " млн долл., нижняя граница " : " MUSD, lower bound ");
    put_fixed(a, c->dual / 1e6, 3, &line);
    buffer_string(&line, ru ? ", наибольший разрыв " : ", largest gap ");
    put_small(a, c->gap < 1e-12 ? 0 : c->gap, &line);
    buffer_string(&line, ru ? ", нарушение " : ", violation ");
    put_small(a, c->violation < 1e-12 ? 0 : c->violation, &line);
    buffer_string(&line, ru ? " (относительные; меньше 1e-12 — ноль)."
                            : " (relative; below 1e-12 is zero).");
    answer_field(out, 0, 0, "", buffer_get(&line));
    buffer_clear(&line);
}

/* Every answer ends with what is proven of it; empties are a problem of their own. */
static void put_certificate(const struct assign_answer *a, struct buffer *out)
{
    put_proof(a, "", &a->study->certificate, out);
    if (a->made[ASSIGN_PAGE_EMPTIES]) {
        put_proof(a, is_ru(a) ? " для порожних" : " of the empties", &a->empties, out);
    }
}

/* ---- Formats ---- */

static const enum assign_page whole[] = {
    ASSIGN_PAGE_ROUTES,  ASSIGN_PAGE_TOTALS,     ASSIGN_PAGE_CROSSINGS, ASSIGN_PAGE_OBSERVED,
    ASSIGN_PAGE_COUNTED, ASSIGN_PAGE_CAPACITIES, ASSIGN_PAGE_WORTH,     ASSIGN_PAGE_REASONS};
static const enum assign_page data[] = {
    ASSIGN_PAGE_CROSSINGS,   ASSIGN_PAGE_CAPACITIES, ASSIGN_PAGE_WORTH,   ASSIGN_PAGE_REASONS,
    ASSIGN_PAGE_UNMET,       ASSIGN_PAGE_OBSERVED,   ASSIGN_PAGE_COUNTED, ASSIGN_PAGE_ROUTES,
    ASSIGN_PAGE_COMMODITIES, ASSIGN_PAGE_MONTHS,     ASSIGN_PAGE_LINKS,   ASSIGN_PAGE_PROCESSES,
    ASSIGN_PAGE_TOTALS,      ASSIGN_PAGE_SHOWN};
#define COUNT_OF(list) ((uint32_t)(sizeof(list) / sizeof *(list)))

/* The pages that an answer has: all, or the one asked for. Returns their number. */
static uint32_t list_pages(enum assign_page page, const enum assign_page *all, uint32_t all_count,
                           enum assign_page list[ASSIGN_PAGE_COUNT])
{
    if (page == ASSIGN_PAGE_COUNT) {
        memcpy(list, all, all_count * sizeof *all);
        return all_count;
    }
    uint32_t count = 0;
    if (page == ASSIGN_PAGE_EMPTIES) {
        list[count++] = ASSIGN_PAGE_BALANCE;
    }
    list[count++] = page;
    if (page == ASSIGN_PAGE_EMPTIES || page == ASSIGN_PAGE_OBSERVED) {
        list[count++] =
            page == ASSIGN_PAGE_OBSERVED ? ASSIGN_PAGE_COUNTED : ASSIGN_PAGE_EMPTY_FLOWS;
    }
    return count;
}

static uint32_t most_rows(const struct assign_answer *a, bool one)
{
    double most = one ? 0 : ROWS_SHOWN;
    if (given_value(a->given, "limit")) {
        load_number(a->given, "limit", 0, 1e6, &most);
    }
    return (uint32_t)most;
}

static enum zhol_error put_page(struct assign_answer *a, enum assign_page page, bool one,
                                struct buffer *out)
{
    enum zhol_error error = assign_answer_make(a, page);
    uint32_t most = most_rows(a, one);
    bool held = page == ASSIGN_PAGE_OBSERVED || page == ASSIGN_PAGE_TOTALS;
    bool counted = page == ASSIGN_PAGE_COUNTED;
    bool none = (held || counted) && !error && report_sheet_rows(&a->sheets[page]) == 0;
    if (error || (none && (!one || counted))) {
        return error;
    }
    error = report_sheet_table(&a->sheets[page], a->view.lang, most, ANSWER_WIDTH, out);
    if (page == ASSIGN_PAGE_LIMITS && a->limits_left_t >= 0.5) {
        buffer_printf(out,
                      is_ru(a) ? "Перевезено не всё и тогда: осталось %.0f т в сутки.\n"
                               : "Not all could be carried even so: %.0f t a day stay.\n",
                      a->limits_left_t);
    }
    if (none) {
        buffer_string(out, is_ru(a) ? "За этот период ничего не опубликовано.\n"
                                    : "Nothing is published for this period.\n");
    }
    buffer_char(out, '\n');
    return error;
}

static enum zhol_error write_text(struct assign_answer *a, enum assign_page page,
                                  struct buffer *out)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    answer_head(a->given, a->loaded, out);
    put_period(a, out);
    put_totals(a, out);
    enum assign_page list[ASSIGN_PAGE_COUNT];
    uint32_t count = list_pages(page, whole, COUNT_OF(whole), list);
    for (uint32_t i = 0; !error && i < count; i++) {
        error = put_page(a, list[i], page != ASSIGN_PAGE_COUNT, out);
    }
    put_certificate(a, out);
    return error;
}

/* A page of data, its first rows where --limit is given. */
static enum zhol_error make_cut(struct assign_answer *a, enum assign_page page)
{
    enum zhol_error error = assign_answer_make(a, page);
    uint32_t most = most_rows(a, true);
    if (most) {
        report_sheet_cut(&a->sheets[page], most);
    }
    return error;
}

static void amount_json(struct json_writer *json, const char *key,
                        const struct assign_amount *amount)
{
    json_write_key(json, key);
    json_write_object(json);
    json_member_fixed(json, "t", amount->t, 1);
    json_member_fixed(json, "teu", amount->teu, 1);
    json_member_fixed(json, "value_usd", amount->value_usd, 0);
    json_write_object_end(json);
}

static void certificate_json(const char *key, const struct zhol_assign_certificate *c,
                             struct json_writer *json)
{
    json_write_key(json, key);
    json_write_object(json);
    json_member_fixed(json, "primal_usd", c->primal, 2);
    json_member_fixed(json, "dual_usd", c->dual, 2);
    json_member_real(json, "gap", c->gap < 1e-12 ? 0 : c->gap);
    json_member_real(json, "violation", c->violation < 1e-12 ? 0 : c->violation);
    json_write_object_end(json);
}

static enum zhol_error write_json(struct assign_answer *a, enum assign_page page,
                                  struct buffer *out)
{
    static const char *const holds[] = {"border", "crossing", "none"};
    const struct assign_study *s = a->study;
    struct json_writer json;
    char day[TIME_TEXT_SIZE];
    json_writer_init(&json, out, true);
    json_write_object(&json);
    answer_head_json(a->loaded, &json);
    time_format_date(s->options.from, day);
    json_member_text(&json, "period_start", day);
    time_format_date(s->options.to, day);
    json_member_text(&json, "period_end", day);
    json_member_int(&json, "slices", s->slice_count);
    json_member_text(&json, "hold", holds[s->options.hold]);
    amount_json(&json, "wanted", &s->all_wanted);
    amount_json(&json, "carried", &s->all_carried);
    amount_json(&json, "unmet", &s->unmet);
    amount_json(&json, "no_way", &s->no_way);
    json_member_fixed(&json, "cost_usd", s->cost_usd, 0);
    json_member_fixed(&json, "tariffs_usd", s->price_usd, 0);
    json_member_fixed(&json, "tariffs_assumed_usd", s->assumed_usd, 0);
    certificate_json("certificate", &s->certificate, &json);
    enum zhol_error error = ZHOL_ERROR_OK;
    enum assign_page list[ASSIGN_PAGE_COUNT];
    uint32_t count = list_pages(page, data, COUNT_OF(data), list);
    for (uint32_t i = 0; !error && i < count; i++) {
        error = make_cut(a, list[i]);
        error = error ? error : report_sheet_json(&a->sheets[list[i]], &json);
    }
    if (a->made[ASSIGN_PAGE_EMPTIES]) {
        certificate_json("certificate_empties", &a->empties, &json);
    }
    if (page == ASSIGN_PAGE_LIMITS) {
        json_member_fixed(&json, "limits_left_t_day", a->limits_left_t, 1);
    }
    json_write_object_end(&json);
    return error ? error : json_writer_end(&json);
}

/* A workbook must go to a file; how it came about stands on its first sheet. */
static int write_xlsx(struct assign_answer *a, enum assign_page page)
{
    const char *path = given_value(a->given, "out");
    const struct report_sheet *sheets[ASSIGN_PAGE_COUNT];
    enum assign_page list[ASSIGN_PAGE_COUNT];
    uint32_t count = list_pages(page, data, COUNT_OF(data), list);
    enum zhol_error error = ZHOL_ERROR_OK;
    struct buffer about;
    if (!path) {
        static const struct said ask =
            SAID("--format xlsx needs --out FILE", "для --format xlsx нужен --out ФАЙЛ");
        return fail(a->given, EXIT_MISUSED, "%s", say(a->given, ask));
    }
    buffer_init(&about);
    answer_head(a->given, a->loaded, &about);
    put_period(a, &about);
    put_totals(a, &about);
    put_certificate(a, &about);
    for (uint32_t i = 0; !error && i < count; i++) {
        error = make_cut(a, list[i]);
        sheets[i] = &a->sheets[list[i]];
    }
    error = error ? error : report_sheets_xlsx(sheets, count, buffer_get(&about), path);
    buffer_clear(&about);
    return assign_written(a->given, path, error);
}

int assign_answer_write(struct assign_answer *a, enum assign_page page)
{
    const char *format = given_format(a->given);
    struct buffer out;
    enum zhol_error error;
    if (strcmp(format, "xlsx") == 0) {
        return write_xlsx(a, page);
    }
    buffer_init(&out);
    if (strcmp(format, "json") == 0) {
        error = write_json(a, page, &out);
    } else if (strcmp(format, "geojson") == 0) {
        struct assign_notes notes;
        assign_notes_make(a->loaded, &a->study->options, a->study->certificate.gap,
                          a->study->certificate.violation, &notes);
        error = assign_view_geojson(&a->view, notes.list, ASSIGN_NOTES, &out);
    } else if (strcmp(format, "csv") == 0) {
        enum assign_page one = page == ASSIGN_PAGE_COUNT ? ASSIGN_PAGE_CAPACITIES : page;
        struct assign_notes notes;
        assign_notes_make(a->loaded, &a->study->options, a->study->certificate.gap,
                          a->study->certificate.violation, &notes);
        error = make_cut(a, one);
        error = error ? error : report_sheet_csv(&a->sheets[one], notes.list, ASSIGN_NOTES, &out);
    } else {
        error = write_text(a, page, &out);
    }
    int code = error ? fail(a->given, EXIT_FAILED, "%s", zhol_error_text(error))
                     : load_write(a->given, &out, EXIT_FINE);
    buffer_clear(&out);
    return code;
}
