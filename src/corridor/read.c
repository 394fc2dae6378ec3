/* read.c: reading a whole corridor (include/zhol/corridor.h). */
#include <stdlib.h>
#include <string.h>

#include "corridor/check.h"
#include "corridor/likeness.h"
#include "corridor/reading.h"

enum { HINTS = 3 };

/* ---- names of files ---- */

static char *overlay_path(struct zhol_corridor *corridor, const char *name)
{
    struct buffer path;
    buffer_init(&path);
    file_join(&path, corridor->overlay, name);
    char *copy = arena_string(&corridor->arena, buffer_get(&path));
    buffer_clear(&path);
    return copy;
}

/* Names the files of all tables: TABLE.csv and scenarios/NAME/TABLE.csv. */
static enum zhol_error name_files(struct zhol_corridor *corridor, const char *scenario)
{
    struct buffer path;
    buffer_init(&path);
    buffer_printf(&path, "scenarios/%s", scenario ? scenario : "");
    corridor->overlay = arena_string(&corridor->arena, scenario ? buffer_get(&path) : "");
    const char *(*files)[2] = arena_array(&corridor->arena, ZHOL_TABLE_COUNT, sizeof *files);
    bool good = corridor->overlay && files;
    for (int i = 0; i < ZHOL_TABLE_COUNT && good; i++) {
        buffer_reset(&path);
        buffer_printf(&path, "%s.csv", schema_table((enum zhol_table)i)->name);
        files[i][0] = arena_string(&corridor->arena, buffer_get(&path));
        files[i][1] = overlay_path(corridor, buffer_get(&path));
        good = files[i][0] && files[i][1];
    }
    corridor->files = (const char *const(*)[2])files;
    buffer_clear(&path);
    return good ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

/* ---- the folder ---- */

static bool is_scenario_name(const char *name)
{
    size_t size = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");
    return size > 0 && name[size] == '\0';
}

static void unknown_scenario(struct reading *reading, const char *name)
{
    struct file_list list = {0};
    struct likeness likeness;
    struct buffer hint;
    const char *folder = reading_path(reading, "scenarios");
    buffer_init(&hint);
    likeness_init(&likeness, text_view_of(name), HINTS);
    if (file_kind_of(folder) == FILE_FOLDER && !file_list_read(folder, &list, NULL)) {
        for (uint32_t i = 0; i < list.count; i++) {
            likeness_offer(&likeness, i, text_view_of(list.entries[i].name));
        }
    }
    likeness_write(&likeness, &hint);
    trouble_add(&reading->trouble, ZHOL_FAULT, ZHOL_ERROR_UNKNOWN,
                (struct trouble_place){"scenarios", 0, ""}, text_view_of(name),
                "the name of a scenario, a folder of scenarios/%s", buffer_get(&hint));
    file_list_clear(&list);
    buffer_clear(&hint);
}

/* True where the options can be used; reports what cannot. */
static bool options_good(struct reading *reading)
{
    const char *scenario = reading->options->scenario;
    if (!scenario) {
        if (reading->options->set_count) {
            trouble_add(&reading->trouble, ZHOL_FAULT, ZHOL_ERROR_USAGE,
                        (struct trouble_place){"", 0, ""}, text_view_of(reading->options->set[0]),
                        "a scenario as well: only scenarios have parameters to set");
        }
        return !reading->options->set_count;
    }
    if (!is_scenario_name(scenario) ||
        file_kind_of(reading_path(reading, reading->corridor->overlay)) != FILE_FOLDER) {
        unknown_scenario(reading, scenario);
        return false;
    }
    return true;
}

/* A file that looks like a table but is none is a slip of the pen: links.csv. */
static void stray_file(struct reading *reading, const char *folder, const char *name)
{
    struct text_view stem = text_view_of(name);
    struct likeness likeness;
    struct buffer path, hint;
    if (stem.size < 5 || strcmp(name + stem.size - 4, ".csv") != 0 ||
        strcmp(name, "config.csv") == 0) {
        return;
    }
    stem.size -= 4;
    enum zhol_table table = schema_table_from(stem);
    if (table != ZHOL_TABLE_COUNT && (*folder || !schema_of_scenario(table))) {
        return;
    }
    buffer_init(&path);
    buffer_init(&hint);
    file_join(&path, folder, name);
    likeness_init(&likeness, stem, 1);
    for (int i = 0; i < ZHOL_TABLE_COUNT; i++) {
        likeness_offer(&likeness, (uint32_t)i, text_view_of(zhol_table_name((enum zhol_table)i)));
    }
    likeness_write(&likeness, &hint);
    trouble_add(&reading->trouble, ZHOL_WARNING, ZHOL_ERROR_UNKNOWN,
                (struct trouble_place){buffer_get(&path), 0, ""}, TEXT(""),
                "is not read: no table has this name%s", buffer_get(&hint));
    buffer_clear(&path);
    buffer_clear(&hint);
}

static void stray_files(struct reading *reading, const char *folder)
{
    struct file_list list = {0};
    const char *path = *folder ? reading_path(reading, folder) : reading->dir;
    if (!file_list_read(path, &list, NULL)) {
        for (uint32_t i = 0; i < list.count; i++) {
            if (list.entries[i].kind == FILE_REGULAR) {
                stray_file(reading, folder, list.entries[i].name);
            }
        }
    }
    file_list_clear(&list);
}

static void need_file(struct reading *reading, enum zhol_table table)
{
    const char *name = reading->corridor->files[table][0];
    if (file_kind_of(reading_path(reading, name)) == FILE_NONE) {
        reading->unreadable[table] = true;
        trouble_add(&reading->trouble, ZHOL_FAULT, ZHOL_ERROR_UNKNOWN,
                    (struct trouble_place){name, 0, ""}, TEXT(""),
                    "the file is missing; every corridor has source.csv, node.csv and link.csv");
    }
}

/* ---- all of it ---- */

static void describe_scenario(struct zhol_corridor *corridor, const char *name)
{
    uint32_t count;
    const struct zhol_scenario *row = zhol_corridor_scenario(corridor, &count);
    struct zhol_corridor_about *about = &corridor->about;
    about->scenario = name ? arena_string(&corridor->arena, name) : "";
    about->scenario = about->scenario ? about->scenario : "";
    about->scenario_title = count ? zhol_corridor_text(corridor, row->name) : "";
    about->scenario_title_ru = count ? zhol_corridor_text(corridor, row->name_ru) : "";
    if (count && row->date != ZHOL_BLANK_DATE) {
        about->day = row->date;
    }
}

static enum zhol_error read_tables(struct reading *reading)
{
    enum zhol_error error = reading_package(reading);
    error = error ? error : reading_config(reading);
    need_file(reading, ZHOL_TABLE_source);
    need_file(reading, ZHOL_TABLE_node);
    need_file(reading, ZHOL_TABLE_link);
    if (!error && reading->options->scenario) {
        error = reading_scenario(reading);
    }
    for (int i = 0; i < ZHOL_TABLE_COUNT && !error; i++) {
        if (!schema_of_scenario((enum zhol_table)i)) {
            error = reading_table(reading, (enum zhol_table)i);
        }
    }
    return error;
}

/* With a table missing as a whole, the others would be found wanting row by row. */
static enum zhol_error check(struct reading *reading)
{
    for (int i = 0; i < ZHOL_TABLE_COUNT; i++) {
        if (reading->unreadable[i]) {
            trouble_add(&reading->trouble, ZHOL_NOTE, ZHOL_ERROR_OK,
                        (struct trouble_place){"", 0, ""}, TEXT(""),
                        "the checks between tables wait until every file and header is there");
            return ZHOL_ERROR_OK;
        }
    }
    return check_all(reading->corridor, reading->dir, &reading->trouble);
}

static enum zhol_error read_all(struct reading *reading)
{
    if (file_kind_of(reading->dir) != FILE_FOLDER) {
        trouble_add(&reading->trouble, ZHOL_FAULT, ZHOL_ERROR_UNKNOWN,
                    (struct trouble_place){"", 0, ""}, text_view_of(reading->dir),
                    "the folder of a corridor");
        return reading->trouble.first;
    }
    if (!options_good(reading)) {
        return reading->trouble.first;
    }
    stray_files(reading, "");
    if (reading->options->scenario) {
        stray_files(reading, reading->corridor->overlay);
    }
    enum zhol_error error = read_tables(reading);
    if (error) {
        return error;
    }
    reading_resolve(reading);
    error = data_index(reading->corridor);
    if (!error) {
        describe_scenario(reading->corridor, reading->options->scenario);
        error = check(reading);
    }
    return error;
}

enum zhol_error zhol_corridor_read(const char *dir, const struct zhol_corridor_options *options,
                                   struct zhol_report *report, struct zhol_corridor **out)
{
    static const struct zhol_corridor_options defaults = {0};
    struct reading *reading = calloc(1, sizeof *reading);
    struct zhol_corridor *corridor = calloc(1, sizeof *corridor);
    enum zhol_error error = ZHOL_ERROR_MEMORY;
    bool whole = false;
    *out = NULL;
    if (!reading || !corridor) {
        goto out;
    }
    *reading = (struct reading){.corridor = corridor,
                                .options = options ? options : &defaults,
                                .dir = dir,
                                .trouble = {.report = report}};
    text_pool_init(&corridor->texts);
    error = name_files(corridor, reading->options->scenario);
    error = error ? error : read_all(reading);
    whole = !error;
    error = error ? error : reading->trouble.first;
    if (whole && (!error || reading->options->keep_faulty)) {
        *out = corridor;
        corridor = NULL;
    }
out:
    if (reading) {
        trouble_clear(&reading->trouble);
        arena_clear(&reading->arena);
        free(reading->pending);
    }
    free(reading);
    zhol_corridor_free(corridor);
    return error;
}
