/* dispatch/parts.h: a day cut into parts that share no formed train, each solved alone.
 *
 * Purpose: a bound in all four parts of the objective, and a good plan to begin with. Trains whose
 * units may share a formed train are one part; a part alone has every track, front, locomotive and
 * hour of the day to itself, and what the other trains could free of stock comes to it as early as
 * can be. So a plan of the day, looked at part by part, is in each part no better than the best
 * plan of that part alone; and since sums keep the order of the objective, the sum of the best is
 * below every plan of the day. Where a plan reaches it, it is proven best, however many trains.
 * Complexity: that of the parts' searches. Errors: ZHOL_ERROR_MEMORY.
 */
#ifndef ZHOL_DISPATCH_PARTS_H
#define ZHOL_DISPATCH_PARTS_H

#include "dispatch/board.h"

struct parts {
    bool there;                         /* the day has parts, all small enough to be tried */
    bool proven;                        /* each part is solved to the end */
    struct zhol_dispatch_objective sum; /* no plan of the day is better */
    struct zhol_dispatch_plan plan;     /* the parts' plans side by side; they may be in each
                                         * other's way: a hint, no plan */
    uint64_t nodes;
};

/* How a part, a day of its own, is solved. */
typedef enum zhol_error (*part_solver)(const struct compiled *part,
                                       const struct zhol_dispatch_options *options,
                                       struct zhol_dispatch_plan *plan);

/* `nodes`: of the exact search of each part. The caller calls parts_clear in any case. */
enum zhol_error parts_solve(const struct compiled *compiled, uint32_t nodes, part_solver solver,
                            struct parts *parts);
void parts_clear(struct parts *parts);

#endif
