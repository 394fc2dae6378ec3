/* moa_loop_avx512.c: the loop of the search for AVX-512F (plan/moa_loop.h). */
#include "plan/front.h"

#if FRONT_HAS_X86
#define MOA_LOOP   moa_loop_avx512
#define MOA_TARGET __attribute__((target("avx512f,popcnt")))
#define MOA_RANK   front_rank_avx512
#define MOA_COVERS front_covers_avx512
#include "plan/moa_loop.h"
#endif
