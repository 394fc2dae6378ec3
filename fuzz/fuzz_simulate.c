/* Any bytes as the files and lines that `zhol simulate` reads: no crash, and no fault without a
 * finding that names it.
 *
 * Byte 0: 's' a state (JSON), 'l' a list of arrivals (CSV), else a disruption in a line. The
 * corridor is tests/data/tiny; the fuzzer runs in the repository's root (or with its path in
 * ZHOL_ROOT). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "desk/simulate_flows.h"
#include "desk/simulate_state.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct zhol_corridor *corridor;

static void drop(void)
{
    zhol_corridor_free(corridor);
}

static void start(void)
{
    char dir[4096];
    const char *root = getenv("ZHOL_ROOT");
    snprintf(dir, sizeof dir, "%s/tests/data/tiny", root ? root : ".");
    if (zhol_corridor_read(dir, NULL, NULL, &corridor)) {
        fprintf(stderr, "%s cannot be read\n", dir);
        abort();
    }
    atexit(drop);
}

static enum zhol_error read_state(const char *text, size_t size, struct zhol_report *report)
{
    struct state state;
    enum zhol_error error = state_parse(corridor, "state.json", text, size, report, &state);
    for (uint32_t i = 0; i < state.queue_count; i++) {
        if (state.queues[i].abandoned > state.queues[i].count) {
            abort();
        }
    }
    state_clear(&state);
    return error;
}

static enum zhol_error read_list(const char *text, size_t size, struct zhol_report *report)
{
    struct flows flows;
    flows_init(&flows);
    enum zhol_error error = flows_parse_list(corridor, "list.csv", text, size, report, &flows);
    for (uint32_t i = 0; i < flows.sum_count; i++) {
        for (uint32_t k = 1; k < flows.sums[i].time_count; k++) {
            if (flows.sums[i].times[k] < flows.sums[i].times[k - 1]) {
                abort();
            }
        }
    }
    flows_clear(&flows);
    return error;
}

static enum zhol_error read_line(const char *text, size_t size, struct zhol_report *report)
{
    struct state state = {0};
    char *line = malloc(size + 1);
    enum zhol_error error = ZHOL_ERROR_MEMORY;
    if (line) {
        memcpy(line, text, size);
        line[size] = '\0';
        error = state_disruption(corridor, line, report, &state);
        if (!error && state.disruptions[0].to_s <= state.disruptions[0].from_s) {
            abort();
        }
    }
    free(line);
    state_clear(&state);
    return error;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct zhol_report report;
    if (!corridor) {
        start();
    }
    if (size == 0) {
        return 0;
    }
    const char *text = (const char *)data + 1;
    zhol_report_init(&report, 50);
    enum zhol_error error = data[0] == 's'   ? read_state(text, size - 1, &report)
                            : data[0] == 'l' ? read_list(text, size - 1, &report)
                                             : read_line(text, size - 1, &report);
    if (error && error != ZHOL_ERROR_MEMORY && report.count == 0) {
        abort(); /* a fault must say where it is */
    }
    zhol_report_clear(&report);
    return 0;
}
