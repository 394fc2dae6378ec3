/* report/document_parts.h: what the writers of a document share (report/document.h). */
#ifndef ZHOL_REPORT_DOCUMENT_PARTS_H
#define ZHOL_REPORT_DOCUMENT_PARTS_H

#include <inttypes.h>

#include "report/document.h"

/* "12.3 (11.8…12.9)", "31 Jan 2026", a text; an en dash where a figure is not known. */
void document_cell_text(const struct document *document, const struct document_column *column,
                        const struct document_cell *cell, struct buffer *out);
/* "Transit, days" */
void document_head_text(const struct document_column *column, struct buffer *out);
/* True where a row of the table has an interval in this column, or names sources at all. */
bool document_has_band(const struct document_table *table, uint32_t column);
bool document_has_sources(const struct document_table *table);

#endif
