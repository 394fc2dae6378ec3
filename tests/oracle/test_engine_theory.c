/* tests/oracle/test_engine_theory.c: the event engine against what queueing theory knows exactly.
 *
 * Each case builds a model by the public interface, runs 32 replications and holds their mean
 * against a closed form: within the 99.9 % Student interval (fixed seeds, so the verdict never
 * changes by itself), and the standard error must be at most 1 % of it, so that the test can fail.
 * The sabotage cases run a model that is wrong on purpose (utilisation 2 % off, a server too few,
 * last come first served) and demand that the same rule turns them down. References: Kleinrock,
 * Queueing Systems 1, 1975; Gross, Harris, Fundamentals of Queueing Theory; Erlang 1917; Pollaczek
 * 1930, Khinchine 1932; Cobham 1954; Jackson 1957; Gordon, Newell 1967. Values with a star in the
 * project's notes were confirmed by an independent simulation.
 */
#include <stdlib.h>

#include <zhol/engine.h>

#include "check.h"

#define NONE ZHOL_ENGINE_NONE
#define T    100000.0 /* ticks of a unit of time */

enum { REPLICATIONS = 32 };
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define LENGTH 0.02 /* the sanitizers look for other things than precision */
#else
#define LENGTH 1.0
#endif

static uint32_t dist(struct zhol_engine *engine, struct zhol_dist d)
{
    uint32_t id = NONE;
    CHECK_INT_EQ(zhol_engine_dist(engine, &d, &id), ZHOL_ERROR_OK);
    return id;
}

static uint32_t exponential(struct zhol_engine *engine, double mean)
{
    return dist(engine, (struct zhol_dist){.kind = ZHOL_DIST_EXPONENTIAL, .a = mean * T});
}

static uint32_t add_servers(struct zhol_engine *engine, struct zhol_engine_resource r)
{
    uint32_t id = NONE;
    CHECK_INT_EQ(zhol_engine_resource(engine, &r, &id), ZHOL_ERROR_OK);
    return id;
}

static struct zhol_engine_resource servers(uint32_t units)
{
    struct zhol_engine_resource r = ZHOL_RESOURCE_INIT;
    r.units = units;
    r.histogram = true;
    return r;
}

static uint32_t add_process(struct zhol_engine *engine, const struct zhol_engine_step *steps,
                            uint32_t count)
{
    uint32_t id = NONE;
    CHECK_INT_EQ(zhol_engine_process(engine, steps, count, &id), ZHOL_ERROR_OK);
    return id;
}

static void add_source(struct zhol_engine *engine, struct zhol_engine_source s)
{
    uint32_t id;
    CHECK_INT_EQ(zhol_engine_source(engine, &s, &id), ZHOL_ERROR_OK);
}

static struct zhol_engine_source source(uint32_t process, uint32_t between)
{
    struct zhol_engine_source s = ZHOL_SOURCE_INIT;
    s.process = process;
    s.between = between;
    return s;
}

static struct zhol_engine *new_engine(void)
{
    struct zhol_engine *engine = NULL;
    CHECK_INT_EQ(zhol_engine_new(&engine), ZHOL_ERROR_OK);
    uint32_t id;
    zhol_engine_tally(engine, "time in system", &id);
    return engine;
}

/* What is read of a run: values of resource 0 and tally 0, in units of time. */
enum value {
    WAIT,
    WAITED_SHARE, /* who waits at all */
    WAIT_P95,
    TRANSIT,
    TRANSIT_P95,
    TRANSIT_P99,
    QUEUE,
    BUSY,
    TURNED_AWAY_SHARE,
    SYSTEM,
    ENDED_RATE,
    TRANSIT_DEVIATION
};

/* The share of waits that are longer than half a tick. */
static double waited_share(const struct zhol_engine_run *run, uint32_t resource)
{
    double low = 0, high = 1;
    for (int i = 0; i < 40; i++) {
        double middle = (low + high) / 2;
        if (zhol_engine_wait_quantile(run, resource, middle) > 0.5) {
            high = middle;
        } else {
            low = middle;
        }
    }
    return 1 - high;
}

static double read_value(const struct zhol_engine_run *run, enum value what, uint32_t resource)
{
    struct zhol_resource_stats r;
    struct zhol_tally_stats t;
    zhol_engine_resource_stats(run, resource, &r);
    zhol_engine_tally_stats(run, 0, &t);
    switch (what) {
    case WAIT:
        return r.wait_mean / T;
    case WAITED_SHARE:
        return waited_share(run, resource);
    case WAIT_P95:
        return zhol_engine_wait_quantile(run, resource, 0.95) / T;
    case TRANSIT:
        return t.mean / T;
    case TRANSIT_P95:
        return zhol_engine_tally_quantile(run, 0, 0.95) / T;
    case TRANSIT_P99:
        return zhol_engine_tally_quantile(run, 0, 0.99) / T;
    case QUEUE:
        return r.queue_mean;
    case BUSY:
        return r.busy_mean;
    case TURNED_AWAY_SHARE:
        return (double)r.turned_away / (double)r.arrived;
    case SYSTEM:
        return r.queue_mean + r.busy_mean;
    case ENDED_RATE:
        return (double)r.finished * T;
    case TRANSIT_DEVIATION:
        return t.deviation / T;
    }
    return NAN;
}

struct question {
    enum value what;
    uint32_t resource;
    double span; /* T after warm-up, for rates */
};

static void measure(void *context, const struct zhol_engine_run *run, double *values)
{
    const struct question *q = context;
    values[0] = read_value(run, q->what, q->resource);
    if (q->what == ENDED_RATE) {
        values[0] /= q->span;
    }
}

/* Mean of the replications and half width of its 99.9 % interval. The engine is freed. `length`:
 * units of time a replication. */
static void sample(struct zhol_engine *engine, struct question q, double length, double *mean,
                   double *half)
{
    double values[REPLICATIONS];
    CHECK_INT_EQ(zhol_engine_seal(engine, NULL), ZHOL_ERROR_OK);
    length *= LENGTH;
    q.span = length * T;
    struct zhol_experiment x = {.engine = engine,
                                .options = {.seed = 20251122},
                                .replications = REPLICATIONS,
                                .threads = 2,
                                .value_count = 1,
                                .warm_up = (int64_t)(length * T / 10),
                                .end = (int64_t)(length * T * 1.1),
                                .measure = measure,
                                .context = &q};
    uint32_t done;
    CHECK_INT_EQ(zhol_experiment_run(&x, values, &done), ZHOL_ERROR_OK);
    zhol_interval(values, REPLICATIONS, 1, 0.999, mean, half);
    zhol_engine_free(engine);
}

/* True when the model agrees with the reference. The engine is freed. `precision`: the largest
 * standard error, as a share of the reference, that still counts as a test. */
static bool agrees(struct zhol_engine *engine, struct question q, double reference, double length,
                   double precision, bool say)
{
    double mean, half;
    sample(engine, q, length, &mean, &half);
    double error = half / zhol_student(0.9995, REPLICATIONS - 1);
    bool sharp = error <= precision * fabs(reference) || LENGTH < 1;
    bool close = fabs(mean - reference) <= half + 1e-12;
    if (say && !(sharp && close)) {
        fprintf(stderr, "mean %.6g, reference %.6g, half width %.3g, standard error %.2f %%\n",
                mean, reference, half, 100 * error / fabs(reference));
    }
    return sharp && close;
}

#define AGREES(engine, what, resource, reference, length, precision) \
    CHECK(agrees(engine, (struct question){what, resource, 0}, reference, length, precision, true))

/* ---- One station: G/G/c with exponential arrivals of rate `rate` unless told otherwise ---- */

static struct zhol_engine *station(struct zhol_engine_resource r, struct zhol_dist between,
                                   struct zhol_dist service)
{
    struct zhol_engine *engine = new_engine();
    uint32_t s = dist(engine, service), b = dist(engine, between);
    uint32_t id = add_servers(engine, r);
    const struct zhol_engine_step steps[] = {{.op = ZHOL_OP_SERVE, .a = id, .b = s, .c = NONE},
                                             {.op = ZHOL_OP_TALLY, .a = 0},
                                             {.op = ZHOL_OP_END}};
    add_source(engine, source(add_process(engine, steps, 3), b));
    return engine;
}

static struct zhol_dist exp_of(double mean)
{
    return (struct zhol_dist){.kind = ZHOL_DIST_EXPONENTIAL, .a = mean * T};
}

static struct zhol_engine *mmc(uint32_t units, double rho)
{
    return station(servers(units), exp_of(1 / (rho * units)), exp_of(1));
}

static void test_mm1(void)
{
    AGREES(mmc(1, 0.9), WAIT, 0, 9, 250000, 0.01);
    AGREES(mmc(1, 0.9), TRANSIT, 0, 10, 250000, 0.01);
    AGREES(mmc(1, 0.9), QUEUE, 0, 8.1, 250000, 0.01);
    AGREES(mmc(1, 0.9), BUSY, 0, 0.9, 120000, 0.01);
    AGREES(mmc(1, 0.5), WAIT, 0, 1, 60000, 0.01);
    AGREES(mmc(1, 0.9), TRANSIT_P95, 0, 29.9573, 400000, 0.01);
    AGREES(mmc(1, 0.9), TRANSIT_P99, 0, 46.0517, 1000000, 0.01);
    AGREES(mmc(1, 0.9), WAIT_P95, 0, 28.9037, 400000, 0.01);
    AGREES(mmc(1, 0.9), WAITED_SHARE, 0, 0.9, 60000, 0.01); /* those who come see time averages */
    AGREES(mmc(1, 0.7), TRANSIT_P95, 0, -log(0.05) / 0.3, 100000, 0.01);
    AGREES(mmc(1, 0.7), TRANSIT_P99, 0, -log(0.01) / 0.3, 100000, 0.01);
    AGREES(mmc(1, 0.7), WAIT_P95, 0, -log(0.05 / 0.7) / 0.3, 100000, 0.01);
}

static void test_mmc(void)
{
    AGREES(mmc(2, 0.9), WAIT, 0, 4.263158, 150000, 0.01);
    AGREES(mmc(4, 0.9), WAIT, 0, 1.969383, 90000, 0.01);
    AGREES(mmc(10, 0.9), WAIT, 0, 0.668732, 40000, 0.01);
    AGREES(mmc(2, 0.9), WAITED_SHARE, 0, 0.852632, 20000, 0.01);
    AGREES(mmc(4, 0.9), WAITED_SHARE, 0, 0.787753, 20000, 0.01);
    AGREES(mmc(10, 0.9), WAITED_SHARE, 0, 0.668732, 20000, 0.01);
    AGREES(mmc(50, 0.9), WAITED_SHARE, 0, 0.363864, 20000, 0.01);
    AGREES(mmc(50, 0.9), WAIT, 0, 0.0727729, 25000, 0.01);
}

static void test_loss(void)
{
    struct zhol_engine_resource stands = servers(10);
    stands.queue_max = 0;
    AGREES(station(stands, exp_of(1 / 8.0), exp_of(1)), TURNED_AWAY_SHARE, 0, 0.1216611, 20000,
           0.01);
    struct zhol_engine_resource siding = servers(1);
    siding.queue_max = 9; /* ten in the system */
    AGREES(station(siding, exp_of(1 / 0.9), exp_of(1)), TURNED_AWAY_SHARE, 0, 0.0508137, 60000,
           0.01);
    AGREES(station(siding, exp_of(1 / 0.9), exp_of(1)), SYSTEM, 0, 3.969441, 60000, 0.01);
}

static void test_pollaczek_khinchine(void)
{
    struct zhol_dist d = {.kind = ZHOL_DIST_CONSTANT, .a = T};
    AGREES(station(servers(1), exp_of(1 / 0.9), d), WAIT, 0, 4.5, 90000, 0.01);
    struct zhol_dist e4 = {.kind = ZHOL_DIST_ERLANG, .a = T, .b = 4};
    AGREES(station(servers(1), exp_of(1 / 0.9), e4), WAIT, 0, 5.625, 160000, 0.01);
    /* lognormal of mean 1: median exp(-s^2/2); E[S^2] = exp(s^2), s = 0.9 */
    struct zhol_dist ln = {.kind = ZHOL_DIST_LOGNORMAL, .a = exp(-0.405) * T, .b = 0.9};
    AGREES(station(servers(1), exp_of(1 / 0.8), ln), WAIT, 0, 4.495816, 120000, 0.01);
    /* H2: mean 0.5 with probability 0.8, mean 3 else: E[S] = 1, E[S^2] = 2(0.8*0.25 + 0.2*9) = 4 */
    struct zhol_dist h2 = {.kind = ZHOL_DIST_HYPER, .a = 0.5 * T, .b = 3 * T, .c = 0.8};
    AGREES(station(servers(1), exp_of(1 / 0.7), h2), WAIT, 0, 0.7 * 4 / 2 / 0.3, 90000, 0.01);
}

static void test_other_arrivals(void)
{
    struct zhol_dist d = {.kind = ZHOL_DIST_CONSTANT, .a = T / 0.9};
    AGREES(station(servers(1), d, exp_of(1)), WAIT, 0, 4.178659, 130000, 0.01);
    AGREES(station(servers(1), d, exp_of(1)), WAIT_P95, 0, 14.40277, 220000, 0.01);
    struct zhol_dist e2 = {.kind = ZHOL_DIST_ERLANG, .a = T / 0.9, .b = 2};
    AGREES(station(servers(1), e2, exp_of(1)), WAIT, 0, 6.588284, 130000, 0.01);
    AGREES(station(servers(1), e2, exp_of(1)), WAIT_P95, 0, 21.66015, 200000, 0.01);
}

/* ---- Priorities ---- */

static struct zhol_engine *priorities(bool preemptive, uint32_t seen)
{
    static const double rate[] = {0.2, 0.3, 0.4};
    struct zhol_engine *engine = new_engine();
    struct zhol_engine_resource r = servers(1);
    r.preemptive = preemptive;
    uint32_t id = add_servers(engine, r), service = exponential(engine, 1);
    for (uint32_t p = 0; p < 3; p++) {
        const struct zhol_engine_step steps[] = {
            {.op = ZHOL_OP_SERVE, .a = id, .b = service, .c = NONE},
            {.op = ZHOL_OP_TALLY, .a = 0},
            {.op = ZHOL_OP_END}};
        const struct zhol_engine_step silent[] = {steps[0], {.op = ZHOL_OP_END}};
        uint32_t process =
            p == seen ? add_process(engine, steps, 3) : add_process(engine, silent, 2);
        struct zhol_engine_source s = source(process, exponential(engine, 1 / rate[p]));
        s.priority = p;
        add_source(engine, s);
    }
    return engine;
}

static void test_cobham(void)
{
    static const double wait[] = {1.125, 2.25, 18}, preemptive[] = {1.25, 2.5, 20};
    for (uint32_t p = 0; p < 3; p++) {
        AGREES(priorities(false, p), TRANSIT, 0, wait[p] + 1, 300000, 0.01);
        AGREES(priorities(true, p), TRANSIT, 0, preemptive[p], 300000, 0.01);
    }
}

/* ---- Batches ---- */

static void test_batches(void)
{
    struct zhol_engine *engine = new_engine();
    uint32_t id = add_servers(engine, servers(1)), service = exponential(engine, 1);
    const struct zhol_engine_step steps[] = {
        {.op = ZHOL_OP_SERVE, .a = id, .b = service, .c = NONE}, {.op = ZHOL_OP_END}};
    struct zhol_engine_source wagons =
        source(add_process(engine, steps, 2), exponential(engine, 5 / 0.8));
    wagons.batch = 5;
    add_source(engine, wagons);
    AGREES(engine, WAIT, 0, 14, 160000, 0.01); /* M^[5]/M/1 */
    struct zhol_engine_resource ferry = servers(1);
    ferry.batch = 4;
    ferry.joinable = true;
    /* M/M^[4]/1, a service may be joined: L = 7.942917 (Gross, Harris), T = L / 3 */
    AGREES(station(ferry, exp_of(1 / 3.0), exp_of(1)), TRANSIT, 0, 7.942917 / 3, 20000, 0.01);
}

/* A block train of 41: the mean wait for its fill is 20 hours at one an hour. */
static void test_block_train_fill(void)
{
    struct zhol_engine *engine = new_engine();
    add_servers(engine, servers(1));
    const struct zhol_engine_step steps[] = {{.op = ZHOL_OP_BATCH, .a = 41, .b = NONE},
                                             {.op = ZHOL_OP_SPLIT, .a = NONE},
                                             {.op = ZHOL_OP_TALLY, .a = 0},
                                             {.op = ZHOL_OP_END}};
    add_source(engine, source(add_process(engine, steps, 4), exponential(engine, 1)));
    AGREES(engine, TRANSIT, 0, 20, 40000, 0.01);
}

/* ---- Interruptions ---- */

static void test_breakdowns(void)
{
    /* Operation-dependent failures at 0.1, repair at 0.5, arrivals at 0.5: Wq = 2.3 counts until
     * the first begin. */
    for (int transit = 0; transit < 2; transit++) {
        struct zhol_engine *engine = new_engine();
        struct zhol_engine_resource r = servers(1);
        r.life = exponential(engine, 10);
        r.repair = exponential(engine, 2);
        uint32_t id = add_servers(engine, r), service = exponential(engine, 1);
        const struct zhol_engine_step steps[] = {
            {.op = ZHOL_OP_SERVE, .a = id, .b = service, .c = NONE},
            {.op = ZHOL_OP_TALLY, .a = 0},
            {.op = ZHOL_OP_END}};
        add_source(engine, source(add_process(engine, steps, 3), exponential(engine, 2)));
        AGREES(engine, transit ? TRANSIT : WAIT, 0, transit ? 3.5 : 2.3, 60000, 0.01);
    }
}

/* Renewal interruptions by the clock, whether somebody is served or not: up for 10, down for 2 on
 * average, service goes on where it was. L = rho ((f + r)^2 + mu f) / ((f + r) (r (1 - rho) - rho
 * f)) (White, Christie 1958); with arrivals at 0.5, f = 0.1, r = 0.5 the time in system is 23/6. */
static void test_clock(void)
{
    struct zhol_engine *engine = new_engine();
    struct zhol_engine_resource r = servers(1);
    r.up = exponential(engine, 10);
    r.down = exponential(engine, 2);
    r.closing = ZHOL_CLOSING_PAUSE;
    uint32_t id = add_servers(engine, r), service = exponential(engine, 1);
    const struct zhol_engine_step steps[] = {
        {.op = ZHOL_OP_SERVE, .a = id, .b = service, .c = NONE},
        {.op = ZHOL_OP_TALLY, .a = 0},
        {.op = ZHOL_OP_END}};
    add_source(engine, source(add_process(engine, steps, 3), exponential(engine, 2)));
    AGREES(engine, TRANSIT, 0, 23.0 / 6, 40000, 0.01);
}

/* Multiple vacations: one visitor of the lowest priority comes back whenever it left. */
static void test_vacations(void)
{
    struct zhol_engine *engine = new_engine();
    uint32_t id = add_servers(engine, servers(1)), service = exponential(engine, 1);
    uint32_t vacation = dist(engine, (struct zhol_dist){.kind = ZHOL_DIST_CONSTANT, .a = 8 * T});
    const struct zhol_engine_step steps[] = {
        {.op = ZHOL_OP_SERVE, .a = id, .b = service, .c = NONE},
        {.op = ZHOL_OP_TALLY, .a = 0},
        {.op = ZHOL_OP_END}};
    const struct zhol_engine_step away[] = {
        {.op = ZHOL_OP_SERVE, .a = id, .b = vacation, .c = NONE}, {.op = ZHOL_OP_GOTO, .c = 0}};
    add_source(engine, source(add_process(engine, steps, 3), exponential(engine, 2)));
    struct zhol_engine_source visitor = source(add_process(engine, away, 2), NONE);
    visitor.at_start = 1;
    visitor.priority = 1;
    add_source(engine, visitor);
    AGREES(engine, TRANSIT, 0, 1 + 5, 40000, 0.01); /* Wq = 1 + E[V^2]/2E[V] = 1 + 4 */
}

/* ---- Networks ---- */

static void test_jackson(void)
{
    struct zhol_engine *engine = new_engine();
    static const uint32_t units[] = {1, 3, 2};
    static const double rate[] = {1, 0.35, 0.5};
    struct zhol_engine_step steps[5] = {{0}};
    for (uint32_t i = 0; i < 3; i++) {
        uint32_t id = add_servers(engine, servers(units[i]));
        steps[i] = (struct zhol_engine_step){
            .op = ZHOL_OP_SERVE, .a = id, .b = exponential(engine, 1 / rate[i]), .c = NONE};
    }
    steps[3] = (struct zhol_engine_step){.op = ZHOL_OP_TALLY, .a = 0};
    steps[4] = (struct zhol_engine_step){.op = ZHOL_OP_END};
    add_source(engine, source(add_process(engine, steps, 5), exponential(engine, 1 / 0.9)));
    AGREES(engine, TRANSIT, 0, 28.33380, 80000, 0.01);
}

static void test_feedback(void)
{
    struct zhol_engine *engine = new_engine();
    uint32_t id = add_servers(engine, servers(1));
    const struct zhol_engine_step steps[] = {
        {.op = ZHOL_OP_SERVE, .a = id, .b = exponential(engine, 1), .c = NONE},
        {.op = ZHOL_OP_BRANCH, .a = (uint32_t)(0.3 * 4294967296.0), .c = 0},
        {.op = ZHOL_OP_TALLY, .a = 0},
        {.op = ZHOL_OP_END}};
    add_source(engine, source(add_process(engine, steps, 4), exponential(engine, 1 / 0.6)));
    AGREES(engine, TRANSIT, 0, 10, 110000, 0.01);
}

static struct zhol_engine *cycle(const double *rates, uint32_t stations, uint32_t jobs)
{
    struct zhol_engine *engine = new_engine();
    struct zhol_engine_step steps[8] = {{0}};
    for (uint32_t i = 0; i < stations; i++) {
        uint32_t id = add_servers(engine, servers(1));
        steps[i] = (struct zhol_engine_step){
            .op = ZHOL_OP_SERVE, .a = id, .b = exponential(engine, 1 / rates[i]), .c = NONE};
    }
    steps[stations] = (struct zhol_engine_step){.op = ZHOL_OP_GOTO, .c = 0};
    struct zhol_engine_source s = source(add_process(engine, steps, stations + 1), NONE);
    s.at_start = jobs;
    add_source(engine, s);
    return engine;
}

static void test_gordon_newell(void)
{
    static const double rates[] = {1, 0.8, 0.5}, equal[] = {1, 1, 1, 1};
    static const double length[] = {0.968664, 1.560882, 7.470454};
    AGREES(cycle(rates, 3, 10), ENDED_RATE, 0, 0.4960497, 30000, 0.01);
    for (uint32_t i = 0; i < 3; i++) {
        AGREES(cycle(rates, 3, 10), SYSTEM, i, length[i], 40000, 0.01);
    }
    AGREES(cycle(equal, 4, 6), ENDED_RATE, 2, 6.0 / 9, 30000, 0.01); /* K/(K+S-1) */
}

static struct zhol_engine *repair(void)
{
    struct zhol_engine *engine = new_engine();
    uint32_t crews = add_servers(engine, servers(2));
    const struct zhol_engine_step steps[] = {
        {.op = ZHOL_OP_DELAY, .a = exponential(engine, 20)},
        {.op = ZHOL_OP_SERVE, .a = crews, .b = exponential(engine, 2.5), .c = NONE},
        {.op = ZHOL_OP_GOTO, .c = 0}};
    struct zhol_engine_source s = source(add_process(engine, steps, 3), NONE);
    s.at_start = 20;
    add_source(engine, s);
    return engine;
}

static void test_machine_repair(void)
{
    AGREES(repair(), SYSTEM, 0, 5.197978, 40000, 0.01);
}

/* The same 20 locomotives: what is not down over all is the share that is available. */
static void test_availability(void)
{
    double mean, half;
    sample(repair(), (struct question){SYSTEM, 0, 0}, 40000, &mean, &half);
    CHECK(fabs((20 - mean) / 20 - 0.740101) <= half / 20 || LENGTH < 1);
    CHECK(half / 20 < 0.01 * 0.740101 || LENGTH < 1);
}

/* Two saturated stages with `buffer` places between: a finished part waits on its machine for a
 * place. */
static struct zhol_engine *blocking(uint32_t buffer)
{
    struct zhol_engine *engine = new_engine();
    struct zhol_engine_resource pool = ZHOL_RESOURCE_INIT;
    uint32_t second = add_servers(engine, servers(1));
    uint32_t first = add_servers(engine, pool);
    pool.units = buffer + 1; /* the place on the second machine included */
    uint32_t places = add_servers(engine, pool);
    uint32_t service = exponential(engine, 1);
    const struct zhol_engine_step steps[] = {
        {.op = ZHOL_OP_SEIZE, .a = first, .b = 1, .c = NONE},
        {.op = ZHOL_OP_DELAY, .a = service},
        {.op = ZHOL_OP_SEIZE, .a = places, .b = 1, .c = NONE},
        {.op = ZHOL_OP_RELEASE, .a = first, .b = 1},
        {.op = ZHOL_OP_SERVE, .a = second, .b = service, .c = NONE},
        {.op = ZHOL_OP_RELEASE, .a = places, .b = 1},
        {.op = ZHOL_OP_GOTO, .c = 0},
    };
    struct zhol_engine_source s = source(add_process(engine, steps, 7), NONE);
    s.at_start = 40; /* always somebody before the first stage */
    add_source(engine, s);
    return engine;
}

static void test_blocking_tandem(void)
{
    for (uint32_t b = 0; b < 3; b++) {
        AGREES(blocking(b), ENDED_RATE, 0, (b + 2.0) / (b + 3.0), 20000, 0.01);
    }
}

/* Kingman's bound of the wait in G/G/1, rate of arrivals times the sum of both variances over
 * 2 (1 - rho), is not passed, and near in heavy traffic. */
static void test_kingman(void)
{
    static const struct {
        struct zhol_dist between;
        double bound;
    } cases[] = {{{.kind = ZHOL_DIST_CONSTANT, .a = T / 0.9}, 4.5},
                 {{.kind = ZHOL_DIST_ERLANG, .a = T / 0.9, .b = 2}, 7.2778},
                 {{.kind = ZHOL_DIST_EXPONENTIAL, .a = T / 0.9}, 10.0556}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases && LENGTH >= 1; i++) {
        double mean, half;
        sample(station(servers(1), cases[i].between, exp_of(1)), (struct question){WAIT, 0, 0},
               100000, &mean, &half);
        CHECK(mean + half < cases[i].bound);
        CHECK(mean > 0.8 * cases[i].bound); /* heavy traffic: near it */
    }
}

/* ---- Wrong on purpose ---- */

static void test_sabotage(void)
{
    if (LENGTH < 1) {
        return;
    }
    struct question wait = {WAIT, 0, 0}, spread = {TRANSIT_DEVIATION, 0, 0};
    CHECK(!agrees(mmc(1, 0.9 * 1.02), wait, 9, 120000, 0.05, false));
    CHECK(
        !agrees(station(servers(3), exp_of(1 / 3.6), exp_of(1)), wait, 1.969383, 40000, 9, false));
    struct zhol_engine_resource lifo = servers(1);
    lifo.last_first = true;
    CHECK(agrees(station(lifo, exp_of(2), exp_of(1)), wait, 1, 60000, 0.05, true));
    CHECK(agrees(mmc(1, 0.5), spread, 2, 60000, 0.05,
                 true)); /* deviation of the time in M/M/1: its mean */
    CHECK(!agrees(station(lifo, exp_of(2), exp_of(1)), spread, 2, 60000, 0.05, false));
}

/* ---- Coverage: of 2,000 intervals of 95 %, 93.5 to 96.5 % hold the truth ---- */

static void waits(void *context, const struct zhol_engine_run *run, double *values)
{
    (void)context;
    values[0] = read_value(run, WAIT, 0);
}

static void test_coverage(void)
{
    enum { MACRO = 2000, INNER = 10 };
    static double values[MACRO * INNER];
    struct zhol_engine *engine = mmc(1, 0.5);
    CHECK_INT_EQ(zhol_engine_seal(engine, NULL), ZHOL_ERROR_OK);
    struct zhol_experiment x = {.engine = engine,
                                .options = {.seed = 4},
                                .replications = MACRO * INNER,
                                .threads = 2,
                                .value_count = 1,
                                .warm_up = (int64_t)(50 * T),
                                .end = (int64_t)(LENGTH < 1 ? 51 * T : 800 * T),
                                .measure = waits};
    uint32_t done;
    CHECK_INT_EQ(zhol_experiment_run(&x, values, &done), ZHOL_ERROR_OK);
    uint32_t covered = 0;
    for (uint32_t m = 0; m < MACRO; m++) {
        double mean, half;
        zhol_interval(values + m * INNER, INNER, 1, 0.95, &mean, &half);
        covered += fabs(mean - 1) <= half;
    }
    double share = (double)covered / MACRO;
    CHECK(LENGTH < 1 || (share >= 0.935 && share <= 0.965));
    zhol_engine_free(engine);
}

int main(void)
{
    RUN(test_mm1);
    RUN(test_mmc);
    RUN(test_loss);
    RUN(test_pollaczek_khinchine);
    RUN(test_other_arrivals);
    RUN(test_cobham);
    RUN(test_batches);
    RUN(test_block_train_fill);
    RUN(test_breakdowns);
    RUN(test_clock);
    RUN(test_vacations);
    RUN(test_jackson);
    RUN(test_feedback);
    RUN(test_gordon_newell);
    RUN(test_machine_repair);
    RUN(test_availability);
    RUN(test_blocking_tandem);
    RUN(test_kingman);
    RUN(test_sabotage);
    RUN(test_coverage);
    return check_report();
}
