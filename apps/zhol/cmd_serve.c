/* cmd_serve.c: `zhol serve`: the queue, the corridor and the page over HTTP. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "load.h"
#include "serve_run.h"

#define DEFAULT_LISTEN "127.0.0.1:8080"

static const struct option_row options[] = {
    {"store", 0, "URL", NULL, false,
     SAID("sqlite:FILE, made when missing; keys lie beside it (default with --demo: memory:)",
          "sqlite:FILE, создаётся, если нет; ключи лежат рядом (по умолчанию с --demo: memory:)")},
    {"listen", 0, "ADDR:PORT", NULL, false,
     SAID("where to listen (default: 127.0.0.1:8080, this machine only)",
          "где слушать (по умолчанию 127.0.0.1:8080, только эта машина)")},
    {"web", 0, "DIR", NULL, false,
     SAID("folder of the built page (default: the installed one, or web/dist of the sources)",
          "папка собранной страницы (по умолчанию установленная или web/dist исходников)")},
    {"demo", 0, NULL, NULL, false,
     SAID("play 12 November 2025 at Nur Zholy and Kolzhat, marked as a demonstration",
          "сыграть 12 ноября 2025 года на Нур Жолы и Кольжате, с пометкой «демонстрация»")},
    {"speed", 0, "N", NULL, false,
     SAID("seconds of the demonstration in a second (default: 60)",
          "секунд демонстрации за секунду (по умолчанию 60)")},
    {"rate", 0, "N", NULL, false,
     SAID("requests a second for each client, twice that at once (default: 100; 0: no limit)",
          "запросов в секунду на клиента, вдвое больше разом (по умолчанию 100; 0: без предела)")},
    {"smtp", 0, "URL", NULL, false,
     SAID("server for mail, smtp://HOST:PORT or smtps://",
          "почтовый сервер, smtp://HOST:PORT или smtps://")},
    {"smtp-from", 0, "ADDRESS", NULL, false, SAID("sender of mail", "отправитель писем")},
    {"sms", 0, "URL", NULL, false,
     SAID("gateway for SMS: POST {\"to\":..,\"text\":..}",
          "шлюз для SMS: POST {\"to\":..,\"text\":..}")},
    {"sms-token", 0, "FILE", NULL, false,
     SAID("file with the gateway's bearer token", "файл с ключом доступа к шлюзу")},
    {"messages", 0, "FILE", NULL, false,
     SAID("write messages to people to this file, one JSON a line",
          "писать сообщения людям в этот файл, строка JSON на каждое")},
    {"behind-proxy", 0, NULL, NULL, false,
     SAID("behind a proxy with TLS: clients by X-Forwarded-For, cookies only over https",
          "за прокси с TLS: клиенты по X-Forwarded-For, cookie только по https")},
    {"allow-local-webhooks", 0, NULL, NULL, false,
     SAID("webhooks may go to this machine", "вебхукам можно обращаться к этой машине")},
    {"allow-private-webhooks", 0, NULL, NULL, false,
     SAID("webhooks may go to private networks", "вебхукам можно обращаться к частным сетям")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

static bool is_ru(const struct given *given)
{
    return given->lang == LANG_RU;
}

/* ---- What was asked for ---- */

static int read_store(const struct given *given, struct serve_ask *ask)
{
    const char *store = given_value(given, "store");
    if (!store && !ask->demo) {
        return fail(given, EXIT_MISUSED,
                    is_ru(given) ? "укажите хранилище: --store sqlite:FILE, или --demo для показа"
                                 : "name a store: --store sqlite:FILE, or --demo to look at it");
    }
    ask->store_url = store ? store : "memory:";
    return EXIT_FINE;
}

static int read_numbers(const struct given *given, struct serve_ask *ask)
{
    ask->speed = 60;
    ask->rate = 100;
    int code = given_value(given, "speed") ? load_number(given, "speed", 0.01, 100000, &ask->speed)
                                           : EXIT_FINE;
    if (code == EXIT_FINE && given_value(given, "rate")) {
        code = load_number(given, "rate", 0, 1e9, &ask->rate);
    }
    return code;
}

/* The folder of the page: the one named, else the installed one, else that of the source tree. */
static const char *find_web(const struct given *given)
{
    const char *named = given_value(given, "web");
    if (named) {
        return named;
    }
    if (file_kind_of(ZHOL_INSTALL_WEB "/index.html") == FILE_REGULAR) {
        return ZHOL_INSTALL_WEB;
    }
    return file_kind_of(ZHOL_SOURCE_WEB "/index.html") == FILE_REGULAR ? ZHOL_SOURCE_WEB : NULL;
}

static int read_ask(const struct given *given, struct serve_ask *ask)
{
    const char *listen = given_value(given, "listen");
    *ask = (struct serve_ask){.version = ZHOL_VERSION,
                              .listen = listen ? listen : DEFAULT_LISTEN,
                              .web_dir = find_web(given),
                              .demo = given_switch(given, "demo"),
                              .demo_password = getenv("ZHOL_DEMO_PASSWORD"),
                              .messages = given_value(given, "messages"),
                              .smtp = given_value(given, "smtp"),
                              .smtp_from = given_value(given, "smtp-from"),
                              .sms = given_value(given, "sms"),
                              .sms_token = given_value(given, "sms-token"),
                              .behind_proxy = given_switch(given, "behind-proxy"),
                              .local_webhooks = given_switch(given, "allow-local-webhooks"),
                              .private_webhooks = given_switch(given, "allow-private-webhooks")};
    if (ask->demo && !ask->messages) {
        ask->messages = "zhol-demo-messages.jsonl";
    }
    int code = read_store(given, ask);
    return code == EXIT_FINE ? read_numbers(given, ask) : code;
}

/* ---- Running ---- */

static void print_start(const struct given *given, const struct serve_ask *ask,
                        const struct serve_running *running)
{
    const char *colon = strrchr(ask->listen, ':');
    int host = colon ? (int)(colon - ask->listen) : 9;
    struct serve_login login;
    printf(is_ru(given) ? "Zhol слушает: http://%.*s:%u/\n" : "Zhol listens: http://%.*s:%u/\n",
           host, colon ? ask->listen : "127.0.0.1", (unsigned)serve_port(running));
    if (ask->demo) {
        printf(is_ru(given) ? "Демонстрация: 12 ноября 2025 года, время идёт в %g раз быстрее.\n"
                              "Сообщения водителям (и коды) пишутся в %s\nВход:\n"
                            : "Demonstration: 12 November 2025, its clock runs %g times as fast.\n"
                              "Messages to drivers (and codes) go to %s\nLogins:\n",
               ask->speed, ask->messages);
    }
    for (uint32_t i = 0; serve_login(running, i, &login); i++) {
        printf("  %-16s %s\n", login.name, login.password);
    }
    fflush(stdout);
}

/* Waits for SIGINT or SIGTERM, or until the store has failed. */
static int wait_for_end(const struct given *given, const struct serve_running *running,
                        const sigset_t *signals)
{
    for (;;) {
        int signal = sigtimedwait(signals, NULL, &(struct timespec){.tv_sec = 1});
        const char *why = serve_failed(running);
        if (signal == SIGINT || signal == SIGTERM) {
            return EXIT_FINE;
        }
        if (why) {
            return fail(given, EXIT_FAILED,
                        is_ru(given) ? "хранилище отказало: %s; перезапустите сервер"
                                     : "the store failed: %s; start the server anew",
                        why);
        }
    }
}

static int serve(const struct given *given, const struct serve_ask *ask, const sigset_t *signals)
{
    struct serve_running *running = NULL;
    struct zhol_report report;
    int code;
    zhol_report_init(&report, 0);
    if (serve_start(ask, &report, &running)) {
        load_print_findings(given, &report, 0);
        code = fail(given, EXIT_BAD_INPUT,
                    is_ru(given) ? "сервер не запущен" : "the server was not started");
    } else {
        print_start(given, ask, running);
        code = wait_for_end(given, running, signals);
    }
    serve_stop(running);
    zhol_report_clear(&report);
    return code;
}

static int run(const struct given *given)
{
    struct loaded loaded;
    struct serve_ask ask;
    sigset_t signals;
    int code = read_ask(given, &ask);
    if (code != EXIT_FINE) {
        return code;
    }
    /* Blocked before any thread is made, so that only wait_for_end sees them. */
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    code = load_corridor(given, &loaded);
    if (code == EXIT_FINE) {
        ask.corridor = loaded.corridor;
        ask.corridor_dir = buffer_get(&loaded.dir);
        ask.day = loaded.day;
        code = serve(given, &ask, &signals);
    }
    load_clear(&loaded);
    return code;
}

static const char *const examples[] = {
    "zhol serve --demo",
    "the demonstration on http://127.0.0.1:8080/, nothing is kept",
    "демонстрация на http://127.0.0.1:8080/, ничего не хранится",
    "zhol serve --store sqlite:/var/lib/zhol/queue.db",
    "an operation whose journal lies in a file",
    "работа с журналом в файле",
    "zhol serve --demo --speed 1 --listen 127.0.0.1:9000",
    "the demonstration as slow as the day was, on another port",
    "демонстрация с обычной скоростью на другом порту",
    NULL};

const struct command command_serve = {
    .name = "serve",
    .about = SAID("serve the border queue, the corridor and the page over HTTP",
                  "раздавать очередь на границе, коридор и страницу по HTTP"),
    .arguments = "",
    .common = true,
    .options = options,
    .details = SAID("Commands are answered when they are durable. SIGTERM ends it: what was "
                    "accepted is answered first. /openapi.json describes the interface, /metrics "
                    "counts, /ready says whether commands are accepted. It listens on this "
                    "machine only, without TLS: put a proxy in front of it.",
                    "Команды получают ответ, когда они надёжно записаны. SIGTERM завершает работу: "
                    "принятое сначала получает ответ. /openapi.json описывает интерфейс, /metrics "
                    "считает, /ready говорит, принимаются ли команды. Слушает только эту машину, "
                    "без TLS: поставьте перед ним прокси."),
    .examples = examples,
    .run = run,
};
