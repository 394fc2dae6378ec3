/* network/compile.c: a corridor on one day becomes a network; see zhol/network.h and compile.h. */
#include "network/compile.h"

#include <stdlib.h>

#include "base/time.h"

enum { HORIZON_DAYS = 400, HORIZON_DAYS_MAX = 36500, KEPT_DAYS = 31, DAY_MIN = TIME_DAY_S / 60 };

static void set_options(struct compile *c, const struct zhol_network_options *options)
{
    c->options = options ? *options : (struct zhol_network_options){.day = ZHOL_BLANK_DATE};
    if (c->options.day == ZHOL_BLANK_DATE) {
        c->options.day = zhol_corridor_about(c->corridor).day;
    }
    if (c->options.horizon_days == 0) {
        c->options.horizon_days = HORIZON_DAYS;
    }
    c->horizon_first_day = c->options.day - KEPT_DAYS;
    c->horizon_last_day = c->options.day + (int32_t)c->options.horizon_days;
    c->horizon_from_min = (int64_t)c->horizon_first_day * DAY_MIN;
    c->horizon_to_min = (int64_t)c->horizon_last_day * DAY_MIN;
    network_builder_dates(c->builder, c->options.day, c->horizon_from_min, c->horizon_to_min);
}

/* The corridor's fingerprint: row numbers in the network hold only for these tables. */
static void set_tables(struct compile *c)
{
    network_builder_as_of(c->builder, zhol_corridor_about(c->corridor).as_of);
#define COMPILE_TABLE(table, doc)                                                     \
    {                                                                                 \
        uint32_t rows;                                                                \
        zhol_corridor_##table(c->corridor, &rows);                                    \
        network_builder_table(c->builder, ZHOL_TABLE_##table, rows,                   \
                              zhol_corridor_things(c->corridor, ZHOL_TABLE_##table)); \
    }
    ZHOL_TABLES(COMPILE_TABLE)
#undef COMPILE_TABLE
}

/* Evidence of a row by the kind of its source. */
static enum zhol_error read_sources(struct compile *c)
{
    uint32_t count, things = zhol_corridor_things(c->corridor, ZHOL_TABLE_source);
    const struct zhol_source *rows = zhol_corridor_source(c->corridor, &count);
    c->source_evidence = arena_array(&c->arena, things, sizeof *c->source_evidence);
    if (!c->source_evidence) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t row = 0; row < count; row++) {
        c->source_evidence[rows[row].source_id] =
            rows[row].kind == zhol_source_kind_ASSUMPTION ? ZHOL_ASSUMED
            : rows[row].kind == zhol_source_kind_DERIVED  ? ZHOL_DERIVED
                                                          : ZHOL_PUBLISHED;
    }
    return ZHOL_ERROR_OK;
}

/* True where a place may be used on the day. Without any period it always may. */
static bool is_open(const struct compile *c, uint32_t node)
{
    uint32_t count, total;
    const struct zhol_node_period *periods = zhol_corridor_node_period(c->corridor, &total);
    const uint32_t *rows = zhol_corridor_rows_of(c->corridor, ZHOL_TABLE_node_period, node, &count);
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_node_period *period = &periods[rows[i]];
        if (zhol_day_in(c->options.day, period->valid_from, period->valid_to) &&
            scope_status_open(c, period->status)) {
            return true;
        }
    }
    return count == 0;
}

static enum zhol_error read_nodes(struct compile *c)
{
    uint32_t count;
    c->nodes = zhol_corridor_node(c->corridor, &count);
    c->node_count = zhol_corridor_things(c->corridor, ZHOL_TABLE_node);
    c->node_row = arena_array(&c->arena, c->node_count, sizeof *c->node_row);
    c->node_country = arena_array(&c->arena, c->node_count, sizeof *c->node_country);
    c->node_open = arena_array(&c->arena, c->node_count, sizeof *c->node_open);
    if (!c->node_row || !c->node_country || !c->node_open) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t row = 0; row < count; row++) {
        uint32_t node = c->nodes[row].node_id;
        c->node_row[node] = row;
        c->node_country[node] = scope_country_code(c->corridor, c->nodes[row].country);
        c->node_open[node] = is_open(c, node);
    }
    return ZHOL_ERROR_OK;
}

static enum zhol_error read_calendars(struct compile *c)
{
    uint32_t count = zhol_corridor_things(c->corridor, ZHOL_TABLE_calendar);
    c->calendar_number = arena_array(&c->arena, count, sizeof *c->calendar_number);
    if (!c->calendar_number) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        c->calendar_number[i] = ZHOL_NONE;
    }
    return ZHOL_ERROR_OK;
}

static enum zhol_error prepare(struct compile *c)
{
    uint32_t links, handlings;
    zhol_corridor_link(c->corridor, &links);
    zhol_corridor_handling(c->corridor, &handlings);
    if (zhol_corridor_things(c->corridor, ZHOL_TABLE_commodity) >= UINT16_MAX ||
        links > UINT32_MAX / 4 || handlings > UINT32_MAX / 4) {
        return ZHOL_ERROR_LIMIT; /* an arc keeps 1 + commodity in 16 bits */
    }
    enum zhol_error error = read_sources(c);
    error = error ? error : read_nodes(c);
    error = error ? error : read_calendars(c);
    error = error ? error : prices_prepare(c);
    error = error ? error : factors_prepare(c);
    error = error ? error : bans_prepare(c);
    error = error ? error : uses_prepare(c);
    return error ? error
                 : network_builder_reserve(c->builder, c->node_count, c->node_count,
                                           2 * links + handlings);
}

enum zhol_error zhol_network_compile(const struct zhol_corridor *corridor,
                                     const struct zhol_network_options *options,
                                     struct zhol_report *report, struct zhol_network **out)
{
    if (options && (options->horizon_days > HORIZON_DAYS_MAX ||
                    (options->day != ZHOL_BLANK_DATE &&
                     (options->day < -3000000 || options->day > 3000000)))) {
        return ZHOL_ERROR_USAGE;
    }
    struct compile c = {.corridor = corridor, .report = report};
    enum zhol_error error = network_builder_new(&c.builder);
    if (error) {
        return error;
    }
    arena_init(&c.arena, 0);
    set_options(&c, options);
    set_tables(&c);
    error = prepare(&c);
    error = error ? error : compile_links(&c);
    error = error ? error : compile_handlings(&c);
    error = error ? error : compile_storage(&c);
    error = error ? error : compile_services(&c);
    error = error ? error : network_builder_finish(c.builder, out);
    prices_clear(&c);
    factors_clear(&c);
    bans_clear(&c);
    uses_clear(&c);
    zones_clear(&c);
    arena_clear(&c.arena);
    network_builder_free(c.builder);
    return error;
}
