/* fuzz_dispatch: any day at a gauge break: what the check accepts is planned, and the plan holds.
 *
 * The bytes are read as small numbers that fill a day, most of them sane. Looked for: crashes,
 * overflow, a plan that its own check refuses, a bound above the plan, a re-plan that breaks the
 * day.
 */
#include <zhol/dispatch.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

struct reader {
    const uint8_t *bytes;
    size_t left;
};

/* The next byte, 0 at the end. */
static uint32_t next(struct reader *reader, uint32_t below)
{
    if (reader->left == 0) {
        return 0;
    }
    reader->left--;
    return *reader->bytes++ % below;
}

/* A minute: mostly within the day, sometimes never or far. */
static int32_t minute(struct reader *reader)
{
    uint32_t kind = next(reader, 16);
    return kind == 15   ? ZHOL_DISPATCH_NEVER
           : kind == 14 ? (int32_t)next(reader, 255) * 4000
                        : (int32_t)next(reader, 97) * 15;
}

enum { MOST = 12, UNITS = 30, HOURS = 48 };

struct fuzzed {
    struct zhol_dispatch_day day;
    struct zhol_dispatch_train trains[MOST];
    struct zhol_dispatch_unit units[UNITS];
    struct zhol_dispatch_track tracks[MOST];
    struct zhol_dispatch_front fronts[MOST];
    struct zhol_dispatch_locomotive locomotives[MOST];
    struct zhol_dispatch_stock stocks[2];
    struct zhol_dispatch_delivery deliveries[2];
    struct zhol_dispatch_window windows[4];
    struct zhol_dispatch_ban bans[2];
    uint16_t accepts[2][HOURS], departs[2][HOURS];
};

static void trains_read(struct fuzzed *it, struct reader *reader)
{
    it->day.train_count = next(reader, MOST);
    for (uint32_t i = 0; i < it->day.train_count; i++) {
        it->trains[i] =
            (struct zhol_dispatch_train){(enum zhol_dispatch_gauge)next(reader, 2),
                                         (enum zhol_dispatch_work)next(reader, 3),
                                         minute(reader),
                                         (int32_t)next(reader, 200),
                                         700 + (int32_t)next(reader, 200),
                                         next(reader, 60),
                                         next(reader, 4) ? ZHOL_DISPATCH_NONE : next(reader, 3),
                                         next(reader, 90),
                                         ZHOL_DISPATCH_TO_COME};
    }
    it->day.unit_count = next(reader, UNITS);
    for (uint32_t i = 0; i < it->day.unit_count; i++) {
        it->units[i] =
            (struct zhol_dispatch_unit){i < it->day.train_count ? i : next(reader, MOST),
                                        next(reader, 3),
                                        next(reader, 9),
                                        (int32_t)next(reader, 255) * 5,
                                        10 + (int32_t)next(reader, 255) * 2,
                                        next(reader, 30),
                                        next(reader, 30),
                                        next(reader, 5),
                                        next(reader, 4) ? ZHOL_DISPATCH_NONE : next(reader, 3),
                                        next(reader, 40),
                                        minute(reader) % 1000001,
                                        (int32_t)next(reader, 9),
                                        next(reader, 4) ? 0 : minute(reader),
                                        next(reader, 4) ? 0 : minute(reader),
                                        next(reader, 9) % 8};
    }
}

static void rows_read(struct fuzzed *it, struct reader *reader)
{
    struct zhol_dispatch_day *day = &it->day;
    day->track_count = next(reader, MOST);
    for (uint32_t i = 0; i < day->track_count; i++) {
        it->tracks[i] = (struct zhol_dispatch_track){
            (enum zhol_dispatch_gauge)next(reader, 2), 700 + (int32_t)next(reader, 200) * 3,
            next(reader, 3) ? 0 : minute(reader), next(reader, 3)};
    }
    day->front_count = next(reader, 5);
    for (uint32_t i = 0; i < day->front_count; i++) {
        it->fronts[i] = (struct zhol_dispatch_front){(enum zhol_dispatch_work)next(reader, 3),
                                                     {next(reader, 4) > 0, next(reader, 4) > 0},
                                                     next(reader, 5),
                                                     next(reader, 90),
                                                     (int32_t)next(reader, 90),
                                                     (int32_t)next(reader, 200) * 5,
                                                     next(reader, 3) ? 0 : minute(reader),
                                                     next(reader, 3)};
    }
    day->locomotive_count = next(reader, MOST);
    for (uint32_t i = 0; i < day->locomotive_count; i++) {
        it->locomotives[i] = (struct zhol_dispatch_locomotive){
            (enum zhol_dispatch_move)next(reader, 2), (enum zhol_dispatch_gauge)next(reader, 2),
            next(reader, 3) ? 0 : minute(reader), (int32_t)next(reader, 255) * 6};
    }
    for (uint32_t i = 0; i < 4; i++) {
        day->needs_locomotive[i / 2][i % 2] = next(reader, 2);
        int32_t from = (int32_t)next(reader, 97) * 15;
        it->windows[i] =
            (struct zhol_dispatch_window){next(reader, 3), from, from + (int32_t)next(reader, 200)};
    }
    for (uint32_t i = 0; i < 2; i++) {
        it->stocks[i] = (struct zhol_dispatch_stock){(enum zhol_dispatch_gauge)i, next(reader, 99)};
        it->deliveries[i] = (struct zhol_dispatch_delivery){
            next(reader, 3), (int32_t)next(reader, 97) * 15, next(reader, 60)};
        int32_t from = (int32_t)next(reader, 97) * 15;
        it->bans[i] =
            (struct zhol_dispatch_ban){(enum zhol_dispatch_gauge)next(reader, 2),
                                       next(reader, 2) ? ZHOL_DISPATCH_NONE : next(reader, 3),
                                       next(reader, 8),
                                       from,
                                       from + (int32_t)next(reader, 255) * 3,
                                       false};
        it->bans[i].arriving = (it->bans[i].flags & 4) != 0;
    }
    day->stock_count = day->delivery_count = next(reader, 3);
    day->window_count = next(reader, 5);
    day->ban_count = next(reader, 3);
}

static void day_read(struct fuzzed *it, struct reader *reader)
{
    struct zhol_dispatch_day *day = &it->day;
    *it = (struct fuzzed){.day = {.trains = it->trains,
                                  .units = it->units,
                                  .tracks = it->tracks,
                                  .fronts = it->fronts,
                                  .locomotives = it->locomotives,
                                  .stocks = it->stocks,
                                  .deliveries = it->deliveries,
                                  .windows = it->windows,
                                  .bans = it->bans}};
    day->horizon_min = 60 * (int32_t)next(reader, 50);
    day->form_min = (int32_t)next(reader, 120);
    day->yard_min = (int32_t)next(reader, 250);
    day->release_min = (int32_t)next(reader, 120);
    day->free_storage_min = (int32_t)next(reader, 250) * 10;
    for (int g = 0; g < 2; g++) {
        day->limits[g] = (struct zhol_dispatch_limits){(int32_t)next(reader, 255) * 20,
                                                       (int32_t)next(reader, 90), next(reader, 20)};
        for (int h = 0; h < HOURS; h++) {
            it->accepts[g][h] = (uint16_t)next(reader, 3);
            it->departs[g][h] = (uint16_t)next(reader, 3);
        }
        day->accepts[g] = it->accepts[g];
        day->departs[g] = it->departs[g];
    }
    trains_read(it, reader);
    rows_read(it, reader);
}

static int32_t at_least(int32_t value, int32_t least)
{
    return value < least ? least : value;
}

/* Makes most days sane, so that more than the check of days is reached. */
static void day_mend(struct fuzzed *it)
{
    struct zhol_dispatch_day *day = &it->day;
    day->horizon_min =
        at_least(day->horizon_min, 60) > 2880 ? 2880 : at_least(day->horizon_min, 60);
    day->form_min = at_least(day->form_min, 1);
    for (int g = 0; g < 2; g++) {
        day->limits[g].weight_t = at_least(day->limits[g].weight_t, 900);
        day->limits[g].length_wagons = at_least(day->limits[g].length_wagons, 30);
    }
    day->unit_count = (uint32_t)at_least((int32_t)day->unit_count, (int32_t)day->train_count);
    for (uint32_t i = 0; i < day->train_count; i++) {
        struct zhol_dispatch_train *train = it->trains + i;
        train->ready_min = train->ready_min % 2000 - 200;
        train->inspect_min = at_least(train->inspect_min, 1);
        train->frees_stock =
            train->frees_stock < day->stock_count ? train->frees_stock : ZHOL_DISPATCH_NONE;
    }
    for (uint32_t i = 0; i < day->unit_count; i++) {
        struct zhol_dispatch_unit *unit = it->units + i;
        unit->train = i < day->train_count ? i
                      : day->train_count   ? unit->train % day->train_count
                                           : 0;
        unit->length_m = at_least(unit->length_m, 1);
        unit->contract_min %= 1000000;
        unit->stock = unit->stock < day->stock_count && day->train_count
                          ? (it->trains[unit->train].gauge == ZHOL_DISPATCH_1435 ? 1u : 0u)
                          : ZHOL_DISPATCH_NONE;
        unit->stock = unit->stock < day->stock_count ? unit->stock : ZHOL_DISPATCH_NONE;
    }
    day->unit_count = day->train_count ? day->unit_count : 0;
    for (uint32_t i = 0; i < MOST; i++) {
        it->fronts[i].cranes += it->fronts[i].cranes == 0;
        it->fronts[i].rate += it->fronts[i].rate == 0;
        it->locomotives[i].return_min = at_least(it->locomotives[i].return_min, 1);
        it->tracks[i].length_m = at_least(it->tracks[i].length_m, 1);
    }
    for (uint32_t i = 0; i < 4; i++) {
        it->windows[i].until_min = at_least(it->windows[i].until_min, it->windows[i].from_min + 1);
    }
    for (uint32_t i = 0; i < 2; i++) {
        it->deliveries[i].stock %= day->stock_count ? day->stock_count : 1;
        it->bans[i].until_min = at_least(it->bans[i].until_min, it->bans[i].from_min + 1);
    }
}

/* Facts for some trains of the plan: what is done stays in a re-plan. One whose units left by the
 * plan may have left; of others it is known at most that they were taken. */
static void facts_draw(struct fuzzed *it, struct reader *reader,
                       const struct zhol_dispatch_plan *plan)
{
    for (uint32_t t = 0; t < it->day.train_count; t++) {
        bool taken = plan->passages[t].accept_min != ZHOL_DISPATCH_NEVER, left = taken;
        for (uint32_t u = 0; u < it->day.unit_count && left; u++) {
            left = it->units[u].train != t || plan->carriages[u].formed != ZHOL_DISPATCH_NONE;
        }
        uint32_t kind = next(reader, 6);
        it->trains[t].done = kind == 4 && taken  ? ZHOL_DISPATCH_TAKEN
                             : kind == 5 && left ? ZHOL_DISPATCH_LEFT
                                                 : ZHOL_DISPATCH_TO_COME;
    }
}

/* The times of some of those facts go into the plan, which stays a plan of the day. */
static void facts_take(struct fuzzed *it, struct reader *reader, struct zhol_dispatch_plan *plan)
{
    for (uint32_t t = 0; t < it->day.train_count; t++) {
        if (it->trains[t].done == ZHOL_DISPATCH_TO_COME || next(reader, 2)) {
            continue;
        }
        int32_t accepted = minute(reader);
        int32_t left =
            it->trains[t].done == ZHOL_DISPATCH_LEFT ? minute(reader) : ZHOL_DISPATCH_NEVER;
        (void)zhol_dispatch_take_fact(&it->day, t, accepted, left, plan);
    }
}

static void check(bool truth)
{
    if (!truth) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static struct fuzzed it;
    struct reader reader = {bytes, size};
    struct zhol_dispatch_plan plan;
    struct zhol_dispatch_options options = {
        .starts = 1, .iterations = 5, .bound_steps = 4, .exact_nodes = 200};
    bool sane = next(&reader, 8) > 0;
    day_read(&it, &reader);
    if (sane) {
        day_mend(&it);
    }
    enum zhol_error wrong = zhol_dispatch_check(&it.day, NULL);
    enum zhol_error error = zhol_dispatch_solve(&it.day, &options, &plan);
    check((wrong == ZHOL_ERROR_OK) == (error == ZHOL_ERROR_OK));
    if (error) {
        return 0;
    }
    check(zhol_dispatch_verify(&it.day, &plan, NULL) == ZHOL_ERROR_OK);
    struct zhol_dispatch_replanned again;
    struct zhol_dispatch_change change = {(int32_t)next(&reader, 97) * 15, 0.1, 0};
    facts_draw(&it, &reader, &plan);
    facts_take(&it, &reader, &plan);
    check(zhol_dispatch_verify(&it.day, &plan, NULL) == ZHOL_ERROR_OK);
    error = zhol_dispatch_replan(&it.day, &plan, &change, &options, &again);
    check(error == ZHOL_ERROR_OK);
    check(zhol_dispatch_verify(&it.day, &again.plan, NULL) == ZHOL_ERROR_OK);
    zhol_dispatch_replanned_clear(&again);
    zhol_dispatch_plan_clear(&plan);
    return 0;
}
