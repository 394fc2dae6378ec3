/* Any bytes as a number: the same bits as strtod, and every formatted number reads back. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

static void expect(int condition)
{
    if (!condition) {
        abort();
    }
}

static int same_bits(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static void check_real(struct text_view text, const char *string)
{
    double value = 0;
    enum zhol_error error = number_parse_real(text, &value);
    if (error == ZHOL_ERROR_SYNTAX) {
        return;
    }
    char *end;
    double want = strtod(string, &end);
    expect(end == string + text.size);
    expect(error ? error == ZHOL_ERROR_RANGE && isinf(want) : same_bits(value, want));
}

static void check_int(struct text_view text, const char *string)
{
    int64_t value = 0;
    enum zhol_error error = number_parse_int(text, &value);
    if (error == ZHOL_ERROR_SYNTAX) {
        return;
    }
    errno = 0;
    char *end;
    long long want = strtoll(string, &end, 10);
    expect(end == string + text.size);
    expect(error ? errno == ERANGE : errno == 0 && value == want);
}

/* The first eight bytes as a double: its texts read back as the same bits. */
static void check_formats(const uint8_t *data)
{
    double value, back = 0;
    char text[NUMBER_TEXT_SIZE];
    memcpy(&value, data, sizeof value);
    size_t size = number_format_real(value, text);
    expect(size == strlen(text));
    if (isfinite(value)) {
        expect(!number_parse_real(text_view_of(text), &back) && same_bits(value, back));
    }
    expect(number_format_fixed(value, data[0] % 20u, text) == strlen(text));
    expect(number_format_grouped_fixed(value, data[0] % 20u, ",", text) == strlen(text));
    int64_t whole, whole_back = 0;
    memcpy(&whole, data, sizeof whole);
    expect(number_format_grouped(whole, "\xE2\x80\xAF", text) == strlen(text));
    number_format_int(whole, text);
    expect(!number_parse_int(text_view_of(text), &whole_back) && whole == whole_back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 2000) {
        return 0;
    }
    if (size >= 8) {
        check_formats(data);
    }
    char *string = malloc(size + 1);
    char *exact = malloc(size ? size : 1); /* without a NUL, so that a read behind it shows */
    if (string && exact) {
        memcpy(string, data, size);
        memcpy(exact, data, size);
        string[size] = '\0';
        struct text_view text = {exact, (uint32_t)size};
        check_real(text, string);
        check_int(text, string);
    }
    free(string);
    free(exact);
    return 0;
}
