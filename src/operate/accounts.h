/* operate/accounts.h: who may do what: people, organisations, roles, passwords, tokens, codes.
 *
 * Accounts are no part of the journal (a password is not history); the journal names them by opaque
 * id. Passwords: argon2id (libsodium, interactive limits). Tokens: 32 random bytes, stored as
 * BLAKE2b hash, with an end; a session of a page is a token in a cookie. One-time codes of drivers:
 * 6 digits, 10 minutes, 5 tries, 3 codes in that time, sent through the outbox; only their hash is
 * kept, in memory: after a restart the driver asks again.
 *
 * Thread safety: every call may be made by any thread. Changes are transactions of their own.
 * Another process (`zhol account`) may change accounts meanwhile: it is seen within 10 seconds.
 */
#ifndef ZHOL_OPERATE_ACCOUNTS_H
#define ZHOL_OPERATE_ACCOUNTS_H

#include "operate/command.h"
#include "store/store.h"

#define ACCOUNT_PASSWORD_MIN 10
#define ACCOUNT_TOKEN_SIZE   48
#define ACCOUNT_CODE_SIZE    8

struct accounts;

struct account {
    uint64_t id;      /* the actor of commands */
    uint64_t carrier; /* organisation: carrier it belongs to; 0: none */
    uint64_t place;   /* role driver: the one place that it sees; 0: none */
    enum role role;
    char name[64];                      /* login, lower case */
    char checkpoint[COMMAND_NAME_SIZE]; /* officers: theirs; "": every */
    bool disabled;
};

enum zhol_error accounts_open(struct store *store, struct accounts **accounts);
void accounts_close(struct accounts *accounts); /* NULL is allowed */
/* An id of 0 is drawn. ZHOL_ERROR_DUPLICATE (name), ZHOL_ERROR_RANGE (password under 10 characters
 * or above 1,024), ZHOL_ERROR_SYNTAX (name: 1-63 of a-z, 0-9, ".-_@"), ZHOL_ERROR_INVALID (a role
 * that has no login: public, driver, system; a carrier's account without carrier). */
enum zhol_error accounts_add(struct accounts *accounts, const struct account *account,
                             const char *password);
/* Same time for unknown names. ZHOL_ERROR_UNKNOWN; ZHOL_ERROR_LIMIT after 5 failures in 15 minutes.
 */
enum zhol_error accounts_login(struct accounts *accounts, const char *name, const char *password,
                               int64_t now_s, struct account *account);
/* Disabled accounts can neither log in nor use their tokens. ZHOL_ERROR_UNKNOWN. */
enum zhol_error accounts_disable(struct accounts *accounts, const char *name, bool disabled);
/* In order of names, until `visit` returns false. */
enum zhol_error accounts_list(struct accounts *accounts,
                              bool (*visit)(void *, const struct account *), void *context);
/* A token of 43 URL-safe characters for `account` that ends after `life_s`. */
enum zhol_error accounts_token(struct accounts *accounts, const struct account *account,
                               int64_t now_s, int64_t life_s, char token[ACCOUNT_TOKEN_SIZE]);
/* ZHOL_ERROR_UNKNOWN: no such token, ended, or account disabled. From memory: under a microsecond
 * or two. */
enum zhol_error accounts_check(struct accounts *accounts, const char *token, int64_t now_s,
                               struct account *account);
enum zhol_error accounts_revoke(struct accounts *accounts, const char *token);
/* A code for the driver of a place; checking it gives the account (role driver) that it opens.
 * ZHOL_ERROR_LIMIT: three codes within ten minutes. */
enum zhol_error accounts_code(struct accounts *accounts, uint64_t place, uint64_t driver,
                              int64_t now_s, char code[ACCOUNT_CODE_SIZE]);
/* ZHOL_ERROR_UNKNOWN: wrong, ended or used; ZHOL_ERROR_LIMIT: tried five times. A code opens once.
 */
enum zhol_error accounts_code_check(struct accounts *accounts, uint64_t place, const char *code,
                                    int64_t now_s, struct account *account);
/* May this account send this command (role, own carrier, own checkpoint)? The one place that
 * decides. place_carrier: whose the command's place is; 0: the command names none. */
bool role_allows(const struct account *account, const struct command *command,
                 uint64_t place_carrier);

#endif
