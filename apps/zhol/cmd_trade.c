/* cmd_trade.c: published time series held against each other, and what two countries say of the
 * same trade.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "freight_year.h"
#include "trade_pages.h"

static const struct option_row options[] = {
    {"comtrade", 0, "FILE", NULL, true,
     SAID("a table of UN Comtrade as CSV; may be given several times",
          "таблица UN Comtrade в CSV; можно несколько раз")},
    {"pair", 0, "FROM-TO", NULL, false,
     SAID("only this trade, countries as three letters, such as KAZ-CHN",
          "только эта торговля, страны тремя буквами, например KAZ-CHN")},
    {"level", 0, "DIGITS", "total|2|4|6", false,
     SAID("commodities of so many digits (default: total)",
          "товары по стольким знакам (по умолчанию total)")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

/* ---- Series ---- */

/* A whole identifier stands for its series alone, also where others begin like it. */
static bool is_id(const struct trade_page *page, const char *argument)
{
    for (uint32_t i = 0; i < page->ledger.series_count; i++) {
        if (strcmp(argument, zhol_corridor_id(page->loaded->corridor, ZHOL_TABLE_series,
                                              page->ledger.series[i].thing)) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_asked(const struct trade_page *page, const struct trade_series *series)
{
    const struct zhol_series *row = trade_page_row(page, series);
    const struct zhol_corridor *corridor = page->loaded->corridor;
    const char *const texts[] = {zhol_corridor_id(corridor, ZHOL_TABLE_series, series->thing),
                                 zhol_corridor_text(corridor, row->name),
                                 zhol_corridor_text(corridor, row->reporter),
                                 zhol_corridor_text(corridor, row->name_ru),
                                 zhol_corridor_text(corridor, row->reporter_ru),
                                 zhol_corridor_text(corridor, row->measure),
                                 zhol_corridor_text(corridor, row->fact_id)};
    for (uint32_t i = 0; i < page->given->argument_count; i++) {
        if (is_id(page, page->given->arguments[i])) {
            if (strcmp(page->given->arguments[i], texts[0]) == 0) {
                return true;
            }
            continue;
        }
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
            if (answer_has_part(texts[k], page->given->arguments[i])) {
                return true;
            }
        }
    }
    return page->given->argument_count == 0;
}

static int choose(struct trade_page *page)
{
    uint32_t chosen = 0;
    page->in_full = page->given->argument_count > 0;
    page->chosen = calloc(page->ledger.series_count + 1, sizeof *page->chosen);
    if (!page->chosen) {
        return fail(page->given, EXIT_FAILED, "%s", zhol_error_text(ZHOL_ERROR_MEMORY));
    }
    for (uint32_t i = 0; i < page->ledger.series_count; i++) {
        page->chosen[i] = is_asked(page, &page->ledger.series[i]);
        chosen += page->chosen[i];
    }
    static const struct said empty = SAID("the corridor has no series", "в коридоре нет рядов");
    static const struct said none =
        SAID("no series has \"%s\" in its name, identifier, reporter or measure; `zhol trade` "
             "lists all",
             "нет ряда, в названии, коде или учёте которого есть «%s»; все ряды: `zhol trade`");
    if (!page->ledger.series_count) {
        return fail(page->given, EXIT_NO_ANSWER, "%s", say(page->given, empty));
    }
    return chosen ? EXIT_FINE
                  : fail(page->given, EXIT_NO_ANSWER, say(page->given, none),
                         page->given->argument_count ? page->given->arguments[0] : "");
}

static int run_series(const struct given *given)
{
    struct loaded loaded;
    int code = load_corridor(given, &loaded);
    struct trade_page page = {.given = given, .loaded = &loaded};
    const char *format = given_format(given);
    buffer_init(&page.out);
    if (code == EXIT_FINE) {
        enum zhol_error error = trade_make(loaded.corridor, &page.ledger);
        code = error ? fail(given, EXIT_FAILED, "%s", zhol_error_text(error)) : choose(&page);
    }
    if (code == EXIT_FINE) {
        if (strcmp(format, "json") == 0) {
            trade_page_json(&page);
        } else if (strcmp(format, "csv") == 0) {
            trade_page_csv(&page);
        } else if (strcmp(format, "svg") == 0) {
            trade_page_svg(&page);
        } else {
            trade_page_table(&page);
        }
        code = load_write(given, &page.out, EXIT_FINE);
    }
    free(page.chosen);
    trade_clear(&page.ledger);
    buffer_clear(&page.out);
    load_clear(&loaded);
    return code;
}

/* ---- Mirrors ---- */

static int read_files(struct mirror_page *page)
{
    struct zhol_report report;
    enum zhol_error error = ZHOL_ERROR_OK;
    const char *path;
    zhol_report_init(&report, 0);
    for (uint32_t i = 0; (path = given_nth(page->given, "comtrade", i)); i++) {
        struct file_data file = {0};
        enum zhol_error one = file_read(path, 0, &file, &report);
        if (!one) {
            one = comtrade_read(&page->data, path, file.bytes, file.size, &report);
            file_clear(&file);
        }
        error = error ? error : one;
    }
    if (error) {
        load_print_findings(page->given, &report, 20);
    }
    zhol_report_clear(&report);
    return error ? EXIT_BAD_INPUT : EXIT_FINE;
}

/* "KAZ-CHN" into its two countries. */
static bool cut_pair(const char *pair, char from[COMTRADE_COUNTRY], char to[COMTRADE_COUNTRY])
{
    if (strlen(pair) != 7 || pair[3] != '-') {
        return false;
    }
    for (int i = 0; i < 3; i++) {
        from[i] = (char)toupper((unsigned char)pair[i]);
        to[i] = (char)toupper((unsigned char)pair[4 + i]);
        if (!isalnum((unsigned char)from[i]) || !isalnum((unsigned char)to[i])) {
            return false;
        }
    }
    return true;
}

static int match(struct mirror_page *page)
{
    static const struct said wrong = SAID("--pair %s: expected two countries as in KAZ-CHN",
                                          "--pair %s: ожидались две страны, как KAZ-CHN");
    static const struct said none =
        SAID("the tables have no such figures; try another --level or --pair",
             "в таблицах нет таких цифр; попробуйте другой --level или --pair");
    const char *pair = given_value(page->given, "pair");
    const char *level = given_value(page->given, "level");
    char from[COMTRADE_COUNTRY] = "", to[COMTRADE_COUNTRY] = "";
    if (pair && !cut_pair(pair, from, to)) {
        return fail(page->given, EXIT_MISUSED, say(page->given, wrong), pair);
    }
    page->code_size = level && strcmp(level, "total") != 0 ? (size_t)(level[0] - '0') : 0;
    enum zhol_error error =
        comtrade_mirror(&page->data, pair ? from : NULL, pair ? to : NULL, &page->mirrors);
    if (error) {
        return fail(page->given, EXIT_FAILED, "%s", zhol_error_text(error));
    }
    for (uint32_t i = 0; i < page->mirrors.count; i++) {
        if (mirror_page_has(page, &page->mirrors.mirrors[i])) {
            return EXIT_FINE;
        }
    }
    return fail(page->given, EXIT_NO_ANSWER, "%s", say(page->given, none));
}

static int run_mirrors(const struct given *given)
{
    static const struct said no_chart =
        SAID("--format svg draws series; with --comtrade take table, json or csv",
             "--format svg рисует ряды; с --comtrade берите table, json или csv");
    struct mirror_page page = {.given = given};
    const char *format = given_format(given);
    if (strcmp(format, "svg") == 0) {
        return fail(given, EXIT_MISUSED, "%s", say(given, no_chart));
    }
    buffer_init(&page.out);
    int code = read_files(&page);
    code = code == EXIT_FINE ? match(&page) : code;
    if (code == EXIT_FINE) {
        if (strcmp(format, "json") == 0) {
            mirror_page_json(&page);
        } else if (strcmp(format, "csv") == 0) {
            mirror_page_csv(&page);
        } else {
            mirror_page_table(&page);
        }
        code = load_write(given, &page.out, EXIT_FINE);
    }
    comtrade_mirrors_clear(&page.mirrors);
    comtrade_clear(&page.data);
    buffer_clear(&page.out);
    return code;
}

static int run(const struct given *given)
{
    static const struct said lonely = SAID("--pair and --level go with --comtrade FILE",
                                           "--pair и --level идут вместе с --comtrade FILE");
    static const char *const idle[] = {"scenario", "set", "date", "include-planned", NULL};
    int code = idle_options(given, idle);
    if (code != EXIT_FINE) {
        return code;
    }
    if (given_nth(given, "comtrade", 0)) {
        return run_mirrors(given);
    }
    if (given_value(given, "pair") || given_value(given, "level")) {
        return fail(given, EXIT_MISUSED, "%s", say(given, lonely));
    }
    return run_series(given);
}

static const char *const examples[] = {
    "zhol trade",
    "every series: last figure and growth; mirrors, sums, shares",
    "все ряды: последняя цифра и рост; зеркала, суммы, доли",
    "zhol trade SE.KZ-CN-RAIL",
    "one series in full",
    "один ряд целиком",
    "zhol trade --comtrade kaz.csv --comtrade chn.csv --pair KAZ-CHN --level 2",
    "what both sides say of Kazakh exports to China, by chapter",
    "что говорят обе стороны об экспорте Казахстана в Китай, по группам",
    NULL};

const struct command command_trade = {
    .name = "trade",
    .about = SAID("trade statistics: growth, shares, mirrors, sums; UN Comtrade tables",
                  "статистика торговли: рост, доли, зеркала, суммы; таблицы UN Comtrade"),
    .arguments = "[PART...]",
    .max_arguments = UINT32_MAX,
    .common = true,
    .formats = "table|json|csv|svg",
    .options = options,
    .details =
        SAID("Each figure keeps its reporter, definition, unit and days; two reporters stay two "
             "series. Growth is told for the same days of two years, everything else for the very "
             "same days. A printed 27.4 stands for 27.35 to 27.45, and a difference that rounding "
             "may explain is said to be one. What belongs together stands in series_relation.csv. "
             "Tables of UN Comtrade are read as they are downloaded; rows of breakdowns are left "
             "out, so that nothing counts twice.",
             "У каждой цифры остаются учётчик, определение, единица и дни; два учётчика — два "
             "ряда. Рост считается для одних и тех же дней двух лет, всё остальное для тех же "
             "самых дней. Напечатанное 27,4 значит от 27,35 до 27,45; разница, которую объясняет "
             "округление, так и названа. Что с чем связано, стоит в series_relation.csv. Таблицы "
             "UN Comtrade читаются такими, как скачаны; строки разбивок пропускаются, чтобы ничто "
             "не считалось дважды."),
    .examples = examples,
    .run = run,
};
