/* study_scenarios.c: scenarios side by side, what each changes, and their pictures. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/chart.h"
#include "report/format.h"
#include "report/study_pictures.h"
#include "report/study_sections.h"

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
        size_t size = strlen(title) < 252 ? strlen(title) : 252;
        while (title[size] && ((unsigned char)title[size] & 0xC0) == 0x80) {
            size--; /* a title of many changes is cut between letters */
        }
        snprintf(out, 256, "%.*s%s", (int)size, title, title[size] ? "…" : "");
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

static struct document_cell difference(struct study_figure f, double scale, unsigned decimals)
{
    double half = f.difference_half;
    return isnan(half) ? document_number(f.difference * scale, decimals)
                       : document_band(f.difference * scale, (f.difference - half) * scale,
                                       (f.difference + half) * scale, decimals);
}

/* ---- Side by side ---- */

/* What the marks behind titles were needed for, and the fullest capacity of all cases. */
struct marks {
    bool grow, change;
    double load;
};

/* The title, with a mark where queues do not keep their level: a dagger where they grow without
 * end, a double one where they only change. */
static void put_case(struct document *document, const struct study_case *at,
                     struct document_cell *cell, struct marks *marks)
{
    char title[256];
    bool doubtful = at->study.model && !at->simulated_well;
    bool grow = doubtful && at->answer.steady.kind == STEADY_OVERLOADED;
    marks->grow |= grow;
    marks->change |= doubtful && !grow;
    if (at->study.model && at->answer.steady.load > marks->load) {
        marks->load = at->answer.steady.load;
    }
    document_put(document, cell, "%s%s", study_case_title(document, at, title),
                 grow       ? " †"
                 : doubtful ? " ‡"
                            : "");
}

/* Why queues change is no secret: nothing is asked for more than it can, or something is. */
static void put_marks(const struct document *document, const struct marks *marks,
                      struct buffer *out)
{
    if (marks->change && !marks->grow) {
        buffer_printf(
            out,
            study_said(
                document,
                " ‡ Queues change in the simulated weeks: borders are closed on holidays or "
                "by the scenario, or queues of the days before still drain. On the average "
                "day nothing is asked for more than it can (the fullest for %.0f %%), so they "
                "do not grow for ever. The "
                "figures hold for these weeks.",
                " ‡ Очереди за эти недели меняются: границы закрыты в праздники или "
                "сценарием, или ещё тают очереди прежних дней. В средний день ни от чего не "
                "требуется больше возможного (от самой полной мощности %.0f %%), так что без "
                "конца они не растут. Значения относятся "
                "только к этим неделям."),
            marks->load * 100);
    } else if (marks->change || marks->grow) {
        buffer_printf(
            out,
            study_said(
                document,
                " † Queues grow without end: something is asked for more than it can (at "
                "most %.0f %%). ‡ Queues change (closed days, queues of days before), though "
                "all has room. The figures hold for these weeks only.",
                " † Очереди растут без конца: от чего-то требуется больше возможного (до "
                "%.0f %%). ‡ Очереди меняются (закрытые дни, очереди прежних дней), хотя "
                "место есть везде. Значения относятся только к этим неделям."),
            marks->load * 100);
    }
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
         study_said(document, "USD/t", "долл./т"), DOCUMENT_NUMBER},
        {"transit_days", study_said(document, "Transit, mean", "В пути, среднее"),
         study_said(document, "days", "сут"), DOCUMENT_NUMBER},
        {"transit_p50_days", "P50", study_said(document, "days", "сут"), DOCUMENT_NUMBER},
        {"transit_p90_days", "P90", study_said(document, "days", "сут"), DOCUMENT_NUMBER},
        {"delay_kusd_day", study_said(document, "Waiting costs", "Цена ожидания"),
         study_said(document, "k USD/day", "тыс. долл./сут"), DOCUMENT_NUMBER},
    };
    struct marks marks = {0};
    struct buffer text;
    document_table(document, "scenarios",
                   study_said(document, "Scenarios side by side", "Сценарии рядом"), scope, columns,
                   sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < study->case_count; i++) {
        const struct study_case *at = &study->cases[i];
        struct document_cell *cell = document_row(document, NULL);
        put_case(document, at, &cell[0], &marks);
        cell[1] = document_date(at->day);
        cell[2] = document_number(mt_year(at, at->assign.all_carried.t), 2);
        cell[3] = document_number(mt_year(at, at->assign.unmet.t + at->assign.no_way.t), 2);
        cell[4] = document_number(at->cost_usd_t, 1);
        cell[5] = study_figure_cell(at->transit_h, 1.0 / 24, 2);
        cell[6] = study_figure_cell(at->p50_h, 1.0 / 24, 1);
        cell[7] = study_figure_cell(at->p90_h, 1.0 / 24, 1);
        cell[8] = study_figure_cell(at->delay_usd_day, 1e-3, 0);
    }
    buffer_init(&text);
    put_marks(document, &marks, &text);
    document_note(
        document, "%s%s",
        study_said(
            document,
            "In brackets: 95 % intervals over replications. Generalised cost: money and time "
            "of what is carried. Transit: door to door, all but pipelines, tonnes weigh.",
            "В скобках — 95 % интервалы по прогонам. Полная цена — деньги и время того, что "
            "перевезено. Остаток — не перевезено. В пути — от двери до двери, все грузы, кроме "
            "трубопроводов, взвешено по тоннам."),
        buffer_get(&text));
    buffer_clear(&text);
}

/* Kinds of freight that the scenarios move; what is in pipes no border delays. */
static const struct {
    enum group_freight kind;
    const char *key, *en, *ru;
} freights[] = {{FREIGHT_NORTH_BOX, "containers_north", "Containers China - Russia, Belarus, EU",
                 "Контейнеры Китай - Россия, Беларусь, ЕС"},
                {FREIGHT_BOX, "containers_other", "Other containers", "Прочие контейнеры"},
                {FREIGHT_LOOSE, "rail_sea_other", "Other freight by rail and sea",
                 "Прочие грузы по рельсам и морю"},
                {FREIGHT_ROAD, "road", "Trucks", "Автомобили"}};
enum { FREIGHTS = sizeof freights / sizeof *freights };

/* Mean and P90 of each kind of freight, and how much the scenario changes the mean. */
static void write_freights(const struct study_report *report, const char *scope,
                           struct document *document)
{
    const struct corridor_study *study = report->study;
    const char *days = study_said(document, "days", "сут"), *h = study_said(document, "h", "ч");
    const struct document_column columns[] = {
        {"scenario", study_said(document, "Scenario", "Сценарий"), NULL, DOCUMENT_TEXT},
        {"freight", study_said(document, "Freight", "Груз"), NULL, DOCUMENT_TEXT},
        {"wanted_kt_day", study_said(document, "Sent", "Отправлено"),
         study_said(document, "kt/day", "тыс. т/сут"), DOCUMENT_NUMBER},
        {"transit_days", study_said(document, "Transit, mean", "В пути, среднее"), days,
         DOCUMENT_NUMBER},
        {"transit_p50_days", "P50", days, DOCUMENT_NUMBER},
        {"transit_p90_days", "P90", days, DOCUMENT_NUMBER},
        {"transit_difference_h", study_said(document, "Against its base", "Против базы"), h,
         DOCUMENT_NUMBER}};
    document_table(
        document, "scenarios_freight",
        study_said(document, "Transit time by kind of freight", "Время в пути по видам грузов"),
        scope, columns, sizeof columns / sizeof *columns);
    for (uint32_t k = 0; k < FREIGHTS; k++) {
        for (uint32_t i = 0; i < study->case_count; i++) {
            const struct study_case *at = &study->cases[i];
            const struct study_freight *freight = &at->freight[freights[k].kind];
            if (isnan(freight->transit_h.value)) {
                continue;
            }
            struct document_cell *cell = document_row(document, NULL);
            struct marks marks = {0};
            put_case(document, at, &cell[0], &marks);
            document_put(document, &cell[1], "%s",
                         study_said(document, freights[k].en, freights[k].ru));
            cell[2] = document_number(freight->t_day / 1000, 1);
            cell[3] = study_figure_cell(freight->transit_h, 1.0 / 24, 1);
            cell[4] = study_figure_cell(freight->p50_h, 1.0 / 24, 1);
            cell[5] = study_figure_cell(freight->p90_h, 1.0 / 24, 1);
            if (at->reference != i && !isnan(freight->transit_h.difference)) {
                cell[6] = difference(freight->transit_h, 1, 1);
            }
        }
    }
    document_note(
        document, "%s",
        study_said(
            document,
            "Door to door; tonnes weigh: all boxes, by trains of every kind, with "
            "the wait for a train to fill and at borders. Relation by relation they are "
            "held against published and promised times under times, prices, "
            "emissions. Against the base of its own "
            "day, same "
            "luck; an interval that holds 0 proves no difference. Sent: in the simulated weeks, "
            "with "
            "their season, so bases of different days differ; times are of what is sent.",
            "От двери до двери, взвешено по тоннам: все контейнеры, любыми "
            "поездами, с ожиданием полного состава и на границах. С опубликованными "
            "и обещанными сроками они сверены по направлениям в "
            "разделе сроков и цен. Против базы того же дня, "
            "одни и те же случайности; где в интервале 0, разница не доказана. Отправлено: за "
            "моделируемые недели, с их сезоном, так что базы разных дней отличаются; сроки "
            "— того, что отправлено."));
}

static void write_difference(struct document *document, const struct study_case *at,
                             const struct study_case *base)
{
    struct document_cell *cell = document_row(document, NULL);
    struct marks marks = {0};
    put_case(document, at, &cell[0], &marks);
    cell[1] = document_number(
        mt_year(at, at->assign.all_carried.t) - mt_year(base, base->assign.all_carried.t), 2);
    /* Freight without any way has no cost: its loss would look like a gain. */
    bool stranded = mt_year(at, at->assign.no_way.t - base->assign.no_way.t) >= 0.005;
    cell[2] = document_number(
        stranded ? NAN
                 : (at->assign.certificate.primal - base->assign.certificate.primal) /
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
         study_said(document, "M USD/yr", "млн долл./год"), DOCUMENT_NUMBER},
        {"transit_difference_h", study_said(document, "Transit, mean", "В пути, среднее"),
         study_said(document, "h", "ч"), DOCUMENT_NUMBER},
        {"delay_difference_kusd_day", study_said(document, "Waiting costs", "Цена ожидания"),
         study_said(document, "k USD/day", "тыс. долл./сут"), DOCUMENT_NUMBER},
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
        study_said(
            document,
            "Each less the base of its day, same consignments, same luck; in brackets 95 % "
            "intervals of the pairs: one that holds 0 proves no difference. Sooner, later: "
            "shares of consignments more than an hour apart. All costs count what is left "
            "behind at 3 times the cost of its free way on that network; so a closed way "
            "raises that price too, and a little more may be carried at a higher cost. A dash: "
            "some freight has no way at all, and so no cost to compare.",
            "Каждый — минус база его дня, одни и те же отправки и случайности; в скобках "
            "95 % интервалы пар: где внутри 0, разница не доказана. Раньше, позже — доли "
            "отправок с разницей больше часа. Во все издержки остаток входит по 3 ценам "
            "его свободного пути на той же сети; закрытый путь поднимает и её, поэтому "
            "перевезено может быть чуть больше, но дороже. Прочерк — у части грузов нет "
            "пути вовсе, и сравнить издержки нельзя."));
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
               study_said(document, "Transit time of all but pipelines, days: mean and P90",
                          "Время в пути без трубопроводов, сут: среднее и P90"));
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

void study_section_scenarios(const struct study_report *report, struct document *document)
{
    struct buffer scope = {0};
    study_scope(report, document, &scope);
    document_section(document, "scenarios", study_said(document, "Scenarios", "Сценарии"));
    document_text(
        document, "%s",
        study_said(document,
                   "Every scenario carries the same freight, but for those that were asked for and "
                   "bring their own (their titles say so). It is planned, assigned to "
                   "capacity and simulated on the network of its own day, and held "
                   "against the base of that day: the difference is the scenario's alone.",
                   "Каждый сценарий везёт одни и те же грузы, кроме названных особо, которые несут "
                   "свои (об этом говорит название). Они спланированы, "
                   "распределены по пропускной способности и пропущены через имитацию на "
                   "сети дня сценария; сравнение — с базой того же дня, так что разность "
                   "принадлежит только сценарию."));
    write_cases(report, buffer_get(&scope), document);
    if (report->study->case_count > 1) {
        write_differences(report, buffer_get(&scope), document);
    }
    if (!isnan(report->study->cases[0].transit_h.value)) {
        write_freights(report, buffer_get(&scope), document);
        study_put_routes(report, buffer_get(&scope), document);
    }
    draw_transit(report, document);
    say_left_out(report, document);
    for (uint32_t i = 0; i < report->study->case_count; i++) {
        study_picture_moved(report, &report->study->cases[i], document);
    }
    study_put_crossings(report, buffer_get(&scope), document);
    study_put_trains(report, NULL, "crossings_trains", document);
    study_picture_crossings(report, document);
    study_picture_queues(report, document);
    buffer_clear(&scope);
}
