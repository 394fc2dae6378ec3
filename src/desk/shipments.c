/* shipments.c: one consignment of many (desk/shipments.h). */
#include "desk/shipments.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/time.h"
#include "desk/eta_arrival.h"
#include "desk/route.h"

enum { DAY_MIN = 24 * 60 };

struct work {
    const struct zhol_corridor *corridor;
    const struct zhol_network *network;
    struct zhol_network_view net;
    const struct shipment *shipment;
    struct zhol_consignment order;
    struct zhol_plan_result result;
    uint32_t chosen; /* itinerary */
};

/* A point of an itinerary: a step, and how much of it is over. */
struct spot {
    uint32_t step;
    double share;
};

/* ---- The way ---- */

static double day_cents(const struct work *work)
{
    uint32_t row, end, count;
    const struct zhol_commodity *rows = zhol_corridor_commodity(work->corridor, &count);
    zhol_corridor_rows(work->corridor, ZHOL_TABLE_commodity, work->shipment->commodity, &row, &end);
    double usd = rows[row].time_value_usd_t_day * work->order.load.tonnes;
    return isnan(usd) ? 0 : usd * 100;
}

/* The arcs of a step: those of its way where it is a ride. */
static uint32_t arcs_of(const struct zhol_network_view *net, const uint32_t *arc,
                        const uint32_t **arcs)
{
    if (net->arcs[*arc].kind != ZHOL_ARC_RIDE) {
        *arcs = arc;
        return 1;
    }
    const struct zhol_ride *ride = &net->rides[net->arcs[*arc].thing];
    *arcs = &net->ways[ride->way];
    return ride->way_count;
}

/* Where a place is left, or a process begins; false where the itinerary knows neither. */
static bool find_spot(const struct work *work, uint32_t itinerary, uint32_t node, uint32_t process,
                      struct spot *spot)
{
    const struct zhol_network_view *net = &work->net;
    const struct zhol_itinerary *it = &work->result.itineraries[itinerary];
    uint32_t count;
    const struct zhol_process *processes = zhol_corridor_process(work->corridor, &count);
    for (uint32_t s = 0; s < it->step_count; s++) {
        const uint32_t *arcs;
        uint32_t arc_count = arcs_of(net, &work->result.steps[it->first_step + s].arc, &arcs);
        double before = 0, all = 0;
        bool found = false;
        for (uint32_t k = 0; k < arc_count; k++) {
            const struct zhol_arc *arc = &net->arcs[arcs[k]];
            bool here =
                node != ZHOL_NONE
                    ? net->vertices[zhol_network_tail(net, arcs[k])].node == node
                    : arc->process != ZHOL_NONE && processes[arc->process].process_id == process;
            before = here && !found ? all : before;
            found = found || here;
            all += arc->minutes[ZHOL_TIME_MEDIAN];
        }
        if (found) {
            *spot = (struct spot){.step = s, .share = all > 0 ? before / all : 0};
            return true;
        }
    }
    return false;
}

/* What an itinerary is chosen by; less is better, the first that differs decides. */
struct merit {
    bool gaps; /* a price is not known */
    bool late;
    double cents; /* money and the worth of its days, those after the deadline weighed */
};

static struct merit merit_of(const struct work *work, const struct zhol_itinerary *it)
{
    int64_t deadline_min = work->shipment->deadline_min;
    bool late = it->arrival_min > deadline_min;
    double days = (double)(it->arrival_min - work->order.ready_min) / DAY_MIN;
    double late_days = late ? (double)(it->arrival_min - deadline_min) / DAY_MIN : 0;
    days += late_days * (SHIPMENT_LATE_WEIGHT - 1);
    return (struct merit){.gaps = it->unknown_items != 0,
                          .late = late,
                          .cents = (double)it->cents + day_cents(work) * days};
}

static bool is_better(const struct merit *a, const struct merit *b)
{
    if (a->gaps != b->gaps) {
        return b->gaps;
    }
    return a->late != b->late ? b->late : a->cents < b->cents;
}

/* The best itinerary among those that pass `through` (ZHOL_NONE: among all); ZHOL_NONE where none
 * does. */
static uint32_t choose(const struct work *work, uint32_t through)
{
    uint32_t best = ZHOL_NONE;
    struct merit least = {.gaps = true};
    for (uint32_t i = 0; i < work->result.itinerary_count; i++) {
        struct merit merit = merit_of(work, &work->result.itineraries[i]);
        struct spot spot;
        if ((best == ZHOL_NONE || is_better(&merit, &least)) &&
            (through == ZHOL_NONE || find_spot(work, i, through, ZHOL_NONE, &spot))) {
            best = i;
            least = merit;
        }
    }
    return best;
}

static enum zhol_error plan(struct work *work, uint32_t from, int64_t ready_min)
{
    const struct zhol_plan_options options = {.time = ZHOL_TIME_MEDIAN};
    zhol_plan_result_clear(&work->result);
    work->order.from = from;
    work->order.ready_min = ready_min;
    work->order.deadline_min = INT64_MAX;
    enum zhol_error error =
        zhol_plan(work->network, work->corridor, &work->order, &options, &work->result);
    work->order.deadline_min = work->shipment->deadline_min;
    work->chosen = error ? ZHOL_NONE : choose(work, ZHOL_NONE);
    return error == ZHOL_ERROR_UNREACHABLE ? ZHOL_ERROR_OK : error;
}

/* ---- The promise ---- */

static const struct zhol_step *step_at(const struct work *work, uint32_t step)
{
    return &work->result.steps[work->result.itineraries[work->chosen].first_step + step];
}

/* The point of the itinerary at which the consignment was seen. */
static struct eta_arrival_point point_at(const struct work *work, const struct spot *spot)
{
    const struct zhol_step *step = step_at(work, spot->step);
    int64_t at_min = work->shipment->at_min;
    int64_t gone = llround(spot->share * (double)(step->end_min - step->start_min));
    return (struct eta_arrival_point){.step = spot->step,
                                      .ready_min = at_min,
                                      .under_way = gone > 0,
                                      .begun_min = at_min - gone,
                                      .now_min = at_min};
}

static enum zhol_error promise(const struct work *work, const struct eta_arrival_point *point,
                               struct shipment_answer *out)
{
    struct eta_arrival *eta = NULL;
    struct eta_arrival_promise said;
    enum zhol_error error =
        eta_arrival_new(work->network, work->corridor, &work->order, false, NULL, &eta);
    error = error ? error : eta_arrival_itinerary(eta, &work->result, work->chosen, point, &said);
    if (!error) {
        out->p50_min = said.p50_min;
        out->p90_min = said.p90_min;
        out->in_time = said.in_time;
    }
    eta_arrival_free(eta);
    return error;
}

/* Seen from where it is: on the best itinerary that passes there, else anew from there. */
static enum zhol_error follow(struct work *work, struct shipment_answer *out)
{
    struct spot spot = {.step = 0};
    uint32_t passing = choose(work, work->shipment->at);
    if (passing == ZHOL_NONE) {
        enum zhol_error error = plan(work, work->shipment->at, work->shipment->at_min);
        out->replanned = true;
        return error || work->chosen == ZHOL_NONE ? error : promise(work, NULL, out);
    }
    work->chosen = passing;
    find_spot(work, passing, work->shipment->at, ZHOL_NONE, &spot);
    struct eta_arrival_point point = point_at(work, &spot);
    return promise(work, &point, out);
}

/* ---- Duties ---- */

static bool is_duty(unsigned kind)
{
    return kind == zhol_rule_kind_DOCUMENT || kind == zhol_rule_kind_PRE_ARRIVAL ||
           kind == zhol_rule_kind_PLAN_APPROVAL;
}

/* The family of a rule: the part behind the first dot of its identifier ("smgs" of RU.smgs.kz). */
static struct text_view family_of(const struct zhol_corridor *corridor,
                                  const struct zhol_rule *rule)
{
    const char *id = zhol_corridor_id(corridor, ZHOL_TABLE_rule, rule->rule_id);
    struct text_view rest = text_view_of(id);
    text_cut(&rest, '.');
    return text_cut(&rest, '.');
}

/* True where a word of a list of documents means the rule. */
static bool means(const struct zhol_corridor *corridor, const struct zhol_rule *rule,
                  struct text_view word)
{
    const char *id = zhol_corridor_id(corridor, ZHOL_TABLE_rule, rule->rule_id);
    return text_equal_fold(word, text_view_of(id)) ||
           text_equal_fold(word, family_of(corridor, rule)) ||
           text_equal_fold(word, text_view_of(zhol_corridor_text(corridor, rule->name))) ||
           text_equal_fold(word, text_view_of(zhol_corridor_text(corridor, rule->name_ru)));
}

bool shipment_next_document(struct text_view *list, struct text_view *word)
{
    while (list->size) {
        size_t size = 0;
        while (size < list->size && list->bytes[size] != ';' && list->bytes[size] != ',') {
            size++;
        }
        *word = text_trim((struct text_view){.bytes = list->bytes, .size = (uint32_t)size});
        size += size < list->size;
        list->bytes += size;
        list->size -= (uint32_t)size;
        if (word->size) {
            return true;
        }
    }
    return false;
}

bool shipment_document_known(const struct zhol_corridor *corridor, struct text_view word)
{
    uint32_t count;
    const struct zhol_rule *rules = zhol_corridor_rule(corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (is_duty(rules[i].kind) && means(corridor, &rules[i], word)) {
            return true;
        }
    }
    return false;
}

static bool is_listed(const struct work *work, const struct zhol_rule *rule)
{
    struct text_view list =
        text_view_of(work->shipment->documents ? work->shipment->documents : "");
    struct text_view word;
    while (shipment_next_document(&list, &word)) {
        if (means(work->corridor, rule, word)) {
            return true;
        }
    }
    return false;
}

/* Where the scope of a rule is met first, for those that hold at a point of the way. */
static bool meets(const struct work *work, const struct zhol_rule *rule, uint32_t arc)
{
    const struct zhol_network_view *net = &work->net;
    const struct zhol_vertex *a = &net->vertices[zhol_network_tail(net, arc)];
    const struct zhol_vertex *b = &net->vertices[net->arcs[arc].head];
    uint32_t count;
    if (rule->process_id != ZHOL_NONE) {
        const struct zhol_process *rows = zhol_corridor_process(work->corridor, &count);
        uint32_t process = net->arcs[arc].process;
        return process != ZHOL_NONE && rows[process].process_id == rule->process_id;
    }
    if (rule->node_id != ZHOL_NONE) {
        return a->node == rule->node_id;
    }
    if (rule->mode == zhol_mode_SEA) {
        return zhol_mode_of_state(b->state) == zhol_mode_SEA;
    }
    const struct zhol_node *nodes = zhol_corridor_node(work->corridor, &count);
    return nodes[a->node].country != nodes[b->node].country &&
           nodes[b->node].country == rule->country;
}

/* When the way comes to where the rule holds; false for those that hold for the way as a whole. */
static bool comes_to(const struct work *work, const struct zhol_rule *rule, int64_t *at_min)
{
    bool there = rule->process_id != ZHOL_NONE || rule->node_id != ZHOL_NONE ||
                 rule->mode == zhol_mode_SEA ||
                 (rule->direction == zhol_direction_IN && rule->commodity_id == ZHOL_NONE);
    const struct zhol_itinerary *it = &work->result.itineraries[work->chosen];
    for (uint32_t s = 0; there && s < it->step_count; s++) {
        const struct zhol_step *step = step_at(work, s);
        const uint32_t *arcs;
        uint32_t arc_count = arcs_of(&work->net, &step->arc, &arcs);
        double all = 0, before = -1;
        for (uint32_t k = 0; k < arc_count; k++) {
            before = before < 0 && meets(work, rule, arcs[k]) ? all : before;
            all += work->net.arcs[arcs[k]].minutes[ZHOL_TIME_MEDIAN];
        }
        if (before >= 0) {
            double share = all > 0 ? before / all : 0;
            *at_min = step->start_min + llround(share * (double)(step->end_min - step->start_min));
            return true;
        }
    }
    return false;
}

static int64_t due_of(const struct work *work, const struct zhol_rule *rule)
{
    const char *unit = zhol_corridor_text(work->corridor, rule->unit);
    int64_t at_min = work->shipment->ready_min;
    if (rule->kind == zhol_rule_kind_PLAN_APPROVAL) {
        if (isnan(rule->value) || strcmp(unit, "d") != 0) {
            return at_min;
        }
        int32_t day = time_day_of(at_min * 60);
        int64_t first = (int64_t)day - (int64_t)time_date_of(day).day + 1;
        return (first - llround(rule->value)) * DAY_MIN;
    }
    if (comes_to(work, rule, &at_min) && !isnan(rule->value) && strcmp(unit, "h") == 0) {
        at_min -= llround(rule->value * 60);
    }
    return at_min;
}

/* True where the family joins the other to another one: "cim-smgs" holds "smgs". */
static bool holds_family(struct text_view joined, struct text_view other)
{
    while (other.size && joined.size > other.size) {
        struct text_view part = text_cut(&joined, '-');
        if (text_equal_fold(part, other)) {
            return true;
        }
    }
    return other.size && joined.size == other.size && text_equal_fold(joined, other);
}

/* A common note is all of its notes: with CIM/SMGS there is no SMGS beside it. */
static void drop_replaced(const struct work *work, struct shipment_answer *out)
{
    uint32_t kept = 0, count;
    const struct zhol_rule *rules = zhol_corridor_rule(work->corridor, &count);
    for (uint32_t i = 0; i < out->duty_count; i++) {
        struct text_view family = family_of(work->corridor, &rules[out->duties[i].rule_row]);
        bool replaced = false;
        for (uint32_t k = 0; k < out->duty_count && !replaced; k++) {
            struct text_view other = family_of(work->corridor, &rules[out->duties[k].rule_row]);
            replaced = !text_equal_fold(other, family) && holds_family(other, family);
        }
        if (!replaced) {
            out->duties[kept++] = out->duties[i];
        }
    }
    out->duty_count = kept;
}

/* The first due first; equal days in the order of the rules. */
static void order_duties(struct shipment_answer *out)
{
    for (uint32_t i = 1; i < out->duty_count; i++) {
        struct shipment_duty duty = out->duties[i];
        uint32_t at = i;
        for (; at > 0 && out->duties[at - 1].due_min > duty.due_min; at--) {
            out->duties[at] = out->duties[at - 1];
        }
        out->duties[at] = duty;
    }
}

/* Another scope of a duty that is there: the earlier date counts. */
static bool joins(const struct work *work, struct shipment_answer *out,
                  const struct zhol_rule *rules, uint32_t row, int64_t due_min)
{
    const char *name = zhol_corridor_text(work->corridor, rules[row].name);
    for (uint32_t i = 0; i < out->duty_count; i++) {
        struct shipment_duty *duty = &out->duties[i];
        if (strcmp(zhol_corridor_text(work->corridor, rules[duty->rule_row].name), name) == 0) {
            duty->due_min = due_min < duty->due_min ? due_min : duty->due_min;
            return true;
        }
    }
    return false;
}

static enum zhol_error find_duties(const struct work *work, struct shipment_answer *out)
{
    uint32_t *rows = NULL, count = 0, all;
    const struct zhol_rule *rules = zhol_corridor_rule(work->corridor, &all);
    enum zhol_error error = zhol_plan_rules(work->network, work->corridor, &work->order,
                                            &work->result, work->chosen, &rows, &count);
    if (error) {
        return error;
    }
    out->duties = calloc((size_t)count + 1, sizeof *out->duties);
    out->regimes = calloc((size_t)count + 1, sizeof *out->regimes);
    if (!out->duties || !out->regimes) {
        free(rows);
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_rule *rule = &rules[rows[i]];
        if (rule->kind == zhol_rule_kind_REGIME) {
            out->regimes[out->regime_count++] = rows[i];
        } else if (is_duty(rule->kind)) {
            int64_t due_min = due_of(work, rule);
            if (!joins(work, out, rules, rows[i], due_min)) {
                out->duties[out->duty_count++] = (struct shipment_duty){
                    .rule_row = rows[i], .fulfilled = is_listed(work, rule), .due_min = due_min};
            }
        }
    }
    free(rows);
    drop_replaced(work, out);
    order_duties(out);
    return ZHOL_ERROR_OK;
}

/* Countries in which the way has a place, in its order. */
static void list_countries(const struct work *work, struct shipment_answer *out)
{
    const struct zhol_itinerary *it = &work->result.itineraries[work->chosen];
    uint32_t count;
    const struct zhol_node *nodes = zhol_corridor_node(work->corridor, &count);
    for (uint32_t s = 0; s < it->step_count; s++) {
        const uint32_t *arcs;
        uint32_t arc_count =
            arcs_of(&work->net, &work->result.steps[it->first_step + s].arc, &arcs);
        for (uint32_t k = 0; k < arc_count; k++) {
            uint32_t node = work->net.vertices[work->net.arcs[arcs[k]].head].node;
            const char *code = zhol_corridor_text(work->corridor, nodes[node].country);
            uint32_t i = 0;
            while (i < out->country_count && strcmp(out->countries[i], code) != 0) {
                i++;
            }
            if (i == out->country_count && i < SHIPMENT_COUNTRIES_MAX && strlen(code) == 2) {
                memcpy(out->countries[out->country_count++], code, 3);
            }
        }
    }
}

/* ---- Public ---- */

static enum zhol_error answer(struct work *work, bool from_seen, struct shipment_answer *out)
{
    const struct shipment *shipment = work->shipment;
    bool seen = shipment->at != ZHOL_NONE;
    enum zhol_error error = seen && from_seen ? plan(work, shipment->at, shipment->at_min)
                                              : plan(work, shipment->from, shipment->ready_min);
    if (error || (work->chosen == ZHOL_NONE && !(seen && !from_seen))) {
        return error;
    }
    error = seen && !from_seen ? follow(work, out) : promise(work, NULL, out);
    if (error || work->chosen == ZHOL_NONE) {
        return error;
    }
    const struct zhol_itinerary *it = &work->result.itineraries[work->chosen];
    out->found = true;
    out->ground = route_ground(&work->net, work->corridor, &work->result, work->chosen);
    out->arrival_min = it->arrival_min;
    out->cents = it->cents;
    out->co2e_g = it->co2e_g;
    for (uint32_t i = 0; i < work->result.item_count; i++) {
        bool has = it->unknown_items >> i & 1;
        out->cost_unknown = out->cost_unknown || (has && !work->result.item_is_co2e[i]);
    }
    uint32_t passed = route_gateways(&work->net, work->corridor, &work->result, work->chosen,
                                     out->gateways, SHIPMENT_GATEWAYS_MAX);
    list_countries(work, out);
    out->gateway_count = passed < SHIPMENT_GATEWAYS_MAX ? passed : SHIPMENT_GATEWAYS_MAX;
    return find_duties(work, out);
}

enum zhol_error shipment_answer(const struct zhol_corridor *corridor,
                                const struct zhol_network *network, const struct shipment *shipment,
                                bool from_seen, struct shipment_answer *out)
{
    struct work work = {.corridor = corridor,
                        .network = network,
                        .net = zhol_network_view(network),
                        .shipment = shipment,
                        .order = {.to = shipment->to},
                        .chosen = ZHOL_NONE};
    *out = (struct shipment_answer){.p50_min = INT64_MAX, .p90_min = INT64_MAX, .in_time = 1};
    enum zhol_error error = zhol_load_make(corridor, shipment->commodity, shipment->teu,
                                           shipment->tonnes, &work.order.load);
    error = error ? error : answer(&work, from_seen, out);
    zhol_plan_result_clear(&work.result);
    return error;
}

enum zhol_error shipment_answer_copy(const struct shipment_answer *from, struct shipment_answer *to)
{
    *to = *from;
    to->duties = malloc(((size_t)from->duty_count + 1) * sizeof *to->duties);
    to->regimes = malloc(((size_t)from->regime_count + 1) * sizeof *to->regimes);
    if (!to->duties || !to->regimes) {
        shipment_answer_clear(to);
        return ZHOL_ERROR_MEMORY;
    }
    if (from->duty_count) {
        memcpy(to->duties, from->duties, from->duty_count * sizeof *to->duties);
    }
    if (from->regime_count) {
        memcpy(to->regimes, from->regimes, from->regime_count * sizeof *to->regimes);
    }
    return ZHOL_ERROR_OK;
}

void shipment_answer_clear(struct shipment_answer *answer)
{
    free(answer->duties);
    free(answer->regimes);
    *answer = (struct shipment_answer){.found = false};
}

enum shipment_change shipment_change(const struct shipment_answer *before,
                                     const struct shipment_answer *after)
{
    if (!before->found) {
        return SHIPMENT_NO_WAY;
    }
    if (!after->found) {
        return SHIPMENT_STOPPED;
    }
    if (before->ground != after->ground) {
        return SHIPMENT_MOVED;
    }
    bool worse = after->arrival_min > before->arrival_min || after->cents > before->cents ||
                 after->p90_min > before->p90_min;
    return worse ? SHIPMENT_LATER : SHIPMENT_SAME;
}
