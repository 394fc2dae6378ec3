/* Unit tests of zhol/identifier.h: published numbers, and what is said about wrong ones. */
#include <zhol/identifier.h>

#include "check.h"

struct known {
    enum zhol_identifier_kind kind;
    const char *text;
};

/* Numbers printed in standards, registers and on vehicles; those marked (computed) follow from the
 * published rule but were not seen in a register. */
static const struct known known_good[] = {
    {ZHOL_IDENTIFIER_CONTAINER, "CSQU3054383"}, /* the example of ISO 6346 */
    {ZHOL_IDENTIFIER_CONTAINER, "MSKU6011672"},
    {ZHOL_IDENTIFIER_CONTAINER, "TOLU4734787"},
    {ZHOL_IDENTIFIER_CONTAINER, "APZU4812090"}, /* remainder 10, written 0 */
    {ZHOL_IDENTIFIER_WAGON_1520, "52368784"},   /* (computed) */
    {ZHOL_IDENTIFIER_WAGON_1520, "44635514"},   /* (computed) */
    {ZHOL_IDENTIFIER_WAGON_1520, "60812229"},   /* (computed) */
    {ZHOL_IDENTIFIER_WAGON_1520, "94123452"},   /* (computed) */
    {ZHOL_IDENTIFIER_WAGON_UIC, "21 81 2471 217-3"},
    {ZHOL_IDENTIFIER_WAGON_UIC, "51 80 0843 001-0"},
    {ZHOL_IDENTIFIER_WAGON_UIC, "318054550179"}, /* (computed) */
    {ZHOL_IDENTIFIER_ESR, "708507"},             /* Dostyk */
    {ZHOL_IDENTIFIER_ESR, "700007"},
    {ZHOL_IDENTIFIER_ESR, "700204"},
    {ZHOL_IDENTIFIER_ESR, "060073"},
    {ZHOL_IDENTIFIER_ETSNG, "554081"},
    {ZHOL_IDENTIFIER_ETSNG, "554077"},
    {ZHOL_IDENTIFIER_ETSNG, "554062"},
    {ZHOL_IDENTIFIER_ETSNG, "554058"},
    {ZHOL_IDENTIFIER_ETSNG, "554043"},
    {ZHOL_IDENTIFIER_ETSNG, "554039"},
    {ZHOL_IDENTIFIER_ETSNG, "554024"},
    {ZHOL_IDENTIFIER_ETSNG, "554017"},               /* needs the second pass */
    {ZHOL_IDENTIFIER_KZ_BIN, "940940000017"},        /* (computed) */
    {ZHOL_IDENTIFIER_KZ_BIN, "020840000160"},        /* (computed) */
    {ZHOL_IDENTIFIER_KZ_BIN, "990440003270"},        /* (computed) */
    {ZHOL_IDENTIFIER_KZ_BIN, "050940000128"},        /* (computed) by the second pass */
    {ZHOL_IDENTIFIER_KZ_BIN, "050940000153"},        /* (computed) by the second pass */
    {ZHOL_IDENTIFIER_CN_USCC, "91350100M000100Y43"}, /* the example of GB 32100-2015 */
    {ZHOL_IDENTIFIER_CN_USCC, "91512081MA62K0260E"},
    {ZHOL_IDENTIFIER_UNLOCODE, "KZ DYK"},
    {ZHOL_IDENTIFIER_UNLOCODE, "US2TL"},
    {ZHOL_IDENTIFIER_SSCC, "106141412345678908"}, /* GS1 General Specifications */
    {ZHOL_IDENTIFIER_SSCC, "(00) 340123450000000000"},
    {ZHOL_IDENTIFIER_GLN, "0614141000012"},
    {ZHOL_IDENTIFIER_GTIN_8, "9638-5074"},
    {ZHOL_IDENTIFIER_GTIN_12, "036000291452"},
    {ZHOL_IDENTIFIER_GTIN_13, "4006381333931"},
    {ZHOL_IDENTIFIER_GTIN_14, "(01)10614141000415"},
    {ZHOL_IDENTIFIER_VIN, "1M8GDM9AXKP042788"},
    {ZHOL_IDENTIFIER_VIN, "11111111111111111"},
    {ZHOL_IDENTIFIER_VIN, "5GZCZ43D13S812715"},
    {ZHOL_IDENTIFIER_IMO, "IMO 9074729"},
    {ZHOL_IDENTIFIER_IMO, "9321483"},
    {ZHOL_IDENTIFIER_IMO, "imo9703291"},
    {ZHOL_IDENTIFIER_AWB, "020-12345675"},
};

static void known_numbers_are_valid(void)
{
    for (size_t i = 0; i < sizeof known_good / sizeof *known_good; i++) {
        struct zhol_identifier_result result;
        enum zhol_error error =
            zhol_identifier_check(known_good[i].kind, known_good[i].text, &result);
        if (error != ZHOL_ERROR_OK) {
            CHECK_FAIL("%s: %s %s", known_good[i].text,
                       zhol_identifier_rule(known_good[i].kind)->name,
                       zhol_identifier_status_text(result.status));
        }
        CHECK_INT_EQ(result.position, 0);
    }
}

/* Takes the check character out of each known number and asks for it back. */
static void known_numbers_are_completed(void)
{
    for (size_t i = 0; i < sizeof known_good / sizeof *known_good; i++) {
        enum zhol_identifier_kind kind = known_good[i].kind;
        struct zhol_identifier_result result;
        char stem[ZHOL_IDENTIFIER_SIZE], whole[ZHOL_IDENTIFIER_SIZE];
        size_t check = zhol_identifier_rule(kind)->check_position;
        if (check == 0) {
            continue;
        }
        zhol_identifier_check(kind, known_good[i].text, &result);
        strcpy(stem, result.text);
        memmove(stem + check - 1, stem + check, strlen(stem + check) + 1);
        CHECK_INT_EQ(zhol_identifier_complete(kind, stem, whole), ZHOL_ERROR_OK);
        CHECK_STR_EQ(whole, result.text);
    }
}

static void every_kind_has_a_known_number_and_a_name(void)
{
    bool seen[ZHOL_IDENTIFIER_COUNT] = {false};
    for (size_t i = 0; i < sizeof known_good / sizeof *known_good; i++) {
        seen[known_good[i].kind] = true;
    }
    for (unsigned kind = 0; kind < ZHOL_IDENTIFIER_COUNT; kind++) {
        /* Real personal numbers do not belong into a repository; see iin_parts_are_checked. */
        CHECK(seen[kind] || kind == ZHOL_IDENTIFIER_KZ_IIN);
        const struct zhol_identifier_rule *rule = zhol_identifier_rule(kind);
        enum zhol_identifier_kind found = ZHOL_IDENTIFIER_COUNT;
        CHECK_INT_EQ(zhol_identifier_kind_from_name(rule->name, &found), ZHOL_ERROR_OK);
        CHECK_INT_EQ(found, kind);
        CHECK(strlen(rule->pattern) <= ZHOL_IDENTIFIER_LENGTH_MAX);
        CHECK(rule->check_position <= strlen(rule->pattern));
    }
}

struct wrong {
    enum zhol_identifier_kind kind;
    const char *text;
    enum zhol_identifier_status status;
    uint32_t position;
    size_t source_offset;
    char expected_check;
};

static const struct wrong wrongs[] = {
    {ZHOL_IDENTIFIER_CONTAINER, "CSQU3054384", ZHOL_IDENTIFIER_WRONG_CHECK, 11, 10, '3'},
    {ZHOL_IDENTIFIER_CONTAINER, "csqu 305438-4", ZHOL_IDENTIFIER_WRONG_CHECK, 11, 12, '3'},
    {ZHOL_IDENTIFIER_CONTAINER, "CSQX3054383", ZHOL_IDENTIFIER_WRONG_CHARACTER, 4, 3, 0},
    {ZHOL_IDENTIFIER_CONTAINER, "CSQU3O54383", ZHOL_IDENTIFIER_WRONG_CHARACTER, 6, 5, 0},
    /* A Cyrillic С looks like a Latin C. */
    {ZHOL_IDENTIFIER_CONTAINER, "\u0421SQU3054383", ZHOL_IDENTIFIER_WRONG_CHARACTER, 1, 0, 0},
    {ZHOL_IDENTIFIER_CONTAINER, "S\u0421QU3054383", ZHOL_IDENTIFIER_WRONG_CHARACTER, 2, 1, 0},
    {ZHOL_IDENTIFIER_CONTAINER, "CSQU305438", ZHOL_IDENTIFIER_WRONG_LENGTH, 11, 10, 0},
    {ZHOL_IDENTIFIER_CONTAINER, "CSQU30543833", ZHOL_IDENTIFIER_WRONG_LENGTH, 12, 11, 0},
    {ZHOL_IDENTIFIER_CONTAINER, "CSQ3054383", ZHOL_IDENTIFIER_WRONG_LENGTH, 4, 3, 0},
    {ZHOL_IDENTIFIER_CONTAINER, "", ZHOL_IDENTIFIER_WRONG_LENGTH, 1, 0, 0},
    {ZHOL_IDENTIFIER_WAGON_1520, "52368785", ZHOL_IDENTIFIER_WRONG_CHECK, 8, 7, '4'},
    {ZHOL_IDENTIFIER_WAGON_UIC, "218124712174", ZHOL_IDENTIFIER_WRONG_CHECK, 12, 11, '3'},
    {ZHOL_IDENTIFIER_ETSNG, "554010", ZHOL_IDENTIFIER_WRONG_CHECK, 6, 5, '7'},
    {ZHOL_IDENTIFIER_KZ_BIN, "941340000017", ZHOL_IDENTIFIER_WRONG_PART, 3, 2, 0},
    {ZHOL_IDENTIFIER_KZ_BIN, "940930000017", ZHOL_IDENTIFIER_WRONG_PART, 5, 4, 0},
    {ZHOL_IDENTIFIER_KZ_BIN, "940944000017", ZHOL_IDENTIFIER_WRONG_PART, 6, 5, 0},
    {ZHOL_IDENTIFIER_KZ_BIN, "940940000018", ZHOL_IDENTIFIER_WRONG_CHECK, 12, 11, '7'},
    {ZHOL_IDENTIFIER_CN_USCC, "91350100M000100Y44", ZHOL_IDENTIFIER_WRONG_CHECK, 18, 17, '3'},
    {ZHOL_IDENTIFIER_CN_USCC, "91350100I000100Y43", ZHOL_IDENTIFIER_WRONG_CHARACTER, 9, 8, 0},
    {ZHOL_IDENTIFIER_CN_USCC, "91350100Z000100Y43", ZHOL_IDENTIFIER_WRONG_CHARACTER, 9, 8, 0},
    {ZHOL_IDENTIFIER_UNLOCODE, "KZD1K", ZHOL_IDENTIFIER_WRONG_CHARACTER, 4, 3, 0},
    {ZHOL_IDENTIFIER_VIN, "1M8GDM9A5KP042788", ZHOL_IDENTIFIER_WRONG_CHECK, 9, 8, 'X'},
    {ZHOL_IDENTIFIER_VIN, "1M8GDM9AXKP04278O", ZHOL_IDENTIFIER_WRONG_CHARACTER, 17, 16, 0},
    {ZHOL_IDENTIFIER_IMO, "IMO9074728", ZHOL_IDENTIFIER_WRONG_CHECK, 7, 9, '9'},
    {ZHOL_IDENTIFIER_AWB, "020-12345676", ZHOL_IDENTIFIER_WRONG_CHECK, 11, 11, '5'},
};

static void wrong_numbers_are_explained(void)
{
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
        const struct wrong *wrong = &wrongs[i];
        struct zhol_identifier_result result;
        enum zhol_error error = zhol_identifier_check(wrong->kind, wrong->text, &result);
        bool is_form = wrong->status == ZHOL_IDENTIFIER_WRONG_LENGTH ||
                       wrong->status == ZHOL_IDENTIFIER_WRONG_CHARACTER;
        if (result.status != wrong->status || result.position != wrong->position) {
            CHECK_FAIL("%s: status %d at %u", wrong->text, result.status, result.position);
        }
        CHECK_INT_EQ(error, is_form ? ZHOL_ERROR_SYNTAX : ZHOL_ERROR_INVALID);
        CHECK_INT_EQ(result.source_offset, wrong->source_offset);
        CHECK_INT_EQ(result.expected_check, wrong->expected_check);
    }
}

static void text_is_cleaned(void)
{
    struct zhol_identifier_result result;
    /* No-break spaces, en dash and figure space, as they come from pages and documents. */
    const char *copied = "\u00a0csqu\u2007305\u202f438\u20133\r\n";
    CHECK_INT_EQ(zhol_identifier_check(ZHOL_IDENTIFIER_CONTAINER, copied, &result), ZHOL_ERROR_OK);
    CHECK_STR_EQ(result.text, "CSQU3054383");
    CHECK_INT_EQ(result.length, 11);
}

static void a_long_text_is_cut_and_counted(void)
{
    char text[5001];
    struct zhol_identifier_result result;
    memset(text, '1', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    CHECK_INT_EQ(zhol_identifier_check(ZHOL_IDENTIFIER_SSCC, text, &result), ZHOL_ERROR_SYNTAX);
    CHECK_INT_EQ(result.length, 5000);
    CHECK_INT_EQ(strlen(result.text), ZHOL_IDENTIFIER_LENGTH_MAX);
    CHECK_INT_EQ(result.position, 19);
    CHECK_INT_EQ(result.source_offset, 18);
}

/* Numbers of persons are made up here: a date that is nobody's, a serial of zeros. */
static void iin_parts_are_checked(void)
{
    char whole[ZHOL_IDENTIFIER_SIZE];
    struct zhol_identifier_result result;
    CHECK_INT_EQ(zhol_identifier_complete(ZHOL_IDENTIFIER_KZ_IIN, "00022950000", whole),
                 ZHOL_ERROR_OK);
    CHECK_INT_EQ(zhol_identifier_check(ZHOL_IDENTIFIER_KZ_IIN, whole, &result), ZHOL_ERROR_OK);
    zhol_identifier_check(ZHOL_IDENTIFIER_KZ_IIN, "010229500000", &result);
    CHECK_INT_EQ(result.status, ZHOL_IDENTIFIER_WRONG_PART);
    CHECK_INT_EQ(result.position, 5);
    zhol_identifier_check(ZHOL_IDENTIFIER_KZ_IIN, "001329500000", &result);
    CHECK_INT_EQ(result.position, 3);
    zhol_identifier_check(ZHOL_IDENTIFIER_KZ_IIN, "000101700000", &result);
    CHECK_INT_EQ(result.position, 7);
}

/* Every check digit is refused for a stem that has none. */
static void check_never_issued(char *guess)
{
    for (char digit = '0'; digit <= '9'; digit++) {
        struct zhol_identifier_result result;
        guess[11] = digit;
        CHECK_INT_EQ(zhol_identifier_check(ZHOL_IDENTIFIER_KZ_BIN, guess, &result),
                     ZHOL_ERROR_INVALID);
        CHECK_INT_EQ(result.status, ZHOL_IDENTIFIER_NEVER_ISSUED);
    }
}

/* Searches stems whose both passes leave 10: such numbers are never issued. */
static void a_series_without_check_digit_is_named(void)
{
    int refused = 0;
    for (int serial = 0; serial < 1000; serial++) {
        char stem[13] = "94094000000", whole[ZHOL_IDENTIFIER_SIZE];
        stem[8] = (char)('0' + serial / 100);
        stem[9] = (char)('0' + serial / 10 % 10);
        stem[10] = (char)('0' + serial % 10);
        if (zhol_identifier_complete(ZHOL_IDENTIFIER_KZ_BIN, stem, whole) != ZHOL_ERROR_OK) {
            refused++;
            CHECK_STR_EQ(whole, "");
            check_never_issued(stem);
        }
    }
    /* One in 121 is expected: 1/11 on each pass. */
    CHECK(refused > 1 && refused < 30);
}

static void misuse_is_an_error(void)
{
    char whole[ZHOL_IDENTIFIER_SIZE] = "x";
    struct zhol_identifier_result result;
    enum zhol_identifier_kind kind = ZHOL_IDENTIFIER_VIN, none = ZHOL_IDENTIFIER_COUNT;
    CHECK_INT_EQ(zhol_identifier_check(none, "1", &result), ZHOL_ERROR_USAGE);
    CHECK_INT_EQ(zhol_identifier_check(kind, NULL, &result), ZHOL_ERROR_USAGE);
    CHECK_INT_EQ(zhol_identifier_check(kind, "1", NULL), ZHOL_ERROR_USAGE);
    CHECK_INT_EQ(zhol_identifier_complete(none, "1", whole), ZHOL_ERROR_USAGE);
    CHECK_INT_EQ(zhol_identifier_complete(kind, NULL, whole), ZHOL_ERROR_USAGE);
    CHECK_INT_EQ(zhol_identifier_complete(ZHOL_IDENTIFIER_UNLOCODE, "KZDY", whole),
                 ZHOL_ERROR_USAGE);
    CHECK_INT_EQ(zhol_identifier_complete(kind, "11111111111111111", whole), ZHOL_ERROR_SYNTAX);
    CHECK_INT_EQ(zhol_identifier_complete(kind, "111111111111111O", whole), ZHOL_ERROR_SYNTAX);
    CHECK_INT_EQ(zhol_identifier_complete(ZHOL_IDENTIFIER_KZ_BIN, "94134000001", whole),
                 ZHOL_ERROR_INVALID);
    CHECK_STR_EQ(whole, "");
    CHECK_INT_EQ(zhol_identifier_kind_from_name("wago", &kind), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(zhol_identifier_kind_from_name("", &kind), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(kind, ZHOL_IDENTIFIER_VIN);
    CHECK_INT_EQ(zhol_identifier_kind_from_name("Wagon-UIC", &kind), ZHOL_ERROR_OK);
    CHECK_INT_EQ(kind, ZHOL_IDENTIFIER_WAGON_UIC);
    CHECK(zhol_identifier_rule(none) == NULL);
    CHECK(strlen(zhol_identifier_status_text(ZHOL_IDENTIFIER_STATUS_COUNT)) > 0);
}

int main(void)
{
    RUN(known_numbers_are_valid);
    RUN(known_numbers_are_completed);
    RUN(every_kind_has_a_known_number_and_a_name);
    RUN(wrong_numbers_are_explained);
    RUN(text_is_cleaned);
    RUN(a_long_text_is_cut_and_counted);
    RUN(iin_parts_are_checked);
    RUN(a_series_without_check_digit_is_named);
    RUN(misuse_is_an_error);
    return check_report();
}
