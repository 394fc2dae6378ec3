/* server.c: opens and closes everything that a running server stands on. See server.h. */
#include "serve/server.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "operate/keyfile.h"
#include "operate/plain.h"
#include "serve/board.h"
#include "serve/catalog.h"
#include "serve/demo.h"
#include "serve/endpoint.h"
#include "serve/events.h"
#include "serve/ledger.h"
#include "serve/limit.h"
#include "serve/metrics.h"
#include "serve/model.h"
#include "serve/notify.h"
#include "serve/openapi.h"
#include "serve/pages.h"
#include "serve/plates.h"
#include "serve/pool.h"
#include "serve/timeline.h"
#include "serve/webhook.h"

int64_t server_now(void *context)
{
    const struct server *server = context;
    return server->options.demo ? demo_now(server) : time_now_s();
}

void server_describe(void *context, const char *queue, const char *lang, int64_t at_s,
                     char name[64], int32_t *offset_s)
{
    struct server *server = context;
    struct catalog_queue about;
    int64_t day_s = at_s ? at_s : server_now(server);
    if (!catalog_queue(server->corridor, queue, catalog_day(day_s), &about)) {
        return;
    }
    plain_copy(name, 64, zhol_node_name(server->corridor, about.node, lang));
    *offset_s = catalog_offset_s(server->corridor, about.node, day_s);
}

/* Where a key of the store lies; NULL for a store in memory. */
static const char *key_path(const struct server *server, const char *kind, struct buffer *path)
{
    buffer_reset(path);
    key_file_path(server->options.store_url, kind, path);
    return path->size ? buffer_get(path) : NULL;
}

static enum zhol_error open_store(struct server *server, struct zhol_report *report)
{
    const struct operation_options options = {.clock = server_now, .clock_context = server};
    struct buffer path = {0};
    enum zhol_error error = store_open(server->options.store_url, NULL, report, &server->store);
    if (!error) {
        error =
            vault_open(server->store, key_path(server, "master", &path), report, &server->vault);
    }
    if (!error) {
        error = signer_open(key_path(server, "signing", &path), report, &server->signer);
    }
    if (!error) {
        signer_public(server->signer, server->public_key);
        error = accounts_open(server->store, &server->accounts);
    }
    if (!error) {
        error = operation_open(server->store, &options, report, &server->operation);
    }
    buffer_clear(&path);
    return error;
}

static enum zhol_error open_outbox(struct server *server, struct zhol_report *report)
{
    struct outbox_options options = server->options.outbox;
    options.file = server->options.code_file;
    options.clock = server_now;
    options.clock_context = server;
    options.describe = server_describe;
    options.describe_context = server;
    enum zhol_error error =
        outbox_open(server->store, server->vault, &options, report, &server->outbox);
    return error ? error : outbox_start(server->outbox, server->operation);
}

/* What hangs on the operation: before its writer starts, so that no commit is missed. */
static enum zhol_error open_listeners(struct server *server, struct zhol_report *report)
{
    enum zhol_error error = events_new(&server->events);
    if (!error) {
        error = plates_open(server, &server->plates);
    }
    if (!error) {
        error = timeline_open(server, &server->timeline);
    }
    if (!error) {
        error = operation_join(server->operation, ledger_join, server->store);
    }
    if (!error) {
        error = webhooks_open(server, &server->webhooks);
    }
    if (!error) {
        error = open_outbox(server, report);
    }
    if (!error) {
        error = board_open(server, &server->board);
    }
    if (!error) {
        error = operation_listen(server->operation, notify_committed, server);
    }
    return error ? error : operation_start(server->operation);
}

/* Passwords are hashed one at a time, and what takes long has its own workers: neither may hold up
 * an officer's console. */
static enum zhol_error open_pools(struct server *server)
{
    _Static_assert(sizeof server->pools / sizeof *server->pools == RUN_COUNT, "a pool each");
    enum zhol_error error = pool_new(server->options.workers, &server->pools[RUN_POOL]);
    if (!error) {
        error = pool_new(1, &server->pools[RUN_HASH]);
    }
    return error ? error : pool_new(2, &server->pools[RUN_SLOW]);
}

static enum zhol_error open_rest(struct server *server, struct zhol_report *report)
{
    enum zhol_error error = metrics_new(&server->metrics);
    if (!error) {
        error = limits_new(server->options.rate, &server->limits);
    }
    if (!error) {
        error = model_open(server, &server->model);
    }
    if (!error) {
        error = pages_open(server->options.web_dir, report, &server->pages);
    }
    if (!error && server->options.demo) {
        error = demo_open(server, report, &server->demo);
    }
    if (!error && server->options.demo) {
        error = board_build(server->board);
    }
    if (!error) {
        error = open_pools(server);
    }
    if (!error) {
        error = notify_start(server, &server->notify);
    }
    if (!error && server->demo) {
        error = demo_start(server->demo);
    }
    return error ? error : openapi_write(server->options.version, &server->openapi);
}

enum zhol_error server_open(const struct server_options *options, struct zhol_report *report,
                            struct server **out)
{
    struct server *server = calloc(1, sizeof *server);
    if (!server || sodium_init() < 0) {
        free(server);
        return ZHOL_ERROR_MEMORY;
    }
    server->options = *options;
    server->options.speed = options->speed > 0 ? options->speed : 1;
    server->corridor = options->corridor;
    server->started_s = time_now_s();
    enum zhol_error error = open_store(server, report);
    if (!error) {
        error = open_listeners(server, report);
    }
    if (!error) {
        error = open_rest(server, report);
    }
    if (error) {
        server_close(server);
        return error;
    }
    *out = server;
    return ZHOL_ERROR_OK;
}

void server_close(struct server *server)
{
    if (!server) {
        return;
    }
    atomic_store(&server->stopping, true);
    demo_close(server->demo);
    for (unsigned run = 0; run < RUN_COUNT; run++) {
        pool_free(server->pools[run]);
    }
    notify_stop(server->notify);
    webhooks_close(server->webhooks);
    board_close(server->board);
    if (server->operation) {
        operation_close(server->operation);
    }
    outbox_close(server->outbox);
    events_free(server->events);
    timeline_close(server->timeline);
    plates_close(server->plates);
    pages_close(server->pages);
    model_close(server->model);
    limits_free(server->limits);
    metrics_free(server->metrics);
    signer_close(server->signer);
    accounts_close(server->accounts);
    vault_close(server->vault);
    store_close(server->store);
    buffer_clear(&server->openapi);
    free(server);
}
