/* test_corridor_write.c: what is written is canonical, can be read again, and its datapackage.json
 * says what the tables hold; docs/corridor.md lists the same columns.
 *
 * docs/corridor.md out of date? `test_corridor_write ROOT --write` writes its tables anew.
 */
#include <jansson.h>

#include <zhol/corridor.h>

#include "check.h"
#include "tiny_copy.h"

static const char *root = ".";
static bool write_docs;
static struct tiny tiny;
static char out[64];

static struct zhol_corridor *read_from(const char *folder, const char *scenario)
{
    struct zhol_corridor_options options = {.scenario = scenario};
    struct zhol_corridor *corridor = NULL;
    CHECK_INT_EQ(zhol_corridor_read(folder, &options, NULL, &corridor), ZHOL_ERROR_OK);
    return corridor;
}

static struct file_data slurp(const char *folder, const char *name)
{
    struct file_data data = {0};
    char path[1024];
    tiny_path(path, folder, name);
    CHECK_INT_EQ(file_read(path, 0, &data, NULL), ZHOL_ERROR_OK);
    return data;
}

static void same_file(const char *folder_a, const char *folder_b, const char *name)
{
    struct file_data a = slurp(folder_a, name), b = slurp(folder_b, name);
    if (a.size != b.size || memcmp(a.bytes, b.bytes, a.size) != 0) {
        CHECK_FAIL("%s differs between %s and %s", name, folder_a, folder_b);
    }
    file_clear(&a);
    file_clear(&b);
}

/* Empties the folder of what was written. */
static void clear_out(void)
{
    struct file_list list = {0};
    char path[1024];
    CHECK_INT_EQ(file_list_read(out, &list, NULL), ZHOL_ERROR_OK);
    for (uint32_t i = 0; i < list.count; i++) {
        tiny_path(path, out, list.entries[i].name);
        unlink(path);
    }
    file_list_clear(&list);
}

static void test_same_bytes(void)
{
    struct zhol_corridor *corridor = read_from(tiny.folder, NULL);
    struct file_list list = {0};
    CHECK_INT_EQ(zhol_corridor_write(corridor, out, NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(file_list_read(out, &list, NULL), ZHOL_ERROR_OK);
    CHECK(list.count > 30);
    for (uint32_t i = 0; i < list.count; i++) {
        if (strstr(list.entries[i].name, ".csv")) {
            same_file(out, tiny.folder, list.entries[i].name);
        }
    }
    file_list_clear(&list);
    zhol_corridor_free(corridor);
    clear_out();
}

/* A scenario written out is a corridor of its own; written again it does not change. */
static void test_scenario_becomes_base(void)
{
    struct zhol_corridor *corridor = read_from(tiny.folder, "second-crossing");
    CHECK_INT_EQ(zhol_corridor_write(corridor, out, NULL), ZHOL_ERROR_OK);
    zhol_corridor_free(corridor);
    struct file_data first = slurp(out, "link_period.csv"),
                     package = slurp(out, "datapackage.json");
    CHECK(strstr(first.bytes, "A102F,2027-07-01,") != NULL);
    CHECK(strstr(package.bytes, "\"scenario\": \"second-crossing\"") != NULL);
    corridor = read_from(out, NULL);
    if (corridor) {
        CHECK(zhol_corridor_find(corridor, ZHOL_TABLE_node, "BAKHTY") != ZHOL_NONE);
        CHECK_INT_EQ(zhol_corridor_write(corridor, out, NULL), ZHOL_ERROR_OK);
    }
    struct file_data again = slurp(out, "link_period.csv");
    CHECK_STR_EQ(again.bytes, first.bytes);
    file_clear(&first);
    file_clear(&again);
    file_clear(&package);
    zhol_corridor_free(corridor);
    clear_out();
}

/* ---- datapackage.json ---- */

static const json_t *find_by_name(const json_t *array, const char *name)
{
    size_t i;
    json_t *item;
    json_array_foreach(array, i, item)
    {
        if (strcmp(json_string_value(json_object_get(item, "name")), name) == 0) {
            return item;
        }
    }
    return NULL;
}

static const json_t *schema_of(const json_t *package, const char *table)
{
    return json_object_get(find_by_name(json_object_get(package, "resources"), table), "schema");
}

static const char *member(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

static void check_link_schema(const json_t *schema)
{
    const json_t *fields = json_object_get(schema, "fields");
    const json_t *length = find_by_name(fields, "length"), *mode = find_by_name(fields, "mode");
    CHECK_STR_EQ(member(length, "type"), "number");
    CHECK_STR_EQ(member(find_by_name(fields, "directed"), "type"), "boolean");
    CHECK_NEAR(
        json_number_value(json_object_get(json_object_get(length, "constraints"), "minimum")), 0,
        0);
    CHECK_INT_EQ(json_array_size(json_object_get(json_object_get(mode, "constraints"), "enum")), 8);
    CHECK_STR_EQ(json_string_value(json_array_get(json_object_get(schema, "primaryKey"), 0)),
                 "link_id");
    const json_t *keys = json_object_get(schema, "foreignKeys");
    const json_t *from = json_array_get(keys, 0);
    CHECK_STR_EQ(member(from, "fields"), "from_node_id");
    CHECK_STR_EQ(member(json_object_get(from, "reference"), "resource"), "node");
    CHECK_STR_EQ(member(json_object_get(from, "reference"), "fields"), "node_id");
}

static uint32_t filled_tables(void)
{
    struct file_list list = {0};
    uint32_t count = 0;
    CHECK_INT_EQ(file_list_read(tiny.folder, &list, NULL), ZHOL_ERROR_OK);
    for (uint32_t i = 0; i < list.count; i++) {
        count += strstr(list.entries[i].name, ".csv") && strcmp(list.entries[i].name, "config.csv");
    }
    file_list_clear(&list);
    return count;
}

static void test_package(void)
{
    struct zhol_corridor *corridor = read_from(tiny.folder, NULL);
    CHECK_INT_EQ(zhol_package_write(corridor, out, NULL), ZHOL_ERROR_OK);
    struct file_data data = slurp(out, "datapackage.json");
    json_t *package = json_loadb(data.bytes, data.size, JSON_REJECT_DUPLICATES, NULL);
    CHECK(json_is_object(package));
    CHECK_STR_EQ(member(package, "profile"), "tabular-data-package");
    CHECK_STR_EQ(member(package, "name"), "tiny");
    CHECK_STR_EQ(member(package, "title_ru"), "Крошечный коридор для тестов");
    CHECK_STR_EQ(member(package, "as_of"), "2026-01-31");
    CHECK_STR_EQ(member(json_array_get(json_object_get(package, "licenses"), 0), "name"),
                 "CC-BY-4.0");
    CHECK_INT_EQ(json_array_size(json_object_get(package, "sources")), 2);
    CHECK_INT_EQ(json_array_size(json_object_get(package, "resources")), filled_tables());
    check_link_schema(schema_of(package, "link"));
    CHECK(json_object_get(schema_of(package, "link_period"), "uniqueKeys") != NULL);
    CHECK(json_object_get(schema_of(package, "link_period"), "primaryKey") == NULL);
    const json_t *own =
        json_array_get(json_object_get(schema_of(package, "node"), "foreignKeys"), 0);
    CHECK_STR_EQ(member(json_object_get(own, "reference"), "resource"), "");
    json_decref(package);
    file_clear(&data);
    zhol_corridor_free(corridor);
    clear_out();
}

/* The package that is written is the package that is read: a second writing changes nothing. */
static void test_package_is_stable(void)
{
    struct zhol_corridor *corridor = read_from(tiny.folder, NULL);
    CHECK_INT_EQ(zhol_corridor_write(corridor, out, NULL), ZHOL_ERROR_OK);
    zhol_corridor_free(corridor);
    struct file_data first = slurp(out, "datapackage.json");
    corridor = read_from(out, NULL);
    CHECK_INT_EQ(zhol_package_write(corridor, out, NULL), ZHOL_ERROR_OK);
    struct file_data again = slurp(out, "datapackage.json");
    CHECK_STR_EQ(again.bytes, first.bytes);
    file_clear(&first);
    file_clear(&again);
    zhol_corridor_free(corridor);
    clear_out();
}

static void test_unwritable(void)
{
    struct zhol_corridor *corridor = read_from(tiny.folder, NULL);
    struct zhol_report report;
    zhol_report_init(&report, 0);
    CHECK(zhol_corridor_write(corridor, "/nowhere/at/all", &report) != ZHOL_ERROR_OK);
    CHECK(report.count > 0);
    zhol_report_clear(&report);
    zhol_corridor_free(corridor);
}

/* ---- docs/corridor.md ---- */

static const char docs_begin[] = "<!-- tables: begin (made from zhol/tables.h) -->\n";
static const char docs_end[] = "<!-- tables: end -->\n";

static void test_docs(void)
{
    char folder[600];
    char *tables = NULL;
    snprintf(folder, sizeof folder, "%s/docs", root);
    struct file_data data = slurp(folder, "corridor.md");
    CHECK_INT_EQ(zhol_tables_markdown(&tables), ZHOL_ERROR_OK);
    const char *begin = data.bytes ? strstr(data.bytes, docs_begin) : NULL;
    const char *end = begin ? strstr(begin, docs_end) : NULL;
    CHECK(begin && end && tables);
    if (begin && end && tables) {
        begin += strlen(docs_begin);
        bool same =
            strlen(tables) == (size_t)(end - begin) && memcmp(tables, begin, strlen(tables)) == 0;
        if (!same && write_docs) {
            struct buffer text;
            char path[1024];
            buffer_init(&text);
            buffer_append(&text, data.bytes, (size_t)(begin - data.bytes));
            buffer_string(&text, tables);
            buffer_string(&text, end);
            tiny_path(path, folder, "corridor.md");
            CHECK_INT_EQ(file_write(path, buffer_get(&text), text.size, NULL), ZHOL_ERROR_OK);
            buffer_clear(&text);
        } else if (!same) {
            CHECK_FAIL("docs/corridor.md is not as zhol/tables.h says; run this test with --write");
        }
    }
    free(tables);
    file_clear(&data);
}

int main(int argc, char **argv)
{
    root = argc > 1 ? argv[1] : ".";
    write_docs = argc > 2 && strcmp(argv[2], "--write") == 0;
    tiny_make(&tiny, root);
    tiny_scratch(out, "write");
    RUN(test_same_bytes);
    RUN(test_scenario_becomes_base);
    RUN(test_package);
    RUN(test_package_is_stable);
    RUN(test_unwritable);
    RUN(test_docs);
    rmdir(out);
    tiny_drop(&tiny);
    return check_report();
}
