/* simulate_trace.h: the life of one unit of freight, for `zhol simulate --trace`. */
#ifndef ZHOL_APP_SIMULATE_TRACE_H
#define ZHOL_APP_SIMULATE_TRACE_H

#include "simulate_ask.h"

/* Builds the model, finds the unit in the first replication and writes where it was when, as table
 * or JSON. Gives the exit code. */
int simulate_trace(const struct given *given, const struct loaded *loaded,
                   struct simulate_asked *asked);

#endif
