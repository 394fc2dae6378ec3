/* test_intake.c: reading foreign CSV and Excel, cells in canonical form, stores, and telegrams. */
#include "check.h"
#include "scratch.h"

#include <xlsxwriter.h>

#include "base/random.h"
#include "base/time.h"
#include "intake/ban.h"
#include "intake/intake.h"

static const char *root;
static struct zhol_corridor *corridor;

/* ---- Sheets ---- */

static struct sheet read_csv(const char *text, enum zhol_error expected)
{
    struct sheet sheet;
    CHECK_INT_EQ(sheet_read_csv("x.csv", text, strlen(text), NULL, &sheet), expected);
    return sheet;
}

static void test_separators(void)
{
    static const char *const texts[] = {"a,b,c\n1,2,3\n", "a;b;c\r\n1;2;3\r\n", "a\tb\tc\n1\t2\t3",
                                        "\xEF\xBB\xBF\"a\",b,c\n\n1, 2 ,\"3\"\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct sheet sheet = read_csv(texts[i], ZHOL_ERROR_OK);
        CHECK_INT_EQ(sheet.rows, 2);
        CHECK_INT_EQ(sheet.columns, 3);
        CHECK_STR_EQ(sheet_cell(&sheet, 0, 0), "a");
        CHECK_STR_EQ(sheet_cell(&sheet, 1, 1), "2");
        CHECK_STR_EQ(sheet_cell(&sheet, 1, 2), "3");
        sheet_clear(&sheet);
    }
}

static void test_quotes_and_lines(void)
{
    struct sheet sheet = read_csv("a,b\n\"x, \"\"y\"\"\nz\",2\n3,4,5\n", ZHOL_ERROR_OK);
    CHECK_STR_EQ(sheet_cell(&sheet, 1, 0), "x, \"y\" z");
    CHECK_INT_EQ(sheet.lines[1], 2);
    CHECK_INT_EQ(sheet.lines[2], 4);
    CHECK_STR_EQ(sheet_cell(&sheet, 2, 2), "5");
    CHECK_STR_EQ(sheet_cell(&sheet, 0, 2), "");
    CHECK_STR_EQ(sheet_cell(&sheet, 9, 9), "");
    sheet_clear(&sheet);
    sheet = read_csv("a,b\n\"open,2\n", ZHOL_ERROR_SYNTAX);
    sheet_clear(&sheet);
}

static void test_encodings(void)
{
    struct sheet sheet;
    /* "Дата" in Windows-1251 */
    CHECK_INT_EQ(sheet_read_csv("x", "\xC4\xE0\xF2\xE0;b\n1;2\n", 11, NULL, &sheet), ZHOL_ERROR_OK);
    CHECK_STR_EQ(sheet_cell(&sheet, 0, 0), "Дата");
    sheet_clear(&sheet);
    CHECK_INT_EQ(sheet_read_csv("x",
                                "\xFF\xFE"
                                "a\0",
                                4, NULL, &sheet),
                 ZHOL_ERROR_SYNTAX);
    sheet_clear(&sheet);
    CHECK_INT_EQ(sheet_read_csv("x", "a\0b", 3, NULL, &sheet), ZHOL_ERROR_SYNTAX);
    sheet_clear(&sheet);
    CHECK_INT_EQ(sheet_read_csv("x", "\x81\x82\x83\x84\x85", 5, NULL, &sheet), ZHOL_ERROR_SYNTAX);
    sheet_clear(&sheet);
}

static void test_limits(void)
{
    struct buffer wide = {0};
    buffer_fill(&wide, ',', 300);
    buffer_string(&wide, "x\n");
    struct sheet sheet = read_csv(buffer_get(&wide), ZHOL_ERROR_LIMIT);
    sheet_clear(&sheet);
    buffer_clear(&wide);
}

/* ---- Workbooks ---- */

static void write_workbook(const char *path)
{
    lxw_workbook *book = workbook_new(path);
    lxw_worksheet *first = workbook_add_worksheet(book, "Лист");
    lxw_worksheet *second = workbook_add_worksheet(book, "other");
    lxw_format *date = workbook_add_format(book), *minute = workbook_add_format(book);
    lxw_format *number = workbook_add_format(book);
    format_set_num_format(date, "dd.mm.yyyy");
    format_set_num_format(minute, "dd.mm.yyyy hh:mm");
    format_set_num_format(number, "#,##0.00 \"day\"");
    worksheet_write_string(first, 0, 0, "Натурный лист", NULL);
    worksheet_write_string(first, 2, 0, "Индекс поезда", NULL);
    worksheet_write_string(first, 2, 1, "Дата отправления", NULL);
    worksheet_write_string(first, 2, 2, "Номер вагона", NULL);
    worksheet_write_string(first, 2, 3, "Брутто, т", NULL);
    worksheet_write_string(first, 2, 4, "Дата", NULL);
    worksheet_write_string(first, 3, 0, " 7085-112-7066 ", NULL);
    worksheet_write_number(first, 3, 1, 46053.5, minute);
    worksheet_write_number(first, 3, 2, 52368784, NULL);
    worksheet_write_number(first, 3, 3, 78.4, number);
    worksheet_write_number(first, 3, 4, 46053, date);
    worksheet_write_formula_num(first, 4, 3, "=1+1", NULL, 2);
    worksheet_write_string(second, 0, 0, "second & last <sheet>", NULL);
    workbook_close(book);
}

static void test_workbook(void)
{
    struct sheet sheet;
    write_workbook("intake.xlsx");
    CHECK_INT_EQ(sheet_read("intake.xlsx", NULL, NULL, &sheet), ZHOL_ERROR_OK);
    CHECK_INT_EQ(sheet.rows, 4);
    CHECK_STR_EQ(sheet_cell(&sheet, 1, 0), "Индекс поезда");
    CHECK_INT_EQ(sheet.lines[1], 3);
    CHECK_STR_EQ(sheet_cell(&sheet, 2, 0), "7085-112-7066");
    CHECK_STR_EQ(sheet_cell(&sheet, 2, 1), "2026-01-31T12:00");
    CHECK_STR_EQ(sheet_cell(&sheet, 2, 2), "52368784");
    CHECK_STR_EQ(sheet_cell(&sheet, 2, 3), "78.4");
    CHECK_STR_EQ(sheet_cell(&sheet, 2, 4), "2026-01-31");
    CHECK_STR_EQ(sheet_cell(&sheet, 3, 3), "2");
    sheet_clear(&sheet);
    CHECK_INT_EQ(sheet_read("intake.xlsx", "other", NULL, &sheet), ZHOL_ERROR_OK);
    CHECK_STR_EQ(sheet_cell(&sheet, 0, 0), "second & last <sheet>");
    sheet_clear(&sheet);
    CHECK_INT_EQ(sheet_read("intake.xlsx", "nothing", NULL, &sheet), ZHOL_ERROR_UNKNOWN);
    sheet_clear(&sheet);
}

/* Any byte of a workbook may be wrong: an error or another table, never a crash. */
static void test_damaged_workbooks(void)
{
    struct file_data data;
    struct random_stream random;
    random_start(&random, 7, 0);
    CHECK_INT_EQ(file_read("intake.xlsx", 0, &data, NULL), ZHOL_ERROR_OK);
    for (unsigned i = 0; i < 300; i++) {
        struct buffer bytes = {0};
        struct sheet sheet;
        buffer_append(&bytes, data.bytes, data.size);
        size_t size = i % 3 == 0 ? random_below(&random, (uint32_t)data.size) : data.size;
        for (unsigned k = 0; k <= i % 7; k++) {
            bytes.bytes[random_below(&random, (uint32_t)data.size)] =
                (char)random_below(&random, 256);
        }
        file_write("damaged.xlsx", bytes.bytes, size, NULL);
        sheet_read("damaged.xlsx", NULL, NULL, &sheet);
        sheet_clear(&sheet);
        buffer_clear(&bytes);
    }
    file_clear(&data);
}

/* ---- Cells ---- */

static void expect(enum intake_form form, const char *text, const char *canonical)
{
    struct buffer out = {0}, why = {0};
    bool fine = intake_canonical(corridor, form, text_view_of(text), &out, &why);
    if (!canonical && fine) {
        CHECK_FAIL("'%s' was taken as '%s'", text, buffer_get(&out));
    } else if (canonical && (!fine || strcmp(buffer_get(&out), canonical) != 0)) {
        CHECK_FAIL("'%s' became '%s' (%s), not '%s'", text, buffer_get(&out), buffer_get(&why),
                   canonical);
    }
    buffer_clear(&out);
    buffer_clear(&why);
}

static void test_dates(void)
{
    expect(FORM_DAY, "31.01.2026", "2026-01-31");
    expect(FORM_DAY, "1.2.26", "2026-02-01");
    expect(FORM_DAY, "2026-01-31", "2026-01-31");
    expect(FORM_DAY, "2026-01-31T00:00", "2026-01-31");
    expect(FORM_DAY, "31.02.2026", NULL);
    expect(FORM_DAY, "01/31/2026", NULL);
    expect(FORM_DAY, "tomorrow", NULL);
    expect(FORM_DAY, "", NULL);
    expect(FORM_MINUTE, "31.01.2026 08:40", "2026-01-31T08:40");
    expect(FORM_MINUTE, "31.01.2026", "2026-01-31T00:00");
    expect(FORM_MINUTE, "2026-01-31T08:40:15", "2026-01-31T08:40");
    expect(FORM_MINUTE, "31.01.2026 25:00", NULL);
}

static void test_numbers(void)
{
    expect(FORM_REAL, "1 234,5", "1234.5");
    expect(FORM_REAL,
           "1\xC2\xA0"
           "234.5",
           "1234.5");
    expect(FORM_REAL, "-1", NULL);
    expect(FORM_REAL, "1,2,3", NULL);
    expect(FORM_REAL, "ten", NULL);
    expect(FORM_WHOLE, "12", "12");
    expect(FORM_WHOLE, "12.5", NULL);
    expect(FORM_WHOLE, "1e30", NULL);
}

static void test_identifiers(void)
{
    expect(FORM_CONTAINER, "CSQU 305438 3", "CSQU3054383");
    expect(FORM_CONTAINER, "CSQU3054384", NULL);
    expect(FORM_WAGON, "52368784", "52368784");
    expect(FORM_WAGON, "21 81 2471 217-3", "218124712173");
    expect(FORM_WAGON, "52368785", NULL);
    expect(FORM_WAGON, "5236878", "5236878"); /* of China: no check digit */
    expect(FORM_WAGON, "523687", NULL);
    expect(FORM_CARGO, "554081", "554081");
    expect(FORM_CARGO, "554082", NULL);
}

static void test_words(void)
{
    expect(FORM_PLACE, "Достык", "DOSTYK");
    expect(FORM_PLACE, "станция Нигде", NULL);
    expect(FORM_PLACE, "Сарыагаша", "SARYAGASH");
    expect(FORM_PLACE, "708507", "DOSTYK");
    expect(FORM_PLACE, "CNURC", "URUMQI");
    expect(FORM_PLACES, "Достык, Алтынколь", "DOSTYK;ALTYNKOL");
    expect(FORM_DIRECTION, "экспорт", "out");
    expect(FORM_DIRECTION, "Импорт", "in");
    expect(FORM_DIRECTION, "sideways", NULL);
    expect(FORM_COUNTED, "поездов", "trains");
    expect(FORM_COUNTED, "вагонов", "wagons");
    expect(FORM_COUNTRY, "Узбекистана", "UZ");
    expect(FORM_COUNTRY, "KG", "KG");
    expect(FORM_COUNTRY, "Грузии", "GE");
    expect(FORM_COUNTRY, "грузов", NULL);
    expect(FORM_GOODS, "угля", "coal");
    expect(FORM_GOODS, "железной руды", "iron_ore");
    expect(FORM_GOODS, "контейнеров; пшеницы", "container;wheat");
    expect(FORM_GOODS, "ничего", NULL);
}

/* ---- Records and stores ---- */

static void take(enum intake_kind kind, const char *text, struct zhol_report *report,
                 struct intake_records *records)
{
    struct sheet sheet = read_csv(text, ZHOL_ERROR_OK);
    struct intake_mapping mapping;
    CHECK_INT_EQ(intake_guess(kind, &sheet, "x.csv", report, &mapping), ZHOL_ERROR_OK);
    CHECK_INT_EQ(intake_take(corridor, kind, &sheet, &mapping, "x.csv", report, records),
                 ZHOL_ERROR_OK);
    sheet_clear(&sheet);
}

static void test_rows_with_faults(void)
{
    struct zhol_report report;
    struct intake_records records;
    zhol_report_init(&report, 0);
    take(INTAKE_ACCEPTANCE,
         "Отчёт за сутки\n\nДата,Стык,Направление,Ед.,Факт\n"
         "30.01.2026,Достык,экспорт,поездов,24\n"
         "30.01.2026,Достык,экспорт,поездов,24\n"
         "30.01.2026,Достык,экспорт,поездов,25\n"
         "30.01.2026,Достык,импорт,поездов,\n"
         "x,Достык,импорт,поездов,1\n",
         &report, &records);
    CHECK_INT_EQ(records.count, 1);
    CHECK_INT_EQ(report.counts[ZHOL_NOTE], 1);
    CHECK_INT_EQ(report.counts[ZHOL_FAULT], 3);
    CHECK_INT_EQ(report.findings[0].row, 5);
    CHECK_STR_EQ(report.findings[3].column, "Дата");
    CHECK_STR_EQ(report.findings[3].value, "x");
    intake_records_clear(&records);
    zhol_report_clear(&report);
}

/* A decimal comma cuts a cell in two: the row says more than the header has columns for. */
static void test_row_too_wide(void)
{
    struct zhol_report report;
    struct intake_records records;
    zhol_report_init(&report, 0);
    take(INTAKE_ACCEPTANCE,
         "date,place,direction,unit,accepted\n"
         "2026-01-30,Dostyk,export,trains,24,5\n"
         "2026-01-31,Dostyk,export,trains,24,\n",
         &report, &records);
    CHECK_INT_EQ(records.count, 1);
    CHECK_INT_EQ(report.counts[ZHOL_FAULT], 1);
    CHECK_INT_EQ(report.findings[0].row, 2);
    CHECK_STR_EQ(report.findings[0].value, "5");
    intake_records_clear(&records);
    zhol_report_clear(&report);
}

/* A field in two columns: refused where they differ, taken where they say the same. */
static void test_column_twice(void)
{
    struct zhol_report report;
    struct intake_mapping mapping;
    struct sheet sheet = read_csv("date,place,direction,unit,accepted,accepted\n"
                                  "2026-01-30,Dostyk,export,trains,24,25\n",
                                  ZHOL_ERROR_OK);
    zhol_report_init(&report, 0);
    CHECK_INT_EQ(intake_guess(INTAKE_ACCEPTANCE, &sheet, "x.csv", &report, &mapping),
                 ZHOL_ERROR_DUPLICATE);
    CHECK_INT_EQ(report.counts[ZHOL_FAULT], 1);
    CHECK_STR_EQ(report.findings[0].value, "accepted");
    sheet_clear(&sheet);
    sheet = read_csv("date,place,direction,unit,accepted,accepted\n"
                     "2026-01-30,Dostyk,export,trains,24,24\n",
                     ZHOL_ERROR_OK);
    CHECK_INT_EQ(intake_guess(INTAKE_ACCEPTANCE, &sheet, "x.csv", &report, &mapping),
                 ZHOL_ERROR_OK);
    sheet_clear(&sheet);
    zhol_report_clear(&report);
}

static void store(const char *text, struct intake_change *change)
{
    struct zhol_report report;
    struct intake_records records;
    zhol_report_init(&report, 0);
    take(INTAKE_ACCEPTANCE, text, &report, &records);
    CHECK_INT_EQ(intake_store(&records, "intake.store", true, &report, change), ZHOL_ERROR_OK);
    CHECK_INT_EQ(report.counts[ZHOL_FAULT], 0);
    intake_records_clear(&records);
    zhol_report_clear(&report);
}

static void test_store_is_idempotent(void)
{
    static const char head[] = "date,place,direction,unit,accepted\n";
    struct intake_change change;
    struct buffer text = {0};
    unlink("intake.store/acceptance.csv");
    buffer_printf(&text, "%s%s", head, "2026-01-30,DOSTYK,out,trains,24\n");
    store(buffer_get(&text), &change);
    CHECK_INT_EQ(change.added, 1);
    store(buffer_get(&text), &change);
    CHECK_INT_EQ(change.added + change.changed, 0);
    CHECK_INT_EQ(change.same, 1);
    buffer_reset(&text);
    buffer_printf(&text, "%s%s", head,
                  "2026-01-29,DOSTYK,out,trains,22\n2026-01-30,DOSTYK,out,trains,25\n");
    store(buffer_get(&text), &change);
    CHECK_INT_EQ(change.added, 1);
    CHECK_INT_EQ(change.changed, 1);
    struct file_data data;
    CHECK_INT_EQ(file_read("intake.store/acceptance.csv", 0, &data, NULL), ZHOL_ERROR_OK);
    CHECK_STR_EQ(data.bytes, "date,place,direction,counted,planned,accepted,note\n"
                             "2026-01-29,DOSTYK,out,trains,,22,\n"
                             "2026-01-30,DOSTYK,out,trains,,25,\n");
    file_clear(&data);
    buffer_clear(&text);
}

/* ---- Telegrams ---- */

static struct ban read_telegram(const char *text, enum zhol_error expected)
{
    struct ban ban;
    CHECK_INT_EQ(telegram_read(corridor, "x", text_view_of(text), NULL, &ban), expected);
    return ban;
}

static void check_days(const char *text, const char *from, const char *until)
{
    struct ban ban = read_telegram(text, ZHOL_ERROR_OK);
    struct buffer days = {0}, want = {0};
    char day[2][TIME_TEXT_SIZE] = {"", ""};
    if (ban.from != ZHOL_BLANK_DATE) {
        time_format_date(ban.from, day[0]);
    }
    if (ban.until != ZHOL_BLANK_DATE) {
        time_format_date(ban.until, day[1]);
    }
    buffer_printf(&days, "%s..%s", day[0], day[1]);
    buffer_printf(&want, "%s..%s", from, until);
    if (strcmp(buffer_get(&days), buffer_get(&want)) != 0) {
        CHECK_FAIL("%s: %s, not %s", text, buffer_get(&days), buffer_get(&want));
    }
    buffer_clear(&days);
    buffer_clear(&want);
    ban_clear(&ban);
}

#define WHAT " запрещена погрузка грузов на Достык"

static void test_telegram_days(void)
{
    check_days("С 4 по 8 сентября 2023 года" WHAT, "2023-09-04", "2023-09-08");
    check_days("С 04.09.2023 по 08.09.2023" WHAT, "2023-09-04", "2023-09-08");
    check_days("с 28 декабря 2025 по 5 января 2026" WHAT, "2025-12-28", "2026-01-05");
    check_days("с 28 декабря 2025 года по 5 января" WHAT, "2025-12-28", "2026-01-05");
    check_days("с 00:00 15.11.2025 до 24:00 05.12.2025" WHAT, "2025-11-15", "2025-12-05");
    check_days("с 18 часов 1 мая 2026 до 00:00 5 мая 2026" WHAT, "2026-05-01", "2026-05-04");
    check_days("с 10.01.26 до особого распоряжения" WHAT, "2026-01-10", "");
}

static void test_telegram_scope(void)
{
    struct ban ban = read_telegram("№ 7/А. С 1.03.2026 запретить погрузку зерна, муки и угля "
                                   "назначением в Узбекистан и Таджикистан через Сарыагаш, кроме "
                                   "грузов в контейнерах. Цистерны не подавать.",
                                   ZHOL_ERROR_OK);
    CHECK_STR_EQ(buffer_get(&ban.number), "7/А");
    CHECK_STR_EQ(buffer_get(&ban.places), "SARYAGASH");
    CHECK_STR_EQ(buffer_get(&ban.to_countries), "UZ;TJ");
    CHECK_STR_EQ(buffer_get(&ban.goods), "barley;wheat;flour;coal");
    CHECK_STR_EQ(buffer_get(&ban.exempt), "container");
    CHECK_STR_EQ(buffer_get(&ban.unknown), "Цистерны подавать");
    struct buffer csv = {0};
    uint32_t lines = 0;
    CHECK_INT_EQ(ban_rules(&ban, &csv), ZHOL_ERROR_OK);
    for (const char *c = buffer_get(&csv); *c; c++) {
        lines += *c == '\n';
    }
    CHECK_INT_EQ(lines, 1 + 4 * 2); /* a row for each kind of goods and country */
    buffer_clear(&csv);
    ban_clear(&ban);
}

static void test_telegram_refused(void)
{
    struct ban ban = read_telegram("Прошу ускорить выгрузку.", ZHOL_ERROR_INVALID);
    ban_clear(&ban);
    /* cargo that is not known must not become "all cargo" */
    ban = read_telegram("С 1.03.2026 запретить погрузку нефтепродуктов на Достык.",
                        ZHOL_ERROR_INVALID);
    ban_clear(&ban);
    ban = read_telegram("С 31.02.2026 запретить погрузку грузов на Достык.", ZHOL_ERROR_INVALID);
    ban_clear(&ban);
    ban = read_telegram("", ZHOL_ERROR_INVALID);
    ban_clear(&ban);
}

int main(int argc, char **argv)
{
    struct scratch scratch;
    root = argc > 1 ? argv[1] : ".";
    scratch_open(&scratch, root, "corridors/china-kazakhstan", "intake.scratch", "article");
    corridor = scratch_read(&scratch, false);
    if (!corridor) {
        return 1;
    }
    RUN(test_separators);
    RUN(test_quotes_and_lines);
    RUN(test_encodings);
    RUN(test_limits);
    RUN(test_workbook);
    RUN(test_damaged_workbooks);
    RUN(test_dates);
    RUN(test_numbers);
    RUN(test_identifiers);
    RUN(test_words);
    RUN(test_rows_with_faults);
    RUN(test_row_too_wide);
    RUN(test_column_twice);
    RUN(test_store_is_idempotent);
    RUN(test_telegram_days);
    RUN(test_telegram_scope);
    RUN(test_telegram_refused);
    zhol_corridor_free(corridor);
    scratch_close(&scratch);
    return check_report();
}
