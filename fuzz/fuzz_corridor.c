/* Any bytes as one file of a corridor: no crash; what reads without fault writes, and reads again
 * to the same bytes.
 *
 * Byte 0 chooses the file: a table of tests/data/tiny, a table of its scenario, or
 * datapackage.json. Byte 1: odd, and the header of the table is put before the bytes, so that
 * chance gets to the cells. The fuzzer runs in the repository's root (or with its path in
 * ZHOL_ROOT).
 */
#include <stdlib.h>

#include <zhol/corridor.h>

#include "../tests/tiny_copy.h"

enum { PACKAGE = 2 * ZHOL_TABLE_COUNT, CHOICES };

static struct tiny tiny;
static char out_a[64], out_b[64];

static void drop_all(void)
{
    tiny_drop(&tiny);
    rmdir(out_a);
    rmdir(out_b);
}

static void start(void)
{
    const char *root = getenv("ZHOL_ROOT");
    tiny_make(&tiny, root ? root : ".");
    tiny_scratch(out_a, "fuzz");
    tiny_scratch(out_b, "fuzz");
    atexit(drop_all);
}

static void name_file(uint32_t choice, char name[128])
{
    bool overlay = choice >= ZHOL_TABLE_COUNT || choice == ZHOL_TABLE_scenario ||
                   choice == ZHOL_TABLE_parameter;
    if (choice == PACKAGE) {
        snprintf(name, 128, "datapackage.json");
    } else {
        snprintf(name, 128, "%s%s.csv", overlay ? "scenarios/second-crossing/" : "",
                 zhol_table_name((enum zhol_table)(choice % ZHOL_TABLE_COUNT)));
    }
}

static void write_input(const char *name, uint32_t choice, bool header, const uint8_t *data,
                        size_t size)
{
    struct buffer text;
    enum zhol_table table = (enum zhol_table)(choice % ZHOL_TABLE_COUNT);
    buffer_init(&text);
    if (header && choice != PACKAGE) {
        buffer_string(&text, choice >= ZHOL_TABLE_COUNT ? "op" : "");
        for (uint32_t i = 0; i < zhol_table_columns(table); i++) {
            buffer_string(&text, text.size ? "," : "");
            buffer_string(&text, zhol_column_name(table, i));
        }
        buffer_char(&text, '\n');
    }
    buffer_append(&text, data, size);
    tiny_write(&tiny, name, buffer_get(&text), text.size);
    buffer_clear(&text);
}

/* Empties folder b, comparing its files with those of a on the way. */
static void compare_and_empty(const char *a, const char *b)
{
    struct file_list list = {0};
    char path[1024];
    if (file_list_read(b, &list, NULL)) {
        abort();
    }
    for (uint32_t i = 0; i < list.count; i++) {
        struct file_data first = {0}, second = {0};
        tiny_path(path, a, list.entries[i].name);
        bool good = !file_read(path, 0, &first, NULL);
        unlink(path);
        tiny_path(path, b, list.entries[i].name);
        good = good && !file_read(path, 0, &second, NULL) && first.size == second.size &&
               memcmp(first.bytes, second.bytes, first.size) == 0;
        unlink(path);
        if (!good) {
            fprintf(stderr, "%s differs\n", list.entries[i].name);
            abort();
        }
        file_clear(&first);
        file_clear(&second);
    }
    file_list_clear(&list);
}

static void round_trip(const struct zhol_corridor *corridor)
{
    struct zhol_corridor *again;
    if (zhol_corridor_write(corridor, out_a, NULL) ||
        zhol_corridor_read(out_a, NULL, NULL, &again) || zhol_corridor_write(again, out_b, NULL)) {
        abort();
    }
    zhol_corridor_free(again);
    compare_and_empty(out_a, out_b);
}

/* Reads the corridor; where it is good, it must survive the round trip. */
static void read_once(const char *scenario)
{
    struct zhol_corridor_options options = {.scenario = scenario, .keep_faulty = true};
    struct zhol_corridor *corridor;
    struct zhol_report report;
    char line[600];
    uint32_t node, near[4], count;
    zhol_report_init(&report, 50);
    enum zhol_error error = zhol_corridor_read(tiny.folder, &options, &report, &corridor);
    if ((error != ZHOL_ERROR_OK) != (zhol_report_failed(&report) != 0)) {
        abort();
    }
    for (uint32_t i = 0; i < report.count; i++) {
        (void)zhol_finding_text(&report.findings[i], line, sizeof line);
    }
    if (corridor) {
        (void)zhol_corridor_place(corridor, "Dostik", &node, near, 4, &count);
    }
    if (!error) {
        round_trip(corridor);
    }
    zhol_corridor_free(corridor);
    zhol_report_clear(&report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char name[128];
    if (!*tiny.folder) {
        start();
    }
    if (size < 2) {
        return 0;
    }
    uint32_t choice = data[0] % CHOICES;
    name_file(choice, name);
    write_input(name, choice, data[1] & 1, data + 2, size - 2);
    bool overlay = strncmp(name, "scenarios", 9) == 0;
    read_once(overlay ? "second-crossing" : NULL);
    tiny_restore(&tiny, name);
    return 0;
}
