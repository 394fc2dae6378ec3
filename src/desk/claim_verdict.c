/* claim_verdict.c: questions in order, and what their answers say of a figure. See
 * claim_verdict.h. */
#include "desk/claim_verdict.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "desk/claim_tally.h"
#include "desk/claim_verdict_parts.h"
#include "desk/formula.h"

/* Limits that meet exactly meet, in spite of binary fractions. */
#define SLACK 1e-6

enum { NAME_SIZE = 512 };

static const struct trade_value UNKNOWN = {NAN, NAN, NAN};

void claims_options_init(struct claims_options *options, const char *dir)
{
    *options =
        (struct claims_options){.dir = dir, .model = true, .day = ZHOL_BLANK_DATE, .seed = 1};
}

/* ---- What the methods share ---- */

const struct zhol_claim_test *claim_test_of(const struct claim_desk *desk, uint32_t answer)
{
    uint32_t count;
    return &zhol_corridor_claim_test(desk->base, &count)[desk->answers->items[answer].row];
}

static const char *text_of(const struct claim_desk *desk, zhol_cell_text text)
{
    return zhol_corridor_text(desk->base, text);
}

static const struct zhol_observation *figure_of(const struct zhol_corridor *corridor,
                                                uint32_t observation)
{
    uint32_t count, begin, end;
    const struct zhol_observation *rows = zhol_corridor_observation(corridor, &count);
    zhol_corridor_rows(corridor, ZHOL_TABLE_observation, observation, &begin, &end);
    return &rows[begin];
}

static const struct zhol_commitment *promise_of(const struct zhol_corridor *corridor,
                                                uint32_t commitment)
{
    uint32_t count, begin, end;
    const struct zhol_commitment *rows = zhol_corridor_commitment(corridor, &count);
    zhol_corridor_rows(corridor, ZHOL_TABLE_commitment, commitment, &begin, &end);
    return &rows[begin];
}

enum zhol_error claim_problem(struct claim_answer *answer, const char *format, ...)
{
    struct buffer text;
    va_list arguments;
    if (answer->problem) {
        return ZHOL_ERROR_OK;
    }
    buffer_init(&text);
    va_start(arguments, format);
    buffer_vprintf(&text, format, arguments);
    va_end(arguments);
    enum zhol_error error = text.error;
    answer->problem = error ? NULL : buffer_take(&text, NULL);
    buffer_clear(&text);
    return error;
}

/* A column of a thing's first row; NULL where the table has no such column, or memory fails. */
static char *cell_of(const struct zhol_corridor *corridor, enum zhol_table table, uint32_t thing,
                     const char *name)
{
    char text[NAME_SIZE];
    uint32_t begin, end, column = zhol_column_find(table, name);
    if (column == ZHOL_NONE) {
        return NULL;
    }
    zhol_corridor_rows(corridor, table, thing, &begin, &end);
    zhol_corridor_cell(corridor, table, begin, column, text, sizeof text);
    return strdup(text);
}

enum zhol_error claim_bind(struct claim_answer *answer, const struct zhol_corridor *corridor,
                           enum zhol_table table, uint32_t thing, double days)
{
    if (answer->bind_count >= CLAIM_BINDS) {
        return ZHOL_ERROR_OK;
    }
    char *id = strdup(zhol_corridor_id(corridor, table, thing));
    if (!id) {
        return ZHOL_ERROR_MEMORY;
    }
    answer->binds[answer->bind_count++] =
        (struct claim_bind){id, cell_of(corridor, table, thing, "name"),
                            cell_of(corridor, table, thing, "name_ru"), table, days};
    return ZHOL_ERROR_OK;
}

int32_t claim_day(const struct claim_desk *desk, uint32_t answer, bool by_figure)
{
    const struct zhol_claim_test *test = claim_test_of(desk, answer);
    struct zhol_corridor_about about = zhol_corridor_about(desk->base);
    int32_t day = test->day;
    if (day == ZHOL_BLANK_DATE && by_figure && test->observation_id != ZHOL_NONE) {
        day = figure_of(desk->base, test->observation_id)->period_start;
    }
    return day == ZHOL_BLANK_DATE ? about.as_of : day;
}

bool claim_period(const struct claim_desk *desk, uint32_t answer, int32_t *from, int32_t *to)
{
    const struct zhol_claim_test *test = claim_test_of(desk, answer);
    if (test->observation_id == ZHOL_NONE) {
        return false;
    }
    const struct zhol_observation *figure = figure_of(desk->base, test->observation_id);
    *from = figure->period_start;
    *to = figure->period_end;
    return *from != ZHOL_BLANK_DATE && *to != ZHOL_BLANK_DATE;
}

const struct zhol_corridor *claim_corridor(struct claim_desk *desk, uint32_t answer,
                                           enum zhol_error *error)
{
    const char *name = text_of(desk, claim_test_of(desk, answer)->scenario);
    struct zhol_corridor *own = NULL;
    if (!*name) {
        return desk->base;
    }
    for (uint32_t i = 0; i < desk->corridor_count; i++) {
        if (strcmp(desk->corridors[i].name, name) == 0) {
            return desk->corridors[i].corridor;
        }
    }
    struct zhol_corridor_options options = {.scenario = name};
    enum zhol_error failed = zhol_corridor_read(desk->options->dir, &options, NULL, &own);
    if (failed == ZHOL_ERROR_MEMORY) {
        *error = failed;
        return NULL;
    }
    if (failed) {
        *error = claim_problem(&desk->answers->items[answer], "scenario '%s': %s", name,
                               zhol_error_text(failed));
        return NULL;
    }
    *error = ARRAY_RESERVE(desk->corridors, desk->corridor_capacity, desk->corridor_count + 1);
    if (*error) {
        zhol_corridor_free(own);
        return NULL;
    }
    desk->corridors[desk->corridor_count++] = (struct claim_corridor){name, own, own};
    return own;
}

/* ---- The figure ---- */

static struct trade_value printed(double value, double low, double high)
{
    double width = isnan(value) ? NAN : trade_rounding(value);
    return (struct trade_value){value, isnan(low) ? value - width : low,
                                isnan(high) ? value + width : high};
}

static enum zhol_error read_formula(struct claim_desk *desk, uint32_t answer, const char *text,
                                    struct trade_value *value)
{
    struct buffer problem;
    buffer_init(&problem);
    enum zhol_error error = formula_range(desk->base, text, value, &problem);
    if (error) {
        *value = UNKNOWN;
        error = claim_problem(&desk->answers->items[answer], "%s", buffer_get(&problem));
    }
    buffer_clear(&problem);
    return error;
}

/* True where two units are one: a figure of a year may leave "/yr" out. */
static bool same_unit(const struct claim_desk *desk, zhol_cell_text a, zhol_cell_text b)
{
    struct text_view units[] = {text_view_of(text_of(desk, a)), text_view_of(text_of(desk, b))};
    for (unsigned i = 0; i < 2; i++) {
        uint32_t size = units[i].size;
        bool yearly = size > 3 && memcmp(units[i].bytes + size - 3, "/yr", 3) == 0;
        units[i].size -= yearly ? 3 : 0;
    }
    return text_equal(units[0], units[1]);
}

/* Column `claimed`: a formula, `< X`, `> X` or `-`. */
static enum zhol_error read_stated(struct claim_desk *desk, uint32_t answer, const char *text)
{
    struct trade_value *claimed = &desk->answers->items[answer].claimed;
    bool below = *text == '<', above = *text == '>';
    if (strcmp(text, "-") == 0) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = read_formula(desk, answer, text + (below || above), claimed);
    claimed->low = below && !isnan(claimed->value) ? -INFINITY : claimed->low;
    claimed->high = above && !isnan(claimed->value) ? INFINITY : claimed->high;
    return error;
}

/* The figure as it was published, with what its rounding leaves and the row's tolerance; "over X"
 * and "up to X" leave one side free. */
static struct trade_value figure_interval(const struct zhol_observation *figure, double tolerance)
{
    double wider = isnan(tolerance) ? 0 : tolerance;
    struct trade_value value = printed(figure->value, figure->low, figure->high);
    if (figure->qualifier == zhol_qualifier_GT) {
        return (struct trade_value){value.value, figure->value - wider, INFINITY};
    }
    if (figure->qualifier == zhol_qualifier_LT) {
        return (struct trade_value){value.value, -INFINITY, figure->value + wider};
    }
    return (struct trade_value){value.value, value.low - wider, value.high + wider};
}

/* A promise is a figure without rounding: 9.99 Mt do not keep 10. */
static enum zhol_error read_claimed(struct claim_desk *desk, uint32_t answer)
{
    const struct zhol_claim_test *test = claim_test_of(desk, answer);
    struct claim_answer *item = &desk->answers->items[answer];
    if (test->claimed) {
        return read_stated(desk, answer, text_of(desk, test->claimed));
    }
    if (test->observation_id != ZHOL_NONE && test->commitment_id == ZHOL_NONE) {
        const struct zhol_observation *figure = figure_of(desk->base, test->observation_id);
        item->claimed = same_unit(desk, figure->unit, test->unit)
                            ? figure_interval(figure, test->tolerance)
                            : UNKNOWN;
    } else if (test->commitment_id != ZHOL_NONE) {
        const struct zhol_commitment *promise = promise_of(desk->base, test->commitment_id);
        item->claimed =
            (struct trade_value){promise->value, promise->value,
                                 isnan(promise->value_high) ? promise->value : promise->value_high};
    }
    return ZHOL_ERROR_OK;
}

/* ---- The verdict ---- */

/* The intervals that the row shows meet, or do not: there is no other tolerance. */
static enum claim_verdict judge_figure(const struct claim_answer *answer)
{
    const struct trade_value *claim = &answer->claimed, *model = &answer->model;
    double slack = SLACK * fmax(1, fmax(fabs(claim->value), fabs(model->value)));
    bool meet = model->high >= claim->low - slack && model->low <= claim->high + slack;
    return meet ? CLAIM_CONSISTENT : CLAIM_INCONSISTENT;
}

/* True where the two meet only in what rounding leaves of a printed figure: the figure itself lies
 * outside of the model's interval, and that is the wider one, so it decides nothing. Sums of
 * published figures are held by rounding alone. */
static bool meets_by_rounding(const struct claim_answer *answer, const struct zhol_claim_test *test,
                              const struct zhol_observation *figure)
{
    const struct trade_value *claim = &answer->claimed, *model = &answer->model;
    bool rounded = claim_is_computed(test->method) && !test->claimed && isnan(test->tolerance) &&
                   isnan(figure->low) && isnan(figure->high) && isfinite(claim->low) &&
                   isfinite(claim->high);
    return rounded && model->high - model->low > claim->high - claim->low &&
           (claim->value < model->low || claim->value > model->high);
}

/* A promised range is met at its easier end; what a promise needs (`stated`, with an interval of
 * its own) is surely met at its harder end, and perhaps at its easier. */
static enum claim_verdict judge_promise(const struct claim_answer *answer, unsigned comparator,
                                        bool stated, double tolerance)
{
    const struct trade_value *model = &answer->model;
    double slack = (isnan(tolerance) ? 0 : tolerance) + SLACK * fmax(1, fabs(model->value));
    bool most = comparator == zhol_comparator_AT_MOST || comparator == zhol_comparator_BY_DATE;
    double easy = most ? answer->claimed.high + slack : answer->claimed.low - slack;
    double hard = most ? answer->claimed.low + slack : answer->claimed.high - slack;
    double sure = stated ? hard : easy;
    bool all = most ? model->high <= sure : model->low >= sure;
    bool some = most ? model->low <= easy : model->high >= easy;
    return all ? CLAIM_REACHABLE : some ? CLAIM_OPEN : CLAIM_NOT_REACHABLE;
}

/* What evidence says of a promise that it shows kept, or whose day has passed; else CLAIM_OPEN. */
static enum claim_verdict judge_by_evidence(const struct claim_desk *desk, uint32_t commitment)
{
    const struct zhol_commitment *promise = promise_of(desk->base, commitment);
    bool past = promise->due != ZHOL_BLANK_DATE && promise->due < desk->promises.day;
    uint32_t count;
    const struct zhol_commitment *rows = zhol_corridor_commitment(desk->base, &count);
    for (uint32_t i = 0; i < desk->promises.count; i++) {
        const struct commitment_view *view = &desk->promises.views[i];
        if (&rows[view->row] == promise && view->state == COMMITMENT_MET) {
            return CLAIM_KEPT;
        }
        if (&rows[view->row] == promise && past && view->state == COMMITMENT_MISSED) {
            return CLAIM_NOT_KEPT;
        }
    }
    return past ? CLAIM_PAST : CLAIM_OPEN;
}

static void judge(struct claim_desk *desk, uint32_t answer)
{
    const struct zhol_claim_test *test = claim_test_of(desk, answer);
    struct claim_answer *item = &desk->answers->items[answer];
    item->verdict = CLAIM_UNDECIDED;
    if (test->claimed && strcmp(text_of(desk, test->claimed), "-") == 0 && !item->problem &&
        !isnan(item->model.value)) {
        item->verdict = CLAIM_BESIDE;
        return;
    }
    if (test->commitment_id != ZHOL_NONE) {
        item->verdict = judge_by_evidence(desk, test->commitment_id);
        if (item->verdict != CLAIM_OPEN) {
            return;
        }
        item->verdict = CLAIM_UNDECIDED;
    }
    if (item->problem || isnan(item->model.value) || isnan(item->claimed.value)) {
        return;
    }
    if (test->observation_id != ZHOL_NONE && test->commitment_id == ZHOL_NONE) {
        const struct zhol_observation *figure = figure_of(desk->base, test->observation_id);
        item->by_rounding =
            judge_figure(item) == CLAIM_CONSISTENT && meets_by_rounding(item, test, figure);
        item->too_wide = item->too_wide && judge_figure(item) == CLAIM_CONSISTENT;
        item->verdict = item->by_rounding || item->too_wide ? CLAIM_UNDECIDED : judge_figure(item);
    } else if (test->commitment_id != ZHOL_NONE) {
        unsigned comparator = promise_of(desk->base, test->commitment_id)->comparator;
        item->verdict = judge_promise(item, comparator, test->claimed != 0, test->tolerance);
    }
}

/* ---- All of them ---- */

static enum zhol_error answer_one(struct claim_desk *desk, uint32_t answer)
{
    const struct zhol_claim_test *test = claim_test_of(desk, answer);
    enum zhol_error error = read_claimed(desk, answer);
    if (error) {
        return error;
    }
    switch (test->method) {
    case zhol_claim_method_FORMULA:
        return read_formula(desk, answer, text_of(desk, test->asked),
                            &desk->answers->items[answer].model);
    case zhol_claim_method_WAY_LENGTH:
        return claim_way_length(desk, answer);
    case zhol_claim_method_PREDICTION:
        return claim_prediction(desk, answer);
    case zhol_claim_method_DEMAND:
        return claim_demand(desk, answer);
    case zhol_claim_method_PLAN_DAYS:
        return desk->options->model ? claim_plan_days(desk, answer) : ZHOL_ERROR_OK;
    default:
        return ZHOL_ERROR_OK;
    }
}

bool claim_is_wanted(const struct claim_desk *desk, uint32_t answer)
{
    return !desk->options->wanted || desk->options->wanted[answer];
}

static bool stopped(const struct claims_options *options)
{
    return options->stop && options->stop();
}

/* The first row of each figure decides it. */
static enum zhol_error mark_deciding(struct claim_desk *desk)
{
    uint32_t figures = zhol_corridor_things(desk->base, ZHOL_TABLE_observation);
    uint32_t promises = zhol_corridor_things(desk->base, ZHOL_TABLE_commitment);
    uint8_t *seen = calloc((size_t)figures + promises + 1, 1);
    if (!seen) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < desk->answers->count; i++) {
        const struct zhol_claim_test *test = claim_test_of(desk, i);
        uint32_t thing = test->observation_id != ZHOL_NONE  ? test->observation_id
                         : test->commitment_id != ZHOL_NONE ? figures + test->commitment_id
                                                            : figures + promises;
        desk->answers->items[i].decides = !seen[thing];
        seen[thing] = 1;
    }
    free(seen);
    return ZHOL_ERROR_OK;
}

static void clear_desk(struct claim_desk *desk)
{
    for (uint32_t i = 0; i < desk->corridor_count; i++) {
        zhol_corridor_free(desk->corridors[i].own);
    }
    free(desk->corridors);
    commitments_clear(&desk->promises);
}

static enum zhol_error judge_all(struct claim_desk *desk)
{
    int32_t day = desk->options->day;
    day = day == ZHOL_BLANK_DATE ? zhol_corridor_about(desk->base).as_of : day;
    enum zhol_error error = commitments_judge(desk->base, day, &desk->promises);
    for (uint32_t i = 0; i < desk->answers->count && !error; i++) {
        judge(desk, i);
    }
    return error;
}

enum zhol_error claims_answer(const struct zhol_corridor *corridor,
                              const struct claims_options *options, struct claim_answers *out)
{
    struct claim_desk desk = {.options = options, .base = corridor, .answers = out};
    uint32_t count;
    zhol_corridor_claim_test(corridor, &count);
    *out = (struct claim_answers){.corridor = corridor, .draws = options->draws};
    out->items = calloc((size_t)count + 1, sizeof *out->items);
    if (!out->items) {
        return ZHOL_ERROR_MEMORY;
    }
    for (; out->count < count; out->count++) {
        out->items[out->count] = (struct claim_answer){.row = out->count,
                                                       .claimed = UNKNOWN,
                                                       .model = UNKNOWN,
                                                       .sums_days = UNKNOWN,
                                                       .parts_of_days = NAN,
                                                       .factor = NAN,
                                                       .last_usd = NAN,
                                                       .last_free_usd = NAN,
                                                       .t_per_train = NAN};
    }
    enum zhol_error error = mark_deciding(&desk);
    for (uint32_t i = 0; i < count && !error; i++) {
        error = stopped(options)            ? ZHOL_ERROR_INTERRUPTED
                : claim_is_wanted(&desk, i) ? answer_one(&desk, i)
                                            : ZHOL_ERROR_OK;
    }
    error = error || !options->model ? error : claim_flows(&desk);
    error = error ? error : judge_all(&desk);
    clear_desk(&desk);
    return error;
}

void claims_clear(struct claim_answers *answers)
{
    for (uint32_t i = 0; i < answers->count; i++) {
        for (uint32_t k = 0; k < answers->items[i].bind_count; k++) {
            free(answers->items[i].binds[k].id);
            free(answers->items[i].binds[k].name);
            free(answers->items[i].binds[k].name_ru);
        }
        free(answers->items[i].problem);
    }
    free(answers->items);
    memset(answers, 0, sizeof *answers);
}

const struct claim_answer *claims_of_observation(const struct claim_answers *answers,
                                                 uint32_t observation)
{
    uint32_t count;
    const struct zhol_claim_test *rows = zhol_corridor_claim_test(answers->corridor, &count);
    for (uint32_t i = 0; i < answers->count; i++) {
        const struct claim_answer *item = &answers->items[i];
        if (item->decides && rows[item->row].observation_id == observation) {
            return item;
        }
    }
    return NULL;
}

const struct claim_answer *claims_of_commitment(const struct claim_answers *answers,
                                                uint32_t commitment)
{
    uint32_t count;
    const struct zhol_claim_test *rows = zhol_corridor_claim_test(answers->corridor, &count);
    for (uint32_t i = 0; i < answers->count; i++) {
        const struct claim_answer *item = &answers->items[i];
        if (item->decides && rows[item->row].commitment_id == commitment &&
            rows[item->row].observation_id == ZHOL_NONE) {
            return item;
        }
    }
    return NULL;
}

bool claim_is_at_end(const struct claim_answer *answer)
{
    const struct trade_value *model = &answer->model;
    double width = model->high - model->low, least = SLACK * fabs(model->value);
    return width > least &&
           (model->high - model->value <= least || model->value - model->low <= least);
}

const char *claim_verdict_text(enum claim_verdict verdict)
{
    static const char *const words[CLAIM_VERDICT_COUNT] = {
        "consistent", "inconsistent", "reachable",       "not reachable",   "open",
        "kept",       "not kept",     "outcome unknown", "for information", "not decidable"};
    return verdict < CLAIM_VERDICT_COUNT ? words[verdict] : "";
}
