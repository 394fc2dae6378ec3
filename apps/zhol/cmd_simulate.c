/* cmd_simulate.c: simulates the freight of a corridor: transit times, queues, what helps. */
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "base/progress.h"
#include "load_times.h"
#include "report/simulate_view.h"
#include "simulate_ask.h"
#include "simulate_trace.h"

static const struct option_row options[] = {
    {"days", 0, "N", NULL, false,
     SAID("how many days are measured, 1 to 366 (default: 30)",
          "сколько дней измерять, от 1 до 366 (по умолчанию 30)")},
    {"replications", 0, "N", NULL, false,
     SAID("how many replications, 2 to 100000 (default: 20; with --precision: at most, 200)",
          "сколько прогонов, от 2 до 100000 (по умолчанию 20; с --precision: не более, 200)")},
    {"precision", 0, "SHARE", NULL, false,
     SAID("run until the mean transit time is known so well, such as 2%",
          "считать, пока среднее время в пути не известно с такой точностью, например 2%")},
    {"seed", 0, "N", NULL, false, SAID("names the luck (default: 1)", "зерно (по умолчанию 1)")},
    {"threads", 0, "N", NULL, false,
     SAID("at once (default: the cores there are); results do not depend on it",
          "потоков (по умолчанию по числу ядер); результат от них не зависит")},
    {"warm-up", 0, "DAYS", NULL, false,
     SAID("days before measuring begins, 0 to 30 (default: 28)",
          "сутки до начала измерений, от 0 до 30 (по умолчанию 28)")},
    {"by", 0, "KIND", "traffic|crossing|od|destination|mode|freight", false,
     SAID("what the tables list (default: traffic and crossings; JSON and CSV have all)",
          "по чему строить таблицы (по умолчанию вид сообщения и переходы; в JSON и CSV всё)")},
    {"limit", 0, "N", NULL, false,
     SAID("lines of a kind in a table (default: 12)", "строк каждого вида (по умолчанию 12)")},
    {"compare", 0, "SCENARIO", NULL, false,
     SAID("run this scenario with the same luck and show the difference",
          "прогнать этот сценарий с теми же случайностями и показать разницу")},
    {"ways", 0, "WHOSE", "plan|assign", false,
     SAID("plan: the ways that suit each freight best, full or not; assign: those of an assignment "
          "to the capacities, what finds no room is not sent (default: assign)",
          "plan: пути, лучшие для каждого груза, есть ли место или нет; assign: пути распределения "
          "по мощностям, чему нет места, не отправляется (по умолчанию assign)")},
    {"crossings", 0, "HOW", "counted|free", false,
     SAID("freight passes the borders where it was counted, or those that suit it best (default: "
          "counted)",
          "грузы идут через те переходы, где их считали, или через лучшие для них (по умолчанию "
          "counted)")},
    {"from-state", 0, "FILE", NULL, false,
     SAID("start from the queues and disruptions of a JSON file; says when they have cleared",
          "начать с очередей и нарушений из файла JSON; скажет, когда они рассосутся")},
    {"disruption", 0, "WHAT@FROM..UNTIL[=SHARE]", NULL, true,
     SAID(
         "a place, link, process or resource that works at SHARE of its capacity (default: 0, "
         "closed) or, with =ban, where nothing is sent; or EVENT[=SHARE], an event of the register",
         "место, линия, процесс или ресурс, работающий на долю SHARE (по умолчанию 0, закрыто), "
         "или с =ban не отправляют ничего; или EVENT[=SHARE], событие из реестра")},
    {"consignments", 0, "FILE", NULL, false,
     SAID("consignments in addition: CSV with time, from, to, commodity, teu or tonnes",
          "отправки сверх спроса: CSV с time, from, to, commodity, teu или tonnes")},
    {"replay", 0, "FILE", NULL, false,
     SAID("the same instead of the demand table", "то же вместо таблицы спроса")},
    {"worth", 0, NULL, NULL, false,
     SAID("what one more crane, lane, track, path or locomotive is worth, ranked",
          "чего стоит ещё один кран, полоса, путь, нитка или локомотив, по порядку")},
    {"borders", 0, NULL, NULL, false,
     SAID("hours at each border by cause, beside published ones",
          "часы на каждой границе по причинам, рядом с опубликованными")},
    {"dwell", 0, "SHARE", NULL, false,
     SAID("share of the published dwell beyond technical time that is waited besides the model's "
          "queues (default: 0.5, an assumption; 0: the model's queues alone)",
          "доля опубликованного простоя сверх технического времени, которую ждут кроме очередей "
          "модели (по умолчанию 0.5, допущение; 0: только очереди модели)")},
    {"audit", 0, NULL, NULL, false,
     SAID("every replication certifies itself", "каждый прогон проверяет сам себя")},
    {"trace", 0, "FROM,TO[,N]", NULL, false,
     SAID("the life of one unit, hour by hour", "путь одной единицы по часам")},
    LOAD_TIMES_OPTION,
    {"out", 0, "FILE", NULL, false, SAID("write to a file", "записать в файл")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

static enum report_lang lang_of(const struct given *given)
{
    return given->lang == LANG_RU ? REPORT_RU : REPORT_EN;
}

/* ---- Running ---- */

struct showing {
    struct progress progress;
};

static void show_progress(void *context, uint32_t done)
{
    struct showing *showing = context;
    progress_update(&showing->progress, done);
}

static void show_worth(void *context, uint32_t done, uint32_t total)
{
    (void)total;
    show_progress(context, done);
}

static int fail_study(const struct given *given, const struct zhol_report *report,
                      enum zhol_error error)
{
    bool ru = given->lang == LANG_RU;
    load_print_findings(given, report, 20);
    switch (error) {
    case ZHOL_ERROR_UNREACHABLE:
        if (given_value(given, "replay")) {
            return fail(given, EXIT_NO_ANSWER, "--replay: %s",
                        ru ? "в файле нет отправок, у которых в этот день есть путь"
                           : "the file has no consignment with a way on this day");
        }
        return fail(given, EXIT_NO_ANSWER, "%s",
                    ru ? "ни у одного груза нет пути в этот день"
                       : "no freight has a way on this day");
    case ZHOL_ERROR_INTERRUPTED:
        return fail(given, EXIT_STOPPED, "%s", zhol_error_text(error));
    case ZHOL_ERROR_MEMORY:
    case ZHOL_ERROR_INTERNAL:
        return fail(given, EXIT_FAILED, "%s", zhol_error_text(error));
    default:
        return fail(given, EXIT_BAD_INPUT, "%s", zhol_error_text(error));
    }
}

/* Prepares and runs one study. */
static int run_study(const struct given *given, const struct zhol_corridor *corridor,
                     const struct zhol_network *network, struct study_options *how,
                     struct study *study)
{
    struct zhol_report report;
    struct showing showing;
    zhol_report_init(&report, 0);
    progress_start(&showing.progress, sim_word(SIM_SIMULATING, lang_of(given)), how->replications);
    how->progress = show_progress;
    how->context = &showing;
    how->stop = interrupt_flag();
    enum zhol_error error = study_prepare(corridor, network, how, &report, study);
    error = error ? error : study_run(study);
    progress_end(&showing.progress);
    int code = error ? fail_study(given, &report, error) : EXIT_FINE;
    zhol_report_clear(&report);
    return code;
}

static int run_worth(const struct given *given, struct answer *answer)
{
    const struct study *study = answer->study;
    struct showing showing;
    struct zhol_simulate_runs runs = {.stride = 1,
                                      .count = study->count,
                                      .threads = study->options->threads,
                                      .stop = interrupt_flag(),
                                      .progress = show_worth,
                                      .context = &showing};
    progress_start(&showing.progress, sim_word(SIM_WORTH_RUNS, lang_of(given)), 0);
    enum zhol_error error =
        zhol_simulate_worth(&study->input, &study->model_options, &runs, WORTH_QUEUE_LEAST,
                            &answer->worths, &answer->worth_count);
    progress_end(&showing.progress);
    return error == ZHOL_ERROR_INTERRUPTED ? EXIT_STOPPED
           : error                         ? fail(given, EXIT_FAILED, "%s", zhol_error_text(error))
                                           : EXIT_FINE;
}

static int run_borders(const struct given *given, struct answer *answer)
{
    const struct study *study = answer->study;
    struct showing showing;
    struct zhol_simulate_runs runs = {.threads = study->options->threads,
                                      .stop = interrupt_flag(),
                                      .progress = show_worth,
                                      .context = &showing};
    progress_start(&showing.progress, sim_word(SIM_BORDER_RUNS, lang_of(given)), study->count);
    enum zhol_error error = borders_make(study, &runs, &answer->borders);
    progress_end(&showing.progress);
    return error == ZHOL_ERROR_INTERRUPTED ? EXIT_STOPPED
           : error                         ? fail(given, EXIT_FAILED, "%s", zhol_error_text(error))
                                           : EXIT_FINE;
}

/* An interrupt: what it kept from being run is left out of the answer. Returns its exit code. */
static int left_out(const struct given *given, const char *option)
{
    return fail(given, EXIT_STOPPED,
                given->lang == LANG_RU ? "работа прервана: без %s"
                                       : "the work was interrupted: without %s",
                option);
}

/* ---- Writing ---- */

static void write_json(const struct loaded *loaded, const struct simulate_view *view,
                       struct buffer *out)
{
    struct json_writer json;
    json_writer_init(&json, out, true);
    json_write_object(&json);
    answer_head_json(loaded, &json);
    simulate_write_json(view, &json);
    json_write_object_end(&json);
    json_writer_end(&json);
}

/* The head without its line ends. */
static const char *one_line(struct buffer *head)
{
    while (head->size && head->bytes[head->size - 1] == '\n') {
        head->bytes[--head->size] = '\0';
    }
    for (size_t i = 0; i < head->size; i++) {
        head->bytes[i] = head->bytes[i] == '\n' ? ' ' : head->bytes[i];
    }
    return buffer_get(head);
}

static int write_answer(const struct given *given, const struct loaded *loaded,
                        struct simulate_view *view)
{
    const char *format = given_format(given);
    struct buffer out, head, line;
    buffer_init(&out);
    buffer_init(&head);
    buffer_init(&line);
    answer_head(given, loaded, &head);
    buffer_string(&line, buffer_get(&head));
    view->head = one_line(&line);
    if (strcmp(format, "json") == 0) {
        write_json(loaded, view, &out);
    } else if (strcmp(format, "csv") == 0) {
        simulate_write_csv(view, &out);
    } else if (strcmp(format, "svg") == 0) {
        simulate_write_svg(view, &out);
    } else if (strcmp(format, "xlsx") == 0) {
        enum zhol_error error = simulate_write_xlsx(view, &out);
        out.error = out.error ? out.error : error;
    } else if (strcmp(format, "html") == 0) {
        simulate_write_html(view, view->head, &out);
    } else {
        buffer_string(&out, buffer_get(&head));
        simulate_write_table(view, &out);
    }
    const struct study *study = view->answer->study;
    bool failed = view->answer->audited && !view->answer->holds;
    int code = load_write(given, &out, study->interrupted ? EXIT_STOPPED : EXIT_FINE);
    view->head = NULL;
    buffer_clear(&line);
    buffer_clear(&head);
    buffer_clear(&out);
    return failed ? EXIT_FOUND_FAULTS : code;
}

static int answer_study(const struct given *given, const struct loaded *loaded,
                        const struct simulate_asked *asked, const struct study *study,
                        const struct study *other, const char *without)
{
    struct answer answer;
    struct simulate_view view = {
        .answer = &answer,
        .lang = lang_of(given),
        .by = asked->by,
        .limit = asked->limit,
        .state_file = given_value(given, "from-state"),
        .list_file = asked->study.list,
        .other_scenario = other ? given_value(given, "compare") : NULL,
        .worth = given_switch(given, "worth"),
        .borders = given_switch(given, "borders"),
    };
    enum zhol_error error = answer_make(study, other, &answer);
    int code = error ? fail(given, EXIT_FAILED, "%s", zhol_error_text(error)) : EXIT_FINE;
    if (code == EXIT_FINE && view.borders) {
        code = study->interrupted || without ? EXIT_STOPPED : run_borders(given, &answer);
        view.borders = code == EXIT_FINE;
        without = code == EXIT_STOPPED && !without ? "--borders" : without;
    }
    if (view.worth && (code == EXIT_FINE || code == EXIT_STOPPED)) {
        bool stopped = code || study->interrupted || without;
        code = stopped ? EXIT_STOPPED : run_worth(given, &answer);
        view.worth = code == EXIT_FINE;
        without = code == EXIT_STOPPED && !without ? "--worth" : without;
    }
    if ((code == EXIT_FINE || code == EXIT_STOPPED) && asked->ranks.own == 0) {
        view.without = without;
        int written = write_answer(given, loaded, &view);
        bool good = written == EXIT_FINE || written == EXIT_STOPPED;
        code = without && good ? left_out(given, without) : written;
    } else if (code == EXIT_FINE && without) {
        code = EXIT_STOPPED; /* another process than the one that writes */
    }
    answer_clear(&answer);
    return code;
}

/* ---- Comparing ---- */

static int fail_other(const struct given *given, const struct loaded *other, enum zhol_error error)
{
    load_print_findings(given, &other->report, 20);
    return fail(given, EXIT_NO_ANSWER,
                given->lang == LANG_RU ? "--compare: сценарий «%s» использовать нельзя (%s)"
                                       : "--compare: scenario '%s' cannot be used (%s)",
                given_value(given, "compare"), zhol_error_text(error));
}

/* Reads the corridor of the other scenario. Without --date both are simulated on the day that it
 * names: before it there may be nothing to compare. */
static int load_other(const struct given *given, struct loaded *loaded, struct loaded *other)
{
    struct zhol_corridor_options how = {.scenario = given_value(given, "compare")};
    memset(other, 0, sizeof *other);
    buffer_init(&other->dir);
    zhol_report_init(&other->report, 0);
    if (!how.scenario) {
        return EXIT_FINE;
    }
    enum zhol_error error =
        zhol_corridor_read(buffer_get(&loaded->dir), &how, &other->report, &other->corridor);
    if (!error && !given_value(given, "date")) {
        loaded->day = zhol_corridor_about(other->corridor).day;
    }
    return error ? fail_other(given, other, error) : EXIT_FINE;
}

static int compile_other(const struct given *given, const struct loaded *loaded,
                         struct loaded *other)
{
    struct zhol_network_options how = {.day = loaded->day,
                                       .include_planned = given_switch(given, "include-planned")};
    enum zhol_error error =
        zhol_network_compile(other->corridor, &how, &other->report, &other->network);
    return error ? fail_other(given, other, error) : EXIT_FINE;
}

/* Runs the other scenario on the replications of the first, and answers for both. */
static int compare(const struct given *given, const struct loaded *loaded, struct loaded *other,
                   const struct simulate_asked *asked, const struct study *study)
{
    struct study second;
    struct study_options how = asked->study;
    how.precision = 0;
    how.replications = study->count;
    memset(&second, 0, sizeof second);
    int code = study->interrupted ? EXIT_STOPPED : compile_other(given, loaded, other);
    if (code == EXIT_FINE) {
        code = run_study(given, other->corridor, other->network, &how, &second);
    }
    if (code == EXIT_STOPPED || (code == EXIT_FINE && second.interrupted)) {
        code = answer_study(given, loaded, asked, study, NULL, "--compare");
    } else if (code == EXIT_FINE) {
        code = answer_study(given, loaded, asked, study, &second, NULL);
    }
    study_clear(&second);
    return code;
}

static int simulate(const struct given *given, const struct loaded *loaded, struct loaded *other,
                    struct simulate_asked *asked)
{
    struct study study;
    memset(&study, 0, sizeof study);
    interrupt_install();
    if (asked->trace) {
        return simulate_trace(given, loaded, asked);
    }
    asked->study.followed = asked->study.list ? asked->study.replications
                            : other->corridor ? PAIRS_FOLLOWED
                                              : 0;
    int code = run_study(given, loaded->corridor, loaded->network, &asked->study, &study);
    if (code == EXIT_FINE) {
        code = other->corridor ? compare(given, loaded, other, asked, &study)
                               : answer_study(given, loaded, asked, &study, NULL, NULL);
    }
    study_clear(&study);
    return code;
}

/* With several ranks all work, and the first one speaks. */
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

static int run(const struct given *given)
{
    struct loaded loaded, other;
    struct simulate_asked asked;
    memset(&other, 0, sizeof other);
    memset(&asked, 0, sizeof asked);
    if (begin_ranks(given, &asked.ranks) != EXIT_FINE) {
        return EXIT_FAILED;
    }
    int code = load_corridor(given, &loaded);
    code = code == EXIT_FINE ? load_other(given, &loaded, &other) : code;
    code = code == EXIT_FINE ? load_times(given, &loaded) : code;
    if (code == EXIT_FINE && other.corridor) {
        code = load_times_in(given, &loaded, other.corridor);
    }
    code = code == EXIT_FINE ? simulate_ask(given, &loaded, &asked) : code;
    code = code == EXIT_FINE ? load_network(given, &loaded) : code;
    code = code == EXIT_FINE ? simulate(given, &loaded, &other, &asked) : code;
    simulate_asked_clear(&asked);
    load_clear(&other);
    load_clear(&loaded);
    ranks_end(&asked.ranks);
    return code;
}

static const char *const examples[] = {
    "zhol simulate",
    "a month of all freight: times, queues, causes of waiting",
    "месяц всех грузов: времена, очереди, причины ожидания",
    "zhol simulate --disruption BREST@2026-02-05.. --format svg --out brest.svg",
    "Brest closed from that day on, as plots",
    "Брест закрыт с этого дня, графиками",
    "zhol simulate --compare bakhty-ayagoz --crossings free --lang ru",
    "what the third railway crossing changes, in Russian",
    "что изменит третий железнодорожный переход, по-русски",
    "zhol simulate --worth",
    "where one more crane, lane or path helps most",
    "где больше всего поможет ещё один кран, полоса или нитка",
    NULL};

const struct command command_simulate = {
    .name = "simulate",
    .about = SAID("simulate all freight: transit times, queues, what helps",
                  "имитация всех грузов: времена, очереди, что поможет"),
    .arguments = "",
    .common = true,
    .formats = "table|json|csv|xlsx|svg|html",
    .options = options,
    .details = SAID(
        "Sends the freight of the demand table through the corridor as trains, trucks, ships and "
        "batches that wait for paths, tracks, officers, fronts, platforms and locomotives, many "
        "times with other luck, and says how long it takes and where it waits, with 95 % "
        "intervals.\n"
        "Replications run in threads and, where the program is built with MPI, over processes "
        "(scripts/mpirun.sh -n 4 zhol simulate ...); the answer is the same bytes for every number "
        "of both. Ctrl-C gives the answer of what is finished, and says so.",
        "Пропускает грузы таблицы спроса по коридору: поезда, машины, суда и партии ждут ниток, "
        "путей, досмотра, фронтов, платформ и локомотивов, много раз с разными случайностями; "
        "говорит, сколько это длится и где ждут, с 95 % интервалами.\n"
        "Прогоны идут в потоках и, если программа собрана с MPI, в процессах (scripts/mpirun.sh -n "
        "4 zhol simulate ...); ответ при любом их числе один и тот же. Ctrl-C даёт ответ по "
        "завершённым прогонам и говорит об этом."),
    .examples = examples,
    .run = run,
};
