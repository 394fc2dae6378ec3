/* The running operation on the registry's stream: order, keys, claims, answers, listeners,
 * snapshots, anchors, stopping, threads. Queues have tests of their own. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "check.h"

#include "operate/operation.h"
#include "operate/vault.h"

static int64_t clock_s;

static int64_t test_clock(void *context)
{
    (void)context;
    return clock_s;
}

static struct operation *open_with(struct store *store, const struct operation_options *options)
{
    struct operation *operation = NULL;
    struct operation_options made = options ? *options : (struct operation_options){.quiet = true};
    made.clock = test_clock;
    made.verify = true;
    CHECK_INT_EQ(operation_open(store, &made, NULL, &operation), ZHOL_ERROR_OK);
    if (!operation) {
        exit(1);
    }
    return operation;
}

static struct store *open_store(const char *url)
{
    struct store *store = NULL;
    CHECK_INT_EQ(store_open(url, NULL, NULL, &store), ZHOL_ERROR_OK);
    if (!store) {
        exit(1);
    }
    return store;
}

static void fresh(void)
{
    unlink("test_operation.db");
    unlink("test_operation.db-wal");
    unlink("test_operation.db-shm");
}

static struct command carrier_command(uint64_t carrier, const char *key)
{
    return (struct command){.kind = COMMAND_carrier_register,
                            .stream = "registry",
                            .actor = 7,
                            .role = ROLE_carrier,
                            .key = text_view_of(key),
                            .carrier = carrier};
}

static struct command vehicle_command(uint64_t carrier, uint64_t vehicle)
{
    return (struct command){.kind = COMMAND_vehicle_register,
                            .stream = "registry",
                            .role = ROLE_carrier,
                            .carrier = carrier,
                            .vehicle = vehicle};
}

static enum refusal ask(struct operation *operation, const struct command *command)
{
    struct result result = {.refusal = REFUSAL_COUNT};
    CHECK_INT_EQ(operation_call(operation, command, NULL, &result), ZHOL_ERROR_OK);
    return result.refusal;
}

/* ---- answers in order ---- */

struct told {
    uint32_t answers, errors, repeated, heard, joined;
    uint64_t last_seq;
    enum zhol_error error;
};

static void note_answer(void *context, const struct answer *answer)
{
    struct told *told = context;
    told->answers++;
    told->error = answer->error;
    if (answer->error) {
        told->errors++;
        return;
    }
    uint8_t hash[HASH_SIZE];
    struct entry entry;
    entry_hash(answer->bytes, hash);
    CHECK(memcmp(hash, answer->hash, HASH_SIZE) == 0);
    CHECK_INT_EQ(entry_read(answer->bytes, &entry, NULL), ZHOL_ERROR_OK);
    CHECK_INT_EQ(entry.seq, answer->seq);
    CHECK(result_equal(&entry.result, &answer->entry->result));
    entry_clear(&entry);
    told->repeated += answer->repeated;
    told->last_seq = answer->seq;
}

static void hear(void *context, const struct entry *entry, struct text_view bytes)
{
    struct told *told = context;
    told->heard++;
    CHECK_INT_EQ(entry->seq, told->heard);
    CHECK(bytes.size > 100);
}

static struct store *joined_store;

static enum zhol_error join_in(void *context, const struct entry *entry, struct text_view bytes)
{
    struct told *told = context;
    char key[32];
    told->joined++;
    snprintf(key, sizeof key, "%u", (unsigned)entry->seq);
    return store_put(joined_store, "cursor", text_view_of(key), bytes);
}

static void test_answers(void)
{
    struct store *store = open_store("memory:");
    struct operation *operation = open_with(store, NULL);
    struct told told = {0};
    struct buffer value = {0};
    uint32_t applied;
    clock_s = 1000;
    joined_store = store;
    CHECK_INT_EQ(operation_listen(operation, hear, &told), ZHOL_ERROR_OK);
    CHECK_INT_EQ(operation_join(operation, join_in, &told), ZHOL_ERROR_OK);
    for (uint64_t i = 1; i <= 3; i++) {
        struct command command = carrier_command(i, "");
        CHECK_INT_EQ(operation_submit(operation, &command, NULL, note_answer, &told), 0);
    }
    CHECK_INT_EQ(told.answers, 0); /* nothing before the commit */
    CHECK_INT_EQ(operation_step(operation, &applied), ZHOL_ERROR_OK);
    CHECK_INT_EQ(applied, 3);
    CHECK_INT_EQ(told.answers, 3);
    CHECK_INT_EQ(told.last_seq, 3);
    CHECK_INT_EQ(told.heard, 3);
    CHECK_INT_EQ(told.joined, 3);
    CHECK_INT_EQ(store_get(store, "cursor", TEXT("3"), &value), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_count(store).commits, 2); /* the ownership's and the group's */
    CHECK_INT_EQ(operation_step(operation, &applied), ZHOL_ERROR_OK);
    CHECK_INT_EQ(applied, 0);
    CHECK_INT_EQ(store_count(store).commits, 2); /* nothing to do costs nothing */
    buffer_clear(&value);
    operation_close(operation);
    store_close(store);
}

/* ---- keys ---- */

static void test_keys(void)
{
    struct store *store = open_store("memory:");
    struct operation *operation = open_with(store, NULL);
    struct told told = {0};
    uint32_t applied;
    struct command first = carrier_command(1, "k"), again = carrier_command(2, "k");
    struct command other = carrier_command(3, "k"), another_kind = vehicle_command(1, 9);
    other.actor = 8;
    another_kind.actor = 7;
    another_kind.key = TEXT("k");
    /* Twice within one group, then once more: one entry. */
    operation_submit(operation, &first, NULL, note_answer, &told);
    operation_submit(operation, &again, NULL, note_answer, &told);
    operation_step(operation, &applied);
    operation_submit(operation, &again, NULL, note_answer, &told);
    operation_step(operation, &applied);
    CHECK_INT_EQ(told.answers, 3);
    CHECK_INT_EQ(told.repeated, 2);
    CHECK_INT_EQ(told.last_seq, 1);
    struct subject_view view;
    operation_read(operation);
    CHECK(registry_subject(operation_registry(operation), 1, &view));
    CHECK(!registry_subject(operation_registry(operation), 2, &view));
    operation_read_end(operation);
    /* The same key of another actor is another key; for another command it is a mistake. */
    operation_submit(operation, &other, NULL, note_answer, &told);
    operation_step(operation, &applied);
    CHECK_INT_EQ(told.last_seq, 2);
    operation_submit(operation, &another_kind, NULL, note_answer, &told);
    operation_step(operation, &applied);
    CHECK_INT_EQ(told.error, ZHOL_ERROR_CONFLICT);
    CHECK_INT_EQ(operation_count(operation).repeated, 3);
    operation_close(operation);
    store_close(store);
}

/* One key for two things asked is a mistake of the client; what the server draws does not count. */
static void test_same_command(void)
{
    struct command a = {.kind = COMMAND_book_next,
                        .stream = "nur-zholy",
                        .actor = 7,
                        .time_s = 1000,
                        .place = 1,
                        .vehicle = 2,
                        .driver = 3,
                        .carrier = 4,
                        .queue = "exit",
                        .category = "ordinary",
                        .from_s = 990};
    struct command b = a;
    b.place = 9;
    b.time_s = 0;
    b.from_s = 1500;
    CHECK(command_same(&a, &b, 1500)); /* both "from now on" */
    CHECK(!command_same(&a, &b, 1400));
    b = a;
    b.vehicle = 5;
    CHECK(!command_same(&a, &b, 1000));
    b = a;
    b.driver = 5;
    CHECK(!command_same(&a, &b, 1000));
    b = a;
    b.category[0] = 'x';
    CHECK(!command_same(&a, &b, 1000));
    b = a;
    b.slot_s = 3600;
    CHECK(!command_same(&a, &b, 1000));
    b = a;
    b.kind = COMMAND_book;
    CHECK(!command_same(&a, &b, 1000));
    a.kind = b.kind = COMMAND_cancel;
    CHECK(command_same(&a, &b, 1000));
    b.place = 9;
    CHECK(!command_same(&a, &b, 1000));
    a.kind = b.kind = COMMAND_appeal;
    b.place = a.place;
    a.note = TEXT("I was there");
    CHECK(!command_same(&a, &b, 1000));
    b.note = TEXT("I was there");
    CHECK(command_same(&a, &b, 1000));
}

/* ---- what must be unique ---- */

static enum refusal register_unique(struct operation *operation, const struct command *command,
                                    const char *scope, const char *key)
{
    struct attachment attachment = {.unique_count = 1, .unique = {{.scope = scope}}};
    struct told told = {0};
    uint32_t applied;
    snprintf(attachment.unique[0].key, sizeof attachment.unique[0].key, "%s", key);
    CHECK_INT_EQ(operation_submit(operation, command, &attachment, note_answer, &told), 0);
    CHECK_INT_EQ(operation_step(operation, &applied), ZHOL_ERROR_OK);
    struct subject_view view;
    return registry_subject(operation_registry(operation), command->vehicle, &view)
               ? REFUSAL_none
               : REFUSAL_duplicate;
}

/* The fields of a registration are sealed: the journal knows it again by what is unique of them. */
static void test_key_of_another_vehicle(void)
{
    struct store *store = open_store("memory:");
    struct operation *operation = open_with(store, NULL);
    struct command carrier = carrier_command(1, ""), vehicle = vehicle_command(1, 10);
    struct attachment attachment = {.unique_count = 1, .unique = {{.scope = "vin", .key = "aa"}}};
    uint32_t applied;
    vehicle.key = TEXT("v");
    CHECK_INT_EQ(ask(operation, &carrier), REFUSAL_none);
    for (int i = 0; i < 3; i++) {
        struct told told = {0};
        vehicle.vehicle = 10 + (uint64_t)i; /* drawn anew each time */
        attachment.unique[0].key[0] = i < 2 ? 'a' : 'b';
        CHECK_INT_EQ(operation_submit(operation, &vehicle, &attachment, note_answer, &told), 0);
        CHECK_INT_EQ(operation_step(operation, &applied), ZHOL_ERROR_OK);
        CHECK_INT_EQ(told.error, i < 2 ? ZHOL_ERROR_OK : ZHOL_ERROR_CONFLICT);
        CHECK_INT_EQ(told.repeated, i == 1);
    }
    operation_close(operation);
    store_close(store);
}

static void test_unique(void)
{
    struct store *store = open_store("memory:");
    struct operation *operation = open_with(store, NULL);
    struct command carrier = carrier_command(1, ""), vehicle = vehicle_command(1, 10);
    CHECK_INT_EQ(ask(operation, &carrier), REFUSAL_none);
    CHECK_INT_EQ(register_unique(operation, &vehicle, "vin", "aa"), REFUSAL_none);
    vehicle.vehicle = 11;
    CHECK_INT_EQ(register_unique(operation, &vehicle, "vin", "aa"), REFUSAL_duplicate);
    CHECK_INT_EQ(register_unique(operation, &vehicle, "vin", "bb"), REFUSAL_none);
    /* A refused registration leaves no claim: carrier 99 is not there. */
    struct command stray = vehicle_command(99, 12);
    CHECK_INT_EQ(register_unique(operation, &stray, "vin", "cc"), REFUSAL_duplicate);
    stray.carrier = 1;
    CHECK_INT_EQ(register_unique(operation, &stray, "vin", "cc"), REFUSAL_none);
    /* Erasing gives the claim back, and only that one. */
    struct command erase = {
        .kind = COMMAND_subject_erase, .stream = "registry", .role = ROLE_operator, .subject = 10};
    CHECK_INT_EQ(ask(operation, &erase), REFUSAL_none);
    CHECK_INT_EQ(ask(operation, &erase), REFUSAL_duplicate);
    vehicle.vehicle = 13;
    CHECK_INT_EQ(register_unique(operation, &vehicle, "vin", "bb"), REFUSAL_duplicate);
    CHECK_INT_EQ(register_unique(operation, &vehicle, "vin", "aa"), REFUSAL_none);
    operation_close(operation);
    store_close(store);
}

/* ---- what is refused at the door ---- */

static void test_refused_at_the_door(void)
{
    struct store *store = open_store("memory:");
    struct operation *operation =
        open_with(store, &(struct operation_options){.quiet = true, .inbox_max = 2});
    struct command command = carrier_command(1, "");
    struct told told = {0};
    snprintf(command.stream, sizeof command.stream, "No Stream");
    CHECK_INT_EQ(operation_submit(operation, &command, NULL, NULL, NULL), ZHOL_ERROR_INVALID);
    snprintf(command.stream, sizeof command.stream, "nur-zholy"); /* no command of a queue */
    CHECK_INT_EQ(operation_submit(operation, &command, NULL, NULL, NULL), ZHOL_ERROR_INVALID);
    command = carrier_command(1, "\xff\xfe");
    CHECK_INT_EQ(operation_submit(operation, &command, NULL, NULL, NULL), ZHOL_ERROR_INVALID);
    command = carrier_command(1, "");
    command.data = TEXT("{\"a\": 1}");
    CHECK_INT_EQ(operation_submit(operation, &command, NULL, NULL, NULL), ZHOL_ERROR_INVALID);
    command.data = TEXT("{\"a\":1}");
    CHECK_INT_EQ(operation_submit(operation, &command, NULL, note_answer, &told), 0);
    CHECK_INT_EQ(operation_submit(operation, &command, NULL, note_answer, &told), 0);
    CHECK_INT_EQ(operation_submit(operation, &command, NULL, note_answer, &told), ZHOL_ERROR_LIMIT);
    CHECK_INT_EQ(operation_count(operation).waiting, 2);
    operation_close(operation); /* answers what waits */
    CHECK_INT_EQ(told.answers, 2);
    CHECK_INT_EQ(told.error, ZHOL_ERROR_INTERRUPTED);
    store_close(store);
}

/* ---- snapshots and opening again ---- */

static void save(struct operation *operation, struct buffer *bytes)
{
    buffer_reset(bytes);
    CHECK_INT_EQ(registry_save(operation_registry(operation), bytes), ZHOL_ERROR_OK);
}

static void test_open_again(void)
{
    fresh();
    struct operation_options options = {.quiet = true, .snapshot_every = 40, .group_max = 7};
    struct buffer before = {0}, after = {0};
    uint64_t seq = 0;
    uint8_t hash[HASH_SIZE];
    for (uint64_t round = 0; round < 5; round++) {
        struct store *store = open_store("sqlite:test_operation.db");
        struct operation *operation = open_with(store, &options);
        if (round) {
            save(operation, &after);
            CHECK(before.size == after.size && memcmp(before.bytes, after.bytes, after.size) == 0);
        }
        operation_head(operation, "registry", &seq, hash);
        CHECK_INT_EQ(seq, round * 33);
        /* From the second snapshot on only what came behind it is folded. */
        CHECK(round < 2 || operation_count(operation).folded <= 40 + 7);
        for (uint64_t i = 0; i < 33; i++) {
            struct command command = carrier_command(round * 33 + i + 1, "");
            command.note = i % 5 ? TEXT("") : TEXT("a \"note\"\n\x7f");
            clock_s += (int64_t)i % 3 - 1; /* it goes back, too: entries never do */
            CHECK_INT_EQ(ask(operation, &command), REFUSAL_none);
        }
        save(operation, &before);
        operation_close(operation);
        store_close(store);
    }
    buffer_clear(&before);
    buffer_clear(&after);
}

/* A changed byte in an old entry is found when the entry is folded. */
static void test_damage(void)
{
    fresh();
    struct store *store = open_store("sqlite:test_operation.db");
    struct operation *operation = open_with(store, NULL);
    struct command command = carrier_command(1, "");
    struct zhol_report report;
    ask(operation, &command);
    operation_close(operation);
    struct store_entry forged = {.stream = "registry", .seq = 2, .bytes = TEXT("{}")};
    entry_hash(forged.bytes, forged.hash);
    CHECK_INT_EQ(store_begin(store), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_append(store, &forged), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_commit(store), ZHOL_ERROR_OK);
    zhol_report_init(&report, 0);
    CHECK_INT_EQ(operation_open(store, NULL, &report, &operation), ZHOL_ERROR_INVALID);
    CHECK(report.counts[ZHOL_FAULT] > 0);
    zhol_report_clear(&report);
    store_close(store);
}

/* ---- anchors ---- */

static void test_anchor(void)
{
    struct store *store = open_store("memory:");
    clock_s = 7200;
    struct operation *operation = open_with(store, &(struct operation_options){.quiet = false});
    struct command command = carrier_command(1, "");
    uint32_t applied;
    int64_t time_s;
    ask(operation, &command);
    CHECK_INT_EQ(registry_anchor(operation_registry(operation), &time_s).size, 0);
    clock_s = 10800;
    CHECK_INT_EQ(operation_step(operation, &applied), ZHOL_ERROR_OK);
    struct text_view data = registry_anchor(operation_registry(operation), &time_s);
    CHECK_INT_EQ(time_s, 10800);
    CHECK(text_starts_with(data, TEXT("{\"heads\":[{\"stream\":\"registry\",\"seq\":1,\"hash\":")));
    clock_s = 14400; /* nothing came since: no anchor */
    CHECK_INT_EQ(operation_step(operation, &applied), ZHOL_ERROR_OK);
    CHECK_INT_EQ(applied, 0);
    command.carrier = 2;
    ask(operation, &command);
    registry_anchor(operation_registry(operation), &time_s);
    CHECK_INT_EQ(time_s, 14400);
    operation_close(operation);
    store_close(store);
}

/* ---- stopping ---- */

static void test_stopped(void)
{
    fresh();
    struct store *store = open_store("sqlite:test_operation.db");
    struct operation *operation = open_with(store, NULL);
    struct command command = carrier_command(1, "");
    struct told told = {0};
    uint32_t applied;
    uint64_t epoch;
    CHECK_INT_EQ(ask(operation, &command), REFUSAL_none);
    /* Another process takes the right to write. */
    struct store *thief = open_store("sqlite:test_operation.db");
    CHECK_INT_EQ(store_own(thief, &epoch), ZHOL_ERROR_OK);
    store_close(thief);
    command.carrier = 2;
    operation_submit(operation, &command, NULL, note_answer, &told);
    CHECK_INT_EQ(operation_step(operation, &applied), ZHOL_ERROR_CONFLICT);
    CHECK_INT_EQ(told.error, ZHOL_ERROR_IO);
    CHECK(operation_stopped(operation));
    CHECK_STR_EQ(operation_why(operation), "another process has taken this store");
    CHECK(operation_registry(operation) == NULL);
    CHECK_INT_EQ(operation_submit(operation, &command, NULL, note_answer, &told), ZHOL_ERROR_IO);
    CHECK_INT_EQ(told.answers, 1);
    operation_close(operation);
    store_close(store);
    store = open_store("sqlite:test_operation.db");
    operation = open_with(store, NULL);
    CHECK_INT_EQ(ask(operation, &command), REFUSAL_none);
    operation_close(operation);
    store_close(store);
}

/* Nobody asks for anything, and yet the server must not go on showing what another one has taken
 * over. */
static void test_idle_operation_notices_a_thief(void)
{
    fresh();
    struct store *store = open_store("sqlite:test_operation.db");
    struct operation *operation = open_with(store, NULL);
    uint64_t epoch;
    CHECK_INT_EQ(operation_start(operation), ZHOL_ERROR_OK);
    struct store *thief = open_store("sqlite:test_operation.db");
    CHECK_INT_EQ(store_own(thief, &epoch), ZHOL_ERROR_OK);
    store_close(thief);
    for (int tenths = 0; tenths < 200 && !operation_stopped(operation); tenths++) {
        nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
    }
    CHECK_STR_EQ(operation_why(operation), "another process has taken this store");
    operation_close(operation);
    store_close(store);
}

/* ---- threads ---- */

enum { CALLERS = 4, CALLS = 50 };

struct caller {
    struct operation *operation;
    uint64_t first;
    atomic_bool *stop;
};

static void *call_some(void *context)
{
    struct caller *caller = context;
    for (uint64_t i = 0; i < CALLS; i++) {
        struct command command = carrier_command(caller->first + i, "");
        CHECK_INT_EQ(ask(caller->operation, &command), REFUSAL_none);
        struct subject_view view;
        operation_read(caller->operation);
        CHECK(registry_subject(operation_registry(caller->operation), caller->first + i, &view));
        operation_read_end(caller->operation);
    }
    return NULL;
}

static void *read_on(void *context)
{
    struct caller *caller = context;
    uint64_t seq, before = 0;
    uint8_t hash[HASH_SIZE];
    while (!atomic_load(caller->stop)) {
        operation_read(caller->operation);
        operation_head(caller->operation, "registry", &seq, hash);
        operation_read_end(caller->operation);
        CHECK(seq >= before);
        before = seq;
    }
    return NULL;
}

static void test_threads(void)
{
    fresh();
    atomic_bool stop = false;
    struct store *store = open_store("sqlite:test_operation.db");
    struct operation *operation = open_with(store, NULL);
    struct caller callers[CALLERS];
    pthread_t threads[CALLERS], reader;
    uint64_t seq;
    uint8_t hash[HASH_SIZE];
    CHECK_INT_EQ(operation_start(operation), ZHOL_ERROR_OK);
    for (uint32_t i = 0; i < CALLERS; i++) {
        callers[i] = (struct caller){operation, 1 + i * CALLS, &stop};
        pthread_create(&threads[i], NULL, call_some, &callers[i]);
    }
    pthread_create(&reader, NULL, read_on, &callers[0]);
    for (uint32_t i = 0; i < CALLERS; i++) {
        pthread_join(threads[i], NULL);
    }
    atomic_store(&stop, true);
    pthread_join(reader, NULL);
    operation_head(operation, "registry", &seq, hash);
    CHECK_INT_EQ(seq, CALLERS * CALLS);
    operation_close(operation);
    store_close(store);
}

int main(void)
{
    RUN(test_answers);
    RUN(test_keys);
    RUN(test_same_command);
    RUN(test_key_of_another_vehicle);
    RUN(test_unique);
    RUN(test_refused_at_the_door);
    RUN(test_open_again);
    RUN(test_damage);
    RUN(test_anchor);
    RUN(test_stopped);
    RUN(test_idle_operation_notices_a_thief);
    RUN(test_threads);
    fresh();
    return check_report();
}
