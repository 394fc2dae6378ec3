/* simulate/run.h: what run.c and seal.c share: the functions of CALL steps. */
#ifndef ZHOL_SIMULATE_RUN_H
#define ZHOL_SIMULATE_RUN_H

#include "simulate/model.h"

/* Names of draws that belong to no arc. */
enum { RUN_ACTIVITY_BIRTH = 1, RUN_ACTIVITY_SEASON = 2 };

/* Registers the functions in the order of enum sim_call. */
enum zhol_error run_functions(struct zhol_engine *engine);

#endif
