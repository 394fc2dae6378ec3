/* operate/audit_claims.h: who holds which claim, while streams are read in the order of time.
 *
 * Claims are what must be unique over streams: a vehicle's or driver's active place. Within one
 * second entries of different streams may have come in any order, so a contradiction counts only
 * when the second is over and nothing in it explains it.
 */
#ifndef ZHOL_OPERATE_AUDIT_CLAIMS_H
#define ZHOL_OPERATE_AUDIT_CLAIMS_H

#include "operate/queue.h"

#define CLAIM_DIGEST 16

struct held_claim {
    uint8_t digest[CLAIM_DIGEST]; /* of scope and key */
    uint32_t stream;
    uint64_t place;
    enum { CLAIM_NONE, CLAIM_HELD, CLAIM_RELEASED } state;
    int64_t time_s; /* taken or released */
};
/* A contradiction that the rest of its second may explain. */
struct doubt {
    bool refusal; /* refused though nobody held it; else taken though somebody held it */
    struct claim_need needs[4];
    uint32_t count;
    uint32_t stream, holder; /* holder: of the claim before */
    uint64_t seq;
    int64_t time_s;
};
struct claim_book {
    struct held_claim *slots;
    uint32_t slot_count, used;
    uint64_t held;
    struct doubt *doubts;
    uint32_t doubt_count, doubt_capacity;
};
void claim_book_clear(struct claim_book *book);

/* Where an entry stands, and the place that it is about: a place may name what it has again. */
struct claim_at {
    uint32_t stream;
    uint64_t seq, place;
    int64_t time_s;
};
enum zhol_error claims_take(struct claim_book *book, struct claim_at at,
                            const struct claim_need *needs, uint32_t count);
enum zhol_error claims_release(struct claim_book *book, struct claim_at at,
                               const struct claim_need *needs, uint32_t count);
/* The writer found that one of the claims was taken. */
enum zhol_error claims_refused(struct claim_book *book, struct claim_at at,
                               const struct claim_need *needs, uint32_t count);
/* Calls `tell` for doubts of seconds before `now_s` and forgets them. */
void claims_settle(struct claim_book *book, int64_t now_s,
                   void (*tell)(void *context, const struct doubt *doubt), void *context);
bool claims_holds(const struct claim_book *book, const char *scope, struct text_view key);

#endif
