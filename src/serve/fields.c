/* fields.c: personal fields of a body, checked for meaning. See fields.h. */
#include "serve/fields.h"

#include <string.h>
#include <zhol/identifier.h>

#include "corridor/codes.h"
#include "serve/problem.h"

static struct text_view text_of(const json_t *object, const char *member)
{
    const json_t *value = json_object_get(object, member);
    return (struct text_view){json_is_string(value) ? json_string_value(value) : "",
                              (uint32_t)json_string_length(value)};
}

static bool refuse(struct field_fault *fault, const char *member, const char *detail)
{
    *fault = (struct field_fault){member, detail};
    return false;
}

/* Blanks of all kinds: a name of them alone would show as nothing. */
static bool is_blank(uint32_t point)
{
    return point <= ' ' || point == 0x7f || point == 0xa0 || point == 0x3000 || point == 0xfeff ||
           (point >= 0x2000 && point <= 0x200f) || point == 0x2028 || point == 0x2029 ||
           point == 0x202f || point == 0x205f || point == 0x2060;
}

static bool is_filled(const json_t *object, const char *member, struct field_fault *fault)
{
    struct text_view text = text_of(object, member);
    bool seen = false;
    for (uint32_t at = 0; at < text.size;) {
        seen = !is_blank(text_utf8_next(text, &at)) || seen;
    }
    return seen || refuse(fault, member, "must not be blank");
}

static bool is_phone(const json_t *object, const char *member, struct field_fault *fault)
{
    struct text_view text = text_of(object, member);
    uint32_t digits = 0;
    bool good = text_cut_char(&text, '+') && text.size && *text.bytes >= '1' && *text.bytes <= '9';
    for (uint32_t i = 0; i < text.size && good; i++) {
        bool digit = text.bytes[i] >= '0' && text.bytes[i] <= '9';
        digits += digit;
        good = digit || (text.bytes[i] && strchr(" -()", text.bytes[i]));
    }
    return (good && digits >= 7 && digits <= 15) ||
           refuse(fault, member, "must be a telephone number such as +77010000000");
}

static bool is_country(const json_t *object, const char *member, struct field_fault *fault)
{
    struct text_view text = text_of(object, member);
    return (codes_country(text) && !text_equal_string(text, "SU")) ||
           refuse(fault, member, "must be the ISO 3166-1 code of a country such as KZ");
}

static bool is_bin(const json_t *object, const char *member, struct field_fault *fault)
{
    struct text_view text = text_of(object, member);
    struct zhol_identifier_result result;
    if (!text.size) {
        return true;
    }
    bool good = strspn(text.bytes, "0123456789") == text.size &&
                (!zhol_identifier_check(ZHOL_IDENTIFIER_KZ_BIN, text.bytes, &result) ||
                 !zhol_identifier_check(ZHOL_IDENTIFIER_KZ_IIN, text.bytes, &result));
    return good ||
           refuse(fault, member,
                  "must be a BIN or IIN: twelve digits, of which the last is a check digit");
}

static bool is_email(const json_t *object, const char *member, struct field_fault *fault)
{
    struct text_view text = text_of(object, member);
    const char *at = text.size ? memchr(text.bytes, '@', text.size) : NULL;
    bool good = at && at > text.bytes && at + 1 < text.bytes + text.size && !strchr(at + 1, '@');
    for (uint32_t i = 0; i < text.size && good; i++) {
        good = (unsigned char)text.bytes[i] > ' ' && text.bytes[i] != 0x7f;
    }
    return good || refuse(fault, member, "must be an address such as name@example.org");
}

bool fields_vehicle(const json_t *object, struct field_fault *fault)
{
    return is_filled(object, "plate", fault) && is_filled(object, "vin", fault) &&
           is_country(object, "country", fault);
}

bool fields_driver(const json_t *object, struct field_fault *fault)
{
    return is_filled(object, "name", fault) && is_phone(object, "phone", fault) &&
           is_filled(object, "document", fault) && is_country(object, "country", fault);
}

bool fields_carrier(const json_t *object, struct field_fault *fault)
{
    return is_filled(object, "company", fault) && is_bin(object, "bin", fault) &&
           is_phone(object, "phone", fault) && is_email(object, "email", fault);
}

enum handled fields_refuse(struct request *request, const struct field_fault *fault)
{
    return problem_reply(request, &(struct problem){.status = 422,
                                                    .code = "invalid",
                                                    .field = fault->field,
                                                    .detail = fault->detail});
}
