/* Thousands of power cuts: how many acknowledged commands are lost.
 *
 *     bench_powercut [rounds, default 2,000] [seed, default 1] [full|normal]
 *
 * Each round works on a disk that loses, tears and reorders what was not synced (tests/fault_vfs.h)
 * until the power goes at a drawn moment, opens again, and looks for every acknowledged command; a
 * disk lives ten rounds. A seed that fails is printed and repeats itself. With `normal`
 * (synchronous=NORMAL) losses are expected: the bench ends with 0 when it finds some.
 */
#include <time.h>

#include "../tests/power_cut.h"

enum { ROUNDS_A_DISK = 10, GROUPS = 120, CHANGES = 2000 };

static struct cut_run run;

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

int main(int argc, char **argv)
{
    uint64_t rounds = argc > 1 ? strtoull(argv[1], NULL, 10) : 0;
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    bool normal = argc > 3 && strcmp(argv[3], "normal") == 0;
    uint64_t acknowledged = 0, lost = 0, broken = 0, sectors = 0;
    double start = now_s();
    rounds = rounds ? rounds : 2000;
    fault_register();
    for (uint64_t round = 0; round < rounds; round++) {
        if (round % ROUNDS_A_DISK == 0) {
            sectors += fault_disk.lost_sectors;
            cut_start(&run, seed + round, normal);
        }
        uint32_t before = run.answer_count;
        fault_disk.cut_after = 1 + random_below(&run.random, CHANGES);
        cut_work(&run, GROUPS);
        acknowledged += run.answer_count - before;
        fault_cut();
        uint32_t lost_here = cut_check(&run);
        if ((lost_here || run.why[0]) && !normal) {
            printf("seed %llu, round %llu: %u lost %s\n",
                   (unsigned long long)(seed + round - round % ROUNDS_A_DISK),
                   (unsigned long long)(round % ROUNDS_A_DISK), lost_here, run.why);
        }
        lost += lost_here;
        broken += run.why[0] != '\0';
        run.why[0] = '\0';
    }
    sectors += fault_disk.lost_sectors;
    printf("%llu power cuts, synchronous=%s: %llu commands acknowledged, %llu lost, %llu stores "
           "broken; %llu unsynced sectors thrown away; %.1f s\n",
           (unsigned long long)rounds, normal ? "NORMAL" : "FULL", (unsigned long long)acknowledged,
           (unsigned long long)lost, (unsigned long long)broken, (unsigned long long)sectors,
           now_s() - start);
    return normal ? !(lost > 0) : lost > 0 || broken > 0;
}
