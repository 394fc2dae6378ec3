/* operate/registry_state.h: the state of the registry, seen by registry*.c only.
 *
 * Flat arrays in order of registration; what belongs to a carrier, and the marks of a subject, are
 * lists of indices through them, so that saving and loading are plain.
 */
#ifndef ZHOL_OPERATE_REGISTRY_STATE_H
#define ZHOL_OPERATE_REGISTRY_STATE_H

#include "base/map.h"
#include "operate/registry.h"

#define NONE UINT32_MAX

struct subject {
    uint64_t id, carrier;
    int64_t registered_s, blocked_until_s;
    uint32_t first, last; /* of a carrier: its vehicles and drivers; NONE: none */
    uint32_t next;        /* of its carrier's */
    uint32_t marks;       /* its newest mark */
    uint8_t kind;         /* enum subject_kind */
    bool erased;
};

struct mark {
    int64_t time_s, until_s;
    uint32_t subject; /* index */
    uint32_t before;  /* the subject's next older mark */
    char what[24];
    bool lifted;
};

struct registry {
    struct map_int index; /* id to index */
    struct subject *subjects;
    uint32_t subject_count, subject_capacity;
    struct mark *marks;
    uint32_t mark_count, mark_capacity;
    struct buffer anchor;
    int64_t anchor_s;
    uint64_t countersignature_count; /* ever; the last ones are kept, as a ring */
    struct buffer countersignatures[REGISTRY_COUNTERSIGNATURES];
};

/* Both link what they add; the lists are made anew by adding in the old order. */
enum zhol_error registry_add_subject(struct registry *registry, const struct subject *subject);
enum zhol_error registry_add_mark(struct registry *registry, const struct mark *mark);

#endif
