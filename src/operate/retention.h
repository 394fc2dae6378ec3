/* operate/retention.h: personal data goes when the rules say so.
 *
 * Rules carry `retention_days` for drivers and vehicles (rules.h). A driver or vehicle is due when
 * it has no active place and no open appeal anywhere, no block that still runs, and its last place
 * ended (or it was registered, where it had none) longer ago than the longest time of the queues
 * that it used (of all queues, where it used none). A queue without such a rule keeps for ever.
 * Carriers are erased on request only.
 *
 * What is due gets a `subject_erase` of the system in the registry: its key is destroyed in the
 * command's transaction (vault.h), its fingerprints are free again, the chain still verifies and
 * the public export still replays, since both hold opaque ids only.
 */
#ifndef ZHOL_OPERATE_RETENTION_H
#define ZHOL_OPERATE_RETENTION_H

#include "operate/operation.h"

struct retention_counts {
    uint32_t looked_at; /* drivers and vehicles that are not erased */
    uint32_t due, asked;
};
/* One look, to be called hourly or daily by a server: submits at most `most` (0: 1,000) erasures;
 * what remains comes next time. A repeated call before the writer has applied them asks again under
 * the same key, which erases once. Holds the operation for readers while it looks at all places:
 * about 0.1 us for each. ZHOL_ERROR_LIMIT: the inbox is full, the rest comes next time. */
enum zhol_error retention_step(struct operation *operation, uint32_t most,
                               struct retention_counts *counts);

#endif
