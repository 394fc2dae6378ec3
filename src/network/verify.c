/* network/verify.c: every invariant of a network, checked without trusting any number in it.
 *
 * Used by tests and by zhol_network_open: after ZHOL_OK no index in the block leads outside of it,
 * rows and things are within the tables of the corridor it came from, arcs are sorted by tail, the
 * reverse index is the reverse, ways hang together, opening times rise, movements and controls do
 * not change the state of the cargo, and handlings do not leave their place. Linear in the block.
 */
#include <string.h>

#include "network/block.h"

/* Offsets first[0..n]: from 0, never falling, to `total`. */
static bool offsets_good(const uint32_t *first, uint32_t count, uint32_t total)
{
    if (count == 0 || first[0] != 0 || first[count - 1] != total) {
        return false;
    }
    for (uint32_t i = 1; i < count; i++) {
        if (first[i] < first[i - 1]) {
            return false;
        }
    }
    return true;
}

static bool section_offsets_good(const struct zhol_network *network, enum network_section first,
                                 enum network_section items)
{
    return offsets_good(network_block_section(network, first),
                        network->header->extents[first].count,
                        network->header->extents[items].count);
}

/* A number of a row or thing of the corridor; UINT32_MAX as a limit: not known. */
static bool row_good(const struct network_header *header, enum zhol_table table, uint32_t row)
{
    return header->rows[table] == UINT32_MAX || row < header->rows[table];
}

static bool thing_good(const struct network_header *header, enum zhol_table table, uint32_t thing)
{
    return header->things[table] == UINT32_MAX || thing < header->things[table];
}

static bool thing_or_none(const struct network_header *header, enum zhol_table table,
                          uint32_t thing)
{
    return thing == ZHOL_NONE || thing_good(header, table, thing);
}

static bool shapes_good(const struct zhol_network *network, const struct zhol_network_view *view)
{
    const struct network_extent *extents = network->header->extents;
    uint32_t lists = view->vertex_count + 1;
    return view->vertex_count < UINT32_MAX - 1 &&
           extents[NETWORK_SECTION_first_arc].count == lists &&
           extents[NETWORK_SECTION_first_in].count == lists &&
           extents[NETWORK_SECTION_storage].count == view->vertex_count &&
           extents[NETWORK_SECTION_in_arcs].count == view->arc_count && view->factor_count > 0 &&
           view->set_count > 0 && view->calendar_count > 0 && view->ban_list_count > 0 &&
           view->use_list_count > 0 && view->exempt_count > 0 && view->exempts[0] == 0 &&
           view->text_size > 0 && view->texts[0] == 0 && view->texts[view->text_size - 1] == 0 &&
           section_offsets_good(network, NETWORK_SECTION_first_arc, NETWORK_SECTION_arcs) &&
           section_offsets_good(network, NETWORK_SECTION_first_in, NETWORK_SECTION_in_arcs) &&
           section_offsets_good(network, NETWORK_SECTION_first_place, NETWORK_SECTION_places) &&
           section_offsets_good(network, NETWORK_SECTION_first_price, NETWORK_SECTION_set_prices) &&
           section_offsets_good(network, NETWORK_SECTION_first_opening, NETWORK_SECTION_openings) &&
           section_offsets_good(network, NETWORK_SECTION_first_ban, NETWORK_SECTION_bans) &&
           section_offsets_good(network, NETWORK_SECTION_first_use, NETWORK_SECTION_uses);
}

static bool vertices_good(const struct zhol_network *network, const struct zhol_network_view *view)
{
    uint32_t place_count = 0;
    for (uint32_t v = 0; v < view->vertex_count; v++) {
        const struct zhol_vertex *vertex = &view->vertices[v];
        bool place = vertex->stage == 0;
        place_count += place;
        if (vertex->node >= view->node_count || vertex->state == 0 ||
            vertex->state >= zhol_state_COUNT || vertex->pad ||
            place != (vertex->link == ZHOL_NONE)) {
            return false;
        }
        if (!thing_good(network->header, ZHOL_TABLE_node, vertex->node) ||
            !thing_or_none(network->header, ZHOL_TABLE_link, vertex->link) ||
            view->storage[v].price_set >= view->set_count) {
            return false;
        }
    }
    return place_count == network->header->extents[NETWORK_SECTION_places].count;
}

/* Each place stands once under its node, in order of state. As many places stand there as there
 * are place vertices, so none is missing. */
static bool places_good(const struct zhol_network_view *view)
{
    for (uint32_t node = 0; node < view->node_count; node++) {
        unsigned before = 0;
        for (uint32_t i = view->first_place[node]; i < view->first_place[node + 1]; i++) {
            uint32_t v = view->places[i];
            if (v >= view->vertex_count || view->vertices[v].stage != 0 ||
                view->vertices[v].node != node || view->vertices[v].state <= before) {
                return false;
            }
            before = view->vertices[v].state;
        }
    }
    return true;
}

static bool arc_numbers_good(const struct network_header *header,
                             const struct zhol_network_view *view, const struct zhol_arc *arc)
{
    if (arc->head >= view->vertex_count || arc->price_set >= view->set_count ||
        arc->uses >= view->use_list_count || arc->emission >= view->factor_count ||
        arc->calendar >= view->calendar_count || arc->ban >= view->ban_list_count ||
        arc->mode >= zhol_mode_COUNT || arc->class >= zhol_cargo_class_COUNT ||
        arc->time_evidence >= ZHOL_EVIDENCE_COUNT ||
        arc->minutes[ZHOL_TIME_MIN] > arc->minutes[ZHOL_TIME_MEDIAN]) {
        return false;
    }
    if (arc->commodity && !thing_good(header, ZHOL_TABLE_commodity, arc->commodity - 1u)) {
        return false;
    }
    return arc->process == ZHOL_NONE || row_good(header, ZHOL_TABLE_process, arc->process);
}

static bool arc_kind_good(const struct network_header *header, const struct zhol_network_view *view,
                          uint32_t tail, const struct zhol_arc *arc)
{
    const struct zhol_vertex *from = &view->vertices[tail], *to = &view->vertices[arc->head];
    switch (arc->kind) {
    case ZHOL_ARC_MOVE:
        return from->state == to->state && arc->mode != 0 &&
               thing_good(header, ZHOL_TABLE_link, arc->thing);
    case ZHOL_ARC_CONTROL:
        return from->state == to->state && from->node == to->node &&
               thing_good(header, ZHOL_TABLE_process, arc->thing);
    case ZHOL_ARC_HANDLE:
        return from->node == to->node && from->stage == 0 && to->stage == 0 &&
               thing_good(header, ZHOL_TABLE_handling, arc->thing);
    case ZHOL_ARC_RIDE:
        return from->stage == 0 && to->stage == 0 && arc->thing < view->ride_count;
    default:
        return false;
    }
}

static bool arcs_good(const struct zhol_network *network, const struct zhol_network_view *view)
{
    for (uint32_t v = 0; v < view->vertex_count; v++) {
        for (uint32_t a = view->first_arc[v]; a < view->first_arc[v + 1]; a++) {
            if (!arc_numbers_good(network->header, view, &view->arcs[a]) ||
                !arc_kind_good(network->header, view, v, &view->arcs[a])) {
                return false;
            }
        }
        /* Rising numbers, right heads and the right total: each arc stands once. */
        for (uint32_t i = view->first_in[v]; i < view->first_in[v + 1]; i++) {
            uint32_t a = view->in_arcs[i];
            if (a >= view->arc_count || view->arcs[a].head != v ||
                (i > view->first_in[v] && a <= view->in_arcs[i - 1])) {
                return false;
            }
        }
    }
    return true;
}

static bool prices_good(const struct zhol_network *network, const struct zhol_network_view *view)
{
    const struct network_header *header = network->header;
    for (uint32_t p = 0; p < view->price_count; p++) {
        const struct zhol_price *price = &view->prices[p];
        if (price->scope == 0 || price->scope >= zhol_tariff_scope_COUNT || price->cost_kind == 0 ||
            price->cost_kind >= zhol_cost_kind_COUNT || price->unit == 0 ||
            price->unit >= zhol_tariff_unit_COUNT || price->class >= zhol_cargo_class_COUNT ||
            price->evidence >= ZHOL_EVIDENCE_COUNT || price->pad ||
            !row_good(header, ZHOL_TABLE_tariff, price->tariff_row) ||
            !thing_or_none(header, ZHOL_TABLE_commodity, price->commodity)) {
            return false;
        }
    }
    for (uint32_t set = 0; set < view->set_count; set++) {
        unsigned kind = 0, rank = UINT8_MAX;
        for (uint32_t i = view->first_price[set]; i < view->first_price[set + 1]; i++) {
            if (view->set_prices[i] >= view->price_count) {
                return false;
            }
            const struct zhol_price *price = &view->prices[view->set_prices[i]];
            if (price->cost_kind < kind || (price->cost_kind == kind && price->rank > rank)) {
                return false;
            }
            kind = price->cost_kind;
            rank = price->rank;
        }
    }
    return view->first_price[1] == 0;
}

static bool factors_good(const struct zhol_network *network, const struct zhol_network_view *view)
{
    for (uint32_t f = 0; f < view->factor_count; f++) {
        const struct zhol_factor *factor = &view->factors[f];
        bool finite = factor->g_per_tkm >= 0 && factor->g_per_tkm < 1e12 && factor->g_per_t >= 0 &&
                      factor->g_per_t < 1e12;
        if (!finite || factor->evidence >= ZHOL_EVIDENCE_COUNT ||
            (f > 0 && !row_good(network->header, ZHOL_TABLE_emission, factor->emission_row))) {
            return false;
        }
    }
    return true;
}

/* A way is a walk over arcs that are not rides. */
static bool way_good(const struct zhol_network_view *view, const struct zhol_ride *ride)
{
    if (ride->way > view->way_count || ride->way_count > view->way_count - ride->way) {
        return false;
    }
    uint32_t at = ZHOL_NONE;
    for (uint32_t i = 0; i < ride->way_count; i++) {
        uint32_t a = view->ways[ride->way + i];
        if (a >= view->arc_count || view->arcs[a].kind == ZHOL_ARC_RIDE ||
            (i > 0 && (a < view->first_arc[at] || a >= view->first_arc[at + 1]))) {
            return false;
        }
        at = view->arcs[a].head;
    }
    return true;
}

static bool rides_good(const struct zhol_network *network, const struct zhol_network_view *view)
{
    const struct network_header *header = network->header;
    if (header->extents[NETWORK_SECTION_way_minutes].count != view->way_count) {
        return false;
    }
    for (uint32_t i = 0; i < view->way_count; i++) {
        if (view->ways[i] >= view->arc_count) {
            return false;
        }
    }
    for (uint32_t r = 0; r < view->ride_count; r++) {
        const struct zhol_ride *ride = &view->rides[r];
        if (!way_good(view, ride) || ride->pad || ride->depart_minute < -1 ||
            ride->depart_minute > 1440 || ride->weekdays > 127 || ride->offset_minutes < 0 ||
            ride->zone >= view->text_size ||
            !thing_good(header, ZHOL_TABLE_service, ride->service) ||
            !row_good(header, ZHOL_TABLE_service_stop, ride->from_stop) ||
            !row_good(header, ZHOL_TABLE_service_stop, ride->to_stop)) {
            return false;
        }
    }
    return true;
}

static bool calendars_good(const struct zhol_network *network, const struct zhol_network_view *view)
{
    for (uint32_t c = 0; c < view->calendar_count; c++) {
        for (uint32_t i = view->first_opening[c]; i < view->first_opening[c + 1]; i++) {
            const struct zhol_opening *opening = &view->openings[i];
            if (opening->from_min >= opening->to_min || opening->pad ||
                (i > view->first_opening[c] && opening[-1].to_min > opening->from_min) ||
                (opening->exception &&
                 !row_good(network->header, ZHOL_TABLE_calendar_date, opening->exception - 1))) {
                return false;
            }
        }
    }
    return view->first_opening[1] == 0;
}

static bool bans_good(const struct zhol_network *network, const struct zhol_network_view *view)
{
    const struct network_header *header = network->header;
    for (uint32_t i = 0; i < view->first_ban[view->ban_list_count]; i++) {
        const struct zhol_ban *ban = &view->bans[i];
        if (!row_good(header, ZHOL_TABLE_rule, ban->rule_row) ||
            !thing_or_none(header, ZHOL_TABLE_commodity, ban->commodity) ||
            ban->class >= zhol_cargo_class_COUNT || ban->exempt >= view->exempt_count ||
            view->exempts[ban->exempt] >= view->exempt_count - ban->exempt) {
            return false;
        }
    }
    return view->first_ban[1] == 0;
}

static bool uses_good(const struct zhol_network *network, const struct zhol_network_view *view)
{
    const struct network_header *header = network->header;
    for (uint32_t i = 0; i < view->first_use[view->use_list_count]; i++) {
        const struct zhol_use *use = &view->uses[i];
        if (!row_good(header, ZHOL_TABLE_resource, use->resource_row) ||
            !thing_or_none(header, ZHOL_TABLE_load_class, use->load_class) ||
            !(use->units >= 0 && use->units < 1e9f)) {
            return false;
        }
    }
    return view->first_use[1] == 0;
}

enum zhol_error zhol_network_verify(const struct zhol_network *network)
{
    enum zhol_error error = network_block_check(network->header, network->size);
    if (error) {
        return error;
    }
    if (network->header->checksum != network_block_checksum(network)) {
        return ZHOL_ERROR_CONFLICT;
    }
    struct zhol_network_view view = zhol_network_view(network);
    bool good = shapes_good(network, &view) && vertices_good(network, &view) &&
                places_good(&view) && arcs_good(network, &view) && prices_good(network, &view) &&
                factors_good(network, &view) && rides_good(network, &view) &&
                calendars_good(network, &view) && bans_good(network, &view) &&
                uses_good(network, &view);
    return good ? ZHOL_ERROR_OK : ZHOL_ERROR_INVALID;
}
