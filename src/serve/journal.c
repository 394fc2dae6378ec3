/* journal.c: reading the journal for people. See journal.h. */
#include "serve/journal.h"

#include <string.h>

/* ---- Pages ---- */

struct page {
    struct buffer *lines;
    uint32_t left;
};

static enum zhol_error visit_line(void *context, const struct store_entry *entry)
{
    struct page *page = context;
    if (page->left == 0) {
        return ZHOL_ERROR_LIMIT; /* ends the visit */
    }
    page->left--;
    buffer_view(page->lines, entry->bytes);
    buffer_char(page->lines, '\n');
    return page->lines->error;
}

enum zhol_error journal_lines(struct store *store, const char *stream, uint64_t from,
                              uint32_t limit, struct buffer *lines)
{
    struct page page = {lines, limit};
    uint64_t seq;
    uint8_t hash[STORE_HASH_SIZE];
    enum zhol_error error = store_head(store, stream, &seq, hash);
    if (error || seq == 0) {
        return error ? error : ZHOL_ERROR_UNKNOWN;
    }
    error = store_read(store, stream, from, visit_line, &page);
    return error == ZHOL_ERROR_LIMIT && page.left == 0 ? ZHOL_ERROR_OK : error;
}

/* ---- The entry of a place ---- */

struct looking {
    struct server *server;
    int64_t time_s; /* of the last entry that was seen */
    int64_t booked_s;
    uint64_t place;
    struct buffer *receipt;
    bool found;
};

static enum zhol_error visit_time(void *context, const struct store_entry *entry)
{
    ((struct looking *)context)->time_s = entry->time_s;
    return ZHOL_ERROR_LIMIT;
}

/* The first seq whose time is not before booked_s. */
static enum zhol_error find_time(struct store *store, const char *stream, struct looking *looking,
                                 uint64_t *seq)
{
    uint64_t low = 1, high;
    uint8_t hash[STORE_HASH_SIZE];
    enum zhol_error error = store_head(store, stream, &high, hash);
    while (!error && low < high) {
        uint64_t middle = low + (high - low) / 2;
        error = store_read(store, stream, middle, visit_time, looking);
        error = error == ZHOL_ERROR_LIMIT ? ZHOL_ERROR_OK : error;
        if (looking->time_s < looking->booked_s) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *seq = low;
    return error;
}

static enum zhol_error take(struct looking *looking, const struct store_entry *stored)
{
    struct entry entry = {.seq = 0};
    enum zhol_error error = entry_read(stored->bytes, &entry, NULL);
    if (!error && entry.command.place == looking->place) {
        looking->found = true;
        error = receipt_write(looking->server->signer, &entry, stored->hash, looking->receipt);
    }
    entry_clear(&entry);
    return error;
}

static enum zhol_error visit_entry(void *context, const struct store_entry *stored)
{
    struct looking *looking = context;
    if (stored->time_s > looking->booked_s) {
        return ZHOL_ERROR_LIMIT;
    }
    enum zhol_error error = take(looking, stored);
    return error ? error : looking->found ? ZHOL_ERROR_LIMIT : ZHOL_ERROR_OK;
}

enum zhol_error journal_receipt(struct server *server, const char *stream, int64_t booked_s,
                                uint64_t place, struct buffer *receipt)
{
    struct looking looking = {
        .server = server, .booked_s = booked_s, .place = place, .receipt = receipt};
    uint64_t seq;
    enum zhol_error error = find_time(server->store, stream, &looking, &seq);
    if (!error) {
        error = store_read(server->store, stream, seq, visit_entry, &looking);
    }
    if (looking.found) {
        return receipt->error;
    }
    return !error || error == ZHOL_ERROR_LIMIT ? ZHOL_ERROR_UNKNOWN : error;
}
