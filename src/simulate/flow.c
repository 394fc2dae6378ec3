/* flow.c: flows: when their units are born, where they go, and those that stand somewhere at the
 * start (simulate/build.h). */
#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/time.h"
#include "simulate/stretch.h"

/* What comes at once counts as if it came in so many days: a week of planning. */
enum { LIST_DAYS_MIN = 7 };

/* ---- Rates ---- */

static bool all_zero(const double *values, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (values[i] > 0 || values[i] < 0) {
            return false;
        }
    }
    return true;
}

/* Relative rates with mean 1. */
static void normal(const double *given, uint32_t count, double *out)
{
    double sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum += given[i];
    }
    for (uint32_t i = 0; i < count; i++) {
        out[i] = sum > 0 ? given[i] * count / sum : 1;
    }
}

static enum zhol_error set_rates(struct builder *b, uint32_t flow)
{
    const struct zhol_simulate_flow *f = &b->in->flows[flow];
    struct sim_flow *out = &b->model->flows.items[flow];
    double week[7], year[12], peak = 0;
    for (uint32_t i = 0; i < 19; i++) {
        double value = i < 7 ? f->week[i] : f->year[i - 7];
        if (!(value >= 0) || !(value < 1e9)) {
            return build_fault(b, ZHOL_ERROR_RANGE, i < 7 ? "week" : "year", flow,
                               "relative rates of at least 0");
        }
    }
    normal(f->week, 7, week);
    normal(f->year, 12, year);
    for (uint32_t i = 0; i < 84; i++) {
        out->rate[i] = year[i / 7] * week[i % 7];
        peak = fmax(peak, out->rate[i]);
    }
    for (uint32_t i = 0; i < 84; i++) {
        out->rate[i] /= peak;
    }
    out->shaped = !all_zero(f->week, 7) || !all_zero(f->year, 12);
    out->peak = out->loads_day / out->unit_loads * peak;
    return ZHOL_ERROR_OK;
}

static bool push_time(struct sim_flow *out, uint32_t *capacity, int64_t tick)
{
    if (array_grow((void **)&out->times, capacity, out->time_count + 1, sizeof *out->times)) {
        return false;
    }
    out->times[out->time_count++] = tick;
    return true;
}

/* Evenly spaced within the rate of each day; the first one half a gap after the start. */
static enum zhol_error even_times(struct builder *b, uint32_t flow)
{
    struct sim_flow *out = &b->model->flows.items[flow];
    double owed = 0.5;
    uint32_t capacity = 0;
    if (out->peak * (double)b->model->end / SIM_DAY > 1e8) {
        return build_fault(b, ZHOL_ERROR_LIMIT, "loads_day", flow, "at most 10^8 units");
    }
    for (int64_t day = 0; day * SIM_DAY < b->model->end; day++) {
        int32_t date = (int32_t)((b->model->origin_s + day * SIM_DAY) / SIM_DAY);
        struct time_date civil = time_date_of(date);
        double rate = out->peak * out->rate[(civil.month - 1) * 7 + time_weekday(date)];
        for (; rate > 0 && owed <= rate; owed += 1) {
            int64_t tick = day * SIM_DAY + (int64_t)(owed / rate * SIM_DAY);
            if (!push_time(out, &capacity, tick)) {
                return ZHOL_ERROR_MEMORY;
            }
        }
        owed -= rate;
    }
    return ZHOL_ERROR_OK;
}

/* Units of the first train on a flow's path; 1 where there is none. */
static uint32_t first_train(const struct builder *b, const struct sim_flow *flow)
{
    for (uint32_t k = 0; k < flow->leg_count; k++) {
        uint32_t stretch = b->model->legs.items[flow->first_leg + k].stretch;
        if (b->stretches.items[stretch].vehicle == VEHICLE_TRAIN) {
            return b->stretches.items[stretch].full;
        }
    }
    return 1;
}

static enum zhol_error replay_times(struct builder *b, uint32_t flow)
{
    const struct zhol_simulate_flow *f = &b->in->flows[flow];
    struct sim_flow *out = &b->model->flows.items[flow];
    uint32_t capacity = 0;
    for (uint32_t i = 0; i < f->time_count; i++) {
        if (i && f->times[i] < f->times[i - 1]) {
            return build_fault(b, ZHOL_ERROR_INVALID, "times", flow, "times that do not fall");
        }
        int64_t tick = f->times[i] - b->model->origin_s;
        if (tick >= 0 && tick < b->model->end && !push_time(out, &capacity, tick)) {
            return ZHOL_ERROR_MEMORY;
        }
    }
    out->batch = f->unit_loads > 0 ? out->batch : first_train(b, out);
    out->loads_day =
        (double)out->time_count * out->batch * out->unit_loads / ((double)b->model->end / SIM_DAY);
    return ZHOL_ERROR_OK;
}

static double payload_of(const struct builder *b, const struct zhol_simulate_flow *f)
{
    if (f->t_load > 0) {
        return f->t_load;
    }
    for (unsigned state = 1; state < zhol_state_COUNT; state++) {
        const struct zhol_load_class *row = path_load_class(b, f->load_class, state);
        if (row && row->payload_t > 0) {
            return row->payload_t;
        }
    }
    return 1;
}

enum zhol_error flow_prepare(struct builder *b, uint32_t flow)
{
    const struct zhol_simulate_flow *f = &b->in->flows[flow];
    struct sim_flow *out = &b->model->flows.items[flow];
    out->identity = f->identity ? f->identity : flow + 1;
    out->priority = f->priority;
    out->arrival = f->arrival;
    out->kind =
        f->kind == ZHOL_SIMULATE_WAGONLOAD ? ZHOL_SIMULATE_WAGONLOAD : ZHOL_SIMULATE_BLOCK_TRAIN;
    out->loads_day = f->loads_day;
    out->usd_load_day = f->usd_load_day;
    out->t_load = payload_of(b, f);
    out->batch = 1;
    if (out->identity >= UINT32_C(1) << 22 || f->priority > 3) {
        return build_fault(b, ZHOL_ERROR_RANGE, "identity", flow,
                           "an identity below 2^22 and a priority of at most 3");
    }
    bool rated = f->arrival != ZHOL_SIMULATE_REPLAY;
    b->replays = b->replays || !rated;
    if (f->arrival > ZHOL_SIMULATE_REPLAY || f->kind > ZHOL_SIMULATE_BY_LOAD ||
        (rated && !(f->loads_day >= 0)) || f->loads_day > 1e9 || f->unit_loads < 0) {
        return build_fault(b, ZHOL_ERROR_RANGE, "loads_day", flow, "a rate of at least 0");
    }
    return path_expand(b, flow);
}

/* Loads a day while a flow comes: of a list from its first to its last arrival, so that its trains
 * and platforms do not depend on how long is simulated. */
static double rate_while_it_comes(const struct builder *b, const struct sim_flow *flow)
{
    if (flow->arrival != ZHOL_SIMULATE_REPLAY || !flow->time_count) {
        return flow->loads_day;
    }
    double whole = (double)b->model->end / SIM_DAY, n = flow->time_count;
    double days = (double)(flow->times[flow->time_count - 1] - flow->times[0]) / SIM_DAY;
    days = n > 1 ? days * n / (n - 1) : days; /* the last one's gap, too */
    return flow->loads_day * whole / fmin(fmax(days, LIST_DAYS_MIN), fmax(whole, LIST_DAYS_MIN));
}

enum zhol_error flow_rates(struct builder *b, uint32_t flow)
{
    struct sim_flow *out = &b->model->flows.items[flow];
    free(out->times);
    out->times = NULL;
    out->time_count = 0;
    enum zhol_error error =
        out->arrival == ZHOL_SIMULATE_REPLAY ? replay_times(b, flow) : set_rates(b, flow);
    if (!error && out->arrival == ZHOL_SIMULATE_EVEN) {
        error = even_times(b, flow);
    }
    double units = rate_while_it_comes(b, out) / out->unit_loads, group = out->batch;
    for (uint32_t k = 0; k < out->leg_count && !error; k++) {
        struct stretch *s = &b->stretches.items[b->model->legs.items[out->first_leg + k].stretch];
        s->rate_day += units / s->full;
        s->together = fmax(s->together, ceil(group / s->full));
        group = s->vehicle == VEHICLE_TRAIN || s->vehicle == VEHICLE_VESSEL ? s->full : group;
    }
    return error;
}

/* ---- Steps at the origin, and the legs ---- */

static void put_permits(struct writer *wr, uint32_t flow)
{
    const struct sim_flow *out = &wr->b->model->flows.items[flow];
    for (uint32_t k = 0; k < out->leg_count && wr->b->options->autobans; k++) {
        uint32_t number = wr->b->model->legs.items[out->first_leg + k].stretch;
        const struct stretch *s = &wr->b->stretches.items[number];
        for (uint32_t i = 0; i < s->count && !wr->error; i++) {
            uint32_t yard = SIM_NONE;
            wr->error = stretch_yard(wr->b, s, i, &yard);
            if (wr->error || yard == SIM_NONE) {
                continue;
            }
            uint32_t permit = wr->b->model->places.items[yard].permit;
            writer_put(wr, SIM_SEIZE, SIM_BAN, SIM_BAN, permit, 1, SIM_NONE, 0);
            writer_put(wr, SIM_CALL, SIM_BAN, SIM_BAN, SIM_CALL_LOADED, permit, 0, 0);
            wr->b->model->places.items[permit].offered_day += out->loads_day / out->unit_loads;
        }
    }
}

/* A block train that does not fill before its deadline does not pay: its cargo goes in mixed
 * trains. True where that changes something. */
bool flow_choose_kind(struct builder *b, uint32_t flow)
{
    struct sim_flow *out = &b->model->flows.items[flow];
    if (b->in->flows[flow].kind != ZHOL_SIMULATE_BY_LOAD || out->kind == ZHOL_SIMULATE_WAGONLOAD) {
        return false;
    }
    for (uint32_t k = 0; k < out->leg_count; k++) {
        const struct stretch *s =
            &b->stretches.items[b->model->legs.items[out->first_leg + k].stretch];
        if (s->vehicle == VEHICLE_TRAIN && s->rate_day * path_deadline_s(b, s) < SIM_DAY) {
            out->kind = ZHOL_SIMULATE_WAGONLOAD;
            return true;
        }
    }
    return false;
}

/* Trains that leave at their deadline are more than those that would leave full. May be done again
 * when they have another deadline. */
void flow_count_trains(const struct builder *b, struct stretch *s)
{
    double units = s->rate_day * s->full * s->fill, deadline = path_deadline_s(b, s) / SIM_DAY;
    if (s->vehicle == VEHICLE_TRAIN && units > 0) {
        bool late = (s->full - 1) / units > deadline;
        s->rate_day = late ? 1 / (deadline + 1 / units) : units / s->full;
        s->fill = units / (s->rate_day * s->full);
    }
}

enum zhol_error flow_emit(struct builder *b, uint32_t flow)
{
    struct sim_flow *out = &b->model->flows.items[flow];
    struct writer wr = {.b = b, .yard = SIM_NONE, .line = SIM_NONE, .locomotive = SIM_NONE};
    out->start = b->model->steps.count;
    for (uint8_t cause = 0; cause < SIM_CAUSES && b->options->disruption_count; cause++) {
        uint32_t calendar = SIM_NONE;
        wr.error = wr.error ? wr.error : calendar_of_loading(b, flow, cause, &calendar);
        if (!wr.error && calendar != SIM_NONE) {
            writer_put(&wr, SIM_GATE, (enum sim_cause)cause, (enum sim_cause)cause, calendar, 0, 0,
                       0);
        }
    }
    put_permits(&wr, flow);
    struct sim_leg *legs = &b->model->legs.items[out->first_leg];
    uint32_t first = b->stretches.items[legs[0].stretch].enter;
    writer_put(&wr, SIM_GOTO, SIM_OTHER, SIM_OTHER, 0, 0, first, 0);
    for (uint32_t k = 0; k < out->leg_count; k++) {
        const struct stretch *s = &b->stretches.items[legs[k].stretch];
        out->free_s += s->free_s;
        legs[k].next = k + 1 < out->leg_count ? b->stretches.items[legs[k + 1].stretch].enter
                                              : b->model->exit_step;
    }
    return wr.error;
}

/* ---- Units that stand somewhere at the start ---- */

/* The leg and the arc within it at which arc `at` of the flow's path lies. */
static struct stretch *find_position(const struct builder *b, uint32_t flow, uint32_t at,
                                     uint32_t *within)
{
    const struct sim_flow *out = &b->model->flows.items[flow];
    for (uint32_t k = 0; k < out->leg_count; k++) {
        struct stretch *s = &b->stretches.items[b->model->legs.items[out->first_leg + k].stretch];
        if (at < s->count) {
            *within = at;
            return s;
        }
        at -= s->count;
    }
    return NULL;
}

static uint32_t lift_pool(struct writer *wr)
{
    struct sim_place like;
    uint32_t place = SIM_NONE;
    sim_place_blank(&like, ZHOL_SIMULATE_PLACE_LIFT, SIM_USE_SERVERS);
    like.node = wr->w->from_node;
    like.toward = wr->w->to_node;
    like.assumed = true;
    enum zhol_error error = sim_place_find(wr->b, &like, &place);
    wr->error = wr->error ? wr->error : error;
    return place;
}

/* A train that stands is formed anew from its units at once, takes what it holds there and goes on
 * from its place. */
static uint32_t write_standing(struct writer *wr, const struct place_in_stretch *at, bool abandoned)
{
    struct zhol_simulate_model *m = wr->b->model;
    struct stretch *s = wr->s;
    uint32_t start = m->steps.count;
    uint32_t none = emit_dist(wr->b, SIM_DIST_CONSTANT, 0, 0, 0, SIM_NONE);
    if (s->vehicle == VEHICLE_TRAIN) {
        writer_put(wr, SIM_BATCH, SIM_OTHER, SIM_OTHER, s->full, none, 1, 0);
        writer_put(wr, SIM_CALL, SIM_OTHER, SIM_OTHER, SIM_CALL_CARRIER, s->member, 0, 0);
        if (s->platform != SIM_NONE) {
            writer_put(wr, SIM_SEIZE, SIM_PLATFORM, SIM_PLATFORM, s->platform, 1, SIM_NONE, 0);
        }
    }
    if (abandoned) {
        uint32_t lift = lift_pool(wr);
        double gap = SIM_DAY / SIM_ASSUME(LIFT_DAY);
        uint32_t dist = emit_dist(wr->b, SIM_DIST_CONSTANT, gap, 0, 0, lift);
        writer_put(wr, SIM_SERVE, SIM_LOCOMOTIVE, SIM_LOCOMOTIVE, lift, dist, SIM_NONE, ROLE_START);
    }
    if (s->vehicle == VEHICLE_TRAIN && at->yard != SIM_NONE) {
        writer_put(wr, SIM_CALL, SIM_YARD, SIM_YARD, SIM_CALL_APPROACH, at->yard, 0, 0);
        writer_put(wr, SIM_SEIZE, SIM_YARD, SIM_YARD, at->yard, 1, SIM_NONE, 0);
        writer_put(wr, SIM_CALL, SIM_YARD, SIM_YARD, SIM_CALL_ARRIVED, at->yard, 0, 0);
    }
    writer_put(wr, SIM_GOTO, SIM_OTHER, SIM_OTHER, 0, 0, at->step, 0);
    return start;
}

/* The step at which standing units go on when they come to their arc. Wagons of mixed trains, and
 * all at the head of a stretch, join the others for a train. */
static uint32_t standing_goes_on(struct writer *wr, const struct zhol_simulate_standing *given,
                                 uint32_t within, const struct sim_standing *made)
{
    const struct sim_flow *flow = &wr->b->model->flows.items[given->flow];
    const struct place_in_stretch *at = &wr->b->positions.items[wr->s->at + within];
    bool loose = flow->kind == ZHOL_SIMULATE_WAGONLOAD && made->units < wr->s->full;
    if (given->at == 0 && !given->abandoned) {
        return flow->start;
    }
    if (wr->s->vehicle == VEHICLE_VESSEL) {
        return at->step;
    }
    if (wr->s->vehicle == VEHICLE_TRAIN && !given->abandoned &&
        (loose || (within == 0 && given->after_h > 0))) {
        return wr->s->enter;
    }
    return write_standing(wr, at, given->abandoned);
}

/* Time before the start stands on its account; then they move until they are at their arc. */
static uint32_t write_entry(struct writer *wr, const struct zhol_simulate_standing *given,
                            double motion_s, uint32_t goes_on)
{
    enum sim_cause before = (enum sim_cause)given->before;
    uint32_t entry = writer_put(wr, SIM_GOTO, before, before, 0, 0, SIM_NONE, 0);
    struct zhol_simulate_model *m = wr->b->model;
    if (wr->error) {
        return entry;
    }
    m->steps.items[entry].c = goes_on;
    if (motion_s > 0) {
        uint32_t dist = emit_dist(wr->b, SIM_DIST_CONSTANT, motion_s, 0, 0, SIM_NONE);
        m->steps.items[entry].c = m->steps.count;
        writer_put(wr, SIM_DELAY, SIM_RUNNING, SIM_RUNNING, dist, 0, 0, ROLE_START);
        writer_put(wr, SIM_GOTO, SIM_OTHER, SIM_OTHER, 0, 0, goes_on, 0);
    }
    return entry;
}

static bool is_standing_fault(const struct builder *b, const struct zhol_simulate_standing *given)
{
    return given->flow >= b->model->flows.count || !(given->loads >= 0) || given->loads > 1e9 ||
           given->since_s > b->options->start_s || given->before >= SIM_CAUSES ||
           !(given->after_h >= 0 && given->after_h < 1e6);
}

static enum zhol_error stand(struct builder *b, uint32_t number, uint32_t *counts)
{
    const struct zhol_simulate_standing *given = &b->options->standing[number];
    uint32_t within = 0;
    if (is_standing_fault(b, given)) {
        return build_fault(b, ZHOL_ERROR_RANGE, "standing", number,
                           "a flow, loads of at least 0, a time not after the start, an account");
    }
    const struct sim_flow *flow = &b->model->flows.items[given->flow];
    struct stretch *s = find_position(b, given->flow, given->at, &within);
    if (!s) {
        return build_fault(b, ZHOL_ERROR_RANGE, "standing", number, "an arc of the flow's path");
    }
    struct writer wr = {.b = b, .s = s, .w = &b->way.items[s->first + within]};
    struct sim_standing made = {
        .flow = given->flow, .first = counts[given->flow], .before = given->before};
    made.units = (uint32_t)llround(given->loads / flow->unit_loads);
    made.vehicles = s->vehicle == VEHICLE_TRAIN ? (made.units + s->full - 1) / s->full : made.units;
    made.birth = given->since_s - b->model->origin_s;
    bool origin = given->at == 0 && !given->abandoned;
    double motion_s = given->after_h * SIM_HOUR;
    motion_s += origin ? 0 : b->positions.items[s->at + within].rest_s;
    made.step = write_entry(&wr, given, motion_s, standing_goes_on(&wr, given, within, &made));
    counts[given->flow] += made.units;
    if (s->platform != SIM_NONE && !origin) {
        b->model->places.items[s->platform].least += ceil((double)made.units / s->full);
    }
    if (wr.error) {
        return wr.error;
    }
    return BUILD_PUSH(b->model->standing, made) ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

enum zhol_error flow_standing(struct builder *b)
{
    uint32_t *counts = calloc(b->model->flows.count + 1, sizeof *counts);
    enum zhol_error error = counts ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    for (uint32_t i = 0; i < b->options->standing_count && !error; i++) {
        error = stand(b, i, counts);
    }
    free(counts);
    return error;
}
