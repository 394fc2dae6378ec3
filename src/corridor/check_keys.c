/* check_keys.c: primary keys are unique, and the intervals of one thing do not overlap. */
#include "corridor/check.h"

#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "corridor/cell.h"

/* The rows of a table in an order in which equal keys are neighbours. */
struct key_order {
    const struct check *check;
    const struct schema_table *schema;
    enum zhol_table table;
    const uint32_t *rows; /* NULL: as they stand */
    uint32_t *owned;
    uint32_t count;
};

static int compare_keys(const void *context, uint32_t a, uint32_t b)
{
    const struct key_order *order = context;
    return data_compare_key(order->check->corridor, order->table, a, b);
}

static enum zhol_error order_rows(struct key_order *order)
{
    const struct data_table *data = &order->check->corridor->tables[order->table];
    const struct schema_table *schema = order->schema;
    int ref = schema_first_ref(schema);
    order->count = data->count;
    if (schema_key(schema) != SCHEMA_NO_FIELD || data->count < 2) {
        return ZHOL_ERROR_OK;
    }
    if (ref == 0) { /* the key begins with the reference by which rows are indexed */
        uint32_t things = order->check->corridor->tables[schema->fields[ref].arg].ids.count;
        order->rows = data->of_rows;
        order->count = data->of_first[things];
        return ZHOL_ERROR_OK;
    }
    order->owned = malloc(data->count * sizeof *order->owned);
    if (!order->owned) {
        return ZHOL_ERROR_MEMORY;
    }
    sort_index_fill(order->owned, data->count);
    order->rows = order->owned;
    return sort_index(order->owned, data->count, compare_keys, order);
}

static bool same_cell(const struct check *check, const struct schema_field *field,
                      const unsigned char *a, const unsigned char *b)
{
    uint32_t left, right;
    if (field->kind != SCHEMA_text) {
        return memcmp(a, b, schema_cell_size(field->kind)) == 0;
    }
    memcpy(&left, a, sizeof left);
    memcpy(&right, b, sizeof right);
    return strcmp(check_text(check, left), check_text(check, right)) == 0;
}

/* True where two rows agree in all key columns but `skip`. */
static bool same_key(const struct key_order *order, uint32_t a, uint32_t b, int skip)
{
    const struct data_table *data = &order->check->corridor->tables[order->table];
    for (uint32_t i = 0; i < order->schema->field_count; i++) {
        const struct schema_field *field = &order->schema->fields[i];
        if (schema_in_key(field) && (int)i != skip &&
            !same_cell(order->check, field, data_row(data, order->schema, a) + field->offset,
                       data_row(data, order->schema, b) + field->offset)) {
            return false;
        }
    }
    return true;
}

static void write_key(const struct key_order *order, uint32_t row, struct buffer *out)
{
    const struct data_table *data = &order->check->corridor->tables[order->table];
    const char *between = "";
    for (uint32_t i = 0; i < order->schema->field_count; i++) {
        const struct schema_field *field = &order->schema->fields[i];
        if (schema_in_key(field)) {
            const unsigned char *cell = data_row(data, order->schema, row) + field->offset;
            buffer_printf(out, "%s%s ", between, field->name);
            buffer_string(out, cell_is_blank(field, cell) ? "blank" : "");
            cell_write(order->check->corridor, field, cell, out);
            between = ", ";
        }
    }
}

static void report_twice(struct check *check, const struct key_order *order, uint32_t a, uint32_t b)
{
    struct buffer key;
    const char *file;
    uint32_t line;
    uint32_t first = a < b ? a : b, second = a < b ? b : a;
    data_origin(check->corridor, order->table, first, SCHEMA_NO_FIELD, &file, &line);
    buffer_init(&key);
    write_key(order, second, &key);
    check_add(check, ZHOL_FAULT, ZHOL_ERROR_DUPLICATE, order->table, second,
              order->schema->fields[0].name, "a primary key of its own: %s stands in %s:%u already",
              buffer_get(&key), file, (unsigned)line);
    buffer_clear(&key);
}

static void report_overlap(struct check *check, const struct key_order *order, uint32_t a,
                           uint32_t b)
{
    struct buffer key;
    const char *file;
    uint32_t line;
    data_origin(check->corridor, order->table, a, SCHEMA_NO_FIELD, &file, &line);
    buffer_init(&key);
    write_key(order, a, &key);
    check_add(check, ZHOL_FAULT, ZHOL_ERROR_CONFLICT, order->table, b, "valid_from",
              "a first day not before the valid_to of %s:%u (%s): their intervals overlap", file,
              (unsigned)line, buffer_get(&key));
    buffer_clear(&key);
}

static void compare_neighbours(struct check *check, const struct key_order *order)
{
    int from = schema_find(order->schema, "valid_from");
    int to = schema_find(order->schema, "valid_to");
    bool dated = from != SCHEMA_NO_FIELD && schema_in_key(&order->schema->fields[from]);
    for (uint32_t i = 1; i < order->count; i++) {
        uint32_t a = order->rows ? order->rows[i - 1] : i - 1;
        uint32_t b = order->rows ? order->rows[i] : i;
        if (!same_key(order, a, b, dated ? from : SCHEMA_NO_FIELD) ||
            check_faulty(check, order->table, a)) {
            continue;
        }
        int32_t start_a = dated ? (int32_t)data_u32(check->corridor, order->table, a, from) : 0;
        int32_t start_b = dated ? (int32_t)data_u32(check->corridor, order->table, b, from) : 0;
        int32_t end_a = dated ? (int32_t)data_u32(check->corridor, order->table, a, to) : 0;
        if (start_a == start_b) {
            report_twice(check, order, a, b);
        } else if (end_a == ZHOL_BLANK_DATE || end_a > start_b) {
            report_overlap(check, order, a, b);
        }
    }
}

enum zhol_error check_keys(struct check *check)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (int i = 0; i < ZHOL_TABLE_COUNT && !error; i++) {
        struct key_order order = {.check = check,
                                  .schema = schema_table((enum zhol_table)i),
                                  .table = (enum zhol_table)i};
        error = order_rows(&order);
        if (!error) {
            compare_neighbours(check, &order);
        }
        free(order.owned);
    }
    return error;
}
