/* ask.c: questions to a corridor in memory (include/zhol/corridor.h). */
#include <zhol/corridor.h>

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "corridor/cell.h"
#include "corridor/data.h"

#define TABLE_ACCESSOR(table, doc)                                                         \
    const struct zhol_##table *zhol_corridor_##table(const struct zhol_corridor *corridor, \
                                                     uint32_t *count)                      \
    {                                                                                      \
        *count = corridor->tables[ZHOL_TABLE_##table].count;                               \
        return (const void *)corridor->tables[ZHOL_TABLE_##table].rows;                    \
    }
ZHOL_TABLES(TABLE_ACCESSOR)

void zhol_corridor_free(struct zhol_corridor *corridor)
{
    if (!corridor) {
        return;
    }
    for (int i = 0; i < ZHOL_TABLE_COUNT; i++) {
        struct data_table *table = &corridor->tables[i];
        free(table->rows);
        free(table->lines);
        free(table->patches);
        free(table->first);
        free(table->of_first);
        free(table->of_rows);
        ids_clear(&table->ids);
    }
    free(corridor->times);
    text_pool_clear(&corridor->texts);
    arena_clear(&corridor->arena);
    free(corridor);
}

const char *zhol_corridor_text(const struct zhol_corridor *corridor, zhol_cell_text text)
{
    return text ? text_pool_get(&corridor->texts, text) : "";
}

static bool is_table(enum zhol_table table)
{
    return (unsigned)table < ZHOL_TABLE_COUNT;
}

uint32_t zhol_corridor_things(const struct zhol_corridor *corridor, enum zhol_table table)
{
    return is_table(table) ? corridor->tables[table].ids.count : 0;
}

const char *zhol_corridor_id(const struct zhol_corridor *corridor, enum zhol_table table,
                             uint32_t thing)
{
    if (thing >= zhol_corridor_things(corridor, table)) {
        return "";
    }
    return text_pool_get(&corridor->texts, corridor->tables[table].ids.texts[thing]);
}

uint32_t zhol_corridor_find(const struct zhol_corridor *corridor, enum zhol_table table,
                            const char *id)
{
    if (!is_table(table) || !id || !*id) {
        return ZHOL_NONE;
    }
    return ids_find(&corridor->tables[table].ids, &corridor->texts, text_view_of(id), ZHOL_NONE);
}

void zhol_corridor_rows(const struct zhol_corridor *corridor, enum zhol_table table, uint32_t thing,
                        uint32_t *begin, uint32_t *end)
{
    *begin = *end = 0;
    if (thing < zhol_corridor_things(corridor, table)) {
        *begin = corridor->tables[table].first[thing];
        *end = corridor->tables[table].first[thing + 1];
    }
}

uint32_t zhol_corridor_row_on(const struct zhol_corridor *corridor, enum zhol_table table,
                              uint32_t thing, int32_t day)
{
    uint32_t begin, end;
    if (!is_table(table)) {
        return ZHOL_NONE;
    }
    int from = schema_find(schema_table(table), "valid_from");
    int to = schema_find(schema_table(table), "valid_to");
    zhol_corridor_rows(corridor, table, thing, &begin, &end);
    for (uint32_t row = begin; row < end; row++) {
        if (from == SCHEMA_NO_FIELD ||
            zhol_day_in(day, (int32_t)data_u32(corridor, table, row, from),
                        (int32_t)data_u32(corridor, table, row, to))) {
            return row;
        }
    }
    return ZHOL_NONE;
}

const uint32_t *zhol_corridor_rows_of(const struct zhol_corridor *corridor, enum zhol_table table,
                                      uint32_t thing, uint32_t *count)
{
    *count = 0;
    if (!is_table(table) || !corridor->tables[table].of_first) {
        return NULL;
    }
    const struct data_table *data = &corridor->tables[table];
    const struct schema_table *schema = schema_table(table);
    uint32_t things = corridor->tables[schema->fields[schema_first_ref(schema)].arg].ids.count;
    if (thing >= things) {
        return NULL;
    }
    *count = data->of_first[thing + 1] - data->of_first[thing];
    return data->of_rows + data->of_first[thing];
}

void zhol_corridor_origin(const struct zhol_corridor *corridor, enum zhol_table table, uint32_t row,
                          const char **file, uint32_t *line)
{
    *file = "";
    *line = 0;
    if (is_table(table) && row < corridor->tables[table].count) {
        data_origin(corridor, table, row, SCHEMA_NO_FIELD, file, line);
    }
}

size_t zhol_corridor_cell(const struct zhol_corridor *corridor, enum zhol_table table, uint32_t row,
                          uint32_t column, char *out, size_t size)
{
    struct buffer text;
    buffer_init(&text);
    if (is_table(table) && row < corridor->tables[table].count &&
        column < schema_table(table)->field_count) {
        const struct schema_field *field = &schema_table(table)->fields[column];
        const unsigned char *bytes = data_row(&corridor->tables[table], schema_table(table), row);
        cell_write(corridor, field, bytes + field->offset, &text);
    }
    size_t length = text.size;
    if (size) {
        struct text_view view = {buffer_get(&text), (uint32_t)length};
        size_t kept = length < size ? length : text_utf8_cut(view, (uint32_t)(size - 1));
        memcpy(out, buffer_get(&text), kept);
        out[kept] = '\0';
    }
    buffer_clear(&text);
    return length;
}

struct zhol_corridor_about zhol_corridor_about(const struct zhol_corridor *corridor)
{
    return corridor->about;
}
