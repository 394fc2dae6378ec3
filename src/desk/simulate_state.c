/* simulate_state.c: the present state of the corridor from JSON. See simulate_state.h. */
#include "desk/simulate_state.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/file.h"
#include "base/number.h"
#include "base/time.h"

enum { PATH_MAX_BYTES = 96, LIMIT_BYTES = 4 << 20 };

/* What reading needs everywhere; `where` names the object at hand: "queues[2]". */
struct reader {
    const struct zhol_corridor *corridor;
    struct zhol_report *report;
    const char *file;
    char where[PATH_MAX_BYTES];
    enum zhol_error error; /* the first */
};

static void fault(struct reader *r, enum zhol_error code, const char *member, const char *value,
                  const char *expected)
{
    char column[PATH_MAX_BYTES + 40];
    snprintf(column, sizeof column, "%s%s%s", r->where, *r->where && *member ? "." : "", member);
    struct zhol_finding finding = {.severity = ZHOL_FAULT,
                                   .code = code,
                                   .file = r->file,
                                   .column = column,
                                   .value = value,
                                   .expected = expected};
    zhol_report_add(r->report, &finding);
    r->error = r->error ? r->error : code;
}

/* ---- Members ---- */

/* Text of a member as a finding shows it; the caller frees it. */
static void fault_value(struct reader *r, enum zhol_error code, const char *member,
                        const json_t *value, const char *expected)
{
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
    fault(r, code, member, text ? text : "", expected);
    free(text);
}

static void check_members(struct reader *r, json_t *object, const char *const *known)
{
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value)
    {
        uint32_t i = 0;
        while (known[i] && strcmp(known[i], key) != 0) {
            i++;
        }
        if (!known[i]) {
            fault(r, ZHOL_ERROR_UNKNOWN, key, "", "no member of this name is known here");
        }
    }
}

/* A text member, or NULL where it is missing; "" after a fault. */
static const char *text_of(struct reader *r, json_t *object, const char *member, bool required)
{
    json_t *value = json_object_get(object, member);
    if (!value) {
        if (required) {
            fault(r, ZHOL_ERROR_SYNTAX, member, "", "is missing");
        }
        return required ? "" : NULL;
    }
    if (!json_is_string(value)) {
        fault_value(r, ZHOL_ERROR_SYNTAX, member, value, "a text in quotes");
        return "";
    }
    return json_string_value(value);
}

static double number_of(struct reader *r, json_t *object, const char *member, double low,
                        double high, double missing)
{
    json_t *value = json_object_get(object, member);
    char expected[80];
    double number = json_number_value(value);
    if (!value && !isnan(missing)) {
        return missing;
    }
    snprintf(expected, sizeof expected, "a number from %.0f to %.0f", low, high);
    if (!value) {
        fault(r, ZHOL_ERROR_SYNTAX, member, "", expected);
        return low;
    }
    if (!json_is_number(value)) {
        fault_value(r, ZHOL_ERROR_SYNTAX, member, value, expected);
        return low;
    }
    if (!(number >= low && number <= high)) {
        fault_value(r, ZHOL_ERROR_RANGE, member, value, expected);
        return low;
    }
    return number;
}

static uint32_t whole_of(struct reader *r, json_t *object, const char *member, double missing)
{
    double number = number_of(r, object, member, 0, STATE_COUNT_MAX, missing);
    if (number != floor(number)) {
        fault_value(r, ZHOL_ERROR_SYNTAX, member, json_object_get(object, member),
                    "a whole number");
    }
    return (uint32_t)number;
}

/* An instant with its offset, or a day (00:00 UTC). */
static int64_t instant(struct reader *r, const char *member, const char *text)
{
    int64_t at_s = 0;
    int32_t day;
    if (!time_parse_day(text_view_of(text), &day)) {
        return (int64_t)day * TIME_DAY_S;
    }
    bool told = !*text && r->error; /* that it is missing */
    if (!told && time_parse_instant(text_view_of(text), &at_s)) {
        fault(r, ZHOL_ERROR_SYNTAX, member, text,
              "a day or a time with its offset, such as 2025-09-12T00:00+02:00");
    }
    return at_s;
}

/* ---- Names ---- */

/* `what` says what is expected. */
static uint32_t place(struct reader *r, const char *member, const char *name, const char *what)
{
    uint32_t node = 0, near[3], count = 0;
    char expected[256];
    snprintf(expected, sizeof expected, "%s", what);
    if (!*name) {
        if (!r->error) { /* else it was told that the name is missing */
            fault(r, ZHOL_ERROR_SYNTAX, member, "\"\"", what);
        }
        return 0;
    }
    enum zhol_error error = zhol_corridor_place(r->corridor, name, &node, near, 3, &count);
    if (error) {
        size_t size = strlen(expected);
        for (uint32_t i = 0; i < count && i < 3 && size < sizeof expected; i++) {
            size += (size_t)snprintf(expected + size, sizeof expected - size, "%s%s",
                                     i ? ", " : "; near to it: ",
                                     zhol_corridor_id(r->corridor, ZHOL_TABLE_node, near[i]));
        }
        fault(r, error, member, name, expected);
    }
    return error ? 0 : node;
}

/* What a disruption is about: an identifier of four tables, or the name of a place. */
static void target(struct reader *r, const char *member, const char *name,
                   struct state_disruption *out)
{
    static const struct {
        enum zhol_table table;
        enum state_scope scope;
    } tables[] = {{ZHOL_TABLE_node, STATE_NODE},
                  {ZHOL_TABLE_link, STATE_LINK},
                  {ZHOL_TABLE_process, STATE_PROCESS},
                  {ZHOL_TABLE_resource, STATE_RESOURCE}};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        out->thing = zhol_corridor_find(r->corridor, tables[i].table, name);
        out->scope = tables[i].scope;
        if (out->thing != ZHOL_NONE) {
            return;
        }
    }
    out->scope = STATE_NODE;
    out->thing = place(r, member, name, "a place, link, process, resource or event");
}

static void check_order(struct reader *r, const struct state_disruption *d, const char *member,
                        const char *value)
{
    if (d->to_s <= d->from_s && !r->error) {
        fault(r, ZHOL_ERROR_RANGE, member, value, "an end later than the beginning");
    }
}

/* ---- Objects ---- */

static enum zhol_error add_queue(struct reader *r, json_t *object, struct state *state)
{
    static const char *const members[] = {"place",    "to",        "unit", "count",
                                          "oldest_h", "abandoned", "note", NULL};
    static const char *const units[] = {"trains", "wagons", "trucks"};
    struct state_queue q = {.unit = STATE_UNIT_COUNT};
    check_members(r, object, members);
    q.node = place(r, "place", text_of(r, object, "place", true), "a place");
    const char *to = text_of(r, object, "to", false), *unit = text_of(r, object, "unit", true);
    if (to && strlen(to) != 2) {
        fault(r, ZHOL_ERROR_SYNTAX, "to", to, "a country's code of two letters, like PL");
    } else if (to) {
        memcpy(q.to, to, 3);
    }
    for (uint32_t i = 0; i < STATE_UNIT_COUNT; i++) {
        q.unit = strcmp(unit, units[i]) == 0 ? (enum state_unit)i : q.unit;
    }
    if (q.unit == STATE_UNIT_COUNT && *unit) {
        fault(r, ZHOL_ERROR_UNKNOWN, "unit", unit, "trains, wagons or trucks");
    }
    q.count = whole_of(r, object, "count", NAN);
    q.abandoned = whole_of(r, object, "abandoned", 0);
    q.oldest_h = number_of(r, object, "oldest_h", 0, 100000, 0);
    if (q.abandoned > q.count) {
        fault(r, ZHOL_ERROR_RANGE, "abandoned", "", "cannot be more than count");
    }
    enum zhol_error error =
        ARRAY_RESERVE(state->queues, state->queue_capacity, state->queue_count + 1);
    if (!error) {
        state->queues[state->queue_count++] = q;
    }
    return error;
}

static enum zhol_error keep_disruption(struct state *state, const struct state_disruption *d)
{
    enum zhol_error error =
        ARRAY_RESERVE(state->disruptions, state->disruption_capacity, state->disruption_count + 1);
    if (!error) {
        state->disruptions[state->disruption_count++] = *d;
    }
    return error;
}

static enum zhol_error add_disruption(struct reader *r, json_t *object, struct state *state)
{
    static const char *const members[] = {"what", "from", "until", "share",
                                          "ban",  "name", "note",  NULL};
    struct state_disruption d = {.to_s = INT64_MAX};
    check_members(r, object, members);
    target(r, "what", text_of(r, object, "what", true), &d);
    d.from_s = instant(r, "from", text_of(r, object, "from", true));
    const char *until = text_of(r, object, "until", false);
    const char *name = text_of(r, object, "name", false);
    json_t *ban = json_object_get(object, "ban");
    if (until) {
        d.to_s = instant(r, "until", until);
        check_order(r, &d, "until", until);
    }
    if (ban && !json_is_boolean(ban)) {
        fault_value(r, ZHOL_ERROR_SYNTAX, "ban", ban, "true or false");
    }
    d.ban = json_is_true(ban);
    d.share = number_of(r, object, "share", 0, 1, 0);
    snprintf(d.name, sizeof d.name, "%s", name ? name : "");
    return keep_disruption(state, &d);
}

static enum zhol_error add_all(struct reader *r, json_t *root, const char *member,
                               struct state *state,
                               enum zhol_error (*add)(struct reader *, json_t *, struct state *))
{
    json_t *list = json_object_get(root, member), *object;
    size_t i;
    enum zhol_error error = ZHOL_ERROR_OK;
    if (list && (!json_is_array(list) || json_array_size(list) > STATE_ITEMS_MAX)) {
        fault(r, json_is_array(list) ? ZHOL_ERROR_LIMIT : ZHOL_ERROR_SYNTAX, member, "",
              "must be a list [ ... ] of at most 1000 objects");
        return ZHOL_ERROR_OK;
    }
    json_array_foreach(list, i, object)
    {
        snprintf(r->where, sizeof r->where, "%s[%zu]", member, i);
        if (!json_is_object(object)) {
            fault(r, ZHOL_ERROR_SYNTAX, "", "", "must be an object { ... }");
        } else if (!error) {
            error = add(r, object, state);
        }
    }
    *r->where = '\0';
    return error;
}

enum zhol_error state_parse(const struct zhol_corridor *corridor, const char *path,
                            const char *text, size_t size, struct zhol_report *report,
                            struct state *state)
{
    static const char *const members[] = {"at", "queues", "disruptions", "note", NULL};
    struct reader r = {.corridor = corridor, .report = report, .file = path};
    json_error_t where;
    memset(state, 0, sizeof *state);
    json_t *root = json_loadb(text, size, JSON_REJECT_DUPLICATES, &where);
    enum zhol_error error = ZHOL_ERROR_OK;
    if (!json_is_object(root)) {
        char line[40];
        snprintf(line, sizeof line, "line %d", root ? 1 : where.line);
        fault(&r, ZHOL_ERROR_SYNTAX, line, "", root ? "must be an object { ... }" : where.text);
    } else {
        check_members(&r, root, members);
        const char *at = text_of(&r, root, "at", true);
        state->at_s = instant(&r, "at", at);
        if (time_parse_day((struct text_view){at, strlen(at) < 10 ? (uint32_t)strlen(at) : 10},
                           &state->day)) {
            state->day = time_day_of(state->at_s);
        }
        error = add_all(&r, root, "queues", state, add_queue);
        error = error ? error : add_all(&r, root, "disruptions", state, add_disruption);
    }
    json_decref(root);
    error = error ? error : r.error;
    if (error) {
        state_clear(state);
    }
    return error;
}

enum zhol_error state_read(const struct zhol_corridor *corridor, const char *path,
                           struct zhol_report *report, struct state *state)
{
    struct file_data data = {0};
    memset(state, 0, sizeof *state);
    enum zhol_error error = file_read(path, LIMIT_BYTES, &data, report);
    if (!error) {
        error = state_parse(corridor, path, data.bytes, data.size, report, state);
    }
    file_clear(&data);
    return error;
}

/* ---- One in a line ---- */

/* The part of `text` before `mark` goes to `out`, and text moves behind it; false without it. */
static bool cut(const char **text, const char *mark, char *out, size_t size)
{
    const char *end = strstr(*text, mark);
    size_t length = end ? (size_t)(end - *text) : 0;
    if (!end || length >= size) {
        return false;
    }
    memcpy(out, *text, length);
    out[length] = '\0';
    *text = end + strlen(mark);
    return true;
}

static void read_share(struct reader *r, const char *text, struct state_disruption *d)
{
    d->ban = strcmp(text, "ban") == 0;
    if (!d->ban &&
        (number_parse_real(text_view_of(text), &d->share) || !(d->share >= 0 && d->share <= 1))) {
        fault(r, ZHOL_ERROR_RANGE, "", text, "the share that works, 0 to 1, or ban");
        d->share = 0;
    }
}

/* A row of the register of events, EVENT or EVENT=SHARE: its place or link, from its first to its
 * last day. The register does not say how much still worked. */
static bool event_disruption(struct reader *r, const char *text, struct state_disruption *d)
{
    char name[128];
    const char *rest = text;
    bool shared = cut(&rest, "=", name, sizeof name);
    uint32_t begin, end, count;
    uint32_t thing = zhol_corridor_find(r->corridor, ZHOL_TABLE_event, shared ? name : text);
    if (thing == ZHOL_NONE) {
        return false;
    }
    zhol_corridor_rows(r->corridor, ZHOL_TABLE_event, thing, &begin, &end);
    const struct zhol_event *event = &zhol_corridor_event(r->corridor, &count)[begin];
    d->scope = event->link_id != ZHOL_NONE ? STATE_LINK : STATE_NODE;
    d->thing = event->link_id != ZHOL_NONE ? event->link_id : event->node_id;
    d->from_s = (int64_t)event->date * TIME_DAY_S;
    d->to_s = event->date_to == ZHOL_BLANK_DATE ? INT64_MAX : (int64_t)event->date_to * TIME_DAY_S;
    d->mode = (uint8_t)event->mode;
    d->share_unknown = !shared;
    if (shared) {
        read_share(r, rest, d);
    }
    snprintf(d->name, sizeof d->name, "%.*s", STATE_NAME_MAX - 1, shared ? name : text);
    if (event->kind != zhol_event_kind_DISRUPTION || d->thing == ZHOL_NONE) {
        fault(r, ZHOL_ERROR_INVALID, "", text, "an event of kind disruption with a place or link");
    }
    return true;
}

enum zhol_error state_disruption(const struct zhol_corridor *corridor, const char *text,
                                 struct zhol_report *report, struct state *state)
{
    struct reader r = {.corridor = corridor, .report = report, .file = "--disruption"};
    struct state_disruption d = {.to_s = INT64_MAX};
    char what[128], from[48], until[48];
    const char *rest = text;
    if (!event_disruption(&r, text, &d)) {
        if (!cut(&rest, "@", what, sizeof what) || !cut(&rest, "..", from, sizeof from)) {
            fault(&r, ZHOL_ERROR_SYNTAX, "", text,
                  "WHAT@FROM..UNTIL[=SHARE], such as DOSTYK@2026-02-05..2026-02-09=0.5");
            return r.error;
        }
        const char *last = rest;
        if (cut(&rest, "=", until, sizeof until)) {
            read_share(&r, rest, &d);
            last = until;
        }
        target(&r, "", what, &d);
        d.from_s = instant(&r, "", from);
        d.to_s = *last ? instant(&r, "", last) : INT64_MAX;
        check_order(&r, &d, "", text);
        snprintf(d.name, sizeof d.name, "%.*s", STATE_NAME_MAX - 1, what);
    }
    return r.error ? r.error : keep_disruption(state, &d);
}

void state_clear(struct state *state)
{
    free(state->queues);
    free(state->disruptions);
    memset(state, 0, sizeof *state);
}
