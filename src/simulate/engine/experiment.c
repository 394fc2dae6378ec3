/* experiment.c: replications over threads (zhol_experiment_run).
 *
 * Threads take replication numbers from one counter; each has a run of its own, reset for every
 * replication. A replication's numbers go to its own place in the result, so the bytes do not
 * depend on who did what.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include <zhol/engine.h>

struct work {
    const struct zhol_experiment *experiment;
    double *values;
    atomic_uint next;
    atomic_int error;
    pthread_mutex_t lock;
    uint32_t done;
};

static enum zhol_error replicate(struct work *work, struct zhol_engine_run *run, uint32_t r)
{
    const struct zhol_experiment *x = work->experiment;
    enum zhol_error error = zhol_engine_run_reset(run, x->options.seed, x->first + r);
    if (!error && x->prepare) {
        error = x->prepare(x->context, run);
    }
    if (!error && x->warm_up > 0) {
        error = zhol_engine_run_until(run, x->warm_up);
        zhol_engine_run_forget(run);
    }
    if (!error) {
        error = zhol_engine_run_until(run, x->end);
    }
    if (!error) {
        x->measure(x->context, run, work->values + (size_t)r * x->value_count);
    }
    return error;
}

static void report_done(struct work *work)
{
    const struct zhol_experiment *x = work->experiment;
    pthread_mutex_lock(&work->lock);
    work->done++;
    if (x->progress) {
        x->progress(x->context, work->done, x->replications);
    }
    pthread_mutex_unlock(&work->lock);
}

static void *worker(void *argument)
{
    struct work *work = argument;
    const struct zhol_experiment *x = work->experiment;
    struct zhol_engine_run *run = NULL;
    enum zhol_error error = zhol_engine_run_new(x->engine, &x->options, &run);
    while (!error && !atomic_load(&work->error)) {
        uint32_t r = atomic_fetch_add(&work->next, 1);
        if (r >= x->replications) {
            break;
        }
        error = replicate(work, run, r);
        if (!error) {
            report_done(work);
        }
    }
    if (error) {
        atomic_store(&work->error, (int)error);
    }
    zhol_engine_run_free(run);
    return NULL;
}

enum zhol_error zhol_experiment_run(const struct zhol_experiment *experiment, double *values,
                                    uint32_t *done)
{
    struct work work = {.experiment = experiment, .values = values};
    uint32_t threads = experiment->threads ? experiment->threads : 1;
    threads = threads < experiment->replications ? threads : experiment->replications;
    *done = 0;
    pthread_t *ids = calloc(threads ? threads : 1, sizeof *ids);
    if (!ids || pthread_mutex_init(&work.lock, NULL)) {
        free(ids);
        return ZHOL_ERROR_MEMORY;
    }
    uint32_t started = 0;
    while (started + 1 < threads && !pthread_create(&ids[started], NULL, worker, &work)) {
        started++;
    }
    worker(&work); /* the caller's thread works too */
    for (uint32_t i = 0; i < started; i++) {
        pthread_join(ids[i], NULL);
    }
    pthread_mutex_destroy(&work.lock);
    free(ids);
    *done = work.done;
    return (enum zhol_error)atomic_load(&work.error);
}
