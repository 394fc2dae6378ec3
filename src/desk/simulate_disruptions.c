/* simulate_disruptions.c: disruptions of a state, and bans of the network, for the model. See
 * simulate_start.h. */
#include "desk/simulate_start.h"

#include "base/array.h"
#include "base/time.h"

/* The simulated time, warm-up included, with a day after it. */
struct span {
    int64_t from_s, to_s;
};

static struct span span_of(const struct zhol_simulate_options *m)
{
    return (struct span){m->start_s - (int64_t)(m->warm_up_days * TIME_DAY_S),
                         m->start_s + (int64_t)((m->days + 1) * TIME_DAY_S)};
}

static enum zhol_error add(struct study *study, struct zhol_simulate_disruption d)
{
    struct zhol_simulate_options *m = &study->model_options;
    struct span span = span_of(m);
    if (d.from_s >= span.to_s || d.to_s <= span.from_s) {
        return ZHOL_ERROR_OK; /* before or after */
    }
    d.from_s = d.from_s > span.from_s ? d.from_s : span.from_s;
    d.to_s = d.to_s < span.to_s ? d.to_s : span.to_s;
    enum zhol_error error =
        ARRAY_RESERVE(study->disruptions, study->disruption_capacity, m->disruption_count + 1);
    if (!error) {
        study->disruptions[m->disruption_count++] = d;
    }
    m->disruptions = study->disruptions;
    return error;
}

static struct zhol_simulate_scope no_scope(void)
{
    return (struct zhol_simulate_scope){.node = ZHOL_NONE,
                                        .link = ZHOL_NONE,
                                        .process = ZHOL_NONE,
                                        .resource = ZHOL_NONE,
                                        .toward = ZHOL_NONE};
}

/* ---- Of the state ---- */

static struct zhol_simulate_scope scope_of(const struct state_disruption *d)
{
    struct zhol_simulate_scope scope = no_scope();
    uint32_t *members[] = {[STATE_NODE] = &scope.node,
                           [STATE_LINK] = &scope.link,
                           [STATE_PROCESS] = &scope.process,
                           [STATE_RESOURCE] = &scope.resource};
    *members[d->scope] = d->thing;
    scope.mode = d->mode;
    return scope;
}

static enum zhol_error add_stated(struct study *study, const struct state_disruption *d)
{
    bool closed = d->share <= 0;
    return add(study, (struct zhol_simulate_disruption){
                          .kind = d->ban   ? ZHOL_SIMULATE_LOADING
                                  : closed ? ZHOL_SIMULATE_CLOSURE
                                           : ZHOL_SIMULATE_CAPACITY,
                          .cause = d->ban || closed ? ZHOL_SIMULATE_BAN : ZHOL_SIMULATE_ACCEPTANCE,
                          .scope = scope_of(d),
                          .from_s = d->from_s,
                          .to_s = d->to_s,
                          .factor = d->share,
                      });
}

/* ---- Of the network ---- */

/* A ban that meets all cargo, or all of a class, closes the arc. One of some goods or countries is
 * the planner's matter: it does not send them there. */
static bool closes(const struct zhol_ban *ban)
{
    return ban->commodity == ZHOL_NONE && !ban->from_country[0] && !ban->to_country[0];
}

static bool same_scope(const struct zhol_simulate_scope *a, const struct zhol_simulate_scope *b)
{
    return a->node == b->node && a->link == b->link && a->process == b->process &&
           a->toward == b->toward && a->class == b->class && a->mode == b->mode;
}

static bool is_known(const struct study *study, const struct zhol_simulate_disruption *d)
{
    for (uint32_t i = 0; i < study->model_options.disruption_count; i++) {
        const struct zhol_simulate_disruption *other = &study->disruptions[i];
        if (same_scope(&other->scope, &d->scope) && other->from_s <= d->from_s &&
            other->to_s >= d->to_s && other->kind == d->kind) {
            return true;
        }
    }
    return false;
}

static enum zhol_error add_ban(struct study *study, uint32_t number, const struct zhol_ban *ban)
{
    const struct zhol_arc *arc = &study->view.arcs[number];
    struct span span = span_of(&study->model_options);
    uint32_t count;
    const struct zhol_process *processes = zhol_corridor_process(study->corridor, &count);
    struct zhol_simulate_disruption d = {
        .kind = ZHOL_SIMULATE_CLOSURE, .cause = ZHOL_SIMULATE_BAN, .scope = no_scope()};
    /* Minutes may be as far as INT64_MAX: cut before they become seconds. */
    d.from_s = ban->from_min > span.from_s / 60 ? ban->from_min * 60 : span.from_s;
    d.to_s = ban->to_min < span.to_s / 60 ? ban->to_min * 60 : span.to_s;
    d.scope.class = ban->class;
    if (arc->kind == ZHOL_ARC_MOVE) {
        d.scope.link = arc->thing;
        d.scope.toward = study->view.vertices[arc->head].node;
    } else if (arc->process != ZHOL_NONE) {
        d.scope.process = processes[arc->process].process_id;
    } else {
        return ZHOL_ERROR_OK;
    }
    return d.from_s >= d.to_s || is_known(study, &d) ? ZHOL_ERROR_OK : add(study, d);
}

/* A ban that meets nothing of what goes there is no disruption: most of them say for good what may
 * not travel by a border or a mode at all. */
static enum zhol_error add_bans_of_arc(struct study *study, uint32_t number, uint8_t class)
{
    const struct zhol_network_view *net = &study->view;
    uint16_t list = net->arcs[number].ban;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = net->first_ban[list]; list && !error && i < net->first_ban[list + 1]; i++) {
        const struct zhol_ban *ban = &net->bans[i];
        if (closes(ban) && (!ban->class || ban->class == class)) {
            error = add_ban(study, number, ban);
        }
    }
    return error;
}

enum zhol_error start_disruptions(struct study *study)
{
    const struct state *state = study->options->state;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; state && !error && i < state->disruption_count; i++) {
        error = add_stated(study, &state->disruptions[i]);
    }
    study->stated_disruptions = study->model_options.disruption_count;
    for (uint32_t f = 0; !error && f < study->flows.flow_count; f++) {
        const struct zhol_simulate_flow *flow = &study->flows.flows[f];
        for (uint32_t i = 0; !error && i < flow->arc_count; i++) {
            error = add_bans_of_arc(study, flow->arcs[i], flow->class);
        }
    }
    return error;
}
