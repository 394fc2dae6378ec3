/* test_moa_text: reading graphs from plain text, and what is said about faulty ones. */
#include "check.h"

#include <zhol/moa.h>

struct fault_case {
    const char *text;
    enum zhol_error error;
    uint32_t row;
    const char *column;
    const char *value;
};

static void good_text_is_read(void)
{
    static const char text[] = "# roads\n\n3 4\r\n1 2\t10 20 30\n2 3 1 2 3 \n 1 3 0 4294967293 7\n"
                               "# the end\n3 3 1 1 1";
    struct zhol_moa_graph graph;
    CHECK_INT_EQ(zhol_moa_graph_parse(&graph, text, sizeof text - 1, "t", NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(graph.vertex_count, 3);
    CHECK_INT_EQ(graph.arc_count, 4);
    CHECK_INT_EQ(graph.cost_count, 3);
    CHECK_INT_EQ(graph.first_out[1], 2);
    CHECK_INT_EQ(graph.out[0].vertex, 1);
    CHECK_INT_EQ(graph.out[1].vertex, 2);
    CHECK_INT_EQ(graph.out[1].cost[1], 4294967293);
    CHECK_INT_EQ(graph.out_input[1], 2);
    CHECK_INT_EQ(graph.first_in[3] - graph.first_in[2], 3);
    CHECK_INT_EQ(graph.in[graph.first_in[1]].vertex, 0);
    zhol_moa_graph_clear(&graph);
}

static void two_costs_and_no_arcs_are_read(void)
{
    struct zhol_moa_graph graph;
    CHECK_INT_EQ(zhol_moa_graph_parse(&graph, "2 1\n1 2 3 4\n", 12, NULL, NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(graph.cost_count, 2);
    CHECK_INT_EQ(graph.out[0].cost[2], 0);
    zhol_moa_graph_clear(&graph);
    CHECK_INT_EQ(zhol_moa_graph_parse(&graph, "5 0", 3, NULL, NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(graph.vertex_count, 5);
    CHECK_INT_EQ(graph.first_out[5], 0);
    zhol_moa_graph_clear(&graph);
}

static void check_fault(const struct fault_case *c)
{
    struct zhol_moa_graph graph;
    struct zhol_report report;
    zhol_report_init(&report, 0);
    CHECK_INT_EQ(zhol_moa_graph_parse(&graph, c->text, strlen(c->text), "g.txt", &report),
                 c->error);
    CHECK(graph.out == NULL && report.count > 0);
    if (report.count) {
        CHECK_INT_EQ(report.findings[0].row, c->row);
        CHECK_STR_EQ(report.findings[0].file, "g.txt");
        CHECK_STR_EQ(report.findings[0].column, c->column);
        CHECK_STR_EQ(report.findings[0].value, c->value);
        CHECK(report.findings[0].expected[0] != 0);
    }
    zhol_report_clear(&report);
}

static void faults_name_line_and_value(void)
{
    static const struct fault_case cases[] = {
        {"", ZHOL_ERROR_SYNTAX, 0, "", ""},
        {"3\n", ZHOL_ERROR_SYNTAX, 1, "", ""},
        {"3 x\n", ZHOL_ERROR_SYNTAX, 1, "", "x"},
        {"3 9\n1 2 3 4 5\n", ZHOL_ERROR_LIMIT, 1, "arcs", "9"},
        {"9999999999999999999999 1\n1 2 3 4 5\n", ZHOL_ERROR_LIMIT, 1, "vertices",
         "9999999999999999999999"},
        {"3 1\n1 2 3 -4 5\n", ZHOL_ERROR_SYNTAX, 2, "", "-4"},
        {"3 1\n1 2 3 4.5 5\n", ZHOL_ERROR_SYNTAX, 2, "", "4.5"},
        {"3 1\n\n1 4 3 4 5\n", ZHOL_ERROR_RANGE, 3, "to", "4"},
        {"3 1\n0 1 3 4 5\n", ZHOL_ERROR_RANGE, 2, "from", "0"},
        {"3 1\n1 2 3 4 4294967294\n", ZHOL_ERROR_RANGE, 2, "cost 3", "4294967294"},
        {"3 1\n1 2 99999999999999999999999 4 4\n", ZHOL_ERROR_RANGE, 2, "cost 1",
         "99999999999999999999999"},
        {"3 1\n1 2 3 4 5 6\n", ZHOL_ERROR_SYNTAX, 2, "", "1"},
        {"3 2\n1 2 3 4 5\n1 2 3 4\n", ZHOL_ERROR_SYNTAX, 3, "", "1"},
        {"3 2\n1 2 3 4 5\n       ", ZHOL_ERROR_CONFLICT, 3, "arcs", "2"},
        {"3 1\n1 2 3 4 5\n1 2 3 4 5\n", ZHOL_ERROR_CONFLICT, 3, "arcs", "1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_fault(&cases[i]);
    }
}

static void all_faults_are_reported(void)
{
    static const char text[] = "2 3\n1 9 1 1 1\n1 2 1 z 1\n2 1 1 1 1\n";
    struct zhol_moa_graph graph;
    struct zhol_report report;
    zhol_report_init(&report, 0);
    CHECK_INT_EQ(zhol_moa_graph_parse(&graph, text, sizeof text - 1, "t", &report),
                 ZHOL_ERROR_RANGE);
    CHECK_INT_EQ(report.count, 2);
    CHECK_INT_EQ(report.findings[1].row, 3);
    zhol_report_clear(&report);
}

int main(void)
{
    RUN(good_text_is_read);
    RUN(two_costs_and_no_arcs_are_read);
    RUN(faults_name_line_and_value);
    RUN(all_faults_are_reported);
    return check_report();
}
