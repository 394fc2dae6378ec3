/* corridor/cell.h: one cell of a row, from text and to text.
 *
 * cell_read puts the text of a cell into a row; cell_write is its inverse and gives the canonical
 * text. Neither allocates for itself; texts and new identifiers go to the corridor's pool.
 * Errors of cell_read: ZHOL_ERROR_SYNTAX (not of the kind's form), ZHOL_ERROR_RANGE,
 * ZHOL_ERROR_UNKNOWN (a reference to something not yet read; the cell is ZHOL_NONE),
 * ZHOL_ERROR_MEMORY, ZHOL_ERROR_LIMIT. On error the cell stays blank. O(size of the text).
 */
#ifndef ZHOL_CORRIDOR_CELL_H
#define ZHOL_CORRIDOR_CELL_H

#include "base/buffer.h"
#include "corridor/data.h"

/* What was read last in a column: files repeat themselves. */
struct cell_memo {
    struct text_view text; /* valid while the file at hand is */
    uint32_t value;
    bool set;
    bool hashed; /* a reference that was neither that of the row before nor the next thing */
};

/* Sets a cell to the blank of its kind. */
void cell_blank(const struct schema_field *field, unsigned char *cell);
bool cell_is_blank(const struct schema_field *field, const unsigned char *cell);
/* `text` must not be empty. */
enum zhol_error cell_read(struct zhol_corridor *corridor, const struct schema_field *field,
                          struct text_view text, struct cell_memo *memo, unsigned char *cell);
/* Appends the canonical text of a cell; nothing for a blank one. */
void cell_write(const struct zhol_corridor *corridor, const struct schema_field *field,
                const unsigned char *cell, struct buffer *out);
/* Appends what a column wants ("a node_id", "one of: rail, road, ..."), given what was found. */
void cell_explain(const struct schema_field *field, struct text_view text, struct buffer *out);

#endif
