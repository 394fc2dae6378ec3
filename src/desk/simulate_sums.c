/* simulate_sums.c: rows of demand and of lists added up. See simulate_flows.h, simulate_sums.h. */
#include "desk/simulate_sums.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/map.h"
#include "base/number.h"
#include "base/time.h"

/* Goods whose worth of a day is not stated: the interest on their value (an assumption). */
#define CAPITAL_COST_YEAR 0.12

/* ---- Goods ---- */

static double or_zero(double value)
{
    return value > 0 ? value : 0; /* NaN: 0 */
}

static const struct zhol_commodity *commodity_row(const struct zhol_corridor *corridor,
                                                  uint32_t commodity)
{
    uint32_t begin, end, count;
    zhol_corridor_rows(corridor, ZHOL_TABLE_commodity, commodity, &begin, &end);
    return &zhol_corridor_commodity(corridor, &count)[begin];
}

enum zhol_error sums_one_load(const struct zhol_corridor *corridor, uint32_t commodity,
                              struct zhol_load *load)
{
    double unit_t = commodity_row(corridor, commodity)->t_per_unit;
    return unit_t > 0 ? zhol_load_make(corridor, commodity, 0, unit_t, load) : ZHOL_ERROR_INVALID;
}

enum zhol_error sums_goods_of(const struct zhol_corridor *corridor, uint32_t commodity, double t,
                              double teu, struct sums_goods *goods)
{
    const struct zhol_commodity *row = commodity_row(corridor, commodity);
    struct zhol_load one;
    double unit_t = row->t_per_unit;
    t = or_zero(t);
    teu = or_zero(teu);
    enum zhol_error error = sums_one_load(corridor, commodity, &one);
    if (error || (t == 0 && (teu == 0 || one.teu <= 0))) {
        return error ? error : ZHOL_ERROR_INVALID;
    }
    bool by_teu = teu > 0 && one.teu > 0;
    double loads = by_teu ? teu / one.teu : t / unit_t;
    double day_usd_t = row->time_value_usd_t_day > 0
                           ? row->time_value_usd_t_day
                           : or_zero(row->value_usd_t) * CAPITAL_COST_YEAR / 365;
    double tonnes = t > 0 ? t : loads * unit_t;
    *goods = (struct sums_goods){.load_class = row->load_class_id,
                                 .class = row->class,
                                 .loads = loads,
                                 .tonnes = tonnes,
                                 .usd_day = day_usd_t * tonnes};
    return ZHOL_ERROR_OK;
}

/* ---- Sums ---- */

/* The sum with the same key as `like`, made where there is none. `keys`: bytes of the key -> sum.
 */
static enum zhol_error sum_of_key(struct flows *flows, struct map *keys,
                                  const struct flows_sum *like, struct flows_sum **sum)
{
    struct sum_key {
        uint32_t words[9];
        uint32_t pad;
        double loads, tonnes;
    } key = {.words = {like->from, like->to, like->via, like->load_class, like->class, like->mode,
                       like->demand_flow, like->listed, like->listed ? like->commodity : ZHOL_NONE},
             .loads = like->listed ? like->loads : 0,
             .tonnes = like->listed ? like->tonnes : 0};
    struct text_view view = {.bytes = (const char *)&key, .size = sizeof key};
    uint32_t number = flows->sum_count;
    if (map_get(keys, view, &number)) {
        *sum = &flows->sums[number];
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = ARRAY_RESERVE(flows->sums, flows->sum_capacity, number + 1);
    error = error ? error : map_put(keys, view, number);
    if (!error) {
        flows->sums[number] = *like;
        flows->sum_count++;
        *sum = &flows->sums[number];
    }
    return error;
}

/* ---- The demand table ---- */

struct period {
    int32_t from, to;
};

static bool is_fitted(const struct zhol_demand *row)
{
    return row->demand_flow_id != ZHOL_NONE;
}

/* The period of the rows (only fitted ones where there are any) that begins last of those that
 * begin not after the day; the first one where all begin later. */
static struct period period_for(const struct zhol_demand *rows, uint32_t count, int32_t day)
{
    struct period best = {ZHOL_BLANK_DATE, ZHOL_BLANK_DATE};
    bool fitted = false;
    for (uint32_t i = 0; i < count; i++) {
        fitted = fitted || is_fitted(&rows[i]);
    }
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_demand *row = &rows[i];
        if (fitted && !is_fitted(row)) {
            continue;
        }
        bool none = best.from == ZHOL_BLANK_DATE;
        bool before = row->period_start <= day, best_before = !none && best.from <= day;
        bool better = none || (before && (!best_before || row->period_start > best.from)) ||
                      (!before && !best_before && row->period_start < best.from);
        if (better) {
            best = (struct period){row->period_start, row->period_end};
        }
    }
    return best;
}

void sums_period(const struct zhol_corridor *corridor, int32_t day, int32_t *from, int32_t *to)
{
    uint32_t count;
    const struct zhol_demand *rows = zhol_corridor_demand(corridor, &count);
    struct period period = period_for(rows, count, day);
    *from = period.from;
    *to = period.to;
}

static void months_of(const struct zhol_demand *row, double months_t[12])
{
    const double given[12] = {row->m01_t, row->m02_t, row->m03_t, row->m04_t,
                              row->m05_t, row->m06_t, row->m07_t, row->m08_t,
                              row->m09_t, row->m10_t, row->m11_t, row->m12_t};
    double sum = 0;
    for (int m = 0; m < 12; m++) {
        sum += or_zero(given[m]);
    }
    for (int m = 0; m < 12; m++) {
        uint32_t days = time_days_in_month(2025, (uint32_t)m + 1);
        months_t[m] = sum > 0 ? or_zero(given[m]) / sum : days / 365.0;
    }
}

static enum zhol_error add_demand(const struct zhol_corridor *corridor, struct flows *flows,
                                  struct map *keys, const struct zhol_demand *row, uint32_t number)
{
    struct sums_goods goods;
    double months[12];
    if (sums_goods_of(corridor, row->commodity_id, row->t, row->teu, &goods)) {
        return ZHOL_ERROR_OK; /* an empty row brings nothing */
    }
    struct flows_sum like = {
        .from = row->from_node_id,
        .to = row->to_node_id,
        .via = row->via_node_id,
        .demand_flow = row->demand_flow_id,
        .mode = (uint8_t)row->mode,
        .commodity = row->commodity_id,
        .load_class = goods.load_class,
        .class = goods.class,
        .days = row->period_end - row->period_start,
        .first_row = number,
    };
    struct flows_sum *sum = NULL;
    enum zhol_error error = sum_of_key(flows, keys, &like, &sum);
    if (error) {
        return error;
    }
    months_of(row, months);
    sum->loads += goods.loads;
    sum->tonnes += goods.tonnes;
    sum->usd_day += goods.usd_day;
    for (int m = 0; m < 12; m++) {
        sum->month_t[m] += months[m] * goods.tonnes;
    }
    if (goods.tonnes > sum->greatest_t) {
        sum->greatest_t = goods.tonnes;
        sum->commodity = row->commodity_id;
    }
    flows->t_year += goods.tonnes;
    return ZHOL_ERROR_OK;
}

enum zhol_error flows_from_demand(const struct zhol_corridor *corridor, int32_t day,
                                  struct flows *flows)
{
    uint32_t count;
    const struct zhol_demand *rows = zhol_corridor_demand(corridor, &count);
    struct period period = period_for(rows, count, day);
    struct map keys;
    enum zhol_error error = ZHOL_ERROR_OK;
    map_init(&keys);
    for (uint32_t i = 0; !error && i < count; i++) {
        bool inside = rows[i].period_start >= period.from && rows[i].period_end <= period.to;
        if (inside && rows[i].from_node_id != rows[i].to_node_id) {
            error = add_demand(corridor, flows, &keys, &rows[i], i);
        }
    }
    flows->year_from = period.from;
    flows->year_to = period.to;
    map_clear(&keys);
    return error || flows->sum_count ? error : ZHOL_ERROR_UNREACHABLE;
}

/* ---- A list of arrivals ---- */

enum list_column {
    LIST_TIME,
    LIST_FROM,
    LIST_TO,
    LIST_COMMODITY,
    LIST_TEU,
    LIST_TONNES,
    LIST_COUNT
};

static const char *const list_columns[] = {"time", "from", "to", "commodity", "teu", "tonnes"};

struct list {
    const struct zhol_corridor *corridor;
    struct csv_reader csv;
    uint32_t at[LIST_COUNT]; /* cell of each column, or ZHOL_NONE */
    struct zhol_report *report;
    const char *path;
    enum zhol_error error; /* the first fault */
};

static void list_fault(struct list *list, enum zhol_error code, enum list_column column,
                       const char *value, const char *expected)
{
    struct zhol_finding finding = {.severity = ZHOL_FAULT,
                                   .code = code,
                                   .row = list->csv.row,
                                   .file = list->path,
                                   .column = list_columns[column],
                                   .value = value,
                                   .expected = expected};
    zhol_report_add(list->report, &finding);
    list->error = list->error ? list->error : code;
}

/* The cell as a string of the caller's; "" where the column is missing. */
static const char *list_cell(const struct list *list, enum list_column column, char *out,
                             size_t size)
{
    uint32_t at = list->at[column];
    size_t length = at < list->csv.count ? list->csv.cells[at].size : 0;
    length = length < size ? length : size - 1;
    memcpy(out, length ? list->csv.cells[at].bytes : "", length);
    out[length] = '\0';
    return out;
}

static uint32_t list_thing(struct list *list, enum list_column column)
{
    char text[256];
    uint32_t thing = ZHOL_NONE, near, near_count;
    list_cell(list, column, text, sizeof text);
    enum zhol_error error =
        column == LIST_COMMODITY
            ? zhol_corridor_thing(list->corridor, ZHOL_TABLE_commodity, text, &thing, &near, 1,
                                  &near_count)
            : zhol_corridor_place(list->corridor, text, &thing, &near, 1, &near_count);
    if (error) {
        static const char *const wanted[2][2] = {
            {"a place of the corridor", "is blank; expected a place of the corridor"},
            {"goods of the corridor", "is blank; expected goods of the corridor"}};
        list_fault(list, error, column, text, wanted[column == LIST_COMMODITY][!*text]);
    }
    return error ? ZHOL_NONE : thing;
}

static double list_number(struct list *list, enum list_column column)
{
    char text[64];
    double value = 0;
    list_cell(list, column, text, sizeof text);
    if (*text && (number_parse_real(text_view_of(text), &value) || !(value > 0 && value <= 1e6))) {
        list_fault(list, ZHOL_ERROR_RANGE, column, text, "a number above 0 and at most 1000000");
        value = 0;
    }
    return value;
}

static int64_t list_time(struct list *list)
{
    char text[64];
    int64_t at_s = 0;
    int32_t day;
    list_cell(list, LIST_TIME, text, sizeof text);
    if (!time_parse_day(text_view_of(text), &day)) {
        return (int64_t)day * TIME_DAY_S;
    }
    if (time_parse_instant(text_view_of(text), &at_s)) {
        list_fault(list, ZHOL_ERROR_SYNTAX, LIST_TIME, text,
                   *text ? "a day or a time with its offset, such as 2026-02-01T08:00+05:00"
                         : "is blank; expected a day or a time with its offset, such as "
                           "2026-02-01T08:00+05:00");
    }
    return at_s;
}

static enum zhol_error add_time(struct flows_sum *sum, int64_t at_s)
{
    enum zhol_error error = ARRAY_RESERVE(sum->times, sum->time_capacity, sum->time_count + 1);
    if (!error) {
        sum->times[sum->time_count++] = at_s;
    }
    return error;
}

/* What is wrong with a row is in list->error. */
static void read_row(struct list *list, struct flows_sum *like, struct sums_goods *goods,
                     int64_t *at_s)
{
    *at_s = list_time(list);
    like->from = list_thing(list, LIST_FROM);
    like->to = list_thing(list, LIST_TO);
    like->commodity = list_thing(list, LIST_COMMODITY);
    if (like->from == like->to && like->from != ZHOL_NONE) {
        char text[256];
        list_fault(list, ZHOL_ERROR_INVALID, LIST_TO, list_cell(list, LIST_TO, text, sizeof text),
                   "another place than where it comes from");
    }
    double teu = list_number(list, LIST_TEU), tonnes = list_number(list, LIST_TONNES);
    if (!list->error && sums_goods_of(list->corridor, like->commodity, tonnes, teu, goods)) {
        list_fault(list, ZHOL_ERROR_INVALID, LIST_TEU, "",
                   "needs TEU (of goods in boxes) or tonnes");
    }
    struct zhol_load one;
    if (!list->error && teu > 0 && !sums_one_load(list->corridor, like->commodity, &one) &&
        one.teu <= 0) {
        list_fault(list, ZHOL_ERROR_INVALID, LIST_TEU, "",
                   "these goods go in no boxes: tonnes alone");
    }
}

/* Consignments of the same places, goods and size are a flow: its key holds the size, too. */
static enum zhol_error add_listed(struct list *list, struct flows *flows, struct map *keys)
{
    struct flows_sum like = {.via = ZHOL_NONE, .demand_flow = ZHOL_NONE, .days = 1, .listed = true};
    struct flows_sum *sum = NULL;
    struct sums_goods goods;
    int64_t at_s;
    enum zhol_error before = list->error;
    list->error = ZHOL_ERROR_OK; /* every row says all that is wrong with it */
    read_row(list, &like, &goods, &at_s);
    list->error = before ? before : list->error;
    if (list->error) {
        return ZHOL_ERROR_OK;
    }
    like.load_class = goods.load_class;
    like.class = goods.class;
    like.loads = ceil(goods.loads);
    like.tonnes = goods.tonnes;
    like.usd_day = goods.usd_day;
    like.first_row = list->csv.row;
    enum zhol_error error = sum_of_key(flows, keys, &like, &sum);
    return error ? error : add_time(sum, at_s);
}

static void find_columns(struct list *list)
{
    for (uint32_t c = 0; c < LIST_COUNT; c++) {
        list->at[c] = ZHOL_NONE;
        for (uint32_t i = 0; i < list->csv.count; i++) {
            if (text_equal_string(list->csv.cells[i], list_columns[c])) {
                list->at[c] = i;
            }
        }
        bool may_miss = c == LIST_TEU || c == LIST_TONNES;
        if (list->at[c] == ZHOL_NONE && !may_miss) {
            list_fault(list, ZHOL_ERROR_SYNTAX, c, "", "the column is missing");
        }
    }
}

static int by_time(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* In order; what is given for the same instant comes a second apart. */
static void set_in_order(struct flows_sum *sum)
{
    if (sum->time_count) {
        qsort(sum->times, sum->time_count, sizeof *sum->times, by_time);
    }
    for (uint32_t i = 1; i < sum->time_count; i++) {
        if (sum->times[i] <= sum->times[i - 1]) {
            sum->times[i] = sum->times[i - 1] + 1;
        }
    }
}

static enum zhol_error read_rows(struct list *list, struct flows *flows)
{
    struct map keys;
    enum zhol_error error = ZHOL_ERROR_OK;
    map_init(&keys);
    if (csv_next(&list->csv) || !list->csv.error) { /* an empty file lacks the columns, too */
        find_columns(list);
    }
    while (!error && csv_next(&list->csv)) {
        error = add_listed(list, flows, &keys);
    }
    for (uint32_t i = 0; i < flows->sum_count; i++) {
        set_in_order(&flows->sums[i]);
    }
    map_clear(&keys);
    return error ? error : list->csv.error ? list->csv.error : list->error;
}

enum zhol_error flows_parse_list(const struct zhol_corridor *corridor, const char *path,
                                 const char *text, size_t size, struct zhol_report *report,
                                 struct flows *flows)
{
    struct list list = {.corridor = corridor, .report = report, .path = path};
    enum zhol_error error = csv_open(&list.csv, path, text, size, report);
    if (!error) {
        error = read_rows(&list, flows);
    }
    csv_close(&list.csv);
    return error;
}

enum zhol_error flows_from_list(const struct zhol_corridor *corridor, const char *path,
                                struct zhol_report *report, struct flows *flows)
{
    struct file_data data = {0};
    enum zhol_error error = file_read(path, 0, &data, report);
    if (!error) {
        error = flows_parse_list(corridor, path, data.bytes, data.size, report, flows);
    }
    file_clear(&data);
    return error;
}
