/* config.c: config.csv, in which GMNS says the units of node.csv and link.csv.
 *
 * The file may be missing; where it is, it must say what the program takes for granted: a length in
 * miles read as km would be found by no later check.
 */
#include <stdlib.h>
#include <string.h>

#include "corridor/reading.h"

static const char config_file[] = "config.csv";

static const struct config_rule {
    const char *column;
    const char *values; /* separated by '|'; the first is written */
} rules[] = {{"long_length", "km"},
             {"speed", "km/h|kph|kmh"},
             {"crs", "EPSG:4326|epsg:4326|4326"},
             {"geometry_field_format", "WKT|wkt"}};

static bool is_one_of(struct text_view text, const char *values)
{
    struct text_view rest = text_view_of(values);
    while (rest.size) {
        if (text_equal(text, text_cut(&rest, '|'))) {
            return true;
        }
    }
    return false;
}

/* Which rule each cell of the header falls under; -1: none. */
static void read_header(const struct csv_reader *csv, int rule_of[CSV_CELLS_MAX])
{
    for (uint32_t i = 0; i < csv->count; i++) {
        rule_of[i] = -1;
        for (size_t k = 0; k < sizeof rules / sizeof *rules; k++) {
            if (text_equal_string(csv->cells[i], rules[k].column)) {
                rule_of[i] = (int)k;
            }
        }
    }
}

static void check_row(struct reading *reading, const struct csv_reader *csv, const int *rule_of)
{
    for (uint32_t i = 0; i < csv->count; i++) {
        const struct config_rule *rule = rule_of[i] < 0 ? NULL : &rules[rule_of[i]];
        if (rule && csv->cells[i].size && !is_one_of(csv->cells[i], rule->values)) {
            struct text_view first = text_view_of(rule->values);
            first = text_cut(&first, '|');
            trouble_add(&reading->trouble, ZHOL_FAULT, ZHOL_ERROR_INVALID,
                        (struct trouble_place){config_file, csv->row, rule->column}, csv->cells[i],
                        "%.*s: node.csv and link.csv have no other unit", (int)first.size,
                        first.bytes);
        }
    }
}

enum zhol_error reading_config(struct reading *reading)
{
    struct file_data data = {0};
    struct csv_reader csv;
    const char *path = reading_path(reading, config_file);
    int *rule_of = NULL;
    if (file_kind_of(path) == FILE_NONE) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = file_read(path, 0, &data, reading->trouble.report);
    error =
        error ? error : csv_open(&csv, config_file, data.bytes, data.size, reading->trouble.report);
    if (!error) {
        rule_of = malloc(CSV_CELLS_MAX * sizeof *rule_of);
        error = rule_of ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
        if (!error && csv_next(&csv)) {
            read_header(&csv, rule_of);
            while (csv_next(&csv)) {
                check_row(reading, &csv, rule_of);
            }
        }
        error = error ? error : csv.error;
        csv_close(&csv);
    }
    if (error) {
        trouble_note_fault(&reading->trouble, error);
    }
    free(rule_of);
    file_clear(&data);
    return error == ZHOL_ERROR_MEMORY ? error : ZHOL_ERROR_OK;
}
