/* serve/server.h: everything that a running server stands on, opened once and passed to handlers.
 *
 * Call order: server_open, then http_start (http.h) or dispatch (dispatch.h) for tests without
 * sockets, server_close. The corridor is read-only; the operation has its own lock
 * (operation_read); boards, events, webhooks and limits lock themselves.
 */
#ifndef ZHOL_SERVE_SERVER_H
#define ZHOL_SERVE_SERVER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include <zhol/corridor.h>

#include "operate/accounts.h"
#include "operate/operation.h"
#include "operate/outbox.h"
#include "operate/receipt.h"
#include "operate/vault.h"
#include "store/store.h"

struct server_options {
    const char *corridor_dir;             /* for scenarios and dates other than the default */
    const struct zhol_corridor *corridor; /* read by the caller, kept while the server lives */
    int32_t day;                          /* default day of questions */
    const char *store_url;                /* "sqlite:FILE" or "memory:" */
    const char *version;                  /* of the program */
    const char *web_dir;                  /* built page; NULL: none */
    bool demo;
    double speed;                 /* of the demonstration's clock; 1 */
    const char *password;         /* of the demo accounts; NULL: random */
    const char *code_file;        /* messages of the demonstration go there */
    struct outbox_options outbox; /* SMTP, SMS; clock and file are set here */
    double rate;                  /* requests a second for each client; 0: no limit */
    bool local_webhooks;          /* webhooks may go to loopback addresses */
    bool private_webhooks;        /* and to private networks */
    bool secure_cookie;           /* behind TLS: cookies get Secure */
    uint32_t workers;             /* threads for RUN_POOL; 0: 2 */
};

struct model;    /* model.h: corridor, map and plan, for the model_*.c files */
struct board;    /* board.h */
struct events;   /* events.h */
struct webhooks; /* webhook.h */
struct limits;   /* limit.h */
struct metrics;  /* metrics.h */
struct pool;     /* pool.h */
struct pages;    /* pages.h */
struct plates;   /* plates.h */
struct timeline; /* timeline.h */
struct demo;     /* demo.h */
struct notify;   /* notify.h */

struct server {
    struct server_options options;
    const struct zhol_corridor *corridor;
    struct model *model;
    struct store *store;
    struct operation *operation;
    struct vault *vault;
    struct accounts *accounts;
    struct signer *signer;
    struct outbox *outbox;
    struct board *board;
    struct events *events;
    struct webhooks *webhooks;
    struct limits *limits;
    struct metrics *metrics;
    struct pool *pools[4]; /* by enum run: [RUN_HERE] is NULL */
    struct pages *pages;
    struct plates *plates;
    struct timeline *timeline;
    struct demo *demo;
    struct notify *notify;
    struct buffer openapi; /* the document, made once */
    uint8_t public_key[32];
    int64_t started_s, clock_from_s; /* demonstration: where its clock began */
    double clock_began;              /* monotonic seconds then */
    atomic_bool clock_runs;
    _Atomic int64_t clock_stands_s;
    atomic_bool stopping;
};

enum zhol_error server_open(const struct server_options *options, struct zhol_report *report,
                            struct server **server);
/* Stops taking commands, ends threads, closes what server_open opened. NULL is allowed. */
void server_close(struct server *server);
/* The clock of the operation: the system's, or the demonstration's. */
int64_t server_now(void *server);
/* For outbox_options.describe: how a queue is called, and its clock. Context: the server. */
void server_describe(void *server, const char *queue, const char *lang, int64_t at_s, char name[64],
                     int32_t *offset_s);

#endif
