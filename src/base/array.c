/* array.c: growth of flat arrays (base/array.h). */
#include "base/array.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { COUNT_MIN = 16 };

enum zhol_error array_grow(void **items, uint32_t *capacity, uint32_t need, size_t item_size)
{
    assert(item_size > 0);
    if (need <= *capacity) {
        return ZHOL_ERROR_OK;
    }
    uint64_t count = (uint64_t)*capacity + *capacity / 2;
    count = count < need ? need : count;
    count = count < COUNT_MIN ? COUNT_MIN : count;
    count = count > UINT32_MAX ? UINT32_MAX : count;
    if (count > PTRDIFF_MAX / item_size) {
        return ZHOL_ERROR_LIMIT;
    }
    void *old;
    memcpy(&old, items, sizeof old);
    void *grown = realloc(old, (size_t)count * item_size);
    if (!grown) {
        return ZHOL_ERROR_MEMORY;
    }
    memcpy(items, &grown, sizeof grown);
    *capacity = (uint32_t)count;
    return ZHOL_ERROR_OK;
}
