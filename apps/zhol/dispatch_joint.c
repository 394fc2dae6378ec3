/* dispatch_joint.c: `zhol dispatch agree`, `done` and `report`: the joint plan after it was made.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/json.h"
#include "dispatch_run.h"
#include "report/dispatch_report.h"
#include "report/lines.h"

static bool is_ru(const struct dispatch_run *run)
{
    return run->given->lang == LANG_RU;
}

/* Writes the joint plan to its file, or to --out. */
static int keep(struct dispatch_run *run, const char *path)
{
    const char *out = given_value(run->given, "out");
    struct buffer text;
    struct json_writer json;
    buffer_init(&text);
    json_writer_init(&json, &text, true);
    dispatch_joint_write(&run->joint, &json);
    enum zhol_error error = json_writer_end(&json);
    error =
        error ? error : file_write(out ? out : path, buffer_get(&text), text.size, &run->report);
    buffer_clear(&text);
    return error ? dispatch_failed(run, error) : EXIT_FINE;
}

static void wrap_lines(struct buffer *out, const struct buffer *lines)
{
    struct text_view rest = text_view_of(buffer_get(lines));
    while (rest.size) {
        struct text_view line = text_cut(&rest, '\n');
        struct buffer one;
        buffer_init(&one);
        buffer_view(&one, line);
        lines_wrap(out, "", 0, buffer_get(&one));
        buffer_clear(&one);
    }
}

/* The head of the plan on stdout. */
static int tell(struct dispatch_run *run)
{
    struct dispatch_view view = {.joint = &run->joint, .lang = is_ru(run) ? REPORT_RU : REPORT_EN};
    struct buffer head, out;
    buffer_init(&head);
    buffer_init(&out);
    dispatch_put_title(&view, &head);
    buffer_char(&head, '\n');
    dispatch_put_head(&view, &head);
    wrap_lines(&out, &head);
    enum zhol_error error = head.error ? head.error : out.error;
    buffer_clear(&head);
    if (!error) {
        fputs(buffer_get(&out), stdout);
    }
    buffer_clear(&out);
    return error ? dispatch_failed(run, error) : EXIT_FINE;
}

/* ---- agree ---- */

static uint32_t accepted_a_day(const struct dispatch_day *day, enum zhol_dispatch_gauge gauge)
{
    uint32_t sum = 0;
    for (int32_t h = 0; h < day->engine.horizon_min / 60; h++) {
        sum += day->accepts[gauge][h];
    }
    return sum;
}

int dispatch_agree(struct dispatch_run *run, const char *path)
{
    const char *side = given_value(run->given, "side");
    double accept = -1;
    int code = load_number(run->given, "accept", 0, 1000, &accept);
    if (code == EXIT_FINE && accept != floor(accept)) {
        code = fail(run->given, EXIT_MISUSED,
                    is_ru(run) ? "--accept: нужно целое число поездов"
                               : "--accept: a whole number of trains is needed");
    }
    code = code == EXIT_FINE ? dispatch_take_file(run, path) : code;
    if (code != EXIT_FINE) {
        return code;
    }
    struct dispatch_day *day = &run->joint.day;
    enum zhol_dispatch_gauge gauge = dispatch_side_named(day, side ? side : "");
    if (gauge == ZHOL_DISPATCH_GAUGES) {
        return fail(run->given, EXIT_MISUSED,
                    is_ru(run) ? "--side: нужна сторона стыка: %s или %s"
                               : "--side: a side of the crossing is needed: %s or %s",
                    dispatch_side(day, ZHOL_DISPATCH_1435), dispatch_side(day, ZHOL_DISPATCH_1520));
    }
    /* a side accepts the trains that come on the gauge of the other */
    enum zhol_dispatch_gauge comes =
        gauge == ZHOL_DISPATCH_1435 ? ZHOL_DISPATCH_1520 : ZHOL_DISPATCH_1435;
    if (accept >= 0 && (uint32_t)accept != accepted_a_day(day, comes)) {
        dispatch_set_accepted(day, comes, accept);
        code = dispatch_replan(run);
    }
    if (code == EXIT_FINE) {
        enum zhol_error error = dispatch_joint_agree(&run->joint, gauge);
        code = error ? dispatch_failed(run, error) : keep(run, path);
    }
    return code == EXIT_FINE ? tell(run) : code;
}

/* ---- done ---- */

struct facts {
    struct dispatch_run *run;
    const char *file;
    struct csv_reader csv;
    enum zhol_error error;
};

static void fact_fault(struct facts *facts, uint32_t column, enum zhol_error code,
                       const char *expected)
{
    char value[96];
    struct text_view cell = facts->csv.cells[column];
    snprintf(value, sizeof value, "%.*s", (int)(cell.size < 90 ? cell.size : 90),
             cell.size ? cell.bytes : "");
    static const char *const names[] = {"train", "accepted", "left"};
    struct zhol_finding finding = {.severity = ZHOL_FAULT,
                                   .code = code,
                                   .row = facts->csv.row,
                                   .file = facts->file,
                                   .column = names[column],
                                   .value = value,
                                   .expected = expected};
    zhol_report_add(&facts->run->report, &finding);
    facts->error = facts->error ? facts->error : code;
}

static int32_t fact_minute(struct facts *facts, uint32_t column)
{
    char text[64];
    int32_t minute = ZHOL_DISPATCH_NEVER;
    struct text_view cell = facts->csv.cells[column];
    snprintf(text, sizeof text, "%.*s", (int)(cell.size < 60 ? cell.size : 60),
             cell.size ? cell.bytes : "");
    if (*text && !dispatch_minute_of(facts->run->joint.day.date, text, &minute)) {
        fact_fault(facts, column, ZHOL_ERROR_SYNTAX, "HH:MM of the day or 2026-02-01T08:30");
    }
    return minute;
}

static void take_fact(struct facts *facts)
{
    struct dispatch_joint *joint = &facts->run->joint;
    struct dispatch_fact fact = {fact_minute(facts, 1), fact_minute(facts, 2)};
    for (uint32_t i = 0; i < joint->plan.train_count; i++) {
        const char *name = dispatch_text(&joint->day, joint->day.train_labels[i].name);
        if (text_equal_string(facts->csv.cells[0], name)) {
            if (fact.left_min < fact.accepted_min) {
                fact_fault(facts, 2, ZHOL_ERROR_CONFLICT, "a time not before the acceptance");
            }
            joint->facts[i] = fact;
            return;
        }
    }
    fact_fault(facts, 0, ZHOL_ERROR_UNKNOWN, "a train of this plan");
}

static enum zhol_error read_facts(struct dispatch_run *run, const char *path)
{
    struct facts facts = {.run = run, .file = path};
    struct file_data data = {0};
    enum zhol_error error = file_read(path, 0, &data, &run->report);
    error = error ? error : csv_open(&facts.csv, path, data.bytes, data.size, &run->report);
    if (error) {
        file_clear(&data);
        return error;
    }
    if (!csv_next(&facts.csv) || facts.csv.count != 3 ||
        !text_equal_string(facts.csv.cells[0], "train") ||
        !text_equal_string(facts.csv.cells[1], "accepted") ||
        !text_equal_string(facts.csv.cells[2], "left")) {
        struct zhol_finding finding = {.severity = ZHOL_FAULT,
                                       .code = ZHOL_ERROR_SYNTAX,
                                       .row = 1,
                                       .file = path,
                                       .column = "",
                                       .value = "",
                                       .expected = "the columns train,accepted,left"};
        facts.error = zhol_report_add(&run->report, &finding);
    }
    while (!facts.error || facts.csv.row > 1) {
        if (!csv_next(&facts.csv)) {
            break;
        }
        take_fact(&facts);
    }
    error = facts.error ? facts.error : facts.csv.error;
    csv_close(&facts.csv);
    file_clear(&data);
    return error;
}

/* Puts what is known of the trains into the plan; true when there was more to put in. */
static bool facts_put(struct dispatch_run *run, bool *put)
{
    struct dispatch_joint *joint = &run->joint;
    bool any = false;
    for (uint32_t i = 0; i < joint->plan.train_count; i++) {
        const struct dispatch_fact *fact = &joint->facts[i];
        if (fact->accepted_min == ZHOL_DISPATCH_NEVER || put[i]) {
            continue;
        }
        struct zhol_dispatch_train *train = &joint->day.trains[i], was = *train;
        bool left = fact->left_min != ZHOL_DISPATCH_NEVER;
        train->done = left ? ZHOL_DISPATCH_LEFT : ZHOL_DISPATCH_TAKEN;
        train->ready_min =
            fact->accepted_min < train->ready_min ? fact->accepted_min : train->ready_min;
        put[i] = !zhol_dispatch_take_fact(&joint->day.engine, i, fact->accepted_min, fact->left_min,
                                          &joint->plan);
        train->ready_min = put[i] ? train->ready_min : was.ready_min;
        any = any || put[i];
    }
    return any;
}

/* Trains take the times of their facts, those first that fit at once; where they do not fit what is
 * planned beside them, the plan's times stay. */
static enum zhol_error take_facts(struct dispatch_run *run)
{
    bool there, *put = calloc((size_t)run->joint.plan.train_count + 1, sizeof *put);
    bool more = there = put != NULL;
    while (more) {
        more = facts_put(run, put);
    }
    free(put);
    return there ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

int dispatch_done(struct dispatch_run *run, const char *path)
{
    const char *facts = given_value(run->given, "facts");
    int code = dispatch_take_file(run, path);
    if (code != EXIT_FINE) {
        return code;
    }
    if (!facts) {
        return fail(run->given, EXIT_MISUSED,
                    is_ru(run) ? "нужен --facts ФАЙЛ.csv" : "--facts FILE.csv is needed");
    }
    if (dispatch_joint_state(&run->joint) == DISPATCH_PROPOSED) {
        return fail(run->given, EXIT_NO_ANSWER,
                    is_ru(run) ? "план ещё не согласован обеими сторонами: факты вносят после этого"
                               : "both sides have not agreed yet: facts are entered after that");
    }
    enum zhol_error error = read_facts(run, facts);
    error = error ? error : take_facts(run);
    if (error) {
        return dispatch_failed(run, error); /* the plan's file is as it was */
    }
    code = keep(run, path);
    return code == EXIT_FINE ? tell(run) : code;
}

/* ---- report ---- */

/* Which crossing and day a plan of the report is of. */
struct plan_day {
    uint32_t node;
    int32_t date;
};

/* A day of a crossing counts once: plan `i` must not be of a day that an earlier one is of. */
static int note_plan(struct dispatch_run *run, struct plan_day *days, uint32_t i)
{
    const struct dispatch_day *day = &run->joint.day;
    const char **files = run->given->arguments;
    days[i] = (struct plan_day){day->node[ZHOL_DISPATCH_1520], day->date};
    for (uint32_t k = 1; k < i; k++) {
        if (days[k].node == days[i].node && days[k].date == days[i].date) {
            return fail(run->given, EXIT_BAD_INPUT,
                        is_ru(run) ? "%s и %s: планы одних суток одного стыка; укажите один"
                                   : "%s and %s are of one day of one crossing: give one of them",
                        files[k], files[i]);
        }
    }
    return EXIT_FINE;
}

int dispatch_report(struct dispatch_run *run)
{
    struct plan_day *days = calloc((size_t)run->given->argument_count + 1, sizeof *days);
    if (!days) {
        return dispatch_failed(run, ZHOL_ERROR_MEMORY);
    }
    struct dispatch_ledger ledger;
    struct buffer out;
    enum zhol_error error = ZHOL_ERROR_OK;
    int code = EXIT_FINE;
    dispatch_ledger_init(&ledger, is_ru(run) ? REPORT_RU : REPORT_EN);
    for (uint32_t i = 1; i < run->given->argument_count && code == EXIT_FINE && !error; i++) {
        dispatch_joint_clear(&run->joint);
        dispatch_joint_init(&run->joint);
        code = dispatch_take_file(run, run->given->arguments[i]);
        code = code == EXIT_FINE ? note_plan(run, days, i) : code;
        error = code == EXIT_FINE ? dispatch_ledger_add(&ledger, &run->joint) : ZHOL_ERROR_OK;
    }
    buffer_init(&out);
    if (code == EXIT_FINE && !error) {
        const char *format = given_format(run->given);
        error = strcmp(format, "csv") == 0    ? dispatch_ledger_csv(&ledger, &out)
                : strcmp(format, "json") == 0 ? dispatch_ledger_json(&ledger, &out)
                : strcmp(format, "xlsx") == 0 ? dispatch_ledger_xlsx(&ledger, &out)
                                              : dispatch_ledger_table(&ledger, &out);
    }
    code = error ? dispatch_failed(run, error) : code;
    code = code == EXIT_FINE ? load_write(run->given, &out, EXIT_FINE) : code;
    buffer_clear(&out);
    dispatch_ledger_clear(&ledger);
    free(days);
    return code;
}
