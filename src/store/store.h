/* store/store.h: durable storage of what is operated, behind one interface.
 *
 * Purpose: the journal (append-only entries in streams), claims (what must be unique over streams),
 * snapshots, sealed personal fields, accounts, outbox, webhooks: everything that must survive a
 * power cut. A driver (struct store_driver) does the work: SQLite now (store/sqlite*.c), PostgreSQL
 * behind the same interface next, a simulated disk in the tests. Nothing of a driver's library is
 * seen above.
 *
 * Call order: store_open, then any reads; writes only between store_begin and store_commit or
 * store_rollback. One thread writes at a time: store_begin waits until another thread's transaction
 * has ended (a second begin on the same thread is ZHOL_ERROR_USAGE). Reads outside a transaction
 * see what is committed and may be made by any thread; inside its own transaction a thread sees
 * what it wrote. Durability: when store_commit returns OK, all of the transaction survives
 * loss of power. When it (or any write) returns ZHOL_ERROR_IO the store is *broken*: every later
 * call returns ZHOL_ERROR_IO and the process must open it anew. Nothing is retried: after a failed
 * fsync the page cache may lie (the lesson of PostgreSQL 11.2). Ownership: the caller owns buffers
 * that it passes; results come in caller's buffers (struct buffer).
 */
#ifndef ZHOL_STORE_STORE_H
#define ZHOL_STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/text.h"

#include <zhol/error.h>

#define STORE_HASH_SIZE 32
#define STORE_NAME_SIZE 48 /* longest name of a stream or space, with its NUL */

struct store;

struct store_options {
    const char *vfs;    /* SQLite: name of the VFS, for fault tests; NULL: the system's */
    bool read_only;     /* audit: takes no lock that a server would mind */
    bool must_exist;    /* refuse to create */
    bool unsafe_normal; /* tests only: synchronous=NORMAL, to show that the crash test can fail */
    bool inline_checkpoint;    /* tests: no thread of its own, so that a seed repeats its run */
    uint32_t checkpoint_pages; /* pages in the log that call for a checkpoint; 0: 16,000 */
};

/* Opens `url`: "sqlite:FILE" (created when missing) or "memory:" (a private store that dies with
 * the process). An older store is upgraded in place, one migration a transaction; a newer or
 * foreign one is refused with a finding that says why. ZHOL_ERROR_IO, _UNKNOWN (scheme), _CONFLICT
 * (version, or another process owns it), _INVALID (damaged). */
enum zhol_error store_open(const char *url, const struct store_options *options,
                           struct zhol_report *report, struct store **store);
void store_close(struct store *store); /* NULL is allowed */
bool store_broken(const struct store *store);

enum zhol_error store_begin(struct store *store);
enum zhol_error store_commit(struct store *store);
void store_rollback(struct store *store);

/* ---- Ownership: which process writes ----
 * Makes durable whatever an earlier process left in the log (see docs/journal.md), then
 * takes the right to write all streams: raises the epoch and remembers it; each commit checks that
 * the epoch is still its own (ZHOL_ERROR_CONFLICT, and the store counts as broken, when another
 * process took it). The same rows serve several servers on PostgreSQL. */
enum zhol_error store_own(struct store *store, uint64_t *epoch);

/* ---- The journal ---- */
struct store_entry {
    const char *stream;
    uint64_t seq; /* 1, 2, 3 ... without gaps in each stream */
    int64_t time_s;
    struct text_view key; /* "actor key" of an idempotent command; empty: none, and when read */
    uint8_t hash[STORE_HASH_SIZE];
    struct text_view bytes; /* the entry's canonical text; `hash` covers it */
};
/* ZHOL_ERROR_DUPLICATE when (stream, seq) or (stream, key) is there already. */
enum zhol_error store_append(struct store *store, const struct store_entry *entry);
/* The entry that answered `key` in a stream; ZHOL_ERROR_UNKNOWN: none. */
enum zhol_error store_find_key(struct store *store, const char *stream, struct text_view key,
                               uint64_t *seq, struct buffer *bytes);
/* Calls `visit` for entries of a stream from `from` on, in order, until it returns other than OK
 * (which is then returned) or the end. The views live during the call only. */
typedef enum zhol_error (*store_visit)(void *context, const struct store_entry *entry);
enum zhol_error store_read(struct store *store, const char *stream, uint64_t from,
                           store_visit visit, void *context);
/* Last seq and hash of a stream (0 and zeros when it is empty). */
enum zhol_error store_head(struct store *store, const char *stream, uint64_t *seq,
                           uint8_t hash[STORE_HASH_SIZE]);
/* Names of all streams, each NUL-ended, one after the other, in byte order. */
enum zhol_error store_streams(struct store *store, struct buffer *names);

/* ---- Claims: what must be unique over streams ----
 * `scope` says what ("vehicle", "driver", "vin", "plate"), `key` which, `holder` who has it (free
 * text, such as "nur-zholy 00c1...": stream and place). */
enum zhol_error store_claim(struct store *store, const char *scope, struct text_view key,
                            struct text_view holder, struct buffer *held_by);
/* store_claim returns OK, or ZHOL_ERROR_DUPLICATE and the present holder in `held_by`. */
/* Releasing or removing what is not there is OK. */
enum zhol_error store_release(struct store *store, const char *scope, struct text_view key);
enum zhol_error store_claims(struct store *store, const char *scope,
                             enum zhol_error (*visit)(void *, struct text_view key,
                                                      struct text_view holder),
                             void *context);

/* ---- Named values: snapshots, settings, signing keys, cursors, sealed fields, accounts ----
 * A space is a small named table of key -> bytes, in key order. Spaces are declared in
 * store/spaces.h, one line each, so that nobody invents one by a typing error. */
enum zhol_error store_put(struct store *store, const char *space, struct text_view key,
                          struct text_view value);
enum zhol_error store_get(struct store *store, const char *space, struct text_view key,
                          struct buffer *value); /* ZHOL_ERROR_UNKNOWN: not there */
enum zhol_error store_remove(struct store *store, const char *space, struct text_view key);
enum zhol_error store_list(struct store *store, const char *space, struct text_view from,
                           enum zhol_error (*visit)(void *, struct text_view key,
                                                    struct text_view value),
                           void *context);

/* ---- Copies ----
 * A consistent copy while others write; `progress` may be NULL (done, total pages). */
enum zhol_error store_backup(struct store *store, const char *to_path,
                             void (*progress)(void *, uint64_t done, uint64_t total), void *context,
                             struct zhol_report *report);
/* Commits (one fdatasync each), entries and claims of this process so far. */
struct store_counts {
    uint64_t commits, entries, claims;
};
struct store_counts store_count(const struct store *store);

#endif
