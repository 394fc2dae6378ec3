/* json.c: the streaming JSON writer (base/json.h). */
#include "base/json.h"

#include <math.h>
#include <string.h>

#include "base/number.h"

void json_writer_init(struct json_writer *writer, struct buffer *out, bool pretty)
{
    *writer = (struct json_writer){.out = out, .pretty = pretty};
}

static void misuse(struct json_writer *writer)
{
    if (!writer->out->error) {
        writer->out->error = ZHOL_ERROR_INTERNAL;
    }
}

enum zhol_error json_writer_end(struct json_writer *writer)
{
    if (!writer->done) {
        misuse(writer);
    } else if (writer->pretty) {
        buffer_char(writer->out, '\n');
    }
    return writer->out->error;
}

static void new_line(struct json_writer *writer)
{
    if (writer->pretty) {
        buffer_char(writer->out, '\n');
        buffer_fill(writer->out, ' ', (size_t)writer->depth * 2);
    }
}

/* The comma and line end before a member of the open level. */
static void start_member(struct json_writer *writer)
{
    bool *filled = &writer->filled[writer->depth - 1];
    if (*filled) {
        buffer_char(writer->out, ',');
    }
    *filled = true;
    new_line(writer);
}

/* Called before each value; false when no value may stand here. */
static bool start_value(struct json_writer *writer)
{
    bool in_object = writer->depth && writer->kind[writer->depth - 1] == '{';
    if (writer->out->error || writer->done || in_object != writer->keyed) {
        misuse(writer);
        return false;
    }
    if (writer->keyed) {
        writer->keyed = false;
    } else if (writer->depth) {
        start_member(writer);
    }
    writer->done = writer->depth == 0;
    return true;
}

static void open_level(struct json_writer *writer, char kind)
{
    if (writer->depth == JSON_DEPTH_MAX) {
        misuse(writer);
        return;
    }
    if (start_value(writer)) {
        buffer_char(writer->out, kind);
        writer->kind[writer->depth] = kind;
        writer->filled[writer->depth] = false;
        writer->depth++;
        writer->done = false;
    }
}

static void close_level(struct json_writer *writer, char kind, char end)
{
    bool open = writer->depth && writer->kind[writer->depth - 1] == kind;
    if (writer->out->error || !open || writer->keyed) {
        misuse(writer);
        return;
    }
    writer->depth--;
    if (writer->filled[writer->depth]) {
        new_line(writer);
    }
    buffer_char(writer->out, end);
    writer->done = writer->depth == 0;
}

void json_write_object(struct json_writer *writer)
{
    open_level(writer, '{');
}

void json_write_object_end(struct json_writer *writer)
{
    close_level(writer, '{', '}');
}

void json_write_array(struct json_writer *writer)
{
    open_level(writer, '[');
}

void json_write_array_end(struct json_writer *writer)
{
    close_level(writer, '[', ']');
}

/* ---- values ---- */

static void put_escape(struct buffer *out, unsigned char c)
{
    static const char short_forms[] = "\"\"\\\\\bb\ff\nn\rr\tt";
    for (const char *form = short_forms; *form; form += 2) {
        if ((unsigned char)form[0] == c) {
            buffer_char(out, '\\');
            buffer_char(out, form[1]);
            return;
        }
    }
    buffer_printf(out, "\\u%04x", (unsigned)c);
}

/* A string in quotes; runs that need no change are copied whole. */
static void put_string(struct buffer *out, struct text_view text)
{
    static const char replacement[] = "\xEF\xBF\xBD";
    uint32_t run = 0, at = 0;
    buffer_char(out, '"');
    while (at < text.size) {
        unsigned char c = (unsigned char)text.bytes[at];
        uint32_t next = at + 1;
        bool plain = c >= 0x20 && c != '"' && c != '\\' && c != 0x7F;
        if (c >= 0x80) {
            next = at;
            uint32_t code_point = text_utf8_next(text, &next);
            plain = code_point != 0xFFFD || next - at == 3; /* U+FFFD itself is a good character */
        }
        if (!plain) {
            buffer_append(out, text.bytes + run, at - run);
            if (c >= 0x80) {
                buffer_string(out, replacement);
            } else {
                put_escape(out, c);
            }
            run = next;
        }
        at = next;
    }
    buffer_append(out, text.bytes + run, at - run);
    buffer_char(out, '"');
}

void json_write_key(struct json_writer *writer, const char *key)
{
    bool in_object = writer->depth && writer->kind[writer->depth - 1] == '{';
    if (writer->out->error || !in_object || writer->keyed) {
        misuse(writer);
        return;
    }
    start_member(writer);
    put_string(writer->out, text_view_of(key));
    buffer_string(writer->out, writer->pretty ? ": " : ":");
    writer->keyed = true;
}

void json_write_view(struct json_writer *writer, struct text_view text)
{
    if (start_value(writer)) {
        put_string(writer->out, text);
    }
}

void json_write_text(struct json_writer *writer, const char *text)
{
    if (text) {
        json_write_view(writer, text_view_of(text));
    } else {
        json_write_null(writer);
    }
}

void json_write_int(struct json_writer *writer, int64_t value)
{
    if (start_value(writer)) {
        buffer_int(writer->out, value);
    }
}

void json_write_uint(struct json_writer *writer, uint64_t value)
{
    if (start_value(writer)) {
        buffer_printf(writer->out, "%llu", (unsigned long long)value);
    }
}

void json_write_real(struct json_writer *writer, double value)
{
    if (start_value(writer)) {
        if (isfinite(value)) {
            buffer_real(writer->out, value);
        } else {
            buffer_string(writer->out, "null");
        }
    }
}

void json_write_fixed(struct json_writer *writer, double value, unsigned decimals)
{
    if (start_value(writer)) {
        if (isfinite(value)) {
            buffer_fixed(writer->out, value, decimals);
        } else {
            buffer_string(writer->out, "null");
        }
    }
}

void json_write_bool(struct json_writer *writer, bool value)
{
    if (start_value(writer)) {
        buffer_string(writer->out, value ? "true" : "false");
    }
}

void json_write_null(struct json_writer *writer)
{
    if (start_value(writer)) {
        buffer_string(writer->out, "null");
    }
}

void json_write_raw(struct json_writer *writer, struct text_view json)
{
    if (start_value(writer)) {
        buffer_view(writer->out, json);
    }
}

/* ---- members ---- */

void json_member_text(struct json_writer *writer, const char *key, const char *text)
{
    json_write_key(writer, key);
    json_write_text(writer, text);
}

void json_member_int(struct json_writer *writer, const char *key, int64_t value)
{
    json_write_key(writer, key);
    json_write_int(writer, value);
}

void json_member_real(struct json_writer *writer, const char *key, double value)
{
    json_write_key(writer, key);
    json_write_real(writer, value);
}

void json_member_fixed(struct json_writer *writer, const char *key, double value, unsigned decimals)
{
    json_write_key(writer, key);
    json_write_fixed(writer, value, decimals);
}

void json_member_bool(struct json_writer *writer, const char *key, bool value)
{
    json_write_key(writer, key);
    json_write_bool(writer, value);
}

void json_member_null(struct json_writer *writer, const char *key)
{
    json_write_key(writer, key);
    json_write_null(writer);
}
