/* study_crossings.c: crossings by scenario, and tonnes of the base against published ones. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "desk/assign_model.h"
#include "desk/assign_observed.h"
#include "report/format.h"
#include "report/study_sections.h"
#include "report/terms.h"

enum { CROSSINGS_SHOWN = 14 };

#define TONNES_MT       1e6
#define TONNES_LEAST    5e4  /* a year: less is shown as the same */
#define TONNES_MUCH     2e5  /* a year: from here on a move is always shown */
#define UNCOUNTED_LEAST 5e6  /* a year: a crossing as busy without a count is named */
#define ROUTE_MOVED     0.02 /* of a count: a case that moves less has no row */
#define OBSERVED_FAR    0.1  /* of a count: from here on the summary tells it */
#define TRANSIT_LEAST_H 2.4  /* a tenth of a day, as shown */

struct document_cell study_figure_cell(struct study_figure f, double scale, unsigned decimals)
{
    return isnan(f.half) ? document_number(f.value * scale, decimals)
                         : document_band(f.value * scale, (f.value - f.half) * scale,
                                         (f.value + f.half) * scale, decimals);
}

static const struct assign_capacity *capacity_of(const struct study_case *at, uint32_t number)
{
    return number == ZHOL_NONE ? NULL : &at->assign.capacities[number];
}

static bool is_pipe(unsigned mode)
{
    return mode == zhol_mode_OIL || mode == zhol_mode_GAS;
}

/* What waits there as one, in words: no figure of "vehicles" can be held against 120 trains. */
static const char *vehicle_word(const struct document *document, unsigned mode)
{
    return mode == zhol_mode_RAIL   ? study_said(document, "trains", "поездов")
           : mode == zhol_mode_ROAD ? study_said(document, "trucks", "машин")
                                    : study_said(document, "ships", "судов");
}

static struct document_cell queue_cell(const struct study_queue *queue)
{
    return isnan(queue->low) ? document_number(queue->mean, 1)
                             : document_band(queue->mean, queue->low, queue->high, 1);
}

static void write_names(struct document *document, const struct study_case *at,
                        const struct study_case *of, const struct study_crossing *c,
                        struct document_cell *cell)
{
    char title[256];
    document_put(document, &cell[0], "%s", study_case_title(document, at, title));
    document_put(document, &cell[1], "%s – %s", study_node(document, of->corridor, c->a),
                 study_node(document, of->corridor, c->b));
    document_put(document, &cell[2], "%s", report_mode(c->mode, document->lang));
}

static void write_crossing(struct document *document, const struct study_case *at,
                           const struct study_crossing *c)
{
    const struct assign_capacity *capacity = capacity_of(at, c->capacity);
    struct document_cell *cell =
        document_row(document, capacity ? study_capacity_source(at, capacity) : NULL);
    write_names(document, at, at, c, cell);
    cell[3] = document_number(c->t_year[0] / TONNES_MT, 2);
    cell[4] = document_number(c->t_year[1] / TONNES_MT, 2);
    if (at->robust.draws) {
        cell[5] = document_band(c->t_drawn.middle / TONNES_MT, c->t_drawn.low / TONNES_MT,
                                c->t_drawn.high / TONNES_MT, 1);
    }
    if (capacity) {
        study_put_capacity(document, at, capacity, &cell[6]);
        cell[7] = document_number(100 * capacity->use / capacity->capacity, 0);
        cell[8] = document_number(capacity->price, 0);
    }
    if (!is_pipe(c->mode)) {
        cell[9] = queue_cell(&c->queue);
        document_put(document, &cell[10], "%s", vehicle_word(document, c->mode));
        cell[11] = queue_cell(&c->yard);
        cell[12] = study_figure_cell(c->transit_h, 1.0 / 24, 1);
    }
}

/* A crossing of the base over which nothing goes in the case. */
static void write_left(struct document *document, const struct study_case *at,
                       const struct study_case *base, const struct study_crossing *c)
{
    struct document_cell *cell = document_row(document, NULL);
    write_names(document, at, base, c, cell);
    cell[3] = document_number(0, 2);
    cell[4] = document_number(0, 2);
}

/* The same crossing in another case; corridors of scenarios number places anew. */
const struct study_crossing *study_crossing_like(const struct study_case *other,
                                                 const struct study_case *at,
                                                 const struct study_crossing *c)
{
    const char *a = zhol_corridor_id(at->corridor, ZHOL_TABLE_node, c->a);
    const char *b = zhol_corridor_id(at->corridor, ZHOL_TABLE_node, c->b);
    for (uint32_t i = 0; i < other->crossing_count; i++) {
        const struct study_crossing *o = &other->crossings[i];
        if (o->mode == c->mode &&
            strcmp(zhol_corridor_id(other->corridor, ZHOL_TABLE_node, o->a), a) == 0 &&
            strcmp(zhol_corridor_id(other->corridor, ZHOL_TABLE_node, o->b), b) == 0) {
            return o;
        }
    }
    return NULL;
}

static bool queues_differ(const struct study_queue *a, const struct study_queue *b)
{
    return a->low > b->high + 1 || b->low > a->high + 1;
}

/* What a reader would see as another figure: tonnes, the queue beyond both bands, the time beyond
 * both intervals. A scenario is held against its base, another day's base against the first. */
static bool differs(const struct study_case *base, const struct study_crossing *c,
                    const struct study_crossing *o)
{
    double halves = c->transit_h.half + o->transit_h.half;
    return base && (fabs(o->t_year[0] - c->t_year[0]) >= TONNES_LEAST ||
                    fabs(o->t_year[1] - c->t_year[1]) >= TONNES_LEAST ||
                    queues_differ(&c->queue, &o->queue) || queues_differ(&c->yard, &o->yard) ||
                    fabs(c->transit_h.value - o->transit_h.value) > fmax(halves, TRANSIT_LEAST_H));
}

static double moved_t(const struct study_crossing *c, const struct study_crossing *o)
{
    return fabs(o->t_year[0] - c->t_year[0]) + fabs(o->t_year[1] - c->t_year[1]);
}

/* The busiest that differ; and, however small, what a case opens or moves by much. */
static bool is_shown(const struct study_case *at, const struct study_case *base, uint32_t number)
{
    const struct study_crossing *c = &at->crossings[number];
    const struct study_crossing *o = base ? study_crossing_like(base, at, c) : NULL;
    if (base && (!o || moved_t(c, o) >= TONNES_MUCH)) {
        return c->t_year[0] + c->t_year[1] >= TONNES_LEAST;
    }
    return number < CROSSINGS_SHOWN && (!base || differs(base, c, o));
}

static void write_case(const struct corridor_study *study, const struct study_case *at, bool pipes,
                       struct document *document)
{
    const struct study_case *base = at == study->cases ? NULL
                                    : at == &study->cases[at->reference]
                                        ? &study->cases[0]
                                        : &study->cases[at->reference];
    for (uint32_t c = 0; c < at->crossing_count; c++) {
        if (is_pipe(at->crossings[c].mode) == pipes && is_shown(at, base, c)) {
            write_crossing(document, at, &at->crossings[c]);
        }
    }
    for (uint32_t c = 0; base && c < base->crossing_count; c++) {
        const struct study_crossing *o = &base->crossings[c];
        if (is_pipe(o->mode) == pipes && o->t_year[0] + o->t_year[1] >= TONNES_LEAST &&
            !study_crossing_like(at, base, o)) {
            write_left(document, at, base, o);
        }
    }
}

/* The first columns; pipelines have those alone, without the draws. */
enum { PIPE_COLUMNS = 9 };

static void note_pipes(struct document *document)
{
    document_note(document, "%s",
                  study_said(document,
                             "Sections of pipelines whose ends lie in two countries: the ends "
                             "are places of the model, not the border itself (the gas line "
                             "from Tashkent to Horgos passes Kazakhstan in between). Gas in "
                             "Mt at 0.72 Mt a bcm.",
                             "Участки трубопроводов, концы которых в двух странах: концы — "
                             "места модели, а не сама граница (газопровод из Ташкента в "
                             "Хоргос идёт между ними через Казахстан). Газ в млн т, 0,72 млн т "
                             "на млрд куб. м."));
}

static void write_crossings(const struct study_report *report, const char *scope, bool pipes,
                            struct document *document)
{
    const struct document_column columns[] = {
        {"scenario", study_said(document, "Scenario", "Сценарий"), NULL, DOCUMENT_TEXT},
        {"crossing",
         pipes ? study_said(document, "Section", "Участок")
               : study_said(document, "Crossing", "Переход"),
         NULL, DOCUMENT_TEXT},
        {"mode", study_said(document, "Mode", "Вид"), NULL, DOCUMENT_TEXT},
        {"there_mt_year", study_said(document, "There", "Туда"),
         study_said(document, "Mt/yr", "млн т/год"), DOCUMENT_NUMBER},
        {"back_mt_year", study_said(document, "Back", "Обратно"),
         study_said(document, "Mt/yr", "млн т/год"), DOCUMENT_NUMBER},
        {"drawn_mt_year", study_said(document, "Both, 80 % of draws", "Вместе, 80 % розыгр."),
         study_said(document, "Mt/yr", "млн т/год"), DOCUMENT_NUMBER},
        {"fullest", study_said(document, "Fullest capacity there", "Самый полный ресурс"), NULL,
         DOCUMENT_TEXT},
        {"used_percent", study_said(document, "used", "занят"), "%", DOCUMENT_NUMBER},
        {"price_usd_day", study_said(document, "one more is worth", "ещё одна стоит"),
         study_said(document, "USD/day", "долл./сут"), DOCUMENT_NUMBER},
        {"queue", study_said(document, "Waiting", "Ждут"),
         study_said(document, "see next", "см. рядом"), DOCUMENT_NUMBER},
        {"queue_of", study_said(document, "of what", "чего"), NULL, DOCUMENT_TEXT},
        {"queue_yard", study_said(document, "Waiting in yards", "Ждут на площадках"),
         study_said(document, "groups", "групп"), DOCUMENT_NUMBER},
        {"transit_days", study_said(document, "Transit of what crosses", "Время в пути грузов"),
         study_said(document, "days", "сут"), DOCUMENT_NUMBER},
    };
    document_table(
        document, pipes ? "crossings_pipes" : "crossings",
        pipes ? study_said(document, "Pipelines over borders", "Трубопроводы через границы")
              : study_said(document, "Crossings by scenario", "Переходы по сценариям"),
        scope, columns, pipes ? PIPE_COLUMNS : sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < report->study->case_count; i++) {
        write_case(report->study, &report->study->cases[i], pipes, document);
    }
    if (pipes) {
        note_pipes(document);
        return;
    }
    document_note(
        document, "%s",
        study_said(
            document,
            "There: from the first place to the second. Draws move every assumed input within its "
            "limits: a narrow band does not hang on them. * rests on an assumption. "
            "Waiting: trains (or parts of them that move as one), trucks or ships at paths and "
            "controls, as the next column "
            "says; in yards: what is reloaded or formed there, as the simulation moves it (boxes "
            "or wagons of one consignment, parts of trains). Mean over the simulated weeks, in "
            "brackets 80 % of the replications. The busiest crossings; of a scenario, and of the "
            "base of another day, those with other tonnes (0.05 Mt), queues or times than the base "
            "of that day, or the first base; and always what a case opens, closes or moves by "
            "0.2 Mt.",
            "Туда — от первого места ко второму. Розыгрыши двигают каждое допущение в его "
            "пределах: узкая полоса от них не зависит. * — основано на допущении. "
            "Ждут поезда (или их части, идущие как одно), машины или суда у ниток и на контроле, "
            "как сказано рядом; на площадках — "
            "то, что там перегружают и собирают, как движет имитация (контейнеры или вагоны одной "
            "партии, части поездов). Среднее за моделируемые недели, в скобках 80 % прогонов. "
            "Самые загруженные переходы; у сценария и у базы другого дня — те, где иные тонны "
            "(0,05 млн т), очереди или времена, чем у базы того дня или у первой базы; и всегда "
            "то, что случай открывает, закрывает или меняет на 0,2 млн т."));
}

static const char *counted_word(struct document *document, enum assign_counted counted)
{
    return counted == ASSIGN_COUNTED_EXPORT ? study_said(document, "exports alone", "один экспорт")
           : counted == ASSIGN_COUNTED_OUT
               ? study_said(document, "all that leaves the country", "всё, что выходит из страны")
               : study_said(document, "both directions", "оба направления");
}

/* Of what a published figure is, in the words of its row. */
static const char *scope_word(struct document *document, const struct study_case *at,
                              uint32_t observation)
{
    uint32_t count;
    const struct zhol_observation *row =
        zhol_corridor_observation(at->corridor, &count) + observation;
    bool ru = document->lang == REPORT_RU && row->scope_ru;
    return zhol_corridor_text(at->corridor, ru ? row->scope_ru : row->scope);
}

/* The busiest railway crossings of which no count of the whole period is published. */
static void say_uncounted(const struct study_case *base, const struct assign_observed *rows,
                          uint32_t count, struct document *document)
{
    struct buffer line = {0};
    for (uint32_t c = 0; c < base->crossing_count; c++) {
        const struct study_crossing *at = &base->crossings[c];
        double t = at->t_year[0] + at->t_year[1];
        bool counted = false;
        for (uint32_t i = 0; i < count; i++) {
            counted = counted || rows[i].node == at->a || rows[i].node == at->b;
        }
        if (at->mode == zhol_mode_RAIL && !counted && t >= UNCOUNTED_LEAST) {
            buffer_printf(&line, "%s%s – %s ", line.size ? ", " : "",
                          study_node(document, base->corridor, at->a),
                          study_node(document, base->corridor, at->b));
            format_number(&line, t / TONNES_MT, 1, document->lang);
        }
    }
    if (line.size) {
        document_note(document,
                      study_said(document,
                                 "No count of the whole period is published for these railway "
                                 "crossings of 5 Mt and more in the base (Mt a year): %s.",
                                 "Для этих железнодорожных переходов, где в базе 5 млн т в год и "
                                 "больше, счёта за весь период не опубликовано (млн т в год): %s."),
                      buffer_get(&line));
    }
    buffer_clear(&line);
}

/* Tonnes of the base at crossings against those published for the same time. */
static void write_observed(const struct study_report *report, struct document *document)
{
    const struct document_column columns[] = {
        {"crossing", study_said(document, "Crossing", "Переход"), NULL, DOCUMENT_TEXT},
        {"counted", study_said(document, "Counted", "Что учтено"), NULL, DOCUMENT_TEXT},
        {"published_mt", study_said(document, "Published", "Опубликовано"),
         study_said(document, "Mt", "млн т"), DOCUMENT_NUMBER},
        {"model_mt", study_said(document, "Base", "База"), study_said(document, "Mt", "млн т"),
         DOCUMENT_NUMBER},
        {"difference_percent", study_said(document, "Difference", "Разница"), "%", DOCUMENT_NUMBER},
        {"model_out_mt", study_said(document, "Base, of it outward", "База, из него вывоз"),
         study_said(document, "Mt", "млн т"), DOCUMENT_NUMBER}};
    const struct study_case *base = &report->study->cases[0];
    struct assign_observed *rows = NULL;
    uint32_t count = 0, observations;
    const struct zhol_observation *table = zhol_corridor_observation(base->corridor, &observations);
    if (assign_observed(&base->assign, &rows, &count) != ZHOL_ERROR_OK || count == 0) {
        free(rows);
        return;
    }
    document_table(document, "crossings_published",
                   study_said(document, "Tonnes of the base against published ones",
                              "Тонны базы против опубликованных"),
                   study_said(document, "rail, the whole period of the freight",
                              "железная дорога, весь период грузов"),
                   columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < count; i++) {
        struct document_cell *cell =
            document_row(document, zhol_corridor_id(base->corridor, ZHOL_TABLE_source,
                                                    table[rows[i].observation].source_id));
        document_put(document, &cell[0], "%s, %s",
                     study_node(document, base->corridor, rows[i].node),
                     counted_word(document, rows[i].counted));
        document_put(document, &cell[1], "%s", scope_word(document, base, rows[i].observation));
        cell[2] = document_number(rows[i].observed_t / TONNES_MT, 2);
        cell[3] = document_number(rows[i].model_t / TONNES_MT, 2);
        cell[4] = document_number(100 * (rows[i].model_t / rows[i].observed_t - 1), 0);
        if (rows[i].counted == ASSIGN_COUNTED_BOTH) {
            double out = assign_crossing_t(&base->assign, rows[i].node, zhol_mode_RAIL,
                                           ASSIGN_COUNTED_OUT, 0, base->assign.slice_count);
            cell[5] = document_number(out / TONNES_MT, 2);
        }
    }
    char leave[64];
    struct buffer usd = {0};
    format_number(&usd, ASSIGN_LEAVE_USD_T, 0, document->lang);
    snprintf(leave, sizeof leave, "%s", buffer_get(&usd));
    buffer_clear(&usd);
    document_note(
        document,
        study_said(document,
                   "Outward: exports and transit that leaves the country there. "
                   "In the base goods go by any crossing of their border, on the network of its "
                   "own day; a train that leaves the crossing where its goods are counted costs "
                   "%s USD a tonne more. That is an assumption, not a fit; much of this table "
                   "hangs on it, so agreement here proves little (zhol assign --leave). Where the "
                   "base is far off, prices and queues of the crossing are to be read with the "
                   "same doubt. Held to the crossings: zhol assign --hold crossing --by observed.",
                   "Вывоз: экспорт и транзит, выходящие там из страны. "
                   "В базе груз идёт через любой переход своей границы, на сети её дня; поезд, "
                   "ушедший с перехода, где груз учтён, стоит на %s долл. за тонну дороже. Это "
                   "допущение, а не подгонка; от него в таблице зависит многое, так что согласие "
                   "мало что доказывает (zhol assign --leave). Где база далека, цены и очереди "
                   "перехода следует читать с тем же сомнением. С закреплёнными переходами: "
                   "zhol assign --hold crossing --by observed."),
        leave);
    say_uncounted(base, rows, count, document);
    free(rows);
}

void study_say_observed(const struct study_report *report, struct document *document)
{
    const struct study_case *base = &report->study->cases[0];
    struct assign_observed *rows = NULL;
    uint32_t count = 0, worst = ZHOL_NONE;
    if (report->study->options.no_assign ||
        assign_observed(&base->assign, &rows, &count) != ZHOL_ERROR_OK) {
        return;
    }
    double most = 0;
    for (uint32_t i = 0; i < count; i++) {
        double off = fabs(rows[i].model_t / rows[i].observed_t - 1);
        worst = off > most ? i : worst;
        most = fmax(off, most);
    }
    if (worst != ZHOL_NONE && most >= OBSERVED_FAR) {
        const struct assign_observed *row = &rows[worst];
        struct buffer model = {0}, counted = {0};
        format_number(&model, row->model_t / TONNES_MT, 1, document->lang);
        format_number(&counted, row->observed_t / TONNES_MT, 1, document->lang);
        document_text(
            document,
            study_said(document,
                       "Tonnes of the base farthest from a published count: %s, %s: %s "
                       "Mt for %s Mt (%.0f %%).",
                       "Дальше всех от опубликованного счёта тонны базы: %s, %s: %s млн т "
                       "вместо %s млн т (%.0f %%)."),
            study_node(document, base->corridor, row->node), counted_word(document, row->counted),
            buffer_get(&model), buffer_get(&counted), 100 * (row->model_t / row->observed_t - 1));
        buffer_clear(&model);
        buffer_clear(&counted);
    }
    free(rows);
}

/* The rows of a case; of one that is held against another only what it moves. */
static enum zhol_error write_route_rows(const struct study_case *at, const struct study_case *base,
                                        struct document *document)
{
    struct assign_route *rows = NULL, *others = NULL;
    uint32_t count = 0, other_count = 0, all;
    char title[256];
    const struct zhol_demand_total *totals = zhol_corridor_demand_total(at->corridor, &all);
    enum zhol_error error = assign_routes(&at->assign, &rows, &count);
    error = error || !base ? error : assign_routes(&base->assign, &others, &other_count);
    for (uint32_t i = 0; !error && i < count; i++) {
        const struct zhol_demand_total *row = &totals[rows[i].row];
        bool ru = document->lang == REPORT_RU && row->name_ru, mt = row->unit == zhol_demand_unit_T;
        double scale = mt ? 1 / TONNES_MT : 1e-3;
        if (base && i < other_count &&
            fabs(rows[i].model - others[i].model) < ROUTE_MOVED * rows[i].counted) {
            continue;
        }
        struct document_cell *cell = document_row(
            document, zhol_corridor_id(at->corridor, ZHOL_TABLE_source, row->source_id));
        document_put(document, &cell[0], "%s", study_case_title(document, at, title));
        document_put(document, &cell[1], "%s",
                     zhol_corridor_text(at->corridor, ru ? row->name_ru : row->name));
        document_put(document, &cell[2], "%s",
                     report_term(zhol_demand_kind_text(row->kind), document->lang));
        document_put(document, &cell[3], "%s",
                     mt ? study_said(document, "Mt", "млн т")
                        : study_said(document, "k TEU", "тыс. ДФЭ"));
        cell[4] = document_number(rows[i].counted * scale, mt ? 2 : 1);
        cell[5] = document_number(rows[i].model * scale, mt ? 2 : 1);
        cell[6] = document_number(100 * (rows[i].model / rows[i].counted - 1), 0);
    }
    free(rows);
    free(others);
    return error;
}

/* What was counted on a route against what of it goes that way in the base, and in a case that
 * moves it. */
static void write_routes(const struct study_report *report, struct document *document)
{
    const struct document_column columns[] = {
        {"scenario", study_said(document, "Scenario", "Сценарий"), NULL, DOCUMENT_TEXT},
        {"total", study_said(document, "Count", "Учёт"), NULL, DOCUMENT_TEXT},
        {"kind", study_said(document, "Figure", "Число"), NULL, DOCUMENT_TEXT},
        {"unit", study_said(document, "Unit", "Единица"), NULL, DOCUMENT_TEXT},
        {"counted", study_said(document, "Counted", "Учтено"), "", DOCUMENT_NUMBER},
        {"model", study_said(document, "Model", "Модель"), "", DOCUMENT_NUMBER},
        {"difference_percent", study_said(document, "Difference", "Разница"), "%",
         DOCUMENT_NUMBER}};
    const struct corridor_study *study = report->study;
    struct assign_route *rows = NULL;
    uint32_t count = 0;
    enum zhol_error error = assign_routes(&study->cases[0].assign, &rows, &count);
    free(rows);
    if (error || count == 0) {
        return;
    }
    document_table(document, "routes_counted",
                   study_said(document, "Routes of the base against their counts",
                              "Маршруты базы против их учёта"),
                   study_said(document,
                              "of the year of the freight; by the places of the route; scenarios: "
                              "what they move by 2 % of the count",
                              "за год грузов; через пункты маршрута; сценарии: что они меняют на "
                              "2 % учёта"),
                   columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; !error && i < study->case_count; i++) {
        const struct study_case *at = &study->cases[i];
        bool whole = i == 0 || strcmp(at->name, STUDY_CHANGED) == 0;
        if (i == 0 || at->reference != i) {
            error = write_route_rows(at, whole ? NULL : &study->cases[at->reference], document);
        }
    }
    document->error = document->error ? document->error : error;
    document_note(document, "%s",
                  study_said(document,
                             "Containers of trains are derived: trains times 102 TEU (82 to 123). "
                             "What is missing goes another way, since that is cheaper by more "
                             "than leaving the route is taken to cost (an assumption).",
                             "Контейнеры поездов выведены: поезда, умноженные на 102 ДФЭ (82-123). "
                             "Недостающее идёт иначе: это дешевле больше чем на принятую цену "
                             "ухода с маршрута (допущение)."));
}

void study_put_crossings(const struct study_report *report, const char *scope,
                         struct document *document)
{
    write_crossings(report, scope, false, document);
    write_crossings(report, scope, true, document);
    write_observed(report, document);
    write_routes(report, document);
}
