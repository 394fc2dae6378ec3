/* operate/receipt_list.h: receipts as people keep them: one in a file, several, or inside an answer
 * of the server.
 */
#ifndef ZHOL_OPERATE_RECEIPT_LIST_H
#define ZHOL_OPERATE_RECEIPT_LIST_H

#include "operate/receipt.h"

struct receipts {
    struct receipt *items;
    uint32_t count, capacity;
};
void receipts_clear(struct receipts *receipts);
/* Adds the receipts of a text: JSON objects one after the other, an array, or objects that hold a
 * member "receipt". Each is verified; faults go to the report under `name`. `trusted` may be NULL.
 * ZHOL_ERROR_INVALID: one is forged, changed, or not signed with the trusted key; those that are
 * good are added all the same. ZHOL_ERROR_SYNTAX: no receipts. */
enum zhol_error receipts_read(struct text_view text, const char *name, const uint8_t *trusted,
                              struct receipts *receipts, struct zhol_report *report);

#endif
