/* network/fits.c: whether a network was compiled from the corridor at hand. */
#include "network/block.h"

bool zhol_network_fits(const struct zhol_network *network, const struct zhol_corridor *corridor)
{
    const struct network_header *header = network->header;
    if (header->as_of != zhol_corridor_about(corridor).as_of) {
        return false;
    }
#define NETWORK_TABLE_FITS(table, doc)                                \
    {                                                                 \
        uint32_t rows;                                                \
        zhol_corridor_##table(corridor, &rows);                       \
        if (header->rows[ZHOL_TABLE_##table] != rows ||               \
            header->things[ZHOL_TABLE_##table] !=                     \
                zhol_corridor_things(corridor, ZHOL_TABLE_##table)) { \
            return false;                                             \
        }                                                             \
    }
    ZHOL_TABLES(NETWORK_TABLE_FITS)
#undef NETWORK_TABLE_FITS
    return true;
}
