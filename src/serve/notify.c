/* notify.c: what happens after each commit. See notify.h. */
#include "serve/notify.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/time.h"
#include "serve/board.h"
#include "serve/events.h"
#include "serve/timeline.h"
#include "serve/upkeep.h"
#include "serve/webhook.h"

enum { PING_S = 15, CHANGES_MAX = 2000 };

static void publish_change(struct server *server, const struct change *change)
{
    char topic[32], data[200], slot[TIME_TEXT_SIZE + 2] = "null";
    snprintf(topic, sizeof topic, "place:%016" PRIx64, change->place);
    if (change->slot_s) {
        char text[TIME_TEXT_SIZE];
        time_format_instant(change->slot_s, text);
        snprintf(slot, sizeof slot, "\"%s\"", text);
    }
    int size = snprintf(data, sizeof data,
                        "{\"place\":\"%016" PRIx64 "\",\"state\":\"%s\",\"reason\":\"%s\","
                        "\"slot\":%s}",
                        change->place, place_state_name((enum place_state)change->state),
                        change_reason_name((enum change_reason)change->reason), slot);
    events_publish(server->events, topic, "place", (struct text_view){data, (uint32_t)size});
}

void notify_committed(void *context, const struct entry *entry, struct text_view bytes)
{
    struct server *server = context;
    const struct command *command = &entry->command;
    char topic[80], data[160];
    (void)bytes;
    timeline_add(server->timeline, entry);
    for (uint32_t i = 0; i < entry->result.change_count && i < CHANGES_MAX; i++) {
        publish_change(server, &entry->result.changes[i]);
    }
    if (*command->queue && !entry->result.refusal) {
        snprintf(topic, sizeof topic, "queue:%s", command->queue);
        int size = snprintf(data, sizeof data, "{\"queue\":\"%s\",\"command\":\"%s\"}",
                            command->queue, command_name(command->kind));
        events_publish(server->events, topic, "queue", (struct text_view){data, (uint32_t)size});
    }
    board_dirty(server->board);
    webhooks_wake(server->webhooks);
}

/* ---- The pulse ---- */

struct notify {
    struct server *server;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t ended;
    bool ending;
};

static void *run(void *context)
{
    struct notify *notify = context;
    struct timespec until;
    uint32_t pulses = 0;
    pthread_mutex_lock(&notify->lock);
    while (!notify->ending) {
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += PING_S;
        if (pthread_cond_timedwait(&notify->ended, &notify->lock, &until) == 0) {
            continue;
        }
        pthread_mutex_unlock(&notify->lock);
        events_publish(notify->server->events, "", "ping", TEXT("{}"));
        if (pulses++ % (TIME_HOUR_S / PING_S) == 0) {
            upkeep_step(notify->server);
        }
        pthread_mutex_lock(&notify->lock);
    }
    pthread_mutex_unlock(&notify->lock);
    return NULL;
}

enum zhol_error notify_start(struct server *server, struct notify **out)
{
    struct notify *notify = calloc(1, sizeof *notify);
    if (!notify) {
        return ZHOL_ERROR_MEMORY;
    }
    notify->server = server;
    pthread_mutex_init(&notify->lock, NULL);
    pthread_cond_init(&notify->ended, NULL);
    if (pthread_create(&notify->thread, NULL, run, notify)) {
        free(notify);
        return ZHOL_ERROR_LIMIT;
    }
    *out = notify;
    return ZHOL_ERROR_OK;
}

void notify_stop(struct notify *notify)
{
    if (notify) {
        pthread_mutex_lock(&notify->lock);
        notify->ending = true;
        pthread_cond_signal(&notify->ended);
        pthread_mutex_unlock(&notify->lock);
        pthread_join(notify->thread, NULL);
        pthread_cond_destroy(&notify->ended);
        pthread_mutex_destroy(&notify->lock);
        free(notify);
    }
}
