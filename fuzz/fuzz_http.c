/* Fuzzer of the server's request path: method, path, query, headers and body into the dispatcher,
 * without sockets, over a store in memory.
 *
 * The first byte picks who asks (nobody, carrier, officer, operator, auditor, driver), the first
 * line is "METHOD PATH", lines up to an empty one are headers, the rest is the body. Beyond "no
 * crash": a reply always comes; it is never a fault of the program (500); a refusal is a problem of
 * RFC 9457; a good reply has the shape that the OpenAPI document promises, with nothing more.
 *
 * Left out: what hashes passwords or plans, because it is slow on purpose, and what calls out.
 */
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "desk/queue_rules.h"
#include "operate/plain.h"
#include "serve/board.h"
#include "serve/dispatch.h"
#include "serve/pages.h"
#include "serve/schema.h"
#include "serve/server.h"

#define REQUIRE(cond, what)                        \
    do {                                           \
        if (!(cond)) {                             \
            fprintf(stderr, "broken: %s\n", what); \
            abort();                               \
        }                                          \
    } while (0)

enum { WHO_COUNT = 6, HEADERS_MAX = 16 };
#define CARRIER UINT64_C(0xca00000000000001)
#define PLACE   UINT64_C(0x9a00000000000001)

static struct server *server;
static char tokens[WHO_COUNT][ACCOUNT_TOKEN_SIZE];
static sem_t woken;

/* ---- A small operation ---- */

static void call(struct command *command)
{
    struct result result;
    REQUIRE(operation_call(server->operation, command, NULL, &result) == ZHOL_ERROR_OK,
            "setting up");
    REQUIRE(result.refusal == REFUSAL_none, refusal_text(result.refusal));
}

static void set_rules(void)
{
    struct buffer rules = {0}, slots = {0};
    int64_t first_s = (time_now_s() / TIME_HOUR_S + 30) * TIME_HOUR_S;
    uint32_t node = zhol_corridor_find(server->corridor, ZHOL_TABLE_node, "NURZHOLY");
    queue_rules_json(server->corridor, node, time_day_of(time_now_s()), NULL, &rules);
    struct command command = {.kind = COMMAND_rules_set,
                              .stream = "NURZHOLY",
                              .role = ROLE_operator,
                              .data = {buffer_get(&rules), (uint32_t)rules.size}};
    call(&command);
    buffer_string(&slots, "{\"slots\":[");
    for (int i = 0; i < 8; i++) {
        long long start_s = (long long)(first_s + i * TIME_HOUR_S);
        buffer_printf(&slots, "%s{\"start\":%lld,\"end\":%lld,\"capacity\":20}", i ? "," : "",
                      start_s, start_s + TIME_HOUR_S);
    }
    buffer_string(&slots, "]}");
    command.kind = COMMAND_slots_publish;
    command.data = (struct text_view){buffer_get(&slots), (uint32_t)slots.size};
    plain_copy(command.queue, sizeof command.queue, "nur-zholy-exit");
    call(&command);
    buffer_clear(&rules);
    buffer_clear(&slots);
}

static void book_some(void)
{
    struct command command = {.kind = COMMAND_carrier_register,
                              .stream = "registry",
                              .role = ROLE_carrier,
                              .carrier = CARRIER};
    call(&command);
    for (uint64_t i = 1; i <= 4; i++) {
        command = (struct command){.kind = COMMAND_vehicle_register,
                                   .stream = "registry",
                                   .role = ROLE_carrier,
                                   .carrier = CARRIER,
                                   .vehicle = UINT64_C(0x7e00000000000000) + i};
        call(&command);
        command.kind = COMMAND_driver_register;
        command.vehicle = 0;
        command.driver = UINT64_C(0xd700000000000000) + i;
        call(&command);
    }
    for (uint64_t i = 0; i < 2; i++) {
        command = (struct command){.kind = COMMAND_book_next,
                                   .stream = "NURZHOLY",
                                   .role = ROLE_carrier,
                                   .carrier = CARRIER,
                                   .vehicle = UINT64_C(0x7e00000000000001) + i,
                                   .driver = UINT64_C(0xd700000000000001) + i,
                                   .place = PLACE + i,
                                   .queue = "nur-zholy-exit",
                                   .category = "ordinary"};
        call(&command);
    }
}

static void make_tokens(void)
{
    static const struct account accounts[WHO_COUNT] = {
        {.role = ROLE_public},
        {.id = 1, .role = ROLE_carrier, .carrier = CARRIER, .name = "carrier"},
        {.id = 2, .role = ROLE_officer, .checkpoint = "NURZHOLY", .name = "officer"},
        {.id = 3, .role = ROLE_operator, .name = "operator"},
        {.id = 4, .role = ROLE_auditor, .name = "auditor"},
        {.id = 5, .role = ROLE_driver, .place = PLACE, .name = "driver"},
    };
    for (int i = 1; i < WHO_COUNT; i++) {
        if (accounts[i].role != ROLE_driver) {
            accounts_add(server->accounts, &accounts[i], "a-long-password");
        }
        REQUIRE(accounts_token(server->accounts, &accounts[i], time_now_s(), 366 * TIME_DAY_S,
                               tokens[i]) == ZHOL_ERROR_OK,
                "a token");
    }
}

static void set_up(void)
{
    static const char dir[] = "corridors/china-kazakhstan";
    struct zhol_corridor *corridor = NULL;
    REQUIRE(zhol_corridor_read(dir, NULL, NULL, &corridor) == ZHOL_ERROR_OK,
            "run it from the repository's root");
    const struct server_options options = {.corridor_dir = dir,
                                           .corridor = corridor,
                                           .day = time_day_of(time_now_s()),
                                           .store_url = "memory:",
                                           .version = "fuzz"};
    REQUIRE(server_open(&options, NULL, &server) == ZHOL_ERROR_OK, "the server opens");
    sem_init(&woken, 0, 0);
    set_rules();
    book_some();
    make_tokens();
    board_build(server->board);
}

/* ---- One request ---- */

static void wake(struct request *request)
{
    (void)request;
    sem_post(&woken);
}

static bool left_out(const struct request *request)
{
    static const char *const names[] = {
        "post_login",    "post_signup", "post_accounts", "post_driver_login", "post_driver_code",
        "post_webhooks", "get_audit",   "get_plan",      "get_plan_why",      "post_plan",
        "get_map",       "get_why",     "post_tokens",   "post_logout"};
    const char *name = request->endpoint ? request->endpoint->name : "";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void check_reply(const struct request *request)
{
    const struct reply *reply = &request->reply;
    char why[300];
    REQUIRE(reply->status >= 200 && reply->status < 600, "a status");
    REQUIRE(reply->status != 500, buffer_get(&reply->body));
    REQUIRE(!reply->writing, "the reply is complete");
    if (reply->status >= 400) {
        json_t *problem = json_loadb(buffer_get(&reply->body), reply->body.size, 0, NULL);
        REQUIRE(problem && schema_check("problem", problem, why, sizeof why), "a problem");
        json_decref(problem);
    } else if (reply->type && strcmp(reply->type, "application/json") == 0 && request->endpoint &&
               !strchr(request->endpoint->gives, '/')) {
        json_t *value = json_loadb(buffer_get(&reply->body), reply->body.size, 0, NULL);
        REQUIRE(value, "JSON");
        if (!schema_check(request->endpoint->gives, value, why, sizeof why)) {
            fprintf(stderr, "%s\n%.800s\n", request->endpoint->name, buffer_get(&reply->body));
            REQUIRE(false, why);
        }
        json_decref(value);
    }
}

/* Cuts one line off; without its end. */
static struct text_view line_of(struct text_view *rest)
{
    return text_cut(rest, '\n');
}

static void add_headers(struct request *request, struct text_view *rest)
{
    for (int i = 0; i < HEADERS_MAX && rest->size; i++) {
        struct text_view line = line_of(rest);
        struct text_view name = text_cut(&line, ':');
        char *name_text, *value_text;
        line = text_trim(line);
        if (name.size == 0) {
            return;
        }
        name_text = arena_text(&request->arena, name.bytes, name.size);
        value_text = arena_text(&request->arena, line.bytes, line.size);
        if (name_text && value_text) {
            request_header(request, name_text, value_text);
        }
    }
}

static void run(int who, const char *method, const char *uri, struct text_view rest)
{
    char bearer[80];
    struct request *request = request_new(server, uri);
    if (!request) {
        return;
    }
    request->wake = wake;
    add_headers(request, &rest);
    if (who) {
        snprintf(bearer, sizeof bearer, "Bearer %s", tokens[who]);
        request_header(request, "Authorization", bearer);
    }
    request_route(request, method);
    if (!left_out(request) && rest.size <= request_body_max(request)) {
        enum handled handled = dispatch(request, rest);
        while (handled == WAITING) {
            sem_wait(&woken);
            handled = request_resume(request);
        }
        if (!request->reply.events) {
            check_reply(request);
        }
    }
    request_free(request);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!server) {
        set_up();
    }
    if (size < 2 || size > 65536) {
        return 0;
    }
    struct text_view rest = {(const char *)data + 1, (uint32_t)(size - 1)};
    struct text_view first = line_of(&rest);
    struct text_view method = text_cut(&first, ' ');
    char method_text[16], *uri = malloc((size_t)first.size + 1);
    if (!uri || method.size >= sizeof method_text) {
        free(uri);
        return 0;
    }
    memcpy(method_text, method.bytes, method.size);
    method_text[method.size] = '\0';
    memcpy(uri, first.bytes, first.size);
    uri[first.size] = '\0';
    run(data[0] % WHO_COUNT, method_text, uri, rest);
    free(uri);
    return 0;
}
