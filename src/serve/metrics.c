/* metrics.c: what the server counts. See metrics.h. */
#include "serve/metrics.h"

#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#include "serve/events.h"
#include "serve/pool.h"
#include "serve/server.h"
#include "serve/webhook.h"

enum { ENDPOINT_MAX = 256, CLASSES = 6 };

static const double bounds_s[] = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                  0.1,    0.25,  0.5,    1,     2.5,  5,     10};
enum { BOUNDS = sizeof bounds_s / sizeof *bounds_s };

struct metrics {
    atomic_uint_fast64_t requests[ENDPOINT_MAX][CLASSES]; /* the last row: no endpoint */
    atomic_uint_fast64_t took[BOUNDS + 1], took_us;
    atomic_int_fast64_t connections;
};

double metrics_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

enum zhol_error metrics_new(struct metrics **metrics)
{
    *metrics = calloc(1, sizeof **metrics);
    return *metrics ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
}

void metrics_free(struct metrics *metrics)
{
    free(metrics);
}

void metrics_connection(struct metrics *metrics, int change)
{
    atomic_fetch_add_explicit(&metrics->connections, change, memory_order_relaxed);
}

void metrics_count(struct request *request)
{
    struct metrics *metrics = request->server->metrics;
    if (!metrics) {
        return;
    }
    double took_s = metrics_seconds() - request->began;
    size_t row = request->endpoint ? (size_t)(request->endpoint - endpoints) : ENDPOINT_MAX - 1;
    unsigned class = request->reply.status / 100 % CLASSES;
    size_t bound = 0;
    while (bound < BOUNDS && took_s > bounds_s[bound]) {
        bound++;
    }
    row = row < ENDPOINT_MAX ? row : ENDPOINT_MAX - 1;
    atomic_fetch_add_explicit(&metrics->requests[row][class], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&metrics->took[bound], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&metrics->took_us, (uint_fast64_t)(took_s * 1e6),
                              memory_order_relaxed);
}

/* ---- The page ---- */

static void head(struct buffer *text, const char *name, const char *kind, const char *help)
{
    buffer_printf(text, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind);
}

static void one(struct buffer *text, const char *name, const char *kind, const char *help,
                uint64_t value)
{
    head(text, name, kind, help);
    buffer_printf(text, "%s %" PRIu64 "\n", name, value);
}

static void write_requests(const struct metrics *metrics, struct buffer *text)
{
    head(text, "zhol_http_requests_total", "counter", "Requests answered, by endpoint and status.");
    for (uint32_t row = 0; row < ENDPOINT_MAX; row++) {
        for (unsigned class = 0; class < CLASSES; class ++) {
            uint64_t count =
                atomic_load_explicit(&metrics->requests[row][class], memory_order_relaxed);
            if (count) {
                buffer_printf(
                    text, "zhol_http_requests_total{endpoint=\"%s\",status=\"%uxx\"} %" PRIu64 "\n",
                    row < endpoint_count ? endpoints[row].name : "none", class, count);
            }
        }
    }
}

static void write_took(const struct metrics *metrics, struct buffer *text)
{
    uint64_t sum = 0;
    head(text, "zhol_http_request_duration_seconds", "histogram",
         "Time from the head of a request to its complete reply.");
    for (size_t i = 0; i <= BOUNDS; i++) {
        sum += atomic_load_explicit(&metrics->took[i], memory_order_relaxed);
        buffer_string(text, "zhol_http_request_duration_seconds_bucket{le=\"");
        if (i < BOUNDS) {
            buffer_real(text, bounds_s[i]);
        } else {
            buffer_string(text, "+Inf");
        }
        buffer_printf(text, "\"} %" PRIu64 "\n", sum);
    }
    buffer_string(text, "zhol_http_request_duration_seconds_sum ");
    buffer_fixed(text, (double)atomic_load_explicit(&metrics->took_us, memory_order_relaxed) * 1e-6,
                 6);
    buffer_printf(text, "\nzhol_http_request_duration_seconds_count %" PRIu64 "\n", sum);
}

/* Waiting vehicles of each queue and category: the figure that people watch. */
static void write_queues(struct server *server, struct buffer *text)
{
    head(text, "zhol_queue_vehicles", "gauge", "Vehicles in each state, by queue and category.");
    operation_read(server->operation);
    for (uint32_t i = 0; i < operation_stream_count(server->operation); i++) {
        const struct queue_state *state =
            operation_queue(server->operation, operation_stream(server->operation, i));
        for (uint32_t q = 0; state && q < queue_count(state); q++) {
            struct queue_view view;
            queue_view(state, q, &view);
            for (uint32_t c = 0; c < view.category_count; c++) {
                for (unsigned s = 0; s <= PLACE_entered; s++) {
                    buffer_printf(text,
                                  "zhol_queue_vehicles{queue=\"%s\",category=\"%s\",state=\"%s\"} "
                                  "%u\n",
                                  view.queue, view.categories[c].category,
                                  place_state_name((enum place_state)s),
                                  view.categories[c].by_state[s]);
                }
            }
        }
    }
    operation_read_end(server->operation);
}

static void write_store(struct server *server, struct buffer *text)
{
    struct store_counts counts = store_count(server->store);
    struct outbox_counts mail =
        server->outbox ? outbox_count(server->outbox) : (struct outbox_counts){0};
    struct webhook_counts hooks = webhooks_count(server->webhooks);
    one(text, "zhol_store_commits_total", "counter", "Durable commits of the store.",
        counts.commits);
    one(text, "zhol_journal_entries_total", "counter", "Entries appended to the journal.",
        counts.entries);
    one(text, "zhol_store_stopped", "gauge", "1 when the store failed and nothing is accepted.",
        operation_stopped(server->operation));
    one(text, "zhol_outbox_messages", "gauge", "Messages to people that wait to be sent.",
        mail.waiting);
    one(text, "zhol_outbox_sent_total", "counter", "Messages to people that were sent.", mail.sent);
    one(text, "zhol_outbox_given_up_total", "counter", "Messages given up after a day.",
        mail.given_up);
    one(text, "zhol_webhook_deliveries_total", "counter", "Webhook calls that were acknowledged.",
        hooks.delivered);
    one(text, "zhol_webhook_failures_total", "counter", "Webhook calls that failed.", hooks.failed);
    one(text, "zhol_webhook_lag_entries", "gauge", "Entries that webhooks still have to be told.",
        hooks.lag);
}

void metrics_write(struct server *server, struct buffer *text)
{
    const struct metrics *metrics = server->metrics;
    uint64_t waiting = 0;
    for (unsigned run = 0; run < RUN_COUNT; run++) {
        waiting += server->pools[run] ? pool_waiting(server->pools[run]) : 0;
    }
    write_requests(metrics, text);
    write_took(metrics, text);
    one(text, "zhol_http_connections", "gauge", "Open connections.",
        (uint64_t)atomic_load_explicit(&metrics->connections, memory_order_relaxed));
    one(text, "zhol_event_readers", "gauge", "Open streams of server-sent events.",
        events_readers(server->events));
    one(text, "zhol_pool_waiting", "gauge", "Requests that wait for a worker thread.", waiting);
    write_store(server, text);
    write_queues(server, text);
}
