/* cmd_plan.c: plans one consignment and prints the ways worth choosing. */
#include <string.h>

#include "base/progress.h"
#include "desk/eta_present.h"
#include "desk/robust.h"
#include "load_times.h"
#include "plan_ask.h"
#include "report/plan_write.h"
#include "report/robust_write.h"
#include "report/why_text.h"

#define DETAILS_DEFAULT 1

static const struct option_row options[] = {
    PLAN_ASK_OPTIONS,
    {"why", 0, "PLACE", NULL, false,
     SAID("say why no itinerary passes a place", "объяснить, почему маршруты не идут через место")},
    {"all", 0, NULL, NULL, false,
     SAID("list all itineraries, not only those most unlike each other",
          "перечислить все маршруты, а не только самые непохожие")},
    {"limit", 0, "N", NULL, false,
     SAID("how many itineraries are shown in detail (default: 1), or stand on a page or map "
          "(html, geojson; default: 12)",
          "сколько маршрутов показать подробно (по умолчанию 1) или поместить на страницу и карту "
          "(html, geojson; по умолчанию 12)")},
    {"robust", 0, NULL, NULL, false,
     SAID("draw the assumed inputs within their ranges and say how firm the ranking is",
          "разыграть допущения в их пределах и сказать, насколько твёрд порядок")},
    {"draws", 0, "N", NULL, false,
     SAID("how many draws (default: 200)", "сколько розыгрышей (по умолчанию 200)")},
    {"present", 0, "FILE", NULL, false,
     SAID("queues and dwells of this morning, for the promises; see docs/eta.md",
          "очереди и простои этого утра, для обещаний; см. docs/eta.md")},
    LOAD_TIMES_OPTION,
    {"out", 0, "FILE", NULL, false, SAID("write to a file", "записать в файл")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

static enum report_lang lang_of(const struct given *given)
{
    return given->lang == LANG_RU ? REPORT_RU : REPORT_EN;
}

/* ---- Answers ---- */

static void write_why_json(const struct plan_view *view, const struct zhol_why_answer *why,
                           uint32_t node, struct buffer *out)
{
    struct json_writer json;
    struct buffer text;
    buffer_init(&text);
    why_text(view, why, node, &text);
    json_writer_init(&json, out, true);
    json_write_object(&json);
    json_member_text(&json, "place", zhol_corridor_id(view->corridor, ZHOL_TABLE_node, node));
    json_member_text(&json, "why", why_text_code(why->why));
    json_member_text(&json, "text", buffer_get(&text));
    json_write_object_end(&json);
    json_writer_end(&json);
    buffer_clear(&text);
}

static int answer_why(const struct given *given, const struct loaded *loaded,
                      const struct asked *asked, const struct plan_view *view)
{
    uint32_t node;
    struct zhol_why_answer why;
    struct buffer text;
    int found = load_place(given, loaded, given_value(given, "why"), &node);
    if (found != EXIT_FINE) {
        return found;
    }
    enum zhol_error error = zhol_plan_why(loaded->network, loaded->corridor, &asked->order,
                                          &asked->options, node, &why);
    if (error) {
        return plan_ask_failed(given, loaded, asked, error);
    }
    buffer_init(&text);
    if (strcmp(given_format(given), "json") == 0) {
        write_why_json(view, &why, node, &text);
    } else {
        why_text(view, &why, node, &text);
    }
    int code = load_write(given, &text, EXIT_FINE);
    buffer_clear(&text);
    zhol_why_answer_clear(&why);
    return code;
}

/* ---- Robustness ---- */

static volatile int interrupted;

static void show_progress(void *context, uint32_t done)
{
    progress_update(context, done);
    interrupted = interrupt_requested();
}

static int run_robust(const struct given *given, const struct loaded *loaded,
                      const struct asked *asked, struct robust_result *robust)
{
    double draws = 200;
    struct progress progress;
    struct robust_options how = {
        .seed = 1,
        .network = {.day = loaded->day, .include_planned = given_switch(given, "include-planned")},
        .plan = asked->options,
        .progress = show_progress,
        .context = &progress,
    };
    int code = load_number(given, "draws", 1, 100000, &draws);
    if (code != EXIT_FINE) {
        return code;
    }
    how.draws = (uint32_t)draws;
    how.plan.interrupt = &interrupted;
    interrupt_install();
    progress_start(&progress, report_word(WORD_ROBUST_DRAWING, lang_of(given)), how.draws);
    enum zhol_error error = robust_run(loaded->corridor, &asked->order, &how, robust);
    progress_end(&progress);
    return error ? plan_ask_failed(given, loaded, asked, error) : EXIT_FINE;
}

static int answer_robust(const struct given *given, const struct loaded *loaded,
                         const struct asked *asked, const struct plan_view *view)
{
    struct robust_result robust;
    struct buffer text;
    double limit = 0;
    int code = load_number(given, "limit", 0, 1e6, &limit);
    code = code == EXIT_FINE ? run_robust(given, loaded, asked, &robust) : code;
    if (code != EXIT_FINE) {
        return code;
    }
    buffer_init(&text);
    if (strcmp(given_format(given), "json") == 0) {
        struct json_writer json;
        json_writer_init(&json, &text, true);
        json_write_object(&json);
        json_write_key(&json, "plan");
        plan_write_json_value(view, &json);
        json_write_key(&json, "robust");
        robust_write_json_value(view, &robust, &json);
        json_write_object_end(&json);
        json_writer_end(&json);
    } else {
        plan_write_table(view, (uint32_t)limit, &text);
        robust_write_table(view, &robust, &text);
    }
    code = load_write(given, &text, code);
    buffer_clear(&text);
    robust_result_clear(&robust);
    return code;
}

/* ---- Writing ---- */

static int write_answer(const struct given *given, const struct plan_view *view)
{
    const char *format = given_format(given);
    double limit = DETAILS_DEFAULT;
    struct buffer text;
    int wrong = load_number(given, "limit", 0, 1e6, &limit);
    if (wrong != EXIT_FINE) {
        return wrong;
    }
    buffer_init(&text);
    if (strcmp(format, "json") == 0) {
        plan_write_json(view, &text);
    } else if (strcmp(format, "csv") == 0) {
        plan_write_csv(view, &text);
    } else if (strcmp(format, "geojson") == 0) {
        plan_write_geojson(view, &text);
    } else if (strcmp(format, "html") == 0) {
        plan_write_html(&view, 1, NULL, &text);
    } else {
        plan_write_table(view, (uint32_t)limit, &text);
    }
    int code = load_write(given, &text, EXIT_FINE);
    buffer_clear(&text);
    return code;
}

/* The file of --present; empty where none is given. */
static int read_present(const struct given *given, const struct loaded *loaded,
                        struct eta_present *present)
{
    struct zhol_report report;
    const char *path = given_value(given, "present");
    *present = (struct eta_present){.queue_count = 0};
    if (!path) {
        return EXIT_FINE;
    }
    zhol_report_init(&report, 20);
    enum zhol_error error =
        eta_present_read(path, loaded->corridor, loaded->net.day, &report, present);
    load_print_findings(given, &report, 20);
    zhol_report_clear(&report);
    return error ? fail(given, EXIT_BAD_INPUT, "%s: %s", path, zhol_error_text(error)) : EXIT_FINE;
}

static int answer(const struct given *given, const struct loaded *loaded, const struct asked *asked,
                  const struct zhol_plan_result *result)
{
    const char *format = given_format(given);
    bool complete = strcmp(format, "json") == 0 || strcmp(format, "csv") == 0;
    bool all = given_switch(given, "all");
    bool drawn = strcmp(format, "html") == 0 || strcmp(format, "geojson") == 0;
    double limit = 0; /* of a page or map: how many are chosen */
    if (drawn && load_number(given, "limit", 1, 1e6, &limit) != EXIT_FINE) {
        return EXIT_MISUSED;
    }
    struct eta_present present;
    if (read_present(given, loaded, &present) != EXIT_FINE) {
        return EXIT_BAD_INPUT;
    }
    struct plan_view_options view_options = {
        .present = &present.present,
        .lang = lang_of(given),
        .time = asked->options.time,
        .choose = all ? UINT32_MAX : (uint32_t)limit,
        .all = complete || all,
    };
    struct plan_view *view;
    enum zhol_error error = plan_view_make(loaded->network, loaded->corridor, &asked->order, result,
                                           &view_options, &view);
    eta_present_clear(&present);
    if (error) {
        return plan_ask_failed(given, loaded, asked, error);
    }
    int code = given_value(given, "why")       ? answer_why(given, loaded, asked, view)
               : given_switch(given, "robust") ? answer_robust(given, loaded, asked, view)
                                               : write_answer(given, view);
    plan_view_free(view);
    return code;
}

static int plan_and_answer(const struct given *given, const struct loaded *loaded,
                           struct asked *asked)
{
    struct zhol_plan_result result;
    enum zhol_error error =
        zhol_plan(loaded->network, loaded->corridor, &asked->order, &asked->options, &result);
    int code;
    if (error == ZHOL_ERROR_OK || (error == ZHOL_ERROR_UNREACHABLE && given_value(given, "why"))) {
        code = answer(given, loaded, asked, &result);
    } else {
        code = plan_ask_failed(given, loaded, asked, error);
    }
    zhol_plan_result_clear(&result);
    return code;
}

/* What does not go together, told before anything is read. */
static int check_options(const struct given *given)
{
    const char *format = given_format(given);
    bool plain = strcmp(format, "table") == 0 || strcmp(format, "json") == 0;
    bool ru = given->lang == LANG_RU;
    if (given_switch(given, "robust") && (!plain || given_value(given, "why"))) {
        return fail(given, EXIT_MISUSED, "%s",
                    ru ? "--robust сочетается с видами table и json, без --why"
                       : "--robust goes with formats table and json, without --why");
    }
    if (given_value(given, "why") && !plain) {
        return fail(given, EXIT_MISUSED, "%s",
                    ru ? "--why сочетается с видами table и json"
                       : "--why goes with formats table and json");
    }
    return EXIT_FINE;
}

static int run(const struct given *given)
{
    struct loaded loaded;
    struct asked asked;
    if (check_options(given) != EXIT_FINE) {
        return EXIT_MISUSED;
    }
    int code = load_corridor(given, &loaded);
    code = code == EXIT_FINE ? load_times(given, &loaded) : code;
    if (code == EXIT_FINE) {
        code = plan_ask(given, &loaded, given->arguments[0], given->arguments[1], &asked);
    }
    code = code == EXIT_FINE ? load_network(given, &loaded) : code;
    code = code == EXIT_FINE ? plan_and_answer(given, &loaded, &asked) : code;
    load_clear(&loaded);
    return code;
}

static const char *const examples[] = {
    "zhol plan Xian Duisburg --teu 2 --commodity electronics",
    "the ways of one 40 ft container of electronics, the fastest in detail",
    "пути одного 40-футового контейнера электроники, быстрейший подробно",
    "zhol plan Сиань Поти --via Актау --lang ru",
    "across the Caspian, in Russian; names may be in any language",
    "через Каспий; названия на любом языке",
    "zhol plan Kostanay Lianyungang --commodity wheat --tonnes 2000 --format html --out plan.html",
    "a page with a map",
    "страница с картой",
    "zhol plan Yiwu Lodz --avoid RU --why Brest",
    "why no way leads by Brest when Russia is to be avoided",
    "почему через Брест не проехать, если Россия в обход",
    NULL};

const struct command command_plan = {
    .name = "plan",
    .about = SAID("plan a consignment: all ways worth choosing, leg by leg",
                  "спланировать отправку: все стоящие пути, по этапам"),
    .arguments = "FROM TO",
    .min_arguments = 2,
    .max_arguments = 2,
    .common = true,
    .formats = "table|json|csv|geojson|html",
    .options = options,
    .details =
        SAID("Finds every itinerary that is best in some trade-off of arrival, cost and CO2e: the "
             "exact Pareto set. Names may be in English, Russian, Kazakh or Chinese, or a "
             "UN/LOCODE or identifier.\n"
             "Of many itineraries the table lists up to 12: the fastest, cheapest and lowest in "
             "CO2e, then those most unlike what is listed; JSON and CSV always have all.",
             "Находит каждый маршрут, лучший при каком-либо сочетании прибытия, цены и CO2e: "
             "точное множество Парето. Названия на английском, русском, казахском или китайском, "
             "код UN/LOCODE или идентификатор.\n"
             "Из многих маршрутов в таблице до 12: быстрейший, дешевейший, с наименьшим CO2e и "
             "самые непохожие на них; в JSON и CSV всегда все."),
    .examples = examples,
    .run = run,
};
