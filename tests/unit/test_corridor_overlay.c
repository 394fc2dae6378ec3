/* test_corridor_overlay.c: scenarios: rows added, changed and removed, and parameters. */
#include <math.h>

#include <zhol/corridor.h>

#include "base/time.h"
#include "check.h"
#include "tiny_copy.h"

#define IN_SCENARIO(file) "scenarios/second-crossing/" file

static struct tiny tiny;

static struct zhol_corridor *read_scenario(const char *const *set, uint32_t count)
{
    struct zhol_corridor_options options = {
        .scenario = "second-crossing", .set = set, .set_count = count};
    struct zhol_corridor *corridor = NULL;
    CHECK_INT_EQ(zhol_corridor_read(tiny.folder, &options, NULL, &corridor), ZHOL_ERROR_OK);
    return corridor;
}

/* Reads the scenario and compares all findings. */
static void expect_set(const char *want, const char *const *set, uint32_t count)
{
    struct zhol_corridor_options options = {
        .scenario = "second-crossing", .set = set, .set_count = count};
    struct zhol_report report;
    struct zhol_corridor *corridor = NULL;
    struct buffer found;
    char line[1024];
    zhol_report_init(&report, 0);
    buffer_init(&found);
    enum zhol_error error = zhol_corridor_read(tiny.folder, &options, &report, &corridor);
    for (uint32_t i = 0; i < report.count; i++) {
        zhol_finding_text(&report.findings[i], line, sizeof line);
        buffer_printf(&found, "%s\n", line);
        zhol_sentence_said(report.findings[i].expected, "ru", line, sizeof line);
        CHECK(strcmp(line, report.findings[i].expected) != 0);
    }
    CHECK_STR_EQ(buffer_get(&found), want);
    CHECK((error != ZHOL_ERROR_OK) == (zhol_report_failed(&report) != 0));
    buffer_clear(&found);
    zhol_corridor_free(corridor);
    zhol_report_clear(&report);
}

static void expect(const char *file, const char *find, const char *replace, const char *want)
{
    tiny_replace(&tiny, file, find, replace);
    expect_set(want, NULL, 0);
    tiny_restore(&tiny, file);
}

static int32_t day(const char *text)
{
    int32_t days = 0;
    CHECK_INT_EQ(time_parse_day(text_view_of(text), &days), ZHOL_ERROR_OK);
    return days;
}

static void test_operations(void)
{
    struct zhol_corridor *corridor = read_scenario(NULL, 0);
    uint32_t count, line, row;
    const char *file;
    if (!corridor) {
        return;
    }
    CHECK(zhol_corridor_find(corridor, ZHOL_TABLE_node, "BAKHTY") != ZHOL_NONE);
    CHECK_INT_EQ(zhol_corridor_find(corridor, ZHOL_TABLE_rule, "RU.wheat-ban"), ZHOL_NONE);
    CHECK(zhol_corridor_find(corridor, ZHOL_TABLE_rule, "RU.smgs") != ZHOL_NONE);
    const struct zhol_tariff *tariffs = zhol_corridor_tariff(corridor, &count);
    CHECK_NEAR(tariffs[0].value, 0.65, 0);
    CHECK_NEAR(tariffs[0].high, 0.875, 0); /* blank in the overlay: the base's value stays */
    zhol_corridor_origin(corridor, ZHOL_TABLE_tariff, 0, &file, &line);
    CHECK_STR_EQ(file, IN_SCENARIO("tariff.csv"));
    CHECK_INT_EQ(line, 2);
    zhol_corridor_origin(corridor, ZHOL_TABLE_tariff, 1, &file, &line);
    CHECK_STR_EQ(file, "tariff.csv");
    CHECK_INT_EQ(line, 3);
    row = zhol_corridor_find(corridor, ZHOL_TABLE_node, "BAKHTY");
    zhol_corridor_origin(corridor, ZHOL_TABLE_node, row, &file, &line);
    CHECK_STR_EQ(file, IN_SCENARIO("node.csv"));
    zhol_corridor_free(corridor);
}

static void test_about(void)
{
    struct zhol_corridor *corridor = read_scenario(NULL, 0);
    if (!corridor) {
        return;
    }
    struct zhol_corridor_about about = zhol_corridor_about(corridor);
    CHECK_STR_EQ(about.scenario, "second-crossing");
    CHECK_STR_EQ(about.scenario_title, "A second crossing at Bakhty");
    CHECK_STR_EQ(about.scenario_title_ru, "Второй переход в Бахтах");
    CHECK_INT_EQ(about.day, day("2028-06-01"));
    CHECK_INT_EQ(about.as_of, day("2026-01-31"));
    zhol_corridor_free(corridor);
}

static void test_parameters(void)
{
    static const char *const set[] = {"opening=2028-02-29", "paths=9"};
    for (uint32_t given = 0; given < 3; given++) {
        struct zhol_corridor *corridor = read_scenario(set, given);
        uint32_t count, begin, end;
        if (!corridor) {
            return;
        }
        const struct zhol_resource *rows = zhol_corridor_resource(corridor, &count);
        uint32_t thing = zhol_corridor_find(corridor, ZHOL_TABLE_resource, "R.A102F");
        zhol_corridor_rows(corridor, ZHOL_TABLE_resource, thing, &begin, &end);
        CHECK_INT_EQ(end - begin, 2);
        int32_t opening = given ? day("2028-02-29") : day("2027-07-01");
        CHECK_INT_EQ(rows[begin].valid_from, opening);
        CHECK_INT_EQ(rows[begin].valid_to, opening + 365);
        CHECK_NEAR(rows[begin].value, given > 1 ? 4.5 : 7, 0);
        CHECK_NEAR(rows[begin + 1].value, given > 1 ? 9 : 14, 0);
        const struct zhol_parameter *parameters = zhol_corridor_parameter(corridor, &count);
        CHECK_INT_EQ(count, 2);
        CHECK_STR_EQ(zhol_corridor_text(corridor, parameters[1].value), given > 1 ? "9" : "14");
        zhol_corridor_free(corridor);
    }
}

static void test_shifts(void)
{
    static const struct {
        const char *cell, *want;
    } shifts[] = {{"$opening+365d", "2028-06-30"},
                  {"$opening-1d", "2027-06-30"},
                  {"$opening+2y", "2029-07-01"},
                  {"$opening-6m", "2027-01-01"},
                  {"$opening", "2027-07-01"}};
    for (size_t i = 0; i < sizeof shifts / sizeof *shifts; i++) {
        uint32_t count;
        tiny_replace(&tiny, IN_SCENARIO("project_status.csv"), "$opening", shifts[i].cell);
        struct zhol_corridor *corridor = read_scenario(NULL, 0);
        if (corridor) {
            const struct zhol_project_status *rows = zhol_corridor_project_status(corridor, &count);
            CHECK_INT_EQ(rows[count - 1].date, day(shifts[i].want));
        }
        zhol_corridor_free(corridor);
    }
    tiny_restore(&tiny, IN_SCENARIO("project_status.csv"));
}

static void test_faults_of_operations(void)
{
    expect(IN_SCENARIO("rule.csv"), "RU.wheat-ban", "RU.wheat",
           IN_SCENARIO("rule.csv") ":2: op: found \"remove\", expected a row that is there; no row "
                                   "has this primary key (rule_id=RU.wheat, "
                                   "valid_from=2026-03-01)\n");
    expect(IN_SCENARIO("rule.csv"), "remove", "delete",
           IN_SCENARIO("rule.csv") ":2: op: found \"delete\", expected one of: add, change, "
                                   "remove\n");
    expect(IN_SCENARIO("rule.csv"), "remove", "",
           IN_SCENARIO("rule.csv") ":2: op: is blank; expected add, change or remove\n");
    expect(
        IN_SCENARIO("tariff.csv"), "change", "add",
        IN_SCENARIO("tariff.csv") ":2: op: found \"add\", expected a row that is not there yet; "
                                  "this one is: use change (tariff_id=T.CN.rail, valid_from=)\n");
    expect(
        IN_SCENARIO("tariff.csv"), "op,", "x_op,",
        IN_SCENARIO("tariff.csv") ":1: op: the header lacks this column (add, change or remove); "
                                  "add it\n"
                                  "note: the checks between tables wait until every file and "
                                  "header is there\n");
}

static void test_faults_of_cells(void)
{
    expect(IN_SCENARIO("tariff.csv"), "0.65", "cheap",
           IN_SCENARIO("tariff.csv") ":2: value: found \"cheap\", expected a number\n");
    expect(IN_SCENARIO("tariff.csv"), "0.65", "(blank)",
           IN_SCENARIO("tariff.csv") ":2: value: is blank; expected a number\n");
    expect(IN_SCENARIO("tariff.csv"), "0.65", "0.95",
           "tariff.csv:2: high: found \"0.875\", expected "
           "at least the value of the row\n");
    expect("tariff.csv", "per_km,freight", "per_mile,freight",
           "tariff.csv:2: scope: found \"per_mile\", expected one of: per_km, link, through, "
           "process, storage, consignment\n");
    expect(
        IN_SCENARIO("link_period.csv"), "$opening", "$openning",
        IN_SCENARIO("link_period.csv") ":2: valid_from: found \"$openning\", expected a parameter "
                                       "of the scenario; nearest: opening\n");
    expect(IN_SCENARIO("resource.csv"), "$opening+365d", "$opening+1w",
           IN_SCENARIO("resource.csv") ":2: valid_to: found \"$opening+1w\", expected $name, "
                                       "$name+365d, $name-6m or $name+2y\n");
    expect(IN_SCENARIO("resource_use.csv"), "R.A102F,A102B", "R.A102F,A102C",
           IN_SCENARIO("resource_use.csv") ":3: link_id: found \"A102C\", expected a link_id of "
                                           "link.csv; nearest: A102F, A102B, A101\n");
}

/* What an overlay removes is missed by those that refer to it. */
static void test_removed_things(void)
{
    tiny_text(&tiny, IN_SCENARIO("emission.csv"), "op,emission_id\nremove,E.sea\n");
    expect_set("", NULL, 0);
    tiny_restore(&tiny, IN_SCENARIO("emission.csv"));
    tiny_text(&tiny, IN_SCENARIO("calendar.csv"), "op,calendar_id\nremove,KZ.border\n");
    expect_set("process.csv:7: calendar_id: found \"KZ.border\", expected a calendar_id of "
               "calendar.csv; nearest: CN.border\n"
               "process.csv:8: calendar_id: found \"KZ.border\", expected a calendar_id of "
               "calendar.csv; nearest: CN.border\n"
               "process.csv:9: calendar_id: found \"KZ.border\", expected a calendar_id of "
               "calendar.csv; nearest: CN.border\n"
               "process.csv:11: calendar_id: found \"KZ.border\", expected a calendar_id of "
               "calendar.csv; nearest: CN.border\n",
               NULL, 0);
    tiny_restore(&tiny, IN_SCENARIO("calendar.csv"));
}

static void test_faults_of_parameters(void)
{
    /* A value from outside stands in no file; the finding names the parameter. */
    static const struct {
        const char *set, *want;
    } cases[] = {
        {"opning=2028-01-01", "found \"opning=2028-01-01\", expected name=value with the name of a "
                              "parameter of the scenario; nearest: opening\n"},
        {"opening", "found \"opening\", expected name=value with the name of a parameter of the "
                    "scenario; nearest: opening\n"},
        {"opening=2031-01-01",
         "opening: found \"2031-01-01\", expected a value from 2027-01-01 to 2030-01-01\n"},
        {"opening=5", "opening: found \"5\", expected a date as YYYY-MM-DD\n"},
        {"paths=99", "paths: found \"99\", expected a value from 8 to 20\n"},
        {"paths=", "paths: a date as YYYY-MM-DD or a number\n"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        expect_set(cases[i].want, &cases[i].set, 1);
    }
    expect(IN_SCENARIO("parameter.csv"), "2027-07-01", "2026-07-01",
           IN_SCENARIO("parameter.csv") ":2: value: found \"2026-07-01\", expected a value from "
                                        "2027-01-01 to 2030-01-01\n");
}

static void test_faults_of_scenarios(void)
{
    struct zhol_corridor_options options = {.scenario = "second-crosing"};
    struct zhol_report report;
    struct zhol_corridor *corridor;
    char line[512];
    static const char *const hostile[] = {"../tiny", "", ".", "a/b", "..", "second-crossing/"};
    zhol_report_init(&report, 0);
    CHECK_INT_EQ(zhol_corridor_read(tiny.folder, &options, &report, &corridor), ZHOL_ERROR_UNKNOWN);
    zhol_finding_text(&report.findings[0], line, sizeof line);
    CHECK_STR_EQ(line, "scenarios: found \"second-crosing\", expected the name of a scenario, a "
                       "folder of scenarios/; nearest: second-crossing");
    zhol_report_clear(&report);
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        options.scenario = hostile[i];
        CHECK_INT_EQ(zhol_corridor_read(tiny.folder, &options, NULL, &corridor),
                     ZHOL_ERROR_UNKNOWN);
    }
    static const char *const set[] = {"a=1"};
    options = (struct zhol_corridor_options){.set = set, .set_count = 1};
    CHECK_INT_EQ(zhol_corridor_read(tiny.folder, &options, NULL, &corridor), ZHOL_ERROR_USAGE);
    expect(
        IN_SCENARIO("scenario.csv"), "\nsecond-crossing", "\nthird-crossing",
        IN_SCENARIO("scenario.csv") ":2: scenario_id: found \"third-crossing\", expected the name "
                                    "of the folder, second-crossing\n");
}

static void test_list(void)
{
    struct zhol_scenario_list list;
    CHECK_INT_EQ(zhol_scenario_list_read(tiny.folder, NULL, &list), ZHOL_ERROR_OK);
    CHECK_INT_EQ(list.count, 1);
    if (list.count) {
        CHECK_STR_EQ(list.entries[0].name, "second-crossing");
        CHECK_STR_EQ(list.entries[0].title, "A second crossing at Bakhty");
        CHECK_STR_EQ(list.entries[0].title_ru, "Второй переход в Бахтах");
    }
    zhol_scenario_list_clear(&list);
    CHECK_INT_EQ(zhol_scenario_list_read("/nowhere", NULL, &list), ZHOL_ERROR_OK);
    CHECK_INT_EQ(list.count, 0);
}

int main(int argc, char **argv)
{
    tiny_make(&tiny, argc > 1 ? argv[1] : ".");
    RUN(test_operations);
    RUN(test_about);
    RUN(test_parameters);
    RUN(test_shifts);
    RUN(test_faults_of_operations);
    RUN(test_faults_of_cells);
    RUN(test_removed_things);
    RUN(test_faults_of_parameters);
    RUN(test_faults_of_scenarios);
    RUN(test_list);
    tiny_drop(&tiny);
    return check_report();
}
