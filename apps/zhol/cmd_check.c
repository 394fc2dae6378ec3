/* cmd_check.c: every problem of a corridor: its tables, its scenarios, the networks compiled from
 * them, and places that lead nowhere. With --write it is then written in canonical form.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "base/csv.h"
#include "base/map.h"
#include "base/table_out.h"
#include "base/text.h"
#include "desk/comparisons.h"
#include "words.h"

/* What is gathered over the base and all scenarios. */
struct check_run {
    const struct given *given;
    struct buffer dir;
    struct zhol_report report; /* each finding once */
    struct map seen;
    struct zhol_scenario_list scenarios;
    uint32_t networks; /* compiled */
    uint64_t rows, tables;
    struct buffer dead_ends; /* lines about the base network */
    double begun_s;
    bool failed; /* memory */
};

static const struct option_row options[] = {
    {"write", 0, NULL, NULL, false,
     SAID("then rewrite the tables and datapackage.json in canonical form",
          "затем переписать таблицы и datapackage.json в каноническом виде")},
    {"least", 0, "SEVERITY", "error|warning|note", false,
     SAID("show findings from this severity on (default: note)",
          "показывать замечания начиная с этой важности (по умолчанию note)")},
    {NULL, 0, NULL, NULL, false, SAID("", "")},
};

static const struct said severities[] = {SAID("note", "замечание"), SAID("warning", "внимание"),
                                         SAID("error", "ошибка")};
static const char *const severity_words[] = {"note", "warning", "error"};

static bool is_ru(const struct check_run *run)
{
    return run->given->lang == LANG_RU;
}

/* ---- Gathering ---- */

/* Adds a finding that was not there before; `scenario` is named in what a scenario brings up. */
static void add_finding(struct check_run *run, const struct zhol_finding *finding,
                        const char *scenario)
{
    struct buffer key, expected;
    buffer_init(&key);
    buffer_init(&expected);
    buffer_printf(&key, "%d|%s|%u|%s|%s|%s", (int)finding->severity, finding->file, finding->row,
                  finding->column, finding->value, finding->expected);
    enum zhol_error error =
        key.error ? key.error : map_add(&run->seen, text_view_of(buffer_get(&key)), 0, NULL);
    if (error == ZHOL_ERROR_OK) {
        struct zhol_finding copy = *finding;
        buffer_string(&expected, finding->expected);
        if (*scenario && !strstr(finding->file, scenario)) {
            buffer_printf(&expected, is_ru(run) ? " [сценарий %s]" : " [scenario %s]", scenario);
        }
        copy.expected = buffer_get(&expected);
        zhol_report_add(&run->report, &copy);
    }
    run->failed = run->failed || error == ZHOL_ERROR_MEMORY || expected.error;
    buffer_clear(&key);
    buffer_clear(&expected);
}

static void add_findings(struct check_run *run, const struct zhol_report *report,
                         const char *scenario)
{
    for (uint32_t i = 0; i < report->count; i++) {
        add_finding(run, &report->findings[i], scenario);
    }
}

static void count_rows(struct check_run *run, const struct zhol_corridor *corridor)
{
#define COUNT_ROWS(table, doc)                   \
    {                                            \
        uint32_t count;                          \
        zhol_corridor_##table(corridor, &count); \
        run->rows += count;                      \
        run->tables += count > 0;                \
    }
    ZHOL_TABLES(COUNT_ROWS)
#undef COUNT_ROWS
}

/* ---- Places that lead nowhere ---- */

/* What leads from a place on the day of the network. */
struct place_ways {
    uint32_t neighbour;
    bool several, joined, yard;
};

static void note_way(struct place_ways *ways, uint32_t from, uint32_t to)
{
    if (from != to) {
        ways[from].several =
            ways[from].several || (ways[from].joined && ways[from].neighbour != to);
        ways[from].neighbour = to;
        ways[from].joined = true;
    }
}

static void find_ways(const struct zhol_network_view *net, struct place_ways *ways)
{
    for (uint32_t v = 0; v < net->vertex_count; v++) {
        const struct zhol_vertex *tail = &net->vertices[v];
        for (uint32_t a = net->first_arc[v]; a < net->first_arc[v + 1]; a++) {
            const struct zhol_vertex *head = &net->vertices[net->arcs[a].head];
            if (net->arcs[a].kind == ZHOL_ARC_MOVE || net->arcs[a].kind == ZHOL_ARC_CONTROL) {
                note_way(ways, tail->node, head->node);
                note_way(ways, head->node, tail->node);
            }
            if (tail->state == zhol_state_YARD || head->state == zhol_state_YARD) {
                ways[tail->node].yard = true;
            }
        }
    }
}

/* "by S079 (building)": the first link that joins a place, though not on the day. */
static void put_absent_link(const struct check_run *run, const struct zhol_corridor *corridor,
                            uint32_t node, int32_t day, struct buffer *out)
{
    uint32_t count, periods;
    const struct zhol_link *links = zhol_corridor_link(corridor, &count);
    const struct zhol_link_period *rows = zhol_corridor_link_period(corridor, &periods);
    buffer_string(out, is_ru(run) ? "ни одного пути" : "no way leads there");
    for (uint32_t i = 0; i < count; i++) {
        if (links[i].from_node_id == node || links[i].to_node_id == node) {
            const char *id = zhol_corridor_id(corridor, ZHOL_TABLE_link, links[i].link_id);
            uint32_t row = ZHOL_NONE;
            const uint32_t *of =
                zhol_corridor_rows_of(corridor, ZHOL_TABLE_link_period, links[i].link_id, &periods);
            for (uint32_t k = 0; k < periods; k++) {
                row = zhol_day_in(day, rows[of[k]].valid_from, rows[of[k]].valid_to) ? of[k] : row;
            }
            buffer_printf(out, is_ru(run) ? " в этот день; %s: %s" : " on that day; %s is %s", id,
                          row == ZHOL_NONE
                              ? (is_ru(run) ? "ещё нет или уже нет" : "not there")
                              : word_said(run->given, zhol_status_text(rows[row].status)));
            return;
        }
    }
}

/* Lists dead ends of the day: one neighbour and nothing to load or unload, or no way at all; each
 * with the note that explains it. */
static void list_dead_ends(struct check_run *run, const struct zhol_corridor *corridor,
                           const struct zhol_network_view *net)
{
    uint32_t count, begin, end;
    const struct zhol_node *rows = zhol_corridor_node(corridor, &count);
    struct place_ways *ways = calloc((size_t)net->node_count + 1, sizeof *ways);
    if (!ways) {
        run->failed = true;
        return;
    }
    find_ways(net, ways);
    for (uint32_t node = 0; node < net->node_count; node++) {
        zhol_corridor_rows(corridor, ZHOL_TABLE_node, node, &begin, &end);
        const struct zhol_node *row = &rows[begin];
        bool lost = !ways[node].joined, dead = !ways[node].several && !ways[node].yard;
        if (row->node_type != zhol_node_type_REGION && (lost || dead)) {
            buffer_printf(&run->dead_ends, "%s\t",
                          zhol_corridor_id(corridor, ZHOL_TABLE_node, node));
            if (lost) {
                put_absent_link(run, corridor, node, net->day, &run->dead_ends);
            } else {
                buffer_printf(&run->dead_ends, is_ru(run) ? "только в %s" : "only to %s",
                              zhol_corridor_id(corridor, ZHOL_TABLE_node, ways[node].neighbour));
            }
            buffer_printf(&run->dead_ends, "\t%s\n",
                          row->note ? zhol_corridor_text(corridor, row->note) : "");
        }
    }
    free(ways);
}

/* ---- Reading and compiling ---- */

static void compile_one(struct check_run *run, const struct zhol_corridor *corridor,
                        const char *scenario)
{
    struct zhol_network_options compile = {.day = zhol_corridor_about(corridor).day};
    struct zhol_network *network = NULL;
    struct zhol_report report;
    int32_t date;
    const char *value = given_value(run->given, "date");
    if (value && load_day(run->given, "date", value, &date) == EXIT_FINE) {
        compile.day = date;
    }
    compile.include_planned = given_switch(run->given, "include-planned");
    zhol_report_init(&report, 0);
    enum zhol_error error = zhol_network_compile(corridor, &compile, &report, &network);
    add_findings(run, &report, scenario);
    if (error && !zhol_report_failed(&report)) {
        struct zhol_finding finding = {.severity = ZHOL_FAULT,
                                       .code = error,
                                       .file = "",
                                       .column = "",
                                       .value = "",
                                       .expected = zhol_error_text(error)};
        add_finding(run, &finding, scenario);
    }
    if (!error) {
        struct zhol_network_view net = zhol_network_view(network);
        run->networks++;
        if (!*scenario) {
            list_dead_ends(run, corridor, &net);
        }
    }
    zhol_network_free(network);
    zhol_report_clear(&report);
}

/* Comparisons whose formulas cannot be evaluated, or whose verdict is no longer the written one. */
static void check_comparisons(struct check_run *run, const struct zhol_corridor *corridor)
{
    struct comparisons all;
    run->failed = comparisons_judge(corridor, &all) != ZHOL_ERROR_OK || run->failed;
    for (uint32_t i = 0; i < all.count; i++) {
        const struct comparison_view *view = &all.views[i];
        struct zhol_finding finding = {.severity = view->error ? ZHOL_FAULT : ZHOL_WARNING,
                                       .code = view->error ? view->error : ZHOL_ERROR_CONFLICT,
                                       .column = view->error ? "left, right" : "verdict",
                                       .value = view->agrees ? "differs" : "agrees"};
        struct buffer expected;
        if (view->as_written) {
            continue;
        }
        buffer_init(&expected);
        zhol_corridor_origin(corridor, ZHOL_TABLE_comparison, view->row, &finding.file,
                             &finding.row);
        if (view->error) {
            finding.value = "";
            buffer_printf(&expected, "formulas over rows that are there: %s", view->problem);
        } else {
            buffer_string(&expected, "the verdict of the rows as they are: ");
            buffer_real(&expected, view->left);
            buffer_string(&expected, view->agrees ? " agrees with " : " differs from ");
            buffer_real(&expected, view->right);
            buffer_string(&expected, "; look what changed, then change the verdict");
        }
        finding.expected = buffer_get(&expected);
        add_finding(run, &finding, "");
        buffer_clear(&expected);
    }
    comparisons_clear(&all);
}

/* Reads the base or a scenario and, without faults, compiles it. *kept gets the base. */
static bool check_one(struct check_run *run, const char *scenario, struct zhol_corridor **kept)
{
    struct zhol_corridor_options read = {.scenario = *scenario ? scenario : NULL,
                                         .keep_faulty = true};
    struct zhol_corridor *corridor = NULL;
    struct zhol_report report;
    zhol_report_init(&report, 0);
    enum zhol_error error = zhol_corridor_read(buffer_get(&run->dir), &read, &report, &corridor);
    bool fine = error == ZHOL_ERROR_OK && corridor;
    add_findings(run, &report, scenario);
    if (error && !zhol_report_failed(&report)) {
        struct zhol_finding finding = {.severity = ZHOL_FAULT,
                                       .code = error,
                                       .file = buffer_get(&run->dir),
                                       .column = "",
                                       .value = "",
                                       .expected = zhol_error_text(error)};
        add_finding(run, &finding, scenario);
    }
    if (corridor && !*scenario) {
        count_rows(run, corridor);
    }
    if (fine) {
        compile_one(run, corridor, scenario);
    }
    if (fine && !*scenario) {
        check_comparisons(run, corridor);
    }
    zhol_report_clear(&report);
    if (fine && kept) {
        *kept = corridor;
    } else {
        zhol_corridor_free(corridor);
    }
    return fine;
}

/* ---- As text ---- */

static enum zhol_severity least_shown(const struct check_run *run)
{
    const char *least = given_value(run->given, "least");
    return least && strcmp(least, "error") == 0     ? ZHOL_FAULT
           : least && strcmp(least, "warning") == 0 ? ZHOL_WARNING
                                                    : ZHOL_NOTE;
}

static bool is_shown(const struct check_run *run, const struct zhol_finding *finding)
{
    return finding->severity >= least_shown(run);
}

static int compare_rows(const void *left, const void *right)
{
    const struct zhol_finding *a = *(const struct zhol_finding *const *)left;
    const struct zhol_finding *b = *(const struct zhol_finding *const *)right;
    if (a->row != b->row) {
        return a->row < b->row ? -1 : 1;
    }
    return a < b ? -1 : a > b;
}

/* The findings of one file in order of its lines; the caller frees them. NULL: no memory. */
static const struct zhol_finding **of_file(const struct check_run *run, const char *file,
                                           uint32_t *count)
{
    const struct zhol_finding **found = calloc((size_t)run->report.count + 1, sizeof *found);
    *count = 0;
    for (uint32_t i = 0; found && i < run->report.count; i++) {
        const struct zhol_finding *finding = &run->report.findings[i];
        if (strcmp(finding->file, file) == 0 && is_shown(run, finding)) {
            found[(*count)++] = finding;
        }
    }
    if (found) {
        qsort(found, *count, sizeof *found, compare_rows);
    }
    return found;
}

/* The findings of one file as a table. */
static void print_file(const struct check_run *run, const char *file, struct buffer *out)
{
    static const struct said heads[] = {SAID("Line", "Строка"), SAID("Column", "Столбец"),
                                        SAID("Found", "Найдено"),
                                        SAID("Expected, and what to do", "Ожидалось")};
    struct table_out table;
    uint32_t count;
    const struct zhol_finding **found = of_file(run, file, &count);
    table_out_init(&table, ANSWER_WIDTH);
    for (unsigned i = 0; i < 4; i++) {
        table_out_column(&table, say(run->given, heads[i]), i ? TABLE_WRAP : TABLE_RIGHT);
    }
    for (uint32_t i = 0; found && i < count; i++) {
        char line[32];
        struct buffer text;
        buffer_init(&text);
        buffer_printf(&text, "%s: %s", say(run->given, severities[found[i]->severity]),
                      found[i]->expected);
        snprintf(line, sizeof line, "%u", found[i]->row);
        table_out_text(&table, found[i]->row ? line : "");
        table_out_text(&table, found[i]->column);
        table_out_text(&table, found[i]->value);
        table_out_text(&table, buffer_get(&text));
        buffer_clear(&text);
    }
    buffer_printf(out, "%s\n", *file ? file : is_ru(run) ? "(коридор)" : "(corridor)");
    table_out_print(&table, out);
    buffer_char(out, '\n');
    table_out_clear(&table);
    free(found);
}

/* True where an earlier finding that is shown names the same file. */
static bool is_file_done(const struct check_run *run, uint32_t at)
{
    for (uint32_t i = 0; i < at; i++) {
        if (is_shown(run, &run->report.findings[i]) &&
            strcmp(run->report.findings[i].file, run->report.findings[at].file) == 0) {
            return true;
        }
    }
    return false;
}

static void print_dead_ends(const struct check_run *run, struct buffer *out)
{
    struct text_view lines = text_view_of(buffer_get(&run->dead_ends));
    if (!lines.size || least_shown(run) != ZHOL_NOTE) {
        return;
    }
    static const struct said heads[] = {SAID("Place", "Место"), SAID("Leads", "Ведёт"),
                                        SAID("Why", "Почему")};
    struct table_out table;
    table_out_init(&table, ANSWER_WIDTH);
    for (unsigned i = 0; i < 3; i++) {
        table_out_column(&table, say(run->given, heads[i]), TABLE_WRAP);
    }
    while (lines.size) {
        struct text_view line = text_cut(&lines, '\n');
        table_out_view(&table, text_cut(&line, '\t'));
        table_out_view(&table, text_cut(&line, '\t'));
        table_out_view(&table, line);
    }
    buffer_string(out, is_ru(run) ? "Тупики (без сценария)\n" : "Dead ends (no scenario)\n");
    table_out_print(&table, out);
    buffer_char(out, '\n');
    table_out_clear(&table);
}

static void print_summary(const struct check_run *run, struct buffer *out)
{
    const uint64_t *n = run->report.counts;
    struct buffer line;
    buffer_init(&line);
    buffer_printf(&line,
                  is_ru(run) ? "%s: ошибок %llu, предупреждений %llu, замечаний %llu; "
                               "строк %llu, таблиц %llu, сценариев %u, построено сетей %u; %.1f с"
                             : "%s: %llu errors, %llu warnings, %llu notes; %llu rows in %llu "
                               "tables, %u scenarios, %u networks compiled; %.1f s",
                  buffer_get(&run->dir), (unsigned long long)n[ZHOL_FAULT],
                  (unsigned long long)n[ZHOL_WARNING], (unsigned long long)n[ZHOL_NOTE],
                  (unsigned long long)run->rows, (unsigned long long)run->tables,
                  run->scenarios.count, run->networks, load_seconds() - run->begun_s);
    answer_field(out, 0, 0, "", buffer_get(&line));
    buffer_clear(&line);
}

static void print_table(const struct check_run *run, struct buffer *out)
{
    for (uint32_t i = 0; i < run->report.count; i++) {
        if (is_shown(run, &run->report.findings[i]) && !is_file_done(run, i)) {
            print_file(run, run->report.findings[i].file, out);
        }
    }
    print_dead_ends(run, out);
    print_summary(run, out);
}

/* One finding a line, as editors read it. */
static void print_lines(const struct check_run *run, struct buffer *out)
{
    for (uint32_t i = 0; i < run->report.count; i++) {
        const struct zhol_finding *finding = &run->report.findings[i];
        char text[2048];
        if (is_shown(run, finding)) {
            zhol_finding_text(finding, text, sizeof text);
            buffer_printf(out, "%s: %s\n", severity_words[finding->severity], text);
        }
    }
}

/* ---- As data ---- */

static void print_csv(const struct check_run *run, struct buffer *out)
{
    static const char *const heads[] = {"severity", "code",  "file",    "row",
                                        "column",   "value", "expected"};
    struct csv_writer csv;
    csv_writer_init(&csv, out);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        csv_write_text(&csv, heads[i]);
    }
    csv_write_end(&csv);
    for (uint32_t i = 0; i < run->report.count; i++) {
        const struct zhol_finding *finding = &run->report.findings[i];
        if (is_shown(run, finding)) {
            csv_write_text(&csv, severity_words[finding->severity]);
            csv_write_text(&csv, zhol_error_name(finding->code));
            csv_write_text(&csv, finding->file);
            csv_write_int(&csv, finding->row);
            csv_write_text(&csv, finding->column);
            csv_write_text(&csv, finding->value);
            csv_write_text(&csv, finding->expected);
            csv_write_end(&csv);
        }
    }
}

static void json_findings(const struct check_run *run, struct json_writer *json)
{
    json_write_key(json, "findings");
    json_write_array(json);
    for (uint32_t i = 0; i < run->report.count; i++) {
        const struct zhol_finding *finding = &run->report.findings[i];
        if (is_shown(run, finding)) {
            json_write_object(json);
            json_member_text(json, "severity", severity_words[finding->severity]);
            json_member_text(json, "code", zhol_error_name(finding->code));
            json_member_text(json, "file", finding->file);
            json_member_int(json, "row", finding->row);
            json_member_text(json, "column", finding->column);
            json_member_text(json, "value", finding->value);
            json_member_text(json, "expected", finding->expected);
            json_write_object_end(json);
        }
    }
    json_write_array_end(json);
}

static void json_dead_ends(const struct check_run *run, struct json_writer *json)
{
    struct text_view lines = text_view_of(buffer_get(&run->dead_ends));
    json_write_key(json, "dead_ends");
    json_write_array(json);
    while (lines.size) {
        struct text_view line = text_cut(&lines, '\n');
        json_write_object(json);
        json_write_key(json, "node");
        json_write_view(json, text_cut(&line, '\t'));
        json_write_key(json, "leads");
        json_write_view(json, text_cut(&line, '\t'));
        json_write_key(json, "why");
        json_write_view(json, line);
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

static void print_json(const struct check_run *run, struct buffer *out)
{
    struct json_writer json;
    json_writer_init(&json, out, true);
    json_write_object(&json);
    json_member_text(&json, "folder", buffer_get(&run->dir));
    json_member_int(&json, "errors", (int64_t)run->report.counts[ZHOL_FAULT]);
    json_member_int(&json, "warnings", (int64_t)run->report.counts[ZHOL_WARNING]);
    json_member_int(&json, "notes", (int64_t)run->report.counts[ZHOL_NOTE]);
    json_member_int(&json, "rows", (int64_t)run->rows);
    json_member_int(&json, "tables", (int64_t)run->tables);
    json_member_int(&json, "networks", run->networks);
    json_write_key(&json, "scenarios");
    json_write_array(&json);
    for (uint32_t i = 0; i < run->scenarios.count; i++) {
        json_write_text(&json, run->scenarios.entries[i].name);
    }
    json_write_array_end(&json);
    json_findings(run, &json);
    json_dead_ends(run, &json);
    json_write_object_end(&json);
    json_writer_end(&json);
}

/* ---- The command ---- */

static int write_canonical(const struct check_run *run, const struct zhol_corridor *corridor)
{
    const char *dir = buffer_get(&run->dir);
    struct zhol_report report;
    zhol_report_init(&report, 0);
    enum zhol_error error = zhol_corridor_write(corridor, dir, &report);
    int code = EXIT_FINE;
    if (error) {
        load_print_findings(run->given, &report, 0);
        code = fail(run->given, EXIT_FAILED, "%s: %s", dir, zhol_error_text(error));
    } else {
        fprintf(stderr, is_ru(run) ? "переписано: %s\n" : "rewritten: %s\n", dir);
    }
    zhol_report_clear(&report);
    return code;
}

static int print_answer(const struct check_run *run)
{
    const char *format = given_format(run->given);
    struct buffer out;
    buffer_init(&out);
    if (strcmp(format, "json") == 0) {
        print_json(run, &out);
    } else if (strcmp(format, "csv") == 0) {
        print_csv(run, &out);
    } else if (strcmp(format, "lines") == 0) {
        print_lines(run, &out);
    } else {
        print_table(run, &out);
    }
    int code = load_write(run->given, &out,
                          zhol_report_failed(&run->report) ? EXIT_FOUND_FAULTS : EXIT_FINE);
    buffer_clear(&out);
    return run->failed ? fail(run->given, EXIT_FAILED, "%s", zhol_error_text(ZHOL_ERROR_MEMORY))
                       : code;
}

/* All scenarios, or the one asked for. */
static int check_scenarios(struct check_run *run)
{
    const char *only = given_value(run->given, "scenario");
    bool found = !only;
    zhol_scenario_list_read(buffer_get(&run->dir), NULL, &run->scenarios);
    for (uint32_t i = 0; i < run->scenarios.count; i++) {
        const char *name = run->scenarios.entries[i].name;
        if (!only || strcmp(only, name) == 0) {
            found = true;
            check_one(run, name, NULL);
        }
    }
    return found ? EXIT_FINE
                 : fail(run->given, EXIT_NO_ANSWER,
                        is_ru(run) ? "нет сценария «%s»" : "no scenario '%s'", only);
}

static int run_check(struct check_run *run)
{
    struct zhol_corridor *base = NULL;
    bool wants_write = given_switch(run->given, "write");
    check_one(run, "", &base);
    int code = check_scenarios(run);
    code = code == EXIT_FINE ? print_answer(run) : code;
    if (wants_write && base) {
        int written = write_canonical(run, base);
        code = written == EXIT_FINE ? code : written;
    } else if (wants_write) {
        code = fail(run->given, EXIT_FOUND_FAULTS,
                    is_ru(run) ? "есть ошибки, ничего не переписано"
                               : "there are errors, nothing was rewritten");
    }
    zhol_corridor_free(base);
    return code;
}

static int run(const struct given *given)
{
    struct check_run run = {.given = given, .begun_s = load_seconds()};
    buffer_init(&run.dir);
    zhol_report_init(&run.report, 0);
    map_init(&run.seen);
    int code = load_find_name(given, given->argument_count ? given->arguments[0] : NULL, &run.dir);
    if (code == EXIT_FINE) {
        code = run_check(&run);
    }
    zhol_scenario_list_clear(&run.scenarios);
    map_clear(&run.seen);
    zhol_report_clear(&run.report);
    buffer_clear(&run.dead_ends);
    buffer_clear(&run.dir);
    return code;
}

static const char *const examples[] = {
    "zhol check",
    "checks the reference corridor with all its scenarios",
    "проверяет эталонный коридор со всеми сценариями",
    "zhol check my-corridor/ --least error --format lines",
    "only errors, one a line with file and line number",
    "только ошибки, по одной в строке, с файлом и номером строки",
    "zhol check my-corridor/ --write",
    "checks, then rewrites the tables in canonical form",
    "проверяет и переписывает таблицы в каноническом виде",
    NULL};

const struct command command_check = {
    .name = "check",
    .about = SAID("check a corridor: every problem with file, row, column and remedy",
                  "проверить коридор: каждая ошибка с файлом, строкой, столбцом и советом"),
    .arguments = "[DIR]",
    .max_arguments = 1,
    .common = true,
    .formats = "table|lines|json|csv",
    .options = options,
    .details = SAID("Reads the tables and every scenario, compiles the network of each on its day, "
                    "and lists places that lead nowhere. Exit code 1 where there are errors; "
                    "warnings name what is probably wrong and do not change it.",
                    "Читает таблицы и все сценарии, строит сеть каждого на его день и перечисляет "
                    "тупики. Код 1, если есть ошибки; предупреждения называют вероятные промахи и "
                    "кода не меняют."),
    .examples = examples,
    .run = run,
};
