/* queue_figures.c: published figures of a queue, given with --observed and --waiting. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/number.h"
#include "intake/intake.h"
#include "queue_pages.h"

/* ---- files ---- */

/* The canonical CSV of an export that a port or an authority made: its own headers, any language,
 * CSV or XLSX. */
static enum zhol_error canonical(const struct page *page, enum intake_kind kind, const char *path,
                                 struct zhol_report *report, struct buffer *csv)
{
    struct sheet sheet = {0};
    struct intake_mapping mapping;
    struct intake_records records = {0};
    struct csv_writer writer;
    const struct intake_rules *rules = intake_rules(kind);
    enum zhol_error error = sheet_read(path, NULL, report, &sheet);
    error = error ? error : intake_guess(kind, &sheet, path, report, &mapping);
    error =
        error ? error : intake_take(page->corridor, kind, &sheet, &mapping, path, report, &records);
    csv_writer_init(&writer, csv);
    for (uint32_t f = 0; f < rules->count && !error; f++) {
        csv_write_text(&writer, rules->fields[f].name);
    }
    csv_write_end(&writer);
    for (uint32_t r = 0; r < records.count && !error; r++) {
        for (uint32_t f = 0; f < rules->count; f++) {
            csv_write_text(&writer, intake_cell(&records, r, f));
        }
        csv_write_end(&writer);
    }
    intake_records_clear(&records);
    sheet_clear(&sheet);
    return error ? error : csv->error;
}

static enum zhol_error read_export(const struct page *page, const char *path,
                                   struct observed *observed, struct zhol_report *report)
{
    static const enum intake_kind kinds[] = {INTAKE_ACCEPTANCE, INTAKE_QUEUE};
    struct buffer csv;
    enum zhol_error error = ZHOL_ERROR_UNKNOWN;
    buffer_init(&csv);
    for (size_t i = 0; i < 2 && error; i++) {
        struct zhol_report tried;
        zhol_report_init(&tried, 20);
        buffer_reset(&csv);
        error = canonical(page, kinds[i], path, &tried, &csv);
        if (!error) {
            error = observed_add(page->corridor, observed, path,
                                 (struct text_view){buffer_get(&csv), (uint32_t)csv.size}, report);
        }
        zhol_report_clear(&tried);
    }
    buffer_clear(&csv);
    return error;
}

static int read_file(const struct page *page, const char *path, struct observed *observed)
{
    struct zhol_report report;
    struct file_data data = {0};
    size_t size = strlen(path);
    bool workbook = size > 5 && strcmp(path + size - 5, ".xlsx") == 0;
    zhol_report_init(&report, 20);
    enum zhol_error error = file_read(path, 0, &data, &report);
    if (!error) {
        enum zhol_error tried =
            workbook ? ZHOL_ERROR_UNKNOWN
                     : observed_add(page->corridor, observed, path,
                                    (struct text_view){data.bytes, (uint32_t)data.size}, &report);
        error = tried;
        if (tried == ZHOL_ERROR_UNKNOWN || tried == ZHOL_ERROR_INVALID) {
            error = read_export(page, path, observed, NULL);
            error = error ? tried : error;
        }
    }
    if (error) {
        load_print_findings(page->given, &report, 20);
        fail(page->given, EXIT_BAD_INPUT,
             page_ru(page) ? "%s: из файла нельзя взять ничего о %s"
                           : "%s: nothing about %s can be taken from it",
             path, observed->queue_id);
    }
    file_clear(&data);
    zhol_report_clear(&report);
    return error ? EXIT_BAD_INPUT : EXIT_FINE;
}

/* ---- categories ---- */

/* The same word in another form: its first seven letters. */
static bool alike(struct text_view a, struct text_view b)
{
    uint32_t at_a = 0, at_b = 0;
    for (int letter = 0; letter < 7; letter++) {
        if (at_a == a.size || at_b == b.size) {
            return at_a == a.size && at_b == b.size;
        }
        if (text_fold(text_utf8_next(a, &at_a)) != text_fold(text_utf8_next(b, &at_b))) {
            return false;
        }
    }
    return true;
}

/* Which category a word of a file means; the last one (ordinary) where none is alike. */
static uint32_t category_of(const struct page *page, const struct figures *figures,
                            struct text_view word)
{
    uint32_t total;
    const struct zhol_queue_category *rows = zhol_corridor_queue_category(page->corridor, &total);
    for (uint32_t i = 0; i < figures->category_count; i++) {
        const struct zhol_queue_category *row = &rows[figures->categories[i]];
        const uint32_t names[] = {row->category, row->name, row->name_ru, row->name_kk,
                                  row->name_zh};
        for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
            if (alike(word, text_view_of(zhol_corridor_text(page->corridor, names[n])))) {
                return i;
            }
        }
    }
    return figures->category_count - 1;
}

static void share_waiting(const struct page *page, struct figures *figures)
{
    const struct observed *observed = &figures->observed;
    double left = isnan(observed->waiting) ? 0 : observed->waiting;
    for (uint32_t i = 0; i < observed->category_count; i++) {
        uint32_t waiting = observed->categories[i].waiting;
        uint32_t at = category_of(page, figures, text_view_of(observed->categories[i].name));
        figures->waiting[at] += waiting;
        left -= waiting;
    }
    if (left > 0 && figures->category_count) {
        figures->waiting[figures->category_count - 1] += (uint32_t)(left + 0.5);
    }
}

/* --waiting N, CATEGORY=N, or with a prefix QUEUE=N. */
static int read_waiting(const struct page *page, const char *value, struct figures *figures)
{
    int64_t number = 0;
    const char *mark = strchr(value, '=');
    const char *digits = mark ? mark + 1 : value;
    uint32_t at = figures->category_count ? figures->category_count - 1 : 0;
    if (mark) {
        at = category_of(page, figures, (struct text_view){value, (uint32_t)(mark - value)});
    }
    if (!figures->category_count ||
        number_parse_int_in(text_view_of(digits), 0, 1000000, &number)) {
        return fail(page->given, EXIT_MISUSED,
                    page_ru(page) ? "--waiting: нужно число машин"
                                  : "--waiting: a number of trucks");
    }
    figures->waiting[at] = (uint32_t)number;
    figures->any = true;
    return EXIT_FINE;
}

/* What a value says of this queue: what stands behind "QUEUE=", or all of it where no queue is
 * named and that is allowed (`prefix` false). NULL: it is meant for another queue. */
static const char *meant(const struct page *page, const char *value, const char *queue, bool prefix)
{
    char name[48] = "";
    const char *mark = strchr(value, '=');
    if (mark && (size_t)(mark - value) < sizeof name) {
        memcpy(name, value, (size_t)(mark - value));
    }
    if (strcmp(name, queue) == 0) {
        return mark + 1;
    }
    bool other = *name && queue_row_on(page->corridor, name, page->loaded->day) != ZHOL_NONE;
    return prefix || other ? NULL : value;
}

int figures_read(const struct page *page, uint32_t row, bool prefix, struct figures *figures)
{
    const char *id = page_queue_id(page, row), *value;
    int code = EXIT_FINE;
    *figures = (struct figures){0};
    figures->category_count =
        queue_categories(page->corridor, row, page->loaded->day, figures->categories);
    if (observed_open(page->corridor, id, &figures->observed)) {
        return fail(page->given, EXIT_FAILED, "%s", id);
    }
    for (uint32_t i = 0; (value = given_nth(page->given, "observed", i)) && code == EXIT_FINE;
         i++) {
        const char *path = meant(page, value, id, prefix);
        if (path) {
            code = read_file(page, path, &figures->observed);
            figures->any = true;
        }
    }
    share_waiting(page, figures);
    for (uint32_t i = 0; (value = given_nth(page->given, "waiting", i)) && code == EXIT_FINE; i++) {
        const char *count = meant(page, value, id, prefix);
        if (count) {
            code = read_waiting(page, count, figures);
        }
    }
    return code;
}

void figures_clear(struct figures *figures)
{
    observed_close(&figures->observed);
}
