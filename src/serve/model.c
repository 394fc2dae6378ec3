/* model.c: corridors by scenario and networks by day, kept. See model.h. */
#include "serve/model.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "serve/model_assign.h"
#include "serve/server.h"

/* A network that somebody uses has users > 0; one that fell out of the cache has kept = false and
 * is freed by its last user. */
struct kept_network {
    struct model_network shown; /* first: what users hold */
    struct zhol_network *network;
    char *scenario;
    int32_t day;
    bool planned, kept;
    uint32_t users;
    uint64_t used; /* counts up: the least is the oldest */
};

struct model {
    char *dir;
    const struct zhol_corridor *base;
    struct zhol_scenario_list scenarios;
    pthread_mutex_t lock;
    struct zhol_corridor *corridors[MODEL_SCENARIOS_MAX]; /* by number of the scenario */
    struct kept_network *networks[MODEL_NETWORKS_MAX];
    uint64_t clock;
    struct model_assigns *assigns;
};

enum zhol_error model_new(const char *dir, const struct zhol_corridor *corridor, struct model **out)
{
    struct model *model = calloc(1, sizeof *model);
    enum zhol_error error = model ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    *out = NULL;
    if (error) {
        return error;
    }
    model->base = corridor;
    model->dir = strdup(dir);
    model->assigns = model_assigns_new();
    pthread_mutex_init(&model->lock, NULL);
    error = model->dir && model->assigns ? zhol_scenario_list_read(dir, NULL, &model->scenarios)
                                         : ZHOL_ERROR_MEMORY;
    if (error) {
        model_close(model);
        return error;
    }
    *out = model;
    return ZHOL_ERROR_OK;
}

enum zhol_error model_open(struct server *server, struct model **model)
{
    return model_new(server->options.corridor_dir, server->corridor, model);
}

static void free_network(struct kept_network *kept)
{
    if (kept) {
        zhol_network_free(kept->network);
        free(kept->scenario);
        free(kept);
    }
}

void model_close(struct model *model)
{
    if (!model) {
        return;
    }
    model_assigns_free(model->assigns);
    for (uint32_t i = 0; i < MODEL_NETWORKS_MAX; i++) {
        free_network(model->networks[i]);
    }
    for (uint32_t i = 0; i < MODEL_SCENARIOS_MAX; i++) {
        zhol_corridor_free(model->corridors[i]);
    }
    zhol_scenario_list_clear(&model->scenarios);
    pthread_mutex_destroy(&model->lock);
    free(model->dir);
    free(model);
}

struct model_assigns *model_kept_assigns(struct model *model)
{
    return model->assigns;
}

const struct zhol_scenario_list *model_scenarios(const struct model *model)
{
    return &model->scenarios;
}

/* ---- Corridors ---- */

static uint32_t find_scenario(const struct model *model, const char *name)
{
    for (uint32_t i = 0; i < model->scenarios.count && i < MODEL_SCENARIOS_MAX; i++) {
        if (strcmp(model->scenarios.entries[i].name, name) == 0) {
            return i;
        }
    }
    return ZHOL_NONE;
}

enum zhol_error model_corridor(struct model *model, const char *scenario,
                               const struct zhol_corridor **corridor)
{
    if (!scenario || !*scenario) {
        *corridor = model->base;
        return ZHOL_ERROR_OK;
    }
    uint32_t number = find_scenario(model, scenario);
    if (number == ZHOL_NONE) {
        return ZHOL_ERROR_UNKNOWN;
    }
    pthread_mutex_lock(&model->lock);
    struct zhol_corridor *known = model->corridors[number], *made = NULL;
    pthread_mutex_unlock(&model->lock);
    if (!known) {
        struct zhol_corridor_options options = {.scenario = scenario};
        enum zhol_error error = zhol_corridor_read(model->dir, &options, NULL, &made);
        if (error) {
            return error;
        }
        pthread_mutex_lock(&model->lock);
        known = model->corridors[number] ? model->corridors[number] : made;
        model->corridors[number] = known;
        pthread_mutex_unlock(&model->lock);
        if (known != made) {
            zhol_corridor_free(made);
        }
    }
    *corridor = known;
    return ZHOL_ERROR_OK;
}

/* ---- Networks ---- */

/* Under the lock. */
static struct kept_network *find_network(struct model *model, const char *scenario, int32_t day,
                                         bool planned)
{
    for (uint32_t i = 0; i < MODEL_NETWORKS_MAX; i++) {
        struct kept_network *kept = model->networks[i];
        if (kept && kept->day == day && kept->planned == planned &&
            strcmp(kept->scenario, scenario) == 0) {
            kept->users++;
            kept->used = ++model->clock;
            return kept;
        }
    }
    return NULL;
}

/* Under the lock: puts it into a free place or that of the least recently used, which is returned
 * to be freed unless somebody uses it. */
static struct kept_network *keep_network(struct model *model, struct kept_network *made)
{
    uint32_t place = 0;
    for (uint32_t i = 0; i < MODEL_NETWORKS_MAX; i++) {
        if (!model->networks[i]) {
            place = i;
            break;
        }
        if (model->networks[i]->used < model->networks[place]->used) {
            place = i;
        }
    }
    struct kept_network *old = model->networks[place];
    model->networks[place] = made;
    made->kept = true;
    made->users = 1;
    made->used = ++model->clock;
    if (old) {
        old->kept = false;
    }
    return old && old->users == 0 ? old : NULL;
}

static enum zhol_error make_network(struct model *model, const char *scenario, int32_t day,
                                    bool planned, struct kept_network **out)
{
    struct zhol_network_options options = {.day = day, .include_planned = planned};
    struct kept_network *made = calloc(1, sizeof *made);
    enum zhol_error error = made ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    if (!error) {
        made->day = day;
        made->planned = planned;
        made->scenario = strdup(scenario);
        error = made->scenario ? model_corridor(model, scenario, &made->shown.corridor)
                               : ZHOL_ERROR_MEMORY;
    }
    if (!error) {
        error = zhol_network_compile(made->shown.corridor, &options, NULL, &made->network);
        made->shown.network = made->network;
    }
    if (error) {
        free_network(made);
        return error;
    }
    *out = made;
    return ZHOL_ERROR_OK;
}

enum zhol_error model_network_take(struct model *model, const char *scenario, int32_t day,
                                   bool include_planned, struct model_network **out)
{
    scenario = scenario ? scenario : "";
    pthread_mutex_lock(&model->lock);
    struct kept_network *kept = find_network(model, scenario, day, include_planned);
    pthread_mutex_unlock(&model->lock);
    if (!kept) {
        struct kept_network *made = NULL, *dropped = NULL;
        enum zhol_error error = make_network(model, scenario, day, include_planned, &made);
        if (error) {
            return error;
        }
        pthread_mutex_lock(&model->lock);
        kept = find_network(model, scenario, day, include_planned);
        if (kept) {
            dropped = made;
        } else {
            kept = made;
            dropped = keep_network(model, made);
        }
        pthread_mutex_unlock(&model->lock);
        free_network(dropped);
    }
    *out = &kept->shown;
    return ZHOL_ERROR_OK;
}

void model_network_give(struct model *model, struct model_network *network)
{
    struct kept_network *kept = (struct kept_network *)network;
    if (!kept) {
        return;
    }
    pthread_mutex_lock(&model->lock);
    bool last = --kept->users == 0 && !kept->kept;
    pthread_mutex_unlock(&model->lock);
    if (last) {
        free_network(kept);
    }
}

/* ---- What all writers share ---- */

void model_write_day(struct json_writer *json, const char *key, int32_t day)
{
    char text[TIME_TEXT_SIZE];
    if (day == ZHOL_BLANK_DATE) {
        json_member_null(json, key);
    } else {
        time_format_date(day, text);
        json_member_text(json, key, text);
    }
}

void model_write_head(const struct zhol_corridor *corridor, int32_t day, struct json_writer *json)
{
    struct zhol_corridor_about about = zhol_corridor_about(corridor);
    json_member_text(json, "corridor", about.name);
    model_write_day(json, "as_of", about.as_of);
    if (day != ZHOL_BLANK_DATE) {
        model_write_day(json, "date", day);
    }
    json_member_text(json, "scenario", *about.scenario ? about.scenario : NULL);
}

void model_write_names(const struct zhol_corridor *corridor, uint32_t node,
                       struct json_writer *json)
{
    uint32_t count;
    const struct zhol_node *row = &zhol_corridor_node(corridor, &count)[node];
    json_write_object(json);
    json_member_text(json, "en", zhol_corridor_text(corridor, row->name));
    if (row->name_ru) {
        json_member_text(json, "ru", zhol_corridor_text(corridor, row->name_ru));
    }
    if (row->name_kk) {
        json_member_text(json, "kk", zhol_corridor_text(corridor, row->name_kk));
    }
    if (row->name_zh) {
        json_member_text(json, "zh", zhol_corridor_text(corridor, row->name_zh));
    }
    json_write_object_end(json);
}
