/* tests/regress/test_out_of_memory.c: every allocation of compiling, saving, opening and planning
 * fails once.
 */
#include <stdlib.h>

#include "allocations.h"
#include <zhol/plan.h>

static struct zhol_corridor *corridor;
static struct zhol_network *network;
static struct zhol_consignment order;
static const char *saved = "out_of_memory.network";

/* ---- Operations: each gives back all that it makes ---- */

static enum zhol_error compile(void)
{
    struct zhol_network *made = NULL;
    struct zhol_report report;
    struct zhol_network_options options = {.day = ZHOL_BLANK_DATE, .seed = 1, .draw = 1};
    zhol_report_init(&report, 0);
    enum zhol_error error = zhol_network_compile(corridor, &options, &report, &made);
    if (!error) {
        CHECK_INT_EQ(zhol_network_verify(made), ZHOL_ERROR_OK);
        zhol_network_free(made);
    }
    zhol_report_clear(&report);
    return error;
}

static enum zhol_error save(void)
{
    return zhol_network_save(network, saved);
}

static enum zhol_error reopen(void)
{
    struct zhol_network *made = NULL;
    enum zhol_error error = zhol_network_open(saved, &made);
    if (!error) {
        CHECK(zhol_network_fits(made, corridor));
        zhol_network_free(made);
    }
    return error;
}

static enum zhol_error plan(void)
{
    struct zhol_plan_options options = {.time = ZHOL_TIME_MEDIAN};
    struct zhol_plan_result result;
    uint32_t *rows = NULL, count;
    enum zhol_error error = zhol_plan(network, corridor, &order, &options, &result);
    if (error) {
        CHECK_INT_EQ(result.itinerary_count, 0);
        CHECK(result.itineraries == NULL && result.steps == NULL);
    } else {
        CHECK(result.itinerary_count > 0);
        error = zhol_plan_rules(network, corridor, &order, &result, 0, &rows, &count);
        free(rows);
    }
    zhol_plan_result_clear(&result);
    return error;
}

static enum zhol_error why(void)
{
    struct zhol_plan_options options = {.time = ZHOL_TIME_MEDIAN};
    enum zhol_error error = ZHOL_ERROR_OK;
    uint32_t nodes = zhol_corridor_things(corridor, ZHOL_TABLE_node);
    for (uint32_t node = 0; !error && node < nodes; node++) {
        struct zhol_why_answer answer;
        error = zhol_plan_why(network, corridor, &order, &options, node, &answer);
        zhol_why_answer_clear(&answer);
    }
    return error;
}

static void compiling(void)
{
    fail_each("compile", compile);
}

static void saving_and_opening(void)
{
    fail_each("save", save);
    fail_each("open", reopen);
    remove(saved);
}

static void planning(void)
{
    fail_each("plan", plan);
}

static void asking_why(void)
{
    fail_each("why", why);
}

int main(int argc, char **argv)
{
    char folder[1024];
    struct zhol_report report;
    zhol_report_init(&report, 0);
    snprintf(folder, sizeof folder, "%s/tests/data/tiny", argc > 1 ? argv[1] : ".");
    if (zhol_corridor_read(folder, NULL, &report, &corridor) ||
        zhol_network_compile(corridor, NULL, &report, &network)) {
        fprintf(stderr, "cannot read %s\n", folder);
        return 2;
    }
    uint32_t commodity = 0;
    order = (struct zhol_consignment){.from = zhol_corridor_find(corridor, ZHOL_TABLE_node, "XIAN"),
                                      .to = zhol_corridor_find(corridor, ZHOL_TABLE_node, "ALMATY"),
                                      .deadline_min = INT64_MAX};
    struct zhol_network_view view = zhol_network_view(network);
    order.ready_min = (int64_t)view.day * 1440;
    while (zhol_load_make(corridor, commodity, 2, 0, &order.load)) {
        commodity++;
    }
    RUN(compiling);
    RUN(saving_and_opening);
    RUN(planning);
    RUN(asking_why);
    zhol_network_free(network);
    zhol_corridor_free(corridor);
    zhol_report_clear(&report);
    return check_report();
}
