/* test_observed.c: queues followed from published figures: the four kinds of exports, the value as
 * text and back, recent hours for the forecast.
 */
#include <math.h>

#include "base/time.h"
#include "check.h"
#include "desk/observed.h"

static struct zhol_corridor *corridor;

static int64_t at(const char *text)
{
    int64_t instant = 0;
    CHECK_INT_EQ(time_parse_instant(text_view_of(text), &instant), ZHOL_ERROR_OK);
    return instant;
}

static enum zhol_error add(struct observed *observed, const char *csv)
{
    return observed_add(corridor, observed, "test.csv", text_view_of(csv), NULL);
}

static void again(struct observed *observed)
{
    observed_close(observed);
    CHECK_INT_EQ(observed_open(corridor, "bakhty-exit", observed), ZHOL_ERROR_OK);
}

static void test_daily(void)
{
    struct observed observed;
    uint32_t accepted[OBSERVED_HOURS], known, sum = 0;
    double planned[OBSERVED_HOURS], plan = 0;
    CHECK_INT_EQ(observed_open(corridor, "bakhty-exit", &observed), ZHOL_ERROR_OK);
    CHECK_INT_EQ(add(&observed, "date,accepted,planned,waiting\n2025-11-11,301,400,180\n"
                                "2025-11-10,320,,\n"),
                 ZHOL_ERROR_OK);
    CHECK_INT_EQ(observed.day_count, 2);
    CHECK(observed.days[0].accepted == 320 && isnan(observed.days[0].planned));
    CHECK(observed.waiting == 180);
    CHECK_INT_EQ(observed.as_of_s, at("2025-11-11T19:00:00Z")); /* midnight, UTC+5 */
    CHECK_INT_EQ(
        observed_hours(corridor, &observed, at("2025-11-12T00:00:00Z"), accepted, planned, &known),
        ZHOL_ERROR_OK);
    for (uint32_t i = 0; i < OBSERVED_HOURS; i++) {
        sum += accepted[i];
        plan += planned[i];
    }
    CHECK_INT_EQ(sum, 621); /* whole vehicles, and the sums are kept */
    CHECK_NEAR(plan, 800, 1e-6);
    CHECK_INT_EQ(known, 16); /* 02:00 to 10:00 UTC of two days */
    /* a correction replaces the day */
    CHECK_INT_EQ(add(&observed, "date,accepted\n2025-11-11,305\n"), ZHOL_ERROR_OK);
    CHECK(observed.days[1].accepted == 305 && observed.days[1].planned == 400);
    observed_close(&observed);
}

static void test_acceptance(void)
{
    struct observed observed;
    CHECK_INT_EQ(observed_open(corridor, "bakhty-exit", &observed), ZHOL_ERROR_OK);
    CHECK_INT_EQ(add(&observed, "date,place,direction,counted,planned,accepted,note\n"
                                "2025-11-10,BAKHTY,out,trucks,400,310,\n"
                                "2025-11-10,BAKHTY,in,trucks,400,390,\n"
                                "2025-11-10,DOSTYK,out,trains,28,24,\n"),
                 ZHOL_ERROR_OK);
    CHECK_INT_EQ(observed.day_count, 1);
    CHECK(observed.days[0].accepted == 310);
    /* nothing about this queue */
    again(&observed);
    CHECK_INT_EQ(add(&observed, "date,place,direction,counted,planned,accepted\n"
                                "2025-11-10,DOSTYK,out,trains,28,24\n"),
                 ZHOL_ERROR_INVALID);
    observed_close(&observed);
}

static const char tickets[] =
    "checkpoint,ticket,plate,direction,category,registered,slot,called,crossed,status,note\n"
    "BAKHTY,1,DEMO1,out,perishable,2025-11-12 06:00,,2025-11-12 07:10,2025-11-12 07:40,,\n"
    "BAKHTY,2,DEMO2,out,ordinary,2025-11-12 06:10,,2025-11-12 07:15,,,\n"
    "BAKHTY,3,DEMO3,out,ordinary,2025-11-12 06:20,,,,,\n"
    "BAKHTY,4,DEMO4,out,,2025-11-12 08:20,,,,,\n"
    "BAKHTY,5,DEMO5,out,ordinary,2025-11-12 08:30,,,,cancelled,\n"
    "NURZHOLY,6,DEMO6,out,ordinary,2025-11-12 09:30,,,,,\n";

static void test_tickets(void)
{
    struct observed observed;
    CHECK_INT_EQ(observed_open(corridor, "bakhty-exit", &observed), ZHOL_ERROR_OK);
    for (int i = 0; i < 2; i++) { /* the same export twice changes nothing */
        CHECK_INT_EQ(add(&observed, tickets), ZHOL_ERROR_OK);
        CHECK(observed.waiting == 2);
        CHECK_INT_EQ(observed.category_count, 1);
        CHECK_STR_EQ(observed.categories[0].name, "ordinary");
        CHECK_INT_EQ(observed.categories[0].waiting, 2);
        CHECK_INT_EQ(observed.hour_count, 1);
        CHECK_INT_EQ(observed.hours[0], 2);
        CHECK_INT_EQ(observed.first_hour_s, at("2025-11-12T02:00:00Z")); /* 07:00, UTC+5 */
        CHECK_INT_EQ(observed.as_of_s, at("2025-11-12T03:30:00Z"));
    }
    observed_close(&observed);
}

static void test_workload(void)
{
    struct observed observed;
    CHECK_INT_EQ(observed_open(corridor, "bakhty-exit", &observed), ZHOL_ERROR_OK);
    /* 50 waiting for 2 h is 25 an hour; 627 for 10 h is 62.7 */
    CHECK_INT_EQ(add(&observed, "checkpoint_time,wait_time,vehicles_in_queue\n"
                                "2025-11-12T04:02:00Z,7200,50\n"
                                "2025-11-12 05:03:00,36000,627\n"
                                "2025-11-12 05:33:00,36000,640\n"
                                "2025-11-12 08:03:00+01:00,0,0\n"),
                 ZHOL_ERROR_OK);
    CHECK_INT_EQ(observed.hour_count, 4);
    CHECK_INT_EQ(observed.hours[0], 25);
    CHECK_INT_EQ(observed.hours[1], 62);
    CHECK_INT_EQ(observed.hours[3], 0);
    CHECK_INT_EQ(observed.as_of_s, at("2025-11-12T07:03:00Z"));
    CHECK(observed.waiting == 0 && observed.days[0].derived);
    observed_close(&observed);
}

static void test_text(void)
{
    struct observed observed, back;
    struct buffer text, second;
    buffer_init(&text);
    buffer_init(&second);
    CHECK_INT_EQ(observed_open(corridor, "bakhty-exit", &observed), ZHOL_ERROR_OK);
    CHECK_INT_EQ(add(&observed, tickets), ZHOL_ERROR_OK);
    CHECK_INT_EQ(add(&observed, "date,accepted,waiting\n2025-11-10,310.5,80\n2025-11-09,1,\n"),
                 ZHOL_ERROR_OK);
    CHECK_INT_EQ(observed_write(&observed, &text), ZHOL_ERROR_OK);
    struct text_view view = {buffer_get(&text), (uint32_t)text.size};
    CHECK_INT_EQ(observed_read(corridor, view, &back, NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(observed_write(&back, &second), ZHOL_ERROR_OK);
    CHECK_STR_EQ(buffer_get(&second), buffer_get(&text));
    observed_close(&back);
    /* what nobody wrote is refused */
    static const char *const bad[] = {
        "",
        "kind,key,a,b,c,d\n",
        "kind,key,a,b,c,d\nqueue,nowhere,,,,\n",
        "kind,key,a,b,c,d\nday,2025-11-10,1,,,\n",
        "kind,key,a,b,c,d\nqueue,bakhty-exit,,,,\nday,2025-13-10,1,,,\n",
        "kind,key,a,b,c,d\nqueue,bakhty-exit,,,,\nhour,2025-11-10T00:00:00Z,-1,,,\n",
        "kind,key,a,b,c,d\nqueue,bakhty-exit,,,,\nother,x,1,,,\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK(observed_read(corridor, text_view_of(bad[i]), &back, NULL) != ZHOL_ERROR_OK);
        CHECK(back.days == NULL && back.hours == NULL);
    }
    buffer_clear(&text);
    buffer_clear(&second);
    observed_close(&observed);
}

static void test_refused(void)
{
    struct observed observed;
    struct zhol_report report;
    zhol_report_init(&report, 0);
    CHECK_INT_EQ(observed_open(corridor, "nowhere", &observed), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(observed_open(corridor, "bakhty-exit", &observed), ZHOL_ERROR_OK);
    CHECK_INT_EQ(add(&observed, "a,b\n1,2\n"), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(add(&observed, ""), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(observed_add(corridor, &observed, "day.csv",
                              text_view_of("date,accepted\n2025-11-40,1\n2025-11-04,many\n"),
                              &report),
                 ZHOL_ERROR_INVALID);
    CHECK_INT_EQ(report.count, 2);
    CHECK_STR_EQ(report.findings[0].column, "date");
    CHECK_STR_EQ(report.findings[1].value, "many");
    CHECK_INT_EQ(observed.day_count, 0);
    /* hours far apart are refused, not allocated */
    CHECK_INT_EQ(add(&observed, "checkpoint_time,wait_time,vehicles_in_queue\n"
                                "1990-01-01T00:00:00Z,60,1\n2900-01-01T00:00:00Z,60,1\n"),
                 ZHOL_ERROR_OK);
    CHECK_INT_EQ(observed.hour_count, 1);
    zhol_report_clear(&report);
    observed_close(&observed);
}

int main(int argc, char **argv)
{
    char dir[1024];
    snprintf(dir, sizeof dir, "%s/corridors/china-kazakhstan", argc > 1 ? argv[1] : ".");
    if (zhol_corridor_read(dir, NULL, NULL, &corridor)) {
        return 2;
    }
    RUN(test_daily);
    RUN(test_acceptance);
    RUN(test_tickets);
    RUN(test_workload);
    RUN(test_text);
    RUN(test_refused);
    zhol_corridor_free(corridor);
    return check_report();
}
