/* cmd_schema.c: the tables and columns of a corridor, for people and for programs. */
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "base/csv.h"
#include "base/table_out.h"

static const struct option_row options[] = {
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

static bool is_asked(const struct given *given, enum zhol_table table)
{
    bool asked = given->argument_count == 0;
    for (uint32_t i = 0; i < given->argument_count; i++) {
        asked = asked || strcmp(given->arguments[i], zhol_table_name(table)) == 0;
    }
    return asked;
}

static void print_table(const struct given *given, struct buffer *out)
{
    for (int t = 0; t < ZHOL_TABLE_COUNT; t++) {
        enum zhol_table table = (enum zhol_table)t;
        struct table_out columns;
        if (!is_asked(given, table)) {
            continue;
        }
        buffer_printf(out, "%s.csv: %s\n", zhol_table_name(table), zhol_table_doc(table));
        table_out_init(&columns, ANSWER_WIDTH);
        table_out_column(&columns, given->lang == LANG_RU ? "Столбец" : "Column", TABLE_WRAP);
        table_out_column(&columns, given->lang == LANG_RU ? "Что в нём" : "What it holds",
                         TABLE_WRAP);
        for (uint32_t c = 0; c < zhol_table_columns(table); c++) {
            table_out_text(&columns, zhol_column_name(table, c));
            table_out_text(&columns, zhol_column_doc(table, c));
        }
        table_out_print(&columns, out);
        table_out_clear(&columns);
        buffer_char(out, '\n');
    }
}

static void print_csv(const struct given *given, struct buffer *out)
{
    struct csv_writer csv;
    csv_writer_init(&csv, out);
    csv_write_text(&csv, "table");
    csv_write_text(&csv, "column");
    csv_write_text(&csv, "doc");
    csv_write_end(&csv);
    for (int t = 0; t < ZHOL_TABLE_COUNT; t++) {
        enum zhol_table table = (enum zhol_table)t;
        for (uint32_t c = 0; is_asked(given, table) && c < zhol_table_columns(table); c++) {
            csv_write_text(&csv, zhol_table_name(table));
            csv_write_text(&csv, zhol_column_name(table, c));
            csv_write_text(&csv, zhol_column_doc(table, c));
            csv_write_end(&csv);
        }
    }
}

/* The Frictionless descriptor of the corridor of -C, with the schema of each of its tables. */
static int print_package(const struct given *given, struct buffer *out)
{
    struct loaded loaded;
    char *text = NULL;
    int code = load_corridor(given, &loaded);
    if (code == EXIT_FINE) {
        enum zhol_error error = zhol_package_text(loaded.corridor, &text);
        buffer_string(out, text ? text : "");
        code = error ? fail(given, EXIT_FAILED, "%s", zhol_error_text(error)) : EXIT_FINE;
    }
    free(text);
    load_clear(&loaded);
    return code;
}

static int run(const struct given *given)
{
    const char *format = given_format(given);
    struct buffer out;
    int code = EXIT_FINE;
    buffer_init(&out);
    for (uint32_t i = 0; i < given->argument_count && code == EXIT_FINE; i++) {
        bool known = false;
        for (int t = 0; t < ZHOL_TABLE_COUNT; t++) {
            known = known || strcmp(given->arguments[i], zhol_table_name((enum zhol_table)t)) == 0;
        }
        code = known ? code
                     : fail(given, EXIT_NO_ANSWER,
                            given->lang == LANG_RU ? "нет таблицы «%s»" : "there is no table '%s'",
                            given->arguments[i]);
    }
    if (code == EXIT_FINE && strcmp(format, "json") == 0) {
        code = print_package(given, &out);
    } else if (code == EXIT_FINE && strcmp(format, "markdown") == 0) {
        char *text = NULL;
        enum zhol_error error = zhol_tables_markdown(&text);
        buffer_string(&out, text ? text : "");
        code = error ? fail(given, EXIT_FAILED, "%s", zhol_error_text(error)) : EXIT_FINE;
        free(text);
    } else if (code == EXIT_FINE && strcmp(format, "csv") == 0) {
        print_csv(given, &out);
    } else if (code == EXIT_FINE) {
        print_table(given, &out);
    }
    code = code == EXIT_FINE ? load_write(given, &out, code) : code;
    buffer_clear(&out);
    return code;
}

static const char *const examples[] = {"zhol schema process tariff",
                                       "the columns of two tables",
                                       "столбцы двух таблиц",
                                       "zhol schema --format markdown",
                                       "the field tables of docs/corridor.md",
                                       "таблицы полей для docs/corridor.md",
                                       "zhol schema --format json",
                                       "the Frictionless data package of the corridor",
                                       "описание пакета данных Frictionless для коридора",
                                       NULL};

const struct command command_schema = {
    .name = "schema",
    .about = SAID("the tables and columns of a corridor", "таблицы и столбцы коридора"),
    .arguments = "[TABLE...]",
    .max_arguments = UINT32_MAX,
    .common = true,
    .formats = "table|csv|markdown|json",
    .options = options,
    .examples = examples,
    .run = run,
};
