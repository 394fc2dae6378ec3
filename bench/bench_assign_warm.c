/* bench/bench_assign_warm.c: the corridor's assignment, cold and after a change.
 *
 *   bench_assign_warm [ROOT]
 *
 * Reads the reference corridor, takes the average day of 2024, and prints milliseconds (CPU, least
 * and median of several): compiling, making the model, the first solve; then from the kept basis: a
 * capacity moved by one (a slider's step) or doubled, a demand moved, a link closed and opened, a
 * tariff scaled. One thread.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/time.h"
#include "desk/assign_model.h"

enum { TIMES_MAX = 64 };

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static void must(enum zhol_error error, const char *what)
{
    if (error) {
        fprintf(stderr, "%s: %s\n", what, zhol_error_text(error));
        exit(1);
    }
}

static int by_value(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void print_times(const char *what, double *ms, uint32_t count)
{
    qsort(ms, count, sizeof *ms, by_value);
    printf("%-44s least %8.3f ms  median %8.3f ms\n", what, ms[0], ms[count / 2]);
}

static double solve_ms(struct assign_model *model)
{
    double start = now_ms();
    must(assign_model_solve(model, NULL), "solve");
    return now_ms() - start;
}

/* The scarcest rows: those with a price. */
static uint32_t scarce_rows(const struct assign_model *model, uint32_t *rows, uint32_t max)
{
    uint32_t count = 0;
    for (uint32_t r = 0; r < model->row_count && count < max; r++) {
        if (zhol_assign_row_price(model->solver, r) > 1e-6) {
            rows[count++] = r;
        }
    }
    return count;
}

static void bench_capacity(struct assign_model *model, const char *what, double add, double factor)
{
    uint32_t rows[8], count = scarce_rows(model, rows, 8), at = 0;
    double ms[TIMES_MAX];
    for (uint32_t i = 0; i < count; i++) {
        double stated = model->rows[rows[i]].capacity;
        must(assign_model_set_row(model, rows[i], stated * factor + add), "capacity");
        ms[at++] = solve_ms(model);
        must(assign_model_set_row(model, rows[i], stated), "capacity");
        ms[at++] = solve_ms(model);
    }
    if (at) {
        print_times(what, ms, at);
    }
}

static void bench_demand(struct assign_model *model)
{
    double ms[TIMES_MAX];
    uint32_t at = 0;
    for (uint32_t w = 0; w < model->wish_count && at + 2 <= 16; w += 1 + model->wish_count / 8) {
        must(assign_model_scale_wish(model, w, 1.2), "demand");
        ms[at++] = solve_ms(model);
        must(assign_model_scale_wish(model, w, 1), "demand");
        ms[at++] = solve_ms(model);
    }
    print_times("one demand 20 % more, and back", ms, at);
}

static void bench_close(struct assign_model *model, const char *link)
{
    double ms[2];
    uint32_t thing = zhol_corridor_find(model->corridor, ZHOL_TABLE_link, link);
    if (thing == ZHOL_NONE || assign_model_close_link(model, thing, true)) {
        return;
    }
    ms[0] = solve_ms(model);
    must(assign_model_close_link(model, thing, false), "open");
    ms[1] = solve_ms(model);
    print_times("a busy link closed, and opened", ms, 2);
}

static void bench_tariff(struct assign_model *model)
{
    double ms[TIMES_MAX];
    uint32_t at = 0, things = zhol_corridor_things(model->corridor, ZHOL_TABLE_tariff);
    for (uint32_t t = 0; t < things && at < 16; t += 1 + things / 8) {
        double start = now_ms();
        must(assign_model_scale_tariff(model, t, 0.9), "tariff");
        ms[at++] = now_ms() - start + solve_ms(model);
        start = now_ms();
        must(assign_model_scale_tariff(model, t, 1), "tariff");
        ms[at++] = now_ms() - start + solve_ms(model);
    }
    print_times("a tariff 10 % less, and back", ms, at);
}

int main(int argc, char **argv)
{
    char dir[512];
    struct zhol_corridor *corridor;
    struct zhol_network *network;
    struct assign_model *model;
    struct zhol_report report;
    snprintf(dir, sizeof dir, "%s/corridors/china-kazakhstan", argc > 1 ? argv[1] : ".");
    zhol_report_init(&report, 10);
    must(zhol_corridor_read(dir, NULL, &report, &corridor), dir);
    struct assign_options options = {.from = time_days((struct time_date){2024, 1, 1}),
                                     .to = time_days((struct time_date){2025, 1, 1})};
    struct zhol_network_options net = {.day = options.from + 182};
    double start = now_ms();
    must(zhol_network_compile(corridor, &net, NULL, &network), "compile");
    double compiled = now_ms();
    must(assign_model_make(corridor, network, &options, &model), "model");
    double made = now_ms(), first = solve_ms(model);
    printf("%u vertices, %u arcs, %u classes, %u rows, %u demands; %u rows tight\n",
           model->net.vertex_count, model->arc_count, model->class_count, model->row_count,
           model->wish_count, model->certificate.tight);
    printf("compile %.3f ms, model %.3f ms, first solve %.3f ms\n", compiled - start,
           made - compiled, first);
    bench_capacity(model, "a scarce capacity one more, and back", 1, 1);
    bench_capacity(model, "a scarce capacity 1 % less, and back", 0, 0.99);
    bench_capacity(model, "a scarce capacity doubled, and back", 0, 2);
    bench_demand(model);
    bench_close(model, "S030");
    bench_tariff(model);
    printf("gap %.1e, violation %.1e\n", model->certificate.gap, model->certificate.violation);
    assign_model_free(model);
    zhol_network_free(network);
    zhol_corridor_free(corridor);
    zhol_report_clear(&report);
    return 0;
}
