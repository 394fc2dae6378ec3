/* desk/advice.h: which checkpoint should a truck take: the drive to each, and the call forecast.
 *
 * The drive is the quickest way over the roads of the corridor on the day (at
 * link_period.speed_best_kmh; borders are not crossed), from a place of the corridor or from
 * coordinates; to and from the roads it is ADVICE_DETOUR times the distance on the earth at
 * ADVICE_ACCESS_KMH. Behind the wheel at most ADVICE_SHIFT_H in a day, then a rest of
 * ADVICE_REST_H: an assumption, as in the rules of carriage by road.
 *
 * Call order: advice_open (points with their drives), for each point the caller asks eta_call with
 * earliest_s = arrives_s and stores it (what it knows: a live state, an observation, or plans
 * only), then advice_rank. Best first: the least p50 of the call; points without an answer last.
 * Ownership: advice_close frees. Cost: O(roads log roads).
 */
#ifndef ZHOL_DESK_ADVICE_H
#define ZHOL_DESK_ADVICE_H

#include "base/buffer.h"
#include "desk/eta.h"

#include <zhol/corridor.h>

#define ADVICE_DETOUR     1.3
#define ADVICE_ACCESS_KMH 50.0
#define ADVICE_SHIFT_H    9.0
#define ADVICE_REST_H     11.0

struct advice_ask {
    uint32_t from;      /* node, or ZHOL_NONE: lon, lat */
    double lon, lat;    /* degrees */
    int64_t depart_s;   /* UTC */
    uint32_t direction; /* zhol_direction_OUT or IN */
    int32_t day;        /* of the roads and queues */
};

struct advice_point {
    const char *queue_id;     /* of the corridor */
    uint32_t queue_row;       /* row of queue that holds on the day */
    uint32_t node;            /* the checkpoint */
    double drive_km, drive_h; /* hours with rests */
    int64_t arrives_s;
    bool known;           /* the caller set `call` */
    struct eta_call call; /* set by the caller; earliest_s of the question: arrives_s */
    uint32_t waiting;     /* set by the caller: before the truck, for the sentence */
    bool closed;          /* set by the caller: closed when it arrives */
};
struct advice {
    struct advice_point *points;
    uint32_t count;
};

/* One point for each queue of the direction on the day that can be reached by road.
 * ZHOL_ERROR_INVALID (coordinates), ZHOL_ERROR_UNREACHABLE: none can. */
enum zhol_error advice_open(const struct zhol_corridor *corridor, const struct advice_ask *ask,
                            struct advice *advice);
void advice_rank(struct advice *advice);
/* One sentence why the point stands where it stands, in "en" or "ru" (any other: en). */
void advice_why(const struct zhol_corridor *corridor, const struct advice *advice, uint32_t index,
                const char *lang, struct buffer *out);
void advice_close(struct advice *advice);

#endif
