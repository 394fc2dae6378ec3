/* request.c: reading what a request carries: parameters, members of the body. See endpoint.h. */
#include "serve/endpoint.h"

#include <string.h>

#include "base/time.h"
#include "serve/schema.h"

static const struct value *find(const struct request *request, const char *name)
{
    for (uint32_t i = 0; i < request->parameter_count; i++) {
        if (strcmp(request->parameters[i].name, name) == 0) {
            return request->values[i].given ? &request->values[i] : NULL;
        }
    }
    return NULL;
}

const char *request_text(const struct request *request, const char *name)
{
    const struct value *value = find(request, name);
    return value ? value->text : NULL;
}

bool request_given(const struct request *request, const char *name)
{
    return find(request, name) != NULL;
}

int64_t request_int(const struct request *request, const char *name, int64_t missing)
{
    const struct value *value = find(request, name);
    return value ? value->as.integer : missing;
}

double request_real(const struct request *request, const char *name, double missing)
{
    const struct value *value = find(request, name);
    return value ? value->as.real : missing;
}

uint64_t request_opaque(const struct request *request, const char *name)
{
    const struct value *value = find(request, name);
    return value ? value->as.opaque : 0;
}

bool request_bbox(const struct request *request, double bbox[4])
{
    const struct value *value = find(request, "bbox");
    if (!value) {
        return false;
    }
    memcpy(bbox, value->as.bbox, sizeof value->as.bbox);
    return true;
}

const char *body_text(const struct request *request, const char *member)
{
    const char *text = json_string_value(json_object_get(request->body, member));
    return text ? text : "";
}

int64_t body_int(const struct request *request, const char *member, int64_t missing)
{
    const json_t *value = json_object_get(request->body, member);
    return json_is_integer(value) ? (int64_t)json_integer_value(value) : missing;
}

bool body_bool(const struct request *request, const char *member)
{
    return json_is_true(json_object_get(request->body, member));
}

uint64_t body_opaque(const struct request *request, const char *member)
{
    uint64_t id = 0;
    return opaque_read(text_view_of(body_text(request, member)), &id) ? 0 : id;
}

int64_t body_instant(const struct request *request, const char *member, int64_t missing)
{
    int64_t utc_s;
    return schema_instant(text_view_of(body_text(request, member)), &utc_s) ? utc_s : missing;
}
