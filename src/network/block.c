/* network/block.c: making, viewing, saving and mapping the block of a network. */
#include "network/block.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/map.h"

#define NETWORK_ITEM_SIZE(name, type) (uint32_t)sizeof(type),
static const uint32_t item_sizes[NETWORK_SECTION_COUNT] = {NETWORK_SECTIONS(NETWORK_ITEM_SIZE)};
#undef NETWORK_ITEM_SIZE

/* The block is compared, hashed and written byte by byte: no struct may have hidden padding. */
_Static_assert(sizeof(struct zhol_vertex) == 12, "no hidden padding");
_Static_assert(sizeof(struct zhol_arc) == 48, "no hidden padding");
_Static_assert(sizeof(struct zhol_price) == 32, "no hidden padding");
_Static_assert(sizeof(struct zhol_factor) == 24, "no hidden padding");
_Static_assert(sizeof(struct zhol_ride) == 44, "no hidden padding");
_Static_assert(sizeof(struct zhol_opening) == 24, "no hidden padding");
_Static_assert(sizeof(struct zhol_ban) == 40, "no hidden padding");
_Static_assert(sizeof(struct zhol_use) == 12, "no hidden padding");
_Static_assert(sizeof(struct network_header) ==
                   56 + 8 * ZHOL_TABLE_COUNT + 16 * NETWORK_SECTION_COUNT,
               "no hidden padding");

static uint64_t align8(uint64_t size)
{
    return (size + 7) & ~(uint64_t)7;
}

enum zhol_error network_block_new(const uint32_t counts[NETWORK_SECTION_COUNT],
                                  struct zhol_network **out)
{
    /* At most 22 sections of 2^32 items of 48 bytes: this sum cannot overflow. */
    struct network_extent extents[NETWORK_SECTION_COUNT];
    uint64_t size = sizeof(struct network_header);
    for (int s = 0; s < NETWORK_SECTION_COUNT; s++) {
        extents[s] = (struct network_extent){align8(size), counts[s], item_sizes[s]};
        size = extents[s].offset + (uint64_t)counts[s] * item_sizes[s];
    }
    size = align8(size);
    if (size > SIZE_MAX / 2) {
        return ZHOL_ERROR_LIMIT;
    }
    struct zhol_network *network = malloc(sizeof *network);
    struct network_header *header = calloc(1, (size_t)size);
    if (!network || !header) {
        free(network);
        free(header);
        return ZHOL_ERROR_MEMORY;
    }
    memcpy(header->magic, NETWORK_MAGIC, sizeof header->magic);
    header->version = NETWORK_VERSION;
    header->endian = NETWORK_ENDIAN;
    header->size = size;
    memcpy(header->extents, extents, sizeof extents);
    *network = (struct zhol_network){header, (size_t)size, false};
    *out = network;
    return ZHOL_ERROR_OK;
}

void *network_block_section(const struct zhol_network *network, enum network_section section)
{
    return (char *)network->header + network->header->extents[section].offset;
}

uint64_t network_block_checksum(const struct zhol_network *network)
{
    size_t skip = offsetof(struct network_header, checksum) + sizeof network->header->checksum;
    return map_hash((const char *)network->header + skip, network->size - skip, 0);
}

enum zhol_error network_block_check(const void *bytes, size_t size)
{
    const struct network_header *header = bytes;
    if (size < sizeof *header || memcmp(header->magic, NETWORK_MAGIC, sizeof header->magic) != 0) {
        return ZHOL_ERROR_SYNTAX;
    }
    if (header->version != NETWORK_VERSION || header->endian != NETWORK_ENDIAN ||
        header->size != size || size % 8 != 0) {
        return ZHOL_ERROR_SYNTAX;
    }
    /* Sections follow each other in order with less than 8 bytes between: none overlaps, none is
     * outside, and there is no room to hide anything. */
    uint64_t end = sizeof *header;
    for (int s = 0; s < NETWORK_SECTION_COUNT; s++) {
        const struct network_extent *extent = &header->extents[s];
        if (extent->item_size != item_sizes[s] || extent->offset != align8(end)) {
            return ZHOL_ERROR_SYNTAX;
        }
        end = extent->offset + (uint64_t)extent->count * extent->item_size;
        if (end > size) {
            return ZHOL_ERROR_SYNTAX;
        }
    }
    return align8(end) == size ? ZHOL_ERROR_OK : ZHOL_ERROR_SYNTAX;
}

void zhol_network_free(struct zhol_network *network)
{
    if (!network) {
        return;
    }
    if (network->mapped) {
        munmap(network->header, network->size);
    } else {
        free(network->header);
    }
    free(network);
}

const void *zhol_network_block(const struct zhol_network *network, size_t *size)
{
    *size = network->size;
    return network->header;
}

/* An array of n + 1 offsets stands for n lists; an empty section stands for none. */
static uint32_t list_count(const struct network_header *header, enum network_section section)
{
    uint32_t count = header->extents[section].count;
    return count ? count - 1 : 0;
}

struct zhol_network_view zhol_network_view(const struct zhol_network *network)
{
    const struct network_header *header = network->header;
    struct zhol_network_view view = {
        .vertex_count = header->extents[NETWORK_SECTION_vertices].count,
        .arc_count = header->extents[NETWORK_SECTION_arcs].count,
        .node_count = list_count(header, NETWORK_SECTION_first_place),
        .set_count = list_count(header, NETWORK_SECTION_first_price),
        .price_count = header->extents[NETWORK_SECTION_prices].count,
        .factor_count = header->extents[NETWORK_SECTION_factors].count,
        .ride_count = header->extents[NETWORK_SECTION_rides].count,
        .way_count = header->extents[NETWORK_SECTION_ways].count,
        .calendar_count = list_count(header, NETWORK_SECTION_first_opening),
        .ban_list_count = list_count(header, NETWORK_SECTION_first_ban),
        .exempt_count = header->extents[NETWORK_SECTION_exempts].count,
        .use_list_count = list_count(header, NETWORK_SECTION_first_use),
        .text_size = header->extents[NETWORK_SECTION_texts].count,
        .day = header->day,
        .horizon_from_min = header->horizon_from_min,
        .horizon_to_min = header->horizon_to_min,
    };
#define NETWORK_POINTER(name, type) \
    view.name = (const type *)network_block_section(network, NETWORK_SECTION_##name);
    NETWORK_SECTIONS(NETWORK_POINTER)
#undef NETWORK_POINTER
    return view;
}

enum zhol_error zhol_network_save(const struct zhol_network *network, const char *path)
{
    return file_write(path, (const char *)network->header, network->size, NULL);
}

/* Maps a whole regular file; the mapping is private and only read. */
static enum zhol_error map_file(const char *path, void **bytes, size_t *size)
{
    struct stat status;
    void *mapping;
    enum zhol_error error = ZHOL_ERROR_IO;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return ZHOL_ERROR_IO;
    }
    if (fstat(file, &status) != 0) {
        goto out;
    }
    if (!S_ISREG(status.st_mode) || status.st_size < (off_t)sizeof(struct network_header)) {
        error = ZHOL_ERROR_SYNTAX;
        goto out;
    }
    mapping = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    if (mapping == MAP_FAILED) {
        goto out;
    }
    *bytes = mapping;
    *size = (size_t)status.st_size;
    error = ZHOL_ERROR_OK;
out:
    close(file);
    return error;
}

enum zhol_error zhol_network_open(const char *path, struct zhol_network **out)
{
    void *bytes;
    size_t size;
    enum zhol_error error = map_file(path, &bytes, &size);
    if (error) {
        return error;
    }
    struct zhol_network *network = NULL;
    error = network_block_check(bytes, size);
    if (!error) {
        network = malloc(sizeof *network);
        error = network ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    }
    if (error) {
        munmap(bytes, size);
        return error;
    }
    *network = (struct zhol_network){bytes, size, true};
    error = zhol_network_verify(network);
    if (error) {
        zhol_network_free(network);
        return error;
    }
    *out = network;
    return ZHOL_ERROR_OK;
}
