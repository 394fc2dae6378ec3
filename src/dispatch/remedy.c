/* remedy.c: what would help most: the day with one thing more, planned again from the plan. */
#include <stdlib.h>
#include <string.h>

#include "dispatch/cause.h"
#include "dispatch/search.h"
#include "dispatch/solve.h"

enum {
    STOCK_MORE = 60,
    ITERATIONS = 150,
    HOURS_EACH = 5, /* full hours tried, of each move and gauge */
    QUICK = 8,      /* part of the iterations in the first look at all */
    FULL = 12,      /* that are looked at again with all iterations: the best of the first look */
    TRIES_MAX = 64  /* remedies looked at */
};

/* A day with room for one row more of each kind. */
struct richer {
    struct zhol_dispatch_day day;
    struct zhol_dispatch_track *tracks;
    struct zhol_dispatch_front *fronts;
    struct zhol_dispatch_locomotive *locomotives;
    struct zhol_dispatch_stock *stocks;
    uint16_t *hours[ZHOL_DISPATCH_MOVES][ZHOL_DISPATCH_GAUGES];
};

static void *copy_more(const void *rows, uint32_t count, size_t size)
{
    void *copy = malloc(((size_t)count + 1) * size);
    if (copy && count) {
        memcpy(copy, rows, count * size);
    }
    return copy;
}

static void richer_free(struct richer *it)
{
    free(it->tracks);
    free(it->fronts);
    free(it->locomotives);
    free(it->stocks);
    for (int i = 0; i < ZHOL_DISPATCH_MOVES * ZHOL_DISPATCH_GAUGES; i++) {
        free(it->hours[i / 2][i % 2]);
    }
}

static enum zhol_error richer_new(struct richer *it, const struct zhol_dispatch_day *day)
{
    uint32_t hours = (uint32_t)day->horizon_min / 60;
    *it = (struct richer){.day = *day};
    it->tracks = copy_more(day->tracks, day->track_count, sizeof *it->tracks);
    it->fronts = copy_more(day->fronts, day->front_count, sizeof *it->fronts);
    it->locomotives = copy_more(day->locomotives, day->locomotive_count, sizeof *it->locomotives);
    it->stocks = copy_more(day->stocks, day->stock_count, sizeof *it->stocks);
    bool made = it->tracks && it->fronts && it->locomotives && it->stocks;
    for (int g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
        it->hours[ZHOL_DISPATCH_ACCEPT][g] = copy_more(day->accepts[g], hours, sizeof(uint16_t));
        it->hours[ZHOL_DISPATCH_DEPART][g] = copy_more(day->departs[g], hours, sizeof(uint16_t));
        made = made && it->hours[ZHOL_DISPATCH_ACCEPT][g] && it->hours[ZHOL_DISPATCH_DEPART][g];
        it->day.accepts[g] = it->hours[ZHOL_DISPATCH_ACCEPT][g];
        it->day.departs[g] = it->hours[ZHOL_DISPATCH_DEPART][g];
    }
    it->day.tracks = it->tracks;
    it->day.fronts = it->fronts;
    it->day.locomotives = it->locomotives;
    it->day.stocks = it->stocks;
    if (!made) {
        richer_free(it);
    }
    return made ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

/* Adds what the remedy says; false when there is no more room for it. */
static bool enrich(struct richer *it, const struct zhol_dispatch_remedy *remedy)
{
    uint16_t *hour;
    switch (remedy->help) {
    case ZHOL_DISPATCH_HELP_ACCEPT:
    case ZHOL_DISPATCH_HELP_DEPART:
        hour = it->hours[remedy->help == ZHOL_DISPATCH_HELP_DEPART][remedy->gauge] + remedy->row;
        *hour = (uint16_t)(*hour + (*hour < UINT16_MAX));
        return true;
    case ZHOL_DISPATCH_HELP_LOCOMOTIVE:
        it->locomotives[it->day.locomotive_count] = it->locomotives[remedy->row];
        return it->day.locomotive_count++ < ZHOL_DISPATCH_ROWS_MAX;
    case ZHOL_DISPATCH_HELP_TRACK:
        it->tracks[it->day.track_count] = it->tracks[remedy->row];
        return it->day.track_count++ < ZHOL_DISPATCH_ROWS_MAX;
    case ZHOL_DISPATCH_HELP_FRONT:
        it->fronts[it->day.front_count] = it->fronts[remedy->row];
        return it->day.front_count++ < ZHOL_DISPATCH_ROWS_MAX;
    default:
        it->stocks[remedy->row].count += STOCK_MORE;
        return true;
    }
}

static void enough_add(struct zhol_dispatch_remedy *tries, uint32_t *count,
                       enum zhol_dispatch_help help, enum zhol_dispatch_gauge gauge, uint32_t row)
{
    if (*count < TRIES_MAX) {
        tries[(*count)++] = (struct zhol_dispatch_remedy){help, gauge, row, 0, 0};
    }
}

/* Full hours of a move, at most HOURS_EACH of them, evenly over the day: neighbours help alike. */
static void hours_add(const struct zhol_dispatch_day *day, const struct zhol_dispatch_plan *plan,
                      struct zhol_dispatch_remedy *tries, uint32_t *count, int gauge)
{
    uint32_t used[ZHOL_DISPATCH_MOVES][ZHOL_DISPATCH_HORIZON_MAX / 60] = {{0}};
    for (uint32_t t = 0; t < plan->train_count; t++) {
        if (plan->passages[t].accept_min != ZHOL_DISPATCH_NEVER &&
            (int)day->trains[t].gauge == gauge) {
            used[ZHOL_DISPATCH_ACCEPT][plan->passages[t].accept_min / 60]++;
        }
    }
    for (uint32_t f = 0; f < plan->formed_count; f++) {
        if ((int)plan->formed[f].gauge == gauge) {
            used[ZHOL_DISPATCH_DEPART][plan->formed[f].depart_min / 60]++;
        }
    }
    for (int move = 0; move < ZHOL_DISPATCH_MOVES; move++) {
        const uint16_t *numbers = move ? day->departs[gauge] : day->accepts[gauge];
        uint32_t full[ZHOL_DISPATCH_HORIZON_MAX / 60], found = 0;
        for (uint32_t h = 0; h < (uint32_t)day->horizon_min / 60; h++) {
            if (used[move][h] >= numbers[h]) {
                full[found++] = h;
            }
        }
        uint32_t step = (found + HOURS_EACH - 1) / HOURS_EACH;
        for (uint32_t i = 0; i < found; i += step) {
            enough_add(tries, count, move ? ZHOL_DISPATCH_HELP_DEPART : ZHOL_DISPATCH_HELP_ACCEPT,
                       (enum zhol_dispatch_gauge)gauge, full[i]);
        }
    }
}

/* The row of each kind that would help most: one that is there all day before one that comes late
 * or never. Rows that are alike would help alike. */
static void locomotives_add(const struct zhol_dispatch_day *day, struct zhol_dispatch_remedy *tries,
                            uint32_t *count)
{
    for (int kind = 0; kind < ZHOL_DISPATCH_MOVES * ZHOL_DISPATCH_GAUGES; kind++) {
        int move = kind / ZHOL_DISPATCH_GAUGES, gauge = kind % ZHOL_DISPATCH_GAUGES;
        uint32_t best = ZHOL_DISPATCH_NONE;
        for (uint32_t i = 0; i < day->locomotive_count; i++) {
            const struct zhol_dispatch_locomotive *row = day->locomotives + i;
            if ((int)row->move == move && (int)row->gauge == gauge &&
                (best == ZHOL_DISPATCH_NONE ||
                 row->free_from_min < day->locomotives[best].free_from_min)) {
                best = i;
            }
        }
        if (best != ZHOL_DISPATCH_NONE && day->needs_locomotive[move][gauge]) {
            enough_add(tries, count, ZHOL_DISPATCH_HELP_LOCOMOTIVE, (enum zhol_dispatch_gauge)gauge,
                       best);
        }
    }
}

static bool track_better(const struct zhol_dispatch_track *a, const struct zhol_dispatch_track *b)
{
    return a->length_m != b->length_m ? a->length_m > b->length_m
                                      : a->free_from_min < b->free_from_min;
}

/* The longest of each gauge that is there within the day. */
static void tracks_add(const struct zhol_dispatch_day *day, struct zhol_dispatch_remedy *tries,
                       uint32_t *count)
{
    for (int g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
        uint32_t best = ZHOL_DISPATCH_NONE;
        for (uint32_t i = 0; i < day->track_count; i++) {
            if ((int)day->tracks[i].gauge == g && day->tracks[i].free_from_min < day->horizon_min &&
                (best == ZHOL_DISPATCH_NONE || track_better(day->tracks + i, day->tracks + best))) {
                best = i;
            }
        }
        if (best != ZHOL_DISPATCH_NONE) {
            enough_add(tries, count, ZHOL_DISPATCH_HELP_TRACK, (enum zhol_dispatch_gauge)g, best);
        }
    }
}

static bool front_alike(const struct zhol_dispatch_front *a, const struct zhol_dispatch_front *b)
{
    return a->work == b->work && a->takes[0] == b->takes[0] && a->takes[1] == b->takes[1];
}

/* One of each work and gauges taken. */
static void fronts_add(const struct zhol_dispatch_day *day, struct zhol_dispatch_remedy *tries,
                       uint32_t *count)
{
    for (uint32_t i = 0; i < day->front_count; i++) {
        const struct zhol_dispatch_front *row = day->fronts + i;
        bool best = true;
        for (uint32_t j = 0; j < day->front_count && best; j++) {
            const struct zhol_dispatch_front *other = day->fronts + j;
            bool before = other->free_from_min < row->free_from_min ||
                          (other->free_from_min == row->free_from_min && j < i);
            best = !front_alike(row, other) || !before;
        }
        if (best) {
            enough_add(tries, count, ZHOL_DISPATCH_HELP_FRONT,
                       row->takes[0] ? ZHOL_DISPATCH_1435 : ZHOL_DISPATCH_1520, i);
        }
    }
}

static uint32_t tries_fill(const struct zhol_dispatch_day *day,
                           const struct zhol_dispatch_plan *plan,
                           struct zhol_dispatch_remedy *tries)
{
    uint32_t count = 0;
    locomotives_add(day, tries, &count);
    tracks_add(day, tries, &count);
    fronts_add(day, tries, &count);
    for (uint32_t i = 0; i < day->stock_count && i < 8; i++) {
        enough_add(tries, &count, ZHOL_DISPATCH_HELP_STOCK, day->stocks[i].gauge, i);
    }
    hours_add(day, plan, tries, &count, 0);
    hours_add(day, plan, tries, &count, 1);
    return count;
}

/* The plan itself, which stays possible, with what still goes beside it on the richer day; the
 * worth of the search's plan where that is better. */
static enum zhol_error keep_and_fill(const struct compiled *compiled,
                                     const struct zhol_dispatch_plan *plan,
                                     struct zhol_dispatch_objective *best)
{
    struct zhol_dispatch_plan filled;
    enum zhol_error error = plan_new(&filled, compiled->day);
    if (!error) {
        plan_copy(&filled, plan);
        error = cause_fill_in(compiled, &filled);
        if (!error && objective_compare(&filled.objective, best) < 0) {
            *best = filled.objective;
        }
        zhol_dispatch_plan_clear(&filled);
    }
    return error;
}

/* What is saved; never less than nothing. */
static enum zhol_error try_remedy(const struct zhol_dispatch_day *day,
                                  const struct zhol_dispatch_plan *plan,
                                  const struct zhol_dispatch_options *options, bool full,
                                  struct zhol_dispatch_remedy *remedy)
{
    struct richer richer;
    struct compiled compiled;
    struct choice choice = {0};
    struct zhol_dispatch_plan better = {0};
    uint64_t tried = 0;
    enum zhol_error error = richer_new(&richer, day);
    if (error) {
        return error;
    }
    bool room = enrich(&richer, remedy);
    error = compiled_init(&compiled, &richer.day);
    if (!error) {
        error = choice_new(&choice, &compiled);
    }
    if (!error) {
        error = plan_new(&better, &richer.day);
    }
    if (!error && room) {
        uint32_t iterations = options && options->iterations ? options->iterations : ITERATIONS;
        iterations = full ? iterations : iterations / QUICK + 1;
        choice_of_plan(&choice, &compiled, plan);
        struct search search = {.compiled = &compiled,
                                .from = &choice,
                                .seed = options ? options->seed : 0,
                                .threads = options && options->threads ? options->threads : 1,
                                .starts = full ? 2 : 1,
                                .iterations = iterations};
        error = dispatch_search_run(&search, &better, &tried);
        if (!error) {
            error = keep_and_fill(&compiled, plan, &better.objective);
        }
        int64_t late = plan->objective.late - better.objective.late;
        int64_t pushed = plan->objective.pushed - better.objective.pushed;
        if (late > remedy->late_saved ||
            (late == remedy->late_saved && late >= 0 && pushed > remedy->pushed_saved)) {
            remedy->late_saved = late;
            remedy->pushed_saved = pushed;
        }
    }
    zhol_dispatch_plan_clear(&better);
    choice_free(&choice);
    compiled_clear(&compiled);
    richer_free(&richer);
    return error;
}

static bool helps_more(const struct zhol_dispatch_remedy *a, const struct zhol_dispatch_remedy *b)
{
    return a->late_saved != b->late_saved ? a->late_saved > b->late_saved
                                          : a->pushed_saved > b->pushed_saved;
}

/* Best first; equals keep their order, in which the kinds come before the hours. */
static void tries_sort(struct zhol_dispatch_remedy *tries, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        struct zhol_dispatch_remedy moved = tries[i];
        uint32_t j = i;
        for (; j > 0 && helps_more(&moved, tries + j - 1); j--) {
            tries[j] = tries[j - 1];
        }
        tries[j] = moved;
    }
}

enum zhol_error zhol_dispatch_remedies(const struct zhol_dispatch_day *day,
                                       const struct zhol_dispatch_plan *plan,
                                       const struct zhol_dispatch_options *options,
                                       struct zhol_dispatch_remedy *remedies, uint32_t capacity,
                                       uint32_t *count)
{
    struct zhol_dispatch_remedy tries[TRIES_MAX];
    *count = 0;
    enum zhol_error error = zhol_dispatch_verify(day, plan, NULL);
    if (error || (!plan->objective.late && !plan->objective.pushed)) {
        return error; /* nothing can be saved */
    }
    uint32_t number = tries_fill(day, plan, tries);
    for (uint32_t i = 0; i < number && !error; i++) {
        error = try_remedy(day, plan, options, false, tries + i);
    }
    tries_sort(tries, number);
    for (uint32_t i = 0; i < number && i < FULL && !error; i++) {
        error = try_remedy(day, plan, options, true, tries + i);
    }
    for (uint32_t i = 0; i < number && !error; i++) {
        if (tries[i].late_saved == 0 && tries[i].pushed_saved <= 0) {
            continue;
        }
        uint32_t j = *count < capacity ? (*count)++ : capacity;
        for (; j > 0 && helps_more(tries + i, remedies + j - 1); j--) {
            if (j < capacity) {
                remedies[j] = remedies[j - 1];
            }
        }
        if (j < capacity) {
            remedies[j] = tries[i];
        }
    }
    return error;
}
