/* study_scenarios.c: scenarios side by side, their crossings, bottlenecks and relations. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "desk/assign_observed.h"
#include "report/chart.h"
#include "report/format.h"
#include "report/study_pictures.h"
#include "report/study_sections.h"

enum { CROSSINGS_SHOWN = 14 };

#define TONNES_MT 1e6

const char *study_node(const struct document *document, const struct zhol_corridor *corridor,
                       uint32_t node)
{
    return node == ZHOL_NONE
               ? ""
               : zhol_node_name(corridor, node, document->lang == REPORT_RU ? "ru" : "en");
}

const char *study_case_title(const struct document *document, const struct study_case *at,
                             char out[static 256])
{
    struct buffer day = {0};
    format_day(&day, at->day, document->lang);
    const char *title = study_said(document, at->title, at->title_ru);
    if (title && *title) {
        snprintf(out, 256, "%s", title);
    } else {
        snprintf(out, 256, study_said(document, "Base, %s", "База, %s"), buffer_get(&day));
    }
    buffer_clear(&day);
    return out;
}

void study_scope(const struct study_report *report, const struct document *document,
                 struct buffer *out)
{
    const struct corridor_study_options *o = &report->study->options;
    buffer_string(out, study_said(document, "freight of ", "грузы "));
    format_day(out, o->from, document->lang);
    buffer_string(out, study_said(document, " to ", " — "));
    format_day(out, o->to - 1, document->lang);
    buffer_string(out, study_said(document, "; network of each scenario's day",
                                  "; сеть на день каждого сценария"));
}

static double mt_year(const struct study_case *at, double t)
{
    return t / (at->assign.options.to - at->assign.options.from) * 365 / TONNES_MT;
}

static struct document_cell figure(struct study_figure f, double scale, unsigned decimals)
{
    return isnan(f.half) ? document_number(f.value * scale, decimals)
                         : document_band(f.value * scale, (f.value - f.half) * scale,
                                         (f.value + f.half) * scale, decimals);
}

static struct document_cell difference(struct study_figure f, double scale, unsigned decimals)
{
    double half = f.difference_half;
    return isnan(half) ? document_number(f.difference * scale, decimals)
                       : document_band(f.difference * scale, (f.difference - half) * scale,
                                       (f.difference + half) * scale, decimals);
}

/* ---- Side by side ---- */

/* The title, with a dagger where queues grow; true where they do. */
static bool put_case(struct document *document, const struct study_case *at,
                     struct document_cell *cell)
{
    char title[256];
    bool doubtful = at->study.model && !at->simulated_well;
    document_put(document, cell, "%s%s", study_case_title(document, at, title),
                 doubtful ? " †" : "");
    return doubtful;
}

static void write_cases(const struct study_report *report, const char *scope,
                        struct document *document)
{
    const struct corridor_study *study = report->study;
    const struct document_column columns[] = {
        {"scenario", study_said(document, "Scenario", "Сценарий"), NULL, DOCUMENT_TEXT},
        {"network_day", study_said(document, "Network of", "Сеть на"), NULL, DOCUMENT_DATE},
        {"carried_mt_year", study_said(document, "Carried", "Перевезено"),
         study_said(document, "Mt/yr", "млн т/год"), DOCUMENT_NUMBER},
        {"unmet_mt_year", study_said(document, "Unmet", "Остаток"),
         study_said(document, "Mt/yr", "млн т/год"), DOCUMENT_NUMBER},
        {"cost_usd_t", study_said(document, "Generalised cost", "Полная цена"),
         study_said(document, "USD/t", "USD/т"), DOCUMENT_NUMBER},
        {"transit_days", study_said(document, "Transit, mean", "В пути, среднее"),
         study_said(document, "days", "сут"), DOCUMENT_NUMBER},
        {"transit_p50_days", "P50", study_said(document, "days", "сут"), DOCUMENT_NUMBER},
        {"transit_p90_days", "P90", study_said(document, "days", "сут"), DOCUMENT_NUMBER},
        {"delay_kusd_day", study_said(document, "Waiting costs", "Цена ожидания"),
         study_said(document, "k USD/day", "тыс. USD/сут"), DOCUMENT_NUMBER},
    };
    bool unsettled = false;
    document_table(document, "scenarios",
                   study_said(document, "Scenarios side by side", "Сценарии рядом"), scope, columns,
                   sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < study->case_count; i++) {
        const struct study_case *at = &study->cases[i];
        struct document_cell *cell = document_row(document, NULL);
        unsettled |= put_case(document, at, &cell[0]);
        cell[1] = document_date(at->day);
        cell[2] = document_number(mt_year(at, at->assign.all_carried.t), 2);
        cell[3] = document_number(mt_year(at, at->assign.unmet.t + at->assign.no_way.t), 2);
        cell[4] = document_number(at->cost_usd_t, 1);
        cell[5] = figure(at->transit_h, 1.0 / 24, 2);
        cell[6] = figure(at->p50_h, 1.0 / 24, 1);
        cell[7] = figure(at->p90_h, 1.0 / 24, 1);
        cell[8] = figure(at->delay_usd_day, 1e-3, 0);
    }
    document_note(
        document, "%s%s",
        study_said(
            document,
            "In brackets: 95 % intervals over replications. Generalised cost: money and time "
            "of what is carried.",
            "В скобках — 95 % интервалы по прогонам. Полная цена — деньги и время того, что "
            "перевезено. Остаток — не перевезено."),
        unsettled
            ? study_said(document,
                         " † Queues grow in the simulated time: there is no steady state, and the "
                         "figures hold for these weeks only.",
                         " † Очереди растут: установившегося режима нет, значения относятся только "
                         "к этим неделям.")
            : "");
}

static void write_difference(struct document *document, const struct study_case *at,
                             const struct study_case *base)
{
    struct document_cell *cell = document_row(document, NULL);
    put_case(document, at, &cell[0]);
    cell[1] = document_number(
        mt_year(at, at->assign.all_carried.t) - mt_year(base, base->assign.all_carried.t), 2);
    cell[2] = document_number((at->assign.certificate.primal - base->assign.certificate.primal) /
                                  (at->assign.options.to - at->assign.options.from) * 365 / 1e6,
                              0);
    cell[3] = difference(at->transit_h, 1, 1);
    cell[4] = difference(at->delay_usd_day, 1e-3, 0);
    cell[5] = document_number(at->sooner * 100, 0);
    cell[6] = document_number(at->later * 100, 0);
}

static void write_differences(const struct study_report *report, const char *scope,
                              struct document *document)
{
    const struct corridor_study *study = report->study;
    const struct document_column columns[] = {
        {"scenario", study_said(document, "Scenario", "Сценарий"), NULL, DOCUMENT_TEXT},
        {"carried_difference_mt_year", study_said(document, "Carried", "Перевезено"),
         study_said(document, "Mt/yr", "млн т/год"), DOCUMENT_NUMBER},
        {"cost_difference_musd_year", study_said(document, "All costs", "Все издержки"),
         study_said(document, "M USD/yr", "млн USD/год"), DOCUMENT_NUMBER},
        {"transit_difference_h", study_said(document, "Transit, mean", "В пути, среднее"),
         study_said(document, "h", "ч"), DOCUMENT_NUMBER},
        {"delay_difference_kusd_day", study_said(document, "Waiting costs", "Цена ожидания"),
         study_said(document, "k USD/day", "тыс. USD/сут"), DOCUMENT_NUMBER},
        {"sooner_percent", study_said(document, "Sooner", "Раньше"), "%", DOCUMENT_NUMBER},
        {"later_percent", study_said(document, "Later", "Позже"), "%", DOCUMENT_NUMBER},
    };
    document_table(document, "differences",
                   study_said(document, "What each scenario changes", "Что меняет каждый сценарий"),
                   scope, columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < study->case_count; i++) {
        const struct study_case *at = &study->cases[i];
        if (at->reference != i) {
            write_difference(document, at, &study->cases[at->reference]);
        }
    }
    document_note(
        document, "%s",
        study_said(document,
                   "Each less the base of its day, same consignments, same luck; in brackets 95 % "
                   "intervals of the pairs: one that holds 0 proves no difference. Sooner, later: "
                   "shares of consignments more than an hour apart. All costs count what is left "
                   "behind at 3 times the cost of its free way on that network; so a closed way "
                   "raises that price too, and a little more may be carried at a higher cost.",
                   "Каждый — минус база его дня, одни и те же отправки и случайности; в скобках "
                   "95 % интервалы пар: где внутри 0, разница не доказана. Раньше, позже — доли "
                   "отправок с разницей больше часа. Во все издержки остаток входит по 3 ценам "
                   "его свободного пути на той же сети; закрытый путь поднимает и её, поэтому "
                   "перевезено может быть чуть больше, но дороже."));
}

/* A bar for each scenario: mean transit and its P90. */
static void draw_transit(const struct study_report *report, struct document *document)
{
    enum { ROW = 26, LEFT = 390, WIDTH = 1060, TOP = 46 };
    const struct corridor_study *study = report->study;
    struct buffer svg = {0}, text = {0};
    double most = 0;
    for (uint32_t i = 0; i < study->case_count; i++) {
        most = fmax(most, study->cases[i].p90_h.value / 24);
    }
    if (!(most > 0)) {
        return;
    }
    double top = chart_top(most), scale = (WIDTH - LEFT - 60) / top;
    chart_begin(&svg, WIDTH, TOP + ROW * study->case_count + 30,
                study_said(document, "Transit time by scenario", "Время в пути по сценариям"));
    chart_text(&svg, 10, 22, "start", "head",
               study_said(document, "Transit time of all freight, days: mean and P90",
                          "Время в пути всех грузов, сут: среднее и P90"));
    for (uint32_t i = 0; i < study->case_count; i++) {
        const struct study_case *at = &study->cases[i];
        double y = TOP + ROW * i, mean = at->transit_h.value / 24, p90 = at->p90_h.value / 24;
        char title[256];
        chart_text(&svg, LEFT - 10, y + 14, "end", "name", study_case_title(document, at, title));
        if (isnan(mean)) {
            continue;
        }
        chart_box(&svg, LEFT, y + 3, p90 * scale, ROW - 12, 5);
        chart_box(&svg, LEFT, y + 3, mean * scale, ROW - 12, 0);
        buffer_reset(&text);
        format_number(&text, mean, 1, document->lang);
        buffer_string(&text, " / ");
        format_number(&text, p90, 1, document->lang);
        chart_text(&svg, LEFT + p90 * scale + 6, y + 14, "start", "small", buffer_get(&text));
    }
    chart_end(&svg);
    document_picture(document,
                     study_said(document,
                                "Mean (dark) and P90 (light), door to door, tonnes weigh.",
                                "Среднее (тёмное) и P90 (светлое), от двери до двери, взвешено "
                                "по тоннам."),
                     (struct text_view){svg.bytes, (uint32_t)svg.size});
    buffer_clear(&svg);
    buffer_clear(&text);
}

static const char *why_out(const struct document *document, enum study_why_out why)
{
    return why == STUDY_OUT_HISTORY ? study_said(document, "it is history", "это история")
           : why == STUDY_OUT_QUEUE
               ? study_said(document, "it changes the rules of a border queue only",
                            "он меняет только правила очереди на границе")
               : study_said(document, "it brings freight of its own, of another year",
                            "он несёт собственные грузы другого года");
}

static void say_left_out(const struct study_report *report, struct document *document)
{
    for (uint32_t i = 0; i < report->study->left_out_count; i++) {
        const struct study_left_out *out = &report->study->left_out[i];
        document_text(document,
                      study_said(document, "Left out: %s; %s. Ask for it with --scenario.",
                                 "Не вошёл %s: %s. Его можно назвать ключом --scenario."),
                      out->name, why_out(document, out->why));
    }
}

static const struct assign_capacity *capacity_of(const struct study_case *at, uint32_t number)
{
    return number == ZHOL_NONE ? NULL : &at->assign.capacities[number];
}

/* ---- Crossings ---- */

static void write_crossing(struct document *document, const struct study_case *at,
                           const struct study_crossing *c)
{
    const struct assign_capacity *capacity = capacity_of(at, c->capacity);
    struct document_cell *cell =
        document_row(document, capacity ? study_capacity_source(at, capacity) : NULL);
    char title[256];
    document_put(document, &cell[0], "%s", study_case_title(document, at, title));
    document_put(document, &cell[1], "%s – %s", study_node(document, at->corridor, c->a),
                 study_node(document, at->corridor, c->b));
    document_put(document, &cell[2], "%s", report_mode(c->mode, document->lang));
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
    cell[9] = isnan(c->queue_low) ? document_number(c->queue, 1)
                                  : document_band(c->queue, c->queue_low, c->queue_high, 1);
    cell[10] = figure(c->transit_h, 1.0 / 24, 1);
}

static void write_crossings(const struct study_report *report, const char *scope,
                            struct document *document)
{
    const struct document_column columns[] = {
        {"scenario", study_said(document, "Scenario", "Сценарий"), NULL, DOCUMENT_TEXT},
        {"crossing", study_said(document, "Crossing", "Переход"), NULL, DOCUMENT_TEXT},
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
         study_said(document, "USD/day", "USD/сут"), DOCUMENT_NUMBER},
        {"queue", study_said(document, "Waiting", "Ждут"),
         study_said(document, "vehicles", "единиц"), DOCUMENT_NUMBER},
        {"transit_days", study_said(document, "Transit of what crosses", "Время в пути грузов"),
         study_said(document, "days", "сут"), DOCUMENT_NUMBER},
    };
    document_table(document, "crossings",
                   study_said(document, "Crossings by scenario", "Переходы по сценариям"), scope,
                   columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < report->study->case_count; i++) {
        const struct study_case *at = &report->study->cases[i];
        for (uint32_t c = 0; c < at->crossing_count && c < CROSSINGS_SHOWN; c++) {
            write_crossing(document, at, &at->crossings[c]);
        }
    }
    document_note(
        document, "%s",
        study_said(
            document,
            "There: from the first place to the second. Draws move every assumed input within its "
            "limits: a narrow band does not hang on them. * rests on an assumption. "
            "Waiting: mean over the simulated weeks, in brackets 80 % of the "
            "replications. The busiest crossings of each scenario.",
            "Туда — от первого места ко второму. Розыгрыши двигают каждое допущение в его "
            "пределах: узкая полоса от них не зависит. * — основано на допущении. "
            "Ждут поезда, машины, суда: среднее за моделируемые недели, в скобках 80 % прогонов. "
            "Самые загруженные переходы каждого сценария."));
}

/* Tonnes of the base at crossings against those published for the same time. */
static void write_observed(const struct study_report *report, struct document *document)
{
    const struct document_column columns[] = {
        {"crossing", study_said(document, "Crossing", "Переход"), NULL, DOCUMENT_TEXT},
        {"published_mt", study_said(document, "Published", "Опубликовано"),
         study_said(document, "Mt", "млн т"), DOCUMENT_NUMBER},
        {"model_mt", study_said(document, "Base", "База"), study_said(document, "Mt", "млн т"),
         DOCUMENT_NUMBER},
        {"difference_percent", study_said(document, "Difference", "Разница"), "%",
         DOCUMENT_NUMBER}};
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
                   study_said(document, "rail, both ways, the whole period of the freight",
                              "железная дорога, в обе стороны, весь период грузов"),
                   columns, 4);
    for (uint32_t i = 0; i < count; i++) {
        struct document_cell *cell =
            document_row(document, zhol_corridor_id(base->corridor, ZHOL_TABLE_source,
                                                    table[rows[i].observation].source_id));
        document_put(document, &cell[0], "%s", study_node(document, base->corridor, rows[i].node));
        cell[1] = document_number(rows[i].observed_t / TONNES_MT, 2);
        cell[2] = document_number(rows[i].model_t / TONNES_MT, 2);
        cell[3] = document_number(100 * (rows[i].model_t / rows[i].observed_t - 1), 0);
    }
    document_note(
        document, "%s",
        study_said(document,
                   "The base lets goods choose among the crossings of a border at least "
                   "cost, on the network of its own day; it was not fitted to these "
                   "tonnes. Where it is far off, prices and queues of that crossing are "
                   "to be read with the same doubt. Held to the crossings where they were "
                   "counted: zhol assign --hold crossing --by observed.",
                   "В базе грузы выбирают переход границы по наименьшей цене, на сети её "
                   "дня; к этим тоннам она не подогнана. Где она далека от них, цены и "
                   "очереди перехода следует читать с тем же сомнением. С переходами, "
                   "где грузы учтены: zhol assign --hold crossing --by observed."));
    free(rows);
}

void study_section_scenarios(const struct study_report *report, struct document *document)
{
    struct buffer scope = {0};
    study_scope(report, document, &scope);
    document_section(document, "scenarios", study_said(document, "Scenarios", "Сценарии"));
    document_text(
        document, "%s",
        study_said(document,
                   "Every scenario carries the same freight. It is planned, assigned to "
                   "capacity and simulated on the network of its own day, and held "
                   "against the base of that day: the difference is the scenario's alone.",
                   "Каждый сценарий везёт одни и те же грузы. Они спланированы, "
                   "распределены по пропускной способности и пропущены через имитацию на "
                   "сети дня сценария; сравнение — с базой того же дня, так что разность "
                   "принадлежит только сценарию."));
    write_cases(report, buffer_get(&scope), document);
    if (report->study->case_count > 1) {
        write_differences(report, buffer_get(&scope), document);
    }
    draw_transit(report, document);
    say_left_out(report, document);
    for (uint32_t i = 0; i < report->study->case_count; i++) {
        study_picture_moved(report, &report->study->cases[i], document);
    }
    write_crossings(report, buffer_get(&scope), document);
    write_observed(report, document);
    study_put_trains(report, NULL, "crossings_trains", document);
    study_picture_crossings(report, document);
    study_picture_queues(report, document);
    buffer_clear(&scope);
}
