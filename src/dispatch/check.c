/* check.c: whether a day is one that can be planned; names of causes; cutting of long units. */
#include <zhol/dispatch.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"

enum {
    COUNT_MAX = 1000000,  /* of any number of a row: sums stay far below 2^63 */
    MINUTE_MAX = 1000000, /* about two years */
    FLAGS_MAX = (ZHOL_DISPATCH_MARK << ZHOL_DISPATCH_MARKS) - 1,
    UNIT_MAX = 100000, /* tonnes or metres of one unit */
    WEIGHT_MAX = 1000
};

struct check {
    const struct zhol_dispatch_day *day;
    struct zhol_report *report;
    enum zhol_error error; /* the first */
};

static void fault(struct check *check, enum zhol_error code, const char *table, uint32_t row,
                  const char *column, int64_t value, const char *expected)
{
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)value);
    zhol_report_add(check->report,
                    &(struct zhol_finding){ZHOL_FAULT, code, row, table, column, text, expected});
    check->error = check->error ? check->error : code;
}

struct place {
    const char *table;
    uint32_t row;
};

static void number(struct check *check, struct place at, const char *column, int64_t value,
                   int64_t low, int64_t high)
{
    if (value < low || value > high) {
        char expected[64];
        snprintf(expected, sizeof expected, "a number from %lld to %lld", (long long)low,
                 (long long)high);
        fault(check, ZHOL_ERROR_RANGE, at.table, at.row, column, value, expected);
    }
}

/* A minute that may also be NEVER. */
static void minute(struct check *check, struct place at, const char *column, int32_t value)
{
    if (value != ZHOL_DISPATCH_NEVER) {
        number(check, at, column, value, 0, MINUTE_MAX);
    }
}

static void row_named(struct check *check, struct place at, const char *column, uint32_t value,
                      uint32_t count, bool optional)
{
    if (value >= count && !(optional && value == ZHOL_DISPATCH_NONE)) {
        fault(check, ZHOL_ERROR_UNKNOWN, at.table, at.row, column, value, "a row that is there");
    }
}

static void gauge(struct check *check, struct place at, enum zhol_dispatch_gauge value)
{
    number(check, at, "gauge", (int64_t)value, 0, ZHOL_DISPATCH_GAUGES - 1);
}

static void day_check(struct check *check)
{
    const struct zhol_dispatch_day *day = check->day;
    struct place at = {"day", 0};
    number(check, at, "horizon_min", day->horizon_min, 60, ZHOL_DISPATCH_HORIZON_MAX);
    if (day->horizon_min % 60 != 0) {
        fault(check, ZHOL_ERROR_INVALID, "day", 0, "horizon_min", day->horizon_min, "whole hours");
    }
    number(check, at, "form_min", day->form_min, 1, ZHOL_DISPATCH_HORIZON_MAX);
    number(check, at, "yard_min", day->yard_min, 0, ZHOL_DISPATCH_HORIZON_MAX);
    number(check, at, "release_min", day->release_min, 0, ZHOL_DISPATCH_HORIZON_MAX);
    number(check, at, "past_min", day->past_min, 0, day->horizon_min);
    number(check, at, "free_storage_min", day->free_storage_min, 0, MINUTE_MAX);
    for (int g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
        number(check, at, "weight_t", day->limits[g].weight_t, 1, COUNT_MAX);
        number(check, at, "length_wagons", day->limits[g].length_wagons, 1, 10000);
        if (!day->accepts[g] || !day->departs[g]) {
            fault(check, ZHOL_ERROR_INVALID, "day", 0, "accepts", g, "numbers of trains an hour");
        }
    }
}

static void counts_check(struct check *check)
{
    const struct zhol_dispatch_day *day = check->day;
    const struct {
        const char *table;
        uint32_t count, limit;
        bool there;
    } tables[] = {
        {"trains", day->train_count, ZHOL_DISPATCH_TRAINS_MAX, day->trains},
        {"units", day->unit_count, ZHOL_DISPATCH_UNITS_MAX, day->units},
        {"tracks", day->track_count, ZHOL_DISPATCH_ROWS_MAX, day->tracks},
        {"fronts", day->front_count, ZHOL_DISPATCH_ROWS_MAX, day->fronts},
        {"locomotives", day->locomotive_count, ZHOL_DISPATCH_ROWS_MAX, day->locomotives},
        {"stocks", day->stock_count, ZHOL_DISPATCH_ROWS_MAX, day->stocks},
        {"deliveries", day->delivery_count, ZHOL_DISPATCH_ROWS_MAX, day->deliveries},
        {"windows", day->window_count, ZHOL_DISPATCH_ROWS_MAX, day->windows},
        {"bans", day->ban_count, ZHOL_DISPATCH_ROWS_MAX, day->bans},
    };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        if (tables[i].count > tables[i].limit) {
            fault(check, ZHOL_ERROR_LIMIT, tables[i].table, tables[i].limit, "", tables[i].count,
                  "fewer rows");
        } else if (tables[i].count && !tables[i].there) {
            fault(check, ZHOL_ERROR_INVALID, tables[i].table, 0, "", tables[i].count, "its rows");
        }
    }
}

static void trains_check(struct check *check)
{
    const struct zhol_dispatch_day *day = check->day;
    for (uint32_t i = 0; i < day->train_count; i++) {
        const struct zhol_dispatch_train *train = day->trains + i;
        struct place at = {"trains", i};
        gauge(check, at, train->gauge);
        number(check, at, "work", (int64_t)train->work, 0, ZHOL_DISPATCH_WORKS - 1);
        number(check, at, "done", train->done, 0, ZHOL_DISPATCH_LEFT);
        number(check, at, "ready_min", train->ready_min, -MINUTE_MAX, MINUTE_MAX);
        number(check, at, "inspect_min", train->inspect_min, 1, ZHOL_DISPATCH_HORIZON_MAX);
        number(check, at, "length_m", train->length_m, 1, COUNT_MAX);
        number(check, at, "wagons", train->wagons, 0, 1000);
        number(check, at, "frees_count", train->frees_count, 0, COUNT_MAX);
        row_named(check, at, "frees_stock", train->frees_stock, day->stock_count, true);
        bool any = false;
        for (uint32_t u = 0; u < day->unit_count && !any; u++) {
            any = day->units[u].train == i;
        }
        if (!any) {
            fault(check, ZHOL_ERROR_INVALID, "trains", i, "units", 0, "at least one unit");
        }
    }
}

static void units_check(struct check *check)
{
    const struct zhol_dispatch_day *day = check->day;
    for (uint32_t i = 0; i < day->unit_count; i++) {
        const struct zhol_dispatch_unit *unit = day->units + i;
        struct place at = {"units", i};
        row_named(check, at, "train", unit->train, day->train_count, false);
        number(check, at, "weight_t", unit->weight_t, 0, UNIT_MAX);
        number(check, at, "length_m", unit->length_m, 1, UNIT_MAX);
        number(check, at, "boxes_20", unit->boxes_20, 0, 1000);
        number(check, at, "boxes_40", unit->boxes_40, 0, 1000);
        number(check, at, "heavy_20_pairs", unit->heavy_20_pairs, 0, 1000);
        number(check, at, "pieces", unit->pieces, 0, 10000);
        number(check, at, "contract_min", unit->contract_min, -MINUTE_MAX, MINUTE_MAX);
        number(check, at, "late_weight", unit->late_weight, 0, WEIGHT_MAX);
        number(check, at, "flags", unit->flags, 0, FLAGS_MAX);
        row_named(check, at, "stock", unit->stock, day->stock_count, true);
        minute(check, at, "hold_until_min", unit->hold_until_min);
        minute(check, at, "data_min", unit->data_min);
        if (unit->stock < day->stock_count && unit->train < day->train_count &&
            day->stocks[unit->stock].gauge == day->trains[unit->train].gauge) {
            fault(check, ZHOL_ERROR_CONFLICT, "units", i, "stock", unit->stock,
                  "a stock of the gauge that the unit leaves on");
        }
    }
}

static void places_check(struct check *check)
{
    const struct zhol_dispatch_day *day = check->day;
    for (uint32_t i = 0; i < day->track_count; i++) {
        struct place at = {"tracks", i};
        gauge(check, at, day->tracks[i].gauge);
        number(check, at, "length_m", day->tracks[i].length_m, 1, COUNT_MAX);
        number(check, at, "free_from_min", day->tracks[i].free_from_min, 0, ZHOL_DISPATCH_NEVER);
    }
    for (uint32_t i = 0; i < day->front_count; i++) {
        const struct zhol_dispatch_front *front = day->fronts + i;
        struct place at = {"fronts", i};
        number(check, at, "work", (int64_t)front->work, 0, ZHOL_DISPATCH_WORKS - 1);
        number(check, at, "cranes", front->cranes, 1, 10000);
        number(check, at, "rate", front->rate, 1, 100000);
        number(check, at, "setup_min", front->setup_min, 0, ZHOL_DISPATCH_HORIZON_MAX);
        number(check, at, "length_m", front->length_m, 0, COUNT_MAX);
        number(check, at, "free_from_min", front->free_from_min, 0, ZHOL_DISPATCH_NEVER);
    }
    for (uint32_t i = 0; i < day->locomotive_count; i++) {
        const struct zhol_dispatch_locomotive *locomotive = day->locomotives + i;
        struct place at = {"locomotives", i};
        gauge(check, at, locomotive->gauge);
        number(check, at, "move", (int64_t)locomotive->move, 0, ZHOL_DISPATCH_MOVES - 1);
        number(check, at, "free_from_min", locomotive->free_from_min, 0, ZHOL_DISPATCH_NEVER);
        number(check, at, "return_min", locomotive->return_min, 1, MINUTE_MAX);
    }
}

static void rest_check(struct check *check)
{
    const struct zhol_dispatch_day *day = check->day;
    for (uint32_t i = 0; i < day->stock_count; i++) {
        gauge(check, (struct place){"stocks", i}, day->stocks[i].gauge);
        number(check, (struct place){"stocks", i}, "count", day->stocks[i].count, 0, COUNT_MAX);
    }
    for (uint32_t i = 0; i < day->delivery_count; i++) {
        struct place at = {"deliveries", i};
        row_named(check, at, "stock", day->deliveries[i].stock, day->stock_count, false);
        number(check, at, "minute", day->deliveries[i].minute, 0, MINUTE_MAX);
        number(check, at, "count", day->deliveries[i].count, 0, COUNT_MAX);
    }
    for (uint32_t i = 0; i < day->window_count; i++) {
        const struct zhol_dispatch_window *window = day->windows + i;
        number(check, (struct place){"windows", i}, "from_min", window->from_min, -MINUTE_MAX,
               MINUTE_MAX);
        number(check, (struct place){"windows", i}, "until_min", window->until_min,
               (int64_t)window->from_min + 1, ZHOL_DISPATCH_NEVER);
    }
    for (uint32_t i = 0; i < day->ban_count; i++) {
        const struct zhol_dispatch_ban *ban = day->bans + i;
        struct place at = {"bans", i};
        gauge(check, at, ban->gauge);
        number(check, at, "flags", ban->flags, 0, FLAGS_MAX);
        number(check, at, "from_min", ban->from_min, -MINUTE_MAX, MINUTE_MAX);
        number(check, at, "until_min", ban->until_min, (int64_t)ban->from_min + 1,
               ZHOL_DISPATCH_NEVER);
    }
}

enum zhol_error zhol_dispatch_check(const struct zhol_dispatch_day *day, struct zhol_report *report)
{
    struct check check = {day, report, ZHOL_ERROR_OK};
    day_check(&check);
    counts_check(&check);
    if (!check.error) { /* otherwise the rows cannot be looked at */
        trains_check(&check);
        units_check(&check);
        places_check(&check);
        rest_check(&check);
    }
    return check.error;
}

static const struct {
    const char *word, *sentence;
} causes[] = {
#define CAUSE_TEXT(name, word, sentence) {word, sentence},
    ZHOL_DISPATCH_CAUSES(CAUSE_TEXT)
#undef CAUSE_TEXT
};

const char *zhol_dispatch_cause_word(enum zhol_dispatch_cause cause)
{
    return (unsigned)cause < ZHOL_DISPATCH_CAUSE_COUNT ? causes[cause].word : "";
}

const char *zhol_dispatch_cause_text(enum zhol_dispatch_cause cause)
{
    return (unsigned)cause < ZHOL_DISPATCH_CAUSE_COUNT ? causes[cause].sentence : "";
}

/* Part `part` of `parts` of a whole: the parts add up to it and differ by at most one. */
static uint32_t share(uint32_t whole, uint32_t part, uint32_t parts)
{
    return (uint32_t)((uint64_t)whole * (part + 1) / parts - (uint64_t)whole * part / parts);
}

static uint32_t parts_of(const struct zhol_dispatch_unit *unit, int32_t length_m)
{
    uint32_t parts = ((uint32_t)unit->length_m + (uint32_t)length_m - 1) / (uint32_t)length_m;
    uint32_t boxes = unit->boxes_20 + unit->boxes_40;
    return boxes && parts > boxes ? boxes : parts;
}

/* Part `part` of a unit. Boxes of both lengths are cut as one row, so that parts differ by at most
 * one box; all else follows. */
static struct zhol_dispatch_unit unit_part(const struct zhol_dispatch_unit *whole, uint32_t part,
                                           uint32_t parts)
{
    struct zhol_dispatch_unit it = *whole;
    uint32_t boxes = whole->boxes_20 + whole->boxes_40;
    uint32_t before = (uint32_t)((uint64_t)boxes * part / parts);
    uint32_t after = (uint32_t)((uint64_t)boxes * (part + 1) / parts);
    uint32_t short_before = before < whole->boxes_20 ? before : whole->boxes_20;
    uint32_t short_after = after < whole->boxes_20 ? after : whole->boxes_20;
    it.boxes_20 = short_after - short_before;
    it.boxes_40 = after - before - it.boxes_20;
    it.weight_t = (int32_t)share((uint32_t)whole->weight_t, part, parts);
    it.length_m = (int32_t)share((uint32_t)whole->length_m, part, parts);
    it.pieces = share(whole->pieces, part, parts);
    it.heavy_20_pairs = share(whole->heavy_20_pairs, part, parts);
    it.late_weight = (int32_t)share((uint32_t)whole->late_weight, part, parts);
    return it;
}

enum zhol_error zhol_dispatch_split(const struct zhol_dispatch_day *day, int32_t length_m,
                                    struct zhol_dispatch_unit **units, uint32_t **origin,
                                    uint32_t *count)
{
    *units = NULL;
    *count = 0;
    if (origin) {
        *origin = NULL;
    }
    if (length_m < 1) {
        return ZHOL_ERROR_RANGE;
    }
    uint64_t total = 0;
    for (uint32_t i = 0; i < day->unit_count; i++) {
        if (day->units[i].length_m < 1 || day->units[i].weight_t < 0 ||
            day->units[i].boxes_20 > 1000 || day->units[i].boxes_40 > 1000) {
            return ZHOL_ERROR_RANGE;
        }
        total += parts_of(day->units + i, length_m);
    }
    if (total > ZHOL_DISPATCH_UNITS_MAX) {
        return ZHOL_ERROR_LIMIT;
    }
    struct zhol_dispatch_unit *made = malloc((total + 1) * sizeof *made);
    uint32_t *from = malloc((total + 1) * sizeof *from);
    if (!made || !from) {
        free(made);
        free(from);
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < day->unit_count; i++) {
        uint32_t parts = parts_of(day->units + i, length_m);
        for (uint32_t part = 0; part < parts; part++) {
            from[*count] = i;
            made[(*count)++] = unit_part(day->units + i, part, parts);
        }
    }
    *units = made;
    if (origin) {
        *origin = from;
    } else {
        free(from);
    }
    return ZHOL_ERROR_OK;
}
