/* timeline.c: what lately happened to places. See timeline.h. */
#include "serve/timeline.h"

#include <pthread.h>
#include <stdlib.h>

enum { RING_SIZE = 1 << 16, TAIL = 4000 };

struct timeline {
    pthread_mutex_t lock;
    uint64_t count;
    struct happened ring[RING_SIZE];
};

void timeline_add(struct timeline *timeline, const struct entry *entry)
{
    pthread_mutex_lock(&timeline->lock);
    for (uint32_t i = 0; i < entry->result.change_count; i++) {
        const struct change *change = &entry->result.changes[i];
        timeline->ring[timeline->count++ % RING_SIZE] =
            (struct happened){.place = change->place,
                              .number = entry->result.number,
                              .time_s = entry->command.time_s,
                              .slot_s = change->slot_s,
                              .old_slot_s = change->old_slot_s,
                              .state = change->state,
                              .reason = change->reason,
                              .command = (uint8_t)entry->command.kind};
    }
    pthread_mutex_unlock(&timeline->lock);
}

uint32_t timeline_of(struct timeline *timeline, uint64_t place, struct happened *list, uint32_t max)
{
    uint32_t found = 0;
    pthread_mutex_lock(&timeline->lock);
    uint64_t kept = timeline->count < RING_SIZE ? timeline->count : RING_SIZE;
    for (uint64_t i = 1; i <= kept && found < max; i++) {
        const struct happened *at = &timeline->ring[(timeline->count - i) % RING_SIZE];
        if (at->place == place) {
            list[found++] = *at;
        }
    }
    pthread_mutex_unlock(&timeline->lock);
    return found;
}

static enum zhol_error visit(void *context, const struct store_entry *stored)
{
    struct entry entry = {.seq = 0};
    enum zhol_error error = entry_read(stored->bytes, &entry, NULL);
    if (!error) {
        timeline_add(context, &entry);
    }
    entry_clear(&entry);
    return error;
}

enum zhol_error timeline_open(struct server *server, struct timeline **out)
{
    struct timeline *timeline = calloc(1, sizeof *timeline);
    enum zhol_error error = timeline ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    if (!timeline) {
        return error;
    }
    pthread_mutex_init(&timeline->lock, NULL);
    uint32_t streams = operation_stream_count(server->operation);
    for (uint32_t i = 0; i < streams && !error; i++) {
        const char *stream = operation_stream(server->operation, i);
        uint64_t seq;
        uint8_t hash[STORE_HASH_SIZE];
        error = store_head(server->store, stream, &seq, hash);
        if (!error) {
            error = store_read(server->store, stream, seq > TAIL ? seq - TAIL : 1, visit, timeline);
        }
    }
    if (error) {
        timeline_close(timeline);
        return error;
    }
    *out = timeline;
    return ZHOL_ERROR_OK;
}

void timeline_close(struct timeline *timeline)
{
    if (timeline) {
        pthread_mutex_destroy(&timeline->lock);
        free(timeline);
    }
}
