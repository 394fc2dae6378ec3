/* property/queue_model_slots.h: the state of the model (queue_model.h), its slots, and the fair
 * rule by which places move when capacity is lost. */
#ifndef ZHOL_TESTS_QUEUE_MODEL_SLOTS_H
#define ZHOL_TESTS_QUEUE_MODEL_SLOTS_H

#include <string.h>

#include "operate/queue.h"
#include "operate/rules.h"

enum { MODEL_PLACES = 600, MODEL_SLOTS = 64 };
#define MODEL_NEVER INT64_C(0xffffffff)

struct model_place {
    uint64_t id, vehicle, carrier, drivers[3];
    uint32_t driver_count, category, postponed, missed, no_shows, appeal;
    enum place_state state;
    int slot; /* -1: none */
    int64_t key_s, rank_s, seq, booked_s, called_s, ended_s;
    bool marked;
};
struct model_slot {
    int64_t start_s, end_s, published, capacity;
    int64_t most[RULES_CATEGORY_MAX]; /* of a category */
};
struct model {
    struct queue_rules rules;
    struct model_place places[MODEL_PLACES];
    struct model_slot slots[MODEL_SLOTS]; /* by start */
    int place_count, slot_count;
    int64_t now_s, seq, closed_from_s, closed_until_s;
    int64_t credits[RULES_CATEGORY_MAX];
};

static inline bool model_waits(const struct model_place *place)
{
    return place->state == PLACE_booked || place->state == PLACE_arrived;
}

static inline bool model_earlier(const struct model_place *a, const struct model_place *b)
{
    return a->key_s != b->key_s     ? a->key_s < b->key_s
           : a->rank_s != b->rank_s ? a->rank_s < b->rank_s
                                    : a->seq < b->seq;
}

static inline struct model_place *model_find(struct model *model, uint64_t id)
{
    for (int i = 0; i < model->place_count; i++) {
        if (id && model->places[i].id == id) {
            return &model->places[i];
        }
    }
    return NULL;
}

static inline struct model_place *model_active(struct model *model, uint64_t vehicle,
                                               uint64_t driver)
{
    for (int i = 0; i < model->place_count; i++) {
        struct model_place *place = &model->places[i];
        bool same = vehicle && place->vehicle == vehicle;
        for (uint32_t j = 0; j < place->driver_count; j++) {
            same = same || (driver && place->drivers[j] == driver);
        }
        if (same && place_active(place->state)) {
            return place;
        }
    }
    return NULL;
}

/* ---- slots ---- */

static inline int64_t model_taken(const struct model *model, int slot, int category)
{
    int64_t taken = 0;
    for (int i = 0; i < model->place_count; i++) {
        taken += model->places[i].slot == slot &&
                 (category < 0 || (int)model->places[i].category == category);
    }
    return taken;
}

static inline int64_t model_share(const struct model *model, int64_t capacity, uint32_t category)
{
    uint32_t share = model->rules.categories[category].share_max;
    int64_t most = capacity * share / 100;
    return share == 100 ? INT64_MAX : most == 0 && share && capacity ? 1 : most;
}

static inline void model_limits(struct model *model, int slot)
{
    for (uint32_t i = 0; i < model->rules.category_count; i++) {
        int64_t most = model_share(model, model->slots[slot].capacity, i);
        int64_t taken = model_taken(model, slot, (int)i);
        model->slots[slot].most[i] = most < taken ? taken : most;
    }
}

static inline bool model_room(const struct model *model, int slot, uint32_t category)
{
    return model_taken(model, slot, -1) < model->slots[slot].capacity &&
           model_taken(model, slot, (int)category) < model->slots[slot].most[category];
}

static inline bool model_closed(const struct model *model, int slot)
{
    return model->closed_from_s < model->closed_until_s &&
           model->slots[slot].start_s < model->closed_until_s &&
           model->slots[slot].end_s > model->closed_from_s;
}

static inline bool model_bookable(const struct model *model, int slot)
{
    const struct model_slot *row = &model->slots[slot];
    int64_t late_s = model->rules.arrive_late_s;
    return row->end_s > model->now_s && (late_s < 0 || model->now_s <= row->start_s + late_s);
}

static inline bool model_too_far(const struct model *model, int slot)
{
    return model->rules.horizon_s >= 0 &&
           model->slots[slot].start_s > model->now_s + model->rules.horizon_s;
}

/* First slot with room that starts at or after from_s; 0: any that is not over. */
static inline int model_next(const struct model *model, uint32_t category, int64_t from_s)
{
    for (int i = 0; i < model->slot_count; i++) {
        if (model->slots[i].start_s >= from_s && model_bookable(model, i) &&
            !model_closed(model, i) && !model_too_far(model, i) && model_room(model, i, category)) {
            return i;
        }
    }
    return -1;
}

static inline int model_slot_at(const struct model *model, int64_t start_s)
{
    for (int i = 0; i < model->slot_count; i++) {
        if (model->slots[i].start_s == start_s) {
            return i;
        }
    }
    return -1;
}

static inline enum refusal model_slot_refusal(const struct model *model, uint32_t category,
                                              int64_t start_s, int *slot)
{
    *slot = model_slot_at(model, start_s);
    return *slot < 0                                                       ? REFUSAL_unknown_slot
           : !model_bookable(model, *slot)                                 ? REFUSAL_too_late
           : model_closed(model, *slot)                                    ? REFUSAL_closed
           : model_too_far(model, *slot)                                   ? REFUSAL_too_early
           : model_taken(model, *slot, -1) >= model->slots[*slot].capacity ? REFUSAL_slot_full
           : !model_room(model, *slot, category)                           ? REFUSAL_category_full
                                                                           : REFUSAL_none;
}

/* A new turn: at the end of the slot, or of the queue. rank 0: at the head. */
static inline void model_put(struct model *model, struct model_place *place, int slot,
                             int64_t turn_s, bool head)
{
    place->slot = slot;
    place->key_s = slot < 0 ? turn_s : model->slots[slot].start_s;
    place->rank_s = head ? 0 : slot < 0 && turn_s == MODEL_NEVER ? model->now_s : place->key_s;
    place->seq = model->seq++;
    place->state = place->state == PLACE_arrived ? PLACE_arrived : PLACE_booked;
}

/* ---- moving by the fair rule ---- */

struct model_moved {
    int place, from;
};

static inline int model_last(const struct model *model, int slot, int category)
{
    int last = -1;
    for (int i = 0; i < model->place_count; i++) {
        const struct model_place *place = &model->places[i];
        if (place->state == PLACE_booked && place->slot == slot &&
            (int)place->category == category &&
            (last < 0 || model_earlier(&model->places[last], place))) {
            last = i;
        }
    }
    return last;
}

static inline int model_giver(const struct model *model, int slot, int64_t capacity)
{
    const struct queue_category_rule *rules = model->rules.categories;
    int64_t weights = 0, over[RULES_CATEGORY_MAX];
    int best = -1;
    for (uint32_t i = 0; i < model->rules.category_count; i++) {
        weights += rules[i].out_of_turn ? 0 : rules[i].weight;
    }
    for (int i = 0; i < (int)model->rules.category_count; i++) {
        over[i] = model_taken(model, slot, i) * weights - capacity * rules[i].weight;
        if (model_last(model, slot, i) < 0) {
            continue;
        }
        bool better =
            best < 0 || (rules[best].out_of_turn && !rules[i].out_of_turn) ||
            (rules[best].out_of_turn == rules[i].out_of_turn &&
             (over[i] > over[best] || (over[i] == over[best] && rules[i].rank > rules[best].rank)));
        best = better ? i : best;
    }
    return best;
}

/* capacity < 0: closed, all who can move go. */
static inline void model_cut(struct model *model, int slot, int64_t capacity,
                             struct model_moved *moved, int *count)
{
    int64_t most = capacity < 0 ? 0 : capacity;
    while (model_taken(model, slot, -1) > most) {
        int category = model_giver(model, slot, most);
        if (category < 0) {
            break;
        }
        int last = model_last(model, slot, category);
        moved[(*count)++] = (struct model_moved){last, slot};
        model->places[last].slot = -1;
    }
    if (capacity < 0) {
        return;
    }
    for (int i = 0; i < (int)model->rules.category_count; i++) {
        while (model_taken(model, slot, i) > model_share(model, most, (uint32_t)i) &&
               model_last(model, slot, i) >= 0) {
            int last = model_last(model, slot, i);
            moved[(*count)++] = (struct model_moved){last, slot};
            model->places[last].slot = -1;
        }
    }
    int64_t taken = model_taken(model, slot, -1);
    model->slots[slot].capacity = taken > most ? taken : most;
    model_limits(model, slot);
}

static inline void model_replace(struct model *model, struct model_moved *moved, int count)
{
    for (int i = 0; i < model->place_count && model->slot_count; i++) {
        if (model->places[i].state == PLACE_booked && model->places[i].key_s == MODEL_NEVER) {
            moved[count++] = (struct model_moved){i, -1};
        }
    }
    for (int i = 0; i < count; i++) { /* in the order in which they stand */
        for (int j = i + 1; j < count; j++) {
            if (model_earlier(&model->places[moved[j].place], &model->places[moved[i].place])) {
                struct model_moved one = moved[i];
                moved[i] = moved[j];
                moved[j] = one;
            }
        }
    }
    for (int i = 0; i < count; i++) {
        struct model_place *place = &model->places[moved[i].place];
        int64_t first_s = place->rank_s > model->now_s ? place->rank_s : model->now_s + 1;
        int64_t from_s = moved[i].from >= 0 ? model->slots[moved[i].from].start_s + 1 : first_s;
        int64_t horizon_s = model->rules.horizon_s;
        model->rules.horizon_s = -1;
        place->slot = model_next(model, place->category, from_s);
        model->rules.horizon_s = horizon_s;
        place->key_s = place->slot < 0 ? MODEL_NEVER : model->slots[place->slot].start_s;
    }
}

static inline void model_publish(struct model *model, int64_t start_s, int64_t end_s,
                                 int64_t capacity)
{
    struct model_moved moved[MODEL_PLACES];
    int count = 0, at = model_slot_at(model, start_s);
    if (at < 0) {
        for (at = model->slot_count++; at > 0 && model->slots[at - 1].start_s > start_s; at--) {
            model->slots[at] = model->slots[at - 1];
        }
        for (int i = 0; i < model->place_count; i++) {
            model->places[i].slot += model->places[i].slot >= at;
        }
        model->slots[at] = (struct model_slot){.start_s = start_s};
    }
    model->slots[at].end_s = end_s;
    model->slots[at].published = capacity;
    model_cut(model, at, capacity, moved, &count);
    model_replace(model, moved, count);
}

static inline enum refusal model_capacity(struct model *model, const struct command *command)
{
    struct model_moved moved[MODEL_PLACES];
    int count = 0;
    bool found = false, percent = strcmp(command->unit, "percent") == 0;
    for (int i = 0; i < model->slot_count; i++) {
        const struct model_slot *slot = &model->slots[i];
        if (slot->start_s >= command->from_s && slot->start_s < command->until_s &&
            slot->end_s > model->now_s) {
            found = true;
            model_cut(model, i, percent ? slot->published * command->amount / 100 : command->amount,
                      moved, &count);
        }
    }
    if (found) {
        model_replace(model, moved, count);
    }
    return found ? REFUSAL_none : REFUSAL_unknown_slot;
}

static inline enum refusal model_close(struct model *model, const struct command *command)
{
    struct model_moved moved[MODEL_PLACES];
    int count = 0;
    int64_t from_s = command->from_s > model->now_s ? command->from_s : model->now_s;
    int64_t until_s = command->until_s ? command->until_s : MODEL_NEVER;
    if (command->until_s && command->until_s <= command->from_s) {
        return REFUSAL_bad_data;
    }
    if (until_s <= from_s) {
        return REFUSAL_too_late;
    }
    model->closed_from_s = from_s;
    model->closed_until_s = until_s;
    for (int i = 0; i < model->slot_count; i++) {
        if (model_closed(model, i)) {
            model_cut(model, i, -1, moved, &count);
        }
    }
    model_replace(model, moved, count);
    return REFUSAL_none;
}

static inline enum refusal model_reopen(struct model *model)
{
    struct model_moved moved[MODEL_PLACES];
    if (model->closed_from_s == model->closed_until_s || model->closed_until_s <= model->now_s) {
        return REFUSAL_wrong_state;
    }
    model->closed_from_s = model->closed_until_s = 0;
    model_replace(model, moved, 0);
    return REFUSAL_none;
}

#endif
