/* outbox_journal.c: from entries of the journal to messages. See outbox.h.
 *
 * The listener runs on the writer's thread, so it copies what somebody must hear of and nothing
 * more; looking up drivers, sealing and storing are done by the outbox's own thread. The cursor of
 * a stream moves in the transaction that stores its messages; it is also moved when it lags by
 * CURSOR_LAG entries without any, so that a restart reads little.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/json.h"
#include "operate/outbox.h"
#include "operate/outbox_state.h"
#include "operate/plain.h"

enum { CURSOR_LAG = 10000 };

/* ---- what must be told ---- */

/* The template for a change, or NULL when nobody need hear of it. */
static const char *template_of(const struct change *change)
{
    switch ((enum change_reason)change->reason) {
    case CHANGE_called:
    case CHANGE_taken_in_turn:
    case CHANGE_taken_out_of_turn:
        return change->state == PLACE_called ? "called" : NULL;
    case CHANGE_moved_by_capacity:
    case CHANGE_moved_by_closure:
        return change->slot_s ? "moved" : "closed";
    case CHANGE_drawn:
        return "drawn";
    case CHANGE_not_drawn:
        return "not_drawn";
    case CHANGE_missed_slot:
    case CHANGE_missed_call:
    case CHANGE_expired:
        return change->state == PLACE_no_show || change->state == PLACE_cancelled ? "missed" : NULL;
    case CHANGE_upheld:
    case CHANGE_rejected:
        return "appeal";
    case CHANGE_asked:
    case CHANGE_REASON_COUNT:
        break;
    }
    return NULL;
}

static struct followed *follow(struct outbox *outbox, const char *stream)
{
    for (uint32_t i = 0; i < outbox->followed_count; i++) {
        if (strcmp(outbox->followed[i].stream, stream) == 0) {
            return &outbox->followed[i];
        }
    }
    if (outbox->followed_count >= OUTBOX_STREAMS_MAX) {
        return NULL;
    }
    struct followed *followed = &outbox->followed[outbox->followed_count++];
    memset(followed, 0, sizeof *followed);
    plain_copy(followed->stream, sizeof followed->stream, stream);
    return followed;
}

static enum zhol_error note_change(struct outbox *outbox, uint32_t stream,
                                   const struct entry *entry, const struct change *change)
{
    enum zhol_error error =
        ARRAY_RESERVE(outbox->happenings, outbox->happening_capacity, outbox->happening_count + 1);
    if (error) {
        return error;
    }
    struct happening *happening = &outbox->happenings[outbox->happening_count++];
    memset(happening, 0, sizeof *happening);
    happening->stream = stream;
    happening->seq = entry->seq;
    happening->change = *change;
    if (change->reason == CHANGE_rejected) {
        uint32_t size = text_utf8_cut(entry->command.note, sizeof happening->note - 1);
        size = size < entry->command.note.size ? size : entry->command.note.size;
        memcpy(happening->note, entry->command.note.bytes ? entry->command.note.bytes : "", size);
    }
    return ZHOL_ERROR_OK;
}

/* With the lock held. Entries that were seen before pass by; a gap (the listener is ahead of the
 * reading of the journal) is ZHOL_ERROR_CONFLICT and is closed by reading on. */
static enum zhol_error note_entry(struct outbox *outbox, const struct entry *entry)
{
    struct followed *followed = follow(outbox, entry->stream);
    if (!followed) {
        return ZHOL_ERROR_LIMIT;
    }
    if (entry->seq <= followed->seen) {
        return ZHOL_ERROR_OK;
    }
    if (entry->seq != followed->seen + 1) {
        return ZHOL_ERROR_CONFLICT;
    }
    uint32_t before = outbox->happening_count;
    for (uint32_t i = 0; i < entry->result.change_count; i++) {
        const struct change *change = &entry->result.changes[i];
        if (!template_of(change)) {
            continue;
        }
        enum zhol_error error =
            note_change(outbox, (uint32_t)(followed - outbox->followed), entry, change);
        if (error) {
            outbox->happening_count = before;
            return error;
        }
    }
    followed->seen = entry->seq;
    return ZHOL_ERROR_OK;
}

static void listen(void *context, const struct entry *entry, struct text_view bytes)
{
    struct outbox *outbox = context;
    (void)bytes;
    pthread_mutex_lock(&outbox->lock);
    uint32_t before = outbox->happening_count;
    if (!outbox->lost && note_entry(outbox, entry)) {
        outbox->lost = true;
    }
    if (outbox->lost || outbox->happening_count > before) {
        pthread_cond_signal(&outbox->wake);
    }
    pthread_mutex_unlock(&outbox->lock);
}

/* ---- reading the journal ---- */

static enum zhol_error read_one(void *context, const struct store_entry *found)
{
    struct outbox *outbox = context;
    struct entry entry;
    enum zhol_error error = entry_read(found->bytes, &entry, NULL);
    if (!error) {
        pthread_mutex_lock(&outbox->lock);
        error = note_entry(outbox, &entry);
        pthread_mutex_unlock(&outbox->lock);
        entry_clear(&entry);
    }
    return error;
}

/* Reads what each stream has behind what was seen. */
static enum zhol_error catch_up(struct outbox *outbox)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < outbox->followed_count && !error; i++) {
        error = store_read(outbox->store, outbox->followed[i].stream, outbox->followed[i].seen + 1,
                           read_one, outbox);
    }
    return error;
}

static void cursor_key(const char *stream, char key[COMMAND_NAME_SIZE + 8])
{
    snprintf(key, COMMAND_NAME_SIZE + 8, "outbox %s", stream);
}

static enum zhol_error read_cursor(struct outbox *outbox, const char *stream, bool *there)
{
    char key[COMMAND_NAME_SIZE + 8];
    uint8_t hash[STORE_HASH_SIZE];
    struct buffer text = {0};
    struct followed *followed = follow(outbox, stream);
    if (!followed) {
        return ZHOL_ERROR_LIMIT;
    }
    cursor_key(stream, key);
    enum zhol_error error = store_get(outbox->store, "cursor", text_view_of(key), &text);
    *there = !error;
    if (!error) {
        followed->kept = strtoull(buffer_get(&text), NULL, 10);
    } else if (error == ZHOL_ERROR_UNKNOWN) {
        error = store_head(outbox->store, stream, &followed->kept, hash);
    }
    followed->seen = followed->kept;
    buffer_clear(&text);
    return error;
}

/* Streams that the store knew before the outbox was first used begin at their end: old history is
 * not told again. Streams that come later have no entry here and begin at their first. */
static enum zhol_error read_cursors(struct outbox *outbox)
{
    struct buffer names = {0}, first = {0};
    bool there;
    enum zhol_error error = store_streams(outbox->store, &names);
    bool used_before = store_get(outbox->store, "cursor", TEXT("outbox"), &first) == ZHOL_ERROR_OK;
    for (size_t at = 0; at < names.size && !error; at += strlen(names.bytes + at) + 1) {
        error = read_cursor(outbox, names.bytes + at, &there);
        if (!error && used_before && !there) {
            struct followed *followed = follow(outbox, names.bytes + at);
            followed->seen = followed->kept = 0;
        }
    }
    if (!error && !used_before) {
        error = store_begin(outbox->store);
        if (!error) {
            error = store_put(outbox->store, "cursor", TEXT("outbox"), TEXT("1"));
            for (uint32_t i = 0; i < outbox->followed_count && !error; i++) {
                char key[COMMAND_NAME_SIZE + 8], number[24];
                cursor_key(outbox->followed[i].stream, key);
                snprintf(number, sizeof number, "%" PRIu64, outbox->followed[i].kept);
                error = store_put(outbox->store, "cursor", text_view_of(key), text_view_of(number));
            }
            if (error) {
                store_rollback(outbox->store);
            } else {
                error = store_commit(outbox->store);
            }
        }
    }
    buffer_clear(&names);
    buffer_clear(&first);
    return error;
}

enum zhol_error outbox_journal_start(struct outbox *outbox, struct operation *operation)
{
    enum zhol_error error = read_cursors(outbox);
    if (!error) {
        error = catch_up(outbox);
    }
    if (!error) {
        outbox->operation = operation;
        error = operation_listen(operation, listen, outbox);
    }
    return error ? error : catch_up(outbox); /* what was committed in between */
}

/* ---- storing messages ---- */

static void member_time(struct json_writer *json, const char *key, int64_t at_s)
{
    if (at_s) {
        json_member_int(json, key, at_s);
    }
}

static enum zhol_error write_fields(const struct happening *happening,
                                    const struct place_view *view, struct buffer *fields)
{
    struct json_writer json;
    const struct change *change = &happening->change;
    buffer_reset(fields);
    json_writer_init(&json, fields, false);
    json_write_object(&json);
    if (view->number) {
        json_member_int(&json, "number", (int64_t)view->number);
    }
    json_member_text(&json, "queue", view->queue);
    member_time(&json, "slot", change->slot_s);
    member_time(&json, "old_slot", change->old_slot_s);
    if (change->reason == CHANGE_upheld || change->reason == CHANGE_rejected) {
        json_member_text(&json, "decision",
                         change->reason == CHANGE_upheld ? "upheld" : "rejected");
        json_member_text(&json, "note", happening->note);
    }
    json_write_object_end(&json);
    return json_writer_end(&json);
}

static enum zhol_error tell(struct outbox *outbox, const struct happening *happening,
                            const struct place_view *view, struct buffer *fields)
{
    struct message message = {0};
    const char *template = template_of(&happening->change);
    plain_copy(message.template, sizeof message.template, template);
    enum zhol_error error = write_fields(happening, view, fields);
    message.fields = (struct text_view){buffer_get(fields), (uint32_t)fields->size};
    for (uint32_t i = 0; i < view->driver_count && !error; i++) {
        message.subject = view->drivers[i];
        error = outbox_put_inside(outbox, &message);
    }
    bool carrier = strcmp(template, "called") != 0 || !view->driver_count;
    if (carrier && view->carrier && !error) {
        message.subject = view->carrier;
        error = outbox_put_inside(outbox, &message);
    }
    return error;
}

/* Views whose texts are copied, so that the operation is not held while the store is written. */
struct told {
    struct place_view view;
    char queue[COMMAND_NAME_SIZE];
    bool there;
};

static void look_up(struct outbox *outbox, const struct happening *happenings, uint32_t count,
                    struct told *told)
{
    operation_read(outbox->operation);
    for (uint32_t i = 0; i < count; i++) {
        const struct queue_state *state =
            operation_queue(outbox->operation, outbox->followed[happenings[i].stream].stream);
        told[i].there = state && !queue_place(state, happenings[i].change.place, &told[i].view);
        if (told[i].there) {
            plain_copy(told[i].queue, sizeof told[i].queue, told[i].view.queue);
            told[i].view.queue = told[i].queue;
        }
    }
    operation_read_end(outbox->operation);
}

static enum zhol_error keep_cursors(struct outbox *outbox, const uint64_t *seen, uint32_t count)
{
    char key[COMMAND_NAME_SIZE + 8], number[24];
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < count && !error; i++) {
        if (seen[i] != outbox->followed[i].kept) {
            cursor_key(outbox->followed[i].stream, key);
            snprintf(number, sizeof number, "%" PRIu64, seen[i]);
            error = store_put(outbox->store, "cursor", text_view_of(key), text_view_of(number));
        }
    }
    return error;
}

static enum zhol_error store_all(struct outbox *outbox, const struct happening *happenings,
                                 const struct told *told, uint32_t count, const uint64_t *seen,
                                 uint32_t streams)
{
    struct buffer fields = {0};
    enum zhol_error error = store_begin(outbox->store);
    if (error) {
        return error;
    }
    for (uint32_t i = 0; i < count && !error; i++) {
        if (told[i].there) {
            error = tell(outbox, &happenings[i], &told[i].view, &fields);
        }
    }
    if (!error) {
        error = keep_cursors(outbox, seen, streams);
    }
    if (error) {
        store_rollback(outbox->store);
    } else {
        error = store_commit(outbox->store);
    }
    for (uint32_t i = 0; i < streams && !error; i++) {
        outbox->followed[i].kept = seen[i];
    }
    buffer_clear(&fields);
    return error;
}

enum zhol_error outbox_journal_step(struct outbox *outbox)
{
    uint64_t seen[OUTBOX_STREAMS_MAX], lag = 0;
    enum zhol_error error = ZHOL_ERROR_OK;
    if (!outbox->operation) {
        return error;
    }
    pthread_mutex_lock(&outbox->lock);
    bool lost = outbox->lost;
    outbox->lost = false;
    pthread_mutex_unlock(&outbox->lock);
    if (lost) {
        error = catch_up(outbox);
    }
    pthread_mutex_lock(&outbox->lock);
    outbox->lost = outbox->lost || error;
    struct happening *happenings = outbox->happenings;
    uint32_t count = outbox->happening_count, streams = outbox->followed_count;
    for (uint32_t i = 0; i < streams; i++) {
        seen[i] = outbox->followed[i].seen;
        lag = seen[i] - outbox->followed[i].kept > lag ? seen[i] - outbox->followed[i].kept : lag;
    }
    outbox->happenings = NULL;
    outbox->happening_count = outbox->happening_capacity = 0;
    pthread_mutex_unlock(&outbox->lock);
    struct told *told = count ? calloc(count, sizeof *told) : NULL;
    if (count && !told) {
        error = ZHOL_ERROR_MEMORY;
    } else if (count || lag >= CURSOR_LAG) {
        if (count) {
            look_up(outbox, happenings, count, told);
        }
        error = store_all(outbox, happenings, told, count, seen, streams);
    }
    if (error) { /* nothing of it was stored: the journal gives it again */
        pthread_mutex_lock(&outbox->lock);
        for (uint32_t i = 0; i < outbox->followed_count; i++) {
            outbox->followed[i].seen = outbox->followed[i].kept;
        }
        outbox->happening_count = 0;
        outbox->lost = true;
        pthread_mutex_unlock(&outbox->lock);
    }
    free(told);
    free(happenings);
    return error;
}
