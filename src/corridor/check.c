/* check.c: running the checks, and what they share (corridor/check.h). */
#include "corridor/check.h"

#include <stdarg.h>

#include "corridor/cell.h"

bool check_faulty(const struct check *check, enum zhol_table table, uint32_t row)
{
    const struct data_table *data = &check->corridor->tables[table];
    if (data->patches) {
        const struct data_patch *patch = &data->patches[row];
        return (patch->base_line &&
                trouble_marked(check->trouble, table, false, patch->base_line)) ||
               (patch->overlay_line &&
                trouble_marked(check->trouble, table, true, patch->overlay_line));
    }
    return trouble_marked(check->trouble, table, schema_of_scenario(table), data->lines[row]);
}

void check_add(struct check *check, enum zhol_severity severity, enum zhol_error code,
               enum zhol_table table, uint32_t row, const char *column, const char *format, ...)
{
    const struct schema_table *schema = schema_table(table);
    struct trouble_place place = {.column = column};
    struct buffer value, sentence;
    va_list arguments;
    if (check_faulty(check, table, row)) {
        return;
    }
    buffer_init(&value);
    buffer_init(&sentence);
    int field = schema_find(schema, column);
    data_origin(check->corridor, table, row, field, &place.file, &place.line);
    if (field != SCHEMA_NO_FIELD) {
        const unsigned char *bytes = data_row(&check->corridor->tables[table], schema, row);
        cell_write(check->corridor, &schema->fields[field], bytes + schema->fields[field].offset,
                   &value);
    }
    va_start(arguments, format);
    buffer_vprintf(&sentence, format, arguments);
    va_end(arguments);
    trouble_add(check->trouble, severity, code, place,
                (struct text_view){buffer_get(&value), (uint32_t)value.size}, "%s",
                buffer_get(&sentence));
    buffer_clear(&value);
    buffer_clear(&sentence);
}

const char *check_text(const struct check *check, uint32_t text)
{
    return zhol_corridor_text(check->corridor, text);
}

const char *check_id(const struct check *check, enum zhol_table table, uint32_t thing)
{
    return zhol_corridor_id(check->corridor, table, thing);
}

uint32_t check_row(const struct check *check, enum zhol_table table, uint32_t thing)
{
    uint32_t begin, end;
    zhol_corridor_rows(check->corridor, table, thing, &begin, &end);
    return begin < end ? begin : ZHOL_NONE;
}

/* The thing to which a thing refers, by its first row. */
static uint32_t next_of(const struct check *check, enum zhol_table table, int column,
                        uint32_t thing)
{
    uint32_t row = check_row(check, table, thing);
    return row == ZHOL_NONE ? ZHOL_NONE : data_u32(check->corridor, table, row, column);
}

enum zhol_error check_circles(struct check *check, enum zhol_table table, const char *column,
                              const char *expected)
{
    int field = schema_find(schema_table(table), column);
    uint32_t things = zhol_corridor_things(check->corridor, table);
    uint32_t *walk = arena_array(&check->arena, things, sizeof *walk); /* 0: not yet visited */
    if (!walk) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t start = 0; start < things; start++) {
        uint32_t at = start, last = start;
        while (at < things && !walk[at]) {
            walk[at] = start + 1;
            last = at;
            at = next_of(check, table, field, at);
        }
        if (at < things && walk[at] == start + 1) { /* back where this very walk has been */
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, table, check_row(check, table, last),
                      column, "%s", expected);
        }
    }
    return ZHOL_ERROR_OK;
}

bool check_assumed(const struct check *check, uint32_t source)
{
    uint32_t count;
    const struct zhol_source *sources = zhol_corridor_source(check->corridor, &count);
    uint32_t row = check_row(check, ZHOL_TABLE_source, source);
    return row != ZHOL_NONE && sources[row].kind == zhol_source_kind_ASSUMPTION;
}

bool check_overlap(int32_t from_a, int32_t to_a, int32_t from_b, int32_t to_b)
{
    /* A blank start is the smallest date already. */
    return (to_a == ZHOL_BLANK_DATE || from_b < to_a) && (to_b == ZHOL_BLANK_DATE || from_a < to_b);
}

enum zhol_error check_all(const struct zhol_corridor *corridor, const char *dir,
                          struct trouble *trouble)
{
    struct check check = {.corridor = corridor, .dir = dir, .trouble = trouble};
    enum zhol_error error = check_keys(&check);
    check_ranges(&check);
    error = error ? error : check_forms(&check);
    error = error ? error : check_places(&check);
    check_links(&check);
    check_borders(&check);
    error = error ? error : check_processes(&check);
    error = error ? error : check_services(&check);
    error = error ? error : check_capacity(&check);
    error = error ? error : check_prices(&check);
    error = error ? error : check_queues(&check);
    error = error ? error : check_register(&check);
    error = error ? error : check_claims(&check);
    arena_clear(&check.arena);
    return error;
}
