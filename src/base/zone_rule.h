/* base/zone_rule.h: the POSIX TZ rule in the footer of a TZif file; used by zone.c only.
 *
 * A rule is "CET-1CEST,M3.5.0,M10.5.0/3" (POSIX.1-2017, chapter 8.3, with the hours -167 to 167 of
 * RFC 8536, section 3.3.1). It gives two changes in each year, for ever.
 */
#ifndef ZHOL_BASE_ZONE_RULE_H
#define ZHOL_BASE_ZONE_RULE_H

#include <stdbool.h>
#include <stdint.h>
#include "base/text.h"

enum { ZONE_NAME_SIZE = 16 };

enum zone_day_kind {
    ZONE_DAY_JULIAN,  /* Jn: 1-365, 29 February is never counted */
    ZONE_DAY_OF_YEAR, /* n: 0-365, 29 February is counted */
    ZONE_DAY_WEEK,    /* Mm.w.d: weekday d (0 Sunday) of week w (5: the last) of month m */
};

struct zone_change {
    enum zone_day_kind kind;
    uint32_t month, week, day;
    int32_t second; /* of the local day, before the change */
};

struct zone_rule {
    int32_t standard_s; /* seconds east of UTC */
    int32_t summer_s;
    bool has_summer;
    struct zone_change start; /* of summer time */
    struct zone_change end;
    char standard_name[ZONE_NAME_SIZE];
    char summer_name[ZONE_NAME_SIZE];
};

/* A stretch of time with one offset: [start_s, end_s). */
struct zone_span {
    int64_t start_s, end_s;
    int32_t offset_s;
    const char *name;
};

/* Reads a whole footer; false when it has not the form. */
bool zone_rule_parse(struct text_view text, struct zone_rule *rule);
/* The stretch of the rule that holds utc_s. The bounds INT64_MIN and INT64_MAX mean for ever. */
struct zone_span zone_rule_span(const struct zone_rule *rule, int64_t utc_s);

#endif
