/* dispatch_list.c: trains from train lists. See dispatch_list.h. */
#include "desk/dispatch_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/map.h"
#include "base/number.h"
#include "base/time.h"
#include "desk/dispatch_parts.h"
#include "desk/dispatch_state_parts.h"

/* A pair of 20-foot boxes on one wagon is heavy from this load on, tonnes. */
#define HEAVY_PAIR_T 48.0
/* No wagon of the lines weighs more with its load, tonnes. */
#define GROSS_MAX_T 200.0

/* The columns that are read, in the order of the names below. */
enum {
    IN_TRAIN,
    IN_FORMED,
    IN_WAGON,
    IN_BOX_1,
    IN_BOX_2,
    IN_GROSS,
    IN_TARE,
    IN_NET,
    IN_CARGO,
    IN_TO,
    IN_OWNER,
    IN_GAUGE,
    IN_READY,
    IN_CONTRACT,
    IN_HOLD,
    IN_DATA,
    IN_COUNT
};
static const char *const columns[IN_COUNT] = {
    "train",  "formed",   "wagon",      "container_1", "container_2", "gross_t",
    "tare_t", "net_t",    "cargo",      "destination", "owner",       "gauge",
    "ready",  "contract", "hold_until", "pre_arrival"};

/* Which train of the day has a wagon ("w5300101") or container ("cTGHU3100079"). */
struct dispatch_numbers {
    struct map trains;
};

struct list_train {
    uint32_t record; /* the first */
    enum zhol_dispatch_gauge gauge;
    uint32_t boxes_20, boxes_40, wagons, bulk;
    int32_t ready_min, contract_min; /* NEVER where not said */
    uint32_t index;                  /* in the day */
};

struct list_group {
    uint32_t train, to, owner; /* `to`: a node; owner: record that names it */
    struct dispatch_group sum;
};

struct list {
    struct dispatch_day *day;
    const struct intake_records *records;
    const char *file;
    struct zhol_report *report;
    uint32_t field[IN_COUNT];
    struct list_train *trains;
    struct list_group *groups;
    uint32_t train_count, train_room, group_count, group_room;
    struct map train_keys, group_keys;
    enum zhol_error error; /* the first fault */
};

void dispatch_numbers_free(struct dispatch_numbers *numbers)
{
    if (numbers) {
        map_clear(&numbers->trains);
        free(numbers);
    }
}

static enum zhol_error make_numbers(struct dispatch_day *day)
{
    if (!day->numbers) {
        day->numbers = malloc(sizeof *day->numbers);
        if (!day->numbers) {
            return ZHOL_ERROR_MEMORY;
        }
        map_init(&day->numbers->trains);
    }
    return ZHOL_ERROR_OK;
}

static const char *cell(const struct list *list, uint32_t record, unsigned column)
{
    return intake_cell(list->records, record, list->field[column]);
}

static void fault(struct list *list, uint32_t record, unsigned column, enum zhol_error code,
                  const char *expected)
{
    struct zhol_finding finding = {.severity = ZHOL_FAULT,
                                   .code = code,
                                   .row = list->records->lines[record],
                                   .file = list->file,
                                   .column = columns[column],
                                   .value = cell(list, record, column),
                                   .expected = expected};
    zhol_report_add(list->report, &finding);
    list->error = list->error ? list->error : code;
}

/* Minutes from the day's midnight, or `blank`; what lies far off is cut to a year, which
 * check_times does not let pass. */
static int32_t minutes(const struct list *list, uint32_t record, unsigned column, int32_t blank)
{
    struct time_stamp stamp;
    const char *text = cell(list, record, column);
    if (!*text || time_parse_stamp(text_view_of(text), &stamp)) {
        return blank;
    }
    int64_t minute = (stamp.local_s - (int64_t)list->day->date * TIME_DAY_S) / 60;
    int64_t year = (int64_t)366 * 1440;
    return (int32_t)(minute < -year ? -year : minute > year ? year : minute);
}

static double number(const struct list *list, uint32_t record, unsigned column)
{
    double value = 0;
    return number_parse_real(text_view_of(cell(list, record, column)), &value) ? 0 : value;
}

static enum zhol_dispatch_gauge gauge_of(struct list *list, uint32_t record)
{
    const char *said = cell(list, record, IN_GAUGE);
    size_t digits = strlen(cell(list, record, IN_WAGON));
    enum zhol_dispatch_gauge gauge =
        *said         ? dispatch_gauge_of((int32_t)number(list, record, IN_GAUGE))
        : digits == 8 ? ZHOL_DISPATCH_1520
                      : ZHOL_DISPATCH_1435;
    if (gauge == ZHOL_DISPATCH_GAUGES) {
        fault(list, record, IN_GAUGE, ZHOL_ERROR_RANGE, "1435 or 1520");
    }
    return gauge;
}

/* The goods of an ETSNG code, or ZHOL_NONE. */
static const struct zhol_commodity *goods_of(const struct list *list, uint32_t record)
{
    uint32_t count;
    const char *code = cell(list, record, IN_CARGO);
    const struct zhol_commodity *goods = zhol_corridor_commodity(list->day->corridor, &count);
    for (uint32_t i = 0; *code && i < count; i++) {
        if (strcmp(zhol_corridor_text(list->day->corridor, goods[i].etsng), code) == 0) {
            return &goods[i];
        }
    }
    return NULL;
}

static struct list_train *train_of(struct list *list, uint32_t record)
{
    struct buffer key;
    uint32_t at = list->train_count;
    buffer_init(&key);
    buffer_printf(&key, "%s|%s", cell(list, record, IN_TRAIN), cell(list, record, IN_FORMED));
    enum zhol_error error =
        map_add(&list->train_keys, text_view_of(buffer_get(&key)), list->train_count, &at);
    if (!error) {
        error = ARRAY_RESERVE(list->trains, list->train_room, list->train_count + 1);
        if (!error) {
            list->trains[list->train_count++] =
                (struct list_train){.record = record,
                                    .gauge = gauge_of(list, record),
                                    .ready_min = ZHOL_DISPATCH_NEVER,
                                    .contract_min = ZHOL_DISPATCH_NEVER};
        }
    }
    buffer_clear(&key);
    if (error && error != ZHOL_ERROR_DUPLICATE) {
        list->error = list->error ? list->error : error;
        return NULL;
    }
    return &list->trains[at];
}

static struct list_group *group_of(struct list *list, uint32_t record, uint32_t train,
                                   const struct dispatch_group *like)
{
    struct buffer key;
    uint32_t at = list->group_count;
    buffer_init(&key);
    buffer_printf(&key, "%u|%s|%s|%d|%d|%d|%u", train, cell(list, record, IN_TO),
                  cell(list, record, IN_OWNER), like->contract_min, like->hold_until_min,
                  like->data_min, like->flags);
    enum zhol_error error = map_add(&list->group_keys, text_view_of(buffer_get(&key)), at, &at);
    if (!error) {
        error = ARRAY_RESERVE(list->groups, list->group_room, list->group_count + 1);
        if (!error) {
            uint32_t to =
                zhol_corridor_find(list->day->corridor, ZHOL_TABLE_node, cell(list, record, IN_TO));
            list->groups[list->group_count++] =
                (struct list_group){.train = train, .to = to, .owner = record, .sum = *like};
        }
    }
    buffer_clear(&key);
    if (error && error != ZHOL_ERROR_DUPLICATE) {
        list->error = list->error ? list->error : error;
        return NULL;
    }
    return &list->groups[at];
}

/* Load of a wagon with its boxes: the net weight, else gross less tare. */
static double load_t(const struct list *list, uint32_t record)
{
    double net = number(list, record, IN_NET), gross = number(list, record, IN_GROSS);
    double tare = number(list, record, IN_TARE);
    return net > 0 ? net : gross > tare ? gross - tare : 0;
}

/* A fault where a time of the train lies so far from the day that the list is one of another. */
static void check_times(struct list *list, uint32_t record)
{
    int32_t end = list->day->engine.horizon_min;
    int32_t formed = minutes(list, record, IN_FORMED, 0),
            ready = minutes(list, record, IN_READY, 0);
    int32_t contract = minutes(list, record, IN_CONTRACT, 0);
    if (formed >= end || formed < -DISPATCH_FORMED_DAYS * DISPATCH_DAY_MIN) {
        fault(list, record, IN_FORMED, ZHOL_ERROR_RANGE,
              "a time before the end of the planned day and at most 60 days before it (see --day)");
    }
    if (ready >= end || ready < -DISPATCH_WAITED_DAYS * DISPATCH_DAY_MIN) {
        fault(list, record, IN_READY, ZHOL_ERROR_RANGE,
              "a time before the end of the planned day and at most 30 days before it (see --day)");
    }
    if (contract < -DISPATCH_FORMED_DAYS * DISPATCH_DAY_MIN) {
        fault(list, record, IN_CONTRACT, ZHOL_ERROR_RANGE,
              "a time at most 60 days before the planned day (see --day)");
    }
}

static void check_weight(struct list *list, uint32_t record)
{
    double gross = number(list, record, IN_GROSS), tare = number(list, record, IN_TARE);
    double net = number(list, record, IN_NET);
    if (gross > GROSS_MAX_T || net > GROSS_MAX_T) {
        fault(list, record, gross > GROSS_MAX_T ? IN_GROSS : IN_NET, ZHOL_ERROR_RANGE,
              "at most 200 t for one wagon");
    }
    if (*cell(list, record, IN_GROSS) && tare > gross) {
        fault(list, record, IN_TARE, ZHOL_ERROR_CONFLICT, "a tare not above the gross weight");
    }
}

/* Notes a number of the record; a fault where another train of the day's lists has it. */
static void note_number(struct list *list, uint32_t record, unsigned column, uint32_t train)
{
    struct buffer key;
    uint32_t mine = list->day->engine.train_count + train, other = mine;
    if (!*cell(list, record, column)) {
        return;
    }
    buffer_init(&key);
    buffer_printf(&key, "%c%s", column == IN_WAGON ? 'w' : 'c', cell(list, record, column));
    enum zhol_error error = key.error ? key.error
                                      : map_add(&list->day->numbers->trains,
                                                text_view_of(buffer_get(&key)), mine, &other);
    /* a wagon may have a row for each of its boxes; a box has one */
    bool twice = column != IN_WAGON || !*cell(list, record, IN_BOX_1);
    if (error == ZHOL_ERROR_DUPLICATE && other != mine) {
        fault(list, record, column, ZHOL_ERROR_DUPLICATE,
              "a number that stands in no other train of the lists");
    } else if (error == ZHOL_ERROR_DUPLICATE && twice) {
        fault(list, record, column, ZHOL_ERROR_DUPLICATE, "a number that stands in no row above");
    } else if (error && error != ZHOL_ERROR_DUPLICATE) {
        list->error = list->error ? list->error : error;
    }
    buffer_clear(&key);
}

static void check_record(struct list *list, uint32_t record, const struct list_train *train)
{
    uint32_t index = (uint32_t)(train - list->trains);
    check_times(list, record);
    check_weight(list, record);
    note_number(list, record, IN_WAGON, index);
    note_number(list, record, IN_BOX_1, index);
    note_number(list, record, IN_BOX_2, index);
    uint32_t to =
        zhol_corridor_find(list->day->corridor, ZHOL_TABLE_node, cell(list, record, IN_TO));
    if (train->gauge != ZHOL_DISPATCH_GAUGES && dispatch_wrong_way(list->day, train->gauge, to)) {
        fault(list, record, IN_TO, ZHOL_ERROR_CONFLICT,
              "a place beyond the crossing: this one lies on the side the train comes from");
    }
}

static void add_boxes(const struct list *list, uint32_t record, struct list_train *train,
                      struct dispatch_group *sum)
{
    bool first = *cell(list, record, IN_BOX_1), second = *cell(list, record, IN_BOX_2);
    double load = load_t(list, record);
    sum->boxes_20 += first && second ? 2 : 0;
    sum->boxes_40 += first != second;
    sum->heavy_20_pairs += first && second && load >= HEAVY_PAIR_T;
    sum->wagons++;
    sum->cargo_t += load;
    train->boxes_20 += first && second ? 2 : 0;
    train->boxes_40 += first != second;
    train->wagons++;
}

static void earlier(int32_t *to, int32_t minute)
{
    *to = minute < *to ? minute : *to;
}

static void take_record(struct list *list, uint32_t record)
{
    struct list_train *train = train_of(list, record);
    const struct zhol_commodity *goods = goods_of(list, record);
    if (!train) {
        return;
    }
    enum zhol_dispatch_gauge gauge =
        record == train->record ? train->gauge : gauge_of(list, record);
    bool known_both = gauge != ZHOL_DISPATCH_GAUGES && train->gauge != ZHOL_DISPATCH_GAUGES;
    if (known_both && gauge != train->gauge) {
        fault(list, record, *cell(list, record, IN_GAUGE) ? IN_GAUGE : IN_WAGON,
              ZHOL_ERROR_CONFLICT, "a wagon of the gauge of the train's first one");
    }
    if (!*cell(list, record, IN_TO)) {
        fault(list, record, IN_TO, ZHOL_ERROR_INVALID,
              "a destination: without it the wagon cannot be put into a train");
        return;
    }
    check_record(list, record, train);
    struct dispatch_group like = {
        .hold_until_min = minutes(list, record, IN_HOLD, 0),
        .data_min = minutes(list, record, IN_DATA, 0),
        .contract_min = minutes(list, record, IN_CONTRACT, ZHOL_DISPATCH_NEVER),
        .flags = (goods && goods->perishable == 1 ? ZHOL_DISPATCH_PERISHABLE : 0) |
                 (goods && goods->dangerous == 1 ? ZHOL_DISPATCH_DANGEROUS : 0)};
    struct dispatch_goods known = {
        .class = *cell(list, record, IN_BOX_1) ? zhol_cargo_class_CONTAINER
                 : goods                       ? goods->class
                                               : 0,
        .commodity = goods ? goods->commodity_id : ZHOL_NONE,
        .to = zhol_corridor_find(list->day->corridor, ZHOL_TABLE_node, cell(list, record, IN_TO))};
    enum zhol_error error =
        train->gauge == ZHOL_DISPATCH_GAUGES
            ? ZHOL_ERROR_OK
            : dispatch_goods_flags(list->day, train->gauge, &known, &like.flags);
    list->error = list->error ? list->error : error;
    earlier(&train->ready_min, minutes(list, record, IN_READY, ZHOL_DISPATCH_NEVER));
    earlier(&train->contract_min, like.contract_min);
    train->bulk += goods && goods->class == zhol_cargo_class_BULK;
    struct list_group *group = group_of(list, record, (uint32_t)(train - list->trains), &like);
    if (group) {
        add_boxes(list, record, train, &group->sum);
    }
}

static enum zhol_dispatch_work work_of(const struct list_train *train)
{
    return train->boxes_20 + train->boxes_40 ? ZHOL_DISPATCH_CONTAINERS
           : train->bulk * 2 > train->wagons ? ZHOL_DISPATCH_BULK
                                             : ZHOL_DISPATCH_BOGIES;
}

static enum zhol_error add_train(struct list *list, struct list_train *of)
{
    struct dispatch_day *day = list->day;
    struct zhol_dispatch_train train = {.gauge = of->gauge, .work = work_of(of)};
    uint32_t boxes = of->boxes_40 + of->boxes_20 / 2;
    /* A train that waits keeps its age. One of which only the forming is known, before the day and
     * perhaps far away, is taken to stand at the border when the day begins. */
    int32_t formed_min = minutes(list, of->record, IN_FORMED, 0);
    formed_min = formed_min < 0 ? 0 : formed_min;
    train.ready_min = of->ready_min != ZHOL_DISPATCH_NEVER ? of->ready_min : formed_min;
    train.inspect_min = day->inspect_min[of->gauge] < 1 ? 1 : day->inspect_min[of->gauge];
    train.wagons = train.work == ZHOL_DISPATCH_CONTAINERS ? 0 : of->wagons;
    train.length_m = dispatch_train_length(
        train.work, of->gauge, train.work == ZHOL_DISPATCH_CONTAINERS ? boxes : of->wagons);
    dispatch_set_released(day, &train, boxes);
    of->ready_min = train.ready_min;
    if (of->contract_min == ZHOL_DISPATCH_NEVER) {
        of->contract_min = train.ready_min + day->contract_min[train.work];
    }
    struct buffer name;
    buffer_init(&name);
    buffer_string(&name, cell(list, of->record, IN_TRAIN));
    /* the same number formed twice: told apart by its time */
    if (dispatch_train_find(day, buffer_get(&name)) != ZHOL_DISPATCH_NONE) {
        buffer_printf(&name, " %s", cell(list, of->record, IN_FORMED));
    }
    enum zhol_error error =
        name.error
            ? name.error
            : dispatch_add_train(day, train, buffer_get(&name), cell(list, of->record, IN_OWNER),
                                 list->file, of->contract_min, &of->index);
    buffer_clear(&name);
    return error;
}

static enum zhol_error add_all(struct list *list)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < list->train_count && !error; i++) {
        error = add_train(list, &list->trains[i]);
    }
    for (uint32_t i = 0; i < list->group_count && !error; i++) {
        struct list_group *group = &list->groups[i];
        const struct list_train *train = &list->trains[group->train];
        error = dispatch_add_destination(list->day, group->to, "", &group->sum.destination);
        group->sum.train = train->index;
        group->sum.owner = cell(list, group->owner, IN_OWNER);
        if (group->sum.contract_min == ZHOL_DISPATCH_NEVER) {
            group->sum.contract_min = train->ready_min + list->day->contract_min[work_of(train)];
        }
        error = error ? error : dispatch_add_group(list->day, &group->sum);
    }
    return error;
}

enum zhol_error dispatch_day_list(struct dispatch_day *day, const struct intake_records *records,
                                  const char *file, struct zhol_report *report)
{
    struct list list = {.day = day, .records = records, .file = file, .report = report};
    const struct intake_rules *rules = intake_rules(INTAKE_TRAIN_LIST);
    for (uint32_t c = 0; c < IN_COUNT; c++) {
        list.field[c] = intake_field_named(rules, columns[c]);
    }
    map_init(&list.train_keys);
    map_init(&list.group_keys);
    list.error = make_numbers(day);
    if (!records->count && !report->counts[ZHOL_FAULT]) {
        struct zhol_finding none = {.severity = ZHOL_FAULT,
                                    .code = ZHOL_ERROR_SYNTAX,
                                    .file = file,
                                    .column = "",
                                    .value = "",
                                    .expected = "at least one wagon: the list has none"};
        list.error = zhol_report_add(report, &none);
    }
    for (uint32_t i = 0; i < records->count && list.error != ZHOL_ERROR_MEMORY; i++) {
        take_record(&list, i);
    }
    enum zhol_error error = list.error ? list.error : add_all(&list);
    map_clear(&list.train_keys);
    map_clear(&list.group_keys);
    free(list.trains);
    free(list.groups);
    return error;
}
