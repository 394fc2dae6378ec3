/* corridor_study_cut.c: a study that was interrupted: what of it is kept, and what is missing. */
#include <string.h>

#include "base/buffer.h"
#include "base/time.h"
#include "desk/corridor_study.h"

/* "base 2031-01-01, cku-railway-2030": of the cases that are not kept. */
static enum zhol_error name_missing(struct corridor_study *study)
{
    struct buffer names = {0};
    for (uint32_t i = 0; i < study->case_count; i++) {
        const struct study_case *at = &study->cases[i];
        if (at->kept != ZHOL_NONE) {
            continue;
        }
        buffer_printf(&names, "%s%s", names.size ? ", " : "", at->name);
        if (strcmp(at->name, "base") == 0) {
            char day[TIME_TEXT_SIZE];
            time_format_date(at->day, day);
            buffer_printf(&names, " %s", day);
        }
    }
    enum zhol_error error = names.error;
    study->missing = error ? NULL : buffer_take(&names, NULL);
    buffer_clear(&names);
    return error ? error : study->missing ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

enum zhol_error study_keep_finished(struct corridor_study *study)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < study->case_count; i++) {
        struct study_case *at = &study->cases[i];
        const struct study_case *base = &study->cases[at->reference];
        at->kept = at->done && (at == base || base->kept != ZHOL_NONE) ? kept : ZHOL_NONE;
        kept += at->kept != ZHOL_NONE;
    }
    enum zhol_error error = name_missing(study);
    for (uint32_t i = 0; i < study->case_count; i++) {
        uint32_t twin = study->cases[i].twin;
        study->cases[i].reference = study->cases[study->cases[i].reference].kept;
        study->cases[i].twin = twin == ZHOL_NONE ? ZHOL_NONE : study->cases[twin].kept;
    }
    for (uint32_t i = 0, n = 0; i < study->case_count; i++) {
        if (study->cases[i].kept == ZHOL_NONE) {
            study_case_clear(&study->cases[i]);
        } else {
            study->cases[n++] = study->cases[i];
        }
    }
    study->case_count = kept;
    study->interrupted = true;
    return error;
}
