/* queue_slot.c: the slots of a queue and where there is room.
 *
 * Slots stand in the order in which they were published (a place names its slot by that index) and
 * are found through by_start. One bit a slot and category says "there is room", so that the next
 * free slot among a year of hours is found in about a hundred words.
 */
#include "operate/queue_state.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

uint32_t slot_position(const struct queue_one *queue, int64_t start_s)
{
    uint32_t low = 0, high = queue->slot_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if ((int64_t)queue->slots[queue->by_start[middle]].start_s < start_s) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

uint32_t slot_at(const struct queue_one *queue, int64_t start_s)
{
    uint32_t position = slot_position(queue, start_s);
    if (position == queue->slot_count) {
        return NOBODY;
    }
    uint32_t slot = queue->by_start[position];
    return (int64_t)queue->slots[slot].start_s == start_s ? slot : NOBODY;
}

bool slot_closed(const struct queue_one *queue, const struct slot *slot)
{
    return slot->start_s < queue->closed_until_s && slot->end_s > queue->closed_from_s &&
           queue->closed_from_s < queue->closed_until_s;
}

bool slot_has_room(const struct slot *slot, uint32_t category)
{
    return slot->taken < slot->capacity &&
           slot->category_taken[category] < slot->category_capacity[category];
}

/* What a category may take of the present capacity: what the slot was published with, scaled by
 * capacity over published; else share_max per cent; a share above 0 gives at least one place.
 * NOBODY: no own limit. */
uint32_t slot_share(const struct queue_one *queue, const struct slot *slot, uint32_t category)
{
    const struct category *row = &queue->categories[category];
    uint64_t whole, part;
    if (category >= queue->category_count || row->retired) {
        return 0;
    }
    if (slot->share[category] != NOBODY) {
        part = slot->share[category];
        whole = slot->published;
    } else if (row->rule.share_max < 100) {
        part = row->rule.share_max;
        whole = 100;
    } else {
        return NOBODY;
    }
    uint64_t most = whole ? part * slot->capacity / whole : 0;
    most = most == 0 && part && slot->capacity ? 1 : most;
    return most < NOBODY ? (uint32_t)most : NOBODY;
}

/* Who is there already is never above the limit. */
void slot_limit(const struct queue_one *queue, struct slot *slot, uint32_t category)
{
    uint32_t most = slot_share(queue, slot, category), taken = slot->category_taken[category];
    slot->category_capacity[category] = most < taken ? taken : most;
}

/* Not over, and who books it now may still arrive in time. */
bool slot_bookable(const struct queue_one *queue, const struct slot *slot, uint32_t now_s)
{
    int64_t late_s = queue->rules.arrive_late_s;
    return slot->end_s > now_s && (late_s < 0 || (int64_t)now_s <= slot->start_s + late_s);
}

void slot_refresh(struct queue_one *queue, uint32_t position)
{
    const struct slot *slot = &queue->slots[queue->by_start[position]];
    uint64_t bit = UINT64_C(1) << (position % 64);
    for (uint32_t i = 0; i < queue->category_count; i++) {
        uint64_t *word = &queue->room[i][position / 64];
        *word = slot_has_room(slot, i) ? *word | bit : *word & ~bit;
    }
}

/* A slot that fills up, or has room again, does so for the category of this place as well: so only
 * then the bits of all are looked at. */
static void changed(struct queue_one *queue, uint32_t slot, uint32_t category, bool was)
{
    const struct slot *row = &queue->slots[slot];
    if (slot_has_room(row, category) != was) {
        slot_refresh(queue, slot_position(queue, row->start_s));
    }
}

void slot_take(struct queue_one *queue, uint32_t slot, uint32_t category)
{
    bool was = slot_has_room(&queue->slots[slot], category);
    queue->slots[slot].taken++;
    queue->slots[slot].category_taken[category]++;
    changed(queue, slot, category, was);
}

void slot_give(struct queue_one *queue, uint32_t slot, uint32_t category)
{
    bool was = slot_has_room(&queue->slots[slot], category);
    queue->slots[slot].taken--;
    queue->slots[slot].category_taken[category]--;
    changed(queue, slot, category, was);
}

uint32_t slot_next_room(const struct queue_one *queue, uint32_t position, uint32_t category)
{
    uint32_t words = (queue->slot_count + 63) / 64;
    for (uint32_t word = position / 64; word < words; word++) {
        uint64_t bits = queue->room[category][word];
        if (word == position / 64) {
            bits &= ~UINT64_C(0) << (position % 64);
        }
        if (bits) {
            uint32_t found = word * 64 + (uint32_t)__builtin_ctzll(bits);
            return found < queue->slot_count ? found : NOBODY;
        }
    }
    return NOBODY;
}

enum zhol_error slot_rooms(struct queue_one *queue)
{
    uint32_t words = (queue->slot_count + 63) / 64;
    for (uint32_t i = 0; i < RULES_CATEGORY_MAX; i++) {
        uint64_t *room = realloc(queue->room[i], (words + 1) * sizeof *room);
        if (!room) {
            return ZHOL_ERROR_MEMORY;
        }
        memset(room, 0, (words + 1) * sizeof *room);
        queue->room[i] = room;
    }
    for (uint32_t i = 0; i < queue->slot_count; i++) {
        slot_refresh(queue, i);
    }
    return ZHOL_ERROR_OK;
}

/* The caller calls slot_rooms when all are in. */
enum zhol_error slot_insert(struct queue_one *queue, const struct slot *slot)
{
    if (queue->slot_count >= QUEUE_SLOT_MAX) {
        return ZHOL_ERROR_LIMIT;
    }
    enum zhol_error error =
        ARRAY_RESERVE(queue->slots, queue->slot_capacity, queue->slot_count + 1);
    if (!error) {
        error = ARRAY_RESERVE(queue->by_start, queue->by_start_capacity, queue->slot_count + 1);
    }
    if (error) {
        return error;
    }
    uint32_t position = slot_position(queue, slot->start_s);
    memmove(queue->by_start + position + 1, queue->by_start + position,
            (queue->slot_count - position) * sizeof *queue->by_start);
    queue->slots[queue->slot_count] = *slot;
    queue->by_start[position] = queue->slot_count++;
    return ZHOL_ERROR_OK;
}
