/* audit_claims.c: claims over streams in time. See audit_claims.h. */
#include "operate/audit_claims.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

enum { SLOTS_FIRST = 1024 };

void claim_book_clear(struct claim_book *book)
{
    free(book->slots);
    free(book->doubts);
    memset(book, 0, sizeof *book);
}

static void digest_of(const char *scope, struct text_view key, uint8_t digest[CLAIM_DIGEST])
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, CLAIM_DIGEST);
    crypto_generichash_update(&state, (const uint8_t *)scope, strlen(scope) + 1);
    crypto_generichash_update(&state, (const uint8_t *)key.bytes, key.size);
    crypto_generichash_final(&state, digest, CLAIM_DIGEST);
}

static struct held_claim *slot_of(const struct claim_book *book, const uint8_t *digest)
{
    uint64_t start;
    memcpy(&start, digest, sizeof start);
    for (uint32_t at = (uint32_t)start & (book->slot_count - 1);;
         at = (at + 1) & (book->slot_count - 1)) {
        struct held_claim *slot = &book->slots[at];
        if (slot->state == CLAIM_NONE || memcmp(slot->digest, digest, CLAIM_DIGEST) == 0) {
            return slot;
        }
    }
}

/* Room for one more; what was released before `now_s` is forgotten when the table grows. */
static enum zhol_error make_room(struct claim_book *book, int64_t now_s)
{
    uint64_t live = 1;
    if (book->slot_count && (book->used + 1) * 2ULL <= book->slot_count) {
        return ZHOL_ERROR_OK;
    }
    for (uint32_t i = 0; i < book->slot_count; i++) {
        const struct held_claim *slot = &book->slots[i];
        live +=
            slot->state == CLAIM_HELD || (slot->state == CLAIM_RELEASED && slot->time_s >= now_s);
    }
    struct claim_book wider = {.slot_count = SLOTS_FIRST};
    while (wider.slot_count < live * 4) {
        if (wider.slot_count > UINT32_MAX / 4) {
            return ZHOL_ERROR_LIMIT;
        }
        wider.slot_count *= 2;
    }
    wider.slots = calloc(wider.slot_count, sizeof *wider.slots);
    if (!wider.slots) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < book->slot_count; i++) {
        const struct held_claim *slot = &book->slots[i];
        if (slot->state == CLAIM_HELD || (slot->state == CLAIM_RELEASED && slot->time_s >= now_s)) {
            *slot_of(&wider, slot->digest) = *slot;
            wider.used++;
        }
    }
    free(book->slots);
    book->slots = wider.slots;
    book->slot_count = wider.slot_count;
    book->used = wider.used;
    return ZHOL_ERROR_OK;
}

static enum zhol_error doubt_it(struct claim_book *book, const struct doubt *doubt)
{
    enum zhol_error error =
        ARRAY_RESERVE(book->doubts, book->doubt_capacity, book->doubt_count + 1);
    if (!error) {
        book->doubts[book->doubt_count++] = *doubt;
    }
    return error;
}

static bool same_need(const struct claim_need *a, const struct claim_need *b)
{
    return strcmp(a->scope, b->scope) == 0 && strcmp(a->key, b->key) == 0;
}

static bool names(const struct doubt *doubt, const struct claim_need *need)
{
    for (uint32_t i = 0; i < doubt->count; i++) {
        if (same_need(&doubt->needs[i], need)) {
            return true;
        }
    }
    return false;
}

static void drop(struct claim_book *book, uint32_t i)
{
    book->doubts[i] = book->doubts[--book->doubt_count];
}

/* What happens to a claim in the same second explains a refusal. */
static void explain_refusals(struct claim_book *book, const struct claim_need *need)
{
    for (uint32_t i = book->doubt_count; i-- > 0;) {
        if (book->doubts[i].refusal && names(&book->doubts[i], need)) {
            drop(book, i);
        }
    }
}

/* Released by the one who had it before: the taking came after, in the same second. */
static bool explain_taking(struct claim_book *book, struct claim_at at,
                           const struct claim_need *need)
{
    for (uint32_t i = 0; i < book->doubt_count; i++) {
        const struct doubt *doubt = &book->doubts[i];
        if (!doubt->refusal && doubt->holder == at.stream && doubt->time_s == at.time_s &&
            names(doubt, need)) {
            drop(book, i);
            return true;
        }
    }
    return false;
}

enum zhol_error claims_take(struct claim_book *book, struct claim_at at,
                            const struct claim_need *needs, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        uint8_t digest[CLAIM_DIGEST];
        enum zhol_error error = make_room(book, at.time_s);
        if (error) {
            return error;
        }
        digest_of(needs[i].scope, text_view_of(needs[i].key), digest);
        struct held_claim *slot = slot_of(book, digest);
        bool own = slot->stream == at.stream && slot->place == at.place;
        if (slot->state == CLAIM_HELD && !own) {
            struct doubt doubt = {false, {needs[i]}, 1, at.stream, slot->stream, at.seq, at.time_s};
            error = doubt_it(book, &doubt);
            if (error) {
                return error;
            }
        }
        book->used += slot->state == CLAIM_NONE;
        book->held += slot->state != CLAIM_HELD;
        memcpy(slot->digest, digest, sizeof digest);
        slot->state = CLAIM_HELD;
        slot->stream = at.stream;
        slot->place = at.place;
        slot->time_s = at.time_s;
        explain_refusals(book, &needs[i]);
    }
    return ZHOL_ERROR_OK;
}

enum zhol_error claims_release(struct claim_book *book, struct claim_at at,
                               const struct claim_need *needs, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        uint8_t digest[CLAIM_DIGEST];
        if (explain_taking(book, at, &needs[i])) {
            continue;
        }
        enum zhol_error error = make_room(book, at.time_s);
        if (error) {
            return error;
        }
        digest_of(needs[i].scope, text_view_of(needs[i].key), digest);
        struct held_claim *slot = slot_of(book, digest);
        if (slot->state == CLAIM_HELD && slot->stream == at.stream) {
            slot->state = CLAIM_RELEASED;
            slot->time_s = at.time_s;
            book->held--;
        }
    }
    return ZHOL_ERROR_OK;
}

enum zhol_error claims_refused(struct claim_book *book, struct claim_at at,
                               const struct claim_need *needs, uint32_t count)
{
    struct doubt doubt = {true, {{NULL, ""}}, 0, at.stream, at.stream, at.seq, at.time_s};
    enum zhol_error error = make_room(book, at.time_s);
    if (error) {
        return error;
    }
    for (uint32_t i = 0; i < count && i < 4; i++) {
        uint8_t digest[CLAIM_DIGEST];
        digest_of(needs[i].scope, text_view_of(needs[i].key), digest);
        const struct held_claim *slot = slot_of(book, digest);
        if (slot->state == CLAIM_HELD ||
            (slot->state == CLAIM_RELEASED && slot->time_s == at.time_s)) {
            return ZHOL_ERROR_OK;
        }
        doubt.needs[doubt.count++] = needs[i];
    }
    return doubt.count ? doubt_it(book, &doubt) : ZHOL_ERROR_OK;
}

void claims_settle(struct claim_book *book, int64_t now_s,
                   void (*tell)(void *context, const struct doubt *doubt), void *context)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < book->doubt_count; i++) {
        if (book->doubts[i].time_s < now_s) {
            tell(context, &book->doubts[i]);
        } else {
            book->doubts[kept++] = book->doubts[i];
        }
    }
    book->doubt_count = kept;
}

bool claims_holds(const struct claim_book *book, const char *scope, struct text_view key)
{
    uint8_t digest[CLAIM_DIGEST];
    if (!book->slot_count) {
        return false;
    }
    digest_of(scope, key, digest);
    return slot_of(book, digest)->state == CLAIM_HELD;
}
