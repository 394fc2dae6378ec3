/* simulate/stretch.h: what the writers of stretches share (stretch.c, vessel.c).
 *
 * A writer puts the steps of one stretch into the model, arc after arc. Movements without a queue
 * are gathered and become one delay.
 */
#ifndef ZHOL_SIMULATE_STRETCH_H
#define ZHOL_SIMULATE_STRETCH_H

#include "simulate/build.h"

enum { WRITER_LATER = 16 };

/* Names of draws, see emit_activity. */
enum role {
    ROLE_RUN,
    ROLE_WORK,
    ROLE_RESIDUAL,
    ROLE_SAMPLE,
    ROLE_RETURN,
    ROLE_SLOT, /* and up to the next 8 slots of an arc */
    ROLE_START = 14,
    ROLE_DEPARTURE = 15
};

struct writer {
    struct builder *b;
    struct stretch *s;
    const struct way_arc *w;
    bool of_unit;                    /* writes what units of a vessel do, not the vessel */
    uint32_t yard, line, locomotive; /* pools in hands, or SIM_NONE */
    double run_s;                    /* movement gathered */
    uint32_t run_arc;
    uint32_t later[WRITER_LATER]; /* residual dwell after the end of the stretch: way_arcs */
    double later_s[WRITER_LATER];
    uint32_t later_count;
    enum zhol_error error;
};

/* A step at the present arc; its index. */
uint32_t writer_put(struct writer *wr, enum sim_op op, enum sim_cause wait, enum sim_cause work,
                    uint32_t a, uint32_t b, uint32_t c, uint32_t role);
void writer_flush_run(struct writer *wr);
/* Opening times and closures at the present arc. */
void writer_gates(struct writer *wr);
/* The slots of the present arc that matter; the seconds spent in them. Those of a way at sea that
 * count cargo are taken by each unit, since vessels sail with less than their room. */
double writer_slots(struct writer *wr, enum sim_cause wait, enum sim_cause work);
/* A control or handling. */
void writer_process(struct writer *wr);
void writer_move(struct writer *wr, uint32_t i);
/* All arcs of the stretch. */
void writer_arcs(struct writer *wr);
/* Residual dwell that was put off, as delays of the members. */
void writer_later(struct writer *wr);
/* The pool of tracks to which a movement of a train leads; SIM_NONE: unlimited. */
enum zhol_error stretch_yard(struct builder *b, const struct stretch *s, uint32_t i,
                             uint32_t *yard);

#endif
