/* forms.c: the forms of texts (corridor/forms.h). */
#include "corridor/forms.h"

#include <string.h>
#include <zhol/identifier.h>

#include "base/number.h"
#include "corridor/codes.h"
#include "corridor/schema.h"

enum { ID_SIZE_MAX = 120, FACT_LAST = 213, CODE_SIZE_MAX = 31 };

static bool all_digits(struct text_view text)
{
    for (uint32_t i = 0; i < text.size; i++) {
        if (text.bytes[i] < '0' || text.bytes[i] > '9') {
            return false;
        }
    }
    return text.size > 0;
}

bool form_id_valid(struct text_view text)
{
    for (uint32_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.bytes[i];
        if (c <= ' ' || c == 0x7f || c == ';' || c == ',' || c == '"' || c == '$') {
            return false;
        }
    }
    return text.size > 0 && text.size <= ID_SIZE_MAX;
}

bool form_text_valid(struct text_view text)
{
    for (uint32_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.bytes[i];
        if (c < ' ' || c == 0x7f) {
            return false;
        }
    }
    return text.size == 0 || (text.bytes[0] != ' ' && text.bytes[text.size - 1] != ' ');
}

/* ---- single forms ---- */

static bool zone_valid(struct text_view text)
{
    for (uint32_t i = 0; i < text.size; i++) {
        char c = text.bytes[i];
        bool good = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                    c == '/' || c == '_' || c == '-' || c == '+';
        if (!good) {
            return false;
        }
    }
    return text.size > 0 && text.size < 64 && text.bytes[0] != '/';
}

static bool fact_valid(struct text_view text)
{
    struct text_view digits = {text.bytes + 2, text.size - 2};
    int64_t number = 0;
    return text.size == 5 && text.bytes[0] == 'A' && text.bytes[1] == 'F' && all_digits(digits) &&
           !number_parse_int(digits, &number) && number >= 1 && number <= FACT_LAST;
}

static bool hs_valid(struct text_view text)
{
    return all_digits(text) && (text.size == 2 || text.size == 4 || text.size == 6);
}

static bool url_valid(struct text_view text)
{
    return (text_starts_with(text, TEXT("https://")) && text.size > 8) ||
           (text_starts_with(text, TEXT("http://")) && text.size > 7);
}

static bool wkt_valid(struct text_view text)
{
    struct form_points points;
    double lon, lat;
    uint32_t count = 0;
    int step = form_points_start(text, &points) ? 1 : -1;
    while (step > 0 && (step = form_points_next(&points, &lon, &lat)) > 0) {
        count++;
        if (lon < -180 || lon > 180 || lat < -90 || lat > 90) {
            return false;
        }
    }
    return step == 0 && count >= 2;
}

/* ---- numbers with check digits ---- */

static bool identifier_kind(uint32_t form, enum zhol_identifier_kind *kind)
{
    switch (form) {
    case FORM_unlocode:
        *kind = ZHOL_IDENTIFIER_UNLOCODE;
        return true;
    case FORM_esr:
        *kind = ZHOL_IDENTIFIER_ESR;
        return true;
    case FORM_etsng:
        *kind = ZHOL_IDENTIFIER_ETSNG;
        return true;
    case FORM_bin:
        *kind = ZHOL_IDENTIFIER_KZ_BIN;
        return true;
    case FORM_uscc:
        *kind = ZHOL_IDENTIFIER_CN_USCC;
        return true;
    default:
        return false;
    }
}

/* The file must hold the number as its register writes it: no blanks, capitals. */
static bool identifier_valid(enum zhol_identifier_kind kind, struct text_view text,
                             struct zhol_identifier_result *result)
{
    char copy[CODE_SIZE_MAX + 1];
    *result = (struct zhol_identifier_result){0};
    if (text.size > CODE_SIZE_MAX) {
        return false;
    }
    memcpy(copy, text.bytes, text.size);
    copy[text.size] = '\0';
    return !zhol_identifier_check(kind, copy, result) && text_equal_string(text, result->text);
}

bool form_valid(uint32_t form, struct text_view text)
{
    enum zhol_identifier_kind kind;
    struct zhol_identifier_result result;
    switch (form) {
    case FORM_any:
        return form_text_valid(text);
    case FORM_country:
        return codes_country(text);
    case FORM_currency:
        return codes_currency(text);
    case FORM_zone:
        return zone_valid(text);
    case FORM_url:
        return url_valid(text) && form_text_valid(text);
    case FORM_fact:
        return fact_valid(text);
    case FORM_hs:
        return hs_valid(text);
    case FORM_wkt:
        return wkt_valid(text);
    default:
        return identifier_kind(form, &kind) && identifier_valid(kind, text, &result);
    }
}

bool form_interned(uint32_t form)
{
    return form == FORM_country || form == FORM_currency || form == FORM_zone;
}

void form_explain(uint32_t form, struct text_view text, struct buffer *out)
{
    enum zhol_identifier_kind kind;
    struct zhol_identifier_result result;
    if (form == FORM_any) {
        buffer_string(out, "text without control characters, line ends and spaces at its sides");
        return;
    }
    buffer_string(out, schema_form_text(form));
    if (!identifier_kind(form, &kind) || identifier_valid(kind, text, &result)) {
        return;
    }
    if (result.status == ZHOL_IDENTIFIER_WRONG_CHECK && result.expected_check) {
        buffer_string(out, "; its check character would be ");
        buffer_char(out, result.expected_check);
    } else if (result.status == ZHOL_IDENTIFIER_VALID && result.length) {
        buffer_string(out, "; write it as ");
        buffer_string(out, result.text);
    }
}

/* ---- WKT ---- */

static void skip_spaces(struct text_view *rest)
{
    while (rest->size && rest->bytes[0] == ' ') {
        rest->bytes++;
        rest->size--;
    }
}

bool form_points_start(struct text_view wkt, struct form_points *points)
{
    const struct text_view head = TEXT("LINESTRING");
    points->rest = wkt;
    if (!text_starts_with(wkt, head)) {
        return false;
    }
    points->rest.bytes += head.size;
    points->rest.size -= head.size;
    skip_spaces(&points->rest);
    return points->rest.size > 0 && points->rest.bytes[0] == '(';
}

static bool take_number(struct text_view *rest, double *value)
{
    uint32_t size = 0;
    skip_spaces(rest);
    while (size < rest->size && !strchr(" ,)", rest->bytes[size])) {
        size++;
    }
    struct text_view number = {rest->bytes, size};
    rest->bytes += size;
    rest->size -= size;
    return !number_parse_real(number, value);
}

int form_points_next(struct form_points *points, double *lon, double *lat)
{
    struct text_view *rest = &points->rest;
    if (rest->size && rest->bytes[0] == ')') {
        return rest->size == 1 ? 0 : -1;
    }
    if (!rest->size || (rest->bytes[0] != '(' && rest->bytes[0] != ',')) {
        return -1;
    }
    rest->bytes++;
    rest->size--;
    if (!take_number(rest, lon) || !take_number(rest, lat)) {
        return -1;
    }
    skip_spaces(rest);
    return 1;
}
