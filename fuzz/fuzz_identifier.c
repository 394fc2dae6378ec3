/* Fuzzer of zhol/identifier.h: any text as any kind.
 *
 * Beyond "no crash": what is valid stays valid in its cleaned form; its stem completes to itself;
 * and a wrong check character, put right as the result says, gives a valid number.
 */
#include <zhol/identifier.h>

#include <stdlib.h>
#include <string.h>

/* Not assert: that is empty in builds with NDEBUG. */
#define REQUIRE(cond)  \
    do {               \
        if (!(cond)) { \
            abort();   \
        }              \
    } while (0)

static void check_valid(enum zhol_identifier_kind kind, const char *text)
{
    struct zhol_identifier_result again;
    char stem[ZHOL_IDENTIFIER_SIZE], whole[ZHOL_IDENTIFIER_SIZE];
    size_t check = zhol_identifier_rule(kind)->check_position;
    REQUIRE(zhol_identifier_check(kind, text, &again) == ZHOL_ERROR_OK);
    REQUIRE(strcmp(again.text, text) == 0);
    if (check > 0) {
        memcpy(stem, text, sizeof stem);
        memmove(stem + check - 1, stem + check, strlen(stem + check) + 1);
        REQUIRE(zhol_identifier_complete(kind, stem, whole) == ZHOL_ERROR_OK);
        REQUIRE(strcmp(whole, text) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    if (!text) {
        return 0;
    }
    if (size > 0) {
        memcpy(text, data, size);
    }
    text[size] = '\0';
    for (unsigned kind = 0; kind < ZHOL_IDENTIFIER_COUNT; kind++) {
        struct zhol_identifier_result result;
        char whole[ZHOL_IDENTIFIER_SIZE];
        enum zhol_error error = zhol_identifier_check(kind, text, &result);
        REQUIRE(result.source_offset <= strlen(text));
        REQUIRE((error == ZHOL_ERROR_OK) == (result.position == 0));
        if (result.status == ZHOL_IDENTIFIER_WRONG_CHECK) {
            result.text[result.position - 1] = result.expected_check;
            check_valid(kind, result.text);
        } else if (error == ZHOL_ERROR_OK) {
            check_valid(kind, result.text);
        }
        if (zhol_identifier_complete(kind, text, whole) == ZHOL_ERROR_OK) {
            check_valid(kind, whole);
        }
    }
    free(text);
    return 0;
}
