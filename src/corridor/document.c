/* document.c: the tables as Markdown, for docs/corridor.md. */
#include <zhol/corridor.h>

#include "base/buffer.h"
#include "corridor/schema.h"

static const char *need_text(const struct schema_field *field)
{
    static const char *const texts[] = {"key", "key, may be blank", "required", ""};
    return texts[field->need];
}

static void write_table_link(struct buffer *out, const char *what, uint32_t table)
{
    const char *name = zhol_table_name((enum zhol_table)table);
    buffer_printf(out, "%s [`%s`](#%s)", what, name, name);
}

static void write_kind(struct buffer *out, const struct schema_field *field)
{
    switch (field->kind) {
    case SCHEMA_key:
        buffer_string(out, "identifier");
        break;
    case SCHEMA_ref:
        write_table_link(out, "a", field->arg);
        break;
    case SCHEMA_word:
        buffer_printf(out, "word of [`%s`](#words)", schema_words(field->arg)->name);
        break;
    case SCHEMA_real:
    case SCHEMA_whole:
        buffer_string(out, schema_bounds(field->arg)->text);
        buffer_string(out, field->kind == SCHEMA_whole && field->arg == RANGE_any ? ", whole" : "");
        break;
    case SCHEMA_flag:
        buffer_string(out, "true, false");
        break;
    case SCHEMA_date:
        buffer_string(out, "date");
        break;
    case SCHEMA_clock:
        buffer_string(out, "HH:MM");
        break;
    case SCHEMA_days:
        buffer_string(out, "seven 0/1, Monday first");
        break;
    case SCHEMA_list:
        if (field->arg >= LIST_TABLE) {
            write_table_link(out, "list of", field->arg - LIST_TABLE);
        } else {
            buffer_printf(out, "list; each item %s", schema_form_text(field->arg));
        }
        break;
    default:
        buffer_string(out, schema_form_text(field->arg));
        break;
    }
}

static void write_table(struct buffer *out, const struct schema_table *schema)
{
    buffer_printf(out, "### %s\n\nA row is %s.\n\n", schema->name, schema->doc);
    buffer_string(out, "| column | need | value | what it is |\n|---|---|---|---|\n");
    for (uint32_t i = 0; i < schema->field_count; i++) {
        const struct schema_field *field = &schema->fields[i];
        buffer_printf(out, "| `%s` | %s | ", field->name, need_text(field));
        write_kind(out, field);
        buffer_printf(out, " | %s |\n", field->doc);
    }
    buffer_char(out, '\n');
}

static void write_words(struct buffer *out)
{
    buffer_string(out, "### Words\n\n| list | words |\n|---|---|\n");
    for (uint32_t list = 0; list < WORDS_COUNT; list++) {
        const struct schema_word_list *words = schema_words(list);
        buffer_printf(out, "| `%s` |", words->name);
        for (uint32_t i = 1; i < words->count; i++) {
            buffer_printf(out, "%s `%s`", i > 1 ? "," : "", words->words[i]);
        }
        buffer_string(out, " |\n");
    }
}

enum zhol_error zhol_tables_markdown(char **text)
{
    struct buffer out;
    buffer_init(&out);
    for (int i = 0; i < ZHOL_TABLE_COUNT; i++) {
        write_table(&out, schema_table((enum zhol_table)i));
    }
    write_words(&out);
    enum zhol_error error = out.error;
    *text = buffer_take(&out, NULL);
    return error ? error : (*text ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY);
}
