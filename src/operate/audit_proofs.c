/* audit_proofs.c: expectations about entries, and the texts that are signed for heads. See
 * audit_proofs.h and audit.h.
 */
#include "operate/audit_proofs.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "operate/plain.h"

static void finding(struct proofs *proofs, const char *stream, uint64_t seq, const char *column,
                    const char *expected)
{
    proofs->wrong = true;
    zhol_report_add(proofs->report,
                    &(struct zhol_finding){ZHOL_FAULT, ZHOL_ERROR_INVALID, (uint32_t)seq, stream,
                                           column, "", expected});
}

static const char *const kinds[] = {"anchor", "countersignature", "receipt", "head"};

static bool find_stream(const struct audit_source *source, const char *name, uint32_t *stream)
{
    for (uint32_t i = 0; i < source->count; i++) {
        if (strcmp(source->streams[i].name, name) == 0) {
            *stream = i;
            return true;
        }
    }
    return false;
}

static enum zhol_error expect(struct proofs *proofs, const struct audit_source *source,
                              const char *stream, struct proof proof)
{
    char why[160];

    if (!find_stream(source, stream, &proof.stream)) {
        snprintf(why, sizeof why, "stream %s, for which entry %" PRIu64 " was vouched: it is gone",
                 stream, proof.seq);
        bool kept = proof.kind == PROOF_RECEIPT || proof.kind == PROOF_HEAD;
        finding(proofs, kept ? stream : "registry", kept ? proof.seq : proof.by, kinds[proof.kind],
                why);
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = ARRAY_RESERVE(proofs->list, proofs->capacity, proofs->count + 1);
    if (!error) {
        proofs->list[proofs->count++] = proof;
    }
    return error;
}

/* ---- anchors and countersignatures ---- */

static bool read_head(const json_t *object, char stream[COMMAND_NAME_SIZE], uint64_t *seq,
                      uint8_t hash[HASH_SIZE])
{
    const char *name = json_string_value(json_object_get(object, "stream"));
    const json_t *number = json_object_get(object, "seq");
    if (!name || !name[0] || strlen(name) >= COMMAND_NAME_SIZE || !json_is_integer(number) ||
        json_integer_value(number) < 0 ||
        !hex_read(json_string_value(json_object_get(object, "hash")), hash, HASH_SIZE)) {
        return false;
    }
    memcpy(stream, name, strlen(name) + 1);
    *seq = (uint64_t)json_integer_value(number);
    return true;
}

static enum zhol_error take_anchor(struct proofs *proofs, const struct audit_source *source,
                                   const struct entry *entry)
{
    struct text_view data = entry->command.data;
    char stream[COMMAND_NAME_SIZE];
    enum zhol_error error = ZHOL_ERROR_OK;
    json_t *json = json_loadb(data.bytes, data.size, JSON_REJECT_DUPLICATES, NULL), *head;
    const json_t *heads = json_object_get(json, "heads");
    size_t i;
    if (!json_is_array(heads)) {
        finding(proofs, "registry", entry->seq, "anchor", "the heads of all streams");
    }
    json_array_foreach(heads, i, head)
    {
        struct proof proof = {.kind = PROOF_ANCHOR, .by = entry->seq};
        if (!read_head(head, stream, &proof.seq, proof.hash)) {
            finding(proofs, "registry", entry->seq, "anchor", "stream, seq and hash of each head");
            break;
        }
        /* A stream that was known and empty says nothing. */
        error = proof.seq ? expect(proofs, source, stream, proof) : ZHOL_ERROR_OK;
        if (error) {
            break;
        }
    }
    json_decref(json);
    return error;
}

static bool trusted(const struct audit_options *options, const uint8_t signer[SIGN_KEY_SIZE])
{
    for (uint32_t i = 0; options->signers && i < options->signer_count; i++) {
        if (memcmp(options->signers + (size_t)i * SIGN_KEY_SIZE, signer, SIGN_KEY_SIZE) == 0) {
            return true;
        }
    }
    return !options->signers;
}

static enum zhol_error take_countersignature(struct proofs *proofs,
                                             const struct audit_source *source,
                                             const struct entry *entry)
{
    struct countersignature said;
    enum zhol_error error = countersign_read(entry->command.data, &said);
    if (error == ZHOL_ERROR_SYNTAX || error == ZHOL_ERROR_INVALID) {
        finding(proofs, "registry", entry->seq, "countersignature",
                error == ZHOL_ERROR_SYNTAX ? "stream, seq, hash, signature, signer"
                                           : "a signature that fits");
        return ZHOL_ERROR_OK;
    }
    struct proof proof = {.kind = PROOF_COUNTERSIGNATURE,
                          .by = entry->seq,
                          .seq = said.seq,
                          .counts = trusted(proofs->options, said.signer)};
    memcpy(proof.hash, said.hash, HASH_SIZE);
    return error ? error : expect(proofs, source, said.stream, proof);
}

static enum zhol_error collect_registry(struct proofs *proofs, struct audit_source *source,
                                        struct audit_counts *counts)
{
    uint32_t registry;
    struct audit_item item;
    struct entry entry = {0};
    enum zhol_error error = ZHOL_ERROR_OK;
    if (!find_stream(source, "registry", &registry)) {
        return error;
    }
    while (!error && !(error = audit_pull(source, registry, &item))) {
        if (entry_read_next(item.bytes, &entry, NULL)) {
            continue; /* the reading of the chain will say so */
        }
        bool done = entry.result.refusal == REFUSAL_none;
        if (entry.command.kind == COMMAND_anchor && done) {
            counts->anchors++;
            error = take_anchor(proofs, source, &entry);
        } else if (entry.command.kind == COMMAND_countersign && done) {
            counts->countersignatures++;
            error = take_countersignature(proofs, source, &entry);
        }
    }
    entry_clear(&entry);
    audit_rewind(source, registry);
    return error == ZHOL_ERROR_UNKNOWN ? ZHOL_ERROR_OK : error;
}

/* ---- receipts ---- */

static int compare_receipts(const void *left, const void *right)
{
    const struct receipt *a = *(const struct receipt *const *)left;
    const struct receipt *b = *(const struct receipt *const *)right;
    int order = strcmp(a->stream, b->stream);
    return order ? order : (a->seq > b->seq) - (a->seq < b->seq);
}

/* Receipts that contradict each other prove a fork whatever the journal says. */
static enum zhol_error compare_pairs(struct proofs *proofs)
{
    uint32_t count = proofs->options->receipt_count;
    const struct receipt **sorted = count ? malloc(count * sizeof *sorted) : NULL;
    char why[256];
    if (count && !sorted) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        sorted[i] = &proofs->options->receipts[i];
    }
    if (count) {
        qsort(sorted, count, sizeof *sorted, compare_receipts);
    }
    for (uint32_t i = 1; i < count; i++) {
        if (receipt_forked(sorted[i - 1], sorted[i], why, sizeof why)) {
            finding(proofs, sorted[i]->stream, sorted[i]->seq, "receipt", why);
        }
    }
    free(sorted);
    return ZHOL_ERROR_OK;
}

static enum zhol_error collect_receipts(struct proofs *proofs, const struct audit_source *source,
                                        struct audit_counts *counts)
{
    enum zhol_error error = compare_pairs(proofs);
    for (uint32_t i = 0; i < proofs->options->receipt_count && !error; i++) {
        const struct receipt *receipt = &proofs->options->receipts[i];
        struct proof proof = {.kind = PROOF_RECEIPT, .by = i, .seq = receipt->seq};
        memcpy(proof.hash, receipt->hash, HASH_SIZE);
        counts->receipts++;
        error = expect(proofs, source, receipt->stream, proof);
    }
    return error;
}

static enum zhol_error collect_heads(struct proofs *proofs, const struct audit_source *source)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < proofs->options->published_count && !error; i++) {
        const struct countersignature *head = &proofs->options->published[i];
        struct proof proof = {.kind = PROOF_HEAD, .by = i, .seq = head->seq};
        memcpy(proof.hash, head->hash, HASH_SIZE);
        error = expect(proofs, source, head->stream, proof);
    }
    return error;
}

/* ---- comparing ---- */

static int compare_proofs(const void *left, const void *right)
{
    const struct proof *a = left, *b = right;
    if (a->stream != b->stream) {
        return a->stream < b->stream ? -1 : 1;
    }
    if (a->seq != b->seq) {
        return a->seq < b->seq ? -1 : 1;
    }
    return (a->by > b->by) - (a->by < b->by);
}

enum zhol_error proofs_collect(struct audit_source *source, const struct audit_options *options,
                               struct audit_counts *counts, struct zhol_report *report,
                               struct proofs *proofs)
{
    memset(proofs, 0, sizeof *proofs);
    proofs->options = options;
    proofs->report = report;
    enum zhol_error error = collect_registry(proofs, source, counts);
    if (!error) {
        error = collect_receipts(proofs, source, counts);
    }
    if (!error) {
        error = collect_heads(proofs, source);
    }
    if (!error && proofs->count) {
        qsort(proofs->list, proofs->count, sizeof *proofs->list, compare_proofs);
    }
    for (uint32_t i = 0; i < AUDIT_STREAMS_MAX; i++) {
        proofs->at[i] = proofs->count; /* a stream of which nobody says anything */
    }
    for (uint32_t i = proofs->count; i-- > 0;) {
        proofs->at[proofs->list[i].stream] = i;
    }
    return error;
}

void proofs_clear(struct proofs *proofs)
{
    free(proofs->list);
    proofs->list = NULL;
    proofs->count = proofs->capacity = 0;
}

static void compare_one(struct proofs *proofs, const struct proof *proof, const struct entry *entry,
                        const uint8_t hash[HASH_SIZE], struct audit_head *head)
{
    char why[256];
    if (proof->kind == PROOF_RECEIPT) {
        const struct receipt *receipt = &proofs->options->receipts[proof->by];
        if (!receipt_fits(receipt, entry, hash, why, sizeof why)) {
            finding(proofs, head->stream, entry->seq, "receipt", why);
        }
        return;
    }
    if (memcmp(proof->hash, hash, HASH_SIZE) != 0) {
        if (proof->kind == PROOF_HEAD) {
            snprintf(why, sizeof why,
                     "the entry that a published head vouches for: history was rewritten");
        } else {
            snprintf(why, sizeof why,
                     "the entry that %s %" PRIu64
                     " of the registry vouches for: history was rewritten",
                     kinds[proof->kind], proof->by);
        }
        finding(proofs, head->stream, entry->seq, kinds[proof->kind], why);
    } else if (proof->kind == PROOF_ANCHOR) {
        head->anchored = entry->seq;
    } else if (proof->kind == PROOF_COUNTERSIGNATURE && proof->counts) {
        head->countersigned = entry->seq;
    }
}

void proofs_compare(struct proofs *proofs, uint32_t stream, const struct entry *entry,
                    const uint8_t hash[HASH_SIZE], struct audit_head *head)
{
    uint32_t *at = &proofs->at[stream];
    while (*at < proofs->count && proofs->list[*at].stream == stream &&
           proofs->list[*at].seq <= entry->seq) {
        if (proofs->list[*at].seq == entry->seq) {
            compare_one(proofs, &proofs->list[*at], entry, hash, head);
        }
        ++*at;
    }
}

void proofs_end(struct proofs *proofs, uint32_t stream, const struct audit_head *head)
{
    char why[192];

    for (uint32_t *at = &proofs->at[stream];
         *at < proofs->count && proofs->list[*at].stream == stream; ++*at) {
        const struct proof *proof = &proofs->list[*at];
        if (proof->kind == PROOF_RECEIPT) {
            snprintf(why, sizeof why,
                     "entry %" PRIu64
                     ", for which a receipt was given: the stream ends at %" PRIu64,
                     proof->seq, head->seq);
        } else {
            snprintf(why, sizeof why,
                     "entry %" PRIu64 ", for which entry %" PRIu64
                     " of the registry vouches: the stream was cut at %" PRIu64,
                     proof->seq, proof->by, head->seq);
        }
        finding(proofs, head->stream, proof->seq, kinds[proof->kind], why);
    }
}
