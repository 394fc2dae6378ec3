/* assumed.c: the table of assumptions (simulate/defaults.h) as data. */
#include "simulate/defaults.h"

const struct sim_assumed sim_assumed[SIM_ASSUMPTION_COUNT] = {
#define SIM_ASSUMED_ROW(name, value, low, high, what) {#name, what, value, low, high},
    SIM_ASSUMPTIONS(SIM_ASSUMED_ROW)
#undef SIM_ASSUMED_ROW
};
