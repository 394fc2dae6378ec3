/* operate/queue.h: the queue of one checkpoint: a fold of its commands, and nothing else.
 *
 * Purpose: who waits, in which order, who is called next, by which rule. The state is a plain
 * value: flat arrays, indices, no clock, no random number, no I/O. queue_apply is a pure function
 * of (state, command, given); the same entries give the same state, byte for byte, on every
 * machine, which is what `zhol audit` recomputes and what anyone may recompute from the public
 * export.
 *
 * Rules come as data inside the commands rules_set and slots_publish (rules.h); no rule of a
 * country stands in the code.
 *
 * Invariants (queue_verify checks them all; the tests call it after each step):
 *  - a vehicle and a driver have at most one active place in this checkpoint (over all checkpoints
 * the claims of the store hold it);
 *  - a slot never holds more active places than its capacity, nor a category more than its share,
 * but after a cut until the re-slotting of the same command;
 *  - within a category nobody is called before one who stands earlier, but by a rule that the
 * change names (taken_out_of_turn);
 *  - every place is in exactly one state, every count equals the places counted.
 *
 * Ownership: queue_new/queue_free; all memory is the state's. Not thread-safe: its writer owns it.
 * Complexity: book, arrive, enter, clear O(log n), book_next with slots / 64 words to look at;
 * call_forward O(categories + log n) a vehicle; capacity_set and close O(slots + places moved *
 * log n); round_draw O(n log n). Memory: 128 bytes a place and about 16 for finding it.
 */
#ifndef ZHOL_OPERATE_QUEUE_H
#define ZHOL_OPERATE_QUEUE_H

#include "operate/command.h"

#define PLACE_STATES(S)                                                 \
    S(requested) /* in a round, not drawn yet */                        \
    S(booked)    /* has a slot, or its turn in a queue without slots */ \
    S(arrived)   /* at the waiting area */                              \
    S(called)                                                           \
    S(entered)                                                          \
    S(cleared)                                                          \
    S(refused)                                                          \
    S(no_show)                                                          \
    S(cancelled)                                                        \
    S(not_drawn)
enum place_state {
#define PLACE_STATE(name) PLACE_##name,
    PLACE_STATES(PLACE_STATE)
#undef PLACE_STATE
        PLACE_STATE_COUNT
};
/* Active: requested, booked, arrived, called, entered. These hold the claims. */
bool place_active(enum place_state state);
const char *place_state_name(enum place_state state);

struct queue_state; /* all queues (directions) of one checkpoint */

enum zhol_error queue_new(const char *stream, struct queue_state **state);
void queue_free(struct queue_state *state); /* NULL is allowed */

/* Applies one command; a refusal is a result, not an error. ZHOL_ERROR_MEMORY, _LIMIT and _INTERNAL
 * only; after one of these the state must be thrown away and folded anew. */
enum zhol_error queue_apply(struct queue_state *state, const struct command *command,
                            const struct given *given, struct result *result);

/* Which claims a command needs before it is applied, and which its result gives back. The writer
 * takes and releases them in the same transaction. */
struct claim_need {
    const char *scope; /* "vehicle", "driver"; scope of the rules decides the key's prefix */
    char key[80];      /* such as "00c1..." or "exit:00c1..." where the claim is per direction */
};
uint32_t queue_claims_needed(const struct queue_state *state, const struct command *command,
                             struct claim_need needs[4]);
/* After an apply: places that ceased to be active, whose claims go. Same life as result->changes.
 */
uint32_t queue_claims_freed(const struct queue_state *state, const struct result *result,
                            const struct claim_need **freed);
/* Marks that the result puts on subjects (no-shows, blocks): the writer sends them to the registry.
 */
struct mark_need {
    uint64_t subject; /* a vehicle */
    char what[24];    /* no_show | cancel | postpone; "lift no_show" | "lift cancel": taken back */
    int64_t until_s;  /* blocked until; 0: only counted */
};
uint32_t queue_marks(const struct queue_state *state, const struct result *result,
                     const struct mark_need **marks);
/* The windows over which `given` must count, from the rules of the command's queue or place, in
 * seconds; where the rules name none, longer than any history. */
void queue_windows(const struct queue_state *state, const struct command *command,
                   int64_t *no_show_s, int64_t *cancel_s, int64_t *postpone_s);
/* True when a sweep at `now` would change something; next_s: when the next one is due (INT64_MAX:
 * never). */
bool queue_sweep_due(const struct queue_state *state, int64_t now_s, int64_t *next_s);

/* ---- Reading ---- */
struct place_view {
    uint64_t place, vehicle, carrier, number;
    uint64_t drivers[4];
    uint32_t driver_count;
    enum place_state state;
    const char *queue, *category; /* ids; live as long as the rules */
    int64_t slot_s, slot_end_s, booked_s, arrived_s, called_s, entered_s, ended_s;
    uint32_t position;  /* before it in its category, of those booked or arrived */
    uint32_t postponed; /* times */
    uint8_t appeal;     /* 0 none, 1 open, 2 upheld, 3 rejected */
};
enum zhol_error queue_place(const struct queue_state *state, uint64_t place,
                            struct place_view *view);
/* Places of a queue: entered, called, then those who wait in the order in which they would be
 * called if all were present, requested, and last the ended ones, latest booked first. `visit`
 * returns false to stop. states: bit set of 1u << enum place_state; without an ended one no history
 * is read. */
void queue_order(const struct queue_state *state, const char *queue, uint32_t states,
                 bool (*visit)(void *, const struct place_view *), void *context);

struct category_count {
    const char *category;
    uint32_t by_state[PLACE_STATE_COUNT];
    int64_t oldest_arrived_s; /* of those waiting; 0: nobody */
    double share;             /* of calls, by the rules: quota or cycle */
};
struct queue_view {
    const char *queue, *direction, *release, *rule_set; /* release: first_come | round | live */
    struct category_count categories[16];
    uint32_t category_count;
    bool closed;
    int64_t closed_from_s, closed_until_s;
    const char *closed_note;
    uint64_t cleared_total, entered_total, called_total;
    int64_t round_from_s, round_until_s; /* the open round; 0: none */
    uint8_t round_seed_hash[32];
};
uint32_t queue_count(const struct queue_state *state);
void queue_view(const struct queue_state *state, uint32_t index, struct queue_view *view);
struct slot_view {
    int64_t start_s, end_s;
    uint32_t capacity, taken;
    uint32_t category_capacity[16], category_taken[16]; /* capacity UINT32_MAX: no own share */
};
void queue_slots(const struct queue_state *state, const char *queue, int64_t from_s,
                 int64_t until_s, bool (*visit)(void *, const struct slot_view *), void *context);
/* Acceptance: vehicles entered in each of the last `hours` hours before now, newest last. */
void queue_accepted(const struct queue_state *state, const char *queue, int64_t now_s,
                    uint32_t *per_hour, uint32_t hours);
/* What capacity_set or close would do, without doing it: changes as in a result, to be freed. */
enum zhol_error queue_preview(const struct queue_state *state, const struct command *command,
                              struct change **changes, uint32_t *count);

/* ---- Snapshots and proof ---- */
/* The whole state as canonical bytes: equal states give equal bytes. Loading checks everything and
 * refuses (ZHOL_ERROR_INVALID) what no state of this version could have written. */
enum zhol_error queue_save(const struct queue_state *state, struct buffer *bytes);
enum zhol_error queue_load(const char *stream, struct text_view bytes, struct queue_state **state);
/* All invariants; writes the first that does not hold into `why`. */
bool queue_verify(const struct queue_state *state, char *why, uint32_t size);

#endif
