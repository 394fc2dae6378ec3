/* Fuzzer of receipts and countersignatures (operate/receipt.h, operate/audit.h).
 *
 * The bytes are read as a receipt as they are, with a trusted key and without. Beyond "no crash":
 * nobody holds the signer's key, so nothing but the seeds verifies against it; what verifies with
 * the key inside it verifies again, with the same findings, and does not contradict itself.
 */
#include <stdlib.h>
#include <string.h>

#include "operate/audit.h"

/* Not assert: that is empty in builds with NDEBUG. */
#define REQUIRE(cond)  \
    do {               \
        if (!(cond)) { \
            abort();   \
        }              \
    } while (0)

static void check_receipt(struct text_view text)
{
    static const uint8_t nobody[SIGN_KEY_SIZE] = {1};
    struct receipt receipt, again;
    struct zhol_report report;
    char why[256];
    zhol_report_init(&report, 0);
    REQUIRE(receipt_verify(text, nobody, &receipt, &report) != ZHOL_ERROR_OK);
    REQUIRE(zhol_report_failed(&report));
    zhol_report_clear(&report);
    if (receipt_verify(text, NULL, &receipt, NULL) == ZHOL_ERROR_OK) {
        REQUIRE(receipt_verify(text, receipt.key, &again, NULL) == ZHOL_ERROR_OK);
        REQUIRE(memcmp(&receipt, &again, sizeof receipt) == 0);
        REQUIRE(!receipt_forked(&receipt, &again, why, sizeof why));
        again.hash[0] ^= 1;
        REQUIRE(receipt_forked(&receipt, &again, why, sizeof why));
    }
}

static void check_countersignature(struct text_view text)
{
    struct countersignature signature, again;
    struct buffer json = {0};
    if (countersign_read(text, &signature) == ZHOL_ERROR_OK) {
        REQUIRE(countersign_data(&signature, &json) == ZHOL_ERROR_OK);
        struct text_view canonical = {buffer_get(&json), (uint32_t)json.size};
        REQUIRE(countersign_read(canonical, &again) == ZHOL_ERROR_OK);
        REQUIRE(memcmp(&signature, &again, sizeof again) == 0);
    }
    buffer_clear(&json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 65536) {
        return 0;
    }
    struct text_view text = {(const char *)data, (uint32_t)size};
    check_receipt(text);
    check_countersignature(text);
    return 0;
}
