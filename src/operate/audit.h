/* operate/audit.h: does the journal say the truth? Chain, order, receipts, anchors, public export.
 *
 * audit_run reads every stream from its first entry and checks
 *   - the chain: hashes, sequence without gaps, each entry continuing the one before, times that
 *     never run back, what the store notes beside an entry equal to what the entry says;
 *   - the order: each result equal to what the fold gives when the command is applied again;
 *   - claims over streams in time: no vehicle or driver active at two checkpoints at once, and no
 *     refusal for an active place that nobody had;
 *   - what the writer took from the registry (struct given): known, blocked;
 *   - anchors and countersignatures against the chains: a stream that is shorter or other than an
 *     anchor says was cut or rewritten;
 *   - receipts that are given to it: their entries must be there, and no two of them contradict.
 * It needs no engine, no calendar and no network. audit_public does the same from an export (one
 * canonical entry a line, the lines of a stream together), which holds no personal data.
 *
 * Streams are read side by side in the order of their times, a batch of each in memory: besides the
 * states of the queues it needs memory for anchors, receipts and what is active, not for the
 * entries. Entries of one second in different streams may have come in any order; a claim that is
 * given back and taken in the same second is no contradiction.
 *
 * What no audit can find: entries behind the last anchor, countersignature or receipt that were
 * rewritten with all that follows. See docs/trust.md.
 */
#ifndef ZHOL_OPERATE_AUDIT_H
#define ZHOL_OPERATE_AUDIT_H

#include "operate/operation.h"
#include "operate/receipt.h"

struct audit_counts {
    uint64_t streams, entries, bytes, places, refusals, anchors, countersignatures, receipts;
};
/* Where each stream ends, as it was read. */
struct audit_head {
    char stream[COMMAND_NAME_SIZE];
    uint64_t seq;
    int64_t time_s;
    uint8_t hash[HASH_SIZE];
    uint64_t anchored;      /* last entry that an anchor vouches for; 0: none */
    uint64_t countersigned; /* ... that somebody else signed; 0: none */
};
struct audit_heads {
    struct audit_head *items;
    uint32_t count, capacity;
};
void audit_heads_clear(struct audit_heads *heads);

/* A head that somebody signed. */
struct countersignature {
    char stream[COMMAND_NAME_SIZE];
    uint64_t seq;
    uint8_t hash[HASH_SIZE], signer[SIGN_KEY_SIZE], signature[SIGNATURE_SIZE];
};
struct audit_options {
    const struct receipt *receipts; /* verified ones */
    uint32_t receipt_count;
    /* Heads that the operator published and somebody kept (heads_read). */
    const struct countersignature *published;
    uint32_t published_count;
    /* Keys whose countersignatures count, 32 bytes each; NULL: every one. */
    const uint8_t *signers;
    uint32_t signer_count;
    struct audit_heads *heads;                                   /* filled; may be NULL */
    void (*progress)(void *context, uint64_t done, uint64_t of); /* entries or bytes; may be NULL */
    void *context;
};

/* Findings name stream (file) and seq (row). ZHOL_ERROR_INVALID when anything is wrong. The store
 * may be that of a running server: it is looked at as it was at one instant (ZHOL_ERROR_CONFLICT:
 * written so fast that none was found; audit a backup then). */
enum zhol_error audit_run(struct store *store, struct audit_counts *counts,
                          struct zhol_report *report);
enum zhol_error audit_store(struct store *store, const struct audit_options *options,
                            struct audit_counts *counts, struct zhol_report *report);
enum zhol_error audit_public(struct text_view lines, struct audit_counts *counts,
                             struct zhol_report *report);
/* The same from a file of any size; also ZHOL_ERROR_IO, ZHOL_ERROR_UNKNOWN (no such file). */
enum zhol_error audit_public_file(const char *path, const struct audit_options *options,
                                  struct audit_counts *counts, struct zhol_report *report);

/* Writes all streams as they were at one instant, an entry a line, stream after stream, for
 * audit_public. */
enum zhol_error audit_export(struct store *store, const char *stream /* NULL: all */,
                             struct buffer *lines);
/* The same, a piece at a time, so that no memory is needed for all of it. */
typedef enum zhol_error (*audit_sink)(void *context, struct text_view bytes);
enum zhol_error audit_export_to(struct store *store, const char *stream, audit_sink sink,
                                void *context);

/* ---- Heads: what anchors and countersignatures say ---- */

/* Heads of all streams as the canonical data of the anchor command. */
enum zhol_error anchor_data(struct operation *operation, struct buffer *json);
/* What is signed for a head: {"kind":"zhol-head","version":1,"stream":..,"seq":..,"hash":..} */
enum zhol_error head_text(const char *stream, uint64_t seq, const uint8_t hash[HASH_SIZE],
                          struct buffer *text);
/* The canonical data of the countersign command, after checking the signature
 * (ZHOL_ERROR_INVALID). Whether the hash is that of the stream is for the caller to compare. */
enum zhol_error countersign_data(const struct countersignature *signature, struct buffer *json);
enum zhol_error countersign_read(struct text_view json, struct countersignature *signature);
/* The heads of an answer to GET /v1/heads that somebody kept, with the operator's signatures, added
 * to a list that the caller frees. `trusted`: the operator's key, or NULL for the one in the
 * answer. ZHOL_ERROR_SYNTAX; ZHOL_ERROR_INVALID: a signature does not fit; ZHOL_ERROR_UNKNOWN: not
 * the trusted key. */
struct published_heads {
    struct countersignature *items;
    uint32_t count, capacity;
};
enum zhol_error heads_read(struct text_view json, const uint8_t *trusted,
                           struct published_heads *heads);
/* Signs a head. */
enum zhol_error countersign_make(const struct signer *signer, const char *stream, uint64_t seq,
                                 const uint8_t hash[HASH_SIZE], struct countersignature *signature);

#endif
