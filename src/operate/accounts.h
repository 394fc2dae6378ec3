/* operate/accounts.h: who may do what: people, organisations, roles, passwords, tokens, codes.
 *
 * Accounts are no part of the journal (a password is not history); the journal names them by opaque
 * id. Passwords: argon2id (libsodium, interactive limits). Tokens: 32 random bytes, stored as
 * BLAKE2b hash, with an end; a session of a page is a token in a cookie. One-time codes of drivers:
 * 6 digits, 10 minutes, 5 tries, sent through the outbox; never stored in clear.
 */
#ifndef ZHOL_OPERATE_ACCOUNTS_H
#define ZHOL_OPERATE_ACCOUNTS_H

#include "operate/command.h"
#include "store/store.h"

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
void accounts_close(struct accounts *accounts);
/* ZHOL_ERROR_DUPLICATE (name), ZHOL_ERROR_RANGE (password under 10 characters). Own transaction. */
enum zhol_error accounts_add(struct accounts *accounts, const struct account *account,
                             const char *password);
/* Same time for unknown names. ZHOL_ERROR_UNKNOWN; ZHOL_ERROR_LIMIT after 5 failures in 15 minutes.
 */
enum zhol_error accounts_login(struct accounts *accounts, const char *name, const char *password,
                               int64_t now_s, struct account *account);
/* A token of 43 URL-safe characters for `account` that ends after `life_s`. */
enum zhol_error accounts_token(struct accounts *accounts, const struct account *account,
                               int64_t now_s, int64_t life_s, char token[48]);
/* ZHOL_ERROR_UNKNOWN: no such token, ended, or account disabled. From memory: under a microsecond
 * or two. */
enum zhol_error accounts_check(struct accounts *accounts, const char *token, int64_t now_s,
                               struct account *account);
enum zhol_error accounts_revoke(struct accounts *accounts, const char *token);
/* A code for the driver of a place, and the account it opens. */
enum zhol_error accounts_code(struct accounts *accounts, uint64_t place, uint64_t driver,
                              int64_t now_s, char code[8]);
enum zhol_error accounts_code_check(struct accounts *accounts, uint64_t place, const char *code,
                                    int64_t now_s, struct account *account);
/* May this account send this command (role, own carrier, own checkpoint)? The one place that
 * decides. */
bool role_allows(const struct account *account, const struct command *command,
                 uint64_t place_carrier);

#endif
