/* dispatch_expect.c: the trains of an average day. See dispatch_day.h. */
#include <math.h>
#include <stdio.h>

#include "desk/dispatch_day.h"
#include "desk/dispatch_parts.h"

enum { KINDS_MAX = 64, NAME_SIZE = 64, KIND_MAX = 1000 };

/* What an ordinary train carries: the load class of its work on its gauge. */
struct usual {
    uint32_t units; /* boxes of 40 feet, or wagons */
    double cargo_t; /* of one, a box with its own weight */
};

static const char *const classes[ZHOL_DISPATCH_WORKS] = {"feu", "wagon_bulk", "wagon_general"};

static struct usual usual_train(const struct zhol_corridor *corridor, enum zhol_dispatch_work work,
                                enum zhol_dispatch_gauge gauge)
{
    struct usual usual = {41, 22};
    unsigned state = gauge == ZHOL_DISPATCH_1435 ? zhol_state_RAIL1435 : zhol_state_RAIL1520;
    uint32_t thing = zhol_corridor_find(corridor, ZHOL_TABLE_load_class, classes[work]);
    uint32_t total, begin = 0, end = 0;
    const struct zhol_load_class *rows = zhol_corridor_load_class(corridor, &total);
    if (thing != ZHOL_NONE) {
        zhol_corridor_rows(corridor, ZHOL_TABLE_load_class, thing, &begin, &end);
    }
    for (uint32_t i = begin; i < end; i++) {
        if (rows[i].state == state && rows[i].trains > 0) {
            usual.units = (uint32_t)floor(1 / rows[i].trains + 1e-3);
            /* a 40-foot box weighs some 4 t */
            usual.cargo_t = rows[i].payload_t + (work == ZHOL_DISPATCH_CONTAINERS ? 4 : 0);
        }
    }
    return usual;
}

int32_t dispatch_train_length(enum zhol_dispatch_work work, enum zhol_dispatch_gauge gauge,
                              uint32_t units)
{
    const struct dispatch_stock_of_gauge *rolling = &dispatch_rolling[gauge];
    uint32_t platforms = (units + rolling->boxes_a_platform - 1) / rolling->boxes_a_platform;
    double length_m = work == ZHOL_DISPATCH_CONTAINERS
                          ? platforms * rolling->box_m * rolling->boxes_a_platform
                          : units * rolling->wagon_m;
    return (int32_t)ceil(length_m) + rolling->locomotive_m;
}

void dispatch_set_released(const struct dispatch_day *day, struct zhol_dispatch_train *train,
                           uint32_t boxes)
{
    uint32_t a_platform = dispatch_rolling[train->gauge].boxes_a_platform;
    train->frees_stock = dispatch_stock_for(day, train->gauge, train->work);
    train->frees_count = train->frees_stock == ZHOL_DISPATCH_NONE ? 0
                         : train->work == ZHOL_DISPATCH_CONTAINERS
                             ? (boxes + a_platform - 1) / a_platform
                             : train->wagons;
}

enum zhol_error dispatch_add_usual(struct dispatch_day *day, const struct dispatch_usual *usual,
                                   uint32_t *index)
{
    struct usual load = usual_train(day->corridor, usual->work, usual->gauge);
    bool boxes = usual->work == ZHOL_DISPATCH_CONTAINERS;
    struct zhol_dispatch_train train = {.gauge = usual->gauge,
                                        .work = usual->work,
                                        .ready_min = usual->ready_min,
                                        .inspect_min = day->inspect_min[usual->gauge],
                                        .wagons = boxes ? 0 : load.units};
    train.inspect_min = train.inspect_min < 1 ? 1 : train.inspect_min;
    train.length_m = dispatch_train_length(usual->work, usual->gauge, load.units);
    dispatch_set_released(day, &train, load.units);
    int32_t contract_min = usual->ready_min + day->contract_min[usual->work];
    enum zhol_error error = dispatch_add_train(day, train, usual->name, usual->client,
                                               usual->origin, contract_min, index);
    struct dispatch_group group = {.train = *index,
                                   .destination = usual->destination,
                                   .boxes_40 = boxes ? load.units : 0,
                                   .wagons = boxes ? 0 : load.units,
                                   .cargo_t = load.cargo_t * load.units,
                                   .contract_min = contract_min,
                                   .owner = usual->client};
    struct dispatch_goods goods = {dispatch_class_of(usual->work), ZHOL_NONE,
                                   day->destinations[usual->destination].node};
    error = error ? error : dispatch_goods_flags(day, usual->gauge, &goods, &group.flags);
    return error ? error : dispatch_add_group(day, &group);
}

void dispatch_usual_load(const struct dispatch_day *day, enum zhol_dispatch_work work,
                         enum zhol_dispatch_gauge gauge, uint32_t *units, double *cargo_t)
{
    struct usual usual = usual_train(day->corridor, work, gauge);
    *units = usual.units;
    *cargo_t = usual.cargo_t;
}

/* How many trains of a kind come on the day: the whole part of the average, and one more as often
 * as the rest says; kinds have their odd days at different times. */
static uint32_t trains_on(int32_t date, double a_day, double phase)
{
    return (uint32_t)(floor((date + 1.0) * a_day + phase) - floor(date * a_day + phase));
}

enum zhol_error dispatch_add_kind(struct dispatch_day *day, const struct dispatch_kind *kind,
                                  uint32_t number)
{
    double phase = fmod(0.5 + number * 0.381966, 1);
    uint32_t count = trains_on(day->date, kind->trains_day, phase), destination = 0, index;
    struct dispatch_usual usual = {
        .gauge = kind->gauge, .work = kind->work, .client = kind->name, .origin = DISPATCH_AVERAGE};
    enum zhol_error error = dispatch_add_destination(day, kind->to, "", &destination);
    for (uint32_t i = 0; i < count && !error; i++) {
        char name[NAME_SIZE];
        /* kinds begin at different parts of their interval, so that they do not come in a pack */
        double part = (i + phase) / count;
        snprintf(name, sizeof name, "%c%u%02u", kind->gauge == ZHOL_DISPATCH_1435 ? 'A' : 'B',
                 number + 1, i + 1);
        usual.name = name;
        usual.destination = destination;
        usual.ready_min = (int32_t)floor(part * DISPATCH_DAY_MIN);
        error = dispatch_add_usual(day, &usual, &index);
        error = error ? error : dispatch_set_client_ru(day, index, kind->name_ru);
    }
    return error;
}

static enum zhol_error add_group(struct dispatch_day *day, const struct figure_group *group,
                                 uint32_t number)
{
    struct dispatch_kind kind = {.gauge = dispatch_gauge_of(group->gauge_mm),
                                 .work = dispatch_work_of(group->work),
                                 .to = group->to,
                                 .trains_day = group->values[zhol_station_measure_TRAINS],
                                 .name = group->part,
                                 .name_ru = group->part_ru};
    bool fine =
        !isnan(kind.trains_day) && kind.trains_day <= KIND_MAX && kind.gauge < ZHOL_DISPATCH_GAUGES;
    return fine ? dispatch_add_kind(day, &kind, number) : ZHOL_ERROR_OK;
}

enum zhol_error dispatch_day_expect(struct dispatch_day *day)
{
    struct figure_group groups[KINDS_MAX];
    uint32_t count = 0;
    enum zhol_error error = dispatch_expected(day, groups, KINDS_MAX, &count);
    for (uint32_t i = 0; i < count && !error; i++) {
        error = add_group(day, &groups[i], i);
    }
    return error ? error : day->engine.train_count ? ZHOL_ERROR_OK : ZHOL_ERROR_UNKNOWN;
}
