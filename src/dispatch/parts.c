/* parts.c: a day cut into parts that share no formed train. See parts.h. */
#include "dispatch/parts.h"

#include <stdlib.h>
#include <string.h>

#include "dispatch/slots.h"

#define NEVER ZHOL_DISPATCH_NEVER
#define NONE  ZHOL_DISPATCH_NONE

enum { PART_TRAINS = 8, PART_UNITS = 48, PART_STEPS = 150, PART_PRICES = 60 };

/* One part as a day. */
struct part {
    struct zhol_dispatch_day day;
    struct zhol_dispatch_train *trains;
    struct zhol_dispatch_unit *units;
    struct zhol_dispatch_delivery *deliveries;
    uint32_t *train_at, *unit_at; /* rows of the whole day */
};

static uint32_t root_of(uint32_t *parent, uint32_t train)
{
    while (parent[train] != train) {
        parent[train] = parent[parent[train]];
        train = parent[train];
    }
    return train;
}

/* Whether any unit of a train can leave within the day, had it the station to itself. What never
 * leaves shares no formed train: it is a part of its own. */
static bool may_leave(const struct compiled *compiled, uint32_t train)
{
    int32_t accept = train_accept_min(compiled, train);
    int32_t end = accept == NEVER ? NEVER : train_end_min(compiled, train, accept);
    return end != NEVER && end + compiled->day->form_min < compiled->horizon;
}

/* parent[t] becomes the lowest train of t's part; returns how many parts there are. */
static uint32_t parts_mark(const struct compiled *compiled, uint32_t *parent)
{
    uint32_t count = 0;
    for (uint32_t t = 0; t < compiled->day->train_count; t++) {
        parent[t] = t;
    }
    for (uint32_t g = 0; g < compiled->group_count; g++) {
        uint32_t first = NONE;
        for (uint32_t i = compiled->group_first[g]; i < compiled->group_first[g + 1]; i++) {
            uint32_t train = compiled->day->units[compiled->group_unit[i]].train;
            if (!may_leave(compiled, train)) {
                continue;
            }
            first = first == NONE ? train : first;
            uint32_t a = root_of(parent, first), b = root_of(parent, train);
            parent[a > b ? a : b] = a < b ? a : b;
        }
    }
    for (uint32_t t = 0; t < compiled->day->train_count; t++) {
        parent[t] = root_of(parent, t);
        count += parent[t] == t;
    }
    return count;
}

static bool are_small(const struct compiled *compiled, const uint32_t *parent)
{
    for (uint32_t part = 0; part < compiled->day->train_count; part++) {
        uint32_t trains = 0, units = 0;
        for (uint32_t t = part; t < compiled->day->train_count; t++) {
            trains += parent[t] == part;
            units += parent[t] == part ? compiled->unit_first[t + 1] - compiled->unit_first[t] : 0;
        }
        if (trains > PART_TRAINS || units > PART_UNITS) {
            return false;
        }
    }
    return true;
}

/* When a train could have given back its platforms at the earliest; NEVER when not at all. */
static int32_t earliest_return(const struct compiled *compiled, uint32_t train)
{
    const struct zhol_dispatch_day *day = compiled->day;
    const struct zhol_dispatch_train *row = day->trains + train;
    int32_t work = NEVER, ready = accept_from(compiled, train, 0);
    for (uint32_t k = 0; k < day->front_count; k++) {
        int32_t here = compiled->work_min[train * day->front_count + k];
        work = here && here < work ? here : work;
    }
    if (work == NEVER || ready >= compiled->horizon) {
        return NEVER;
    }
    int64_t minute = (int64_t)ready + row->inspect_min + work + day->release_min;
    return minute < compiled->horizon ? (int32_t)minute : NEVER;
}

/* What the other trains may free of the stocks that the part takes from. */
static void returns_fill(const struct compiled *compiled, const uint32_t *parent, uint32_t number,
                         struct part *part)
{
    const struct zhol_dispatch_day *day = compiled->day;
    for (uint32_t t = 0; t < day->train_count; t++) {
        const struct zhol_dispatch_train *row = day->trains + t;
        bool wanted = false;
        for (uint32_t u = 0; u < part->day.unit_count && row->frees_stock != NONE; u++) {
            wanted = wanted || part->units[u].stock == row->frees_stock;
        }
        int32_t minute = parent[t] != number && wanted ? earliest_return(compiled, t) : NEVER;
        if (minute != NEVER) {
            part->deliveries[part->day.delivery_count++] =
                (struct zhol_dispatch_delivery){row->frees_stock, minute, row->frees_count};
        }
    }
}

static void part_fill(const struct compiled *compiled, const uint32_t *parent, uint32_t number,
                      struct part *part)
{
    const struct zhol_dispatch_day *day = compiled->day;
    part->day = *day;
    part->day.train_count = part->day.unit_count = 0;
    for (uint32_t t = 0; t < day->train_count; t++) {
        if (parent[t] != number) {
            continue;
        }
        for (uint32_t i = compiled->unit_first[t]; i < compiled->unit_first[t + 1]; i++) {
            uint32_t unit = compiled->unit_at[i];
            part->unit_at[part->day.unit_count] = unit;
            part->units[part->day.unit_count] = day->units[unit];
            part->units[part->day.unit_count++].train = part->day.train_count;
        }
        part->train_at[part->day.train_count] = t;
        part->trains[part->day.train_count++] = day->trains[t];
    }
    for (uint32_t i = 0; i < day->delivery_count; i++) {
        part->deliveries[i] = day->deliveries[i];
    }
    returns_fill(compiled, parent, number, part);
    part->day.trains = part->trains;
    part->day.units = part->units;
    part->day.deliveries = part->deliveries;
}

/* Puts the plan of a part beside those of the others. */
static void part_join(const struct part *part, const struct zhol_dispatch_plan *from,
                      struct parts *parts)
{
    struct zhol_dispatch_plan *to = &parts->plan;
    for (uint32_t t = 0; t < from->train_count; t++) {
        to->passages[part->train_at[t]] = from->passages[t];
    }
    for (uint32_t u = 0; u < from->unit_count; u++) {
        struct zhol_dispatch_carriage carriage = from->carriages[u];
        carriage.formed += carriage.formed != NONE ? to->formed_count : 0;
        to->carriages[part->unit_at[u]] = carriage;
    }
    for (uint32_t f = 0; f < from->formed_count; f++) {
        to->formed[to->formed_count++] = from->formed[f];
    }
    parts->sum.late += from->late_bound;
    if (from->optimal) {
        parts->sum.pushed += from->objective.pushed;
        parts->sum.turns += from->objective.turns;
        parts->sum.yard_boxes += from->objective.yard_boxes;
    }
    parts->proven = parts->proven && from->optimal;
    parts->nodes += from->nodes;
}

static enum zhol_error part_run(const struct compiled *whole, const struct part *part,
                                uint32_t nodes, part_solver solver, struct parts *parts)
{
    struct zhol_dispatch_options options = {.seed = 1,
                                            .threads = 1,
                                            .starts = 1,
                                            .iterations = PART_STEPS,
                                            .bound_steps = PART_PRICES,
                                            .exact_nodes = nodes};
    struct zhol_dispatch_plan plan = {0};
    struct compiled compiled;
    enum zhol_error error = compiled_init(&compiled, &part->day);
    if (error) {
        return error;
    }
    compiled.stop = whole->stop;
    error = plan_new(&plan, &part->day);
    if (!error) {
        error = solver(&compiled, &options, &plan);
    }
    if (!error) {
        part_join(part, &plan, parts);
    }
    zhol_dispatch_plan_clear(&plan);
    compiled_clear(&compiled);
    return error;
}

static bool part_take(struct part *part, struct arena *arena, const struct zhol_dispatch_day *day)
{
    part->trains = arena_array(arena, day->train_count, sizeof *part->trains);
    part->units = arena_array(arena, day->unit_count, sizeof *part->units);
    part->deliveries = arena_array(arena, (size_t)day->delivery_count + day->train_count,
                                   sizeof *part->deliveries);
    part->train_at = arena_array(arena, day->train_count, sizeof *part->train_at);
    part->unit_at = arena_array(arena, day->unit_count, sizeof *part->unit_at);
    return part->trains && part->units && part->deliveries && part->train_at && part->unit_at;
}

enum zhol_error parts_solve(const struct compiled *compiled, uint32_t nodes, part_solver solver,
                            struct parts *parts)
{
    const struct zhol_dispatch_day *day = compiled->day;
    struct part part;
    struct arena arena;
    *parts = (struct parts){.proven = true};
    arena_init(&arena, 0);
    uint32_t *parent = arena_array(&arena, day->train_count, sizeof *parent);
    enum zhol_error error =
        parent && part_take(&part, &arena, day) ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    if (!error && parts_mark(compiled, parent) > 1 && are_small(compiled, parent)) {
        error = plan_new(&parts->plan, day);
        parts->there = !error;
        for (uint32_t number = 0; number < day->train_count && !error; number++) {
            if (parent[number] == number) {
                part_fill(compiled, parent, number, &part);
                error = part_run(compiled, &part, nodes, solver, parts);
            }
        }
    }
    arena_clear(&arena);
    return error;
}

void parts_clear(struct parts *parts)
{
    zhol_dispatch_plan_clear(&parts->plan);
}
