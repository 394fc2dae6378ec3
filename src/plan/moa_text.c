/* moa_text.c: reading a graph from the plain text of research codes (zhol/moa.h).
 *
 * The reader goes over the bytes once. A faulty line is reported and skipped, so that one run shows
 * what is wrong, up to FAULTS_MAX; a graph is only built when there was no fault.
 */
#include <zhol/moa.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FAULTS_MAX = 100,
    FIELDS_MAX = 2 + ZHOL_MOA_COSTS_MAX,
    ARC_BYTES_MIN = 7, /* "1 1 1 1" */
    VERTICES_SPARE = 1024,
    VALUE_BYTES = 41
};

struct reader {
    const char *next, *end;
    const char *file_name;
    struct zhol_report *report;
    uint32_t line; /* of the fields read last */
    uint32_t fault_count;
    enum zhol_error error; /* the first fault */
    uint32_t vertex_count, arc_count, arcs_read, cost_count;
    struct zhol_moa_arc *arcs;
};

/* One number of a line. */
struct field {
    const char *bytes;
    size_t size;
    uint64_t value; /* UINT64_MAX: too large for 64 bits */
};

static const char *const column_names[FIELDS_MAX] = {"from", "to", "cost 1", "cost 2", "cost 3"};

static void fault_add(struct reader *reader, enum zhol_error code, const char *column,
                      const char *bytes, size_t size, const char *expected)
{
    char value[VALUE_BYTES];
    size_t length = 0;
    for (; length < size && length < VALUE_BYTES - 1; length++) {
        value[length] = bytes[length] >= ' ' && bytes[length] <= '~' ? bytes[length] : '?';
    }
    value[length] = 0;
    zhol_report_add(reader->report, &(struct zhol_finding){.severity = ZHOL_FAULT,
                                                           .code = code,
                                                           .row = reader->line,
                                                           .file = reader->file_name,
                                                           .column = column,
                                                           .value = value,
                                                           .expected = expected});
    reader->error = reader->error ? reader->error : code;
    reader->fault_count++;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r';
}

/* Digits to a number; false when something else is among them. */
static bool field_number(struct field *field)
{
    uint64_t value = 0;
    for (size_t i = 0; i < field->size; i++) {
        unsigned digit = (unsigned)(unsigned char)field->bytes[i] - '0';
        if (digit > 9) {
            return false;
        }
        value = value > (UINT64_MAX - digit) / 10 ? UINT64_MAX : value * 10 + digit;
    }
    field->value = value;
    return true;
}

/* Cuts the next line that holds anything into fields: at most FIELDS_MAX are kept, all are counted.
 * Returns their number, 0 at the end of the text; *sound tells whether all are whole numbers. */
static uint32_t line_read(struct reader *reader, struct field fields[FIELDS_MAX], bool *sound)
{
    uint32_t count = 0;
    *sound = true;
    while (!count && reader->next < reader->end) {
        const char *at = reader->next;
        const char *stop = memchr(at, '\n', (size_t)(reader->end - at));
        stop = stop ? stop : reader->end;
        reader->next = stop < reader->end ? stop + 1 : stop;
        reader->line++;
        while (at < stop && !(count == 0 && *at == '#')) {
            const char *from = at;
            while (at < stop && !is_blank(*at)) {
                at++;
            }
            if (at > from) {
                struct field field = {from, (size_t)(at - from), 0};
                if (!field_number(&field) && *sound) {
                    *sound = false;
                    fault_add(reader, ZHOL_ERROR_SYNTAX, "", from, field.size,
                              "a whole number that is not negative");
                }
                if (count < FIELDS_MAX) {
                    fields[count] = field;
                }
                count++;
            }
            at += at < stop;
        }
    }
    return count;
}

static void header_read(struct reader *reader)
{
    struct field fields[FIELDS_MAX];
    bool sound;
    size_t size = (size_t)(reader->end - reader->next);
    uint32_t count = line_read(reader, fields, &sound);
    if (!sound) {
        return;
    }
    if (count != 2) {
        fault_add(reader, ZHOL_ERROR_SYNTAX, "", "", 0,
                  "a first line of two numbers: vertices and arcs");
    } else if (fields[0].value > size + VERTICES_SPARE) {
        fault_add(reader, ZHOL_ERROR_LIMIT, "vertices", fields[0].bytes, fields[0].size,
                  "no more vertices than the text has bytes");
    } else if (fields[1].value > size / ARC_BYTES_MIN) {
        fault_add(reader, ZHOL_ERROR_LIMIT, "arcs", fields[1].bytes, fields[1].size,
                  "no more arcs than the text can hold");
    } else if (fields[0].value >= UINT32_MAX || fields[1].value >= UINT32_MAX) {
        fault_add(reader, ZHOL_ERROR_LIMIT, "", fields[0].bytes, fields[0].size,
                  "less than 2^32 - 1 vertices and arcs");
    } else {
        reader->vertex_count = (uint32_t)fields[0].value;
        reader->arc_count = (uint32_t)fields[1].value;
    }
}

/* Checks the numbers of an arc's line; false when one is out of range. */
static bool fields_check(struct reader *reader, const struct field *fields, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (i < 2 && (fields[i].value == 0 || fields[i].value > reader->vertex_count)) {
            fault_add(reader, ZHOL_ERROR_RANGE, column_names[i], fields[i].bytes, fields[i].size,
                      "a vertex from 1 to the number of vertices in the first line");
            return false;
        }
        if (i >= 2 && fields[i].value >= ZHOL_MOA_COST_LIMIT) {
            fault_add(reader, ZHOL_ERROR_RANGE, column_names[i], fields[i].bytes, fields[i].size,
                      "a cost below 4294967294");
            return false;
        }
    }
    return true;
}

static void arc_read(struct reader *reader, const struct field *fields, uint32_t count)
{
    if (!reader->cost_count && (count == 4 || count == 5)) {
        reader->cost_count = count - 2;
    }
    if (!reader->cost_count || count != reader->cost_count + 2) {
        fault_add(reader, ZHOL_ERROR_SYNTAX, "", fields[0].bytes, fields[0].size,
                  "from, to and two or three costs, as many as on the first arc's line");
        return;
    }
    if (!fields_check(reader, fields, count)) {
        return;
    }
    if (reader->arcs_read < reader->arc_count) {
        struct zhol_moa_arc *arc = &reader->arcs[reader->arcs_read];
        arc->from = (uint32_t)fields[0].value - 1;
        arc->to = (uint32_t)fields[1].value - 1;
        for (uint32_t k = 2; k < count; k++) {
            arc->cost[k - 2] = (uint32_t)fields[k].value;
        }
    }
    reader->arcs_read++;
}

static void arcs_read(struct reader *reader)
{
    struct field fields[FIELDS_MAX];
    bool sound;
    uint32_t count = line_read(reader, fields, &sound);
    while (count && reader->fault_count < FAULTS_MAX) {
        if (sound) {
            arc_read(reader, fields, count);
        }
        if (reader->arcs_read > reader->arc_count) {
            break;
        }
        count = line_read(reader, fields, &sound);
    }
    if (!reader->error && reader->arcs_read != reader->arc_count) {
        char announced[16];
        int length = snprintf(announced, sizeof announced, "%u", reader->arc_count);
        fault_add(reader, ZHOL_ERROR_CONFLICT, "arcs", announced, (size_t)length,
                  reader->arcs_read > reader->arc_count
                      ? "no more arcs than the first line announces"
                      : "as many arcs as the first line announces");
    }
}

enum zhol_error zhol_moa_graph_parse(struct zhol_moa_graph *graph, const char *text, size_t size,
                                     const char *file_name, struct zhol_report *report)
{
    *graph = (struct zhol_moa_graph){0};
    struct reader reader = {.next = text,
                            .end = text + size,
                            .file_name = file_name ? file_name : "",
                            .report = report};
    header_read(&reader);
    if (reader.error) {
        return reader.error;
    }
    reader.arcs = calloc((size_t)reader.arc_count + 1, sizeof *reader.arcs);
    if (!reader.arcs) {
        return ZHOL_ERROR_MEMORY;
    }
    arcs_read(&reader);
    if (!reader.error) {
        reader.error =
            zhol_moa_graph_build(graph, reader.vertex_count, reader.arcs, reader.arc_count,
                                 reader.cost_count ? reader.cost_count : 3);
    }
    free(reader.arcs);
    return reader.error;
}
