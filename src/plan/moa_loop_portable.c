/* moa_loop_portable.c: the loop of the search for plain C, for any processor (plan/moa_loop.h). */
#define MOA_LOOP moa_loop_portable
#define MOA_TARGET
#define MOA_RANK   front_rank_portable
#define MOA_COVERS front_covers_portable
#include "plan/moa_loop.h"
