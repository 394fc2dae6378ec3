/* serve/plates.h: from a plate to its vehicle, without a plate in memory.
 *
 * A driver opens his page with the plate and a code. The index holds keyed fingerprints; at the
 * start it is read from the claims of the scope "plate", then kept by registrations.
 */
#ifndef ZHOL_SERVE_PLATES_H
#define ZHOL_SERVE_PLATES_H

#include "serve/server.h"

struct plates;

enum zhol_error plates_open(struct server *server, struct plates **plates);
void plates_close(struct plates *plates);
void plates_add(struct plates *plates, const char *plate, uint64_t vehicle);
/* 0: not registered. Any thread. */
uint64_t plates_find(struct plates *plates, const char *plate);

#endif
