/* desk/simulate_state.h: how the corridor stands now, read from a JSON file.
 *
 * `zhol simulate --from-state FILE` starts from it. All members but `at` may be missing:
 *
 *     {"at": "2025-09-25T00:00+02:00",
 *      "queues": [{"place": "BREST", "to": "PL", "unit": "trains", "count": 130, "oldest_h": 300,
 *                  "abandoned": 40}],
 *      "disruptions": [{"what": "BREST", "from": "2025-09-12T00:00+02:00",
 *                       "until": "2025-09-25T00:00+02:00", "share": 0, "name": "closed"}]}
 *
 * at          when it stands so; the simulation starts then
 * place       a place by any of its names
 * to          the queue of those who are on their way into this country (ISO code); missing: all
 * unit        trains, wagons or trucks
 * count       how many wait, abandoned ones included
 * abandoned   how many of them were left on the line and need a locomotive
 * oldest_h    since when the oldest waits; the others are spread evenly over that time
 * what        a place, link, process or resource by its identifier, or a place by its name
 * from, until instants with their offset, or days (UTC); until may be missing: to the end
 * share       of its capacity that works: 0 closed (the default) to 1
 * ban         true: nothing is sent there, what is under way goes on
 *
 * Call order: state_read (or state_disruption for one given in a line), reading, state_clear.
 * Ownership: the caller owns *state. Errors: all findings go to the report, each naming file and
 * member ("queues[2].count"); the first one's code is returned: ZHOL_ERROR_SYNTAX, _RANGE, _UNKNOWN
 * (a name or a member), _AMBIGUOUS, _LIMIT (more than STATE_ITEMS_MAX), _IO, _MEMORY.
 */
#ifndef ZHOL_DESK_SIMULATE_STATE_H
#define ZHOL_DESK_SIMULATE_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include <zhol/corridor.h>

enum { STATE_ITEMS_MAX = 1000, STATE_NAME_MAX = 64, STATE_COUNT_MAX = 1000000 };

enum state_unit { STATE_TRAINS, STATE_WAGONS, STATE_TRUCKS, STATE_UNIT_COUNT };

struct state_queue {
    uint32_t node;
    char to[3]; /* country, or "" */
    enum state_unit unit;
    uint32_t count, abandoned;
    double oldest_h;
};

enum state_scope { STATE_NODE, STATE_LINK, STATE_PROCESS, STATE_RESOURCE };

struct state_disruption {
    enum state_scope scope;
    uint32_t thing; /* number of a place, link, process or resource */
    int64_t from_s; /* UTC */
    int64_t to_s;   /* INT64_MAX: to the end */
    double share;   /* of the capacity that works */
    uint8_t mode;   /* enum zhol_word_mode: only what goes by it; 0: all */
    bool ban;
    bool share_unknown; /* an event of the register that was given without a share: taken as 0 */
    char name[STATE_NAME_MAX];
};

struct state {
    int64_t at_s;
    int32_t day; /* of `at` where it was written, which in UTC may be the day before or after */
    struct state_queue *queues;
    uint32_t queue_count, queue_capacity;
    struct state_disruption *disruptions;
    uint32_t disruption_count, disruption_capacity;
};

enum zhol_error state_read(const struct zhol_corridor *corridor, const char *path,
                           struct zhol_report *report, struct state *state);
/* Reads `text` as if it were the content of `path`. */
enum zhol_error state_parse(const struct zhol_corridor *corridor, const char *path,
                            const char *text, size_t size, struct zhol_report *report,
                            struct state *state);
/* One disruption in a line: WHAT@FROM..UNTIL[=SHARE], such as DOSTYK@2026-02-05..2026-02-09=0.5, or
 * WHAT@FROM..UNTIL=ban; or the identifier of a row of table `event` of kind disruption, with or
 * without =SHARE or =ban. Appended. */
enum zhol_error state_disruption(const struct zhol_corridor *corridor, const char *text,
                                 struct zhol_report *report, struct state *state);
void state_clear(struct state *state);

#endif
