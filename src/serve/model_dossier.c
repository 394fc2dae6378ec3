/* model_dossier.c: the dossier of a thing with its titles and sources, for a page. See model.h. */
#include "serve/model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/time.h"
#include "desk/dossier.h"
#include "report/terms.h"
#include "report/words.h"

struct writing {
    struct dossier dossier;
    struct json_writer json;
    enum report_lang lang;
    bool *cited; /* by source */
};

/* ---- What is meant ---- */

/* Where an identifier without a table is looked for, after places. */
static const enum zhol_table searched[] = {
    ZHOL_TABLE_link,        ZHOL_TABLE_process,    ZHOL_TABLE_service, ZHOL_TABLE_resource,
    ZHOL_TABLE_handling,    ZHOL_TABLE_calendar,   ZHOL_TABLE_actor,   ZHOL_TABLE_instrument,
    ZHOL_TABLE_rule,        ZHOL_TABLE_project,    ZHOL_TABLE_event,   ZHOL_TABLE_commitment,
    ZHOL_TABLE_observation, ZHOL_TABLE_tariff,     ZHOL_TABLE_series,  ZHOL_TABLE_commodity,
    ZHOL_TABLE_source,      ZHOL_TABLE_comparison, ZHOL_TABLE_emission};

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

static enum zhol_error find(const struct zhol_corridor *corridor, const char *name,
                            enum zhol_table *table, uint32_t *thing)
{
    uint32_t near[1], count;
    *table = table_before(&name);
    if (*table != ZHOL_TABLE_COUNT && *table != ZHOL_TABLE_node) {
        *thing = zhol_corridor_find(corridor, *table, name);
        return *thing == ZHOL_NONE ? ZHOL_ERROR_UNKNOWN : ZHOL_ERROR_OK;
    }
    enum zhol_error error = zhol_corridor_place(corridor, name, thing, near, 1, &count);
    bool placed = !error || *table == ZHOL_TABLE_node || error == ZHOL_ERROR_AMBIGUOUS;
    *table = placed ? ZHOL_TABLE_node : *table;
    for (size_t t = 0; !placed && t < sizeof searched / sizeof *searched; t++) {
        *thing = zhol_corridor_find(corridor, searched[t], name);
        if (*thing != ZHOL_NONE) {
            *table = searched[t];
            return ZHOL_ERROR_OK;
        }
    }
    return error;
}

/* ---- Cells ---- */

static void write_word(struct writing *w, const char *word)
{
    struct buffer said = {0};
    report_terms(word, w->lang, &said);
    json_write_text(&w->json, buffer_get(&said));
    buffer_clear(&said);
}

static void write_cell(struct writing *w, const struct dossier_cell *cell)
{
    const char *lang = w->lang == REPORT_RU ? "ru" : "en";
    switch ((enum dossier_kind)cell->kind) {
    case DOSSIER_TEXT:
        json_write_text(&w->json, text_pool_get(&w->dossier.texts, cell->text));
        break;
    case DOSSIER_WORD:
        write_word(w, text_pool_get(&w->dossier.texts, cell->text));
        break;
    case DOSSIER_LABEL:
        json_write_text(&w->json, dossier_word((enum dossier_word)cell->number, lang));
        break;
    case DOSSIER_NUMBER:
        json_write_real(&w->json, cell->number); /* NaN becomes null */
        break;
    case DOSSIER_DAY: {
        int32_t day = isnan(cell->number) ? ZHOL_BLANK_DATE : (int32_t)cell->number;
        char text[TIME_TEXT_SIZE] = "";
        if (day == ZHOL_BLANK_DATE) {
            json_write_null(&w->json);
        } else {
            time_format_date(day, text);
            json_write_text(&w->json, text);
        }
        break;
    }
    }
}

/* What is printed somewhere, what was found to be right, and why: of the rows that have it. */
static void write_doubt(struct writing *w, const struct dossier_row *row)
{
    static const char *const columns[] = {"printed", "corrected", "why"};
    enum zhol_table table = (enum zhol_table)row->table;
    for (int i = 0; i < 3 && row->table < ZHOL_TABLE_COUNT; i++) {
        uint32_t column = zhol_column_find(table, columns[i]);
        char text[1024] = "";
        if (column != ZHOL_NONE) {
            zhol_corridor_cell(w->dossier.corridor, table, row->row, column, text, sizeof text);
        }
        if (*text) {
            json_member_text(&w->json, columns[i], text);
        }
    }
}

static void write_row(struct writing *w, const struct dossier_section *section,
                      const struct dossier_row *row)
{
    const struct zhol_corridor *corridor = w->dossier.corridor;
    json_write_object(&w->json);
    json_write_key(&w->json, "cells");
    json_write_array(&w->json);
    for (uint32_t c = 0; c < section->column_count; c++) {
        write_cell(w, &w->dossier.cells[row->first_cell + c]);
    }
    json_write_array_end(&w->json);
    json_member_bool(&w->json, "current", row->current);
    json_member_text(&w->json, "source",
                     row->source == ZHOL_NONE
                         ? NULL
                         : zhol_corridor_id(corridor, ZHOL_TABLE_source, row->source));
    write_doubt(w, row);
    json_write_object_end(&w->json);
    if (row->source != ZHOL_NONE) {
        w->cited[row->source] = true;
    }
}

static const char *kind_of(const struct writing *w, const struct dossier_section *section,
                           uint32_t column)
{
    static const char *const kinds[] = {"text", "text", "text", "number", "date"};
    const struct dossier_row *row = &w->dossier.rows[section->first_row];
    return kinds[w->dossier.cells[row->first_cell + column].kind];
}

static void write_section(struct writing *w, const struct dossier_section *section)
{
    const char *lang = w->lang == REPORT_RU ? "ru" : "en";
    json_write_object(&w->json);
    json_member_text(&w->json, "code", dossier_code((enum dossier_word)section->title));
    json_member_text(&w->json, "title", dossier_word((enum dossier_word)section->title, lang));
    json_write_key(&w->json, "columns");
    json_write_array(&w->json);
    for (uint32_t c = 0; c < section->column_count; c++) {
        enum dossier_word column = (enum dossier_word)section->columns[c];
        json_write_object(&w->json);
        json_member_text(&w->json, "code", dossier_code(column));
        json_member_text(&w->json, "title", dossier_word(column, lang));
        json_member_text(&w->json, "kind", kind_of(w, section, c));
        json_write_object_end(&w->json);
    }
    json_write_array_end(&w->json);
    json_write_key(&w->json, "rows");
    json_write_array(&w->json);
    for (uint32_t r = 0; r < section->row_count; r++) {
        write_row(w, section, &w->dossier.rows[section->first_row + r]);
    }
    json_write_array_end(&w->json);
    json_write_object_end(&w->json);
}

static void write_sources(struct writing *w)
{
    const struct zhol_corridor *corridor = w->dossier.corridor;
    uint32_t count, things = zhol_corridor_things(corridor, ZHOL_TABLE_source);
    const struct zhol_source *rows = zhol_corridor_source(corridor, &count);
    json_write_key(&w->json, "sources");
    json_write_array(&w->json);
    for (uint32_t i = 0; i < things; i++) {
        uint32_t begin, end;
        if (w->cited[i]) {
            zhol_corridor_rows(corridor, ZHOL_TABLE_source, i, &begin, &end);
            const struct zhol_source *row = &rows[begin];
            json_write_object(&w->json);
            json_member_text(&w->json, "id", zhol_corridor_id(corridor, ZHOL_TABLE_source, i));
            json_member_text(&w->json, "title", zhol_corridor_text(corridor, row->title));
            json_member_text(&w->json, "publisher", zhol_corridor_text(corridor, row->publisher));
            model_write_day(&w->json, "date", row->date);
            json_member_text(&w->json, "url", zhol_corridor_text(corridor, row->url));
            json_member_text(&w->json, "kind", zhol_source_kind_text(row->kind));
            json_write_object_end(&w->json);
        }
    }
    json_write_array_end(&w->json);
}

/* ---- The whole ---- */

/* A link is called by its ends, which have names in all languages. */
static void write_link_name(struct writing *w, uint32_t row)
{
    const struct zhol_corridor *corridor = w->dossier.corridor;
    const char *lang = w->lang == REPORT_RU ? "ru" : "en";
    uint32_t count;
    const struct zhol_link *link = &zhol_corridor_link(corridor, &count)[row];
    struct buffer name = {0};
    buffer_printf(&name, "%s – %s", zhol_node_name(corridor, link->from_node_id, lang),
                  zhol_node_name(corridor, link->to_node_id, lang));
    json_member_text(&w->json, "name", buffer_get(&name));
    buffer_clear(&name);
}

/* Name or title of a thing in the language, its identifier where it has none. */
static void write_name(struct writing *w, enum zhol_table table, uint32_t thing)
{
    static const char *const columns[] = {"name_ru", "title_ru", "name", "title"};
    const struct zhol_corridor *corridor = w->dossier.corridor;
    uint32_t begin, end;
    char text[512] = "";
    zhol_corridor_rows(corridor, table, thing, &begin, &end);
    if (table == ZHOL_TABLE_link) {
        write_link_name(w, begin);
        return;
    }
    for (int i = w->lang == REPORT_RU ? 0 : 2; i < 4 && !*text; i++) {
        uint32_t column = zhol_column_find(table, columns[i]);
        if (column != ZHOL_NONE) {
            zhol_corridor_cell(corridor, table, begin, column, text, sizeof text);
        }
    }
    json_member_text(&w->json, "name", *text ? text : zhol_corridor_id(corridor, table, thing));
}

static enum zhol_error write_dossier(struct writing *w, enum zhol_table table, uint32_t thing,
                                     int32_t day)
{
    const struct zhol_corridor *corridor = w->dossier.corridor;
    json_write_object(&w->json);
    model_write_head(corridor, day, &w->json);
    json_member_text(&w->json, "table", zhol_table_name(table));
    json_member_text(&w->json, "table_name", report_term(zhol_table_name(table), w->lang));
    json_member_text(&w->json, "id", zhol_corridor_id(corridor, table, thing));
    write_name(w, table, thing);
    json_write_key(&w->json, "sections");
    json_write_array(&w->json);
    for (uint32_t i = 0; i < w->dossier.section_count; i++) {
        write_section(w, &w->dossier.sections[i]);
    }
    json_write_array_end(&w->json);
    write_sources(w);
    json_write_object_end(&w->json);
    return json_writer_end(&w->json);
}

enum zhol_error model_dossier(const struct zhol_corridor *corridor, const char *name, int32_t day,
                              const char *lang, struct buffer *out)
{
    struct writing w = {.lang = strcmp(lang, "ru") == 0 || strcmp(lang, "kk") == 0 ? REPORT_RU
                                                                                   : REPORT_EN};
    enum zhol_table table;
    uint32_t thing;
    enum zhol_error error = find(corridor, name, &table, &thing);
    if (error) {
        return error;
    }
    json_writer_init(&w.json, out, false);
    error = dossier_of(corridor, table, thing, day, w.lang == REPORT_RU ? "ru" : "en", &w.dossier);
    if (!error) {
        uint32_t sources = zhol_corridor_things(corridor, ZHOL_TABLE_source);
        w.cited = calloc((size_t)sources + 1, sizeof *w.cited);
        error = w.cited ? write_dossier(&w, table, thing, day) : ZHOL_ERROR_MEMORY;
    }
    free(w.cited);
    dossier_clear(&w.dossier);
    return error;
}
