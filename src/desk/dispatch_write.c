/* dispatch_write.c: a whole day as JSON, in the form in which a state is read. See
 * dispatch_state.h. */
#include <string.h>

#include "base/time.h"
#include "desk/dispatch_state.h"

void dispatch_minute_text(const struct dispatch_day *day, int32_t minute, struct buffer *out)
{
    char text[TIME_TEXT_SIZE];
    if (minute == ZHOL_DISPATCH_NEVER) {
        buffer_string(out, "never");
        return;
    }
    time_format_minute((int64_t)day->date * TIME_DAY_S + (int64_t)minute * 60, text);
    text[10] = 'T';
    buffer_string(out, text);
}

static void member_minute(const struct dispatch_day *day, struct json_writer *json, const char *key,
                          int32_t minute)
{
    struct buffer text;
    buffer_init(&text);
    dispatch_minute_text(day, minute, &text);
    json_member_text(json, key, buffer_get(&text));
    buffer_clear(&text);
}

static void member_label(const struct dispatch_day *day, struct json_writer *json,
                         struct dispatch_label label)
{
    json_member_text(json, "name", dispatch_text(day, label.name));
    if (label.name_ru) {
        json_member_text(json, "name_ru", dispatch_text(day, label.name_ru));
    }
}

static void write_hours(const struct dispatch_day *day, struct json_writer *json, const char *key,
                        const uint16_t of[][ZHOL_DISPATCH_HORIZON_MAX / 60])
{
    json_write_key(json, key);
    json_write_object(json);
    for (int g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
        json_write_key(json, g == ZHOL_DISPATCH_1435 ? "1435" : "1520");
        json_write_array(json);
        for (int32_t h = 0; h < day->engine.horizon_min / 60; h++) {
            json_write_int(json, of[g][h]);
        }
        json_write_array_end(json);
    }
    json_write_object_end(json);
}

static void write_tracks(const struct dispatch_day *day, struct json_writer *json)
{
    json_write_key(json, "tracks");
    json_write_array(json);
    for (uint32_t i = 0; i < day->engine.track_count; i++) {
        json_write_object(json);
        member_label(day, json, day->track_labels[i]);
        json_member_int(json, "gauge", dispatch_gauge_mm(day->tracks[i].gauge));
        json_member_int(json, "length_m", day->tracks[i].length_m);
        member_minute(day, json, "free_from", day->tracks[i].free_from_min);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static void write_fronts(const struct dispatch_day *day, struct json_writer *json)
{
    json_write_key(json, "fronts");
    json_write_array(json);
    for (uint32_t i = 0; i < day->engine.front_count; i++) {
        const struct zhol_dispatch_front *front = &day->fronts[i];
        json_write_object(json);
        member_label(day, json, day->front_labels[i]);
        json_member_text(json, "work", dispatch_work_words[front->work]);
        json_write_key(json, "takes");
        json_write_array(json);
        for (int g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
            if (front->takes[g]) {
                json_write_int(json, dispatch_gauge_mm((enum zhol_dispatch_gauge)g));
            }
        }
        json_write_array_end(json);
        json_member_int(json, "cranes", front->cranes);
        json_member_int(json, "rate", front->rate);
        json_member_int(json, "setup_min", front->setup_min);
        json_member_int(json, "length_m", front->length_m);
        member_minute(day, json, "free_from", front->free_from_min);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static void write_locomotives(const struct dispatch_day *day, struct json_writer *json)
{
    json_write_key(json, "locomotives");
    json_write_array(json);
    for (uint32_t i = 0; i < day->engine.locomotive_count; i++) {
        const struct zhol_dispatch_locomotive *one = &day->locomotives[i];
        json_write_object(json);
        member_label(day, json, day->locomotive_labels[i]);
        json_member_text(json, "move", one->move == ZHOL_DISPATCH_ACCEPT ? "accept" : "depart");
        json_member_int(json, "gauge", dispatch_gauge_mm(one->gauge));
        member_minute(day, json, "free_from", one->free_from_min);
        json_member_int(json, "return_min", one->return_min);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static const char *stock_name(const struct dispatch_day *day, uint32_t stock)
{
    return dispatch_text(day, day->stock_labels[stock].name);
}

static void write_stock(const struct dispatch_day *day, struct json_writer *json)
{
    json_write_key(json, "stock");
    json_write_array(json);
    for (uint32_t i = 0; i < day->engine.stock_count; i++) {
        json_write_object(json);
        member_label(day, json, day->stock_labels[i]);
        json_member_int(json, "gauge", dispatch_gauge_mm(day->stocks[i].gauge));
        json_member_text(json, "work", dispatch_work_words[day->stock_works[i]]);
        json_member_int(json, "count", day->stocks[i].count);
        json_write_object_end(json);
    }
    json_write_array_end(json);
    json_write_key(json, "deliveries");
    json_write_array(json);
    for (uint32_t i = 0; i < day->engine.delivery_count; i++) {
        json_write_object(json);
        json_member_text(json, "stock", stock_name(day, day->deliveries[i].stock));
        member_minute(day, json, "at", day->deliveries[i].minute);
        json_member_int(json, "count", day->deliveries[i].count);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static void write_windows(const struct dispatch_day *day, struct json_writer *json,
                          const char *what, uint32_t calendar, const char *name)
{
    for (uint32_t i = 0; i < day->engine.window_count && calendar != ZHOL_DISPATCH_NONE; i++) {
        if (day->windows[i].calendar == calendar) {
            json_write_object(json);
            json_member_text(json, what, name);
            member_minute(day, json, "from", day->windows[i].from_min);
            member_minute(day, json, "until", day->windows[i].until_min);
            json_write_object_end(json);
        }
    }
}

static void write_flags(const struct dispatch_day *day, struct json_writer *json, uint32_t flags)
{
    static const char *const words[] = {"perishable", "dangerous", "no_yard"};
    json_write_key(json, "flags");
    json_write_array(json);
    for (unsigned w = 0; w < 3; w++) {
        if (flags & 1u << w) {
            json_write_text(json, words[w]);
        }
    }
    for (uint32_t i = 0; i < day->mark_count; i++) {
        if (flags & (uint32_t)ZHOL_DISPATCH_MARK << i) {
            struct buffer word;
            buffer_init(&word);
            buffer_printf(&word, "%s%s", DISPATCH_RULE_WORD,
                          zhol_corridor_id(day->corridor, ZHOL_TABLE_rule, day->marks[i]));
            json_write_text(json, buffer_get(&word));
            buffer_clear(&word);
        }
    }
    json_write_array_end(json);
}

static void write_closed_and_bans(const struct dispatch_day *day, struct json_writer *json)
{
    json_write_key(json, "closed");
    json_write_array(json);
    for (uint32_t i = 0; i < day->engine.track_count; i++) {
        write_windows(day, json, "track", day->tracks[i].calendar,
                      dispatch_text(day, day->track_labels[i].name));
    }
    for (uint32_t i = 0; i < day->engine.front_count; i++) {
        write_windows(day, json, "front", day->fronts[i].calendar,
                      dispatch_text(day, day->front_labels[i].name));
    }
    json_write_array_end(json);
    json_write_key(json, "bans");
    json_write_array(json);
    for (uint32_t i = 0; i < day->engine.ban_count; i++) {
        const struct zhol_dispatch_ban *ban = &day->bans[i];
        json_write_object(json);
        json_member_int(json, "gauge", dispatch_gauge_mm(ban->gauge));
        if (ban->destination != ZHOL_DISPATCH_NONE) {
            json_member_text(json, "destination",
                             dispatch_destination_name(day, ban->destination, "en"));
        }
        write_flags(day, json, ban->flags);
        member_minute(day, json, "from", ban->from_min);
        member_minute(day, json, "until", ban->until_min);
        if (ban->arriving) {
            json_member_bool(json, "arriving", true);
        }
        if (day->ban_rules[i] != ZHOL_NONE) {
            json_member_text(json, "rule", dispatch_ban_id(day, i));
        }
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static void write_unit(const struct dispatch_day *day, struct json_writer *json, uint32_t row)
{
    const struct zhol_dispatch_unit *unit = &day->units[row];
    json_write_object(json);
    json_member_text(json, "destination", dispatch_destination_name(day, unit->destination, "en"));
    json_member_text(json, "owner", dispatch_text(day, day->unit_owners[row]));
    json_member_int(json, "weight_t", unit->weight_t);
    json_member_int(json, "length_m", unit->length_m);
    json_member_int(json, "boxes_20", unit->boxes_20);
    json_member_int(json, "boxes_40", unit->boxes_40);
    json_member_int(json, "heavy_20_pairs", unit->heavy_20_pairs);
    if (unit->stock != ZHOL_DISPATCH_NONE) {
        json_member_text(json, "stock", stock_name(day, unit->stock));
    }
    json_member_int(json, "pieces", unit->pieces);
    member_minute(day, json, "contract", unit->contract_min);
    json_member_int(json, "late_weight", unit->late_weight);
    member_minute(day, json, "hold_until", unit->hold_until_min);
    member_minute(day, json, "data", unit->data_min);
    write_flags(day, json, unit->flags);
    json_write_object_end(json);
}

static void write_train(const struct dispatch_day *day, struct json_writer *json, uint32_t row)
{
    const struct zhol_dispatch_train *train = &day->trains[row];
    const struct dispatch_train_label *label = &day->train_labels[row];
    json_write_object(json);
    json_member_text(json, "name", dispatch_text(day, label->name));
    json_member_text(json, "client", dispatch_text(day, label->client));
    if (label->client_ru) {
        json_member_text(json, "client_ru", dispatch_text(day, label->client_ru));
    }
    json_member_text(json, "origin", dispatch_text(day, label->origin));
    json_member_int(json, "gauge", dispatch_gauge_mm(train->gauge));
    json_member_text(json, "work", dispatch_work_words[train->work]);
    member_minute(day, json, "ready", train->ready_min);
    if (train->done) {
        json_member_text(json, "done", train->done == ZHOL_DISPATCH_LEFT ? "left" : "taken");
    }
    json_member_int(json, "inspect_min", train->inspect_min);
    json_member_int(json, "length_m", train->length_m);
    json_member_int(json, "wagons", train->wagons);
    if (train->frees_stock != ZHOL_DISPATCH_NONE) {
        json_member_text(json, "frees_stock", stock_name(day, train->frees_stock));
        json_member_int(json, "frees_count", train->frees_count);
    }
    member_minute(day, json, "contract", label->contract_min);
    json_write_key(json, "units");
    json_write_array(json);
    for (uint32_t i = 0; i < day->engine.unit_count; i++) {
        if (day->units[i].train == row) {
            write_unit(day, json, i);
        }
    }
    json_write_array_end(json);
    json_write_object_end(json);
}

static void write_limits(const struct dispatch_day *day, struct json_writer *json)
{
    const struct zhol_dispatch_day *engine = &day->engine;
    json_write_key(json, "limits");
    json_write_object(json);
    for (int g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
        json_write_key(json, g == ZHOL_DISPATCH_1435 ? "1435" : "1520");
        json_write_object(json);
        json_member_int(json, "weight_t", engine->limits[g].weight_t);
        json_member_int(json, "length_wagons", engine->limits[g].length_wagons);
        json_member_int(json, "heavy_20_pairs", engine->limits[g].heavy_20_pairs);
        json_write_object_end(json);
    }
    json_write_object_end(json);
    json_write_key(json, "times");
    json_write_object(json);
    json_member_int(json, "form_min", engine->form_min);
    json_member_int(json, "yard_min", engine->yard_min);
    json_member_int(json, "release_min", engine->release_min);
    json_member_int(json, "free_storage_min", engine->free_storage_min);
    json_write_object_end(json);
}

void dispatch_day_write(const struct dispatch_day *day, struct json_writer *json)
{
    json_write_object(json);
    if (day->engine.past_min > 0) {
        member_minute(day, json, "past", day->engine.past_min);
    }
    write_hours(day, json, "accepts", day->accepts);
    write_hours(day, json, "departs", day->departs);
    write_tracks(day, json);
    write_fronts(day, json);
    write_locomotives(day, json);
    write_stock(day, json);
    write_closed_and_bans(day, json);
    write_limits(day, json);
    json_write_key(json, "trains");
    json_write_array(json);
    for (uint32_t i = 0; i < day->engine.train_count; i++) {
        write_train(day, json, i);
    }
    json_write_array_end(json);
    json_write_object_end(json);
}
