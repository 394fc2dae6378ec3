/* serve/schemas_queue.h: shapes of what the endpoints of the queue take and give; see schema.h. */
#ifndef ZHOL_SERVE_SCHEMAS_QUEUE_H
#define ZHOL_SERVE_SCHEMAS_QUEUE_H

#define QUEUE_SCHEMAS(S) S(health, "{status:'ok'}")

#endif
