/* The reader of queue rules: what it takes, and that each refusal names the member. */
#include "check.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/file.h"
#include "operate/rules.h"

static struct queue_rules rules[RULES_QUEUE_MAX];
static char root[1024];

#define HEAD                                                                            \
    "{\"queues\":[{\"id\":\"q\",\"direction\":\"exit\",\"rule_set\":\"r\",\"release\":" \
    "\"first_come\",\"discipline\":\"quota\",\"categories\":[{\"id\":\"a\",\"weight\":1}]"
#define TAIL "}]}"

/* Reads; the first finding's column and what it says must be as told. */
static void refused(const char *json, enum zhol_error want, const char *column)
{
    struct zhol_report report;
    uint32_t count = 0;
    zhol_report_init(&report, 0);
    enum zhol_error error = rules_read(text_view_of(json), rules, &count, &report);
    CHECK_INT_EQ(error, want);
    if (report.count) {
        CHECK_STR_EQ(report.findings[0].column, column);
        CHECK(report.findings[0].expected[0] != '\0');
    } else {
        CHECK_FAIL("no finding for %s", json);
    }
    zhol_report_clear(&report);
}

static void more_refused(const char *more, enum zhol_error want, const char *column)
{
    char json[2048];
    snprintf(json, sizeof json, HEAD ",%s" TAIL, more);
    refused(json, want, column);
}

static bool taken(const char *json)
{
    uint32_t count = 0;
    return !rules_read(text_view_of(json), rules, &count, NULL) && count == 1;
}

static void defaults_are_no_rule(void)
{
    CHECK(taken(HEAD TAIL));
    CHECK_STR_EQ(rules[0].id, "q");
    CHECK_INT_EQ(rules[0].release, RELEASE_first_come);
    CHECK(!rules[0].cycle && !rules[0].claim_per_direction && !rules[0].call_absent);
    CHECK_INT_EQ(rules[0].arrive_early_s, -1);
    CHECK_INT_EQ(rules[0].call_late_s, -1);
    CHECK_INT_EQ(rules[0].postpone_max, -1);
    CHECK_INT_EQ(rules[0].horizon_s, -1);
    CHECK_INT_EQ(rules[0].round_request_s, -1);
    CHECK_INT_EQ(rules[0].swap_postpones, 0);
    CHECK_INT_EQ(rules[0].categories[0].share_max, 100);
    CHECK_STR_EQ(rules[0].late, "block");
    CHECK_INT_EQ(rules[0].fee_count, 0);
    CHECK_NEAR(rules[0].round_weights[0], 1, 0);
    CHECK_NEAR(rules[0].no_show_factor, 1, 0);
    CHECK_INT_EQ(rules[0].retention_driver_days, -1);
}

static void everything_is_read(void)
{
    CHECK(taken(
        "{\"queues\":[{\"id\":\"q\",\"direction\":\"entry\",\"rule_set\":\"r\","
        "\"release\":\"round\",\"claim_scope\":\"direction\",\"discipline\":\"cycle\","
        "\"categories\":[{\"id\":\"a\",\"weight\":5,\"rank\":2,\"share_max\":0},"
        "{\"id\":\"b\",\"weight\":0,\"out_of_turn\":true}],\"arrive_early_s\":1,"
        "\"arrive_late_s\":2,\"call_late_s\":3,\"postpone_max\":4,\"postpone_window_s\":5,"
        "\"postpone_before_s\":6,\"swap_postpones\":7,\"cancel_before_s\":8,"
        "\"cancel_max\":9,\"cancel_window_s\":10,\"no_show_max\":11,"
        "\"no_show_window_s\":12,\"block_s\":13,\"appeal_s\":14,\"horizon_s\":15,"
        "\"edit\":[\"driver\",\"vehicle\",\"slot\",\"driver_add\"],\"late\":\"requeue\","
        "\"round\":{\"request_s\":16,\"weights\":{\"b\":2.5},\"no_show_factor\":0.25},"
        "\"retention_days\":{\"driver\":17,\"vehicle\":18},"
        "\"fees\":[{\"category\":\"b\",\"what\":\"deposit\",\"when\":\"book\","
        "\"amount\":19,\"currency\":\"KZT\",\"refund\":\"arrive\",\"forfeit_after\":20}]}]}"));
    const struct queue_rules *q = &rules[0];
    const int64_t got[] = {q->arrive_early_s,
                           q->arrive_late_s,
                           q->call_late_s,
                           q->postpone_max,
                           q->postpone_window_s,
                           q->postpone_before_s,
                           q->swap_postpones,
                           q->cancel_before_s,
                           q->cancel_max,
                           q->cancel_window_s,
                           q->no_show_max,
                           q->no_show_window_s,
                           q->block_s,
                           q->appeal_s,
                           q->horizon_s,
                           q->round_request_s,
                           q->retention_driver_days,
                           q->retention_vehicle_days,
                           q->fees[0].amount,
                           q->fees[0].forfeit_after};
    for (int i = 0; i < 20; i++) {
        CHECK_INT_EQ(got[i], i + 1);
    }
    CHECK(q->cycle && q->claim_per_direction && q->release == RELEASE_round);
    CHECK(q->edit_driver && q->edit_driver_add && q->edit_vehicle && q->edit_slot);
    CHECK(q->categories[1].out_of_turn && q->categories[0].share_max == 0);
    CHECK_NEAR(q->round_weights[0], 1, 0);
    CHECK_NEAR(q->round_weights[1], 2.5, 0);
    CHECK_NEAR(q->no_show_factor, 0.25, 0);
    CHECK_STR_EQ(q->fees[0].refund, "arrive");
}

static void findings_name_the_member(void)
{
    refused("", ZHOL_ERROR_SYNTAX, "");
    refused("[1]", ZHOL_ERROR_INVALID, "queues");
    refused("{\"queues\":[]}", ZHOL_ERROR_INVALID, "queues");
    refused("{\"queues\":[1]}", ZHOL_ERROR_INVALID, "queues[0].id");
    refused("{\"queues\":[1],\"x\":1}", ZHOL_ERROR_INVALID, "queues");
    refused("{\"queues\":1,\"queues\":2}", ZHOL_ERROR_SYNTAX, "");
    more_refused("\"arive_late_s\":1", ZHOL_ERROR_UNKNOWN, "queues[0].arive_late_s");
    more_refused("\"arrive_late_s\":\"1\"", ZHOL_ERROR_SYNTAX, "queues[0].arrive_late_s");
    more_refused("\"arrive_late_s\":1.5", ZHOL_ERROR_SYNTAX, "queues[0].arrive_late_s");
    more_refused("\"arrive_late_s\":-1", ZHOL_ERROR_RANGE, "queues[0].arrive_late_s");
    more_refused("\"late\":\"shoot\"", ZHOL_ERROR_UNKNOWN, "queues[0].late");
    more_refused("\"late\":\"\"", ZHOL_ERROR_RANGE, "queues[0].late");
    more_refused("\"claim_scope\":\"none\"", ZHOL_ERROR_UNKNOWN, "queues[0].claim_scope");
    more_refused("\"call_absent\":1", ZHOL_ERROR_SYNTAX, "queues[0].call_absent");
    more_refused("\"call_absent\":true", ZHOL_ERROR_INVALID, "queues[0].call_absent");
    more_refused("\"edit\":\"slot\"", ZHOL_ERROR_SYNTAX, "queues[0].edit");
    more_refused("\"edit\":[\"plate\"]", ZHOL_ERROR_UNKNOWN, "queues[0].edit");
    more_refused("\"round\":{\"request_s\":-5}", ZHOL_ERROR_RANGE, "queues[0].round.request_s");
    more_refused("\"round\":1", ZHOL_ERROR_SYNTAX, "queues[0].round");
    more_refused("\"round\":{\"weights\":{\"z\":1}}", ZHOL_ERROR_UNKNOWN,
                 "queues[0].round.weights");
    more_refused("\"round\":{\"weights\":{\"a\":0}}", ZHOL_ERROR_RANGE, "queues[0].round.weights");
    more_refused("\"round\":{\"no_show_factor\":-1}", ZHOL_ERROR_RANGE,
                 "queues[0].round.no_show_factor");
    more_refused("\"retention_days\":{\"horse\":1}", ZHOL_ERROR_UNKNOWN,
                 "queues[0].retention_days.horse");
}

static void fees_are_checked(void)
{
#define FEE(more) "\"fees\":[{\"what\":\"fee\",\"when\":\"book\",\"amount\":1," more "}]"
    more_refused(FEE("\"currency\":\"KZ\""), ZHOL_ERROR_RANGE, "queues[0].fees[0].currency");
    more_refused(FEE("\"currency\":\"KZT\",\"category\":\"z\""), ZHOL_ERROR_UNKNOWN,
                 "queues[0].fees[0].category");
    more_refused(FEE("\"currency\":\"KZT\",\"refund\":\"maybe\""), ZHOL_ERROR_UNKNOWN,
                 "queues[0].fees[0].refund");
    more_refused("\"fees\":[{\"what\":\"gift\",\"when\":\"book\",\"amount\":1,\"currency\":"
                 "\"KZT\"}]",
                 ZHOL_ERROR_UNKNOWN, "queues[0].fees[0].what");
    more_refused("\"fees\":[{\"what\":\"deposit\",\"when\":\"postpone\",\"amount\":1,"
                 "\"currency\":\"KZT\"}]",
                 ZHOL_ERROR_INVALID, "queues[0].fees[0].when");
    more_refused("\"fees\":[{\"what\":\"deposit\",\"when\":\"book\",\"amount\":1,\"currency\":"
                 "\"KZT\"},{\"what\":\"deposit\",\"when\":\"book\",\"category\":\"a\","
                 "\"amount\":1,\"currency\":\"KZT\"}]",
                 ZHOL_ERROR_DUPLICATE, "queues[0].fees[1].what");
}

static void queues_and_categories(void)
{
    refused("{\"queues\":[{\"id\":\"q\",\"direction\":\"exit\",\"rule_set\":\"r\",\"release\":"
            "\"live\",\"discipline\":\"quota\",\"categories\":[]}]}",
            ZHOL_ERROR_INVALID, "queues[0].categories");
    refused("{\"queues\":[{\"id\":\"q\",\"direction\":\"exit\",\"rule_set\":\"r\",\"release\":"
            "\"live\",\"discipline\":\"quota\",\"categories\":[{\"id\":\"a\",\"weight\":1},"
            "{\"id\":\"a\",\"weight\":1}]}]}",
            ZHOL_ERROR_DUPLICATE, "queues[0].categories[1].id");
    refused("{\"queues\":[{\"id\":\"q\",\"direction\":\"exit\",\"rule_set\":\"r\",\"release\":"
            "\"live\",\"discipline\":\"quota\",\"categories\":[{\"id\":\"a\"}]}]}",
            ZHOL_ERROR_INVALID, "queues[0].categories[0].weight");
    refused("{\"queues\":[{\"id\":\"a-name-that-is-much-too-long-for-any-queue-of-any-border\","
            "\"direction\":\"exit\",\"rule_set\":\"r\",\"release\":\"live\",\"discipline\":"
            "\"quota\",\"categories\":[{\"id\":\"a\",\"weight\":1}]}]}",
            ZHOL_ERROR_RANGE, "queues[0].id");
    refused(HEAD "},{\"id\":\"q\",\"direction\":\"exit\",\"rule_set\":\"r\",\"release\":\"live\","
                 "\"discipline\":\"quota\",\"categories\":[{\"id\":\"a\",\"weight\":1}]}]}",
            ZHOL_ERROR_DUPLICATE, "queues[1].id");
}

/* The rule sets of the golden days. */
static void complete_rule_sets(void)
{
    static const char *const names[] = {"kz", "ua", "live", "round"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[1200];
        struct file_data data = {0};
        uint32_t count = 0;
        snprintf(path, sizeof path, "%s/tests/golden/queue_days/%s.json", root, names[i]);
        CHECK(!file_read(path, 0, &data, NULL));
        CHECK(
            !rules_read((struct text_view){data.bytes, (uint32_t)data.size}, rules, &count, NULL));
        CHECK_INT_EQ(count, 1);
        file_clear(&data);
    }
}

int main(int argc, char **argv)
{
    snprintf(root, sizeof root, "%s", argc > 1 ? argv[1] : ".");
    RUN(defaults_are_no_rule);
    RUN(everything_is_read);
    RUN(findings_name_the_member);
    RUN(fees_are_checked);
    RUN(queues_and_categories);
    RUN(complete_rule_sets);
    return check_report();
}
