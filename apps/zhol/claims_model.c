/* claims_model.c: answers of desk/claim_verdict.h as a table, JSON and CSV. */
#include "claims_model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "base/csv.h"
#include "base/table_out.h"
#include "desk/commitments.h"
#include "report/claim_text.h"
#include "report/units.h"

enum { LABEL_WIDTH = 11, DRAWS = 0, DRAWS_MOST = 200 };

struct page {
    const struct given *given;
    const struct loaded *loaded;
    struct claim_answers answers;
    struct commitments states; /* of promises on the day asked for */
    struct buffer out;
    bool promises;
};

static enum report_lang lang_of(const struct page *page)
{
    return page->given->lang == LANG_RU ? REPORT_RU : REPORT_EN;
}

static const char *either(const struct page *page, const char *en, const char *ru)
{
    return page->given->lang == LANG_RU ? ru : en;
}

/* ---- What is asked ---- */

static bool is_named(const struct page *page, const struct claim_text *text)
{
    const struct zhol_corridor *corridor = page->loaded->corridor;
    struct buffer figure;
    bool named = false;
    buffer_init(&figure);
    claim_text_figure(text, &figure);
    const char *texts[] = {
        zhol_corridor_id(corridor, ZHOL_TABLE_claim_test, text->test->claim_test_id),
        text->figure
            ? zhol_corridor_id(corridor, ZHOL_TABLE_observation, text->figure->observation_id)
            : zhol_corridor_id(corridor, ZHOL_TABLE_commitment, text->promise->commitment_id),
        text->figure ? zhol_corridor_text(corridor, text->figure->scope)
                     : zhol_corridor_text(corridor, text->promise->scope),
        text->figure ? zhol_corridor_text(corridor, text->figure->subject) : "",
        zhol_corridor_text(corridor, text->figure ? text->figure->fact_id : text->promise->fact_id),
        buffer_get(&figure)};
    for (uint32_t i = 0; i < page->given->argument_count && !named; i++) {
        for (size_t k = 0; k < sizeof texts / sizeof *texts && !named; k++) {
            named = answer_has_part(texts[k], page->given->arguments[i]);
        }
    }
    buffer_clear(&figure);
    return named;
}

/* True where a promise was made by the day asked for, and has the state that --state asks for. */
static bool is_in_state(const struct page *page, const struct claim_text *text)
{
    uint32_t count;
    const char *asked = given_value(page->given, "state");
    const struct zhol_commitment *rows = zhol_corridor_commitment(page->loaded->corridor, &count);
    for (uint32_t i = 0; i < page->states.count; i++) {
        const struct commitment_view *view = &page->states.views[i];
        if (&rows[view->row] == text->promise) {
            return !asked || strcmp(asked, commitment_state_text(view->state)) == 0;
        }
    }
    return false;
}

static bool is_asked(const struct page *page, const struct claim_text *text)
{
    if (page->promises ? !text->promise || !is_in_state(page, text) : !text->figure) {
        return false;
    }
    if (page->given->argument_count) {
        return is_named(page, text);
    }
    return page->promises || text->figure->role == zhol_role_CLAIM ||
           given_switch(page->given, "all");
}

/* ---- As a table ---- */

static void add_row(const struct claim_text *text, struct table_out *table)
{
    struct buffer cell;
    buffer_init(&cell);
    if (text->answer->decides) {
        claim_text_figure(text, &cell);
    } else {
        buffer_printf(&cell, "- %s", claim_text_question(text));
    }
    table_out_text(table, buffer_get(&cell));
    buffer_reset(&cell);
    if (text->answer->decides) {
        claim_text_published(text, &cell);
    }
    table_out_text(table, buffer_get(&cell));
    buffer_reset(&cell);
    claim_text_model(text, &cell);
    if (!buffer_get(&cell)[0]) {
        claim_text_remark(text, &cell); /* no figure: why not */
    }
    table_out_text(table, buffer_get(&cell));
    table_out_text(table, claim_text_verdict(text));
    buffer_clear(&cell);
}

/* "reachable 4, not reachable 3, ...": verdicts that occur, in their order. */
static void put_verdicts(struct page *page, struct buffer *line)
{
    uint32_t counts[CLAIM_VERDICT_COUNT] = {0}, all = 0, ends = 0;
    const char *words[CLAIM_VERDICT_COUNT] = {NULL};
    for (uint32_t i = 0; i < page->answers.count; i++) {
        struct claim_text text = claim_text_of(&page->answers, i, lang_of(page));
        if (is_asked(page, &text)) {
            words[text.answer->verdict] =
                text.answer->decides ? claim_text_kind(&text) : words[text.answer->verdict];
            counts[text.answer->verdict] += text.answer->decides;
            all += text.answer->decides;
            ends += claim_is_at_end(text.answer) && !isnan(text.answer->model.value);
        }
    }
    buffer_printf(line, "%s: %u",
                  page->promises ? either(page, "Promises", "Обещаний")
                                 : either(page, "Figures", "Цифр"),
                  all);
    for (unsigned v = 0, shown = 0; v < CLAIM_VERDICT_COUNT; v++) {
        if (counts[v]) {
            buffer_printf(line, "%s %s %u", shown++ ? "," : ";", words[v], counts[v]);
        }
    }
    buffer_char(line, '.');
    if (ends) {
        buffer_printf(
            line,
            either(page, " Answers whose value is an end of its interval: %u; a PART shows why.",
                   " Ответов, где значение — край интервала: %u; почему — в ответе на PART."),
            ends);
    }
}

/* How many figures have which verdict, and what an interval is. */
static void put_counts(struct page *page)
{
    static const char *const draws_ru[] = {"розыгрыш", "розыгрыша", "розыгрышей"};
    struct buffer line;
    uint32_t draws = page->answers.draws;
    buffer_init(&line);
    put_verdicts(page, &line);
    buffer_string(&line,
                  either(page,
                         " Interval of times: 10 to 90 percent; of flows: the stated inputs, "
                         "all assumed capacities at their least and at their greatest",
                         " Интервал времени: от 10 до 90 процентов; потоков: заданные входы, "
                         "все допущенные мощности у нижнего края и у верхнего"));
    if (draws) {
        buffer_printf(&line, either(page, ", and %u ", " и %u "), draws);
        buffer_string(
            &line, either(page, draws == 1 ? "draw" : "draws", draws_ru[report_plural_ru(draws)]));
        buffer_string(&line, either(page, " of all assumed inputs", " всех допущений"));
    }
    buffer_char(&line, '.');
    answer_field(&page->out, 0, 0, "", buffer_get(&line));
    buffer_clear(&line);
}

static void print_table(struct page *page)
{
    struct table_out table;
    table_out_init(&table, ANSWER_WIDTH);
    table_out_column(&table,
                     page->promises ? either(page, "Promise", "Обещание")
                                    : either(page, "Figure", "Цифра"),
                     TABLE_WRAP);
    table_out_column(&table, either(page, "Published", "Опубликовано"), TABLE_WRAP);
    table_out_column(&table, either(page, "Model gives", "Даёт модель"), TABLE_WRAP);
    table_out_column(&table, either(page, "Verdict", "Вердикт"), TABLE_WRAP);
    for (uint32_t i = 0; i < page->answers.count; i++) {
        struct claim_text text = claim_text_of(&page->answers, i, lang_of(page));
        if (is_asked(page, &text)) {
            add_row(&text, &table);
        }
    }
    table_out_print(&table, &page->out);
    table_out_clear(&table);
}

/* ---- One by one ---- */

static void field(struct page *page, const char *en, const char *ru, const char *words)
{
    answer_field(&page->out, 2, LABEL_WIDTH, either(page, en, ru), words);
}

/* A field from one of the functions that append to a buffer. */
static void put_field(struct page *page, const char *en, const char *ru,
                      void (*put)(const struct claim_text *, struct buffer *),
                      const struct claim_text *text)
{
    struct buffer words;
    buffer_init(&words);
    put(text, &words);
    field(page, en, ru, buffer_get(&words));
    buffer_clear(&words);
}

static void print_one(struct page *page, const struct claim_text *text)
{
    char source[ANSWER_TEXT];
    struct buffer head;
    buffer_init(&head);
    if (text->answer->decides) {
        claim_text_figure(text, &head);
        answer_field(&page->out, 0, 0, "", buffer_get(&head));
        put_field(page, "published", "опубликовано", claim_text_published, text);
        if (text->figure) {
            if (page->given->lang == LANG_EN) {
                field(page, "printed", "напечатано",
                      zhol_corridor_text(text->corridor, text->figure->printed));
            }
            field(page, "corrected", "верно", claim_text_corrected(text));
        }
        field(page, "source", "источник",
              answer_source(page->given, page->loaded,
                            text->figure ? text->figure->source_id : text->promise->source_id,
                            source));
    }
    field(page, "asked", "вопрос", claim_text_question(text));
    put_field(page, "network of", "сеть", claim_text_scope, text);
    put_field(page, "model", "модель", claim_text_model, text);
    field(page, "verdict", "вердикт", claim_text_verdict(text));
    put_field(page, "because", "почему", claim_text_remark, text);
    buffer_char(&page->out, '\n');
    buffer_clear(&head);
}

static void print_full(struct page *page)
{
    for (uint32_t i = 0; i < page->answers.count; i++) {
        struct claim_text text = claim_text_of(&page->answers, i, lang_of(page));
        if (is_asked(page, &text)) {
            print_one(page, &text);
        }
    }
}

/* ---- As data ---- */

static void json_text(struct json_writer *json, const char *key,
                      void (*put)(const struct claim_text *, struct buffer *),
                      const struct claim_text *text)
{
    struct buffer words;
    buffer_init(&words);
    put(text, &words);
    json_member_text(json, key, buffer_get(&words));
    buffer_clear(&words);
}

/* Six digits and whole units: no more is known, and binary fractions do not show. */
static double rounded(double value)
{
    double digits = value == 0 || !isfinite(value) ? 0 : floor(log10(fabs(value)));
    double step = pow(10, fmin(300, fmax(0, 5 - digits)));
    return isfinite(value) ? round(value * step) / step : NAN;
}

static void json_range(struct json_writer *json, const char *key, struct trade_value range)
{
    json_write_key(json, key);
    json_write_object(json);
    json_member_real(json, "value", rounded(range.value));
    json_member_real(json, "low", rounded(range.low));
    json_member_real(json, "high", rounded(range.high));
    json_write_object_end(json);
}

static void json_binds(struct json_writer *json, const struct claim_answer *answer)
{
    json_write_key(json, "binds");
    json_write_array(json);
    for (uint32_t i = 0; i < answer->bind_count; i++) {
        json_write_object(json);
        json_member_text(json, "table", zhol_table_name(answer->binds[i].table));
        json_member_text(json, "id", answer->binds[i].id);
        json_member_real(json, "days", rounded(answer->binds[i].days));
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static void json_one(const struct page *page, const struct claim_text *text,
                     struct json_writer *json)
{
    const struct zhol_corridor *corridor = page->loaded->corridor;
    json_write_object(json);
    json_member_text(json, "id",
                     zhol_corridor_id(corridor, ZHOL_TABLE_claim_test, text->test->claim_test_id));
    if (text->figure) {
        json_member_text(
            json, "observation",
            zhol_corridor_id(corridor, ZHOL_TABLE_observation, text->figure->observation_id));
        json_member_text(json, "role", zhol_role_text(text->figure->role));
    } else {
        json_member_text(
            json, "commitment",
            zhol_corridor_id(corridor, ZHOL_TABLE_commitment, text->promise->commitment_id));
    }
    json_text(json, "figure", claim_text_figure, text);
    json_text(json, "published", claim_text_published, text);
    json_member_bool(json, "decides", text->answer->decides);
    json_member_text(json, "asked", claim_text_question(text));
    json_member_text(json, "method", zhol_claim_method_text(text->test->method));
    json_text(json, "network", claim_text_scope, text);
    json_range(json, "claimed", text->answer->claimed);
    json_range(json, "model", text->answer->model);
    json_member_text(json, "unit", zhol_corridor_text(corridor, text->test->unit));
    json_member_text(json, "verdict", claim_verdict_text(text->answer->verdict));
    json_member_text(json, "reason", zhol_claim_reason_text(text->test->reason));
    json_text(json, "because", claim_text_remark, text);
    json_binds(json, text->answer);
    json_write_object_end(json);
}

static void print_json(struct page *page)
{
    struct json_writer json;
    json_writer_init(&json, &page->out, true);
    json_write_object(&json);
    answer_head_json(page->loaded, &json);
    json_member_int(&json, "draws", page->answers.draws);
    json_write_key(&json, "answers");
    json_write_array(&json);
    for (uint32_t i = 0; i < page->answers.count; i++) {
        struct claim_text text = claim_text_of(&page->answers, i, lang_of(page));
        if (is_asked(page, &text)) {
            json_one(page, &text, &json);
        }
    }
    json_write_array_end(&json);
    json_write_object_end(&json);
    json_writer_end(&json);
}

static void csv_one(const struct page *page, const struct claim_text *text, struct csv_writer *csv)
{
    static void (*const puts[])(const struct claim_text *, struct buffer *) = {
        claim_text_figure, claim_text_published, claim_text_scope, claim_text_remark};
    struct buffer cell;
    buffer_init(&cell);
    csv_write_text(csv, zhol_corridor_id(page->loaded->corridor, ZHOL_TABLE_claim_test,
                                         text->test->claim_test_id));
    for (size_t i = 0; i < sizeof puts / sizeof *puts; i++) {
        buffer_reset(&cell);
        puts[i](text, &cell);
        csv_write_text(csv, buffer_get(&cell));
    }
    csv_write_text(csv, claim_text_question(text));
    csv_write_real(csv, rounded(text->answer->model.value));
    csv_write_real(csv, rounded(text->answer->model.low));
    csv_write_real(csv, rounded(text->answer->model.high));
    csv_write_text(csv, zhol_corridor_text(page->loaded->corridor, text->test->unit));
    csv_write_text(csv, claim_verdict_text(text->answer->verdict));
    csv_write_end(csv);
    buffer_clear(&cell);
}

static void print_csv(struct page *page)
{
    static const char *const heads[] = {"id",      "figure", "published", "network",
                                        "because", "asked",  "value",     "low",
                                        "high",    "unit",   "verdict"};
    struct csv_writer csv;
    csv_writer_init(&csv, &page->out);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        csv_write_text(&csv, heads[i]);
    }
    csv_write_end(&csv);
    for (uint32_t i = 0; i < page->answers.count; i++) {
        struct claim_text text = claim_text_of(&page->answers, i, lang_of(page));
        if (is_asked(page, &text)) {
            csv_one(page, &text, &csv);
        }
    }
}

/* ---- The page ---- */

static bool has_answers(const struct page *page)
{
    for (uint32_t i = 0; i < page->answers.count; i++) {
        struct claim_text text = claim_text_of(&page->answers, i, lang_of(page));
        if (is_asked(page, &text)) {
            return true;
        }
    }
    return false;
}

static int print_page(struct page *page)
{
    const char *format = given_format(page->given);
    if (page->given->argument_count && !has_answers(page)) {
        return fail(page->given, EXIT_NO_ANSWER,
                    either(page, "no figure is called %s", "такой цифры нет: %s"),
                    page->given->arguments[0]);
    }
    if (strcmp(format, "json") == 0) {
        print_json(page);
    } else if (strcmp(format, "csv") == 0) {
        print_csv(page);
    } else {
        answer_head(page->given, page->loaded, &page->out);
        if (page->given->argument_count || (page->promises && given_switch(page->given, "full"))) {
            print_full(page);
        } else {
            print_table(page);
            buffer_char(&page->out, '\n');
        }
        put_counts(page);
    }
    return load_write(page->given, &page->out, EXIT_FINE);
}

/* Only what is asked: flows take seconds. */
static enum zhol_error answer_asked(struct page *page, struct claims_options *options)
{
    options->model = false;
    options->day = page->loaded->day;
    enum zhol_error error = claims_answer(page->loaded->corridor, options, &page->answers);
    uint8_t *wanted = error ? NULL : calloc((size_t)page->answers.count + 1, 1);
    if (!wanted) {
        return error ? error : ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < page->answers.count; i++) {
        struct claim_text text = claim_text_of(&page->answers, i, lang_of(page));
        wanted[i] = is_asked(page, &text);
    }
    claims_clear(&page->answers);
    options->model = true;
    options->wanted = wanted;
    error = claims_answer(page->loaded->corridor, options, &page->answers);
    free(wanted);
    return error;
}

int claims_model_print(const struct given *given, const struct loaded *loaded, bool promises)
{
    struct page page = {.given = given, .loaded = loaded, .promises = promises};
    struct claims_options options;
    double draws = DRAWS;
    int code = given_value(given, "draws") ? load_number(given, "draws", 0, DRAWS_MOST, &draws)
                                           : EXIT_FINE;
    buffer_init(&page.out);
    if (code == EXIT_FINE) {
        claims_options_init(&options, buffer_get(&loaded->dir));
        options.draws = (uint32_t)draws;
        enum zhol_error error = promises
                                    ? commitments_judge(loaded->corridor, loaded->day, &page.states)
                                    : ZHOL_ERROR_OK;
        error = error ? error : answer_asked(&page, &options);
        code = error ? fail(given, EXIT_FAILED, "%s", zhol_error_text(error)) : print_page(&page);
    }
    claims_clear(&page.answers);
    commitments_clear(&page.states);
    buffer_clear(&page.out);
    return code;
}
