/* serve/endpoints_queue.h: endpoints of the service itself and of the live queue.
 *
 * See endpoint.h for the columns. Handlers stand in handle_*.c.
 */
#ifndef ZHOL_SERVE_ENDPOINTS_QUEUE_H
#define ZHOL_SERVE_ENDPOINTS_QUEUE_H

#define SERVICE_ENDPOINTS(E)                                                                 \
    E(get_health, GET, "/health", ANYONE, RUN_HERE, "", NULL, "health", "The process runs.") \
    E(get_openapi, GET, "/openapi.json", ANYONE, RUN_HERE, "", NULL, "application/json",     \
      "This document.")

#define QUEUE_ENDPOINTS(E) SERVICE_ENDPOINTS(E)

#endif
