/* openapi.c: the OpenAPI 3.1 document, made from the table of endpoints and the shapes. See
 * openapi.h. */
#include "serve/openapi.h"

#include <stdio.h>
#include <string.h>

#include "serve/endpoint.h"
#include "serve/schema.h"

static void write_parameter_type(struct json_writer *json, const struct parameter *parameter)
{
    static const char *const schemas_of[PARAMETER_TYPE_COUNT] = {
        "{\"type\":\"string\",\"maxLength\":2000}",
        "{\"type\":\"string\",\"pattern\":\"^[A-Za-z0-9_.-]{1,47}$\"}",
        "{\"type\":\"string\",\"pattern\":\"^[0-9a-f]{16}$\"}",
        "{\"type\":\"integer\"}",
        "{\"type\":\"number\"}",
        "{\"type\":\"boolean\"}",
        "{\"type\":\"string\",\"format\":\"date-time\"}",
        "{\"type\":\"string\",\"format\":\"date\"}",
        "{\"type\":\"array\",\"items\":{\"type\":\"number\"},\"minItems\":4,\"maxItems\":4}",
    };
    json_write_key(json, "schema");
    json_write_raw(json, strcmp(parameter->name, "limit") == 0
                             ? TEXT("{\"type\":\"integer\",\"minimum\":1,\"maximum\":1000}")
                             : text_view_of(schemas_of[parameter->type]));
    if (parameter->type == PARAMETER_bbox) {
        json_member_text(json, "style", "form");
        json_member_bool(json, "explode", false);
    }
}

static void write_parameter(struct json_writer *json, const char *name, const char *in,
                            bool required)
{
    json_write_object(json);
    json_member_text(json, "name", name);
    json_member_text(json, "in", in);
    json_member_bool(json, "required", required);
}

static void write_parameters(struct json_writer *json, const struct endpoint *endpoint)
{
    struct parameter list[PARAMETER_MAX];
    uint32_t count = 0;
    endpoint_parameters(endpoint, list, &count);
    json_write_key(json, "parameters");
    json_write_array(json);
    for (uint32_t i = 0; i < count; i++) {
        write_parameter(json, list[i].name, list[i].in_path ? "path" : "query", list[i].required);
        write_parameter_type(json, &list[i]);
        json_write_object_end(json);
    }
    write_parameter(json, "lang", "query", false);
    json_write_key(json, "schema");
    json_write_raw(json, TEXT("{\"enum\":[\"en\",\"ru\",\"kk\",\"zh\"]}"));
    json_write_object_end(json);
    if (endpoint->method != METHOD_GET) {
        write_parameter(json, "Idempotency-Key", "header", false);
        json_write_key(json, "schema");
        json_write_raw(json, TEXT("{\"type\":\"string\",\"maxLength\":128}"));
        json_write_object_end(json);
    }
    json_write_array_end(json);
}

/* {"description":...,"content":{TYPE:{"schema":...}}} */
static void write_content(struct json_writer *json, const char *description, const char *type,
                          const char *shape)
{
    json_write_object(json);
    if (description) {
        json_member_text(json, "description", description);
    }
    if (type) {
        json_write_key(json, "content");
        json_write_object(json);
        json_write_key(json, type);
        json_write_object(json);
        json_write_key(json, "schema");
        if (!shape) {
            json_write_raw(json, TEXT("{}"));
        } else if (schema_write(shape, json)) {
            json->out->error = ZHOL_ERROR_SYNTAX;
        }
        json_write_object_end(json);
        json_write_object_end(json);
    }
    json_write_object_end(json);
}

static void write_responses(struct json_writer *json, const struct endpoint *endpoint)
{
    json_write_key(json, "responses");
    json_write_object(json);
    const char *space = endpoint->gives ? strchr(endpoint->gives, ' ') : NULL;
    bool media = endpoint->gives && strchr(endpoint->gives, '/');
    json_write_key(json, "2XX");
    if (!endpoint->gives) {
        write_content(json, "done", NULL, NULL);
    } else if (media) {
        char type[64];
        size_t size = space ? (size_t)(space - endpoint->gives) : strlen(endpoint->gives);
        snprintf(type, sizeof type, "%.*s", (int)size, endpoint->gives);
        write_content(json, "the answer", type, space ? space + 1 : NULL);
    } else {
        write_content(json, "the answer", "application/json", endpoint->gives);
    }
    json_write_key(json, "default");
    write_content(json, "a refusal (RFC 9457)", "application/problem+json", "problem");
    json_write_object_end(json);
}

static void write_roles(struct json_writer *json, unsigned roles)
{
    json_write_key(json, "x-roles");
    json_write_array(json);
    for (unsigned i = 0; i < ROLE_system; i++) {
        if (roles & 1u << i) {
            json_write_text(json, role_name((enum role)i));
        }
    }
    json_write_array_end(json);
    json_write_key(json, "security");
    json_write_raw(json,
                   roles & FOR(public) ? TEXT("[]") : TEXT("[{\"cookie\":[]},{\"bearer\":[]}]"));
}

static void write_operation(struct json_writer *json, const struct endpoint *endpoint)
{
    static const char *const methods[] = {"get", "post", "put", "delete"};
    json_write_key(json, methods[endpoint->method]);
    json_write_object(json);
    json_member_text(json, "operationId", endpoint->name);
    json_member_text(json, "summary", endpoint->summary);
    write_roles(json, endpoint->roles);
    write_parameters(json, endpoint);
    if (endpoint->takes) {
        bool raw = strcmp(endpoint->takes, "raw") == 0;
        json_write_key(json, "requestBody");
        write_content(json, NULL, raw ? "*/*" : "application/json", raw ? NULL : endpoint->takes);
    }
    write_responses(json, endpoint);
    json_write_object_end(json);
}

static bool is_first(uint32_t index)
{
    for (uint32_t i = 0; i < index; i++) {
        if (strcmp(endpoints[i].path, endpoints[index].path) == 0) {
            return false;
        }
    }
    return true;
}

static void write_paths(struct json_writer *json)
{
    json_write_key(json, "paths");
    json_write_object(json);
    for (uint32_t i = 0; i < endpoint_count; i++) {
        if (is_first(i)) {
            json_write_key(json, endpoints[i].path);
            json_write_object(json);
            for (uint32_t k = i; k < endpoint_count; k++) {
                if (strcmp(endpoints[k].path, endpoints[i].path) == 0) {
                    write_operation(json, &endpoints[k]);
                }
            }
            json_write_object_end(json);
        }
    }
    json_write_object_end(json);
}

static void write_components(struct json_writer *json)
{
    json_write_key(json, "components");
    json_write_object(json);
    json_write_key(json, "securitySchemes");
    json_write_raw(json, TEXT("{\"cookie\":{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":"
                              "\"zhol_session\"},\"bearer\":{\"type\":\"http\",\"scheme\":"
                              "\"bearer\"}}"));
    json_write_key(json, "schemas");
    json_write_object(json);
    for (uint32_t i = 0; i < schema_count; i++) {
        json_write_key(json, schemas[i].name);
        if (schema_write(schemas[i].shape, json)) {
            json->out->error = ZHOL_ERROR_SYNTAX;
        }
    }
    json_write_object_end(json);
    json_write_object_end(json);
}

enum zhol_error openapi_write(const char *version, struct buffer *text)
{
    struct json_writer json;
    json_writer_init(&json, text, false);
    json_write_object(&json);
    json_member_text(&json, "openapi", "3.1.0");
    json_write_key(&json, "info");
    json_write_object(&json);
    json_member_text(&json, "title", "Zhol");
    json_member_text(&json, "version", version);
    json_member_text(&json, "description",
                     "An engine for freight corridors: the network, plans, and the live border "
                     "queue. Times are RFC 3339 in UTC, ids 16 hexadecimal digits, refusals RFC "
                     "9457 problem details.");
    json_write_key(&json, "license");
    json_write_raw(&json, TEXT("{\"name\":\"Apache-2.0\",\"identifier\":\"Apache-2.0\"}"));
    json_write_object_end(&json);
    json_write_key(&json, "servers");
    json_write_raw(&json, TEXT("[{\"url\":\"/\"}]"));
    write_paths(&json);
    write_components(&json);
    json_write_object_end(&json);
    return json_writer_end(&json);
}
