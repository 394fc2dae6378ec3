/* cmd_demo.c: the main job: six real consignments planned, printed in short, and written as one
 * page with maps. */
#include <string.h>

#include "base/file.h"
#include "base/table_out.h"
#include "load.h"
#include "report/lines.h"
#include "report/plan_write.h"

enum { SHOWN_ON_PAGE = 8 };

/* A consignment that somebody really sends. */
struct parcel {
    const char *from, *to, *commodity;
    double teu, tonnes;   /* one of them */
    const char *via;      /* or NULL */
    uint32_t avoid_modes; /* bit per mode */
};

static const struct parcel parcels[] = {
    {"Xi'an", "Duisburg", "electronics", 2, 0, NULL, 0},
    {"Chongqing", "Almaty", "household_appliances", 2, 0, NULL, 0},
    {"Yiwu", "Lodz", "mixed_goods", 2, 0, NULL, 0},
    {"Kostanay", "Lianyungang", "wheat", 0, 2000, NULL, 1u << zhol_mode_ROAD},
    {"Aktobe", "Osaka", "ferroalloy", 4, 0, "Lianyungang", 1u << zhol_mode_ROAD},
    {"Xi'an", "Poti", "machinery", 2, 0, "Aktau", 0},
};
enum { PARCELS = sizeof parcels / sizeof *parcels };

struct demo {
    const struct given *given;
    const struct loaded *loaded;
    enum report_lang lang;
    uint32_t via[PARCELS];
    struct zhol_plan_result results[PARCELS];
    struct plan_view *views[PARCELS]; /* those that were planned, in order */
    uint32_t count;
    double plan_s;
};

static const struct option_row options[] = {
    {"out", 0, "DIR", NULL, false,
     SAID("folder for the page and its data (default: out)",
          "папка для страницы и данных (по умолчанию out)")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

static bool is_ru(const struct given *given)
{
    return given->lang == LANG_RU;
}

/* ---- Planning ---- */

/* The place of a name, or ZHOL_NONE. */
static uint32_t find_place(const struct demo *d, const char *name)
{
    uint32_t node, near[1], count;
    return zhol_corridor_place(d->loaded->corridor, name, &node, near, 1, &count) ? ZHOL_NONE
                                                                                  : node;
}

/* The consignment of a parcel; false where the corridor lacks one of its names. */
static bool make_order(struct demo *d, uint32_t number, struct zhol_consignment *order)
{
    const struct parcel *p = &parcels[number];
    uint32_t commodity =
        zhol_corridor_find(d->loaded->corridor, ZHOL_TABLE_commodity, p->commodity);
    *order = (struct zhol_consignment){.from = find_place(d, p->from),
                                       .to = find_place(d, p->to),
                                       .deadline_min = INT64_MAX,
                                       .avoid_modes = p->avoid_modes};
    if (order->from == ZHOL_NONE || order->to == ZHOL_NONE || commodity == ZHOL_NONE) {
        return false;
    }
    if (p->via) {
        d->via[number] = find_place(d, p->via);
        order->via = &d->via[number];
        order->via_count = 1;
    }
    return (!p->via || d->via[number] != ZHOL_NONE) &&
           zhol_load_make(d->loaded->corridor, commodity, p->teu, p->tonnes, &order->load) ==
               ZHOL_ERROR_OK;
}

/* The day of the network at 08:00 of the place of departure. */
static enum zhol_error set_ready(const struct demo *d, struct zhol_consignment *order)
{
    struct clock clock;
    int64_t utc_s = 0;
    clock_init(&clock, d->loaded->corridor);
    enum zhol_error error =
        clock_instant(&clock, order->from, ((int64_t)d->loaded->day * 24 + 8) * 3600, &utc_s);
    clock_clear(&clock);
    order->ready_min = utc_s / 60;
    return error;
}

static int plan_parcel(struct demo *d, uint32_t number)
{
    const struct zhol_plan_options plan = {.time = ZHOL_TIME_MEDIAN};
    const struct plan_view_options view = {
        .lang = d->lang, .time = ZHOL_TIME_MEDIAN, .choose = SHOWN_ON_PAGE};
    struct zhol_consignment order;
    if (!make_order(d, number, &order)) {
        fprintf(stderr,
                is_ru(d->given) ? "пропущено: %s - %s (в коридоре этого нет)\n"
                                : "left out: %s - %s (not in this corridor)\n",
                parcels[number].from, parcels[number].to);
        return EXIT_FINE;
    }
    struct zhol_plan_result *result = &d->results[d->count];
    double begun_s = load_seconds();
    enum zhol_error error = set_ready(d, &order);
    error =
        error ? error : zhol_plan(d->loaded->network, d->loaded->corridor, &order, &plan, result);
    d->plan_s += load_seconds() - begun_s;
    if (error == ZHOL_ERROR_OK || error == ZHOL_ERROR_UNREACHABLE) {
        error = plan_view_make(d->loaded->network, d->loaded->corridor, &order, result, &view,
                               &d->views[d->count]);
    }
    if (error) {
        zhol_plan_result_clear(result);
        return fail(d->given, EXIT_FAILED, "%s - %s: %s", parcels[number].from, parcels[number].to,
                    zhol_error_text(error));
    }
    d->count++;
    return EXIT_FINE;
}

/* ---- Printing ---- */

static void cell(struct table_out *table, struct buffer *text)
{
    table_out_text(table, buffer_get(text));
    table->error = table->error ? table->error : text->error;
    buffer_reset(text);
}

static void print_best(const struct plan_view *view, const struct view_itinerary *it,
                       struct table_out *table, struct buffer *text)
{
    const bool is[] = {it->is_fastest, it->is_cheapest, it->is_cleanest};
    const enum report_word names[] = {
        WORD_FASTEST, it->cost_known ? WORD_CHEAPEST : WORD_CHEAPEST_KNOWN, WORD_CLEANEST};
    for (int k = 0; k < 3; k++) {
        if (is[k]) {
            buffer_printf(text, "%s%s", text->size ? ", " : "", report_word(names[k], view->lang));
        }
    }
    cell(table, text);
    format_days(text, it->minutes, view->lang);
    cell(table, text);
    format_usd(text, it->of->cents, view->lang);
    buffer_string(text, it->cost_known ? "" : "*");
    cell(table, text);
    format_kg(text, it->of->co2e_g, view->lang);
    buffer_string(text, it->co2e_known ? "" : "*");
    cell(table, text);
    format_km(text, it->total_m, view->lang);
    cell(table, text);
    table_out_text(table, it->way);
}

static void print_table(const struct plan_view *view, struct buffer *out)
{
    struct table_out table;
    struct buffer text;
    uint32_t numbers[3];
    table_out_init(&table, LINES_WIDTH);
    buffer_init(&text);
    table_out_column(&table, report_word(WORD_BEST, view->lang), TABLE_WRAP);
    table_out_column(&table, report_word(WORD_DAYS, view->lang), TABLE_RIGHT);
    table_out_column(&table, report_word(WORD_COST_USD, view->lang), TABLE_RIGHT);
    table_out_column(&table, report_word(WORD_CO2E_KG, view->lang), TABLE_RIGHT);
    table_out_column(&table, report_word(WORD_KM, view->lang), TABLE_RIGHT);
    table_out_column(&table, report_word(WORD_GATEWAYS, view->lang), TABLE_WRAP);
    uint32_t count = plan_write_order(view, 3, numbers);
    for (uint32_t i = 0; i < count; i++) {
        const struct view_itinerary *it = &view->itineraries[numbers[i]];
        if (it->is_fastest || it->is_cheapest || it->is_cleanest) {
            print_best(view, it, &table, &text);
        }
    }
    enum zhol_error error = table_out_print(&table, out);
    out->error = out->error ? out->error : error;
    buffer_clear(&text);
    table_out_clear(&table);
}

/* "* excl. berth at Alat": what the prices of a plan lack. */
static void print_unknown(const struct plan_view *view, struct buffer *out)
{
    struct buffer line;
    buffer_init(&line);
    for (uint32_t i = 0; i < view->chosen_count; i++) {
        const struct view_itinerary *it = &view->itineraries[view->chosen[i]];
        bool best = it->is_fastest || it->is_cheapest || it->is_cleanest;
        for (uint32_t k = 0; best && k < it->unknown_count; k++) {
            const char *what = view->unknowns[it->first_unknown + k].text;
            if (!strstr(buffer_get(&line), what)) {
                buffer_printf(&line, "%s%s", line.size ? "; " : "", what);
            }
        }
    }
    if (line.size) {
        buffer_printf(out, "* %s ", report_word(WORD_EXCLUDING, view->lang));
        lines_wrap(out, "", 2, buffer_get(&line));
    }
    buffer_clear(&line);
}

static void print_plan(const struct demo *d, uint32_t number, struct buffer *out)
{
    const struct plan_view *view = d->views[number];
    struct buffer line;
    buffer_init(&line);
    buffer_printf(&line, "%u. %s > %s. ", number + 1, plan_view_place(view, view->order.from),
                  plan_view_place(view, view->order.to));
    plan_view_load_text(view, &line);
    struct buffer wishes;
    buffer_init(&wishes);
    plan_view_wishes_text(view, &wishes);
    buffer_printf(&line, "%s%s. ", wishes.size ? ". " : "", buffer_get(&wishes));
    buffer_printf(&line, is_ru(d->given) ? "Стоящих путей: %u." : "Ways worth choosing: %u.",
                  view->itinerary_count);
    lines_wrap(out, "", 3, buffer_get(&line));
    if (view->itinerary_count) {
        print_table(view, out);
        print_unknown(view, out);
    } else {
        buffer_printf(out, "%s\n", report_word(WORD_NO_WAY, view->lang));
    }
    buffer_char(out, '\n');
    buffer_clear(&wishes);
    buffer_clear(&line);
}

/* ---- Writing ---- */

static int write_file(const struct demo *d, const char *folder, const char *name,
                      const struct buffer *text, double begun_s)
{
    struct buffer path;
    buffer_init(&path);
    file_join(&path, folder, name);
    enum zhol_error error = text->error;
    error = error ? error : file_write(buffer_get(&path), buffer_get(text), text->size, NULL);
    int code =
        error ? fail(d->given, EXIT_FAILED, "%s: %s", buffer_get(&path), zhol_error_text(error))
              : EXIT_FINE;
    if (!error) {
        printf(is_ru(d->given) ? "%-8s %s (%zu Кбайт, %.2f с)\n" : "%-8s %s (%zu kB, %.2f s)\n",
               strstr(name, "html") ? (is_ru(d->given) ? "Страница" : "Page")
                                    : (is_ru(d->given) ? "Данные" : "Data"),
               buffer_get(&path), (text->size + 500) / 1000, load_seconds() - begun_s);
    }
    buffer_clear(&path);
    return code;
}

static int write_page(const struct demo *d, const char *folder)
{
    struct buffer text;
    double begun_s = load_seconds();
    buffer_init(&text);
    plan_write_html((const struct plan_view *const *)d->views, d->count,
                    report_word(WORD_PAGE_TITLE, d->lang), &text);
    int code = write_file(d, folder, "zhol.html", &text, begun_s);
    buffer_clear(&text);
    return code;
}

static int write_data(const struct demo *d, const char *folder)
{
    struct buffer text;
    struct json_writer json;
    double begun_s = load_seconds();
    buffer_init(&text);
    json_writer_init(&json, &text, true);
    json_write_array(&json);
    for (uint32_t i = 0; i < d->count; i++) {
        plan_write_json_value(d->views[i], &json);
    }
    json_write_array_end(&json);
    json_writer_end(&json);
    int code = write_file(d, folder, "zhol.json", &text, begun_s);
    buffer_clear(&text);
    return code;
}

static void print_next(const struct demo *d)
{
    const char *program = d->given->program;
    bool ru = is_ru(d->given);
    printf(ru ? "\nПрочитано за %.2f с, сеть построена за %.2f с, планы: %.2f с.\n"
              : "\nRead in %.2f s, network compiled in %.2f s, plans in %.2f s.\n",
           d->loaded->read_s, d->loaded->compile_s, d->plan_s);
    printf("%s\n", ru ? "Откройте страницу в браузере. Попробуйте ещё:"
                      : "Open the page in a browser. To try next:");
    printf("  %s plan Xian Duisburg --commodity electronics --robust\n", program);
    printf("  %s plan Yiwu Lodz --why Bakhty\n", program);
    printf("  %s plan Khorgos Tashkent --format json\n", program);
    printf("  %s help\n", program);
}

/* ---- The command ---- */

static int write_all(const struct demo *d)
{
    const char *folder = given_value(d->given, "out");
    struct buffer text;
    folder = folder ? folder : "out";
    enum zhol_error error = file_make_folder(folder, NULL);
    if (error) {
        return fail(d->given, EXIT_FAILED, "%s: %s", folder, zhol_error_text(error));
    }
    buffer_init(&text);
    plan_view_basis_text(d->views[0], &text);
    struct buffer page;
    buffer_init(&page);
    lines_wrap(&page, "", 0, buffer_get(&text));
    buffer_char(&page, '\n');
    for (uint32_t i = 0; i < d->count; i++) {
        print_plan(d, i, &page);
    }
    fwrite(buffer_get(&page), 1, page.size, stdout);
    int code = page.error || text.error ? EXIT_FAILED : EXIT_FINE;
    buffer_clear(&page);
    buffer_clear(&text);
    code = code == EXIT_FINE ? write_page(d, folder) : code;
    code = code == EXIT_FINE ? write_data(d, folder) : code;
    if (code == EXIT_FINE) {
        print_next(d);
    }
    return code;
}

static int run(const struct given *given)
{
    struct loaded loaded;
    struct demo demo = {
        .given = given, .loaded = &loaded, .lang = is_ru(given) ? REPORT_RU : REPORT_EN};
    int code = load_corridor(given, &loaded);
    code = code == EXIT_FINE ? load_network(given, &loaded) : code;
    for (uint32_t i = 0; code == EXIT_FINE && i < PARCELS; i++) {
        code = plan_parcel(&demo, i);
    }
    if (code == EXIT_FINE && demo.count == 0) {
        code = fail(given, EXIT_NO_ANSWER, "%s",
                    is_ru(given) ? "в этом коридоре нет мест шести примеров; см. zhol plan"
                                 : "this corridor lacks the places of the six examples; see zhol "
                                   "plan");
    }
    code = code == EXIT_FINE ? write_all(&demo) : code;
    for (uint32_t i = 0; i < demo.count; i++) {
        plan_view_free(demo.views[i]);
        zhol_plan_result_clear(&demo.results[i]);
    }
    load_clear(&loaded);
    return code;
}

static const char *const examples[] = {"zhol demo",
                                       "six plans and the page out/zhol.html",
                                       "шесть планов и страница out/zhol.html",
                                       "zhol demo --lang ru --out /tmp/zhol",
                                       "the same in Russian, into another folder",
                                       "то же по-русски, в другую папку",
                                       NULL};

const struct command command_demo = {
    .name = "demo",
    .about = SAID("plan six real consignments and write a page with maps",
                  "спланировать шесть настоящих отправок и записать страницу с картами"),
    .arguments = "",
    .common = true,
    .options = options,
    .examples = examples,
    .run = run,
};
