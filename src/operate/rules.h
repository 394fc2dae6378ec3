/* operate/rules.h: the rules of a checkpoint's queues as data: the JSON of the command rules_set.
 *
 * desk/queue_rules.c makes it from the corridor's tables queue, queue_category, queue_rule,
 * slot_plan, fee; the fold reads nothing else. Times of day and calendars are no part of it: slots
 * arrive as UTC seconds in slots_publish, made from the calendars of both sides.
 *
 * {"queues":[{
 *   "id":"nur-zholy-exit", "direction":"exit", "rule_set":"kz-2025",
 *   "release":"first_come",        first_come | round | live
 *   "claim_scope":"all",           all: one active place over all checkpoints | direction: one per
 *                                  direction; may change only while nobody has an active place
 *   "discipline":"quota",          quota: shares of calls by weight | cycle: repeating weights
 *   "categories":[{"id":"ordinary","weight":80,"rank":9,"share_max":100,"out_of_turn":false}, ...],
 *                                  weight 0: called when nobody else waits; share_max: most per
 * cent of a slot, above 0 at least one place "arrive_early_s":..,"arrive_late_s":..   how long
 * before and after the start of his slot a driver may come to the waiting area; missing: no limit
 *   "call_late_s":..,              how long a called vehicle has to enter
 *   "call_absent":false,           true: the called need not be at the waiting area (virtual queue)
 *   "postpone_max":1,"postpone_window_s":..,"postpone_before_s":..,"swap_postpones":0,
 *                                  a swap of the vehicle counts as so many postponements
 *   "cancel_before_s":..,          a cancel later than so long before the slot is late and marked
 *   "cancel_max":2,"cancel_window_s":..      late cancels until the block
 *   "no_show_max":2,"no_show_window_s":..,   no-shows until the block, or times one may requeue
 *   "block_s":..,"appeal_s":..,"horizon_s":..,
 *   "edit":["driver_add"],         driver_add | driver | vehicle | slot: what may be changed later
 *   "late":"block",                block | requeue | forfeit: what follows missing a slot or a call
 *   "round":{"request_s":..,"weights":{"ordinary":1,"perishable":3},"no_show_factor":0.5},
 *   "retention_days":{"driver":..,"vehicle":..},
 *   "fees":[{"category":"ordinary","what":"fee|deposit","when":"book|postpone|rebook",
 *            "amount":393200,"currency":"KZT","refund":"arrive|never","forfeit_after":2}]}]}
 *                                  a deposit is taken when booked and comes back on arrival or on a
 *                                  cancel in time; it is forfeited at the forfeit_after-th no-show
 *                                  (0: at the first). rebook: booked after a no-show of the window
 * Unknown members are refused, so that a typing error is found; absent ones mean "no such rule".
 *
 * slots_publish: {"slots":[{"start":s,"end":s,"capacity":n,"shares":{"perishable":n,...}}]}: new
 * slots or, for a known start, a new capacity. The shares of a slot are fixed when it is published.
 * round_open: {"seed_hash":"<64 hex>"}, BLAKE2b-256 of the seed; round_draw: {"seed":"<64 hex>"}.
 */
#ifndef ZHOL_OPERATE_RULES_H
#define ZHOL_OPERATE_RULES_H

#include "operate/command.h"

#define RULES_CATEGORY_MAX 16
#define RULES_QUEUE_MAX    4
#define RULES_FEE_MAX      64

struct queue_category_rule {
    char id[COMMAND_NAME_SIZE];
    uint32_t weight;    /* per cent of calls (quota), or times in a cycle */
    uint32_t rank;      /* lower is taken first among equals */
    uint32_t share_max; /* most per cent of a slot that it may book; 100: all */
    bool out_of_turn;   /* called before all others (defence, diplomatic ...) */
};
struct queue_fee {
    char category[COMMAND_NAME_SIZE]; /* "": every */
    char what[24], when[24], refund[24];
    int64_t amount; /* hundredths */
    char currency[4];
    uint32_t forfeit_after; /* no-shows; 0: at the first */
};
enum release { RELEASE_first_come, RELEASE_round, RELEASE_live };
struct queue_rules {
    char id[COMMAND_NAME_SIZE], direction[16], rule_set[COMMAND_NAME_SIZE];
    enum release release;
    bool claim_per_direction, cycle;
    struct queue_category_rule categories[RULES_CATEGORY_MAX];
    uint32_t category_count;
    int64_t arrive_early_s, arrive_late_s, call_late_s;            /* -1: no limit */
    int64_t postpone_window_s, postpone_before_s, cancel_before_s; /* -1: no limit */
    int64_t no_show_window_s, cancel_window_s, block_s, appeal_s, horizon_s;
    int64_t postpone_max, no_show_max, cancel_max; /* -1: no limit */
    int64_t swap_postpones, round_request_s;       /* 0: none; -1: until the draw */
    bool call_absent;
    bool edit_driver_add, edit_driver, edit_vehicle, edit_slot;
    char late[16];
    double round_weights[RULES_CATEGORY_MAX];
    double no_show_factor;
    struct queue_fee fees[RULES_FEE_MAX];
    uint32_t fee_count;
    int64_t retention_driver_days, retention_vehicle_days;
};

/* Reads and checks the JSON of rules_set; findings name the member. */
enum zhol_error rules_read(struct text_view json, struct queue_rules rules[RULES_QUEUE_MAX],
                           uint32_t *count, struct zhol_report *report);

#endif
