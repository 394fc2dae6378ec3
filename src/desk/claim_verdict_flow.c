/* claim_verdict_flow.c: questions to the assignment for claim_verdict.h: one model for each
 * scenario, day and draw, all questions and both corners to it while it stands.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/time.h"
#include "desk/assign_model.h"
#include "desk/assign_parts.h"
#include "desk/claim_verdict_parts.h"
#include "desk/claim_verdict_room.h"
#include "desk/demand_table.h"

#define MONTH_DAYS    (365.0 / 12)
#define TEU_OF_TRAIN  100.0 /* container trains of the corridor: 41 to 55 FEU, capacity 100 TEU */
#define PRICE_LEAST   1e-6  /* USD a unit: below it a capacity is not scarce */
#define SHARE_OF_RENT 0.01  /* of the dearest: what binds less is not named */

enum { CELL = 64, KEYS = 9, LINKS = 8 };

/* A network with freight on it: asked by one or more rows. */
struct job {
    const struct zhol_corridor *corridor;
    int32_t day;
};

/* What a row asks of its jobs. */
struct question {
    uint32_t answer;
    uint32_t job, other; /* other: without the scenario, or ZHOL_NONE */
    uint8_t method;
    uint32_t links[LINKS], link_count; /* things of the scenario's corridor */
    uint32_t others[LINKS];            /* the same in the base */
    bool upper;
    bool mix;   /* all that is meant by one common factor */
    bool added; /* and what it pushes out is against the network without it */
    uint32_t spares[LINKS], spare_count; /* capacities whose unused part is asked for */
    uint32_t trains[LINKS], train_count; /* paths whose tonnes a train are told */
};

struct flows {
    struct claim_desk *desk;
    struct job *jobs;
    uint32_t job_count, job_capacity;
    struct question *questions;
    uint32_t question_count, question_capacity;
    double *values; /* by run, question, and whether it is the other job */
};

/* Runs of a model: as stated, all assumed capacities at their least and at their greatest, and
 * then draws. */
enum { RUN_STATED, RUN_LEAST, RUN_GREATEST, RUN_CORNERS };

/* ---- What is asked ---- */

static bool is_flow(unsigned method)
{
    return method == zhol_claim_method_FLOW || method == zhol_claim_method_FLOW_CHANGE ||
           method == zhol_claim_method_SAVING || method == zhol_claim_method_MAX_FLOW ||
           method == zhol_claim_method_MAX_CHANGE;
}

static enum zhol_error job_of(struct flows *flows, const struct zhol_corridor *corridor,
                              int32_t day, uint32_t *job)
{
    for (*job = 0; *job < flows->job_count; ++*job) {
        if (flows->jobs[*job].corridor == corridor && flows->jobs[*job].day == day) {
            return ZHOL_ERROR_OK;
        }
    }
    enum zhol_error error = ARRAY_RESERVE(flows->jobs, flows->job_capacity, flows->job_count + 1);
    if (!error) {
        flows->jobs[flows->job_count++] = (struct job){corridor, day};
    }
    return error;
}

/* Things of `A+B` in a table, of the corridor and of the base; false where one is none. */
static bool read_things(const struct zhol_corridor *const corridors[2], enum zhol_table table,
                        const char *asked, uint32_t *things[2], uint32_t *count)
{
    struct text_view rest = text_view_of(asked);
    while (rest.size && *count < LINKS) {
        char id[CELL];
        struct text_view name = text_trim(text_cut(&rest, '+'));
        if (name.size >= sizeof id) {
            return false;
        }
        memcpy(id, name.bytes, name.size);
        id[name.size] = '\0';
        uint32_t i = (*count)++;
        for (unsigned side = 0; side < 2; side++) {
            things[side][i] = zhol_corridor_find(corridors[side], table, id);
        }
        if (things[0][i] == ZHOL_NONE) {
            return false;
        }
    }
    return *count && !rest.size;
}

static bool read_links(const struct zhol_corridor *corridor, const struct zhol_corridor *base,
                       const char *asked, struct question *question)
{
    const struct zhol_corridor *const corridors[2] = {corridor, base};
    uint32_t *things[2] = {question->links, question->others};
    return read_things(corridors, ZHOL_TABLE_link, asked, things, &question->link_count);
}

/* `spare A+B`: what the assignment leaves of capacities. */
static bool read_spare(const struct zhol_corridor *corridor, const char *asked,
                       struct question *question)
{
    static const char word[] = "spare ";
    const struct zhol_corridor *const corridors[2] = {corridor, corridor};
    uint32_t *things[2] = {question->spares, question->spares};
    return strncmp(asked, word, sizeof word - 1) == 0 &&
           read_things(corridors, ZHOL_TABLE_resource, asked + sizeof word - 1, things,
                       &question->spare_count);
}

/* What of a question is no cell of demand: `over=A+B`, `trains=A+B`, `mix` and `upper`. */
static bool read_limits(const struct zhol_corridor *corridor, const struct zhol_corridor *base,
                        const char *asked, struct question *question)
{
    const struct zhol_corridor *const corridors[2] = {corridor, corridor};
    uint32_t *trains[2] = {question->trains, question->trains};
    struct text_view rest = text_view_of(asked);
    bool good = true;
    while (good && rest.size) {
        char things[2 * CELL];
        struct text_view word = text_cut(&rest, ' ');
        bool over = text_starts_with(word, text_view_of("over="));
        question->upper = question->upper || text_equal_string(word, "upper");
        question->added = question->added || text_equal_string(word, "added");
        question->mix = question->mix || question->added || text_equal_string(word, "mix");
        if (over || text_starts_with(word, text_view_of("trains="))) {
            text_cut(&word, '=');
            good = word.size < sizeof things;
            memcpy(things, word.bytes, good ? word.size : 0);
            things[good ? word.size : 0] = '\0';
            good = good && (over ? read_links(corridor, base, things, question)
                                 : read_things(corridors, ZHOL_TABLE_resource, things, trains,
                                               &question->train_count));
        }
    }
    return good;
}

static enum zhol_error add_question(struct flows *flows, uint32_t answer)
{
    struct claim_desk *desk = flows->desk;
    const struct zhol_claim_test *test = claim_test_of(desk, answer);
    struct question question = {.answer = answer, .method = test->method, .other = ZHOL_NONE};
    int32_t day = claim_day(desk, answer, false);
    enum zhol_error error = ZHOL_ERROR_OK;
    const struct zhol_corridor *corridor = claim_corridor(desk, answer, &error);
    bool links =
        test->method == zhol_claim_method_FLOW || test->method == zhol_claim_method_FLOW_CHANGE;
    bool two = test->method == zhol_claim_method_FLOW_CHANGE ||
               test->method == zhol_claim_method_SAVING ||
               test->method == zhol_claim_method_MAX_CHANGE;
    const char *asked = zhol_corridor_text(desk->base, test->asked);
    if (!corridor) {
        return error;
    }
    bool spare = test->method == zhol_claim_method_FLOW && read_spare(corridor, asked, &question);
    if (links ? !spare && !read_links(corridor, desk->base, asked, &question)
              : !read_limits(corridor, desk->base, asked, &question)) {
        return claim_problem(&desk->answers->items[answer],
                             "neither links like A+B nor a capacity: '%s'", asked);
    }
    error = job_of(flows, corridor, day, &question.job);
    error = error || !two ? error : job_of(flows, desk->base, day, &question.other);
    error = error ? error
                  : ARRAY_RESERVE(flows->questions, flows->question_capacity,
                                  flows->question_count + 1);
    if (!error) {
        flows->questions[flows->question_count++] = question;
    }
    return error;
}

/* ---- Units ---- */

/* Of one load unit a day, in the unit of the row, a year. */
static double a_year(const struct claim_desk *desk, const struct zhol_claim_test *test,
                     const struct assign_class *class)
{
    const char *unit = zhol_corridor_text(desk->base, test->unit);
    if (strncmp(unit, "TEU", 3) == 0) {
        return class->teu_per_unit * 365;
    }
    if (strncmp(unit, "trains", 6) == 0) {
        return class->teu_per_unit * 365 / TEU_OF_TRAIN;
    }
    return class->t_per_unit * 365 / 1e6;
}

/* ---- Flow over links ---- */

/* How often a flow passes one of the links; 1 where no link is asked for. */
static double times_over(const struct question *question, const struct assign_model *model,
                         const struct assign_flow *flow, const uint32_t *links)
{
    double times = question->link_count ? 0 : 1;
    for (uint32_t i = 0; question->link_count && i < flow->arc_count; i++) {
        const uint32_t *way;
        uint32_t plain = assign_arcs(&model->net, &model->flow_arcs[flow->first_arc + i], &way);
        for (uint32_t k = 0; k < plain * question->link_count; k++) {
            const struct zhol_arc *arc = &model->net.arcs[way[k / question->link_count]];
            times += arc->kind == ZHOL_ARC_MOVE && arc->thing == links[k % question->link_count];
        }
    }
    return times;
}

static bool is_spare(const struct question *question, uint32_t resource)
{
    bool meant = false;
    for (uint32_t i = 0; i < question->spare_count; i++) {
        meant = meant || question->spares[i] == resource;
    }
    return meant;
}

/* Units a year of capacities that no freight uses; NaN where none limits anything on that day. */
static double spare_of(const struct assign_model *model, const struct question *question)
{
    uint32_t count;
    const struct zhol_resource *resources = zhol_corridor_resource(model->corridor, &count);
    double spare = NAN;
    for (uint32_t r = 0; r < model->row_count; r++) {
        const struct assign_row *row = &model->rows[r];
        if (is_spare(question, resources[row->resource_row].resource_id)) {
            double left = fmax(0, row->capacity - zhol_assign_row_use(model->solver, r)) * 365;
            spare = isnan(spare) ? left : spare + left;
        }
    }
    return spare;
}

/* Of the wishes that are meant (NULL: all), in the unit of the row, a year. */
static double flow_over(const struct claim_desk *desk, const struct question *question,
                        const struct assign_model *model, const uint32_t *links,
                        const uint8_t *meant)
{
    const struct zhol_claim_test *test = claim_test_of(desk, question->answer);
    double sum = 0;
    for (uint32_t f = 0; f < model->flow_count; f++) {
        const struct assign_flow *flow = &model->flows[f];
        const struct assign_class *class = &model->classes[model->wishes[flow->wish].class];
        if (!meant || meant[flow->wish]) {
            sum += times_over(question, model, flow, links) * flow->units_day *
                   a_year(desk, test, class);
        }
    }
    return sum;
}

/* ---- The most that goes ---- */

static bool cell_is_one_of(const struct zhol_corridor *corridor, uint32_t row, const char *column,
                           struct text_view words)
{
    char text[CELL] = "";
    uint32_t number = zhol_column_find(ZHOL_TABLE_demand, column);
    if (number == ZHOL_NONE ||
        !zhol_corridor_cell(corridor, ZHOL_TABLE_demand, row, number, text, sizeof text)) {
        return false;
    }
    while (words.size) {
        if (text_equal_string(text_cut(&words, '|'), text)) {
            return true;
        }
    }
    return false;
}

static bool is_no_cell(struct text_view key)
{
    static const char *const keys[] = {"over", "upper", "trains", "mix", "added"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (text_equal_string(key, keys[i])) {
            return true;
        }
    }
    return false;
}

/* True where a row of demand is meant: every key=word holds. */
static bool is_meant(const struct zhol_corridor *corridor, uint32_t row, const char *asked)
{
    static const char *const columns[KEYS][2] = {
        {"direction", "direction"}, {"route", "route"},         {"mode", "mode"},
        {"via", "via_node_id"},     {"flow", "demand_flow_id"}, {"from", "from_node_id"},
        {"to", "to_node_id"},       {"goods", "commodity_id"},  {"id", "demand_id"}};
    struct text_view rest = text_view_of(asked);
    uint32_t count;
    const struct zhol_demand *demand = &zhol_corridor_demand(corridor, &count)[row];
    while (rest.size) {
        struct text_view words = text_trim(text_cut(&rest, ' ')), key = text_cut(&words, '=');
        const char *column = NULL;
        for (unsigned i = 0; i < KEYS; i++) {
            column = text_equal_string(key, columns[i][0]) ? columns[i][1] : column;
        }
        if (is_no_cell(key)) {
            continue;
        }
        if (text_equal_string(key, "class")) {
            const struct zhol_commodity *goods = assign_commodity(corridor, demand->commodity_id);
            if (!text_equal_string(words, zhol_cargo_class_text(goods->class))) {
                return false;
            }
        } else if (!column || !cell_is_one_of(corridor, row, column, words)) {
            return false;
        }
    }
    return true;
}

enum zhol_error claim_demand(struct claim_desk *desk, uint32_t answer)
{
    const struct zhol_claim_test *test = claim_test_of(desk, answer);
    struct claim_answer *item = &desk->answers->items[answer];
    const char *asked = zhol_corridor_text(desk->base, test->asked);
    const char *unit = zhol_corridor_text(desk->base, test->unit);
    bool teu = strstr(unit, "TEU") != NULL;
    double scale = strncmp(unit, "k ", 2) == 0 ? 1e-3 : teu ? 1 : 1e-6;
    int32_t from, to;
    uint32_t count, met = 0;
    const struct zhol_demand *rows = zhol_corridor_demand(desk->base, &count);
    struct trade_value sum = {0, 0, 0};
    if (!claim_period(desk, answer, &from, &to)) {
        return claim_problem(item, "the figure has no period");
    }
    for (uint32_t i = 0; i < count; i++) {
        if (!is_meant(desk->base, i, asked)) {
            continue;
        }
        double t = teu ? demand_teu(&rows[i], from, to) : demand_tonnes(&rows[i], from, to);
        if (t > 0) {
            met++;
            sum.value += t * scale;
            sum.low += t * scale * demand_scale(&rows[i], 1 - CLAIM_SOFT, true);
            sum.high += t * scale * demand_scale(&rows[i], 1 + CLAIM_SOFT, true);
        }
    }
    item->model = sum;
    return met ? ZHOL_ERROR_OK : claim_problem(item, "no demand is meant by '%s'", asked);
}

struct rent {
    uint32_t row;
    double usd;
};

static int by_rent(const void *a, const void *b)
{
    const struct rent *x = a, *y = b;
    return x->usd != y->usd ? (x->usd > y->usd ? -1 : 1) : (x->row > y->row) - (x->row < y->row);
}

/* How much of the row the flows that count use, a day. */
static double row_used(const struct question *question, const struct assign_model *model,
                       const uint8_t *meant, uint32_t row)
{
    double used = 0;
    for (uint32_t f = 0; f < model->flow_count; f++) {
        const struct assign_flow *flow = &model->flows[f];
        bool counts = meant[flow->wish] && times_over(question, model, flow, question->links) > 0;
        for (uint32_t i = 0; counts && i < flow->arc_count; i++) {
            used += flow->units_day * assign_model_use(model, model->flow_arcs[flow->first_arc + i],
                                                       model->wishes[flow->wish].class, row);
        }
    }
    return used;
}

static bool is_noted(const struct claim_answer *answer, const char *id)
{
    for (uint32_t k = 0; k < answer->bind_count; k++) {
        if (strcmp(answer->binds[k].id, id) == 0) {
            return true;
        }
    }
    return false;
}

/* Notes the capacities that limit what is meant, each once: first where what is meant pays most, at
 * their prices for what it uses of them itself. A capacity that is dear, but only touched by it,
 * comes behind the one that all of it passes. */
static enum zhol_error note_binds(const struct question *question, const struct assign_model *model,
                                  const uint8_t *meant, struct claim_answer *answer)
{
    uint32_t count = 0, rows;
    const struct zhol_resource *resources = zhol_corridor_resource(model->corridor, &rows);
    struct rent *rents = calloc((size_t)model->row_count + 1, sizeof *rents);
    if (!rents) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t r = 0; r < model->row_count; r++) {
        double price = zhol_assign_row_price(model->solver, r);
        double used = price > PRICE_LEAST ? row_used(question, model, meant, r) : 0;
        if (used > 0) {
            rents[count++] = (struct rent){r, price * used};
        }
    }
    qsort(rents, count, sizeof *rents, by_rent);
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; !error && i < count && answer->bind_count < CLAIM_BINDS; i++) {
        uint32_t thing = resources[model->rows[rents[i].row].resource_row].resource_id;
        const char *id = zhol_corridor_id(model->corridor, ZHOL_TABLE_resource, thing);
        if (rents[i].usd >= SHARE_OF_RENT * rents[0].usd && !is_noted(answer, id)) {
            error = claim_bind(answer, model->corridor, ZHOL_TABLE_resource, thing, NAN);
        }
    }
    free(rents);
    return error;
}

/* A wish is meant where all of its rows of demand are. */
static uint32_t mark_meant(const struct assign_model *model, const char *asked, uint8_t *meant)
{
    uint32_t count = 0;
    for (uint32_t w = 0; w < model->wish_count; w++) {
        const struct assign_wish *wish = &model->wishes[w];
        meant[w] = wish->demand != ZHOL_NONE;
        for (uint32_t i = 0; meant[w] && i < wish->member_count; i++) {
            uint32_t row = model->members[wish->first_member + i].demand_row;
            meant[w] = is_meant(model->corridor, row, asked);
        }
        count += meant[w];
    }
    return count;
}

/* ---- A job ---- */

/* A model with the freight of a job, and the run whose answers it gives. A question is asked of
 * its own job, and of the other as well where two are compared: 2 q and 2 q + 1. */
struct asking {
    struct flows *flows;
    struct assign_model *model;
    uint32_t job, run;
    uint32_t first_run, run_count; /* of this model */
    uint8_t *meant, *done;         /* by question and wish; by asking */
    double *left;                  /* by run of the model and wish: units a day that stay behind */
};

static bool asks_most(const struct question *question)
{
    return question->method == zhol_claim_method_MAX_FLOW ||
           question->method == zhol_claim_method_MAX_CHANGE;
}

static bool is_asked(const struct asking *at, uint32_t asking)
{
    const struct question *question = &at->flows->questions[asking / 2];
    return (asking % 2 ? question->other : question->job) == at->job;
}

/* Where the answer goes; slot 1 of a question that compares nothing is what goes now. */
static double *slot_of(const struct flows *flows, uint32_t run, uint32_t asking)
{
    return &flows->values[2 * (size_t)run * flows->question_count + asking];
}

static double over_links(const struct asking *at, uint32_t asking, const uint8_t *meant)
{
    const struct question *question = &at->flows->questions[asking / 2];
    return flow_over(at->flows->desk, question, at->model,
                     asking % 2 ? question->others : question->links, meant);
}

static uint8_t *meant_by(const struct asking *at, uint32_t asking)
{
    return at->meant + (size_t)(asking / 2) * at->model->wish_count;
}

/* What the freight as it is answers. */
static void ask_as_it_is(const struct asking *at, uint32_t asking)
{
    const struct question *question = &at->flows->questions[asking / 2];
    double *value = slot_of(at->flows, at->run, asking);
    if (asks_most(question)) {
        if (question->upper) {
            value[1] = over_links(at, asking, meant_by(at, asking));
        }
    } else if (question->method == zhol_claim_method_SAVING) {
        *value = at->model->certificate.primal * MONTH_DAYS / 1e6;
    } else {
        *value =
            question->spare_count ? spare_of(at->model, question) : over_links(at, asking, NULL);
    }
}

/* What a raise tells of itself: its factor, what a train carries, and what limits it. */
static enum zhol_error note_raise(const struct asking *at, const struct question *question,
                                  const uint8_t *meant, double factor)
{
    struct claim_answer *answer = &at->flows->desk->answers->items[question->answer];
    answer->factor = factor;
    answer->t_per_train =
        claim_room_train_t(at->model, meant, question->trains, question->train_count);
    return note_binds(question, at->model, meant, answer);
}

/* True where a raise of what the first asking means answers another one, too. */
static bool is_of_raise(const struct asking *at, uint32_t first, uint32_t asking)
{
    const struct question *question = &at->flows->questions[asking / 2];
    return !at->done[asking] && is_asked(at, asking) && asks_most(question) &&
           question->mix == at->flows->questions[first / 2].mix &&
           question->added == at->flows->questions[first / 2].added &&
           memcmp(meant_by(at, first), meant_by(at, asking), at->model->wish_count) == 0;
}

/* Answers of one run, with the freight raised. */
static enum zhol_error take_raised(const struct asking *at, uint32_t first, double factor)
{
    const uint8_t *meant = meant_by(at, first);
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = first; !error && i < 2 * at->flows->question_count; i++) {
        if (!is_of_raise(at, first, i)) {
            continue;
        }
        *slot_of(at->flows, at->run, i) = over_links(at, i, meant);
        if (at->run == RUN_STATED && i % 2 == 0) {
            error = note_raise(at, &at->flows->questions[i / 2], meant, factor);
        }
    }
    return error;
}

static enum zhol_error mark_question(struct asking *at, uint32_t asking)
{
    const struct question *question = &at->flows->questions[asking / 2];
    const struct claim_desk *desk = at->flows->desk;
    const char *asked =
        zhol_corridor_text(desk->base, claim_test_of(desk, question->answer)->asked);
    if (mark_meant(at->model, asked, meant_by(at, asking))) {
        return ZHOL_ERROR_OK;
    }
    at->done[asking] = true;
    for (uint32_t k = 0; k < at->run_count; k++) {
        *slot_of(at->flows, at->first_run + k, asking) = NAN;
    }
    return at->run == RUN_STATED && asking % 2 == 0
               ? claim_problem(&desk->answers->items[question->answer],
                               "no demand is meant by '%s'", asked)
               : ZHOL_ERROR_OK;
}

static enum zhol_error mark_questions(struct asking *at)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; !error && i < 2 * at->flows->question_count; i++) {
        bool most = asks_most(&at->flows->questions[i / 2]);
        error = most && is_asked(at, i) ? mark_question(at, i) : ZHOL_ERROR_OK;
    }
    return error;
}

static enum zhol_error set_run(struct asking *at, uint32_t number)
{
    at->run = at->first_run + number;
    return at->run < RUN_CORNERS
               ? claim_room_corner(at->model, at->run == RUN_LEAST      ? CLAIM_ROOM_LEAST
                                              : at->run == RUN_GREATEST ? CLAIM_ROOM_GREATEST
                                                                        : CLAIM_ROOM_STATED)
               : ZHOL_ERROR_OK;
}

/* True where a corner is asked of the freight as it is, or has to know what it leaves behind. */
static bool asks_as_it_is(const struct asking *at)
{
    for (uint32_t i = 0; i < 2 * at->flows->question_count; i++) {
        const struct question *question = &at->flows->questions[i / 2];
        if (is_asked(at, i) && (question->mix || !asks_most(question))) {
            return true;
        }
    }
    return false;
}

/* What the freight as it is answers in each run, and what of it stays behind there. */
static enum zhol_error ask_runs_as_they_are(struct asking *at)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    uint32_t count = asks_as_it_is(at) ? at->run_count : 1;
    for (uint32_t k = 0; !error && k < count; k++) {
        error = set_run(at, k);
        error = error ? error : assign_model_solve(at->model, NULL);
        for (uint32_t w = 0; !error && w < at->model->wish_count; w++) {
            at->left[(size_t)k * at->model->wish_count + w] = assign_model_unmet(at->model, w);
        }
        for (uint32_t i = 0; !error && i < 2 * at->flows->question_count; i++) {
            if (is_asked(at, i)) {
                ask_as_it_is(at, i);
            }
        }
    }
    return error;
}

/* Freight that is added: what its last box costs as it is planned, and what stays behind without it
 * at the stated inputs. All runs are held against that: where capacities are so small that the
 * freight of the year does not fit itself, there is no room for more. */
static enum zhol_error look_at_added(struct asking *at, uint32_t first)
{
    const uint8_t *meant = meant_by(at, first);
    struct claim_answer *answer =
        &at->flows->desk->answers->items[at->flows->questions[first / 2].answer];
    enum zhol_error error = set_run(at, 0);
    error = error ? error : assign_model_solve(at->model, NULL);
    if (!error && at->run == RUN_STATED) {
        claim_room_last_teu(at->model, meant, &answer->last_usd, &answer->last_free_usd);
    }
    return error ? error : claim_room_alone(at->model, meant, at->left);
}

/* Raises the freight that an asking means until no more goes, in each run. From run to run only
 * capacities change, so the solver goes on from where it stands: far shorter than from the freight
 * as it is. */
static enum zhol_error ask_raised(struct asking *at, uint32_t first)
{
    const uint8_t *meant = meant_by(at, first);
    bool mix = at->flows->questions[first / 2].mix, added = at->flows->questions[first / 2].added;
    double factor = 1;
    enum zhol_error error = mix ? ZHOL_ERROR_OK : claim_room_scale(at->model, meant, CLAIM_RAISE);
    error = error || !added ? error : look_at_added(at, first);
    for (uint32_t k = at->run_count; !error && k-- > 0;) {
        const double *left = at->left + (added ? 0 : (size_t)k * at->model->wish_count);
        error = set_run(at, k);
        if (!error && mix) {
            error = claim_room_find(at->model, meant, left, &factor);
        } else if (!error) {
            error = assign_model_solve(at->model, NULL);
        }
        error = error ? error : take_raised(at, first, mix ? factor : NAN);
    }
    for (uint32_t i = 2 * at->flows->question_count; i-- > first;) {
        at->done[i] = at->done[i] || is_of_raise(at, first, i); /* the first one last */
    }
    return error ? error : claim_room_scale(at->model, meant, 1);
}

static enum zhol_error ask_all(struct asking *at)
{
    enum zhol_error error = mark_questions(at);
    error = error ? error : ask_runs_as_they_are(at);
    for (uint32_t i = 0; !error && i < 2 * at->flows->question_count; i++) {
        if (is_asked(at, i) && asks_most(&at->flows->questions[i / 2]) && !at->done[i]) {
            error = ask_raised(at, i);
        }
    }
    return error;
}

/* All runs of a model: a stated one has its corners, a draw is a run of its own. */
static enum zhol_error ask_runs(struct flows *flows, uint32_t job, uint32_t draw,
                                struct assign_model *model)
{
    struct asking at = {.flows = flows,
                        .model = model,
                        .job = job,
                        .first_run = draw ? RUN_CORNERS + draw - 1 : RUN_STATED,
                        .run_count = draw ? 1 : RUN_CORNERS};
    at.run = at.first_run;
    at.meant = calloc((size_t)flows->question_count * model->wish_count + 1, 1);
    at.done = calloc(2 * (size_t)flows->question_count + 1, 1);
    at.left = calloc((size_t)at.run_count * model->wish_count + 1, sizeof *at.left);
    enum zhol_error error = at.meant && at.done && at.left ? ask_all(&at) : ZHOL_ERROR_MEMORY;
    free(at.meant);
    free(at.done);
    free(at.left);
    return error;
}

static enum zhol_error one_job(void *context, uint32_t i)
{
    struct flows *flows = context;
    const struct claims_options *o = flows->desk->options;
    const struct job *job = &flows->jobs[i % flows->job_count];
    uint32_t draw = i / flows->job_count;
    struct zhol_network *network = NULL;
    struct assign_model *model = NULL;
    if (o->stop && o->stop()) {
        return ZHOL_ERROR_INTERRUPTED;
    }
    struct zhol_network_options how = {.day = job->day, .seed = o->seed, .draw = draw};
    struct assign_options options = {.from = time_days((struct time_date){CLAIM_DEMAND_YEAR, 1, 1}),
                                     .to =
                                         time_days((struct time_date){CLAIM_DEMAND_YEAR + 1, 1, 1}),
                                     .hold = ASSIGN_HOLD_BORDER,
                                     .seed = o->seed,
                                     .draw = draw};
    enum zhol_error error = zhol_network_compile(job->corridor, &how, NULL, &network);
    error = error ? error : assign_model_make(job->corridor, network, &options, &model);
    if (!error && model->solver) {
        error = ask_runs(flows, i % flows->job_count, draw, model);
    }
    assign_model_free(model);
    zhol_network_free(network);
    return error;
}

/* ---- Putting runs together ---- */

static double value_of(const struct flows *flows, uint32_t run, uint32_t q)
{
    double with = *slot_of(flows, run, 2 * q), without = *slot_of(flows, run, 2 * q + 1);
    switch (flows->questions[q].method) {
    case zhol_claim_method_SAVING:
        return without - with;
    case zhol_claim_method_FLOW_CHANGE:
    case zhol_claim_method_MAX_CHANGE:
        return with - without;
    default:
        return with;
    }
}

static void put_together(struct flows *flows)
{
    for (uint32_t q = 0; q < flows->question_count; q++) {
        struct trade_value *model = &flows->desk->answers->items[flows->questions[q].answer].model;
        double value = value_of(flows, RUN_STATED, q);
        *model = (struct trade_value){value, value, value};
        if (flows->questions[q].upper) {
            model->low = fmin(value, *slot_of(flows, RUN_STATED, 2 * q + 1));
        }
        for (uint32_t run = RUN_LEAST; run < RUN_CORNERS + flows->desk->options->draws; run++) {
            double other = value_of(flows, run, q);
            model->low = fmin(model->low, other);
            model->high = fmax(model->high, other);
        }
    }
}

enum zhol_error claim_flows(struct claim_desk *desk)
{
    struct flows flows = {.desk = desk};
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; !error && i < desk->answers->count; i++) {
        bool asked = is_flow(claim_test_of(desk, i)->method) && claim_is_wanted(desk, i);
        error = asked ? add_question(&flows, i) : ZHOL_ERROR_OK;
    }
    if (!error && flows.question_count) {
        size_t runs = (size_t)desk->options->draws + RUN_CORNERS;
        flows.values = calloc(2 * runs * flows.question_count, sizeof *flows.values);
        error = flows.values ? assign_each((desk->options->draws + 1) * flows.job_count,
                                           desk->options->threads, one_job, &flows)
                             : ZHOL_ERROR_MEMORY;
    }
    if (!error && flows.question_count) {
        put_together(&flows);
    }
    free(flows.values);
    free(flows.questions);
    free(flows.jobs);
    return error;
}
