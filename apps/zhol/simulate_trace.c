/* simulate_trace.c: the life of one unit of freight. See simulate_trace.h. */
#include "simulate_trace.h"

#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "base/time.h"
#include "report/format.h"
#include "report/lines.h"
#include "report/simulate_view.h"

enum { MOMENT_LEAST_S = 180 };

struct trace {
    const struct given *given;
    const struct loaded *loaded;
    const struct simulate_asked *asked;
    struct study study;
    struct simulate_view view;
    struct answer answer; /* only its study, for names */
    struct zhol_simulate_moment *moments;
    uint32_t count;
    uint32_t flow;
    uint64_t number;
};

/* The first unit that arrived in the measured time of a flow between the two places; or the one
 * asked for. */
static enum zhol_error find_unit(struct trace *trace)
{
    struct zhol_simulate_unit *units = NULL;
    uint64_t count = 0;
    enum zhol_error error = zhol_simulate_units(trace->study.model, 0, &units, &count);
    bool found = false;
    for (uint64_t i = 0; !error && !found && i < count; i++) {
        const struct zhol_simulate_flow *flow = &trace->study.flows.flows[units[i].flow];
        bool any = trace->asked->trace_number < 0 &&
                   units[i].end_s >= trace->asked->study.start_s; /* in the measured time */
        found = flow->origin == trace->asked->trace_from &&
                flow->destination == trace->asked->trace_to &&
                (any || units[i].number == (uint64_t)trace->asked->trace_number);
        trace->flow = units[i].flow;
        trace->number = units[i].number;
    }
    free(units);
    return error ? error : found ? ZHOL_ERROR_OK : ZHOL_ERROR_UNKNOWN;
}

static uint32_t tail_of(const struct trace *trace, uint32_t arc)
{
    const struct zhol_network_view *net = &trace->study.view;
    return net->vertices[zhol_network_tail(net, arc)].node;
}

/* Where a movement ends: a run over many links is one moment, named by its first arc, and ends
 * where the next moment is. */
static uint32_t end_of(const struct trace *trace, const struct zhol_simulate_moment *m)
{
    const struct zhol_network_view *net = &trace->study.view;
    const struct zhol_simulate_moment *next = m + 1, *end = trace->moments + trace->count;
    uint32_t from = tail_of(trace, m->arc), to = net->vertices[net->arcs[m->arc].head].node;
    bool goes_on = m->cause == ZHOL_SIMULATE_RUNNING && next < end && next->arc != ZHOL_NONE &&
                   tail_of(trace, next->arc) != from;
    return goes_on ? tail_of(trace, next->arc) : to;
}

/* Where a moment passes: its place, the way from its arc on, or the origin. */
static void put_what(const struct trace *trace, const struct zhol_simulate_moment *m,
                     struct buffer *out)
{
    if (m->place != ZHOL_NONE) {
        struct zhol_simulate_place about;
        zhol_simulate_place_about(trace->study.model, m->place, &about);
        view_place(&trace->view, &about, out);
    } else if (m->arc == ZHOL_NONE) {
        buffer_string(out, view_word(&trace->view, SIM_AT_ORIGIN));
    } else {
        uint32_t from = tail_of(trace, m->arc), to = end_of(trace, m);
        buffer_string(out, view_node(&trace->view, from));
        if (to != from) {
            buffer_printf(out, " - %s", view_node(&trace->view, to));
        }
    }
}

/* What the cargo is called. */
static const char *goods(const struct trace *trace, uint32_t commodity)
{
    uint32_t begin, end, count;
    const struct zhol_corridor *corridor = trace->loaded->corridor;
    const struct zhol_commodity *rows = zhol_corridor_commodity(corridor, &count);
    zhol_corridor_rows(corridor, ZHOL_TABLE_commodity, commodity, &begin, &end);
    return answer_text(trace->given, trace->loaded, rows[begin].name, rows[begin].name_ru);
}

/* Whose life it is. */
static void put_title(const struct trace *trace, struct buffer *out)
{
    const struct simulate_view *view = &trace->view;
    struct zhol_simulate_flow_about about;
    struct buffer text, size, line;
    uint32_t commodity = trace->study.flows.flows[trace->flow].commodity;
    buffer_init(&text);
    buffer_init(&size);
    buffer_init(&line);
    buffer_printf(&text, "%s > %s", view_node(view, trace->asked->trace_from),
                  view_node(view, trace->asked->trace_to));
    if (commodity != ZHOL_NONE) {
        buffer_printf(&text, ", %s", goods(trace, commodity));
    }
    zhol_simulate_flow_about(trace->study.model, trace->flow, &about);
    format_number(&size, about.unit_loads * about.t_load, 1, view->lang);
    buffer_printf(&line, view_word(view, SIM_T_TRACE), trace->number, buffer_get(&text),
                  buffer_get(&size));
    lines_wrap(out, "", 0, buffer_get(&line));
    buffer_clear(&text);
    buffer_clear(&size);
    buffer_clear(&line);
}

static void write_table(const struct trace *trace, struct buffer *out)
{
    const struct simulate_view *view = &trace->view;
    struct table_out table;
    struct buffer text;
    buffer_init(&text);
    answer_head(trace->given, trace->loaded, out);
    put_title(trace, out);
    table_out_init(&table, ANSWER_WIDTH);
    table_out_column(&table, view_word(view, SIM_FROM_UTC), TABLE_CUT);
    table_out_column(&table, view_word(view, SIM_FOR_H), TABLE_RIGHT);
    table_out_column(&table, view_word(view, SIM_WHAT), TABLE_CUT);
    table_out_column(&table, view_word(view, SIM_PLACE), TABLE_WRAP);
    for (uint32_t i = 0; i < trace->count; i++) {
        const struct zhol_simulate_moment *m = &trace->moments[i];
        char time[TIME_TEXT_SIZE];
        time_format_minute(m->from_s, time);
        table_out_text(&table, time);
        buffer_reset(&text);
        format_number(&text, (double)(m->to_s - m->from_s) / 3600, 1, view->lang);
        table_out_text(&table, buffer_get(&text));
        table_out_text(&table, sim_cause(m->cause, view->lang));
        buffer_reset(&text);
        put_what(trace, m, &text);
        table_out_text(&table, buffer_get(&text));
    }
    enum zhol_error error = table_out_print(&table, out);
    out->error = out->error ? out->error : error;
    table_out_clear(&table);
    buffer_clear(&text);
}

static void write_json(const struct trace *trace, struct buffer *out)
{
    struct json_writer json;
    struct buffer text;
    char time[TIME_TEXT_SIZE];
    buffer_init(&text);
    json_writer_init(&json, out, true);
    json_write_object(&json);
    answer_head_json(trace->loaded, &json);
    json_member_text(
        &json, "from",
        zhol_corridor_id(trace->loaded->corridor, ZHOL_TABLE_node, trace->asked->trace_from));
    json_member_text(
        &json, "to",
        zhol_corridor_id(trace->loaded->corridor, ZHOL_TABLE_node, trace->asked->trace_to));
    json_member_int(&json, "unit", (int64_t)trace->number);
    json_member_int(&json, "replication", 0);
    const struct zhol_simulate_flow *flow = &trace->study.flows.flows[trace->flow];
    struct zhol_simulate_flow_about about;
    zhol_simulate_flow_about(trace->study.model, trace->flow, &about);
    json_member_text(
        &json, "commodity",
        zhol_corridor_id(trace->loaded->corridor, ZHOL_TABLE_commodity, flow->commodity));
    json_member_real(&json, "loads", about.unit_loads);
    json_member_real(&json, "t", about.unit_loads * flow->t_load);
    json_write_key(&json, "moments");
    json_write_array(&json);
    for (uint32_t i = 0; i < trace->count; i++) {
        const struct zhol_simulate_moment *m = &trace->moments[i];
        json_write_object(&json);
        time_format_instant(m->from_s, time);
        json_member_text(&json, "start", time);
        time_format_instant(m->to_s, time);
        json_member_text(&json, "end", time);
        json_member_text(&json, "cause", zhol_simulate_cause_word(m->cause));
        buffer_reset(&text);
        put_what(trace, m, &text);
        json_member_text(&json, "place", buffer_get(&text));
        json_write_object_end(&json);
    }
    json_write_array_end(&json);
    json_write_object_end(&json);
    json_writer_end(&json);
    buffer_clear(&text);
}

/* Moments on the same account at the same place in a row are one. */
static void join(struct trace *trace)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < trace->count; i++) {
        struct zhol_simulate_moment *last = kept ? &trace->moments[kept - 1] : NULL;
        const struct zhol_simulate_moment *m = &trace->moments[i];
        bool same = last && last->cause == m->cause && last->place == m->place &&
                    last->arc == m->arc && last->to_s == m->from_s;
        if (same) {
            last->to_s = m->to_s;
        } else if (m->to_s >= m->from_s + MOMENT_LEAST_S) { /* 0.0 h tell nothing */
            trace->moments[kept++] = *m;
        }
    }
    trace->count = kept;
}

static int write_trace(struct trace *trace)
{
    struct buffer out;
    buffer_init(&out);
    join(trace);
    if (strcmp(given_format(trace->given), "json") == 0) {
        write_json(trace, &out);
    } else {
        write_table(trace, &out);
    }
    int code = trace->asked->ranks.own ? EXIT_FINE : load_write(trace->given, &out, EXIT_FINE);
    buffer_clear(&out);
    return code;
}

int simulate_trace(const struct given *given, const struct loaded *loaded,
                   struct simulate_asked *asked)
{
    struct trace trace = {.given = given, .loaded = loaded, .asked = asked};
    struct zhol_report report;
    const char *format = given_format(given);
    if (strcmp(format, "table") != 0 && strcmp(format, "json") != 0) {
        return fail(given, EXIT_MISUSED,
                    given->lang == LANG_RU ? "--trace: только --format table или json"
                                           : "--trace: only --format table or json");
    }
    zhol_report_init(&report, 0);
    enum zhol_error error =
        study_prepare(loaded->corridor, loaded->network, &asked->study, &report, &trace.study);
    trace.answer.study = &trace.study;
    trace.view = (struct simulate_view){.answer = &trace.answer,
                                        .lang = given->lang == LANG_RU ? REPORT_RU : REPORT_EN};
    error = error ? error : find_unit(&trace);
    int code = EXIT_FINE;
    if (!error) {
        error = zhol_simulate_trace(&trace.study.input, &trace.study.model_options, 0, trace.flow,
                                    trace.number, &trace.moments, &trace.count);
    }
    if (error) {
        load_print_findings(given, &report, 20);
        code = fail(given, error == ZHOL_ERROR_UNKNOWN ? EXIT_NO_ANSWER : EXIT_BAD_INPUT, "%s",
                    error != ZHOL_ERROR_UNKNOWN ? zhol_error_text(error)
                    : given->lang == LANG_RU ? "такая единица за это время не прибыла"
                                             : "no such unit arrived in this time");
    } else {
        code = write_trace(&trace);
    }
    free(trace.moments);
    study_clear(&trace.study);
    zhol_report_clear(&report);
    return code;
}
