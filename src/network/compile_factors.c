/* network/compile_factors.c: the CO2e factor of an arc: of all that fit, the most specific.
 *
 * Only well-to-wheel rows count. Factors per tonne-km are for movements, factors per tonne for
 * handlings and controls. Rows that name a link are found by it; the best of the others is worked
 * out once for each different scope.
 */
#include <math.h>
#include <stdlib.h>

#include "network/compile.h"

static const struct zhol_emission *factor_rows(const struct compile *c)
{
    uint32_t count;
    return zhol_corridor_emission(c->corridor, &count);
}

enum zhol_error factors_prepare(struct compile *c)
{
    struct factor_index *f = &c->factors;
    uint32_t count, specific_count = 0;
    const struct zhol_emission *rows = zhol_corridor_emission(c->corridor, &count);
    uint64_t *keys = arena_array(&c->arena, count, sizeof *keys);
    uint32_t *specific = arena_array(&c->arena, count, sizeof *specific);
    f->general = arena_array(&c->arena, count, sizeof *f->general);
    f->number_of_row = arena_array(&c->arena, count, sizeof *f->number_of_row);
    map_int_init(&f->memo);
    f->last_key = UINT64_MAX;
    if (!keys || !specific || !f->general || !f->number_of_row) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t row = 0; row < count; row++) {
        if (rows[row].basis != zhol_emission_basis_WTW ||
            !zhol_day_in(c->options.day, rows[row].valid_from, rows[row].valid_to)) {
            continue;
        }
        if (rows[row].link_id != ZHOL_NONE) {
            keys[specific_count] = row_key(ZHOL_TABLE_link, rows[row].link_id);
            specific[specific_count++] = row;
        } else {
            f->general[f->general_count++] = row;
        }
    }
    return row_index_make(&f->specific, &c->arena, keys, specific, specific_count);
}

void factors_clear(struct compile *c)
{
    map_int_clear(&c->factors.memo);
}

static bool factor_fits(const struct compile *c, const struct zhol_emission *e,
                        const struct arc_scope *s)
{
    bool moves = s->kind == ZHOL_ARC_MOVE;
    if (moves != (e->scope == zhol_emission_scope_PER_TKM)) {
        return false;
    }
    if (e->mode && e->mode != zhol_mode_of_state(s->from_state) &&
        e->mode != zhol_mode_of_state(s->to_state)) {
        return false;
    }
    if (e->gauge_mm != ZHOL_BLANK_INT && e->gauge_mm != scope_gauge_of(s->from_state) &&
        e->gauge_mm != scope_gauge_of(s->to_state)) {
        return false;
    }
    if (e->country && scope_country_code(c->corridor, e->country) != s->country) {
        return false;
    }
    return (e->traction == 0 || e->traction == s->traction) &&
           (e->process_kind == 0 || e->process_kind == s->process_kind) &&
           (e->link_id == ZHOL_NONE || e->link_id == s->link);
}

/* How many scope columns a factor fixes, and then which: a link says most, then the kind of
 * process, traction, country, gauge, mode. Of equals the earlier row wins. */
static unsigned factor_rank(const struct zhol_emission *e)
{
    bool link = e->link_id != ZHOL_NONE, gauge = e->gauge_mm != ZHOL_BLANK_INT || link;
    bool columns[] = {e->mode != 0 || gauge,   gauge,
                      e->country != 0 || link, e->traction != 0 || link,
                      e->process_kind != 0,    link};
    unsigned mask = 0, filled = 0;
    for (unsigned i = 0; i < sizeof columns / sizeof *columns; i++) {
        mask |= (unsigned)columns[i] << i;
        filled += columns[i];
    }
    return filled << 8 | mask;
}

/* The best of some rows; ZHOL_NONE where none fits. */
static uint32_t best_row(const struct compile *c, const uint32_t *rows, uint32_t count,
                         const struct arc_scope *scope)
{
    const struct zhol_emission *table = factor_rows(c);
    uint32_t best = ZHOL_NONE;
    unsigned best_rank = 0;
    for (uint32_t i = 0; i < count; i++) {
        unsigned rank = factor_rank(&table[rows[i]]);
        if (factor_fits(c, &table[rows[i]], scope) && (best == ZHOL_NONE || rank > best_rank)) {
            best = rows[i];
            best_rank = rank;
        }
    }
    return best;
}

static enum zhol_error general_row(struct compile *c, const struct arc_scope *scope, uint32_t *row)
{
    struct factor_index *f = &c->factors;
    uint64_t key = scope_key(scope);
    if (key == f->last_key) {
        *row = f->last_row;
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = ZHOL_ERROR_OK;
    if (!map_int_get(&f->memo, (int64_t)key, row)) {
        *row = best_row(c, f->general, f->general_count, scope);
        error = map_int_put(&f->memo, (int64_t)key, *row);
    }
    f->last_key = key;
    f->last_row = *row;
    return error;
}

static enum zhol_error number_of(struct compile *c, uint32_t row, uint16_t *number)
{
    uint32_t *known = &c->factors.number_of_row[row];
    if (*known) {
        *number = (uint16_t)*known;
        return ZHOL_ERROR_OK;
    }
    const struct zhol_emission *e = &factor_rows(c)[row];
    struct drawn what = {
        .table = ZHOL_TABLE_emission,
        .row = row,
        .id = zhol_corridor_id(c->corridor, ZHOL_TABLE_emission, e->emission_id),
        .valid_from = e->valid_from,
        .source = e->source_id,
    };
    double value = draw_value(c, &what, e->value, e->low, e->high);
    bool per_tkm = e->scope == zhol_emission_scope_PER_TKM;
    struct zhol_factor factor = {
        .g_per_tkm = per_tkm ? value : 0,
        .g_per_t = per_tkm ? 0 : value,
        .emission_row = row,
        .evidence = scope_evidence(c, e->source_id),
    };
    enum zhol_error error = network_builder_factor(c->builder, &factor, number);
    if (!error) {
        *known = *number;
    }
    return error;
}

enum zhol_error factor_of(struct compile *c, const struct arc_scope *scope, uint16_t *factor)
{
    uint32_t row, count = 0;
    *factor = 0;
    enum zhol_error error = general_row(c, scope, &row);
    if (error) {
        return error;
    }
    if (c->factors.specific.count && scope->link != ZHOL_NONE) {
        const uint32_t *rows =
            row_index_find(&c->factors.specific, row_key(ZHOL_TABLE_link, scope->link), &count);
        uint32_t specific = best_row(c, rows, count, scope);
        const struct zhol_emission *table = factor_rows(c);
        if (specific != ZHOL_NONE &&
            (row == ZHOL_NONE || factor_rank(&table[specific]) > factor_rank(&table[row]))) {
            row = specific;
        }
    }
    return row == ZHOL_NONE ? ZHOL_ERROR_OK : number_of(c, row, factor);
}
