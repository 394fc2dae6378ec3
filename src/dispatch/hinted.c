/* hinted.c: plans by hints when trains should begin. See search.h. */
#include <stdlib.h>

#include "dispatch/search.h"

enum zhol_error hinted_new(struct hinted *hinted, const struct compiled *compiled)
{
    size_t trains = compiled->day->train_count;
    *hinted = (struct hinted){0};
    hinted->mean = calloc(trains + 1, sizeof *hinted->mean);
    hinted->key = calloc(trains + 1, sizeof *hinted->key);
    enum zhol_error error = hinted->mean && hinted->key ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    if (!error) {
        error = decoder_new(&hinted->decoder, compiled);
    }
    if (!error) {
        error = choice_new(&hinted->trial, compiled);
    }
    if (!error) {
        error = choice_new(&hinted->best, compiled);
    }
    if (!error) {
        error = plan_new(&hinted->plan, compiled->day);
    }
    if (error) {
        hinted_free(hinted);
    }
    return error;
}

void hinted_free(struct hinted *hinted)
{
    decoder_free(&hinted->decoder);
    choice_free(&hinted->trial);
    choice_free(&hinted->best);
    zhol_dispatch_plan_clear(&hinted->plan);
    free(hinted->mean);
    free(hinted->key);
    *hinted = (struct hinted){0};
}

enum zhol_error hinted_rules(struct hinted *hinted, const struct search *search)
{
    return search_rules(search, &hinted->decoder, &hinted->best, &hinted->plan, &hinted->tried);
}

/* Decodes the trial and keeps it as the best when it is better. */
static void trial_keep(struct hinted *hinted)
{
    decode(&hinted->decoder, &hinted->trial);
    hinted->tried++;
    if (objective_compare(&hinted->decoder.board.plan.objective, &hinted->plan.objective) < 0) {
        plan_copy(&hinted->plan, &hinted->decoder.board.plan);
        choice_copy(&hinted->best, &hinted->trial);
    }
}

void hinted_near(struct hinted *hinted, const struct zhol_dispatch_plan *plan)
{
    choice_of_plan(&hinted->trial, hinted->decoder.board.compiled, plan);
    trial_keep(hinted);
}

/* Decodes the trains in order of their keys, all else as in the best choice. */
static void hint_try(struct hinted *hinted)
{
    uint32_t count = hinted->decoder.board.compiled->day->train_count;
    choice_copy(&hinted->trial, &hinted->best);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t j = i;
        for (; j > 0 && hinted->key[hinted->trial.order[j - 1]] > hinted->key[i]; j--) {
            hinted->trial.order[j] = hinted->trial.order[j - 1];
        }
        hinted->trial.order[j] = i;
    }
    trial_keep(hinted);
}

int64_t hinted_hear(void *context, const int32_t *begin_min)
{
    struct hinted *hinted = context;
    const struct compiled *compiled = hinted->decoder.board.compiled;
    double fresh = hinted->heard++ ? 0.08 : 1;
    for (uint32_t i = 0; i < compiled->day->train_count; i++) {
        int32_t begin = begin_min[i] >= 0 ? begin_min[i] : compiled->horizon;
        hinted->mean[i] += fresh * (begin - hinted->mean[i]);
        hinted->key[i] = begin;
    }
    if (hinted->heard % 2) {
        hint_try(hinted);
    } else {
        for (uint32_t i = 0; i < compiled->day->train_count; i++) {
            hinted->key[i] = (int32_t)(hinted->mean[i] * 64);
        }
        hint_try(hinted);
    }
    return hinted->plan.objective.late;
}
