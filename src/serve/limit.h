/* serve/limit.h: how many requests a client may send: a token bucket for each account or address.
 *
 * A client has `rate` requests a second and twice that at once. What is costly (a password's hash,
 * a code by SMS) costs twenty. Buckets lie in a table of fixed size; when it is full, the one that
 * was quiet longest goes, so that a flood of addresses costs no memory. Any thread; O(1).
 */
#ifndef ZHOL_SERVE_LIMIT_H
#define ZHOL_SERVE_LIMIT_H

#include "serve/endpoint.h"

struct limits;

enum zhol_error limits_new(double rate, struct limits **limits); /* 0: everything is allowed */
void limits_free(struct limits *limits);
/* False: replied with 429 and Retry-After. */
bool limit_admit(struct request *request);
/* The bucket itself, for tests: true when `cost` may be taken at `now` (seconds). */
bool limits_take(struct limits *limits, uint64_t who, double cost, double now, double *wait);

#endif
