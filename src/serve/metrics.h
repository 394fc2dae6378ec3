/* serve/metrics.h: what the server counts, in the text format of Prometheus.
 *
 * Counting is lock-free and costs two atomic additions a request.
 */
#ifndef ZHOL_SERVE_METRICS_H
#define ZHOL_SERVE_METRICS_H

#include "serve/endpoint.h"

struct metrics;

enum zhol_error metrics_new(struct metrics **metrics);
void metrics_free(struct metrics *metrics);
/* A reply is complete: endpoint, status, seconds since it came. */
void metrics_count(struct request *request);
void metrics_connection(struct metrics *metrics, int change);
/* The whole page of /metrics. */
void metrics_write(struct server *server, struct buffer *text);
/* Monotonic clock in seconds. */
double metrics_seconds(void);

#endif
