/* handle_proof.c: what lets anybody check the journal: heads, entries, receipts, the audit. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "operate/audit.h"
#include "operate/plain.h"
#include "serve/journal.h"
#include "serve/outcome.h"
#include "serve/problem.h"
#include "serve/server.h"

enum { PAGE_ENTRIES = 1000 };

static void member_hex(struct json_writer *json, const char *key, const uint8_t *bytes, size_t size)
{
    char text[129];
    sodium_bin2hex(text, sizeof text, bytes, size);
    json_member_text(json, key, text);
}

static void write_anchor(struct json_writer *json, const struct registry *registry)
{
    int64_t time_s = 0;
    struct text_view data = registry ? registry_anchor(registry, &time_s) : TEXT("");
    uint8_t hash[HASH_SIZE];
    json_write_key(json, "anchor");
    if (data.size == 0) {
        json_write_null(json);
        return;
    }
    entry_hash(data, hash);
    json_write_object(json);
    json_member_instant(json, "time", time_s);
    member_hex(json, "hash", hash, sizeof hash);
    json_write_key(json, "heads");
    json_write_raw(json, data);
    json_write_object_end(json);
}

/* Signed, so that whoever keeps them has the operator's word for what stood there. */
static void write_heads(struct server *server, struct json_writer *json)
{
    struct countersignature signed_head;
    json_write_key(json, "items");
    json_write_array(json);
    for (uint32_t i = 0; i < operation_stream_count(server->operation); i++) {
        const char *stream = operation_stream(server->operation, i);
        uint64_t seq;
        uint8_t hash[HASH_SIZE];
        operation_head(server->operation, stream, &seq, hash);
        json_write_object(json);
        json_member_text(json, "stream", stream);
        json_member_uint(json, "seq", seq);
        member_hex(json, "hash", hash, sizeof hash);
        if (seq && !countersign_make(server->signer, stream, seq, hash, &signed_head)) {
            member_hex(json, "signature", signed_head.signature, SIGNATURE_SIZE);
        }
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

enum handled handle_get_heads(struct request *request)
{
    struct server *server = request->server;
    struct buffer signatures = {0};
    struct json_writer *json = reply_object(request, 200);
    operation_read(server->operation);
    const struct registry *registry = operation_registry(server->operation);
    write_heads(server, json);
    write_anchor(json, registry);
    enum zhol_error error =
        registry ? registry_countersignatures(registry, &signatures) : ZHOL_ERROR_UNKNOWN;
    operation_read_end(server->operation);
    member_hex(json, "key", server->public_key, sizeof server->public_key);
    json_write_key(json, "countersignatures");
    json_write_raw(json,
                   error ? TEXT("[]")
                         : (struct text_view){buffer_get(&signatures), (uint32_t)signatures.size});
    buffer_clear(&signatures);
    return reply_end(request);
}

enum handled handle_get_journal(struct request *request)
{
    struct buffer lines = {0};
    int64_t from = request_int(request, "from", 1);
    enum zhol_error error =
        from < 1
            ? ZHOL_ERROR_RANGE
            : journal_lines(request->server->store, request_text(request, "stream"), (uint64_t)from,
                            (uint32_t)request_int(request, "limit", PAGE_ENTRIES), &lines);
    if (error) {
        buffer_clear(&lines);
        return reply_error(request, error, "there is no such stream, or from is not 1 or more");
    }
    return reply_buffer(request, 200, "application/x-ndjson", &lines);
}

/* ---- Receipts ---- */

enum handled handle_post_receipts_verify(struct request *request)
{
    struct server *server = request->server;
    struct receipt receipt;
    char why[240] = "";
    char *text = json_dumps(json_object_get(request->body, "receipt"), JSON_COMPACT);
    if (!text) {
        return reply_error(request, ZHOL_ERROR_MEMORY, "the receipt cannot be read");
    }
    enum zhol_error error = receipt_verify(text_view_of(text), NULL, &receipt, NULL);
    bool known = !error && memcmp(receipt.key, server->public_key, sizeof receipt.key) == 0;
    enum zhol_error kept =
        error ? error : receipt_in_store(server->store, &receipt, why, sizeof why);
    free(text);
    struct json_writer *json = reply_object(request, 200);
    json_member_bool(json, "valid", !error);
    json_member_bool(json, "known_key", known);
    if (error) {
        json_member_null(json, "entry_matches");
        plain_copy(why, sizeof why,
                   error == ZHOL_ERROR_INVALID ? "the signature does not fit the receipt"
                                               : "this is not a receipt");
    } else {
        json_member_bool(json, "entry_matches", kept == ZHOL_ERROR_OK);
    }
    json_member_text(json, "why", why);
    return reply_end(request);
}

/* ---- Countersigning ---- */

/* Reads what was signed, and compares it with the chain. False: replied. */
static bool read_signature(struct request *request, struct countersignature *signature)
{
    *signature = (struct countersignature){.seq = (uint64_t)body_int(request, "seq", 0)};
    plain_copy(signature->stream, sizeof signature->stream, body_text(request, "stream"));
    if (!hex_read(body_text(request, "hash"), signature->hash, HASH_SIZE) ||
        !hex_read(body_text(request, "key"), signature->signer, SIGN_KEY_SIZE) ||
        !hex_read(body_text(request, "signature"), signature->signature, SIGNATURE_SIZE)) {
        reply_problem(request, 422, "invalid",
                      "hash and key must be 64, signature 128 lower-case hexadecimal digits");
        return false;
    }
    return true;
}

struct comparing {
    uint8_t hash[HASH_SIZE];
    bool found;
};

static enum zhol_error visit(void *context, const struct store_entry *entry)
{
    struct comparing *comparing = context;
    memcpy(comparing->hash, entry->hash, HASH_SIZE);
    comparing->found = true;
    return ZHOL_ERROR_LIMIT;
}

enum handled handle_post_countersign(struct request *request)
{
    struct countersignature signature;
    struct comparing comparing = {.found = false};
    struct command command = {.kind = COMMAND_countersign, .stream = "registry"};
    struct buffer data = {0};
    if (!read_signature(request, &signature)) {
        return HANDLED;
    }
    store_read(request->server->store, signature.stream, signature.seq, visit, &comparing);
    if (!comparing.found || memcmp(comparing.hash, signature.hash, HASH_SIZE) != 0) {
        return reply_problem(request, 409, "other_head",
                             "the chain has another hash there, or does not reach so far");
    }
    if (countersign_data(&signature, &data)) {
        buffer_clear(&data);
        return reply_problem(request, 422, "bad_signature",
                             "the signature does not fit the head and the key");
    }
    char *copy = arena_text(&request->arena, data.bytes, data.size);
    command.data = text_view_of(copy);
    buffer_clear(&data);
    return request_submit(request, &command, NULL, outcome_reply);
}

/* ---- The audit ---- */

static void write_counts(struct json_writer *json, const struct audit_counts *counts)
{
    json_write_key(json, "counts");
    json_write_object(json);
    json_member_uint(json, "streams", counts->streams);
    json_member_uint(json, "entries", counts->entries);
    json_member_uint(json, "bytes", counts->bytes);
    json_member_uint(json, "places", counts->places);
    json_member_uint(json, "refusals", counts->refusals);
    json_member_uint(json, "anchors", counts->anchors);
    json_member_uint(json, "countersignatures", counts->countersignatures);
    json_write_object_end(json);
}

enum handled handle_get_audit(struct request *request)
{
    struct audit_counts counts = {0};
    struct zhol_report report;
    zhol_report_init(&report, 100);
    enum zhol_error error = audit_run(request->server->store, &counts, &report);
    if (error && error != ZHOL_ERROR_INVALID) {
        zhol_report_clear(&report);
        return reply_error(request, error, "the journal cannot be read");
    }
    struct json_writer *json = reply_object(request, 200);
    json_member_bool(json, "valid", !error);
    write_counts(json, &counts);
    json_write_key(json, "findings");
    json_write_array(json);
    for (uint32_t i = 0; i < report.count; i++) {
        const struct zhol_finding *finding = &report.findings[i];
        json_write_object(json);
        json_member_text(json, "stream", finding->file);
        json_member_uint(json, "seq", finding->row);
        json_member_text(json, "what", finding->expected);
        json_write_object_end(json);
    }
    zhol_report_clear(&report);
    return reply_end(request);
}
