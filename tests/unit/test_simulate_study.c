/* test_simulate_study.c: the study around the simulation: state files, ways, groups, truncation,
 * what stands at the start, on the tiny corridor. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/time.h"
#include "check.h"
#include "desk/simulate_answer.h"

static struct zhol_corridor *corridor;
static struct zhol_network *network;
static struct zhol_report report;

static uint32_t node(const char *id)
{
    return zhol_corridor_find(corridor, ZHOL_TABLE_node, id);
}

static enum zhol_error parse(const char *text, struct state *state)
{
    zhol_report_clear(&report);
    zhol_report_init(&report, 0);
    return state_parse(corridor, "state.json", text, strlen(text), &report, state);
}

/* ---- State files ---- */

/* The network is that of the day as written, though in UTC it is still the day before. */
static void test_state_day(void)
{
    struct state state;
    CHECK(parse("{\"at\": \"2026-02-02T00:00+05:00\"}", &state) == ZHOL_ERROR_OK);
    CHECK_INT_EQ(state.at_s, 1769972400);
    CHECK_INT_EQ(state.day, 20486);
    state_clear(&state);
    CHECK(parse("{\"at\": \"2026-02-02\"}", &state) == ZHOL_ERROR_OK);
    CHECK_INT_EQ(state.day, 20486);
    state_clear(&state);
}

static void test_state(void)
{
    struct state state;
    CHECK(
        parse("{\"at\": \"2026-02-02T08:00+05:00\", \"queues\": [{\"place\": \"Достык\", \"to\": "
              "\"CN\", \"unit\": \"wagons\", \"count\": 57, \"oldest_h\": 1.5}], \"disruptions\": "
              "[{\"what\": \"DOSTYK\", \"from\": \"2026-02-03\", \"share\": 0.25}]}",
              &state) == ZHOL_ERROR_OK);
    CHECK_INT_EQ(state.at_s, 1770001200);
    CHECK_INT_EQ(state.queue_count, 1);
    CHECK_INT_EQ(state.queues[0].node, node("DOSTYK"));
    CHECK_INT_EQ(state.queues[0].unit, STATE_WAGONS);
    CHECK_STR_EQ(state.queues[0].to, "CN");
    CHECK_NEAR(state.queues[0].oldest_h, 1.5, 0);
    CHECK_INT_EQ(state.disruption_count, 1);
    CHECK_INT_EQ(state.disruptions[0].scope, STATE_NODE);
    CHECK_NEAR(state.disruptions[0].share, 0.25, 0);
    CHECK(state.disruptions[0].to_s == INT64_MAX);
    state_clear(&state);
}

/* Each text has one fault: its member is named, its code given back. */
static void test_state_faults(void)
{
    static const struct {
        const char *text, *column;
        enum zhol_error error;
    } cases[] = {
        {"[]", "line 1", ZHOL_ERROR_SYNTAX},
        {"{", "line 1", ZHOL_ERROR_SYNTAX},
        {"{\"at\": \"2026-02-02\", \"at\": \"2026-02-03\"}", "line 1", ZHOL_ERROR_SYNTAX},
        {"{}", "at", ZHOL_ERROR_SYNTAX},
        {"{\"at\": 7}", "at", ZHOL_ERROR_SYNTAX},
        {"{\"at\": \"2026-02-02\", \"queues\": 7}", "queues", ZHOL_ERROR_SYNTAX},
        {"{\"at\": \"2026-02-02\", \"queues\": [{\"place\": \"DOSTYK\", \"unit\": \"trains\"}]}",
         "queues[0].count", ZHOL_ERROR_SYNTAX},
        {"{\"at\": \"2026-02-02\", \"queues\": [{\"place\": \"DOSTYK\", \"unit\": \"trains\", "
         "\"count\": 1e99}]}",
         "queues[0].count", ZHOL_ERROR_RANGE},
        {"{\"at\": \"2026-02-02\", \"queues\": [{\"place\": \"ZZZ\", \"unit\": \"trains\", "
         "\"count\": 1}]}",
         "queues[0].place", ZHOL_ERROR_UNKNOWN},
        {"{\"at\": \"2026-02-02\", \"disruptions\": [{\"what\": \"DOSTYK\", \"from\": "
         "\"2026-02-02\", \"until\": \"2026-02-01\"}]}",
         "disruptions[0].until", ZHOL_ERROR_RANGE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct state state;
        CHECK_INT_EQ(parse(cases[i].text, &state), cases[i].error);
        CHECK(report.count >= 1);
        CHECK_STR_EQ(report.findings[0].column, cases[i].column);
        CHECK(state.queues == NULL && state.queue_count == 0);
    }
}

static void test_disruption_lines(void)
{
    struct state state = {0};
    CHECK(!state_disruption(corridor, "DOSTYK@2026-02-02..2026-02-05=0.5", &report, &state));
    CHECK(!state_disruption(corridor, "Alashankou@2026-02-02T06:00Z..=ban", &report, &state));
    CHECK_INT_EQ(state.disruption_count, 2);
    CHECK_INT_EQ(state.disruptions[0].to_s - state.disruptions[0].from_s, 3 * TIME_DAY_S);
    CHECK(!state.disruptions[0].ban && state.disruptions[1].ban);
    CHECK_INT_EQ(state.disruptions[1].thing, node("ALASHANKOU"));
    static const char *const wrong[] = {"",
                                        "DOSTYK",
                                        "DOSTYK@2026-02-05",
                                        "DOSTYK@2026-02-05..2026-02-02",
                                        "DOSTYK@..2026-02-02",
                                        "DOSTYK@a..b",
                                        "DOSTYK@2026-02-02..2026-02-05=-1",
                                        "DOSTYK@2026-02-02..2026-02-05=",
                                        "nowhere at all@2026-02-02..2026-02-05"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        CHECK(state_disruption(corridor, wrong[i], &report, &state) != ZHOL_ERROR_OK);
        CHECK_INT_EQ(state.disruption_count, 2);
    }
    state_clear(&state);
}

/* ---- Flows and groups ---- */

static void make_flows(struct flows *flows, uint32_t threads)
{
    struct flows_how how = {.day = zhol_corridor_about(corridor).day, .threads = threads};
    how.ready_s = (int64_t)how.day * TIME_DAY_S;
    flows_init(flows);
    CHECK(!flows_from_demand(corridor, how.day, flows));
    CHECK(!flows_finish(corridor, network, &how, flows));
}

static void test_flows(void)
{
    struct flows one, many;
    struct zhol_network_view net = zhol_network_view(network);
    make_flows(&one, 1);
    make_flows(&many, 4);
    CHECK_INT_EQ(one.sum_count, 2);
    CHECK_INT_EQ(one.flow_count, many.flow_count);
    CHECK_NEAR(one.t_year, 780000, 1e-6);
    double share[2] = {0, 0}, t_year = 0;
    for (uint32_t i = 0; i < one.flow_count; i++) {
        const struct zhol_simulate_flow *flow = &one.flows[i];
        share[one.sum_of[i]] += one.share[i];
        t_year += flow->loads_day * flow->t_load * 365;
        CHECK_INT_EQ(flow->identity, many.flows[i].identity);
        CHECK(flow->identity > 0 && flow->identity < 1 << 22);
        CHECK_INT_EQ(flow->arc_count, many.flows[i].arc_count);
        uint32_t first = zhol_network_tail(&net, flow->arcs[0]);
        CHECK_INT_EQ(net.vertices[first].node, flow->origin);
        for (uint32_t k = 1; k < flow->arc_count; k++) {
            CHECK_INT_EQ(zhol_network_tail(&net, flow->arcs[k]), net.arcs[flow->arcs[k - 1]].head);
        }
    }
    CHECK_NEAR(share[0], 1, 1e-12);
    CHECK_NEAR(share[1], 1, 1e-12);
    CHECK_NEAR(t_year, 780000, 1e-6); /* no tonne is lost on the way from table to flows */
    flows_clear(&one);
    flows_clear(&many);
}

static const char arrivals[] = "time,from,to,commodity,teu,tonnes\n"
                               "2026-02-03,XIAN,ALMATY,electronics,4,\n"
                               "2026-02-02,XIAN,ALMATY,electronics,2,\n"
                               "2026-02-02,XIAN,ALMATY,electronics,2,\n"
                               "2026-02-01,XIAN,ALMATY,electronics,2,\n";

/* One pair of places may have consignments of several sizes, and several at the same instant. */
static void test_list(void)
{
    struct flows flows;
    flows_init(&flows);
    CHECK(!flows_parse_list(corridor, "list", arrivals, sizeof arrivals - 1, NULL, &flows));
    CHECK_INT_EQ(flows.sum_count, 2);
    CHECK_INT_EQ(flows.sums[0].time_count, 1);
    CHECK_NEAR(flows.sums[0].tonnes, 28, 1e-9);
    CHECK_INT_EQ(flows.sums[1].time_count, 3);
    CHECK_NEAR(flows.sums[1].tonnes, 14, 1e-9);
    CHECK_INT_EQ(flows.sums[1].times[1] - flows.sums[1].times[0], TIME_DAY_S);
    CHECK_INT_EQ(flows.sums[1].times[2] - flows.sums[1].times[1], 1);
    flows_clear(&flows);
    flows_init(&flows);
    CHECK_INT_EQ(flows_parse_list(corridor, "list", "", 0, NULL, &flows), ZHOL_ERROR_SYNTAX);
    flows_clear(&flows);
}

/* What is simulated is what the list has: neither more (a box is no full train) nor in one lump. */
static void test_list_keeps_its_tonnes(void)
{
    struct study_options how;
    struct study study;
    char list[] = "/tmp/zhol-simulate-XXXXXX";
    int file = mkstemp(list);
    CHECK(file >= 0 && dprintf(file,
                               "time,from,to,commodity,teu,tonnes\n"
                               "%s,XIAN,ALMATY,electronics,2,\n%s,XIAN,ALMATY,electronics,400,\n"
                               "%s,ALMATY,XIAN,wheat,,680\n",
                               "2026-02-01", "2026-02-01", "2026-02-02") > 0);
    CHECK(!close(file));
    study_options_init(&how);
    how.start_s = (int64_t)zhol_corridor_about(corridor).day * TIME_DAY_S;
    how.days = 40;
    how.warm_up_days = 0;
    how.replications = 2;
    how.list = list;
    how.replay = true;
    CHECK(!study_prepare(corridor, network, &how, NULL, &study) && !study_run(&study));
    double tonnes = 0;
    CHECK_INT_EQ(study.flows.flow_count, 3);
    for (uint32_t i = 0; i < study.flows.flow_count; i++) {
        struct zhol_simulate_flow_about about;
        struct zhol_simulate_flow_tally tally;
        zhol_simulate_flow_about(study.model, i, &about);
        zhol_simulate_block_flow(study.model, study.blocks, i, &tally);
        CHECK_INT_EQ(tally.alive, 0);
        CHECK(about.unit_loads <= 20.5 + 1e-9); /* half a train of 41 */
        tonnes += (double)tally.units * about.unit_loads * about.t_load;
    }
    CHECK_NEAR(tonnes, 14 + 2800 + 680, 1e-6);
    study_clear(&study);
    unlink(list);
}

static void test_groups(void)
{
    struct flows flows;
    struct groups groups;
    struct zhol_network_view net = zhol_network_view(network);
    make_flows(&flows, 1);
    CHECK(!groups_make(corridor, &net, &flows, &groups));
    const struct group *all = groups_find(&groups, GROUP_ALL, 0, 0);
    const struct group *od = groups_find(&groups, GROUP_OD, node("XIAN"), node("ALMATY"));
    const struct group *border =
        groups_find(&groups, GROUP_CROSSING, node("ALASHANKOU"), node("DOSTYK"));
    CHECK(all && od && border);
    CHECK_INT_EQ(all->count, flows.flow_count);
    CHECK_NEAR(all->t_day * 365, 780000, 1e-6);
    CHECK_NEAR(od->t_day * 365, 280000, 1e-6);
    CHECK_NEAR(border->t_day, od->t_day, 1e-9); /* the only border on the way */
    CHECK(groups_find(&groups, GROUP_OD, node("ALMATY"), node("AKTAU")) == NULL);
    groups_clear(&groups);
    flows_clear(&flows);
}

/* ---- Truncation ---- */

static void test_truncation(void)
{
    double series[200];
    for (uint32_t i = 0; i < 200; i++) { /* empty at first, then level with a small ripple */
        series[i] = i < 50 ? i : 50 + (i % 3);
    }
    uint32_t cut = study_truncation(series, 200);
    CHECK(cut >= 45 && cut <= 60);
    for (uint32_t i = 0; i < 200; i++) {
        series[i] = 7 + (i % 2);
    }
    CHECK(study_truncation(series, 200) <= 100);
    for (uint32_t i = 0; i < 200; i++) { /* grows for ever: as much is cut as may be */
        series[i] = i;
    }
    CHECK_INT_EQ(study_truncation(series, 200), 100);
    CHECK_INT_EQ(study_truncation(series, 0), 0);
    CHECK_INT_EQ(study_truncation(series, 4), 0);
}

/* ---- A study ---- */

static void test_batches_stop_where_precise(void)
{
    struct study_options how;
    struct study study;
    study_options_init(&how);
    how.start_s = (int64_t)zhol_corridor_about(corridor).day * TIME_DAY_S;
    how.days = 5;
    how.warm_up_days = 5;
    how.precision = 0.2;
    how.replications = 500;
    CHECK(!study_prepare(corridor, network, &how, &report, &study));
    CHECK(!study_run(&study));
    CHECK_INT_EQ(study.count, STUDY_LEAST);
    CHECK(study.reached && study.relative <= 0.2 && !study.interrupted);
    for (uint32_t i = 0; i < study.count; i++) {
        CHECK_INT_EQ(study.replication[i], i);
    }
    study_clear(&study);
    how.precision = 1e-9;
    how.replications = 45; /* not a whole number of batches */
    CHECK(!study_prepare(corridor, network, &how, &report, &study));
    CHECK(!study_run(&study));
    CHECK_INT_EQ(study.count, 45);
    CHECK(!study.reached);
    study_clear(&study);
}

/* A list of an arrival of 20 FEU a day, from 28 days before the corridor's to 19 after it; `bunch`
 * of them on the 15th day. */
static void write_list(const char *path, int bunch)
{
    FILE *file = fopen(path, "w");
    int32_t day = zhol_corridor_about(corridor).day;
    CHECK(file != NULL);
    if (file) {
        fputs("time,from,to,commodity,teu,tonnes\n", file);
        for (int32_t i = -28; i < 20; i++) {
            struct time_date date = time_date_of(day + i);
            for (int k = 0; k < (i == 15 ? bunch : 1); k++) {
                fprintf(file, "%d-%02u-%02u,XIAN,ALMATY,electronics,40,\n", (int)date.year,
                        (unsigned)date.month, (unsigned)date.day);
            }
        }
        fclose(file);
    }
}

/* A border at a hundredth of its speed: its queue grows without end, and that is said, though the
 * other queues are level. */
static void test_growing_queue_is_no_steady_state(void)
{
    struct study_options how;
    struct study study;
    struct state state = {0};
    struct steadiness found;
    char many[] = "/tmp/zhol-simulate-XXXXXX";
    int file = mkstemp(many);
    CHECK(file >= 0 && !close(file));
    write_list(many, 1);
    study_options_init(&how);
    how.start_s = (int64_t)zhol_corridor_about(corridor).day * TIME_DAY_S;
    how.days = 20;
    how.warm_up_days = 28;
    how.replications = 5;
    how.list = many;
    how.replay = true;
    CHECK(!study_prepare(corridor, network, &how, &report, &study) && !study_run(&study));
    CHECK(study_settled(&study));
    study_steadiness(&study, &found);
    CHECK(found.kind == STEADY && found.load > 0 && found.load < 1);
    study_clear(&study);
    how.replay = false; /* trucks ask the yard of Almaty for more than it can by day */
    CHECK(!study_prepare(corridor, network, &how, &report, &study) && !study_run(&study));
    study_steadiness(&study, &found);
    CHECK_INT_EQ(found.kind, STEADY_OVERLOADED);
    CHECK(found.load > 1.2);
    study_clear(&study);
    how.replay = true;
    CHECK(!state_disruption(corridor, "ALASHANKOU@2020-01-01..2030-01-01=0.01", &report, &state));
    how.state = &state;
    CHECK(!study_prepare(corridor, network, &how, &report, &study) && !study_run(&study));
    CHECK(!study_settled(&study));
    study_steadiness(&study, &found);
    CHECK_INT_EQ(found.kind, STEADY_DISRUPTED);
    study_clear(&study);
    /* What was over long before is no reason for the queue of a bunch. */
    state.disruptions[0].to_s = how.start_s - 400 * TIME_DAY_S;
    write_list(many, 20);
    CHECK(!study_prepare(corridor, network, &how, &report, &study) && !study_run(&study));
    study_steadiness(&study, &found);
    CHECK_INT_EQ(found.kind, STEADY_CHANGES);
    study_clear(&study);
    state_clear(&state);
    unlink(many);
}

static void stop_after_seven(void *context, uint32_t done)
{
    *(volatile bool *)context = done >= 7;
}

static void test_interrupt_keeps_what_is_done(void)
{
    static volatile bool stop;
    struct study_options how;
    struct study study;
    study_options_init(&how);
    how.start_s = (int64_t)zhol_corridor_about(corridor).day * TIME_DAY_S;
    how.days = how.warm_up_days = 3;
    how.replications = 500;
    how.stop = &stop;
    how.progress = stop_after_seven;
    how.context = (void *)&stop;
    CHECK(!study_prepare(corridor, network, &how, &report, &study));
    CHECK(!study_run(&study));
    CHECK(study.interrupted);
    CHECK(study.count >= 7 && study.count < 20);
    study_clear(&study);
}

/* Units in the first entries of what stands. */
static int64_t units_standing(const struct study *study, uint32_t entries)
{
    int64_t units = 0;
    for (uint32_t i = 0; i < entries; i++) {
        struct zhol_simulate_flow_about about;
        zhol_simulate_flow_about(study->model, study->standing[i].flow, &about);
        units += llround(study->standing[i].loads / about.unit_loads);
    }
    return units;
}

/* A queue of the state is there when the time begins, all of it arrives, and the queue clears. */
static void test_from_state(void)
{
    struct study_options how;
    struct study study;
    struct answer answer;
    struct state state;
    CHECK(
        !parse("{\"at\": \"2026-02-02\", \"queues\": [{\"place\": \"ALASHANKOU\", \"to\": \"KZ\", "
               "\"unit\": \"trains\", \"count\": 10, \"oldest_h\": 48}]}",
               &state));
    study_options_init(&how);
    how.start_s = state.at_s;
    how.days = 25;
    how.replications = 4;
    how.sample_h = 1;
    how.state = &state;
    how.from_state = true;
    CHECK(!study_prepare(corridor, network, &how, &report, &study));
    CHECK_INT_EQ(study.queue_entries[0], 10);
    CHECK(study.model_options.standing_count > 10); /* and those who are under way */
    CHECK(!study_run(&study));
    CHECK(!answer_make(&study, NULL, &answer));
    CHECK_INT_EQ(answer.clearing_count, 1);
    /* In trains, as the state says, though the model's queue counts half trains. */
    CHECK(answer.clearings[0].peak[0] >= 5 && answer.clearings[0].peak[2] < 14);
    CHECK(answer.clearings[0].limit >= 1 && answer.clearings[0].limit >= answer.clearings[0].usual);
    CHECK(answer.clearings[0].days[2] < 10);
    CHECK_INT_EQ(answer.clearings[0].arrived, 4 * units_standing(&study, 10));
    CHECK(answer.clearings[0].arrival_days[0] < answer.clearings[0].arrival_days[1]);
    answer_clear(&answer);
    study_clear(&study);
    state_clear(&state);
}

/* How long a disruption of so many days and share is felt at Alashankou. */
static void felt(const char *disruption, struct answer_recovery *recovery)
{
    struct study_options how;
    struct study study;
    struct answer answer;
    struct state state = {0};
    memset(recovery, 0, sizeof *recovery);
    CHECK(!state_disruption(corridor, disruption, &report, &state));
    study_options_init(&how);
    how.start_s = (int64_t)zhol_corridor_about(corridor).day * TIME_DAY_S;
    how.days = 40;
    how.warm_up_days = 10;
    how.replications = 6;
    how.state = &state;
    CHECK(!study_prepare(corridor, network, &how, &report, &study) && !study_run(&study));
    CHECK(!answer_make(&study, NULL, &answer));
    CHECK_INT_EQ(answer.recovery_count, 1);
    *recovery = answer.recovery_count ? answer.recoveries[0] : *recovery;
    answer_clear(&answer);
    study_clear(&study);
    state_clear(&state);
}

/* Who comes to what is closed waits there and is counted: in eight days twice as many as in four;
 * forty trains a day could pass, so both are gone soon after. All of a capacity is no disruption;
 * one that does not end is felt to the end. */
static void test_recovery(void)
{
    struct answer_recovery none, four, eight, never;
    struct time_date date = time_date_of(zhol_corridor_about(corridor).day);
    char text[4][64];
    static const struct {
        int first, last;
        const char *share;
    } cases[4] = {{5, 9, "=1"}, {5, 9, ""}, {5, 13, ""}, {5, -1, ""}};
    for (int i = 0; i < 4; i++) {
        int32_t day = time_days(date);
        struct time_date from = time_date_of(day + cases[i].first);
        struct time_date to = time_date_of(day + cases[i].last);
        int size = snprintf(text[i], sizeof text[i], "ALASHANKOU@%d-%02u-%02u..", (int)from.year,
                            (unsigned)from.month, (unsigned)from.day);
        if (cases[i].last > 0) {
            snprintf(text[i] + size, sizeof text[i] - (size_t)size, "%d-%02u-%02u%s", (int)to.year,
                     (unsigned)to.month, (unsigned)to.day, cases[i].share);
        }
    }
    felt(text[0], &none);
    felt(text[1], &four);
    felt(text[2], &eight);
    felt(text[3], &never);
    CHECK(none.ended && none.most[2] <= 1 && none.days[0] <= 0);
    CHECK(four.ended && four.days[0] >= 0 && isfinite(four.days[1]));
    CHECK(eight.ended && isfinite(eight.days[1]));
    CHECK(four.most[1] > 100 && eight.most[1] > 1.9 * four.most[1]);
    CHECK(eight.days[0] >= four.days[0] && eight.days[0] < 2);
    CHECK(never.most[1] > eight.most[1]);
    CHECK(!never.ended && isinf(never.days[0]));
}

/* A study against itself: no difference, whatever the luck. */
static void test_same_luck(void)
{
    struct study_options how;
    struct study a, b;
    struct answer answer;
    study_options_init(&how);
    how.start_s = (int64_t)zhol_corridor_about(corridor).day * TIME_DAY_S;
    how.days = how.warm_up_days = 6;
    how.replications = 5;
    CHECK(!study_prepare(corridor, network, &how, &report, &a) && !study_run(&a));
    CHECK(!study_prepare(corridor, network, &how, &report, &b) && !study_run(&b));
    CHECK(!answer_make(&a, &b, &answer));
    for (uint32_t i = 0; i < answer.count; i++) {
        CHECK(answer.list[i].gain.any);
        CHECK_NEAR(answer.list[i].gain.transit_h.mean, 0, 0);
        CHECK_NEAR(answer.list[i].gain.delay_usd_day.half, 0, 0);
    }
    CHECK(answer.units.compared > 0);
    CHECK_NEAR(answer.units.middle_h, 0, 0);
    CHECK_NEAR(answer.units.sooner + answer.units.later, 0, 0);
    answer_clear(&answer);
    study_clear(&a);
    study_clear(&b);
}

static void prepare_list(struct study_options *how, const char *list, const struct state *state)
{
    study_options_init(how);
    how->start_s = (int64_t)zhol_corridor_about(corridor).day * TIME_DAY_S;
    how->days = 40;
    how->warm_up_days = 0;
    how->replications = 4;
    how->followed = 3; /* the last one is run again */
    how->list = list;
    how->replay = true;
    how->state = state;
}

/* Each consignment of a list by itself: what leaves before a closure of ten days is no later for
 * it, what comes to it is; a great one has arrived when all of it has. */
static void test_consignments_one_by_one(void)
{
    struct study_options how, closed;
    struct study a, b;
    struct state state = {0};
    struct answer answer;
    char list[] = "/tmp/zhol-simulate-XXXXXX";
    int file = mkstemp(list);
    CHECK(file >= 0 && dprintf(file, "time,from,to,commodity,teu,tonnes\n"
                                     "2026-02-01,XIAN,ALMATY,electronics,2,\n"
                                     "2026-02-11,XIAN,ALMATY,electronics,2,\n"
                                     "2026-02-01,XIAN,ALMATY,electronics,400,\n"
                                     "2030-01-01,ALMATY,XIAN,wheat,,680\n") > 0);
    CHECK(!close(file));
    CHECK(!state_disruption(corridor, "ALASHANKOU@2026-02-12..2026-02-22", &report, &state));
    prepare_list(&how, list, NULL);
    prepare_list(&closed, list, &state);
    CHECK(!study_prepare(corridor, network, &how, NULL, &a) && !study_run(&a));
    CHECK(!study_prepare(corridor, network, &closed, NULL, &b) && !study_run(&b));
    CHECK(!answer_make(&a, &b, &answer));
    CHECK_INT_EQ(answer.listed.count, 4);
    for (uint32_t i = 0; i < 3 && answer.listed.count == 4; i++) {
        const struct listed_consignment *c = &answer.listed.items[i];
        CHECK_INT_EQ(c->arrived, 4);
        CHECK_INT_EQ(c->compared, 4);
        CHECK(c->days[0] > 2 && c->days[0] <= c->days[1] && c->days[1] < 25);
        bool caught = time_day_of(c->time_s) >= time_days((struct time_date){2026, 2, 11});
        CHECK(caught ? c->change_h.mean > 24 : fabs(c->change_h.mean) < 24);
    }
    CHECK(isnan(answer.listed.items[3].days[0])); /* years later */
    CHECK_INT_EQ(answer.listed.items[3].arrived, 0);
    answer_clear(&answer);
    study_clear(&a);
    study_clear(&b);
    state_clear(&state);
    unlink(list);
}

int main(int argc, char **argv)
{
    char dir[1024];
    struct zhol_network_options options = {.day = ZHOL_BLANK_DATE};
    snprintf(dir, sizeof dir, "%s/tests/data/tiny", argc > 1 ? argv[1] : ".");
    zhol_report_init(&report, 0);
    if (zhol_corridor_read(dir, NULL, &report, &corridor) ||
        zhol_network_compile(corridor, &options, &report, &network)) {
        fprintf(stderr, "%s cannot be used\n", dir);
        return 1;
    }
    RUN(test_state);
    RUN(test_state_day);
    RUN(test_state_faults);
    RUN(test_disruption_lines);
    RUN(test_flows);
    RUN(test_list);
    RUN(test_list_keeps_its_tonnes);
    RUN(test_groups);
    RUN(test_truncation);
    RUN(test_batches_stop_where_precise);
    RUN(test_growing_queue_is_no_steady_state);
    RUN(test_interrupt_keeps_what_is_done);
    RUN(test_from_state);
    RUN(test_recovery);
    RUN(test_same_luck);
    RUN(test_consignments_one_by_one);
    zhol_network_free(network);
    zhol_corridor_free(corridor);
    zhol_report_clear(&report);
    return check_report();
}
