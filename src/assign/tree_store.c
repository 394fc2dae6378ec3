/* tree_store.c: trees that are kept from run to run (assign/tree.h). */
#include <stdlib.h>
#include <string.h>

#include "assign/tree.h"

/* More changed lengths than this part of the arcs are not listed: hardly a tree is untouched. */
enum { LISTED_PART = 8 };

size_t tree_store_size(const struct flow *flow)
{
    double each = (double)(sizeof(double) + 2 * sizeof(uint32_t));
    double size = (double)flow->group_count * flow->node_count * each;
    return size < (double)(SIZE_MAX / 2) ? (size_t)size : SIZE_MAX / 2;
}

enum zhol_error tree_store_start(struct tree_store *store, const struct flow *flow)
{
    size_t places = (size_t)flow->group_count * flow->node_count + 1;
    size_t weights = (size_t)flow->class_count * flow->arc_count + 1;
    *store = (struct tree_store){.flow = flow, .checked = true};
    store->distance = malloc(places * sizeof *store->distance);
    store->parent = malloc(places * sizeof *store->parent);
    store->order = malloc(places * sizeof *store->order);
    store->made = calloc((size_t)flow->group_count + 1, 1);
    store->weights = calloc(weights, sizeof *store->weights);
    store->changed = malloc(weights * sizeof *store->changed);
    store->changed_count = calloc(flow->class_count, sizeof *store->changed_count);
    if (!store->distance || !store->parent || !store->order || !store->made || !store->weights ||
        !store->changed || !store->changed_count) {
        tree_store_clear(store);
        return ZHOL_ERROR_MEMORY;
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
    free(store->changed);
    free(store->changed_count);
    *store = (struct tree_store){0};
}

void tree_store_weigh(struct tree_store *store, const double *weights, bool all)
{
    uint32_t arcs = store->flow->arc_count;
    for (uint32_t c = 0; c < store->flow->class_count; c++) {
        const double *now = weights + (size_t)c * arcs;
        double *last = store->weights + (size_t)c * arcs;
        uint32_t *changed = store->changed + (size_t)c * arcs, count = 0;
        for (uint32_t i = 0; i < arcs; i++) {
            changed[count] = i;
            count += now[i] != last[i];
        }
        if (arcs) {
            memcpy(last, now, arcs * sizeof *last);
        }
        store->changed_count[c] = count > arcs / LISTED_PART ? arcs : count;
    }
    store->all = all;
}

void tree_store_forget(struct tree_store *store)
{
    if (store->made) {
        memset(store->made, 0, store->flow->group_count);
    }
}

/* Does a changed length stand in the tree, or make a node nearer? */
static bool is_touched(const struct tree_store *store, const struct flow_group *group,
                       const struct tree_kept *kept, const double *weights)
{
    const struct flow *flow = store->flow;
    const uint32_t *changed = store->changed + (size_t)group->load_class * flow->arc_count;
    uint32_t count = store->changed_count[group->load_class];
    if (count == flow->arc_count) {
        return true;
    }
    for (uint32_t c = 0; c < count; c++) {
        uint32_t i = changed[c], to = flow->out_to[i];
        if (kept->parent[to] == i ||
            kept->distance[flow->out_from[i]] + weights[i] < kept->distance[to]) {
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
    } else if (is_touched(store, at, &kept, weights) ||
               (store->all && !tree_is_exact(store->flow, at->origin, weights, &kept))) {
        tree_mend(search, at->origin, weights, &kept);
    } else {
        search->distance = kept.distance;
        search->parent = kept.parent;
    }
}
