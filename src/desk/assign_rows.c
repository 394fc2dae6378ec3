/* desk/assign_rows.c: the capacities that bind, and how much of them a unit takes. */
#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/map.h"
#include "desk/assign_parts.h"

double assign_day_value(const struct zhol_resource *resource, double value)
{
    switch (resource->per) {
    case zhol_per_HOUR:
        return value * 24;
    case zhol_per_DAY:
        return value;
    case zhol_per_WEEK:
        return value / 7;
    case zhol_per_MONTH:
        return value * 12 / 365;
    case zhol_per_YEAR:
        return value / 365;
    default:
        return NAN; /* standing: room, not flow */
    }
}

int assign_arc_sense(const struct zhol_network_view *net, const struct zhol_corridor *corridor,
                     uint32_t plain_arc)
{
    const struct zhol_arc *arc = &net->arcs[plain_arc];
    if (arc->kind != ZHOL_ARC_MOVE) {
        return 0;
    }
    uint32_t begin, end, count;
    const struct zhol_link *links = zhol_corridor_link(corridor, &count);
    zhol_corridor_rows(corridor, ZHOL_TABLE_link, arc->thing, &begin, &end);
    const struct zhol_link *link = &links[begin];
    bool up = link->from_node_id < link->to_node_id;
    bool along = link->directed == 1 ||
                 net->vertices[zhol_network_tail(net, plain_arc)].node == link->from_node_id;
    return up == along ? 0 : 1;
}

/* Figures of a load class in a state; NULL where there are none. */
static const struct zhol_load_class *class_in(const struct zhol_corridor *corridor, uint32_t thing,
                                              unsigned state)
{
    uint32_t begin, end, count;
    const struct zhol_load_class *rows = zhol_corridor_load_class(corridor, &count);
    zhol_corridor_rows(corridor, ZHOL_TABLE_load_class, thing, &begin, &end);
    for (uint32_t row = begin; row < end; row++) {
        if (rows[row].state == state) {
            return &rows[row];
        }
    }
    return NULL;
}

static double figure_of(const struct zhol_load_class *figures, unsigned unit)
{
    if (!figures) {
        return 0;
    }
    switch (unit) {
    case zhol_capacity_unit_TRAINS:
    case zhol_capacity_unit_PAIRS:
        return figures->trains;
    case zhol_capacity_unit_WAGONS:
        return figures->wagons;
    case zhol_capacity_unit_TEU:
        return figures->teu;
    case zhol_capacity_unit_TRUCKS:
        return figures->trucks;
    default:
        return 0;
    }
}

/* A handling stands between two states: the greater figure of both counts. */
static double units_of_load(const struct assign_model *model, uint32_t plain_arc,
                            uint32_t load_class, unsigned unit)
{
    const struct zhol_vertex *v = model->net.vertices;
    unsigned head = v[model->net.arcs[plain_arc].head].state;
    unsigned tail = v[zhol_network_tail(&model->net, plain_arc)].state;
    double at_head = figure_of(class_in(model->corridor, load_class, head), unit);
    double at_tail = figure_of(class_in(model->corridor, load_class, tail), unit);
    return fmax(at_head, at_tail);
}

static uint32_t load_class_of(const struct assign_model *model, uint32_t class)
{
    return assign_commodity(model->corridor, model->classes[class].commodity)->load_class_id;
}

double assign_use_units(const struct assign_model *model, uint32_t plain_arc, uint32_t class,
                        const struct zhol_use *use)
{
    uint32_t count, load_class = load_class_of(model, class);
    if (use->load_class != ZHOL_NONE && use->load_class != load_class) {
        return 0;
    }
    if (use->units > 0) {
        return (double)use->units;
    }
    unsigned unit = zhol_corridor_resource(model->corridor, &count)[use->resource_row].unit;
    return unit == zhol_capacity_unit_T ? model->classes[class].t_per_unit
                                        : units_of_load(model, plain_arc, load_class, unit);
}

/* ---- Rows ---- */

struct maker {
    struct assign_model *model;
    struct map_int number; /* resource row * 2 + sense -> row */
    uint32_t capacity;
    double *sums; /* by row of the present arc and class: row-major, class_count wide */
    uint32_t *touched;
    uint32_t touched_count, sums_rows;
    uint32_t *load_class; /* by class */
    double *units;        /* by load class, of the use at hand; NaN: not asked for yet */
    uint32_t load_classes;
};

static enum zhol_error add_row(struct maker *m, uint32_t resource_row, int sense, uint32_t *number)
{
    struct assign_model *model = m->model;
    uint32_t count;
    const struct zhol_resource *r = &zhol_corridor_resource(model->corridor, &count)[resource_row];
    double value = assign_drawn(model, ZHOL_TABLE_resource, r->resource_id, r->valid_from, r->value,
                                r->low, r->high);
    enum zhol_error error = ARRAY_RESERVE(model->rows, m->capacity, model->row_count + 1);
    if (error) {
        return error;
    }
    double day = assign_day_value(r, value);
    model->rows[model->row_count] = (struct assign_row){
        resource_row, (int8_t)sense, assign_is_assumed(model->corridor, r->source_id), day, day};
    *number = model->row_count++;
    error = zhol_assign_add_row(model->solver, day, NULL);
    return error ? error : map_int_put(&m->number, (int64_t)resource_row * 3 + sense + 1, *number);
}

/* The row of a use; ZHOL_NONE where it is no limit of flow. */
static enum zhol_error row_of(struct maker *m, uint32_t plain_arc, const struct zhol_use *use,
                              uint32_t *row)
{
    uint32_t count;
    const struct zhol_resource *r =
        &zhol_corridor_resource(m->model->corridor, &count)[use->resource_row];
    *row = ZHOL_NONE;
    if (isnan(assign_day_value(r, r->value))) {
        return ZHOL_ERROR_OK;
    }
    int sense = r->unit == zhol_capacity_unit_PAIRS && r->direction == zhol_direction_BOTH
                    ? assign_arc_sense(&m->model->net, m->model->corridor, plain_arc)
                    : -1;
    if (map_int_get(&m->number, (int64_t)use->resource_row * 3 + sense + 1, row)) {
        return ZHOL_ERROR_OK;
    }
    return add_row(m, use->resource_row, sense, row);
}

static enum zhol_error touch(struct maker *m, uint32_t row)
{
    uint32_t width = m->model->class_count;
    if (row >= m->sums_rows) {
        uint32_t rows = row * 2 + 64;
        double *sums = realloc(m->sums, (size_t)rows * width * sizeof *sums);
        m->sums = sums ? sums : m->sums;
        uint32_t *touched = sums ? realloc(m->touched, rows * sizeof *touched) : NULL;
        m->touched = touched ? touched : m->touched;
        if (!touched) {
            return ZHOL_ERROR_MEMORY;
        }
        for (size_t i = (size_t)m->sums_rows * width; i < (size_t)rows * width; i++) {
            sums[i] = 0;
        }
        m->sums_rows = rows;
    }
    for (uint32_t i = 0; i < m->touched_count; i++) {
        if (m->touched[i] == row) {
            return ZHOL_ERROR_OK;
        }
    }
    m->touched[m->touched_count++] = row;
    return ZHOL_ERROR_OK;
}

/* assign_use_units, found once a load class: classes are many, load classes few. */
static double use_units(struct maker *m, uint32_t plain_arc, uint32_t class,
                        const struct zhol_use *use)
{
    uint32_t load_class = m->load_class[class];
    if (load_class >= m->load_classes) {
        return assign_use_units(m->model, plain_arc, class, use);
    }
    if (isnan(m->units[load_class])) {
        m->units[load_class] = assign_use_units(m->model, plain_arc, class, use);
    }
    return m->units[load_class];
}

/* Does the use count tonnes, of which each class has its own? */
static bool is_by_tonnes(const struct assign_model *model, const struct zhol_use *use)
{
    uint32_t count;
    return zhol_corridor_resource(model->corridor, &count)[use->resource_row].unit ==
           zhol_capacity_unit_T;
}

/* Sums the use of a plain arc into the present arc of the solver. */
static enum zhol_error sum_plain(struct maker *m, uint32_t plain_arc)
{
    const struct assign_model *model = m->model;
    const struct zhol_network_view *net = &model->net;
    uint32_t list = net->arcs[plain_arc].uses, width = model->class_count;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = net->first_use[list]; !error && i < net->first_use[list + 1]; i++) {
        uint32_t row;
        error = row_of(m, plain_arc, &net->uses[i], &row);
        if (error || row == ZHOL_NONE) {
            continue;
        }
        error = touch(m, row);
        bool by_tonnes = is_by_tonnes(model, &net->uses[i]);
        for (uint32_t k = 0; k < m->load_classes; k++) {
            m->units[k] = NAN;
        }
        for (uint32_t c = 0; !error && c < width; c++) {
            bool passes = false;
            if (zhol_network_admits(net, plain_arc, &model->classes[c].block, &passes) && !passes) {
                m->sums[(size_t)row * width + c] +=
                    by_tonnes ? assign_use_units(model, plain_arc, c, &net->uses[i])
                              : use_units(m, plain_arc, c, &net->uses[i]);
            }
        }
    }
    return error;
}

static enum zhol_error add_uses(struct maker *m, uint32_t arc)
{
    struct assign_model *model = m->model;
    const uint32_t *way;
    uint32_t width = model->class_count;
    uint32_t count = assign_arcs(&model->net, &model->net_arc[arc], &way);
    enum zhol_error error = ZHOL_ERROR_OK;
    m->touched_count = 0;
    for (uint32_t i = 0; !error && i < count; i++) {
        error = sum_plain(m, way[i]);
    }
    for (uint32_t i = 0; i < m->touched_count; i++) {
        double *sums = m->sums + (size_t)m->touched[i] * width;
        bool any = false;
        for (uint32_t c = 0; c < width; c++) {
            any = any || sums[c] > 0;
        }
        error =
            error || !any ? error : zhol_assign_add_use(model->solver, arc, m->touched[i], sums);
        for (uint32_t c = 0; c < width; c++) {
            sums[c] = 0;
        }
    }
    return error;
}

enum zhol_error assign_rows_make(struct assign_model *model)
{
    struct maker m = {.model = model};
    enum zhol_error error = ZHOL_ERROR_OK;
    map_int_init(&m.number);
    m.load_classes = zhol_corridor_things(model->corridor, ZHOL_TABLE_load_class);
    m.load_class = malloc(((size_t)model->class_count + 1) * sizeof *m.load_class);
    m.units = malloc(((size_t)m.load_classes + 1) * sizeof *m.units);
    error = m.load_class && m.units ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    for (uint32_t c = 0; !error && c < model->class_count; c++) {
        m.load_class[c] = load_class_of(model, c);
    }
    for (uint32_t arc = 0; !error && arc < model->arc_count; arc++) {
        error = add_uses(&m, arc);
    }
    map_int_clear(&m.number);
    free(m.sums);
    free(m.touched);
    free(m.load_class);
    free(m.units);
    return error;
}

double assign_model_use(const struct assign_model *model, uint32_t net_arc, uint32_t class,
                        uint32_t row)
{
    const struct zhol_network_view *net = &model->net;
    const struct assign_row *wanted = &model->rows[row];
    const uint32_t *way;
    uint32_t count = assign_arcs(net, &net_arc, &way);
    double sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_arc *arc = &net->arcs[way[i]];
        bool passes = false, checked = false, in = false;
        for (uint32_t u = net->first_use[arc->uses]; u < net->first_use[arc->uses + 1]; u++) {
            if (net->uses[u].resource_row != wanted->resource_row ||
                (wanted->sense >= 0 &&
                 assign_arc_sense(net, model->corridor, way[i]) != wanted->sense)) {
                continue;
            }
            in = checked
                     ? in
                     : zhol_network_admits(net, way[i], &model->classes[class].block, &passes) &&
                           !passes;
            checked = true;
            sum += in ? assign_use_units(model, way[i], class, &net->uses[u]) : 0;
        }
    }
    return sum;
}
