/* Property tests of zhol/identifier.h: what each scheme detects, and exactly what it misses.
 *
 * For every kind random numbers are completed; then every character is replaced by every other that
 * the form allows there, and every two neighbours are swapped. For each such error the test works
 * out from the scheme's weights, not from the library's code, whether it may pass unseen:
 *   never   it must be refused,
 *   always  it must pass: a known hole of the scheme, stated in docs/identifiers.md,
 *   perhaps the number or its wrong form needs the second pass (or remainder 10): either is right.
 * With the argument --rates the shares that passed are printed, for the table in the docs.
 */
#include <zhol/identifier.h>

#include <stdlib.h>

#include "check.h"

enum passes { NEVER, ALWAYS, PERHAPS };

/* `text` is right; in `wrong` the character at i, or those at i and i + 1, are changed. */
typedef enum passes prediction(const char *text, const char *wrong, size_t i);

static uint64_t random_state = 20260131;

static uint32_t random_below(uint32_t limit)
{
    random_state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t z = random_state;
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (uint32_t)((z ^ (z >> 31)) % limit);
}

static const char *alphabet_of(char class)
{
    switch (class) {
    case '9':
        return "0123456789";
    case 'A':
        return "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    case 'U':
        return "UJZ";
    case 'L':
        return "ABCDEFGHIJKLMNOPQRSTUVWXYZ23456789";
    case 'H':
        return "0123456789ABCDEFGHJKLMNPQRTUWXY";
    case 'V':
        return "0123456789ABCDEFGHJKLMNPRSTUVWXYZ";
    default:
        return "0123456789X";
    }
}

static enum passes passes_if(bool condition)
{
    return condition ? ALWAYS : NEVER;
}

static int difference(char a, char b)
{
    return abs(a - b);
}

static enum passes never(const char *text, const char *wrong, size_t i)
{
    (void)text, (void)wrong, (void)i;
    return NEVER;
}

/* Luhn: doubling maps 0 and 9 to 0 and 9, so these two may stand in either order. */
static enum passes luhn_swap(const char *text, const char *wrong, size_t i)
{
    (void)wrong;
    return passes_if(difference(text[i], text[i + 1]) == 9);
}

/* 3a + b and 3b + a differ by 2(a - b): nothing mod 10 when the digits are 5 apart. */
static enum passes gs1_swap(const char *text, const char *wrong, size_t i)
{
    (void)wrong;
    return passes_if(difference(text[i], text[i + 1]) == 5);
}

/* Weights 7 to 2 mod 10: 5, and the even ones, have no inverse. */
static enum passes imo_substitution(const char *text, const char *wrong, size_t i)
{
    return passes_if(i < 6 && (7 - (int)i) * difference(text[i], wrong[i]) % 10 == 0);
}

static enum passes awb_substitution(const char *text, const char *wrong, size_t i)
{
    return passes_if(i < 3 || (i < 10 && difference(text[i], wrong[i]) == 7));
}

static enum passes awb_swap(const char *text, const char *wrong, size_t i)
{
    (void)wrong;
    return passes_if(i < 2 || (i < 9 && difference(text[i], text[i + 1]) == 7));
}

static int vin_value(char c)
{
    static const char *const columns[] = {"0",    "1AJ", "2BKS", "3CLT", "4DMU",
                                          "5ENV", "6FW", "7GPX", "8HY",  "9RZ"};
    int value = 0;
    while (!strchr(columns[value], c)) {
        value++;
    }
    return value;
}

static enum passes vin_substitution(const char *text, const char *wrong, size_t i)
{
    return passes_if(i != 8 && vin_value(text[i]) == vin_value(wrong[i]));
}

/* The weight of position 8 is 10, that of the check digit is -1, which is the same mod 11: two
 * digits may change places there. An X counts 10 as check and 7 elsewhere. */
static enum passes vin_swap(const char *text, const char *wrong, size_t i)
{
    (void)wrong;
    char a = text[i], b = text[i + 1];
    if (i == 7 || i == 8) {
        return a > '9' || b > '9' ? PERHAPS : passes_if(i == 7);
    }
    return passes_if(vin_value(a) == vin_value(b));
}

static int container_value(char c)
{
    static const char order[] = "0123456789A?BCDEFGHIJK?LMNOPQRSTU?VWXYZ";
    return (int)(strchr(order, c) - order);
}

static int container_rest(const char *text)
{
    int rest = 0; /* Horner's scheme: the last character has the highest power of two */
    for (int i = 9; i >= 0; i--) {
        rest = (2 * rest + container_value(text[i])) % 11;
    }
    return rest;
}

static enum passes container_any(const char *text, const char *wrong, bool same)
{
    if (same) {
        return ALWAYS;
    }
    return container_rest(text) == 10 || container_rest(wrong) == 10 ? PERHAPS : NEVER;
}

static enum passes container_substitution(const char *text, const char *wrong, size_t i)
{
    bool same = i < 10 && (container_value(text[i]) - container_value(wrong[i])) % 11 == 0;
    return container_any(text, wrong, same);
}

static enum passes container_swap(const char *text, const char *wrong, size_t i)
{
    bool same = i < 9 && (container_value(text[i]) - container_value(text[i + 1])) % 11 == 0;
    return container_any(text, wrong, same);
}

static bool needs_second_pass(const char *text, int length)
{
    int sum = 0;
    for (int i = 0; i < length; i++) {
        sum += (text[i] - '0') * (i + 1);
    }
    return sum % 11 == 10;
}

static enum passes esr_any(const char *text, const char *wrong, size_t i)
{
    (void)i;
    return needs_second_pass(text, 5) || needs_second_pass(wrong, 5) ? PERHAPS : NEVER;
}

/* The weight of the eleventh digit is 11: on the first pass any digit will do there. */
static enum passes kz_substitution(const char *text, const char *wrong, size_t i)
{
    if (needs_second_pass(text, 11) || needs_second_pass(wrong, 11)) {
        return PERHAPS;
    }
    return passes_if(i == 10);
}

static enum passes kz_swap(const char *text, const char *wrong, size_t i)
{
    (void)i;
    return needs_second_pass(text, 11) || needs_second_pass(wrong, 11) ? PERHAPS : NEVER;
}

struct scheme {
    enum zhol_identifier_kind kind;
    prediction *substitution;
    prediction *swap;
};

static const struct scheme schemes[] = {
    {ZHOL_IDENTIFIER_CONTAINER, container_substitution, container_swap},
    {ZHOL_IDENTIFIER_WAGON_1520, never, luhn_swap},
    {ZHOL_IDENTIFIER_WAGON_UIC, never, luhn_swap},
    {ZHOL_IDENTIFIER_ESR, esr_any, esr_any},
    {ZHOL_IDENTIFIER_ETSNG, esr_any, esr_any},
    {ZHOL_IDENTIFIER_KZ_IIN, kz_substitution, kz_swap},
    {ZHOL_IDENTIFIER_KZ_BIN, kz_substitution, kz_swap},
    {ZHOL_IDENTIFIER_CN_USCC, never, never},
    {ZHOL_IDENTIFIER_SSCC, never, gs1_swap},
    {ZHOL_IDENTIFIER_GLN, never, gs1_swap},
    {ZHOL_IDENTIFIER_GTIN_8, never, gs1_swap},
    {ZHOL_IDENTIFIER_GTIN_12, never, gs1_swap},
    {ZHOL_IDENTIFIER_GTIN_13, never, gs1_swap},
    {ZHOL_IDENTIFIER_GTIN_14, never, gs1_swap},
    {ZHOL_IDENTIFIER_VIN, vin_substitution, vin_swap},
    {ZHOL_IDENTIFIER_IMO, imo_substitution, never},
    {ZHOL_IDENTIFIER_AWB, awb_substitution, awb_swap},
};

struct tally {
    uint64_t tried;
    uint64_t passed;
};

/* Draws a stem of the pattern until it can be completed. */
static void draw_number(enum zhol_identifier_kind kind, char out[ZHOL_IDENTIFIER_SIZE])
{
    const struct zhol_identifier_rule *rule = zhol_identifier_rule(kind);
    char stem[ZHOL_IDENTIFIER_SIZE];
    do {
        size_t length = 0;
        for (size_t i = 0; rule->pattern[i]; i++) {
            const char *alphabet = alphabet_of(rule->pattern[i]);
            if (i + 1 != rule->check_position) {
                stem[length++] = alphabet[random_below((uint32_t)strlen(alphabet))];
            }
        }
        stem[length] = '\0';
    } while (zhol_identifier_complete(kind, stem, out) != ZHOL_ERROR_OK);
}

static int broken;

/* Checks one wrong number against its prediction. Wrong forms and parts are refused before the
 * check character counts. */
static void check_error(const struct scheme *scheme, enum passes predicted, const char *text,
                        const char *wrong, struct tally *tally)
{
    struct zhol_identifier_result result;
    zhol_identifier_check(scheme->kind, wrong, &result);
    bool passed = result.status == ZHOL_IDENTIFIER_VALID;
    bool seen_before = result.status == ZHOL_IDENTIFIER_WRONG_CHARACTER ||
                       result.status == ZHOL_IDENTIFIER_WRONG_PART;
    tally->tried++;
    tally->passed += passed;
    bool kept = predicted == NEVER ? !passed : predicted == ALWAYS ? passed || seen_before : true;
    if (!kept && ++broken > 10) {
        check_failures_here++; /* said often enough */
    } else if (!kept) {
        CHECK_FAIL("%s: %s for %s %s", zhol_identifier_rule(scheme->kind)->name, wrong, text,
                   passed ? "passed" : "was refused");
    }
}

static void try_substitutions(const struct scheme *scheme, const char *text, struct tally *tally)
{
    const char *pattern = zhol_identifier_rule(scheme->kind)->pattern;
    for (size_t i = 0; pattern[i]; i++) {
        char wrong[ZHOL_IDENTIFIER_SIZE];
        strcpy(wrong, text);
        for (const char *c = alphabet_of(pattern[i]); *c; c++) {
            wrong[i] = *c;
            if (*c != text[i]) {
                check_error(scheme, scheme->substitution(text, wrong, i), text, wrong, tally);
            }
        }
    }
}

static void try_swaps(const struct scheme *scheme, const char *text, struct tally *tally)
{
    const char *pattern = zhol_identifier_rule(scheme->kind)->pattern;
    for (size_t i = 0; pattern[i + 1]; i++) {
        char wrong[ZHOL_IDENTIFIER_SIZE];
        strcpy(wrong, text);
        wrong[i] = text[i + 1];
        wrong[i + 1] = text[i];
        bool has_form = strchr(alphabet_of(pattern[i]), wrong[i]) &&
                        strchr(alphabet_of(pattern[i + 1]), wrong[i + 1]);
        if (text[i] != text[i + 1] && has_form) {
            check_error(scheme, scheme->swap(text, wrong, i), text, wrong, tally);
        }
    }
}

static int number_count = 300;
static bool prints_rates;

static void errors_are_detected_as_promised(void)
{
    for (size_t s = 0; s < sizeof schemes / sizeof *schemes; s++) {
        struct tally substitutions = {0}, swaps = {0};
        for (int n = 0; n < number_count; n++) {
            char text[ZHOL_IDENTIFIER_SIZE];
            struct zhol_identifier_result result;
            draw_number(schemes[s].kind, text);
            CHECK_INT_EQ(zhol_identifier_check(schemes[s].kind, text, &result), ZHOL_ERROR_OK);
            try_substitutions(&schemes[s], text, &substitutions);
            try_swaps(&schemes[s], text, &swaps);
        }
        if (prints_rates) {
            printf("%-11s substitutions missed %6.3f %%  swaps missed %6.3f %%\n",
                   zhol_identifier_rule(schemes[s].kind)->name,
                   100.0 * (double)substitutions.passed / (double)substitutions.tried,
                   100.0 * (double)swaps.passed / (double)swaps.tried);
        }
    }
}

static void every_kind_with_a_check_has_a_scheme(void)
{
    for (unsigned kind = 0; kind < ZHOL_IDENTIFIER_COUNT; kind++) {
        bool found = false;
        for (size_t s = 0; s < sizeof schemes / sizeof *schemes; s++) {
            found |= schemes[s].kind == kind;
        }
        CHECK(found == (zhol_identifier_rule(kind)->check_position > 0));
    }
}

/* Blanks, dashes and small letters anywhere change nothing. */
static void writing_does_not_matter(void)
{
    static const char *const separators[] = {"", "", " ", "-", ".", "/", "\u00a0", "\u2013"};
    for (int n = 0; n < 2000; n++) {
        enum zhol_identifier_kind kind = schemes[n % (int)(sizeof schemes / sizeof *schemes)].kind;
        char text[ZHOL_IDENTIFIER_SIZE], written[6 * ZHOL_IDENTIFIER_SIZE] = "";
        struct zhol_identifier_result result;
        draw_number(kind, text);
        for (size_t i = 0; text[i]; i++) {
            bool is_small = text[i] >= 'A' && random_below(2) == 0;
            char c[2] = {is_small ? (char)(text[i] - 'A' + 'a') : text[i], '\0'};
            strcat(written, separators[random_below(sizeof separators / sizeof *separators)]);
            strcat(written, c);
        }
        CHECK_INT_EQ(zhol_identifier_check(kind, written, &result), ZHOL_ERROR_OK);
        CHECK_STR_EQ(result.text, text);
    }
}

int main(int argc, char **argv)
{
    if (argc > 2 && strcmp(argv[2], "--rates") == 0) {
        prints_rates = true;
        number_count = 20000;
    }
    RUN(errors_are_detected_as_promised);
    RUN(every_kind_with_a_check_has_a_scheme);
    RUN(writing_does_not_matter);
    return check_report();
}
