/* claim_tally.c: see claim_tally.h. */
#include "desk/claim_tally.h"

#include <math.h>

bool claim_is_computed(unsigned method)
{
    return method != zhol_claim_method_FORMULA && method != zhol_claim_method_DEMAND &&
           method != zhol_claim_method_NONE;
}

bool claim_is_beside_capacity(const struct zhol_corridor *corridor,
                              const struct zhol_claim_test *test, const struct claim_answer *answer)
{
    return *zhol_corridor_text(corridor, test->claimed) == '>' && isinf(answer->claimed.high) &&
           answer->claimed.low != 0;
}

static bool is_by_evidence(enum claim_verdict verdict)
{
    return verdict == CLAIM_KEPT || verdict == CLAIM_NOT_KEPT || verdict == CLAIM_PAST;
}

static void add(const struct zhol_corridor *corridor, const struct zhol_claim_test *test,
                const struct claim_answer *answer, struct claim_tally *tally)
{
    bool judged = answer->verdict == CLAIM_CONSISTENT || answer->verdict == CLAIM_INCONSISTENT;
    if (judged && claim_is_beside_capacity(corridor, test, answer)) {
        tally->all++;
        tally->within += answer->verdict == CLAIM_CONSISTENT;
        tally->above += answer->verdict == CLAIM_INCONSISTENT;
        return;
    }
    bool computed = claim_is_computed(test->method) && !is_by_evidence(answer->verdict);
    tally->all++;
    (computed ? tally->model : tally->rows)[answer->verdict]++;
    if (computed && answer->verdict == CLAIM_CONSISTENT) {
        tally->lengths += test->method == zhol_claim_method_WAY_LENGTH;
        tally->timetables += answer->timetable;
    }
}

static const struct zhol_observation *figure_of(const struct zhol_corridor *corridor,
                                                const struct zhol_claim_test *test)
{
    uint32_t count, begin, end;
    const struct zhol_observation *figures = zhol_corridor_observation(corridor, &count);
    zhol_corridor_rows(corridor, ZHOL_TABLE_observation, test->observation_id, &begin, &end);
    return &figures[begin];
}

struct claim_tally claims_tally(const struct claim_answers *answers, unsigned role)
{
    struct claim_tally tally = {.all = 0};
    uint32_t count;
    const struct zhol_claim_test *tests = zhol_corridor_claim_test(answers->corridor, &count);
    for (uint32_t i = 0; i < answers->count; i++) {
        const struct zhol_claim_test *test = &tests[answers->items[i].row];
        if (!answers->items[i].decides || test->observation_id == ZHOL_NONE ||
            figure_of(answers->corridor, test)->role != role) {
            continue;
        }
        if (test->commitment_id != ZHOL_NONE) {
            tally.aims++;
        } else {
            add(answers->corridor, test, &answers->items[i], &tally);
        }
    }
    return tally;
}

struct claim_tally claims_tally_promises(const struct claim_answers *answers)
{
    struct claim_tally tally = {.all = 0};
    uint32_t count;
    const struct zhol_claim_test *tests = zhol_corridor_claim_test(answers->corridor, &count);
    for (uint32_t i = 0; i < answers->count; i++) {
        const struct zhol_claim_test *test = &tests[answers->items[i].row];
        if (answers->items[i].decides && test->observation_id == ZHOL_NONE &&
            test->commitment_id != ZHOL_NONE) {
            add(answers->corridor, test, &answers->items[i], &tally);
        }
    }
    return tally;
}
