/* cmd_claims.c: what the published figures say, what was found about them, and whether they agree
 * with each other.
 */
#include <math.h>
#include <string.h>

#include "answer.h"
#include "base/csv.h"
#include "base/table_out.h"
#include "base/text.h"
#include "claims_model.h"
#include "desk/comparisons.h"
#include "words.h"

enum { LABEL_WIDTH = 11 };

static const struct option_row options[] = {
    {"all", 0, NULL, NULL, false,
     SAID("also claims against which nothing was found", "и утверждения, к которым нет замечаний")},
    {"checks", 0, NULL, NULL, false,
     SAID("only the figures held against each other", "только сверка цифр друг с другом")},
    {"model", 0, NULL, NULL, false,
     SAID("what the model gives for each claim, and the verdict; with --all for checks as well",
          "что для каждого утверждения даёт модель и вердикт; с --all и для проверок")},
    {"draws", 0, "N", NULL, false,
     SAID("draws of all assumed inputs that may widen the interval of flows (0)",
          "розыгрыши всех допущений, которые могут расширить интервал потоков (0)")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

/* A claim, from whichever table it stands in. Texts belong to the corridor. */
struct claim {
    enum zhol_table table;
    uint32_t row;
    const char *id, *facts, *subject, *measure, *figure_ru; /* the last for measure and subject */
    const char *value_text, *unit, *scope, *period_text;
    const char *printed, *corrected, *why, *reporter, *note;
    int32_t from, to;
    double value, low, high;
    unsigned qualifier;
    uint32_t source;
    unsigned confidence;
};

struct page {
    const struct given *given;
    const struct loaded *loaded;
    const struct zhol_corridor *corridor;
    struct comparisons comparisons;
    struct buffer out;
};

static bool is_ru(const struct page *page)
{
    return page->given->lang == LANG_RU;
}

static const char *text_of(const struct page *page, zhol_cell_text text)
{
    return zhol_corridor_text(page->corridor, text);
}

/* ---- Gathering ---- */

static uint32_t claim_rows(const struct page *page)
{
    uint32_t observations, events;
    zhol_corridor_observation(page->corridor, &observations);
    zhol_corridor_event(page->corridor, &events);
    return observations + events;
}

/* The text in the language asked for. */
static const char *told(const struct page *page, zhol_cell_text en, zhol_cell_text ru)
{
    return answer_text(page->given, page->loaded, en, ru);
}

/* The first test of a figure, which has its Russian words; NULL where there is none. */
static const struct zhol_claim_test *test_of(const struct page *page, uint32_t observation)
{
    uint32_t tests, count;
    const struct zhol_claim_test *rows = zhol_corridor_claim_test(page->corridor, &tests);
    const uint32_t *list =
        zhol_corridor_rows_of(page->corridor, ZHOL_TABLE_claim_test, observation, &count);
    return count ? &rows[list[0]] : NULL;
}

static void take_observation(const struct page *page, uint32_t row, struct claim *claim)
{
    uint32_t count;
    const struct zhol_observation *o = &zhol_corridor_observation(page->corridor, &count)[row];
    const struct zhol_claim_test *test = test_of(page, o->observation_id);
    *claim = (struct claim){
        .table = ZHOL_TABLE_observation,
        .row = row,
        .id = zhol_corridor_id(page->corridor, ZHOL_TABLE_observation, o->observation_id),
        .facts = text_of(page, o->fact_id),
        .subject = text_of(page, o->subject),
        .measure = text_of(page, o->measure),
        .figure_ru = test ? text_of(page, test->figure_ru) : "",
        .value_text = told(page, o->value_text, test ? test->published_ru : 0),
        .unit = text_of(page, o->unit),
        .scope = told(page, o->scope, o->scope_ru),
        .period_text = told(page, o->period_text, o->period_text_ru),
        .printed = told(page, o->printed, o->printed_ru),
        .corrected = told(page, o->corrected, test ? test->corrected_ru : 0),
        .why = told(page, o->why, o->why_ru),
        .reporter = text_of(page, o->reporter),
        .note = told(page, o->note, o->note_ru),
        .from = o->period_start,
        .to = o->period_end,
        .value = o->value,
        .low = o->low,
        .high = o->high,
        .qualifier = o->qualifier,
        .source = o->source_id,
        .confidence = o->confidence};
}

static void take_event(const struct page *page, uint32_t row, struct claim *claim)
{
    uint32_t count;
    const struct zhol_event *e = &zhol_corridor_event(page->corridor, &count)[row];
    *claim = (struct claim){.table = ZHOL_TABLE_event,
                            .row = row,
                            .id = zhol_corridor_id(page->corridor, ZHOL_TABLE_event, e->event_id),
                            .facts = text_of(page, e->fact_id),
                            .subject = answer_text(page->given, page->loaded, e->name, e->name_ru),
                            .measure = "",
                            .figure_ru = "",
                            .value_text = told(page, e->text, e->text_ru),
                            .unit = "",
                            .scope = told(page, e->place, e->place_ru),
                            .period_text = told(page, e->date_text, e->date_text_ru),
                            .printed = told(page, e->printed, e->printed_ru),
                            .corrected = told(page, e->corrected, e->corrected_ru),
                            .why = told(page, e->why, e->why_ru),
                            .reporter = "",
                            .note = told(page, e->note, e->note_ru),
                            .from = e->date,
                            .to = e->date_to,
                            .value = NAN,
                            .low = NAN,
                            .high = NAN,
                            .source = e->source_id,
                            .confidence = e->confidence};
}

static bool is_asked(const struct page *page, const char *const *texts)
{
    bool asked = page->given->argument_count == 0;
    for (uint32_t i = 0; i < page->given->argument_count; i++) {
        for (const char *const *text = texts; *text; text++) {
            asked = asked || answer_has_part(*text, page->given->arguments[i]);
        }
    }
    return asked;
}

static bool has_finding(const struct claim *claim)
{
    return *claim->printed || *claim->corrected || *claim->why;
}

/* Claim number `i` of claim_rows; false where the row is no claim, or not one to show. */
static bool take_claim(const struct page *page, uint32_t i, struct claim *claim)
{
    uint32_t observations;
    const struct zhol_observation *rows = zhol_corridor_observation(page->corridor, &observations);
    bool is_claim;
    if (i < observations) {
        is_claim = rows[i].role == zhol_role_CLAIM;
        take_observation(page, i, claim);
    } else {
        take_event(page, i - observations, claim);
        is_claim = *claim->facts != '\0';
    }
    const char *const texts[] = {
        claim->id,    claim->facts, claim->subject, claim->measure, claim->figure_ru,
        claim->scope, NULL};
    bool wanted = given_switch(page->given, "all") || page->given->argument_count;
    return !given_switch(page->given, "checks") && is_asked(page, texts) &&
           (has_finding(claim) || (is_claim && wanted));
}

/* ---- One claim in words ---- */

static void put_value(const struct page *page, const struct claim *claim, struct buffer *out)
{
    char text[ANSWER_TEXT];
    if (isnan(claim->value)) {
        buffer_string(out, claim->value_text);
        return;
    }
    if (strcmp(claim->unit, "year") == 0) {
        buffer_int(out, (int64_t)claim->value);
        return;
    }
    const char *sign = zhol_qualifier_text(claim->qualifier);
    if (claim->qualifier == zhol_qualifier_RANGE && !isnan(claim->low)) {
        buffer_printf(out, "%s-", answer_number(page->given, claim->low, text));
        buffer_string(out, answer_number(page->given, claim->high, text));
    } else {
        bool plain = claim->qualifier == zhol_qualifier_EQ || claim->qualifier == 0;
        buffer_printf(out, "%s%s%s", plain ? "" : sign, plain ? "" : " ",
                      answer_number(page->given, claim->value, text));
    }
    buffer_printf(out, "%s%s", *claim->unit ? " " : "",
                  answer_unit(page->given, claim->unit, claim->value, text));
}

static void put_period(const struct claim *claim, struct buffer *out)
{
    char from[ANSWER_TEXT], to[ANSWER_TEXT];
    if (*claim->period_text) {
        buffer_string(out, claim->period_text);
    } else if (claim->from != ZHOL_BLANK_DATE) {
        answer_day(claim->from, "", from);
        answer_day(claim->to == ZHOL_BLANK_DATE ? claim->from : claim->to - 1, "", to);
        buffer_printf(out, strcmp(from, to) == 0 ? "%s" : "%s..%s", from, to);
    }
}

static void field(struct page *page, const char *en, const char *ru, const char *text)
{
    answer_field(&page->out, 2, LABEL_WIDTH, is_ru(page) ? ru : en, text);
}

static void print_claim(struct page *page, const struct claim *claim)
{
    struct buffer line;
    char source[ANSWER_TEXT];
    buffer_init(&line);
    buffer_printf(&line, "%s: ", *claim->facts ? claim->facts : claim->id);
    if (is_ru(page) && *claim->figure_ru) {
        buffer_string(&line, claim->figure_ru);
    } else {
        buffer_printf(&line, "%s%s%s", claim->measure, *claim->measure ? ", " : "", claim->subject);
    }
    answer_field(&page->out, 0, 0, "", buffer_get(&line));
    buffer_reset(&line);
    put_value(page, claim, &line);
    field(page, "value", "значение", buffer_get(&line));
    field(page, "printed", "напечатано", claim->printed);
    field(page, "corrected", "верно", claim->corrected);
    field(page, "why", "почему", claim->why);
    field(page, "scope", "охват", claim->scope);
    buffer_reset(&line);
    put_period(claim, &line);
    field(page, "period", "период", buffer_get(&line));
    field(page, "counted by", "учёт", claim->reporter);
    field(page, "source", "источник",
          answer_source(page->given, page->loaded, claim->source, source));
    field(page, "note", "примечание", claim->note);
    buffer_char(&page->out, '\n');
    buffer_clear(&line);
}

/* ---- Comparisons ---- */

static const struct zhol_comparison *row_of(const struct page *page,
                                            const struct comparison_view *view)
{
    uint32_t count;
    return &zhol_corridor_comparison(page->corridor, &count)[view->row];
}

static bool is_comparison_asked(const struct page *page, const struct comparison_view *view)
{
    const struct zhol_comparison *row = row_of(page, view);
    const char *const texts[] = {
        zhol_corridor_id(page->corridor, ZHOL_TABLE_comparison, row->comparison_id),
        text_of(page, row->fact_id), text_of(page, row->name), text_of(page, row->name_ru), NULL};
    return is_asked(page, texts);
}

/* A computed number with no more digits than make sense beside the tolerance. */
static void put_computed(const struct page *page, double value, double tolerance, bool year,
                         struct buffer *out)
{
    char text[ANSWER_TEXT];
    double size = fabs(value);
    double step = tolerance > 0 && tolerance < 0.1 ? 100 : size >= 100 ? 1 : 10;
    if (year && !isnan(value)) {
        buffer_int(out, (int64_t)value); /* a year has no thousands */
    } else {
        buffer_string(out, answer_number(page->given, round(value * step) / step, text));
    }
}

static const char *verdict_of(const struct page *page, const struct comparison_view *view)
{
    if (view->error) {
        return is_ru(page) ? "ошибка" : "fault";
    }
    return view->agrees ? (is_ru(page) ? "сходится" : "agrees")
                        : (is_ru(page) ? "расходится" : "differs");
}

static void add_comparison(const struct page *page, const struct comparison_view *view,
                           struct table_out *table)
{
    const struct zhol_comparison *row = row_of(page, view);
    struct buffer line;
    char day[ANSWER_TEXT];
    bool is_day = strcmp(text_of(page, row->unit), "day") == 0 && !view->error;
    buffer_init(&line);
    buffer_printf(&line, "%s%s%s", answer_text(page->given, page->loaded, row->name, row->name_ru),
                  row->unit && !is_day ? "; " : "",
                  is_day ? "" : answer_unit(page->given, text_of(page, row->unit), NAN, day));
    if (row->why) {
        buffer_printf(&line, ". %s", answer_text(page->given, page->loaded, row->why, row->why_ru));
    }
    if (view->problem) {
        buffer_printf(&line, " (%s)", view->problem);
    }
    table_out_text(table, buffer_get(&line));
    for (unsigned side = 0; side < 2; side++) {
        double value = side ? view->right : view->left;
        buffer_reset(&line);
        if (is_day) {
            buffer_string(&line, answer_day((int32_t)value, "", day));
        } else {
            put_computed(page, value, row->tolerance, strcmp(text_of(page, row->unit), "year") == 0,
                         &line);
        }
        table_out_text(table, buffer_get(&line));
    }
    buffer_clear(&line);
    table_out_text(table, verdict_of(page, view));
}

static void print_comparisons(struct page *page)
{
    static const struct said heads[] = {SAID("Held against each other", "Сверка цифр"),
                                        SAID("First", "Первое"), SAID("Second", "Второе"),
                                        SAID("Verdict", "Итог")};
    uint32_t shown = 0, agree = 0, changed = 0;
    struct table_out table;
    table_out_init(&table, ANSWER_WIDTH);
    for (unsigned i = 0; i < 4; i++) {
        table_out_column(&table, say(page->given, heads[i]), i ? TABLE_RIGHT : TABLE_WRAP);
    }
    for (uint32_t i = 0; i < page->comparisons.count; i++) {
        const struct comparison_view *view = &page->comparisons.views[i];
        if (is_comparison_asked(page, view)) {
            add_comparison(page, view, &table);
            shown++;
            agree += view->agrees;
            changed += !view->as_written;
        }
    }
    if (shown) {
        table_out_print(&table, &page->out);
        buffer_printf(&page->out,
                      is_ru(page) ? "\nСверок: %u, сходятся %u, расходятся %u"
                                  : "\nComparisons: %u, %u agree, %u differ",
                      shown, agree, shown - agree);
        if (changed) {
            buffer_printf(&page->out,
                          is_ru(page) ? "; иначе, чем записано: %u" : "; not as written down: %u",
                          changed);
        }
        buffer_char(&page->out, '\n');
    }
    table_out_clear(&table);
}

static void print_table(struct page *page)
{
    uint32_t shown = 0, count = claim_rows(page);
    struct claim claim;
    answer_head(page->given, page->loaded, &page->out);
    for (uint32_t i = 0; i < count; i++) {
        if (take_claim(page, i, &claim)) {
            print_claim(page, &claim);
            shown++;
        }
    }
    if (!given_switch(page->given, "checks")) {
        buffer_printf(&page->out,
                      is_ru(page) ? "Утверждений показано: %u%s\n\n" : "Claims shown: %u%s\n\n",
                      shown,
                      given_switch(page->given, "all") || page->given->argument_count ? ""
                      : is_ru(page) ? " (с поправкой или сомнением; все: --all)"
                                    : " (corrected or in doubt; all of them: --all)");
    }
    print_comparisons(page);
}

/* ---- As data ---- */

/* Nine digits: binary fractions do not show. */
static double rounded(double value)
{
    double digits = value == 0 || !isfinite(value) ? 0 : floor(log10(fabs(value)));
    double step = pow(10, fmin(300, fmax(0, 8 - digits)));
    return isfinite(value) ? round(value * step) / step : NAN;
}

static void json_day(struct json_writer *json, const char *key, int32_t day)
{
    char text[ANSWER_TEXT];
    json_member_text(json, key, day == ZHOL_BLANK_DATE ? NULL : answer_day(day, "", text));
}

static void json_claim(const struct page *page, const struct claim *claim, struct json_writer *json)
{
    json_write_object(json);
    json_member_text(json, "id", claim->id);
    json_member_text(json, "table", zhol_table_name(claim->table));
    json_member_text(json, "facts", claim->facts);
    json_member_text(json, "measure", claim->measure);
    json_member_text(json, "subject", claim->subject);
    json_member_real(json, "value", claim->value);
    json_member_text(json, "qualifier", zhol_qualifier_text(claim->qualifier));
    json_member_real(json, "low", claim->low);
    json_member_real(json, "high", claim->high);
    json_member_text(json, "value_text", claim->value_text);
    json_member_text(json, "unit", claim->unit);
    json_member_text(json, "scope", claim->scope);
    json_day(json, "from", claim->from);
    json_day(json, "to", claim->to);
    json_member_text(json, "period_text", claim->period_text);
    json_member_text(json, "printed", claim->printed);
    json_member_text(json, "corrected", claim->corrected);
    json_member_text(json, "why", claim->why);
    json_member_text(json, "reporter", claim->reporter);
    json_member_text(json, "source",
                     zhol_corridor_id(page->corridor, ZHOL_TABLE_source, claim->source));
    json_member_text(json, "confidence", zhol_confidence_text(claim->confidence));
    json_member_text(json, "note", claim->note);
    json_write_object_end(json);
}

static void json_comparison(const struct page *page, const struct comparison_view *view,
                            struct json_writer *json)
{
    const struct zhol_comparison *row = row_of(page, view);
    json_write_object(json);
    json_member_text(json, "id",
                     zhol_corridor_id(page->corridor, ZHOL_TABLE_comparison, row->comparison_id));
    json_member_text(json, "name", answer_text(page->given, page->loaded, row->name, row->name_ru));
    json_member_text(json, "facts", text_of(page, row->fact_id));
    json_member_text(json, "left_formula", text_of(page, row->left));
    json_member_text(json, "right_formula", text_of(page, row->right));
    json_member_real(json, "left", rounded(view->left));
    json_member_real(json, "right", rounded(view->right));
    json_member_real(json, "tolerance", row->tolerance);
    json_member_text(json, "unit", text_of(page, row->unit));
    json_member_text(json, "verdict", view->error ? "fault" : view->agrees ? "agrees" : "differs");
    json_member_bool(json, "as_written", view->as_written);
    json_member_text(json, "problem", view->problem);
    json_member_text(json, "why", answer_text(page->given, page->loaded, row->why, row->why_ru));
    json_write_object_end(json);
}

static void print_json(struct page *page)
{
    struct json_writer json;
    uint32_t count = claim_rows(page);
    struct claim claim;
    json_writer_init(&json, &page->out, true);
    json_write_object(&json);
    answer_head_json(page->loaded, &json);
    json_write_key(&json, "claims");
    json_write_array(&json);
    for (uint32_t i = 0; i < count; i++) {
        if (take_claim(page, i, &claim)) {
            json_claim(page, &claim, &json);
        }
    }
    json_write_array_end(&json);
    json_write_key(&json, "comparisons");
    json_write_array(&json);
    for (uint32_t i = 0; i < page->comparisons.count; i++) {
        if (is_comparison_asked(page, &page->comparisons.views[i])) {
            json_comparison(page, &page->comparisons.views[i], &json);
        }
    }
    json_write_array_end(&json);
    json_write_object_end(&json);
    json_writer_end(&json);
}

/* Two kinds of lines in one table: claims have printed and corrected, comparisons both sides. */
static void print_csv(struct page *page)
{
    static const char *const heads[] = {"id",   "facts",   "claim",   "value",
                                        "unit", "scope",   "printed", "corrected",
                                        "why",  "verdict", "source"};
    struct csv_writer csv;
    struct claim claim;
    struct buffer line;
    uint32_t count = claim_rows(page);
    csv_writer_init(&csv, &page->out);
    buffer_init(&line);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        csv_write_text(&csv, heads[i]);
    }
    csv_write_end(&csv);
    for (uint32_t i = 0; i < count; i++) {
        if (take_claim(page, i, &claim)) {
            buffer_reset(&line);
            put_value(page, &claim, &line);
            csv_write_text(&csv, claim.id);
            csv_write_text(&csv, claim.facts);
            csv_write_text(&csv, claim.subject);
            csv_write_text(&csv, buffer_get(&line));
            csv_write_text(&csv, claim.unit);
            csv_write_text(&csv, claim.scope);
            csv_write_text(&csv, claim.printed);
            csv_write_text(&csv, claim.corrected);
            csv_write_text(&csv, claim.why);
            csv_write_text(&csv, "");
            csv_write_text(&csv, zhol_corridor_id(page->corridor, ZHOL_TABLE_source, claim.source));
            csv_write_end(&csv);
        }
    }
    for (uint32_t i = 0; i < page->comparisons.count; i++) {
        const struct comparison_view *view = &page->comparisons.views[i];
        const struct zhol_comparison *row = row_of(page, view);
        if (is_comparison_asked(page, view)) {
            csv_write_text(
                &csv, zhol_corridor_id(page->corridor, ZHOL_TABLE_comparison, row->comparison_id));
            csv_write_text(&csv, text_of(page, row->fact_id));
            csv_write_text(&csv, answer_text(page->given, page->loaded, row->name, row->name_ru));
            csv_write_real(&csv, rounded(view->left));
            csv_write_text(&csv, text_of(page, row->unit));
            csv_write_text(&csv, "");
            csv_write_text(&csv, text_of(page, row->left));
            csv_write_real(&csv, rounded(view->right));
            csv_write_text(&csv, answer_text(page->given, page->loaded, row->why, row->why_ru));
            csv_write_text(&csv, view->error ? "fault" : view->agrees ? "agrees" : "differs");
            csv_write_text(&csv,
                           zhol_corridor_id(page->corridor, ZHOL_TABLE_source, row->source_id));
            csv_write_end(&csv);
        }
    }
    buffer_clear(&line);
}

/* ---- The command ---- */

/* True where a claim or a comparison is meant by the arguments. */
static bool has_rows(const struct page *page)
{
    uint32_t count = claim_rows(page);
    struct claim claim;
    bool found = false;
    for (uint32_t i = 0; i < count && !found; i++) {
        found = take_claim(page, i, &claim);
    }
    for (uint32_t i = 0; i < page->comparisons.count && !found; i++) {
        found = is_comparison_asked(page, &page->comparisons.views[i]);
    }
    return found;
}

static int print_answer(struct page *page)
{
    const char *format = given_format(page->given);
    if (page->given->argument_count && !has_rows(page)) {
        return fail(page->given, EXIT_NO_ANSWER,
                    is_ru(page) ? "такого утверждения нет: %s" : "no claim is called %s",
                    page->given->arguments[0]);
    }
    if (strcmp(format, "json") == 0) {
        print_json(page);
    } else if (strcmp(format, "csv") == 0) {
        print_csv(page);
    } else {
        print_table(page);
    }
    return load_write(page->given, &page->out, EXIT_FINE);
}

/* What was published does not depend on a scenario: an option that changes nothing is refused. */
static int refuse_unused(const struct given *given)
{
    static const char *const unused[] = {"scenario", "set", "include-planned"};
    static const struct said words = SAID("--%s changes no published figure; it goes with --model",
                                          "--%s не меняет опубликованных цифр; нужен --model");
    for (size_t i = 0; i < sizeof unused / sizeof *unused; i++) {
        if (!given_switch(given, "model") && given_value(given, unused[i])) {
            return fail(given, EXIT_MISUSED, say(given, words), unused[i]);
        }
    }
    return EXIT_FINE;
}

static int run(const struct given *given)
{
    struct loaded loaded = {0};
    int code = refuse_unused(given);
    code = code == EXIT_FINE ? load_corridor(given, &loaded) : code;
    struct page page = {.given = given, .loaded = &loaded, .corridor = loaded.corridor};
    buffer_init(&page.out);
    if (code == EXIT_FINE && given_switch(given, "model")) {
        code = claims_model_print(given, &loaded, false);
    } else if (code == EXIT_FINE) {
        enum zhol_error error = comparisons_judge(loaded.corridor, &page.comparisons);
        code = error ? fail(given, EXIT_FAILED, "%s", zhol_error_text(error)) : print_answer(&page);
    }
    comparisons_clear(&page.comparisons);
    buffer_clear(&page.out);
    load_clear(&loaded);
    return code;
}

static const char *const examples[] = {
    "zhol claims",
    "claims that were corrected or are in doubt, and figures held against each other",
    "утверждения с поправкой или сомнением и сверка цифр",
    "zhol claims AF087",
    "one fact of the article",
    "один факт статьи",
    "zhol claims --checks --format csv",
    "the comparisons as data",
    "сверка цифр как данные",
    "zhol claims --model",
    "each claim: published, what the model gives with its interval, verdict",
    "каждое утверждение: опубликовано, что даёт модель с интервалом, вердикт",
    NULL};

const struct command command_claims = {
    .name = "claims",
    .about = SAID("claims: printed, corrected, scope, source, why; and do the figures agree",
                  "утверждения: напечатано, верно, охват, источник, почему; и сходятся ли цифры"),
    .arguments = "[PART...]",
    .max_arguments = UINT32_MAX,
    .common = true,
    .formats = "table|json|csv",
    .options = options,
    .details = SAID("A claim is a published figure with the role claim, or an event that carries a "
                    "fact of the article. Printed and corrected values both stand. Figures are "
                    "held against each other by the formulas of comparison.csv, computed from the "
                    "rows each time. PART is part of a fact, an identifier, or the words.",
                    "Утверждение — опубликованная цифра с ролью claim или событие с фактом статьи. "
                    "Напечатанное и исправленное хранятся рядом. Цифры сверяются по формулам "
                    "comparison.csv, каждый раз заново по строкам. PART — часть факта, "
                    "идентификатора или слов."),
    .examples = examples,
    .run = run,
};
