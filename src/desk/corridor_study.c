/* corridor_study.c: which cases there are, one case through the engines, and all of them in
 * threads. See the header. */
#include "desk/corridor_study.h"

#include <dirent.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/array.h"
#include "base/buffer.h"
#include "base/file.h"
#include "base/time.h"
#include "desk/assign_parts.h"
#include "desk/demand_table.h"

/* Queues of trucks come and go within a day: one sample a day would always meet the same hour. */
enum { THREADS_MAX = 16, SAMPLE_H = 4 };

void corridor_study_options_init(struct corridor_study_options *options)
{
    *options = (struct corridor_study_options){.day = ZHOL_BLANK_DATE,
                                               .from = ZHOL_BLANK_DATE,
                                               .to = ZHOL_BLANK_DATE,
                                               .days = 28,
                                               .warm_up_days = 28,
                                               .replications = 8,
                                               .draws = 8,
                                               .seed = 1};
}

const char *study_stage_word(enum study_stage stage)
{
    static const char *const words[] = {
        [STUDY_READ] = "read",     [STUDY_COMPILE] = "compile", [STUDY_PLAN] = "plan",
        [STUDY_ASSIGN] = "assign", [STUDY_ROBUST] = "robust",   [STUDY_SIMULATE] = "simulate"};
    return words[stage];
}

static double clock_s(clockid_t which)
{
    struct timespec t;
    clock_gettime(which, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* ---- Which cases ---- */

/* True where a scenario changes a table that freight uses. */
static bool touches_freight(const char *dir, const char *scenario)
{
    static const char *const of_queue[] = {
        "queue.csv", "queue_category.csv", "queue_rule.csv", "slot_plan.csv",
        "fee.csv",   "source.csv",         "scenario.csv",   "parameter.csv"};
    struct buffer path = {0}, folder = {0};
    bool touches = false;
    file_join(&folder, dir, "scenarios");
    file_join(&path, buffer_get(&folder), scenario);
    DIR *files = opendir(buffer_get(&path));
    for (struct dirent *file; files && (file = readdir(files));) {
        bool other = strstr(file->d_name, ".csv") != NULL;
        for (size_t i = 0; i < sizeof of_queue / sizeof *of_queue; i++) {
            other = other && strcmp(file->d_name, of_queue[i]) != 0;
        }
        touches |= other;
    }
    if (files) {
        closedir(files);
    }
    buffer_clear(&path);
    buffer_clear(&folder);
    return touches;
}

static enum zhol_error add_case(struct corridor_study *study, uint32_t *capacity, const char *name,
                                struct zhol_corridor *corridor, int32_t day)
{
    enum zhol_error error = ARRAY_RESERVE(study->cases, *capacity, study->case_count + 1);
    if (error) {
        zhol_corridor_free(corridor);
        return error;
    }
    struct zhol_corridor_about about = zhol_corridor_about(corridor);
    struct study_figure none = {NAN, NAN, NAN, NAN};
    study->cases[study->case_count++] = (struct study_case){
        .name = *about.scenario ? about.scenario : name,
        .title = about.scenario_title,
        .title_ru = about.scenario_title_ru,
        .day = day,
        .corridor = corridor,
        .transit_h = none,
        .p50_h = none,
        .p90_h = none,
        .delay_usd_day = none,
        .loads_day = none,
        .cost_usd_t = NAN,
        .sooner = NAN,
        .later = NAN,
        .twin = ZHOL_NONE,
    };
    for (uint32_t k = 0; k < FREIGHT_COUNT; k++) {
        study->cases[study->case_count - 1].freight[k] =
            (struct study_freight){0, none, none, none};
    }
    return ZHOL_ERROR_OK;
}

/* The base of a day; a new case where there is none yet. */
static enum zhol_error reference_of(struct corridor_study *study, uint32_t *capacity, int32_t day,
                                    uint32_t *reference)
{
    for (uint32_t i = 0; i < study->case_count; i++) {
        if (study->cases[i].reference == i && study->cases[i].day == day) {
            *reference = i;
            return ZHOL_ERROR_OK;
        }
    }
    struct zhol_corridor *corridor = NULL;
    enum zhol_error error = zhol_corridor_read(study->options.dir, NULL, NULL, &corridor);
    error = error ? error : add_case(study, capacity, "base", corridor, day);
    if (!error) {
        *reference = study->case_count - 1;
        study->cases[*reference].reference = *reference;
    }
    return error;
}

/* The settings that this scenario has; others are for other scenarios. A name with a dot is of the
 * scenario whose name begins with what stands before it: "bakhty.opening=2028-01-01". */
static uint32_t settings_of(const struct corridor_study_options *options, const char *scenario,
                            const char **own)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < options->set_count; i++) {
        const char *dot = strchr(options->set[i], '.'), *equal = strchr(options->set[i], '=');
        bool named = dot && equal && dot < equal;
        size_t size = named ? (size_t)(dot - options->set[i]) : 0;
        if (named && strncmp(scenario, options->set[i], size) == 0) {
            own[count++] = dot + 1;
        }
    }
    return count;
}

static enum zhol_error leave_out(struct corridor_study *study, const char *name,
                                 enum study_why_out why)
{
    struct study_left_out *list =
        realloc(study->left_out, (study->left_out_count + 1) * sizeof *study->left_out);
    char *copy = strdup(name);
    study->left_out = list ? list : study->left_out;
    if (!list || !copy) {
        free(copy);
        return ZHOL_ERROR_MEMORY;
    }
    list[study->left_out_count++] = (struct study_left_out){copy, why};
    return ZHOL_ERROR_OK;
}

/* Other rows of demand, or flows that grow otherwise: then nothing can be held against the base
 * consignment by consignment. */
static bool brings_freight(const struct zhol_corridor *corridor, const struct zhol_corridor *base)
{
    uint32_t count, other;
    zhol_corridor_demand(corridor, &count);
    zhol_corridor_demand(base, &other);
    if (count != other) {
        return true;
    }
    const struct zhol_demand_flow *rows = zhol_corridor_demand_flow(corridor, &count);
    const struct zhol_demand_flow *own = zhol_corridor_demand_flow(base, &other);
    bool same = count == other;
    for (uint32_t i = 0; same && i < count; i++) {
        same = rows[i].growth == own[i].growth || (isnan(rows[i].growth) && isnan(own[i].growth));
    }
    return !same;
}

/* A case of a corridor on its own day, held against the base of that day. Takes the corridor. */
static enum zhol_error add_against_base(struct corridor_study *study, uint32_t *capacity,
                                        const char *name, struct zhol_corridor *corridor,
                                        int32_t day)
{
    uint32_t reference = 0;
    enum zhol_error error = reference_of(study, capacity, day, &reference);
    if (error) {
        zhol_corridor_free(corridor);
        return error;
    }
    error = add_case(study, capacity, name, corridor, day);
    if (!error) {
        study->cases[study->case_count - 1].reference = reference;
    }
    return error;
}

static enum zhol_error add_scenario(struct corridor_study *study, uint32_t *capacity,
                                    const char *name, bool asked, struct zhol_report *report)
{
    const struct corridor_study_options *options = &study->options;
    const char **own = calloc((size_t)options->set_count + 1, sizeof *own);
    struct zhol_corridor *corridor = NULL;
    enum zhol_error error = own ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    if (!error) {
        struct zhol_corridor_options how = {
            .scenario = name, .set = own, .set_count = settings_of(options, name, own)};
        error = zhol_corridor_read(options->dir, &how, report, &corridor);
    }
    free(own);
    if (error) {
        return error;
    }
    struct zhol_corridor_about about = zhol_corridor_about(corridor);
    bool history = about.day < about.as_of, idle = !touches_freight(options->dir, name);
    bool own_freight = brings_freight(corridor, study->cases[0].corridor);
    if (!asked && (history || idle || own_freight)) {
        zhol_corridor_free(corridor);
        return leave_out(study, name,
                         idle      ? STUDY_OUT_QUEUE
                         : history ? STUDY_OUT_HISTORY
                                   : STUDY_OUT_OWN_FREIGHT);
    }
    return add_against_base(study, capacity, name, corridor, about.day);
}

static enum zhol_error add_point(struct corridor_study *study, uint32_t *capacity,
                                 const struct study_point *point, struct zhol_report *report)
{
    struct zhol_corridor_options how = {
        .scenario = point->scenario, .set = &point->set, .set_count = point->set ? 1 : 0};
    struct zhol_corridor *corridor = NULL;
    enum zhol_error error = zhol_corridor_read(study->options.dir, &how, report, &corridor);
    if (error) {
        return error;
    }
    int32_t day = point->scenario ? zhol_corridor_about(corridor).day : study->cases[0].day;
    error = add_against_base(study, capacity, point->name, corridor, day);
    if (!error) {
        struct study_case *at = &study->cases[study->case_count - 1];
        at->name = point->name;
        at->title = at->title_ru = point->name;
        at->change = point->scenario ? NULL : &point->change;
    }
    return error;
}

/* What the asker changes, on the base of the first day. */
static enum zhol_error add_changed(struct corridor_study *study, uint32_t *capacity,
                                   struct zhol_report *report)
{
    struct zhol_corridor *corridor = NULL;
    int32_t day = study->cases[0].day;
    enum zhol_error error = zhol_corridor_read(study->options.dir, NULL, report, &corridor);
    if (error) {
        return error;
    }
    error = study_changed_make(study, day, corridor);
    if (error) {
        zhol_corridor_free(corridor);
        return error;
    }
    error = add_against_base(study, capacity, STUDY_CHANGED, corridor, day);
    if (!error) {
        struct study_case *at = &study->cases[study->case_count - 1];
        at->title = study->changed_title[0];
        at->title_ru = study->changed_title[1];
    }
    return error;
}

/* The last year that begins not after the base's day and has fitted demand: single typed rows make
 * no year. */
static void period_find(struct corridor_study *study)
{
    struct corridor_study_options *options = &study->options;
    uint32_t count;
    const struct zhol_demand *rows = zhol_corridor_demand(study->cases[0].corridor, &count);
    int32_t from = ZHOL_BLANK_DATE, to = ZHOL_BLANK_DATE;
    for (uint32_t i = 0; i < count; i++) {
        int32_t days = rows[i].period_end - rows[i].period_start;
        if (days >= 365 && rows[i].kind == zhol_demand_kind_FITTED &&
            rows[i].period_start <= study->cases[0].day &&
            (from == ZHOL_BLANK_DATE || rows[i].period_start > from)) {
            from = rows[i].period_start;
            to = rows[i].period_end;
        }
    }
    options->from = options->from == ZHOL_BLANK_DATE ? from : options->from;
    options->to = options->to == ZHOL_BLANK_DATE ? to : options->to;
}

static enum zhol_error cases_find(struct corridor_study *study, struct zhol_report *report)
{
    const struct corridor_study_options *options = &study->options;
    struct zhol_corridor *base = NULL;
    struct zhol_scenario_list list = {0};
    uint32_t capacity = 0, reference;
    enum zhol_error error = zhol_corridor_read(options->dir, NULL, report, &base);
    if (error) {
        return error;
    }
    int32_t day = options->day == ZHOL_BLANK_DATE ? zhol_corridor_about(base).day : options->day;
    zhol_corridor_free(base);
    error = reference_of(study, &capacity, day, &reference);
    if (!error && options->change_count && !options->points_only && !options->base_only) {
        error = add_changed(study, &capacity, report);
    }
    for (uint32_t i = 0; !error && !options->base_only && i < options->scenario_count; i++) {
        if (strcmp(options->scenarios[i], "base") != 0) {
            error = add_scenario(study, &capacity, options->scenarios[i], true, report);
        }
    }
    for (uint32_t i = 0; !error && i < options->point_count; i++) {
        error = add_point(study, &capacity, &options->points[i], report);
    }
    if (!error && options->scenario_count == 0 && !options->points_only && !options->base_only) {
        error = zhol_scenario_list_read(options->dir, report, &list);
        for (uint32_t i = 0; !error && i < list.count; i++) {
            error = add_scenario(study, &capacity, list.entries[i].name, false, report);
        }
        zhol_scenario_list_clear(&list);
    }
    return error;
}

/* ---- One case ---- */

struct worker {
    struct corridor_study *study;
    atomic_uint *next;
    pthread_mutex_t *lock; /* of progress */
    uint32_t *done;
    double cpu_s[STUDY_STAGES];
    const struct phase *phase;
    enum zhol_error error;
};

/* Stages that a case goes through at one go; between phases all cases stand. */
struct phase {
    int first, last;
    bool twins, others; /* for which cases; twins have nothing to draw */
};

static bool stopped(const struct corridor_study_options *options)
{
    return options->stop && *options->stop;
}

static void tell(const struct worker *worker, const char *doing)
{
    const struct corridor_study_options *options = &worker->study->options;
    pthread_mutex_lock(worker->lock);
    ++*worker->done;
    if (options->progress) {
        options->progress(options->context, *worker->done,
                          worker->study->case_count * (STUDY_STAGES - 1), doing);
    }
    pthread_mutex_unlock(worker->lock);
}

static enum zhol_error compile(const struct corridor_study *study, struct study_case *at)
{
    (void)study;
    struct zhol_network_options how = {.day = at->day};
    return zhol_network_compile(at->corridor, &how, NULL, &at->network);
}

static enum zhol_error plan(const struct corridor_study *study, struct study_case *at)
{
    const struct corridor_study_options *options = &study->options;
    return options->no_plan ? ZHOL_ERROR_OK : study_relations_find(at);
}

static enum zhol_error assign(const struct corridor_study *study, struct study_case *at)
{
    const struct corridor_study_options *options = &study->options;
    struct assign_study_options how = {.from = options->from,
                                       .to = options->to,
                                       .average = true,
                                       .network_day = at->day,
                                       .hold = ASSIGN_HOLD_BORDER,
                                       .changes = at->change,
                                       .change_count = at->change ? 1 : 0,
                                       .threads = 1};
    if (options->no_assign) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = assign_study_run(at->corridor, &how, &at->assign);
    if (!error && at->assign.all_carried.t > 0) {
        at->cost_usd_t = at->assign.cost_usd / at->assign.all_carried.t;
    }
    return error;
}

/* Points of a sweep are many and their bottlenecks are not shown. */
static enum zhol_error draw(const struct corridor_study *study, struct study_case *at)
{
    const struct corridor_study_options *options = &study->options;
    struct assign_study_options how = {.from = options->from,
                                       .to = options->to,
                                       .average = true,
                                       .network_day = at->day,
                                       .hold = ASSIGN_HOLD_BORDER,
                                       .threads = 1};
    if (options->draws == 0 || options->points_only) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = options->no_assign ? ZHOL_ERROR_OK
                                               : assign_robust(at->corridor, &how, options->draws,
                                                               options->seed, &at->robust);
    /* The base of another day shows no relations. */
    bool shown = at == &study->cases[0] || &study->cases[at->reference] != at;
    return error || options->no_plan || !shown
               ? error
               : study_relations_draw(at, options->draws, options->seed);
}

static struct study_figure figure_of(struct zhol_simulate_value value)
{
    return (struct study_figure){value.mean, value.half, NAN, NAN};
}

/* The group of an answer, NULL where no such freight is sent. */
static const struct answer_group *answer_of(const struct study_case *at, enum group_kind kind,
                                            uint32_t a)
{
    const struct group *group = groups_find(&at->answer.groups, kind, a, 0);
    return group ? &at->answer.list[group - at->answer.groups.list] : NULL;
}

static void figures_find(struct study_case *at)
{
    const struct answer_group *all = answer_of(at, GROUP_ALL, 0);
    const struct answer_group *moving = answer_of(at, GROUP_ALL, GROUP_MOVING);
    if (moving) {
        at->transit_h = figure_of(moving->result.transit_h);
        at->p50_h = figure_of(moving->result.p50_h);
        at->p90_h = figure_of(moving->result.p90_h);
    }
    if (all) {
        at->delay_usd_day = figure_of(all->result.delay_usd_day);
        at->loads_day = figure_of(all->result.loads_day);
    }
    for (uint32_t k = 0; k < FREIGHT_COUNT; k++) {
        const struct answer_group *group = answer_of(at, GROUP_FREIGHT, k);
        if (group) {
            at->freight[k] = (struct study_freight){
                group->group.t_day, figure_of(group->result.transit_h),
                figure_of(group->result.p50_h), figure_of(group->result.p90_h)};
        }
    }
}

static enum zhol_error simulate(const struct corridor_study *study, struct study_case *at)
{
    const struct corridor_study_options *options = &study->options;
    if (options->no_assign) {
        return ZHOL_ERROR_OK;
    }
    if (options->no_simulation || at->change) {
        return study_crossings_find(at);
    }
    study_options_init(&at->simulated);
    at->simulated.start_s = (int64_t)at->day * TIME_DAY_S;
    at->simulated.days = options->days;
    at->simulated.warm_up_days = options->warm_up_days;
    at->simulated.replications = options->replications;
    at->simulated.seed = options->seed;
    at->simulated.assigned = true;
    at->simulated.free_crossings = true;
    at->simulated.sample_h = SAMPLE_H;
    at->simulated.followed = PAIRS_FOLLOWED; /* differ() compares them */
    at->simulated.stop = options->stop;
    enum zhol_error error =
        study_prepare(at->corridor, at->network, &at->simulated, NULL, &at->study);
    error = error ? error : study_run(&at->study);
    error = error ? error : answer_make(&at->study, NULL, &at->answer);
    if (!error) {
        at->simulated_well = at->answer.settled;
        figures_find(at);
    }
    return error ? error : study_crossings_find(at);
}

/* The base again, with fitted or with assumed demand scaled. */
static enum zhol_error soften(struct corridor_study *study, uint32_t number)
{
    struct study_soft *soft = &study->soft[number];
    const struct study_case *base = &study->cases[0];
    uint32_t count;
    const struct zhol_demand *rows = zhol_corridor_demand(base->corridor, &count);
    double *factors = malloc((count + 1) * sizeof *factors);
    soft->factor = number % 2 ? 1 + STUDY_SOFT_SHARE : 1 - STUDY_SOFT_SHARE;
    soft->kind = number / 2 ? zhol_demand_kind_ASSUMED : zhol_demand_kind_FITTED;
    for (uint32_t i = 0; factors && i < count; i++) {
        factors[i] = rows[i].kind == soft->kind ? soft->factor : 1;
    }
    struct assign_study_options how = {.from = study->options.from,
                                       .to = study->options.to,
                                       .average = true,
                                       .network_day = base->day,
                                       .hold = ASSIGN_HOLD_BORDER,
                                       .demand_factor = factors,
                                       .threads = 1};
    enum zhol_error error =
        factors ? assign_study_run(base->corridor, &how, &soft->assign) : ZHOL_ERROR_MEMORY;
    soft->assign.options.demand_factor = NULL; /* it was only for this solve */
    soft->done = !error;
    free(factors);
    return error;
}

static void *work(void *argument)
{
    static enum zhol_error (*const stages[])(const struct corridor_study *study,
                                             struct study_case *at) = {[STUDY_COMPILE] = compile,
                                                                       [STUDY_PLAN] = plan,
                                                                       [STUDY_ASSIGN] = assign,
                                                                       [STUDY_ROBUST] = draw,
                                                                       [STUDY_SIMULATE] = simulate};
    struct worker *worker = argument;
    const struct corridor_study_options *options = &worker->study->options;
    const struct phase *phase = worker->phase;
    bool softens = phase->first == STUDY_COMPILE && !options->points_only && !options->no_assign;
    uint32_t cases = worker->study->case_count, soft = softens ? STUDY_SOFT : 0;
    for (uint32_t i; !worker->error && (i = atomic_fetch_add(worker->next, 1)) < cases + soft;) {
        if (i >= cases) {
            double begun = clock_s(CLOCK_THREAD_CPUTIME_ID);
            worker->error =
                stopped(options) ? ZHOL_ERROR_INTERRUPTED : soften(worker->study, i - cases);
            worker->cpu_s[STUDY_ASSIGN] += clock_s(CLOCK_THREAD_CPUTIME_ID) - begun;
            continue;
        }
        struct study_case *at = &worker->study->cases[i];
        bool twin = at->twin != ZHOL_NONE;
        if (twin && phase->first == STUDY_ROBUST) {
            tell(worker, at->name); /* the stage that it need not go through */
        }
        if (twin ? !phase->twins : !phase->others) {
            continue;
        }
        for (int s = phase->first; !worker->error && s <= phase->last; s++) {
            double begun = clock_s(CLOCK_THREAD_CPUTIME_ID);
            worker->error =
                stopped(options) ? ZHOL_ERROR_INTERRUPTED : stages[s](worker->study, at);
            worker->cpu_s[s] += clock_s(CLOCK_THREAD_CPUTIME_ID) - begun;
            tell(worker, at->name);
        }
        at->done = !worker->error && phase->last == STUDY_SIMULATE;
    }
    return NULL;
}

static enum zhol_error run_phase(struct corridor_study *study, const struct phase *phase,
                                 uint32_t *done)
{
    uint32_t count = study->options.threads, started = 0;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    count = count ? count : cores > 0 ? (uint32_t)cores : 1;
    count = count > THREADS_MAX ? THREADS_MAX : count;
    count = count > study->case_count ? study->case_count : count;
    atomic_uint next = 0;
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    struct worker workers[THREADS_MAX];
    pthread_t threads[THREADS_MAX];
    for (uint32_t i = 0; i < count; i++) {
        workers[i] = (struct worker){
            .study = study, .next = &next, .lock = &lock, .done = done, .phase = phase};
    }
    while (started + 1 < count &&
           pthread_create(&threads[started], NULL, work, &workers[started + 1]) == 0) {
        started++;
    }
    work(&workers[0]);
    enum zhol_error error = workers[0].error;
    for (uint32_t i = 0; i < started; i++) {
        pthread_join(threads[i], NULL);
        error = error ? error : workers[i + 1].error;
    }
    for (uint32_t i = 0; i <= started; i++) {
        for (int s = 0; s < STUDY_STAGES; s++) {
            study->cpu_s[s] += workers[i].cpu_s[s];
        }
    }
    return error;
}

/* Do both carry the same on the same limits? */
static bool same_flows(const struct assign_study *a, const struct assign_study *b)
{
    bool same =
        a->capacity_count == b->capacity_count && a->certificate.primal == b->certificate.primal;
    for (uint32_t i = 0; same && i < a->capacity_count; i++) {
        const struct assign_capacity *x = &a->capacities[i], *y = &b->capacities[i];
        same = x->resource == y->resource && x->sense == y->sense && x->capacity == y->capacity &&
               x->use == y->use && x->price == y->price;
    }
    return same;
}

static void twins_find(struct corridor_study *study)
{
    for (uint32_t i = 0; i < study->case_count; i++) {
        struct study_case *at = &study->cases[i];
        for (uint32_t k = 0; k < i && at->reference == i && at->twin == ZHOL_NONE; k++) {
            const struct study_case *other = &study->cases[k];
            if (other->reference == k && other->twin == ZHOL_NONE &&
                same_flows(&other->assign, &at->assign)) {
                at->twin = k;
            }
        }
    }
}

/* Networks and flows of all cases, then what is dear: bases that carry the same on the same limits
 * share their draws. */
static enum zhol_error run_all(struct corridor_study *study)
{
    static const struct phase flows = {STUDY_COMPILE, STUDY_ASSIGN, true, true},
                              others = {STUDY_ROBUST, STUDY_SIMULATE, false, true},
                              twins = {STUDY_SIMULATE, STUDY_SIMULATE, true, false};
    bool assigned = !study->options.no_assign && !study->options.points_only;
    uint32_t done = 0;
    enum zhol_error error = run_phase(study, &flows, &done);
    error = error ? error : study_relations_reprice(study);
    if (!error && assigned) {
        twins_find(study);
    }
    error = error ? error : run_phase(study, &others, &done);
    for (uint32_t i = 0; !error && i < study->case_count; i++) {
        struct study_case *at = &study->cases[i];
        if (at->twin != ZHOL_NONE) {
            at->robust = study->cases[at->twin].robust;
        }
    }
    return error ? error : run_phase(study, &twins, &done);
}

/* ---- Differences ---- */

static struct study_figure with(struct study_figure figure, struct zhol_simulate_value difference)
{
    figure.difference = difference.mean;
    figure.difference_half = difference.half;
    return figure;
}

/* The difference of one group between a case and its base; gain.any false where one has none. */
static enum zhol_error gain_of(const struct study_case *base, const struct study_case *at,
                               enum group_kind kind, uint32_t a, struct pairs_gain *gain)
{
    const struct groups *groups = &base->answer.groups;
    const struct group *group = groups_find(groups, kind, a, 0);
    *gain = (struct pairs_gain){.any = false};
    return group ? pairs_gain(&base->study, &at->study, groups, &at->answer.groups,
                              (uint32_t)(group - groups->list), gain)
                 : ZHOL_ERROR_OK;
}

/* Of all freight, and of each kind of it. */
static enum zhol_error differ(void *context, uint32_t i)
{
    struct corridor_study *study = context;
    struct study_case *at = &study->cases[i];
    const struct study_case *base = &study->cases[at->reference];
    struct pairs_gain gain;
    struct pairs_units units;
    if (at == base || !at->study.model || !base->study.model) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t k = 0; !error && k < FREIGHT_COUNT; k++) {
        error = gain_of(base, at, GROUP_FREIGHT, k, &gain);
        if (!error && gain.any) {
            at->freight[k].transit_h = with(at->freight[k].transit_h, gain.transit_h);
        }
    }
    error = error ? error : gain_of(base, at, GROUP_ALL, GROUP_MOVING, &gain);
    if (!error && gain.any) {
        at->transit_h = with(at->transit_h, gain.transit_h);
    }
    error = error ? error : gain_of(base, at, GROUP_ALL, 0, &gain);
    error = error ? error : pairs_units(&base->study, &at->study, &units);
    if (!error && gain.any) {
        at->delay_usd_day = with(at->delay_usd_day, gain.delay_usd_day);
        at->loads_day = with(at->loads_day, gain.loads_day);
        at->sooner = units.sooner;
        at->later = units.later;
    }
    return error;
}

/* ---- The whole ---- */

void study_case_clear(struct study_case *at)
{
    answer_clear(&at->answer);
    study_clear(&at->study);
    assign_study_clear(&at->assign);
    if (at->twin == ZHOL_NONE) {
        assign_robust_clear(&at->robust);
    }
    free(at->relations);
    free(at->crossings);
    zhol_network_free(at->network);
    zhol_corridor_free(at->corridor);
}

enum zhol_error corridor_study_run(const struct corridor_study_options *options,
                                   struct zhol_report *report, struct corridor_study *study)
{
    double begun = clock_s(CLOCK_MONOTONIC), cpu = clock_s(CLOCK_THREAD_CPUTIME_ID);
    *study = (struct corridor_study){.options = *options, .changed_fault = ZHOL_NONE};
    enum zhol_error error = cases_find(study, report);
    if (!error) {
        period_find(study);
        error = study->options.from == ZHOL_BLANK_DATE ? ZHOL_ERROR_UNREACHABLE : ZHOL_ERROR_OK;
    }
    study->cpu_s[STUDY_READ] = clock_s(CLOCK_THREAD_CPUTIME_ID) - cpu;
    study->asked_count = study->case_count;
    error = error ? error : run_all(study);
    if (error == ZHOL_ERROR_INTERRUPTED && study->case_count && study->cases[0].done) {
        error = study_keep_finished(study);
    }
    error = error ? error : assign_each(study->case_count, study->options.threads, differ, study);
    study->options.progress = NULL; /* its context may end with the call */
    study->options.context = NULL;
    study->wall_s = clock_s(CLOCK_MONOTONIC) - begun;
    return error;
}

void corridor_study_clear(struct corridor_study *study)
{
    for (uint32_t i = 0; i < study->case_count; i++) {
        study_case_clear(&study->cases[i]);
    }
    for (uint32_t i = 0; i < study->left_out_count; i++) {
        free(study->left_out[i].name);
    }
    for (int i = 0; i < STUDY_SOFT; i++) {
        assign_study_clear(&study->soft[i].assign);
    }
    free(study->missing);
    free(study->changed_title[0]);
    free(study->changed_title[1]);
    free(study->left_out);
    free(study->cases);
    *study = (struct corridor_study){0};
}

const struct study_case *corridor_study_find(const struct corridor_study *study, const char *name)
{
    for (uint32_t i = 0; i < study->case_count; i++) {
        if (strcmp(study->cases[i].name, name) == 0) {
            return &study->cases[i];
        }
    }
    return NULL;
}
