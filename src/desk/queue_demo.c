/* queue_demo.c: the demonstration of 12 November 2025 (queue_demo.h).
 *
 * Intents wait in a heap by time. Taking the next makes its command, applies it to the
 * demonstration's own fold, and adds what follows from the result: who was called enters, who
 * entered is cleared, who was moved arrives later.
 */
#include "desk/queue_demo.h"

#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "desk/queue_demo_state.h"

#define SEED      UINT64_C(20251112)
#define PLAN_DAY  20400               /* 2025-11-08: what was planned then */
#define BOOK_S    INT64_C(1762473600) /* 2025-11-07T00:00:00Z: bookings begin */
#define BEGIN_S   INT64_C(1762905600) /* 2025-11-12T00:00:00Z */
#define END_S     INT64_C(1762992000) /* a day later */
#define FULL_S    INT64_C(1763049600) /* 2025-11-13T16:00:00Z: slots are full until then */
#define PUBLISH_S INT64_C(1763740800) /* 2025-11-21T16:00:00Z: slots are published until */
#define MINUTE    INT64_C(60)
#define HOUR      INT64_C(3600)

/* Where the backlog begins, and how the officer calls. */
static const struct checkpoint_plan {
    const char *queue, *node;
    int64_t first_slot_s, first_call_s, call_every_s;
    int64_t open_s, close_s; /* of the UTC day: when officers call */
} plans[DEMO_QUEUES] = {
    /* slots from 2025-11-09T03:00Z, calls from 11-11T00:00Z, round the clock */
    {"nur-zholy-exit", "NURZHOLY", 1762657200, 1762819200, 20 * 60, 0, 24 * 3600},
    /* slots from 2025-11-10T02:00Z, calls from 11-11T02:00Z, 02:00 to 08:00 UTC */
    {"kolzhat-exit", "KOLZHAT", 1762740000, 1762826400, 15 * 60, 2 * 3600, 8 * 3600},
};

int64_t queue_demo_begins(void)
{
    return BEGIN_S;
}
int64_t queue_demo_ends(void)
{
    return END_S;
}

double demo_chance(uint32_t stream, uint64_t index)
{
    return random_uniform_at(SEED, stream, index);
}

static int64_t between(uint32_t stream, uint64_t index, int64_t low, int64_t high)
{
    return low + (int64_t)(demo_chance(stream, index) * (double)(high - low + 1));
}

/* ---- the heap ---- */

static bool earlier(const struct intent *a, const struct intent *b)
{
    return a->time_s != b->time_s ? a->time_s < b->time_s : a->seq < b->seq;
}

enum zhol_error demo_plan(struct queue_demo *demo, int64_t time_s, enum intent_kind kind,
                          uint32_t subject)
{
    enum zhol_error error = ARRAY_RESERVE(demo->heap, demo->heap_capacity, demo->heap_count + 1);
    if (error) {
        return error;
    }
    const struct intent added = {time_s, demo->seq++, subject, kind};
    uint32_t at = demo->heap_count++;
    while (at > 0 && earlier(&added, &demo->heap[(at - 1) / 2])) {
        demo->heap[at] = demo->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    demo->heap[at] = added;
    return error;
}

static struct intent take(struct queue_demo *demo)
{
    struct intent first = demo->heap[0], last = demo->heap[--demo->heap_count];
    uint32_t at = 0;
    for (uint32_t child = 1; child < demo->heap_count; child = 2 * at + 1) {
        if (child + 1 < demo->heap_count && earlier(&demo->heap[child + 1], &demo->heap[child])) {
            child++;
        }
        if (!earlier(&demo->heap[child], &last)) {
            break;
        }
        demo->heap[at] = demo->heap[child];
        at = child;
    }
    demo->heap[at] = last;
    return first;
}

/* ---- trucks ---- */

enum zhol_error demo_truck(struct queue_demo *demo, const struct truck *truck, int64_t booked_s)
{
    uint32_t number = demo->truck_count;
    enum zhol_error error = ARRAY_RESERVE(demo->trucks, demo->truck_capacity, number + 1);
    if (!error) {
        demo->trucks[number] = *truck;
        demo->trucks[number].carrier = number % QUEUE_DEMO_CARRIER_COUNT;
        demo->truck_count++;
        error = demo_plan(demo, booked_s, INTENT_VEHICLE, number);
    }
    error = error ? error : demo_plan(demo, booked_s + 1, INTENT_DRIVER, number);
    return error ? error : demo_plan(demo, booked_s + 2, INTENT_BOOK, number);
}

struct filling {
    struct queue_demo *demo;
    uint32_t queue, slot; /* slot: how many hours from the first */
    enum zhol_error error;
};

static void book_in(struct filling *filling, const struct slot_view *slot, uint32_t category)
{
    struct queue_demo *demo = filling->demo;
    uint64_t draw = demo->truck_count;
    struct truck truck = {.queue = (uint8_t)filling->queue,
                          .category = (uint8_t)category,
                          .slot_s = slot->start_s,
                          .absent = demo_chance(2, draw) < 0.03};
    if (filling->queue == 0 && filling->slot >= 26 && !demo->shown &&
        category == demo->ordinary[0] && draw % QUEUE_DEMO_CARRIER_COUNT == 0) {
        demo->shown = demo->truck_count + 1;
        truck.absent = false;
    }
    int64_t booked_s = BOOK_S + 20 * MINUTE + (int64_t)draw * 24;
    filling->error = filling->error ? filling->error : demo_truck(demo, &truck, booked_s);
}

/* Books a slot full: mostly one of each category whose share allows it, the rest ordinary. */
static bool fill_slot(void *context, const struct slot_view *slot)
{
    struct filling *filling = context;
    const struct queue_demo *demo = filling->demo;
    uint32_t ordinary = demo->ordinary[filling->queue], taken = 0;
    for (uint32_t i = 0; i < demo->category_count[filling->queue]; i++) {
        double chance = demo->out_of_turn[filling->queue][i] ? 0.3 : 0.9;
        if (i != ordinary && slot->category_capacity[i] > 0 && taken < slot->capacity &&
            demo_chance(1, (uint64_t)slot->start_s + i) < chance) {
            book_in(filling, slot, i);
            taken++;
        }
    }
    for (; taken < slot->capacity; taken++) {
        book_in(filling, slot, ordinary);
    }
    filling->slot++;
    return !filling->error;
}

/* ---- opening ---- */

static enum zhol_error apply(struct queue_demo *demo, uint32_t queue, struct command *command,
                             struct result *result)
{
    const struct given given = {.claimed = true, .known = true};
    int64_t next_s;
    if (queue_sweep_due(demo->states[queue], command->time_s, &next_s)) {
        struct command sweep = *command;
        struct result swept;
        sweep.kind = COMMAND_sweep;
        enum zhol_error error = queue_apply(demo->states[queue], &sweep, &given, &swept);
        for (uint32_t i = 0; i < swept.change_count && !error; i++) {
            demo_missed(demo, queue, swept.changes[i].place);
        }
        if (error) {
            return error;
        }
    }
    return queue_apply(demo->states[queue], command, &given, result);
}

static void learn_categories(struct queue_demo *demo, uint32_t queue)
{
    struct queue_view view;
    uint32_t rows[QUEUE_CATEGORIES], total;
    const struct zhol_queue_category *all = zhol_corridor_queue_category(demo->corridor, &total);
    uint32_t row = queue_row_on(demo->corridor, plans[queue].queue, PLAN_DAY);
    uint32_t count = queue_categories(demo->corridor, row, PLAN_DAY, rows);
    queue_view(demo->states[queue], 0, &view);
    demo->category_count[queue] = view.category_count;
    for (uint32_t i = 0; i < view.category_count; i++) {
        const char *id = view.categories[i].category;
        snprintf(demo->categories[queue][i], sizeof demo->categories[queue][i], "%s", id);
        demo->ordinary[queue] = strcmp(id, "ordinary") == 0 ? i : demo->ordinary[queue];
        for (uint32_t j = 0; j < count; j++) {
            if (strcmp(zhol_corridor_text(demo->corridor, all[rows[j]].category), id) == 0) {
                demo->out_of_turn[queue][i] = all[rows[j]].out_of_turn == 1;
            }
        }
    }
}

/* Rules and slots of a checkpoint: made, applied at once, and planned as the first steps. */
static enum zhol_error open_checkpoint(struct queue_demo *demo, uint32_t queue,
                                       struct zhol_report *report)
{
    const struct checkpoint_plan *plan = &plans[queue];
    struct result result;
    struct command command;
    uint32_t node = zhol_corridor_find(demo->corridor, ZHOL_TABLE_node, plan->node);
    enum zhol_error error = node == ZHOL_NONE ? ZHOL_ERROR_UNKNOWN
                                              : queue_rules_json(demo->corridor, node, PLAN_DAY,
                                                                 report, &demo->rules[queue]);
    error = error ? error
                  : queue_slots_known(demo->corridor, plan->queue, BOOK_S + 2 * TIME_DAY_S,
                                      PUBLISH_S, PLAN_DAY, report, &demo->slots[queue]);
    error = error ? error : queue_new(plan->node, &demo->states[queue]);
    for (uint32_t step = 0; step < 2 && !error; step++) {
        demo_command(demo, step ? INTENT_SLOTS : INTENT_RULES, queue, BOOK_S, &command);
        error = apply(demo, queue, &command, &result);
        error = !error && result.refusal ? ZHOL_ERROR_INTERNAL : error;
        error = error ? error : demo_plan(demo, BOOK_S, step ? INTENT_SLOTS : INTENT_RULES, queue);
    }
    if (!error) {
        learn_categories(demo, queue);
        struct filling filling = {.demo = demo, .queue = queue};
        queue_slots(demo->states[queue], plan->queue, plan->first_slot_s, FULL_S, fill_slot,
                    &filling);
        error = filling.error;
    }
    return error ? error : demo_plan(demo, plan->first_call_s, INTENT_CALL, queue);
}

/* What happens on the day beside the ordinary course. */
static enum zhol_error plan_day(struct queue_demo *demo)
{
    enum zhol_error error = demo_plan(demo, BEGIN_S + 6 * HOUR, INTENT_CUT, 0);
    error = error ? error : demo_plan(demo, BEGIN_S + 3 * HOUR + 30 * MINUTE, INTENT_CLOSE, 1);
    for (int64_t at_s = BEGIN_S + 2 * MINUTE; at_s < END_S && !error; at_s += 4 * MINUTE) {
        uint64_t draw = (uint64_t)at_s;
        struct truck truck = {.queue = demo_chance(3, draw) < 0.25, .next = true};
        uint32_t pick = (uint32_t)between(4, draw, 0, demo->category_count[truck.queue] - 1);
        bool other = demo_chance(5, draw) < 0.1 && !demo->out_of_turn[truck.queue][pick];
        truck.category = (uint8_t)(other ? pick : demo->ordinary[truck.queue]);
        error = demo_truck(demo, &truck, at_s);
    }
    return error;
}

enum zhol_error queue_demo_open(const struct zhol_corridor *corridor, struct zhol_report *report,
                                struct queue_demo **demo)
{
    struct queue_demo *made = calloc(1, sizeof *made);
    *demo = NULL;
    if (!made) {
        return ZHOL_ERROR_MEMORY;
    }
    made->corridor = corridor;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < QUEUE_DEMO_CARRIER_COUNT && !error; i++) {
        error = demo_plan(made, BOOK_S + 1 + i, INTENT_CARRIER, i);
    }
    for (uint32_t queue = 0; queue < DEMO_QUEUES && !error; queue++) {
        error = open_checkpoint(made, queue, report);
    }
    error = error ? error : plan_day(made);
    if (error) {
        queue_demo_close(made);
        return error;
    }
    *demo = made;
    return ZHOL_ERROR_OK;
}

void queue_demo_close(struct queue_demo *demo)
{
    if (demo) {
        for (uint32_t queue = 0; queue < DEMO_QUEUES; queue++) {
            queue_free(demo->states[queue]);
            buffer_clear(&demo->rules[queue]);
            buffer_clear(&demo->slots[queue]);
        }
        free(demo->trucks);
        free(demo->heap);
        arena_clear(&demo->arena);
        free(demo);
    }
}

/* ---- what follows from a command ---- */

void demo_missed(struct queue_demo *demo, uint32_t queue, uint64_t place)
{
    struct place_view view;
    uint32_t truck = demo_truck_of(demo, place);
    if (queue != 0 || demo->appealed || truck == UINT32_MAX ||
        queue_place(demo->states[queue], place, &view) || view.state != PLACE_no_show ||
        view.ended_s < BEGIN_S) {
        return;
    }
    demo->appealed = true;
    demo_plan(demo, view.ended_s + 30 * MINUTE, INTENT_APPEAL, truck);
    demo_plan(demo, view.ended_s + 150 * MINUTE, INTENT_DECIDE, truck);
}

static enum zhol_error follow_call(struct queue_demo *demo, const struct intent *intent,
                                   const struct result *result)
{
    const struct checkpoint_plan *plan = &plans[intent->subject];
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < result->change_count && !error; i++) {
        uint32_t truck = demo_truck_of(demo, result->changes[i].place);
        bool misses = demo_chance(6, truck) < 0.01 && truck + 1 != demo->shown;
        if (truck != UINT32_MAX && !misses) {
            int64_t enter_s = intent->time_s + between(7, truck, 4 * MINUTE, 25 * MINUTE);
            error = demo_plan(demo, enter_s, INTENT_ENTER, truck);
        }
    }
    return error
               ? error
               : demo_plan(demo, intent->time_s + plan->call_every_s, INTENT_CALL, intent->subject);
}

/* Some cancel, some add a driver. */
static enum zhol_error second_thoughts(struct queue_demo *demo, const struct intent *intent)
{
    int64_t at_s = intent->time_s + 20 * MINUTE;
    if (demo_chance(9, intent->subject) < 0.5) {
        return demo_plan(demo, at_s, INTENT_CANCEL, intent->subject);
    }
    enum zhol_error error = demo_plan(demo, at_s, INTENT_SECOND, intent->subject);
    return error ? error : demo_plan(demo, at_s + 1, INTENT_DRIVER_ADD, intent->subject);
}

static enum zhol_error follow(struct queue_demo *demo, const struct intent *intent,
                              const struct result *result)
{
    uint32_t subject = intent->subject;
    const struct truck *truck = subject < demo->truck_count ? &demo->trucks[subject] : NULL;
    switch (intent->kind) {
    case INTENT_BOOK:
        demo->trucks[subject].slot_s = result->slot_s;
        if (truck->absent) {
            return ZHOL_ERROR_OK;
        }
        if (intent->time_s > BEGIN_S && demo_chance(8, subject) < 0.06) {
            return second_thoughts(demo, intent);
        }
        return demo_plan(demo, result->slot_s + between(10, subject, -HOUR, 50 * MINUTE),
                         INTENT_ARRIVE, subject);
    case INTENT_CALL:
        return follow_call(demo, intent, result);
    case INTENT_ENTER:
        return demo_plan(demo, intent->time_s + between(11, subject, 25 * MINUTE, 75 * MINUTE),
                         demo_chance(12, subject) < 0.004 ? INTENT_REFUSE : INTENT_CLEAR, subject);
    default:
        return ZHOL_ERROR_OK;
    }
}

/* Nobody is called while the checkpoint is shut. */
static bool calls_later(struct queue_demo *demo, const struct intent *intent)
{
    const struct checkpoint_plan *plan = &plans[intent->subject % DEMO_QUEUES];
    int64_t second_s = time_second_of_day(intent->time_s);
    if (intent->kind != INTENT_CALL || (second_s >= plan->open_s && second_s < plan->close_s)) {
        return false;
    }
    demo_plan(demo, intent->time_s + plan->call_every_s, INTENT_CALL, intent->subject);
    return true;
}

/* A truck that was moved to a later slot comes then. */
static bool comes_later(struct queue_demo *demo, const struct intent *intent)
{
    struct place_view view;
    const struct truck *truck = &demo->trucks[intent->subject];
    if (intent->kind != INTENT_ARRIVE ||
        queue_place(demo->states[truck->queue], demo_place(demo, intent->subject), &view) ||
        view.slot_s == truck->slot_s) {
        return false;
    }
    demo->trucks[intent->subject].slot_s = view.slot_s;
    demo_plan(demo, view.slot_s + between(13, intent->subject, -30 * MINUTE, 50 * MINUTE),
              INTENT_ARRIVE, intent->subject);
    return true;
}

bool queue_demo_next(struct queue_demo *demo, struct queue_demo_step *step)
{
    while (demo->heap_count) {
        struct intent intent = take(demo);
        struct result result = {.refusal = REFUSAL_none};
        if (intent.time_s >= END_S) {
            return false;
        }
        if (comes_later(demo, &intent) || calls_later(demo, &intent)) {
            continue;
        }
        *step = (struct queue_demo_step){.time_s = intent.time_s};
        demo_command(demo, intent.kind, intent.subject, intent.time_s, &step->command);
        demo_fields(demo, intent.kind, intent.subject, step);
        bool set_up = intent.kind == INTENT_RULES || intent.kind == INTENT_SLOTS; /* applied */
        if (command_stream_of(step->command.kind) == STREAM_QUEUE && !set_up) {
            uint32_t queue = demo_queue_of(demo, &intent);
            enum zhol_error error = apply(demo, queue, &step->command, &result);
            if (error) {
                return false;
            }
        }
        if (result.refusal) {
            if (intent.kind == INTENT_CALL) { /* closed, or nobody there: later again */
                demo_plan(demo, intent.time_s + plans[intent.subject].call_every_s, INTENT_CALL,
                          intent.subject);
            }
            continue;
        }
        return follow(demo, &intent, &result) == ZHOL_ERROR_OK;
    }
    return false;
}
