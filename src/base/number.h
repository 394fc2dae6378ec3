/* base/number.h: numbers from and to text, the same in every locale.
 *
 * Parsing is strict: the whole view must be one number, without spaces, grouping, a leading '+',
 * hexadecimal, "inf" or "nan". Reals are correct to the last bit (nearest, ties to even).
 * Source of the fast path: W. D. Clinger, "How to read floating point numbers accurately", PLDI
 * 1990: at most 2^53 times or divided by a power of ten up to 10^22 is one exact operation; all
 * else goes to strtod in the C locale.
 * Errors: ZHOL_ERROR_SYNTAX (not a number), ZHOL_ERROR_RANGE (does not fit),
 * ZHOL_ERROR_MEMORY (a real of more than 127 bytes). On error the out-parameter is untouched.
 * Thread safe.
 */
#ifndef ZHOL_BASE_NUMBER_H
#define ZHOL_BASE_NUMBER_H

#include <stddef.h>
#include <stdint.h>
#include "base/text.h"

/* Bytes that any formatter below needs at most, with the NUL. */
#define NUMBER_TEXT_SIZE 352

/* [-]digits within int64. */
enum zhol_error number_parse_int(struct text_view text, int64_t *value);
/* The same within [low, high]; ZHOL_ERROR_RANGE outside. */
enum zhol_error number_parse_int_in(struct text_view text, int64_t low, int64_t high,
                                    int64_t *value);
/* [-]digits[.digits][(e|E)[+|-]digits], digits on one side of the point at least. A value too large
 * for a double is ZHOL_ERROR_RANGE; one too small becomes 0 or a subnormal number. */
enum zhol_error number_parse_real(struct text_view text, double *value);

/* All formatters write a NUL and return the size without it. */

/* The shortest decimal of 15, 16 or 17 digits that reads back as the same double; whole numbers
 * below 1e15 without point or exponent; "nan", "inf", "-inf"; -0 as "-0". */
size_t number_format_real(double value, char out[NUMBER_TEXT_SIZE]);
size_t number_format_int(int64_t value, char out[NUMBER_TEXT_SIZE]);
/* With `decimals` digits (at most 17) behind the point, rounded half to even on the exact binary
 * value; a result that is all zeros has no minus sign. */
size_t number_format_fixed(double value, unsigned decimals, char out[NUMBER_TEXT_SIZE]);
/* For people: groups of three split by `separator` ("," or a narrow space, at most 4 bytes), from
 * 1,000 on. Values of 1e100 and more are written with an exponent, not grouped. */
size_t number_format_grouped(int64_t value, const char *separator, char out[NUMBER_TEXT_SIZE]);
size_t number_format_grouped_fixed(double value, unsigned decimals, const char *separator,
                                   char out[NUMBER_TEXT_SIZE]);

#endif
