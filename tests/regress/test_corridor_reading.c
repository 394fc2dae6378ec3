/* tests/regress/test_corridor_reading.c: faults of reading corridors that were found once and must
 * not come back. Each function is one fault; its comment says what went wrong. */
#include <stdio.h>
#include <string.h>

#include <zhol/corridor.h>

#include "check.h"
#include "tiny_copy.h"

static struct tiny tiny;

/* Reads the spoiled copy; its findings, one a line, without notes. */
static void findings(const struct zhol_corridor_options *options, char *out, size_t size)
{
    struct zhol_report report;
    struct zhol_corridor *corridor;
    size_t used = 0;
    zhol_report_init(&report, 0);
    zhol_corridor_read(tiny.folder, options, &report, &corridor);
    out[0] = '\0';
    for (uint32_t i = 0; i < report.count && used < size; i++) {
        char line[512];
        if (report.findings[i].severity != ZHOL_NOTE) {
            zhol_finding_text(&report.findings[i], line, sizeof line);
            used += (size_t)snprintf(out + used, size - used, "%s\n", line);
        }
    }
    zhol_report_clear(&report);
    zhol_corridor_free(corridor);
}

/* A million rows of commas below a table gave ten findings each, and took minutes. */
static void rows_of_commas_give_one_finding_each(void)
{
    char found[4096];
    tiny_replace(&tiny, "node.csv", "", ",,,,,,,,,,,,,,,,,,,,\n,,,,,,,,,,,,,,,,,,,,\n");
    findings(NULL, found, sizeof found);
    CHECK_STR_EQ(found, "node.csv:8: the row has no content; remove it\n"
                        "node.csv:9: the row has no content; remove it\n");
    tiny_restore(&tiny, "node.csv");
}

/* A quote that was never closed hid the rows below it, and every row of other tables that names
 * one of them was reported too. */
static void cut_table_gives_one_finding(void)
{
    char found[4096];
    tiny_replace(&tiny, "node.csv", "XIAN,Xi'an", "XIAN,\"Xi'an");
    findings(NULL, found, sizeof found);
    CHECK(strstr(found, "expected a closing quote before the end of the file") != NULL);
    CHECK(strchr(found, '\n') == found + strlen(found) - 1);
    tiny_restore(&tiny, "node.csv");
}

/* A value given by the caller was blamed on the file parameter.csv, which is in order. */
static void given_values_are_named_by_parameter(void)
{
    static const char *const sets[][2] = {
        {"opening=2050-01-01", "opening: found \"2050-01-01\", expected a value from 2027-01-01 to "
                               "2030-01-01\n"},
        {"opening", "found \"opening\", expected name=value with the name of a parameter of the "
                    "scenario; nearest: opening\n"},
    };
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        char found[4096];
        struct zhol_corridor_options options = {
            .scenario = "second-crossing", .set = &sets[i][0], .set_count = 1};
        findings(&options, found, sizeof found);
        CHECK_STR_EQ(found, sets[i][1]);
    }
}

int main(int argc, char **argv)
{
    tiny_make(&tiny, argc > 1 ? argv[1] : ".");
    RUN(rows_of_commas_give_one_finding_each);
    RUN(cut_table_gives_one_finding);
    RUN(given_values_are_named_by_parameter);
    tiny_drop(&tiny);
    return check_report();
}
