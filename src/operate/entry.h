/* operate/entry.h: one entry of the journal as canonical text, and the chain over them.
 *
 * An entry is one line of JSON without white space, its members in a fixed order (the tables of
 * entry_members.c), absent where empty or zero:
 *   {"stream":"nur-zholy","seq":7,"prev":"<64 hex>","time":1762905600,"actor":"<16 hex>",
 *    "role":"carrier","key":"...","command":"book","place":"<16 hex>", ... ,
 *    "given":{...},"result":{...}}
 * Its hash is BLAKE2b-256 of these bytes; `prev` is the hash of the entry before (zeros for the
 * first), so each stream is a chain. The hourly `anchor` entry of the registry carries the heads of
 * all streams.
 * Source: BLAKE2b: RFC 7693 (libsodium's crypto_generichash).
 */
#ifndef ZHOL_OPERATE_ENTRY_H
#define ZHOL_OPERATE_ENTRY_H

#include "operate/command.h"

#define HASH_SIZE 32

/* Memory of what entry_read read; all zero in an entry that is written. */
struct entry_room {
    struct change *changes;
    struct ledger_line *lines;
    char *texts; /* key and note where they hold escapes */
    uint32_t change_capacity, line_capacity, text_capacity, text_size;
};

struct entry {
    char stream[COMMAND_NAME_SIZE];
    uint64_t seq;
    uint8_t prev[HASH_SIZE];
    struct command command; /* its texts point into the caller's bytes, or into the room */
    struct given given;
    struct result result; /* after entry_read its changes and lines lie in the room */
    struct entry_room room;
};

/* Appends the canonical line (no line end) and gives its hash. ZHOL_ERROR_INVALID for texts that
 * are not UTF-8 and for data that is not one JSON value without white space. */
enum zhol_error entry_write(const struct entry *entry, struct buffer *bytes,
                            uint8_t hash[HASH_SIZE]);
/* Reads a line into an entry of any content; strict: what entry_write would not write is refused
 * (ZHOL_ERROR_SYNTAX with a finding, the entry is empty then). entry_clear frees. */
enum zhol_error entry_read(struct text_view bytes, struct entry *entry, struct zhol_report *report);
/* The same for a loop: the entry was zeroed or read before, and keeps its memory. */
enum zhol_error entry_read_next(struct text_view bytes, struct entry *entry,
                                struct zhol_report *report);
void entry_clear(struct entry *entry);
void entry_hash(struct text_view bytes, uint8_t hash[HASH_SIZE]);
/* Equal results: what an audit compares after applying the command again. */
bool result_equal(const struct result *a, const struct result *b);

#endif
