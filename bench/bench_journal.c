/* How fast the journal is: durable bookings on one hot slot, restart, fold, verification.
 *
 *     bench_journal [folder, default .] [bookings, default 100,000] [outstanding, default 64]
 *
 * The store lies in the folder, or in its folder build/ where there is one, and is removed at the
 * end; with 0 bookings the one that is there is opened and stays. Registrations of as many vehicles
 * and drivers come first, cancellations of all places last, so a run writes four times as many
 * entries: `bench_journal . 2500000 2048` measures the restart of ten million. Bookings go through
 * operation_submit with so many outstanding, each of another vehicle, with all checks: key, claims
 * of vehicle and driver, fold, entry, chain, commit with synchronous=FULL. The disk's own
 * fdatasync/s is measured before and after and printed beside, since it is what a figure of durable
 * commits means nothing without.
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "operate/operation.h"

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static double cpu_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void must(enum zhol_error error, const char *what)
{
    if (error) {
        fprintf(stderr, "bench_journal: %s: %s\n", what, zhol_error_text(error));
        exit(1);
    }
}

/* Synced writes of 4 KiB over a megabyte, for a second. */
static double fdatasync_rate(const char *folder)
{
    char path[512], page[4096] = {1};
    snprintf(path, sizeof path, "%s/bench_sync.tmp", folder);
    int file = open(path, O_CREAT | O_RDWR | O_TRUNC, 0600);
    if (file < 0) {
        perror(path);
        exit(1);
    }
    double start = now_s(), used;
    uint32_t count = 0;
    do {
        if (pwrite(file, page, sizeof page, (off_t)(count % 256) * 4096) < 0 ||
            fdatasync(file) != 0) {
            perror(path);
            exit(1);
        }
        count++;
        used = now_s() - start;
    } while (used < 1);
    close(file);
    unlink(path);
    return count / used;
}

/* ---- bookings ---- */

/* Ids are drawn at random in life: here an odd factor spreads them, and its inverse finds back. */
#define SPREAD      0x9E3779B97F4A7C15u
#define SPREAD_BACK 0xF1DE83E19937733Du
#define SLOT_PLACES 1000000
#define SLOT_S      3600
#define SLOTS       10
#define DRIVERS     ((uint64_t)1 << 40) /* their indices begin here */

static uint64_t id_of(uint64_t index)
{
    return (index + 1) * SPREAD;
}

struct load {
    struct operation *operation;
    struct command command;
    uint64_t next, last, done, refused;
    pthread_mutex_t lock;
    pthread_cond_t finished;
    double *begun, *took;
};

static void submit_next(struct load *load);

static void answered(void *context, const struct answer *answer)
{
    struct load *load = context;
    must(answer->error, "answer");
    const struct command *command = &answer->entry->command;
    uint64_t id = command->vehicle ? command->vehicle
                  : command->place ? command->place
                                   : command->driver - DRIVERS * SPREAD;
    uint64_t index = id * SPREAD_BACK - 1;
    load->took[index] = now_s() - load->begun[index];
    load->refused += answer->entry->result.refusal != REFUSAL_none;
    load->done++;
    if (load->next < load->last) {
        submit_next(load);
    }
    if (load->done == load->last) {
        pthread_mutex_lock(&load->lock);
        pthread_cond_signal(&load->finished);
        pthread_mutex_unlock(&load->lock);
    }
}

static void submit_next(struct load *load)
{
    char key[32];
    struct command command = load->command;
    uint64_t index = load->next++;
    switch (command.kind) {
    case COMMAND_vehicle_register:
        command.vehicle = id_of(index);
        break;
    case COMMAND_driver_register:
        command.driver = id_of(index + DRIVERS);
        break;
    case COMMAND_book:
        command.vehicle = id_of(index);
        command.driver = id_of(index + DRIVERS);
        snprintf(key, sizeof key, "%016llx", (unsigned long long)(id_of(index) ^ 0x5555));
        command.key = text_view_of(key);
        /* A slot of its own for each million. */
        command.slot_s += (int64_t)(index / SLOT_PLACES) * SLOT_S;
        command.place = id_of(index);
        break;
    default:
        command.place = id_of(index);
        break;
    }
    load->begun[index] = now_s();
    must(operation_submit(load->operation, &command, NULL, answered, load), "submit");
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double run_load(struct load *load, struct operation *operation,
                       const struct command *command, uint64_t count, uint32_t outstanding)
{
    *load = (struct load){.operation = operation,
                          .command = *command,
                          .last = count,
                          .begun = calloc(count, sizeof(double)),
                          .took = calloc(count, sizeof(double))};
    pthread_mutex_init(&load->lock, NULL);
    pthread_cond_init(&load->finished, NULL);
    double start = now_s();
    pthread_mutex_lock(&load->lock);
    operation_read(operation); /* the first ones all at once */
    for (uint32_t i = 0; i < outstanding && load->next < count; i++) {
        submit_next(load);
    }
    operation_read_end(operation);
    pthread_cond_wait(&load->finished, &load->lock);
    pthread_mutex_unlock(&load->lock);
    double used = now_s() - start;
    qsort(load->took, count, sizeof(double), by_size);
    free(load->begun);
    return used;
}

static void call(struct operation *operation, const struct command *command)
{
    struct result result;
    must(operation_call(operation, command, NULL, &result), command_name(command->kind));
    if (result.refusal) {
        fprintf(stderr, "bench_journal: %s: %s\n", command_name(command->kind),
                refusal_text(result.refusal));
        exit(1);
    }
}

static void set_up(struct operation *operation, int64_t slot_s)
{
    static const char rules[] =
        "{\"queues\":[{\"id\":\"bench-exit\",\"direction\":\"exit\",\"rule_set\":\"bench\","
        "\"release\":\"first_come\",\"claim_scope\":\"all\",\"discipline\":\"quota\","
        "\"categories\":[{\"id\":\"ordinary\",\"weight\":100,\"rank\":1,\"share_max\":100}],"
        "\"late\":\"block\"}]}";
    char slots[80 * SLOTS + 40];
    int at = 0;
    struct command command = {.kind = COMMAND_rules_set, .role = ROLE_operator};
    snprintf(command.stream, sizeof command.stream, "BENCH");
    command.data = text_view_of(rules);
    call(operation, &command);
    for (int i = 0; i < SLOTS; i++) {
        int64_t start_s = slot_s + i * SLOT_S;
        at += snprintf(slots + at, sizeof slots - (size_t)at,
                       "%s{\"start\":%lld,\"end\":%lld,\"capacity\":%d}", i ? "," : "{\"slots\":[",
                       (long long)start_s, (long long)start_s + SLOT_S, SLOT_PLACES);
    }
    snprintf(slots + at, sizeof slots - (size_t)at, "]}");
    command.kind = COMMAND_slots_publish;
    snprintf(command.queue, sizeof command.queue, "bench-exit");
    command.data = text_view_of(slots);
    call(operation, &command);
    command =
        (struct command){.kind = COMMAND_carrier_register, .carrier = 1, .role = ROLE_carrier};
    snprintf(command.stream, sizeof command.stream, "registry");
    call(operation, &command);
}

static void print_load(const char *what, const struct load *load, double used, double cpu,
                       struct operation *operation, uint64_t groups_before, double sync_rate)
{
    uint64_t count = load->last, groups = operation_count(operation).groups - groups_before;
    printf("%-22s %8.0f/s  p50 %.2f ms  p99 %.2f ms  max %.1f ms  %.1f a commit  %.1f us CPU each"
           "  %llu refused  (disk: %.0f fdatasync/s)\n",
           what, (double)count / used, load->took[count / 2] * 1e3,
           load->took[count - 1 - count / 100] * 1e3, load->took[count - 1] * 1e3,
           (double)count / (double)groups, cpu / (double)count * 1e6,
           (unsigned long long)load->refused, sync_rate);
    free(load->took);
}

enum { PHASES = 4 };

static const struct {
    const char *name;
    enum command_kind kind;
    bool at_queue;
} phases[PHASES] = {{"vehicles registered", COMMAND_vehicle_register, false},
                    {"drivers registered", COMMAND_driver_register, false},
                    {"bookings, one slot", COMMAND_book, true},
                    {"cancellations", COMMAND_cancel, true}};

static void bench_load(const char *folder, const char *url, uint64_t count, uint32_t outstanding)
{
    struct store *store;
    struct operation *operation;
    struct load load;
    struct operation_options options = {.group_max = outstanding > 256 ? outstanding : 256};
    int64_t slot_s = (int64_t)time(NULL) / 3600 * 3600 + 7200;
    must(store_open(url, NULL, NULL, &store), "open");
    must(operation_open(store, &options, NULL, &operation), "open");
    must(operation_start(operation), "start");
    set_up(operation, slot_s);
    for (int phase = 0; phase < PHASES; phase++) {
        struct command command = {.kind = phases[phase].kind, .role = ROLE_carrier, .carrier = 1};
        snprintf(command.stream, sizeof command.stream, "%s",
                 phases[phase].at_queue ? "BENCH" : "registry");
        if (command.kind == COMMAND_book) {
            snprintf(command.queue, sizeof command.queue, "bench-exit");
            snprintf(command.category, sizeof command.category, "ordinary");
            command.slot_s = slot_s;
        }
        double rate = fdatasync_rate(folder), cpu = cpu_s();
        uint64_t groups = operation_count(operation).groups;
        double used = run_load(&load, operation, &command, count, outstanding);
        cpu = cpu_s() - cpu;
        rate = (rate + fdatasync_rate(folder)) / 2;
        print_load(phases[phase].name, &load, used, cpu, operation, groups, rate);
    }
    printf("%-22s %8llu\n", "snapshots", (unsigned long long)operation_count(operation).snapshots);
    operation_close(operation);
    store_close(store);
}

/* ---- restart ---- */

static void bench_open(const char *url, const char *what)
{
    struct store *store;
    struct operation *operation;
    uint64_t total = 0, seq;
    uint8_t hash[HASH_SIZE];
    double start = now_s(), cpu = cpu_s();
    must(store_open(url, NULL, NULL, &store), "open");
    double opened = now_s();
    must(operation_open(store, NULL, NULL, &operation), "open");
    double used = now_s() - start;
    cpu = cpu_s() - cpu;
    for (uint32_t i = 0; i < operation_stream_count(operation); i++) {
        operation_head(operation, operation_stream(operation, i), &seq, hash);
        total += seq;
    }
    printf("%-22s %8.2f s for %llu entries (%.2f s of it the store, %.2f s CPU)\n", what, used,
           (unsigned long long)total, opened - start, cpu);
    operation_close(operation);
    store_close(store);
}

struct verified {
    uint64_t count, bytes;
    uint8_t prev[HASH_SIZE];
    struct entry entry;
    bool parse;
};

static enum zhol_error verify_one(void *context, const struct store_entry *stored)
{
    struct verified *verified = context;
    uint8_t hash[HASH_SIZE];
    entry_hash(stored->bytes, hash);
    verified->count++;
    verified->bytes += stored->bytes.size;
    if (memcmp(hash, stored->hash, HASH_SIZE) != 0) {
        return ZHOL_ERROR_INVALID;
    }
    if (verified->parse) {
        return entry_read_next(stored->bytes, &verified->entry, NULL);
    }
    return ZHOL_ERROR_OK;
}

static void bench_verify(const char *url)
{
    struct store *store;
    must(store_open(url, &(struct store_options){.read_only = true}, NULL, &store), "open");
    for (int parse = 0; parse < 2; parse++) {
        struct verified verified = {.parse = parse};
        double start = cpu_s();
        must(store_read(store, "BENCH", 1, verify_one, &verified), "read");
        must(store_read(store, "registry", 1, verify_one, &verified), "read");
        double used = cpu_s() - start;
        printf("%-22s %8.0f entries per CPU second  (%.0f bytes each)\n",
               parse ? "read, hashed, parsed" : "read, hashed", (double)verified.count / used,
               (double)verified.bytes / (double)verified.count);
        entry_clear(&verified.entry);
    }
    store_close(store);
}

static void remove_store(const char *path)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    for (int i = 0; i < 3; i++) {
        char name[512];
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        unlink(name);
    }
}

int main(int argc, char **argv)
{
    char folder[400], url[500];
    uint64_t count = argc > 2 ? strtoull(argv[2], NULL, 10) : 100000;
    uint32_t outstanding = argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : 64;
    setvbuf(stdout, NULL, _IOLBF, 0);
    snprintf(folder, sizeof folder, "%s/build", argc > 1 ? argv[1] : ".");
    if (file_kind_of(folder) != FILE_FOLDER) {
        snprintf(folder, sizeof folder, "%s", argc > 1 ? argv[1] : ".");
    }
    snprintf(url, sizeof url, "sqlite:%s/bench_journal.db", folder);
    if (count) {
        remove_store(url + strlen("sqlite:"));
        bench_load(folder, url, count, outstanding);
    }
    bench_open(url, "opened again");
    bench_verify(url);
    if (count) {
        remove_store(url + strlen("sqlite:"));
    }
    return 0;
}
