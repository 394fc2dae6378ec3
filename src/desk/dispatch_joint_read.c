/* dispatch_joint_read.c: reading a joint plan. See dispatch_joint.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "desk/dispatch_joint.h"
#include "desk/dispatch_state_parts.h"

struct joint_reader {
    struct dispatch_joint *joint;
    struct dispatch_reader reader;
    json_t *root;
};

static uint32_t station_of(struct joint_reader *in, json_t *crossing, const char *gauge)
{
    const char *id = read_text(&in->reader, crossing, gauge, "");
    uint32_t node = zhol_corridor_find(in->joint->day.corridor, ZHOL_TABLE_node, id);
    if (node == ZHOL_NONE) {
        read_fault(&in->reader, ZHOL_ERROR_UNKNOWN, gauge, id, "a station of the corridor");
    }
    return node;
}

static void read_head(struct joint_reader *in)
{
    struct dispatch_reader *reader = &in->reader;
    struct dispatch_day *day = &in->joint->day;
    const struct zhol_corridor *corridor = day->corridor;
    int32_t date = 0;
    const char *text = read_text(reader, in->root, "date", "");
    if (time_parse_day(text_view_of(text), &date)) {
        read_fault(reader, ZHOL_ERROR_SYNTAX, "date", text, "a day such as 2026-02-01");
    }
    int32_t hours = read_whole(reader, in->root, "horizon_h", 1, ZHOL_DISPATCH_HORIZON_MAX / 60,
                               DISPATCH_HOURS);
    dispatch_day_init(day, corridor, date, hours * 60);
    reader->date = date;
    in->joint->revision = read_whole(reader, in->root, "revision", 1, 1000000, 1);
    json_t *crossing = json_object_get(in->root, "crossing");
    snprintf(reader->where, sizeof reader->where, "crossing");
    day->node[ZHOL_DISPATCH_1435] = station_of(in, crossing, "1435");
    day->node[ZHOL_DISPATCH_1520] = station_of(in, crossing, "1520");
    *reader->where = '\0';
}

static void read_sides(struct joint_reader *in)
{
    json_t *rows = read_rows(&in->reader, in->root, "sides");
    for (size_t i = 0; i < json_array_size(rows); i++) {
        json_t *row = read_row(&in->reader, rows, i, "", "sides");
        const char *side = row ? read_text(&in->reader, row, "side", "") : "";
        enum zhol_dispatch_gauge gauge = dispatch_side_named(&in->joint->day, side);
        if (row && gauge == ZHOL_DISPATCH_GAUGES) {
            read_fault(&in->reader, ZHOL_ERROR_UNKNOWN, "side", side, "a country of the crossing");
        } else if (row) {
            in->joint->agreed[gauge] = json_is_true(json_object_get(row, "agreed"));
        }
    }
    *in->reader.where = '\0';
}

static uint32_t row_or_none(struct joint_reader *in, json_t *row, const char *member,
                            const struct dispatch_label *labels, uint32_t count)
{
    if (!json_object_get(row, member) || json_is_null(json_object_get(row, member))) {
        return ZHOL_DISPATCH_NONE;
    }
    return dispatch_read_named(&in->reader, &in->joint->day, row, member, labels, count);
}

static enum zhol_dispatch_cause cause_of(struct joint_reader *in, json_t *row)
{
    const char *word = read_text(&in->reader, row, "cause", "none");
    for (int c = 0; c < (int)ZHOL_DISPATCH_CAUSE_COUNT; c++) {
        if (strcmp(word, zhol_dispatch_cause_word((enum zhol_dispatch_cause)c)) == 0) {
            return (enum zhol_dispatch_cause)c;
        }
    }
    read_fault(&in->reader, ZHOL_ERROR_UNKNOWN, "cause", word, "a cause that the planner gives");
    return ZHOL_DISPATCH_BY_NONE;
}

/* Row `i` of the list `member` of the plan; NULL with a fault where the list is shorter. */
static json_t *plan_row(struct joint_reader *in, json_t *plan, const char *member, uint32_t i)
{
    json_t *rows = json_object_get(plan, member);
    *in->reader.where = '\0';
    if (i >= json_array_size(rows)) {
        read_fault(&in->reader, ZHOL_ERROR_SYNTAX, member, "", "a row for each train and unit");
        return NULL;
    }
    return read_row(&in->reader, rows, i, "plan", member);
}

static void read_passage(struct joint_reader *in, json_t *row, uint32_t i)
{
    const struct dispatch_day *day = &in->joint->day;
    const char *name = read_text(&in->reader, row, "train", "");
    if (strcmp(name, dispatch_text(day, day->train_labels[i].name)) != 0) {
        read_fault(&in->reader, ZHOL_ERROR_CONFLICT, "train", name,
                   "the trains in the order of day.trains");
    }
    in->joint->plan.passages[i] = (struct zhol_dispatch_passage){
        .accept_min = read_minute(&in->reader, row, "accept", ZHOL_DISPATCH_NEVER),
        .begin_min = read_minute(&in->reader, row, "begin", ZHOL_DISPATCH_NEVER),
        .end_min = read_minute(&in->reader, row, "end", ZHOL_DISPATCH_NEVER),
        .track = row_or_none(in, row, "track", day->track_labels, day->engine.track_count),
        .front = row_or_none(in, row, "front", day->front_labels, day->engine.front_count),
        .locomotive = row_or_none(in, row, "locomotive", day->locomotive_labels,
                                  day->engine.locomotive_count),
        .cause = cause_of(in, row)};
}

static void read_carriage(struct joint_reader *in, json_t *row, uint32_t i)
{
    int32_t formed = json_is_null(json_object_get(row, "formed"))
                         ? 0
                         : read_whole(&in->reader, row, "formed", 1, 100000, 0);
    in->joint->plan.carriages[i] = (struct zhol_dispatch_carriage){
        .formed = formed ? (uint32_t)formed - 1 : ZHOL_DISPATCH_NONE,
        .yard = json_is_true(json_object_get(row, "yard")),
        .leave_min = read_minute(&in->reader, row, "leave", ZHOL_DISPATCH_NEVER),
        .late_min = read_whole(&in->reader, row, "late_min", 0, INT32_MAX, 0),
        .storage_min = read_minute(&in->reader, row, "storage", ZHOL_DISPATCH_NEVER),
        .cause = cause_of(in, row)};
}

static void read_formed(struct joint_reader *in, json_t *row, uint32_t i)
{
    struct dispatch_day *day = &in->joint->day;
    struct dispatch_reader *reader = &in->reader;
    in->joint->plan.formed[i] = (struct zhol_dispatch_formed){
        .gauge = dispatch_read_gauge(reader, row),
        .destination = dispatch_read_destination(reader, day, row),
        .open_min = read_minute(reader, row, "open", 0),
        .depart_min = read_minute(reader, row, "depart", 0),
        .track = row_or_none(in, row, "track", day->track_labels, day->engine.track_count),
        .locomotive = row_or_none(in, row, "locomotive", day->locomotive_labels,
                                  day->engine.locomotive_count),
        .weight_t = read_whole(reader, row, "weight_t", 0, 1000000, 0),
        .length_m = read_whole(reader, row, "length_m", 0, 100000, 0),
        .heavy_20_pairs = (uint32_t)read_whole(reader, row, "heavy_20_pairs", 0, 100000, 0),
        .unit_count = (uint32_t)read_whole(reader, row, "units", 0, 100000, 0),
        .pieces = (uint32_t)read_whole(reader, row, "pieces", 0, 100000, 0)};
}

static enum zhol_error read_plan(struct joint_reader *in)
{
    struct zhol_dispatch_plan *plan = &in->joint->plan;
    const struct zhol_dispatch_day *engine = &in->joint->day.engine;
    json_t *from = json_object_get(in->root, "plan");
    json_t *objective = json_object_get(from, "objective");
    size_t formed = json_array_size(json_object_get(from, "formed"));
    plan->train_count = engine->train_count;
    plan->unit_count = engine->unit_count;
    plan->formed_count = formed > ZHOL_DISPATCH_UNITS_MAX ? 0 : (uint32_t)formed;
    plan->passages = calloc((size_t)plan->train_count + 1, sizeof *plan->passages);
    plan->carriages = calloc((size_t)plan->unit_count + 1, sizeof *plan->carriages);
    plan->formed = calloc((size_t)plan->formed_count + 1, sizeof *plan->formed);
    if (!plan->passages || !plan->carriages || !plan->formed) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < plan->train_count && !in->reader.error; i++) {
        json_t *row = plan_row(in, from, "trains", i);
        if (row) {
            read_passage(in, row, i);
        }
    }
    for (uint32_t i = 0; i < plan->unit_count && !in->reader.error; i++) {
        json_t *row = plan_row(in, from, "units", i);
        if (row) {
            read_carriage(in, row, i);
        }
    }
    for (uint32_t i = 0; i < plan->formed_count && !in->reader.error; i++) {
        json_t *row = plan_row(in, from, "formed", i);
        if (row) {
            read_formed(in, row, i);
        }
    }
    plan->objective = (struct zhol_dispatch_objective){
        json_integer_value(json_object_get(objective, "late")),
        json_integer_value(json_object_get(objective, "pushed")),
        json_integer_value(json_object_get(objective, "turns")),
        json_integer_value(json_object_get(objective, "yard_boxes"))};
    plan->late_bound = json_integer_value(json_object_get(from, "late_bound"));
    plan->optimal = json_is_true(json_object_get(from, "optimal"));
    const char *proof = json_string_value(json_object_get(from, "proof"));
    for (int i = 0; proof && i <= ZHOL_DISPATCH_GIVEN_UP; i++) {
        if (strcmp(proof, dispatch_proof_word((enum zhol_dispatch_proof)i)) == 0) {
            plan->proof = (enum zhol_dispatch_proof)i;
        }
    }
    int64_t late = plan->objective.late;
    plan->gap = late > 0 ? (double)(late - plan->late_bound) / (double)late : 0;
    *in->reader.where = '\0';
    return in->reader.error;
}

static void read_promise(struct joint_reader *in, json_t *row)
{
    const char *name = read_text(&in->reader, row, "train", "");
    uint32_t train = dispatch_train_find(&in->joint->day, name);
    if (train == ZHOL_DISPATCH_NONE) {
        read_fault(&in->reader, ZHOL_ERROR_UNKNOWN, "train", name, "a train of this day");
        return;
    }
    in->joint->promises[train] = (struct dispatch_promise){
        .accept_min = read_minute(&in->reader, row, "accept", ZHOL_DISPATCH_NEVER),
        .leave_min = read_minute(&in->reader, row, "leaves", ZHOL_DISPATCH_NEVER),
        .cause = cause_of(in, row)};
}

/* What was agreed; a plan that both sides agreed to and that does not say it is it itself. */
static enum zhol_error read_promises(struct joint_reader *in)
{
    struct dispatch_joint *joint = in->joint;
    json_t *from = json_object_get(in->root, "promised");
    if (!from) {
        return joint->agreed[0] && joint->agreed[1] ? dispatch_joint_agree(joint, 0)
                                                    : ZHOL_ERROR_OK;
    }
    snprintf(in->reader.where, sizeof in->reader.where, "promised");
    joint->promised_revision = read_whole(&in->reader, from, "revision", 1, 1000000, 1);
    json_t *rows = read_rows(&in->reader, from, "trains");
    uint32_t count = joint->plan.train_count;
    joint->promises = malloc((count ? count : 1) * sizeof *joint->promises);
    if (!joint->promises) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        joint->promises[i] = (struct dispatch_promise){ZHOL_DISPATCH_NEVER, ZHOL_DISPATCH_NEVER,
                                                       ZHOL_DISPATCH_BY_NONE};
    }
    for (size_t i = 0; i < json_array_size(rows); i++) {
        json_t *row = read_row(&in->reader, rows, i, "promised", "trains");
        if (row) {
            read_promise(in, row);
        }
    }
    *in->reader.where = '\0';
    return ZHOL_ERROR_OK;
}

static void read_facts(struct joint_reader *in)
{
    json_t *rows = read_rows(&in->reader, in->root, "facts");
    for (size_t i = 0; i < json_array_size(rows); i++) {
        json_t *row = read_row(&in->reader, rows, i, "", "facts");
        const char *name = row ? read_text(&in->reader, row, "train", "") : "";
        uint32_t train = row ? dispatch_train_find(&in->joint->day, name) : ZHOL_DISPATCH_NONE;
        if (row && train == ZHOL_DISPATCH_NONE) {
            read_fault(&in->reader, ZHOL_ERROR_UNKNOWN, "train", name, "a train of this day");
        } else if (row) {
            in->joint->facts[train] = (struct dispatch_fact){
                read_minute(&in->reader, row, "accepted", ZHOL_DISPATCH_NEVER),
                read_minute(&in->reader, row, "left", ZHOL_DISPATCH_NEVER)};
        }
    }
    *in->reader.where = '\0';
}

static enum zhol_error read_day(struct joint_reader *in)
{
    struct dispatch_day *day = &in->joint->day;
    json_t *from = json_object_get(in->root, "day");
    if (!json_is_object(from)) {
        read_fault(&in->reader, ZHOL_ERROR_SYNTAX, "day", "", "the day that was planned");
        return in->reader.error;
    }
    enum zhol_error error =
        dispatch_state_apply(day, from, in->reader.file, "day", in->reader.report);
    day->sealed = true; /* long groups were cut when it was planned */
    return error ? error : dispatch_day_seal(day, in->reader.report);
}

enum zhol_error dispatch_joint_read(const struct zhol_corridor *corridor, const char *path,
                                    struct zhol_report *report, struct dispatch_joint *joint)
{
    static const char *const known[] = {
        "kind",     "crossing", "date", "horizon_h", "revision", "state",         "sides", "plan",
        "promised", "facts",    "day",  "help_most", "changed",  "changed_least", NULL};
    struct joint_reader in = {.joint = joint, .reader = {.report = report, .file = path}};
    joint->day.corridor = corridor;
    enum zhol_error error = dispatch_json_read(path, report, &in.root);
    if (error) {
        return error;
    }
    read_known(&in.reader, in.root, known);
    read_head(&in);
    error = in.reader.error ? in.reader.error : read_day(&in);
    error = error ? error : read_plan(&in);
    error = error ? error : dispatch_joint_begin(joint);
    if (!error) {
        read_sides(&in);
        read_facts(&in);
        error = read_promises(&in);
        error = error ? error : in.reader.error;
    }
    error = error ? error : zhol_dispatch_verify(&joint->day.engine, &joint->plan, report);
    json_decref(in.root);
    return error;
}
