/* tests/unit/test_comtrade.c: UN Comtrade tables of both generations, what is left out of them,
 * mirrors, and what is refused.
 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "check.h"
#include "desk/comtrade.h"

/* Made-up figures. Row 4 is a breakdown by mode, row 5 a re-export: neither may count. */
static const char present[] =
    "typeCode,freqCode,refYear,refMonth,period,reporterISO,flowCode,partnerISO,partner2Code,"
    "cmdCode,customsCode,motCode,netWgt,primaryValue\n"
    "C,A,2023,52,2023,KAZ,X,CHN,0,74,C00,0,500000000,4000000000\n"
    "C,A,2023,52,2023,CHN,M,KAZ,0,74,C00,0,530000000,4400000000\n"
    "C,A,2023,52,2023,CHN,M,KAZ,0,74,C00,2100,530000000,4400000000\n"
    "C,A,2023,52,2023,KAZ,RX,CHN,0,74,C00,0,1,1\n"
    "C,A,2023,52,2023,KAZ,X,CHN,0,TOTAL,C00,0,,14000000000\n"
    "C,A,2023,52,2023,CHN,M,KAZ,0,TOTAL,C00,0,20000000000,21000000000\n"
    "C,A,2023,52,2023,CHN,X,KAZ,0,TOTAL,C00,0,,24000000000\n";

static const char old[] = "Classification,Year,Period,Trade Flow,Reporter ISO,Partner ISO,"
                          "Commodity Code,Netweight (kg),Trade Value (US$)\n"
                          "HS,2022,202203,Export,KAZ,CHN,2709,100000,60000\n"
                          "HS,2022,202203,Import,CHN,KAZ,2709,0,66000\n";

static enum zhol_error read_text(struct comtrade *data, const char *text,
                                 struct zhol_report *report)
{
    return comtrade_read(data, "made.csv", text, strlen(text), report);
}

static void test_both_sides(void)
{
    struct comtrade data = {0};
    struct comtrade_mirrors mirrors;
    int implied;
    CHECK_INT_EQ(read_text(&data, present, NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(data.count, 5);
    CHECK_INT_EQ(data.skipped, 2);
    CHECK_INT_EQ(comtrade_mirror(&data, NULL, NULL, &mirrors), ZHOL_ERROR_OK);
    CHECK_INT_EQ(mirrors.count, 3);
    /* CHN-KAZ TOTAL, KAZ-CHN TOTAL, KAZ-CHN 74 */
    CHECK_STR_EQ(mirrors.mirrors[0].exporter, "CHN");
    CHECK(isnan(mirrors.mirrors[0].import_usd));
    CHECK(isnan(comtrade_ratio(&mirrors.mirrors[0])));
    CHECK_NEAR(comtrade_ratio(&mirrors.mirrors[1]), 1.5, 1e-12);
    /* only the importer weighs: 7 bn USD at 1,050 USD a tonne */
    CHECK_NEAR(comtrade_gap_t(&mirrors.mirrors[1], &implied), 7e9 / 1050, 1e-3);
    CHECK_INT_EQ(implied, 1);
    CHECK_STR_EQ(mirrors.mirrors[2].code, "74");
    CHECK_NEAR(comtrade_ratio(&mirrors.mirrors[2]), 1.1, 1e-12);
    CHECK_NEAR(comtrade_gap_t(&mirrors.mirrors[2], &implied), 30000, 1e-6);
    CHECK_INT_EQ(implied, 0);
    comtrade_mirrors_clear(&mirrors);
    CHECK_INT_EQ(comtrade_mirror(&data, "CHN", "KAZ", &mirrors), ZHOL_ERROR_OK);
    CHECK_INT_EQ(mirrors.count, 1);
    comtrade_mirrors_clear(&mirrors);
    comtrade_clear(&data);
}

static void test_old_tables(void)
{
    struct comtrade data = {0};
    struct comtrade_mirrors mirrors;
    int implied;
    CHECK_INT_EQ(read_text(&data, old, NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(comtrade_mirror(&data, NULL, NULL, &mirrors), ZHOL_ERROR_OK);
    CHECK_INT_EQ(mirrors.count, 1);
    CHECK_INT_EQ(mirrors.mirrors[0].year, 2022);
    CHECK_INT_EQ(mirrors.mirrors[0].month, 3);
    CHECK(isnan(mirrors.mirrors[0].import_kg)); /* 0 means: not weighed */
    CHECK_NEAR(comtrade_gap_t(&mirrors.mirrors[0], &implied), 10, 1e-9);
    CHECK_INT_EQ(implied, 1);
    comtrade_mirrors_clear(&mirrors);
    comtrade_clear(&data);
}

/* The same figure twice counts once; two different ones contradict, and nothing is added. */
static void test_doubles(void)
{
    struct comtrade data = {0};
    char twice[1024];
    CHECK_INT_EQ(read_text(&data, present, NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(read_text(&data, present, NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(data.count, 5);
    snprintf(twice, sizeof twice, "%s", present);
    memcpy(strstr(twice, "4400000000"), "4500000000", 10);
    struct zhol_report report;
    zhol_report_init(&report, 0);
    CHECK_INT_EQ(read_text(&data, twice, &report), ZHOL_ERROR_CONFLICT);
    CHECK_INT_EQ(report.count, 1);
    CHECK_INT_EQ(report.findings[0].row, 3);
    CHECK_STR_EQ(report.findings[0].value, "4500000000");
    CHECK(strstr(report.findings[0].expected, "4400000000, as line 3 of made.csv") != NULL);
    CHECK_INT_EQ(data.count, 5);
    zhol_report_clear(&report);
    comtrade_clear(&data);
}

/* Exports of 0 against imports of something: the importer counts more. */
static void test_nothing_exported(void)
{
    struct comtrade_mirror mirror = {
        .export_usd = 0, .import_usd = 7e5, .export_kg = NAN, .import_kg = NAN};
    CHECK(isinf(comtrade_ratio(&mirror)));
    mirror.import_usd = 0;
    CHECK(isnan(comtrade_ratio(&mirror)));
}

static void check_refused(const char *text, enum zhol_error error, uint32_t findings,
                          const char *column)
{
    struct comtrade data = {0};
    struct zhol_report report;
    zhol_report_init(&report, 0);
    CHECK_INT_EQ(read_text(&data, text, &report), error);
    CHECK_INT_EQ(report.count, findings);
    CHECK_STR_EQ(report.count ? report.findings[0].column : "", column);
    CHECK_INT_EQ(data.count, 0);
    zhol_report_clear(&report);
    comtrade_clear(&data);
}

static void test_refusals(void)
{
    check_refused("refYear,reporterISO,flowCode,partnerISO,primaryValue\n", ZHOL_ERROR_UNKNOWN, 1,
                  "cmdCode");
    /* every fault of a file is told in one go */
    check_refused("refYear,period,reporterISO,flowCode,partnerISO,cmdCode,primaryValue\n"
                  "1066,1066,KAZ,X,CHN,74,1\n"
                  "2023,202313,KAZ,X,CHN,74,1\n"
                  "2023,2023,kz,X,CHN,74,1\n"
                  "2023,2023,KAZ,Y,CHN,74,1\n"
                  "2023,2023,KAZ,X,CHN,7,1\n"
                  "2023,2023,KAZ,X,CHN,74,-1\n"
                  "2023,2023,KAZ,X,CHN,75,1\n",
                  ZHOL_ERROR_RANGE, 6, "refYear");
    check_refused("", ZHOL_ERROR_UNKNOWN, 6, "refYear"); /* nothing: no column is there */
}

int main(void)
{
    RUN(test_both_sides);
    RUN(test_old_tables);
    RUN(test_doubles);
    RUN(test_nothing_exported);
    RUN(test_refusals);
    return check_report();
}
