/* tests/power_cut.h: one round of work that ends in a power cut or another fault, and its check.
 *
 * A round opens the store on the disk of fault_vfs.h, lets an operation apply groups of commands,
 * with snapshots and checkpoints between them, until the fault comes, and remembers every answer
 * that was given. cut_check then opens the store again and looks for all of them: same stream, same
 * place in the chain, same hash, and a chain that holds from its first entry. Used by
 * regress/test_power_cut.c and bench/bench_powercut.c.
 */
#ifndef ZHOL_TESTS_POWER_CUT_H
#define ZHOL_TESTS_POWER_CUT_H

#include <stdio.h>

#include "fault_vfs.h"
#include "operate/operation.h"

enum { CUT_STREAMS = 3, CUT_ANSWERS = 1 << 16 };

static const char *const cut_streams[CUT_STREAMS] = {"registry", "NORTH", "SOUTH"};

struct cut_answer {
    uint32_t stream;
    uint64_t seq;
    uint8_t hash[HASH_SIZE];
};

struct cut_run {
    struct random_stream random;
    struct store_options options;
    struct cut_answer answers[CUT_ANSWERS]; /* of all rounds on this disk */
    uint32_t answer_count;
    uint64_t next_id;
    uint64_t unsure; /* answered with an error: may be there or not */
    int64_t now_s;
    char why[200]; /* what cut_check found */
};

static int64_t cut_clock(void *context)
{
    return ((struct cut_run *)context)->now_s;
}

static inline void cut_start(struct cut_run *run, uint64_t seed, bool unsafe)
{
    fault_new(seed);
    random_start(&run->random, seed, 1);
    run->options = (struct store_options){.vfs = FAULT_VFS,
                                          .unsafe_normal = unsafe,
                                          .inline_checkpoint = true,
                                          .checkpoint_pages = 20 + random_below(&run->random, 200)};
    run->answer_count = 0;
    run->unsure = 0;
    run->next_id = 1;
    run->now_s = 1762905600;
    run->why[0] = '\0';
}

static void cut_answered(void *context, const struct answer *answer)
{
    struct cut_run *run = context;
    if (answer->error) {
        run->unsure++;
    } else if (run->answer_count < CUT_ANSWERS) {
        struct cut_answer *one = &run->answers[run->answer_count++];
        one->seq = answer->seq;
        memcpy(one->hash, answer->hash, HASH_SIZE);
        one->stream = 0;
        while (strcmp(answer->entry->stream, cut_streams[one->stream]) != 0) {
            one->stream++;
        }
    }
}

static enum zhol_error cut_submit(struct cut_run *run, struct operation *operation)
{
    char key[32];
    uint32_t stream = random_below(&run->random, CUT_STREAMS);
    struct command command = {.role = ROLE_carrier, .actor = 1};
    struct attachment attachment = {.unique_count = 1, .unique = {{.scope = "vin"}}};
    uint64_t id = run->next_id++;
    snprintf(key, sizeof key, "%llx", (unsigned long long)(id * 0x9E3779B97F4A7C15u));
    snprintf(command.stream, sizeof command.stream, "%s", cut_streams[stream]);
    command.key = text_view_of(key);
    if (stream) { /* refused, since there is no such place: refusals are entries too */
        command.kind = COMMAND_cancel;
        command.place = id;
    } else {
        command.kind = COMMAND_carrier_register;
        command.carrier = id;
        snprintf(attachment.unique[0].key, sizeof attachment.unique[0].key, "%s", key);
    }
    return operation_submit(operation, &command, stream ? NULL : &attachment, cut_answered, run);
}

/* Works until the fault or until `groups` groups; the store's and operation's end is as after a
 * fault: nothing is tidied up. */
static inline enum zhol_error cut_work(struct cut_run *run, uint32_t groups)
{
    struct store *store = NULL;
    struct operation *operation = NULL;
    struct operation_options options = {
        .clock = cut_clock, .clock_context = run, .group_max = 16, .snapshot_every = 40};
    uint32_t applied;
    enum zhol_error error = store_open("sqlite:cut.db", &run->options, NULL, &store);
    if (!error) {
        error = operation_open(store, &options, NULL, &operation);
    }
    for (uint32_t i = 0; i < groups && !error; i++) {
        uint32_t count = 1 + random_below(&run->random, 12);
        for (uint32_t j = 0; j < count && !error; j++) {
            error = cut_submit(run, operation);
        }
        run->now_s += random_below(&run->random, 600);
        error = error ? error : operation_step(operation, &applied);
    }
    operation_close(operation);
    store_close(store);
    return error;
}

/* ---- the check ---- */

struct cut_chain {
    uint64_t seq;
    uint8_t prev[HASH_SIZE];
    uint8_t (*hashes)[HASH_SIZE];
    uint32_t capacity;
    struct entry entry;
};

static enum zhol_error cut_see(void *context, const struct store_entry *stored)
{
    struct cut_chain *chain = context;
    uint8_t hash[HASH_SIZE];
    entry_hash(stored->bytes, hash);
    enum zhol_error error = entry_read_next(stored->bytes, &chain->entry, NULL);
    if (error || stored->seq != chain->seq + 1 ||
        memcmp(chain->entry.prev, chain->prev, HASH_SIZE) != 0 ||
        memcmp(hash, stored->hash, HASH_SIZE) != 0) {
        return ZHOL_ERROR_INVALID;
    }
    memcpy(chain->prev, hash, HASH_SIZE);
    chain->seq = stored->seq;
    if (chain->seq > chain->capacity) {
        chain->capacity = (uint32_t)chain->seq * 2;
        chain->hashes = realloc(chain->hashes, chain->capacity * sizeof *chain->hashes);
        if (!chain->hashes) {
            abort();
        }
    }
    memcpy(chain->hashes[chain->seq - 1], hash, HASH_SIZE);
    return ZHOL_ERROR_OK;
}

/* Reads all chains and counts the answers that are not in them. */
static uint32_t cut_count_lost(struct cut_run *run, struct store *store)
{
    uint32_t lost = 0;
    for (uint32_t stream = 0; stream < CUT_STREAMS; stream++) {
        struct cut_chain chain = {0};
        enum zhol_error error = store_read(store, cut_streams[stream], 1, cut_see, &chain);
        if (error) {
            snprintf(run->why, sizeof run->why, "%s at %llu: %s", cut_streams[stream],
                     (unsigned long long)chain.seq, zhol_error_text(error));
        }
        for (uint32_t i = 0; i < run->answer_count; i++) {
            const struct cut_answer *answer = &run->answers[i];
            if (answer->stream == stream &&
                (answer->seq > chain.seq ||
                 memcmp(answer->hash, chain.hashes[answer->seq - 1], HASH_SIZE) != 0)) {
                lost++;
            }
        }
        entry_clear(&chain.entry);
        free(chain.hashes);
    }
    return lost;
}

/* Opens again; how many acknowledged commands are gone. `why` is not empty when the store could not
 * be opened, its chain did not hold, or its fold did not. */
static inline uint32_t cut_check(struct cut_run *run)
{
    struct store *store = NULL;
    struct operation *operation = NULL;
    struct zhol_report report;
    zhol_report_init(&report, 4);
    enum zhol_error error = store_open("sqlite:cut.db", &run->options, &report, &store);
    uint32_t lost = error ? run->answer_count : cut_count_lost(run, store);
    if (!error) {
        error = operation_open(store, NULL, &report, &operation);
    }
    if (error) {
        snprintf(run->why, sizeof run->why, "open: %s %s", zhol_error_text(error),
                 report.count ? report.findings[0].value : "");
    }
    operation_close(operation);
    store_close(store);
    zhol_report_clear(&report);
    if (lost) { /* counted once: the next round goes on with what there is */
        run->answer_count = 0;
    }
    return lost;
}

#endif
