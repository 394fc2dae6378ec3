/* access.c: who asks, and may he. See access.h. */
#include "serve/access.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/time.h"
#include "serve/server.h"

enum tongue access_tongue(struct text_view text)
{
    for (unsigned i = 0; i < TONGUE_COUNT; i++) {
        const char *name = tongue_name((enum tongue)i);
        if (text.size >= 2 && strncasecmp(text.bytes, name, 2) == 0 &&
            (text.size == 2 || text.bytes[2] == '-')) {
            return (enum tongue)i;
        }
    }
    return TONGUE_COUNT;
}

/* The value of a cookie, empty where there is none. */
static struct text_view cookie_value(const char *cookies, const char *name)
{
    struct text_view rest = text_view_of(cookies);
    while (rest.size) {
        struct text_view pair = text_trim(text_cut(&rest, ';'));
        if (text_equal_string(text_cut(&pair, '='), name)) {
            return pair;
        }
    }
    return TEXT("");
}

static bool read_token(struct request *request)
{
    struct text_view token = text_view_of(request->headers.authorization);
    if (token.size) {
        if (token.size < 7 || strncasecmp(token.bytes, "Bearer ", 7) != 0) {
            return false;
        }
        token = (struct text_view){token.bytes + 7, token.size - 7};
    } else {
        token = cookie_value(request->headers.cookie, "zhol_session");
        request->by_cookie = token.size > 0;
    }
    if (token.size >= sizeof request->token) {
        return false;
    }
    memcpy(request->token, token.bytes, token.size);
    request->token[token.size] = '\0';
    return true;
}

static enum handled refuse_token(struct request *request)
{
    reply_header(request, "WWW-Authenticate", "Bearer");
    return reply_problem(request, 401, "bad_token", "the token is not valid, or it has ended");
}

bool access_identify(struct request *request)
{
    request->account = (struct account){.role = ROLE_public};
    if (!read_token(request)) {
        refuse_token(request);
        return false;
    }
    if (!*request->token) {
        return true;
    }
    if (accounts_check(request->server->accounts, request->token, time_now_s(),
                       &request->account) == ZHOL_ERROR_OK) {
        return true;
    }
    request->account = (struct account){.role = ROLE_public};
    if (request->by_cookie) { /* an old cookie must not lock a browser out of the public pages */
        *request->token = '\0';
        access_cookie(request, NULL, 0);
        return true;
    }
    refuse_token(request);
    return false;
}

void access_csrf(const char *token, char text[CSRF_SIZE])
{
    static const char purpose[] = "zhol csrf 1";
    unsigned char hash[16];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)token, strlen(token),
                       (const unsigned char *)purpose, sizeof purpose - 1);
    sodium_bin2hex(text, CSRF_SIZE, hash, sizeof hash);
}

/* True where a browser says that the request came from a page of another origin. */
static bool from_elsewhere(const struct request *request)
{
    const char *origin = request->headers.origin, *at = strstr(origin, "://");
    return *origin && (!at || strcmp(at + 3, request->headers.host) != 0);
}

bool access_allow(struct request *request)
{
    const struct endpoint *endpoint = request->endpoint;
    char csrf[CSRF_SIZE];
    if (!(endpoint->roles & 1u << request->account.role)) {
        if (request->account.role == ROLE_public) {
            reply_header(request, "WWW-Authenticate", "Bearer");
            reply_problem(request, 401, "login_needed", "this needs a login");
        } else {
            reply_problem(request, 403, "role", "the role %s may not do this",
                          role_name(request->account.role));
        }
        return false;
    }
    if (request->method == METHOD_GET) {
        return true;
    }
    if (from_elsewhere(request)) {
        reply_problem(request, 403, "origin", "the request came from a page of another origin");
        return false;
    }
    if (request->by_cookie && *request->token) {
        access_csrf(request->token, csrf);
        if (strlen(request->headers.csrf) != sizeof csrf - 1 ||
            sodium_memcmp(csrf, request->headers.csrf, sizeof csrf - 1) != 0) {
            reply_problem(request, 403, "csrf", "X-Zhol-CSRF is missing or wrong; /v1/me tells it");
            return false;
        }
    }
    return true;
}

void access_cookie(struct request *request, const char *token, int64_t life_s)
{
    char text[200];
    snprintf(text, sizeof text,
             "zhol_session=%s; Path=/; Max-Age=%lld; HttpOnly; SameSite=Strict%s",
             token ? token : "", (long long)(token ? life_s : 0),
             request->server->options.secure_cookie ? "; Secure" : "");
    reply_header(request, "Set-Cookie", text);
}

bool access_carrier(const struct request *request, uint64_t carrier)
{
    switch (request->account.role) {
    case ROLE_operator:
    case ROLE_auditor:
    case ROLE_system:
        return true;
    case ROLE_carrier:
        return carrier && request->account.carrier == carrier;
    default:
        return false;
    }
}

bool access_checkpoint(const struct request *request, const char *checkpoint)
{
    switch (request->account.role) {
    case ROLE_auditor:
    case ROLE_system:
        return true;
    case ROLE_operator:
    case ROLE_officer:
        return !*request->account.checkpoint ||
               strcmp(request->account.checkpoint, checkpoint) == 0;
    default:
        return false;
    }
}
