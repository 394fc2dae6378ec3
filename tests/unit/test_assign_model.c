/* The corridor's assignment on a made corridor (tests/made_freight.h) whose answers are known. */
#include <stdlib.h>
#include <unistd.h>

#include "base/time.h"
#include "check.h"
#include "desk/assign_empty.h"
#include "desk/assign_robust.h"
#include "desk/assign_worth.h"
#include "made_freight.h"

static struct zhol_corridor *corridor;

static struct zhol_corridor *read_made(const char *time_value)
{
    struct zhol_corridor *made = NULL;
    struct zhol_report report;
    char folder[] = "/tmp/zhol_freight_XXXXXX", command[128], text[512];
    if (!mkdtemp(folder)) {
        exit(2);
    }
    freight_write(folder, time_value);
    zhol_report_init(&report, 20);
    if (zhol_corridor_read(folder, NULL, &report, &made) != ZHOL_ERROR_OK) {
        for (uint32_t i = 0; i < report.count; i++) {
            zhol_finding_text(&report.findings[i], text, sizeof text);
            fprintf(stderr, "%s\n", text);
        }
        exit(2);
    }
    zhol_report_clear(&report);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    CHECK_INT_EQ(system(command), 0);
    return made;
}

static int32_t year_start(int32_t year)
{
    return time_days((struct time_date){year, 1, 1});
}

struct solved {
    struct zhol_network *network;
    struct assign_model *model;
};

static struct solved solve_year(int32_t year, struct assign_options options)
{
    struct solved it = {NULL, NULL};
    options.from = year_start(year);
    options.to = year_start(year + 1);
    struct zhol_network_options network = {.day = options.from + 180};
    CHECK_INT_EQ(zhol_network_compile(corridor, &network, NULL, &it.network), ZHOL_ERROR_OK);
    CHECK_INT_EQ(assign_model_make(corridor, it.network, &options, &it.model), ZHOL_ERROR_OK);
    CHECK_INT_EQ(assign_model_solve(it.model, NULL), ZHOL_ERROR_OK);
    CHECK(it.model->certificate.gap < 1e-9 && it.model->certificate.violation < 1e-9);
    return it;
}

static void drop(struct solved *it)
{
    assign_model_free(it->model);
    zhol_network_free(it->network);
}

static uint32_t resource(const char *id)
{
    return zhol_corridor_find(corridor, ZHOL_TABLE_resource, id);
}

/* The greatest price among the rows of a resource, and their number. */
static double price_of(const struct assign_model *model, const char *id, uint32_t *rows)
{
    uint32_t count;
    const struct zhol_resource *all = zhol_corridor_resource(corridor, &count);
    double most = 0;
    *rows = 0;
    for (uint32_t r = 0; r < model->row_count; r++) {
        if (all[model->rows[r].resource_row].resource_id == resource(id)) {
            most = fmax(most, zhol_assign_row_price(model->solver, r));
            (*rows)++;
        }
    }
    return most;
}

/* 80 boxes: 50 by the pair of L1 for 100 USD, 30 the long way for 290. A train more on L1 would
 * save 50 x 190 USD. */
static void the_short_way_is_full(void)
{
    uint32_t rows;
    struct solved it = solve_year(2021, (struct assign_options){0});
    CHECK_NEAR(it.model->certificate.primal, 50 * 100 + 30 * 290, 1e-6);
    CHECK_NEAR(price_of(it.model, "R1", &rows), 50 * 190, 1e-6);
    CHECK_INT_EQ(rows, 2); /* a pair is a row each way */
    CHECK_NEAR(price_of(it.model, "R2", &rows), 0, 1e-9);
    CHECK_INT_EQ(it.model->wish_count, 1);
    CHECK_INT_EQ(it.model->flow_count, 2);
    CHECK_NEAR(it.model->wishes[0].units_day, 80, 1e-9);
    CHECK_NEAR(it.model->wishes[0].free_usd, 100, 1e-9);
    CHECK_NEAR(it.model->classes[0].teu_per_unit, 2, 1e-9);
    drop(&it);
}

/* Forty boxes are wanted, the cranes take thirty; ten stay at three times 110 USD. */
static void cranes_leave_some_unmet(void)
{
    uint32_t rows;
    struct solved it = solve_year(2022, (struct assign_options){0});
    CHECK_NEAR(assign_model_unmet(it.model, 0), 10, 1e-9);
    CHECK_NEAR(it.model->wishes[0].free_usd, 110, 1e-9);
    CHECK_NEAR(it.model->certificate.primal, 30 * 110 + 10 * 330, 1e-6);
    CHECK_NEAR(price_of(it.model, "R4", &rows), 220 / 2.0, 1e-6); /* a box is two TEU */
    CHECK_INT_EQ(rows, 1);
    drop(&it);
    it = solve_year(2022, (struct assign_options){.unmet_factor = 2});
    CHECK_NEAR(it.model->certificate.primal, 30 * 110 + 10 * 220, 1e-6);
    drop(&it);
}

/* Counted at P by rail: the road to Q, 20 USD, is taken only where neither mode nor border hold. */
static void goods_are_held_to_their_border(void)
{
    struct solved it = solve_year(2022, (struct assign_options){.hold = ASSIGN_HOLD_NONE});
    CHECK_NEAR(assign_model_unmet(it.model, 0), 10, 1e-9); /* the mode still holds */
    drop(&it);
    it = solve_year(2022, (struct assign_options){.hold = ASSIGN_HOLD_NONE, .any_mode = true});
    CHECK_NEAR(it.model->certificate.primal, 40 * 20, 1e-6);
    drop(&it);
    it = solve_year(2022, (struct assign_options){.hold = ASSIGN_HOLD_CROSSING, .any_mode = true});
    CHECK_NEAR(assign_model_unmet(it.model, 0), 10, 1e-9); /* the crossing is P */
    drop(&it);
    it = solve_year(2024, (struct assign_options){0}); /* said to go by any */
    CHECK_NEAR(it.model->certificate.primal, 40 * 20, 1e-6);
    drop(&it);
}

/* The road to Q is a crossing of the same border, at which freight is counted too: a box of 14 t
 * pays 140 USD to leave P, so the ten that the cranes do not take go by it, at 160; at 20 USD a
 * tonne, 300, still; at 25, 370 against 330, they stay. Free to leave, all take it. */
static void another_crossing_costs(void)
{
    const double leave[] = {0, 20, 25, -1};
    const double cost[] = {30 * 110 + 10 * 160, 30 * 110 + 10 * 300, 30 * 110 + 10 * 330, 40 * 20};
    for (unsigned i = 0; i < 4; i++) {
        struct solved it =
            solve_year(2022, (struct assign_options){.any_mode = true, .leave_usd_t = leave[i]});
        CHECK_NEAR(it.model->certificate.primal, cost[i], 1e-6);
        drop(&it);
    }
}

/* Forty of the 80 boxes, since the flow has shrunk to half. Counted at P, 110 USD a box by the
 * cranes for thirty; the road from Q, 20 USD, is another way out of the country: it costs five
 * times 28 USD a box at 2 USD a tonne, not taken at 10. */
static void another_route_costs_more(void)
{
    const double leave[] = {2, 10, -1};
    const double cost[] = {30 * 110 + 10 * 160, 30 * 110 + 10 * 330, 40 * 20};
    for (unsigned i = 0; i < 3; i++) {
        struct solved it =
            solve_year(2028, (struct assign_options){.any_mode = true, .leave_usd_t = leave[i]});
        CHECK_NEAR(it.model->certificate.primal, cost[i], 1e-6);
        drop(&it);
    }
    struct solved it =
        solve_year(2028, (struct assign_options){.any_mode = true, .hold = ASSIGN_HOLD_CROSSING});
    CHECK_NEAR(assign_model_unmet(it.model, 0), 10, 1e-9);
    drop(&it);
}

static void a_pair_is_one_each_way(void)
{
    struct solved it = solve_year(2023, (struct assign_options){0});
    CHECK_NEAR(it.model->certificate.primal, 2 * 50 * 100, 1e-6);
    drop(&it);
}

/* Changes solved from the kept basis give what a new model gives. */
static void changes_are_warm(void)
{
    struct solved it = solve_year(2021, (struct assign_options){0});
    uint32_t l1 = zhol_corridor_find(corridor, ZHOL_TABLE_link, "L1");
    uint32_t q = zhol_corridor_find(corridor, ZHOL_TABLE_node, "Q");
    uint32_t rail = zhol_corridor_find(corridor, ZHOL_TABLE_tariff, "T.rail");
    CHECK_INT_EQ(assign_model_set_resource(it.model, resource("R1"), 2), ZHOL_ERROR_OK);
    CHECK_INT_EQ(assign_model_solve(it.model, NULL), ZHOL_ERROR_OK);
    CHECK_NEAR(it.model->certificate.primal, 8000, 1e-6);
    CHECK_INT_EQ(assign_model_close_link(it.model, l1, true), ZHOL_ERROR_OK);
    CHECK_INT_EQ(assign_model_solve(it.model, NULL), ZHOL_ERROR_OK);
    CHECK_NEAR(it.model->certificate.primal, 23200, 1e-6);
    CHECK_INT_EQ(assign_model_close_link(it.model, l1, false), ZHOL_ERROR_OK);
    CHECK_INT_EQ(assign_model_scale_wish(it.model, 0, 0.5), ZHOL_ERROR_OK);
    CHECK_INT_EQ(assign_model_solve(it.model, NULL), ZHOL_ERROR_OK);
    CHECK_NEAR(it.model->certificate.primal, 4000, 1e-6);
    CHECK_INT_EQ(assign_model_scale_tariff(it.model, rail, 1.5), ZHOL_ERROR_OK);
    CHECK_INT_EQ(assign_model_solve(it.model, NULL), ZHOL_ERROR_OK);
    CHECK_NEAR(it.model->certificate.primal, 6000, 1e-6);
    CHECK_INT_EQ(assign_model_close_node(it.model, q, true), ZHOL_ERROR_OK);
    CHECK_INT_EQ(assign_model_solve(it.model, NULL), ZHOL_ERROR_OK);
    CHECK_NEAR(assign_model_unmet(it.model, 0), 40, 1e-9);
    CHECK_INT_EQ(assign_model_set_resource(it.model, resource("R7"), 1), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(assign_model_scale_wish(it.model, 7, 1), ZHOL_ERROR_UNKNOWN);
    drop(&it);
}

static struct assign_study run_study(int32_t year, uint32_t threads, bool average)
{
    struct assign_study study;
    struct assign_study_options options = {.from = year_start(year),
                                           .to = year_start(year + 1),
                                           .average = average,
                                           .network_day = ZHOL_BLANK_DATE,
                                           .threads = threads};
    CHECK_INT_EQ(assign_study_run(corridor, &options, &study), ZHOL_ERROR_OK);
    return study;
}

/* 10 boxes a day, but 60 in December: only then is L1 full. */
static void months_have_their_own_peaks(void)
{
    struct assign_study study = run_study(2025, 2, false);
    CHECK_INT_EQ(study.slice_count, 12);
    CHECK_NEAR(study.all_wanted.t, study.all_carried.t, 1e-6);
    CHECK_NEAR(study.all_carried.t, (334 * 10 + 31 * 60) * 14, 1e-6);
    CHECK_NEAR(study.all_carried.teu, (334 * 10 + 31 * 60) * 2, 1e-6);
    for (uint32_t i = 0; i < study.capacity_count; i++) {
        const struct assign_capacity *c = &study.capacities[i];
        bool full = c->resource == resource("R1") && c->use > 0;
        CHECK_INT_EQ(c->tight_days, full ? 31 : 0);
        CHECK_NEAR(c->price, full ? 9500 * 31 / 365.0 : 0, 1e-6);
        CHECK_INT_EQ(full ? c->price_slice : 0, full ? 11 : 0);
    }
    uint32_t l1 = zhol_corridor_find(corridor, ZHOL_TABLE_link, "L1");
    CHECK_NEAR(study.links[0][l1].t, (334 * 10 + 31 * 50) * 14, 1e-6);
    CHECK_NEAR(study.links[1][l1].t, 0, 1e-9);
    assign_study_clear(&study);
    study = run_study(2025, 1, true); /* the average day hides the peak */
    CHECK_INT_EQ(study.slice_count, 1);
    CHECK_NEAR(study.certificate.primal, (334 * 10 + 31 * 60) * 100, 1e-3);
    assign_study_clear(&study);
}

static void threads_do_not_matter(void)
{
    struct assign_study one = run_study(2025, 1, false), two = run_study(2025, 4, false);
    CHECK_INT_EQ(one.capacity_count, two.capacity_count);
    CHECK(memcmp(one.links[0], two.links[0],
                 zhol_corridor_things(corridor, ZHOL_TABLE_link) * sizeof *one.links[0]) == 0);
    for (uint32_t i = 0; i < one.capacity_count; i++) {
        CHECK(one.capacities[i].price == two.capacities[i].price &&
              one.capacities[i].use == two.capacities[i].use);
    }
    CHECK(one.certificate.primal == two.certificate.primal && one.cost_usd == two.cost_usd);
    assign_study_clear(&one);
    assign_study_clear(&two);
}

/* One pair more moves 30 boxes to the short way; the range of the price is 30 of 50 boxes. */
static void one_more_pair_is_worth(void)
{
    struct assign_study study = run_study(2021, 1, true);
    struct assign_worth *worths = NULL;
    uint32_t count = 0;
    CHECK_INT_EQ(assign_worth(&study, 0, &worths, &count), ZHOL_ERROR_OK);
    CHECK_INT_EQ(count, 1);
    CHECK_INT_EQ(study.capacities[worths[0].capacity].resource, resource("R1"));
    CHECK_INT_EQ(worths[0].piece, ASSIGN_PIECE_PAIR);
    CHECK_NEAR(worths[0].piece_usd_day, 30 * 190, 1e-6);
    CHECK_NEAR(worths[0].range.more.price, 9500, 1e-6);
    CHECK_NEAR(worths[0].range.more.range, 0.6, 1e-9);
    CHECK_NEAR(worths[0].range.less.price, 9500, 1e-6);
    CHECK(!study.capacities[worths[0].capacity].assumed);
    free(worths);
    assign_study_clear(&study);
}

/* A crane is a third of the capacity; ten boxes need twenty TEU more. */
static void one_more_crane_and_who_is_short(void)
{
    struct assign_study study = run_study(2022, 1, true);
    struct assign_worth *worths = NULL;
    struct assign_shortage *shortages = NULL;
    struct assign_limit *limits = NULL;
    uint32_t count = 0;
    double left = -1;
    CHECK_INT_EQ(assign_worth(&study, 0, &worths, &count), ZHOL_ERROR_OK);
    CHECK_INT_EQ(count, 1);
    CHECK_INT_EQ(worths[0].piece, ASSIGN_PIECE_SERVER);
    CHECK_NEAR(worths[0].piece_units, 20, 1e-9);
    CHECK_NEAR(worths[0].piece_usd_day, 10 * 220, 1e-6);
    CHECK(study.capacities[worths[0].capacity].assumed);
    CHECK_INT_EQ(assign_study_shortages(&study, &shortages, &count), ZHOL_ERROR_OK);
    CHECK_INT_EQ(count, 1);
    CHECK_INT_EQ(shortages[0].resource, resource("R4"));
    CHECK_NEAR(shortages[0].t, 10 * 14 * 365, 1e-6);
    CHECK_INT_EQ(assign_limits(&study, 0, &limits, &count, &left), ZHOL_ERROR_OK);
    CHECK_INT_EQ(count, 1);
    CHECK_INT_EQ(limits[0].resource, resource("R4"));
    CHECK_NEAR(limits[0].needed, 80, 1e-6);
    CHECK_NEAR(left, 0, 1e-9);
    free(worths);
    free(shortages);
    free(limits);
    assign_study_clear(&study);
}

static void users_of_a_capacity(void)
{
    struct assign_study study = run_study(2023, 1, true);
    struct assign_user *users = NULL;
    uint32_t count = 0;
    CHECK_INT_EQ(assign_study_users(&study, ZHOL_NONE, resource("R1"), ZHOL_NONE, &users, &count),
                 ZHOL_ERROR_OK);
    CHECK_INT_EQ(count, 2); /* there and back */
    CHECK_NEAR(users[0].t, 50 * 14 * 365, 1e-6);
    CHECK_NEAR(users[0].use, 1, 1e-9);
    free(users);
    assign_study_clear(&study);
}

/* 2 h at 50 km/h; a tonne-day worth 12 USD: 14 t x 12 x 2/24 = 14 USD a box on 100 km. */
static void time_is_money(void)
{
    struct zhol_corridor *plain = corridor;
    corridor = read_made("12");
    struct solved it = solve_year(2023, (struct assign_options){0});
    CHECK_NEAR(it.model->wishes[0].free_usd, 100 + 14, 1e-6);
    drop(&it);
    zhol_corridor_free(corridor);
    corridor = plain;
}

static void nothing_wanted_is_said(void)
{
    struct assign_study study;
    struct assign_study_options options = {.from = year_start(2010),
                                           .to = year_start(2011),
                                           .average = true,
                                           .network_day = ZHOL_BLANK_DATE};
    CHECK_INT_EQ(assign_study_run(corridor, &options, &study), ZHOL_ERROR_UNREACHABLE);
    struct assign_change change = {
        .kind = ASSIGN_CHANGE_RESOURCE, .thing = resource("R7"), .value = 1};
    options.from = year_start(2021);
    options.to = year_start(2022);
    options.changes = &change;
    options.change_count = 1;
    CHECK_INT_EQ(assign_study_run(corridor, &options, &study), ZHOL_ERROR_UNKNOWN); /* no road */
}

/* Eighty wagons and boxes go back: fifty wagons by L1 (its pair is free that way), thirty by the
 * long way; boxes ride along and all take L1, with a lift at each end. */
static void empties_go_back(void)
{
    struct assign_study study = run_study(2021, 1, true);
    struct assign_empties empties;
    CHECK_INT_EQ(assign_empties_run(&study, &empties), ZHOL_ERROR_OK);
    CHECK_INT_EQ(empties.kind_count, 3); /* boxes, wagons of 1435 and 1520 mm */
    for (uint32_t k = 0; k < empties.kind_count; k++) {
        const struct assign_empty_kind *kind = &empties.kinds[k];
        double boxes = kind->state == zhol_state_RAIL1435 ? 0 : 80 * 365;
        double usd = kind->state == zhol_state_YARD
                         ? 80 * (100 * ASSIGN_EMPTY_BOX_USD_KM + 2 * ASSIGN_EMPTY_LIFT_USD)
                         : (50 * 100 + 30 * 290) * ASSIGN_EMPTY_WAGON_USD_KM;
        CHECK_NEAR(kind->loaded, boxes, 1e-6);
        CHECK_NEAR(kind->moved, boxes, 1e-6);
        CHECK_NEAR(kind->left, 0, 1e-6);
        CHECK_NEAR(kind->usd, boxes > 0 ? usd * 365 : 0, 1e-3);
    }
    CHECK_INT_EQ(empties.flow_count, 2);
    CHECK(empties.certificate.gap < 1e-9 && empties.certificate.violation < 1e-9);
    assign_empties_clear(&empties);
    assign_study_clear(&study);
    study = run_study(2023, 1, true); /* as many there as back */
    CHECK_INT_EQ(assign_empties_run(&study, &empties), ZHOL_ERROR_OK);
    CHECK_INT_EQ(empties.flow_count, 0);
    assign_empties_clear(&empties);
    assign_study_clear(&study);
}

static struct assign_study_options average_of(int32_t year, uint32_t threads)
{
    return (struct assign_study_options){.from = year_start(year),
                                         .to = year_start(year + 1),
                                         .network_day = ZHOL_BLANK_DATE,
                                         .threads = threads};
}

/* The cranes are drawn from 40 to 90 TEU; eighty are wanted. */
static void draws_are_counted(void)
{
    struct assign_robust one, two;
    struct assign_study_options options = average_of(2022, 1);
    CHECK_INT_EQ(assign_robust(corridor, &options, 40, 7, &one), ZHOL_ERROR_OK);
    options.threads = 3;
    CHECK_INT_EQ(assign_robust(corridor, &options, 40, 7, &two), ZHOL_ERROR_OK);
    CHECK_INT_EQ(one.count, 1);
    CHECK_INT_EQ(one.rows[0].resource, resource("R4"));
    CHECK(one.rows[0].first > 25 && one.rows[0].first < 40);
    CHECK_INT_EQ(one.rows[0].first, one.rows[0].priced);
    CHECK(one.rows[0].price.low >= 0 && one.rows[0].price.middle > 0); /* lengths are drawn too */
    CHECK(one.unmet_t_day.low >= 0 && one.unmet_t_day.high <= 20 * 14 + 1e-9);
    CHECK(one.unmet_t_day.low < one.unmet_t_day.high);
    CHECK(memcmp(&one.cost_usd_day, &two.cost_usd_day, sizeof one.cost_usd_day) == 0);
    CHECK(memcmp(&one.rows[0], &two.rows[0], sizeof one.rows[0]) == 0);
    assign_robust_clear(&one);
    assign_robust_clear(&two);
}

/* The cranes and the price of unmet freight move the answer; the worth of time and another crossing
 * do not, there is none by rail. */
static void effects_are_found(void)
{
    struct assign_sensitivity one, two;
    struct assign_study_options options = average_of(2022, 1);
    bool cranes = false;
    CHECK_INT_EQ(assign_sensitivity(corridor, &options, 8, 3, &one), ZHOL_ERROR_OK);
    options.threads = 3;
    CHECK_INT_EQ(assign_sensitivity(corridor, &options, 8, 3, &two), ZHOL_ERROR_OK);
    CHECK_INT_EQ(one.count, 4);
    CHECK_INT_EQ(one.solves, 8 * 5);
    for (uint32_t i = 0; i < one.count; i++) {
        const struct assign_factor *f = &one.factors[i];
        CHECK(f->cost_mu_star == two.factors[i].cost_mu_star);
        CHECK(f->cost_sigma == two.factors[i].cost_sigma);
        if (f->kind == ASSIGN_FACTOR_CAPACITY) {
            cranes = f->thing == resource("R4") && f->low == 40 && f->high == 90;
            CHECK(f->cost_mu < 0 && f->unmet_mu < 0);
            CHECK(f->unmet_mu_star > 14 * 10 && f->unmet_mu_star < 14 * 25 * 1.5);
        } else if (f->kind == ASSIGN_FACTOR_TIME || f->kind == ASSIGN_FACTOR_LEAVE) {
            CHECK_NEAR(f->cost_mu_star, 0, 1e-9);
        } else {
            CHECK(f->cost_mu > 0);
            CHECK_NEAR(f->unmet_mu_star, 0, 1e-9);
        }
    }
    CHECK(cranes);
    assign_sensitivity_clear(&one);
    assign_sensitivity_clear(&two);
}

int main(void)
{
    corridor = read_made("0");
    RUN(the_short_way_is_full);
    RUN(cranes_leave_some_unmet);
    RUN(goods_are_held_to_their_border);
    RUN(another_crossing_costs);
    RUN(another_route_costs_more);
    RUN(a_pair_is_one_each_way);
    RUN(changes_are_warm);
    RUN(months_have_their_own_peaks);
    RUN(threads_do_not_matter);
    RUN(one_more_pair_is_worth);
    RUN(one_more_crane_and_who_is_short);
    RUN(users_of_a_capacity);
    RUN(time_is_money);
    RUN(nothing_wanted_is_said);
    RUN(empties_go_back);
    RUN(draws_are_counted);
    RUN(effects_are_found);
    zhol_corridor_free(corridor);
    return check_report();
}
