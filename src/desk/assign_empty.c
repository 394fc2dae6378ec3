/* desk/assign_empty.c: the way back of empty equipment. See assign_empty.h. */
#include "desk/assign_empty.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "desk/assign_parts.h"

enum { KINDS_MAX = 64 };
#define LEFT_OVER_USD 1e5 /* a unit that is not sent back: above every way */

struct maker {
    const struct assign_study *study;
    struct assign_empties *out;
    uint32_t flow_room;
    const struct assign_slice *slice;
    const struct assign_model *model;
    struct zhol_assign *solver;
    uint32_t classes[KINDS_MAX]; /* of the model, one that travels so; ZHOL_NONE: none does */
    double *balance;             /* by kind and vertex: more came than left */
    uint32_t *row_of;            /* by resource row and sense: row of the solver, or ZHOL_NONE */
    uint32_t *net_arc;           /* by arc of the solver; ZHOL_NONE: from a source, to a sink */
    uint32_t arc_room;
};

/* ---- Kinds ---- */

static enum zhol_error find_kinds(struct maker *m)
{
    uint32_t count, kinds = 0;
    const struct zhol_load_class *rows = zhol_corridor_load_class(m->study->corridor, &count);
    m->out->kinds = calloc(KINDS_MAX, sizeof *m->out->kinds);
    if (!m->out->kinds) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        unsigned state = rows[i].state;
        bool wagon =
            (state == zhol_state_RAIL1435 || state == zhol_state_RAIL1520) && rows[i].wagons > 0;
        bool box = state == zhol_state_YARD && rows[i].teu > 0;
        if ((wagon || box) && kinds == KINDS_MAX) {
            return ZHOL_ERROR_LIMIT;
        }
        if (wagon || box) {
            m->out->kinds[kinds++] = (struct assign_empty_kind){.load_class = rows[i].load_class_id,
                                                                .state = (uint8_t)state};
        }
    }
    m->out->kind_count = kinds;
    return ZHOL_ERROR_OK;
}

static double wagons_of(const struct maker *m, const struct assign_empty_kind *kind)
{
    uint32_t begin, end, count;
    const struct zhol_load_class *rows = zhol_corridor_load_class(m->study->corridor, &count);
    zhol_corridor_rows(m->study->corridor, ZHOL_TABLE_load_class, kind->load_class, &begin, &end);
    for (uint32_t i = begin; i < end; i++) {
        if (rows[i].state == kind->state) {
            return rows[i].wagons;
        }
    }
    return 0;
}

static void find_classes(struct maker *m)
{
    for (uint32_t k = 0; k < m->out->kind_count; k++) {
        m->classes[k] = ZHOL_NONE;
        for (uint32_t c = 0; c < m->model->class_count; c++) {
            uint32_t commodity = m->model->classes[c].commodity;
            if (assign_commodity(m->study->corridor, commodity)->load_class_id ==
                m->out->kinds[k].load_class) {
                m->classes[k] = c;
                break;
            }
        }
    }
}

/* ---- Balances ---- */

static double *balance_of(struct maker *m, uint32_t kind, uint32_t vertex)
{
    return &m->balance[(size_t)kind * m->model->net.vertex_count + vertex];
}

/* Equipment of a kind taken at the first vertex and freed at the last. */
static void book(struct maker *m, uint32_t kind, uint32_t first, uint32_t last, double units)
{
    if (first != ZHOL_NONE && last != ZHOL_NONE) {
        *balance_of(m, kind, first) -= units;
        *balance_of(m, kind, last) += units;
        m->out->kinds[kind].loaded += units * (m->slice->to - m->slice->from);
    }
}

/* The stretches of a flow in the kind's state: from the place where it gets there to the place
 * where it leaves it. */
static void book_wagons(struct maker *m, uint32_t kind, const struct assign_flow *flow)
{
    const struct zhol_network_view *net = &m->model->net;
    unsigned state = m->out->kinds[kind].state;
    uint32_t begun = ZHOL_NONE;
    for (uint32_t i = 0; i < flow->arc_count; i++) {
        const uint32_t *way;
        uint32_t count = assign_arcs(net, &m->model->flow_arcs[flow->first_arc + i], &way);
        for (uint32_t w = 0; w < count; w++) {
            uint32_t tail = zhol_network_tail(net, way[w]), head = net->arcs[way[w]].head;
            bool was = net->vertices[tail].state == state, is = net->vertices[head].state == state;
            begun = is && !was ? head : begun;
            if (was && !is) {
                book(m, kind, begun, tail, flow->units_day);
                begun = ZHOL_NONE;
            }
        }
    }
}

static void book_flows(struct maker *m)
{
    const struct assign_model *model = m->model;
    for (uint32_t f = 0; f < model->flow_count; f++) {
        const struct assign_flow *flow = &model->flows[f];
        const struct assign_wish *wish = &model->wishes[flow->wish];
        uint32_t load_class =
            assign_commodity(m->study->corridor, model->classes[wish->class].commodity)
                ->load_class_id;
        for (uint32_t k = 0; k < m->out->kind_count; k++) {
            if (m->out->kinds[k].load_class != load_class) {
                continue;
            }
            if (m->out->kinds[k].state != zhol_state_YARD) {
                book_wagons(m, k, flow);
                continue;
            }
            book(m, k, zhol_network_place(&model->net, wish->from, zhol_state_YARD),
                 zhol_network_place(&model->net, wish->to, zhol_state_YARD), flow->units_day);
        }
    }
}

/* ---- Arcs ---- */

/* What an empty box costs on a plain arc. */
static double box_usd(const struct zhol_arc *arc)
{
    double km = arc->length_m / 1000.0;
    if (arc->kind == ZHOL_ARC_HANDLE) {
        return ASSIGN_EMPTY_LIFT_USD;
    }
    return arc->mode == zhol_mode_RAIL   ? km * ASSIGN_EMPTY_BOX_USD_KM
           : arc->mode == zhol_mode_ROAD ? km * ASSIGN_EMPTY_TRUCK_USD_KM
                                         : km * ASSIGN_EMPTY_SEA_USD_KM;
}

static bool sails(const struct zhol_network_view *net, uint32_t net_arc)
{
    const uint32_t *way;
    uint32_t count = assign_arcs(net, &net_arc, &way);
    for (uint32_t i = 0; i < count; i++) {
        if (net->arcs[way[i]].mode == zhol_mode_SEA || net->arcs[way[i]].mode == zhol_mode_RIVER) {
            return true;
        }
    }
    return false;
}

/* USD a unit of the kind on an arc of the network; ASSIGN_CLOSED where it cannot go. */
static double empty_cost(const struct maker *m, uint32_t kind, uint32_t tail, uint32_t net_arc)
{
    const struct zhol_network_view *net = &m->model->net;
    const struct zhol_arc *arc = &net->arcs[net_arc];
    const struct assign_empty_kind *k = &m->out->kinds[kind];
    bool ride = arc->kind == ZHOL_ARC_RIDE, ship = sails(net, net_arc), passes;
    if (m->classes[kind] == ZHOL_NONE || ship != ride) {
        return ASSIGN_CLOSED; /* trains are not tied to services, ships are */
    }
    if (k->state != zhol_state_YARD) {
        bool same = net->vertices[tail].state == k->state &&
                    net->vertices[arc->head].state == k->state && !ride;
        return same ? wagons_of(m, k) * arc->length_m / 1000.0 * ASSIGN_EMPTY_WAGON_USD_KM
                    : ASSIGN_CLOSED;
    }
    const struct zhol_load *load = &m->model->classes[m->classes[kind]].block;
    const uint32_t *way;
    uint32_t count = assign_arcs(net, &net_arc, &way);
    double sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!zhol_network_admits(net, way[i], load, &passes)) {
            return ASSIGN_CLOSED;
        }
        sum += box_usd(&net->arcs[way[i]]);
    }
    return sum;
}

/* True where empties of the kind take of a resource: wagons of train paths, boxes of ships. */
static bool takes(const struct zhol_resource *resource, bool box)
{
    bool path =
        resource->unit == zhol_capacity_unit_TRAINS || resource->unit == zhol_capacity_unit_PAIRS;
    return box ? !path && resource->link_id != ZHOL_NONE : path;
}

static enum zhol_error add_uses(struct maker *m, uint32_t arc, uint32_t net_arc)
{
    const struct zhol_network_view *net = &m->model->net;
    const uint32_t *way;
    uint32_t rows, count = assign_arcs(net, &net_arc, &way);
    const struct zhol_resource *resources = zhol_corridor_resource(m->study->corridor, &rows);
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; !error && i < count; i++) {
        uint32_t list = net->arcs[way[i]].uses;
        int sense = assign_arc_sense(net, m->study->corridor, way[i]);
        for (uint32_t u = net->first_use[list]; !error && u < net->first_use[list + 1]; u++) {
            const struct zhol_use *use = &net->uses[u];
            uint32_t pair = m->row_of[3 * use->resource_row + (uint32_t)sense + 1];
            uint32_t row = pair != ZHOL_NONE ? pair : m->row_of[3 * use->resource_row];
            double units[KINDS_MAX] = {0};
            for (uint32_t k = 0; row != ZHOL_NONE && k < m->out->kind_count; k++) {
                bool box = m->out->kinds[k].state == zhol_state_YARD;
                units[k] = m->classes[k] != ZHOL_NONE && takes(&resources[use->resource_row], box)
                               ? assign_use_units(m->model, way[i], m->classes[k], use)
                               : 0;
            }
            error =
                row != ZHOL_NONE ? zhol_assign_add_use(m->solver, arc, row, units) : ZHOL_ERROR_OK;
        }
    }
    return error;
}

static enum zhol_error add_arc(struct maker *m, uint32_t from, uint32_t to, uint32_t net_arc,
                               const double *costs, uint32_t *arc)
{
    enum zhol_error error = zhol_assign_add_arc(m->solver, from, to, costs, arc);
    error = error ? error : ARRAY_RESERVE(m->net_arc, m->arc_room, *arc + 1);
    if (!error) {
        m->net_arc[*arc] = net_arc;
    }
    return error;
}

static enum zhol_error add_net_arcs(struct maker *m)
{
    const struct zhol_network_view *net = &m->model->net;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t v = 0; !error && v < net->vertex_count; v++) {
        for (uint32_t a = net->first_arc[v]; !error && a < net->first_arc[v + 1]; a++) {
            double costs[KINDS_MAX];
            bool open = false;
            uint32_t arc;
            for (uint32_t k = 0; k < m->out->kind_count; k++) {
                costs[k] = empty_cost(m, k, v, a);
                open = open || costs[k] < ASSIGN_CLOSED;
            }
            if (open) {
                error = add_arc(m, v, net->arcs[a].head, a, costs, &arc);
                error = error ? error : add_uses(m, arc, a);
            }
        }
    }
    return error;
}

/* What loads leave free. */
static enum zhol_error add_rows(struct maker *m)
{
    const struct assign_model *model = m->model;
    enum zhol_error error = ZHOL_ERROR_OK;
    uint32_t rows;
    zhol_corridor_resource(m->study->corridor, &rows);
    for (uint32_t i = 0; i < 3 * rows; i++) {
        m->row_of[i] = ZHOL_NONE;
    }
    for (uint32_t r = 0; !error && r < model->row_count; r++) {
        double left = model->rows[r].capacity - zhol_assign_row_use(model->solver, r);
        uint32_t *at =
            &m->row_of[3 * model->rows[r].resource_row + (uint32_t)(model->rows[r].sense + 1)];
        error = zhol_assign_add_row(m->solver, left > 1e-9 ? left : 0, at);
    }
    return error;
}

/* A source for what is over of a kind, a sink for what lacks, and the demand between them. */
static enum zhol_error add_kind(struct maker *m, uint32_t kind)
{
    uint32_t vertices = m->model->net.vertex_count, source = vertices + 2 * kind;
    double costs[KINDS_MAX], one[KINDS_MAX] = {0}, over = 0;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t k = 0; k < m->out->kind_count; k++) {
        costs[k] = k == kind ? 0 : ASSIGN_CLOSED;
    }
    one[kind] = 1;
    for (uint32_t v = 0; !error && v < vertices; v++) {
        double units = *balance_of(m, kind, v);
        uint32_t arc, row;
        if (fabs(units) < 1e-9) {
            continue;
        }
        over += units > 0 ? units : 0;
        error = units > 0 ? add_arc(m, source, v, ZHOL_NONE, costs, &arc)
                          : add_arc(m, v, source + 1, ZHOL_NONE, costs, &arc);
        error = error ? error : zhol_assign_add_row(m->solver, fabs(units), &row);
        error = error ? error : zhol_assign_add_use(m->solver, arc, row, one);
    }
    struct zhol_assign_demand demand = {.origin = source,
                                        .destination = source + 1,
                                        .load_class = kind,
                                        .amount = over,
                                        .unmet_cost = LEFT_OVER_USD};
    return error ? error : zhol_assign_add_demand(m->solver, &demand, NULL);
}

/* ---- Results ---- */

static enum zhol_error take_flow(struct maker *m, uint32_t kind, uint32_t from, uint32_t to,
                                 double units, double usd)
{
    struct assign_empties *out = m->out;
    for (uint32_t i = 0; i < out->flow_count; i++) {
        struct assign_empty_flow *flow = &out->flows[i];
        if (flow->kind == kind && flow->from == from && flow->to == to) {
            flow->units += units;
            flow->usd += usd;
            return ZHOL_ERROR_OK;
        }
    }
    enum zhol_error error = ARRAY_RESERVE(out->flows, m->flow_room, out->flow_count + 1);
    if (!error) {
        out->flows[out->flow_count++] = (struct assign_empty_flow){kind, from, to, units, usd};
    }
    return error;
}

static enum zhol_error take_path(struct maker *m, const struct zhol_assign_path *path)
{
    const struct zhol_network_view *net = &m->model->net;
    struct assign_empty_kind *kind = &m->out->kinds[path->demand];
    double days = m->slice->to - m->slice->from, units = path->flow * days, km = 0;
    uint32_t from = ZHOL_NONE, to = ZHOL_NONE;
    for (uint32_t i = 0; i < path->arc_count; i++) {
        uint32_t arc = m->net_arc[path->arcs[i]];
        if (arc != ZHOL_NONE) {
            from = from == ZHOL_NONE ? net->vertices[zhol_network_tail(net, arc)].node : from;
            to = net->vertices[net->arcs[arc].head].node;
            km += net->arcs[arc].length_m / 1000.0;
        }
    }
    kind->moved += units;
    kind->unit_km += units * km;
    kind->usd += units * path->cost;
    return from == ZHOL_NONE || from == to
               ? ZHOL_ERROR_OK
               : take_flow(m, path->demand, from, to, units, units * path->cost);
}

static enum zhol_error solve(struct maker *m)
{
    static const struct zhol_assign_options options = {.method = ZHOL_ASSIGN_SIMPLEX};
    struct zhol_assign_certificate certificate;
    struct zhol_assign_path path;
    struct assign_empties *out = m->out;
    double days = m->slice->to - m->slice->from;
    enum zhol_error error = zhol_assign_solve(m->solver, &options, &certificate);
    if (error) {
        return error;
    }
    out->certificate.primal += certificate.primal * days;
    out->certificate.dual += certificate.dual * days;
    out->certificate.gap = fmax(out->certificate.gap, certificate.gap);
    out->certificate.violation = fmax(out->certificate.violation, certificate.violation);
    for (uint32_t k = 0; k < out->kind_count; k++) {
        out->kinds[k].left += zhol_assign_demand_unmet(m->solver, k) * days;
    }
    for (uint32_t i = 0; !error && i < zhol_assign_path_count(m->solver); i++) {
        zhol_assign_path_at(m->solver, i, &path);
        error = take_path(m, &path);
    }
    return error;
}

static enum zhol_error run_slice(struct maker *m)
{
    uint32_t kinds = m->out->kind_count, vertices = m->model->net.vertex_count, rows;
    zhol_corridor_resource(m->study->corridor, &rows);
    m->balance = calloc((size_t)kinds * vertices + 1, sizeof *m->balance);
    m->row_of = malloc((3 * (size_t)rows + 1) * sizeof *m->row_of);
    enum zhol_error error = m->balance && m->row_of ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    error = error ? error : zhol_assign_new(&m->solver, vertices + 2 * kinds, kinds);
    if (!error) {
        find_classes(m);
        book_flows(m);
    }
    error = error ? error : add_rows(m);
    error = error ? error : add_net_arcs(m);
    for (uint32_t k = 0; !error && k < kinds; k++) {
        error = add_kind(m, k);
    }
    error = error ? error : solve(m);
    zhol_assign_free(m->solver);
    free(m->balance);
    free(m->row_of);
    m->solver = NULL;
    return error;
}

static int by_units(const void *a, const void *b)
{
    const struct assign_empty_flow *x = a, *y = b;
    if (x->usd != y->usd) {
        return x->usd > y->usd ? -1 : 1;
    }
    if (x->kind != y->kind) {
        return x->kind < y->kind ? -1 : 1;
    }
    return x->from != y->from ? (x->from < y->from ? -1 : 1) : (x->to > y->to) - (x->to < y->to);
}

enum zhol_error assign_empties_run(const struct assign_study *study, struct assign_empties *out)
{
    struct maker m = {.study = study, .out = out};
    *out = (struct assign_empties){0};
    enum zhol_error error = find_kinds(&m);
    for (uint32_t s = 0; !error && s < study->slice_count; s++) {
        m.slice = &study->slices[s];
        m.model = m.slice->model;
        error = m.model->solver && out->kind_count ? run_slice(&m) : ZHOL_ERROR_OK;
    }
    free(m.net_arc);
    if (error) {
        assign_empties_clear(out);
    } else if (out->flow_count) {
        qsort(out->flows, out->flow_count, sizeof *out->flows, by_units);
    }
    return error;
}

void assign_empties_clear(struct assign_empties *empties)
{
    free(empties->kinds);
    free(empties->flows);
    *empties = (struct assign_empties){0};
}
