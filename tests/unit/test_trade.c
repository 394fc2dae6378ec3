/* tests/unit/test_trade.c: the ledger of series on the reference corridor: growth, mirrors, sums,
 * and how wide rounding leaves them.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "desk/trade.h"

static void test_rounding(void)
{
    CHECK_NEAR(trade_rounding(27.4), 0.05, 1e-15);
    CHECK_NEAR(trade_rounding(28), 0.5, 1e-15);
    CHECK_NEAR(trade_rounding(0.817), 0.0005, 1e-15);
    CHECK_NEAR(trade_rounding(-6.25), 0.005, 1e-15);
    struct trade_value a = {5.9, 5.85, 5.95}, b = {6.3, 6.25, 6.35};
    /* the article prints -5 %: anything from -7.9 to -4.8 is possible */
    CHECK_NEAR(trade_over(a, b).low - 1, 5.85 / 6.35 - 1, 1e-15);
    CHECK_NEAR(trade_over(a, b).high - 1, 5.95 / 6.25 - 1, 1e-15);
    CHECK_NEAR(trade_minus(a, b).low, 5.85 - 6.35, 1e-15);
    CHECK(isnan(trade_over(a, (struct trade_value){0.2, -0.1, 0.5}).value));
}

static const struct trade_series *named(const struct trade *trade, const char *id)
{
    for (uint32_t i = 0; i < trade->series_count; i++) {
        if (strcmp(zhol_corridor_id(trade->corridor, ZHOL_TABLE_series, trade->series[i].thing),
                   id) == 0) {
            return &trade->series[i];
        }
    }
    CHECK_FAIL("no series %s", id);
    return &trade->series[0];
}

static void check_growth(const struct trade *trade)
{
    const struct trade_series *series = named(trade, "SE.KZ-CN-RAIL-JAN-APR");
    const struct trade_point *point = &trade->points[series->first + 1];
    CHECK_INT_EQ(series->count, 2);
    CHECK_INT_EQ(point->years, 1);
    CHECK_NEAR(point->growth.value, 11.4 / 10.1 - 1, 1e-12);
    CHECK(point->growth.low < 0.13 && point->growth.high > 0.13); /* the article's +13 % */
    series = named(trade, "SE.KZ-CN-RAIL");
    point = &trade->points[series->first + 2]; /* 2016 against 2013 */
    CHECK_INT_EQ(point->years, 3);
    CHECK_NEAR(pow(1 + point->growth_year.value, 3), 8.3 / 19.4, 1e-12);
    CHECK(isnan(trade->points[series->first + 3].value.value)); /* 2019: a gap stays one */
    CHECK(isnan(trade->points[series->first + 3].growth.value));
}

static void check_relations(const struct trade *trade)
{
    uint32_t mirrors = 0, sums = 0;
    for (uint32_t i = 0; i < trade->gap_count; i++) {
        const struct trade_gap *gap = &trade->gaps[i];
        if (trade_series_of(trade, gap->a) == named(trade, "SE.KZ-CN-RAIL")) {
            mirrors++;
            CHECK_NEAR(gap->difference.value, -4.5, 1e-9);
            CHECK_NEAR(gap->share.value, -4.5 / 29.75, 1e-9);
            CHECK(!gap->explained);
        }
    }
    for (uint32_t i = 0; i < trade->sum_count; i++) {
        const struct trade_sum *sum = &trade->sums[i];
        const struct trade_series *whole = trade_series_of(trade, sum->whole);
        CHECK(sum->verdict != TRADE_EXCEEDS && sum->verdict != TRADE_REST_STRANGE);
        if (whole == named(trade, "SE.TRADE-ARTICLE-Q1")) {
            sums++;
            CHECK_NEAR(sum->rest.value, -0.1, 1e-9); /* 5.9 = 2.5 + 3.5, within rounding */
            CHECK_INT_EQ(sum->verdict, TRADE_ADDS_UP);
        } else if (whole == named(trade, "SE.TRADE-CN")) {
            sums++;
            CHECK_INT_EQ(sum->verdict, TRADE_REST_OPEN);
        }
    }
    CHECK_INT_EQ(mirrors, 1);
    CHECK_INT_EQ(sums, 2);
    CHECK_INT_EQ(trade->worth_count, 1);
    CHECK_NEAR(trade->worths[0].usd_t.value, 4.1e9 / 1.29e6, 1e-6);
}

static const char *root;

static void test_reference(void)
{
    char folder[1024];
    struct zhol_corridor *corridor = NULL;
    struct trade trade;
    snprintf(folder, sizeof folder, "%s/corridors/china-kazakhstan", root);
    CHECK_INT_EQ(zhol_corridor_read(folder, NULL, NULL, &corridor), ZHOL_ERROR_OK);
    if (!corridor) {
        return;
    }
    CHECK_INT_EQ(trade_make(corridor, &trade), ZHOL_ERROR_OK);
    check_growth(&trade);
    check_relations(&trade);
    trade_clear(&trade);
    zhol_corridor_free(corridor);
}

int main(int argc, char **argv)
{
    root = argc > 1 ? argv[1] : ".";
    RUN(test_rounding);
    RUN(test_reference);
    return check_report();
}
