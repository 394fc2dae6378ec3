/* desk/dispatch_parts.h: what the files of dispatch_day.h share. */
#ifndef ZHOL_DESK_DISPATCH_PARTS_H
#define ZHOL_DESK_DISPATCH_PARTS_H

#include "desk/dispatch_day.h"

/* Figures of the table station_figure that describe one thing or several equal ones. */
struct figure_group {
    uint32_t node, to;
    unsigned item, work;
    int32_t gauge_mm;
    const char *part, *part_ru;
    double values[zhol_station_measure_COUNT]; /* NaN where there is none */
};

/* The gauge of the lines that lead from a place into its own country, or ZHOL_DISPATCH_GAUGES. */
enum zhol_dispatch_gauge dispatch_inland_gauge(const struct zhol_corridor *corridor, uint32_t node);

/* Trains that come so often a day. */
struct dispatch_kind {
    enum zhol_dispatch_gauge gauge;
    enum zhol_dispatch_work work;
    uint32_t to; /* node */
    double trains_day;
    const char *name, *name_ru; /* who sends them, for people */
};
/* Adds the trains of a kind that come on the day; `number` tells kinds apart. */
enum zhol_error dispatch_add_kind(struct dispatch_day *day, const struct dispatch_kind *kind,
                                  uint32_t number);
/* How many boxes of 40 feet or wagons an ordinary train has, and what one of them weighs in t. */
void dispatch_usual_load(const struct dispatch_day *day, enum zhol_dispatch_work work,
                         enum zhol_dispatch_gauge gauge, uint32_t *units, double *cargo_t);

/* The work that a word of station_figure names; containers where it is blank. */
enum zhol_dispatch_work dispatch_work_of(unsigned work);

/* The groups of expected trains. */
enum zhol_error dispatch_expected(struct dispatch_day *day, struct figure_group *out, uint32_t max,
                                  uint32_t *count);

/* An ordinary train: as many boxes or wagons as the load classes of the corridor say, all to one
 * destination. */
struct dispatch_usual {
    enum zhol_dispatch_gauge gauge;
    enum zhol_dispatch_work work;
    int32_t ready_min;
    uint32_t destination;
    const char *name, *client, *origin;
};
enum zhol_error dispatch_add_usual(struct dispatch_day *day, const struct dispatch_usual *usual,
                                   uint32_t *index);

/* Length of a train of boxes or wagons with its locomotive, in metres. */
int32_t dispatch_train_length(enum zhol_dispatch_work work, enum zhol_dispatch_gauge gauge,
                              uint32_t units);
/* Sets what an unloaded train leaves standing: its platforms, wagons or bogies. */
void dispatch_set_released(const struct dispatch_day *day, struct zhol_dispatch_train *train,
                           uint32_t boxes);

/* Numbers of wagons and containers by which lists tell that they name one thing twice. */
void dispatch_numbers_free(struct dispatch_numbers *numbers);

/* ---- dispatch_bans.c: rules of kind ban ---- */

/* What is known of goods: a class of cargo or 0, a commodity and a place of destination, or
 * ZHOL_NONE. */
struct dispatch_goods {
    unsigned class;
    uint32_t commodity, to;
};

/* Bans of the corridor's rules on the day: those on all goods at once, those on some goods when
 * dispatch_goods_flags meets such goods. */
enum zhol_error dispatch_day_bans(struct dispatch_day *day);
/* Adds to *flags the marks of the rules that keep out goods that arrive on a gauge.
 * ZHOL_ERROR_LIMIT where more than ZHOL_DISPATCH_MARKS rules do. */
enum zhol_error dispatch_goods_flags(struct dispatch_day *day, enum zhol_dispatch_gauge gauge,
                                     const struct dispatch_goods *goods, uint32_t *flags);
/* The class of what trains of a work carry, or 0. */
unsigned dispatch_class_of(enum zhol_dispatch_work work);
/* The flag of a rule (a thing), new where it has none. */
enum zhol_error dispatch_mark(struct dispatch_day *day, uint32_t rule, uint32_t *flag);
/* The row of a rule's id that holds on the day, else its first; ZHOL_NONE where there is none. */
uint32_t dispatch_rule_row(const struct dispatch_day *day, const char *id);
/* Trains a day that the binding figures of the lines let pass: over the border from `from` to `to`;
 * or, with `to` ZHOL_NONE, from `from` into its own country on its own gauge. Of one link alone, or
 * with `link` ZHOL_NONE of all together; only these are noted in the day's basis. */
enum zhol_error dispatch_capacity(struct dispatch_day *day, uint32_t from, uint32_t to,
                                  uint32_t link, enum zhol_dispatch_gauge gauge, double *a_day);
/* Forgets what rules took from acceptance or departures of a gauge: somebody set them anew. */
void dispatch_thin_drop(struct dispatch_day *day, enum zhol_dispatch_move move,
                        enum zhol_dispatch_gauge gauge);
/* Takes the bans of a rule away. */
void dispatch_lift(struct dispatch_day *day, uint32_t row);

/* So many trains an hour that `a_day` come out of 24 hours, as even as can be. */
void dispatch_spread(uint16_t *hours, uint32_t count, double a_day);

#endif
