/* test_dispatch_day.c: the day at a gauge break as desk/dispatch_day.h puts it together: stations,
 * averages, train lists, states. */
#include <stdlib.h>

#include "base/file.h"
#include "check.h"
#include "desk/dispatch_joint.h"
#include "desk/dispatch_list.h"
#include "desk/dispatch_parts.h"
#include "desk/dispatch_state.h"

static const char *root = ".";
static struct zhol_corridor *corridor;
static int32_t today;

static uint32_t place(const char *id)
{
    return zhol_corridor_find(corridor, ZHOL_TABLE_node, id);
}

static void begin(struct dispatch_day *day, const char *station)
{
    dispatch_day_init(day, corridor, today + 1, 36 * 60);
    CHECK_INT_EQ(dispatch_day_station(day, place(station)), ZHOL_ERROR_OK);
}

static void test_crossings(void)
{
    static const char *const pairs[][2] = {
        {"ALASHANKOU", "DOSTYK"}, {"KHORGOS_CN", "ALTYNKOL"}, {"MALASZEWICZE", "BREST"}};
    for (int i = 0; i < 3; i++) {
        for (int side = 0; side < 2; side++) {
            uint32_t node[ZHOL_DISPATCH_GAUGES] = {0, 0};
            CHECK_INT_EQ(dispatch_crossing(corridor, place(pairs[i][side]), today, node),
                         ZHOL_ERROR_OK);
            CHECK_INT_EQ(node[ZHOL_DISPATCH_1435], place(pairs[i][0]));
            CHECK_INT_EQ(node[ZHOL_DISPATCH_1520], place(pairs[i][1]));
        }
    }
    uint32_t node[ZHOL_DISPATCH_GAUGES];
    CHECK_INT_EQ(dispatch_crossing(corridor, place("ALMATY"), today, node), ZHOL_ERROR_UNKNOWN);
}

static void test_station(void)
{
    struct dispatch_day day;
    begin(&day, "DOSTYK");
    bool longest = false, published = false;
    for (uint32_t i = 0; i < day.engine.track_count; i++) {
        longest = longest || day.tracks[i].length_m == 1289;
        published = published || day.tracks[i].length_m == 813;
    }
    CHECK(longest && published);
    uint32_t accepted = 0;
    for (int h = 0; h < 36; h++) {
        accepted += day.accepts[ZHOL_DISPATCH_1435][h];
        CHECK(h < 24 || day.accepts[ZHOL_DISPATCH_1435][h] == 0);
    }
    CHECK_INT_EQ(accepted, 28); /* resource R.S027F */
    CHECK(day.engine.needs_locomotive[ZHOL_DISPATCH_ACCEPT][ZHOL_DISPATCH_1435]);
    CHECK_INT_EQ(day.engine.limits[ZHOL_DISPATCH_1520].length_wagons, 57);
    CHECK(day.basis_count > 50);
    dispatch_day_clear(&day);
}

/* The border closed by Poland from 12 to 25 September 2025: a window for each side, by the clock of
 * Brest; the day before and the day after nothing is closed that need not be. */
static void test_bans_of_rules(void)
{
    struct dispatch_day day;
    const int32_t dates[] = {20332, 20342, 20355, 20356}; /* 1, 11, 24 and 25 September 2025 */
    for (int i = 0; i < 4; i++) {
        dispatch_day_init(&day, corridor, dates[i], 36 * 60);
        CHECK_INT_EQ(dispatch_day_station(&day, place("BREST")), ZHOL_ERROR_OK);
        CHECK_INT_EQ(day.engine.ban_count, i == 0 ? 0 : i == 3 ? 1 : 2);
        for (uint32_t b = 0; b < day.engine.ban_count; b++) {
            /* midnight in Poland is one o'clock in Belarus */
            int32_t midnight = day.bans[b].gauge == ZHOL_DISPATCH_1435 ? 60 : 0;
            CHECK(day.bans[b].arriving && !day.bans[b].flags);
            CHECK(strstr(dispatch_ban_id(&day, b), "RU.brest.2025.") != NULL);
            if (i == 1) {
                CHECK_INT_EQ(day.bans[b].from_min, midnight + 1440);
            }
            CHECK_INT_EQ(day.bans[b].until_min, midnight + 1440 * (dates[0] + 24 - dates[i]));
        }
        dispatch_day_clear(&day);
    }
}

/* A ban on some goods is one once a train has such goods: boxes from China to Tashkent do not go by
 * Dostyk; a state may lift the rule. */
static void test_bans_of_goods(void)
{
    struct dispatch_day day;
    uint32_t tashkent, moscow, index;
    struct zhol_report report;
    begin(&day, "DOSTYK");
    CHECK_INT_EQ(day.engine.ban_count, 0);
    CHECK_INT_EQ(dispatch_add_destination(&day, place("MOSCOW"), "", &moscow), 0);
    CHECK_INT_EQ(dispatch_add_destination(&day, place("TASHKENT"), "", &tashkent), 0);
    struct dispatch_usual usual = {.gauge = ZHOL_DISPATCH_1435,
                                   .work = ZHOL_DISPATCH_CONTAINERS,
                                   .destination = moscow,
                                   .name = "8001",
                                   .client = "",
                                   .origin = "test"};
    CHECK_INT_EQ(dispatch_add_usual(&day, &usual, &index), 0);
    CHECK_INT_EQ(day.engine.ban_count, 0);
    usual.name = "8002";
    usual.destination = tashkent;
    CHECK_INT_EQ(dispatch_add_usual(&day, &usual, &index), 0);
    CHECK_INT_EQ(day.engine.ban_count, 1);
    CHECK_STR_EQ(dispatch_ban_id(&day, 0), "RU.ca-via-altynkol.uz");
    CHECK_INT_EQ(day.bans[0].flags, ZHOL_DISPATCH_MARK);
    zhol_report_init(&report, 0);
    CHECK_INT_EQ(dispatch_day_seal(&day, &report), 0);
    CHECK(!zhol_dispatch_ban_concerns(&day.engine, day.bans, 0));
    CHECK(zhol_dispatch_ban_concerns(&day.engine, day.bans, 1));
    dispatch_lift(&day, dispatch_rule_row(&day, "RU.ca-via-altynkol.uz"));
    CHECK_INT_EQ(day.engine.ban_count, 0);
    zhol_report_clear(&report);
    dispatch_day_clear(&day);
}

static void test_spread(void)
{
    for (int n = 0; n <= 200; n += 7) {
        uint16_t hours[24];
        int sum = 0, least = 1000, most = 0;
        dispatch_spread(hours, 24, n);
        for (int h = 0; h < 24; h++) {
            sum += hours[h];
            least = hours[h] < least ? hours[h] : least;
            most = hours[h] > most ? hours[h] : most;
        }
        CHECK_INT_EQ(sum, n);
        CHECK(most - least <= 1);
    }
}

/* Over many days the published averages come out. */
static void test_averages(void)
{
    uint32_t trains = 0, days = 200;
    for (uint32_t d = 0; d < days; d++) {
        struct dispatch_day day;
        dispatch_day_init(&day, corridor, today + (int32_t)d, 36 * 60);
        CHECK_INT_EQ(dispatch_day_station(&day, place("DOSTYK")), ZHOL_ERROR_OK);
        CHECK_INT_EQ(dispatch_day_expect(&day), ZHOL_ERROR_OK);
        for (uint32_t i = 0; i < day.engine.train_count; i++) {
            trains += day.trains[i].gauge == ZHOL_DISPATCH_1435 &&
                      day.trains[i].work == ZHOL_DISPATCH_CONTAINERS;
            CHECK(day.trains[i].ready_min >= 0 && day.trains[i].ready_min < 1440);
        }
        dispatch_day_clear(&day);
    }
    /* 1,622 container trains of January to May 2025 */
    CHECK_NEAR((double)trains / days, 1622.0 / 151, 0.02);
}

/* A list is taken whole: boxes, weights and trains as it says. */
static enum zhol_error take(struct dispatch_day *day, const char *text, struct zhol_report *report)
{
    struct sheet sheet = {.rows = 0};
    struct intake_mapping mapping;
    struct intake_records records = {.count = 0};
    enum zhol_error error = sheet_read_csv("list.csv", text, strlen(text), report, &sheet);
    error = error ? error : intake_guess(INTAKE_TRAIN_LIST, &sheet, "list.csv", report, &mapping);
    error = error ? error
                  : intake_take(corridor, INTAKE_TRAIN_LIST, &sheet, &mapping, "list.csv", report,
                                &records);
    error = error ? error : dispatch_day_list(day, &records, "list.csv", report);
    intake_records_clear(&records);
    sheet_clear(&sheet);
    return error;
}

static const char list[] =
    "train,formed,wagon,container,container 2,net,cargo,destination,owner,ready\n"
    "1001,2026-01-31 10:00,5300201,TGHU3100079,,20,,Moscow,OTLK,2026-02-01 06:30\n"
    "1001,2026-01-31 10:00,5300202,TGHU3100145,TGHU3100211,50,,Moscow,OTLK,2026-02-01 06:30\n"
    "1001,2026-01-31 10:00,5300203,TGHU3100280,,20,,Brest,CRCT,2026-02-01 06:30\n"
    "2002,2026-02-01 03:00,52368784,,,68,,Urumqi,Grain,\n";

static void test_list(void)
{
    struct zhol_report report;
    struct dispatch_day day;
    zhol_report_init(&report, 0);
    begin(&day, "DOSTYK");
    CHECK_INT_EQ(take(&day, list, &report), ZHOL_ERROR_OK);
    CHECK_INT_EQ(day.engine.train_count, 2);
    CHECK_INT_EQ(day.engine.unit_count, 3);
    CHECK_INT_EQ(day.trains[0].gauge, ZHOL_DISPATCH_1435);
    CHECK_INT_EQ(day.trains[0].ready_min, 390);
    CHECK_INT_EQ(day.trains[1].gauge, ZHOL_DISPATCH_1520);
    CHECK_INT_EQ(day.trains[1].ready_min, 180);
    CHECK_INT_EQ(day.trains[1].work, ZHOL_DISPATCH_BOGIES);
    CHECK_INT_EQ(day.units[0].boxes_40, 1);
    CHECK_INT_EQ(day.units[0].boxes_20, 2);
    CHECK_INT_EQ(day.units[0].heavy_20_pairs, 1);
    /* 70 t and two 40-foot places of 13.5 t of platform */
    CHECK_INT_EQ(day.units[0].weight_t, 97);
    CHECK_INT_EQ(day.units[0].pieces, 1);
    CHECK_INT_EQ(day.units[0].contract_min, 390 + 720);
    CHECK(!zhol_report_failed(&report));
    dispatch_day_clear(&day);
    zhol_report_clear(&report);
}

/* A train that waits since days is as old as its list says. */
static void test_list_of_waiting(void)
{
    static const char waiting[] =
        "train,formed,wagon,container,net,destination,owner,ready\n"
        "1001,2026-01-28 10:00,5300201,TGHU3100079,20,Moscow,OTLK,2026-01-30 06:30\n"
        "1002,2026-01-28 10:00,5300202,TGHU3100145,20,Moscow,OTLK,\n";
    struct zhol_report report;
    struct dispatch_day day;
    zhol_report_init(&report, 0);
    begin(&day, "DOSTYK");
    CHECK_INT_EQ(take(&day, waiting, &report), ZHOL_ERROR_OK);
    CHECK_INT_EQ(day.trains[0].ready_min, 390 - 2 * 1440);
    CHECK_INT_EQ(day.units[0].contract_min, 390 - 2 * 1440 + 720);
    CHECK_INT_EQ(day.trains[1].ready_min, 0); /* when it came is not said */
    CHECK_INT_EQ(dispatch_day_seal(&day, &report), ZHOL_ERROR_OK);
    CHECK(!zhol_report_failed(&report));
    dispatch_day_clear(&day);
    zhol_report_clear(&report);
}

/* A box in two rows of one train is one too many; a wagon with a row for each of its boxes is not.
 */
static void test_list_repeats(void)
{
    static const char *const lists[] = {
        "train,formed,wagon,container,net,destination,gauge\n"
        "1001,2026-02-01 01:00,5300201,TGHU3100079,20,Moscow,1435\n"
        "1001,2026-02-01 01:00,5300202,TGHU3100079,20,Moscow,1435\n",
        "train,formed,wagon,container,net,destination,gauge\n"
        "1001,2026-02-01 01:00,5300201,TGHU3100079,20,Moscow,1435\n"
        "1001,2026-02-01 01:00,5300201,TGHU3100145,20,Moscow,1435\n"};
    for (int i = 0; i < 2; i++) {
        struct zhol_report report;
        struct dispatch_day day;
        zhol_report_init(&report, 0);
        begin(&day, "DOSTYK");
        CHECK_INT_EQ(take(&day, lists[i], &report), i < 1 ? ZHOL_ERROR_DUPLICATE : ZHOL_ERROR_OK);
        CHECK_INT_EQ(day.engine.train_count, i == 1);
        dispatch_day_clear(&day);
        zhol_report_clear(&report);
    }
}

/* What is too long for any day is told by its row. */
static void test_too_long_is_named(void)
{
    struct zhol_report report;
    struct dispatch_day day;
    uint32_t index;
    zhol_report_init(&report, 0);
    begin(&day, "DOSTYK");
    struct zhol_dispatch_train train = {.gauge = ZHOL_DISPATCH_1435,
                                        .inspect_min = 60,
                                        .length_m = 500000,
                                        .frees_stock = ZHOL_DISPATCH_NONE};
    CHECK_INT_EQ(dispatch_add_train(&day, train, "X", "", "test", 0, &index), 0);
    CHECK(dispatch_day_seal(&day, &report) != ZHOL_ERROR_OK);
    CHECK(report.counts[ZHOL_FAULT] > 0);
    dispatch_day_clear(&day);
    zhol_report_clear(&report);
}

static void test_list_faults(void)
{
    static const char bad[] = "train,formed,wagon,container,destination,gauge\n"
                              "1001,2026-01-31 10:00,5300201,TGHU3100079,Moscow,1435\n"
                              "1001,2026-01-31 10:00,5300202,TGHU3100145,,1435\n"
                              "1001,2026-01-31 10:00,5300203,TGHU3100211,Moscow,1520\n"
                              "1001,2026-01-31 10:00,5300204,TGHU3100280,Moscow,1600\n";
    struct zhol_report report;
    struct dispatch_day day;
    zhol_report_init(&report, 0);
    begin(&day, "DOSTYK");
    CHECK(take(&day, bad, &report) != ZHOL_ERROR_OK);
    CHECK_INT_EQ(day.engine.train_count, 0);
    CHECK_INT_EQ(day.engine.unit_count, 0);
    bool lines[8] = {false};
    for (uint32_t i = 0; i < report.count; i++) {
        lines[report.findings[i].row < 8 ? report.findings[i].row : 0] = true;
    }
    CHECK(lines[3] && lines[4] && lines[5] && !lines[2]);
    dispatch_day_clear(&day);
    zhol_report_clear(&report);
}

static enum zhol_error apply(struct dispatch_day *day, const char *text, struct zhol_report *report)
{
    json_t *state = json_loads(text, 0, NULL);
    CHECK(state != NULL);
    enum zhol_error error = dispatch_state_apply(day, state, "state.json", "", report);
    json_decref(state);
    return error;
}

static void test_state(void)
{
    struct zhol_report report;
    struct dispatch_day day;
    zhol_report_init(&report, 0);
    begin(&day, "DOSTYK");
    CHECK_INT_EQ(
        apply(&day,
              "{\"accepts\": {\"1435\": [2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, "
              "0, 0, 0, 0, 0], \"1520\": 5},"
              " \"tracks\": [{\"name\": \"1520 long 1\", \"free_from\": \"09:00\"},"
              "  {\"name\": \"new\", \"gauge\": 1520, \"length_m\": 1000}],"
              " \"closed\": [{\"front\": \"bogies\", \"from\": \"02:00\", \"until\": \"03:00\"},"
              "  {\"front\": \"bogies\", \"from\": \"12:00\"},"
              "  {\"track\": \"new\", \"from\": \"2026-02-01T05:00\", \"until\": \"06:00\"}],"
              " \"stock\": [{\"name\": \"80-foot platforms\", \"count\": 7}],"
              " \"trains\": [{\"name\": \"W\", \"gauge\": 1435, \"ready\": \"01:00\","
              "  \"destination\": \"Moscow\", \"contract\": \"20:00\"}],"
              " \"holds\": [{\"train\": \"W\", \"until\": \"never\"}]}",
              &report),
        ZHOL_ERROR_OK);
    CHECK_INT_EQ(day.accepts[ZHOL_DISPATCH_1435][0], 2);
    CHECK_INT_EQ(day.accepts[ZHOL_DISPATCH_1435][3], 0);
    uint32_t added = day.engine.track_count - 1;
    CHECK_INT_EQ(day.tracks[added].length_m, 1000);
    CHECK_INT_EQ(day.engine.window_count, 3);
    CHECK_INT_EQ(day.windows[0].calendar, day.windows[1].calendar);
    CHECK(day.windows[2].calendar != day.windows[0].calendar);
    CHECK_INT_EQ(day.windows[1].until_min, ZHOL_DISPATCH_NEVER);
    CHECK_INT_EQ(day.engine.unit_count, 1);
    CHECK_INT_EQ(day.units[0].hold_until_min, ZHOL_DISPATCH_NEVER);
    CHECK_INT_EQ(day.units[0].contract_min, 1200);
    CHECK_INT_EQ(day.units[0].boxes_40, 41);
    CHECK_INT_EQ(dispatch_day_seal(&day, &report), ZHOL_ERROR_OK);
    CHECK_INT_EQ(day.engine.unit_count, 2); /* a train of 41 boxes in two cuts */
    dispatch_day_clear(&day);
    zhol_report_clear(&report);
}

/* Each fault is found where it stands, and named. */
static void test_state_faults(void)
{
    static const char *const cases[][2] = {
        {"{\"weather\": 1}", "weather"},
        {"{\"tracks\": 1}", "tracks"},
        {"{\"tracks\": [1]}", "tracks[0]"},
        {"{\"tracks\": [{}]}", "tracks[0].name"},
        {"{\"tracks\": [{\"name\": \"x\"}]}", "tracks[0].name"},
        {"{\"tracks\": [{\"name\": \"1520 long 1\", \"free_from\": \"9\"}]}",
         "tracks[0].free_from"},
        {"{\"fronts\": [{\"name\": \"bogies\", \"work\": \"art\"}]}", "fronts[0].work"},
        {"{\"fronts\": [{\"name\": \"bogies\", \"takes\": [1]}]}", "fronts[0].takes"},
        {"{\"locomotives\": [{\"name\": \"x\", \"gauge\": 1520, \"move\": \"fly\"}]}",
         "locomotives[0].move"},
        {"{\"stock\": [{\"name\": \"flat wagons\", \"count\": -1}]}", "stock[0].count"},
        {"{\"deliveries\": [{\"stock\": \"x\"}]}", "deliveries[0].stock"},
        {"{\"closed\": [{\"front\": \"x\"}]}", "closed[0].front"},
        {"{\"bans\": [{}]}", "bans[0].gauge"},
        {"{\"limits\": {\"1435\": {\"weight_t\": 0}}}", "limits.1435.weight_t"},
        {"{\"times\": {\"form_min\": \"x\"}}", "times.form_min"},
        {"{\"accepts\": {\"1435\": [1.5]}}", "accepts.1435"},
        {"{\"trains\": [{\"name\": \"W\", \"gauge\": 1435}]}", "trains[0].destination"},
        {"{\"trains\": [{\"name\": \"W\", \"gauge\": 1435, \"units\": [{}]}]}",
         "trains[0].units[0].destination"},
        {"{\"late\": [{\"train\": \"W\"}]}", "late[0].train"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct zhol_report report;
        struct dispatch_day day;
        bool named = false;
        zhol_report_init(&report, 0);
        begin(&day, "DOSTYK");
        CHECK(apply(&day, cases[i][0], &report) != ZHOL_ERROR_OK);
        for (uint32_t f = 0; f < report.count; f++) {
            named = named || strcmp(report.findings[f].column, cases[i][1]) == 0;
        }
        if (!named) {
            CHECK_FAIL("%s: no finding names %s (%s)", cases[i][0], cases[i][1],
                       report.count ? report.findings[0].column : "none");
        }
        dispatch_day_clear(&day);
        zhol_report_clear(&report);
    }
}

int main(int argc, char **argv)
{
    char path[1024];
    root = argc > 1 ? argv[1] : root;
    snprintf(path, sizeof path, "%s/corridors/china-kazakhstan", root);
    if (zhol_corridor_read(path, NULL, NULL, &corridor)) {
        fprintf(stderr, "%s cannot be read\n", path);
        return 2;
    }
    today = zhol_corridor_about(corridor).as_of;
    RUN(test_crossings);
    RUN(test_station);
    RUN(test_bans_of_rules);
    RUN(test_bans_of_goods);
    RUN(test_spread);
    RUN(test_averages);
    RUN(test_list);
    RUN(test_list_of_waiting);
    RUN(test_list_repeats);
    RUN(test_too_long_is_named);
    RUN(test_list_faults);
    RUN(test_state);
    RUN(test_state_faults);
    zhol_corridor_free(corridor);
    return check_report();
}
