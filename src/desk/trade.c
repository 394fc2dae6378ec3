/* trade.c: the ledger of published time series (desk/trade.h). */
#include "desk/trade.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/sort.h"
#include "base/text.h"
#include "base/time.h"
#include "corridor/measure.h"

static const struct trade_value UNKNOWN = {NAN, NAN, NAN};

/* ---- Figures and their width ---- */

double trade_rounding(double value)
{
    char text[NUMBER_TEXT_SIZE];
    size_t size = number_format_real(value, text);
    const char *point = memchr(text, '.', size);
    if (memchr(text, 'e', size)) {
        return fabs(value) * 0x1p-52;
    }
    return 0.5 * pow(10, point ? -(double)(size - 1 - (size_t)(point - text)) : 0);
}

struct trade_value trade_minus(struct trade_value a, struct trade_value b)
{
    return (struct trade_value){a.value - b.value, a.low - b.high, a.high - b.low};
}

/* For values above 0. */
struct trade_value trade_over(struct trade_value a, struct trade_value b)
{
    if (!(b.low > 0)) {
        return UNKNOWN;
    }
    return (struct trade_value){a.value / b.value, a.low / b.high, a.high / b.low};
}

static struct trade_value plus(struct trade_value a, struct trade_value b)
{
    return (struct trade_value){a.value + b.value, a.low + b.low, a.high + b.high};
}

static struct trade_value times(struct trade_value a, double factor)
{
    return (struct trade_value){a.value * factor, a.low * factor, a.high * factor};
}

static struct trade_value value_of(const struct zhol_series *row)
{
    if (isnan(row->value)) {
        return UNKNOWN;
    }
    double width = trade_rounding(row->value);
    return (struct trade_value){row->value, isnan(row->low) ? row->value - width : row->low,
                                isnan(row->high) ? row->value + width : row->high};
}

/* ---- Series and points ---- */

struct rows {
    const struct zhol_series *items;
    uint32_t count;
};

static int by_series_and_day(const void *context, uint32_t a, uint32_t b)
{
    const struct zhol_series *x = &((const struct rows *)context)->items[a];
    const struct zhol_series *y = &((const struct rows *)context)->items[b];
    int order = (x->series_id > y->series_id) - (x->series_id < y->series_id);
    order =
        order ? order : (x->period_start > y->period_start) - (x->period_start < y->period_start);
    return order ? order : (x->period_end > y->period_end) - (x->period_end < y->period_end);
}

static void add_point(struct trade *trade, const struct rows *rows, uint32_t row)
{
    const struct zhol_series *from = &rows->items[row];
    struct trade_series *last =
        trade->series_count ? &trade->series[trade->series_count - 1] : NULL;
    if (!last || last->thing != from->series_id) {
        last = &trade->series[trade->series_count++];
        *last = (struct trade_series){.thing = from->series_id, .first = trade->point_count};
        struct measure unit = measure_of(zhol_corridor_text(trade->corridor, from->unit));
        last->scale = unit.scale;
        last->base = unit.base;
    }
    last->count++;
    trade->points[trade->point_count++] = (struct trade_point){.row = row,
                                                               .from = from->period_start,
                                                               .to = from->period_end,
                                                               .value = value_of(from),
                                                               .growth = UNKNOWN,
                                                               .growth_year = UNKNOWN};
}

/* Years between two periods with the same days of the year; 0 where the days differ. */
static uint32_t years_between(const struct trade_point *before, const struct trade_point *after)
{
    struct time_date a = time_date_of(before->from), b = time_date_of(after->from);
    struct time_date c = time_date_of(before->to), d = time_date_of(after->to);
    bool same = a.month == b.month && a.day == b.day && c.month == d.month && c.day == d.day &&
                b.year - a.year == d.year - c.year;
    return same && b.year > a.year ? (uint32_t)(b.year - a.year) : 0;
}

static double a_year(double ratio, uint32_t years)
{
    return pow(ratio, 1.0 / years) - 1;
}

static void find_growth(struct trade *trade, const struct trade_series *series)
{
    for (uint32_t i = 1; i < series->count; i++) {
        struct trade_point *after = &trade->points[series->first + i];
        for (uint32_t k = i; k-- > 0 && !after->years && !isnan(after->value.value);) {
            const struct trade_point *before = &trade->points[series->first + k];
            uint32_t years = years_between(before, after);
            if (!years || !(before->value.low > 0)) {
                continue;
            }
            struct trade_value ratio = trade_over(after->value, before->value);
            after->years = years;
            after->growth = (struct trade_value){ratio.value - 1, ratio.low - 1, ratio.high - 1};
            after->growth_year = (struct trade_value){
                a_year(ratio.value, years), a_year(ratio.low, years), a_year(ratio.high, years)};
        }
    }
}

/* ---- Relations ---- */

static const struct trade_series *find_series(const struct trade *trade, uint32_t thing)
{
    for (uint32_t i = 0; i < trade->series_count; i++) {
        if (trade->series[i].thing == thing) {
            return &trade->series[i];
        }
    }
    return NULL;
}

/* The published point of a series for the very same days; ZHOL_NONE. */
static uint32_t same_days(const struct trade *trade, const struct trade_series *series,
                          const struct trade_point *as)
{
    for (uint32_t i = 0; i < series->count; i++) {
        const struct trade_point *point = &trade->points[series->first + i];
        if (point->from == as->from && point->to == as->to && !isnan(point->value.value)) {
            return series->first + i;
        }
    }
    return ZHOL_NONE;
}

static void add_gap(struct trade *trade, uint32_t relation, uint32_t a, uint32_t b, double scale)
{
    struct trade_value x = trade->points[a].value, y = times(trade->points[b].value, scale);
    struct trade_value difference = trade_minus(y, x);
    double mean = (x.value + y.value) / 2;
    trade->gaps[trade->gap_count++] =
        (struct trade_gap){.relation = relation,
                           .a = a,
                           .b = b,
                           .difference = difference,
                           .share = times(difference, 1 / mean),
                           .explained = difference.low <= 0 && difference.high >= 0};
}

/* `scale` brings the other series to the unit of this one. */
static void add_pair(struct trade *trade, const struct zhol_series_relation *row, uint32_t relation,
                     uint32_t a, uint32_t b, double scale)
{
    if (row->kind == zhol_series_relation_MIRROR) {
        add_gap(trade, relation, a, b, scale);
    } else if (row->kind != zhol_series_relation_VALUE) {
        trade->shares[trade->share_count++] = (struct trade_share){
            relation, a, b,
            trade_over(trade->points[a].value, times(trade->points[b].value, scale))};
    } else {
        const struct trade_series *money = trade_series_of(trade, a);
        const struct trade_series *tonnes = trade_series_of(trade, b);
        trade->worths[trade->worth_count++] =
            (struct trade_worth){relation, a, b,
                                 trade_over(times(trade->points[a].value, money->scale),
                                            times(trade->points[b].value, tonnes->scale))};
    }
}

static void relate(struct trade *trade, const struct zhol_series_relation *rows, uint32_t count)
{
    for (uint32_t r = 0; r < count; r++) {
        const struct trade_series *a = find_series(trade, rows[r].series_id);
        const struct trade_series *b = find_series(trade, rows[r].other_series_id);
        for (uint32_t i = 0; a && b && i < a->count; i++) {
            const struct trade_point *point = &trade->points[a->first + i];
            uint32_t other = same_days(trade, b, point);
            if (other != ZHOL_NONE && !isnan(point->value.value)) {
                add_pair(trade, &rows[r], r, a->first + i, other, b->scale / a->scale);
            }
        }
    }
}

static enum trade_verdict verdict_of(const struct trade_sum *sum)
{
    if (sum->rest.high < 0) {
        return TRADE_EXCEEDS;
    }
    if (sum->rest.low <= 0) {
        return TRADE_ADDS_UP;
    }
    return sum->open || sum->parts_known < sum->parts ? TRADE_REST_OPEN : TRADE_REST_STRANGE;
}

/* Adds the parts of one whole up. */
static void add_sum(struct trade *trade, const struct zhol_series_relation *rows, uint32_t count,
                    uint32_t whole)
{
    const struct trade_series *series = trade_series_of(trade, whole);
    struct trade_sum sum = {.whole = whole, .sum = {0, 0, 0}};
    for (uint32_t r = 0; r < count; r++) {
        const struct trade_series *part = find_series(trade, rows[r].series_id);
        bool some = rows[r].kind == zhol_series_relation_SOME;
        if ((rows[r].kind != zhol_series_relation_PART && !some) || !part ||
            rows[r].other_series_id != series->thing) {
            continue;
        }
        sum.open = sum.open || some;
        uint32_t point = same_days(trade, part, &trade->points[whole]);
        sum.parts++;
        if (point != ZHOL_NONE) {
            sum.parts_known++;
            sum.sum = plus(sum.sum, times(trade->points[point].value, part->scale / series->scale));
        }
    }
    sum.rest = trade_minus(trade->points[whole].value, sum.sum);
    sum.verdict = verdict_of(&sum);
    if (sum.parts_known > 1) {
        trade->sums[trade->sum_count++] = sum;
    }
}

static enum zhol_error make_room(struct trade *trade, uint32_t rows, uint32_t relations)
{
    size_t most = (size_t)(rows ? rows : 1) * (relations ? relations : 1);
    size_t one = rows ? rows : 1;
    trade->series = calloc(one, sizeof *trade->series);
    trade->points = calloc(one, sizeof *trade->points);
    trade->sums = calloc(one, sizeof *trade->sums);
    trade->gaps = calloc(most, sizeof *trade->gaps);
    trade->shares = calloc(most, sizeof *trade->shares);
    trade->worths = calloc(most, sizeof *trade->worths);
    bool fine = trade->series && trade->points && trade->sums && trade->gaps && trade->shares &&
                trade->worths;
    return fine ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

enum zhol_error trade_make(const struct zhol_corridor *corridor, struct trade *trade)
{
    uint32_t relations;
    struct rows rows;
    rows.items = zhol_corridor_series(corridor, &rows.count);
    const struct zhol_series_relation *links = zhol_corridor_series_relation(corridor, &relations);
    *trade = (struct trade){.corridor = corridor};
    uint32_t *index = malloc((rows.count ? rows.count : 1) * sizeof *index);
    enum zhol_error error = index ? make_room(trade, rows.count, relations) : ZHOL_ERROR_MEMORY;
    if (!error) {
        sort_index_fill(index, rows.count);
        error = sort_index(index, rows.count, by_series_and_day, &rows);
    }
    for (uint32_t i = 0; !error && i < rows.count; i++) {
        add_point(trade, &rows, index[i]);
    }
    free(index);
    if (error) {
        return error;
    }
    for (uint32_t i = 0; i < trade->series_count; i++) {
        find_growth(trade, &trade->series[i]);
    }
    relate(trade, links, relations);
    for (uint32_t i = 0; i < trade->point_count; i++) {
        if (!isnan(trade->points[i].value.value)) {
            add_sum(trade, links, relations, i);
        }
    }
    return ZHOL_ERROR_OK;
}

void trade_clear(struct trade *trade)
{
    free(trade->series);
    free(trade->points);
    free(trade->gaps);
    free(trade->shares);
    free(trade->sums);
    free(trade->worths);
    *trade = (struct trade){0};
}

const struct trade_series *trade_series_of(const struct trade *trade, uint32_t point)
{
    uint32_t i = 0;
    while (i + 1 < trade->series_count && trade->series[i + 1].first <= point) {
        i++;
    }
    return &trade->series[i];
}
