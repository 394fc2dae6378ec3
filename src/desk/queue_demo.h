/* desk/queue_demo.h: the demonstration: Nur Zholy and Kolzhat on 12 November 2025.
 *
 * What is played: after the eight closed days of October, 1,500 trucks wait at Nur Zholy on the
 * evening of 11 November; China takes about 725 a day of the 800 that are published; in the morning
 * of 12 November the limit of 13 November and after is cut to 650, and everybody affected is moved;
 * at Kolzhat the X-ray is out of order for two hours. The backlog, the limits and the cut are
 * published (disruptions, slot_plan); the X-ray, the hours, all people, companies, plates and
 * documents are made up, and look it ("DEMO0123", "Demo Driver 0123").
 *
 * A demonstration is a list of commands in time order. Steps with time_s < queue_demo_begins are
 * the prelude: play them at once, the operation's clock standing at their time_s. From then on play
 * each when the clock reaches its time_s; queue_demo_ends is the end of the list, after which the
 * state stands until people act.
 *
 * Deterministic: the same corridor gives the same steps, byte for byte. Ids are drawn from a fixed
 * seed. Actors of the steps are the ids below, so that accounts can be made for them.
 *
 * Call order: queue_demo_open, queue_demo_next until it returns false, queue_demo_close. What a
 * step points to lives until queue_demo_close. Cost: about 20,000 steps (2,600 of them on the day
 * itself), some MB. The demonstration folds the queues itself (operate/queue.h) to know who is
 * called: a step that the fold refuses is left out. Each step has an idempotency key, so that
 * playing it twice changes nothing.
 */
#ifndef ZHOL_DESK_QUEUE_DEMO_H
#define ZHOL_DESK_QUEUE_DEMO_H

#include <zhol/corridor.h>

#include "operate/command.h"

/* Opaque ids that never change. */
#define QUEUE_DEMO_CARRIER          UINT64_C(0xde30ca7700000001) /* of the account demo-carrier */
#define QUEUE_DEMO_CARRIER_COUNT    12 /* ids follow each other from QUEUE_DEMO_CARRIER on */
#define QUEUE_DEMO_OFFICER_NURZHOLY UINT64_C(0xde300ff100000001)
#define QUEUE_DEMO_OFFICER_KOLZHAT  UINT64_C(0xde300ff100000002)
#define QUEUE_DEMO_OPERATOR         UINT64_C(0xde3009e700000001)
/* A booked place of demo-carrier at Nur Zholy that is called in the course of the day. */
#define QUEUE_DEMO_PLACE UINT64_C(0xde309ace00000001)

struct queue_demo;

/* One command, complete but for what the writer stamps. `fields` is the JSON object of personal
 * fields of `subject` for vault_seal, NULL where there is none; `unique` are the values whose
 * fingerprints must be unique ("vin", "plate", "document"), with the scope of the claim. */
struct queue_demo_step {
    int64_t time_s;
    struct command command;
    uint64_t subject;
    const char *fields;
    struct {
        const char *scope, *value;
    } unique[2];
    uint32_t unique_count;
};

/* ZHOL_ERROR_UNKNOWN: the corridor has no queue nur-zholy-exit or kolzhat-exit on 2025-11-12. */
enum zhol_error queue_demo_open(const struct zhol_corridor *corridor, struct zhol_report *report,
                                struct queue_demo **demo);
void queue_demo_close(struct queue_demo *demo); /* NULL is allowed */
/* The next step in time order; false at the end. */
bool queue_demo_next(struct queue_demo *demo, struct queue_demo_step *step);

/* Where the clock of the demonstration starts (2025-11-12T00:00:00Z, 05:00 in Kazakhstan), and the
 * time of the last step. */
int64_t queue_demo_begins(void);
int64_t queue_demo_ends(void);

/* Thirty days before the demonstration, day by day, for the board's history: what was planned and
 * what was taken. The sum of both is made up; the closed days, the 800 and the 700 to 750 are
 * published. `waiting_end` UINT32_MAX: not known. Static memory. */
struct queue_demo_day {
    int32_t date; /* local day of the checkpoint */
    uint32_t planned, accepted, waiting_end;
};
enum { QUEUE_DEMO_DAYS = 30 };
/* ZHOL_ERROR_UNKNOWN: not a queue of the demonstration. */
enum zhol_error queue_demo_history(const char *queue_id,
                                   struct queue_demo_day days[QUEUE_DEMO_DAYS]);

/* The observed checkpoints of the demonstration: ids that end with NULL, and for each the daily
 * figures of the thirty days before as a CSV file for observed_add. All of them are made up.
 * ZHOL_ERROR_UNKNOWN: not one of these. */
extern const char *const queue_demo_observed[];
enum zhol_error queue_demo_daily(const char *queue_id, struct buffer *csv);

#endif
