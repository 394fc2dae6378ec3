/* queue_demo_history.c: the thirty days before the demonstration (queue_demo.h). */
#include <string.h>

#include "base/time.h"
#include "desk/queue_demo_state.h"

#define REPUBLIC_DAY 20386 /* 2025-10-25 */

const char *const queue_demo_observed[] = {"dostyk-exit", "bakhty-exit", "maikapshagay-exit", NULL};

static uint32_t between(uint64_t draw, uint32_t low, uint32_t high)
{
    return low + (uint32_t)(demo_chance(14, draw) * (double)(high - low + 1));
}

enum zhol_error queue_demo_history(const char *queue_id,
                                   struct queue_demo_day days[QUEUE_DEMO_DAYS])
{
    bool nur_zholy = strcmp(queue_id, "nur-zholy-exit") == 0;
    int32_t today = time_day_of(queue_demo_begins());
    if (!nur_zholy && strcmp(queue_id, "kolzhat-exit") != 0) {
        return ZHOL_ERROR_UNKNOWN;
    }
    for (uint32_t i = 0; i < QUEUE_DEMO_DAYS; i++) {
        struct queue_demo_day *day = &days[i];
        uint64_t draw = 4 * i + 2 * nur_zholy;
        uint32_t left = QUEUE_DEMO_DAYS - 1 - i; /* days to 11 November */
        day->date = today - QUEUE_DEMO_DAYS + (int32_t)i;
        bool closed = day->date == REPUBLIC_DAY;
        bool short_days = left < 4; /* 700 to 750 were published for 8 to 12 November */
        day->planned = closed ? 0 : nur_zholy ? 800 : 250;
        day->accepted = closed       ? 0
                        : !nur_zholy ? between(draw, 225, 250)
                        : short_days ? between(draw, 700, 750)
                                     : between(draw, 740, 800);
        uint32_t waiting = !nur_zholy   ? 180 + left * 12
                           : short_days ? 1500 - 130 * left
                                        : 950 + left * 90;
        day->waiting_end = waiting + (left ? between(draw + 1, 0, 40) : 0);
    }
    return ZHOL_ERROR_OK;
}

enum zhol_error queue_demo_daily(const char *queue_id, struct buffer *csv)
{
    static const struct {
        uint32_t planned, low, high, waiting;
    } points[] = {{240, 200, 240, 60}, {400, 330, 400, 150}, {300, 240, 300, 40}};
    uint32_t at = 0;
    while (queue_demo_observed[at] && strcmp(queue_demo_observed[at], queue_id) != 0) {
        at++;
    }
    if (!queue_demo_observed[at]) {
        return ZHOL_ERROR_UNKNOWN;
    }
    buffer_string(csv, "date,accepted,planned,waiting\n");
    for (uint32_t i = 0; i < QUEUE_DEMO_DAYS; i++) {
        char date[TIME_TEXT_SIZE];
        uint64_t draw = 1000 + 100 * at + 2 * i;
        int32_t day = time_day_of(queue_demo_begins()) - QUEUE_DEMO_DAYS + (int32_t)i;
        bool closed = day == REPUBLIC_DAY;
        time_format_date(day, date);
        buffer_printf(csv, "%s,%u,%u,%u\n", date,
                      closed ? 0 : between(draw, points[at].low, points[at].high),
                      closed ? 0 : points[at].planned,
                      points[at].waiting + between(draw + 1, 0, points[at].waiting));
    }
    return csv->error;
}
