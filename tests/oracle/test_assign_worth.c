/* What one more and one less of each scarce capacity of the reference corridor is worth, held
 * against the difference of two solves.
 *
 * For the limits that assign_worth ranks first, in a month and in an average year: the model is
 * solved again with the capacity a little more, and a little less, within the range that is said to
 * hold; the gain a unit must be the right derivative, the loss a unit the left one, and the dual
 * lies between. Past the end of the right range the gain a unit may only fall (the value is concave
 * in a capacity). The solver's values, not its prices, are compared, so that an error in either
 * shows.
 */
#include <math.h>
#include <stdlib.h>

#include "base/time.h"
#include "check.h"
#include "desk/assign_worth.h"

enum { LOOKED_AT = 12 };

static struct zhol_corridor *corridor;
static unsigned tied, moved; /* limits whose two derivatives differ; steps that were made */

static uint32_t row_of(const struct assign_model *model, const struct assign_capacity *capacity)
{
    uint32_t count;
    const struct zhol_resource *resources = zhol_corridor_resource(corridor, &count);
    for (uint32_t r = 0; r < model->row_count; r++) {
        if (model->rows[r].sense == capacity->sense &&
            resources[model->rows[r].resource_row].resource_id == capacity->resource) {
            return r;
        }
    }
    return ZHOL_NONE;
}

/* The cost a day with the row changed by `step`; the row is as it was afterwards. */
static double cost_with(struct assign_model *model, uint32_t row, double step)
{
    double capacity = model->rows[row].capacity;
    CHECK_INT_EQ(assign_model_set_row(model, row, capacity + step), ZHOL_ERROR_OK);
    CHECK_INT_EQ(assign_model_solve(model, NULL), ZHOL_ERROR_OK);
    double cost = model->certificate.primal;
    CHECK_INT_EQ(assign_model_set_row(model, row, capacity), ZHOL_ERROR_OK);
    return cost;
}

/* A step inside the range: half of it, not more than half a unit or a fiftieth of the capacity. */
static double step_in(double range, double capacity)
{
    return fmin(isfinite(range) ? range / 2 : capacity, fmax(0.5, capacity / 50));
}

static void check_side(double gain, double price, double step, double cost)
{
    /* both solves are proven to 1e-9 of the cost */
    CHECK_NEAR(gain / step, price, 1e-6 * fabs(price) + 3e-9 * cost / step);
    moved++;
}

static void check_worth(const struct assign_study *study, const struct assign_worth *worth)
{
    const struct assign_capacity *capacity = &study->capacities[worth->capacity];
    const struct zhol_assign_range *range = &worth->range;
    struct assign_model *model = NULL;
    CHECK_INT_EQ(assign_study_copy(study, worth->slice, &model), ZHOL_ERROR_OK);
    uint32_t row = row_of(model, capacity);
    double cost = model->certificate.primal, stated = model->rows[row].capacity;
    double dual = zhol_assign_row_price(model->solver, row);
    double more = step_in(range->more.range, stated);
    double less = fmin(step_in(range->less.range, stated), stated);
    double slack = 1e-6 * (1 + fabs(dual));
    CHECK(range->more.price <= range->less.price + slack);
    CHECK(dual >= range->more.price - slack && dual <= range->less.price + slack);
    tied += range->more.price < range->less.price - slack;
    if (more > 0) {
        check_side(cost - cost_with(model, row, more), range->more.price, more, cost);
    }
    if (less > 0) {
        check_side(cost_with(model, row, -less) - cost, range->less.price, less, cost);
    }
    if (isfinite(range->more.range) && range->more.range > 0) {
        double far = 4 * range->more.range, gain = cost - cost_with(model, row, far);
        CHECK(gain <= range->more.price * far * (1 + 1e-9) + 1e-9 * cost);
    }
    assign_model_free(model);
}

static void check_period(int32_t from, int32_t to)
{
    struct assign_study study;
    struct assign_worth *worths = NULL;
    uint32_t count = 0;
    struct assign_study_options options = {
        .from = from, .to = to, .average = true, .network_day = ZHOL_BLANK_DATE};
    CHECK_INT_EQ(assign_study_run(corridor, &options, &study), ZHOL_ERROR_OK);
    CHECK_INT_EQ(assign_worth(&study, LOOKED_AT, &worths, &count), ZHOL_ERROR_OK);
    CHECK(count > 3);
    for (uint32_t i = 0; i < count; i++) {
        check_worth(&study, &worths[i]);
    }
    free(worths);
    assign_study_clear(&study);
}

static void a_month_by_differences(void)
{
    check_period(time_days((struct time_date){2024, 10, 1}),
                 time_days((struct time_date){2024, 11, 1}));
    CHECK(tied > 0); /* the sections from Dostyk are full together: the two sides differ there */
}

static void a_year_by_differences(void)
{
    check_period(time_days((struct time_date){2025, 1, 1}),
                 time_days((struct time_date){2026, 1, 1}));
    printf("  %u steps made, %u limits with two derivatives\n", moved, tied);
}

/* What `units` more of a resource save in a slice, USD; both directions of a pair get them. */
static double saved_in(const struct assign_study *study, uint32_t slice, uint32_t resource,
                       double units)
{
    uint32_t count;
    const struct zhol_resource *resources = zhol_corridor_resource(corridor, &count);
    struct assign_model *model = NULL;
    CHECK_INT_EQ(assign_study_copy(study, slice, &model), ZHOL_ERROR_OK);
    double cost = model->certificate.primal;
    for (uint32_t r = 0; r < model->row_count; r++) {
        if (resources[model->rows[r].resource_row].resource_id == resource) {
            CHECK_INT_EQ(assign_model_set_row(model, r, model->rows[r].capacity + units),
                         ZHOL_ERROR_OK);
        }
    }
    CHECK_INT_EQ(assign_model_solve(model, NULL), ZHOL_ERROR_OK);
    double saved = cost - model->certificate.primal;
    assign_model_free(model);
    return saved * (study->slices[slice].to - study->slices[slice].from);
}

/* The gain of a piece over several months is the sum of what it saves in each, also in those in
 * which it is not dearest, and with any number of threads. */
static void months_add_up(void)
{
    struct assign_study study;
    struct assign_worth *worths = NULL;
    uint32_t count = 0, checked = 0;
    struct assign_study_options options = {.from = time_days((struct time_date){2025, 1, 1}),
                                           .to = time_days((struct time_date){2025, 4, 1}),
                                           .network_day = ZHOL_BLANK_DATE,
                                           .threads = 2};
    CHECK_INT_EQ(assign_study_run(corridor, &options, &study), ZHOL_ERROR_OK);
    CHECK_INT_EQ(assign_worth(&study, 0, &worths, &count), ZHOL_ERROR_OK);
    CHECK_INT_EQ(study.slice_count, 3);
    for (uint32_t i = 0; i < count && checked < 3; i++) {
        const struct assign_worth *w = &worths[i];
        double sum = 0;
        if (w->together != 1 || w->pays_days <= 31) {
            continue; /* of a line the sections differ from month to month */
        }
        for (uint32_t s = 0; s < study.slice_count; s++) {
            sum += saved_in(&study, s, study.capacities[w->capacity].resource, w->piece_units);
        }
        CHECK_NEAR(w->piece_usd, sum, 1e-6 * sum + 3e-9 * study.certificate.primal);
        CHECK(w->piece_usd > 1.01 * w->piece_usd_day * 28);
        checked++;
    }
    CHECK(checked >= 2);
    free(worths);
    assign_study_clear(&study);
}

int main(int argc, char **argv)
{
    char dir[512];
    struct zhol_report report;
    snprintf(dir, sizeof dir, "%s/corridors/china-kazakhstan", argc > 1 ? argv[1] : ".");
    zhol_report_init(&report, 10);
    if (zhol_corridor_read(dir, NULL, &report, &corridor) != ZHOL_ERROR_OK) {
        fprintf(stderr, "%s cannot be read\n", dir);
        return 2;
    }
    RUN(a_month_by_differences);
    RUN(a_year_by_differences);
    RUN(months_add_up);
    zhol_corridor_free(corridor);
    zhol_report_clear(&report);
    return check_report();
}
