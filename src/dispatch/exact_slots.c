/* exact_slots.c: see exact_slots.h. */
#include "dispatch/exact_slots.h"

#include <string.h>

#define NEVER ZHOL_DISPATCH_NEVER
#define FAR   (INT64_MAX / 8)

enum { COLUMNS = 160 };

/* What a unit costs when its train's handling ends at `end` at the earliest. */
static int64_t unit_cost(const struct compiled *compiled, uint32_t unit, int32_t end)
{
    const struct zhol_dispatch_day *day = compiled->day;
    uint32_t group = compiled->unit_group[unit];
    enum zhol_dispatch_gauge gauge = (enum zhol_dispatch_gauge)compiled->group_gauge[group];
    int32_t loaded = compiled->loaded_from[unit];
    int64_t at = (int64_t)(end > loaded ? end : loaded) + day->form_min;
    bool leaves = false;
    while (at < compiled->horizon && !leaves) {
        int32_t open = ban_end(day, gauge, compiled->group_destination[group],
                               day->units[unit].flags, (int32_t)at);
        leaves = open == at && day->departs[gauge][at / 60];
        at = leaves ? at : open > at ? open : (at / 60 + 1) * 60;
    }
    return unit_least_late(compiled, unit, end) * SLOT_UNITS + !leaves;
}

static int64_t train_cost(const struct compiled *compiled, uint32_t train, int32_t accept)
{
    int32_t end = train_end_min(compiled, train, accept);
    int64_t sum = 0;
    for (uint32_t i = compiled->unit_first[train];
         end != NEVER && i < compiled->unit_first[train + 1]; i++) {
        sum += unit_cost(compiled, compiled->unit_at[i], end);
    }
    return end == NEVER ? FAR : sum;
}

void exact_slots_fill(const struct compiled *compiled, struct exact_slots *slots)
{
    const struct zhol_dispatch_day *day = compiled->day;
    memset(slots, 0, sizeof *slots);
    for (uint32_t t = 0; t < day->train_count; t++) {
        for (uint32_t i = compiled->unit_first[t]; i < compiled->unit_first[t + 1]; i++) {
            uint32_t unit = compiled->unit_at[i];
            slots->pushed[t] +=
                unit_late_cost(day->units + unit, compiled->pushed_min[unit]) * SLOT_UNITS + 1;
        }
        for (uint32_t h = 0; h < compiled->hours; h++) {
            int32_t accept = accept_from(compiled, t, (int32_t)h * 60);
            bool there = accept < (int32_t)(h + 1) * 60;
            slots->cost[t][h] = there ? train_cost(compiled, t, accept) : FAR;
            slots->end[t][h] = there ? train_end_min(compiled, t, accept) : NEVER;
        }
    }
}

/* Rows and columns of one gauge's assignment. The last columns are for pushed trains. */
struct problem {
    const struct exact_slots *slots;
    uint32_t train[EXACT_TRAINS + 1], rows;      /* from 1 */
    uint32_t hour[COLUMNS + 1], columns;         /* from 1 */
    int64_t u[EXACT_TRAINS + 1], v[COLUMNS + 1]; /* potentials of rows and columns */
    uint32_t row_of[COLUMNS + 1];                /* 0: the column is free */
};

static int64_t cost_at(const struct problem *it, uint32_t row, uint32_t column)
{
    uint32_t train = it->train[row], hour = it->hour[column];
    return hour == SLOT_HOURS ? it->slots->pushed[train] : it->slots->cost[train][hour];
}

/* By shortest augmenting paths with potentials; row and column 0 stand for none. */
static int64_t solve(struct problem *it)
{
    int64_t *u = it->u, *v = it->v, sum = 0;
    uint32_t *row_of = it->row_of, before[COLUMNS + 1];
    memset(row_of, 0, sizeof it->row_of);
    for (uint32_t row = 1; row <= it->rows; row++) {
        int64_t least[COLUMNS + 1];
        bool used[COLUMNS + 1] = {false};
        uint32_t column = 0;
        row_of[0] = row;
        for (uint32_t j = 0; j <= it->columns; j++) {
            least[j] = INT64_MAX;
        }
        do {
            uint32_t here = row_of[column], next = 0;
            int64_t step = INT64_MAX;
            used[column] = true;
            for (uint32_t j = 1; j <= it->columns; j++) {
                if (used[j]) {
                    continue;
                }
                int64_t reduced = cost_at(it, here, j) - u[here] - v[j];
                if (reduced < least[j]) {
                    least[j] = reduced;
                    before[j] = column;
                }
                if (least[j] < step) {
                    step = least[j];
                    next = j;
                }
            }
            for (uint32_t j = 0; j <= it->columns; j++) {
                if (used[j]) {
                    u[row_of[j]] += step;
                    v[j] -= step;
                } else {
                    least[j] -= step;
                }
            }
            column = next;
        } while (row_of[column]);
        for (; column; column = before[column]) {
            row_of[column] = row_of[before[column]];
        }
    }
    for (uint32_t j = 1; j <= it->columns; j++) {
        sum += row_of[j] ? cost_at(it, row_of[j], j) : 0;
    }
    return sum;
}

/* False where there are too many acceptances. */
static bool problem_fill(const struct compiled *compiled, const struct exact_state *state,
                         uint32_t gauge, struct problem *it)
{
    const struct zhol_dispatch_day *day = compiled->day;
    it->rows = it->columns = 0;
    for (uint32_t t = 0; t < day->train_count; t++) {
        if ((uint32_t)day->trains[t].gauge == gauge && state->passages[t].accept_min == NEVER) {
            it->train[++it->rows] = t;
        }
    }
    for (uint32_t h = (uint32_t)state->now / 60; h < compiled->hours && it->rows; h++) {
        uint32_t used = (uint32_t)state->hour == h ? state->used[ZHOL_DISPATCH_ACCEPT][gauge] : 0;
        uint32_t left = day->accepts[gauge][h] > used ? day->accepts[gauge][h] - used : 0;
        left = left < it->rows ? left : it->rows;
        if (it->columns + left + it->rows > COLUMNS) {
            return false;
        }
        for (uint32_t i = 0; i < left; i++) {
            it->hour[++it->columns] = h;
        }
    }
    for (uint32_t i = 0; i < it->rows; i++) {
        it->hour[++it->columns] = SLOT_HOURS;
    }
    memset(it->u, 0, sizeof it->u);
    memset(it->v, 0, sizeof it->v);
    return true;
}

static int64_t reduced_at(const struct problem *it, uint32_t row, uint32_t column)
{
    int64_t cost = cost_at(it, row, column);
    return cost >= FAR ? FAR : cost - it->u[row] - it->v[column];
}

static int64_t lesser(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* away[a][b]: the least that it adds when row a must leave its column and row b's column comes
 * free of b; 0 stands for the columns that nobody has. */
static void away_fill(const struct problem *it, int64_t away[EXACT_TRAINS + 1][EXACT_TRAINS + 1])
{
    uint32_t rows = it->rows;
    for (uint32_t a = 0; a <= rows; a++) {
        for (uint32_t b = 0; b <= rows; b++) {
            away[a][b] = a == b ? 0 : FAR;
        }
    }
    for (uint32_t j = 1; j <= it->columns; j++) {
        uint32_t owner = it->row_of[j];
        for (uint32_t a = 1; a <= rows; a++) {
            away[a][owner] = a == owner ? 0 : lesser(away[a][owner], reduced_at(it, a, j));
        }
        if (owner) {
            away[0][owner] = -it->v[j];
        }
    }
    for (uint32_t c = 0; c <= rows; c++) {
        for (uint32_t a = 0; a <= rows; a++) {
            for (uint32_t b = 0; b <= rows; b++) {
                away[a][b] = lesser(away[a][b], away[a][c] + away[c][b]);
            }
        }
    }
}

/* A place that makes all together cost more than the limit is in no plan within it: what a train
 * in it adds is its reduced cost and what it adds that the train who has the place goes away. */
static void places_fill(const struct problem *it, int64_t left, struct exact_places *places)
{
    int64_t away[EXACT_TRAINS + 1][EXACT_TRAINS + 1];
    away_fill(it, away);
    for (uint32_t row = 1; row <= it->rows; row++) {
        uint32_t train = it->train[row];
        places->first[train] = SLOT_HOURS;
        places->may_push[train] = false;
        places->most[train] = 0;
        for (uint32_t j = it->columns; j > 0; j--) {
            int64_t cost = cost_at(it, row, j);
            int64_t added = reduced_at(it, row, j) + away[it->row_of[j]][row];
            if (added > left) {
                continue;
            }
            places->most[train] = cost + left - added > places->most[train] ? cost + left - added
                                                                            : places->most[train];
            if (it->hour[j] == SLOT_HOURS) {
                places->may_push[train] = true;
            } else {
                places->first[train] = (uint8_t)it->hour[j]; /* hours rise with the columns */
            }
        }
    }
}

void exact_slots_least(const struct compiled *compiled, const struct exact_slots *slots,
                       const struct exact_state *state, int64_t limit, struct exact_places *places)
{
    struct problem problems[ZHOL_DISPATCH_GAUGES];
    places->sum = 0;
    for (uint32_t g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
        problems[g].slots = slots;
        if (!problem_fill(compiled, state, g, &problems[g])) {
            places->sum = -1;
            return;
        }
        places->sum += problems[g].rows ? solve(&problems[g]) : 0;
    }
    for (uint32_t g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
        places_fill(&problems[g], limit - places->sum, places);
    }
}
