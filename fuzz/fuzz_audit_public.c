/* Fuzzer of public exports (operate/audit.h): any lines as a journal.
 *
 * As they are, a changed line ends at its hash. So the lines that can be read are also chained
 * anew, in the order in which they stand, which takes the fuzzer through the folds with commands
 * that no server would send. Beyond "no crash": an audit says the same twice, counts no more
 * entries than there are lines, and a journal that holds goes on holding when a line end is added.
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

enum { SIZE_MAX_BYTES = 1 << 16, STREAMS = 4, LINES_MAX = 300 };

static void check_audit(struct text_view lines)
{
    struct audit_counts counts, again;
    struct zhol_report report;
    uint64_t ends = 1;
    zhol_report_init(&report, 0);
    enum zhol_error error = audit_public(lines, &counts, &report);
    REQUIRE((error == ZHOL_ERROR_OK) == !zhol_report_failed(&report) || error == ZHOL_ERROR_LIMIT ||
            error == ZHOL_ERROR_MEMORY);
    REQUIRE(audit_public(lines, &again, NULL) == error);
    REQUIRE(memcmp(&counts, &again, sizeof counts) == 0);
    for (uint32_t i = 0; i < lines.size; i++) {
        ends += lines.bytes[i] == '\n';
    }
    REQUIRE(counts.entries <= ends);
    zhol_report_clear(&report);
}

/* One stream's readable lines with a chain that holds. */
static void chain_stream(struct text_view lines, const char *stream, struct buffer *out)
{
    uint8_t prev[HASH_SIZE] = {0};
    uint64_t seq = 0;
    uint32_t taken = 0;
    struct entry entry = {0};
    while (lines.size && taken < LINES_MAX) {
        struct text_view line = text_cut(&lines, '\n');
        if (entry_read_next(line, &entry, NULL) || strcmp(entry.stream, stream) != 0) {
            continue;
        }
        entry.seq = ++seq;
        memcpy(entry.prev, prev, HASH_SIZE);
        REQUIRE(entry_write(&entry, out, prev) == ZHOL_ERROR_OK);
        buffer_char(out, '\n');
        taken++;
    }
    entry_clear(&entry);
}

static void chain_all(struct text_view lines, struct buffer *out)
{
    char names[STREAMS][COMMAND_NAME_SIZE];
    uint32_t count = 0;
    struct entry entry = {0};
    struct text_view rest = lines;
    while (rest.size && count < STREAMS) {
        bool known = entry_read_next(text_cut(&rest, '\n'), &entry, NULL) != ZHOL_ERROR_OK;
        for (uint32_t i = 0; i < count && !known; i++) {
            known = strcmp(names[i], entry.stream) == 0;
        }
        if (!known) {
            memcpy(names[count++], entry.stream, COMMAND_NAME_SIZE);
        }
    }
    entry_clear(&entry);
    for (uint32_t i = 0; i < count; i++) {
        chain_stream(lines, names[i], out);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buffer chained = {0};
    if (size > SIZE_MAX_BYTES) {
        return 0;
    }
    struct text_view lines = {(const char *)data, (uint32_t)size};
    check_audit(lines);
    chain_all(lines, &chained);
    check_audit((struct text_view){buffer_get(&chained), (uint32_t)chained.size});
    buffer_clear(&chained);
    return 0;
}
