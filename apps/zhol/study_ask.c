/* study_ask.c: see study_ask.h. */
#include "study_ask.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "assign_ask.h"
#include "base/file.h"
#include "load_times.h"

enum { WARM_UP_DAYS = 28 };

static int read_count(const struct given *given, const char *name, double low, double high,
                      double *value)
{
    return given_value(given, name) ? load_number(given, name, low, high, value) : EXIT_FINE;
}

static int read_names(const struct given *given, const char *name, const char **list,
                      uint32_t *count)
{
    const char *value;
    while ((value = given_nth(given, name, *count))) {
        if (*count == STUDY_NAMES_MAX) {
            return fail(given, EXIT_MISUSED,
                        given->lang == LANG_RU ? "--%s: не больше %d раз"
                                               : "--%s: at most %d times",
                        name, STUDY_NAMES_MAX);
        }
        list[(*count)++] = value;
    }
    return EXIT_FINE;
}

/* A set without the scenario that it is for would change nothing. */
static int check_set(const struct given *given, const struct study_asked *asked)
{
    for (uint32_t i = 0; i < asked->study.set_count; i++) {
        const char *dot = strchr(asked->set[i], '.'), *equal = strchr(asked->set[i], '=');
        if (!dot || !equal || dot > equal || dot == asked->set[i]) {
            return fail(given, EXIT_MISUSED,
                        given->lang == LANG_RU ? "--set %s: нужно СЦЕНАРИЙ.ИМЯ=ЗНАЧЕНИЕ, например "
                                                 "bakhty.opening=2028-12-31"
                                               : "--set %s: expected SCENARIO.NAME=VALUE, such as "
                                                 "bakhty.opening=2028-12-31",
                        asked->set[i]);
        }
    }
    return EXIT_FINE;
}

static int fail_part(const struct given *given, const char *name, size_t size)
{
    struct buffer names = {0};
    for (unsigned p = 0; p < PART_COUNT; p++) {
        buffer_printf(&names, "%s%s", p ? ", " : "", study_part_name((enum study_part)p));
    }
    int code = fail(given, EXIT_MISUSED,
                    given->lang == LANG_RU ? "--only: раздела «%.*s» нет; есть %s"
                                           : "--only: no section \"%.*s\"; there are %s",
                    (int)size, name, buffer_get(&names));
    buffer_clear(&names);
    return code;
}

static int read_parts(const struct given *given, unsigned *parts)
{
    const char *at = given_value(given, "only");
    *parts = at ? 0 : PARTS_ALL;
    while (at) {
        size_t size = strcspn(at, ",");
        unsigned part = 0;
        while (part < PART_COUNT && (strlen(study_part_name((enum study_part)part)) != size ||
                                     strncmp(at, study_part_name((enum study_part)part), size))) {
            part++;
        }
        if (part == PART_COUNT) {
            return fail_part(given, at, size < 60 ? size : 60);
        }
        *parts |= 1U << part;
        at = at[size] ? at + size + 1 : NULL;
    }
    return EXIT_FINE;
}

/* Engines that no section asked for needs stand still. */
static void narrow(struct corridor_study_options *study, unsigned parts)
{
    const unsigned simulated = 1U << PART_SUMMARY | 1U << PART_SCENARIOS;
    const unsigned cases = simulated | 1U << PART_BOTTLENECKS;
    study->base_only = !study_wants(parts, cases | 1U << PART_RELATIONS);
    study->no_plan = !study_wants(parts, 1U << PART_RELATIONS);
    study->no_assign = !study_wants(parts, cases | 1U << PART_CORRIDOR | 1U << PART_DEMAND);
    study->no_simulation = !study_wants(parts, simulated);
    const unsigned ranked = 1U << PART_SCENARIOS | 1U << PART_BOTTLENECKS | 1U << PART_RELATIONS;
    study->draws = study_wants(parts, ranked) ? study->draws : 0;
}

/* A file in the way of the folder is told before the work, not after it. */
static int check_out(const struct given *given)
{
    const char *out = given_value(given, "out");
    struct stat about;
    if (out && !*out) {
        return fail(given, EXIT_MISUSED, "%s",
                    given->lang == LANG_RU ? "--out: имя папки пусто"
                                           : "--out: the name of the folder is empty");
    }
    if (out && stat(out, &about) == 0 && !S_ISDIR(about.st_mode)) {
        return fail(given, EXIT_MISUSED,
                    given->lang == LANG_RU ? "--out %s: это файл, а нужна папка"
                                           : "--out %s: this is a file; a folder is needed",
                    out);
    }
    return EXIT_FINE;
}

int study_ask(const struct given *given, struct study_asked *asked)
{
    double replications = 8, seed = 1, threads = 0, days = 28;
    corridor_study_options_init(&asked->study);
    int code = read_names(given, "scenario", asked->scenarios, &asked->study.scenario_count);
    code = code ? code : read_names(given, "set", asked->set, &asked->study.set_count);
    code = code ? code : check_set(given, asked);
    code = code ? code : check_out(given);
    code = code ? code : read_parts(given, &asked->parts);
    code = code ? code : read_count(given, "replications", 2, 10000, &replications);
    code = code ? code : read_count(given, "days", 7, 400, &days);
    code = code ? code : read_count(given, "draws", 0, 1000, &asked->draws);
    code = code ? code : read_count(given, "seed", 0, 9e15, &seed);
    code = code ? code : read_count(given, "threads", 1, 16, &threads);
    if (!code && given_value(given, "date")) {
        code = load_day(given, "date", given_value(given, "date"), &asked->study.day);
    }
    if (!code && given_value(given, "period")) {
        code = load_period(given, "period", given_value(given, "period"), &asked->study.from,
                           &asked->study.to);
    }
    asked->study.scenarios = asked->scenarios;
    asked->study.set = asked->set;
    asked->study.replications = (uint32_t)replications;
    asked->study.days = days;
    /* Less than the longest transit would count only what is quick. */
    asked->study.warm_up_days = days < WARM_UP_DAYS ? WARM_UP_DAYS : days;
    asked->study.draws = given_value(given, "draws") ? (uint32_t)asked->draws : asked->study.draws;
    asked->study.seed = (uint64_t)seed;
    asked->study.threads = (uint32_t)threads;
    narrow(&asked->study, asked->parts);
    return code;
}

/* A set for a scenario that is not run would be lost without a word. */
int study_ask_settings(const struct given *given, const struct study_asked *asked)
{
    struct zhol_scenario_list list = {0};
    int code = EXIT_FINE;
    if (asked->study.set_count && !asked->study.scenario_count &&
        zhol_scenario_list_read(asked->study.dir, NULL, &list)) {
        return EXIT_FINE; /* the study reads it again and says what is wrong */
    }
    for (uint32_t i = 0; !code && i < asked->study.set_count; i++) {
        size_t size = strcspn(asked->set[i], ".");
        bool used = false;
        for (uint32_t s = 0; s < asked->study.scenario_count; s++) {
            used |= strncmp(asked->scenarios[s], asked->set[i], size) == 0;
        }
        for (uint32_t s = 0; s < list.count; s++) {
            used |= strncmp(list.entries[s].name, asked->set[i], size) == 0;
        }
        if (!used) {
            code =
                fail(given, EXIT_MISUSED,
                     given->lang == LANG_RU ? "--set %s: такого сценария в этом исследовании нет"
                                            : "--set %s: no scenario of that name is in this study",
                     asked->set[i]);
        }
    }
    zhol_scenario_list_clear(&list);
    return code;
}

int study_ask_failed_sweep(const struct given *given, const char *text, enum zhol_error error)
{
    bool ru = given->lang == LANG_RU;
    if (error == ZHOL_ERROR_RANGE) {
        return fail(given, EXIT_MISUSED,
                    ru ? "--sweep %s: конец раньше начала" : "--sweep %s: ends before it begins",
                    text);
    }
    if (error == ZHOL_ERROR_SYNTAX) {
        return fail(given, EXIT_MISUSED,
                    ru ? "--sweep %s: нужно ИМЯ=ОТ..ДО или ИМЯ=ОТ..ДО:ШАГ, например "
                         "bakhty.opening=2027..2030"
                       : "--sweep %s: expected NAME=A..B or NAME=A..B:STEP, such as "
                         "bakhty.opening=2027..2030",
                    text);
    }
    if (error == ZHOL_ERROR_LIMIT) {
        return fail(given, EXIT_MISUSED,
                    ru ? "--sweep %s: не больше %d значений" : "--sweep %s: at most %d values",
                    text, STUDY_SWEEP_MOST);
    }
    return fail(given, EXIT_NO_ANSWER,
                ru ? "--sweep %s: нет такого сценария с таким параметром, ресурса или тарифа"
                   : "--sweep %s: no scenario with such a parameter, no resource and no tariff",
                text);
}

/* Each sweep is read once here, so that a slip in the last one is told before the work. */
static int check_sweeps(const struct given *given, const struct study_asked *asked,
                        const struct zhol_corridor *base)
{
    struct study_sweep *sweep = malloc(sizeof *sweep);
    const char *text;
    int code =
        sweep ? EXIT_FINE : fail(given, EXIT_FAILED, "%s", zhol_error_text(ZHOL_ERROR_MEMORY));
    for (uint32_t i = 0; !code && (text = given_nth(given, "sweep", i)); i++) {
        enum zhol_error error = study_sweep_read(text, asked->study.dir, base, sweep);
        code = error ? study_ask_failed_sweep(given, text, error) : EXIT_FINE;
    }
    free(sweep);
    return code;
}

/* --duration, behind the other changes. */
static int ask_times(const struct given *given, const struct loaded *loaded,
                     struct study_asked *asked)
{
    const char *text;
    int code = EXIT_FINE;
    for (uint32_t i = 0; !code && (text = given_nth(given, "duration", i)) != NULL; i++) {
        struct load_time time = {0};
        code = load_time_read(given, loaded, text, &time);
        asked->changes[asked->study.change_count++] = (struct assign_change){
            .kind = time.table == ZHOL_TABLE_link ? ASSIGN_CHANGE_LINK_TIME
                                                  : ASSIGN_CHANGE_PROCESS_TIME,
            .thing = time.thing,
            .value = time.factor,
        };
    }
    return code;
}

/* Things are named by the base. */
static int ask_things(const struct given *given, struct study_asked *asked)
{
    struct loaded loaded = {0};
    zhol_report_init(&loaded.report, 0);
    enum zhol_error error =
        zhol_corridor_read(asked->study.dir, NULL, &loaded.report, &loaded.corridor);
    int code = EXIT_FINE;
    if (error) {
        load_print_findings(given, &loaded.report, 20);
        code = fail(given, EXIT_BAD_INPUT, "%s", zhol_error_text(error));
    } else {
        code = assign_ask_changes(given, &loaded, &asked->changes, &asked->study.change_count);
        code = code ? code : ask_times(given, &loaded, asked);
        code = code ? code : check_sweeps(given, asked, loaded.corridor);
    }
    asked->study.changes = asked->changes;
    load_clear(&loaded);
    return code;
}

int study_ask_things(const struct given *given, struct study_asked *asked)
{
    bool changes = given_value(given, "change") || given_value(given, "close") ||
                   given_value(given, "tariff") || given_value(given, "duration");
    if (changes && asked->study.base_only) {
        return fail(given, EXIT_MISUSED, "%s",
                    given->lang == LANG_RU
                        ? "--change, --close, --tariff, --duration: ни один раздел из --only этого "
                          "не покажет"
                        : "--change, --close, --tariff, --duration: no section of --only would "
                          "show that");
    }
    return changes || given_value(given, "sweep") ? ask_things(given, asked) : EXIT_FINE;
}

int study_ask_failed_change(const struct given *given, uint32_t number)
{
    static const char *const options[] = {"change", "close", "tariff", "duration"};
    const char *text = NULL;
    for (size_t i = 0; i < sizeof options / sizeof *options && !text; i++) {
        uint32_t count = 0;
        while (number > 0 && given_nth(given, options[i], count)) {
            count++, number--;
        }
        text = given_nth(given, options[i], count);
        if (text) {
            return fail(given, EXIT_NO_ANSWER,
                        given->lang == LANG_RU
                            ? "--%s %s: в день базы это ничего не ограничивает и не открыто"
                            : "--%s %s: on the day of the base it limits nothing and is not open",
                        options[i], text);
        }
    }
    return fail(given, EXIT_NO_ANSWER, "%s", zhol_error_text(ZHOL_ERROR_UNKNOWN));
}

int study_ask_folder(const struct given *given, struct study_asked *asked)
{
    const char *out = given_value(given, "out");
    struct buffer csv = {0};
    int code = EXIT_FINE;
    if (out) {
        file_join(&csv, out, "csv");
        asked->made[0] = access(out, F_OK) != 0;
        asked->made[1] = access(buffer_get(&csv), F_OK) != 0;
        bool fine = !file_make_folder(buffer_get(&csv), NULL) && access(out, W_OK | X_OK) == 0 &&
                    access(buffer_get(&csv), W_OK | X_OK) == 0;
        code = fine ? EXIT_FINE
                    : fail(given, EXIT_FAILED,
                           given->lang == LANG_RU ? "--out %s: записать туда нельзя"
                                                  : "--out %s: cannot be written to",
                           out);
    }
    buffer_clear(&csv);
    return code;
}

void study_ask_unmake(const struct given *given, const struct study_asked *asked)
{
    const char *out = given_value(given, "out");
    struct buffer csv = {0};
    if (out && asked->made[1]) {
        file_join(&csv, out, "csv");
        rmdir(buffer_get(&csv)); /* fails, as it should, where something stands in it */
    }
    if (out && asked->made[0]) {
        rmdir(out);
    }
    buffer_clear(&csv);
}

void study_ask_clear(struct study_asked *asked)
{
    free(asked->changes);
    asked->changes = NULL;
}
