/* queue_book.c: how a place is got: request, book, book_next, join.
 *
 * The checks come in a fixed order, so that a refusal is the same for everybody: what is asked for,
 * who asks, then whether there is room. No place is held before vehicle and driver are named.
 */
#include "operate/queue_state.h"

#include <string.h>

bool queue_closed(const struct queue_one *queue, uint32_t now_s)
{
    return queue->closed_from_s <= now_s && now_s < queue->closed_until_s;
}

static int64_t horizon_end(const struct queue_one *queue, uint32_t now_s)
{
    return queue->rules.horizon_s < 0 ? INT64_MAX : now_s + queue->rules.horizon_s;
}

uint32_t slot_search(const struct queue_one *queue, uint32_t category, int64_t from_s,
                     int64_t until_s, uint32_t now_s)
{
    uint32_t position = slot_position(queue, from_s > 0 ? from_s : (int64_t)now_s + 1);
    while (from_s <= 0 && position > 0 &&
           queue->slots[queue->by_start[position - 1]].end_s > now_s) {
        position--; /* those that run already */
    }
    if (queue->slot_count == 0) {
        return NOBODY;
    }
    int64_t horizon = horizon_end(queue, now_s);
    position = slot_next_room(queue, position, category);
    while (position != NOBODY) {
        uint32_t slot = queue->by_start[position];
        const struct slot *row = &queue->slots[slot];
        if (row->start_s > horizon || row->start_s >= until_s) {
            return NOBODY;
        }
        if (slot_bookable(queue, row, now_s) && !slot_closed(queue, row)) {
            return slot;
        }
        position = slot_next_room(queue, position + 1, category);
    }
    return NOBODY;
}

/* A slot that was named: why it cannot be had, or none. */
enum refusal slot_refusal(struct applying *applying, const struct queue_one *queue,
                          uint32_t category, int64_t slot_s, uint32_t *slot)
{
    *slot = slot_at(queue, slot_s);
    if (*slot == NOBODY) {
        return REFUSAL_unknown_slot;
    }
    const struct slot *row = &queue->slots[*slot];
    if (!slot_bookable(queue, row, applying->now_s)) {
        return REFUSAL_too_late;
    }
    if (slot_closed(queue, row)) {
        return REFUSAL_closed;
    }
    if (row->start_s > horizon_end(queue, applying->now_s)) {
        return refuse(applying, queue, REFUSAL_too_early, "horizon");
    }
    if (row->taken >= row->capacity) {
        return REFUSAL_slot_full;
    }
    if (!slot_has_room(row, category)) {
        return refuse(applying, queue, REFUSAL_category_full, "share");
    }
    return REFUSAL_none;
}

static bool fits_release(enum command_kind kind, enum release release)
{
    switch (kind) {
    case COMMAND_request:
        return release == RELEASE_round;
    case COMMAND_join:
        return release == RELEASE_live;
    default:
        return release == RELEASE_first_come;
    }
}

/* What is asked for. */
static enum refusal check_request(const struct applying *applying, struct place *row)
{
    const struct queue_state *state = applying->state;
    const struct command *command = applying->command;
    uint32_t queue = queue_find(state, command->queue);
    if (queue == NOBODY || state->queues[queue].retired) {
        return REFUSAL_unknown_queue;
    }
    uint32_t category = category_find(&state->queues[queue], command->category);
    if (category == NOBODY || state->queues[queue].categories[category].retired) {
        return REFUSAL_unknown_category;
    }
    if (!command->place || !command->vehicle || !command->driver) {
        return REFUSAL_bad_data;
    }
    if (index_place(state, command->place) != NOBODY) {
        return REFUSAL_duplicate;
    }
    if (!fits_release(command->kind, state->queues[queue].rules.release)) {
        return REFUSAL_wrong_release;
    }
    row->queue = (uint8_t)queue;
    row->category = (uint8_t)category;
    row->scope = queue_scope(state, queue);
    return REFUSAL_none;
}

/* Who asks. */
static enum refusal check_subjects(struct applying *applying, const struct place *row)
{
    const struct queue_state *state = applying->state;
    const struct command *command = applying->command;
    if (!applying->given->known) {
        return REFUSAL_unknown_subject;
    }
    if (applying->given->blocked_until_s > applying->now_s) {
        return refuse(applying, &state->queues[row->queue], REFUSAL_blocked, "block");
    }
    if (!applying->given->claimed ||
        index_active_vehicle(state, command->vehicle, row->scope) != NOBODY ||
        index_active_driver(state, command->driver, row->scope) != NOBODY) {
        return REFUSAL_already_active;
    }
    return REFUSAL_none;
}

static enum refusal check_round(const struct applying *applying, const struct queue_one *queue,
                                struct place *row)
{
    int64_t request_s = queue->rules.round_request_s, from_s = applying->command->from_s;
    if (queue->round_from_s == queue->round_until_s ||
        (request_s >= 0 && (int64_t)applying->now_s >= queue->round_open_s + request_s)) {
        return REFUSAL_no_round;
    }
    if (from_s < 0 || from_s >= queue->round_until_s) {
        return REFUSAL_bad_data;
    }
    row->key_s = from_s > queue->round_from_s ? (uint32_t)from_s : queue->round_from_s;
    return REFUSAL_none;
}

/* Where there is room. */
static enum refusal check_room(struct applying *applying, struct place *row)
{
    const struct command *command = applying->command;
    const struct queue_one *queue = &applying->state->queues[row->queue];
    enum refusal refusal = REFUSAL_none;
    row->key_s = applying->now_s;
    if (command->kind == COMMAND_request) {
        refusal = check_round(applying, queue, row);
    } else if (command->kind == COMMAND_book) {
        refusal = slot_refusal(applying, queue, row->category, command->slot_s, &row->slot);
    } else if (command->kind == COMMAND_book_next) {
        row->slot = slot_search(queue, row->category, command->from_s, INT64_MAX, applying->now_s);
        refusal = row->slot == NOBODY ? REFUSAL_no_slot : REFUSAL_none;
    }
    if (!refusal && row->slot != NOBODY) {
        row->key_s = queue->slots[row->slot].start_s;
    }
    row->rank_s = row->key_s;
    return refusal;
}

enum refusal apply_booking(struct applying *applying)
{
    const struct command *command = applying->command;
    struct queue_state *state = applying->state;
    struct place row = {.slot = NOBODY, .left = NOBODY, .right = NOBODY, .driver_count = 1};
    enum refusal refusal = check_request(applying, &row);
    if (!refusal) {
        refusal = check_subjects(applying, &row);
    }
    if (!refusal) {
        refusal = check_room(applying, &row);
    }
    if (refusal) {
        return refusal;
    }
    bool requested = command->kind == COMMAND_request;
    uint32_t no_shows = applying->given->no_shows;
    row.id = command->place;
    row.vehicle = command->vehicle;
    row.carrier = command->carrier;
    row.drivers[0] = command->driver;
    row.number = ++state->queues[row.queue].last_number;
    row.booked_s = applying->now_s;
    row.state = requested ? PLACE_requested : PLACE_booked;
    row.no_shows = (uint8_t)(no_shows > UINT8_MAX ? UINT8_MAX : no_shows);
    uint32_t place = place_add(state, &row);
    if (place == NOBODY) {
        return REFUSAL_none; /* state->error says why */
    }
    if (!requested) {
        place_charge(state, place);
    }
    told(state, place, CHANGE_asked, 0);
    return REFUSAL_none;
}

void place_charge(struct queue_state *state, uint32_t place)
{
    money_fees(state, place, "book");
    if (state->places[place].no_shows) {
        money_fees(state, place, "rebook");
    }
    money_deposit(state, place);
}
