/* operate/gate.h: one writer and many readers take turns.
 *
 * A read-write lock whose turns alternate: readers that wait when the writer leaves go before it
 * comes back, readers that come while it waits go after it. So neither starves, whatever the load
 * (the system's rwlock lets a steady stream of readers keep the writer out for ever).
 */
#ifndef ZHOL_OPERATE_GATE_H
#define ZHOL_OPERATE_GATE_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

struct gate {
    pthread_mutex_t lock;
    pthread_cond_t turn;
    uint32_t reading, readers_waiting, writers_waiting;
    uint32_t granted; /* readers that waited when the writer left, and are not in yet */
    bool writing;
};

void gate_init(struct gate *gate);
void gate_destroy(struct gate *gate);
void gate_read(struct gate *gate);
void gate_read_end(struct gate *gate);
void gate_write(struct gate *gate);
void gate_write_end(struct gate *gate);

#endif
