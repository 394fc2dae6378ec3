/* check_claims.c: figures that are there to check fit nothing, and every published figure that may
 * not fit anything, and every promise, has its test.
 *
 * None is left out in silence: where nothing can decide a figure, a row with the method `none` says
 * why. Corridors without any row of claim_test have no such table to keep whole.
 */
#include <stdlib.h>

#include "corridor/check.h"

static void check_row_of(struct check *check, const struct zhol_claim_test *test, uint32_t row)
{
    bool none = test->method == zhol_claim_method_NONE;
    bool has_default = test->method == zhol_claim_method_WAY_LENGTH ||
                       test->method == zhol_claim_method_PLAN_DAYS ||
                       test->method == zhol_claim_method_SAVING;
    if (test->observation_id == ZHOL_NONE && test->commitment_id == ZHOL_NONE) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_claim_test, row,
                  "observation_id", "observation_id, commitment_id or both");
    }
    if (none != (test->reason != 0)) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_CONFLICT, ZHOL_TABLE_claim_test, row, "reason",
                  none ? "is blank; the method none needs a reason"
                       : "a blank cell: the method decides");
    }
    if (!none && !has_default && !test->asked) {
        check_add(check, ZHOL_FAULT, ZHOL_ERROR_INVALID, ZHOL_TABLE_claim_test, row, "asked",
                  "is blank; %s needs a question", zhol_claim_method_text(test->method));
    }
}

static void check_figures(struct check *check, const uint8_t *tested)
{
    uint32_t count;
    const struct zhol_observation *rows = zhol_corridor_observation(check->corridor, &count);
    for (uint32_t row = 0; row < count; row++) {
        bool open = rows[row].role == zhol_role_CHECK || rows[row].role == zhol_role_CLAIM;
        if (open && !tested[rows[row].observation_id]) {
            check_add(check, ZHOL_WARNING, ZHOL_ERROR_INVALID, ZHOL_TABLE_observation, row, "role",
                      "a row of claim_test.csv for each %s, if only to say why nothing decides it",
                      zhol_role_text(rows[row].role));
        }
    }
}

static void check_promises(struct check *check, const uint8_t *tested)
{
    uint32_t count;
    const struct zhol_commitment *rows = zhol_corridor_commitment(check->corridor, &count);
    for (uint32_t row = 0; row < count; row++) {
        if (!tested[rows[row].commitment_id]) {
            check_add(check, ZHOL_WARNING, ZHOL_ERROR_INVALID, ZHOL_TABLE_commitment, row,
                      "commitment_id", "a row of claim_test.csv for each promise");
        }
    }
}

/* What may fit the demand table: nothing that is there to check it. */
static void check_fitted(struct check *check)
{
    uint32_t count, figures, begin, end;
    const struct zhol_demand_total *totals = zhol_corridor_demand_total(check->corridor, &count);
    const struct zhol_observation *rows = zhol_corridor_observation(check->corridor, &figures);
    for (uint32_t row = 0; row < count; row++) {
        const char *id = check_text(check, totals[row].observation_id);
        uint32_t thing = zhol_corridor_find(check->corridor, ZHOL_TABLE_observation, id);
        if (totals[row].role != zhol_demand_role_FIT || thing == ZHOL_NONE) {
            continue;
        }
        zhol_corridor_rows(check->corridor, ZHOL_TABLE_observation, thing, &begin, &end);
        unsigned role = rows[begin].role;
        if (role == zhol_role_CHECK || role == zhol_role_CLAIM) {
            check_add(check, ZHOL_FAULT, ZHOL_ERROR_CONFLICT, ZHOL_TABLE_demand_total, row,
                      "observation_id",
                      "%s has the role %s: it may not fit anything; the total has the role check, "
                      "or the figure the role calibration",
                      id, zhol_role_text(role));
        }
    }
}

enum zhol_error check_claims(struct check *check)
{
    uint32_t count;
    const struct zhol_claim_test *rows = zhol_corridor_claim_test(check->corridor, &count);
    uint32_t figures = zhol_corridor_things(check->corridor, ZHOL_TABLE_observation);
    uint32_t promises = zhol_corridor_things(check->corridor, ZHOL_TABLE_commitment);
    check_fitted(check);
    if (!count) {
        return ZHOL_ERROR_OK;
    }
    uint8_t *tested = calloc((size_t)figures + promises + 1, 1);
    if (!tested) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t row = 0; row < count; row++) {
        check_row_of(check, &rows[row], row);
        if (rows[row].observation_id != ZHOL_NONE) {
            tested[rows[row].observation_id] = 1;
        }
        if (rows[row].commitment_id != ZHOL_NONE) {
            tested[figures + rows[row].commitment_id] = 1;
        }
    }
    check_figures(check, tested);
    check_promises(check, tested + figures);
    free(tested);
    return ZHOL_ERROR_OK;
}
