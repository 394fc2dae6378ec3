/* operation_load.c: opening: the last snapshot of each stream, then the entries behind it. */
#include <string.h>

#include "operate/operation_state.h"

struct folding {
    struct operation *operation;
    struct stream *stream;
    struct entry entry;
    struct zhol_report *report;
};

static enum zhol_error fold_one(void *context, const struct store_entry *stored)
{
    struct folding *folding = context;
    folding->operation->folded++;
    return fold_entry(folding->operation, folding->stream, stored, &folding->entry,
                      folding->report);
}

static enum zhol_error load_stream(struct operation *operation, const char *name,
                                   struct zhol_report *report)
{
    struct stream *stream = find_stream(operation, name);
    enum zhol_error error = stream ? ZHOL_ERROR_OK : add_stream(operation, name, &stream);
    if (!error) {
        error = snapshot_load(operation, stream);
        error = error == ZHOL_ERROR_UNKNOWN ? ZHOL_ERROR_OK : error;
    }
    if (error) {
        return error;
    }
    struct folding folding = {.operation = operation, .stream = stream, .report = report};
    error = store_read(operation->store, name, stream->seq + 1, fold_one, &folding);
    entry_clear(&folding.entry);
    return error;
}

enum zhol_error load_streams(struct operation *operation, struct zhol_report *report)
{
    struct buffer names = {0};
    enum zhol_error error = store_streams(operation->store, &names);
    struct text_view rest = {buffer_get(&names), (uint32_t)names.size};
    /* The registry's stream is always there, and always the first. */
    if (!error) {
        error = load_stream(operation, REGISTRY_STREAM, report);
    }
    while (!error && rest.size) {
        const char *name = text_cut(&rest, '\0').bytes;
        if (strcmp(name, REGISTRY_STREAM) != 0) {
            error = load_stream(operation, name, report);
        }
    }
    buffer_clear(&names);
    return error;
}
