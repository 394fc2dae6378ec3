/* observe.c: observations in the store. See observe.h. */
#include "serve/observe.h"

enum zhol_error observe_keep(struct store *store, const char *queue,
                             const struct observed *observed)
{
    struct buffer json = {0};
    enum zhol_error error = observed_write(observed, &json);
    if (!error) {
        error = store_begin(store);
    }
    if (!error) {
        error = store_put(store, "observed", text_view_of(queue),
                          (struct text_view){buffer_get(&json), (uint32_t)json.size});
        if (error) {
            store_rollback(store);
        } else {
            error = store_commit(store);
        }
    }
    buffer_clear(&json);
    return error;
}

enum zhol_error observe_read(struct server *server, const char *queue, struct observed *observed)
{
    struct buffer json = {0};
    enum zhol_error error = store_get(server->store, "observed", text_view_of(queue), &json);
    if (!error) {
        error = observed_read(server->corridor,
                              (struct text_view){buffer_get(&json), (uint32_t)json.size}, observed,
                              NULL);
    } else if (error == ZHOL_ERROR_UNKNOWN) {
        error = observed_open(server->corridor, queue, observed);
    }
    buffer_clear(&json);
    return error;
}
