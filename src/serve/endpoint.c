/* endpoint.c: the table of endpoints, and its parameters as data. See endpoint.h. */
#include "serve/endpoint.h"

#include <string.h>

#define ENDPOINT_ROW(name, method, path, roles, run, parameters, takes, gives, summary) \
    {#name, METHOD_##method, path, roles, run, parameters, takes, gives, summary, handle_##name},

const struct endpoint endpoints[] = {QUEUE_ENDPOINTS(ENDPOINT_ROW) MODEL_ENDPOINTS(ENDPOINT_ROW)};
const uint32_t endpoint_count = sizeof endpoints / sizeof *endpoints;

const char *tongue_name(enum tongue tongue)
{
    static const char *const names[] = {
#define TONGUE_NAME(name) #name,
        TONGUES(TONGUE_NAME)
#undef TONGUE_NAME
    };
    return tongue < TONGUE_COUNT ? names[tongue] : names[TONGUE_en];
}

static const char *const type_names[] = {"text", "name",    "opaque", "int", "real",
                                         "bool", "instant", "date",   "bbox"};

static bool read_type(struct text_view text, enum parameter_type *type)
{
    for (unsigned i = 0; i < PARAMETER_TYPE_COUNT; i++) {
        if (text_equal_string(text, type_names[i])) {
            *type = (enum parameter_type)i;
            return true;
        }
    }
    return false;
}

/* True where the path has "{name}". */
static bool stands_in_path(const char *path, struct text_view name)
{
    for (const char *at = strchr(path, '{'); at; at = strchr(at + 1, '{')) {
        if (strncmp(at + 1, name.bytes, name.size) == 0 && at[1 + name.size] == '}') {
            return true;
        }
    }
    return false;
}

bool endpoint_parameters(const struct endpoint *endpoint, struct parameter list[PARAMETER_MAX],
                         uint32_t *count)
{
    struct text_view rest = text_view_of(endpoint->parameters);
    *count = 0;
    while (rest.size) {
        struct text_view word = text_cut(&rest, ' ');
        bool required = word.size && word.bytes[word.size - 1] == '!';
        word.size -= required;
        struct text_view name = text_cut(&word, ':');
        struct parameter *parameter = &list[*count];
        if (*count == PARAMETER_MAX || name.size == 0 || name.size >= sizeof parameter->name ||
            !read_type(word, &parameter->type)) {
            return false;
        }
        memcpy(parameter->name, name.bytes, name.size);
        parameter->name[name.size] = '\0';
        parameter->in_path = stands_in_path(endpoint->path, name);
        parameter->required = required || parameter->in_path;
        ++*count;
    }
    return true;
}
