/* study_trade.c: what the published time series say of themselves and of each other: growth, two
 * counts of the same, parts and wholes, values a tonne; with the width that rounding leaves. */
#include <math.h>
#include <stdio.h>

#include "base/time.h"
#include "report/chart.h"
#include "report/study_sections.h"
#include "report/units.h"

enum { PANELS = 8, PERIOD = 40, LABEL = 256 };

struct page {
    const struct trade *trade;
    struct document *document;
};

static const struct zhol_series *row_of(const struct page *page, uint32_t point)
{
    uint32_t count;
    return &zhol_corridor_series(page->trade->corridor, &count)[page->trade->points[point].row];
}

/* The Russian text for Russian, where there is one. */
static const char *told(const struct page *page, zhol_cell_text en, zhol_cell_text ru)
{
    const struct zhol_corridor *corridor = page->trade->corridor;
    const char *text = page->document->lang == REPORT_RU ? zhol_corridor_text(corridor, ru) : "";
    return *text ? text : zhol_corridor_text(corridor, en);
}

static const char *name_of(const struct page *page, uint32_t point)
{
    const struct zhol_series *row = row_of(page, point);
    return told(page, row->name, row->name_ru);
}

/* " *" behind a figure that nobody looked up. */
static const char *mark_of(const struct page *page, uint32_t point)
{
    const struct zhol_corridor *corridor = page->trade->corridor;
    uint32_t count, begin, end;
    const struct zhol_source *sources = zhol_corridor_source(corridor, &count);
    zhol_corridor_rows(corridor, ZHOL_TABLE_source, row_of(page, point)->source_id, &begin, &end);
    return begin < end && sources[begin].kind == zhol_source_kind_ASSUMPTION ? " *" : "";
}

static const char *note_of(const struct page *page, uint32_t relation)
{
    uint32_t count;
    const struct zhol_series_relation *row =
        &zhol_corridor_series_relation(page->trade->corridor, &count)[relation];
    return told(page, row->note, row->note_ru);
}

static const char *reporter_of(const struct page *page, uint32_t point)
{
    const struct zhol_series *row = row_of(page, point);
    return told(page, row->reporter, row->reporter_ru);
}

/* The unit as it heads a column; returns `out`. */
static const char *unit_of(const struct page *page, uint32_t point, char out[static LABEL])
{
    struct buffer text = {0};
    report_unit(zhol_corridor_text(page->trade->corridor, row_of(page, point)->unit), NAN,
                page->document->lang, &text);
    snprintf(out, LABEL, "%s", buffer_get(&text));
    buffer_clear(&text);
    return out;
}

static const char *source_of(const struct page *page, uint32_t point)
{
    return zhol_corridor_id(page->trade->corridor, ZHOL_TABLE_source,
                            row_of(page, point)->source_id);
}

/* "2024", "2025-01..06", "2025-01-01..07-28", "2024-12-01..2025-07-28". */
static const char *period_of(const struct page *page, uint32_t point, char out[static PERIOD])
{
    const struct trade_point *at = &page->trade->points[point];
    struct time_date a = time_date_of(at->from), b = time_date_of(at->to - 1);
    struct time_date after = time_date_of(at->to);
    if (a.month == 1 && a.day == 1 && b.month == 12 && b.day == 31 && a.year == b.year) {
        snprintf(out, PERIOD, "%d", a.year);
    } else if (a.day == 1 && after.day == 1 && a.year == b.year && a.month == b.month) {
        snprintf(out, PERIOD, "%d-%02u", a.year, a.month);
    } else if (a.day == 1 && after.day == 1 && a.year == b.year) {
        snprintf(out, PERIOD, "%d-%02u..%02u", a.year, a.month, b.month);
    } else if (a.year == b.year) {
        snprintf(out, PERIOD, "%d-%02u-%02u..%02u-%02u", a.year, a.month, a.day, b.month, b.day);
    } else {
        snprintf(out, PERIOD, "%d-%02u-%02u..%d-%02u-%02u", a.year, a.month, a.day, b.year, b.month,
                 b.day);
    }
    return out;
}

/* As many decimals as the figure was printed with, three at most. */
static unsigned decimals_of(double value)
{
    unsigned decimals = 0;
    for (; decimals < 3 && fabs(value - round(value)) > 1e-9; decimals++) {
        value *= 10;
    }
    return decimals;
}

static struct document_cell cell_of(struct trade_value value, double scale, unsigned decimals)
{
    return value.high - value.low > 1e-9 * fabs(value.value)
               ? document_band(value.value * scale, value.low * scale, value.high * scale, decimals)
               : document_number(value.value * scale, decimals);
}

static const char *scope(const struct document *document)
{
    return study_said(document,
                      "published figures, each of its own reporter, definition and period; in "
                      "brackets what rounding leaves open",
                      "опубликованные числа, у каждого свой источник, определение и период; в "
                      "скобках — что оставляет открытым округление");
}

/* ---- Series: the last known point of each ---- */

/* The point of a series that says most: the last with growth, else the last with a value. */
static uint32_t last_of(const struct page *page, const struct trade_series *series)
{
    uint32_t best = ZHOL_NONE;
    for (uint32_t i = series->first; i < series->first + series->count; i++) {
        const struct trade_point *point = &page->trade->points[i];
        const struct trade_point *before = best == ZHOL_NONE ? NULL : &page->trade->points[best];
        bool better = !before || !isnan(point->growth_year.value) || isnan(before->growth.value);
        best = !isnan(point->value.value) && better ? i : best;
    }
    return best;
}

static void write_series(struct page *page)
{
    struct document *document = page->document;
    const struct document_column columns[] = {
        {"series", study_said(document, "Series", "Ряд"), NULL, DOCUMENT_TEXT},
        {"reporter", study_said(document, "Who counts", "Кто считает"), NULL, DOCUMENT_TEXT},
        {"definition", study_said(document, "What is counted", "Что считают"), NULL, DOCUMENT_TEXT},
        {"period", study_said(document, "Period", "Период"), NULL, DOCUMENT_TEXT},
        {"value", study_said(document, "Value", "Значение"),
         study_said(document, "of the next column", "см. рядом"), DOCUMENT_NUMBER},
        {"unit", study_said(document, "Unit", "Единица"), NULL, DOCUMENT_TEXT},
        {"growth_year_percent", study_said(document, "Growth", "Рост"),
         study_said(document, "% a year", "% в год"), DOCUMENT_NUMBER},
        {"years", study_said(document, "over", "за"), study_said(document, "years", "лет"),
         DOCUMENT_NUMBER},
    };
    char text[PERIOD], unit[LABEL];
    document_table(document, "series", study_said(document, "Time series", "Временные ряды"),
                   scope(document), columns, sizeof columns / sizeof *columns);
    for (uint32_t s = 0; s < page->trade->series_count; s++) {
        uint32_t at = last_of(page, &page->trade->series[s]);
        if (at == ZHOL_NONE) {
            continue;
        }
        const struct trade_point *point = &page->trade->points[at];
        struct document_cell *cell = document_row(document, source_of(page, at));
        document_put(document, &cell[0], "%s%s", name_of(page, at), mark_of(page, at));
        document_put(document, &cell[1], "%s", reporter_of(page, at));
        document_put(document, &cell[2], "%s",
                     told(page, row_of(page, at)->definition, row_of(page, at)->definition_ru));
        document_put(document, &cell[3], "%s", period_of(page, at, text));
        cell[4] = document_number(point->value.value, decimals_of(point->value.value));
        document_put(document, &cell[5], "%s", unit_of(page, at, unit));
        cell[6] = cell_of(point->growth_year, 100, 1);
        cell[7] = document_number(point->years ? (double)point->years : NAN, 0);
    }
    document_note(
        document, "%s",
        study_said(document,
                   "The last period that can be held against the same days of an earlier "
                   "year, else the last. All points: zhol trade SERIES, and trade.csv of it. "
                   "* general knowledge, not looked up.",
                   "Последний период, который можно сравнить с теми же днями прежнего года, иначе "
                   "последний. Все точки: zhol trade РЯД. * общее знание, не сверено."));
}

/* ---- Two counts, parts and wholes, values ---- */

static void write_gaps(struct page *page)
{
    struct document *document = page->document;
    const struct document_column columns[] = {
        {"one", study_said(document, "One count", "Один учёт"), NULL, DOCUMENT_TEXT},
        {"other", study_said(document, "The other", "Другой учёт"), NULL, DOCUMENT_TEXT},
        {"period", study_said(document, "Period", "Период"), NULL, DOCUMENT_TEXT},
        {"one_value", study_said(document, "One", "Один"),
         study_said(document, "of the unit", "см. единицу"), DOCUMENT_NUMBER},
        {"other_value", study_said(document, "Other", "Другой"),
         study_said(document, "of the unit", "см. единицу"), DOCUMENT_NUMBER},
        {"unit", study_said(document, "Unit", "Единица"), NULL, DOCUMENT_TEXT},
        {"gap_percent", study_said(document, "Gap", "Разрыв"),
         study_said(document, "% of their mean", "% среднего"), DOCUMENT_NUMBER},
        {"verdict", study_said(document, "Rounding", "Округление"), NULL, DOCUMENT_VERDICT},
    };
    char text[PERIOD], unit[LABEL];
    if (page->trade->gap_count == 0) {
        return;
    }
    document_table(document, "mirrors",
                   study_said(document, "Two counts of the same", "Два учёта одного и того же"),
                   scope(document), columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < page->trade->gap_count; i++) {
        const struct trade_gap *gap = &page->trade->gaps[i];
        const struct trade_point *a = &page->trade->points[gap->a];
        const struct trade_point *b = &page->trade->points[gap->b];
        /* in the unit of the first */
        double scale = trade_series_of(page->trade, gap->b)->scale /
                       trade_series_of(page->trade, gap->a)->scale;
        char sources[LABEL];
        snprintf(sources, sizeof sources, "%s;%s", source_of(page, gap->a),
                 source_of(page, gap->b));
        struct document_cell *cell = document_row(document, sources);
        document_put(document, &cell[0], "%s", name_of(page, gap->a));
        document_put(document, &cell[1], "%s", name_of(page, gap->b));
        document_put(document, &cell[2], "%s", period_of(page, gap->a, text));
        cell[3] = document_number(a->value.value, decimals_of(a->value.value));
        cell[4] = document_number(b->value.value * scale, decimals_of(b->value.value * scale));
        document_put(document, &cell[5], "%s", unit_of(page, gap->a, unit));
        cell[6] = cell_of(gap->share, 100, 1);
        document_verdict(document, &cell[7],
                         gap->explained
                             ? study_said(document, "may explain it", "может объяснить")
                             : study_said(document, "does not explain it", "не объясняет"),
                         gap->explained ? 1 : -1);
    }
}

static void put_sum_verdict(struct page *page, enum trade_verdict verdict,
                            struct document_cell *cell)
{
    static const struct {
        const char *en, *ru;
        int mood;
    } words[] = {
        [TRADE_ADDS_UP] = {"adds up", "сходится", 1},
        [TRADE_REST_OPEN] = {"other parts are not published here",
                             "прочие части здесь не приведены", 0},
        [TRADE_REST_STRANGE] = {"parts fall short", "частей не хватает", -1},
        [TRADE_EXCEEDS] = {"parts exceed it", "части больше целого", -1},
    };
    document_verdict(page->document, cell,
                     study_said(page->document, words[verdict].en, words[verdict].ru),
                     words[verdict].mood);
}

static void write_sums(struct page *page)
{
    struct document *document = page->document;
    const struct document_column columns[] = {
        {"whole", study_said(document, "Whole", "Целое"), NULL, DOCUMENT_TEXT},
        {"period", study_said(document, "Period", "Период"), NULL, DOCUMENT_TEXT},
        {"whole_value", study_said(document, "Whole", "Целое"),
         study_said(document, "of the unit", "см. единицу"), DOCUMENT_NUMBER},
        {"parts_value", study_said(document, "Parts", "Части"),
         study_said(document, "of the unit", "см. единицу"), DOCUMENT_NUMBER},
        {"rest", study_said(document, "Rest", "Остаток"),
         study_said(document, "of the unit", "см. единицу"), DOCUMENT_NUMBER},
        {"unit", study_said(document, "Unit", "Единица"), NULL, DOCUMENT_TEXT},
        {"verdict", study_said(document, "Verdict", "Итог"), NULL, DOCUMENT_VERDICT},
    };
    char text[PERIOD], unit[LABEL];
    if (page->trade->sum_count == 0) {
        return;
    }
    document_table(document, "sums", study_said(document, "Parts and wholes", "Части и целое"),
                   scope(document), columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < page->trade->sum_count; i++) {
        const struct trade_sum *sum = &page->trade->sums[i];
        double whole = page->trade->points[sum->whole].value.value;
        unsigned decimals = decimals_of(whole);
        struct document_cell *cell = document_row(document, source_of(page, sum->whole));
        document_put(document, &cell[0], "%s", name_of(page, sum->whole));
        document_put(document, &cell[1], "%s", period_of(page, sum->whole, text));
        cell[2] = document_number(whole, decimals);
        cell[3] = cell_of(sum->sum, 1, decimals + 1);
        cell[4] = cell_of(sum->rest, 1, decimals + 1);
        document_put(document, &cell[5], "%s", unit_of(page, sum->whole, unit));
        put_sum_verdict(page, sum->verdict, &cell[6]);
    }
}

static void write_worths(struct page *page)
{
    struct document *document = page->document;
    const struct document_column columns[] = {
        {"value", study_said(document, "Value of", "Стоимость"), NULL, DOCUMENT_TEXT},
        {"tonnes", study_said(document, "Tonnes of", "Тонны"), NULL, DOCUMENT_TEXT},
        {"period", study_said(document, "Period", "Период"), NULL, DOCUMENT_TEXT},
        {"usd_t", study_said(document, "Value", "Стоимость тонны"),
         study_said(document, "USD/t", "долл./т"), DOCUMENT_NUMBER},
        {"remark", study_said(document, "Remark", "Замечание"), NULL, DOCUMENT_TEXT},
    };
    char text[PERIOD];
    if (page->trade->worth_count == 0) {
        return;
    }
    document_table(document, "values",
                   study_said(document, "Value over tonnes", "Стоимость на тонну"), scope(document),
                   columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < page->trade->worth_count; i++) {
        const struct trade_worth *worth = &page->trade->worths[i];
        struct document_cell *cell = document_row(document, source_of(page, worth->money));
        document_put(document, &cell[0], "%s", name_of(page, worth->money));
        document_put(document, &cell[1], "%s", name_of(page, worth->tonnes));
        document_put(document, &cell[2], "%s", period_of(page, worth->money, text));
        cell[3] = cell_of(worth->usd_t, 1, 0);
        const char *note = note_of(page, worth->relation);
        document_put(document, &cell[4], "%s%s",
                     *note ? study_said(document, "no price of a tonne: ", "не цена тонны: ") : "",
                     note);
    }
}

/* ---- Charts: the series with most points; a bar spans its period ---- */

static uint32_t known_points(const struct page *page, const struct trade_series *series)
{
    uint32_t known = 0;
    for (uint32_t i = 0; i < series->count; i++) {
        known += page->trade->points[series->first + i].value.value > 0;
    }
    return known;
}

static void draw_series(const struct page *page, const struct trade_series *series, uint32_t slot,
                        struct buffer *svg)
{
    enum { COLUMN = 530, ROW = 196 };
    const struct trade_point *points = &page->trade->points[series->first];
    char title[2 * LABEL], unit[LABEL];
    double top = 0;
    for (uint32_t i = 0; i < series->count; i++) {
        top = points[i].value.high > top ? points[i].value.high : top;
    }
    struct chart_panel panel = {.x = 66 + (slot % 2) * COLUMN,
                                .y = 60 + slot / 2 * ROW,
                                .width = COLUMN - 90,
                                .height = ROW - 70,
                                .first_day = points[0].from,
                                .last_day = points[series->count - 1].to,
                                .top = chart_top(top),
                                .lang = page->document->lang};
    snprintf(title, sizeof title, "%s, %s", name_of(page, series->first),
             unit_of(page, series->first, unit));
    chart_panel(svg, &panel, title);
    for (uint32_t i = 0; i < series->count; i++) {
        double days = panel.last_day - panel.first_day;
        double x = panel.x + (points[i].from - panel.first_day) / days * panel.width;
        double width = (points[i].to - points[i].from) / days * panel.width;
        double height = points[i].value.value / panel.top * panel.height;
        if (height > 0) {
            chart_box(svg, x + width * 0.1, panel.y + panel.height - height, width * 0.8, height,
                      slot % 7);
        }
    }
}

static void draw_charts(struct page *page)
{
    struct document *document = page->document;
    struct buffer svg = {0};
    uint32_t slots = 0;
    for (uint32_t s = 0; s < page->trade->series_count && slots < PANELS; s++) {
        slots += known_points(page, &page->trade->series[s]) >= 3;
    }
    if (slots == 0) {
        return;
    }
    const char *head =
        study_said(document, "Series with three values or more", "Ряды с тремя значениями и более");
    chart_begin(&svg, 1070, 40 + 196.0 * ((slots + 1) / 2), head);
    chart_text(&svg, 10, 22, "start", "head", head);
    slots = 0;
    for (uint32_t s = 0; s < page->trade->series_count && slots < PANELS; s++) {
        if (known_points(page, &page->trade->series[s]) >= 3) {
            draw_series(page, &page->trade->series[s], slots++, &svg);
        }
    }
    chart_end(&svg);
    document->error = document->error ? document->error : svg.error;
    document_picture(document,
                     study_said(document,
                                "As published; a bar spans its period, a gap was not published.",
                                "Как опубликовано; столбец занимает свой период, пропуск не "
                                "публиковался."),
                     (struct text_view){svg.bytes, (uint32_t)svg.size});
    buffer_clear(&svg);
}

void study_section_trade(const struct study_report *report, const struct trade *trade,
                         struct document *document)
{
    struct page page = {trade, document};
    (void)report;
    if (trade->series_count == 0) {
        return;
    }
    document_section(document, "trade", study_said(document, "Trade statistics", "Статистика"));
    document_text(
        document, "%s",
        study_said(document,
                   "Only like is held against like: growth over the same days of the "
                   "year, everything else over the very same days. No difference is told that "
                   "rounding explains, and no gap of a series is filled.",
                   "Сравнивается только сравнимое: рост — по тем же дням года, остальное — по "
                   "одним и тем же дням. Разность, которую объясняет округление, разностью не "
                   "называется, пропуски рядов не заполняются."));
    draw_charts(&page);
    write_series(&page);
    write_gaps(&page);
    write_sums(&page);
    write_worths(&page);
}
