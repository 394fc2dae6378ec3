/* cmd_tariff.c: what a cut of the transit tariff brings: boxes by way, revenue. */
#include <math.h>
#include <string.h>

#include "answer.h"
#include "base/csv.h"
#include "base/table_out.h"
#include "base/time.h"
#include "desk/tariff_effect.h"
#include "freight_year.h"
#include "report/lines.h"

static const struct option_row options[] = {
    {"cut", 0, "PERCENT", NULL, false,
     SAID("percent off (default: 10; below 0: a rise)",
          "на сколько процентов ниже (по умолчанию 10; меньше 0 — выше)")},
    {"elasticity", 0, "E", NULL, false,
     SAID("percent of boxes for one percent of cost, such as -1 (default: 0, none)",
          "процентов контейнеров на процент затрат, например -1 (по умолчанию 0)")},
    {"year", 0, "YEAR", NULL, false,
     SAID("freight of this year (default: the last whole one with freight)",
          "грузы этого года (по умолчанию последнего целого с грузами)")},
    {"country", 0, "COUNTRY", NULL, false,
     SAID("whose tariff (default: KZ)", "чей тариф (по умолчанию KZ)")},
    {"out", 0, "FILE", NULL, false, SAID("write to a file", "записать в файл")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

static const char *const way_codes[TARIFF_WAY_COUNT] = {"land",  "caspian", "north",
                                                        "south", "ocean",   "other"};

static const char *in(const struct given *given, const char *en, const char *ru)
{
    return given->lang == LANG_RU ? ru : en;
}

static const char *way_name(const struct given *given, unsigned way)
{
    static const struct said names[TARIFF_WAY_COUNT] = {
        SAID("through it by land", "через неё по суше"),
        SAID("through it and over the Caspian", "через неё и Каспий"),
        SAID("past it through Russia", "мимо неё через Россию"),
        SAID("past it through Kyrgyzstan", "мимо неё через Киргизию"),
        SAID("past it by sea", "мимо неё морем"),
        SAID("other", "иначе"),
    };
    return say(given, names[way]);
}

static void put_number(const struct given *given, double value, struct table_out *table)
{
    char text[ANSWER_TEXT];
    table_out_text(table, answer_fixed(given, value, 1, text));
}

static void put_ways(const struct given *given, const struct tariff_answer *answers,
                     struct buffer *out)
{
    struct table_out table;
    table_out_init(&table, ANSWER_WIDTH);
    table_out_column(
        &table,
        in(given, "Boxes that go through, k TEU a year", "Сквозные контейнеры, тыс. ДФЭ в год"),
        TABLE_WRAP);
    table_out_column(&table, in(given, "now", "сейчас"), TABLE_RIGHT);
    table_out_column(&table, in(given, "cut", "снижен"), TABLE_RIGHT);
    table_out_column(&table, in(given, "and grown", "с приростом"), TABLE_RIGHT);
    for (unsigned way = 0; way < TARIFF_WAY_COUNT; way++) {
        if (answers[TARIFF_NOW].teu[way] + answers[TARIFF_MORE].teu[way] < 0.5) {
            continue;
        }
        table_out_text(&table, way_name(given, way));
        for (unsigned c = 0; c < TARIFF_CASES; c++) {
            put_number(given, answers[c].teu[way] / 1e3, &table);
        }
    }
    table_out_text(&table, in(given, "all", "всего"));
    for (unsigned c = 0; c < TARIFF_CASES; c++) {
        put_number(given, answers[c].all_teu / 1e3, &table);
    }
    table_out_text(&table, in(given, "finds no room", "не находит места"));
    for (unsigned c = 0; c < TARIFF_CASES; c++) {
        put_number(given, answers[c].unmet_teu / 1e3, &table);
    }
    table_out_text(&table, in(given, "revenue of that tariff, million USD a year",
                              "доход этого тарифа, млн долларов в год"));
    for (unsigned c = 0; c < TARIFF_CASES; c++) {
        put_number(given, answers[c].revenue_usd / 1e6, &table);
    }
    table_out_print(&table, out);
    table_out_clear(&table);
}

/* A lower price by land and more boxes by sea: what that means. */
static void put_no_room(const struct given *given, const struct tariff_answer *answers,
                        struct buffer *out)
{
    double by_sea =
        answers[TARIFF_MORE].teu[TARIFF_WAY_OCEAN] - answers[TARIFF_CUT].teu[TARIFF_WAY_OCEAN];
    char text[ANSWER_TEXT];
    struct buffer line;
    if (by_sea < 500) { /* 0.5 k TEU: less is not seen in the table */
        return;
    }
    buffer_init(&line);
    buffer_printf(&line,
                  in(given,
                     "By sea go %s k TEU more than without the new boxes: the land way is full "
                     "where it is cheap, and what pays least for it goes round (`zhol assign "
                     "--by resource` names the limits).",
                     "Морем идёт на %s тыс. ДФЭ больше, чем без прироста: путь по суше там, где он "
                     "дёшев, полон, и в обход идёт то, чему суша выгодна меньше всего (пределы: "
                     "`zhol assign --by resource`)."),
                  answer_fixed(given, by_sea / 1e3, 1, text));
    lines_wrap(out, "", 0, buffer_get(&line));
    buffer_clear(&line);
}

static void put_table(const struct given *given, const struct loaded *loaded,
                      const struct tariff_options *asked, const struct tariff_answer *answers,
                      struct buffer *out)
{
    char line[ANSWER_TEXT], cut[ANSWER_TEXT], elasticity[ANSWER_TEXT];
    answer_head(given, loaded, out);
    snprintf(line, sizeof line,
             in(given,
                "Rail tariff of %.2s for boxes in transit %s %% %s; elasticity %s; freight of %d.",
                "Железнодорожный тариф %.2s для сквозных контейнеров на %s %% %s; эластичность "
                "%s; грузы %d года."),
             asked->country, answer_number(given, fabs(100 * asked->cut), cut),
             asked->cut < 0 ? in(given, "higher", "выше") : in(given, "lower", "ниже"),
             answer_number(given, asked->elasticity, elasticity),
             (int)time_date_of(asked->from).year);
    lines_wrap(out, "", 0, line);
    buffer_char(out, '\n');
    put_ways(given, answers, out);
    double change = answers[TARIFF_MORE].revenue_usd / answers[TARIFF_NOW].revenue_usd - 1;
    buffer_printf(out, in(given, "Revenue changes by %s%s %%.\n", "Доход меняется на %s%s %%.\n"),
                  change < 0 ? "-" : "+", answer_fixed(given, fabs(100 * change), 1, line));
    put_no_room(given, answers, out);
    lines_wrap(out, "", 0,
               in(given,
                  "Freight of the demand table, which goes through the corridor today; what now "
                  "goes all the way by sea or Russia is not in it: the elasticity (against the "
                  "whole cost, time included) stands for it. Of a through price the part is cut "
                  "that its km in the country are. Most tariffs are assumptions.",
                  "Грузы таблицы спроса, которые идут через коридор сегодня; того, что всю дорогу "
                  "идёт морем или Россией, в ней нет: его заменяет эластичность (по всем затратам, "
                  "со временем). В сквозной цене снижена доля, которую составляют км в стране. "
                  "Тарифы большей частью — допущения."));
}

static void put_csv(const struct tariff_answer *answers, struct buffer *out)
{
    static const char *const cases[TARIFF_CASES] = {"now", "cut", "grown"};
    struct csv_writer csv;
    csv_writer_init(&csv, out);
    csv_write_text(&csv, "case");
    csv_write_text(&csv, "way");
    csv_write_text(&csv, "teu");
    csv_write_text(&csv, "t");
    csv_write_text(&csv, "revenue_usd");
    csv_write_end(&csv);
    for (unsigned c = 0; c < TARIFF_CASES; c++) {
        for (unsigned way = 0; way <= TARIFF_WAY_COUNT; way++) {
            bool all = way == TARIFF_WAY_COUNT;
            csv_write_text(&csv, cases[c]);
            csv_write_text(&csv, all ? "all" : way_codes[way]);
            csv_write_fixed(&csv, all ? answers[c].all_teu : answers[c].teu[way], 1);
            csv_write_fixed(&csv, all ? NAN : answers[c].t[way], 1);
            csv_write_fixed(&csv, all ? answers[c].revenue_usd : NAN, 0);
            csv_write_end(&csv);
        }
    }
}

static bool has_country(const struct loaded *loaded, const char *country)
{
    uint32_t count;
    const struct zhol_node *nodes = zhol_corridor_node(loaded->corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (strcmp(zhol_corridor_text(loaded->corridor, nodes[i].country), country) == 0) {
            return true;
        }
    }
    return false;
}

static int read_question(const struct given *given, const struct loaded *loaded,
                         struct tariff_options *asked)
{
    double cut = 10;
    const char *country = given_value(given, "country");
    asked->country = country ? country : "KZ";
    if (!has_country(loaded, asked->country)) {
        return fail(given, EXIT_NO_ANSWER,
                    in(given, "the corridor has no place in country '%s' (two letters, such as KZ)",
                       "в коридоре нет мест в стране «%s» (две буквы, например KZ)"),
                    asked->country);
    }
    int code = load_number(given, "cut", -99, 99, &cut);
    code = code == EXIT_FINE ? load_number(given, "elasticity", -5, 0, &asked->elasticity) : code;
    asked->cut = cut / 100;
    return code == EXIT_FINE ? freight_year(given, loaded, &asked->from, &asked->to) : code;
}

static int answer(const struct given *given, const struct loaded *loaded,
                  const struct tariff_options *asked)
{
    struct tariff_answer answers[TARIFF_CASES];
    struct buffer out;
    enum zhol_error error = tariff_effect_run(loaded->corridor, loaded->network, asked, answers);
    if (error == ZHOL_ERROR_UNREACHABLE || (!error && !(answers[TARIFF_NOW].revenue_usd > 0))) {
        return fail(given, EXIT_NO_ANSWER,
                    in(given, "the demand table has no box that goes through %s in %d",
                       "в таблице спроса нет контейнеров через %s за %d год"),
                    asked->country, (int)time_date_of(asked->from).year);
    }
    if (error) {
        return fail(given, EXIT_FAILED, "%s", zhol_error_text(error));
    }
    buffer_init(&out);
    if (strcmp(given_format(given), "csv") == 0) {
        put_csv(answers, &out);
    } else {
        put_table(given, loaded, asked, answers, &out);
    }
    int code = load_write(given, &out, EXIT_FINE);
    buffer_clear(&out);
    return code;
}

static int run(const struct given *given)
{
    struct loaded loaded;
    struct tariff_options asked = {.elasticity = 0};
    int code = load_corridor(given, &loaded);
    code = code == EXIT_FINE ? read_question(given, &loaded, &asked) : code;
    code = code == EXIT_FINE ? load_network(given, &loaded) : code;
    code = code == EXIT_FINE ? answer(given, &loaded, &asked) : code;
    load_clear(&loaded);
    return code;
}

static const char *const examples[] = {
    "zhol tariff --cut 10 --elasticity -1",
    "ten percent off the Kazakh transit tariff, and one percent more boxes for one of cost",
    "тариф ниже на десять процентов, на процент затрат — процент контейнеров", NULL};

const struct command command_tariff = {
    .name = "tariff",
    .about = SAID("a lower transit tariff: boxes by way, revenue",
                  "ниже тариф транзита: контейнеры по путям, доход"),
    .common = true,
    .formats = "table|csv",
    .options = options,
    .details = SAID("Three solves of the average day: as it is, with the tariff cut, and with the "
                    "freight that the lower price makes. Goods may take any border and the sea.",
                    "Три решения средних суток: как есть, с пониженным тарифом и с грузом, который "
                    "вызовет низкая цена. Груз может идти через любую границу и морем."),
    .examples = examples,
    .run = run,
};
