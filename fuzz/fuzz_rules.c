/* fuzz_rules.c: the reader of queue rules on any bytes: no crash, findings for what is refused, and
 * what is accepted is within its bounds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "operate/rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void demand(bool condition)
{
    if (!condition) {
        abort();
    }
}

static void check_queue(const struct queue_rules *rules)
{
    demand(rules->category_count >= 1 && rules->category_count <= RULES_CATEGORY_MAX);
    demand(rules->fee_count <= RULES_FEE_MAX);
    demand(strlen(rules->id) > 0 && strlen(rules->id) < sizeof rules->id);
    for (uint32_t i = 0; i < rules->category_count; i++) {
        demand(rules->categories[i].share_max <= 100 && rules->categories[i].weight <= 10000);
        demand(rules->round_weights[i] > 0 && rules->round_weights[i] <= 1e6);
    }
    demand(rules->no_show_factor > 0 && rules->arrive_late_s >= -1 && rules->block_s >= -1);
    for (uint32_t i = 0; i < rules->fee_count; i++) {
        demand(rules->fees[i].amount >= 0 && strlen(rules->fees[i].currency) == 3);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static struct queue_rules rules[RULES_QUEUE_MAX];
    struct zhol_report report;
    uint32_t count = 0;
    if (size > UINT32_MAX) {
        return 0;
    }
    zhol_report_init(&report, 100);
    enum zhol_error error =
        rules_read((struct text_view){(const char *)bytes, (uint32_t)size}, rules, &count, &report);
    demand((error != ZHOL_ERROR_OK) == (zhol_report_failed(&report) != 0));
    for (uint32_t i = 0; !error && i < count; i++) {
        check_queue(&rules[i]);
    }
    zhol_report_clear(&report);
    return 0;
}
