/* Power cuts, full disks, failing reads and syncs: no acknowledged command is lost; and the test
 * can fail: with synchronous=NORMAL it finds losses. kill -9 as liveness only. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

#include "power_cut.h"

enum { DISKS = 6, ROUNDS = 5, GROUPS = 60, CHANGES = 900, KILLS = 4 };

static struct cut_run run;

/* Rounds on several disks; how many acknowledged commands were lost. */
static uint32_t cut_rounds(uint64_t seed, bool unsafe, uint32_t *acknowledged)
{
    uint32_t lost = 0;
    for (uint64_t disk = 0; disk < DISKS; disk++) {
        cut_start(&run, seed + disk, unsafe);
        for (int round = 0; round < ROUNDS; round++) {
            uint32_t before = run.answer_count;
            fault_disk.cut_after = 1 + random_below(&run.random, CHANGES);
            cut_work(&run, GROUPS);
            *acknowledged += run.answer_count - before;
            fault_cut();
            lost += cut_check(&run);
            if (run.why[0]) {
                CHECK_FAIL("seed %llu, round %d: %s", (unsigned long long)(seed + disk), round,
                           run.why);
                return lost;
            }
        }
    }
    return lost;
}

static void test_power_cuts(void)
{
    uint32_t acknowledged = 0;
    CHECK_INT_EQ(cut_rounds(1000, false, &acknowledged), 0);
    CHECK(acknowledged > DISKS * ROUNDS * 20);
    CHECK(fault_disk.lost_sectors > 0);
}

static void test_can_fail(void)
{
    uint32_t acknowledged = 0, lost = cut_rounds(2000, true, &acknowledged);
    CHECK(lost > 0);
    printf("synchronous=NORMAL: %u of %u acknowledged commands lost, as it should be\n", lost,
           acknowledged);
}

/* With the checkpointer's own thread: nothing repeats itself, but nothing may be lost. */
static void test_power_cuts_with_threads(void)
{
    for (uint64_t disk = 0; disk < DISKS; disk++) {
        cut_start(&run, 3000 + disk, false);
        run.options.inline_checkpoint = false;
        fault_disk.cut_after = 1 + random_below(&run.random, CHANGES);
        cut_work(&run, GROUPS);
        fault_cut();
        CHECK_INT_EQ(cut_check(&run), 0);
        CHECK_STR_EQ(run.why, "");
    }
}

/* ---- other faults: the process stops, opens again, goes on; then the power goes as well ---- */

enum fault { FAULT_DISK_FULL, FAULT_READ, FAULT_SYNC, FAULT_COUNT };

static void set_fault(enum fault fault)
{
    switch (fault) {
    case FAULT_DISK_FULL:
        fault_disk.capacity = fault_used() + 4096 + random_below(&run.random, 400000);
        break;
    case FAULT_READ:
        fault_disk.fail_read_at = fault_disk.reads + 1 + random_below(&run.random, 200);
        break;
    default:
        fault_disk.fail_sync_at = fault_disk.syncs + 1 + random_below(&run.random, GROUPS);
        break;
    }
}

static void clear_faults(void)
{
    fault_disk.capacity = fault_disk.fail_read_at = fault_disk.fail_sync_at = 0;
}

static void check_fault(enum fault fault, uint64_t seed)
{
    bool met = false;
    cut_start(&run, seed, false);
    CHECK_INT_EQ(cut_work(&run, 5), ZHOL_ERROR_OK);
    for (int round = 0; round < 4; round++) {
        set_fault(fault);
        met |= cut_work(&run, GROUPS) != ZHOL_ERROR_OK;
        clear_faults();
        /* Not the power, the process only: what the page cache holds is still there to read. What
         * is added behind it must not hang on pages that never came to the disk, so in half the
         * rounds the power goes before a clean end could mend that. */
        if (round % 2) {
            CHECK_INT_EQ(cut_check(&run), 0);
            CHECK_INT_EQ(cut_work(&run, 5), ZHOL_ERROR_OK);
        } else {
            fault_disk.cut_after = fault_disk.changes + 20 + random_below(&run.random, 100);
            CHECK_INT_EQ(cut_work(&run, GROUPS), ZHOL_ERROR_IO);
        }
        fault_cut();
        CHECK_INT_EQ(cut_check(&run), 0);
        if (run.why[0]) {
            CHECK_FAIL("fault %d, seed %llu: %s", (int)fault, (unsigned long long)seed, run.why);
        }
    }
    CHECK(met);
}

static void test_full_disk(void)
{
    for (uint64_t seed = 0; seed < 5; seed++) {
        check_fault(FAULT_DISK_FULL, 4000 + seed);
    }
}

static void test_failing_read(void)
{
    for (uint64_t seed = 0; seed < 5; seed++) {
        check_fault(FAULT_READ, 5000 + seed);
    }
}

static void test_failing_sync(void)
{
    for (uint64_t seed = 0; seed < 10; seed++) {
        check_fault(FAULT_SYNC, 6000 + seed);
    }
}

/* Everybody hears of it: who waits, who comes later, and the readers. */
static void test_says_so(void)
{
    struct store *store = NULL;
    struct operation *operation = NULL;
    uint32_t applied;
    cut_start(&run, 7000, false);
    CHECK_INT_EQ(store_open("sqlite:cut.db", &run.options, NULL, &store), ZHOL_ERROR_OK);
    CHECK_INT_EQ(operation_open(store, NULL, NULL, &operation), ZHOL_ERROR_OK);
    CHECK_INT_EQ(cut_submit(&run, operation), ZHOL_ERROR_OK);
    fault_disk.fail_sync_at = fault_disk.syncs + 1;
    CHECK_INT_EQ(operation_step(operation, &applied), ZHOL_ERROR_IO);
    CHECK_INT_EQ(run.unsure, 1);
    CHECK_INT_EQ(run.answer_count, 0);
    CHECK(operation_stopped(operation) && *operation_why(operation));
    CHECK(store_broken(store));
    CHECK_INT_EQ(cut_submit(&run, operation), ZHOL_ERROR_IO);
    CHECK_INT_EQ(store_begin(store), ZHOL_ERROR_IO);
    CHECK(operation_registry(operation) == NULL);
    operation_close(operation);
    store_close(store);
    clear_faults();
    CHECK_INT_EQ(cut_work(&run, 5), ZHOL_ERROR_OK);
    CHECK_INT_EQ(cut_check(&run), 0);
}

/* ---- kill -9 ---- */

static void tell_parent(void *context, const struct answer *answer)
{
    int file = *(int *)context;
    if (!answer->error && write(file, &answer->seq, sizeof answer->seq) < 0) {
        _exit(1);
    }
}

static void work_until_killed(int file)
{
    struct store *store;
    struct operation *operation;
    uint32_t applied;
    if (store_open("sqlite:killed.db", NULL, NULL, &store) ||
        operation_open(store, NULL, NULL, &operation)) {
        _exit(1);
    }
    uint64_t seq;
    uint8_t hash[HASH_SIZE];
    operation_head(operation, "registry", &seq, hash);
    for (uint64_t id = seq + 1;; id++) {
        struct command command = {
            .kind = COMMAND_carrier_register, .stream = "registry", .carrier = id};
        operation_submit(operation, &command, NULL, tell_parent, &file);
        if (id % 8 == 0 && operation_step(operation, &applied)) {
            _exit(1);
        }
    }
}

static void test_killed(void)
{
    uint64_t last = 0, seq = 0;
    uint8_t hash[HASH_SIZE];
    struct random_stream random;
    random_start(&random, 1, 9);
    for (int round = 0; round < KILLS; round++) {
        int pipes[2];
        if (pipe(pipes) != 0) {
            CHECK_FAIL("no pipe");
            return;
        }
        fflush(NULL);
        pid_t child = fork();
        if (child == 0) {
            close(pipes[0]);
            work_until_killed(pipes[1]);
        }
        close(pipes[1]);
        uint32_t most = 50 + random_below(&random, 400), count = 0;
        while (count++ < most && read(pipes[0], &seq, sizeof seq) == (ssize_t)sizeof seq) {
            last = seq;
        }
        kill(child, SIGKILL);
        while (read(pipes[0], &seq, sizeof seq) == (ssize_t)sizeof seq) {
            last = seq;
        }
        close(pipes[0]);
        waitpid(child, NULL, 0);
        struct store *store = NULL;
        CHECK_INT_EQ(store_open("sqlite:killed.db", NULL, NULL, &store), ZHOL_ERROR_OK);
        if (store) {
            CHECK_INT_EQ(store_head(store, "registry", &seq, hash), ZHOL_ERROR_OK);
            CHECK(seq >= last && last > 0);
        }
        store_close(store);
    }
}

int main(void)
{
    fault_register();
    unlink("killed.db");
    unlink("killed.db-wal");
    unlink("killed.db-shm");
    RUN(test_power_cuts);
    RUN(test_can_fail);
    RUN(test_power_cuts_with_threads);
    RUN(test_full_disk);
    RUN(test_failing_read);
    RUN(test_failing_sync);
    RUN(test_says_so);
    RUN(test_killed);
    fault_new(0);
    return check_report();
}
