/* desk/assign_tree.h: cheapest ways from one place for one class of an assignment model.
 *
 * Call order: assign_tree_init for a model; assign_tree_grow any number of times; questions;
 * assign_tree_clear. `costs` has one entry per arc of the solver (ASSIGN_CLOSED or more: not to be
 * used). Dijkstra with a binary heap: O(arcs log vertices). Errors: ZHOL_ERROR_MEMORY.
 */
#ifndef ZHOL_DESK_ASSIGN_TREE_H
#define ZHOL_DESK_ASSIGN_TREE_H

#include "desk/assign_model.h"

struct assign_tree {
    double *cost;     /* by vertex of the network; INFINITY: not reached */
    uint32_t *parent; /* by vertex: the arc of the network by which it is reached, or ZHOL_NONE */
    uint32_t *heap, *at;
    uint32_t size;
    uint8_t *goal; /* by vertex: set by assign_tree_goal until it is reached */
    uint32_t goal_count;
};

enum zhol_error assign_tree_init(struct assign_tree *tree, const struct assign_model *model);
void assign_tree_clear(struct assign_tree *tree);
/* The next assign_tree_grow may end when this vertex and all others named so have their cost; then
 * the costs of other vertices are not to be read. */
void assign_tree_goal(struct assign_tree *tree, uint32_t vertex);
void assign_tree_grow(struct assign_tree *tree, const struct assign_model *model, uint32_t root,
                      const double *costs);
/* The costs of one class, taken out of model->costs into `costs` (arc_count entries). */
void assign_tree_costs(const struct assign_model *model, uint32_t class, double *costs);

#endif
