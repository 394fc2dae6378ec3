/* dispatch_json.c: see dispatch_json.h. */
#include "desk/dispatch_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/time.h"
#include "desk/dispatch_state.h"

enum { FILE_BYTES_MAX = 64 << 20 };

void read_fault(struct dispatch_reader *reader, enum zhol_error code, const char *member,
                const char *value, const char *expected)
{
    char column[DISPATCH_PATH_SIZE + 64];
    snprintf(column, sizeof column, "%s%s%s", reader->where, *reader->where && *member ? "." : "",
             member);
    struct zhol_finding finding = {.severity = ZHOL_FAULT,
                                   .code = code,
                                   .file = reader->file,
                                   .column = column,
                                   .value = value,
                                   .expected = expected};
    zhol_report_add(reader->report, &finding);
    reader->error = reader->error ? reader->error : code;
}

static void fault_value(struct dispatch_reader *reader, enum zhol_error code, const char *member,
                        const json_t *value, const char *expected)
{
    if (json_is_string(value)) { /* a finding puts its value into quotes of its own */
        read_fault(reader, code, member, json_string_value(value), expected);
        return;
    }
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
    read_fault(reader, code, member, text ? text : "", expected);
    free(text);
}

void read_known(struct dispatch_reader *reader, json_t *object, const char *const *known)
{
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value)
    {
        uint32_t i = 0;
        while (known[i] && strcmp(known[i], key) != 0) {
            i++;
        }
        if (!known[i]) {
            read_fault(reader, ZHOL_ERROR_UNKNOWN, key, "",
                       "a member that this object has (docs/dispatching.md)");
        }
    }
}

int32_t read_whole(struct dispatch_reader *reader, json_t *object, const char *member, int32_t low,
                   int32_t high, int32_t otherwise)
{
    json_t *value = json_object_get(object, member);
    if (!value) {
        return otherwise;
    }
    json_int_t number = json_integer_value(value);
    if (!json_is_integer(value) || number < low || number > high) {
        char expected[96];
        snprintf(expected, sizeof expected, "a whole number from %d to %d", low, high);
        fault_value(reader, json_is_integer(value) ? ZHOL_ERROR_RANGE : ZHOL_ERROR_SYNTAX, member,
                    value, expected);
        return otherwise;
    }
    return (int32_t)number;
}

const char *read_text(struct dispatch_reader *reader, json_t *object, const char *member,
                      const char *otherwise)
{
    json_t *value = json_object_get(object, member);
    if (!value) {
        return otherwise;
    }
    if (!json_is_string(value)) {
        fault_value(reader, ZHOL_ERROR_SYNTAX, member, value, "a text in quotes");
        return otherwise;
    }
    return json_string_value(value);
}

bool dispatch_minute_of(int32_t date, const char *text, int32_t *minute)
{
    struct text_view view = text_view_of(text);
    struct time_stamp stamp;
    uint32_t second;
    if (strcmp(text, "never") == 0) {
        *minute = ZHOL_DISPATCH_NEVER;
        return true;
    }
    if (!time_parse_clock(view, &second)) {
        *minute = (int32_t)(second / 60);
        return true;
    }
    if (time_parse_stamp(view, &stamp) || stamp.has_offset) {
        return false;
    }
    int64_t at = (stamp.local_s - (int64_t)date * TIME_DAY_S) / 60;
    *minute = (int32_t)at;
    return at > -600000 && at < 600000;
}

int32_t read_minute(struct dispatch_reader *reader, json_t *object, const char *member,
                    int32_t otherwise)
{
    json_t *value = json_object_get(object, member);
    int32_t minute = otherwise;
    if (value && (!json_is_string(value) ||
                  !dispatch_minute_of(reader->date, json_string_value(value), &minute))) {
        fault_value(reader, ZHOL_ERROR_SYNTAX, member, value,
                    "a time such as \"08:30\" or \"2026-02-01T08:30\", or \"never\"");
        return otherwise;
    }
    return minute;
}

json_t *read_rows(struct dispatch_reader *reader, json_t *object, const char *member)
{
    json_t *value = json_object_get(object, member);
    if (value && !json_is_array(value)) {
        fault_value(reader, ZHOL_ERROR_SYNTAX, member, value, "a list of objects");
        return NULL;
    }
    return value;
}

json_t *read_row(struct dispatch_reader *reader, json_t *rows, size_t i, const char *base,
                 const char *member)
{
    json_t *row = json_array_get(rows, i);
    snprintf(reader->where, sizeof reader->where, "%.100s%s%s[%zu]", base, *base ? "." : "", member,
             i);
    if (!json_is_object(row)) {
        fault_value(reader, ZHOL_ERROR_SYNTAX, "", row, "an object");
        return NULL;
    }
    return row;
}

enum zhol_error dispatch_json_read(const char *path, struct zhol_report *report, json_t **out)
{
    struct file_data data = {0};
    json_error_t why;
    enum zhol_error error = file_read(path, FILE_BYTES_MAX, &data, report);
    if (error) {
        return error;
    }
    *out = json_loadb(data.bytes, data.size, JSON_REJECT_DUPLICATES, &why);
    file_clear(&data);
    if (!*out || !json_is_object(*out)) {
        struct zhol_finding finding = {.severity = ZHOL_FAULT,
                                       .code = ZHOL_ERROR_SYNTAX,
                                       .file = path,
                                       .row = *out || why.line < 1 ? 1 : (uint32_t)why.line,
                                       .column = "",
                                       .value = *out ? "" : why.text,
                                       .expected = "one JSON object"};
        json_decref(*out);
        *out = NULL;
        return zhol_report_add(report, &finding);
    }
    return ZHOL_ERROR_OK;
}
