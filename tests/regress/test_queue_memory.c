/* test_queue_memory.c: every allocation of making rules and slots, of advice, and of reading
 * published figures fails once.
 */
#include <stdlib.h>

#include "allocations.h"
#include "desk/advice.h"
#include "desk/observed.h"
#include "desk/queue_rules.h"

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
