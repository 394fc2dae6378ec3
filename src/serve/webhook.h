/* serve/webhook.h: what happened, told to other programs: CloudEvents over HTTP, at least once.
 *
 * A subscriber has an address, a secret and topics. After each commit a thread sends it the entries
 * that concern it, in order, one at a time: POST, content type application/cloudevents+json, header
 * `X-Zhol-Signature: t=<seconds>,v1=<hex>`: HMAC-SHA256 with the secret over "<seconds>.<body>".
 * Its cursor (stream, seq) lies in the store and moves only when the answer was 2xx; otherwise it
 * waits 1, 2, 4 ... 300 seconds and sends the same event again, with the same id: so each event
 * comes at least once, and a receiver drops what it has seen by the id.
 * An event holds the public entry: opaque ids, no personal data.
 *
 * Addresses: http and https only, no redirects; private, loopback and link-local addresses are
 * refused when the connection is made (so a name that changes its address gains nothing), unless
 * the options allow them.
 * Sources: CloudEvents 1.0.2 (structured mode); HMAC: RFC 2104.
 */
#ifndef ZHOL_SERVE_WEBHOOK_H
#define ZHOL_SERVE_WEBHOOK_H

#include <jansson.h>

#include "base/json.h"
#include "serve/server.h"

struct webhooks;

enum zhol_error webhooks_open(struct server *server, struct webhooks **webhooks);
void webhooks_close(struct webhooks *webhooks);
/* Adds a subscriber; it is told what comes from now on. `id` is new. ZHOL_ERROR_INVALID: the
 * address may not be used; _LIMIT: too many. */
enum zhol_error webhooks_add(struct webhooks *webhooks, uint64_t owner, const char *url,
                             const char *secret, const char *topics, uint64_t *id);
enum zhol_error webhooks_remove(struct webhooks *webhooks, uint64_t id);
/* Writes one subscriber (ZHOL_ERROR_UNKNOWN) or all, as objects, without secrets. */
enum zhol_error webhooks_write(struct webhooks *webhooks, uint64_t id, struct json_writer *json);
void webhooks_write_all(struct webhooks *webhooks, struct json_writer *json);
/* Something was committed: the thread looks. Any thread. */
void webhooks_wake(struct webhooks *webhooks);

struct webhook_counts {
    uint64_t delivered, failed, lag;
};
struct webhook_counts webhooks_count(struct webhooks *webhooks); /* NULL: zeros */

/* The body of an event, and its signature; for the tests too. */
enum zhol_error webhook_event(struct text_view entry, const char *stream, uint64_t seq,
                              struct buffer *json);
void webhook_sign(const char *secret, int64_t time_s, struct text_view body, char text[96]);
/* True for an address that a webhook must not reach (sockaddr in network byte order). */
struct sockaddr;
bool webhook_forbidden(const struct sockaddr *address, bool loopback_allowed, bool private_allowed);

#endif
