/* plan/problem.c: works one question out into flat arrays. See problem.h. */
#include "plan/problem.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "plan/walk.h"

/* As far as dates reach, so that no sum of minutes overflows; and a hundred years. */
#define MOST_DAYS         INT64_C(3000000)
#define MOST_HORIZON_DAYS 36500u

/* ---- Which arcs the consignment may use ---- */

static bool country_avoided(const struct problem *p, const char *country)
{
    for (uint32_t i = 0; i < p->order->avoid_country_count; i++) {
        if (strcmp(p->order->avoid_countries[i], country) == 0) {
            return true;
        }
    }
    return false;
}

static bool node_avoided(const struct problem *p, uint32_t node)
{
    for (uint32_t i = 0; i < p->order->avoid_node_count; i++) {
        if (p->order->avoid_nodes[i] == node) {
            return true;
        }
    }
    return p->order->avoid_country_count > 0 &&
           country_avoided(p, walk_node_country(p->corridor, node));
}

/* Head, mode and class of one arc that is not a ride. */
static bool arc_avoided(const struct problem *p, uint32_t arc)
{
    const struct zhol_arc *a = &p->net.arcs[arc];
    if (a->mode && (p->order->avoid_modes >> a->mode & 1u)) {
        return true;
    }
    return node_avoided(p, p->net.vertices[a->head].node);
}

static bool ride_avoided(const struct problem *p, uint32_t arc)
{
    const struct zhol_ride *ride = &p->net.rides[p->net.arcs[arc].thing];
    for (uint32_t i = 0; i < ride->way_count; i++) {
        if (arc_avoided(p, p->net.ways[ride->way + i])) {
            return true;
        }
    }
    return arc_avoided(p, arc);
}

static bool has_avoids(const struct zhol_consignment *order)
{
    return order->avoid_node_count || order->avoid_country_count || order->avoid_modes;
}

/* Ships and aircraft move for a service only: their links are ways of rides, never a step alone. */
static bool needs_vessel(const struct problem *p, uint32_t arc)
{
    const struct zhol_arc *a = &p->net.arcs[arc];
    return a->kind == ZHOL_ARC_MOVE && (a->mode == zhol_mode_SEA || a->mode == zhol_mode_AIR);
}

/* True where every arc of a ride's way admits the load. */
static bool way_admits(const struct problem *p, uint32_t arc)
{
    const struct zhol_ride *ride = &p->net.rides[p->net.arcs[arc].thing];
    bool admits = true, passes;
    for (uint32_t i = 0; admits && i < ride->way_count; i++) {
        admits = zhol_network_admits(&p->net, p->net.ways[ride->way + i], &p->order->load, &passes);
    }
    return admits;
}

/* Class, commodity and what is to be avoided; a ride's underlying arcs must admit the load too. */
static void admit_arc(struct problem *p, uint32_t arc)
{
    struct problem_arc *mine = &p->arcs[arc];
    bool passes = false, ride = p->net.arcs[arc].kind == ZHOL_ARC_RIDE;
    mine->usable = zhol_network_admits(&p->net, arc, &p->order->load, &passes) &&
                   !needs_vessel(p, arc) && (!ride || way_admits(p, arc));
    mine->passes = passes;
    if (!mine->usable || !has_avoids(p->order)) {
        return;
    }
    mine->usable = ride ? !ride_avoided(p, arc) : !arc_avoided(p, arc);
}

/* ---- Which vertices can matter ---- */

/* Marks every vertex that usable arcs reach from `from`, forwards or backwards. */
static void mark_reachable(const struct problem *p, uint32_t from, bool forward, uint8_t bit,
                           uint8_t *marks, uint32_t *stack)
{
    uint32_t top = 0;
    marks[from] |= bit;
    stack[top++] = from;
    while (top) {
        uint32_t v = stack[--top];
        uint32_t begin = forward ? p->net.first_arc[v] : p->net.first_in[v];
        uint32_t end = forward ? p->net.first_arc[v + 1] : p->net.first_in[v + 1];
        for (uint32_t i = begin; i < end; i++) {
            uint32_t arc = forward ? i : p->net.in_arcs[i];
            uint32_t next = forward ? p->net.arcs[arc].head : p->tails[arc];
            if (p->arcs[arc].usable && !(marks[next] & bit)) {
                marks[next] |= bit;
                stack[top++] = next;
            }
        }
    }
}

/* Drops every arc that is not on some way from origin to destination. */
static enum zhol_error drop_useless(struct problem *p, uint32_t start, uint32_t goal)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    uint8_t *marks = calloc(p->net.vertex_count, 1);
    uint32_t *stack = malloc(p->net.vertex_count * sizeof *stack);
    if (!marks || !stack) {
        error = ZHOL_ERROR_MEMORY;
        goto out;
    }
    mark_reachable(p, start, true, 1, marks, stack);
    mark_reachable(p, goal, false, 2, marks, stack);
    if (marks[goal] != 3) {
        error = ZHOL_ERROR_UNREACHABLE;
        goto out;
    }
    for (uint32_t a = 0; a < p->net.arc_count; a++) {
        if (marks[p->tails[a]] != 3 || marks[p->net.arcs[a].head] != 3) {
            p->arcs[a].usable = false;
        }
    }
out:
    free(marks);
    free(stack);
    return error;
}

/* ---- What arcs cost, and what is not known ---- */

/* True where two arcs with an unknown price (or factor) share one item: never, but coarsely
 * always. (Not one for all arcs of a process or link: their prices may differ, and a way that pays
 * one of them twice would pass for no dearer than a way that pays it once.) */
static bool same_item(const struct problem *p, uint32_t x, uint32_t y)
{
    return p->coarse_items || x == y;
}

/* The bit of an unknown item; the last one stands for all that find no room. */
static uint64_t item_bit(struct problem *p, uint32_t arc, bool co2e)
{
    for (uint32_t i = 0; i < p->item_count; i++) {
        if (p->item_is_co2e[i] == co2e && same_item(p, arc, p->items[i])) {
            return UINT64_C(1) << i;
        }
    }
    if (p->item_count == PROBLEM_ITEMS) {
        return UINT64_C(1) << (PROBLEM_ITEMS - 1);
    }
    p->items[p->item_count] = arc;
    p->item_is_co2e[p->item_count] = co2e;
    return UINT64_C(1) << p->item_count++;
}

static uint64_t way_items(struct problem *p, uint32_t arc, bool co2e)
{
    const struct zhol_ride *ride = &p->net.rides[p->net.arcs[arc].thing];
    uint64_t bits = 0;
    for (uint32_t i = 0; i < ride->way_count; i++) {
        uint32_t under = p->net.ways[ride->way + i];
        bool unknown = false, passes = false;
        if (!zhol_network_admits(&p->net, under, &p->order->load, &passes) || passes) {
            continue;
        }
        if (co2e) {
            zhol_network_co2e(&p->net, under, &p->order->load, &unknown);
        } else {
            zhol_network_cost(&p->net, under, &p->order->load, &unknown, NULL, 0, NULL);
        }
        bits |= unknown ? item_bit(p, under, co2e) : 0;
    }
    return bits;
}

static void weigh_arc(struct problem *p, uint32_t arc)
{
    const struct zhol_arc *a = &p->net.arcs[arc];
    struct problem_arc *mine = &p->arcs[arc];
    bool ride = a->kind == ZHOL_ARC_RIDE;
    if (mine->passes) {
        return;
    }
    bool no_price = false, no_factor = false;
    mine->items = 0;
    int64_t cents = zhol_network_cost(&p->net, arc, &p->order->load, &no_price, NULL, 0, NULL);
    mine->minutes = a->minutes[p->time];
    /* A subsidy may lower a price, never turn an arc into a source of money. */
    mine->cents = cents > 0 ? cents : 0;
    mine->grams = zhol_network_co2e(&p->net, arc, &p->order->load, &no_factor);
    if (no_price) {
        mine->items |= ride ? way_items(p, arc, false) : item_bit(p, arc, false);
    }
    if (no_factor) {
        mine->items |= ride ? way_items(p, arc, true) : item_bit(p, arc, true);
    }
}

/* The storage prices that hold for the load at a vertex. */
static enum zhol_error weigh_storage(struct problem *p, uint32_t vertex)
{
    struct zhol_cost_line lines[ZHOL_STORAGE_LINES];
    struct problem_storage *s = &p->storage[vertex];
    uint32_t count = zhol_network_storage_day(&p->net, vertex, &p->order->load, lines);
    enum zhol_error error = ARRAY_RESERVE(p->charges, p->charge_capacity, p->charge_count + count);
    s->charge = p->charge_count;
    for (uint32_t i = 0; !error && i < count; i++) {
        if (lines[i].cents > 0) {
            p->charges[p->charge_count++] =
                (struct problem_charge){lines[i].cents, p->net.prices[lines[i].price].free_minutes};
            s->day_cents += lines[i].cents;
        }
    }
    s->charge_count = p->charge_count - s->charge;
    return error;
}

/* ---- Layers ---- */

static uint32_t advance_over(const struct problem *p, uint32_t layer, uint32_t node)
{
    while (layer < p->order->via_count && p->order->via[layer] == node) {
        layer++;
    }
    return layer;
}

uint32_t problem_advance(const struct problem *p, uint32_t layer, uint32_t arc)
{
    const struct zhol_arc *a = &p->net.arcs[arc];
    if (p->order->via_count == 0) {
        return 0;
    }
    if (a->kind == ZHOL_ARC_RIDE) {
        const struct zhol_ride *ride = &p->net.rides[a->thing];
        for (uint32_t i = 0; i < ride->way_count; i++) {
            uint32_t under = p->net.ways[ride->way + i];
            layer = advance_over(p, layer, p->net.vertices[p->net.arcs[under].head].node);
        }
    }
    return advance_over(p, layer, p->net.vertices[a->head].node);
}

/* ---- Bans ---- */

static bool country_matches(const uint8_t scope[2], const char *country)
{
    return scope[0] == 0 || ((char)scope[0] == country[0] && (char)scope[1] == country[1]);
}

bool problem_ban_meets(const struct zhol_network_view *net, const struct zhol_ban *ban,
                       const struct zhol_load *load, const char *origin, const char *destination)
{
    if ((ban->class && ban->class != load->class) ||
        (ban->commodity != ZHOL_NONE && ban->commodity != load->commodity) ||
        (ban->exempt_classes >> load->class & 1u)) {
        return false;
    }
    const uint32_t *exempt = net->exempts + ban->exempt;
    for (uint32_t i = 0; i < exempt[0]; i++) {
        if (exempt[1 + i] == load->commodity) {
            return false;
        }
    }
    return country_matches(ban->from_country, origin) &&
           country_matches(ban->to_country, destination);
}

bool problem_banned(const struct problem *p, const struct zhol_ban *ban)
{
    return !p->ignore_bans &&
           problem_ban_meets(&p->net, ban, &p->order->load, p->origin, p->destination);
}

/* ---- Putting it together ---- */

static void copy_country(char out[3], const char *country)
{
    out[0] = country[0];
    out[1] = country[0] ? country[1] : '\0';
    out[2] = '\0';
}

static enum zhol_error allocate(struct problem *p)
{
    p->tails = malloc((size_t)(p->net.arc_count + 1) * sizeof *p->tails);
    p->arcs = calloc((size_t)p->net.arc_count + 1, sizeof *p->arcs);
    p->storage = calloc((size_t)p->net.vertex_count + 1, sizeof *p->storage);
    if (!p->tails || !p->arcs || !p->storage) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t v = 0; v < p->net.vertex_count; v++) {
        for (uint32_t a = p->net.first_arc[v]; a < p->net.first_arc[v + 1]; a++) {
            p->tails[a] = v;
        }
    }
    return ZHOL_ERROR_OK;
}

static void weigh_arcs(struct problem *p)
{
    p->item_count = 0;
    for (uint32_t a = 0; a < p->net.arc_count; a++) {
        if (p->arcs[a].usable) {
            weigh_arc(p, a);
        }
    }
}

/* True where cargo may have to wait at a vertex: for a departure, an opening or the end of a ban.
 */
static bool has_gate(const struct problem *p, uint32_t vertex)
{
    for (uint32_t a = p->net.first_arc[vertex]; a < p->net.first_arc[vertex + 1]; a++) {
        const struct zhol_arc *arc = &p->net.arcs[a];
        bool gate = arc->kind == ZHOL_ARC_RIDE || arc->calendar || arc->ban;
        if (gate && p->arcs[a].usable && !p->arcs[a].passes) {
            return true;
        }
    }
    return false;
}

static enum zhol_error weigh_all(struct problem *p, uint32_t start)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    weigh_arcs(p);
    if (p->item_count > PROBLEM_FINE_ITEMS) {
        p->coarse_items = true;
        weigh_arcs(p);
    }
    for (uint32_t v = 0; !error && v < p->net.vertex_count; v++) {
        /* Nothing at the start: the shipper brings it in time. */
        if (v != start && p->net.storage[v].price_set && has_gate(p, v)) {
            error = weigh_storage(p, v);
        }
    }
    return error;
}

enum zhol_error problem_init(struct problem *p, const struct zhol_network *network,
                             const struct zhol_corridor *corridor,
                             const struct zhol_consignment *order,
                             const struct zhol_plan_options *options)
{
    memset(p, 0, sizeof *p);
    p->net = zhol_network_view(network);
    p->corridor = corridor;
    p->order = order;
    p->time = options->time;
    p->ignore_bans = options->ignore_bans;
    if (order->via_count > PROBLEM_MAX_VIA || (unsigned)options->time >= ZHOL_TIME_COUNT ||
        order->ready_min < -MOST_DAYS * 1440 || order->ready_min > MOST_DAYS * 1440 ||
        options->horizon_days > MOST_HORIZON_DAYS) {
        return ZHOL_ERROR_USAGE;
    }
    uint32_t horizon_days = options->horizon_days ? options->horizon_days : 120;
    p->last_min = order->ready_min + (int64_t)horizon_days * 1440;
    p->last_min = order->deadline_min < p->last_min ? order->deadline_min : p->last_min;
    if (p->last_min < order->ready_min) {
        return ZHOL_ERROR_UNREACHABLE;
    }
    copy_country(p->origin, walk_origin(corridor, order));
    copy_country(p->destination, walk_destination(corridor, order));
    uint32_t start = zhol_network_place(&p->net, order->from, zhol_state_YARD);
    uint32_t goal = zhol_network_place(&p->net, order->to, zhol_state_YARD);
    if (start == ZHOL_NONE || goal == ZHOL_NONE) {
        return ZHOL_ERROR_UNREACHABLE;
    }
    enum zhol_error error = allocate(p);
    for (uint32_t a = 0; !error && a < p->net.arc_count; a++) {
        admit_arc(p, a);
    }
    error = error ? error : drop_useless(p, start, goal);
    error = error ? error : weigh_all(p, start);
    if (error) {
        problem_clear(p);
        return error;
    }
    p->layers = order->via_count + 1;
    if (p->net.vertex_count > (UINT32_MAX - 1) / p->layers) {
        problem_clear(p);
        return ZHOL_ERROR_LIMIT;
    }
    p->state_count = p->layers * p->net.vertex_count;
    p->start = advance_over(p, 0, order->from) * p->net.vertex_count + start;
    p->goal = order->via_count * p->net.vertex_count + goal;
    return ZHOL_ERROR_OK;
}

void problem_clear(struct problem *p)
{
    free(p->tails);
    free(p->arcs);
    free(p->storage);
    free(p->charges);
    p->tails = NULL;
    p->arcs = NULL;
    p->storage = NULL;
    p->charges = NULL;
}
