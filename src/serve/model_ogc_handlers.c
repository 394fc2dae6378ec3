/* model_ogc_handlers.c: the endpoints of the OGC API. See model_ogc.c. */
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "serve/endpoint.h"
#include "serve/model.h"
#include "serve/server.h"

enum { BASE_SIZE = 256, ITEMS_DEFAULT = 100, ITEMS_MAX = 1000 };

/* "http://HOST" as the client wrote it; relative addresses where the header is odd. */
static const char *base_of(const struct request *request, char base[BASE_SIZE])
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:-[]";
    const char *host = request->headers.host;
    size_t size = host ? strspn(host, letters) : 0;
    bool fits = size > 0 && host[size] == '\0' && size < BASE_SIZE - 16;
    const char *scheme = request->server->options.secure_cookie ? "https" : "http";
    base[0] = '\0';
    if (fits) {
        snprintf(base, BASE_SIZE, "%s://%s", scheme, host);
    }
    return base;
}

static enum handled answer(struct request *request, struct buffer *out, const char *type)
{
    if (out->error) {
        enum zhol_error error = out->error;
        buffer_clear(out);
        return reply_error(request, error, "the corridor cannot be asked");
    }
    return reply_buffer(request, 200, type, out);
}

enum handled handle_ogc_landing(struct request *request)
{
    struct buffer out = {0};
    char base[BASE_SIZE];
    model_ogc_landing(request->server->corridor, base_of(request, base), &out);
    return answer(request, &out, "application/json");
}

enum handled handle_ogc_conformance(struct request *request)
{
    struct buffer out = {0};
    model_ogc_conformance(&out);
    return answer(request, &out, "application/json");
}

enum handled handle_ogc_collections(struct request *request)
{
    struct buffer out = {0};
    char base[BASE_SIZE];
    model_ogc_collections(request->server->corridor, base_of(request, base), &out);
    return answer(request, &out, "application/json");
}

static enum handled no_collection(struct request *request)
{
    return reply_problem(request, 404, "unknown_collection",
                         "the collections are places, links and checkpoints");
}

enum handled handle_ogc_collection(struct request *request)
{
    struct buffer out = {0};
    char base[BASE_SIZE];
    enum model_collection collection = model_collection_find(request_text(request, "collection"));
    if (collection == MODEL_COLLECTION_COUNT) {
        return no_collection(request);
    }
    model_ogc_collection(request->server->corridor, collection, base_of(request, base), &out);
    return answer(request, &out, "application/json");
}

/* More than the most is no error by the standard: the most is given. 0: not a whole number. */
static uint32_t limit_of(const struct request *request)
{
    const char *text = request_text(request, "limit");
    int64_t limit = ITEMS_DEFAULT;
    if (text && (number_parse_int(text_view_of(text), &limit) || limit < 1)) {
        return 0;
    }
    return limit < ITEMS_MAX ? (uint32_t)limit : ITEMS_MAX;
}

enum handled handle_ogc_items(struct request *request)
{
    struct buffer out = {0};
    char base[BASE_SIZE];
    double bbox[4];
    int64_t offset = request_int(request, "offset", 0);
    struct model_items items = {
        .collection = model_collection_find(request_text(request, "collection")),
        .bbox = request_bbox(request, bbox) ? bbox : NULL,
        .limit = limit_of(request),
        .offset = offset < 0 || offset > UINT32_MAX / 2 ? 0 : (uint32_t)offset,
        .base = base_of(request, base),
    };
    if (items.collection == MODEL_COLLECTION_COUNT) {
        return no_collection(request);
    }
    if (items.limit == 0) {
        return reply_problem(request, 400, "parameter", "limit: a whole number from 1 on");
    }
    model_ogc_items(request->server->corridor, request->server->options.day, &items, &out);
    return answer(request, &out, "application/geo+json");
}

enum handled handle_ogc_item(struct request *request)
{
    struct buffer out = {0};
    enum model_collection collection = model_collection_find(request_text(request, "collection"));
    if (collection == MODEL_COLLECTION_COUNT) {
        return no_collection(request);
    }
    enum zhol_error error = model_ogc_item(request->server->corridor, request->server->options.day,
                                           collection, request_text(request, "feature"), &out);
    if (error == ZHOL_ERROR_UNKNOWN) {
        buffer_clear(&out);
        return reply_problem(request, 404, "unknown_feature", "there is no such feature");
    }
    out.error = out.error ? out.error : error;
    return answer(request, &out, "application/geo+json");
}
