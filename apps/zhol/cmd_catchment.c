/* cmd_catchment.c: what a hub would serve if it stood here, and how large its yard would be. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "base/csv.h"
#include "base/table_out.h"
#include "base/time.h"
#include "desk/catchment.h"
#include "freight_year.h"
#include "report/lines.h"

enum { WITHIN_H = 36, DWELL_D = 5, PEAK_PERCENT = 30, YEAR_D = 365 };

static const struct option_row options[] = {
    {"year", 0, "YEAR", NULL, false,
     SAID("freight of this year (default: the last whole one with freight)",
          "грузы этого года (по умолчанию последнего целого с грузами)")},
    {"within", 0, "HOURS", NULL, false,
     SAID("only places no farther than so (default: 36)",
          "только места не дальше (по умолчанию 36)")},
    {"dwell", 0, "DAYS", NULL, false,
     SAID("how long a box stands in the yard (default: 5, an assumption)",
          "сколько контейнер стоит на площадке (по умолчанию 5, допущение)")},
    {"peak", 0, "PERCENT", NULL, false,
     SAID("so much over the mean at the peak (default: 30, an assumption)",
          "на столько пик выше среднего (по умолчанию 30, допущение)")},
    {"out", 0, "FILE", NULL, false, SAID("write to a file", "записать в файл")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

struct page {
    const struct given *given;
    const struct loaded *loaded;
    struct catchment_options asked;
    struct catchment catchment;
    double dwell_d, peak;
};

/* Sums of the places that go to one site. */
struct sum {
    uint32_t places;
    double out_t, in_t, out_teu, in_teu;
    double t_by[CATCHMENT_MODES]; /* of the other places */
};

static const char *in(const struct page *page, const char *en, const char *ru)
{
    return page->given->lang == LANG_RU ? ru : en;
}

static const char *name_of(const struct page *page, uint32_t node, char out[static ANSWER_TEXT])
{
    return answer_name(page->given, page->loaded, ZHOL_TABLE_node, node, out);
}

static struct sum sum_of(const struct page *page, uint32_t site)
{
    struct sum sum = {.places = 0};
    for (uint32_t i = 0; i < page->catchment.count; i++) {
        const struct catchment_place *place = &page->catchment.places[i];
        if (place->site == site) {
            sum.places++;
            sum.out_t += place->out_t;
            sum.in_t += place->in_t;
            sum.out_teu += place->out_teu;
            sum.in_teu += place->in_teu;
            if (place->node != page->asked.sites[site]) {
                sum.t_by[place->mode] += place->out_t + place->in_t;
            }
        }
    }
    return sum;
}

static double slots(const struct page *page, const struct sum *sum)
{
    return ceil((sum->out_teu + sum->in_teu) / YEAR_D * page->dwell_d * (1 + page->peak / 100));
}

/* ---- For people ---- */

/* True where rail comes to the site from at least one other place. */
static bool has_rail(const struct page *page, uint32_t site)
{
    for (uint32_t i = 0; i < page->catchment.count; i++) {
        const struct catchment_place *place = &page->catchment.places[i];
        if (place->node != page->asked.sites[site] &&
            !isnan(place->reach[site][CATCHMENT_RAIL].hours)) {
            return true;
        }
    }
    return false;
}

/* Which part of the tonnes is better by rail; those of the site itself go by neither. */
static void put_split(const struct page *page, uint32_t site, struct buffer *text)
{
    struct sum sum = sum_of(page, site);
    char number[ANSWER_TEXT];
    double t = sum.t_by[CATCHMENT_RAIL] + sum.t_by[CATCHMENT_ROAD];
    if (!has_rail(page, site)) {
        buffer_string(text, in(page, "no railway comes to it in the data: all by road",
                               "железной дороги к нему в данных нет: всё автомобилем"));
    } else if (t > 0) {
        buffer_printf(text,
                      in(page,
                         "%s %% of the tonnes from and to other places are better by rail (where "
                         "it takes no more than %.0f h)",
                         "%s %% тонн из других мест и в них выгоднее по железной дороге (где она "
                         "укладывается в %.0f ч)"),
                      answer_fixed(page->given, 100 * sum.t_by[CATCHMENT_RAIL] / t, 0, number),
                      page->asked.within_h);
    } else {
        buffer_string(text, in(page, "no other place goes to it", "других мест у него нет"));
    }
}

static void put_site(const struct page *page, uint32_t site, struct buffer *out)
{
    struct sum sum = sum_of(page, site);
    char name[ANSWER_TEXT], sent[ANSWER_TEXT], got[ANSWER_TEXT], teu[ANSWER_TEXT],
        yard[ANSWER_TEXT];
    struct buffer text;
    buffer_init(&text);
    buffer_printf(&text,
                  in(page, "%s: %u place%s, %s Mt out and %s Mt in, %s k TEU in %d; ",
                     "%s: мест %u%s, вывоз %s и ввоз %s млн т, %s тыс. ДФЭ за %d год; "),
                  name_of(page, page->asked.sites[site], name), sum.places,
                  in(page, sum.places == 1 ? "" : "s", ""),
                  answer_fixed(page->given, sum.out_t / 1e6, 2, sent),
                  answer_fixed(page->given, sum.in_t / 1e6, 2, got),
                  answer_fixed(page->given, (sum.out_teu + sum.in_teu) / 1e3, 0, teu),
                  (int)time_date_of(page->asked.from).year);
    put_split(page, site, &text);
    buffer_printf(&text,
                  in(page, ". Yard for all of it: %s TEU at one time.",
                     ". Площадка на всё: %s ДФЭ одновременно."),
                  answer_number(page->given, slots(page, &sum), yard));
    lines_wrap(out, "", 0, buffer_get(&text));
    buffer_clear(&text);
}

static void put_number(const struct page *page, double value, unsigned decimals,
                       struct table_out *table)
{
    char text[ANSWER_TEXT];
    table_out_text(table, answer_fixed(page->given, value, decimals, text));
}

static void put_place(const struct page *page, const struct catchment_place *place,
                      struct table_out *table)
{
    char text[ANSWER_TEXT];
    bool itself = place->node == page->asked.sites[place->site];
    table_out_text(table, name_of(page, place->node, text));
    table_out_text(table, name_of(page, page->asked.sites[place->site], text));
    put_number(page, place->out_t / 1e3, 1, table);
    put_number(page, place->in_t / 1e3, 1, table);
    put_number(page, (place->out_teu + place->in_teu) / 1e3, 1, table);
    for (unsigned m = 0; m < CATCHMENT_MODES; m++) {
        const struct catchment_reach *reach = &place->reach[place->site][m];
        put_number(page, itself ? NAN : reach->hours, 0, table);
        put_number(page, itself ? NAN : reach->usd, 0, table);
    }
}

static void put_table(const struct page *page, struct buffer *out)
{
    struct table_out table;
    uint32_t outside = 0;
    answer_head(page->given, page->loaded, out);
    for (uint32_t s = 0; s < page->asked.site_count; s++) {
        put_site(page, s, out);
    }
    buffer_char(out, '\n');
    table_out_init(&table, ANSWER_WIDTH);
    table_out_column(&table, in(page, "Place", "Место"), TABLE_WRAP);
    table_out_column(&table, in(page, "Goes to", "Тяготеет к"), TABLE_WRAP);
    table_out_column(&table, in(page, "kt out", "тыс. т из"), TABLE_RIGHT);
    table_out_column(&table, in(page, "kt in", "тыс. т в"), TABLE_RIGHT);
    table_out_column(&table, in(page, "k TEU", "тыс. ДФЭ"), TABLE_RIGHT);
    table_out_column(&table, in(page, "Rail h", "Ж.-д. ч"), TABLE_RIGHT);
    table_out_column(&table, "USD", TABLE_RIGHT);
    table_out_column(&table, in(page, "Road h", "Авто ч"), TABLE_RIGHT);
    table_out_column(&table, "USD", TABLE_RIGHT);
    for (uint32_t i = 0; i < page->catchment.count; i++) {
        if (page->catchment.places[i].site == ZHOL_NONE) {
            outside++;
        } else {
            put_place(page, &page->catchment.places[i], &table);
        }
    }
    table_out_print(&table, out);
    table_out_clear(&table);
    char line[ANSWER_TEXT];
    snprintf(line, sizeof line,
             in(page,
                "Farther than %.0f h: %u more. USD and hours: one 40 ft box to the hub. "
                "Freight of the demand table that crosses the border; what only moves inside the "
                "country, and what the hub would bring about, is not in it. Boxes stand %g days, "
                "the peak is %g %% over the mean (assumed: --dwell, --peak).",
                "Дальше %.0f ч: ещё %u. Доллары и часы — за контейнер 40 фт до хаба. Грузы "
                "таблицы спроса, которые пересекают границу; внутренних и тех, которые вызвал бы "
                "сам хаб, здесь нет. Контейнер стоит %g сут, пик на %g %% выше среднего "
                "(допущения: --dwell, --peak)."),
             page->asked.within_h, outside, page->dwell_d, page->peak);
    lines_wrap(out, "", 0, line);
}

/* ---- As data ---- */

static void json_sites(const struct page *page, struct json_writer *json)
{
    json_write_key(json, "sites");
    json_write_array(json);
    for (uint32_t s = 0; s < page->asked.site_count; s++) {
        struct sum sum = sum_of(page, s);
        json_write_object(json);
        json_member_text(
            json, "site",
            zhol_corridor_id(page->loaded->corridor, ZHOL_TABLE_node, page->asked.sites[s]));
        json_member_int(json, "places", sum.places);
        json_member_fixed(json, "out_t", sum.out_t, 0);
        json_member_fixed(json, "in_t", sum.in_t, 0);
        json_member_fixed(json, "teu", sum.out_teu + sum.in_teu, 0);
        json_member_fixed(json, "better_by_rail_t", sum.t_by[CATCHMENT_RAIL], 0);
        json_member_fixed(json, "yard_teu", slots(page, &sum), 0);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static void put_json(const struct page *page, struct buffer *out)
{
    const struct zhol_corridor *corridor = page->loaded->corridor;
    struct json_writer json;
    json_writer_init(&json, out, true);
    json_write_object(&json);
    answer_head_json(page->loaded, &json);
    json_sites(page, &json);
    json_write_key(&json, "places");
    json_write_array(&json);
    for (uint32_t i = 0; i < page->catchment.count; i++) {
        const struct catchment_place *place = &page->catchment.places[i];
        bool served = place->site != ZHOL_NONE;
        json_write_object(&json);
        json_member_text(&json, "place", zhol_corridor_id(corridor, ZHOL_TABLE_node, place->node));
        json_member_text(
            &json, "site",
            served ? zhol_corridor_id(corridor, ZHOL_TABLE_node, page->asked.sites[place->site])
                   : NULL);
        bool itself = served && place->node == page->asked.sites[place->site];
        json_member_text(&json, "mode",
                         !served || itself               ? NULL
                         : place->mode == CATCHMENT_RAIL ? "rail"
                                                         : "road");
        json_member_fixed(&json, "out_t", place->out_t, 0);
        json_member_fixed(&json, "in_t", place->in_t, 0);
        json_member_fixed(&json, "teu", place->out_teu + place->in_teu, 0);
        json_write_object_end(&json);
    }
    json_write_array_end(&json);
    json_write_object_end(&json);
    json_writer_end(&json);
}

static void put_csv(const struct page *page, struct buffer *out)
{
    static const char *const heads[] = {"place",    "site",    "mode",    "out_t",
                                        "in_t",     "out_teu", "in_teu",  "rail_h",
                                        "rail_usd", "road_h",  "road_usd"};
    const struct zhol_corridor *corridor = page->loaded->corridor;
    struct csv_writer csv;
    csv_writer_init(&csv, out);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        csv_write_text(&csv, heads[i]);
    }
    csv_write_end(&csv);
    for (uint32_t i = 0; i < page->catchment.count; i++) {
        const struct catchment_place *place = &page->catchment.places[i];
        bool served = place->site != ZHOL_NONE;
        csv_write_text(&csv, zhol_corridor_id(corridor, ZHOL_TABLE_node, place->node));
        csv_write_text(&csv, served ? zhol_corridor_id(corridor, ZHOL_TABLE_node,
                                                       page->asked.sites[place->site])
                                    : "");
        bool itself = served && place->node == page->asked.sites[place->site];
        csv_write_text(&csv, !served || itself               ? ""
                             : place->mode == CATCHMENT_RAIL ? "rail"
                                                             : "road");
        csv_write_fixed(&csv, place->out_t, 0);
        csv_write_fixed(&csv, place->in_t, 0);
        csv_write_fixed(&csv, place->out_teu, 0);
        csv_write_fixed(&csv, place->in_teu, 0);
        for (unsigned m = 0; m < CATCHMENT_MODES; m++) {
            bool known = served && !itself;
            csv_write_fixed(&csv, known ? place->reach[place->site][m].hours : NAN, 1);
            csv_write_fixed(&csv, known ? place->reach[place->site][m].usd : NAN, 0);
        }
        csv_write_end(&csv);
    }
}

/* ---- The command ---- */

/* A site of its own that stands twice would share its places with itself. */
static int check_sites(const struct page *page)
{
    for (uint32_t i = 1; i < page->asked.site_count; i++) {
        for (uint32_t k = 0; k < i; k++) {
            if (page->asked.sites[i] == page->asked.sites[k]) {
                return fail(page->given, EXIT_MISUSED,
                            in(page, "%s is given twice", "%s указано дважды"),
                            page->given->arguments[i]);
            }
        }
    }
    return EXIT_FINE;
}

static int read_question(struct page *page)
{
    const struct given *given = page->given;
    page->asked.within_h = WITHIN_H;
    page->dwell_d = DWELL_D;
    page->peak = PEAK_PERCENT;
    int code = freight_year(given, page->loaded, &page->asked.from, &page->asked.to);
    code = code == EXIT_FINE ? load_number(given, "within", 1, 720, &page->asked.within_h) : code;
    code = code == EXIT_FINE ? load_number(given, "dwell", 0.1, 365, &page->dwell_d) : code;
    code = code == EXIT_FINE ? load_number(given, "peak", 0, 1000, &page->peak) : code;
    for (uint32_t i = 0; code == EXIT_FINE && i < given->argument_count; i++) {
        code = load_place(given, page->loaded, given->arguments[i], &page->asked.sites[i]);
        page->asked.site_count = i + 1;
    }
    return code == EXIT_FINE ? check_sites(page) : code;
}

static int answer(struct page *page)
{
    const char *format = given_format(page->given);
    struct buffer out;
    enum zhol_error error = catchment_make(page->loaded->corridor, page->loaded->network,
                                           &page->asked, &page->catchment);
    if (error == ZHOL_ERROR_UNKNOWN) {
        return fail(page->given, EXIT_NO_ANSWER, "%s",
                    in(page,
                       "places are measured with a box of 40 ft of mixed_goods, and the corridor "
                       "has no such goods",
                       "места измеряются контейнером 40 фт с грузом mixed_goods, а такого груза в "
                       "коридоре нет"));
    }
    if (error) {
        return fail(page->given, EXIT_FAILED, "%s", zhol_error_text(error));
    }
    if (!page->catchment.count) {
        return fail(page->given, EXIT_NO_ANSWER, "%s",
                    in(page, "the demand table has no freight of that year in this country",
                       "в таблице спроса нет грузов этого года в этой стране"));
    }
    buffer_init(&out);
    if (strcmp(format, "json") == 0) {
        put_json(page, &out);
    } else if (strcmp(format, "csv") == 0) {
        put_csv(page, &out);
    } else {
        put_table(page, &out);
    }
    int code = load_write(page->given, &out, EXIT_FINE);
    buffer_clear(&out);
    return code;
}

static int run(const struct given *given)
{
    struct loaded loaded;
    struct page page = {.given = given, .loaded = &loaded};
    int code = load_corridor(given, &loaded);
    code = code == EXIT_FINE ? read_question(&page) : code;
    code = code == EXIT_FINE ? load_network(given, &loaded) : code;
    code = code == EXIT_FINE ? answer(&page) : code;
    catchment_clear(&page.catchment);
    load_clear(&loaded);
    return code;
}

static const char *const examples[] = {
    "zhol catchment Taldykorgan Turkestan",
    "which places each of two hubs would serve, and the yard that needs",
    "какие места обслужит каждый из двух хабов и какая нужна площадка",
    "zhol catchment Turkestan Taldykorgan Almaty --within 24 --dwell 3",
    "the same beside a third site, no farther than a day",
    "то же рядом с третьим местом, не дальше суток",
    NULL};

const struct command command_catchment = {
    .name = "catchment",
    .about = SAID("what hubs would serve: nearest places, their freight, size of the yard",
                  "что обслужат хабы: ближние места, их грузы, размер площадки"),
    .arguments = "PLACE...",
    .min_arguments = 1,
    .max_arguments = CATCHMENT_SITES_MAX,
    .common = true,
    .formats = "table|json|csv",
    .options = options,
    .details = SAID(
        "Every place of the country goes to the site that it reaches with least money and time for "
        "a box. The yard is for all freight of its places: an upper end. A place is a city, "
        "station "
        "or terminal of the corridor.",
        "Каждое место страны тяготеет к той площадке, до которой контейнер едет с наименьшими "
        "деньгами и временем. Площадка рассчитана на все грузы её мест: это верхний предел. Место "
        "— город, станция или терминал коридора."),
    .examples = examples,
    .run = run,
};
