/* network/builder_finish.c: from the builder's loose arrays to the one block.
 *
 * Arcs are put in order of their tail by counting, which keeps the order of adding within a tail
 * and costs two passes; the arcs into each vertex likewise by their heads.
 */
#include <stdlib.h>
#include <string.h>

#include "network/block.h"
#include "network/builder.h"
#include "network/builder_state.h"

static void set_counts(const struct network_builder *b, uint32_t counts[NETWORK_SECTION_COUNT])
{
    counts[NETWORK_SECTION_vertices] = b->vertex_count;
    counts[NETWORK_SECTION_first_arc] = b->vertex_count + 1;
    counts[NETWORK_SECTION_arcs] = b->arc_count;
    counts[NETWORK_SECTION_first_in] = b->vertex_count + 1;
    counts[NETWORK_SECTION_in_arcs] = b->arc_count;
    counts[NETWORK_SECTION_first_place] = b->node_count + 1;
    counts[NETWORK_SECTION_places] = b->place_count;
    counts[NETWORK_SECTION_first_price] = b->price_sets.count + 1;
    counts[NETWORK_SECTION_set_prices] = b->price_sets.item_count;
    counts[NETWORK_SECTION_prices] = b->price_count;
    counts[NETWORK_SECTION_factors] = b->factor_count;
    counts[NETWORK_SECTION_rides] = b->ride_count;
    counts[NETWORK_SECTION_ways] = counts[NETWORK_SECTION_way_minutes] = b->way_count;
    counts[NETWORK_SECTION_first_opening] = b->calendars.count + 1;
    counts[NETWORK_SECTION_openings] = b->calendars.item_count;
    counts[NETWORK_SECTION_first_ban] = b->ban_lists.count + 1;
    counts[NETWORK_SECTION_bans] = b->ban_lists.item_count;
    counts[NETWORK_SECTION_exempts] = b->exempt_count ? b->exempt_count : 1;
    counts[NETWORK_SECTION_storage] = b->vertex_count;
    counts[NETWORK_SECTION_first_use] = b->use_lists.count + 1;
    counts[NETWORK_SECTION_uses] = b->use_lists.item_count;
    counts[NETWORK_SECTION_texts] = b->texts.size ? b->texts.size : 1;
}

static void copy(const struct zhol_network *network, enum network_section section, const void *from)
{
    const struct network_extent *extent = &network->header->extents[section];
    if (from && extent->count) {
        memcpy(network_block_section(network, section), from,
               (size_t)extent->count * extent->item_size);
    }
}

static void copy_lists(const struct zhol_network *network, enum network_section first,
                       enum network_section items, const struct network_lists *lists)
{
    copy(network, first, lists->first);
    copy(network, items, lists->items);
}

static void copy_plain(const struct network_builder *b, const struct zhol_network *network)
{
    copy(network, NETWORK_SECTION_vertices, b->vertices);
    copy(network, NETWORK_SECTION_storage, b->storage);
    copy(network, NETWORK_SECTION_prices, b->prices);
    copy(network, NETWORK_SECTION_factors, b->factors);
    copy(network, NETWORK_SECTION_rides, b->rides);
    copy(network, NETWORK_SECTION_exempts, b->exempts);
    copy(network, NETWORK_SECTION_texts, b->texts.bytes);
    copy_lists(network, NETWORK_SECTION_first_price, NETWORK_SECTION_set_prices, &b->price_sets);
    copy_lists(network, NETWORK_SECTION_first_opening, NETWORK_SECTION_openings, &b->calendars);
    copy_lists(network, NETWORK_SECTION_first_ban, NETWORK_SECTION_bans, &b->ban_lists);
    copy_lists(network, NETWORK_SECTION_first_use, NETWORK_SECTION_uses, &b->use_lists);
}

/* counts in first[1..n] become offsets in first[0..n]. */
static void sum_up(uint32_t *first, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        first[i + 1] += first[i];
    }
}

/* After placing, first[v] has moved to the end of v: move all back by one. */
static void move_back(uint32_t *first, uint32_t n)
{
    memmove(first + 1, first, (size_t)n * sizeof *first);
    first[0] = 0;
}

/* The place vertices of each node in order of state. */
static void fill_places(const struct network_builder *b, const struct zhol_network *network)
{
    uint32_t *first = network_block_section(network, NETWORK_SECTION_first_place);
    uint32_t *places = network_block_section(network, NETWORK_SECTION_places);
    uint32_t count = 0;
    for (uint32_t node = 0; node < b->node_count; node++) {
        first[node] = count;
        for (uint32_t v = b->newest_place[node]; v != ZHOL_NONE; v = b->next_place[v]) {
            uint32_t at = count++;
            for (; at > first[node] && b->vertices[places[at - 1]].state > b->vertices[v].state;
                 at--) {
                places[at] = places[at - 1];
            }
            places[at] = v;
        }
    }
    first[b->node_count] = count;
}

/* Arcs by tail, and the ways with the arcs' new numbers. */
static enum zhol_error fill_arcs(const struct network_builder *b,
                                 const struct zhol_network *network)
{
    uint32_t *first = network_block_section(network, NETWORK_SECTION_first_arc);
    struct zhol_arc *arcs = network_block_section(network, NETWORK_SECTION_arcs);
    uint32_t *ways = network_block_section(network, NETWORK_SECTION_ways);
    uint32_t *minutes = network_block_section(network, NETWORK_SECTION_way_minutes);
    uint32_t *renumbered = NULL;
    if (b->way_count) {
        renumbered = malloc((size_t)b->arc_count * sizeof *renumbered);
        if (!renumbered) {
            return ZHOL_ERROR_MEMORY;
        }
    }
    for (uint32_t a = 0; a < b->arc_count; a++) {
        first[b->tails[a] + 1]++;
    }
    sum_up(first, b->vertex_count);
    for (uint32_t a = 0; a < b->arc_count; a++) {
        uint32_t at = first[b->tails[a]]++;
        arcs[at] = b->arcs[a];
        if (renumbered) {
            renumbered[a] = at;
        }
    }
    move_back(first, b->vertex_count);
    for (uint32_t i = 0; i < b->way_count; i++) {
        ways[i] = renumbered[b->ways[i]];
        minutes[i] = b->way_minutes[i];
    }
    free(renumbered);
    return ZHOL_ERROR_OK;
}

static void fill_in_arcs(const struct network_builder *b, const struct zhol_network *network)
{
    uint32_t *first = network_block_section(network, NETWORK_SECTION_first_in);
    uint32_t *in_arcs = network_block_section(network, NETWORK_SECTION_in_arcs);
    const struct zhol_arc *arcs = network_block_section(network, NETWORK_SECTION_arcs);
    for (uint32_t a = 0; a < b->arc_count; a++) {
        first[arcs[a].head + 1]++;
    }
    sum_up(first, b->vertex_count);
    for (uint32_t a = 0; a < b->arc_count; a++) {
        in_arcs[first[arcs[a].head]++] = a;
    }
    move_back(first, b->vertex_count);
}

enum zhol_error network_builder_finish(const struct network_builder *builder,
                                       struct zhol_network **out)
{
    uint32_t counts[NETWORK_SECTION_COUNT];
    struct zhol_network *network;
    set_counts(builder, counts);
    enum zhol_error error = network_block_new(counts, &network);
    if (error) {
        return error;
    }
    network->header->day = builder->day;
    network->header->as_of = builder->as_of;
    network->header->horizon_from_min = builder->horizon_from_min;
    network->header->horizon_to_min = builder->horizon_to_min;
    memcpy(network->header->rows, builder->rows, sizeof builder->rows);
    memcpy(network->header->things, builder->things, sizeof builder->things);
    copy_plain(builder, network);
    fill_places(builder, network);
    error = fill_arcs(builder, network);
    if (error) {
        zhol_network_free(network);
        return error;
    }
    fill_in_arcs(builder, network);
    network->header->checksum = network_block_checksum(network);
    *out = network;
    return ZHOL_ERROR_OK;
}
