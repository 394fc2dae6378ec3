/* fuzz/fuzz_comtrade.c: any bytes as a UN Comtrade table: never a crash, and what is read can be
 * mirrored.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "desk/comtrade.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct comtrade data = {0};
    struct comtrade_mirrors mirrors = {0};
    struct zhol_report report;
    zhol_report_init(&report, 10);
    /* twice: the second reading may add nothing */
    if (!comtrade_read(&data, "fuzz.csv", (const char *)bytes, size, &report)) {
        uint32_t count = data.count;
        if (comtrade_read(&data, "fuzz.csv", (const char *)bytes, size, &report) ||
            data.count != count) {
            abort();
        }
        if (!comtrade_mirror(&data, NULL, NULL, &mirrors) && mirrors.count > count) {
            abort();
        }
    }
    comtrade_mirrors_clear(&mirrors);
    comtrade_clear(&data);
    zhol_report_clear(&report);
    return 0;
}
