/* simulate/engine/group.h: entities that travel together: BATCH, SPLIT, BOARD and LOAD.
 *
 * A carrier holds its members in a list. What passes on its ledger while they are with it is theirs
 * too: its ledger is subtracted from a member's when it joins and added when it leaves, so each
 * member's ledger stays complete.
 */
#ifndef ZHOL_SIMULATE_ENGINE_GROUP_H
#define ZHOL_SIMULATE_ENGINE_GROUP_H

#include "simulate/engine/state.h"

/* An entity at its BATCH step waits; the full batch goes on as a carrier. */
void group_batch(struct zhol_engine_run *run, uint32_t e);
/* The longest wait of a batch is over. */
void group_batch_due(struct zhol_engine_run *run, uint32_t batch);
/* Members go on (ready list); the carrier stays with the caller. */
void group_split(struct zhol_engine_run *run, uint32_t carrier);
void group_board(struct zhol_engine_run *run, uint32_t e);
/* True: loaded, the carrier may go on; false: it waits. */
bool group_load(struct zhol_engine_run *run, uint32_t carrier);

#endif
