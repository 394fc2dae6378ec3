/* tests/unit/test_network_builder.c: building a network by hand, its order, its block, and that
 * what is damaged is refused. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "check.h"
#include "network/block.h"
#include "network/builder.h"

/* Two places on rail 1435, the second also on 1520 with a yard; a controlled link back. */
static struct network_builder *small_builder(void)
{
    struct network_builder *b;
    uint32_t a, z, z1520, yard, stage, set, prices[2];
    uint16_t factor;
    CHECK_INT_EQ(network_builder_new(&b), ZHOL_ERROR_OK);
    network_builder_dates(b, 20484, 20453LL * 1440, 20884LL * 1440);
    CHECK_INT_EQ(network_builder_place(b, 1, zhol_state_RAIL1520, &z1520), ZHOL_ERROR_OK);
    CHECK_INT_EQ(network_builder_place(b, 0, zhol_state_RAIL1435, &a), ZHOL_ERROR_OK);
    CHECK_INT_EQ(network_builder_place(b, 1, zhol_state_RAIL1435, &z), ZHOL_ERROR_OK);
    CHECK_INT_EQ(network_builder_place(b, 1, zhol_state_YARD, &yard), ZHOL_ERROR_OK);
    struct zhol_vertex point = {.node = 1, .link = 7, .state = zhol_state_RAIL1435, .stage = 1};
    CHECK_INT_EQ(network_builder_stage(b, &point, &stage), ZHOL_ERROR_OK);
    struct zhol_price price = {.microusd = 2000000,
                               .commodity = ZHOL_NONE,
                               .scope = zhol_tariff_scope_PER_KM,
                               .cost_kind = zhol_cost_kind_FREIGHT,
                               .unit = zhol_tariff_unit_FEU,
                               .rank = 1};
    CHECK_INT_EQ(network_builder_price(b, &price, &prices[0]), ZHOL_ERROR_OK);
    price.rank = 3;
    CHECK_INT_EQ(network_builder_price(b, &price, &prices[1]), ZHOL_ERROR_OK);
    CHECK_INT_EQ(network_builder_price_set(b, prices, 2, &set), ZHOL_ERROR_OK);
    struct zhol_factor rail = {.g_per_tkm = 20, .emission_row = 0, .evidence = ZHOL_PUBLISHED};
    CHECK_INT_EQ(network_builder_factor(b, &rail, &factor), ZHOL_ERROR_OK);
    struct zhol_arc arcs[] = {
        network_arc_handle(z1520, 0, ZHOL_NONE, 60),
        network_arc_move(z, 3, zhol_mode_RAIL, 12000, 30),
        network_arc_handle(yard, 1, ZHOL_NONE, 20),
        network_arc_control(stage, 5, ZHOL_NONE, 240),
        network_arc_move(a, 7, zhol_mode_RAIL, 12000, 30),
    };
    arcs[1].price_set = set;
    arcs[1].emission = factor;
    const uint32_t tails[] = {z, a, z, z, stage};
    for (int i = 0; i < 5; i++) {
        CHECK_INT_EQ(network_builder_arc(b, tails[i], &arcs[i], NULL), ZHOL_ERROR_OK);
    }
    return b;
}

static struct zhol_network *small_network(void)
{
    struct network_builder *b = small_builder();
    struct zhol_network *network;
    CHECK_INT_EQ(network_builder_finish(b, &network), ZHOL_ERROR_OK);
    network_builder_free(b);
    return network;
}

static void test_order(void)
{
    struct zhol_network *network = small_network();
    struct zhol_network_view v = zhol_network_view(network);
    CHECK_INT_EQ(zhol_network_verify(network), ZHOL_ERROR_OK);
    CHECK_INT_EQ(v.vertex_count, 5);
    CHECK_INT_EQ(v.arc_count, 5);
    CHECK_INT_EQ(v.node_count, 2);
    CHECK_INT_EQ(v.day, 20484);
    /* Vertex 1 is place 0; its arc goes first. Arcs of vertex 2 keep their order. */
    uint32_t z = zhol_network_place(&v, 1, zhol_state_RAIL1435);
    CHECK_INT_EQ(z, 2);
    CHECK_INT_EQ(v.first_arc[z + 1] - v.first_arc[z], 3);
    CHECK_INT_EQ(v.arcs[v.first_arc[z]].minutes[ZHOL_TIME_MEDIAN], 60);
    CHECK_INT_EQ(v.arcs[v.first_arc[z] + 2].kind, ZHOL_ARC_CONTROL);
    for (uint32_t a = 0; a < v.arc_count; a++) {
        uint32_t tail = zhol_network_tail(&v, a);
        CHECK(v.first_arc[tail] <= a && a < v.first_arc[tail + 1]);
    }
    CHECK_INT_EQ(zhol_network_place(&v, 0, zhol_state_ROAD), ZHOL_NONE);
    CHECK_INT_EQ(zhol_network_place(&v, 9, zhol_state_ROAD), ZHOL_NONE);
    /* Places of node 1 in order of state, though added in another. */
    CHECK_INT_EQ(v.vertices[v.places[v.first_place[1]]].state, zhol_state_YARD);
    CHECK_INT_EQ(v.vertices[v.places[v.first_place[1] + 2]].state, zhol_state_RAIL1520);
    zhol_network_free(network);
}

static void test_same_bytes(void)
{
    struct zhol_network *one = small_network(), *two = small_network();
    size_t size_one, size_two;
    const void *bytes_one = zhol_network_block(one, &size_one);
    const void *bytes_two = zhol_network_block(two, &size_two);
    CHECK_INT_EQ(size_one, size_two);
    CHECK(memcmp(bytes_one, bytes_two, size_one) == 0);
    zhol_network_free(one);
    zhol_network_free(two);
}

static void test_sets_are_kept_once(void)
{
    struct network_builder *b = small_builder();
    uint32_t one, two, none;
    const uint32_t forward[] = {0, 1, 1}, backward[] = {1, 0};
    CHECK_INT_EQ(network_builder_price_set(b, forward, 3, &one), ZHOL_ERROR_OK);
    CHECK_INT_EQ(network_builder_price_set(b, backward, 2, &two), ZHOL_ERROR_OK);
    CHECK_INT_EQ(network_builder_price_set(b, NULL, 0, &none), ZHOL_ERROR_OK);
    CHECK_INT_EQ(one, 1);
    CHECK_INT_EQ(two, 1);
    CHECK_INT_EQ(none, 0);
    uint32_t count;
    const uint32_t *prices = network_builder_set_prices(b, one, &count);
    CHECK_INT_EQ(count, 2);
    CHECK_INT_EQ(prices[0], 1); /* rank 3 goes first */
    uint16_t always, never, again;
    struct zhol_opening hours[] = {{0, 60, 0, 0}, {120, 180, 0, 0}};
    CHECK_INT_EQ(network_builder_calendar(b, hours, 2, &always), ZHOL_ERROR_OK);
    CHECK_INT_EQ(network_builder_calendar(b, NULL, 0, &never), ZHOL_ERROR_OK);
    CHECK_INT_EQ(network_builder_calendar(b, hours, 2, &again), ZHOL_ERROR_OK);
    CHECK_INT_EQ(always, again);
    CHECK(never != 0 && never != always);
    network_builder_free(b);
}

static void test_refuses(void)
{
    struct network_builder *b = small_builder();
    uint32_t number;
    uint16_t list;
    struct zhol_arc arc = network_arc_move(0, 0, zhol_mode_ROAD, 1, 1);
    CHECK_INT_EQ(network_builder_arc(b, 99, &arc, NULL), ZHOL_ERROR_USAGE);
    arc.head = 99;
    CHECK_INT_EQ(network_builder_arc(b, 0, &arc, NULL), ZHOL_ERROR_USAGE);
    arc = network_arc_ride(0, 0, zhol_mode_RAIL, 1, 1);
    CHECK_INT_EQ(network_builder_arc(b, 0, &arc, NULL), ZHOL_ERROR_USAGE);
    arc = network_arc_move(0, 0, zhol_mode_ROAD, 1, 1);
    arc.ban = 1;
    CHECK_INT_EQ(network_builder_arc(b, 0, &arc, NULL), ZHOL_ERROR_USAGE);
    CHECK_INT_EQ(network_builder_place(b, 0, 0, &number), ZHOL_ERROR_USAGE);
    CHECK_INT_EQ(network_builder_place(b, 0, zhol_state_COUNT, &number), ZHOL_ERROR_USAGE);
    CHECK_INT_EQ(network_builder_place(b, UINT32_MAX - 1, 1, &number), ZHOL_ERROR_LIMIT);
    struct zhol_opening reversed = {60, 0, 0, 0};
    CHECK_INT_EQ(network_builder_calendar(b, &reversed, 1, &list), ZHOL_ERROR_USAGE);
    struct zhol_ban ban = {.exempt = 5};
    CHECK_INT_EQ(network_builder_bans(b, &ban, 1, &list), ZHOL_ERROR_USAGE);
    const uint32_t apart[] = {0, 1}, unknown[] = {77}, price = 2;
    CHECK_INT_EQ(network_builder_way(b, apart, 2, &number), ZHOL_ERROR_USAGE);
    CHECK_INT_EQ(network_builder_way(b, unknown, 1, &number), ZHOL_ERROR_USAGE);
    CHECK_INT_EQ(network_builder_price_set(b, &price, 1, &number), ZHOL_ERROR_USAGE);
    CHECK_INT_EQ(network_builder_storage(b, 0, 9), ZHOL_ERROR_USAGE);
    network_builder_free(b);
}

static void test_rides_are_renumbered(void)
{
    struct network_builder *b = small_builder();
    uint32_t way, number;
    const uint32_t arcs[] = {1, 0}; /* place 0 to place 1, then onto 1520, as they were added */
    CHECK_INT_EQ(network_builder_way(b, arcs, 2, &way), ZHOL_ERROR_OK);
    struct zhol_ride ride = {.way = way, .way_count = 2, .headway_minutes = 720};
    CHECK_INT_EQ(network_builder_text(b, "Asia/Almaty", &ride.zone), ZHOL_ERROR_OK);
    CHECK_INT_EQ(network_builder_ride(b, &ride, &number), ZHOL_ERROR_OK);
    struct zhol_arc arc = network_arc_ride(0, number, zhol_mode_RAIL, 12000, 90);
    CHECK_INT_EQ(network_builder_arc(b, 1, &arc, NULL), ZHOL_ERROR_OK);
    ride.way_count = 3;
    CHECK_INT_EQ(network_builder_ride(b, &ride, &number), ZHOL_ERROR_USAGE);
    struct zhol_network *network;
    CHECK_INT_EQ(network_builder_finish(b, &network), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_network_verify(network), ZHOL_ERROR_OK);
    struct zhol_network_view v = zhol_network_view(network);
    CHECK_INT_EQ(v.ride_count, 1);
    CHECK_STR_EQ(v.texts + v.rides[0].zone, "Asia/Almaty");
    CHECK_INT_EQ(v.arcs[v.ways[0]].thing, 3);
    CHECK_INT_EQ(v.arcs[v.ways[1]].kind, ZHOL_ARC_HANDLE);
    zhol_network_free(network);
    network_builder_free(b);
}

static void test_empty(void)
{
    struct network_builder *b;
    struct zhol_network *network;
    CHECK_INT_EQ(network_builder_new(&b), ZHOL_ERROR_OK);
    CHECK_INT_EQ(network_builder_finish(b, &network), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_network_verify(network), ZHOL_ERROR_OK);
    struct zhol_network_view v = zhol_network_view(network);
    CHECK_INT_EQ(v.vertex_count, 0);
    CHECK_INT_EQ(v.arc_count, 0);
    CHECK_INT_EQ(zhol_network_place(&v, 0, zhol_state_ROAD), ZHOL_NONE);
    zhol_network_free(network);
    network_builder_free(b);
}

static void test_save_and_open(void)
{
    const char *path = "network_builder.bin";
    struct zhol_network *network = small_network(), *opened = NULL;
    CHECK_INT_EQ(zhol_network_save(network, path), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_network_open(path, &opened), ZHOL_ERROR_OK);
    size_t size, opened_size;
    const void *bytes = zhol_network_block(network, &size);
    const void *opened_bytes = zhol_network_block(opened, &opened_size);
    CHECK_INT_EQ(size, opened_size);
    CHECK(memcmp(bytes, opened_bytes, size) == 0);
    zhol_network_free(opened);
    opened = NULL;
    CHECK_INT_EQ(zhol_network_open("no-such-file", &opened), ZHOL_ERROR_IO);
    CHECK_INT_EQ(zhol_network_open(".", &opened), ZHOL_ERROR_SYNTAX);
    CHECK(opened == NULL);
    unlink(path);
    zhol_network_free(network);
}

/* A copy of a block with one byte changed must not pass; with the checksum made right again it
 * must pass verify or be refused, and never be looked at outside (the sanitizers watch). */
static void test_damage_is_refused(void)
{
    struct zhol_network *network = small_network();
    size_t size;
    const unsigned char *bytes = zhol_network_block(network, &size);
    unsigned char *copy = malloc(size);
    uint32_t mended_and_passed = 0;
    for (size_t at = 0; at < size; at++) {
        memcpy(copy, bytes, size);
        copy[at] ^= 0x41;
        struct zhol_network damaged = {(struct network_header *)(void *)copy, size, false};
        CHECK(zhol_network_verify(&damaged) != ZHOL_ERROR_OK);
        if (network_block_check(copy, size) == ZHOL_ERROR_OK) {
            damaged.header->checksum = network_block_checksum(&damaged);
            mended_and_passed += zhol_network_verify(&damaged) == ZHOL_ERROR_OK;
        }
    }
    CHECK(mended_and_passed < size / 2);
    for (size_t cut = 0; cut < size; cut += 8) {
        CHECK(network_block_check(bytes, cut) != ZHOL_ERROR_OK);
    }
    free(copy);
    zhol_network_free(network);
}

/* Number 0 of the lists must be the empty one: readers rely on it. */
static void test_list_zero_is_empty(void)
{
    struct zhol_network *network = small_network();
    uint32_t *first = network_block_section(network, NETWORK_SECTION_first_price);
    CHECK_INT_EQ(first[2], 2);
    first[1] = 2;
    network->header->checksum = network_block_checksum(network);
    CHECK_INT_EQ(zhol_network_verify(network), ZHOL_ERROR_INVALID);
    first[1] = 0;
    network->header->checksum = network_block_checksum(network);
    CHECK_INT_EQ(zhol_network_verify(network), ZHOL_ERROR_OK);
    zhol_network_free(network);
}

int main(void)
{
    RUN(test_order);
    RUN(test_same_bytes);
    RUN(test_sets_are_kept_once);
    RUN(test_refuses);
    RUN(test_rides_are_renumbered);
    RUN(test_empty);
    RUN(test_save_and_open);
    RUN(test_damage_is_refused);
    RUN(test_list_zero_is_empty);
    return check_report();
}
