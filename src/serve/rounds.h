/* serve/rounds.h: seeds of draws: committed before, revealed after.
 *
 * When a round opens, 32 random bytes are drawn and kept in the store, durable before their hash is
 * told; the draw reveals them. The seed is kept under its hash, so that a refused opening does not
 * replace the seed of an open round.
 */
#ifndef ZHOL_SERVE_ROUNDS_H
#define ZHOL_SERVE_ROUNDS_H

#include "base/json.h"
#include "serve/server.h"

#define ROUNDS_DATA_SIZE 100

struct round {
    int64_t from_s, until_s;
    uint32_t requests;
    char seed_hash[65], seed[65];
};

/* Draws and keeps a seed; `data` is {"seed_hash":"..."}. Own transaction. */
enum zhol_error rounds_commit(struct store *store, const char *queue, char data[ROUNDS_DATA_SIZE]);
/* The open round of a queue; false: none. */
bool rounds_open_one(struct server *server, const char *stream, const char *queue,
                     struct round *round);
/* `data` is {"seed":"..."} of the open round. ZHOL_ERROR_UNKNOWN: not kept. */
enum zhol_error rounds_reveal(struct store *store, const char *queue, struct round *round,
                              char data[ROUNDS_DATA_SIZE]);
/* Keeps what was drawn, for the list of rounds. Own transaction. */
enum zhol_error rounds_remember(struct store *store, const struct entry *entry,
                                const struct round *round);
/* Writes "items" into an open object, latest first. */
enum zhol_error rounds_write(struct server *server, const char *stream, const char *queue,
                             struct json_writer *json);

#endif
