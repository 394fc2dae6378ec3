/* model_assign.c: kept assignments and questions that change them. See model_assign.h. */
#include "serve/model_assign.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "report/assign_view.h"
#include "report/terms.h"
#include "serve/model_assign_ask.h"

/* users > 0: somebody holds it; kept = false: it fell out and its last user frees it. */
struct kept_assign {
    char *scenario;
    int32_t from, to;
    enum assign_hold hold;
    struct assign_study study; /* one slice */
    pthread_mutex_t lock;      /* of what follows and the slice's model */
    struct assign_change done[MODEL_ASSIGN_CHANGES];
    uint32_t done_count;
    double demand;
    double base_usd_day, base_unmet_t_day; /* nothing changed */
    bool solved;                           /* the model answers done and demand */
    bool kept, broken;
    uint32_t users;
    uint64_t used;
};

struct model_assigns {
    pthread_mutex_t lock; /* of the list and of users, kept, used */
    struct kept_assign *items[MODEL_ASSIGNS_MAX];
    uint64_t clock;
};

/* ---- Keeping ---- */

struct model_assigns *model_assigns_new(void)
{
    struct model_assigns *assigns = calloc(1, sizeof *assigns);
    if (assigns) {
        pthread_mutex_init(&assigns->lock, NULL);
    }
    return assigns;
}

static void free_kept(struct kept_assign *kept)
{
    if (kept) {
        assign_study_clear(&kept->study);
        pthread_mutex_destroy(&kept->lock);
        free(kept->scenario);
        free(kept);
    }
}

void model_assigns_free(struct model_assigns *assigns)
{
    if (assigns) {
        for (uint32_t i = 0; i < MODEL_ASSIGNS_MAX; i++) {
            free_kept(assigns->items[i]);
        }
        pthread_mutex_destroy(&assigns->lock);
        free(assigns);
    }
}

/* Under the lock. */
static struct kept_assign *find(struct model_assigns *assigns, const struct assign_asking *ask)
{
    for (uint32_t i = 0; i < MODEL_ASSIGNS_MAX; i++) {
        struct kept_assign *kept = assigns->items[i];
        if (kept && kept->from == ask->from && kept->to == ask->to && kept->hold == ask->hold &&
            strcmp(kept->scenario, ask->scenario) == 0) {
            kept->users++;
            kept->used = ++assigns->clock;
            return kept;
        }
    }
    return NULL;
}

/* Under the lock: takes it into the list, in the place of the least recently used. Returns what
 * nobody uses any more. */
static struct kept_assign *keep(struct model_assigns *assigns, struct kept_assign *made)
{
    uint32_t place = 0;
    for (uint32_t i = 0; i < MODEL_ASSIGNS_MAX; i++) {
        if (!assigns->items[i]) {
            place = i;
            break;
        }
        place = assigns->items[i]->used < assigns->items[place]->used ? i : place;
    }
    struct kept_assign *old = assigns->items[place];
    assigns->items[place] = made;
    made->kept = true;
    made->users = 1;
    made->used = ++assigns->clock;
    if (old) {
        old->kept = false;
    }
    return old && old->users == 0 ? old : NULL;
}

/* Tonnes a day that stay although there is a way. */
static double unmet_t_day(const struct assign_model *model)
{
    double sum = 0;
    for (uint32_t w = 0; w < model->wish_count; w++) {
        bool way = model->wishes[w].demand != ZHOL_NONE;
        double t = model->classes[model->wishes[w].class].t_per_unit;
        sum += way ? assign_model_unmet(model, w) * t : 0;
    }
    return sum;
}

static enum zhol_error make(const struct assign_asking *ask, struct kept_assign **out)
{
    const struct assign_study_options options = {.from = ask->from,
                                                 .to = ask->to,
                                                 .average = true,
                                                 .network_day = ZHOL_BLANK_DATE,
                                                 .hold = ask->hold,
                                                 .threads = 1};
    struct kept_assign *made = calloc(1, sizeof *made);
    if (!made) {
        return ZHOL_ERROR_MEMORY;
    }
    pthread_mutex_init(&made->lock, NULL);
    made->from = ask->from;
    made->to = ask->to;
    made->hold = ask->hold;
    made->demand = 1;
    made->solved = true;
    made->scenario = strdup(ask->scenario);
    enum zhol_error error = made->scenario ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    error = error ? error : assign_study_run(ask->corridor, &options, &made->study);
    if (error) {
        free_kept(made);
        return error;
    }
    made->base_usd_day = made->study.slices[0].model->certificate.primal;
    made->base_unmet_t_day = unmet_t_day(made->study.slices[0].model);
    *out = made;
    return ZHOL_ERROR_OK;
}

static enum zhol_error take(struct model_assigns *assigns, const struct assign_asking *ask,
                            struct kept_assign **out)
{
    struct kept_assign *made = NULL, *dropped = NULL;
    pthread_mutex_lock(&assigns->lock);
    *out = find(assigns, ask);
    pthread_mutex_unlock(&assigns->lock);
    if (*out) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = make(ask, &made);
    if (error) {
        return error;
    }
    pthread_mutex_lock(&assigns->lock);
    *out = find(assigns, ask);
    if (*out) {
        dropped = made; /* another thread was quicker */
    } else {
        dropped = keep(assigns, made);
        *out = made;
    }
    pthread_mutex_unlock(&assigns->lock);
    free_kept(dropped);
    return ZHOL_ERROR_OK;
}

/* A model whose solve failed may be between two states: it is not used again. */
static void give(struct model_assigns *assigns, struct kept_assign *kept, bool broken)
{
    pthread_mutex_lock(&assigns->lock);
    for (uint32_t i = 0; broken && i < MODEL_ASSIGNS_MAX; i++) {
        if (assigns->items[i] == kept) {
            assigns->items[i] = NULL;
            kept->kept = false;
        }
    }
    bool last = --kept->users == 0 && !kept->kept;
    pthread_mutex_unlock(&assigns->lock);
    if (last) {
        free_kept(kept);
    }
}

/* ---- Changing ---- */

static enum zhol_error take_back(struct assign_model *model, const struct assign_change *change)
{
    uint32_t count;
    const struct zhol_resource *rows = zhol_corridor_resource(model->corridor, &count);
    enum zhol_error error = ZHOL_ERROR_OK;
    switch (change->kind) {
    case ASSIGN_CHANGE_LINK:
        return assign_model_close_link(model, change->thing, false);
    case ASSIGN_CHANGE_NODE:
        return assign_model_close_node(model, change->thing, false);
    case ASSIGN_CHANGE_TARIFF:
        return assign_model_scale_tariff(model, change->thing, 1);
    default:
        for (uint32_t r = 0; !error && r < model->row_count; r++) {
            if (rows[model->rows[r].resource_row].resource_id == change->thing) {
                error = assign_model_set_row(model, r, model->rows[r].stated);
            }
        }
        return error;
    }
}

static bool is_same(const struct kept_assign *kept, const struct assign_asking *ask)
{
    bool same = kept->solved && kept->done_count == ask->count && kept->demand == ask->demand;
    for (uint32_t i = 0; same && i < ask->count; i++) {
        const struct assign_change *a = &kept->done[i], *b = &ask->changes[i];
        same = a->kind == b->kind && a->thing == b->thing && a->value == b->value;
    }
    return same;
}

/* ZHOL_ERROR_UNKNOWN: a change limits nothing; those before it are made and noted. */
static enum zhol_error make_changes(struct kept_assign *kept, const struct assign_asking *ask)
{
    struct assign_model *model = kept->study.slices[0].model;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; !error && i < kept->done_count; i++) {
        error = take_back(model, &kept->done[i]);
    }
    kept->done_count = 0;
    for (uint32_t w = 0; !error && kept->demand != ask->demand && w < model->wish_count; w++) {
        error = assign_model_scale_wish(model, w, ask->demand);
    }
    kept->demand = ask->demand;
    for (uint32_t i = 0; !error && i < ask->count; i++) {
        error = assign_study_change(model, &ask->changes[i]);
        if (!error) {
            kept->done[kept->done_count++] = ask->changes[i];
        }
    }
    return error;
}

/* Under the lock of the model. */
static enum zhol_error solve(struct kept_assign *kept, const struct assign_asking *ask)
{
    if (kept->broken) {
        return ZHOL_ERROR_INTERNAL;
    }
    if (is_same(kept, ask)) {
        return ZHOL_ERROR_OK;
    }
    kept->solved = false;
    enum zhol_error error = make_changes(kept, ask);
    if (error == ZHOL_ERROR_UNKNOWN) {
        return assign_asking_fault(ask, "change", "limits_nothing", "a change",
                                   "it limits nothing in this period");
    }
    error = error ? error : assign_model_solve(kept->study.slices[0].model, NULL);
    kept->solved = error == ZHOL_ERROR_OK;
    kept->broken = error != ZHOL_ERROR_OK;
    return error;
}

/* ---- Writing ---- */

struct item {
    uint32_t row;
    bool changed;
    double rent, share;
};

static int by_rank(const void *a, const void *b)
{
    const struct item *x = a, *y = b;
    if (x->changed != y->changed) {
        return x->changed ? -1 : 1;
    }
    if (x->rent != y->rent) {
        return x->rent > y->rent ? -1 : 1;
    }
    if (x->share != y->share) {
        return x->share > y->share ? -1 : 1;
    }
    return (x->row > y->row) - (x->row < y->row);
}

static void write_item(const struct assign_view *view, const struct assign_model *model,
                       const struct item *item, struct json_writer *json)
{
    const struct assign_row *row = &model->rows[item->row];
    uint32_t count;
    const struct zhol_resource *r =
        &zhol_corridor_resource(model->corridor, &count)[row->resource_row];
    double unit = assign_day_value(r, 1); /* a day, of one in the resource's own unit */
    struct buffer name = {0};
    assign_view_capacity_name(view, r->resource_id, row->sense, false, &name);
    json_write_object(json);
    json_member_text(json, "id",
                     zhol_corridor_id(model->corridor, ZHOL_TABLE_resource, r->resource_id));
    json_member_text(json, "name", buffer_get(&name));
    json_member_text(json, "unit", zhol_capacity_unit_text(r->unit));
    json_member_text(json, "per", zhol_per_text(r->per));
    json_member_text(json, "unit_name", report_term(zhol_capacity_unit_text(r->unit), view->lang));
    json_member_text(json, "per_name", report_term(zhol_per_text(r->per), view->lang));
    json_member_real(json, "value", row->capacity / unit);
    json_member_real(json, "stated", row->stated / unit);
    json_member_fixed(json, "use_day", zhol_assign_row_use(model->solver, item->row), 3);
    json_member_fixed(json, "capacity_day", row->capacity, 3);
    json_member_fixed(json, "dual_usd_day", zhol_assign_row_price(model->solver, item->row), 2);
    json_member_bool(json, "assumed", row->assumed);
    json_member_bool(json, "changed", item->changed);
    json_member_text(json, "source",
                     zhol_corridor_id(model->corridor, ZHOL_TABLE_source, r->source_id));
    json_write_object_end(json);
    buffer_clear(&name);
}

static struct item item_of(const struct assign_asking *ask, const struct assign_model *model,
                           uint32_t r)
{
    uint32_t count;
    const struct zhol_resource *rows = zhol_corridor_resource(model->corridor, &count);
    double capacity = model->rows[r].capacity;
    double rent = zhol_assign_row_price(model->solver, r) * capacity;
    double use = zhol_assign_row_use(model->solver, r);
    struct item item = {r, false, rent > 1e-3 ? rent : 0, capacity > 0 ? use / capacity : 0};
    for (uint32_t i = 0; i < ask->count; i++) {
        bool here = ask->changes[i].kind == ASSIGN_CHANGE_RESOURCE &&
                    ask->changes[i].thing == rows[model->rows[r].resource_row].resource_id;
        item.changed = item.changed || here;
    }
    return item;
}

/* What was changed first, then the dearest, then the fullest. */
static enum zhol_error write_items(const struct assign_asking *ask,
                                   const struct assign_model *model, struct json_writer *json)
{
    const char *lang = ask->question->lang;
    bool ru = strcmp(lang, "ru") == 0 || strcmp(lang, "kk") == 0;
    struct assign_view view = {.corridor = model->corridor, .lang = ru ? REPORT_RU : REPORT_EN};
    uint32_t most = ask->question->limit ? ask->question->limit : MODEL_ASSIGN_ITEMS;
    struct item *items = malloc(((size_t)model->row_count + 1) * sizeof *items);
    if (!items) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t r = 0; r < model->row_count; r++) {
        items[r] = item_of(ask, model, r);
    }
    if (model->row_count) {
        qsort(items, model->row_count, sizeof *items, by_rank);
    }
    json_write_key(json, "items");
    json_write_array(json);
    for (uint32_t i = 0; i < model->row_count && (i < most || items[i].changed); i++) {
        write_item(&view, model, &items[i], json);
    }
    json_write_array_end(json);
    free(items);
    return ZHOL_ERROR_OK;
}

static void write_sums(const struct kept_assign *kept, struct json_writer *json)
{
    const struct assign_model *model = kept->study.slices[0].model;
    const struct zhol_assign_certificate *c = &model->certificate;
    double wanted = 0, carried = 0, teu = 0, unmet = unmet_t_day(model);
    for (uint32_t w = 0; w < model->wish_count; w++) {
        const struct assign_class *class = &model->classes[model->wishes[w].class];
        double units = model->wishes[w].units_day - assign_model_unmet(model, w);
        wanted += model->wishes[w].units_day * class->t_per_unit;
        carried += units * class->t_per_unit;
        teu += units * class->teu_per_unit;
    }
    json_member_fixed(json, "wanted_t_day", wanted, 1);
    json_member_fixed(json, "carried_t_day", carried, 1);
    json_member_fixed(json, "carried_teu_day", teu, 1);
    json_member_fixed(json, "unmet_t_day", unmet, 1);
    json_member_fixed(json, "no_way_t_day", fmax(wanted - carried - unmet, 0), 1);
    json_member_fixed(json, "base_unmet_t_day", kept->base_unmet_t_day, 1);
    json_member_fixed(json, "cost_usd_day", c->primal, 0);
    json_member_fixed(json, "base_cost_usd_day", kept->base_usd_day, 0);
    json_write_key(json, "certificate");
    json_write_object(json);
    json_member_fixed(json, "primal_usd_day", c->primal, 2);
    json_member_fixed(json, "dual_usd_day", c->dual, 2);
    json_member_real(json, "gap", c->gap < 1e-12 ? 0 : c->gap);
    json_member_real(json, "violation", c->violation < 1e-12 ? 0 : c->violation);
    json_write_object_end(json);
}

static enum zhol_error write(const struct assign_asking *ask, const struct kept_assign *kept,
                             struct buffer *out)
{
    static const char *const holds[] = {[ASSIGN_HOLD_BORDER] = "border",
                                        [ASSIGN_HOLD_CROSSING] = "crossing",
                                        [ASSIGN_HOLD_NONE] = "none"};
    struct json_writer json;
    json_writer_init(&json, out, false);
    json_write_object(&json);
    model_write_head(ask->corridor, ZHOL_BLANK_DATE, &json);
    model_write_day(&json, "from", ask->from);
    model_write_day(&json, "to", ask->to - 1);
    json_member_text(&json, "hold", holds[ask->hold]);
    json_member_real(&json, "demand", ask->demand);
    write_sums(kept, &json);
    enum zhol_error error = write_items(ask, kept->study.slices[0].model, &json);
    json_write_object_end(&json);
    return error ? error : json_writer_end(&json);
}

enum zhol_error model_assign(struct model *model, const struct model_assign_question *question,
                             struct buffer *out, struct model_fault *fault)
{
    struct assign_asking ask = {.question = question,
                                .scenario = question->scenario ? question->scenario : "",
                                .fault = fault};
    struct kept_assign *kept = NULL;
    *fault = (struct model_fault){.field = "", .code = ""};
    enum zhol_error error = model_corridor(model, ask.scenario, &ask.corridor);
    error = error ? error : assign_asking_read(&ask);
    error = error ? error : take(model_kept_assigns(model), &ask, &kept);
    if (error) {
        return error;
    }
    pthread_mutex_lock(&kept->lock);
    error = solve(kept, &ask);
    error = error ? error : write(&ask, kept, out);
    bool broken = kept->broken;
    pthread_mutex_unlock(&kept->lock);
    give(model_kept_assigns(model), kept, broken);
    return error;
}
