/* bound.c: a lower bound by prices. See bound.h.
 *
 * Prices are whole numbers of 1/FIX, what is charged is rounded down, what is given back is exact:
 * so the bound is a bound in whole-number arithmetic, whatever a floating-point unit does to the
 * prices between two steps.
 *
 * A unit uses a part of a formed train: its share. Shares come from a dual feasible function: a
 * function of weight (or length) for which the shares of any set that fits in one train add up to
 * at most 1 (Fekete and Schepers, "New classes of fast lower bounds for bin packing problems",
 * Math. Programming 91, 2001). When all that could ever share a train with a unit does not fill it,
 * the shares are larger in that proportion.
 */
#include "dispatch/bound.h"

#include <stdlib.h>
#include <string.h>

#include "dispatch/slots.h"

#define NONE ZHOL_DISPATCH_NONE
#define FAR  (INT64_MAX / 4)

enum { BUCKET = 15, FIX = 256, SHARE = BOUND_SHARE, PRICE_MAX = 1 << 30 };

/* Prices of one capacity over the day: one a bucket of `minutes`. */
struct family {
    uint32_t first, count;
    int32_t minutes;
    int32_t hold_min; /* how long a use lasts at least; 0: it is counted, not held */
    bool there;
    int64_t *sum; /* held ones: price of minutes [0, m) */
};

struct bound {
    const struct compiled *compiled;
    int32_t horizon;
    struct family accept[2], depart[2], fetch[2], haul[2], track[2];
    struct family *front; /* of a front: that of its class */
    struct family *stock;
    int64_t *share; /* unit: part of a formed train, of SHARE; 0: it never goes */
    int64_t *price, *capacity;
    double *slope, *way; /* subgradient of this step, and the direction followed */
    uint32_t size;
    int64_t
        *accepting[2]; /* [minute]: price of an acceptance then, less what track before is worth */
    int64_t *departing[2];  /* [minute]: price of a whole formed train that leaves then */
    int64_t *reach, *value; /* scratch of a train: by begin, by end */
    int64_t *wait;
    int32_t *begin; /* train: in the best way alone, -1 pushed */
    struct arena arena;
};

static void family_open(struct bound *bound, struct family *family, int32_t minutes, int32_t hold)
{
    family->first = bound->size;
    family->count = (uint32_t)((bound->horizon + minutes - 1) / minutes);
    family->minutes = minutes;
    family->hold_min = hold;
    family->there = true;
    bound->size += family->count;
}

/* The shortest turn of the locomotives of a move, 0 when there is none. */
static int32_t turn_min(const struct zhol_dispatch_day *day, int move, int gauge)
{
    int32_t least = 0;
    for (uint32_t i = 0; i < day->locomotive_count; i++) {
        const struct zhol_dispatch_locomotive *row = day->locomotives + i;
        if ((int)row->move == move && (int)row->gauge == gauge &&
            (!least || row->return_min < least)) {
            least = row->return_min;
        }
    }
    return least;
}

static bool fronts_alike(const struct compiled *compiled, uint32_t a, uint32_t b)
{
    const struct zhol_dispatch_front *x = compiled->day->fronts + a, *y = compiled->day->fronts + b;
    return x->work == y->work && x->takes[0] == y->takes[0] && x->takes[1] == y->takes[1] &&
           x->cranes == y->cranes && x->rate == y->rate && x->setup_min == y->setup_min &&
           x->length_m == y->length_m &&
           memcmp(compiled->fronts + a, compiled->fronts + b, sizeof *compiled->fronts) == 0;
}

static void families_open(struct bound *bound)
{
    const struct zhol_dispatch_day *day = bound->compiled->day;
    for (int g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
        family_open(bound, bound->accept + g, 60, 0);
        family_open(bound, bound->depart + g, 60, 0);
        family_open(bound, bound->track + g, BUCKET, 1);
        if (day->needs_locomotive[ZHOL_DISPATCH_ACCEPT][g]) {
            family_open(bound, bound->fetch + g, BUCKET, turn_min(day, ZHOL_DISPATCH_ACCEPT, g));
        }
        if (day->needs_locomotive[ZHOL_DISPATCH_DEPART][g]) {
            family_open(bound, bound->haul + g, BUCKET, turn_min(day, ZHOL_DISPATCH_DEPART, g));
        }
    }
    for (uint32_t k = 0; k < day->front_count; k++) {
        uint32_t same = 0;
        while (same < k && !fronts_alike(bound->compiled, same, k)) {
            same++;
        }
        if (same == k) {
            family_open(bound, bound->front + k, BUCKET, 1);
        } else {
            bound->front[k] = bound->front[same];
        }
    }
    for (uint32_t s = 0; s < day->stock_count; s++) {
        family_open(bound, bound->stock + s, BUCKET, 0);
    }
}

/* Adds the minutes of a row that are not closed to the capacity of its family. */
static void capacity_add(struct bound *bound, const struct family *family,
                         const struct span *closed)
{
    for (int32_t m = span_next_free(closed, 0); m < bound->horizon;) {
        int32_t until = span_next_busy(closed, m);
        for (; m < until && m < bound->horizon; m++) {
            bound->capacity[family->first + (uint32_t)(m / family->minutes)]++;
        }
        m = span_next_free(closed, m);
    }
}

static void stock_capacity(struct bound *bound, uint32_t stock)
{
    const struct zhol_dispatch_day *day = bound->compiled->day;
    const struct family *family = bound->stock + stock;
    for (uint32_t q = 0; q < family->count; q++) {
        bound->capacity[family->first + q] = day->stocks[stock].count;
    }
    for (uint32_t i = 0; i < day->delivery_count; i++) {
        const struct zhol_dispatch_delivery *row = day->deliveries + i;
        for (uint32_t q = (uint32_t)row->minute / BUCKET; row->stock == stock && q < family->count;
             q++) {
            bound->capacity[family->first + q] += row->count;
        }
    }
}

static void capacities_fill(struct bound *bound)
{
    const struct compiled *compiled = bound->compiled;
    const struct zhol_dispatch_day *day = compiled->day;
    for (int g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
        for (uint32_t h = 0; h < compiled->hours; h++) {
            bound->capacity[bound->accept[g].first + h] = day->accepts[g][h];
            bound->capacity[bound->depart[g].first + h] = day->departs[g][h];
        }
    }
    for (uint32_t i = 0; i < day->track_count; i++) {
        capacity_add(bound, bound->track + day->tracks[i].gauge, compiled->tracks + i);
    }
    for (uint32_t i = 0; i < day->locomotive_count; i++) {
        const struct zhol_dispatch_locomotive *row = day->locomotives + i;
        struct family *family =
            (row->move == ZHOL_DISPATCH_ACCEPT ? bound->fetch : bound->haul) + row->gauge;
        if (family->there) {
            capacity_add(bound, family, compiled->locomotives + i);
        }
    }
    for (uint32_t k = 0; k < day->front_count; k++) {
        capacity_add(bound, bound->front + k, compiled->fronts + k);
    }
    for (uint32_t s = 0; s < day->stock_count; s++) {
        stock_capacity(bound, s);
    }
}

/* The function u(k) of Fekete and Schepers on part/whole, times SHARE, rounded down; k 0: itself.
 */
static int64_t share_of(int64_t part, int64_t whole, int64_t k)
{
    int64_t scaled = (k + 1) * part;
    if (k == 0 || scaled % whole == 0) {
        return part * SHARE / whole;
    }
    return scaled / whole * SHARE / k;
}

/* How a unit measures against a formed train: by length, weight or heavy pairs. */
static int64_t measure(const struct compiled *compiled, uint32_t unit, int by, int64_t *whole)
{
    const struct zhol_dispatch_unit *row = compiled->day->units + unit;
    enum zhol_dispatch_gauge gauge = compiled->group_gauge[compiled->unit_group[unit]];
    const struct zhol_dispatch_limits *limits = compiled->day->limits + gauge;
    uint32_t tracks = compiled->track_counts[gauge];
    if (by == 1) {
        *whole = limits->weight_t;
        return row->weight_t;
    }
    if (by == 2) {
        *whole = limits->heavy_20_pairs;
        return row->heavy_20_pairs;
    }
    int64_t track =
        tracks ? compiled->day->tracks[compiled->track_at[gauge][tracks - 1]].length_m : 0;
    *whole = (int64_t)limits->length_wagons * ZHOL_DISPATCH_WAGON_M;
    *whole = track < *whole ? track : *whole;
    return row->length_m;
}

static bool fits_alone(const struct compiled *compiled, uint32_t unit)
{
    for (int by = 0; by < 3; by++) {
        int64_t whole, part = measure(compiled, unit, by, &whole);
        if (part > whole) {
            return false;
        }
    }
    return true;
}

static int64_t group_shares(struct bound *bound, uint32_t group, int by, int64_t k, bool keep)
{
    const struct compiled *compiled = bound->compiled;
    int64_t total = 0;
    for (uint32_t i = compiled->group_first[group]; i < compiled->group_first[group + 1]; i++) {
        uint32_t unit = compiled->group_unit[i];
        int64_t whole, part = measure(compiled, unit, by, &whole);
        int64_t share = fits_alone(compiled, unit) && whole > 0 ? share_of(part, whole, k) : 0;
        total += share;
        if (keep) {
            bound->share[unit] = share;
        }
    }
    return total;
}

/* Chooses for each group the measure and the function by which it takes most trains. */
static void shares_fill(struct bound *bound)
{
    enum { FUNCTIONS = 16 };
    const struct compiled *compiled = bound->compiled;
    for (uint32_t g = 0; g < compiled->group_count; g++) {
        int64_t best = -1, best_k = 0;
        int best_by = 0;
        for (int by = 0; by < 3; by++) {
            for (int64_t k = 0; k < FUNCTIONS; k++) {
                int64_t total = group_shares(bound, g, by, k, false);
                if (total > best) {
                    best = total;
                    best_k = k;
                    best_by = by;
                }
            }
        }
        group_shares(bound, g, best_by, best_k, true);
        for (uint32_t i = compiled->group_first[g]; i < compiled->group_first[g + 1]; i++) {
            int64_t *share = bound->share + compiled->group_unit[i];
            if (best > 0 && best < SHARE) {
                *share = *share * SHARE / best;
            }
        }
    }
}

void bound_shares(const struct compiled *compiled, int64_t *share)
{
    struct bound bound = {.compiled = compiled, .share = share};
    shares_fill(&bound);
}

static bool arrays_take(struct bound *bound)
{
    const struct zhol_dispatch_day *day = bound->compiled->day;
    struct arena *arena = &bound->arena;
    size_t minutes = (size_t)bound->horizon + 1;
    bool taken = true;
#define TAKE(field, count)                                    \
    do {                                                      \
        field = arena_array(arena, (count), sizeof *(field)); \
        taken = taken && (field);                             \
    } while (0)
    TAKE(bound->front, day->front_count);
    TAKE(bound->stock, day->stock_count);
    if (!taken) {
        return false;
    }
    families_open(bound);
    TAKE(bound->share, day->unit_count);
    TAKE(bound->price, bound->size);
    TAKE(bound->capacity, bound->size);
    TAKE(bound->slope, bound->size);
    TAKE(bound->way, bound->size);
    TAKE(bound->reach, minutes);
    TAKE(bound->value, minutes);
    TAKE(bound->wait, minutes);
    TAKE(bound->begin, day->train_count);
    for (int g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
        TAKE(bound->accepting[g], minutes);
        TAKE(bound->departing[g], minutes);
        TAKE(bound->fetch[g].sum, minutes);
        TAKE(bound->haul[g].sum, minutes);
        TAKE(bound->track[g].sum, minutes);
    }
    for (uint32_t k = 0; k < day->front_count; k++) {
        TAKE(bound->front[k].sum, minutes);
    }
    for (uint32_t s = 0; s < day->stock_count; s++) {
        TAKE(bound->stock[s].sum, minutes);
    }
#undef TAKE
    return taken;
}

static int64_t price_at(const struct bound *bound, const struct family *family, int32_t minute)
{
    return bound->price[family->first + (uint32_t)(minute / family->minutes)];
}

/* The price of holding from a minute for the family's shortest use. */
static int64_t hold_price(const struct bound *bound, const struct family *family, int32_t from)
{
    int32_t until = from + family->hold_min;
    return family->there
               ? family->sum[until < bound->horizon ? until : bound->horizon] - family->sum[from]
               : 0;
}

static void sums_fill(struct bound *bound, struct family *family)
{
    for (int32_t m = 0; family->there && m < bound->horizon; m++) {
        family->sum[m + 1] = family->sum[m] + price_at(bound, family, m);
    }
}

/* What acceptances and departures cost by minute at the prices of this step. */
static void minutes_fill(struct bound *bound)
{
    const struct zhol_dispatch_day *day = bound->compiled->day;
    for (int g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
        sums_fill(bound, bound->fetch + g);
        sums_fill(bound, bound->haul + g);
        sums_fill(bound, bound->track + g);
        for (int32_t m = 0; m < bound->horizon; m++) {
            bool fetched = !bound->fetch[g].there || bound->fetch[g].hold_min > 0;
            bool hauled = !bound->haul[g].there || bound->haul[g].hold_min > 0;
            int32_t form = m >= day->form_min ? m - day->form_min : 0;
            bound->accepting[g][m] = day->accepts[g][m / 60] && fetched
                                         ? price_at(bound, bound->accept + g, m) +
                                               hold_price(bound, bound->fetch + g, m) -
                                               bound->track[g].sum[m]
                                         : FAR;
            bound->departing[g][m] = day->departs[g][m / 60] && hauled
                                         ? price_at(bound, bound->depart + g, m) +
                                               hold_price(bound, bound->haul + g, m) +
                                               bound->track[g].sum[m] - bound->track[g].sum[form]
                                         : FAR;
        }
    }
    for (uint32_t k = 0; k < day->front_count; k++) {
        sums_fill(bound, bound->front + k);
    }
    /* A piece taken at m is missing in every bucket from m's own on. */
    for (uint32_t s = 0; s < day->stock_count; s++) {
        int64_t *sum = bound->stock[s].sum;
        sum[bound->horizon] = 0;
        for (int32_t m = bound->horizon - 1; m >= 0; m--) {
            bool last = m + 1 == bound->horizon || (m + 1) % BUCKET == 0;
            sum[m] = sum[m + 1] + (last ? price_at(bound, bound->stock + s, m) : 0);
        }
    }
}

/* What a unit costs when it leaves at `depart`; FAR when it cannot. */
static inline int64_t leave_price(const struct bound *bound, uint32_t unit, int32_t depart)
{
    const struct zhol_dispatch_unit *row = bound->compiled->day->units + unit;
    uint32_t gauge = bound->compiled->group_gauge[bound->compiled->unit_group[unit]];
    int64_t train = bound->departing[gauge][depart];
    if (train == FAR) {
        return FAR;
    }
    int64_t pieces =
        row->stock != NONE ? (int64_t)row->pieces * bound->stock[row->stock].sum[depart] : 0;
    return unit_late_cost(row, depart) * FIX +
           (bound->share[unit] * (train / FIX)) / (SHARE / FIX) + pieces;
}

/* Adds to value[e] the least that a unit costs when its train's handling ends at e. */
static void unit_value(struct bound *bound, uint32_t unit)
{
    const struct compiled *compiled = bound->compiled;
    const struct zhol_dispatch_unit *row = compiled->day->units + unit;
    uint32_t group = compiled->unit_group[unit];
    enum zhol_dispatch_gauge gauge = (enum zhol_dispatch_gauge)compiled->group_gauge[group];
    int32_t form = compiled->day->form_min, held = compiled->loaded_from[unit];
    int32_t first = fits_alone(compiled, unit) ? (held > 0 ? held : 0) : bound->horizon;
    int64_t kept = row->flags & ZHOL_DISPATCH_NO_YARD
                       ? FAR
                       : unit_late_cost(row, compiled->kept_min[unit]) * FIX;
    for (int32_t e = bound->horizon; e >= 0; e--) {
        int32_t depart = e + form;
        if (e >= first && depart < bound->horizon && bound->departing[gauge][depart] != FAR) {
            int64_t price = leave_price(bound, unit, depart);
            if (price < kept && (!compiled->day->ban_count ||
                                 ban_end(compiled->day, gauge, compiled->group_destination[group],
                                         row->flags, depart) == depart)) {
                kept = price;
            }
        }
        bound->value[e] = kept >= FAR || bound->value[e] >= FAR ? FAR : bound->value[e] + kept;
    }
}

/* What was found best for a train. */
struct best {
    int64_t price;
    int32_t accept, begin; /* begin -1: pushed */
    uint32_t front;
};

/* reach[b]: the least price of standing ready to begin at b; wait[b]: the acceptance for it. */
static void reach_fill(struct bound *bound, uint32_t train)
{
    const struct zhol_dispatch_train *row = bound->compiled->day->trains + train;
    const int64_t *accepting = bound->accepting[row->gauge], *track = bound->track[row->gauge].sum;
    int64_t least = FAR;
    int32_t at = -1;
    for (int32_t b = 0; b < bound->horizon; b++) {
        int32_t accept = b - row->inspect_min;
        if (accept >= 0 && accepting[accept] < least &&
            accept_from(bound->compiled, train, accept) == accept) {
            least = accepting[accept];
            at = accept;
        }
        bound->reach[b] = least == FAR ? FAR : least + track[b];
        bound->wait[b] = at;
    }
}

static void front_best(const struct bound *bound, uint32_t train, uint32_t front, struct best *best)
{
    const struct compiled *compiled = bound->compiled;
    const struct zhol_dispatch_train *row = compiled->day->trains + train;
    int32_t work = compiled->work_min[train * compiled->day->front_count + front];
    const struct span *closed = compiled->fronts + front;
    const int64_t *sum = bound->front[front].sum;
    const int64_t *back =
        row->frees_stock != NONE && row->frees_count ? bound->stock[row->frees_stock].sum : NULL;
    int32_t first = accept_from(compiled, train, 0) + row->inspect_min;
    for (int32_t b = span_fit(closed, first, work, bound->horizon); b != ZHOL_DISPATCH_NEVER;
         b = span_fit(closed, b, work, bound->horizon)) {
        for (int32_t last = span_next_busy(closed, b) - work; b <= last; b++) {
            int32_t end = b + work, free = end + compiled->day->release_min;
            if (bound->reach[b] >= FAR || bound->value[end] >= FAR) {
                continue;
            }
            int64_t price = bound->reach[b] + sum[end] - sum[b] + bound->value[end];
            if (back && free < bound->horizon) {
                price -= (int64_t)row->frees_count * back[free];
            }
            if (price < best->price) {
                *best = (struct best){price, (int32_t)bound->wait[b], b, front};
            }
        }
    }
}

static bool has_track(const struct compiled *compiled, const struct zhol_dispatch_train *row)
{
    uint32_t count = compiled->track_counts[row->gauge];
    return count && compiled->day->tracks[compiled->track_at[row->gauge][count - 1]].length_m >=
                        row->length_m;
}

static struct best train_best(struct bound *bound, uint32_t train)
{
    const struct compiled *compiled = bound->compiled;
    const struct zhol_dispatch_train *row = compiled->day->trains + train;
    struct best best = {.begin = -1};
    for (uint32_t i = compiled->unit_first[train]; i < compiled->unit_first[train + 1]; i++) {
        uint32_t unit = compiled->unit_at[i];
        best.price += FIX * unit_late_cost(compiled->day->units + unit, compiled->pushed_min[unit]);
    }
    if (accept_from(compiled, train, 0) >= bound->horizon || !has_track(compiled, row)) {
        return best;
    }
    memset(bound->value, 0, ((size_t)bound->horizon + 1) * sizeof *bound->value);
    for (uint32_t i = compiled->unit_first[train]; i < compiled->unit_first[train + 1]; i++) {
        unit_value(bound, compiled->unit_at[i]);
    }
    reach_fill(bound, train);
    for (uint32_t k = 0; k < compiled->day->front_count; k++) {
        bool tried = false; /* a front of the same class costs the same */
        for (uint32_t j = 0; j < k && !tried; j++) {
            tried = bound->front[j].first == bound->front[k].first;
        }
        if (!tried && compiled->work_min[train * compiled->day->front_count + k]) {
            front_best(bound, train, k, &best);
        }
    }
    return best;
}

/* Adds a use of [from, until) to the slopes of a family, `part` of one. */
static void slope_hold(struct bound *bound, const struct family *family, int32_t from,
                       int32_t until, double part)
{
    until = until < bound->horizon ? until : bound->horizon;
    for (int32_t m = from; family->there && m < until;) {
        int32_t end = (m / family->minutes + 1) * family->minutes;
        end = end < until ? end : until;
        bound->slope[family->first + (uint32_t)(m / family->minutes)] += part * (end - m);
        m = end;
    }
}

static void slope_stock(struct bound *bound, uint32_t stock, int32_t from, double pieces)
{
    const struct family *family = bound->stock + stock;
    for (uint32_t q = (uint32_t)from / BUCKET; from < bound->horizon && q < family->count; q++) {
        bound->slope[family->first + q] += pieces;
    }
}

/* Adds what a unit uses in the best way from an end of handling. */
static void slope_unit(struct bound *bound, uint32_t unit, int32_t end)
{
    const struct compiled *compiled = bound->compiled;
    const struct zhol_dispatch_unit *row = compiled->day->units + unit;
    uint32_t group = compiled->unit_group[unit], gauge = compiled->group_gauge[group];
    int32_t form = compiled->day->form_min, at = -1;
    int32_t held = compiled->loaded_from[unit] > end ? compiled->loaded_from[unit] : end;
    int64_t least = row->flags & ZHOL_DISPATCH_NO_YARD
                        ? FAR
                        : unit_late_cost(row, compiled->kept_min[unit]) * FIX;
    bool never = !fits_alone(compiled, unit) || held >= bound->horizon;
    for (int32_t d = never ? bound->horizon : held + form; d < bound->horizon; d++) {
        int64_t price = leave_price(bound, unit, d);
        if (price < least && ban_end(compiled->day, (enum zhol_dispatch_gauge)gauge,
                                     compiled->group_destination[group], row->flags, d) == d) {
            least = price;
            at = d;
        }
    }
    if (at < 0) {
        return;
    }
    double part = (double)bound->share[unit] / SHARE;
    bound->slope[bound->depart[gauge].first + (uint32_t)at / 60] += part;
    slope_hold(bound, bound->haul + gauge, at, at + bound->haul[gauge].hold_min, part);
    slope_hold(bound, bound->track + gauge, at - form, at, part);
    if (row->stock != NONE) {
        slope_stock(bound, row->stock, at, row->pieces);
    }
}

static void slope_train(struct bound *bound, uint32_t train, const struct best *best)
{
    const struct compiled *compiled = bound->compiled;
    const struct zhol_dispatch_train *row = compiled->day->trains + train;
    if (best->begin < 0) {
        return;
    }
    int32_t end =
        best->begin + compiled->work_min[train * compiled->day->front_count + best->front];
    bound->slope[bound->accept[row->gauge].first + (uint32_t)best->accept / 60] += 1;
    slope_hold(bound, bound->fetch + row->gauge, best->accept,
               best->accept + bound->fetch[row->gauge].hold_min, 1);
    slope_hold(bound, bound->track + row->gauge, best->accept, best->begin, 1);
    slope_hold(bound, bound->front + best->front, best->begin, end, 1);
    if (row->frees_stock != NONE) {
        slope_stock(bound, row->frees_stock, end + compiled->day->release_min,
                    -(double)row->frees_count);
    }
    for (uint32_t i = compiled->unit_first[train]; i < compiled->unit_first[train + 1]; i++) {
        slope_unit(bound, compiled->unit_at[i], end);
    }
}

/* The bound at the present prices, in 1/FIX; fills the slopes. */
static int64_t evaluate(struct bound *bound)
{
    int64_t total = 0;
    minutes_fill(bound);
    for (uint32_t i = 0; i < bound->size; i++) {
        bound->slope[i] = -(double)bound->capacity[i];
        total -= bound->price[i] * bound->capacity[i];
    }
    for (uint32_t t = 0; t < bound->compiled->day->train_count; t++) {
        struct best best = train_best(bound, t);
        total += best.price;
        bound->begin[t] = best.begin;
        slope_train(bound, t, &best);
    }
    return total;
}

/* Scales families that are counted in minutes to trains, so that one step serves all. */
static void slopes_scale(struct bound *bound, const double *scale)
{
    for (uint32_t i = 0; i < bound->size; i++) {
        bound->slope[i] *= scale[i];
    }
}

static void scale_family(const struct family *family, double *scale, double by)
{
    for (uint32_t i = 0; family->there && i < family->count; i++) {
        scale[family->first + i] = by;
    }
}

static void scales_fill(const struct bound *bound, double *scale)
{
    for (uint32_t i = 0; i < bound->size; i++) {
        scale[i] = 1;
    }
    for (int g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
        scale_family(bound->fetch + g, scale, 1.0 / BUCKET);
        scale_family(bound->haul + g, scale, 1.0 / BUCKET);
        scale_family(bound->track + g, scale, 1.0 / BUCKET);
    }
    for (uint32_t k = 0; k < bound->compiled->day->front_count; k++) {
        scale_family(bound->front + k, scale, 1.0 / BUCKET);
    }
    for (uint32_t s = 0; s < bound->compiled->day->stock_count; s++) {
        scale_family(bound->stock + s, scale, 1.0 / 64);
    }
}

static void prices_move(struct bound *bound, const double *scale, double length)
{
    for (uint32_t i = 0; i < bound->size; i++) {
        double price = (double)bound->price[i] + length * scale[i] * bound->way[i];
        bound->price[i] = price <= 0 ? 0 : price > PRICE_MAX ? PRICE_MAX : (int64_t)(price + 0.5);
    }
}

/* The step of the volume algorithm: from the best prices, along the mean of the slopes. False when
 * there is nowhere to go. */
static bool step_on(struct bound *bound, const double *scale, const int64_t *base, double rise,
                    bool first)
{
    double fresh = first ? 1 : 0.03, norm = 0;
    for (uint32_t i = 0; i < bound->size; i++) {
        bound->way[i] += fresh * (bound->slope[i] - bound->way[i]);
        bool stuck = base[i] == 0 && bound->way[i] < 0;
        norm += stuck ? 0 : bound->way[i] * bound->way[i];
    }
    if (norm < 1e-12) {
        return false;
    }
    memcpy(bound->price, base, bound->size * sizeof *base);
    prices_move(bound, scale, rise / norm);
    return true;
}

/* Moves the prices; *best is the best bound met, in 1/FIX. */
static void climb(struct bound *bound, const struct bound_listener *listener, const double *scale,
                  int64_t *base, uint32_t steps, int64_t *best)
{
    enum { PATIENCE = 20 };
    double pace = 0.3;
    uint32_t idle = 0;
    bool (*stop)(void) = bound->compiled->stop;
    for (uint32_t step = 0; step < steps && pace > 1e-3 && !(step && stop && stop()); step++) {
        int64_t here = evaluate(bound);
        double aim = (double)listener->hear(listener->context, bound->begin) * FIX;
        slopes_scale(bound, scale);
        if (step == 0 || here > *best) {
            pace = step == 0 || pace >= 0.9 ? pace : pace * 1.1;
            idle = 0;
            *best = here;
            memcpy(base, bound->price, bound->size * sizeof *base);
        } else if (++idle >= PATIENCE) {
            pace *= 0.7;
            idle = 0;
        }
        if ((double)*best > aim - FIX ||
            !step_on(bound, scale, base, pace * (aim - (double)*best), step == 0)) {
            return; /* rounds up to the plan, or flat */
        }
    }
}

/* Sets the prices to what acceptances alone are worth; *value is the bound there. */
static enum zhol_error prices_of_slots(struct bound *bound, int64_t *value)
{
    int64_t price[SLOT_HOURS];
    memset(bound->price, 0, bound->size * sizeof *bound->price);
    for (int g = 0; g < ZHOL_DISPATCH_GAUGES; g++) {
        enum zhol_error error = slots_price(bound->compiled, (enum zhol_dispatch_gauge)g, price);
        if (error) {
            return error;
        }
        for (uint32_t h = 0; h < bound->accept[g].count; h++) {
            int64_t here = price[h] < PRICE_MAX / FIX ? price[h] * FIX : PRICE_MAX;
            bound->price[bound->accept[g].first + h] = here;
        }
    }
    *value = evaluate(bound);
    return ZHOL_ERROR_OK;
}

/* Climbs from no prices, and from those of the acceptances where these alone are better. */
static enum zhol_error climb_twice(struct bound *bound, const struct bound_listener *listener,
                                   const double *scale, int64_t *base, uint32_t steps,
                                   int64_t *best)
{
    int64_t slots = 0, again = 0;
    climb(bound, listener, scale, base, steps, best);
    enum zhol_error error = prices_of_slots(bound, &slots);
    if (!error && slots > *best) {
        memset(bound->way, 0, bound->size * sizeof *bound->way);
        climb(bound, listener, scale, base, steps, &again);
        *best = again;
    }
    return error;
}

enum zhol_error bound_find(const struct compiled *compiled, const struct bound_listener *listener,
                           uint32_t steps, int64_t *result)
{
    struct bound bound = {.compiled = compiled, .horizon = compiled->horizon};
    int64_t best = 0;
    arena_init(&bound.arena, 1 << 16);
    *result = 0;
    bool taken = arrays_take(&bound);
    double *scale = taken ? arena_array(&bound.arena, bound.size, sizeof *scale) : NULL;
    int64_t *base = taken ? arena_array(&bound.arena, bound.size, sizeof *base) : NULL;
    enum zhol_error error = scale && base ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    if (!error) {
        capacities_fill(&bound);
        shares_fill(&bound);
        scales_fill(&bound, scale);
        error = climb_twice(&bound, listener, scale, base, steps ? steps : 1, &best);
        *result = best > 0 ? (best + FIX - 1) / FIX : 0;
    }
    arena_clear(&bound.arena);
    return error;
}
