/* test_receipt.c: receipts of places and refusals: written, read, forged, compared; signatures
 * against the test vectors of RFC 8032; heads and countersignatures.
 */
#include <unistd.h>

#include "border.h"

#include "operate/plain.h"
#include "operate/receipt_list.h"

static struct signer *signer;
static uint8_t key[SIGN_KEY_SIZE];

static struct text_view view_of(const struct buffer *buffer)
{
    return (struct text_view){buffer_get(buffer), (uint32_t)buffer->size};
}

/* ---- signatures ---- */

/* RFC 8032, 7.1: TEST 1 (empty), TEST 3 (two bytes). */
static void signatures_are_those_of_the_standard(void)
{
    static const struct {
        const char *seed, *key, *message, *signature;
        uint32_t size;
    } vectors[] = {
        {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
         "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
         "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701"
         "cf9"
         "b46bd25bf5f0595bbe24655141438e7a100b",
         0},
        {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
         "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "\xaf\x82",
         "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f7609"
         "84d"
         "c6594a7c15e9716ed28dc027beceea1ec40a",
         2},
    };
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        struct signer *one = NULL;
        uint8_t want[SIGN_KEY_SIZE], got[SIGN_KEY_SIZE], signature[SIGNATURE_SIZE];
        uint8_t expected[SIGNATURE_SIZE];
        FILE *file = fopen("vector.key", "w");
        CHECK(file != NULL);
        if (file) {
            fprintf(file, "%s\n", vectors[i].seed);
            fclose(file);
        }
        CHECK_INT_EQ(signer_open("vector.key", NULL, &one), ZHOL_ERROR_INVALID); /* mode 0644 */
        CHECK(system("chmod 600 vector.key") == 0);
        CHECK_INT_EQ(signer_open("vector.key", NULL, &one), ZHOL_ERROR_OK);
        CHECK(hex_read(vectors[i].key, want, sizeof want));
        CHECK(hex_read(vectors[i].signature, expected, sizeof expected));
        struct text_view message = {vectors[i].message, vectors[i].size};
        signer_public(one, got);
        CHECK(memcmp(got, want, sizeof got) == 0);
        CHECK_INT_EQ(signer_sign(one, message, signature), ZHOL_ERROR_OK);
        CHECK(memcmp(signature, expected, sizeof signature) == 0);
        CHECK(signature_valid(message, signature, got));
        signature[0] ^= 1;
        CHECK(!signature_valid(message, signature, got));
        signer_close(one);
        unlink("vector.key");
    }
}

/* ---- receipts ---- */

static struct entry entry_made(void)
{
    struct entry entry;
    memset(&entry, 0, sizeof entry);
    snprintf(entry.stream, sizeof entry.stream, "NURZHOLY");
    entry.seq = 7;
    entry.prev[0] = 0xab;
    entry.command.kind = COMMAND_book;
    entry.command.role = ROLE_carrier;
    entry.command.time_s = 1762905600;
    entry.command.place = 0x1234;
    entry.result.number = 12;
    entry.result.slot_s = 1762912800;
    return entry;
}

static void write_receipt(const struct entry *entry, struct buffer *json)
{
    uint8_t hash[HASH_SIZE];
    struct buffer bytes = {0};
    border_must(entry_write(entry, &bytes, hash), "entry");
    border_must(receipt_write(signer, entry, hash, json), "receipt");
    buffer_clear(&bytes);
}

static void a_receipt_says_what_the_entry_says(void)
{
    struct entry entry = entry_made();
    struct buffer json = {0};
    struct receipt receipt;
    write_receipt(&entry, &json);
    CHECK_INT_EQ(receipt_verify(view_of(&json), key, &receipt, NULL), ZHOL_ERROR_OK);
    CHECK_STR_EQ(receipt.stream, "NURZHOLY");
    CHECK_STR_EQ(receipt.command, "book");
    CHECK_STR_EQ(receipt.outcome, "done");
    CHECK_INT_EQ(receipt.seq, 7);
    CHECK_INT_EQ(receipt.place, 0x1234);
    CHECK_INT_EQ(receipt.number, 12);
    CHECK_INT_EQ(receipt.time_s, 1762905600);
    CHECK_INT_EQ(receipt.slot_s, 1762912800);
    CHECK_INT_EQ(receipt.prev[0], 0xab);
    CHECK(memcmp(receipt.key, key, sizeof key) == 0);
    CHECK(!strstr(buffer_get(&json), " "));
    buffer_clear(&json);
}

static void refusals_get_receipts_too(void)
{
    struct entry entry = entry_made();
    struct buffer json = {0};
    struct receipt receipt;
    entry.result.refusal = REFUSAL_slot_full;
    entry.result.number = 0;
    entry.result.slot_s = 0;
    write_receipt(&entry, &json);
    CHECK_INT_EQ(receipt_verify(view_of(&json), key, &receipt, NULL), ZHOL_ERROR_OK);
    CHECK_STR_EQ(receipt.outcome, "slot_full");
    CHECK_INT_EQ(receipt.number, 0);
    CHECK(!strstr(buffer_get(&json), "\"slot\"") && !strstr(buffer_get(&json), "\"number\""));
    buffer_clear(&json);
}

/* Somebody printed it nicely, in another order: it is the same receipt. */
static void form_does_not_matter(void)
{
    struct entry entry = entry_made();
    struct buffer json = {0}, other = {0};
    struct receipt receipt;
    write_receipt(&entry, &json);
    const char *place = strstr(buffer_get(&json), "\"place\"");
    CHECK(place != NULL);
    buffer_string(&other, "{ \"place\" :\t\"0000000000001234\" ,\n");
    buffer_append(&other, json.bytes + 1, (size_t)(place - json.bytes) - 1);
    buffer_string(&other, place + strlen("\"place\":\"0000000000001234\","));
    CHECK_INT_EQ(receipt_verify(view_of(&other), key, &receipt, NULL), ZHOL_ERROR_OK);
    buffer_clear(&json);
    buffer_clear(&other);
}

static void replace(struct buffer *json, const char *from, const char *to)
{
    struct buffer other = {0};
    const char *at = strstr(buffer_get(json), from);
    CHECK(at != NULL);
    if (at) {
        buffer_append(&other, json->bytes, (size_t)(at - json->bytes));
        buffer_string(&other, to);
        buffer_string(&other, at + strlen(from));
        buffer_clear(json);
        *json = other;
    }
}

static void forgeries_are_found(void)
{
    static const struct {
        const char *from, *to;
        enum zhol_error error;
    } cases[] = {
        {"\"seq\":7", "\"seq\":8", ZHOL_ERROR_INVALID},
        {"\"number\":12", "\"number\":1", ZHOL_ERROR_INVALID},
        {"\"outcome\":\"done\"", "\"outcome\":\"slot_full\"", ZHOL_ERROR_INVALID},
        {"\"slot\":1762912800,", "", ZHOL_ERROR_INVALID},
        {"\"place\":\"0000000000001234\",", "", ZHOL_ERROR_INVALID},
        {"\"version\":1", "\"version\":2", ZHOL_ERROR_SYNTAX},
        {"zhol-receipt", "zhol-head", ZHOL_ERROR_SYNTAX},
        {"\"seq\":7", "\"seq\":7.0", ZHOL_ERROR_SYNTAX},
        {"\"seq\":7", "\"seq\":0", ZHOL_ERROR_SYNTAX},
        {"\"seq\":7", "\"seq\":7,\"seq\":7", ZHOL_ERROR_SYNTAX},
        {"\"seq\":7", "\"seq\":7,\"more\":1", ZHOL_ERROR_SYNTAX},
        {"\"hash\":\"", "\"hash\":\"0", ZHOL_ERROR_SYNTAX},
        {"\"stream\":\"NURZHOLY\"", "\"stream\":\"\"", ZHOL_ERROR_SYNTAX},
        {"\"stream\":\"NURZHOLY\"", "\"stream\":null", ZHOL_ERROR_SYNTAX},
        {"{", "[", ZHOL_ERROR_SYNTAX},
        {"\"command\":\"book\",", "", ZHOL_ERROR_SYNTAX},
    };
    struct entry entry = entry_made();
    struct receipt receipt;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer json = {0};
        struct zhol_report report;
        zhol_report_init(&report, 0);
        write_receipt(&entry, &json);
        replace(&json, cases[i].from, cases[i].to);
        CHECK_INT_EQ(receipt_verify(view_of(&json), key, &receipt, &report), cases[i].error);
        CHECK_INT_EQ(report.counts[ZHOL_FAULT], 1);
        zhol_report_clear(&report);
        buffer_clear(&json);
    }
}

static void keys_are_trusted_or_named(void)
{
    struct entry entry = entry_made();
    struct buffer json = {0};
    struct receipt receipt;
    struct zhol_report report;
    uint8_t other[SIGN_KEY_SIZE];
    memcpy(other, key, sizeof other);
    other[31] ^= 1;
    zhol_report_init(&report, 0);
    write_receipt(&entry, &json);
    CHECK_INT_EQ(receipt_verify(view_of(&json), other, &receipt, &report), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(report.counts[ZHOL_FAULT], 1);
    CHECK_INT_EQ(receipt_verify(view_of(&json), NULL, &receipt, &report), ZHOL_ERROR_OK);
    CHECK_INT_EQ(report.counts[ZHOL_NOTE], 1); /* the key is only the one inside */
    zhol_report_clear(&report);
    buffer_clear(&json);
}

static void receipts_are_read_from_what_people_keep(void)
{
    static const struct {
        const char *form; /* a receipt stands for each % */
        uint32_t count;
        enum zhol_error error;
    } cases[] = {
        {"%", 1, ZHOL_ERROR_OK},
        {"  %\n%\n\n", 2, ZHOL_ERROR_OK},
        {"[%, %, %]", 3, ZHOL_ERROR_OK},
        {"{\"place\":\"1\",\"receipt\":%}", 1, ZHOL_ERROR_OK},
        {"% {\"kind\":\"other\"}", 1, ZHOL_ERROR_SYNTAX},
        {"[]", 0, ZHOL_ERROR_OK},
        {"[7]", 0, ZHOL_ERROR_SYNTAX},
        {"", 0, ZHOL_ERROR_SYNTAX},
        {"%,", 1, ZHOL_ERROR_SYNTAX},
        {"7", 0, ZHOL_ERROR_SYNTAX},
    };
    struct entry entry = entry_made();
    struct buffer json = {0};
    uint8_t other[SIGN_KEY_SIZE] = {1};
    write_receipt(&entry, &json);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer text = {0};
        struct receipts receipts = {0};
        for (const char *c = cases[i].form; *c; c++) {
            if (*c == '%') {
                buffer_view(&text, view_of(&json));
            } else {
                buffer_char(&text, *c);
            }
        }
        CHECK_INT_EQ(receipts_read(view_of(&text), "f", key, &receipts, NULL), cases[i].error);
        CHECK_INT_EQ(receipts.count, cases[i].count);
        receipts_clear(&receipts);
        if (cases[i].count && !cases[i].error) {
            CHECK_INT_EQ(receipts_read(view_of(&text), "f", other, &receipts, NULL),
                         ZHOL_ERROR_INVALID);
            CHECK_INT_EQ(receipts.count, 0);
        }
        receipts_clear(&receipts);
        buffer_clear(&text);
    }
    buffer_clear(&json);
}

/* ---- in a store ---- */

static void receipts_are_found_in_the_store(void)
{
    struct border border = {.signer = signer};
    char why[256];
    uint32_t count = 0;
    border_open(&border, "memory:");
    border_play(&border);
    struct text_view rest = view_of(&border.receipts);
    struct receipt receipt;
    while (rest.size) {
        CHECK_INT_EQ(receipt_verify(text_cut(&rest, '\n'), key, &receipt, NULL), ZHOL_ERROR_OK);
        CHECK_INT_EQ(receipt_in_store(border.store, &receipt, why, sizeof why), ZHOL_ERROR_OK);
        count++;
    }
    CHECK(count > 10);
    receipt.number++;
    CHECK_INT_EQ(receipt_in_store(border.store, &receipt, why, sizeof why), ZHOL_ERROR_CONFLICT);
    receipt.number--;
    receipt.seq = 999;
    CHECK_INT_EQ(receipt_in_store(border.store, &receipt, why, sizeof why), ZHOL_ERROR_CONFLICT);
    receipt.seq = 1;
    CHECK_INT_EQ(receipt_in_store(border.store, &receipt, why, sizeof why), ZHOL_ERROR_CONFLICT);
    CHECK(strlen(why) > 20);
    border_close(&border);
}

/* ---- heads ---- */

static void heads_are_countersigned(void)
{
    uint8_t hash[HASH_SIZE] = {1, 2, 3};
    struct countersignature signature, again;
    struct buffer data = {0}, text = {0};
    CHECK_INT_EQ(head_text("KOLZHAT", 9, hash, &text), ZHOL_ERROR_OK);
    CHECK_STR_EQ(buffer_get(&text),
                 "{\"kind\":\"zhol-head\",\"version\":1,\"stream\":\"KOLZHAT\",\"seq\":9,\"hash\":"
                 "\"0102030000000000000000000000000000000000000000000000000000000000\"}");
    CHECK_INT_EQ(countersign_make(signer, "KOLZHAT", 9, hash, &signature), ZHOL_ERROR_OK);
    CHECK_INT_EQ(countersign_data(&signature, &data), ZHOL_ERROR_OK);
    CHECK_INT_EQ(countersign_read(view_of(&data), &again), ZHOL_ERROR_OK);
    CHECK(memcmp(&signature, &again, sizeof again) == 0);
    signature.seq = 10;
    CHECK_INT_EQ(countersign_data(&signature, &data), ZHOL_ERROR_INVALID);
    replace(&data, "\"seq\":9", "\"seq\":8");
    CHECK_INT_EQ(countersign_read(view_of(&data), &again), ZHOL_ERROR_INVALID);
    CHECK_INT_EQ(countersign_read(TEXT("{}"), &again), ZHOL_ERROR_SYNTAX);
    CHECK_INT_EQ(countersign_read(TEXT("nothing"), &again), ZHOL_ERROR_SYNTAX);
    buffer_clear(&data);
    buffer_clear(&text);
}

int main(void)
{
    border_must(signer_open(NULL, NULL, &signer), "signer");
    signer_public(signer, key);
    RUN(signatures_are_those_of_the_standard);
    RUN(a_receipt_says_what_the_entry_says);
    RUN(refusals_get_receipts_too);
    RUN(form_does_not_matter);
    RUN(forgeries_are_found);
    RUN(keys_are_trusted_or_named);
    RUN(receipts_are_read_from_what_people_keep);
    RUN(receipts_are_found_in_the_store);
    RUN(heads_are_countersigned);
    signer_close(signer);
    return check_report();
}
