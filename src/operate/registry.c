/* registry.c: the fold of the stream "registry" (operate/registry.h): its state and its commands.
 */
#include "operate/registry.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "operate/registry_state.h"

enum zhol_error registry_new(struct registry **registry)
{
    *registry = calloc(1, sizeof **registry);
    return *registry ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

void registry_free(struct registry *registry)
{
    if (registry) {
        map_int_clear(&registry->index);
        free(registry->subjects);
        free(registry->marks);
        buffer_clear(&registry->anchor);
        for (uint32_t i = 0; i < REGISTRY_COUNTERSIGNATURES; i++) {
            buffer_clear(&registry->countersignatures[i]);
        }
        free(registry);
    }
}

/* ---- subjects ---- */

static struct subject *find(const struct registry *registry, uint64_t id)
{
    uint32_t at;
    return id && map_int_get(&registry->index, (int64_t)id, &at) ? &registry->subjects[at] : NULL;
}

enum zhol_error registry_add_subject(struct registry *registry, const struct subject *subject)
{
    uint32_t at = registry->subject_count, owner;
    enum zhol_error error = ARRAY_RESERVE(registry->subjects, registry->subject_capacity, at + 1);
    if (!error) {
        error = map_int_add(&registry->index, (int64_t)subject->id, at, NULL);
    }
    if (error) {
        return error;
    }
    struct subject *added = &registry->subjects[registry->subject_count++];
    *added = *subject;
    added->first = added->last = added->next = added->marks = NONE;
    /* A carrier's own are a list through the array, in order of registration. */
    if (subject->kind != SUBJECT_CARRIER &&
        map_int_get(&registry->index, (int64_t)subject->carrier, &owner)) {
        struct subject *carrier = &registry->subjects[owner];
        if (carrier->last == NONE) {
            carrier->first = at;
        } else {
            registry->subjects[carrier->last].next = at;
        }
        carrier->last = at;
    }
    return ZHOL_ERROR_OK;
}

static enum zhol_error add(struct registry *registry, const struct command *command,
                           enum subject_kind kind, uint64_t id, bool claimed, enum refusal *refusal)
{
    const struct subject *carrier = find(registry, command->carrier);
    bool own = kind == SUBJECT_CARRIER;
    if (!id || !command->carrier) {
        *refusal = REFUSAL_bad_data;
    } else if (!own && (!carrier || carrier->kind != SUBJECT_CARRIER || carrier->erased)) {
        *refusal = REFUSAL_unknown_subject;
    } else if (find(registry, id) || !claimed) {
        *refusal = REFUSAL_duplicate;
    } else {
        return registry_add_subject(registry, &(struct subject){.id = id,
                                                                .carrier = command->carrier,
                                                                .kind = (uint8_t)kind,
                                                                .registered_s = command->time_s});
    }
    return ZHOL_ERROR_OK;
}

static enum refusal erase(struct registry *registry, const struct command *command)
{
    struct subject *subject = find(registry, command->subject);
    if (!subject) {
        return command->subject ? REFUSAL_unknown_subject : REFUSAL_bad_data;
    }
    if (subject->erased) {
        return REFUSAL_duplicate;
    }
    subject->erased = true;
    return REFUSAL_none;
}

/* ---- marks ---- */

enum zhol_error registry_add_mark(struct registry *registry, const struct mark *mark)
{
    struct subject *subject = &registry->subjects[mark->subject];
    enum zhol_error error =
        ARRAY_RESERVE(registry->marks, registry->mark_capacity, registry->mark_count + 1);
    if (!error) {
        registry->marks[registry->mark_count] = *mark;
        registry->marks[registry->mark_count].before = subject->marks;
        subject->marks = registry->mark_count++;
        if (!mark->lifted && mark->until_s > subject->blocked_until_s) {
            subject->blocked_until_s = mark->until_s;
        }
    }
    return error;
}

static enum zhol_error mark_add(struct registry *registry, const struct command *command,
                                enum refusal *refusal)
{
    struct mark mark = {.time_s = command->time_s, .until_s = command->until_s};
    const struct subject *subject = find(registry, command->subject);
    if (!command->note.size || command->note.size >= sizeof mark.what || command->until_s < 0) {
        *refusal = REFUSAL_bad_data;
        return ZHOL_ERROR_OK;
    }
    if (!subject) {
        *refusal = REFUSAL_unknown_subject;
        return ZHOL_ERROR_OK;
    }
    mark.subject = (uint32_t)(subject - registry->subjects);
    memcpy(mark.what, command->note.bytes, command->note.size);
    return registry_add_mark(registry, &mark);
}

/* Takes back the last mark that still holds (of the kind in `note`, where there is one), since an
 * appeal speaks about what was put on last; blocks that other marks put on stay. */
static enum refusal mark_lift(struct registry *registry, const struct command *command)
{
    struct subject *subject = find(registry, command->subject);
    bool found = false;
    if (!subject) {
        return command->subject ? REFUSAL_unknown_subject : REFUSAL_bad_data;
    }
    subject->blocked_until_s = 0;
    for (uint32_t at = subject->marks; at != NONE; at = registry->marks[at].before) {
        struct mark *mark = &registry->marks[at];
        if (!found && !mark->lifted &&
            (!command->note.size || text_equal_string(command->note, mark->what))) {
            mark->lifted = found = true;
        }
        if (!mark->lifted && mark->until_s > subject->blocked_until_s) {
            subject->blocked_until_s = mark->until_s;
        }
    }
    return REFUSAL_none;
}

uint32_t registry_marks(const struct registry *registry, uint64_t id, const char *what,
                        int64_t since_s, int64_t now_s)
{
    const struct subject *subject = find(registry, id);
    uint32_t count = 0;
    /* Newest first, so the walk ends where the window does. */
    for (uint32_t at = subject ? subject->marks : NONE; at != NONE;) {
        const struct mark *mark = &registry->marks[at];
        if (mark->time_s <= since_s) {
            break;
        }
        count += !mark->lifted && mark->time_s <= now_s && strcmp(mark->what, what) == 0;
        at = mark->before;
    }
    return count;
}

/* ---- anchors ---- */

static enum zhol_error keep(struct buffer *kept, struct text_view data)
{
    buffer_reset(kept);
    buffer_view(kept, data);
    return kept->error;
}

static enum zhol_error anchor(struct registry *registry, const struct command *command,
                              enum refusal *refusal)
{
    if (!command->data.size) {
        *refusal = REFUSAL_bad_data;
        return ZHOL_ERROR_OK;
    }
    registry->anchor_s = command->time_s;
    return keep(&registry->anchor, command->data);
}

static enum zhol_error countersign(struct registry *registry, const struct command *command,
                                   enum refusal *refusal)
{
    if (!command->data.size) {
        *refusal = REFUSAL_bad_data;
        return ZHOL_ERROR_OK;
    }
    uint64_t at = registry->countersignature_count++ % REGISTRY_COUNTERSIGNATURES;
    return keep(&registry->countersignatures[at], command->data);
}

struct text_view registry_anchor(const struct registry *registry, int64_t *time_s)
{
    *time_s = registry->anchor_s;
    return (struct text_view){buffer_get(&registry->anchor), (uint32_t)registry->anchor.size};
}

enum zhol_error registry_countersignatures(const struct registry *registry, struct buffer *json)
{
    uint64_t count = registry->countersignature_count;
    uint64_t from = count > REGISTRY_COUNTERSIGNATURES ? count - REGISTRY_COUNTERSIGNATURES : 0;
    buffer_char(json, '[');
    for (uint64_t i = from; i < count; i++) {
        const struct buffer *one = &registry->countersignatures[i % REGISTRY_COUNTERSIGNATURES];
        if (i > from) {
            buffer_char(json, ',');
        }
        buffer_append(json, buffer_get(one), one->size);
    }
    buffer_char(json, ']');
    return json->error;
}

/* ---- the fold ---- */

enum zhol_error registry_apply(struct registry *registry, const struct command *command,
                               const struct given *given, struct result *result)
{
    memset(result, 0, sizeof *result);
    switch (command->kind) {
    case COMMAND_carrier_register:
        return add(registry, command, SUBJECT_CARRIER, command->carrier, given->claimed,
                   &result->refusal);
    case COMMAND_vehicle_register:
        return add(registry, command, SUBJECT_VEHICLE, command->vehicle, given->claimed,
                   &result->refusal);
    case COMMAND_driver_register:
        return add(registry, command, SUBJECT_DRIVER, command->driver, given->claimed,
                   &result->refusal);
    case COMMAND_subject_erase:
        result->refusal = erase(registry, command);
        return ZHOL_ERROR_OK;
    case COMMAND_mark_add:
        return mark_add(registry, command, &result->refusal);
    case COMMAND_mark_lift:
        result->refusal = mark_lift(registry, command);
        return ZHOL_ERROR_OK;
    case COMMAND_anchor:
        return anchor(registry, command, &result->refusal);
    case COMMAND_countersign:
        return countersign(registry, command, &result->refusal);
    default:
        return ZHOL_ERROR_INTERNAL;
    }
}

/* ---- reading ---- */

static struct subject_view view_of(const struct subject *subject)
{
    return (struct subject_view){.kind = (enum subject_kind)subject->kind,
                                 .carrier = subject->carrier,
                                 .erased = subject->erased,
                                 .registered_s = subject->registered_s,
                                 .blocked_until_s = subject->blocked_until_s};
}

bool registry_subject(const struct registry *registry, uint64_t id, struct subject_view *view)
{
    const struct subject *subject = find(registry, id);
    if (subject) {
        *view = view_of(subject);
    }
    return subject != NULL;
}

void registry_list(const struct registry *registry, enum subject_kind kind, uint64_t carrier,
                   bool (*visit)(void *, uint64_t id, const struct subject_view *), void *context)
{
    const struct subject *owner = carrier ? find(registry, carrier) : NULL;
    bool all = !carrier || kind == SUBJECT_CARRIER;
    uint32_t at = all ? 0 : owner ? owner->first : NONE;
    while (at < registry->subject_count) {
        const struct subject *subject = &registry->subjects[at];
        struct subject_view view = view_of(subject);
        bool wanted = subject->kind == kind && (!carrier || subject->carrier == carrier);
        if (wanted && !visit(context, subject->id, &view)) {
            return;
        }
        at = all ? at + 1 : subject->next;
    }
}
