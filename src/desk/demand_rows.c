/* demand_rows.c: the demand table as a file (desk/demand.h). */
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/time.h"
#include "desk/demand.h"

static const char fitted_source[] = "fitted-demand";

/* A row as it stands. */
static void copy_row(const struct zhol_corridor *corridor, uint32_t row, struct csv_writer *writer)
{
    struct buffer cell;
    buffer_init(&cell);
    for (uint32_t i = 0; i < zhol_table_columns(ZHOL_TABLE_demand); i++) {
        size_t size = zhol_corridor_cell(corridor, ZHOL_TABLE_demand, row, i, NULL, 0);
        buffer_reset(&cell);
        if (buffer_reserve(&cell, size + 1)) {
            zhol_corridor_cell(corridor, ZHOL_TABLE_demand, row, i, cell.bytes, size + 1);
            csv_write_view(writer, (struct text_view){cell.bytes, (uint32_t)size});
        } else {
            writer->out->error = ZHOL_ERROR_MEMORY;
        }
    }
    csv_write_end(writer);
    buffer_clear(&cell);
}

static void write_day(struct csv_writer *writer, int32_t day)
{
    char text[TIME_TEXT_SIZE];
    time_format_date(day, text);
    csv_write_text(writer, text);
}

static void write_teu(struct csv_writer *writer, int64_t teu)
{
    if (teu) {
        csv_write_int(writer, teu);
    } else {
        csv_write_text(writer, "");
    }
}

/* The columns are those of zhol/tables.h, in their order. */
static void write_cell(const struct demand_fit *fit, const struct demand_cell *cell,
                       struct csv_writer *writer)
{
    const struct zhol_corridor *corridor = fit->corridor;
    struct buffer id;
    uint32_t count;
    const struct zhol_demand_flow *flow = &zhol_corridor_demand_flow(corridor, &count)[cell->flow];
    buffer_init(&id);
    demand_cell_id(fit, cell, &id);
    csv_write_text(writer, buffer_get(&id));
    buffer_clear(&id);
    csv_write_text(writer, zhol_corridor_id(corridor, ZHOL_TABLE_node, cell->from));
    csv_write_text(writer, zhol_corridor_id(corridor, ZHOL_TABLE_node, cell->to));
    csv_write_text(writer, zhol_corridor_id(corridor, ZHOL_TABLE_commodity, cell->commodity));
    csv_write_text(writer, zhol_trade_text(flow->direction));
    csv_write_text(writer, zhol_demand_route_text(flow->route));
    csv_write_text(writer, zhol_mode_text(flow->mode));
    csv_write_text(writer, zhol_corridor_id(corridor, ZHOL_TABLE_node, cell->via));
    write_day(writer, fit->day_from);
    write_day(writer, fit->day_to);
    csv_write_int(writer, cell->t);
    write_teu(writer, cell->teu);
    csv_write_int(writer, cell->t_low);
    csv_write_int(writer, cell->t_high);
    for (uint32_t m = 0; m < DEMAND_MONTHS; m++) {
        csv_write_int(writer, cell->month_t[m]);
    }
    csv_write_text(writer, zhol_demand_kind_text(cell->kind));
    csv_write_text(writer,
                   zhol_corridor_id(corridor, ZHOL_TABLE_demand_flow, flow->demand_flow_id));
    csv_write_text(writer, "");
    csv_write_text(writer, fitted_source);
    csv_write_text(writer, zhol_confidence_text(zhol_confidence_LOW));
    csv_write_text(writer, "");
    csv_write_text(writer, "");
    csv_write_end(writer);
}

static bool is_made_anew(const struct zhol_demand *row, const struct demand_fit *fits,
                         uint32_t fit_count)
{
    bool anew = false;
    for (uint32_t f = 0; f < fit_count; f++) {
        anew = anew || (row->demand_flow_id != ZHOL_NONE && row->period_start == fits[f].day_from);
    }
    return anew;
}

/* Fitted rows of years that stay, before or after the first year made anew. */
static void copy_years(const struct zhol_corridor *corridor, const struct demand_fit *fits,
                       uint32_t fit_count, bool before, struct csv_writer *writer)
{
    uint32_t count;
    const struct zhol_demand *rows = zhol_corridor_demand(corridor, &count);
    for (uint32_t row = 0; row < count; row++) {
        bool earlier = fit_count && rows[row].period_start < fits[0].day_from;
        if (rows[row].demand_flow_id != ZHOL_NONE && !is_made_anew(&rows[row], fits, fit_count) &&
            earlier == before) {
            copy_row(corridor, row, writer);
        }
    }
}

enum zhol_error demand_write(const struct zhol_corridor *corridor, const struct demand_fit *fits,
                             uint32_t fit_count, struct buffer *out)
{
    struct csv_writer writer;
    uint32_t count;
    const struct zhol_demand *rows = zhol_corridor_demand(corridor, &count);
    csv_writer_init(&writer, out);
    for (uint32_t i = 0; i < zhol_table_columns(ZHOL_TABLE_demand); i++) {
        csv_write_text(&writer, zhol_column_name(ZHOL_TABLE_demand, i));
    }
    csv_write_end(&writer);
    for (uint32_t row = 0; row < count; row++) {
        if (rows[row].demand_flow_id == ZHOL_NONE) {
            copy_row(corridor, row, &writer);
        }
    }
    copy_years(corridor, fits, fit_count, true, &writer);
    for (uint32_t f = 0; f < fit_count; f++) {
        for (uint32_t c = 0; c < fits[f].fitted_count; c++) {
            write_cell(&fits[f], &fits[f].cells[c], &writer);
        }
    }
    copy_years(corridor, fits, fit_count, false, &writer);
    return out->error;
}
