/* cmd_dispatch.c: tomorrow's trains at a gauge break: the plan, its changes, who agreed, what
 * came of it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/progress.h"
#include "dispatch_run.h"

/* Steps of the search unless said otherwise, for a day of up to 60 trains; up to FEW trains are
 * searched to the end. */
enum { EFFORT = 1500, FEW = 8 };
/* The first plan stands after about so many seconds; below this gap it is the answer. */
static const double QUICK_S = 0.7, GOOD_GAP = 0.05;

static const struct option_row options[] = {
    {"day", 0, "DAY", NULL, false,
     SAID("the day that is planned (default: the day after the corridor's)",
          "планируемые сутки (по умолчанию следующие за датой коридора)")},
    {"trains", 0, "FILE", NULL, true,
     SAID("train list, CSV or XLSX, as for zhol import --as train-list",
          "натурный лист, CSV или XLSX, как для zhol import --as train-list")},
    {"state", 0, "FILE", NULL, false,
     SAID("state of the crossing as JSON: tracks taken, stock, acceptance, bans, holds",
          "состояние стыка, JSON: занятость путей, парк, приём, запреты, задержания")},
    {"from-demand", 0, NULL, NULL, false,
     SAID("without lists: trains of the demand table instead of the published averages",
          "без листов: поезда из таблицы спроса вместо опубликованных средних")},
    {"hours", 0, "N", NULL, false,
     SAID("how long trains may leave, from midnight (default: 36)",
          "до какого часа от полуночи поезда могут уйти (по умолчанию 36)")},
    {"help-most", 0, NULL, NULL, false,
     SAID("say what one thing more would help most", "сказать, какая добавка помогла бы больше")},
    {"replan", 0, "FILE", NULL, false,
     SAID("plan anew from this plan (JSON), changing as few trains as possible",
          "пересчитать этот план (JSON), меняя как можно меньше поездов")},
    {"change", 0, "WHAT", NULL, true,
     SAID("with --replan: track:NAME, front:NAME or locomotive:NAME is lost; accept:1435=-2 or "
          "=20; late:TRAIN=15:00; or a state file",
          "с --replan: track:ПУТЬ, front:ФРОНТ, locomotive:ЛОКОМОТИВ выбыли; accept:1435=-2 или "
          "=20; late:ПОЕЗД=15:00; или файл состояния")},
    {"now", 0, "HH:MM", NULL, false,
     SAID("with --replan: what began before is done (default: 00:00)",
          "с --replan: начатое раньше не меняется (по умолчанию 00:00)")},
    {"tolerance", 0, "PERCENT", NULL, false,
     SAID("with --replan: lateness that may be given up for fewer changes, beside an hour of one "
          "train (default: 5; 0: none at all)",
          "с --replan: каким опозданием можно поступиться ради меньших изменений, сверх часа "
          "одного поезда (по умолчанию 5; 0: никаким)")},
    {"side", 0, "COUNTRY", NULL, false,
     SAID("with agree: the side that agrees, such as kz or cn",
          "с agree: сторона, которая согласует, например kz или cn")},
    {"accept", 0, "N", NULL, false,
     SAID("with agree: the side takes N trains a day; where that differs the plan is made anew",
          "с agree: сторона принимает N поездов в сутки; если это иначе, план пересчитывается")},
    {"facts", 0, "FILE", NULL, false,
     SAID("with done: CSV of train,accepted,left", "с done: CSV train,accepted,left")},
    {"effort", 0, "N", NULL, false,
     SAID("steps of the search (default: those of about a second, and where that leaves a gap "
          "above 5 % 1500, fewer above 60 trains)",
          "шаги поиска (по умолчанию примерно на секунду, а если разрыв больше 5 % — 1500, свыше "
          "60 поездов меньше)")},
    {"within", 0, "SECONDS", NULL, false,
     SAID("steps for about so many seconds of a processor of 2025 instead of --effort; counted, "
          "not timed: the same plan on any machine",
          "вместо --effort: шагов примерно на столько секунд процессора 2025 года; счёт шагов, а "
          "не часов: план тот же на любой машине")},
    {"threads", 0, "N", NULL, false,
     SAID("threads; they change the time, never the plan (default: 1)",
          "потоки; меняют время, но не план (по умолчанию 1)")},
    {"out", 0, "FILE", NULL, false, SAID("write to a file", "записать в файл")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

int dispatch_take_options(struct dispatch_run *run)
{
    double effort = EFFORT, threads = 1;
    int code = load_number(run->given, "effort", 1, 10000000, &effort);
    code = code == EXIT_FINE ? load_number(run->given, "threads", 1, 256, &threads) : code;
    run->options.seed = 1;
    run->options.iterations = (uint32_t)effort;
    run->options.threads = (uint32_t)threads;
    return code;
}

/* A day of up to 60 trains gets all steps; one of some hundreds so many that it ends in about ten
 * seconds of a processor: a step grows with the square of trains and groups. */
void dispatch_fit_effort(struct dispatch_run *run)
{
    enum { SIZE = 350, LEAST = 10 };
    const struct zhol_dispatch_day *day = &run->joint.day.engine;
    double size = (double)day->train_count + day->unit_count;
    if (!given_value(run->given, "effort") && size > SIZE) {
        double steps = EFFORT * (SIZE / size) * (SIZE / size);
        run->options.iterations = (uint32_t)(steps < LEAST ? LEAST : steps);
    }
}

int dispatch_failed(struct dispatch_run *run, enum zhol_error error)
{
    bool system = error == ZHOL_ERROR_MEMORY || error == ZHOL_ERROR_INTERNAL;
    load_print_findings(run->given, &run->report, 30);
    return fail(run->given, system ? EXIT_FAILED : EXIT_BAD_INPUT, "%s", zhol_error_text(error));
}

int dispatch_take_file(struct dispatch_run *run, const char *path)
{
    enum zhol_error error =
        dispatch_joint_read(run->loaded.corridor, path, &run->report, &run->joint);
    return error ? dispatch_failed(run, error) : EXIT_FINE;
}

/* ---- What would help ---- */

static bool same_help(const struct zhol_dispatch_remedy *a, const struct zhol_dispatch_remedy *b)
{
    return a->help == b->help && a->gauge == b->gauge &&
           (a->help == ZHOL_DISPATCH_HELP_ACCEPT || a->help == ZHOL_DISPATCH_HELP_DEPART);
}

/* The best remedies; of acceptance and departures only the best hour of each gauge, so that the
 * list does not tell one thing hour by hour. */
static enum zhol_error find_remedies(struct dispatch_run *run)
{
    struct zhol_dispatch_remedy all[DISPATCH_REMEDIES_TRIED];
    uint32_t count = 0;
    enum zhol_error error =
        zhol_dispatch_remedies(&run->joint.day.engine, &run->joint.plan, &run->options, all,
                               DISPATCH_REMEDIES_TRIED, &count);
    for (uint32_t i = 0; i < count && !error; i++) {
        /* what saves next to nothing beside the best is the luck of the search */
        bool small = all[i].pushed_saved == 0 && all[i].late_saved < all[0].late_saved / 20;
        bool told = small || run->remedy_count == DISPATCH_REMEDIES_MAX;
        for (uint32_t k = 0; k < run->remedy_count && !told; k++) {
            told = same_help(&run->remedies[k], &all[i]);
        }
        if (!told) {
            run->remedies[run->remedy_count++] = all[i];
        }
    }
    return error;
}

/* ---- The answer ---- */

static int put_answer(struct dispatch_run *run, const struct dispatch_view *view,
                      struct buffer *out)
{
    const char *format = given_format(run->given);
    enum zhol_error error = ZHOL_ERROR_OK;
    if (strcmp(format, "json") == 0) {
        dispatch_json(view, out);
    } else if (strcmp(format, "csv") == 0) {
        dispatch_csv(view, out);
    } else if (strcmp(format, "svg") == 0) {
        dispatch_svg(view, out);
    } else if (strcmp(format, "html") == 0) {
        dispatch_html(view, out);
    } else if (strcmp(format, "xlsx") == 0) {
        error = dispatch_xlsx(view, out);
    } else {
        dispatch_table(view, out);
    }
    error = error ? error : out->error;
    return error ? dispatch_failed(run, error) : EXIT_FINE;
}

int dispatch_answer(struct dispatch_run *run)
{
    const struct given *given = run->given;
    bool wanted = given_switch(given, "help-most");
    struct buffer out;
    if (strcmp(given_format(given), "xlsx") == 0 && !given_value(given, "out")) {
        return fail(given, EXIT_MISUSED,
                    given->lang == LANG_RU ? "--format xlsx: нужен --out ФАЙЛ"
                                           : "--format xlsx needs --out FILE");
    }
    if (wanted) {
        enum zhol_error error = find_remedies(run);
        if (error) {
            return dispatch_failed(run, error);
        }
    }
    struct dispatch_view view = {.joint = &run->joint,
                                 .lang = given->lang == LANG_RU ? REPORT_RU : REPORT_EN,
                                 .remedies = run->remedies,
                                 .remedy_count = run->remedy_count,
                                 .has_remedies = wanted,
                                 .changed = run->replanned.changed,
                                 .changed_count = run->replanned.changed_count,
                                 .changed_least = run->replanned.changed_least,
                                 .replanned = run->is_replanned,
                                 .fewest = run->replanned.fewest};
    buffer_init(&out);
    int code = put_answer(run, &view, &out);
    code = code == EXIT_FINE ? load_write(given, &out, EXIT_FINE) : code;
    buffer_clear(&out);
    return code;
}

/* ---- The ways in ---- */

/* Steps for about so many seconds: a clock would make plans differ from run to run. The numbers are
 * those of a 60-train day, where 1,000 steps of four starts take 0.6 s and 100 of prices 0.2 s. */
static void options_within(const struct zhol_dispatch_day *day, double seconds,
                           struct zhol_dispatch_options *set)
{
    double size = (double)day->train_count + day->unit_count + 1;
    double iterations = 130000 * seconds / size, prices = 50 * seconds;
    set->iterations = (uint32_t)(iterations < 20 ? 20 : iterations > 1e6 ? 1e6 : iterations);
    set->bound_steps = (uint32_t)(prices < 2000 ? prices : 2000);
    set->exact_nodes = day->train_count <= 8 ? (uint32_t)(20000 * seconds) : 0;
    set->part_nodes = (uint32_t)(3000 * seconds);
}

/* Tells a dispatcher who waits that there is a plan; files and pipes do not see it. */
static void say_first(const struct dispatch_run *run)
{
    if (isatty(STDERR_FILENO)) {
        fprintf(stderr,
                run->given->lang == LANG_RU
                    ? "есть план, отставание от границы %.1f %%; поиск продолжается, Ctrl-C "
                      "покажет лучший найденный\n"
                    : "there is a plan, %.1f %% above its bound; searching on, Ctrl-C shows the "
                      "best one found\n",
                100 * run->joint.plan.gap);
    }
}

/* A step of a day of few trains takes less: twice as many in the same seconds. */
static void effort_small(const struct zhol_dispatch_day *day, struct zhol_dispatch_options *set)
{
    enum { SMALL = 175 };
    if (set->iterations == EFFORT && day->train_count + day->unit_count <= SMALL) {
        set->iterations *= 2;
    }
}

/* A plan within about a second; where that is neither proven nor close to its bound, a better one
 * with all steps, from which an interrupt takes what is found. A few trains are always searched to
 * the end. */
static enum zhol_error plan_in_two(struct dispatch_run *run)
{
    const struct zhol_dispatch_day *day = &run->joint.day.engine;
    struct zhol_dispatch_options quick = run->options;
    struct zhol_dispatch_plan more = {0};
    options_within(day, QUICK_S, &quick);
    enum zhol_error error = zhol_dispatch_solve(day, &quick, &run->joint.plan);
    const struct zhol_dispatch_plan *plan = &run->joint.plan;
    bool good = plan->optimal || (day->train_count > FEW && plan->gap <= GOOD_GAP);
    if (error || good) {
        return error;
    }
    say_first(run);
    effort_small(day, &run->options);
    interrupt_install();
    run->options.stop = interrupt_requested;
    error = zhol_dispatch_solve(day, &run->options, &more);
    run->options.stop = NULL;
    if (!error && more.objective.late <= plan->objective.late) {
        zhol_dispatch_plan_clear(&run->joint.plan);
        run->joint.plan = more;
    } else {
        zhol_dispatch_plan_clear(&more);
    }
    return error;
}

static int plan_day(struct dispatch_run *run, const char *station)
{
    double seconds = 0;
    int code = dispatch_take_day(run, station);
    code = code == EXIT_FINE ? load_number(run->given, "within", 1, 3600, &seconds) : code;
    if (code != EXIT_FINE) {
        return code;
    }
    dispatch_fit_effort(run);
    const struct zhol_dispatch_day *day = &run->joint.day.engine;
    bool told = seconds > 0 || given_value(run->given, "effort");
    if (seconds > 0) {
        options_within(day, seconds, &run->options);
    }
    enum zhol_error error =
        told ? zhol_dispatch_solve(day, &run->options, &run->joint.plan) : plan_in_two(run);
    error = error ? error : dispatch_joint_begin(&run->joint);
    return error ? dispatch_failed(run, error) : dispatch_answer(run);
}

/* A crossing named beside a plan must be the plan's. */
static int check_crossing(struct dispatch_run *run)
{
    const struct given *given = run->given;
    const uint32_t *own = run->joint.day.node;
    uint32_t node;
    if (!given->argument_count) {
        return EXIT_FINE;
    }
    int code = load_place(given, &run->loaded, given->arguments[0], &node);
    if (code == EXIT_FINE && node != own[ZHOL_DISPATCH_1435] && node != own[ZHOL_DISPATCH_1520]) {
        return fail(given, EXIT_MISUSED,
                    given->lang == LANG_RU ? "%s: план в --replan — другого стыка"
                                           : "%s: the plan of --replan is of another crossing",
                    given->arguments[0]);
    }
    return code;
}

static int replan_file(struct dispatch_run *run, const char *path)
{
    int code = dispatch_take_file(run, path);
    code = code == EXIT_FINE ? check_crossing(run) : code;
    code = code == EXIT_FINE ? dispatch_replan(run) : code;
    return code == EXIT_FINE ? dispatch_answer(run) : code;
}

static int show_file(struct dispatch_run *run, const char *path)
{
    int code = dispatch_take_file(run, path);
    return code == EXIT_FINE ? dispatch_answer(run) : code;
}

/* ---- Which options belong to what ---- */

enum way {
    WAY_PLAN = 1,
    WAY_REPLAN = 2,
    WAY_SHOW = 4,
    WAY_AGREE = 8,
    WAY_DONE = 16,
    WAY_REPORT = 32
};

/* Those that are not named here go with all. */
static const struct {
    const char *option;
    bool value; /* takes one */
    unsigned ways;
} belongs[] = {
    {"day", true, WAY_PLAN},
    {"trains", true, WAY_PLAN},
    {"state", true, WAY_PLAN},
    {"from-demand", false, WAY_PLAN},
    {"within", true, WAY_PLAN},
    {"hours", true, WAY_PLAN},
    {"help-most", false, WAY_PLAN | WAY_REPLAN | WAY_SHOW},
    {"change", true, WAY_REPLAN},
    {"now", true, WAY_REPLAN | WAY_AGREE},
    {"tolerance", true, WAY_REPLAN | WAY_AGREE},
    {"side", true, WAY_AGREE},
    {"accept", true, WAY_AGREE},
    {"facts", true, WAY_DONE},
};

/* An option that would do nothing is refused, so that nobody takes it for done. */
static int check_options(const struct given *given, enum way way, const char *name)
{
    for (size_t i = 0; i < sizeof belongs / sizeof *belongs; i++) {
        const char *option = belongs[i].option;
        bool stands =
            belongs[i].value ? given_nth(given, option, 0) != NULL : given_switch(given, option);
        if (stands && !(belongs[i].ways & way)) {
            return fail(given, EXIT_MISUSED,
                        given->lang == LANG_RU ? "--%s не относится к zhol dispatch %s"
                                               : "--%s has no meaning for zhol dispatch %s",
                        option, name);
        }
    }
    return EXIT_FINE;
}

static enum way way_of(const struct given *given, const char *first)
{
    return given_value(given, "replan")   ? WAY_REPLAN
           : strcmp(first, "report") == 0 ? WAY_REPORT
           : strcmp(first, "agree") == 0  ? WAY_AGREE
           : strcmp(first, "done") == 0   ? WAY_DONE
           : strcmp(first, "show") == 0   ? WAY_SHOW
                                          : WAY_PLAN;
}

static int choose(struct dispatch_run *run)
{
    const struct given *given = run->given;
    const char *first = given->argument_count ? given->arguments[0] : "";
    const char *second = given->argument_count > 1 ? given->arguments[1] : NULL;
    enum way way = way_of(given, first);
    bool report = way == WAY_REPORT, agree = way == WAY_AGREE;
    bool done = way == WAY_DONE, show = way == WAY_SHOW;
    int code = check_options(given, way, way == WAY_REPLAN ? "--replan" : first);
    if (code != EXIT_FINE) {
        return code;
    }
    if (!report && given->argument_count > (agree || done || show ? 2u : 1u)) {
        return fail(given, EXIT_MISUSED,
                    given->lang == LANG_RU ? "лишнее слово: %s" : "one word too many: %s",
                    given->arguments[given->argument_count - 1]);
    }
    if (way == WAY_REPLAN) {
        return replan_file(run, given_value(given, "replan"));
    }
    if ((report || agree || done || show) && !second) {
        return fail(given, EXIT_MISUSED,
                    given->lang == LANG_RU ? "%s: нужен файл плана" : "%s: a plan file is needed",
                    first);
    }
    if (!*first) {
        return fail(given, EXIT_MISUSED,
                    given->lang == LANG_RU ? "нужен один стык, например Dostyk"
                                           : "one crossing is needed, such as Dostyk");
    }
    return report  ? dispatch_report(run)
           : agree ? dispatch_agree(run, second)
           : done  ? dispatch_done(run, second)
           : show  ? show_file(run, second)
                   : plan_day(run, first);
}

static int run_command(const struct given *given)
{
    struct dispatch_run *run = calloc(1, sizeof *run);
    if (!run) {
        return fail(given, EXIT_FAILED, "%s", zhol_error_text(ZHOL_ERROR_MEMORY));
    }
    run->given = given;
    zhol_report_init(&run->report, 0);
    dispatch_joint_init(&run->joint);
    int code = dispatch_take_options(run);
    code = code == EXIT_FINE ? load_corridor(given, &run->loaded) : code;
    code = code == EXIT_FINE ? choose(run) : code;
    if (run->is_replanned) {
        memset(&run->replanned.plan, 0, sizeof run->replanned.plan);
        zhol_dispatch_replanned_clear(&run->replanned);
    }
    dispatch_joint_clear(&run->joint);
    zhol_report_clear(&run->report);
    load_clear(&run->loaded);
    free(run);
    return code;
}

static const char *const examples[] = {
    "zhol dispatch Dostyk --help-most",
    "plans tomorrow at Dostyk and Alashankou for an average day's trains",
    "план на завтра по Достыку и Алашанькоу для поездов средних суток",
    "zhol dispatch Dostyk --trains lists.xlsx --state state.json --format html --out plan.html",
    "plans the trains of the lists with the state of the crossing, as a page to print",
    "план поездов из натурных листов при данном состоянии стыка, страница для печати",
    "zhol dispatch Altynkol --format json --out plan.json",
    "writes the joint plan, to be agreed by both sides",
    "записывает совместный план для согласования сторонами",
    "zhol dispatch --replan plan.json --now 08:00 --change accept:1435=-2",
    "the other side takes two trains less: a new plan that changes as little as possible",
    "принимающая сторона берёт на два поезда меньше: новый план с наименьшими изменениями",
    "zhol dispatch agree plan.json --side kz",
    "the Kazakh side agrees",
    "казахстанская сторона согласует",
    "zhol dispatch done plan.json --facts facts.csv",
    "enters what was done",
    "вносит исполнение",
    "zhol dispatch report plan-*.json",
    "plan against fact by crossing, direction, client and month",
    "план и факт по стыку, направлению, клиенту и месяцу",
    NULL};

const struct command command_dispatch = {
    .name = "dispatch",
    .about = SAID("tomorrow's trains at a gauge break: which goes into which, when, what is pushed",
                  "завтрашние поезда на стыке колей: что во что, когда и что переносится"),
    .arguments = "[CROSSING | show FILE | agree FILE | done FILE | report FILE...]",
    .max_arguments = 400,
    .common = true,
    .formats = "table|json|csv|xlsx|svg|html",
    .options = options,
    .details = SAID(
        "A crossing is a station where the gauge changes: Dostyk (with Alashankou), Altynkol "
        "(with Horgos), Brest (with Malaszewicze). Trains of both gauges are accepted, handled "
        "and formed into trains of the other gauge, within what both sides accept, tracks, "
        "fronts, locomotives and stock. The plan has the least weighted lateness that was found "
        "and a bound that no plan can beat. Without train lists the trains are those of an "
        "average day. JSON is the joint plan: proposed, then agreed by both sides, then done.",
        "Стык — станция смены колеи: Достык (с Алашанькоу), Алтынколь (с Хоргосом), Брест (с "
        "Малашевиче). Поезда обеих колей принимаются, перегружаются и формируются в поезда другой "
        "колеи в пределах приёма сторон, путей, фронтов, локомотивов и парка. План имеет "
        "наименьшее найденное взвешенное опоздание и границу, ниже которой не бывает. Без "
        "натурных листов поезда — средних суток. JSON — совместный план: предложен, согласован "
        "сторонами, исполнен."),
    .examples = examples,
    .run = run_command,
};
