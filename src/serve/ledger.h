/* serve/ledger.h: fees and deposits by carrier, written in the transaction of their command.
 *
 * The ledger says what is owed; payments happen elsewhere. Its lines are in the journal; the space
 * "ledger" is an index of them by carrier, latest last.
 */
#ifndef ZHOL_SERVE_LEDGER_H
#define ZHOL_SERVE_LEDGER_H

#include "serve/server.h"

#include "base/json.h"

/* The joiner of the operation; context: the store. */
enum zhol_error ledger_join(void *context, const struct entry *entry, struct text_view bytes);
/* Writes "balance" and "items" of a carrier into an open object, latest first. The balance is over
 * all lines. */
enum zhol_error ledger_write(struct store *store, uint64_t carrier, uint32_t limit,
                             struct json_writer *json);

#endif
