/* operate/registry.h: carriers, vehicles, drivers and their marks: the fold of the stream
 * "registry".
 *
 * Only opaque ids: plates, names, telephones lie in the vault. Marks (no-shows, late cancels,
 * blocks) come from the checkpoints' results, so that a block at one checkpoint holds at all of
 * them.
 */
#ifndef ZHOL_OPERATE_REGISTRY_H
#define ZHOL_OPERATE_REGISTRY_H

#include "operate/command.h"

struct registry;

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
/* The last anchor and countersignatures as their data. */
struct text_view registry_anchor(const struct registry *registry, int64_t *time_s);

enum zhol_error registry_save(const struct registry *registry, struct buffer *bytes);
enum zhol_error registry_load(struct text_view bytes, struct registry **registry);
bool registry_verify(const struct registry *registry, char *why, uint32_t size);

#endif
