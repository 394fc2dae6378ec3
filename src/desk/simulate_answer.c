/* simulate_answer.c: groups, places and stations of a study. See simulate_answer.h. */
#include "desk/simulate_answer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "desk/simulate_clearing.h"
#include "desk/simulate_recovery.h"

/* ---- Groups ---- */

/* Where nothing arrived there is no time. */
static void blank(struct zhol_simulate_flows_result *result)
{
    const struct zhol_simulate_value none = {NAN, NAN};
    result->transit_h = result->p50_h = result->p90_h = result->p95_h = none;
    for (uint32_t c = 0; c < ZHOL_SIMULATE_CAUSE_COUNT; c++) {
        result->by_cause_h[c] = none;
    }
    for (int s = 0; s < ZHOL_SIMULATE_STEP_COUNT; s++) {
        result->by_step_h[s] = none;
    }
}

/* What arrived and what is still under way, in tonnes: sums over commodities make sense in them. */
static void count_tonnes(const struct study *study, const uint32_t *flows, struct answer_group *g)
{
    size_t size = zhol_simulate_block_size(study->model);
    double arrived_t = 0, alive_t = 0, wanted_t = g->group.t_day * study->options->days;
    for (uint32_t k = 0; k < g->group.count; k++) {
        struct zhol_simulate_flow_about about;
        zhol_simulate_flow_about(study->model, flows[k], &about);
        double t_unit = about.unit_loads * about.t_load / study->count;
        for (uint32_t i = 0; i < study->count; i++) {
            struct zhol_simulate_flow_tally tally;
            zhol_simulate_block_flow(study->model, study->blocks + i * size, flows[k], &tally);
            arrived_t += (double)tally.units * t_unit;
            alive_t += (double)tally.alive * t_unit;
        }
    }
    g->arrived_share = wanted_t > 0 ? arrived_t / wanted_t : NAN;
    g->under_way_t = alive_t;
}

static enum zhol_error make_group(struct answer *answer, uint32_t i)
{
    struct zhol_simulate_blocks blocks = study_blocks(answer->study);
    struct answer_group *g = &answer->list[i];
    g->group = answer->groups.list[i];
    const uint32_t *flows = answer->groups.flows + g->group.first;
    g->group.t_day = g->group.loads_day = 0;
    for (uint32_t k = 0; k < g->group.count; k++) { /* of a list too, as the model counts it */
        struct zhol_simulate_flow_about about;
        zhol_simulate_flow_about(answer->study->model, flows[k], &about);
        g->group.loads_day += about.loads_day;
        g->group.t_day += about.loads_day * about.t_load;
    }
    count_tonnes(answer->study, flows, g);
    enum zhol_error error = zhol_simulate_flows(&blocks, flows, g->group.count, &g->result);
    if (!error && g->result.units <= 0) {
        blank(&g->result);
    }
    if (!error && answer->other) {
        error = pairs_gain(answer->study, answer->other, &answer->groups, &answer->other_groups, i,
                           &g->gain);
    }
    return error;
}

static enum zhol_error make_groups(struct answer *answer)
{
    const struct study *study = answer->study;
    enum zhol_error error =
        groups_make(study->corridor, &study->view, &study->flows, &answer->groups);
    if (!error && answer->other) {
        const struct study *other = answer->other;
        error = groups_make(other->corridor, &other->view, &other->flows, &answer->other_groups);
        error = error ? error : pairs_units(study, other, &answer->units);
    }
    answer->list = error ? NULL : calloc(answer->groups.count + 1, sizeof *answer->list);
    error = !error && !answer->list ? ZHOL_ERROR_MEMORY : error;
    for (uint32_t i = 0; !error && i < answer->groups.count; i++) {
        error = make_group(answer, i);
        answer->count += !error;
    }
    return error;
}

/* ---- Places ---- */

static int by_queue(const void *a, const void *b)
{
    const struct answer_place *x = a, *y = b;
    double left = x->result.queue_mean.mean, right = y->result.queue_mean.mean;
    return left > right ? -1 : left < right ? 1 : (x->place > y->place) - (x->place < y->place);
}

static enum zhol_error make_places(struct answer *answer)
{
    const struct zhol_simulate_model *model = answer->study->model;
    struct zhol_simulate_blocks blocks = study_blocks(answer->study);
    uint32_t count = zhol_simulate_place_count(model);
    enum zhol_error error = ZHOL_ERROR_OK;
    answer->places = calloc(count + 1, sizeof *answer->places);
    if (!answer->places) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; !error && i < count; i++) {
        struct answer_place *place = &answer->places[i];
        place->place = i;
        zhol_simulate_place_about(model, i, &place->about);
        error = zhol_simulate_place_result(&blocks, i, &place->result);
    }
    answer->place_count = error ? 0 : count;
    qsort(answer->places, answer->place_count, sizeof *answer->places, by_queue);
    return error;
}

/* ---- Stations ---- */

/* The place of the corridor at which the queue of a model place stands, or ZHOL_NONE. */
static uint32_t station_of(const struct zhol_simulate_place *about)
{
    bool held = about->kind == ZHOL_SIMULATE_PLACE_BAN || about->kind == ZHOL_SIMULATE_PLACE_VESSEL;
    return held ? ZHOL_NONE : about->node;
}

static int by_mean(const void *a, const void *b)
{
    const struct answer_station *x = a, *y = b;
    return x->queue_mean > y->queue_mean   ? -1
           : x->queue_mean < y->queue_mean ? 1
                                           : (x->node > y->node) - (x->node < y->node);
}

/* All nodes with queues, with their mean; returns how many, or ZHOL_NONE without memory. */
static uint32_t list_stations(struct answer *answer)
{
    uint32_t count = 0;
    answer->stations = calloc(answer->place_count + 1, sizeof *answer->stations);
    for (uint32_t i = 0; answer->stations && i < answer->place_count; i++) {
        const struct answer_place *place = &answer->places[i];
        uint32_t node = station_of(&place->about), k = 0;
        while (k < count && answer->stations[k].node != node) {
            k++;
        }
        if (node != ZHOL_NONE) {
            count += k == count;
            answer->stations[k].node = node;
            answer->stations[k].queue_mean += place->result.queue_mean.mean;
        }
    }
    return answer->stations ? count : ZHOL_NONE;
}

static uint32_t places_at(const struct zhol_simulate_model *model, uint32_t node, uint32_t *places)
{
    uint32_t count = zhol_simulate_place_count(model), found = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct zhol_simulate_place about;
        zhol_simulate_place_about(model, i, &about);
        if (station_of(&about) == node) {
            places[found++] = i;
        }
    }
    return found;
}

static uint32_t other_node(const struct answer *answer, uint32_t node)
{
    const char *id = zhol_corridor_id(answer->study->corridor, ZHOL_TABLE_node, node);
    return zhol_corridor_find(answer->other->corridor, ZHOL_TABLE_node, id);
}

static enum zhol_error other_series(const struct answer *answer, struct answer_station *s)
{
    const struct study *other = answer->other;
    uint32_t *places = calloc(zhol_simulate_place_count(other->model) + 1, sizeof *places);
    struct zhol_simulate_blocks blocks = study_blocks(other);
    s->other_mean = calloc(answer->samples + 1, sizeof *s->other_mean);
    enum zhol_error error = places && s->other_mean ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    if (!error) {
        uint32_t count = places_at(other->model, other_node(answer, s->node), places);
        error = count ? zhol_simulate_series(&blocks, places, count, ZHOL_SIMULATE_QUEUE, 0.1, 0.9,
                                             s->other_mean, NULL, NULL)
                      : ZHOL_ERROR_OK;
    }
    free(places);
    return error;
}

static enum zhol_error make_series(const struct answer *answer, struct answer_station *s)
{
    struct zhol_simulate_blocks blocks = study_blocks(answer->study);
    double **arrays[] = {&s->mean, &s->low, &s->high, &s->oldest_h, &s->oldest_high_h};
    s->places = calloc(answer->place_count + 1, sizeof *s->places);
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) {
        *arrays[i] = calloc(answer->samples + 1, sizeof **arrays[i]);
        if (!*arrays[i] || !s->places) {
            return ZHOL_ERROR_MEMORY;
        }
    }
    s->place_count = places_at(answer->study->model, s->node, s->places);
    enum zhol_error error =
        zhol_simulate_series(&blocks, s->places, s->place_count, ZHOL_SIMULATE_QUEUE, 0.1, 0.9,
                             s->mean, s->low, s->high);
    error = error ? error
                  : zhol_simulate_series(&blocks, s->places, s->place_count, ZHOL_SIMULATE_OLDEST_H,
                                         0.1, 0.9, s->oldest_h, NULL, s->oldest_high_h);
    return !error && answer->other ? other_series(answer, s) : error;
}

static enum zhol_error make_stations(struct answer *answer)
{
    uint32_t count = list_stations(answer);
    enum zhol_error error = count == ZHOL_NONE ? ZHOL_ERROR_MEMORY : ZHOL_ERROR_OK;
    if (error) {
        return error;
    }
    answer->samples = zhol_simulate_sample_count(answer->study->model);
    answer->sample_h = zhol_simulate_sample_h(answer->study->model);
    qsort(answer->stations, count, sizeof *answer->stations, by_mean);
    count = count < ANSWER_STATIONS ? count : ANSWER_STATIONS;
    answer->station_count = count;
    for (uint32_t i = 0; !error && i < count; i++) {
        error = make_series(answer, &answer->stations[i]);
    }
    return error;
}

/* ---- The runs themselves ---- */

static void look_at_runs(struct answer *answer)
{
    const struct study *study = answer->study;
    size_t size = zhol_simulate_block_size(study->model);
    answer->audited = study->options->audit && study->count;
    answer->holds = answer->audited;
    for (uint32_t i = 0; i < study->count; i++) {
        struct zhol_simulate_run_about about;
        zhol_simulate_block_about(study->blocks + i * size, &about);
        answer->events += about.events;
        answer->recomputed += about.recomputed;
        answer->not_recomputed += about.not_recomputed;
        answer->blocked += (double)about.blocked / study->count;
        answer->abandoned += (double)about.abandoned / study->count;
        answer->bans += (double)about.bans / study->count;
        answer->fingerprint =
            map_hash_u64(about.fingerprint ^ answer->fingerprint, about.replication + 1);
        if (answer->holds && !about.holds) {
            answer->holds = false;
            answer->failed = study->replication[i];
            zhol_simulate_audit(study->model, study->replication[i], answer->why,
                                sizeof answer->why);
        }
    }
}

/* Planned minutes of all paths, weighed by their tonnes, by what they rest on. */
static void look_at_evidence(struct answer *answer)
{
    const struct flows *flows = &answer->study->flows;
    double sum = 0;
    for (uint32_t i = 0; i < flows->flow_count; i++) {
        const struct zhol_simulate_flow *flow = &flows->flows[i];
        double t_day = flow->loads_day * flow->t_load;
        for (uint32_t k = 0; k < flow->arc_count; k++) {
            const struct zhol_arc *arc = &answer->study->view.arcs[flow->arcs[k]];
            double weight = t_day * arc->minutes[ZHOL_TIME_MEDIAN];
            answer->time_share[arc->time_evidence] += weight;
            sum += weight;
        }
    }
    for (int e = 0; e < ZHOL_EVIDENCE_COUNT; e++) {
        answer->time_share[e] = sum > 0 ? answer->time_share[e] / sum : 0;
    }
}

enum zhol_error answer_make(const struct study *study, const struct study *other,
                            struct answer *answer)
{
    memset(answer, 0, sizeof *answer);
    answer->study = study;
    answer->other = other;
    enum zhol_error error = make_groups(answer);
    error = error ? error : make_places(answer);
    error = error ? error : make_stations(answer);
    if (!error && study->options->from_state) {
        error = clearing_make(study, &answer->clearings, &answer->clearing_count);
    }
    error = error ? error : recovery_make(study, &answer->recoveries, &answer->recovery_count);
    if (!error && study->options->list) {
        error = listed_make(study, other, &answer->listed);
    }
    if (!error) {
        look_at_runs(answer);
        look_at_evidence(answer);
        study_steadiness(study, &answer->steady);
        answer->settled = study->options->from_state || answer->steady.kind == STEADY;
    }
    return error;
}

void answer_clear(struct answer *answer)
{
    for (uint32_t i = 0; answer->stations && i < answer->station_count; i++) {
        struct answer_station *s = &answer->stations[i];
        free(s->places);
        free(s->mean);
        free(s->low);
        free(s->high);
        free(s->oldest_h);
        free(s->oldest_high_h);
        free(s->other_mean);
    }
    groups_clear(&answer->groups);
    groups_clear(&answer->other_groups);
    free(answer->list);
    free(answer->places);
    free(answer->stations);
    free(answer->clearings);
    free(answer->recoveries);
    free(answer->worths);
    borders_clear(&answer->borders);
    listed_clear(&answer->listed);
    memset(answer, 0, sizeof *answer);
}
