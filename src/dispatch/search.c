/* search.c: adaptive large-neighbourhood search. See search.h. */
#include "dispatch/search.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"

#define NONE ZHOL_DISPATCH_NONE

/* How long formed trains wait for the next unit: what the rules and the search choose from. */
static const int32_t waits[] = {0, 30, 60, 120, 240, 480, SPAN_MINUTES};
enum { WAITS = sizeof waits / sizeof *waits, RULES = 3 };

/* The key by which rule `rule` orders trains: ready, tightest contract, most cost a minute. */
static int32_t rule_key(const struct compiled *compiled, uint32_t rule, uint32_t train)
{
    const struct zhol_dispatch_day *day = compiled->day;
    const struct zhol_dispatch_train *row = day->trains + train;
    int32_t contract = INT32_MAX, weight = 0;
    for (uint32_t i = compiled->unit_first[train]; i < compiled->unit_first[train + 1]; i++) {
        const struct zhol_dispatch_unit *unit = day->units + compiled->unit_at[i];
        contract = unit->contract_min < contract ? unit->contract_min : contract;
        weight += unit->late_weight;
    }
    if (rule == 0) {
        return row->ready_min;
    }
    int32_t due = contract > row->ready_min ? contract : row->ready_min;
    return rule == 1 ? due : row->ready_min - (weight > 100000 ? 100000 : weight);
}

static void rule_order(const struct compiled *compiled, uint32_t rule, uint32_t *order)
{
    for (uint32_t i = 0; i < compiled->day->train_count; i++) {
        int32_t key = rule_key(compiled, rule, i);
        uint32_t j = i;
        for (; j > 0 && rule_key(compiled, rule, order[j - 1]) > key; j--) {
            order[j] = order[j - 1];
        }
        order[j] = i;
    }
}

/* Decodes `trial` and keeps it as `best` when it is better. */
static bool better_kept(struct decoder *decoder, const struct choice *trial, struct choice *best,
                        struct zhol_dispatch_plan *plan, bool first)
{
    decode(decoder, trial);
    if (!first && objective_compare(&decoder->board.plan.objective, &plan->objective) >= 0) {
        return false;
    }
    choice_copy(best, trial);
    plan_copy(plan, &decoder->board.plan);
    return true;
}

enum zhol_error search_rules(const struct search *search, struct decoder *decoder,
                             struct choice *best, struct zhol_dispatch_plan *plan, uint64_t *tried)
{
    const struct compiled *compiled = search->compiled;
    struct choice trial;
    enum zhol_error error = choice_new(&trial, compiled);
    if (error) {
        return error;
    }
    for (uint32_t rule = 0; rule < RULES; rule++) {
        rule_order(compiled, rule, trial.order);
        for (uint32_t w = 0; w < WAITS; w++) {
            for (uint32_t g = 0; g < compiled->group_count; g++) {
                trial.wait[g] = waits[w];
            }
            better_kept(decoder, &trial, best, plan, rule == 0 && w == 0);
            ++*tried;
        }
    }
    if (search->from) {
        better_kept(decoder, search->from, best, plan, false);
        ++*tried;
    }
    choice_free(&trial);
    return ZHOL_ERROR_OK;
}

/* The ways to change a choice. */
enum { WAYS = 9 };

struct walk {
    const struct search *search;
    const struct compiled *compiled;
    struct decoder decoder;
    struct choice current, trial, best;
    struct zhol_dispatch_plan plan; /* of best */
    struct zhol_dispatch_objective now;
    struct random_stream random;
    double credit[WAYS];
    uint64_t tried;
    enum zhol_error error;
};

static uint32_t draw(struct walk *walk, uint32_t n)
{
    return random_below(&walk->random, n);
}

static void move_item(uint32_t *items, uint32_t from, uint32_t to)
{
    uint32_t item = items[from];
    if (from < to) {
        memmove(items + from, items + from + 1, (to - from) * sizeof *items);
    } else {
        memmove(items + to + 1, items + to, (from - to) * sizeof *items);
    }
    items[to] = item;
}

static void swap_items(uint32_t *items, uint32_t i, uint32_t j)
{
    uint32_t item = items[i];
    items[i] = items[j];
    items[j] = item;
}

/* Lateness that the units of a train suffer in the best plan. */
static int64_t train_late(const struct walk *walk, uint32_t train)
{
    const struct compiled *compiled = walk->compiled;
    int64_t late = 0;
    for (uint32_t i = compiled->unit_first[train]; i < compiled->unit_first[train + 1]; i++) {
        uint32_t unit = compiled->unit_at[i];
        late +=
            (int64_t)compiled->day->units[unit].late_weight * walk->plan.carriages[unit].late_min;
    }
    return late;
}

/* Brings forward a train that suffers: the worst of three drawn. */
static void way_hurry(struct walk *walk, uint32_t count)
{
    uint32_t worst = draw(walk, count);
    for (int i = 0; i < 2; i++) {
        uint32_t other = draw(walk, count);
        if (train_late(walk, walk->trial.order[other]) >
            train_late(walk, walk->trial.order[worst])) {
            worst = other;
        }
    }
    move_item(walk->trial.order, worst, draw(walk, worst + 1));
}

/* Takes some trains of one gauge out and puts them back in another order. */
static void way_shuffle(struct walk *walk, uint32_t count)
{
    enum { MOST = 8 };
    uint32_t at[MOST], taken = 0, want = 2 + draw(walk, MOST - 1), from = draw(walk, count);
    const struct zhol_dispatch_train *rows = walk->compiled->day->trains;
    enum zhol_dispatch_gauge gauge = rows[walk->trial.order[from]].gauge;
    for (uint32_t i = from; i < count && taken < want; i++) {
        if (rows[walk->trial.order[i]].gauge == gauge && draw(walk, 3)) {
            at[taken++] = i;
        }
    }
    for (uint32_t i = taken; i > 1; i--) {
        swap_items(walk->trial.order, at[i - 1], at[draw(walk, i)]);
    }
}

static void way_front(struct walk *walk, uint32_t count)
{
    uint32_t train = walk->trial.order[draw(walk, count)],
             fronts = walk->compiled->day->front_count;
    uint32_t front = fronts && draw(walk, 3) ? draw(walk, fronts) : NONE;
    if (front != NONE && !walk->compiled->work_min[train * fronts + front]) {
        front = NONE;
    }
    walk->trial.front[train] = front;
}

/* Moves the turn of a formed train. */
static void way_lift(struct walk *walk)
{
    uint32_t unit = draw(walk, walk->compiled->day->unit_count);
    uint32_t formed = walk->plan.carriages[unit].formed;
    int32_t lift = draw(walk, 3) ? (int32_t)draw(walk, 481) - 240 : 0;
    for (uint32_t i = 0; i < walk->compiled->day->unit_count; i++) {
        if (i == unit || (formed != NONE && walk->plan.carriages[i].formed == formed)) {
            walk->trial.lift[i] = lift;
        }
    }
}

static void change(struct walk *walk, uint32_t way)
{
    const struct compiled *compiled = walk->compiled;
    uint32_t count = compiled->day->train_count, unit;
    struct choice *trial = &walk->trial;
    switch (way) {
    case 0:
        swap_items(trial->order, draw(walk, count), draw(walk, count));
        break;
    case 1:
        move_item(trial->order, draw(walk, count), draw(walk, count));
        break;
    case 2:
        way_shuffle(walk, count);
        break;
    case 3:
        way_hurry(walk, count);
        break;
    case 4:
        way_front(walk, count);
        break;
    case 5:
        trial->late_accept[draw(walk, count)] ^= 1;
        break;
    case 6:
        trial->wait[draw(walk, compiled->group_count)] = waits[draw(walk, WAITS)];
        break;
    case 7:
        unit = draw(walk, compiled->day->unit_count);
        trial->cut[unit] = !trial->cut[unit];
        break;
    default:
        way_lift(walk);
    }
}

/* Draws a way in proportion to its credit. */
static uint32_t way_draw(struct walk *walk)
{
    double total = 0;
    for (uint32_t i = 0; i < WAYS; i++) {
        total += walk->credit[i];
    }
    double at = random_uniform(&walk->random) * total;
    uint32_t way = 0;
    while (way + 1 < WAYS && at >= walk->credit[way]) {
        at -= walk->credit[way++];
    }
    return way;
}

/* Nothing is left to win: the goal is met, all goes, directly, in as few trains as there are
 * groups. */
static bool is_done(const struct walk *walk)
{
    const struct zhol_dispatch_objective *it = &walk->plan.objective;
    bool stopped = walk->compiled->stop && walk->compiled->stop();
    if (stopped || objective_compare(it, &walk->search->floor) <= 0) {
        return true;
    }
    return it->late <= walk->search->goal && it->pushed == 0 && it->yard_boxes == 0 &&
           it->turns <= (int64_t)walk->compiled->group_count;
}

static void step(struct walk *walk, uint32_t iteration)
{
    const struct search *search = walk->search;
    enum { CHANGES = 3 };
    uint32_t ways[CHANGES], changes = 1 + draw(walk, CHANGES);
    choice_copy(&walk->trial, &walk->current);
    for (uint32_t i = 0; i < changes; i++) {
        ways[i] = way_draw(walk);
        change(walk, ways[i]);
    }
    decode(&walk->decoder, &walk->trial);
    walk->tried++;
    const struct zhol_dispatch_objective *got = &walk->decoder.board.plan.objective;
    double left = 1 - (double)iteration / search->iterations;
    int64_t slack = (int64_t)(0.003 * left * left * (double)walk->plan.objective.late);
    double reward = 0;
    if (objective_compare(got, &walk->plan.objective) < 0) {
        plan_copy(&walk->plan, &walk->decoder.board.plan);
        choice_copy(&walk->best, &walk->trial);
        reward = 10;
    } else if (objective_compare(got, &walk->now) < 0) {
        reward = 3;
    }
    if (reward > 0 || got->late < walk->now.late ||
        (slack > 0 && got->late <= walk->plan.objective.late + slack) ||
        objective_compare(got, &walk->now) == 0) {
        struct choice swap = walk->current;
        walk->current = walk->trial;
        walk->trial = swap;
        walk->now = *got;
    }
    for (uint32_t i = 0; i < changes; i++) {
        double credit = 0.98 * walk->credit[ways[i]] + 0.02 * reward;
        walk->credit[ways[i]] = credit < 0.05 ? 0.05 : credit;
    }
}

static void walk_run(struct walk *walk)
{
    walk->error =
        search_rules(walk->search, &walk->decoder, &walk->best, &walk->plan, &walk->tried);
    if (walk->error) {
        return;
    }
    choice_copy(&walk->current, &walk->best);
    walk->now = walk->plan.objective;
    for (uint32_t i = 0; i < WAYS; i++) {
        walk->credit[i] = 1;
    }
    uint32_t idle = 0, patience = walk->search->iterations / 8 + 50;
    for (uint32_t i = 0; i < walk->search->iterations && !is_done(walk); i++) {
        struct zhol_dispatch_objective before = walk->plan.objective;
        step(walk, i);
        idle = objective_compare(&walk->plan.objective, &before) < 0 ? 0 : idle + 1;
        if (idle > patience) { /* from the best again */
            choice_copy(&walk->current, &walk->best);
            walk->now = walk->plan.objective;
            idle = 0;
        }
    }
}

static enum zhol_error walk_new(struct walk *walk, const struct search *search, uint32_t start)
{
    *walk = (struct walk){.search = search, .compiled = search->compiled};
    random_start(&walk->random, search->seed, start);
    enum zhol_error error = decoder_new(&walk->decoder, search->compiled);
    if (!error) {
        walk->decoder.pins = search->pins;
        walk->decoder.board.now = search->pins ? search->pins->now : 0;
        error = choice_new(&walk->current, search->compiled);
    }
    if (!error) {
        error = choice_new(&walk->trial, search->compiled);
    }
    if (!error) {
        error = choice_new(&walk->best, search->compiled);
    }
    return error ? error : plan_new(&walk->plan, search->compiled->day);
}

static void walk_free(struct walk *walk)
{
    decoder_free(&walk->decoder);
    choice_free(&walk->current);
    choice_free(&walk->trial);
    choice_free(&walk->best);
    zhol_dispatch_plan_clear(&walk->plan);
}

struct team {
    struct walk *walks;
    uint32_t count;
    atomic_uint next;
};

static void *team_work(void *data)
{
    struct team *team = data;
    for (;;) {
        uint32_t i = atomic_fetch_add(&team->next, 1);
        if (i >= team->count) {
            return NULL;
        }
        walk_run(team->walks + i);
    }
}

static void team_run(struct team *team, uint32_t threads)
{
    enum { MOST = 64 };
    pthread_t ids[MOST];
    uint32_t started = 0;
    while (started < MOST && started + 1 < threads && started + 1 < team->count &&
           pthread_create(ids + started, NULL, team_work, team) == 0) {
        started++;
    }
    team_work(team);
    while (started > 0) {
        pthread_join(ids[--started], NULL);
    }
}

enum zhol_error dispatch_search_run(const struct search *search, struct zhol_dispatch_plan *best,
                                    uint64_t *tried)
{
    struct team team = {.count = search->starts};
    enum zhol_error error = ZHOL_ERROR_OK;
    team.walks = calloc(team.count, sizeof *team.walks);
    if (!team.walks) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < team.count && !error; i++) {
        error = walk_new(team.walks + i, search, i);
    }
    if (!error) {
        team_run(&team, search->threads);
        const struct walk *winner = team.walks;
        for (uint32_t i = 0; i < team.count; i++) {
            const struct walk *walk = team.walks + i;
            error = error ? error : walk->error;
            *tried += walk->tried;
            if (objective_compare(&walk->plan.objective, &winner->plan.objective) < 0) {
                winner = walk;
            }
        }
        if (!error) {
            plan_copy(best, &winner->plan);
        }
    }
    for (uint32_t i = 0; i < team.count; i++) {
        walk_free(team.walks + i);
    }
    free(team.walks);
    return error;
}
