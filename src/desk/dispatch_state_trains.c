/* dispatch_state_trains.c: trains in a state or plan file, and what a state says of trains that
 * are expected. See dispatch_state.h. */
#include <stdio.h>
#include <string.h>

#include "desk/dispatch_parts.h"
#include "desk/dispatch_state.h"
#include "desk/dispatch_state_parts.h"

enum { BOXES_MAX = 10000, LENGTH_MAX = 5000, WEIGHT_MAX = 100000 };

bool dispatch_state_has_trains(const json_t *state)
{
    return json_array_size(json_object_get(state, "trains")) > 0;
}

uint32_t dispatch_train_find(const struct dispatch_day *day, const char *name)
{
    for (uint32_t i = 0; i < day->engine.train_count; i++) {
        if (strcmp(dispatch_text(day, day->train_labels[i].name), name) == 0) {
            return i;
        }
    }
    return ZHOL_DISPATCH_NONE;
}

static void keep(struct dispatch_reader *reader, enum zhol_error error)
{
    reader->error = reader->error ? reader->error : error;
}

/* A fault where the train is one of another day. */
static void check_ready(const struct dispatch_day *day, struct dispatch_reader *reader, json_t *row,
                        int32_t ready_min)
{
    if (ready_min != ZHOL_DISPATCH_NEVER &&
        (ready_min >= day->engine.horizon_min ||
         ready_min < -DISPATCH_WAITED_DAYS * DISPATCH_DAY_MIN)) {
        read_fault(reader, ZHOL_ERROR_RANGE, "ready", read_text(reader, row, "ready", ""),
                   "a time before the end of the planned day and at most 30 days before it "
                   "(see --day)");
    }
}

static void check_way(const struct dispatch_day *day, struct dispatch_reader *reader,
                      enum zhol_dispatch_gauge gauge, uint32_t destination)
{
    if (destination != ZHOL_DISPATCH_NONE &&
        dispatch_wrong_way(day, gauge, day->destinations[destination].node)) {
        read_fault(reader, ZHOL_ERROR_CONFLICT, "destination",
                   dispatch_destination_name(day, destination, "en"),
                   "a place beyond the crossing: this one lies on the side the train comes from");
    }
}

static void add_unit(struct dispatch_day *day, struct dispatch_reader *reader, json_t *row,
                     uint32_t train)
{
    static const char *const known[] = {
        "destination", "owner",          "weight_t", "length_m", "boxes_20",
        "boxes_40",    "heavy_20_pairs", "stock",    "pieces",   "contract",
        "late_weight", "hold_until",     "data",     "flags",    NULL};
    read_known(reader, row, known);
    struct zhol_dispatch_unit unit = {
        .train = train,
        .destination = dispatch_read_destination(reader, day, row),
        .weight_t = read_whole(reader, row, "weight_t", 0, WEIGHT_MAX, 0),
        .length_m = read_whole(reader, row, "length_m", 0, LENGTH_MAX, 0),
        .boxes_20 = (uint32_t)read_whole(reader, row, "boxes_20", 0, BOXES_MAX, 0),
        .boxes_40 = (uint32_t)read_whole(reader, row, "boxes_40", 0, BOXES_MAX, 0),
        .heavy_20_pairs = (uint32_t)read_whole(reader, row, "heavy_20_pairs", 0, BOXES_MAX, 0),
        .stock = ZHOL_DISPATCH_NONE,
        .pieces = (uint32_t)read_whole(reader, row, "pieces", 0, BOXES_MAX, 0),
        .contract_min = read_minute(reader, row, "contract", 0),
        .late_weight = read_whole(reader, row, "late_weight", 0, 1000, 10),
        .hold_until_min = read_minute(reader, row, "hold_until", 0),
        .data_min = read_minute(reader, row, "data", 0),
        .flags = dispatch_read_flags(reader, day, row)};
    if (json_object_get(row, "stock")) {
        unit.stock = dispatch_read_named(reader, day, row, "stock", day->stock_labels,
                                         day->engine.stock_count);
    }
    check_way(day, reader, day->trains[train].gauge, unit.destination);
    if (unit.destination == ZHOL_DISPATCH_NONE && !*read_text(reader, row, "destination", "")) {
        read_fault(reader, ZHOL_ERROR_SYNTAX, "destination", "", "where the unit goes");
    } else if (!reader->error) {
        struct dispatch_goods goods = {dispatch_class_of(day->trains[train].work), ZHOL_NONE,
                                       day->destinations[unit.destination].node};
        keep(reader, dispatch_goods_flags(day, day->trains[train].gauge, &goods, &unit.flags));
        keep(reader, dispatch_add_unit(day, unit, read_text(reader, row, "owner", "")));
    }
}

static const char *const done_words[] = {"no", "taken", "left"};

static enum zhol_dispatch_done read_done(struct dispatch_reader *reader, json_t *row)
{
    const char *word = read_text(reader, row, "done", "no");
    for (int i = 0; i < 3; i++) {
        if (strcmp(word, done_words[i]) == 0) {
            return (enum zhol_dispatch_done)i;
        }
    }
    read_fault(reader, ZHOL_ERROR_UNKNOWN, "done", word, "no, taken or left");
    return ZHOL_DISPATCH_TO_COME;
}

/* A train with all it has, as dispatch_day_write writes it. */
static void add_whole(struct dispatch_day *day, struct dispatch_reader *reader, json_t *row)
{
    char base[DISPATCH_PATH_SIZE];
    uint32_t index = 0;
    struct zhol_dispatch_train train = {
        .gauge = dispatch_read_gauge(reader, row),
        .work = dispatch_read_work(reader, row, ZHOL_DISPATCH_CONTAINERS),
        .ready_min = read_minute(reader, row, "ready", 0),
        .length_m = read_whole(reader, row, "length_m", 1, LENGTH_MAX, 800),
        .wagons = (uint32_t)read_whole(reader, row, "wagons", 0, BOXES_MAX, 0),
        .frees_stock = ZHOL_DISPATCH_NONE,
        .frees_count = (uint32_t)read_whole(reader, row, "frees_count", 0, BOXES_MAX, 0)};
    train.done = read_done(reader, row);
    train.inspect_min =
        read_whole(reader, row, "inspect_min", 1, 2880, day->inspect_min[train.gauge]);
    if (json_object_get(row, "frees_stock")) {
        train.frees_stock = dispatch_read_named(reader, day, row, "frees_stock", day->stock_labels,
                                                day->engine.stock_count);
    }
    if (reader->error) {
        return;
    }
    keep(reader, dispatch_add_train(day, train, read_text(reader, row, "name", ""),
                                    read_text(reader, row, "client", ""),
                                    read_text(reader, row, "origin", ""),
                                    read_minute(reader, row, "contract", 0), &index));
    keep(reader, dispatch_set_client_ru(day, index, read_text(reader, row, "client_ru", "")));
    json_t *units = read_rows(reader, row, "units");
    snprintf(base, sizeof base, "%s", reader->where);
    for (size_t i = 0; i < json_array_size(units); i++) {
        json_t *unit = read_row(reader, units, i, base, "units");
        if (unit) {
            add_unit(day, reader, unit, index);
        }
    }
}

/* An ordinary train of the corridor's load classes. */
static void add_ordinary(struct dispatch_day *day, struct dispatch_reader *reader, json_t *row)
{
    uint32_t index, first = day->engine.unit_count;
    struct dispatch_usual usual = {.gauge = dispatch_read_gauge(reader, row),
                                   .work =
                                       dispatch_read_work(reader, row, ZHOL_DISPATCH_CONTAINERS),
                                   .ready_min = read_minute(reader, row, "ready", 0),
                                   .destination = dispatch_read_destination(reader, day, row),
                                   .name = read_text(reader, row, "name", ""),
                                   .client = read_text(reader, row, "client", ""),
                                   .origin = "state"};
    check_ready(day, reader, row, usual.ready_min);
    check_way(day, reader, usual.gauge, usual.destination);
    if (usual.destination == ZHOL_DISPATCH_NONE && !*read_text(reader, row, "destination", "")) {
        read_fault(reader, ZHOL_ERROR_SYNTAX, "destination", "",
                   "where the train goes, or its units");
    }
    if (reader->error) {
        return;
    }
    keep(reader, dispatch_add_usual(day, &usual, &index));
    for (uint32_t i = first; !reader->error && i < day->engine.unit_count; i++) {
        struct zhol_dispatch_unit *unit = &day->units[i];
        unit->contract_min = read_minute(reader, row, "contract", unit->contract_min);
        day->train_labels[index].contract_min = unit->contract_min;
        unit->flags |= dispatch_read_flags(reader, day, row);
    }
}

static void add_train(struct dispatch_day *day, struct dispatch_reader *reader, json_t *row)
{
    static const char *const known[] = {
        "name",     "client",      "client_ru",   "origin", "gauge",       "work",
        "ready",    "inspect_min", "length_m",    "wagons", "frees_stock", "frees_count",
        "contract", "units",       "destination", "flags",  "done",        NULL};
    const char *name = read_text(reader, row, "name", "");
    read_known(reader, row, known);
    if (!*name) {
        read_fault(reader, ZHOL_ERROR_SYNTAX, "name", "", "the number of the train");
    } else if (dispatch_train_find(day, name) != ZHOL_DISPATCH_NONE) {
        read_fault(reader, ZHOL_ERROR_DUPLICATE, "name", name, "a train that does not stand above");
    } else if (json_object_get(row, "units")) {
        add_whole(day, reader, row);
    } else {
        add_ordinary(day, reader, row);
    }
}

/* ---- What is said of trains that are there ---- */

enum about { ABOUT_LATE, ABOUT_HOLD, ABOUT_DATA };

static void tell_train(struct dispatch_day *day, struct dispatch_reader *reader, json_t *row,
                       enum about about)
{
    static const char *const members[] = {"ready", "until", "at"};
    const char *const known[] = {"train", members[about], NULL};
    const char *name = read_text(reader, row, "train", "");
    uint32_t train = dispatch_train_find(day, name);
    read_known(reader, row, known);
    if (train == ZHOL_DISPATCH_NONE) {
        read_fault(reader, ZHOL_ERROR_UNKNOWN, "train", name, "a train of this day");
        return;
    }
    int32_t minute = read_minute(reader, row, members[about], ZHOL_DISPATCH_NEVER);
    if (about == ABOUT_LATE) {
        day->trains[train].ready_min = minute;
    }
    for (uint32_t i = 0; i < day->engine.unit_count && about != ABOUT_LATE; i++) {
        if (day->units[i].train == train) {
            *(about == ABOUT_HOLD ? &day->units[i].hold_until_min : &day->units[i].data_min) =
                minute;
        }
    }
}

void dispatch_apply_trains(struct dispatch_day *day, struct dispatch_reader *reader, json_t *state,
                           const char *base)
{
    static const char *const told[] = {"late", "holds", "missing_data"};
    json_t *rows = read_rows(reader, state, "trains");
    for (size_t i = 0; i < json_array_size(rows); i++) {
        json_t *row = read_row(reader, rows, i, base, "trains");
        if (row) {
            add_train(day, reader, row);
        }
    }
    for (int about = 0; about < 3; about++) {
        snprintf(reader->where, sizeof reader->where, "%s", base);
        rows = read_rows(reader, state, told[about]);
        for (size_t i = 0; i < json_array_size(rows); i++) {
            json_t *row = read_row(reader, rows, i, base, told[about]);
            if (row) {
                tell_train(day, reader, row, (enum about)about);
            }
        }
    }
    snprintf(reader->where, sizeof reader->where, "%s", base);
}
