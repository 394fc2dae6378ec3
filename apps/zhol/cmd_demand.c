/* cmd_demand.c: works the demand matrix out again from flows, generators and totals, and shows or
 * writes it.
 */
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "base/file.h"
#include "base/number.h"
#include "base/text.h"
#include "base/time.h"
#include "demand_pages.h"

static const struct option_row options[] = {
    {"period", 0, "PERIOD", NULL, false,
     SAID(
         "year, month or A..B within a year, e.g. 2024 or 2025-01..2025-04 (default: the last year "
         "with totals)",
         "год, месяц или А..Б внутри года, например 2024 или 2025-01..2025-04 (по умолчанию "
         "последний год с итогами)")},
    {"by", 0, "WHAT", NULL, false,
     SAID("what is summed up: flow (default, with the totals), direction, route, mode, crossing, "
          "commodity, class, month, origin, destination, country or kind",
          "по чему суммировать: flow (по умолчанию, с итогами), direction, route, mode, crossing, "
          "commodity, class, month, origin, destination, country или kind")},
    {"only", 0, "DIRECTION", "export|import|transit|inland", false,
     SAID("sum only this direction, seen from Kazakhstan",
          "суммировать только это направление, с точки зрения Казахстана")},
    {"mode", 0, "MODE", "land|rail|road|sea|air|oil|gas", false,
     SAID("sum only this mode; land: rail and road, without pipelines",
          "суммировать только этот вид транспорта; land — рельсы и дороги, без труб")},
    {"explain", 0, "CELL", NULL, false,
     SAID("how one cell came about and what moves it", "откуда взялась ячейка и что её меняет")},
    {"cells", 0, NULL, NULL, false,
     SAID("with --format csv: every cell", "с --format csv: ячейки")},
    {"write", 0, NULL, NULL, false,
     SAID("write demand.csv of the corridor anew (all years, or that of --period)",
          "записать demand.csv коридора заново (все годы или год --period)")},
    {"out", 0, "FILE", NULL, false, SAID("write the answer to a file", "записать ответ в файл")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

static int no_totals(const struct given *given)
{
    return fail(given, EXIT_NO_ANSWER, "%s",
                say(given, (struct said)SAID("the corridor has no flows and totals of that year",
                                             "в коридоре нет потоков и итогов этого года")));
}

static int failed(const struct given *given, enum zhol_error error)
{
    return error == ZHOL_ERROR_UNKNOWN ? no_totals(given)
                                       : fail(given, EXIT_FAILED, "%s", zhol_error_text(error));
}

/* PERIOD -> days. Both ends lie in one year. */
static int read_period(const struct given *given, const char *text, int32_t *from, int32_t *to)
{
    struct text_view view = text_view_of(text), second = view;
    const char *dots = strstr(text, "..");
    int32_t other;
    if (dots) {
        view = (struct text_view){text, (uint32_t)(dots - text)};
        second = text_view_of(dots + 2);
    }
    if (time_parse_date(view, from, &other) || time_parse_date(second, &other, to) ||
        *to <= *from || time_date_of(*from).year != time_date_of(*to - 1).year) {
        return fail(given, EXIT_MISUSED,
                    say(given, (struct said)SAID(
                                   "--period takes a year, a month or A..B within a year, not '%s'",
                                   "--period: год, месяц или А..Б внутри года, а не «%s»")),
                    text);
    }
    return EXIT_FINE;
}

/* ---- --write ---- */

static int contradiction(const struct given *given, int32_t year)
{
    return fail(given, EXIT_FOUND_FAULTS,
                say(given, (struct said)SAID(
                               "the totals of %d contradict each other, nothing is written: see "
                               "zhol demand --period %d",
                               "итоги %d года противоречат друг другу, ничего не записано: см. "
                               "zhol demand --period %d")),
                year, year);
}

static int write_file(const struct given *given, const struct loaded *loaded,
                      const struct demand_fit *fits, uint32_t count)
{
    struct buffer text, path;
    struct zhol_report report;
    zhol_report_init(&report, 1);
    buffer_init(&text);
    buffer_init(&path);
    file_join(&path, buffer_get(&loaded->dir), "demand.csv");
    enum zhol_error error = demand_write(loaded->corridor, fits, count, &text);
    error = error ? error : path.error;
    error = error ? error : file_write(buffer_get(&path), buffer_get(&text), text.size, &report);
    int code = EXIT_FINE;
    if (error) {
        load_print_findings(given, &report, 0);
        code = fail(given, EXIT_FAILED, "%s", zhol_error_text(error));
    } else {
        fprintf(stderr, say(given, (struct said)SAID("rewritten: %s\n", "записано заново: %s\n")),
                buffer_get(&path));
    }
    zhol_report_clear(&report);
    buffer_clear(&text);
    buffer_clear(&path);
    return code;
}

/* `year` 0: all years. */
static int write_table(const struct given *given, const struct loaded *loaded, int32_t year)
{
    int32_t *years = NULL;
    uint32_t count = 0, made = 0;
    enum zhol_error error = demand_years(loaded->corridor, &years, &count);
    struct demand_fit *fits = calloc((size_t)count + 1, sizeof *fits);
    error = fits ? error : ZHOL_ERROR_MEMORY;
    int code = EXIT_FINE;
    for (uint32_t i = 0; i < count && !error && code == EXIT_FINE; i++) {
        if (!year || years[i] == year) {
            error = demand_make(loaded->corridor, years[i], &fits[made++]);
            code = !error && fits[made - 1].state == IPF_CONTRADICTS
                       ? contradiction(given, years[i])
                       : EXIT_FINE;
        }
    }
    if (error) {
        code = failed(given, error);
    } else if (code == EXIT_FINE) {
        code = made ? write_file(given, loaded, fits, made) : no_totals(given);
    }
    for (uint32_t i = 0; i < made; i++) {
        demand_clear(&fits[i]);
    }
    free(fits);
    free(years);
    return code;
}

/* ---- Showing ---- */

static int explain(struct demand_page *page, const char *id)
{
    uint32_t cell = demand_find(page->fit, id);
    if (cell == ZHOL_NONE) {
        return fail(page->given, EXIT_NO_ANSWER,
                    say(page->given,
                        (struct said)SAID("there is no cell '%s' in %d; --format csv --cells lists "
                                          "them",
                                          "ячейки «%s» в %d нет; список: --format csv --cells")),
                    id, page->fit->year);
    }
    answer_head(page->given, page->loaded, &page->out);
    demand_print_cell(page, cell);
    return EXIT_FINE;
}

static bool has_cells(const struct demand_page *page)
{
    for (uint32_t c = 0; c < page->fit->cell_count; c++) {
        if (demand_page_asked(page, &page->fit->cells[c])) {
            return true;
        }
    }
    return false;
}

static int print_answer(struct demand_page *page)
{
    if (!has_cells(page)) {
        return fail(
            page->given, EXIT_NO_ANSWER, "%s",
            say(page->given, (struct said)SAID("the demand table of that year has no such freight",
                                               "в таблице спроса этого года нет таких грузов")));
    }
    const char *format = given_format(page->given), *cell = given_value(page->given, "explain");
    int code = page->fit->state == IPF_CONTRADICTS ? EXIT_FOUND_FAULTS : EXIT_FINE;
    if (cell) {
        int explained = explain(page, cell);
        code = explained == EXIT_FINE ? code : explained;
    } else if (strcmp(format, "json") == 0) {
        demand_print_json(page);
    } else if (strcmp(format, "xlsx") == 0) {
        demand_print_workbook(page);
    } else if (strcmp(format, "csv") == 0) {
        demand_print_csv(page, given_switch(page->given, "cells"));
    } else {
        answer_head(page->given, page->loaded, &page->out);
        demand_print_table(page, !given_value(page->given, "by"));
    }
    return page->out.size || page->out.error ? load_write(page->given, &page->out, code) : code;
}

/* The year in a cell's identifier, D.2024.flow..., or 0. */
static int32_t year_of_cell(const char *cell)
{
    int64_t year = 0;
    const char *dot = cell && strncmp(cell, "D.", 2) == 0 ? strchr(cell + 2, '.') : NULL;
    if (dot && number_parse_int_in((struct text_view){cell + 2, (uint32_t)(dot - cell - 2)}, 1900,
                                   2999, &year)) {
        year = 0;
    }
    return (int32_t)year;
}

/* Without --period: the year of the cell asked for, else the last with totals. */
static int choose_year(const struct given *given, const struct loaded *loaded, int32_t *from,
                       int32_t *to)
{
    int32_t *years = NULL, of_cell = year_of_cell(given_value(given, "explain"));
    uint32_t count = 0;
    enum zhol_error error = demand_years(loaded->corridor, &years, &count);
    int code = error ? failed(given, error) : count ? EXIT_FINE : no_totals(given);
    if (code == EXIT_FINE) {
        int32_t year = of_cell ? of_cell : years[count - 1];
        *from = time_days((struct time_date){.year = year, .month = 1, .day = 1});
        *to = time_days((struct time_date){.year = year + 1, .month = 1, .day = 1});
    }
    free(years);
    return code;
}

static int show(const struct given *given, const struct loaded *loaded, int32_t from, int32_t to)
{
    struct demand_fit fit;
    const char *by = given_value(given, "by"), *only = given_value(given, "only");
    struct demand_page page = {.given = given,
                               .only = only ? zhol_trade_from(only) : 0,
                               .mode = given_value(given, "mode"),
                               .loaded = loaded,
                               .fit = &fit,
                               .from = from,
                               .to = to,
                               .by = by ? by : "flow"};
    buffer_init(&page.out);
    enum zhol_error error = demand_make(loaded->corridor, time_date_of(from).year, &fit);
    int code = error ? failed(given, error) : print_answer(&page);
    demand_clear(&fit);
    buffer_clear(&page.out);
    return code;
}

/* True where `word` is among the words separated by '|'. */
static bool is_word_of(const char *words, const char *word)
{
    struct text_view rest = text_view_of(words);
    while (rest.size) {
        if (text_equal_string(text_cut(&rest, '|'), word)) {
            return true;
        }
    }
    return false;
}

/* What the command line alone shows to be wrong. */
static int check_given(const struct given *given)
{
    const char *by = given_value(given, "by");
    if (by && !is_word_of(DEMAND_GROUPINGS, by)) {
        return fail(given, EXIT_MISUSED,
                    say(given, (struct said)SAID("--by takes one of %s, not '%s'",
                                                 "--by: одно из %s, а не «%s»")),
                    DEMAND_GROUPINGS, by);
    }
    /* options that another one leaves without effect */
    static const struct {
        const char *of, *without;
    } idle[] = {{"write", "out"},     {"write", "by"},     {"write", "cells"}, {"write", "only"},
                {"write", "mode"},    {"explain", "only"}, {"cells", "only"},  {"explain", "by"},
                {"explain", "cells"}, {"explain", "mode"}, {"cells", "mode"}};
    for (size_t i = 0; i < sizeof idle / sizeof *idle; i++) {
        if (given_value(given, idle[i].of) && given_value(given, idle[i].without)) {
            return fail(given, EXIT_MISUSED,
                        say(given, (struct said)SAID("--%s does nothing with --%s",
                                                     "--%s ничего не значит вместе с --%s")),
                        idle[i].without, idle[i].of);
        }
    }
    if (given_value(given, "explain") && strcmp(given_format(given), "table") != 0) {
        return fail(given, EXIT_MISUSED, "%s",
                    say(given, (struct said)SAID("--explain gives text: leave --format out",
                                                 "--explain даёт текст: без --format")));
    }
    if (given_switch(given, "cells") && strcmp(given_format(given), "csv") != 0) {
        return fail(given, EXIT_MISUSED, "%s",
                    say(given, (struct said)SAID("--cells goes with --format csv",
                                                 "--cells идёт вместе с --format csv")));
    }
    if (given_switch(given, "write") && given_value(given, "scenario")) {
        return fail(
            given, EXIT_MISUSED, "%s",
            say(given, (struct said)SAID("--write writes the base corridor: no --scenario",
                                         "--write пишет основной коридор: без --scenario")));
    }
    return EXIT_FINE;
}

static int run(const struct given *given)
{
    struct loaded loaded;
    const char *period = given_value(given, "period");
    bool write = given_switch(given, "write");
    int32_t from = 0, to = 0;
    int code = check_given(given);
    code = code == EXIT_FINE && period ? read_period(given, period, &from, &to) : code;
    if (code != EXIT_FINE) {
        return code;
    }
    code = load_corridor(given, &loaded);
    if (code == EXIT_FINE && write) {
        code = write_table(given, &loaded, period ? time_date_of(from).year : 0);
    } else if (code == EXIT_FINE) {
        code = period ? EXIT_FINE : choose_year(given, &loaded, &from, &to);
        code = code == EXIT_FINE ? show(given, &loaded, from, to) : code;
    }
    load_clear(&loaded);
    return code;
}

static const char *const examples[] = {
    "zhol demand --period 2024",
    "the freight of 2024 by flow, and how every total is met",
    "грузы 2024 года по потокам и соблюдение каждого итога",
    "zhol demand --period 2025-01..2025-04 --by crossing",
    "tonnes by crossing in January to April 2025",
    "тонны по переходам за январь - апрель 2025",
    "zhol demand --explain D.2024.export-rail.RUDNY-URUMQI.iron_ore.DOSTYK",
    "how one cell came about",
    "откуда взялась одна ячейка",
    NULL};

const struct command command_demand = {
    .name = "demand",
    .about = SAID("freight wanted by origin, destination, goods and month, worked out from totals",
                  "спрос по местам, грузам и месяцам, вычисленный из опубликованных итогов"),
    .common = true,
    .formats = "table|json|csv|xlsx",
    .options = options,
    .details = SAID("A gravity seed over the weights of demand_generator.csv is fitted to the "
                    "totals of demand_total.csv; docs/demand.md says how. Published rows and "
                    "fitted cells are kept apart. Totals that contradict each other are named with "
                    "a proof and end with code 1.",
                    "Начальная таблица по весам из demand_generator.csv подгоняется к итогам из "
                    "demand_total.csv; метод описан в docs/demand.md. Опубликованное и подобранное "
                    "различаются. Противоречивые итоги называются с доказательством, код 1."),
    .examples = examples,
    .run = run,
};
