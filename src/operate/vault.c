/* vault.c: sealing, erasing and fingerprints. See vault.h.
 *
 * sealed = version (1 byte) | nonce (24) | key, wrapped (32 + 16) | nonce (24) | fields, sealed.
 * The subject's id is authenticated with both parts, so that fields cannot be moved from one
 * subject to another in the store.
 */
#include "operate/vault.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "operate/command.h"
#include "operate/keyfile.h"

enum {
    NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    KEY = crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
    TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES,
    WRAPPED = 1 + NONCE + KEY + TAG,
    VERSION = 1,
    LABEL = 16,
};

struct vault {
    struct store *store;
    uint8_t wrap[KEY];  /* wraps the keys of subjects */
    uint8_t print[KEY]; /* of fingerprints */
};

/* What is authenticated beside the text: the part's letter and the subject's id. */
static void label_of(char part, uint64_t subject, uint8_t label[LABEL])
{
    memset(label, 0, LABEL);
    memcpy(label, "zhol-v1", 7);
    label[7] = (uint8_t)part;
    for (unsigned i = 0; i < 8; i++) {
        label[8 + i] = (uint8_t)(subject >> (8 * i));
    }
}

/* Appends nonce and sealed bytes. */
static void seal(const uint8_t key[KEY], char part, uint64_t subject, const void *bytes,
                 size_t size, struct buffer *out)
{
    uint8_t label[LABEL], nonce[NONCE];
    unsigned long long sealed = 0;
    label_of(part, subject, label);
    randombytes_buf(nonce, sizeof nonce);
    buffer_append(out, nonce, sizeof nonce);
    if (!buffer_reserve(out, size + TAG)) {
        return;
    }
    crypto_aead_xchacha20poly1305_ietf_encrypt((uint8_t *)out->bytes + out->size, &sealed, bytes,
                                               size, label, LABEL, NULL, nonce, key);
    out->size += (size_t)sealed;
    out->bytes[out->size] = '\0';
}

/* Opens nonce and sealed bytes into `out`, which has room for size - NONCE - TAG bytes. */
static bool unseal(const uint8_t key[KEY], char part, uint64_t subject, struct text_view in,
                   uint8_t *out)
{
    uint8_t label[LABEL];
    unsigned long long opened = 0;
    const uint8_t *bytes = (const uint8_t *)in.bytes;
    if (in.size < NONCE + TAG) {
        return false;
    }
    label_of(part, subject, label);
    return crypto_aead_xchacha20poly1305_ietf_decrypt(
               out, &opened, NULL, bytes + NONCE, in.size - NONCE, label, LABEL, bytes, key) == 0;
}

/* The store remembers a fingerprint of the key, so that a wrong key file is found at once and not
 * when the first plate is unreadable. */
static enum zhol_error check_master(struct vault *vault, const char *key_path,
                                    struct zhol_report *report)
{
    char text[33];
    struct buffer known = {0};
    vault_fingerprint(vault, "master", TEXT("CHECK"), text);
    enum zhol_error error = store_get(vault->store, "setting", TEXT("vault_master"), &known);
    if (!error && strcmp(buffer_get(&known), text) != 0) {
        error = zhol_report_add(
            report, &(struct zhol_finding){ZHOL_FAULT, ZHOL_ERROR_CONFLICT, 0, key_path, "", "",
                                           "the master key with which this store was sealed"});
        error = error ? error : ZHOL_ERROR_CONFLICT;
    } else if (error == ZHOL_ERROR_UNKNOWN) {
        error = store_begin(vault->store);
        if (!error) {
            error = store_put(vault->store, "setting", TEXT("vault_master"), text_view_of(text));
            if (error) {
                store_rollback(vault->store);
            } else {
                error = store_commit(vault->store);
            }
        }
    }
    buffer_clear(&known);
    return error;
}

enum zhol_error vault_open(struct store *store, const char *key_path, struct zhol_report *report,
                           struct vault **vault)
{
    uint8_t master[KEY_FILE_SIZE];
    *vault = NULL;
    enum zhol_error error = key_file_open(key_path, report, master);
    struct vault *made = error ? NULL : sodium_malloc(sizeof *made);
    if (!made) {
        return error ? error : ZHOL_ERROR_MEMORY;
    }
    made->store = store;
    crypto_kdf_derive_from_key(made->wrap, KEY, 1, "zholwrap", master);
    crypto_kdf_derive_from_key(made->print, KEY, 2, "zholprnt", master);
    sodium_memzero(master, sizeof master);
    error = key_path ? check_master(made, key_path, report) : ZHOL_ERROR_OK;
    if (error) {
        vault_close(made);
        return error;
    }
    *vault = made;
    return ZHOL_ERROR_OK;
}

void vault_close(struct vault *vault)
{
    sodium_free(vault); /* wipes it */
}

uint64_t vault_new_id(void)
{
    uint64_t id = 0;
    while (!id) {
        randombytes_buf(&id, sizeof id);
    }
    return id;
}

enum zhol_error vault_seal(const struct vault *vault, uint64_t subject, struct text_view json,
                           struct buffer *sealed)
{
    uint8_t key[KEY];
    crypto_aead_xchacha20poly1305_ietf_keygen(key);
    buffer_reset(sealed);
    buffer_char(sealed, (char)VERSION);
    seal(vault->wrap, 'k', subject, key, sizeof key, sealed);
    seal(key, 'f', subject, json.bytes, json.size, sealed);
    sodium_memzero(key, sizeof key);
    return sealed->error;
}

static enum zhol_error open_parts(const struct vault *vault, uint64_t subject,
                                  struct text_view wrapped, struct text_view fields,
                                  struct buffer *json)
{
    uint8_t key[KEY];
    enum zhol_error error = ZHOL_ERROR_INVALID;
    buffer_reset(json);
    if (wrapped.size != WRAPPED || wrapped.bytes[0] != VERSION || fields.size < NONCE + TAG) {
        return error;
    }
    size_t size = fields.size - NONCE - TAG;
    if (!buffer_reserve(json, size)) {
        return json->error;
    }
    wrapped.bytes++;
    wrapped.size--;
    if (unseal(vault->wrap, 'k', subject, wrapped, key) &&
        unseal(key, 'f', subject, fields, (uint8_t *)json->bytes)) {
        json->size = size;
        json->bytes[size] = '\0';
        error = ZHOL_ERROR_OK;
    }
    sodium_memzero(key, sizeof key);
    return error;
}

enum zhol_error vault_unseal(const struct vault *vault, uint64_t subject, struct text_view sealed,
                             struct buffer *json)
{
    if (sealed.size < WRAPPED) {
        return ZHOL_ERROR_INVALID;
    }
    return open_parts(vault, subject, (struct text_view){sealed.bytes, WRAPPED},
                      (struct text_view){sealed.bytes + WRAPPED, sealed.size - WRAPPED}, json);
}

enum zhol_error vault_put(struct store *store, uint64_t subject, struct text_view sealed)
{
    char id[OPAQUE_TEXT_SIZE];
    if (sealed.size < WRAPPED + NONCE + TAG) {
        return ZHOL_ERROR_INVALID;
    }
    opaque_write(subject, id);
    enum zhol_error error =
        store_put(store, "vault_key", text_view_of(id), (struct text_view){sealed.bytes, WRAPPED});
    return error ? error
                 : store_put(store, "vault", text_view_of(id),
                             (struct text_view){sealed.bytes + WRAPPED, sealed.size - WRAPPED});
}

static struct text_view view_of(const struct buffer *buffer)
{
    return (struct text_view){buffer_get(buffer), (uint32_t)buffer->size};
}

enum zhol_error vault_read(const struct vault *vault, uint64_t subject, struct buffer *json)
{
    char id[OPAQUE_TEXT_SIZE];
    struct buffer wrapped = {0}, fields = {0};
    opaque_write(subject, id);
    enum zhol_error error = store_get(vault->store, "vault_key", text_view_of(id), &wrapped);
    if (!error) {
        error = store_get(vault->store, "vault", text_view_of(id), &fields);
    }
    if (!error) {
        error = open_parts(vault, subject, view_of(&wrapped), view_of(&fields), json);
    }
    buffer_clear(&wrapped);
    buffer_clear(&fields);
    return error;
}

enum zhol_error vault_erase(struct store *store, uint64_t subject)
{
    char id[OPAQUE_TEXT_SIZE];
    opaque_write(subject, id);
    enum zhol_error error = store_remove(store, "vault_key", text_view_of(id));
    error = error == ZHOL_ERROR_UNKNOWN ? ZHOL_ERROR_OK : error;
    if (!error) {
        error = store_remove(store, "vault", text_view_of(id));
        error = error == ZHOL_ERROR_UNKNOWN ? ZHOL_ERROR_OK : error;
    }
    return error;
}

/* ---- fingerprints and masks ---- */

/* One letter of a plate, VIN or document; 0 where it does not count. */
static uint32_t normal(uint32_t point)
{
    static const struct {
        uint32_t from, to;
    } alike[] = {
        {0x430, 'a'}, {0x432, 'b'}, {0x435, 'e'}, {0x43A, 'k'}, {0x43C, 'm'}, {0x43D, 'h'},
        {0x43E, 'o'}, {0x440, 'p'}, {0x441, 'c'}, {0x442, 't'}, {0x443, 'y'}, {0x445, 'x'},
    };
    if (point <= ' ' || point == '-' || point == '.' || point == 0xB7 || point == 0xA0 ||
        (point >= 0x2010 && point <= 0x2015)) {
        return 0;
    }
    point = text_fold(point);
    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++) {
        if (alike[i].from == point) {
            return alike[i].to;
        }
    }
    return point;
}

void vault_fingerprint(const struct vault *vault, const char *scope, struct text_view value,
                       char text[33])
{
    uint8_t hash[16];
    crypto_generichash_state state;
    crypto_generichash_init(&state, vault->print, KEY, sizeof hash);
    /* The NUL parts scope and value: ("a", "bc") is not ("ab", "c"). */
    crypto_generichash_update(&state, (const uint8_t *)scope, strlen(scope) + 1);
    for (uint32_t at = 0; at < value.size;) {
        char bytes[4];
        uint32_t point = normal(text_utf8_next(value, &at));
        if (point) {
            crypto_generichash_update(&state, (const uint8_t *)bytes, text_utf8_put(point, bytes));
        }
    }
    crypto_generichash_final(&state, hash, sizeof hash);
    sodium_bin2hex(text, 33, hash, sizeof hash);
}

void vault_mask_plate(struct text_view plate, char masked[32])
{
    enum { SHOWN_MAX = 10 };
    uint32_t points[SHOWN_MAX], count = 0, size = 0;
    for (uint32_t at = 0; at < plate.size && count < SHOWN_MAX;) {
        uint32_t point = text_utf8_next(plate, &at);
        if (normal(point)) {
            points[count++] = point;
        }
    }
    uint32_t front = count >= 7 ? 3 : count >= 5 ? 2 : count >= 3;
    for (uint32_t i = 0; i < count; i++) {
        bool hidden = i >= front;
        size += text_utf8_put(hidden ? '*' : points[i], masked + size);
    }
    masked[size] = '\0';
}
