/* corridor/reading.h: the state of one zhol_corridor_read. For this room only.
 *
 * Order: package_read, reading_scenario (parameters), reading_table for each table, then
 * reading_resolve (references to what came later), data_index, check_all.
 * Functions return an error only where reading cannot go on (memory, limits, unreadable files);
 * faults of the data go to `trouble` and reading goes on.
 */
#ifndef ZHOL_CORRIDOR_READING_H
#define ZHOL_CORRIDOR_READING_H

#include <stdbool.h>
#include <stdint.h>
#include "base/arena.h"
#include "base/csv.h"
#include "base/file.h"
#include "corridor/cell.h"
#include "corridor/data.h"
#include "corridor/trouble.h"

/* A reference that was not known when it was read. */
struct reading_pending {
    struct text_view text; /* in the reading's arena */
    uint32_t row;
    uint16_t column;
    uint8_t table;
};

struct reading {
    struct zhol_corridor *corridor;
    const struct zhol_corridor_options *options;
    const char *dir;
    struct trouble trouble;
    struct arena arena;
    struct reading_pending *pending;
    uint32_t pending_count;
    uint32_t pending_capacity;
    uint64_t likeness_budget;          /* comparisons of identifiers still allowed for hints */
    bool unreadable[ZHOL_TABLE_COUNT]; /* its identifiers are not to be missed */
};

/* Where the cells of a row came from. */
struct reading_origin {
    struct data_patch patch;
    bool keep_patch; /* the table is merged with an overlay: remember the patch */
};

/* Reads rows of one table; set up by reading_rows_start. */
struct reading_rows {
    struct reading *reading;
    const struct schema_table *schema;
    enum zhol_table table;
    uint32_t patches_capacity;
    struct cell_memo memos[SCHEMA_FIELDS_MAX];
    uint16_t named[SCHEMA_FIELDS_MAX]; /* cells of the file that hold identifiers */
    uint32_t named_count;
    unsigned char blank[SCHEMA_ROW_MAX];
};

void reading_rows_start(struct reading_rows *rows, struct reading *reading, enum zhol_table table);
/* Reads one row: cells[i] belongs to column columns[i] (negative: to none). */
enum zhol_error reading_row(struct reading_rows *rows, const struct text_view *cells,
                            const int16_t *columns, uint32_t count,
                            const struct reading_origin *origin);

/* A file of a table: open for the time in which its cells are needed. */
struct reading_file {
    struct csv_reader csv;
    struct file_data data;
    const char *name;    /* as findings write it */
    const char *missing; /* first required column that the header lacks, or NULL */
    int op_column;       /* number of the cell that holds `op`, or -1 */
    uint32_t count;      /* cells of the header */
    int16_t columns[CSV_CELLS_MAX];
    bool open;
    bool absent;
};

/* Opens a table's file and reads its header. An absent file is no error: file->absent is set.
 * `overlay`: the file has a column `op`, and only the key columns are required. */
enum zhol_error reading_file_open(struct reading_file *file, struct reading *reading,
                                  enum zhol_table table, const char *name, bool overlay);
void reading_file_close(struct reading_file *file);

/* Reads a table: its file, and what the scenario's overlay makes of it. */
enum zhol_error reading_table(struct reading *reading, enum zhol_table table);
/* The same where the scenario has an overlay for it. */
enum zhol_error reading_merged(struct reading *reading, enum zhol_table table,
                               const char *base_name, const char *overlay_name);
/* Reads scenario.csv and parameter.csv of the scenario and applies the options' values. */
enum zhol_error reading_scenario(struct reading *reading);
/* Resolves the references that were not known when they were read. */
void reading_resolve(struct reading *reading);
/* Replaces "$name..." by the parameter's value; *cell stays where it is no such text. */
enum zhol_error reading_parameter(struct reading *reading, enum zhol_table table, uint32_t column,
                                  struct trouble_place place, struct text_view *cell);

/* Appends "; nearest: A, B" with the identifiers of the table that are most like the text. */
void reading_nearest(struct reading *reading, enum zhol_table table, struct text_view text,
                     struct buffer *out);
/* Appends folder and name. */
const char *reading_path(struct reading *reading, const char *name);

/* config.csv: the units that GMNS wants said. */
enum zhol_error reading_config(struct reading *reading);
/* datapackage.json: name, titles, as_of and the members to keep. */
enum zhol_error reading_package(struct reading *reading);

#endif
