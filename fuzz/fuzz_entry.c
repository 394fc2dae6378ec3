/* Any bytes as an entry of the journal: what is read is written back as the same bytes, so there is
 * one text for each entry; and what is not JSON is never let through. */
#include <stdlib.h>
#include <string.h>

#include "operate/entry.h"
#include "operate/entry_members.h"

static void expect(int condition)
{
    if (!condition) {
        abort();
    }
}

static void check_entry(struct text_view text, struct entry *kept)
{
    struct entry entry;
    struct buffer again = {0};
    uint8_t hash[HASH_SIZE], want[HASH_SIZE];
    if (entry_read(text, &entry, NULL)) {
        expect(entry_read_next(text, kept, NULL) != ZHOL_ERROR_OK);
        return;
    }
    expect(json_compact(text));
    expect(!entry_write(&entry, &again, hash));
    expect(again.size == text.size && memcmp(again.bytes, text.bytes, text.size) == 0);
    entry_hash(text, want);
    expect(memcmp(hash, want, HASH_SIZE) == 0);
    expect(!entry_read_next(text, kept, NULL) && result_equal(&kept->result, &entry.result));
    buffer_clear(&again);
    entry_clear(&entry);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct entry kept; /* goes from input to input, as in a loop over a journal */
    if (size > 20000) {
        return 0;
    }
    char *exact = malloc(size ? size : 1); /* without a NUL, so that a read behind it shows */
    if (exact) {
        memcpy(exact, data, size);
        check_entry((struct text_view){exact, (uint32_t)size}, &kept);
    }
    free(exact);
    return 0;
}
