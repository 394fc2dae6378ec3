/* tests/sheet.h: writes tables of a made-up corridor as CSV, for property tests and benchmarks.
 *
 *     struct sheet s;
 *     sheet_open(&s, folder, ZHOL_TABLE_link);
 *     uint32_t id = sheet_column(&s, "link_id");
 *     sheet_set(&s, id, "L%u", i);   any columns, then
 *     sheet_row(&s);                 writes the row; all cells are blank again
 *     sheet_close(&s);
 *
 * The header comes from the schema, so that a new column needs no change here. A column named
 * wrongly or a file that cannot be written ends the test: there is nothing to go on with. Cells are
 * written as they are: no commas or quotes in them.
 */
#ifndef ZHOL_TESTS_SHEET_H
#define ZHOL_TESTS_SHEET_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <zhol/corridor.h>

enum { SHEET_COLUMNS_MAX = 48, SHEET_CELL_SIZE = 48 };

struct sheet {
    FILE *file;
    enum zhol_table table;
    uint32_t columns;
    char cells[SHEET_COLUMNS_MAX][SHEET_CELL_SIZE];
};

static inline void sheet_fail(const char *what)
{
    fprintf(stderr, "sheet.h: %s\n", what);
    exit(2);
}

static inline FILE *sheet_file(const char *folder, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (!file) {
        sheet_fail(path);
    }
    return file;
}

static inline void sheet_open(struct sheet *sheet, const char *folder, enum zhol_table table)
{
    char name[64];
    snprintf(name, sizeof name, "%s.csv", zhol_table_name(table));
    memset(sheet->cells, 0, sizeof sheet->cells);
    sheet->file = sheet_file(folder, name);
    sheet->table = table;
    sheet->columns = zhol_table_columns(table);
    if (sheet->columns > SHEET_COLUMNS_MAX) {
        sheet_fail("a table with too many columns");
    }
    for (uint32_t i = 0; i < sheet->columns; i++) {
        fprintf(sheet->file, "%s%s", i ? "," : "", zhol_column_name(table, i));
    }
    fputc('\n', sheet->file);
}

static inline uint32_t sheet_column(const struct sheet *sheet, const char *name)
{
    uint32_t column = zhol_column_find(sheet->table, name);
    if (column == ZHOL_NONE) {
        sheet_fail(name);
    }
    return column;
}

__attribute__((format(printf, 3, 4))) static inline void
sheet_set(struct sheet *sheet, uint32_t column, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sheet->cells[column], SHEET_CELL_SIZE, format, arguments);
    va_end(arguments);
}

static inline void sheet_row(struct sheet *sheet)
{
    for (uint32_t i = 0; i < sheet->columns; i++) {
        if (i) {
            fputc(',', sheet->file);
        }
        fputs(sheet->cells[i], sheet->file);
        sheet->cells[i][0] = 0;
    }
    fputc('\n', sheet->file);
}

/* A whole row as "column=value;column=value", for tables of a few rows. */
static inline void sheet_text(struct sheet *sheet, const char *pairs)
{
    char copy[1024], *rest = copy;
    snprintf(copy, sizeof copy, "%s", pairs);
    while (*rest) {
        char *pair = rest, *end = strchr(rest, ';');
        rest = end ? end + 1 : rest + strlen(rest);
        if (end) {
            *end = 0;
        }
        char *value = strchr(pair, '=');
        if (!value) {
            sheet_fail(pairs);
        }
        *value = 0;
        sheet_set(sheet, sheet_column(sheet, pair), "%s", value + 1);
    }
    sheet_row(sheet);
}

static inline void sheet_close(struct sheet *sheet)
{
    if (fclose(sheet->file) != 0) {
        sheet_fail("a sheet could not be written");
    }
}

/* Makes the folder and its datapackage.json. */
static inline void sheet_folder(const char *folder, const char *as_of)
{
    mkdir(folder, 0777);
    FILE *file = sheet_file(folder, "datapackage.json");
    fprintf(file,
            "{\"name\": \"made\", \"title\": \"Made\", \"title_ru\": \"Made\", "
            "\"as_of\": \"%s\"}\n",
            as_of);
    fclose(file);
}

#endif
