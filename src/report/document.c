/* document.c: filling a document: growth in its arena, copies of texts, numbers of sources. */
#include "report/document.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

enum { SCRATCH_CELLS = 64 };

static void fail(struct document *document, enum zhol_error error)
{
    document->error = document->error ? document->error : error;
}

static const char *copy(struct document *document, const char *text)
{
    const char *made = text ? arena_string(&document->arena, text) : NULL;
    if (text && !made) {
        fail(document, ZHOL_ERROR_MEMORY);
    }
    return made;
}

static const char *print(struct document *document, const char *format, va_list arguments)
{
    struct buffer text = {0};
    buffer_vprintf(&text, format, arguments);
    fail(document, text.error);
    const char *made = copy(document, buffer_get(&text));
    buffer_clear(&text);
    return made ? made : "";
}

void document_init(struct document *document, const struct zhol_corridor *corridor,
                   enum report_lang lang, const char *title, const char *about)
{
    *document = (struct document){.corridor = corridor, .lang = lang};
    arena_init(&document->arena, 1u << 16);
    document->title = copy(document, title);
    document->about = copy(document, about);
    document->scratch = arena_array(&document->arena, SCRATCH_CELLS, sizeof *document->scratch);
    if (corridor) {
        zhol_corridor_source(corridor, &document->source_count);
        document->reference_of =
            arena_array(&document->arena, (size_t)document->source_count + 1, sizeof(uint32_t));
    }
    if (!document->scratch || (corridor && !document->reference_of)) {
        fail(document, ZHOL_ERROR_MEMORY);
    }
}

void document_clear(struct document *document)
{
    for (uint32_t i = 0; i < document->count; i++) {
        for (uint32_t b = 0; b < document->sections[i].count; b++) {
            struct document_table *table = document->sections[i].blocks[b].table;
            free(table ? table->rows : NULL);
        }
        free(document->sections[i].blocks);
    }
    free(document->sections);
    free(document->references);
    arena_clear(&document->arena);
    *document = (struct document){0};
}

void document_section(struct document *document, const char *key, const char *title)
{
    enum zhol_error error =
        ARRAY_RESERVE(document->sections, document->capacity, document->count + 1);
    if (error) {
        fail(document, error);
        return;
    }
    document->sections[document->count++] =
        (struct document_section){.key = copy(document, key), .title = copy(document, title)};
}

/* A new block of the present section; NULL where memory is full. */
static struct document_block *add_block(struct document *document)
{
    assert(document->count || document->error);
    if (document->count == 0) {
        return NULL;
    }
    struct document_section *section = &document->sections[document->count - 1];
    enum zhol_error error = ARRAY_RESERVE(section->blocks, section->capacity, section->count + 1);
    if (error) {
        fail(document, error);
        return NULL;
    }
    section->blocks[section->count] = (struct document_block){0};
    return &section->blocks[section->count++];
}

/* The table begun last; NULL where there was no memory for it. */
static struct document_table *last_table(struct document *document)
{
    if (document->count == 0) {
        return NULL;
    }
    struct document_section *section = &document->sections[document->count - 1];
    return section->count ? section->blocks[section->count - 1].table : NULL;
}

void document_text(struct document *document, const char *format, ...)
{
    struct document_block *block = add_block(document);
    if (block) {
        va_list arguments;
        va_start(arguments, format);
        block->kind = DOCUMENT_PARAGRAPH;
        block->text = print(document, format, arguments);
        va_end(arguments);
    }
}

void document_table(struct document *document, const char *key, const char *title,
                    const char *scope, const struct document_column *columns, uint32_t count)
{
    struct document_block *block = add_block(document);
    struct document_table *table = arena_alloc_zero(&document->arena, sizeof *table);
    struct document_column *own = arena_array(&document->arena, count, sizeof *own);
    assert(scope && *scope && count <= SCRATCH_CELLS);
    if (!block || !table || !own) {
        fail(document, ZHOL_ERROR_MEMORY);
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        assert(columns[i].kind != DOCUMENT_NUMBER || columns[i].unit);
        own[i] = (struct document_column){.key = copy(document, columns[i].key),
                                          .head = copy(document, columns[i].head),
                                          .unit = copy(document, columns[i].unit),
                                          .kind = columns[i].kind};
    }
    *table = (struct document_table){.key = copy(document, key),
                                     .title = copy(document, title),
                                     .scope = copy(document, scope),
                                     .columns = own,
                                     .column_count = count};
    block->kind = DOCUMENT_IS_TABLE;
    block->table = table;
}

/* Gives each source that a row names its number. */
static void references_take(struct document *document, const char *sources)
{
    while (document->corridor && sources && *sources) {
        size_t size = strcspn(sources, ";");
        char id[256];
        if (size < sizeof id) {
            memcpy(id, sources, size);
            id[size] = '\0';
            uint32_t source = zhol_corridor_find(document->corridor, ZHOL_TABLE_source, id);
            if (source < document->source_count && document->reference_of &&
                document->reference_of[source] == 0) {
                enum zhol_error error =
                    ARRAY_RESERVE(document->references, document->reference_capacity,
                                  document->reference_count + 1);
                if (error) {
                    fail(document, error);
                    return;
                }
                document->references[document->reference_count++] = source;
                document->reference_of[source] = document->reference_count;
            }
        }
        sources += size + (sources[size] == ';');
    }
}

struct document_cell *document_row(struct document *document, const char *sources)
{
    struct document_table *table = last_table(document);
    struct document_cell *cells =
        table ? arena_array(&document->arena, table->column_count, sizeof *cells) : NULL;
    if (!cells || ARRAY_RESERVE(table->rows, table->row_capacity, table->row_count + 1)) {
        fail(document, ZHOL_ERROR_MEMORY);
        return document->scratch;
    }
    for (uint32_t i = 0; i < table->column_count; i++) {
        cells[i] = (struct document_cell){.value = NAN, .low = NAN, .high = NAN};
    }
    references_take(document, sources);
    table->rows[table->row_count++] =
        (struct document_row){.cells = cells, .sources = copy(document, sources)};
    return cells;
}

void document_note(struct document *document, const char *format, ...)
{
    struct document_table *table = last_table(document);
    if (table) {
        va_list arguments;
        va_start(arguments, format);
        table->note = print(document, format, arguments);
        va_end(arguments);
    }
}

void document_picture(struct document *document, const char *caption, struct text_view svg)
{
    struct document_block *block = add_block(document);
    const char *bytes = arena_text(&document->arena, svg.bytes, svg.size);
    if (!block || !bytes) {
        fail(document, ZHOL_ERROR_MEMORY);
        return;
    }
    *block = (struct document_block){
        .kind = DOCUMENT_IS_PICTURE, .text = bytes, .caption = copy(document, caption)};
}

void document_put(struct document *document, struct document_cell *cell, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    cell->text = print(document, format, arguments);
    va_end(arguments);
}

struct document_cell document_number(double value, unsigned decimals)
{
    return document_band(value, NAN, NAN, decimals);
}

struct document_cell document_band(double value, double low, double high, unsigned decimals)
{
    return (struct document_cell){
        .value = value, .low = low, .high = high, .decimals = (uint8_t)decimals};
}

struct document_cell document_date(int32_t day)
{
    return document_number(day == ZHOL_BLANK_DATE ? NAN : (double)day, 0);
}

void document_verdict(struct document *document, struct document_cell *cell, const char *word,
                      int mood)
{
    cell->text = copy(document, word);
    cell->mood = (int8_t)mood;
}

void document_references(const struct document *document, const struct document_row *row,
                         void (*visit)(void *context, uint32_t number), void *context)
{
    for (const char *at = row->sources; document->corridor && at && *at;) {
        size_t size = strcspn(at, ";");
        char id[256];
        if (size < sizeof id) {
            memcpy(id, at, size);
            id[size] = '\0';
            uint32_t source = zhol_corridor_find(document->corridor, ZHOL_TABLE_source, id);
            if (source < document->source_count && document->reference_of[source]) {
                visit(context, document->reference_of[source]);
            }
        }
        at += size + (at[size] == ';');
    }
}

const struct document_table *document_find(const struct document *document, const char *key)
{
    for (uint32_t i = 0; i < document->count; i++) {
        for (uint32_t b = 0; b < document->sections[i].count; b++) {
            const struct document_table *table = document->sections[i].blocks[b].table;
            if (table && strcmp(table->key, key) == 0) {
                return table;
            }
        }
    }
    return NULL;
}
