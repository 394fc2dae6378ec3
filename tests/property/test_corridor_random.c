/* test_corridor_random.c: properties of reading, over random corridors and random slips.
 *
 * - A made-up corridor reads without fault, its indices agree with its rows, and what is written
 *   reads back to the same bytes.
 * - A random cell of tiny replaced by something odd never crashes; either the corridor still reads
 *   and round-trips, or a fault names a file that exists and a line that it has.
 * - Rows moved from the base into an overlay as `add`, or spoiled in the base and put right by
 *   `change`, give the corridor that the base alone gave.
 */
#include <zhol/corridor.h>

#include "base/csv.h"
#include "check.h"
#include "made_corridor.h"
#include "tiny_copy.h"

enum { CORRIDORS = 40, SLIPS = 1500, SPLITS = 120 };

static struct tiny tiny;
static char out_a[64], out_b[64];

static void empty_folder(const char *folder, bool remove)
{
    struct file_list list = {0};
    char path[1024];
    file_list_read(folder, &list, NULL);
    for (uint32_t i = 0; i < list.count; i++) {
        tiny_path(path, folder, list.entries[i].name);
        unlink(path);
    }
    file_list_clear(&list);
    if (remove) {
        rmdir(folder);
    }
}

/* True where both folders hold the same CSV files, byte for byte. */
static bool same_folders(const char *a, const char *b)
{
    struct file_list list = {0};
    char path[1024];
    bool same = !file_list_read(a, &list, NULL) && list.count > 3;
    for (uint32_t i = 0; i < list.count && same; i++) {
        struct file_data first = {0}, second = {0};
        if (!strstr(list.entries[i].name, ".csv")) {
            continue;
        }
        tiny_path(path, a, list.entries[i].name);
        same = !file_read(path, 0, &first, NULL);
        tiny_path(path, b, list.entries[i].name);
        same = same && !file_read(path, 0, &second, NULL) && first.size == second.size &&
               memcmp(first.bytes, second.bytes, first.size) == 0;
        if (!same) {
            fprintf(stderr, "%s differs\n", list.entries[i].name);
        }
        file_clear(&first);
        file_clear(&second);
    }
    file_list_clear(&list);
    return same;
}

/* Writes, reads, writes again: the bytes must be the same. */
static void round_trip(const struct zhol_corridor *corridor)
{
    struct zhol_corridor *again = NULL;
    CHECK_INT_EQ(zhol_corridor_write(corridor, out_a, NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_corridor_read(out_a, NULL, NULL, &again), ZHOL_ERROR_OK);
    if (again) {
        CHECK_INT_EQ(zhol_corridor_write(again, out_b, NULL), ZHOL_ERROR_OK);
        CHECK(same_folders(out_a, out_b));
    }
    zhol_corridor_free(again);
    empty_folder(out_a, false);
    empty_folder(out_b, false);
}

/* ---- indices ---- */

static void check_things(const struct zhol_corridor *corridor, enum zhol_table table)
{
    uint32_t next = 0, begin, end;
    for (uint32_t thing = 0; thing < zhol_corridor_things(corridor, table); thing++) {
        const char *id = zhol_corridor_id(corridor, table, thing);
        CHECK_INT_EQ(zhol_corridor_find(corridor, table, id), thing);
        zhol_corridor_rows(corridor, table, thing, &begin, &end);
        CHECK(begin == next && end > begin);
        next = end;
    }
}

static void check_periods(const struct zhol_corridor *corridor)
{
    uint32_t total, count, sum = 0;
    const struct zhol_link_period *periods = zhol_corridor_link_period(corridor, &total);
    for (uint32_t link = 0; link < zhol_corridor_things(corridor, ZHOL_TABLE_link); link++) {
        const uint32_t *rows =
            zhol_corridor_rows_of(corridor, ZHOL_TABLE_link_period, link, &count);
        for (uint32_t i = 0; i < count; i++) {
            CHECK_INT_EQ(periods[rows[i]].link_id, link);
            CHECK(!i || periods[rows[i - 1]].valid_from < periods[rows[i]].valid_from);
        }
        sum += count;
    }
    CHECK_INT_EQ(sum, total);
}

static void test_made_corridors(void)
{
    char folder[64];
    tiny_scratch(folder, "random");
    for (uint64_t number = 0; number < CORRIDORS; number++) {
        struct zhol_corridor *corridor = NULL;
        struct zhol_report report;
        char line[512];
        zhol_report_init(&report, 0);
        made_write(folder, number);
        enum zhol_error error = zhol_corridor_read(folder, NULL, &report, &corridor);
        if (error) {
            zhol_finding_text(&report.findings[0], line, sizeof line);
            CHECK_FAIL("corridor %u: %s", (unsigned)number, line);
        } else {
            for (int table = 0; table < ZHOL_TABLE_COUNT; table++) {
                check_things(corridor, (enum zhol_table)table);
            }
            check_periods(corridor);
            round_trip(corridor);
        }
        zhol_corridor_free(corridor);
        zhol_report_clear(&report);
        empty_folder(folder, false);
    }
    empty_folder(folder, true);
}

/* ---- sheets of cells ---- */

struct cells {
    struct file_data data;
    struct csv_reader csv;
    struct text_view *views; /* the header too */
    uint32_t rows, columns;
};

static void cells_read(struct cells *cells, const char *name)
{
    uint32_t capacity = 0;
    *cells = (struct cells){.data = tiny_source(&tiny, name)};
    if (csv_open(&cells->csv, name, cells->data.bytes, cells->data.size, NULL)) {
        tiny_fail("cannot open", name);
    }
    while (csv_next(&cells->csv)) {
        cells->columns = cells->csv.count;
        if (cells->rows == capacity) {
            capacity = capacity ? 2 * capacity : 32;
            cells->views = realloc(cells->views, sizeof *cells->views * capacity * cells->columns);
        }
        memcpy(cells->views + (size_t)cells->rows * cells->columns, cells->csv.cells,
               sizeof *cells->views * cells->columns);
        cells->rows++;
    }
}

static void cells_clear(struct cells *cells)
{
    csv_close(&cells->csv);
    file_clear(&cells->data);
    free(cells->views);
}

static struct text_view *cell_at(const struct cells *cells, uint32_t row, uint32_t column)
{
    return &cells->views[(size_t)row * cells->columns + column];
}

/* Writes the rows that `keep` marks, before each the text `op` unless it is NULL. */
static void cells_write(const struct cells *cells, const char *name, const bool *keep,
                        const char *op)
{
    struct csv_writer writer;
    struct buffer text;
    buffer_init(&text);
    csv_writer_init(&writer, &text);
    for (uint32_t row = 0; row < cells->rows; row++) {
        if (row && keep && !keep[row]) {
            continue;
        }
        if (op) {
            csv_write_text(&writer, row ? op : "op");
        }
        for (uint32_t column = 0; column < cells->columns; column++) {
            csv_write_view(&writer, *cell_at(cells, row, column));
        }
        csv_write_end(&writer);
    }
    tiny_write(&tiny, name, buffer_get(&text), text.size);
    buffer_clear(&text);
}

/* A table of which tiny has a file. */
static enum zhol_table random_table(struct random_stream *random, char name[64])
{
    enum zhol_table table;
    char path[1024];
    do {
        table = (enum zhol_table)random_below(random, ZHOL_TABLE_COUNT);
        snprintf(name, 64, "%s.csv", zhol_table_name(table));
        tiny_path(path, tiny.source, name);
    } while (file_kind_of(path) != FILE_REGULAR);
    return table;
}

/* ---- slips ---- */

static const char *const odd_cells[] = {"",
                                        "-1",
                                        "0",
                                        "1e308",
                                        "-0",
                                        "nan",
                                        "2025-02-30",
                                        "9999-12-31",
                                        "0001-01-01",
                                        "true",
                                        "24:00",
                                        "1111111",
                                        "rail",
                                        "DOSTYK",
                                        "KZ",
                                        "Z",
                                        "\"",
                                        "a,b",
                                        "a\nb",
                                        " x",
                                        "$x",
                                        ";",
                                        "AF001",
                                        "1435",
                                        "Asia/Almaty",
                                        "LINESTRING (1 2, 3 4)",
                                        "both",
                                        "2147483648",
                                        "0.1",
                                        "S001",
                                        "feu",
                                        "wheat",
                                        "((((",
                                        "\xd0\xb6",
                                        "2020",
                                        "2020-05",
                                        "assumed-tiny",
                                        "low",
                                        "1e-320",
                                        "00001"};

static void check_report_lines(const struct zhol_report *report)
{
    for (uint32_t i = 0; i < report->count; i++) {
        const struct zhol_finding *finding = &report->findings[i];
        char path[1024], line[2048];
        CHECK(zhol_finding_text(finding, line, sizeof line) > 0);
        tiny_path(path, tiny.folder, finding->file);
        CHECK(!*finding->file || file_kind_of(path) == FILE_REGULAR);
        CHECK(finding->row < 60);
    }
}

static void try_slip(struct random_stream *random)
{
    struct cells cells;
    struct zhol_report report;
    struct zhol_corridor *corridor = NULL;
    char name[64];
    zhol_report_init(&report, 0);
    random_table(random, name);
    cells_read(&cells, name);
    for (uint32_t slips = 1 + random_below(random, 3); slips && cells.rows; slips--) {
        const char *odd = odd_cells[random_below(random, sizeof odd_cells / sizeof *odd_cells)];
        uint32_t row = random_below(random, 10) ? 1 + random_below(random, cells.rows - 1) : 0;
        *cell_at(&cells, row, random_below(random, cells.columns)) = text_view_of(odd);
    }
    cells_write(&cells, name, NULL, NULL);
    struct zhol_corridor_options options = {.keep_faulty = random_below(random, 2)};
    enum zhol_error error = zhol_corridor_read(tiny.folder, &options, &report, &corridor);
    CHECK((error != ZHOL_ERROR_OK) == (zhol_report_failed(&report) != 0));
    CHECK((corridor != NULL) == (!error || options.keep_faulty));
    check_report_lines(&report);
    if (!error) {
        round_trip(corridor);
    }
    zhol_corridor_free(corridor);
    zhol_report_clear(&report);
    cells_clear(&cells);
    tiny_restore(&tiny, name);
}

static void test_slips(void)
{
    struct random_stream random;
    for (uint64_t i = 0; i < SLIPS; i++) {
        random_start(&random, 1, i);
        try_slip(&random);
    }
}

/* ---- overlays ---- */

static void write_read(const char *scenario, const char *folder)
{
    struct zhol_corridor_options options = {.scenario = scenario};
    struct zhol_corridor *corridor = NULL;
    struct zhol_report report;
    char line[512];
    zhol_report_init(&report, 0);
    if (zhol_corridor_read(tiny.folder, &options, &report, &corridor)) {
        zhol_finding_text(&report.findings[0], line, sizeof line);
        CHECK_FAIL("%s", line);
    } else {
        CHECK_INT_EQ(zhol_corridor_write(corridor, folder, NULL), ZHOL_ERROR_OK);
    }
    zhol_corridor_free(corridor);
    zhol_report_clear(&report);
}

/* Rows from `from` on go into the overlay: the order of the table is then the same. */
static void try_add(struct random_stream *random)
{
    struct cells cells;
    char name[64], overlay[128];
    bool keep[256] = {false};
    random_table(random, name);
    snprintf(overlay, sizeof overlay, "scenarios/other/%s", name);
    cells_read(&cells, name);
    uint32_t from = 1 + random_below(random, cells.rows);
    for (uint32_t row = 1; row < cells.rows && row < 256; row++) {
        keep[row] = row < from;
    }
    cells_write(&cells, name, keep, NULL);
    for (uint32_t row = 1; row < cells.rows && row < 256; row++) {
        keep[row] = !keep[row];
    }
    cells_write(&cells, overlay, keep, "add");
    write_read("other", out_b);
    CHECK(same_folders(out_a, out_b));
    empty_folder(out_b, false);
    tiny_restore(&tiny, name);
    tiny_remove(&tiny, overlay);
    cells_clear(&cells);
}

/* Cells that are no part of a key are spoiled in the base; the overlay holds them as they were. */
static void try_change(struct random_stream *random)
{
    struct cells cells;
    char name[64], overlay[128];
    enum zhol_table table = random_table(random, name);
    snprintf(overlay, sizeof overlay, "scenarios/other/%s", name);
    cells_read(&cells, name);
    cells_write(&cells, overlay, NULL, "change");
    uint32_t note = zhol_column_find(table, "note"), source = zhol_column_find(table, "source_id");
    uint32_t confidence = zhol_column_find(table, "confidence");
    for (uint32_t row = 1; row < cells.rows; row++) {
        if (confidence != ZHOL_NONE && random_below(random, 2)) {
            *cell_at(&cells, row, confidence) = TEXT("certain");
        }
        if (source != ZHOL_NONE && table != ZHOL_TABLE_source && random_below(random, 2)) {
            *cell_at(&cells, row, source) = TEXT("nobody");
        }
        if (note != ZHOL_NONE && cell_at(&cells, row, note)->size) {
            *cell_at(&cells, row, note) = TEXT("another note");
        }
    }
    cells_write(&cells, name, NULL, NULL);
    write_read("other", out_b);
    CHECK(same_folders(out_a, out_b));
    empty_folder(out_b, false);
    tiny_restore(&tiny, name);
    tiny_remove(&tiny, overlay);
    cells_clear(&cells);
}

static void test_overlays(void)
{
    struct random_stream random;
    char path[1024];
    tiny_path(path, tiny.folder, "scenarios/other");
    file_make_folder(path, NULL);
    tiny_text(&tiny, "scenarios/other/scenario.csv",
              "scenario_id,name,text,source_id,confidence\nother,Other,The same,press-tiny,high\n");
    write_read(NULL, out_a);
    for (uint64_t i = 0; i < SPLITS; i++) {
        random_start(&random, 2, i);
        try_add(&random);
        try_change(&random);
    }
    tiny_remove(&tiny, "scenarios/other/scenario.csv");
    rmdir(path);
    empty_folder(out_a, false);
}

int main(int argc, char **argv)
{
    tiny_make(&tiny, argc > 1 ? argv[1] : ".");
    tiny_scratch(out_a, "random");
    tiny_scratch(out_b, "random");
    RUN(test_made_corridors);
    RUN(test_slips);
    RUN(test_overlays);
    empty_folder(out_a, true);
    empty_folder(out_b, true);
    tiny_drop(&tiny);
    return check_report();
}
