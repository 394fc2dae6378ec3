/* The store: transactions, journal, claims, named values, versions, backups, readers, ownership. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "check.h"

#include "base/file.h"
#include "store/migrations.h"
#include "store/sqlite_store.h"
#include "store/store.h"

#define FILE_URL "sqlite:test_store.db"
static const char *const urls[] = {FILE_URL, "memory:"};

static void fresh(void)
{
    unlink("test_store.db");
    unlink("test_store.db-wal");
    unlink("test_store.db-shm");
}

static struct store *open_one(const char *url)
{
    struct store *store = NULL;
    CHECK_INT_EQ(store_open(url, NULL, NULL, &store), ZHOL_ERROR_OK);
    if (!store) {
        exit(1);
    }
    return store;
}

static enum zhol_error append(struct store *store, const char *stream, uint64_t seq,
                              const char *key, const char *bytes)
{
    struct store_entry entry = {.stream = stream,
                                .seq = seq,
                                .time_s = (int64_t)seq * 10,
                                .key = text_view_of(key),
                                .bytes = text_view_of(bytes)};
    memset(entry.hash, (int)seq, sizeof entry.hash);
    return store_append(store, &entry);
}

struct seen {
    uint64_t count, last;
    char texts[256];
};

static enum zhol_error see(void *context, const struct store_entry *entry)
{
    struct seen *seen = context;
    size_t used = strlen(seen->texts);
    seen->count++;
    seen->last = entry->seq;
    CHECK_INT_EQ(entry->time_s, (int64_t)entry->seq * 10);
    CHECK_INT_EQ(entry->hash[31], entry->seq & 255);
    snprintf(seen->texts + used, sizeof seen->texts - used, "%.*s;", (int)entry->bytes.size,
             entry->bytes.bytes);
    return seen->count == 3 ? ZHOL_ERROR_INTERRUPTED : ZHOL_ERROR_OK;
}

static void check_journal(const char *url)
{
    struct store *store = open_one(url);
    struct buffer bytes = {0};
    uint64_t seq = 99;
    uint8_t hash[STORE_HASH_SIZE];
    CHECK_INT_EQ(append(store, "a", 1, "", "x"), ZHOL_ERROR_USAGE); /* no transaction */
    CHECK_INT_EQ(store_head(store, "a", &seq, hash), ZHOL_ERROR_OK);
    CHECK_INT_EQ(seq, 0);
    CHECK_INT_EQ(store_begin(store), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_begin(store), ZHOL_ERROR_USAGE);
    CHECK_INT_EQ(append(store, "b", 1, "k1", "b1"), ZHOL_ERROR_OK);
    CHECK_INT_EQ(append(store, "a", 1, "k1", "a1"), ZHOL_ERROR_OK);
    CHECK_INT_EQ(append(store, "a", 2, "k2", "a2"), ZHOL_ERROR_OK);
    CHECK_INT_EQ(append(store, "a", 2, "k3", "again"), ZHOL_ERROR_DUPLICATE);
    CHECK_INT_EQ(append(store, "a", 3, "k2", "again"), ZHOL_ERROR_DUPLICATE);
    CHECK_INT_EQ(append(store, "a", 0, "", "zero"), ZHOL_ERROR_USAGE);
    CHECK_INT_EQ(store_find_key(store, "a", TEXT("k2"), &seq, &bytes), ZHOL_ERROR_OK);
    CHECK_INT_EQ(seq, 2);
    CHECK_INT_EQ(store_commit(store), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_begin(store), ZHOL_ERROR_OK);
    CHECK_INT_EQ(append(store, "a", 3, "", "lost"), ZHOL_ERROR_OK);
    CHECK_INT_EQ(append(store, "new", 1, "", "lost"), ZHOL_ERROR_OK);
    store_rollback(store);
    CHECK_INT_EQ(store_begin(store), ZHOL_ERROR_OK);
    CHECK_INT_EQ(append(store, "a", 3, "", "a3"), ZHOL_ERROR_OK);
    CHECK_INT_EQ(append(store, "new", 1, "", "n1"), ZHOL_ERROR_OK);
    CHECK_INT_EQ(append(store, "a", 4, "", "a4"), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_commit(store), ZHOL_ERROR_OK);

    struct seen seen = {0};
    CHECK_INT_EQ(store_read(store, "a", 2, see, &seen), ZHOL_ERROR_INTERRUPTED);
    CHECK_STR_EQ(seen.texts, "a2;a3;a4;");
    CHECK_INT_EQ(store_head(store, "a", &seq, hash), ZHOL_ERROR_OK);
    CHECK_INT_EQ(seq, 4);
    CHECK_INT_EQ(hash[0], 4);
    CHECK_INT_EQ(store_find_key(store, "b", TEXT("k2"), &seq, &bytes), ZHOL_ERROR_UNKNOWN);
    buffer_reset(&bytes);
    CHECK_INT_EQ(store_find_key(store, "b", TEXT("k1"), &seq, &bytes), ZHOL_ERROR_OK);
    CHECK_STR_EQ(buffer_get(&bytes), "b1");
    buffer_reset(&bytes);
    CHECK_INT_EQ(store_streams(store, &bytes), ZHOL_ERROR_OK);
    CHECK_INT_EQ(bytes.size, 8);
    CHECK(memcmp(buffer_get(&bytes), "a\0b\0new", 8) == 0);
    CHECK_INT_EQ(store_count(store).commits, 2);
    buffer_clear(&bytes);
    store_close(store);
}

static void test_journal(void)
{
    for (size_t i = 0; i < 2; i++) {
        fresh();
        check_journal(urls[i]);
    }
}

static enum zhol_error join_pairs(void *context, struct text_view key, struct text_view value)
{
    buffer_view(context, key);
    buffer_char(context, '=');
    buffer_view(context, value);
    buffer_char(context, ';');
    return ZHOL_ERROR_OK;
}

static void check_claims(const char *url)
{
    struct store *store = open_one(url);
    struct buffer held = {0};
    CHECK_INT_EQ(store_begin(store), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_claim(store, "vin", TEXT("v1"), TEXT("p1"), &held), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_claim(store, "plate", TEXT("v1"), TEXT("p9"), &held), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_claim(store, "vin", TEXT("v1"), TEXT("p2"), &held), ZHOL_ERROR_DUPLICATE);
    CHECK_STR_EQ(buffer_get(&held), "p1");
    CHECK_INT_EQ(store_claim(store, "vin", TEXT("v0"), TEXT("p3"), &held), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_commit(store), ZHOL_ERROR_OK);
    buffer_reset(&held);
    CHECK_INT_EQ(store_claims(store, "vin", join_pairs, &held), ZHOL_ERROR_OK);
    CHECK_STR_EQ(buffer_get(&held), "v0=p3;v1=p1;");
    CHECK_INT_EQ(store_begin(store), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_release(store, "vin", TEXT("v1")), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_release(store, "vin", TEXT("v1")), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_claim(store, "vin", TEXT("v1"), TEXT("p2"), &held), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_commit(store), ZHOL_ERROR_OK);
    buffer_clear(&held);
    store_close(store);
}

static void test_claims(void)
{
    for (size_t i = 0; i < 2; i++) {
        fresh();
        check_claims(urls[i]);
    }
}

static void check_values(const char *url)
{
    struct store *store = open_one(url);
    struct buffer value = {0};
    struct text_view binary = {"\0\xff\x01", 3};
    CHECK_INT_EQ(store_begin(store), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_put(store, "seting", TEXT("a"), TEXT("1")), ZHOL_ERROR_USAGE);
    CHECK_INT_EQ(store_put(store, "setting", TEXT("b"), TEXT("2")), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_put(store, "setting", TEXT("a"), TEXT("1")), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_put(store, "setting", TEXT("a"), TEXT("3")), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_put(store, "setting", binary, binary), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_put(store, "setting", TEXT("empty"), TEXT("")), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_put(store, "cursor", TEXT("a"), TEXT("9")), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_get(store, "setting", TEXT("a"), &value), ZHOL_ERROR_OK);
    CHECK_STR_EQ(buffer_get(&value), "3");
    CHECK_INT_EQ(store_commit(store), ZHOL_ERROR_OK);
    buffer_reset(&value);
    CHECK_INT_EQ(store_get(store, "setting", binary, &value), ZHOL_ERROR_OK);
    CHECK(value.size == 3 && memcmp(value.bytes, binary.bytes, 3) == 0);
    CHECK_INT_EQ(store_get(store, "setting", TEXT("zz"), &value), ZHOL_ERROR_UNKNOWN);
    buffer_reset(&value);
    CHECK_INT_EQ(store_list(store, "setting", TEXT("a"), join_pairs, &value), ZHOL_ERROR_OK);
    CHECK_STR_EQ(buffer_get(&value), "a=3;b=2;empty=;");
    CHECK_INT_EQ(store_begin(store), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_remove(store, "setting", TEXT("a")), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_commit(store), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_get(store, "setting", TEXT("a"), &value), ZHOL_ERROR_UNKNOWN);
    buffer_clear(&value);
    store_close(store);
}

static void test_values(void)
{
    for (size_t i = 0; i < 2; i++) {
        fresh();
        check_values(urls[i]);
    }
}

/* ---- versions ---- */

static void run_sql(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    CHECK_INT_EQ(sqlite3_open(path, &db), SQLITE_OK);
    CHECK_INT_EQ(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static enum zhol_error open_with(const struct store_options *options, struct zhol_report *report)
{
    struct store *store = NULL;
    enum zhol_error error = store_open(FILE_URL, options, report, &store);
    store_close(store);
    return error;
}

/* A store as the first version left it, made by the list of migrations itself. */
static void make_version_1(void)
{
    uint32_t count;
    struct buffer sql = {0};
    buffer_printf(&sql,
                  "%s PRAGMA application_id = %d; PRAGMA user_version = 1;"
                  "INSERT INTO stream (id, name) VALUES (1, 'old');"
                  "INSERT INTO entry (stream, seq, time_s, hash, bytes)"
                  " VALUES (1, 1, 10, zeroblob(32), x'6f6c64');",
                  migrations(&count)->sqlite, SQLITE_APPLICATION_ID);
    fresh();
    run_sql("test_store.db", buffer_get(&sql));
    buffer_clear(&sql);
}

static void test_upgrade(void)
{
    struct zhol_report report;
    zhol_report_init(&report, 0);
    make_version_1();
    CHECK_INT_EQ(open_with(&(struct store_options){.read_only = true}, &report),
                 ZHOL_ERROR_CONFLICT);
    CHECK_INT_EQ(open_with(NULL, &report), ZHOL_ERROR_OK);
    CHECK_INT_EQ(report.counts[ZHOL_NOTE], 1); /* says that it was upgraded */
    zhol_report_clear(&report);
    struct store *store = open_one(FILE_URL);
    uint64_t seq, epoch;
    uint8_t hash[STORE_HASH_SIZE];
    CHECK_INT_EQ(store_head(store, "old", &seq, hash), ZHOL_ERROR_OK);
    CHECK_INT_EQ(seq, 1);
    CHECK_INT_EQ(store_own(store, &epoch), ZHOL_ERROR_OK);
    CHECK_INT_EQ(epoch, 1);
    store_close(store);
}

static void test_refused(void)
{
    struct store_options existing = {.must_exist = true}, reading = {.read_only = true};
    struct zhol_report report;
    struct store *store;
    zhol_report_init(&report, 0);
    fresh();
    CHECK_INT_EQ(open_with(&existing, &report), ZHOL_ERROR_IO);
    CHECK_INT_EQ(open_with(&reading, &report), ZHOL_ERROR_IO);
    CHECK_INT_EQ(open_with(NULL, &report), ZHOL_ERROR_OK);
    run_sql("test_store.db", "PRAGMA user_version = 99");
    CHECK_INT_EQ(open_with(NULL, &report), ZHOL_ERROR_CONFLICT);
    fresh();
    run_sql("test_store.db", "CREATE TABLE song (name); PRAGMA application_id = 7");
    CHECK_INT_EQ(open_with(NULL, &report), ZHOL_ERROR_CONFLICT);
    fresh();
    run_sql("test_store.db", "CREATE TABLE song (name)");
    CHECK_INT_EQ(open_with(NULL, &report), ZHOL_ERROR_CONFLICT);
    fresh();
    CHECK_INT_EQ(
        file_write("test_store.db", "No database, but a text that is long enough.", 44, NULL),
        ZHOL_ERROR_OK);
    CHECK_INT_EQ(open_with(NULL, &report), ZHOL_ERROR_INVALID);
    CHECK_INT_EQ(report.counts[ZHOL_FAULT], 6);
    CHECK_INT_EQ(store_open("postgres:x", NULL, &report, &store), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(store_open("nothing", NULL, &report, &store), ZHOL_ERROR_UNKNOWN);
    CHECK_INT_EQ(store_open("sqlite:no/such/folder/x", NULL, &report, &store), ZHOL_ERROR_IO);
    zhol_report_clear(&report);
}

/* It holds sealed fields and hashes of passwords. */
static void test_private(void)
{
    struct stat file;
    fresh();
    struct store *store = open_one(FILE_URL);
    CHECK_INT_EQ(store_backup(store, "test_backup.db", NULL, NULL, NULL), ZHOL_ERROR_OK);
    CHECK(stat("test_store.db", &file) == 0 && (file.st_mode & 0777) == 0600);
    CHECK(stat("test_store.db-wal", &file) == 0 && (file.st_mode & 0777) == 0600);
    CHECK(stat("test_backup.db", &file) == 0 && (file.st_mode & 0777) == 0600);
    store_close(store);
    unlink("test_backup.db");
}

/* ---- ownership ---- */

static void test_own(void)
{
    uint64_t first_epoch, second_epoch;
    fresh();
    struct store *first = open_one(FILE_URL), *second = open_one(FILE_URL);
    CHECK_INT_EQ(store_own(first, &first_epoch), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_begin(first), ZHOL_ERROR_OK);
    CHECK_INT_EQ(append(first, "s", 1, "", "one"), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_commit(first), ZHOL_ERROR_OK);
    /* A tool that does not own may write values beside the owner. */
    CHECK_INT_EQ(store_begin(second), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_put(second, "account", TEXT("x"), TEXT("y")), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_commit(second), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_begin(first), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_commit(first), ZHOL_ERROR_OK);
    CHECK_INT_EQ(store_own(second, &second_epoch), ZHOL_ERROR_OK);
    CHECK(second_epoch > first_epoch);
    CHECK_INT_EQ(store_begin(first), ZHOL_ERROR_CONFLICT);
    CHECK(store_broken(first));
    CHECK_INT_EQ(store_begin(first), ZHOL_ERROR_IO);
    CHECK(!store_broken(second));
    store_close(first);
    store_close(second);
}

/* ---- threads ---- */

enum { THREAD_COMMITS = 60, THREAD_COUNT = 3 };

struct sharing {
    struct store *store;
    atomic_bool stop;
    atomic_uint reads;
    int number;
};

static void *write_some(void *context)
{
    struct sharing *sharing = context;
    char stream[8];
    snprintf(stream, sizeof stream, "s%d", sharing->number);
    for (uint64_t i = 1; i <= THREAD_COMMITS; i++) {
        CHECK_INT_EQ(store_begin(sharing->store), ZHOL_ERROR_OK);
        CHECK_INT_EQ(append(sharing->store, stream, 2 * i - 1, "", "x"), ZHOL_ERROR_OK);
        CHECK_INT_EQ(append(sharing->store, stream, 2 * i, "", "x"), ZHOL_ERROR_OK);
        CHECK_INT_EQ(store_commit(sharing->store), ZHOL_ERROR_OK);
    }
    return NULL;
}

/* Sees whole transactions only: always an even number of entries, never fewer than before. */
static void *read_some(void *context)
{
    struct sharing *sharing = context;
    uint64_t before = 0, seq;
    uint8_t hash[STORE_HASH_SIZE];
    while (!atomic_load(&sharing->stop)) {
        CHECK_INT_EQ(store_head(sharing->store, "s0", &seq, hash), ZHOL_ERROR_OK);
        CHECK(seq % 2 == 0 && seq >= before);
        before = seq;
        atomic_fetch_add(&sharing->reads, 1);
    }
    return NULL;
}

static void check_threads(const char *url)
{
    struct store *store = open_one(url);
    struct sharing sharing[2 * THREAD_COUNT];
    pthread_t threads[2 * THREAD_COUNT];
    for (int i = 0; i < 2 * THREAD_COUNT; i++) {
        sharing[i].store = store;
        sharing[i].number = i;
        atomic_init(&sharing[i].stop, false);
        atomic_init(&sharing[i].reads, 0);
        pthread_create(&threads[i], NULL, i < THREAD_COUNT ? write_some : read_some, &sharing[i]);
    }
    for (int i = 0; i < 2 * THREAD_COUNT; i++) {
        atomic_store(&sharing[i].stop, true);
        pthread_join(threads[i], NULL);
    }
    CHECK_INT_EQ(store_count(store).commits, THREAD_COMMITS * THREAD_COUNT);
    CHECK_INT_EQ(store_count(store).entries, 2 * THREAD_COMMITS * THREAD_COUNT);
    CHECK(!store_broken(store));
    store_close(store);
}

static void test_threads(void)
{
    for (size_t i = 0; i < 2; i++) {
        fresh();
        check_threads(urls[i]);
    }
}

/* ---- backup ---- */

static void count_progress(void *context, uint64_t done, uint64_t total)
{
    struct sharing *sharing = context;
    CHECK(done <= total);
    atomic_fetch_add(&sharing->reads, 1);
}

/* Copies while another thread commits; the copy is one instant and can be opened. */
static void test_backup(void)
{
    fresh();
    struct store *store = open_one(FILE_URL), *copy = NULL;
    struct sharing sharing = {.store = store, .number = 0};
    struct seen seen = {0};
    pthread_t writer;
    uint64_t seq = 0, now = 0;
    uint8_t hash[STORE_HASH_SIZE];
    pthread_create(&writer, NULL, write_some, &sharing);
    while (seq < 20) {
        store_head(store, "s0", &seq, hash);
    }
    CHECK_INT_EQ(store_backup(store, "test_backup.db", count_progress, &sharing, NULL),
                 ZHOL_ERROR_OK);
    CHECK(atomic_load(&sharing.reads) > 0);
    CHECK_INT_EQ(store_open("sqlite:test_backup.db", &(struct store_options){.must_exist = true},
                            NULL, &copy),
                 ZHOL_ERROR_OK);
    if (copy) {
        CHECK_INT_EQ(store_head(copy, "s0", &now, hash), ZHOL_ERROR_OK);
        CHECK(now >= seq && now % 2 == 0);
        CHECK_INT_EQ(store_read(copy, "s0", now - 1, see, &seen), ZHOL_ERROR_OK);
        CHECK_STR_EQ(seen.texts, "x;x;");
    }
    store_close(copy);
    pthread_join(writer, NULL);
    CHECK_INT_EQ(store_backup(store, "no/such/folder/x", NULL, NULL, NULL), ZHOL_ERROR_IO);
    CHECK(!store_broken(store));
    store_close(store);
    unlink("test_backup.db");
}

int main(void)
{
    RUN(test_journal);
    RUN(test_claims);
    RUN(test_values);
    RUN(test_upgrade);
    RUN(test_refused);
    RUN(test_private);
    RUN(test_own);
    RUN(test_threads);
    RUN(test_backup);
    fresh();
    return check_report();
}
