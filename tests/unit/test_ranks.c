/* test_ranks.c: records dealt to the processes of an MPI job come back in order.
 *
 * The program starts itself again under scripts/mpirun.sh with 1 to 4 processes; where there is no
 * mpirun, or the program is built without MPI, only the job of one process is tested, and it says
 * so. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "check.h"
#include "simulate/ranks.h"

enum { RECORDS = 11, SKIPPED = 77 };

struct record {
    uint64_t number, made_by;
    char text[5];
};

static const char *root, *program;

/* What each process of the job does; true where all records of all came in order. */
static bool deal(struct ranks *ranks, uint32_t count)
{
    struct record records[RECORDS];
    memset(records, 0, sizeof records);
    for (uint32_t i = ranks->own; i < count; i += ranks->count) {
        records[i].number = i * 7;
        records[i].made_by = ranks->own;
        snprintf(records[i].text, sizeof records[i].text, "%u", i);
    }
    bool fine = ranks_gather(ranks, records, sizeof *records, count) == ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < count; i++) {
        fine = fine && records[i].number == i * 7 && (uint32_t)atoi(records[i].text) == i;
        fine = fine && records[i].made_by == i % ranks->count;
    }
    return fine;
}

static int be_a_rank(void)
{
    struct ranks ranks;
    bool fine = ranks_begin(&ranks) == ZHOL_ERROR_OK && deal(&ranks, RECORDS) && deal(&ranks, 1) &&
                deal(&ranks, 0);
    fine = fine && ranks_any(&ranks, ranks.own == ranks.count - 1) && !ranks_any(&ranks, false);
    enum zhol_error worst = ranks.own == 0 ? ZHOL_ERROR_MEMORY : ZHOL_ERROR_OK;
    fine = fine && ranks_agree(&ranks, worst) == ZHOL_ERROR_MEMORY;
    if (ranks_any(&ranks, !fine)) {
        return 1;
    }
    if (ranks.own == 0) {
        printf("%u ranks\n", ranks.count);
    }
    ranks_end(&ranks);
    return 0;
}

static void test_alone(void)
{
    struct ranks ranks;
    CHECK(ranks_begin(&ranks) == ZHOL_ERROR_OK);
    CHECK_INT_EQ(ranks.count, 1);
    CHECK_INT_EQ(ranks.own, 0);
    CHECK(deal(&ranks, RECORDS));
    CHECK(ranks_any(&ranks, true) && !ranks_any(&ranks, false));
    CHECK(ranks_agree(&ranks, ZHOL_ERROR_LIMIT) == ZHOL_ERROR_LIMIT);
    ranks_end(&ranks);
}

static void test_shares_add_up(void)
{
    for (uint32_t count = 1; count < 9; count++) {
        struct ranks ranks = {.count = count};
        for (uint32_t n = 0; n < 40; n++) {
            uint32_t sum = 0;
            for (uint32_t own = 0; own < count; own++) {
                sum += ranks_share(&ranks, own, n);
            }
            CHECK_INT_EQ(sum, n);
        }
    }
}

static void test_jobs(void)
{
    for (int count = 1; count <= 4; count += count == 2 ? 2 : 1) {
        char line[2048], said[64] = "", expected[64];
        snprintf(line, sizeof line, "'%s/scripts/mpirun.sh' -n %d '%s' --rank", root, count,
                 program);
        FILE *pipe = popen(line, "r");
        CHECK(pipe != NULL);
        bool any = pipe && fgets(said, sizeof said, pipe);
        int status = pipe ? pclose(pipe) : -1;
        if (WIFEXITED(status) && WEXITSTATUS(status) == SKIPPED) {
            puts("skipped: this machine has no mpirun");
            return;
        }
        snprintf(expected, sizeof expected, "%d ranks\n", count);
        CHECK(any);
        CHECK_STR_EQ(said, expected);
        CHECK_INT_EQ(status, 0);
    }
}

int main(int argc, char **argv)
{
    program = argv[0];
    root = argc > 1 ? argv[1] : ".";
    if (strcmp(root, "--rank") == 0) {
        return be_a_rank();
    }
    RUN(test_alone);
    RUN(test_shares_add_up);
    if (ranks_built()) {
        RUN(test_jobs);
    } else {
        puts("skipped: built without MPI");
    }
    return check_report();
}
