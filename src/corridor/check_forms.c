/* check_forms.c: items of lists, and names of time zones: what one cell alone cannot tell. */
#include "corridor/check.h"

#include <string.h>

#include "base/map.h"
#include "base/number.h"
#include "base/zone.h"
#include "corridor/forms.h"

enum { ITEM_SHOWN = 80 }; /* bytes of an item in a finding */

static void note_fact(struct check *check, struct text_view item)
{
    int64_t number = 0;
    if (!number_parse_int((struct text_view){item.bytes + 2, item.size - 2}, &number)) {
        check->facts[number / 64] |= UINT64_C(1) << (number % 64);
    }
}

static void report_item(struct check *check, enum zhol_table table, uint32_t row,
                        const struct schema_field *field, struct text_view item)
{
    struct buffer name;
    buffer_init(&name);
    item.size = item.size > ITEM_SHOWN ? text_utf8_cut(item, ITEM_SHOWN) : item.size;
    buffer_view(&name, item);
    if (field->arg >= LIST_TABLE) {
        enum zhol_table target = (enum zhol_table)(field->arg - LIST_TABLE);
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_UNKNOWN, table, row, field->name,
                  "%ss of %s.csv separated by ';': there is no '%s'", schema_key_name(target),
                  zhol_table_name(target), buffer_get(&name));
    } else {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_SYNTAX, table, row, field->name,
                  "items separated by ';', each %s: '%s' is not", schema_form_text(field->arg),
                  buffer_get(&name));
    }
    buffer_clear(&name);
}

static void check_list(struct check *check, enum zhol_table table, uint32_t row,
                       const struct schema_field *field, uint32_t offset)
{
    const struct zhol_corridor *corridor = check->corridor;
    struct text_view rest = text_view_of(check_text(check, offset));
    bool open = rest.size > 0; /* a separator at the end leaves an empty item */
    while (open) {
        open = memchr(rest.bytes, ';', rest.size) != NULL;
        struct text_view item = text_cut(&rest, ';');
        bool good = item.size > 0 && form_text_valid(item);
        if (good && field->arg >= LIST_TABLE) {
            good = ids_find(&corridor->tables[field->arg - LIST_TABLE].ids, &corridor->texts, item,
                            ZHOL_NONE) != ZHOL_NONE;
        } else if (good) {
            good = form_valid(field->arg, item);
        }
        if (!good) {
            report_item(check, table, row, field, item);
        } else if (field->arg == FORM_fact) {
            note_fact(check, item);
        }
    }
}

/* Asks the tz database once per name; names are interned, so the offset stands for the name. */
static enum zhol_error check_zone(struct check *check, enum zhol_table table, uint32_t row,
                                  const struct schema_field *field, uint32_t offset,
                                  struct map_int *known)
{
    uint32_t good;
    if (!map_int_get(known, offset, &good)) {
        struct zone *zone = NULL;
        good = !zone_load(check_text(check, offset), &zone);
        zone_free(zone);
        enum zhol_error error = map_int_put(known, offset, good);
        if (error) {
            return error;
        }
    }
    if (!good) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_UNKNOWN, table, row, field->name,
                  "a time zone of the system's tz database, such as Asia/Almaty");
    }
    return ZHOL_ERROR_OK;
}

static enum zhol_error check_column(struct check *check, enum zhol_table table, int column,
                                    struct map_int *zones)
{
    const struct schema_field *field = &schema_table(table)->fields[column];
    bool is_zone = field->kind == SCHEMA_text && field->arg == FORM_zone;
    bool is_list = field->kind == SCHEMA_list && field->arg != FORM_any;
    enum zhol_error error = ZHOL_ERROR_OK;
    if (!is_zone && !is_list) {
        return error;
    }
    for (uint32_t row = 0; row < check->corridor->tables[table].count && !error; row++) {
        uint32_t offset = data_u32(check->corridor, table, row, column);
        if (offset && is_zone) {
            error = check_zone(check, table, row, field, offset, zones);
        } else if (offset) {
            check_list(check, table, row, field, offset);
        }
    }
    return error;
}

enum zhol_error check_forms(struct check *check)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    struct map_int zones;
    map_int_init(&zones);
    for (int table = 0; table < ZHOL_TABLE_COUNT && !error; table++) {
        const struct schema_table *schema = schema_table((enum zhol_table)table);
        for (uint32_t column = 0; column < schema->field_count && !error; column++) {
            error = check_column(check, (enum zhol_table)table, (int)column, &zones);
        }
    }
    map_int_clear(&zones);
    return error;
}
