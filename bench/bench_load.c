/* bench_load: durable bookings over HTTP: a release burst, and one hot slot.
 *
 *     bench_load [CORRIDOR] [FOLDER] [burst|steady|both] [SECONDS]
 *     bench_load ROOT              the reference corridor of a source tree, as `make bench` calls
 * it
 *
 * A child process runs the real server on a free port of 127.0.0.1 with an SQLite store in FOLDER
 * (default: the current one); this process is the client: one thread, epoll, keep-alive.
 *
 *   burst   20,000 requests in 10 s, open loop at even intervals, for 800 places (16 slots of 50):
 *           all are answered durably, placed or refused with a signed receipt. Latency counts from
 *           the time at which a request should have left, so a server that falls behind cannot hide
 *           it.
 *   steady  64 clients, closed loop, one slot of capacity 1,000,000, each request a vehicle and a
 *           driver that have no place yet. Only acknowledged new places are counted.
 *
 * All checks are on: real rules of Nur Zholy, fees, claims, receipts, tokens, idempotency keys. The
 * setting up (registering vehicles and drivers) is not timed. After each load the server is ended,
 * its store is opened anew and its booked places are counted: they must be those acknowledged. The
 * price of durability is measured beside it: fdatasync of 4 KiB in the same folder. It ends by
 * itself.
 */
#define _GNU_SOURCE /* memmem, strcasestr */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/time.h"
#include "desk/queue_rules.h"
#include "serve/http.h"
#include "serve/server.h"

enum {
    BURST_REQUESTS = 20000,
    BURST_S = 10,
    BURST_SLOTS = 16,
    BURST_CAPACITY = 50,
    BURST_CONNECTIONS = 256,
    STEADY_CONNECTIONS = 64,
    STEADY_S = 30,
    STEADY_RATE_MAX = 12000, /* subjects are registered for so many a second */
    REPLY_MAX = 16384,
    SYNCS_S = 2
};
#define CARRIER    UINT64_C(0xbe0c000000000001)
#define VEHICLE_0  UINT64_C(0xbe0d000000000000)
#define DRIVER_0   UINT64_C(0xbe0e000000000000)
#define CHECKPOINT "NURZHOLY"
#define QUEUE      "nur-zholy-exit"

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double cpu_seconds(int who)
{
    struct rusage usage;
    getrusage(who, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
}

static int give_up(const char *what)
{
    fprintf(stderr, "bench_load: %s: %s\n", what, strerror(errno));
    return 1;
}

/* How many times a second 4 KiB written to a file of the folder become durable. */
static double syncs_per_second(const char *folder)
{
    char path[512], block[4096];
    memset(block, 'x', sizeof block);
    snprintf(path, sizeof path, "%s/bench_load.sync", folder);
    int file = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0600);
    double began = seconds(), count = 0;
    while (file >= 0 && seconds() < began + SYNCS_S) {
        if (pwrite(file, block, sizeof block, 0) != sizeof block || fdatasync(file)) {
            break;
        }
        count++;
    }
    double took = seconds() - began;
    close(file);
    unlink(path);
    return count / took;
}

/* ---- The server, in the child ---- */

struct load {
    const char *name, *corridor_dir, *folder;
    char store[600];
    int64_t slot_s; /* start of the (first) slot */
    uint32_t slots, capacity, subjects;
    const char *slot_text; /* "next", or the slot's start */
    char slot_start[TIME_TEXT_SIZE];
};

static void on_answer(void *context, const struct answer *answer)
{
    atomic_uint_fast64_t *left = context;
    if (answer->error || answer->entry->result.refusal) {
        fprintf(stderr, "bench_load: setting up: %s\n",
                answer->error ? zhol_error_text(answer->error)
                              : refusal_text(answer->entry->result.refusal));
        exit(1);
    }
    atomic_fetch_sub(left, 1);
}

static void submit(struct server *server, const struct command *command, atomic_uint_fast64_t *left)
{
    atomic_fetch_add(left, 1);
    while (operation_submit(server->operation, command, NULL, on_answer, left) ==
           ZHOL_ERROR_LIMIT) {
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
}

static void publish(struct server *server, const struct load *load, atomic_uint_fast64_t *left)
{
    struct buffer rules = {0}, slots = {0};
    uint32_t node = zhol_corridor_find(server->corridor, ZHOL_TABLE_node, CHECKPOINT);
    queue_rules_json(server->corridor, node, time_day_of(time_now_s()), NULL, &rules);
    struct command command = {.kind = COMMAND_rules_set,
                              .stream = CHECKPOINT,
                              .role = ROLE_operator,
                              .data = {buffer_get(&rules), (uint32_t)rules.size}};
    submit(server, &command, left);
    buffer_string(&slots, "{\"slots\":[");
    for (uint32_t i = 0; i < load->slots; i++) {
        int64_t start_s = load->slot_s + (int64_t)i * TIME_HOUR_S;
        buffer_printf(&slots, "%s{\"start\":%" PRId64 ",\"end\":%" PRId64 ",\"capacity\":%u}",
                      i ? "," : "", start_s, start_s + TIME_HOUR_S, load->capacity);
    }
    buffer_string(&slots, "]}");
    command.kind = COMMAND_slots_publish;
    command.data = (struct text_view){buffer_get(&slots), (uint32_t)slots.size};
    snprintf(command.queue, sizeof command.queue, QUEUE);
    submit(server, &command, left);
    buffer_clear(&rules);
    buffer_clear(&slots);
}

static void set_up(struct server *server, const struct load *load)
{
    atomic_uint_fast64_t left = 0;
    struct command command = {.kind = COMMAND_carrier_register,
                              .stream = "registry",
                              .role = ROLE_carrier,
                              .carrier = CARRIER};
    publish(server, load, &left);
    submit(server, &command, &left);
    for (uint32_t i = 0; i < load->subjects; i++) {
        command.kind = COMMAND_vehicle_register;
        command.vehicle = VEHICLE_0 + i;
        command.driver = 0;
        submit(server, &command, &left);
        command.kind = COMMAND_driver_register;
        command.vehicle = 0;
        command.driver = DRIVER_0 + i;
        submit(server, &command, &left);
    }
    while (atomic_load(&left)) {
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
}

struct hello {
    uint16_t port;
    char token[ACCOUNT_TOKEN_SIZE];
};

static enum zhol_error open_server(const struct load *load, struct zhol_corridor **corridor,
                                   struct zhol_report *report, struct server **server)
{
    enum zhol_error error = zhol_corridor_read(load->corridor_dir, NULL, report, corridor);
    if (error) {
        return error;
    }
    const struct server_options options = {.corridor_dir = load->corridor_dir,
                                           .corridor = *corridor,
                                           .day = time_day_of(time_now_s()),
                                           .store_url = load->store,
                                           .version = "bench"};
    return server_open(&options, report, server);
}

/* Waits for the end of the load; says what it took on the server's side. */
static void await_end(struct server *server, const sigset_t *signals)
{
    struct operation_counts before = operation_count(server->operation);
    double cpu_s = cpu_seconds(RUSAGE_SELF);
    sigwaitinfo(signals, NULL);
    struct operation_counts after = operation_count(server->operation);
    double commands = (double)(after.commands - before.commands);
    printf("  server: %.0f commands in %" PRIu64 " groups (commits), CPU %.1f us a command\n",
           commands, after.groups - before.groups,
           (cpu_seconds(RUSAGE_SELF) - cpu_s) / commands * 1e6);
    fflush(stdout);
}

/* The child's whole life. */
static int serve(const struct load *load, int to_parent)
{
    struct zhol_report report;
    struct zhol_corridor *corridor = NULL;
    struct server *server = NULL;
    struct http *http = NULL;
    struct hello hello = {0};
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    zhol_report_init(&report, 0);
    const struct account account = {
        .id = 7, .carrier = CARRIER, .role = ROLE_carrier, .name = "bench"};
    if (open_server(load, &corridor, &report, &server) ||
        accounts_add(server->accounts, &account, "bench-password") ||
        accounts_token(server->accounts, &account, time_now_s(), TIME_DAY_S, hello.token) ||
        http_start(server, &(struct http_options){.listen = "127.0.0.1:0"}, &report, &http)) {
        char text[300] = "";
        if (report.count) {
            zhol_finding_text(&report.findings[0], text, sizeof text);
        }
        fprintf(stderr, "bench_load: the server did not start %s\n", text);
        return 1;
    }
    set_up(server, load);
    hello.port = http_port(http);
    if (write(to_parent, &hello, sizeof hello) != sizeof hello) {
        return 1;
    }
    await_end(server, &signals);
    http_stop(http, 10);
    server_close(server);
    zhol_corridor_free(corridor);
    zhol_report_clear(&report);
    return 0;
}

/* ---- The client ---- */

struct connection {
    int socket;
    bool busy;
    uint32_t request;
    double since; /* when the request was due */
    char reply[REPLY_MAX];
    size_t size;
};

struct client {
    const struct load *load;
    const struct hello *hello;
    int epoll;
    struct connection *connections;
    uint32_t connection_count;
    double *took; /* of each answered request */
    uint32_t answered, placed, refused, failed, sent;
};

static int connect_one(struct client *client, uint32_t i)
{
    struct connection *connection = &client->connections[i];
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(client->hello->port)};
    struct epoll_event event = {.events = EPOLLIN, .data = {.u32 = i}};
    int yes = 1;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connection->socket = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(connection->socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (connect(connection->socket, (struct sockaddr *)&address, sizeof address) ||
        epoll_ctl(client->epoll, EPOLL_CTL_ADD, connection->socket, &event)) {
        return give_up("connect");
    }
    return 0;
}

static int send_one(struct client *client, struct connection *connection, uint32_t number,
                    double due)
{
    char text[1024], body[256];
    int body_size =
        snprintf(body, sizeof body,
                 "{\"queue\":\"" QUEUE "\",\"vehicle\":\"%016" PRIx64 "\",\"driver\":\"%016" PRIx64
                 "\",\"category\":\"ordinary\",\"slot\":\"%s\"}",
                 VEHICLE_0 + number, DRIVER_0 + number, client->load->slot_text);
    int size = snprintf(text, sizeof text,
                        "POST /v1/places HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                        "%s\r\nContent-Type: application/json\r\nIdempotency-Key: b%u\r\n"
                        "Content-Length: %d\r\n\r\n%s",
                        client->hello->token, number, body_size, body);
    *connection = (struct connection){
        .socket = connection->socket, .busy = true, .request = number, .since = due};
    client->sent++;
    return write(connection->socket, text, (size_t)size) == size ? 0 : give_up("send");
}

/* The status of a whole reply in the connection's buffer; 0: not whole yet. */
static int whole_reply(const struct connection *connection)
{
    const char *end = memmem(connection->reply, connection->size, "\r\n\r\n", 4);
    const char *length = end ? strcasestr(connection->reply, "\r\nContent-Length:") : NULL;
    if (!length || length > end) {
        return 0;
    }
    size_t body = strtoul(length + 17, NULL, 10);
    size_t head = (size_t)(end - connection->reply) + 4;
    return connection->size >= head + body ? atoi(connection->reply + 9) : 0;
}

static int take_reply(struct client *client, struct connection *connection)
{
    ssize_t size = read(connection->socket, connection->reply + connection->size,
                        REPLY_MAX - 1 - connection->size);
    if (size <= 0) {
        return give_up("the server closed a connection");
    }
    connection->size += (size_t)size;
    connection->reply[connection->size] = '\0';
    int status = whole_reply(connection);
    if (status) {
        bool receipt = strstr(connection->reply, "\"signature\":\"") != NULL;
        client->took[client->answered++] = seconds() - connection->since;
        client->placed += status == 201 && receipt;
        client->refused += status == 409 && receipt;
        client->failed += !(receipt && (status == 201 || status == 409));
        if (client->failed == 1 && !receipt) {
            fprintf(stderr, "%.*s\n", 600, connection->reply);
        }
        connection->busy = false;
    }
    return 0;
}

static int wait_replies(struct client *client, int wait_ms)
{
    struct epoll_event events[256];
    int count = epoll_wait(client->epoll, events, 256, wait_ms), code = 0;
    for (int i = 0; i < count && !code; i++) {
        code = take_reply(client, &client->connections[events[i].data.u32]);
    }
    return code;
}

static struct connection *free_connection(struct client *client)
{
    static uint32_t at;
    for (uint32_t i = 0; i < client->connection_count; i++) {
        at = (at + 1) % client->connection_count;
        if (!client->connections[at].busy) {
            return &client->connections[at];
        }
    }
    return NULL;
}

static int run_burst(struct client *client)
{
    double began = seconds();
    int code = 0;
    while (!code && client->answered < BURST_REQUESTS) {
        double now = seconds();
        struct connection *connection = NULL;
        while (!code && client->sent < BURST_REQUESTS) {
            double due = began + client->sent * ((double)BURST_S / BURST_REQUESTS);
            if (due > now || !(connection = free_connection(client))) {
                break;
            }
            code = send_one(client, connection, client->sent, due);
        }
        code = code ? code : wait_replies(client, client->sent < BURST_REQUESTS ? 1 : 10);
    }
    return code;
}

static int run_steady(struct client *client, double length_s)
{
    double end = seconds() + length_s;
    int code = 0;
    for (bool more = true; more && !code;) {
        uint32_t busy = 0;
        double now = seconds();
        for (uint32_t i = 0; i < client->connection_count && !code; i++) {
            struct connection *connection = &client->connections[i];
            if (!connection->busy && now < end && client->sent < client->load->subjects) {
                code = send_one(client, connection, client->sent, now);
            }
            busy += connection->busy;
        }
        more = busy > 0;
        code = code ? code : more ? wait_replies(client, 10) : 0;
    }
    return code;
}

/* ---- What came of it ---- */

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double quantile_ms(const struct client *client, double share)
{
    uint32_t at = (uint32_t)ceil(share * client->answered);
    return client->answered ? client->took[at ? at - 1 : 0] * 1e3 : NAN;
}

/* Booked places of the store that the server left behind. */
static uint64_t count_booked(const struct load *load)
{
    struct store *store = NULL;
    struct operation *operation = NULL;
    struct queue_view view;
    uint64_t count = 0;
    const struct operation_options quiet = {.quiet = true};
    if (!store_open(load->store, NULL, NULL, &store) &&
        !operation_open(store, &quiet, NULL, &operation)) {
        operation_read(operation);
        queue_view(operation_queue(operation, CHECKPOINT), 0, &view);
        for (uint32_t i = 0; i < view.category_count; i++) {
            count += view.categories[i].by_state[PLACE_booked];
        }
        operation_read_end(operation);
        operation_close(operation);
    }
    store_close(store);
    return count;
}

static void print_result(const struct client *client, double took_s, double cpu_s,
                         const double syncs[2], uint64_t booked)
{
    printf("%s\n", client->load->name);
    printf("  answered %u in %.2f s: %u new places, %u refused with receipt, %u failed\n",
           client->answered, took_s, client->placed, client->refused, client->failed);
    printf("  %.0f durable answers/s, %.0f durable new places/s\n", client->answered / took_s,
           client->placed / took_s);
    printf("  latency ms: p50 %.1f  p90 %.1f  p99 %.1f  p99.9 %.1f  max %.1f\n",
           quantile_ms(client, 0.5), quantile_ms(client, 0.9), quantile_ms(client, 0.99),
           quantile_ms(client, 0.999), quantile_ms(client, 1));
    printf("  fdatasync/s of the disk: %.0f before, %.0f after\n", syncs[0], syncs[1]);
    printf("  client: CPU %.1f us a request\n", cpu_s / client->answered * 1e6);
    printf("  places in the store opened anew: %" PRIu64 " (%s)\n", booked,
           booked == client->placed ? "all acknowledged, none else" : "NOT what was acknowledged");
    fflush(stdout);
}

static int run_client(const struct load *load, const struct hello *hello, double length_s,
                      struct client *client, double *took_s)
{
    bool burst = load->slots > 1;
    client->load = load;
    client->hello = hello;
    client->connection_count = burst ? BURST_CONNECTIONS : STEADY_CONNECTIONS;
    client->connections = calloc(client->connection_count, sizeof *client->connections);
    client->took = calloc((size_t)load->subjects + 1, sizeof *client->took);
    client->epoll = epoll_create1(0);
    int code = client->connections && client->took ? 0 : give_up("memory");
    for (uint32_t i = 0; i < client->connection_count && !code; i++) {
        code = connect_one(client, i);
    }
    double began = seconds();
    if (!code) {
        code = burst ? run_burst(client) : run_steady(client, length_s);
    }
    *took_s = seconds() - began;
    qsort(client->took, client->answered, sizeof *client->took, by_value);
    for (uint32_t i = 0; i < client->connection_count; i++) {
        close(client->connections[i].socket);
    }
    return code;
}

static void remove_store(const struct load *load)
{
    static const char *const ends[] = {"", "-wal", "-shm", ".master.key", ".signing.key", ".lock"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        char path[700];
        snprintf(path, sizeof path, "%s%s", load->store + strlen("sqlite:"), ends[i]);
        unlink(path);
    }
}

static int run(struct load *load, double length_s)
{
    struct client client = {0};
    struct hello hello;
    int pipes[2], status = 0;
    double syncs[2], took_s = 0, cpu_s = cpu_seconds(RUSAGE_SELF);
    snprintf(load->store, sizeof load->store, "sqlite:%s/bench_load.db", load->folder);
    remove_store(load);
    if (pipe(pipes)) {
        return give_up("pipe");
    }
    pid_t child = fork();
    if (child == 0) {
        _exit(serve(load, pipes[1]));
    }
    close(pipes[1]);
    if (read(pipes[0], &hello, sizeof hello) != sizeof hello) {
        return 1;
    }
    syncs[0] = syncs_per_second(load->folder);
    int code = run_client(load, &hello, length_s, &client, &took_s);
    cpu_s = cpu_seconds(RUSAGE_SELF) - cpu_s;
    kill(child, SIGTERM);
    waitpid(child, &status, 0);
    syncs[1] = syncs_per_second(load->folder);
    uint64_t booked = count_booked(load);
    print_result(&client, took_s, cpu_s, syncs, booked);
    bool good = !code && !status && client.failed == 0 && booked == client.placed;
    free(client.connections);
    free(client.took);
    close(client.epoll);
    close(pipes[0]);
    remove_store(load);
    return good ? 0 : 1;
}

/* The corridor's folder, or the root of a tree that has the reference corridor. */
static const char *corridor_of(const char *named, char path[512])
{
    struct stat found;
    snprintf(path, 512, "%s/corridors/china-kazakhstan", named);
    return stat(path, &found) == 0 ? path : named;
}

int main(int argc, char **argv)
{
    char path[512];
    if (argc > 1 && *argv[1] == '-') {
        puts("bench_load [CORRIDOR] [FOLDER] [burst|steady|both] [SECONDS]");
        return 2;
    }
    const char *which = argc > 3 ? argv[3] : "both";
    double length_s = argc > 4 ? atof(argv[4]) : STEADY_S;
    int64_t slot_s = (time_now_s() / TIME_DAY_S + 2) * TIME_DAY_S;
    struct load load = {.corridor_dir = corridor_of(argc > 1 ? argv[1] : ".", path),
                        .folder = argc > 2 ? argv[2] : ".",
                        .slot_s = slot_s};
    int code = 0;
    if (strcmp(which, "steady") != 0) {
        load.name = "burst: 20,000 requests in 10 s, open loop, for 800 places";
        load.slots = BURST_SLOTS;
        load.capacity = BURST_CAPACITY;
        load.subjects = BURST_REQUESTS;
        load.slot_text = "next";
        code = run(&load, BURST_S);
    }
    if (strcmp(which, "burst") != 0) {
        load.name = "steady: one hot slot of 1,000,000, closed loop of 64 clients";
        load.slots = 1;
        load.capacity = 1000000;
        load.subjects = (uint32_t)(length_s * STEADY_RATE_MAX);
        time_format_instant(load.slot_s, load.slot_start);
        load.slot_text = load.slot_start;
        code = run(&load, length_s) || code;
    }
    return code;
}
