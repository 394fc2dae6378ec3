/* vessel.c: lines at sea: vessels that wait for load and weather and come back (simulate/build.h).
 *
 * Cargo waits on the quay (a store); the vessels of a line go round for ever: load, wait for
 * weather, sail, give up the cargo, return empty or with other cargo that this line does not see.
 * The room of the vessels of a service is shared by the classes of cargo that use it in proportion
 * to what they bring; each sails in its own share of the room, at the published headway.
 */
#include <math.h>

#include "base/array.h"
#include "base/map.h"
#include "simulate/stretch.h"

/* The binding capacity of the way that lets the fewest vessels pass a day: its row, or SIM_NONE. */
static uint32_t binding_of(const struct builder *b, const struct stretch *s, double *vessels_day)
{
    const struct zhol_network_view *view = b->in->view;
    uint32_t found = SIM_NONE;
    *vessels_day = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        const struct way_arc *w = &b->way.items[s->first + i];
        uint32_t uses = view->arcs[w->arc].uses;
        bool moves = view->arcs[w->arc].kind == ZHOL_ARC_MOVE;
        for (uint32_t u = view->first_use[uses]; moves && u < view->first_use[uses + 1]; u++) {
            double day = sim_place_use_day(b, s, w, &view->uses[u]);
            if (day > 0 && (found == SIM_NONE || day < *vessels_day)) {
                *vessels_day = day;
                found = view->uses[u].resource_row;
            }
        }
    }
    return found;
}

/* Time between vessels of all cargo: as published, but as many as a binding capacity of the way
 * stands for; where neither is known, as many as the cargo needs. */
static double gap_s(const struct builder *b, const struct stretch *s)
{
    const struct zhol_service *service = path_vessels(b, s);
    double binding;
    binding_of(b, s, &binding);
    double gap =
        service && service->headway_h > 0 ? service->headway_h : SIM_ASSUME(VESSEL_HEADWAY_H);
    gap *= SIM_HOUR;
    if (binding > 0) {
        return fmin(gap, SIM_DAY / binding);
    }
    return service || !(s->rate_day > 0) ? gap : fmin(gap, SIM_DAY / (2 * s->rate_day));
}

/* Share of the vessels that this stretch has: of what its binding capacity lets pass, what it
 * brings of all that comes to the same one (boxes and grain go in other ships where a capacity
 * counts only one of them); without one, of the vessels over the first arc. */
static double share_of(const struct builder *b, const struct stretch *s)
{
    double all = 0, own, day;
    uint32_t resource = binding_of(b, s, &own);
    own = resource == SIM_NONE ? s->rate_day : s->rate_day / own;
    for (uint32_t i = 0; i < b->stretches.count; i++) {
        const struct stretch *x = &b->stretches.items[i];
        bool same = x->vehicle == VEHICLE_VESSEL && path_in_tanks(x) == path_in_tanks(s) &&
                    b->way.items[x->first].arc == b->way.items[s->first].arc;
        if (same && binding_of(b, x, &day) == resource) {
            all += resource == SIM_NONE ? x->rate_day : x->rate_day / day;
        }
    }
    return all > 0 ? own / all : 1;
}

/* Load that a vessel waits for: a share of its room, but no more than comes in a few days. A liner
 * of the oceans has other cargo and waits for none of this. */
static uint32_t least_load(const struct builder *b, const struct stretch *s, uint32_t full)
{
    const struct zhol_service *service = path_vessels(b, s);
    if (service && service->capacity_teu > SIM_ASSUME(SHORT_SEA_TEU)) {
        return 1;
    }
    double room = floor(full * SIM_ASSUME(VESSEL_FILL));
    double comes = floor(s->rate_day * s->full * SIM_ASSUME(VESSEL_FILL_DAYS));
    double least = fmin(room, comes);
    return least < 1 ? 1 : (uint32_t)least;
}

static uint32_t name_of_arc(const struct builder *b, uint32_t arc)
{
    return b->in->arc_names ? b->in->arc_names[arc] : arc;
}

/* A line's luck is named by its way and its cargo: lines that come or go elsewhere do not change
 * it. Of equal ones the later takes the next free name. */
static uint32_t name_of_line(const struct builder *b, const struct stretch *s)
{
    uint64_t hash = map_hash_u64(s->class, 0);
    for (uint32_t i = 0; i < s->count; i++) {
        hash = map_hash_u64(name_of_arc(b, b->way.items[s->first + i].arc), hash);
    }
    uint32_t name = (uint32_t)(hash >> 20) & (SIM_VESSEL_NAMES - 1);
    for (uint32_t i = 0; i < b->model->vessels.count; i++) {
        if (b->model->vessels.items[i].name == name) {
            name = (name + 1) & (SIM_VESSEL_NAMES - 1);
            i = UINT32_MAX;
        }
    }
    return name;
}

static void weather(struct writer *wr)
{
    uint32_t name = 1 + name_of_arc(wr->b, wr->b->way.items[wr->s->first].arc);
    struct sim_place like;
    uint32_t place = SIM_NONE;
    sim_place_blank(&like, ZHOL_SIMULATE_PLACE_WEATHER, SIM_USE_POOL);
    like.node = wr->b->way.items[wr->s->first].from_node;
    like.link = wr->b->way.items[wr->s->first].link;
    like.units = SIM_MANY;
    like.assumed = true;
    wr->error = sim_place_find(wr->b, &like, &place);
    if (wr->error) {
        return;
    }
    if (wr->b->model->places.items[place].up == SIM_NONE) {
        uint32_t up = emit_dist(wr->b, SIM_DIST_EXPONENTIAL, SIM_ASSUME(WEATHER_UP_H) * SIM_HOUR, 0,
                                0, SIM_NONE);
        uint32_t down = emit_dist(wr->b, SIM_DIST_EXPONENTIAL,
                                  SIM_ASSUME(WEATHER_DOWN_H) * SIM_HOUR, 0, 0, SIM_NONE);
        wr->error = up == SIM_NONE || down == SIM_NONE ? ZHOL_ERROR_MEMORY : ZHOL_ERROR_OK;
        wr->b->model->places.items[place].up = up;
        wr->b->model->places.items[place].down = down;
    }
    uint32_t *luck = &wr->b->model->places.items[place].luck;
    *luck = *luck && *luck < name ? *luck : name; /* whichever line comes first */
    writer_put(wr, SIM_SEIZE, SIM_WEATHER, SIM_WEATHER, place, 1, SIM_NONE, 0);
    writer_put(wr, SIM_RELEASE, SIM_WEATHER, SIM_WEATHER, place, 1, 0, 0);
}

/* Slots that count cargo: those of the way before it is loaded, those of ports after. */
static void write_unit_slots(struct writer *wr, bool moves)
{
    wr->of_unit = true;
    for (uint32_t i = 0; i < wr->s->count && !wr->error; i++) {
        wr->w = &wr->b->way.items[wr->s->first + i];
        uint8_t kind = wr->b->in->view->arcs[wr->w->arc].kind;
        if (moves && kind == ZHOL_ARC_MOVE) {
            writer_slots(wr, SIM_PATH, SIM_RUNNING);
        } else if (!moves && kind == ZHOL_ARC_HANDLE) {
            writer_slots(wr, SIM_CRANE, SIM_HANDLING);
        } else if (!moves && kind == ZHOL_ARC_CONTROL) {
            writer_slots(wr, SIM_ACCEPTANCE, SIM_BORDER);
        }
    }
    wr->of_unit = false;
    wr->w = &wr->b->way.items[wr->s->first];
}

/* What a unit does: to the quay, taken along, and on. */
static uint32_t write_quay(struct writer *wr, uint32_t store)
{
    struct stretch *s = wr->s;
    struct sim_place like;
    uint32_t place = SIM_NONE;
    sim_place_blank(&like, ZHOL_SIMULATE_PLACE_VESSEL, SIM_USE_COUNTER);
    like.node = wr->b->way.items[s->first].from_node;
    like.toward = wr->b->way.items[s->first + s->count - 1].to_node;
    like.state = store;
    like.offered_day = s->rate_day;
    wr->error = sim_place_find(wr->b, &like, &place);
    if (wr->error) {
        return SIM_NONE;
    }
    s->enter = wr->b->model->steps.count;
    write_unit_slots(wr, true);
    writer_put(wr, SIM_CALL, SIM_FILL, SIM_FILL, SIM_CALL_QUAY, wr->b->model->vessels.count, 0, 0);
    writer_put(wr, SIM_BOARD, SIM_FILL, SIM_FILL, store, 0, 0, 0);
    s->member = wr->b->model->steps.count;
    for (uint32_t i = 0; i < s->count; i++) {
        wr->b->positions.items[s->at + i].step = s->enter;
    }
    return place;
}

static void write_round(struct writer *wr, struct sim_vessel *vessel)
{
    struct zhol_simulate_model *m = wr->b->model;
    struct stretch *s = wr->s;
    wr->w = &wr->b->way.items[s->first];
    double headway = gap_s(wr->b, s) * vessel->full / fmax(s->room * s->full, 1e-3);
    if (s->rate_day > 0) { /* more than twice as many as the cargo calls for would only wait */
        headway = fmax(headway, SIM_DAY * vessel->least / (2 * s->rate_day * s->full));
    }
    vessel->start = m->steps.count;
    vessel->headway = (int64_t)fmax(headway, 1);
    uint32_t again = m->steps.count;
    writer_put(wr, SIM_CALL, SIM_FILL, SIM_FILL, SIM_CALL_VESSEL, m->vessels.count, 0, 0);
    writer_put(wr, SIM_LOAD, SIM_FILL, SIM_FILL, vessel->store, vessel->full, vessel->least, 0);
    const struct zhol_service *service = path_vessels(wr->b, s);
    if (!service || service->capacity_teu <= SIM_ASSUME(SHORT_SEA_TEU)) {
        weather(wr);
    }
    double before = s->free_s;
    writer_arcs(wr);
    wr->w = &wr->b->way.items[s->first];
    double round = s->free_s - before + s->residual_s;
    double back = (s->free_s - before) * SIM_ASSUME(EMPTY_RETURN);
    double fleet = ceil((round + back) / headway);
    vessel->fleet = fleet < 1 ? 1 : fleet > 1000 ? 1000 : (uint32_t)fleet;
    uint32_t split = writer_put(wr, SIM_SPLIT, SIM_OTHER, SIM_OTHER, 0, 1, 0, 0);
    if (wr->error) {
        return;
    }
    uint32_t at = m->steps.items[split].op == SIM_SPLIT ? split : split + 1;
    m->steps.items[at].a = m->steps.count;
    uint32_t dist = emit_dist(wr->b, SIM_DIST_CONSTANT, back, 0, 0, SIM_NONE);
    writer_put(wr, SIM_DELAY, SIM_OTHER, SIM_OTHER, dist, 0, 0, ROLE_RETURN);
    writer_put(wr, SIM_GOTO, SIM_OTHER, SIM_OTHER, 0, 0, again, 0);
}

enum zhol_error vessel_emit(struct builder *b, struct stretch *s)
{
    struct writer wr = {.b = b, .s = s, .yard = SIM_NONE, .line = SIM_NONE, .locomotive = SIM_NONE};
    s->room = share_of(b, s);
    double room = floor(s->full * s->room + 1e-6);
    struct sim_vessel vessel = {.store = b->model->stores++, .full = room < 1 ? 1 : (uint32_t)room};
    vessel.least = least_load(b, s, vessel.full);
    vessel.name = name_of_line(b, s);
    vessel.place = write_quay(&wr, vessel.store);
    uint32_t quay = s->enter;
    uint32_t jump = writer_put(&wr, SIM_GOTO, SIM_FILL, SIM_FILL, 0, 0, 0, 0);
    if (!wr.error) {
        write_round(&wr, &vessel);
    }
    if (wr.error) {
        return wr.error;
    }
    s->enter = quay;
    for (uint32_t i = 0; i < s->count; i++) {
        b->positions.items[s->at + i] = (struct place_in_stretch){.step = quay, .yard = SIM_NONE};
    }
    b->model->steps.items[jump].c = b->model->steps.count;
    write_unit_slots(&wr, false);
    b->model->places.items[vessel.place].units = vessel.fleet;
    if (wr.error) {
        return wr.error;
    }
    return BUILD_PUSH(b->model->vessels, vessel) ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}
