/* report/dispatch_report.h: joint plans against what was done, by crossing, direction, client and
 * month.
 *
 * Facts are held against the last plan that both sides agreed to (struct dispatch_promise), not
 * against what was proposed after it. A train is planned where the plan takes it, pushed where it
 * does not; taken where a fact says when it was accepted; in time where it was accepted within the
 * hour of the plan or before and, if it is known when it left, left not later than an hour after
 * the plan. The delay is the mean of what acceptance came later than planned, of the trains
 * accepted.
 *
 * Call order: dispatch_ledger_init, dispatch_ledger_add for each plan, a writer,
 * dispatch_ledger_clear. The ledger copies what it needs. ZHOL_ERROR_MEMORY.
 */
#ifndef ZHOL_REPORT_DISPATCH_REPORT_H
#define ZHOL_REPORT_DISPATCH_REPORT_H

#include "base/buffer.h"
#include "base/map.h"
#include "desk/dispatch_joint.h"
#include "report/words.h"

struct dispatch_ledger_row {
    uint32_t crossing, direction, client, month; /* texts */
    uint32_t planned, pushed, taken, in_time;
    int64_t delay_min;
    uint32_t causes[ZHOL_DISPATCH_CAUSE_COUNT]; /* of pushing */
};

struct dispatch_ledger {
    enum report_lang lang;
    struct text_pool texts;
    struct map keys;
    struct dispatch_ledger_row *rows; /* sorted by the writers */
    uint32_t count, room;
    uint32_t proposed; /* plans that both sides never agreed to: what they propose is counted */
};

void dispatch_ledger_init(struct dispatch_ledger *ledger, enum report_lang lang);
void dispatch_ledger_clear(struct dispatch_ledger *ledger);
enum zhol_error dispatch_ledger_add(struct dispatch_ledger *ledger,
                                    const struct dispatch_joint *joint);
enum zhol_error dispatch_ledger_table(struct dispatch_ledger *ledger, struct buffer *out);
enum zhol_error dispatch_ledger_csv(struct dispatch_ledger *ledger, struct buffer *out);
enum zhol_error dispatch_ledger_json(struct dispatch_ledger *ledger, struct buffer *out);
enum zhol_error dispatch_ledger_xlsx(struct dispatch_ledger *ledger, struct buffer *out);

#endif
