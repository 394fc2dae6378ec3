/* serve_run.h: opening, running and closing the server, for cmd_serve.c.
 *
 * Apart from it, because both the command line and the operation have a struct command.
 */
#ifndef ZHOL_APP_SERVE_RUN_H
#define ZHOL_APP_SERVE_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include <zhol/corridor.h>

struct serve_ask {
    const char *store_url, *listen, *web_dir, *version, *demo_password, *messages;
    const char *smtp, *smtp_from, *sms, *sms_token;
    const char *corridor_dir;
    const struct zhol_corridor *corridor;
    int32_t day;
    double speed, rate;
    bool demo, behind_proxy, local_webhooks, private_webhooks;
};

struct serve_running;

struct serve_login {
    const char *name, *password;
};

/* Opens everything and listens. */
enum zhol_error serve_start(const struct serve_ask *ask, struct zhol_report *report,
                            struct serve_running **running);
uint16_t serve_port(const struct serve_running *running);
/* The i-th login of the demonstration; false behind the last. */
bool serve_login(const struct serve_running *running, uint32_t i, struct serve_login *login);
/* NULL while it runs; why the store failed else. */
const char *serve_failed(const struct serve_running *running);
/* Lets what is in work end, closes all. NULL is allowed. */
void serve_stop(struct serve_running *running);

#endif
