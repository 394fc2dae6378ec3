/* desk/dispatch_state.h: the state of a crossing as JSON: what a dispatcher knows today.
 *
 * The object changes a day that is being put together. All members may be missing:
 *
 *     {"accepts": {"1435": 24, "1520": [1, 1, 0, ...]},   trains a day, or of each hour
 *      "departs": {"1520": 40},
 *      "tracks": [{"name": "Dostyk 1520 long 2", "free_from": "09:00"}],
 *      "fronts": [{"name": "Dostyk bogies", "cranes": 30}],
 *      "locomotives": [{"name": "from Dostyk 3", "free_from": "never"}],
 *      "stock": [{"name": "80-foot platforms", "count": 140}],
 *      "deliveries": [{"stock": "80-foot platforms", "at": "10:30", "count": 60}],
 *      "closed": [{"front": "Dostyk station 1", "from": "02:00", "until": "06:00"}],
 *      "bans": [{"gauge": 1520, "destination": "Moscow", "flags": ["dangerous"],
 *                "from": "00:00", "until": "12:00"}],
 *      "lifted": ["RU.brest.2025.s116b1435"],
 *      "limits": {"1520": {"weight_t": 6000, "length_wagons": 57}},
 *      "times": {"form_min": 60},
 *      "trains": [{"name": "8123", "gauge": 1435, "work": "containers", "ready": "06:20",
 *                  "destination": "Moscow", "client": "OTLK"}],
 *      "late": [{"train": "A101", "ready": "15:00"}],
 *      "holds": [{"train": "B301", "until": "never"}],
 *      "missing_data": [{"train": "A102", "at": "18:00"}]}
 *
 * A row of a name that stands there is changed in the members given; a new name makes a new row,
 * which needs its gauge and what else a row cannot do without. Times are HH:MM of the day,
 * YYYY-MM-DDTHH:MM by the crossing's clock, or "never". A train without `units` is an ordinary one
 * to its destination. A list of hours names each of the day; after it nothing is accepted, and
 * departures go on as at the same hours of the day. dispatch_day_write writes a whole day in the
 * same form, with units.
 *
 * Errors: every fault is a finding with the file and the member ("tracks[2].free_from"); the code
 * of the first is returned: ZHOL_ERROR_SYNTAX, _RANGE, _UNKNOWN (a member or a name), _LIMIT, _IO,
 * _MEMORY. After a fault the day is half changed and must not be used.
 */
#ifndef ZHOL_DESK_DISPATCH_STATE_H
#define ZHOL_DESK_DISPATCH_STATE_H

#include <jansson.h>

#include "base/json.h"
#include "desk/dispatch_day.h"

/* Reads a whole file as one JSON object; the caller gives it back with json_decref. */
enum zhol_error dispatch_json_read(const char *path, struct zhol_report *report, json_t **out);
/* True where the state brings trains of its own, so that averages are not wanted. */
bool dispatch_state_has_trains(const json_t *state);
/* Applies a state; `where` names the object in findings ("" at the top). */
enum zhol_error dispatch_state_apply(struct dispatch_day *day, json_t *state, const char *file,
                                     const char *where, struct zhol_report *report);
/* Writes the day as one object. */
void dispatch_day_write(const struct dispatch_day *day, struct json_writer *json);
/* A minute of the day as "2026-02-01T08:00", or "never". */
void dispatch_minute_text(const struct dispatch_day *day, int32_t minute, struct buffer *out);
/* The reverse, and HH:MM of the day; false where it is neither. */
bool dispatch_minute_of(int32_t date, const char *text, int32_t *minute);

/* Before the id of a rule among the flags of a unit or ban. */
#define DISPATCH_RULE_WORD "rule:"

extern const char *const dispatch_work_words[ZHOL_DISPATCH_WORKS];

#endif
