/* test_serve.c: pieces of the server that need no server: the tables, shapes, limits, events,
 * addresses of webhooks, signatures. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>

#include "check.h"

#include "serve/endpoint.h"
#include "serve/events.h"
#include "serve/limit.h"
#include "serve/listen.h"
#include "serve/openapi.h"
#include "serve/schema.h"
#include "serve/webhook.h"

/* ---- The tables ---- */

static void every_endpoint_is_well_formed(void)
{
    for (uint32_t i = 0; i < endpoint_count; i++) {
        const struct endpoint *endpoint = &endpoints[i];
        struct parameter list[PARAMETER_MAX];
        uint32_t count = 0, in_path = 0, braces = 0;
        if (!endpoint_parameters(endpoint, list, &count)) {
            CHECK_FAIL("%s: parameters \"%s\"", endpoint->name, endpoint->parameters);
        }
        for (uint32_t k = 0; k < count; k++) {
            in_path += list[k].in_path;
        }
        for (const char *c = endpoint->path; *c; c++) {
            braces += *c == '{';
        }
        if (in_path != braces) {
            CHECK_FAIL("%s: %u parameters in the path, %u declared", endpoint->name, braces,
                       in_path);
        }
        for (uint32_t k = 0; k < i; k++) {
            CHECK(strcmp(endpoints[k].name, endpoint->name) != 0);
            CHECK(endpoints[k].method != endpoint->method ||
                  strcmp(endpoints[k].path, endpoint->path) != 0);
        }
        CHECK(endpoint->roles != 0 && strlen(endpoint->summary) >= 10);
        CHECK(endpoint->method != METHOD_GET || !endpoint->takes);
    }
}

static void the_document_can_be_written(void)
{
    struct buffer text = {0};
    CHECK_INT_EQ(openapi_write("1.2.3", &text), ZHOL_ERROR_OK);
    json_t *document = json_loadb(buffer_get(&text), text.size, JSON_REJECT_DUPLICATES, NULL);
    CHECK(document != NULL);
    CHECK_STR_EQ(json_string_value(json_object_get(document, "openapi")), "3.1.0");
    CHECK(json_object_size(json_object_get(document, "paths")) > 50);
    json_decref(document);
    buffer_clear(&text);
}

/* ---- Shapes ---- */

static bool fits(const char *shape, const char *text, char why[200])
{
    json_t *value = json_loads(text, JSON_DECODE_ANY, NULL);
    bool good = value && schema_check(shape, value, why, 200);
    json_decref(value);
    return good;
}

static void shapes_take_what_they_say(void)
{
    static const char *const good[][2] = {
        {"text", "\"x\""},
        {"uint", "0"},
        {"real|null", "null"},
        {"opaque", "\"00c1ffee00c1ffee\""},
        {"instant", "\"2025-11-12T03:00:00Z\""},
        {"'a'|'b'", "\"b\""},
        {"[uint]<3", "[1,2,3]"},
        {"{a:uint, b?:text}", "{\"a\":1}"},
        {"{a:uint, ...}", "{\"a\":1,\"z\":2}"},
        {"{*:[text]}", "{\"x\":[\"y\"],\"z\":[]}"},
        {"{a:{b:[{c:uint|null}]}}", "{\"a\":{\"b\":[{\"c\":null},{\"c\":3}]}}"},
    };
    char why[200];
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        if (!fits(good[i][0], good[i][1], why)) {
            CHECK_FAIL("%s: %s: %s", good[i][0], good[i][1], why);
        }
    }
}

static void shapes_refuse_with_the_place(void)
{
    static const char *const bad[][3] = {
        {"text<2", "\"xyz\"", "must have at most 2 characters"},
        {"text", "\"a\\u0001\"", "must not hold control characters"},
        {"uint", "-1", "must be a whole number from 0 on"},
        {"int", "1.5", "must be a whole number"},
        {"name", "\"a b\"", "must be letters, digits, - _ . (1 to 47)"},
        {"[uint]<3", "[1,2,3,4]", "must have at most 3 items"},
        {"{a:uint}", "{}", "a: is missing"},
        {"{a:uint}", "{\"a\":1,\"b\":2}", "has a member that is not known here"},
        {"{a:[{b:uint}]}", "{\"a\":[{\"b\":1},{\"b\":\"x\"}]}",
         "a[1].b: must be a whole number from 0 on"},
        {"{a:uint|null}", "{\"a\":\"x\"}", "a: must be a whole number from 0 on"},
        {"{a:date}", "{\"a\":\"2025-02-30\"}", "a: must be a day such as 2025-11-12"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char why[200] = "taken";
        CHECK(!fits(bad[i][0], bad[i][1], why));
        CHECK_STR_EQ(why, bad[i][2]);
    }
}

static void malformed_shapes_are_found(void)
{
    static const char *const bad[] = {"{a:uint", "[uint", "'a", "nothing_of_this_name", "{:uint}"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct buffer text = {0};
        struct json_writer json;
        json_writer_init(&json, &text, false);
        CHECK(schema_write(bad[i], &json) != ZHOL_ERROR_OK);
        buffer_clear(&text);
    }
}

/* ---- Limits ---- */

static void a_bucket_fills_again(void)
{
    struct limits *limits;
    double wait;
    int taken = 0;
    CHECK_INT_EQ(limits_new(10, &limits), ZHOL_ERROR_OK);
    while (limits_take(limits, 7, 1, 100, &wait)) {
        taken++;
    }
    CHECK_INT_EQ(taken, 20);
    CHECK_NEAR(wait, 0.1, 1e-9);
    CHECK(limits_take(limits, 8, 1, 100, &wait)); /* another client */
    CHECK(limits_take(limits, 7, 1, 100.11, &wait));
    CHECK(!limits_take(limits, 7, 1, 100.11, &wait));
    CHECK(limits_take(limits, 9, 1000, 100, &wait)); /* dearer than a bucket holds: all of it */
    CHECK(!limits_take(limits, 9, 1, 100, &wait));
    limits_free(limits);
    CHECK_INT_EQ(limits_new(0, &limits), ZHOL_ERROR_OK);
    CHECK(limits_take(limits, 7, 1e9, 100, &wait));
    limits_free(limits);
}

/* ---- Events ---- */

struct waiter {
    pthread_mutex_t lock;
    pthread_cond_t woken;
    bool waits;
};

static void start_waiting(void *context)
{
    struct waiter *waiter = context;
    pthread_mutex_lock(&waiter->lock);
    waiter->waits = true;
    pthread_mutex_unlock(&waiter->lock);
}

static void wake_up(void *context)
{
    struct waiter *waiter = context;
    pthread_mutex_lock(&waiter->lock);
    waiter->waits = false;
    pthread_cond_signal(&waiter->woken);
    pthread_mutex_unlock(&waiter->lock);
}

static void events_come_in_order_and_resume(void)
{
    struct waiter waiter = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false};
    struct events *events;
    struct events_reader *reader, *late;
    struct buffer text = {0};
    bool ended;
    CHECK_INT_EQ(events_new(&events), ZHOL_ERROR_OK);
    CHECK_INT_EQ(events_join(events, "board", 0, wake_up, &waiter, &reader), ZHOL_ERROR_OK);
    CHECK(!events_next(events, reader, &text, start_waiting, &ended));
    CHECK(waiter.waits && !ended);
    uint64_t before = events_last(events);
    events_publish(events, "queue:a", "queue", TEXT("{}"));
    CHECK(waiter.waits); /* not his */
    events_publish(events, "board", "board", TEXT("{\"n\":1}"));
    CHECK(!waiter.waits);
    CHECK(events_next(events, reader, &text, start_waiting, &ended));
    CHECK(strstr(buffer_get(&text), "event: board\nid: ") &&
          strstr(buffer_get(&text), "{\"n\":1}"));
    buffer_reset(&text);
    CHECK_INT_EQ(events_join(events, "queue:a", before, wake_up, &waiter, &late), ZHOL_ERROR_OK);
    CHECK(events_next(events, late, &text, start_waiting, &ended));
    CHECK(strstr(buffer_get(&text), "event: queue\n") != NULL);
    buffer_reset(&text);
    for (int i = 0; i < 5000; i++) { /* more than the ring holds */
        events_publish(events, "board", "board", TEXT("{}"));
    }
    CHECK(events_next(events, late, &text, start_waiting, &ended));
    CHECK(strstr(buffer_get(&text), "event: reset\n") != NULL);
    events_leave(events, late);
    CHECK_INT_EQ(events_readers(events), 1);
    events_end(events);
    buffer_reset(&text);
    while (events_next(events, reader, &text, start_waiting, &ended)) {
        buffer_reset(&text);
    }
    CHECK(ended);
    events_leave(events, reader);
    events_free(events);
    buffer_clear(&text);
}

struct crowd {
    struct events *events;
    int first;
};

static void *publish_many(void *context)
{
    struct crowd *crowd = context;
    for (int i = 0; i < 500; i++) {
        events_publish(crowd->events, "board", "board", TEXT("{}"));
    }
    return NULL;
}

/* No event is lost between looking and sleeping. */
static void a_reader_misses_nothing(void)
{
    struct waiter waiter = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false};
    struct crowd crowd;
    struct events_reader *reader;
    struct buffer text = {0};
    pthread_t threads[4];
    bool ended = false;
    int seen = 0;
    CHECK_INT_EQ(events_new(&crowd.events), ZHOL_ERROR_OK);
    CHECK_INT_EQ(events_join(crowd.events, "board", 0, wake_up, &waiter, &reader), ZHOL_ERROR_OK);
    for (int i = 0; i < 4; i++) {
        CHECK(pthread_create(&threads[i], NULL, publish_many, &crowd) == 0);
    }
    while (seen < 2000) {
        buffer_reset(&text);
        if (!events_next(crowd.events, reader, &text, start_waiting, &ended)) {
            pthread_mutex_lock(&waiter.lock);
            while (waiter.waits) {
                pthread_cond_wait(&waiter.woken, &waiter.lock);
            }
            pthread_mutex_unlock(&waiter.lock);
        }
        for (const char *at = buffer_get(&text); (at = strstr(at, "data: ")); at++) {
            seen++;
        }
    }
    CHECK_INT_EQ(seen, 2000);
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
    }
    events_leave(crowd.events, reader);
    events_free(crowd.events);
    buffer_clear(&text);
}

/* ---- Addresses ---- */

static bool forbidden(const char *text, bool loopback, bool private)
{
    struct sockaddr_in four = {.sin_family = AF_INET};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, text, &four.sin_addr) == 1) {
        return webhook_forbidden((const struct sockaddr *)&four, loopback, private);
    }
    CHECK(inet_pton(AF_INET6, text, &six.sin6_addr) == 1);
    return webhook_forbidden((const struct sockaddr *)&six, loopback, private);
}

static void webhooks_reach_no_private_address(void)
{
    static const char *const bad[] = {"127.0.0.1",    "127.8.9.1",       "0.0.0.0",
                                      "10.1.2.3",     "172.16.0.1",      "172.31.255.255",
                                      "192.168.1.1",  "169.254.169.254", "100.64.0.1",
                                      "224.0.0.1",    "255.255.255.255", "::1",
                                      "::",           "fe80::1",         "fd00::1",
                                      "ff02::1",      "::ffff:10.0.0.1", "64:ff9b::7f00:1",
                                      "2002:7f00:1::"};
    static const char *const good[] = {"93.184.216.34", "172.32.0.1", "8.8.8.8",
                                       "2606:2800:220:1::1", "::ffff:8.8.8.8"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (!forbidden(bad[i], false, false)) {
            CHECK_FAIL("%s is allowed", bad[i]);
        }
    }
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        CHECK(!forbidden(good[i], false, false));
    }
    CHECK(!forbidden("127.0.0.1", true, false) && forbidden("10.0.0.1", true, false));
    CHECK(!forbidden("10.0.0.1", false, true) && forbidden("127.0.0.1", false, true));
    CHECK(forbidden("169.254.169.254", true, true));
}

/* The signature of a known text, made with `openssl dgst -sha256 -hmac`. */
static void webhooks_are_signed(void)
{
    char text[96];
    webhook_sign("key", 1, TEXT("{}"), text);
    CHECK_STR_EQ(text, "t=1,v1="
                       "1ba6b8171186efc613e8bcc0cbdab2748f24984d7c5a84faa2637afa0e40d224");
}

static void addresses_are_read(void)
{
    struct sockaddr_storage address;
    char text[64];
    CHECK_INT_EQ(listen_parse("127.0.0.1:8080", &address, NULL), ZHOL_ERROR_OK);
    listen_address_text((const struct sockaddr *)&address, text, sizeof text);
    CHECK_STR_EQ(text, "127.0.0.1");
    CHECK_INT_EQ(listen_parse("[::1]:0", &address, NULL), ZHOL_ERROR_OK);
    listen_address_text((const struct sockaddr *)&address, text, sizeof text);
    CHECK_STR_EQ(text, "::1");
    CHECK_INT_EQ(listen_parse("9000", &address, NULL), ZHOL_ERROR_OK);
    CHECK(listen_parse("localhost:80", &address, NULL) == ZHOL_ERROR_SYNTAX);
    CHECK(listen_parse("127.0.0.1:70000", &address, NULL) == ZHOL_ERROR_SYNTAX);
    CHECK(listen_parse("", &address, NULL) == ZHOL_ERROR_SYNTAX);
}

int main(void)
{
    RUN(every_endpoint_is_well_formed);
    RUN(the_document_can_be_written);
    RUN(shapes_take_what_they_say);
    RUN(shapes_refuse_with_the_place);
    RUN(malformed_shapes_are_found);
    RUN(a_bucket_fills_again);
    RUN(events_come_in_order_and_resume);
    RUN(a_reader_misses_nothing);
    RUN(webhooks_reach_no_private_address);
    RUN(webhooks_are_signed);
    RUN(addresses_are_read);
    return check_report();
}
