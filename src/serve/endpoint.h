/* serve/endpoint.h: the one table of endpoints, and what a handler sees.
 *
 * Purpose: an endpoint is one line in endpoints_queue.h (the queue) or endpoints_model.h (corridor,
 * map, plan, OGC API). Routing, the check of parameters and bodies, roles, the OpenAPI document
 * (/openapi.json) and the tests all come from these lines, so that they cannot drift apart.
 *
 * HOW TO ADD AN ENDPOINT
 * 1. A line E(name, METHOD, path, roles, run, parameters, takes, gives, summary):
 *      name        the handler is `enum handled handle_NAME(struct request *request)`, in a topic
 *                  file (handle_*.c, model_*.c); it is declared from the table, needs no header
 *      METHOD      GET, POST, PUT, DELETE (HEAD is answered by GET)
 *      path        "/v1/places/{place}/receipt": a segment in braces is a parameter of the path;
 *                  it must stand in `parameters` too
 *      roles       ANYONE, or bits such as FOR(carrier) | FOR(operator); others get 401 or 403
 *      run         RUN_HERE: on the event thread, only what never blocks and takes under 100 us;
 *                  RUN_POOL: on a worker (reads the operation, opens files); RUN_HASH: on the one
 *                  thread that hashes passwords; RUN_SLOW: on the workers for what takes long
 *                  (plans, the audit), so that nothing else waits for them
 *      parameters  "queue:name! limit:int": name:type, `!`: required. Types: text, name (letters,
 *                  digits, - _ .), opaque (16 hexadecimal digits), int, real, bool, instant
 *                  (RFC 3339), date (YYYY-MM-DD), bbox (4 numbers). `limit` as int is 1 to 1000.
 *                  Unknown parameters are refused; `lang` is always allowed
 *      takes       schema of the JSON body; NULL: no body; "raw": any bytes, see request->raw
 *      gives       schema of the reply; a media type ("text/csv") when it is no JSON, or both
 *                  ("application/geo+json features")
 *      summary     one sentence in English for the OpenAPI document
 * 2. Schemas stand in schemas_queue.h and schemas_model.h, one line each: S(name, "shape"), a shape
 *    as in the contract: "{id:name, at:instant, p50?:instant|null, items:[place], to:'a'|'b'}"; see
 *    schema.h. Replies are checked against them in the tests, with nothing more allowed.
 * 3. The handler reads with request_*, answers with reply_* and returns what they return:
 *
 *      enum handled handle_get_thing(struct request *request)
 *      {
 *          const char *id = request_text(request, "id");
 *          if (!known(id)) {
 *              return reply_problem(request, 404, "unknown_thing", "there is no such thing");
 *          }
 *          struct json_writer *json = reply_object(request, 200);   opens {"as_of":...,
 *          json_member_text(json, "id", id);
 *          return reply_end(request);                               closes it
 *      }
 *
 * Memory: request->arena dies with the request; what request_text gives lives in it.
 * Threads: one handler call has its request alone. The corridor in request->server is read-only.
 */
#ifndef ZHOL_SERVE_ENDPOINT_H
#define ZHOL_SERVE_ENDPOINT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/json.h"
#include "base/text.h"
#include "operate/accounts.h"
#include "operate/operation.h"

#include "serve/endpoints_model.h"
#include "serve/endpoints_queue.h"

#define METHODS(M) M(GET) M(POST) M(PUT) M(DELETE)
enum method {
#define METHOD(name) METHOD_##name,
    METHODS(METHOD)
#undef METHOD
        METHOD_COUNT
};

#define FOR(role) (1u << ROLE_##role)
#define ANYONE    0xffu
#define MEMBERS   (ANYONE & ~FOR(public)) /* whoever is logged in */

enum run { RUN_HERE, RUN_POOL, RUN_HASH, RUN_SLOW, RUN_COUNT };
enum handled { HANDLED, WAITING };
struct request;

enum { PARAMETER_MAX = 16, HEADER_MAX = 12 };

struct endpoint {
    const char *name;
    enum method method;
    const char *path;
    unsigned roles;
    enum run run;
    const char *parameters;
    const char *takes, *gives, *summary;
    enum handled (*handle)(struct request *request);
};

/* All endpoints, in the order of the tables. */
extern const struct endpoint endpoints[];
extern const uint32_t endpoint_count;

enum parameter_type {
    PARAMETER_text,
    PARAMETER_name,
    PARAMETER_opaque,
    PARAMETER_int,
    PARAMETER_real,
    PARAMETER_bool,
    PARAMETER_instant,
    PARAMETER_date,
    PARAMETER_bbox,
    PARAMETER_TYPE_COUNT
};
struct parameter {
    char name[24];
    enum parameter_type type;
    bool required, in_path;
};
/* The parameters of an endpoint, parsed from its text; false where the text is wrong (a test tries
 * them all). */
bool endpoint_parameters(const struct endpoint *endpoint, struct parameter list[PARAMETER_MAX],
                         uint32_t *count);

/* Languages of the answers. */
#define TONGUES(T) T(en) T(ru) T(kk) T(zh)
enum tongue {
#define TONGUE(name) TONGUE_##name,
    TONGUES(TONGUE)
#undef TONGUE
        TONGUE_COUNT
};
const char *tongue_name(enum tongue tongue);

struct value {
    bool given;
    const char *text; /* decoded, ends in NUL */
    union {
        int64_t integer; /* int; bool; instant: UTC seconds; date: days since 1970 */
        uint64_t opaque;
        double real;
        double bbox[4];
    } as;
};

struct header {
    const char *name, *value; /* in the arena, or static */
};

struct reply {
    unsigned status; /* 0: none yet */
    const char *type;
    struct buffer body;
    struct header headers[HEADER_MAX];
    uint32_t header_count;
    struct json_writer json;
    bool writing;          /* between reply_json/reply_object and reply_end */
    const char *events;    /* topic of server-sent events; NULL: an ordinary reply */
    uint64_t events_after; /* Last-Event-ID */
};

/* The answer of the operation, copied from the writer's thread. */
struct answered {
    enum zhol_error error;
    bool repeated;
    uint64_t seq;
    uint8_t hash[HASH_SIZE];
    struct buffer bytes; /* canonical entry; dies with the request */
};

struct request {
    struct server *server; /* serve/server.h */
    const struct endpoint *endpoint;
    struct arena arena;
    enum method method;
    bool head;
    const char *path; /* decoded as far as it needs no "/"; ends in NUL */
    struct text_view query;
    struct parameter parameters[PARAMETER_MAX];
    struct value values[PARAMETER_MAX];
    uint32_t parameter_count;
    json_t *body; /* checked against `takes`; NULL: none */
    struct text_view raw;
    struct account account; /* role public: nobody is logged in */
    char token[48];         /* of the session; "" when none */
    bool by_cookie;
    int64_t now_s; /* the operation's clock */
    enum tongue lang;
    struct reply reply;
    /* Headers of the request that matter; "" when absent. */
    struct {
        const char *authorization, *cookie, *csrf, *key, *accept, *languages, *type, *none_match,
            *last_event, *encoding, *origin, *host;
    } headers;
    char address[48]; /* of the client */
    /* What the transport (http.c, a test, a fuzzer) does to wait and go on. */
    void (*hold)(struct request *request); /* before work elsewhere begins */
    void (*wake)(struct request *request); /* when request_resume should be called; any thread */
    void *transport;
    bool held;    /* between hold and request_resume */
    double began; /* monotonic seconds */
    /* Inside: what a worker runs, and the continuation of a submitted command. */
    enum handled (*task)(struct request *request);
    enum handled (*then)(struct request *request);
    bool then_on_pool;
    struct answered answered;
    void *work; /* the handler's own, in the arena */
};

/* ---- Reading ---- */

/* The text of a parameter or NULL; "" only when it was given empty. */
const char *request_text(const struct request *request, const char *name);
bool request_given(const struct request *request, const char *name);
/* The value, or `missing` when it was not given. Instants are UTC seconds, dates days since 1970,
 * bools 0 and 1. */
int64_t request_int(const struct request *request, const char *name, int64_t missing);
double request_real(const struct request *request, const char *name, double missing);
uint64_t request_opaque(const struct request *request, const char *name); /* 0: not given */
bool request_bbox(const struct request *request, double bbox[4]);
/* Members of the body: "", 0 and `missing` where absent. */
const char *body_text(const struct request *request, const char *member);
int64_t body_int(const struct request *request, const char *member, int64_t missing);
bool body_bool(const struct request *request, const char *member);
uint64_t body_opaque(const struct request *request, const char *member);
int64_t body_instant(const struct request *request, const char *member, int64_t missing);

/* ---- Answering: each returns HANDLED ---- */

/* Starts a JSON reply without any member. */
struct json_writer *reply_json(struct request *request, unsigned status);
/* Starts an object with "as_of" (and "demo":true in a demonstration) already in it. */
struct json_writer *reply_object(struct request *request, unsigned status);
/* Ends what reply_json or reply_object began, closing what is still open. */
enum handled reply_end(struct request *request);
/* A reply that is no JSON; the bytes are copied. `type` must live (a literal). */
enum handled reply_bytes(struct request *request, unsigned status, const char *type,
                         struct text_view bytes);
/* Takes over the buffer instead of copying. */
enum handled reply_buffer(struct request *request, unsigned status, const char *type,
                          struct buffer *bytes);
enum handled reply_empty(struct request *request, unsigned status);
/* RFC 9457. `code` is the machine's word (letters and _), detail a sentence for people. */
enum handled reply_problem(struct request *request, unsigned status, const char *code,
                           const char *detail, ...) __attribute__((format(printf, 4, 5)));
/* The same for an error of the library; logs what is a fault of the program. */
enum handled reply_error(struct request *request, enum zhol_error error, const char *detail);
/* `value` is copied. More than HEADER_MAX are dropped. */
void reply_header(struct request *request, const char *name, const char *value);

/* A copy without control characters, for texts that quote what a client sent. */
const char *reply_clean(struct request *request, const char *text);

/* An instant as RFC 3339, null for 0 and INT64_MAX. */
void json_member_instant(struct json_writer *json, const char *key, int64_t utc_s);
void json_member_opaque(struct json_writer *json, const char *key, uint64_t id); /* null for 0 */
void json_member_uint(struct json_writer *json, const char *key, uint64_t value);

/* ---- Commands ---- */

/* Submits a command; the handler must return what this returns. `then` is called with
 * request->answered when it is durable; not called when the reply is already a problem (store
 * stopped, inbox full). role, actor and key of the command are filled from the request. */
enum handled request_submit(struct request *request, struct command *command,
                            const struct attachment *attachment,
                            enum handled (*then)(struct request *request));

/* The same, but `then` runs on a worker: for what may block. */
enum handled request_submit_pool(struct request *request, struct command *command,
                                 const struct attachment *attachment,
                                 enum handled (*then)(struct request *request));

#define ENDPOINT_HANDLER(name, method, path, roles, run, parameters, takes, gives, summary) \
    enum handled handle_##name(struct request *request);
QUEUE_ENDPOINTS(ENDPOINT_HANDLER)
MODEL_ENDPOINTS(ENDPOINT_HANDLER)
#undef ENDPOINT_HANDLER

#endif
