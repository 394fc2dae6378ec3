/* plan/bounds.c: backward Dijkstra per objective. See bounds.h. */
#include "plan/bounds.h"

#include <stdlib.h>

#include "base/array.h"
#include "plan/departure.h"

/* A binary heap of (value, state) with lazy deletion. */
struct heap_entry {
    int64_t value;
    uint32_t state;
};
struct heap {
    struct heap_entry *items;
    uint32_t count, capacity;
};

static enum zhol_error heap_push(struct heap *h, int64_t value, uint32_t state)
{
    enum zhol_error error = ARRAY_RESERVE(h->items, h->capacity, h->count + 1);
    if (error) {
        return error;
    }
    uint32_t i = h->count++;
    while (i && h->items[(i - 1) / 2].value > value) {
        h->items[i] = h->items[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    h->items[i] = (struct heap_entry){value, state};
    return ZHOL_ERROR_OK;
}

static struct heap_entry heap_pop(struct heap *h)
{
    struct heap_entry top = h->items[0], last = h->items[--h->count];
    uint32_t i = 0;
    for (;;) {
        uint32_t child = 2 * i + 1;
        if (child >= h->count) {
            break;
        }
        if (child + 1 < h->count && h->items[child + 1].value < h->items[child].value) {
            child++;
        }
        if (h->items[child].value >= last.value) {
            break;
        }
        h->items[i] = h->items[child];
        i = child;
    }
    h->items[i] = last;
    return top;
}

enum objective { MINUTES, CENTS, GRAMS, OBJECTIVES };

static int64_t *rest_value(struct bounds_rest *rest, enum objective objective)
{
    return objective == MINUTES ? &rest->minutes : objective == CENTS ? &rest->cents : &rest->grams;
}

static int64_t arc_value(const struct problem *p, uint32_t arc, enum objective objective)
{
    const struct problem_arc *a = &p->arcs[arc];
    if (objective == MINUTES) {
        return a->minutes + departure_line_wait(p, arc);
    }
    return objective == CENTS ? a->cents : a->grams;
}

/* Lowers the states before `state` over one arc into its vertex. */
static enum zhol_error relax_arc(const struct problem *p, struct bounds_rest *rest,
                                 enum objective objective, struct heap *heap, uint32_t arc,
                                 uint32_t layer, int64_t value)
{
    int64_t next = value + arc_value(p, arc, objective);
    for (uint32_t before = 0; before <= layer; before++) {
        if (problem_advance(p, before, arc) != layer) {
            continue;
        }
        uint32_t state = before * p->net.vertex_count + p->tails[arc];
        int64_t *old = rest_value(&rest[state], objective);
        if (next < *old) {
            *old = next;
            enum zhol_error error = heap_push(heap, next, state);
            if (error) {
                return error;
            }
        }
    }
    return ZHOL_ERROR_OK;
}

static enum zhol_error backward(const struct problem *p, struct bounds_rest *rest,
                                enum objective objective, struct heap *heap)
{
    *rest_value(&rest[p->goal], objective) = 0;
    enum zhol_error error = heap_push(heap, 0, p->goal);
    while (!error && heap->count) {
        struct heap_entry top = heap_pop(heap);
        if (top.value > *rest_value(&rest[top.state], objective)) {
            continue;
        }
        uint32_t layer = top.state / p->net.vertex_count, v = top.state % p->net.vertex_count;
        for (uint32_t i = p->net.first_in[v]; !error && i < p->net.first_in[v + 1]; i++) {
            uint32_t arc = p->net.in_arcs[i];
            if (p->arcs[arc].usable) {
                error = relax_arc(p, rest, objective, heap, arc, layer, top.value);
            }
        }
    }
    return error;
}

enum zhol_error bounds_make(const struct problem *p, struct bounds_rest **out)
{
    struct heap heap = {0};
    enum zhol_error error = ZHOL_ERROR_OK;
    struct bounds_rest *rest = malloc((size_t)p->state_count * sizeof *rest);
    if (!rest) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t s = 0; s < p->state_count; s++) {
        rest[s] = (struct bounds_rest){BOUNDS_NONE, BOUNDS_NONE, BOUNDS_NONE};
    }
    for (enum objective o = MINUTES; !error && o < OBJECTIVES; o++) {
        error = backward(p, rest, o, &heap);
    }
    free(heap.items);
    if (error) {
        free(rest);
        rest = NULL;
    }
    *out = rest;
    return error;
}
