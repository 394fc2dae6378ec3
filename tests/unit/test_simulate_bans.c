/* test_simulate_bans.c: which bans of the network are disruptions of a study: those that meet what
 * goes there. On the reference corridor, most of whose bans say for good what may not travel by a
 * border or a mode. */
#include <stdlib.h>

#include "base/time.h"
#include "check.h"
#include "desk/simulate_study.h"

static struct zhol_corridor *corridor;
static struct zhol_network *network;
static struct zhol_report report;

/* Bans of a class on the ways of the flows, and those of them whose class is carried there. */
static void count_bans(const struct study *study, uint32_t *all, uint32_t *met)
{
    const struct zhol_network_view *net = &study->view;
    *all = *met = 0;
    for (uint32_t f = 0; f < study->flows.flow_count; f++) {
        const struct zhol_simulate_flow *flow = &study->flows.flows[f];
        for (uint32_t i = 0; i < flow->arc_count; i++) {
            uint16_t list = net->arcs[flow->arcs[i]].ban;
            for (uint32_t b = net->first_ban[list]; list && b < net->first_ban[list + 1]; b++) {
                const struct zhol_ban *ban = &net->bans[b];
                bool whole = ban->commodity == ZHOL_NONE && !ban->from_country[0] &&
                             !ban->to_country[0] && ban->class;
                *all += whole;
                *met += whole && ban->class == flow->class;
            }
        }
    }
}

static void test_bans_that_meet_nothing(void)
{
    struct study_options how;
    struct study study = {0};
    uint32_t all = 0, met = 0;
    study_options_init(&how);
    how.start_s = (int64_t)zhol_corridor_about(corridor).day * TIME_DAY_S;
    how.days = 30;
    how.warm_up_days = 0;
    how.assigned = true;
    CHECK_INT_EQ(study_prepare(corridor, network, &how, &report, &study), ZHOL_ERROR_OK);
    count_bans(&study, &all, &met);
    CHECK(all > 1000);
    CHECK_INT_EQ(met, 0);
    CHECK_INT_EQ(study.model_options.disruption_count, 0);
    study_clear(&study);
}

/* One that is stated stays a disruption. */
static void test_stated(void)
{
    struct study_options how;
    struct study study = {0};
    struct state state = {0};
    study_options_init(&how);
    CHECK_INT_EQ(state_disruption(corridor, "DOSTYK@2026-01-10..2026-01-12=0.5", &report, &state),
                 ZHOL_ERROR_OK);
    how.start_s = (int64_t)time_days((struct time_date){2026, 1, 1}) * TIME_DAY_S;
    how.days = 30;
    how.warm_up_days = 0;
    how.assigned = true;
    how.state = &state;
    CHECK_INT_EQ(study_prepare(corridor, network, &how, &report, &study), ZHOL_ERROR_OK);
    CHECK_INT_EQ(study.model_options.disruption_count, 1);
    study_clear(&study);
    state_clear(&state);
}

int main(int argc, char **argv)
{
    char folder[512];
    if (argc < 2) {
        return 2;
    }
    snprintf(folder, sizeof folder, "%s/corridors/china-kazakhstan", argv[1]);
    zhol_report_init(&report, 0);
    struct zhol_network_options options = {.horizon_days = 60};
    enum zhol_error error = zhol_corridor_read(folder, NULL, &report, &corridor);
    options.day = error ? 0 : zhol_corridor_about(corridor).day;
    if (error || zhol_network_compile(corridor, &options, &report, &network)) {
        fprintf(stderr, "%s cannot be used\n", folder);
        return 1;
    }
    RUN(test_bans_that_meet_nothing);
    RUN(test_stated);
    zhol_network_free(network);
    zhol_corridor_free(corridor);
    zhol_report_clear(&report);
    return check_report();
}
