/* pathset.c: columns in flat arrays with a hash table of their arcs. */
#include "assign/pathset.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

static uint64_t arcs_hash(uint32_t demand, const uint32_t *arcs, uint32_t arc_count)
{
    uint64_t hash = demand * UINT64_C(0x9E3779B97F4A7C15) + 1;
    for (uint32_t i = 0; i < arc_count; i++) {
        hash = (hash ^ arcs[i]) * UINT64_C(0xFF51AFD7ED558CCD);
        hash ^= hash >> 32;
    }
    return hash;
}

static enum zhol_error slots_grow(struct pathset *pool)
{
    if ((uint64_t)pool->count * 2 < pool->slot_count) {
        return ZHOL_ERROR_OK;
    }
    uint32_t slot_count = pool->slot_count ? pool->slot_count * 2 : 1024;
    while ((uint64_t)pool->count * 2 >= slot_count) {
        slot_count *= 2;
    }
    uint32_t *slots = calloc(slot_count, sizeof *slots);
    if (!slots) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < pool->count; i++) {
        uint32_t at = (uint32_t)pool->hash[i] & (slot_count - 1);
        while (slots[at]) {
            at = (at + 1) & (slot_count - 1);
        }
        slots[at] = i + 1;
    }
    free(pool->slots);
    pool->slots = slots;
    pool->slot_count = slot_count;
    return ZHOL_ERROR_OK;
}

/* The slot of the path: of its column if it is there, else an empty one. */
static uint32_t slot_find(const struct pathset *pool, uint64_t hash, uint32_t demand,
                          const uint32_t *arcs, uint32_t arc_count)
{
    uint32_t at = (uint32_t)hash & (pool->slot_count - 1);
    for (; pool->slots[at]; at = (at + 1) & (pool->slot_count - 1)) {
        uint32_t i = pool->slots[at] - 1;
        uint32_t length = pool->first_arc[i + 1] - pool->first_arc[i];
        if (pool->hash[i] == hash && pool->demand[i] == demand && length == arc_count &&
            memcmp(pool->arcs + pool->first_arc[i], arcs, arc_count * sizeof *arcs) == 0) {
            break;
        }
    }
    return at;
}

static enum zhol_error columns_reserve(struct pathset *pool, uint32_t arcs, uint32_t entries)
{
    uint32_t need = pool->count + 1;
    if (pool->count >= UINT32_MAX / 4 || arcs < pool->first_arc[pool->count] ||
        entries < pool->first_entry[pool->count]) {
        return ZHOL_ERROR_LIMIT;
    }
    enum zhol_error error = ARRAY_RESERVE(pool->demand, pool->demand_room, need);
    error = error ? error : ARRAY_RESERVE(pool->cost, pool->cost_room, need);
    error = error ? error : ARRAY_RESERVE(pool->next, pool->next_room, need);
    error = error ? error : ARRAY_RESERVE(pool->hash, pool->hash_room, need);
    error = error ? error : ARRAY_RESERVE(pool->first_arc, pool->first_arc_room, need + 1);
    error = error ? error : ARRAY_RESERVE(pool->first_entry, pool->first_entry_room, need + 1);
    error = error ? error : ARRAY_RESERVE(pool->hot_end, pool->hot_end_room, need);
    error = error ? error : ARRAY_RESERVE(pool->hot_mark, pool->hot_mark_room, need);
    error = error ? error : ARRAY_RESERVE(pool->arcs, pool->arc_room, arcs);
    error = error ? error : ARRAY_RESERVE(pool->rows, pool->row_room, entries);
    return error ? error : ARRAY_RESERVE(pool->coefficients, pool->coefficient_room, entries);
}

static double path_cost(const struct flow *flow, uint32_t load_class, const uint32_t *arcs,
                        uint32_t arc_count)
{
    double cost = 0;
    for (uint32_t i = 0; i < arc_count; i++) {
        double at = flow->arc_cost[(size_t)arcs[i] * flow->class_count + load_class];
        cost += at < INFINITY ? at : 0; /* pathset_closed tells */
    }
    return cost;
}

/* Adds `coefficient` to the use of `row` by the column whose entries begin at `begin`. */
static void entry_add(struct pathset *pool, uint32_t begin, uint32_t *end, uint32_t row,
                      double coefficient)
{
    uint32_t at = pool->row_at[row];
    if (at < begin || at >= *end || pool->rows[at] != row) {
        at = (*end)++;
        pool->row_at[row] = at;
        pool->rows[at] = row;
        pool->coefficients[at] = 0;
    }
    pool->coefficients[at] += coefficient;
}

/* Brings the entries of hot rows from `begin` on to the front of what is not hot yet. */
static void entries_part(struct pathset *pool, uint32_t column, uint32_t begin, uint32_t end)
{
    uint32_t hot = begin;
    for (uint32_t e = begin; e < end; e++) {
        uint32_t row = pool->rows[e];
        if (pool->row_mark[row]) {
            double coefficient = pool->coefficients[e];
            pool->rows[e] = pool->rows[hot];
            pool->coefficients[e] = pool->coefficients[hot];
            pool->rows[hot] = row;
            pool->coefficients[hot++] = coefficient;
            pool->hot_mark[column] |= pool->row_mark[row];
        }
    }
    pool->hot_end[column] = hot;
    pool->demand_mark[pool->demand[column]] |= pool->hot_mark[column];
}

void pathset_heat(struct pathset *pool, const uint32_t *rows, uint32_t row_count)
{
    for (uint32_t i = 0; i < row_count; i++) {
        if (!pool->row_mark[rows[i]]) {
            pool->row_mark[rows[i]] = UINT64_C(1) << (pool->hot_count++ % 64);
        }
    }
    for (uint32_t column = 0; column < pool->count; column++) {
        entries_part(pool, column, pool->hot_end[column], pool->first_entry[column + 1]);
    }
}

static uint32_t entries_write(struct pathset *pool, const struct flow *flow, uint32_t demand,
                              const uint32_t *arcs, uint32_t arc_count)
{
    uint32_t begin = pool->first_entry[pool->count], end = begin;
    uint32_t load_class = flow->demands[demand].load_class;
    for (uint32_t i = 0; i < arc_count; i++) {
        for (uint32_t u = flow->first_use[arcs[i]]; u < flow->first_use[arcs[i] + 1]; u++) {
            double value = flow->use_coefficient[(size_t)u * flow->class_count + load_class];
            if (value != 0) {
                entry_add(pool, begin, &end, flow->use_row[u], value);
            }
        }
    }
    for (uint32_t u = flow->first_demand_use[demand];
         arc_count && u < flow->first_demand_use[demand + 1]; u++) {
        entry_add(pool, begin, &end, flow->demand_use_row[u], flow->demand_use_coefficient[u]);
    }
    return end;
}

enum zhol_error pathset_add(struct pathset *pool, const struct flow *flow, uint32_t demand,
                            const uint32_t *arcs, uint32_t arc_count, bool *added)
{
    *added = false;
    enum zhol_error error = slots_grow(pool);
    if (error) {
        return error;
    }
    uint64_t hash = arcs_hash(demand, arcs, arc_count);
    uint32_t slot = slot_find(pool, hash, demand, arcs, arc_count), column = pool->count;
    if (pool->slots[slot]) {
        return ZHOL_ERROR_OK;
    }
    uint32_t entries =
        arc_count ? flow->first_demand_use[demand + 1] - flow->first_demand_use[demand] : 0;
    for (uint32_t i = 0; i < arc_count; i++) {
        entries += flow->first_use[arcs[i] + 1] - flow->first_use[arcs[i]];
    }
    error = columns_reserve(pool, pool->first_arc[column] + arc_count,
                            pool->first_entry[column] + entries);
    if (error) {
        return error;
    }
    if (arc_count) {
        memcpy(pool->arcs + pool->first_arc[column], arcs, arc_count * sizeof *arcs);
    }
    pool->demand[column] = demand;
    pool->cost[column] = path_cost(flow, flow->demands[demand].load_class, arcs, arc_count);
    pool->hash[column] = hash;
    pool->first_arc[column + 1] = pool->first_arc[column] + arc_count;
    pool->first_entry[column + 1] = entries_write(pool, flow, demand, arcs, arc_count);
    pool->hot_mark[column] = 0;
    entries_part(pool, column, pool->first_entry[column], pool->first_entry[column + 1]);
    pool->next[column] = pool->first[demand];
    pool->first[demand] = column;
    pool->slots[slot] = ++pool->count;
    *added = true;
    return ZHOL_ERROR_OK;
}

enum zhol_error pathset_start(struct pathset *pool, const struct flow *flow,
                              const double *unmet_costs)
{
    *pool = (struct pathset){0};
    enum zhol_error error = ARRAY_RESERVE(pool->first_arc, pool->first_arc_room, 2);
    error = error ? error : ARRAY_RESERVE(pool->first_entry, pool->first_entry_room, 2);
    pool->first = malloc(((size_t)flow->demand_count + 1) * sizeof *pool->first);
    pool->row_at = calloc((size_t)flow->row_count + 1, sizeof *pool->row_at);
    pool->row_mark = calloc((size_t)flow->row_count + 1, sizeof *pool->row_mark);
    pool->demand_mark = calloc((size_t)flow->demand_count + 1, sizeof *pool->demand_mark);
    if (error || !pool->demand_mark || !pool->first || !pool->row_at || !pool->row_mark) {
        return ZHOL_ERROR_MEMORY;
    }
    pool->first_arc[0] = pool->first_entry[0] = 0;
    for (uint32_t k = 0; !error && k < flow->demand_count; k++) {
        bool added;
        pool->first[k] = FLOW_NONE;
        error = pathset_add(pool, flow, k, NULL, 0, &added);
        if (!error) {
            pool->cost[k] = unmet_costs[k];
        }
    }
    return error;
}

void pathset_clear(struct pathset *pool)
{
    free(pool->demand);
    free(pool->cost);
    free(pool->next);
    free(pool->first_arc);
    free(pool->first_entry);
    free(pool->hash);
    free(pool->arcs);
    free(pool->rows);
    free(pool->coefficients);
    free(pool->first);
    free(pool->slots);
    free(pool->row_at);
    free(pool->row_mark);
    free(pool->hot_mark);
    free(pool->demand_mark);
    free(pool->hot_end);
    *pool = (struct pathset){0};
}

bool pathset_closed(const struct pathset *pool, const struct flow *flow, uint32_t column)
{
    const struct zhol_assign_demand *demand = flow->demands + pool->demand[column];
    bool closed = false;
    for (uint32_t i = pool->first_arc[column]; i < pool->first_arc[column + 1]; i++) {
        uint32_t arc = pool->arcs[i];
        closed |= flow->arc_closed[arc] != 0 ||
                  flow->arc_cost[(size_t)arc * flow->class_count + demand->load_class] == INFINITY;
    }
    return closed;
}

void pathset_reprice(struct pathset *pool, const struct flow *flow, const double *unmet_costs)
{
    for (uint32_t i = 0; i < pool->count; i++) {
        uint32_t begin = pool->first_arc[i], count = pool->first_arc[i + 1] - begin;
        if (i < flow->demand_count) {
            pool->cost[i] = unmet_costs[i];
            continue;
        }
        uint32_t demand = pool->demand[i], load_class = flow->demands[demand].load_class;
        pool->cost[i] = path_cost(flow, load_class, pool->arcs + begin, count);
        if (pathset_closed(pool, flow, i)) {
            pool->cost[i] += 1 + 10 * unmet_costs[demand];
        }
    }
}

/* Moves column `from` to place `to` <= from. */
static void column_move(struct pathset *pool, uint32_t from, uint32_t to)
{
    uint32_t arc = pool->first_arc[from], arcs = pool->first_arc[from + 1] - arc;
    uint32_t entry = pool->first_entry[from], entries = pool->first_entry[from + 1] - entry;
    uint32_t hot = pool->hot_end[from] - entry;
    if (arcs) { /* without any the arrays may not be there */
        memmove(pool->arcs + pool->first_arc[to], pool->arcs + arc, arcs * sizeof *pool->arcs);
    }
    if (entries) {
        memmove(pool->rows + pool->first_entry[to], pool->rows + entry,
                entries * sizeof *pool->rows);
        memmove(pool->coefficients + pool->first_entry[to], pool->coefficients + entry,
                entries * sizeof *pool->coefficients);
    }
    pool->demand[to] = pool->demand[from];
    pool->cost[to] = pool->cost[from];
    pool->hash[to] = pool->hash[from];
    pool->first_arc[to + 1] = pool->first_arc[to] + arcs;
    pool->first_entry[to + 1] = pool->first_entry[to] + entries;
    pool->hot_end[to] = pool->first_entry[to] + hot;
    pool->hot_mark[to] = pool->hot_mark[from];
}

enum zhol_error pathset_keep(struct pathset *pool, const struct flow *flow, const uint8_t *keep,
                             uint32_t *number)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < pool->count; i++) {
        number[i] = keep[i] ? count : FLOW_NONE;
        if (keep[i]) {
            /* The ends of `to` may be the starts of what follows `from`: they are equal then. */
            column_move(pool, i, count++);
        }
    }
    pool->count = count;
    for (uint32_t k = 0; k < flow->demand_count; k++) {
        pool->first[k] = FLOW_NONE;
    }
    for (uint32_t i = 0; i < count; i++) {
        pool->next[i] = pool->first[pool->demand[i]];
        pool->first[pool->demand[i]] = i;
    }
    if (pool->slot_count) {
        memset(pool->slots, 0, pool->slot_count * sizeof *pool->slots);
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = (uint32_t)pool->hash[i] & (pool->slot_count - 1);
        while (pool->slots[at]) {
            at = (at + 1) & (pool->slot_count - 1);
        }
        pool->slots[at] = i + 1;
    }
    return ZHOL_ERROR_OK;
}

double pathset_price(const struct pathset *pool, uint32_t column, const double *prices)
{
    double price = pool->cost[column];
    for (uint32_t e = pool->first_entry[column]; e < pool->first_entry[column + 1]; e++) {
        price += pool->coefficients[e] * prices[pool->rows[e]];
    }
    return price;
}
