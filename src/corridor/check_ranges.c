/* check_ranges.c: low <= value <= high, bounds for what is assumed, dates in their order. */
#include "corridor/check.h"

#include <math.h>
#include <string.h>

/* Columns that bound a value. `needed`: an assumed value must have both. */
struct range_rule {
    const char *low, *value, *high;
    enum zhol_table table;
    bool needed;
};

static const struct range_rule range_rules[] = {
    {"length_low", "length", "length_high", ZHOL_TABLE_link, true},
    {"speed_low_kmh", "speed_kmh", "speed_high_kmh", ZHOL_TABLE_link_period, true},
    {"speed_kmh", "speed_best_kmh", "", ZHOL_TABLE_link_period, false},
    {"low_h", "median_h", "high_h", ZHOL_TABLE_process, true},
    {"min_h", "median_h", "p90_h", ZHOL_TABLE_process, false},
    {"min_h", "mean_h", "", ZHOL_TABLE_process, false},
    {"headway_low_h", "headway_h", "headway_high_h", ZHOL_TABLE_service, true},
    {"low", "value", "high", ZHOL_TABLE_resource, true},
    {"low", "value", "high", ZHOL_TABLE_tariff, true},
    {"low", "value", "high", ZHOL_TABLE_emission, true},
    {"low", "value", "high", ZHOL_TABLE_queue_rule, true},
    {"low", "vehicles", "high", ZHOL_TABLE_slot_plan, true},
    {"low", "value", "high", ZHOL_TABLE_fee, true},
    {"low", "value", "high", ZHOL_TABLE_station_figure, true},
    {"value_low_usd_t", "value_usd_t", "value_high_usd_t", ZHOL_TABLE_commodity, true},
    {"t_low", "t", "t_high", ZHOL_TABLE_demand, true},
    {"low", "seed_t", "high", ZHOL_TABLE_demand_flow, true},
    {"low", "weight", "high", ZHOL_TABLE_demand_generator, true},
    {"low", "value", "high", ZHOL_TABLE_demand_total, true},
    {"low", "value", "high", ZHOL_TABLE_series, false},
    {"low", "high", "", ZHOL_TABLE_series, false},
    {"low", "value", "high", ZHOL_TABLE_observation, false},
    {"low", "high", "", ZHOL_TABLE_observation, false},
    {"value", "value_high", "", ZHOL_TABLE_commitment, false}};

/* Dates of which the first must lie before the second. */
struct date_rule {
    const char *from, *to;
};

static const struct date_rule date_rules[] = {
    {"valid_from", "valid_to"}, {"period_start", "period_end"}, {"date_from", "date_to"},
    {"date", "date_to"},        {"in_force", "ended"},          {"signed_on", "ended"}};

static double real_cell(const struct check *check, enum zhol_table table, uint32_t row, int column)
{
    const struct schema_table *schema = schema_table(table);
    double value = NAN;
    if (column != SCHEMA_NO_FIELD) {
        memcpy(&value,
               data_row(&check->corridor->tables[table], schema, row) +
                   schema->fields[column].offset,
               sizeof value);
    }
    return value;
}

static void check_range(struct check *check, const struct range_rule *rule, uint32_t row,
                        const int columns[3], int source)
{
    double low = real_cell(check, rule->table, row, columns[0]);
    double value = real_cell(check, rule->table, row, columns[1]);
    double high = real_cell(check, rule->table, row, columns[2]);
    if (low > value) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, rule->table, row, rule->low,
                  "at most the %s of the row", rule->value);
    }
    if (value > high) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, rule->table, row, rule->high,
                  "at least the %s of the row", rule->value);
    }
    if (rule->needed && !isnan(value) && (isnan(low) || isnan(high)) &&
        check_assumed(check, data_u32(check->corridor, rule->table, row, source))) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, rule->table, row,
                  isnan(low) ? rule->low : rule->high,
                  "is blank; %s is assumed (see source_id) and needs %s and %s", rule->value,
                  rule->low, rule->high);
    }
}

static void apply_range_rule(struct check *check, const struct range_rule *rule)
{
    const struct schema_table *schema = schema_table(rule->table);
    const int columns[3] = {schema_find(schema, rule->low), schema_find(schema, rule->value),
                            schema_find(schema, rule->high)};
    int source = schema_find(schema, "source_id");
    for (uint32_t row = 0; row < check->corridor->tables[rule->table].count; row++) {
        check_range(check, rule, row, columns, source);
    }
}

static void apply_date_rule(struct check *check, enum zhol_table table,
                            const struct date_rule *rule)
{
    int from = schema_find(schema_table(table), rule->from);
    int to = schema_find(schema_table(table), rule->to);
    if (from == SCHEMA_NO_FIELD || to == SCHEMA_NO_FIELD) {
        return;
    }
    for (uint32_t row = 0; row < check->corridor->tables[table].count; row++) {
        int32_t first = (int32_t)data_u32(check->corridor, table, row, from);
        int32_t end = (int32_t)data_u32(check->corridor, table, row, to);
        if (first != ZHOL_BLANK_DATE && end != ZHOL_BLANK_DATE && first >= end) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, table, row, rule->to,
                      "a day after %s: intervals are [%s, %s)", rule->from, rule->from, rule->to);
        }
    }
}

void check_ranges(struct check *check)
{
    for (size_t i = 0; i < sizeof range_rules / sizeof *range_rules; i++) {
        apply_range_rule(check, &range_rules[i]);
    }
    for (int table = 0; table < ZHOL_TABLE_COUNT; table++) {
        for (size_t i = 0; i < sizeof date_rules / sizeof *date_rules; i++) {
            apply_date_rule(check, (enum zhol_table)table, &date_rules[i]);
        }
    }
}
