/* test_history.c: the map of other days, against what is known of them: which crossings, pipelines
 * and capacities the compiled network holds in 1991, 1992, 2013, 2025 and beyond. */
#include "check.h"

#include <stdlib.h>

#include <zhol/corridor.h>
#include <zhol/network.h>

#include "base/buffer.h"
#include "base/time.h"

static const char *root;
static struct zhol_corridor *corridor;

static struct zhol_corridor *read_scenario(const char *scenario)
{
    struct buffer dir = {0};
    struct zhol_corridor_options options = {.scenario = scenario};
    struct zhol_corridor *read = NULL;
    buffer_printf(&dir, "%s/corridors/china-kazakhstan", root);
    CHECK_INT_EQ(zhol_corridor_read(buffer_get(&dir), &options, NULL, &read), ZHOL_ERROR_OK);
    buffer_clear(&dir);
    return read;
}

static int32_t day_of(const char *text)
{
    int32_t day = 0;
    CHECK_INT_EQ(time_parse_day(text_view_of(text), &day), ZHOL_ERROR_OK);
    return day;
}

static struct zhol_network *compile(const struct zhol_corridor *of, const char *day, bool planned)
{
    struct zhol_network_options options = {.day = day_of(day), .include_planned = planned};
    struct zhol_network *network = NULL;
    CHECK_INT_EQ(zhol_network_compile(of, &options, NULL, &network), ZHOL_ERROR_OK);
    return network;
}

static bool is_country(const struct zhol_corridor *of, uint32_t node, const char *code)
{
    uint32_t count, begin, end;
    const struct zhol_node *nodes = zhol_corridor_node(of, &count);
    zhol_corridor_rows(of, ZHOL_TABLE_node, node, &begin, &end);
    return strcmp(zhol_corridor_text(of, nodes[begin].country), code) == 0;
}

/* Places in Kazakhstan at which a movement of the mode over the border with China is in the
 * network: both gauges and both directions of a crossing count once. */
static uint32_t crossings(const struct zhol_corridor *of, const char *day, unsigned mode,
                          bool planned)
{
    struct zhol_network *network = compile(of, day, planned);
    struct zhol_network_view net = zhol_network_view(network);
    uint32_t links, found = 0;
    const struct zhol_link *rows = zhol_corridor_link(of, &links);
    bool *seen = calloc((size_t)net.node_count + 1, sizeof *seen);
    for (uint32_t a = 0; a < net.arc_count; a++) {
        const struct zhol_arc *arc = &net.arcs[a];
        uint32_t begin, end;
        if (arc->kind != ZHOL_ARC_MOVE || arc->mode != mode) {
            continue;
        }
        zhol_corridor_rows(of, ZHOL_TABLE_link, arc->thing, &begin, &end);
        uint32_t from = rows[begin].from_node_id, to = rows[begin].to_node_id;
        uint32_t kz = is_country(of, from, "KZ") ? from : to;
        uint32_t cn = kz == from ? to : from;
        if (is_country(of, kz, "KZ") && is_country(of, cn, "CN") && !seen[kz]) {
            seen[kz] = true;
            found++;
        }
    }
    free(seen);
    zhol_network_free(network);
    return found;
}

/* True where the network of the day moves over the link. */
static bool has_link(const struct zhol_corridor *of, const char *day, const char *id, bool planned)
{
    struct zhol_network *network = compile(of, day, planned);
    struct zhol_network_view net = zhol_network_view(network);
    uint32_t link = zhol_corridor_find(of, ZHOL_TABLE_link, id);
    bool found = false;
    CHECK(link != ZHOL_NONE);
    for (uint32_t a = 0; a < net.arc_count; a++) {
        found = found || (net.arcs[a].kind == ZHOL_ARC_MOVE && net.arcs[a].thing == link);
    }
    zhol_network_free(network);
    return found;
}

static bool in_base(const char *day, const char *id)
{
    return has_link(corridor, day, id, false);
}

/* The value of a capacity that the network of the day names in its uses; NaN where none does. */
static double capacity(const char *day, const char *id)
{
    struct zhol_network *network = compile(corridor, day, false);
    struct zhol_network_view net = zhol_network_view(network);
    uint32_t count, thing = zhol_corridor_find(corridor, ZHOL_TABLE_resource, id);
    const struct zhol_resource *rows = zhol_corridor_resource(corridor, &count);
    double value = NAN;
    for (uint32_t a = 0; a < net.arc_count; a++) {
        for (uint32_t u = net.first_use[net.arcs[a].uses]; u < net.first_use[net.arcs[a].uses + 1];
             u++) {
            if (rows[net.uses[u].resource_row].resource_id == thing) {
                value = rows[net.uses[u].resource_row].value;
            }
        }
    }
    zhol_network_free(network);
    return value;
}

/* ---- Rail ---- */

static void test_rail_crossings(void)
{
    CHECK_INT_EQ(crossings(corridor, "1990-09-11", zhol_mode_RAIL, false), 0);
    CHECK_INT_EQ(crossings(corridor, "1991-12-31", zhol_mode_RAIL, false), 1);
    CHECK_INT_EQ(crossings(corridor, "1992-01-01", zhol_mode_RAIL, false), 1);
    CHECK_INT_EQ(crossings(corridor, "2012-12-21", zhol_mode_RAIL, false), 1);
    CHECK_INT_EQ(crossings(corridor, "2012-12-22", zhol_mode_RAIL, false), 2);
    CHECK_INT_EQ(crossings(corridor, "2013-01-01", zhol_mode_RAIL, false), 2);
    CHECK_INT_EQ(crossings(corridor, "2026-01-31", zhol_mode_RAIL, false), 2);
}

static void test_crossing_of_1992_is_dostyk(void)
{
    CHECK(in_base("1992-01-01", "S027F1520"));
    CHECK(in_base("1992-01-01", "S027B1435"));
    CHECK(!in_base("1992-01-01", "S028F1520"));
    CHECK(in_base("2012-12-22", "S028F1520"));
}

static void test_dostyk_moiynty(void)
{
    CHECK_NEAR(capacity("2025-09-29", "R.S032"), 12, 0);
    CHECK_NEAR(capacity("2025-09-30", "R.S032"), 60, 0);
    CHECK_NEAR(capacity("1992-01-01", "R.S032"), 12, 0);
}

/* ---- Pipelines ---- */

/* The sections of the oil pipeline as they came: each with a day before and a day after. */
static void test_oil_sections(void)
{
    static const struct {
        const char *link, *before, *after;
    } sections[] = {
        {"S205F", "2002-12-31", "2003-01-01"}, /* Kenkiyak-Atyrau */
        {"S203F", "2006-05-24", "2006-05-25"}, /* Atasu-Alashankou */
        {"S204", "2008-12-31", "2009-01-01"},  /* Kenkiyak-Kumkol */
        {"S205B", "2021-06-30", "2021-07-01"}, /* turned round */
    };
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        if (in_base(sections[i].before, sections[i].link) ||
            !in_base(sections[i].after, sections[i].link)) {
            CHECK_FAIL("%s: in the network on %s, or not on %s", sections[i].link,
                       sections[i].before, sections[i].after);
        }
    }
    CHECK(!in_base("2021-07-01", "S205F"));
    CHECK_INT_EQ(crossings(corridor, "1997-09-30", zhol_mode_OIL, false), 0);
    CHECK_INT_EQ(crossings(corridor, "2006-05-25", zhol_mode_OIL, false), 1);
}

static void test_central_asia_gas(void)
{
    CHECK(!in_base("2009-12-13", "S210F"));
    CHECK(in_base("2009-12-14", "S210F"));
}

/* ---- What is only planned ---- */

static void test_planned(void)
{
    static const char *const planned[] = {"S073", "S074F", "S074B", "A136F", "A137F", "S149F"};
    for (size_t i = 0; i < sizeof planned / sizeof *planned; i++) {
        if (in_base("2026-01-31", planned[i]) || in_base("2035-01-01", planned[i])) {
            CHECK_FAIL("%s is in a network without a scenario", planned[i]);
        }
        if (!has_link(corridor, "2035-01-01", planned[i], true)) {
            CHECK_FAIL("%s is missing with --include-planned", planned[i]);
        }
    }
}

static void test_scenario(const char *name, const char *link, const char *before, const char *after)
{
    struct zhol_corridor *with = read_scenario(name);
    if (with) {
        if (has_link(with, before, link, false) || !has_link(with, after, link, false)) {
            CHECK_FAIL("%s: %s is there on %s, or not on %s", name, link, before, after);
        }
        zhol_corridor_free(with);
    }
}

static void test_scenarios(void)
{
    struct zhol_corridor *bakhty = read_scenario("bakhty-ayagoz");
    test_scenario("bakhty-ayagoz", "S073", "2026-01-31", "2030-01-01");
    test_scenario("bakhty-ayagoz", "S074F", "2026-01-31", "2030-01-01");
    test_scenario("russia-china-gas", "A137F", "2028-12-31", "2030-01-01");
    test_scenario("cku-railway-2030", "S149F", "2026-01-31", "2031-01-01");
    if (bakhty) {
        CHECK_INT_EQ(crossings(bakhty, "2030-01-01", zhol_mode_RAIL, false), 3);
        zhol_corridor_free(bakhty);
    }
}

static void test_road_crossings(void)
{
    CHECK_INT_EQ(crossings(corridor, "2023-07-01", zhol_mode_ROAD, false), 5);
}

int main(int argc, char **argv)
{
    root = argc > 1 ? argv[1] : ".";
    corridor = read_scenario(NULL);
    if (!corridor) {
        return 1;
    }
    RUN(test_rail_crossings);
    RUN(test_crossing_of_1992_is_dostyk);
    RUN(test_dostyk_moiynty);
    RUN(test_oil_sections);
    RUN(test_central_asia_gas);
    RUN(test_planned);
    RUN(test_scenarios);
    RUN(test_road_crossings);
    zhol_corridor_free(corridor);
    return check_report();
}
