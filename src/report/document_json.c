/* document_json.c: a document for machines: sections, tables with typed columns, sources. Texts
 * stand in the language of the document; keys are the same in all. */
#include <math.h>

#include "base/json.h"
#include "base/time.h"
#include "report/document_parts.h"

static void write_real(struct json_writer *json, const char *key, double value)
{
    if (isfinite(value)) {
        json_member_real(json, key, value);
    } else {
        json_member_null(json, key);
    }
}

static void write_day(struct json_writer *json, const char *key, double value)
{
    char day[TIME_TEXT_SIZE];
    if (isnan(value)) {
        json_member_null(json, key);
    } else {
        time_format_date((int32_t)value, day);
        json_member_text(json, key, day);
    }
}

static void write_columns(struct json_writer *json, const struct document_table *table)
{
    static const char *const kinds[] = {[DOCUMENT_TEXT] = "text",
                                        [DOCUMENT_NUMBER] = "number",
                                        [DOCUMENT_DATE] = "date",
                                        [DOCUMENT_VERDICT] = "verdict"};
    json_write_key(json, "columns");
    json_write_array(json);
    for (uint32_t c = 0; c < table->column_count; c++) {
        json_write_object(json);
        json_member_text(json, "key", table->columns[c].key);
        json_member_text(json, "title", table->columns[c].head);
        json_member_text(json, "unit", table->columns[c].unit);
        json_member_text(json, "kind", kinds[table->columns[c].kind]);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static void write_cell(struct json_writer *json, const struct document_column *column,
                       const struct document_cell *cell)
{
    if (column->kind == DOCUMENT_NUMBER && !isnan(cell->low)) {
        json_write_key(json, column->key);
        json_write_object(json);
        write_real(json, "value", cell->value);
        write_real(json, "low", cell->low);
        write_real(json, "high", cell->high);
        json_write_object_end(json);
    } else if (column->kind == DOCUMENT_NUMBER) {
        write_real(json, column->key, cell->value);
    } else if (column->kind == DOCUMENT_DATE) {
        write_day(json, column->key, cell->value);
    } else {
        json_member_text(json, column->key, cell->text);
    }
}

static void write_reference(void *context, uint32_t number)
{
    json_write_uint(context, number);
}

static void write_table(const struct document *document, struct json_writer *json,
                        const struct document_table *table)
{
    json_write_object(json);
    json_member_text(json, "key", table->key);
    json_member_text(json, "title", table->title);
    json_member_text(json, "scope", table->scope);
    json_member_text(json, "note", table->note);
    write_columns(json, table);
    json_write_key(json, "rows");
    json_write_array(json);
    for (uint32_t r = 0; r < table->row_count; r++) {
        json_write_object(json);
        for (uint32_t c = 0; c < table->column_count; c++) {
            write_cell(json, &table->columns[c], &table->rows[r].cells[c]);
        }
        json_write_key(json, "sources");
        json_write_array(json);
        document_references(document, &table->rows[r], write_reference, json);
        json_write_array_end(json);
        json_write_object_end(json);
    }
    json_write_array_end(json);
    json_write_object_end(json);
}

static void write_section(const struct document *document, struct json_writer *json,
                          const struct document_section *section)
{
    json_write_object(json);
    json_member_text(json, "key", section->key);
    json_member_text(json, "title", section->title);
    json_write_key(json, "text");
    json_write_array(json);
    for (uint32_t b = 0; b < section->count; b++) {
        if (section->blocks[b].kind == DOCUMENT_PARAGRAPH) {
            json_write_text(json, section->blocks[b].text);
        }
    }
    json_write_array_end(json);
    json_write_key(json, "tables");
    json_write_array(json);
    for (uint32_t b = 0; b < section->count; b++) {
        if (section->blocks[b].table) {
            write_table(document, json, section->blocks[b].table);
        }
    }
    json_write_array_end(json);
    json_write_object_end(json);
}

static void write_sources(const struct document *document, struct json_writer *json)
{
    uint32_t count, begin, end;
    json_write_key(json, "sources");
    json_write_array(json);
    for (uint32_t i = 0; i < document->reference_count; i++) {
        const struct zhol_corridor *corridor = document->corridor;
        const struct zhol_source *rows = zhol_corridor_source(corridor, &count);
        zhol_corridor_rows(corridor, ZHOL_TABLE_source, document->references[i], &begin, &end);
        json_write_object(json);
        json_member_int(json, "number", i + 1);
        json_member_text(json, "source_id",
                         zhol_corridor_id(corridor, ZHOL_TABLE_source, document->references[i]));
        json_member_text(json, "title", zhol_corridor_text(corridor, rows[begin].title));
        json_member_text(json, "publisher", zhol_corridor_text(corridor, rows[begin].publisher));
        write_day(json, "published",
                  rows[begin].date == ZHOL_BLANK_DATE ? NAN : (double)rows[begin].date);
        json_member_text(json, "kind", report_source_kind(rows[begin].kind, REPORT_EN));
        json_member_text(json, "url", zhol_corridor_text(corridor, rows[begin].url));
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

enum zhol_error document_write_json(const struct document *document, struct buffer *out)
{
    struct json_writer json;
    json_writer_init(&json, out, true);
    json_write_object(&json);
    json_member_text(&json, "title", document->title);
    json_member_text(&json, "about", document->about);
    json_member_text(&json, "lang", document->lang == REPORT_RU ? "ru" : "en");
    json_write_key(&json, "sections");
    json_write_array(&json);
    for (uint32_t i = 0; i < document->count; i++) {
        write_section(document, &json, &document->sections[i]);
    }
    json_write_array_end(&json);
    write_sources(document, &json);
    json_write_object_end(&json);
    enum zhol_error error = json_writer_end(&json);
    return document->error ? document->error : error;
}
