/* test_report_units.c: units of figures in Russian: the form that a number asks for, rates, what is
 * not known. */
#include <math.h>

#include "base/buffer.h"
#include "check.h"
#include "report/units.h"

static void said(const char *unit, double value, const char *want)
{
    struct buffer text = {0};
    report_unit(unit, value, REPORT_RU, &text);
    CHECK_STR_EQ(buffer_get(&text), want);
    buffer_clear(&text);
}

static void test_forms_of_three(void)
{
    static const struct {
        double value;
        const char *want;
    } visits[] = {{0, "визитов"},  {1, "визит"},    {2, "визита"},    {4, "визита"},
                  {5, "визитов"},  {11, "визитов"}, {12, "визитов"},  {14, "визитов"},
                  {21, "визит"},   {22, "визита"},  {111, "визитов"}, {121, "визит"},
                  {2.5, "визита"}, {-3, "визита"},  {NAN, "визитов"}, {1e6, "визитов"}};
    for (size_t i = 0; i < sizeof visits / sizeof *visits; i++) {
        said("visits", visits[i].value, visits[i].want);
    }
}

static void test_rates(void)
{
    said("Mt/yr", 28, "млн т/год");
    said("trucks/day", 651, "машина/сутки");
    said("USD/t/1000 km", 3, "долл./т/1000 км");
    said("USD/500 km/20 t", 900, "долл./500 км/20 т");
    said("bn USD", 43.82, "млрд долл.");
    said("USD per km", 0.12, "долл. за км");
}

static void test_unknown_and_blank(void)
{
    struct buffer text = {0};
    said("", 1, "");
    said("furlongs", 1, "furlongs");
    report_unit("visits", 1, REPORT_EN, &text);
    CHECK_STR_EQ(buffer_get(&text), "visits");
    buffer_clear(&text);
}

int main(void)
{
    RUN(test_forms_of_three);
    RUN(test_rates);
    RUN(test_unknown_and_blank);
    return check_report();
}
