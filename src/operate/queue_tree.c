/* queue_tree.c: the order of those who wait: weight-balanced trees in the rows, and lists.
 *
 * Each node counts its subtree, those present in it, and the earliest arrival, so that rank, n-th,
 * first present, first absent and longest waiting take O(log n). The shape is a matter of history,
 * the order is not.
 * Source: Y. Hirai, K. Yamamoto, "Balancing weight-balanced trees", J. Functional Programming 21,
 * 2011: parameters (3, 2) are valid for insertion and deletion. Depth is at most log(n) / log(4/3),
 * 78 for 2^32 rows, so recursion is bounded.
 */
#include "operate/queue_state.h"

enum { WEIGHT_DELTA = 3, WEIGHT_RATIO = 2 };

int place_compare(const struct place *a, const struct place *b)
{
    if (a->key_s != b->key_s) {
        return a->key_s < b->key_s ? -1 : 1;
    }
    if (a->rank_s != b->rank_s) {
        return a->rank_s < b->rank_s ? -1 : 1;
    }
    return a->seq < b->seq ? -1 : a->seq > b->seq;
}

static uint32_t size_of(const struct place *places, uint32_t node)
{
    return node == NOBODY ? 0 : places[node].size;
}

/* Weights are sizes plus one; their products fit 64 bits. */
static uint64_t weight_of(const struct place *places, uint32_t node)
{
    return (uint64_t)size_of(places, node) + 1;
}

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static void update(struct place *places, uint32_t node)
{
    struct place *row = &places[node];
    bool here = row->state == PLACE_arrived;
    row->size = 1;
    row->present = here;
    row->oldest = here ? row->arrived_s : NOBODY;
    const uint32_t children[2] = {row->left, row->right};
    for (int i = 0; i < 2; i++) {
        if (children[i] != NOBODY) {
            const struct place *child = &places[children[i]];
            row->size += child->size;
            row->present += child->present;
            row->oldest = smaller(row->oldest, child->oldest);
        }
    }
}

static uint32_t rotate_left(struct place *places, uint32_t node)
{
    uint32_t up = places[node].right;
    places[node].right = places[up].left;
    places[up].left = node;
    update(places, node);
    update(places, up);
    return up;
}

static uint32_t rotate_right(struct place *places, uint32_t node)
{
    uint32_t up = places[node].left;
    places[node].left = places[up].right;
    places[up].right = node;
    update(places, node);
    update(places, up);
    return up;
}

static uint32_t balance(struct place *places, uint32_t node)
{
    struct place *row = &places[node];
    uint64_t left = weight_of(places, row->left), right = weight_of(places, row->right);
    if (right > left * WEIGHT_DELTA) {
        const struct place *child = &places[row->right];
        if (weight_of(places, child->left) >= WEIGHT_RATIO * weight_of(places, child->right)) {
            row->right = rotate_right(places, row->right);
        }
        return rotate_left(places, node);
    }
    if (left > right * WEIGHT_DELTA) {
        const struct place *child = &places[row->left];
        if (weight_of(places, child->right) >= WEIGHT_RATIO * weight_of(places, child->left)) {
            row->left = rotate_left(places, row->left);
        }
        return rotate_right(places, node);
    }
    update(places, node);
    return node;
}

static uint32_t insert(struct place *places, uint32_t node, uint32_t place)
{
    if (node == NOBODY) {
        return place;
    }
    if (place_compare(&places[place], &places[node]) < 0) {
        places[node].left = insert(places, places[node].left, place);
    } else {
        places[node].right = insert(places, places[node].right, place);
    }
    return balance(places, node);
}

/* Takes the first node of a subtree out of it. */
static uint32_t take_first(struct place *places, uint32_t node, uint32_t *first)
{
    if (places[node].left == NOBODY) {
        *first = node;
        return places[node].right;
    }
    places[node].left = take_first(places, places[node].left, first);
    return balance(places, node);
}

static uint32_t delete_node(struct place *places, uint32_t node, uint32_t place)
{
    if (node == place) {
        uint32_t left = places[node].left, right = places[node].right, first = NOBODY;
        if (left == NOBODY || right == NOBODY) {
            return left == NOBODY ? right : left;
        }
        right = take_first(places, right, &first);
        places[first].left = left;
        places[first].right = right;
        return balance(places, first);
    }
    if (place_compare(&places[place], &places[node]) < 0) {
        places[node].left = delete_node(places, places[node].left, place);
    } else {
        places[node].right = delete_node(places, places[node].right, place);
    }
    return balance(places, node);
}

static uint32_t *root_of(struct queue_state *state, uint32_t place)
{
    const struct place *row = &state->places[place];
    return &state->queues[row->queue].categories[row->category].root;
}

void tree_add(struct queue_state *state, uint32_t place)
{
    uint32_t *root = root_of(state, place);
    state->places[place].left = state->places[place].right = NOBODY;
    update(state->places, place);
    *root = insert(state->places, *root, place);
}

void tree_remove(struct queue_state *state, uint32_t place)
{
    uint32_t *root = root_of(state, place);
    *root = delete_node(state->places, *root, place);
    state->places[place].left = state->places[place].right = NOBODY;
}

static void refresh(struct place *places, uint32_t node, uint32_t place)
{
    if (node != place) {
        bool left = place_compare(&places[place], &places[node]) < 0;
        refresh(places, left ? places[node].left : places[node].right, place);
    }
    update(places, node);
}

void tree_refresh(struct queue_state *state, uint32_t place)
{
    refresh(state->places, *root_of(state, place), place);
}

uint32_t tree_rank(const struct queue_state *state, uint32_t place)
{
    const struct place *places = state->places, *row = &places[place];
    uint32_t node = state->queues[row->queue].categories[row->category].root, rank = 0;
    while (node != place) {
        if (place_compare(row, &places[node]) < 0) {
            node = places[node].left;
        } else {
            rank += size_of(places, places[node].left) + 1;
            node = places[node].right;
        }
    }
    return rank + size_of(places, row->left);
}

uint32_t tree_at(const struct queue_state *state, uint32_t root, uint32_t rank)
{
    const struct place *places = state->places;
    uint32_t node = root;
    while (node != NOBODY) {
        uint32_t left = size_of(places, places[node].left);
        if (rank == left) {
            return node;
        }
        bool down_left = rank < left;
        rank -= down_left ? 0 : left + 1;
        node = down_left ? places[node].left : places[node].right;
    }
    return NOBODY;
}

/* How many stand before key_s. */
uint32_t tree_below(const struct queue_state *state, uint32_t root, uint32_t key_s)
{
    const struct place *places = state->places;
    uint32_t node = root, below = 0;
    while (node != NOBODY) {
        if (places[node].key_s < key_s) {
            below += size_of(places, places[node].left) + 1;
            node = places[node].right;
        } else {
            node = places[node].left;
        }
    }
    return below;
}

uint32_t tree_first_present(const struct queue_state *state, uint32_t root)
{
    const struct place *places = state->places;
    uint32_t node = root;
    if (node == NOBODY || places[node].present == 0) {
        return NOBODY;
    }
    for (;;) {
        uint32_t left = places[node].left;
        if (left != NOBODY && places[left].present) {
            node = left;
        } else if (places[node].state == PLACE_arrived) {
            return node;
        } else {
            node = places[node].right;
        }
    }
}

uint32_t tree_first_absent(const struct queue_state *state, uint32_t root)
{
    const struct place *places = state->places;
    uint32_t node = root;
    if (node == NOBODY || places[node].present == places[node].size) {
        return NOBODY;
    }
    for (;;) {
        uint32_t left = places[node].left;
        if (left != NOBODY && places[left].present < places[left].size) {
            node = left;
        } else if (places[node].state != PLACE_arrived) {
            return node;
        } else {
            node = places[node].right;
        }
    }
}

uint32_t tree_build(struct queue_state *state, const uint32_t *sorted, uint32_t count)
{
    if (count == 0) {
        return NOBODY;
    }
    uint32_t middle = count / 2, node = sorted[middle];
    state->places[node].left = tree_build(state, sorted, middle);
    state->places[node].right = tree_build(state, sorted + middle + 1, count - middle - 1);
    update(state->places, node);
    return node;
}

bool tree_verify(const struct queue_state *state, uint32_t node)
{
    if (node == NOBODY) {
        return true;
    }
    struct place *places = state->places;
    struct place was = places[node];
    if ((was.left != NOBODY && place_compare(&places[was.left], &was) >= 0) ||
        (was.right != NOBODY && place_compare(&was, &places[was.right]) >= 0) ||
        !tree_verify(state, was.left) || !tree_verify(state, was.right)) {
        return false;
    }
    uint64_t left = weight_of(places, was.left), right = weight_of(places, was.right);
    update(places, node);
    bool same = places[node].size == was.size && places[node].present == was.present &&
                places[node].oldest == was.oldest;
    places[node] = was;
    return same && left <= right * WEIGHT_DELTA && right <= left * WEIGHT_DELTA;
}

void list_add(struct queue_state *state, struct list *list, uint32_t place)
{
    struct place *row = &state->places[place];
    row->left = list->last;
    row->right = NOBODY;
    if (list->last == NOBODY) {
        list->first = place;
    } else {
        state->places[list->last].right = place;
    }
    list->last = place;
}

void list_remove(struct queue_state *state, struct list *list, uint32_t place)
{
    struct place *row = &state->places[place];
    *(row->left == NOBODY ? &list->first : &state->places[row->left].right) = row->right;
    *(row->right == NOBODY ? &list->last : &state->places[row->right].left) = row->left;
    row->left = row->right = NOBODY;
}
