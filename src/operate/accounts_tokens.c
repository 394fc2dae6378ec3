/* accounts_tokens.c: tokens of sessions and programs, one-time codes of drivers. See accounts.h. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "operate/accounts.h"
#include "operate/accounts_state.h"

enum {
    TOKEN_BYTES = 32,
    TOKEN_TEXT = 43,
    CODE_LIFE_S = 10 * 60,
    CODE_TRIES = 5,
    CODES_IN_WINDOW = 3,
    REFRESH_S = 10,
    SLOTS_FIRST = 64,
};

_Static_assert(ACCOUNT_TOKEN_SIZE > TOKEN_TEXT, "room for a token");

/* ---- the table ---- */

static uint64_t start_of(const uint8_t hash[TOKEN_HASH_SIZE])
{
    uint64_t start;
    memcpy(&start, hash, sizeof start);
    return start;
}

static struct token *slot_of(const struct token_table *table, const uint8_t *hash)
{
    if (!table->slot_count) {
        return NULL;
    }
    uint32_t mask = table->slot_count - 1;
    for (uint32_t at = (uint32_t)start_of(hash) & mask;; at = (at + 1) & mask) {
        struct token *slot = &table->slots[at];
        if (!slot->used || sodium_memcmp(slot->hash, hash, TOKEN_HASH_SIZE) == 0) {
            return slot;
        }
    }
}

/* A table with room for one more, without the tokens that have ended. */
static enum zhol_error make_room(struct token_table *table, int64_t now_s)
{
    uint32_t live = 0;
    if ((table->used + 1) * 2ULL <= table->slot_count) {
        return ZHOL_ERROR_OK;
    }
    for (uint32_t i = 0; i < table->slot_count; i++) {
        live += table->slots[i].used && table->slots[i].until_s > now_s;
    }
    struct token_table wider = {NULL, SLOTS_FIRST, 0};
    while (wider.slot_count < (live + 1) * 4ULL) {
        if (wider.slot_count > UINT32_MAX / 4) {
            return ZHOL_ERROR_LIMIT;
        }
        wider.slot_count *= 2;
    }
    wider.slots = calloc(wider.slot_count, sizeof *wider.slots);
    if (!wider.slots) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < table->slot_count; i++) {
        if (table->slots[i].used && table->slots[i].until_s > now_s) {
            *slot_of(&wider, table->slots[i].hash) = table->slots[i];
            wider.used++;
        }
    }
    free(table->slots);
    *table = wider;
    return ZHOL_ERROR_OK;
}

static enum zhol_error keep(struct token_table *table, const struct token *token, int64_t now_s)
{
    enum zhol_error error = make_room(table, now_s);
    if (error) {
        return error;
    }
    struct token *slot = slot_of(table, token->hash);
    table->used += !slot->used;
    *slot = *token;
    slot->used = true;
    return ZHOL_ERROR_OK;
}

/* ---- tokens ---- */

/* ZHOL_ERROR_SYNTAX for what cannot be a token. */
static enum zhol_error hash_token(const char *text, uint8_t hash[TOKEN_HASH_SIZE])
{
    uint8_t bytes[TOKEN_BYTES];
    size_t used = 0;
    if (strnlen(text, ACCOUNT_TOKEN_SIZE) != TOKEN_TEXT ||
        sodium_base642bin(bytes, sizeof bytes, text, TOKEN_TEXT, NULL, &used, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) ||
        used != TOKEN_BYTES) {
        return ZHOL_ERROR_SYNTAX;
    }
    crypto_generichash(hash, TOKEN_HASH_SIZE, bytes, sizeof bytes, NULL, 0);
    return ZHOL_ERROR_OK;
}

static struct text_view hex_of(const uint8_t hash[TOKEN_HASH_SIZE],
                               char text[2 * TOKEN_HASH_SIZE + 1])
{
    sodium_bin2hex(text, 2 * TOKEN_HASH_SIZE + 1, hash, TOKEN_HASH_SIZE);
    return (struct text_view){text, 2 * TOKEN_HASH_SIZE};
}

struct loading {
    struct accounts *accounts;
    int64_t now_s;
    struct buffer ended; /* keys of ended tokens, one after the other */
};

static enum zhol_error load_token(void *context, struct text_view key, struct text_view value)
{
    struct loading *loading = context;
    struct stored_account stored;
    struct token token = {0};
    size_t used = 0;
    if (sodium_hex2bin(token.hash, TOKEN_HASH_SIZE, key.bytes, key.size, NULL, &used, NULL) ||
        used != TOKEN_HASH_SIZE || account_read(value, &stored, &token.until_s)) {
        return ZHOL_ERROR_INVALID;
    }
    if (token.until_s <= loading->now_s) {
        buffer_view(&loading->ended, key);
        return loading->ended.error;
    }
    token.account = stored.account;
    return keep(&loading->accounts->tokens, &token, loading->now_s);
}

/* Tokens that have ended leave the store; that this fails (a store open for reading) is no harm. */
static void forget_ended(struct accounts *accounts, const struct buffer *keys)
{
    if (!keys->size || store_begin(accounts->store)) {
        return;
    }
    for (size_t at = 0; at + 2 * TOKEN_HASH_SIZE <= keys->size; at += 2 * TOKEN_HASH_SIZE) {
        struct text_view key = {keys->bytes + at, 2 * TOKEN_HASH_SIZE};
        if (store_remove(accounts->store, "token", key)) {
            store_rollback(accounts->store);
            return;
        }
    }
    (void)store_commit(accounts->store);
}

enum zhol_error tokens_load(struct accounts *accounts, int64_t now_s)
{
    struct loading loading = {accounts, now_s, {0}};
    enum zhol_error error = store_list(accounts->store, "token", TEXT(""), load_token, &loading);
    if (!error) {
        forget_ended(accounts, &loading.ended);
    }
    buffer_clear(&loading.ended);
    return error;
}

static enum zhol_error store_change(struct store *store, const uint8_t hash[TOKEN_HASH_SIZE],
                                    const struct buffer *json /* NULL: remove */)
{
    char text[2 * TOKEN_HASH_SIZE + 1];
    struct text_view key = hex_of(hash, text);
    enum zhol_error error = store_begin(store);
    if (error) {
        return error;
    }
    error = json ? store_put(store, "token", key, text_view_of(buffer_get(json)))
                 : store_remove(store, "token", key);
    if (error && error != ZHOL_ERROR_UNKNOWN) {
        store_rollback(store);
        return error;
    }
    return store_commit(store);
}

enum zhol_error accounts_token(struct accounts *accounts, const struct account *account,
                               int64_t now_s, int64_t life_s, char token[ACCOUNT_TOKEN_SIZE])
{
    uint8_t bytes[TOKEN_BYTES];
    struct token made = {.until_s = now_s + life_s, .account = *account};
    struct stored_account stored = {.account = *account};
    struct buffer json = {0};
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(token, ACCOUNT_TOKEN_SIZE, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    crypto_generichash(made.hash, TOKEN_HASH_SIZE, bytes, sizeof bytes, NULL, 0);
    sodium_memzero(bytes, sizeof bytes);
    enum zhol_error error = account_write(&stored, made.until_s, &json);
    if (!error) {
        error = store_change(accounts->store, made.hash, &json);
    }
    if (!error) {
        pthread_rwlock_wrlock(&accounts->lock);
        error = keep(&accounts->tokens, &made, now_s);
        pthread_rwlock_unlock(&accounts->lock);
    }
    buffer_clear(&json);
    return error;
}

/* Every ten seconds one caller looks whether another process changed the accounts. */
static void look_again(struct accounts *accounts, int64_t now_s)
{
    if (pthread_rwlock_trywrlock(&accounts->lock)) {
        return;
    }
    if (now_s - accounts->refreshed_s >= REFRESH_S || now_s < accounts->refreshed_s) {
        accounts->refreshed_s = now_s;
        (void)accounts_refresh(accounts, false); /* a broken store shows itself elsewhere */
    }
    pthread_rwlock_unlock(&accounts->lock);
}

enum zhol_error accounts_check(struct accounts *accounts, const char *token, int64_t now_s,
                               struct account *account)
{
    uint8_t hash[TOKEN_HASH_SIZE];
    enum zhol_error error = ZHOL_ERROR_UNKNOWN;
    memset(account, 0, sizeof *account);
    if (hash_token(token, hash)) {
        return error;
    }
    pthread_rwlock_rdlock(&accounts->lock);
    const struct token *found = slot_of(&accounts->tokens, hash);
    bool old = now_s - accounts->refreshed_s >= REFRESH_S;
    if (found && found->used && found->until_s > now_s) {
        const struct stored_account *stored = NULL;
        if (found->account.role != ROLE_driver) {
            stored = accounts_find(accounts, found->account.name);
        }
        if (found->account.role == ROLE_driver ||
            (stored && stored->account.id == found->account.id && !stored->account.disabled)) {
            *account = stored ? stored->account : found->account;
            error = ZHOL_ERROR_OK;
        }
    }
    pthread_rwlock_unlock(&accounts->lock);
    if (old) {
        look_again(accounts, now_s);
    }
    return error;
}

enum zhol_error accounts_revoke(struct accounts *accounts, const char *token)
{
    uint8_t hash[TOKEN_HASH_SIZE];
    if (hash_token(token, hash)) {
        return ZHOL_ERROR_UNKNOWN;
    }
    pthread_rwlock_wrlock(&accounts->lock);
    struct token *found = slot_of(&accounts->tokens, hash);
    bool there = found && found->used;
    if (there) {
        found->until_s = INT64_MIN; /* the slot stays, so that others behind it are found */
    }
    pthread_rwlock_unlock(&accounts->lock);
    return there ? store_change(accounts->store, hash, NULL) : ZHOL_ERROR_UNKNOWN;
}

/* ---- one-time codes ---- */

static void hash_code(const struct accounts *accounts, uint64_t place, const char *code,
                      uint8_t hash[16])
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, accounts->secret, sizeof accounts->secret, 16);
    crypto_generichash_update(&state, (const uint8_t *)&place, sizeof place);
    crypto_generichash_update(&state, (const uint8_t *)code, strlen(code));
    crypto_generichash_final(&state, hash, 16);
}

enum zhol_error accounts_code(struct accounts *accounts, uint64_t place, uint64_t driver,
                              int64_t now_s, char code[ACCOUNT_CODE_SIZE])
{
    enum zhol_error error = ZHOL_ERROR_OK;
    pthread_rwlock_wrlock(&accounts->lock);
    struct attempt *attempt = attempt_of(&accounts->codes, place, now_s, CODE_LIFE_S);
    if (!attempt) {
        error = ZHOL_ERROR_MEMORY;
    } else if (attempt->count >= CODES_IN_WINDOW) {
        error = ZHOL_ERROR_LIMIT;
    } else {
        uint32_t number = randombytes_uniform(1000000);
        for (unsigned i = 6; i-- > 0; number /= 10) {
            code[i] = (char)('0' + number % 10);
        }
        code[6] = '\0';
        attempt->count++;
        attempt->driver = driver;
        attempt->until_s = now_s + CODE_LIFE_S;
        hash_code(accounts, place, code, attempt->code);
    }
    pthread_rwlock_unlock(&accounts->lock);
    return error;
}

/* The attempts of a place without adding it. */
static struct attempt *present_of(struct attempt_list *list, uint64_t place)
{
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->items[i].key == place) {
            return &list->items[i];
        }
    }
    return NULL;
}

enum zhol_error accounts_code_check(struct accounts *accounts, uint64_t place, const char *code,
                                    int64_t now_s, struct account *account)
{
    uint8_t hash[16];
    enum zhol_error error = ZHOL_ERROR_UNKNOWN;
    memset(account, 0, sizeof *account);
    if (strnlen(code, ACCOUNT_CODE_SIZE) != 6) {
        return error;
    }
    hash_code(accounts, place, code, hash);
    pthread_rwlock_wrlock(&accounts->lock);
    struct attempt *attempt = present_of(&accounts->codes, place);
    if (!attempt || attempt->until_s <= now_s || sodium_is_zero(attempt->code, 16)) {
        error = ZHOL_ERROR_UNKNOWN;
    } else if (attempt->tries >= CODE_TRIES) {
        error = ZHOL_ERROR_LIMIT;
    } else if (sodium_memcmp(attempt->code, hash, sizeof hash) == 0) {
        account->id = attempt->driver;
        account->role = ROLE_driver;
        account->place = place;
        memcpy(account->name, "driver", 7);
        memset(attempt->code, 0, sizeof attempt->code); /* opens once */
        error = ZHOL_ERROR_OK;
    } else {
        attempt->tries++;
    }
    pthread_rwlock_unlock(&accounts->lock);
    return error;
}
