/* dispatch_report.c: see dispatch_report.h. */
#include "report/dispatch_report.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/csv.h"
#include "base/json.h"
#include "base/table_out.h"
#include "base/time.h"
#include "report/dispatch_words.h"
#include "report/lines.h"
#include "report/workbook.h"

enum { IN_TIME_MIN = 60 };

void dispatch_ledger_init(struct dispatch_ledger *ledger, enum report_lang lang)
{
    memset(ledger, 0, sizeof *ledger);
    ledger->lang = lang;
    text_pool_init(&ledger->texts);
    map_init(&ledger->keys);
}

void dispatch_ledger_clear(struct dispatch_ledger *ledger)
{
    text_pool_clear(&ledger->texts);
    map_clear(&ledger->keys);
    free(ledger->rows);
    memset(ledger, 0, sizeof *ledger);
}

static const char *text(const struct dispatch_ledger *ledger, uint32_t offset)
{
    return text_pool_get(&ledger->texts, offset);
}

/* ---- Adding ---- */

/* The row of a train's crossing, direction, client and month. */
static enum zhol_error row_of(struct dispatch_ledger *ledger, const struct dispatch_joint *joint,
                              uint32_t train, uint32_t *row)
{
    const struct dispatch_day *day = &joint->day;
    enum zhol_dispatch_gauge gauge = day->trains[train].gauge;
    const char *lang = ledger->lang == REPORT_RU ? "ru" : "en";
    char month[TIME_TEXT_SIZE];
    struct buffer direction, key;
    uint32_t texts[4] = {0};
    time_format_date(day->date, month);
    month[7] = '\0';
    buffer_init(&direction);
    buffer_init(&key);
    buffer_printf(
        &direction, "%s-%s", dispatch_side(day, gauge),
        dispatch_side(day, gauge == ZHOL_DISPATCH_1435 ? ZHOL_DISPATCH_1520 : ZHOL_DISPATCH_1435));
    const char *const parts[4] = {
        zhol_node_name(day->corridor, day->node[ZHOL_DISPATCH_1520], lang), buffer_get(&direction),
        dispatch_client_in(day, train, lang), month};
    enum zhol_error error = direction.error;
    for (int i = 0; i < 4 && !error; i++) {
        error = text_pool_intern(&ledger->texts, text_view_of(parts[i]), &texts[i]);
        buffer_printf(&key, "%u|", texts[i]);
    }
    error = error ? error : key.error;
    *row = ledger->count;
    error =
        error ? error : map_add(&ledger->keys, text_view_of(buffer_get(&key)), ledger->count, row);
    if (!error) {
        error = ARRAY_RESERVE(ledger->rows, ledger->room, ledger->count + 1);
        if (!error) {
            ledger->rows[ledger->count++] = (struct dispatch_ledger_row){
                .crossing = texts[0], .direction = texts[1], .client = texts[2], .month = texts[3]};
        }
    }
    buffer_clear(&direction);
    buffer_clear(&key);
    return error == ZHOL_ERROR_DUPLICATE ? ZHOL_ERROR_OK : error;
}

/* What was agreed for a train; of a plan that was never agreed, what it proposes. */
static struct dispatch_promise plan_of(const struct dispatch_joint *joint, uint32_t train)
{
    const struct zhol_dispatch_passage *it = &joint->plan.passages[train];
    return joint->promises
               ? joint->promises[train]
               : (struct dispatch_promise){it->accept_min,
                                           dispatch_train_leaves(&joint->day, &joint->plan, train),
                                           it->cause};
}

static void count_train(struct dispatch_ledger_row *row, const struct dispatch_joint *joint,
                        uint32_t train)
{
    const struct dispatch_promise plan = plan_of(joint, train);
    const struct dispatch_fact *fact = &joint->facts[train];
    if (plan.accept_min == ZHOL_DISPATCH_NEVER) {
        row->pushed++;
        row->causes[plan.cause]++;
    } else {
        row->planned++;
    }
    if (fact->accepted_min == ZHOL_DISPATCH_NEVER) {
        return;
    }
    row->taken++;
    if (plan.accept_min != ZHOL_DISPATCH_NEVER) {
        int32_t delay = fact->accepted_min - plan.accept_min;
        bool left = fact->left_min == ZHOL_DISPATCH_NEVER ||
                    plan.leave_min == ZHOL_DISPATCH_NEVER ||
                    fact->left_min <= plan.leave_min + IN_TIME_MIN;
        row->in_time += delay <= IN_TIME_MIN && left;
        row->delay_min += delay > 0 ? delay : 0;
    }
}

enum zhol_error dispatch_ledger_add(struct dispatch_ledger *ledger,
                                    const struct dispatch_joint *joint)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    ledger->proposed += joint->promises == NULL;
    for (uint32_t i = 0; i < joint->plan.train_count && !error; i++) {
        uint32_t row;
        error = row_of(ledger, joint, i, &row);
        if (!error) {
            count_train(&ledger->rows[row], joint, i);
        }
    }
    return error;
}

/* ---- Writing ---- */

static bool before(const struct dispatch_ledger *ledger, const struct dispatch_ledger_row *a,
                   const struct dispatch_ledger_row *b)
{
    const uint32_t x[] = {a->crossing, a->direction, a->client, a->month};
    const uint32_t y[] = {b->crossing, b->direction, b->client, b->month};
    for (int i = 0; i < 4; i++) {
        int order = strcmp(text(ledger, x[i]), text(ledger, y[i]));
        if (order) {
            return order < 0;
        }
    }
    return false;
}

static void sort_rows(struct dispatch_ledger *ledger)
{
    for (uint32_t i = 1; i < ledger->count; i++) {
        struct dispatch_ledger_row row = ledger->rows[i];
        uint32_t at = i;
        for (; at > 0 && before(ledger, &row, &ledger->rows[at - 1]); at--) {
            ledger->rows[at] = ledger->rows[at - 1];
        }
        ledger->rows[at] = row;
    }
}

static enum zhol_dispatch_cause most(const struct dispatch_ledger_row *row)
{
    int best = ZHOL_DISPATCH_BY_NONE;
    for (int c = 0; c < ZHOL_DISPATCH_CAUSE_COUNT; c++) {
        best = row->causes[c] > row->causes[best] ? c : best;
    }
    return (enum zhol_dispatch_cause)best;
}

static double share(const struct dispatch_ledger_row *row)
{
    return row->planned ? 100.0 * row->taken / row->planned : 0;
}

static double delay_h(const struct dispatch_ledger_row *row)
{
    return row->taken ? (double)row->delay_min / row->taken / 60 : 0;
}

static void add_up(struct dispatch_ledger_row *total, const struct dispatch_ledger_row *row)
{
    total->planned += row->planned;
    total->pushed += row->pushed;
    total->taken += row->taken;
    total->in_time += row->in_time;
    total->delay_min += row->delay_min;
    for (int c = 0; c < ZHOL_DISPATCH_CAUSE_COUNT; c++) {
        total->causes[c] += row->causes[c];
    }
}

static void table_row(const struct dispatch_ledger *ledger, struct table_out *table,
                      const struct dispatch_ledger_row *row, const char *first)
{
    struct buffer where;
    buffer_init(&where);
    buffer_printf(&where, "%s %s", text(ledger, row->crossing), text(ledger, row->direction));
    table_out_text(table, first ? first : buffer_get(&where));
    buffer_clear(&where);
    table_out_text(table, first ? "" : text(ledger, row->client));
    table_out_text(table, first ? "" : text(ledger, row->month));
    table_out_int(table, row->planned);
    table_out_int(table, row->taken);
    table_out_real(table, share(row), 0);
    table_out_int(table, row->in_time);
    table_out_real(table, delay_h(row), 1);
    table_out_int(table, row->pushed);
}

static void put_causes(const struct dispatch_ledger *ledger,
                       const struct dispatch_ledger_row *total, struct buffer *out)
{
    for (int c = 1; c < ZHOL_DISPATCH_CAUSE_COUNT; c++) {
        if (total->causes[c]) {
            buffer_printf(out, "  %u: %s\n", total->causes[c],
                          dispatch_cause((enum zhol_dispatch_cause)c, ledger->lang));
        }
    }
}

enum zhol_error dispatch_ledger_table(struct dispatch_ledger *ledger, struct buffer *out)
{
    static const enum dispatch_word columns[] = {DW_CROSSING, DW_CLIENT,   DW_MONTH,
                                                 DW_PLANNED,  DW_ACCEPTED, DW_SHARE,
                                                 DW_IN_TIME,  DW_DELAY,    DW_PUSHED_COUNT};
    struct dispatch_ledger_row total = {0};
    struct table_out table;
    sort_rows(ledger);
    table_out_init(&table, LINES_WIDTH);
    for (int i = 0; i < 9; i++) {
        table_out_column(&table, dispatch_word(columns[i], ledger->lang),
                         i < 3 ? TABLE_WRAP : TABLE_RIGHT);
    }
    for (uint32_t i = 0; i < ledger->count; i++) {
        table_row(ledger, &table, &ledger->rows[i], NULL);
        add_up(&total, &ledger->rows[i]);
    }
    table_row(ledger, &table, &total, dispatch_word(DW_TOTAL, ledger->lang));
    buffer_printf(out, "%s\n\n", dispatch_word(DW_REPORT_TITLE, ledger->lang));
    enum zhol_error error = table_out_print(&table, out);
    table_out_clear(&table);
    if (total.pushed) {
        buffer_printf(out, "\n%s\n", dispatch_word(DW_PUSHED, ledger->lang));
        put_causes(ledger, &total, out);
    }
    if (ledger->proposed) {
        struct buffer note;
        buffer_init(&note);
        buffer_printf(&note, dispatch_word(DW_NOT_AGREED, ledger->lang), ledger->proposed);
        buffer_char(out, '\n');
        lines_wrap(out, "", 0, buffer_get(&note));
        buffer_clear(&note);
    }
    if (!total.taken) {
        buffer_char(out, '\n');
        lines_wrap(out, "", 0, dispatch_word(DW_NO_FACTS, ledger->lang));
    }
    return error ? error : out->error;
}

enum zhol_error dispatch_ledger_csv(struct dispatch_ledger *ledger, struct buffer *out)
{
    static const char *const names[] = {"crossing", "direction", "client",  "month",  "planned",
                                        "taken",    "in_time",   "delay_h", "pushed", "mostly_by"};
    struct csv_writer csv;
    sort_rows(ledger);
    csv_writer_init(&csv, out);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        csv_write_text(&csv, names[i]);
    }
    csv_write_end(&csv);
    for (uint32_t i = 0; i < ledger->count; i++) {
        const struct dispatch_ledger_row *row = &ledger->rows[i];
        csv_write_text(&csv, text(ledger, row->crossing));
        csv_write_text(&csv, text(ledger, row->direction));
        csv_write_text(&csv, text(ledger, row->client));
        csv_write_text(&csv, text(ledger, row->month));
        csv_write_int(&csv, row->planned);
        csv_write_int(&csv, row->taken);
        csv_write_int(&csv, row->in_time);
        csv_write_fixed(&csv, delay_h(row), 2);
        csv_write_int(&csv, row->pushed);
        csv_write_text(&csv, row->pushed ? dispatch_cause(most(row), ledger->lang) : "");
        csv_write_end(&csv);
    }
    return out->error;
}

enum zhol_error dispatch_ledger_json(struct dispatch_ledger *ledger, struct buffer *out)
{
    struct json_writer json;
    sort_rows(ledger);
    json_writer_init(&json, out, true);
    json_write_object(&json);
    json_write_key(&json, "rows");
    json_write_array(&json);
    for (uint32_t i = 0; i < ledger->count; i++) {
        const struct dispatch_ledger_row *row = &ledger->rows[i];
        json_write_object(&json);
        json_member_text(&json, "crossing", text(ledger, row->crossing));
        json_member_text(&json, "direction", text(ledger, row->direction));
        json_member_text(&json, "client", text(ledger, row->client));
        json_member_text(&json, "month", text(ledger, row->month));
        json_member_int(&json, "planned", row->planned);
        json_member_int(&json, "taken", row->taken);
        json_member_int(&json, "in_time", row->in_time);
        json_member_fixed(&json, "delay_h", delay_h(row), 2);
        json_member_int(&json, "pushed", row->pushed);
        json_member_text(&json, "mostly_by",
                         row->pushed ? zhol_dispatch_cause_word(most(row)) : NULL);
        json_write_object_end(&json);
    }
    json_write_array_end(&json);
    json_member_int(&json, "plans_not_agreed", ledger->proposed);
    json_write_object_end(&json);
    return json_writer_end(&json);
}

enum zhol_error dispatch_ledger_xlsx(struct dispatch_ledger *ledger, struct buffer *out)
{
    struct buffer csv;
    buffer_init(&csv);
    enum zhol_error error = dispatch_ledger_csv(ledger, &csv);
    struct workbook_sheet sheet = {ledger->lang == REPORT_RU ? "План и факт" : "Plan against fact",
                                   text_view_of(buffer_get(&csv))};
    error = error ? error : workbook_write(&sheet, 1, out);
    buffer_clear(&csv);
    return error;
}
