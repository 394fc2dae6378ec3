/* operate/outbox_state.h: what the files of the outbox share; see outbox.h. */
#ifndef ZHOL_OPERATE_OUTBOX_STATE_H
#define ZHOL_OPERATE_OUTBOX_STATE_H

#include <pthread.h>

#include "operate/outbox.h"

#define OUTBOX_STREAMS_MAX 256

/* A change somebody must hear of, as the listener saw it. */
struct happening {
    uint32_t stream; /* index into `followed` */
    uint64_t seq;
    struct change change;
    char note[160]; /* of the command, for rejected appeals */
};
struct followed {
    char stream[COMMAND_NAME_SIZE];
    uint64_t seen; /* last entry that the listener saw or the journal gave */
    uint64_t kept; /* the cursor in the store */
};

struct outbox {
    struct store *store;
    struct vault *vault;
    struct outbox_options options;
    struct operation *operation; /* NULL: not following */
    char token[256];             /* of the SMS gateway */

    pthread_mutex_t stepping; /* one step at a time */
    pthread_mutex_t lock;     /* all below */
    pthread_cond_t wake;
    pthread_t thread;
    bool started, ending;
    bool poked; /* something was put: look before sleeping */
    bool lost;  /* the listener missed entries: the journal is read from what was seen */
    struct followed followed[OUTBOX_STREAMS_MAX];
    uint32_t followed_count;
    struct happening *happenings;
    uint32_t happening_count, happening_capacity;
    struct outbox_counts counts;
};

int64_t outbox_now(const struct outbox *outbox);
/* Starts following: cursors from the store, journal from there, listener. */
enum zhol_error outbox_journal_start(struct outbox *outbox, struct operation *operation);
/* Turns what happened into stored messages and moves the cursors, in one transaction. */
enum zhol_error outbox_journal_step(struct outbox *outbox);
/* Inside a transaction. */
enum zhol_error outbox_put_inside(struct outbox *outbox, const struct message *message);
/* Waits of the next try: 1, 2, 4 ... 60 minutes. */
int64_t outbox_wait_s(uint32_t tries);

#endif
