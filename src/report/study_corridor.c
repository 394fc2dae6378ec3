/* study_corridor.c: the corridor that the study stands on: its map, its rows by evidence, and the
 * assumptions that most rows rest on. */
#include <stdlib.h>
#include <string.h>

#include "report/study_pictures.h"
#include "report/study_sections.h"
#include "report/terms.h"

enum { KINDS = zhol_source_kind_COUNT, SHOWN = 24 };

/* ---- Rows by the kind of their source ---- */

/* The tables that the answers stand on, as an analyst would ask for them. */
#define SHOWN_TABLES(T)                                                              \
    T(node, "Places", "Места")                                                       \
    T(link, "Sections of way", "Участки пути")                                       \
    T(link_period, "Speeds and states of sections", "Скорости и состояния участков") \
    T(process, "Processes at places", "Операции в местах")                           \
    T(resource, "Capacities", "Пропускные способности")                              \
    T(service, "Services", "Сервисы")                                                \
    T(demand, "Cells of demand", "Ячейки спроса")                                    \
    T(tariff, "Prices", "Цены")                                                      \
    T(rule, "Rules", "Правила")                                                      \
    T(project, "Projects", "Проекты")                                                \
    T(series, "Values of time series", "Значения рядов")                             \
    T(observation, "Observed figures", "Наблюдения")

static void count_source(const struct zhol_corridor *corridor, uint32_t thing,
                         uint32_t by_kind[static KINDS], uint32_t *by_source)
{
    uint32_t count, begin, end;
    const struct zhol_source *source = zhol_corridor_source(corridor, &count);
    zhol_corridor_rows(corridor, ZHOL_TABLE_source, thing, &begin, &end);
    by_kind[source[begin].kind]++;
    by_source[thing]++;
}

#define COUNTER(table, en, ru)                                                         \
    static uint32_t count_##table(const struct zhol_corridor *corridor,                \
                                  uint32_t by_kind[static KINDS], uint32_t *by_source) \
    {                                                                                  \
        uint32_t count;                                                                \
        const struct zhol_##table *rows = zhol_corridor_##table(corridor, &count);     \
        for (uint32_t i = 0; i < count; i++) {                                         \
            count_source(corridor, rows[i].source_id, by_kind, by_source);             \
        }                                                                              \
        return count;                                                                  \
    }
SHOWN_TABLES(COUNTER)

static const struct shown_table {
    const char *en, *ru;
    uint32_t (*count)(const struct zhol_corridor *corridor, uint32_t by_kind[static KINDS],
                      uint32_t *by_source);
} tables[] = {
#define SHOWN_ROW(table, en, ru) {en, ru, count_##table},
    SHOWN_TABLES(SHOWN_ROW)};

static void write_rows(struct document *document, const struct zhol_corridor *corridor,
                       uint32_t *by_source)
{
    const struct document_column columns[] = {
        {"table", study_said(document, "Table", "Таблица"), NULL, DOCUMENT_TEXT},
        {"rows", study_said(document, "Rows", "Строк"), "", DOCUMENT_NUMBER},
        {"published_percent", study_said(document, "Published", "Опубликовано"), "%",
         DOCUMENT_NUMBER},
        {"derived_percent", study_said(document, "Derived", "Выведено"), "%", DOCUMENT_NUMBER},
        {"assumed_percent", study_said(document, "Assumed", "Допущено"), "%", DOCUMENT_NUMBER},
    };
    document_table(document, "evidence",
                   study_said(document, "What the corridor rests on", "На чём стоит коридор"),
                   study_said(document, "rows of the base corridor, by the kind of their source",
                              "строки базового коридора по виду источника"),
                   columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        uint32_t kinds[KINDS] = {0};
        uint32_t rows = tables[i].count(corridor, kinds, by_source);
        double derived = kinds[zhol_source_kind_DERIVED];
        double assumed = kinds[zhol_source_kind_ASSUMPTION];
        if (rows) {
            struct document_cell *cell = document_row(document, NULL);
            document_put(document, &cell[0], "%s",
                         study_said(document, tables[i].en, tables[i].ru));
            cell[1] = document_number(rows, 0);
            cell[2] = document_number(100 * (rows - derived - assumed) / rows, 0);
            cell[3] = document_number(100 * derived / rows, 0);
            cell[4] = document_number(100 * assumed / rows, 0);
        }
    }
    document_note(document, "%s",
                  study_said(document,
                             "Published: an article, an authority, the press, a statistic, a "
                             "standard or a survey says so. Derived: worked out from published "
                             "figures. Assumed: nobody has published it; every answer that rests "
                             "on it says so.",
                             "Опубликовано — так говорят статья, ведомство, пресса, статистика, "
                             "стандарт или обследование. Выведено — сосчитано из опубликованного. "
                             "Допущено — никто не публиковал; каждый ответ, который на этом стоит, "
                             "об этом говорит."));
}

/* ---- Assumptions ---- */

struct used_source {
    uint32_t thing, rows;
};

static int by_rows(const void *a, const void *b)
{
    const struct used_source *x = a, *y = b;
    return x->rows != y->rows ? (x->rows > y->rows ? -1 : 1)
                              : (x->thing > y->thing) - (x->thing < y->thing);
}

static void write_assumptions(struct document *document, const struct zhol_corridor *corridor,
                              const uint32_t *by_source)
{
    const struct document_column columns[] = {
        {"assumption", study_said(document, "Assumption", "Допущение"), NULL, DOCUMENT_TEXT},
        {"rows", study_said(document, "Rows that rest on it", "Строк на нём"), "", DOCUMENT_NUMBER},
    };
    uint32_t count, used = 0, things = zhol_corridor_things(corridor, ZHOL_TABLE_source);
    const struct zhol_source *source = zhol_corridor_source(corridor, &count);
    struct used_source *list = calloc((size_t)things + 1, sizeof *list);
    for (uint32_t t = 0; list && t < things; t++) {
        uint32_t begin, end;
        zhol_corridor_rows(corridor, ZHOL_TABLE_source, t, &begin, &end);
        if (source[begin].kind == zhol_source_kind_ASSUMPTION && by_source[t]) {
            list[used++] = (struct used_source){t, by_source[t]};
        }
    }
    document_table(document, "assumptions",
                   study_said(document, "Assumptions by weight", "Допущения по весу"),
                   study_said(document, "base corridor; how many rows of the tables above name it",
                              "базовый коридор; сколько строк таблиц выше на него ссылаются"),
                   columns, sizeof columns / sizeof *columns);
    if (used) {
        qsort(list, used, sizeof *list, by_rows);
    }
    for (uint32_t i = 0; list && i < used && i < SHOWN; i++) {
        uint32_t begin, end;
        zhol_corridor_rows(corridor, ZHOL_TABLE_source, list[i].thing, &begin, &end);
        struct document_cell *cell =
            document_row(document, zhol_corridor_id(corridor, ZHOL_TABLE_source, list[i].thing));
        document_put(document, &cell[0], "%s",
                     study_said(document, zhol_corridor_text(corridor, source[begin].title),
                                zhol_corridor_text(corridor, source[begin].title_ru)));
        cell[1] = document_number(list[i].rows, 0);
    }
    document->error = document->error ? document->error : list ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    free(list);
}

/* ---- The sections ---- */

void study_section_corridor(const struct study_report *report, struct document *document)
{
    const struct study_case *at = &report->study->cases[0];
    struct buffer scope = {0};
    study_scope(report, document, &scope);
    document_section(document, "corridor", study_said(document, "The corridor", "Коридор"));
    document_text(
        document,
        study_said(document,
                   "%u places, %u sections of way, %u capacities, %u services. The map%s shows the "
                   "%s, assigned to what can carry it at the least cost: neither is counted on "
                   "the ground, section by section; what is counted is held against it below.",
                   "Мест — %u, участков пути — %u, ресурсов — %u, сервисов — %u. На карте%s — %s, "
                   "распределённые по тому, что может их везти с наименьшей ценой; по участкам "
                   "этого никто не считает, а что считают, сверено ниже."),
        zhol_corridor_things(at->corridor, ZHOL_TABLE_node),
        zhol_corridor_things(at->corridor, ZHOL_TABLE_link),
        zhol_corridor_things(at->corridor, ZHOL_TABLE_resource),
        zhol_corridor_things(at->corridor, ZHOL_TABLE_service),
        report->summary ? study_said(document, " of the first section", " первого раздела") : "",
        buffer_get(&scope));
    if (!report->summary) {
        study_picture_flows(report, at, document);
    }
    buffer_clear(&scope);
}

void study_section_evidence(const struct study_report *report, struct document *document)
{
    const struct zhol_corridor *corridor = report->study->cases[0].corridor;
    uint32_t things = zhol_corridor_things(corridor, ZHOL_TABLE_source);
    uint32_t *by_source = calloc((size_t)things + 1, sizeof *by_source);
    if (!by_source) {
        document->error = ZHOL_ERROR_MEMORY;
        return;
    }
    document_section(document, "evidence", study_said(document, "Evidence", "Основания"));
    write_rows(document, corridor, by_source);
    write_assumptions(document, corridor, by_source);
    free(by_source);
}
