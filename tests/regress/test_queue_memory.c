/* test_queue_memory.c: every allocation of making rules and slots, of advice, and of reading
 * published figures fails once. The counting allocator is that of test_out_of_memory.c.
 */
#include <stdlib.h>

#include "check.h"
#include "desk/advice.h"
#include "desk/observed.h"
#include "desk/queue_rules.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__GLIBC__)
#define SHIM 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SHIM 0
#endif
#endif
#ifndef SHIM
#define SHIM 1
#endif

static long blocks;   /* alive */
static long fail_at;  /* the allocation that fails, counted down; 0: none */
static long attempts; /* allocations since `fail_at` was set */

#if SHIM
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);
void __libc_free(void *block);

static bool fails(void)
{
    attempts++;
    return fail_at > 0 && --fail_at == 0;
}

void *malloc(size_t size)
{
    void *block = fails() ? NULL : __libc_malloc(size);
    blocks += block != NULL;
    return block;
}

void *calloc(size_t count, size_t size)
{
    void *block = fails() ? NULL : __libc_calloc(count, size);
    blocks += block != NULL;
    return block;
}

void *realloc(void *old, size_t size)
{
    void *block = fails() ? NULL : __libc_realloc(old, size);
    blocks += block != NULL && old == NULL;
    return block;
}

void free(void *block)
{
    blocks -= block != NULL;
    __libc_free(block);
}
#endif

static struct zhol_corridor *corridor;
enum { DAY = 20404 }; /* 2025-11-12 */
#define NOW_S (INT64_C(86400) * DAY)

/* ---- Operations: each gives back all that it makes ---- */

static enum zhol_error make_rules(void)
{
    struct buffer json;
    buffer_init(&json);
    uint32_t node = zhol_corridor_find(corridor, ZHOL_TABLE_node, "NURZHOLY");
    enum zhol_error error = queue_rules_json(corridor, node, DAY, NULL, &json);
    buffer_clear(&json);
    return error;
}

static enum zhol_error make_slots(void)
{
    struct buffer json;
    struct eta_window *windows = NULL;
    uint32_t count = 0;
    buffer_init(&json);
    enum zhol_error error =
        queue_slots_json(corridor, "kolzhat-exit", NOW_S, NOW_S + 86400, NULL, &json);
    error = error ? error
                  : queue_windows_of(corridor, "kolzhat-exit", NOW_S, NOW_S + 86400 * 20, &windows,
                                     &count);
    free(windows);
    buffer_clear(&json);
    return error;
}

static enum zhol_error advise(void)
{
    struct advice advice;
    const struct advice_ask ask = {.from = zhol_corridor_find(corridor, ZHOL_TABLE_node, "ALMATY"),
                                   .depart_s = NOW_S,
                                   .direction = zhol_direction_OUT,
                                   .day = DAY};
    enum zhol_error error = advice_open(corridor, &ask, &advice);
    advice_close(&advice);
    return error;
}

static enum zhol_error observe(void)
{
    static const char csv[] = "date,accepted,planned,waiting\n2025-11-10,310,400,90\n"
                              "2025-11-11,301,400,180\n";
    static const char workload[] = "checkpoint_time,wait_time,vehicles_in_queue\n"
                                   "2025-11-11 04:02:00,7200,50\n2025-11-11 09:03:00,36000,627\n";
    struct observed observed, back = {0};
    struct buffer text;
    uint32_t accepted[OBSERVED_HOURS], known;
    double planned[OBSERVED_HOURS];
    buffer_init(&text);
    enum zhol_error error = observed_open(corridor, "bakhty-exit", &observed);
    error = error ? error : observed_add(corridor, &observed, "a", text_view_of(csv), NULL);
    error = error ? error : observed_add(corridor, &observed, "b", text_view_of(workload), NULL);
    error = error ? error : observed_write(&observed, &text);
    error = error ? error
                  : observed_read(corridor, (struct text_view){text.bytes, (uint32_t)text.size},
                                  &back, NULL);
    error = error ? error : observed_hours(corridor, &back, NOW_S, accepted, planned, &known);
    observed_close(&observed);
    observed_close(&back);
    buffer_clear(&text);
    return error;
}

/* ---- The run ---- */

/* Fails each allocation of an operation in turn. */
static void fail_each(const char *name, enum zhol_error (*operation)(void))
{
    long before = blocks;
    attempts = fail_at = 0;
    CHECK_INT_EQ(operation(), ZHOL_ERROR_OK);
    CHECK_INT_EQ(blocks, before);
    long total = attempts, refused = 0;
    for (long n = 1; n <= total; n++) {
        before = blocks;
        fail_at = n;
        enum zhol_error error = operation();
        fail_at = 0;
        refused += error != ZHOL_ERROR_OK;
        if (error != ZHOL_ERROR_OK && error != ZHOL_ERROR_MEMORY) {
            CHECK_FAIL("%s, allocation %ld: %s", name, n, zhol_error_name(error));
        }
        if (blocks != before) {
            CHECK_FAIL("%s, allocation %ld: %ld blocks lost", name, n, blocks - before);
        }
    }
    CHECK(!SHIM || total == 0 || refused > 0);
    printf("%s: %ld allocations, %ld refused\n", name, total, refused);
}

static void rules(void)
{
    fail_each("rules", make_rules);
}

static void slots(void)
{
    fail_each("slots", make_slots);
}

static void advice(void)
{
    fail_each("advice", advise);
}

static void figures(void)
{
    fail_each("figures", observe);
}

int main(int argc, char **argv)
{
    char folder[1024];
    snprintf(folder, sizeof folder, "%s/corridors/china-kazakhstan", argc > 1 ? argv[1] : ".");
    if (zhol_corridor_read(folder, NULL, NULL, &corridor)) {
        return 2;
    }
    RUN(rules);
    RUN(slots);
    RUN(advice);
    RUN(figures);
    zhol_corridor_free(corridor);
    return check_report();
}
