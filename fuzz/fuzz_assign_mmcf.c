/* fuzz_assign_mmcf: the reader of multicommodity instances, and the solver on what it accepts.
 *
 * Looked for: crashes, leaks, reads out of bounds, and a certificate that contradicts itself.
 */
#include <zhol/assign.h>

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void check(int truth)
{
    if (!truth) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    enum { SMALL = 200 };
    struct zhol_report report;
    struct zhol_assign *assign = NULL;
    zhol_report_init(&report, 5);
    enum zhol_error error =
        zhol_assign_parse_mmcf(&assign, (const char *)bytes, size, "fuzz", &report);
    check((error == ZHOL_ERROR_OK) == (assign != NULL));
    check(error != ZHOL_ERROR_SYNTAX || zhol_report_failed(&report));
    if (!error && zhol_assign_arc_count(assign) <= SMALL &&
        zhol_assign_demand_count(assign) <= SMALL) {
        struct zhol_assign_certificate it;
        error = zhol_assign_solve(assign, &(struct zhol_assign_options){.seconds = 2}, &it);
        check(error == ZHOL_ERROR_OK || error == ZHOL_ERROR_UNREACHABLE ||
              error == ZHOL_ERROR_MEMORY);
        if (!error) {
            check(it.dual <= it.primal + 1e-6 * (1 + it.primal));
        }
    }
    zhol_assign_free(assign);
    zhol_report_clear(&report);
    return 0;
}
