/* stays.c: how long what passes stays at each arc (simulate/stays.h). */
#include "simulate/stays.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "simulate/build.h"

/* An entity when it was last seen: its ledger, and when. */
struct seen {
    uint64_t id;
    int64_t birth, time;
    uint32_t spent[SIM_CAUSES];
};

/* Of one step: what passed, and what it waited and worked there. */
struct step_sum {
    int64_t kg, waited_kgs, worked_kgs;
};

struct sim_stays {
    struct seen *seen; /* by entity */
    uint32_t seen_count;
    struct step_sum *sums; /* by step */
    int64_t *unit_kg;      /* by flow */
};

enum zhol_error stays_new(const struct zhol_simulate_model *model, struct sim_stays **stays)
{
    struct sim_stays *s = calloc(1, sizeof *s);
    *stays = s;
    if (!s) {
        return ZHOL_ERROR_MEMORY;
    }
    s->sums = calloc((size_t)model->steps.count + 1, sizeof *s->sums);
    s->unit_kg = calloc((size_t)model->flows.count + 1, sizeof *s->unit_kg);
    if (!s->sums || !s->unit_kg) {
        stays_free(s);
        *stays = NULL;
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < model->flows.count; i++) {
        const struct sim_flow *flow = &model->flows.items[i];
        s->unit_kg[i] = llround(flow->unit_loads * flow->t_load * 1000);
    }
    return ZHOL_ERROR_OK;
}

void stays_free(struct sim_stays *stays)
{
    if (stays) {
        free(stays->seen);
        free(stays->sums);
        free(stays->unit_kg);
        free(stays);
    }
}

/* ---- Counting ---- */

/* What a given state brings has time before the start, which was spent nowhere. */
static void leave_out(const struct zhol_simulate_model *model, struct seen *seen)
{
    uint64_t numbers = (UINT64_C(1) << SIM_ID_SHIFT) - 1;
    uint32_t flow = sim_name(model, (uint32_t)(seen->id >> SIM_ID_SHIFT))->flow;
    uint64_t number = seen->id & numbers & ~SIM_ID_STANDING;
    for (uint32_t i = 0; i < model->standing.count; i++) {
        const struct sim_standing *s = &model->standing.items[i];
        if (s->flow == flow && number >= s->first && number - s->first < s->units) {
            seen->spent[s->before] = (uint32_t)-seen->birth;
        }
    }
}

/* The entity as it was last seen; new ones were born with nothing on their accounts. */
static struct seen *seen_before(struct sim_stays *s, const struct zhol_simulate_model *model,
                                const struct zhol_engine_run *run, uint32_t entity)
{
    uint32_t had = s->seen_count;
    if (entity >= had) {
        if (array_grow((void **)&s->seen, &s->seen_count, entity + 1, sizeof *s->seen)) {
            return NULL;
        }
        memset(s->seen + had, 0, sizeof *s->seen * (s->seen_count - had));
    }
    struct seen *seen = &s->seen[entity];
    uint64_t id = zhol_engine_entity_id(run, entity);
    int64_t birth = zhol_engine_entity_birth(run, entity);
    if (seen->id != id || seen->birth != birth) {
        *seen = (struct seen){.id = id, .birth = birth, .time = birth > 0 ? birth : 0};
        if (birth < 0 && !(id & (SIM_ID_CARRIER | SIM_ID_VESSEL))) {
            leave_out(model, seen);
        }
    }
    return seen;
}

static int64_t kg_of(const struct sim_stays *s, const struct zhol_simulate_model *model,
                     const struct zhol_engine_run *run, uint32_t entity)
{
    uint64_t id = zhol_engine_entity_id(run, entity);
    if (!(id & (SIM_ID_CARRIER | SIM_ID_VESSEL))) {
        return s->unit_kg[sim_name(model, (uint32_t)(id >> SIM_ID_SHIFT))->flow];
    }
    int64_t sum = 0;
    for (uint32_t m = zhol_engine_entity_member(run, entity, ZHOL_ENGINE_NONE);
         m != ZHOL_ENGINE_NONE; m = zhol_engine_entity_member(run, entity, m)) {
        sum += kg_of(s, model, run, m);
    }
    return sum;
}

static int64_t within(int64_t value, int64_t most)
{
    return value < 0 ? 0 : value < most ? value : most;
}

enum zhol_error stays_note(struct sim_stays *stays, const struct zhol_simulate_model *model,
                           const struct zhol_engine_run *run, uint32_t entity, uint32_t step)
{
    const struct sim_step *done = &model->steps.items[step];
    int64_t now = zhol_engine_now(run);
    if (zhol_engine_entity_class(run, entity) == SIM_CLASS_HELPER) {
        return ZHOL_ERROR_OK;
    }
    struct seen *seen = seen_before(stays, model, run, entity);
    if (!seen) {
        return ZHOL_ERROR_MEMORY;
    }
    const uint32_t *ledger = zhol_engine_entity_ledger(run, entity);
    /* Only the step's own accounts: units come to the end of a BATCH or BOARD after their voyage,
     * and have the carrier's time on the others. */
    int64_t passed = now - seen->time, worked = 0;
    int64_t waited = within((int64_t)ledger[done->wait] - seen->spent[done->wait], passed);
    if (done->work != done->wait) {
        worked = (int64_t)ledger[done->work] - seen->spent[done->work];
        worked = within(worked, passed - waited);
    }
    /* A vessel that waits for its load: those who wait with it count it themselves. */
    if (now >= model->warm_up && now < model->end && done->op != SIM_LOAD) {
        struct step_sum *sum = &stays->sums[step];
        int64_t kg = kg_of(stays, model, run, entity);
        sum->kg += kg;
        sum->waited_kgs += kg * waited;
        sum->worked_kgs += kg * worked;
    }
    seen->time = now;
    memcpy(seen->spent, ledger, sizeof seen->spent);
    return ZHOL_ERROR_OK;
}

/* ---- By arc ---- */

static uint32_t arc_at(const struct zhol_simulate_stays *out, uint32_t arc)
{
    uint32_t low = 0, high = out->arc_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (out->arcs[middle] < arc) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

void stays_take(struct sim_stays *stays, const struct zhol_simulate_model *model,
                struct zhol_simulate_stays *out, uint32_t row)
{
    const double kgs_th = 1000.0 * SIM_HOUR;
    size_t base = (size_t)row * out->arc_count;
    for (uint32_t i = 0; i < model->steps.count; i++) {
        const struct sim_step *step = &model->steps.items[i];
        const struct step_sum *sum = &stays->sums[i];
        if (step->arc == ZHOL_NONE || !sum->kg) {
            continue;
        }
        size_t at = base + arc_at(out, step->arc);
        double *by_cause = out->by_cause_th + at * SIM_CAUSES;
        out->passed_t[at] += step->passed ? (double)sum->kg / 1000 : 0;
        by_cause[step->wait] += (double)sum->waited_kgs / kgs_th;
        by_cause[step->work] += (double)sum->worked_kgs / kgs_th;
    }
    out->done[row] = 1;
    memset(stays->sums, 0, sizeof *stays->sums * model->steps.count);
    if (stays->seen_count) {
        memset(stays->seen, 0, sizeof *stays->seen * stays->seen_count);
    }
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static enum zhol_error list_arcs(const struct zhol_simulate_model *model,
                                 struct zhol_simulate_stays *out)
{
    out->arcs = malloc(sizeof *out->arcs * ((size_t)model->steps.count + 1));
    if (!out->arcs) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < model->steps.count; i++) {
        if (model->steps.items[i].arc != ZHOL_NONE) {
            out->arcs[out->arc_count++] = model->steps.items[i].arc;
        }
    }
    qsort(out->arcs, out->arc_count, sizeof *out->arcs, by_number);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < out->arc_count; i++) {
        if (!kept || out->arcs[kept - 1] != out->arcs[i]) {
            out->arcs[kept++] = out->arcs[i];
        }
    }
    out->arc_count = kept;
    size_t rows = (size_t)out->count * kept;
    out->done = calloc((size_t)out->count + 1, 1);
    out->passed_t = calloc(rows + 1, sizeof *out->passed_t);
    out->by_cause_th = calloc(rows + 1, sizeof *out->by_cause_th * SIM_CAUSES);
    return out->done && out->passed_t && out->by_cause_th ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

enum zhol_error zhol_simulate_stays(const struct zhol_simulate_input *input,
                                    const struct zhol_simulate_options *options,
                                    const struct zhol_simulate_runs *runs,
                                    struct zhol_simulate_stays *stays)
{
    struct zhol_simulate_options bare = *options;
    struct zhol_simulate_runs alone = *runs;
    struct zhol_simulate_model *model = NULL;
    int64_t *blocks = NULL;
    uint8_t *done = calloc((size_t)runs->count + 1, 1);
    bare.sample_h = 0; /* the series of places are not asked for */
    alone.ended_count = 0;
    *stays = (struct zhol_simulate_stays){.count = runs->count};
    enum zhol_error error =
        done ? build_model(input, &bare, true, NULL, &model) : ZHOL_ERROR_MEMORY;
    error = error ? error : list_arcs(model, stays);
    if (!error) {
        blocks = calloc((size_t)runs->count + 1, sizeof *blocks * zhol_simulate_block_size(model));
        error = blocks ? runs_all(model, &alone, blocks, done, stays) : ZHOL_ERROR_MEMORY;
    }
    if (error && error != ZHOL_ERROR_INTERRUPTED) {
        zhol_simulate_stays_clear(stays);
    }
    free(blocks);
    free(done);
    zhol_simulate_free(model);
    return error;
}

void zhol_simulate_stays_clear(struct zhol_simulate_stays *stays)
{
    free(stays->arcs);
    free(stays->done);
    free(stays->passed_t);
    free(stays->by_cause_th);
    memset(stays, 0, sizeof *stays);
}
