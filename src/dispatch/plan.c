/* plan.c: the memory and the order of plans, and what a plan's objective is. See board.h. */
#include <stdlib.h>
#include <string.h>

#include "dispatch/board.h"

enum zhol_error plan_new(struct zhol_dispatch_plan *plan, const struct zhol_dispatch_day *day)
{
    *plan =
        (struct zhol_dispatch_plan){.train_count = day->train_count, .unit_count = day->unit_count};
    plan->passages = calloc((size_t)day->train_count + 1, sizeof *plan->passages);
    plan->carriages = calloc((size_t)day->unit_count + 1, sizeof *plan->carriages);
    plan->formed = calloc((size_t)day->unit_count + 1, sizeof *plan->formed);
    if (!plan->passages || !plan->carriages || !plan->formed) {
        zhol_dispatch_plan_clear(plan);
        return ZHOL_ERROR_MEMORY;
    }
    return ZHOL_ERROR_OK;
}

void zhol_dispatch_plan_clear(struct zhol_dispatch_plan *plan)
{
    free(plan->passages);
    free(plan->carriages);
    free(plan->formed);
    *plan = (struct zhol_dispatch_plan){0};
}

void plan_copy(struct zhol_dispatch_plan *to, const struct zhol_dispatch_plan *from)
{
    memcpy(to->passages, from->passages, from->train_count * sizeof *from->passages);
    memcpy(to->carriages, from->carriages, from->unit_count * sizeof *from->carriages);
    memcpy(to->formed, from->formed, from->formed_count * sizeof *from->formed);
    to->formed_count = from->formed_count;
    to->objective = from->objective;
}

int objective_compare(const struct zhol_dispatch_objective *a,
                      const struct zhol_dispatch_objective *b)
{
    const int64_t parts[][2] = {{a->late, b->late},
                                {a->pushed, b->pushed},
                                {a->turns, b->turns},
                                {a->yard_boxes, b->yard_boxes}};
    for (int i = 0; i < 4; i++) {
        if (parts[i][0] != parts[i][1]) {
            return parts[i][0] < parts[i][1] ? -1 : 1;
        }
    }
    return 0;
}

static bool leaves_before(const struct zhol_dispatch_formed *a,
                          const struct zhol_dispatch_formed *b)
{
    return a->depart_min != b->depart_min ? a->depart_min < b->depart_min
           : a->gauge != b->gauge         ? a->gauge < b->gauge
                                          : a->track < b->track;
}

/* By insertion: there are few, and they are nearly in order. */
static void formed_sort(struct zhol_dispatch_plan *plan, uint32_t *number)
{
    uint32_t place[ZHOL_DISPATCH_UNITS_MAX];
    for (uint32_t i = 0; i < plan->formed_count; i++) {
        struct zhol_dispatch_formed moved = plan->formed[i];
        uint32_t j = i;
        for (; j > 0 && leaves_before(&moved, plan->formed + j - 1); j--) {
            plan->formed[j] = plan->formed[j - 1];
            place[j] = place[j - 1];
        }
        plan->formed[j] = moved;
        place[j] = i;
    }
    for (uint32_t i = 0; i < plan->formed_count; i++) {
        number[place[i]] = i;
    }
}

static void carriage_finish(const struct compiled *compiled, struct zhol_dispatch_plan *plan,
                            uint32_t unit)
{
    const struct zhol_dispatch_unit *row = compiled->day->units + unit;
    const struct zhol_dispatch_passage *passage = plan->passages + row->train;
    struct zhol_dispatch_carriage *it = plan->carriages + unit;
    bool handled = passage->accept_min != ZHOL_DISPATCH_NEVER;
    bool goes = it->formed != ZHOL_DISPATCH_NONE;
    it->yard = handled && (it->yard || !goes);
    it->leave_min = goes      ? plan->formed[it->formed].depart_min
                    : handled ? compiled->kept_min[unit]
                              : compiled->pushed_min[unit];
    it->late_min = it->leave_min > row->contract_min ? it->leave_min - row->contract_min : 0;
    int32_t costs = it->yard ? passage->end_min + compiled->day->free_storage_min : 0;
    it->storage_min = it->yard && costs < it->leave_min ? costs : ZHOL_DISPATCH_NEVER;
    plan->objective.late += unit_late_cost(row, it->leave_min);
    plan->objective.pushed += !goes;
    plan->objective.yard_boxes += it->yard ? compiled->boxes[unit] : 0;
}

void board_finish(struct board *board)
{
    struct zhol_dispatch_plan *plan = &board->plan;
    uint32_t number[ZHOL_DISPATCH_UNITS_MAX];
    formed_sort(plan, number);
    plan->objective = (struct zhol_dispatch_objective){.turns = plan->formed_count};
    for (uint32_t i = 0; i < plan->unit_count; i++) {
        struct zhol_dispatch_carriage *it = plan->carriages + i;
        if (it->formed != ZHOL_DISPATCH_NONE) {
            it->formed = number[it->formed];
        }
        carriage_finish(board->compiled, plan, i);
    }
}
