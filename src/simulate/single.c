/* single.c: single units: all that ended in a replication, and the life of one (zhol/simulate.h).
 */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "simulate/build.h"

/* Runs one replication that keeps what `kept` asks for. */
static enum zhol_error run_kept(const struct zhol_simulate_model *model, uint32_t replication,
                                struct sim_kept *kept)
{
    struct sim_runner *runner = NULL;
    int64_t *block = malloc(sizeof *block * zhol_simulate_block_size(model));
    enum zhol_error error = block ? runner_new(model, NULL, kept, &runner) : ZHOL_ERROR_MEMORY;
    if (!error) {
        error = runner_run(runner, replication, block, NULL, 0);
    }
    runner_free(runner);
    free(block);
    return error;
}

enum zhol_error kept_units_take(const struct zhol_simulate_model *model, struct sim_kept *kept,
                                struct zhol_simulate_ended *ended)
{
    struct zhol_simulate_unit *units = calloc((size_t)kept->unit.count + 1, sizeof *units);
    for (uint32_t i = 0; units && i < kept->unit.count; i++) {
        const struct sim_unit *u = &kept->unit.items[i];
        units[i] = (struct zhol_simulate_unit){.identity = model->flows.items[u->flow].identity,
                                               .flow = u->flow,
                                               .number = u->number,
                                               .birth_s = model->origin_s + u->birth,
                                               .end_s = model->origin_s + u->end};
    }
    *ended = (struct zhol_simulate_ended){units, units ? kept->unit.count : 0};
    kept->unit.count = 0;
    return units ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

enum zhol_error zhol_simulate_units(const struct zhol_simulate_model *model, uint32_t replication,
                                    struct zhol_simulate_unit **units, uint64_t *count)
{
    struct sim_kept kept = {.units = true};
    struct zhol_simulate_ended ended = {NULL, 0};
    enum zhol_error error = run_kept(model, replication, &kept);
    error = error ? error : kept_units_take(model, &kept, &ended);
    *units = ended.units;
    *count = ended.count;
    free(kept.unit.items);
    return error;
}

/* ---- A timeline ----
 * Notes are taken after every step in which time may pass, of the unit and of all carriers while it
 * lives. What a carrier spent between two of its notes is a moment; so is what the unit spent. A
 * unit that was a member gets its carrier's time in one sum when the carrier splits: then the
 * moments of that carrier stand in its place. */

struct timeline {
    const struct zhol_simulate_model *model;
    const struct sim_kept *kept;
    struct zhol_simulate_moment *items;
    uint32_t count, capacity;
    int64_t clock; /* UTC, up to which it is told */
    enum zhol_error error;
};

/* Time spent in a step: waiting first, then work. */
static void tell(struct timeline *t, const struct sim_note *note, const int64_t *before,
                 const int64_t *less)
{
    const struct sim_step *step = &t->model->steps.items[note->step];
    for (uint32_t pass = 0; pass < 2; pass++) {
        for (uint8_t c = 0; c < SIM_CAUSES && !t->error; c++) {
            int64_t spent = note->spent[c] - before[c] - (less ? less[c] : 0);
            bool work = c == step->work && step->work != step->wait;
            if (spent <= 0 || work != (pass == 1)) {
                continue;
            }
            t->error = ARRAY_RESERVE(t->items, t->capacity, t->count + 1);
            if (!t->error) {
                t->items[t->count++] = (struct zhol_simulate_moment){.from_s = t->clock,
                                                                     .to_s = t->clock + spent,
                                                                     .arc = step->arc,
                                                                     .place = step->place,
                                                                     .cause = c};
                t->clock += spent;
            }
        }
    }
}

static bool is_split(const struct timeline *t, const struct sim_note *note)
{
    return t->model->steps.items[note->step].op == SIM_SPLIT;
}

/* The note of the split from which the unit comes in note `at`, or SIM_NONE. */
static uint32_t split_before(const struct timeline *t, uint32_t at)
{
    uint8_t op = t->model->steps.items[t->kept->note.items[at].step].op;
    if (op != SIM_BATCH && op != SIM_BOARD) {
        return SIM_NONE;
    }
    for (uint32_t i = at; i-- > 0;) {
        const struct sim_note *n = &t->kept->note.items[i];
        if (n->time < t->kept->note.items[at].time) {
            break;
        }
        if (is_split(t, n)) {
            return i;
        }
    }
    return SIM_NONE;
}

/* The first note of the carrier's voyage that ends in note `split`, and what stood on its accounts
 * before: nothing for a train, for a vessel what it had when it had loaded. */
static uint32_t voyage(const struct timeline *t, uint32_t split, int64_t *base)
{
    const struct sim_note *notes = t->kept->note.items;
    memset(base, 0, sizeof notes->spent);
    for (uint32_t i = split; i-- > 0;) {
        if (notes[i].id != notes[split].id || notes[i].entity != notes[split].entity) {
            continue;
        }
        if (t->model->steps.items[notes[i].step].op == SIM_LOAD) {
            memcpy(base, notes[i].spent, sizeof notes->spent);
            return i + 1;
        }
        if (is_split(t, &notes[i])) {
            return i + 1;
        }
    }
    return 0;
}

/* The unit's own wait, then the carrier's voyage. */
static void tell_voyage(struct timeline *t, const struct sim_note *unit, const int64_t *before,
                        uint32_t split)
{
    const struct sim_note *notes = t->kept->note.items;
    int64_t base[SIM_CAUSES], aboard[SIM_CAUSES];
    uint32_t first = voyage(t, split, base);
    for (uint32_t c = 0; c < SIM_CAUSES; c++) {
        aboard[c] = notes[split].spent[c] - base[c];
    }
    tell(t, unit, before, aboard);
    for (uint32_t i = first; i <= split; i++) {
        if (notes[i].id == notes[split].id && notes[i].entity == notes[split].entity) {
            tell(t, &notes[i], base, NULL);
            memcpy(base, notes[i].spent, sizeof base);
        }
    }
}

static void tell_all(struct timeline *t, uint64_t id)
{
    const struct sim_note *notes = t->kept->note.items;
    int64_t before[SIM_CAUSES] = {0};
    uint32_t own = SIM_NONE; /* its entity: locomotives that go back may have its number, too */
    for (uint32_t i = 0; i < t->kept->note.count && !t->error; i++) {
        own = notes[i].id == id && own == SIM_NONE ? notes[i].entity : own;
        if (notes[i].id != id || notes[i].entity != own) {
            continue;
        }
        uint32_t split = split_before(t, i);
        if (split == SIM_NONE) {
            tell(t, &notes[i], before, NULL);
        } else {
            tell_voyage(t, &notes[i], before, split);
        }
        memcpy(before, notes[i].spent, sizeof before);
    }
}

/* The unit's record in a replication. */
static enum zhol_error find_unit(const struct zhol_simulate_model *model, uint32_t replication,
                                 uint32_t flow, uint64_t number, struct sim_unit *found)
{
    struct sim_kept kept = {.units = true};
    enum zhol_error error = run_kept(model, replication, &kept);
    if (!error) {
        error = ZHOL_ERROR_UNKNOWN;
    }
    for (uint32_t i = 0; i < kept.unit.count && error == ZHOL_ERROR_UNKNOWN; i++) {
        if (kept.unit.items[i].flow == flow && kept.unit.items[i].number == number) {
            *found = kept.unit.items[i];
            error = ZHOL_ERROR_OK;
        }
    }
    free(kept.unit.items);
    return error;
}

enum zhol_error zhol_simulate_trace(const struct zhol_simulate_input *input,
                                    const struct zhol_simulate_options *options,
                                    uint32_t replication, uint32_t flow, uint64_t number,
                                    struct zhol_simulate_moment **moments, uint32_t *count)
{
    struct zhol_simulate_model *model = NULL;
    struct sim_kept kept = {.notes = true};
    struct sim_unit unit = {0};
    *moments = NULL;
    *count = 0;
    enum zhol_error error = build_model(input, options, true, NULL, &model);
    if (!error) {
        error = flow < model->flows.count ? find_unit(model, replication, flow, number, &unit)
                                          : ZHOL_ERROR_UNKNOWN;
    }
    if (!error) {
        kept.from = unit.birth;
        kept.to = unit.end;
        kept.noted = (uint64_t)model->flows.items[flow].identity << SIM_ID_SHIFT | number;
        error = run_kept(model, replication, &kept);
    }
    if (!error) {
        struct timeline t = {.model = model, .kept = &kept, .clock = model->origin_s + unit.birth};
        tell_all(&t, kept.noted);
        error = t.error;
        *moments = t.items;
        *count = t.count;
    }
    free(kept.note.items);
    zhol_simulate_free(model);
    return error;
}
