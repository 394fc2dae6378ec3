/* zhol/identifier.h: the numbers that freight, vehicles, places and firms go by, and their check
 * digits.
 *
 * Purpose: catch a mistyped container, wagon, station, cargo or company number where it enters, and
 * say which character is wrong and what the check digit should be. It knows the form of a number
 * and its arithmetic; whether the number was ever issued only its register knows.
 *
 * Call order: none; every function is pure, works on the caller's memory, needs no allocation and
 * may be called from any thread. Time is linear in the length of the text.
 *
 * What each scheme detects and what it misses stands in docs/identifiers.md and is held by
 * tests/property/test_identifier.c.
 *
 * Sources: ISO 6346 (containers); UIC 438-2 (12-digit wagons, the Luhn sum); the 1520 mm railways'
 * rules for 8-digit wagons, ESR stations and ETSNG cargo; the rules of the Kazakh national
 * registers (IIN, BIN); GB 32100-2015 (USCC); UN/LOCODE manual; GS1 General Specifications;
 * 49 CFR 565 and ISO 3779 (VIN); IMO resolution A.1117(30); IATA resolution 600a (air waybill).
 */
#ifndef ZHOL_IDENTIFIER_H
#define ZHOL_IDENTIFIER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <zhol/error.h>

enum zhol_identifier_kind {
    ZHOL_IDENTIFIER_CONTAINER,  /* ISO 6346: CSQU 305438 3 */
    ZHOL_IDENTIFIER_WAGON_1520, /* eight digits, 1520 mm railways */
    ZHOL_IDENTIFIER_WAGON_UIC,  /* twelve digits, UIC */
    ZHOL_IDENTIFIER_ESR,        /* station of the 1520 mm network, 5 + 1 digits */
    ZHOL_IDENTIFIER_ETSNG,      /* cargo of the 1520 mm network, 5 + 1 digits */
    ZHOL_IDENTIFIER_KZ_IIN,     /* Kazakhstan, person */
    ZHOL_IDENTIFIER_KZ_BIN,     /* Kazakhstan, company */
    ZHOL_IDENTIFIER_CN_USCC,    /* China, unified social credit code */
    ZHOL_IDENTIFIER_UNLOCODE,   /* place; has no check digit, only the form is checked */
    ZHOL_IDENTIFIER_SSCC,       /* GS1 logistic unit, 18 digits */
    ZHOL_IDENTIFIER_GLN,        /* GS1 location or party, 13 digits */
    ZHOL_IDENTIFIER_GTIN_8,     /* GS1 trade items */
    ZHOL_IDENTIFIER_GTIN_12,
    ZHOL_IDENTIFIER_GTIN_13,
    ZHOL_IDENTIFIER_GTIN_14,
    ZHOL_IDENTIFIER_VIN, /* road vehicle */
    ZHOL_IDENTIFIER_IMO, /* sea ship */
    ZHOL_IDENTIFIER_AWB, /* air waybill, 3 + 8 digits */
    ZHOL_IDENTIFIER_COUNT
};

enum { ZHOL_IDENTIFIER_LENGTH_MAX = 18, ZHOL_IDENTIFIER_SIZE = ZHOL_IDENTIFIER_LENGTH_MAX + 1 };

/* What is fixed for a kind; all strings are static. In `pattern` each letter stands for one
 * character: 9 a digit, A a letter, U one of U J Z, L a letter or 2..9, H a digit or a letter
 * without I O S V Z, V a digit or a letter without I O Q, C a digit or X. */
struct zhol_identifier_rule {
    const char *name;     /* "container", as the command line writes it */
    const char *title;    /* "freight container" */
    const char *standard; /* "ISO 6346" */
    const char *prefix;   /* text that may stand before the number and is dropped, such as "IMO" */
    const char *pattern;
    uint8_t check_position; /* of the check character, from 1; 0: the kind has none */
    bool check_is_optional; /* a wrong check character proves nothing in every country (VIN) */
};

enum zhol_identifier_status {
    ZHOL_IDENTIFIER_VALID,
    ZHOL_IDENTIFIER_WRONG_LENGTH,
    ZHOL_IDENTIFIER_WRONG_CHARACTER, /* a character that the pattern does not allow there */
    ZHOL_IDENTIFIER_WRONG_PART,      /* a part that cannot be, such as month 13 of an IIN */
    ZHOL_IDENTIFIER_WRONG_CHECK,     /* the check character does not match the rest */
    ZHOL_IDENTIFIER_NEVER_ISSUED,    /* the scheme issues no number with this stem (IIN, BIN) */
    ZHOL_IDENTIFIER_STATUS_COUNT
};

struct zhol_identifier_result {
    enum zhol_identifier_status status;
    /* The number without prefix, blanks and dashes, in capitals, cut to the longest kind; a
     * character outside ASCII is written as '?'. */
    char text[ZHOL_IDENTIFIER_SIZE];
    uint32_t length;      /* of the uncut number, in characters */
    uint32_t position;    /* from 1 in `text`: the first wrong character; 0 when valid */
    size_t source_offset; /* where it stands in the given text, in bytes from 0 */
    char expected_check;  /* '\0' if the kind has none, or the form is wrong, or none exists */
};

/* The rule of a kind, or NULL if `kind` is out of range. */
const struct zhol_identifier_rule *zhol_identifier_rule(enum zhol_identifier_kind kind);

/* Finds a kind by the name in its rule, in any case. ZHOL_ERROR_UNKNOWN leaves *kind alone. */
enum zhol_error zhol_identifier_kind_from_name(const char *name, enum zhol_identifier_kind *kind);

/* An English sentence for a status, without subject or full stop; static, never NULL. */
const char *zhol_identifier_status_text(enum zhol_identifier_status status);

/* Checks `text` (UTF-8, ends in NUL). Blanks, dashes, dots, slashes and the kind's prefix are
 * dropped, small letters read as capitals.
 * Returns ZHOL_ERROR_OK if the number is valid, ZHOL_ERROR_SYNTAX if length or characters are
 * wrong, ZHOL_ERROR_INVALID if a part or the check character is, ZHOL_ERROR_USAGE for an unknown
 * kind or a NULL argument. In all but the last case *result is filled. */
enum zhol_error zhol_identifier_check(enum zhol_identifier_kind kind, const char *text,
                                      struct zhol_identifier_result *result);

/* Writes to `out` the number whose check character was left out of `stem`: for most kinds the last
 * one, for a VIN the ninth. The stem is cleaned as above. Errors: ZHOL_ERROR_SYNTAX and
 * ZHOL_ERROR_INVALID as above, INVALID also when the scheme issues no number with this stem,
 * ZHOL_ERROR_USAGE if the kind has no check character or an argument is NULL. After an error `out`
 * is "". */
enum zhol_error zhol_identifier_complete(enum zhol_identifier_kind kind, const char *stem,
                                         char out[static ZHOL_IDENTIFIER_SIZE]);

#endif
