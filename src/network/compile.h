/* network/compile.h: what the parts of the compiler share; only for compile_*.c and compile.c.
 *
 * zhol_network_compile makes one struct compile, lets each part prepare its index over the rows
 * that hold on the day (prices, factors, calendars, bans, uses), then walks once over links,
 * handlings and services. A part asks the others about an arc through struct arc_scope, which says
 * in one place what the scope columns of tariffs, factors and bans can be compared with.
 *
 * Ownership: compile.c makes and clears everything here. Errors come back as enum zhol_error;
 * findings for people go to compile.report.
 */
#ifndef ZHOL_NETWORK_COMPILE_H
#define ZHOL_NETWORK_COMPILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/zone.h"
#include "network/builder.h"

/* Where a price, factor or ban can apply: an arc to be, or a place where cargo waits. Refs are
 * things or ZHOL_NONE; a country is its two letters as a number (country_code), 0 for none. */
struct arc_scope {
    uint32_t link;
    uint32_t process;
    uint32_t service;
    uint32_t node;                     /* of a handling, control or storage; of a move its head */
    uint32_t from_node, to_node;       /* ends of the link or stops of the ride */
    uint16_t country;                  /* whose tariffs and factors apply */
    uint16_t from_country, to_country; /* of the ends of the link; of one place: both the same */
    uint8_t kind;                      /* enum zhol_arc_kind, or SCOPE_STORAGE */
    uint8_t from_state, to_state;
    uint8_t process_kind;
    uint8_t traction;
    uint8_t class;
    int8_t along; /* 1: the link's own direction, -1: against it, 0: neither */
};
#define SCOPE_STORAGE 7

/* Row numbers of a table in order of a key, for finding all rows of one key. */
struct row_index {
    uint64_t *keys; /* rising */
    uint32_t *rows;
    uint32_t count;
};

struct price_index {
    struct row_index specific; /* tariffs that name a link, process, service or place */
    uint32_t *general;         /* rows of the others */
    uint32_t general_count;
    uint32_t *number_of_row; /* price number of each tariff row, or ZHOL_NONE */
    struct map_int memo;     /* set of the general prices of a scope, by scope_key */
    uint64_t last_key;
    uint32_t last_set;
    uint32_t *scratch;
    uint32_t scratch_capacity;
    bool any_storage;
};

struct factor_index {
    struct row_index specific; /* factors that name a link */
    uint32_t *general;
    uint32_t general_count;
    uint32_t *number_of_row; /* factor number of each emission row; 0: not yet added */
    struct map_int memo;     /* best general row + 1 of a scope; 0: none */
    uint64_t last_key;
    uint32_t last_row;
};

struct ban_rule {
    uint32_t row;
    uint16_t country;
    uint32_t exempt; /* offset in the builder's exempts */
    uint32_t exempt_classes;
};

struct ban_index {
    struct ban_rule *rules; /* that overlap the horizon */
    uint32_t count;
    struct zhol_ban *scratch;
    uint32_t scratch_capacity;
};

struct use_index {
    struct row_index by_link;
    struct row_index by_process;
    struct zhol_use *scratch;
    uint32_t scratch_capacity;
};

struct zone_slot {
    uint32_t name; /* text offset in the corridor */
    struct zone *zone;
};

struct compile {
    const struct zhol_corridor *corridor;
    struct zhol_report *report;
    struct zhol_network_options options; /* with defaults filled in */
    int64_t horizon_from_min, horizon_to_min;
    int32_t horizon_first_day, horizon_last_day; /* [first, last) */
    struct network_builder *builder;
    struct arena arena;

    const struct zhol_node *nodes;
    uint32_t node_count;       /* things */
    uint32_t *node_row;        /* of each node */
    uint16_t *node_country;    /* of each node */
    uint8_t *node_open;        /* of each node: may be used on the day */
    uint8_t *source_evidence;  /* enum zhol_evidence of each source */
    uint32_t *calendar_number; /* of each calendar thing; ZHOL_NONE: not yet worked out */
    struct zone_slot *zones;   /* loaded so far */
    uint32_t zone_count, zone_capacity;

    struct price_index prices;
    struct factor_index factors;
    struct ban_index bans;
    struct use_index uses;
};

/* ---- compile_scope.c: words, countries, evidence, rows by key ---- */

int32_t scope_gauge_of(unsigned state); /* ZHOL_BLANK_INT where it has none */
uint16_t scope_country_code(const struct zhol_corridor *corridor, zhol_cell_text country);
/* A key of all that general tariffs and factors can ask of a scope. */
uint64_t scope_key(const struct arc_scope *scope);
unsigned scope_evidence(const struct compile *c, uint32_t source);
/* True where a thing of this status is in the network. */
bool scope_status_open(const struct compile *c, unsigned status);
/* Minutes of hours, rounded up. */
uint32_t scope_minutes(double hours);
void scope_warn(const struct compile *c, enum zhol_table table, uint32_t row, const char *column,
                const char *value, const char *text);

/* Keys of a row index: what is named (a table) and which. */
static inline uint64_t row_key(enum zhol_table table, uint32_t thing)
{
    return (uint64_t)table << 32 | thing;
}
/* Sorts the rows by key; the arrays must live as long as the index. */
enum zhol_error row_index_make(struct row_index *index, struct arena *arena, const uint64_t *keys,
                               const uint32_t *rows, uint32_t count);
/* The rows of a key, in order. */
const uint32_t *row_index_find(const struct row_index *index, uint64_t key, uint32_t *count);

/* ---- compile_draw.c: values that are assumed may be drawn ---- */

struct drawn {
    enum zhol_table table;
    uint32_t row;
    const char *id;     /* of the thing, so that draws survive rows added by a scenario */
    int32_t valid_from; /* of the row */
    unsigned field;     /* which value of the row: 0, 1, ... */
    uint32_t source;
};
/* The value, or with options.draw > 0, an assumed source and low <= value <= high a triangular
 * draw from them. */
double draw_value(const struct compile *c, const struct drawn *what, double value, double low,
                  double high);

/* ---- compile_prices.c ---- */

enum zhol_error prices_prepare(struct compile *c);
void prices_clear(struct compile *c);
enum zhol_error prices_of(struct compile *c, const struct arc_scope *scope, uint32_t *set);

/* ---- compile_factors.c ---- */

enum zhol_error factors_prepare(struct compile *c);
void factors_clear(struct compile *c);
enum zhol_error factor_of(struct compile *c, const struct arc_scope *scope, uint16_t *factor);

/* ---- compile_calendars.c ---- */

/* A zone by its name in the corridor's texts; loaded once, owned by the compile. */
enum zhol_error zone_of(struct compile *c, zhol_cell_text name, const struct zone **zone);
void zones_clear(struct compile *c);
/* The number of the opening times of a calendar; ZHOL_NONE and round the clock give 0. */
enum zhol_error calendar_of(struct compile *c, uint32_t calendar, uint16_t *number);

/* ---- compile_bans.c ---- */

enum zhol_error bans_prepare(struct compile *c);
void bans_clear(struct compile *c);
/* Whether a rule of kind ban names an arc; `country` is the code of the rule's country, or of that
 * of its place. Cargo (class but for the scope's own, commodity, origin, destination) is not
 * looked at. */
bool ban_fits(const struct zhol_rule *rule, uint16_t country, const struct arc_scope *s);
/* The bans on an arc that begins at node `at` (its clock says when a day of the ban begins). */
enum zhol_error bans_of(struct compile *c, const struct arc_scope *scope, uint32_t at,
                        uint16_t *list);

/* ---- compile_uses.c ---- */

enum zhol_error uses_prepare(struct compile *c);
void uses_clear(struct compile *c);
enum zhol_error uses_of(struct compile *c, const struct arc_scope *scope, uint32_t *list);

/* ---- compile_links.c, compile_handlings.c, compile_services.c ---- */

/* What an arc of a process is, whether a handling or a control. */
struct process_arc {
    enum zhol_arc_kind kind;
    uint32_t tail, head;
    uint32_t thing; /* handling, or process */
    uint32_t row;   /* of table process */
    uint16_t commodity;
};
/* Adds the arc of a process; scope says where, its process fields are filled here. */
enum zhol_error compile_process_arc(struct compile *c, const struct process_arc *what,
                                    struct arc_scope *scope);
enum zhol_error compile_links(struct compile *c);
enum zhol_error compile_handlings(struct compile *c);
enum zhol_error compile_storage(struct compile *c);
enum zhol_error compile_services(struct compile *c);

#endif
