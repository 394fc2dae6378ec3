/* events.c: a ring of events and readers that wait. See events.h. */
#include "serve/events.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"

enum { RING_SIZE = 4096, TOPIC_SIZE = 72, READERS_MAX = 1024 };

struct event {
    char topic[TOPIC_SIZE], name[12];
    char *data;
};

struct events_reader {
    char topic[TOPIC_SIZE];
    uint64_t after;
    bool waiting;
    void (*wake)(void *context);
    void *context;
    struct events_reader *next;
};

struct events {
    pthread_mutex_t lock;
    struct event ring[RING_SIZE];
    uint64_t base, count; /* event number i has the id base + i, 1 <= i <= count */
    struct events_reader *readers;
    uint32_t reader_count;
    bool ended;
};

enum zhol_error events_new(struct events **out)
{
    struct events *events = calloc(1, sizeof *events);
    if (!events) {
        return ZHOL_ERROR_MEMORY;
    }
    pthread_mutex_init(&events->lock, NULL);
    events->base = (uint64_t)time_now_s() * 1000000u;
    *out = events;
    return ZHOL_ERROR_OK;
}

void events_free(struct events *events)
{
    if (events) {
        for (uint32_t i = 0; i < RING_SIZE; i++) {
            free(events->ring[i].data);
        }
        pthread_mutex_destroy(&events->lock);
        free(events);
    }
}

static bool concerns(const struct event *event, const struct events_reader *reader)
{
    return *event->topic == '\0' || strcmp(event->topic, reader->topic) == 0;
}

static void set_text(char *to, size_t size, const char *from)
{
    size_t length = strlen(from);
    length = length < size ? length : size - 1;
    memcpy(to, from, length);
    to[length] = '\0';
}

void events_publish(struct events *events, const char *topic, const char *name,
                    struct text_view data)
{
    char *copy = malloc(data.size + 1u);
    if (!copy) {
        return; /* the reader's next event shows the gap: it loads anew */
    }
    memcpy(copy, data.bytes, data.size);
    copy[data.size] = '\0';
    pthread_mutex_lock(&events->lock);
    struct event *event = &events->ring[++events->count % RING_SIZE];
    free(event->data);
    set_text(event->topic, sizeof event->topic, topic);
    set_text(event->name, sizeof event->name, name);
    event->data = copy;
    for (struct events_reader *reader = events->readers; reader; reader = reader->next) {
        if (reader->waiting && concerns(event, reader)) {
            reader->waiting = false;
            reader->wake(reader->context);
        }
    }
    pthread_mutex_unlock(&events->lock);
}

enum zhol_error events_join(struct events *events, const char *topic, uint64_t after,
                            void (*wake)(void *context), void *context, struct events_reader **out)
{
    struct events_reader *reader = calloc(1, sizeof *reader);
    if (!reader || strlen(topic) >= TOPIC_SIZE) {
        free(reader);
        return reader ? ZHOL_ERROR_LIMIT : ZHOL_ERROR_MEMORY;
    }
    set_text(reader->topic, sizeof reader->topic, topic);
    reader->wake = wake;
    reader->context = context;
    pthread_mutex_lock(&events->lock);
    bool room = events->reader_count < READERS_MAX && !events->ended;
    if (room) {
        /* A new reader begins now; one that comes back, after what it has seen. */
        reader->after = after ? after : events->base + events->count;
        reader->next = events->readers;
        events->readers = reader;
        events->reader_count++;
    }
    pthread_mutex_unlock(&events->lock);
    if (!room) {
        free(reader);
        return ZHOL_ERROR_LIMIT;
    }
    *out = reader;
    return ZHOL_ERROR_OK;
}

void events_leave(struct events *events, struct events_reader *reader)
{
    pthread_mutex_lock(&events->lock);
    for (struct events_reader **at = &events->readers; *at; at = &(*at)->next) {
        if (*at == reader) {
            *at = reader->next;
            events->reader_count--;
            break;
        }
    }
    pthread_mutex_unlock(&events->lock);
    free(reader);
}

static void write_event(struct buffer *text, const char *name, uint64_t id, const char *data)
{
    buffer_printf(text, "event: %s\nid: %llu\ndata: %s\n\n", name, (unsigned long long)id, data);
}

bool events_next(struct events *events, struct events_reader *reader, struct buffer *text,
                 void (*wait)(void *context), bool *ended)
{
    size_t before = text->size;
    pthread_mutex_lock(&events->lock);
    uint64_t last = events->base + events->count;
    uint64_t kept = events->count < RING_SIZE - 1 ? events->count : RING_SIZE - 1;
    if (reader->after < last - kept || reader->after > last) {
        write_event(text, "reset", last, "{\"missed\":true}");
        reader->after = last;
    }
    while (reader->after < last && text->size - before < 8192) {
        uint64_t number = ++reader->after - events->base;
        const struct event *event = &events->ring[number % RING_SIZE];
        if (concerns(event, reader)) {
            write_event(text, event->name, reader->after, event->data);
        }
    }
    *ended = events->ended;
    bool some = text->size > before;
    if (!some && !*ended) {
        reader->waiting = true;
        wait(reader->context);
    }
    pthread_mutex_unlock(&events->lock);
    return some;
}

void events_end(struct events *events)
{
    pthread_mutex_lock(&events->lock);
    events->ended = true;
    for (struct events_reader *reader = events->readers; reader; reader = reader->next) {
        if (reader->waiting) {
            reader->waiting = false;
            reader->wake(reader->context);
        }
    }
    pthread_mutex_unlock(&events->lock);
}

uint32_t events_readers(struct events *events)
{
    pthread_mutex_lock(&events->lock);
    uint32_t count = events->reader_count;
    pthread_mutex_unlock(&events->lock);
    return count;
}

uint64_t events_last(struct events *events)
{
    pthread_mutex_lock(&events->lock);
    uint64_t last = events->base + events->count;
    pthread_mutex_unlock(&events->lock);
    return last;
}
