/* tests/queue_harness.h: the fold of a queue with what the writer does around it: claims, marks.
 *
 * harness_apply asks which claims a command needs, says in `given` whether they are free, counts
 * the marks, applies, and takes and frees claims as the result says. Marks that block a vehicle do
 * so.
 */
#ifndef ZHOL_TESTS_QUEUE_HARNESS_H
#define ZHOL_TESTS_QUEUE_HARNESS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/map.h"
#include "operate/queue.h"

struct harness_mark {
    uint64_t subject;
    char what[24];
    int64_t time_s, until_s;
    bool lifted;
};
struct harness {
    struct queue_state *state;
    struct map claims; /* "scope key" -> 1 held, 0 free */
    struct harness_mark *marks;
    uint32_t mark_count, mark_capacity;
    int64_t now_s;
    struct given given; /* of the last command */
};

static inline void harness_open(struct harness *harness)
{
    *harness = (struct harness){0};
    map_init(&harness->claims);
    if (queue_new("made", &harness->state)) {
        abort();
    }
}

static inline void harness_close(struct harness *harness)
{
    queue_free(harness->state);
    map_clear(&harness->claims);
    free(harness->marks);
}

static inline struct text_view harness_claim(const struct claim_need *need, char text[128])
{
    int size = snprintf(text, 128, "%s %s", need->scope, need->key);
    return (struct text_view){text, (uint32_t)size};
}

static inline uint32_t harness_count(const struct harness *harness, uint64_t subject,
                                     const char *what, int64_t window_s)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < harness->mark_count; i++) {
        const struct harness_mark *mark = &harness->marks[i];
        count += mark->subject == subject && !mark->lifted && strcmp(mark->what, what) == 0 &&
                 mark->time_s > harness->now_s - window_s;
    }
    return count;
}

static inline void harness_given(struct harness *harness, const struct command *command,
                                 const struct claim_need *needs, uint32_t need_count)
{
    struct given *given = &harness->given;
    struct place_view view = {0};
    int64_t no_show_s, cancel_s, postpone_s;
    char text[128];
    uint32_t held;
    uint64_t vehicle = command->vehicle;
    if (!vehicle && !queue_place(harness->state, command->place, &view)) {
        vehicle = view.vehicle;
    }
    *given = (struct given){.known = true, .claimed = true};
    for (uint32_t i = 0; i < need_count; i++) {
        if (map_get(&harness->claims, harness_claim(&needs[i], text), &held) && held) {
            given->claimed = false;
        }
    }
    queue_windows(harness->state, command, &no_show_s, &cancel_s, &postpone_s);
    given->no_shows = harness_count(harness, vehicle, "no_show", no_show_s);
    given->cancels = harness_count(harness, vehicle, "cancel", cancel_s);
    given->postponements = harness_count(harness, vehicle, "postpone", postpone_s);
    for (uint32_t i = 0; i < harness->mark_count; i++) {
        const struct harness_mark *mark = &harness->marks[i];
        if (mark->subject == vehicle && !mark->lifted && mark->until_s > given->blocked_until_s) {
            given->blocked_until_s = mark->until_s;
        }
    }
}

static inline void harness_mark_one(struct harness *harness, const struct mark_need *need)
{
    if (strncmp(need->what, "lift ", 5) == 0) {
        for (uint32_t i = harness->mark_count; i-- > 0;) {
            struct harness_mark *mark = &harness->marks[i];
            if (mark->subject == need->subject && !mark->lifted &&
                strcmp(mark->what, need->what + 5) == 0) {
                mark->lifted = true;
                return;
            }
        }
        return;
    }
    if (harness->mark_count == harness->mark_capacity) {
        harness->mark_capacity = harness->mark_capacity * 2 + 16;
        harness->marks = realloc(harness->marks, harness->mark_capacity * sizeof *harness->marks);
        if (!harness->marks) {
            abort();
        }
    }
    struct harness_mark *mark = &harness->marks[harness->mark_count++];
    *mark = (struct harness_mark){
        .subject = need->subject, .time_s = harness->now_s, .until_s = need->until_s};
    memcpy(mark->what, need->what, sizeof mark->what);
}

static inline void harness_apply(struct harness *harness, const struct command *command,
                                 struct result *result)
{
    struct claim_need needs[4];
    const struct claim_need *freed;
    const struct mark_need *marks;
    char text[128];
    harness->now_s = command->time_s > harness->now_s ? command->time_s : harness->now_s;
    uint32_t need_count = queue_claims_needed(harness->state, command, needs);
    harness_given(harness, command, needs, need_count);
    if (queue_apply(harness->state, command, &harness->given, result)) {
        abort();
    }
    for (uint32_t i = 0; !result->refusal && harness->given.claimed && i < need_count; i++) {
        map_put(&harness->claims, harness_claim(&needs[i], text), 1);
    }
    uint32_t count = queue_claims_freed(harness->state, result, &freed);
    for (uint32_t i = 0; i < count; i++) {
        map_put(&harness->claims, harness_claim(&freed[i], text), 0);
    }
    count = queue_marks(harness->state, result, &marks);
    for (uint32_t i = 0; i < count; i++) {
        harness_mark_one(harness, &marks[i]);
    }
}

#endif
