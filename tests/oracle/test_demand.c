/* test_demand.c: the demand table of the reference corridor against every figure it was fitted to,
 * by sums made here from the rows of demand.csv alone; and the ranges of its cells against fits
 * made anew with an input moved to its end.
 */
#include <stdlib.h>

#include <zhol/corridor.h>

#include "base/buffer.h"
#include "base/file.h"
#include "check.h"
#include "desk/demand.h"

static const char *root;
static struct zhol_corridor *corridor;

static const char *text(zhol_cell_text offset)
{
    return zhol_corridor_text(corridor, offset);
}

/* True where the ';' list is blank or has the item. */
static bool allows(zhol_cell_list list, const char *item)
{
    const char *all = text(list), *at = all;
    size_t size = strlen(item);
    while (*all && size && (at = strstr(at, item)) != NULL) {
        if ((at == all || at[-1] == ';') && (at[size] == ';' || !at[size])) {
            return true;
        }
        at += size;
    }
    return !*all;
}

static const char *id(enum zhol_table table, uint32_t thing)
{
    return zhol_corridor_id(corridor, table, thing);
}

static const char *country(uint32_t node)
{
    uint32_t count, begin, end;
    const struct zhol_node *nodes = zhol_corridor_node(corridor, &count);
    zhol_corridor_rows(corridor, ZHOL_TABLE_node, node, &begin, &end);
    return text(nodes[begin].country);
}

static const struct zhol_commodity *goods(uint32_t commodity)
{
    uint32_t count, begin, end;
    zhol_corridor_rows(corridor, ZHOL_TABLE_commodity, commodity, &begin, &end);
    return &zhol_corridor_commodity(corridor, &count)[begin];
}

static double per_tonne(unsigned unit, uint32_t commodity)
{
    uint32_t count, begin, end;
    const struct zhol_load_class *loads = zhol_corridor_load_class(corridor, &count);
    unsigned state = unit == zhol_demand_unit_TEU ? zhol_state_YARD : zhol_state_ROAD;
    if (unit == zhol_demand_unit_T) {
        return 1;
    }
    zhol_corridor_rows(corridor, ZHOL_TABLE_load_class, goods(commodity)->load_class_id, &begin,
                       &end);
    for (uint32_t row = begin; row < end; row++) {
        if (loads[row].state == state) {
            return (unit == zhol_demand_unit_TEU ? loads[row].teu : loads[row].trucks) /
                   goods(commodity)->t_per_unit;
        }
    }
    return 0;
}

static double sum_of(const struct zhol_demand_total *total)
{
    uint32_t count;
    double sum = 0;
    const struct zhol_demand *rows = zhol_corridor_demand(corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_demand *row = &rows[i];
        if (allows(total->flows, id(ZHOL_TABLE_demand_flow, row->demand_flow_id)) &&
            allows(total->vias, id(ZHOL_TABLE_node, row->via_node_id)) &&
            allows(total->commodities, id(ZHOL_TABLE_commodity, row->commodity_id)) &&
            allows(total->origins, country(row->from_node_id)) &&
            allows(total->destinations, country(row->to_node_id)) &&
            (!total->class || total->class == goods(row->commodity_id)->class)) {
            sum += demand_tonnes(row, total->period_start, total->period_end) *
                   per_tonne(total->unit, row->commodity_id);
        }
    }
    return sum;
}

/* Totals in tonnes to the tonne, others to the load of a few tonnes. */
static void test_totals_are_met(void)
{
    uint32_t count, met = 0;
    const struct zhol_demand_total *rows = zhol_corridor_demand_total(corridor, &count);
    for (uint32_t k = 0; k < count; k++) {
        if (rows[k].role == zhol_demand_role_FIT) {
            double slack = rows[k].unit == zhol_demand_unit_T ? 1e-6 : 10;
            double sum = sum_of(&rows[k]);
            if (!(fabs(sum - rows[k].value) <= slack)) {
                CHECK_FAIL("%s: %.3f in the table, %.3f is the total",
                           id(ZHOL_TABLE_demand_total, rows[k].demand_total_id), sum,
                           rows[k].value);
            }
            met++;
        }
    }
    CHECK(met >= 50);
}

/* What the year 2024 is known for: 13.7 + 15.3 + 3.0 = 32.0 Mt by rail with China. */
static void test_year_2024(void)
{
    uint32_t count;
    const struct zhol_demand *rows = zhol_corridor_demand(corridor, &count);
    double by[zhol_trade_COUNT] = {0};
    for (uint32_t i = 0; i < count; i++) {
        const char *via = id(ZHOL_TABLE_node, rows[i].via_node_id);
        if (rows[i].period_start == 19723 && rows[i].mode == zhol_mode_RAIL &&
            (strcmp(via, "DOSTYK") == 0 || strcmp(via, "ALTYNKOL") == 0)) {
            by[rows[i].direction] += rows[i].t;
        }
    }
    CHECK_NEAR(by[zhol_trade_EXPORT], 13.7e6, 0);
    CHECK_NEAR(by[zhol_trade_TRANSIT], 15.3e6, 0);
    CHECK_NEAR(by[zhol_trade_IMPORT], 3.0e6, 0);
}

/* No row counts a month more or less than its tonnes; ranges hold the value; what nobody published
 * is not called published. */
static void test_rows(void)
{
    uint32_t count, fitted = 0;
    const struct zhol_demand *rows = zhol_corridor_demand(corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (rows[i].demand_flow_id != ZHOL_NONE) {
            CHECK_NEAR(demand_tonnes(&rows[i], rows[i].period_start, rows[i].period_end), rows[i].t,
                       1e-6);
            CHECK(rows[i].t_low <= rows[i].t && rows[i].t <= rows[i].t_high);
            CHECK_INT_EQ(rows[i].kind, zhol_demand_kind_FITTED);
            CHECK(demand_is_soft(&rows[i]));
            fitted++;
        }
    }
    CHECK(fitted > 2000 && count < 6000);
}

/* ---- Against fits made anew ---- */

/* The text of a file of the corridor with one piece replaced. */
static void replace(const char *path, const char *from, const char *to)
{
    struct file_data data = {0};
    struct buffer out;
    buffer_init(&out);
    CHECK(!file_read(path, 1 << 24, &data, NULL));
    const char *at = strstr(data.bytes, from);
    CHECK(at != NULL);
    if (at) {
        buffer_append(&out, data.bytes, (size_t)(at - data.bytes));
        buffer_string(&out, to);
        buffer_string(&out, at + strlen(from));
        CHECK(!file_write(path, buffer_get(&out), out.size, NULL));
    }
    buffer_clear(&out);
    file_clear(&data);
}

/* ln of the ratio of a cell's tonnes with a piece of the inputs replaced. */
static double moved(const char *file, const char *from, const char *to, const char *cell,
                    const struct demand_fit *base)
{
    struct zhol_corridor *other = NULL;
    struct demand_fit fit;
    struct buffer command, path;
    char folder[] = "/tmp/zhol-demand-XXXXXX";
    double ratio = NAN;
    buffer_init(&command);
    buffer_init(&path);
    CHECK(mkdtemp(folder) != NULL);
    buffer_printf(&command, "cp -r '%s/corridors/china-kazakhstan/.' '%s'", root, folder);
    CHECK_INT_EQ(system(buffer_get(&command)), 0);
    buffer_printf(&path, "%s/%s", folder, file);
    replace(buffer_get(&path), from, to);
    CHECK(!zhol_corridor_read(folder, NULL, NULL, &other));
    if (other && !demand_make(other, 2024, &fit)) {
        uint32_t at = demand_find(&fit, cell), before = demand_find(base, cell);
        CHECK(at != ZHOL_NONE && before != ZHOL_NONE);
        if (at != ZHOL_NONE && before != ZHOL_NONE) {
            ratio = log((double)fit.cells[at].t / (double)base->cells[before].t);
        }
        demand_clear(&fit);
    }
    zhol_corridor_free(other);
    buffer_reset(&command);
    buffer_printf(&command, "rm -rf '%s'", folder);
    CHECK_INT_EQ(system(buffer_get(&command)), 0);
    buffer_clear(&command);
    buffer_clear(&path);
    return ratio;
}

static double influence(const struct demand_fit *fit, const char *cell, enum zhol_table table,
                        uint32_t row, bool high)
{
    struct demand_influence *list = NULL;
    uint32_t count = 0;
    double found = NAN;
    CHECK(!demand_influences(fit, demand_find(fit, cell), &list, &count));
    for (uint32_t i = 0; i < count; i++) {
        if (list[i].table == table && list[i].row == row) {
            found = high ? list[i].at_high : list[i].at_low;
        }
    }
    free(list);
    return found;
}

/* A weight and a total at their high ends: the first-order effect is that of a fit made anew, but
 * for terms of second order. */
static void test_influences(void)
{
    static const char cell[] = "D.2024.export-rail.RUDNY-URUMQI.iron_ore.DOSTYK";
    struct demand_fit base;
    uint32_t count;
    CHECK(!demand_make(corridor, 2024, &base));
    CHECK_INT_EQ(base.left_over, 0);
    const struct zhol_demand_generator *rows = zhol_corridor_demand_generator(corridor, &count);
    for (uint32_t row = 0; row < count; row++) {
        if (rows[row].dimension == zhol_demand_dimension_ORIGIN &&
            strcmp(id(ZHOL_TABLE_node, rows[row].node_id), "RUDNY") == 0) {
            double want = moved("demand_generator.csv", "RUDNY,iron_ore,,0.75,0.5,1.12",
                                "RUDNY,iron_ore,,1.12,0.5,1.12", cell, &base);
            CHECK_NEAR(influence(&base, cell, ZHOL_TABLE_demand_generator, row, true), want, 0.03);
        }
    }
    uint32_t total = zhol_corridor_find(corridor, ZHOL_TABLE_demand_total, "2024.altynkol.export");
    double want = moved("demand_total.csv", "4600000,t,4300000,5000000",
                        "5000000,t,4300000,5000000", cell, &base);
    CHECK_NEAR(influence(&base, cell, ZHOL_TABLE_demand_total,
                         zhol_corridor_row_on(corridor, ZHOL_TABLE_demand_total, total, 0), true),
               want, 0.02);
    demand_clear(&base);
}

static void test_scale(void)
{
    struct zhol_demand row = {
        .t = 100, .t_low = 95, .t_high = 120, .kind = zhol_demand_kind_FITTED};
    CHECK_NEAR(demand_scale(&row, 1.1, false), 1.1, 0);
    CHECK_NEAR(demand_scale(&row, 0.9, true), 0.95, 0);
    CHECK_NEAR(demand_scale(&row, 1.3, true), 1.2, 0);
    row.kind = zhol_demand_kind_PUBLISHED;
    CHECK_NEAR(demand_scale(&row, 1.1, false), 1, 0);
    row.kind = zhol_demand_kind_ASSUMED;
    row.t_low = NAN;
    CHECK_NEAR(demand_scale(&row, 0.5, true), 0.5, 0);
}

int main(int argc, char **argv)
{
    struct buffer dir;
    root = argc > 1 ? argv[1] : ".";
    buffer_init(&dir);
    buffer_printf(&dir, "%s/corridors/china-kazakhstan", root);
    if (zhol_corridor_read(buffer_get(&dir), NULL, NULL, &corridor)) {
        fprintf(stderr, "cannot read %s\n", buffer_get(&dir));
        return 1;
    }
    RUN(test_totals_are_met);
    RUN(test_year_2024);
    RUN(test_rows);
    RUN(test_influences);
    RUN(test_scale);
    zhol_corridor_free(corridor);
    buffer_clear(&dir);
    return check_report();
}
