/* identifier.c: identifiers with check digits: the table of kinds, cleaning and checking.
 *
 * A kind is a row of the table: pattern, place of the check character, the function for it, and a
 * function for parts that have a meaning of their own. To add a kind, add a row.
 */
#include <zhol/identifier.h>

#include <string.h>

#include "corridor/identifier_sums.h"

/* Returns the index of the first character of a part that cannot be, or -1. */
typedef int part_check(const char *text);

struct kind {
    struct zhol_identifier_rule rule;
    identifier_sum *sum; /* NULL: no check character */
    part_check *parts;   /* NULL: nothing beyond the pattern */
};

static part_check iin_parts, bin_parts;

#define KIND(id, name, title, standard, prefix, pattern, check, optional, sum, parts) \
    [ZHOL_IDENTIFIER_##id] = {{name, title, standard, prefix, pattern, check, optional}, sum, parts}
#define SUM(scheme) identifier_sum_##scheme

static const struct kind kinds[ZHOL_IDENTIFIER_COUNT] = {
    KIND(CONTAINER, "container", "freight container", "ISO 6346", "", "AAAU9999999", 11, false,
         SUM(container), NULL),
    KIND(WAGON_1520, "wagon-1520", "wagon of the 1520 mm railways", "1520 mm wagon numbering", "",
         "99999999", 8, false, SUM(luhn), NULL),
    KIND(WAGON_UIC, "wagon-uic", "UIC wagon", "UIC 438-2", "", "999999999999", 12, false, SUM(luhn),
         NULL),
    KIND(ESR, "esr", "station of the 1520 mm railways", "ESR, tariff guide 4", "", "999999", 6,
         false, SUM(esr), NULL),
    KIND(ETSNG, "etsng", "cargo of the 1520 mm railways", "ETSNG", "", "999999", 6, false, SUM(esr),
         NULL),
    KIND(KZ_IIN, "iin", "person in Kazakhstan", "IIN", "", "999999999999", 12, false, SUM(kz),
         iin_parts),
    KIND(KZ_BIN, "bin", "company in Kazakhstan", "BIN", "", "999999999999", 12, false, SUM(kz),
         bin_parts),
    KIND(CN_USCC, "uscc", "organisation in China", "GB 32100-2015", "", "HH999999HHHHHHHHHH", 18,
         false, SUM(uscc), NULL),
    KIND(UNLOCODE, "unlocode", "place", "UN/LOCODE", "", "AALLL", 0, false, NULL, NULL),
    KIND(SSCC, "sscc", "logistic unit", "GS1", "(00)", "999999999999999999", 18, false, SUM(gs1),
         NULL),
    KIND(GLN, "gln", "location or party", "GS1", "(414)", "9999999999999", 13, false, SUM(gs1),
         NULL),
    KIND(GTIN_8, "gtin-8", "trade item", "GS1", "", "99999999", 8, false, SUM(gs1), NULL),
    KIND(GTIN_12, "gtin-12", "trade item", "GS1", "", "999999999999", 12, false, SUM(gs1), NULL),
    KIND(GTIN_13, "gtin-13", "trade item", "GS1", "", "9999999999999", 13, false, SUM(gs1), NULL),
    KIND(GTIN_14, "gtin-14", "trade item", "GS1", "(01)", "99999999999999", 14, false, SUM(gs1),
         NULL),
    KIND(VIN, "vin", "road vehicle", "49 CFR 565, ISO 3779", "", "VVVVVVVVCVVVVVVVV", 9, true,
         SUM(vin), NULL),
    KIND(IMO, "imo", "sea ship", "IMO A.1117(30)", "IMO", "9999999", 7, false, SUM(imo), NULL),
    KIND(AWB, "awb", "air waybill", "IATA 600a", "", "99999999999", 11, false, SUM(awb), NULL),
};

/* The number of two digits at text[i]. */
static int two_digits(const char *text, size_t i)
{
    return 10 * (text[i] - '0') + (text[i + 1] - '0');
}

/* IIN: YYMMDD, then a digit for century and sex: 0 to 6. The century is not always known, so 29
 * February is allowed in every fourth year. */
static int iin_parts(const char *text)
{
    static const int month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = two_digits(text, 0), month = two_digits(text, 2), day = two_digits(text, 4);
    if (month < 1 || month > 12) {
        return 2;
    }
    int days = month_days[month - 1] + (month == 2 && year % 4 == 0);
    if (day < 1 || day > days) {
        return 4;
    }
    return text[6] > '6' ? 6 : -1;
}

/* BIN: YYMM of registration, 4 to 6 for the kind of entity, 0 to 3 for head, branch, agency,
 * farm. */
static int bin_parts(const char *text)
{
    int month = two_digits(text, 2);
    if (month < 1 || month > 12) {
        return 2;
    }
    if (text[4] < '4' || text[4] > '6') {
        return 4;
    }
    return text[5] > '3' ? 5 : -1;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Not toupper: that depends on the locale. */
static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool fits(char class, char c)
{
    switch (class) {
    case '9':
        return is_digit(c);
    case 'A':
        return is_letter(c);
    case 'U':
        return c == 'U' || c == 'J' || c == 'Z';
    case 'L':
        return is_letter(c) || (c >= '2' && c <= '9');
    case 'H':
        return is_digit(c) || (is_letter(c) && !strchr("IOSVZ", c));
    case 'V':
        return is_digit(c) || (is_letter(c) && !strchr("IOQ", c));
    case 'C':
        return is_digit(c) || c == 'X';
    default:
        return false;
    }
}

/* A number being cleaned: its characters, and where each stood in the given text. One place more
 * than the longest kind shows where a text that is too long goes over. */
struct cleaned {
    char text[ZHOL_IDENTIFIER_SIZE];
    size_t offsets[ZHOL_IDENTIFIER_SIZE];
    uint32_t length;
    size_t end_offset;
};

/* How many bytes of a separator stand at `s`: blanks and dashes, also those outside ASCII that come
 * with text copied from pages and documents (U+00A0, U+2000 to U+200A, U+2010 to U+2015, U+202F).
 */
static size_t separator_length(const unsigned char *s)
{
    if (strchr(" \t\r\n-./", *s)) {
        return 1;
    }
    if (s[0] == 0xC2 && s[1] == 0xA0) {
        return 2;
    }
    bool wide = s[0] == 0xE2 && s[1] == 0x80 &&
                ((s[2] >= 0x80 && s[2] <= 0x8A) || (s[2] >= 0x90 && s[2] <= 0x95) || s[2] == 0xAF);
    return wide ? 3 : 0;
}

/* The length of the prefix if `text` begins with it, in any case. */
static size_t prefix_length(const char *text, const char *prefix)
{
    size_t i = 0;
    while (prefix[i] && upper(text[i]) == prefix[i]) {
        i++;
    }
    return prefix[i] ? 0 : i;
}

static void append(struct cleaned *cleaned, char c, size_t offset)
{
    if (cleaned->length < ZHOL_IDENTIFIER_SIZE) {
        cleaned->offsets[cleaned->length] = offset;
    }
    if (cleaned->length < ZHOL_IDENTIFIER_LENGTH_MAX) {
        cleaned->text[cleaned->length] = c;
    }
    if (cleaned->length < UINT32_MAX) {
        cleaned->length++;
    }
}

static void clean(const char *text, const char *prefix, struct cleaned *cleaned)
{
    const unsigned char *s = (const unsigned char *)text;
    size_t i = 0, separator;
    memset(cleaned, 0, sizeof *cleaned);
    while (s[i] && (separator = separator_length(s + i)) > 0) {
        i += separator;
    }
    i += prefix_length(text + i, prefix);
    while (s[i]) {
        separator = separator_length(s + i);
        if (separator > 0) {
            i += separator;
            continue;
        }
        bool is_ascii = s[i] < 0x80;
        append(cleaned, is_ascii ? upper(text[i]) : '?', i);
        i++;
        while (!is_ascii && (s[i] & 0xC0) == 0x80) {
            i++; /* the other bytes of the same character */
        }
    }
    cleaned->end_offset = i;
}

/* The index of the first character that does not fit; the shorter length if all do. */
static uint32_t first_misfit(const char *pattern, const struct cleaned *cleaned)
{
    uint32_t i = 0;
    while (pattern[i] && i < cleaned->length && fits(pattern[i], cleaned->text[i])) {
        i++;
    }
    return i;
}

/* Judges a cleaned number; *index becomes the first wrong character, *expected the check one. */
static enum zhol_identifier_status judge(const struct kind *kind, const struct cleaned *cleaned,
                                         uint32_t *index, char *expected)
{
    size_t length = strlen(kind->rule.pattern);
    *index = first_misfit(kind->rule.pattern, cleaned);
    *expected = '\0';
    if (cleaned->length != length) {
        return ZHOL_IDENTIFIER_WRONG_LENGTH;
    }
    if (*index < length) {
        return ZHOL_IDENTIFIER_WRONG_CHARACTER;
    }
    int part = kind->parts ? kind->parts(cleaned->text) : -1;
    if (part >= 0) {
        *index = (uint32_t)part;
        return ZHOL_IDENTIFIER_WRONG_PART;
    }
    if (!kind->sum) {
        return ZHOL_IDENTIFIER_VALID;
    }
    *index = kind->rule.check_position - 1U;
    *expected = kind->sum(cleaned->text);
    if (*expected == '\0') {
        return ZHOL_IDENTIFIER_NEVER_ISSUED;
    }
    return cleaned->text[*index] == *expected ? ZHOL_IDENTIFIER_VALID : ZHOL_IDENTIFIER_WRONG_CHECK;
}

static enum zhol_error error_of(enum zhol_identifier_status status)
{
    switch (status) {
    case ZHOL_IDENTIFIER_VALID:
        return ZHOL_ERROR_OK;
    case ZHOL_IDENTIFIER_WRONG_LENGTH:
    case ZHOL_IDENTIFIER_WRONG_CHARACTER:
        return ZHOL_ERROR_SYNTAX;
    default:
        return ZHOL_ERROR_INVALID;
    }
}

static bool is_kind(enum zhol_identifier_kind kind)
{
    return (unsigned)kind < ZHOL_IDENTIFIER_COUNT;
}

const struct zhol_identifier_rule *zhol_identifier_rule(enum zhol_identifier_kind kind)
{
    return is_kind(kind) ? &kinds[kind].rule : NULL;
}

enum zhol_error zhol_identifier_kind_from_name(const char *name, enum zhol_identifier_kind *kind)
{
    if (!name || !kind) {
        return ZHOL_ERROR_USAGE;
    }
    for (unsigned i = 0; i < ZHOL_IDENTIFIER_COUNT; i++) {
        const char *known = kinds[i].rule.name;
        size_t j = 0;
        while (known[j] && upper(name[j]) == upper(known[j])) {
            j++;
        }
        if (!known[j] && !name[j]) {
            *kind = (enum zhol_identifier_kind)i;
            return ZHOL_ERROR_OK;
        }
    }
    return ZHOL_ERROR_UNKNOWN;
}

const char *zhol_identifier_status_text(enum zhol_identifier_status status)
{
    static const char *const texts[ZHOL_IDENTIFIER_STATUS_COUNT] = {
        [ZHOL_IDENTIFIER_VALID] = "is valid",
        [ZHOL_IDENTIFIER_WRONG_LENGTH] = "has the wrong length",
        [ZHOL_IDENTIFIER_WRONG_CHARACTER] = "has a character that cannot stand there",
        [ZHOL_IDENTIFIER_WRONG_PART] = "has a part that cannot be",
        [ZHOL_IDENTIFIER_WRONG_CHECK] = "does not match its check character",
        [ZHOL_IDENTIFIER_NEVER_ISSUED] = "belongs to a series that is never issued",
    };
    return (unsigned)status < ZHOL_IDENTIFIER_STATUS_COUNT ? texts[status] : "has no status";
}

enum zhol_error zhol_identifier_check(enum zhol_identifier_kind kind, const char *text,
                                      struct zhol_identifier_result *result)
{
    if (!is_kind(kind) || !text || !result) {
        return ZHOL_ERROR_USAGE;
    }
    struct cleaned cleaned;
    uint32_t index;
    clean(text, kinds[kind].rule.prefix, &cleaned);
    memset(result, 0, sizeof *result);
    memcpy(result->text, cleaned.text, sizeof result->text);
    result->length = cleaned.length;
    result->status = judge(&kinds[kind], &cleaned, &index, &result->expected_check);
    if (result->status != ZHOL_IDENTIFIER_VALID) {
        result->position = index + 1;
        result->source_offset =
            index < cleaned.length ? cleaned.offsets[index] : cleaned.end_offset;
    }
    return error_of(result->status);
}

enum zhol_error zhol_identifier_complete(enum zhol_identifier_kind kind, const char *stem,
                                         char out[static ZHOL_IDENTIFIER_SIZE])
{
    out[0] = '\0';
    if (!is_kind(kind) || !stem || !kinds[kind].sum) {
        return ZHOL_ERROR_USAGE;
    }
    const struct kind *row = &kinds[kind];
    size_t length = strlen(row->rule.pattern), check = row->rule.check_position - 1U;
    struct cleaned cleaned;
    clean(stem, row->rule.prefix, &cleaned);
    if (cleaned.length != length - 1) {
        return ZHOL_ERROR_SYNTAX;
    }
    /* A stand-in of the right form, so that form and parts are judged as for a whole number. */
    memmove(cleaned.text + check + 1, cleaned.text + check, length - 1 - check);
    cleaned.text[check] = '0';
    cleaned.length++;
    uint32_t index;
    char expected;
    enum zhol_identifier_status status = judge(row, &cleaned, &index, &expected);
    if (expected == '\0') {
        return error_of(status);
    }
    cleaned.text[check] = expected;
    memcpy(out, cleaned.text, length + 1);
    return ZHOL_ERROR_OK;
}
