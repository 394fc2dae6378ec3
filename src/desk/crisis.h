/* desk/crisis.h: a crisis replayed from what was known on its first day.
 *
 * A replay is a CSV file (crises/NAME.csv of a corridor), a row a figure: what stood, came and was
 * taken, as known on the first day (role `input`), what had to be assumed and within which limits
 * (`assumption`), and what was published later (`check`), which the forecast never sees. The
 * forecast says the peak, the day on which the queue is gone, and what the checks ask, each with
 * the band in which four of five futures end. Every check is scored: within the band or not, and
 * how far the median is off.
 *
 * The model: a station with a queue, on zhol/engine.h. Lots of `lot` units stand at the beginning,
 * come by a Poisson stream and are taken one after the other, each in an Erlang time of four stages
 * (assumed: handing over is neither clockwork nor chance). Nothing is taken in a closure. Ignorance
 * is drawn as well: each figure with limits is triangular between them, one draw a replication, so
 * the band holds both what nobody knew and what is chance.
 *
 * Items:
 *   title                    what: the name
 *   begin, end   from        first day of the forecast, first day behind it
 *   unit                     what: the unit counted
 *   lot          value       units that come and go together
 *   standing     value       units that wait on the first day
 *   inflow       value/day   from..to: units that come
 *   growth       value/day   from..to: the same, as that much more than is taken when open
 *   acceptance   value/day   from..to: units that are taken
 *   closed       value days  nothing is taken for so long, from `from` on
 *   cleared      value       the queue is gone at so many units
 *   queue_on     check       units waiting at the end of day `from`
 *   peak         check       most units that waited
 *   taken        check       units taken from..to
 *   cleared_by   check       the queue is gone on day `from` (value: days since the beginning)
 *
 * Later rows of the same item override earlier ones where they hold both. Days are UTC.
 * Determinism: the same file, seed and number give the same bytes.
 * Errors: ZHOL_ERROR_SYNTAX, _RANGE and _INVALID with findings that name the line;
 * ZHOL_ERROR_USAGE: no replications. Cost: replications * lots.
 */
#ifndef ZHOL_DESK_CRISIS_H
#define ZHOL_DESK_CRISIS_H

#include <stdbool.h>
#include <stdint.h>

#include <zhol/corridor.h>
#include <zhol/error.h>

#include "base/arena.h"

#define CRISIS_ITEMS(W)         \
    W(TITLE, "title")           \
    W(BEGIN, "begin")           \
    W(END, "end")               \
    W(UNIT, "unit")             \
    W(LOT, "lot")               \
    W(STANDING, "standing")     \
    W(INFLOW, "inflow")         \
    W(GROWTH, "growth")         \
    W(ACCEPTANCE, "acceptance") \
    W(CLOSED, "closed")         \
    W(CLEARED, "cleared")       \
    W(QUEUE_ON, "queue_on")     \
    W(PEAK, "peak")             \
    W(TAKEN, "taken")           \
    W(CLEARED_BY, "cleared_by")
enum crisis_item {
#define CRISIS_ITEM_CODE(name, text) CRISIS_##name,
    CRISIS_ITEMS(CRISIS_ITEM_CODE)
#undef CRISIS_ITEM_CODE
        CRISIS_ITEM_COUNT
};
enum crisis_role { CRISIS_INPUT, CRISIS_ASSUMPTION, CRISIS_CHECK, CRISIS_ROLE_COUNT };
const char *crisis_item_text(enum crisis_item item);
const char *crisis_role_text(enum crisis_role role);

struct crisis_row {
    uint8_t item, role;
    int32_t from, to; /* days; ZHOL_BLANK_DATE */
    int32_t known_on;
    double value, low, high; /* NAN where blank */
    uint32_t line;
    const char *source, *source_ru, *url, *what, *what_ru; /* "" where blank */
};
struct crisis {
    struct arena arena;
    struct crisis_row *rows;
    uint32_t row_count, row_capacity;
    const char *title, *title_ru, *unit, *unit_ru;
    int32_t begin, end;
    double lot;
};

/* On ZHOL_ERROR_OK the caller clears *crisis. */
enum zhol_error crisis_read(const char *path, struct zhol_report *report, struct crisis *crisis);
/* The same from bytes; `name` is what findings call it. */
enum zhol_error crisis_parse(const char *name, const char *bytes, size_t size,
                             struct zhol_report *report, struct crisis *crisis);
void crisis_clear(struct crisis *crisis);

/* Quantiles over replications; INFINITY where the forecast's time ends before. */
struct crisis_band {
    double p10, p50, p90;
};
struct crisis_score {
    uint32_t row; /* of the check */
    struct crisis_band band;
    bool within;  /* the published value, or its range, meets the band */
    double error; /* median over published - 1; NAN where one of them is no number */
    double miss;  /* how far the nearest published value is from the median, in widths of the band
                     on that side: 0 to 1 within the band, more outside; INFINITY: no width */
};
struct crisis_forecast {
    struct crisis_band peak;     /* units */
    struct crisis_band peak_day; /* days since 1970, with fraction */
    struct crisis_band cleared;  /* the same */
    double never;                /* share of futures in which it is not gone by the end */
    struct crisis_score scores[32];
    uint32_t score_count, within;
};
struct crisis_options {
    uint64_t seed;         /* 0: 1 */
    uint32_t replications; /* 0: 400 */
};
enum zhol_error crisis_forecast(const struct crisis *crisis, const struct crisis_options *options,
                                struct crisis_forecast *forecast);

#endif
