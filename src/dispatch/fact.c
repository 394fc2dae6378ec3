/* fact.c: a train's real times in a plan. See zhol/dispatch.h. */
#include <string.h>

#include "dispatch/board.h"
#include "dispatch/search.h"
#include "dispatch/solve.h"

#define NEVER ZHOL_DISPATCH_NEVER
#define NONE  ZHOL_DISPATCH_NONE

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* How a train may have been handled: where the plan says, or elsewhere. */
struct way {
    uint32_t front;
    bool at_once; /* as soon as it could; else not before the plan says */
};

struct fact {
    uint32_t train;
    int32_t accepted_min, left_min;
};

/* A move of the plan: a train that is accepted, or (then `formed`) one that departs. */
struct move {
    uint32_t row;
    bool formed;
    int32_t from, until; /* of the locomotive, or of the track */
};

static bool meets(const struct move *a, const struct move *b)
{
    return (a->row != b->row || a->formed != b->formed) && a->from < b->until && b->from < a->until;
}

/* Whether no other move of the plan has the locomotive then. */
static bool haul_is_free(const struct zhol_dispatch_day *day, const struct zhol_dispatch_plan *plan,
                         uint32_t locomotive, const struct move *move)
{
    int32_t turn = day->locomotives[locomotive].return_min;
    bool free = true;
    for (uint32_t i = 0; i < plan->train_count + plan->formed_count && free; i++) {
        bool formed = i >= plan->train_count;
        uint32_t row = formed ? i - plan->train_count : i;
        int32_t at = formed ? plan->formed[row].depart_min : plan->passages[row].accept_min;
        uint32_t has = formed ? plan->formed[row].locomotive : plan->passages[row].locomotive;
        struct move other = {row, formed, at, at == NEVER ? NEVER : at + turn};
        struct move own = {move->row, move->formed, move->from, move->from + turn};
        free = has != locomotive || at == NEVER || !meets(&own, &other);
    }
    return free;
}

static bool track_is_free(const struct zhol_dispatch_plan *plan, uint32_t track,
                          const struct move *move)
{
    bool free = true;
    for (uint32_t i = 0; i < plan->train_count + plan->formed_count && free; i++) {
        bool formed = i >= plan->train_count;
        uint32_t row = formed ? i - plan->train_count : i;
        const struct zhol_dispatch_passage *in = plan->passages + row;
        const struct zhol_dispatch_formed *out = plan->formed + row;
        struct move other = formed ? (struct move){row, true, out->open_min, out->depart_min}
                                   : (struct move){row, false, in->accept_min, in->begin_min};
        free = (formed ? out->track : in->track) != track || !meets(move, &other);
    }
    return free;
}

/* The locomotive of the plan, or one that was free where it was not. */
static uint32_t haul_for(const struct zhol_dispatch_day *day, const struct zhol_dispatch_plan *plan,
                         uint32_t planned, const struct move *move)
{
    if (planned == NONE || haul_is_free(day, plan, planned, move)) {
        return planned;
    }
    for (uint32_t i = 0; i < day->locomotive_count; i++) {
        if (day->locomotives[i].move == day->locomotives[planned].move &&
            day->locomotives[i].gauge == day->locomotives[planned].gauge &&
            haul_is_free(day, plan, i, move)) {
            return i;
        }
    }
    return planned;
}

/* The track of the plan, or one of its gauge that was free where it was not. */
static uint32_t track_for(const struct zhol_dispatch_day *day,
                          const struct zhol_dispatch_plan *plan, uint32_t planned, int32_t length_m,
                          const struct move *move)
{
    for (uint32_t i = 0; i <= day->track_count; i++) {
        uint32_t track = i ? i - 1 : planned;
        if (day->tracks[track].gauge == day->tracks[planned].gauge &&
            day->tracks[track].length_m >= length_m && track_is_free(plan, track, move)) {
            return track;
        }
    }
    return planned;
}

static void passage_move(const struct zhol_dispatch_day *day, const struct fact *fact,
                         const struct way *way, struct zhol_dispatch_plan *plan)
{
    struct zhol_dispatch_passage *it = plan->passages + fact->train;
    int32_t soonest = fact->accepted_min + day->trains[fact->train].inspect_min;
    it->accept_min = fact->accepted_min;
    it->front = way->front;
    it->begin_min = way->at_once ? soonest : later(it->begin_min, soonest);
    it->end_min = it->begin_min + front_work_min(day, fact->train, way->front);
    struct move move = {fact->train, false, it->accept_min, it->begin_min};
    it->track = track_for(day, plan, it->track, day->trains[fact->train].length_m, &move);
    it->locomotive = haul_for(day, plan, it->locomotive, &move);
}

/* The first minute at which a formed train could leave, its units being handled as the plan says;
 * *open is when the first of them was put into it. */
static int32_t formed_ready(const struct zhol_dispatch_day *day,
                            const struct zhol_dispatch_plan *plan, uint32_t formed, int32_t *open)
{
    int32_t ready = day->form_min;
    *open = NEVER;
    for (uint32_t u = 0; u < plan->unit_count; u++) {
        const struct zhol_dispatch_passage *passage = plan->passages + day->units[u].train;
        if (plan->carriages[u].formed != formed) {
            continue;
        }
        int32_t yard = plan->carriages[u].yard ? day->yard_min : 0;
        ready = later(ready, passage->end_min + yard + day->form_min);
        if (!yard && passage->begin_min < *open) {
            *open = passage->begin_min;
        }
    }
    return ready;
}

static bool holds(const struct zhol_dispatch_day *day, const struct zhol_dispatch_plan *plan,
                  uint32_t formed, uint32_t train)
{
    bool here = false;
    for (uint32_t u = 0; u < plan->unit_count && !here; u++) {
        here = day->units[u].train == train && plan->carriages[u].formed == formed;
    }
    return here;
}

/* The formed trains that hold units of the train: the last left when the fact says, where it does,
 * the others when the plan says or as soon after as they could. */
static void formed_move(const struct zhol_dispatch_day *day, uint32_t train, int32_t left_min,
                        struct zhol_dispatch_plan *plan)
{
    int32_t last = -1;
    for (uint32_t f = 0; f < plan->formed_count; f++) { /* in order of departure */
        last = holds(day, plan, f, train) ? plan->formed[f].depart_min : last;
    }
    for (uint32_t f = 0; f < plan->formed_count; f++) {
        struct zhol_dispatch_formed *it = plan->formed + f;
        int32_t open, ready = formed_ready(day, plan, f, &open);
        if (holds(day, plan, f, train)) {
            bool told = left_min != NEVER && it->depart_min == last;
            it->depart_min = told ? left_min : later(it->depart_min, ready);
        }
        it->open_min = open == NEVER ? it->depart_min - day->form_min : open;
        struct move move = {f, true, it->depart_min, it->depart_min};
        it->locomotive = haul_for(day, plan, it->locomotive, &move);
        move.from = it->open_min;
        it->track = track_for(day, plan, it->track, it->length_m, &move);
    }
}

/* A copy of the plan with the fact in it; whether that is a plan of the day. */
static enum zhol_error try_way(const struct compiled *compiled, const struct fact *fact,
                               const struct way *way, const struct zhol_dispatch_plan *plan,
                               struct zhol_dispatch_plan *trial)
{
    struct board board = {.compiled = compiled};
    plan_copy(trial, plan);
    passage_move(compiled->day, fact, way, trial);
    formed_move(compiled->day, fact->train, fact->left_min, trial);
    board.plan = *trial;
    board_finish(&board);
    *trial = board.plan;
    trial->optimal = false;
    trial->proof = ZHOL_DISPATCH_NOT_SOUGHT;
    plan_prove(trial, 0);
    return zhol_dispatch_verify(compiled->day, trial, NULL);
}

/* The plan's own front first, then the others. */
static enum zhol_error try_ways(const struct compiled *compiled, const struct fact *fact,
                                const struct zhol_dispatch_plan *plan,
                                struct zhol_dispatch_plan *trial)
{
    const struct zhol_dispatch_day *day = compiled->day;
    enum zhol_error error = ZHOL_ERROR_CONFLICT;
    for (uint32_t i = 0; i <= day->front_count; i++) {
        struct way way = {i ? i - 1 : plan->passages[fact->train].front, false};
        bool fits = front_work_min(day, fact->train, way.front) > 0;
        for (int once = 0; once < 2 && fits && error == ZHOL_ERROR_CONFLICT; once++) {
            way.at_once = once;
            error = try_way(compiled, fact, &way, plan, trial);
        }
    }
    return error;
}

enum zhol_error zhol_dispatch_take_fact(const struct zhol_dispatch_day *day, uint32_t train,
                                        int32_t accepted_min, int32_t left_min,
                                        struct zhol_dispatch_plan *plan)
{
    struct fact fact = {train, accepted_min, left_min};
    struct zhol_dispatch_plan trial = {0};
    struct compiled compiled;
    if (train >= plan->train_count || train >= day->train_count || accepted_min < 0 ||
        accepted_min >= day->horizon_min || left_min < 0) {
        return ZHOL_ERROR_RANGE;
    }
    if (plan->passages[train].accept_min == NEVER) {
        return ZHOL_ERROR_CONFLICT;
    }
    enum zhol_error error = compiled_init(&compiled, day);
    if (error) {
        return error;
    }
    error = plan_new(&trial, day);
    error = error ? error : try_ways(&compiled, &fact, plan, &trial);
    if (!error) {
        plan_copy(plan, &trial);
        plan->late_bound = trial.late_bound;
        plan->gap = trial.gap;
        plan->optimal = false;
        plan->proof = trial.proof;
    }
    zhol_dispatch_plan_clear(&trial);
    compiled_clear(&compiled);
    return error;
}
