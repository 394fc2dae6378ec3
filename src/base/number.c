/* number.c: numbers from and to text (base/number.h). */
#include "base/number.h"

#include <assert.h>
#include <float.h>
#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Doubles must be evaluated as doubles for one operation to round once. */
_Static_assert(FLT_EVAL_METHOD == 0, "needs arithmetic in double precision");

enum { EXACT_POWER_MAX = 22, DIGITS_MAX = 19, EXPONENT_CAP = 100000, DECIMALS_MAX = 17 };

#define EXACT_INTEGER_MAX (UINT64_C(1) << 53)

static const double powers[EXACT_POWER_MAX + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                   1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                   1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* ---- the C locale, for strtod and snprintf ---- */

static locale_t c_locale;

static void make_locale(void)
{
    c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

/* Switches this thread to the C locale; returns the one to switch back to. */
static locale_t enter_locale(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_locale);
    return c_locale ? uselocale(c_locale) : (locale_t)0;
}

static void leave_locale(locale_t old)
{
    if (old) {
        uselocale(old);
    }
}

/* ---- parsing ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

enum zhol_error number_parse_int(struct text_view text, int64_t *value)
{
    bool negative = text.size && text.bytes[0] == '-';
    uint32_t at = negative;
    if (at == text.size) {
        return ZHOL_ERROR_SYNTAX;
    }
    uint64_t sum = 0, limit = (uint64_t)INT64_MAX + negative;
    bool fits = true;
    for (; at < text.size; at++) {
        if (!is_digit(text.bytes[at])) {
            return ZHOL_ERROR_SYNTAX;
        }
        uint64_t digit = (uint64_t)(text.bytes[at] - '0');
        fits = fits && sum <= (limit - digit) / 10;
        sum = sum * 10 + digit;
    }
    if (!fits) {
        return ZHOL_ERROR_RANGE;
    }
    *value = negative ? (int64_t)(0 - sum) : (int64_t)sum;
    return ZHOL_ERROR_OK;
}

enum zhol_error number_parse_int_in(struct text_view text, int64_t low, int64_t high,
                                    int64_t *value)
{
    int64_t parsed = 0;
    enum zhol_error error = number_parse_int(text, &parsed);
    if (!error && (parsed < low || parsed > high)) {
        error = ZHOL_ERROR_RANGE;
    }
    if (!error) {
        *value = parsed;
    }
    return error;
}

/* A decimal number taken apart: (-1)^negative * digits * 10^exponent. */
struct decimal {
    bool negative;
    bool exact; /* all significant digits are in `digits` */
    uint64_t digits;
    uint32_t digit_count; /* significant ones, without leading zeros */
    int64_t exponent;     /* a view of 4 GiB of zeros must not overflow it */
};

/* Reads digits from *at on; returns how many there were. `step` is -1 behind the point. */
static uint32_t read_digits(struct text_view text, uint32_t *at, struct decimal *decimal, int step)
{
    uint32_t start = *at;
    for (; *at < text.size && is_digit(text.bytes[*at]); ++*at) {
        uint64_t digit = (uint64_t)(text.bytes[*at] - '0');
        decimal->digit_count += decimal->digit_count || digit;
        if (decimal->digit_count <= DIGITS_MAX) {
            decimal->digits = decimal->digits * 10 + digit;
            decimal->exponent += step;
        } else {
            decimal->exact = false;
        }
    }
    return *at - start;
}

/* The exponent behind 'e'; false when its form is wrong. */
static bool read_exponent(struct text_view text, uint32_t *at, struct decimal *decimal)
{
    bool negative = false;
    if (*at < text.size && (text.bytes[*at] == '-' || text.bytes[*at] == '+')) {
        negative = text.bytes[*at] == '-';
        ++*at;
    }
    uint32_t start = *at;
    int32_t sum = 0;
    for (; *at < text.size && is_digit(text.bytes[*at]); ++*at) {
        sum = sum < EXPONENT_CAP ? sum * 10 + (text.bytes[*at] - '0') : sum;
    }
    decimal->exponent += negative ? -sum : sum;
    return *at > start;
}

/* Checks the form of the whole text and takes it apart. */
static bool read_decimal(struct text_view text, struct decimal *decimal)
{
    uint32_t at = 0;
    *decimal = (struct decimal){.exact = true};
    if (text.size && text.bytes[0] == '-') {
        decimal->negative = true;
        at++;
    }
    uint32_t count = read_digits(text, &at, decimal, 0);
    if (at < text.size && text.bytes[at] == '.') {
        at++;
        count += read_digits(text, &at, decimal, -1);
    }
    if (!count) {
        return false;
    }
    if (at < text.size && (text.bytes[at] == 'e' || text.bytes[at] == 'E')) {
        at++;
        if (!read_exponent(text, &at, decimal)) {
            return false;
        }
    }
    return at == text.size;
}

/* strtod in the C locale on a copy that ends in NUL. */
static enum zhol_error parse_slowly(struct text_view text, double *value)
{
    char small[128];
    char *copy = text.size < sizeof small ? small : malloc((size_t)text.size + 1);
    if (!copy) {
        return ZHOL_ERROR_MEMORY;
    }
    memcpy(copy, text.bytes, text.size);
    copy[text.size] = '\0';
    locale_t old = enter_locale();
    double parsed = strtod(copy, NULL);
    leave_locale(old);
    if (copy != small) {
        free(copy);
    }
    if (!isfinite(parsed)) {
        return ZHOL_ERROR_RANGE;
    }
    *value = parsed;
    return ZHOL_ERROR_OK;
}

enum zhol_error number_parse_real(struct text_view text, double *value)
{
    struct decimal decimal;
    if (!read_decimal(text, &decimal)) {
        return ZHOL_ERROR_SYNTAX;
    }
    bool exact = decimal.exact && decimal.digits <= EXACT_INTEGER_MAX &&
                 decimal.exponent >= -EXACT_POWER_MAX && decimal.exponent <= EXACT_POWER_MAX;
    if (!exact && decimal.digits) {
        return parse_slowly(text, value);
    }
    double parsed = (double)decimal.digits;
    if (!decimal.digits) {
        parsed = 0; /* whatever the exponent */
    } else if (decimal.exponent < 0) {
        parsed /= powers[-decimal.exponent];
    } else {
        parsed *= powers[decimal.exponent];
    }
    *value = decimal.negative ? -parsed : parsed;
    return ZHOL_ERROR_OK;
}

/* ---- formatting ---- */

/* Digits of a number right-aligned before `end`, at least `least` of them; where they begin. */
static char *put_digits(char *end, uint64_t number, unsigned least)
{
    char *at = end;
    while (number || end - at < (ptrdiff_t)least) {
        *--at = (char)('0' + number % 10);
        number /= 10;
    }
    return at;
}

size_t number_format_int(int64_t value, char out[NUMBER_TEXT_SIZE])
{
    char digits[24], *end = digits + sizeof digits;
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    char *at = put_digits(end, magnitude, 1);
    if (value < 0) {
        *--at = '-';
    }
    size_t size = (size_t)(end - at);
    memcpy(out, at, size);
    out[size] = '\0';
    return size;
}

static size_t put_word(const char *word, char out[NUMBER_TEXT_SIZE])
{
    size_t size = strlen(word);
    memcpy(out, word, size + 1);
    return size;
}

/* "12.5" and the like without snprintf: when value * 10^k is whole for a small k and reads back,
 * that is the shortest text. Returns 0 when it is not so simple. */
static size_t format_short(double value, char out[NUMBER_TEXT_SIZE])
{
    double magnitude = fabs(value);
    if (value == 0) {
        return put_word(signbit(value) ? "-0" : "0", out);
    }
    if (!(magnitude >= 1e-4 && magnitude < 1e15)) { /* NaN too */
        return 0;
    }
    for (unsigned k = 0; k <= 6; k++) {
        double scaled = magnitude * powers[k];
        if (scaled >= 1e15) {
            return 0;
        }
        uint64_t whole = (uint64_t)(scaled + 0.5);
        if ((double)whole / powers[k] == magnitude) {
            char digits[24], *end = digits + sizeof digits;
            char *at = put_digits(end, whole, k + 1);
            size_t head = (size_t)(end - at) - k, size = 0;
            if (value < 0) {
                out[size++] = '-';
            }
            memcpy(out + size, at, head);
            size += head;
            if (k) {
                out[size++] = '.';
                memcpy(out + size, end - k, k);
                size += k;
            }
            out[size] = '\0';
            return size;
        }
    }
    return 0;
}

size_t number_format_real(double value, char out[NUMBER_TEXT_SIZE])
{
    size_t size = format_short(value, out);
    if (size) {
        return size;
    }
    if (!isfinite(value)) {
        return put_word(isnan(value) ? "nan" : value < 0 ? "-inf" : "inf", out);
    }
    locale_t old = enter_locale();
    for (int digits = DBL_DIG; digits <= 17; digits++) {
        size = (size_t)snprintf(out, NUMBER_TEXT_SIZE, "%.*g", digits, value);
        if (strtod(out, NULL) == value) {
            break;
        }
    }
    leave_locale(old);
    return size;
}

size_t number_format_fixed(double value, unsigned decimals, char out[NUMBER_TEXT_SIZE])
{
    if (!isfinite(value)) {
        return number_format_real(value, out);
    }
    decimals = decimals < DECIMALS_MAX ? decimals : DECIMALS_MAX;
    locale_t old = enter_locale();
    size_t size = (size_t)snprintf(out, NUMBER_TEXT_SIZE, "%.*f", (int)decimals, value);
    leave_locale(old);
    assert(size < NUMBER_TEXT_SIZE);
    if (out[0] == '-' && strspn(out + 1, "0.") == size - 1) {
        memmove(out, out + 1, size); /* with the NUL */
        size--;
    }
    return size;
}

/* Splits the whole part of a formatted number into groups of three. */
static size_t group(const char *text, size_t size, const char *separator,
                    char out[NUMBER_TEXT_SIZE])
{
    size_t separator_size = strlen(separator);
    assert(separator_size <= 4);
    size_t sign = text[0] == '-', written = 0;
    size_t whole = sign + strspn(text + sign, "0123456789");
    for (size_t i = 0; i < size; i++) {
        if (i > sign && i < whole && (whole - i) % 3 == 0) {
            memcpy(out + written, separator, separator_size);
            written += separator_size;
        }
        out[written++] = text[i];
    }
    out[written] = '\0';
    return written;
}

size_t number_format_grouped(int64_t value, const char *separator, char out[NUMBER_TEXT_SIZE])
{
    char text[NUMBER_TEXT_SIZE];
    size_t size = number_format_int(value, text);
    return group(text, size, separator, out);
}

size_t number_format_grouped_fixed(double value, unsigned decimals, const char *separator,
                                   char out[NUMBER_TEXT_SIZE])
{
    if (!isfinite(value) || fabs(value) >= 1e100) {
        return number_format_real(value, out);
    }
    char text[NUMBER_TEXT_SIZE];
    size_t size = number_format_fixed(value, decimals, text);
    return group(text, size, separator, out);
}
