/* tree_store.c: trees that are kept from run to run (assign/tree.h). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assign/tree.h"

/* More changed lengths than this part of the arcs are not listed: hardly a tree is untouched. */
enum { LISTED_PART = 2 };

size_t tree_store_size(const struct flow *flow)
{
    double each = (double)(sizeof(double) + 2 * sizeof(uint32_t));
    double size = (double)flow->group_count * flow->node_count * each;
    return size < (double)(SIZE_MAX / 2) ? (size_t)size : SIZE_MAX / 2;
}

/* Has a row that the arc at the place uses a price? */
static bool is_priced(const struct flow *flow, uint32_t place, const double *prices)
{
    uint32_t arc = flow->out_arc[place];
    bool priced = false;
    for (uint32_t u = flow->first_use[arc]; u < flow->first_use[arc + 1]; u++) {
        priced |= prices[flow->use_row[u]] != 0;
    }
    return priced;
}

double tree_weight(const struct flow *flow, uint32_t place, uint32_t load_class,
                   const double *prices)
{
    uint32_t arc = flow->out_arc[place], width = flow->class_count;
    double weight =
        flow->arc_closed[arc] ? INFINITY : flow->arc_cost[(size_t)arc * width + load_class];
    for (uint32_t u = flow->first_use[arc]; u < flow->first_use[arc + 1]; u++) {
        double price = prices[flow->use_row[u]];
        if (price != 0) {
            weight += flow->use_coefficient[(size_t)u * width + load_class] * price;
        }
    }
    return weight;
}

enum zhol_error tree_store_start(struct tree_store *store, const struct flow *flow,
                                 const double *prices)
{
    size_t places = (size_t)flow->group_count * flow->node_count + 1;
    size_t weights = (size_t)flow->class_count * flow->arc_count + 1;
    *store = (struct tree_store){.flow = flow, .checked = true, .version = flow->version};
    store->distance = malloc(places * sizeof *store->distance);
    store->parent = malloc(places * sizeof *store->parent);
    store->order = malloc(places * sizeof *store->order);
    store->made = calloc((size_t)flow->group_count + 1, 1);
    store->weights = calloc(weights, sizeof *store->weights);
    store->priced = calloc((size_t)flow->arc_count + 1, 1);
    store->changed = malloc(weights * sizeof *store->changed);
    store->changed_count = calloc(flow->class_count, sizeof *store->changed_count);
    if (!store->distance || !store->parent || !store->order || !store->made || !store->weights ||
        !store->priced || !store->changed || !store->changed_count) {
        tree_store_clear(store);
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < flow->arc_count; i++) {
        store->priced[i] = is_priced(flow, i, prices);
        for (uint32_t c = 0; c < flow->class_count; c++) {
            store->weights[(size_t)c * flow->arc_count + i] = tree_weight(flow, i, c, prices);
        }
    }
    return ZHOL_ERROR_OK;
}

void tree_store_clear(struct tree_store *store)
{
    free(store->distance);
    free(store->parent);
    free(store->order);
    free(store->made);
    free(store->weights);
    free(store->priced);
    free(store->changed);
    free(store->changed_count);
    *store = (struct tree_store){0};
}

void tree_store_weigh(struct tree_store *store, const double *prices, bool all)
{
    const struct flow *flow = store->flow;
    uint32_t arcs = flow->arc_count;
    memset(store->changed_count, 0, flow->class_count * sizeof *store->changed_count);
    for (uint32_t i = 0; i < arcs; i++) {
        bool priced = is_priced(flow, i, prices);
        if (!priced && !store->priced[i] && flow->arc_version[flow->out_arc[i]] <= store->version) {
            continue;
        }
        store->priced[i] = priced;
        for (uint32_t c = 0; c < flow->class_count; c++) {
            double now = tree_weight(flow, i, c, prices);
            double *last = store->weights + (size_t)c * arcs + i;
            if (now < *last) {
                store->changed[(size_t)c * arcs + store->changed_count[c]++] = i;
            }
            *last = now;
        }
    }
    for (uint32_t c = 0; c < flow->class_count; c++) {
        uint32_t *count = store->changed_count + c;
        *count = *count > arcs / LISTED_PART ? arcs : *count;
    }
    store->version = flow->version;
    store->all = all;
}

void tree_store_forget(struct tree_store *store)
{
    if (store->made) {
        memset(store->made, 0, store->flow->group_count);
    }
}

/* How far the group's goals are along their kept paths; *hold: as far as their labels say, each
 * node on the way. INFINITY also where nodes may not be left out: lengths may be negative. */
static double goals_far(const struct tree_store *store, struct tree_search *search,
                        const struct flow_group *group, const struct tree_kept *kept,
                        const double *weights, bool *hold)
{
    const struct flow *flow = store->flow;
    double far = flow->has_negative ? INFINITY : 0;
    *hold = true;
    for (uint32_t m = group->first; m < group->first + group->count; m++) {
        uint32_t v = flow->demands[flow->group_demands[m]].destination, count = 0;
        double distance = 0;
        if (kept->parent[v] == FLOW_NONE && v != group->origin) {
            far = INFINITY; /* no way of before: there may be one now */
            continue;
        }
        for (; v != group->origin; v = flow->out_from[kept->parent[v]]) {
            search->stack[count++] = v;
        }
        while (count) {
            v = search->stack[--count];
            distance += weights[kept->parent[v]];
            *hold = *hold && distance == kept->distance[v];
        }
        far = distance > far ? distance : far;
    }
    return far;
}

/* Does an arc that became shorter make a node nearer? */
static bool is_touched(const struct tree_store *store, const struct flow_group *group,
                       const struct tree_kept *kept, const double *weights, double far)
{
    const struct flow *flow = store->flow;
    const uint32_t *changed = store->changed + (size_t)group->load_class * flow->arc_count;
    uint32_t count = store->changed_count[group->load_class];
    if (count == flow->arc_count && count) {
        return true;
    }
    for (uint32_t c = 0; c < count; c++) {
        uint32_t i = changed[c];
        double to = kept->distance[flow->out_to[i]];
        if (kept->distance[flow->out_from[i]] + weights[i] < (to < far ? to : far)) {
            return true;
        }
    }
    return false;
}

void tree_store_update(struct tree_store *store, struct tree_search *search, uint32_t group,
                       const double *weights)
{
    const struct flow_group *at = store->flow->groups + group;
    size_t begin = (size_t)group * store->flow->node_count;
    struct tree_kept kept = {store->distance + begin, store->parent + begin, store->order + begin};
    if (!store->made[group]) {
        tree_make(search, at->origin, weights, &kept);
        store->made[group] = 1;
        return;
    }
    bool hold;
    double far = goals_far(store, search, at, &kept, weights, &hold);
    if (!hold || is_touched(store, at, &kept, weights, far) ||
        (store->all && !tree_is_exact(store->flow, at->origin, weights, &kept, far))) {
        tree_mend(search, at->origin, weights, &kept, far);
    } else {
        search->distance = kept.distance;
        search->parent = kept.parent;
    }
}
