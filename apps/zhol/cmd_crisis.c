/* cmd_crisis.c: crises of the corridor replayed from what was known on their first day, and how far
 * that was from what came.
 */
#include <math.h>
#include <string.h>

#include "answer.h"
#include "base/file.h"
#include "base/table_out.h"
#include "base/time.h"
#include "desk/crisis.h"

enum { LABEL_WIDTH = 14, NAMES_MAX = 256 };

/* Not the common ones: a replay knows neither another day nor a scenario. */
static const struct option_row options[] = {
    {"corridor", 'C', "DIR", NULL, false,
     SAID("folder of the corridor (default: china-kazakhstan)",
          "папка коридора (по умолчанию china-kazakhstan)")},
    {"replications", 0, "N", NULL, false,
     SAID("how many futures are drawn (default: 400)",
          "сколько вариантов разыграть (по умолчанию 400)")},
    {"seed", 0, "N", NULL, false,
     SAID("names the luck (default: 1)", "имя случая (по умолчанию 1)")},
    {"out", 0, "FILE", NULL, false, SAID("write to a file", "записать в файл")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

struct page {
    const struct given *given;
    const char *name;
    const struct crisis *crisis;
    const struct crisis_forecast *forecast;
    struct buffer *out;
};

static bool is_ru(const struct page *page)
{
    return page->given->lang == LANG_RU;
}

static const char *one_of(const struct page *page, const char *en, const char *ru)
{
    return is_ru(page) && *ru ? ru : en;
}

/* ---- Figures ---- */

static const char *day_text(const struct page *page, double day, char out[static ANSWER_TEXT])
{
    if (isinf(day)) {
        char end[ANSWER_TEXT];
        answer_day(page->crisis->end - 1, "", end);
        snprintf(out, ANSWER_TEXT, is_ru(page) ? "позже %.16s" : "after %.16s", end);
        return out;
    }
    return answer_day((int32_t)floor(day), "", out);
}

static void put_band(const struct page *page, struct crisis_band band, bool days,
                     struct buffer *out)
{
    const double values[] = {band.p10, band.p50, band.p90};
    char text[ANSWER_TEXT];
    for (int i = 0; i < 3; i++) {
        buffer_string(out, i ? "  " : "");
        buffer_string(out, days ? day_text(page, values[i], text)
                                : answer_number(page->given, round(values[i]), text));
    }
}

/* "800 [650-1,000]" */
static void put_value(const struct page *page, const struct crisis_row *row, struct buffer *out)
{
    char text[ANSWER_TEXT];
    if (isnan(row->value)) {
        return;
    }
    buffer_string(out, answer_number(page->given, row->value, text));
    if (!isnan(row->low)) {
        buffer_printf(out, " [%s", answer_number(page->given, row->low, text));
        buffer_printf(out, "..%s]", answer_number(page->given, row->high, text));
    }
}

static void put_period(const struct crisis_row *row, struct buffer *out)
{
    char text[ANSWER_TEXT];
    if (row->from != ZHOL_BLANK_DATE || row->to != ZHOL_BLANK_DATE) {
        buffer_string(out, answer_day(row->from, "", text));
        buffer_string(out, row->to == ZHOL_BLANK_DATE     ? ""
                           : row->from == ZHOL_BLANK_DATE ? ".. "
                                                          : " .. "); /* wraps there */
        buffer_string(out, row->to != ZHOL_BLANK_DATE ? answer_day(row->to - 1, "", text) : "");
    }
}

/* What a check published: a number, or a day. */
static void put_published(const struct page *page, const struct crisis_row *row, struct buffer *out)
{
    char text[ANSWER_TEXT];
    if (row->item == CRISIS_CLEARED_BY) {
        buffer_string(out, answer_day(row->from, "", text));
    } else {
        put_value(page, row, out);
    }
}

static struct crisis_band days_of(const struct page *page, struct crisis_band band)
{
    double begin = page->crisis->begin;
    return (struct crisis_band){band.p10 + begin, band.p50 + begin, band.p90 + begin};
}

/* ---- In words ---- */

static void cell(struct table_out *table, struct buffer *text)
{
    table_out_text(table, buffer_get(text));
    table->error = table->error ? table->error : text->error;
    buffer_reset(text);
}

static void print_inputs(struct page *page)
{
    static const struct said heads[] = {SAID("Role", "Роль"), SAID("When", "Когда"),
                                        SAID("Figure", "Число"), SAID("What", "Что"),
                                        SAID("Source", "Источник")};
    static const struct said roles[] = {SAID("input", "дано"), SAID("assumed", "допущение")};
    struct table_out table;
    struct buffer text;
    table_out_init(&table, ANSWER_WIDTH);
    buffer_init(&text);
    for (unsigned i = 0; i < 5; i++) {
        table_out_column(&table, say(page->given, heads[i]), i == 2 ? TABLE_RIGHT : TABLE_WRAP);
    }
    for (uint32_t i = 0; i < page->crisis->row_count; i++) {
        const struct crisis_row *row = &page->crisis->rows[i];
        if (row->role == CRISIS_CHECK || isnan(row->value)) {
            continue;
        }
        table_out_text(&table, say(page->given, roles[row->role]));
        put_period(row, &text);
        cell(&table, &text);
        put_value(page, row, &text);
        cell(&table, &text);
        table_out_text(&table, *row->what ? one_of(page, row->what, row->what_ru)
                                          : crisis_item_text(row->item));
        table_out_text(&table, one_of(page, row->source, row->source_ru));
    }
    table_out_print(&table, page->out);
    table_out_clear(&table);
    buffer_clear(&text);
}

static void print_band(struct page *page, const char *label, struct crisis_band band, bool days)
{
    struct buffer text;
    buffer_init(&text);
    put_band(page, band, days, &text);
    answer_field(page->out, 2, LABEL_WIDTH, label, buffer_get(&text));
    buffer_clear(&text);
}

static void print_forecast(struct page *page)
{
    const struct crisis_forecast *f = page->forecast;
    char text[ANSWER_TEXT];
    buffer_string(page->out, is_ru(page)
                                 ? "\nПрогноз первого дня: 10 %, 50 %, 90 % вариантов\n"
                                 : "\nForecast of the first day: 10, 50, 90 % of futures\n");
    print_band(page, is_ru(page) ? "пик" : "peak", f->peak, false);
    print_band(page, is_ru(page) ? "день пика" : "day of peak", f->peak_day, true);
    print_band(page, is_ru(page) ? "разобрано" : "cleared", f->cleared, true);
    if (f->never > 0) {
        snprintf(text, sizeof text,
                 is_ru(page) ? "в %.0f %% вариантов затор до конца прогноза не разобран"
                             : "in %.0f %% of futures the jam outlasts the forecast",
                 100 * f->never);
        answer_field(page->out, 2, LABEL_WIDTH, "", text);
    }
}

static void print_scores(struct page *page)
{
    static const struct said heads[] = {
        SAID("What came", "Что было"), SAID("Published", "Публикация"), SAID("Forecast", "Прогноз"),
        SAID("In band", "В полосе"), SAID("Off", "Ошибка")};
    struct table_out table;
    struct buffer text;
    table_out_init(&table, ANSWER_WIDTH);
    buffer_init(&text);
    for (unsigned i = 0; i < 5; i++) {
        table_out_column(&table, say(page->given, heads[i]),
                         i && i != 2 ? TABLE_RIGHT : TABLE_WRAP);
    }
    for (uint32_t i = 0; i < page->forecast->score_count; i++) {
        const struct crisis_score *score = &page->forecast->scores[i];
        const struct crisis_row *row = &page->crisis->rows[score->row];
        bool days = row->item == CRISIS_CLEARED_BY;
        buffer_printf(&text, "%s (", one_of(page, row->what, row->what_ru));
        put_period(row, &text);
        buffer_string(&text, row->from == ZHOL_BLANK_DATE ? "-)" : ")");
        cell(&table, &text);
        put_published(page, row, &text);
        cell(&table, &text);
        put_band(page, days ? days_of(page, score->band) : score->band, days, &text);
        cell(&table, &text);
        table_out_text(&table,
                       score->within ? (is_ru(page) ? "да" : "yes") : (is_ru(page) ? "нет" : "NO"));
        if (!isnan(score->error) && !days) {
            buffer_printf(&text, "%+.0f %%", 100 * score->error);
        }
        cell(&table, &text);
    }
    buffer_char(page->out, '\n');
    table_out_print(&table, page->out);
    table_out_clear(&table);
    buffer_clear(&text);
}

static void print_crisis(struct page *page)
{
    const struct crisis *c = page->crisis;
    char day[ANSWER_TEXT];
    buffer_printf(page->out, "%s\n", one_of(page, c->title, c->title_ru));
    buffer_printf(page->out,
                  is_ru(page) ? "Первый день %s; единица: %s\n\n" : "First day %s; unit: %s\n\n",
                  answer_day(c->begin, "", day), one_of(page, c->unit, c->unit_ru));
    print_inputs(page);
    print_forecast(page);
    print_scores(page);
}

/* ---- As JSON ---- */

static void member_number(struct json_writer *json, const char *key, double value)
{
    if (isfinite(value)) {
        json_member_real(json, key, value);
    } else {
        json_member_null(json, key);
    }
}

static void member_day(struct json_writer *json, const char *key, double day)
{
    char text[TIME_TEXT_SIZE];
    if (isfinite(day)) {
        time_format_date((int32_t)floor(day), text);
        json_member_text(json, key, text);
    } else {
        json_member_null(json, key);
    }
}

static void member_band(struct json_writer *json, const char *key, struct crisis_band band,
                        bool days)
{
    void (*write)(struct json_writer *, const char *, double) = days ? member_day : member_number;
    json_write_key(json, key);
    json_write_object(json);
    write(json, "p10", band.p10);
    write(json, "p50", band.p50);
    write(json, "p90", band.p90);
    json_write_object_end(json);
}

static void write_row(const struct page *page, const struct crisis_row *row,
                      struct json_writer *json)
{
    char from[ANSWER_TEXT], to[ANSWER_TEXT], known[ANSWER_TEXT];
    json_member_text(json, "item", crisis_item_text(row->item));
    json_member_text(json, "role", crisis_role_text(row->role));
    answer_day(row->from, "", from);
    answer_day(row->to, "", to);
    answer_day(row->known_on, "", known);
    json_member_text(json, "from", *from ? from : NULL);
    json_member_text(json, "to", *to ? to : NULL);
    member_number(json, "value", row->value);
    member_number(json, "low", row->low);
    member_number(json, "high", row->high);
    json_member_text(json, "known_on", *known ? known : NULL);
    json_member_text(json, "what", one_of(page, row->what, row->what_ru));
    json_member_text(json, "source", one_of(page, row->source, row->source_ru));
    json_member_text(json, "url", *row->url ? row->url : NULL);
}

static void write_scores(const struct page *page, struct json_writer *json)
{
    json_write_key(json, "checks");
    json_write_array(json);
    for (uint32_t i = 0; i < page->forecast->score_count; i++) {
        const struct crisis_score *score = &page->forecast->scores[i];
        const struct crisis_row *row = &page->crisis->rows[score->row];
        bool days = row->item == CRISIS_CLEARED_BY;
        json_write_object(json);
        write_row(page, row, json);
        member_band(json, "forecast", days ? days_of(page, score->band) : score->band, days);
        json_member_bool(json, "within", score->within);
        member_number(json, "error", score->error);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static void write_crisis(const struct page *page, struct json_writer *json)
{
    const struct crisis_forecast *f = page->forecast;
    json_write_object(json);
    json_member_text(json, "crisis", page->name);
    json_member_text(json, "title", one_of(page, page->crisis->title, page->crisis->title_ru));
    json_member_text(json, "unit", one_of(page, page->crisis->unit, page->crisis->unit_ru));
    member_day(json, "begin", page->crisis->begin);
    member_day(json, "end", page->crisis->end);
    json_write_key(json, "given");
    json_write_array(json);
    for (uint32_t i = 0; i < page->crisis->row_count; i++) {
        const struct crisis_row *row = &page->crisis->rows[i];
        if (row->role != CRISIS_CHECK && !isnan(row->value)) {
            json_write_object(json);
            write_row(page, row, json);
            json_write_object_end(json);
        }
    }
    json_write_array_end(json);
    member_band(json, "peak", f->peak, false);
    member_band(json, "peak_day", f->peak_day, true);
    member_band(json, "cleared", f->cleared, true);
    json_member_real(json, "outlasts", f->never);
    write_scores(page, json);
    json_write_object_end(json);
}

/* ---- Which ---- */

struct telling {
    const struct given *given;
    struct crisis_options options;
    const char *dir;
    struct buffer out;
    struct json_writer json;
    struct table_out list;
    bool as_json, all;
    uint32_t checks, within;
};

/* A crisis is three lines: what one, five and nine of ten futures do not exceed. */
static void add_to_list(struct telling *t, struct page *page)
{
    static const char *const parts[3] = {"10", "50", "90"};
    const struct crisis_band peak = page->forecast->peak, cleared = page->forecast->cleared;
    const double peaks[3] = {peak.p10, peak.p50, peak.p90};
    const double days[3] = {cleared.p10, cleared.p50, cleared.p90};
    struct buffer text;
    char day[ANSWER_TEXT];
    buffer_init(&text);
    for (int i = 0; i < 3; i++) {
        table_out_text(&t->list, i == 0   ? page->name
                                 : i == 1 ? one_of(page, page->crisis->unit, page->crisis->unit_ru)
                                          : "");
        table_out_text(&t->list, i ? "" : answer_day(page->crisis->begin, "", day));
        table_out_text(&t->list, parts[i]);
        table_out_text(&t->list, answer_number(page->given, round(peaks[i]), day));
        table_out_text(&t->list, day_text(page, days[i], day));
        if (!i) {
            buffer_printf(&text, "%u/%u", page->forecast->within, page->forecast->score_count);
        }
        cell(&t->list, &text);
    }
    buffer_clear(&text);
    t->checks += page->forecast->score_count;
    t->within += page->forecast->within;
}

static int tell(struct telling *t, const char *name)
{
    struct zhol_report report;
    struct crisis crisis;
    struct crisis_forecast forecast;
    struct buffer path;
    int code = EXIT_FINE;
    zhol_report_init(&report, 20);
    buffer_init(&path);
    buffer_printf(&path, "%s/crises/%s.csv", t->dir, name);
    enum zhol_error error = crisis_read(buffer_get(&path), &report, &crisis);
    if (error) {
        load_print_findings(t->given, &report, 20);
        code = fail(t->given, EXIT_BAD_INPUT, "%s: %s", name, zhol_error_text(error));
        goto out;
    }
    error = crisis_forecast(&crisis, &t->options, &forecast);
    if (error) {
        code = fail(t->given, EXIT_FAILED, "%s: %s", name, zhol_error_text(error));
    } else {
        struct page page = {t->given, name, &crisis, &forecast, &t->out};
        if (t->as_json) {
            write_crisis(&page, &t->json);
        } else if (t->all) {
            add_to_list(t, &page);
        } else {
            print_crisis(&page);
        }
    }
    crisis_clear(&crisis);
out:
    buffer_clear(&path);
    zhol_report_clear(&report);
    return code;
}

/* Every crisis of the folder, by name; or only `wanted`. */
static int tell_files(struct telling *t, const char *wanted)
{
    struct buffer folder;
    struct file_list files;
    int code = EXIT_NO_ANSWER;
    buffer_init(&folder);
    buffer_printf(&folder, "%s/crises", t->dir);
    if (file_list_read(buffer_get(&folder), &files, NULL)) {
        code = fail(t->given, EXIT_NO_ANSWER, "%s",
                    t->given->lang == LANG_RU ? "у коридора нет кризисов"
                                              : "the corridor has no crises");
        goto out;
    }
    for (uint32_t i = 0; i < files.count; i++) {
        char name[NAMES_MAX];
        size_t size = strlen(files.entries[i].name);
        if (size < 5 || size >= sizeof name ||
            strcmp(files.entries[i].name + size - 4, ".csv") != 0) {
            continue;
        }
        snprintf(name, sizeof name, "%.*s", (int)(size - 4), files.entries[i].name);
        if (!wanted || strcmp(name, wanted) == 0) {
            code = tell(t, name);
        }
    }
    if (code == EXIT_NO_ANSWER) {
        fail(t->given, code, t->given->lang == LANG_RU ? "кризиса нет: %s" : "no such crisis: %s",
             wanted ? wanted : "");
    }
    file_list_clear(&files);
out:
    buffer_clear(&folder);
    return code;
}

static void print_list(struct telling *t)
{
    bool ru = t->given->lang == LANG_RU;
    table_out_print(&t->list, &t->out);
    buffer_printf(
        &t->out,
        ru ? "\nВ полосе 80 %%: %u из %u опубликованных чисел. Подробно: zhol crisis ИМЯ\n"
           : "\nWithin the 80 %% band: %u of %u published figures. Details: zhol crisis NAME\n",
        t->within, t->checks);
}

static void begin_list(struct telling *t)
{
    static const struct said heads[] = {
        SAID("Crisis", "Кризис"), SAID("First day", "Первый день"), SAID("Future, %", "Исход, %"),
        SAID("Peak", "Пик"),      SAID("Cleared", "Разобрано"),     SAID("In band", "В полосе")};
    table_out_init(&t->list, ANSWER_WIDTH);
    for (unsigned i = 0; i < 6; i++) {
        table_out_column(&t->list, say(t->given, heads[i]), i > 1 ? TABLE_RIGHT : TABLE_CUT);
    }
}

static int run(const struct given *given)
{
    struct telling t = {.given = given};
    struct buffer dir;
    double replications = 400, seed = 1;
    buffer_init(&dir);
    buffer_init(&t.out);
    begin_list(&t);
    int code = load_number(given, "replications", 10, 1e6, &replications);
    code = code == EXIT_FINE ? load_number(given, "seed", 1, 9e15, &seed) : code;
    code = code == EXIT_FINE ? load_find(given, &dir) : code;
    if (code == EXIT_FINE) {
        t.options = (struct crisis_options){(uint64_t)seed, (uint32_t)replications};
        t.dir = buffer_get(&dir);
        t.as_json = strcmp(given_format(given), "json") == 0;
        t.all = given->argument_count == 0;
        json_writer_init(&t.json, &t.out, true);
        if (t.as_json) {
            json_write_array(&t.json);
        }
        code = tell_files(&t, t.all ? NULL : given->arguments[0]);
    }
    if (code == EXIT_FINE) {
        if (t.as_json) {
            json_write_array_end(&t.json);
            json_writer_end(&t.json);
        } else if (t.all) {
            print_list(&t);
        }
        code = load_write(given, &t.out, code);
    }
    table_out_clear(&t.list);
    buffer_clear(&t.out);
    buffer_clear(&dir);
    return code;
}

static const char *const examples[] = {
    "zhol crisis",
    "all replays, with how many published figures lie within the band",
    "все повторы и сколько опубликованных чисел попало в полосу",
    "zhol crisis brest-2025",
    "one of them: what was known, what was assumed, what came",
    "один из них: что знали, что допустили, что вышло",
    NULL};

const struct command command_crisis = {
    .name = "crisis",
    .about = SAID("replay a crisis from what was known on its first day",
                  "повторить кризис по тому, что знали в первый день"),
    .arguments = "[NAME]",
    .max_arguments = 1,
    .formats = "table|json",
    .options = options,
    .details = SAID("Gives peak and clearing day with the band in which four of five futures end, "
                    "and scores them against what was published later. Inputs were known on the "
                    "first day; assumptions are drawn within their limits; checks are never used.",
                    "Даёт пик и день разбора затора с полосой, в которой кончаются четыре из пяти "
                    "вариантов, и сверяет с опубликованным позже. Данные известны в первый день; "
                    "допущения разыгрываются в пределах; сверочные числа не используются."),
    .examples = examples,
    .run = run,
};
