/* simulate/engine/measure.h: exact integer areas, shared by statistics and audit. */
#ifndef ZHOL_SIMULATE_ENGINE_MEASURE_H
#define ZHOL_SIMULATE_ENGINE_MEASURE_H

#include "simulate/engine/state.h"

/* Ticks waited so far by those who wait now. */
int64_t measure_waiting(const struct zhol_engine_run *run, uint32_t resource);
/* Ticks of service that lie ahead of those in service, and how many servers are busy. */
int64_t measure_service_left(const struct zhol_engine_run *run, uint32_t resource, uint32_t *busy);
/* Areas under the queue and under the units in use since the last forget, from the sums of waits
 * and services. */
int64_t measure_queue_area(const struct zhol_engine_run *run, uint32_t resource);
int64_t measure_busy_area(const struct zhol_engine_run *run, uint32_t resource, uint32_t *busy);
int64_t measure_taken_area(const struct zhol_engine_run *run, uint32_t resource);

#endif
