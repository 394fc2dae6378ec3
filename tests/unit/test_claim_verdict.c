/* tests/unit/test_claim_verdict.c: intervals of formulas, and what they decide of the figures of
 * the reference corridor; the same answers from any number of threads.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "check.h"
#include "desk/claim_tally.h"
#include "desk/claim_verdict.h"
#include "desk/formula.h"
#include "report/claim_text.h"
#include "report/study_claims.h"

static char dir[1024];
static struct zhol_corridor *corridor;

/* ---- Formulas with limits ---- */

static struct trade_value range_of(const char *formula)
{
    struct buffer problem;
    struct trade_value range;
    buffer_init(&problem);
    if (formula_range(corridor, formula, &range, &problem)) {
        CHECK_FAIL("%s: %s", formula, buffer_get(&problem));
    }
    buffer_clear(&problem);
    return range;
}

static void check_range(const char *formula, double value, double low, double high)
{
    struct trade_value range = range_of(formula);
    CHECK_NEAR(range.value, value, 1e-9 * fmax(1, fabs(value)));
    CHECK_NEAR(range.low, low, 1e-9 * fmax(1, fabs(low)));
    CHECK_NEAR(range.high, high, 1e-9 * fmax(1, fabs(high)));
}

static void test_ranges(void)
{
    check_range("2{1.5..3}", 2, 1.5, 3);
    check_range("2{1..3} * -4{4..5}", -8, -15, -4);
    check_range("6 / 2{1..3}", 3, 2, 6);
    check_range("1 - 2{1..3}", -1, -2, 0);
    check_range("[O.AF155] + [O.AF157]", 6.0, 5.9, 6.1); /* 2.5 and 3.5, rounded */
    check_range("[O.AF095]", 21, 19, 23);                /* a printed range */
    check_range("day(1970-01-02) + 1", 2, 2, 2);         /* exact */
    check_range("100 * ([O.AF152] / [O.AF154] - 1)", 100 * (5.9 / 6.3 - 1), 100 * (5.85 / 6.35 - 1),
                100 * (5.95 / 6.25 - 1));
    CHECK(isinf(range_of("1 / 1{0..2}").high));
}

static void test_faults(void)
{
    static const char *const faults[] = {"2{3..4}", "2{1..", "2{1,3}", "day(x)", "2{}"};
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        struct buffer problem;
        struct trade_value range;
        buffer_init(&problem);
        CHECK(formula_range(corridor, faults[i], &range, &problem) != ZHOL_ERROR_OK);
        CHECK(isnan(range.value) && buffer_get(&problem)[0]);
        buffer_clear(&problem);
    }
}

/* ---- Verdicts ---- */

static uint32_t number_of(const struct claim_answers *answers, const char *id)
{
    uint32_t count;
    const struct zhol_claim_test *rows = zhol_corridor_claim_test(corridor, &count);
    for (uint32_t i = 0; i < answers->count; i++) {
        const char *own = zhol_corridor_id(corridor, ZHOL_TABLE_claim_test,
                                           rows[answers->items[i].row].claim_test_id);
        if (strcmp(own, id) == 0) {
            return i;
        }
    }
    CHECK_FAIL("no row %s", id);
    return 0;
}

static void check_verdict(const struct claim_answers *answers, const char *id,
                          enum claim_verdict verdict)
{
    CHECK_STR_EQ(claim_verdict_text(answers->items[number_of(answers, id)].verdict),
                 claim_verdict_text(verdict));
}

/* What rows alone decide: the claims that the issue names among them. */
static void test_rows(void)
{
    struct claims_options options;
    struct claim_answers answers;
    claims_options_init(&options, dir);
    options.model = false;
    CHECK_INT_EQ(claims_answer(corridor, &options, &answers), ZHOL_ERROR_OK);
    for (uint32_t i = 0; i < answers.count; i++) {
        CHECK_STR_EQ(answers.items[i].problem ? answers.items[i].problem : "", "");
    }
    check_verdict(&answers, "CT.AF152", CLAIM_CONSISTENT);   /* 5.9 = 2.5 + 3.5 */
    check_verdict(&answers, "CT.AF153", CLAIM_CONSISTENT);   /* -5 %: rounding allows it */
    check_verdict(&answers, "CT.AF091", CLAIM_CONSISTENT);   /* 11.4 Mt */
    check_verdict(&answers, "CT.AF092", CLAIM_CONSISTENT);   /* +13 % */
    check_verdict(&answers, "CT.AF105", CLAIM_INCONSISTENT); /* 72 % of no published base */
    check_verdict(&answers, "CT.AF106", CLAIM_INCONSISTENT); /* 2 % */
    check_verdict(&answers, "CT.AF206", CLAIM_INCONSISTENT); /* 11.18 of 20 Mt of oil */
    check_verdict(&answers, "CT.AF116", CLAIM_CONSISTENT);   /* 35 + 10 bcm */
    check_verdict(&answers, "CT.AF114", CLAIM_UNDECIDED);    /* a plan */
    check_verdict(&answers, "CT.AF117", CLAIM_UNDECIDED);    /* the register repeats the claim */
    check_verdict(&answers, "CT.AF080", CLAIM_INCONSISTENT);
    check_verdict(&answers, "CT.AF081", CLAIM_INCONSISTENT); /* the road, not the straight line */
    check_verdict(&answers, "CT.AF081.2", CLAIM_CONSISTENT);
    check_verdict(&answers, "CT.AF087.2", CLAIM_BESIDE);   /* traffic beside a nameplate */
    check_verdict(&answers, "CT.AF209", CLAIM_CONSISTENT); /* > 0 */
    CHECK(isinf(answers.items[number_of(&answers, "CT.AF209")].claimed.high));
    check_verdict(&answers, "CT.NP-DOSTYK-TRAINS-DTT", CLAIM_CONSISTENT); /* room for >= 14 */
    check_verdict(&answers, "CT.NP-DOSTYK-WAGONS-DAY", CLAIM_BESIDE);
    check_verdict(&answers, "CT.ROUTE-CHENGDU-LODZ", CLAIM_INCONSISTENT);
    check_verdict(&answers, "CT.ROUTE-ZHENGZHOU-HAMBURG", CLAIM_CONSISTENT);
    /* One prediction serves claims and calibration: its interval is too wide to test anything. */
    check_verdict(&answers, "CT.BT-CN-RAIL-BORDER-CROSSING-TIME-2023", CLAIM_UNDECIDED);
    CHECK(answers.items[number_of(&answers, "CT.BT-CN-RAIL-BORDER-CROSSING-TIME-2023")].too_wide);
    claims_clear(&answers);
}

/* The verdict that the two intervals of a row give by the law printed above the tables; the count
 * of verdicts where there is none to give. */
static enum claim_verdict law_of(const struct claim_answer *it, bool promise, bool most,
                                 bool stated)
{
    double slack = 1e-6 * fmax(1, fmax(fabs(it->model.value), fabs(it->claimed.value)));
    struct trade_value claim = {it->claimed.value, it->claimed.low - slack,
                                it->claimed.high + slack};
    if (!promise) {
        bool meet = it->model.high >= claim.low && it->model.low <= claim.high;
        return meet ? CLAIM_CONSISTENT : CLAIM_INCONSISTENT;
    }
    double easy = most ? it->claimed.high + slack : it->claimed.low - slack;
    double hard = most ? it->claimed.low + slack : it->claimed.high - slack;
    bool all =
        most ? it->model.high <= (stated ? hard : easy) : it->model.low >= (stated ? hard : easy);
    bool some = most ? it->model.low <= easy : it->model.high >= easy;
    return all ? CLAIM_REACHABLE : some ? CLAIM_OPEN : CLAIM_NOT_REACHABLE;
}

/* Nothing but the two intervals that a row shows decides. How many rows were judged so. */
static uint32_t check_law(const struct claim_answers *answers)
{
    uint32_t count, judged = 0;
    const struct zhol_claim_test *tests = zhol_corridor_claim_test(answers->corridor, &count);
    const struct zhol_commitment *promises = zhol_corridor_commitment(answers->corridor, &count);
    for (uint32_t i = 0; i < answers->count; i++) {
        const struct claim_answer *it = &answers->items[i];
        const struct zhol_claim_test *test = &tests[it->row];
        bool promise = test->commitment_id != ZHOL_NONE, most = false;
        if (it->verdict > CLAIM_OPEN) {
            continue;
        }
        if (promise) {
            uint32_t begin, end;
            zhol_corridor_rows(answers->corridor, ZHOL_TABLE_commitment, test->commitment_id,
                               &begin, &end);
            most = promises[begin].comparator == zhol_comparator_AT_MOST ||
                   promises[begin].comparator == zhol_comparator_BY_DATE;
        }
        CHECK_STR_EQ(claim_verdict_text(it->verdict),
                     claim_verdict_text(law_of(it, promise, most, test->claimed != 0)));
        CHECK(isfinite(it->claimed.low) || isfinite(it->claimed.high)); /* it can be missed */
        judged++;
    }
    return judged;
}

/* What is held against another interval than that of the printed figure shows it, and a tolerance
 * has its reason in the row. */
static void check_shown(const struct claim_answers *answers, enum report_lang lang)
{
    for (uint32_t i = 0; i < answers->count; i++) {
        struct claim_text text = claim_text_of(answers, i, lang);
        struct buffer model, remark;
        bool other = text.test->claimed || !isnan(text.test->tolerance);
        buffer_init(&model);
        buffer_init(&remark);
        claim_text_model(&text, &model);
        claim_text_remark(&text, &remark);
        if (text.answer->verdict <= CLAIM_OPEN && other) {
            CHECK(strstr(buffer_get(&model), lang == REPORT_RU ? " против " : " against "));
        }
        if (!isnan(text.test->tolerance)) {
            CHECK(text.test->why && text.test->why_ru && buffer_get(&remark)[0]);
        }
        buffer_clear(&model);
        buffer_clear(&remark);
    }
}

static void check_corridor(const char *folder, uint32_t least)
{
    struct claims_options options;
    struct claim_answers answers;
    struct zhol_corridor *own = NULL;
    CHECK_INT_EQ(zhol_corridor_read(folder, NULL, NULL, &own), ZHOL_ERROR_OK);
    claims_options_init(&options, folder);
    options.model = false;
    CHECK_INT_EQ(claims_answer(own, &options, &answers), ZHOL_ERROR_OK);
    CHECK(check_law(&answers) >= least);
    check_shown(&answers, REPORT_EN);
    check_shown(&answers, REPORT_RU);
    claims_clear(&answers);
    zhol_corridor_free(own);
}

static void test_intervals_decide(void)
{
    char other[sizeof dir + 16];
    check_corridor(dir, 60);
    snprintf(other, sizeof other, "%s/../silk-road", dir);
    check_corridor(other, 0);
}

/* Results of the model stand apart from sums, and a stated aim counts once: as the promise. */
static void test_tally(void)
{
    struct claims_options options;
    struct claim_answers answers;
    uint32_t count, figures = 0;
    const struct zhol_observation *rows = zhol_corridor_observation(corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        figures += rows[i].role == zhol_role_CLAIM;
    }
    claims_options_init(&options, dir);
    options.model = false;
    CHECK_INT_EQ(claims_answer(corridor, &options, &answers), ZHOL_ERROR_OK);
    struct claim_tally claims = claims_tally(&answers, zhol_role_CLAIM);
    struct claim_tally checks = claims_tally(&answers, zhol_role_CHECK);
    struct claim_tally promises = claims_tally_promises(&answers);
    CHECK(claims.aims > 0);
    CHECK_INT_EQ(claims.all + claims.aims, figures);
    zhol_corridor_commitment(corridor, &count);
    CHECK_INT_EQ(promises.all, count);
    CHECK_INT_EQ(claims.model[CLAIM_CONSISTENT], 0); /* flows and days were not asked */
    CHECK(claims.rows[CLAIM_CONSISTENT] > 10);       /* sums and registers */
    CHECK(checks.model[CLAIM_INCONSISTENT] >= 4);    /* lengths and the border time */
    CHECK_INT_EQ(promises.model[CLAIM_KEPT], 0);     /* evidence is not the model */
    CHECK(promises.rows[CLAIM_KEPT] > 0);
    CHECK(!claim_is_computed(zhol_claim_method_DEMAND));
    CHECK(checks.within >= 3); /* counts beside a capacity are no agreement of the model */
    uint32_t sum = checks.within + checks.above;
    for (unsigned v = 0; v < CLAIM_VERDICT_COUNT; v++) {
        sum += checks.model[v] + checks.rows[v];
    }
    CHECK_INT_EQ(sum, checks.all); /* none is lost */
    claims_clear(&answers);
}

static void check_remark(const struct claim_answers *answers, const char *id, enum report_lang lang,
                         const char *part)
{
    struct buffer remark;
    struct claim_text text = claim_text_of(answers, number_of(answers, id), lang);
    buffer_init(&remark);
    claim_text_remark(&text, &remark);
    CHECK(strstr(buffer_get(&remark), part));
    buffer_clear(&remark);
}

static void check_words(const struct claim_answers *answers, const char *id, enum report_lang lang,
                        const char *words)
{
    struct claim_text text = claim_text_of(answers, number_of(answers, id), lang);
    CHECK_STR_EQ(claim_text_verdict(&text), words);
}

/* A count beside a capacity has words of its own; what counts verdicts does not see them. */
static void test_words(void)
{
    struct claims_options options;
    struct claim_answers answers;
    claims_options_init(&options, dir);
    options.model = false;
    CHECK_INT_EQ(claims_answer(corridor, &options, &answers), ZHOL_ERROR_OK);
    check_remark(&answers, "CT.AF105", REPORT_EN, "the intervals are 15 percentage points apart");
    check_words(&answers, "CT.NP-BREST-TRAINS", REPORT_EN, "within the capacity");
    check_words(&answers, "CT.NP-BREST-TRAINS", REPORT_RU, "в пределах мощности");
    check_words(&answers, "CT.RUN-DOSTYK-MOIYNTY", REPORT_EN, "within the limit stated");
    check_words(&answers, "CT.AF209", REPORT_EN, "consistent"); /* any growth */
    check_remark(&answers, "CT.BT-CN-RAIL-BORDER-CROSSING-TIME-2021", REPORT_EN, "at the edge");
    check_verdict(&answers, "CT.AF078", CLAIM_BESIDE); /* two first dates: not judged */
    struct claim_text text =
        claim_text_of(&answers, number_of(&answers, "CT.NP-BREST-TRAINS"), REPORT_EN);
    CHECK_STR_EQ(claim_text_kind(&text), "consistent");
    claims_clear(&answers);
}

/* A promise whose day has passed is never open: its evidence decides, on the day asked for. */
static void test_past(void)
{
    struct claims_options options;
    struct claim_answers answers;
    claims_options_init(&options, dir);
    options.model = false;
    CHECK_INT_EQ(claims_answer(corridor, &options, &answers), ZHOL_ERROR_OK);
    check_verdict(&answers, "CT.P.OSJD-2024", CLAIM_KEPT);
    check_verdict(&answers, "CT.P.TRUCKS-1000-2025", CLAIM_NOT_KEPT);
    check_verdict(&answers, "CT.P.KHORGOS-540K", CLAIM_NOT_KEPT);
    check_verdict(&answers, "CT.P.DOSTYK-28", CLAIM_PAST);
    check_verdict(&answers, "CT.P.BAKHTY-2027", CLAIM_OPEN);
    check_verdict(&answers, "CT.P.DARBAZA-2026", CLAIM_UNDECIDED);
    claims_clear(&answers);
    options.day = time_days((struct time_date){2030, 1, 1});
    CHECK_INT_EQ(claims_answer(corridor, &options, &answers), ZHOL_ERROR_OK);
    check_verdict(&answers, "CT.P.BAKHTY-2027", CLAIM_PAST);
    uint32_t count;
    const struct zhol_claim_test *rows = zhol_corridor_claim_test(corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        const struct claim_text text = claim_text_of(&answers, i, REPORT_EN);
        bool past =
            text.promise && text.promise->due != ZHOL_BLANK_DATE && text.promise->due < options.day;
        CHECK(rows[i].commitment_id == ZHOL_NONE || !past ||
              answers.items[i].verdict != CLAIM_OPEN);
    }
    claims_clear(&answers);
}

/* A promise of a year is shown with the figure that kept it, not with that of a later year. */
static void test_latest(void)
{
    struct commitments all;
    uint32_t count, found = 0;
    const struct zhol_commitment *rows = zhol_corridor_commitment(corridor, &count);
    CHECK_INT_EQ(commitments_judge(corridor, zhol_corridor_about(corridor).as_of, &all),
                 ZHOL_ERROR_OK);
    for (uint32_t i = 0; i < all.count; i++) {
        const struct commitment_view *view = &all.views[i];
        const char *id =
            zhol_corridor_id(corridor, ZHOL_TABLE_commitment, rows[view->row].commitment_id);
        if (strcmp(id, "C.OSJD-2023") == 0) {
            CHECK_NEAR(all.evidence[view->latest].value, 28, 0.5);
            CHECK_NEAR(view->progress, (28.0 - 23) / (26.1 - 23), 0.2);
            found++;
        } else if (strcmp(id, "C.OSJD-2024") == 0) {
            CHECK_NEAR(all.evidence[view->latest].value, 32, 0.5);
            CHECK(isnan(view->progress)); /* 28 Mt were above 27.8 before */
            found++;
        }
    }
    CHECK_INT_EQ(found, 2);
    commitments_clear(&all);
}

/* Every claim, check and promise has one deciding row, and an undecided one a reason. */
static void test_whole(void)
{
    struct claims_options options;
    struct claim_answers answers;
    uint32_t count;
    claims_options_init(&options, dir);
    options.model = false;
    CHECK_INT_EQ(claims_answer(corridor, &options, &answers), ZHOL_ERROR_OK);
    const struct zhol_observation *figures = zhol_corridor_observation(corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        bool open = figures[i].role == zhol_role_CLAIM || figures[i].role == zhol_role_CHECK;
        CHECK((claims_of_observation(&answers, figures[i].observation_id) != NULL) == open);
    }
    const struct zhol_commitment *promises = zhol_corridor_commitment(corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        CHECK(claims_of_commitment(&answers, promises[i].commitment_id) != NULL);
    }
    for (uint32_t i = 0; i < answers.count; i++) {
        struct buffer remark;
        struct claim_text text = claim_text_of(&answers, i, REPORT_RU);
        buffer_init(&remark);
        claim_text_remark(&text, &remark);
        CHECK(text.test->method != zhol_claim_method_NONE || buffer_get(&remark)[0]);
        CHECK(text.promise || text.test->figure_ru);
        buffer_clear(&remark);
    }
    claims_clear(&answers);
}

/* ---- The model ---- */

/* Asks only the rows that begin so. */
static void ask(const char *const *prefixes, uint32_t threads, uint32_t draws,
                struct claim_answers *answers)
{
    uint32_t count;
    struct claims_options options;
    const struct zhol_claim_test *rows = zhol_corridor_claim_test(corridor, &count);
    uint8_t *wanted = calloc((size_t)count + 1, 1);
    CHECK(wanted != NULL);
    for (uint32_t i = 0; i < count; i++) {
        const char *id = zhol_corridor_id(corridor, ZHOL_TABLE_claim_test, rows[i].claim_test_id);
        for (const char *const *prefix = prefixes; *prefix; prefix++) {
            wanted[i] = wanted[i] || strncmp(id, *prefix, strlen(*prefix)) == 0;
        }
    }
    claims_options_init(&options, dir);
    options.wanted = wanted;
    options.threads = threads;
    options.draws = draws;
    CHECK_INT_EQ(claims_answer(corridor, &options, answers), ZHOL_ERROR_OK);
    free(wanted);
}

/* A row at the edge says how far off it is; one that misses says by how much. */
static void check_distances(const struct claim_answers *answers)
{
    check_remark(answers, "CT.AF097", REPORT_EN, "only what rounding leaves");
    check_remark(answers, "CT.AF097", REPORT_RU, "оставляет округление");
    check_remark(answers, "CT.AF095.3", REPORT_EN, "the intervals are 4.2 days apart");
}

/* What is named as longest is never longer than what it is a part of, which is told. */
static void check_parts(const struct claim_answers *answers)
{
    uint32_t seen = 0;
    for (uint32_t i = 0; i < answers->count; i++) {
        const struct claim_answer *item = &answers->items[i];
        double sum = 0;
        for (uint32_t k = 0; k < item->bind_count; k++) {
            sum += item->binds[k].days;
        }
        if (item->bind_count && !isnan(sum)) {
            CHECK(sum <= item->parts_of_days + 1e-9);
            seen++;
        }
    }
    CHECK(seen > 5);
    check_remark(answers, "CT.AF095.3", REPORT_EN, "days at usual times: ");
    check_remark(answers, "CT.AF095.3", REPORT_RU, "суток по обычным временам: ");
}

static void test_days(void)
{
    static const char *const prefixes[] = {"CT.AF095", "CT.AF097", "CT.AF100", NULL};
    struct claim_answers answers;
    ask(prefixes, 1, 0, &answers);
    check_verdict(&answers, "CT.AF095", CLAIM_CONSISTENT);      /* to the Black Sea */
    check_verdict(&answers, "CT.AF095.3", CLAIM_INCONSISTENT);  /* not the block train */
    check_verdict(&answers, "CT.AF095.4", CLAIM_INCONSISTENT);  /* not the northern route */
    check_verdict(&answers, "CT.AF097", CLAIM_UNDECIDED);       /* 6 days: by rounding only */
    check_verdict(&answers, "CT.AF100", CLAIM_OPEN);            /* at best, plans of 2027 built */
    check_verdict(&answers, "CT.AF100.4", CLAIM_NOT_REACHABLE); /* not as it is */
    const struct claim_answer *one = &answers.items[number_of(&answers, "CT.AF095")];
    CHECK(one->model.low < one->model.value && one->model.value < one->model.high);
    CHECK(one->bind_count == CLAIM_BINDS && one->binds[0].days >= one->binds[1].days);
    check_parts(&answers);
    /* To Constanta by the ship that is sold, not by the railway round the sea. */
    const struct claim_answer *ship = &answers.items[number_of(&answers, "CT.AF100.4")];
    const struct claim_answer *europe = &answers.items[number_of(&answers, "CT.AF095.2")];
    CHECK_STR_EQ(ship->binds[0].id, "SV.sea.poti-constanta");
    CHECK(europe->model.value > 28 && europe->model.high - europe->model.low > 15);
    check_remark(&answers, "CT.AF097", REPORT_EN, "one sentence mixes two routes");
    check_distances(&answers);
    CHECK(check_law(&answers) > 0);
    claims_clear(&answers);
}

static void test_flows(void)
{
    static const char *const prefixes[] = {"CT.AF099", NULL};
    struct claim_answers one, two;
    ask(prefixes, 1, 1, &one);
    ask(prefixes, 2, 1, &two);
    const struct claim_answer *plan = &one.items[number_of(&one, "CT.AF099")];
    const struct claim_answer *now = &one.items[number_of(&one, "CT.AF099.2")];
    CHECK(plan->model.value > now->model.value); /* what is built carries more */
    CHECK(plan->bind_count > 0 && isnan(plan->binds[0].days));
    /* Where the route's own freight pays most: its port, not the dearest border of the network. */
    CHECK_STR_EQ(plan->binds[0].id, "R.ALAT.port");
    CHECK(plan->model.low <= plan->model.value && plan->model.value <= plan->model.high);
    CHECK(now->model.value > 2 && now->model.value < 10);
    for (uint32_t i = 0; i < one.count; i++) {
        CHECK(memcmp(&one.items[i].model, &two.items[i].model, sizeof one.items[i].model) == 0);
    }
    claims_clear(&one);
    claims_clear(&two);
}

/* Capacity has one notion: all flows grow together. The most of any mix is more, in heavier
 * trains; and the interval holds what draws give, so the verdict hangs on no number of them. */
static void test_room(void)
{
    static const char *const prefixes[] = {"CT.AF087", "CT.AF098", NULL};
    struct claim_answers plain, drawn;
    ask(prefixes, 2, 0, &plain);
    ask(prefixes, 1, 2, &drawn);
    const struct claim_answer *room = &plain.items[number_of(&plain, "CT.AF087.3")];
    const struct claim_answer *any = &plain.items[number_of(&plain, "CT.AF087.4")];
    const struct claim_answer *route = &plain.items[number_of(&plain, "CT.AF098.2")];
    const struct claim_answer *again = &drawn.items[number_of(&drawn, "CT.AF098.2")];
    CHECK(room->factor > 1 && room->factor < 1.3); /* 35.5 Mt are carried in 2025 */
    CHECK_NEAR(room->model.value, 35.5 * room->factor, 1);
    CHECK(room->model.low < room->model.value && room->model.value < room->model.high);
    CHECK(any->model.value > 1.3 * room->model.value && isnan(any->factor));
    CHECK(room->t_per_train > 800 && room->t_per_train < any->t_per_train);
    CHECK(room->bind_count > 0);
    check_remark(&plain, "CT.AF087.3", REPORT_EN, "at most 1 % left behind");
    check_remark(&plain, "CT.AF087.3", REPORT_RU, "состав как в 2025 году");
    CHECK(route->model.low < 0.8 * route->model.value && route->model.high > route->model.value);
    CHECK_INT_EQ(route->verdict, again->verdict);
    CHECK(again->model.low <= route->model.low && again->model.high >= route->model.high);
    CHECK_INT_EQ(room->verdict, drawn.items[room->row].verdict);
    CHECK(check_law(&plain) > 0);
    claims_clear(&plain);
    claims_clear(&drawn);
}

/* Kits of the car plant are freight: at the stated inputs they fit, at the least capacities the
 * freight of the year does not fit itself, so the promise is open; and the last box costs more than
 * on a free network. */
static void test_added(void)
{
    static const char *const prefixes[] = {"CT.P.CARS-90000", NULL};
    struct claim_answers answers;
    ask(prefixes, 2, 0, &answers);
    const struct claim_answer *kits = &answers.items[number_of(&answers, "CT.P.CARS-90000")];
    CHECK_INT_EQ(kits->verdict, CLAIM_OPEN);
    CHECK_NEAR(kits->claimed.value, 60000, 1);
    CHECK_NEAR(kits->model.value, 60000 * kits->factor, 1);
    CHECK(kits->model.low < 1 && kits->model.value > 45000 && kits->model.value < 200000);
    CHECK(kits->last_usd > kits->last_free_usd + 10 && kits->last_free_usd > 1000);
    CHECK(kits->bind_count > 0);
    check_remark(&answers, "CT.P.CARS-90000", REPORT_EN, "the last TEU costs");
    check_remark(&answers, "CT.P.CARS-90000", REPORT_RU, "сверх груза 2025 года");
    const struct claim_answer *costs = &answers.items[number_of(&answers, "CT.P.CARS-90000.3")];
    CHECK_INT_EQ(costs->verdict, CLAIM_BESIDE);
    CHECK(costs->model.value < 0); /* it is no saving */
    claims_clear(&answers);
}

/* What the line carries comes from Dostyk and Altynkol, on whichever gauge it crossed there. */
static void test_relief(void)
{
    static const char *const prefixes[] = {"CT.AF089.2", "CT.AF090", NULL};
    struct claim_answers answers;
    ask(prefixes, 2, 0, &answers);
    double carried = answers.items[number_of(&answers, "CT.AF089.2")].model.value;
    double relief = answers.items[number_of(&answers, "CT.AF090")].model.value;
    CHECK(carried > 1);
    CHECK_NEAR(-relief, carried, 0.2 * carried);
    check_verdict(&answers, "CT.AF089.2", CLAIM_BESIDE);
    check_verdict(&answers, "CT.AF090", CLAIM_CONSISTENT); /* < 0 */
    CHECK(check_law(&answers) > 0);
    claims_clear(&answers);
}

/* ---- Sections ---- */

static void check_sections(const struct claim_answers *answers, enum report_lang lang)
{
    struct document document;
    struct commitments commitments;
    struct study_calibration calibration;
    struct buffer out;
    buffer_init(&out);
    CHECK_INT_EQ(commitments_judge(corridor, zhol_corridor_about(corridor).as_of, &commitments),
                 ZHOL_ERROR_OK);
    CHECK_INT_EQ(study_calibration_make(corridor, dir, &calibration), ZHOL_ERROR_OK);
    document_init(&document, corridor, lang, "study", "test");
    study_section_calibration(corridor, &calibration, &document);
    study_section_claims(answers, &document);
    study_section_commitments(answers, &commitments, &document);
    CHECK_INT_EQ(document_write_html(&document, &out), ZHOL_ERROR_OK);
    CHECK_INT_EQ(document.count, 3);
    uint32_t rows = 0;
    static const char *const keys[] = {"claims", "checks", "claims_undecided", "commitments"};
    for (unsigned i = 0; i < 4; i++) {
        rows += document_find(&document, keys[i])->row_count;
    }
    CHECK_INT_EQ(rows, answers->count); /* none is left out */
    CHECK(document_find(&document, "calibration_fit")->row_count >= 8);
    CHECK(document_find(&document, "calibration_held_back")->row_count >= 4);
    document_clear(&document);
    study_calibration_clear(&calibration);
    commitments_clear(&commitments);
    buffer_clear(&out);
}

static void test_sections(void)
{
    struct claims_options options;
    struct claim_answers answers;
    claims_options_init(&options, dir);
    options.model = false;
    CHECK_INT_EQ(claims_answer(corridor, &options, &answers), ZHOL_ERROR_OK);
    check_sections(&answers, REPORT_EN);
    check_sections(&answers, REPORT_RU);
    claims_clear(&answers);
}

int main(int argc, char **argv)
{
    snprintf(dir, sizeof dir, "%s/corridors/china-kazakhstan", argc > 1 ? argv[1] : ".");
    CHECK_INT_EQ(zhol_corridor_read(dir, NULL, NULL, &corridor), ZHOL_ERROR_OK);
    RUN(test_ranges);
    RUN(test_faults);
    RUN(test_rows);
    RUN(test_intervals_decide);
    RUN(test_tally);
    RUN(test_words);
    RUN(test_past);
    RUN(test_latest);
    RUN(test_whole);
    RUN(test_days);
    RUN(test_flows);
    RUN(test_room);
    RUN(test_added);
    RUN(test_relief);
    RUN(test_sections);
    zhol_corridor_free(corridor);
    return check_report();
}
