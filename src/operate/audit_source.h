/* operate/audit_source.h: entries of several streams, each read in batches at its own pace.
 *
 * A source is a store or an export. Both are read from where each stream stands, so that an audit
 * can go through all streams in the order of time with a batch of each in memory.
 */
#ifndef ZHOL_OPERATE_AUDIT_SOURCE_H
#define ZHOL_OPERATE_AUDIT_SOURCE_H

#include <stdio.h>

#include "operate/entry.h"
#include "store/store.h"

#define AUDIT_STREAMS_MAX 256

struct audit_item {
    uint64_t seq;            /* as the store says; 0: from an export, which says nothing */
    int64_t time_s;          /* likewise */
    uint8_t hash[HASH_SIZE]; /* likewise */
    struct text_view bytes;  /* until the next pull of the same stream */
    size_t offset;           /* within the batch */
};
struct audit_stream {
    char name[COMMAND_NAME_SIZE];
    struct buffer batch;
    struct audit_item *items;
    uint32_t count, capacity, at;             /* of the batch: items, room, the next to give */
    uint64_t next_seq, last_seq;              /* store: what to read next, where to stop */
    uint64_t first_byte, next_byte, end_byte; /* export */
};
struct audit_source {
    struct store *store;    /* or */
    struct text_view lines; /* or */
    FILE *file;
    struct audit_stream *streams;
    uint32_t count;
    uint64_t total; /* entries of a store, bytes of an export */
    const char *name;
};

/* The caller closes what he gave. A store is read up to where all its streams ended at one instant;
 * ZHOL_ERROR_CONFLICT: there was none, since it is written too fast (a backup then stands still).
 * Findings: streams whose lines do not stand together, lines that are no entries. */
enum zhol_error audit_source_store(struct store *store, struct audit_source *source);
enum zhol_error audit_source_lines(struct text_view lines, struct zhol_report *report,
                                   struct audit_source *source);
enum zhol_error audit_source_file(FILE *file, const char *name, struct zhol_report *report,
                                  struct audit_source *source);
void audit_source_clear(struct audit_source *source);
/* The next entry of a stream; ZHOL_ERROR_UNKNOWN: there is none any more. */
enum zhol_error audit_pull(struct audit_source *source, uint32_t stream, struct audit_item *item);
/* Back to the first entry of a stream. */
void audit_rewind(struct audit_source *source, uint32_t stream);

#endif
