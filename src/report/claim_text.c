/* claim_text.c: see claim_text.h. */
#include "report/claim_text.h"

#include <math.h>
#include <string.h>

#include "report/format.h"
#include "report/terms.h"
#include "report/units.h"

#define TWO(en, ru) \
    {               \
        en, ru      \
    }

static const char *const verdicts[CLAIM_VERDICT_COUNT][REPORT_LANG_COUNT] = {
    TWO("consistent", "согласуется"),
    TWO("inconsistent", "не согласуется"),
    TWO("reachable", "достижимо"),
    TWO("not reachable", "недостижимо"),
    TWO("open", "открыто"),
    TWO("kept", "исполнено"),
    TWO("not kept", "не исполнено"),
    TWO("outcome unknown", "исход неизвестен"),
    TWO("for information", "для сведения"),
    TWO("not decidable", "не решается")};

static const struct {
    unsigned word;
    const char *in[REPORT_LANG_COUNT];
} methods[] = {{zhol_claim_method_FORMULA, TWO("rows of the corridor", "строки коридора")},
               {zhol_claim_method_WAY_LENGTH, TWO("lengths of links", "длины участков")},
               {zhol_claim_method_PLAN_DAYS, TWO("planner", "планировщик")},
               {zhol_claim_method_FLOW, TWO("assignment", "распределение потоков")},
               {zhol_claim_method_FLOW_CHANGE, TWO("assignment", "распределение потоков")},
               {zhol_claim_method_SAVING, TWO("assignment", "распределение потоков")},
               {zhol_claim_method_MAX_FLOW, TWO("assignment", "распределение потоков")},
               {zhol_claim_method_MAX_CHANGE, TWO("assignment", "распределение потоков")},
               {zhol_claim_method_PREDICTION, TWO("calibration", "калибровка")},
               {zhol_claim_method_DEMAND, TWO("demand table", "таблица спроса")},
               {zhol_claim_method_NONE, TWO("nothing", "ничто")}},
  reasons[] = {
      {zhol_claim_reason_TAKEN_OVER, TWO("taken over into the model", "взято в модель")},
      {zhol_claim_reason_NO_DATA, TWO("no data", "нет данных")},
      {zhol_claim_reason_NO_BASE, TWO("base or scope not stated", "база или охват не названы")},
      {zhol_claim_reason_NOT_MODELLED, TWO("not modelled", "не моделируется")},
      {zhol_claim_reason_OPINION, TWO("a judgement", "суждение")},
      {zhol_claim_reason_PLAN, TWO("a plan", "план")},
      {zhol_claim_reason_ONE_SOURCE, TWO("one source only", "единственный источник")}};

struct claim_text claim_text_of(const struct claim_answers *answers, uint32_t answer,
                                enum report_lang lang)
{
    uint32_t count, begin, end;
    const struct zhol_corridor *corridor = answers->corridor;
    struct claim_text text = {
        .corridor = corridor, .lang = lang, .answer = &answers->items[answer]};
    text.test = &zhol_corridor_claim_test(corridor, &count)[text.answer->row];
    if (text.test->observation_id != ZHOL_NONE) {
        zhol_corridor_rows(corridor, ZHOL_TABLE_observation, text.test->observation_id, &begin,
                           &end);
        text.figure = &zhol_corridor_observation(corridor, &count)[begin];
    } else if (text.test->commitment_id != ZHOL_NONE) {
        zhol_corridor_rows(corridor, ZHOL_TABLE_commitment, text.test->commitment_id, &begin, &end);
        text.promise = &zhol_corridor_commitment(corridor, &count)[begin];
    }
    return text;
}

/* The text in the language asked for, in English where there is no other. */
static const char *say(const struct claim_text *text, zhol_cell_text en, zhol_cell_text ru)
{
    return zhol_corridor_text(text->corridor, text->lang == REPORT_RU && ru ? ru : en);
}

void claim_text_figure(const struct claim_text *text, struct buffer *out)
{
    if (text->promise) {
        buffer_string(out, say(text, text->promise->name, text->promise->name_ru));
        return;
    }
    if (!text->figure) {
        return;
    }
    if (text->lang == REPORT_RU && text->test->figure_ru) {
        buffer_string(out, zhol_corridor_text(text->corridor, text->test->figure_ru));
        return;
    }
    buffer_string(out, zhol_corridor_text(text->corridor, text->figure->measure));
    buffer_printf(out, ", %s", zhol_corridor_text(text->corridor, text->figure->subject));
}

/* ---- Numbers ---- */

static unsigned decimals_of(double value)
{
    double size = fabs(value);
    return size >= 100 || value == round(value) ? 0 : size >= 10 ? 1 : 2;
}

static void put_one(double value, const char *unit, unsigned decimals, enum report_lang lang,
                    struct buffer *out)
{
    if (strcmp(unit, "day") == 0) {
        format_day(out, (int32_t)value, lang);
    } else if (strcmp(unit, "year") == 0) {
        buffer_int(out, (int64_t)value);
    } else {
        format_number(out, value, decimals, lang);
    }
}

void claim_text_range(struct trade_value range, const char *unit, enum report_lang lang,
                      struct buffer *out)
{
    double width = range.high - range.low;
    bool exact = !(width > 1e-3 * fabs(range.value));
    unsigned decimals = exact                                  ? decimals_of(range.value)
                        : width < 0.02                         ? 3
                        : width < 0.2                          ? 2
                        : width < 2 || fabs(range.value) < 100 ? 1
                                                               : 0;
    if (isnan(range.value)) {
        return;
    }
    put_one(range.value, unit, decimals, lang, out);
    if (!exact) {
        buffer_string(out, " (");
        put_one(range.low, unit, decimals, lang, out);
        buffer_string(out, range.low < 0 || range.high < 0 ? " .. " : "-");
        put_one(range.high, unit, decimals, lang, out);
        buffer_char(out, ')');
    }
}

static void put_unit(const struct claim_text *text, zhol_cell_text unit, double value,
                     struct buffer *out)
{
    const char *word = zhol_corridor_text(text->corridor, unit);
    if (*word && strcmp(word, "day") != 0 && strcmp(word, "year") != 0) {
        buffer_char(out, ' ');
        report_unit(word, value, text->lang, out);
    }
}

static void put_promised(const struct claim_text *text, struct buffer *out)
{
    const struct zhol_commitment *promise = text->promise;
    if (isnan(promise->value)) {
        buffer_string(out, text->lang == REPORT_RU ? "к " : "by ");
        if (promise->due == ZHOL_BLANK_DATE) {
            buffer_string(out, text->lang == REPORT_RU ? "срок не назван" : "no day named");
        } else {
            format_day(out, promise->due, text->lang);
        }
        return;
    }
    buffer_string(out, promise->comparator == zhol_comparator_AT_MOST ? "≤ " : "≥ ");
    put_one(promise->value, "", decimals_of(promise->value), text->lang, out);
    if (!isnan(promise->value_high)) {
        buffer_char(out, '-');
        put_one(promise->value_high, "", decimals_of(promise->value_high), text->lang, out);
    }
    put_unit(text, promise->unit, isnan(promise->value_high) ? promise->value : promise->value_high,
             out);
}

/* What was published in words: as it was printed where the table holds the right words. */
static const char *published_words(const struct claim_text *text)
{
    const struct zhol_observation *figure = text->figure;
    const char *words = zhol_corridor_text(text->corridor, figure->value_text);
    const char *right = zhol_corridor_text(text->corridor, figure->corrected);
    bool wrong = figure->printed && *right && strncmp(words, right, strlen(words)) == 0;
    return say(text, wrong ? figure->printed : figure->value_text, text->test->published_ru);
}

void claim_text_published(const struct claim_text *text, struct buffer *out)
{
    const struct zhol_observation *figure = text->figure;
    if (text->promise) {
        put_promised(text, out);
        return;
    }
    if (!figure || isnan(figure->value)) {
        buffer_string(out, figure ? published_words(text) : "");
        return;
    }
    const char *unit = zhol_corridor_text(text->corridor, figure->unit);
    bool range = figure->qualifier == zhol_qualifier_RANGE && !isnan(figure->low);
    if (range) {
        put_one(figure->low, unit, decimals_of(figure->low), text->lang, out);
        buffer_char(out, '-');
        put_one(figure->high, unit, decimals_of(figure->high), text->lang, out);
    } else {
        const char *sign = figure->qualifier == zhol_qualifier_GT      ? "> "
                           : figure->qualifier == zhol_qualifier_LT    ? "≤ "
                           : figure->qualifier == zhol_qualifier_ABOUT ? "~ "
                                                                       : "";
        buffer_string(out, sign);
        put_one(figure->value, unit, decimals_of(figure->value), text->lang, out);
    }
    put_unit(text, figure->unit, range ? figure->high : figure->value, out);
}

const char *claim_text_corrected(const struct claim_text *text)
{
    if (!text->figure || (text->lang == REPORT_RU && !text->test->corrected_ru)) {
        return "";
    }
    return say(text, text->figure->corrected, text->test->corrected_ru);
}

/* What the model is held against where that is not the figure as it is printed: with its tolerance,
 * another figure, or a limit on one side only. */
static void put_against(const struct trade_value *claimed, const char *unit, enum report_lang lang,
                        struct buffer *out)
{
    if (isinf(claimed->low) || isinf(claimed->high)) {
        double limit = isinf(claimed->low) ? claimed->high : claimed->low;
        buffer_string(out, isinf(claimed->low) ? "≤ " : "≥ ");
        put_one(limit, unit, decimals_of(limit), lang, out);
    } else {
        claim_text_range(*claimed, unit, lang, out);
    }
}

void claim_text_model(const struct claim_text *text, struct buffer *out)
{
    const char *unit = zhol_corridor_text(text->corridor, text->test->unit);
    if (isnan(text->answer->model.value)) {
        return;
    }
    claim_text_range(text->answer->model, unit, text->lang, out);
    bool stated = text->test->claimed || !isnan(text->test->tolerance);
    if (stated && !isnan(text->answer->claimed.value)) {
        buffer_string(out, text->lang == REPORT_RU ? " против " : " against ");
        put_against(&text->answer->claimed, unit, text->lang, out);
    }
    put_unit(text, text->test->unit, text->answer->model.value, out);
}

void claim_text_head(const struct claim_answers *answers, enum report_lang lang, struct buffer *out)
{
    bool ru = lang == REPORT_RU;
    buffer_string(out, ru ? "Даёт модель (потоки: допущенные мощности у обоих краёв"
                          : "Model gives (flows: assumed capacities at both their ends");
    if (answers->draws) {
        buffer_printf(out, ru ? ", розыгрышей: %u" : ", and %u draws", answers->draws);
    }
    buffer_char(out, ')');
}

/* ---- Words ---- */

const char *claim_text_question(const struct claim_text *text)
{
    return say(text, text->test->name, text->test->name_ru);
}

void claim_text_scope(const struct claim_text *text, struct buffer *out)
{
    unsigned method = text->test->method;
    if (method == zhol_claim_method_NONE || method == zhol_claim_method_FORMULA) {
        return;
    }
    if (text->test->scenario) {
        buffer_string(out, zhol_corridor_text(text->corridor, text->test->scenario));
    }
    if (text->test->day != ZHOL_BLANK_DATE) {
        buffer_string(out, text->test->scenario ? ", " : "");
        format_day(out, text->test->day, text->lang);
    }
}

void claim_text_asked(const struct claim_text *text, struct buffer *out)
{
    struct buffer scope;
    buffer_init(&scope);
    claim_text_scope(text, &scope);
    buffer_string(out, claim_text_question(text));
    if (buffer_get(&scope)[0]) {
        buffer_printf(out, " (%s)", buffer_get(&scope));
    }
    out->error = out->error ? out->error : scope.error;
    buffer_clear(&scope);
}

static void put_sentence(struct buffer *out, const char *words)
{
    if (*words) {
        buffer_printf(out, "%s%s", buffer_get(out)[0] ? "; " : "", words);
    }
}

static const char *node_name(const struct claim_text *text, uint32_t node)
{
    uint32_t count, begin, end;
    const struct zhol_node *rows = zhol_corridor_node(text->corridor, &count);
    zhol_corridor_rows(text->corridor, ZHOL_TABLE_node, node, &begin, &end);
    return say(text, rows[begin].name, rows[begin].name_ru);
}

/* Links have a name in English only: their ends have one in both. */
static void put_link(const struct claim_text *text, uint32_t link, struct buffer *out)
{
    uint32_t count, begin, end;
    const struct zhol_link *rows = zhol_corridor_link(text->corridor, &count);
    zhol_corridor_rows(text->corridor, ZHOL_TABLE_link, link, &begin, &end);
    buffer_printf(out, "%s - %s", node_name(text, rows[begin].from_node_id),
                  node_name(text, rows[begin].to_node_id));
}

static void put_resource(const struct claim_text *text, uint32_t resource, struct buffer *out)
{
    uint32_t count, begin, end;
    const struct zhol_resource *rows = zhol_corridor_resource(text->corridor, &count);
    zhol_corridor_rows(text->corridor, ZHOL_TABLE_resource, resource, &begin, &end);
    const struct zhol_resource *row = &rows[begin];
    bool placed = row->node_id != ZHOL_NONE || row->link_id != ZHOL_NONE;
    if (text->lang == REPORT_EN || row->name_ru || !placed) {
        buffer_string(out, say(text, row->name, row->name_ru));
        return;
    }
    if (row->link_id != ZHOL_NONE) {
        put_link(text, row->link_id, out);
    } else {
        buffer_string(out, node_name(text, row->node_id));
    }
    buffer_printf(out, " (%s)", report_term(zhol_capacity_unit_text(row->unit), text->lang));
}

/* Name of what limits; what only a scenario has is named as there. */
static void put_bind(const struct claim_text *text, const struct claim_bind *bind,
                     struct buffer *out)
{
    uint32_t count, begin, end, thing = zhol_corridor_find(text->corridor, bind->table, bind->id);
    if (thing == ZHOL_NONE) {
        const char *ru = bind->name_ru && *bind->name_ru ? bind->name_ru : bind->name;
        const char *name = text->lang == REPORT_RU ? ru : bind->name;
        buffer_string(out, name && *name ? name : bind->id);
    } else if (bind->table == ZHOL_TABLE_node) {
        buffer_string(out, node_name(text, thing));
    } else if (bind->table == ZHOL_TABLE_link) {
        put_link(text, thing, out);
    } else if (bind->table == ZHOL_TABLE_service) {
        const struct zhol_service *rows = zhol_corridor_service(text->corridor, &count);
        zhol_corridor_rows(text->corridor, ZHOL_TABLE_service, thing, &begin, &end);
        buffer_string(out, say(text, rows[begin].name, rows[begin].name_ru));
    } else {
        put_resource(text, thing, out);
    }
}

/* "longest, of 12.6 days of one journey at usual times: ": parts add up to that, not to the middle
 * of all worlds. */
static void put_binds_head(const struct claim_text *text, struct buffer *out)
{
    bool ru = text->lang == REPORT_RU;
    if (text->test->method != zhol_claim_method_PLAN_DAYS) {
        put_sentence(out, ru ? "предел: " : "binds: ");
        return;
    }
    put_sentence(out, ru ? "дольше всего из " : "longest, of ");
    format_number(out, text->answer->parts_of_days, 1, text->lang);
    buffer_string(out, ru ? " суток по обычным временам: " : " days at usual times: ");
}

static void put_binds(const struct claim_text *text, struct buffer *out)
{
    bool ru = text->lang == REPORT_RU;
    for (uint32_t i = 0; i < text->answer->bind_count; i++) {
        const struct claim_bind *bind = &text->answer->binds[i];
        if (i) {
            buffer_string(out, "; ");
        } else {
            put_binds_head(text, out);
        }
        put_bind(text, bind, out);
        if (!isnan(bind->days)) {
            buffer_char(out, ' ');
            format_number(out, bind->days, 1, text->lang);
            buffer_string(out, ru ? " суток" : " days");
        }
    }
}

static void put_sums(const struct claim_text *text, struct buffer *out)
{
    bool ru = text->lang == REPORT_RU;
    const struct claim_answer *answer = text->answer;
    if (isnan(answer->sums_days.value) || answer->sums_days.value == answer->model.value) {
        return;
    }
    put_sentence(out, ru ? "без ожиданий, по скоростям участков: "
                         : "without waiting, by the speeds of links: ");
    format_number(out, answer->sums_days.low, 1, text->lang);
    buffer_char(out, '-');
    format_number(out, answer->sums_days.high, 1, text->lang);
    buffer_string(out, ru ? " суток" : " days");
    if (answer->timetable) {
        put_sentence(out, ru ? "опирается на время в пути, которое публикует сервис"
                             : "rests on times that a service publishes");
    }
}

/* "1.09 times the freight of 2025 in its mix, at most 1 % of it left behind; 1,020 t a train". */
static void put_room(const struct claim_text *text, struct buffer *out)
{
    bool ru = text->lang == REPORT_RU;
    if (!isnan(text->answer->factor)) {
        put_sentence(out, ru ? "весь этот груз вместе, умноженный на "
                             : "all of this freight together, times ");
        format_number(out, text->answer->factor, 2, text->lang);
        bool added = strstr(zhol_corridor_text(text->corridor, text->test->asked), "added");
        buffer_printf(out,
                      added ? (ru ? ": сверх груза %d года, не принято и вытеснено не больше %d %%"
                                  : ": beside the freight of %d, at most %d %% left behind or "
                                    "pushed out")
                      : ru ? ": состав как в %d году, не принято не больше %d %%"
                           : ": the mix of %d, at most %d %% left behind",
                      CLAIM_DEMAND_YEAR, (int)lround(CLAIM_LEFT * 100));
    }
    if (!isnan(text->answer->last_usd)) {
        put_sentence(out, ru ? "последний TEU при намеченном объёме стоит "
                             : "at the planned amount the last TEU costs ");
        format_number(out, text->answer->last_usd, 0, text->lang);
        buffer_string(out, ru ? " долл. деньгами и временем, на свободной сети "
                              : " USD in money and time, on a free network ");
        format_number(out, text->answer->last_free_usd, 0, text->lang);
        buffer_string(out, ru ? " долл." : " USD");
    }
    if (!isnan(text->answer->t_per_train)) {
        put_sentence(out, ru ? "в поезде через границу " : "a train over the border carries ");
        format_number(out, round(text->answer->t_per_train / 10) * 10, 0, text->lang);
        buffer_string(out, ru ? " т" : " t");
    }
}

/* Why the value stands at an end of its interval, which would look like a slip. */
static void put_end(const struct claim_text *text, struct buffer *out)
{
    bool ru = text->lang == REPORT_RU;
    const struct trade_value *model = &text->answer->model;
    unsigned method = text->test->method;
    bool most = method == zhol_claim_method_MAX_FLOW, upper = model->value > model->low;
    if (method == zhol_claim_method_FORMULA || !claim_is_at_end(text->answer)) {
        return;
    }
    if (upper && most && strstr(zhol_corridor_text(text->corridor, text->test->asked), "upper")) {
        put_sentence(out, ru ? "значение — верхний предел (мощность при заданных входах), нижний "
                               "край — то, что идёт из спроса как он есть"
                             : "the value is a ceiling (capacity at the stated inputs); the lower "
                               "end is what goes of the demand as it is");
    } else if (upper) {
        put_sentence(out, ru ? "значение при заданных входах — верхний край: все прочие прогоны "
                               "дают меньше"
                             : "the value of the stated inputs is the upper end: both ends of the "
                               "assumed capacities give less");
    } else {
        put_sentence(out, ru ? "значение при заданных входах — нижний край: все прочие прогоны "
                               "дают больше"
                             : "the value of the stated inputs is the lower end: both ends of the "
                               "assumed capacities give more");
    }
}

/* A length on the scale of the row: years and days of the calendar have none to speak of. */
static bool has_distance(const struct claim_text *text)
{
    const char *unit = zhol_corridor_text(text->corridor, text->test->unit);
    return strcmp(unit, "day") != 0 && strcmp(unit, "year") != 0;
}

static void put_distance(const struct claim_text *text, double distance, struct buffer *out)
{
    put_one(distance, "", distance >= 10 ? 0 : distance >= 0.1 ? 1 : 2, text->lang, out);
    if (strcmp(zhol_corridor_text(text->corridor, text->test->unit), "percent") == 0) {
        buffer_string(out, text->lang == REPORT_RU ? " п. п." : " percentage points");
    } else {
        put_unit(text, text->test->unit, distance, out);
    }
}

/* Consistent, but the model's value lies outside of what was claimed: how far, and whether the two
 * intervals meet at their edges only. */
static void put_apart(const struct claim_text *text, double apart, bool above, struct buffer *out)
{
    const struct trade_value *claim = &text->answer->claimed, *model = &text->answer->model;
    bool ru = text->lang == REPORT_RU;
    double shared = fmin(claim->high, model->high) - fmax(claim->low, model->low);
    double claim_width = claim->high - claim->low;
    bool inside = claim->low >= model->low && claim->high <= model->high;
    double rest = above ? claim->high - model->low : model->high - claim->low;
    bool edge = inside ? rest < 0.1 * (model->high - model->low) : shared < 0.5 * claim_width;
    if (!edge && text->test->method == zhol_claim_method_FORMULA) {
        return; /* what rounding leaves of a sum */
    }
    put_sentence(out, edge ? (ru ? "цифра лежит на краю интервала модели; значение модели "
                                 : "the figure lies at the edge of the model's interval, whose "
                                   "value is ")
                           : (ru ? "значение модели " : "the model's value is "));
    buffer_string(out, ru ? (above ? "больше на " : "меньше на ") : "");
    put_distance(text, apart, out);
    buffer_string(out, ru ? "" : above ? " more" : " less");
}

/* How far a figure and the model's answer are from each other, where that is not nothing. */
static void put_how_far(const struct claim_text *text, struct buffer *out)
{
    const struct trade_value *claim = &text->answer->claimed, *model = &text->answer->model;
    bool ru = text->lang == REPORT_RU,
         range = text->figure && text->figure->qualifier == zhol_qualifier_RANGE;
    bool above = model->value > claim->high;
    double off = above ? model->value - claim->high : claim->low - model->value;
    if (!(off > 1e-3 * fabs(model->value)) || !has_distance(text)) {
        return;
    }
    if (text->answer->too_wide) {
        put_sentence(out, ru ? "интервал слишком широк, чтобы что-то проверить; значение "
                             : "the interval is too wide to test anything; the value is ");
        buffer_string(out, ru ? (above ? "больше на " : "меньше на ") : "");
        put_distance(text, off, out);
        buffer_string(out, ru ? "" : above ? " more" : " less");
    } else if (text->answer->by_rounding) {
        put_sentence(out, ru ? "сходится лишь с тем, что оставляет округление цифры: не решается"
                             : "it meets only what rounding leaves of the figure: not decidable");
    } else if (text->answer->verdict == CLAIM_CONSISTENT && model->high > model->low) {
        double from = range || isinf(claim->low) || isinf(claim->high)
                          ? (above ? claim->high : claim->low)
                          : claim->value;
        put_apart(text, fabs(model->value - from), above, out);
    } else if (text->answer->verdict == CLAIM_INCONSISTENT) {
        put_sentence(out, ru ? "между интервалами " : "the intervals are ");
        put_distance(text, above ? model->low - claim->high : claim->low - model->high, out);
        buffer_string(out, ru ? "" : " apart");
    }
}

/* A promise that evidence decides is no longer a matter of the model. */
static void put_evidence(const struct claim_text *text, struct buffer *out)
{
    bool ru = text->lang == REPORT_RU;
    switch (text->answer->verdict) {
    case CLAIM_KEPT:
        put_sentence(out, ru ? "решают свидетельства, а не модель: исполнено"
                             : "evidence decides, not the model: it was kept");
        break;
    case CLAIM_NOT_KEPT:
        put_sentence(out, ru ? "срок прошёл: решают опубликованные цифры, а не модель"
                             : "its day has passed: published figures decide, not the model");
        break;
    case CLAIM_PAST:
        put_sentence(out, ru ? "срок прошёл, а о времени после него ничего не опубликовано"
                             : "its day has passed, and nothing is published of the time after it");
        break;
    default:
        break;
    }
}

void claim_text_remark(const struct claim_text *text, struct buffer *out)
{
    if (text->answer->problem) {
        put_sentence(out, text->answer->problem);
        return;
    }
    put_evidence(text, out);
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (text->test->reason == reasons[i].word) {
            put_sentence(out, reasons[i].in[text->lang]);
        }
    }
    put_sentence(out, say(text, text->test->why, text->test->why_ru));
    put_room(text, out);
    put_how_far(text, out);
    put_end(text, out);
    put_binds(text, out);
    put_sums(text, out);
}

const char *claim_text_method(unsigned method, enum report_lang lang)
{
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        if (methods[i].word == method) {
            return methods[i].in[lang];
        }
    }
    return "";
}

const char *claim_text_kind(const struct claim_text *text)
{
    if (text->promise && text->answer->verdict == CLAIM_UNDECIDED) {
        return text->lang == REPORT_RU ? "не моделируется" : "not modelled";
    }
    return verdicts[text->answer->verdict][text->lang];
}

const char *claim_text_verdict(const struct claim_text *text)
{
    static const char *const words[2][2][REPORT_LANG_COUNT] = {
        {TWO("above the limit stated", "сверх заявленного предела"),
         TWO("within the limit stated", "в заявленном пределе")},
        {TWO("above the capacity", "сверх мощности"),
         TWO("within the capacity", "в пределах мощности")}};
    const struct trade_value *claim = &text->answer->claimed;
    bool good = text->answer->verdict == CLAIM_CONSISTENT;
    bool limit = isinf(claim->low) && claim->high != 0;
    bool room = isinf(claim->high) && claim->low != 0 && text->test->claimed;
    if ((!good && text->answer->verdict != CLAIM_INCONSISTENT) || (!limit && !room)) {
        return claim_text_kind(text);
    }
    return words[room][good][text->lang];
}

int claim_text_mood(enum claim_verdict verdict)
{
    switch (verdict) {
    case CLAIM_CONSISTENT:
    case CLAIM_REACHABLE:
    case CLAIM_KEPT:
        return 1;
    case CLAIM_INCONSISTENT:
    case CLAIM_NOT_REACHABLE:
    case CLAIM_NOT_KEPT:
        return -1;
    default:
        return 0;
    }
}
