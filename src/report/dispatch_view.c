/* dispatch_view.c: figures and names of a dispatcher's plan. See dispatch_view.h. */
#include "report/dispatch_view.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

const char *dispatch_lang_code(const struct dispatch_view *view)
{
    return view->lang == REPORT_RU ? "ru" : "en";
}

void dispatch_put_clock(const struct dispatch_view *view, int32_t minute, struct buffer *out)
{
    (void)view;
    if (minute == ZHOL_DISPATCH_NEVER) {
        buffer_char(out, '-');
        return;
    }
    int32_t day = minute >= 0 ? minute / 1440 : -((1439 - minute) / 1440);
    int32_t of_day = minute - day * 1440;
    buffer_printf(out, "%02d:%02d", of_day / 60, of_day % 60);
    if (day) {
        buffer_printf(out, "%+d", day);
    }
}

const char *dispatch_row_name(const struct dispatch_view *view, const struct dispatch_label *labels,
                              uint32_t row)
{
    return row == ZHOL_DISPATCH_NONE
               ? "-"
               : dispatch_label_in(&view->joint->day, labels[row], dispatch_lang_code(view));
}

const char *dispatch_side_name(const struct dispatch_view *view, enum zhol_dispatch_gauge gauge)
{
    return report_country(dispatch_side(&view->joint->day, gauge), view->lang);
}

/* ---- Trains and what becomes of them ---- */

void dispatch_put_into(const struct dispatch_view *view, uint32_t train, struct buffer *out)
{
    const struct zhol_dispatch_plan *plan = &view->joint->plan;
    size_t start = out->size;
    for (uint32_t f = 0; f < plan->formed_count; f++) {
        bool direct = false, yard = false;
        for (uint32_t i = 0; i < plan->unit_count; i++) {
            if (plan->carriages[i].formed == f && view->joint->day.units[i].train == train) {
                direct = direct || !plan->carriages[i].yard;
                yard = yard || plan->carriages[i].yard;
            }
        }
        if (direct || yard) {
            buffer_printf(out, "%s%u%s", out->size > start ? "," : "", f + 1,
                          direct ? "" : dispatch_word(DW_YARD_MARK, view->lang));
        }
    }
    if (out->size == start) {
        buffer_char(out, '-');
    }
}

void dispatch_put_made_of(const struct dispatch_view *view, uint32_t formed, struct buffer *out)
{
    const struct dispatch_day *day = &view->joint->day;
    size_t start = out->size;
    for (uint32_t t = 0; t < day->engine.train_count; t++) {
        bool part = false;
        for (uint32_t i = 0; i < day->engine.unit_count && !part; i++) {
            part = day->units[i].train == t && view->joint->plan.carriages[i].formed == formed;
        }
        if (part) {
            buffer_printf(out, "%s%s", out->size > start ? ", " : "",
                          dispatch_text(day, day->train_labels[t].name));
        }
    }
}

double dispatch_load_of(const struct dispatch_view *view, uint32_t formed)
{
    const struct dispatch_day *day = &view->joint->day;
    double boxes = 0;
    for (uint32_t i = 0; i < day->engine.unit_count; i++) {
        if (view->joint->plan.carriages[i].formed == formed) {
            boxes += day->units[i].boxes_40 + day->units[i].boxes_20 / 2.0;
        }
    }
    return boxes > 0 ? boxes : view->joint->plan.formed[formed].pieces;
}

int32_t dispatch_late_min(const struct dispatch_view *view, uint32_t train)
{
    int32_t late = 0;
    for (uint32_t i = 0; i < view->joint->plan.unit_count; i++) {
        if (view->joint->day.units[i].train == train &&
            view->joint->plan.carriages[i].late_min > late) {
            late = view->joint->plan.carriages[i].late_min;
        }
    }
    return late;
}

uint32_t dispatch_units_pushed(const struct dispatch_view *view, uint32_t train, uint32_t *of,
                               enum zhol_dispatch_cause *cause)
{
    const struct zhol_dispatch_plan *plan = &view->joint->plan;
    uint32_t pushed = 0;
    *of = 0;
    *cause = plan->passages[train].cause;
    for (uint32_t i = 0; i < plan->unit_count; i++) {
        if (view->joint->day.units[i].train != train) {
            continue;
        }
        ++*of;
        if (plan->carriages[i].formed == ZHOL_DISPATCH_NONE) {
            if (!pushed && *cause == ZHOL_DISPATCH_BY_NONE) {
                *cause = plan->carriages[i].cause;
            }
            pushed++;
        }
    }
    return pushed;
}

void dispatch_order(const struct dispatch_view *view, uint32_t *order)
{
    const struct dispatch_day *day = &view->joint->day;
    const struct zhol_dispatch_passage *passages = view->joint->plan.passages;
    for (uint32_t i = 0; i < day->engine.train_count; i++) {
        uint32_t at = i;
        while (at > 0) { /* few trains: insertion keeps equal ones in their order */
            uint32_t before = order[at - 1];
            bool later = passages[i].accept_min < passages[before].accept_min ||
                         (passages[i].accept_min == passages[before].accept_min &&
                          day->trains[i].ready_min < day->trains[before].ready_min);
            if (!later) {
                break;
            }
            order[at] = before;
            at--;
        }
        order[at] = i;
    }
}

void dispatch_put_storage(const struct dispatch_view *view, struct buffer *out)
{
    const struct dispatch_day *day = &view->joint->day;
    size_t start = out->size;
    for (uint32_t t = 0; t < day->engine.train_count; t++) {
        int32_t first = ZHOL_DISPATCH_NEVER;
        for (uint32_t i = 0; i < day->engine.unit_count; i++) {
            int32_t since = view->joint->plan.carriages[i].storage_min;
            first = day->units[i].train == t && since < first ? since : first;
        }
        if (first != ZHOL_DISPATCH_NEVER) {
            buffer_printf(out, "%s%s ", out->size > start ? ", " : "",
                          dispatch_text(day, day->train_labels[t].name));
            dispatch_put_clock(view, first, out);
        }
    }
}

/* ---- Stock and locomotives ---- */

struct step {
    int32_t minute;
    int64_t change;
};

static int step_order(const void *a, const void *b)
{
    const struct step *x = a, *y = b;
    if (x->minute != y->minute) {
        return x->minute < y->minute ? -1 : 1;
    }
    /* what comes back at a minute may leave in it */
    return x->change > y->change ? -1 : x->change < y->change;
}

static uint32_t unit_steps(const struct dispatch_view *view, uint32_t stock, struct step *steps,
                           struct dispatch_stock_need *need)
{
    const struct dispatch_day *day = &view->joint->day;
    const struct zhol_dispatch_plan *plan = &view->joint->plan;
    uint32_t count = 0;
    for (uint32_t i = 0; i < day->engine.unit_count; i++) {
        const struct zhol_dispatch_unit *unit = &day->units[i];
        const struct zhol_dispatch_carriage *carriage = &plan->carriages[i];
        if (unit->stock != stock) {
            continue;
        }
        if (carriage->formed == ZHOL_DISPATCH_NONE) {
            need->missing += carriage->cause == ZHOL_DISPATCH_BY_STOCK ||
                                     plan->passages[unit->train].cause == ZHOL_DISPATCH_BY_STOCK
                                 ? unit->pieces
                                 : 0;
            continue;
        }
        steps[count++] = (struct step){carriage->yard ? carriage->leave_min
                                                      : plan->passages[unit->train].begin_min,
                                       -(int64_t)unit->pieces};
        need->used += unit->pieces;
    }
    return count;
}

enum zhol_error dispatch_stock_need(const struct dispatch_view *view, uint32_t stock,
                                    struct dispatch_stock_need *need)
{
    const struct dispatch_day *day = &view->joint->day;
    const struct zhol_dispatch_day *engine = &day->engine;
    size_t room = (size_t)engine->unit_count + engine->train_count + engine->delivery_count + 1;
    struct step *steps = malloc(room * sizeof *steps);
    if (!steps) {
        return ZHOL_ERROR_MEMORY;
    }
    *need = (struct dispatch_stock_need){.start = day->stocks[stock].count};
    uint32_t count = unit_steps(view, stock, steps, need);
    for (uint32_t i = 0; i < engine->train_count; i++) {
        const struct zhol_dispatch_passage *passage = &view->joint->plan.passages[i];
        if (day->trains[i].frees_stock == stock && passage->accept_min != ZHOL_DISPATCH_NEVER &&
            passage->end_min + engine->release_min < engine->horizon_min) {
            steps[count++] =
                (struct step){passage->end_min + engine->release_min, day->trains[i].frees_count};
            need->back += day->trains[i].frees_count;
        }
    }
    for (uint32_t i = 0; i < engine->delivery_count; i++) {
        if (day->deliveries[i].stock == stock) {
            steps[count++] = (struct step){day->deliveries[i].minute, day->deliveries[i].count};
            need->back += day->deliveries[i].count;
        }
    }
    qsort(steps, count, sizeof *steps, step_order);
    int64_t level = need->start;
    need->lowest = level;
    for (uint32_t i = 0; i < count; i++) {
        level += steps[i].change;
        if (level < need->lowest) {
            need->lowest = level;
            need->lowest_min = steps[i].minute;
        }
    }
    free(steps);
    return ZHOL_ERROR_OK;
}

/* The minute at which a use of locomotive `row` begins: use `i` counts trains, then formed ones. */
static int32_t use_begins(const struct dispatch_view *view, uint32_t use, uint32_t *row)
{
    const struct zhol_dispatch_plan *plan = &view->joint->plan;
    bool train = use < plan->train_count;
    *row =
        train ? plan->passages[use].locomotive : plan->formed[use - plan->train_count].locomotive;
    return train ? plan->passages[use].accept_min
                 : plan->formed[use - plan->train_count].depart_min;
}

void dispatch_locomotive_need(const struct dispatch_view *view, enum zhol_dispatch_move move,
                              enum zhol_dispatch_gauge gauge, struct dispatch_locomotive_need *need)
{
    const struct dispatch_day *day = &view->joint->day;
    uint32_t uses = view->joint->plan.train_count + view->joint->plan.formed_count, row, other;
    *need = (struct dispatch_locomotive_need){0, 0, 0, 0};
    for (uint32_t i = 0; i < day->engine.locomotive_count; i++) {
        need->count += day->locomotives[i].move == move && day->locomotives[i].gauge == gauge;
    }
    for (uint32_t u = 0; u < uses; u++) {
        int32_t begin = use_begins(view, u, &row);
        if (row == ZHOL_DISPATCH_NONE || day->locomotives[row].move != move ||
            day->locomotives[row].gauge != gauge) {
            continue;
        }
        uint32_t at_once = 0;
        for (uint32_t v = 0; v < uses; v++) {
            int32_t since = use_begins(view, v, &other);
            at_once += other != ZHOL_DISPATCH_NONE && day->locomotives[other].move == move &&
                       day->locomotives[other].gauge == gauge && since <= begin &&
                       begin < since + day->locomotives[other].return_min;
        }
        need->trips++;
        if (at_once > need->at_once) {
            need->at_once = at_once;
            need->at_once_min = begin;
        }
    }
}
