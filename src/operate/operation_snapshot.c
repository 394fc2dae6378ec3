/* operation_snapshot.c: states of streams into the store, piece by piece, and back.
 *
 * A state of some hundred thousand places is tens of megabytes; written at once it would make a
 * booking wait. So it is saved into memory in one go (a copy at memory speed), and its pieces
 * travel with the following commits. The row of `snapshot_head` is written with the last piece and
 * says which snapshot is whole: "SEQ HASH PIECES DIGEST SLOT". Two slots take turns, so that a new
 * snapshot is written over the one before the last: nothing has to be removed, and what a crash
 * left half-written is written over as well.
 */
#include <stdio.h>
#include <string.h>

#include <sodium.h>

#include "base/number.h"
#include "operate/operation_state.h"

enum { PIECE_SIZE = 64 << 10, KEY_SIZE = 80 };
/* A snapshot is due after a twentieth of the stream, so that its cost for each entry is bounded
 * however large the state is; and large groups carry more of it, so that it ends in time. */
enum { SHARE = 20, PIECES_LEAST = 4, ENTRIES_A_PIECE = 10, PIECES_IDLE = 32 };

struct head {
    uint64_t seq, pieces, slot;
    char hash[2 * HASH_SIZE + 1], digest[2 * HASH_SIZE + 1];
};

static struct text_view piece_key(const char *stream, uint64_t slot, uint64_t piece,
                                  char key[KEY_SIZE])
{
    int size = snprintf(key, KEY_SIZE, "%s %llx %06llx", stream, (unsigned long long)slot,
                        (unsigned long long)piece);
    return (struct text_view){key, (uint32_t)size};
}

/* ---- heads ---- */

static bool cut_number(struct text_view *rest, uint64_t *number)
{
    int64_t value = 0;
    bool good = !number_parse_int_in(text_cut(rest, ' '), 0, INT64_MAX, &value);
    *number = (uint64_t)value;
    return good;
}

static bool cut_hex(struct text_view *rest, char hex[2 * HASH_SIZE + 1])
{
    struct text_view part = text_cut(rest, ' ');
    if (part.size != 2 * HASH_SIZE) {
        return false;
    }
    memcpy(hex, part.bytes, part.size);
    hex[part.size] = '\0';
    return true;
}

static enum zhol_error read_head(struct store *store, const char *stream, struct head *head)
{
    struct buffer text = {0};
    enum zhol_error error = store_get(store, "snapshot_head", text_view_of(stream), &text);
    if (!error) {
        struct text_view rest = {buffer_get(&text), (uint32_t)text.size};
        bool good = cut_number(&rest, &head->seq) && cut_hex(&rest, head->hash) &&
                    cut_number(&rest, &head->pieces) && cut_hex(&rest, head->digest) &&
                    cut_number(&rest, &head->slot);
        error = good ? ZHOL_ERROR_OK : ZHOL_ERROR_UNKNOWN;
    }
    buffer_clear(&text);
    return error;
}

static void hex_of(const uint8_t bytes[HASH_SIZE], char hex[2 * HASH_SIZE + 1])
{
    sodium_bin2hex(hex, 2 * HASH_SIZE + 1, bytes, HASH_SIZE);
}

static enum zhol_error write_head(struct operation *operation)
{
    struct saving *saving = &operation->saving;
    const char *stream = operation->streams[saving->stream].name;
    uint8_t digest[HASH_SIZE];
    char hash_hex[2 * HASH_SIZE + 1], digest_hex[2 * HASH_SIZE + 1], text[256];
    crypto_generichash_final(&saving->digest, digest, HASH_SIZE);
    hex_of(saving->hash, hash_hex);
    hex_of(digest, digest_hex);
    snprintf(text, sizeof text, "%llu %s %u %s %u", (unsigned long long)saving->seq, hash_hex,
             saving->pieces, digest_hex, saving->slot);
    return store_put(operation->store, "snapshot_head", text_view_of(stream), text_view_of(text));
}

/* ---- saving ---- */

static bool snapshot_due(const struct operation *operation, const struct stream *stream)
{
    uint64_t since = stream->seq - stream->snapshot_seq;
    return since >= operation->options.snapshot_every && since >= stream->seq / SHARE;
}

static enum zhol_error start(struct operation *operation, uint32_t index)
{
    struct saving *saving = &operation->saving;
    struct stream *stream = &operation->streams[index];
    struct head old = {.slot = 1};
    buffer_reset(&saving->bytes);
    enum zhol_error error = stream->queue ? queue_save(stream->queue, &saving->bytes)
                                          : registry_save(operation->registry, &saving->bytes);
    if (!error) {
        error = read_head(operation->store, stream->name, &old);
        error = error == ZHOL_ERROR_UNKNOWN ? ZHOL_ERROR_OK : error;
    }
    if (error) {
        return error;
    }
    if (saving->bytes.size > UINT32_MAX) { /* too large to be read back as one: fold instead */
        stream->snapshot_seq = stream->seq;
        buffer_clear(&saving->bytes);
        return ZHOL_ERROR_OK;
    }
    crypto_generichash_init(&saving->digest, NULL, 0, HASH_SIZE);
    saving->stream = index;
    saving->seq = stream->seq;
    memcpy(saving->hash, stream->hash, HASH_SIZE);
    saving->pieces = (uint32_t)((saving->bytes.size + PIECE_SIZE - 1) / PIECE_SIZE);
    saving->slot = old.slot ? 0 : 1;
    saving->at = 0;
    saving->active = true;
    return ZHOL_ERROR_OK;
}

static enum zhol_error put_piece(struct operation *operation)
{
    struct saving *saving = &operation->saving;
    char key[KEY_SIZE];
    size_t from = (size_t)saving->at * PIECE_SIZE, left = saving->bytes.size - from;
    struct text_view piece = {buffer_get(&saving->bytes) + from,
                              (uint32_t)(left < PIECE_SIZE ? left : PIECE_SIZE)};
    crypto_generichash_update(&saving->digest, (const uint8_t *)piece.bytes, piece.size);
    enum zhol_error error = store_put(
        operation->store, "snapshot",
        piece_key(operation->streams[saving->stream].name, saving->slot, saving->at, key), piece);
    if (!error && ++saving->at == saving->pieces) {
        error = write_head(operation);
        operation->streams[saving->stream].snapshot_seq = saving->seq;
        atomic_fetch_add(&operation->snapshots, 1);
        buffer_clear(&saving->bytes);
        saving->active = false;
    }
    return error;
}

enum zhol_error snapshot_advance(struct operation *operation)
{
    struct saving *saving = &operation->saving;
    uint32_t entries = operation->group.count, pieces = entries / ENTRIES_A_PIECE;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < operation->stream_count && !saving->active && !error; i++) {
        if (snapshot_due(operation, &operation->streams[i])) {
            error = start(operation, i);
        }
    }
    pieces = !entries ? PIECES_IDLE : pieces < PIECES_LEAST ? PIECES_LEAST : pieces;
    for (uint32_t i = 0; i < pieces && saving->active && !error; i++) {
        error = put_piece(operation);
    }
    return error;
}

/* ---- loading ---- */

static enum zhol_error load_state(struct operation *operation, struct stream *stream,
                                  struct text_view bytes)
{
    if (!stream->queue) {
        struct registry *registry;
        enum zhol_error error = registry_load(bytes, &registry);
        if (!error) {
            registry_free(operation->registry);
            operation->registry = registry;
        }
        return error;
    }
    struct queue_state *queue;
    enum zhol_error error = queue_load(stream->name, bytes, &queue);
    if (!error) {
        queue_free(stream->queue);
        stream->queue = queue;
    }
    return error;
}

static enum zhol_error read_pieces(struct operation *operation, const struct stream *stream,
                                   const struct head *head, struct buffer *bytes)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    char key[KEY_SIZE];
    for (uint64_t i = 0; i < head->pieces && !error; i++) {
        error = store_get(operation->store, "snapshot", piece_key(stream->name, head->slot, i, key),
                          bytes);
    }
    uint8_t digest[HASH_SIZE];
    char hex[2 * HASH_SIZE + 1];
    if (!error) {
        crypto_generichash(digest, HASH_SIZE, (const uint8_t *)buffer_get(bytes), bytes->size, NULL,
                           0);
        hex_of(digest, hex);
        error = strcmp(hex, head->digest) == 0 && bytes->size <= UINT32_MAX ? ZHOL_ERROR_OK
                                                                            : ZHOL_ERROR_UNKNOWN;
    }
    return error;
}

struct at_seq {
    uint64_t seq;
    int64_t time_s;
    uint8_t hash[HASH_SIZE];
};

static enum zhol_error see_one(void *context, const struct store_entry *entry)
{
    struct at_seq *seen = context;
    seen->seq = entry->seq;
    seen->time_s = entry->time_s;
    memcpy(seen->hash, entry->hash, HASH_SIZE);
    return ZHOL_ERROR_INTERRUPTED; /* the first is enough */
}

/* A snapshot that does not fit the journal, or is of another version of this program, is as good
 * as none: the entries are the truth. */
enum zhol_error snapshot_load(struct operation *operation, struct stream *stream)
{
    struct head head;
    struct buffer bytes = {0};
    struct at_seq seen = {0};
    char hex[2 * HASH_SIZE + 1];
    enum zhol_error error = read_head(operation->store, stream->name, &head);
    if (!error) {
        error = store_read(operation->store, stream->name, head.seq, see_one, &seen);
        error = error == ZHOL_ERROR_INTERRUPTED ? ZHOL_ERROR_OK : error;
    }
    hex_of(seen.hash, hex);
    if (!error && (seen.seq != head.seq || strcmp(hex, head.hash) != 0)) {
        error = ZHOL_ERROR_UNKNOWN;
    }
    if (!error) {
        error = read_pieces(operation, stream, &head, &bytes);
    }
    if (!error) {
        error = load_state(operation, stream,
                           (struct text_view){buffer_get(&bytes), (uint32_t)bytes.size});
        error = error == ZHOL_ERROR_INVALID ? ZHOL_ERROR_UNKNOWN : error;
    }
    if (!error) {
        stream->seq = stream->snapshot_seq = head.seq;
        operation->time_s = seen.time_s > operation->time_s ? seen.time_s : operation->time_s;
        memcpy(stream->hash, seen.hash, HASH_SIZE);
    }
    buffer_clear(&bytes);
    return error;
}
