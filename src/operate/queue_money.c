/* queue_money.c: what a place costs: fees, and a deposit that comes back or is forfeited.
 *
 * Every line says what a carrier owes (positive) or gets (negative), in hundredths. The terms of a
 * deposit are kept as they were when it was taken. For one place the lines "deposit" and "refund"
 * add up to the deposit that is held, and to 0 when it was returned or forfeited; "forfeit" and
 * "reversal" add up to what the carrier lost.
 */
#include "operate/queue_state.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"

static void line(struct queue_state *state, const struct place *place, const char *what,
                 int64_t amount, const char *currency)
{
    enum zhol_error error =
        ARRAY_RESERVE(state->lines, state->line_capacity, state->line_count + 1);
    if (error) {
        state->error = error;
        return;
    }
    struct ledger_line *to = &state->lines[state->line_count++];
    *to = (struct ledger_line){.carrier = place->carrier, .place = place->id, .amount = amount};
    snprintf(to->what, sizeof to->what, "%s", what);
    snprintf(to->currency, sizeof to->currency, "%s", currency);
}

static bool concerns(const struct queue_fee *fee, const char *category, const char *what,
                     const char *when)
{
    return strcmp(fee->what, what) == 0 && strcmp(fee->when, when) == 0 &&
           (!*fee->category || strcmp(fee->category, category) == 0);
}

void money_fees(struct queue_state *state, uint32_t place, const char *when)
{
    const struct place *row = &state->places[place];
    const struct queue_one *queue = &state->queues[row->queue];
    for (uint32_t i = 0; i < queue->rules.fee_count; i++) {
        const struct queue_fee *fee = &queue->rules.fees[i];
        if (concerns(fee, queue->categories[row->category].id, "fee", when)) {
            line(state, row, "fee", fee->amount, fee->currency);
        }
    }
}

enum zhol_error money_term(struct queue_state *state, const struct term *term, uint16_t *index)
{
    for (uint32_t i = 1; i < state->term_count; i++) {
        const struct term *other = &state->terms[i];
        if (other->amount == term->amount && strcmp(other->currency, term->currency) == 0 &&
            other->forfeit_after == term->forfeit_after &&
            other->back_on_arrival == term->back_on_arrival) {
            *index = (uint16_t)i;
            return ZHOL_ERROR_OK;
        }
    }
    uint32_t at = state->term_count ? state->term_count : 1;
    if (at > UINT16_MAX) {
        return ZHOL_ERROR_LIMIT;
    }
    enum zhol_error error = ARRAY_RESERVE(state->terms, state->term_capacity, at + 1);
    if (!error) {
        state->terms[0] = (struct term){0};
        state->terms[at] = *term;
        state->term_count = at + 1;
        *index = (uint16_t)at;
    }
    return error;
}

void money_deposit(struct queue_state *state, uint32_t place)
{
    struct place *row = &state->places[place];
    const struct queue_one *queue = &state->queues[row->queue];
    for (uint32_t i = 0; i < queue->rules.fee_count; i++) {
        const struct queue_fee *fee = &queue->rules.fees[i];
        if (!concerns(fee, queue->categories[row->category].id, "deposit", "book")) {
            continue;
        }
        struct term term = {fee->amount, "", fee->forfeit_after,
                            strcmp(fee->refund, "arrive") == 0};
        memcpy(term.currency, fee->currency, sizeof term.currency);
        enum zhol_error error = money_term(state, &term, &row->term);
        if (error) {
            state->error = error;
            return;
        }
        row->deposit = DEPOSIT_HELD;
        line(state, row, "deposit", fee->amount, fee->currency);
    }
}

void money_back(struct queue_state *state, uint32_t place)
{
    struct place *row = &state->places[place];
    if (row->deposit == DEPOSIT_HELD && state->terms[row->term].back_on_arrival) {
        row->deposit = DEPOSIT_RETURNED;
        line(state, row, "refund", -state->terms[row->term].amount,
             state->terms[row->term].currency);
    }
}

/* `no_shows` counts this one. Below the limit the deposit is given back. */
void money_forfeit(struct queue_state *state, uint32_t place, uint32_t no_shows)
{
    struct place *row = &state->places[place];
    if (row->deposit != DEPOSIT_HELD) {
        return;
    }
    const struct term *term = &state->terms[row->term];
    if (term->back_on_arrival && no_shows < term->forfeit_after) {
        money_back(state, place);
        return;
    }
    row->deposit = DEPOSIT_FORFEITED;
    line(state, row, "deposit", -term->amount, term->currency);
    line(state, row, "forfeit", term->amount, term->currency);
}

void money_reverse(struct queue_state *state, uint32_t place)
{
    struct place *row = &state->places[place];
    if (row->deposit == DEPOSIT_FORFEITED) {
        row->deposit = DEPOSIT_RETURNED;
        line(state, row, "reversal", -state->terms[row->term].amount,
             state->terms[row->term].currency);
    }
}
