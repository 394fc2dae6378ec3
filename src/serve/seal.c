/* seal.c: personal fields of a body, sealed for the vault. See seal.h. */
#include "serve/seal.h"

#include <stdlib.h>
#include <string.h>

#include "serve/server.h"

static bool refuse(struct request *request, enum zhol_error error)
{
    reply_error(request, error, "the fields cannot be sealed");
    return false;
}

bool seal_object(struct request *request, uint64_t subject, const json_t *object, struct seal *seal)
{
    struct buffer sealed = {0};
    char *text = json_dumps(object, JSON_COMPACT | JSON_SORT_KEYS);
    *seal = (struct seal){.attachment = {.subject = subject}};
    enum zhol_error error =
        text ? vault_seal(request->server->vault, subject, text_view_of(text), &sealed)
             : ZHOL_ERROR_MEMORY;
    if (!error) {
        char *copy = arena_text(&request->arena, sealed.bytes, sealed.size);
        seal->attachment.sealed = (struct text_view){copy, (uint32_t)sealed.size};
        error = copy ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    }
    free(text);
    buffer_clear(&sealed);
    return !error || refuse(request, error);
}

bool seal_body(struct request *request, uint64_t subject, const char *without, struct seal *seal)
{
    json_t *object = json_copy(request->body);
    if (!object) {
        return refuse(request, ZHOL_ERROR_MEMORY);
    }
    if (without) {
        json_object_del(object, without);
    }
    bool good = seal_object(request, subject, object, seal);
    json_decref(object);
    return good;
}

void seal_unique(struct request *request, struct seal *seal, const char *scope, const char *value)
{
    struct claim_need *need = &seal->attachment.unique[seal->attachment.unique_count++];
    need->scope = scope;
    vault_fingerprint(request->server->vault, scope, text_view_of(value), need->key);
}
