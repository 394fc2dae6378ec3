/* serve_run.c: opening, running and closing the server. See serve_run.h. */
#include "serve_run.h"

#include <stdlib.h>
#include <unistd.h>

#include "serve/demo.h"
#include "serve/http.h"
#include "serve/server.h"

enum { GRACE_S = 10, GAVE_UP = 5 };

struct serve_running {
    struct server *server;
    struct http *http;
};

static struct server_options server_of(const struct serve_ask *ask)
{
    struct server_options options = {.corridor_dir = ask->corridor_dir,
                                     .corridor = ask->corridor,
                                     .day = ask->day,
                                     .store_url = ask->store_url,
                                     .version = ask->version,
                                     .web_dir = ask->web_dir,
                                     .demo = ask->demo,
                                     .speed = ask->speed,
                                     .password = ask->demo_password,
                                     .code_file = ask->messages,
                                     .rate = ask->rate,
                                     .local_webhooks = ask->local_webhooks,
                                     .private_webhooks = ask->private_webhooks,
                                     .secure_cookie = ask->behind_proxy};
    options.outbox.smtp_url = ask->smtp;
    options.outbox.smtp_from = ask->smtp_from;
    options.outbox.sms_url = ask->sms;
    options.outbox.sms_token_file = ask->sms_token;
    return options;
}

enum zhol_error serve_start(const struct serve_ask *ask, struct zhol_report *report,
                            struct serve_running **out)
{
    struct server_options options = server_of(ask);
    struct http_options sockets = {.listen = ask->listen, .behind_proxy = ask->behind_proxy};
    struct serve_running *running = calloc(1, sizeof *running);
    if (!running) {
        return ZHOL_ERROR_MEMORY;
    }
    enum zhol_error error = server_open(&options, report, &running->server);
    if (!error) {
        error = http_start(running->server, &sockets, report, &running->http);
    }
    if (error) {
        serve_stop(running);
        return error;
    }
    *out = running;
    return ZHOL_ERROR_OK;
}

uint16_t serve_port(const struct serve_running *running)
{
    return http_port(running->http);
}

bool serve_login(const struct serve_running *running, uint32_t i, struct serve_login *login)
{
    if (!running->server->demo || i >= DEMO_ACCOUNTS) {
        return false;
    }
    const struct demo_account *account = &demo_accounts(running->server->demo)[i];
    *login = (struct serve_login){account->name, account->password};
    return true;
}

const char *serve_failed(const struct serve_running *running)
{
    return operation_stopped(running->server->operation) ? operation_why(running->server->operation)
                                                         : NULL;
}

void serve_stop(struct serve_running *running)
{
    if (running) {
        if (running->server) {
            atomic_store(&running->server->stopping, true);
        }
        if (!http_stop(running->http, GRACE_S)) {
            _exit(GAVE_UP);
        }
        server_close(running->server);
        free(running);
    }
}
