/* intake/intake.h: rows of an import: which column is which field, what each cell says, and the
 * store they go to.
 *
 * Order of calls: sheet_read; intake_guess or intake_mapping_read; intake_take; then the caller
 * shows what was taken (a preview) and, if that is wanted, intake_store. For bans and telegrams see
 * intake/ban.h.
 *
 * A store is a folder with one canonical CSV file a kind, sorted by natural key. A row whose key is
 * there already replaces it where it differs: the same import twice changes nothing. Files are
 * written whole or not at all.
 *
 * Errors: ZHOL_ERROR_MEMORY, ZHOL_ERROR_IO ...; faults of rows go to the report with file, row,
 * column, value and what was expected, and the row is left out.
 */
#ifndef ZHOL_INTAKE_INTAKE_H
#define ZHOL_INTAKE_INTAKE_H

#include <zhol/corridor.h>

#include "base/buffer.h"

#include "intake/kinds.h"
#include "intake/sheet.h"

#define INTAKE_NO_COLUMN UINT32_MAX

struct intake_mapping {
    uint32_t header_row;                 /* of the sheet */
    uint32_t columns[INTAKE_FIELDS_MAX]; /* of each field, or INTAKE_NO_COLUMN */
};

/* Finds the header among the first rows by the names of its columns. ZHOL_ERROR_UNKNOWN, with a
 * finding, where a required field has no column. */
enum zhol_error intake_guess(enum intake_kind kind, const struct sheet *sheet, const char *file,
                             struct zhol_report *report, struct intake_mapping *out);
/* Reads a mapping: a CSV file of field,column, where column is a header of the sheet. */
enum zhol_error intake_mapping_read(enum intake_kind kind, const struct sheet *sheet,
                                    const char *file, const char *path, struct zhol_report *report,
                                    struct intake_mapping *out);
/* Writes one. */
enum zhol_error intake_mapping_write(enum intake_kind kind, const struct sheet *sheet,
                                     const struct intake_mapping *mapping, const char *path,
                                     struct zhol_report *report);

/* Records of one kind: texts in canonical form, `count` fields a record. */
struct intake_records {
    enum intake_kind kind;
    struct text_pool texts;
    uint32_t *cells; /* offsets */
    uint32_t *lines; /* of the source, 0 where from a store */
    uint32_t count;  /* records */
    uint32_t cell_capacity, line_capacity;
};

/* Takes all rows below the header. Rows with faults are left out; a key that stands twice with
 * different cells is a fault of the later one. `corridor` resolves places. */
enum zhol_error intake_take(const struct zhol_corridor *corridor, enum intake_kind kind,
                            const struct sheet *sheet, const struct intake_mapping *mapping,
                            const char *file, struct zhol_report *report,
                            struct intake_records *out);
void intake_records_clear(struct intake_records *records);
const char *intake_cell(const struct intake_records *records, uint32_t record, uint32_t field);

/* What a store would gain. */
struct intake_change {
    uint32_t added, changed, same;
};

/* Merges records into DIR/FILE of their kind. With `apply` false nothing is written. The file is
 * not touched where nothing changes. */
enum zhol_error intake_store(const struct intake_records *records, const char *dir, bool apply,
                             struct zhol_report *report, struct intake_change *change);

/* For intake_take and the telegram: the canonical text of a cell of a form; false where it is
 * none. *why gets what is wrong where more can be said than what the form asks for. */
bool intake_canonical(const struct zhol_corridor *corridor, enum intake_form form,
                      struct text_view text, struct buffer *out, struct buffer *why);
/* A country by its code or by how Russian and English call it, in any case form; "" where none. */
const char *intake_country(struct text_view name);
/* A place by a Russian name in any case form, or any other name; ZHOL_NONE where none. */
uint32_t intake_place(const struct zhol_corridor *corridor, struct text_view name);
/* Goods by words: appends an identifier of a commodity or a class of cargo; false where none. */
bool intake_goods(const struct zhol_corridor *corridor, struct text_view words, struct buffer *out);

#endif
