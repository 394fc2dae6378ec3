/* plan/evidence.c: on what an itinerary's figures rest: published, derived or assumed rows. */
#include <zhol/plan.h>

#include <string.h>

#include "plan/walk.h"

#define MAX_LINES 64

static void add_minutes(const struct zhol_network_view *net, const struct zhol_step *step,
                        struct zhol_evidence_share *share)
{
    if (!step->passes) {
        share->minutes[net->arcs[step->arc].time_evidence] +=
            (double)(step->end_min - step->ready_min);
    }
}

static void add_line(const struct zhol_network_view *net, const struct zhol_cost_line *line,
                     double times, struct zhol_evidence_share *share)
{
    double cents = (double)line->cents * times;
    share->cents[net->prices[line->price].evidence] += cents < 0 ? -cents : cents;
}

/* What was paid for waiting, each price by its own days. */
static void add_storage(const struct zhol_network_view *net, const struct zhol_load *load,
                        const struct zhol_step *step, struct zhol_evidence_share *share)
{
    struct zhol_cost_line lines[ZHOL_STORAGE_LINES];
    uint32_t vertex = zhol_network_tail(net, step->arc);
    uint32_t count = zhol_network_storage_day(net, vertex, load, lines);
    for (uint32_t i = 0; step->storage_cents && i < count; i++) {
        int64_t over =
            step->start_min - step->ready_min - (int64_t)net->prices[lines[i].price].free_minutes;
        add_line(net, &lines[i], over > 0 ? (double)((over + 1439) / 1440) : 0, share);
    }
}

/* The lines of one arc; of a ride with more than there is room for, those of its way: a bill that
 * long is the sum over the way, for an arc has at most one line of each kind of cost. */
static void add_arc_cents(const struct zhol_network_view *net, const struct zhol_load *load,
                          uint32_t arc, struct zhol_evidence_share *share)
{
    struct zhol_cost_line lines[MAX_LINES];
    const uint32_t *arcs;
    bool unknown;
    uint32_t count = 0, way_count = walk_arcs(net, &arc, &arcs);
    zhol_network_cost(net, arc, load, &unknown, lines, MAX_LINES, &count);
    bool whole = count <= MAX_LINES;
    for (uint32_t i = 0; whole && i < count; i++) {
        add_line(net, &lines[i], 1, share);
    }
    for (uint32_t k = 0; !whole && k < way_count; k++) {
        bool passes;
        if (zhol_network_admits(net, arcs[k], load, &passes) && !passes) {
            zhol_network_cost(net, arcs[k], load, &unknown, lines, MAX_LINES, &count);
            for (uint32_t i = 0; i < count && i < MAX_LINES; i++) {
                add_line(net, &lines[i], 1, share);
            }
        }
    }
}

static void add_cents(const struct zhol_network_view *net, const struct zhol_load *load,
                      const struct zhol_step *step, struct zhol_evidence_share *share)
{
    add_storage(net, load, step, share);
    if (step->passes) {
        return;
    }
    add_arc_cents(net, load, step->arc, share);
}

static void add_grams(const struct zhol_network_view *net, const struct zhol_load *load,
                      const struct zhol_step *step, struct zhol_evidence_share *share)
{
    const uint32_t *arcs;
    uint32_t count = walk_arcs(net, &step->arc, &arcs);
    for (uint32_t i = 0; i < count; i++) {
        bool passes = false, unknown = false;
        const struct zhol_arc *arc = &net->arcs[arcs[i]];
        if (arc->emission && zhol_network_admits(net, arcs[i], load, &passes) && !passes) {
            share->grams[net->factors[arc->emission].evidence] +=
                (double)zhol_network_co2e(net, arcs[i], load, &unknown);
        }
    }
}

static void normalise(double share[ZHOL_EVIDENCE_COUNT])
{
    double sum = share[ZHOL_PUBLISHED] + share[ZHOL_DERIVED] + share[ZHOL_ASSUMED];
    for (int i = 0; sum > 0 && i < ZHOL_EVIDENCE_COUNT; i++) {
        share[i] /= sum;
    }
}

struct zhol_evidence_share zhol_plan_evidence(const struct zhol_network *network,
                                              const struct zhol_consignment *consignment,
                                              const struct zhol_plan_result *result,
                                              uint32_t itinerary)
{
    struct zhol_evidence_share share;
    struct zhol_network_view net = zhol_network_view(network);
    const struct zhol_itinerary *it = &result->itineraries[itinerary];
    memset(&share, 0, sizeof share);
    for (uint32_t i = 0; i < it->step_count; i++) {
        const struct zhol_step *step = &result->steps[it->first_step + i];
        add_minutes(&net, step, &share);
        add_cents(&net, &consignment->load, step, &share);
        add_grams(&net, &consignment->load, step, &share);
    }
    normalise(share.minutes);
    normalise(share.cents);
    normalise(share.grams);
    return share;
}
