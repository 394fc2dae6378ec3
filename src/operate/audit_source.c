/* audit_source.c: batches of entries from a store or an export. See audit_source.h. */
#include "operate/audit_source.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

enum {
    BATCH_ITEMS = 256,
    BATCH_BYTES = 256 * 1024,
    HEADS_TRIES = 10000,
    LINE_MAX_BYTES = 64 * 1024 * 1024, /* a closure that moves half a million places */
};

static enum zhol_error bad(struct zhol_report *report, enum zhol_error code, const char *file,
                           uint64_t row, const char *value, const char *expected)
{
    return zhol_report_add(
        report, &(struct zhol_finding){ZHOL_FAULT, code, (uint32_t)row, file, "", value, expected});
}

static enum zhol_error add_stream(struct audit_source *source, const char *name, size_t size,
                                  struct audit_stream **stream)
{
    if (source->count >= AUDIT_STREAMS_MAX || size >= COMMAND_NAME_SIZE) {
        return ZHOL_ERROR_LIMIT;
    }
    if (!source->streams) {
        source->streams = calloc(AUDIT_STREAMS_MAX, sizeof *source->streams);
    }
    if (!source->streams) {
        return ZHOL_ERROR_MEMORY;
    }
    *stream = &source->streams[source->count++];
    memcpy((*stream)->name, name, size);
    return ZHOL_ERROR_OK;
}

/* ---- a store ---- */

/* Names and ends of all streams: "NAME SEQ" a line. */
static enum zhol_error write_heads(struct store *store, struct buffer *names, struct buffer *heads)
{
    uint8_t hash[HASH_SIZE];
    uint64_t seq;
    buffer_reset(names);
    buffer_reset(heads);
    enum zhol_error error = store_streams(store, names);
    for (size_t at = 0; at < names->size && !error; at += strlen(names->bytes + at) + 1) {
        error = store_head(store, names->bytes + at, &seq, hash);
        buffer_printf(heads, "%s %" PRIu64 "\n", names->bytes + at, seq);
    }
    return error ? error : heads->error;
}

/* The ends of all streams at one instant, though a server may be writing: read until they come out
 * the same twice, which they were between the two readings. */
static enum zhol_error snapshot_heads(struct store *store, struct buffer *heads)
{
    struct buffer names = {0}, again = {0};
    enum zhol_error error = write_heads(store, &names, heads);
    for (uint32_t tries = 0; !error; tries++) {
        error = write_heads(store, &names, &again);
        if (error || strcmp(buffer_get(heads), buffer_get(&again)) == 0) {
            break;
        }
        struct buffer kept = *heads;
        *heads = again;
        again = kept;
        error = tries < HEADS_TRIES ? ZHOL_ERROR_OK : ZHOL_ERROR_CONFLICT;
    }
    buffer_clear(&names);
    buffer_clear(&again);
    return error;
}

enum zhol_error audit_source_store(struct store *store, struct audit_source *source)
{
    struct buffer heads = {0};
    memset(source, 0, sizeof *source);
    source->store = store;
    source->name = "store";
    enum zhol_error error = snapshot_heads(store, &heads);
    struct text_view rest = {buffer_get(&heads), (uint32_t)heads.size};
    while (rest.size && !error) {
        struct text_view line = text_cut(&rest, '\n'), name = text_cut(&line, ' ');
        struct audit_stream *stream;
        error = add_stream(source, name.bytes, name.size, &stream);
        if (!error) {
            stream->last_seq = strtoull(line.bytes, NULL, 10);
            stream->next_seq = 1;
            source->total += stream->last_seq;
        }
    }
    buffer_clear(&heads);
    return error;
}

static enum zhol_error add_item(struct audit_stream *stream, const struct audit_item *item)
{
    enum zhol_error error = ARRAY_RESERVE(stream->items, stream->capacity, stream->count + 1);
    if (!error) {
        stream->items[stream->count++] = *item;
    }
    return error;
}

static enum zhol_error take_entry(void *context, const struct store_entry *found)
{
    struct audit_stream *stream = context;
    struct audit_item item = {.seq = found->seq, .time_s = found->time_s};
    if (found->seq > stream->last_seq || stream->count >= BATCH_ITEMS ||
        (stream->count && stream->batch.size + found->bytes.size > BATCH_BYTES)) {
        return ZHOL_ERROR_INTERRUPTED;
    }
    memcpy(item.hash, found->hash, HASH_SIZE);
    item.bytes.size = found->bytes.size;
    item.offset = stream->batch.size;
    buffer_view(&stream->batch, found->bytes);
    enum zhol_error error = add_item(stream, &item);
    stream->next_seq = found->seq + 1;
    return error ? error : stream->batch.error;
}

static enum zhol_error fill_from_store(struct audit_source *source, struct audit_stream *stream)
{
    if (stream->next_seq > stream->last_seq) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error =
        store_read(source->store, stream->name, stream->next_seq, take_entry, stream);
    return error == ZHOL_ERROR_INTERRUPTED ? ZHOL_ERROR_OK : error;
}

/* ---- an export ---- */

static enum zhol_error read_at(struct audit_source *source, uint64_t offset, size_t size,
                               char *bytes)
{
    if (!source->file) {
        memcpy(bytes, source->lines.bytes + offset, size);
        return ZHOL_ERROR_OK;
    }
    if (fseeko(source->file, (off_t)offset, SEEK_SET) ||
        fread(bytes, 1, size, source->file) != size) {
        return ZHOL_ERROR_IO;
    }
    return ZHOL_ERROR_OK;
}

/* Appends what follows `from`, up to `end`, as whole lines; *to is where the last of them ends. The
 * first line may be as long as LINE_MAX_BYTES. */
static enum zhol_error read_lines(struct audit_source *source, uint64_t from, uint64_t end,
                                  struct buffer *batch, uint64_t *to)
{
    *to = from;
    while (from < end) {
        size_t size = end - from < BATCH_BYTES ? (size_t)(end - from) : BATCH_BYTES;
        size_t before = batch->size;
        if (before > LINE_MAX_BYTES) {
            return ZHOL_ERROR_LIMIT;
        }
        if (!buffer_reserve(batch, size)) {
            return batch->error;
        }
        enum zhol_error error = read_at(source, from, size, batch->bytes + before);
        if (error) {
            return error;
        }
        batch->size += size;
        from += size;
        size_t cut = batch->size;
        while (cut > before && batch->bytes[cut - 1] != '\n') {
            cut--;
        }
        if (from == end) {
            cut = batch->size; /* the last line may lack its end */
        }
        if (cut > before) {
            *to = from - (batch->size - cut);
            batch->size = cut;
            return ZHOL_ERROR_OK;
        }
    }
    return ZHOL_ERROR_OK;
}

static enum zhol_error fill_from_lines(struct audit_source *source, struct audit_stream *stream)
{
    enum zhol_error error =
        read_lines(source, stream->next_byte, stream->end_byte, &stream->batch, &stream->next_byte);
    for (size_t at = 0; at < stream->batch.size && !error;) {
        const char *start = stream->batch.bytes + at;
        const char *end = memchr(start, '\n', stream->batch.size - at);
        size_t size = end ? (size_t)(end - start) : stream->batch.size - at;
        struct audit_item item = {.offset = at, .bytes = {NULL, (uint32_t)size}};
        error = size ? add_item(stream, &item) : ZHOL_ERROR_OK;
        at += size + 1;
    }
    return error;
}

/* The name of the stream of a line: every canonical entry begins with it. */
static bool stream_name(struct text_view line, struct text_view *name)
{
    static const char start[] = "{\"stream\":\"";
    if (!text_starts_with(line, TEXT("{\"stream\":\""))) {
        return false;
    }
    const char *from = line.bytes + sizeof start - 1;
    const char *end = memchr(from, '"', line.size - (sizeof start - 1));
    if (!end || end == from || end - from >= COMMAND_NAME_SIZE) {
        return false;
    }
    *name = (struct text_view){from, (uint32_t)(end - from)};
    return true;
}

struct scan {
    struct audit_source *source;
    struct zhol_report *report;
    struct audit_stream *now;
    uint64_t line;
};

static enum zhol_error scan_line(struct scan *scan, struct text_view line, uint64_t offset)
{
    struct text_view name;
    struct audit_source *source = scan->source;
    scan->line++;
    if (!stream_name(line, &name)) {
        return bad(scan->report, ZHOL_ERROR_SYNTAX, source->name, scan->line, "",
                   "an entry of a journal, one a line");
    }
    if (!scan->now || !text_equal_string(name, scan->now->name)) {
        for (uint32_t i = 0; i < source->count; i++) {
            if (text_equal_string(name, source->streams[i].name)) {
                return bad(scan->report, ZHOL_ERROR_INVALID, source->name, scan->line,
                           source->streams[i].name, "the lines of a stream one after the other");
            }
        }
        enum zhol_error error = add_stream(source, name.bytes, name.size, &scan->now);
        if (error) {
            return error;
        }
        scan->now->next_byte = offset;
        scan->now->first_byte = offset;
    }
    scan->now->end_byte = offset + line.size;
    return ZHOL_ERROR_OK;
}

/* Where each stream begins and ends. */
static enum zhol_error scan_all(struct audit_source *source, struct zhol_report *report)
{
    struct scan scan = {source, report, NULL, 0};
    struct buffer batch = {0};
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint64_t at = 0, to = 0; at < source->total && !error; at = to) {
        buffer_reset(&batch);
        error = read_lines(source, at, source->total, &batch, &to);
        for (size_t i = 0; i < batch.size && !error;) {
            const char *start = batch.bytes + i;
            const char *end = memchr(start, '\n', batch.size - i);
            size_t size = end ? (size_t)(end - start) : batch.size - i;
            if (size) {
                error = scan_line(&scan, (struct text_view){start, (uint32_t)size}, at + i);
            }
            i += size + 1;
        }
    }
    buffer_clear(&batch);
    return error;
}

enum zhol_error audit_source_lines(struct text_view lines, struct zhol_report *report,
                                   struct audit_source *source)
{
    memset(source, 0, sizeof *source);
    source->lines = lines;
    source->total = lines.size;
    source->name = "export";
    return scan_all(source, report);
}

enum zhol_error audit_source_file(FILE *file, const char *name, struct zhol_report *report,
                                  struct audit_source *source)
{
    memset(source, 0, sizeof *source);
    source->file = file;
    source->name = name;
    if (fseeko(file, 0, SEEK_END) || ftello(file) < 0) {
        return bad(report, ZHOL_ERROR_IO, name, 0, "", "a file that can be read twice, not a pipe");
    }
    source->total = (uint64_t)ftello(file);
    return scan_all(source, report);
}

/* ---- both ---- */

void audit_source_clear(struct audit_source *source)
{
    for (uint32_t i = 0; i < source->count; i++) {
        buffer_clear(&source->streams[i].batch);
        free(source->streams[i].items);
    }
    free(source->streams);
    memset(source, 0, sizeof *source);
}

enum zhol_error audit_pull(struct audit_source *source, uint32_t at, struct audit_item *item)
{
    struct audit_stream *stream = &source->streams[at];
    if (stream->at == stream->count) {
        stream->at = stream->count = 0;
        buffer_reset(&stream->batch);
        enum zhol_error error =
            source->store ? fill_from_store(source, stream) : fill_from_lines(source, stream);
        if (error) {
            return error;
        }
        if (!stream->count) {
            return ZHOL_ERROR_UNKNOWN;
        }
    }
    *item = stream->items[stream->at++];
    item->bytes.bytes = stream->batch.bytes + item->offset;
    return ZHOL_ERROR_OK;
}

void audit_rewind(struct audit_source *source, uint32_t at)
{
    struct audit_stream *stream = &source->streams[at];
    stream->at = stream->count = 0;
    if (source->store) {
        stream->next_seq = 1;
    } else {
        stream->next_byte = stream->first_byte;
    }
}
