/* report/plan_csv.c: a plan as CSV: one row a leg, with its itinerary's totals on each row. */
#include "base/csv.h"
#include "base/time.h"
#include "report/plan_write.h"

struct page {
    const struct plan_view *view;
    struct csv_writer csv;
    struct buffer text;
};

static const char *const columns[] = {
    "corridor",    "as_of",       "date",      "scenario",    "itinerary",   "arrival",
    "arrival_p50", "arrival_p90", "total_min", "total_usd",   "cost_known",  "total_co2e_g",
    "co2e_known",  "leg",         "kind",      "text",        "mode",        "service",
    "process",     "from_id",     "from",      "to_id",       "to",          "ready",
    "wait_min",    "wait_reason", "start",     "end",         "running_min", "handling_min",
    "border_min",  "length_km",   "cost_usd",  "storage_usd", "co2e_g",      "source",
    "evidence"};

static void cell(struct page *p)
{
    csv_write_text(&p->csv, buffer_get(&p->text));
    p->csv.out->error = p->csv.out->error ? p->csv.out->error : p->text.error;
    buffer_reset(&p->text);
}

static void cell_time(struct page *p, struct report_time time)
{
    format_iso(&p->text, time);
    cell(p);
}

static void cell_promise(struct page *p, bool known, struct report_time time)
{
    if (known) {
        cell_time(p, time);
    } else {
        csv_write_text(&p->csv, "");
    }
}

static void cell_day(struct page *p, int32_t day)
{
    char text[TIME_TEXT_SIZE];
    time_format_date(day, text);
    csv_write_text(&p->csv, text);
}

static void cell_place(struct page *p, uint32_t node)
{
    csv_write_text(&p->csv, zhol_corridor_id(p->view->corridor, ZHOL_TABLE_node, node));
    csv_write_text(&p->csv, plan_view_place(p->view, node));
}

static void cell_flag(struct page *p, bool is)
{
    csv_write_text(&p->csv, is ? "true" : "false");
}

static void cells_of_itinerary(struct page *p, const struct view_itinerary *it)
{
    const struct zhol_corridor_about *about = &p->view->about;
    csv_write_text(&p->csv, about->name);
    cell_day(p, about->as_of);
    cell_day(p, p->view->net.day);
    csv_write_text(&p->csv, about->scenario);
    csv_write_int(&p->csv, it->number + 1);
    cell_time(p, it->arrival);
    cell_promise(p, it->p50_known, it->p50);
    cell_promise(p, it->p90_known, it->p90);
    csv_write_int(&p->csv, it->minutes);
    csv_write_fixed(&p->csv, (double)it->of->cents / 100, 2);
    cell_flag(p, it->cost_known);
    csv_write_int(&p->csv, it->of->co2e_g);
    cell_flag(p, it->co2e_known);
}

static void cells_of_what(struct page *p, const struct view_leg *leg)
{
    static const char *const kinds[VIEW_LEG_KIND_COUNT] = {[VIEW_MOVE] = "move",
                                                           [VIEW_RIDE] = "ride",
                                                           [VIEW_HANDLING] = "handling",
                                                           [VIEW_BORDER] = "border"};
    csv_write_text(&p->csv, kinds[leg->kind]);
    plan_view_leg_text(p->view, leg, &p->text);
    cell(p);
    csv_write_text(&p->csv, zhol_mode_text(leg->mode));
    csv_write_text(&p->csv, zhol_corridor_id(p->view->corridor, ZHOL_TABLE_service, leg->service));
    csv_write_text(&p->csv, zhol_process_kind_text(leg->process_kind));
    cell_place(p, leg->from);
    cell_place(p, leg->to);
}

static void cells_of_figures(struct page *p, const struct view_leg *leg)
{
    uint32_t count;
    const struct zhol_source *rows = zhol_corridor_source(p->view->corridor, &count);
    static const char *const evidence[ZHOL_EVIDENCE_COUNT] = {
        [ZHOL_PUBLISHED] = "published", [ZHOL_DERIVED] = "derived", [ZHOL_ASSUMED] = "assumed"};
    csv_write_int(&p->csv, leg->minutes[VIEW_RUNS]);
    csv_write_int(&p->csv, leg->minutes[VIEW_HANDLES]);
    csv_write_int(&p->csv, leg->minutes[VIEW_BORDERS]);
    csv_write_fixed(&p->csv, (double)leg->length_m / 1000, 3);
    if (leg->cost_unknown) {
        csv_write_text(&p->csv, "");
    } else {
        csv_write_fixed(&p->csv, (double)leg->cents / 100, 2);
    }
    csv_write_fixed(&p->csv, (double)leg->storage_cents / 100, 2);
    if (leg->co2e_unknown) {
        csv_write_text(&p->csv, "");
    } else {
        csv_write_int(&p->csv, leg->co2e_g);
    }
    csv_write_text(&p->csv, leg->source.row == ZHOL_NONE
                                ? ""
                                : zhol_corridor_id(p->view->corridor, ZHOL_TABLE_source,
                                                   rows[leg->source.row].source_id));
    csv_write_text(&p->csv, evidence[leg->source.evidence]);
}

static void write_leg(struct page *p, const struct view_itinerary *it, uint32_t number)
{
    const struct view_leg *leg = &p->view->legs[it->first_leg + number];
    cells_of_itinerary(p, it);
    csv_write_int(&p->csv, number + 1);
    cells_of_what(p, leg);
    cell_time(p, leg->ready);
    csv_write_int(&p->csv, leg->minutes[VIEW_WAITS]);
    plan_view_wait_text(p->view, leg, &p->text);
    cell(p);
    cell_time(p, leg->start);
    cell_time(p, leg->end);
    cells_of_figures(p, leg);
    csv_write_end(&p->csv);
}

void plan_write_csv(const struct plan_view *view, struct buffer *out)
{
    struct page p = {.view = view};
    buffer_init(&p.text);
    csv_writer_init(&p.csv, out);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        csv_write_text(&p.csv, columns[i]);
    }
    csv_write_end(&p.csv);
    for (uint32_t i = 0; i < view->itinerary_count; i++) {
        const struct view_itinerary *it = &view->itineraries[i];
        for (uint32_t k = 0; k < it->leg_count; k++) {
            write_leg(&p, it, k);
        }
    }
    buffer_clear(&p.text);
}
