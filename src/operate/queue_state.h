/* operate/queue_state.h: what the files queue_*.c share: the state of one checkpoint from inside.
 *
 * A place is a row of one flat array and is named by its index, which never changes. Who waits
 * (booked, arrived) stands in a balanced tree of his queue and category, ordered by (key_s, rank_s,
 * seq): key_s is the start of the slot, or the turn in a queue without slots; rank_s the start of
 * the slot that was first given (who is moved for no fault of his stands before those who chose the
 * new slot; 0: at the head); seq rises with each booking. The links of the tree lie in the rows.
 * Requested, called and entered places stand in lists, in order of seq. Trees, lists, indices and
 * counts follow from the rows: a snapshot holds the rows only.
 */
#ifndef ZHOL_OPERATE_QUEUE_STATE_H
#define ZHOL_OPERATE_QUEUE_STATE_H

#include "operate/queue.h"
#include "operate/rules.h"

#define NOBODY           UINT32_MAX /* no row, no slot, no child */
#define QUEUE_DRIVER_MAX 3
#define QUEUE_SLOT_MAX   (1u << 20)
#define QUEUE_CALL_MAX   10000
#define TIME_MAX_S       (INT64_C(0xffffffff) - 1) /* times are 32 bits inside: to the year 2106 */

enum deposit_state { DEPOSIT_NONE, DEPOSIT_HELD, DEPOSIT_RETURNED, DEPOSIT_FORFEITED };
enum appeal_state { APPEAL_NONE, APPEAL_OPEN, APPEAL_UPHELD, APPEAL_REJECTED };

struct place {
    uint64_t id, vehicle, carrier;
    uint64_t drivers[QUEUE_DRIVER_MAX];
    uint32_t key_s, rank_s, seq;
    uint32_t slot;   /* index of a slot of the queue; NOBODY: none */
    uint32_t number; /* running number in the queue, from 1 */
    uint32_t booked_s, arrived_s, called_s, entered_s, ended_s;
    uint32_t left, right;   /* in the tree; previous and next in a list */
    uint32_t size, present; /* of the subtree: places, and arrived ones */
    uint32_t oldest;        /* earliest arrived_s of the subtree; NOBODY: none */
    uint16_t term;          /* deposit: index of its terms; 0: none */
    uint8_t queue, category, state, scope, driver_count;
    uint8_t postponed, missed, no_shows; /* times; no_shows: as known when booked */
    uint8_t appeal, deposit;             /* enum appeal_state, enum deposit_state */
    bool marked;                         /* a mark stands on the vehicle because of this place */
};

/* What was agreed about a deposit when it was taken: later rules do not change it. */
struct term {
    int64_t amount;
    char currency[4];
    uint32_t forfeit_after;
    bool back_on_arrival;
};

struct slot {
    uint32_t start_s, end_s;
    uint32_t published; /* capacity when published */
    uint32_t capacity;  /* now */
    uint32_t taken;     /* all that stand or stood in it, less the cancelled and moved */
    uint32_t share[RULES_CATEGORY_MAX];             /* given with the slot; NOBODY: by share_max */
    uint32_t category_capacity[RULES_CATEGORY_MAX]; /* NOBODY: no own limit */
    uint32_t category_taken[RULES_CATEGORY_MAX];
};

struct list {
    uint32_t first, last;
};
enum list_kind { LIST_REQUESTED, LIST_CALLED, LIST_ENTERED, LIST_COUNT };

struct category {
    char id[COMMAND_NAME_SIZE];
    struct queue_category_rule rule; /* of the present rules; weight 0 when they have it no more */
    double round_weight;
    bool retired;
    uint32_t root; /* of the tree */
    uint32_t by_state[PLACE_STATE_COUNT];
    int64_t credit; /* cycle: calls left in it; quota: smooth weighted round robin */
};

struct queue_one {
    struct queue_rules rules;
    char *rules_text; /* the JSON that set them */
    uint32_t rules_size;
    bool retired; /* the present rules have it no more: nobody can book */
    struct category categories[RULES_CATEGORY_MAX];
    uint32_t category_count;

    struct slot *slots;
    uint32_t slot_count, slot_capacity;
    uint32_t *by_start; /* slots in order of start */
    uint32_t by_start_capacity;
    uint64_t *room[RULES_CATEGORY_MAX]; /* bit i: by_start[i] has room for the category */
    uint32_t room_words;

    struct list lists[LIST_COUNT];
    uint32_t last_number;
    uint32_t closed_from_s, closed_until_s; /* equal: not closed; NOBODY: until further notice */
    char *closed_note;
    uint64_t called_total, entered_total, cleared_total;
    uint32_t round_from_s, round_until_s, round_open_s; /* open round; from == until: none */
    uint8_t round_seed_hash[32];
    uint32_t *per_hour; /* vehicles entered in hour first_hour + i */
    uint32_t first_hour, hour_count, hour_capacity;
};

/* Open addressing over indices of rows: the key is read from the row where the hash is equal. */
struct index_slot {
    uint32_t ref; /* of a row, plus one; 0: free */
    uint32_t hash;
};
struct index {
    struct index_slot *slots;
    uint32_t slot_count, used;
};
enum index_kind { INDEX_PLACE, INDEX_VEHICLE, INDEX_DRIVER, INDEX_COUNT };

struct queue_state {
    char stream[COMMAND_NAME_SIZE];
    struct queue_one queues[RULES_QUEUE_MAX];
    uint32_t queue_count;
    struct place *places;
    uint32_t place_count, place_capacity;
    struct index indices[INDEX_COUNT];
    struct term *terms; /* terms[0]: no deposit */
    uint32_t term_count, term_capacity;
    uint32_t next_seq;
    uint32_t now_s; /* time of the last command */

    /* of the last apply */
    enum zhol_error error;
    struct change *changes;
    struct ledger_line *lines;
    struct mark_need *marks;
    struct claim_need *freed;
    uint32_t change_count, change_capacity, line_count, line_capacity, mark_count, mark_capacity,
        freed_count, freed_capacity;
};

/* One command on its way through the fold. */
struct applying {
    struct queue_state *state;
    const struct command *command;
    const struct given *given;
    struct result *result;
    uint32_t now_s;
};
enum refusal refuse(struct applying *applying, const struct queue_one *queue, enum refusal refusal,
                    const char *rule);

/* queue_index.c: rows and how they are found */
uint32_t index_place(const struct queue_state *state, uint64_t id);
uint32_t index_active_vehicle(const struct queue_state *state, uint64_t vehicle, uint8_t scope);
uint32_t index_active_driver(const struct queue_state *state, uint64_t driver, uint8_t scope);
enum zhol_error index_add_place(struct queue_state *state, uint32_t place);
enum zhol_error index_add_vehicle(struct queue_state *state, uint32_t place);
enum zhol_error index_add_driver(struct queue_state *state, uint32_t place, uint32_t which);
enum zhol_error index_add_all(struct queue_state *state, uint32_t place);
/* Room for so many places, so that nothing grows on the way. */
enum zhol_error index_reserve(struct queue_state *state, uint32_t places);
uint32_t queue_find(const struct queue_state *state, const char *id);
uint32_t category_find(const struct queue_one *queue, const char *id);
uint8_t queue_scope(const struct queue_state *state, uint32_t queue);

/* queue_tree.c: who waits, in order */
int place_compare(const struct place *a, const struct place *b);
void tree_add(struct queue_state *state, uint32_t place);
void tree_remove(struct queue_state *state, uint32_t place);
void tree_refresh(struct queue_state *state, uint32_t place); /* after arrival */
uint32_t tree_rank(const struct queue_state *state, uint32_t place);
uint32_t tree_at(const struct queue_state *state, uint32_t root, uint32_t rank);
uint32_t tree_below(const struct queue_state *state, uint32_t root, uint32_t key_s);
uint32_t tree_first_present(const struct queue_state *state, uint32_t root);
uint32_t tree_first_absent(const struct queue_state *state, uint32_t root);
uint32_t tree_build(struct queue_state *state, const uint32_t *sorted, uint32_t count);
bool tree_verify(const struct queue_state *state, uint32_t root);
void list_add(struct queue_state *state, struct list *list, uint32_t place);
void list_remove(struct queue_state *state, struct list *list, uint32_t place);

/* queue_slot.c */
uint32_t slot_at(const struct queue_one *queue, int64_t start_s);       /* NOBODY: none */
uint32_t slot_position(const struct queue_one *queue, int64_t start_s); /* first not before */
uint32_t slot_next_room(const struct queue_one *queue, uint32_t position, uint32_t category);
bool slot_closed(const struct queue_one *queue, const struct slot *slot);
bool slot_has_room(const struct slot *slot, uint32_t category);
uint32_t slot_share(const struct queue_one *queue, const struct slot *slot, uint32_t category);
void slot_limit(const struct queue_one *queue, struct slot *slot, uint32_t category);
bool slot_bookable(const struct queue_one *queue, const struct slot *slot, uint32_t now_s);
void slot_take(struct queue_one *queue, uint32_t slot, uint32_t category);
void slot_give(struct queue_one *queue, uint32_t slot, uint32_t category);
void slot_refresh(struct queue_one *queue, uint32_t position);
enum zhol_error slot_insert(struct queue_one *queue, const struct slot *slot);
enum zhol_error slot_rooms(struct queue_one *queue); /* after categories or slots were added */

/* queue_place.c: a place moves from state to state, and all counts with it */
uint32_t place_add(struct queue_state *state, const struct place *row); /* NOBODY: state->error */
void place_enter(struct queue_state *state, uint32_t place, enum place_state to);
void place_order(struct queue_state *state, uint32_t place, uint32_t key_s, uint32_t rank_s);
void place_slot(struct queue_state *state, uint32_t place, uint32_t slot);
void place_move(struct queue_state *state, uint32_t place, uint32_t slot);
void place_end(struct queue_state *state, uint32_t place, enum place_state to, uint32_t now_s);
void place_free_claims(struct queue_state *state, uint32_t place);
void free_claim(struct queue_state *state, uint32_t place, const char *scope, uint64_t id);
void claim_write(const struct queue_state *state, uint8_t scope_number, const char *scope,
                 uint64_t id, struct claim_need *need);
void told(struct queue_state *state, uint32_t place, enum change_reason reason, int64_t old_slot_s);
int64_t place_slot_s(const struct queue_state *state, const struct place *place);
void mark(struct queue_state *state, uint64_t vehicle, const char *what, int64_t until_s);
uint32_t place_position(const struct queue_state *state, uint32_t place);

/* queue_money.c */
void money_fees(struct queue_state *state, uint32_t place, const char *when);
void money_deposit(struct queue_state *state, uint32_t place);
void money_back(struct queue_state *state, uint32_t place);
void money_forfeit(struct queue_state *state, uint32_t place, uint32_t no_shows);
void money_reverse(struct queue_state *state, uint32_t place);
enum zhol_error money_term(struct queue_state *state, const struct term *term, uint16_t *index);

/* queue_move.c: moving places to later slots by the fair rule. A plan is made without changing the
 * state, so that an officer can see it before he confirms. */
struct move {
    uint32_t place, from, to; /* slots; from NOBODY: had none; to NOBODY: waits for one to come */
    uint8_t category;
};
struct plan {
    const struct queue_state *state;
    uint32_t queue, now_s;
    struct queue_one after; /* the queue's rules and slots (copies) as they will be */
    struct move *moves;     /* in the order in which the places stand */
    uint32_t move_count, move_capacity;
    enum change_reason reason;
};
enum zhol_error plan_start(const struct queue_state *state, uint32_t queue, uint32_t now_s,
                           enum change_reason reason, struct plan *plan);
void plan_clear(struct plan *plan);
/* Takes from a slot of the plan what is above `capacity` (below 0: all who can move). */
enum zhol_error plan_cut(struct plan *plan, uint32_t slot, int64_t capacity);
/* Gives everybody who lost his slot, and then those without one, the earliest with room. */
enum zhol_error plan_place(struct plan *plan);
enum zhol_error plan_apply(struct queue_state *state, const struct plan *plan);
/* What capacity_set and close do to a plan (queue_capacity.c). */
enum refusal plan_capacity(struct plan *plan, const struct command *command);
enum refusal plan_closure(struct plan *plan, const struct command *command);

/* the commands, by file; each gives the refusal and fills the result */
enum refusal apply_rules(struct applying *applying); /* queue_rules.c */
enum refusal apply_slots(struct applying *applying); /* queue_capacity.c */
enum refusal apply_capacity(struct applying *applying);
enum refusal apply_close(struct applying *applying);
enum refusal apply_reopen(struct applying *applying);
enum refusal apply_round_open(struct applying *applying); /* queue_round.c */
enum refusal apply_round_draw(struct applying *applying);
enum refusal apply_booking(struct applying *applying);    /* queue_book.c: book, next, join, */
enum refusal apply_driver_add(struct applying *applying); /* request; queue_change.c */
enum refusal apply_vehicle_swap(struct applying *applying);
enum refusal apply_postpone(struct applying *applying);
enum refusal apply_cancel(struct applying *applying);
enum refusal apply_arrive(struct applying *applying); /* queue_call.c */
enum refusal apply_call(struct applying *applying);
enum refusal apply_enter(struct applying *applying);
enum refusal apply_clear(struct applying *applying);
enum refusal apply_refuse(struct applying *applying);
enum refusal apply_no_show(struct applying *applying); /* queue_miss.c */
enum refusal apply_sweep(struct applying *applying);
enum refusal apply_appeal(struct applying *applying); /* queue_appeal.c */
enum refusal apply_decide(struct applying *applying);

/* The next category to be called and by which reason; counts it. NOBODY: nobody can be called. */
struct turn {
    uint32_t category, place;
    enum change_reason reason;
};
/* `heads[c]`: the one of category c that would be called; NOBODY: none. `credits`: as in the
 * queue, changed. */
struct turn next_turn(const struct queue_state *state, const struct queue_one *queue,
                      const uint32_t heads[RULES_CATEGORY_MAX],
                      int64_t credits[RULES_CATEGORY_MAX]);
/* The first 8 bytes of BLAKE2b-256, little-endian, of the places and slots of the changes told. */
uint64_t changes_hash(const struct queue_state *state);
void blake2b(uint8_t out[32], const void *bytes, size_t size, const uint8_t *key);
/* The place that a command of `state`s names, with the checks that all have in common. */
enum refusal find_place(struct applying *applying, uint32_t states, uint32_t *place);
/* After an end by the driver's fault: mark, block, deposit. */
void place_missed(struct applying *applying, uint32_t place, uint32_t no_shows);
/* The earliest slot with room for a category that can be booked now, starts at or after from_s (0:
 * any) and before until_s. NOBODY: none. */
uint32_t slot_search(const struct queue_one *queue, uint32_t category, int64_t from_s,
                     int64_t until_s, uint32_t now_s);
/* Who of a category would be called: the first that is present, or the first. */
uint32_t category_head(const struct queue_state *state, const struct queue_one *queue,
                       uint32_t category);
/* Into the given slot, or at the end of the queue without slots. */
void place_put(struct queue_state *state, uint32_t place, uint32_t slot, uint32_t turn_s,
               uint32_t rank_s);
enum refusal slot_refusal(struct applying *applying, const struct queue_one *queue,
                          uint32_t category, int64_t slot_s, uint32_t *slot);
/* Fees and deposit of a place that is booked now. */
void place_charge(struct queue_state *state, uint32_t place);
bool queue_closed(const struct queue_one *queue, uint32_t now_s);
/* The two bounds that sweep and no_show share: after it, a slot or call counts as missed;
 * INT64_MAX: never. */
int64_t slot_due(const struct queue_state *state, const struct place *place);
int64_t call_due(const struct queue_state *state, const struct place *place);

#endif
