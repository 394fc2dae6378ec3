/* model_places.c: places by name, as somebody types; and the commodities. See model.h. */
#include "serve/model.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { NEAR_MAX = 20 };

static void write_place(const struct zhol_corridor *corridor, uint32_t node,
                        struct json_writer *json)
{
    uint32_t count;
    const struct zhol_node *row = &zhol_corridor_node(corridor, &count)[node];
    json_write_object(json);
    json_member_text(json, "id", zhol_corridor_id(corridor, ZHOL_TABLE_node, node));
    json_write_key(json, "name");
    model_write_names(corridor, node, json);
    json_member_fixed(json, "lon", row->x_coord, 4);
    json_member_fixed(json, "lat", row->y_coord, 4);
    json_member_text(json, "country", zhol_corridor_text(corridor, row->country));
    json_member_text(json, "kind", zhol_node_type_text(row->node_type));
    json_write_object_end(json);
}

/* How well a name fits what was typed: 0 is as typed, 1 begins so, 2 a word of it begins so,
 * 3 not at all. */
static unsigned fit_of(const char *name, struct text_view typed)
{
    struct text_view whole = text_view_of(name);
    if (text_equal_fold(whole, typed)) {
        return 0;
    }
    for (uint32_t i = 0; i + typed.size <= whole.size; i++) {
        bool begins = i == 0 || name[i - 1] == ' ' || name[i - 1] == '-' || name[i - 1] == ';';
        if (begins && text_equal_fold((struct text_view){name + i, typed.size}, typed)) {
            return i == 0 ? 1 : 2;
        }
    }
    return 3;
}

struct found {
    unsigned fit;
    uint32_t node;
};

static int compare(const void *left, const void *right)
{
    const struct found *x = left, *y = right;
    if (x->fit != y->fit) {
        return x->fit < y->fit ? -1 : 1;
    }
    return x->node < y->node ? -1 : 1;
}

static unsigned fit_of_node(const struct zhol_corridor *corridor, uint32_t node,
                            struct text_view typed)
{
    uint32_t count;
    const struct zhol_node *row = &zhol_corridor_node(corridor, &count)[node];
    const zhol_cell_text names[] = {row->name,    row->name_ru, row->name_kk,
                                    row->name_zh, row->aliases, row->unlocode};
    unsigned best = fit_of(zhol_corridor_id(corridor, ZHOL_TABLE_node, node), typed);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        unsigned fit = names[i] ? fit_of(zhol_corridor_text(corridor, names[i]), typed) : 3;
        best = fit < best ? fit : best;
    }
    return best;
}

/* Places that are nearly called so, where none begins so: a typing error. */
static uint32_t find_near(const struct zhol_corridor *corridor, const char *text,
                          struct found *found, uint32_t limit)
{
    uint32_t near[NEAR_MAX], count = 0, node;
    uint32_t most = limit < NEAR_MAX ? limit : NEAR_MAX;
    enum zhol_error error = zhol_corridor_place(corridor, text, &node, near, most, &count);
    if (!error) {
        found[0].node = node;
        return 1;
    }
    count = count < most ? count : most;
    for (uint32_t i = 0; i < count; i++) {
        found[i].node = near[i];
    }
    return count;
}

enum zhol_error model_places(const struct zhol_corridor *corridor, const char *text, uint32_t limit,
                             struct buffer *out)
{
    struct json_writer json;
    struct text_view typed = text_trim(text_view_of(text ? text : ""));
    uint32_t count, found_count = 0;
    zhol_corridor_node(corridor, &count);
    struct found *found = calloc((size_t)count + NEAR_MAX, sizeof *found);
    if (!found) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        unsigned fit = typed.size ? fit_of_node(corridor, i, typed) : 0;
        if (fit < 3) {
            found[found_count++] = (struct found){fit, i};
        }
    }
    if (found_count) {
        qsort(found, found_count, sizeof *found, compare);
    } else {
        found_count = find_near(corridor, text, found, limit);
    }
    json_writer_init(&json, out, false);
    json_write_object(&json);
    model_write_head(corridor, ZHOL_BLANK_DATE, &json);
    json_write_key(&json, "items");
    json_write_array(&json);
    for (uint32_t i = 0; i < found_count && i < limit; i++) {
        write_place(corridor, found[i].node, &json);
    }
    json_write_array_end(&json);
    json_write_object_end(&json);
    free(found);
    return json_writer_end(&json);
}

enum zhol_error model_commodities(const struct zhol_corridor *corridor, const char *lang,
                                  struct buffer *out)
{
    struct json_writer json;
    uint32_t count;
    const struct zhol_commodity *rows = zhol_corridor_commodity(corridor, &count);
    json_writer_init(&json, out, false);
    json_write_object(&json);
    model_write_head(corridor, ZHOL_BLANK_DATE, &json);
    json_write_key(&json, "items");
    json_write_array(&json);
    for (uint32_t i = 0; i < count; i++) {
        const zhol_cell_text names[] = {rows[i].name_ru, rows[i].name_kk, rows[i].name_zh};
        static const char *const langs[] = {"ru", "kk", "zh"};
        zhol_cell_text name = rows[i].name;
        for (int k = 0; k < 3; k++) {
            name = strcmp(lang, langs[k]) == 0 && names[k] ? names[k] : name;
        }
        json_write_object(&json);
        json_member_text(&json, "id",
                         zhol_corridor_id(corridor, ZHOL_TABLE_commodity, rows[i].commodity_id));
        json_member_text(&json, "name", zhol_corridor_text(corridor, name));
        json_member_text(&json, "class", zhol_cargo_class_text(rows[i].class));
        json_member_bool(&json, "perishable", rows[i].perishable == 1);
        json_member_bool(&json, "dangerous", rows[i].dangerous == 1);
        json_write_object_end(&json);
    }
    json_write_array_end(&json);
    json_write_object_end(&json);
    return json_writer_end(&json);
}
