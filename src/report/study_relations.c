/* study_relations.c: relations with a published time: published, promised, priced, by scenario. */
#include <math.h>
#include <string.h>

#include "desk/study_missed.h"
#include "report/study_sections.h"

/* The way of a relation by the places at which it crosses borders. */
static void put_way(struct document *document, const struct study_case *at,
                    const uint32_t *crossings, uint32_t count, struct document_cell *cell)
{
    struct buffer way = {0};
    for (uint32_t i = 0; i < count; i++) {
        if (i == 0 || crossings[i] != crossings[i - 1]) {
            buffer_printf(&way, "%s%s", i ? ", " : "",
                          study_node(document, at->corridor, crossings[i]));
        }
    }
    document_put(document, cell, "%s", buffer_get(&way));
    buffer_clear(&way);
}

static void put_names(struct document *document, const struct study_case *at,
                      const struct study_relation *relation, struct document_cell *cell)
{
    char title[256];
    document_put(document, &cell[0], "%s – %s%s",
                 study_node(document, at->corridor, relation->from),
                 study_node(document, at->corridor, relation->to),
                 relation->by_sea ? study_said(document, ", by sea", ", морем") : "");
    document_put(document, &cell[1], "%s", study_case_title(document, at, title));
}

static void write_relation(struct document *document, const struct study_case *at,
                           const struct study_relation *relation)
{
    uint32_t count;
    const struct zhol_observation *row =
        zhol_corridor_observation(at->corridor, &count) + relation->observation;
    struct document_cell *cell =
        document_row(document, zhol_corridor_id(at->corridor, ZHOL_TABLE_source, row->source_id));
    put_names(document, at, relation, cell);
    cell[2] = relation->published_low < relation->published_high
                  ? document_band((relation->published_low + relation->published_high) / 2,
                                  relation->published_low, relation->published_high, 1)
                  : document_number(relation->published_low, 1);
    study_put_published(document, at, relation, &cell[3]);
    cell[4] = document_number(relation->p50_days, 1);
    cell[5] = document_number(relation->p90_days, 1);
    cell[6] = document_number(
        relation->reachable ? study_time_off(relation, relation->p50_days) : NAN, 1);
    cell[7] = document_number(relation->cost_known ? relation->usd_feu : NAN, 0);
    cell[8] = document_number(relation->co2e_known ? relation->co2e_kg_feu : NAN, 0);
    put_way(document, at, relation->crossings, relation->crossing_count, &cell[9]);
    bool same = relation->priced_crossing_count == relation->crossing_count &&
                memcmp(relation->crossings, relation->priced_crossings,
                       relation->crossing_count * sizeof *relation->crossings) == 0;
    if (relation->reachable && !same) {
        put_way(document, at, relation->priced_crossings, relation->priced_crossing_count,
                &cell[10]);
    } else if (relation->reachable) {
        document_put(document, &cell[10], "%s", study_said(document, "the same", "те же"));
    }
}

/* In a scenario only what is otherwise than in the base of its day. */
static bool differs(const struct corridor_study *study, const struct study_case *at,
                    const struct study_relation *relation)
{
    const struct study_case *base = &study->cases[at->reference];
    const struct study_relation *same = study_case_relation(base, relation->observation);
    if (at == base) {
        return at == &study->cases[0];
    }
    return !same || same->reachable != relation->reachable ||
           fabs(same->p50_days - relation->p50_days) > 0.05 ||
           fabs(same->usd_feu - relation->usd_feu) > 0.5;
}

/* The heading, and what a promise is here. */
static void open_section(struct document *document)
{
    document_section(document, "relations",
                     study_said(document, "Times, prices, emissions", "Сроки, цены, выбросы"));
    document_text(document, "%s",
                  study_said(document,
                             "Relations for which somebody has published a time. No program "
                             "fitted anything to them; but frequencies and dwells of some "
                             "services were chosen by hand in view of published times (their "
                             "sources say so), so agreement there proves little. The promise is "
                             "the one that every page of Zhol "
                             "gives: kept in half (P50) and in nine of ten cases (P90), from "
                             "departure to arrival, one FEU of electronics, without trucks.",
                             "Направления, для которых кто-то опубликовал срок. Ничего "
                             "программой к ним не подгонялось; но частоты и стоянки некоторых "
                             "служб выбраны вручную с оглядкой на опубликованные сроки (это "
                             "сказано в источниках), так что согласие там мало что доказывает. "
                             "Обещание то же, что на всех страницах Zhol: "
                             "сдержано в половине (P50) и в девяти из десяти случаев (P90), от "
                             "отправления до прибытия, один ФЭ электроники, без автомобилей."));
}

static void close_table(struct document *document)
{
    document_note(
        document, "%s",
        study_said(
            document,
            "P50 off: days that the promise lies above the published figure or range, below it "
            "negative; 0.0: within. A norm, an average, an advertised time and one train reported "
            "are not the same thing, and of other years. "
            "Cost and CO2e are of the cheapest way that takes at most half as long "
            "again as the fastest and need not wait for the end of a ban (the last column "
            "names its borders); a dash where a price or factor of it is not known, and for "
            "all where no way for a box leads between the two: a border station where "
            "nothing is unloaded ends no journey (the section of claims then asks for the "
            "part of a longer way). "
            "Where a service publishes its own timetable the promise "
            "repeats it and proves nothing (zhol calibrate tells them apart).",
            "P50 мимо на: на сколько суток обещание больше опубликованного числа или диапазона, "
            "меньше — со знаком минус; 0,0 — внутри. Норма, среднее, объявленный срок и сообщение "
            "об одном поезде — не одно и то же, и годы у них разные. "
            "Цена и CO2e — самого дешёвого пути не дольше полутора сроков "
            "быстрейшего, которому не надо ждать конца запрета (его границы в последнем "
            "столбце); прочерк, где цена или "
            "коэффициент неизвестны, и везде, где пути для контейнера между ними нет: пограничная "
            "станция без выгрузки не кончает путь (раздел утверждений спрашивает тогда "
            "часть более длинного пути). Где "
            "расписание публикует сама служба, обещание его повторяет и ничего не "
            "доказывает (их различает zhol calibrate)."));
}

static void write_rows(const struct corridor_study *study,
                       void (*write)(struct document *document, const struct study_case *at,
                                     const struct study_relation *relation),
                       struct document *document)
{
    for (uint32_t i = 0; i < study->case_count; i++) {
        const struct study_case *at = &study->cases[i];
        for (uint32_t r = 0; r < at->relation_count; r++) {
            if (differs(study, at, &at->relations[r])) {
                write(document, at, &at->relations[r]);
            }
        }
    }
}

/* A relation that was published twice has one way: its first row says it. */
static bool said_before(const struct study_case *at, const struct study_relation *relation)
{
    for (const struct study_relation *r = at->relations; r < relation; r++) {
        if (r->from == relation->from && r->to == relation->to && r->by_sea == relation->by_sea) {
            return true;
        }
    }
    return false;
}

static void write_firm(struct document *document, const struct study_case *at,
                       const struct study_relation *relation)
{
    struct assign_band days = relation->p50_drawn, usd = relation->usd_drawn;
    if (!relation->reachable || said_before(at, relation)) {
        return;
    }
    struct document_cell *cell = document_row(document, NULL);
    put_names(document, at, relation, cell);
    for (int e = 0; e < ZHOL_EVIDENCE_COUNT; e++) {
        cell[2 + e] = document_number(100 * relation->minutes_evidence[e], 0);
        cell[5 + e] = document_number(100 * relation->cents_evidence[e], 0);
    }
    if (relation->draws) {
        cell[8] = document_band(days.middle, days.low, days.high, 1);
        cell[9] = document_band(usd.middle, usd.low, usd.high, 0);
        cell[10] = document_number(100.0 * relation->same_way / relation->draws, 0);
    }
}

/* On what the promises rest, and how far they move with it. */
static void write_firmness(const struct corridor_study *study, struct document *document)
{
    const struct document_column columns[] = {
        {"relation", study_said(document, "Relation", "Направление"), NULL, DOCUMENT_TEXT},
        {"scenario", study_said(document, "Scenario", "Сценарий"), NULL, DOCUMENT_TEXT},
        {"time_published_percent", study_said(document, "Time", "Время"),
         study_said(document, "% published", "% опубл."), DOCUMENT_NUMBER},
        {"time_derived_percent", study_said(document, "Time", "Время"),
         study_said(document, "% derived", "% вывед."), DOCUMENT_NUMBER},
        {"time_assumed_percent", study_said(document, "Time", "Время"),
         study_said(document, "% assumed", "% допущ."), DOCUMENT_NUMBER},
        {"price_published_percent", study_said(document, "Price", "Цена"),
         study_said(document, "% published", "% опубл."), DOCUMENT_NUMBER},
        {"price_derived_percent", study_said(document, "Price", "Цена"),
         study_said(document, "% derived", "% вывед."), DOCUMENT_NUMBER},
        {"price_assumed_percent", study_said(document, "Price", "Цена"),
         study_said(document, "% assumed", "% допущ."), DOCUMENT_NUMBER},
        {"p50_drawn_days", study_said(document, "P50, draws", "P50, розыгрыши"),
         study_said(document, "days", "сут"), DOCUMENT_NUMBER},
        {"cost_drawn_usd_feu", study_said(document, "Cost, draws", "Цена, розыгрыши"),
         study_said(document, "USD/FEU", "долл./ФЭ"), DOCUMENT_NUMBER},
        {"same_way_percent", study_said(document, "Same way", "Тот же путь"),
         study_said(document, "% of draws", "% розыгр."), DOCUMENT_NUMBER},
    };
    document_table(document, "relations_evidence",
                   study_said(document, "On what these times and prices rest",
                              "На чём основаны эти сроки и цены"),
                   study_said(document,
                              "shares of the fastest way's time and of the priced way's price; "
                              "leaves on the scenario's day; 1 FEU of electronics",
                              "доли времени быстрейшего пути и цены оценённого; отправление в "
                              "день сценария; 1 ФЭ электроники"),
                   columns, sizeof columns / sizeof *columns);
    write_rows(study, write_firm, document);
    document_note(
        document, "%s",
        study_said(
            document,
            "Draws move every assumed input within its limits; in brackets 80 % of "
            "them. The stated values need not lie in their middle. Same way: how "
            "often the fastest way has the same borders. A fitted figure counts as derived.",
            "Розыгрыши двигают каждое допущение в его пределах; в скобках — 80 % "
            "из них. Принятые значения не обязаны быть в середине. Тот же путь — "
            "как часто у быстрейшего пути те же границы. Подогнанное считается выведенным."));
}

void study_section_relations(const struct study_report *report, struct document *document)
{
    const struct document_column columns[] = {
        {"relation", study_said(document, "Relation", "Направление"), NULL, DOCUMENT_TEXT},
        {"scenario", study_said(document, "Scenario", "Сценарий"), NULL, DOCUMENT_TEXT},
        {"published_days", study_said(document, "Published", "Опубликовано"),
         study_said(document, "days", "сут"), DOCUMENT_NUMBER},
        {"published_what", study_said(document, "What was published", "Что опубликовано"), NULL,
         DOCUMENT_TEXT},
        {"p50_days", study_said(document, "Promise P50", "Обещание P50"),
         study_said(document, "days", "сут"), DOCUMENT_NUMBER},
        {"p90_days", study_said(document, "Promise P90", "Обещание P90"),
         study_said(document, "days", "сут"), DOCUMENT_NUMBER},
        {"off_days", study_said(document, "P50 off", "P50 мимо на"),
         study_said(document, "days", "сут"), DOCUMENT_NUMBER},
        {"cost_usd_feu", study_said(document, "Cost", "Цена"),
         study_said(document, "USD/FEU", "долл./ФЭ"), DOCUMENT_NUMBER},
        {"co2e_kg_feu", "CO2e", study_said(document, "kg/FEU", "кг/ФЭ"), DOCUMENT_NUMBER},
        {"borders", study_said(document, "Borders of the fastest way", "Границы быстрейшего пути"),
         NULL, DOCUMENT_TEXT},
        {"borders_priced", study_said(document, "of the priced way", "оценённого пути"), NULL,
         DOCUMENT_TEXT},
    };
    const struct corridor_study *study = report->study;
    if (study->cases[0].relation_count == 0) {
        return;
    }
    open_section(document);
    document_table(document, "relations",
                   study_said(document, "Published and promised times",
                              "Сроки: опубликованные и "
                              "обещанные"),
                   study_said(document,
                              "leaves on the scenario's day; 1 FEU of electronics; scenarios: what "
                              "differs from the base of that day",
                              "отправление в день сценария; 1 ФЭ электроники; в сценариях — что "
                              "отличается от базы того дня"),
                   columns, sizeof columns / sizeof *columns);
    write_rows(study, write_relation, document);
    close_table(document);
    study_put_times(report, document);
    write_firmness(study, document);
}
