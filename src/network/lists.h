/* network/lists.h: many small lists of equal items in one array, each different list kept once.
 *
 * Purpose: price sets, ban lists, calendars and uses repeat from arc to arc; an arc names one by
 * number. List 0 is the empty one and exists from the start.
 * Ownership: the lists own their arrays; network_lists_clear frees them. Errors:
 * ZHOL_ERROR_MEMORY, ZHOL_ERROR_LIMIT. Complexity: expected O(bytes of the list) per call.
 * Items are compared as bytes: they must not have padding that nobody wrote.
 */
#ifndef ZHOL_NETWORK_LISTS_H
#define ZHOL_NETWORK_LISTS_H

#include <stdbool.h>
#include <stdint.h>
#include <zhol/error.h>

struct network_lists {
    unsigned char *items;
    uint32_t *first; /* count + 1 offsets, in items */
    uint32_t *slots; /* hash set of list numbers; 0: free */
    uint32_t item_size;
    uint32_t item_count;
    uint32_t item_capacity;
    uint32_t count;
    uint32_t first_capacity;
    uint32_t slot_count; /* a power of two */
};

enum zhol_error network_lists_init(struct network_lists *lists, uint32_t item_size);
void network_lists_clear(struct network_lists *lists);
/* The number of the list with these items, which is added where it is new. A list without items is
 * number 0, unless `keep_empty`: then it is a list of its own. */
enum zhol_error network_lists_add(struct network_lists *lists, const void *items, uint32_t count,
                                  bool keep_empty, uint32_t *number);

#endif
