/* tests/property/test_network.c: what holds for the network of every corridor, on 60 random ones.
 *
 * Each property is checked against the tables themselves, not against the compiler's own parts.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/time.h"
#include "check.h"
#include "made_corridor.h"
#include "network/builder.h"

enum { CORRIDORS = 60 };

static struct zhol_corridor *corridor;
static struct zhol_network *network;
static struct zhol_network_view v;
static int32_t day;

static const struct zhol_link *link_of(uint32_t thing)
{
    uint32_t begin, end, count;
    zhol_corridor_rows(corridor, ZHOL_TABLE_link, thing, &begin, &end);
    return &zhol_corridor_link(corridor, &count)[begin];
}

static const char *country_of(uint32_t thing)
{
    uint32_t begin, end, count;
    zhol_corridor_rows(corridor, ZHOL_TABLE_node, thing, &begin, &end);
    return zhol_corridor_text(corridor, zhol_corridor_node(corridor, &count)[begin].country);
}

static bool link_open(uint32_t link)
{
    uint32_t count, total;
    const uint32_t *rows = zhol_corridor_rows_of(corridor, ZHOL_TABLE_link_period, link, &count);
    const struct zhol_link_period *periods = zhol_corridor_link_period(corridor, &total);
    for (uint32_t i = 0; i < count; i++) {
        if (periods[rows[i]].status == zhol_status_OPERATING &&
            zhol_day_in(day, periods[rows[i]].valid_from, periods[rows[i]].valid_to)) {
            return true;
        }
    }
    return false;
}

/* As many movements as open links have directions, and no other. */
static void check_moves(void)
{
    uint32_t count, expected = 0, found = 0;
    const struct zhol_link *links = zhol_corridor_link(corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        expected += link_open(links[i].link_id) ? (links[i].directed ? 1 : 2) : 0;
    }
    for (uint32_t a = 0; a < v.arc_count; a++) {
        if (v.arcs[a].kind == ZHOL_ARC_MOVE) {
            found++;
            CHECK(link_open(v.arcs[a].thing));
            CHECK_NEAR(v.arcs[a].length_m, link_of(v.arcs[a].thing)->length * 1000, 0.5);
        }
    }
    CHECK_INT_EQ(found, expected);
}

static void check_gauges(void)
{
    for (uint32_t a = 0; a < v.arc_count; a++) {
        const struct zhol_vertex *from = &v.vertices[zhol_network_tail(&v, a)];
        const struct zhol_vertex *to = &v.vertices[v.arcs[a].head];
        if (v.arcs[a].kind == ZHOL_ARC_MOVE || v.arcs[a].kind == ZHOL_ARC_CONTROL) {
            CHECK_INT_EQ(from->state, to->state);
        }
    }
}

/* Walks on from the place where a border link begins to the place where it ends. */
static void check_border(uint32_t from, uint32_t link)
{
    uint32_t controls = 0, moves = 0, at = from;
    for (uint32_t steps = 0; steps < 9 && (steps == 0 || v.vertices[at].stage); steps++) {
        uint32_t next = ZHOL_NONE;
        for (uint32_t a = v.first_arc[at]; a < v.first_arc[at + 1]; a++) {
            bool on_link = v.vertices[v.arcs[a].head].link == link || (v.vertices[at].link == link);
            if (on_link) {
                CHECK_INT_EQ(next, ZHOL_NONE); /* one way through, and no way round */
                next = v.arcs[a].head;
                controls += v.arcs[a].kind == ZHOL_ARC_CONTROL;
                moves += v.arcs[a].kind == ZHOL_ARC_MOVE;
            }
        }
        CHECK(next != ZHOL_NONE);
        at = next == ZHOL_NONE ? at : next;
    }
    CHECK_INT_EQ(controls, 3);
    CHECK_INT_EQ(moves, 1);
    CHECK_INT_EQ(v.vertices[at].node, link_of(link)->to_node_id);
}

static void check_borders(void)
{
    for (uint32_t a = 0; a < v.arc_count; a++) {
        const struct zhol_arc *arc = &v.arcs[a];
        if (arc->kind != ZHOL_ARC_MOVE) {
            continue;
        }
        const struct zhol_link *link = link_of(arc->thing);
        const struct zhol_vertex *tail = &v.vertices[zhol_network_tail(&v, a)];
        if (strcmp(country_of(link->from_node_id), country_of(link->to_node_id)) != 0) {
            CHECK(tail->stage > 0 && v.vertices[arc->head].stage > 0);
            check_border(zhol_network_place(&v, link->from_node_id, tail->state), arc->thing);
        } else {
            CHECK(tail->stage == 0 && v.vertices[arc->head].stage == 0);
        }
    }
}

static void check_symmetry(void)
{
    for (uint32_t a = 0; a < v.arc_count; a++) {
        const struct zhol_arc *arc = &v.arcs[a];
        if (arc->kind != ZHOL_ARC_MOVE || link_of(arc->thing)->directed) {
            continue;
        }
        uint32_t tail = zhol_network_tail(&v, a), back = ZHOL_NONE;
        for (uint32_t b = v.first_arc[arc->head]; b < v.first_arc[arc->head + 1]; b++) {
            if (v.arcs[b].kind == ZHOL_ARC_MOVE && v.arcs[b].thing == arc->thing) {
                back = b;
            }
        }
        CHECK(back != ZHOL_NONE && v.arcs[back].head == tail);
        CHECK(back != ZHOL_NONE && v.arcs[back].length_m == arc->length_m &&
              memcmp(v.arcs[back].minutes, arc->minutes, sizeof arc->minutes) == 0 &&
              v.arcs[back].price_set == arc->price_set && v.arcs[back].emission == arc->emission);
    }
}

static void check_resources(void)
{
    uint32_t count;
    const struct zhol_resource *rows = zhol_corridor_resource(corridor, &count);
    for (uint32_t a = 0; a < v.arc_count; a++) {
        uint32_t uses = v.arcs[a].uses;
        for (uint32_t u = v.first_use[uses]; u < v.first_use[uses + 1]; u++) {
            const struct zhol_resource *row = &rows[v.uses[u].resource_row];
            CHECK(v.uses[u].resource_row < count);
            CHECK_INT_EQ(row->kind, zhol_capacity_kind_BINDING);
            CHECK(zhol_day_in(day, row->valid_from, row->valid_to));
            CHECK_INT_EQ(row->link_id, v.arcs[a].thing);
            bool forward =
                v.vertices[zhol_network_tail(&v, a)].node == link_of(row->link_id)->from_node_id ||
                link_of(row->link_id)->directed;
            CHECK(row->direction == zhol_direction_BOTH || forward);
        }
    }
}

/* The freight of a movement, found by looking at every tariff. */
static double freight_of(const struct zhol_arc *arc, const struct zhol_load *load, bool *unknown)
{
    uint32_t count;
    const struct zhol_tariff *rows = zhol_corridor_tariff(corridor, &count);
    const struct zhol_link *link = link_of(arc->thing);
    double best = 0;
    int best_rank = -1;
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_tariff *t = &rows[i];
        bool move = t->scope == zhol_tariff_scope_PER_KM || t->scope == zhol_tariff_scope_LINK;
        if (!move || t->cost_kind != zhol_cost_kind_FREIGHT || (t->mode && t->mode != link->mode) ||
            (t->class && t->class != load->class) ||
            (t->gauge_mm != ZHOL_BLANK_INT && t->gauge_mm != link->gauge_mm) ||
            (t->link_id != ZHOL_NONE && t->link_id != arc->thing) ||
            (t->country && strcmp(zhol_corridor_text(corridor, t->country),
                                  zhol_corridor_text(corridor, link->country)) != 0)) {
            continue;
        }
        bool usd = strcmp(zhol_corridor_text(corridor, t->currency), "USD") == 0;
        double wagons = link->gauge_mm == 1435 ? load->wagons1435 : load->wagons1520;
        double units = t->unit == zhol_tariff_unit_T  ? load->tonnes
                       : link->mode == zhol_mode_RAIL ? wagons
                                                      : 0;
        double km = t->scope == zhol_tariff_scope_PER_KM ? arc->length_m / 1000.0 : 1;
        double cents = 100 * t->value * (usd ? 1 : 0.002) * units * km;
        int rank = t->link_id != ZHOL_NONE ? 4
                                           : (t->mode != 0) + (t->country != 0) + (t->class != 0) +
                                                 (t->gauge_mm != ZHOL_BLANK_INT);
        if (units > 0 && (rank > best_rank || (rank == best_rank && cents < best))) {
            best_rank = rank;
            best = cents;
        }
    }
    *unknown = best_rank < 0;
    return best;
}

static void check_costs(const struct zhol_load *load)
{
    for (uint32_t a = 0; a < v.arc_count; a++) {
        struct zhol_cost_line lines[8];
        bool unknown, expected;
        uint32_t count;
        if (v.arcs[a].kind != ZHOL_ARC_MOVE) {
            continue;
        }
        zhol_network_cost(&v, a, load, &unknown, lines, 8, &count);
        double freight = freight_of(&v.arcs[a], load, &expected), found = 0;
        for (uint32_t i = 0; i < count; i++) {
            if (v.prices[lines[i].price].cost_kind == zhol_cost_kind_FREIGHT) {
                found = (double)lines[i].cents;
            }
        }
        CHECK_INT_EQ(unknown, expected);
        CHECK_NEAR(found, freight, 0.51);
    }
}

static void check_rides(const struct zhol_load *load)
{
    for (uint32_t a = 0; a < v.arc_count; a++) {
        const struct zhol_arc *arc = &v.arcs[a];
        if (arc->kind != ZHOL_ARC_RIDE) {
            continue;
        }
        const struct zhol_ride *ride = &v.rides[arc->thing];
        uint64_t minutes = 0, metres = 0;
        int64_t cents = 0;
        bool unknown, part_unknown = false, passes;
        for (uint32_t i = 0; i < ride->way_count; i++) {
            uint32_t part = v.ways[ride->way + i];
            metres += v.arcs[part].length_m;
            minutes += v.arcs[part].commodity ? 0 : v.arcs[part].minutes[ZHOL_TIME_MEDIAN];
            if (zhol_network_admits(&v, part, load, &passes)) {
                cents += zhol_network_cost(&v, part, load, &unknown, NULL, 0, NULL);
                part_unknown = part_unknown || unknown;
            }
        }
        CHECK_INT_EQ(zhol_network_tail(&v, v.ways[ride->way]), zhol_network_tail(&v, a));
        CHECK_INT_EQ(v.arcs[v.ways[ride->way + ride->way_count - 1]].head, arc->head);
        CHECK_INT_EQ(arc->length_m, metres);
        CHECK_INT_EQ(arc->minutes[ZHOL_TIME_MEDIAN], minutes);
        if (arc->class == 0 || arc->class == load->class) {
            CHECK_INT_EQ(zhol_network_cost(&v, a, load, &unknown, NULL, 0, NULL), cents);
            CHECK_INT_EQ(unknown, part_unknown);
        }
    }
}

static void check_round_trip(void)
{
    struct zhol_network_options options = {.day = day};
    struct zhol_network *again = NULL, *opened = NULL;
    size_t size, size_again, size_opened;
    const void *bytes = zhol_network_block(network, &size);
    CHECK_INT_EQ(zhol_network_compile(corridor, &options, NULL, &again), ZHOL_ERROR_OK);
    CHECK(memcmp(bytes, zhol_network_block(again, &size_again), size) == 0);
    CHECK_INT_EQ(size_again, size);
    CHECK_INT_EQ(zhol_network_save(network, "network_property.bin"), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_network_open("network_property.bin", &opened), ZHOL_ERROR_OK);
    CHECK(memcmp(bytes, zhol_network_block(opened, &size_opened), size) == 0);
    CHECK_INT_EQ(size_opened, size);
    CHECK(zhol_network_fits(opened, corridor));
    zhol_network_free(again);
    zhol_network_free(opened);
    unlink("network_property.bin");
}

static void check_empty_before_all(void)
{
    struct zhol_network_options options = {.day = time_days((struct time_date){1900, 1, 1})};
    struct zhol_network *empty = NULL;
    CHECK_INT_EQ(zhol_network_compile(corridor, &options, NULL, &empty), ZHOL_ERROR_OK);
    if (empty) {
        CHECK_INT_EQ(zhol_network_view(empty).arc_count, 0);
        CHECK_INT_EQ(zhol_network_view(empty).vertex_count, 0);
        CHECK_INT_EQ(zhol_network_verify(empty), ZHOL_ERROR_OK);
    }
    zhol_network_free(empty);
}

/* Draws stay within their ends, are the same for one seed, and do not move what is published. */
static void check_draws(void)
{
    struct zhol_network_options options = {.day = day, .seed = 5, .draw = 3};
    struct zhol_network *drawn = NULL, *again = NULL;
    size_t size, size_again;
    CHECK_INT_EQ(zhol_network_compile(corridor, &options, NULL, &drawn), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_network_compile(corridor, &options, NULL, &again), ZHOL_ERROR_OK);
    const void *bytes = zhol_network_block(drawn, &size);
    CHECK(memcmp(bytes, zhol_network_block(again, &size_again), size) == 0);
    struct zhol_network_view w = zhol_network_view(drawn);
    CHECK_INT_EQ(w.arc_count, v.arc_count);
    for (uint32_t a = 0; a < v.arc_count; a++) {
        if (v.arcs[a].kind == ZHOL_ARC_MOVE && v.arcs[a].time_evidence == ZHOL_PUBLISHED) {
            CHECK_INT_EQ(w.arcs[a].minutes[ZHOL_TIME_MEDIAN], v.arcs[a].minutes[ZHOL_TIME_MEDIAN]);
        }
    }
    zhol_network_free(drawn);
    zhol_network_free(again);
}

static void check_one(uint32_t number)
{
    struct zhol_report report;
    const char *folder = "network_made"; /* written anew for each */
    made_write(folder, number);
    zhol_report_init(&report, 0);
    CHECK_INT_EQ(zhol_corridor_read(folder, NULL, &report, &corridor), ZHOL_ERROR_OK);
    for (uint32_t i = 0; i < report.count && !corridor; i++) {
        char text[512];
        zhol_finding_text(&report.findings[i], text, sizeof text);
        if (report.findings[i].severity == ZHOL_FAULT) {
            fprintf(stderr, "corridor %u: %s\n", number, text);
        }
    }
    struct zhol_network_options options = {.day = day};
    if (corridor && zhol_network_compile(corridor, &options, &report, &network) == ZHOL_ERROR_OK) {
        struct zhol_load loads[2];
        v = zhol_network_view(network);
        CHECK_INT_EQ(zhol_network_verify(network), ZHOL_ERROR_OK);
        CHECK_INT_EQ(zhol_load_make(corridor,
                                    zhol_corridor_find(corridor, ZHOL_TABLE_commodity, "phones"), 6,
                                    0, &loads[0]),
                     ZHOL_ERROR_OK);
        CHECK_INT_EQ(zhol_load_make(corridor,
                                    zhol_corridor_find(corridor, ZHOL_TABLE_commodity, "wheat"), 0,
                                    200, &loads[1]),
                     ZHOL_ERROR_OK);
        check_moves();
        check_gauges();
        check_borders();
        check_symmetry();
        check_resources();
        check_round_trip();
        check_empty_before_all();
        check_draws();
        for (int i = 0; i < 2; i++) {
            check_costs(&loads[i]);
            check_rides(&loads[i]);
        }
        zhol_network_free(network);
    } else {
        CHECK_FAIL("the corridor does not compile");
    }
    zhol_report_clear(&report);
    zhol_corridor_free(corridor);
    corridor = NULL;
}

static void test_random_corridors(void)
{
    day = time_days((struct time_date){2026, 1, 31});
    for (uint32_t number = 0; number < CORRIDORS; number++) {
        check_one(number);
    }
}

static void test_earlier_day(void)
{
    day = time_days((struct time_date){2013, 6, 1});
    for (uint32_t number = 0; number < CORRIDORS / 3; number++) {
        check_one(number);
    }
}

int main(void)
{
    RUN(test_random_corridors);
    RUN(test_earlier_day);
    return check_report();
}
