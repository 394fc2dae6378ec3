/* tests/property/test_checks_held_out.c: figures that are there to check fit nothing.
 *
 * Every check and claim is made ten times as large: networks, border times and the demand that is
 * fitted must not change by a bit. Then the figures that may fit are changed, and the fit follows:
 * so the first half is not true for want of looking.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zhol/network.h>

#include "base/time.h"
#include "check.h"
#include "desk/calibrate.h"
#include "desk/demand.h"

static char dir[1024];

/* What is fitted, as bytes. */
struct fitted {
    struct calibrate_fit border;
    struct buffer demand;
    unsigned char *network;
    size_t network_size;
};

static void fit_border(const struct zhol_corridor *corridor, struct calibrate_fit *fit)
{
    struct zhol_report report;
    struct calibrate_targets targets;
    struct calibrate_changes changes;
    char path[1200];
    snprintf(path, sizeof path, "%s/calibration/changes.csv", dir);
    zhol_report_init(&report, 20);
    memset(fit, 0, sizeof *fit);
    CHECK_INT_EQ(calibrate_changes_read(path, &report, &changes), ZHOL_ERROR_OK);
    calibrate_targets(corridor, &targets);
    CHECK_INT_EQ(calibrate_fit(&targets, &changes, fit), ZHOL_ERROR_OK);
    calibrate_changes_clear(&changes);
    zhol_report_clear(&report);
}

static void fit_demand(const struct zhol_corridor *corridor, struct buffer *out)
{
    struct demand_fit fits[4];
    uint32_t count;
    int32_t *years;
    buffer_init(out);
    CHECK_INT_EQ(demand_years(corridor, &years, &count), ZHOL_ERROR_OK);
    CHECK(count > 0 && count <= 4);
    for (uint32_t i = 0; i < count; i++) {
        CHECK_INT_EQ(demand_make(corridor, years[i], &fits[i]), ZHOL_ERROR_OK);
    }
    CHECK_INT_EQ(demand_write(corridor, fits, count, out), ZHOL_ERROR_OK);
    for (uint32_t i = 0; i < count; i++) {
        demand_clear(&fits[i]);
    }
    free(years);
}

static void fit_all(const struct zhol_corridor *corridor, struct fitted *fitted)
{
    struct zhol_network *network;
    struct zhol_network_options options = {.day = ZHOL_BLANK_DATE};
    fit_border(corridor, &fitted->border);
    fit_demand(corridor, &fitted->demand);
    CHECK_INT_EQ(zhol_network_compile(corridor, &options, NULL, &network), ZHOL_ERROR_OK);
    const void *block = zhol_network_block(network, &fitted->network_size);
    fitted->network = malloc(fitted->network_size);
    CHECK(fitted->network != NULL);
    memcpy(fitted->network, block, fitted->network_size);
    zhol_network_free(network);
}

static void clear_all(struct fitted *fitted)
{
    buffer_clear(&fitted->demand);
    free(fitted->network);
}

/* The rows of a corridor that this test has read for itself are its own to spoil. */
static uint32_t spoil(struct zhol_corridor *corridor, bool may_fit)
{
    uint32_t count, spoilt = 0;
    struct zhol_observation *rows =
        (struct zhol_observation *)(uintptr_t)zhol_corridor_observation(corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        bool fits = rows[i].role == zhol_role_CALIBRATION || rows[i].role == zhol_role_INPUT;
        if (fits == may_fit) {
            rows[i].value *= 10;
            rows[i].low *= 10;
            rows[i].high *= 10;
            spoilt++;
        }
    }
    return spoilt;
}

static bool same_border(const struct calibrate_fit *a, const struct calibrate_fit *b)
{
    bool same = a->count == b->count;
    for (uint32_t i = 0; same && i < a->count; i++) {
        const struct calibrate_series *x = &a->series[i], *y = &b->series[i];
        same = x->law == y->law && memcmp(&x->k_h, &y->k_h, sizeof x->k_h) == 0 &&
               memcmp(&x->capacity, &y->capacity, sizeof x->capacity) == 0 &&
               memcmp(&x->base_h, &y->base_h, sizeof x->base_h) == 0 &&
               memcmp(x->fitted_h, y->fitted_h, x->year_count * sizeof x->fitted_h[0]) == 0;
    }
    return same;
}

static bool same_rest(const struct fitted *a, const struct fitted *b)
{
    return strcmp(buffer_get(&a->demand), buffer_get(&b->demand)) == 0 &&
           a->network_size == b->network_size &&
           memcmp(a->network, b->network, a->network_size) == 0;
}

static void test_checks(void)
{
    struct zhol_corridor *corridor;
    struct fitted before, after, spoilt;
    CHECK_INT_EQ(zhol_corridor_read(dir, NULL, NULL, &corridor), ZHOL_ERROR_OK);
    fit_all(corridor, &before);
    CHECK(before.border.count >= 3);
    uint32_t checks = spoil(corridor, false);
    CHECK(checks > 200);
    fit_all(corridor, &after);
    CHECK(same_border(&before.border, &after.border));
    CHECK(same_rest(&before, &after));
    CHECK(spoil(corridor, true) > 100);
    fit_all(corridor, &spoilt);
    CHECK(!same_border(&before.border, &spoilt.border));
    clear_all(&before);
    clear_all(&after);
    clear_all(&spoilt);
    zhol_corridor_free(corridor);
}

/* A total that the demand is fitted to repeats a figure that may fit, and says the same. */
static void test_totals(void)
{
    struct zhol_corridor *corridor;
    uint32_t count, figures, begin, end, tied = 0;
    CHECK_INT_EQ(zhol_corridor_read(dir, NULL, NULL, &corridor), ZHOL_ERROR_OK);
    const struct zhol_demand_total *totals = zhol_corridor_demand_total(corridor, &count);
    const struct zhol_observation *rows = zhol_corridor_observation(corridor, &figures);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t thing = zhol_corridor_find(corridor, ZHOL_TABLE_observation,
                                            zhol_corridor_text(corridor, totals[i].observation_id));
        if (totals[i].role != zhol_demand_role_FIT || thing == ZHOL_NONE) {
            continue;
        }
        zhol_corridor_rows(corridor, ZHOL_TABLE_observation, thing, &begin, &end);
        const char *unit = zhol_corridor_text(corridor, rows[begin].unit);
        double scale = strcmp(unit, "Mt") == 0 ? 1e6 : strcmp(unit, "k TEU") == 0 ? 1e3 : 1;
        CHECK(rows[begin].role == zhol_role_CALIBRATION || rows[begin].role == zhol_role_INPUT);
        CHECK_NEAR(rows[begin].value * scale, totals[i].value, 1e-6 * totals[i].value);
        tied++;
    }
    CHECK(tied >= 15);
    zhol_corridor_free(corridor);
}

int main(int argc, char **argv)
{
    snprintf(dir, sizeof dir, "%s/corridors/china-kazakhstan", argc > 1 ? argv[1] : ".");
    RUN(test_checks);
    RUN(test_totals);
    return check_report();
}
