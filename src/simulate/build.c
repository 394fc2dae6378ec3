/* build.c: zhol_simulate_build: from input to a sealed model (zhol/simulate.h). */
#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/map.h"
#include "simulate/build.h"

#define SAME(name) static_assert((int)SIM_##name == (int)ZHOL_SIMULATE_##name, #name)
SAME(RUNNING);
SAME(PLATFORM);
SAME(CUSTOMS);
SAME(OTHER);
static_assert(SIM_CAUSES == ZHOL_SIMULATE_CAUSE_COUNT, "causes");
static_assert(SIM_BUCKETS == ZHOL_SIMULATE_BUCKETS, "buckets");

enum zhol_error build_fault(struct builder *b, enum zhol_error code, const char *column,
                            uint32_t flow, const char *expected)
{
    char value[32] = "";
    if (flow != SIM_NONE) {
        snprintf(value, sizeof value, "%" PRIu32, flow);
    }
    struct zhol_finding finding = {.severity = ZHOL_FAULT,
                                   .code = code,
                                   .file = "",
                                   .column = column,
                                   .value = value,
                                   .expected = expected};
    return zhol_report_add(b->report, &finding);
}

void zhol_simulate_options_init(struct zhol_simulate_options *options)
{
    *options = (struct zhol_simulate_options){
        .days = 30, .seed = 1, .sample_h = 24, .residual_share = NAN, .autobans = true};
}

/* ---- Options ---- */

static enum zhol_error check_times(struct builder *b)
{
    const struct zhol_simulate_options *o = b->options;
    if (!(o->days > 0) || o->days > 36500 || !(o->warm_up_days >= 0) || o->warm_up_days > 36500) {
        return build_fault(b, ZHOL_ERROR_RANGE, "days", SIM_NONE, "more than 0, at most 36,500");
    }
    if (o->standing_count && o->warm_up_days > 0) {
        return build_fault(b, ZHOL_ERROR_USAGE, "warm_up_days", SIM_NONE,
                           "0 where units stand somewhere at the start");
    }
    if (!(o->sample_h >= 0) || (o->sample_h > 0 && o->days * 24 / o->sample_h > 100000)) {
        return build_fault(b, ZHOL_ERROR_RANGE, "sample_h", SIM_NONE, "at most 100,000 samples");
    }
    return ZHOL_ERROR_OK;
}

static bool scope_empty(const struct zhol_simulate_scope *scope)
{
    return scope->node == ZHOL_NONE && scope->link == ZHOL_NONE && scope->process == ZHOL_NONE &&
           scope->resource == ZHOL_NONE;
}

static enum zhol_error check_disruptions(struct builder *b)
{
    for (uint32_t i = 0; i < b->options->disruption_count; i++) {
        const struct zhol_simulate_disruption *d = &b->options->disruptions[i];
        bool slows = d->kind == ZHOL_SIMULATE_CAPACITY;
        if (d->kind > ZHOL_SIMULATE_LOADING || d->cause >= SIM_CAUSES || d->from_s > d->to_s ||
            scope_empty(&d->scope) || (slows && !(d->factor > 0 && d->factor <= 1000))) {
            return build_fault(b, ZHOL_ERROR_RANGE, "disruptions", i,
                               "a kind, a cause, a scope, a beginning before its end, a factor "
                               "above 0");
        }
    }
    return ZHOL_ERROR_OK;
}

static enum zhol_error set_times(struct builder *b)
{
    const struct zhol_simulate_options *o = b->options;
    struct zhol_simulate_model *m = b->model;
    enum zhol_error error = check_times(b);
    error = error ? error : check_disruptions(b);
    if (error) {
        return error;
    }
    m->seed = o->seed;
    m->warm_up = (int64_t)llround(o->warm_up_days * SIM_DAY);
    m->end = m->warm_up + (int64_t)llround(o->days * SIM_DAY);
    m->origin_s = o->start_s - m->warm_up;
    m->sample_every = (int64_t)llround(o->sample_h * SIM_HOUR);
    if (m->sample_every > 0) {
        m->sample_count = (uint32_t)((m->end - m->warm_up) / m->sample_every) + 1;
    }
    m->entity_max = o->entity_max;
    m->audit = o->audit;
    m->autobans = o->autobans;
    return ZHOL_ERROR_OK;
}

/* ---- Flows ---- */

static enum zhol_error name_flows(struct builder *b)
{
    struct zhol_simulate_model *m = b->model;
    m->named_bits = 4;
    while (UINT64_C(1) << m->named_bits < 2 * (uint64_t)m->flows.count) {
        m->named_bits++;
    }
    size_t size = sizeof *m->named << m->named_bits;
    m->named = malloc(size);
    if (!m->named) {
        return ZHOL_ERROR_MEMORY;
    }
    memset(m->named, 0xff, size);
    for (uint32_t i = 0; i < m->flows.count; i++) {
        uint32_t identity = m->flows.items[i].identity;
        struct sim_named *entry = sim_name(m, identity);
        if (entry->flow != SIM_NONE) {
            return build_fault(b, ZHOL_ERROR_DUPLICATE, "identity", i, "another one for each flow");
        }
        *entry = (struct sim_named){.identity = identity, .flow = i};
    }
    return ZHOL_ERROR_OK;
}

/* Stretches of all flows, as their kinds now are, and what they bring to them. */
static enum zhol_error cut_flows(struct builder *b)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    b->stretches.count = 0;
    b->model->legs.count = 0;
    for (uint32_t i = 0; i < b->model->flows.count && !error; i++) {
        error = path_cut(b, i);
    }
    for (uint32_t i = 0; i < b->model->flows.count && !error; i++) {
        error = flow_rates(b, i);
    }
    return error;
}

static bool choose_kinds(struct builder *b)
{
    bool changed = false;
    for (uint32_t i = 0; i < b->model->flows.count; i++) {
        changed = flow_choose_kind(b, i) || changed;
    }
    return changed;
}

static enum zhol_error prepare_flows(struct builder *b)
{
    struct zhol_simulate_model *m = b->model;
    uint32_t count = b->in->flow_count;
    b->flow_way = calloc((size_t)count + 1, sizeof *b->flow_way);
    enum zhol_error error = ARRAY_RESERVE(m->flows.items, m->flows.capacity, count + 1);
    if (error || !b->flow_way) {
        return ZHOL_ERROR_MEMORY;
    }
    memset(m->flows.items, 0, sizeof *m->flows.items * ((size_t)count + 1));
    m->flows.count = count;
    for (uint32_t i = 0; i < count && !error; i++) {
        error = flow_prepare(b, i);
    }
    error = error ? error : name_flows(b);
    error = error ? error : cut_flows(b);
    for (uint32_t i = 0; i < count && !error && choose_kinds(b); i++) {
        error = cut_flows(b); /* what goes mixed may leave too little for others */
    }
    for (uint32_t i = 0; i < b->stretches.count; i++) {
        flow_count_trains(b, &b->stretches.items[i]);
    }
    return error;
}

/* Steps that no stretch has: the way in, the way out, and the end of those who were never born. */
static enum zhol_error frame(struct builder *b)
{
    struct zhol_simulate_model *m = b->model;
    struct sim_step enter = {.op = SIM_CALL, .a = SIM_CALL_ENTER};
    struct sim_step leave = {.op = SIM_CALL, .a = SIM_CALL_EXIT};
    struct sim_step end = {.op = SIM_END};
    m->enter_step = emit_step(b, &enter);
    m->exit_step = emit_step(b, &leave);
    m->drop_step = emit_step(b, &end);
    return m->drop_step == SIM_NONE ? ZHOL_ERROR_MEMORY : ZHOL_ERROR_OK;
}

/* For every yard a helper that lets some units load every hour after a ban. */
static enum zhol_error emit_lifts(struct builder *b)
{
    struct zhol_simulate_model *m = b->model;
    uint32_t hour = emit_dist(b, SIM_DIST_CONSTANT, SIM_HOUR, 0, 0, SIM_NONE);
    for (uint32_t i = 0; i < m->places.count; i++) {
        if (m->places.items[i].kind != ZHOL_SIMULATE_PLACE_YARD) {
            continue;
        }
        struct sim_step call = {.op = SIM_CALL, .a = SIM_CALL_LIFT, .b = i};
        struct sim_step wait = {.op = SIM_DELAY, .wait = SIM_BAN, .work = SIM_BAN, .a = hour};
        struct sim_step again = {.op = SIM_GOTO, .c = m->steps.count};
        m->places.items[i].lift = m->steps.count;
        bool good = emit_step(b, &call) != SIM_NONE && emit_step(b, &wait) != SIM_NONE &&
                    emit_step(b, &again) != SIM_NONE;
        if (!good || hour == SIM_NONE) {
            return ZHOL_ERROR_MEMORY;
        }
    }
    return ZHOL_ERROR_OK;
}

static enum zhol_error offer_all(struct builder *b)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < b->model->places.count; i++) {
        b->model->places.items[i].offered_day = b->model->places.items[i].work_sum_s = 0;
    }
    for (uint32_t i = 0; i < b->stretches.count && !error; i++) {
        error = sim_place_offer(b, &b->stretches.items[i]);
    }
    return error;
}

/* Part-filled trains take whole paths. Where these are not enough, nobody sends such a train: it
 * waits longer for its load. True where some do so now. */
static bool wait_for_load(struct builder *b)
{
    bool changed = false;
    for (uint32_t i = 0; i < b->stretches.count; i++) {
        struct stretch *s = &b->stretches.items[i];
        bool could = s->vehicle == VEHICLE_TRAIN && s->fill < 0.99 &&
                     s->patience < SIM_ASSUME(PATIENCE_MOST);
        if (could && sim_place_fullest(b, s) > SIM_ASSUME(FULL_SHARE)) {
            s->patience = fmin(s->patience * 1.25, SIM_ASSUME(PATIENCE_MOST));
            flow_count_trains(b, s);
            changed = true;
        }
    }
    return changed;
}

static enum zhol_error emit_all(struct builder *b)
{
    enum zhol_error error = frame(b);
    error = error ? error : offer_all(b);
    while (!error && wait_for_load(b)) {
        error = offer_all(b);
    }
    for (uint32_t i = 0; i < b->stretches.count && !error; i++) {
        error = stretch_emit(b, i);
    }
    for (uint32_t i = 0; i < b->model->flows.count && !error; i++) {
        error = flow_emit(b, i);
    }
    error = error ? error : emit_lifts(b);
    error = error ? error : flow_standing(b);
    return error ? error : sim_place_finish(b);
}

static void builder_clear(struct builder *b)
{
    free(b->way.items);
    free(b->stretches.items);
    free(b->positions.items);
    free(b->flow_way);
}

enum zhol_error build_model(const struct zhol_simulate_input *input,
                            const struct zhol_simulate_options *options, bool tracing,
                            struct zhol_report *report, struct zhol_simulate_model **out)
{
    struct zhol_simulate_options resolved = *options;
    if (!(resolved.residual_share >= 0)) {
        resolved.residual_share = SIM_ASSUME(RESIDUAL_SHARE);
    }
    if (!(resolved.work_factor > 0)) {
        resolved.work_factor = SIM_ASSUME(WORK_FACTOR);
    }
    struct builder b = {.in = input, .options = &resolved, .report = report};
    *out = NULL;
    b.model = calloc(1, sizeof *b.model);
    if (!b.model) {
        return ZHOL_ERROR_MEMORY;
    }
    b.model->tracing = tracing;
    enum zhol_error error = set_times(&b);
    if (!error && (!input->flow_count || !input->view)) {
        error = build_fault(&b, ZHOL_ERROR_USAGE, "flows", SIM_NONE, "a network and a flow");
    }
    error = error ? error : prepare_flows(&b);
    error = error ? error : emit_all(&b);
    error = error ? error : model_seal(b.model);
    builder_clear(&b);
    if (error) {
        zhol_simulate_free(b.model);
        return error;
    }
    *out = b.model;
    return ZHOL_ERROR_OK;
}

enum zhol_error zhol_simulate_build(const struct zhol_simulate_input *input,
                                    const struct zhol_simulate_options *options,
                                    struct zhol_report *report, struct zhol_simulate_model **out)
{
    return build_model(input, options, false, report, out);
}

uint32_t zhol_simulate_standing_vehicles(const struct zhol_simulate_model *model, uint32_t entry)
{
    return model->standing.items[entry].vehicles;
}

/* ---- Input from a corridor ---- */

/* A name of an arc that does not depend on what else is in the network. Two arcs with one name
 * (about one pair in a network of 10^4 arcs) would share their luck, which does no harm. */
static uint32_t arc_name(const struct zhol_corridor *corridor, const struct zhol_network_view *view,
                         uint32_t arc)
{
    static const enum zhol_table tables[] = {[ZHOL_ARC_MOVE] = ZHOL_TABLE_link,
                                             [ZHOL_ARC_HANDLE] = ZHOL_TABLE_handling,
                                             [ZHOL_ARC_CONTROL] = ZHOL_TABLE_process};
    const struct zhol_arc *a = &view->arcs[arc];
    const struct zhol_vertex *ends[] = {&view->vertices[zhol_network_tail(view, arc)],
                                        &view->vertices[a->head]};
    /* Flows go over the ways of rides, never over the rides. */
    const char *id =
        a->kind == ZHOL_ARC_RIDE ? "" : zhol_corridor_id(corridor, tables[a->kind], a->thing);
    uint64_t hash = map_hash(id, strlen(id), (uint64_t)a->kind << 8 | a->class);
    for (size_t i = 0; i < 2; i++) {
        id = zhol_corridor_id(corridor, ZHOL_TABLE_node, ends[i]->node);
        hash = map_hash(id, strlen(id), hash);
        hash = map_hash_u64((uint64_t)ends[i]->state << 8 | ends[i]->stage, hash);
    }
    return (uint32_t)(hash >> 16) & ((1u << 27) - 1);
}

static enum zhol_error name_arcs(struct zhol_simulate_input *input,
                                 const struct zhol_corridor *corridor)
{
    uint32_t count = input->view->arc_count;
    uint32_t *names = malloc(sizeof *names * ((size_t)count + 1));
    for (uint32_t i = 0; names && i < count; i++) {
        names[i] = arc_name(corridor, input->view, i);
    }
    input->arc_names = input->owned_names = names;
    return names ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

enum zhol_error zhol_simulate_input_corridor(struct zhol_simulate_input *input,
                                             const struct zhol_corridor *corridor,
                                             const struct zhol_network_view *view)
{
    uint32_t services = zhol_corridor_things(corridor, ZHOL_TABLE_service), end;
    uint32_t classes = zhol_corridor_things(corridor, ZHOL_TABLE_load_class);
    input->view = view;
    input->processes = zhol_corridor_process(corridor, &input->process_count);
    input->resources = zhol_corridor_resource(corridor, &input->resource_count);
    input->load_classes = zhol_corridor_load_class(corridor, &input->load_class_count);
    input->services = zhol_corridor_service(corridor, &input->service_count);
    uint32_t *owned = malloc(sizeof *owned * ((size_t)services + classes + 2));
    if (!owned) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < services; i++) {
        zhol_corridor_rows(corridor, ZHOL_TABLE_service, i, &owned[i], &end);
    }
    uint32_t *first = owned + services + 1;
    first[0] = 0;
    for (uint32_t i = 0; i < classes; i++) {
        zhol_corridor_rows(corridor, ZHOL_TABLE_load_class, i, &first[i], &first[i + 1]);
    }
    input->owned = owned;
    input->service_rows = owned;
    input->load_class_first = first;
    input->load_class_things = classes;
    return name_arcs(input, corridor);
}

void zhol_simulate_input_clear(struct zhol_simulate_input *input)
{
    free(input->owned);
    free(input->owned_names);
    *input = (struct zhol_simulate_input){0};
}
