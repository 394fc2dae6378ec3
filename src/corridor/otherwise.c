/* otherwise.c: changes of a corridor in memory. See the header. */
#include "corridor/otherwise.h"

#include <math.h>

#include "base/array.h"
#include "corridor/data.h"

static bool is_value(double value)
{
    return isfinite(value) && value >= 0;
}

enum zhol_error otherwise_capacity(struct zhol_corridor *corridor, uint32_t resource, int32_t day,
                                   double value)
{
    struct data_table *table = &corridor->tables[ZHOL_TABLE_resource];
    struct zhol_resource *rows = (struct zhol_resource *)table->rows;
    bool found = false;
    if (!is_value(value)) {
        return ZHOL_ERROR_RANGE;
    }
    for (uint32_t i = 0; i < table->count; i++) {
        if (rows[i].resource_id == resource) {
            found |= rows[i].kind == zhol_capacity_kind_BINDING &&
                     zhol_day_in(day, rows[i].valid_from, rows[i].valid_to);
            rows[i].value = value;
            rows[i].low = rows[i].high = NAN;
        }
    }
    return found ? ZHOL_ERROR_OK : ZHOL_ERROR_UNKNOWN;
}

enum zhol_error otherwise_tariff(struct zhol_corridor *corridor, uint32_t tariff, int32_t day,
                                 double factor)
{
    struct data_table *table = &corridor->tables[ZHOL_TABLE_tariff];
    struct zhol_tariff *rows = (struct zhol_tariff *)table->rows;
    bool found = false;
    if (!is_value(factor)) {
        return ZHOL_ERROR_RANGE;
    }
    for (uint32_t i = 0; i < table->count; i++) {
        if (rows[i].tariff_id == tariff) {
            found |= zhol_day_in(day, rows[i].valid_from, rows[i].valid_to);
            rows[i].value *= factor;
            rows[i].low *= factor;
            rows[i].high *= factor;
        }
    }
    return found ? ZHOL_ERROR_OK : ZHOL_ERROR_UNKNOWN;
}

/* A row of link_period, to be changed; *found becomes true where it holds on that day. */
static struct zhol_link_period *period_at(struct zhol_corridor *corridor, uint32_t row, int32_t day,
                                          bool *found)
{
    struct zhol_link_period *rows =
        (struct zhol_link_period *)corridor->tables[ZHOL_TABLE_link_period].rows;
    *found |= zhol_day_in(day, rows[row].valid_from, rows[row].valid_to);
    return &rows[row];
}

/* An interval without days: half open, it ends where it begins. */
static bool shut(struct zhol_corridor *corridor, uint32_t link, int32_t day)
{
    uint32_t count;
    const uint32_t *own = zhol_corridor_rows_of(corridor, ZHOL_TABLE_link_period, link, &count);
    bool found = false;
    for (uint32_t i = 0; i < count; i++) {
        struct zhol_link_period *row = period_at(corridor, own[i], day, &found);
        row->valid_from = row->valid_to = 0;
    }
    return found;
}

enum zhol_error otherwise_close_link(struct zhol_corridor *corridor, uint32_t link, int32_t day)
{
    return link < zhol_corridor_things(corridor, ZHOL_TABLE_link) && shut(corridor, link, day)
               ? ZHOL_ERROR_OK
               : ZHOL_ERROR_UNKNOWN;
}

enum zhol_error otherwise_close_node(struct zhol_corridor *corridor, uint32_t node, int32_t day)
{
    uint32_t count;
    const struct zhol_link *links = zhol_corridor_link(corridor, &count);
    bool found = false;
    for (uint32_t i = 0; i < count; i++) {
        if (links[i].from_node_id == node || links[i].to_node_id == node) {
            found |= shut(corridor, links[i].link_id, day);
        }
    }
    return found ? ZHOL_ERROR_OK : ZHOL_ERROR_UNKNOWN;
}

/* ---- Times ---- */

static bool slow_link(struct zhol_corridor *corridor, uint32_t link, int32_t day, double factor)
{
    uint32_t count;
    const uint32_t *own = zhol_corridor_rows_of(corridor, ZHOL_TABLE_link_period, link, &count);
    bool found = false;
    for (uint32_t i = 0; i < count; i++) {
        struct zhol_link_period *row = period_at(corridor, own[i], day, &found);
        row->speed_kmh /= factor;
        row->speed_low_kmh /= factor;
        row->speed_high_kmh /= factor;
        row->speed_best_kmh /= factor;
    }
    return found;
}

static bool slow_process(struct zhol_corridor *corridor, uint32_t process, int32_t day,
                         double factor)
{
    struct data_table *table = &corridor->tables[ZHOL_TABLE_process];
    struct zhol_process *rows = (struct zhol_process *)table->rows;
    bool found = false;
    for (uint32_t i = 0; i < table->count; i++) {
        if (rows[i].process_id != process) {
            continue;
        }
        double *hours[] = {&rows[i].min_h, &rows[i].median_h, &rows[i].mean_h,
                           &rows[i].p90_h, &rows[i].low_h,    &rows[i].high_h};
        found |= zhol_day_in(day, rows[i].valid_from, rows[i].valid_to);
        for (size_t k = 0; k < sizeof hours / sizeof *hours; k++) {
            *hours[k] *= factor; /* blank stays blank */
        }
    }
    return found;
}

static struct data_time *time_of(const struct zhol_corridor *corridor, enum zhol_table table,
                                 uint32_t thing)
{
    for (uint32_t i = 0; i < corridor->time_count; i++) {
        if (corridor->times[i].table == table && corridor->times[i].thing == thing) {
            return &corridor->times[i];
        }
    }
    return NULL;
}

enum zhol_error otherwise_time(struct zhol_corridor *corridor, enum zhol_table table,
                               uint32_t thing, int32_t day, double factor)
{
    if (table != ZHOL_TABLE_link && table != ZHOL_TABLE_process) {
        return ZHOL_ERROR_USAGE;
    }
    if (!(factor > 0) || !(factor <= OTHERWISE_SLOWEST)) {
        return ZHOL_ERROR_RANGE;
    }
    if (thing >= zhol_corridor_things(corridor, table)) {
        return ZHOL_ERROR_UNKNOWN;
    }
    struct data_time *known = time_of(corridor, table, thing);
    if (!known) {
        enum zhol_error error =
            ARRAY_RESERVE(corridor->times, corridor->time_capacity, corridor->time_count + 1);
        if (error) {
            return error;
        }
        known = &corridor->times[corridor->time_count++];
        *known = (struct data_time){table, thing, 1};
    }
    known->factor *= factor;
    bool found = table == ZHOL_TABLE_link ? slow_link(corridor, thing, day, factor)
                                          : slow_process(corridor, thing, day, factor);
    return found ? ZHOL_ERROR_OK : ZHOL_ERROR_UNKNOWN;
}

double otherwise_time_factor(const struct zhol_corridor *corridor, enum zhol_table table,
                             uint32_t thing)
{
    const struct data_time *known = time_of(corridor, table, thing);
    return known ? known->factor : 1;
}

bool otherwise_times_kept(const struct zhol_corridor *corridor)
{
    return corridor->time_count == 0;
}
