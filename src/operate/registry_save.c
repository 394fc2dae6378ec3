/* registry_save.c: snapshots of the registry, and its invariants.
 *
 * Format: "zhol registry 1\n", then little-endian numbers: subjects, marks, the anchor,
 * countersignatures. Equal registries give equal bytes.
 */
#include <stdio.h>
#include <string.h>

#include "operate/registry_state.h"

static const char heading[] = "zhol registry 1\n";

static void put_number(struct buffer *bytes, uint64_t number, uint32_t size)
{
    uint8_t out[8];
    for (uint32_t i = 0; i < size; i++) {
        out[i] = (uint8_t)(number >> 8 * i);
    }
    buffer_append(bytes, out, size);
}

static void put_bytes(struct buffer *bytes, const struct buffer *text)
{
    put_number(bytes, text->size, 8);
    buffer_append(bytes, buffer_get(text), text->size);
}

enum zhol_error registry_save(const struct registry *registry, struct buffer *bytes)
{
    buffer_string(bytes, heading);
    put_number(bytes, registry->subject_count, 4);
    buffer_reserve(bytes, (size_t)registry->subject_count * 34 + registry->mark_count * 45);
    for (uint32_t i = 0; i < registry->subject_count; i++) {
        const struct subject *subject = &registry->subjects[i];
        put_number(bytes, subject->id, 8);
        put_number(bytes, subject->carrier, 8);
        put_number(bytes, (uint64_t)subject->registered_s, 8);
        put_number(bytes, (uint64_t)subject->blocked_until_s, 8);
        put_number(bytes, subject->kind, 1);
        put_number(bytes, subject->erased, 1);
    }
    put_number(bytes, registry->mark_count, 4);
    for (uint32_t i = 0; i < registry->mark_count; i++) {
        const struct mark *mark = &registry->marks[i];
        put_number(bytes, mark->subject, 4);
        put_number(bytes, (uint64_t)mark->time_s, 8);
        put_number(bytes, (uint64_t)mark->until_s, 8);
        buffer_append(bytes, mark->what, sizeof mark->what);
        put_number(bytes, mark->lifted, 1);
    }
    put_number(bytes, (uint64_t)registry->anchor_s, 8);
    put_bytes(bytes, &registry->anchor);
    put_number(bytes, registry->countersignature_count, 8);
    for (uint32_t i = 0; i < REGISTRY_COUNTERSIGNATURES; i++) {
        put_bytes(bytes, &registry->countersignatures[i]);
    }
    return bytes->error;
}

/* ---- loading ---- */

struct reader {
    const char *at, *end;
    bool good;
};

static const void *take(struct reader *reader, uint64_t size)
{
    if (!reader->good || (uint64_t)(reader->end - reader->at) < size) {
        reader->good = false;
        return NULL;
    }
    const char *at = reader->at;
    reader->at += size;
    return at;
}

static uint64_t number(struct reader *reader, uint32_t size)
{
    uint64_t value = 0;
    const uint8_t *at = take(reader, size);
    for (uint32_t i = 0; at && i < size; i++) {
        value |= (uint64_t)at[i] << 8 * i;
    }
    return value;
}

static enum zhol_error load_bytes(struct reader *reader, struct buffer *text)
{
    uint64_t size = number(reader, 8);
    const char *at = take(reader, size);
    if (at) {
        buffer_append(text, at, (size_t)size);
    }
    return text->error;
}

static enum zhol_error load_subjects(struct reader *reader, struct registry *registry)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    uint32_t count = (uint32_t)number(reader, 4);
    for (uint32_t i = 0; i < count && reader->good && !error; i++) {
        struct subject subject = {.id = number(reader, 8), .carrier = number(reader, 8)};
        subject.registered_s = (int64_t)number(reader, 8);
        int64_t blocked_s = (int64_t)number(reader, 8);
        subject.kind = (uint8_t)number(reader, 1);
        subject.erased = number(reader, 1) != 0;
        error = reader->good ? registry_add_subject(registry, &subject) : ZHOL_ERROR_INVALID;
        if (!error) {
            registry->subjects[i].blocked_until_s = blocked_s;
        }
    }
    return error;
}

/* Adding a mark may block; what was saved with the subject holds. */
static enum zhol_error load_marks(struct reader *reader, struct registry *registry)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    uint32_t count = (uint32_t)number(reader, 4);
    for (uint32_t i = 0; i < count && reader->good && !error; i++) {
        struct mark mark = {.subject = (uint32_t)number(reader, 4)};
        mark.time_s = (int64_t)number(reader, 8);
        mark.until_s = (int64_t)number(reader, 8);
        const char *what = take(reader, sizeof mark.what);
        if (what) {
            memcpy(mark.what, what, sizeof mark.what - 1);
        }
        mark.lifted = number(reader, 1) != 0;
        if (!reader->good || mark.subject >= registry->subject_count) {
            return ZHOL_ERROR_INVALID;
        }
        int64_t blocked_s = registry->subjects[mark.subject].blocked_until_s;
        error = registry_add_mark(registry, &mark);
        registry->subjects[mark.subject].blocked_until_s = blocked_s;
    }
    return error;
}

static enum zhol_error load(struct reader *reader, struct registry *registry)
{
    const char *first = take(reader, sizeof heading - 1);
    if (!first || memcmp(first, heading, sizeof heading - 1) != 0) {
        return ZHOL_ERROR_INVALID;
    }
    enum zhol_error error = load_subjects(reader, registry);
    if (!error) {
        error = load_marks(reader, registry);
    }
    registry->anchor_s = (int64_t)number(reader, 8);
    if (!error) {
        error = load_bytes(reader, &registry->anchor);
    }
    registry->countersignature_count = number(reader, 8);
    for (uint32_t i = 0; i < REGISTRY_COUNTERSIGNATURES && !error; i++) {
        error = load_bytes(reader, &registry->countersignatures[i]);
    }
    if (!error && (!reader->good || reader->at != reader->end)) {
        error = ZHOL_ERROR_INVALID;
    }
    return error == ZHOL_ERROR_DUPLICATE ? ZHOL_ERROR_INVALID : error;
}

enum zhol_error registry_load(struct text_view bytes, struct registry **registry)
{
    struct reader reader = {bytes.bytes, bytes.bytes + bytes.size, true};
    enum zhol_error error = registry_new(registry);
    if (!error) {
        error = load(&reader, *registry);
    }
    if (error) {
        registry_free(*registry);
        *registry = NULL;
    }
    return error;
}

/* ---- invariants ---- */

static bool fails(char *why, uint32_t size, const char *what, uint64_t id)
{
    char text[OPAQUE_TEXT_SIZE];
    opaque_write(id, text);
    snprintf(why, size, "%s: %s", text, what);
    return false;
}

/* Every vehicle and driver stands once in the list of its carrier, which is a carrier. */
static bool verify_lists(const struct registry *registry, char *why, uint32_t size)
{
    uint32_t listed = 0, owned = 0;
    for (uint32_t i = 0; i < registry->subject_count; i++) {
        const struct subject *subject = &registry->subjects[i];
        owned += subject->kind != SUBJECT_CARRIER;
        if (subject->kind == SUBJECT_CARRIER && subject->carrier != subject->id) {
            return fails(why, size, "a carrier that belongs to another", subject->id);
        }
        for (uint32_t at = subject->first; at != NONE; at = registry->subjects[at].next) {
            if (registry->subjects[at].carrier != subject->id ||
                ++listed > registry->subject_count) {
                return fails(why, size, "a list of a carrier is wrong", subject->id);
            }
        }
    }
    return listed == owned || fails(why, size, "subjects without a carrier", owned - listed);
}

bool registry_verify(const struct registry *registry, char *why, uint32_t size)
{
    uint32_t marked = 0;
    for (uint32_t i = 0; i < registry->subject_count; i++) {
        const struct subject *subject = &registry->subjects[i];
        uint32_t at;
        if (!map_int_get(&registry->index, (int64_t)subject->id, &at) || at != i) {
            return fails(why, size, "not found by its id", subject->id);
        }
        for (at = subject->marks; at != NONE; at = registry->marks[at].before) {
            if (registry->marks[at].subject != i || ++marked > registry->mark_count) {
                return fails(why, size, "a list of marks is wrong", subject->id);
            }
        }
    }
    if (marked != registry->mark_count) {
        return fails(why, size, "marks in no list", registry->mark_count - marked);
    }
    return verify_lists(registry, why, size);
}
