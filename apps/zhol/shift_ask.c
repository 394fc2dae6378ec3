/* shift_ask.c: what the corridor and the options say about a shift. See shift_ask.h. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "base/zone.h"
#include "shift_ask.h"

/* Assumptions where the shift says nothing; docs/shift.md names them. */
#define XRAY_UNITS  1.0
#define XRAY_HOUR   20.0
#define XRAY_SHARE  15.0
#define BY_HAND     2.0
#define CLEAR_DAYS  14.0
#define RECENT_DAYS 7

int64_t shift_utc(const struct shift_asked *asked, int64_t local_s)
{
    uint32_t total, begin, end;
    const struct zhol_corridor *corridor = asked->page->corridor;
    struct zone *zone = NULL;
    int64_t utc_s = local_s;
    zhol_corridor_rows(corridor, ZHOL_TABLE_node, page_row(asked->page, asked->row)->node_id,
                       &begin, &end);
    const struct zhol_node *node = &zhol_corridor_node(corridor, &total)[begin];
    if (!zone_load(zhol_corridor_text(corridor, node->time_zone), &zone)) {
        zone_local_to_utc(zone, local_s, &utc_s);
    }
    zone_free(zone);
    return utc_s;
}

/* ---- what both sides planned ---- */

/* What a side takes on a day that is open for open_s; INFINITY: it sets no limit. */
static double side_total(const struct shift_asked *asked, unsigned side,
                         const struct queue_day *day)
{
    uint32_t total, count;
    double least = INFINITY;
    const struct zhol_corridor *corridor = asked->page->corridor;
    const struct zhol_slot_plan *plans = zhol_corridor_slot_plan(corridor, &total);
    uint32_t queue = page_row(asked->page, asked->row)->queue_id;
    const uint32_t *rows = zhol_corridor_rows_of(corridor, ZHOL_TABLE_slot_plan, queue, &count);
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_slot_plan *plan = &plans[rows[i]];
        if (plan->side == side && zhol_day_in(day->day, plan->valid_from, plan->valid_to)) {
            double hours = (double)day->open_total_s / TIME_HOUR_S;
            least = fmin(least, plan->vehicles * (plan->per == zhol_per_HOUR ? hours : 1));
        }
    }
    return least;
}

static double open_part(const struct queue_day *day, int64_t from_s, int64_t to_s)
{
    int64_t open_s = 0;
    for (uint32_t i = 0; i < day->span_count; i++) {
        int64_t a = day->open_s[i] > from_s ? day->open_s[i] : from_s;
        int64_t b = day->close_s[i] < to_s ? day->close_s[i] : to_s;
        open_s += b > a ? b - a : 0;
    }
    return (double)open_s / (double)(to_s - from_s);
}

static void add_day(struct shift_asked *asked, unsigned which, int64_t start_s,
                    const struct queue_day *day)
{
    double hours = (double)day->open_total_s / TIME_HOUR_S;
    for (uint32_t h = 0; h < SHIFT_HOURS && day->span_count; h++) {
        int64_t at_s = start_s + (int64_t)h * TIME_HOUR_S;
        double part = open_part(day, at_s, at_s + TIME_HOUR_S);
        if (part <= 0) {
            continue;
        }
        asked->open[which][h] += part;
        asked->plan[which][h] +=
            queue_day_before(day, at_s + TIME_HOUR_S) - queue_day_before(day, at_s);
        for (unsigned side = 0; side < 2; side++) {
            unsigned whose = side ? zhol_queue_side_OTHER : zhol_queue_side_OWN;
            asked->side[which][side][h] += side_total(asked, whose, day) * part / hours;
        }
    }
}

static int read_plan(struct shift_asked *asked)
{
    const char *id = page_queue_id(asked->page, asked->row);
    for (unsigned which = 0; which < 2; which++) {
        int64_t start_s = shift_utc(asked, ((int64_t)asked->day + which) * TIME_DAY_S);
        struct queue_day *days = NULL;
        uint32_t count;
        enum zhol_error error = queue_days(asked->page->corridor, id, start_s, start_s + TIME_DAY_S,
                                           ZHOL_BLANK_DATE, &days, &count);
        if (error) {
            return fail(asked->page->given, EXIT_FAILED, "%s", zhol_error_text(error));
        }
        asked->start_s = which ? asked->start_s : start_s;
        for (uint32_t i = 0; i < count; i++) {
            add_day(asked, which, start_s, &days[i]);
        }
        free(days);
    }
    return EXIT_FINE;
}

static double sum(const double values[SHIFT_HOURS])
{
    double total = 0;
    for (uint32_t h = 0; h < SHIFT_HOURS; h++) {
        total += values[h];
    }
    return total;
}

/* ---- resources ---- */

/* Officers' lanes: the process of the border at the checkpoint, at its technical time. */
static void find_lanes(struct shift_asked *asked)
{
    uint32_t total;
    const struct zhol_queue *queue = page_row(asked->page, asked->row);
    const struct zhol_process *rows = zhol_corridor_process(asked->page->corridor, &total);
    unsigned kind = queue->direction == zhol_direction_OUT ? zhol_process_kind_BORDER_EXIT
                                                           : zhol_process_kind_BORDER_ENTRY;
    for (uint32_t i = 0; i < total; i++) {
        if (rows[i].node_id == queue->node_id && rows[i].kind == kind &&
            rows[i].batch == zhol_batch_TRUCK && rows[i].servers > 0 && rows[i].min_h > 0 &&
            zhol_day_in(asked->day, rows[i].valid_from, rows[i].valid_to)) {
            asked->view.lanes = rows[i].servers;
            asked->view.lane_min = rows[i].min_h * 60;
        }
    }
}

static int number(const struct shift_asked *asked, const char *option, double low, double high,
                  double usual, double *value)
{
    *value = usual;
    return given_value(asked->page->given, option)
               ? load_number(asked->page->given, option, low, high, value)
               : EXIT_FINE;
}

/* "all", "8..14" or "08:00..14:00". */
static int read_down(struct shift_asked *asked)
{
    const char *value = given_value(asked->page->given, "xray-down");
    struct shift_xray_view *xray = &asked->view.xray;
    char tail = 0;
    xray->to = SHIFT_HOURS;
    if (!value) {
        return EXIT_FINE;
    }
    xray->down = true;
    if (strcmp(value, "all") != 0 &&
        sscanf(value, "%2u:00..%2u:00%c", &xray->from, &xray->to, &tail) != 2 &&
        sscanf(value, "%2u..%2u%c", &xray->from, &xray->to, &tail) != 2) {
        xray->to = SHIFT_HOURS + 1;
    }
    if (xray->to > SHIFT_HOURS || xray->from >= xray->to) {
        return fail(asked->page->given, EXIT_MISUSED,
                    page_ru(asked->page) ? "--xray-down: нужно all или часы, например 08:00..14:00"
                                         : "--xray-down: all, or full hours such as 08:00..14:00");
    }
    return EXIT_FINE;
}

static int read_xray(struct shift_asked *asked)
{
    struct shift_xray_view *xray = &asked->view.xray;
    double share = XRAY_SHARE;
    int code = number(asked, "xrays", 0, 100, XRAY_UNITS, &xray->units);
    code = code == EXIT_FINE ? number(asked, "xray-hour", 0.1, 1000, XRAY_HOUR, &xray->per_hour)
                             : code;
    code = code == EXIT_FINE ? number(asked, "xray-share", 0, 100, XRAY_SHARE, &share) : code;
    code = code == EXIT_FINE ? number(asked, "by-hand", 0, 1000, BY_HAND, &xray->by_hand) : code;
    code = code == EXIT_FINE
               ? number(asked, "lanes", 0, 1000, asked->view.lanes, &asked->view.lanes)
               : code;
    xray->share = share / 100;
    return code == EXIT_FINE ? read_down(asked) : code;
}

/* What each resource lets through; `accepted`: what the other side takes instead, NaN: as planned.
 */
static void put_capacities(struct shift_asked *asked, double accepted)
{
    struct shift_view *view = &asked->view;
    struct shift_xray_view *xray = &view->xray;
    const double open_sum = sum(asked->open[0]);
    double plan[SHIFT_HOURS], lost[SHIFT_HOURS];
    for (uint32_t h = 0; h < SHIFT_HOURS; h++) {
        double *const hour[] = {
            &view->day.capacity[SHIFT_OTHER_SIDE][h], &view->day.capacity[SHIFT_OWN_LIMIT][h],
            &view->day.capacity[SHIFT_LANES][h], &view->day.capacity[SHIFT_XRAY][h]};
        double open = asked->open[0][h];
        *hour[0] = isnan(accepted) ? asked->side[0][1][h]
                   : open_sum > 0  ? accepted * open / open_sum
                                   : 0;
        *hour[1] = asked->side[0][0][h];
        *hour[2] = view->lane_min > 0 ? open * view->lanes * 60 / view->lane_min : INFINITY;
        *hour[3] = xray->share > 0 ? open * xray->units * xray->per_hour / xray->share : INFINITY;
        plan[h] = fmin(fmin(*hour[0], *hour[1]), *hour[2]);
    }
    xray->planned = sum(plan);
    if (xray->down) {
        double half[SHIFT_HOURS];
        xray->lost_low =
            shift_xray_lost(plan, xray->share / 2, xray->by_hand, xray->from, xray->to, half);
        xray->lost_high = shift_xray_lost(plan, fmin(1, xray->share * 2), xray->by_hand, xray->from,
                                          xray->to, half);
        xray->lost = shift_xray_lost(plan, xray->share, xray->by_hand, xray->from, xray->to, lost);
        for (uint32_t h = xray->from; h < xray->to; h++) {
            view->day.capacity[SHIFT_XRAY][h] = plan[h] - lost[h];
        }
    }
}

/* ---- the cut ---- */

/* The mean of the last open days published before the day; NaN: none. */
static double measured(const struct shift_asked *asked, double days[RECENT_DAYS], uint32_t *count)
{
    const struct observed *observed = &asked->figures.observed;
    double total = 0;
    *count = 0;
    for (uint32_t i = observed->day_count; i-- > 0 && *count < RECENT_DAYS;) {
        if (observed->days[i].date < asked->day && observed->days[i].accepted > 0) {
            days[*count] = observed->days[i].accepted;
            total += days[(*count)++];
        }
    }
    return *count ? total / *count : NAN;
}

static void put_row(struct shift_cut_view *cut, int64_t target, int64_t limit)
{
    int64_t low = shift_over(cut->waiting, cut->planned, cut->low, cut->buffer);
    int64_t high = shift_over(cut->waiting, cut->planned, cut->high, cut->buffer);
    cut->rows[cut->row_count++] =
        (struct shift_cut_row){.target = target,
                               .limit = limit,
                               .days = shift_days(cut->over, limit, cut->accepted),
                               .days_low = shift_days(low, limit, cut->low),
                               .days_high = shift_days(high, limit, cut->high)};
}

static void put_rows(struct shift_cut_view *cut, int64_t clear_days, int64_t own_limit)
{
    static const int64_t usual[] = {3, 7, 14, 30};
    bool done = false;
    for (size_t i = 0; i < 4; i++) {
        if (!done && clear_days <= usual[i]) {
            cut->chosen = cut->row_count;
            put_row(cut, clear_days, shift_limit(cut->over, cut->accepted, clear_days));
            done = true;
        }
        if (usual[i] != clear_days) {
            put_row(cut, usual[i], shift_limit(cut->over, cut->accepted, usual[i]));
        }
    }
    if (!done) {
        cut->chosen = cut->row_count;
        put_row(cut, clear_days, shift_limit(cut->over, cut->accepted, clear_days));
    }
    if (own_limit >= 0) {
        cut->chosen = cut->row_count;
        put_row(cut, 0, own_limit);
    }
}

static int read_cut(struct shift_asked *asked, double *accepted)
{
    struct shift_cut_view *cut = &asked->view.cut;
    double days[RECENT_DAYS], clear = CLEAR_DAYS, own = -1, buffer = 0, mean, said;
    uint32_t count;
    mean = measured(asked, days, &count);
    int code = number(asked, "accept", 0, 100000, mean, &said);
    code = code == EXIT_FINE ? number(asked, "clear-days", 1, 365, CLEAR_DAYS, &clear) : code;
    code = code == EXIT_FINE ? number(asked, "limit", 0, 100000, -1, &own) : code;
    code = code == EXIT_FINE ? number(asked, "may-wait", 0, 100000, 0, &buffer) : code;
    *accepted = said;
    cut->known = code == EXIT_FINE && !isnan(said);
    if (!cut->known) {
        return code;
    }
    bool booked = asked->view.origin == SHIFT_JOURNAL || asked->view.origin == SHIFT_LIST;
    cut->measured = !given_value(asked->page->given, "accept");
    cut->measured_days = count >= 5 ? count : 0;
    cut->accepted = (int64_t)floor(said + 0.5);
    cut->planned =
        (int64_t)floor((booked ? sum(asked->view.day.arrivals) : sum(asked->plan[0])) + 0.5);
    cut->waiting = (int64_t)floor(asked->view.day.waiting + 0.5);
    cut->buffer = (int64_t)buffer;
    shift_band(days, count, cut->accepted, &cut->low, &cut->high);
    cut->over = shift_over(cut->waiting, cut->planned, cut->accepted, cut->buffer);
    put_rows(cut, (int64_t)clear, (int64_t)own);
    return EXIT_FINE;
}

/* ---- tomorrow's slots ---- */

static void put_slots(struct shift_asked *asked)
{
    struct shift_view *view = &asked->view;
    uint32_t total, rows[QUEUE_CATEGORIES];
    double shares[QUEUE_CATEGORIES], lost[SHIFT_HOURS], missed = 0;
    const struct zhol_queue_category *all =
        zhol_corridor_queue_category(asked->page->corridor, &total);
    view->category_count = queue_categories(asked->page->corridor, asked->row, asked->day, rows);
    for (uint32_t c = 0; c < view->category_count; c++) {
        const struct zhol_queue_category *row = &all[rows[c]];
        view->shared[c] = row->share_max_pct < 100;
        shares[c] = view->shared[c] ? row->share_max_pct / 100 : 1;
        view->category_ids[c] = zhol_corridor_text(asked->page->corridor, row->category);
        view->categories[c] =
            answer_text(asked->page->given, asked->page->loaded, row->name, row->name_ru);
    }
    view->limit_plan = (int64_t)floor(sum(asked->plan[1]) + 1e-6);
    if (view->xray.down) {
        missed = shift_xray_lost(asked->plan[1], view->xray.share, view->xray.by_hand,
                                 view->xray.from, view->xray.to, lost);
    }
    view->limit = view->limit_plan - (int64_t)ceil(missed - 1e-6);
    if (view->cut.known && view->cut.rows[view->cut.chosen].limit < view->limit) {
        view->limit = view->cut.rows[view->cut.chosen].limit;
    }
    view->limit = view->limit > 0 ? view->limit : 0;
    shift_slots(asked->plan[1], (uint32_t)view->limit, shares, view->category_count, &view->slots);
}

/* ---- where to divert ---- */

static double limit_of(const struct shift_asked *asked, const struct advice_point *point)
{
    struct queue_day *days = NULL;
    uint32_t count;
    int64_t noon_s = asked->start_s + TIME_DAY_S / 2;
    double vehicles = NAN;
    if (!queue_days(asked->page->corridor, point->queue_id, noon_s, noon_s + 1, ZHOL_BLANK_DATE,
                    &days, &count) &&
        count) {
        vehicles = days[0].vehicles;
    }
    free(days);
    return vehicles;
}

static void put_point(const struct shift_asked *asked, const struct advice_point *from,
                      struct shift_point *to)
{
    char text[ANSWER_TEXT];
    *to = (struct shift_point){.km = from->drive_km,
                               .drive_h = from->drive_h,
                               .limit_day = limit_of(asked, from),
                               .known = from->known && from->call.p50_s != INT64_MAX};
    snprintf(to->name, sizeof to->name, "%s",
             zhol_node_name(asked->page->corridor, from->node, load_lang(asked->page->given)));
    if (to->known) {
        page_local(asked->page, from->queue_row, from->call.p50_s, text);
        snprintf(to->p50, sizeof to->p50, "%.16s", text);
        page_local(asked->page, from->queue_row, from->call.p90_s, text);
        snprintf(to->p90, sizeof to->p90, "%.16s", from->call.p90_s == INT64_MAX ? "-" : text);
    }
}

static int put_points(struct shift_asked *asked)
{
    const struct zhol_queue *queue = page_row(asked->page, asked->row);
    struct advice_ask ask = {.from = queue->node_id,
                             .depart_s = asked->start_s + 8 * TIME_HOUR_S,
                             .direction = queue->direction,
                             .day = asked->day};
    struct advice advice;
    int code = page_points(asked->page, &ask, &advice);
    if (code != EXIT_FINE) {
        return code == EXIT_NO_ANSWER ? EXIT_FINE : code;
    }
    asked->points = calloc((size_t)advice.count + 1, sizeof *asked->points);
    for (uint32_t i = 0; i < advice.count && asked->points; i++) {
        if (advice.points[i].node != queue->node_id) {
            put_point(asked, &advice.points[i], &asked->points[asked->view.point_count++]);
        }
    }
    advice_close(&advice);
    asked->view.points = asked->points;
    return asked->points
               ? EXIT_FINE
               : fail(asked->page->given, EXIT_FAILED, "%s", zhol_error_text(ZHOL_ERROR_MEMORY));
}

/* ---- all of it ---- */

static int answer(struct shift_asked *asked)
{
    double accepted;
    int code = shift_arrivals(asked);
    code = code == EXIT_FINE ? read_xray(asked) : code;
    code = code == EXIT_FINE ? read_cut(asked, &accepted) : code;
    if (code != EXIT_FINE) {
        return code;
    }
    put_capacities(asked, accepted);
    enum zhol_error error = shift_flow(&asked->view.day, &asked->view.flow);
    if (error) {
        return fail(asked->page->given, EXIT_FAILED, "%s", zhol_error_text(error));
    }
    put_slots(asked);
    return put_points(asked);
}

int shift_ask(struct page *page, uint32_t row, struct shift_asked *asked)
{
    *asked = (struct shift_asked){.page = page, .row = row, .day = page->loaded->day};
    asked->view = (struct shift_view){.lang = page_ru(page) ? REPORT_RU : REPORT_EN,
                                      .corridor = page_ru(page) && *page->loaded->about.title_ru
                                                      ? page->loaded->about.title_ru
                                                      : page->loaded->about.title,
                                      .corridor_id = page->loaded->about.name,
                                      .queue_id = page_queue_id(page, row),
                                      .queue_name = page_queue_name(page, row)};
    char text[ANSWER_TEXT];
    snprintf(asked->view.date, sizeof asked->view.date, "%.10s", answer_day(asked->day, "", text));
    snprintf(asked->view.next_date, sizeof asked->view.next_date, "%.10s",
             answer_day(asked->day + 1, "", text));
    find_lanes(asked);
    int code = figures_read(page, row, false, &asked->figures);
    code = code == EXIT_FINE ? read_plan(asked) : code;
    return code == EXIT_FINE ? answer(asked) : code;
}

void shift_ask_clear(struct shift_asked *asked)
{
    figures_clear(&asked->figures);
    free(asked->vehicles);
    free(asked->missing);
    free(asked->points);
}
