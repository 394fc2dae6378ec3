/* operate/audit_proofs.h: what others say of entries: anchors, countersignatures, receipts,
 * published heads.
 *
 * Each is an expectation: entry `seq` of a stream has this hash. They are collected before the
 * chains are read (anchors and countersignatures from the registry) and compared as the entries
 * pass by; what is left at the end of a stream speaks of entries that are not there.
 */
#ifndef ZHOL_OPERATE_AUDIT_PROOFS_H
#define ZHOL_OPERATE_AUDIT_PROOFS_H

#include "operate/audit.h"
#include "operate/audit_source.h"

enum proof_kind { PROOF_ANCHOR, PROOF_COUNTERSIGNATURE, PROOF_RECEIPT, PROOF_HEAD };
struct proof {
    uint32_t stream;
    enum proof_kind kind;
    uint64_t seq;
    uint64_t by; /* entry of the registry that says it; index of a receipt */
    bool counts; /* a countersignature of a trusted signer */
    uint8_t hash[HASH_SIZE];
};
struct proofs {
    const struct audit_options *options;
    struct zhol_report *report;
    struct proof *list;
    uint32_t count, capacity;
    uint32_t at[AUDIT_STREAMS_MAX]; /* the next of each stream */
    bool wrong;                     /* a finding was made */
};
/* Collects, sorts; contradictions between receipts are found here. */
enum zhol_error proofs_collect(struct audit_source *source, const struct audit_options *options,
                               struct audit_counts *counts, struct zhol_report *report,
                               struct proofs *proofs);
void proofs_clear(struct proofs *proofs);
/* An entry passes by; `head` learns what vouches for it. */
void proofs_compare(struct proofs *proofs, uint32_t stream, const struct entry *entry,
                    const uint8_t hash[HASH_SIZE], struct audit_head *head);
/* The stream has ended. */
void proofs_end(struct proofs *proofs, uint32_t stream, const struct audit_head *head);

#endif
