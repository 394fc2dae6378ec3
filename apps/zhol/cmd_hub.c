/* cmd_hub.c: boxes of a week at a hub: how many block trains, from where, on which day, at what
 * load, and when it is cheaper to wait.
 */
#include <string.h>

#include "hub_ask.h"

static const struct option_row options[] = {
    {"feu", 0, "TO=N", NULL, true,
     SAID("N boxes of 40 ft for a destination, spread over the week; may be repeated",
          "N контейнеров 40 фт в назначение, поровну на неделю; можно повторять")},
    {"demand", 0, "FILE", NULL, true,
     SAID("CSV or XLSX with hub, destination, day, feu (`zhol import --as hub-demand`)",
          "CSV или XLSX: хаб, назначение, день, фэ (`zhol import --as hub-demand`)")},
    {"week", 0, "DAY", NULL, false,
     SAID("first day of the week (default: the day of the network)",
          "первый день недели (по умолчанию день сети)")},
    {"commodity", 0, "NAME", NULL, false,
     SAID("what is carried (default: general container goods)",
          "что везут (по умолчанию сборный контейнерный груз)")},
    {"train-feu", 0, "N", NULL, false,
     SAID("boxes of a full train (default: of the hub's gauge)",
          "контейнеров в полном поезде (по умолчанию по колее хаба)")},
    {"train-usd", 0, "TO=USD", NULL, true,
     SAID("price of a whole train (default: by the planner)",
          "цена целого поезда (по умолчанию по расчёту)")},
    {"single-usd", 0, "TO=USD", NULL, true,
     SAID("price of a box that goes alone", "цена отдельного контейнера")},
    {"single-extra", 0, "PERCENT", NULL, false,
     SAID("a box alone costs so much more than planned (default: 15)",
          "на столько отдельный контейнер дороже расчёта (по умолчанию 15)")},
    {"day-usd", 0, "USD", NULL, false,
     SAID("worth of a day to a box (default: of the commodity)",
          "сколько стоят сутки контейнеру (по умолчанию по грузу)")},
    {"trains-day", 0, "N", NULL, false,
     SAID("trains that a hub can send a day (default: 2)",
          "сколько поездов хаб отправляет в сутки (по умолчанию 2)")},
    {"max-wait", 0, "DAYS", NULL, false,
     SAID("no box waits longer (default: 7)", "никто не ждёт дольше (по умолчанию 7)")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

static int answer(const struct given *given, const struct hub_asked *asked)
{
    static const struct said no_way =
        SAID("some boxes can leave neither by train nor alone within the longest wait; raise "
             "--max-wait or --trains-day",
             "часть контейнеров не может уйти ни поездом, ни отдельно за наибольшее ожидание; "
             "увеличьте --max-wait или --trains-day");
    static const struct said too_many = SAID("more boxes, days or hubs than are planned at once",
                                             "больше контейнеров, дней или хабов, чем считается");
    struct hub_plan plan;
    struct buffer out;
    const char *format = given_format(given);
    enum zhol_error error = hub_solve(&asked->in, &plan);
    if (error) {
        return error == ZHOL_ERROR_UNREACHABLE
                   ? fail(given, EXIT_NO_ANSWER, "%s", say(given, no_way))
               : error == ZHOL_ERROR_RANGE ? fail(given, EXIT_BAD_INPUT, "%s", say(given, too_many))
                                           : fail(given, EXIT_FAILED, "%s", zhol_error_text(error));
    }
    buffer_init(&out);
    if (strcmp(format, "json") == 0) {
        hub_page_json(asked, &plan, &out);
    } else if (strcmp(format, "csv") == 0) {
        hub_page_csv(asked, &plan, &out);
    } else {
        hub_page_table(asked, &plan, &out);
    }
    int code = load_write(given, &out, EXIT_FINE);
    buffer_clear(&out);
    hub_plan_clear(&plan);
    return code;
}

static int run(const struct given *given)
{
    struct loaded loaded;
    struct hub_asked asked = {.given = NULL};
    int code = load_corridor(given, &loaded);
    code = code == EXIT_FINE ? load_network(given, &loaded) : code;
    code = code == EXIT_FINE ? hub_ask(given, &loaded, &asked) : code;
    code = code == EXIT_FINE ? answer(given, &asked) : code;
    hub_ask_clear(&asked);
    load_clear(&loaded);
    return code;
}

static const char *const examples[] = {
    "zhol hub Xian --feu Duisburg=95 --feu Tashkent=30",
    "125 boxes of a week: trains, days, loads",
    "125 контейнеров недели: поезда, дни, загрузка",
    "zhol hub Xian --demand week.csv --day-usd 40 --max-wait 4",
    "boxes of several hubs from a table; a day is worth 40 USD to a box",
    "контейнеры нескольких хабов из таблицы; сутки стоят контейнеру 40 долларов",
    NULL};

const struct command command_hub = {
    .name = "hub",
    .about = SAID("block trains at a hub: how many, from where, at what load, when to wait",
                  "блок-поезда хаба: сколько, откуда, с какой загрузкой, когда ждать"),
    .arguments = "HUB",
    .min_arguments = 1,
    .max_arguments = 1,
    .common = true,
    .formats = "table|json|csv",
    .options = options,
    .details = SAID(
        "A block train costs the same full or not; a box may also go alone, or wait for a fuller "
        "train, which costs its worth of time and, after the free days, storage. Boxes of several "
        "hubs may be brought together by feeders. The plan with least cost is found and proven, or "
        "it is said how far from the best it can be.",
        "Блок-поезд стоит одинаково, полон он или нет; контейнер может ехать и отдельно или ждать "
        "более полного поезда, что стоит времени и, после бесплатных суток, хранения. Контейнеры "
        "нескольких хабов можно свезти в один. Находится самый дешёвый план с доказательством, "
        "или говорится, насколько он может отстоять от лучшего."),
    .examples = examples,
    .run = run,
};
