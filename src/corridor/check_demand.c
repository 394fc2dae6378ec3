/* check_demand.c: the demand table, and the flows, generators and totals it is worked out from.
 *
 * Whether totals contradict each other is no matter of a row: `zhol demand` proves it.
 */
#include <math.h>

#include "base/time.h"
#include "corridor/check.h"

enum { MONTHS = 12 };

/* Months are all given or all blank, and sum to the tonnes of a year that begins with a month. */
static void check_months(struct check *check, const struct zhol_demand *demand, uint32_t row)
{
    const double *months = &demand->m01_t;
    double sum = 0;
    uint32_t given = 0;
    for (uint32_t m = 0; m < MONTHS; m++) {
        given += isnan(months[m]) ? 0 : 1;
        sum += isnan(months[m]) ? 0 : months[m];
    }
    if (given && given < MONTHS) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_demand, row, "m01_t",
                  "all twelve months or none: %u are given", given);
    } else if (given && !(fabs(sum - demand->t) < 0.5)) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_CONFLICT, ZHOL_TABLE_demand, row, "t",
                  "the sum of its months, %.0f", sum);
    } else if (given && time_add_months(demand->period_start, MONTHS) != demand->period_end) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_CONFLICT, ZHOL_TABLE_demand, row, "period_end",
                  "twelve months after period_start where months are given");
    }
}

static void check_rows(struct check *check)
{
    uint32_t count;
    const struct zhol_demand *rows = zhol_corridor_demand(check->corridor, &count);
    for (uint32_t row = 0; row < count; row++) {
        if (isnan(rows[row].t) && isnan(rows[row].teu)) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_demand, row, "t",
                      "is blank; give tonnes (t) or teu");
        }
        if (rows[row].from_node_id != ZHOL_NONE && rows[row].from_node_id == rows[row].to_node_id) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_demand, row, "to_node_id",
                      "another place than from_node_id");
        }
        if ((rows[row].kind == zhol_demand_kind_FITTED) && rows[row].demand_flow_id == ZHOL_NONE) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_demand, row,
                      "demand_flow_id", "is blank; a fitted row names its flow");
        }
        check_months(check, &rows[row], row);
    }
}

/* Which of node_id, commodity_id and month a generator must have, by its dimension. */
static void check_generator(struct check *check, const struct zhol_demand_generator *row,
                            uint32_t number)
{
    bool place = row->dimension == zhol_demand_dimension_ORIGIN ||
                 row->dimension == zhol_demand_dimension_DESTINATION ||
                 row->dimension == zhol_demand_dimension_VIA;
    bool goods = row->dimension == zhol_demand_dimension_COMMODITY;
    bool month = row->dimension == zhol_demand_dimension_MONTH;
    if (!row->dimension) {
        return;
    }
    if (place != (row->node_id != ZHOL_NONE)) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_demand_generator, number,
                  "node_id",
                  place ? "is blank; the place that is weighed stands here"
                        : "a blank cell: no place is weighed");
    }
    if ((goods && row->commodity_id == ZHOL_NONE) || (month && row->commodity_id != ZHOL_NONE)) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_demand_generator, number,
                  "commodity_id",
                  goods ? "is blank; the goods that are weighed stands here"
                        : "a blank cell: a month holds for all goods");
    }
    if (month != (row->month != ZHOL_BLANK_INT)) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_demand_generator, number,
                  "month",
                  month ? "is blank; the month that is weighed stands here"
                        : "a blank cell: no month is weighed");
    }
}

/* A flow needs goods, origins and destinations. */
static void check_flow(struct check *check, uint32_t flow)
{
    uint32_t count, all, seen[zhol_demand_dimension_COUNT] = {0};
    const struct zhol_demand_flow *rows = zhol_corridor_demand_flow(check->corridor, &all);
    const struct zhol_demand_generator *generators =
        zhol_corridor_demand_generator(check->corridor, &all);
    const uint32_t *of = zhol_corridor_rows_of(check->corridor, ZHOL_TABLE_demand_generator,
                                               rows[flow].demand_flow_id, &count);
    for (uint32_t i = 0; i < count; i++) {
        seen[generators[of[i]].dimension]++;
    }
    static const unsigned needed[] = {zhol_demand_dimension_ORIGIN,
                                      zhol_demand_dimension_DESTINATION,
                                      zhol_demand_dimension_COMMODITY};
    for (unsigned i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (!seen[needed[i]]) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_demand_flow, flow,
                      "demand_flow_id", "a row of demand_generator with dimension %s for it",
                      zhol_demand_dimension_text(needed[i]));
        }
    }
}

/* The fit works by calendar years. */
static void check_total(struct check *check, const struct zhol_demand_total *row, uint32_t number)
{
    if (row->period_start != ZHOL_BLANK_DATE && row->period_end > row->period_start &&
        time_date_of(row->period_start).year != time_date_of(row->period_end - 1).year) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_demand_total, number,
                  "period_end", "a day in the year of period_start, or the first day after it");
    }
}

void check_demand(struct check *check)
{
    uint32_t count;
    check_rows(check);
    const struct zhol_demand_generator *generators =
        zhol_corridor_demand_generator(check->corridor, &count);
    for (uint32_t row = 0; row < count; row++) {
        check_generator(check, &generators[row], row);
    }
    zhol_corridor_demand_flow(check->corridor, &count);
    for (uint32_t row = 0; row < count; row++) {
        check_flow(check, row);
    }
    const struct zhol_demand_total *totals = zhol_corridor_demand_total(check->corridor, &count);
    for (uint32_t row = 0; row < count; row++) {
        check_total(check, &totals[row], row);
    }
}
