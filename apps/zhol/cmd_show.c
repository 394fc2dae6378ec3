/* cmd_show.c: what a corridor knows about a place, a link or anything else, on a day. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "base/csv.h"
#include "base/table_out.h"
#include "base/text.h"
#include "desk/dossier.h"
#include "words.h"

enum { NEAR_SHOWN = 8 };

struct page {
    const struct given *given;
    const struct loaded *loaded;
    struct dossier dossier;
    uint32_t *sources; /* things, in the order in which they are first named */
    uint32_t source_count;
    struct buffer out;
};

static const struct option_row options[] = {
    {"only", 0, "SECTION", NULL, true,
     SAID("only this section (links, processes, storage, rules ...); may be repeated",
          "только этот раздел (links, processes, storage, rules ...); можно повторять")},
    {"all", 0, NULL, NULL, false,
     SAID("also what does not hold on the day", "и то, что в этот день не действует")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

static bool is_ru(const struct page *page)
{
    return page->given->lang == LANG_RU;
}

/* ---- What was asked for ---- */

/* Tables in which an identifier without a table is looked for; places and links come first. */
static const enum zhol_table searched[] = {
    ZHOL_TABLE_link,       ZHOL_TABLE_process,    ZHOL_TABLE_service,   ZHOL_TABLE_resource,
    ZHOL_TABLE_handling,   ZHOL_TABLE_calendar,   ZHOL_TABLE_commodity, ZHOL_TABLE_actor,
    ZHOL_TABLE_instrument, ZHOL_TABLE_rule,       ZHOL_TABLE_queue,     ZHOL_TABLE_project,
    ZHOL_TABLE_commitment, ZHOL_TABLE_event,      ZHOL_TABLE_series,    ZHOL_TABLE_observation,
    ZHOL_TABLE_tariff,     ZHOL_TABLE_emission,   ZHOL_TABLE_demand,    ZHOL_TABLE_comparison,
    ZHOL_TABLE_source,     ZHOL_TABLE_load_class, ZHOL_TABLE_parameter,
};

/* "process:DOSTYK.transship" names a table; *name then points behind it. */
static enum zhol_table table_before(const char **name)
{
    const char *colon = strchr(*name, ':');
    for (int t = 0; colon && t < ZHOL_TABLE_COUNT; t++) {
        const char *table = zhol_table_name((enum zhol_table)t);
        if (strlen(table) == (size_t)(colon - *name) && strncmp(table, *name, strlen(table)) == 0) {
            *name = colon + 1;
            return (enum zhol_table)t;
        }
    }
    return ZHOL_TABLE_COUNT;
}

/* Offers what is called nearly like it, from all tables. */
static int fail_unknown(const struct page *page, const char *name)
{
    const struct zhol_corridor *corridor = page->loaded->corridor;
    uint32_t near[NEAR_SHOWN], count = 0, thing;
    char text[ANSWER_TEXT];
    const char *near_to_it = is_ru(page) ? "похожие:\n" : "near to it:\n";
    int code = fail(page->given, EXIT_NO_ANSWER,
                    is_ru(page) ? "не найдено: «%s»" : "nothing is called '%s'", name);
    zhol_corridor_place(corridor, name, &thing, near, NEAR_SHOWN, &count);
    for (uint32_t i = 0; i < count && i < NEAR_SHOWN; i++) {
        fputs(near_to_it, stderr);
        near_to_it = "";
        fprintf(stderr, "  %-28s %s\n", zhol_corridor_id(corridor, ZHOL_TABLE_node, near[i]),
                zhol_node_name(corridor, near[i], load_lang(page->given)));
    }
    for (size_t t = 0; t < sizeof searched / sizeof *searched; t++) {
        count = 0;
        zhol_corridor_thing(corridor, searched[t], name, &thing, near, 2, &count);
        for (uint32_t i = 0; i < count && i < 2; i++) {
            fputs(near_to_it, stderr);
            near_to_it = "";
            fprintf(stderr, "  %s:%-*s %s\n", zhol_table_name(searched[t]),
                    27 - (int)strlen(zhol_table_name(searched[t])),
                    zhol_corridor_id(corridor, searched[t], near[i]),
                    answer_name(page->given, page->loaded, searched[t], near[i], text));
        }
    }
    return code;
}

static int find_thing(const struct page *page, const char *name, enum zhol_table *table,
                      uint32_t *thing)
{
    const struct zhol_corridor *corridor = page->loaded->corridor;
    uint32_t near[NEAR_SHOWN], count;
    *table = table_before(&name);
    if (*table == ZHOL_TABLE_node) {
        return load_place(page->given, page->loaded, name, thing);
    }
    if (*table != ZHOL_TABLE_COUNT) {
        return load_thing(page->given, page->loaded, *table, name, thing);
    }
    enum zhol_error error = zhol_corridor_place(corridor, name, thing, near, NEAR_SHOWN, &count);
    if (error == ZHOL_ERROR_OK || error == ZHOL_ERROR_AMBIGUOUS) {
        *table = ZHOL_TABLE_node;
        return error ? load_place(page->given, page->loaded, name, thing) : EXIT_FINE;
    }
    for (size_t t = 0; t < sizeof searched / sizeof *searched; t++) {
        *thing = zhol_corridor_find(corridor, searched[t], name);
        if (*thing != ZHOL_NONE) {
            *table = searched[t];
            return EXIT_FINE;
        }
    }
    for (size_t t = 0; t < sizeof searched / sizeof *searched; t++) {
        if (!zhol_corridor_thing(corridor, searched[t], name, thing, near, NEAR_SHOWN, &count)) {
            *table = searched[t];
            return EXIT_FINE;
        }
    }
    return fail_unknown(page, name);
}

/* ---- Which rows are shown ---- */

static bool is_section_asked(const struct page *page, const struct dossier_section *section)
{
    const char *name;
    bool asked = !given_switch(page->given, "only");
    for (uint32_t i = 0; (name = given_nth(page->given, "only", i)); i++) {
        asked = asked || strcmp(name, dossier_code(section->title)) == 0;
    }
    return asked;
}

static bool is_row_shown(const struct page *page, const struct dossier_section *section,
                         const struct dossier_row *row)
{
    return row->current || section->title == DOSSIER_history || given_switch(page->given, "all") ||
           page->dossier.table == ZHOL_TABLE_COUNT;
}

/* The number of a source in the list at the end, counted from 1. */
static uint32_t source_number(struct page *page, uint32_t source)
{
    for (uint32_t i = 0; i < page->source_count; i++) {
        if (page->sources[i] == source) {
            return i + 1;
        }
    }
    page->sources[page->source_count++] = source;
    return page->source_count;
}

static bool is_assumed(const struct page *page, uint32_t source)
{
    uint32_t count, begin, end;
    const struct zhol_source *rows = zhol_corridor_source(page->loaded->corridor, &count);
    zhol_corridor_rows(page->loaded->corridor, ZHOL_TABLE_source, source, &begin, &end);
    return rows[begin].kind == zhol_source_kind_ASSUMPTION;
}

/* ---- Cells as text ---- */

/* "trains/day" is said part by part. */
static void put_word(const struct page *page, const char *word, struct buffer *out)
{
    struct text_view rest = text_view_of(word);
    while (rest.size) {
        struct text_view part = text_cut(&rest, '/');
        char one[ANSWER_TEXT];
        uint32_t size = part.size < ANSWER_TEXT - 1 ? part.size : ANSWER_TEXT - 1;
        memcpy(one, part.bytes, size);
        one[size] = '\0';
        const char *said = word_said(page->given, one);
        for (const char *c = said; *c; c++) {
            buffer_char(out, said == one && *c == '_' ? ' ' : *c);
        }
        buffer_string(out, rest.size ? "/" : "");
    }
}

static void put_cell(const struct page *page, const struct dossier_cell *cell, struct buffer *out)
{
    char text[ANSWER_TEXT];
    switch ((enum dossier_kind)cell->kind) {
    case DOSSIER_TEXT:
        buffer_string(out, text_pool_get(&page->dossier.texts, cell->text));
        break;
    case DOSSIER_WORD:
        put_word(page, text_pool_get(&page->dossier.texts, cell->text), out);
        break;
    case DOSSIER_LABEL:
        buffer_string(out, dossier_word((enum dossier_word)cell->number, page->dossier.lang));
        break;
    case DOSSIER_NUMBER:
        buffer_string(out,
                      isnan(cell->number) ? "" : answer_number(page->given, cell->number, text));
        break;
    case DOSSIER_DAY:
        buffer_string(out, isnan(cell->number) ? "" : answer_day((int32_t)cell->number, "", text));
        break;
    }
}

/* ---- As tables ---- */

/* The kind of cells in a column; a column without rows is text. */
static enum dossier_kind kind_of(const struct page *page, const struct dossier_section *section,
                                 uint32_t column)
{
    const struct dossier_row *row = &page->dossier.rows[section->first_row];
    return (enum dossier_kind)page->dossier.cells[row->first_cell + column].kind;
}

static bool is_column_blank(const struct page *page, const struct dossier_section *section,
                            uint32_t column)
{
    bool blank = true;
    for (uint32_t i = 0; i < section->row_count && blank; i++) {
        const struct dossier_row *row = &page->dossier.rows[section->first_row + i];
        struct buffer text;
        buffer_init(&text);
        if (is_row_shown(page, section, row)) {
            put_cell(page, &page->dossier.cells[row->first_cell + column], &text);
        }
        blank = text.size == 0;
        buffer_clear(&text);
    }
    return blank;
}

static void put_source(struct page *page, const struct dossier_row *row, struct buffer *out)
{
    if (row->source != ZHOL_NONE) {
        buffer_printf(out, "%u%s", source_number(page, row->source),
                      is_assumed(page, row->source) ? "*" : "");
    }
}

static void add_row(struct page *page, const struct dossier_section *section,
                    const struct dossier_row *row, const bool *blank, bool sourced,
                    struct table_out *table)
{
    struct buffer text;
    buffer_init(&text);
    for (uint32_t c = 0; c < section->column_count; c++) {
        if (!blank[c]) {
            buffer_reset(&text);
            put_cell(page, &page->dossier.cells[row->first_cell + c], &text);
            table_out_text(table, buffer_get(&text));
        }
    }
    if (sourced) {
        buffer_reset(&text);
        put_source(page, row, &text);
        table_out_text(table, buffer_get(&text));
    }
    buffer_clear(&text);
}

static bool has_sources(const struct page *page, const struct dossier_section *section)
{
    bool sourced = false;
    for (uint32_t i = 0; i < section->row_count; i++) {
        sourced = sourced || page->dossier.rows[section->first_row + i].source != ZHOL_NONE;
    }
    return sourced;
}

/* The section as a table of at most `width` columns. */
static void put_table(struct page *page, const struct dossier_section *section, uint32_t width,
                      struct buffer *out)
{
    struct table_out table;
    bool blank[DOSSIER_COLUMNS_MAX];
    table_out_init(&table, width);
    for (uint32_t c = 0; c < section->column_count; c++) {
        enum dossier_kind kind = kind_of(page, section, c);
        bool number = kind == DOSSIER_NUMBER || kind == DOSSIER_DAY;
        blank[c] = is_column_blank(page, section, c);
        if (!blank[c]) {
            table_out_column(
                &table, dossier_word((enum dossier_word)section->columns[c], page->dossier.lang),
                number ? TABLE_RIGHT : TABLE_WRAP);
        }
    }
    bool sourced = has_sources(page, section);
    if (sourced) {
        table_out_column(&table, is_ru(page) ? "Ист." : "Src", TABLE_RIGHT);
    }
    for (uint32_t i = 0; i < section->row_count; i++) {
        const struct dossier_row *row = &page->dossier.rows[section->first_row + i];
        if (is_row_shown(page, section, row)) {
            add_row(page, section, row, blank, sourced, &table);
        }
    }
    table_out_print(&table, out);
    table_out_clear(&table);
}

static uint32_t widest_line(const struct buffer *text)
{
    struct text_view rest = text_view_of(buffer_get(text));
    uint32_t widest = 0;
    while (rest.size) {
        uint32_t width = text_width(text_cut(&rest, '\n'));
        widest = width > widest ? width : widest;
    }
    return widest;
}

/* True where the table fits, or would fit if only its first column were wrapped: then no identifier
 * is broken. The widths of the columns are those of the dashes in the second line. */
static bool wraps_first_column(const struct buffer *table)
{
    struct text_view rest = text_view_of(buffer_get(table));
    uint32_t excess = widest_line(table), first = 0, second = 0;
    if (excess <= ANSWER_WIDTH) {
        return true;
    }
    excess -= ANSWER_WIDTH;
    text_cut(&rest, '\n');
    rest = text_cut(&rest, '\n');
    while (rest.size) {
        uint32_t width = text_cut(&rest, ' ').size;
        if (!first) {
            first = width;
        } else if (width > second) {
            second = width;
        }
    }
    return first > second && excess <= first - second;
}

/* Columns that say by themselves what they are. */
static bool is_plain(enum dossier_word column)
{
    return column == DOSSIER_value || column == DOSSIER_unit || column == DOSSIER_kind ||
           column == DOSSIER_price || column == DOSSIER_text || column == DOSSIER_today ||
           column == DOSSIER_state || column == DOSSIER_mode || column == DOSSIER_range ||
           column == DOSSIER_reason || column == DOSSIER_cargo_class || column == DOSSIER_scope ||
           column == DOSSIER_what || column == DOSSIER_departs || column == DOSSIER_event ||
           column == DOSSIER_direction;
}

/* ", from 2025-07-01"; a unit follows its value, a range stands in brackets. */
static void put_detail(const struct page *page, enum dossier_word column, const char *value,
                       struct buffer *out)
{
    bool unit = column == DOSSIER_unit, range = column == DOSSIER_range;
    struct text_view label = text_view_of(dossier_word(column, page->dossier.lang));
    buffer_string(out, !out->size ? "" : unit || range ? " " : ", ");
    if (!is_plain(column) && label.size) {
        /* "Free days" becomes small, "P90 h" stays. */
        char letter[4];
        uint32_t position = 0, first = text_utf8_next(label, &position), next = position;
        bool small = next >= label.size || text_utf8_next(label, &next) > '9';
        uint32_t size = text_utf8_put(small ? text_fold(first) : first, letter);
        buffer_append(out, letter, size);
        buffer_append(out, label.bytes + position, label.size - position);
        buffer_char(out, ' ');
    }
    buffer_printf(out, range ? "(%s)" : "%s", value);
}

/* One row as an entry: its name and identifier, then the rest in a sentence. */
static void print_entry(struct page *page, const struct dossier_section *section,
                        const struct dossier_row *row)
{
    struct buffer head, rest, value;
    buffer_init(&head);
    buffer_init(&rest);
    buffer_init(&value);
    uint32_t name = section->columns[0] == DOSSIER_id && section->column_count > 1 ? 1 : 0;
    for (uint32_t c = 0; c < section->column_count; c++) {
        buffer_reset(&value);
        put_cell(page, &page->dossier.cells[row->first_cell + c], &value);
        if (c == name) {
            bool first_day = section->columns[c] == DOSSIER_since && !value.size;
            buffer_string(&head, !first_day    ? buffer_get(&value)
                                 : is_ru(page) ? "до 1991 года"
                                               : "before 1991");
        } else if (value.size && section->columns[c] != DOSSIER_id) {
            put_detail(page, (enum dossier_word)section->columns[c], buffer_get(&value), &rest);
        }
    }
    for (uint32_t c = 0; c < section->column_count; c++) {
        if (section->columns[c] == DOSSIER_id && c != name) {
            buffer_reset(&value);
            put_cell(page, &page->dossier.cells[row->first_cell + c], &value);
            buffer_printf(&head, "%s[%s]", head.size ? " " : "", buffer_get(&value));
        }
    }
    buffer_reset(&value);
    put_source(page, row, &value);
    buffer_printf(&head, "%s%s%s", value.size ? " (" : "", buffer_get(&value),
                  value.size ? ")" : "");
    answer_field(&page->out, 2, 0, "", buffer_get(&head));
    answer_field(&page->out, 6, 0, "", buffer_get(&rest));
    buffer_clear(&head);
    buffer_clear(&rest);
    buffer_clear(&value);
}

/* As a table where that fits the terminal with little wrapping, else as entries. */
static void print_section(struct page *page, const struct dossier_section *section)
{
    struct buffer table;
    uint32_t shown = 0;
    for (uint32_t i = 0; i < section->row_count; i++) {
        shown += is_row_shown(page, section, &page->dossier.rows[section->first_row + i]);
    }
    if (!shown && !given_switch(page->given, "only")) {
        return;
    }
    buffer_printf(&page->out, "%s (%u)", dossier_word(section->title, page->dossier.lang), shown);
    if (shown < section->row_count) {
        buffer_printf(&page->out,
                      is_ru(page) ? "; в другие дни ещё %u: --all"
                                  : "; %u more on other days: --all",
                      section->row_count - shown);
    }
    buffer_char(&page->out, '\n');
    buffer_init(&table);
    bool about = section->title == DOSSIER_about || section->title == DOSSIER_crossings;
    put_table(page, section, UINT32_MAX, &table);
    bool fits = about || wraps_first_column(&table);
    if (fits && widest_line(&table) > ANSWER_WIDTH) {
        buffer_reset(&table);
        put_table(page, section, ANSWER_WIDTH, &table);
    }
    if (fits) {
        buffer_append(&page->out, table.bytes, shown ? table.size : 0);
    } else {
        for (uint32_t i = 0; i < section->row_count; i++) {
            const struct dossier_row *row = &page->dossier.rows[section->first_row + i];
            if (is_row_shown(page, section, row)) {
                print_entry(page, section, row);
            }
        }
    }
    buffer_char(&page->out, '\n');
    buffer_clear(&table);
}

static void print_sources(struct page *page)
{
    if (!page->source_count) {
        return;
    }
    buffer_string(&page->out,
                  is_ru(page) ? "Источники (* — допущение)\n" : "Sources (* an assumption)\n");
    for (uint32_t i = 0; i < page->source_count; i++) {
        char number[32], text[ANSWER_TEXT];
        snprintf(number, sizeof number, "%3u%s", i + 1,
                 is_assumed(page, page->sources[i]) ? "*" : " ");
        answer_field(&page->out, 0, 5, number,
                     answer_source(page->given, page->loaded, page->sources[i], text));
    }
}

static void print_title(struct page *page)
{
    const struct dossier *dossier = &page->dossier;
    char name[ANSWER_TEXT];
    struct buffer line;
    if (dossier->table == ZHOL_TABLE_COUNT) {
        return;
    }
    enum zhol_table table = (enum zhol_table)dossier->table;
    buffer_init(&line);
    buffer_printf(&line, "%s [%s %s]",
                  table == ZHOL_TABLE_node
                      ? zhol_node_name(page->loaded->corridor, dossier->thing, dossier->lang)
                      : answer_name(page->given, page->loaded, table, dossier->thing, name),
                  word_said(page->given, zhol_table_name(table)),
                  zhol_corridor_id(page->loaded->corridor, table, dossier->thing));
    answer_field(&page->out, 0, 0, "", buffer_get(&line));
    buffer_clear(&line);
}

static void print_table(struct page *page)
{
    page->source_count = 0;
    print_title(page);
    answer_head(page->given, page->loaded, &page->out);
    for (uint32_t i = 0; i < page->dossier.section_count; i++) {
        if (is_section_asked(page, &page->dossier.sections[i])) {
            print_section(page, &page->dossier.sections[i]);
        }
    }
    print_sources(page);
}

/* ---- As data ---- */

static void json_cell(const struct page *page, const struct dossier_cell *cell,
                      struct json_writer *json)
{
    char text[ANSWER_TEXT];
    if (cell->kind == DOSSIER_NUMBER) {
        json_write_real(json, cell->number);
    } else if (cell->kind == DOSSIER_LABEL) {
        json_write_text(json, dossier_code((enum dossier_word)cell->number));
    } else if (cell->kind == DOSSIER_DAY) {
        json_write_text(json,
                        isnan(cell->number) ? NULL : answer_day((int32_t)cell->number, "", text));
    } else {
        json_write_text(json, text_pool_get(&page->dossier.texts, cell->text));
    }
}

static void json_row(const struct page *page, const struct dossier_section *section,
                     const struct dossier_row *row, struct json_writer *json)
{
    const struct zhol_corridor *corridor = page->loaded->corridor;
    json_write_object(json);
    for (uint32_t c = 0; c < section->column_count; c++) {
        json_write_key(json, dossier_code((enum dossier_word)section->columns[c]));
        json_cell(page, &page->dossier.cells[row->first_cell + c], json);
    }
    json_member_bool(json, "current", row->current);
    json_member_text(json, "source",
                     row->source == ZHOL_NONE
                         ? NULL
                         : zhol_corridor_id(corridor, ZHOL_TABLE_source, row->source));
    json_write_object_end(json);
}

static void json_dossier(struct page *page, struct json_writer *json)
{
    const struct dossier *dossier = &page->dossier;
    json_write_object(json);
    if (dossier->table != ZHOL_TABLE_COUNT) {
        json_member_text(json, "table", zhol_table_name((enum zhol_table)dossier->table));
        json_member_text(json, "id",
                         zhol_corridor_id(page->loaded->corridor, (enum zhol_table)dossier->table,
                                          dossier->thing));
    }
    json_write_key(json, "sections");
    json_write_object(json);
    for (uint32_t i = 0; i < dossier->section_count; i++) {
        const struct dossier_section *section = &dossier->sections[i];
        bool again = i && dossier->sections[i - 1].title == section->title;
        bool more =
            i + 1 < dossier->section_count && dossier->sections[i + 1].title == section->title;
        if (!is_section_asked(page, section)) {
            continue;
        }
        if (!again) {
            json_write_key(json, dossier_code((enum dossier_word)section->title));
            json_write_array(json);
        }
        for (uint32_t r = 0; r < section->row_count; r++) {
            json_row(page, section, &dossier->rows[section->first_row + r], json);
        }
        if (!more) {
            json_write_array_end(json);
        }
    }
    json_write_object_end(json);
    json_write_object_end(json);
}

/* One line a cell: tables of any shape fit into one. */
static void csv_dossier(struct page *page, struct csv_writer *csv)
{
    const struct dossier *dossier = &page->dossier;
    const struct zhol_corridor *corridor = page->loaded->corridor;
    const char *id =
        dossier->table == ZHOL_TABLE_COUNT
            ? ""
            : zhol_corridor_id(corridor, (enum zhol_table)dossier->table, dossier->thing);
    for (uint32_t i = 0; i < dossier->section_count; i++) {
        const struct dossier_section *section = &dossier->sections[i];
        for (uint32_t r = 0; is_section_asked(page, section) && r < section->row_count; r++) {
            const struct dossier_row *row = &dossier->rows[section->first_row + r];
            for (uint32_t c = 0; c < section->column_count; c++) {
                struct buffer text;
                buffer_init(&text);
                put_cell(page, &dossier->cells[row->first_cell + c], &text);
                csv_write_text(csv, id);
                csv_write_text(csv, dossier_code((enum dossier_word)section->title));
                csv_write_int(csv, r + 1);
                csv_write_text(csv, dossier_code((enum dossier_word)section->columns[c]));
                csv_write_text(csv, buffer_get(&text));
                csv_write_text(csv, row->current ? "true" : "false");
                csv_write_text(csv,
                               row->source == ZHOL_NONE
                                   ? ""
                                   : zhol_corridor_id(corridor, ZHOL_TABLE_source, row->source));
                csv_write_end(csv);
                buffer_clear(&text);
            }
        }
    }
}

/* ---- The command ---- */

struct writers {
    struct json_writer json;
    struct csv_writer csv;
};

static void write_one(struct page *page, struct writers *writers)
{
    const char *format = given_format(page->given);
    if (strcmp(format, "json") == 0) {
        json_dossier(page, &writers->json);
    } else if (strcmp(format, "csv") == 0) {
        csv_dossier(page, &writers->csv);
    } else {
        buffer_string(&page->out, page->out.size ? "\n" : "");
        print_table(page);
    }
}

static int show_one(struct page *page, const char *name, struct writers *writers)
{
    enum zhol_table table = ZHOL_TABLE_COUNT;
    uint32_t thing = ZHOL_NONE;
    int code = name ? find_thing(page, name, &table, &thing) : EXIT_FINE;
    if (code != EXIT_FINE) {
        return code;
    }
    enum zhol_error error =
        name ? dossier_of(page->loaded->corridor, table, thing, page->loaded->day,
                          load_lang(page->given), &page->dossier)
             : dossier_overview(page->loaded->corridor, page->loaded->day, load_lang(page->given),
                                &page->dossier);
    if (error) {
        code = fail(page->given, EXIT_FAILED, "%s", zhol_error_text(error));
    } else {
        write_one(page, writers);
    }
    dossier_clear(&page->dossier);
    return code;
}

static int show_all(struct page *page)
{
    const struct given *given = page->given;
    const char *format = given_format(given);
    bool json = strcmp(format, "json") == 0;
    struct writers writers;
    int code = EXIT_FINE;
    json_writer_init(&writers.json, &page->out, true);
    csv_writer_init(&writers.csv, &page->out);
    if (json) {
        json_write_object(&writers.json);
        answer_head_json(page->loaded, &writers.json);
        json_write_key(&writers.json, "things");
        json_write_array(&writers.json);
    } else if (strcmp(format, "csv") == 0) {
        static const char *const heads[] = {"thing", "section", "row",   "column",
                                            "value", "current", "source"};
        for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
            csv_write_text(&writers.csv, heads[i]);
        }
        csv_write_end(&writers.csv);
    }
    for (uint32_t i = 0; i < given->argument_count && code == EXIT_FINE; i++) {
        code = show_one(page, given->arguments[i], &writers);
    }
    if (!given->argument_count) {
        code = show_one(page, NULL, &writers);
    }
    if (json && code == EXIT_FINE) {
        json_write_array_end(&writers.json);
        json_write_object_end(&writers.json);
        json_writer_end(&writers.json);
    }
    return code == EXIT_FINE ? load_write(given, &page->out, code) : code;
}

/* --only must name a section. */
static int check_sections(const struct given *given)
{
    const char *name;
    for (uint32_t i = 0; (name = given_nth(given, "only", i)); i++) {
        bool known = false;
        for (unsigned w = 0; w <= DOSSIER_tables; w++) {
            known = known || strcmp(name, dossier_code((enum dossier_word)w)) == 0;
        }
        if (!known) {
            fail(given, 0,
                 given->lang == LANG_RU ? "нет раздела «%s»; есть:"
                                        : "there is no section '%s'; there are:",
                 name);
            for (unsigned w = 0; w <= DOSSIER_tables; w++) {
                fprintf(stderr, "  %-12s %s\n", dossier_code((enum dossier_word)w),
                        dossier_word((enum dossier_word)w, load_lang(given)));
            }
            return EXIT_MISUSED;
        }
    }
    return EXIT_FINE;
}

static int run(const struct given *given)
{
    struct loaded loaded;
    int code = check_sections(given);
    if (code != EXIT_FINE) {
        return code;
    }
    code = load_corridor(given, &loaded);
    struct page page = {.given = given, .loaded = &loaded};
    buffer_init(&page.out);
    if (code == EXIT_FINE) {
        uint32_t sources = zhol_corridor_things(loaded.corridor, ZHOL_TABLE_source);
        page.sources = calloc((size_t)sources + 1, sizeof *page.sources);
        code = page.sources ? show_all(&page)
                            : fail(given, EXIT_FAILED, "%s", zhol_error_text(ZHOL_ERROR_MEMORY));
    }
    free(page.sources);
    buffer_clear(&page.out);
    load_clear(&loaded);
    return code;
}

static const char *const examples[] = {
    "zhol show",
    "the corridor at a glance: tables, and the borders open on the day",
    "коридор с первого взгляда: таблицы и открытые в этот день границы",
    "zhol show Dostyk",
    "all that is there, with sources",
    "всё, что там есть, с источниками",
    "zhol show KHORGOS_GW --only storage",
    "how long storage is free at the dry port, and what each further day costs",
    "сколько длится бесплатное хранение в сухом порту и сколько стоят дни сверх него",
    "zhol show process:DOSTYK.transship S032",
    "a process and a link",
    "операция и участок",
    "zhol show Хоргос --date 2026-02-17",
    "which side is closed on that day",
    "какая сторона в этот день закрыта",
    NULL};

const struct command command_show = {
    .name = "show",
    .about = SAID("what is at a place, on a link, or in any row, on a day",
                  "что есть в месте, на участке или в любой строке на день"),
    .arguments = "[WHAT...]",
    .max_arguments = UINT32_MAX,
    .common = true,
    .formats = "table|json|csv",
    .options = options,
    .details = SAID("WHAT is a place (name in any of four languages, UN/LOCODE or identifier), or "
                    "the identifier of anything else, with or without its table before a colon. "
                    "Figures stand with unit, first day and source; a star marks an assumption.",
                    "WHAT — место (название на любом из четырёх языков, UN/LOCODE или "
                    "идентификатор) или идентификатор чего угодно, можно с таблицей перед "
                    "двоеточием. У цифр стоят единица, первый день и источник; звёздочка — "
                    "допущение."),
    .examples = examples,
    .run = run,
};
