/* pages.c: the built web page. See pages.h. */
#include "serve/pages.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "base/file.h"

enum { FILES_MAX = 2000, DEPTH_MAX = 8 };
static const size_t file_size_max = 16u << 20;

struct file {
    char *path; /* as in a URL: "/assets/app.js" */
    const char *type;
    struct file_data data;
    char etag[40];
};

struct pages {
    struct file *files; /* sorted by path */
    uint32_t count, capacity;
};

static const char *type_of(const char *path)
{
    static const char *const types[][2] = {
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".mjs", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".json", "application/json"},
        {".geojson", "application/geo+json"},
        {".webmanifest", "application/manifest+json"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
        {".woff2", "font/woff2"},
        {".txt", "text/plain; charset=utf-8"},
    };
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; dot && i < sizeof types / sizeof *types; i++) {
        if (strcmp(dot, types[i][0]) == 0) {
            return types[i][1];
        }
    }
    return "application/octet-stream";
}

static void set_etag(struct file *file)
{
    unsigned char hash[16];
    char hex[33];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)file->data.bytes, file->data.size,
                       NULL, 0);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    file->etag[0] = '"';
    memcpy(file->etag + 1, hex, 32);
    memcpy(file->etag + 33, "\"", 2);
}

static enum zhol_error add_file(struct pages *pages, const char *path, const char *url,
                                struct zhol_report *report)
{
    struct file file = {.type = type_of(url)};
    if (pages->count == FILES_MAX) {
        return ZHOL_ERROR_LIMIT;
    }
    enum zhol_error error = file_read(path, file_size_max, &file.data, report);
    if (!error) {
        file.path = strdup(url);
        error = file.path ? ARRAY_RESERVE(pages->files, pages->capacity, pages->count + 1)
                          : ZHOL_ERROR_MEMORY;
    }
    if (error) {
        file_clear(&file.data);
        free(file.path);
        return error;
    }
    set_etag(&file);
    pages->files[pages->count++] = file;
    return ZHOL_ERROR_OK;
}

static enum zhol_error add_folder(struct pages *pages, const char *dir, const char *url,
                                  unsigned depth, struct zhol_report *report)
{
    struct file_list list = {0};
    enum zhol_error error = file_list_read(dir, &list, report);
    for (uint32_t i = 0; i < list.count && !error; i++) {
        struct buffer path = {0}, inner = {0};
        const char *name = list.entries[i].name;
        file_join(&path, dir, name);
        buffer_printf(&inner, "%s/%s", url, name);
        if (path.error || inner.error) {
            error = ZHOL_ERROR_MEMORY;
        } else if (list.entries[i].kind == FILE_REGULAR && *name != '.') {
            error = add_file(pages, buffer_get(&path), buffer_get(&inner), report);
        } else if (list.entries[i].kind == FILE_FOLDER && *name != '.' && depth < DEPTH_MAX) {
            error = add_folder(pages, buffer_get(&path), buffer_get(&inner), depth + 1, report);
        }
        buffer_clear(&path);
        buffer_clear(&inner);
    }
    file_list_clear(&list);
    return error;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct file *)a)->path, ((const struct file *)b)->path);
}

enum zhol_error pages_open(const char *dir, struct zhol_report *report, struct pages **out)
{
    struct pages *pages = calloc(1, sizeof *pages);
    enum zhol_error error = pages ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    if (!error && dir) {
        error = add_folder(pages, dir, "", 0, report);
    }
    if (error) {
        pages_close(pages);
        return error;
    }
    if (pages->count) {
        qsort(pages->files, pages->count, sizeof *pages->files, by_path);
    }
    *out = pages;
    return ZHOL_ERROR_OK;
}

void pages_close(struct pages *pages)
{
    if (pages) {
        for (uint32_t i = 0; i < pages->count; i++) {
            file_clear(&pages->files[i].data);
            free(pages->files[i].path);
        }
        free(pages->files);
        free(pages);
    }
}

static const struct file *find(const struct pages *pages, const char *path, const char *end)
{
    struct buffer whole = {0};
    const struct file *found = NULL;
    buffer_string(&whole, path);
    buffer_string(&whole, end);
    if (!whole.error && pages->count) {
        struct file key = {.path = whole.bytes};
        found = bsearch(&key, pages->files, pages->count, sizeof *pages->files, by_path);
    }
    buffer_clear(&whole);
    return found;
}

static const char not_built[] =
    "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Zhol</title>\n"
    "<h1>Zhol</h1>\n"
    "<p>The server runs; its page is not built yet. Build it with <code>make web</code> (it needs "
    "node and npm), then start the server again or name the folder with "
    "<code>--web DIR</code>.</p>\n"
    "<p lang=\"ru\">Сервер работает, но страница ещё не собрана. Соберите её командой "
    "<code>make web</code> (нужны node и npm) и запустите сервер снова или укажите папку ключом "
    "<code>--web DIR</code>.</p>\n"
    "<p><a href=\"/openapi.json\">/openapi.json</a> describes the interface; "
    "<a href=\"/v1/board\">/v1/board</a> is the public board.</p>\n</html>\n";

static enum handled send(struct request *request, const struct file *file,
                         const struct file *packed)
{
    bool hashed = strncmp(file->path, "/assets/", 8) == 0;
    const struct file *sent = packed && strstr(request->headers.encoding, "gzip") ? packed : file;
    reply_header(request, "ETag", sent->etag);
    reply_header(request, "Vary", "Accept-Encoding");
    reply_header(request, "Cache-Control", hashed ? "public, max-age=3600" : "no-cache");
    reply_header(request, "Content-Security-Policy", PAGES_POLICY);
    if (strstr(request->headers.none_match, sent->etag)) {
        return reply_empty(request, 304);
    }
    if (sent == packed) {
        reply_header(request, "Content-Encoding", "gzip");
    }
    return reply_bytes(request, 200, file->type,
                       (struct text_view){sent->data.bytes, (uint32_t)sent->data.size});
}

bool pages_reply(const struct pages *pages, struct request *request)
{
    static const char *const ends[] = {"", "index.html", "/index.html", ".html"};
    size_t size = strlen(request->path);
    if (!pages || strncmp(request->path, "/v1/", 4) == 0 || strstr(request->path, ".gz")) {
        return false;
    }
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const struct file *file = find(pages, request->path, ends[i]);
        if (file) {
            send(request, file, find(pages, file->path, ".gz"));
            return true;
        }
    }
    if (size == 1) {
        reply_header(request, "Content-Security-Policy", PAGES_POLICY);
        reply_bytes(request, 200, "text/html; charset=utf-8", text_view_of(not_built));
        return true;
    }
    return false;
}
