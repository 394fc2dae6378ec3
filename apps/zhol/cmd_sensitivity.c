/* cmd_sensitivity.c: which assumed inputs move the assignment most. */
#include "assign_ask.h"
#include "assign_firm.h"

static const struct option_row options[] = {
    ASSIGN_ASK_OPTIONS,
    {"paths", 0, "N", NULL, false,
     SAID("random paths through the ranges (default: 4)",
          "случайных путей по размаху величин (по умолчанию 4)")},
    {"seed", 0, "N", NULL, false, SAID("of the paths (default: 1)", "путей (по умолчанию 1)")},
    {"limit", 0, "N", NULL, false,
     SAID("rows shown of a table (0: all)", "сколько строк таблицы показать (0: все)")},
    {"out", 0, "FILE", NULL, false, SAID("write to a file", "записать в файл")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

static int answer(const struct given *given, const struct loaded *loaded,
                  const struct assign_asked *asked)
{
    double paths = 4, seed = 1;
    struct assign_sensitivity sensitivity;
    int code =
        given_value(given, "paths") ? load_number(given, "paths", 2, 10000, &paths) : EXIT_FINE;
    if (code == EXIT_FINE && given_value(given, "seed")) {
        code = load_number(given, "seed", 0, 9e15, &seed);
    }
    if (code != EXIT_FINE) {
        return code;
    }
    enum zhol_error error = assign_sensitivity(loaded->corridor, &asked->options, (uint32_t)paths,
                                               (uint64_t)seed, &sensitivity);
    if (error) {
        return assign_ask_failed(given, error);
    }
    code = assign_firm_sensitivity(given, loaded, &asked->options, &sensitivity);
    assign_sensitivity_clear(&sensitivity);
    return code;
}

static int run(const struct given *given)
{
    struct loaded loaded;
    struct assign_asked asked = {0};
    int code = load_corridor(given, &loaded);
    code = code == EXIT_FINE ? assign_ask(given, &loaded, &asked) : code;
    code = code == EXIT_FINE ? answer(given, &loaded, &asked) : code;
    assign_ask_clear(&asked);
    load_clear(&loaded);
    return code;
}

static const char *const examples[] = {"zhol sensitivity --period 2024",
                                       "which assumptions the freight of 2024 leans on",
                                       "на какие допущения опирается расклад грузов 2024 года",
                                       "zhol sensitivity --period 2025 --paths 20 --format csv",
                                       "more paths, as data",
                                       "больше путей, в виде данных",
                                       NULL};

const struct command command_sensitivity = {
    .name = "sensitivity",
    .about = SAID("which assumed inputs move the assignment most",
                  "какие допущения сильнее всего меняют расклад грузов"),
    .arguments = "",
    .common = true,
    .formats = "table|json|csv|xlsx",
    .options = options,
    .details = SAID("Moves one input after the other over its range (capacities that are "
                    "assumptions, demand that is fitted, assumed tariffs, the worth of time, the "
                    "price of unmet freight) from random points, and solves the average day of the "
                    "period each time: Morris's elementary effects.",
                    "Двигает одну величину за другой по её размаху (допущенные мощности, "
                    "подобранный спрос, допущенные тарифы, цену времени и неперевезённого) от "
                    "случайных точек и каждый раз решает средние сутки периода: элементарные "
                    "эффекты Морриса."),
    .examples = examples,
    .run = run,
};
