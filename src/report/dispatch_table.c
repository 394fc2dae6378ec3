/* dispatch_table.c: a dispatcher's plan as tables of 80 columns. See dispatch_view.h. */
#include <stdlib.h>
#include <string.h>

#include "base/table_out.h"
#include "report/dispatch_view.h"
#include "report/format.h"
#include "report/lines.h"

static const char *w(const struct dispatch_view *view, enum dispatch_word word)
{
    return dispatch_word(word, view->lang);
}

/* ---- Cells ---- */

static void clock_cell(const struct dispatch_view *view, struct table_out *table, int32_t minute)
{
    struct buffer text;
    buffer_init(&text);
    dispatch_put_clock(view, minute, &text);
    table_out_text(table, buffer_get(&text));
    buffer_clear(&text);
}

/* "08:30-12:10" */
static void span_cell(const struct dispatch_view *view, struct table_out *table, int32_t from,
                      int32_t until)
{
    struct buffer text;
    buffer_init(&text);
    dispatch_put_clock(view, from, &text);
    if (from != ZHOL_DISPATCH_NEVER) {
        buffer_char(&text, '-');
        dispatch_put_clock(view, until, &text);
    }
    table_out_text(table, buffer_get(&text));
    buffer_clear(&text);
}

static void number_cell(const struct dispatch_view *view, struct table_out *table, double value)
{
    struct buffer text;
    buffer_init(&text);
    format_number(&text, value, 0, view->lang);
    table_out_text(table, buffer_get(&text));
    buffer_clear(&text);
}

static void late_cell(const struct dispatch_view *view, struct table_out *table, int32_t minutes)
{
    struct buffer text;
    buffer_init(&text);
    if (minutes > 0) {
        buffer_printf(&text, "%d:%02d", minutes / 60, minutes % 60);
    } else {
        buffer_char(&text, '-');
    }
    table_out_text(table, buffer_get(&text));
    buffer_clear(&text);
    (void)view;
}

static void put_heading(struct buffer *out, const char *text)
{
    buffer_printf(out, "\n%s\n\n", text);
}

/* Prints and clears a table. */
static void end_table(struct table_out *table, struct buffer *out)
{
    enum zhol_error error = table_out_print(table, out);
    if (error && !out->error) {
        out->error = error;
    }
    table_out_clear(table);
}

/* Heading and table; neither where the table has no rows. The table is cleared. */
static void put_table(struct buffer *out, const char *heading, struct table_out *table,
                      uint32_t rows)
{
    if (rows) {
        put_heading(out, heading);
        end_table(table, out);
    } else {
        table_out_clear(table);
    }
}

/* ---- Trains that come ---- */

static void arriving_row(const struct dispatch_view *view, struct table_out *table, uint32_t train)
{
    const struct dispatch_day *day = &view->joint->day;
    const struct zhol_dispatch_passage *passage = &view->joint->plan.passages[train];
    struct buffer into;
    buffer_init(&into);
    dispatch_put_into(view, train, &into);
    table_out_text(table, dispatch_text(day, day->train_labels[train].name));
    clock_cell(view, table, day->trains[train].ready_min);
    clock_cell(view, table, passage->accept_min);
    table_out_text(table, dispatch_row_name(view, day->track_labels, passage->track));
    table_out_text(table, dispatch_row_name(view, day->front_labels, passage->front));
    span_cell(view, table, passage->begin_min, passage->end_min);
    table_out_text(table, buffer_get(&into));
    late_cell(view, table, dispatch_late_min(view, train));
    buffer_clear(&into);
}

static void put_arriving(const struct dispatch_view *view, enum zhol_dispatch_gauge gauge,
                         const uint32_t *order, struct buffer *out)
{
    const struct dispatch_day *day = &view->joint->day;
    struct table_out table;
    struct buffer heading;
    uint32_t rows = 0;
    buffer_init(&heading);
    buffer_printf(&heading, w(view, DW_ARRIVING), dispatch_side_name(view, gauge),
                  dispatch_gauge_mm(gauge));
    table_out_init(&table, LINES_WIDTH);
    table_out_column(&table, w(view, DW_TRAIN), TABLE_WRAP);
    table_out_column(&table, w(view, DW_READY), TABLE_RIGHT);
    table_out_column(&table, w(view, DW_TAKEN), TABLE_RIGHT);
    table_out_column(&table, w(view, DW_TRACK), TABLE_WRAP);
    table_out_column(&table, w(view, DW_FRONT), TABLE_WRAP);
    table_out_column(&table, w(view, DW_HANDLED), TABLE_RIGHT);
    table_out_column(&table, w(view, DW_INTO), TABLE_WRAP);
    table_out_column(&table, w(view, DW_LATE), TABLE_RIGHT);
    for (uint32_t i = 0; i < day->engine.train_count; i++) {
        uint32_t train = order[i];
        if (day->trains[train].gauge == gauge &&
            view->joint->plan.passages[train].accept_min != ZHOL_DISPATCH_NEVER) {
            arriving_row(view, &table, train);
            rows++;
        }
    }
    put_table(out, buffer_get(&heading), &table, rows);
    buffer_clear(&heading);
}

/* ---- Trains that leave ---- */

static void formed_row(const struct dispatch_view *view, struct table_out *table, uint32_t formed)
{
    const struct dispatch_day *day = &view->joint->day;
    const struct zhol_dispatch_formed *one = &view->joint->plan.formed[formed];
    struct buffer made;
    buffer_init(&made);
    dispatch_put_made_of(view, formed, &made);
    number_cell(view, table, formed + 1);
    table_out_text(table,
                   dispatch_destination_name(day, one->destination, dispatch_lang_code(view)));
    table_out_text(table, buffer_get(&made));
    table_out_text(table, dispatch_row_name(view, day->track_labels, one->track));
    span_cell(view, table, one->open_min, one->depart_min);
    number_cell(view, table, dispatch_load_of(view, formed));
    number_cell(view, table, (double)one->weight_t);
    number_cell(view, table, (double)one->length_m);
    buffer_clear(&made);
}

static void put_formed(const struct dispatch_view *view, enum zhol_dispatch_gauge gauge,
                       struct buffer *out)
{
    const struct zhol_dispatch_plan *plan = &view->joint->plan;
    struct table_out table;
    struct buffer heading, leaves;
    uint32_t rows = 0;
    buffer_init(&heading);
    buffer_init(&leaves);
    buffer_printf(&heading, w(view, DW_FORMED), dispatch_gauge_mm(gauge));
    buffer_printf(&leaves, "%s-%s", w(view, DW_OPENS), w(view, DW_LEAVES));
    table_out_init(&table, LINES_WIDTH);
    table_out_column(&table, w(view, DW_NUMBER), TABLE_RIGHT);
    table_out_column(&table, w(view, DW_TO), TABLE_WRAP);
    table_out_column(&table, w(view, DW_FROM_TRAINS), TABLE_WRAP);
    table_out_column(&table, w(view, DW_TRACK), TABLE_WRAP);
    table_out_column(&table, buffer_get(&leaves), TABLE_RIGHT);
    table_out_column(&table, w(view, DW_LOAD), TABLE_RIGHT);
    table_out_column(&table, w(view, DW_TONNES), TABLE_RIGHT);
    table_out_column(&table, w(view, DW_METRES), TABLE_RIGHT);
    for (uint32_t i = 0; i < plan->formed_count; i++) {
        if (plan->formed[i].gauge == gauge) {
            formed_row(view, &table, i);
            rows++;
        }
    }
    put_table(out, buffer_get(&heading), &table, rows);
    buffer_clear(&heading);
    buffer_clear(&leaves);
}

/* ---- What is pushed ---- */

static void put_pushed(const struct dispatch_view *view, const uint32_t *order, struct buffer *out)
{
    const struct dispatch_day *day = &view->joint->day;
    struct table_out table;
    uint32_t rows = 0;
    table_out_init(&table, LINES_WIDTH);
    table_out_column(&table, w(view, DW_TRAIN), TABLE_WRAP);
    table_out_column(&table, w(view, DW_CLIENT), TABLE_WRAP);
    table_out_column(&table, w(view, DW_READY), TABLE_RIGHT);
    table_out_column(&table, w(view, DW_WHY), TABLE_WRAP);
    for (uint32_t i = 0; i < day->engine.train_count; i++) {
        uint32_t train = order[i], of;
        enum zhol_dispatch_cause cause;
        uint32_t pushed = dispatch_units_pushed(view, train, &of, &cause);
        struct buffer why;
        if (!pushed) {
            continue;
        }
        buffer_init(&why);
        if (pushed < of) {
            buffer_printf(&why, w(view, DW_PART_PUSHED), pushed, of);
            buffer_string(&why, ": ");
        }
        dispatch_put_why(view, train, cause, &why);
        table_out_text(&table, dispatch_text(day, day->train_labels[train].name));
        table_out_text(&table, dispatch_client_in(day, train, dispatch_lang_code(view)));
        clock_cell(view, &table, day->trains[train].ready_min);
        table_out_text(&table, buffer_get(&why));
        buffer_clear(&why);
        rows++;
    }
    put_table(out, w(view, DW_PUSHED), &table, rows);
    if (!rows) {
        buffer_printf(out, "\n%s\n", w(view, DW_NOTHING_PUSHED));
    }
}

/* ---- Needs ---- */

static void put_stock(const struct dispatch_view *view, struct buffer *out)
{
    const struct dispatch_day *day = &view->joint->day;
    struct table_out table;
    table_out_init(&table, LINES_WIDTH);
    table_out_column(&table, w(view, DW_WHAT), TABLE_WRAP);
    table_out_column(&table, w(view, DW_AT_START), TABLE_RIGHT);
    table_out_column(&table, w(view, DW_USED), TABLE_RIGHT);
    table_out_column(&table, w(view, DW_BACK), TABLE_RIGHT);
    table_out_column(&table, w(view, DW_LOWEST), TABLE_RIGHT);
    table_out_column(&table, w(view, DW_AT), TABLE_RIGHT);
    table_out_column(&table, w(view, DW_SHORT), TABLE_RIGHT);
    for (uint32_t i = 0; i < day->engine.stock_count; i++) {
        struct dispatch_stock_need need;
        enum zhol_error error = dispatch_stock_need(view, i, &need);
        if (error) {
            out->error = out->error ? out->error : error;
            break;
        }
        table_out_text(&table, dispatch_row_name(view, day->stock_labels, i));
        number_cell(view, &table, (double)need.start);
        number_cell(view, &table, (double)need.used);
        number_cell(view, &table, (double)need.back);
        number_cell(view, &table, (double)need.lowest);
        clock_cell(view, &table, need.lowest < need.start ? need.lowest_min : ZHOL_DISPATCH_NEVER);
        number_cell(view, &table, (double)need.missing);
    }
    if (day->engine.stock_count) {
        put_heading(out, w(view, DW_NEEDS));
        end_table(&table, out);
    } else {
        table_out_clear(&table);
    }
}

static void put_storage(const struct dispatch_view *view, struct buffer *out)
{
    struct buffer trains;
    buffer_init(&trains);
    dispatch_put_storage(view, &trains);
    if (trains.size) {
        put_heading(out, w(view, DW_STORAGE));
        lines_wrap(out, "", 0, buffer_get(&trains));
    }
    buffer_clear(&trains);
}

static void put_locomotives(const struct dispatch_view *view, struct buffer *out)
{
    struct table_out table;
    uint32_t rows = 0;
    table_out_init(&table, LINES_WIDTH);
    table_out_column(&table, w(view, DW_WHAT), TABLE_WRAP);
    table_out_column(&table, w(view, DW_COUNT), TABLE_RIGHT);
    table_out_column(&table, w(view, DW_TRIPS), TABLE_RIGHT);
    table_out_column(&table, w(view, DW_AT_ONCE), TABLE_RIGHT);
    table_out_column(&table, w(view, DW_AT), TABLE_RIGHT);
    for (int m = 0; m < ZHOL_DISPATCH_MOVES * ZHOL_DISPATCH_GAUGES; m++) {
        enum zhol_dispatch_move move = (enum zhol_dispatch_move)(m / ZHOL_DISPATCH_GAUGES);
        enum zhol_dispatch_gauge gauge = (enum zhol_dispatch_gauge)(m % ZHOL_DISPATCH_GAUGES);
        struct dispatch_locomotive_need need;
        struct buffer name;
        dispatch_locomotive_need(view, move, gauge, &need);
        if (!need.count) {
            continue;
        }
        buffer_init(&name);
        buffer_printf(&name, w(view, move == ZHOL_DISPATCH_ACCEPT ? DW_FETCHING : DW_HAULING),
                      dispatch_gauge_mm(gauge));
        table_out_text(&table, buffer_get(&name));
        number_cell(view, &table, (double)need.count);
        number_cell(view, &table, (double)need.trips);
        number_cell(view, &table, (double)need.at_once);
        clock_cell(view, &table, need.trips ? need.at_once_min : ZHOL_DISPATCH_NEVER);
        buffer_clear(&name);
        rows++;
    }
    put_table(out, w(view, DW_LOCOMOTIVES), &table, rows);
}

static void put_help(const struct dispatch_view *view, struct buffer *out)
{
    put_heading(out, w(view, DW_HELP));
    for (uint32_t i = 0; i < view->remedy_count; i++) {
        struct buffer line;
        buffer_init(&line);
        dispatch_put_remedy(view, i, &line);
        buffer_string(&line, ": ");
        dispatch_put_saves(view, i, &line);
        lines_wrap(out, "  - ", 4, buffer_get(&line));
        buffer_clear(&line);
    }
    if (!view->remedy_count) {
        buffer_printf(out, "%s\n", w(view, DW_NO_HELP));
    }
}

static void put_changed(const struct dispatch_view *view, struct buffer *out)
{
    const struct dispatch_day *day = &view->joint->day;
    struct buffer names;
    buffer_init(&names);
    put_heading(out, w(view, DW_CHANGED));
    for (uint32_t i = 0; i < view->changed_count; i++) {
        buffer_printf(&names, "%s%s", i ? ", " : "",
                      dispatch_text(day, day->train_labels[view->changed[i]].name));
    }
    if (!view->changed_count) {
        buffer_string(&names, w(view, DW_NOTHING_CHANGED));
    } else if (view->fewest) {
        buffer_printf(&names, ". %s", w(view, DW_FEWEST));
    } else {
        buffer_string(&names, ". ");
        buffer_printf(&names, w(view, DW_LEAST_CHANGED), view->changed_least);
    }
    lines_wrap(out, "", 0, buffer_get(&names));
    buffer_clear(&names);
}

/* Each line of a text, wrapped. */
static void put_lines(struct buffer *out, const char *text)
{
    struct text_view rest = text_view_of(text);
    while (rest.size) {
        struct text_view line = text_cut(&rest, '\n');
        struct buffer one;
        buffer_init(&one);
        buffer_view(&one, line);
        lines_wrap(out, "", 0, buffer_get(&one));
        buffer_clear(&one);
    }
}

void dispatch_table(const struct dispatch_view *view, struct buffer *out)
{
    uint32_t count = view->joint->day.engine.train_count;
    uint32_t *order = malloc((count ? count : 1) * sizeof *order);
    struct buffer head;
    if (!order) {
        out->error = out->error ? out->error : ZHOL_ERROR_MEMORY;
        return;
    }
    buffer_init(&head);
    dispatch_order(view, order);
    dispatch_put_title(view, out);
    buffer_string(out, "\n\n");
    dispatch_put_head(view, &head);
    put_lines(out, buffer_get(&head));
    if (view->replanned) {
        put_changed(view, out);
    }
    put_pushed(view, order, out);
    for (int g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
        put_arriving(view, (enum zhol_dispatch_gauge)g, order, out);
        put_formed(view, (enum zhol_dispatch_gauge) !g, out);
    }
    put_storage(view, out);
    put_stock(view, out);
    put_locomotives(view, out);
    if (view->has_remedies) {
        put_help(view, out);
    }
    buffer_reset(&head);
    buffer_printf(&head, "%s.\n", w(view, DW_LEGEND_MARKS));
    dispatch_put_basis(view, &head);
    buffer_char(out, '\n');
    put_lines(out, buffer_get(&head));
    buffer_clear(&head);
    free(order);
}
