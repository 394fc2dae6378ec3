/* test_commitments.c: each state of a promise, on the tiny corridor with promises added. */
#include "check.h"
#include "scratch.h"

#include "base/time.h"
#include "desk/commitments.h"

#define OP                                                                                  \
    "op,commitment_id,name,measure,scope,comparator,value,unit,baseline,due,instrument_id," \
    "project_id,resource_id,source_id,confidence\n"

static const char *root;

static const char promises[] =
    OP "add,C.flow,flow,carried,line,at_least,19,Mt,10,2027-12-31,I.plan,,,press-tiny,medium\n"
       "add,C.kept,kept,carried,line,at_least,11,Mt,10,2025-12-31,I.plan,,,press-tiny,medium\n"
       "add,C.late,late,carried,line,at_least,12,Mt,10,2024-12-31,I.plan,,,press-tiny,medium\n"
       "add,C.missed,missed,carried,line,at_least,30,Mt,10,2024-12-31,I.plan,,,"
       "press-tiny,medium\n"
       "add,C.slow,slow,carried,line,at_least,50,Mt,10,2027-12-31,I.plan,,,press-tiny,medium\n"
       "add,C.early,early,carried,line,at_least,9,Mt,10,2024-12-31,I.plan,,,press-tiny,medium\n"
       "add,C.dark,dark,weighed,line,at_least,1,Mt,,2024-12-31,I.plan,,,press-tiny,medium\n"
       "add,C.far,far,weighed,line,at_least,1,Mt,,2030-12-31,I.plan,,,press-tiny,medium\n"
       "add,C.claimed,claimed,told,line,at_least,1,Mt,,2030-12-31,I.plan,,,press-tiny,medium\n"
       "add,C.days,days,days,line,at_most,12,days,19,2030-12-31,I.plan,,,press-tiny,medium\n"
       "add,C.open,open,in operation,x,by_date,,,,2026-12-31,,P.bakhty,,press-tiny,medium\n"
       "add,C.force,force,in operation,x,by_date,,,,2005-06-01,I.rail-2004,,,"
       "press-tiny,medium\n"
       "add,C.future,future,carried,line,at_least,1,Mt,,2040-12-31,I.later,,,"
       "press-tiny,medium\n";

static const char observations[] =
    "op,observation_id,measure,subject,scope,period_start,period_end,qualifier,value,low,high,unit,"
    "role,source_id,confidence\n"
    "add,O.22,carried,s,line,2022-01-01,2023-01-01,=,10,,,Mt,check,press-tiny,medium\n"
    "add,O.23,carried,s,line,2023-01-01,2024-01-01,=,10.5,,,Mt,check,press-tiny,medium\n"
    "add,O.24,carried,s,line,2024-01-01,2025-01-01,gap,,,,Mt,check,press-tiny,medium\n"
    "add,O.25,carried,s,line,2025-01-01,2026-01-01,range,15,14,16,Mt,check,press-tiny,medium\n"
    "add,O.told,told,s,line,2025-01-01,2026-01-01,=,5,,,Mt,claim,press-tiny,medium\n"
    "add,O.days,days,s,line,2025-01-01,2025-02-01,range,12.5,11,14,days,check,press-tiny,medium\n";

static const char instruments[] =
    "op,instrument_id,title,kind,parties,signed_on,text,source_id,confidence\n"
    "add,I.plan,plan,plan,KTZ,2023-01-01,t,press-tiny,medium\n"
    "add,I.later,later,plan,KTZ,2026-01-15,t,press-tiny,medium\n";

static struct zhol_corridor *corridor;

/* The view of a promise; a blank one where it is not listed. */
static struct commitment_view judge(const char *id, const char *day)
{
    struct commitments all;
    struct commitment_view found = {.state = COMMITMENT_STATE_COUNT};
    uint32_t count, thing = zhol_corridor_find(corridor, ZHOL_TABLE_commitment, id);
    const struct zhol_commitment *rows = zhol_corridor_commitment(corridor, &count);
    int32_t on = 0;
    CHECK_INT_EQ(time_parse_day(text_view_of(day), &on), ZHOL_ERROR_OK);
    CHECK_INT_EQ(commitments_judge(corridor, on, &all), ZHOL_ERROR_OK);
    for (uint32_t i = 0; i < all.count; i++) {
        if (rows[all.views[i].row].commitment_id == thing) {
            found = all.views[i];
        }
    }
    commitments_clear(&all);
    return found;
}

static const char *state_on(const char *id, const char *day)
{
    return commitment_state_text(judge(id, day).state);
}

static int32_t day_of(const char *text)
{
    int32_t day = 0;
    time_parse_day(text_view_of(text), &day);
    return day;
}

static void test_flows(void)
{
    CHECK_STR_EQ(state_on("C.kept", "2026-01-31"), "met");
    CHECK_INT_EQ(judge("C.kept", "2026-01-31").since, day_of("2026-01-01"));
    CHECK(!judge("C.kept", "2026-01-31").late);
    /* The year is known only when it is over. */
    CHECK_STR_EQ(state_on("C.kept", "2025-12-30"), "open");
    CHECK_STR_EQ(state_on("C.late", "2026-01-31"), "met");
    CHECK(judge("C.late", "2026-01-31").late);
    CHECK_STR_EQ(state_on("C.missed", "2026-01-31"), "missed");
    CHECK_INT_EQ(judge("C.missed", "2026-01-31").since, day_of("2024-12-31"));
}

static void test_line(void)
{
    struct commitment_view flow = judge("C.flow", "2026-01-31");
    CHECK_STR_EQ(commitment_state_text(flow.state), "open");
    CHECK_NEAR(flow.progress, 5.0 / 9, 1e-12);
    /* from the end of 2022, which has the baseline's value: three of five years */
    CHECK_NEAR(flow.expected, 1096.0 / 1825.0, 1e-12);
    CHECK_STR_EQ(state_on("C.slow", "2026-01-31"), "behind");
}

static void test_evidence_before_promise(void)
{
    /* 2022 showed 10, which is more than 9, but lies before the promise. */
    CHECK_STR_EQ(state_on("C.early", "2023-06-01"), "open");
    CHECK_STR_EQ(state_on("C.early", "2024-01-01"), "met");
    CHECK_STR_EQ(state_on("C.claimed", "2026-01-31"), "open");
}

static void test_unknown(void)
{
    CHECK_STR_EQ(state_on("C.dark", "2026-01-31"), "unknown");
    CHECK_INT_EQ(judge("C.dark", "2026-01-31").since, day_of("2024-12-31"));
    CHECK_STR_EQ(state_on("C.far", "2026-01-31"), "open");
    CHECK_STR_EQ(state_on("C.far", "2031-01-01"), "unknown");
    /* the corridor is dated to 2026-01-31: nothing is known later */
    CHECK_INT_EQ(judge("C.far", "2031-01-01").since, day_of("2026-01-31"));
    CHECK_INT_EQ(judge("C.flow", "2028-06-01").since, day_of("2026-01-31"));
}

static void test_ranges(void)
{
    /* 11 to 14 days do not keep 12 at most. */
    CHECK_STR_EQ(state_on("C.days", "2026-01-31"), "open");
    CHECK_NEAR(judge("C.days", "2026-01-31").progress, (12.5 - 19) / (12 - 19), 1e-12);
}

static void test_openings(void)
{
    CHECK_STR_EQ(state_on("C.open", "2026-01-31"), "open");
    CHECK_STR_EQ(state_on("C.open", "2027-01-31"), "unknown");
    CHECK_STR_EQ(state_on("C.force", "2026-01-31"), "met");
    CHECK_INT_EQ(judge("C.force", "2026-01-31").since, day_of("2005-01-01"));
    CHECK_STR_EQ(state_on("C.force", "2004-12-31"), "open");
}

static void test_capacity(void)
{
    /* The dated rows of the capacity itself prove it. */
    CHECK_STR_EQ(state_on("C.60-pairs", "2026-01-31"), "met");
    CHECK_INT_EQ(judge("C.60-pairs", "2026-01-31").since, day_of("2025-09-30"));
    CHECK_STR_EQ(state_on("C.60-pairs", "2025-09-29"), "open");
}

static void test_not_made(void)
{
    CHECK_INT_EQ(judge("C.future", "2025-12-31").state, COMMITMENT_STATE_COUNT);
    CHECK_STR_EQ(state_on("C.future", "2026-01-20"), "open");
}

int main(int argc, char **argv)
{
    struct scratch scratch;
    root = argc > 1 ? argv[1] : ".";
    scratch_open(&scratch, root, "tests/data/tiny", "commitments.scratch", "press-tiny");
    scratch_overlay(&scratch, "commitment.csv", promises);
    scratch_overlay(&scratch, "observation.csv", observations);
    scratch_overlay(&scratch, "instrument.csv", instruments);
    corridor = scratch_read(&scratch, true);
    if (!corridor) {
        fprintf(stderr, "the scratch corridor cannot be read\n");
        return 1;
    }
    RUN(test_flows);
    RUN(test_line);
    RUN(test_evidence_before_promise);
    RUN(test_unknown);
    RUN(test_ranges);
    RUN(test_openings);
    RUN(test_capacity);
    RUN(test_not_made);
    zhol_corridor_free(corridor);
    scratch_close(&scratch);
    return check_report();
}
