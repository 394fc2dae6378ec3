/* network/lists.c: lists kept once; see lists.h. */
#include "network/lists.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/map.h"

enum zhol_error network_lists_init(struct network_lists *lists, uint32_t item_size)
{
    *lists = (struct network_lists){.item_size = item_size};
    enum zhol_error error = ARRAY_RESERVE(lists->first, lists->first_capacity, 2);
    if (error) {
        return error;
    }
    lists->first[0] = 0;
    lists->first[1] = 0;
    lists->count = 1;
    return ZHOL_ERROR_OK;
}

void network_lists_clear(struct network_lists *lists)
{
    free(lists->items);
    free(lists->first);
    free(lists->slots);
    *lists = (struct network_lists){0};
}

static const void *list_bytes(const struct network_lists *lists, uint32_t list, size_t *size)
{
    uint32_t begin = lists->first[list];
    *size = (size_t)(lists->first[list + 1] - begin) * lists->item_size;
    return *size ? lists->items + (size_t)begin * lists->item_size : (const unsigned char *)"";
}

/* The slot of an equal list, or the free slot where it belongs. */
static uint32_t find_slot(const struct network_lists *lists, const void *items, size_t size,
                          uint64_t hash)
{
    uint32_t mask = lists->slot_count - 1;
    uint32_t slot = (uint32_t)hash & mask;
    for (; lists->slots[slot]; slot = (slot + 1) & mask) {
        size_t other_size;
        const void *other = list_bytes(lists, lists->slots[slot], &other_size);
        if (other_size == size && memcmp(other, items, size) == 0) {
            break;
        }
    }
    return slot;
}

/* Doubles the hash set when it is half full. */
static enum zhol_error grow_slots(struct network_lists *lists)
{
    if (lists->slot_count / 2 > lists->count) {
        return ZHOL_ERROR_OK;
    }
    if (lists->slot_count > UINT32_MAX / 2) {
        return ZHOL_ERROR_LIMIT;
    }
    struct network_lists bigger = *lists;
    bigger.slot_count = lists->slot_count ? 2 * lists->slot_count : 64;
    bigger.slots = calloc(bigger.slot_count, sizeof *bigger.slots);
    if (!bigger.slots) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < lists->slot_count; i++) {
        if (lists->slots[i]) {
            size_t size;
            const void *items = list_bytes(lists, lists->slots[i], &size);
            bigger.slots[find_slot(&bigger, items, size, map_hash(items, size, 0))] =
                lists->slots[i];
        }
    }
    free(lists->slots);
    *lists = bigger;
    return ZHOL_ERROR_OK;
}

enum zhol_error network_lists_add(struct network_lists *lists, const void *items, uint32_t count,
                                  bool keep_empty, uint32_t *number)
{
    if (count == 0 && !keep_empty) {
        *number = 0;
        return ZHOL_ERROR_OK;
    }
    if (count > UINT32_MAX - 1 - lists->item_count || lists->count >= UINT32_MAX - 2) {
        return ZHOL_ERROR_LIMIT;
    }
    const void *bytes = count ? items : "";
    size_t size = (size_t)count * lists->item_size;
    enum zhol_error error = grow_slots(lists);
    if (error) {
        return error;
    }
    uint32_t slot = find_slot(lists, bytes, size, map_hash(bytes, size, 0));
    if (lists->slots[slot]) {
        *number = lists->slots[slot];
        return ZHOL_ERROR_OK;
    }
    error = ARRAY_RESERVE(lists->first, lists->first_capacity, lists->count + 2);
    if (!error && count) {
        error = array_grow((void **)&lists->items, &lists->item_capacity, lists->item_count + count,
                           lists->item_size);
    }
    if (error) {
        return error;
    }
    if (count) {
        memcpy(lists->items + (size_t)lists->item_count * lists->item_size, items, size);
    }
    lists->item_count += count;
    lists->first[lists->count + 1] = lists->item_count;
    lists->slots[slot] = lists->count;
    *number = lists->count++;
    return ZHOL_ERROR_OK;
}
