/* serve/upkeep.h: what a running operation needs day by day, so that nobody has to remember it.
 *
 * For each checkpoint whose rules were set from the corridor (POST /v1/rules): when a day's rules
 * in the corridor differ from those set, they are set; slots of the next month are published as far
 * as they are not yet. Personal data whose time is over is erased (operate/retention.h). All of it
 * are commands of the system in the journal, with keys that make a repetition harmless. Not in a
 * demonstration, whose script does it.
 */
#ifndef ZHOL_SERVE_UPKEEP_H
#define ZHOL_SERVE_UPKEEP_H

#include "serve/catalog.h"
#include "serve/server.h"

enum { UPKEEP_SLOT_DAYS = 31 };

/* Does what is due now. Blocks on the writer: not on the event thread. */
enum zhol_error upkeep_step(struct server *server);
/* Remembers which rules were set for a checkpoint; own transaction. */
enum zhol_error upkeep_remember(struct store *store, const char *checkpoint,
                                struct text_view rules);

#endif
