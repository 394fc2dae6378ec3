/* property/queue_model.h: the queue once more, as simply as it can be said: lists and full scans.
 *
 * The model shares the reader of the rules with the fold and nothing else. Every question (who is
 * next, what is free, who moves) is answered by looking at all places. Slow, and short enough to be
 * read beside docs/queue.md. One queue of one checkpoint.
 */
#ifndef ZHOL_TESTS_QUEUE_MODEL_H
#define ZHOL_TESTS_QUEUE_MODEL_H

#include "queue_model_slots.h"

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
