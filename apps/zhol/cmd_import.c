/* cmd_import.c: what other systems send: train lists, containers, acceptance, queues, bans. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/table_out.h"
#include "base/text.h"
#include "intake/ban.h"
#include "intake/intake.h"

enum { PREVIEW_ROWS = 10, TEXT_MAX = 1 << 20 };

/* A folder that is not there: a preview without --store is one against an empty store. */
#define NO_STORE "/nonexistent"

/* One import from the command line on. */
struct import {
    const struct given *given;
    struct loaded loaded;
    enum intake_kind kind;
    const char *file;
    struct sheet sheet;
    struct intake_mapping mapping;
    struct intake_records records;
    struct ban *bans;
    uint32_t ban_count;
    struct zhol_report report;
    struct intake_change change;
    struct buffer out;
};

static const struct option_row options[] = {
    {"as", 0, "KIND", "train-list|containers|acceptance|queue|ban|hub-demand|shipments|screen",
     false, SAID("what the file holds", "что в файле")},
    {"map", 0, "FILE", NULL, false,
     SAID("mapping of fields to columns: a file, or the name of a saved one",
          "соответствие полей столбцам: файл или имя сохранённого")},
    {"save-map", 0, "NAME", NULL, false,
     SAID("save the mapping that was used under this name",
          "сохранить соответствие под этим именем")},
    {"sheet", 0, "NAME", NULL, false,
     SAID("sheet of a workbook (default: the first)", "лист книги (по умолчанию первый)")},
    {"text", 0, "FILE", NULL, false,
     SAID("the text of a convention telegram (with --as ban); - reads it from the terminal",
          "текст конвенционной телеграммы (с --as ban); - читает с терминала")},
    {"apply", 0, NULL, NULL, false,
     SAID("write to the store; without it only a preview", "записать; без этого только просмотр")},
    {"store", 0, "DIR", NULL, false,
     SAID("folder of the store; for bans the folder of a scenario",
          "папка хранилища; для запретов — папка сценария")},
    {"fields", 0, NULL, NULL, false,
     SAID("list the fields of KIND and the headers they go by",
          "перечислить поля и заголовки, по которым они находятся")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

static bool is_ru(const struct import *import)
{
    return import->given->lang == LANG_RU;
}

/* ---- Mappings ---- */

/* STATE/maps/KIND.NAME.csv, where STATE is $ZHOL_STATE, else that of the user. */
static void put_map_path(const struct import *import, const char *name, struct buffer *out)
{
    const char *state = getenv("ZHOL_STATE"), *home = getenv("HOME");
    const char *xdg = getenv("XDG_STATE_HOME");
    if (state && *state) {
        buffer_string(out, state);
    } else if (xdg && *xdg) {
        buffer_printf(out, "%s/zhol", xdg);
    } else {
        buffer_printf(out, "%s/.local/state/zhol", home && *home ? home : ".");
    }
    buffer_printf(out, "/maps/%s.%s.csv", intake_rules(import->kind)->name, name);
}

static enum zhol_error find_mapping(struct import *import)
{
    const char *map = given_value(import->given, "map");
    struct buffer path;
    if (!map) {
        return intake_guess(import->kind, &import->sheet, import->file, &import->report,
                            &import->mapping);
    }
    buffer_init(&path);
    if (file_kind_of(map) == FILE_REGULAR) {
        buffer_string(&path, map);
    } else {
        put_map_path(import, map, &path);
    }
    enum zhol_error error =
        intake_mapping_read(import->kind, &import->sheet, import->file, buffer_get(&path),
                            &import->report, &import->mapping);
    buffer_clear(&path);
    return error;
}

static int save_mapping(struct import *import)
{
    const char *name = given_value(import->given, "save-map");
    struct buffer path, folder;
    if (!name) {
        return EXIT_FINE;
    }
    if (strchr(name, '/') || !*name || *name == '.') {
        return fail(import->given, EXIT_MISUSED,
                    is_ru(import) ? "--save-map: «%s» — нужно имя без косой черты"
                                  : "--save-map: '%s' is not a name without slashes",
                    name);
    }
    buffer_init(&path);
    buffer_init(&folder);
    put_map_path(import, name, &path);
    buffer_append(&folder, buffer_get(&path),
                  (size_t)(strrchr(buffer_get(&path), '/') - buffer_get(&path)));
    enum zhol_error error = file_make_folder(buffer_get(&folder), &import->report);
    error = error ? error
                  : intake_mapping_write(import->kind, &import->sheet, &import->mapping,
                                         buffer_get(&path), &import->report);
    if (!error) {
        fprintf(stderr, is_ru(import) ? "соответствие сохранено: %s\n" : "mapping saved: %s\n",
                buffer_get(&path));
    }
    buffer_clear(&path);
    buffer_clear(&folder);
    return error ? fail(import->given, EXIT_FAILED, "%s", zhol_error_text(error)) : EXIT_FINE;
}

/* ---- Bans ---- */

static int add_ban(struct import *import, struct ban **added)
{
    struct ban *bans =
        realloc(import->bans, ((size_t)import->ban_count + 1) * sizeof *import->bans);
    if (!bans) {
        return fail(import->given, EXIT_FAILED, "%s", zhol_error_text(ZHOL_ERROR_MEMORY));
    }
    import->bans = bans;
    *added = &import->bans[import->ban_count++];
    memset(*added, 0, sizeof **added);
    return EXIT_FINE;
}

/* All of a file, or of standard input for "-". */
static int read_text(struct import *import, const char *path, struct buffer *out)
{
    char block[4096];
    size_t size;
    if (strcmp(path, "-") == 0) {
        while ((size = fread(block, 1, sizeof block, stdin)) > 0 && out->size <= TEXT_MAX) {
            buffer_append(out, block, size);
        }
    } else {
        struct file_data data = {0};
        enum zhol_error error = file_read(path, TEXT_MAX, &data, &import->report);
        buffer_append(out, data.bytes, error ? 0 : data.size);
        file_clear(&data);
        if (error) {
            load_print_findings(import->given, &import->report, 0);
            return EXIT_BAD_INPUT;
        }
    }
    if (out->size > TEXT_MAX || !text_utf8_valid(buffer_get(out), out->size, NULL)) {
        return fail(import->given, EXIT_BAD_INPUT,
                    is_ru(import) ? "%s: ожидается текст в UTF-8 до 1 МиБ"
                                  : "%s: a text in UTF-8 of at most 1 MiB is expected",
                    path);
    }
    return EXIT_FINE;
}

static int take_telegram(struct import *import, const char *path)
{
    struct buffer text;
    struct ban *ban = NULL;
    buffer_init(&text);
    int code = read_text(import, path, &text);
    code = code == EXIT_FINE ? add_ban(import, &ban) : code;
    if (code == EXIT_FINE && ban) {
        import->file = strcmp(path, "-") == 0 ? (is_ru(import) ? "текст" : "text") : path;
        telegram_read(import->loaded.corridor, import->file,
                      (struct text_view){buffer_get(&text), (uint32_t)text.size}, &import->report,
                      ban);
    }
    buffer_clear(&text);
    return code;
}

static int take_bans(struct import *import)
{
    int code = EXIT_FINE;
    for (uint32_t i = 0; i < import->records.count && code == EXIT_FINE; i++) {
        struct ban *ban = NULL;
        code = add_ban(import, &ban);
        if (code == EXIT_FINE && ban && ban_of_record(&import->records, i, ban)) {
            code = fail(import->given, EXIT_FAILED, "%s", zhol_error_text(ZHOL_ERROR_MEMORY));
        }
    }
    return code;
}

static void print_field(struct import *import, const char *en, const char *ru, const char *text)
{
    answer_field(&import->out, 2, 16, is_ru(import) ? ru : en, text);
}

/* "DOSTYK (Dostyk), ALTYNKOL (Altynkol)" */
static void put_names(const struct import *import, enum zhol_table table, const char *list,
                      struct buffer *out)
{
    struct text_view rest = text_view_of(list);
    while (rest.size) {
        struct text_view item = text_cut(&rest, ';');
        char id[ANSWER_TEXT], name[ANSWER_TEXT];
        uint32_t size = item.size < ANSWER_TEXT - 1 ? item.size : ANSWER_TEXT - 1;
        memcpy(id, item.bytes, size);
        id[size] = '\0';
        uint32_t thing = zhol_corridor_find(import->loaded.corridor, table, id);
        buffer_printf(out, "%s%s", out->size ? ", " : "", id);
        if (thing != ZHOL_NONE) {
            const char *said =
                table == ZHOL_TABLE_node
                    ? zhol_node_name(import->loaded.corridor, thing, load_lang(import->given))
                    : answer_name(import->given, &import->loaded, table, thing, name);
            buffer_printf(out, " (%s)", said);
        }
    }
}

static void print_list(struct import *import, const char *en, const char *ru, enum zhol_table table,
                       const char *list, const char *none)
{
    struct buffer text;
    buffer_init(&text);
    put_names(import, table, list, &text);
    print_field(import, en, ru, text.size ? buffer_get(&text) : none);
    buffer_clear(&text);
}

static void print_ban(struct import *import, const struct ban *ban)
{
    char day[ANSWER_TEXT];
    bool ru = is_ru(import);
    buffer_string(&import->out, ru ? "Запрет\n" : "Ban\n");
    print_field(import, "number", "номер", buffer_get(&ban->number));
    print_field(import, "issued", "от", answer_day(ban->issued, "", day));
    print_field(import, "first day", "первый день", answer_day(ban->from, ru ? "?" : "?", day));
    print_field(import, "last day", "последний день",
                answer_day(ban->until, ru ? "до отмены" : "until further notice", day));
    print_list(import, "places", "места", ZHOL_TABLE_node, buffer_get(&ban->places),
               ru ? "не названы" : "none named");
    print_field(import, "direction", "направление",
                strcmp(ban->direction, "in") == 0    ? (ru ? "ввоз" : "in")
                : strcmp(ban->direction, "out") == 0 ? (ru ? "вывоз" : "out")
                                                     : "");
    print_field(import, "from country", "происхождение", buffer_get(&ban->from_countries));
    print_field(import, "to country", "назначение", buffer_get(&ban->to_countries));
    print_list(import, "goods", "грузы", ZHOL_TABLE_commodity, buffer_get(&ban->goods),
               !ban->all_goods && import->given->argument_count == 0 ? "?"
               : ru                                                  ? "все"
                                                                     : "all");
    print_list(import, "exempt", "изъятия", ZHOL_TABLE_commodity, buffer_get(&ban->exempt),
               ru ? "нет" : "none");
    print_field(import, "not recognised", "не распознано", buffer_get(&ban->unknown));
    buffer_char(&import->out, '\n');
}

/* ---- Preview ---- */

static void print_mapping(struct import *import)
{
    const struct intake_rules *rules = intake_rules(import->kind);
    struct buffer text;
    buffer_init(&text);
    for (uint32_t f = 0; f < rules->count; f++) {
        if (import->mapping.columns[f] != INTAKE_NO_COLUMN) {
            buffer_printf(
                &text, "%s%s = %s", text.size ? ", " : "", rules->fields[f].name,
                sheet_cell(&import->sheet, import->mapping.header_row, import->mapping.columns[f]));
        }
    }
    print_field(import, "columns", "столбцы", buffer_get(&text));
    buffer_reset(&text);
    for (uint32_t c = 0; c < import->sheet.columns; c++) {
        bool used = !*sheet_cell(&import->sheet, import->mapping.header_row, c);
        for (uint32_t f = 0; f < rules->count; f++) {
            used = used || import->mapping.columns[f] == c;
        }
        if (!used) {
            buffer_printf(&text, "%s%s", text.size ? ", " : "",
                          sheet_cell(&import->sheet, import->mapping.header_row, c));
        }
    }
    print_field(import, "left out", "без поля", buffer_get(&text));
    buffer_clear(&text);
}

/* The widest text of a field among the records shown, its name included; 0 where all are blank. */
static uint32_t width_of(const struct import *import, uint32_t field)
{
    uint32_t width = 0;
    for (uint32_t i = 0; i < import->records.count && i < PREVIEW_ROWS; i++) {
        uint32_t one = text_width(text_view_of(intake_cell(&import->records, i, field)));
        width = one > width ? one : width;
    }
    uint32_t name = (uint32_t)strlen(intake_rules(import->kind)->fields[field].name);
    return width && width < name ? name : width;
}

/* The first records, in as many columns as fit. */
static void print_records(struct import *import)
{
    const struct intake_rules *rules = intake_rules(import->kind);
    uint32_t shown[INTAKE_FIELDS_MAX], count = 0, used = 0;
    struct table_out table;
    for (uint32_t f = 0; f < rules->count; f++) {
        uint32_t width = width_of(import, f);
        if (width && used + width <= ANSWER_WIDTH) {
            shown[count++] = f;
            used += width + 2;
        }
    }
    table_out_init(&table, ANSWER_WIDTH);
    for (uint32_t c = 0; c < count; c++) {
        table_out_column(&table, rules->fields[shown[c]].name, TABLE_WRAP);
    }
    for (uint32_t i = 0; i < import->records.count && i < PREVIEW_ROWS; i++) {
        for (uint32_t c = 0; c < count; c++) {
            table_out_text(&table, intake_cell(&import->records, i, shown[c]));
        }
    }
    if (count && import->records.count) {
        buffer_char(&import->out, '\n');
        table_out_print(&table, &import->out);
        if (import->records.count > PREVIEW_ROWS) {
            buffer_printf(&import->out, is_ru(import) ? "... и ещё %u\n" : "... and %u more\n",
                          import->records.count - PREVIEW_ROWS);
        }
        buffer_char(&import->out, '\n');
    }
    table_out_clear(&table);
}

static void print_summary(struct import *import, bool applied)
{
    const struct intake_change *c = &import->change;
    unsigned long long faults = (unsigned long long)import->report.counts[ZHOL_FAULT];
    buffer_printf(&import->out,
                  is_ru(import) ? "%s: новых %u, изменённых %u, прежних %u; ошибок %llu\n"
                                : "%s: %u new, %u changed, %u as they were; %llu errors\n",
                  import->file, c->added, c->changed, c->same, faults);
    if (applied && !c->added && !c->changed) {
        buffer_string(&import->out, is_ru(import) ? "Записывать нечего: всё уже есть.\n"
                                                  : "Nothing to write: all of it is there.\n");
    } else if (applied) {
        buffer_printf(&import->out, is_ru(import) ? "Записано в %s\n" : "Written to %s\n",
                      given_value(import->given, "store"));
    } else if (!faults) {
        buffer_string(&import->out,
                      is_ru(import)
                          ? "Просмотр: ничего не записано; запись — --apply --store DIR\n"
                          : "A preview: nothing was written; --apply --store DIR writes\n");
    } else {
        buffer_string(&import->out,
                      is_ru(import) ? "Ничего не записано.\n" : "Nothing was written.\n");
    }
}

static void print_json(struct import *import, bool applied)
{
    const struct intake_rules *rules = intake_rules(import->kind);
    struct json_writer json;
    json_writer_init(&json, &import->out, true);
    json_write_object(&json);
    json_member_text(&json, "kind", rules->name);
    json_member_text(&json, "file", import->file);
    json_member_bool(&json, "applied", applied);
    json_member_int(&json, "added", import->change.added);
    json_member_int(&json, "changed", import->change.changed);
    json_member_int(&json, "same", import->change.same);
    json_write_key(&json, "records");
    json_write_array(&json);
    for (uint32_t i = 0; i < import->records.count; i++) {
        json_write_object(&json);
        json_member_int(&json, "line", import->records.lines[i]);
        for (uint32_t f = 0; f < rules->count; f++) {
            json_member_text(&json, rules->fields[f].name, intake_cell(&import->records, i, f));
        }
        json_write_object_end(&json);
    }
    json_write_array_end(&json);
    json_write_key(&json, "findings");
    json_write_array(&json);
    for (uint32_t i = 0; i < import->report.count; i++) {
        const struct zhol_finding *one = &import->report.findings[i];
        json_write_object(&json);
        json_member_text(&json, "code", zhol_error_name(one->code));
        json_member_int(&json, "row", one->row);
        json_member_text(&json, "column", one->column);
        json_member_text(&json, "value", one->value);
        json_member_text(&json, "expected", one->expected);
        json_write_object_end(&json);
    }
    json_write_array_end(&json);
    if (import->kind == INTAKE_BAN) {
        struct buffer rows;
        buffer_init(&rows);
        for (uint32_t i = 0; i < import->ban_count; i++) {
            ban_rules(&import->bans[i], &rows);
        }
        json_member_text(&json, "rule_csv", buffer_get(&rows));
        json_member_text(&json, "not_recognised",
                         import->ban_count ? buffer_get(&import->bans[0].unknown) : "");
        buffer_clear(&rows);
    }
    json_write_object_end(&json);
    json_writer_end(&json);
}

/* The rows as they would be stored. */
static void print_csv(struct import *import)
{
    const struct intake_rules *rules = intake_rules(import->kind);
    struct csv_writer csv;
    if (import->kind == INTAKE_BAN) {
        for (uint32_t i = 0; i < import->ban_count; i++) {
            ban_rules(&import->bans[i], &import->out);
        }
        return;
    }
    csv_writer_init(&csv, &import->out);
    for (uint32_t f = 0; f < rules->count; f++) {
        csv_write_text(&csv, rules->fields[f].name);
    }
    csv_write_end(&csv);
    for (uint32_t i = 0; i < import->records.count; i++) {
        for (uint32_t f = 0; f < rules->count; f++) {
            csv_write_text(&csv, intake_cell(&import->records, i, f));
        }
        csv_write_end(&csv);
    }
}

static void print_answer(struct import *import, bool applied)
{
    const char *format = given_format(import->given);
    if (strcmp(format, "json") == 0) {
        print_json(import, applied);
    } else if (strcmp(format, "csv") == 0) {
        print_csv(import);
    } else {
        if (import->sheet.rows) {
            print_mapping(import);
        }
        if (import->kind == INTAKE_BAN) {
            for (uint32_t i = 0; i < import->ban_count; i++) {
                print_ban(import, &import->bans[i]);
            }
        } else {
            print_records(import);
        }
        print_summary(import, applied);
    }
}

/* ---- The command ---- */

/* A scenario that was written must still be one: it is read with its corridor. */
static int check_scenario(struct import *import)
{
    const char *store = given_value(import->given, "store");
    struct text_view rest = text_view_of(store), last = rest, parent = rest;
    struct zhol_corridor *corridor = NULL;
    struct zhol_report report;
    struct buffer name;
    while (rest.size) {
        struct text_view part = text_cut(&rest, '/');
        if (part.size) {
            parent = last;
            last = part;
        }
    }
    if (!text_equal_string(parent, "scenarios")) {
        return EXIT_FINE;
    }
    buffer_init(&name);
    buffer_view(&name, last);
    zhol_report_init(&report, 0);
    struct zhol_corridor_options read = {.scenario = buffer_get(&name)};
    enum zhol_error error =
        zhol_corridor_read(buffer_get(&import->loaded.dir), &read, &report, &corridor);
    if (error) {
        load_print_findings(import->given, &report, 0);
        fail(import->given, 0,
             is_ru(import) ? "сценарий %s теперь с ошибками" : "scenario %s has errors now",
             buffer_get(&name));
    } else {
        fprintf(stderr, is_ru(import) ? "применить: --scenario %s\n" : "use it: --scenario %s\n",
                buffer_get(&name));
    }
    zhol_corridor_free(corridor);
    zhol_report_clear(&report);
    buffer_clear(&name);
    return error ? EXIT_FOUND_FAULTS : EXIT_FINE;
}

/* Compares with the store, or writes to it. Nothing is written while there are faults. */
static int store(struct import *import, bool *applied)
{
    const char *dir = given_value(import->given, "store");
    bool faults = zhol_report_failed(&import->report);
    *applied = given_switch(import->given, "apply") && !faults;
    if (given_switch(import->given, "apply") && !dir) {
        return fail(import->given, EXIT_MISUSED,
                    is_ru(import) ? "--apply: укажите --store DIR" : "--apply needs --store DIR");
    }
    dir = dir ? dir : NO_STORE;
    enum zhol_error error = ZHOL_ERROR_OK;
    if (import->kind == INTAKE_BAN && !faults) {
        error = bans_store(import->bans, import->ban_count, dir, import->file, *applied,
                           &import->report, &import->change);
    } else if (import->kind != INTAKE_BAN) {
        error = intake_store(&import->records, dir, *applied, &import->report, &import->change);
    }
    return error && !zhol_report_failed(&import->report)
               ? fail(import->given, EXIT_FAILED, "%s", zhol_error_text(error))
               : EXIT_FINE;
}

static int take_table(struct import *import)
{
    import->file = import->given->arguments[0];
    enum zhol_error error = sheet_read(import->file, given_value(import->given, "sheet"),
                                       &import->report, &import->sheet);
    error = error ? error : find_mapping(import);
    error = error ? error
                  : intake_take(import->loaded.corridor, import->kind, &import->sheet,
                                &import->mapping, import->file, &import->report, &import->records);
    if (error) {
        load_print_findings(import->given, &import->report, 0);
        return fail(import->given, EXIT_BAD_INPUT, "%s: %s", import->file, zhol_error_text(error));
    }
    int code = import->kind == INTAKE_BAN ? take_bans(import) : EXIT_FINE;
    return code == EXIT_FINE ? save_mapping(import) : code;
}

static int run_import(struct import *import)
{
    const char *text = given_value(import->given, "text");
    bool applied = false;
    int code = text ? take_telegram(import, text) : take_table(import);
    code = code == EXIT_FINE ? store(import, &applied) : code;
    if (code != EXIT_FINE) {
        return code;
    }
    load_print_findings(import->given, &import->report, 0);
    print_answer(import, applied);
    code = load_write(import->given, &import->out,
                      zhol_report_failed(&import->report) ? EXIT_FOUND_FAULTS : EXIT_FINE);
    return code == EXIT_FINE && applied && import->kind == INTAKE_BAN ? check_scenario(import)
                                                                      : code;
}

static void clear(struct import *import)
{
    for (uint32_t i = 0; i < import->ban_count; i++) {
        ban_clear(&import->bans[i]);
    }
    free(import->bans);
    intake_records_clear(&import->records);
    sheet_clear(&import->sheet);
    zhol_report_clear(&import->report);
    buffer_clear(&import->out);
    load_clear(&import->loaded);
}

/* What can be imported, field by field. */
static int list_fields(const struct given *given, enum intake_kind kind)
{
    const struct intake_rules *rules = intake_rules(kind);
    struct buffer out;
    buffer_init(&out);
    for (uint32_t f = 0; f < rules->count; f++) {
        const struct intake_field *field = &rules->fields[f];
        struct buffer line;
        buffer_init(&line);
        buffer_printf(&line, "%s%s", intake_form_text(field->form),
                      field->need == INTAKE_KEY   ? "; key"
                      : field->need == INTAKE_REQ ? "; required"
                                                  : "");
        answer_field(&out, 0, 14, field->name, buffer_get(&line));
        buffer_reset(&line);
        struct text_view rest = text_view_of(field->synonyms);
        while (rest.size) {
            buffer_string(&line, line.size ? ", " : "");
            buffer_view(&line, text_cut(&rest, ';'));
        }
        answer_field(&out, 14, 0, "", buffer_get(&line));
        buffer_clear(&line);
    }
    int code = load_write(given, &out, EXIT_FINE);
    buffer_clear(&out);
    return code;
}

static int run(const struct given *given)
{
    const char *kind = given_value(given, "as");
    struct import import = {.given = given};
    bool text = given_value(given, "text") != NULL;
    if (!kind) {
        return fail(given, EXIT_MISUSED,
                    given->lang == LANG_RU ? "укажите --as: %s" : "--as is needed: %s",
                    options[0].words);
    }
    import.kind = intake_kind_from(kind);
    if (given_switch(given, "fields")) {
        return list_fields(given, import.kind);
    }
    if (text && import.kind != INTAKE_BAN) {
        return fail(given, EXIT_MISUSED,
                    given->lang == LANG_RU ? "--text только с --as ban"
                                           : "--text goes with --as ban only");
    }
    if (text == (given->argument_count > 0)) {
        return fail(given, EXIT_MISUSED,
                    given->lang == LANG_RU ? "нужен один файл" : "one file is needed");
    }
    buffer_init(&import.out);
    zhol_report_init(&import.report, 0);
    int code = load_corridor(given, &import.loaded);
    code = code == EXIT_FINE ? run_import(&import) : code;
    clear(&import);
    return code;
}

static const char *const examples[] = {
    "zhol import --as queue --fields",
    "the fields of a queue and the headers they go by",
    "поля очереди и заголовки, по которым они находятся",
    "zhol import --as train-list list.xlsx",
    "reads a train list and shows what it holds",
    "читает натурный лист и показывает, что в нём",
    "zhol import --as acceptance day.csv --apply --store data/",
    "adds what was accepted at the crossings to a store",
    "добавляет принятое на стыках в хранилище",
    "zhol import --as ban --text telegram.txt --apply --store "
    "corridors/china-kazakhstan/scenarios/bans",
    "makes a rule of a convention telegram, for --scenario bans",
    "делает из конвенционной телеграммы правило для --scenario bans",
    NULL};

const struct command command_import = {
    .name = "import",
    .about = SAID("train lists, containers, acceptance, queues, bans: preview, then store",
                  "натурные листы, контейнеры, приём, очереди, запреты: просмотр и запись"),
    .arguments = "[FILE.csv|FILE.xlsx]",
    .max_arguments = 1,
    .common = true,
    .formats = "table|json|csv",
    .options = options,
    .details =
        SAID("Columns are found by their headers in English or Russian; a mapping (field,column) "
             "names them otherwise and can be saved. Errors come row by row; numbers with check "
             "digits are checked. With --apply rows go to a store by their natural key: the same "
             "import twice changes nothing. A telegram becomes a rule to confirm; what was not "
             "understood in it is shown.",
             "Столбцы находятся по заголовкам на русском или английском; соответствие "
             "(field,column) называет их иначе и может быть сохранено. Ошибки показаны по строкам; "
             "номера с контрольной цифрой проверяются. С --apply строки попадают в хранилище по "
             "естественному ключу: повторный ввод ничего не меняет. Из телеграммы получается "
             "правило для подтверждения; непонятое показано."),
    .examples = examples,
    .run = run,
};
