/* claim_verdict_room.c: the room for freight whose mix is kept. See claim_verdict_room.h. */
#include "desk/claim_verdict_room.h"

#include <math.h>

#include "desk/claim_verdict.h"

#define STEP_FIRST 1.25
#define NEAR       0.0005 /* of the factor: what a line adds is told in tenths of a Mt */
#define ENOUGH     0.0001 /* of the share: as near as that */

enum zhol_error claim_room_scale(struct assign_model *model, const uint8_t *meant, double factor)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t w = 0; !error && w < model->wish_count; w++) {
        error = meant[w] ? assign_model_scale_wish(model, w, factor) : ZHOL_ERROR_OK;
    }
    return error;
}

enum zhol_error claim_room_alone(struct assign_model *model, const uint8_t *meant, double *left)
{
    enum zhol_error error = claim_room_scale(model, meant, 0);
    error = error ? error : assign_model_solve(model, NULL);
    for (uint32_t w = 0; !error && w < model->wish_count; w++) {
        left[w] = assign_model_unmet(model, w);
    }
    return error;
}

void claim_room_last_teu(const struct assign_model *model, const uint8_t *meant, double *usd,
                         double *free_usd)
{
    *usd = *free_usd = NAN;
    for (uint32_t w = 0; w < model->wish_count; w++) {
        const struct assign_wish *wish = &model->wishes[w];
        double teu = model->classes[wish->class].teu_per_unit;
        if (meant[w] && wish->demand != ZHOL_NONE && teu > 0) {
            double own = zhol_assign_demand_price(model->solver, wish->demand) / teu;
            *free_usd = isnan(*usd) || own > *usd ? wish->free_usd / teu : *free_usd;
            *usd = isnan(*usd) ? own : fmax(*usd, own);
        }
    }
}

/* ---- The factor ---- */

struct room {
    struct assign_model *model;
    const uint8_t *meant;
    const double *left; /* by wish, units a day, with the freight as it is */
};

/* Share of what is meant that is left behind at a factor, with what it pushes out. */
static enum zhol_error share_left(const struct room *room, double factor, double *share)
{
    const struct assign_model *model = room->model;
    double wanted = 0, left = 0, pushed = 0;
    enum zhol_error error = claim_room_scale(room->model, room->meant, factor);
    error = error ? error : assign_model_solve(room->model, NULL);
    for (uint32_t w = 0; !error && w < model->wish_count; w++) {
        const struct assign_wish *wish = &model->wishes[w];
        double t = model->classes[wish->class].t_per_unit, unmet = assign_model_unmet(model, w);
        if (room->meant[w]) {
            wanted += wish->t_day;
            left += unmet * t;
        } else {
            pushed += (unmet - room->left[w]) * t;
        }
    }
    *share = wanted > 0 ? (left + fmax(0, pushed)) / wanted : 0;
    return error;
}

/* A factor and the share that it leaves behind. */
struct point {
    double factor, share;
};

static bool goes(const struct point *point)
{
    return point->share <= CLAIM_LEFT;
}

/* A factor that goes and one that does not, one step apart. */
static enum zhol_error bracket(const struct room *room, double factor, struct point *good,
                               struct point *bad, struct point *at)
{
    double step = STEP_FIRST;
    *good = (struct point){0, 0};
    *bad = (struct point){CLAIM_RAISE, 1};
    *at = (struct point){factor, 0};
    enum zhol_error error = share_left(room, factor, &at->share);
    bool up = goes(at);
    *(up ? good : bad) = *at;
    while (!error && (up ? at->factor < CLAIM_RAISE : at->factor > NEAR) && goes(at) == up) {
        at->factor = up ? fmin(at->factor * step, CLAIM_RAISE) : at->factor / step;
        step = fmin(step * step, 2);
        error = share_left(room, at->factor, &at->share);
        *(goes(at) ? good : bad) = *at;
    }
    return error;
}

/* Where the straight line between two points meets the share that may stay, kept off their ends:
 * the share is 0 for long, and then bends upwards. */
static double between(const struct point *good, const struct point *bad)
{
    double width = bad->share - good->share;
    double part = width > 0 ? (CLAIM_LEFT - good->share) / width : 0.5;
    part = good->share > 0 ? fmin(fmax(part, 0.1), 0.9) : 0.5;
    return good->factor + part * (bad->factor - good->factor);
}

enum zhol_error claim_room_find(struct assign_model *model, const uint8_t *meant,
                                const double *left, double *factor)
{
    struct room room = {model, meant, left};
    struct point good, bad, at;
    enum zhol_error error = bracket(&room, fmax(NEAR, *factor), &good, &bad, &at);
    while (!error && bad.factor - good.factor > NEAR * bad.factor && bad.factor > NEAR &&
           fabs(at.share - CLAIM_LEFT) > ENOUGH) {
        at.factor = between(&good, &bad);
        error = share_left(&room, at.factor, &at.share);
        *(goes(&at) ? &good : &bad) = at;
    }
    if (!error && at.factor <= NEAR) {
        at.factor = 0; /* not even that goes */
        error = share_left(&room, 0, &at.share);
    }
    *factor = at.factor;
    return error;
}

/* ---- Corners ---- */

enum zhol_error claim_room_corner(struct assign_model *model, enum claim_room_corner corner)
{
    uint32_t count;
    const struct zhol_resource *resources = zhol_corridor_resource(model->corridor, &count);
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t row = 0; !error && row < model->row_count; row++) {
        const struct zhol_resource *r = &resources[model->rows[row].resource_row];
        double value = corner == CLAIM_ROOM_LEAST      ? r->low
                       : corner == CLAIM_ROOM_GREATEST ? r->high
                                                       : r->value;
        if (r->low <= r->value && r->value <= r->high && r->low < r->high) {
            error = assign_model_set_row(model, row, assign_day_value(r, value));
        }
    }
    return error;
}

/* ---- Trains ---- */

static bool is_one_of(uint32_t thing, const uint32_t *things, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (things[i] == thing) {
            return true;
        }
    }
    return false;
}

double claim_room_train_t(const struct assign_model *model, const uint8_t *meant,
                          const uint32_t *resources, uint32_t count)
{
    uint32_t all;
    const struct zhol_resource *rows = zhol_corridor_resource(model->corridor, &all);
    double t = 0, trains = 0;
    for (uint32_t r = 0; count && r < model->row_count; r++) {
        if (!is_one_of(rows[model->rows[r].resource_row].resource_id, resources, count)) {
            continue;
        }
        for (uint32_t f = 0; f < model->flow_count; f++) {
            const struct assign_flow *flow = &model->flows[f];
            uint32_t class = model->wishes[flow->wish].class;
            double use = 0;
            for (uint32_t i = 0; meant[flow->wish] && i < flow->arc_count; i++) {
                use += assign_model_use(model, model->flow_arcs[flow->first_arc + i], class, r);
            }
            trains += use * flow->units_day;
            t += use > 0 ? model->classes[class].t_per_unit * flow->units_day : 0;
        }
    }
    return trains > 0 ? t / trains : NAN;
}
