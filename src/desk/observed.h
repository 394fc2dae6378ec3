/* desk/observed.h: a queue whose official book is elsewhere, followed from its published figures.
 *
 * What it is made from: exports of four kinds, told apart by their header.
 *   acceptance  date,place,direction,counted,planned,accepted: the canonical file of
 *               `zhol import --as acceptance`; trucks of the queue's checkpoint and direction
 *   queue       checkpoint,ticket,plate,direction,category,registered,slot,called,crossed,status:
 *               of `zhol import --as queue`; times are local times of the checkpoint; a file is
 *               the whole queue as it was at its latest time
 *   workload    checkpoint_time,wait_time,vehicles_in_queue: the public data of eCherha, hour by
 *               hour; wait_time in seconds, checkpoint_time in UTC unless it has an offset
 *   daily       date,accepted[,planned][,waiting]: anybody's own list, one row a day
 * Several files may be added, in any order: the later one wins for the same hour or day.
 *
 * What it gives: counts for the board (waiting, by category where known; history by day) and the
 * recent acceptance that eta_call wants. It is a value: the server keeps its text (observed_write)
 * in a space and reads it back (observed_read); nothing here knows a store.
 *
 * Where only daily figures are known, an hour's acceptance is the day's, spread over the hours in
 * which both sides were open, whole vehicles, so that the day's sum is kept. Where only the length
 * of the queue and its wait are known, acceptance is length / wait, and marked as such.
 */
#ifndef ZHOL_DESK_OBSERVED_H
#define ZHOL_DESK_OBSERVED_H

#include "base/buffer.h"
#include "desk/eta.h"

#include <zhol/corridor.h>

enum { OBSERVED_DAYS_MAX = 4000, OBSERVED_HOURS = 240, OBSERVED_CATEGORIES = 16 };

struct observed_day {
    int32_t date;             /* local day of the checkpoint */
    double accepted, planned; /* NaN: not known */
    double waiting_end;       /* NaN: not known */
    bool derived;             /* accepted is length / wait, not a count */
};
struct observed_category {
    char name[48]; /* as in the file */
    uint32_t waiting;
};
struct observed {
    char queue_id[48];
    struct observed_day *days; /* by date */
    uint32_t day_count, day_capacity;
    int64_t as_of_s; /* of the last figure about waiting; 0: none */
    double waiting;  /* at as_of_s; NaN: not known */
    double wait_s;   /* published wait at as_of_s; NaN: not known */
    struct observed_category categories[OBSERVED_CATEGORIES];
    uint32_t category_count;
    uint32_t *hours; /* accepted in each hour from first_hour_s on, UTC hours; from `queue` files */
    int64_t first_hour_s;
    uint32_t hour_count, hour_capacity;
    bool no_memory; /* something could not be kept: the value must be thrown away */
};

/* ZHOL_ERROR_UNKNOWN: no such queue. */
enum zhol_error observed_open(const struct zhol_corridor *corridor, const char *queue_id,
                              struct observed *observed);
void observed_close(struct observed *observed);
/* Adds a CSV file's bytes. `name` is for findings. ZHOL_ERROR_UNKNOWN: the header is none of the
 * four; ZHOL_ERROR_INVALID: no row could be taken (findings name row and column).
 * ZHOL_ERROR_MEMORY: the value must be thrown away. */
enum zhol_error observed_add(const struct zhol_corridor *corridor, struct observed *observed,
                             const char *name, struct text_view csv, struct zhol_report *report);
/* As CSV of kind,key,a,b,c,d (equal values, equal bytes), and back. */
enum zhol_error observed_write(const struct observed *observed, struct buffer *csv);
enum zhol_error observed_read(const struct zhol_corridor *corridor, struct text_view csv,
                              struct observed *observed, struct zhol_report *report);

/* Recent hours before now_s for eta_call: `accepted` and `planned` of OBSERVED_HOURS hours, oldest
 * first. Returns how many hours are known; the others have planned 0. */
enum zhol_error observed_hours(const struct zhol_corridor *corridor,
                               const struct observed *observed, int64_t now_s,
                               uint32_t accepted[OBSERVED_HOURS], double planned[OBSERVED_HOURS],
                               uint32_t *known);

#endif
