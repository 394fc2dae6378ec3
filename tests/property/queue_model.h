/* property/queue_model.h: the queue once more, as simply as it can be said: lists and full scans.
 *
 * The model shares the reader of the rules with the fold and nothing else. Every question (who is
 * next, what is free, who moves) is answered by looking at all places. Slow, and short enough to be
 * read beside docs/queue.md. One queue of one checkpoint.
 */
#ifndef ZHOL_TESTS_QUEUE_MODEL_H
#define ZHOL_TESTS_QUEUE_MODEL_H

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

/* ---- booking and changing ---- */

static inline enum refusal model_book(struct model *model, const struct command *command,
                                      const struct given *given)
{
    bool live = model->rules.release == RELEASE_live, joins = command->kind == COMMAND_join;
    uint32_t category = 0;
    int slot = -1;
    while (category < model->rules.category_count &&
           strcmp(model->rules.categories[category].id, command->category) != 0) {
        category++;
    }
    if (category == model->rules.category_count) {
        return REFUSAL_unknown_category;
    }
    if (model_find(model, command->place)) {
        return REFUSAL_duplicate;
    }
    if (live != joins) {
        return REFUSAL_wrong_release;
    }
    if (given->blocked_until_s > model->now_s) {
        return REFUSAL_blocked;
    }
    if (model_active(model, command->vehicle, command->driver)) {
        return REFUSAL_already_active;
    }
    if (command->kind == COMMAND_book) {
        enum refusal refusal = model_slot_refusal(model, category, command->slot_s, &slot);
        if (refusal) {
            return refusal;
        }
    } else if (!live) {
        slot = model_next(model, category, command->from_s);
        if (slot < 0) {
            return REFUSAL_no_slot;
        }
    }
    struct model_place *place = &model->places[model->place_count++];
    *place = (struct model_place){.id = command->place,
                                  .vehicle = command->vehicle,
                                  .carrier = command->carrier,
                                  .drivers = {command->driver},
                                  .driver_count = 1,
                                  .category = category,
                                  .no_shows = given->no_shows,
                                  .booked_s = model->now_s};
    model_put(model, place, slot, model->now_s, false);
    return REFUSAL_none;
}

static inline enum refusal model_driver_add(struct model *model, struct model_place *place,
                                            uint64_t driver)
{
    if (!model->rules.edit_driver_add && !model->rules.edit_driver) {
        return REFUSAL_not_editable;
    }
    for (uint32_t i = 0; i < place->driver_count; i++) {
        if (place->drivers[i] == driver) {
            return REFUSAL_duplicate;
        }
    }
    if (model_active(model, 0, driver)) {
        return REFUSAL_already_active;
    }
    if (!model->rules.edit_driver_add) {
        place->drivers[0] = driver;
    } else if (place->driver_count == 3) {
        return REFUSAL_limit_reached;
    } else {
        place->drivers[place->driver_count++] = driver;
    }
    return REFUSAL_none;
}

static inline bool model_often(const struct model *model, const struct model_place *place,
                               const struct given *given)
{
    uint32_t times =
        given->postponements > place->postponed ? given->postponements : place->postponed;
    return model->rules.postpone_max >= 0 && times >= model->rules.postpone_max;
}

static inline enum refusal model_swap(struct model *model, struct model_place *place,
                                      const struct command *command, const struct given *given)
{
    if (!model->rules.edit_vehicle) {
        return REFUSAL_not_editable;
    }
    if (command->vehicle == place->vehicle) {
        return REFUSAL_duplicate;
    }
    if (given->blocked_until_s > model->now_s) {
        return REFUSAL_blocked;
    }
    if (model_active(model, command->vehicle, 0)) {
        return REFUSAL_already_active;
    }
    if (model->rules.swap_postpones > 0 && model_often(model, place, given)) {
        return REFUSAL_limit_reached;
    }
    place->vehicle = command->vehicle;
    place->postponed += (uint32_t)model->rules.swap_postpones;
    return REFUSAL_none;
}

static inline enum refusal model_postpone(struct model *model, struct model_place *place,
                                          const struct command *command, const struct given *given)
{
    const struct queue_rules *rules = &model->rules;
    bool live = rules->release == RELEASE_live, owed = !live && place->slot < 0;
    int slot = -1;
    enum refusal refusal = REFUSAL_none;
    if (!owed && !rules->edit_slot && rules->postpone_max <= 0) {
        return REFUSAL_not_editable;
    }
    if (!owed && model_often(model, place, given)) {
        return REFUSAL_limit_reached;
    }
    if (!owed && !live && rules->postpone_before_s >= 0 &&
        model->now_s + rules->postpone_before_s > place->key_s) {
        return REFUSAL_too_late;
    }
    if (!live) {
        refusal = model_slot_refusal(model, place->category, command->slot_s, &slot);
    } else if (command->slot_s <= place->key_s) {
        refusal = REFUSAL_unknown_slot;
    } else if (rules->horizon_s >= 0 &&
               command->slot_s > (place->key_s > place->booked_s ? place->key_s : place->booked_s) +
                                     rules->horizon_s) {
        refusal = REFUSAL_too_early;
    }
    if (!refusal) {
        model_put(model, place, slot, command->slot_s, false);
        place->postponed += !owed;
    }
    return refusal;
}

static inline void model_cancel(struct model *model, struct model_place *place)
{
    int64_t before_s = model->rules.cancel_before_s;
    place->marked =
        place->state == PLACE_called || (place->slot >= 0 && place->rank_s == place->key_s &&
                                         before_s >= 0 && model->now_s + before_s > place->key_s);
    place->state = PLACE_cancelled;
    place->slot = -1;
    place->ended_s = model->now_s;
}

/* ---- calling ---- */

static inline int model_head(const struct model *model, int category, bool all, const bool *shown)
{
    int head = -1;
    for (int i = 0; i < model->place_count; i++) {
        const struct model_place *place = &model->places[i];
        bool can =
            all || model->rules.call_absent ? model_waits(place) : place->state == PLACE_arrived;
        if (can && (int)place->category == category && !(shown && shown[i]) &&
            (head < 0 || model_earlier(place, &model->places[head]))) {
            head = i;
        }
    }
    return head;
}

/* Who is next; credits change as in the queue. -1: nobody. */
static inline int model_turn(const struct model *model, int64_t *credits, bool all,
                             const bool *shown)
{
    const struct queue_category_rule *rules = model->rules.categories;
    int count = (int)model->rules.category_count, heads[RULES_CATEGORY_MAX];
    int out = -1, any = -1, best = -1;
    int64_t total = 0;
    for (int i = 0; i < count; i++) {
        heads[i] = model_head(model, i, all, shown);
        bool here = heads[i] >= 0;
        any = here && (any < 0 || rules[i].rank < rules[any].rank) ? i : any;
        out =
            here && rules[i].out_of_turn && (out < 0 || rules[i].rank < rules[out].rank) ? i : out;
    }
    if (out >= 0 || any < 0) {
        return out >= 0 ? heads[out] : -1;
    }
    for (int round = 0; model->rules.cycle && best < 0 && round < 2; round++) {
        for (int i = 0; i < count; i++) {
            credits[i] = round == 1 ? rules[i].weight : credits[i];
            if (heads[i] >= 0 && credits[i] > 0 && (best < 0 || rules[i].rank < rules[best].rank)) {
                best = i;
            }
        }
    }
    if (model->rules.cycle) {
        credits[best < 0 ? any : best] -= best >= 0;
        return heads[best < 0 ? any : best];
    }
    for (int i = 0; i < count; i++) {
        if (heads[i] >= 0 && rules[i].weight) {
            total += rules[i].weight;
            credits[i] += rules[i].weight;
            best = best < 0 || credits[i] > credits[best] ||
                           (credits[i] == credits[best] && rules[i].rank < rules[best].rank)
                       ? i
                       : best;
        }
    }
    if (best >= 0) {
        credits[best] -= total;
    }
    return heads[best < 0 ? any : best];
}

static inline enum refusal model_call(struct model *model, int64_t amount)
{
    int64_t called = 0;
    if (model->closed_from_s <= model->now_s && model->now_s < model->closed_until_s) {
        return REFUSAL_closed;
    }
    for (; called < amount; called++) {
        int next = model_turn(model, model->credits, false, NULL);
        if (next < 0) {
            break;
        }
        model->places[next].state = PLACE_called;
        model->places[next].called_s = model->now_s;
        model->places[next].seq = model->seq++;
    }
    return called ? REFUSAL_none : REFUSAL_nobody_waits;
}

static inline enum refusal model_arrive(struct model *model, struct model_place *place)
{
    const struct queue_rules *rules = &model->rules;
    if (place->slot >= 0 && rules->arrive_early_s >= 0 &&
        model->now_s + rules->arrive_early_s < place->key_s) {
        return REFUSAL_too_early;
    }
    if (place->slot < 0 && rules->release != RELEASE_live) {
        return REFUSAL_too_early;
    }
    if (place->slot >= 0 && rules->arrive_late_s >= 0 &&
        model->now_s > place->key_s + rules->arrive_late_s) {
        return REFUSAL_too_late;
    }
    place->state = PLACE_arrived;
    return REFUSAL_none;
}

/* ---- missing ---- */

static inline int64_t model_due(const struct model *model, const struct model_place *place)
{
    int64_t late_s = model->rules.call_late_s, from_s = place->called_s;
    if (place->state == PLACE_booked) {
        late_s = model->rules.arrive_late_s;
        return place->slot < 0 || late_s < 0 ? INT64_MAX : place->key_s + late_s;
    }
    if (place->state != PLACE_called || late_s < 0) {
        return INT64_MAX;
    }
    if (model->closed_from_s < model->closed_until_s && from_s < model->closed_until_s &&
        from_s + late_s >= model->closed_from_s) {
        return model->closed_until_s == MODEL_NEVER ? INT64_MAX : model->closed_until_s + late_s;
    }
    return from_s + late_s;
}

static inline void model_miss(struct model *model, struct model_place *place)
{
    const struct queue_rules *rules = &model->rules;
    bool again = strcmp(rules->late, "requeue") == 0 &&
                 (rules->no_show_max < 0 || place->missed < rules->no_show_max);
    if (again) {
        bool live = rules->release == RELEASE_live;
        int slot = live ? -1 : model_next(model, place->category, model->now_s + 1);
        place->missed++;
        place->state = PLACE_booked;
        model_put(model, place, slot, live ? model->now_s : MODEL_NEVER, false);
        return;
    }
    place->marked = true;
    place->state = PLACE_no_show;
    place->ended_s = model->now_s;
}

/* In the order of the fold: calls by their age, then slots by category and turn. */
static inline void model_sweep(struct model *model)
{
    for (int pass = -1; pass < (int)model->rules.category_count; pass++) {
        for (;;) {
            int first = -1;
            for (int i = 0; i < model->place_count; i++) {
                const struct model_place *place = &model->places[i];
                bool mine = pass < 0 ? place->state == PLACE_called
                                     : place->state == PLACE_booked && (int)place->category == pass;
                bool earlier =
                    first < 0 || (pass < 0 ? place->seq < model->places[first].seq
                                           : model_earlier(place, &model->places[first]));
                first = mine && earlier ? i : first;
            }
            if (first < 0 || model_due(model, &model->places[first]) >= model->now_s) {
                break;
            }
            model_miss(model, &model->places[first]);
        }
    }
}

static inline enum refusal model_no_show(struct model *model, struct model_place *place)
{
    bool no_limit = place->state == PLACE_called && model->rules.call_late_s < 0;
    if (model->now_s <= model_due(model, place) && !no_limit) {
        return REFUSAL_too_early;
    }
    model_miss(model, place);
    return REFUSAL_none;
}

static inline enum refusal model_appeal(struct model *model, struct model_place *place)
{
    if (place->state == PLACE_cancelled && !place->marked) {
        return REFUSAL_wrong_state;
    }
    if (place->appeal) {
        return REFUSAL_duplicate;
    }
    if (model->rules.appeal_s >= 0 && model->now_s > place->ended_s + model->rules.appeal_s) {
        return REFUSAL_too_late;
    }
    place->appeal = 1;
    return REFUSAL_none;
}

static inline enum refusal model_decide(struct model *model, struct model_place *place, bool upheld)
{
    if (place->appeal != 1) {
        return REFUSAL_wrong_state;
    }
    place->appeal = upheld ? 2 : 3;
    bool free = !model_active(model, place->vehicle, 0);
    for (uint32_t i = 0; i < place->driver_count; i++) {
        free = free && !model_active(model, 0, place->drivers[i]);
    }
    if (upheld) {
        place->marked = false;
    }
    if (upheld && free && place->state != PLACE_cancelled) {
        bool live = model->rules.release == RELEASE_live;
        place->missed = 0;
        place->state = PLACE_booked;
        int slot = live ? -1 : model_next(model, place->category, model->now_s + 1);
        model_put(model, place, slot, live ? 0 : MODEL_NEVER, true);
    }
    return REFUSAL_none;
}

/* ---- all together ---- */

static inline enum refusal model_at_place(struct model *model, const struct command *command,
                                          const struct given *given)
{
    static const struct {
        enum command_kind kind;
        uint32_t states;
    } allowed[] = {
        {COMMAND_driver_add, 1u << PLACE_booked | 1u << PLACE_arrived | 1u << PLACE_called},
        {COMMAND_vehicle_swap, 1u << PLACE_booked | 1u << PLACE_arrived},
        {COMMAND_postpone, 1u << PLACE_booked},
        {COMMAND_cancel, 1u << PLACE_booked | 1u << PLACE_arrived | 1u << PLACE_called},
        {COMMAND_arrive, 1u << PLACE_booked},
        {COMMAND_enter, 1u << PLACE_called},
        {COMMAND_clear, 1u << PLACE_entered},
        {COMMAND_refuse,
         1u << PLACE_booked | 1u << PLACE_arrived | 1u << PLACE_called | 1u << PLACE_entered},
        {COMMAND_no_show, 1u << PLACE_booked | 1u << PLACE_called},
        {COMMAND_appeal, 1u << PLACE_no_show | 1u << PLACE_refused | 1u << PLACE_cancelled},
        {COMMAND_decide, ~0u},
    };
    struct model_place *place = model_find(model, command->place);
    if (!place) {
        return REFUSAL_unknown_place;
    }
    if (command->role == ROLE_carrier && command->carrier != place->carrier) {
        return REFUSAL_not_yours;
    }
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) {
        if (allowed[i].kind == command->kind && !(allowed[i].states >> place->state & 1)) {
            return REFUSAL_wrong_state;
        }
    }
    switch (command->kind) {
    case COMMAND_driver_add:
        return model_driver_add(model, place, command->driver);
    case COMMAND_vehicle_swap:
        return model_swap(model, place, command, given);
    case COMMAND_postpone:
        return model_postpone(model, place, command, given);
    case COMMAND_cancel:
        model_cancel(model, place);
        return REFUSAL_none;
    case COMMAND_arrive:
        return model_arrive(model, place);
    case COMMAND_enter:
        place->state = PLACE_entered;
        place->seq = model->seq++;
        return REFUSAL_none;
    case COMMAND_clear:
        place->state = PLACE_cleared;
        return REFUSAL_none;
    case COMMAND_refuse:
        if (place->state == PLACE_booked && place->slot >= 0 && place->key_s > model->now_s) {
            place->slot = -1;
        }
        place->state = PLACE_refused;
        place->ended_s = model->now_s;
        return REFUSAL_none;
    case COMMAND_no_show:
        return model_no_show(model, place);
    case COMMAND_appeal:
        return model_appeal(model, place);
    default:
        return model_decide(model, place, strcmp(command->unit, "upheld") == 0);
    }
}

static inline enum refusal model_apply(struct model *model, const struct command *command,
                                       const struct given *given)
{
    model->now_s = command->time_s > model->now_s ? command->time_s : model->now_s;
    switch (command->kind) {
    case COMMAND_book:
    case COMMAND_book_next:
    case COMMAND_join:
        return model_book(model, command, given);
    case COMMAND_call_forward:
        return model_call(model, command->amount);
    case COMMAND_capacity_set:
        return model_capacity(model, command);
    case COMMAND_close:
        return model_close(model, command);
    case COMMAND_reopen:
        return model_reopen(model);
    case COMMAND_sweep:
        model_sweep(model);
        return REFUSAL_none;
    default:
        return model_at_place(model, command, given);
    }
}

#endif
