/* corridor/identifier_sums.h: the arithmetic of check characters, one function per scheme.
 *
 * Each takes the whole number, already of the kind's pattern, ignores what stands at the place of
 * the check character, and returns the character that belongs there; '\0' if there is none.
 */
#ifndef ZHOL_CORRIDOR_IDENTIFIER_SUMS_H
#define ZHOL_CORRIDOR_IDENTIFIER_SUMS_H

typedef char identifier_sum(const char *text);

identifier_sum identifier_sum_container;
identifier_sum identifier_sum_luhn;
identifier_sum identifier_sum_esr;
identifier_sum identifier_sum_kz;
identifier_sum identifier_sum_uscc;
identifier_sum identifier_sum_gs1;
identifier_sum identifier_sum_vin;
identifier_sum identifier_sum_imo;
identifier_sum identifier_sum_awb;

#endif
