/* claim_verdict_fit.c: published border times against what the calibration predicts.
 *
 * `SIDE DIRECTION YEAR` ("CN all 2023"): the prediction of desk/calibrate.h, fitted on the years
 * before and on nothing else. The same figures stand in the calibration, so that no figure has two
 * predictions.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "desk/calibrate.h"
#include "desk/claim_verdict_parts.h"

/* What is asked, read from the row. */
struct asked {
    char side[3], direction[10];
    int year;
};

static bool asked_read(const char *text, struct asked *asked)
{
    return sscanf(text, "%2s %9s %d", asked->side, asked->direction, &asked->year) == 3;
}

static enum zhol_error changes_read(const char *dir, struct calibrate_changes *changes)
{
    struct buffer path;
    buffer_init(&path);
    buffer_printf(&path, "%s/calibration/changes.csv", dir);
    enum zhol_error error =
        path.error ? path.error : calibrate_changes_read(buffer_get(&path), NULL, changes);
    buffer_clear(&path);
    return error;
}

enum zhol_error claim_prediction(struct claim_desk *desk, uint32_t answer)
{
    struct claim_answer *item = &desk->answers->items[answer];
    const char *text = zhol_corridor_text(desk->base, claim_test_of(desk, answer)->asked);
    struct asked asked;
    struct calibrate_changes changes;
    struct calibrate_targets targets;
    struct calibrate_fit fit;
    struct calibrate_predictions predictions;
    if (!asked_read(text, &asked)) {
        return claim_problem(item, "'%s': expected a side, a direction and a year: CN all 2023",
                             text);
    }
    enum zhol_error error = changes_read(desk->options->dir, &changes);
    if (error == ZHOL_ERROR_MEMORY) {
        return error;
    }
    if (error) {
        return claim_problem(item, "calibration/changes.csv: %s", zhol_error_text(error));
    }
    calibrate_targets(desk->base, &targets);
    error = calibrate_fit(&targets, &changes, &fit);
    if (!error) {
        calibrate_predict(&fit, &changes, &targets, &predictions);
    }
    calibrate_changes_clear(&changes);
    for (uint32_t i = 0; !error && i < predictions.count; i++) {
        const struct calibrate_prediction *it = &predictions.items[i];
        if (strcmp(it->side, asked.side) == 0 && strcmp(it->direction, asked.direction) == 0 &&
            predictions.year == asked.year) {
            item->model = (struct trade_value){it->value_h, it->low_h, it->high_h};
            item->too_wide = calibrate_is_too_wide(it);
        }
    }
    if (error == ZHOL_ERROR_MEMORY) {
        return error;
    }
    return error || isnan(item->model.value)
               ? claim_problem(item, "'%s': nothing is fitted that predicts it", text)
               : ZHOL_ERROR_OK;
}
