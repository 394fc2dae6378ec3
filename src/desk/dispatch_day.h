/* desk/dispatch_day.h: a day at a gauge break, put together for the dispatcher (zhol/dispatch.h).
 *
 * Purpose: the engine knows rows and minutes; people know stations, trains by their numbers, tracks
 * by name and the clock. This holds both: the flat arrays of the engine, and beside each row what
 * people call it.
 *
 * A crossing is a pair of stations on either side of a border, one in a country of 1435 mm, one in
 * a country of 1520 mm: Alashankou and Dostyk, Horgos and Altynkol, Malaszewicze and Brest. Trains
 * that arrive on a gauge leave on the other. Minutes count from midnight of the day, by the clock
 * of the station in the country of 1520 mm.
 *
 * Call order: dispatch_day_init; dispatch_day_station (what the corridor knows); trains from
 * dispatch_day_expect (averages of the corridor) or dispatch_day_list (train lists);
 * dispatch_state_read (what the dispatcher says); dispatch_day_seal; then the engine with
 * day->engine; dispatch_day_clear. Before sealing, rows may be added and changed in any order.
 * Ownership: the day owns its arrays and texts; the corridor must outlive it.
 * Errors: ZHOL_ERROR_MEMORY; ZHOL_ERROR_UNKNOWN where a place is no crossing; _LIMIT where the
 * engine's limits are passed; faults of files with findings that name file, row or member.
 * Complexity: linear in rows.
 */
#ifndef ZHOL_DESK_DISPATCH_DAY_H
#define ZHOL_DESK_DISPATCH_DAY_H

#include <zhol/corridor.h>
#include <zhol/dispatch.h>

#include "base/text.h"

/* The origin of trains of an average day. */
#define DISPATCH_AVERAGE "average"

enum {
    DISPATCH_DAY_MIN = 1440,
    DISPATCH_HOURS = 36, /* default: a day of acceptance, and the morning after to leave */
    /* Days before the planned one that a list may name: a train is at most so long under way, and
     * waits at most so long at the border. */
    DISPATCH_FORMED_DAYS = 60,
    DISPATCH_WAITED_DAYS = 30,
    DISPATCH_CUT_M = 270 /* longer groups are cut: two cuts to a train of 41 boxes */
};

/* What a box or wagon is worth on each gauge, in general knowledge of rolling stock: metres of
 * train and tonnes of platform for a 40-foot box (half an 80-foot platform; a Chinese flat wagon),
 * metres and tare of an ordinary wagon, and the length of a locomotive. */
struct dispatch_stock_of_gauge {
    double box_m, box_tare_t, wagon_m, wagon_tare_t;
    int32_t locomotive_m;
    uint32_t boxes_a_platform;
};
extern const struct dispatch_stock_of_gauge dispatch_rolling[ZHOL_DISPATCH_GAUGES];

/* What people call a row: texts of the pool; the Russian one may be 0. */
struct dispatch_label {
    uint32_t name, name_ru;
};

struct dispatch_train_label {
    uint32_t name;      /* number of the train */
    uint32_t client;    /* whose it is, or 0 */
    uint32_t client_ru; /* the same in Russian, or 0 */
    uint32_t origin;    /* where it was taken from: a file, "state", DISPATCH_AVERAGE */
    int32_t contract_min;
};

struct dispatch_destination {
    uint32_t node; /* ZHOL_NONE where the text is no place of the corridor */
    uint32_t name;
};

/* A figure of the corridor on which the day rests. */
struct dispatch_basis {
    enum zhol_table table; /* station_figure, resource or rule */
    uint32_t row;
};

/* A rule of the corridor that keeps some goods out: a ban once a train has such goods. */
struct dispatch_goods_ban {
    struct zhol_dispatch_ban ban;
    uint32_t rule; /* row of the table rule */
    bool named;    /* it stands among the bans */
};

/* Trains of an hour that are not accepted (or do not leave) because a rule closes one of several
 * lines: the figures of the others alone count then. */
struct dispatch_thin {
    uint32_t rule; /* row of the table rule */
    enum zhol_dispatch_move move;
    enum zhol_dispatch_gauge gauge;
    uint32_t hour;
    uint16_t count;
};

/* A window in which a rule closes the reloading of a front. */
struct dispatch_reload_ban {
    uint32_t rule; /* row of the table rule */
    struct zhol_dispatch_window window;
};

struct dispatch_numbers;

struct dispatch_day {
    struct zhol_dispatch_day engine; /* complete after dispatch_day_seal */
    const struct zhol_corridor *corridor;
    uint32_t node[ZHOL_DISPATCH_GAUGES]; /* the station in the country of this gauge */
    int32_t date;
    bool sealed;
    struct text_pool texts;
    struct dispatch_numbers *numbers; /* of the lists so far (dispatch_list.c), or NULL */
    uint16_t accepts[ZHOL_DISPATCH_GAUGES][ZHOL_DISPATCH_HORIZON_MAX / 60];
    uint16_t departs[ZHOL_DISPATCH_GAUGES][ZHOL_DISPATCH_HORIZON_MAX / 60];
    int32_t inspect_min[ZHOL_DISPATCH_GAUGES];
    int32_t contract_min[ZHOL_DISPATCH_WORKS], late_weight[ZHOL_DISPATCH_WORKS];

    struct zhol_dispatch_train *trains;
    struct dispatch_train_label *train_labels;
    struct zhol_dispatch_unit *units;
    uint32_t *unit_owners; /* texts: owner of each unit */
    struct zhol_dispatch_track *tracks;
    struct dispatch_label *track_labels;
    struct zhol_dispatch_front *fronts;
    struct dispatch_label *front_labels;
    struct zhol_dispatch_locomotive *locomotives;
    struct dispatch_label *locomotive_labels;
    struct zhol_dispatch_stock *stocks;
    struct dispatch_label *stock_labels;
    enum zhol_dispatch_work *stock_works;
    struct zhol_dispatch_delivery *deliveries;
    struct zhol_dispatch_window *windows;
    struct zhol_dispatch_ban *bans;
    uint32_t *ban_rules; /* row of the table rule of each ban; ZHOL_NONE: a state says it */
    struct dispatch_goods_ban *goods_bans;
    struct dispatch_thin *thins;
    struct dispatch_reload_ban *reload_bans;
    uint32_t *front_nodes; /* station of each front that the corridor knows */
    uint32_t thin_count, thin_room, reload_ban_count, reload_ban_room, front_node_room;
    uint32_t marks[ZHOL_DISPATCH_MARKS]; /* rules (things) of the flags ZHOL_DISPATCH_MARK << i */
    uint32_t mark_count, goods_ban_count, goods_ban_room, ban_rule_room;
    struct dispatch_destination *destinations;
    struct dispatch_basis *basis;
    uint32_t destination_count, basis_count;
    uint32_t train_room, train_label_room, unit_room, unit_owner_room, track_room, track_label_room;
    uint32_t front_room, front_label_room, locomotive_room, locomotive_label_room, stock_room;
    uint32_t stock_label_room, stock_work_room, delivery_room, window_room, ban_room;
    uint32_t destination_room, basis_room;
};

void dispatch_day_init(struct dispatch_day *day, const struct zhol_corridor *corridor, int32_t date,
                       int32_t horizon_min);
void dispatch_day_clear(struct dispatch_day *day);

/* The crossing of a station on a day: the station itself and its partner over the border, by the
 * gauge of their countries. ZHOL_ERROR_UNKNOWN where the station is none of a gauge break. */
enum zhol_error dispatch_crossing(const struct zhol_corridor *corridor, uint32_t station,
                                  int32_t date, uint32_t node[static ZHOL_DISPATCH_GAUGES]);

/* Tracks, fronts, locomotives, stock, limits, times, acceptance and bans that the corridor knows of
 * both stations on the day. */
enum zhol_error dispatch_day_station(struct dispatch_day *day, uint32_t station);
/* Trains of an average day: each kind comes `trains_day` times, spread evenly over the hours, so
 * that the number of a long time comes out. Fails where the corridor expects none there. */
enum zhol_error dispatch_day_expect(struct dispatch_day *day);
/* Trains of the demand table that is counted over this crossing: its tonnes of the day, or of the
 * same day of the last year that it knows, by direction, kind of cargo and country of destination,
 * as whole trains. ZHOL_ERROR_UNKNOWN where no demand passes here. */
enum zhol_error dispatch_day_demand(struct dispatch_day *day);

/* The last day that a period of the demand table covers; ZHOL_BLANK_DATE where there is none. */
int32_t dispatch_counted_until(const struct zhol_corridor *corridor);

/* Sets what is accepted of trains that arrive on a gauge: so many a day, spread over its hours. */
void dispatch_set_accepted(struct dispatch_day *day, enum zhol_dispatch_gauge gauge, double a_day);

/* ---- Rows. Each copies what it gets and gives the row's number; `ru` may be "". ---- */

enum zhol_error dispatch_add_track(struct dispatch_day *day, struct zhol_dispatch_track track,
                                   const char *name, const char *ru);
enum zhol_error dispatch_add_front(struct dispatch_day *day, struct zhol_dispatch_front front,
                                   const char *name, const char *ru);
enum zhol_error dispatch_add_locomotive(struct dispatch_day *day,
                                        struct zhol_dispatch_locomotive locomotive,
                                        const char *name, const char *ru);
enum zhol_error dispatch_add_stock(struct dispatch_day *day, struct zhol_dispatch_stock stock,
                                   enum zhol_dispatch_work work, const char *name, const char *ru);
enum zhol_error dispatch_add_delivery(struct dispatch_day *day,
                                      struct zhol_dispatch_delivery delivery);
enum zhol_error dispatch_add_window(struct dispatch_day *day, struct zhol_dispatch_window window);
/* `rule`: the row of the table rule that makes it, or ZHOL_NONE. */
enum zhol_error dispatch_add_ban(struct dispatch_day *day, struct zhol_dispatch_ban ban,
                                 uint32_t rule);
enum zhol_error dispatch_add_destination(struct dispatch_day *day, uint32_t node, const char *name,
                                         uint32_t *index);
enum zhol_error dispatch_add_train(struct dispatch_day *day, struct zhol_dispatch_train train,
                                   const char *name, const char *client, const char *origin,
                                   int32_t contract_min, uint32_t *index);
enum zhol_error dispatch_add_unit(struct dispatch_day *day, struct zhol_dispatch_unit unit,
                                  const char *owner);

/* A group of a train as lists and averages know it; dispatch_add_group works out weight, length,
 * platforms and lateness on the gauge on which it leaves. */
struct dispatch_group {
    uint32_t train, destination;
    uint32_t boxes_20, boxes_40, heavy_20_pairs;
    uint32_t wagons; /* of work that is not containers */
    double cargo_t;  /* boxes with their load, or the load of the wagons */
    int32_t hold_until_min, data_min;
    uint32_t flags;
    int32_t contract_min;
    const char *owner;
};
enum zhol_error dispatch_add_group(struct dispatch_day *day, const struct dispatch_group *group);
/* The stock row that trains of a work use on a gauge, or ZHOL_DISPATCH_NONE. */
uint32_t dispatch_stock_for(const struct dispatch_day *day, enum zhol_dispatch_gauge gauge,
                            enum zhol_dispatch_work work);

/* Cuts long groups, points the engine's day at the arrays and checks it. */
enum zhol_error dispatch_day_seal(struct dispatch_day *day, struct zhol_report *report);

/* True where a train that arrives on a gauge cannot go to a place through this crossing: the place
 * lies on the side from which it comes. */
bool dispatch_wrong_way(const struct dispatch_day *day, enum zhol_dispatch_gauge gauge,
                        uint32_t node);

/* ---- Names ---- */

const char *dispatch_text(const struct dispatch_day *day, uint32_t text);
/* The name of a row in "en" or "ru". */
const char *dispatch_label_in(const struct dispatch_day *day, struct dispatch_label label,
                              const char *lang);
/* Whose a train is. */
const char *dispatch_client_in(const struct dispatch_day *day, uint32_t train, const char *lang);
/* Sets the Russian name of it. */
enum zhol_error dispatch_set_client_ru(struct dispatch_day *day, uint32_t train, const char *ru);
/* The name of a destination. */
const char *dispatch_destination_name(const struct dispatch_day *day, uint32_t destination,
                                      const char *lang);
/* The id of the rule of a ban, or "" where a state says it. */
const char *dispatch_ban_id(const struct dispatch_day *day, uint32_t ban);
/* 1435 or 1520. */
int32_t dispatch_gauge_mm(enum zhol_dispatch_gauge gauge);
/* The gauge of a width, or ZHOL_DISPATCH_GAUGES. */
enum zhol_dispatch_gauge dispatch_gauge_of(int32_t mm);

#endif
