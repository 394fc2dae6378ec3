/* operate/audit.h: does the journal say the truth? Chain, order, receipts, anchors, public export.
 *
 * audit_run reads every stream from its first entry: hashes and seq without gaps, each result equal
 * to what the fold gives when applied again, claims over streams (no vehicle active at two
 * checkpoints at one time), anchors against the chains, countersignatures. It needs no engine, no
 * calendar and no network. audit_public does the same from an export (one canonical entry a line),
 * which holds no personal data.
 */
#ifndef ZHOL_OPERATE_AUDIT_H
#define ZHOL_OPERATE_AUDIT_H

#include "operate/receipt.h"

struct audit_counts {
    uint64_t streams, entries, bytes, places, refusals, anchors, countersignatures, receipts;
};
/* Findings name stream and seq. ZHOL_ERROR_INVALID when anything is wrong. */
enum zhol_error audit_run(struct store *store, struct audit_counts *counts,
                          struct zhol_report *report);
/* Writes all streams, an entry a line, stream after stream, for audit_public. */
enum zhol_error audit_export(struct store *store, const char *stream /* NULL: all */,
                             struct buffer *lines);
enum zhol_error audit_public(struct text_view lines, struct audit_counts *counts,
                             struct zhol_report *report);
/* Heads of all streams as the canonical data of the anchor command. */
enum zhol_error anchor_data(struct operation *operation, struct buffer *json);

#endif
