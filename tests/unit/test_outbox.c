/* test_outbox.c: messages in four languages, retries, and the senders against small servers of this
 * test on the loopback: SMTP, an SMS gateway over HTTP, a file.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sodium.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "border.h"

#include "base/file.h"
#include "operate/outbox.h"
#include "operate/outbox_words.h"

/* ---- a small server: one connection at a time ---- */

struct server {
    int socket;
    uint16_t port;
    pthread_t thread;
    bool smtp;
    pthread_mutex_t lock; /* of the rest */
    const char *status;   /* of an HTTP answer; NULL: "200 OK". SMTP: answer to RCPT */
    char heard[8192];     /* the last request or mail */
    uint32_t count;
};

static const char *status_of(struct server *server)
{
    pthread_mutex_lock(&server->lock);
    const char *status = server->status;
    pthread_mutex_unlock(&server->lock);
    return status;
}

static void set_status(struct server *server, const char *status)
{
    pthread_mutex_lock(&server->lock);
    server->status = status;
    pthread_mutex_unlock(&server->lock);
}

/* Before the answer goes, so that who has it may look. */
static void take(struct server *server, const char *text)
{
    pthread_mutex_lock(&server->lock);
    snprintf(server->heard, sizeof server->heard, "%s", text);
    server->count++;
    pthread_mutex_unlock(&server->lock);
}

static uint32_t heard(struct server *server, char text[8192])
{
    pthread_mutex_lock(&server->lock);
    memcpy(text, server->heard, sizeof server->heard);
    uint32_t count = server->count;
    pthread_mutex_unlock(&server->lock);
    return count;
}

static void say(int peer, const char *text)
{
    size_t size = strlen(text);
    while (size) {
        ssize_t put = write(peer, text, size);
        if (put <= 0) {
            return;
        }
        text += put;
        size -= (size_t)put;
    }
}

/* Reads until `end` stands in it; false when the peer has gone. */
static bool hear(int peer, char *text, size_t size, const char *end)
{
    size_t used = strlen(text);
    while (!strstr(text, end)) {
        ssize_t got = used + 1 < size ? read(peer, text + used, size - used - 1) : 0;
        if (got <= 0) {
            return false;
        }
        used += (size_t)got;
        text[used] = '\0';
    }
    return true;
}

static void serve_http(struct server *server, int peer)
{
    char text[8192] = "", answer[128];
    if (hear(peer, text, sizeof text, "\r\n\r\n")) {
        const char *length = strstr(text, "Content-Length: ");
        size_t body = length ? (size_t)strtoul(length + 16, NULL, 10) : 0;
        const char *head_end = strstr(text, "\r\n\r\n") + 4;
        while (strlen(head_end) < body && hear(peer, text, sizeof text, "}")) {
        }
        const char *status = status_of(server);
        snprintf(answer, sizeof answer, "HTTP/1.1 %s\r\nContent-Length: 2\r\n\r\n{}",
                 status ? status : "200 OK");
        take(server, text);
        say(peer, answer);
    }
}

static void serve_smtp(struct server *server, int peer)
{
    char text[8192] = "", line[1024];
    say(peer, "220 test\r\n");
    for (;;) {
        memset(line, 0, sizeof line);
        if (!hear(peer, line, sizeof line, "\r\n")) {
            return;
        }
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s", line);
        if (strncmp(line, "DATA", 4) == 0) {
            say(peer, "354 go on\r\n");
            hear(peer, text, sizeof text, "\r\n.\r\n");
            take(server, text);
            say(peer, "250 taken\r\n");
        } else if (strncmp(line, "QUIT", 4) == 0) {
            say(peer, "221 bye\r\n");
            return;
        } else if (strncmp(line, "RCPT", 4) == 0 && status_of(server)) {
            say(peer, status_of(server));
        } else {
            say(peer, "250 fine\r\n");
        }
    }
}

static void *serve(void *context)
{
    struct server *server = context;
    for (;;) {
        int peer = accept(server->socket, NULL, NULL);
        if (peer < 0) {
            return NULL;
        }
        if (server->smtp) {
            serve_smtp(server, peer);
        } else {
            serve_http(server, peer);
        }
        close(peer);
    }
}

static void server_open(struct server *server, bool smtp)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;
    memset(server, 0, sizeof *server);
    pthread_mutex_init(&server->lock, NULL);
    server->smtp = smtp;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    server->socket = socket(AF_INET, SOCK_STREAM, 0);
    if (server->socket < 0 || bind(server->socket, (struct sockaddr *)&address, size) ||
        listen(server->socket, 8) ||
        getsockname(server->socket, (struct sockaddr *)&address, &size)) {
        perror("listen");
        exit(1);
    }
    server->port = ntohs(address.sin_port);
    if (pthread_create(&server->thread, NULL, serve, server)) {
        exit(1);
    }
}

static void server_close(struct server *server)
{
    shutdown(server->socket, SHUT_RDWR); /* ends accept; closed only when nobody uses it */
    pthread_join(server->thread, NULL);
    close(server->socket);
}

/* ---- an outbox ---- */

struct post {
    struct store *store;
    struct vault *vault;
    struct outbox *outbox;
    int64_t now_s;
    struct outbox_options options;
};

static int64_t post_clock(void *context)
{
    return ((struct post *)context)->now_s;
}

static void describe(void *context, const char *queue, const char *lang, int64_t at_s,
                     char name[64], int32_t *offset_s)
{
    (void)context;
    (void)at_s;
    snprintf(name, 64, "%s/%s", queue, lang);
    *offset_s = 5 * 3600;
}

static void post_open(struct post *post, const struct outbox_options *options)
{
    memset(post, 0, sizeof *post);
    post->now_s = BORDER_START;
    post->options = *options;
    post->options.clock = post_clock;
    post->options.clock_context = post;
    border_must(store_open("memory:", NULL, NULL, &post->store), "store");
    border_must(vault_open(post->store, NULL, NULL, &post->vault), "vault");
    border_must(outbox_open(post->store, post->vault, &post->options, NULL, &post->outbox),
                "outbox");
}

static void post_close(struct post *post)
{
    outbox_close(post->outbox);
    vault_close(post->vault);
    store_close(post->store);
}

static void know(struct post *post, uint64_t subject, const char *fields)
{
    struct buffer sealed = {0};
    border_must(vault_seal(post->vault, subject, text_view_of(fields), &sealed), "seal");
    border_must(store_begin(post->store), "begin");
    border_must(
        vault_put(post->store, subject, (struct text_view){sealed.bytes, (uint32_t)sealed.size}),
        "put");
    border_must(store_commit(post->store), "commit");
    buffer_clear(&sealed);
}

static enum zhol_error tell(struct post *post, uint64_t subject, const char *template,
                            const char *lang, const char *fields)
{
    struct message message = {.subject = subject, .fields = text_view_of(fields)};
    snprintf(message.template, sizeof message.template, "%s", template);
    snprintf(message.lang, sizeof message.lang, "%s", lang);
    return outbox_put(post->outbox, &message);
}

static void step(struct post *post, uint32_t want_sent, uint32_t want_failed)
{
    uint32_t sent = 99, failed = 99;
    CHECK_INT_EQ(outbox_step(post->outbox, &sent, &failed), ZHOL_ERROR_OK);
    CHECK_INT_EQ(sent, want_sent);
    CHECK_INT_EQ(failed, want_failed);
}

static struct file_data read_file(const char *path)
{
    struct file_data data = {0};
    border_must(file_read(path, 0, &data, NULL), path);
    return data;
}

/* ---- words ---- */

static const char call_fields[] =
    "{\"number\":12,\"queue\":\"q\",\"slot\":1762912800,\"old_slot\":1762909200,"
    "\"code\":\"012345\",\"note\":\"late\"}";

static void every_template_in_every_language(void)
{
    static const char *const langs[] = {"en", "ru", "kk", "zh"};
    struct outbox_options options = {.describe = describe};
    struct buffer title = {0}, text = {0};
    uint32_t count = 0;
    for (const char *template; (template = outbox_template(count)); count++) {
        char seen[4][512] = {""};
        for (int i = 0; i < 4; i++) {
            CHECK_INT_EQ(
                outbox_text(&options, template, langs[i], text_view_of(call_fields), &title, &text),
                ZHOL_ERROR_OK);
            CHECK(text.size > 20 && !strchr(buffer_get(&text), '{'));
            CHECK(title.size > 4 && !strchr(buffer_get(&title), '{'));
            CHECK(text_utf8_valid(text.bytes, text.size, NULL));
            snprintf(seen[i], sizeof seen[i], "%s", buffer_get(&text));
            for (int k = 0; k < i; k++) {
                CHECK(strcmp(seen[k], seen[i]) != 0);
            }
        }
    }
    CHECK_INT_EQ(count, 8);
    CHECK_INT_EQ(outbox_text(&options, "nothing", "en", TEXT("{}"), &title, &text),
                 ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(outbox_text(&options, "code", "fr", TEXT("{}"), &title, &text),
                 ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(outbox_text(&options, "code", "en", TEXT("["), &title, &text), ZHOL_ERROR_SYNTAX);
    buffer_clear(&title);
    buffer_clear(&text);
}

static void sentences_are_filled(void)
{
    struct outbox_options here = {.describe = describe}, nowhere = {.file = NULL};
    struct buffer title = {0}, text = {0};
    border_must(outbox_text(&here, "moved", "en", text_view_of(call_fields), &title, &text), "t");
    CHECK_STR_EQ(buffer_get(&text), "Zhol: place 12, q/en: your time was moved from "
                                    "2025-11-12 06:00 to 2025-11-12 07:00.");
    CHECK_STR_EQ(buffer_get(&title), "Zhol: place 12, q/en");
    border_must(outbox_text(&nowhere, "moved", "ru", text_view_of(call_fields), &title, &text),
                "t");
    CHECK_STR_EQ(buffer_get(&text), "Zhol: место 12, q: ваше время перенесено с 2025-11-12 01:00 "
                                    "UTC на 2025-11-12 02:00 UTC.");
    border_must(outbox_text(&here, "code", "zh", text_view_of(call_fields), &title, &text), "t");
    CHECK_STR_EQ(buffer_get(&text), "Zhol:您的验证码为012345,10分钟内有效,请勿告知他人。");
    border_must(outbox_text(&here, "appeal", "en",
                            TEXT("{\"decision\":\"rejected\",\"note\":\"too late\"}"), &title,
                            &text),
                "t");
    CHECK_STR_EQ(buffer_get(&text), "Zhol: place -, -: your appeal was rejected. too late");
    buffer_clear(&title);
    buffer_clear(&text);
}

/* ---- a file ---- */

static void a_file_takes_messages(void)
{
    struct post post;
    struct outbox_options options = {.file = "outbox.ndjson"};
    unlink("outbox.ndjson");
    post_open(&post, &options);
    know(&post, 1, "{\"phone\":\"+77010000001\",\"lang\":\"kk\"}");
    know(&post, 2, "{\"email\":\"a@b.example\"}");
    CHECK_INT_EQ(tell(&post, 1, "called", "", call_fields), ZHOL_ERROR_OK);
    CHECK_INT_EQ(tell(&post, 2, "code", "zh", call_fields), ZHOL_ERROR_OK);
    CHECK_INT_EQ(tell(&post, 3, "called", "", call_fields), ZHOL_ERROR_OK); /* erased */
    CHECK_INT_EQ(tell(&post, 1, "nothing", "", "{}"), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(tell(&post, 1, "called", "fr", "{}"), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(outbox_count(post.outbox).waiting, 3);
    step(&post, 2, 1);
    struct outbox_counts counts = outbox_count(post.outbox);
    CHECK(counts.waiting == 0 && counts.sent == 2 && counts.given_up == 1 && counts.failed == 0);
    step(&post, 0, 0);
    struct file_data data = read_file("outbox.ndjson");
    CHECK(strstr(data.bytes, "\"to\":\"+77010000001\",\"template\":\"called\",\"lang\":\"kk\""));
    CHECK(strstr(data.bytes, "\"to\":\"a@b.example\",\"template\":\"code\",\"lang\":\"zh\""));
    CHECK(strstr(data.bytes, "012345"));
    file_clear(&data);
    unlink("outbox.ndjson");
    post_close(&post);
}

/* What waits in the store holds neither address nor code. */
static enum zhol_error look_for_clear_text(void *context, struct text_view key,
                                           struct text_view value)
{
    (void)key;
    for (uint32_t i = 0; i + 6 <= value.size; i++) {
        *(bool *)context = *(bool *)context || memcmp(value.bytes + i, "012345", 6) == 0 ||
                           memcmp(value.bytes + i, "+77010", 6) == 0;
    }
    return ZHOL_ERROR_OK;
}

static void nothing_waits_in_clear(void)
{
    struct post post;
    struct outbox_options options = {.file = "outbox.ndjson"};
    bool clear = false;
    post_open(&post, &options);
    know(&post, 1, "{\"phone\":\"+77010000001\"}");
    CHECK_INT_EQ(tell(&post, 1, "code", "en", call_fields), ZHOL_ERROR_OK);
    border_must(store_list(post.store, "outbox", TEXT(""), look_for_clear_text, &clear), "list");
    border_must(store_list(post.store, "vault", TEXT(""), look_for_clear_text, &clear), "list");
    CHECK(!clear);
    post_close(&post);
}

/* ---- SMS ---- */

static void a_gateway_takes_messages(void)
{
    struct server server;
    struct post post;
    char url[64], text[8192];
    FILE *file = fopen("sms.token", "w");
    if (!file) {
        exit(1);
    }
    fputs("secret-token\n", file);
    fclose(file);
    server_open(&server, false);
    snprintf(url, sizeof url, "http://127.0.0.1:%u/sms", server.port);
    struct outbox_options options = {.sms_url = url, .sms_token_file = "sms.token"};
    post_open(&post, &options);
    know(&post, 1, "{\"phone\":\"+7 (701) 000-00-01\",\"lang\":\"ru\"}");
    know(&post, 2, "{\"phone\":\"call me\"}");
    CHECK_INT_EQ(tell(&post, 1, "called", "", call_fields), ZHOL_ERROR_OK);
    CHECK_INT_EQ(tell(&post, 2, "called", "", call_fields), ZHOL_ERROR_OK);
    step(&post, 1, 1);
    CHECK_INT_EQ(heard(&server, text), 1);
    CHECK(strstr(text, "POST /sms HTTP"));
    CHECK(strstr(text, "Authorization: Bearer secret-token\r\n"));
    CHECK(strstr(text, "Content-Type: application/json\r\n"));
    CHECK(strstr(text, "{\"to\":\"+77010000001\",\"text\":\"Zhol: место 12"));
    CHECK_INT_EQ(outbox_count(post.outbox).given_up, 1); /* no number */
    server_close(&server);
    post_close(&post);
    unlink("sms.token");
}

/* 1, 2, 4 ... minutes, an hour at most, a day in all. */
static void failures_wait_and_are_given_up(void)
{
    static const int64_t waits_s[] = {60, 120, 240, 480, 960, 1920, 3600, 3600};
    struct server server;
    struct post post;
    char url[64];
    server_open(&server, false);
    set_status(&server, "503 Service Unavailable");
    snprintf(url, sizeof url, "http://127.0.0.1:%u/", server.port);
    struct outbox_options options = {.sms_url = url};
    post_open(&post, &options);
    know(&post, 1, "{\"phone\":\"+77010000001\"}");
    CHECK_INT_EQ(tell(&post, 1, "called", "en", call_fields), ZHOL_ERROR_OK);
    step(&post, 0, 1);
    for (size_t i = 0; i < sizeof waits_s / sizeof *waits_s; i++) {
        post.now_s += waits_s[i] - 1;
        step(&post, 0, 0);
        post.now_s += 1;
        step(&post, 0, 1);
    }
    CHECK_INT_EQ(outbox_count(post.outbox).waiting, 1);
    set_status(&server, NULL);
    post.now_s += 3600;
    step(&post, 1, 0);
    CHECK_INT_EQ(outbox_count(post.outbox).waiting, 0);
    set_status(&server, "500 Oops");
    CHECK_INT_EQ(tell(&post, 1, "called", "en", call_fields), ZHOL_ERROR_OK);
    CHECK_INT_EQ(tell(&post, 1, "code", "en", call_fields), ZHOL_ERROR_OK);
    step(&post, 0, 2);
    post.now_s += 601; /* a code is of no use any more */
    step(&post, 0, 2);
    CHECK_INT_EQ(outbox_count(post.outbox).given_up, 1);
    post.now_s += 24 * 3600;
    step(&post, 0, 1);
    CHECK_INT_EQ(outbox_count(post.outbox).given_up, 2);
    CHECK_INT_EQ(outbox_count(post.outbox).waiting, 0);
    server_close(&server);
    CHECK_INT_EQ(tell(&post, 1, "called", "en", call_fields), ZHOL_ERROR_OK);
    step(&post, 0, 1); /* nobody listens */
    CHECK_INT_EQ(outbox_count(post.outbox).waiting, 1);
    post_close(&post);
}

/* ---- mail ---- */

static void a_mail_server_takes_messages(void)
{
    struct server server;
    struct post post;
    char url[64], decoded[512] = "", mail[8192];
    size_t size = 0;
    server_open(&server, true);
    snprintf(url, sizeof url, "smtp://127.0.0.1:%u", server.port);
    struct outbox_options options = {
        .smtp_url = url, .smtp_from = "queue@zhol.example", .describe = describe};
    post_open(&post, &options);
    know(&post, 1, "{\"email\":\"aigul@trans.example\",\"lang\":\"ru\"}");
    know(&post, 2, "{\"email\":\"x@y.example>\\r\\nRCPT TO:<z@y.example\"}");
    CHECK_INT_EQ(tell(&post, 1, "moved", "", call_fields), ZHOL_ERROR_OK);
    CHECK_INT_EQ(tell(&post, 2, "moved", "", call_fields), ZHOL_ERROR_OK);
    step(&post, 1, 1);
    CHECK_INT_EQ(outbox_count(post.outbox).given_up, 1); /* that was no address */
    CHECK_INT_EQ(heard(&server, mail), 1);
    CHECK(strstr(mail, "MAIL FROM:<queue@zhol.example>"));
    CHECK(strstr(mail, "RCPT TO:<aigul@trans.example>"));
    CHECK(strstr(mail, "\r\nFrom: <queue@zhol.example>\r\nTo: <aigul@trans.example>\r\n"));
    CHECK(strstr(mail, "Date: Tue, 11 Nov 2025 18:00:00 +0000\r\n"));
    CHECK(strstr(mail, "Subject: =?UTF-8?B?"));
    CHECK(strstr(mail, "Content-Transfer-Encoding: base64\r\n"));
    const char *body = strstr(mail, "Auto-Submitted: auto-generated\r\n\r\n");
    CHECK(body != NULL);
    body = body ? body + strlen("Auto-Submitted: auto-generated\r\n\r\n") : "";
    CHECK(sodium_base642bin((uint8_t *)decoded, sizeof decoded - 1, body, strcspn(body, "."),
                            "\r\n", &size, NULL, sodium_base64_VARIANT_ORIGINAL) == 0);
    decoded[size] = '\0';
    CHECK(strstr(decoded, "ваше время перенесено с 2025-11-12 06:00 на 2025-11-12 07:00."));
    for (const char *line = mail; line && *line; line = strstr(line, "\r\n")) {
        line += line == mail ? 0 : 2;
        CHECK(strcspn(line, "\r\n") <= 120);
    }
    set_status(&server, "550 no such mailbox\r\n");
    CHECK_INT_EQ(tell(&post, 1, "moved", "", call_fields), ZHOL_ERROR_OK);
    step(&post, 0, 1);
    CHECK_INT_EQ(outbox_count(post.outbox).waiting, 1);
    server_close(&server);
    post_close(&post);
}

/* ---- following a journal ---- */

static uint32_t count_lines(const char *path, const char *what)
{
    struct file_data data = read_file(path);
    uint32_t count = 0;
    for (const char *at = data.bytes; (at = strstr(at, what)); at++) {
        count++;
    }
    file_clear(&data);
    return count;
}

static int64_t border_time(void *context)
{
    return ((struct border *)context)->now_s;
}

static void open_file_outbox(struct border *border, struct outbox **outbox)
{
    struct outbox_options options = {
        .file = "told.ndjson", .clock = border_time, .clock_context = border};
    border_must(outbox_open(border->store, border->vault, &options, NULL, outbox), "outbox");
}

static void a_journal_is_told(void)
{
    struct border border = {0};
    struct outbox *outbox = NULL;
    uint32_t sent, failed;
    unlink("told.ndjson");
    border_open(&border, "memory:");
    open_file_outbox(&border, &outbox);
    CHECK_INT_EQ(outbox_follow(outbox, border.operation), ZHOL_ERROR_OK);
    border_play(&border);
    CHECK_INT_EQ(outbox_step(outbox, &sent, &failed), ZHOL_ERROR_OK);
    CHECK(sent > 3 && failed == 0);
    CHECK_INT_EQ(count_lines("told.ndjson", "\"template\":\"called\""), 2); /* drivers 1 and 2 */
    CHECK_INT_EQ(count_lines("told.ndjson", "+7 701 000-00-01"), 1);
    /* 5 stood in the hour that was closed: the driver and his carrier are told */
    CHECK_INT_EQ(count_lines("told.ndjson", "\"template\":\"moved\""), 2);
    /* 4 and 3 missed their slot, 2 his call: the drivers and the carrier each time */
    CHECK_INT_EQ(count_lines("told.ndjson", "\"template\":\"missed\""), 6);
    CHECK_INT_EQ(outbox_step(outbox, &sent, &failed), ZHOL_ERROR_OK);
    CHECK_INT_EQ(sent, 0);
    outbox_close(outbox);
    border_close(&border);
    unlink("told.ndjson");
}

/* Between the commit of an entry and its messages the power goes: the journal tells them after. */
static void nothing_is_lost_between(void)
{
    struct border border = {0};
    struct outbox *first = NULL, *second = NULL;
    uint32_t sent, failed;
    unlink("told.ndjson");
    border_open(&border, "memory:");
    border_rules(&border, "NURZHOLY", "nur-zholy-exit", BORDER_RULES("nur-zholy-exit", "exit"), 2);
    border_subjects(&border);
    open_file_outbox(&border, &first);
    CHECK_INT_EQ(outbox_follow(first, border.operation), ZHOL_ERROR_OK);
    uint64_t place = border_book(&border, "NURZHOLY", 1, 0, REFUSAL_none);
    border.now_s = BORDER_SLOT0;
    CHECK(!border_do(&border, "NURZHOLY", COMMAND_arrive, place));
    CHECK(!border_do(&border, "NURZHOLY", COMMAND_call_forward, 0));
    /* `first` heard of it and never came to write it down */
    open_file_outbox(&border, &second);
    CHECK_INT_EQ(outbox_follow(second, border.operation), ZHOL_ERROR_OK);
    CHECK_INT_EQ(outbox_step(second, &sent, &failed), ZHOL_ERROR_OK);
    CHECK_INT_EQ(sent, 1);
    CHECK_INT_EQ(count_lines("told.ndjson", "\"template\":\"called\""), 1);
    operation_close(border.operation);
    border.operation = NULL;
    outbox_close(first);
    outbox_close(second);
    border_close(&border);
    unlink("told.ndjson");
}

/* With threads: the writer's and the outbox's. */
static void threads_tell(void)
{
    struct border border = {0};
    struct outbox *outbox = NULL;
    unlink("told.ndjson");
    border_open(&border, "memory:");
    border_rules(&border, "NURZHOLY", "nur-zholy-exit", BORDER_RULES("nur-zholy-exit", "exit"), 2);
    border_subjects(&border);
    open_file_outbox(&border, &outbox);
    uint64_t place = border_book(&border, "NURZHOLY", 1, 0, REFUSAL_none);
    border.now_s = BORDER_SLOT0; /* the clock of both threads: set before either runs */
    CHECK_INT_EQ(outbox_start(outbox, border.operation), ZHOL_ERROR_OK);
    CHECK_INT_EQ(operation_start(border.operation), ZHOL_ERROR_OK);
    for (int i = 0; i < 2; i++) {
        struct command command = {.kind = i ? COMMAND_call_forward : COMMAND_arrive,
                                  .role = ROLE_officer,
                                  .stream = "NURZHOLY",
                                  .queue = "nur-zholy-exit",
                                  .amount = i,
                                  .place = i ? 0 : place};
        CHECK_INT_EQ(operation_call(border.operation, &command, NULL, NULL), ZHOL_ERROR_OK);
    }
    for (int i = 0; i < 100 && outbox_count(outbox).sent == 0; i++) {
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    }
    CHECK_INT_EQ(outbox_count(outbox).sent, 1);
    operation_close(border.operation);
    border.operation = NULL;
    outbox_close(outbox);
    border_close(&border);
    unlink("told.ndjson");
}

int main(void)
{
    RUN(every_template_in_every_language);
    RUN(sentences_are_filled);
    RUN(a_file_takes_messages);
    RUN(nothing_waits_in_clear);
    RUN(a_gateway_takes_messages);
    RUN(failures_wait_and_are_given_up);
    RUN(a_mail_server_takes_messages);
    RUN(a_journal_is_told);
    RUN(nothing_is_lost_between);
    RUN(threads_tell);
    return check_report();
}
