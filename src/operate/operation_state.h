/* operate/operation_state.h: the insides of a running operation, seen by operation*.c only.
 *
 *   operation.c           opening, closing, the thread, readers, listeners
 *   operation_inbox.c     submissions: checked, copied, waiting
 *   operation_group.c     one group: begin, apply each, commit, answer each
 *   operation_apply.c     one command: claims, what other streams know, the fold, the entry
 *   operation_snapshot.c  states into the store piece by piece, and back
 *   operation_load.c      opening: last snapshot, then the entries behind it
 */
#ifndef ZHOL_OPERATE_OPERATION_STATE_H
#define ZHOL_OPERATE_OPERATION_STATE_H

#include <stdatomic.h>

#include <sodium.h>

#include "operate/gate.h"
#include "operate/operation.h"

enum { STREAM_MAX = 256, LISTENER_MAX = 8, WHY_SIZE = 200 };
#define REGISTRY_STREAM "registry"

struct stream {
    char name[COMMAND_NAME_SIZE];
    struct queue_state *queue; /* NULL: the registry's stream */
    uint64_t seq;
    uint8_t hash[HASH_SIZE];
    uint64_t snapshot_seq; /* of the last whole snapshot in the store */
    int64_t swept_s, sweep_looked_s;
};

/* A command on its way; its texts lie behind it in the same block. */
struct submission {
    struct submission *next;
    struct command command;
    struct attachment attachment;
    bool attached;
    operation_done done;
    void *context;
    char texts[];
};

/* What became of a submission within its group. Positions, not pointers, while arrays grow. */
struct outcome {
    struct submission *submission;
    enum zhol_error error;
    bool repeated;
    struct entry entry;
    uint8_t hash[HASH_SIZE];
    size_t bytes_at, bytes_size;
    uint32_t changes_at, lines_at;
};

/* Everything of one group; kept from group to group, so that nothing is allocated in the loop. */
struct group {
    struct outcome *outcomes;
    uint32_t count, capacity;
    struct buffer bytes; /* the texts of all its entries */
    struct change *changes;
    uint32_t change_count, change_capacity;
    struct ledger_line *lines;
    uint32_t line_count, line_capacity;
    struct buffer scratch;
};

/* A snapshot on its way into the store. */
struct saving {
    struct buffer bytes;
    uint32_t stream;
    bool active;
    uint64_t seq;
    uint8_t hash[HASH_SIZE];
    crypto_generichash_state digest; /* of the pieces so far: all at once would be a pause */
    uint32_t slot, pieces, at;
};

struct listening {
    operation_listener listener;
    operation_joiner joiner;
    void *context;
};

struct operation {
    struct store *store;
    struct operation_options options;
    uint64_t epoch;
    struct gate gate; /* over the states, for readers */
    struct registry *registry;
    struct stream streams[STREAM_MAX]; /* 0: the registry's; others in the order of coming */
    uint32_t stream_count;
    int64_t time_s; /* of the last entry of any stream */
    int64_t anchor_hour;
    bool changed_since_anchor;
    uint64_t folded;
    struct group group;
    struct saving saving;

    pthread_mutex_t lock; /* of all below */
    pthread_cond_t work;
    struct submission *first, **last;
    uint32_t waiting;
    bool started, closing;
    atomic_bool stopped;
    char why[WHY_SIZE];
    pthread_t writer;
    struct listening listeners[LISTENER_MAX], joiners[LISTENER_MAX];
    uint32_t listener_count, joiner_count;
    atomic_uint_fast64_t commands, refused, repeated, groups, snapshots;
};

/* ---- operation_inbox.c ---- */
/* A submission with copies of all texts. */
enum zhol_error submission_new(const struct command *command, const struct attachment *attachment,
                               struct submission **submission);
/* Takes up to `most` out of the inbox, as a list. */
struct submission *inbox_take(struct operation *operation, uint32_t most);
/* Answers everything that waits with an error. */
void inbox_fail(struct operation *operation, enum zhol_error error);
void submission_answer(struct submission *submission, const struct answer *answer);

/* ---- operation_apply.c ---- */
/* Applies one command inside the transaction; its outcome, and those of the commands that follow
 * from it (marks), are added to the group. Takes the submission in every case. */
enum zhol_error apply_submission(struct operation *operation, struct submission *submission);
/* Applies a stored entry again; ZHOL_ERROR_INVALID: chain, form or result does not hold. */
enum zhol_error fold_entry(struct operation *operation, struct stream *stream,
                           const struct store_entry *stored, struct entry *entry,
                           struct zhol_report *report);
/* Whether the subject of a stored registration claims what this attachment does; *same stays true
 * for one that was erased, or claims nothing. */
enum zhol_error attachment_same(struct operation *operation, const struct command *stored,
                                const struct attachment *attachment, bool *same);
struct stream *find_stream(const struct operation *operation, const char *name);
enum zhol_error add_stream(struct operation *operation, const char *name, struct stream **stream);
bool stream_name_good(const char *name);

/* ---- operation_snapshot.c ---- */
/* The next pieces, inside the transaction; starts a new snapshot where one is due. */
enum zhol_error snapshot_advance(struct operation *operation);
/* Loads the last whole snapshot into an empty stream; ZHOL_ERROR_UNKNOWN: none that can be used. */
enum zhol_error snapshot_load(struct operation *operation, struct stream *stream);

/* ---- operation_load.c ---- */
enum zhol_error load_streams(struct operation *operation, struct zhol_report *report);

/* ---- operation_group.c ---- */
/* Asks an idle store whether it is still ours; stops the operation when it is not. */
enum zhol_error operation_check_owner(struct operation *operation);

/* ---- operation.c ---- */
void operation_stop(struct operation *operation, enum zhol_error error, const char *what);

#endif
