/* tests/forge.h: a journal in a forger's hands: taken out of a store, changed, chained anew.
 */
#ifndef ZHOL_TESTS_FORGE_H
#define ZHOL_TESTS_FORGE_H

#include "border.h"

enum { ITEMS_MAX = 256 };

/* A journal in the forger's hands. */
struct item {
    char stream[COMMAND_NAME_SIZE];
    uint64_t seq;
    int64_t time_s;
    uint8_t hash[HASH_SIZE];
    char *bytes;
    uint32_t size;
};
struct journal {
    struct item items[ITEMS_MAX];
    uint32_t count;
};

static inline void set_bytes(struct item *item, const char *bytes, uint32_t size)
{
    char *copy = malloc(size + 1);
    if (!copy) {
        exit(1);
    }
    memcpy(copy, bytes, size);
    copy[size] = '\0';
    free(item->bytes);
    item->bytes = copy;
    item->size = size;
}

static inline enum zhol_error take_item(void *context, const struct store_entry *entry)
{
    struct journal *journal = context;
    struct item *item = &journal->items[journal->count++];
    snprintf(item->stream, sizeof item->stream, "%s", entry->stream);
    item->seq = entry->seq;
    item->time_s = entry->time_s;
    memcpy(item->hash, entry->hash, HASH_SIZE);
    item->bytes = NULL;
    set_bytes(item, entry->bytes.bytes, entry->bytes.size);
    return journal->count < ITEMS_MAX ? ZHOL_ERROR_OK : ZHOL_ERROR_LIMIT;
}

static inline void take_stream(struct store *store, const char *stream, struct journal *journal)
{
    border_must(store_read(store, stream, 1, take_item, journal), "read");
}

static inline void take_all(struct store *store, struct journal *journal)
{
    struct buffer names = {0};
    border_must(store_streams(store, &names), "streams");
    for (size_t at = 0; at < names.size; at += strlen(names.bytes + at) + 1) {
        take_stream(store, names.bytes + at, journal);
    }
    buffer_clear(&names);
}

static inline void copy_journal(const struct journal *from, struct journal *to)
{
    *to = *from;
    for (uint32_t i = 0; i < to->count; i++) {
        to->items[i].bytes = NULL;
        set_bytes(&to->items[i], from->items[i].bytes, from->items[i].size);
    }
}

static inline void clear_journal(struct journal *journal)
{
    for (uint32_t i = 0; i < journal->count; i++) {
        free(journal->items[i].bytes);
    }
    journal->count = 0;
}

static inline void drop_item(struct journal *journal, uint32_t at)
{
    free(journal->items[at].bytes);
    memmove(journal->items + at, journal->items + at + 1,
            (journal->count - at - 1) * sizeof *journal->items);
    journal->count--;
}

/* The forger computes the chain of a stream again, so that only what it says can betray him. */
static inline void rechain(struct journal *journal, const char *stream)
{
    uint8_t prev[HASH_SIZE] = {0};
    uint64_t seq = 0;
    struct buffer bytes = {0};
    for (uint32_t i = 0; i < journal->count; i++) {
        struct item *item = &journal->items[i];
        struct entry entry;
        if (strcmp(item->stream, stream) != 0) {
            continue;
        }
        border_must(entry_read((struct text_view){item->bytes, item->size}, &entry, NULL), "read");
        entry.seq = ++seq;
        memcpy(entry.prev, prev, HASH_SIZE);
        buffer_reset(&bytes);
        border_must(entry_write(&entry, &bytes, item->hash), "write");
        item->seq = seq;
        item->time_s = entry.command.time_s;
        memcpy(prev, item->hash, HASH_SIZE);
        entry_clear(&entry);
        set_bytes(item, bytes.bytes, (uint32_t)bytes.size);
    }
    buffer_clear(&bytes);
}

/* He also writes the anchors anew: each hash in them becomes that of the forged chain. */
static inline void reanchor(struct journal *forged, const struct journal *before)
{
    char old[2 * HASH_SIZE + 1], new[2 * HASH_SIZE + 1];
    for (uint32_t i = 0; i < forged->count; i++) {
        if (!strstr(forged->items[i].bytes, "\"command\":\"anchor\"")) {
            continue;
        }
        for (uint32_t k = 0; k < before->count; k++) {
            const struct item *was = &before->items[k];
            for (uint32_t b = 0; b < HASH_SIZE; b++) {
                snprintf(old + 2 * b, 3, "%02x", was->hash[b]);
            }
            for (uint32_t m = 0; m < forged->count; m++) {
                const struct item *is = &forged->items[m];
                if (is->seq != was->seq || strcmp(is->stream, was->stream) != 0) {
                    continue;
                }
                for (uint32_t b = 0; b < HASH_SIZE; b++) {
                    snprintf(new + 2 * b, 3, "%02x", is->hash[b]);
                }
                char *at = strstr(forged->items[i].bytes, "\"heads\"");
                at = at ? strstr(at, old) : NULL;
                if (at) {
                    memcpy(at, new, 2 * HASH_SIZE);
                }
            }
        }
        rechain(forged, "registry"); /* later anchors hold the heads of earlier ones */
    }
}

static inline void export_lines(const struct journal *journal, struct buffer *lines)
{
    buffer_reset(lines);
    for (uint32_t i = 0; i < journal->count; i++) {
        buffer_append(lines, journal->items[i].bytes, journal->items[i].size);
        buffer_char(lines, '\n');
    }
}

#endif
