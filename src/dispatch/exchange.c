/* exchange.c: units of a destination change places. See exchange.h. */
#include "dispatch/exchange.h"

#include <stdlib.h>
#include <string.h>

#define NEVER ZHOL_DISPATCH_NEVER
#define NONE  ZHOL_DISPATCH_NONE

enum { TRIES_MOST = 3000 };

struct exchange {
    const struct compiled *compiled;
    struct zhol_dispatch_plan *plan; /* the best so far */
    struct zhol_dispatch_plan trial; /* it with two units exchanged, times as they were */
    struct decoder decoder;
    struct pins pins;
    bool *trains;
    uint32_t tries;
};

static void exchange_free(struct exchange *exchange)
{
    decoder_free(&exchange->decoder);
    zhol_dispatch_plan_clear(&exchange->trial);
    free(exchange->trains);
}

static enum zhol_error exchange_new(struct exchange *exchange, const struct compiled *compiled,
                                    struct zhol_dispatch_plan *plan)
{
    *exchange = (struct exchange){.compiled = compiled, .plan = plan};
    exchange->trains = malloc((size_t)plan->train_count + 1);
    if (!exchange->trains || plan_new(&exchange->trial, compiled->day) ||
        decoder_new(&exchange->decoder, compiled)) {
        exchange_free(exchange);
        return ZHOL_ERROR_MEMORY;
    }
    memset(exchange->trains, true, plan->train_count);
    exchange->pins =
        (struct pins){.plan = &exchange->trial, .trains = exchange->trains, .first = NONE};
    exchange->decoder.pins = &exchange->pins;
    return ZHOL_ERROR_OK;
}

/* When a unit leaves that takes the place of another: that one's train, or after the day. */
static int32_t leave_instead(const struct exchange *exchange, uint32_t unit, uint32_t place)
{
    const struct zhol_dispatch_carriage *it = exchange->plan->carriages + place;
    return it->formed == NONE ? exchange->compiled->kept_min[unit] : it->leave_min;
}

/* Whether the exchange alone, all else as it is, lowers lateness. */
static bool is_worth(const struct exchange *exchange, uint32_t late, uint32_t sooner)
{
    const struct zhol_dispatch_unit *a = exchange->compiled->day->units + late;
    const struct zhol_dispatch_unit *b = exchange->compiled->day->units + sooner;
    const struct zhol_dispatch_carriage *rows = exchange->plan->carriages;
    bool stays = rows[late].formed == NONE && (b->flags & ZHOL_DISPATCH_NO_YARD);
    return !stays && rows[sooner].leave_min < rows[late].leave_min &&
           unit_late_cost(a, leave_instead(exchange, late, sooner)) +
                   unit_late_cost(b, leave_instead(exchange, sooner, late)) <
               unit_late_cost(a, rows[late].leave_min) + unit_late_cost(b, rows[sooner].leave_min);
}

/* Puts a unit into a formed train of the trial, by yard or directly; false when it cannot be. */
static bool unit_put(struct exchange *exchange, uint32_t unit, uint32_t formed, bool yard)
{
    struct zhol_dispatch_carriage *it = exchange->trial.carriages + unit;
    bool never = yard && (exchange->compiled->day->units[unit].flags & ZHOL_DISPATCH_NO_YARD);
    it->formed = formed;
    it->yard = formed == NONE || yard;
    return !never;
}

/* Tries the exchange with the two ways of loading given; keeps the plan when it is better. */
static bool exchange_try(struct exchange *exchange, uint32_t late, uint32_t sooner, uint32_t yards)
{
    const struct zhol_dispatch_plan *plan = exchange->plan;
    const struct zhol_dispatch_plan *found = &exchange->decoder.board.plan;
    plan_copy(&exchange->trial, plan);
    if (!unit_put(exchange, late, plan->carriages[sooner].formed, yards & 1u) ||
        !unit_put(exchange, sooner, plan->carriages[late].formed, yards & 2u)) {
        return false;
    }
    exchange->tries++;
    decode_pins(&exchange->decoder);
    if (found->formed_count != plan->formed_count) {
        return false; /* one found no departure */
    }
    board_finish(&exchange->decoder.board);
    if (objective_compare(&found->objective, &plan->objective) >= 0) {
        return false;
    }
    plan_copy(exchange->plan, found);
    return true;
}

/* Looks for a unit whose place a late one takes. */
static bool unit_sooner(struct exchange *exchange, uint32_t late)
{
    const struct compiled *compiled = exchange->compiled;
    uint32_t group = compiled->unit_group[late];
    bool stays = exchange->plan->carriages[late].formed == NONE;
    for (uint32_t i = compiled->group_first[group]; i < compiled->group_first[group + 1]; i++) {
        uint32_t unit = compiled->group_unit[i];
        if (exchange->plan->carriages[unit].formed == NONE || !is_worth(exchange, late, unit)) {
            continue;
        }
        for (uint32_t yards = 0; yards < (stays ? 2u : 4u); yards++) {
            if (exchange->tries < TRIES_MOST && exchange_try(exchange, late, unit, yards)) {
                return true;
            }
        }
    }
    return false;
}

enum zhol_error exchange_units(const struct compiled *compiled, struct zhol_dispatch_plan *plan)
{
    struct exchange exchange;
    enum zhol_error error = exchange_new(&exchange, compiled, plan);
    if (error) {
        return error;
    }
    bool better = plan->objective.late > 0;
    while (better && exchange.tries < TRIES_MOST && !(compiled->stop && compiled->stop())) {
        better = false;
        for (uint32_t u = 0; u < plan->unit_count; u++) {
            bool handled = plan->passages[compiled->day->units[u].train].accept_min != NEVER;
            bool late = plan->carriages[u].late_min > 0;
            better = (handled && late && unit_sooner(&exchange, u)) || better;
        }
    }
    exchange_free(&exchange);
    return ZHOL_ERROR_OK;
}
