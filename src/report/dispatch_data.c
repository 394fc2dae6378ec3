/* dispatch_data.c: a dispatcher's plan as CSV, JSON and a workbook. See dispatch_view.h. */
#include "base/csv.h"
#include "base/json.h"
#include "report/dispatch_view.h"
#include "report/workbook.h"

static void clock_cell(const struct dispatch_view *view, struct csv_writer *csv, int32_t minute)
{
    struct buffer text;
    buffer_init(&text);
    if (minute != ZHOL_DISPATCH_NEVER) {
        dispatch_minute_text(&view->joint->day, minute, &text);
    }
    csv_write_text(csv, buffer_get(&text));
    buffer_clear(&text);
}

static void header(struct csv_writer *csv, const char *const *names)
{
    for (; *names; names++) {
        csv_write_text(csv, *names);
    }
    csv_write_end(csv);
}

static void name_cell(const struct dispatch_view *view, struct csv_writer *csv,
                      const struct dispatch_label *labels, uint32_t row)
{
    csv_write_text(csv, row == ZHOL_DISPATCH_NONE ? "" : dispatch_row_name(view, labels, row));
}

static void unit_row(const struct dispatch_view *view, struct csv_writer *csv, uint32_t i)
{
    const struct dispatch_day *day = &view->joint->day;
    const struct zhol_dispatch_plan *plan = &view->joint->plan;
    const struct zhol_dispatch_unit *unit = &day->units[i];
    const struct zhol_dispatch_train *train = &day->trains[unit->train];
    const struct zhol_dispatch_carriage *carriage = &plan->carriages[i];
    const struct zhol_dispatch_passage *passage = &plan->passages[unit->train];
    csv_write_text(csv, dispatch_text(day, day->train_labels[unit->train].name));
    csv_write_text(csv, dispatch_client_in(day, unit->train, dispatch_lang_code(view)));
    csv_write_int(csv, dispatch_gauge_mm(train->gauge));
    csv_write_text(csv, dispatch_work_words[train->work]);
    csv_write_text(csv,
                   dispatch_destination_name(day, unit->destination, dispatch_lang_code(view)));
    csv_write_int(csv, unit->boxes_20);
    csv_write_int(csv, unit->boxes_40);
    csv_write_int(csv, unit->weight_t);
    csv_write_int(csv, unit->length_m);
    csv_write_int(csv, unit->pieces);
    clock_cell(view, csv, train->ready_min);
    clock_cell(view, csv, unit->contract_min);
    clock_cell(view, csv, passage->accept_min);
    name_cell(view, csv, day->track_labels, passage->track);
    name_cell(view, csv, day->front_labels, passage->front);
    clock_cell(view, csv, passage->begin_min);
    clock_cell(view, csv, passage->end_min);
    csv_write_text(csv, carriage->yard ? "yard" : "direct");
    bool pushed = carriage->formed == ZHOL_DISPATCH_NONE;
    if (pushed) {
        csv_write_text(csv, "");
    } else {
        csv_write_int(csv, (int64_t)carriage->formed + 1);
    }
    clock_cell(view, csv, pushed ? ZHOL_DISPATCH_NEVER : carriage->leave_min);
    csv_write_int(csv, carriage->late_min);
    clock_cell(view, csv, carriage->storage_min);
    enum zhol_dispatch_cause cause =
        passage->cause != ZHOL_DISPATCH_BY_NONE ? passage->cause : carriage->cause;
    struct buffer why;
    buffer_init(&why);
    if (pushed) {
        dispatch_put_why(view, unit->train, cause, &why);
    }
    csv_write_text(csv, buffer_get(&why));
    buffer_clear(&why);
    csv_write_end(csv);
}

void dispatch_csv(const struct dispatch_view *view, struct buffer *out)
{
    static const char *const names[] = {
        "train",    "client",   "gauge",    "work",         "destination", "boxes_20",
        "boxes_40", "weight_t", "length_m", "pieces",       "ready",       "contract",
        "accepted", "track",    "front",    "begin",        "end",         "by",
        "formed",   "leaves",   "late_min", "storage_from", "pushed_by",   NULL};
    struct csv_writer csv;
    csv_writer_init(&csv, out);
    header(&csv, names);
    for (uint32_t i = 0; i < view->joint->plan.unit_count; i++) {
        unit_row(view, &csv, i);
    }
}

static void formed_sheet(const struct dispatch_view *view, struct buffer *out)
{
    static const char *const names[] = {
        "number", "gauge",  "destination",   "from_trains", "track",    "locomotive",
        "opens",  "leaves", "feu_or_wagons", "weight_t",    "length_m", "heavy_20_pairs",
        "pieces", NULL};
    const struct dispatch_day *day = &view->joint->day;
    struct csv_writer csv;
    csv_writer_init(&csv, out);
    header(&csv, names);
    for (uint32_t i = 0; i < view->joint->plan.formed_count; i++) {
        const struct zhol_dispatch_formed *formed = &view->joint->plan.formed[i];
        struct buffer made;
        buffer_init(&made);
        dispatch_put_made_of(view, i, &made);
        csv_write_int(&csv, (int64_t)i + 1);
        csv_write_int(&csv, dispatch_gauge_mm(formed->gauge));
        csv_write_text(
            &csv, dispatch_destination_name(day, formed->destination, dispatch_lang_code(view)));
        csv_write_text(&csv, buffer_get(&made));
        name_cell(view, &csv, day->track_labels, formed->track);
        name_cell(view, &csv, day->locomotive_labels, formed->locomotive);
        clock_cell(view, &csv, formed->open_min);
        clock_cell(view, &csv, formed->depart_min);
        csv_write_real(&csv, dispatch_load_of(view, i));
        csv_write_int(&csv, formed->weight_t);
        csv_write_int(&csv, formed->length_m);
        csv_write_int(&csv, formed->heavy_20_pairs);
        csv_write_int(&csv, formed->pieces);
        csv_write_end(&csv);
        buffer_clear(&made);
    }
}

static void stock_sheet(const struct dispatch_view *view, struct buffer *out)
{
    static const char *const names[] = {"stock",  "gauge",     "at_start", "used", "back",
                                        "lowest", "lowest_at", "missing",  NULL};
    const struct dispatch_day *day = &view->joint->day;
    struct csv_writer csv;
    csv_writer_init(&csv, out);
    header(&csv, names);
    for (uint32_t i = 0; i < day->engine.stock_count; i++) {
        struct dispatch_stock_need need;
        enum zhol_error error = dispatch_stock_need(view, i, &need);
        if (error) {
            out->error = out->error ? out->error : error;
            return;
        }
        csv_write_text(&csv, dispatch_row_name(view, day->stock_labels, i));
        csv_write_int(&csv, dispatch_gauge_mm(day->stocks[i].gauge));
        csv_write_int(&csv, need.start);
        csv_write_int(&csv, need.used);
        csv_write_int(&csv, need.back);
        csv_write_int(&csv, need.lowest);
        clock_cell(view, &csv, need.lowest_min);
        csv_write_int(&csv, need.missing);
        csv_write_end(&csv);
    }
}

static void about_sheet(const struct dispatch_view *view, struct buffer *out)
{
    struct csv_writer csv;
    struct buffer text;
    csv_writer_init(&csv, out);
    buffer_init(&text);
    dispatch_put_title(view, &text);
    buffer_char(&text, '\n');
    dispatch_put_head(view, &text);
    dispatch_put_basis(view, &text);
    struct text_view rest = text_view_of(buffer_get(&text));
    while (rest.size) {
        csv_write_view(&csv, text_cut(&rest, '\n'));
        csv_write_end(&csv);
    }
    buffer_clear(&text);
}

enum zhol_error dispatch_xlsx(const struct dispatch_view *view, struct buffer *out)
{
    static const char *const names[REPORT_LANG_COUNT][4] = {
        {"Plan", "Groups", "Formed trains", "Stock"}, {"План", "Группы", "Формируемые", "Парк"}};
    struct workbook_sheet sheets[4];
    struct buffer texts[4];
    enum zhol_error error = ZHOL_ERROR_OK;
    for (int i = 0; i < 4; i++) {
        buffer_init(&texts[i]);
    }
    about_sheet(view, &texts[0]);
    dispatch_csv(view, &texts[1]);
    formed_sheet(view, &texts[2]);
    stock_sheet(view, &texts[3]);
    for (int i = 0; i < 4; i++) {
        error = error ? error : texts[i].error;
        sheets[i] =
            (struct workbook_sheet){names[view->lang][i], text_view_of(buffer_get(&texts[i]))};
    }
    error = error ? error : workbook_write(sheets, 4, out);
    for (int i = 0; i < 4; i++) {
        buffer_clear(&texts[i]);
    }
    return error;
}

/* What would help most, best first. */
static void put_help(const struct dispatch_view *view, struct json_writer *json)
{
    json_write_key(json, "help_most");
    json_write_array(json);
    for (uint32_t i = 0; i < view->remedy_count; i++) {
        struct buffer what;
        buffer_init(&what);
        dispatch_put_remedy(view, i, &what);
        json_write_object(json);
        json_member_text(json, "what", buffer_get(&what));
        json_member_int(json, "late_saved", view->remedies[i].late_saved);
        json_member_int(json, "units_saved", view->remedies[i].pushed_saved);
        json_write_object_end(json);
        buffer_clear(&what);
    }
    json_write_array_end(json);
}

/* The trains that a new plan changes, and how many change in any. */
static void put_changed(const struct dispatch_view *view, struct json_writer *json)
{
    const struct dispatch_day *day = &view->joint->day;
    json_write_key(json, "changed");
    json_write_array(json);
    for (uint32_t i = 0; i < view->changed_count; i++) {
        json_write_text(json, dispatch_text(day, day->train_labels[view->changed[i]].name));
    }
    json_write_array_end(json);
    json_member_int(json, "changed_least", view->changed_least);
}

void dispatch_json(const struct dispatch_view *view, struct buffer *out)
{
    struct json_writer json;
    json_writer_init(&json, out, true);
    json_write_object(&json);
    dispatch_joint_write_members(view->joint, &json);
    if (view->has_remedies) {
        put_help(view, &json);
    }
    if (view->replanned) {
        put_changed(view, &json);
    }
    json_write_object_end(&json);
    json_writer_end(&json);
}
