/* handle_account.c: logging in and out, accounts, tokens, carriers that sign up. */
#include <string.h>

#include "base/time.h"
#include "operate/plain.h"
#include "serve/access.h"
#include "serve/fields.h"
#include "serve/outcome.h"
#include "serve/problem.h"
#include "serve/seal.h"
#include "serve/server.h"

enum { SESSION_S = 12 * TIME_HOUR_S, TOKEN_LIFE_MAX_H = 24 * 366 };

static void write_me(struct request *request, struct json_writer *json)
{
    const struct account *account = &request->account;
    char csrf[CSRF_SIZE];
    json_member_opaque(json, "id", account->id);
    json_member_text(json, "name", account->name);
    json_member_text(json, "role", role_name(account->role));
    json_member_opaque(json, "carrier", account->carrier);
    json_member_text(json, "checkpoint", *account->checkpoint ? account->checkpoint : NULL);
    if (*request->token) {
        access_csrf(request->token, csrf);
        json_member_text(json, "csrf", csrf);
    } else {
        json_member_null(json, "csrf");
    }
}

/* Opens a session for request->account and answers with it. */
static enum handled open_session(struct request *request, unsigned status)
{
    enum zhol_error error = accounts_token(request->server->accounts, &request->account,
                                           time_now_s(), SESSION_S, request->token);
    if (error) {
        /* A conflict is the store's, which another server has taken: not the client's mistake. */
        return reply_error(request, error == ZHOL_ERROR_CONFLICT ? ZHOL_ERROR_IO : error,
                           "no session could be opened");
    }
    access_cookie(request, request->token, SESSION_S);
    struct json_writer *json = reply_object(request, status);
    json_write_key(json, "me");
    json_write_object(json);
    write_me(request, json);
    return reply_end(request);
}

enum handled handle_post_login(struct request *request)
{
    struct account account;
    enum zhol_error error = accounts_login(request->server->accounts, body_text(request, "name"),
                                           body_text(request, "password"), time_now_s(), &account);
    if (error == ZHOL_ERROR_UNKNOWN) {
        return reply_problem(request, 401, "wrong_password", "name or password is wrong");
    }
    if (error == ZHOL_ERROR_LIMIT) {
        reply_header(request, "Retry-After", "900");
        return reply_problem(request, 429, "too_many", "too many wrong passwords; wait 15 minutes");
    }
    if (error) {
        return reply_error(request, error, "the login failed");
    }
    request->account = account;
    return open_session(request, 200);
}

enum handled handle_post_logout(struct request *request)
{
    if (*request->token) {
        accounts_revoke(request->server->accounts, request->token);
    }
    access_cookie(request, NULL, 0);
    return reply_empty(request, 204);
}

enum handled handle_get_me(struct request *request)
{
    struct json_writer *json = reply_object(request, 200);
    write_me(request, json);
    return reply_end(request);
}

enum handled handle_post_tokens(struct request *request)
{
    char token[ACCOUNT_TOKEN_SIZE];
    int64_t life_h = body_int(request, "life_h", 0), now_s = time_now_s();
    if (life_h < 1 || life_h > TOKEN_LIFE_MAX_H) {
        return problem_reply(request, &(struct problem){.status = 422,
                                                        .code = "invalid",
                                                        .field = "life_h",
                                                        .detail = "must be 1 to 8784 hours"});
    }
    enum zhol_error error = accounts_token(request->server->accounts, &request->account, now_s,
                                           life_h * TIME_HOUR_S, token);
    if (error) {
        return reply_error(request, error, "no token could be made");
    }
    struct json_writer *json = reply_object(request, 201);
    json_member_text(json, "token", token);
    json_member_instant(json, "until", now_s + life_h * TIME_HOUR_S);
    return reply_end(request);
}

static enum handled refuse_account(struct request *request, enum zhol_error error)
{
    switch (error) {
    case ZHOL_ERROR_DUPLICATE:
        return reply_problem(request, 409, "duplicate", "this login exists already");
    case ZHOL_ERROR_RANGE:
        return problem_reply(request, &(struct problem){.status = 422,
                                                        .code = "invalid",
                                                        .field = "password",
                                                        .detail = "must have 10 to 1024 bytes"});
    case ZHOL_ERROR_SYNTAX:
        return problem_reply(request,
                             &(struct problem){.status = 422,
                                               .code = "invalid",
                                               .field = "name",
                                               .detail = "must be 1 to 63 of a-z 0-9 . - _ @"});
    default:
        return reply_error(request, error, "the account cannot be made");
    }
}

enum handled handle_post_accounts(struct request *request)
{
    struct account account = {.carrier = body_opaque(request, "carrier")};
    const char *role = body_text(request, "role");
    for (unsigned i = 0; i < ROLE_COUNT; i++) {
        account.role = strcmp(role_name((enum role)i), role) == 0 ? (enum role)i : account.role;
    }
    plain_copy(account.name, sizeof account.name, body_text(request, "name"));
    plain_copy(account.checkpoint, sizeof account.checkpoint, body_text(request, "checkpoint"));
    enum zhol_error error =
        accounts_add(request->server->accounts, &account, body_text(request, "password"));
    if (error) {
        return refuse_account(request, error);
    }
    struct json_writer *json = reply_object(request, 201);
    json_member_text(json, "name", account.name);
    json_member_text(json, "role", role);
    return reply_end(request);
}

/* ---- A carrier signs up ---- */

/* The carrier is in the journal: its first account is made and logged in. Hashing the password
 * takes long, so this part runs on a worker again. */
static enum handled after_carrier(struct request *request)
{
    struct entry entry;
    if (!outcome_read(request, &entry)) {
        return HANDLED;
    }
    struct account account = {.role = ROLE_carrier, .carrier = entry.command.carrier};
    enum refusal refusal = entry.result.refusal;
    plain_copy(account.name, sizeof account.name, body_text(request, "name"));
    if (refusal) {
        outcome_refused(request, &entry);
    }
    entry_clear(&entry);
    if (refusal) {
        return HANDLED;
    }
    enum zhol_error error =
        accounts_add(request->server->accounts, &account, body_text(request, "password"));
    if (error) {
        return refuse_account(request, error);
    }
    error = accounts_login(request->server->accounts, account.name, body_text(request, "password"),
                           time_now_s(), &request->account);
    return error ? reply_error(request, error, "the new account cannot log in")
                 : open_session(request, 201);
}

struct seeking {
    const char *name;
    bool found;
};

static bool same_name(void *context, const struct account *account)
{
    struct seeking *seeking = context;
    seeking->found = seeking->found || strcmp(seeking->name, account->name) == 0;
    return !seeking->found;
}

enum handled handle_post_signup(struct request *request)
{
    struct seal seal;
    struct seeking seeking = {body_text(request, "name"), false};
    struct command command = {
        .kind = COMMAND_carrier_register, .stream = "registry", .carrier = vault_new_id()};
    accounts_list(request->server->accounts, same_name, &seeking);
    if (seeking.found) {
        return refuse_account(request, ZHOL_ERROR_DUPLICATE);
    }
    if (strlen(body_text(request, "password")) < ACCOUNT_PASSWORD_MIN) {
        return refuse_account(request, ZHOL_ERROR_RANGE);
    }
    struct field_fault fault;
    if (!fields_carrier(request->body, &fault)) {
        return fields_refuse(request, &fault);
    }
    if (!seal_body(request, command.carrier, "password", &seal)) {
        return HANDLED;
    }
    request->account.role = ROLE_carrier; /* as whom the journal names him */
    return request_submit_pool(request, &command, &seal.attachment, after_carrier);
}
