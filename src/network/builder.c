/* network/builder.c: adding pieces to a network; see builder.h. */
#include "network/builder.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "network/builder_state.h"

enum zhol_error network_builder_new(struct network_builder **out)
{
    struct network_builder *b = calloc(1, sizeof *b);
    if (!b) {
        return ZHOL_ERROR_MEMORY;
    }
    memset(b->rows, 0xff, sizeof b->rows);
    memset(b->things, 0xff, sizeof b->things);
    text_pool_init(&b->texts);
    enum zhol_error error = network_lists_init(&b->price_sets, sizeof(uint32_t));
    error = error ? error : network_lists_init(&b->calendars, sizeof(struct zhol_opening));
    error = error ? error : network_lists_init(&b->ban_lists, sizeof(struct zhol_ban));
    error = error ? error : network_lists_init(&b->use_lists, sizeof(struct zhol_use));
    error = error ? error : ARRAY_RESERVE(b->factors, b->factor_capacity, 1);
    if (error) {
        network_builder_free(b);
        return error;
    }
    b->factors[b->factor_count++] =
        (struct zhol_factor){.emission_row = ZHOL_NONE, .evidence = ZHOL_ASSUMED};
    *out = b;
    return ZHOL_ERROR_OK;
}

void network_builder_free(struct network_builder *builder)
{
    if (!builder) {
        return;
    }
    free(builder->vertices);
    free(builder->storage);
    free(builder->next_place);
    free(builder->newest_place);
    free(builder->arcs);
    free(builder->tails);
    free(builder->prices);
    free(builder->factors);
    free(builder->rides);
    free(builder->ways);
    free(builder->way_minutes);
    free(builder->exempts);
    free(builder->scratch);
    network_lists_clear(&builder->price_sets);
    network_lists_clear(&builder->calendars);
    network_lists_clear(&builder->ban_lists);
    network_lists_clear(&builder->use_lists);
    text_pool_clear(&builder->texts);
    free(builder);
}

void network_builder_dates(struct network_builder *builder, int32_t day, int64_t from_min,
                           int64_t to_min)
{
    builder->day = day;
    builder->horizon_from_min = from_min;
    builder->horizon_to_min = to_min;
}

void network_builder_table(struct network_builder *builder, enum zhol_table table, uint32_t rows,
                           uint32_t things)
{
    builder->rows[table] = rows;
    builder->things[table] = things;
}

void network_builder_as_of(struct network_builder *builder, int32_t as_of)
{
    builder->as_of = as_of;
}

/* ---- vertices ---- */

static enum zhol_error reserve_vertices(struct network_builder *b, uint32_t need)
{
    enum zhol_error error = ARRAY_RESERVE(b->vertices, b->vertex_capacity, need);
    error = error ? error : ARRAY_RESERVE(b->storage, b->storage_capacity, need);
    return error ? error : ARRAY_RESERVE(b->next_place, b->next_capacity, need);
}

static enum zhol_error reserve_arcs(struct network_builder *b, uint32_t need)
{
    enum zhol_error error = ARRAY_RESERVE(b->arcs, b->arc_capacity, need);
    return error ? error : ARRAY_RESERVE(b->tails, b->tail_capacity, need);
}

enum zhol_error network_builder_reserve(struct network_builder *builder, uint32_t nodes,
                                        uint32_t vertices, uint32_t arcs)
{
    enum zhol_error error = ARRAY_RESERVE(builder->newest_place, builder->node_capacity, nodes);
    error = error ? error : reserve_vertices(builder, vertices);
    return error ? error : reserve_arcs(builder, arcs);
}

static enum zhol_error add_vertex(struct network_builder *b, const struct zhol_vertex *vertex,
                                  uint32_t *number)
{
    if (b->vertex_count >= UINT32_MAX - 2) {
        return ZHOL_ERROR_LIMIT;
    }
    enum zhol_error error = reserve_vertices(b, b->vertex_count + 1);
    if (error) {
        return error;
    }
    b->vertices[b->vertex_count] = *vertex;
    b->vertices[b->vertex_count].pad = 0;
    b->storage[b->vertex_count] = (struct zhol_storage){0};
    b->next_place[b->vertex_count] = ZHOL_NONE;
    *number = b->vertex_count++;
    return ZHOL_ERROR_OK;
}

static enum zhol_error know_node(struct network_builder *b, uint32_t node)
{
    if (node >= UINT32_MAX - 2) {
        return ZHOL_ERROR_LIMIT;
    }
    enum zhol_error error = ARRAY_RESERVE(b->newest_place, b->node_capacity, node + 1);
    for (; !error && b->node_count <= node; b->node_count++) {
        b->newest_place[b->node_count] = ZHOL_NONE;
    }
    return error;
}

uint32_t network_builder_find_place(const struct network_builder *builder, uint32_t node,
                                    unsigned state)
{
    uint32_t v = node < builder->node_count ? builder->newest_place[node] : ZHOL_NONE;
    while (v != ZHOL_NONE && builder->vertices[v].state != state) {
        v = builder->next_place[v];
    }
    return v;
}

enum zhol_error network_builder_place(struct network_builder *builder, uint32_t node,
                                      unsigned state, uint32_t *vertex)
{
    if (state == 0 || state >= zhol_state_COUNT) {
        return ZHOL_ERROR_USAGE;
    }
    enum zhol_error error = know_node(builder, node);
    if (error) {
        return error;
    }
    *vertex = network_builder_find_place(builder, node, state);
    if (*vertex != ZHOL_NONE) {
        return ZHOL_ERROR_OK;
    }
    struct zhol_vertex place = {.node = node, .link = ZHOL_NONE, .state = (uint8_t)state};
    error = add_vertex(builder, &place, vertex);
    if (error) {
        return error;
    }
    builder->next_place[*vertex] = builder->newest_place[node];
    builder->newest_place[node] = *vertex;
    builder->place_count++;
    return ZHOL_ERROR_OK;
}

enum zhol_error network_builder_stage(struct network_builder *builder,
                                      const struct zhol_vertex *stage, uint32_t *vertex)
{
    if (stage->stage == 0 || stage->link == ZHOL_NONE || stage->state == 0 ||
        stage->state >= zhol_state_COUNT) {
        return ZHOL_ERROR_USAGE;
    }
    enum zhol_error error = know_node(builder, stage->node);
    return error ? error : add_vertex(builder, stage, vertex);
}

enum zhol_error network_builder_storage(struct network_builder *builder, uint32_t vertex,
                                        uint32_t price_set)
{
    if (vertex >= builder->vertex_count || price_set >= builder->price_sets.count) {
        return ZHOL_ERROR_USAGE;
    }
    builder->storage[vertex].price_set = price_set;
    return ZHOL_ERROR_OK;
}

uint32_t network_builder_vertices(const struct network_builder *builder,
                                  const struct zhol_vertex **vertices)
{
    *vertices = builder->vertices;
    return builder->vertex_count;
}

/* ---- arcs ---- */

static bool arc_refers_to_known(const struct network_builder *b, uint32_t tail,
                                const struct zhol_arc *arc)
{
    return tail < b->vertex_count && arc->head < b->vertex_count &&
           arc->price_set < b->price_sets.count && arc->uses < b->use_lists.count &&
           arc->emission < b->factor_count && arc->calendar < b->calendars.count &&
           arc->ban < b->ban_lists.count && arc->class < zhol_cargo_class_COUNT &&
           arc->mode < zhol_mode_COUNT && arc->time_evidence < ZHOL_EVIDENCE_COUNT &&
           arc->kind <= ZHOL_ARC_RIDE && (arc->kind != ZHOL_ARC_RIDE || arc->thing < b->ride_count);
}

enum zhol_error network_builder_arc(struct network_builder *builder, uint32_t tail,
                                    const struct zhol_arc *arc, uint32_t *number)
{
    if (!arc_refers_to_known(builder, tail, arc)) {
        return ZHOL_ERROR_USAGE;
    }
    if (builder->arc_count >= UINT32_MAX - 2) {
        return ZHOL_ERROR_LIMIT;
    }
    enum zhol_error error = reserve_arcs(builder, builder->arc_count + 1);
    if (error) {
        return error;
    }
    builder->arcs[builder->arc_count] = *arc;
    builder->tails[builder->arc_count] = tail;
    if (number) {
        *number = builder->arc_count;
    }
    builder->arc_count++;
    return ZHOL_ERROR_OK;
}

uint32_t network_builder_arcs(const struct network_builder *builder, const struct zhol_arc **arcs,
                              const uint32_t **tails)
{
    *arcs = builder->arcs;
    *tails = builder->tails;
    return builder->arc_count;
}

/* ---- prices and factors ---- */

enum zhol_error network_builder_price(struct network_builder *builder,
                                      const struct zhol_price *price, uint32_t *number)
{
    if (builder->price_count >= UINT32_MAX - 2) {
        return ZHOL_ERROR_LIMIT;
    }
    enum zhol_error error =
        ARRAY_RESERVE(builder->prices, builder->price_capacity, builder->price_count + 1);
    if (error) {
        return error;
    }
    builder->prices[builder->price_count] = *price;
    builder->prices[builder->price_count].pad = 0;
    *number = builder->price_count++;
    return ZHOL_ERROR_OK;
}

static bool price_before(const struct network_builder *b, uint32_t x, uint32_t y)
{
    const struct zhol_price *p = &b->prices[x], *q = &b->prices[y];
    if (p->cost_kind != q->cost_kind) {
        return p->cost_kind < q->cost_kind;
    }
    if (p->rank != q->rank) {
        return p->rank > q->rank;
    }
    return x < y;
}

enum zhol_error network_builder_price_set(struct network_builder *builder, const uint32_t *prices,
                                          uint32_t count, uint32_t *set)
{
    enum zhol_error error = ARRAY_RESERVE(builder->scratch, builder->scratch_capacity, count);
    if (error) {
        return error;
    }
    /* Insertion sort: a set has a handful of prices, and often comes sorted. */
    uint32_t *sorted = builder->scratch, kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (prices[i] >= builder->price_count) {
            return ZHOL_ERROR_USAGE;
        }
        uint32_t at = kept;
        while (at > 0 && price_before(builder, prices[i], sorted[at - 1])) {
            at--;
        }
        if (at > 0 && sorted[at - 1] == prices[i]) {
            continue;
        }
        memmove(sorted + at + 1, sorted + at, (size_t)(kept - at) * sizeof *sorted);
        sorted[at] = prices[i];
        kept++;
    }
    return network_lists_add(&builder->price_sets, sorted, kept, false, set);
}

const uint32_t *network_builder_set_prices(const struct network_builder *builder, uint32_t set,
                                           uint32_t *count)
{
    const struct network_lists *lists = &builder->price_sets;
    *count = lists->first[set + 1] - lists->first[set];
    return *count ? (const uint32_t *)(const void *)lists->items + lists->first[set] : NULL;
}

const struct zhol_ban *network_builder_list_bans(const struct network_builder *builder,
                                                 uint16_t list, uint32_t *count)
{
    const struct network_lists *lists = &builder->ban_lists;
    *count = lists->first[list + 1] - lists->first[list];
    return *count ? (const struct zhol_ban *)(const void *)lists->items + lists->first[list] : NULL;
}

enum zhol_error network_builder_factor(struct network_builder *builder,
                                       const struct zhol_factor *factor, uint16_t *number)
{
    if (builder->factor_count > UINT16_MAX) {
        return ZHOL_ERROR_LIMIT;
    }
    enum zhol_error error =
        ARRAY_RESERVE(builder->factors, builder->factor_capacity, builder->factor_count + 1);
    if (error) {
        return error;
    }
    builder->factors[builder->factor_count] = *factor;
    *number = (uint16_t)builder->factor_count++;
    return ZHOL_ERROR_OK;
}

/* ---- lists ---- */

/* Adds to lists whose numbers must fit 16 bits. */
static enum zhol_error add_short(struct network_lists *lists, const void *items, uint32_t count,
                                 bool keep_empty, uint16_t *number)
{
    uint32_t wide;
    enum zhol_error error = network_lists_add(lists, items, count, keep_empty, &wide);
    if (error) {
        return error;
    }
    if (wide > UINT16_MAX) {
        return ZHOL_ERROR_LIMIT;
    }
    *number = (uint16_t)wide;
    return ZHOL_ERROR_OK;
}

enum zhol_error network_builder_calendar(struct network_builder *builder,
                                         const struct zhol_opening *openings, uint32_t count,
                                         uint16_t *calendar)
{
    for (uint32_t i = 0; i < count; i++) {
        if (openings[i].from_min >= openings[i].to_min || openings[i].pad ||
            (i > 0 && openings[i - 1].to_min > openings[i].from_min)) {
            return ZHOL_ERROR_USAGE;
        }
    }
    return add_short(&builder->calendars, openings, count, true, calendar);
}

enum zhol_error network_builder_exempt(struct network_builder *builder, const uint32_t *commodities,
                                       uint32_t count, uint32_t *offset)
{
    /* Offset 0 is the list without commodities: one number, 0. */
    uint32_t size = count && builder->exempt_count ? count + 1 : count + 2;
    if (count > UINT32_MAX - 4 - builder->exempt_count) {
        return ZHOL_ERROR_LIMIT;
    }
    enum zhol_error error =
        ARRAY_RESERVE(builder->exempts, builder->exempt_capacity, builder->exempt_count + size);
    if (error) {
        return error;
    }
    if (builder->exempt_count == 0) {
        builder->exempts[builder->exempt_count++] = 0;
    }
    *offset = 0;
    if (count) {
        *offset = builder->exempt_count;
        builder->exempts[builder->exempt_count++] = count;
        memcpy(builder->exempts + builder->exempt_count, commodities, count * sizeof *commodities);
        builder->exempt_count += count;
    }
    return ZHOL_ERROR_OK;
}

static bool exempt_known(const struct network_builder *b, uint32_t offset)
{
    return offset == 0 ||
           (offset < b->exempt_count && b->exempts[offset] < b->exempt_count - offset);
}

enum zhol_error network_builder_bans(struct network_builder *builder, const struct zhol_ban *bans,
                                     uint32_t count, uint16_t *list)
{
    static const uint8_t zeros[sizeof bans->pad];
    for (uint32_t i = 0; i < count; i++) {
        if (!exempt_known(builder, bans[i].exempt) ||
            memcmp(bans[i].pad, zeros, sizeof zeros) != 0) {
            return ZHOL_ERROR_USAGE;
        }
    }
    return add_short(&builder->ban_lists, bans, count, false, list);
}

enum zhol_error network_builder_uses(struct network_builder *builder, const struct zhol_use *uses,
                                     uint32_t count, uint32_t *list)
{
    return network_lists_add(&builder->use_lists, uses, count, false, list);
}

enum zhol_error network_builder_text(struct network_builder *builder, const char *text,
                                     uint32_t *offset)
{
    return text_pool_intern(&builder->texts, text_view_of(text), offset);
}

/* ---- rides ---- */

enum zhol_error network_builder_way(struct network_builder *builder, const uint32_t *arcs,
                                    uint32_t count, uint32_t *way)
{
    if (count > UINT32_MAX - 2 - builder->way_count) {
        return ZHOL_ERROR_LIMIT;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (arcs[i] >= builder->arc_count || builder->arcs[arcs[i]].kind == ZHOL_ARC_RIDE ||
            (i > 0 && builder->arcs[arcs[i - 1]].head != builder->tails[arcs[i]])) {
            return ZHOL_ERROR_USAGE;
        }
    }
    enum zhol_error error =
        ARRAY_RESERVE(builder->ways, builder->way_capacity, builder->way_count + count);
    error = error ? error
                  : ARRAY_RESERVE(builder->way_minutes, builder->way_minutes_capacity,
                                  builder->way_count + count);
    if (error) {
        return error;
    }
    for (uint32_t i = 0; i < count; i++) {
        builder->ways[builder->way_count + i] = arcs[i];
        builder->way_minutes[builder->way_count + i] =
            builder->arcs[arcs[i]].minutes[ZHOL_TIME_MEDIAN];
    }
    *way = builder->way_count;
    builder->way_count += count;
    return ZHOL_ERROR_OK;
}

enum zhol_error network_builder_pace(struct network_builder *builder, uint32_t way,
                                     const uint32_t *minutes, uint32_t count)
{
    if (way > builder->way_count || count > builder->way_count - way) {
        return ZHOL_ERROR_USAGE;
    }
    for (uint32_t i = 0; i < count; i++) {
        builder->way_minutes[way + i] = minutes[i];
    }
    return ZHOL_ERROR_OK;
}

enum zhol_error network_builder_ride(struct network_builder *builder, const struct zhol_ride *ride,
                                     uint32_t *number)
{
    if (ride->way > builder->way_count || ride->way_count > builder->way_count - ride->way ||
        ride->pad || (ride->zone && ride->zone >= builder->texts.size)) {
        return ZHOL_ERROR_USAGE;
    }
    if (builder->ride_count >= UINT32_MAX - 2) {
        return ZHOL_ERROR_LIMIT;
    }
    enum zhol_error error =
        ARRAY_RESERVE(builder->rides, builder->ride_capacity, builder->ride_count + 1);
    if (error) {
        return error;
    }
    builder->rides[builder->ride_count] = *ride;
    *number = builder->ride_count++;
    return ZHOL_ERROR_OK;
}

/* ---- arcs with the usual fields ---- */

static struct zhol_arc arc_of(enum zhol_arc_kind kind, uint32_t head, uint32_t thing,
                              uint32_t process, uint32_t minutes)
{
    return (struct zhol_arc){.head = head,
                             .thing = thing,
                             .process = process,
                             .minutes = {minutes, minutes, minutes},
                             .kind = (uint8_t)kind};
}

struct zhol_arc network_arc_move(uint32_t head, uint32_t link, unsigned mode, uint32_t length_m,
                                 uint32_t minutes)
{
    struct zhol_arc arc = arc_of(ZHOL_ARC_MOVE, head, link, ZHOL_NONE, minutes);
    arc.mode = (uint8_t)mode;
    arc.length_m = length_m;
    return arc;
}

struct zhol_arc network_arc_handle(uint32_t head, uint32_t handling, uint32_t process,
                                   uint32_t minutes)
{
    return arc_of(ZHOL_ARC_HANDLE, head, handling, process, minutes);
}

struct zhol_arc network_arc_control(uint32_t head, uint32_t process, uint32_t process_row,
                                    uint32_t minutes)
{
    return arc_of(ZHOL_ARC_CONTROL, head, process, process_row, minutes);
}

struct zhol_arc network_arc_ride(uint32_t head, uint32_t ride, unsigned mode, uint32_t length_m,
                                 uint32_t minutes)
{
    struct zhol_arc arc = arc_of(ZHOL_ARC_RIDE, head, ride, ZHOL_NONE, minutes);
    arc.mode = (uint8_t)mode;
    arc.length_m = length_m;
    return arc;
}
