/* gate.c: the alternating read-write lock (operate/gate.h). */
#include "operate/gate.h"

void gate_init(struct gate *gate)
{
    *gate = (struct gate){.reading = 0};
    pthread_mutex_init(&gate->lock, NULL);
    pthread_cond_init(&gate->turn, NULL);
}

void gate_destroy(struct gate *gate)
{
    pthread_mutex_destroy(&gate->lock);
    pthread_cond_destroy(&gate->turn);
}

void gate_read(struct gate *gate)
{
    pthread_mutex_lock(&gate->lock);
    if (gate->writing || gate->writers_waiting) {
        gate->readers_waiting++;
        while (gate->writing || (gate->writers_waiting && !gate->granted)) {
            pthread_cond_wait(&gate->turn, &gate->lock);
        }
        gate->readers_waiting--;
        gate->granted -= gate->granted > 0;
    }
    gate->reading++;
    pthread_mutex_unlock(&gate->lock);
}

void gate_read_end(struct gate *gate)
{
    pthread_mutex_lock(&gate->lock);
    if (--gate->reading == 0 && gate->writers_waiting) {
        pthread_cond_broadcast(&gate->turn);
    }
    pthread_mutex_unlock(&gate->lock);
}

void gate_write(struct gate *gate)
{
    pthread_mutex_lock(&gate->lock);
    gate->writers_waiting++;
    while (gate->writing || gate->reading || gate->granted) {
        pthread_cond_wait(&gate->turn, &gate->lock);
    }
    gate->writers_waiting--;
    gate->writing = true;
    pthread_mutex_unlock(&gate->lock);
}

void gate_write_end(struct gate *gate)
{
    pthread_mutex_lock(&gate->lock);
    gate->writing = false;
    gate->granted = gate->readers_waiting;
    if (gate->readers_waiting || gate->writers_waiting) {
        pthread_cond_broadcast(&gate->turn);
    }
    pthread_mutex_unlock(&gate->lock);
}
