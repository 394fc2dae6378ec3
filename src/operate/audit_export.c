/* audit_export.c: the journal as lines that anybody may have. See audit.h. */
#include <string.h>

#include "operate/audit.h"

struct exporting {
    audit_sink sink;
    void *context;
    struct buffer line;
};

static enum zhol_error export_entry(void *context, const struct store_entry *entry)
{
    struct exporting *exporting = context;
    buffer_reset(&exporting->line);
    buffer_view(&exporting->line, entry->bytes);
    buffer_char(&exporting->line, '\n');
    if (exporting->line.error) {
        return exporting->line.error;
    }
    return exporting->sink(exporting->context, (struct text_view){exporting->line.bytes,
                                                                  (uint32_t)exporting->line.size});
}

enum zhol_error audit_export_to(struct store *store, const char *stream, audit_sink sink,
                                void *context)
{
    struct exporting exporting = {sink, context, {0}};
    struct buffer names = {0};
    enum zhol_error error = ZHOL_ERROR_OK;
    if (stream) {
        error = store_read(store, stream, 1, export_entry, &exporting);
    } else {
        error = store_streams(store, &names);
    }
    for (size_t at = 0; at < names.size && !error; at += strlen(names.bytes + at) + 1) {
        error = store_read(store, names.bytes + at, 1, export_entry, &exporting);
    }
    buffer_clear(&exporting.line);
    buffer_clear(&names);
    return error;
}

static enum zhol_error append(void *context, struct text_view bytes)
{
    struct buffer *lines = context;
    buffer_view(lines, bytes);
    return lines->error;
}

enum zhol_error audit_export(struct store *store, const char *stream, struct buffer *lines)
{
    return audit_export_to(store, stream, append, lines);
}
