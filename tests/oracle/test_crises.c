/* test_crises.c: the replays of crises run, are the same bytes again, never look at what came, and
 * score what they score; the station behaves as a queue with known answers; faulty files are
 * refused with their line.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "check.h"
#include "desk/crisis_all.h"

static const char *root;

#define HEADER "item,from,to,value,low,high,role,known_on,source,url,what,what_ru\n"
#define FRAME                                   \
    HEADER "begin,2025-01-01,,,,,input,,s,,,\n" \
           "end,2025-04-01,,,,,input,,s,,,\n"   \
           "cleared,,,1,0,2,assumption,,s,,,\n"

static bool parse(const char *text, struct crisis *crisis, uint32_t *line)
{
    struct zhol_report report;
    zhol_report_init(&report, 20);
    enum zhol_error error = crisis_parse("made.csv", text, strlen(text), &report, crisis);
    *line = report.count ? report.findings[0].row : 0;
    zhol_report_clear(&report);
    return error == ZHOL_ERROR_OK;
}

static void forecast(const char *text, struct crisis_forecast *result)
{
    struct crisis crisis;
    struct crisis_options options = {.replications = 200};
    uint32_t line;
    memset(result, 0, sizeof *result);
    if (!parse(text, &crisis, &line)) {
        CHECK(false);
        return;
    }
    CHECK_INT_EQ(crisis_forecast(&crisis, &options, result), ZHOL_ERROR_OK);
    crisis_clear(&crisis);
}

static const double january_1 = 20089; /* 2025-01-01 */

/* 200 that wait, 10 a day, nothing comes: gone after 20 days; four Erlang stages give the sum a
 * deviation of 0.5 * sqrt(200) lots, 0.7 days. A closure of five days shifts all of it. */
static void test_drain(void)
{
    struct crisis_forecast plain, closed, lots;
    forecast(FRAME "standing,,,200,,,input,2025-01-01,s,,,\n"
                   "acceptance,,,10,,,input,2025-01-01,s,,,\n",
             &plain);
    CHECK_NEAR(plain.cleared.p50, january_1 + 20, 0.4);
    CHECK_NEAR(plain.cleared.p90 - plain.cleared.p10, 2 * 1.28 * 0.7, 0.6);
    CHECK(plain.peak.p50 >= 198 && plain.peak.p50 <= 200 && plain.never == 0);
    forecast(FRAME "standing,,,200,,,input,2025-01-01,s,,,\n"
                   "acceptance,,,10,,,input,2025-01-01,s,,,\n"
                   "closed,2025-01-03,,5,,,input,2025-01-01,s,,,\n",
             &closed);
    CHECK_NEAR(closed.cleared.p50, plain.cleared.p50 + 5, 0.3);
    forecast(FRAME "lot,,,20,,,input,2025-01-01,s,,,\n"
                   "standing,,,200,,,input,2025-01-01,s,,,\n"
                   "acceptance,,,10,,,input,2025-01-01,s,,,\n",
             &lots);
    CHECK(lots.cleared.p90 - lots.cleared.p10 > plain.cleared.p90 - plain.cleared.p10);
}

/* Growth of 5 a day over what is taken, in 30 days: 150 more; 30 come a day in a closure of ten
 * days: 300. What was taken is what came less what waits. */
static void test_growth(void)
{
    struct crisis_forecast f;
    forecast(FRAME "standing,,,100,,,input,2025-01-01,s,,,\n"
                   "acceptance,,,40,,,input,2025-01-01,s,,,\n"
                   "growth,,,5,,,input,2025-01-01,s,,,\n"
                   "queue_on,2025-01-30,,250,,,check,,s,,,\n"
                   "taken,2025-01-11,2025-01-21,400,,,check,,s,,,\n",
             &f);
    CHECK_NEAR(f.scores[0].band.p50, 250, 15);
    CHECK_NEAR(f.scores[1].band.p50, 400, 8);
    CHECK_INT_EQ(f.within, 2);
    forecast(FRAME "inflow,,,30,,,input,2025-01-01,s,,,\n"
                   "acceptance,,,60,,,input,2025-01-01,s,,,\n"
                   "closed,2025-01-06,,10,,,input,2025-01-01,s,,,\n"
                   "peak,,,300,,,check,,s,,,\n",
             &f);
    CHECK_NEAR(f.peak.p50, 300, 15);
    CHECK_NEAR(f.peak_day.p50, january_1 + 15, 0.5);
    CHECK_NEAR(f.cleared.p50, january_1 + 25, 1.5); /* 300 / (60 - 30) days */
    CHECK(f.scores[0].within && fabs(f.scores[0].error) < 0.05);
}

static void test_refused(void)
{
    static const struct {
        const char *row;
        uint32_t line;
    } wrong[] = {
        {"standing,,,x,,,input,2025-01-01,s,,,\n", 5},
        {"standing,,,100,,,input,2025-01-02,s,,,\n", 0},      /* known too late */
        {"standing,,,100,,,assumption,2025-01-01,s,,,\n", 5}, /* no limits */
        {"standing,,,100,110,120,assumption,,s,,,\n", 5},     /* outside its limits */
        {"standing,,,-1,,,input,2025-01-01,s,,,\n", 5},
        {"standing,,,100,,,input,2025-01-01,,,,\n", 5}, /* no source */
        {"standing,,,100,,,check,,s,,,\n", 5},
        {"peak,,,100,,,input,2025-01-01,s,,,\n", 5},
        {"sitting,,,100,,,input,2025-01-01,s,,,\n", 5},
        {"closed,,,100,,,input,2025-01-01,s,,,\n", 5},
        {"inflow,2025-02-01,2025-01-01,1,,,input,2025-01-01,s,,,\n", 5},
        {"inflow,2025-13-01,,1,,,input,2025-01-01,s,,,\n", 5},
        {"lot,,,0,,,input,2025-01-01,s,,,\n", 0},
        {"end,2024-01-01,,,,,input,,s,,,\n", 0},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct crisis crisis;
        char text[1024];
        uint32_t line;
        snprintf(text, sizeof text, "%s%s", FRAME, wrong[i].row);
        CHECK(!parse(text, &crisis, &line));
        if (wrong[i].line) {
            CHECK_INT_EQ(line, wrong[i].line);
        }
    }
    struct crisis crisis;
    uint32_t line;
    CHECK(!parse("item,from\n", &crisis, &line));
    CHECK(!parse("", &crisis, &line));
}

/* ---- the four crises (Brest twice) ---- */

/* The score as it is: a change of the model or the data shows here. */
static const struct {
    const char *name;
    uint32_t checks, within, wide; /* in the futures; in the bands that the others widen */
} crises[] = {
    {"dostyk-2023", 1, 0, 1},   {"brest-2025", 2, 1, 2},     {"brest-2025-reopening", 1, 0, 1},
    {"nurzholy-2025", 3, 2, 2}, {"saryagash-2025", 3, 2, 3},
};

static bool same_band(struct crisis_band a, struct crisis_band b)
{
    return a.p10 == b.p10 && a.p50 == b.p50 && a.p90 == b.p90;
}

static void replay(const char *name, uint32_t checks, uint32_t within)
{
    struct crisis_options options = {.seed = 1};
    struct crisis_forecast once, twice, blind;
    struct crisis crisis;
    char path[1024];
    snprintf(path, sizeof path, "%s/corridors/china-kazakhstan/crises/%s.csv", root, name);
    enum zhol_error error = crisis_read(path, NULL, &crisis);
    CHECK_INT_EQ(error, ZHOL_ERROR_OK);
    if (error) {
        return;
    }
    CHECK_INT_EQ(crisis_forecast(&crisis, &options, &once), ZHOL_ERROR_OK);
    CHECK_INT_EQ(crisis_forecast(&crisis, &options, &twice), ZHOL_ERROR_OK);
    CHECK(memcmp(&once, &twice, sizeof once) == 0);
    printf("%s: peak %.0f %.0f %.0f; %u of %u published figures in the band\n", name, once.peak.p10,
           once.peak.p50, once.peak.p90, once.within, once.score_count);
    CHECK_INT_EQ(once.score_count, checks);
    CHECK_INT_EQ(once.within, within);
    for (uint32_t i = 0; i < crisis.row_count; i++) { /* what came changes no forecast */
        crisis.rows[i].value *= crisis.rows[i].role == CRISIS_CHECK ? 3 : 1;
    }
    CHECK_INT_EQ(crisis_forecast(&crisis, &options, &blind), ZHOL_ERROR_OK);
    CHECK(same_band(once.peak, blind.peak) && same_band(once.cleared, blind.cleared));
    for (uint32_t i = 0; i < once.score_count; i++) {
        CHECK(same_band(once.scores[i].band, blind.scores[i].band));
    }
    crisis_clear(&crisis);
}

static void test_replays(void)
{
    for (size_t i = 0; i < sizeof crises / sizeof *crises; i++) {
        replay(crises[i].name, crises[i].checks, crises[i].within);
    }
}

/* ---- Bands that learn from the others ---- */

/* The k-th of n, k = ceil((n + 1) share); never under 1; nothing can be said of too few. */
static void test_widening(void)
{
    double nine[] = {9, 1, 8, 2, 7, 3, 6, 4, 5}, low[] = {0.1, 0.2, 0.3, 0.4}, three[] = {1, 2, 3};
    CHECK_NEAR(crisis_widening(nine, 9, 0.8), 8, 0);
    CHECK_NEAR(crisis_widening(nine, 9, 0.5), 5, 0);
    CHECK_NEAR(crisis_widening(low, 4, 0.8), 1, 0);
    CHECK(isinf(crisis_widening(three, 3, 0.8)));
    struct crisis_band wide = crisis_widened((struct crisis_band){90, 100, 130}, 2, 0);
    CHECK(wide.p10 == 80 && wide.p50 == 100 && wide.p90 == 160);
    CHECK_NEAR(crisis_widened((struct crisis_band){90, 100, 130}, 20, 5).p10, 5, 0);
    CHECK(isinf(crisis_widened((struct crisis_band){90, 100, INFINITY}, 2, 0).p90));
}

/* Of misses that come alike, bands that learn from nine others hold eight of ten or a little more:
 * 0.8 to 0.8 + 1 / 10. */
static void test_coverage(void)
{
    uint32_t held = 0, tries = 20000;
    uint64_t state = 1;
    for (uint32_t t = 0; t < tries; t++) {
        double misses[10];
        for (int i = 0; i < 10; i++) {
            state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            double u = (double)(state >> 11) / 9007199254740992.0;
            misses[i] = 3 * u * u + 1; /* all above 1: never narrowed, so never held back */
        }
        held += misses[9] <= crisis_widening(misses, 9, 0.8);
    }
    CHECK_NEAR((double)held / tries, 0.8, 0.01);
}

/* What came of a crisis changes its own band by nothing, in neither of its files; the file of
 * another says how wide. */
static void test_learns_from_others(void)
{
    struct crisis_options options = {.seed = 1};
    struct crisis_all all;
    char path[1024];
    uint32_t within = 0, checks = 0;
    snprintf(path, sizeof path, "%s/corridors/china-kazakhstan/crises", root);
    CHECK_INT_EQ(crisis_all_read(path, &options, NULL, &all), ZHOL_ERROR_OK);
    CHECK_INT_EQ(all.count, sizeof crises / sizeof *crises);
    for (uint32_t i = 0; i < all.count; i++) {
        const struct crisis_one *one = &all.items[i];
        bool brest = strncmp(one->name, "brest", 5) == 0;
        uint32_t own = brest ? 3 : one->forecast.score_count;
        CHECK_INT_EQ(one->learnt_from, 10 - own);
        CHECK(one->widening > 1.3 && one->widening < 1.4);
        for (size_t k = 0; k < sizeof crises / sizeof *crises; k++) {
            if (strcmp(crises[k].name, one->name) == 0) {
                CHECK_INT_EQ(one->within, crises[k].wide);
            }
        }
        within += one->within;
        checks += one->forecast.score_count;
    }
    CHECK(within >= 8 && checks == 10);
    crisis_all_clear(&all);
}

int main(int argc, char **argv)
{
    root = argc > 1 ? argv[1] : ".";
    RUN(test_drain);
    RUN(test_growth);
    RUN(test_refused);
    RUN(test_replays);
    RUN(test_widening);
    RUN(test_coverage);
    RUN(test_learns_from_others);
    return check_report();
}
