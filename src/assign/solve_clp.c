/* solve_clp.c: the simple method: column generation with Clp as master (assign/state.h). */
#include "assign/state.h"
enum zhol_error solve_clp(struct solve *solve) { (void)solve; return ZHOL_ERROR_INTERNAL; }
