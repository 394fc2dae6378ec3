/* serve/webhook_state.h: what webhook.c and webhook_send.c share. */
#ifndef ZHOL_SERVE_WEBHOOK_STATE_H
#define ZHOL_SERVE_WEBHOOK_STATE_H

#include <pthread.h>

#include "serve/webhook.h"

enum { WEBHOOKS_MAX = 32, WEBHOOK_STREAMS = 64, WEBHOOK_URL = 512, WEBHOOK_SECRET = 208 };

struct webhook_cursor {
    char stream[COMMAND_NAME_SIZE];
    uint64_t seq, stored; /* told so far; the same in the store */
};

struct hook {
    struct webhooks *webhooks;
    uint64_t id, owner;
    char url[WEBHOOK_URL], secret[WEBHOOK_SECRET];
    char topics[2000]; /* parted by spaces */
    struct webhook_cursor cursors[WEBHOOK_STREAMS];
    uint32_t cursor_count;
    uint64_t delivered, failures;
    uint32_t in_a_row;  /* failures since the last success */
    int64_t next_try_s; /* UTC; 0: now */
    char last_error[128];
    bool ending, started;
    pthread_t thread;
};

struct webhooks {
    struct server *server;
    pthread_mutex_t lock; /* all below, and what changes in hooks */
    pthread_cond_t work;
    struct hook *hooks[WEBHOOKS_MAX];
    uint32_t count;
    uint64_t generation; /* rises with each commit */
    bool ending;
};

/* One call; true when the answer was 2xx. `why` says what went wrong. */
bool webhook_post(const struct hook *hook, const struct server_options *options,
                  struct text_view body, int64_t now_s, char why[128]);
bool webhook_concerns(const char *topics, const struct entry *entry);

#endif
