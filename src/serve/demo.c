/* demo.c: plays the demonstration. See demo.h. */
#include "serve/demo.h"

#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "desk/queue_demo.h"
#include "operate/plain.h"
#include "serve/metrics.h"
#include "serve/observe.h"
#include "serve/plates.h"

enum { IN_FLIGHT_MAX = 200 };

struct demo {
    struct server *server;
    struct queue_demo *script;
    struct queue_demo_step step; /* the next one */
    bool has_step, started;
    struct demo_account accounts[DEMO_ACCOUNTS];
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t answered;
    uint32_t in_flight;
};

int64_t demo_now(const struct server *server)
{
    if (!atomic_load(&server->clock_runs)) {
        return atomic_load(&server->clock_stands_s);
    }
    return server->clock_from_s +
           (int64_t)((metrics_seconds() - server->clock_began) * server->options.speed);
}

/* ---- Steps ---- */

static void on_answer(void *context, const struct answer *answer)
{
    struct demo *demo = context;
    (void)answer;
    pthread_mutex_lock(&demo->lock);
    demo->in_flight--;
    pthread_cond_signal(&demo->answered);
    pthread_mutex_unlock(&demo->lock);
}

static void wait_below(struct demo *demo, uint32_t most)
{
    pthread_mutex_lock(&demo->lock);
    while (demo->in_flight > most) {
        pthread_cond_wait(&demo->answered, &demo->lock);
    }
    pthread_mutex_unlock(&demo->lock);
}

static enum zhol_error seal(struct demo *demo, const struct queue_demo_step *step,
                            struct attachment *attachment, struct buffer *sealed)
{
    struct server *server = demo->server;
    *attachment = (struct attachment){.subject = step->subject};
    enum zhol_error error =
        vault_seal(server->vault, step->subject, text_view_of(step->fields), sealed);
    attachment->sealed = (struct text_view){buffer_get(sealed), (uint32_t)sealed->size};
    for (uint32_t i = 0; i < step->unique_count && !error; i++) {
        struct claim_need *need = &attachment->unique[attachment->unique_count++];
        need->scope = step->unique[i].scope;
        vault_fingerprint(server->vault, need->scope, text_view_of(step->unique[i].value),
                          need->key);
        if (strcmp(need->scope, "plate") == 0) {
            plates_add(server->plates, step->unique[i].value, step->subject);
        }
    }
    return error;
}

static enum zhol_error play(struct demo *demo, const struct queue_demo_step *step)
{
    struct attachment attachment;
    struct buffer sealed = {0};
    enum zhol_error error = step->fields ? seal(demo, step, &attachment, &sealed) : ZHOL_ERROR_OK;
    pthread_mutex_lock(&demo->lock);
    demo->in_flight++;
    pthread_mutex_unlock(&demo->lock);
    if (!error) {
        error = operation_submit(demo->server->operation, &step->command,
                                 step->fields ? &attachment : NULL, on_answer, demo);
    }
    if (error) {
        pthread_mutex_lock(&demo->lock);
        demo->in_flight--;
        pthread_mutex_unlock(&demo->lock);
    }
    buffer_clear(&sealed);
    return error;
}

/* The clock stands at each step's time; what has the same time goes in one group. */
static enum zhol_error play_prelude(struct demo *demo)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    while (!error && demo->has_step && demo->step.time_s < queue_demo_begins()) {
        if (demo->step.time_s != atomic_load(&demo->server->clock_stands_s)) {
            wait_below(demo, 0);
            atomic_store(&demo->server->clock_stands_s, demo->step.time_s);
        }
        wait_below(demo, IN_FLIGHT_MAX);
        error = play(demo, &demo->step);
        demo->has_step = queue_demo_next(demo->script, &demo->step);
    }
    wait_below(demo, 0);
    return error;
}

static void *run(void *context)
{
    struct demo *demo = context;
    while (!atomic_load(&demo->server->stopping) && demo->has_step) {
        if (demo->step.time_s <= server_now(demo->server)) {
            wait_below(demo, IN_FLIGHT_MAX);
            play(demo, &demo->step);
            demo->has_step = queue_demo_next(demo->script, &demo->step);
        } else {
            nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
        }
    }
    wait_below(demo, 0);
    return NULL;
}

/* ---- Accounts ---- */

static void make_password(const char *given, char password[64])
{
    unsigned char bytes[12];
    if (given) {
        plain_copy(password, 64, given);
        return;
    }
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(password, 64, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static enum zhol_error make_accounts(struct demo *demo)
{
    static const struct account accounts[DEMO_ACCOUNTS] = {
        {.id = 0xde30acc000000001u,
         .carrier = QUEUE_DEMO_CARRIER,
         .role = ROLE_carrier,
         .name = "demo-carrier"},
        {.id = QUEUE_DEMO_OFFICER_NURZHOLY,
         .role = ROLE_officer,
         .name = "demo-nurzholy",
         .checkpoint = "NURZHOLY"},
        {.id = QUEUE_DEMO_OFFICER_KOLZHAT,
         .role = ROLE_officer,
         .name = "demo-kolzhat",
         .checkpoint = "KOLZHAT"},
        {.id = QUEUE_DEMO_OPERATOR, .role = ROLE_operator, .name = "demo-operator"},
        {.id = 0xde30a0d100000001u, .role = ROLE_auditor, .name = "demo-auditor"},
    };
    for (uint32_t i = 0; i < DEMO_ACCOUNTS; i++) {
        struct demo_account *account = &demo->accounts[i];
        plain_copy(account->name, sizeof account->name, accounts[i].name);
        account->role = accounts[i].role;
        make_password(demo->server->options.password, account->password);
        enum zhol_error error =
            accounts_add(demo->server->accounts, &accounts[i], account->password);
        if (error == ZHOL_ERROR_DUPLICATE) {
            plain_copy(account->password, sizeof account->password, "(as before)");
        } else if (error) {
            return error;
        }
    }
    return ZHOL_ERROR_OK;
}

/* ---- Queues that are kept elsewhere: made-up figures ---- */

static enum zhol_error observe(struct server *server)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; queue_demo_observed[i] && !error; i++) {
        struct observed observed = {0};
        struct buffer csv = {0};
        error = queue_demo_daily(queue_demo_observed[i], &csv);
        if (!error) {
            error = observed_open(server->corridor, queue_demo_observed[i], &observed);
        }
        if (!error) {
            error = observed_add(server->corridor, &observed, "demonstration",
                                 (struct text_view){buffer_get(&csv), (uint32_t)csv.size}, NULL);
        }
        if (!error) {
            error = observe_keep(server->store, queue_demo_observed[i], &observed);
        }
        observed_close(&observed);
        buffer_clear(&csv);
    }
    return error;
}

/* ---- Opening ---- */

static bool is_empty(struct server *server)
{
    uint64_t seq = 0;
    uint8_t hash[HASH_SIZE];
    return store_head(server->store, "registry", &seq, hash) == ZHOL_ERROR_OK && seq == 0;
}

static enum zhol_error play_first(struct demo *demo, struct zhol_report *report)
{
    struct server *server = demo->server;
    enum zhol_error error = queue_demo_open(server->corridor, report, &demo->script);
    if (!error) {
        demo->has_step = queue_demo_next(demo->script, &demo->step);
        error = play_prelude(demo);
    }
    return error;
}

enum zhol_error demo_open(struct server *server, struct zhol_report *report, struct demo **out)
{
    struct demo *demo = calloc(1, sizeof *demo);
    if (!demo) {
        return ZHOL_ERROR_MEMORY;
    }
    demo->server = server;
    pthread_mutex_init(&demo->lock, NULL);
    pthread_cond_init(&demo->answered, NULL);
    enum zhol_error error = is_empty(server) ? play_first(demo, report) : ZHOL_ERROR_OK;
    if (!error) {
        error = make_accounts(demo);
    }
    if (!error) {
        error = observe(server);
    }
    if (error) {
        demo_close(demo);
        return error;
    }
    server->clock_from_s = queue_demo_begins();
    server->clock_began = metrics_seconds();
    atomic_store(&server->clock_runs, true);
    *out = demo;
    return ZHOL_ERROR_OK;
}

enum zhol_error demo_start(struct demo *demo)
{
    demo->started = pthread_create(&demo->thread, NULL, run, demo) == 0;
    return demo->started ? ZHOL_ERROR_OK : ZHOL_ERROR_LIMIT;
}

void demo_close(struct demo *demo)
{
    if (!demo) {
        return;
    }
    if (demo->started) {
        pthread_join(demo->thread, NULL);
    }
    wait_below(demo, 0);
    queue_demo_close(demo->script);
    pthread_cond_destroy(&demo->answered);
    pthread_mutex_destroy(&demo->lock);
    free(demo);
}

const struct demo_account *demo_accounts(const struct demo *demo)
{
    return demo->accounts;
}
