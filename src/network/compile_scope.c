/* network/compile_scope.c: words, countries, evidence and rows by key, for the compiler. */
#include <math.h>
#include <string.h>

#include "base/sort.h"
#include "network/compile.h"

int32_t scope_gauge_of(unsigned state)
{
    return state == zhol_state_RAIL1435   ? 1435
           : state == zhol_state_RAIL1520 ? 1520
                                          : ZHOL_BLANK_INT;
}

uint16_t scope_country_code(const struct zhol_corridor *corridor, zhol_cell_text country)
{
    const char *letters = zhol_corridor_text(corridor, country);
    if (!letters[0] || !letters[1]) {
        return 0;
    }
    return (uint16_t)((unsigned char)letters[0] << 8 | (unsigned char)letters[1]);
}

uint64_t scope_key(const struct arc_scope *scope)
{
    return (uint64_t)scope->country | (uint64_t)scope->kind << 16 |
           (uint64_t)scope->from_state << 24 | (uint64_t)scope->to_state << 32 |
           (uint64_t)scope->process_kind << 40 | (uint64_t)scope->traction << 48 |
           (uint64_t)scope->class << 56;
}

unsigned scope_evidence(const struct compile *c, uint32_t source)
{
    return source == ZHOL_NONE ? ZHOL_ASSUMED : c->source_evidence[source];
}

bool scope_status_open(const struct compile *c, unsigned status)
{
    return status == zhol_status_OPERATING ||
           (c->options.include_planned &&
            (status == zhol_status_BUILDING || status == zhol_status_PLANNED ||
             status == zhol_status_STUDY));
}

uint32_t scope_minutes(double hours)
{
    /* What stands behind a whole minute by rounding of a quotient does not count; nothing takes
     * longer than 1,900 years. */
    double minutes = ceil(hours * 60 - 1e-7);
    return minutes >= 1e9 ? 1000000000u : minutes > 0 ? (uint32_t)minutes : 0;
}

void scope_warn(const struct compile *c, enum zhol_table table, uint32_t row, const char *column,
                const char *value, const char *text)
{
    const char *file;
    uint32_t line;
    zhol_corridor_origin(c->corridor, table, row, &file, &line);
    zhol_report_add(c->report, &(struct zhol_finding){.severity = ZHOL_WARNING,
                                                      .code = ZHOL_ERROR_INVALID,
                                                      .row = line,
                                                      .file = file,
                                                      .column = column,
                                                      .value = value,
                                                      .expected = text});
}

enum zhol_error row_index_make(struct row_index *index, struct arena *arena, const uint64_t *keys,
                               const uint32_t *rows, uint32_t count)
{
    uint32_t *order = arena_array(arena, count, sizeof *order);
    index->keys = arena_array(arena, count, sizeof *index->keys);
    index->rows = arena_array(arena, count, sizeof *index->rows);
    if (!order || !index->keys || !index->rows) {
        return ZHOL_ERROR_MEMORY;
    }
    sort_index_fill(order, count);
    enum zhol_error error = sort_index_u64(keys, order, count);
    if (error) {
        return error;
    }
    for (uint32_t i = 0; i < count; i++) {
        index->keys[i] = keys[order[i]];
        index->rows[i] = rows[order[i]];
    }
    index->count = count;
    return ZHOL_ERROR_OK;
}

const uint32_t *row_index_find(const struct row_index *index, uint64_t key, uint32_t *count)
{
    uint32_t low = 0, high = index->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (index->keys[middle] < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    uint32_t end = low;
    while (end < index->count && index->keys[end] == key) {
        end++;
    }
    *count = end - low;
    return index->rows + low;
}
