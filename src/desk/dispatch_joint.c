/* dispatch_joint.c: writing a joint plan, and its states. See dispatch_joint.h. */
#include "desk/dispatch_joint.h"

#include <stdlib.h>
#include <string.h>

#include "base/time.h"

void dispatch_joint_init(struct dispatch_joint *joint)
{
    memset(joint, 0, sizeof *joint);
    joint->revision = 1;
}

void dispatch_joint_clear(struct dispatch_joint *joint)
{
    zhol_dispatch_plan_clear(&joint->plan);
    dispatch_day_clear(&joint->day);
    free(joint->facts);
    free(joint->promises);
    memset(joint, 0, sizeof *joint);
}

enum zhol_error dispatch_joint_begin(struct dispatch_joint *joint)
{
    uint32_t count = joint->day.engine.train_count;
    joint->facts = malloc((count ? count : 1) * sizeof *joint->facts);
    for (uint32_t i = 0; joint->facts && i < count; i++) {
        joint->facts[i] = (struct dispatch_fact){ZHOL_DISPATCH_NEVER, ZHOL_DISPATCH_NEVER};
    }
    return joint->facts ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

enum zhol_error dispatch_joint_agree(struct dispatch_joint *joint, enum zhol_dispatch_gauge side)
{
    uint32_t count = joint->plan.train_count;
    joint->agreed[side] = true;
    if (!joint->agreed[0] || !joint->agreed[1]) {
        return ZHOL_ERROR_OK;
    }
    struct dispatch_promise *promises = malloc((count ? count : 1) * sizeof *promises);
    if (!promises) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        promises[i] = (struct dispatch_promise){joint->plan.passages[i].accept_min,
                                                dispatch_train_leaves(&joint->day, &joint->plan, i),
                                                joint->plan.passages[i].cause};
    }
    free(joint->promises);
    joint->promises = promises;
    joint->promised_revision = joint->revision;
    return ZHOL_ERROR_OK;
}

void dispatch_joint_replace(struct dispatch_joint *joint, struct zhol_dispatch_plan plan)
{
    zhol_dispatch_plan_clear(&joint->plan);
    joint->plan = plan;
    joint->agreed[0] = joint->agreed[1] = false;
    joint->revision++;
}

enum dispatch_plan_state dispatch_joint_state(const struct dispatch_joint *joint)
{
    bool done = joint->agreed[0] && joint->agreed[1], any = false;
    if (!done) {
        return DISPATCH_PROPOSED;
    }
    for (uint32_t i = 0; i < joint->plan.train_count; i++) {
        bool taken = joint->plan.passages[i].accept_min != ZHOL_DISPATCH_NEVER;
        done = done && (!taken || joint->facts[i].accepted_min != ZHOL_DISPATCH_NEVER);
        any = any || taken;
    }
    return done && any ? DISPATCH_DONE : DISPATCH_AGREED;
}

const char *dispatch_state_word(enum dispatch_plan_state state)
{
    static const char *const words[] = {"proposed", "agreed", "done"};
    return words[state];
}

const char *dispatch_side(const struct dispatch_day *day, enum zhol_dispatch_gauge gauge)
{
    uint32_t count;
    const struct zhol_node *nodes = zhol_corridor_node(day->corridor, &count);
    return zhol_corridor_text(day->corridor, nodes[day->node[gauge]].country);
}

enum zhol_dispatch_gauge dispatch_side_named(const struct dispatch_day *day, const char *country)
{
    for (int g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
        if (text_equal_fold(text_view_of(country),
                            text_view_of(dispatch_side(day, (enum zhol_dispatch_gauge)g)))) {
            return (enum zhol_dispatch_gauge)g;
        }
    }
    return ZHOL_DISPATCH_GAUGES;
}

int32_t dispatch_train_leaves(const struct dispatch_day *day, const struct zhol_dispatch_plan *plan,
                              uint32_t train)
{
    int32_t last = INT32_MIN;
    for (uint32_t i = 0; i < plan->unit_count; i++) {
        if (day->units[i].train == train) {
            int32_t leaves = plan->carriages[i].formed == ZHOL_DISPATCH_NONE
                                 ? ZHOL_DISPATCH_NEVER
                                 : plan->carriages[i].leave_min;
            last = leaves > last ? leaves : last;
        }
    }
    return last == INT32_MIN ? ZHOL_DISPATCH_NEVER : last;
}

/* ---- Writing ---- */

static void member_minute(const struct dispatch_day *day, struct json_writer *json, const char *key,
                          int32_t minute)
{
    struct buffer text;
    buffer_init(&text);
    dispatch_minute_text(day, minute, &text);
    json_member_text(json, key, buffer_get(&text));
    buffer_clear(&text);
}

/* A row by its English name, or null. */
static void member_row(const struct dispatch_day *day, struct json_writer *json, const char *key,
                       const struct dispatch_label *labels, uint32_t row)
{
    json_member_text(json, key,
                     row == ZHOL_DISPATCH_NONE ? NULL : dispatch_text(day, labels[row].name));
}

/* The rules by which a train is kept out. */
static void write_bans(const struct dispatch_day *day, struct json_writer *json, uint32_t train)
{
    json_write_key(json, "rules");
    json_write_array(json);
    for (uint32_t i = 0; i < day->engine.ban_count; i++) {
        const struct zhol_dispatch_ban *ban = &day->bans[i];
        if (day->ban_rules[i] != ZHOL_NONE && ban->until_min > 0 &&
            ban->from_min < day->engine.horizon_min &&
            zhol_dispatch_ban_concerns(&day->engine, ban, train)) {
            json_write_text(json, dispatch_ban_id(day, i));
        }
    }
    json_write_array_end(json);
}

static void write_passages(const struct dispatch_joint *joint, struct json_writer *json)
{
    const struct dispatch_day *day = &joint->day;
    json_write_key(json, "trains");
    json_write_array(json);
    for (uint32_t i = 0; i < joint->plan.train_count; i++) {
        const struct zhol_dispatch_passage *passage = &joint->plan.passages[i];
        json_write_object(json);
        json_member_text(json, "train", dispatch_text(day, day->train_labels[i].name));
        member_minute(day, json, "accept", passage->accept_min);
        member_minute(day, json, "begin", passage->begin_min);
        member_minute(day, json, "end", passage->end_min);
        member_row(day, json, "track", day->track_labels, passage->track);
        member_row(day, json, "front", day->front_labels, passage->front);
        member_row(day, json, "locomotive", day->locomotive_labels, passage->locomotive);
        json_member_text(json, "cause", zhol_dispatch_cause_word(passage->cause));
        if (passage->cause == ZHOL_DISPATCH_BY_BAN) {
            write_bans(day, json, i);
        }
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static void write_carriages(const struct dispatch_joint *joint, struct json_writer *json)
{
    const struct dispatch_day *day = &joint->day;
    json_write_key(json, "units");
    json_write_array(json);
    for (uint32_t i = 0; i < joint->plan.unit_count; i++) {
        const struct zhol_dispatch_carriage *carriage = &joint->plan.carriages[i];
        json_write_object(json);
        json_member_text(json, "train",
                         dispatch_text(day, day->train_labels[day->units[i].train].name));
        if (carriage->formed == ZHOL_DISPATCH_NONE) {
            json_member_null(json, "formed");
        } else {
            json_member_int(json, "formed", (int64_t)carriage->formed + 1);
        }
        json_member_bool(json, "yard", carriage->yard);
        member_minute(day, json, "leave", carriage->leave_min);
        json_member_int(json, "late_min", carriage->late_min);
        member_minute(day, json, "storage", carriage->storage_min);
        json_member_text(json, "cause", zhol_dispatch_cause_word(carriage->cause));
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static void write_formed(const struct dispatch_joint *joint, struct json_writer *json)
{
    const struct dispatch_day *day = &joint->day;
    json_write_key(json, "formed");
    json_write_array(json);
    for (uint32_t i = 0; i < joint->plan.formed_count; i++) {
        const struct zhol_dispatch_formed *formed = &joint->plan.formed[i];
        json_write_object(json);
        json_member_int(json, "number", (int64_t)i + 1);
        json_member_int(json, "gauge", dispatch_gauge_mm(formed->gauge));
        json_member_text(json, "destination",
                         dispatch_destination_name(day, formed->destination, "en"));
        member_minute(day, json, "open", formed->open_min);
        member_minute(day, json, "depart", formed->depart_min);
        member_row(day, json, "track", day->track_labels, formed->track);
        member_row(day, json, "locomotive", day->locomotive_labels, formed->locomotive);
        json_member_int(json, "weight_t", formed->weight_t);
        json_member_int(json, "length_m", formed->length_m);
        json_member_int(json, "heavy_20_pairs", formed->heavy_20_pairs);
        json_member_int(json, "units", formed->unit_count);
        json_member_int(json, "pieces", formed->pieces);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

const char *dispatch_proof_word(enum zhol_dispatch_proof proof)
{
    static const char *const words[] = {"not sought", "proven", "too large", "given up"};
    return words[proof];
}

static void write_plan(const struct dispatch_joint *joint, struct json_writer *json)
{
    const struct zhol_dispatch_plan *plan = &joint->plan;
    json_write_key(json, "plan");
    json_write_object(json);
    json_write_key(json, "objective");
    json_write_object(json);
    json_member_int(json, "late", plan->objective.late);
    json_member_int(json, "pushed", plan->objective.pushed);
    json_member_int(json, "turns", plan->objective.turns);
    json_member_int(json, "yard_boxes", plan->objective.yard_boxes);
    json_write_object_end(json);
    json_member_int(json, "late_bound", plan->late_bound);
    json_member_fixed(json, "gap", plan->gap, 4);
    json_member_bool(json, "optimal", plan->optimal);
    json_member_text(json, "proof", dispatch_proof_word(plan->proof));
    write_passages(joint, json);
    write_carriages(joint, json);
    write_formed(joint, json);
    json_write_object_end(json);
}

static void write_sides(const struct dispatch_joint *joint, struct json_writer *json)
{
    json_write_key(json, "sides");
    json_write_array(json);
    for (int g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
        json_write_object(json);
        json_member_text(json, "side", dispatch_side(&joint->day, (enum zhol_dispatch_gauge)g));
        json_member_bool(json, "agreed", joint->agreed[g]);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static void write_promises(const struct dispatch_joint *joint, struct json_writer *json)
{
    const struct dispatch_day *day = &joint->day;
    json_write_key(json, "promised");
    json_write_object(json);
    json_member_int(json, "revision", joint->promised_revision);
    json_write_key(json, "trains");
    json_write_array(json);
    for (uint32_t i = 0; i < joint->plan.train_count; i++) {
        const struct dispatch_promise *it = &joint->promises[i];
        json_write_object(json);
        json_member_text(json, "train", dispatch_text(day, day->train_labels[i].name));
        member_minute(day, json, "accept", it->accept_min);
        member_minute(day, json, "leaves", it->leave_min);
        json_member_text(json, "cause", zhol_dispatch_cause_word(it->cause));
        json_write_object_end(json);
    }
    json_write_array_end(json);
    json_write_object_end(json);
}

static void write_facts(const struct dispatch_joint *joint, struct json_writer *json)
{
    const struct dispatch_day *day = &joint->day;
    json_write_key(json, "facts");
    json_write_array(json);
    for (uint32_t i = 0; i < joint->plan.train_count; i++) {
        if (joint->facts[i].accepted_min != ZHOL_DISPATCH_NEVER ||
            joint->facts[i].left_min != ZHOL_DISPATCH_NEVER) {
            json_write_object(json);
            json_member_text(json, "train", dispatch_text(day, day->train_labels[i].name));
            member_minute(day, json, "accepted", joint->facts[i].accepted_min);
            member_minute(day, json, "left", joint->facts[i].left_min);
            json_write_object_end(json);
        }
    }
    json_write_array_end(json);
}

void dispatch_joint_write(const struct dispatch_joint *joint, struct json_writer *json)
{
    json_write_object(json);
    dispatch_joint_write_members(joint, json);
    json_write_object_end(json);
}

void dispatch_joint_write_members(const struct dispatch_joint *joint, struct json_writer *json)
{
    char date[TIME_TEXT_SIZE];
    const struct dispatch_day *day = &joint->day;
    time_format_date(day->date, date);
    json_member_text(json, "kind", "dispatch plan");
    json_write_key(json, "crossing");
    json_write_object(json);
    for (int g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
        json_member_text(json, g == ZHOL_DISPATCH_1435 ? "1435" : "1520",
                         zhol_corridor_id(day->corridor, ZHOL_TABLE_node, day->node[g]));
    }
    json_write_object_end(json);
    json_member_text(json, "date", date);
    json_member_int(json, "horizon_h", day->engine.horizon_min / 60);
    json_member_int(json, "revision", joint->revision);
    json_member_text(json, "state", dispatch_state_word(dispatch_joint_state(joint)));
    write_sides(joint, json);
    write_plan(joint, json);
    if (joint->promises) {
        write_promises(joint, json);
    }
    write_facts(joint, json);
    json_write_key(json, "day");
    dispatch_day_write(day, json);
}
