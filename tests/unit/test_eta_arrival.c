/* test_eta_arrival.c: distributions of durations against their figures; the promise of an arrival
 * against journeys drawn by another method from the same distributions (coverage), from the middle
 * of the way, behind a queue, with observed dwells; the same promise on every surface. On the
 * reference corridor.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/random.h"
#include "check.h"
#include "desk/eta_arrival.h"
#include "desk/eta_present.h"
#include "desk/eta_spread.h"
#include "plan/departure.h"
#include "report/plan_write.h"
#include "serve/model_plan.h"

static const char *root;
static struct zhol_corridor *corridor;
static struct zhol_network *network;

/* ---- distributions ---- */

static void test_spread(void)
{
    struct eta_spread s;
    struct eta_figures row = {2, 12.5, 16, 30.63, ETA_LOGNORMAL};
    CHECK_INT_EQ(eta_spread_make(&row, &s), ZHOL_ERROR_OK);
    CHECK_NEAR(eta_spread_at(&s, 0.5), 12.5, 1e-9);
    CHECK_NEAR(eta_spread_at(&s, 0.9), 30.63, 1e-6);
    CHECK(eta_spread_at(&s, 0.0001) == 2); /* never below the technical minimum */
    row = (struct eta_figures){2, 12, 13.2, 21.6, ETA_TRIANGULAR};
    CHECK_INT_EQ(eta_spread_make(&row, &s), ZHOL_ERROR_OK);
    CHECK(s.shape == ETA_TRIANGULAR);
    CHECK_NEAR(eta_spread_at(&s, 0.5), 12, 1e-9);
    CHECK_NEAR(eta_spread_at(&s, 0.9), 21.6, 1e-9);
    row = (struct eta_figures){0, 10, NAN, NAN, ETA_LOGNORMAL};
    CHECK_INT_EQ(eta_spread_make(&row, &s), ZHOL_ERROR_OK);
    CHECK_NEAR(s.log_sd, ETA_PROCESS_LOG_SD, 1e-12);
    row.mean_h = 12.8; /* from the mean alone: the same spread as the 90th percentile of 24.5 */
    CHECK_INT_EQ(eta_spread_make(&row, &s), ZHOL_ERROR_OK);
    CHECK_NEAR(eta_spread_at(&s, 0.9), 24.6, 0.1);
    row = (struct eta_figures){5, 0, NAN, NAN, ETA_LOGNORMAL};
    CHECK_INT_EQ(eta_spread_make(&row, &s), ZHOL_ERROR_OK);
    CHECK(eta_spread_at(&s, 0.99) == 0);
    row.median_h = NAN;
    CHECK_INT_EQ(eta_spread_make(&row, &s), ZHOL_ERROR_INVALID);
    row.median_h = -1;
    CHECK_INT_EQ(eta_spread_make(&row, &s), ZHOL_ERROR_INVALID);
}

static void test_learning(void)
{
    struct eta_figures row = {2, 12.5, 16, 30.63, ETA_LOGNORMAL};
    struct eta_spread prior, s;
    double dwells[200], bad[3] = {NAN, -1, INFINITY};
    CHECK_INT_EQ(eta_spread_make(&row, &prior), ZHOL_ERROR_OK);
    for (uint32_t i = 0; i < 200; i++) { /* a place that takes twice as long, with a third less
                                            spread */
        dwells[i] = random_lognormal_at((i + 0.5) / 200, log(25), 0.45);
    }
    s = prior;
    eta_spread_learn(&s, bad, 3);
    CHECK(memcmp(&s, &prior, sizeof s) == 0);
    eta_spread_learn(&s, dwells, 200);
    CHECK_NEAR(s.median_h, 25, 0.7);
    CHECK_NEAR(s.log_sd, 0.45, 0.03);
    s = prior;
    eta_spread_learn(&s, &dwells[199], 1); /* one odd train of 88 h */
    CHECK(s.median_h > 12.5 && s.median_h < 20);
    double zero = 0;
    eta_spread_learn(&s, &zero, 1);
    CHECK(isfinite(s.median_h) && s.median_h > 0);
}

/* Nine of ten trains take 10 h, one 40 h: no lognormal has both its median and its tail. */
static void test_own_shape(void)
{
    struct eta_figures row = {2, 12.5, 16, 30.63, ETA_LOGNORMAL};
    struct eta_spread s;
    double dwells[400];
    CHECK_INT_EQ(eta_spread_make(&row, &s), ZHOL_ERROR_OK);
    for (uint32_t i = 0; i < 400; i++) {
        dwells[i] = i < 360 ? 10 + i / 3600.0 : 40;
    }
    eta_spread_learn(&s, dwells, 400);
    double median_h = eta_spread_at(&s, 0.5), tail_h = eta_spread_at(&s, 0.95);
    CHECK(fabs(tail_h - 40) > 10);
    eta_spread_shape(&s, dwells, 400);
    CHECK(fabs(eta_spread_at(&s, 0.5) - 10.05) < fabs(median_h - 10.05));
    CHECK(fabs(eta_spread_at(&s, 0.95) - 40) < 5);
    for (uint32_t i = 1; i < 1000; i++) {
        CHECK(eta_spread_at(&s, i / 1000.0) >= eta_spread_at(&s, (i - 1 + 0.5) / 1000));
    }
    eta_spread_shape(&s, dwells, ETA_SEEN_LEAST - 1);
    CHECK_NEAR(eta_spread_at(&s, 0.95), tail_h, 0);
}

/* ---- questions ---- */

struct asked {
    struct zhol_consignment order;
    struct zhol_plan_result result;
};

static uint32_t node(const char *id)
{
    return zhol_corridor_find(corridor, ZHOL_TABLE_node, id);
}

static bool ask(struct asked *a, const char *from, const char *to, const char *commodity)
{
    struct zhol_plan_options options = {.time = ZHOL_TIME_MEDIAN};
    int64_t ready = (int64_t)zhol_network_view(network).day * 1440 + 480;
    memset(a, 0, sizeof *a);
    a->order = (struct zhol_consignment){
        .from = node(from), .to = node(to), .ready_min = ready, .deadline_min = INT64_MAX};
    uint32_t thing = zhol_corridor_find(corridor, ZHOL_TABLE_commodity, commodity);
    enum zhol_error error = zhol_load_make(corridor, thing, 2, 0, &a->order.load);
    error = error ? error : zhol_plan(network, corridor, &a->order, &options, &a->result);
    CHECK_INT_EQ(error, ZHOL_ERROR_OK);
    return error == ZHOL_ERROR_OK;
}

/* ---- coverage: another walker with its own luck ---- */

static double below(double z)
{
    return 0.5 * erfc(-z / sqrt(2));
}

struct journey {
    struct problem problem;
    struct departures departures;
    uint64_t number;
    uint64_t seed;
};

static double normal(const struct journey *j, uint64_t what, uint64_t which)
{
    return random_normal_at(random_uniform_at(j->seed + j->number, what, which));
}

/* Hours of a plain arc in this journey: marginals from the rows, luck shared by place and mode. */
static double plain_h(const struct journey *j, uint32_t number)
{
    const struct zhol_network_view *net = &j->problem.net;
    const struct zhol_arc *arc = &net->arcs[number];
    struct eta_figures f = {.min_h = arc->minutes[ZHOL_TIME_MIN] / 60.0,
                            .median_h = arc->minutes[ZHOL_TIME_MEDIAN] / 60.0,
                            .mean_h = NAN,
                            .p90_h = NAN,
                            .shape = ETA_LOGNORMAL};
    struct eta_spread s;
    uint32_t count;
    double z;
    if (arc->process == ZHOL_NONE) {
        z = sqrt(1 - ETA_MODE_SHARE) * normal(j, 1, number) +
            sqrt(ETA_MODE_SHARE) * normal(j, 2, arc->mode);
        double h = f.median_h * exp(ETA_RUN_LOG_SD * z);
        return h > f.min_h ? h : f.min_h;
    }
    const struct zhol_process *p = &zhol_corridor_process(corridor, &count)[arc->process];
    f.p90_h = p->p90_h;
    f.mean_h = p->mean_h;
    f.shape = p->distribution == zhol_distribution_FIXED        ? ETA_FIXED
              : p->distribution == zhol_distribution_TRIANGULAR ? ETA_TRIANGULAR
                                                                : ETA_LOGNORMAL;
    eta_spread_make(&f, &s);
    z = sqrt(1 - ETA_PLACE_SHARE) * normal(j, 3, p->process_id) +
        sqrt(ETA_PLACE_SHARE) * normal(j, 4, p->node_id);
    return eta_spread_at(&s, below(z));
}

static double way_h(const struct journey *j, uint32_t arc)
{
    const struct zhol_network_view *net = &j->problem.net;
    if (net->arcs[arc].kind != ZHOL_ARC_RIDE) {
        return plain_h(j, arc);
    }
    const struct zhol_ride *ride = &net->rides[net->arcs[arc].thing];
    double h = 0;
    for (uint32_t k = 0; k < ride->way_count; k++) {
        uint32_t part = net->ways[ride->way + k];
        bool passes = false;
        if (zhol_network_admits(net, part, &j->problem.order->load, &passes) && !passes) {
            h += plain_h(j, part);
        }
    }
    return h;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* What makes the median of a published ride the published time; 1 for all others. */
static double scale_of(struct journey *j, uint32_t arc)
{
    enum { DRAWS = 801 };
    static double draws[DRAWS];
    const struct zhol_network_view *net = &j->problem.net;
    const struct zhol_arc *a = &net->arcs[arc];
    uint32_t count;
    const struct zhol_service_stop *stops = zhol_corridor_service_stop(corridor, &count);
    if (a->kind != ZHOL_ARC_RIDE || isnan(stops[net->rides[a->thing].to_stop].arrive_h)) {
        return 1;
    }
    uint64_t number = j->number;
    for (uint32_t i = 0; i < DRAWS; i++) {
        j->number = 1000000 + i;
        draws[i] = way_h(j, arc);
    }
    j->number = number;
    qsort(draws, DRAWS, sizeof *draws, by_value);
    return draws[DRAWS / 2] > 0 ? a->minutes[ZHOL_TIME_MEDIAN] / 60.0 / draws[DRAWS / 2] : 1;
}

static int64_t travel(const struct journey *j, const struct asked *a, uint32_t itinerary,
                      const double *scale)
{
    const struct zhol_itinerary *it = &a->result.itineraries[itinerary];
    int64_t t = a->order.ready_min;
    for (uint32_t k = 0; k < it->step_count; k++) {
        const struct zhol_step *step = &a->result.steps[it->first_step + k];
        const struct zhol_arc *arc = &j->problem.net.arcs[step->arc];
        if (step->passes) {
            continue;
        }
        t = step->wait_for == ZHOL_WAIT_CHOSEN && t < step->start_min ? step->start_min : t;
        if (arc->kind == ZHOL_ARC_RIDE) {
            const struct zhol_ride *ride = &j->problem.net.rides[arc->thing];
            double late = random_uniform_at(j->seed + j->number, 5, ride->service) - 0.5;
            t += llround(late * ride->headway_minutes);
        }
        t = departure_next(&j->departures, step->arc, t, NULL);
        if (t == DEPARTURE_NEVER) {
            return t;
        }
        t += llround(way_h(j, step->arc) * scale[k] * 60);
    }
    return t;
}

/* Shares of journeys that are there by P50 and by P90. */
static void cover(const char *from, const char *to, uint32_t most)
{
    enum { JOURNEYS = 1200, STEPS = 400 };
    struct asked a;
    struct eta_arrival *eta = NULL;
    struct journey j = {.seed = 977};
    struct zhol_plan_options options = {.time = ZHOL_TIME_MEDIAN, .horizon_days = 400};
    static double scale[STEPS];
    if (!ask(&a, from, to, "electronics")) {
        return;
    }
    CHECK_INT_EQ(problem_init(&j.problem, network, corridor, &a.order, &options), ZHOL_ERROR_OK);
    CHECK_INT_EQ(departure_init(&j.departures, &j.problem), ZHOL_ERROR_OK);
    CHECK_INT_EQ(departure_prepare(&j.departures), ZHOL_ERROR_OK);
    CHECK_INT_EQ(eta_arrival_new(network, corridor, &a.order, false, NULL, &eta), ZHOL_ERROR_OK);
    for (uint32_t i = 0; eta && i < a.result.itinerary_count && i < most; i++) {
        const struct zhol_itinerary *it = &a.result.itineraries[i];
        struct eta_arrival_promise promise;
        uint32_t by50 = 0, by90 = 0;
        CHECK_INT_EQ(eta_arrival_itinerary(eta, &a.result, i, NULL, &promise), ZHOL_ERROR_OK);
        CHECK(it->step_count <= STEPS);
        for (uint32_t k = 0; k < it->step_count && k < STEPS; k++) {
            scale[k] = scale_of(&j, a.result.steps[it->first_step + k].arc);
        }
        for (j.number = 0; j.number < JOURNEYS; j.number++) {
            int64_t t = travel(&j, &a, i, scale);
            by50 += t <= promise.p50_min;
            by90 += t <= promise.p90_min;
        }
        double p50 = (double)by50 / JOURNEYS, p90 = (double)by90 / JOURNEYS;
        printf("coverage %s-%s %u: P50 %.3f P90 %.3f\n", from, to, i + 1, p50, p90);
        CHECK(p50 >= 0.45 && p50 <= 0.55);
        CHECK(p90 >= 0.87 && p90 <= 0.93);
    }
    eta_arrival_free(eta);
    departure_clear(&j.departures);
    problem_clear(&j.problem);
    zhol_plan_result_clear(&a.result);
}

static void test_coverage(void)
{
    cover("XIAN", "MALASZEWICZE", 4);
    cover("CHONGQING", "DUISBURG", 4);
    cover("ALMATY", "POTI", 3);
    cover("URUMQI", "TASHKENT", 3);
}

/* ---- from the middle of the way ---- */

static void test_residual(void)
{
    struct asked a;
    struct eta_arrival *eta = NULL;
    struct eta_arrival_promise whole, again, late, last, begun, stuck;
    if (!ask(&a, "XIAN", "MALASZEWICZE", "electronics")) {
        return;
    }
    const struct zhol_itinerary *it = &a.result.itineraries[0];
    const struct zhol_step *steps = &a.result.steps[it->first_step];
    uint32_t final = it->step_count - 1;
    CHECK_INT_EQ(eta_arrival_new(network, corridor, &a.order, false, NULL, &eta), ZHOL_ERROR_OK);
    CHECK_INT_EQ(eta_arrival_itinerary(eta, &a.result, 0, NULL, &whole), ZHOL_ERROR_OK);
    CHECK_INT_EQ(eta_arrival_itinerary(eta, &a.result, 0, NULL, &again), ZHOL_ERROR_OK);
    CHECK(whole.p50_min == again.p50_min && whole.p90_min == again.p90_min);
    CHECK(whole.p50_min < whole.p90_min && whole.in_time == 1);
    struct eta_arrival_point point = {.ready_min = a.order.ready_min + 3 * 1440};
    CHECK_INT_EQ(eta_arrival_itinerary(eta, &a.result, 0, &point, &late), ZHOL_ERROR_OK);
    CHECK(late.p50_min > whole.p50_min);
    point = (struct eta_arrival_point){.step = final, .ready_min = steps[final].ready_min};
    CHECK_INT_EQ(eta_arrival_itinerary(eta, &a.result, 0, &point, &last), ZHOL_ERROR_OK);
    CHECK(last.p90_min - last.p50_min < whole.p90_min - whole.p50_min); /* less can still happen */
    point.under_way = true;
    point.begun_min = point.now_min = steps[final].start_min;
    CHECK_INT_EQ(eta_arrival_itinerary(eta, &a.result, 0, &point, &begun), ZHOL_ERROR_OK);
    CHECK(llabs(begun.p50_min - last.p50_min) <= 60);
    point.now_min = last.p90_min + 60; /* longer than nine of ten: not over for sure */
    CHECK_INT_EQ(eta_arrival_itinerary(eta, &a.result, 0, &point, &stuck), ZHOL_ERROR_OK);
    CHECK(stuck.p50_min >= point.now_min && stuck.p90_min > stuck.p50_min);
    point.now_min = point.begun_min - 1;
    CHECK_INT_EQ(eta_arrival_itinerary(eta, &a.result, 0, &point, &stuck), ZHOL_ERROR_USAGE);
    point = (struct eta_arrival_point){.step = it->step_count};
    CHECK_INT_EQ(eta_arrival_itinerary(eta, &a.result, 0, &point, &stuck), ZHOL_ERROR_USAGE);
    eta_arrival_free(eta);
    zhol_plan_result_clear(&a.result);
}

/* ---- the present ---- */

/* The process of the first border control or handling of the first itinerary, rides left out. */
static uint32_t process_on_way(const struct asked *a)
{
    struct zhol_network_view net = zhol_network_view(network);
    const struct zhol_itinerary *it = &a->result.itineraries[0];
    for (uint32_t k = 1; k < it->step_count; k++) {
        const struct zhol_step *step = &a->result.steps[it->first_step + k];
        if (!step->passes && net.arcs[step->arc].process != ZHOL_NONE) {
            return net.arcs[step->arc].process;
        }
    }
    return ZHOL_NONE;
}

static void promise_with(const struct asked *a, const struct eta_arrival_present *present,
                         struct eta_arrival_promise *promise)
{
    struct eta_arrival *eta = NULL;
    CHECK_INT_EQ(eta_arrival_new(network, corridor, &a->order, false, present, &eta),
                 ZHOL_ERROR_OK);
    if (eta) {
        CHECK_INT_EQ(eta_arrival_itinerary(eta, &a->result, 0, NULL, promise), ZHOL_ERROR_OK);
    }
    eta_arrival_free(eta);
}

static void test_present(void)
{
    struct asked a;
    struct eta_arrival_promise plain, empty, queued, slow;
    struct eta_arrival *eta = NULL;
    if (!ask(&a, "XIAN", "MALASZEWICZE", "electronics")) {
        return;
    }
    struct eta_arrival_queue queue = {process_on_way(&a), 0, 1, 2, 0};
    struct eta_arrival_dwells dwells = {queue.process_row, ZHOL_NONE,
                                        (double[]){200, 210, 190, 205, 195, 220}, 6};
    struct eta_arrival_present present = {a.order.ready_min, &queue, NULL, 1, 0};
    promise_with(&a, NULL, &plain);
    promise_with(&a, &present, &empty);
    CHECK(empty.p50_min == plain.p50_min && empty.p90_min == plain.p90_min);
    queue.ahead = 24 * 20; /* twenty days of net clearing: gone or not when we come */
    queue.inflow_h = 2;    /* it does not shrink */
    promise_with(&a, &present, &queued);
    CHECK(queued.p50_min > plain.p50_min + 8 * 1440);
    queue.inflow_h = 0;
    queue.ahead = 1; /* gone before we come */
    promise_with(&a, &present, &empty);
    CHECK(empty.p50_min - plain.p50_min <= 60);
    present = (struct eta_arrival_present){a.order.ready_min, NULL, &dwells, 0, 1};
    promise_with(&a, &present, &slow);
    CHECK(slow.p50_min > plain.p50_min + 1440);
    queue.acceptance_h = 0;
    present = (struct eta_arrival_present){a.order.ready_min, &queue, NULL, 1, 0};
    CHECK_INT_EQ(eta_arrival_new(network, corridor, &a.order, false, &present, &eta),
                 ZHOL_ERROR_INVALID);
    zhol_plan_result_clear(&a.result);
}

/* What a file says about a border inside a ride with a timetable counts too. */
static void promise_by_file(const struct asked *a, const char *rows,
                            struct eta_arrival_promise *promise)
{
    struct eta_present file;
    char text[1024];
    snprintf(text, sizeof text,
             "what,process,hours,as_of,ahead,inflow_h,acceptance_h,acceptance_sd\n%s", rows);
    enum zhol_error error = eta_present_parse("made", text, strlen(text), corridor,
                                              zhol_network_view(network).day, NULL, &file);
    CHECK_INT_EQ(error, ZHOL_ERROR_OK);
    if (!error) {
        promise_with(a, &file.present, promise);
        eta_present_clear(&file);
    }
}

static void test_present_file(void)
{
    struct asked a;
    struct eta_arrival_promise plain, same, slow, queued, gone;
    if (!ask(&a, "XIAN", "MALASZEWICZE", "electronics")) {
        return;
    }
    promise_with(&a, NULL, &plain);
    promise_by_file(&a, "", &same);
    CHECK(same.p50_min == plain.p50_min && same.p90_min == plain.p90_min);
    promise_by_file(&a,
                    "dwell,DOSTYK.border_entry,90,,,,,\ndwell,DOSTYK.border_entry,100,,,,,\n"
                    "dwell,DOSTYK.border_entry,95,,,,,\ndwell,DOSTYK.border_entry,110,,,,,\n"
                    "dwell,DOSTYK.border_entry,105,,,,,\ndwell,DOSTYK.border_entry,98,,,,,\n",
                    &slow);
    CHECK(slow.p50_min > plain.p50_min + 1440 && slow.p50_min < plain.p50_min + 5 * 1440);
    promise_by_file(&a, "queue,DOSTYK.border_entry,,2026-01-31T08:00Z,240,1,1,0.1\n", &queued);
    CHECK(queued.p50_min > plain.p50_min + 8 * 1440); /* ten days of trains before it */
    CHECK(queued.p50_min < plain.p50_min + 11 * 1440);
    promise_by_file(&a, "queue,DOSTYK.border_entry,,2026-01-31T08:00Z,20,0,1,\n", &gone);
    CHECK(gone.p50_min == plain.p50_min);
    zhol_plan_result_clear(&a.result);
}

static void test_present_refused(void)
{
    static const char *const rows[] = {
        "dwell,NOWHERE.border_entry,90,,,,,\n",
        "dwell,DOSTYK.border_entry,x,,,,,\n",
        "dwell,DOSTYK.border_entry,-1,,,,,\n",
        "dwell,DOSTYK.border_entry,,,,,,\n",
        "dwell,DOSTYK.border_entry,9,,1,,,\n",
        "queue,DOSTYK.border_entry,,2026-01-31T08:00Z,240,1,0,\n",
        "queue,DOSTYK.border_entry,,2026-01-31,240,1,1,\n",
        "queue,DOSTYK.border_entry,3,2026-01-31T08:00Z,240,1,1,\n",
        "queue,DOSTYK.border_entry,,2026-01-31T08:00Z,240,1,1,9\n",
        "queue,DOSTYK.border_entry,,2020-01-31T08:00Z,240,1,1,\n",
        "queue,DOSTYK.border_entry,,2026-06-01T08:00Z,240,1,1,\n",
        "queue,DOSTYK.border_entry,,2026-01-31T08:00Z,600000,1,1,\n",
        ("queue,DOSTYK.border_entry,,2026-01-31T08:00Z,1,1,1,\n"
         "queue,DOSTYK.border_entry,,2026-01-31T08:00Z,2,1,1,\n"),
        ("queue,DOSTYK.border_entry,,2026-01-31T08:00Z,1,1,1,\n"
         "queue,ALASHANKOU.border_exit,,2026-01-31T09:00Z,1,1,1,\n"),
        "crowd,DOSTYK.border_entry,,,,,,\n",
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct eta_present file;
        struct zhol_report report;
        char text[512];
        zhol_report_init(&report, 20);
        snprintf(text, sizeof text,
                 "what,process,hours,as_of,ahead,inflow_h,acceptance_h,acceptance_sd\n%s", rows[i]);
        CHECK(eta_present_parse("made", text, strlen(text), corridor,
                                zhol_network_view(network).day, &report, &file) != ZHOL_ERROR_OK);
        CHECK(report.count > 0 && report.findings[0].row >= 2);
        zhol_report_clear(&report);
    }
    struct eta_present file;
    CHECK(eta_present_parse("made", "what,process\n", 13, corridor, 20000, NULL, &file) !=
          ZHOL_ERROR_OK);
}

/* ---- every surface ---- */

/* All values of a member in a text of JSON, one a line. */
static void collect(const char *json, const char *key, struct buffer *out)
{
    char wanted[64];
    snprintf(wanted, sizeof wanted, "\"%s\":", key);
    for (const char *at = json; (at = strstr(at, wanted)) != NULL;) {
        at += strlen(wanted);
        at += strspn(at, " ");
        buffer_append(out, at, (size_t)strcspn(at, ",}\n"));
        buffer_char(out, '\n');
    }
}

/* The plan as the command line writes it, and as the server answers: the same promises. */
static void test_surfaces(void)
{
    struct asked a;
    struct plan_view *view = NULL;
    struct model *model = NULL;
    struct model_fault fault;
    struct buffer line, answer, one, other;
    struct plan_view_options how = {.time = ZHOL_TIME_MEDIAN, .choose = UINT32_MAX, .all = true};
    struct model_question question = {.from = "Xian",
                                      .to = "Duisburg",
                                      .commodity = "electronics",
                                      .teu = 2,
                                      .day = ZHOL_BLANK_DATE,
                                      .depart = "2026-01-31T16:00:00+08:00",
                                      .lang = "en",
                                      .form = MODEL_JSON};
    char dir[1024];
    snprintf(dir, sizeof dir, "%s/corridors/china-kazakhstan", root);
    buffer_init(&line);
    buffer_init(&answer);
    buffer_init(&one);
    buffer_init(&other);
    if (ask(&a, "XIAN", "DUISBURG", "electronics")) {
        CHECK_INT_EQ(plan_view_make(network, corridor, &a.order, &a.result, &how, &view),
                     ZHOL_ERROR_OK);
        plan_write_json(view, &line);
        CHECK_INT_EQ(model_new(dir, corridor, &model), ZHOL_ERROR_OK);
        CHECK_INT_EQ(model_plan(model, &question, &answer, &fault), ZHOL_ERROR_OK);
        collect(buffer_get(&line), "arrival_p50", &one);
        collect(buffer_get(&line), "arrival_p90", &one);
        collect(buffer_get(&answer), "arrival_p50", &other);
        collect(buffer_get(&answer), "arrival_p90", &other);
        CHECK(one.size > 100);
        CHECK_STR_EQ(buffer_get(&one), buffer_get(&other));
    }
    plan_view_free(view);
    model_close(model);
    buffer_clear(&line);
    buffer_clear(&answer);
    buffer_clear(&one);
    buffer_clear(&other);
    zhol_plan_result_clear(&a.result);
}

static void test_quick(void)
{
    struct asked a;
    struct eta_arrival *eta = NULL;
    struct eta_arrival_promise promise;
    if (!ask(&a, "XIAN", "DUISBURG", "electronics")) {
        return;
    }
    clock_t begin = clock();
    CHECK_INT_EQ(eta_arrival_new(network, corridor, &a.order, false, NULL, &eta), ZHOL_ERROR_OK);
    double made_ms = (double)(clock() - begin) * 1e3 / CLOCKS_PER_SEC;
    begin = clock();
    CHECK_INT_EQ(eta_arrival_itinerary(eta, &a.result, 0, NULL, &promise), ZHOL_ERROR_OK);
    double first_ms = (double)(clock() - begin) * 1e3 / CLOCKS_PER_SEC;
    begin = clock();
    CHECK_INT_EQ(eta_arrival_itinerary(eta, &a.result, 0, NULL, &promise), ZHOL_ERROR_OK);
    double next_ms = (double)(clock() - begin) * 1e3 / CLOCKS_PER_SEC;
    printf("promise: made in %.1f ms, first itinerary %.1f ms, again %.1f ms\n", made_ms, first_ms,
           next_ms);
    CHECK(made_ms + first_ms < 500); /* milliseconds, with room for checkers of memory */
    eta_arrival_free(eta);
    zhol_plan_result_clear(&a.result);
}

int main(int argc, char **argv)
{
    char dir[1024];
    root = argc > 1 ? argv[1] : ".";
    snprintf(dir, sizeof dir, "%s/corridors/china-kazakhstan", root);
    RUN(test_spread);
    RUN(test_learning);
    RUN(test_own_shape);
    CHECK_INT_EQ(zhol_corridor_read(dir, NULL, NULL, &corridor), ZHOL_ERROR_OK);
    struct zhol_network_options how = {.day = ZHOL_BLANK_DATE};
    if (corridor && zhol_network_compile(corridor, &how, NULL, &network) == ZHOL_ERROR_OK) {
        RUN(test_coverage);
        RUN(test_residual);
        RUN(test_present);
        RUN(test_present_file);
        RUN(test_present_refused);
        RUN(test_quick);
        RUN(test_surfaces);
    }
    zhol_network_free(network);
    zhol_corridor_free(corridor);
    return check_report();
}
