/* test_queue_tables.c: slips in the tables of queues give their finding and nothing else. The tiny
 * corridor has no queue: this test gives it one over its border link.
 */
#include <zhol/corridor.h>

#include "check.h"
#include "tiny_copy.h"

static struct tiny tiny;

static const char queue[] =
    "queue_id,valid_from,valid_to,name,name_ru,name_kk,name_zh,node_id,direction,link_id,mode,"
    "rule_set,release,discipline,claim_scope,slot_min,calendar_id,other_calendar_id,operator_id,"
    "source_id,confidence,fact_id,note\n"
    "dostyk-exit,2025-01-01,,Dostyk,,,,DOSTYK,out,S002B1520,managed,set-a,first_come,quota,all,60,"
    "KZ.border,CN.border,,press-tiny,high,,\n"
    "dostyk-live,2025-01-01,,Dostyk live,,,,DOSTYK,in,S002F1520,observed,set-b,live,cycle,"
    "direction,,KZ.border,CN.border,,press-tiny,high,,\n";
static const char queue_category[] =
    "rule_set,category,valid_from,valid_to,name,name_ru,name_kk,name_zh,weight,rank,share_max_pct,"
    "out_of_turn,round_weight,commodities,low,high,source_id,confidence,fact_id,note\n"
    "set-a,state,,,State,,,,0,1,5,true,,,,,press-tiny,high,,\n"
    "set-a,perishable,,,Perishable,,,,20,2,25,false,,,,,press-tiny,high,,\n"
    "set-a,ordinary,,2026-01-01,Ordinary,,,,80,3,100,false,,,70,90,press-tiny,high,,\n"
    "set-a,ordinary,2026-01-01,,Ordinary,,,,80,3,100,false,,,,,press-tiny,high,,\n"
    "set-b,ordinary,,,Ordinary,,,,5,1,100,false,,,,,press-tiny,high,,\n"
    "set-b,priority,,,Priority,,,,1,2,100,false,,,,,press-tiny,high,,\n";
static const char queue_rule[] =
    "rule_set,rule,valid_from,valid_to,value,low,high,unit,choice,source_id,confidence,fact_id,"
    "note\n"
    "set-a,no_show_max,,,2,,,times,,press-tiny,high,,\n"
    "set-a,late,,,,,,,forfeit,press-tiny,high,,\n"
    "set-a,arrive_late,,,60,30,90,min,,assumed-tiny,low,,\n";
static const char slot_plan[] =
    "queue_id,side,valid_from,valid_to,vehicles,per,low,high,source_id,confidence,fact_id,note\n"
    "dostyk-exit,own,,,60,hour,,,press-tiny,high,,\n"
    "dostyk-exit,other,,2026-01-01,800,day,,,press-tiny,high,,\n"
    "dostyk-exit,other,2026-01-01,,650,day,,,press-tiny,high,,\n"
    "dostyk-live,own,,,60,hour,,,press-tiny,high,,\n"
    "dostyk-live,other,,,60,hour,,,press-tiny,high,,\n";
static const char fee[] =
    "rule_set,what,due,category,valid_from,valid_to,value,low,high,currency,index_times,refund,"
    "forfeit_after,source_id,confidence,fact_id,note\n"
    "set-a,fee,book,,,,3932,,,KZT,1,never,,press-tiny,high,,\n"
    "set-a,fee,book,perishable,,,393200,,,KZT,100,never,,press-tiny,high,,\n"
    "set-a,deposit,book,,,,78640,,,KZT,20,arrive,2,press-tiny,high,,\n";

static const struct table {
    const char *file, *text;
} tables[] = {{"queue.csv", queue},
              {"queue_category.csv", queue_category},
              {"queue_rule.csv", queue_rule},
              {"slot_plan.csv", slot_plan},
              {"fee.csv", fee}};

struct slip {
    const char *file, *find, *replace, *want;
};

static const struct slip slips[] = {
    {"queue.csv", "DOSTYK,out", "DOSTYK,both",
     "queue.csv:2: direction: found \"both\", expected in or out of the country of the "
     "checkpoint\n"},
    {"queue.csv", "S002B1520", "S002F1520",
     "queue.csv:2: link_id: found \"S002F1520\", expected a directed link that leaves DOSTYK\n"},
    {"queue.csv", "in,S002F1520", "in,S003",
     "queue.csv:3: link_id: found \"S003\", expected a directed link that reaches DOSTYK\n"
     "queue.csv:3: other_calendar_id: warning: found \"CN.border\", expected a calendar in the "
     "time of ALMATY, Asia/Almaty\n"},
    {"queue.csv", "all,60", "all,",
     "queue.csv:2: slot_min: is blank; a queue of release first_come has slots\n"},
    {"queue.csv", "all,60", "all,7",
     "queue.csv:2: slot_min: found \"7\", expected minutes that divide a day, at least 5\n"},
    {"queue.csv", "direction,,", "direction,60,",
     "queue.csv:3: slot_min: found \"60\", expected a blank cell: a live queue has no slots\n"},
    {"queue.csv", "60,KZ.border,CN.border", "60,,CN.border",
     "queue.csv:2: calendar_id: warning: is blank; both sides have opening times, or a note says "
     "why not\n"},
    {"queue.csv", "60,KZ.border,CN.border", "60,KZ.border,KZ.border",
     "queue.csv:2: other_calendar_id: warning: found \"KZ.border\", expected a calendar in the "
     "time of ALASHANKOU, Asia/Shanghai\n"},
    {"queue.csv", "set-b,live", "set-c,live",
     "queue.csv:3: rule_set: found \"set-c\", expected a rule set that has categories in "
     "queue_category.csv in the time of the row\n"
     "queue_category.csv:6: rule_set: warning: found \"set-b\", expected a rule set that a row of "
     "queue.csv names\n"
     "queue_category.csv:7: rule_set: warning: found \"set-b\", expected a rule set that a row of "
     "queue.csv names\n"},
    {"queue.csv", "first_come", "lottery",
     "queue.csv:2: release: found \"lottery\", expected one of: first_come, round, live\n"},
    {"queue_category.csv", "Perishable,,,,20", "Perishable,,,,25",
     "queue_category.csv:2: weight: found \"0\", expected weights that add up to 100 in the rule "
     "set on every day; here 105\n"
     "queue_category.csv:2: weight: found \"0\", expected weights that add up to 100 in the rule "
     "set on every day; here 105\n"},
    {"queue_category.csv", "2026-01-01,,Ordinary,,,,80", "2026-01-01,,Ordinary,,,,70",
     "queue_category.csv:2: weight: found \"0\", expected weights that add up to 100 in the rule "
     "set on every day; here 90\n"},
    {"queue_category.csv", "State,,,,0,1", "State,,,,5,1",
     "queue_category.csv:2: weight: found \"5\", expected 0: what is called out of turn has no "
     "share of calls\n"
     "queue_category.csv:2: weight: found \"5\", expected weights that add up to 100 in the rule "
     "set on every day; here 105\n"
     "queue_category.csv:2: weight: found \"5\", expected weights that add up to 100 in the rule "
     "set on every day; here 105\n"},
    {"queue_category.csv", "Priority,,,,1,2", "Priority,,,,0,2",
     "queue_category.csv:6: weight: found \"5\", expected times in a cycle: at least 1 for each in "
     "turn, at most 100 in all\n"},
    {"queue_category.csv", "Priority,,,,1,2", "Priority,,,,1,1",
     "queue_category.csv:7: rank: found \"1\", expected a rank of its own: ordinary has the "
     "same\n"},
    {"queue_category.csv", ",70,90,", ",85,90,",
     "queue_category.csv:4: low: found \"85\", expected at most the weight of the row\n"},
    {"queue_category.csv", ",2026-01-01,Ordinary", ",2026-02-01,Ordinary",
     "queue_category.csv:5: valid_from: found \"2026-01-01\", expected a first day not before the "
     "valid_to of queue_category.csv:4 (rule_set set-a, category ordinary, valid_from blank): "
     "their intervals overlap\n"
     "queue_category.csv:2: weight: found \"0\", expected weights that add up to 100 in the rule "
     "set on every day; here 180\n"
     "queue_category.csv:5: rank: found \"3\", expected a rank of its own: ordinary has the "
     "same\n"},
    {"queue_rule.csv", ",,2,,,times", ",,,,,times",
     "queue_rule.csv:2: value: is blank; the rule no_show_max needs a number of times\n"},
    {"queue_rule.csv", "2,,,times", "2,,,days",
     "queue_rule.csv:2: unit: found \"days\", expected for the rule no_show_max, a number of "
     "times (value and unit, choice blank)\n"},
    {"queue_rule.csv", ",forfeit,", ",allowed,",
     "queue_rule.csv:3: choice: found \"allowed\", expected for the rule late, block, requeue or "
     "forfeit (choice, value and unit blank)\n"},
    {"queue_rule.csv", "60,30,90", "60,,90",
     "queue_rule.csv:4: low: is blank; value is assumed (see source_id) and needs low and high\n"},
    {"queue_rule.csv", "set-a,late", "set-z,late",
     "queue_rule.csv:3: rule_set: warning: found \"set-z\", expected a rule set that a row of "
     "queue.csv names\n"},
    {"slot_plan.csv", "800,day", "800,week",
     "slot_plan.csv:3: per: found \"week\", expected hour or day\n"},
    {"slot_plan.csv", "dostyk-live,other", "dostyk-live,own",
     "slot_plan.csv:6: queue_id: found \"dostyk-live\", expected a primary key of its own: "
     "queue_id dostyk-live, side own, valid_from blank stands in slot_plan.csv:5 already\n"
     "queue.csv:3: queue_id: found \"dostyk-live\", expected a queue with a row in slot_plan.csv "
     "for the other side in its time\n"},
    {"slot_plan.csv", "other,2026-01-01", "other,2025-12-01",
     "slot_plan.csv:4: valid_from: found \"2025-12-01\", expected a first day not before the "
     "valid_to of slot_plan.csv:3 (queue_id dostyk-exit, side other, valid_from blank): their "
     "intervals overlap\n"},
    {"fee.csv", "393200", "393000",
     "fee.csv:3: value: found \"393000\", expected 100.00 times the index of that time, 3932.00 "
     "KZT\n"},
    {"fee.csv", "book,perishable", "book,perishables",
     "fee.csv:3: category: found \"perishables\", expected a category of the rule set in "
     "queue_category.csv\n"},
    {"fee.csv", "20,arrive", "20,never",
     "fee.csv:4: refund: found \"never\", expected arrive: a deposit comes back, or it is a fee\n"},
    {"fee.csv", "1,never,,", "1,never,2,",
     "fee.csv:2: forfeit_after: found \"2\", expected a blank cell: only a deposit can be lost\n"},
};

static void write_tables(void)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        tiny_text(&tiny, tables[i].file, tables[i].text);
    }
}

static void findings(const char *lang, struct buffer *out)
{
    struct zhol_report report;
    struct zhol_corridor *corridor = NULL;
    char line[1024];
    zhol_report_init(&report, 0);
    zhol_corridor_read(tiny.folder, NULL, &report, &corridor);
    for (uint32_t i = 0; i < report.count; i++) {
        zhol_finding_said(&report.findings[i], lang, line, sizeof line);
        buffer_printf(out, "%s\n", line);
    }
    zhol_corridor_free(corridor);
    zhol_report_clear(&report);
}

static void spoil(const struct slip *slip)
{
    const char *text = NULL;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        text = strcmp(tables[i].file, slip->file) == 0 ? tables[i].text : text;
    }
    const char *at = strstr(text, slip->find);
    struct buffer spoiled;
    if (!at) {
        tiny_fail(slip->file, slip->find);
    }
    buffer_init(&spoiled);
    buffer_append(&spoiled, text, (size_t)(at - text));
    buffer_string(&spoiled, slip->replace);
    buffer_string(&spoiled, at + strlen(slip->find));
    tiny_text(&tiny, slip->file, buffer_get(&spoiled));
    buffer_clear(&spoiled);
}

static void test_good(void)
{
    struct buffer found;
    buffer_init(&found);
    write_tables();
    findings("en", &found);
    CHECK_STR_EQ(buffer_get(&found), "");
    buffer_clear(&found);
}

static void test_slips(void)
{
    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
        struct buffer found;
        buffer_init(&found);
        write_tables();
        spoil(&slips[i]);
        findings("en", &found);
        CHECK_STR_EQ(buffer_get(&found), slips[i].want);
        /* Russian says it in Russian: no English words are left of the sentence */
        buffer_reset(&found);
        findings("ru", &found);
        CHECK(strstr(buffer_get(&found), "expected") == NULL);
        CHECK(strstr(buffer_get(&found), " that ") == NULL);
        buffer_clear(&found);
    }
}

int main(int argc, char **argv)
{
    tiny_make(&tiny, argc > 1 ? argv[1] : ".");
    RUN(test_good);
    RUN(test_slips);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        tiny_remove(&tiny, tables[i].file);
    }
    tiny_drop(&tiny);
    return check_report();
}
