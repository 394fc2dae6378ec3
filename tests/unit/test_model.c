/* test_model.c: the corridor as the server tells it: scenarios, networks, map over time, planner,
 * OGC API. */
#include "check.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/time.h"
#include "serve/model_plan.h"
#include "serve/model_ways.h"

static const struct zhol_corridor *corridor;
static struct model *model;

static int32_t day_of(const char *text)
{
    int32_t day = 0;
    CHECK_INT_EQ(time_parse_day(text_view_of(text), &day), ZHOL_ERROR_OK);
    return day;
}

/* Reads what was written and clears the buffer; never NULL. */
static json_t *take(struct buffer *out)
{
    json_error_t error;
    json_t *value = json_loadb(buffer_get(out), out->size, 0, &error);
    if (!value) {
        CHECK_FAIL("no JSON: %s at %d", error.text, error.position);
    }
    buffer_clear(out);
    return value ? value : json_object();
}

static json_t *map_of(const char *scenario, const char *date)
{
    struct buffer out = {0};
    const struct zhol_corridor *with = NULL;
    CHECK_INT_EQ(model_corridor(model, scenario, &with), ZHOL_ERROR_OK);
    CHECK_INT_EQ(model_map(with, day_of(date), "en", &out), ZHOL_ERROR_OK);
    return take(&out);
}

static json_t *find(const json_t *list, const char *id)
{
    size_t i;
    json_t *one;
    json_array_foreach(list, i, one)
    {
        if (strcmp(json_string_value(json_object_get(one, "id")), id) == 0) {
            return one;
        }
    }
    return NULL;
}

static int64_t crossings(const json_t *map, const char *which)
{
    const json_t *counts = json_object_get(map, "counts");
    return json_integer_value(
        json_object_get(json_object_get(counts, "rail_crossings_kz_cn"), which));
}

static void test_crossings_over_time(void)
{
    static const struct {
        const char *scenario, *date;
        int open, coming;
    } cases[] = {{NULL, "1992-06-30", 1, 0},
                 {NULL, "2012-12-21", 1, 0},
                 {NULL, "2013-06-30", 2, 0},
                 {NULL, "2028-06-30", 2, 1},
                 {"bakhty-ayagoz", "2028-06-30", 3, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        json_t *map = map_of(cases[i].scenario, cases[i].date);
        CHECK_INT_EQ(crossings(map, "operating"), cases[i].open);
        CHECK_INT_EQ(crossings(map, "planned"), cases[i].coming);
        json_decref(map);
    }
}

static void test_unknown_opening(void)
{
    json_t *map = map_of(NULL, "2028-06-30");
    const json_t *third = find(json_object_get(map, "links"), "S074F");
    CHECK(third != NULL);
    CHECK_STR_EQ(json_string_value(json_object_get(third, "status")), "planned");
    CHECK(json_is_false(json_object_get(third, "opened_known")));
    CHECK(json_is_false(json_object_get(third, "supposed")));
    json_decref(map);
    map = map_of("bakhty-ayagoz", "2028-06-30");
    third = find(json_object_get(map, "links"), "S074F");
    CHECK_STR_EQ(json_string_value(json_object_get(third, "status")), "operating");
    CHECK(json_is_true(json_object_get(third, "supposed")));
    json_decref(map);
}

/* The timeline says on each day what the map of that day says. */
static void test_timeline_is_the_map(void)
{
    static const char *const dates[] = {"1991-01-01", "2005-06-30", "2021-06-30", "2031-01-01"};
    struct model_ways ways;
    CHECK_INT_EQ(model_ways_make(corridor, &ways), ZHOL_ERROR_OK);
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        json_t *map = map_of(NULL, dates[i]);
        size_t drawn = 0;
        for (uint32_t k = 0; k < ways.count; k++) {
            drawn += way_on(&ways, &ways.ways[k], day_of(dates[i])) != NULL;
        }
        CHECK_INT_EQ(json_array_size(json_object_get(map, "links")), drawn);
        json_decref(map);
    }
    for (uint32_t k = 0; k < ways.count; k++) {
        for (uint32_t s = 1; s < ways.ways[k].state_count; s++) {
            const struct way_state *before = &ways.states[ways.ways[k].first_state + s - 1];
            CHECK(before[0].to != ZHOL_BLANK_DATE && before[0].to <= before[1].from);
        }
    }
    model_ways_clear(&ways);
}

static void test_scenarios(void)
{
    const struct zhol_corridor *base = NULL, *with = NULL, *again = NULL;
    CHECK(model_scenarios(model)->count >= 7);
    CHECK_INT_EQ(model_corridor(model, "", &base), ZHOL_ERROR_OK);
    CHECK(base == corridor);
    CHECK_INT_EQ(model_corridor(model, "trans-caspian-2027", &with), ZHOL_ERROR_OK);
    CHECK_INT_EQ(model_corridor(model, "trans-caspian-2027", &again), ZHOL_ERROR_OK);
    CHECK(with == again && with != base);
    CHECK_INT_EQ(model_corridor(model, "../secrets", &with), ZHOL_ERROR_UNKNOWN);
}

/* More networks than fit: those in use stay whole, the rest come and go. */
static void test_networks(void)
{
    struct model_network *held = NULL, *same = NULL, *other = NULL;
    int32_t first = day_of("2000-01-01");
    CHECK_INT_EQ(model_network_take(model, NULL, first, false, &held), ZHOL_ERROR_OK);
    CHECK_INT_EQ(model_network_take(model, "", first, false, &same), ZHOL_ERROR_OK);
    CHECK(held == same);
    model_network_give(model, same);
    for (int32_t i = 1; i <= MODEL_NETWORKS_MAX + 4; i++) {
        CHECK_INT_EQ(model_network_take(model, NULL, first + 30 * i, false, &other), ZHOL_ERROR_OK);
        model_network_give(model, other);
    }
    CHECK_INT_EQ(zhol_network_verify(held->network), ZHOL_ERROR_OK);
    model_network_give(model, held);
    model_network_give(model, NULL);
}

static void test_places(void)
{
    static const struct {
        const char *typed, *id;
    } cases[] = {
        {"almat", "ALMATY"}, {"Алма", "ALMATY"}, {"阿拉木图", "ALMATY"}, {"Dostik", "DOSTYK"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer out = {0};
        CHECK_INT_EQ(model_places(corridor, cases[i].typed, 8, &out), ZHOL_ERROR_OK);
        json_t *answer = take(&out);
        const json_t *first = json_array_get(json_object_get(answer, "items"), 0);
        CHECK_STR_EQ(json_string_value(json_object_get(first, "id")), cases[i].id);
        json_decref(answer);
    }
}

static void test_dossier(void)
{
    struct buffer out = {0};
    int32_t day = day_of("2026-01-31");
    CHECK_INT_EQ(model_dossier(corridor, "node:DOSTYK", day, "ru", &out), ZHOL_ERROR_OK);
    json_t *answer = take(&out);
    CHECK_STR_EQ(json_string_value(json_object_get(answer, "name")), "Достык");
    CHECK(json_array_size(json_object_get(answer, "sections")) > 8);
    CHECK(json_array_size(json_object_get(answer, "sources")) > 8);
    json_decref(answer);
    CHECK_INT_EQ(model_dossier(corridor, "S073", day, "en", &out), ZHOL_ERROR_OK);
    answer = take(&out);
    CHECK_STR_EQ(json_string_value(json_object_get(answer, "name")), "Bakhty – Ayagoz");
    json_decref(answer);
    CHECK_INT_EQ(model_dossier(corridor, "no such thing", day, "en", &out), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(model_dossier(corridor, "link:NONE", day, "en", &out), ZHOL_ERROR_UNKNOWN);
    buffer_clear(&out);
}

static void test_promises_and_claims(void)
{
    struct buffer out = {0};
    CHECK_INT_EQ(model_promises(corridor, day_of("2026-01-31"), "en", &out), ZHOL_ERROR_OK);
    json_t *answer = take(&out);
    CHECK(json_array_size(json_object_get(answer, "items")) >= 30);
    json_decref(answer);
    CHECK_INT_EQ(model_promises(corridor, day_of("1992-01-01"), "en", &out), ZHOL_ERROR_OK);
    answer = take(&out);
    CHECK_INT_EQ(json_array_size(json_object_get(answer, "items")), 0);
    json_decref(answer);
    CHECK_INT_EQ(model_claims(corridor, "AF087", false, "en", &out), ZHOL_ERROR_OK);
    answer = take(&out);
    CHECK(json_array_size(json_object_get(answer, "items")) >= 1);
    json_decref(answer);
}

static void test_plan(void)
{
    struct buffer out = {0};
    struct model_fault fault;
    struct model_question q = {
        .from = "Chongqing", .to = "Duisburg", .day = ZHOL_BLANK_DATE, .lang = "en", .limit = 3};
    CHECK_INT_EQ(model_plan(model, &q, &out, &fault), ZHOL_ERROR_OK);
    json_t *answer = take(&out);
    CHECK_INT_EQ(json_array_size(json_object_get(answer, "itineraries")), 3);
    CHECK(json_integer_value(json_object_get(answer, "itinerary_count")) > 3);
    json_decref(answer);
    q.form = MODEL_CSV;
    CHECK_INT_EQ(model_plan(model, &q, &out, &fault), ZHOL_ERROR_OK);
    CHECK(strstr(buffer_get(&out), "itinerary,") != NULL);
    buffer_clear(&out);
    q.form = MODEL_JSON;
    q.why = "Brest";
    q.avoid = "BY";
    CHECK_INT_EQ(model_plan(model, &q, &out, &fault), ZHOL_ERROR_OK);
    answer = take(&out);
    CHECK_STR_EQ(json_string_value(json_object_get(answer, "why")), "avoided");
    json_decref(answer);
}

static void test_plan_faults(void)
{
    static const struct {
        struct model_question question;
        const char *field, *code;
    } cases[] = {
        {{.from = "Nowherestan", .to = "Duisburg"}, "from", "unknown_place"},
        {{.from = "Duisburg", .to = "Duisburg"}, "to", "same_place"},
        {{.from = "Xian", .to = "Poti", .depart = "soon"}, "depart", "unreadable"},
        {{.from = "Xian", .to = "Poti", .commodity = "dreams"}, "commodity", "unknown_commodity"},
        {{.from = "Xian", .to = "Poti", .commodity = "wheat", .teu = 2},
         "teu",
         "not_in_containers"},
        {{.from = "Xian", .to = "Poti", .teu = 2, .tonnes = 3}, "tonnes", "twice"},
        {{.from = "Xian", .to = "Poti", .via = "A,B,C,D,E,F,G,H,I"}, "via", "unknown_place"},
        {{.from = "Xian", .to = "Poti", .depart = "2026-03-01", .deadline = "2026-02-01"},
         "deadline",
         "too_early"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct model_question q = cases[i].question;
        struct model_fault fault;
        struct buffer out = {0};
        q.day = ZHOL_BLANK_DATE;
        q.lang = "en";
        CHECK_INT_EQ(model_plan(model, &q, &out, &fault), ZHOL_ERROR_USAGE);
        CHECK_STR_EQ(fault.field, cases[i].field);
        CHECK_STR_EQ(fault.code, cases[i].code);
        CHECK(fault.detail[0] != '\0');
        buffer_clear(&out);
    }
}

/* No way is an answer with a reason, not a fault. */
static void test_plan_nowhere(void)
{
    struct model_question q = {
        .from = "Xian", .to = "Poti", .avoid = "rail,road", .day = ZHOL_BLANK_DATE, .lang = "ru"};
    struct model_fault fault;
    struct buffer out = {0};
    CHECK_INT_EQ(model_plan(model, &q, &out, &fault), ZHOL_ERROR_OK);
    json_t *answer = take(&out);
    CHECK_INT_EQ(json_integer_value(json_object_get(answer, "itinerary_count")), 0);
    CHECK(json_is_string(json_object_get(json_object_get(answer, "why"), "text")));
    json_decref(answer);
}

/* Pages of a collection fit together, and the box takes what is in it. */
static void test_ogc_pages(void)
{
    int32_t day = day_of("2026-01-31");
    for (int c = 0; c < MODEL_COLLECTION_COUNT; c++) {
        struct model_items items = {
            .collection = (enum model_collection)c, .limit = 50, .base = "http://h"};
        int64_t matched = 1, seen = 0;
        for (; seen < matched; items.offset += items.limit) {
            struct buffer out = {0};
            model_ogc_items(corridor, day, &items, &out);
            json_t *answer = take(&out);
            int64_t here = json_integer_value(json_object_get(answer, "numberReturned"));
            matched = json_integer_value(json_object_get(answer, "numberMatched"));
            seen += here;
            CHECK_INT_EQ(json_array_size(json_object_get(answer, "features")), here);
            CHECK_INT_EQ(json_array_size(json_object_get(answer, "links")), seen < matched ? 2 : 1);
            CHECK(here > 0);
            json_decref(answer);
            if (here == 0) {
                break;
            }
        }
        CHECK_INT_EQ(seen, matched);
    }
}

static void test_ogc_box(void)
{
    const double box[4] = {76, 43, 78, 44}; /* around Almaty */
    struct model_items items = {.collection = MODEL_PLACES, .bbox = box, .limit = 100, .base = ""};
    struct buffer out = {0};
    model_ogc_items(corridor, day_of("2026-01-31"), &items, &out);
    json_t *answer = take(&out);
    const json_t *features = json_object_get(answer, "features");
    CHECK(find(features, "ALMATY") != NULL);
    CHECK(find(features, "DOSTYK") == NULL);
    json_decref(answer);
    CHECK_INT_EQ(model_ogc_item(corridor, day_of("2026-01-31"), MODEL_PLACES, "ALMATY", &out),
                 ZHOL_ERROR_OK);
    json_decref(take(&out));
    CHECK_INT_EQ(model_ogc_item(corridor, day_of("2026-01-31"), MODEL_CHECKPOINTS, "ALMATY", &out),
                 ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(model_collection_find("rivers"), MODEL_COLLECTION_COUNT);
    buffer_clear(&out);
}

/* Lines of the land never jump over the world: such a jump is a stripe across the map. */
static void test_land(void)
{
    struct buffer out = {0};
    CHECK_INT_EQ(model_land(&out), ZHOL_ERROR_OK);
    json_t *land = take(&out);
    size_t f, l, p, jumps = 0;
    json_t *feature, *line, *point;
    json_array_foreach(json_object_get(land, "features"), f, feature)
    {
        json_t *lines = json_object_get(json_object_get(feature, "geometry"), "coordinates");
        json_array_foreach(lines, l, line)
        {
            double last = json_number_value(json_array_get(json_array_get(line, 0), 0));
            json_array_foreach(line, p, point)
            {
                double lon = json_number_value(json_array_get(point, 0));
                jumps += fabs(lon - last) > 180;
                last = lon;
            }
        }
    }
    CHECK_INT_EQ(jumps, 0);
    json_decref(land);
}

int main(int argc, char **argv)
{
    char dir[4096];
    struct zhol_corridor *read = NULL;
    snprintf(dir, sizeof dir, "%s/corridors/china-kazakhstan", argc > 1 ? argv[1] : ".");
    CHECK_INT_EQ(zhol_corridor_read(dir, NULL, NULL, &read), ZHOL_ERROR_OK);
    corridor = read;
    if (!read || model_new(dir, corridor, &model)) {
        return EXIT_FAILURE;
    }
    RUN(test_crossings_over_time);
    RUN(test_unknown_opening);
    RUN(test_timeline_is_the_map);
    RUN(test_scenarios);
    RUN(test_networks);
    RUN(test_places);
    RUN(test_dossier);
    RUN(test_promises_and_claims);
    RUN(test_plan);
    RUN(test_plan_faults);
    RUN(test_plan_nowhere);
    RUN(test_ogc_pages);
    RUN(test_ogc_box);
    RUN(test_land);
    model_close(model);
    zhol_corridor_free(read);
    return check_report();
}
