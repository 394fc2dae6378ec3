/* cmd_assign.c: all freight of a period on the corridor's capacity. */
#include <stdlib.h>
#include <string.h>

#include "assign_ask.h"
#include "assign_firm.h"
#include "assign_pages.h"
#include "load_times.h"

static const struct option_row options[] = {
    ASSIGN_ASK_OPTIONS,
    {"by", 0, "WHAT", NULL, false,
     SAID(
         "one table in full: crossing, resource, shown (use against nameplate and counted values), "
         "worth (of one more), reason (of what is unmet), unmet, limit (that would have to give "
         "way), observed (published tonnes), total (published totals of the year), path (the ways "
         "of all demand), route, commodity, month, link, process, balance (containers there and "
         "back) or empty (equipment sent back)",
         "одна таблица целиком: crossing (переходы), resource (мощности), shown (против паспортных "
         "и фактических), worth (цена прибавки), "
         "reason (чего не хватает), unmet (неперевезённое), limit (чему уступить), observed "
         "(сверка), total (итоги года), path (пути всего спроса), route (сообщения), commodity "
         "(грузы), month, link (участки), process "
         "(операции), balance (контейнеры туда и назад) или empty (порожние)")},
    {"who", 0, "LINK|RESOURCE|PROCESS", NULL, false,
     SAID("who uses it: the demand that goes over it",
          "кто им пользуется: какой спрос идёт по нему")},
    {"robust", 0, "N", NULL, false,
     SAID("solve the average day N times, assumed inputs drawn within their ranges",
          "решить средние сутки N раз, разыгрывая допущения в их пределах")},
    {"seed", 0, "N", NULL, false, SAID("of the draws (default: 1)", "розыгрыша (по умолчанию 1)")},
    {"limit", 0, "N", NULL, false,
     SAID("rows shown of a table (0: all)", "сколько строк таблицы показать (0: все)")},
    LOAD_TIMES_OPTION,
    {"out", 0, "FILE", NULL, false, SAID("write to a file", "записать в файл")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

/* ---- Who uses it ---- */

static int answer_who(struct assign_answer *a, const char *id)
{
    static const enum zhol_table tables[] = {ZHOL_TABLE_link, ZHOL_TABLE_resource,
                                             ZHOL_TABLE_process};
    uint32_t things[3], count = 0;
    bool found = false;
    for (unsigned i = 0; i < 3; i++) {
        things[i] = found ? ZHOL_NONE : zhol_corridor_find(a->loaded->corridor, tables[i], id);
        found = found || things[i] != ZHOL_NONE;
    }
    if (!found) {
        static const struct said none = SAID("no link, resource or process is called %s",
                                             "нет участка, мощности или операции %s");
        return fail(a->given, EXIT_NO_ANSWER, say(a->given, none), id);
    }
    struct assign_user *users = NULL;
    enum zhol_error error =
        assign_study_users(a->study, things[0], things[1], things[2], &users, &count);
    if (error) {
        return fail(a->given, EXIT_FAILED, "%s", zhol_error_text(error));
    }
    assign_view_users(&a->view, users, count, &a->sheets[ASSIGN_PAGE_USERS]);
    a->made[ASSIGN_PAGE_USERS] = true;
    free(users);
    return assign_answer_write(a, ASSIGN_PAGE_USERS);
}

static int answer(const struct given *given, const struct loaded *loaded,
                  const struct assign_study *study)
{
    struct assign_answer a = {.given = given, .loaded = loaded, .study = study};
    const char *who = given_value(given, "who"), *by = given_value(given, "by");
    a.view = (struct assign_view){.corridor = loaded->corridor,
                                  .study = study,
                                  .lang = given->lang == LANG_RU ? REPORT_RU : REPORT_EN};
    int code = who ? answer_who(&a, who)
                   : assign_answer_write(&a, by ? assign_page_of(by) : ASSIGN_PAGE_COUNT);
    assign_answer_clear(&a);
    return code;
}

/* ---- How firm it is ---- */

static int answer_robust(const struct given *given, const struct loaded *loaded,
                         const struct assign_asked *asked)
{
    double draws = 0, seed = 1;
    struct assign_robust robust;
    int code = load_number(given, "robust", 1, 100000, &draws);
    if (code == EXIT_FINE && given_value(given, "seed")) {
        code = load_number(given, "seed", 0, 9e15, &seed);
    }
    if (code != EXIT_FINE) {
        return code;
    }
    enum zhol_error error =
        assign_robust(loaded->corridor, &asked->options, (uint32_t)draws, (uint64_t)seed, &robust);
    if (error) {
        return assign_ask_failed(given, error);
    }
    code = assign_firm_robust(given, loaded, &asked->options, &robust);
    assign_robust_clear(&robust);
    return code;
}

static int answer_study(const struct given *given, const struct loaded *loaded,
                        const struct assign_asked *asked)
{
    struct assign_study study;
    enum zhol_error error = assign_study_run(loaded->corridor, &asked->options, &study);
    if (error) {
        return assign_ask_failed(given, error);
    }
    int code = answer(given, loaded, &study);
    assign_study_clear(&study);
    return code;
}

/* The words of --by stand in the help, where they would be too long for one line as a list. */
static int check_by(const struct given *given)
{
    static const struct said bad = SAID("--by %s: see zhol assign --help for what there is",
                                        "--by %s: что бывает, скажет zhol assign --help");
    const char *by = given_value(given, "by");
    bool known = !by || (assign_page_of(by) != ASSIGN_PAGE_COUNT &&
                         assign_page_of(by) != ASSIGN_PAGE_USERS &&
                         assign_page_of(by) != ASSIGN_PAGE_EMPTY_FLOWS);
    return known ? EXIT_FINE : fail(given, EXIT_MISUSED, say(given, bad), by);
}

/* What would be ignored is refused. */
static int check_use(const struct given *given)
{
    static const struct {
        const char *option, *beside;
    } never[] = {{"who", "by"}, {"robust", "by"}, {"robust", "who"}};
    static const struct said both = SAID("--%s and --%s are two questions: ask for one of them",
                                         "--%s и --%s — два вопроса: задайте один");
    static const struct said map = SAID("a map has all links: --%s is for the other formats",
                                        "на карте все участки: --%s — для других форматов");
    static const struct said seed = SAID("--seed is of --robust", "--seed относится к --robust");
    bool geojson = strcmp(given_format(given), "geojson") == 0;
    for (unsigned i = 0; i < sizeof never / sizeof *never; i++) {
        if (given_value(given, never[i].option) && given_value(given, never[i].beside)) {
            return fail(given, EXIT_MISUSED, say(given, both), never[i].option, never[i].beside);
        }
    }
    static const char *const tables[] = {"by", "who", "limit"};
    for (unsigned i = 0; geojson && i < sizeof tables / sizeof *tables; i++) {
        if (given_value(given, tables[i])) {
            return fail(given, EXIT_MISUSED, say(given, map), tables[i]);
        }
    }
    bool lone = given_value(given, "seed") && !given_value(given, "robust");
    return lone ? fail(given, EXIT_MISUSED, "%s", say(given, seed)) : EXIT_FINE;
}

static int run(const struct given *given)
{
    struct loaded loaded;
    struct assign_asked asked = {0};
    if (check_by(given) != EXIT_FINE || check_use(given) != EXIT_FINE) {
        return EXIT_MISUSED;
    }
    int code = load_corridor(given, &loaded);
    code = code == EXIT_FINE ? load_times(given, &loaded) : code;
    code = code == EXIT_FINE ? assign_ask(given, &loaded, &asked) : code;
    if (code == EXIT_FINE) {
        code = given_value(given, "robust") ? answer_robust(given, &loaded, &asked)
                                            : answer_study(given, &loaded, &asked);
    }
    assign_ask_clear(&asked);
    load_clear(&loaded);
    return code;
}

static const char *const examples[] = {
    "zhol assign --period 2024",
    "the freight of 2024, month by month: crossings, capacities, prices, what stays and why",
    "грузы 2024 года по месяцам: переходы, мощности, цены, что осталось и почему",
    "zhol assign --period 2025-01..2025-04 --change R.S030=60",
    "four months with sixty pairs of trains a day between Dostyk and Beskol",
    "четыре месяца при шестидесяти парах поездов в сутки между Достыком и Бесколем",
    "zhol assign --period 2024 --who R.S030 --limit 10",
    "whose freight uses the train pairs of that section",
    "чей груз занимает пары поездов этого участка",
    "zhol assign --period 2024 --by limit --average",
    "which published limits cannot be right, if all counted freight was carried",
    "какие опубликованные пределы неверны, если перевезено всё учтённое",
    NULL};

const struct command command_assign = {
    .name = "assign",
    .about = SAID("put all freight of a period on the corridor's capacity: flows, bottlenecks, "
                  "what one more train is worth",
                  "разложить все грузы периода по мощностям коридора: потоки, узкие места, чего "
                  "стоит ещё один поезд"),
    .arguments = "",
    .common = true,
    .formats = "table|json|csv|xlsx|geojson",
    .options = options,
    .details =
        SAID("Takes the demand of the period month by month, puts it on the network of the middle "
             "of each month (of --date where given) at least generalised cost, money and the "
             "goods' worth of time, and holds every binding resource. Trains, wagons, TEU and "
             "trucks are limited; tonnes are what comes out. What cannot be carried stays unmet "
             "at three times its free cost. Every answer carries its proof. docs/assignment.md "
             "tells the method.",
             "Берёт спрос периода по месяцам и кладёт его на сеть середины месяца (или --date) с "
             "наименьшей обобщённой стоимостью: деньги и цена времени груза; каждая мощность "
             "соблюдается. Ограничены поезда, вагоны, ДФЭ и грузовики, тонны получаются. Что не "
             "помещается, остаётся по цене трёх его свободных стоимостей. При каждом ответе — "
             "доказательство. Метод: docs/assignment.md."),
    .examples = examples,
    .run = run,
};
