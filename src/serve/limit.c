/* limit.c: a token bucket for each account or address. See limit.h. */
#include "serve/limit.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "serve/metrics.h"
#include "serve/server.h"

enum { SET_COUNT = 2048, SET_SIZE = 4 };

struct bucket {
    uint64_t who; /* 0: free */
    double left, at;
};

struct limits {
    double rate;
    uint64_t salt; /* so that nobody can aim at one set */
    pthread_mutex_t lock;
    struct bucket buckets[SET_COUNT][SET_SIZE];
};

enum zhol_error limits_new(double rate, struct limits **limits)
{
    *limits = calloc(1, sizeof **limits);
    if (!*limits) {
        return ZHOL_ERROR_MEMORY;
    }
    (*limits)->rate = rate;
    (*limits)->salt = vault_new_id();
    pthread_mutex_init(&(*limits)->lock, NULL);
    return ZHOL_ERROR_OK;
}

void limits_free(struct limits *limits)
{
    if (limits) {
        pthread_mutex_destroy(&limits->lock);
        free(limits);
    }
}

/* The client's bucket, or the one of its set that was quiet longest, made new. */
static struct bucket *bucket_of(struct limits *limits, uint64_t who, double now)
{
    uint64_t mixed = (who ^ limits->salt) * 0x9e3779b97f4a7c15u;
    struct bucket *set = limits->buckets[(mixed >> 40) % SET_COUNT], *oldest = set;
    for (uint32_t i = 0; i < SET_SIZE; i++) {
        if (set[i].who == who) {
            return &set[i];
        }
        oldest = set[i].at < oldest->at ? &set[i] : oldest;
    }
    *oldest = (struct bucket){who, 2 * limits->rate, now};
    return oldest;
}

bool limits_take(struct limits *limits, uint64_t who, double cost, double now, double *wait)
{
    *wait = 0;
    if (limits->rate <= 0) {
        return true;
    }
    pthread_mutex_lock(&limits->lock);
    struct bucket *bucket = bucket_of(limits, who ? who : 1, now);
    bucket->left = fmin(2 * limits->rate, bucket->left + (now - bucket->at) * limits->rate);
    bucket->at = now;
    cost = fmin(cost, 2 * limits->rate);
    bool allowed = bucket->left >= cost;
    if (allowed) {
        bucket->left -= cost;
    } else {
        *wait = (cost - bucket->left) / limits->rate;
    }
    pthread_mutex_unlock(&limits->lock);
    return allowed;
}

static double cost_of(const struct endpoint *endpoint)
{
    static const char *const costly[] = {"post_login", "post_signup", "post_driver_code",
                                         "post_driver_login", "post_accounts"};
    for (size_t i = 0; i < sizeof costly / sizeof *costly; i++) {
        if (strcmp(endpoint->name, costly[i]) == 0) {
            return 20;
        }
    }
    return 1;
}

static uint64_t who_of(const struct request *request)
{
    uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a over the address */
    if (request->account.id) {
        return request->account.id;
    }
    for (const char *c = request->address; *c; c++) {
        hash = (hash ^ (uint8_t)*c) * 0x100000001b3u;
    }
    return hash;
}

bool limit_admit(struct request *request)
{
    double wait;
    char seconds[24];
    if (!request->server->limits ||
        limits_take(request->server->limits, who_of(request), cost_of(request->endpoint),
                    metrics_seconds(), &wait)) {
        return true;
    }
    snprintf(seconds, sizeof seconds, "%d", (int)ceil(fmin(wait, 3600)));
    reply_header(request, "Retry-After", seconds);
    reply_problem(request, 429, "too_many", "too many requests; try again in %s s", seconds);
    return false;
}
