/* operate/operation.h: the running operation: streams, their folds, and the writer that makes them
 * durable.
 *
 * Way of a command: operation_submit (any thread) puts it into the inbox; operation_step (the
 * writer's thread, or a test) takes a group, stamps, claims, applies, appends, commits once, and
 * only then answers each. So an answer that was given survives a power cut, and a hot slot costs a
 * share of one fsync. While the group is applied and committed the state is locked for readers:
 * what can be read is durable.
 *
 * A repeated idempotency key (actor and key) gets the stored answer again, also within one group.
 * When the store breaks, every waiting and later submission is answered with ZHOL_ERROR_IO, the
 * operation says so (operation_stopped), and only operation_open on a newly opened store goes on.
 *
 * Snapshots: every `snapshot_every` entries of a stream its state is put into the store; opening
 * loads the last one and folds what came after.
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
    bool verify;             /* tests: queue_verify after each command */
};

enum zhol_error operation_open(struct store *store, const struct operation_options *options,
                               struct zhol_report *report, struct operation **operation);
void operation_close(
    struct operation *operation); /* ends the thread, answers what waits; keeps the store */

/* The writer's thread, for servers; tests call operation_step themselves. */
enum zhol_error operation_start(struct operation *operation);
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

/* Copies the command; `done` is called exactly once, on the writer's thread, after the commit.
 * ZHOL_ERROR_LIMIT: the inbox is full (say "try again later"), `done` is then not called. */
enum zhol_error operation_submit(struct operation *operation, const struct command *command,
                                 const struct attachment *attachment, operation_done done,
                                 void *context);
/* Submits and waits; for tools and tests with a started writer. The buffer gets the entry. */
enum zhol_error operation_call(struct operation *operation, const struct command *command,
                               struct buffer *bytes, struct result *result);

/* Readers: between begin and end the states do not change. NULL: no such stream. */
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

bool operation_stopped(const struct operation *operation);
int64_t operation_now(const struct operation *operation);

#endif
