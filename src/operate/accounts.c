/* accounts.c: accounts, passwords, log-in. See accounts.h. */
#include "operate/accounts.h"

#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/json.h"
#include "base/time.h"
#include "operate/accounts_state.h"
#include "operate/vault.h"

_Static_assert(PASSWORD_TEXT == crypto_pwhash_STRBYTES, "room for a hashed password");

enum {
    LOGIN_WINDOW_S = 15 * 60,
    LOGIN_FAILURES_MAX = 5,
    PASSWORD_MAX = 1024,
    ATTEMPTS_MAX = 4096,
};
/* Key in the space "account" under which the number of changes stands; no name may be so. */
static const struct text_view generation_key = {"#", 1};

/* ---- records ---- */

static void member_id(struct json_writer *json, const char *key, uint64_t id)
{
    char text[OPAQUE_TEXT_SIZE];
    if (id) {
        opaque_write(id, text);
        json_member_text(json, key, text);
    }
}

enum zhol_error account_write(const struct stored_account *stored, int64_t until_s,
                              struct buffer *out)
{
    const struct account *account = &stored->account;
    struct json_writer json;
    json_writer_init(&json, out, false);
    json_write_object(&json);
    member_id(&json, "id", account->id);
    json_member_text(&json, "name", account->name);
    json_member_text(&json, "role", role_name(account->role));
    member_id(&json, "carrier", account->carrier);
    member_id(&json, "place", account->place);
    json_member_text(&json, "checkpoint", account->checkpoint);
    json_member_bool(&json, "disabled", account->disabled);
    if (stored->password[0]) {
        json_member_text(&json, "password", stored->password);
    }
    if (until_s) {
        json_member_int(&json, "until", until_s);
    }
    json_write_object_end(&json);
    return json_writer_end(&json);
}

static bool copy_text(const json_t *value, char *out, size_t size)
{
    const char *text = value ? json_string_value(value) : "";
    if (!text || strlen(text) >= size) {
        return false;
    }
    memcpy(out, text, strlen(text) + 1);
    return true;
}

static bool copy_id(const json_t *value, uint64_t *id)
{
    *id = 0;
    return !value ||
           (json_is_string(value) && !opaque_read(text_view_of(json_string_value(value)), id));
}

static bool copy_role(const json_t *value, enum role *role)
{
    const char *text = json_string_value(value);
    for (unsigned i = 0; text && i < ROLE_COUNT; i++) {
        if (strcmp(role_name((enum role)i), text) == 0) {
            *role = (enum role)i;
            return true;
        }
    }
    return false;
}

enum zhol_error account_read(struct text_view text, struct stored_account *stored, int64_t *until_s)
{
    struct account *account = &stored->account;
    json_t *json = json_loadb(text.bytes, text.size, JSON_REJECT_DUPLICATES, NULL);
    memset(stored, 0, sizeof *stored);
    bool fine =
        json_is_object(json) && copy_id(json_object_get(json, "id"), &account->id) &&
        copy_text(json_object_get(json, "name"), account->name, sizeof account->name) &&
        copy_role(json_object_get(json, "role"), &account->role) &&
        copy_id(json_object_get(json, "carrier"), &account->carrier) &&
        copy_id(json_object_get(json, "place"), &account->place) &&
        copy_text(json_object_get(json, "checkpoint"), account->checkpoint,
                  sizeof account->checkpoint) &&
        copy_text(json_object_get(json, "password"), stored->password, sizeof stored->password);
    if (fine) {
        account->disabled = json_is_true(json_object_get(json, "disabled"));
        if (until_s) {
            *until_s = json_integer_value(json_object_get(json, "until"));
        }
    }
    json_decref(json);
    return fine ? ZHOL_ERROR_OK : ZHOL_ERROR_SYNTAX;
}

/* ---- the list in memory ---- */

static uint32_t position_of(const struct accounts *accounts, const char *name)
{
    uint32_t low = 0, high = accounts->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (strcmp(accounts->list[middle].account.name, name) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

struct stored_account *accounts_find(const struct accounts *accounts, const char *name)
{
    uint32_t at = position_of(accounts, name);
    bool there = at < accounts->count && strcmp(accounts->list[at].account.name, name) == 0;
    return there ? &accounts->list[at] : NULL;
}

static enum zhol_error insert(struct accounts *accounts, const struct stored_account *stored)
{
    enum zhol_error error = ARRAY_RESERVE(accounts->list, accounts->capacity, accounts->count + 1);
    if (error) {
        return error;
    }
    uint32_t at = position_of(accounts, stored->account.name);
    memmove(accounts->list + at + 1, accounts->list + at,
            (accounts->count - at) * sizeof *accounts->list);
    accounts->list[at] = *stored;
    accounts->count++;
    return ZHOL_ERROR_OK;
}

static enum zhol_error load_one(void *context, struct text_view key, struct text_view value)
{
    struct accounts *accounts = context;
    struct stored_account stored;
    if (text_equal(key, generation_key)) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = account_read(value, &stored, NULL);
    return error ? ZHOL_ERROR_INVALID : insert(accounts, &stored);
}

static enum zhol_error read_generation(struct accounts *accounts, uint64_t *generation)
{
    struct buffer text = {0};
    enum zhol_error error = store_get(accounts->store, "account", generation_key, &text);
    *generation = error ? 0 : strtoull(buffer_get(&text), NULL, 10);
    buffer_clear(&text);
    return error == ZHOL_ERROR_UNKNOWN ? ZHOL_ERROR_OK : error;
}

enum zhol_error accounts_refresh(struct accounts *accounts, bool always)
{
    uint64_t generation;
    enum zhol_error error = read_generation(accounts, &generation);
    if (error || (!always && generation == accounts->generation)) {
        return error;
    }
    accounts->count = 0;
    accounts->generation = generation;
    return store_list(accounts->store, "account", TEXT(""), load_one, accounts);
}

/* ---- changes ---- */

/* Writes an account in a transaction of its own and counts the change. */
static enum zhol_error save(struct accounts *accounts, const struct stored_account *stored)
{
    struct buffer json = {0}, number = {0};
    enum zhol_error error = account_write(stored, 0, &json);
    if (!error) {
        error = store_begin(accounts->store);
    }
    if (error) {
        goto out;
    }
    buffer_int(&number, (int64_t)accounts->generation + 1);
    error = store_put(accounts->store, "account", text_view_of(stored->account.name),
                      text_view_of(buffer_get(&json)));
    if (!error) {
        error = store_put(accounts->store, "account", generation_key,
                          text_view_of(buffer_get(&number)));
    }
    if (error) {
        store_rollback(accounts->store);
        goto out;
    }
    error = store_commit(accounts->store);
    if (!error) {
        accounts->generation++;
    }
out:
    buffer_clear(&json);
    buffer_clear(&number);
    return error;
}

static bool name_fits(const char *name)
{
    size_t size = strlen(name);
    return size && size < sizeof(struct account){0}.name &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.-_@") == size;
}

static enum zhol_error check_account(const struct account *account, const char *password)
{
    size_t characters = 0;
    for (const char *at = password; *at; at++) {
        characters += ((unsigned char)*at & 0xC0) != 0x80;
    }
    if (!name_fits(account->name)) {
        return ZHOL_ERROR_SYNTAX;
    }
    if (characters < ACCOUNT_PASSWORD_MIN || strlen(password) > PASSWORD_MAX) {
        return ZHOL_ERROR_RANGE;
    }
    bool login = account->role == ROLE_carrier || account->role == ROLE_officer ||
                 account->role == ROLE_operator || account->role == ROLE_auditor;
    return !login || (account->role == ROLE_carrier && !account->carrier) ? ZHOL_ERROR_INVALID
                                                                          : ZHOL_ERROR_OK;
}

static enum zhol_error hash_password(struct accounts *accounts, const char *password,
                                     char out[PASSWORD_TEXT])
{
    pthread_mutex_lock(&accounts->hashing);
    int failed =
        crypto_pwhash_str_alg(out, password, strlen(password), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                              crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13);
    pthread_mutex_unlock(&accounts->hashing);
    return failed ? ZHOL_ERROR_MEMORY : ZHOL_ERROR_OK;
}

enum zhol_error accounts_add(struct accounts *accounts, const struct account *account,
                             const char *password)
{
    struct stored_account stored = {.account = *account};
    stored.account.disabled = false;
    stored.account.place = 0;
    enum zhol_error error = check_account(account, password);
    if (!error) {
        error = hash_password(accounts, password, stored.password);
    }
    if (error) {
        return error;
    }
    if (!stored.account.id) {
        stored.account.id = vault_new_id();
    }
    pthread_rwlock_wrlock(&accounts->lock);
    error = accounts_refresh(accounts, false);
    if (!error && accounts_find(accounts, account->name)) {
        error = ZHOL_ERROR_DUPLICATE;
    }
    if (!error) {
        error = save(accounts, &stored);
    }
    if (!error) {
        error = insert(accounts, &stored);
    }
    pthread_rwlock_unlock(&accounts->lock);
    return error;
}

enum zhol_error accounts_disable(struct accounts *accounts, const char *name, bool disabled)
{
    pthread_rwlock_wrlock(&accounts->lock);
    enum zhol_error error = accounts_refresh(accounts, false);
    struct stored_account *found = error ? NULL : accounts_find(accounts, name);
    if (found) {
        struct stored_account changed = *found;
        changed.account.disabled = disabled;
        error = save(accounts, &changed);
        found->account.disabled = error ? found->account.disabled : disabled;
    } else if (!error) {
        error = ZHOL_ERROR_UNKNOWN;
    }
    pthread_rwlock_unlock(&accounts->lock);
    return error;
}

enum zhol_error accounts_list(struct accounts *accounts,
                              bool (*visit)(void *, const struct account *), void *context)
{
    pthread_rwlock_wrlock(&accounts->lock);
    enum zhol_error error = accounts_refresh(accounts, false);
    for (uint32_t i = 0; !error && i < accounts->count; i++) {
        if (!visit(context, &accounts->list[i].account)) {
            break;
        }
    }
    pthread_rwlock_unlock(&accounts->lock);
    return error;
}

/* ---- log-in ---- */

struct attempt *attempt_of(struct attempt_list *list, uint64_t key, int64_t now_s, int64_t window_s)
{
    struct attempt *found = NULL, *oldest = NULL;
    for (uint32_t i = 0; i < list->count && !found; i++) {
        struct attempt *item = &list->items[i];
        found = item->key == key ? item : NULL;
        oldest = !oldest || item->since_s < oldest->since_s ? item : oldest;
    }
    if (!found && oldest && (list->count >= ATTEMPTS_MAX || oldest->since_s + window_s <= now_s)) {
        found = oldest; /* its window is over, or it gives way */
        *found = (struct attempt){.key = key, .since_s = now_s};
    }
    if (!found) {
        if (ARRAY_RESERVE(list->items, list->capacity, list->count + 1)) {
            return NULL;
        }
        found = &list->items[list->count++];
        *found = (struct attempt){.key = key, .since_s = now_s};
    }
    if (found->since_s + window_s <= now_s) {
        *found = (struct attempt){.key = key, .since_s = now_s};
    }
    return found;
}

static uint64_t name_key(const struct accounts *accounts, const char *name)
{
    uint64_t key;
    crypto_shorthash((uint8_t *)&key, (const uint8_t *)name, strlen(name), accounts->secret);
    return key;
}

/* True when the name may try now; the try is counted as a failure until it proves right. */
static enum zhol_error count_try(struct accounts *accounts, const char *name, int64_t now_s,
                                 struct stored_account *stored)
{
    pthread_rwlock_wrlock(&accounts->lock);
    enum zhol_error error = accounts_refresh(accounts, false);
    struct attempt *attempt =
        attempt_of(&accounts->failures, name_key(accounts, name), now_s, LOGIN_WINDOW_S);
    const struct stored_account *found = error ? NULL : accounts_find(accounts, name);
    if (!error && !attempt) {
        error = ZHOL_ERROR_MEMORY;
    }
    if (!error && attempt->count >= LOGIN_FAILURES_MAX) {
        error = ZHOL_ERROR_LIMIT;
    }
    if (!error) {
        attempt->count++;
        memset(stored, 0, sizeof *stored);
        if (found) {
            *stored = *found;
        }
    }
    pthread_rwlock_unlock(&accounts->lock);
    return error;
}

enum zhol_error accounts_login(struct accounts *accounts, const char *name, const char *password,
                               int64_t now_s, struct account *account)
{
    struct stored_account stored;
    memset(account, 0, sizeof *account);
    if (strlen(name) >= sizeof account->name || strlen(password) > PASSWORD_MAX) {
        return ZHOL_ERROR_UNKNOWN;
    }
    enum zhol_error error = count_try(accounts, name, now_s, &stored);
    if (error) {
        return error;
    }
    bool known = stored.password[0] && !stored.account.disabled;
    pthread_mutex_lock(&accounts->hashing);
    bool fits = crypto_pwhash_str_verify(known ? stored.password : accounts->dummy, password,
                                         strlen(password)) == 0;
    pthread_mutex_unlock(&accounts->hashing);
    if (!fits || !known) {
        return ZHOL_ERROR_UNKNOWN;
    }
    pthread_rwlock_wrlock(&accounts->lock);
    struct attempt *attempt =
        attempt_of(&accounts->failures, name_key(accounts, name), now_s, LOGIN_WINDOW_S);
    if (attempt) {
        attempt->count = 0;
    }
    pthread_rwlock_unlock(&accounts->lock);
    *account = stored.account;
    return ZHOL_ERROR_OK;
}

/* ---- open and close ---- */

enum zhol_error accounts_open(struct store *store, struct accounts **accounts)
{
    uint8_t nobody[24];
    char text[49];
    *accounts = NULL;
    if (sodium_init() < 0) {
        return ZHOL_ERROR_INTERNAL;
    }
    struct accounts *made = calloc(1, sizeof *made);
    if (!made) {
        return ZHOL_ERROR_MEMORY;
    }
    made->store = store;
    pthread_rwlock_init(&made->lock, NULL);
    pthread_mutex_init(&made->hashing, NULL);
    randombytes_buf(made->secret, sizeof made->secret);
    randombytes_buf(nobody, sizeof nobody);
    sodium_bin2hex(text, sizeof text, nobody, sizeof nobody);
    enum zhol_error error = hash_password(made, text, made->dummy);
    if (!error) {
        error = accounts_refresh(made, true);
    }
    if (!error) {
        error = tokens_load(made, time_now_s());
    }
    if (error) {
        accounts_close(made);
        return error;
    }
    *accounts = made;
    return ZHOL_ERROR_OK;
}

void accounts_close(struct accounts *accounts)
{
    if (!accounts) {
        return;
    }
    pthread_rwlock_destroy(&accounts->lock);
    pthread_mutex_destroy(&accounts->hashing);
    free(accounts->list);
    free(accounts->tokens.slots);
    free(accounts->failures.items);
    free(accounts->codes.items);
    sodium_memzero(accounts, sizeof *accounts);
    free(accounts);
}
