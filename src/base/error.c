/* error.c: names of errors, and the report that collects findings (include/zhol/error.h). */
#include <zhol/error.h>

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/array.h"
#include "base/text.h"

enum { VALUE_SIZE_MAX = 80, LIMIT_DEFAULT = 10000 };

struct zhol_report_text {
    struct arena arena;
};

const char *zhol_error_name(enum zhol_error error)
{
    static const char *const names[] = {
#define ZHOL_ERROR_NAME(name, sentence) #name,
        ZHOL_ERRORS(ZHOL_ERROR_NAME)
#undef ZHOL_ERROR_NAME
    };
    return (unsigned)error < ZHOL_ERROR_COUNT ? names[error] : "UNKNOWN_CODE";
}

const char *zhol_error_text(enum zhol_error error)
{
    static const char *const sentences[] = {
#define ZHOL_ERROR_SENTENCE(name, sentence) sentence,
        ZHOL_ERRORS(ZHOL_ERROR_SENTENCE)
#undef ZHOL_ERROR_SENTENCE
    };
    return (unsigned)error < ZHOL_ERROR_COUNT ? sentences[error] : "a code that is not an error";
}

void zhol_report_init(struct zhol_report *report, uint32_t limit)
{
    *report = (struct zhol_report){.limit = limit ? limit : LIMIT_DEFAULT};
}

void zhol_report_clear(struct zhol_report *report)
{
    uint32_t limit = report->limit;
    if (report->texts) {
        arena_clear(&report->texts->arena);
        free(report->texts);
    }
    free(report->findings);
    zhol_report_init(report, limit);
}

/* Copies a string cut to `size_max` bytes at a character boundary; false without memory. */
static bool copy_text(struct arena *arena, const char **text, size_t size_max)
{
    if (!*text || !**text) {
        *text = "";
        return true;
    }
    struct text_view view = text_view_of(*text);
    if (view.size > size_max) {
        view.size = text_utf8_cut(view, (uint32_t)size_max);
    }
    *text = arena_text(arena, view.bytes, view.size);
    return *text != NULL;
}

static bool make_room(struct zhol_report *report)
{
    if (!report->texts) {
        report->texts = calloc(1, sizeof *report->texts);
    }
    return report->texts && !ARRAY_RESERVE(report->findings, report->capacity, report->count + 1);
}

enum zhol_error zhol_report_add(struct zhol_report *report, const struct zhol_finding *finding)
{
    if (!report) {
        return finding->code;
    }
    report->counts[finding->severity]++;
    if (report->count >= report->limit || !make_room(report)) {
        return finding->code;
    }
    struct arena *arena = &report->texts->arena;
    struct zhol_finding copy = *finding;
    if (copy_text(arena, &copy.file, SIZE_MAX) && copy_text(arena, &copy.column, SIZE_MAX) &&
        copy_text(arena, &copy.value, VALUE_SIZE_MAX) &&
        copy_text(arena, &copy.expected, SIZE_MAX)) {
        report->findings[report->count++] = copy;
    }
    return finding->code;
}

int zhol_report_failed(const struct zhol_report *report)
{
    return report->counts[ZHOL_FAULT] != 0;
}
