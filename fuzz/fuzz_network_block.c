/* Any bytes as a network block: no crash and no look outside of it; what passes verify can be asked
 * for everything. The checksum is made right first, or chance would never get behind it. */
#include <stdlib.h>
#include <string.h>

#include "network/block.h"

static uint64_t ask_arc(const struct zhol_network_view *view, uint32_t arc,
                        const struct zhol_load *load)
{
    struct zhol_cost_line lines[4];
    uint32_t count;
    bool unknown, passes;
    uint64_t sum = zhol_network_admits(view, arc, load, &passes);
    sum += (uint64_t)zhol_network_cost(view, arc, load, &unknown, lines, 4, &count);
    sum += (uint64_t)zhol_network_co2e(view, arc, load, &unknown);
    uint32_t tail = zhol_network_tail(view, arc);
    if (arc < view->first_arc[tail] || arc >= view->first_arc[tail + 1]) {
        abort();
    }
    return sum + tail;
}

static uint64_t ask_all(const struct zhol_network_view *view)
{
    static const struct zhol_load loads[] = {
        {0, zhol_cargo_class_CONTAINER, 28, 4, 2, 2, 2, 2},
        {1, zhol_cargo_class_BULK, 1e7, 0, 3e5, 3e5, 0, 2e5},
    };
    uint64_t sum = 0;
    for (uint32_t l = 0; l < 2; l++) {
        for (uint32_t arc = 0; arc < view->arc_count; arc++) {
            sum += ask_arc(view, arc, &loads[l]);
        }
        for (uint32_t v = 0; v < view->vertex_count; v++) {
            int64_t day_cents;
            sum += (uint64_t)zhol_network_storage(view, v, &loads[l], INT64_MAX / 2, &day_cents);
            if (view->vertices[v].stage == 0 &&
                zhol_network_place(view, view->vertices[v].node, view->vertices[v].state) != v) {
                abort();
            }
        }
    }
    for (uint32_t r = 0; r < view->ride_count; r++) {
        sum += strlen(view->texts + view->rides[r].zone);
    }
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < sizeof(struct network_header)) {
        return 0;
    }
    void *copy = malloc(size); /* aligned, and with an end that the sanitizer sees */
    if (!copy) {
        return 0;
    }
    memcpy(copy, data, size);
    struct zhol_network network = {copy, size, false};
    if (network_block_check(copy, size) == ZHOL_ERROR_OK) {
        network.header->checksum = network_block_checksum(&network);
        if (zhol_network_verify(&network) == ZHOL_ERROR_OK) {
            struct zhol_network_view view = zhol_network_view(&network);
            volatile uint64_t sum = ask_all(&view);
            (void)sum;
        }
    }
    free(copy);
    return 0;
}
