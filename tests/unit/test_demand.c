/* test_demand.c: a demand matrix small enough to be worked out by hand (desk/demand.h), and what
 * the checker says of its inputs.
 */
#include <stdlib.h>

#include <zhol/corridor.h>

#include "check.h"
#include "desk/demand.h"
#include "tiny_copy.h"

#define EVIDENCE ",assumed-tiny,low,,\n"

static const char flows[] = "demand_flow_id,name,direction,mode,seed_t,low,high,reach_km,source_id,"
                            "confidence,fact_id,note\n"
                            "in,Imports,import,rail,1000,500,2000," EVIDENCE
                            "out,Exports,export,rail,100,50,200,500" EVIDENCE;
static const char generators[] =
    "demand_flow_id,dimension,node_id,commodity_id,month,weight,low,high,source_id,confidence,"
    "fact_id,note\n"
    "in,commodity,,electronics,,1,1,1" EVIDENCE "in,origin,XIAN,,,3,2,4" EVIDENCE
    "in,origin,ALASHANKOU,,,1,1,1" EVIDENCE "in,destination,ALMATY,,,1,1,1" EVIDENCE
    "in,via,DOSTYK,,,1,1,1" EVIDENCE "out,commodity,,wheat,,1,1,1" EVIDENCE
    "out,origin,ALMATY,,,1,1,1" EVIDENCE "out,origin,ALMATY,electronics,,9,9,9" EVIDENCE
    "out,destination,XIAN,,,1,1,1" EVIDENCE "out,via,DOSTYK,,,1,1,1" EVIDENCE
    "out,via,AKTAU,,,1,1,1" EVIDENCE "out,month,,,1,1,1,1" EVIDENCE "out,month,,,2,3,3,3" EVIDENCE;
static const char total_head[] =
    "demand_total_id,name,period_start,period_end,role,kind,value,unit,low,high,flows,vias,"
    "commodities,class,origins,destinations,includes,source_id,confidence,fact_id,note\n";
static const char totals[] =
    "year,Year,2024-01-01,2025-01-01,fit,published,4000,t,4000,4000,in,,,,,,all" EVIDENCE
    "january,January,2024-01-01,2024-02-01,fit,published,600,t,600,600,in,DOSTYK,,,,,part" EVIDENCE
    "boxes,Boxes,2024-01-01,2025-01-01,check,derived,571,teu,571,571,in,,,container,CN,KZ,"
    "all" EVIDENCE
    "wheat,Wheat,2024-01-01,2025-01-01,fit,published,777,t,777,777,,AKTAU,wheat,,,,all" EVIDENCE
    "typed,Typed,2025-01-01,2026-01-01,fit,assumed,300000,t,300000,300000,,,electronics,,,,"
    "the typed row and the flow" EVIDENCE;

static struct tiny tiny;

static void write_inputs(const char *all_totals)
{
    struct buffer text;
    buffer_init(&text);
    buffer_printf(&text, "%s%s", total_head, all_totals);
    tiny_text(&tiny, "demand_flow.csv", flows);
    tiny_text(&tiny, "demand_generator.csv", generators);
    tiny_text(&tiny, "demand_total.csv", buffer_get(&text));
    buffer_clear(&text);
}

static struct zhol_corridor *read_tiny(void)
{
    struct zhol_corridor *corridor = NULL;
    struct zhol_report report;
    char text[512];
    zhol_report_init(&report, 10);
    if (zhol_corridor_read(tiny.folder, NULL, &report, &corridor)) {
        for (uint32_t i = 0; i < report.count; i++) {
            zhol_finding_text(&report.findings[i], text, sizeof text);
            CHECK_FAIL("%s", text);
        }
    }
    zhol_report_clear(&report);
    return corridor;
}

static const struct demand_cell *cell(const struct demand_fit *fit, const char *id)
{
    uint32_t at = demand_find(fit, id);
    CHECK(at != ZHOL_NONE);
    return at == ZHOL_NONE ? fit->cells : &fit->cells[at];
}

/* 4,000 t as 3 to 1; 600 t of it in January, the other months by days of what is left. */
static void test_year(void)
{
    struct demand_fit fit;
    write_inputs(totals);
    struct zhol_corridor *corridor = read_tiny();
    CHECK(corridor && !demand_make(corridor, 2024, &fit));
    CHECK_INT_EQ(fit.state, IPF_MET);
    CHECK_INT_EQ(fit.left_over, 0);
    CHECK_INT_EQ(fit.fitted_count, 4);
    CHECK_INT_EQ(fit.cell_count, 4);
    const struct demand_cell *xian = cell(&fit, "D.2024.in.XIAN-ALMATY.electronics.DOSTYK");
    CHECK_NEAR((double)xian->t, 3000, 1); /* months are rounded one by one */
    CHECK_INT_EQ(xian->month_t[0], 450);
    CHECK_NEAR((double)xian->month_t[1], 2550 * 29.0 / 335, 1);
    CHECK_NEAR((double)xian->teu, 3000.0 * 2 / 14, 1);
    CHECK_NEAR((double)cell(&fit, "D.2024.in.ALASHANKOU-ALMATY.electronics.DOSTYK")->t, 1000, 1);
    for (uint32_t k = 0; k < fit.total_count; k++) {
        CHECK(k == 2 || fit.totals[k].found == (k == 0 ? 4000 : k == 1 ? 600 : 777));
    }
    CHECK_NEAR(fit.totals[2].found, 4000.0 * 2 / 14, 1e-9);
    demand_clear(&fit);
    zhol_corridor_free(corridor);
}

static double radians(double degrees)
{
    return degrees * acos(-1) / 180;
}

/* km by the law of cosines: another formula than the one in the program. */
static double km(double lon_a, double lat_a, double lon_b, double lat_b)
{
    return 6371 * acos(sin(radians(lat_a)) * sin(radians(lat_b)) +
                       cos(radians(lat_a)) * cos(radians(lat_b)) * cos(radians(lon_b - lon_a)));
}

/* Two crossings of equal weight: the seed is as exp(-detour / 500 km), the months are as 1 to 3. A
 * cell that a published total counts alone is published. */
static void test_gravity(void)
{
    struct demand_fit fit;
    write_inputs(totals);
    struct zhol_corridor *corridor = read_tiny();
    CHECK(corridor && !demand_make(corridor, 2024, &fit));
    const struct demand_cell *near = cell(&fit, "D.2024.out.ALMATY-XIAN.wheat.DOSTYK");
    const struct demand_cell *far = cell(&fit, "D.2024.out.ALMATY-XIAN.wheat.AKTAU");
    double over_dostyk = km(76.93, 43.26, 82.48, 45.25) + km(82.48, 45.25, 108.94, 34.34);
    double over_aktau = km(76.93, 43.26, 51.2, 43.6) + km(51.2, 43.6, 108.94, 34.34);
    CHECK_NEAR(log(near->share / far->share), (over_aktau - over_dostyk) / 500, 1e-6);
    CHECK_NEAR(near->share + far->share, 1, 1e-12);
    CHECK_INT_EQ(far->t, 777);
    CHECK_INT_EQ(far->month_t[0], 194);
    CHECK_INT_EQ(far->month_t[1], 583);
    CHECK_INT_EQ(far->kind, zhol_demand_kind_PUBLISHED);
    CHECK_INT_EQ(near->kind, zhol_demand_kind_FITTED);
    demand_clear(&fit);
    zhol_corridor_free(corridor);
}

/* 280,000 t are typed for 2025; the flow gets what is left of the 300,000. */
static void test_typed(void)
{
    struct demand_fit fit;
    write_inputs(totals);
    struct zhol_corridor *corridor = read_tiny();
    CHECK(corridor && !demand_make(corridor, 2025, &fit));
    CHECK_INT_EQ(fit.cell_count - fit.fitted_count, 2);
    CHECK_INT_EQ(cell(&fit, "D.1")->t, 280000);
    CHECK_NEAR((double)cell(&fit, "D.2025.in.XIAN-ALMATY.electronics.DOSTYK")->t, 15000, 1);
    CHECK_NEAR(fit.totals[0].found, 300000, 0);
    demand_clear(&fit);
    CHECK_INT_EQ(demand_make(corridor, 1999, &fit), ZHOL_ERROR_UNKNOWN);
    demand_clear(&fit);
    zhol_corridor_free(corridor);
}

/* The weight of Xi'an, 2 to 4 around 3: t = 4000 w / (w + 1), so d ln t / d ln w = 1 / (w + 1). */
static void test_range(void)
{
    struct demand_fit fit;
    struct demand_influence *list = NULL;
    uint32_t count = 0;
    write_inputs(totals);
    struct zhol_corridor *corridor = read_tiny();
    CHECK(corridor && !demand_make(corridor, 2024, &fit));
    uint32_t xian = demand_find(&fit, "D.2024.in.XIAN-ALMATY.electronics.DOSTYK");
    CHECK(!demand_influences(&fit, xian, &list, &count));
    double t = (double)fit.cells[xian].t;
    CHECK(count >= 1 && list[0].table == ZHOL_TABLE_demand_generator);
    CHECK_NEAR(list[0].at_high, log(4.0 / 3) / 4, 1e-9);
    CHECK_NEAR(list[0].at_low, -log(3.0 / 2) / 4, 1e-9);
    CHECK_INT_EQ(fit.cells[xian].t_low, (int64_t)floor(t * exp(-log(1.5) / 4)));
    CHECK_INT_EQ(fit.cells[xian].t_high, (int64_t)ceil(t * exp(log(4.0 / 3) / 4)));
    free(list);
    demand_clear(&fit);
    zhol_corridor_free(corridor);
}

/* A January above its year. */
static void test_contradiction(void)
{
    struct demand_fit fit;
    write_inputs(
        "year,Year,2024-01-01,2025-01-01,fit,published,4000,t,4000,4000,in,,,,,,all" EVIDENCE
        "january,January,2024-01-01,2024-02-01,fit,published,4600,t,4600,4600,in,,,,,,x" EVIDENCE);
    struct zhol_corridor *corridor = read_tiny();
    CHECK(corridor && !demand_make(corridor, 2024, &fit));
    CHECK_INT_EQ(fit.state, IPF_CONTRADICTS);
    CHECK_NEAR(fit.gap, 600, 1e-6);
    CHECK(fit.totals[0].proof < 0 && fit.totals[1].proof > 0);
    demand_clear(&fit);
    zhol_corridor_free(corridor);
}

/* ---- What the checker says ---- */

static void expect_fault(const char *file, const char *find, const char *replace, const char *want)
{
    struct zhol_corridor *corridor = NULL;
    struct zhol_report report;
    struct buffer text;
    char found[512] = "";
    write_inputs(totals);
    buffer_init(&text);
    const char *whole = strcmp(file, "demand_total.csv") == 0 ? totals : generators;
    const char *at = strstr(whole, find);
    CHECK(at != NULL);
    if (at) {
        buffer_string(&text, whole == totals ? total_head : "");
        buffer_append(&text, whole, (size_t)(at - whole));
        buffer_string(&text, replace);
        buffer_string(&text, at + strlen(find));
        tiny_text(&tiny, file, buffer_get(&text));
    }
    zhol_report_init(&report, 10);
    CHECK(zhol_corridor_read(tiny.folder, NULL, &report, &corridor) != ZHOL_ERROR_OK);
    if (report.count) {
        zhol_finding_text(&report.findings[0], found, sizeof found);
    }
    CHECK_STR_EQ(found, want);
    zhol_report_clear(&report);
    zhol_corridor_free(corridor);
    buffer_clear(&text);
}

static void test_faults(void)
{
    expect_fault(
        "demand_generator.csv", "in,origin,XIAN", "in,origin,",
        "demand_generator.csv:3: node_id: is blank; the place that is weighed stands here");
    expect_fault("demand_generator.csv", "in,commodity,,", "in,commodity,XIAN,",
                 "demand_generator.csv:2: node_id: found \"XIAN\", expected a blank cell: no place "
                 "is weighed");
    expect_fault("demand_generator.csv", "out,month,,,1,", "out,month,,,13,",
                 "demand_generator.csv:13: month: found \"13\", expected a month, 1 to 12");
    expect_fault("demand_generator.csv", "in,destination,ALMATY", "in,via,ALMATY",
                 "demand_flow.csv:2: demand_flow_id: found \"in\", expected a row of "
                 "demand_generator with dimension destination for it");
    expect_fault("demand_total.csv", "2024-01-01,2024-02-01", "2024-01-01,2025-02-01",
                 "demand_total.csv:3: period_end: found \"2025-02-01\", expected a day in the year "
                 "of period_start, or the first day after it");
    expect_fault("demand_total.csv", "CN,KZ", "CN,K",
                 "demand_total.csv:4: destinations: found \"K\", expected items separated by ';', "
                 "each an ISO 3166-1 alpha-2 code such as KZ: 'K' is not");
}

int main(int argc, char **argv)
{
    tiny_make(&tiny, argc > 1 ? argv[1] : ".");
    RUN(test_year);
    RUN(test_gravity);
    RUN(test_typed);
    RUN(test_range);
    RUN(test_contradiction);
    RUN(test_faults);
    tiny_drop(&tiny);
    return check_report();
}
