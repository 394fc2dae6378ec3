/* stretch.c: the steps of vehicles and of units on a stretch (simulate/stretch.h). */
#include "simulate/stretch.h"

#include <math.h>

#include "base/array.h"

uint32_t writer_put(struct writer *wr, enum sim_op op, enum sim_cause wait, enum sim_cause work,
                    uint32_t a, uint32_t b, uint32_t c, uint32_t role)
{
    uint32_t arc = wr->w ? wr->w->arc : ZHOL_NONE;
    const uint32_t *names = wr->b->in->arc_names;
    uint32_t name = names && arc != ZHOL_NONE ? names[arc] : arc;
    bool at_place = op == SIM_SERVE || op == SIM_SEIZE;
    struct sim_step step = {.op = (uint8_t)op,
                            .wait = (uint8_t)wait,
                            .work = (uint8_t)work,
                            .a = a,
                            .b = b,
                            .c = c,
                            .activity = emit_activity(name, role),
                            .arc = arc,
                            .place = at_place ? a : SIM_NONE};
    uint32_t index = emit_step(wr->b, &step);
    if (index == SIM_NONE) {
        wr->error = wr->error ? wr->error : ZHOL_ERROR_MEMORY;
    }
    return index;
}

static void put_delay(struct writer *wr, uint32_t dist, enum sim_cause cause, uint32_t role)
{
    if (dist == SIM_NONE) {
        wr->error = ZHOL_ERROR_MEMORY;
        return;
    }
    writer_put(wr, SIM_DELAY, cause, cause, dist, 0, 0, role);
}

static void put_call(struct writer *wr, enum sim_call call, uint32_t argument)
{
    writer_put(wr, SIM_CALL, SIM_OTHER, SIM_OTHER, (uint32_t)call, argument, 0, 0);
}

/* Who stands in the middle of a movement that is one draw has only the rest of it to go. */
static void note_rest(struct writer *wr, uint32_t delay)
{
    for (uint32_t i = 0; i < wr->s->count && wr->s->at + i < wr->b->positions.count; i++) {
        struct place_in_stretch *at = &wr->b->positions.items[wr->s->at + i];
        if (at->step == delay && at->run_s > 0) {
            at->rest_s = fmax(wr->run_s - at->run_s, 0);
            at->step = wr->b->model->steps.count;
        }
    }
}

void writer_flush_run(struct writer *wr)
{
    double run = wr->run_s;
    if (!(run > 0)) {
        return;
    }
    const struct way_arc *now = wr->w;
    struct way_arc first = {.arc = wr->run_arc};
    wr->w = &first;
    double low = SIM_ASSUME(RUN_LOW), mode = SIM_ASSUME(RUN_MODE), high = SIM_ASSUME(RUN_HIGH);
    uint32_t dist =
        emit_dist(wr->b, SIM_DIST_TRIANGULAR, low * run, mode * run, high * run, SIM_NONE);
    uint32_t delay = wr->b->model->steps.count;
    put_delay(wr, dist, SIM_RUNNING, ROLE_RUN);
    note_rest(wr, delay);
    wr->s->free_s += run * (low + mode + high) / 3;
    wr->run_s = 0;
    wr->w = now;
}

/* Where those are counted who come to the closed door of an arc: for the usual hours of a control,
 * which need not be those of its neighbours, a place of its own. */
static uint32_t door_place(struct writer *wr, enum sim_cause cause)
{
    const struct zhol_process *p = path_process(wr->b, wr->w);
    struct sim_place like;
    uint32_t place = SIM_NONE;
    sim_place_blank(&like, ZHOL_SIMULATE_PLACE_DOOR, SIM_USE_COUNTER);
    like.node = p ? p->node_id : wr->w->from_node;
    like.link = wr->w->link;
    like.toward = wr->w->to_node != like.node ? wr->w->to_node : ZHOL_NONE;
    like.process_row =
        p && cause == SIM_CALENDAR ? wr->b->in->view->arcs[wr->w->arc].process : ZHOL_NONE;
    wr->error = sim_place_find(wr->b, &like, &place);
    return place;
}

static void put_gate(struct writer *wr, uint32_t calendar, enum sim_cause cause)
{
    if (wr->error || calendar == SIM_NONE) {
        return;
    }
    struct zhol_simulate_model *m = wr->b->model;
    uint32_t number = m->doors.count;
    writer_flush_run(wr);
    struct sim_door door = {.place = door_place(wr, cause), .calendar = calendar};
    if (wr->error || !BUILD_PUSH(m->doors, door)) {
        wr->error = wr->error ? wr->error : ZHOL_ERROR_MEMORY;
        return;
    }
    put_call(wr, SIM_CALL_DOOR, number);
    writer_put(wr, SIM_GATE, cause, cause, calendar, 0, 0, 0);
    put_call(wr, SIM_CALL_OPENED, door.place);
    m->doors.items[number].behind = m->steps.count;
}

void writer_gates(struct writer *wr)
{
    uint32_t calendar = SIM_NONE;
    uint16_t number = wr->b->in->view->arcs[wr->w->arc].calendar;
    if (!wr->error) {
        wr->error = calendar_of_network(wr->b, number, &calendar);
    }
    put_gate(wr, calendar, SIM_CALENDAR);
    for (uint8_t cause = 0; cause < SIM_CAUSES && wr->b->options->disruption_count; cause++) {
        if (!wr->error) {
            bool meant;
            wr->error = calendar_of_closures(wr->b, wr->w, wr->s->class, cause, &meant, &calendar);
            if (!wr->error && meant && calendar == SIM_NONE) {
                door_place(wr, cause); /* a model in which it lasts no time has the same places */
            }
        }
        put_gate(wr, calendar, (enum sim_cause)cause);
    }
}

/* False where a capacity is so lightly loaded, or its slots so short and not near its limit, that
 * nobody waits in it. Where something was closed or stands somewhere at the start, what follows
 * comes in a wave: then only what is far larger than its usual traffic does not matter. */
static bool slot_matters(const struct builder *b, uint32_t place)
{
    const struct sim_place *p = &b->model->places.items[place];
    double load = p->work_sum_s / SIM_DAY, slot_s = p->work_sum_s / p->offered_day;
    double wait_s = load < 1 ? load * slot_s / (2 * (1 - load)) : INFINITY; /* M/D/1 */
    double times = sim_place_times(b);
    bool near = load * times >= 1 || wait_s >= SIM_ASSUME(SLOT_WAIT_S);
    return near && (times > SIM_ASSUME(SLOT_PEAK) || load >= SIM_ASSUME(SLOT_LEAST));
}

double writer_slots(struct writer *wr, enum sim_cause wait, enum sim_cause work)
{
    const struct zhol_network_view *view = wr->b->in->view;
    uint32_t uses = view->arcs[wr->w->arc].uses, number = 0;
    double sum = 0;
    for (uint32_t u = view->first_use[uses]; u < view->first_use[uses + 1] && !wr->error; u++) {
        uint32_t place;
        double seconds = 0;
        wr->error = sim_place_slot(wr->b, wr->s, wr->w, &view->uses[u], &place, &seconds);
        if (wr->error || place == SIM_NONE || !slot_matters(wr->b, place)) {
            continue;
        }
        const struct zhol_resource *r = &wr->b->in->resources[view->uses[u].resource_row];
        bool of_unit = wr->s->vehicle == VEHICLE_VESSEL && r->unit != zhol_capacity_unit_VESSELS;
        if (of_unit != wr->of_unit) {
            continue;
        }
        seconds *= of_unit ? 1.0 / wr->s->full : wr->s->room;
        writer_flush_run(wr);
        uint32_t dist = emit_dist(wr->b, SIM_DIST_CONSTANT, seconds, 0, 0, place);
        uint32_t role = ROLE_SLOT + (number < 8 ? number : 8);
        writer_put(wr, SIM_SERVE, wait, work, place, dist, SIM_NONE, role);
        number++;
        sum += seconds;
    }
    wr->s->free_s += sum;
    return sum;
}

/* ---- Controls and handlings ---- */

/* Share of the traffic that a control does not stop. */
static double passed_share(const struct writer *wr, const struct zhol_process *p)
{
    const struct zhol_arc *arc = &wr->b->in->view->arcs[wr->w->arc];
    if (!p || arc->kind != ZHOL_ARC_CONTROL) {
        return 0;
    }
    if (p->kind == zhol_process_kind_LABORATORY) {
        return 1 - SIM_ASSUME(LABORATORY_SHARE);
    }
    bool all = p->kind != zhol_process_kind_INSPECTION || arc->commodity || arc->class;
    return all ? 0 : 1 - SIM_ASSUME(INSPECTION_SHARE);
}

/* A train that holds a track gives it up for the part of its dwell that nothing explains. */
static void put_residual(struct writer *wr, const struct zhol_process *p, double mean)
{
    if (mean < 60) {
        return;
    }
    wr->s->residual_s += mean;
    if (wr->yard != SIM_NONE && wr->later_count < WRITER_LATER) {
        wr->later_s[wr->later_count] = mean;
        wr->later[wr->later_count++] = (uint32_t)(wr->w - wr->b->way.items);
        return;
    }
    put_delay(wr, emit_residual(wr->b, p, mean), SIM_OTHER, ROLE_RESIDUAL);
}

void writer_later(struct writer *wr)
{
    for (uint32_t i = 0; i < wr->later_count; i++) {
        wr->w = &wr->b->way.items[wr->later[i]];
        const struct zhol_process *p = path_process(wr->b, wr->w);
        put_delay(wr, emit_residual(wr->b, p, wr->later_s[i]), SIM_OTHER, ROLE_RESIDUAL);
    }
    wr->w = NULL;
}

static void put_work(struct writer *wr, const struct zhol_process *p, bool handle)
{
    uint32_t place = SIM_NONE;
    double seconds = 0, rest = 0;
    enum sim_cause wait = handle ? SIM_CRANE : SIM_CUSTOMS,
                   work = handle ? SIM_HANDLING : SIM_BORDER;
    wr->error = sim_place_servers(wr->b, wr->s, wr->w, &place, &seconds, &rest);
    if (wr->error || !(seconds > 0)) {
        return;
    }
    uint32_t dist = emit_work(wr->b, p, seconds, place), step = wr->b->model->steps.count;
    if (place == SIM_NONE) {
        put_delay(wr, dist, work, ROLE_WORK);
    } else {
        writer_put(wr, SIM_SERVE, wait, work, place, dist, SIM_NONE, ROLE_WORK);
    }
    if (!wr->error) {
        wr->b->model->steps.items[step].passed = true;
    }
    wr->s->free_s += emit_work_mean(p, seconds);
    if (rest > 0 && !handle) { /* a control of a part of a batch takes its time all the same */
        put_delay(wr, emit_dist(wr->b, SIM_DIST_CONSTANT, rest, 0, 0, SIM_NONE), work, ROLE_WORK);
        wr->s->free_s += rest;
    }
}

void writer_process(struct writer *wr)
{
    const struct zhol_arc *arc = &wr->b->in->view->arcs[wr->w->arc];
    const struct zhol_process *p = path_process(wr->b, wr->w);
    bool handle = arc->kind == ZHOL_ARC_HANDLE;
    double passed = passed_share(wr, p), before = wr->s->free_s;
    uint32_t branch = SIM_NONE;
    writer_flush_run(wr);
    if (passed > 0) {
        uint32_t chance = (uint32_t)fmin(passed * 4294967296.0, 4294967295.0);
        branch = writer_put(wr, SIM_BRANCH, SIM_OTHER, SIM_OTHER, chance, 0, 0, ROLE_SAMPLE);
    }
    writer_gates(wr);
    if (!wr->error) {
        writer_slots(wr, handle ? SIM_CRANE : SIM_ACCEPTANCE, handle ? SIM_HANDLING : SIM_BORDER);
    }
    if (!wr->error) {
        put_work(wr, p, handle);
    }
    if (!wr->error && p) {
        double work = wr->s->free_s - before;
        put_residual(wr, p, emit_residual_mean(wr->b, p, work) * (1 - passed));
    }
    if (branch != SIM_NONE && !wr->error) {
        wr->b->model->steps.items[branch].c = wr->b->model->steps.count;
        wr->s->free_s = before + (wr->s->free_s - before) * (1 - passed);
    }
}

/* ---- Movements ---- */

enum zhol_error stretch_yard(struct builder *b, const struct stretch *s, uint32_t i, uint32_t *yard)
{
    const struct zhol_network_view *view = b->in->view;
    const struct way_arc *w = &b->way.items[s->first + i];
    const struct zhol_process *found = NULL;
    *yard = SIM_NONE;
    for (uint32_t k = i + 1; k < s->count && s->vehicle == VEHICLE_TRAIN; k++) {
        const struct way_arc *next = &b->way.items[s->first + k];
        if (view->arcs[next->arc].kind == ZHOL_ARC_MOVE) {
            break;
        }
        const struct zhol_process *p = path_process(b, next);
        bool more = p && p->buffer_units > 0 && (!found || p->buffer_units > found->buffer_units);
        found = more ? p : found;
    }
    if (!found || view->arcs[w->arc].kind != ZHOL_ARC_MOVE) {
        return ZHOL_ERROR_OK;
    }
    struct sim_place like;
    sim_place_blank(&like, ZHOL_SIMULATE_PLACE_YARD, SIM_USE_POOL);
    like.node = found->node_id;
    like.link = w->link;
    like.toward = w->to_node;
    like.units =
        (uint32_t)found->buffer_units + (found->servers > 0 ? (uint32_t)found->servers : 1);
    like.state = s->state;
    enum zhol_error error = sim_place_find(b, &like, yard);
    if (error || b->model->places.items[*yard].permit != SIM_NONE) {
        return error;
    }
    like.kind = ZHOL_SIMULATE_PLACE_BAN;
    like.units = SIM_MANY;
    uint32_t permit;
    error = sim_place_find(b, &like, &permit);
    if (!error) {
        b->model->places.items[*yard].permit = permit;
    }
    return error;
}

static uint32_t pool_of(struct writer *wr, uint8_t kind, uint32_t units)
{
    struct sim_place like;
    uint32_t pool = SIM_NONE;
    sim_place_blank(&like, kind, SIM_USE_POOL);
    like.node = kind == ZHOL_SIMULATE_PLACE_LINE ? wr->w->to_node : ZHOL_NONE;
    like.link = wr->w->link;
    like.toward = kind == ZHOL_SIMULATE_PLACE_LINE ? wr->w->to_node : ZHOL_NONE;
    like.state = kind == ZHOL_SIMULATE_PLACE_LINE ? wr->s->state : 0;
    like.units = units;
    like.assumed = true;
    enum zhol_error error = sim_place_find(wr->b, &like, &pool);
    wr->error = wr->error ? wr->error : error;
    return pool;
}

static void seize(struct writer *wr, uint32_t pool, enum sim_cause cause)
{
    writer_put(wr, SIM_SEIZE, cause, cause, pool, 1, SIM_NONE, 0);
}

static void release(struct writer *wr, uint32_t *pool)
{
    if (*pool != SIM_NONE) {
        writer_put(wr, SIM_RELEASE, SIM_OTHER, SIM_OTHER, *pool, 1, 0, 0);
        *pool = SIM_NONE;
    }
}

/* The locomotive goes back by itself while the train goes on. */
static void send_back(struct writer *wr)
{
    double low = SIM_ASSUME(LOCO_RETURN_LOW_H) * SIM_HOUR;
    double mode = SIM_ASSUME(LOCO_RETURN_MODE_H) * SIM_HOUR;
    double high = SIM_ASSUME(LOCO_RETURN_HIGH_H) * SIM_HOUR;
    uint32_t call = writer_put(wr, SIM_CALL, SIM_OTHER, SIM_OTHER, SIM_CALL_RETURN, 0, 0, 0);
    uint32_t jump = writer_put(wr, SIM_GOTO, SIM_OTHER, SIM_OTHER, 0, 0, 0, 0);
    if (wr->error) {
        return;
    }
    wr->b->model->steps.items[call].b = wr->b->model->steps.count;
    put_delay(wr, emit_dist(wr->b, SIM_DIST_TRIANGULAR, low, mode, high, SIM_NONE), SIM_LOCOMOTIVE,
              ROLE_RETURN);
    release(wr, &wr->locomotive);
    writer_put(wr, SIM_END, SIM_OTHER, SIM_OTHER, 0, 0, 0, 0);
    if (!wr->error) {
        wr->b->model->steps.items[jump].c = wr->b->model->steps.count;
    }
}

static void take_locomotive(struct writer *wr, double run_s)
{
    double back = (SIM_ASSUME(LOCO_RETURN_LOW_H) + SIM_ASSUME(LOCO_RETURN_MODE_H) +
                   SIM_ASSUME(LOCO_RETURN_HIGH_H)) /
                  3 * SIM_HOUR;
    wr->locomotive = pool_of(wr, ZHOL_SIMULATE_PLACE_LOCOMOTIVE, 1);
    if (wr->error) {
        return;
    }
    struct sim_place *p = &wr->b->model->places.items[wr->locomotive];
    p->sized = true;
    p->margin = SIM_ASSUME(LOCO_MARGIN);
    p->least = 1;
    p->offered_day += wr->s->rate_day;
    p->hold_sum_s += wr->s->rate_day * (run_s + back);
    seize(wr, wr->locomotive, SIM_LOCOMOTIVE);
}

/* To a station with few tracks: a siding before it, then a track, then the siding is free again. */
static void begin_approach(struct writer *wr, uint32_t yard)
{
    wr->line = pool_of(wr, ZHOL_SIMULATE_PLACE_LINE, (uint32_t)SIM_ASSUME(LINE_SIDINGS));
    put_call(wr, SIM_CALL_APPROACH, yard);
    seize(wr, wr->line, SIM_YARD);
}

static void end_approach(struct writer *wr, uint32_t yard)
{
    writer_flush_run(wr);
    seize(wr, yard, SIM_YARD);
    put_call(wr, SIM_CALL_ARRIVED, yard);
    release(wr, &wr->line);
    wr->yard = yard;
}

void writer_move(struct writer *wr, uint32_t i)
{
    double run = (double)wr->w->minutes * 60;
    bool train = wr->s->vehicle == VEHICLE_TRAIN;
    uint32_t yard = SIM_NONE;
    wr->error = stretch_yard(wr->b, wr->s, i, &yard);
    writer_gates(wr);
    if (yard != SIM_NONE && !wr->error) {
        writer_flush_run(wr);
        begin_approach(wr, yard);
    }
    if (!wr->error) {
        run =
            fmax(run - writer_slots(wr, wr->w->border ? SIM_ACCEPTANCE : SIM_PATH, SIM_RUNNING), 0);
        release(wr, &wr->yard);
    }
    bool hauled = train && wr->w->border;
    if (hauled && !wr->error) {
        writer_flush_run(wr);
        take_locomotive(wr, run);
    }
    wr->run_arc = wr->run_s > 0 ? wr->run_arc : wr->w->arc;
    wr->run_s += run;
    if (yard != SIM_NONE && !wr->error) {
        end_approach(wr, yard);
    }
    if (hauled && !wr->error) {
        writer_flush_run(wr);
        send_back(wr);
    }
}

/* ---- Whole stretches ---- */

void writer_arcs(struct writer *wr)
{
    struct builder *b = wr->b;
    for (uint32_t i = 0; i < wr->s->count && !wr->error; i++) {
        wr->w = &b->way.items[wr->s->first + i];
        if (b->in->view->arcs[wr->w->arc].kind == ZHOL_ARC_MOVE) {
            if (wr->w->border) {
                writer_flush_run(wr);
            }
            b->positions.items[wr->s->at + i] = (struct place_in_stretch){
                .step = b->model->steps.count, .yard = wr->yard, .run_s = wr->run_s};
            writer_move(wr, i);
        } else {
            writer_flush_run(wr);
            b->positions.items[wr->s->at + i] =
                (struct place_in_stretch){.step = b->model->steps.count, .yard = wr->yard};
            writer_process(wr);
        }
    }
    writer_flush_run(wr);
}

/* Platforms of a gauge at the place where its trains are formed. */
static void take_platform(struct writer *wr)
{
    struct sim_place like;
    sim_place_blank(&like, ZHOL_SIMULATE_PLACE_PLATFORM, SIM_USE_POOL);
    like.node = wr->b->way.items[wr->s->first].from_node;
    like.state = wr->s->state;
    like.sized = true;
    like.margin = SIM_ASSUME(PLATFORM_MARGIN);
    like.least = 2;
    wr->error = sim_place_find(wr->b, &like, &wr->s->platform);
    if (!wr->error) {
        seize(wr, wr->s->platform, SIM_PLATFORM);
    }
}

/* The train gives its units up; empty platforms go back the way that it came. */
static void end_train(struct writer *wr)
{
    struct stretch *s = wr->s;
    uint32_t platform = s->platform;
    release(wr, &wr->yard);
    uint32_t split = writer_put(wr, SIM_SPLIT, SIM_OTHER, SIM_OTHER, SIM_NONE, 1, 0, 0);
    if (wr->error || platform == SIM_NONE) {
        return;
    }
    /* A traced SPLIT has a CALL before it. */
    uint32_t at = wr->b->model->steps.items[split].op == SIM_SPLIT ? split : split + 1;
    wr->b->model->steps.items[at].a = wr->b->model->steps.count;
    double back = s->free_s * SIM_ASSUME(EMPTY_RETURN);
    struct sim_place *p = &wr->b->model->places.items[platform];
    p->offered_day += s->rate_day;
    p->hold_sum_s += s->rate_day * (s->free_s + s->residual_s + back);
    put_delay(wr, emit_dist(wr->b, SIM_DIST_CONSTANT, back, 0, 0, SIM_NONE), SIM_OTHER,
              ROLE_RETURN);
    release(wr, &platform);
    writer_put(wr, SIM_END, SIM_OTHER, SIM_OTHER, 0, 0, 0, 0);
}

static void write_train(struct writer *wr)
{
    struct stretch *s = wr->s;
    wr->w = &wr->b->way.items[s->first];
    uint32_t wait = emit_dist(wr->b, SIM_DIST_CONSTANT, path_deadline_s(wr->b, s), 0, 0, SIM_NONE);
    s->enter = wr->b->model->steps.count;
    writer_put(wr, SIM_BATCH, SIM_FILL, SIM_FILL, s->full, wait, 1, 0);
    uint32_t call = writer_put(wr, SIM_CALL, SIM_OTHER, SIM_OTHER, SIM_CALL_CARRIER, 0, 0, 0);
    if (s->formed && s->class == zhol_cargo_class_CONTAINER && !wr->error) {
        take_platform(wr);
    }
    writer_arcs(wr);
    if (!wr->error) {
        end_train(wr);
    }
    s->member = wr->b->model->steps.count;
    if (!wr->error) {
        wr->b->model->steps.items[call].b = s->member;
    }
    writer_later(wr);
}

/* A unit that goes alone with a service comes at any time and leaves when the service does. */
static void wait_for_departure(struct writer *wr)
{
    double seconds = wr->s->interval * 60.0;
    wr->w = &wr->b->way.items[wr->s->first];
    if (seconds > 0) {
        put_delay(wr, emit_dist(wr->b, SIM_DIST_UNIFORM, 0, seconds, 0, SIM_NONE), SIM_FILL,
                  ROLE_DEPARTURE);
    }
}

enum zhol_error stretch_emit(struct builder *b, uint32_t stretch)
{
    struct stretch *s = &b->stretches.items[stretch];
    struct writer wr = {.b = b, .s = s, .yard = SIM_NONE, .line = SIM_NONE, .locomotive = SIM_NONE};
    struct place_in_stretch blank = {.step = SIM_NONE, .yard = SIM_NONE};
    s->at = b->positions.count;
    for (uint32_t i = 0; i < s->count; i++) {
        if (!BUILD_PUSH(b->positions, blank)) {
            return ZHOL_ERROR_MEMORY;
        }
    }
    if (s->vehicle == VEHICLE_TRAIN) {
        write_train(&wr);
    } else if (s->vehicle == VEHICLE_VESSEL) {
        wr.error = vessel_emit(b, s);
    } else {
        s->enter = b->model->steps.count;
        wait_for_departure(&wr);
        writer_arcs(&wr);
    }
    put_call(&wr, SIM_CALL_NEXT, stretch);
    return wr.error;
}
