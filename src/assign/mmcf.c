/* mmcf.c: reading the CommaLab text of planar and grid instances (zhol/assign.h).
 *
 * The text is numbers between white space; line breaks mean nothing, as in the publisher's files.
 * Nodes are numbered from 1, or from 0 where a node 0 occurs. A word that begins with '#' or '%',
 * or is "c" or "*", begins a comment to the end of its line. A fault is reported with its line and
 * what was expected; the first one ends the reading, since every number behind it would be taken
 * for something else.
 */
#include <zhol/assign.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"

enum { VALUE_BYTES = 41, COUNT_MAX = 50000000, WORD_MAX = 400 };

struct reader {
    const char *next, *end;
    const char *file_name;
    struct zhol_report *report;
    uint32_t line;
    uint32_t base; /* number of the first node */
};

static enum zhol_error fault(const struct reader *reader, enum zhol_error code, const char *column,
                             struct text_view text, const char *expected)
{
    char value[VALUE_BYTES];
    size_t length = 0;
    for (; length < text.size && length < VALUE_BYTES - 1; length++) {
        char byte = text.bytes[length];
        value[length] = (char)(byte >= ' ' && byte <= '~' ? byte : '?');
    }
    value[length] = 0;
    return zhol_report_add(reader->report, &(struct zhol_finding){.severity = ZHOL_FAULT,
                                                                  .code = code,
                                                                  .row = reader->line,
                                                                  .file = reader->file_name,
                                                                  .column = column,
                                                                  .value = value,
                                                                  .expected = expected});
}

static struct text_view word_read(struct reader *reader)
{
    while (reader->next < reader->end && strchr(" \t\r\n", *reader->next) && *reader->next) {
        reader->line += *reader->next++ == '\n';
    }
    const char *begin = reader->next;
    while (reader->next < reader->end && (!*reader->next || !strchr(" \t\r\n", *reader->next))) {
        reader->next++;
    }
    size_t size = (size_t)(reader->next - begin);
    return (struct text_view){begin, size < WORD_MAX ? (uint32_t)size : WORD_MAX};
}

static bool comment_begins(struct text_view word)
{
    bool marked = word.size > 0 && (word.bytes[0] == '#' || word.bytes[0] == '%');
    return marked || (word.size == 1 && (word.bytes[0] == 'c' || word.bytes[0] == '*'));
}

static struct text_view word_next(struct reader *reader)
{
    struct text_view word = word_read(reader);
    while (comment_begins(word)) {
        while (reader->next < reader->end && *reader->next != '\n') {
            reader->next++;
        }
        word = word_read(reader);
    }
    return word;
}

static enum zhol_error count_read(struct reader *reader, const char *column, uint32_t *value)
{
    struct text_view text = word_next(reader);
    int64_t number;
    enum zhol_error error = number_parse_int(text, &number);
    if (error) {
        return fault(reader, ZHOL_ERROR_SYNTAX, column, text,
                     text.size ? "a whole number" : "a whole number, but the file ends here");
    }
    if (number < 0 || number > COUNT_MAX) {
        return fault(reader, ZHOL_ERROR_RANGE, column, text, "a count from 0 to 50,000,000");
    }
    *value = (uint32_t)number;
    return ZHOL_ERROR_OK;
}

/* *node counts from 0. */
static enum zhol_error node_read(struct reader *reader, const char *column, uint32_t nodes,
                                 uint32_t *node)
{
    struct text_view text = word_next(reader);
    int64_t number;
    if (number_parse_int(text, &number)) {
        return fault(reader, ZHOL_ERROR_SYNTAX, column, text,
                     text.size ? "a node number" : "a node number, but the file ends here");
    }
    if (number < reader->base || number - reader->base >= nodes) {
        return fault(reader, ZHOL_ERROR_RANGE, column, text,
                     reader->base ? "a node number from 1 to the number of nodes"
                                  : "a node number below the number of nodes, as node 0 occurs");
    }
    *node = (uint32_t)(number - reader->base);
    return ZHOL_ERROR_OK;
}

static enum zhol_error amount_read(struct reader *reader, const char *column, double *value)
{
    struct text_view text = word_next(reader);
    if (number_parse_real(text, value)) {
        return fault(reader, ZHOL_ERROR_SYNTAX, column, text,
                     text.size ? "a number" : "a number, but the file ends here");
    }
    if (!(*value >= 0 && *value <= 1e15)) {
        return fault(reader, ZHOL_ERROR_RANGE, column, text, "a number from 0 to 1e15");
    }
    return ZHOL_ERROR_OK;
}

static enum zhol_error arc_read(struct reader *reader, struct zhol_assign *assign, uint32_t nodes)
{
    uint32_t from = 0, to = 0, arc = 0, row = 0;
    double cost = 0, capacity = 0;
    enum zhol_error error = node_read(reader, "from", nodes, &from);
    error = error ? error : node_read(reader, "to", nodes, &to);
    error = error ? error : amount_read(reader, "cost", &cost);
    error = error ? error : amount_read(reader, "capacity", &capacity);
    error = error ? error : zhol_assign_add_arc(assign, from, to, &cost, &arc);
    error = error ? error : zhol_assign_add_row(assign, capacity, &row);
    return error ? error : zhol_assign_add_use(assign, arc, row, &(double){1});
}

static enum zhol_error demand_read(struct reader *reader, struct zhol_assign *assign,
                                   uint32_t nodes)
{
    uint32_t from = 0, to = 0;
    double amount = 0;
    enum zhol_error error = node_read(reader, "origin", nodes, &from);
    error = error ? error : node_read(reader, "destination", nodes, &to);
    error = error ? error : amount_read(reader, "demand", &amount);
    return error ? error
                 : zhol_assign_add_demand(
                       assign, &(struct zhol_assign_demand){from, to, 0, amount, INFINITY}, NULL);
}

/* 0 where a node 0 occurs in what can be read, else 1. */
static uint32_t base_find(struct reader reader)
{
    int64_t counts[3] = {0};
    for (int i = 0; i < 3; i++) {
        number_parse_int(word_next(&reader), counts + i);
    }
    bool zero = false, more = true;
    int64_t number;
    for (int64_t i = 0; more && !zero && i < counts[1] + counts[2]; i++) {
        for (int column = 0; more && column < (i < counts[1] ? 4 : 3); column++) {
            struct text_view word = word_next(&reader);
            more = word.size > 0;
            zero |= column < 2 && !number_parse_int(word, &number) && number == 0;
        }
    }
    return zero ? 0 : 1;
}

static enum zhol_error body_read(struct reader *reader, struct zhol_assign **assign)
{
    uint32_t nodes = 0, arcs = 0, demands = 0;
    enum zhol_error error = count_read(reader, "nodes", &nodes);
    error = error ? error : count_read(reader, "arcs", &arcs);
    error = error ? error : count_read(reader, "commodities", &demands);
    error = error ? error : zhol_assign_new(assign, nodes, 1);
    for (uint32_t i = 0; !error && i < arcs; i++) {
        error = arc_read(reader, *assign, nodes);
    }
    for (uint32_t i = 0; !error && i < demands; i++) {
        error = demand_read(reader, *assign, nodes);
    }
    struct text_view rest = error ? (struct text_view){"", 0} : word_next(reader);
    if (!error && rest.size) {
        error = fault(reader, ZHOL_ERROR_SYNTAX, "", rest, "the end of the file");
    }
    return error;
}

enum zhol_error zhol_assign_parse_mmcf(struct zhol_assign **assign, const char *bytes, size_t size,
                                       const char *file_name, struct zhol_report *report)
{
    struct reader reader = {bytes, bytes + size, file_name, report, 1, 1};
    if (size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        reader.next += 3; /* an editor's mark of UTF-8 */
    }
    reader.base = base_find(reader);
    *assign = NULL;
    enum zhol_error error = body_read(&reader, assign);
    if (error) {
        zhol_assign_free(*assign);
        *assign = NULL;
    }
    return error;
}
