/* place.c: capacities: slots, servers, tracks, platforms, locomotives; what the flows bring to them
 * and how large they are (simulate/build.h). */
#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "simulate/build.h"

#define BCM_PER_T 1.35e-6 /* 1,350 cubic metres a tonne */
#define CLOSED_S  1e9     /* a slot of a capacity of 0: longer than any run that matters */

void sim_place_blank(struct sim_place *place, uint8_t kind, uint8_t use)
{
    *place = (struct sim_place){.kind = kind,
                                .use = use,
                                .node = ZHOL_NONE,
                                .link = ZHOL_NONE,
                                .toward = ZHOL_NONE,
                                .process_row = ZHOL_NONE,
                                .resource_row = ZHOL_NONE,
                                .units = 1,
                                .speed = 1,
                                .open_share = 1,
                                .peak = 1,
                                .calendar = SIM_NONE,
                                .up = SIM_NONE,
                                .down = SIM_NONE,
                                .permit = SIM_NONE};
}

static bool same_place(const struct sim_place *x, const struct sim_place *y)
{
    return x->kind == y->kind && x->node == y->node && x->link == y->link &&
           x->toward == y->toward && x->process_row == y->process_row &&
           x->resource_row == y->resource_row && x->state == y->state;
}

enum zhol_error sim_place_find(struct builder *b, const struct sim_place *like, uint32_t *place)
{
    for (uint32_t i = 0; i < b->model->places.count; i++) {
        if (same_place(&b->model->places.items[i], like)) {
            *place = i;
            return ZHOL_ERROR_OK;
        }
    }
    *place = b->model->places.count;
    return BUILD_PUSH(b->model->places, *like) ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

/* ---- Slots ---- */

/* Loads of a full vehicle. */
static double loads_of(const struct stretch *s)
{
    return s->full * s->unit_loads;
}

static double figure_of(const struct zhol_load_class *row, unsigned unit)
{
    switch (unit) {
    case zhol_capacity_unit_TRAINS:
    case zhol_capacity_unit_PAIRS:
        return row->trains;
    case zhol_capacity_unit_WAGONS:
    case zhol_capacity_unit_POSITIONS:
        return row->wagons;
    case zhol_capacity_unit_TEU:
        return row->teu;
    case zhol_capacity_unit_TRUCKS:
        return row->trucks;
    default:
        return 0;
    }
}

/* What its load class says of one load. A handling stands between two states: the greater figure
 * of both counts, as in an assignment (a yard, a ship or a pipeline has no wagons). 1 for cargo
 * without a load class. */
static double figure_at(const struct builder *b, const struct stretch *s, const struct way_arc *w,
                        unsigned unit)
{
    const struct zhol_network_view *view = b->in->view;
    const uint32_t ends[] = {zhol_network_tail(view, w->arc), view->arcs[w->arc].head};
    double most = 0;
    bool known = false;
    for (uint32_t i = 0; i < 2; i++) {
        const struct zhol_load_class *row =
            path_load_class(b, s->load_class, view->vertices[ends[i]].state);
        known = known || row;
        most = row ? fmax(most, figure_of(row, unit)) : most;
    }
    return known ? most : 1;
}

/* Of one vehicle. A train takes a whole path with whatever it carries; of wagons, boxes and tonnes
 * it takes what it carries on average. */
static double amount_by_unit(const struct builder *b, const struct stretch *s,
                             const struct way_arc *w, unsigned unit)
{
    double loads = loads_of(s) * s->fill;
    switch (unit) {
    case zhol_capacity_unit_TRAINS:
    case zhol_capacity_unit_PAIRS: {
        double share = loads_of(s) * figure_at(b, s, w, unit);
        return s->vehicle == VEHICLE_TRAIN || !(share > 0) ? 1 : share;
    }
    case zhol_capacity_unit_TRUCKS: {
        double trucks = loads * figure_at(b, s, w, unit);
        return s->vehicle == VEHICLE_TRUCK && !(trucks > 0) ? 1 : trucks;
    }
    case zhol_capacity_unit_VESSELS:
        return s->vehicle == VEHICLE_VESSEL ? 1 : loads / s->vehicle_loads;
    case zhol_capacity_unit_T:
        return b->model->flows.items[s->flow].t_load * loads;
    case zhol_capacity_unit_BCM:
        return b->model->flows.items[s->flow].t_load * loads * BCM_PER_T;
    case zhol_capacity_unit_WAGONS:
    case zhol_capacity_unit_POSITIONS:
    case zhol_capacity_unit_TEU:
        return loads * figure_at(b, s, w, unit);
    default:
        return loads;
    }
}

double sim_place_amount(const struct builder *b, const struct stretch *s, const struct way_arc *w,
                        const struct zhol_use *use)
{
    if (use->load_class != ZHOL_NONE && use->load_class != s->load_class) {
        return 0;
    }
    unsigned unit = b->in->resources[use->resource_row].unit;
    if (use->units > 0) {
        bool paths = unit == zhol_capacity_unit_TRAINS || unit == zhol_capacity_unit_PAIRS;
        return (double)use->units * loads_of(s) * (paths ? 1 : s->fill);
    }
    return amount_by_unit(b, s, w, unit);
}

/* Units of a resource a day; 0 where it counts what stands there at once. */
static double value_day(const struct zhol_resource *r)
{
    switch (r->per) {
    case zhol_per_HOUR:
        return r->value * 24;
    case zhol_per_DAY:
        return r->value;
    case zhol_per_WEEK:
        return r->value / 7;
    case zhol_per_MONTH:
        return r->value * 12 / 365;
    case zhol_per_YEAR:
        return r->value / 365;
    default:
        return 0;
    }
}

/* One capacity is one place on all links that share it, pairs one each way; towards a place only
 * where all of them lead there. */
static enum zhol_error find_slot(struct builder *b, const struct sim_place *like, uint32_t *place)
{
    for (uint32_t i = 0; i < b->model->places.count; i++) {
        struct sim_place *p = &b->model->places.items[i];
        if (p->kind == like->kind && p->resource_row == like->resource_row &&
            p->state == like->state) {
            p->toward = p->toward == like->toward ? p->toward : ZHOL_NONE;
            *place = i;
            return ZHOL_ERROR_OK;
        }
    }
    *place = b->model->places.count;
    return BUILD_PUSH(b->model->places, *like) ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

enum zhol_error sim_place_slot(struct builder *b, const struct stretch *s, const struct way_arc *w,
                               const struct zhol_use *use, uint32_t *place, double *seconds)
{
    *place = SIM_NONE;
    if (use->resource_row >= b->in->resource_count) {
        return ZHOL_ERROR_OK;
    }
    const struct zhol_resource *r = &b->in->resources[use->resource_row];
    double day = value_day(r), amount = sim_place_amount(b, s, w, use);
    if (r->per == zhol_per_STANDING || !(amount > 0)) {
        return ZHOL_ERROR_OK;
    }
    struct sim_place like;
    sim_place_blank(&like, ZHOL_SIMULATE_PLACE_SLOT, SIM_USE_SERVERS);
    like.resource_row = use->resource_row;
    like.node = r->node_id;
    like.link = r->link_id;
    bool moves = b->in->view->arcs[w->arc].kind == ZHOL_ARC_MOVE;
    bool pairs =
        moves && r->unit == zhol_capacity_unit_PAIRS && r->direction == zhol_direction_BOTH;
    bool one_way = pairs || r->unit == zhol_capacity_unit_PAIRS ||
                   r->direction == zhol_direction_FORWARD ||
                   r->direction == zhol_direction_BACKWARD;
    like.state = !pairs ? 0 : w->from_node < w->to_node ? 1 : 2;
    like.toward = one_way && moves ? w->to_node : ZHOL_NONE;
    like.assumed = r->low > 0 || r->high > 0;
    like.capacity_day = day;
    *seconds = day > 0 ? fmin(amount / day * SIM_DAY, CLOSED_S) : CLOSED_S;
    enum zhol_error error = find_slot(b, &like, place);
    if (!error) {
        b->model->places.items[*place].modes |= path_modes(b, w);
    }
    return error;
}

enum zhol_error sim_place_offer(struct builder *b, const struct stretch *s)
{
    const struct zhol_network_view *view = b->in->view;
    for (uint32_t i = 0; i < s->count; i++) {
        const struct way_arc *w = &b->way.items[s->first + i];
        uint32_t uses = view->arcs[w->arc].uses;
        for (uint32_t u = view->first_use[uses]; u < view->first_use[uses + 1]; u++) {
            uint32_t place;
            double seconds = 0;
            enum zhol_error error = sim_place_slot(b, s, w, &view->uses[u], &place, &seconds);
            if (error) {
                return error;
            }
            if (place != SIM_NONE) {
                b->model->places.items[place].offered_day += s->rate_day;
                b->model->places.items[place].work_sum_s += s->rate_day * seconds;
            }
        }
    }
    return ZHOL_ERROR_OK;
}

double sim_place_fullest(struct builder *b, const struct stretch *s)
{
    const struct zhol_network_view *view = b->in->view;
    double most = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        const struct way_arc *w = &b->way.items[s->first + i];
        uint32_t uses = view->arcs[w->arc].uses;
        for (uint32_t u = view->first_use[uses]; u < view->first_use[uses + 1]; u++) {
            uint32_t place;
            double seconds;
            if (!sim_place_slot(b, s, w, &view->uses[u], &place, &seconds) && place != SIM_NONE) {
                most = fmax(most, b->model->places.items[place].work_sum_s / SIM_DAY);
            }
        }
    }
    return most;
}

/* ---- Servers ---- */

static bool handles(unsigned kind)
{
    return kind != zhol_process_kind_BORDER_EXIT && kind != zhol_process_kind_BORDER_ENTRY &&
           kind != zhol_process_kind_CUSTOMS && kind != zhol_process_kind_INSPECTION &&
           kind != zhol_process_kind_LABORATORY;
}

/* Loads that a process serves at once. */
static double batch_loads(const struct builder *b, const struct stretch *s,
                          const struct zhol_process *p)
{
    static const unsigned rails[] = {zhol_state_RAIL1520, zhol_state_RAIL1435};
    const struct zhol_load_class *row;
    if (p->batch == zhol_batch_TRAIN || p->batch == zhol_batch_WAGON) {
        for (uint32_t i = 0; i < 2; i++) {
            row = path_load_class(b, s->load_class, i ? rails[1] : rails[0]);
            if (row && row->trains > 0) {
                return 1 / row->trains;
            }
        }
    }
    if (p->batch == zhol_batch_TRUCK) {
        row = path_load_class(b, s->load_class, zhol_state_ROAD);
        return row && row->trucks > 0 ? 1 / row->trucks : loads_of(s);
    }
    if (p->batch == zhol_batch_VESSEL) {
        row = path_load_class(b, s->load_class, zhol_state_SEA);
        double t = row && row->payload_t > 0 ? row->payload_t : 1;
        return row && row->teu > 0 ? SIM_ASSUME(VESSEL_TEU) / row->teu
                                   : SIM_ASSUME(VESSEL_TEU) * SIM_ASSUME(VESSEL_T_TEU) / t;
    }
    return loads_of(s);
}

static bool of_its_kind(const struct stretch *s, const struct zhol_process *p)
{
    bool train = p->batch == zhol_batch_TRAIN || p->batch == zhol_batch_WAGON;
    return (train && s->vehicle == VEHICLE_TRAIN) ||
           (p->batch == zhol_batch_TRUCK && s->vehicle == VEHICLE_TRUCK) ||
           (p->batch == zhol_batch_VESSEL && s->vehicle == VEHICLE_VESSEL);
}

/* How long a vehicle occupies a server, of the technical time: 1 for a whole batch; less for a part
 * of one; more where it holds many, which all servers share. Positions take wagons in turns. */
static double work_share(const struct builder *b, const struct stretch *s,
                         const struct zhol_process *p)
{
    const struct zhol_load_class *row = path_load_class(b, s->load_class, s->state);
    double servers = p->servers > 0 ? p->servers : 1;
    if (p->kind == zhol_process_kind_BOGIE_CHANGE && p->batch == zhol_batch_WAGON) {
        return loads_of(s) * (row && row->wagons > 0 ? row->wagons : 1) / servers;
    }
    double share = of_its_kind(s, p) ? 1 : loads_of(s) / batch_loads(b, s, p);
    return share > 1 ? fmax(1, share / servers) : share;
}

double sim_place_use_day(const struct builder *b, const struct stretch *s, const struct way_arc *w,
                         const struct zhol_use *use)
{
    bool known = use->resource_row < b->in->resource_count;
    double amount = known ? sim_place_amount(b, s, w, use) : 0;
    return amount > 0 ? value_day(&b->in->resources[use->resource_row]) / amount : 0;
}

double sim_place_binding_day(const struct builder *b, const struct stretch *s,
                             const struct way_arc *w)
{
    const struct zhol_network_view *view = b->in->view;
    uint32_t uses = view->arcs[w->arc].uses;
    double most = 0;
    for (uint32_t u = view->first_use[uses]; u < view->first_use[uses + 1]; u++) {
        most = fmax(most, sim_place_use_day(b, s, w, &view->uses[u]));
    }
    return most;
}

/* Servers that a binding capacity of the process, or of the border link to which a control belongs,
 * needs: what is published to pass there is not held up by the number of officers. */
static uint32_t servers_for_capacity(const struct builder *b, const struct stretch *s,
                                     const struct way_arc *w, double seconds)
{
    const struct zhol_arc *arc = &b->in->view->arcs[w->arc];
    double most = sim_place_binding_day(b, s, w);
    for (uint32_t i = 0; i < s->count && arc->kind == ZHOL_ARC_CONTROL; i++) {
        const struct way_arc *x = &b->way.items[s->first + i];
        bool link = x->border && x->link == w->link && x->to_node == w->to_node;
        most = link ? fmax(most, sim_place_binding_day(b, s, x)) : most;
    }
    double needed = most * seconds / SIM_DAY / calendar_share(b, arc->calendar);
    return needed > 1e5 ? 100000 : (uint32_t)ceil(needed);
}

enum zhol_error sim_place_servers(struct builder *b, const struct stretch *s,
                                  const struct way_arc *w, uint32_t *place, double *seconds,
                                  double *rest)
{
    const struct zhol_arc *arc = &b->in->view->arcs[w->arc];
    const struct zhol_process *p = path_process(b, w);
    double share = p ? work_share(b, s, p) : 1;
    *place = SIM_NONE;
    *seconds = p ? p->min_h * SIM_HOUR * b->options->work_factor * share
                 : (double)arc->minutes[ZHOL_TIME_MEDIAN] * 60;
    *rest = share > 0 && share < 1 ? *seconds * (1 / share - 1) : 0;
    if (!p || p->servers <= 0) {
        return ZHOL_ERROR_OK;
    }
    struct sim_place like;
    sim_place_blank(&like,
                    handles(p->kind) ? ZHOL_SIMULATE_PLACE_FRONT : ZHOL_SIMULATE_PLACE_CONTROL,
                    SIM_USE_SERVERS);
    like.process_row = arc->process;
    like.node = p->node_id;
    like.toward = arc->kind == ZHOL_ARC_HANDLE ? ZHOL_NONE : w->to_node;
    bool positions = p->kind == zhol_process_kind_BOGIE_CHANGE && p->batch == zhol_batch_WAGON;
    like.units = positions ? 1 : (uint32_t)p->servers;
    enum zhol_error error = sim_place_find(b, &like, place);
    if (error) {
        return error;
    }
    struct sim_place *made = &b->model->places.items[*place];
    double mean = emit_work_mean(p, *seconds);
    uint32_t needed = servers_for_capacity(b, s, w, mean);
    if (needed > made->units) {
        made->units = needed;
        made->assumed = true;
    }
    made->offered_day += s->rate_day;
    made->work_sum_s += s->rate_day * mean;
    made->together = fmax(made->together, s->together);
    made->open_share = calendar_share(b, arc->calendar);
    made->modes |= path_modes(b, w);
    if (made->calendar == SIM_NONE) {
        error = calendar_of_place(b, made, arc->calendar);
    }
    return error;
}

/* ---- Servers that are no queue ---- */

/* Erlang's C: the chance to wait, with `a` servers busy of `count` (M/M/c); 1 where they are too
 * few. */
static double chance_to_wait(double a, uint32_t count)
{
    double blocked = 1; /* Erlang's B, by its recursion */
    for (uint32_t k = 1; k <= count; k++) {
        blocked = a * blocked / (k + a * blocked);
    }
    double load = a / count;
    return load < 1 ? blocked / (1 - load * (1 - blocked)) : 1;
}

/* False where servers are so many that nobody waits: always open, and with some times the usual
 * traffic, in groups as they come from trains and vessels, the mean wait is still short. */
static bool servers_matter(const struct sim_place *p, double times)
{
    bool served = p->kind == ZHOL_SIMULATE_PLACE_FRONT || p->kind == ZHOL_SIMULATE_PLACE_CONTROL;
    if (!served || p->calendar != SIM_NONE || p->up != SIM_NONE || !(p->offered_day > 0)) {
        return true;
    }
    double together = fmax(p->together, 1), groups = floor(p->units / together);
    double service_s = p->work_sum_s / p->offered_day / p->speed;
    double busy = p->offered_day / together * service_s / SIM_DAY * times;
    if (!(busy < groups)) {
        return true;
    }
    double wait_s = chance_to_wait(busy, (uint32_t)groups) * service_s / (groups - busy);
    return wait_s >= SIM_ASSUME(SLOT_WAIT_S);
}

double sim_place_times(const struct builder *b)
{
    if (b->replays) {
        return INFINITY;
    }
    bool wave = b->options->disruption_count || b->options->standing_count;
    return wave ? SIM_ASSUME(SLOT_WAVE) : SIM_ASSUME(SLOT_PEAK);
}

/* ---- Sizes ---- */

static void size_pool(struct sim_place *p)
{
    double needed = p->hold_sum_s / SIM_DAY * p->margin + p->least;
    p->units = needed > 1e6 ? 1000000 : (uint32_t)ceil(needed);
    p->assumed = true;
}

/* A capacity gets more of its own unit: a train path, a wagon, a TEU a day, not one more of the
 * vehicles of this model, which may be a single load. */
static void apply_change(const struct builder *b, struct sim_place *p,
                         const struct zhol_simulate_change *c)
{
    double speed = c->factor > 0 ? c->factor : 1;
    if (p->kind == ZHOL_SIMULATE_PLACE_SLOT) {
        double day = value_day(&b->in->resources[p->resource_row]);
        speed *= day > 0 ? fmax((day + c->more_units) / day, 1e-6) : 1;
    } else if (c->more_units < 0 && (uint32_t)-c->more_units >= p->units) {
        p->units = 1;
    } else {
        p->units = (uint32_t)((int64_t)p->units + c->more_units);
    }
    p->speed *= speed;
}

enum zhol_error sim_place_finish(struct builder *b)
{
    const struct zhol_simulate_options *o = b->options;
    double times = sim_place_times(b);
    for (uint32_t i = 0; i < b->model->places.count; i++) {
        struct sim_place *p = &b->model->places.items[i];
        if (p->sized) {
            size_pool(p);
        }
        if (p->kind == ZHOL_SIMULATE_PLACE_SLOT && p->calendar == SIM_NONE) {
            enum zhol_error error = calendar_of_place(b, p, 0);
            if (error) {
                return error;
            }
        }
        p->ample = !servers_matter(p, times);
    }
    for (uint32_t i = 0; i < o->change_count; i++) {
        if (o->changes[i].place >= b->model->places.count) {
            return build_fault(b, ZHOL_ERROR_RANGE, "changes", SIM_NONE, "a place of the model");
        }
        struct sim_place *p = &b->model->places.items[o->changes[i].place];
        apply_change(b, p, &o->changes[i]);
        p->ample = p->ample && !servers_matter(p, times);
    }
    for (uint32_t i = 0; i < b->model->vessels.count; i++) {
        struct sim_vessel *line = &b->model->vessels.items[i];
        line->fleet = b->model->places.items[line->place].units;
    }
    return ZHOL_ERROR_OK;
}
