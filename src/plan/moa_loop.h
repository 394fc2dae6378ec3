/* plan/moa_loop.h: the loop of the search, as text that is compiled once for each kernel.
 *
 * The including file defines MOA_LOOP (the function's name), MOA_TARGET (a target attribute, or
 * nothing), MOA_RANK and MOA_COVERS (functions of front.h). No include guard.
 */
#include "base/array.h"
#include "plan/moa_search.h"

MOA_TARGET static inline bool goal_covers(const struct moa_goal *goal, uint32_t x, uint32_t y)
{
    int answer = moa_goal_look(goal, x, y);
    return answer < 0 ? MOA_COVERS(&goal->front, MOA_RANK(&goal->front, x), x, y) : answer;
}

/* Keeps the label that was just settled; its number is search->label_count - 1. */
MOA_TARGET static inline enum zhol_error label_keep(struct moa_search *search,
                                                    const struct moa_open *label)
{
    if (search->label_count == search->label_capacity) {
        if (search->label_count >= search->label_limit) {
            return ZHOL_ERROR_LIMIT;
        }
        enum zhol_error error =
            ARRAY_RESERVE(search->labels, search->label_capacity, search->label_count + 1);
        if (error) {
            return error;
        }
        if (search->label_capacity > search->label_limit) {
            search->label_capacity = search->label_limit;
        }
    }
    search->labels[search->label_count++] = (struct zhol_moa_label){label->parent, label->arc};
    return ZHOL_ERROR_OK;
}

MOA_TARGET static enum zhol_error solution_keep(struct moa_search *search,
                                                const struct moa_open *label)
{
    enum zhol_error error =
        ARRAY_RESERVE(search->solutions, search->solution_capacity, search->solution_count + 1);
    if (!error) {
        error = label_keep(search, label);
    }
    if (!error) {
        error = moa_goal_add(search->goal, &search->pool, label->f[1], label->f[2]);
    }
    if (!error) {
        error = moa_support_add(search->support, &search->goal->front);
    }
    if (!error) {
        search->solutions[search->solution_count++] =
            (struct moa_solution){{label->f[0], label->f[1], label->f[2]}, search->label_count - 1};
    }
    return error;
}

/* Makes the labels that follow the one settled last, which is `label`. */
MOA_TARGET static inline enum zhol_error label_expand(struct moa_search *search,
                                                      const struct moa_open *label,
                                                      const struct moa_vertex *vertex,
                                                      uint32_t from)
{
    const struct moa_arc *arc = search->space.arcs + vertex->first_arc;
    const struct moa_arc *end = arc + vertex->arc_count;
    uint64_t generated = 0;
    for (; arc < end; arc++) {
        if (arc->head == from) {
            continue; /* back to where it came from: its front already holds a better label */
        }
        generated++;
        struct moa_open next;
        next.f[1] = moa_cost_add(label->f[1], arc->cost[1]);
        next.f[2] = moa_cost_add(label->f[2], arc->cost[2]);
        if (goal_covers(search->goal, next.f[1], next.f[2])) {
            continue;
        }
        const struct moa_vertex *head = &search->space.vertices[arc->head];
        if (!moa_support_alive(search->support, next.f[1], next.f[2], head->surplus)) {
            continue;
        }
        const struct front *front = &head->front;
        if (MOA_COVERS(front, MOA_RANK(front, next.f[1]), next.f[1], next.f[2])) {
            continue;
        }
        next.f[0] = moa_cost_add(label->f[0], arc->cost[0]);
        next.arc = (uint32_t)(arc - search->space.arcs);
        next.parent = search->label_count - 1;
        enum zhol_error error = moa_queue_push(&search->queue, &next);
        if (error) {
            return error;
        }
    }
    search->generated += generated;
    search->expanded++;
    return ZHOL_ERROR_OK;
}

/* Settles one label taken from the queue, unless another dominates it. */
MOA_TARGET static inline enum zhol_error label_take(struct moa_search *search,
                                                    const struct moa_open *label)
{
    if (goal_covers(search->goal, label->f[1], label->f[2])) {
        return ZHOL_ERROR_OK;
    }
    struct moa_arc_ends ends = search->space.ends[label->arc];
    struct moa_vertex *vertex = &search->space.vertices[ends.head];
    if (!moa_support_alive(search->support, label->f[1], label->f[2], vertex->surplus)) {
        return ZHOL_ERROR_OK;
    }
    uint32_t rank = MOA_RANK(&vertex->front, label->f[1]);
    if (MOA_COVERS(&vertex->front, rank, label->f[1], label->f[2])) {
        return ZHOL_ERROR_OK;
    }
    if (label->f[0] == ZHOL_MOA_COST_LIMIT || label->f[1] == ZHOL_MOA_COST_LIMIT ||
        label->f[2] == ZHOL_MOA_COST_LIMIT) {
        return ZHOL_ERROR_RANGE;
    }
    if (ends.head == search->goal_vertex) {
        return solution_keep(search, label);
    }
    enum zhol_error error =
        front_insert(&search->pool, &vertex->front, rank, label->f[1], label->f[2]);
    if (!error) {
        error = label_keep(search, label);
    }
    if (!error && vertex->arc_count == ZHOL_MOA_NONE) {
        error = moa_space_open(&search->space, ends.head);
    }
    return error ? error : label_expand(search, label, vertex, ends.tail);
}

/* Takes labels until none is left. */
MOA_TARGET enum zhol_error MOA_LOOP(struct moa_search *search)
{
    uint32_t until_stop = MOA_STOP_LABELS;
    struct moa_open label;
    bool any;
    enum zhol_error error = moa_queue_pop(&search->queue, &label, &any);
    while (!error && any) {
        error = label_take(search, &label);
        if (!error) {
            error = moa_queue_pop(&search->queue, &label, &any);
        }
        if (--until_stop == 0) {
            until_stop = MOA_STOP_LABELS;
            if (!error && search->stop && search->stop(search->stop_context)) {
                error = ZHOL_ERROR_INTERRUPTED;
            }
        }
    }
    return error;
}
