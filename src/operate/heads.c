/* heads.c: the data of anchors and countersignatures. See audit.h, which declares it all. */
#include <jansson.h>
#include <sodium.h>
#include <string.h>

#include "base/array.h"
#include "base/json.h"
#include "operate/audit.h"
#include "operate/plain.h"

static void member_hex(struct json_writer *json, const char *key, const uint8_t *bytes, size_t size)
{
    char text[2 * SIGNATURE_SIZE + 1];
    sodium_bin2hex(text, sizeof text, bytes, size);
    json_member_text(json, key, text);
}

static void members(struct json_writer *json, const char *stream, uint64_t seq,
                    const uint8_t hash[HASH_SIZE])
{
    json_member_text(json, "stream", stream);
    json_member_int(json, "seq", (int64_t)seq);
    member_hex(json, "hash", hash, HASH_SIZE);
}

enum zhol_error anchor_data(struct operation *operation, struct buffer *json)
{
    operation_read(operation);
    enum zhol_error error = operation_heads(operation, json);
    operation_read_end(operation);
    return error;
}

enum zhol_error head_text(const char *stream, uint64_t seq, const uint8_t hash[HASH_SIZE],
                          struct buffer *text)
{
    struct json_writer json;
    json_writer_init(&json, text, false);
    json_write_object(&json);
    json_member_text(&json, "kind", "zhol-head");
    json_member_int(&json, "version", 1);
    members(&json, stream, seq, hash);
    json_write_object_end(&json);
    return json_writer_end(&json);
}

static enum zhol_error check(const struct countersignature *signature)
{
    struct buffer text = {0};
    enum zhol_error error = head_text(signature->stream, signature->seq, signature->hash, &text);
    if (!error && !signature_valid((struct text_view){buffer_get(&text), (uint32_t)text.size},
                                   signature->signature, signature->signer)) {
        error = ZHOL_ERROR_INVALID;
    }
    buffer_clear(&text);
    return error;
}

enum zhol_error countersign_data(const struct countersignature *signature, struct buffer *out)
{
    struct json_writer json;
    enum zhol_error error = check(signature);
    if (error) {
        return error;
    }
    json_writer_init(&json, out, false);
    json_write_object(&json);
    members(&json, signature->stream, signature->seq, signature->hash);
    member_hex(&json, "signature", signature->signature, SIGNATURE_SIZE);
    member_hex(&json, "signer", signature->signer, SIGN_KEY_SIZE);
    json_write_object_end(&json);
    return json_writer_end(&json);
}

static bool read_hex(const json_t *object, const char *key, uint8_t *bytes, size_t size)
{
    return hex_read(json_string_value(json_object_get(object, key)), bytes, size);
}

enum zhol_error countersign_read(struct text_view text, struct countersignature *signature)
{
    memset(signature, 0, sizeof *signature);
    json_t *json = json_loadb(text.bytes, text.size, JSON_REJECT_DUPLICATES, NULL);
    const char *stream = json_string_value(json_object_get(json, "stream"));
    const json_t *seq = json_object_get(json, "seq");
    bool fine = stream && stream[0] && strlen(stream) < sizeof signature->stream &&
                json_is_integer(seq) && json_integer_value(seq) > 0 &&
                read_hex(json, "hash", signature->hash, HASH_SIZE) &&
                read_hex(json, "signature", signature->signature, SIGNATURE_SIZE) &&
                read_hex(json, "signer", signature->signer, SIGN_KEY_SIZE);
    if (fine) {
        memcpy(signature->stream, stream, strlen(stream) + 1);
        signature->seq = (uint64_t)json_integer_value(seq);
    }
    json_decref(json);
    return fine ? check(signature) : ZHOL_ERROR_SYNTAX;
}

/* One of the items; its signer is known. */
static bool read_item(const json_t *item, struct countersignature *head)
{
    const char *stream = json_string_value(json_object_get(item, "stream"));
    const json_t *seq = json_object_get(item, "seq");
    if (!stream || !stream[0] || strlen(stream) >= sizeof head->stream || !json_is_integer(seq) ||
        json_integer_value(seq) < 1 || !read_hex(item, "hash", head->hash, HASH_SIZE) ||
        !read_hex(item, "signature", head->signature, SIGNATURE_SIZE)) {
        return false;
    }
    memcpy(head->stream, stream, strlen(stream) + 1);
    head->seq = (uint64_t)json_integer_value(seq);
    return true;
}

static enum zhol_error read_items(const json_t *json, const uint8_t *trusted,
                                  struct published_heads *heads)
{
    uint8_t key[SIGN_KEY_SIZE];
    const json_t *items = json_object_get(json, "items"), *item;
    size_t i;
    if (!json_is_array(items) || !read_hex(json, "key", key, SIGN_KEY_SIZE)) {
        return ZHOL_ERROR_SYNTAX;
    }
    if (trusted && memcmp(trusted, key, SIGN_KEY_SIZE) != 0) {
        return ZHOL_ERROR_UNKNOWN;
    }
    json_array_foreach(items, i, item)
    {
        enum zhol_error error = ARRAY_RESERVE(heads->items, heads->capacity, heads->count + 1);
        if (error) {
            return error;
        }
        struct countersignature *head = &heads->items[heads->count];
        memset(head, 0, sizeof *head);
        memcpy(head->signer, key, SIGN_KEY_SIZE);
        if (json_integer_value(json_object_get(item, "seq")) == 0) {
            continue; /* a stream that had nothing yet */
        }
        error = read_item(item, head) ? check(head) : ZHOL_ERROR_SYNTAX;
        if (error) {
            return error;
        }
        heads->count++;
    }
    return ZHOL_ERROR_OK;
}

enum zhol_error heads_read(struct text_view text, const uint8_t *trusted,
                           struct published_heads *heads)
{
    json_t *json = json_loadb(text.bytes, text.size, JSON_REJECT_DUPLICATES, NULL);
    enum zhol_error error = json ? read_items(json, trusted, heads) : ZHOL_ERROR_SYNTAX;
    json_decref(json);
    return error;
}

enum zhol_error countersign_make(const struct signer *signer, const char *stream, uint64_t seq,
                                 const uint8_t hash[HASH_SIZE], struct countersignature *signature)
{
    struct buffer text = {0};
    memset(signature, 0, sizeof *signature);
    plain_copy(signature->stream, sizeof signature->stream, stream);
    signature->seq = seq;
    memcpy(signature->hash, hash, HASH_SIZE);
    signer_public(signer, signature->signer);
    enum zhol_error error = head_text(stream, seq, hash, &text);
    if (!error) {
        error = signer_sign(signer, (struct text_view){buffer_get(&text), (uint32_t)text.size},
                            signature->signature);
    }
    buffer_clear(&text);
    return error;
}
