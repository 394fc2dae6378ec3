/* moa_loop_avx2.c: the loop of the search for AVX2 (plan/moa_loop.h). */
#include "plan/front.h"

#if FRONT_HAS_X86
#define MOA_LOOP   moa_loop_avx2
#define MOA_TARGET __attribute__((target("avx2,popcnt")))
#define MOA_RANK   front_rank_avx2
#define MOA_COVERS front_covers_avx2
#include "plan/moa_loop.h"
#endif
