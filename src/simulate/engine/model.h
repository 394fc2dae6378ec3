/* simulate/engine/model.h: a sealed model: the flat tables that runs read and never write.
 *
 * Slots of events are given at sealing in the order of the header zhol/engine.h: calendars, clocks,
 * servers, sources, batches, samples; delayed entities get the slots behind them while running.
 */
#ifndef ZHOL_SIMULATE_ENGINE_MODEL_H
#define ZHOL_SIMULATE_ENGINE_MODEL_H

#include "simulate/engine/draw.h"

#define MODEL_CAUSES_MAX  16
#define MODEL_CLASSES_MAX 64
#define NONE              ZHOL_ENGINE_NONE

/* What sealing makes of a SERVE at an ample resource: a DELAY (`a` is its distribution) that counts
 * at the resource `b`. */
#define MODEL_OP_AMPLE ZHOL_OP_COUNT

/* A step of any process; targets count from the first step of all. */
struct model_step {
    uint8_t op, wait_cause, work_cause;
    uint8_t rounds; /* of the way to `next`: how often it goes back */
    uint32_t a, b, c;
    uint32_t next;     /* the step after this one, GOTOs followed */
    uint32_t index;    /* BATCH: its number among the batches */
    uint64_t activity; /* random offset of its draws */
};

struct model_process {
    uint32_t first, count;
};

struct model_calendar {
    int64_t *changes;
    uint32_t count;
    int64_t period;
    uint32_t first_resource; /* of those that it opens and closes, or NONE; made by sealing */
};

struct model_resource {
    struct zhol_engine_resource as; /* its name is owned */
    bool serves;                    /* a SERVE uses it: it has servers; else it is a pool */
    bool special;                   /* needs more than the quick path of serve.h */
    bool lone;                      /* see state.h */
    uint32_t first_server;
    uint32_t histogram; /* index among the resources with one, or NONE */
    uint32_t clock;     /* index of its up/down clock, or NONE */
    uint32_t clocked;   /* the resource whose clock has the index that this one has here */
    uint32_t next;      /* with the same calendar, or NONE */
    uint64_t activity;  /* of lives, repairs, ups and downs */
};

struct model_source {
    struct zhol_engine_source as; /* its times are owned */
    uint32_t first_step;
    uint64_t activity;
};

/* Walker's alias table: slot i is taken when the fraction is below `threshold`, else its alias. */
struct model_way {
    double threshold;
    uint32_t target, alias;
};
struct model_route {
    struct model_way *ways;
    uint32_t count;
};

struct model_function {
    zhol_engine_call call;
    bool observes, chooses; /* zhol_engine_observer, zhol_engine_chooser */
};

#define MODEL_LIST(type)          \
    struct {                      \
        type *items;              \
        uint32_t count, capacity; \
    }

struct zhol_engine {
    struct draw_tables tables;
    MODEL_LIST(struct draw_dist) dists;
    MODEL_LIST(struct model_calendar) calendars;
    MODEL_LIST(struct model_resource) resources;
    MODEL_LIST(struct model_process) processes;
    MODEL_LIST(struct model_step) steps;
    MODEL_LIST(struct model_source) sources;
    MODEL_LIST(struct model_route) routes;
    MODEL_LIST(struct model_function) functions;
    MODEL_LIST(char *) tallies;
    uint32_t store_count, cause_count;
    bool sealed;
    bool marks; /* some step is a MARK */

    /* made by sealing */
    uint32_t lanes; /* priorities in use */
    uint32_t server_count, clock_count, histogram_count, batch_count;
    uint32_t slot_clock, slot_server, slot_source, slot_batch, slot_sample, slot_delay;
};

/* The random offset of a named activity. */
uint64_t model_activity(uint64_t name);

#endif
