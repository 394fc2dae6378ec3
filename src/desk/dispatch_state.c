/* dispatch_state.c: what a dispatcher says of tracks, fronts, locomotives, stock and acceptance.
 * See dispatch_state.h. */
#include "desk/dispatch_state.h"

#include <stdio.h>
#include <string.h>

#include "desk/dispatch_json.h"
#include "desk/dispatch_parts.h"
#include "desk/dispatch_state_parts.h"

const char *const dispatch_work_words[ZHOL_DISPATCH_WORKS] = {"containers", "bulk", "bogies"};

enum { LENGTH_MAX = 5000, COUNT_MAX = 100000, MINUTES_MAX = 100000 };

struct apply {
    struct dispatch_day *day;
    struct dispatch_reader reader;
    const char *base; /* `where` of the object */
};

static void note_error(struct apply *apply, enum zhol_error error)
{
    apply->reader.error = apply->reader.error ? apply->reader.error : error;
}

enum zhol_dispatch_gauge dispatch_read_gauge(struct dispatch_reader *reader, json_t *object)
{
    const json_t *told = json_object_get(object, "gauge");
    enum zhol_dispatch_gauge gauge = dispatch_gauge_of((int32_t)json_integer_value(told));
    const char *name = json_string_value(json_object_get(object, "name"));
    if (!told && name) { /* most often a name that is spelled otherwise */
        read_fault(reader, ZHOL_ERROR_UNKNOWN, "name", name,
                   "a name of this crossing's day; or, for a new row, a gauge: 1435 or 1520");
        gauge = ZHOL_DISPATCH_1520;
    } else if (gauge == ZHOL_DISPATCH_GAUGES) {
        char number[32] = "";
        if (json_is_integer(told)) {
            snprintf(number, sizeof number, "%lld", (long long)json_integer_value(told));
        }
        read_fault(reader, ZHOL_ERROR_RANGE, "gauge",
                   json_is_string(told) ? json_string_value(told) : number,
                   "1435 or 1520 as a number, which a new row needs");
        gauge = ZHOL_DISPATCH_1520;
    }
    return gauge;
}

enum zhol_dispatch_work dispatch_read_work(struct dispatch_reader *reader, json_t *object,
                                           enum zhol_dispatch_work otherwise)
{
    const char *word = read_text(reader, object, "work", dispatch_work_words[otherwise]);
    for (int w = 0; w < ZHOL_DISPATCH_WORKS; w++) {
        if (strcmp(word, dispatch_work_words[w]) == 0) {
            return (enum zhol_dispatch_work)w;
        }
    }
    read_fault(reader, ZHOL_ERROR_UNKNOWN, "work", word, "containers, bulk or bogies");
    return otherwise;
}

uint32_t dispatch_label_find(const struct dispatch_day *day, const struct dispatch_label *labels,
                             uint32_t count, const char *name)
{
    for (uint32_t i = 0; i < count; i++) {
        if (strcmp(dispatch_text(day, labels[i].name), name) == 0 ||
            strcmp(dispatch_text(day, labels[i].name_ru), name) == 0) {
            return i;
        }
    }
    return ZHOL_DISPATCH_NONE;
}

uint32_t dispatch_read_named(struct dispatch_reader *reader, const struct dispatch_day *day,
                             json_t *object, const char *member,
                             const struct dispatch_label *labels, uint32_t count)
{
    const char *name = read_text(reader, object, member, "");
    uint32_t row = *name ? dispatch_label_find(day, labels, count, name) : ZHOL_DISPATCH_NONE;
    if (row == ZHOL_DISPATCH_NONE) {
        read_fault(reader, ZHOL_ERROR_UNKNOWN, member, name, "a name of this crossing's day");
    }
    return row;
}

/* ---- One function a kind of row ---- */

static void apply_track(struct apply *apply, json_t *row, const char *name)
{
    static const char *const known[] = {"name", "name_ru", "gauge", "length_m", "free_from", NULL};
    struct dispatch_reader *reader = &apply->reader;
    struct dispatch_day *day = apply->day;
    uint32_t at = dispatch_label_find(day, day->track_labels, day->engine.track_count, name);
    bool is_new = at == ZHOL_DISPATCH_NONE;
    struct zhol_dispatch_track track = {.calendar = ZHOL_DISPATCH_NONE, .length_m = 850};
    read_known(reader, row, known);
    track = is_new ? track : day->tracks[at];
    track.gauge = is_new ? dispatch_read_gauge(reader, row) : track.gauge;
    track.length_m = read_whole(reader, row, "length_m", 1, LENGTH_MAX, track.length_m);
    track.free_from_min = read_minute(reader, row, "free_from", track.free_from_min);
    if (is_new) {
        note_error(apply,
                   dispatch_add_track(day, track, name, read_text(reader, row, "name_ru", "")));
    } else {
        day->tracks[at] = track;
    }
}

static void read_takes(struct dispatch_reader *reader, json_t *row, bool takes[static 2])
{
    json_t *list = read_rows(reader, row, "takes"), *value;
    size_t i;
    if (list) {
        takes[0] = takes[1] = false;
    }
    json_array_foreach(list, i, value)
    {
        enum zhol_dispatch_gauge gauge = dispatch_gauge_of((int32_t)json_integer_value(value));
        if (gauge == ZHOL_DISPATCH_GAUGES) {
            read_fault(reader, ZHOL_ERROR_RANGE, "takes", "", "a list of 1435 and 1520");
        } else {
            takes[gauge] = true;
        }
    }
}

static void apply_front(struct apply *apply, json_t *row, const char *name)
{
    static const char *const known[] = {"name", "name_ru",   "work",     "takes",     "cranes",
                                        "rate", "setup_min", "length_m", "free_from", NULL};
    struct dispatch_reader *reader = &apply->reader;
    struct dispatch_day *day = apply->day;
    uint32_t at = dispatch_label_find(day, day->front_labels, day->engine.front_count, name);
    bool is_new = at == ZHOL_DISPATCH_NONE;
    struct zhol_dispatch_front front = {
        .takes = {true, true}, .cranes = 1, .rate = 6, .calendar = ZHOL_DISPATCH_NONE};
    read_known(reader, row, known);
    front = is_new ? front : day->fronts[at];
    front.work = dispatch_read_work(reader, row, front.work);
    read_takes(reader, row, front.takes);
    front.cranes = (uint32_t)read_whole(reader, row, "cranes", 1, 1000, (int32_t)front.cranes);
    front.rate = (uint32_t)read_whole(reader, row, "rate", 1, COUNT_MAX, (int32_t)front.rate);
    front.setup_min = read_whole(reader, row, "setup_min", 0, 1440, front.setup_min);
    front.length_m = read_whole(reader, row, "length_m", 0, LENGTH_MAX, front.length_m);
    front.free_from_min = read_minute(reader, row, "free_from", front.free_from_min);
    if (is_new) {
        note_error(apply,
                   dispatch_add_front(day, front, name, read_text(reader, row, "name_ru", "")));
    } else {
        day->fronts[at] = front;
    }
}

static void apply_locomotive(struct apply *apply, json_t *row, const char *name)
{
    static const char *const known[] = {"name",      "name_ru",    "move", "gauge",
                                        "free_from", "return_min", NULL};
    struct dispatch_reader *reader = &apply->reader;
    struct dispatch_day *day = apply->day;
    uint32_t at =
        dispatch_label_find(day, day->locomotive_labels, day->engine.locomotive_count, name);
    bool is_new = at == ZHOL_DISPATCH_NONE;
    struct zhol_dispatch_locomotive one = {.return_min = 180};
    read_known(reader, row, known);
    one = is_new ? one : day->locomotives[at];
    one.gauge = is_new ? dispatch_read_gauge(reader, row) : one.gauge;
    const char *move = read_text(reader, row, "move", one.move ? "depart" : "accept");
    if (strcmp(move, "accept") != 0 && strcmp(move, "depart") != 0) {
        read_fault(reader, ZHOL_ERROR_UNKNOWN, "move", move, "accept or depart");
    }
    one.move = strcmp(move, "depart") == 0 ? ZHOL_DISPATCH_DEPART : ZHOL_DISPATCH_ACCEPT;
    one.return_min = read_whole(reader, row, "return_min", 1, MINUTES_MAX, one.return_min);
    one.free_from_min = read_minute(reader, row, "free_from", one.free_from_min);
    if (is_new) {
        note_error(apply,
                   dispatch_add_locomotive(day, one, name, read_text(reader, row, "name_ru", "")));
    } else {
        day->locomotives[at] = one;
    }
}

static void apply_stock(struct apply *apply, json_t *row, const char *name)
{
    static const char *const known[] = {"name", "name_ru", "gauge", "work", "count", NULL};
    struct dispatch_reader *reader = &apply->reader;
    struct dispatch_day *day = apply->day;
    uint32_t at = dispatch_label_find(day, day->stock_labels, day->engine.stock_count, name);
    read_known(reader, row, known);
    if (at != ZHOL_DISPATCH_NONE) {
        day->stocks[at].count = (uint32_t)read_whole(reader, row, "count", 0, COUNT_MAX,
                                                     (int32_t)day->stocks[at].count);
        return;
    }
    struct zhol_dispatch_stock stock = {
        .gauge = dispatch_read_gauge(reader, row),
        .count = (uint32_t)read_whole(reader, row, "count", 0, COUNT_MAX, 0)};
    note_error(apply, dispatch_add_stock(day, stock,
                                         dispatch_read_work(reader, row, ZHOL_DISPATCH_CONTAINERS),
                                         name, read_text(reader, row, "name_ru", "")));
}

static void apply_delivery(struct apply *apply, json_t *row, const char *name)
{
    static const char *const known[] = {"stock", "at", "count", NULL};
    struct dispatch_reader *reader = &apply->reader;
    struct dispatch_day *day = apply->day;
    (void)name;
    read_known(reader, row, known);
    struct zhol_dispatch_delivery delivery = {
        .stock = dispatch_read_named(reader, day, row, "stock", day->stock_labels,
                                     day->engine.stock_count),
        .minute = read_minute(reader, row, "at", 0),
        .count = (uint32_t)read_whole(reader, row, "count", 0, COUNT_MAX, 0)};
    if (!reader->error) {
        note_error(apply, dispatch_add_delivery(day, delivery));
    }
}

/* A new calendar for each closed thing that has none: their windows bear its number. */
static uint32_t *calendar_of(struct apply *apply, json_t *row)
{
    struct dispatch_day *day = apply->day;
    if (json_object_get(row, "front")) {
        uint32_t at = dispatch_read_named(&apply->reader, day, row, "front", day->front_labels,
                                          day->engine.front_count);
        return at == ZHOL_DISPATCH_NONE ? NULL : &day->fronts[at].calendar;
    }
    uint32_t at = dispatch_read_named(&apply->reader, day, row, "track", day->track_labels,
                                      day->engine.track_count);
    return at == ZHOL_DISPATCH_NONE ? NULL : &day->tracks[at].calendar;
}

/* The fault in words of the file; the engine would name minutes. */
static void check_order(struct dispatch_reader *reader, json_t *row, int32_t from, int32_t until)
{
    if (until <= from) {
        read_fault(reader, ZHOL_ERROR_RANGE, "until", read_text(reader, row, "until", ""),
                   "a time after `from`");
    }
}

static void apply_closed(struct apply *apply, json_t *row, const char *name)
{
    static const char *const known[] = {"track", "front", "from", "until", NULL};
    struct dispatch_reader *reader = &apply->reader;
    struct dispatch_day *day = apply->day;
    (void)name;
    read_known(reader, row, known);
    uint32_t *calendar = calendar_of(apply, row);
    struct zhol_dispatch_window window = {
        .from_min = read_minute(reader, row, "from", 0),
        .until_min = read_minute(reader, row, "until", ZHOL_DISPATCH_NEVER)};
    check_order(reader, row, window.from_min, window.until_min);
    if (calendar) {
        if (*calendar == ZHOL_DISPATCH_NONE) {
            *calendar = 0;
            for (uint32_t i = 0; i < day->engine.window_count; i++) {
                uint32_t next = day->windows[i].calendar + 1;
                *calendar = next > *calendar ? next : *calendar;
            }
        }
        window.calendar = *calendar;
        note_error(apply, dispatch_add_window(day, window));
    }
}

/* The flag of a word "rule:ID"; 0 where it is none. */
static uint32_t read_mark(struct dispatch_reader *reader, struct dispatch_day *day,
                          const char *word)
{
    uint32_t flag = 0;
    uint32_t rule =
        strncmp(word, DISPATCH_RULE_WORD, strlen(DISPATCH_RULE_WORD)) == 0
            ? zhol_corridor_find(day->corridor, ZHOL_TABLE_rule, word + strlen(DISPATCH_RULE_WORD))
            : ZHOL_NONE;
    if (rule == ZHOL_NONE) {
        read_fault(reader, ZHOL_ERROR_UNKNOWN, "flags", word,
                   "perishable, dangerous, no_yard, or rule: and the id of a rule");
        return 0;
    }
    if (dispatch_mark(day, rule, &flag)) {
        read_fault(reader, ZHOL_ERROR_LIMIT, "flags", word, "at most 16 different rules");
    }
    return flag;
}

uint32_t dispatch_read_flags(struct dispatch_reader *reader, struct dispatch_day *day,
                             json_t *object)
{
    static const char *const words[] = {"perishable", "dangerous", "no_yard"};
    json_t *list = read_rows(reader, object, "flags"), *value;
    uint32_t flags = 0;
    size_t i;
    json_array_foreach(list, i, value)
    {
        const char *word = json_is_string(value) ? json_string_value(value) : "";
        uint32_t w = 0;
        while (w < 3 && strcmp(words[w], word) != 0) {
            w++;
        }
        flags |= w < 3 ? 1u << w : read_mark(reader, day, word);
    }
    return flags;
}

uint32_t dispatch_read_destination(struct dispatch_reader *reader, struct dispatch_day *day,
                                   json_t *object)
{
    const char *name = read_text(reader, object, "destination", "");
    uint32_t node = ZHOL_NONE, near[1], near_count, index = ZHOL_DISPATCH_NONE;
    if (!*name) {
        return ZHOL_DISPATCH_NONE;
    }
    if (zhol_corridor_place(day->corridor, name, &node, near, 1, &near_count)) {
        read_fault(reader, ZHOL_ERROR_UNKNOWN, "destination", name, "a place of the corridor");
        return ZHOL_DISPATCH_NONE;
    }
    enum zhol_error error = dispatch_add_destination(day, node, name, &index);
    reader->error = reader->error ? reader->error : error;
    return error ? ZHOL_DISPATCH_NONE : index;
}

static void apply_ban(struct apply *apply, json_t *row, const char *name)
{
    static const char *const known[] = {"gauge", "destination", "flags", "from",
                                        "until", "arriving",    "rule",  NULL};
    struct dispatch_reader *reader = &apply->reader;
    const char *id = read_text(reader, row, "rule", "");
    uint32_t rule = *id ? dispatch_rule_row(apply->day, id) : ZHOL_NONE;
    (void)name;
    read_known(reader, row, known);
    if (*id && rule == ZHOL_NONE) {
        read_fault(reader, ZHOL_ERROR_UNKNOWN, "rule", id, "a rule of the corridor");
    }
    struct zhol_dispatch_ban ban = {
        .gauge = dispatch_read_gauge(reader, row),
        .destination = dispatch_read_destination(reader, apply->day, row),
        .flags = dispatch_read_flags(reader, apply->day, row),
        .from_min = read_minute(reader, row, "from", 0),
        .until_min = read_minute(reader, row, "until", ZHOL_DISPATCH_NEVER),
        .arriving = json_is_true(json_object_get(row, "arriving"))};
    check_order(reader, row, ban.from_min, ban.until_min);
    if (!reader->error) {
        note_error(apply, dispatch_add_ban(apply->day, ban, rule));
    }
}

/* Rules of the corridor that do not hold on this day, whatever the tables say. */
static void apply_lifted(struct apply *apply, json_t *state)
{
    struct dispatch_reader *reader = &apply->reader;
    json_t *list = read_rows(reader, state, "lifted"), *value;
    size_t i;
    json_array_foreach(list, i, value)
    {
        const char *id = json_is_string(value) ? json_string_value(value) : "";
        uint32_t row = dispatch_rule_row(apply->day, id);
        if (row == ZHOL_NONE) {
            read_fault(reader, ZHOL_ERROR_UNKNOWN, "lifted", id, "ids of rules of the corridor");
        } else {
            dispatch_lift(apply->day, row);
        }
    }
}

/* ---- Members that are no lists ---- */

/* A list of hours: each hour of the day must stand there. Hours after the day that do not stand
 * there have no acceptance, and departures as at the same hour of the day. */
static void read_hours(struct dispatch_reader *reader, const json_t *list, const char *key,
                       uint16_t *of, uint32_t hours, bool within_day)
{
    uint32_t count = (uint32_t)json_array_size(list), least = hours < 24 ? hours : 24;
    if (json_array_size(list) > hours || count < least) {
        char expected[64], found[32];
        snprintf(expected, sizeof expected, "from %u to %u numbers, one an hour", least, hours);
        snprintf(found, sizeof found, "%zu", json_array_size(list));
        read_fault(reader, ZHOL_ERROR_RANGE, key, found, expected);
        return;
    }
    for (uint32_t h = 0; h < hours; h++) {
        json_t *one = json_array_get(list, h < count ? h : h - 24);
        json_int_t trains = json_integer_value(one);
        if (!json_is_integer(one) || trains < 0 || trains > 1000) {
            read_fault(reader, ZHOL_ERROR_RANGE, key, "", "whole numbers from 0 to 1000");
            return;
        }
        of[h] = h < count || !within_day ? (uint16_t)trains : 0;
    }
}

static void apply_hours(struct apply *apply, json_t *state, const char *member,
                        uint16_t of[][ZHOL_DISPATCH_HORIZON_MAX / 60], bool within_day)
{
    struct dispatch_reader *reader = &apply->reader;
    uint32_t hours = (uint32_t)apply->day->engine.horizon_min / 60;
    json_t *both = json_object_get(state, member), *value;
    const char *key;
    if (both && !json_is_object(both)) {
        read_fault(reader, ZHOL_ERROR_SYNTAX, member, "", "an object with members 1435 and 1520");
    }
    snprintf(reader->where, sizeof reader->where, "%.100s%s%s", apply->base,
             *apply->base ? "." : "", member);
    json_object_foreach(both, key, value)
    {
        enum zhol_dispatch_gauge gauge = dispatch_gauge_of(strcmp(key, "1435") == 0   ? 1435
                                                           : strcmp(key, "1520") == 0 ? 1520
                                                                                      : 0);
        if (gauge == ZHOL_DISPATCH_GAUGES) {
            read_fault(reader, ZHOL_ERROR_UNKNOWN, key, "", "1435 or 1520");
            continue;
        }
        memset(of[gauge], 0, sizeof of[gauge]);
        dispatch_thin_drop(apply->day, within_day ? ZHOL_DISPATCH_ACCEPT : ZHOL_DISPATCH_DEPART,
                           gauge);
        if (json_is_array(value)) {
            read_hours(reader, value, key, of[gauge], hours, within_day);
        } else {
            int32_t a_day = read_whole(reader, both, key, 0, 1000, 0);
            dispatch_spread(of[gauge], within_day && hours > 24 ? 24 : hours, a_day);
        }
    }
    snprintf(reader->where, sizeof reader->where, "%s", apply->base);
}

static void apply_limits(struct apply *apply, json_t *state)
{
    static const char *const names[] = {"1435", "1520"};
    struct dispatch_reader *reader = &apply->reader;
    json_t *both = json_object_get(state, "limits");
    for (int g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
        json_t *one = json_object_get(both, names[g]);
        struct zhol_dispatch_limits *limits = &apply->day->engine.limits[g];
        snprintf(reader->where, sizeof reader->where, "limits.%s", names[g]);
        limits->weight_t = read_whole(reader, one, "weight_t", 1, 100000, limits->weight_t);
        limits->length_wagons =
            read_whole(reader, one, "length_wagons", 1, 1000, limits->length_wagons);
        limits->heavy_20_pairs = (uint32_t)read_whole(reader, one, "heavy_20_pairs", 0, 10000,
                                                      (int32_t)limits->heavy_20_pairs);
    }
    snprintf(reader->where, sizeof reader->where, "%s", apply->base);
}

static void apply_times(struct apply *apply, json_t *state)
{
    struct dispatch_reader *reader = &apply->reader;
    struct zhol_dispatch_day *engine = &apply->day->engine;
    json_t *times = json_object_get(state, "times");
    snprintf(reader->where, sizeof reader->where, "times");
    engine->form_min = read_whole(reader, times, "form_min", 1, 1440, engine->form_min);
    engine->yard_min = read_whole(reader, times, "yard_min", 0, 2880, engine->yard_min);
    engine->release_min = read_whole(reader, times, "release_min", 0, 2880, engine->release_min);
    engine->free_storage_min =
        read_whole(reader, times, "free_storage_min", 0, MINUTES_MAX, engine->free_storage_min);
    snprintf(reader->where, sizeof reader->where, "%s", apply->base);
}

static void apply_rows(struct apply *apply, json_t *state, const char *member, bool named,
                       void (*one)(struct apply *apply, json_t *row, const char *name))
{
    struct dispatch_reader *reader = &apply->reader;
    json_t *rows = read_rows(reader, state, member);
    for (size_t i = 0; i < json_array_size(rows); i++) {
        json_t *row = read_row(reader, rows, i, apply->base, member);
        const char *name = row ? read_text(reader, row, "name", "") : "";
        if (row && named && !*name) {
            read_fault(reader, ZHOL_ERROR_SYNTAX, "name", "", "the name of the row");
        } else if (row) {
            one(apply, row, name);
        }
    }
    snprintf(reader->where, sizeof reader->where, "%s", apply->base);
}

enum zhol_error dispatch_state_apply(struct dispatch_day *day, json_t *state, const char *file,
                                     const char *where, struct zhol_report *report)
{
    static const char *const known[] = {"accepts", "departs",    "tracks", "fronts", "locomotives",
                                        "stock",   "deliveries", "closed", "bans",   "limits",
                                        "times",   "trains",     "late",   "holds",  "missing_data",
                                        "lifted",  "past",       NULL};
    struct apply apply = {
        .day = day, .reader = {.report = report, .file = file, .date = day->date}, .base = where};
    snprintf(apply.reader.where, sizeof apply.reader.where, "%s", where);
    read_known(&apply.reader, state, known);
    apply_hours(&apply, state, "accepts", day->accepts, true);
    apply_hours(&apply, state, "departs", day->departs, false);
    apply_limits(&apply, state);
    apply_times(&apply, state);
    day->engine.past_min = read_minute(&apply.reader, state, "past", day->engine.past_min);
    apply_lifted(&apply, state);
    apply_rows(&apply, state, "tracks", true, apply_track);
    apply_rows(&apply, state, "fronts", true, apply_front);
    apply_rows(&apply, state, "locomotives", true, apply_locomotive);
    apply_rows(&apply, state, "stock", true, apply_stock);
    apply_rows(&apply, state, "deliveries", false, apply_delivery);
    apply_rows(&apply, state, "closed", false, apply_closed);
    apply_rows(&apply, state, "bans", false, apply_ban);
    dispatch_apply_trains(day, &apply.reader, state, where);
    return apply.reader.error;
}
