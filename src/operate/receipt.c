/* receipt.c: writing, reading and comparing signed receipts. See receipt.h. */
#include "operate/receipt.h"

#include <inttypes.h>
#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "operate/plain.h"
#include "operate/keyfile.h"

static const char kind_of_receipt[] = "zhol-receipt";

struct signer {
    uint8_t secret[crypto_sign_SECRETKEYBYTES];
    uint8_t open[SIGN_KEY_SIZE];
};

enum zhol_error signer_open(const char *key_path, struct zhol_report *report,
                            struct signer **signer)
{
    uint8_t seed[KEY_FILE_SIZE];
    *signer = NULL;
    enum zhol_error error = key_file_open(key_path, report, seed);
    if (error) {
        return error;
    }
    *signer = sodium_malloc(sizeof **signer);
    if (*signer) {
        crypto_sign_seed_keypair((*signer)->open, (*signer)->secret, seed);
    }
    sodium_memzero(seed, sizeof seed);
    return *signer ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

void signer_close(struct signer *signer)
{
    sodium_free(signer);
}

void signer_public(const struct signer *signer, uint8_t key[SIGN_KEY_SIZE])
{
    memcpy(key, signer->open, SIGN_KEY_SIZE);
}

enum zhol_error signer_sign(const struct signer *signer, struct text_view bytes,
                            uint8_t signature[SIGNATURE_SIZE])
{
    return crypto_sign_detached(signature, NULL, (const uint8_t *)bytes.bytes, bytes.size,
                                signer->secret)
               ? ZHOL_ERROR_INTERNAL
               : ZHOL_ERROR_OK;
}

bool signature_valid(struct text_view bytes, const uint8_t signature[SIGNATURE_SIZE],
                     const uint8_t key[SIGN_KEY_SIZE])
{
    return sodium_init() >= 0 && crypto_sign_verify_detached(
                                     signature, (const uint8_t *)bytes.bytes, bytes.size, key) == 0;
}

/* ---- writing ---- */

static void member_hex(struct json_writer *json, const char *key, const uint8_t *bytes, size_t size)
{
    char text[2 * SIGNATURE_SIZE + 1];
    sodium_bin2hex(text, sizeof text, bytes, size);
    json_member_text(json, key, text);
}

/* The canonical object; `signature` NULL: what is signed. */
static enum zhol_error write_object(const struct receipt *receipt, const uint8_t *signature,
                                    struct buffer *out)
{
    struct json_writer json;
    char place[OPAQUE_TEXT_SIZE];
    json_writer_init(&json, out, false);
    json_write_object(&json);
    json_member_text(&json, "kind", kind_of_receipt);
    json_member_int(&json, "version", 1);
    json_member_text(&json, "stream", receipt->stream);
    json_member_int(&json, "seq", (int64_t)receipt->seq);
    member_hex(&json, "hash", receipt->hash, HASH_SIZE);
    member_hex(&json, "prev", receipt->prev, HASH_SIZE);
    json_member_int(&json, "time", receipt->time_s);
    json_member_text(&json, "command", receipt->command);
    if (receipt->place) {
        opaque_write(receipt->place, place);
        json_member_text(&json, "place", place);
    }
    json_member_text(&json, "outcome", receipt->outcome);
    if (receipt->slot_s) {
        json_member_int(&json, "slot", receipt->slot_s);
    }
    if (receipt->number) {
        json_member_int(&json, "number", (int64_t)receipt->number);
    }
    member_hex(&json, "key", receipt->key, SIGN_KEY_SIZE);
    if (signature) {
        member_hex(&json, "signature", signature, SIGNATURE_SIZE);
    }
    json_write_object_end(&json);
    return json_writer_end(&json);
}

static void receipt_of(const struct entry *entry, const uint8_t hash[HASH_SIZE],
                       struct receipt *receipt)
{
    const struct result *result = &entry->result;
    memset(receipt, 0, sizeof *receipt);
    memcpy(receipt->stream, entry->stream, sizeof receipt->stream);
    plain_copy(receipt->command, sizeof receipt->command, command_name(entry->command.kind));
    plain_copy(receipt->outcome, sizeof receipt->outcome,
               result->refusal ? refusal_name(result->refusal) : "done");
    receipt->seq = entry->seq;
    receipt->place = entry->command.place;
    receipt->number = result->number;
    receipt->time_s = entry->command.time_s;
    receipt->slot_s = result->slot_s;
    memcpy(receipt->hash, hash, HASH_SIZE);
    memcpy(receipt->prev, entry->prev, HASH_SIZE);
}

enum zhol_error receipt_write(const struct signer *signer, const struct entry *entry,
                              const uint8_t hash[HASH_SIZE], struct buffer *json)
{
    struct receipt receipt;
    struct buffer bytes = {0};
    uint8_t signature[SIGNATURE_SIZE];
    receipt_of(entry, hash, &receipt);
    signer_public(signer, receipt.key);
    enum zhol_error error = write_object(&receipt, NULL, &bytes);
    if (!error) {
        error = signer_sign(signer, (struct text_view){buffer_get(&bytes), (uint32_t)bytes.size},
                            signature);
    }
    if (!error) {
        error = write_object(&receipt, signature, json);
    }
    buffer_clear(&bytes);
    return error;
}

/* ---- reading ---- */

static enum zhol_error bad(struct zhol_report *report, enum zhol_error code, const char *member,
                           const char *expected)
{
    enum zhol_severity severity = code ? ZHOL_FAULT : ZHOL_NOTE;
    zhol_report_add(report, &(struct zhol_finding){severity, code, 0, "", member, "", expected});
    return code;
}

/* One member while reading; `left` counts those that were understood. */
struct reading {
    json_t *object;
    size_t understood;
    const char *bad; /* the first member that is not as it should be */
};

static json_t *take(struct reading *in, const char *key, bool needed)
{
    json_t *value = json_object_get(in->object, key);
    in->understood += value != NULL;
    if (!value && needed && !in->bad) {
        in->bad = key;
    }
    return value;
}

static void take_name(struct reading *in, const char *key, char out[COMMAND_NAME_SIZE])
{
    const json_t *value = take(in, key, true);
    size_t size = json_is_string(value) ? json_string_length(value) : 0;
    if (!size || size >= COMMAND_NAME_SIZE || strlen(json_string_value(value)) != size) {
        in->bad = in->bad ? in->bad : key;
        return;
    }
    memcpy(out, json_string_value(value), size + 1);
}

static int64_t take_int(struct reading *in, const char *key, bool needed, int64_t least)
{
    const json_t *value = take(in, key, needed);
    if (value && (!json_is_integer(value) || json_integer_value(value) < least)) {
        in->bad = in->bad ? in->bad : key;
        return 0;
    }
    return value ? json_integer_value(value) : 0;
}

static void take_hex(struct reading *in, const char *key, uint8_t *out, size_t size)
{
    const json_t *value = take(in, key, true);
    if (!hex_read(json_string_value(value), out, size)) {
        in->bad = in->bad ? in->bad : key;
    }
}

static void take_place(struct reading *in, uint64_t *place)
{
    const json_t *value = take(in, "place", false);
    if (value && (!json_is_string(value) ||
                  opaque_read(text_view_of(json_string_value(value)), place) || !*place)) {
        in->bad = in->bad ? in->bad : "place";
    }
}

/* The first member that is wrong, or NULL. */
static const char *read_members(json_t *object, struct receipt *receipt)
{
    struct reading in = {object, 0, NULL};
    char kind[COMMAND_NAME_SIZE] = "";
    memset(receipt, 0, sizeof *receipt);
    take_name(&in, "kind", kind);
    if (strcmp(kind, kind_of_receipt) != 0) {
        return "kind";
    }
    if (take_int(&in, "version", true, 1) != 1) {
        return "version";
    }
    take_name(&in, "stream", receipt->stream);
    receipt->seq = (uint64_t)take_int(&in, "seq", true, 1);
    take_hex(&in, "hash", receipt->hash, HASH_SIZE);
    take_hex(&in, "prev", receipt->prev, HASH_SIZE);
    receipt->time_s = take_int(&in, "time", true, INT64_MIN);
    take_name(&in, "command", receipt->command);
    take_place(&in, &receipt->place);
    take_name(&in, "outcome", receipt->outcome);
    receipt->slot_s = take_int(&in, "slot", false, INT64_MIN);
    receipt->number = (uint64_t)take_int(&in, "number", false, 1);
    take_hex(&in, "key", receipt->key, SIGN_KEY_SIZE);
    take_hex(&in, "signature", receipt->signature, SIGNATURE_SIZE);
    if (!in.bad && in.understood != json_object_size(object)) {
        return "an unknown member";
    }
    return in.bad;
}

static enum zhol_error check_signature(const struct receipt *receipt, const uint8_t *trusted,
                                       struct zhol_report *report)
{
    struct buffer bytes = {0};
    enum zhol_error error = write_object(receipt, NULL, &bytes);
    if (error) {
        goto out;
    }
    if (!signature_valid((struct text_view){buffer_get(&bytes), (uint32_t)bytes.size},
                         receipt->signature, receipt->key)) {
        error = bad(report, ZHOL_ERROR_INVALID, "signature",
                    "a signature that fits: the receipt was changed or never given");
    } else if (trusted && sodium_memcmp(trusted, receipt->key, SIGN_KEY_SIZE) != 0) {
        error = bad(report, ZHOL_ERROR_UNKNOWN, "key",
                    "the key that is trusted: this receipt is signed by somebody else");
    } else if (!trusted) {
        bad(report, ZHOL_ERROR_OK, "key",
            "a known key: the signature fits the key inside the receipt; compare that key with the "
            "one that the operator publishes");
    }
out:
    buffer_clear(&bytes);
    return error;
}

enum zhol_error receipt_verify(struct text_view text, const uint8_t *trusted,
                               struct receipt *receipt, struct zhol_report *report)
{
    json_error_t fault;
    enum { RECEIPT_LIMIT = 16384 };
    memset(receipt, 0, sizeof *receipt);
    if (sodium_init() < 0) {
        return ZHOL_ERROR_INTERNAL;
    }
    if (text.size > RECEIPT_LIMIT) {
        return bad(report, ZHOL_ERROR_SYNTAX, "", "a receipt of at most 16 KiB");
    }
    json_t *object = json_loadb(text.bytes, text.size, JSON_REJECT_DUPLICATES, &fault);
    if (!json_is_object(object)) {
        json_decref(object);
        return bad(report, ZHOL_ERROR_SYNTAX, "", "one JSON object");
    }
    const char *member = read_members(object, receipt);
    enum zhol_error error =
        member ? bad(report, ZHOL_ERROR_SYNTAX, member, "the members of a zhol-receipt, version 1")
               : check_signature(receipt, trusted, report);
    json_decref(object);
    return error;
}

/* ---- contradictions ---- */

bool receipt_forked(const struct receipt *a, const struct receipt *b, char *why, uint32_t size)
{
    if (strcmp(a->stream, b->stream) != 0 || memcmp(a->key, b->key, SIGN_KEY_SIZE) != 0) {
        return false;
    }
    if (a->seq > b->seq) {
        const struct receipt *later = a;
        a = b;
        b = later;
    }
    if (a->seq == b->seq && memcmp(a->hash, b->hash, HASH_SIZE) != 0) {
        snprintf(why, size,
                 "entry %" PRIu64
                 " was signed twice with different contents: the history was forked",
                 a->seq);
        return true;
    }
    if (b->seq == a->seq + 1 && memcmp(b->prev, a->hash, HASH_SIZE) != 0) {
        snprintf(why, size,
                 "entry %" PRIu64 " was signed as the follower of another entry %" PRIu64
                 ": the history was forked",
                 b->seq, a->seq);
        return true;
    }
    return false;
}

bool receipt_fits(const struct receipt *receipt, const struct entry *entry,
                  const uint8_t hash[HASH_SIZE], char *why, uint32_t size)
{
    struct receipt said;
    if (memcmp(hash, receipt->hash, HASH_SIZE) != 0) {
        snprintf(why, size,
                 "entry %" PRIu64 " of the journal is not the one that the receipt was given for",
                 receipt->seq);
        return false;
    }
    receipt_of(entry, hash, &said);
    bool same = said.seq == receipt->seq && said.place == receipt->place &&
                said.number == receipt->number && said.time_s == receipt->time_s &&
                said.slot_s == receipt->slot_s && strcmp(said.command, receipt->command) == 0 &&
                strcmp(said.outcome, receipt->outcome) == 0 &&
                memcmp(said.prev, receipt->prev, HASH_SIZE) == 0;
    if (!same) {
        snprintf(why, size, "the receipt says of entry %" PRIu64 " what the entry does not say",
                 receipt->seq);
    }
    return same;
}

struct compare {
    const struct receipt *receipt;
    bool seen;
    char *why;
    uint32_t size;
};

static enum zhol_error compare_entry(void *context, const struct store_entry *found)
{
    struct compare *compare = context;
    const struct receipt *receipt = compare->receipt;
    struct entry entry;
    uint8_t hash[HASH_SIZE];
    compare->seen = found->seq == receipt->seq;
    if (!compare->seen) {
        return ZHOL_ERROR_INTERRUPTED;
    }
    entry_hash(found->bytes, hash);
    if (entry_read(found->bytes, &entry, NULL)) {
        snprintf(compare->why, compare->size, "entry %" PRIu64 " of the store cannot be read",
                 receipt->seq);
        return ZHOL_ERROR_CONFLICT;
    }
    bool fits = receipt_fits(receipt, &entry, hash, compare->why, compare->size);
    entry_clear(&entry);
    return fits ? ZHOL_ERROR_INTERRUPTED : ZHOL_ERROR_CONFLICT; /* found: look no further */
}

enum zhol_error receipt_in_store(struct store *store, const struct receipt *receipt, char *why,
                                 uint32_t size)
{
    struct compare compare = {receipt, false, why, size};
    enum zhol_error error =
        store_read(store, receipt->stream, receipt->seq, compare_entry, &compare);
    if (error == ZHOL_ERROR_INTERRUPTED) {
        error = ZHOL_ERROR_OK;
    }
    if (!error && !compare.seen) {
        snprintf(why, size, "the store has no entry %" PRIu64 ", for which a receipt was given",
                 receipt->seq);
        error = ZHOL_ERROR_CONFLICT;
    }
    return error;
}
