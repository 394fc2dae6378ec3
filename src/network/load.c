/* network/load.c: from a quantity of a commodity to what it fills: boxes, wagons, trucks. */
#include <math.h>

#include <zhol/network.h>

/* Up to the next whole number; what stands behind it by rounding of a product does not count. */
static double round_up(double value)
{
    return ceil(value - 1e-9);
}

/* The figures of a load class in a state; NULL where there are none. */
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

static double needed(double units, const struct zhol_load_class *figures, bool trucks)
{
    if (!figures) {
        return 0;
    }
    return round_up(units * (trucks ? figures->trucks : figures->wagons));
}

/* TEU of one load unit: from any state, since a box is a box; 0 where it is none. */
static double teu_of(const struct zhol_corridor *corridor, uint32_t thing)
{
    for (unsigned state = 1; state < zhol_state_COUNT; state++) {
        const struct zhol_load_class *figures = class_in(corridor, thing, state);
        if (figures && figures->teu > 0) {
            return figures->teu;
        }
    }
    return 0;
}

enum zhol_error zhol_load_make(const struct zhol_corridor *corridor, uint32_t commodity, double teu,
                               double tonnes, struct zhol_load *out)
{
    bool by_teu = teu > 0;
    if (commodity >= zhol_corridor_things(corridor, ZHOL_TABLE_commodity) ||
        by_teu == (tonnes > 0) || !(teu >= 0 && teu <= 1e9) || !(tonnes >= 0 && tonnes <= 1e9)) {
        return ZHOL_ERROR_USAGE;
    }
    uint32_t begin, end, count;
    const struct zhol_commodity *rows = zhol_corridor_commodity(corridor, &count);
    zhol_corridor_rows(corridor, ZHOL_TABLE_commodity, commodity, &begin, &end);
    const struct zhol_commodity *row = &rows[begin];
    double unit_teu = teu_of(corridor, row->load_class_id);
    if (!(row->t_per_unit > 0) || (by_teu && unit_teu <= 0)) {
        return ZHOL_ERROR_INVALID;
    }
    double units = by_teu ? teu / unit_teu : tonnes / row->t_per_unit;
    uint32_t class = row->load_class_id;
    *out = (struct zhol_load){
        .commodity = commodity,
        .class = row->class,
        .tonnes = by_teu ? units * row->t_per_unit : tonnes,
        .teu = by_teu ? teu : round_up(units) * unit_teu,
        .wagons1435 = needed(units, class_in(corridor, class, zhol_state_RAIL1435), false),
        .wagons1520 = needed(units, class_in(corridor, class, zhol_state_RAIL1520), false),
        .trucks = needed(units, class_in(corridor, class, zhol_state_ROAD), true),
        .units = round_up(units),
    };
    return ZHOL_ERROR_OK;
}
