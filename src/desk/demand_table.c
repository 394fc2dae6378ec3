/* demand_table.c: see demand_table.h. */
#include "desk/demand_table.h"

#include <math.h>

#include "base/time.h"

static int32_t most(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* The part of [begin, end) that lies in [from, to). */
static double part_of(int32_t begin, int32_t end, int32_t from, int32_t to)
{
    int32_t days = least(end, to) - most(begin, from);
    return days > 0 && end > begin ? (double)days / (end - begin) : 0;
}

const double *demand_months(const struct zhol_demand *row)
{
    return &row->m01_t; /* twelve columns of doubles, one after the other */
}

double demand_tonnes(const struct zhol_demand *row, int32_t from, int32_t to)
{
    const double *months = demand_months(row);
    if (isnan(row->t) || isnan(months[0])) {
        double part = part_of(row->period_start, row->period_end, from, to);
        return part > 0 ? row->t * part : 0;
    }
    double tonnes = 0;
    for (int32_t m = 0; m < DEMAND_MONTHS; m++) {
        int32_t begin = time_add_months(row->period_start, m);
        tonnes += months[m] * part_of(begin, time_add_months(row->period_start, m + 1), from, to);
    }
    return tonnes;
}

double demand_teu(const struct zhol_demand *row, int32_t from, int32_t to)
{
    double part = row->t > 0 ? demand_tonnes(row, from, to) / row->t
                             : part_of(row->period_start, row->period_end, from, to);
    return part > 0 ? row->teu * part : 0;
}

double demand_day(const struct zhol_corridor *corridor, int32_t from, int32_t to)
{
    uint32_t count;
    const struct zhol_demand *rows = zhol_corridor_demand(corridor, &count);
    double t = 0;
    for (uint32_t i = 0; i < count; i++) {
        double here = demand_tonnes(&rows[i], from, to);
        t += here > 0 ? here : 0;
    }
    return to > from ? t / (to - from) : 0;
}

int32_t demand_fullest_year(const struct zhol_corridor *corridor)
{
    uint32_t count;
    const struct zhol_demand *rows = zhol_corridor_demand(corridor, &count);
    int32_t begin = INT32_MAX, end = INT32_MIN, fullest = 0;
    double best = 0;
    for (uint32_t i = 0; i < count; i++) {
        begin = least(begin, rows[i].period_start);
        end = most(end, rows[i].period_end - 1);
    }
    for (int32_t year = count ? time_date_of(begin).year : 1;
         count && year <= time_date_of(end).year; year++) {
        double t = demand_day(corridor, time_days((struct time_date){year, 1, 1}),
                              time_days((struct time_date){year + 1, 1, 1}));
        if (t > best) {
            best = t;
            fullest = year;
        }
    }
    return fullest;
}

double demand_growth(const struct zhol_corridor *corridor, const struct zhol_demand *row)
{
    uint32_t begin, end, count;
    if (row->demand_flow_id == ZHOL_NONE) {
        return 1;
    }
    zhol_corridor_rows(corridor, ZHOL_TABLE_demand_flow, row->demand_flow_id, &begin, &end);
    double growth = zhol_corridor_demand_flow(corridor, &count)[begin].growth;
    return isnan(growth) ? 1 : growth;
}

bool demand_grows(const struct zhol_corridor *corridor)
{
    uint32_t count;
    const struct zhol_demand_flow *flows = zhol_corridor_demand_flow(corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (!isnan(flows[i].growth) && flows[i].growth != 1) {
            return true;
        }
    }
    return false;
}

bool demand_is_soft(const struct zhol_demand *row)
{
    return row->kind == zhol_demand_kind_FITTED || row->kind == zhol_demand_kind_ASSUMED;
}

double demand_scale(const struct zhol_demand *row, double factor, bool within)
{
    if (!demand_is_soft(row)) {
        return 1;
    }
    if (within && row->t > 0) {
        factor = isnan(row->t_low) ? factor : fmax(factor, row->t_low / row->t);
        factor = isnan(row->t_high) ? factor : fmin(factor, row->t_high / row->t);
    }
    return factor;
}
