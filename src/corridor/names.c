/* names.c: finding places and other things by what people call them.
 *
 * Names are compared by their letters and digits only, in lower case and without the marks of
 * Latin letters, so that "Xi'an", "XIAN" and "Xi An" are one, and so are "Malaszewicze" and its
 * Polish spelling. Linear in the names of the table; no allocation.
 */
#include <zhol/corridor.h>

#include <string.h>

#include "corridor/data.h"
#include "corridor/likeness.h"

enum { NAME_SIZE = 256 };

struct plain_name {
    char bytes[NAME_SIZE];
    uint32_t size;
};

/* The letter below the mark, for U+00C0 to U+017F; '.' where the letter has none. */
static uint32_t without_mark(uint32_t letter)
{
    static const char plain[] =
        "aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.y" /* Latin-1 */
        "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkk.lllllll" /* Extended-A */
        "lllnnnnnn...oooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
    if (letter < 0xc0 || letter >= 0xc0 + sizeof plain - 1 || plain[letter - 0xc0] == '.') {
        return letter;
    }
    return (uint32_t)plain[letter - 0xc0];
}

static bool is_separator(uint32_t c)
{
    return c <= ' ' || (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
           (c >= '{' && c <= 0xbf) || (c >= 0x2000 && c <= 0x206f) || (c >= 0x2b0 && c <= 0x36f);
}

static void make_plain(struct text_view name, struct plain_name *plain)
{
    uint32_t position = 0;
    plain->size = 0;
    while (position < name.size && plain->size + 4 <= NAME_SIZE) {
        uint32_t c = text_utf8_next(name, &position);
        if (!is_separator(c)) {
            plain->size += text_utf8_put(without_mark(text_fold(c)), plain->bytes + plain->size);
        }
    }
}

static struct text_view plain_view(const struct plain_name *plain)
{
    return (struct text_view){plain->bytes, plain->size};
}

/* ---- one search ---- */

struct search {
    const struct zhol_corridor *corridor;
    const struct schema_table *schema;
    enum zhol_table table;
    struct plain_name wanted;
    struct likeness exact; /* things with a name that equals the wanted one */
    struct likeness near;
};

static void offer(struct search *search, uint32_t thing, struct text_view name)
{
    struct plain_name plain;
    make_plain(name, &plain);
    uint32_t distance =
        text_distance(plain_view(&search->wanted), plain_view(&plain), search->near.bound);
    if (distance == 0 && plain.size) {
        likeness_put(&search->exact, thing, name, 0);
    }
    if (distance <= search->near.bound) {
        likeness_put(&search->near, thing, name, distance);
    } else if (search->wanted.size >= 3 && plain.size > search->wanted.size &&
               memcmp(plain.bytes, search->wanted.bytes, search->wanted.size) == 0) {
        likeness_put(&search->near, thing, name, search->near.bound + 1); /* a beginning */
    }
}

/* True for the columns in which a thing is named. */
static bool names_things(const struct schema_field *field)
{
    bool called = strncmp(field->name, "name", 4) == 0 || strncmp(field->name, "title", 5) == 0;
    bool coded =
        field->kind == SCHEMA_text && (field->arg == FORM_unlocode || field->arg == FORM_esr);
    return (field->kind == SCHEMA_text && (called || coded)) ||
           (field->kind == SCHEMA_list && strcmp(field->name, "aliases") == 0);
}

static void offer_row(struct search *search, uint32_t row, uint32_t thing)
{
    for (uint32_t i = 0; i < search->schema->field_count; i++) {
        const struct schema_field *field = &search->schema->fields[i];
        if (!names_things(field)) {
            continue;
        }
        struct text_view rest = text_view_of(zhol_corridor_text(
            search->corridor, data_u32(search->corridor, search->table, row, (int)i)));
        while (rest.size) {
            struct text_view name = rest;
            if (field->kind == SCHEMA_list) {
                name = text_cut(&rest, ';');
            } else {
                rest.size = 0;
            }
            offer(search, thing, name);
        }
    }
}

static enum zhol_error conclude(const struct likeness *found, uint32_t *near, uint32_t max,
                                uint32_t *near_count, enum zhol_error error)
{
    uint32_t count = found->count < max ? found->count : max;
    for (uint32_t i = 0; i < count; i++) {
        near[i] = found->best[i].item;
    }
    *near_count = count;
    return error;
}

enum zhol_error zhol_corridor_thing(const struct zhol_corridor *corridor, enum zhol_table table,
                                    const char *name, uint32_t *thing, uint32_t *near, uint32_t max,
                                    uint32_t *near_count)
{
    struct search search = {.corridor = corridor, .table = table};
    uint32_t exact = zhol_corridor_find(corridor, table, name);
    *near_count = 0;
    if (exact != ZHOL_NONE) {
        *thing = exact;
        return ZHOL_ERROR_OK;
    }
    if (!zhol_corridor_things(corridor, table) || !name) {
        return ZHOL_ERROR_UNKNOWN;
    }
    search.schema = schema_table(table);
    make_plain(text_view_of(name), &search.wanted);
    likeness_init(&search.exact, plain_view(&search.wanted), LIKENESS_MAX);
    likeness_init(&search.near, plain_view(&search.wanted), LIKENESS_MAX);
    for (uint32_t i = 0; i < zhol_corridor_things(corridor, table) && search.wanted.size; i++) {
        uint32_t begin, end;
        offer(&search, i, text_view_of(zhol_corridor_id(corridor, table, i)));
        zhol_corridor_rows(corridor, table, i, &begin, &end);
        for (uint32_t row = begin; row < end; row++) {
            offer_row(&search, row, i);
        }
    }
    if (search.exact.count == 1) {
        *thing = search.exact.best[0].item;
        return ZHOL_ERROR_OK;
    }
    return search.exact.count ? conclude(&search.exact, near, max, near_count, ZHOL_ERROR_AMBIGUOUS)
                              : conclude(&search.near, near, max, near_count, ZHOL_ERROR_UNKNOWN);
}

enum zhol_error zhol_corridor_place(const struct zhol_corridor *corridor, const char *name,
                                    uint32_t *node, uint32_t *near, uint32_t max,
                                    uint32_t *near_count)
{
    return zhol_corridor_thing(corridor, ZHOL_TABLE_node, name, node, near, max, near_count);
}

const char *zhol_node_name(const struct zhol_corridor *corridor, uint32_t node, const char *lang)
{
    uint32_t begin, end, count;
    const struct zhol_node *nodes = zhol_corridor_node(corridor, &count);
    zhol_corridor_rows(corridor, ZHOL_TABLE_node, node, &begin, &end);
    if (begin == end) {
        return "";
    }
    const struct zhol_node *found = &nodes[begin];
    zhol_cell_text text = 0;
    if (lang && strcmp(lang, "ru") == 0) {
        text = found->name_ru;
    } else if (lang && strcmp(lang, "kk") == 0) {
        text = found->name_kk;
    } else if (lang && strcmp(lang, "zh") == 0) {
        text = found->name_zh;
    }
    return zhol_corridor_text(corridor, text ? text : found->name);
}
