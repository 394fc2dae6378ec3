/* serve/model_ways.h: the ways of a corridor with their states over time, for maps and features.
 *
 * A way is what a map draws as one line: all links between two places by one mode whose states over
 * time are the same (both directions, both gauges). Its states are those of the first link; they
 * come from link_period, and, while a link does not operate, from what is known of the project that
 * makes it:
 *
 *   agreed    from the signature of the project's instrument until its first state
 *   building, planned, study   by the dated states of the project
 *
 * A link of which no project is known and whose period has no first day counts from the day to
 * which the corridor is dated: nobody knows since when it is planned.
 *
 * Call order: model_ways_make, look, model_ways_clear. Cost: O(links x assets), once per question.
 */
#ifndef ZHOL_SERVE_MODEL_WAYS_H
#define ZHOL_SERVE_MODEL_WAYS_H

#include <stdbool.h>
#include <stdint.h>

#include <zhol/corridor.h>

enum way_status {
    WAY_OPERATING,
    WAY_CLOSED,
    WAY_BUILDING,
    WAY_AGREED,
    WAY_PLANNED,
    WAY_STUDY,
    WAY_STATUS_COUNT
};

struct way_state {
    int32_t from, to; /* half-open; ZHOL_BLANK_DATE: since before 1991, or open */
    uint8_t status;   /* enum way_status */
    bool supposed;    /* only a scenario says so */
};

struct model_way {
    uint32_t from, to; /* places, as in the first link */
    uint32_t link;     /* the first link: its identifier stands for the way */
    uint32_t first_link, link_count;
    uint32_t first_state, state_count;
    uint8_t mode;
    int32_t opened;     /* first day of operation; ZHOL_BLANK_DATE: before 1991 or unknown */
    bool opened_known;  /* false where it has never operated: no day of opening is known */
    uint8_t gauge_bits; /* 1: 1435 mm, 2: 1520 mm, 4: another */
};

struct model_ways {
    const struct zhol_corridor *corridor;
    struct model_way *ways;
    uint32_t count;
    uint32_t *links;  /* by way */
    uint32_t *way_of; /* by link */
    struct way_state *states;
    uint32_t state_count, state_capacity;
};

enum zhol_error model_ways_make(const struct zhol_corridor *corridor, struct model_ways *out);
void model_ways_clear(struct model_ways *ways);
/* The state on a day, or NULL where there is nothing to draw. */
const struct way_state *way_on(const struct model_ways *ways, const struct model_way *way,
                               int32_t day);
const char *way_status_text(unsigned status);

struct json_writer;
/* The course as an array of positions: [[lon, lat], ...]. */
void way_write_line(const struct zhol_corridor *corridor, uint32_t link, struct json_writer *json);
/* Open and coming rail crossings between two countries on a day. */
void model_ways_crossings(const struct model_ways *ways, const char *a, const char *b, int32_t day,
                          uint32_t *operating, uint32_t *planned);

#endif
