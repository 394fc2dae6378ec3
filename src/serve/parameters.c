/* parameters.c: the parameters of a path and query. See parameters.h. */
#include "serve/parameters.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/time.h"
#include "serve/access.h"
#include "serve/problem.h"
#include "serve/schema.h"

enum { LIST_LIMIT_MAX = 1000, TEXT_SIZE_MAX = 2000 };

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Percent-decodes into the arena; NULL where it is malformed, not UTF-8, or holds a control
 * character. */
static const char *decode(struct request *request, struct text_view text, bool plus)
{
    char *out = text.size <= TEXT_SIZE_MAX ? arena_alloc(&request->arena, text.size + 1u) : NULL;
    size_t size = 0;
    for (uint32_t i = 0; out && i < text.size; i++) {
        char c = text.bytes[i];
        if (c == '%') {
            int high = i + 2 < text.size ? hex_digit(text.bytes[i + 1]) : -1;
            int low = i + 2 < text.size ? hex_digit(text.bytes[i + 2]) : -1;
            if (i + 2 >= text.size || high < 0 || low < 0) {
                return NULL;
            }
            c = (char)(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        if ((unsigned char)c < 0x20 || c == 0x7f) {
            return NULL;
        }
        out[size++] = c;
    }
    if (!out || !text_utf8_valid(out, size, NULL)) {
        return NULL;
    }
    out[size] = '\0';
    return out;
}

/* ---- One value ---- */

static bool read_name(const char *text)
{
    size_t size = strlen(text);
    return size >= 1 && size < COMMAND_NAME_SIZE &&
           strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") ==
               size;
}

static bool read_bool(const char *text, int64_t *value)
{
    *value = strcmp(text, "true") == 0 || strcmp(text, "1") == 0;
    return *value || strcmp(text, "false") == 0 || strcmp(text, "0") == 0;
}

static bool read_real(struct text_view text, double *value)
{
    return number_parse_real(text, value) == ZHOL_ERROR_OK && isfinite(*value);
}

static bool read_bbox(struct text_view text, double bbox[4])
{
    uint32_t count = 0;
    while (text.size && count < 4) {
        if (!read_real(text_trim(text_cut(&text, ',')), &bbox[count++])) {
            return false;
        }
    }
    return count == 4 && text.size == 0;
}

static bool read_value(const struct parameter *parameter, struct value *value)
{
    struct text_view text = text_view_of(value->text);
    int32_t day = 0;
    bool good = true;
    switch (parameter->type) {
    case PARAMETER_name:
        return read_name(value->text);
    case PARAMETER_opaque:
        return opaque_read(text, &value->as.opaque) == ZHOL_ERROR_OK && value->as.opaque;
    case PARAMETER_int:
        good = number_parse_int(text, &value->as.integer) == ZHOL_ERROR_OK;
        if (good && strcmp(parameter->name, "limit") == 0) {
            good = value->as.integer >= 1 && value->as.integer <= LIST_LIMIT_MAX;
        }
        return good;
    case PARAMETER_real:
        return read_real(text, &value->as.real);
    case PARAMETER_bool:
        return read_bool(value->text, &value->as.integer);
    case PARAMETER_instant:
        return schema_instant(text, &value->as.integer);
    case PARAMETER_date:
        good = time_parse_day(text, &day) == ZHOL_ERROR_OK;
        value->as.integer = day;
        return good;
    case PARAMETER_bbox:
        return read_bbox(text, value->as.bbox);
    default:
        return true;
    }
}

static bool refuse(struct request *request, const char *name, const char *detail)
{
    problem_reply(
        request,
        &(struct problem){.status = 400, .code = "parameter", .detail = detail, .field = name});
    return false;
}

static bool set_value(struct request *request, uint32_t index, struct text_view raw, bool plus)
{
    static const char *const wrong[PARAMETER_TYPE_COUNT] = {
        "must be a text of at most 2000 bytes in UTF-8",
        "must be letters, digits, - _ . (1 to 47)",
        "must be 16 hexadecimal digits",
        "must be a whole number; a limit is 1 to 1000",
        "must be a number",
        "must be true or false",
        "must be a time such as 2025-11-12T03:00:00Z",
        "must be a day such as 2025-11-12",
        "must be four numbers: west,south,east,north",
    };
    const struct parameter *parameter = &request->parameters[index];
    struct value *value = &request->values[index];
    value->text = decode(request, raw, plus);
    value->given = value->text && read_value(parameter, value);
    return value->given || refuse(request, parameter->name, wrong[parameter->type]);
}

static uint32_t find_parameter(const struct request *request, const char *name, size_t size,
                               bool in_path)
{
    for (uint32_t i = 0; i < request->parameter_count; i++) {
        const struct parameter *parameter = &request->parameters[i];
        if (parameter->in_path == in_path && strncmp(parameter->name, name, size) == 0 &&
            parameter->name[size] == '\0') {
            return i;
        }
    }
    return UINT32_MAX;
}

/* ---- Path and query ---- */

static bool read_path(struct request *request)
{
    const char *form = request->endpoint->path, *path = request->path;
    while (*form) {
        if (*form != '{') {
            form++;
            path++;
            continue;
        }
        size_t name_size = strcspn(form + 1, "}"), size = strcspn(path, "/");
        uint32_t index = find_parameter(request, form + 1, name_size, true);
        if (index == UINT32_MAX ||
            !set_value(request, index, (struct text_view){path, (uint32_t)size}, false)) {
            return index == UINT32_MAX ? refuse(request, "path", "is not known here") : false;
        }
        form += name_size + 2;
        path += size;
    }
    return true;
}

static bool read_query(struct request *request)
{
    struct text_view rest = request->query;
    while (rest.size) {
        struct text_view pair = text_cut(&rest, '&');
        struct text_view raw_name = text_cut(&pair, '=');
        if (text_equal_string(raw_name, "lang") && access_tongue(pair) == TONGUE_COUNT) {
            return refuse(request, "lang", "must be en, ru, kk or zh");
        }
        if (raw_name.size == 0 || text_equal_string(raw_name, "lang")) {
            continue;
        }
        const char *name = decode(request, raw_name, true);
        uint32_t index = name ? find_parameter(request, name, strlen(name), false) : UINT32_MAX;
        if (index == UINT32_MAX) {
            return refuse(request, name ? name : "query", "is no parameter of this endpoint");
        }
        if (request->values[index].given) {
            return refuse(request, name, "stands twice");
        }
        if (!set_value(request, index, pair, true)) {
            return false;
        }
    }
    return true;
}

bool parameters_read(struct request *request)
{
    if (!endpoint_parameters(request->endpoint, request->parameters, &request->parameter_count)) {
        reply_problem(request, 500, "internal", "the table of endpoints is malformed");
        return false;
    }
    if (!read_path(request) || !read_query(request)) {
        return false;
    }
    for (uint32_t i = 0; i < request->parameter_count; i++) {
        if (request->parameters[i].required && !request->values[i].given) {
            return refuse(request, request->parameters[i].name, "is missing");
        }
    }
    return true;
}
