/* A document with one of everything: what each writer says of it, and what goes with a figure. */
#include "report/document.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "check.h"

static const char *root;

static void fill(struct document *document, const struct zhol_corridor *corridor,
                 enum report_lang lang)
{
    static const struct document_column columns[] = {
        {"place", "Place", NULL, DOCUMENT_TEXT},
        {"transit_days", "Transit", "days", DOCUMENT_NUMBER},
        {"since", "Since", NULL, DOCUMENT_DATE},
        {"verdict", "Verdict", NULL, DOCUMENT_VERDICT}};
    document_init(document, corridor, lang, "Title <&>", "as of a day");
    document_section(document, "first", "First");
    document_text(document, "A sentence with %d & more.", 7);
    document_table(document, "places", "Places", "all, 2025, base", columns, 4);
    struct document_cell *cells = document_row(document, "article;assumed-capacity;no-such-source");
    document_put(document, &cells[0], "Dostyk");
    cells[1] = document_band(12.34, 11, 13.5, 1);
    cells[2] = document_date(0);
    document_verdict(document, &cells[3], "consistent", 1);
    cells = document_row(document, "article");
    document_put(document, &cells[0], "Khorgos, \"gate\"");
    cells[1] = document_number(NAN, 1);
    document_note(document, "A note.");
    document_picture(document, "A picture", TEXT("<svg id=\"p\"></svg>"));
}

static void all_writers_say_the_same(void)
{
    struct zhol_corridor *corridor = NULL;
    struct document document;
    char dir[4096];
    snprintf(dir, sizeof dir, "%s/corridors/china-kazakhstan", root);
    CHECK_INT_EQ(zhol_corridor_read(dir, NULL, NULL, &corridor), ZHOL_ERROR_OK);
    fill(&document, corridor, REPORT_EN);
    CHECK_INT_EQ(document.reference_count, 2); /* the third is none of the corridor's */
    struct buffer html = {0}, text = {0}, json = {0}, csv = {0}, xlsx = {0}, sources = {0};
    CHECK_INT_EQ(document_write_html(&document, &html), ZHOL_ERROR_OK);
    CHECK(strstr(buffer_get(&html), "Title &lt;&amp;&gt;") != NULL);
    CHECK(strstr(buffer_get(&html), "12.3 <small>(11.0…13.5)</small>") != NULL);
    CHECK(strstr(buffer_get(&html), "Transit<small>days</small>") != NULL);
    CHECK(strstr(buffer_get(&html), "<a href=\"#s2\">[2]</a>") != NULL);
    CHECK(strstr(buffer_get(&html), "<li id=\"s2\">") != NULL);
    CHECK(strstr(buffer_get(&html), "<li id=\"s3\">") == NULL);
    CHECK(strstr(buffer_get(&html), "<svg id=\"p\"></svg>") != NULL);
    CHECK_INT_EQ(document_write_text(&document, &text), ZHOL_ERROR_OK);
    CHECK(strstr(buffer_get(&text), "12.3 (11.0…13.5)") != NULL);
    CHECK(strstr(buffer_get(&text), "Transit, days") != NULL);
    CHECK(strstr(buffer_get(&text), "all, 2025, base") != NULL);
    CHECK_INT_EQ(document_write_csv(&document, document_find(&document, "places"), &csv),
                 ZHOL_ERROR_OK);
    CHECK_STR_EQ(buffer_get(&csv),
                 "place,transit_days,transit_days_low,transit_days_high,since,verdict,scope,"
                 "source_ids\n"
                 "Dostyk,12.34,11,13.5,1970-01-01,consistent,\"all, 2025, base\","
                 "article;assumed-capacity;no-such-source\n"
                 "\"Khorgos, \"\"gate\"\"\",,,,,,\"all, 2025, base\",article\n");
    CHECK_INT_EQ(document_write_sources_csv(&document, &sources), ZHOL_ERROR_OK);
    CHECK_INT_EQ(document_write_xlsx(&document, &xlsx), ZHOL_ERROR_OK);
    CHECK(xlsx.size > 1000 && memcmp(xlsx.bytes, "PK", 2) == 0);
    CHECK_INT_EQ(document_write_json(&document, &json), ZHOL_ERROR_OK);
    json_t *value = json_loads(buffer_get(&json), 0, NULL);
    json_t *table = json_array_get(
        json_object_get(json_array_get(json_object_get(value, "sections"), 0), "tables"), 0);
    json_t *row = json_array_get(json_object_get(table, "rows"), 0);
    CHECK_NEAR(json_number_value(json_object_get(json_object_get(row, "transit_days"), "high")),
               13.5, 0);
    CHECK_STR_EQ(json_string_value(json_object_get(row, "since")), "1970-01-01");
    CHECK_INT_EQ(json_array_size(json_object_get(row, "sources")), 2);
    CHECK_INT_EQ(json_array_size(json_object_get(value, "sources")), 2);
    row = json_array_get(json_object_get(table, "rows"), 1);
    CHECK(json_is_null(json_object_get(row, "transit_days")));
    json_decref(value);
    struct buffer *all[] = {&html, &text, &json, &csv, &xlsx, &sources};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        buffer_clear(all[i]);
    }
    document_clear(&document);
    zhol_corridor_free(corridor);
}

/* What was cut short says so in every row that can be taken out of its report. */
static void a_mark_is_in_every_row(void)
{
    struct document document;
    struct buffer csv = {0}, about = {0};
    fill(&document, NULL, REPORT_EN);
    document.mark = "NOT COMPLETE";
    CHECK_INT_EQ(document_write_csv(&document, document_find(&document, "places"), &csv),
                 ZHOL_ERROR_OK);
    CHECK(strstr(buffer_get(&csv), ",\"NOT COMPLETE; all, 2025, base\",") != NULL);
    CHECK_INT_EQ(document_write_about_csv(&document, &about), ZHOL_ERROR_OK);
    CHECK(strncmp(buffer_get(&about), "title,about\n", 12) == 0);
    CHECK(strstr(buffer_get(&about), document.about) != NULL);
    buffer_clear(&csv);
    buffer_clear(&about);
    document_clear(&document);
}

static void numbers_are_of_the_language(void)
{
    struct document document;
    struct buffer text = {0};
    fill(&document, NULL, REPORT_RU);
    CHECK_INT_EQ(document_write_text(&document, &text), ZHOL_ERROR_OK);
    CHECK(strstr(buffer_get(&text), "12,3 (11,0…13,5)") != NULL);
    CHECK_INT_EQ(document.reference_count, 0);
    buffer_clear(&text);
    document_clear(&document);
}

int main(int argc, char **argv)
{
    root = argc > 1 ? argv[1] : ".";
    RUN(all_writers_say_the_same);
    RUN(a_mark_is_in_every_row);
    RUN(numbers_are_of_the_language);
    return check_report();
}
