/* desk/formula.h: small formulas over the rows of a corridor.
 *
 *   formula := term (('+' | '-') term)*
 *   term    := factor (('*' | '/') factor)*
 *   factor  := number [ '{' number '..' number '}' ] | '-' factor | '(' formula ')' | call | '['
 * cell ']' cell    := [table '/'] identifier ['@' (date | n)] [':' column] call    := year(formula)
 * | distance(PLACE, PLACE) | crossings(COUNTRY, COUNTRY, MODE, DATE) | events(ACTOR, KIND, DATE,
 * DATE) | count(TABLE, PREFIX)
 *
 * year: of a cell that holds a date. distance: km along the ellipsoid. crossings: pairs of places
 * joined over that border by links that operate on the day. events: events of the kind with the
 * actor that are dated to the day, from the first day to before the second. count: things whose
 * identifier begins so.
 *
 * Without a table the identifier is looked for in observation, series, commitment, resource and
 * link, in this order. `@date` takes the row that holds on the day (of a project_status the last
 * one by then), `@n` the n-th row; without it, the first. Without a column it is `value`, of a link
 * `length`. Dates count as days since 1970.
 *
 * Every value carries how far the truth may lie from it: a cell `value` of observation and series
 * its low and high where they are printed, else half a unit of its last digit (5.9 stands for 5.85
 * to 5.95), of other tables low and high where they are given; 2{1.5..3} is a number with limits;
 * all else is exact. Limits are outer ones (interval arithmetic): what occurs twice counts twice.
 *
 * Pure; O(length of the formula), calls O(rows) each.
 */
#ifndef ZHOL_DESK_FORMULA_H
#define ZHOL_DESK_FORMULA_H

#include <zhol/corridor.h>

#include "base/buffer.h"
#include "desk/trade.h"

/* Evaluates. ZHOL_ERROR_SYNTAX (malformed), ZHOL_ERROR_UNKNOWN (no such row, column or place),
 * ZHOL_ERROR_INVALID (a blank cell, a division by zero, too deep): *problem then says what and
 * where in words. */
enum zhol_error formula_value(const struct zhol_corridor *corridor, const char *formula,
                              double *value, struct buffer *problem);

/* The same with limits. */
enum zhol_error formula_range(const struct zhol_corridor *corridor, const char *formula,
                              struct trade_value *range, struct buffer *problem);

#endif
