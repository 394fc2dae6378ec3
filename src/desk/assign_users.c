/* desk/assign_users.c: who uses a link, a capacity or a process; what stays unmet, and why. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/map.h"
#include "desk/assign_parts.h"
#include "desk/assign_study.h"
#include "desk/assign_tree.h"

/* ---- Who uses it ---- */

struct users {
    struct assign_user *items;
    uint32_t count, room;
    struct map_int number;
};

struct asked {
    uint32_t link, resource, process;
};

/* Units a day that a flow takes of what is asked about: 1 where it passes a link or process. */
static double taken(const struct assign_study *study, const struct assign_model *model,
                    const struct assign_flow *flow, const struct asked *asked)
{
    uint32_t count, class = model->wishes[flow->wish].class;
    const struct zhol_resource *resources = zhol_corridor_resource(study->corridor, &count);
    const struct zhol_process *processes = zhol_corridor_process(study->corridor, &count);
    double sum = 0;
    for (uint32_t i = 0; i < flow->arc_count; i++) {
        uint32_t arc = model->flow_arcs[flow->first_arc + i];
        const uint32_t *way;
        uint32_t plain = assign_arcs(&model->net, &arc, &way);
        for (uint32_t r = 0; asked->resource != ZHOL_NONE && r < model->row_count; r++) {
            if (resources[model->rows[r].resource_row].resource_id == asked->resource) {
                sum += assign_model_use(model, arc, class, r);
            }
        }
        for (uint32_t k = 0; asked->resource == ZHOL_NONE && k < plain; k++) {
            const struct zhol_arc *a = &model->net.arcs[way[k]];
            sum +=
                (asked->link != ZHOL_NONE && a->kind == ZHOL_ARC_MOVE && a->thing == asked->link) ||
                (asked->process != ZHOL_NONE && a->process != ZHOL_NONE &&
                 processes[a->process].process_id == asked->process);
        }
    }
    return sum;
}

static enum zhol_error take_user(struct users *users, const struct assign_slice *slice,
                                 const struct assign_flow *flow, double part)
{
    const struct assign_wish *wish = &slice->model->wishes[flow->wish];
    const struct assign_class *class = &slice->model->classes[wish->class];
    int64_t key = (int64_t)wish->from << 40 | (int64_t)wish->to << 20 | class->commodity;
    uint32_t at;
    if (!map_int_get(&users->number, key, &at)) {
        at = users->count;
        enum zhol_error error = ARRAY_RESERVE(users->items, users->room, at + 1);
        error = error ? error : map_int_put(&users->number, key, at);
        if (error) {
            return error;
        }
        users->items[users->count++] =
            (struct assign_user){.from = wish->from, .to = wish->to, .commodity = class->commodity};
    }
    double units = flow->units_day * (slice->to - slice->from);
    users->items[at].t += units * class->t_per_unit;
    users->items[at].teu += units * class->teu_per_unit;
    users->items[at].use += units * part;
    return ZHOL_ERROR_OK;
}

static int by_tonnes(const void *a, const void *b)
{
    const struct assign_user *x = a, *y = b;
    if (x->t != y->t) {
        return x->t > y->t ? -1 : 1;
    }
    if (x->from != y->from) {
        return x->from < y->from ? -1 : 1;
    }
    return x->to != y->to ? (x->to < y->to ? -1 : 1)
                          : (x->commodity > y->commodity) - (x->commodity < y->commodity);
}

enum zhol_error assign_study_users(const struct assign_study *study, uint32_t link,
                                   uint32_t resource, uint32_t process, struct assign_user **out,
                                   uint32_t *count)
{
    const struct asked asked = {link, resource, process};
    struct users users = {0};
    enum zhol_error error = ZHOL_ERROR_OK;
    map_int_init(&users.number);
    for (uint32_t s = 0; !error && s < study->slice_count; s++) {
        const struct assign_slice *slice = &study->slices[s];
        for (uint32_t f = 0; !error && f < slice->model->flow_count; f++) {
            double part = taken(study, slice->model, &slice->model->flows[f], &asked);
            error =
                part > 0 ? take_user(&users, slice, &slice->model->flows[f], part) : ZHOL_ERROR_OK;
        }
    }
    map_int_clear(&users.number);
    if (error) {
        free(users.items);
        return error;
    }
    double days = study->options.to - study->options.from;
    for (uint32_t i = 0; i < users.count; i++) {
        users.items[i].use = resource == ZHOL_NONE ? 0 : users.items[i].use / days;
    }
    if (users.count) {
        qsort(users.items, users.count, sizeof *users.items, by_tonnes);
    }
    *out = users.items;
    *count = users.count;
    return ZHOL_ERROR_OK;
}

/* ---- What stays unmet, and why ---- */

struct search {
    const struct assign_study *study;
    uint32_t slice;
    const struct assign_model *model;
    uint32_t *tight; /* rows with a price */
    uint32_t tight_count;
    double *costs; /* by arc of the solver, prices included, of one class */
    struct assign_tree tree;
    struct assign_shortage *items;
    uint32_t count, room;
};

static void price_arcs(struct search *s, uint32_t class)
{
    const struct assign_model *model = s->model;
    assign_tree_costs(model, class, s->costs);
    for (uint32_t arc = 0; arc < model->arc_count; arc++) {
        s->costs[arc] = model->closed[arc] ? ASSIGN_CLOSED : s->costs[arc];
        for (uint32_t i = 0; i < s->tight_count && s->costs[arc] < ASSIGN_CLOSED; i++) {
            s->costs[arc] += zhol_assign_row_price(model->solver, s->tight[i]) *
                             assign_model_use(model, model->net_arc[arc], class, s->tight[i]);
        }
    }
}

/* The row that takes most on the tree's way to the goal; ZHOL_NONE where there is none. */
static uint32_t dearest_row(const struct search *s, uint32_t goal, uint32_t class)
{
    const struct assign_model *model = s->model;
    uint32_t best = ZHOL_NONE;
    double most = 0;
    for (uint32_t i = 0; i < s->tight_count; i++) {
        double sum = 0;
        for (uint32_t v = goal; s->tree.parent[v] != ZHOL_NONE;
             v = zhol_network_tail(&model->net, s->tree.parent[v])) {
            sum += assign_model_use(model, s->tree.parent[v], class, s->tight[i]);
        }
        sum *= zhol_assign_row_price(model->solver, s->tight[i]);
        if (sum > most) {
            most = sum;
            best = s->tight[i];
        }
    }
    return best;
}

static enum zhol_error take_shortage(struct search *s, uint32_t w, double unmet, uint32_t row,
                                     bool dear)
{
    const struct assign_wish *wish = &s->model->wishes[w];
    const struct assign_class *class = &s->model->classes[wish->class];
    const struct assign_slice *slice = &s->study->slices[s->slice];
    uint32_t count;
    const struct zhol_resource *resources = zhol_corridor_resource(s->study->corridor, &count);
    enum zhol_error error = ARRAY_RESERVE(s->items, s->room, s->count + 1);
    if (error) {
        return error;
    }
    s->items[s->count++] = (struct assign_shortage){
        .from = wish->from,
        .to = wish->to,
        .commodity = class->commodity,
        .slice = s->slice,
        .t = unmet * class->t_per_unit * (slice->to - slice->from),
        .resource =
            row == ZHOL_NONE ? ZHOL_NONE : resources[s->model->rows[row].resource_row].resource_id,
        .dear = dear,
        .sense = row == ZHOL_NONE ? (int8_t)-1 : s->model->rows[row].sense,
        .wish = w};
    return ZHOL_ERROR_OK;
}

static enum zhol_error search_wish(struct search *s, uint32_t w, uint32_t *class)
{
    const struct assign_wish *wish = &s->model->wishes[w];
    double unmet = assign_model_unmet(s->model, w);
    if (unmet <= 1e-9 * wish->units_day || unmet <= 0) {
        return ZHOL_ERROR_OK;
    }
    uint32_t row = ZHOL_NONE, goal = ZHOL_NONE;
    if (wish->demand != ZHOL_NONE) {
        if (*class != wish->class) {
            price_arcs(s, wish->class);
            *class = wish->class;
        }
        assign_tree_grow(&s->tree, s->model,
                         zhol_network_place(&s->model->net, wish->from, zhol_state_YARD), s->costs);
        goal = zhol_network_place(&s->model->net, wish->to, zhol_state_YARD);
        row = dearest_row(s, goal, wish->class);
    }
    bool reached = goal != ZHOL_NONE && isfinite(s->tree.cost[goal]);
    return take_shortage(s, w, unmet, row, reached && row == ZHOL_NONE);
}

static enum zhol_error search_slice(struct search *s)
{
    const struct assign_model *model = s->model;
    uint32_t class = ZHOL_NONE;
    s->tight = malloc((model->row_count + 1) * sizeof *s->tight);
    s->costs = malloc((model->arc_count + 1) * sizeof *s->costs);
    enum zhol_error error = assign_tree_init(&s->tree, model);
    error = !error && (!s->tight || !s->costs) ? ZHOL_ERROR_MEMORY : error;
    s->tight_count = 0;
    for (uint32_t r = 0; !error && r < model->row_count; r++) {
        if (zhol_assign_row_price(model->solver, r) > 1e-6) {
            s->tight[s->tight_count++] = r;
        }
    }
    for (uint32_t w = 0; !error && w < model->wish_count; w++) {
        error = search_wish(s, w, &class);
    }
    assign_tree_clear(&s->tree);
    free(s->tight);
    free(s->costs);
    return error;
}

static int by_shortage(const void *a, const void *b)
{
    const struct assign_shortage *x = a, *y = b;
    if (x->t != y->t) {
        return x->t > y->t ? -1 : 1;
    }
    if (x->slice != y->slice) {
        return x->slice < y->slice ? -1 : 1;
    }
    if (x->from != y->from) {
        return x->from < y->from ? -1 : 1;
    }
    return x->to != y->to ? (x->to < y->to ? -1 : 1)
                          : (x->commodity > y->commodity) - (x->commodity < y->commodity);
}

enum zhol_error assign_study_shortages(const struct assign_study *study,
                                       struct assign_shortage **out, uint32_t *count)
{
    struct search s = {.study = study};
    enum zhol_error error = ZHOL_ERROR_OK;
    for (s.slice = 0; !error && s.slice < study->slice_count; s.slice++) {
        s.model = study->slices[s.slice].model;
        error = s.model->wish_count ? search_slice(&s) : ZHOL_ERROR_OK;
    }
    if (error) {
        free(s.items);
        return error;
    }
    if (s.count) {
        qsort(s.items, s.count, sizeof *s.items, by_shortage);
    }
    *out = s.items;
    *count = s.count;
    return ZHOL_ERROR_OK;
}
