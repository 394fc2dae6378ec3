/* corridor/trouble.h: adding findings with a formatted sentence.
 *
 * A struct trouble goes through a read: it counts faults even where the caller gave no report, and
 * remembers the code of the first, which the read returns. Findings of a row name the file and
 * line of the very cell (an overlay may have changed it).
 */
#ifndef ZHOL_CORRIDOR_TROUBLE_H
#define ZHOL_CORRIDOR_TROUBLE_H

#include <stdint.h>
#include <zhol/corridor.h>
#include <zhol/error.h>
#include "base/buffer.h"
#include "base/map.h"
#include "base/text.h"

struct trouble {
    struct zhol_report *report;
    enum zhol_error first; /* code of the first fault, or ZHOL_ERROR_OK */
    struct map_int rows;   /* rows of which a cell could not be read; see trouble_mark */
};

void trouble_clear(struct trouble *trouble);

struct trouble_place {
    const char *file;
    uint32_t line;
    const char *column; /* "" for the whole row */
};

/* Adds a finding; the format gives what was expected and what to do. */
void trouble_add(struct trouble *trouble, enum zhol_severity severity, enum zhol_error code,
                 struct trouble_place place, struct text_view value, const char *format, ...)
    BUFFER_PRINTF(6, 7);
/* A fault that another function reported already (NULL-safe). */
void trouble_note_fault(struct trouble *trouble, enum zhol_error code);

/* Remembers that a cell of this line could not be read; what the row says as a whole is then not
 * looked at, so that one slip gives one finding. */
void trouble_mark(struct trouble *trouble, enum zhol_table table, bool overlay, uint32_t line);
bool trouble_marked(const struct trouble *trouble, enum zhol_table table, bool overlay,
                    uint32_t line);

#endif
