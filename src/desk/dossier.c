/* dossier.c: the builder of dossiers and their words. */
#include "desk/dossier.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/number.h"
#include "desk/dossier_make.h"

static const struct {
    const char *code, *en, *ru;
} words[DOSSIER_WORD_COUNT] = {
#define DOSSIER_WORD_ROW(code, en, ru) [DOSSIER_##code] = {#code, en, ru},
    DOSSIER_WORDS(DOSSIER_WORD_ROW)
#undef DOSSIER_WORD_ROW
};

const char *dossier_code(enum dossier_word word)
{
    return (unsigned)word < DOSSIER_WORD_COUNT ? words[word].code : "";
}

const char *dossier_word(enum dossier_word word, const char *lang)
{
    if ((unsigned)word >= DOSSIER_WORD_COUNT) {
        return "";
    }
    return strcmp(lang, "ru") == 0 ? words[word].ru : words[word].en;
}

/* ---- Sections and rows ---- */

void make_end(struct dossier *dossier)
{
    if (dossier->section_count) {
        struct dossier_section *last = &dossier->sections[dossier->section_count - 1];
        last->row_count = dossier->row_count - last->first_row;
        if (!last->row_count) {
            dossier->section_count--;
        }
    }
}

void make_section(struct dossier *dossier, enum dossier_word title,
                  const enum dossier_word *columns)
{
    make_end(dossier);
    enum zhol_error error =
        ARRAY_RESERVE(dossier->sections, dossier->section_capacity, dossier->section_count + 1);
    if (error) {
        dossier->error = error;
        return;
    }
    struct dossier_section *section = &dossier->sections[dossier->section_count++];
    *section = (struct dossier_section){.title = (uint16_t)title, .first_row = dossier->row_count};
    while (columns[section->column_count] != DOSSIER_WORD_COUNT &&
           section->column_count < DOSSIER_COLUMNS_MAX) {
        section->columns[section->column_count] = (uint16_t)columns[section->column_count];
        section->column_count++;
    }
}

void make_row(struct dossier *dossier, enum zhol_table table, uint32_t row, uint32_t source)
{
    enum zhol_error error =
        ARRAY_RESERVE(dossier->rows, dossier->row_capacity, dossier->row_count + 1);
    if (error || dossier->error) {
        dossier->error = dossier->error ? dossier->error : error;
        return;
    }
    dossier->rows[dossier->row_count++] = (struct dossier_row){.first_cell = dossier->cell_count,
                                                               .table = (uint8_t)table,
                                                               .current = true,
                                                               .row = row,
                                                               .source = source};
}

void make_current(struct dossier *dossier, bool current)
{
    if (!dossier->error && dossier->row_count) {
        dossier->rows[dossier->row_count - 1].current = current;
    }
}

/* ---- Cells ---- */

static void add_cell(struct dossier *dossier, enum dossier_kind kind, struct text_view text,
                     double number)
{
    struct dossier_cell cell = {.kind = (uint8_t)kind, .number = number};
    enum zhol_error error =
        ARRAY_RESERVE(dossier->cells, dossier->cell_capacity, dossier->cell_count + 1);
    error = error ? error : text_pool_add(&dossier->texts, text, &cell.text);
    if (error || dossier->error) {
        dossier->error = dossier->error ? dossier->error : error;
        return;
    }
    dossier->cells[dossier->cell_count++] = cell;
}

void make_text(struct dossier *dossier, const char *text)
{
    add_cell(dossier, DOSSIER_TEXT, text_view_of(text), NAN);
}

void make_word(struct dossier *dossier, const char *word)
{
    add_cell(dossier, DOSSIER_WORD, text_view_of(word), NAN);
}

void make_label(struct dossier *dossier, enum dossier_word word)
{
    add_cell(dossier, DOSSIER_LABEL, text_view_of(""), word);
}

void make_number(struct dossier *dossier, double value)
{
    add_cell(dossier, DOSSIER_NUMBER, text_view_of(""), value);
}

void make_whole(struct dossier *dossier, int32_t value)
{
    make_number(dossier, value == ZHOL_BLANK_INT ? NAN : (double)value);
}

void make_day(struct dossier *dossier, int32_t day)
{
    add_cell(dossier, DOSSIER_DAY, text_view_of(""), day == ZHOL_BLANK_DATE ? NAN : (double)day);
}

void make_buffer(struct dossier *dossier, struct buffer *text)
{
    dossier->error = dossier->error ? dossier->error : text->error;
    make_text(dossier, buffer_get(text));
    buffer_clear(text);
}

void make_id(struct dossier *dossier, enum zhol_table table, uint32_t thing)
{
    make_text(dossier, thing == ZHOL_NONE ? "" : zhol_corridor_id(dossier->corridor, table, thing));
}

void make_place(struct dossier *dossier, uint32_t node)
{
    make_text(dossier,
              node == ZHOL_NONE ? "" : zhol_node_name(dossier->corridor, node, dossier->lang));
}

const char *make_string(const struct dossier *dossier, zhol_cell_text text)
{
    return zhol_corridor_text(dossier->corridor, text);
}

bool make_is_ru(const struct dossier *dossier)
{
    return strcmp(dossier->lang, "ru") == 0;
}

void make_said(struct dossier *dossier, zhol_cell_text en, zhol_cell_text ru)
{
    make_text(dossier, make_string(dossier, make_is_ru(dossier) && ru ? ru : en));
}

void make_range(struct dossier *dossier, double low, double high)
{
    struct buffer text;
    buffer_init(&text);
    if (!isnan(low) || !isnan(high)) {
        buffer_real(&text, low);
        buffer_char(&text, '-');
        buffer_real(&text, high);
    }
    make_buffer(dossier, &text);
}

void make_fact(struct dossier *dossier, enum dossier_word label, const char *value,
               const char *unit)
{
    if (*value) {
        make_row(dossier, (enum zhol_table)dossier->table, 0, ZHOL_NONE);
        make_label(dossier, label);
        make_text(dossier, value);
        make_text(dossier, unit);
    }
}

/* ---- A dossier ---- */

static void start(struct dossier *out, const struct zhol_corridor *corridor, int32_t day,
                  const char *lang)
{
    memset(out, 0, sizeof *out);
    out->corridor = corridor;
    out->day = day;
    out->lang = lang;
    out->table = ZHOL_TABLE_COUNT;
    out->thing = ZHOL_NONE;
    text_pool_init(&out->texts);
}

enum zhol_error dossier_of(const struct zhol_corridor *corridor, enum zhol_table table,
                           uint32_t thing, int32_t day, const char *lang, struct dossier *out)
{
    start(out, corridor, day, lang);
    out->table = (uint8_t)table;
    out->thing = thing;
    if (thing >= zhol_corridor_things(corridor, table)) {
        return ZHOL_ERROR_UNKNOWN;
    }
    if (table == ZHOL_TABLE_node) {
        make_node(out);
    } else if (table == ZHOL_TABLE_link) {
        make_link(out);
    } else {
        make_thing(out);
    }
    make_end(out);
    return out->error;
}

enum zhol_error dossier_overview(const struct zhol_corridor *corridor, int32_t day,
                                 const char *lang, struct dossier *out)
{
    start(out, corridor, day, lang);
    make_overview(out);
    make_end(out);
    return out->error;
}

void dossier_clear(struct dossier *dossier)
{
    text_pool_clear(&dossier->texts);
    free(dossier->sections);
    free(dossier->rows);
    free(dossier->cells);
    memset(dossier, 0, sizeof *dossier);
}
