/* schema_write.c: shapes as JSON Schema 2020-12, for the OpenAPI document. See schema.h. */
#include "serve/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "serve/schema_shape.h"

void shape_skip(const char **at, const char *set)
{
    *at += strspn(*at, set);
}

struct text_view shape_word(const char **at)
{
    size_t size = strspn(*at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
    struct text_view word = {*at, (uint32_t)size};
    *at += size ? size : (**at != '\0');
    return word;
}

struct shape_member shape_member(const char **at)
{
    struct text_view word = shape_word(at);
    struct shape_member member = {word.bytes, word.size, **at == '?'};
    *at += member.optional;
    *at += **at == ':';
    return member;
}

uint64_t shape_limit(const char **at)
{
    uint64_t limit = 0;
    if (**at == '<') {
        for (++*at; **at >= '0' && **at <= '9' && limit < UINT32_MAX; ++*at) {
            limit = limit * 10 + (uint64_t)(**at - '0');
        }
    }
    return limit;
}

struct writing {
    struct json_writer *json;
    bool bad; /* the shape is malformed */
};

static void write_shape(struct writing *w, const char **at);

static bool is_schema(struct text_view word)
{
    for (uint32_t i = 0; i < schema_count; i++) {
        if (text_equal_string(word, schemas[i].name)) {
            return true;
        }
    }
    return false;
}

struct scalar {
    const char *word, *type, *format, *pattern;
};
static const struct scalar scalars[] = {
    {"text", "string", NULL, NULL},
    {"name", "string", NULL, "^[A-Za-z0-9_.-]{1,47}$"},
    {"opaque", "string", NULL, "^[0-9a-f]{16}$"},
    {"instant", "string", "date-time", NULL},
    {"date", "string", "date", NULL},
    {"int", "integer", NULL, NULL},
    {"uint", "integer", NULL, NULL},
    {"real", "number", NULL, NULL},
    {"bool", "boolean", NULL, NULL},
    {"null", "null", NULL, NULL},
};

static void write_scalar(struct writing *w, const struct scalar *scalar, uint64_t limit)
{
    json_write_object(w->json);
    json_member_text(w->json, "type", scalar->type);
    if (scalar->format) {
        json_member_text(w->json, "format", scalar->format);
    }
    if (scalar->pattern) {
        json_member_text(w->json, "pattern", scalar->pattern);
    }
    if (limit) {
        json_member_int(w->json, "maxLength", (int64_t)limit);
    }
    if (strcmp(scalar->word, "uint") == 0) {
        json_member_int(w->json, "minimum", 0);
    }
    json_write_object_end(w->json);
}

static void write_word(struct writing *w, const char **at)
{
    struct text_view word = shape_word(at);
    uint64_t limit = shape_limit(at);
    if (is_schema(word)) {
        char target[96];
        snprintf(target, sizeof target, "#/components/schemas/%.*s", (int)word.size, word.bytes);
        json_write_object(w->json);
        json_member_text(w->json, "$ref", target);
        json_write_object_end(w->json);
        return;
    }
    for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++) {
        if (text_equal_string(word, scalars[i].word)) {
            write_scalar(w, &scalars[i], limit);
            return;
        }
    }
    w->bad = w->bad || !text_equal_string(word, "any");
    json_write_object(w->json);
    json_write_object_end(w->json);
}

static void write_list(struct writing *w, const char **at)
{
    ++*at;
    json_write_object(w->json);
    json_member_text(w->json, "type", "array");
    json_write_key(w->json, "items");
    write_shape(w, at);
    w->bad = w->bad || **at != ']';
    *at += **at == ']';
    uint64_t limit = shape_limit(at);
    if (limit) {
        json_member_int(w->json, "maxItems", (int64_t)limit);
    }
    json_write_object_end(w->json);
}

/* Writes "required" from a second walk over the members. */
static void write_required(struct writing *w, const char *at)
{
    struct buffer nowhere;
    buffer_init(&nowhere);
    json_write_key(w->json, "required");
    json_write_array(w->json);
    while (*at && *at != '}' && *at != '*' && strncmp(at, "...", 3) != 0) {
        struct shape_member member = shape_member(&at);
        struct json_writer scratch;
        struct writing skip = {&scratch, false};
        buffer_reset(&nowhere);
        json_writer_init(&scratch, &nowhere, false);
        write_shape(&skip, &at);
        if (!member.optional) {
            json_write_view(w->json, (struct text_view){member.name, member.size});
        }
        shape_skip(&at, ", ");
    }
    json_write_array_end(w->json);
    buffer_clear(&nowhere);
}

static bool write_properties(struct writing *w, const char **at)
{
    bool open = false;
    json_write_key(w->json, "properties");
    json_write_object(w->json);
    while (**at && **at != '}') {
        if (strncmp(*at, "...", 3) == 0) {
            open = true;
            *at += 3;
        } else {
            struct shape_member member = shape_member(at);
            char name[64];
            snprintf(name, sizeof name, "%.*s", (int)member.size, member.name);
            w->bad = w->bad || member.size == 0;
            json_write_key(w->json, name);
            write_shape(w, at);
        }
        shape_skip(at, ", ");
    }
    json_write_object_end(w->json);
    return open;
}

static void write_object(struct writing *w, const char **at)
{
    const char *inner = ++*at;
    json_write_object(w->json);
    json_member_text(w->json, "type", "object");
    if (*inner == '*') {
        *at += 2;
        json_write_key(w->json, "additionalProperties");
        write_shape(w, at);
    } else {
        bool open = write_properties(w, at);
        write_required(w, inner);
        json_member_bool(w->json, "additionalProperties", open);
    }
    w->bad = w->bad || **at != '}';
    *at += **at == '}';
    json_write_object_end(w->json);
}

static void write_one(struct writing *w, const char **at)
{
    if (**at == '[') {
        write_list(w, at);
    } else if (**at == '{') {
        write_object(w, at);
    } else {
        write_word(w, at);
    }
}

/* 'a'|'b' and, behind them, perhaps |null. */
static void write_words(struct writing *w, const char **at)
{
    json_write_object(w->json);
    json_write_key(w->json, "enum");
    json_write_array(w->json);
    for (bool more = true; more;) {
        if (**at == '\'') {
            size_t size = strcspn(++*at, "'");
            json_write_view(w->json, (struct text_view){*at, (uint32_t)size});
            *at += size;
            w->bad = w->bad || **at != '\'';
            *at += **at == '\'';
        } else {
            w->bad = w->bad || !text_equal_string(shape_word(at), "null");
            json_write_null(w->json);
        }
        more = **at == '|';
        *at += more;
    }
    json_write_array_end(w->json);
    json_write_object_end(w->json);
}

/* The alternatives are first written apart, since it is not known yet whether there are several. */
static void write_shape(struct writing *w, const char **at)
{
    shape_skip(at, " ");
    if (**at == '\'') {
        write_words(w, at);
        shape_skip(at, " ");
        return;
    }
    struct buffer text;
    struct json_writer apart;
    struct writing inner = {&apart, false};
    uint32_t count = 0;
    buffer_init(&text);
    for (bool more = true; more; count++) {
        json_writer_init(&apart, &text, false);
        write_one(&inner, at);
        shape_skip(at, " ");
        more = **at == '|';
        *at += more;
        if (more) {
            buffer_char(&text, ',');
        }
    }
    struct text_view view = {buffer_get(&text), (uint32_t)text.size};
    if (count == 1) {
        json_write_raw(w->json, view);
    } else {
        json_write_object(w->json);
        json_write_key(w->json, "anyOf");
        json_write_array(w->json);
        json_write_raw(w->json, view);
        json_write_array_end(w->json);
        json_write_object_end(w->json);
    }
    w->bad = w->bad || inner.bad || text.error;
    buffer_clear(&text);
}

enum zhol_error schema_write(const char *name_or_shape, struct json_writer *json)
{
    const char *at = name_or_shape;
    struct writing w = {json, false};
    write_shape(&w, &at);
    return w.bad || *at ? ZHOL_ERROR_SYNTAX : json->out->error;
}
