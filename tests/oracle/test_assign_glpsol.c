/* The assignment against another solver in a process of its own: GLPK's glpsol on the arc
 * formulation, written as a text in CPLEX LP format. It shares no code, no library and no memory
 * with the program. Cases have classes, several rows an arc, rows that demands use by themselves,
 * capacities of nothing, and demand that must be met and cannot be. Skipped where there is no
 * glpsol.
 */
#include <zhol/assign.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "made_flow.h"

enum { CASES = 60, LINE_BYTES = 256 };

static const char lp_file[] = "assign_glpsol.lp", answer_file[] = "assign_glpsol.out";

/* What arc `a` uses of row `i` for demand `k`, what the demand uses by itself included: that is
 * counted where it leaves its origin, and given back where it returns there. */
static double use_of(const struct made_flow *made, uint32_t k, uint32_t a, uint32_t i)
{
    const struct zhol_assign_demand *demand = &made->demands[k];
    double use = 0;
    for (uint32_t u = 0; u < made->use_count; u++) {
        if (made->use_arc[u] == a && made->use_row[u] == i) {
            use += made->use[u][demand->load_class];
        }
    }
    for (uint32_t u = 0; u < made->demand_use_count; u++) {
        if (made->demand_use_demand[u] == k && made->demand_use_row[u] == i) {
            use += made->demand_use[u] *
                   ((made->from[a] == demand->origin) - (double)(made->to[a] == demand->origin));
        }
    }
    return made->from[a] == made->to[a] ? 0 : use;
}

/* Out less in of demand k at node v. A demand from a place to itself flows nowhere. */
static void write_balance(FILE *file, const struct made_flow *made, uint32_t k, uint32_t v)
{
    const struct zhol_assign_demand *demand = &made->demands[k];
    fprintf(file, " b%u_%u: 0 none\n", k, v);
    for (uint32_t a = 0; a < made->arc_count; a++) {
        int sign = (made->from[a] == v) - (made->to[a] == v);
        if (sign) {
            fprintf(file, "  %c 1 x%u_%u\n", sign > 0 ? '+' : '-', k, a);
        }
    }
    if (v == demand->origin) {
        fprintf(file, "  + 1 u%u\n", k);
    }
    fprintf(file, "  = %.17g\n", v == demand->origin ? demand->amount : 0.0);
}

static void write_row(FILE *file, const struct made_flow *made, uint32_t i)
{
    fprintf(file, " r%u: 0 none\n", i);
    for (uint32_t k = 0; k < made->demand_count; k++) {
        for (uint32_t a = 0; a < made->arc_count; a++) {
            double use = use_of(made, k, a, i);
            if (use != 0 && made->demands[k].origin != made->demands[k].destination) {
                fprintf(file, "  %c %.17g x%u_%u\n", use < 0 ? '-' : '+', fabs(use), k, a);
            }
        }
    }
    fprintf(file, "  <= %.17g\n", made->capacity[i]);
}

/* With `unmet_only` the least amount that must stay unmet is asked for. */
static void write_lp(const struct made_flow *made, bool unmet_only)
{
    FILE *file = fopen(lp_file, "w");
    if (!file) {
        perror(lp_file);
        exit(1);
    }
    fprintf(file, "Minimize\n cost: 0 none\n");
    for (uint32_t k = 0; k < made->demand_count; k++) {
        const struct zhol_assign_demand *demand = &made->demands[k];
        fprintf(file, "  + %.17g u%u\n", unmet_only ? 1 : demand->unmet_cost, k);
        for (uint32_t a = 0; a < made->arc_count && !unmet_only; a++) {
            fprintf(file, "  + %.17g x%u_%u\n", made->cost[a][demand->load_class], k, a);
        }
    }
    fprintf(file, "Subject To\n");
    for (uint32_t k = 0; k < made->demand_count; k++) {
        for (uint32_t v = 0; v < made->node_count; v++) {
            if (made->demands[k].origin != made->demands[k].destination &&
                v != made->demands[k].destination) {
                write_balance(file, made, k, v);
            }
        }
    }
    for (uint32_t i = 0; i < made->row_count; i++) {
        if (made->capacity[i] != INFINITY) {
            write_row(file, made, i);
        }
    }
    fprintf(file, "Bounds\n");
    for (uint32_t k = 0; k < made->demand_count; k++) {
        fprintf(file, " u%u <= %.17g\n", k, made->demands[k].amount);
    }
    fprintf(file, "End\n");
    if (fclose(file) != 0) {
        perror(lp_file);
        exit(1);
    }
}

/* 127: there is no glpsol. */
static int run_glpsol(void)
{
    pid_t child = fork();
    if (child == 0) {
        if (!freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr)) {
            _exit(126);
        }
        execlp("glpsol", "glpsol", "--lp", lp_file, "--tmlim", "60", "-w", answer_file,
               (char *)NULL);
        _exit(127);
    }
    int status = 0;
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status)
               ? WEXITSTATUS(status)
               : 126;
}

/* The value in the line `s bas ROWS COLUMNS STATUS STATUS VALUE` of glpsol's answer. */
static double read_value(void)
{
    char line[LINE_BYTES], primal = 0, dual = 0;
    double value = NAN;
    FILE *file = fopen(answer_file, "r");
    while (file && fgets(line, sizeof line, file)) {
        double got;
        if (sscanf(line, "s bas %*d %*d %c %c %lf", &primal, &dual, &got) == 3) {
            value = primal == 'f' && dual == 'f' ? got : NAN;
        }
    }
    if (file) {
        fclose(file);
    }
    return value;
}

static bool judge(const struct made_flow *made, bool unmet_only, double *value)
{
    write_lp(made, unmet_only);
    int status = run_glpsol();
    if (status == 127) {
        return false;
    }
    CHECK_INT_EQ(status, 0);
    *value = read_value();
    return true;
}

static void costs_agree(void)
{
    for (uint64_t seed = 1001; seed <= 1000 + CASES; seed++) {
        struct made_flow made;
        struct zhol_assign *assign = NULL;
        struct zhol_assign_certificate it;
        double value;
        made_flow_fill(&made, seed);
        if (!judge(&made, false, &value)) {
            printf("skipped: there is no glpsol\n");
            return;
        }
        CHECK_INT_EQ(made_flow_give(&made, &assign), ZHOL_ERROR_OK);
        CHECK_INT_EQ(zhol_assign_solve(assign, NULL, &it), ZHOL_ERROR_OK);
        CHECK_NEAR(it.primal, value, 1e-7 * fmax(1, fabs(value)));
        CHECK(it.gap <= 1e-9);
        zhol_assign_free(assign);
        if (check_failures_here) {
            fprintf(stderr, "seed %d\n", (int)seed);
            return;
        }
    }
}

/* All demand must be met: the program says that it cannot be where glpsol says so. */
static void what_cannot_be_met_agrees(void)
{
    uint32_t impossible = 0;
    for (uint64_t seed = 2001; seed <= 2000 + CASES; seed++) {
        struct made_flow made;
        struct zhol_assign *assign = NULL;
        struct zhol_assign_certificate it;
        double least;
        made_flow_fill(&made, seed);
        for (uint32_t k = 0; k < made.demand_count; k++) {
            made.demands[k].unmet_cost = INFINITY;
        }
        if (!judge(&made, true, &least)) {
            printf("skipped: there is no glpsol\n");
            return;
        }
        CHECK_INT_EQ(made_flow_give(&made, &assign), ZHOL_ERROR_OK);
        CHECK_INT_EQ(zhol_assign_solve(assign, NULL, &it), ZHOL_ERROR_OK);
        CHECK_INT_EQ(it.unmet_forced > 1e-7, least > 1e-7);
        CHECK(it.unmet_forced >= least - 1e-6);
        impossible += least > 1e-7;
        zhol_assign_free(assign);
        if (check_failures_here) {
            fprintf(stderr, "seed %d: unmet %g, at least %g\n", (int)seed, it.unmet_forced, least);
            return;
        }
    }
    CHECK(impossible > CASES / 10 && impossible < CASES);
}

int main(void)
{
    RUN(costs_agree);
    RUN(what_cannot_be_met_agrees);
    remove(lp_file);
    remove(answer_file);
    return check_report();
}
