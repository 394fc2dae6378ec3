/* path.c: the paths of flows: rides gone over their ways, cut into stretches, and how much of a
 * load travels as one unit (simulate/build.h). */
#include <math.h>
#include <string.h>

#include "base/array.h"
#include "simulate/build.h"

#define WHOLE 0.01 /* of a train: so little more or less than whole units is none */

const struct zhol_load_class *path_load_class(const struct builder *b, uint32_t load_class,
                                              unsigned state)
{
    const struct zhol_simulate_input *in = b->in;
    if (load_class >= in->load_class_things) {
        return NULL;
    }
    for (uint32_t r = in->load_class_first[load_class]; r < in->load_class_first[load_class + 1];
         r++) {
        if (in->load_classes[r].state == state) {
            return &in->load_classes[r];
        }
    }
    return NULL;
}

const struct zhol_process *path_process(const struct builder *b, const struct way_arc *w)
{
    uint32_t row = b->in->view->arcs[w->arc].process;
    return row < b->in->process_count ? &b->in->processes[row] : NULL;
}

uint32_t path_modes(const struct builder *b, const struct way_arc *w)
{
    const struct zhol_network_view *view = b->in->view;
    const struct zhol_arc *arc = &view->arcs[w->arc];
    if (arc->kind == ZHOL_ARC_MOVE) {
        return 1u << arc->mode;
    }
    unsigned before = view->vertices[zhol_network_tail(view, w->arc)].state;
    unsigned after = view->vertices[arc->head].state;
    return 1u << zhol_mode_of_state(before) | 1u << zhol_mode_of_state(after);
}

/* ---- Rides and controls ---- */

static bool concerns(const struct zhol_arc *arc, const struct zhol_simulate_flow *flow)
{
    if (arc->class && arc->class != flow->class) {
        return false;
    }
    return !arc->commodity || flow->commodity == ZHOL_NONE || arc->commodity == flow->commodity + 1;
}

/* Minutes between two departures, on average. */
static uint32_t interval_of(const struct zhol_ride *ride)
{
    uint32_t days = 0;
    for (unsigned day = 0; day < 7; day++) {
        days += ride->weekdays >> day & 1u;
    }
    return ride->depart_minute < 0 ? ride->headway_minutes : days ? 7 * 1440 / days : 0;
}

/* An arc with nothing but its own; where `ride` is not NULL, its arc number `k`. */
static enum zhol_error add_arc(struct builder *b, uint32_t flow, uint32_t arc,
                               const struct zhol_ride *ride, uint32_t k)
{
    const struct zhol_network_view *view = b->in->view;
    const struct zhol_simulate_flow *f = &b->in->flows[flow];
    if (arc >= view->arc_count) {
        return build_fault(b, ZHOL_ERROR_RANGE, "arcs", flow, "arcs of the network");
    }
    const struct zhol_arc *a = &view->arcs[arc];
    if (!concerns(a, f)) {
        if (a->kind != ZHOL_ARC_CONTROL) {
            return build_fault(b, ZHOL_ERROR_INVALID, "arcs", flow, "arcs that its cargo may use");
        }
    }
    struct way_arc w = {.arc = arc, .link = ZHOL_NONE, .service = ZHOL_NONE};
    w.minutes = a->minutes[ZHOL_TIME_MEDIAN];
    if (ride) {
        w.service = ride->service;
        w.minutes = view->way_minutes[ride->way + k];
        w.interval = k == 0 ? interval_of(ride) : 0;
    }
    return BUILD_PUSH(b->way, w) ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

static enum zhol_error add_ride(struct builder *b, uint32_t flow, const struct zhol_arc *arc)
{
    const struct zhol_network_view *view = b->in->view;
    const struct zhol_ride *ride = &view->rides[arc->thing];
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < ride->way_count && !error; i++) {
        error = add_arc(b, flow, view->ways[ride->way + i], ride, i);
    }
    return error;
}

/* An arc `at` of the flow's path that is no ride, but may be gone with one. */
static enum zhol_error add_plain(struct builder *b, uint32_t flow, uint32_t at)
{
    const struct zhol_network_view *view = b->in->view;
    const struct zhol_simulate_flow *f = &b->in->flows[flow];
    uint32_t arc = f->arcs[at], number = f->rides ? f->rides[at] : ZHOL_NONE;
    const struct zhol_ride *ride = number < view->ride_count ? &view->rides[number] : NULL;
    for (uint32_t i = 0; ride && i < ride->way_count; i++) {
        if (view->ways[ride->way + i] == arc) {
            return add_arc(b, flow, arc, ride, i);
        }
    }
    if (number != ZHOL_NONE) {
        return build_fault(b, ZHOL_ERROR_RANGE, "rides", flow, "rides whose ways have the arcs");
    }
    return add_arc(b, flow, arc, NULL, 0);
}

/* Vertices between which an arc goes; they must join. */
static enum zhol_error check_joins(struct builder *b, uint32_t flow, uint32_t first)
{
    const struct zhol_network_view *view = b->in->view;
    for (uint32_t i = first + 1; i < b->way.count; i++) {
        uint32_t head = view->arcs[b->way.items[i - 1].arc].head;
        if (zhol_network_tail(view, b->way.items[i].arc) != head) {
            return build_fault(b, ZHOL_ERROR_INVALID, "arcs", flow,
                               "a path: every arc begins where the one before ends");
        }
    }
    return ZHOL_ERROR_OK;
}

/* Places before and after each arc, over the points on a border link. */
static void set_surroundings(struct builder *b, uint32_t first)
{
    const struct zhol_network_view *view = b->in->view;
    const struct zhol_vertex *vertices = view->vertices;
    uint32_t node = ZHOL_NONE;
    for (uint32_t i = first; i < b->way.count; i++) {
        struct way_arc *w = &b->way.items[i];
        const struct zhol_arc *arc = &view->arcs[w->arc];
        const struct zhol_vertex *tail = &vertices[zhol_network_tail(view, w->arc)];
        const struct zhol_vertex *head = &vertices[arc->head];
        node = tail->stage == 0 || node == ZHOL_NONE ? tail->node : node;
        w->from_node = node;
        w->border = tail->stage || head->stage;
        w->link = arc->kind == ZHOL_ARC_MOVE ? arc->thing : tail->stage ? tail->link : head->link;
    }
    node = ZHOL_NONE;
    for (uint32_t i = b->way.count; i-- > first;) {
        struct way_arc *w = &b->way.items[i];
        const struct zhol_vertex *head = &vertices[view->arcs[w->arc].head];
        node = head->stage == 0 || node == ZHOL_NONE ? head->node : node;
        w->to_node = node;
    }
}

/* Controls that do not concern the cargo are passed at no time: they are left out. */
static void drop_controls(struct builder *b, uint32_t flow, uint32_t first)
{
    uint32_t kept = first;
    for (uint32_t i = first; i < b->way.count; i++) {
        if (concerns(&b->in->view->arcs[b->way.items[i].arc], &b->in->flows[flow])) {
            b->way.items[kept++] = b->way.items[i];
        }
    }
    b->way.count = kept;
}

enum zhol_error path_expand(struct builder *b, uint32_t flow)
{
    const struct zhol_simulate_flow *f = &b->in->flows[flow];
    const struct zhol_network_view *view = b->in->view;
    uint32_t first = b->flow_way[flow] = b->way.count;
    if (!f->arc_count || !f->arcs) {
        return build_fault(b, ZHOL_ERROR_USAGE, "arcs", flow, "at least one arc");
    }
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < f->arc_count && !error; i++) {
        uint32_t arc = f->arcs[i];
        if (arc < view->arc_count && view->arcs[arc].kind == ZHOL_ARC_RIDE) {
            error = add_ride(b, flow, &view->arcs[arc]);
        } else {
            error = add_plain(b, flow, i);
        }
    }
    error = error ? error : check_joins(b, flow, first);
    if (error) {
        return error;
    }
    set_surroundings(b, first);
    drop_controls(b, flow, first);
    b->flow_way[flow + 1] = b->way.count;
    struct sim_flow *out = &b->model->flows.items[flow];
    out->first_arc = b->model->arcs.count;
    out->arc_count = b->way.count - first;
    for (uint32_t i = first; i < b->way.count; i++) {
        if (!BUILD_PUSH(b->model->arcs, b->way.items[i].arc) ||
            !BUILD_PUSH(b->model->minutes, b->way.items[i].minutes)) {
            return ZHOL_ERROR_MEMORY;
        }
    }
    return out->arc_count ? ZHOL_ERROR_OK
                          : build_fault(b, ZHOL_ERROR_INVALID, "arcs", flow, "a path with arcs");
}

/* ---- Stretches ---- */

static bool on_rail(unsigned state)
{
    return state == zhol_state_RAIL1435 || state == zhol_state_RAIL1520;
}

/* Of a stretch with movements. Wagons of mixed trains go alone but over a border at whose end they
 * are handled. */
static enum vehicle vehicle_of(unsigned state, bool mixed, bool border)
{
    switch (state) {
    case zhol_state_RAIL1435:
    case zhol_state_RAIL1520:
        return mixed && !border ? VEHICLE_ALONE : VEHICLE_TRAIN;
    case zhol_state_ROAD:
        return VEHICLE_TRUCK;
    case zhol_state_SEA:
    case zhol_state_RIVER:
        return VEHICLE_VESSEL;
    case zhol_state_OIL:
    case zhol_state_GAS:
        return VEHICLE_BATCH;
    default:
        return VEHICLE_ALONE;
    }
}

/* The service of a ride, or of any ride that goes over an arc. */
static uint32_t service_over(const struct builder *b, const struct way_arc *w)
{
    const struct zhol_network_view *view = b->in->view;
    if (w->service != ZHOL_NONE) {
        return w->service;
    }
    for (uint32_t r = 0; r < view->ride_count; r++) {
        const struct zhol_ride *ride = &view->rides[r];
        for (uint32_t i = 0; i < ride->way_count; i++) {
            if (view->ways[ride->way + i] == w->arc) {
                return ride->service;
            }
        }
    }
    return ZHOL_NONE;
}

bool path_in_tanks(const struct stretch *s)
{
    return s->class == zhol_cargo_class_OIL || s->class == zhol_cargo_class_GAS;
}

const struct zhol_service *path_vessels(const struct builder *b, const struct stretch *s)
{
    const struct zhol_simulate_input *in = b->in;
    for (uint32_t i = 0; i < s->count && in->services && !path_in_tanks(s); i++) {
        const struct way_arc *w = &b->way.items[s->first + i];
        if (b->in->view->arcs[w->arc].kind != ZHOL_ARC_MOVE) {
            continue;
        }
        uint32_t thing = service_over(b, w);
        uint32_t row = thing != ZHOL_NONE && in->service_rows ? in->service_rows[thing] : thing;
        bool fits = row < in->service_count &&
                    (!in->services[row].class || in->services[row].class == s->class);
        return fits ? &in->services[row] : NULL;
    }
    return NULL;
}

static double vessel_loads(const struct builder *b, const struct stretch *s)
{
    const struct zhol_load_class *row = path_load_class(b, s->load_class, s->state);
    const struct zhol_service *service = path_vessels(b, s);
    double teu =
        service && service->capacity_teu > 0 ? service->capacity_teu : SIM_ASSUME(VESSEL_TEU);
    double t = row && row->payload_t > 0 ? row->payload_t : 1;
    if (path_in_tanks(s)) {
        return SIM_ASSUME(TANKER_T) / t;
    }
    if (!row) {
        return teu;
    }
    return row->teu > 0 ? teu / row->teu : teu * SIM_ASSUME(VESSEL_T_TEU) / t;
}

/* Loads that one vehicle of a stretch takes. */
static double vehicle_loads(const struct builder *b, const struct stretch *s)
{
    const struct zhol_load_class *row = path_load_class(b, s->load_class, s->state);
    switch ((enum vehicle)s->vehicle) {
    case VEHICLE_TRAIN:
        if (row && row->trains > 0) {
            return 1 / row->trains;
        }
        return row && row->wagons > 0 ? SIM_ASSUME(TRAIN_WAGONS) / row->wagons : 1;
    case VEHICLE_TRUCK:
        return row && row->trucks > 0 ? 1 / row->trucks : 1;
    case VEHICLE_VESSEL:
        return vessel_loads(b, s);
    case VEHICLE_BATCH:
        return row && row->payload_t > 0 ? SIM_ASSUME(BATCH_T) / row->payload_t : 1;
    default:
        return 1;
    }
}

static uint64_t hash_stretch(const struct builder *b, const struct stretch *s)
{
    uint64_t h = UINT64_C(0x9e3779b97f4a7c15);
    for (uint32_t i = 0; i < s->count; i++) {
        h = (h ^ b->way.items[s->first + i].arc) * UINT64_C(0xff51afd7ed558ccd);
        h ^= h >> 29;
    }
    return h;
}

static double minutes_of(const struct builder *b, const struct stretch *s)
{
    double sum = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        sum += b->way.items[s->first + i].minutes;
    }
    return sum;
}

/* Trains of services go together with others of much the same pace, not with ordinary ones: boxes
 * of many services are put on one train at a gauge break. */
static bool same_pace(const struct builder *b, const struct stretch *x, const struct stretch *y)
{
    double mine = minutes_of(b, x), other = minutes_of(b, y);
    bool rail = x->vehicle == VEHICLE_TRAIN || (x->vehicle == VEHICLE_ALONE && on_rail(x->state));
    return !rail || (x->interval == y->interval &&
                     fabs(mine - other) <= SIM_ASSUME(PACE_ALIKE) * fmax(mine, other));
}

static bool same_stretch(const struct builder *b, const struct stretch *x, const struct stretch *y)
{
    if (x->hash != y->hash || x->count != y->count || x->class != y->class || x->kind != y->kind ||
        x->load_class != y->load_class || x->vehicle != y->vehicle || x->full != y->full ||
        x->formed != y->formed || x->unit_loads < y->unit_loads || x->unit_loads > y->unit_loads) {
        return false;
    }
    for (uint32_t i = 0; i < x->count; i++) {
        if (b->way.items[x->first + i].arc != b->way.items[y->first + i].arc) {
            return false;
        }
    }
    return same_pace(b, x, y);
}

static enum zhol_error find_stretch(struct builder *b, const struct stretch *wanted,
                                    uint32_t *found)
{
    for (uint32_t i = 0; i < b->stretches.count; i++) {
        if (same_stretch(b, &b->stretches.items[i], wanted)) {
            *found = i;
            return ZHOL_ERROR_OK;
        }
    }
    *found = b->stretches.count;
    return BUILD_PUSH(b->stretches, *wanted) ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

/* True where the arc before is a handling of a train. */
static bool formed_anew(const struct builder *b, uint32_t flow, uint32_t first)
{
    const struct zhol_network_view *view = b->in->view;
    if (first == b->flow_way[flow]) {
        return false;
    }
    uint32_t before = b->way.items[first - 1].arc;
    unsigned state = view->vertices[zhol_network_tail(view, before)].state;
    return on_rail(state);
}

/* Number of arcs from `first` that lead over a border to a handling, that included; 0: none. */
static uint32_t border_piece(const struct builder *b, uint32_t flow, uint32_t first)
{
    const struct zhol_network_view *view = b->in->view;
    uint32_t end = b->flow_way[flow + 1], i = first;
    while (i < end && b->way.items[i].border) {
        i++;
    }
    bool handled = i < end && view->arcs[b->way.items[i].arc].kind == ZHOL_ARC_HANDLE;
    return i > first && handled ? i + 1 - first : 0;
}

/* How many arcs make the stretch from `first`: up to the next handling, or the end of the path; in
 * mixed trains up to the next border with a handling, or that border. */
static uint32_t stretch_length(const struct builder *b, uint32_t flow, uint32_t first, bool cut)
{
    const struct zhol_network_view *view = b->in->view;
    uint32_t end = b->flow_way[flow + 1];
    uint32_t piece = cut ? border_piece(b, flow, first) : 0;
    if (piece) {
        return piece;
    }
    for (uint32_t i = first; i < end; i++) {
        if (view->arcs[b->way.items[i].arc].kind == ZHOL_ARC_HANDLE) {
            return i + 1 - first;
        }
        if (cut && i > first && border_piece(b, flow, i)) {
            return i - first;
        }
    }
    return end - first;
}

static struct stretch next_stretch(const struct builder *b, uint32_t flow, uint32_t first)
{
    const struct zhol_network_view *view = b->in->view;
    const struct zhol_simulate_flow *f = &b->in->flows[flow];
    uint8_t kind = b->model->flows.items[flow].kind;
    bool mixed = kind == ZHOL_SIMULATE_WAGONLOAD;
    struct stretch s = {.first = first,
                        .class = f->class,
                        .kind = kind,
                        .load_class = f->load_class,
                        .flow = flow,
                        .platform = SIM_NONE,
                        .room = 1,
                        .fill = 1,
                        .patience = 1};
    uint32_t tail = zhol_network_tail(view, b->way.items[first].arc);
    s.state = view->vertices[tail].state;
    bool cut = mixed && on_rail(s.state);
    s.count = stretch_length(b, flow, first, cut);
    bool moves = s.count > 1 || view->arcs[b->way.items[first].arc].kind != ZHOL_ARC_HANDLE;
    bool border = cut && border_piece(b, flow, first) > 0;
    s.formed = !mixed && formed_anew(b, flow, first);
    s.vehicle = (uint8_t)(moves ? vehicle_of(s.state, mixed, border) : VEHICLE_ALONE);
    s.vehicle_loads = vehicle_loads(b, &s);
    s.interval = s.vehicle == VEHICLE_ALONE ? b->way.items[first].interval : 0;
    return s;
}

/* The largest unit of which all trains take whole numbers, to WHOLE of a train: at most eight to
 * the shortest train. What a train has room for beyond whole units goes empty, so a unit too large
 * makes trains that do not exist. */
static double common_part(const double *trains, uint32_t count)
{
    double least = trains[0];
    for (uint32_t i = 1; i < count; i++) {
        least = trains[i] < least ? trains[i] : least;
    }
    for (int parts = 1; parts <= 8; parts++) {
        double unit = least / parts, worst = 0;
        for (uint32_t i = 0; i < count; i++) {
            double share = trains[i] / unit;
            worst = fmax(worst, fabs(share - round(share)) / share);
        }
        if (worst <= WHOLE) {
            return unit;
        }
    }
    return least / 8;
}

/* The largest part of a load that no train on the path divides. */
static double common_unit(const struct builder *b, uint32_t flow)
{
    enum { TRAINS = 16 };
    double trains[TRAINS], truck = 0, batch = 0;
    uint32_t count = 0;
    for (uint32_t at = b->flow_way[flow]; at < b->flow_way[flow + 1];) {
        struct stretch s = next_stretch(b, flow, at);
        bool moves = b->in->view->arcs[b->way.items[at].arc].kind != ZHOL_ARC_HANDLE;
        if (on_rail(s.state) && moves && count < TRAINS) {
            s.vehicle = VEHICLE_TRAIN;
            trains[count++] = vehicle_loads(b, &s);
        } else if (s.vehicle == VEHICLE_TRUCK) {
            truck = truck > 0 ? fmin(truck, s.vehicle_loads) : s.vehicle_loads;
        } else if (s.vehicle == VEHICLE_BATCH) {
            batch = s.vehicle_loads;
        }
        at += s.count;
    }
    if (truck > 0) {
        return truck;
    }
    return count ? common_part(trains, count) : batch > 0 ? batch : 1;
}

/* What travels as one: see zhol/simulate.h. What a list brings at a time goes in equal parts where
 * it is more. */
static void set_unit(const struct builder *b, uint32_t flow)
{
    struct sim_flow *out = &b->model->flows.items[flow];
    double given = b->in->flows[flow].unit_loads;
    bool listed = out->arrival == ZHOL_SIMULATE_REPLAY;
    out->unit_loads = given > 0 && !listed ? given : common_unit(b, flow);
    if (given > 0 && listed) {
        double parts = fmax(ceil(given / out->unit_loads - 0.02), 1);
        out->batch = parts < 1e6 ? (uint32_t)parts : 1000000;
        out->unit_loads = given / out->batch;
    }
}

static uint32_t full_of(const struct stretch *s)
{
    bool takes = s->vehicle == VEHICLE_TRAIN || s->vehicle == VEHICLE_VESSEL;
    double full = takes ? floor(s->vehicle_loads / s->unit_loads * (1 + 1.001 * WHOLE)) : 1;
    return full < 1 ? 1 : full > 1e6 ? 1000000 : (uint32_t)full;
}

enum zhol_error path_cut(struct builder *b, uint32_t flow)
{
    struct sim_flow *out = &b->model->flows.items[flow];
    set_unit(b, flow);
    out->first_leg = b->model->legs.count;
    for (uint32_t at = b->flow_way[flow]; at < b->flow_way[flow + 1];) {
        struct stretch s = next_stretch(b, flow, at);
        s.unit_loads = out->unit_loads;
        s.full = full_of(&s);
        s.hash = hash_stretch(b, &s);
        struct sim_leg leg = {SIM_NONE, SIM_NONE};
        enum zhol_error error = find_stretch(b, &s, &leg.stretch);
        for (uint32_t i = out->first_leg; i < b->model->legs.count && !error; i++) {
            if (b->model->legs.items[i].stretch == leg.stretch) {
                error = build_fault(b, ZHOL_ERROR_INVALID, "arcs", flow,
                                    "a path that does not go the same way twice");
            }
        }
        if (!error && !BUILD_PUSH(b->model->legs, leg)) {
            error = ZHOL_ERROR_MEMORY;
        }
        if (error) {
            return error;
        }
        at += s.count;
    }
    out->leg_count = out->stretches = b->model->legs.count - out->first_leg;
    return ZHOL_ERROR_OK;
}

double path_deadline_s(const struct builder *b, const struct stretch *s)
{
    bool first = s->first == b->flow_way[s->flow];
    double hours = s->kind == ZHOL_SIMULATE_WAGONLOAD ? SIM_ASSUME(WAGON_DEADLINE_H)
                   : first                            ? SIM_ASSUME(BLOCK_DEADLINE_H)
                                                      : SIM_ASSUME(ROUTE_DEADLINE_H);
    return hours * s->patience * SIM_HOUR;
}
