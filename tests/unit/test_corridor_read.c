/* test_corridor_read.c: a corridor that was read answers every question; files of every odd make
 * are read or refused with a reason.
 */
#include <math.h>

#include <zhol/corridor.h>

#include "base/time.h"
#include "check.h"
#include "tiny_copy.h"

static struct tiny tiny;

static struct zhol_corridor *read_tiny(void)
{
    struct zhol_corridor *corridor = NULL;
    CHECK_INT_EQ(zhol_corridor_read(tiny.folder, NULL, NULL, &corridor), ZHOL_ERROR_OK);
    return corridor;
}

/* Reads; the first finding, and how many there are. */
static enum zhol_error read_first(char line[1024], uint64_t *faults)
{
    struct zhol_report report;
    struct zhol_corridor *corridor = NULL;
    zhol_report_init(&report, 0);
    enum zhol_error error = zhol_corridor_read(tiny.folder, NULL, &report, &corridor);
    line[0] = '\0';
    if (report.count) {
        zhol_finding_text(&report.findings[0], line, 1024);
    }
    *faults = report.counts[ZHOL_FAULT];
    zhol_corridor_free(corridor);
    zhol_report_clear(&report);
    return error;
}

static void expect(const char *file, enum zhol_error error, const char *text)
{
    char line[1024];
    uint64_t faults;
    CHECK_INT_EQ(read_first(line, &faults), error);
    if (!strstr(line, text)) {
        CHECK_STR_EQ(line, text);
    }
    CHECK_INT_EQ(faults > 0, error != ZHOL_ERROR_OK);
    tiny_restore(&tiny, file);
}

static int32_t day(const char *text)
{
    int32_t days = 0;
    CHECK_INT_EQ(time_parse_day(text_view_of(text), &days), ZHOL_ERROR_OK);
    return days;
}

/* ---- questions ---- */

static void test_rows(void)
{
    struct zhol_corridor *corridor = read_tiny();
    uint32_t count;
    const struct zhol_link *links = zhol_corridor_link(corridor, &count);
    CHECK_INT_EQ(count, 9);
    uint32_t link = zhol_corridor_find(corridor, ZHOL_TABLE_link, "S002F1435");
    CHECK_INT_EQ(link, 1);
    CHECK_STR_EQ(zhol_corridor_id(corridor, ZHOL_TABLE_link, link), "S002F1435");
    CHECK_STR_EQ(zhol_corridor_id(corridor, ZHOL_TABLE_node, links[link].to_node_id), "DOSTYK");
    CHECK_INT_EQ(links[link].directed, 1);
    CHECK_INT_EQ(links[0].directed, 0);
    CHECK_INT_EQ(links[link].gauge_mm, 1435);
    CHECK_INT_EQ(links[link].mode, zhol_mode_RAIL);
    CHECK_NEAR(links[link].length, 12, 0);
    CHECK(isnan(links[link].capacity));
    CHECK_STR_EQ(zhol_corridor_text(corridor, links[link].country), "KZ");
    CHECK_INT_EQ(links[link].country, links[link + 1].country);
    CHECK_INT_EQ(links[7].gauge_mm, ZHOL_BLANK_INT);
    CHECK_INT_EQ(zhol_corridor_find(corridor, ZHOL_TABLE_link, "S999"), ZHOL_NONE);
    CHECK_INT_EQ(zhol_corridor_find(corridor, ZHOL_TABLE_link, ""), ZHOL_NONE);
    CHECK_INT_EQ(zhol_corridor_things(corridor, ZHOL_TABLE_link), 9);
    CHECK_INT_EQ(zhol_corridor_things(corridor, ZHOL_TABLE_link_period), 0);
    CHECK_STR_EQ(zhol_corridor_id(corridor, ZHOL_TABLE_link, ZHOL_NONE), "");
    zhol_corridor_free(corridor);
}

static void test_things_in_time(void)
{
    struct zhol_corridor *corridor = read_tiny();
    uint32_t begin, end, count;
    const struct zhol_resource *rows = zhol_corridor_resource(corridor, &count);
    uint32_t paths = zhol_corridor_find(corridor, ZHOL_TABLE_resource, "R.S003");
    zhol_corridor_rows(corridor, ZHOL_TABLE_resource, paths, &begin, &end);
    CHECK_INT_EQ(end - begin, 2);
    uint32_t before = zhol_corridor_row_on(corridor, ZHOL_TABLE_resource, paths, day("2025-09-29"));
    uint32_t after = zhol_corridor_row_on(corridor, ZHOL_TABLE_resource, paths, day("2025-09-30"));
    CHECK_NEAR(rows[before].value, 12, 0);
    CHECK_NEAR(rows[after].value, 60, 0);
    uint32_t ban = zhol_corridor_find(corridor, ZHOL_TABLE_rule, "RU.wheat-ban");
    CHECK_INT_EQ(zhol_corridor_row_on(corridor, ZHOL_TABLE_rule, ban, day("2026-04-01")),
                 ZHOL_NONE);
    const uint32_t *periods =
        zhol_corridor_rows_of(corridor, ZHOL_TABLE_link_period,
                              zhol_corridor_find(corridor, ZHOL_TABLE_link, "S003"), &count);
    CHECK_INT_EQ(count, 2);
    CHECK_INT_EQ(periods[1], periods[0] + 1);
    CHECK(zhol_corridor_rows_of(corridor, ZHOL_TABLE_link_period, ZHOL_NONE, &count) == NULL);
    CHECK_INT_EQ(count, 0);
    CHECK(zhol_corridor_rows_of(corridor, ZHOL_TABLE_unmodelled, 0, &count) == NULL);
    zhol_corridor_free(corridor);
}

static void test_about_and_origin(void)
{
    struct zhol_corridor *corridor = read_tiny();
    struct zhol_corridor_about about = zhol_corridor_about(corridor);
    const char *file;
    uint32_t line;
    char cell[64];
    CHECK_STR_EQ(about.name, "tiny");
    CHECK_STR_EQ(about.title, "A tiny corridor for tests");
    CHECK_STR_EQ(about.title_ru, "Крошечный коридор для тестов");
    CHECK_STR_EQ(about.scenario, "");
    CHECK_INT_EQ(about.as_of, day("2026-01-31"));
    CHECK_INT_EQ(about.day, about.as_of);
    zhol_corridor_origin(corridor, ZHOL_TABLE_node, 2, &file, &line);
    CHECK_STR_EQ(file, "node.csv");
    CHECK_INT_EQ(line, 4);
    uint32_t column = zhol_column_find(ZHOL_TABLE_service, "depart");
    CHECK_INT_EQ(zhol_corridor_cell(corridor, ZHOL_TABLE_service, 0, column, cell, sizeof cell), 5);
    CHECK_STR_EQ(cell, "10:00");
    column = zhol_column_find(ZHOL_TABLE_service, "name_ru");
    CHECK_INT_EQ(zhol_corridor_cell(corridor, ZHOL_TABLE_service, 0, column, cell, 6), 23);
    CHECK_STR_EQ(cell, "Си"); /* cut between characters */
    CHECK_INT_EQ(zhol_column_find(ZHOL_TABLE_service, "no_such"), ZHOL_NONE);
    CHECK_STR_EQ(zhol_column_name(ZHOL_TABLE_node, 0), "node_id");
    CHECK_STR_EQ(zhol_table_name(ZHOL_TABLE_link_control), "link_control");
    zhol_corridor_free(corridor);
}

static void test_words(void)
{
    CHECK_STR_EQ(zhol_mode_text(zhol_mode_CARAVAN), "caravan");
    CHECK_STR_EQ(zhol_mode_text(0), "");
    CHECK_STR_EQ(zhol_mode_text(200), "");
    CHECK_INT_EQ(zhol_state_from("rail1520"), zhol_state_RAIL1520);
    CHECK_INT_EQ(zhol_state_from("rail"), 0);
    CHECK_INT_EQ(zhol_state_from(""), 0);
    CHECK_INT_EQ(zhol_qualifier_from("~"), zhol_qualifier_ABOUT);
}

/* ---- what a file may look like ---- */

static void test_columns_in_any_order(void)
{
    struct zhol_corridor *corridor;
    uint32_t count;
    tiny_text(&tiny, "fx.csv",
              "x_mine,usd,confidence,source_id,currency\r\n\"a,b\",0.0019,high,press-tiny,KZT\r\n");
    corridor = read_tiny();
    const struct zhol_fx *rates = zhol_corridor_fx(corridor, &count);
    CHECK_INT_EQ(count, 1);
    CHECK_NEAR(rates[0].usd, 0.0019, 0);
    CHECK_INT_EQ(rates[0].valid_from, ZHOL_BLANK_DATE);
    zhol_corridor_free(corridor);
    tiny_restore(&tiny, "fx.csv");
}

static void test_rows_in_any_order(void)
{
    struct zhol_corridor *corridor;
    uint32_t count, begin, end, line;
    const char *file;
    struct file_data data = tiny_source(&tiny, "resource.csv");
    struct buffer text;
    buffer_init(&text);
    char *end_of_id = strstr(data.bytes, "R.S001,,,");
    buffer_append(&text, data.bytes, (size_t)(end_of_id - data.bytes));
    buffer_string(&text, "R.S001,,2030-01-01,");
    buffer_string(&text, end_of_id + strlen("R.S001,,,"));
    buffer_string(&text, "R.S001,2030-01-01,,later,,,S001,both,pairs,day,nameplate,50,,,press-tiny,"
                         "low,,\n");
    tiny_text(&tiny, "resource.csv", buffer_get(&text));
    corridor = read_tiny();
    const struct zhol_resource *rows = zhol_corridor_resource(corridor, &count);
    zhol_corridor_rows(corridor, ZHOL_TABLE_resource, 0, &begin, &end);
    CHECK_INT_EQ(end - begin, 2);
    CHECK_INT_EQ(rows[begin].valid_from, ZHOL_BLANK_DATE);
    CHECK_NEAR(rows[begin + 1].value, 50, 0);
    zhol_corridor_origin(corridor, ZHOL_TABLE_resource, begin + 1, &file, &line);
    CHECK_INT_EQ(line, 10);
    zhol_corridor_free(corridor);
    buffer_clear(&text);
    file_clear(&data);
    tiny_restore(&tiny, "resource.csv");
}

static void test_later_rows_may_be_named_before(void)
{
    struct zhol_corridor *corridor;
    uint32_t count;
    tiny_replace(&tiny, "actor.csv", "CN,state,,", "CN,state,KZ_STATE,");
    corridor = read_tiny();
    const struct zhol_actor *actors = zhol_corridor_actor(corridor, &count);
    CHECK_STR_EQ(zhol_corridor_id(corridor, ZHOL_TABLE_actor, actors[0].parent_id), "KZ_STATE");
    zhol_corridor_free(corridor);
    tiny_restore(&tiny, "actor.csv");
}

static void test_short_dates(void)
{
    struct zhol_corridor *corridor;
    uint32_t count;
    tiny_replace(&tiny, "source.csv", "2025-12-01", "2025-12");
    corridor = read_tiny();
    const struct zhol_source *sources = zhol_corridor_source(corridor, &count);
    CHECK_INT_EQ(sources[1].date, day("2025-12-01"));
    zhol_corridor_free(corridor);
    tiny_restore(&tiny, "source.csv");
}

static void test_empty_tables(void)
{
    struct zhol_corridor *corridor;
    uint32_t count;
    tiny_remove(&tiny, "series.csv");
    tiny_text(&tiny, "unmodelled.csv", "fact_id,subject,reason\n");
    corridor = read_tiny();
    zhol_corridor_series(corridor, &count);
    CHECK_INT_EQ(count, 0);
    zhol_corridor_unmodelled(corridor, &count);
    CHECK_INT_EQ(count, 0);
    zhol_corridor_free(corridor);
    tiny_restore(&tiny, "series.csv");
    tiny_restore(&tiny, "unmodelled.csv");
    tiny_text(&tiny, "series.csv", "");
    expect("series.csv", ZHOL_ERROR_SYNTAX, "series.csv: the file is empty");
}

static void test_missing_files(void)
{
    tiny_remove(&tiny, "link.csv");
    expect("link.csv", ZHOL_ERROR_UNKNOWN, "link.csv: the file is missing");
    tiny_remove(&tiny, "datapackage.json");
    expect("datapackage.json", ZHOL_ERROR_UNKNOWN, "datapackage.json: the file is missing");
    tiny_text(&tiny, "links.csv", "a\n");
    expect("links.csv", ZHOL_ERROR_OK,
           "links.csv: warning: is not read: no table has this name; nearest: link");
    struct zhol_corridor *corridor;
    CHECK_INT_EQ(zhol_corridor_read("/nowhere/at/all", NULL, NULL, &corridor), ZHOL_ERROR_UNKNOWN);
    CHECK(corridor == NULL);
}

/* ---- hostile files ---- */

static void test_bytes_that_are_no_text(void)
{
    static const char utf16[] = "\xff\xfe"
                                "a\0,\0b\0\n";
    tiny_write(&tiny, "fx.csv", utf16, sizeof utf16 - 1);
    expect("fx.csv", ZHOL_ERROR_SYNTAX, "fx.csv");
    static const char cp1251[] =
        "currency,usd,source_id,confidence\nKZT,1,\xcf\xf0\xe5\xf1\xf1,high\n";
    tiny_write(&tiny, "fx.csv", cp1251, sizeof cp1251 - 1);
    expect("fx.csv", ZHOL_ERROR_SYNTAX, "fx.csv");
    static const char nul[] = "currency,usd,source_id,confidence\nK\0T,1,press-tiny,high\n";
    tiny_write(&tiny, "fx.csv", nul, sizeof nul - 1);
    expect("fx.csv", ZHOL_ERROR_SYNTAX, "fx.csv:2");
    tiny_text(&tiny, "fx.csv", "currency,usd,source_id,confidence\n\"KZT,1,press-tiny,high\n");
    expect("fx.csv", ZHOL_ERROR_SYNTAX, "fx.csv:2");
    tiny_text(&tiny, "fx.csv", "currency,usd,source_id,confidence\nKZT,1,press-tiny\n");
    expect("fx.csv", ZHOL_ERROR_SYNTAX, "fx.csv:2");
    tiny_text(&tiny, "fx.csv", "currency,usd,source_id,confidence\nKZT,0x1p3,press-tiny,high\n");
    expect("fx.csv", ZHOL_ERROR_SYNTAX, "fx.csv:2: usd: found \"0x1p3\", expected a number > 0");
    tiny_text(&tiny, "fx.csv", "currency,usd,source_id,confidence\nKZT,nan,press-tiny,high\n");
    expect("fx.csv", ZHOL_ERROR_SYNTAX, "fx.csv:2: usd: found \"nan\"");
    tiny_text(&tiny, "fx.csv", "currency,usd,source_id,confidence\nKZT,1e999,press-tiny,high\n");
    expect("fx.csv", ZHOL_ERROR_RANGE, "fx.csv:2: usd: found \"1e999\"");
}

static void test_large_shapes(void)
{
    enum { COLUMNS = 1000000, LINE = 8 << 20 };
    char *text = malloc(LINE);
    CHECK(text != NULL);
    if (!text) {
        return;
    }
    memset(text, ',', COLUMNS);
    text[COLUMNS] = '\n';
    tiny_write(&tiny, "fx.csv", text, COLUMNS + 1);
    expect("fx.csv", ZHOL_ERROR_LIMIT, "fx.csv:1");
    memset(text, 'a', LINE);
    tiny_write(&tiny, "fx.csv", text, LINE);
    expect("fx.csv", ZHOL_ERROR_LIMIT, "fx.csv:1");
    memset(text, '\n', LINE);
    tiny_write(&tiny, "fx.csv", text, LINE);
    expect("fx.csv", ZHOL_ERROR_SYNTAX, "fx.csv: the file is empty");
    free(text);
    char id[200] = "";
    memset(id, 'i', 150);
    strcpy(id + 150, ",Press,,,,,press,,\n");
    tiny_replace(&tiny, "source.csv", "", id);
    expect("source.csv", ZHOL_ERROR_SYNTAX, "source.csv:5: source_id");
}

static void test_hostile_json(void)
{
    static const char *const texts[] = {"",
                                        "null",
                                        "[]",
                                        "{\"name\": 1}",
                                        "{\"name\": \"tiny\"}",
                                        "{\"name\": \"a\\u0000b\", \"as_of\": \"2026-01-31\"}",
                                        "{\"name\": \"tiny\", \"as_of\": 20260131}",
                                        "{\"a\":1e999}"};
    char line[1024];
    uint64_t faults;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        tiny_text(&tiny, "datapackage.json", texts[i]);
        CHECK(read_first(line, &faults) != ZHOL_ERROR_OK);
        CHECK(strncmp(line, "datapackage.json", 16) == 0);
    }
    struct buffer deep;
    buffer_init(&deep);
    buffer_fill(&deep, '[', 1000000);
    tiny_write(&tiny, "datapackage.json", buffer_get(&deep), deep.size);
    expect("datapackage.json", ZHOL_ERROR_SYNTAX, "datapackage.json:1");
    buffer_clear(&deep);
}

static void test_a_name_of_two(void)
{
    uint32_t node, near[4], count;
    tiny_replace(&tiny, "node.csv", "Alat,49.4", "Aktau,49.4");
    struct zhol_corridor *corridor = read_tiny();
    CHECK_INT_EQ(zhol_corridor_place(corridor, "aktau", &node, near, 4, &count),
                 ZHOL_ERROR_AMBIGUOUS);
    CHECK_INT_EQ(count, 2);
    CHECK_STR_EQ(zhol_corridor_id(corridor, ZHOL_TABLE_node, near[1]), "ALAT");
    CHECK_INT_EQ(zhol_corridor_place(corridor, "Актау", &node, near, 4, &count), ZHOL_ERROR_OK);
    zhol_corridor_free(corridor);
    tiny_restore(&tiny, "node.csv");
}

static void test_faulty_corridor_on_request(void)
{
    struct zhol_corridor_options options = {.keep_faulty = true};
    struct zhol_corridor *corridor = NULL;
    uint32_t count;
    tiny_replace(&tiny, "link.csv", ",1230,", ",long,");
    CHECK_INT_EQ(zhol_corridor_read(tiny.folder, &options, NULL, &corridor), ZHOL_ERROR_SYNTAX);
    CHECK(corridor != NULL);
    if (corridor) {
        CHECK(isnan(zhol_corridor_link(corridor, &count)[5].length));
    }
    zhol_corridor_free(corridor);
    tiny_restore(&tiny, "link.csv");
}

int main(int argc, char **argv)
{
    tiny_make(&tiny, argc > 1 ? argv[1] : ".");
    RUN(test_rows);
    RUN(test_things_in_time);
    RUN(test_about_and_origin);
    RUN(test_words);
    RUN(test_columns_in_any_order);
    RUN(test_rows_in_any_order);
    RUN(test_later_rows_may_be_named_before);
    RUN(test_short_dates);
    RUN(test_empty_tables);
    RUN(test_missing_files);
    RUN(test_bytes_that_are_no_text);
    RUN(test_large_shapes);
    RUN(test_hostile_json);
    RUN(test_a_name_of_two);
    RUN(test_faulty_corridor_on_request);
    tiny_drop(&tiny);
    return check_report();
}
