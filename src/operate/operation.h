/* operate/operation.h: the running operation: streams, their folds, and the writer that makes them
 * durable.
 *
 * Way of a command: operation_submit (any thread) puts it into the inbox; operation_step (the
 * writer's thread, or a test) takes a group, stamps, claims, applies, appends, commits once, and
 * only then answers each. So an answer that was given survives a power cut, and a hot slot costs a
 * share of one fsync. While the group is applied and committed the state is locked for readers:
 * what can be read is durable.
 *
 * A repeated idempotency key (stream, actor and key) gets the stored answer again, also within one
 * group; with another command than before (see command_same) it gets ZHOL_ERROR_CONFLICT.
 * When the store breaks, every waiting submission is answered with ZHOL_ERROR_IO, every later one
 * refused with it, the operation says so (operation_stopped, operation_why), and only
 * operation_open on a newly opened store goes on. What was answered ZHOL_ERROR_IO may or may not
 * have happened: its key, sent again, tells.
 *
 * The writer itself makes the hourly `anchor` of the registry (when anything came since the last
 * one) and the `sweep` of a queue where one is due, at most one a minute.
 *
 * Snapshots: every `snapshot_every` entries of a stream (or a twentieth of it, where that is more)
 * its state is put into the store, piece by piece over the following commits, so that no booking
 * waits for it; opening loads the last whole one and folds what came after, checking the chain and
 * each result.
 */
#ifndef ZHOL_OPERATE_OPERATION_H
#define ZHOL_OPERATE_OPERATION_H

#include "operate/entry.h"
#include "operate/queue.h"
#include "operate/registry.h"
#include "store/store.h"

struct operation;

struct operation_options {
    int64_t (*clock)(void *context); /* UTC seconds; NULL: the system's */
    void *clock_context;
    uint32_t group_max;      /* commands a commit; 0: 256 */
    uint32_t snapshot_every; /* 0: 100,000 */
    uint32_t inbox_max;      /* submissions that wait; 0: 65,536 */
    bool verify;             /* tests: queue_verify and registry_verify after each command */
    bool quiet;              /* tests: no anchors and sweeps but those submitted */
};

/* Takes the right to write (store_own), loads and folds. ZHOL_ERROR_INVALID with a finding that
 * names stream and seq when chain or fold does not hold. */
enum zhol_error operation_open(struct store *store, const struct operation_options *options,
                               struct zhol_report *report, struct operation **operation);
/* Ends the thread; what still waits is answered with ZHOL_ERROR_INTERRUPTED; keeps the store. */
void operation_close(struct operation *operation);

/* The writer's thread, for servers; tests call operation_step themselves. */
enum zhol_error operation_start(struct operation *operation);
/* One group: at most group_max submissions, and what is due. *applied: how many were answered. */
enum zhol_error operation_step(struct operation *operation, uint32_t *applied);

/* A stream of a checkpoint exists from its first command on; this makes it known before. */
enum zhol_error operation_add_stream(struct operation *operation, const char *stream);

/* A sealed piece of personal data that goes into the vault in the command's transaction. */
struct attachment {
    uint64_t subject;
    struct text_view sealed;     /* from vault_seal */
    struct claim_need unique[2]; /* fingerprints that must be unique, such as {"vin", "<hex>"} */
    uint32_t unique_count;
};

/* The answer; all pointers live during the call only. `bytes` is the entry's canonical text, `hash`
 * its hash: what a receipt signs. error: OK also for refusals. repeated: an earlier answer, given
 * again. */
struct answer {
    enum zhol_error error;
    bool repeated;
    uint64_t seq;
    uint8_t hash[HASH_SIZE];
    struct text_view bytes;
    const struct entry *entry;
};
typedef void (*operation_done)(void *context, const struct answer *answer);

/* Copies the command; `done` (may be NULL) is called exactly once, on the writer's thread, after
 * the commit: keep it short. When an error is returned it is not called: ZHOL_ERROR_LIMIT (the
 * inbox is full: say "try again later"), _IO (stopped), _INVALID (not UTF-8, not one compact JSON
 * value, a bad name of a stream, a text too long), _MEMORY. An answer with ZHOL_ERROR_CONFLICT: the
 * key was used before, for another command. */
enum zhol_error operation_submit(struct operation *operation, const struct command *command,
                                 const struct attachment *attachment, operation_done done,
                                 void *context);
/* Submits and waits; for tools and tests. Without a started writer it steps itself. The buffer gets
 * the entry; either may be NULL. The result's changes and lines are left out: read the entry. */
enum zhol_error operation_call(struct operation *operation, const struct command *command,
                               struct buffer *bytes, struct result *result);

/* Readers: between begin and end the states do not change. A thread does not begin twice, nor
 * inside a transaction of the store. Writers and readers take turns, so be short: no I/O between.
 * NULL: no such stream, or stopped (the state may then hold what was never committed). */
void operation_read(struct operation *operation);
void operation_read_end(struct operation *operation);
const struct queue_state *operation_queue(const struct operation *operation, const char *stream);
const struct registry *operation_registry(const struct operation *operation);
uint32_t operation_stream_count(const struct operation *operation);
const char *operation_stream(const struct operation *operation, uint32_t index);
void operation_head(const struct operation *operation, const char *stream, uint64_t *seq,
                    uint8_t hash[HASH_SIZE]);

/* Called on the writer's thread after each commit, once for each entry, in order: live pages,
 * outbox, webhooks. At most 8. */
typedef void (*operation_listener)(void *context, const struct entry *entry,
                                   struct text_view bytes);
enum zhol_error operation_listen(struct operation *operation, operation_listener listener,
                                 void *context);

/* The same inside the transaction, before its commit: what the joiner writes with store_put is
 * durable together with the entry, at no fsync of its own. An error of it stops the operation. At
 * most 8. */
typedef enum zhol_error (*operation_joiner)(void *context, const struct entry *entry,
                                            struct text_view bytes);
enum zhol_error operation_join(struct operation *operation, operation_joiner joiner, void *context);

/* Heads of all streams as the data of the anchor command, in byte order of the names:
 * {"heads":[{"stream":"nur-zholy","seq":12,"hash":"<64 hex>"},...]}. Between operation_read and
 * operation_read_end. */
enum zhol_error operation_heads(const struct operation *operation, struct buffer *json);

struct operation_counts {
    uint64_t commands, refused, repeated, groups, waiting, snapshots;
    uint64_t folded; /* entries behind the snapshots that opening applied again */
};
struct operation_counts operation_count(const struct operation *operation);

bool operation_stopped(const struct operation *operation);
/* Why it stopped, as a sentence; "" while it runs. */
const char *operation_why(const struct operation *operation);
int64_t operation_now(const struct operation *operation);

#endif
