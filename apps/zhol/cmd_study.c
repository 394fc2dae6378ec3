/* cmd_study.c: the main job: scenarios, claims and promises of a corridor in one report. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/progress.h"
#include "load.h"
#include "report/lines.h"
#include "assign_ask.h"
#include "load_times.h"
#include "study_ask.h"

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
    ASSIGN_ASK_CHANGES,
    LOAD_TIMES_OPTION,
    {"period", 0, "A..B", NULL, false,
     SAID("days or months whose freight is carried (default: the last year of the demand table)",
          "дни или месяцы, чьи грузы везут (по умолчанию последний год таблицы спроса)")},
    {"days", 0, "N", NULL, false,
     SAID("days simulated after as many, and at least 28, of warm-up (default: 28)",
          "суток имитации после стольких же, но не меньше 28, суток разгона (по умолчанию 28)")},
    {"replications", 0, "N", NULL, false,
     SAID("replications of each scenario (default: 8)", "прогонов сценария (по умолчанию 8)")},
    {"draws", 0, "N", NULL, false,
     SAID("draws of assumed inputs: for how firm bottlenecks are (default: 8), beside the ends of "
          "assumed capacities for the intervals of claims (default: 0)",
          "розыгрышей допущений: для твёрдости узких мест (по умолчанию 8), сверх краёв допущенных "
          "мощностей для интервалов утверждений (по умолчанию 0)")},
    {"seed", 0, "N", NULL, false, SAID("of all luck (default: 1)", "зерно (по умолчанию 1)")},
    {"threads", 0, "N", NULL, false,
     SAID("threads (default: as many as there are cores)", "потоков (по умолчанию по числу ядер)")},
    {"out", 0, "DIR", NULL, false,
     SAID("folder for the report: HTML in both languages, JSON, XLSX, CSV",
          "папка отчёта: HTML на двух языках, JSON, XLSX, CSV")},
    {"only", 0, "SECTION,...", NULL, false,
     SAID("only these sections of the report (default: all): summary, corridor, demand, scenarios, "
          "bottlenecks, relations, dispatch, claims, calibration, commitments, trade, evidence, "
          "made",
          "только эти разделы отчёта (по умолчанию все): summary, corridor, demand, scenarios, "
          "bottlenecks, relations, dispatch, claims, calibration, commitments, trade, evidence, "
          "made")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

/* ---- Running ---- */

static double processor_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

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
}

/* A value of --set that cannot be is a slip of the asker; it stands in no file. */
static int failed(const struct given *given, const struct zhol_report *report,
                  enum zhol_error error)
{
    char text[1024];
    if (given_nth(given, "set", 0) && report->count && !*report->findings[0].file) {
        zhol_finding_said(&report->findings[0], given->lang == LANG_RU ? "ru" : "en", text,
                          sizeof text);
        return fail(given, EXIT_MISUSED, "--set: %s", text);
    }
    load_print_findings(given, report, 20);
    if (error == ZHOL_ERROR_INTERRUPTED) {
        return fail(given, EXIT_STOPPED, "%s",
                    given->lang == LANG_RU
                        ? "прервано, пока база не готова: показать нечего, ничего не записано"
                        : "interrupted before the base was done: there is nothing to show, and "
                          "nothing was written");
    }
    return fail(given,
                error == ZHOL_ERROR_UNKNOWN  ? EXIT_NO_ANSWER
                : error == ZHOL_ERROR_MEMORY ? EXIT_FAILED
                                             : EXIT_BAD_INPUT,
                "%s", zhol_error_text(error));
}

/* No year with demand before the day of the base. */
static int fail_no_freight(const struct given *given)
{
    return fail(given, EXIT_NO_ANSWER, "%s",
                given->lang == LANG_RU
                    ? "в это время грузов нет: таблица спроса не покрывает эти дни (годы покажет "
                      "zhol demand; ключи --date, --period)"
                    : "no freight in that time: the demand table does not cover those days (zhol "
                      "demand shows its years; options --date, --period)");
}

static int run_study(const struct given *given, struct study_asked *asked,
                     struct corridor_study *study)
{
    struct showing showing = {.given = given};
    struct zhol_report report;
    zhol_report_init(&report, 0);
    progress_start(&showing.progress, given->lang == LANG_RU ? "сценарии" : "scenarios", 0);
    asked->study.progress = show;
    asked->study.context = &showing;
    asked->study.stop = interrupt_flag();
    enum zhol_error error = corridor_study_run(&asked->study, &report, study);
    progress_end(&showing.progress);
    int code = error == ZHOL_ERROR_UNREACHABLE ? fail_no_freight(given)
               : error && study->changed_fault != ZHOL_NONE
                   ? study_ask_failed_change(given, study->changed_fault)
               : error ? failed(given, &report, error)
                       : EXIT_FINE;
    zhol_report_clear(&report);
    return code;
}

/* An interrupt keeps what is finished: the report is written without the rest. */
static int after(const struct given *given, enum zhol_error error, struct study_answers *answers)
{
    if (error == ZHOL_ERROR_INTERRUPTED) {
        answers->interrupted = true;
        return EXIT_FINE;
    }
    return error ? fail(given, EXIT_FAILED, "%s", zhol_error_text(error)) : EXIT_FINE;
}

/* Claims and promises, on a base of their own: they need no case, so they come first and outlive an
 * interrupt of the cases. */
static enum zhol_error judge(const struct given *given, const struct study_asked *asked,
                             struct study_answers *answers)
{
    struct zhol_corridor *corridor = NULL;
    struct progress progress;
    struct claims_options how;
    claims_options_init(&how, asked->study.dir);
    how.draws = (uint32_t)asked->draws;
    how.seed = asked->study.seed;
    how.threads = asked->study.threads;
    how.stop = interrupt_requested;
    progress_start(&progress, given->lang == LANG_RU ? "утверждения" : "claims", 0);
    progress_update(&progress, 0);
    enum zhol_error error = zhol_corridor_read(asked->study.dir, NULL, NULL, &corridor);
    answers->claimed = corridor;
    error = error ? error : claims_answer(corridor, &how, &answers->claims);
    progress_end(&progress);
    if (!error) {
        int32_t day = asked->study.day;
        day = day == ZHOL_BLANK_DATE ? zhol_corridor_about(corridor).as_of : day;
        error = commitments_judge(corridor, day, &answers->commitments);
    }
    answers->judged = !error;
    return error;
}

/* A corridor that cannot be read is told by the cases, with its findings. */
static int run_judge(const struct given *given, const struct study_asked *asked,
                     struct study_answers *answers)
{
    /* A change of the asker moves none of them: then only where they were asked for. */
    const unsigned own = 1U << PART_CLAIMS | 1U << PART_COMMITMENTS;
    const unsigned judged = asked->study.change_count ? own : own | 1U << PART_SUMMARY;
    double begun = processor_s();
    enum zhol_error error = ZHOL_ERROR_OK;
    if (study_wants(asked->parts, judged)) {
        error = judge(given, asked, answers);
    }
    answers->times.claims_s = processor_s() - begun;
    return error == ZHOL_ERROR_MEMORY ? fail(given, EXIT_FAILED, "%s", zhol_error_text(error))
                                      : EXIT_FINE;
}

static int run_ledgers(const struct given *given, const struct study_asked *asked,
                       struct study_answers *answers)
{
    const struct zhol_corridor *corridor = answers->study.cases[0].corridor;
    double begun = processor_s();
    enum zhol_error error = ZHOL_ERROR_OK;
    if (study_wants(asked->parts, 1U << PART_TRADE)) {
        error = trade_make(corridor, &answers->trade);
    }
    if (!error && study_wants(asked->parts, 1U << PART_CALIBRATION | 1U << PART_SUMMARY)) {
        error = study_calibration_make(corridor, asked->study.dir, &answers->calibration);
    }
    answers->times.claims_s += processor_s() - begun;
    return after(given, error, answers);
}

static int run_days(const struct given *given, const struct study_asked *asked,
                    struct study_answers *answers)
{
    double begun = processor_s();
    const struct study_case *base = &answers->study.cases[0];
    enum zhol_error error = ZHOL_ERROR_OK;
    if (!answers->interrupted && study_wants(asked->parts, 1U << PART_DISPATCH)) {
        error = interrupt_requested()
                    ? ZHOL_ERROR_INTERRUPTED
                    : study_days_make(base->corridor, base->day, answers->study.options.seed,
                                      &answers->days);
        answers->dispatched = !error;
    }
    answers->times.dispatch_s = processor_s() - begun;
    return after(given, error, answers);
}

static int run_sweep(const struct given *given, const struct study_asked *asked, const char *text,
                     struct study_answers *answers)
{
    struct corridor_study_options how = answers->study.options;
    struct study_sweep *sweeps =
        realloc(answers->sweeps, (answers->sweep_count + 1) * sizeof *sweeps);
    struct zhol_report report;
    if (!sweeps) {
        return fail(given, EXIT_FAILED, "%s", zhol_error_text(ZHOL_ERROR_MEMORY));
    }
    answers->sweeps = sweeps;
    struct study_sweep *sweep = &sweeps[answers->sweep_count];
    enum zhol_error error =
        study_sweep_read(text, asked->study.dir, answers->study.cases[0].corridor, sweep);
    if (error) {
        return study_ask_failed_sweep(given, text, error);
    }
    /* A point runs through all engines, whatever sections were asked for. */
    how.base_only = how.no_assign = how.no_simulation = false;
    zhol_report_init(&report, 0);
    struct showing showing = {.given = given};
    progress_start(&showing.progress, text, 0);
    how.progress = show; /* that of the study is over */
    how.context = &showing;
    error = study_sweep_run(&how, &asked->ranks, &report, sweep);
    progress_end(&showing.progress);
    answers->sweep_count += !error;
    int code = error && error != ZHOL_ERROR_INTERRUPTED ? failed(given, &report, error)
                                                        : after(given, error, answers);
    zhol_report_clear(&report);
    return code;
}

static int run_sweeps(const struct given *given, const struct study_asked *asked,
                      struct study_answers *answers)
{
    const char *text;
    double begun = processor_s();
    int code = EXIT_FINE;
    for (uint32_t i = 0; !code && (text = given_nth(given, "sweep", i)); i++) {
        if (ranks_any(&asked->ranks, answers->interrupted)) {
            answers->interrupted = true;
            break;
        }
        code = run_sweep(given, asked, text, answers);
    }
    answers->times.sweeps_s = processor_s() - begun;
    return code;
}

static void answers_clear(struct study_answers *answers)
{
    free(answers->sweeps);
    study_days_clear(&answers->days);
    claims_clear(&answers->claims);
    zhol_corridor_free(answers->claimed);
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

/* As it was given, less what changes no figure: where it is written, on how many threads. */
static void command_line(const struct given *given, struct buffer *out)
{
    buffer_string(out, "zhol study");
    for (uint32_t i = 0; i < given->option_count; i++) {
        const struct given_option *option = &given->options[i];
        if (strcmp(option->row->name, "out") == 0 || strcmp(option->row->name, "threads") == 0) {
            continue;
        }
        buffer_printf(out, " --%s", option->row->name);
        if (option->value) {
            buffer_printf(out, " %s", option->value);
        }
    }
}

/* Sections that were asked for and have all that they show. */
static unsigned parts_of(const struct study_asked *asked, const struct study_answers *answers)
{
    unsigned parts = asked->parts;
    parts &= answers->judged ? PARTS_ALL : ~(1U << PART_CLAIMS | 1U << PART_COMMITMENTS);
    parts &= answers->dispatched ? PARTS_ALL : ~(1U << PART_DISPATCH);
    return parts;
}

/* The first rank's work alone, after the shared one. */
static int finish(const struct given *given, const struct study_asked *asked,
                  struct study_answers *answers, double begun)
{
    struct buffer command = {0};
    int code = run_days(given, asked, answers);
    code = code ? code : run_ledgers(given, asked, answers);
    command_line(given, &command);
    answers->dir = asked->study.dir;
    answers->command = buffer_get(&command);
    answers->parts = parts_of(asked, answers);
    answers->wall_s = load_seconds() - begun;
    code = code ? code : study_write(given, answers);
    buffer_clear(&command);
    if (!code && answers->interrupted) {
        code = fail(given, EXIT_STOPPED,
                    given->lang == LANG_RU ? "прервано: готовы %" PRIu32 " из %" PRIu32
                                             " случаев, в отчёте только они"
                                           : "interrupted: %" PRIu32 " of %" PRIu32
                                             " cases are done, and the report holds those only",
                    answers->study.case_count, answers->study.asked_count);
    }
    return code;
}

static int run(const struct given *given)
{
    struct study_asked asked;
    struct buffer dir = {0};
    struct study_answers answers;
    double begun = load_seconds();
    memset(&asked, 0, sizeof asked);
    memset(&answers, 0, sizeof answers);
    if (begin_ranks(given, &asked.ranks) != EXIT_FINE) {
        return EXIT_FAILED;
    }
    int code = study_ask(given, &asked);
    code = code ? code : load_find(given, &dir);
    asked.study.dir = buffer_get(&dir);
    code = code ? code : study_ask_settings(given, &asked);
    code = code ? code : study_ask_things(given, &asked);
    interrupt_install(); /* before the folder is made: an interrupt unmakes it */
    code = code || asked.ranks.own ? code : study_ask_folder(given, &asked);
    code = code || asked.ranks.own ? code : run_judge(given, &asked, &answers);
    code = code ? code : run_study(given, &asked, &answers.study);
    if (code && asked.ranks.own == 0) {
        study_ask_unmake(given, &asked);
    }
    answers.interrupted = answers.study.interrupted;
    code = code ? code : run_sweeps(given, &asked, &answers);
    if (!code && asked.ranks.own == 0) {
        code = finish(given, &asked, &answers, begun);
    }
    answers_clear(&answers);
    study_ask_clear(&asked);
    buffer_clear(&dir);
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
    "zhol study --scenario base --change R.DOSTYK.transship=818 --close BREST",
    "half of Dostyk's reloading and Brest closed, together, against the base alone",
    "половина перегрузки Достыка и закрытый Брест вместе, против одной базы",
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
