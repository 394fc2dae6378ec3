/* operate/command.h: every command that changes the operated state, said once.
 *
 * A command is what somebody asked for. The writer stamps it with a time, looks up what other
 * streams know (struct given), the fold applies it (queue.h, registry.h) and gives a result; all of
 * it together is one entry of the journal (entry.h). Folding the entries of a stream again gives
 * the same state: nothing but the entry is read, no clock, no random number, no other stream, no
 * calendar library.
 *
 * Identifiers are opaque 64-bit numbers, drawn by the server and given inside the command; as text
 * 16 hexadecimal digits. Personal fields never stand in a command: they lie in the vault (vault.h).
 * Texts in a command belong to the caller and must live until the submission is answered.
 */
#ifndef ZHOL_OPERATE_COMMAND_H
#define ZHOL_OPERATE_COMMAND_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/text.h"

#include <zhol/error.h>

/* C(name, stream, role): name as in the journal; stream: REGISTRY or QUEUE (a checkpoint's);
 * role: the least that may send it. The server's table of endpoints, the documents and the fuzzers
 * come from here too. */
#define COMMANDS(C)                                                                                \
    /* the registry */                                                                             \
    C(carrier_register, REGISTRY, CARRIER) /* carrier */                                           \
    C(vehicle_register, REGISTRY, CARRIER) /* carrier, vehicle; claims vin and plate */            \
    C(driver_register, REGISTRY, CARRIER)  /* carrier, driver; claims document */                  \
    C(subject_erase, REGISTRY, OPERATOR)   /* subject: its vault key is destroyed */               \
    C(mark_add, REGISTRY, SYSTEM)     /* subject, note: no_show|late|cancel, until_s: block */     \
    C(mark_lift, REGISTRY, OPERATOR)  /* subject: an appeal was upheld */                          \
    C(anchor, REGISTRY, SYSTEM)       /* data: heads of all streams, hourly */                     \
    C(countersign, REGISTRY, OFFICER) /* data: stream, seq, hash, signature, signer */             \
    /* a checkpoint: rules and capacity */                                                         \
    C(rules_set, QUEUE, OPERATOR)     /* data: rules of all its queues, see rules.h */             \
    C(slots_publish, QUEUE, OPERATOR) /* queue, data: slots with capacity */                       \
    C(capacity_set, QUEUE, OFFICER)   /* queue, from_s, until_s, amount (per cent of a slot's or   \
                                         count, see `unit`), note: re-slots by the fair rule */    \
    C(close, QUEUE, OFFICER)          /* queue, from_s, until_s (0: until further notice), note */ \
    C(reopen, QUEUE, OFFICER)         /* queue, note */                                            \
    C(round_open, QUEUE,                                                                           \
      SYSTEM) /* queue, from_s, until_s: slots of the window; data: seed hash */                   \
    C(round_draw, QUEUE, SYSTEM) /* queue, data: the seed that was committed */                    \
    /* a place in the queue */                                                                     \
    C(request, QUEUE, CARRIER) /* into the open round: place, vehicle, driver, category, from_s */ \
    C(book, QUEUE, CARRIER)    /* place, queue, vehicle, driver, category, slot_s */               \
    C(book_next, QUEUE, CARRIER)    /* the same, first free slot at or after from_s */             \
    C(join, QUEUE, CARRIER)         /* live queue: the same without a slot */                      \
    C(driver_add, QUEUE, CARRIER)   /* place, driver */                                            \
    C(vehicle_swap, QUEUE, CARRIER) /* place, vehicle: only where the rules allow it */            \
    C(postpone, QUEUE, CARRIER)     /* place, slot_s */                                            \
    C(cancel, QUEUE, CARRIER)       /* place */                                                    \
    C(arrive, QUEUE, OFFICER)       /* place: at the waiting area */                               \
    C(call_forward, QUEUE, OFFICER) /* queue, amount: how many; the rules say who */               \
    C(enter, QUEUE, OFFICER)        /* place */                                                    \
    C(clear, QUEUE, OFFICER)        /* place */                                                    \
    C(refuse, QUEUE, OFFICER)       /* place, note: reason */                                      \
    C(no_show, QUEUE, OFFICER)      /* place */                                                    \
    C(sweep, QUEUE, SYSTEM)         /* marks who missed slot or call; once a minute when due */    \
    C(appeal, QUEUE, CARRIER)       /* place, note */                                              \
    C(decide, QUEUE, OPERATOR)      /* place, unit: upheld|rejected, note */

enum command_kind {
#define COMMAND_KIND(name, stream, role) COMMAND_##name,
    COMMANDS(COMMAND_KIND)
#undef COMMAND_KIND
        COMMAND_COUNT
};

enum command_stream { STREAM_REGISTRY, STREAM_QUEUE };
/* Later roles may do what is said for them only: see role_allows in accounts.h. */
#define ROLES(R) R(public) R(driver) R(carrier) R(officer) R(operator) R(auditor) R(system)
enum role {
#define ROLE(name) ROLE_##name,
    ROLES(ROLE)
#undef ROLE
        ROLE_COUNT
};

#define COMMAND_NAME_SIZE 48
#define OPAQUE_TEXT_SIZE  17

struct command {
    enum command_kind kind;
    char stream[COMMAND_NAME_SIZE]; /* "registry", or the checkpoint's node id */
    uint64_t actor;                 /* opaque id of the account; 0: the system */
    enum role role;
    struct text_view key; /* idempotency key of the actor; empty: none */
    int64_t time_s;       /* stamped by the writer: never before any stream's last */

    uint64_t place, vehicle, driver, carrier, subject;
    char queue[COMMAND_NAME_SIZE];    /* id of the queue, such as "nur-zholy-exit" */
    char category[COMMAND_NAME_SIZE]; /* id of the category within the queue */
    char unit[COMMAND_NAME_SIZE];
    int64_t slot_s, from_s, until_s, amount;
    struct text_view note; /* no personal data: shown to everybody */
    struct text_view data; /* one JSON value, canonical */
};

/* What the writer found in other streams when the command came to its turn; frozen into the entry.
 */
struct given {
    bool claimed;     /* the claims that the command needs were free, and are now its own */
    char held_by[80]; /* else: who holds one, "stream place" */
    bool known;       /* vehicle, driver and carrier exist, belong together, are not erased */
    int64_t blocked_until_s; /* by marks, the longest of vehicle, driver, carrier; 0: not */
    uint32_t no_shows, cancels, postponements; /* in the windows that the rules name */
};

/* R(code, http, sentence): why a command was refused. The sentence is for people; languages in
 * serve/words and web/. */
#define REFUSALS(R)                                                                         \
    R(none, 200, "done")                                                                    \
    R(unknown_queue, 404, "there is no such queue")                                         \
    R(unknown_place, 404, "there is no such place")                                         \
    R(unknown_slot, 404, "there is no such slot")                                           \
    R(unknown_category, 422, "the queue has no such category")                              \
    R(unknown_subject, 422, "vehicle, driver or carrier is not registered or not together") \
    R(already_active, 409, "the vehicle or driver already has an active place")             \
    R(slot_full, 409, "the slot is full")                                                   \
    R(no_slot, 409, "no slot is free in the horizon")                                       \
    R(category_full, 409, "the share of the category in the slot is used up")               \
    R(too_early, 409, "it is too early for that")                                           \
    R(too_late, 409, "it is too late for that")                                             \
    R(closed, 409, "the queue is closed then")                                              \
    R(blocked, 403, "vehicle, driver or carrier is blocked")                                \
    R(limit_reached, 409, "the rules allow this no more often")                             \
    R(not_editable, 409, "the rules do not let this be changed after confirmation")         \
    R(wrong_state, 409, "the place is not in a state in which this can be done")            \
    R(wrong_release, 409, "the queue gives its places in another way")                      \
    R(not_yours, 403, "the place belongs to somebody else")                                 \
    R(no_round, 409, "no round is open")                                                    \
    R(bad_seed, 422, "the seed does not match its commitment")                              \
    R(bad_data, 422, "the data of the command is not valid")                                \
    R(duplicate, 409, "it is there already")                                                \
    R(nobody_waits, 409, "nobody waits who could be called")

enum refusal {
#define REFUSAL(code, http, sentence) REFUSAL_##code,
    REFUSALS(REFUSAL)
#undef REFUSAL
        REFUSAL_COUNT
};

/* What happened to one place because of a command; a command may touch many (re-slotting, sweep).
 */
struct change {
    uint64_t place;
    uint8_t state;      /* enum place_state, after the command */
    uint8_t reason;     /* enum change_reason */
    int64_t slot_s;     /* its slot now; 0: none */
    int64_t old_slot_s; /* its slot before */
};
#define CHANGE_REASONS(R) \
    R(asked)              \
    R(drawn)              \
    R(not_drawn)          \
    R(called)             \
    R(moved_by_capacity)  \
    R(moved_by_closure)   \
    R(missed_slot)        \
    R(missed_call) R(upheld) R(rejected) R(taken_out_of_turn) R(taken_in_turn) R(expired)
enum change_reason {
#define CHANGE_REASON(name) CHANGE_##name,
    CHANGE_REASONS(CHANGE_REASON)
#undef CHANGE_REASON
        CHANGE_REASON_COUNT
};

/* One line of the ledger: what an account of a carrier owes or gets back. */
struct ledger_line {
    uint64_t carrier, place;
    char what[24];  /* fee, deposit, refund, forfeit, reversal */
    int64_t amount; /* in hundredths of the currency; positive: owed by the carrier */
    char currency[4];
};

/* The result of a command. `changes` and `lines` belong to the state that made them and live until
 * its next apply. */
struct result {
    enum refusal refusal;
    char rule[64];   /* id of the rule that decided, such as "kz.no_show"; "": none */
    uint64_t number; /* running number of the place in its queue, for people */
    int64_t slot_s;
    uint32_t position;  /* how many of its category stand before it now */
    uint64_t data_hash; /* of drawn orders and re-slottings: first 8 bytes of BLAKE2b; 0: none */
    const struct change *changes;
    uint32_t change_count;
    const struct ledger_line *lines;
    uint32_t line_count;
};

const char *command_name(enum command_kind kind);
enum zhol_error command_find(struct text_view name, enum command_kind *kind);
enum command_stream command_stream_of(enum command_kind kind);
enum role command_role(enum command_kind kind);
const char *role_name(enum role role);
const char *refusal_name(enum refusal refusal);
unsigned refusal_http(enum refusal refusal);
const char *refusal_text(enum refusal refusal);
const char *change_reason_name(enum change_reason reason);

/* True when `again`, sent with the key of the stored command, asks for the same. What the server
 * draws or reads for a command does not count: the id of a new place or subject, time and role, and
 * the data of all kinds but countersign; "from" when it is not in the future of either. */
bool command_same(const struct command *stored, const struct command *again, int64_t now_s);

/* Sixteen lower-case hexadecimal digits and a NUL; and back (ZHOL_ERROR_SYNTAX). */
void opaque_write(uint64_t id, char text[OPAQUE_TEXT_SIZE]);
enum zhol_error opaque_read(struct text_view text, uint64_t *id);

#endif
