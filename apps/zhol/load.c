/* load.c: finding, reading and compiling the corridor of a command. See load.h. */
#include "load.h"

#include "answer.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/number.h"
#include "base/time.h"
#include "desk/assign_study.h"

#define DEFAULT_CORRIDOR "china-kazakhstan"
#define FINDINGS_SHOWN   20
#define NEAR_SHOWN       8

double load_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

const char *load_lang(const struct given *given)
{
    return given->lang == LANG_RU ? "ru" : "en";
}

static bool is_ru(const struct given *given)
{
    return given->lang == LANG_RU;
}

/* ---- Finding the folder ---- */

/* True where `folder` holds a corridor called `name`; its path is then in *dir. */
static bool try_folder(struct text_view folder, const char *name, struct buffer *dir)
{
    struct buffer package;
    if (folder.size == 0) {
        return false;
    }
    buffer_reset(dir);
    buffer_view(dir, folder);
    buffer_char(dir, '/');
    buffer_string(dir, name);
    buffer_init(&package);
    file_join(&package, buffer_get(dir), "datapackage.json");
    bool found = file_kind_of(buffer_get(&package)) == FILE_REGULAR;
    buffer_clear(&package);
    return found;
}

static bool try_name(const char *name, struct buffer *dir)
{
    struct text_view rest = text_view_of(getenv("ZHOL_CORRIDORS"));
    while (rest.size) {
        if (try_folder(text_cut(&rest, ':'), name, dir)) {
            return true;
        }
    }
    return try_folder(text_view_of(ZHOL_INSTALL_CORRIDORS), name, dir) ||
           try_folder(text_view_of(ZHOL_SOURCE_CORRIDORS), name, dir);
}

int load_find(const struct given *given, struct buffer *dir)
{
    return load_find_name(given, NULL, dir);
}

int load_find_name(const struct given *given, const char *name, struct buffer *dir)
{
    name = name ? name : given_value(given, "corridor");
    buffer_reset(dir);
    if (name && (strchr(name, '/') || file_kind_of(name) == FILE_FOLDER)) {
        buffer_string(dir, name);
        if (file_kind_of(name) != FILE_FOLDER) {
            return fail(given, EXIT_BAD_INPUT,
                        is_ru(given) ? "нет папки %s" : "there is no folder %s", name);
        }
    } else if (!try_name(name ? name : DEFAULT_CORRIDOR, dir)) {
        return fail(given, EXIT_BAD_INPUT,
                    is_ru(given) ? "коридор %s не найден; укажите папку ключом -C DIR или "
                                   "переменной окружения ZHOL_CORRIDORS"
                                 : "corridor %s not found; name its folder with -C DIR or in the "
                                   "environment variable ZHOL_CORRIDORS",
                    name ? name : DEFAULT_CORRIDOR);
    }
    return dir->error ? EXIT_FAILED : EXIT_FINE;
}

/* ---- Findings ---- */

void load_print_findings(const struct given *given, const struct zhol_report *report, uint32_t most)
{
    static const struct said names[] = {SAID("note", "замечание"),
                                        SAID("warning", "предупреждение"), SAID("error", "ошибка")};
    uint32_t shown = 0;
    for (int severity = ZHOL_FAULT; severity >= ZHOL_NOTE; severity--) {
        for (uint32_t i = 0; i < report->count && (!most || shown < most); i++) {
            char text[1024];
            if ((int)report->findings[i].severity == severity) {
                zhol_finding_said(&report->findings[i], is_ru(given) ? "ru" : "en", text,
                                  sizeof text);
                fprintf(stderr, "%s: %s\n", say(given, names[severity]), text);
                shown++;
            }
        }
    }
}

/* ---- Reading ---- */

static int code_of(enum zhol_error error)
{
    switch (error) {
    case ZHOL_ERROR_OK:
        return EXIT_FINE;
    case ZHOL_ERROR_MEMORY:
    case ZHOL_ERROR_INTERNAL:
        return EXIT_FAILED;
    case ZHOL_ERROR_INTERRUPTED:
        return EXIT_STOPPED;
    default:
        return EXIT_BAD_INPUT;
    }
}

static int fail_reading(const struct given *given, const struct loaded *loaded,
                        enum zhol_error error)
{
    uint64_t faults = loaded->report.counts[ZHOL_FAULT];
    load_print_findings(given, &loaded->report, FINDINGS_SHOWN);
    if (faults > FINDINGS_SHOWN) {
        fprintf(stderr,
                is_ru(given) ? "... всего ошибок: %llu; все показывает zhol check\n"
                             : "... %llu errors in all; zhol check shows every one\n",
                (unsigned long long)faults);
    }
    return fail(given, code_of(error),
                is_ru(given) ? "коридор в %s прочитать нельзя (%s)"
                             : "the corridor in %s cannot be used (%s)",
                buffer_get(&loaded->dir), zhol_error_text(error));
}

/* True where a value of --set is what is wrong: such a finding stands in no file. */
static bool is_setting(const struct given *given, const struct loaded *loaded)
{
    return given_nth(given, "set", 0) && loaded->report.count && !*loaded->report.findings[0].file;
}

static int fail_setting(const struct given *given, const struct loaded *loaded)
{
    char text[1024];
    zhol_finding_said(&loaded->report.findings[0], is_ru(given) ? "ru" : "en", text, sizeof text);
    return fail(given, EXIT_MISUSED, "--set: %s", text);
}

/* Says which scenarios there are where the one asked for is none; EXIT_FINE where it is one. */
static int check_scenario(const struct given *given, const struct loaded *loaded, const char *name)
{
    struct zhol_scenario_list list = {0};
    int code = EXIT_FINE;
    enum zhol_error error = zhol_scenario_list_read(buffer_get(&loaded->dir), NULL, &list);
    bool known = error != ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < list.count; i++) {
        known = known || strcmp(list.entries[i].name, name) == 0;
    }
    if (!known) {
        code =
            fail(given, EXIT_NO_ANSWER,
                 is_ru(given) ? "нет сценария «%s»; есть:" : "no scenario '%s'; there are:", name);
        for (uint32_t i = 0; i < list.count; i++) {
            const struct zhol_scenario_entry *e = &list.entries[i];
            fprintf(stderr, "  %-24s %s\n", e->name,
                    is_ru(given) && *e->title_ru ? e->title_ru : e->title);
        }
    }
    zhol_scenario_list_clear(&list);
    return code;
}

static int read_with_options(const struct given *given, struct loaded *loaded)
{
    struct zhol_corridor_options options = {.scenario = given_value(given, "scenario")};
    const char **set = calloc((size_t)given->option_count + 1, sizeof *set);
    if (!set) {
        return fail(given, EXIT_FAILED, "%s", zhol_error_text(ZHOL_ERROR_MEMORY));
    }
    while ((set[options.set_count] = given_nth(given, "set", options.set_count))) {
        options.set_count++;
    }
    options.set = set;
    double begun_s = load_seconds();
    enum zhol_error error =
        zhol_corridor_read(buffer_get(&loaded->dir), &options, &loaded->report, &loaded->corridor);
    loaded->read_s = load_seconds() - begun_s;
    free(set);
    if (!error) {
        return EXIT_FINE;
    }
    return is_setting(given, loaded) ? fail_setting(given, loaded)
                                     : fail_reading(given, loaded, error);
}

int load_corridor(const struct given *given, struct loaded *loaded)
{
    const char *scenario = given_value(given, "scenario"), *date = given_value(given, "date");
    memset(loaded, 0, sizeof *loaded);
    buffer_init(&loaded->dir);
    zhol_report_init(&loaded->report, 0);
    int code = load_find(given, &loaded->dir);
    if (code == EXIT_FINE && scenario) {
        code = check_scenario(given, loaded, scenario);
    }
    code = code == EXIT_FINE ? read_with_options(given, loaded) : code;
    if (code != EXIT_FINE) {
        return code;
    }
    loaded->about = zhol_corridor_about(loaded->corridor);
    loaded->day = loaded->about.day;
    return date ? load_day(given, "date", date, &loaded->day) : EXIT_FINE;
}

int load_network(const struct given *given, struct loaded *loaded)
{
    struct zhol_network_options options = {
        .day = loaded->day, .include_planned = given_switch(given, "include-planned")};
    double begun_s = load_seconds();
    enum zhol_error error =
        zhol_network_compile(loaded->corridor, &options, &loaded->report, &loaded->network);
    loaded->compile_s = load_seconds() - begun_s;
    if (error) {
        return fail_reading(given, loaded, error);
    }
    loaded->net = zhol_network_view(loaded->network);
    if (loaded->report.counts[ZHOL_WARNING]) {
        fprintf(stderr,
                is_ru(given) ? "предупреждений о данных: %llu; все показывает zhol check\n"
                             : "warnings about the data: %llu; zhol check shows them\n",
                (unsigned long long)loaded->report.counts[ZHOL_WARNING]);
    }
    return EXIT_FINE;
}

void load_clear(struct loaded *loaded)
{
    zhol_network_free(loaded->network);
    zhol_corridor_free(loaded->corridor);
    zhol_report_clear(&loaded->report);
    buffer_clear(&loaded->dir);
    memset(loaded, 0, sizeof *loaded);
}

/* ---- Names ---- */

static void print_near(const struct given *given, const struct loaded *loaded,
                       enum zhol_table table, const uint32_t *near, uint32_t count)
{
    char text[ANSWER_TEXT];
    for (uint32_t i = 0; i < count; i++) {
        const char *id = zhol_corridor_id(loaded->corridor, table, near[i]);
        const char *name = table == ZHOL_TABLE_node
                               ? zhol_node_name(loaded->corridor, near[i], load_lang(given))
                               : answer_name(given, loaded, table, near[i], text);
        fprintf(stderr, "  %-24s %s\n", id, name);
    }
}

static int fail_finding(const struct given *given, const struct loaded *loaded,
                        enum zhol_table table, const char *name, enum zhol_error error,
                        const uint32_t *near, uint32_t count)
{
    bool many = error == ZHOL_ERROR_AMBIGUOUS;
    if (error != ZHOL_ERROR_UNKNOWN && !many) {
        return fail(given, code_of(error), "%s: %s", name, zhol_error_text(error));
    }
    if (is_ru(given)) {
        fail(given, 0, many ? "«%s» подходит к нескольким; уточните:" : "не найдено: «%s»%s", name,
             count ? "; похожие:" : "");
    } else {
        fail(given, 0, many ? "'%s' may mean several; which one?" : "nothing is called '%s'%s",
             name, count ? "; near to it:" : "");
    }
    print_near(given, loaded, table, near, count);
    return EXIT_NO_ANSWER;
}

int load_place(const struct given *given, const struct loaded *loaded, const char *name,
               uint32_t *node)
{
    uint32_t near[NEAR_SHOWN], count = 0;
    enum zhol_error error =
        zhol_corridor_place(loaded->corridor, name, node, near, NEAR_SHOWN, &count);
    count = count < NEAR_SHOWN ? count : NEAR_SHOWN;
    return error ? fail_finding(given, loaded, ZHOL_TABLE_node, name, error, near, count)
                 : EXIT_FINE;
}

int load_thing(const struct given *given, const struct loaded *loaded, enum zhol_table table,
               const char *name, uint32_t *thing)
{
    uint32_t near[NEAR_SHOWN], count = 0;
    enum zhol_error error =
        zhol_corridor_thing(loaded->corridor, table, name, thing, near, NEAR_SHOWN, &count);
    count = count < NEAR_SHOWN ? count : NEAR_SHOWN;
    return error ? fail_finding(given, loaded, table, name, error, near, count) : EXIT_FINE;
}

/* ---- Values of options ---- */

int load_number(const struct given *given, const char *option, double low, double high,
                double *value)
{
    const char *text = given_value(given, option);
    double number;
    if (!text) {
        return EXIT_FINE;
    }
    if (number_parse_real(text_view_of(text), &number) || number < low || number > high) {
        return fail(given, EXIT_MISUSED,
                    is_ru(given) ? "--%s: «%s» — ожидается число от %.16g до %.16g"
                                 : "--%s: '%s' is not a number from %.16g to %.16g",
                    option, text, low, high);
    }
    *value = number;
    return EXIT_FINE;
}

int load_day(const struct given *given, const char *option, const char *value, int32_t *day)
{
    int32_t from, to;
    if (time_parse_date(text_view_of(value), &from, &to)) {
        return fail(given, EXIT_MISUSED,
                    is_ru(given) ? "--%s: «%s» — ожидается дата вида 2026-01-31"
                                 : "--%s: '%s' is not a date like 2026-01-31",
                    option, value);
    }
    *day = from;
    return EXIT_FINE;
}

int load_period(const struct given *given, const char *option, const char *value, int32_t *from,
                int32_t *to)
{
    if (!assign_period_parse(value, from, to)) {
        return fail(given, EXIT_MISUSED,
                    is_ru(given) ? "--%s %s: нужен год, месяц или два через .., например "
                                   "2025-01..2025-04"
                                 : "--%s %s: expected a year, a month or two of them joined by .., "
                                   "such as 2025-01..2025-04",
                    option, value);
    }
    if (*to - *from > 36600) {
        return fail(given, EXIT_MISUSED,
                    is_ru(given) ? "--%s: не больше ста лет" : "--%s: at most 100 years", option);
    }
    return EXIT_FINE;
}

/* ---- Writing ---- */

int load_write(const struct given *given, const struct buffer *text, int code)
{
    const char *path = given_value(given, "out");
    if (text->error) {
        return fail(given, EXIT_FAILED, "%s", zhol_error_text(text->error));
    }
    if (!path) {
        fwrite(buffer_get(text), 1, text->size, stdout);
        return code;
    }
    struct zhol_report report;
    zhol_report_init(&report, 1);
    enum zhol_error error = file_write(path, buffer_get(text), text->size, &report);
    if (error) {
        code = fail(given, EXIT_FAILED,
                    is_ru(given) ? "не удалось записать %s: %s" : "%s could not be written: %s",
                    path, report.count ? report.findings[0].value : zhol_error_text(error));
    }
    zhol_report_clear(&report);
    if (error) {
        return code;
    }
    fprintf(stderr, is_ru(given) ? "записано: %s\n" : "written: %s\n", path);
    return code;
}
