/* schema.c: checks JSON values against shapes. See schema.h.
 *
 * A shape is walked beside its value; it is short, and no compiled form would pay. A walk without a
 * value only moves past the shape.
 */
#include "serve/schema.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/time.h"
#include "serve/schema_shape.h"
#include "serve/schemas_model.h"
#include "serve/schemas_queue.h"

#define SCHEMA_ROW(name, shape) {#name, shape},
const struct schema schemas[] = {QUEUE_SCHEMAS(SCHEMA_ROW) MODEL_SCHEMAS(SCHEMA_ROW)};
const uint32_t schema_count = sizeof schemas / sizeof *schemas;

enum { PATH_SIZE = 160 };

struct walk {
    char *why;
    uint32_t size;
    bool said; /* the first fault is the one that is told */
    char path[PATH_SIZE];
};

static const struct schema *find_schema(const char *name, size_t size)
{
    for (uint32_t i = 0; i < schema_count; i++) {
        if (strncmp(schemas[i].name, name, size) == 0 && schemas[i].name[size] == '\0') {
            return &schemas[i];
        }
    }
    return NULL;
}

const char *schema_shape(const char *name_or_shape)
{
    const struct schema *schema = find_schema(name_or_shape, strlen(name_or_shape));
    return schema ? schema->shape : name_or_shape;
}

__attribute__((format(printf, 2, 3))) static bool fault(struct walk *walk, const char *format, ...)
{
    if (!walk->said && walk->size) {
        int used = snprintf(walk->why, walk->size, "%s%s", walk->path, *walk->path ? ": " : "");
        va_list arguments;
        va_start(arguments, format);
        if (used >= 0 && (uint32_t)used < walk->size) {
            vsnprintf(walk->why + used, walk->size - (uint32_t)used, format, arguments);
        }
        va_end(arguments);
        walk->said = true;
    }
    return false;
}

/* ---- Scalars ---- */

static bool is_name(const char *text, size_t size)
{
    if (size == 0 || size > 47) {
        return false;
    }
    for (size_t i = 0; i < size; i++) {
        char c = text[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
              c == '-' || c == '_' || c == '.')) {
            return false;
        }
    }
    return true;
}

static bool is_opaque(const char *text, size_t size)
{
    return size == 16 && strspn(text, "0123456789abcdef") == 16;
}

/* No control characters but line ends and tabs: such a text could not be shown or logged safely. */
static bool is_clean(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if ((c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7f) {
            return false;
        }
    }
    return true;
}

/* As JSON Schema counts lengths: code points. */
static uint64_t characters(struct text_view text)
{
    uint64_t count = 0;
    for (uint32_t at = 0; at < text.size; count++) {
        text_utf8_next(text, &at);
    }
    return count;
}

bool schema_instant(struct text_view text, int64_t *utc_s)
{
    bool end_of_day = text.size > 12 && text.bytes[11] == '2' && text.bytes[12] == '4';
    return !end_of_day && time_parse_instant(text, utc_s) == ZHOL_ERROR_OK;
}

static bool check_string(struct walk *walk, struct text_view kind, uint64_t limit,
                         const json_t *value)
{
    if (!json_is_string(value)) {
        return fault(walk, "must be a text");
    }
    const char *text = json_string_value(value);
    size_t size = json_string_length(value);
    struct text_view view = {text, (uint32_t)size};
    int64_t instant;
    int32_t day;
    if (limit && characters(view) > limit) {
        return fault(walk, "must have at most %llu characters", (unsigned long long)limit);
    }
    if (text_equal_string(kind, "name")) {
        return is_name(text, size) || fault(walk, "must be letters, digits, - _ . (1 to 47)");
    }
    if (text_equal_string(kind, "opaque")) {
        return is_opaque(text, size) || fault(walk, "must be 16 hexadecimal digits");
    }
    if (text_equal_string(kind, "instant")) {
        return schema_instant(view, &instant) ||
               fault(walk, "must be a time such as 2025-11-12T03:00:00Z");
    }
    if (text_equal_string(kind, "date")) {
        return time_parse_day(view, &day) == ZHOL_ERROR_OK ||
               fault(walk, "must be a day such as 2025-11-12");
    }
    return is_clean(text, size) || fault(walk, "must not hold control characters");
}

static bool check_scalar(struct walk *walk, struct text_view kind, uint64_t limit,
                         const json_t *value)
{
    if (text_equal_string(kind, "null")) {
        return json_is_null(value) || fault(walk, "must be null");
    }
    if (text_equal_string(kind, "any")) {
        return true;
    }
    if (text_equal_string(kind, "bool")) {
        return json_is_boolean(value) || fault(walk, "must be true or false");
    }
    if (text_equal_string(kind, "real")) {
        return json_is_number(value) || fault(walk, "must be a number");
    }
    if (text_equal_string(kind, "int")) {
        return json_is_integer(value) || fault(walk, "must be a whole number");
    }
    if (text_equal_string(kind, "uint")) {
        return (json_is_integer(value) && json_integer_value(value) >= 0) ||
               fault(walk, "must be a whole number from 0 on");
    }
    return check_string(walk, kind, limit, value);
}

/* ---- Structure ---- */

static bool walk_shape(struct walk *walk, const char **at, const json_t *value);

static size_t push(struct walk *walk, const char *format, const char *name, size_t name_size,
                   size_t index)
{
    size_t before = strlen(walk->path);
    if (name) {
        snprintf(walk->path + before, PATH_SIZE - before, format, before ? "." : "", (int)name_size,
                 name);
    } else {
        snprintf(walk->path + before, PATH_SIZE - before, "[%zu]", index);
    }
    return before;
}

static bool walk_list(struct walk *walk, const char **at, const json_t *value)
{
    const char *inner = ++*at, *end = inner;
    bool good = !value || json_is_array(value) || fault(walk, "must be a list");
    walk_shape(walk, &end, NULL);
    *at = end + (*end == ']');
    uint64_t limit = shape_limit(at);
    if (!value || !good) {
        return good;
    }
    if (limit && json_array_size(value) > limit) {
        return fault(walk, "must have at most %llu items", (unsigned long long)limit);
    }
    for (size_t i = 0; i < json_array_size(value); i++) {
        const char *item = inner;
        size_t before = push(walk, "", NULL, 0, i);
        good = walk_shape(walk, &item, json_array_get(value, i)) && good;
        walk->path[before] = '\0';
    }
    return good;
}

/* One member of an object's shape, `name?:SHAPE`; *seen counts those that were there. */
static bool walk_member(struct walk *walk, const char **at, const json_t *value, size_t *seen)
{
    struct shape_member member = shape_member(at);
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)member.size, member.name);
    const json_t *found = value ? json_object_get(value, name) : NULL;
    size_t before = push(walk, "%s%.*s", name, strlen(name), 0);
    bool good = walk_shape(walk, at, found);
    if (value && !found && !member.optional) {
        good = fault(walk, "is missing");
    }
    *seen += found != NULL;
    walk->path[before] = '\0';
    return good;
}

/* {*:SHAPE}: every member has it. */
static bool walk_map(struct walk *walk, const char **at, const json_t *value)
{
    const char *inner = *at + 2, *end = inner, *name;
    json_t *member;
    bool good = true;
    walk_shape(walk, &end, NULL);
    *at = end + (*end == '}');
    if (value) {
        json_object_foreach((json_t *)(uintptr_t)value, name, member)
        {
            const char *item = inner;
            size_t before = push(walk, "%s%.*s", name, strlen(name), 0);
            good = walk_shape(walk, &item, member) && good;
            walk->path[before] = '\0';
        }
    }
    return good;
}

static bool walk_object(struct walk *walk, const char **at, const json_t *value)
{
    bool good = !value || json_is_object(value) || fault(walk, "must be an object"), open = false;
    size_t seen = 0;
    const json_t *object = good ? value : NULL;
    ++*at;
    if (**at == '*') {
        return walk_map(walk, at, object) && good;
    }
    while (**at && **at != '}') {
        open = strncmp(*at, "...", 3) == 0;
        if (open) {
            *at += 3;
        } else {
            good = walk_member(walk, at, object, &seen) && good;
        }
        shape_skip(at, ", ");
    }
    *at += **at == '}';
    if (object && !open && seen != json_object_size(object)) {
        good = fault(walk, "has a member that is not known here");
    }
    return good;
}

static bool walk_literal(struct walk *walk, const char **at, const json_t *value)
{
    const char *text = ++*at;
    size_t size = strcspn(text, "'");
    *at = text + size + (text[size] == '\'');
    return !value ||
           (json_is_string(value) && json_string_length(value) == size &&
            memcmp(json_string_value(value), text, size) == 0) ||
           fault(walk, "must be one of the words that the document names");
}

static bool walk_word(struct walk *walk, const char **at, const json_t *value)
{
    struct text_view word = shape_word(at);
    uint64_t limit = shape_limit(at);
    if (!value) {
        return true;
    }
    const struct schema *schema = find_schema(word.bytes, word.size);
    if (schema) {
        const char *shape = schema->shape;
        return walk_shape(walk, &shape, value);
    }
    return check_scalar(walk, word, limit, value);
}

static bool walk_one(struct walk *walk, const char **at, const json_t *value)
{
    switch (**at) {
    case '[':
        return walk_list(walk, at, value);
    case '{':
        return walk_object(walk, at, value);
    case '\'':
        return walk_literal(walk, at, value);
    default:
        return walk_word(walk, at, value);
    }
}

static bool walk_shape(struct walk *walk, const char **at, const json_t *value)
{
    bool any = false, said = walk->said;
    for (bool more = true; more;) {
        shape_skip(at, " ");
        any = walk_one(walk, at, value) || any;
        shape_skip(at, " ");
        more = **at == '|';
        *at += more;
    }
    if (any && !said) {
        walk->said = false; /* what the other alternatives said does not count */
    }
    return any;
}

bool schema_check(const char *name_or_shape, const json_t *value, char *why, uint32_t size)
{
    struct walk walk = {.why = why, .size = size};
    const char *at = schema_shape(name_or_shape);
    if (size) {
        *why = '\0';
    }
    return walk_shape(&walk, &at, value);
}
