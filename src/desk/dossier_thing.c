/* dossier_thing.c: the dossier of a thing of any table: all its cells, and the rows that refer to
 * it; and the overview of a corridor.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "corridor/schema.h"
#include "desk/dossier_make.h"

/* More references than this are counted by table, not listed. */
#define REFERENCES_LISTED 60
#define CELL_SIZE         512
#define SUMMARY_SIZE      160

static size_t cell_text(const struct dossier *dossier, enum zhol_table table, uint32_t row,
                        uint32_t column, char out[static CELL_SIZE])
{
    return zhol_corridor_cell(dossier->corridor, table, row, column, out, CELL_SIZE);
}

/* The source of a row, or ZHOL_NONE in tables without one. */
static uint32_t source_of(const struct dossier *dossier, enum zhol_table table, uint32_t row)
{
    char text[CELL_SIZE];
    uint32_t column = zhol_column_find(table, "source_id");
    if (column == ZHOL_NONE || table == ZHOL_TABLE_source) {
        return ZHOL_NONE;
    }
    cell_text(dossier, table, row, column, text);
    return zhol_corridor_find(dossier->corridor, ZHOL_TABLE_source, text);
}

/* ---- All cells of the thing ---- */

static bool holds(const struct dossier *dossier, enum zhol_table table, uint32_t row)
{
    return zhol_corridor_row_on(dossier->corridor, table, dossier->thing, dossier->day) == row ||
           zhol_column_find(table, "valid_from") == ZHOL_NONE;
}

/* Names in the other language are left to --lang. */
static bool is_other_language(const struct dossier *dossier, const char *column)
{
    size_t size = strlen(column);
    bool russian = size > 3 && strcmp(column + size - 3, "_ru") == 0;
    return russian && !make_is_ru(dossier);
}

static void make_cells(struct dossier *dossier, uint32_t row)
{
    static const enum dossier_word columns[] = {DOSSIER_what, DOSSIER_value, DOSSIER_WORD_COUNT};
    enum zhol_table table = (enum zhol_table)dossier->table;
    const struct schema_table *schema = schema_table(table);
    make_section(dossier, DOSSIER_about, columns);
    for (uint32_t c = 0; c < schema->field_count; c++) {
        char text[CELL_SIZE];
        const char *name = schema->fields[c].name;
        bool source = strcmp(name, "source_id") == 0 && table != ZHOL_TABLE_source;
        if (cell_text(dossier, table, row, c, text) && !is_other_language(dossier, name)) {
            bool word = schema->fields[c].kind == SCHEMA_word;
            make_row(dossier, table, row, source ? source_of(dossier, table, row) : ZHOL_NONE);
            make_current(dossier, holds(dossier, table, row));
            /* "low" and "high" are words of confidence too */
            make_word(dossier, strcmp(name, "low") == 0    ? "low end"
                               : strcmp(name, "high") == 0 ? "high end"
                                                           : name);
            if (word) {
                make_word(dossier, text);
            } else {
                make_text(dossier, text);
            }
        }
    }
}

/* ---- Stops of a service ---- */

static void make_stops(struct dossier *dossier)
{
    static const enum dossier_word columns[] = {
        DOSSIER_seq,   DOSSIER_place,    DOSSIER_id,       DOSSIER_kind,
        DOSSIER_state, DOSSIER_arrive_h, DOSSIER_depart_h, DOSSIER_WORD_COUNT};
    uint32_t count, all;
    const struct zhol_service_stop *rows = zhol_corridor_service_stop(dossier->corridor, &all);
    const uint32_t *of =
        zhol_corridor_rows_of(dossier->corridor, ZHOL_TABLE_service_stop, dossier->thing, &count);
    make_section(dossier, DOSSIER_stops, columns);
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_service_stop *row = &rows[of[i]];
        make_row(dossier, ZHOL_TABLE_service_stop, of[i], ZHOL_NONE);
        make_whole(dossier, row->seq);
        make_place(dossier, row->node_id);
        make_id(dossier, ZHOL_TABLE_node, row->node_id);
        make_word(dossier, zhol_stop_kind_text(row->kind));
        make_word(dossier, zhol_state_text(row->state));
        make_number(dossier, row->arrive_h);
        make_number(dossier, row->depart_h);
    }
}

/* ---- What refers to it ---- */

struct reference {
    enum zhol_table table;
    uint32_t row, column;
};

struct references {
    struct reference *items;
    uint32_t count;
    uint32_t counts[ZHOL_TABLE_COUNT];
};

/* True where the cell names the thing: a ref, or one item of a list. */
static bool cell_names(const struct dossier *dossier, enum zhol_table table, uint32_t row,
                       uint32_t column, const char *id)
{
    char text[CELL_SIZE];
    cell_text(dossier, table, row, column, text);
    struct text_view rest = text_view_of(text);
    while (rest.size) {
        if (text_equal_string(text_cut(&rest, ';'), id)) {
            return true;
        }
    }
    return false;
}

static bool column_refers(const struct dossier *dossier, const struct schema_field *field)
{
    return (field->kind == SCHEMA_ref && field->arg == dossier->table) ||
           (field->kind == SCHEMA_list && field->arg == LIST_TABLE + dossier->table);
}

static uint32_t rows_of_table(const struct zhol_corridor *corridor, enum zhol_table table)
{
    uint32_t count = 0;
    switch (table) {
#define ROWS_CASE(name, doc)                    \
    case ZHOL_TABLE_##name:                     \
        zhol_corridor_##name(corridor, &count); \
        break;
        ZHOL_TABLES(ROWS_CASE)
#undef ROWS_CASE
    default:
        break;
    }
    return count;
}

static void find_references(struct dossier *dossier, struct references *found)
{
    const char *id =
        zhol_corridor_id(dossier->corridor, (enum zhol_table)dossier->table, dossier->thing);
    for (int t = 0; t < ZHOL_TABLE_COUNT; t++) {
        enum zhol_table table = (enum zhol_table)t;
        const struct schema_table *schema = schema_table(table);
        uint32_t rows = rows_of_table(dossier->corridor, table);
        for (uint32_t c = 0; c < schema->field_count; c++) {
            if (!column_refers(dossier, &schema->fields[c])) {
                continue;
            }
            for (uint32_t row = 0; row < rows; row++) {
                if (cell_names(dossier, table, row, c, id)) {
                    found->counts[table]++;
                    if (found->count < REFERENCES_LISTED) {
                        found->items[found->count] = (struct reference){table, row, c};
                    }
                    found->count++;
                }
            }
        }
    }
}

/* The first of some columns that is there and not blank. */
static bool put_column(const struct dossier *dossier, const struct reference *reference,
                       const char *const *names, struct buffer *out)
{
    char text[CELL_SIZE];
    for (; *names; names++) {
        int column = schema_find(schema_table(reference->table), *names);
        if (column >= 0 &&
            cell_text(dossier, reference->table, reference->row, (uint32_t)column, text)) {
            buffer_string(out, text);
            return true;
        }
    }
    return false;
}

/* What a row says in a line: its name or text, else its cells between key and source. */
static void put_summary(const struct dossier *dossier, const struct reference *reference,
                        struct buffer *out)
{
    static const char *const names_ru[] = {"name_ru", "title_ru", "text_ru", NULL};
    static const char *const names[] = {"name", "title", "text", "subject", NULL};
    const struct schema_table *schema = schema_table(reference->table);
    char text[CELL_SIZE];
    if ((make_is_ru(dossier) && put_column(dossier, reference, names_ru, out)) ||
        put_column(dossier, reference, names, out)) {
        return;
    }
    for (uint32_t c = 1; c < schema->field_count && out->size < SUMMARY_SIZE; c++) {
        if (strcmp(schema->fields[c].name, "source_id") == 0) {
            break;
        }
        if (c != reference->column &&
            cell_text(dossier, reference->table, reference->row, c, text)) {
            buffer_printf(out, "%s%s %s", out->size ? ", " : "", schema->fields[c].name, text);
        }
    }
}

static void list_references(struct dossier *dossier, const struct references *found)
{
    static const enum dossier_word columns[] = {DOSSIER_table, DOSSIER_id, DOSSIER_column,
                                                DOSSIER_what, DOSSIER_WORD_COUNT};
    make_section(dossier, DOSSIER_references, columns);
    for (uint32_t i = 0; i < found->count; i++) {
        const struct reference *one = &found->items[i];
        struct buffer text;
        char id[CELL_SIZE];
        make_row(dossier, one->table, one->row, source_of(dossier, one->table, one->row));
        make_word(dossier, zhol_table_name(one->table));
        cell_text(dossier, one->table, one->row, 0, id);
        make_text(dossier, id);
        make_word(dossier, zhol_column_name(one->table, one->column));
        buffer_init(&text);
        put_summary(dossier, one, &text);
        make_buffer(dossier, &text);
    }
}

static void count_references(struct dossier *dossier, const struct references *found)
{
    static const enum dossier_word columns[] = {DOSSIER_table, DOSSIER_rows, DOSSIER_WORD_COUNT};
    make_section(dossier, DOSSIER_references, columns);
    for (int t = 0; t < ZHOL_TABLE_COUNT; t++) {
        if (found->counts[t]) {
            make_row(dossier, (enum zhol_table)t, 0, ZHOL_NONE);
            make_word(dossier, zhol_table_name((enum zhol_table)t));
            make_number(dossier, found->counts[t]);
        }
    }
}

void make_thing(struct dossier *dossier)
{
    uint32_t begin, end;
    struct references found = {.items = calloc(REFERENCES_LISTED, sizeof *found.items)};
    if (!found.items) {
        dossier->error = ZHOL_ERROR_MEMORY;
        return;
    }
    zhol_corridor_rows(dossier->corridor, (enum zhol_table)dossier->table, dossier->thing, &begin,
                       &end);
    for (uint32_t row = begin; row < end; row++) {
        make_cells(dossier, row);
    }
    if (dossier->table == ZHOL_TABLE_service) {
        make_stops(dossier);
    }
    find_references(dossier, &found);
    if (found.count <= REFERENCES_LISTED) {
        list_references(dossier, &found);
    } else {
        count_references(dossier, &found);
    }
    free(found.items);
}

/* ---- Overview ---- */

static bool operates(const struct dossier *dossier, uint32_t link)
{
    uint32_t count, all;
    const struct zhol_link_period *rows = zhol_corridor_link_period(dossier->corridor, &all);
    const uint32_t *of =
        zhol_corridor_rows_of(dossier->corridor, ZHOL_TABLE_link_period, link, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (zhol_day_in(dossier->day, rows[of[i]].valid_from, rows[of[i]].valid_to)) {
            return rows[of[i]].status == zhol_status_OPERATING;
        }
    }
    return false;
}

/* A border that links cross on the day; `places` lists the pairs once. */
struct border {
    zhol_cell_text countries[2];
    unsigned mode;
    uint32_t pairs;
    struct buffer places;
};

static bool has_pair(const struct border *border, const char *pair)
{
    struct text_view rest = text_view_of(buffer_get(&border->places));
    while (rest.size) {
        if (text_equal_string(text_trim(text_cut(&rest, ',')), pair)) {
            return true;
        }
    }
    return false;
}

static void add_crossing(struct dossier *dossier, struct border *borders, uint32_t *count,
                         const struct zhol_link *link)
{
    uint32_t nodes, at = 0;
    const struct zhol_node *places = zhol_corridor_node(dossier->corridor, &nodes);
    uint32_t from = link->from_node_id, to = link->to_node_id;
    if (places[from].country > places[to].country) {
        uint32_t other = from;
        from = to;
        to = other;
    }
    zhol_cell_text a = places[from].country, b = places[to].country;
    while (at < *count && (borders[at].countries[0] != a || borders[at].countries[1] != b ||
                           borders[at].mode != link->mode)) {
        at++;
    }
    struct buffer pair;
    buffer_init(&pair);
    buffer_printf(&pair, "%s - %s", zhol_node_name(dossier->corridor, from, dossier->lang),
                  zhol_node_name(dossier->corridor, to, dossier->lang));
    if (at == *count) {
        borders[(*count)++] = (struct border){.countries = {a, b}, .mode = link->mode};
    }
    if (!has_pair(&borders[at], buffer_get(&pair))) {
        buffer_printf(&borders[at].places, "%s%s", borders[at].pairs ? ", " : "",
                      buffer_get(&pair));
        borders[at].pairs++;
    }
    buffer_clear(&pair);
}

static void make_borders(struct dossier *dossier)
{
    static const enum dossier_word columns[] = {DOSSIER_countries, DOSSIER_mode, DOSSIER_count,
                                                DOSSIER_places, DOSSIER_WORD_COUNT};
    uint32_t count, nodes, found = 0;
    const struct zhol_link *links = zhol_corridor_link(dossier->corridor, &count);
    const struct zhol_node *places = zhol_corridor_node(dossier->corridor, &nodes);
    struct border *borders = calloc((size_t)count + 1, sizeof *borders);
    if (!borders) {
        dossier->error = ZHOL_ERROR_MEMORY;
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        bool crosses = places[links[i].from_node_id].country != places[links[i].to_node_id].country;
        if (crosses && operates(dossier, links[i].link_id)) {
            add_crossing(dossier, borders, &found, &links[i]);
        }
    }
    make_section(dossier, DOSSIER_crossings, columns);
    for (uint32_t i = 0; i < found; i++) {
        struct buffer text;
        make_row(dossier, ZHOL_TABLE_link, 0, ZHOL_NONE);
        buffer_init(&text);
        buffer_printf(&text, "%s-%s", make_string(dossier, borders[i].countries[0]),
                      make_string(dossier, borders[i].countries[1]));
        make_buffer(dossier, &text);
        make_word(dossier, zhol_mode_text(borders[i].mode));
        make_number(dossier, borders[i].pairs);
        make_buffer(dossier, &borders[i].places);
    }
    free(borders);
}

void make_overview(struct dossier *dossier)
{
    static const enum dossier_word columns[] = {DOSSIER_table, DOSSIER_what, DOSSIER_things,
                                                DOSSIER_rows, DOSSIER_WORD_COUNT};
    make_section(dossier, DOSSIER_tables, columns);
    for (int t = 0; t < ZHOL_TABLE_COUNT; t++) {
        enum zhol_table table = (enum zhol_table)t;
        uint32_t rows = rows_of_table(dossier->corridor, table);
        uint32_t things = zhol_corridor_things(dossier->corridor, table);
        if (rows) {
            make_row(dossier, table, 0, ZHOL_NONE);
            make_text(dossier, zhol_table_name(table));
            make_word(dossier, zhol_table_doc(table));
            make_number(dossier, things ? (double)things : NAN);
            make_number(dossier, rows);
        }
    }
    make_borders(dossier);
}
