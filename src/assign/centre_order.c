/* centre_order.c: active rows in an order along the network (assign/centre.h).
 *
 * Two rows meet in the matrix of a step where a demand has flow on both. Rows are found breadth
 * first, demand by demand: those of a demand that is reached come next. What meets stands near each
 * other then, and the matrix is a band (assign/dense.h). In a network where demands reach over most
 * of it there is no such order, and rows stay as they became active.
 *
 * Source: E. Cuthill, J. McKee, "Reducing the bandwidth of sparse symmetric matrices", ACM National
 * Conference 1969; A. George, J. W.-H. Liu, "Computer Solution of Large Sparse Positive Definite
 * Systems", 1981 (a start at the edge).
 */
#include <stdlib.h>
#include <string.h>

#include "assign/centre.h"

/* Fewer rows are factored in no time; a band as wide as this share of all does not help. */
enum { ROWS_LEAST = 2000, BAND_SHARE = 2, EDGE_SEARCHES = 2 };

struct order {
    const struct centre *centre;
    uint32_t n;
    uint32_t *first, *demands; /* by row: demands with flow on it */
    uint32_t *rows;            /* in order: places among the active rows */
    uint32_t *place;           /* by row: in the order, or FLOW_NONE */
    uint8_t *reached;          /* by demand */
    uint32_t count;
};

/* Puts all rows of a demand at the end of the order that are not in it. */
static void demand_reach(struct order *order, uint32_t demand)
{
    const struct centre *centre = order->centre;
    const struct pathset *paths = centre->paths;
    order->reached[demand] = 1;
    for (uint32_t p = paths->first[demand]; p != FLOW_NONE; p = paths->next[p]) {
        for (uint32_t e = paths->first_entry[p]; centre->live[p] && e < paths->first_entry[p + 1];
             e++) {
            int32_t at = centre->active_at[paths->rows[e]];
            if (at >= 0 && order->place[at] == FLOW_NONE) {
                order->place[at] = order->count;
                order->rows[order->count++] = (uint32_t)at;
            }
        }
    }
}

/* All rows that are connected with `root`, breadth first, from the present end of the order. */
static void rows_reach(struct order *order, uint32_t root)
{
    uint32_t next = order->count;
    order->place[root] = order->count;
    order->rows[order->count++] = root;
    for (; next < order->count; next++) {
        uint32_t row = order->rows[next];
        for (uint32_t i = order->first[row]; i < order->first[row + 1]; i++) {
            if (!order->reached[order->demands[i]]) {
                demand_reach(order, order->demands[i]);
            }
        }
    }
}

/* Takes back what was put in order from `begin` on. */
static void rows_forget(struct order *order, uint32_t begin)
{
    for (uint32_t i = begin; i < order->count; i++) {
        uint32_t row = order->rows[i];
        for (uint32_t d = order->first[row]; d < order->first[row + 1]; d++) {
            order->reached[order->demands[d]] = 0;
        }
        order->place[row] = FLOW_NONE;
    }
    order->count = begin;
}

/* Counts, and with `fill` lists, the demands by row. */
static void demands_list(struct order *order, bool fill)
{
    const struct centre *centre = order->centre;
    const struct pathset *paths = centre->paths;
    for (uint32_t k = 0; k < centre->flow->demand_count; k++) {
        uint32_t live = 0;
        for (uint32_t p = paths->first[k]; p != FLOW_NONE; p = paths->next[p]) {
            live += centre->live[p];
        }
        for (uint32_t p = paths->first[k]; live > 1 && p != FLOW_NONE; p = paths->next[p]) {
            uint32_t end = centre->live[p] ? paths->first_entry[p + 1] : paths->first_entry[p];
            for (uint32_t e = paths->first_entry[p]; e < end; e++) {
                int32_t at = centre->active_at[paths->rows[e]];
                if (at >= 0 && fill) {
                    order->demands[order->first[at + 1]++] = k;
                } else if (at >= 0) {
                    order->first[at + 2]++;
                }
            }
        }
    }
}

static enum zhol_error lists_make(struct order *order)
{
    size_t rows = (size_t)order->n + 2;
    order->first = calloc(rows + 1, sizeof(uint32_t));
    order->rows = malloc(rows * sizeof(uint32_t));
    order->place = malloc(rows * sizeof(uint32_t));
    order->reached = calloc((size_t)order->centre->flow->demand_count + 1, 1);
    if (!order->first || !order->rows || !order->place || !order->reached) {
        return ZHOL_ERROR_MEMORY;
    }
    demands_list(order, false);
    for (uint32_t i = 0; i + 1 < rows; i++) {
        order->first[i + 1] += order->first[i];
        order->place[i] = FLOW_NONE;
    }
    order->demands = malloc(((size_t)order->first[rows - 1] + 1) * sizeof(uint32_t));
    if (!order->demands) {
        return ZHOL_ERROR_MEMORY;
    }
    demands_list(order, true);
    return ZHOL_ERROR_OK;
}

/* How far apart rows of one demand stand at most. */
static uint32_t band_width(const struct order *order)
{
    const struct centre *centre = order->centre;
    const struct pathset *paths = centre->paths;
    uint32_t widest = 0;
    for (uint32_t k = 0; k < centre->flow->demand_count; k++) {
        uint32_t low = FLOW_NONE, high = 0;
        for (uint32_t p = paths->first[k]; order->reached[k] && p != FLOW_NONE;
             p = paths->next[p]) {
            uint32_t end = centre->live[p] ? paths->first_entry[p + 1] : paths->first_entry[p];
            for (uint32_t e = paths->first_entry[p]; e < end; e++) {
                int32_t at = centre->active_at[paths->rows[e]];
                uint32_t place = at >= 0 ? order->place[at] : FLOW_NONE;
                low = place < low ? place : low;
                high = place != FLOW_NONE && place > high ? place : high;
            }
        }
        widest = low != FLOW_NONE && high - low > widest ? high - low : widest;
    }
    return widest;
}

static void order_take(struct centre *centre, const struct order *order)
{
    for (uint32_t i = 0; i < order->n; i++) {
        centre->touched[i] = centre->active[order->rows[i]];
    }
    for (uint32_t i = 0; i < order->n; i++) {
        centre->active[i] = centre->touched[i];
        centre->active_at[centre->active[i]] = (int32_t)i;
    }
}

enum zhol_error centre_order(struct centre *centre)
{
    struct order order = {.centre = centre, .n = centre->active_count};
    if (order.n < ROWS_LEAST) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = lists_make(&order);
    for (uint32_t i = 0; !error && i < order.n; i++) {
        uint32_t begin = order.count, root = i;
        if (order.place[i] != FLOW_NONE) {
            continue;
        }
        for (int search = 0; search < EDGE_SEARCHES; search++) {
            rows_reach(&order, root);
            root = order.rows[order.count - 1];
            rows_forget(&order, begin);
        }
        rows_reach(&order, root);
    }
    if (!error && band_width(&order) < order.n / BAND_SHARE) {
        order_take(centre, &order);
    }
    free(order.first);
    free(order.demands);
    free(order.rows);
    free(order.place);
    free(order.reached);
    return error;
}
