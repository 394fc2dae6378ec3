/* operate/registry.h: carriers, vehicles, drivers and their marks: the fold of the stream
 * "registry".
 *
 * Only opaque ids: plates, names, telephones lie in the vault. Marks (no-shows, late cancels,
 * blocks) come from the checkpoints' results, so that a block at one checkpoint holds at all of
 * them. A mark is never deleted, only taken back (mark_lift), so that an appeal can be followed.
 *
 * Refusals: bad_data (an id is missing), unknown_subject, duplicate (registered or erased already,
 * or a fingerprint of it is claimed by another), none.
 * Complexity: O(1) a command, but O(marks of the subject) for marks and lifting; registry_list
 * O(subjects of the carrier). Not thread-safe: its writer owns it.
 */
#ifndef ZHOL_OPERATE_REGISTRY_H
#define ZHOL_OPERATE_REGISTRY_H

#include "operate/command.h"

struct registry;

/* registry_apply: a refusal is a result, not an error. ZHOL_ERROR_MEMORY, _LIMIT and _INTERNAL only
 * (a command of a queue); after one of these the registry must be folded anew. */
enum zhol_error registry_new(struct registry **registry);
void registry_free(struct registry *registry);
enum zhol_error registry_apply(struct registry *registry, const struct command *command,
                               const struct given *given, struct result *result);

enum subject_kind { SUBJECT_NONE, SUBJECT_CARRIER, SUBJECT_VEHICLE, SUBJECT_DRIVER };
struct subject_view {
    enum subject_kind kind;
    uint64_t carrier; /* whose it is; itself for a carrier */
    bool erased;
    int64_t registered_s, blocked_until_s;
};
bool registry_subject(const struct registry *registry, uint64_t id, struct subject_view *view);
/* Marks of a kind on a subject with time in (since_s, now_s]. */
uint32_t registry_marks(const struct registry *registry, uint64_t subject, const char *what,
                        int64_t since_s, int64_t now_s);
/* Ids of a kind that belong to a carrier (0: all), in order of registration. */
void registry_list(const struct registry *registry, enum subject_kind kind, uint64_t carrier,
                   bool (*visit)(void *, uint64_t id, const struct subject_view *), void *context);
/* The data of the last anchor ("" before the first) and its time. */
struct text_view registry_anchor(const struct registry *registry, int64_t *time_s);
/* The data of the last REGISTRY_COUNTERSIGNATURES countersignatures, oldest first, as one JSON
 * array. */
#define REGISTRY_COUNTERSIGNATURES 256
enum zhol_error registry_countersignatures(const struct registry *registry, struct buffer *json);

enum zhol_error registry_save(const struct registry *registry, struct buffer *bytes);
enum zhol_error registry_load(struct text_view bytes, struct registry **registry);
bool registry_verify(const struct registry *registry, char *why, uint32_t size);

#endif
