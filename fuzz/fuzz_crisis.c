/* Any bytes as the file of a crisis: no crash; what is read has a time that can be run, and small
 * ones give a forecast whose bands are in order.
 */
#include <math.h>
#include <stdlib.h>

#include "desk/crisis.h"

static void expect(int condition)
{
    if (!condition) {
        abort();
    }
}

static int small(const struct crisis *crisis)
{
    int is = crisis->row_count < 20 && crisis->end - crisis->begin < 40;
    for (uint32_t i = 0; i < crisis->row_count; i++) {
        is = is && !(fabs(crisis->rows[i].value) > 200) && !(fabs(crisis->rows[i].low) > 200) &&
             !(fabs(crisis->rows[i].high) > 200);
    }
    return is;
}

static int ordered(struct crisis_band band)
{
    return band.p10 <= band.p50 && band.p50 <= band.p90;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct crisis crisis;
    struct crisis_forecast forecast;
    struct crisis_options options = {.replications = 3};
    if (crisis_parse("fuzz", (const char *)data, size, NULL, &crisis)) {
        return 0;
    }
    expect(crisis.end > crisis.begin && crisis.lot >= 1);
    if (small(&crisis) && !crisis_forecast(&crisis, &options, &forecast)) {
        expect(ordered(forecast.peak) && ordered(forecast.cleared));
        expect(forecast.never >= 0 && forecast.never <= 1);
    }
    crisis_clear(&crisis);
    return 0;
}
