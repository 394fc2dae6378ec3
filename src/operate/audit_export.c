/* audit_export.c: the journal as lines that anybody may have. See audit.h. */
#include <string.h>

#include "operate/audit.h"
#include "operate/audit_source.h"

struct exporting {
    audit_sink sink;
    void *context;
    struct buffer line;
    uint64_t last_seq;
};

static enum zhol_error export_entry(void *context, const struct store_entry *entry)
{
    struct exporting *exporting = context;
    if (entry->seq > exporting->last_seq) {
        return ZHOL_ERROR_INTERRUPTED;
    }
    buffer_reset(&exporting->line);
    buffer_view(&exporting->line, entry->bytes);
    buffer_char(&exporting->line, '\n');
    if (exporting->line.error) {
        return exporting->line.error;
    }
    return exporting->sink(exporting->context, (struct text_view){exporting->line.bytes,
                                                                  (uint32_t)exporting->line.size});
}

/* All streams end where they ended at one instant, so that the export of a store that is written
 * meanwhile is as consistent as the store. */
enum zhol_error audit_export_to(struct store *store, const char *stream, audit_sink sink,
                                void *context)
{
    struct exporting exporting = {.sink = sink, .context = context};
    struct audit_source source;
    enum zhol_error error = audit_source_store(store, &source);
    for (uint32_t i = 0; i < source.count && !error; i++) {
        const struct audit_stream *one = &source.streams[i];
        if (stream && strcmp(stream, one->name) != 0) {
            continue;
        }
        exporting.last_seq = one->last_seq;
        error = store_read(store, one->name, 1, export_entry, &exporting);
        error = error == ZHOL_ERROR_INTERRUPTED ? ZHOL_ERROR_OK : error;
    }
    buffer_clear(&exporting.line);
    audit_source_clear(&source);
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
