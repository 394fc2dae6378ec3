/* tests/unit/test_network_cost.c: bills, grams and storage against figures worked out by hand. */
#include "check.h"
#include "network/builder.h"

enum { WHEAT = 0, PHONES = 1 };

static const struct zhol_load two_boxes = {.commodity = PHONES,
                                           .class = zhol_cargo_class_CONTAINER,
                                           .tonnes = 28,
                                           .teu = 4,
                                           .wagons1435 = 2,
                                           .wagons1520 = 2,
                                           .trucks = 2,
                                           .units = 2};
static const struct zhol_load grain = {.commodity = WHEAT,
                                       .class = zhol_cargo_class_BULK,
                                       .tonnes = 130,
                                       .wagons1435 = 3,
                                       .wagons1520 = 2,
                                       .units = 2};

/* A network with one arc from place 0 to place 1 and the prices given on it. */
struct one_arc {
    struct network_builder *builder;
    struct zhol_network *network;
    struct zhol_network_view view;
};

static void start(struct one_arc *t)
{
    uint32_t vertex;
    CHECK_INT_EQ(network_builder_new(&t->builder), ZHOL_ERROR_OK);
    CHECK_INT_EQ(network_builder_place(t->builder, 0, zhol_state_RAIL1435, &vertex), 0);
    CHECK_INT_EQ(network_builder_place(t->builder, 1, zhol_state_RAIL1435, &vertex), 0);
    CHECK_INT_EQ(network_builder_place(t->builder, 0, zhol_state_RAIL1520, &vertex), 0);
}

static uint32_t set_of(struct one_arc *t, const struct zhol_price *prices, uint32_t count)
{
    uint32_t numbers[8], set;
    for (uint32_t i = 0; i < count; i++) {
        CHECK_INT_EQ(network_builder_price(t->builder, &prices[i], &numbers[i]), 0);
    }
    CHECK_INT_EQ(network_builder_price_set(t->builder, numbers, count, &set), 0);
    return set;
}

static void finish(struct one_arc *t)
{
    CHECK_INT_EQ(network_builder_finish(t->builder, &t->network), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_network_verify(t->network), ZHOL_ERROR_OK);
    t->view = zhol_network_view(t->network);
}

static void end(struct one_arc *t)
{
    zhol_network_free(t->network);
    network_builder_free(t->builder);
}

static struct zhol_price price(unsigned scope, unsigned kind, unsigned unit, double usd)
{
    return (struct zhol_price){.microusd = llround(usd * 1e6),
                               .commodity = ZHOL_NONE,
                               .scope = (uint8_t)scope,
                               .cost_kind = (uint8_t)kind,
                               .unit = (uint8_t)unit};
}

/* What the arc 0 costs a load when it is a movement of 100 km with these prices. */
static int64_t cost_of_move(const struct zhol_price *prices, uint32_t count,
                            const struct zhol_load *load, bool *unknown,
                            struct zhol_cost_line *lines, uint32_t *line_count)
{
    struct one_arc t;
    start(&t);
    struct zhol_arc arc = network_arc_move(1, 0, zhol_mode_RAIL, 100000, 60);
    arc.price_set = set_of(&t, prices, count);
    CHECK_INT_EQ(network_builder_arc(t.builder, 0, &arc, NULL), 0);
    finish(&t);
    int64_t cents = zhol_network_cost(&t.view, 0, load, unknown, lines, 8, line_count);
    end(&t);
    return cents;
}

static void test_per_km_and_vat(void)
{
    struct zhol_price p[] = {
        price(zhol_tariff_scope_PER_KM, zhol_cost_kind_FREIGHT, zhol_tariff_unit_FEU, 0.703)};
    struct zhol_cost_line lines[8];
    uint32_t count;
    bool unknown;
    CHECK_INT_EQ(cost_of_move(p, 1, &two_boxes, &unknown, lines, &count), 14060);
    CHECK(!unknown);
    CHECK_INT_EQ(count, 1);
    p[0].vat_permille = 125;
    CHECK_INT_EQ(cost_of_move(p, 1, &two_boxes, &unknown, lines, &count), 15818); /* 15817.5 */
    CHECK_INT_EQ(lines[0].vat_cents, 1758);
}

static void test_one_of_each_kind(void)
{
    struct zhol_price p[] = {
        price(zhol_tariff_scope_PER_KM, zhol_cost_kind_FREIGHT, zhol_tariff_unit_FEU, 1),
        price(zhol_tariff_scope_LINK, zhol_cost_kind_FREIGHT, zhol_tariff_unit_FEU, 500),
        price(zhol_tariff_scope_PER_KM, zhol_cost_kind_SECURITY, zhol_tariff_unit_WAGON, 0.05),
        price(zhol_tariff_scope_PER_KM, zhol_cost_kind_FREIGHT, zhol_tariff_unit_WAGON, 0.9),
    };
    struct zhol_cost_line lines[8];
    uint32_t count;
    bool unknown;
    p[1].rank = 4;
    CHECK_INT_EQ(cost_of_move(p, 4, &two_boxes, &unknown, lines, &count), 100000 + 1000);
    CHECK_INT_EQ(count, 2);
    p[1].rank = 0; /* alternatives of equal rank: the cheapest, by the wagon */
    CHECK_INT_EQ(cost_of_move(p, 4, &two_boxes, &unknown, lines, &count), 18000 + 1000);
    /* Grain has no boxes: only the prices by the wagon are for it, on the gauge it comes. */
    CHECK_INT_EQ(cost_of_move(p, 4, &grain, &unknown, lines, &count), 27000 + 1500);
}

static void test_scope_of_cargo(void)
{
    struct zhol_price p[] = {
        price(zhol_tariff_scope_LINK, zhol_cost_kind_FREIGHT, zhol_tariff_unit_T, 10),
        price(zhol_tariff_scope_LINK, zhol_cost_kind_FREIGHT, zhol_tariff_unit_T, 8),
        price(zhol_tariff_scope_LINK, zhol_cost_kind_SUBSIDY, zhol_tariff_unit_T, -2),
    };
    bool unknown;
    uint32_t count;
    p[1].class = zhol_cargo_class_BULK;
    p[1].rank = 1;
    p[2].commodity = WHEAT;
    p[2].rank = 1;
    CHECK_INT_EQ(cost_of_move(p, 3, &grain, &unknown, NULL, &count), 130 * 600);
    CHECK_INT_EQ(cost_of_move(p, 3, &two_boxes, &unknown, NULL, &count), 28 * 1000);
    CHECK_INT_EQ(cost_of_move(p + 1, 2, &two_boxes, &unknown, NULL, &count), 0);
    CHECK(unknown); /* a price for others is no price */
    /* Security alone leaves the freight unknown. */
    p[2] = price(zhol_tariff_scope_LINK, zhol_cost_kind_SECURITY, zhol_tariff_unit_T, 1);
    CHECK_INT_EQ(cost_of_move(p + 2, 1, &two_boxes, &unknown, NULL, &count), 2800);
    CHECK(unknown);
    CHECK_INT_EQ(cost_of_move(NULL, 0, &two_boxes, &unknown, NULL, &count), 0);
    CHECK(unknown);
}

static void test_controls_pass(void)
{
    struct one_arc t;
    uint32_t stage;
    bool unknown, passes;
    start(&t);
    struct zhol_vertex point = {.node = 0, .link = 3, .state = zhol_state_RAIL1435, .stage = 1};
    CHECK_INT_EQ(network_builder_stage(t.builder, &point, &stage), 0);
    struct zhol_price fee =
        price(zhol_tariff_scope_PROCESS, zhol_cost_kind_CUSTOMS, zhol_tariff_unit_CONSIGNMENT, 90);
    struct zhol_arc arc = network_arc_control(stage, 2, ZHOL_NONE, 600);
    arc.commodity = 1 + WHEAT;
    arc.class = zhol_cargo_class_BULK;
    arc.price_set = set_of(&t, &fee, 1);
    CHECK_INT_EQ(network_builder_arc(t.builder, 0, &arc, NULL), 0);
    struct zhol_arc crane = network_arc_handle(2, 0, ZHOL_NONE, 600);
    crane.class = zhol_cargo_class_CONTAINER;
    CHECK_INT_EQ(network_builder_arc(t.builder, 0, &crane, NULL), 0);
    finish(&t);
    CHECK(zhol_network_admits(&t.view, 0, &grain, &passes) && !passes);
    CHECK_INT_EQ(zhol_network_cost(&t.view, 0, &grain, &unknown, NULL, 0, NULL), 9000);
    CHECK(zhol_network_admits(&t.view, 0, &two_boxes, &passes) && passes);
    CHECK_INT_EQ(zhol_network_cost(&t.view, 0, &two_boxes, &unknown, NULL, 0, NULL), 0);
    CHECK(!unknown);
    CHECK_INT_EQ(zhol_network_co2e(&t.view, 0, &grain, &unknown), 0);
    CHECK(!unknown); /* a control emits nothing unless a factor says so */
    CHECK(!zhol_network_admits(&t.view, 1, &grain, &passes) && !passes);
    CHECK(zhol_network_admits(&t.view, 1, &two_boxes, &passes) && !passes);
    CHECK_INT_EQ(zhol_network_co2e(&t.view, 1, &two_boxes, &unknown), 0);
    CHECK(unknown); /* a handling does */
    end(&t);
}

/* The papers of a consignment are a cost, but not the price of the loading. */
static void test_papers_are_no_price(void)
{
    struct one_arc t;
    bool unknown;
    start(&t);
    struct zhol_price papers = price(zhol_tariff_scope_CONSIGNMENT, zhol_cost_kind_DOCUMENTS,
                                     zhol_tariff_unit_CONSIGNMENT, 50);
    struct zhol_arc crane = network_arc_handle(2, 0, ZHOL_NONE, 600);
    crane.price_set = set_of(&t, &papers, 1);
    CHECK_INT_EQ(network_builder_arc(t.builder, 0, &crane, NULL), 0);
    finish(&t);
    CHECK_INT_EQ(zhol_network_cost(&t.view, 0, &grain, &unknown, NULL, 0, NULL), 5000);
    CHECK(unknown);
    end(&t);
}

/* A ride over a movement and a crane, with and without a through price. */
static void test_rides(void)
{
    struct one_arc t;
    uint32_t arcs[2], way, number;
    uint16_t factor, per_t;
    bool unknown;
    start(&t);
    struct zhol_price p[] = {
        price(zhol_tariff_scope_PER_KM, zhol_cost_kind_FREIGHT, zhol_tariff_unit_FEU, 1),
        price(zhol_tariff_scope_PROCESS, zhol_cost_kind_TERMINAL, zhol_tariff_unit_FEU, 110),
        price(zhol_tariff_scope_THROUGH, zhol_cost_kind_FREIGHT, zhol_tariff_unit_FEU, 170),
    };
    p[2].class = zhol_cargo_class_CONTAINER;
    struct zhol_factor rail = {20, 0, 0, ZHOL_PUBLISHED}, crane_factor = {0, 900, 1, ZHOL_ASSUMED};
    CHECK_INT_EQ(network_builder_factor(t.builder, &rail, &factor), 0);
    CHECK_INT_EQ(network_builder_factor(t.builder, &crane_factor, &per_t), 0);
    struct zhol_arc move = network_arc_move(0, 0, zhol_mode_RAIL, 100000, 60);
    move.price_set = set_of(&t, &p[0], 1);
    move.emission = factor;
    CHECK_INT_EQ(network_builder_arc(t.builder, 1, &move, &arcs[0]), 0);
    struct zhol_arc crane = network_arc_handle(2, 0, ZHOL_NONE, 600);
    crane.price_set = set_of(&t, &p[1], 1);
    crane.emission = per_t;
    CHECK_INT_EQ(network_builder_arc(t.builder, 0, &crane, &arcs[1]), 0);
    CHECK_INT_EQ(network_builder_way(t.builder, arcs, 2, &way), 0);
    struct zhol_ride ride = {.way = way, .way_count = 2, .headway_minutes = 60};
    CHECK_INT_EQ(network_builder_ride(t.builder, &ride, &number), 0);
    struct zhol_arc by_way = network_arc_ride(2, number, zhol_mode_RAIL, 100000, 700);
    struct zhol_arc through = by_way;
    through.price_set = set_of(&t, &p[2], 1);
    CHECK_INT_EQ(network_builder_arc(t.builder, 1, &by_way, NULL), 0);
    CHECK_INT_EQ(network_builder_arc(t.builder, 1, &through, NULL), 0);
    finish(&t);
    uint32_t first = t.view.first_arc[1] + 1, count;
    struct zhol_cost_line lines[8];
    CHECK_INT_EQ(t.view.arcs[first].kind, ZHOL_ARC_RIDE);
    CHECK_INT_EQ(zhol_network_cost(&t.view, first, &two_boxes, &unknown, lines, 8, &count),
                 20000 + 22000);
    CHECK(!unknown);
    CHECK_INT_EQ(count, 2);
    CHECK_INT_EQ(zhol_network_cost(&t.view, first + 1, &two_boxes, &unknown, lines, 8, &count),
                 34000);
    CHECK_INT_EQ(count, 1);
    CHECK_INT_EQ(zhol_network_cost(&t.view, first + 1, &grain, &unknown, lines, 8, &count), 0);
    CHECK(unknown); /* neither the through price nor those of the way are for grain */
    CHECK_INT_EQ(zhol_network_co2e(&t.view, first + 1, &two_boxes, &unknown),
                 20 * 28 * 100 + 900 * 28);
    CHECK(!unknown);
    end(&t);
}

static void test_storage(void)
{
    struct one_arc t;
    int64_t day;
    start(&t);
    struct zhol_price p[] = {
        price(zhol_tariff_scope_STORAGE, zhol_cost_kind_STORAGE, zhol_tariff_unit_FEU, 20),
        price(zhol_tariff_scope_STORAGE, zhol_cost_kind_STORAGE, zhol_tariff_unit_WAGON, 7),
    };
    p[0].free_minutes = 5 * 1440;
    p[0].rank = 2;
    CHECK_INT_EQ(network_builder_storage(t.builder, 1, set_of(&t, p, 2)), 0);
    finish(&t);
    CHECK_INT_EQ(zhol_network_storage(&t.view, 1, &two_boxes, 5 * 1440, &day), 0);
    CHECK_INT_EQ(day, 4000);
    CHECK_INT_EQ(zhol_network_storage(&t.view, 1, &two_boxes, 5 * 1440 + 1, &day), 4000);
    CHECK_INT_EQ(zhol_network_storage(&t.view, 1, &two_boxes, 6 * 1440 + 1, &day), 8000);
    CHECK_INT_EQ(zhol_network_storage(&t.view, 1, &grain, 1440, &day), 2100); /* 3 wagons of 1435 */
    CHECK_INT_EQ(day, 2100);
    CHECK_INT_EQ(zhol_network_storage(&t.view, 0, &grain, 99999, &day), 0);
    CHECK_INT_EQ(day, 0);
    end(&t);
}

int main(void)
{
    RUN(test_per_km_and_vat);
    RUN(test_one_of_each_kind);
    RUN(test_scope_of_cargo);
    RUN(test_controls_pass);
    RUN(test_papers_are_no_price);
    RUN(test_rides);
    RUN(test_storage);
    return check_report();
}
