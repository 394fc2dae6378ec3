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

static void add_cents(const struct zhol_network_view *net, const struct zhol_load *load,
                      const struct zhol_step *step, struct zhol_evidence_share *share)
{
    struct zhol_cost_line lines[MAX_LINES];
    bool unknown;
    uint32_t count = 0;
    if (step->passes) {
        return;
    }
    zhol_network_cost(net, step->arc, load, &unknown, lines, MAX_LINES, &count);
    for (uint32_t i = 0; i < count && i < MAX_LINES; i++) {
        double cents = (double)lines[i].cents;
        share->cents[net->prices[lines[i].price].evidence] += cents < 0 ? -cents : cents;
    }
    if (step->storage_cents) {
        uint32_t set = net->storage[zhol_network_tail(net, step->arc)].price_set;
        uint32_t price = net->set_prices[net->first_price[set]];
        share->cents[net->prices[price].evidence] += (double)step->storage_cents;
    }
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
