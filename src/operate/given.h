/* operate/given.h: what the writer takes from the registry for a command of a queue.
 *
 * The writer asks before it applies the command and freezes the answer into the entry; the audit
 * asks again, with the registry as it was then.
 */
#ifndef ZHOL_OPERATE_GIVEN_H
#define ZHOL_OPERATE_GIVEN_H

#include "operate/queue.h"
#include "operate/registry.h"

/* Fills known, blocked_until_s, no_shows, cancels, postponements; claims are the writer's. The
 * command has its time; the queue's state is that before the command. */
void given_look_up(const struct registry *registry, const struct queue_state *queue,
                   const struct command *command, struct given *given);

#endif
