/* cmd_calibrate.c: border times fitted on some years, the next one predicted, transit times held
 * against the model; with what was fitted and what never was.
 */
#include <ctype.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "answer.h"
#include "base/table_out.h"
#include "desk/calibrate.h"
#include "desk/calibrate_ways.h"

enum { WAYS_MAX = 64 };

/* Not the common ones: the fit knows neither another day nor a scenario. */
static const struct option_row options[] = {
    {"corridor", 'C', "DIR", NULL, false,
     SAID("folder of the corridor (default: china-kazakhstan)",
          "папка коридора (по умолчанию china-kazakhstan)")},
    {"out", 0, "FILE", NULL, false, SAID("write to a file", "записать в файл")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

struct page {
    const struct given *given;
    const struct loaded *loaded;
    struct calibrate_targets targets;
    struct calibrate_changes changes;
    struct calibrate_fit fit;
    struct calibrate_predictions predictions;
    struct calibrate_way ways[WAYS_MAX];
    uint32_t way_count;
    struct buffer out;
};

static bool is_ru(const struct page *page)
{
    return page->given->lang == LANG_RU;
}

static const char *side_name(const struct page *page, const char *side)
{
    bool kz = strcmp(side, "KZ") == 0;
    return is_ru(page) ? (kz ? "Казахстан" : "Китай") : (kz ? "Kazakhstan" : "China");
}

static const char *direction_name(const struct page *page, const char *direction)
{
    static const struct said names[] = {SAID("inbound", "ввоз"), SAID("outbound", "вывоз"),
                                        SAID("all", "все")};
    int at = *direction == 'i' ? 0 : *direction == 'o' ? 1 : 2;
    return say(page->given, names[at]);
}

/* The point of every number as the language writes it: one between two digits. */
static char *decimal(const struct page *page, char *text)
{
    for (char *at = text; is_ru(page) && *at; at++) {
        bool point = *at == '.' && at > text && isdigit((unsigned char)at[-1]) &&
                     isdigit((unsigned char)at[1]);
        *at = point ? ',' : *at;
    }
    return text;
}

/* A number of hours; "no limit" where the law has none. */
static const char *hours_text(const struct page *page, double hours, char out[static ANSWER_TEXT])
{
    if (isinf(hours)) {
        snprintf(out, ANSWER_TEXT, "%s", is_ru(page) ? "затор" : "jam");
    } else if (isnan(hours)) {
        snprintf(out, ANSWER_TEXT, "-");
    } else {
        snprintf(out, ANSWER_TEXT, "%.1f", hours);
        decimal(page, out);
    }
    return out;
}

static void columns(struct page *page, struct table_out *table, const struct said *heads,
                    unsigned count, unsigned texts)
{
    table_out_init(table, ANSWER_WIDTH);
    for (unsigned i = 0; i < count; i++) {
        table_out_column(table, say(page->given, heads[i]), i < texts ? TABLE_WRAP : TABLE_RIGHT);
    }
}

static void print_table(struct page *page, struct table_out *table)
{
    table_out_print(table, &page->out);
    table_out_clear(table);
    buffer_char(&page->out, '\n');
}

/* ---- The fit ---- */

static void print_fit(struct page *page)
{
    static const struct said heads[] = {SAID("Side", "Сторона"),
                                        SAID("Direction", "Направление"),
                                        SAID("Year", "Год"),
                                        SAID("Traffic, Mt", "Поток, млн т"),
                                        SAID("Published, h", "Опубликовано, ч"),
                                        SAID("Fitted, h", "Подобрано, ч")};
    struct table_out table;
    char text[ANSWER_TEXT];
    columns(page, &table, heads, 6, 2);
    for (uint32_t i = 0; i < page->fit.count; i++) {
        const struct calibrate_series *s = &page->fit.series[i];
        for (uint32_t k = 0; k < s->year_count; k++) {
            table_out_text(&table, side_name(page, s->side));
            table_out_text(&table, direction_name(page, s->direction));
            snprintf(text, sizeof text, "%d", s->years[k]);
            table_out_text(&table, text);
            table_out_text(&table, hours_text(page, s->traffic[k], text));
            table_out_text(&table, hours_text(page, s->published_h[k], text));
            table_out_text(&table, hours_text(page, s->fitted_h[k], text));
        }
    }
    print_table(page, &table);
}

static void print_parameters(struct page *page)
{
    static const struct said heads[] = {SAID("Side", "Сторона"), SAID("Direction", "Направление"),
                                        SAID("Law", "Закон"), SAID("Parameters", "Параметры"),
                                        SAID("Worst residual", "Худший остаток")};
    struct table_out table;
    char text[ANSWER_TEXT];
    columns(page, &table, heads, 5, 4);
    for (uint32_t i = 0; i < page->fit.count; i++) {
        const struct calibrate_series *s = &page->fit.series[i];
        bool queue = s->law == CALIBRATE_CONGESTION;
        table_out_text(&table, side_name(page, s->side));
        table_out_text(&table, direction_name(page, s->direction));
        table_out_text(&table, queue ? (is_ru(page) ? "очередь" : "congestion")
                                     : (is_ru(page) ? "уровень" : "level"));
        if (queue) {
            snprintf(text, sizeof text,
                     is_ru(page) ? "предел %.2f млн т в год, k %.2f ч, работа %.0f ч"
                                 : "capacity %.2f Mt a year, k %.2f h, work %.0f h",
                     s->capacity, s->k_h, CALIBRATE_WORK_H);
        } else {
            snprintf(text, sizeof text, is_ru(page) ? "основа %.1f ч" : "base %.1f h", s->base_h);
        }
        table_out_text(&table, decimal(page, text));
        snprintf(text, sizeof text, "%.1f %%", 100 * s->worst);
        table_out_text(&table, decimal(page, text));
    }
    print_table(page, &table);
    snprintf(text, sizeof text,
             is_ru(page) ? "Доля ввоза: Казахстан %.3f, Китай %.3f.\n\n"
                         : "Share of inbound shipments: Kazakhstan %.3f, China %.3f.\n\n",
             page->fit.inbound_share[0], page->fit.inbound_share[1]);
    buffer_string(&page->out, decimal(page, text));
}

/* ---- The prediction ---- */

static void print_changes(struct page *page)
{
    static const struct said kinds[] = {SAID("traffic", "поток"),
                                        SAID("capacity", "пропускная способность"),
                                        SAID("control", "контроль")};
    buffer_printf(&page->out,
                  is_ru(page) ? "Известные перемены %d года:\n" : "Known changes of %d:\n",
                  page->predictions.year);
    for (uint32_t i = 0; i < page->changes.count; i++) {
        const struct calibrate_change *c = &page->changes.items[i];
        char line[2 * ANSWER_TEXT], figures[ANSWER_TEXT];
        if (c->year == page->predictions.year) {
            snprintf(figures, sizeof figures, "%g [%g..%g]", c->value, c->low, c->high);
            snprintf(line, sizeof line, "%s, %s: %s; %s (%s)", side_name(page, c->side),
                     say(page->given, kinds[c->kind]), decimal(page, figures),
                     is_ru(page) && *c->what_ru ? c->what_ru : c->what,
                     is_ru(page) && *c->source_ru ? c->source_ru : c->source);
            answer_field(&page->out, 2, 0, "", line);
        }
    }
    buffer_char(&page->out, '\n');
}

static void print_predictions(struct page *page)
{
    static const struct said heads[] = {
        SAID("Side", "Сторона"),   SAID("Way", "Напр."),   SAID("Before", "Как было"),
        SAID("+ flow", "+ поток"), SAID("+ all", "+ всё"), SAID("Limits", "Пределы"),
        SAID("Real", "Факт"),      SAID("Off", "Ошибка"),  SAID("In", "В них")};
    struct table_out table;
    char text[ANSWER_TEXT], more[ANSWER_TEXT];
    buffer_string(
        &page->out,
        is_ru(page) ? "Часы: как было; с потоком этого года; со всеми переменами; пределы;\n"
                      "опубликовано (затор: закон не справляется с потоком; широко: пределы\n"
                      "вмещают почти всё и ничего не проверяют):\n\n"
                    : "Hours: as before; with the traffic of the year; with all changes; limits;\n"
                      "published (jam: more than the law can carry; wide: limits that hold nearly\n"
                      "anything, and test nothing):\n\n");
    columns(page, &table, heads, 9, 2);
    for (uint32_t i = 0; i < page->predictions.count; i++) {
        const struct calibrate_prediction *p = &page->predictions.items[i];
        bool known = !isnan(p->published_h);
        table_out_text(&table, side_name(page, p->side));
        table_out_text(&table, direction_name(page, p->direction));
        table_out_text(&table, hours_text(page, p->same_h, text));
        table_out_text(&table, hours_text(page, p->traffic_h, text));
        table_out_text(&table, hours_text(page, p->value_h, text));
        snprintf(more, sizeof more, "%.40s", hours_text(page, p->high_h, text));
        char limits[2 * ANSWER_TEXT];
        snprintf(limits, sizeof limits, "%.40s..%s", hours_text(page, p->low_h, text), more);
        table_out_text(&table, limits);
        table_out_text(&table, hours_text(page, p->published_h, text));
        snprintf(text, sizeof text, "%+.0f %%", 100 * (p->value_h / p->published_h - 1));
        table_out_text(&table, known && isfinite(p->value_h) ? text : "-");
        bool within = p->published_h >= p->low_h && p->published_h <= p->high_h;
        bool wide = calibrate_is_too_wide(p);
        table_out_text(&table, !known    ? "-"
                               : !within ? (is_ru(page) ? "нет" : "NO")
                               : wide    ? (is_ru(page) ? "широко" : "wide")
                                         : (is_ru(page) ? "да" : "yes"));
    }
    print_table(page, &table);
}

/* ---- Transit times ---- */

static void print_ways(struct page *page)
{
    static const struct said heads[] = {SAID("From", "Откуда"),     SAID("To", "Куда"),
                                        SAID("Network", "Сеть на"), SAID("Real", "Факт"),
                                        SAID("P50", "P50"),         SAID("P90", "P90"),
                                        SAID("By", "По"),           SAID("Best", "Лучш."),
                                        SAID("Usual", "Обычн."),    SAID("In", "Да?")};
    struct table_out table;
    char text[ANSWER_TEXT];
    uint32_t within = 0;
    buffer_string(
        &page->out,
        is_ru(page)
            ? "Сутки: опубликовано; обещание P50 и P90 по расписанию или по скоростям; суммы\n"
              "по лучшим и обычным скоростям и лежит ли опубликованное между ними:\n\n"
            : "Days: published; the promise, P50 and P90, by timetable or by speeds; sums by\n"
              "best and usual speeds, and whether what was published lies between them:\n\n");
    columns(page, &table, heads, 10, 2);
    for (uint32_t i = 0; i < page->way_count; i++) {
        const struct calibrate_way *w = &page->ways[i];
        table_out_text(&table,
                       answer_name(page->given, page->loaded, ZHOL_TABLE_node, w->from, text));
        table_out_text(&table,
                       answer_name(page->given, page->loaded, ZHOL_TABLE_node, w->to, text));
        table_out_text(&table, answer_day(w->day, "", text));
        snprintf(text, sizeof text, w->low_days < w->high_days ? "%.4g-%.4g" : "%.4g", w->low_days,
                 w->high_days);
        table_out_text(&table, decimal(page, text));
        table_out_text(&table, hours_text(page, w->p50_days, text));
        table_out_text(&table, hours_text(page, w->p90_days, text));
        table_out_text(&table, isnan(w->p50_days) ? "-"
                               : w->timetable     ? (is_ru(page) ? "расп." : "table")
                                                  : (is_ru(page) ? "скор." : "speed"));
        table_out_text(&table, hours_text(page, w->best_days, text));
        table_out_text(&table, hours_text(page, w->usual_days, text));
        table_out_text(&table,
                       w->within ? (is_ru(page) ? "да" : "yes") : (is_ru(page) ? "нет" : "NO"));
        within += w->within;
    }
    print_table(page, &table);
    buffer_printf(&page->out,
                  is_ru(page) ? "%u из %u опубликованных сроков лежат между этими суммами.\n"
                              : "%u of %u published transit times lie between these sums.\n",
                  within, page->way_count);
}

/* ---- As JSON ---- */

static void member_number(struct json_writer *json, const char *key, double value)
{
    if (isfinite(value)) {
        json_member_fixed(json, key, value, 4);
    } else {
        json_member_null(json, key);
    }
}

static void write_series(const struct calibrate_series *s, struct json_writer *json)
{
    json_write_object(json);
    json_member_text(json, "side", s->side);
    json_member_text(json, "direction", s->direction);
    json_member_text(json, "law", s->law == CALIBRATE_CONGESTION ? "congestion" : "level");
    member_number(json, "capacity_mt_year", s->capacity);
    member_number(json, "k_h", s->k_h);
    member_number(json, "base_h", s->base_h);
    member_number(json, "worst_residual", s->worst);
    json_write_key(json, "years");
    json_write_array(json);
    for (uint32_t k = 0; k < s->year_count; k++) {
        json_write_object(json);
        json_member_int(json, "year", s->years[k]);
        member_number(json, "traffic_mt", s->traffic[k]);
        member_number(json, "published_h", s->published_h[k]);
        member_number(json, "fitted_h", s->fitted_h[k]);
        json_write_object_end(json);
    }
    json_write_array_end(json);
    json_write_object_end(json);
}

static void write_prediction(const struct calibrate_prediction *p, struct json_writer *json)
{
    json_write_object(json);
    json_member_text(json, "side", p->side);
    json_member_text(json, "direction", p->direction);
    member_number(json, "as_before_h", p->same_h);
    member_number(json, "with_traffic_h", p->traffic_h);
    member_number(json, "with_changes_h", p->value_h);
    member_number(json, "low_h", p->low_h);
    member_number(json, "high_h", p->high_h);
    member_number(json, "published_h", p->published_h);
    json_write_object_end(json);
}

static void write_way(const struct page *page, const struct calibrate_way *w,
                      struct json_writer *json)
{
    const struct zhol_corridor *c = page->loaded->corridor;
    char day[ANSWER_TEXT];
    json_write_object(json);
    json_member_text(json, "from", zhol_corridor_id(c, ZHOL_TABLE_node, w->from));
    json_member_text(json, "to", zhol_corridor_id(c, ZHOL_TABLE_node, w->to));
    json_member_text(json, "network", answer_day(w->day, "", day));
    member_number(json, "published_low_days", w->low_days);
    member_number(json, "published_high_days", w->high_days);
    member_number(json, "p50_days", w->p50_days);
    member_number(json, "p90_days", w->p90_days);
    member_number(json, "best_speed_days", w->best_days);
    member_number(json, "usual_speed_days", w->usual_days);
    json_member_bool(json, "timetable", w->timetable);
    json_member_bool(json, "within", w->within);
    json_write_object_end(json);
}

static void write_json(struct page *page)
{
    struct json_writer json;
    json_writer_init(&json, &page->out, true);
    json_write_object(&json);
    answer_head_json(page->loaded, &json);
    json_write_key(&json, "fit");
    json_write_array(&json);
    for (uint32_t i = 0; i < page->fit.count; i++) {
        write_series(&page->fit.series[i], &json);
    }
    json_write_array_end(&json);
    json_member_int(&json, "predicted_year", page->predictions.year);
    json_write_key(&json, "predictions");
    json_write_array(&json);
    for (uint32_t i = 0; i < page->predictions.count; i++) {
        write_prediction(&page->predictions.items[i], &json);
    }
    json_write_array_end(&json);
    json_write_key(&json, "transit_times");
    json_write_array(&json);
    for (uint32_t i = 0; i < page->way_count; i++) {
        write_way(page, &page->ways[i], &json);
    }
    json_write_array_end(&json);
    json_write_object_end(&json);
    json_writer_end(&json);
}

/* ---- All ---- */

static void print_all(struct page *page)
{
    answer_head(page->given, page->loaded, &page->out);
    buffer_string(&page->out,
                  is_ru(page)
                      ? "Время на границе, подобрано только по строкам с ролью calibration:\n\n"
                      : "Border times, fitted on rows of the role calibration and no others:\n\n");
    print_fit(page);
    print_parameters(page);
    print_changes(page);
    print_predictions(page);
    buffer_string(&page->out, is_ru(page)
                                  ? "Сроки в пути (роль check; ничего по ним не подбиралось):\n\n"
                                  : "Transit times (role check; nothing was fitted on them):\n\n");
    print_ways(page);
}

static int work_out(struct page *page)
{
    struct zhol_report report;
    struct buffer path;
    int code = EXIT_FINE;
    zhol_report_init(&report, 20);
    buffer_init(&path);
    buffer_printf(&path, "%s/calibration/changes.csv", buffer_get(&page->loaded->dir));
    enum zhol_error error = calibrate_changes_read(buffer_get(&path), &report, &page->changes);
    if (error && access(buffer_get(&path), F_OK) != 0) {
        code = fail(page->given, EXIT_NO_ANSWER, "%s",
                    is_ru(page) ? "у этого коридора нет наблюдений, по которым подбирать "
                                  "(calibration/changes.csv)"
                                : "this corridor has nothing to be fitted on "
                                  "(calibration/changes.csv)");
    } else if (error) {
        load_print_findings(page->given, &report, 20);
        code = EXIT_BAD_INPUT;
    } else {
        calibrate_targets(page->loaded->corridor, &page->targets);
        error = calibrate_fit(&page->targets, &page->changes, &page->fit);
        if (!error) {
            calibrate_predict(&page->fit, &page->changes, &page->targets, &page->predictions);
            error = calibrate_ways(page->loaded->corridor, page->ways, WAYS_MAX, &page->way_count);
        }
        code = error ? fail(page->given, EXIT_FAILED, "%s", zhol_error_text(error)) : EXIT_FINE;
    }
    buffer_clear(&path);
    zhol_report_clear(&report);
    return code;
}

static int run(const struct given *given)
{
    struct loaded loaded;
    struct page page = {.given = given, .loaded = &loaded};
    buffer_init(&page.out);
    int code = load_corridor(given, &loaded);
    code = code == EXIT_FINE ? work_out(&page) : code;
    if (code == EXIT_FINE) {
        if (strcmp(given_format(given), "json") == 0) {
            write_json(&page);
        } else {
            print_all(&page);
        }
        code = load_write(given, &page.out, code);
    }
    calibrate_changes_clear(&page.changes);
    buffer_clear(&page.out);
    load_clear(&loaded);
    return code;
}

static const char *const examples[] = {"zhol calibrate",
                                       "fit, parameters, prediction and what explains it",
                                       "подбор, параметры, прогноз и чем он объясняется", NULL};

const struct command command_calibrate = {
    .name = "calibrate",
    .about = SAID("fit border times, predict the next year, check transit times",
                  "подобрать время на границах, предсказать год, сверить сроки"),
    .arguments = "",
    .formats = "table|json",
    .options = options,
    .details = SAID("Fits the border times of the railways on 2020 to 2022, on observations of the "
                    "role calibration alone, and predicts 2023 in steps: as before, with the "
                    "traffic, with all known changes. Observations of the role check are never "
                    "fitted; they stand beside the prediction.",
                    "Подбирает время на железнодорожных границах по 2020-2022 годам, только по "
                    "наблюдениям с ролью calibration, и предсказывает 2023 год по шагам: как было, "
                    "с потоком, со всеми известными переменами. Наблюдения с ролью check не "
                    "подбираются, а стоят рядом с прогнозом."),
    .examples = examples,
    .run = run,
};
