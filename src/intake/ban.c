/* ban.c: bans as rule rows, and the scenario folder that they are added to. See ban.h. */
#include "intake/ban.h"

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/map.h"
#include "base/time.h"

/* The columns of rule.csv that a ban fills. */
static const char *const columns[] = {
    "op",      "rule_id", "valid_from", "valid_to",     "kind",       "name",         "name_ru",
    "node_id", "mode",    "class",      "commodity_id", "direction",  "from_country", "to_country",
    "exempt",  "text",    "text_ru",    "source_id",    "confidence", "note"};

enum { COLUMNS = sizeof columns / sizeof *columns, KEY_FROM = 1, KEY_TO = 2, ID_MAX = 60 };

void ban_clear(struct ban *ban)
{
    buffer_clear(&ban->number);
    buffer_clear(&ban->places);
    buffer_clear(&ban->goods);
    buffer_clear(&ban->exempt);
    buffer_clear(&ban->from_countries);
    buffer_clear(&ban->to_countries);
    buffer_clear(&ban->text);
    buffer_clear(&ban->unknown);
}

static int32_t day_or_blank(const char *text)
{
    int32_t day = ZHOL_BLANK_DATE;
    time_parse_day(text_view_of(text), &day);
    return day;
}

static void copy_word(char *out, size_t size, const char *text)
{
    size_t length = strlen(text) < size - 1 ? strlen(text) : size - 1;
    memcpy(out, text, length);
    out[length] = '\0';
}

enum zhol_error ban_of_record(const struct intake_records *records, uint32_t record,
                              struct ban *out)
{
    /* The order of the fields in kinds.c. */
    memset(out, 0, sizeof *out);
    buffer_string(&out->number, intake_cell(records, record, 0));
    out->issued = ZHOL_BLANK_DATE;
    out->from = day_or_blank(intake_cell(records, record, 1));
    out->until = day_or_blank(intake_cell(records, record, 2));
    buffer_string(&out->places, intake_cell(records, record, 3));
    copy_word(out->direction, sizeof out->direction, intake_cell(records, record, 4));
    buffer_string(&out->goods, intake_cell(records, record, 5));
    buffer_string(&out->exempt, intake_cell(records, record, 6));
    buffer_string(&out->from_countries, intake_cell(records, record, 7));
    buffer_string(&out->to_countries, intake_cell(records, record, 8));
    buffer_string(&out->text, intake_cell(records, record, 9));
    copy_word(out->mode, sizeof out->mode, "rail");
    return out->text.error ? out->text.error : out->number.error;
}

/* ---- Rule rows ---- */

/* Letters and digits of a text in small ASCII, dashes between; other letters are dropped. */
static void put_slug(const char *text, struct buffer *out)
{
    bool dash = false;
    for (uint32_t size = 0; *text && size < ID_MAX; text++) {
        char c = *text;
        c = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            buffer_string(out, dash && size ? "-" : "");
            buffer_char(out, c);
            dash = false;
            size++;
        } else {
            dash = true;
        }
    }
}

/* The identifier of the telegram: its number and first day. */
static void put_ban_id(const struct ban *ban, struct buffer *out)
{
    char day[TIME_TEXT_SIZE];
    struct buffer slug = {0};
    put_slug(buffer_get(&ban->number), &slug);
    time_format_date(ban->from, day);
    buffer_printf(out, "%s%s%s", buffer_get(&slug), slug.size ? "." : "", day);
    buffer_clear(&slug);
}

static void put_day(struct csv_writer *csv, int32_t day)
{
    char text[TIME_TEXT_SIZE] = "";
    if (day != ZHOL_BLANK_DATE) {
        time_format_date(day, text);
    }
    csv_write_text(csv, text);
}

static void put_title(const struct ban *ban, bool ru, struct csv_writer *csv)
{
    struct buffer text = {0};
    buffer_string(&text, ru ? "Конвенционный запрет" : "Convention: loading forbidden");
    if (ban->number.size) {
        buffer_printf(&text, ru ? " № %s" : ", No. %s", buffer_get(&ban->number));
    }
    csv_write_text(csv, buffer_get(&text));
    buffer_clear(&text);
}

/* What one row is about; each may be empty. */
struct scope {
    struct text_view place, goods, from, to;
};

static void put_part(struct buffer *id, struct text_view part)
{
    buffer_string(id, part.size ? "." : "");
    buffer_view(id, part);
}

static void put_rule(const struct ban *ban, struct scope scope, struct csv_writer *csv)
{
    struct buffer id = {0}, word = {0};
    buffer_view(&word, scope.goods);
    bool class = zhol_cargo_class_from(buffer_get(&word)) != 0;
    buffer_string(&id, "RU.ban.");
    put_ban_id(ban, &id);
    put_part(&id, scope.place);
    put_part(&id, scope.goods);
    put_part(&id, scope.from);
    put_part(&id, scope.to);
    csv_write_text(csv, "add");
    csv_write_text(csv, buffer_get(&id));
    put_day(csv, ban->from);
    put_day(csv, ban->until == ZHOL_BLANK_DATE ? ban->until : ban->until + 1);
    csv_write_text(csv, "ban");
    put_title(ban, false, csv);
    put_title(ban, true, csv);
    csv_write_view(csv, scope.place);
    csv_write_text(csv, ban->mode);
    csv_write_text(csv, class ? buffer_get(&word) : "");
    csv_write_text(csv, class ? "" : buffer_get(&word));
    csv_write_text(csv, ban->direction);
    csv_write_view(csv, scope.from);
    csv_write_view(csv, scope.to);
    csv_write_text(csv, buffer_get(&ban->exempt));
    csv_write_text(csv, ban->text.size ? "Loading is forbidden; the words of it stand in text_ru."
                                       : "Loading is forbidden.");
    csv_write_text(csv, buffer_get(&ban->text));
    buffer_reset(&id);
    buffer_string(&id, "ban-");
    put_ban_id(ban, &id);
    csv_write_text(csv, buffer_get(&id));
    csv_write_text(csv, "high");
    buffer_reset(&id);
    if (ban->unknown.size) {
        buffer_printf(&id, "not recognised: %s", buffer_get(&ban->unknown));
    }
    csv_write_text(csv, buffer_get(&id));
    csv_write_end(csv);
    buffer_clear(&id);
    buffer_clear(&word);
}

static void put_header(struct csv_writer *csv)
{
    for (unsigned c = 0; c < COLUMNS; c++) {
        csv_write_text(csv, columns[c]);
    }
    csv_write_end(csv);
}

/* A row for each place, kind of goods and country. */
static void put_rules(const struct ban *ban, struct csv_writer *csv)
{
    struct text_view places = text_view_of(buffer_get(&ban->places));
    do {
        struct scope scope = {.place = text_cut(&places, ';')};
        struct text_view goods = text_view_of(buffer_get(&ban->goods));
        do {
            struct text_view from = text_view_of(buffer_get(&ban->from_countries));
            scope.goods = text_cut(&goods, ';');
            do {
                struct text_view to = text_view_of(buffer_get(&ban->to_countries));
                scope.from = text_cut(&from, ';');
                do {
                    scope.to = text_cut(&to, ';');
                    put_rule(ban, scope, csv);
                } while (to.size);
            } while (from.size);
        } while (goods.size);
    } while (places.size);
}

enum zhol_error ban_rules(const struct ban *ban, struct buffer *out)
{
    struct csv_writer csv;
    csv_writer_init(&csv, out);
    put_header(&csv);
    put_rules(ban, &csv);
    return out->error;
}

/* ---- The scenario's folder ---- */

/* A CSV file as a grid with a key of two columns; rows of the import replace those of the file. */
struct grid {
    struct sheet rows;
    struct map keys;
    struct intake_change change;
};

static uint32_t column_named(const struct sheet *sheet, const char *name)
{
    for (uint32_t c = 0; c < sheet->columns; c++) {
        if (strcmp(sheet_cell(sheet, 0, c), name) == 0) {
            return c;
        }
    }
    return UINT32_MAX;
}

/* A column of this name, made where there is none. */
static enum zhol_error need_column(struct sheet *sheet, const char *name, uint32_t *column)
{
    *column = column_named(sheet, name);
    if (*column != UINT32_MAX) {
        return ZHOL_ERROR_OK;
    }
    *column = sheet->columns;
    /* sheet_set writes into the last row: move what it wrote up to the header. */
    enum zhol_error error = sheet_set(sheet, *column, text_view_of(name));
    if (!error && sheet->rows > 1) {
        size_t last = (size_t)(sheet->rows - 1) * sheet->columns + *column;
        sheet->cells[*column] = sheet->cells[last];
        sheet->cells[last] = 0;
    }
    return error;
}

static void put_key(const struct sheet *sheet, uint32_t row, uint32_t a, uint32_t b,
                    struct buffer *out)
{
    buffer_reset(out);
    buffer_string(out, sheet_cell(sheet, row, a));
    buffer_char(out, '\x1f');
    buffer_string(out, b == UINT32_MAX ? "" : sheet_cell(sheet, row, b));
}

static enum zhol_error load_grid(struct grid *grid, const char *path, const struct sheet *added,
                                 uint32_t key_a, uint32_t key_b, struct zhol_report *report)
{
    struct buffer key = {0};
    enum zhol_error error = ZHOL_ERROR_OK;
    if (file_kind_of(path) != FILE_NONE) {
        error = sheet_read(path, NULL, report, &grid->rows);
    }
    if (!error && !grid->rows.rows) {
        error = sheet_add_row(&grid->rows, 1);
    }
    for (uint32_t c = 0; !error && c < added->columns; c++) {
        uint32_t column;
        error = need_column(&grid->rows, sheet_cell(added, 0, c), &column);
    }
    uint32_t a = column_named(&grid->rows, sheet_cell(added, 0, key_a));
    uint32_t b =
        key_b == UINT32_MAX ? UINT32_MAX : column_named(&grid->rows, sheet_cell(added, 0, key_b));
    for (uint32_t row = 1; !error && row < grid->rows.rows; row++) {
        put_key(&grid->rows, row, a, b, &key);
        error = map_put(&grid->keys, text_view_of(buffer_get(&key)), row);
    }
    buffer_clear(&key);
    return error;
}

/* Merges one row of `added` by its key. */
static enum zhol_error merge_row(struct grid *grid, const struct sheet *added, uint32_t row,
                                 uint32_t key_a, uint32_t key_b)
{
    struct buffer key = {0};
    uint32_t at = 0;
    put_key(added, row, key_a, key_b, &key);
    bool old = map_get(&grid->keys, text_view_of(buffer_get(&key)), &at), same = old;
    for (uint32_t c = 0; same && c < added->columns; c++) {
        uint32_t column = column_named(&grid->rows, sheet_cell(added, 0, c));
        same = strcmp(sheet_cell(&grid->rows, at, column), sheet_cell(added, row, c)) == 0;
    }
    enum zhol_error error = ZHOL_ERROR_OK;
    if (!old) {
        at = grid->rows.rows;
        error = sheet_add_row(&grid->rows, 0);
        error = error ? error : map_put(&grid->keys, text_view_of(buffer_get(&key)), at);
    }
    for (uint32_t c = 0; !error && !same && c < added->columns; c++) {
        uint32_t column = column_named(&grid->rows, sheet_cell(added, 0, c)), offset = 0;
        error =
            text_pool_intern(&grid->rows.texts, text_view_of(sheet_cell(added, row, c)), &offset);
        grid->rows.cells[(size_t)at * grid->rows.columns + column] = offset;
    }
    grid->change.same += same;
    grid->change.added += !old;
    grid->change.changed += old && !same;
    buffer_clear(&key);
    return error;
}

static enum zhol_error write_grid(const struct grid *grid, const char *path,
                                  struct zhol_report *report)
{
    struct buffer text = {0};
    struct csv_writer csv;
    csv_writer_init(&csv, &text);
    for (uint32_t row = 0; row < grid->rows.rows; row++) {
        for (uint32_t c = 0; c < grid->rows.columns; c++) {
            csv_write_text(&csv, sheet_cell(&grid->rows, row, c));
        }
        csv_write_end(&csv);
    }
    enum zhol_error error = text.error;
    error = error ? error : file_write(path, buffer_get(&text), text.size, report);
    buffer_clear(&text);
    return error;
}

/* Merges a CSV text into DIR/NAME. */
static enum zhol_error merge_file(const char *dir, const char *name, const struct buffer *csv,
                                  uint32_t key_a, uint32_t key_b, bool apply,
                                  struct zhol_report *report, struct intake_change *change)
{
    struct grid grid;
    struct sheet added;
    struct buffer path = {0};
    memset(&grid, 0, sizeof grid);
    memset(&added, 0, sizeof added);
    map_init(&grid.keys);
    file_join(&path, dir, name);
    enum zhol_error error =
        csv->error ? csv->error : sheet_read_csv(name, buffer_get(csv), csv->size, report, &added);
    error = error ? error : load_grid(&grid, buffer_get(&path), &added, key_a, key_b, report);
    for (uint32_t row = 1; !error && row < added.rows; row++) {
        error = merge_row(&grid, &added, row, key_a, key_b);
    }
    if (!error && apply && grid.change.added + grid.change.changed) {
        error = file_make_folder(dir, report);
        error = error ? error : write_grid(&grid, buffer_get(&path), report);
    }
    if (change) {
        *change = grid.change;
    }
    map_clear(&grid.keys);
    sheet_clear(&grid.rows);
    sheet_clear(&added);
    buffer_clear(&path);
    return error;
}

/* source.csv: one row a ban. */
static void put_sources(const struct ban *bans, uint32_t count, const char *source,
                        struct buffer *out)
{
    static const char *const heads[] = {"op", "source_id", "title", "publisher", "date", "kind"};
    struct csv_writer csv;
    csv_writer_init(&csv, out);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        csv_write_text(&csv, heads[i]);
    }
    csv_write_end(&csv);
    for (uint32_t i = 0; i < count; i++) {
        struct buffer text = {0};
        csv_write_text(&csv, "add");
        buffer_string(&text, "ban-");
        put_ban_id(&bans[i], &text);
        csv_write_text(&csv, buffer_get(&text));
        buffer_reset(&text);
        buffer_string(&text, "Convention telegram");
        buffer_printf(&text, bans[i].number.size ? " %s" : "%s", buffer_get(&bans[i].number));
        csv_write_text(&csv, buffer_get(&text));
        csv_write_text(&csv, source);
        put_day(&csv, bans[i].issued);
        csv_write_text(&csv, "official");
        csv_write_end(&csv);
        buffer_clear(&text);
    }
}

/* scenario.csv, made once: its identifier is the name of the folder. */
static void put_scenario(const struct ban *ban, const char *dir, struct buffer *out)
{
    struct text_view rest = text_view_of(dir), name = rest;
    struct csv_writer csv;
    while (rest.size) {
        struct text_view part = text_cut(&rest, '/');
        name = part.size ? part : name;
    }
    csv_writer_init(&csv, out);
    csv_write_text(&csv, "scenario_id");
    csv_write_text(&csv, "name");
    csv_write_text(&csv, "name_ru");
    csv_write_text(&csv, "text");
    csv_write_text(&csv, "source_id");
    csv_write_text(&csv, "confidence");
    csv_write_end(&csv);
    csv_write_view(&csv, name);
    csv_write_text(&csv, "Imported bans");
    csv_write_text(&csv, "Загруженные запреты");
    csv_write_text(&csv, "Convention telegrams as they were imported.");
    struct buffer source = {0};
    buffer_string(&source, "ban-");
    put_ban_id(ban, &source);
    csv_write_text(&csv, buffer_get(&source));
    csv_write_text(&csv, "high");
    csv_write_end(&csv);
    buffer_clear(&source);
}

enum zhol_error bans_store(const struct ban *bans, uint32_t count, const char *dir,
                           const char *source, bool apply, struct zhol_report *report,
                           struct intake_change *change)
{
    struct buffer rules = {0}, sources = {0}, scenario = {0}, path = {0};
    struct csv_writer csv;
    memset(change, 0, sizeof *change);
    if (!count) {
        return ZHOL_ERROR_OK;
    }
    csv_writer_init(&csv, &rules);
    put_header(&csv);
    for (uint32_t i = 0; i < count; i++) {
        put_rules(&bans[i], &csv);
    }
    put_sources(bans, count, source, &sources);
    put_scenario(&bans[0], dir, &scenario);
    file_join(&path, dir, "scenario.csv");
    enum zhol_error error = ZHOL_ERROR_OK;
    if (file_kind_of(buffer_get(&path)) == FILE_NONE) {
        error = merge_file(dir, "scenario.csv", &scenario, 0, UINT32_MAX, apply, report, NULL);
    }
    error =
        error ? error : merge_file(dir, "source.csv", &sources, 1, UINT32_MAX, apply, report, NULL);
    error = error ? error
                  : merge_file(dir, "rule.csv", &rules, KEY_FROM, KEY_TO, apply, report, change);
    buffer_clear(&rules);
    buffer_clear(&sources);
    buffer_clear(&scenario);
    buffer_clear(&path);
    return error;
}
