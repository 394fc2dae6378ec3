/* study_demand.c: which freight is published and which is worked out, and what leans on it. */
#include <math.h>

#include "desk/demand_table.h"
#include "report/assign_view.h"
#include "report/format.h"
#include "report/study_sections.h"
#include "report/terms.h"

enum { KINDS = 8, MODES = 16 };

static void write_kinds(const struct study_report *report, const char *scope,
                        struct document *document)
{
    const struct document_column columns[] = {
        {"kind", study_said(document, "Cells that are", "Клетки"), NULL, DOCUMENT_TEXT},
        {"cells", study_said(document, "Cells", "Число"), "", DOCUMENT_NUMBER},
        {"freight_mt", study_said(document, "Freight", "Грузы"),
         study_said(document, "Mt", "млн т"), DOCUMENT_NUMBER},
        {"share_percent", study_said(document, "Share", "Доля"), "%", DOCUMENT_NUMBER}};
    const struct corridor_study_options *o = &report->study->options;
    uint32_t count, cells[KINDS] = {0};
    const struct zhol_demand *rows = zhol_corridor_demand(report->study->cases[0].corridor, &count);
    double t[KINDS] = {0}, all = 0;
    for (uint32_t i = 0; i < count; i++) {
        double here = demand_tonnes(&rows[i], o->from, o->to);
        if (here > 0 && rows[i].kind < KINDS) {
            cells[rows[i].kind]++;
            t[rows[i].kind] += here;
            all += here;
        }
    }
    document_table(document, "demand_kinds",
                   study_said(document, "Where the demand comes from", "Откуда взят спрос"), scope,
                   columns, sizeof columns / sizeof *columns);
    for (unsigned kind = 1; kind < KINDS; kind++) {
        if (cells[kind]) {
            struct document_cell *cell = document_row(document, NULL);
            document_put(document, &cell[0], "%s",
                         report_term(zhol_demand_kind_text(kind), document->lang));
            cell[1] = document_number(cells[kind], 0);
            cell[2] = document_number(t[kind] / 1e6, 2);
            cell[3] = document_number(100 * t[kind] / all, 1);
        }
    }
    document_note(document, "%s",
                  study_said(document,
                             "Fitted cells meet published totals (zhol demand shows which, zhol "
                             "demand --explain CELL how); no fitted cell is published itself.",
                             "Подогнанные клетки дают опубликованные суммы (какие — zhol demand, "
                             "как — zhol demand --explain); сами они не опубликованы."));
    document_note(document, "%s",
                  study_said(document,
                             "Every case has this same freight, on the network of its own day, so "
                             "that two days differ by the network alone. Freight of later years "
                             "is in a case only where its scenario says so (freight-2030, a plan "
                             "and no forecast).",
                             "Груз во всех случаях один и тот же, а сеть — своего дня, так что два "
                             "дня различает только сеть. Груз более поздних лет есть лишь там, где "
                             "о нём говорит сценарий (freight-2030: план, а не прогноз)."));
}

static double of_year(const struct assign_study *assign, double value)
{
    return value / (assign->options.to - assign->options.from) * 365;
}

static void write_solution(const struct study_case *base, const struct assign_study *assign,
                           const char *name, struct document *document)
{
    struct document_cell *cell = document_row(document, NULL);
    const struct assign_capacity *best = NULL;
    for (uint32_t i = 0; i < assign->capacity_count; i++) {
        const struct assign_capacity *c = &assign->capacities[i];
        if (c->price > 0 && (!best || c->price * c->capacity > best->price * best->capacity)) {
            best = c;
        }
    }
    document_put(document, &cell[0], "%s", name);
    cell[1] = document_number(of_year(assign, assign->all_carried.t) / 1e6, 2);
    cell[2] = document_number(of_year(assign, assign->unmet.t + assign->no_way.t) / 1e6, 2);
    cell[3] = document_number(
        assign->all_carried.t > 0 ? assign->cost_usd / assign->all_carried.t : NAN, 1);
    if (best) {
        struct assign_view view = {
            .corridor = base->corridor, .study = assign, .lang = document->lang};
        struct buffer text = {0};
        assign_view_capacity_name(&view, best->resource, best->sense, best->assumed, &text);
        document_put(document, &cell[4], "%s", buffer_get(&text));
        buffer_clear(&text);
        cell[5] = document_number(best->price, 0);
    }
}

static void write_soft(const struct study_report *report, const char *scope,
                       struct document *document)
{
    const struct document_column columns[] = {
        {"demand", study_said(document, "Unpublished demand", "Неопубликованный спрос"), NULL,
         DOCUMENT_TEXT},
        {"carried_mt_year", study_said(document, "Carried", "Перевезено"),
         study_said(document, "Mt/yr", "млн т/год"), DOCUMENT_NUMBER},
        {"unmet_mt_year", study_said(document, "Unmet", "Не перевезено"),
         study_said(document, "Mt/yr", "млн т/год"), DOCUMENT_NUMBER},
        {"cost_usd_t", study_said(document, "Generalised cost", "Полная цена"),
         study_said(document, "USD/t", "долл./т"), DOCUMENT_NUMBER},
        {"dearest", study_said(document, "Dearest limit", "Самый дорогой предел"), NULL,
         DOCUMENT_TEXT},
        {"price_usd_day", study_said(document, "its price", "его цена"),
         study_said(document, "USD/unit/day", "долл./ед./сут"), DOCUMENT_NUMBER}};
    const struct corridor_study *study = report->study;
    document_table(
        document, "demand_soft",
        study_said(document, "How far the answers lean on it", "Насколько ответы от него зависят"),
        scope, columns, sizeof columns / sizeof *columns);
    static const struct {
        const char *en, *ru;
    } names[STUDY_SOFT] = {{"fitted cells 10 % less", "подогнанные клетки на 10 % меньше"},
                           {"fitted cells 10 % more", "подогнанные клетки на 10 % больше"},
                           {"assumed cells 10 % less", "допущенные клетки на 10 % меньше"},
                           {"assumed cells 10 % more", "допущенные клетки на 10 % больше"}};
    write_solution(&study->cases[0], &study->cases[0].assign,
                   study_said(document, "as in the table", "как в таблице"), document);
    for (unsigned i = 0; i < STUDY_SOFT; i++) {
        if (study->soft[i].done) {
            write_solution(&study->cases[0], &study->soft[i].assign,
                           study_said(document, names[i].en, names[i].ru), document);
        }
    }
    document_note(document, "%s",
                  study_said(document,
                             "Fitted and assumed cells are moved apart: in the reference corridor "
                             "all assumed ones of 2025 are pipelines, as published for 2023 and "
                             "2024 and carried forward, and say nothing of rail.",
                             "Подогнанные и допущенные клетки сдвинуты порознь: в эталонном "
                             "коридоре все допущенные 2025 года — трубопроводы, по опубликованному "
                             "за 2023 и 2024 годы, и о рельсах ничего не говорят."));
}

/* Tonnes a year by the mode of the cells, greatest share of all first named by the table's order:
 * "rail 54.3, road 7.4, oil pipeline 11.2, gas pipeline 30.1". */
void study_say_modes(const struct corridor_study *study, const struct document *document,
                     struct buffer *line)
{
    const struct corridor_study_options *o = &study->options;
    uint32_t count, said = 0;
    const struct zhol_demand *rows = zhol_corridor_demand(study->cases[0].corridor, &count);
    for (unsigned mode = 0; mode < MODES; mode++) {
        double t = 0;
        for (uint32_t i = 0; i < count; i++) {
            t += rows[i].mode == mode ? demand_tonnes(&rows[i], o->from, o->to) : 0;
        }
        t = t / (o->to - o->from) * 365 / 1e6;
        if (t >= 0.05) {
            buffer_printf(line, "%s%s ", said++ ? ", " : "",
                          mode ? report_mode(mode, document->lang)
                               : study_said(document, "any mode", "любым видом"));
            format_number(line, t, 1, document->lang);
        }
    }
}

void study_section_demand(const struct study_report *report, struct document *document)
{
    struct buffer scope = {0};
    study_scope(report, document, &scope);
    document_section(document, "demand", study_said(document, "The freight", "Грузы"));
    write_kinds(report, buffer_get(&scope), document);
    write_soft(report, buffer_get(&scope), document);
    buffer_clear(&scope);
}
