/* trade_mirrors.c: what two countries say of the same trade, from UN Comtrade tables
 * (trade_pages.h).
 */
#include <math.h>
#include <string.h>

#include "base/csv.h"
#include "base/table_out.h"
#include "report/lines.h"
#include "trade_pages.h"

static const char *in(const struct mirror_page *page, const char *en, const char *ru)
{
    return page->given->lang == LANG_RU ? ru : en;
}

bool mirror_page_has(const struct mirror_page *page, const struct comtrade_mirror *mirror)
{
    bool total = mirror->code[0] == 'T';
    return page->code_size ? !total && strlen(mirror->code) == page->code_size : total;
}

static const char *period(const struct comtrade_mirror *mirror, char out[static ANSWER_TEXT])
{
    snprintf(out, ANSWER_TEXT, mirror->month ? "%u-%02u" : "%u", mirror->year, mirror->month);
    return out;
}

/* What the ratio of imports to exports says. */
static const char *verdict(const struct mirror_page *page, const struct comtrade_mirror *mirror)
{
    double ratio = comtrade_ratio(mirror);
    if (isnan(mirror->export_usd) || isnan(mirror->import_usd)) {
        return isnan(mirror->export_usd) ? in(page, "importer only", "только импортёр")
                                         : in(page, "exporter only", "только экспортёр");
    }
    if (isnan(ratio)) {
        return in(page, "both count nothing", "обе стороны: ноль");
    }
    if (ratio < COMTRADE_CIF_LOW) {
        return in(page, "importer counts less", "импортёр видит меньше");
    }
    return ratio <= COMTRADE_CIF_HIGH ? in(page, "within cif and fob", "в пределах CIF и FOB")
                                      : in(page, "importer counts more", "импортёр видит больше");
}

static void money_cell(struct table_out *table, double usd)
{
    table_out_real(table, usd / 1e6, 1);
}

/* The sums of a page over the mirrors in which both sides speak. */
struct sums {
    double export_usd, import_usd, gap_t;
    uint32_t both, weighed, lines;
};

static void add_line(struct mirror_page *page, const struct comtrade_mirror *mirror,
                     struct table_out *table, struct sums *sums)
{
    char text[ANSWER_TEXT];
    int implied;
    double gap_t = comtrade_gap_t(mirror, &implied);
    snprintf(text, sizeof text, "%s-%s", mirror->exporter, mirror->importer);
    table_out_text(table, text);
    table_out_text(table, period(mirror, text));
    table_out_text(table, mirror->code);
    money_cell(table, mirror->export_usd);
    money_cell(table, mirror->import_usd);
    double ratio = comtrade_ratio(mirror);
    table_out_real(table, isinf(ratio) ? NAN : ratio, 2);
    snprintf(text, sizeof text, "%s%.1f", implied ? "~" : "", gap_t / 1000);
    table_out_text(table, isnan(gap_t) ? "-" : text);
    table_out_text(table, verdict(page, mirror));
    sums->lines++;
    if (!isnan(mirror->export_usd) && !isnan(mirror->import_usd)) {
        sums->both++;
        sums->export_usd += mirror->export_usd;
        sums->import_usd += mirror->import_usd;
        sums->weighed += isnan(gap_t) ? 0 : 1;
        sums->gap_t += isnan(gap_t) ? 0 : gap_t;
    }
}

static void print_sums(struct mirror_page *page, const struct sums *sums)
{
    char a[ANSWER_TEXT], b[ANSWER_TEXT], c[ANSWER_TEXT], line[4 * ANSWER_TEXT];
    snprintf(line, sizeof line,
             in(page,
                "Both sides: %u of %u lines; exports %s, imports %s million USD; tonnes by which "
                "the importer counts more: %s thousand, from %u lines.",
                "Обе стороны: %u из %u строк; экспорт %s, импорт %s млн долларов; импортёр видит "
                "больше на %s тыс. тонн, по %u строкам."),
             sums->both, sums->lines,
             answer_number(page->given, round(sums->export_usd / 1e5) / 10, a),
             answer_number(page->given, round(sums->import_usd / 1e5) / 10, b),
             answer_number(page->given, round(sums->gap_t / 100) / 10, c), sums->weighed);
    buffer_char(&page->out, '\n');
    lines_wrap(&page->out, "", 0, line);
    lines_wrap(&page->out, "", 0,
               in(page,
                  "Exports are valued fob, imports cif: a ratio of 1.00 to 1.20 needs no other "
                  "reason (an assumption). ~ where one side alone gives weights: the gap in money "
                  "at its dollars a tonne.",
                  "Экспорт считают по FOB, импорт по CIF: отношение от 1,00 до 1,20 не требует "
                  "другой причины (допущение). ~ где вес есть только у одной стороны: разница в "
                  "деньгах по её цене тонны."));
}

void mirror_page_table(struct mirror_page *page)
{
    struct table_out table;
    struct sums sums = {0};
    buffer_printf(&page->out,
                  in(page, "UN Comtrade: %u figures read, %u rows of breakdowns left out\n\n",
                     "UN Comtrade: прочитано цифр: %u, строк с разбивкой пропущено: %u\n\n"),
                  page->data.count, page->data.skipped);
    answer_table(page->given, &table);
    table_out_column(&table, in(page, "From-to", "Пара"), TABLE_CUT);
    table_out_column(&table, in(page, "Period", "Период"), TABLE_RIGHT);
    table_out_column(&table, in(page, "HS", "ТН ВЭД"), TABLE_RIGHT);
    table_out_column(&table, in(page, "Exports M USD", "Экспорт млн долл."), TABLE_RIGHT);
    table_out_column(&table, in(page, "Imports M USD", "Импорт млн долл."), TABLE_RIGHT);
    table_out_column(&table, in(page, "Ratio", "Отн."), TABLE_RIGHT);
    table_out_column(&table, in(page, "Gap kt", "Разн. кт"), TABLE_RIGHT);
    table_out_column(&table, in(page, "Verdict", "Итог"), TABLE_WRAP);
    for (uint32_t i = 0; i < page->mirrors.count; i++) {
        if (mirror_page_has(page, &page->mirrors.mirrors[i])) {
            add_line(page, &page->mirrors.mirrors[i], &table, &sums);
        }
    }
    table_out_print(&table, &page->out);
    table_out_clear(&table);
    print_sums(page, &sums);
}

void mirror_page_json(struct mirror_page *page)
{
    struct json_writer json;
    json_writer_init(&json, &page->out, true);
    json_write_object(&json);
    json_member_text(&json, "source", "UN Comtrade");
    json_member_int(&json, "figures", page->data.count);
    json_member_int(&json, "left_out", page->data.skipped);
    json_write_key(&json, "mirrors");
    json_write_array(&json);
    for (uint32_t i = 0; i < page->mirrors.count; i++) {
        const struct comtrade_mirror *mirror = &page->mirrors.mirrors[i];
        if (!mirror_page_has(page, mirror)) {
            continue;
        }
        int implied;
        double gap_t = comtrade_gap_t(mirror, &implied);
        json_write_object(&json);
        json_member_text(&json, "exporter", mirror->exporter);
        json_member_text(&json, "importer", mirror->importer);
        json_member_int(&json, "year", mirror->year);
        if (mirror->month) {
            json_member_int(&json, "month", mirror->month);
        }
        json_member_text(&json, "hs", mirror->code);
        json_member_real(&json, "export_usd", mirror->export_usd);
        json_member_real(&json, "import_usd", mirror->import_usd);
        json_member_real(&json, "export_kg", mirror->export_kg);
        json_member_real(&json, "import_kg", mirror->import_kg);
        double ratio = comtrade_ratio(mirror);
        json_member_real(&json, "ratio", isinf(ratio) ? NAN : ratio);
        json_member_real(&json, "gap_t", gap_t);
        json_member_bool(&json, "gap_implied", implied && !isnan(gap_t));
        json_write_object_end(&json);
    }
    json_write_array_end(&json);
    json_write_object_end(&json);
    json_writer_end(&json);
}

static const char *month_text(const struct comtrade_mirror *mirror, char out[static 4])
{
    snprintf(out, 4, "%u", mirror->month);
    return out;
}

void mirror_page_csv(struct mirror_page *page)
{
    char month[4];
    static const char *const heads[] = {"exporter",  "importer",   "year",       "month",
                                        "hs",        "export_usd", "import_usd", "export_kg",
                                        "import_kg", "ratio",      "gap_t",      "gap_implied"};
    struct csv_writer csv;
    csv_writer_init(&csv, &page->out);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        csv_write_text(&csv, heads[i]);
    }
    csv_write_end(&csv);
    for (uint32_t i = 0; i < page->mirrors.count; i++) {
        const struct comtrade_mirror *mirror = &page->mirrors.mirrors[i];
        if (!mirror_page_has(page, mirror)) {
            continue;
        }
        int implied;
        csv_write_text(&csv, mirror->exporter);
        csv_write_text(&csv, mirror->importer);
        csv_write_int(&csv, mirror->year);
        csv_write_text(&csv, mirror->month ? month_text(mirror, month) : "");
        csv_write_text(&csv, mirror->code);
        csv_write_real(&csv, answer_rounded(mirror->export_usd));
        csv_write_real(&csv, answer_rounded(mirror->import_usd));
        csv_write_real(&csv, answer_rounded(mirror->export_kg));
        csv_write_real(&csv, answer_rounded(mirror->import_kg));
        double ratio = comtrade_ratio(mirror);
        csv_write_real(&csv, answer_rounded(isinf(ratio) ? NAN : ratio));
        double gap_t = comtrade_gap_t(mirror, &implied);
        csv_write_real(&csv, answer_rounded(gap_t));
        csv_write_text(&csv, isnan(gap_t) ? "" : implied ? "true" : "false");
        csv_write_end(&csv);
    }
}
