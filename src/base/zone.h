/* base/zone.h: time zones from the system's tz database.
 *
 * Purpose: turn UTC into the local time of a place and back, by date. A zone is one TZif file (RFC
 * 8536, versions 1 to 4), searched in $TZDIR and then /usr/share/zoneinfo; after its last
 * transition the POSIX TZ rule in its footer goes on forever.
 * Call order: zone_load, any number of questions, zone_free.
 * Ownership: zone_load allocates, zone_free frees. A loaded zone never changes: any number of
 * threads may ask it at once; zone_load itself keeps no state and may run in several threads.
 * Errors: ZHOL_ERROR_UNKNOWN (no such zone), ZHOL_ERROR_USAGE (a name that no zone can have:
 * empty, absolute, "..", odd characters), ZHOL_ERROR_SYNTAX (a broken file), ZHOL_ERROR_LIMIT,
 * ZHOL_ERROR_IO, ZHOL_ERROR_MEMORY.
 * Complexity: a question is O(log transitions). Leap seconds of a "right/" file are refused.
 */
#ifndef ZHOL_BASE_ZONE_H
#define ZHOL_BASE_ZONE_H

#include <stddef.h>
#include <stdint.h>
#include <zhol/error.h>

struct zone;

/* Loads "Asia/Almaty" and the like. "UTC" and "Etc/UTC" work without a database. */
enum zhol_error zone_load(const char *name, struct zone **zone);
/* Reads a zone from the bytes of a TZif file; for tests and for a database carried along. */
enum zhol_error zone_parse(const void *bytes, size_t size, struct zone **zone);
/* NULL is fine. */
void zone_free(struct zone *zone);

/* Seconds east of UTC at an instant. */
int32_t zone_offset_s(const struct zone *zone, int64_t utc_s);
/* The clock's reading at an instant: utc_s + zone_offset_s. */
int64_t zone_local_s(const struct zone *zone, int64_t utc_s);
/* The abbreviation that holds at an instant ("CET", "+05"); owned by the zone. */
const char *zone_abbreviation(const struct zone *zone, int64_t utc_s);

enum zone_fit {
    ZONE_UNIQUE,  /* one instant has this reading */
    ZONE_GAP,     /* none has: the clock was put forward over it */
    ZONE_OVERLAP, /* two have: the clock was put back over it */
};

/* The instant at which the clock reads local_s (seconds since 1970 as if the reading were UTC).
 * In an overlap the earlier instant is given (the offset before the change); in a gap the reading
 * is taken with the offset before the change, so that 02:30 in a gap of one hour is 03:30 of the
 * new time. This is the rule of RFC 5545, section 3.3.5.
 * local_s must lie within +-2^62. */
enum zone_fit zone_local_to_utc(const struct zone *zone, int64_t local_s, int64_t *utc_s);
/* The first instant after utc_s at which the offset changes; 0 and *next_s untouched when there is
 * none in the 400 years that follow, 1 otherwise. */
int zone_next_change(const struct zone *zone, int64_t utc_s, int64_t *next_s);

#endif
