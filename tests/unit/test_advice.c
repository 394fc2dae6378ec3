/* test_advice.c: drives to the five checkpoints and their ranking. */
#include <math.h>

#include "base/time.h"
#include "check.h"
#include "desk/advice.h"

static struct zhol_corridor *corridor;
static int32_t day;

static const struct advice_point *point_of(const struct advice *advice, const char *id)
{
    for (uint32_t i = 0; i < advice->count; i++) {
        if (strcmp(advice->points[i].queue_id, id) == 0) {
            return &advice->points[i];
        }
    }
    CHECK_FAIL("no point %s", id);
    return &advice->points[0];
}

static struct advice ask(const char *place, double lon, double lat)
{
    struct advice advice;
    const struct advice_ask question = {
        .from = place ? zhol_corridor_find(corridor, ZHOL_TABLE_node, place) : ZHOL_NONE,
        .lon = lon,
        .lat = lat,
        .depart_s = 1000,
        .direction = zhol_direction_OUT,
        .day = day};
    CHECK_INT_EQ(advice_open(corridor, &question, &advice), ZHOL_ERROR_OK);
    return advice;
}

static void test_drives(void)
{
    struct advice advice = ask("ALMATY", 0, 0);
    CHECK_INT_EQ(advice.count, 5);
    const struct advice_point *point = point_of(&advice, "nur-zholy-exit");
    CHECK_NEAR(point->drive_km, 335, 40);
    CHECK_NEAR(point->drive_h, 335.0 / 65, 1.5);
    CHECK_INT_EQ(point->arrives_s, 1000 + (int64_t)ceil(point->drive_h * 3600));
    point = point_of(&advice, "kolzhat-exit");
    CHECK_NEAR(point->drive_km, 320, 40);
    /* beyond one shift there is a night's rest */
    point = point_of(&advice, "maikapshagay-exit");
    CHECK(point->drive_km > 1000 && point->drive_h > point->drive_km / 60 + 11);
    advice_close(&advice);
    /* at the checkpoint itself */
    advice = ask("BAKHTY", 0, 0);
    point = point_of(&advice, "bakhty-exit");
    CHECK(point->drive_km == 0 && point->arrives_s == 1000);
    advice_close(&advice);
    /* a point off the roads, near Almaty: about the same as from the city */
    advice = ask(NULL, 77.3, 43.4);
    CHECK_NEAR(point_of(&advice, "nur-zholy-exit")->drive_km, 345, 60);
    advice_close(&advice);
}

static void test_refused(void)
{
    struct advice advice;
    struct advice_ask question = {
        .from = ZHOL_NONE, .lon = NAN, .direction = zhol_direction_OUT, .day = day};
    CHECK_INT_EQ(advice_open(corridor, &question, &advice), ZHOL_ERROR_INVALID);
    question.lon = 0;
    question.lat = 91;
    CHECK_INT_EQ(advice_open(corridor, &question, &advice), ZHOL_ERROR_INVALID);
    question.lat = 43;
    question.day = 0; /* 1970: no queues */
    CHECK_INT_EQ(advice_open(corridor, &question, &advice), ZHOL_ERROR_UNREACHABLE);
    question.day = day;
    question.from = zhol_corridor_find(corridor, ZHOL_TABLE_node, "XIAN");
    CHECK_INT_EQ(advice_open(corridor, &question, &advice), ZHOL_ERROR_UNREACHABLE);
    CHECK(advice.points == NULL);
}

static void test_rank(void)
{
    struct advice advice = ask("ALMATY", 0, 0);
    struct buffer why;
    buffer_init(&why);
    for (uint32_t i = 0; i < advice.count; i++) {
        struct advice_point *point = &advice.points[i];
        int64_t wait_s = strcmp(point->queue_id, "nur-zholy-exit") == 0 ? 50 * 3600 : 3600;
        point->known = strcmp(point->queue_id, "bakhty-exit") != 0;
        point->call = (struct eta_call){.p50_s = point->arrives_s + wait_s,
                                        .p90_s = point->arrives_s + 2 * wait_s};
    }
    advice_rank(&advice);
    CHECK_STR_EQ(advice.points[0].queue_id, "kolzhat-exit");
    CHECK_STR_EQ(advice.points[4].queue_id, "bakhty-exit"); /* nothing known: last */
    for (uint32_t i = 1; i < 4; i++) {
        CHECK(advice.points[i].call.p50_s >= advice.points[i - 1].call.p50_s);
    }
    advice_why(corridor, &advice, 0, "en", &why);
    CHECK(strstr(buffer_get(&why), "called first: drive ") != NULL);
    CHECK(strstr(buffer_get(&why), "then waiting 1.0 h") != NULL);
    buffer_reset(&why);
    advice_why(corridor, &advice, 1, "ru", &why);
    CHECK(strstr(buffer_get(&why), "позже, чем Кольжат: дорога +") != NULL);
    buffer_reset(&why);
    advice_why(corridor, &advice, 4, "en", &why);
    CHECK_STR_EQ(buffer_get(&why), "nothing is known of its queue, only the drive");
    buffer_clear(&why);
    advice_close(&advice);
}

int main(int argc, char **argv)
{
    char dir[1024];
    snprintf(dir, sizeof dir, "%s/corridors/china-kazakhstan", argc > 1 ? argv[1] : ".");
    day = time_days((struct time_date){2025, 11, 12});
    if (zhol_corridor_read(dir, NULL, NULL, &corridor)) {
        return 2;
    }
    RUN(test_drives);
    RUN(test_refused);
    RUN(test_rank);
    zhol_corridor_free(corridor);
    return check_report();
}
