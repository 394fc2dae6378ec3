/* Any bytes as a TZif file: no crash, and local time and UTC undo each other. */
#include <stdlib.h>

#include "base/text.h"
#include "base/zone.h"

static void expect(int condition)
{
    if (!condition) {
        abort();
    }
}

static void ask(const struct zone *zone, int64_t utc_s)
{
    int64_t back_s = 0, next_s = 0;
    expect(text_view_of(zone_abbreviation(zone, utc_s)).size < 256);
    if (utc_s > INT64_MAX / 4 || utc_s < INT64_MIN / 4) {
        zone_offset_s(zone, utc_s);
        return;
    }
    int64_t local_s = zone_local_s(zone, utc_s);
    enum zone_fit fit = zone_local_to_utc(zone, local_s, &back_s);
    expect(fit != ZONE_GAP && back_s <= utc_s && zone_local_s(zone, back_s) == local_s);
    expect(fit != ZONE_UNIQUE || back_s == utc_s);
    if (zone_next_change(zone, utc_s, &next_s)) {
        expect(next_s > utc_s);
        expect(zone_offset_s(zone, next_s) != zone_offset_s(zone, utc_s));
        expect(zone_offset_s(zone, next_s - 1) == zone_offset_s(zone, utc_s));
        if (next_s < INT64_MAX / 4 &&
            zone_offset_s(zone, next_s) > zone_offset_s(zone, next_s - 1)) { /* a gap begins */
            zone_local_to_utc(zone, zone_local_s(zone, next_s - 1) + 1, &back_s);
            expect(back_s <= next_s);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct zone *zone = NULL;
    if (zone_parse(data, size, &zone)) {
        return 0;
    }
    static const int64_t instants_s[] = {INT64_MIN,   INT64_MIN / 4, -4000000000, -1,
                                         0,           1709229600,    1800000000,  4000000000,
                                         99999999999, INT64_MAX};
    for (size_t i = 0; i < sizeof instants_s / sizeof instants_s[0]; i++) {
        ask(zone, instants_s[i]);
    }
    for (size_t i = 0; i + 4 <= size && i < 400; i += 4) { /* instants that the file names */
        uint32_t bits = (uint32_t)data[i] << 24 | (uint32_t)data[i + 1] << 16 |
                        (uint32_t)data[i + 2] << 8 | data[i + 3];
        ask(zone, (int32_t)bits);
    }
    zone_free(zone);
    return 0;
}
