/* network/compile_prices.c: which tariffs can apply to an arc.
 *
 * Every tariff row that holds on the day becomes one price, in US dollars at the rate of the day.
 * Rows that name a link, process, service or place are found by it; the rest are few and are
 * matched once for each different scope (mode, gauge, country, kind of process), so that a million
 * links cost a million look-ups and no more.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "network/compile.h"

/* The latest rate that is not after the day; NaN where there is none. Any row of a currency may
 * be the latest: an end of validity does not make the next rate known. */
static double usd_rate(const struct compile *c, const char *currency, uint32_t *source)
{
    uint32_t count;
    const struct zhol_fx *rows = zhol_corridor_fx(c->corridor, &count);
    const struct zhol_fx *best = NULL;
    if (strcmp(currency, "USD") == 0) {
        *source = ZHOL_NONE;
        return 1;
    }
    for (uint32_t i = 0; i < count; i++) {
        bool begun = rows[i].valid_from == ZHOL_BLANK_DATE || rows[i].valid_from <= c->options.day;
        if (begun && (!best || rows[i].valid_from >= best->valid_from) &&
            strcmp(zhol_corridor_text(c->corridor, rows[i].currency), currency) == 0) {
            best = &rows[i];
        }
    }
    *source = best ? best->source_id : ZHOL_NONE;
    return best ? best->usd : (double)NAN;
}

/* How many scope columns a tariff fixes. A link fixes mode, gauge and country with it, a process
 * its kind, place and country, a place its country, a gauge the mode. */
static uint8_t tariff_rank(const struct zhol_tariff *t)
{
    bool link = t->link_id != ZHOL_NONE, process = t->process_id != ZHOL_NONE;
    bool node = t->node_id != ZHOL_NONE || process;
    bool gauge = t->gauge_mm != ZHOL_BLANK_INT || link;
    return (uint8_t)((t->class != 0) + (t->commodity_id != ZHOL_NONE) + (t->mode != 0 || gauge) +
                     gauge + (t->country != 0 || link || node) + link +
                     (t->service_id != ZHOL_NONE) + (t->from_node_id != ZHOL_NONE) +
                     (t->to_node_id != ZHOL_NONE) + node + (t->process_kind != 0 || process) +
                     process);
}

static enum zhol_error add_price(struct compile *c, uint32_t row, const struct zhol_tariff *t,
                                 double usd, uint32_t fx_source)
{
    struct drawn what = {
        .table = ZHOL_TABLE_tariff,
        .row = row,
        .id = zhol_corridor_id(c->corridor, ZHOL_TABLE_tariff, t->tariff_id),
        .valid_from = t->valid_from,
        .source = t->source_id,
    };
    double micro = draw_value(c, &what, t->value, t->low, t->high) * usd * 1e6;
    double free_minutes = isnan(t->free_days) ? 0 : t->free_days * 1440;
    if (!(fabs(micro) < 9e18) || !(free_minutes < 4e9)) {
        scope_warn(c, ZHOL_TABLE_tariff, row, "value",
                   zhol_corridor_id(c->corridor, ZHOL_TABLE_tariff, t->tariff_id),
                   "a price below 9e12 USD; the row is left out");
        return ZHOL_ERROR_OK;
    }
    unsigned evidence = scope_evidence(c, t->source_id);
    unsigned fx = fx_source == ZHOL_NONE ? ZHOL_PUBLISHED : scope_evidence(c, fx_source);
    struct zhol_price price = {
        .microusd = llround(micro),
        .tariff_row = row,
        .commodity = t->commodity_id,
        .free_minutes = (uint32_t)llround(free_minutes),
        .vat_permille = (uint16_t)llround(isnan(t->vat_pct) ? 0 : t->vat_pct * 10),
        .scope = t->scope,
        .cost_kind = t->cost_kind,
        .unit = t->unit,
        .class = t->class,
        .evidence = (uint8_t)(evidence > fx ? evidence : fx),
        .rank = tariff_rank(t),
    };
    return network_builder_price(c->builder, &price, &c->prices.number_of_row[row]);
}

/* By what a tariff is found: the key of what it names, or 0 for a general one. */
static uint64_t tariff_key(const struct compile *c, const struct zhol_tariff *t)
{
    if (t->scope == zhol_tariff_scope_STORAGE) {
        uint32_t node = t->node_id;
        if (t->process_id != ZHOL_NONE) {
            uint32_t begin, end, count;
            zhol_corridor_rows(c->corridor, ZHOL_TABLE_process, t->process_id, &begin, &end);
            node = zhol_corridor_process(c->corridor, &count)[begin].node_id;
        }
        return node == ZHOL_NONE ? 0 : row_key(ZHOL_TABLE_node, node);
    }
    if (t->link_id != ZHOL_NONE) {
        return row_key(ZHOL_TABLE_link, t->link_id);
    }
    if (t->process_id != ZHOL_NONE) {
        return row_key(ZHOL_TABLE_process, t->process_id);
    }
    if (t->service_id != ZHOL_NONE) {
        return row_key(ZHOL_TABLE_service, t->service_id);
    }
    uint32_t node = t->node_id != ZHOL_NONE        ? t->node_id
                    : t->from_node_id != ZHOL_NONE ? t->from_node_id
                                                   : t->to_node_id;
    return node == ZHOL_NONE ? 0 : row_key(ZHOL_TABLE_node, node);
}

/* Prices of all rows that hold on the day; specific and general ones told apart. */
static enum zhol_error add_prices(struct compile *c, const struct zhol_tariff *rows, uint32_t count,
                                  uint64_t *keys, uint32_t *specific, uint32_t *specific_count)
{
    struct price_index *p = &c->prices;
    uint32_t currency = UINT32_MAX, fx_source = ZHOL_NONE;
    double usd = NAN;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t row = 0; !error && row < count; row++) {
        const struct zhol_tariff *t = &rows[row];
        p->number_of_row[row] = ZHOL_NONE;
        if (!zhol_day_in(c->options.day, t->valid_from, t->valid_to)) {
            continue;
        }
        const char *name = zhol_corridor_text(c->corridor, t->currency);
        if (t->currency != currency) {
            currency = t->currency;
            usd = usd_rate(c, name, &fx_source);
        }
        if (isnan(usd)) {
            scope_warn(c, ZHOL_TABLE_tariff, row, "currency", name,
                       "an exchange rate on or before the day; the price stays unknown");
            continue;
        }
        error = add_price(c, row, t, usd, fx_source);
        if (error || p->number_of_row[row] == ZHOL_NONE) {
            continue;
        }
        p->any_storage = p->any_storage || t->scope == zhol_tariff_scope_STORAGE;
        uint64_t key = tariff_key(c, t);
        if (key) {
            keys[*specific_count] = key;
            specific[(*specific_count)++] = row;
        } else {
            p->general[p->general_count++] = row;
        }
    }
    return error;
}

enum zhol_error prices_prepare(struct compile *c)
{
    uint32_t count, specific_count = 0;
    const struct zhol_tariff *rows = zhol_corridor_tariff(c->corridor, &count);
    uint64_t *keys = arena_array(&c->arena, count, sizeof *keys);
    uint32_t *specific = arena_array(&c->arena, count, sizeof *specific);
    c->prices.general = arena_array(&c->arena, count, sizeof *c->prices.general);
    c->prices.number_of_row = arena_array(&c->arena, count, sizeof *c->prices.number_of_row);
    map_int_init(&c->prices.memo);
    c->prices.last_key = UINT64_MAX;
    if (!keys || !specific || !c->prices.general || !c->prices.number_of_row) {
        return ZHOL_ERROR_MEMORY;
    }
    enum zhol_error error = add_prices(c, rows, count, keys, specific, &specific_count);
    return error ? error
                 : row_index_make(&c->prices.specific, &c->arena, keys, specific, specific_count);
}

void prices_clear(struct compile *c)
{
    map_int_clear(&c->prices.memo);
    free(c->prices.scratch);
}

/* ---- matching ---- */

static bool kind_fits(const struct zhol_tariff *t, const struct arc_scope *s)
{
    switch (t->scope) {
    case zhol_tariff_scope_PER_KM:
    case zhol_tariff_scope_LINK:
        return s->kind == ZHOL_ARC_MOVE;
    case zhol_tariff_scope_THROUGH:
        return s->kind == ZHOL_ARC_RIDE;
    case zhol_tariff_scope_PROCESS:
        return s->kind == ZHOL_ARC_HANDLE || s->kind == ZHOL_ARC_CONTROL;
    case zhol_tariff_scope_CONSIGNMENT: /* where it sets out; cargo that is put into a yard on its
                                           way sets out from there on new papers */
        return s->kind == ZHOL_ARC_HANDLE && s->from_state == zhol_state_YARD;
    case zhol_tariff_scope_STORAGE:
        return s->kind == SCOPE_STORAGE;
    default:
        return false;
    }
}

static bool thing_fits(uint32_t wanted, uint32_t thing)
{
    return wanted == ZHOL_NONE || wanted == thing;
}

static bool tariff_fits(const struct compile *c, const struct zhol_tariff *t,
                        const struct arc_scope *s)
{
    if (!kind_fits(t, s) || (t->class && s->class && t->class != s->class)) {
        return false;
    }
    if (t->mode && t->mode != zhol_mode_of_state(s->from_state) &&
        t->mode != zhol_mode_of_state(s->to_state)) {
        return false;
    }
    if (t->gauge_mm != ZHOL_BLANK_INT && t->gauge_mm != scope_gauge_of(s->from_state) &&
        t->gauge_mm != scope_gauge_of(s->to_state)) {
        return false;
    }
    if (t->country && scope_country_code(c->corridor, t->country) != s->country) {
        return false;
    }
    bool storage = s->kind == SCOPE_STORAGE;
    if (t->process_kind && t->process_kind != s->process_kind && !storage) {
        return false;
    }
    return thing_fits(t->link_id, s->link) && thing_fits(t->service_id, s->service) &&
           thing_fits(t->from_node_id, s->from_node) && thing_fits(t->to_node_id, s->to_node) &&
           thing_fits(t->node_id, s->node) && (storage || thing_fits(t->process_id, s->process));
}

static enum zhol_error take(struct compile *c, uint32_t row, const struct arc_scope *scope,
                            uint32_t *taken)
{
    struct price_index *p = &c->prices;
    uint32_t count;
    const struct zhol_tariff *rows = zhol_corridor_tariff(c->corridor, &count);
    if (!tariff_fits(c, &rows[row], scope)) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = ARRAY_RESERVE(p->scratch, p->scratch_capacity, *taken + 1);
    if (!error) {
        p->scratch[(*taken)++] = p->number_of_row[row];
    }
    return error;
}

/* The set of the general prices of a scope, worked out once for each scope_key. */
static enum zhol_error general_set(struct compile *c, const struct arc_scope *scope, uint32_t *set)
{
    struct price_index *p = &c->prices;
    uint64_t key = scope_key(scope);
    uint32_t taken = 0;
    enum zhol_error error = ZHOL_ERROR_OK;
    if (key == p->last_key) {
        *set = p->last_set;
        return ZHOL_ERROR_OK;
    }
    if (!map_int_get(&p->memo, (int64_t)key, set)) {
        for (uint32_t i = 0; !error && i < p->general_count; i++) {
            error = take(c, p->general[i], scope, &taken);
        }
        error = error ? error : network_builder_price_set(c->builder, p->scratch, taken, set);
        error = error ? error : map_int_put(&p->memo, (int64_t)key, *set);
    }
    if (!error) {
        p->last_key = key;
        p->last_set = *set;
    }
    return error;
}

/* Adds the prices found under one thing to those taken. */
static enum zhol_error take_specific(struct compile *c, enum zhol_table table, uint32_t thing,
                                     const struct arc_scope *scope, uint32_t *taken)
{
    if (thing == ZHOL_NONE) {
        return ZHOL_ERROR_OK;
    }
    uint32_t count;
    const uint32_t *rows = row_index_find(&c->prices.specific, row_key(table, thing), &count);
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; !error && i < count; i++) {
        error = take(c, rows[i], scope, taken);
    }
    return error;
}

enum zhol_error prices_of(struct compile *c, const struct arc_scope *scope, uint32_t *set)
{
    struct price_index *p = &c->prices;
    uint32_t taken = 0;
    enum zhol_error error = general_set(c, scope, set);
    if (error || p->specific.count == 0) {
        return error;
    }
    error = take_specific(c, ZHOL_TABLE_link, scope->link, scope, &taken);
    error = error ? error : take_specific(c, ZHOL_TABLE_process, scope->process, scope, &taken);
    error = error ? error : take_specific(c, ZHOL_TABLE_service, scope->service, scope, &taken);
    error = error ? error : take_specific(c, ZHOL_TABLE_node, scope->node, scope, &taken);
    if (scope->from_node != scope->node) {
        error = error ? error : take_specific(c, ZHOL_TABLE_node, scope->from_node, scope, &taken);
    }
    if (scope->to_node != scope->node && scope->to_node != scope->from_node) {
        error = error ? error : take_specific(c, ZHOL_TABLE_node, scope->to_node, scope, &taken);
    }
    if (error || taken == 0) {
        return error;
    }
    uint32_t general;
    const uint32_t *prices = network_builder_set_prices(c->builder, *set, &general);
    error = ARRAY_RESERVE(p->scratch, p->scratch_capacity, taken + general);
    if (error) {
        return error;
    }
    if (general) {
        memcpy(p->scratch + taken, prices, general * sizeof *prices);
    }
    return network_builder_price_set(c->builder, p->scratch, taken + general, set);
}
