/* desk/assign_worth.c: see assign_worth.h. */
#include "desk/assign_worth.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "desk/assign_parts.h"

enum { RAISES_MAX = 400 };

static const struct zhol_resource *resource_row(const struct assign_study *study, uint32_t row)
{
    uint32_t count;
    return &zhol_corridor_resource(study->corridor, &count)[row];
}

/* ---- The natural piece of a capacity ---- */

/* The process row that uses a resource and has servers, on the slice's day; NULL where none. */
static const struct zhol_process *served_by(const struct assign_study *study,
                                            const struct assign_model *model, uint32_t resource)
{
    uint32_t count, uses, rows;
    const uint32_t *list =
        zhol_corridor_rows_of(study->corridor, ZHOL_TABLE_resource_use, resource, &count);
    const struct zhol_resource_use *use = zhol_corridor_resource_use(study->corridor, &uses);
    const struct zhol_process *processes = zhol_corridor_process(study->corridor, &rows);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t process = use[list[i]].process_id;
        if (process == ZHOL_NONE) {
            continue;
        }
        uint32_t row =
            zhol_corridor_row_on(study->corridor, ZHOL_TABLE_process, process, model->net.day);
        if (row != ZHOL_NONE && processes[row].servers > 0) {
            return &processes[row];
        }
    }
    return NULL;
}

static void find_piece(const struct assign_study *study, const struct assign_model *model,
                       uint32_t row, struct assign_worth *worth)
{
    const struct zhol_resource *r = resource_row(study, model->rows[row].resource_row);
    const struct zhol_process *process = served_by(study, model, r->resource_id);
    worth->piece_units = 1;
    switch (r->unit) {
    case zhol_capacity_unit_PAIRS:
        worth->piece = ASSIGN_PIECE_PAIR;
        return;
    case zhol_capacity_unit_TRAINS:
        worth->piece = ASSIGN_PIECE_TRAIN;
        return;
    case zhol_capacity_unit_VESSELS:
        worth->piece = ASSIGN_PIECE_SAILING;
        return;
    default:
        break;
    }
    worth->piece = process ? ASSIGN_PIECE_SERVER : ASSIGN_PIECE_TENTH;
    worth->process_kind = process ? process->kind : 0;
    worth->piece_units = model->rows[row].capacity / (process ? process->servers : 10);
}

/* A slice solved once more, as it stands, to try things on. */
struct trial {
    const struct assign_study *study;
    struct assign_model *model;
    double primal;                  /* before anything is tried */
    double *capacity, *use, *price; /* by row, the same */
    bool *raised;                   /* by row, scratch */
};

static void trial_close(struct trial *t)
{
    free(t->capacity);
    free(t->use);
    free(t->price);
    free(t->raised);
    assign_model_free(t->model);
}

static enum zhol_error trial_open(const struct assign_study *study, uint32_t slice, struct trial *t)
{
    *t = (struct trial){.study = study};
    enum zhol_error error = assign_study_copy(study, slice, &t->model);
    if (error) {
        return error;
    }
    size_t rows = (size_t)t->model->row_count + 1;
    t->primal = t->model->certificate.primal;
    t->capacity = malloc(rows * sizeof *t->capacity);
    t->use = malloc(rows * sizeof *t->use);
    t->price = malloc(rows * sizeof *t->price);
    t->raised = calloc(rows, sizeof *t->raised);
    error = t->capacity && t->use && t->price && t->raised ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    for (uint32_t r = 0; !error && r < t->model->row_count; r++) {
        t->capacity[r] = t->model->rows[r].capacity;
        t->use[r] = zhol_assign_row_use(t->model->solver, r);
        t->price[r] = zhol_assign_row_price(t->model->solver, r);
    }
    if (error) {
        trial_close(t);
    }
    return error;
}

static bool is_full(const struct trial *t, uint32_t row)
{
    return t->use[row] >= t->capacity[row] * (1 - 1e-9);
}

/* True where a row gets a piece when `row` does: its own resource; with `line` every full one of
 * the same unit and size. */
static bool is_raised(const struct trial *t, uint32_t row, uint32_t other, bool line)
{
    const struct assign_row *a = &t->model->rows[row], *b = &t->model->rows[other];
    return a->resource_row == b->resource_row ||
           (line &&
            resource_row(t->study, a->resource_row)->unit ==
                resource_row(t->study, b->resource_row)->unit &&
            b->stated == a->stated && is_full(t, other));
}

/* Notes a resource that gets a piece, once: both directions of a pair are one. */
static void note_raised(const struct assign_study *study, const struct assign_row *row,
                        struct assign_worth *worth)
{
    uint32_t resource = resource_row(study, row->resource_row)->resource_id;
    uint32_t known = worth->together < ASSIGN_TOGETHER ? worth->together : ASSIGN_TOGETHER;
    for (uint32_t i = 0; i < known; i++) {
        if (worth->with[i] == resource) {
            return;
        }
    }
    if (known < ASSIGN_TOGETHER) {
        worth->with[known] = resource;
    }
    worth->together++;
}

/* What a piece saves a day: solved with it. The capacities are set back, the answer is not. Where
 * no raised row has a price the dual answer proves that nothing is gained, and nothing is solved.
 */
static enum zhol_error try_gain(struct trial *t, uint32_t row, bool line,
                                struct assign_worth *worth)
{
    struct assign_model *model = t->model;
    enum zhol_error error = ZHOL_ERROR_OK;
    bool priced = false;
    worth->together = 0;
    worth->piece_usd_day = 0;
    for (uint32_t r = 0; r < model->row_count; r++) {
        t->raised[r] = is_raised(t, row, r, line);
        if (t->raised[r]) {
            note_raised(t->study, &model->rows[r], worth);
            priced = priced || t->price[r] > 0;
        }
    }
    if (!priced) {
        return ZHOL_ERROR_OK;
    }
    for (uint32_t r = 0; !error && r < model->row_count; r++) {
        error = t->raised[r] ? assign_model_set_row(model, r, t->capacity[r] + worth->piece_units)
                             : ZHOL_ERROR_OK;
    }
    error = error ? error : assign_model_solve(model, NULL);
    worth->piece_usd_day = fmax(t->primal - model->certificate.primal, 0);
    for (uint32_t r = 0; !error && r < model->row_count; r++) {
        error = t->raised[r] ? assign_model_set_row(model, r, t->capacity[r]) : ZHOL_ERROR_OK;
    }
    return error;
}

static enum zhol_error find_gain(struct trial *t, uint32_t row, struct assign_worth *worth)
{
    find_piece(t->study, t->model, row, worth);
    enum zhol_error error = try_gain(t, row, false, worth);
    bool line =
        !error && worth->piece_usd_day < 1e-6 * t->primal && worth->piece <= ASSIGN_PIECE_PAIR;
    return line ? try_gain(t, row, true, worth) : error;
}

/* ---- Ends of ranges ---- */

static struct assign_end name_end(const struct assign_study *study,
                                  const struct assign_model *model,
                                  const struct zhol_assign_side *side)
{
    struct assign_end end = {side->end, ZHOL_NONE, -1, ZHOL_NONE, ZHOL_NONE, ZHOL_NONE};
    if (side->end == ZHOL_ASSIGN_END_ROW && side->end_index < model->row_count) {
        end.resource = resource_row(study, model->rows[side->end_index].resource_row)->resource_id;
        end.sense = model->rows[side->end_index].sense;
    } else if (side->end == ZHOL_ASSIGN_END_PATH || side->end == ZHOL_ASSIGN_END_UNMET) {
        for (uint32_t w = 0; w < model->wish_count; w++) {
            if (model->wishes[w].demand == side->end_index) {
                end.from = model->wishes[w].from;
                end.to = model->wishes[w].to;
                end.commodity = model->classes[model->wishes[w].class].commodity;
            }
        }
    }
    return end;
}

/* The row of a capacity in a model, or ZHOL_NONE. */
static uint32_t find_row(const struct assign_study *study, const struct assign_model *model,
                         const struct assign_capacity *capacity)
{
    for (uint32_t r = 0; r < model->row_count; r++) {
        if (model->rows[r].sense == capacity->sense &&
            resource_row(study, model->rows[r].resource_row)->resource_id == capacity->resource) {
            return r;
        }
    }
    return ZHOL_NONE;
}

static enum zhol_error fill_range(const struct trial *t, struct assign_worth *worth)
{
    uint32_t row = find_row(t->study, t->model, &t->study->capacities[worth->capacity]);
    if (row == ZHOL_NONE) {
        return ZHOL_ERROR_INTERNAL;
    }
    enum zhol_error error = zhol_assign_row_range(t->model->solver, row, &worth->range);
    if (!error) {
        worth->more = name_end(t->study, t->model, &worth->range.more);
        worth->less = name_end(t->study, t->model, &worth->range.less);
    }
    return error;
}

/* ---- Ranking ---- */

struct ranked {
    double rent; /* price times capacity: units differ, dollars a day do not */
    uint32_t capacity;
};

static int by_rent(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->rent != y->rent) {
        return x->rent > y->rent ? -1 : 1;
    }
    return (x->capacity > y->capacity) - (x->capacity < y->capacity);
}

static enum zhol_error rank(const struct assign_study *study, struct ranked **out, uint32_t *count)
{
    struct ranked *ranked = malloc((study->capacity_count + 1) * sizeof *ranked);
    *count = 0;
    *out = ranked;
    if (!ranked) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < study->capacity_count; i++) {
        const struct assign_capacity *c = &study->capacities[i];
        if (c->tight_days || c->peak >= 1 - 1e-9) {
            ranked[(*count)++] = (struct ranked){c->price * c->capacity, i};
        }
    }
    if (*count) {
        qsort(ranked, *count, sizeof *ranked, by_rent);
    }
    return ZHOL_ERROR_OK;
}

/* ---- All slices ---- */

struct worths {
    const struct assign_study *study;
    struct assign_worth *items;
    uint32_t count;
    double *gain; /* of a piece, USD a day: by slice and item */
};

/* The ranges of the items whose dearest slice this is, before anything is changed; then the gains
 * of all that are full in it. */
static enum zhol_error one_slice(void *context, uint32_t s)
{
    struct worths *all = context;
    struct trial t;
    if (all->study->options.stop && all->study->options.stop()) {
        return ZHOL_ERROR_INTERRUPTED;
    }
    enum zhol_error error = trial_open(all->study, s, &t);
    if (error) {
        return error;
    }
    for (uint32_t i = 0; !error && i < all->count; i++) {
        error = all->items[i].slice == s ? fill_range(&t, &all->items[i]) : ZHOL_ERROR_OK;
    }
    for (uint32_t i = 0; !error && i < all->count; i++) {
        struct assign_worth other = {0}, *at = all->items[i].slice == s ? &all->items[i] : &other;
        uint32_t row = find_row(t.study, t.model, &t.study->capacities[all->items[i].capacity]);
        if (row != ZHOL_NONE && is_full(&t, row)) {
            error = find_gain(&t, row, at);
            all->gain[(size_t)s * all->count + i] = at->piece_usd_day;
        }
    }
    trial_close(&t);
    return error;
}

static void sum_gains(struct worths *all)
{
    for (uint32_t s = 0; s < all->study->slice_count; s++) {
        uint32_t days = (uint32_t)(all->study->slices[s].to - all->study->slices[s].from);
        for (uint32_t i = 0; i < all->count; i++) {
            double gain = all->gain[(size_t)s * all->count + i];
            bool pays = gain > 1e-9 * all->study->slices[s].model->certificate.primal;
            all->items[i].piece_usd += gain * days;
            all->items[i].pays_days += pays ? days : 0;
        }
    }
}

enum zhol_error assign_worth(const struct assign_study *study, uint32_t max,
                             struct assign_worth **worths, uint32_t *count)
{
    struct ranked *ranked;
    struct worths all = {.study = study};
    enum zhol_error error = rank(study, &ranked, count);
    all.count = *count = max && max < *count ? max : *count;
    if (!error) {
        all.items = calloc(*count + 1, sizeof *all.items);
        all.gain = calloc((size_t)*count * study->slice_count + 1, sizeof *all.gain);
        error = all.items && all.gain ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; !error && i < *count; i++) {
        const struct assign_capacity *c = &study->capacities[ranked[i].capacity];
        all.items[i].capacity = ranked[i].capacity;
        all.items[i].slice = c->tight_days ? c->price_slice : c->peak_slice;
    }
    error = error || !*count
                ? error
                : assign_each(study->slice_count, study->options.threads, one_slice, &all);
    if (error) {
        free(all.items);
        all.items = NULL;
        *count = 0;
    } else {
        sum_gains(&all);
    }
    free(all.gain);
    free(ranked);
    *worths = all.items;
    return error;
}

/* ---- Limits that would have to give way ---- */

struct raising {
    const struct assign_study *study;
    uint32_t slice;
    struct assign_model *model;
    double *stated; /* by row */
    uint32_t *order;
    uint32_t order_count;
};

/* The priced row that meets most of the unmet freight; ZHOL_NONE where all is carried. */
static enum zhol_error worst_row(struct raising *r, uint32_t *row)
{
    struct assign_slice slice = r->study->slices[r->slice];
    slice.model = r->model;
    struct assign_study one = {.corridor = r->study->corridor, .slices = &slice, .slice_count = 1};
    struct assign_shortage *items = NULL;
    uint32_t count = 0;
    double *t = calloc(r->model->row_count + 1, sizeof *t), most = 0;
    enum zhol_error error = t ? assign_study_shortages(&one, &items, &count) : ZHOL_ERROR_MEMORY;
    *row = ZHOL_NONE;
    for (uint32_t i = 0; !error && i < count; i++) {
        struct assign_capacity key = {.resource = items[i].resource, .sense = items[i].sense};
        uint32_t at =
            items[i].resource == ZHOL_NONE ? ZHOL_NONE : find_row(r->study, r->model, &key);
        if (at != ZHOL_NONE) {
            t[at] += items[i].t;
            if (t[at] > most) {
                most = t[at];
                *row = at;
            }
        }
    }
    free(items);
    free(t);
    return error;
}

/* How much a limit is raised at once: a twentieth of what is stated. A limit far above its stated
 * value (closed, or all but) grows by a tenth of itself, and at first by a unit, so that it reaches
 * any size within the steps; what is not used of the last step is not reported. */
static double raise_step(double stated, double capacity)
{
    double step = stated / 20;
    if (capacity >= 2 * stated) {
        step = fmax(step, fmax(capacity / 10, 1));
    }
    return fmax(step, 1e-3);
}

static enum zhol_error raise_all(struct raising *r)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t step = 0; !error && step < RAISES_MAX; step++) {
        uint32_t row;
        error = worst_row(r, &row);
        if (error || row == ZHOL_NONE) {
            return error;
        }
        struct assign_row *at = &r->model->rows[row];
        if (at->capacity == r->stated[row]) {
            r->order[r->order_count++] = row;
        }
        error = assign_model_set_row(r->model, row,
                                     at->capacity + raise_step(r->stated[row], at->capacity));
        error = error ? error : assign_model_solve(r->model, NULL);
    }
    return error;
}

static enum zhol_error give_limits(const struct raising *r, struct assign_limit **limits,
                                   uint32_t *count, double *left_t)
{
    const struct assign_model *model = r->model;
    *limits = calloc(r->order_count + 1, sizeof **limits);
    if (!*limits) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < r->order_count; i++) {
        const struct assign_row *row = &model->rows[r->order[i]];
        double use = zhol_assign_row_use(model->solver, r->order[i]);
        (*limits)[i] = (struct assign_limit){resource_row(r->study, row->resource_row)->resource_id,
                                             row->sense, row->assumed, r->stated[r->order[i]],
                                             fmax(use, r->stated[r->order[i]])};
    }
    *count = r->order_count;
    *left_t = 0;
    for (uint32_t w = 0; w < model->wish_count; w++) {
        *left_t +=
            model->wishes[w].demand == ZHOL_NONE
                ? 0
                : assign_model_unmet(model, w) * model->classes[model->wishes[w].class].t_per_unit;
    }
    return ZHOL_ERROR_OK;
}

enum zhol_error assign_limits(const struct assign_study *study, uint32_t slice,
                              struct assign_limit **limits, uint32_t *count, double *left_t)
{
    struct raising r = {.study = study, .slice = slice};
    *limits = NULL;
    *count = 0;
    enum zhol_error error = assign_study_copy(study, slice, &r.model);
    if (error) {
        return error;
    }
    r.stated = malloc((r.model->row_count + 1) * sizeof *r.stated);
    r.order = malloc((r.model->row_count + 1) * sizeof *r.order);
    error = r.stated && r.order ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    for (uint32_t row = 0; !error && row < r.model->row_count; row++) {
        r.stated[row] = r.model->rows[row].capacity;
    }
    error = error ? error : raise_all(&r);
    error = error ? error : give_limits(&r, limits, count, left_t);
    free(r.stated);
    free(r.order);
    assign_model_free(r.model);
    return error;
}
