/* data.c: rows, their order and their indices (corridor/data.h). */
#include "corridor/data.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/sort.h"
#include "corridor/cell.h"

void data_blank_row(const struct schema_table *schema, unsigned char *bytes)
{
    memset(bytes, 0, schema->row_size);
    for (uint32_t i = 0; i < schema->field_count; i++) {
        cell_blank(&schema->fields[i], bytes + schema->fields[i].offset);
    }
}

enum zhol_error data_reserve(struct data_table *table, const struct schema_table *schema,
                             uint32_t count)
{
    void *rows = table->rows;
    enum zhol_error error = array_grow(&rows, &table->capacity, count, schema->row_size);
    table->rows = rows;
    return error ? error : ARRAY_RESERVE(table->lines, table->lines_capacity, count);
}

enum zhol_error data_add_row(struct data_table *table, const struct schema_table *schema,
                             const unsigned char *bytes, uint32_t line, uint32_t *row)
{
    enum zhol_error error = table->count == UINT32_MAX - 1
                                ? ZHOL_ERROR_LIMIT
                                : data_reserve(table, schema, table->count + 1);
    if (error) {
        return error;
    }
    *row = table->count++;
    table->lines[*row] = line;
    memcpy(data_row(table, schema, *row), bytes, schema->row_size);
    return ZHOL_ERROR_OK;
}

uint32_t data_u32(const struct zhol_corridor *corridor, enum zhol_table table, uint32_t row,
                  int column)
{
    const struct schema_table *schema = schema_table(table);
    uint32_t value;
    memcpy(&value, data_row(&corridor->tables[table], schema, row) + schema->fields[column].offset,
           sizeof value);
    return value;
}

/* One 32-bit column of all rows, without asking the schema for each. */
struct column {
    const unsigned char *cells;
    size_t stride;
};

static struct column column_of(const struct zhol_corridor *corridor, enum zhol_table table,
                               int column)
{
    const struct schema_table *schema = schema_table(table);
    return (struct column){corridor->tables[table].rows
                               ? corridor->tables[table].rows + schema->fields[column].offset
                               : NULL,
                           schema->row_size};
}

static uint32_t column_get(struct column column, uint32_t row)
{
    uint32_t value;
    memcpy(&value, column.cells + row * column.stride, sizeof value);
    return value;
}

/* ---- order ---- */

static int compare_u32(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int compare_cell(const struct zhol_corridor *corridor, const struct schema_field *field,
                        const unsigned char *a, const unsigned char *b)
{
    uint32_t left = 0, right = 0;
    if (field->kind == SCHEMA_word) {
        return compare_u32(*a, *b);
    }
    memcpy(&left, a, sizeof left);
    memcpy(&right, b, sizeof right);
    if (field->kind == SCHEMA_date || field->kind == SCHEMA_whole) {
        return compare_u32(left ^ 0x80000000u, right ^ 0x80000000u); /* signed order */
    }
    if (field->kind == SCHEMA_text) {
        return strcmp(text_pool_get(&corridor->texts, left),
                      text_pool_get(&corridor->texts, right));
    }
    return compare_u32(left + 1, right + 1); /* ZHOL_NONE first */
}

int data_compare_key(const struct zhol_corridor *corridor, enum zhol_table table, uint32_t a,
                     uint32_t b)
{
    const struct schema_table *schema = schema_table(table);
    const struct data_table *data = &corridor->tables[table];
    int order = 0;
    for (uint32_t i = 0; i < schema->field_count && !order; i++) {
        const struct schema_field *field = &schema->fields[i];
        if (schema_in_key(field) && field->kind != SCHEMA_key) {
            order = compare_cell(corridor, field, data_row(data, schema, a) + field->offset,
                                 data_row(data, schema, b) + field->offset);
        }
    }
    return order;
}

struct order_context {
    const struct zhol_corridor *corridor;
    enum zhol_table table;
    int column; /* compared first; SCHEMA_NO_FIELD: none */
};

static int compare_rows(const void *context, uint32_t a, uint32_t b)
{
    const struct order_context *x = context;
    int order = x->column == SCHEMA_NO_FIELD
                    ? 0
                    : compare_u32(data_u32(x->corridor, x->table, a, x->column),
                                  data_u32(x->corridor, x->table, b, x->column));
    return order ? order : data_compare_key(x->corridor, x->table, a, b);
}

/* True where the rows stand in order already, as in most files. */
static bool in_order(const struct order_context *x, uint32_t count)
{
    struct column keys = column_of(x->corridor, x->table, x->column);
    uint32_t last = count ? column_get(keys, 0) : 0;
    for (uint32_t i = 1; i < count; i++) {
        uint32_t thing = column_get(keys, i);
        if (thing < last || (thing == last && compare_rows(x, i - 1, i) > 0)) {
            return false;
        }
        last = thing;
    }
    return true;
}

/* Moves items so that item i is what was item order[i]. */
static enum zhol_error permute(void *items, size_t size, const uint32_t *order, uint32_t count)
{
    unsigned char *copy = malloc((size_t)count * size);
    if (!copy) {
        return ZHOL_ERROR_MEMORY;
    }
    memcpy(copy, items, (size_t)count * size);
    for (uint32_t i = 0; i < count; i++) {
        memcpy((unsigned char *)items + i * size, copy + order[i] * size, size);
    }
    free(copy);
    return ZHOL_ERROR_OK;
}

/* Groups the rows of a table with a key column by thing. */
static enum zhol_error group_rows(struct zhol_corridor *corridor, enum zhol_table table, int key)
{
    struct data_table *data = &corridor->tables[table];
    struct order_context context = {corridor, table, key};
    if (in_order(&context, data->count)) {
        return ZHOL_ERROR_OK;
    }
    uint32_t *order = malloc(data->count * sizeof *order);
    if (!order) {
        return ZHOL_ERROR_MEMORY;
    }
    sort_index_fill(order, data->count);
    enum zhol_error error = sort_index(order, data->count, compare_rows, &context);
    if (!error) {
        error = permute(data->rows, schema_table(table)->row_size, order, data->count);
    }
    if (!error) {
        error = permute(data->lines, sizeof *data->lines, order, data->count);
    }
    if (!error && data->patches) {
        error = permute(data->patches, sizeof *data->patches, order, data->count);
    }
    free(order);
    return error;
}

/* ---- indices ---- */

/* Counts the rows of each thing that `column` names into first[thing + 1], then sums them up. */
static enum zhol_error count_rows(const struct zhol_corridor *corridor, enum zhol_table table,
                                  int column, uint32_t things, uint32_t **out)
{
    uint32_t *first = calloc((size_t)things + 1, sizeof *first);
    struct column cells = column_of(corridor, table, column);
    if (!first) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t row = 0; row < corridor->tables[table].count; row++) {
        uint32_t thing = column_get(cells, row);
        if (thing < things) {
            first[thing + 1]++;
        }
    }
    for (uint32_t i = 0; i < things; i++) {
        first[i + 1] += first[i];
    }
    *out = first;
    return ZHOL_ERROR_OK;
}

/* Orders the rows of one thing by the primary key; they are few or in order already. */
static enum zhol_error order_group(const struct order_context *x, uint32_t *rows, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        if (compare_rows(x, rows[i - 1], rows[i]) > 0) {
            return sort_index(rows, count, compare_rows, x);
        }
    }
    return ZHOL_ERROR_OK;
}

static enum zhol_error index_ref(struct zhol_corridor *corridor, enum zhol_table table, int column)
{
    struct data_table *data = &corridor->tables[table];
    uint32_t things = corridor->tables[schema_table(table)->fields[column].arg].ids.count;
    struct order_context context = {corridor, table, SCHEMA_NO_FIELD};
    enum zhol_error error = count_rows(corridor, table, column, things, &data->of_first);
    if (error) {
        return error;
    }
    data->of_rows = calloc((size_t)data->of_first[things] + 1, sizeof *data->of_rows);
    if (!data->of_rows) {
        return ZHOL_ERROR_MEMORY;
    }
    /* Filled from the front; of_first[t] moves to the end of t and is put back afterwards. */
    struct column cells = column_of(corridor, table, column);
    for (uint32_t row = 0; row < data->count; row++) {
        uint32_t thing = column_get(cells, row);
        if (thing < things) {
            data->of_rows[data->of_first[thing]++] = row;
        }
    }
    for (uint32_t i = things; i > 0; i--) {
        data->of_first[i] = data->of_first[i - 1];
    }
    data->of_first[0] = 0;
    for (uint32_t i = 0; i < things && !error; i++) {
        error = order_group(&context, data->of_rows + data->of_first[i],
                            data->of_first[i + 1] - data->of_first[i]);
    }
    return error;
}

enum zhol_error data_index(struct zhol_corridor *corridor)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (int i = 0; i < ZHOL_TABLE_COUNT && !error; i++) {
        enum zhol_table table = (enum zhol_table)i;
        struct data_table *data = &corridor->tables[i];
        int key = schema_key(schema_table(table));
        int ref = schema_first_ref(schema_table(table));
        if (key != SCHEMA_NO_FIELD) {
            error = group_rows(corridor, table, key);
            error = error ? error : count_rows(corridor, table, key, data->ids.count, &data->first);
        }
        if (ref != SCHEMA_NO_FIELD && !error) {
            error = index_ref(corridor, table, ref);
        }
    }
    return error;
}

/* ---- origin ---- */

void data_origin(const struct zhol_corridor *corridor, enum zhol_table table, uint32_t row,
                 int column, const char **file, uint32_t *line)
{
    const struct data_table *data = &corridor->tables[table];
    bool overlay = schema_of_scenario(table);
    *line = data->lines[row];
    if (data->patches) {
        const struct data_patch *patch = &data->patches[row];
        overlay = !patch->base_line ||
                  (patch->overlay_line && (column < 0 || (patch->columns >> column & 1)));
        *line = overlay ? patch->overlay_line : patch->base_line;
    }
    *file = corridor->files[table][overlay];
}
