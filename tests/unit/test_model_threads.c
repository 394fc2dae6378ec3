/* test_model_threads.c: many threads take and give networks of more days than are kept, and read
 * scenarios for the first time at once. Run by the thread sanitizer too. */
#include "check.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "serve/model_plan.h"

enum { THREADS = 4, TURNS = 120, DAYS = MODEL_NETWORKS_MAX + 9 };

static struct model *model;
static atomic_int wrong;

static void try_network(uint32_t turn, const char *scenario)
{
    struct model_network *network = NULL;
    int32_t day = 20000 + (int32_t)(turn * 7 % DAYS) * 30;
    if (model_network_take(model, scenario, day, false, &network)) {
        atomic_fetch_add(&wrong, 1);
        return;
    }
    if (zhol_network_view(network->network).day != day || zhol_network_verify(network->network)) {
        atomic_fetch_add(&wrong, 1);
    }
    model_network_give(model, network);
}

static void try_plan(void)
{
    struct model_question question = {
        .from = "XIAN", .to = "ALMATY", .day = ZHOL_BLANK_DATE, .lang = "en"};
    struct model_fault fault;
    struct buffer out = {0};
    if (model_plan(model, &question, &out, &fault) || out.size < 100) {
        atomic_fetch_add(&wrong, 1);
    }
    buffer_clear(&out);
}

static void *work(void *number)
{
    uint32_t mine = *(uint32_t *)number;
    const struct zhol_scenario_list *scenarios = model_scenarios(model);
    for (uint32_t turn = 0; turn < TURNS; turn++) {
        uint32_t which = (turn + mine) % (scenarios->count + 1);
        try_network(turn * THREADS + mine, which ? scenarios->entries[which - 1].name : NULL);
        if (turn % 16 == mine) {
            try_plan();
        }
    }
    return NULL;
}

static void test_threads(void)
{
    pthread_t threads[THREADS];
    uint32_t numbers[THREADS];
    for (uint32_t i = 0; i < THREADS; i++) {
        numbers[i] = i;
        CHECK_INT_EQ(pthread_create(&threads[i], NULL, work, &numbers[i]), 0);
    }
    for (uint32_t i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
    CHECK_INT_EQ(atomic_load(&wrong), 0);
}

int main(int argc, char **argv)
{
    char dir[4096];
    struct zhol_corridor *corridor = NULL;
    snprintf(dir, sizeof dir, "%s/tests/data/tiny", argc > 1 ? argv[1] : ".");
    if (zhol_corridor_read(dir, NULL, NULL, &corridor) || model_new(dir, corridor, &model)) {
        return EXIT_FAILURE;
    }
    RUN(test_threads);
    model_close(model);
    zhol_corridor_free(corridor);
    return check_report();
}
