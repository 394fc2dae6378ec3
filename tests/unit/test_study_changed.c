/* tests/unit/test_study_changed.c: what the asker changes is one more case of the study, and says
 * what an assignment with the same change says; what is not in force is refused, not lost. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "corridor/otherwise.h"
#include "desk/corridor_study.h"

static char dir[1024];
static struct zhol_corridor *base;

static struct assign_change named(unsigned kind, enum zhol_table table, const char *name,
                                  double value)
{
    struct assign_change change = {.thing = zhol_corridor_find(base, table, name), .value = value};
    CHECK(change.thing != ZHOL_NONE);
    change.kind = kind;
    return change;
}

static enum zhol_error run(const struct assign_change *changes, uint32_t count,
                           struct corridor_study *study)
{
    static const char *const alone[] = {"base"};
    struct corridor_study_options options;
    corridor_study_options_init(&options);
    options.dir = dir;
    options.scenarios = alone;
    options.scenario_count = 1;
    options.changes = changes;
    options.change_count = count;
    options.no_simulation = true;
    options.draws = 0;
    return corridor_study_run(&options, NULL, study);
}

/* The base's assignment with the change made in its model, not in the corridor. */
static void assign_with(const struct corridor_study *study, const struct assign_change *change,
                        struct assign_study *out)
{
    struct assign_study_options how = {.from = study->options.from,
                                       .to = study->options.to,
                                       .average = true,
                                       .network_day = study->cases[0].day,
                                       .hold = ASSIGN_HOLD_BORDER,
                                       .changes = change,
                                       .change_count = 1,
                                       .threads = 1};
    CHECK_INT_EQ(assign_study_run(study->cases[0].corridor, &how, out), ZHOL_ERROR_OK);
}

/* Half of the reloading at Dostyk: more is paid, and exactly what the model of the base says. */
static void test_capacity(void)
{
    struct assign_change half =
        named(ASSIGN_CHANGE_RESOURCE, ZHOL_TABLE_resource, "R.DOSTYK.transship", 818);
    struct corridor_study study;
    struct assign_study same;
    CHECK_INT_EQ(run(&half, 1, &study), ZHOL_ERROR_OK);
    CHECK_INT_EQ(study.case_count, 2);
    const struct study_case *at = corridor_study_find(&study, STUDY_CHANGED);
    CHECK(at != NULL);
    if (at) {
        double before = study.cases[0].assign.certificate.primal;
        double after = at->assign.certificate.primal;
        CHECK_STR_EQ(at->title, "If R.DOSTYK.transship = 818");
        CHECK_STR_EQ(at->title_ru, "Если R.DOSTYK.transship = 818");
        CHECK_INT_EQ(at->reference, 0);
        CHECK(after > before);
        assign_with(&study, &half, &same);
        CHECK_NEAR(same.certificate.primal / after, 1, 1e-9);
        CHECK_NEAR(same.unmet.t, at->assign.unmet.t, 1e-6 * same.all_wanted.t);
        assign_study_clear(&same);
    }
    corridor_study_clear(&study);
}

static double over(const struct study_case *at, const char *link)
{
    uint32_t l = zhol_corridor_find(at->corridor, ZHOL_TABLE_link, link);
    return at->assign.links[0][l].t + at->assign.links[1][l].t;
}

/* Nothing goes over a closed link, nor by a closed place; less is carried or more is paid. */
static void test_closed(void)
{
    struct assign_change both[] = {
        named(ASSIGN_CHANGE_LINK, ZHOL_TABLE_link, "S028F1435", 0),
        named(ASSIGN_CHANGE_NODE, ZHOL_TABLE_node, "BREST", 0),
    };
    struct corridor_study study;
    CHECK_INT_EQ(run(both, 2, &study), ZHOL_ERROR_OK);
    const struct study_case *at = corridor_study_find(&study, STUDY_CHANGED);
    CHECK(at != NULL);
    if (at) {
        uint32_t brest = both[1].thing, count;
        const struct zhol_link *links = zhol_corridor_link(at->corridor, &count);
        CHECK(over(&study.cases[0], "S028F1435") > 0);
        CHECK(over(at, "S028F1435") == 0);
        for (uint32_t i = 0; i < count; i++) {
            bool there = links[i].from_node_id == brest || links[i].to_node_id == brest;
            CHECK(!there || at->assign.links[0][links[i].link_id].t == 0);
            CHECK(!there || at->assign.links[1][links[i].link_id].t == 0);
        }
        CHECK(at->assign.all_carried.t < study.cases[0].assign.all_carried.t ||
              at->assign.certificate.primal > study.cases[0].assign.certificate.primal);
        CHECK(strstr(at->title, "S028F1435 closed; Brest closed") != NULL);
    }
    corridor_study_clear(&study);
}

/* A figure that limits no flow, a railway of another day: the number of the change is told. */
static void test_refused(void)
{
    struct assign_change changes[] = {
        named(ASSIGN_CHANGE_RESOURCE, ZHOL_TABLE_resource, "R.DOSTYK.transship", 800),
        named(ASSIGN_CHANGE_RESOURCE, ZHOL_TABLE_resource, "R.DOSTYK.bogie_positions", 10)};
    struct corridor_study study;
    CHECK_INT_EQ(run(changes, 2, &study), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(study.changed_fault, 1);
    corridor_study_clear(&study);
    changes[0].value = -1;
    CHECK_INT_EQ(run(changes, 1, &study), ZHOL_ERROR_RANGE);
    CHECK_INT_EQ(study.changed_fault, 0);
    corridor_study_clear(&study);
}

static void test_tariff(void)
{
    struct zhol_corridor *own = NULL;
    uint32_t count;
    CHECK_INT_EQ(zhol_corridor_read(dir, NULL, NULL, &own), ZHOL_ERROR_OK);
    int32_t day = zhol_corridor_about(own).day;
    const struct zhol_tariff *rows = zhol_corridor_tariff(own, &count);
    double before = rows[0].value;
    int32_t in_force = rows[0].valid_from == ZHOL_BLANK_DATE ? day : rows[0].valid_from;
    CHECK_INT_EQ(otherwise_tariff(own, rows[0].tariff_id, in_force, 1.5), ZHOL_ERROR_OK);
    CHECK_NEAR(rows[0].value, before * 1.5, 1e-12 * fabs(before));
    CHECK_INT_EQ(otherwise_tariff(own, rows[0].tariff_id, in_force, NAN), ZHOL_ERROR_RANGE);
    CHECK_INT_EQ(otherwise_close_link(own, ZHOL_NONE, day), ZHOL_ERROR_UNKNOWN);
    zhol_corridor_free(own);
}

int main(int argc, char **argv)
{
    snprintf(dir, sizeof dir, "%s/corridors/china-kazakhstan", argc > 1 ? argv[1] : ".");
    CHECK_INT_EQ(zhol_corridor_read(dir, NULL, NULL, &base), ZHOL_ERROR_OK);
    RUN(test_capacity);
    RUN(test_closed);
    RUN(test_refused);
    RUN(test_tariff);
    zhol_corridor_free(base);
    return check_report();
}
