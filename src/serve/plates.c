/* plates.c: from a plate to its vehicle. See plates.h. */
#include "serve/plates.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/map.h"

struct plates {
    const struct vault *vault;
    pthread_mutex_t lock;
    struct map_int index; /* first half of the fingerprint -> index of vehicles */
    uint64_t *vehicles;
    uint32_t count, capacity;
};

/* The first 16 hexadecimal digits of a fingerprint as a number. */
static bool read_key(struct text_view text, int64_t *key)
{
    uint64_t bits;
    if (text.size < 16 || opaque_read((struct text_view){text.bytes, 16}, &bits)) {
        return false;
    }
    memcpy(key, &bits, sizeof *key);
    return true;
}

static enum zhol_error put(struct plates *plates, struct text_view fingerprint, uint64_t vehicle)
{
    int64_t key;
    if (!read_key(fingerprint, &key) || !vehicle) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = ARRAY_RESERVE(plates->vehicles, plates->capacity, plates->count + 1);
    if (!error) {
        plates->vehicles[plates->count] = vehicle;
        error = map_int_put(&plates->index, key, plates->count++);
    }
    return error;
}

/* The holder ends with the vehicle's id. */
static enum zhol_error visit(void *context, struct text_view key, struct text_view holder)
{
    uint64_t vehicle = 0;
    if (holder.size >= 16) {
        opaque_read((struct text_view){holder.bytes + holder.size - 16, 16}, &vehicle);
    }
    return put(context, key, vehicle);
}

enum zhol_error plates_open(struct server *server, struct plates **out)
{
    struct plates *plates = calloc(1, sizeof *plates);
    if (!plates) {
        return ZHOL_ERROR_MEMORY;
    }
    plates->vault = server->vault;
    map_int_init(&plates->index);
    pthread_mutex_init(&plates->lock, NULL);
    enum zhol_error error = store_claims(server->store, "plate", visit, plates);
    if (error) {
        plates_close(plates);
        return error;
    }
    *out = plates;
    return ZHOL_ERROR_OK;
}

void plates_close(struct plates *plates)
{
    if (plates) {
        map_int_clear(&plates->index);
        free(plates->vehicles);
        pthread_mutex_destroy(&plates->lock);
        free(plates);
    }
}

void plates_add(struct plates *plates, const char *plate, uint64_t vehicle)
{
    char text[33];
    vault_fingerprint(plates->vault, "plate", text_view_of(plate), text);
    pthread_mutex_lock(&plates->lock);
    put(plates, text_view_of(text), vehicle);
    pthread_mutex_unlock(&plates->lock);
}

uint64_t plates_find(struct plates *plates, const char *plate)
{
    char text[33];
    int64_t key;
    uint32_t index;
    uint64_t vehicle = 0;
    vault_fingerprint(plates->vault, "plate", text_view_of(plate), text);
    pthread_mutex_lock(&plates->lock);
    if (read_key(text_view_of(text), &key) && map_int_get(&plates->index, key, &index)) {
        vehicle = plates->vehicles[index];
    }
    pthread_mutex_unlock(&plates->lock);
    return vehicle;
}
