/* state.c: the memory of a run, its growth and its start (simulate/engine/state.h). */
#include "simulate/engine/state.h"

#include <stdlib.h>
#include <string.h>

enum {
    FIRST_ENTITIES = 256,
    FIRST_DELAYS = 64,
    BITS_FIRST = 16,
    BITS_MAX = 24,
    BITS_STEP = 4,
    LARGE = 1024
};

/* ---- Memory of fixed size: first measured, then given out from one block ---- */

struct piece {
    void *target; /* address of the pointer to set */
    size_t count, size;
};

static size_t rounded(size_t bytes)
{
    return (bytes + 63) & ~(size_t)63;
}

/* The arrays whose sizes the model fixes. */
static uint32_t list_pieces(struct zhol_engine_run *run, struct piece p[17])
{
    const struct zhol_engine *e = run->engine;
    size_t causes = e->cause_count;
    const struct piece all[] = {
        {&run->resources, e->resources.count, sizeof *run->resources},
        {&run->resource_more, e->resources.count, sizeof *run->resource_more},
        {&run->lanes, (size_t)e->resources.count * (e->lanes - 1), sizeof *run->lanes},
        {&run->servers, e->server_count, sizeof *run->servers},
        {&run->free_at, e->server_count, sizeof *run->free_at},
        {&run->server_more, e->server_count, sizeof *run->server_more},
        {&run->waits, e->histogram_count, sizeof *run->waits},
        {&run->tallies, e->tallies.count, sizeof *run->tallies},
        {&run->batches, e->batch_count, sizeof *run->batches},
        {&run->stores, e->store_count, sizeof *run->stores},
        {&run->gates, e->calendars.count, sizeof *run->gates},
        {&run->calendar_at, e->calendars.count, sizeof *run->calendar_at},
        {&run->open, e->calendars.count, sizeof *run->open},
        {&run->clock_count, e->clock_count, sizeof *run->clock_count},
        {&run->sources, e->sources.count, sizeof *run->sources},
        {&run->ledger_done, MODEL_CLASSES_MAX * causes, sizeof *run->ledger_done},
        {&run->class_done, MODEL_CLASSES_MAX, sizeof *run->class_done},
    };
    memcpy(p, all, sizeof all);
    return sizeof all / sizeof *all;
}

static bool allocate_fixed(struct zhol_engine_run *run)
{
    struct piece pieces[17];
    uint32_t count = list_pieces(run, pieces);
    size_t total = 64;
    for (uint32_t i = 0; i < count; i++) {
        total += rounded(pieces[i].count * pieces[i].size);
    }
    char *next = run->memory = aligned_alloc(64, total);
    if (!next) {
        return false;
    }
    memset(next, 0, total);
    for (uint32_t i = 0; i < count; i++) {
        memcpy(pieces[i].target, &next, sizeof next);
        next += rounded(pieces[i].count * pieces[i].size);
    }
    return true;
}

/* ---- Memory that grows ---- */

static bool regrow(void **items, size_t count, size_t size)
{
    void *moved = realloc(*items, count * size);
    if (moved) {
        *items = moved;
    }
    return moved != NULL;
}

/* The same with items that never lie across more cache lines than they must. */
static bool move_lines(void **items, size_t old, size_t count, size_t size)
{
    void *moved = aligned_alloc(64, rounded(count * size));
    if (!moved) {
        return false;
    }
    if (old) {
        memcpy(moved, *items, old * size);
    }
    free(*items);
    *items = moved;
    return true;
}

bool state_grow_entities(struct zhol_engine_run *run)
{
    uint32_t limit = run->options.entity_max ? run->options.entity_max : UINT32_C(1) << 26;
    uint32_t wanted = run->entity_capacity ? run->entity_capacity * 2 : FIRST_ENTITIES;
    wanted = wanted < limit ? wanted : limit;
    if (wanted <= run->entity_capacity) {
        run->error = ZHOL_ERROR_LIMIT;
        return false;
    }
    size_t old = run->entity_capacity, causes = run->engine->cause_count ? 1 : 0;
    size_t line = sizeof *run->ledger << run->ledger_bits;
    if (!move_lines((void **)&run->entities, old, wanted, sizeof *run->entities) ||
        !move_lines((void **)&run->more, old, wanted, sizeof *run->more) ||
        (run->engine->marks && !regrow((void **)&run->marks, wanted, sizeof *run->marks)) ||
        (causes && !move_lines((void **)&run->ledger, old, wanted, line))) {
        run->error = ZHOL_ERROR_MEMORY;
        return false;
    }
    if (causes) {
        memset(state_ledger(run, run->entity_capacity, 0), 0, (wanted - old) * line);
    }
    run->entity_capacity = wanted;
    run->large = run->large || wanted >= LARGE;
    return true;
}

static void set_bits(struct zhol_engine_run *run, uint32_t bits)
{
    run->bits = bits;
    run->time_max = INT64_MAX >> bits;
}

/* Writes all keys anew with more bits for the slot. */
static bool widen_keys(struct zhol_engine_run *run, uint32_t bits)
{
    if (bits > BITS_MAX) {
        run->error = ZHOL_ERROR_LIMIT;
        return false;
    }
    uint64_t mask = (UINT64_C(1) << run->bits) - 1;
    uint32_t old = run->bits;
    set_bits(run, bits);
    for (uint32_t slot = 0; slot < run->events.size[0]; slot++) {
        uint64_t key = run->events.level[0][slot];
        if (key != EVENT_NEVER) {
            state_schedule(run, (uint32_t)(key & mask), (int64_t)(key >> old));
        }
    }
    return run->error == ZHOL_ERROR_OK;
}

bool state_grow_delays(struct zhol_engine_run *run)
{
    uint32_t old = run->delay_capacity, wanted = old ? old * 2 : FIRST_DELAYS;
    uint32_t slots = run->engine->slot_delay + wanted;
    if (slots > UINT32_C(1) << BITS_MAX) {
        run->error = ZHOL_ERROR_LIMIT;
        return false;
    }
    if (!regrow((void **)&run->delayed, wanted, sizeof *run->delayed) ||
        !regrow((void **)&run->slot_list, wanted, sizeof *run->slot_list) ||
        event_set_grow(&run->events, slots)) {
        run->error = ZHOL_ERROR_MEMORY;
        return false;
    }
    /* The list is a stack: the lowest new slot is taken first. */
    for (uint32_t i = wanted; i > old; i--) {
        run->slot_list[run->slot_free_count++] = i - 1;
    }
    run->delay_capacity = wanted;
    return slots <= UINT32_C(1) << run->bits || widen_keys(run, run->bits + BITS_STEP);
}

/* ---- Steps that are passed ahead of time ---- */

const struct model_process *state_process(const struct zhol_engine *engine, uint32_t step)
{
    uint32_t low = 0, high = engine->processes.count;
    while (high - low > 1) {
        uint32_t middle = (low + high) / 2;
        if (engine->processes.items[middle].first <= step) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &engine->processes.items[low];
}

bool state_choice(struct zhol_engine_run *run, uint32_t e)
{
    struct entity *x = &run->entities[e];
    const struct model_step *step = &run->steps[x->step];
    if (step->op == ZHOL_OP_BRANCH) {
        if (state_branches(run, x, step)) {
            state_step_to(x, step->c);
        } else {
            state_step_on(run, x);
        }
        return true;
    }
    const struct model_function *function = &run->engine->functions.items[step->a];
    uint32_t target =
        function->chooses ? function->call(run->options.context, run, e, step->b) : NONE;
    const struct model_process *process = state_process(run->engine, x->step);
    if (!function->chooses || (target != NONE && target >= process->count)) {
        return false; /* when its time comes, the CALL says what is wrong */
    }
    if (target == NONE) {
        state_step_on(run, x);
    } else {
        state_step_to(x, process->first + target);
    }
    return true;
}

/* ---- The start ---- */

static void reset_resource(struct zhol_engine_run *run, uint32_t i)
{
    const struct model_resource *model = &run->engine->resources.items[i];
    struct resource *r = &run->resources[i];
    *r = (struct resource){.lane = {NONE, NONE},
                           .queue_max = model->as.queue_max,
                           .first_server = model->first_server,
                           .timed = model->histogram != NONE ? 1 : 0,
                           .lone = model->lone ? 1 : 0,
                           .special = !model->lone && (model->special || run->audit) ? 1 : 0,
                           .last_first = model->as.last_first ? 1 : 0,
                           .shut = model->as.calendar != NONE,
                           .idle = model->as.ample                 ? 0
                                   : model->serves && !model->lone ? NONE
                                                                   : model->as.units};
    run->resource_more[i] =
        (struct resource_more){.units = model->as.units, .histogram = model->histogram};
    for (uint32_t p = 1; p < run->engine->lanes; p++) {
        run->lanes[(size_t)i * (run->engine->lanes - 1) + p - 1] = (struct fifo){NONE, NONE};
    }
    for (uint32_t u = 0; model->lone && u < model->as.units; u++) {
        run->free_at[model->first_server + u] = 0;
        run->servers[model->first_server + u] =
            (struct server){.entity = NONE, .resource = i & 0x3fffffff, .lone = 1};
    }
    if (!model->serves || model->lone || model->as.ample) {
        return;
    }
    for (uint32_t u = model->as.units; u-- > 0;) {
        uint32_t s = model->first_server + u;
        run->servers[s] =
            (struct server){.entity = r->idle, .resource = i & 0x3fffffff, .special = r->special};
        run->server_more[s] = (struct server_more){.rest = -1};
        r->idle = s;
        if (model->as.life != NONE) {
            run->server_more[s].life =
                state_draw(run, model->as.life, run->key + model->activity + (u + 1) * DRAW_ENTITY);
        }
    }
}

static void reset_lists(struct zhol_engine_run *run)
{
    const struct zhol_engine *e = run->engine;
    for (uint32_t i = 0; i < e->batch_count; i++) {
        run->batches[i] = (struct batch){.list = {NONE, NONE}};
    }
    for (uint32_t i = 0; i < e->store_count; i++) {
        run->stores[i] = (struct store){.list = {NONE, NONE}, .carriers = {NONE, NONE}};
    }
    for (uint32_t i = 0; i < e->histogram_count; i++) {
        histogram_reset(&run->waits[i]);
    }
    for (uint32_t i = 0; i < e->tallies.count; i++) {
        histogram_reset(&run->tallies[i]);
    }
    run->woken = NONE;
    run->slot_free_count = 0;
    for (uint32_t i = run->delay_capacity; i > 0; i--) {
        run->slot_list[run->slot_free_count++] = i - 1;
    }
}

static void start_calendars(struct zhol_engine_run *run)
{
    const struct zhol_engine *e = run->engine;
    for (uint32_t i = 0; i < e->calendars.count; i++) {
        run->gates[i] = (struct fifo){NONE, NONE};
        run->calendar_at[i] = 0;
        run->open[i] = false;
        if (e->calendars.items[i].count) {
            state_schedule(run, i, e->calendars.items[i].changes[0]);
        }
    }
    for (uint32_t i = 0; i < e->resources.count; i++) {
        const struct model_resource *r = &e->resources.items[i];
        if (r->clock != NONE) {
            run->clock_count[r->clock] = 0;
            state_schedule(run, e->slot_clock + r->clock,
                           state_draw(run, r->as.up, run->key + r->activity));
        }
    }
}

void state_draw_block(struct zhol_engine_run *run, uint32_t i)
{
    const struct zhol_engine *e = run->engine;
    const struct model_source *source = &e->sources.items[i];
    struct source *block = &run->sources[i];
    uint32_t gap = source->as.between != NONE ? source->as.between : source->as.jitter;
    uint64_t step = source->as.batch * DRAW_ENTITY, name = run->key + block->id * DRAW_ENTITY;
    block->at = 0;
    if (gap != NONE) {
        draw_block(&e->tables, &e->dists.items[gap], name + source->activity, step, block->gap);
    }
    const struct model_step *first = &e->steps.items[source->first_step];
    block->served = first->op == ZHOL_OP_SERVE && source->as.batch == 1;
    if (block->served) {
        draw_block(&e->tables, &e->dists.items[first->b], name + first->activity, step,
                   block->work);
    }
}

/* Whether plain.h may do the arrivals of a source. */
static void find_quick(struct zhol_engine_run *run, uint32_t i)
{
    const struct zhol_engine *e = run->engine;
    struct source *source = &run->sources[i];
    const struct model_step *first = &e->steps.items[source->first_step];
    if (!run->plain || !source->plain || first->op != ZHOL_OP_SERVE) {
        return;
    }
    const struct resource *r = &run->resources[first->a];
    source->quick = !r->lone && !r->special && !r->last_first;
    source->resource = first->a;
    source->second_step = first->next;
    source->second_name = first->rounds * DRAW_ROUND;
}

static void start_sources(struct zhol_engine_run *run)
{
    const struct zhol_engine *e = run->engine;
    for (uint32_t i = 0; i < e->sources.count; i++) {
        const struct model_source *source = &e->sources.items[i];
        const struct zhol_engine_source *as = &source->as;
        uint32_t first = e->processes.items[as->process].first;
        for (uint32_t n = 0; n < as->at_start; n++) {
            uint32_t x = state_new_entity(run, as->id_base + n, first, (uint8_t)as->class,
                                          (uint8_t)as->priority);
            if (x == NONE) {
                return;
            }
            state_ready(run, x);
        }
        run->sources[i] = (struct source){
            .id = as->id_base + as->at_start,
            .first_step = first,
            .class = (uint8_t)as->class,
            .priority = (uint8_t)as->priority,
            .plain = as->batch == 1 && as->between != NONE && !as->count_max,
        };
        find_quick(run, i);
        state_draw_block(run, i);
        if (as->between != NONE) {
            state_schedule(run, e->slot_source + i, run->sources[i].gap[0]);
        } else if (as->time_count) {
            state_schedule(run, e->slot_source + i, as->times[0] + run->sources[i].gap[0]);
        }
    }
}

void state_reset(struct zhol_engine_run *run)
{
    const struct zhol_engine *e = run->engine;
    run->key = draw_run_key(run->options.seed, run->options.replication);
    run->now = run->forgotten_at = 0;
    run->entity_count = 0;
    run->single_lane = e->lanes == 1;
    run->plain = run->single_lane && !run->audit && !e->cause_count && !e->marks;
    run->large = e->resources.count >= LARGE || run->entity_capacity >= LARGE;
    run->entity_free = NONE;
    run->created = run->ended = run->event_count = run->fingerprint = 0;
    run->ready = (struct fifo){NONE, NONE};
    run->sample_count = 0;
    run->broken = NULL;
    run->error = ZHOL_ERROR_OK;
    run->ahead[0] = run->ahead[1] = 0;
    event_set_reset(&run->events);
    if (run->recursion) {
        recursion_reset(run->recursion);
    }
    memset(run->class_done, 0, MODEL_CLASSES_MAX * sizeof *run->class_done);
    memset(run->ledger_done, 0, (size_t)MODEL_CLASSES_MAX * e->cause_count * sizeof(int64_t));
    if (run->ledger) {
        memset(run->ledger, 0,
               ((size_t)run->entity_capacity * sizeof *run->ledger) << run->ledger_bits);
    }
    reset_lists(run);
    for (uint32_t i = 0; i < e->resources.count; i++) {
        reset_resource(run, i);
    }
    start_calendars(run);
    start_sources(run);
    if (run->options.sample_every > 0) {
        state_schedule(run, e->slot_sample, 0);
    }
}

enum zhol_error zhol_engine_run_new(const struct zhol_engine *engine,
                                    const struct zhol_run_options *options,
                                    struct zhol_engine_run **out)
{
    *out = NULL;
    if (!engine->sealed || options->sample_every < 0) {
        return ZHOL_ERROR_USAGE;
    }
    struct zhol_engine_run *run = calloc(1, sizeof *run);
    if (!run) {
        return ZHOL_ERROR_MEMORY;
    }
    run->engine = engine;
    run->steps = engine->steps.items;
    run->options = *options;
    run->options.measure_to = options->measure_to ? options->measure_to : INT64_MAX;
    run->audit = options->audit;
    run->slot_server = engine->slot_server;
    run->server_count = engine->server_count;
    run->slot_source = engine->slot_source;
    run->source_total = engine->sources.count;
    run->slot_delay = engine->slot_delay;
    while (UINT32_C(1) << run->ledger_bits < engine->cause_count) {
        run->ledger_bits++;
    }
    set_bits(run, BITS_FIRST);
    while (engine->slot_delay + FIRST_DELAYS > UINT32_C(1) << run->bits) {
        set_bits(run, run->bits + BITS_STEP);
    }
    enum zhol_error error = run->bits > BITS_MAX ? ZHOL_ERROR_LIMIT : ZHOL_ERROR_OK;
    if (!error && (!allocate_fixed(run) || event_set_init(&run->events, engine->slot_delay))) {
        error = ZHOL_ERROR_MEMORY;
    }
    if (!error && run->audit) {
        error = recursion_new(engine, &run->recursion);
    }
    if (!error) {
        error = zhol_engine_run_reset(run, options->seed, options->replication);
    }
    if (error) {
        zhol_engine_run_free(run);
        return error;
    }
    *out = run;
    return ZHOL_ERROR_OK;
}

enum zhol_error zhol_engine_run_reset(struct zhol_engine_run *run, uint64_t seed,
                                      uint64_t replication)
{
    run->options.seed = seed;
    run->options.replication = replication;
    state_reset(run);
    return run->error;
}

void zhol_engine_run_free(struct zhol_engine_run *run)
{
    if (!run) {
        return;
    }
    event_set_clear(&run->events);
    recursion_free(run->recursion);
    free(run->entities);
    free(run->more);
    free(run->marks);
    free(run->ledger);
    free(run->delayed);
    free(run->slot_list);
    free(run->samples);
    free(run->memory);
    free(run);
}

enum zhol_error zhol_engine_inject(struct zhol_engine_run *run, uint32_t process, uint32_t step,
                                   uint32_t class, uint32_t priority, uint64_t id, int64_t birth)
{
    const struct zhol_engine *engine = run->engine;
    if (process >= engine->processes.count || step >= engine->processes.items[process].count ||
        class >= MODEL_CLASSES_MAX || priority >= engine->lanes || birth > run->now) {
        return ZHOL_ERROR_RANGE;
    }
    uint32_t at = engine->processes.items[process].first + step;
    uint32_t e = state_new_entity(run, id, at, (uint8_t) class, (uint8_t)priority);
    if (e == NONE) {
        return run->error;
    }
    run->more[e].birth = run->entities[e].since = birth;
    state_account(run, e, run->steps[at].wait_cause);
    state_ready(run, e);
    return ZHOL_ERROR_OK;
}
