/* report/clock.c: zones of places, loaded once. See clock.h. */
#include "report/clock.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/zone.h"

void clock_init(struct clock *clock, const struct zhol_corridor *corridor)
{
    *clock = (struct clock){.corridor = corridor};
}

void clock_clear(struct clock *clock)
{
    for (uint32_t i = 0; i < clock->count; i++) {
        zone_free(clock->zones[i].zone);
    }
    free(clock->zones);
    memset(clock, 0, sizeof *clock);
}

static uint32_t zone_of(const struct clock *clock, uint32_t node)
{
    uint32_t row, end, count;
    const struct zhol_node *nodes = zhol_corridor_node(clock->corridor, &count);
    zhol_corridor_rows(clock->corridor, ZHOL_TABLE_node, node, &row, &end);
    return nodes[row].time_zone;
}

const char *clock_zone_name(const struct clock *clock, uint32_t node)
{
    return zhol_corridor_text(clock->corridor, zone_of(clock, node));
}

static enum zhol_error find_zone(struct clock *clock, uint32_t node, const struct zone **zone)
{
    uint32_t name = zone_of(clock, node);
    for (uint32_t i = 0; i < clock->count; i++) {
        if (clock->zones[i].name == name) {
            *zone = clock->zones[i].zone;
            return ZHOL_ERROR_OK;
        }
    }
    enum zhol_error error = ARRAY_RESERVE(clock->zones, clock->capacity, clock->count + 1);
    if (error) {
        return error;
    }
    struct clock_zone *fresh = &clock->zones[clock->count];
    fresh->name = name;
    error = zone_load(zhol_corridor_text(clock->corridor, name), &fresh->zone);
    if (!error) {
        clock->count++;
        *zone = fresh->zone;
    }
    return error;
}

enum zhol_error clock_at(struct clock *clock, uint32_t node, int64_t utc_min,
                         struct report_time *time)
{
    const struct zone *zone;
    enum zhol_error error = find_zone(clock, node, &zone);
    if (!error) {
        *time = (struct report_time){utc_min, zone_offset_s(zone, utc_min * 60)};
    }
    return error;
}

enum zhol_error clock_instant(struct clock *clock, uint32_t node, int64_t local_s, int64_t *utc_s)
{
    const struct zone *zone;
    enum zhol_error error = find_zone(clock, node, &zone);
    if (!error) {
        zone_local_to_utc(zone, local_s, utc_s);
    }
    return error;
}
