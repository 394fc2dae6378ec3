/* given.c: what the registry says about the subjects of a command. See given.h. */
#include "operate/given.h"

/* Whom a command is about: those that it names, else those of its place. */
struct subjects {
    uint64_t carrier, all[6]; /* vehicle, drivers, carrier */
    uint32_t count;
};

static void add_subject(struct subjects *subjects, uint64_t id)
{
    if (id && subjects->count < sizeof subjects->all / sizeof *subjects->all) {
        subjects->all[subjects->count++] = id;
    }
}

static struct subjects subjects_of(const struct queue_state *queue, const struct command *command)
{
    struct subjects subjects = {.carrier = command->carrier};
    struct place_view place;
    bool at_place = command->place && !queue_place(queue, command->place, &place);
    if (at_place && !subjects.carrier) {
        subjects.carrier = place.carrier;
    }
    add_subject(&subjects, command->vehicle ? command->vehicle : at_place ? place.vehicle : 0);
    if (command->driver) {
        add_subject(&subjects, command->driver);
    } else if (at_place) {
        for (uint32_t i = 0; i < place.driver_count; i++) {
            add_subject(&subjects, place.drivers[i]);
        }
    }
    add_subject(&subjects, subjects.carrier);
    return subjects;
}

static bool belongs(const struct registry *registry, uint64_t id, enum subject_kind kind,
                    uint64_t carrier)
{
    struct subject_view view;
    return registry_subject(registry, id, &view) && view.kind == kind && !view.erased &&
           view.carrier == carrier;
}

/* The most that any of the subjects has; a window of -1 is all time. */
static uint32_t count_marks(const struct registry *registry, const struct subjects *subjects,
                            const char *what, int64_t window_s, int64_t now_s)
{
    uint32_t most = 0;
    int64_t since_s = window_s < 0 ? INT64_MIN : now_s - window_s;
    for (uint32_t i = 0; i < subjects->count && window_s != 0; i++) {
        uint32_t count = registry_marks(registry, subjects->all[i], what, since_s, now_s);
        most = count > most ? count : most;
    }
    return most;
}

void given_look_up(const struct registry *registry, const struct queue_state *queue,
                   const struct command *command, struct given *given)
{
    struct subjects subjects = subjects_of(queue, command);
    int64_t no_show_s = 0, cancel_s = 0, postpone_s = 0;
    if (!subjects.count) {
        return;
    }
    given->known =
        belongs(registry, subjects.carrier, SUBJECT_CARRIER, subjects.carrier) &&
        (!command->vehicle ||
         belongs(registry, command->vehicle, SUBJECT_VEHICLE, subjects.carrier)) &&
        (!command->driver || belongs(registry, command->driver, SUBJECT_DRIVER, subjects.carrier));
    for (uint32_t i = 0; i < subjects.count; i++) {
        struct subject_view view;
        if (registry_subject(registry, subjects.all[i], &view) &&
            view.blocked_until_s > command->time_s &&
            view.blocked_until_s > given->blocked_until_s) {
            given->blocked_until_s = view.blocked_until_s;
        }
    }
    queue_windows(queue, command, &no_show_s, &cancel_s, &postpone_s);
    given->no_shows = count_marks(registry, &subjects, "no_show", no_show_s, command->time_s);
    given->cancels = count_marks(registry, &subjects, "cancel", cancel_s, command->time_s);
    given->postponements =
        count_marks(registry, &subjects, "postpone", postpone_s, command->time_s);
}
