/* cmd_study.c: the main job: scenarios, claims and promises of a corridor in one report. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/progress.h"
#include "load.h"
#include "report/lines.h"
#include "study_write.h"

enum { NAMES_MAX = 64 };

static const struct option_row options[] = {
    {"corridor", 'C', "DIR", NULL, false,
     SAID("folder of the corridor (default: china-kazakhstan)",
          "папка коридора (по умолчанию china-kazakhstan)")},
    {"date", 0, "DATE", NULL, false,
     SAID("day of the base (default: the corridor's as_of)",
          "день базы (по умолчанию дата данных коридора)")},
    {"scenario", 0, "NAME", NULL, true,
     SAID("scenario to hold against the base; may be repeated (default: all that change what "
          "freight uses)",
          "сценарий для сравнения с базой; можно повторять (по умолчанию все, что меняют путь "
          "грузов)")},
    {"set", 0, "SCENARIO.NAME=VALUE", NULL, true,
     SAID("set a parameter of a scenario, its name or the beginning of it before the dot",
          "задать параметр сценария; до точки — его имя или начало имени")},
    {"sweep", 0, "NAME=A..B[:STEP]", NULL, true,
     SAID("move an input over a range: SCENARIO.PARAMETER, a resource or a tariff",
          "перебрать значения: СЦЕНАРИЙ.ПАРАМЕТР, ресурс или тариф")},
    {"period", 0, "A..B", NULL, false,
     SAID("days or months whose freight is carried (default: the last year of the demand table)",
          "дни или месяцы, чьи грузы везут (по умолчанию последний год таблицы спроса)")},
    {"days", 0, "N", NULL, false,
     SAID("days simulated after as many of warm-up (default: 28)",
          "суток имитации после стольких же суток разгона (по умолчанию 28)")},
    {"replications", 0, "N", NULL, false,
     SAID("replications of each scenario (default: 8)", "прогонов сценария (по умолчанию 8)")},
    {"draws", 0, "N", NULL, false,
     SAID("draws of assumed inputs: for how firm bottlenecks are (default: 8), for the intervals "
          "of claims (default: 2)",
          "розыгрышей допущений: для твёрдости узких мест (по умолчанию 8), для интервалов "
          "утверждений (по умолчанию 2)")},
    {"seed", 0, "N", NULL, false, SAID("of all luck (default: 1)", "зерно (по умолчанию 1)")},
    {"threads", 0, "N", NULL, false,
     SAID("threads (default: as many as there are cores)", "потоков (по умолчанию по числу ядер)")},
    {"out", 0, "DIR", NULL, false,
     SAID("folder for the report: HTML in both languages, JSON, XLSX, CSV",
          "папка отчёта: HTML на двух языках, JSON, XLSX, CSV")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

/* ---- What is asked ---- */

struct asked {
    struct corridor_study_options study;
    const char *scenarios[NAMES_MAX];
    const char *set[NAMES_MAX];
    double draws;
    struct ranks ranks;
};

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
        if (*count == NAMES_MAX) {
            return fail(given, EXIT_MISUSED,
                        given->lang == LANG_RU ? "--%s: не больше %d раз"
                                               : "--%s: at most %d times",
                        name, NAMES_MAX);
        }
        list[(*count)++] = value;
    }
    return EXIT_FINE;
}

/* A set without the scenario that it is for would change nothing. */
static int check_set(const struct given *given, const struct asked *asked)
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

static int read_asked(const struct given *given, struct asked *asked)
{
    double replications = 8, seed = 1, threads = 0, days = 28;
    asked->draws = 2;
    corridor_study_options_init(&asked->study);
    int code = read_names(given, "scenario", asked->scenarios, &asked->study.scenario_count);
    code = code ? code : read_names(given, "set", asked->set, &asked->study.set_count);
    code = code ? code : check_set(given, asked);
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
    asked->study.days = asked->study.warm_up_days = days;
    asked->study.draws = given_value(given, "draws") ? (uint32_t)asked->draws : asked->study.draws;
    asked->study.seed = (uint64_t)seed;
    asked->study.threads = (uint32_t)threads;
    return code;
}

/* ---- Running ---- */

static volatile bool stop;

struct showing {
    struct progress progress;
    const struct given *given;
};

static void show(void *context, uint32_t done, uint32_t total, const char *doing)
{
    struct showing *showing = context;
    (void)doing;
    showing->progress.total = total;
    progress_update(&showing->progress, done);
    stop = interrupt_requested();
}

static int failed(const struct given *given, const struct zhol_report *report,
                  enum zhol_error error)
{
    load_print_findings(given, report, 20);
    return fail(given,
                error == ZHOL_ERROR_INTERRUPTED ? EXIT_STOPPED
                : error == ZHOL_ERROR_UNKNOWN   ? EXIT_NO_ANSWER
                : error == ZHOL_ERROR_MEMORY    ? EXIT_FAILED
                                                : EXIT_BAD_INPUT,
                "%s", zhol_error_text(error));
}

static int run_study(const struct given *given, struct asked *asked, struct corridor_study *study)
{
    struct showing showing = {.given = given};
    struct zhol_report report;
    zhol_report_init(&report, 0);
    interrupt_install();
    progress_start(&showing.progress, given->lang == LANG_RU ? "сценарии" : "scenarios", 0);
    asked->study.progress = show;
    asked->study.context = &showing;
    asked->study.stop = &stop;
    enum zhol_error error = corridor_study_run(&asked->study, &report, study);
    progress_end(&showing.progress);
    int code = error ? failed(given, &report, error) : EXIT_FINE;
    zhol_report_clear(&report);
    return code;
}

static int run_claims(const struct given *given, const struct asked *asked,
                      struct study_answers *answers)
{
    const struct zhol_corridor *corridor = answers->study.cases[0].corridor;
    struct progress progress;
    struct claims_options how;
    double begun = load_seconds();
    claims_options_init(&how, asked->study.dir);
    how.draws = (uint32_t)asked->draws;
    how.seed = asked->study.seed;
    how.threads = asked->study.threads;
    how.stop = interrupt_requested;
    progress_start(&progress, given->lang == LANG_RU ? "утверждения" : "claims", 0);
    progress_update(&progress, 0);
    enum zhol_error error = claims_answer(corridor, &how, &answers->claims);
    progress_end(&progress);
    answers->claims_s = load_seconds() - begun;
    error = error ? error
                  : commitments_judge(corridor, answers->study.cases[0].day, &answers->commitments);
    error = error ? error : trade_make(corridor, &answers->trade);
    error =
        error ? error : study_calibration_make(corridor, asked->study.dir, &answers->calibration);
    return error ? fail(given, error == ZHOL_ERROR_INTERRUPTED ? EXIT_STOPPED : EXIT_FAILED, "%s",
                        zhol_error_text(error))
                 : EXIT_FINE;
}

static int run_days(const struct given *given, struct study_answers *answers)
{
    double begun = load_seconds();
    const struct study_case *base = &answers->study.cases[0];
    enum zhol_error error =
        study_days_make(base->corridor, base->day, answers->study.options.seed, &answers->days);
    answers->days_s = load_seconds() - begun;
    return error ? fail(given, EXIT_FAILED, "%s", zhol_error_text(error)) : EXIT_FINE;
}

static int fail_sweep(const struct given *given, const char *text, enum zhol_error error)
{
    bool ru = given->lang == LANG_RU;
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

static int run_sweeps(const struct given *given, const struct asked *asked,
                      struct study_answers *answers)
{
    const char *text;
    double begun = load_seconds();
    struct zhol_report report;
    int code = EXIT_FINE;
    zhol_report_init(&report, 0);
    while (!code && (text = given_nth(given, "sweep", answers->sweep_count))) {
        struct study_sweep *sweeps =
            realloc(answers->sweeps, (answers->sweep_count + 1) * sizeof *sweeps);
        if (!sweeps) {
            code = fail(given, EXIT_FAILED, "%s", zhol_error_text(ZHOL_ERROR_MEMORY));
            break;
        }
        answers->sweeps = sweeps;
        struct study_sweep *sweep = &sweeps[answers->sweep_count++];
        enum zhol_error error =
            study_sweep_read(text, asked->study.dir, answers->study.cases[0].corridor, sweep);
        code = error ? fail_sweep(given, text, error) : EXIT_FINE;
        error = code ? ZHOL_ERROR_OK
                     : study_sweep_run(&answers->study.options, &asked->ranks, &report, sweep);
        code = error ? failed(given, &report, error) : code;
    }
    zhol_report_clear(&report);
    answers->sweeps_s = load_seconds() - begun;
    return code;
}

static void answers_clear(struct study_answers *answers)
{
    free(answers->sweeps);
    study_days_clear(&answers->days);
    claims_clear(&answers->claims);
    commitments_clear(&answers->commitments);
    trade_clear(&answers->trade);
    study_calibration_clear(&answers->calibration);
    corridor_study_clear(&answers->study);
}

/* With several ranks all work on the sweeps, and the first one speaks. */
static int begin_ranks(const struct given *given, struct ranks *ranks)
{
    enum zhol_error error = ranks_begin(ranks);
    if (error) {
        return fail(given, EXIT_FAILED, "MPI: %s", zhol_error_text(error));
    }
    if (ranks->own != 0 &&
        (!freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr))) {
        return EXIT_FAILED;
    }
    return EXIT_FINE;
}

static void command_line(const struct given *given, struct buffer *out)
{
    buffer_string(out, "zhol study");
    for (uint32_t i = 0; i < given->option_count; i++) {
        const struct given_option *option = &given->options[i];
        buffer_printf(out, " --%s", option->row->name);
        if (option->value) {
            buffer_printf(out, " %s", option->value);
        }
    }
}

static int run(const struct given *given)
{
    struct asked asked;
    struct buffer dir = {0}, command = {0};
    struct study_answers answers;
    memset(&asked, 0, sizeof asked);
    memset(&answers, 0, sizeof answers);
    if (begin_ranks(given, &asked.ranks) != EXIT_FINE) {
        return EXIT_FAILED;
    }
    int code = read_asked(given, &asked);
    code = code ? code : load_find(given, &dir);
    asked.study.dir = buffer_get(&dir);
    code = code ? code : run_study(given, &asked, &answers.study);
    code = code ? code : run_sweeps(given, &asked, &answers);
    bool speaks = asked.ranks.own == 0;
    code = code || !speaks ? code : run_days(given, &answers);
    code = code || !speaks ? code : run_claims(given, &asked, &answers);
    command_line(given, &command);
    answers.dir = asked.study.dir;
    answers.command = buffer_get(&command);
    code = code || !speaks ? code : study_write(given, &answers);
    answers_clear(&answers);
    buffer_clear(&dir);
    buffer_clear(&command);
    ranks_end(&asked.ranks);
    return code;
}

static const char *const examples[] = {
    "zhol study --out out",
    "all scenarios, claims and promises; the report as HTML, JSON, XLSX, CSV",
    "все сценарии, утверждения и обещания; отчёт в HTML, JSON, XLSX, CSV",
    "zhol study --scenario bakhty-ayagoz --sweep bakhty.opening=2027..2030",
    "what each year of opening changes; scripts/mpirun.sh -n 4 zhol study ... shares the points",
    "что меняет каждый год открытия; scripts/mpirun.sh -n 4 zhol study ... делит точки",
    "zhol study --scenario bakhty-ayagoz --set bakhty.opening=2028-12-31 --format html",
    "one scenario with another opening day, as a page on standard output",
    "один сценарий с другим днём открытия, страницей в стандартный вывод",
    NULL};

const struct command command_study = {
    .name = "study",
    .about = SAID("scenarios, claims and promises of a corridor in one report",
                  "сценарии, утверждения и обещания коридора в одном отчёте"),
    .arguments = "",
    .formats = "table|html|json|xlsx|csv",
    .options = options,
    .details = SAID(
        "Compiles the corridor for its day and for each scenario, plans the relations that have a "
        "published time, assigns the freight of a year to capacity, simulates four weeks with the "
        "same luck everywhere, and holds the results against published figures and promises.\n"
        "With --out the whole report is written to a folder, and a summary is printed; without, "
        "the report goes to standard output. With --format csv the first table alone.",
        "Собирает сеть на день данных и на каждый сценарий, планирует направления с "
        "опубликованными сроками, распределяет грузы года по пропускной способности, моделирует "
        "четыре недели при одних и тех же случайностях и сверяет всё с опубликованными числами и "
        "обещаниями.\n"
        "С --out отчёт пишется в папку, а сводка печатается; без неё отчёт идёт в стандартный "
        "вывод. С --format csv — только первая таблица."),
    .examples = examples,
    .run = run,
};
