/* scenario.c: which scenarios a corridor has. */
#include <zhol/corridor.h>

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"

/* The cell of the first row below a header, copied; "" where there is none. */
static char *copy_cell(const struct csv_reader *csv, int column)
{
    struct text_view text = TEXT("");
    if (column >= 0 && (uint32_t)column < csv->count) {
        text = csv->cells[column];
    }
    char *copy = malloc((size_t)text.size + 1);
    if (copy) {
        memcpy(copy, text.bytes, text.size);
        copy[text.size] = '\0';
    }
    return copy;
}

static int find_column(const struct csv_reader *csv, const char *name)
{
    for (uint32_t i = 0; i < csv->count; i++) {
        if (text_equal_string(csv->cells[i], name)) {
            return (int)i;
        }
    }
    return -1;
}

/* Titles are for a list: what is wrong with the file is said when the scenario is read. */
static enum zhol_error read_titles(const char *path, struct zhol_scenario_entry *entry)
{
    struct file_data data = {0};
    struct csv_reader csv = {0};
    int title = -1, title_ru = -1;
    bool open = file_kind_of(path) == FILE_REGULAR && !file_read(path, 0, &data, NULL) &&
                !csv_open(&csv, path, data.bytes, data.size, NULL);
    if (open && csv_next(&csv)) {
        title = find_column(&csv, "name");
        title_ru = find_column(&csv, "name_ru");
        if (!csv_next(&csv)) {
            title = title_ru = -1;
        }
    }
    entry->title = copy_cell(&csv, title);
    entry->title_ru = copy_cell(&csv, title_ru);
    if (open) {
        csv_close(&csv);
    }
    file_clear(&data);
    return entry->title && entry->title_ru ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

static enum zhol_error add_entry(const char *folder, const char *name,
                                 struct zhol_scenario_list *list)
{
    struct zhol_scenario_entry *entry = &list->entries[list->count];
    struct buffer path;
    size_t size = strlen(name) + 1;
    *entry = (struct zhol_scenario_entry){.name = malloc(size)};
    if (!entry->name) {
        return ZHOL_ERROR_MEMORY;
    }
    memcpy(entry->name, name, size);
    list->count++;
    buffer_init(&path);
    file_join(&path, folder, name);
    buffer_string(&path, "/scenario.csv");
    enum zhol_error error = path.error ? path.error : read_titles(buffer_get(&path), entry);
    buffer_clear(&path);
    return error;
}

enum zhol_error zhol_scenario_list_read(const char *dir, struct zhol_report *report,
                                        struct zhol_scenario_list *list)
{
    struct file_list files = {0};
    struct buffer folder;
    enum zhol_error error = ZHOL_ERROR_OK;
    *list = (struct zhol_scenario_list){0};
    buffer_init(&folder);
    file_join(&folder, dir, "scenarios");
    if (file_kind_of(buffer_get(&folder)) != FILE_FOLDER) {
        goto out;
    }
    error = file_list_read(buffer_get(&folder), &files, report);
    if (!error) {
        list->entries = calloc((size_t)files.count + 1, sizeof *list->entries);
        error = list->entries ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < files.count && !error; i++) {
        if (files.entries[i].kind == FILE_FOLDER && files.entries[i].name[0] != '.') {
            error = add_entry(buffer_get(&folder), files.entries[i].name, list);
        }
    }
    if (error) {
        zhol_scenario_list_clear(list);
    }
out:
    file_list_clear(&files);
    buffer_clear(&folder);
    return error;
}

void zhol_scenario_list_clear(struct zhol_scenario_list *list)
{
    for (uint32_t i = 0; list->entries && i < list->count; i++) {
        free(list->entries[i].name);
        free(list->entries[i].title);
        free(list->entries[i].title_ru);
    }
    free(list->entries);
    *list = (struct zhol_scenario_list){0};
}
