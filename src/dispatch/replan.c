/* replan.c: a new plan after a change, with as few trains changed as can be.
 *
 * Three ways are tried, the one with fewest changes within the tolerance wins (then the better
 * objective): all trains pinned where they may stay, each of the changed once put back first; the
 * best plan that the search finds, its changed trains pinned again one by one; and, when few trains
 * are still to come, every set of trains that may change, smallest sets first.
 */
#include <stdlib.h>
#include <string.h>

#include "dispatch/cause.h"
#include "dispatch/search.h"
#include "dispatch/solve.h"

#define NEVER ZHOL_DISPATCH_NEVER
#define NONE  ZHOL_DISPATCH_NONE

enum {
    FEW_TRAINS = 8,
    FEW_STEPS = 30,
    STARTS = 2,
    DECODES = 800,
    ROUNDS = 16,
    ROUND_STEPS = 30,
    PIN_ROUNDS = 24
};

struct replan {
    const struct zhol_dispatch_plan *old;
    const struct zhol_dispatch_change *change;
    struct zhol_dispatch_day day; /* the new one, nothing accepted before now */
    struct zhol_dispatch_train *trains;
    struct compiled compiled;
    struct pins pins;
    bool *keep, *begun, *accepted, *moved;
    struct decoder decoder;
    struct choice choice;
    struct zhol_dispatch_plan trial, best, reached; /* reached: best by the objective */
    uint32_t best_changed;
    bool found; /* best is within the limit */
    int64_t limit;
    uint64_t seed;
    uint32_t iterations;
};

static bool unit_moved(const struct zhol_dispatch_plan *old, const struct zhol_dispatch_plan *plan,
                       uint32_t unit)
{
    bool went = old->carriages[unit].formed != NONE, goes = plan->carriages[unit].formed != NONE;
    return went != goes ||
           (goes && old->carriages[unit].leave_min != plan->carriages[unit].leave_min);
}

static bool passage_moved(const struct zhol_dispatch_passage *a,
                          const struct zhol_dispatch_passage *b)
{
    if (a->accept_min == NEVER || b->accept_min == NEVER) {
        return a->accept_min != b->accept_min;
    }
    return a->accept_min / 60 != b->accept_min / 60 || a->track != b->track ||
           a->front != b->front || a->begin_min != b->begin_min;
}

/* Marks the trains that a plan changes; how many. */
static uint32_t moved_mark(const struct replan *it, const struct zhol_dispatch_plan *plan,
                           bool *moved)
{
    uint32_t count = 0;
    for (uint32_t t = 0; t < plan->train_count; t++) {
        moved[t] = passage_moved(it->old->passages + t, plan->passages + t);
    }
    for (uint32_t u = 0; u < plan->unit_count; u++) {
        bool *train = moved + it->day.units[u].train;
        *train = *train || unit_moved(it->old, plan, u);
    }
    for (uint32_t t = 0; t < plan->train_count; t++) {
        count += moved[t];
    }
    return count;
}

/* Keeps a plan when it is within the limit and changes fewer trains, or as many and is better. */
static void consider(struct replan *it, const struct zhol_dispatch_plan *plan)
{
    uint32_t changed = moved_mark(it, plan, it->moved);
    if (plan->objective.late > it->limit) {
        return;
    }
    if (!it->found || changed < it->best_changed ||
        (changed == it->best_changed &&
         objective_compare(&plan->objective, &it->best.objective) < 0)) {
        plan_copy(&it->best, plan);
        it->best_changed = changed;
        it->found = true;
    }
}

static bool is_free_to_change(const struct replan *it, uint32_t train)
{
    return !it->begun[train];
}

static void keep_all(struct replan *it, bool keep)
{
    for (uint32_t t = 0; t < it->day.train_count; t++) {
        it->keep[t] = keep || it->begun[t];
    }
}

static void decode_old(struct replan *it)
{
    choice_of_plan(&it->choice, &it->compiled, it->old);
    decode(&it->decoder, &it->choice);
}

/* Searches with the present pins; the plan goes into `trial`. */
static enum zhol_error pinned_search(struct replan *it, uint32_t iterations, uint64_t *tried)
{
    struct search search = {.compiled = &it->compiled,
                            .pins = &it->pins,
                            .from = &it->choice,
                            .seed = it->seed,
                            .threads = 1,
                            .starts = STARTS,
                            .iterations = iterations};
    choice_of_plan(&it->choice, &it->compiled, it->old);
    return dispatch_search_run(&search, &it->trial, tried);
}

/* All pinned; then each changed train put back first. */
static void pin_all(struct replan *it)
{
    bool moved[ZHOL_DISPATCH_TRAINS_MAX];
    keep_all(it, true);
    it->pins.first = NONE;
    decode_old(it);
    consider(it, &it->decoder.board.plan);
    moved_mark(it, &it->decoder.board.plan, moved);
    for (uint32_t t = 0; t < it->day.train_count; t++) {
        if (moved[t] && is_free_to_change(it, t)) {
            it->pins.first = t;
            decode_old(it);
            consider(it, &it->decoder.board.plan);
        }
    }
    it->pins.first = NONE;
}

/* Pins again, one by one, trains that the best plan found by searching changes. */
static void pin_again(struct replan *it, const struct choice *choice)
{
    bool moved[ZHOL_DISPATCH_TRAINS_MAX];
    moved_mark(it, &it->reached, moved);
    for (uint32_t t = 0; t < it->day.train_count; t++) {
        it->keep[t] = it->begun[t] || !moved[t];
    }
    for (uint32_t t = 0; t < it->day.train_count; t++) {
        if (it->keep[t]) {
            continue;
        }
        it->keep[t] = true;
        decode(&it->decoder, choice);
        const struct zhol_dispatch_plan *plan = &it->decoder.board.plan;
        it->keep[t] = plan->objective.late <= it->limit;
        consider(it, plan);
    }
}

/* How much later, by weight, the units of a train leave in one plan than in another. */
static int64_t suffers(const struct replan *it, uint32_t train,
                       const struct zhol_dispatch_plan *plan)
{
    int64_t sum = 0;
    for (uint32_t i = it->compiled.unit_first[train]; i < it->compiled.unit_first[train + 1]; i++) {
        uint32_t unit = it->compiled.unit_at[i];
        sum += (int64_t)it->day.units[unit].late_weight *
               (plan->carriages[unit].late_min - it->reached.carriages[unit].late_min);
    }
    return sum;
}

/* Lets the kept train go that suffers most; false when none suffers. */
static bool let_go(struct replan *it, const struct zhol_dispatch_plan *plan)
{
    int64_t most = 0;
    uint32_t worst = NONE;
    for (uint32_t t = 0; t < it->day.train_count; t++) {
        int64_t here = it->keep[t] && is_free_to_change(it, t) ? suffers(it, t, plan) : 0;
        if (here > most) {
            most = here;
            worst = t;
        }
    }
    if (worst != NONE) {
        it->keep[worst] = false;
    }
    return worst != NONE;
}

/* From what must change, lets more trains go until a plan is within the limit. */
static enum zhol_error let_more_go(struct replan *it, uint64_t *tried)
{
    enum { AT_ONCE = 2 };
    keep_all(it, true);
    decode_old(it);
    moved_mark(it, &it->decoder.board.plan, it->moved);
    for (uint32_t t = 0; t < it->day.train_count; t++) {
        it->keep[t] = it->begun[t] || !it->moved[t];
    }
    for (uint32_t round = 0; round < ROUNDS; round++) {
        enum zhol_error error = pinned_search(it, ROUND_STEPS, tried);
        if (error) {
            return error;
        }
        consider(it, &it->trial);
        bool more = it->trial.objective.late > it->limit;
        for (uint32_t i = 0; more && i < AT_ONCE; i++) {
            more = let_go(it, &it->trial);
        }
        if (!more) {
            break;
        }
    }
    return ZHOL_ERROR_OK;
}

/* The trains of set `bits` of those that may change, changed. */
static void set_free(struct replan *it, const uint32_t *may, uint32_t count, uint32_t bits)
{
    keep_all(it, true);
    for (uint32_t i = 0; i < count; i++) {
        it->keep[may[i]] = !(bits >> i & 1);
    }
}

/* All sets of trains that may change, smaller ones first, until one is good enough. */
static enum zhol_error sets_try(struct replan *it, uint64_t *tried)
{
    uint32_t may[FEW_TRAINS], count = 0;
    for (uint32_t t = 0; t < it->day.train_count; t++) {
        if (is_free_to_change(it, t)) {
            if (count == FEW_TRAINS) {
                return ZHOL_ERROR_OK; /* too many */
            }
            may[count++] = t;
        }
    }
    for (uint32_t size = 0; size <= count && (!it->found || size < it->best_changed); size++) {
        for (uint32_t bits = 0; bits < 1u << count; bits++) {
            if ((uint32_t)__builtin_popcount(bits) != size) {
                continue;
            }
            set_free(it, may, count, bits);
            enum zhol_error error = pinned_search(it, FEW_STEPS, tried);
            if (error) {
                return error;
            }
            consider(it, &it->trial);
        }
    }
    return ZHOL_ERROR_OK;
}

/* Trains that must change whatever else does: their own place is gone, or they share an hour that
 * takes fewer now. */
static uint32_t must_change(struct replan *it)
{
    uint32_t count = 0, hours[ZHOL_DISPATCH_GAUGES][ZHOL_DISPATCH_HORIZON_MAX / 60] = {{0}};
    keep_all(it, false);
    it->pins.first = NONE;
    decode_pins(&it->decoder);
    for (uint32_t t = 0; t < it->day.train_count; t++) {
        const struct zhol_dispatch_passage *passage = it->old->passages + t;
        uint32_t gauge = it->day.trains[t].gauge;
        if (it->begun[t] || it->accepted[t] || passage->accept_min == NEVER) {
            continue;
        }
        if (!board_passage_free(&it->decoder.board, t, passage)) {
            count++;
        } else if (++hours[gauge][passage->accept_min / 60] >
                   it->decoder.board.left[ZHOL_DISPATCH_ACCEPT][gauge][passage->accept_min / 60]) {
            count++;
        }
    }
    return count;
}

static enum zhol_error replan_run(struct replan *it, struct zhol_dispatch_replanned *replanned)
{
    uint64_t tried = 0;
    it->limit = INT64_MAX;
    pin_all(it);
    keep_all(it, false);
    enum zhol_error error = pinned_search(it, it->iterations, &tried);
    if (error) {
        return error;
    }
    const struct zhol_dispatch_plan *least =
        objective_compare(&it->trial.objective, &it->best.objective) < 0 ? &it->trial : &it->best;
    plan_copy(&it->reached, least);
    /* A new plan need not be better than the old one was: else a weak old plan would be turned over
     * for gains that nobody asked for. */
    int64_t late = it->reached.objective.late;
    late = late > it->old->objective.late ? late : it->old->objective.late;
    double slack = it->change->tolerance * (double)late;
    it->limit = late + (slack < 1e15 ? (int64_t)slack : (int64_t)1e15);
    it->limit += it->change->tolerance_abs;
    it->found = false;
    consider(it, &it->reached);
    pin_all(it);
    struct choice choice = {0};
    error = let_more_go(it, &tried);
    if (!error) {
        error = choice_new(&choice, &it->compiled);
    }
    if (!error) {
        choice_of_plan(&choice, &it->compiled, &it->reached);
        pin_again(it, &choice);
        choice_free(&choice);
        error = sets_try(it, &tried);
    }
    replanned->changed_least = must_change(it);
    replanned->fewest = it->best_changed == replanned->changed_least;
    it->best.tried = tried;
    return error;
}

static void begun_mark(struct replan *it)
{
    for (uint32_t t = 0; t < it->day.train_count; t++) {
        const struct zhol_dispatch_passage *passage = it->old->passages + t;
        bool done = it->trains[t].done != ZHOL_DISPATCH_TO_COME;
        bool accepted = passage->accept_min != NEVER && passage->accept_min < it->change->now_min;
        it->begun[t] = done || (accepted && passage->begin_min < it->change->now_min);
        it->accepted[t] = accepted && !it->begun[t];
        if (!accepted && it->trains[t].ready_min < it->change->now_min) {
            it->trains[t].ready_min = it->change->now_min;
        }
    }
}

static enum zhol_error replan_open(struct replan *it, const struct zhol_dispatch_day *day)
{
    size_t trains = (size_t)day->train_count + 1;
    it->day = *day;
    it->trains = malloc(trains * sizeof *it->trains);
    it->keep = calloc(4 * trains, sizeof *it->keep);
    if (!it->trains || !it->keep) {
        return ZHOL_ERROR_MEMORY;
    }
    if (day->train_count) {
        memcpy(it->trains, day->trains, day->train_count * sizeof *it->trains);
    }
    it->day.trains = it->trains;
    it->begun = it->keep + trains;
    it->accepted = it->begun + trains;
    it->moved = it->accepted + trains;
    begun_mark(it);
    enum zhol_error error = compiled_init(&it->compiled, &it->day);
    if (!error) {
        error = decoder_new(&it->decoder, &it->compiled);
    }
    if (!error) {
        error = choice_new(&it->choice, &it->compiled);
    }
    if (!error) {
        error = plan_new(&it->trial, day);
    }
    if (!error) {
        error = plan_new(&it->best, day);
    }
    if (!error) {
        error = plan_new(&it->reached, day);
    }
    it->pins = (struct pins){.plan = it->old,
                             .trains = it->keep,
                             .begun = it->begun,
                             .accepted = it->accepted,
                             .now = it->change->now_min,
                             .first = NONE};
    it->decoder.pins = &it->pins;
    return error;
}

static void replan_close(struct replan *it)
{
    decoder_free(&it->decoder);
    choice_free(&it->choice);
    zhol_dispatch_plan_clear(&it->trial);
    zhol_dispatch_plan_clear(&it->best);
    zhol_dispatch_plan_clear(&it->reached);
    compiled_clear(&it->compiled);
    free(it->keep);
    free(it->trains);
}

/* Moves the best plan out, with what is told of it. */
static enum zhol_error replan_give(struct replan *it, const struct zhol_dispatch_day *day,
                                   struct zhol_dispatch_replanned *replanned)
{
    struct compiled compiled;
    enum zhol_error error = compiled_init(&compiled, day);
    if (error) {
        return error;
    }
    replanned->changed = malloc(((size_t)day->train_count + 1) * sizeof *replanned->changed);
    if (!replanned->changed) {
        error = ZHOL_ERROR_MEMORY;
    } else {
        moved_mark(it, &it->best, it->moved);
        for (uint32_t t = 0; t < day->train_count; t++) {
            if (it->moved[t]) {
                replanned->changed[replanned->changed_count++] = t;
            }
        }
        replanned->plan = it->best;
        it->best = (struct zhol_dispatch_plan){0};
        struct board board = {.compiled = &compiled, .plan = replanned->plan};
        board_finish(&board); /* by the day itself: a pushed train came when it came */
        replanned->plan = board.plan;
        plan_prove(&replanned->plan, 0);
        error = cause_find(&compiled, &replanned->plan);
    }
    compiled_clear(&compiled);
    return error;
}

/* The old plan must be one of as many trains and units, with rows that are there. */
static enum zhol_error old_check(const struct zhol_dispatch_day *day,
                                 const struct zhol_dispatch_plan *old)
{
    if (old->train_count != day->train_count || old->unit_count != day->unit_count ||
        old->formed_count > day->unit_count) {
        return ZHOL_ERROR_CONFLICT;
    }
    for (uint32_t t = 0; t < old->train_count; t++) {
        const struct zhol_dispatch_passage *it = old->passages + t;
        if (it->accept_min != NEVER &&
            (it->track >= day->track_count || it->front >= day->front_count || it->accept_min < 0 ||
             it->accept_min >= day->horizon_min || it->begin_min <= it->accept_min ||
             it->end_min <= it->begin_min || it->end_min > day->horizon_min ||
             (it->locomotive != NONE && it->locomotive >= day->locomotive_count))) {
            return ZHOL_ERROR_CONFLICT;
        }
    }
    for (uint32_t f = 0; f < old->formed_count; f++) {
        const struct zhol_dispatch_formed *it = old->formed + f;
        if (it->track >= day->track_count || (unsigned)it->gauge >= ZHOL_DISPATCH_GAUGES ||
            it->depart_min < day->form_min || it->depart_min >= day->horizon_min ||
            (it->locomotive != NONE && it->locomotive >= day->locomotive_count)) {
            return ZHOL_ERROR_CONFLICT;
        }
    }
    return ZHOL_ERROR_OK;
}

enum zhol_error zhol_dispatch_replan(const struct zhol_dispatch_day *day,
                                     const struct zhol_dispatch_plan *old,
                                     const struct zhol_dispatch_change *change,
                                     const struct zhol_dispatch_options *options,
                                     struct zhol_dispatch_replanned *replanned)
{
    struct replan it = {.old = old, .change = change};
    *replanned = (struct zhol_dispatch_replanned){0};
    enum zhol_error error = zhol_dispatch_check(day, NULL);
    if (!error && (change->now_min < 0 || !(change->tolerance >= 0) || change->tolerance_abs < 0)) {
        error = ZHOL_ERROR_RANGE;
    }
    if (!error) {
        error = old_check(day, old);
    }
    if (error) {
        return error;
    }
    error = replan_open(&it, day);
    if (!error) {
        it.seed = options ? options->seed : 0;
        it.iterations = options && options->iterations
                            ? options->iterations
                            : DECODES * 60 / (day->train_count > 60 ? day->train_count : 60);
        it.decoder.board.now = change->now_min;
        error = replan_run(&it, replanned);
    }
    if (!error) {
        error = replan_give(&it, day, replanned);
    }
    replan_close(&it);
    if (error) {
        zhol_dispatch_replanned_clear(replanned);
    }
    return error;
}

void zhol_dispatch_replanned_clear(struct zhol_dispatch_replanned *replanned)
{
    zhol_dispatch_plan_clear(&replanned->plan);
    free(replanned->changed);
    *replanned = (struct zhol_dispatch_replanned){0};
}
