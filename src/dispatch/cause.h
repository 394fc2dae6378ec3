/* dispatch/cause.h: the last hand on a plan, and why what is pushed is pushed.
 *
 * Purpose: a pushed train or unit is tried again beside the finished plan, with one constraint
 * lifted at a time; the first that lets it go is its cause. What goes without lifting any is put
 * in. Errors: ZHOL_ERROR_MEMORY. Complexity: pushed things * constraints * one plan's rebuilding.
 */
#ifndef ZHOL_DISPATCH_CAUSE_H
#define ZHOL_DISPATCH_CAUSE_H

#include "dispatch/decode.h"

/* Puts in what still goes; `plan` gets better or stays. */
enum zhol_error cause_fill_in(const struct compiled *compiled, struct zhol_dispatch_plan *plan);
/* Fills the causes of passages and carriages. */
enum zhol_error cause_find(const struct compiled *compiled, struct zhol_dispatch_plan *plan);

#endif
