/* desk/queue_demo_state.h: what the two files of the demonstration share. */
#ifndef ZHOL_DESK_QUEUE_DEMO_STATE_H
#define ZHOL_DESK_QUEUE_DEMO_STATE_H

#include <stdio.h>

#include "base/arena.h"
#include "base/array.h"
#include "base/buffer.h"
#include "base/random.h"
#include "desk/queue_demo.h"
#include "desk/queue_rules.h"
#include "operate/queue.h"

enum { DEMO_QUEUES = 2 };

/* subject: a truck; of RULES, SLOTS, CALL, CUT, CLOSE a queue; of CARRIER its number. */
enum intent_kind {
    INTENT_RULES,
    INTENT_SLOTS,
    INTENT_CARRIER,
    INTENT_VEHICLE,
    INTENT_DRIVER,
    INTENT_BOOK,
    INTENT_ARRIVE,
    INTENT_CALL,
    INTENT_ENTER,
    INTENT_CLEAR,
    INTENT_REFUSE,
    INTENT_CUT,
    INTENT_CLOSE,
    INTENT_CANCEL,
    INTENT_SECOND, /* a second driver is registered */
    INTENT_DRIVER_ADD,
    INTENT_APPEAL,
    INTENT_DECIDE,
    INTENT_COUNT
};
struct intent {
    int64_t time_s;
    uint32_t seq, subject;
    enum intent_kind kind;
};

struct truck {
    int64_t slot_s; /* wanted, then given */
    uint32_t carrier;
    uint8_t queue, category;
    bool absent; /* never comes */
    bool next;   /* takes the next free slot */
};

struct queue_demo {
    const struct zhol_corridor *corridor;
    struct queue_state *states[DEMO_QUEUES];
    struct buffer rules[DEMO_QUEUES], slots[DEMO_QUEUES];
    char categories[DEMO_QUEUES][QUEUE_CATEGORIES][COMMAND_NAME_SIZE];
    bool out_of_turn[DEMO_QUEUES][QUEUE_CATEGORIES];
    uint32_t category_count[DEMO_QUEUES], ordinary[DEMO_QUEUES];
    struct truck *trucks;
    uint32_t truck_count, truck_capacity;
    struct intent *heap;
    uint32_t heap_count, heap_capacity, seq;
    uint32_t shown; /* 1 + truck of QUEUE_DEMO_PLACE; 0: not yet chosen */
    bool appealed;
    uint64_t step; /* of the idempotency keys */
    struct arena arena;
};

/* A number in [0, 1) that depends on stream and index alone. */
double demo_chance(uint32_t stream, uint64_t index);
enum zhol_error demo_plan(struct queue_demo *demo, int64_t time_s, enum intent_kind kind,
                          uint32_t subject);
/* Adds a truck; it is registered and books from `booked_s` on. */
enum zhol_error demo_truck(struct queue_demo *demo, const struct truck *truck, int64_t booked_s);
/* A place that a sweep took. */
void demo_missed(struct queue_demo *demo, uint32_t queue, uint64_t place);

/* queue_demo_words.c: commands and personal fields */
void demo_command(struct queue_demo *demo, enum intent_kind kind, uint32_t subject, int64_t time_s,
                  struct command *command);
void demo_fields(struct queue_demo *demo, enum intent_kind kind, uint32_t subject,
                 struct queue_demo_step *step);
uint64_t demo_place(const struct queue_demo *demo, uint32_t truck);
/* UINT32_MAX: not a place of the demonstration. */
uint32_t demo_truck_of(const struct queue_demo *demo, uint64_t place);
uint32_t demo_queue_of(const struct queue_demo *demo, const struct intent *intent);

#endif
