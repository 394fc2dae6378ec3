/* network/block.h: the layout of the one block that a network is.
 *
 * The block begins with a header and goes on with the sections of NETWORK_SECTIONS, each aligned to
 * 8 bytes and found through the header's table of offsets. There is no pointer in it and no byte
 * that nobody wrote, so that equal networks are equal bytes. The X-macro gives the numbers of the
 * sections, their item sizes and the checks of zhol_network_open; a new array is one line here and
 * one in zhol_network_view.
 *
 * Ownership: struct zhol_network owns its block: memory from calloc, or a private mapping of a
 * file. Byte order and struct layout are those of the machine; the header says which, and a file
 * from another kind of machine is refused.
 */
#ifndef ZHOL_NETWORK_BLOCK_H
#define ZHOL_NETWORK_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <zhol/network.h>

/* SECTION(name, type of an item) */
#define NETWORK_SECTIONS(S)          \
    S(vertices, struct zhol_vertex)  \
    S(first_arc, uint32_t)           \
    S(arcs, struct zhol_arc)         \
    S(first_in, uint32_t)            \
    S(in_arcs, uint32_t)             \
    S(first_place, uint32_t)         \
    S(places, uint32_t)              \
    S(first_price, uint32_t)         \
    S(set_prices, uint32_t)          \
    S(prices, struct zhol_price)     \
    S(factors, struct zhol_factor)   \
    S(rides, struct zhol_ride)       \
    S(ways, uint32_t)                \
    S(way_minutes, uint32_t)         \
    S(first_opening, uint32_t)       \
    S(openings, struct zhol_opening) \
    S(first_ban, uint32_t)           \
    S(bans, struct zhol_ban)         \
    S(exempts, uint32_t)             \
    S(storage, struct zhol_storage)  \
    S(first_use, uint32_t)           \
    S(uses, struct zhol_use)         \
    S(texts, char)

#define NETWORK_SECTION_CODE(name, type) NETWORK_SECTION_##name,
enum network_section { NETWORK_SECTIONS(NETWORK_SECTION_CODE) NETWORK_SECTION_COUNT };
#undef NETWORK_SECTION_CODE

#define NETWORK_MAGIC   "ZHOLNET"
#define NETWORK_VERSION 2u
#define NETWORK_ENDIAN  0x01020304u

struct network_extent {
    uint64_t offset;    /* bytes from the start of the block */
    uint32_t count;     /* items */
    uint32_t item_size; /* bytes of one, so that another layout is noticed */
};

struct network_header {
    char magic[8];
    uint32_t version;
    uint32_t endian;
    uint64_t size;     /* of the whole block */
    uint64_t checksum; /* of all bytes behind this field */
    int64_t horizon_from_min;
    int64_t horizon_to_min;
    int32_t day;
    int32_t as_of;                     /* of the corridor; with rows and things: its fingerprint */
    uint32_t rows[ZHOL_TABLE_COUNT];   /* of each table; UINT32_MAX: not known */
    uint32_t things[ZHOL_TABLE_COUNT]; /* of each table; UINT32_MAX: not known */
    struct network_extent extents[NETWORK_SECTION_COUNT];
};

struct zhol_network {
    struct network_header *header; /* the block begins here */
    size_t size;
    bool mapped; /* to be unmapped, not freed */
};

/* Makes a zeroed block whose sections have room for counts[] items, and its header.
 * ZHOL_ERROR_MEMORY, ZHOL_ERROR_LIMIT. */
enum zhol_error network_block_new(const uint32_t counts[NETWORK_SECTION_COUNT],
                                  struct zhol_network **out);
/* The first item of a section. */
void *network_block_section(const struct zhol_network *network, enum network_section section);
/* The checksum as it should be. */
uint64_t network_block_checksum(const struct zhol_network *network);
/* Checks the header, the table of extents and the checksum against the size of the block, which
 * need not be a good one. Only after ZHOL_OK may sections be looked at. */
enum zhol_error network_block_check(const void *bytes, size_t size);

#endif
