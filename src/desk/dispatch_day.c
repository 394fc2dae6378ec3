/* dispatch_day.c: rows and names of a day at a gauge break. See dispatch_day.h. */
#include "desk/dispatch_day.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "desk/dispatch_parts.h"

const struct dispatch_stock_of_gauge dispatch_rolling[ZHOL_DISPATCH_GAUGES] = {
    [ZHOL_DISPATCH_1435] = {14.0, 22.0, 13.4, 23.5, 25, 1},
    [ZHOL_DISPATCH_1520] = {12.8, 13.5, 14.0, 24.0, 30, 2},
};

void dispatch_day_init(struct dispatch_day *day, const struct zhol_corridor *corridor, int32_t date,
                       int32_t horizon_min)
{
    memset(day, 0, sizeof *day);
    day->corridor = corridor;
    day->date = date;
    day->node[ZHOL_DISPATCH_1435] = day->node[ZHOL_DISPATCH_1520] = ZHOL_NONE;
    day->engine.horizon_min = horizon_min;
    text_pool_init(&day->texts);
}

void dispatch_day_clear(struct dispatch_day *day)
{
    text_pool_clear(&day->texts);
    dispatch_numbers_free(day->numbers);
    void *owned[] = {
        day->trains,       day->train_labels, day->units,        day->unit_owners,
        day->tracks,       day->track_labels, day->fronts,       day->front_labels,
        day->locomotives,  day->stocks,       day->stock_labels, day->locomotive_labels,
        day->stock_works,  day->deliveries,   day->windows,      day->bans,
        day->destinations, day->basis,        day->ban_rules,    day->goods_bans,
        day->thins,        day->reload_bans,  day->front_nodes};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) {
        free(owned[i]);
    }
    memset(day, 0, sizeof *day);
}

/* ---- Names ---- */

const char *dispatch_text(const struct dispatch_day *day, uint32_t text)
{
    return text_pool_get(&day->texts, text);
}

const char *dispatch_label_in(const struct dispatch_day *day, struct dispatch_label label,
                              const char *lang)
{
    bool ru = strcmp(lang, "ru") == 0 && label.name_ru;
    return dispatch_text(day, ru ? label.name_ru : label.name);
}

const char *dispatch_destination_name(const struct dispatch_day *day, uint32_t destination,
                                      const char *lang)
{
    const struct dispatch_destination *to = &day->destinations[destination];
    return to->node == ZHOL_NONE ? dispatch_text(day, to->name)
                                 : zhol_node_name(day->corridor, to->node, lang);
}

const char *dispatch_client_in(const struct dispatch_day *day, uint32_t train, const char *lang)
{
    const struct dispatch_train_label *label = &day->train_labels[train];
    return dispatch_label_in(day, (struct dispatch_label){label->client, label->client_ru}, lang);
}

enum zhol_error dispatch_set_client_ru(struct dispatch_day *day, uint32_t train, const char *ru)
{
    return text_pool_intern(&day->texts, text_view_of(ru), &day->train_labels[train].client_ru);
}

const char *dispatch_ban_id(const struct dispatch_day *day, uint32_t ban)
{
    uint32_t count, row = day->ban_rules[ban];
    const struct zhol_rule *rules = zhol_corridor_rule(day->corridor, &count);
    return row == ZHOL_NONE ? ""
                            : zhol_corridor_id(day->corridor, ZHOL_TABLE_rule, rules[row].rule_id);
}

int32_t dispatch_gauge_mm(enum zhol_dispatch_gauge gauge)
{
    return gauge == ZHOL_DISPATCH_1435 ? 1435 : 1520;
}

enum zhol_dispatch_gauge dispatch_gauge_of(int32_t mm)
{
    return mm == 1435 ? ZHOL_DISPATCH_1435 : mm == 1520 ? ZHOL_DISPATCH_1520 : ZHOL_DISPATCH_GAUGES;
}

/* ---- Rows ---- */

static enum zhol_error keep_text(struct dispatch_day *day, const char *text, uint32_t *offset)
{
    return text_pool_intern(&day->texts, text_view_of(text), offset);
}

static enum zhol_error keep_label(struct dispatch_day *day, struct dispatch_label **labels,
                                  uint32_t *room, uint32_t row, const char *name, const char *ru)
{
    struct dispatch_label label = {0, 0};
    enum zhol_error error = keep_text(day, name, &label.name);
    error = error ? error : keep_text(day, ru, &label.name_ru);
    error = error ? error : array_grow((void **)labels, room, row + 1, sizeof **labels);
    if (!error) {
        (*labels)[row] = label;
    }
    return error;
}

enum zhol_error dispatch_add_track(struct dispatch_day *day, struct zhol_dispatch_track track,
                                   const char *name, const char *ru)
{
    uint32_t row = day->engine.track_count;
    enum zhol_error error =
        keep_label(day, &day->track_labels, &day->track_label_room, row, name, ru);
    error = error ? error : ARRAY_RESERVE(day->tracks, day->track_room, row + 1);
    if (!error) {
        day->tracks[day->engine.track_count++] = track;
    }
    return error;
}

enum zhol_error dispatch_add_front(struct dispatch_day *day, struct zhol_dispatch_front front,
                                   const char *name, const char *ru)
{
    uint32_t row = day->engine.front_count;
    enum zhol_error error =
        keep_label(day, &day->front_labels, &day->front_label_room, row, name, ru);
    error = error ? error : ARRAY_RESERVE(day->fronts, day->front_room, row + 1);
    if (!error) {
        day->fronts[day->engine.front_count++] = front;
    }
    return error;
}

enum zhol_error dispatch_add_locomotive(struct dispatch_day *day,
                                        struct zhol_dispatch_locomotive locomotive,
                                        const char *name, const char *ru)
{
    uint32_t row = day->engine.locomotive_count;
    enum zhol_error error =
        keep_label(day, &day->locomotive_labels, &day->locomotive_label_room, row, name, ru);
    error = error ? error : ARRAY_RESERVE(day->locomotives, day->locomotive_room, row + 1);
    if (!error) {
        day->locomotives[day->engine.locomotive_count++] = locomotive;
        day->engine.needs_locomotive[locomotive.move][locomotive.gauge] = true;
    }
    return error;
}

enum zhol_error dispatch_add_stock(struct dispatch_day *day, struct zhol_dispatch_stock stock,
                                   enum zhol_dispatch_work work, const char *name, const char *ru)
{
    uint32_t row = day->engine.stock_count;
    enum zhol_error error =
        keep_label(day, &day->stock_labels, &day->stock_label_room, row, name, ru);
    error = error ? error : ARRAY_RESERVE(day->stocks, day->stock_room, row + 1);
    error = error ? error : ARRAY_RESERVE(day->stock_works, day->stock_work_room, row + 1);
    if (!error) {
        day->stocks[row] = stock;
        day->stock_works[row] = work;
        day->engine.stock_count++;
    }
    return error;
}

enum zhol_error dispatch_add_delivery(struct dispatch_day *day,
                                      struct zhol_dispatch_delivery delivery)
{
    enum zhol_error error =
        ARRAY_RESERVE(day->deliveries, day->delivery_room, day->engine.delivery_count + 1);
    if (!error) {
        day->deliveries[day->engine.delivery_count++] = delivery;
    }
    return error;
}

enum zhol_error dispatch_add_window(struct dispatch_day *day, struct zhol_dispatch_window window)
{
    enum zhol_error error =
        ARRAY_RESERVE(day->windows, day->window_room, day->engine.window_count + 1);
    if (!error) {
        day->windows[day->engine.window_count++] = window;
    }
    return error;
}

enum zhol_error dispatch_add_ban(struct dispatch_day *day, struct zhol_dispatch_ban ban,
                                 uint32_t rule)
{
    uint32_t row = day->engine.ban_count;
    enum zhol_error error = ARRAY_RESERVE(day->bans, day->ban_room, row + 1);
    error = error ? error : ARRAY_RESERVE(day->ban_rules, day->ban_rule_room, row + 1);
    if (!error) {
        day->bans[row] = ban;
        day->ban_rules[row] = rule;
        day->engine.ban_count++;
    }
    return error;
}

enum zhol_error dispatch_add_destination(struct dispatch_day *day, uint32_t node, const char *name,
                                         uint32_t *index)
{
    uint32_t text = 0;
    enum zhol_error error = keep_text(day, name, &text);
    for (*index = 0; !error && *index < day->destination_count; ++*index) {
        const struct dispatch_destination *known = &day->destinations[*index];
        if (known->node == node && (node != ZHOL_NONE || known->name == text)) {
            return ZHOL_ERROR_OK;
        }
    }
    error =
        error ? error
              : ARRAY_RESERVE(day->destinations, day->destination_room, day->destination_count + 1);
    if (!error) {
        day->destinations[day->destination_count++] = (struct dispatch_destination){node, text};
    }
    return error;
}

enum zhol_error dispatch_add_train(struct dispatch_day *day, struct zhol_dispatch_train train,
                                   const char *name, const char *client, const char *origin,
                                   int32_t contract_min, uint32_t *index)
{
    struct dispatch_train_label label = {.contract_min = contract_min};
    uint32_t row = day->engine.train_count;
    enum zhol_error error = keep_text(day, name, &label.name);
    error = error ? error : keep_text(day, client, &label.client);
    error = error ? error : keep_text(day, origin, &label.origin);
    error = error ? error : ARRAY_RESERVE(day->trains, day->train_room, row + 1);
    error = error ? error : ARRAY_RESERVE(day->train_labels, day->train_label_room, row + 1);
    if (!error) {
        day->trains[row] = train;
        day->train_labels[row] = label;
        day->engine.train_count++;
        *index = row;
    }
    return error;
}

enum zhol_error dispatch_add_unit(struct dispatch_day *day, struct zhol_dispatch_unit unit,
                                  const char *owner)
{
    uint32_t row = day->engine.unit_count, text = 0;
    enum zhol_error error = keep_text(day, owner, &text);
    error = error ? error : ARRAY_RESERVE(day->units, day->unit_room, row + 1);
    error = error ? error : ARRAY_RESERVE(day->unit_owners, day->unit_owner_room, row + 1);
    if (!error) {
        unit.owner = text;
        day->units[row] = unit;
        day->unit_owners[row] = text;
        day->engine.unit_count++;
    }
    return error;
}

uint32_t dispatch_stock_for(const struct dispatch_day *day, enum zhol_dispatch_gauge gauge,
                            enum zhol_dispatch_work work)
{
    for (uint32_t i = 0; i < day->engine.stock_count; i++) {
        if (day->stocks[i].gauge == gauge && day->stock_works[i] == work) {
            return i;
        }
    }
    return ZHOL_DISPATCH_NONE;
}

enum zhol_error dispatch_add_group(struct dispatch_day *day, const struct dispatch_group *group)
{
    const struct zhol_dispatch_train *train = &day->trains[group->train];
    enum zhol_dispatch_gauge out =
        train->gauge == ZHOL_DISPATCH_1435 ? ZHOL_DISPATCH_1520 : ZHOL_DISPATCH_1435;
    const struct dispatch_stock_of_gauge *rolling = &dispatch_rolling[out];
    double feu = group->boxes_40 + group->boxes_20 / 2.0, wagons = group->wagons;
    bool boxes = train->work == ZHOL_DISPATCH_CONTAINERS;
    double length_m = boxes ? feu * rolling->box_m : wagons * rolling->wagon_m;
    double tare_t = boxes ? feu * rolling->box_tare_t : wagons * rolling->wagon_tare_t;
    struct zhol_dispatch_unit unit = {
        .train = group->train,
        .destination = group->destination,
        .weight_t = (int32_t)ceil(group->cargo_t + tare_t),
        .length_m = (int32_t)ceil(length_m),
        .boxes_20 = group->boxes_20,
        .boxes_40 = group->boxes_40,
        .heavy_20_pairs = group->heavy_20_pairs,
        .stock = dispatch_stock_for(day, out, train->work),
        .pieces = (uint32_t)ceil(boxes ? feu / rolling->boxes_a_platform : wagons),
        .contract_min = group->contract_min,
        .late_weight = day->late_weight[train->work],
        .hold_until_min = group->hold_until_min,
        .data_min = group->data_min,
        .flags = group->flags};
    if (group->flags & ZHOL_DISPATCH_PERISHABLE) {
        unit.late_weight = unit.late_weight > 333 ? 1000 : unit.late_weight * 3;
    }
    if (unit.stock == ZHOL_DISPATCH_NONE) {
        unit.pieces = 0;
    }
    return dispatch_add_unit(day, unit, group->owner);
}

/* ---- Sealing ---- */

static enum zhol_error cut_units(struct dispatch_day *day)
{
    struct zhol_dispatch_unit *units = NULL;
    uint32_t *origin = NULL, count = 0;
    enum zhol_error error =
        zhol_dispatch_split(&day->engine, DISPATCH_CUT_M, &units, &origin, &count);
    if (!error) {
        free(day->units);
        day->units = units;
        day->unit_room = count;
        day->engine.unit_count = count;
        units = NULL;
        error = ARRAY_RESERVE(day->unit_owners, day->unit_owner_room, count);
    }
    for (uint32_t i = 0; !error && i < count; i++) {
        day->unit_owners[i] = day->units[i].owner;
    }
    free(units);
    free(origin);
    return error;
}

static void point(struct dispatch_day *day)
{
    struct zhol_dispatch_day *engine = &day->engine;
    for (int g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
        engine->accepts[g] = day->accepts[g];
        engine->departs[g] = day->departs[g];
    }
    engine->trains = day->trains;
    engine->units = day->units;
    engine->tracks = day->tracks;
    engine->fronts = day->fronts;
    engine->locomotives = day->locomotives;
    engine->stocks = day->stocks;
    engine->deliveries = day->deliveries;
    engine->windows = day->windows;
    engine->bans = day->bans;
}

enum zhol_error dispatch_day_seal(struct dispatch_day *day, struct zhol_report *report)
{
    point(day);
    enum zhol_error error = zhol_dispatch_check(&day->engine, report); /* says which row is wrong */
    if (error || day->sealed) {
        return error;
    }
    error = cut_units(day);
    point(day);
    day->sealed = !error;
    return error ? error : zhol_dispatch_check(&day->engine, report);
}
