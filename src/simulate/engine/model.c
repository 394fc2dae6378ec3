/* model.c: describing a model, thing by thing (zhol/engine.h). Checks that need the whole are in
 * seal.c. */
#include "simulate/engine/model.h"

#include <stdlib.h>

/* Room for one more item; evaluates to a pointer to it, zeroed, or NULL. */
#define LIST_ADD(list)                                                                  \
    (grow((void **)&(list).items, &(list).capacity, (list).count, sizeof *(list).items) \
         ? memset(&(list).items[(list).count], 0, sizeof *(list).items)                 \
         : NULL)

static bool grow(void **items, uint32_t *capacity, uint32_t count, size_t size)
{
    if (count < *capacity) {
        return true;
    }
    uint32_t wanted = *capacity ? *capacity * 2 : 8;
    void *moved = wanted > *capacity ? realloc(*items, wanted * size) : NULL;
    if (!moved) {
        return false;
    }
    *items = moved;
    *capacity = wanted;
    return true;
}

static char *copy_text(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    return copy ? memcpy(copy, text, size) : NULL;
}

static int64_t *copy_times(const int64_t *times, uint32_t count)
{
    int64_t *copy = malloc((count ? count : 1) * sizeof *copy);
    return copy && count ? memcpy(copy, times, count * sizeof *copy) : copy;
}

/* Times from 0 on, each at least `gap` after the one before. */
static bool rises(const int64_t *times, uint32_t count, int64_t gap)
{
    for (uint32_t i = 0; i < count; i++) {
        if (times[i] < 0 || (i && times[i] - times[i - 1] < gap)) {
            return false;
        }
    }
    return true;
}

uint64_t model_activity(uint64_t name)
{
    return draw_mix(draw_mix(name + UINT64_C(0x632BE59BD9B4E019)) + UINT64_C(0xE220A8397B1DCDAF));
}

enum zhol_error zhol_engine_new(struct zhol_engine **engine)
{
    *engine = aligned_alloc(64, (sizeof **engine + 63) & ~(size_t)63);
    if (!*engine) {
        return ZHOL_ERROR_MEMORY;
    }
    memset(*engine, 0, sizeof **engine);
    draw_tables_init(&(*engine)->tables);
    return ZHOL_ERROR_OK;
}

static void free_lists(struct zhol_engine *engine)
{
    for (uint32_t i = 0; i < engine->dists.count; i++) {
        draw_dist_clear(&engine->dists.items[i]);
    }
    for (uint32_t i = 0; i < engine->calendars.count; i++) {
        free(engine->calendars.items[i].changes);
    }
    for (uint32_t i = 0; i < engine->resources.count; i++) {
        free((char *)(uintptr_t)engine->resources.items[i].as.name);
    }
    for (uint32_t i = 0; i < engine->sources.count; i++) {
        free((int64_t *)(uintptr_t)engine->sources.items[i].as.times);
    }
    for (uint32_t i = 0; i < engine->routes.count; i++) {
        free(engine->routes.items[i].ways);
    }
    for (uint32_t i = 0; i < engine->tallies.count; i++) {
        free(engine->tallies.items[i]);
    }
}

void zhol_engine_free(struct zhol_engine *engine)
{
    if (!engine) {
        return;
    }
    free_lists(engine);
    free(engine->dists.items);
    free(engine->calendars.items);
    free(engine->resources.items);
    free(engine->processes.items);
    free(engine->steps.items);
    free(engine->sources.items);
    free(engine->routes.items);
    free(engine->functions.items);
    free(engine->tallies.items);
    free(engine);
}

enum zhol_error zhol_engine_dist(struct zhol_engine *engine, const struct zhol_dist *dist,
                                 uint32_t *id)
{
    struct draw_dist *item = engine->sealed ? NULL : LIST_ADD(engine->dists);
    if (!item) {
        return engine->sealed ? ZHOL_ERROR_USAGE : ZHOL_ERROR_MEMORY;
    }
    enum zhol_error error = draw_dist_init(dist, item);
    if (!error) {
        *id = engine->dists.count++;
    }
    return error;
}

enum zhol_error zhol_engine_calendar(struct zhol_engine *engine, const int64_t *changes,
                                     uint32_t count, int64_t period, uint32_t *id)
{
    if (engine->sealed) {
        return ZHOL_ERROR_USAGE;
    }
    if (!rises(changes, count, 1) || period < 0 ||
        (period > 0 && (count % 2 || (count && changes[count - 1] > period)))) {
        return ZHOL_ERROR_RANGE;
    }
    struct model_calendar *item = LIST_ADD(engine->calendars);
    if (!item || !(item->changes = copy_times(changes, count))) {
        return ZHOL_ERROR_MEMORY;
    }
    item->count = count;
    item->period = period;
    *id = engine->calendars.count++;
    return ZHOL_ERROR_OK;
}

enum zhol_error zhol_engine_resource(struct zhol_engine *engine,
                                     const struct zhol_engine_resource *resource, uint32_t *id)
{
    if (engine->sealed) {
        return ZHOL_ERROR_USAGE;
    }
    bool pair = (resource->life == NONE) == (resource->repair == NONE) &&
                (resource->up == NONE) == (resource->down == NONE);
    if (!pair || resource->units > UINT32_C(1) << 30 || resource->batch > UINT32_C(1) << 20) {
        return ZHOL_ERROR_RANGE;
    }
    struct model_resource *item = LIST_ADD(engine->resources);
    if (!item) {
        return ZHOL_ERROR_MEMORY;
    }
    item->as = *resource;
    item->as.name = copy_text(resource->name ? resource->name : "");
    item->as.batch = resource->batch ? resource->batch : 1;
    if (!item->as.name) {
        return ZHOL_ERROR_MEMORY;
    }
    *id = engine->resources.count++;
    return ZHOL_ERROR_OK;
}

/* Fills an alias table: each slot holds a part of its own weight and a part of one other's. */
static void fill_alias(struct model_route *route, double *scaled)
{
    uint32_t n = route->count, small = 0, large = 0;
    for (uint32_t i = 0; i < n; i++) {
        route->ways[i].threshold = 1;
        route->ways[i].alias = route->ways[i].target;
    }
    for (;;) {
        while (small < n && (scaled[small] >= 1 || scaled[small] < 0)) {
            small++;
        }
        while (large < n && scaled[large] <= 1) {
            large++;
        }
        if (small == n || large == n) {
            return;
        }
        route->ways[small].threshold = scaled[small];
        route->ways[small].alias = route->ways[large].target;
        scaled[large] -= 1 - scaled[small];
        scaled[small] = -1; /* done */
        small = scaled[large] < 1 && large < small ? large : small;
    }
}

enum zhol_error zhol_engine_route(struct zhol_engine *engine, const uint32_t *targets,
                                  const double *weights, uint32_t count, uint32_t *id)
{
    double total = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!(weights[i] >= 0 && weights[i] < 1e300)) {
            return ZHOL_ERROR_RANGE;
        }
        total += weights[i];
    }
    if (engine->sealed || !(total > 0)) {
        return engine->sealed ? ZHOL_ERROR_USAGE : ZHOL_ERROR_RANGE;
    }
    struct model_route *item = LIST_ADD(engine->routes);
    double *scaled = malloc(count * sizeof *scaled);
    if (!item || !scaled) {
        free(scaled);
        return ZHOL_ERROR_MEMORY;
    }
    engine->routes.count++; /* from here on zhol_engine_free frees it */
    item->count = count;
    item->ways = malloc(count * sizeof *item->ways);
    enum zhol_error error = ZHOL_ERROR_MEMORY;
    if (item->ways) {
        for (uint32_t i = 0; i < count; i++) {
            item->ways[i].target = targets[i];
            scaled[i] = weights[i] / total * count;
        }
        fill_alias(item, scaled);
        *id = engine->routes.count - 1;
        error = ZHOL_ERROR_OK;
    }
    free(scaled);
    return error;
}

enum zhol_error zhol_engine_store(struct zhol_engine *engine, uint32_t *id)
{
    if (engine->sealed) {
        return ZHOL_ERROR_USAGE;
    }
    *id = engine->store_count++;
    return ZHOL_ERROR_OK;
}

enum zhol_error zhol_engine_tally(struct zhol_engine *engine, const char *name, uint32_t *id)
{
    char **item = engine->sealed ? NULL : LIST_ADD(engine->tallies);
    if (!item || !(*item = copy_text(name))) {
        return engine->sealed ? ZHOL_ERROR_USAGE : ZHOL_ERROR_MEMORY;
    }
    *id = engine->tallies.count++;
    return ZHOL_ERROR_OK;
}

enum zhol_error zhol_engine_causes(struct zhol_engine *engine, uint32_t count)
{
    if (engine->sealed || count > MODEL_CAUSES_MAX) {
        return engine->sealed ? ZHOL_ERROR_USAGE : ZHOL_ERROR_RANGE;
    }
    engine->cause_count = count;
    return ZHOL_ERROR_OK;
}

static enum zhol_error add_function(struct zhol_engine *engine, zhol_engine_call call,
                                    bool observes, bool chooses, uint32_t *id)
{
    struct model_function *item = engine->sealed || !call ? NULL : LIST_ADD(engine->functions);
    if (!item) {
        return engine->sealed || !call ? ZHOL_ERROR_USAGE : ZHOL_ERROR_MEMORY;
    }
    *item = (struct model_function){call, observes, chooses};
    *id = engine->functions.count++;
    return ZHOL_ERROR_OK;
}

enum zhol_error zhol_engine_function(struct zhol_engine *engine, zhol_engine_call call,
                                     uint32_t *id)
{
    return add_function(engine, call, false, false, id);
}

enum zhol_error zhol_engine_observer(struct zhol_engine *engine, zhol_engine_call call,
                                     uint32_t *id)
{
    return add_function(engine, call, true, false, id);
}

enum zhol_error zhol_engine_chooser(struct zhol_engine *engine, zhol_engine_call call, uint32_t *id)
{
    return add_function(engine, call, false, true, id);
}

enum zhol_error zhol_engine_process(struct zhol_engine *engine,
                                    const struct zhol_engine_step *steps, uint32_t count,
                                    uint32_t *id)
{
    if (engine->sealed || !count) {
        return engine->sealed ? ZHOL_ERROR_USAGE : ZHOL_ERROR_RANGE;
    }
    struct model_process *item = LIST_ADD(engine->processes);
    if (!item) {
        return ZHOL_ERROR_MEMORY;
    }
    uint32_t process = engine->processes.count;
    *item = (struct model_process){.first = engine->steps.count, .count = count};
    for (uint32_t i = 0; i < count; i++) {
        struct model_step *step = LIST_ADD(engine->steps);
        if (!step) {
            engine->steps.count = item->first;
            return ZHOL_ERROR_MEMORY;
        }
        const struct zhol_engine_step *from = &steps[i];
        uint64_t name =
            from->activity ? from->activity : (UINT64_C(1) << 62) + ((uint64_t)process << 32) + i;
        *step = (struct model_step){.op = from->op,
                                    .wait_cause = from->wait_cause,
                                    .work_cause = from->work_cause,
                                    .a = from->a,
                                    .b = from->b,
                                    .c = from->c,
                                    .activity = model_activity(name)};
        engine->steps.count++;
    }
    *id = engine->processes.count++;
    return ZHOL_ERROR_OK;
}

enum zhol_error zhol_engine_source(struct zhol_engine *engine,
                                   const struct zhol_engine_source *source, uint32_t *id)
{
    if (engine->sealed) {
        return ZHOL_ERROR_USAGE;
    }
    if (source->priority >= ZHOL_ENGINE_PRIORITIES || source->class >= MODEL_CLASSES_MAX ||
        !rises(source->times, source->time_count, 0) ||
        (source->between != NONE && source->time_count)) {
        return ZHOL_ERROR_RANGE;
    }
    struct model_source *item = LIST_ADD(engine->sources);
    int64_t *times = item ? copy_times(source->times, source->time_count) : NULL;
    if (!times) {
        return ZHOL_ERROR_MEMORY;
    }
    uint32_t number = engine->sources.count;
    item->as = *source;
    item->as.times = times;
    item->as.batch = source->batch ? source->batch : 1;
    item->as.id_base = source->id_base ? source->id_base : ((uint64_t)number + 1) << 40;
    item->activity =
        model_activity(source->activity ? source->activity : (UINT64_C(1) << 61) + number);
    *id = engine->sources.count++;
    return ZHOL_ERROR_OK;
}
