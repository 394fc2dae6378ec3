/* retention.c: who is due to be erased. See retention.h. */
#include "operate/retention.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/map.h"
#include "base/time.h"
#include "operate/queue_state.h"

enum { MOST_DEFAULT = 1000, FOR_EVER = -1 };

struct candidate {
    uint64_t id;
    bool driver, kept; /* kept: active, appealing, blocked, or used where no rule ends it */
    int64_t last_s;
    int64_t days; /* the longest of the queues it used; 0: none yet */
};
struct looking {
    struct candidate *list;
    uint32_t count, capacity;
    struct map_int index;
    int64_t now_s;
    int64_t driver_days, vehicle_days; /* of the queue that is looked at */
    enum zhol_error error;
};

static bool add_subject(void *context, uint64_t id, const struct subject_view *view)
{
    struct looking *looking = context;
    if (view->erased) {
        return true;
    }
    looking->error = ARRAY_RESERVE(looking->list, looking->capacity, looking->count + 1);
    if (!looking->error) {
        looking->error = map_int_add(&looking->index, (int64_t)id, looking->count, NULL);
    }
    if (looking->error) {
        return false;
    }
    looking->list[looking->count++] =
        (struct candidate){.id = id,
                           .driver = view->kind == SUBJECT_DRIVER,
                           .kept = view->blocked_until_s > looking->now_s,
                           .last_s = view->registered_s};
    return true;
}

static void note_use(struct looking *looking, uint64_t id, const struct place_view *place)
{
    uint32_t at;
    if (!map_int_get(&looking->index, (int64_t)id, &at)) {
        return;
    }
    struct candidate *candidate = &looking->list[at];
    int64_t days = candidate->driver ? looking->driver_days : looking->vehicle_days;
    candidate->kept =
        candidate->kept || days == FOR_EVER || place_active(place->state) || place->appeal == 1;
    candidate->last_s = place->ended_s > candidate->last_s ? place->ended_s : candidate->last_s;
    candidate->days = days > candidate->days ? days : candidate->days;
}

static bool look_at_place(void *context, const struct place_view *place)
{
    note_use(context, place->vehicle, place);
    for (uint32_t i = 0; i < place->driver_count; i++) {
        note_use(context, place->drivers[i], place);
    }
    return true;
}

/* The longer of two times, of which FOR_EVER is the longest. */
static int64_t longer(int64_t a, int64_t b)
{
    return a == FOR_EVER || b == FOR_EVER ? FOR_EVER : a > b ? a : b;
}

/* All queues; *driver and *vehicle: the longest times of any of them. */
static void look_at_queues(const struct operation *operation, struct looking *looking,
                           int64_t *driver, int64_t *vehicle)
{
    bool any = false;
    *driver = *vehicle = 0;
    for (uint32_t i = 0; i < operation_stream_count(operation); i++) {
        const struct queue_state *state =
            operation_queue(operation, operation_stream(operation, i));
        for (uint32_t k = 0; state && k < state->queue_count; k++) {
            const struct queue_rules *rules = &state->queues[k].rules;
            looking->driver_days = rules->retention_driver_days;
            looking->vehicle_days = rules->retention_vehicle_days;
            *driver = longer(*driver, rules->retention_driver_days);
            *vehicle = longer(*vehicle, rules->retention_vehicle_days);
            queue_order(state, rules->id, UINT32_MAX, look_at_place, looking);
            any = true;
        }
    }
    if (!any) {
        *driver = *vehicle = FOR_EVER;
    }
}

static bool is_due(const struct candidate *candidate, int64_t driver, int64_t vehicle,
                   int64_t now_s)
{
    int64_t days = candidate->days ? candidate->days : candidate->driver ? driver : vehicle;
    return !candidate->kept && days != FOR_EVER && now_s - candidate->last_s >= days * TIME_DAY_S;
}

static enum zhol_error ask(struct operation *operation, uint64_t subject)
{
    char key[32] = "retention ";
    struct command command = {.kind = COMMAND_subject_erase,
                              .stream = "registry",
                              .role = ROLE_system,
                              .subject = subject};
    opaque_write(subject, key + strlen(key));
    command.key = text_view_of(key);
    return operation_submit(operation, &command, NULL, NULL, NULL);
}

enum zhol_error retention_step(struct operation *operation, uint32_t most,
                               struct retention_counts *counts)
{
    struct looking looking = {.now_s = operation_now(operation)};
    int64_t driver, vehicle;
    memset(counts, 0, sizeof *counts);
    map_int_init(&looking.index);
    operation_read(operation);
    const struct registry *registry = operation_registry(operation);
    if (registry) {
        registry_list(registry, SUBJECT_DRIVER, 0, add_subject, &looking);
    }
    if (registry && !looking.error) {
        registry_list(registry, SUBJECT_VEHICLE, 0, add_subject, &looking);
    }
    look_at_queues(operation, &looking, &driver, &vehicle);
    operation_read_end(operation);
    counts->looked_at = looking.count;
    for (uint32_t i = 0; i < looking.count && !looking.error; i++) {
        if (!is_due(&looking.list[i], driver, vehicle, looking.now_s)) {
            continue;
        }
        counts->due++;
        if (counts->asked < (most ? most : MOST_DEFAULT)) {
            looking.error = ask(operation, looking.list[i].id);
            counts->asked += !looking.error;
        }
    }
    map_int_clear(&looking.index);
    free(looking.list);
    return looking.error;
}
