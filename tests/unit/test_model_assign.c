/* test_model_assign.c: the assignment that the server solves again: a change moves the answer as a
 * fresh solve does, taking it back gives the first answer, and what cannot be meant is refused. */
#include "check.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "serve/model_assign.h"

static const struct zhol_corridor *corridor;
static struct model *model;

static json_t *ask(struct model_assign_question question)
{
    struct buffer out = {0};
    struct model_fault fault;
    json_error_t error;
    question.period = question.period ? question.period : "2025";
    question.lang = question.lang ? question.lang : "en";
    CHECK_INT_EQ(model_assign(model, &question, &out, &fault), ZHOL_ERROR_OK);
    json_t *value = json_loadb(buffer_get(&out), out.size, 0, &error);
    if (!value) {
        CHECK_FAIL("no JSON: %s at %d", error.text, error.position);
    }
    buffer_clear(&out);
    return value ? value : json_object();
}

static double number(const json_t *value, const char *name)
{
    return json_number_value(json_object_get(value, name));
}

static const json_t *item(const json_t *answer, const char *id)
{
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(answer, "items"), i, one)
    {
        if (strcmp(json_string_value(json_object_get(one, "id")), id) == 0) {
            return one;
        }
    }
    return NULL;
}

static void check_proof(const json_t *answer)
{
    const json_t *proof = json_object_get(answer, "certificate");
    CHECK(number(proof, "gap") <= 1e-9 && number(proof, "violation") <= 1e-9);
    CHECK_NEAR(number(answer, "wanted_t_day"),
               number(answer, "carried_t_day") + number(answer, "unmet_t_day") +
                   number(answer, "no_way_t_day"),
               0.5);
}

/* Half a train a day leaves boxes behind, whichever way the answer is come by. */
static void a_change_is_a_fresh_solve(void)
{
    static const struct assign_change half = {ASSIGN_CHANGE_RESOURCE, 0, 0.5};
    struct assign_change change = half;
    struct assign_study study;
    change.thing = zhol_corridor_find(corridor, ZHOL_TABLE_resource, "R.S002F");
    struct assign_study_options options = {
        .average = true, .network_day = ZHOL_BLANK_DATE, .changes = &change, .change_count = 1};
    CHECK(assign_period_parse("2025", &options.from, &options.to));
    CHECK_INT_EQ(assign_study_run(corridor, &options, &study), ZHOL_ERROR_OK);
    json_t *first = ask((struct model_assign_question){0});
    json_t *less = ask((struct model_assign_question){.change = "R.S002F=0.5"});
    json_t *again = ask((struct model_assign_question){0});
    check_proof(first);
    check_proof(less);
    CHECK_NEAR(number(less, "cost_usd_day"), study.certificate.primal / 365, 1);
    CHECK_NEAR(number(less, "unmet_t_day"), study.unmet.t / 365, 0.1);
    CHECK_NEAR(number(less, "base_cost_usd_day"), number(first, "cost_usd_day"), 0.5);
    CHECK(number(less, "unmet_t_day") > 100);
    CHECK_NEAR(number(first, "unmet_t_day"), 0, 1e-9);
    CHECK_NEAR(number(again, "cost_usd_day"), number(first, "cost_usd_day"), 0.5);
    const json_t *changed = item(less, "R.S002F");
    CHECK(changed && json_is_true(json_object_get(changed, "changed")));
    CHECK_NEAR(number(changed, "value"), 0.5, 1e-12);
    CHECK_NEAR(number(changed, "stated"), 22, 1e-12);
    CHECK(number(changed, "dual_usd_day") > 0);
    json_decref(first);
    json_decref(less);
    json_decref(again);
    assign_study_clear(&study);
}

static void closing_and_demand_are_taken_back(void)
{
    json_t *first = ask((struct model_assign_question){0});
    json_t *closed = ask((struct model_assign_question){.close = "S003"});
    json_t *more = ask((struct model_assign_question){.demand = 2});
    json_t *again = ask((struct model_assign_question){0});
    check_proof(closed);
    check_proof(more);
    CHECK(number(closed, "carried_t_day") < number(first, "carried_t_day"));
    CHECK_NEAR(number(more, "wanted_t_day"), 2 * number(first, "wanted_t_day"), 0.5);
    CHECK_NEAR(number(again, "wanted_t_day"), number(first, "wanted_t_day"), 0.1);
    CHECK_NEAR(number(again, "carried_t_day"), number(first, "carried_t_day"), 0.1);
    CHECK_NEAR(number(again, "cost_usd_day"), number(first, "cost_usd_day"), 0.5);
    json_decref(first);
    json_decref(closed);
    json_decref(more);
    json_decref(again);
}

static void periods_are_kept_apart(void)
{
    json_t *year = ask((struct model_assign_question){0});
    static const char *const months[] = {"2025-01", "2025-02", "2025-03", "2025-04", "2025-05"};
    for (unsigned i = 0; i < 5; i++) { /* more than are kept */
        json_t *month =
            ask((struct model_assign_question){.period = months[i], .hold = "crossing"});
        CHECK_STR_EQ(json_string_value(json_object_get(month, "hold")), "crossing");
        CHECK(number(month, "wanted_t_day") > 0);
        json_decref(month);
    }
    json_t *again = ask((struct model_assign_question){0});
    CHECK(json_equal(year, again));
    json_decref(year);
    json_decref(again);
}

static void check_refused(struct model_assign_question question, const char *field,
                          const char *code)
{
    struct buffer out = {0};
    struct model_fault fault;
    question.lang = "en";
    CHECK_INT_EQ(model_assign(model, &question, &out, &fault), ZHOL_ERROR_USAGE);
    CHECK_STR_EQ(fault.field, field);
    CHECK_STR_EQ(fault.code, code);
    buffer_clear(&out);
}

static void what_cannot_be_meant(void)
{
    struct buffer out = {0};
    struct model_fault fault;
    struct model_assign_question q = {.period = "2025", .lang = "en", .scenario = "none-such"};
    check_refused((struct model_assign_question){0}, "period", "unreadable");
    check_refused((struct model_assign_question){.period = "2020..2025"}, "period", "unreadable");
    q.scenario = NULL;
    q.change = "R.S002F";
    check_refused(q, "change", "unreadable");
    q.change = "R.S002F=-1";
    check_refused(q, "change", "unreadable");
    q.change = "R.NOTHING=1";
    check_refused(q, "change", "unknown_thing");
    q.change = NULL;
    q.close = "NOWHERE";
    check_refused(q, "close", "unknown_thing");
    q.close = NULL;
    q.tariff = "T=x";
    check_refused(q, "tariff", "unreadable");
    q.tariff = NULL;
    q.demand = 11;
    check_refused(q, "demand", "unreadable");
    q.demand = 0;
    q.hold = "sea";
    check_refused(q, "hold", "unreadable");
    q.hold = NULL;
    q.scenario = "none-such";
    CHECK_INT_EQ(model_assign(model, &q, &out, &fault), ZHOL_ERROR_UNKNOWN);
    q.scenario = NULL;
    q.period = "1999";
    CHECK_INT_EQ(model_assign(model, &q, &out, &fault), ZHOL_ERROR_UNREACHABLE);
    buffer_clear(&out);
}

int main(int argc, char **argv)
{
    char dir[4096];
    struct zhol_corridor *read = NULL;
    snprintf(dir, sizeof dir, "%s/tests/data/tiny", argc > 1 ? argv[1] : ".");
    CHECK_INT_EQ(zhol_corridor_read(dir, NULL, NULL, &read), ZHOL_ERROR_OK);
    corridor = read;
    if (!read || model_new(dir, corridor, &model)) {
        return EXIT_FAILURE;
    }
    RUN(a_change_is_a_fresh_solve);
    RUN(closing_and_demand_are_taken_back);
    RUN(periods_are_kept_apart);
    RUN(what_cannot_be_meant);
    model_close(model);
    zhol_corridor_free(read);
    return check_report();
}
