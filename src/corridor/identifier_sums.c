/* identifier_sums.c: the arithmetic of check characters. See identifier_sums.h. */
#include "corridor/identifier_sums.h"

#include <string.h>

static int digit_at(const char *text, size_t i)
{
    return text[i] - '0';
}

static char digit_char(int value)
{
    return (char)('0' + value);
}

/* ISO 6346, annex A: letters count 10 to 38 without the multiples of 11, weights are powers of two.
 * Remainder 10 is written 0, which is why owners are asked not to use such numbers. */
static int container_value(char c)
{
    if (c <= '9') {
        return c - '0';
    }
    int value = 10 + (c - 'A');
    /* One step over each of 11, 22 and 33. */
    return value + (value > 10) + (value > 20) + (value > 30);
}

char identifier_sum_container(const char *text)
{
    int sum = 0;
    for (int i = 0; i < 10; i++) {
        sum += container_value(text[i]) << i;
    }
    return digit_char(sum % 11 % 10);
}

/* Luhn: every second digit, from the last before the check digit, is doubled and its digits added.
 * Wagons of both families use it. */
char identifier_sum_luhn(const char *text)
{
    size_t stem_length = strlen(text) - 1;
    int sum = 0;
    for (size_t i = 0; i < stem_length; i++) {
        int digit = digit_at(text, i);
        if ((stem_length - i) % 2 == 1) {
            digit = digit < 5 ? 2 * digit : 2 * digit - 9;
        }
        sum += digit;
    }
    return digit_char((10 - sum % 10) % 10);
}

/* Codes of the 1520 mm railways: weights 1 to 5 mod 11; at remainder 10 again with 3 to 7; at 10
 * once more the check digit is 0. */
char identifier_sum_esr(const char *text)
{
    int first = 0, second = 0;
    for (int i = 0; i < 5; i++) {
        first += digit_at(text, (size_t)i) * (i + 1);
        second += digit_at(text, (size_t)i) * (i + 3);
    }
    if (first % 11 < 10) {
        return digit_char(first % 11);
    }
    return digit_char(second % 11 % 10);
}

/* Kazakh IIN and BIN: weights 1 to 11 mod 11; at remainder 10 with 3 to 11, 1, 2; at 10 once more
 * the number is not issued. */
char identifier_sum_kz(const char *text)
{
    int first = 0, second = 0;
    for (int i = 0; i < 11; i++) {
        first += digit_at(text, (size_t)i) * (i + 1);
        second += digit_at(text, (size_t)i) * ((i + 2) % 11 + 1);
    }
    int rest = first % 11 < 10 ? first % 11 : second % 11;
    return rest < 10 ? digit_char(rest) : '\0';
}

/* GB 32100-2015: 31 characters, weights are the powers of 3, the whole is 0 mod 31. */
char identifier_sum_uscc(const char *text)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    int sum = 0, weight = 1;
    for (int i = 0; i < 17; i++) {
        sum += (int)(strchr(alphabet, text[i]) - alphabet) * weight;
        weight = weight * 3 % 31;
    }
    return alphabet[(31 - sum % 31) % 31];
}

/* GS1: weights 3 and 1 in turn, 3 at the last digit before the check digit, the whole is 0 mod 10.
 */
char identifier_sum_gs1(const char *text)
{
    size_t stem_length = strlen(text) - 1;
    int sum = 0;
    for (size_t i = 0; i < stem_length; i++) {
        sum += digit_at(text, i) * ((stem_length - i) % 2 == 1 ? 3 : 1);
    }
    return digit_char((10 - sum % 10) % 10);
}

/* 49 CFR 565.15: letters count 1 to 9 in three rows, as on the keys of an old card punch. */
char identifier_sum_vin(const char *text)
{
    /*                           A B C D E F G H I J K L M N O P Q R S T U V W X Y Z */
    static const char values[] = "12345678012345070923456789";
    static const int weights[] = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
    int sum = 0;
    for (int i = 0; i < 17; i++) {
        char c = text[i] <= '9' ? text[i] : values[text[i] - 'A'];
        sum += (c - '0') * weights[i];
    }
    return sum % 11 == 10 ? 'X' : digit_char(sum % 11);
}

/* IMO ship number: weights 7 to 2, the last digit of the sum. */
char identifier_sum_imo(const char *text)
{
    int sum = 0;
    for (int i = 0; i < 6; i++) {
        sum += digit_at(text, (size_t)i) * (7 - i);
    }
    return digit_char(sum % 10);
}

/* Air waybill: the seven digits after the airline's prefix, as one number, mod 7. */
char identifier_sum_awb(const char *text)
{
    int serial = 0;
    for (size_t i = 3; i < 10; i++) {
        serial = serial * 10 + digit_at(text, i);
    }
    return digit_char(serial % 7);
}
