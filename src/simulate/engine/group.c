/* group.c: batches, carriers, stores (simulate/engine/group.h). */
#include "simulate/engine/group.h"

#define CARRIER_ID (UINT64_C(1) << 63)

/* Adds (or with -1 subtracts, modulo 2^32) the carrier's ledger to a member's. */
static void share_ledger(struct zhol_engine_run *run, uint32_t carrier, uint32_t member, int sign)
{
    uint32_t causes = run->engine->cause_count;
    for (uint32_t c = 0; run->ledger && c < causes; c++) {
        *state_ledger(run, member, c) += (uint32_t)sign * *state_ledger(run, carrier, c);
    }
}

/* A member joins; its wait is over, the carrier's ledger is complete up to now. */
static void add_member(struct zhol_engine_run *run, uint32_t carrier, uint32_t member)
{
    state_account(run, member, run->steps[run->entities[member].step].wait_cause);
    share_ledger(run, carrier, member, -1);
    struct entity_more *more = &run->more[carrier];
    run->entities[member].next = NONE;
    if (more->members == NONE) {
        more->members = member;
    } else {
        run->entities[more->last_member].next = member;
    }
    more->last_member = member;
    more->member_count++;
}

static void form(struct zhol_engine_run *run, uint32_t index, uint32_t step)
{
    struct batch *batch = &run->batches[index];
    uint32_t first = batch->list.head;
    struct entity_more lead = run->more[first];
    uint64_t rounds = run->entities[first].name - lead.id * DRAW_ENTITY;
    uint32_t carrier = state_new_entity(run, lead.id ^ CARRIER_ID, run->steps[step].next,
                                        lead.class, lead.priority);
    if (carrier == NONE) {
        return;
    }
    run->entities[carrier].name += rounds;
    run->more[carrier].carrier = 1;
    for (uint32_t member = first; member != NONE;) {
        uint32_t next = run->entities[member].next;
        add_member(run, carrier, member);
        member = next;
    }
    *batch = (struct batch){.list = {NONE, NONE}};
    state_cancel(run, run->engine->slot_batch + index);
    state_ready(run, carrier);
}

void group_batch(struct zhol_engine_run *run, uint32_t e)
{
    struct entity *x = &run->entities[e];
    const struct model_step *step = &run->steps[x->step];
    struct batch *batch = &run->batches[step->index];
    uint32_t at = x->step;
    x->since = run->now;
    fifo_push(run, &batch->list, e);
    batch->count++;
    if (batch->count >= step->a || (batch->due && batch->count >= step->c)) {
        form(run, step->index, at);
    } else if (batch->count == 1 && step->b != NONE) {
        int64_t wait = state_draw(run, step->b, state_draw_key(run, x, step->activity));
        state_schedule(run, run->engine->slot_batch + step->index, run->now + wait);
    }
}

void group_batch_due(struct zhol_engine_run *run, uint32_t index)
{
    struct batch *batch = &run->batches[index];
    state_cancel(run, run->engine->slot_batch + index);
    uint32_t at = run->entities[batch->list.head].step;
    if (batch->count >= run->steps[at].c) {
        form(run, index, at);
    } else {
        batch->due = true;
    }
}

void group_split(struct zhol_engine_run *run, uint32_t carrier)
{
    struct entity_more *more = &run->more[carrier];
    uint32_t here = run->entities[carrier].step;
    bool after_board = run->steps[here].b == 1;
    for (uint32_t member = more->members; member != NONE;) {
        struct entity *x = &run->entities[member];
        uint32_t next = x->next;
        share_ledger(run, carrier, member, 1);
        x->since = run->now;
        x->step = after_board ? x->step : here;
        state_step_on(run, x);
        state_ready(run, member);
        member = next;
    }
    more->members = NONE;
    more->member_count = 0;
}

static void load(struct zhol_engine_run *run, struct store *store, uint32_t carrier)
{
    uint32_t most = run->steps[run->entities[carrier].step].b;
    state_account(run, carrier, run->steps[run->entities[carrier].step].wait_cause);
    for (uint32_t n = 0; n < most && store->count; n++) {
        store->count--;
        add_member(run, carrier, fifo_pop(run, &store->list));
    }
}

void group_board(struct zhol_engine_run *run, uint32_t e)
{
    struct store *store = &run->stores[run->steps[run->entities[e].step].a];
    run->entities[e].since = run->now;
    fifo_push(run, &store->list, e);
    store->count++;
    while (store->carriers.head != NONE &&
           store->count >= run->steps[run->entities[store->carriers.head].step].c) {
        uint32_t carrier = fifo_pop(run, &store->carriers);
        load(run, store, carrier);
        state_step_on(run, &run->entities[carrier]);
        state_ready(run, carrier);
    }
}

bool group_load(struct zhol_engine_run *run, uint32_t carrier)
{
    const struct model_step *step = &run->steps[run->entities[carrier].step];
    struct store *store = &run->stores[step->a];
    run->entities[carrier].since = run->now;
    if (store->carriers.head == NONE && store->count >= step->c) {
        load(run, store, carrier);
        return true;
    }
    fifo_push(run, &store->carriers, carrier);
    return false;
}
