/* operate/accounts_state.h: what the files of accounts share; see accounts.h. */
#ifndef ZHOL_OPERATE_ACCOUNTS_STATE_H
#define ZHOL_OPERATE_ACCOUNTS_STATE_H

#include <pthread.h>

#include "operate/accounts.h"

#define TOKEN_HASH_SIZE 32
#define PASSWORD_TEXT   128 /* crypto_pwhash_STRBYTES */

struct stored_account {
    struct account account;
    char password[PASSWORD_TEXT];
};
struct token {
    uint8_t hash[TOKEN_HASH_SIZE];
    int64_t until_s;
    struct account account;
    bool used; /* the slot holds a token */
};
/* Open addressing by the first bytes of the hash, which nobody can choose; a token that ended gives
 * its slot up when the table grows. */
struct token_table {
    struct token *slots;
    uint32_t slot_count, used;
};
/* Counts of failures or codes by subject within a window. */
struct attempt {
    uint64_t key; /* hash of the name, or the place */
    int64_t since_s;
    uint32_t count;
    uint32_t tries;
    uint64_t driver;
    int64_t until_s;
    uint8_t code[16]; /* hash of the present code; zeros: none */
};
struct attempt_list {
    struct attempt *items;
    uint32_t count, capacity;
};

struct accounts {
    struct store *store;
    pthread_rwlock_t lock;       /* all below */
    pthread_mutex_t hashing;     /* one argon2id at a time: 64 MiB each */
    struct stored_account *list; /* in order of names */
    uint32_t count, capacity;
    struct token_table tokens;
    struct attempt_list failures, codes;
    uint64_t generation; /* of the accounts in the store that `list` shows */
    int64_t refreshed_s;
    uint8_t secret[32];        /* keys the hashes of names and codes in memory */
    char dummy[PASSWORD_TEXT]; /* a hash that no password has, for names that are not there */
};

/* Both with a lock held, the second with the write lock. */
struct stored_account *accounts_find(const struct accounts *accounts, const char *name);
/* Reads the accounts again when another process changed them. */
enum zhol_error accounts_refresh(struct accounts *accounts, bool always);

enum zhol_error account_write(const struct stored_account *stored, int64_t until_s,
                              struct buffer *json);
/* `until_s` may be NULL. ZHOL_ERROR_SYNTAX. */
enum zhol_error account_read(struct text_view json, struct stored_account *stored,
                             int64_t *until_s);

/* The attempts of a key within `window_s` before now, added when new; NULL: out of memory. The
 * oldest gives way when there are too many. */
struct attempt *attempt_of(struct attempt_list *list, uint64_t key, int64_t now_s,
                           int64_t window_s);
enum zhol_error tokens_load(struct accounts *accounts, int64_t now_s);

#endif
