/* tests/unit/test_plan_view.c: the view of a plan adds up: legs join without a gap, minutes, cents
 * and grams are those of the itinerary, whatever way they are split; the chosen are the right
 * ones; texts say what is so. On the tiny corridor and, pair by pair, on the reference corridor. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "desk/best.h"
#include "desk/robust.h"
#include "report/plan_write.h"
#include "report/why_text.h"

static const char *root;

static struct zhol_corridor *corridor;
static struct zhol_network *network;

static void open_corridor(const char *name, const char *scenario, int32_t day)
{
    char dir[1024];
    struct zhol_corridor_options options = {.scenario = scenario};
    snprintf(dir, sizeof dir, "%s/%s", root, name);
    CHECK_INT_EQ(zhol_corridor_read(dir, &options, NULL, &corridor), ZHOL_ERROR_OK);
    struct zhol_network_options how = {.day = day};
    if (corridor) {
        CHECK_INT_EQ(zhol_network_compile(corridor, &how, NULL, &network), ZHOL_ERROR_OK);
    }
}

static void close_corridor(void)
{
    zhol_network_free(network);
    zhol_corridor_free(corridor);
    network = NULL;
    corridor = NULL;
}

static uint32_t node(const char *id)
{
    return zhol_corridor_find(corridor, ZHOL_TABLE_node, id);
}

/* A question and its answer worked out. */
struct asked {
    struct zhol_consignment order;
    struct zhol_plan_result result;
    struct plan_view *view;
};

static enum zhol_error ask(struct asked *a, uint32_t from, uint32_t to, const char *commodity,
                           double teu, double tonnes, int64_t ready_min, uint32_t choose)
{
    struct plan_view_options options = {.time = ZHOL_TIME_MEDIAN, .choose = choose, .all = true};
    struct zhol_plan_options plan = {.time = ZHOL_TIME_MEDIAN};
    memset(a, 0, sizeof *a);
    a->order = (struct zhol_consignment){
        .from = from, .to = to, .ready_min = ready_min, .deadline_min = INT64_MAX};
    uint32_t thing = zhol_corridor_find(corridor, ZHOL_TABLE_commodity, commodity);
    enum zhol_error error = zhol_load_make(corridor, thing, teu, tonnes, &a->order.load);
    error = error ? error : zhol_plan(network, corridor, &a->order, &plan, &a->result);
    return error ? error
                 : plan_view_make(network, corridor, &a->order, &a->result, &options, &a->view);
}

static void done(struct asked *a)
{
    plan_view_free(a->view);
    zhol_plan_result_clear(&a->result);
}

/* 2026-01-31 00:00 UTC */
#define JANUARY ((int64_t)20484 * 1440)

/* ---- Sums ---- */

static void check_legs(const struct asked *a, const struct view_itinerary *it)
{
    int64_t at = a->order.ready_min, sum = 0;
    for (uint32_t i = 0; i < it->leg_count; i++) {
        const struct view_leg *leg = &a->view->legs[it->first_leg + i];
        int64_t minutes = 0;
        for (int k = 0; k < VIEW_PHASE_COUNT; k++) {
            CHECK(leg->minutes[k] >= 0);
            minutes += leg->minutes[k];
        }
        CHECK_INT_EQ(leg->ready.utc_min, at);
        CHECK_INT_EQ(leg->end.utc_min - leg->ready.utc_min, minutes);
        CHECK_INT_EQ(leg->start.utc_min - leg->ready.utc_min, leg->minutes[VIEW_WAITS]);
        CHECK((leg->minutes[VIEW_WAITS] > 0) == (leg->wait_for != ZHOL_WAIT_NONE));
        at = leg->end.utc_min;
        sum += minutes;
    }
    CHECK_INT_EQ(at, it->of->arrival_min);
    CHECK_INT_EQ(sum, it->minutes);
    int64_t phases = 0;
    for (int k = 0; k < VIEW_PHASE_COUNT; k++) {
        phases += it->phases[k];
    }
    CHECK_INT_EQ(phases, it->minutes);
}

static void check_bill(const struct asked *a, const struct view_itinerary *it)
{
    int64_t lines = 0, vat = 0, sums = 0, legs = 0;
    bool unknown = false;
    for (uint32_t i = 0; i < it->cost_count; i++) {
        lines += a->view->costs[it->first_cost + i].cents;
        vat += a->view->costs[it->first_cost + i].vat_cents;
        CHECK(a->view->costs[it->first_cost + i].leg < it->leg_count);
    }
    for (uint32_t i = 0; i < it->sum_count; i++) {
        sums += a->view->sums[it->first_sum + i].cents;
    }
    for (uint32_t i = 0; i < it->leg_count; i++) {
        const struct view_leg *leg = &a->view->legs[it->first_leg + i];
        legs += leg->cents + leg->storage_cents;
    }
    for (uint32_t i = 0; i < it->unknown_count; i++) {
        unknown = unknown || !a->view->unknowns[it->first_unknown + i].is_co2e;
    }
    CHECK_INT_EQ(lines, it->of->cents);
    CHECK_INT_EQ(sums, it->of->cents);
    CHECK_INT_EQ(legs, it->of->cents);
    CHECK_INT_EQ(vat, it->vat_cents);
    CHECK(unknown == !it->cost_known);
}

static void check_chain(const struct asked *a, const struct view_itinerary *it)
{
    int64_t grams = 0;
    uint64_t metres = 0;
    bool unknown = false;
    for (uint32_t i = 0; i < it->element_count; i++) {
        const struct view_element *e = &a->view->elements[it->first_element + i];
        grams += e->co2e_g;
        metres += e->length_m;
        unknown = unknown || e->unknown;
    }
    CHECK_INT_EQ(grams, it->of->co2e_g);
    CHECK_INT_EQ(metres, it->total_m);
    CHECK(unknown == !it->co2e_known);
}

static void check_evidence(const struct view_itinerary *it)
{
    double minutes = 0, cents = 0;
    for (int i = 0; i < ZHOL_EVIDENCE_COUNT; i++) {
        minutes += it->evidence.minutes[i];
        cents += it->evidence.cents[i];
    }
    CHECK_NEAR(minutes, 1, 1e-9);
    CHECK_NEAR(cents, it->of->cents ? 1 : 0, 1e-9);
}

static void check_view(const struct asked *a)
{
    CHECK_INT_EQ(a->view->itinerary_count, a->result.itinerary_count);
    for (uint32_t i = 0; i < a->view->itinerary_count; i++) {
        const struct view_itinerary *it = &a->view->itineraries[i];
        CHECK(it->worked_out);
        check_legs(a, it);
        check_bill(a, it);
        check_chain(a, it);
        check_evidence(it);
    }
}

/* ---- Tests ---- */

static void test_tiny_adds_up(void)
{
    struct asked a;
    open_corridor("tests/data/tiny", NULL, 20484);
    const char *const pairs[][3] = {{"XIAN", "ALMATY", "electronics"},
                                    {"XIAN", "ALAT", "electronics"},
                                    {"ALMATY", "XIAN", "electronics"},
                                    {"ALMATY", "XIAN", "wheat"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        bool bulk = strcmp(pairs[i][2], "wheat") == 0;
        CHECK_INT_EQ(ask(&a, node(pairs[i][0]), node(pairs[i][1]), pairs[i][2], bulk ? 0 : 2,
                         bulk ? 130 : 0, JANUARY, 0),
                     ZHOL_ERROR_OK);
        if (a.view) {
            check_view(&a);
            done(&a);
        }
    }
    close_corridor();
}

/* Goods that reach Alashankou in the Spring Festival wait for its end, and the view says so. */
static void test_holiday_is_told(void)
{
    struct asked a;
    struct buffer text;
    open_corridor("tests/data/tiny", NULL, 20484);
    /* 2026-02-11: on the road it is at Alashankou on 16 February */
    CHECK_INT_EQ(ask(&a, node("XIAN"), node("ALMATY"), "electronics", 2, 0, JANUARY + 12 * 1440, 0),
                 ZHOL_ERROR_OK);
    const struct view_itinerary *it = &a.view->itineraries[0];
    buffer_init(&text);
    CHECK(it->note_count > 0);
    for (uint32_t i = 0; i < a.view->note_room.count; i++) {
        buffer_printf(&text, "%s\n", a.view->notes[i]);
    }
    CHECK(strstr(buffer_get(&text), "Spring Festival at Alashankou costs") != NULL);
    buffer_clear(&text);
    check_view(&a);
    done(&a);
    close_corridor();
}

/* The ban of March is waited for, and is among the rules; documents are listed. */
static void test_ban_is_told(void)
{
    struct asked a;
    bool waited = false, ban = false;
    open_corridor("tests/data/tiny", NULL, 20512); /* 2026-02-28 */
    CHECK_INT_EQ(ask(&a, node("ALMATY"), node("XIAN"), "wheat", 0, 130, JANUARY + 40 * 1440, 0),
                 ZHOL_ERROR_OK);
    const struct view_itinerary *it = &a.view->itineraries[0];
    for (uint32_t i = 0; i < it->leg_count; i++) {
        waited = waited || a.view->legs[it->first_leg + i].wait_for == ZHOL_WAIT_BAN;
    }
    for (uint32_t i = 0; i < it->rule_count; i++) {
        const struct zhol_rule *rule = plan_view_rule(a.view, a.view->rules[it->first_rule + i]);
        ban = ban || rule->kind == zhol_rule_kind_BAN;
    }
    CHECK(waited && ban);
    done(&a);
    close_corridor();
}

static void test_names_in_russian(void)
{
    struct asked a;
    struct plan_view *ru;
    struct plan_view_options options = {.lang = REPORT_RU, .time = ZHOL_TIME_MEDIAN};
    struct buffer text;
    open_corridor("tests/data/tiny", NULL, 20484);
    CHECK_INT_EQ(ask(&a, node("XIAN"), node("ALMATY"), "electronics", 2, 0, JANUARY, 0),
                 ZHOL_ERROR_OK);
    CHECK_INT_EQ(plan_view_make(network, corridor, &a.order, &a.result, &options, &ru),
                 ZHOL_ERROR_OK);
    buffer_init(&text);
    plan_view_load_text(ru, &text);
    CHECK_STR_EQ(buffer_get(&text), "Электроника: 2 ДФЭ, 14 т");
    CHECK_STR_EQ(plan_view_place(ru, node("XIAN")), "Сиань");
    buffer_reset(&text);
    plan_view_leg_text(ru, &ru->legs[0], &text);
    CHECK_STR_EQ(buffer_get(&text), "погрузка, Сиань (площадка > ж/д 1435)");
    buffer_clear(&text);
    plan_view_free(ru);
    done(&a);
    close_corridor();
}

/* The chosen hold the best of each objective, are in order and no more than asked for. */
static void test_choosing(void)
{
    struct asked a;
    open_corridor("tests/data/tiny", NULL, 20484);
    CHECK_INT_EQ(ask(&a, node("XIAN"), node("ALMATY"), "electronics", 2, 0, JANUARY, 1),
                 ZHOL_ERROR_OK);
    bool fastest = false, cheapest = false, cleanest = false;
    for (uint32_t i = 0; i < a.view->chosen_count; i++) {
        const struct view_itinerary *it = &a.view->itineraries[a.view->chosen[i]];
        fastest = fastest || it->is_fastest;
        cheapest = cheapest || it->is_cheapest;
        cleanest = cleanest || it->is_cleanest;
        CHECK(i == 0 || a.view->chosen[i] > a.view->chosen[i - 1]);
    }
    CHECK(fastest && cheapest && cleanest);
    done(&a);
    close_corridor();
}

/* An itinerary that another beats in all known figures is not firm, and never the best. */
static void test_firm(void)
{
    struct zhol_itinerary its[3] = {
        {.arrival_min = 10, .cents = 100, .co2e_g = 5, .unknown_items = 1},
        {.arrival_min = 20, .cents = 200, .co2e_g = 6}, /* beaten by the first, but complete */
        {.arrival_min = 30, .cents = 90, .co2e_g = 7},
    };
    struct zhol_plan_result result = {.itineraries = its, .itinerary_count = 3, .item_count = 1};
    bool firm[3];
    uint32_t best[BEST_COUNT];
    CHECK_INT_EQ(best_firm(&result, firm), 2);
    CHECK(firm[0] && !firm[1] && firm[2]);
    best_find(&result, firm, best);
    CHECK_INT_EQ(best[BEST_ARRIVAL], 0);
    CHECK_INT_EQ(best[BEST_COST], 2);
    CHECK_INT_EQ(best[BEST_CO2E], 0);
}

/* All writers write, and twice the same. */
static void test_writers(void)
{
    struct asked a;
    open_corridor("tests/data/tiny", NULL, 20484);
    CHECK_INT_EQ(ask(&a, node("XIAN"), node("ALAT"), "electronics", 2, 0, JANUARY, 0),
                 ZHOL_ERROR_OK);
    for (int form = 0; form < 5; form++) {
        struct buffer text[2];
        const struct plan_view *views[1] = {a.view};
        for (int i = 0; i < 2; i++) {
            buffer_init(&text[i]);
            switch (form) {
            case 0:
                plan_write_table(a.view, 2, &text[i]);
                break;
            case 1:
                plan_write_json(a.view, &text[i]);
                break;
            case 2:
                plan_write_csv(a.view, &text[i]);
                break;
            case 3:
                plan_write_geojson(a.view, &text[i]);
                break;
            default:
                plan_write_html(views, 1, NULL, &text[i]);
                break;
            }
            CHECK_INT_EQ(text[i].error, ZHOL_ERROR_OK);
        }
        CHECK(text[0].size > 500);
        CHECK_STR_EQ(buffer_get(&text[0]), buffer_get(&text[1]));
        buffer_clear(&text[0]);
        buffer_clear(&text[1]);
    }
    done(&a);
    close_corridor();
}

/* The same for one thread and three; bands in order; shares that add up. */
static void test_robust(void)
{
    struct asked a;
    struct robust_result one, three;
    open_corridor("tests/data/tiny", NULL, 20484);
    CHECK_INT_EQ(ask(&a, node("XIAN"), node("ALMATY"), "electronics", 2, 0, JANUARY, 0),
                 ZHOL_ERROR_OK);
    struct robust_options options = {.draws = 40,
                                     .seed = 7,
                                     .threads = 1,
                                     .network = {.day = 20484},
                                     .plan = {.time = ZHOL_TIME_MEDIAN}};
    CHECK_INT_EQ(robust_run(corridor, &a.order, &options, &one), ZHOL_ERROR_OK);
    options.threads = 3;
    CHECK_INT_EQ(robust_run(corridor, &a.order, &options, &three), ZHOL_ERROR_OK);
    CHECK_INT_EQ(one.route_count, three.route_count);
    CHECK(memcmp(one.routes, three.routes, one.route_count * sizeof *one.routes) == 0);
    uint32_t first = 0;
    for (uint32_t i = 0; i < one.route_count; i++) {
        const struct robust_route *route = &one.routes[i];
        first += route->first[BEST_ARRIVAL];
        for (int k = 0; k < BEST_COUNT; k++) {
            CHECK(route->band[k].low <= route->band[k].middle &&
                  route->band[k].middle <= route->band[k].high);
        }
    }
    CHECK_INT_EQ(first + one.without, 40);
    robust_result_clear(&one);
    robust_result_clear(&three);
    options.draws = 0;
    CHECK_INT_EQ(robust_run(corridor, &a.order, &options, &one), ZHOL_ERROR_USAGE);
    done(&a);
    close_corridor();
}

/* Every figure adds up on the reference corridor too, over many pairs of places. */
static void test_reference_adds_up(void)
{
    static const char *const ends[] = {"XIAN",   "DUISBURG", "ALMATY", "YIWU",  "LODZ",
                                       "AKTOBE", "OSAKA",    "POTI",   "TEHRAN"};
    enum { ENDS = sizeof ends / sizeof *ends };
    open_corridor("corridors/china-kazakhstan", NULL, 20484);
    for (uint32_t i = 0; corridor && i < ENDS; i++) {
        struct asked a;
        uint32_t from = node(ends[i]), to = node(ends[(i + 1 + i % 3) % ENDS]);
        if (from == ZHOL_NONE || to == ZHOL_NONE || from == to) {
            continue;
        }
        enum zhol_error error =
            ask(&a, from, to, "electronics", 2, 0, JANUARY + (int64_t)i * 1440, 0);
        CHECK(error == ZHOL_ERROR_OK || error == ZHOL_ERROR_UNREACHABLE);
        if (!error) {
            check_view(&a);
        }
        done(&a);
    }
    close_corridor();
}

int main(int argc, char **argv)
{
    root = argc > 1 ? argv[1] : ".";
    RUN(test_tiny_adds_up);
    RUN(test_holiday_is_told);
    RUN(test_ban_is_told);
    RUN(test_names_in_russian);
    RUN(test_choosing);
    RUN(test_firm);
    RUN(test_writers);
    RUN(test_robust);
    RUN(test_reference_adds_up);
    return check_report();
}
