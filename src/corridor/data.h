/* corridor/data.h: what a struct zhol_corridor holds. For this room only.
 *
 * A table is a flat array of rows of schema_table(t)->row_size bytes. After a read the rows of a
 * table with a key column are grouped by thing and, within a thing, ordered by the rest of the
 * primary key; `first` then gives the rows of a thing. Other tables keep the order of their file.
 */
#ifndef ZHOL_CORRIDOR_DATA_H
#define ZHOL_CORRIDOR_DATA_H

#include <stdbool.h>
#include <stdint.h>
#include <zhol/corridor.h>
#include "base/arena.h"
#include "base/text.h"
#include "corridor/ids.h"
#include "corridor/schema.h"

/* Where a row of a table that an overlay touched came from. */
struct data_patch {
    uint32_t base_line;    /* 0: the row is the overlay's own */
    uint32_t overlay_line; /* 0: the overlay leaves the row alone */
    uint64_t columns;      /* bit per column that the overlay changed */
};

struct data_table {
    unsigned char *rows;
    uint32_t count;
    uint32_t capacity;
    uint32_t *lines; /* of each row in its file */
    uint32_t lines_capacity;
    struct data_patch *patches; /* one a row where an overlay touched the table, else NULL */
    struct ids ids;
    uint32_t *first;    /* [things + 1], tables with a key column */
    uint32_t *of_first; /* [things of the referred table + 1], tables with a ref column */
    uint32_t *of_rows;
};

/* A link or process whose time was made otherwise (corridor/otherwise.h). */
struct data_time {
    enum zhol_table table;
    uint32_t thing;
    double factor;
};

struct zhol_corridor {
    struct data_table tables[ZHOL_TABLE_COUNT];
    struct text_pool texts;
    struct arena arena; /* the strings below */
    struct zhol_corridor_about about;
    const char *overlay; /* "scenarios/NAME", "" for the base */
    const char *meta;    /* members of datapackage.json but for `resources`, as a JSON object */
    const char *const (*files)[2]; /* names of each table's file and of its overlay */
    struct data_time *times;       /* what takes another time than the files say */
    uint32_t time_count, time_capacity;
};

/* The bytes of row `row`, cell of `field`. */
static inline unsigned char *data_row(const struct data_table *table,
                                      const struct schema_table *schema, uint32_t row)
{
    return table->rows + (size_t)row * schema->row_size;
}

/* Fills schema->row_size bytes with a row of blank cells. */
void data_blank_row(const struct schema_table *schema, unsigned char *bytes);
/* Appends a row that came from `line`; *row is its number. */
enum zhol_error data_add_row(struct data_table *table, const struct schema_table *schema,
                             const unsigned char *bytes, uint32_t line, uint32_t *row);
/* Makes room for `count` rows. */
enum zhol_error data_reserve(struct data_table *table, const struct schema_table *schema,
                             uint32_t count);
/* Groups the rows of each table by thing and builds `first`, `of_first` and `of_rows`. */
enum zhol_error data_index(struct zhol_corridor *corridor);
/* Compares two rows by their primary key without columns of kind key; text by its bytes. */
int data_compare_key(const struct zhol_corridor *corridor, enum zhol_table table, uint32_t a,
                     uint32_t b);
/* A 32-bit cell of a row: key, ref, text, list, whole or date. */
uint32_t data_u32(const struct zhol_corridor *corridor, enum zhol_table table, uint32_t row,
                  int column);
/* File and line from which one cell came. */
void data_origin(const struct zhol_corridor *corridor, enum zhol_table table, uint32_t row,
                 int column, const char **file, uint32_t *line);

#endif
