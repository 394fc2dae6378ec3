/* report/plan_view_bill.c: the bill of an itinerary, line by line and by country and kind, and
 * what is not known. */
#include <string.h>

#include "plan/walk.h"
#include "report/plan_view_parts.h"

#define LINES_MAX 64

static const struct zhol_tariff *tariff(const struct plan_view *view, uint32_t row)
{
    uint32_t count;
    return &zhol_corridor_tariff(view->corridor, &count)[row];
}

/* The country whose price an arc bears; "" at sea. */
static const char *country_of(const struct plan_view *view, const struct zhol_arc *arc)
{
    uint32_t row, end, count;
    if (arc->kind == ZHOL_ARC_MOVE) {
        const struct zhol_link *links = zhol_corridor_link(view->corridor, &count);
        zhol_corridor_rows(view->corridor, ZHOL_TABLE_link, arc->thing, &row, &end);
        return zhol_corridor_text(view->corridor, links[row].country);
    }
    if (arc->kind == ZHOL_ARC_RIDE) {
        return "";
    }
    const struct zhol_process *process = view_process(view, arc->process);
    const char *country = zhol_corridor_text(view->corridor, process->country);
    return *country ? country : plan_view_country_of(view, process->node_id);
}

/* The line of this tariff in this leg for the same place, to which more is added; NULL where there
 * is none yet. */
static struct view_cost *find_line(struct plan_view *view, const struct view_itinerary *it,
                                   const struct view_cost *like)
{
    for (uint32_t i = it->first_cost; i < view->cost_room.count; i++) {
        struct view_cost *cost = &view->costs[i];
        if (cost->leg == like->leg && cost->tariff_row == like->tariff_row &&
            cost->node == like->node && cost->is_storage == like->is_storage) {
            return cost;
        }
    }
    return NULL;
}

static enum zhol_error add_line(struct plan_view *view, struct view_itinerary *it,
                                const struct view_cost *line)
{
    struct view_cost *same = find_line(view, it, line);
    it->vat_cents += line->vat_cents;
    if (same) {
        same->cents += line->cents;
        same->vat_cents += line->vat_cents;
        same->to = line->to;
        return ZHOL_ERROR_OK;
    }
    it->cost_count++;
    return VIEW_ADD(view, costs, cost_room, *line);
}

/* The lines of one arc: of a plain one, or of a ride with a through price. */
static enum zhol_error bill_arc(struct plan_view *view, struct view_itinerary *it, uint32_t leg,
                                uint32_t number)
{
    const struct zhol_arc *arc = &view->net.arcs[number];
    struct zhol_cost_line lines[LINES_MAX];
    bool unknown, at_place = arc->process != ZHOL_NONE;
    uint32_t count = 0, tail = zhol_network_tail(&view->net, number);
    enum zhol_error error = ZHOL_ERROR_OK;
    zhol_network_cost(&view->net, number, &view->order.load, &unknown, lines, LINES_MAX, &count);
    for (uint32_t i = 0; !error && i < count && i < LINES_MAX; i++) {
        const struct zhol_price *price = &view->net.prices[lines[i].price];
        struct view_cost cost = {
            .leg = leg,
            .country = country_of(view, arc),
            .kind = price->cost_kind,
            .cents = lines[i].cents,
            .vat_cents = lines[i].vat_cents,
            .tariff_row = price->tariff_row,
            .node = at_place ? view_process(view, arc->process)->node_id : ZHOL_NONE,
            .from = at_place ? ZHOL_NONE : view->net.vertices[tail].node,
            .to = at_place ? ZHOL_NONE : view->net.vertices[arc->head].node,
            .source =
                view_source_of(view, tariff(view, price->tariff_row)->source_id, price->evidence),
        };
        error = add_line(view, it, &cost);
    }
    return error;
}

/* True where a ride has a price from stop to stop; else its way is billed part by part. */
static bool has_through_price(const struct plan_view *view, uint32_t number)
{
    struct zhol_cost_line lines[LINES_MAX];
    bool unknown;
    uint32_t count = 0;
    zhol_network_cost(&view->net, number, &view->order.load, &unknown, lines, LINES_MAX, &count);
    for (uint32_t i = 0; i < count && i < LINES_MAX; i++) {
        if (view->net.prices[lines[i].price].scope == zhol_tariff_scope_THROUGH) {
            return true;
        }
    }
    return false;
}

/* What waiting before a step costs: a line for each price that is charged, by its own days. */
static enum zhol_error bill_storage(struct plan_view *view, struct view_itinerary *it, uint32_t leg,
                                    const struct zhol_step *step)
{
    struct zhol_cost_line lines[ZHOL_STORAGE_LINES];
    uint32_t tail = zhol_network_tail(&view->net, step->arc), count = 0;
    if (step->storage_cents) {
        count = zhol_network_storage_day(&view->net, tail, &view->order.load, lines);
    }
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; !error && i < count; i++) {
        const struct zhol_price *price = &view->net.prices[lines[i].price];
        uint32_t node = view->net.vertices[tail].node;
        int64_t over = step->start_min - step->ready_min - (int64_t)price->free_minutes;
        int64_t days = over > 0 ? (over + 1439) / 1440 : 0;
        struct view_cost cost = {
            .leg = leg,
            .country = plan_view_country_of(view, node),
            .kind = price->cost_kind,
            .is_storage = true,
            .cents = days * lines[i].cents,
            .vat_cents = days * lines[i].vat_cents,
            .tariff_row = price->tariff_row,
            .node = node,
            .from = ZHOL_NONE,
            .to = ZHOL_NONE,
            .source =
                view_source_of(view, tariff(view, price->tariff_row)->source_id, price->evidence),
        };
        if (days > 0 && lines[i].cents > 0) {
            error = add_line(view, it, &cost);
        }
    }
    return error;
}

static enum zhol_error bill_step(struct plan_view *view, struct view_itinerary *it, uint32_t leg,
                                 const struct zhol_step *step)
{
    if (step->passes) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = bill_storage(view, it, leg, step);
    if (error || view->net.arcs[step->arc].kind != ZHOL_ARC_RIDE ||
        has_through_price(view, step->arc)) {
        return error ? error : bill_arc(view, it, leg, step->arc);
    }
    const uint32_t *arcs;
    uint32_t count = walk_arcs(&view->net, &step->arc, &arcs);
    for (uint32_t i = 0; !error && i < count; i++) {
        bool passes = false;
        if (zhol_network_admits(&view->net, arcs[i], &view->order.load, &passes) && !passes) {
            error = bill_arc(view, it, leg, arcs[i]);
        }
    }
    return error;
}

/* ---- By country and kind ---- */

static enum zhol_error add_to_sum(struct plan_view *view, struct view_itinerary *it,
                                  const struct view_cost *cost)
{
    for (uint32_t i = it->first_sum; i < view->sum_room.count; i++) {
        struct view_sum *sum = &view->sums[i];
        if (sum->kind == cost->kind && strcmp(sum->country, cost->country) == 0) {
            sum->cents += cost->cents;
            sum->vat_cents += cost->vat_cents;
            return ZHOL_ERROR_OK;
        }
    }
    struct view_sum sum = {cost->country, cost->kind, cost->cents, cost->vat_cents};
    it->sum_count++;
    return VIEW_ADD(view, sums, sum_room, sum);
}

/* ---- What is not known ---- */

static void unknown_text(const struct plan_view *view, uint32_t number, bool co2e,
                         struct buffer *out)
{
    const struct zhol_arc *arc = &view->net.arcs[number];
    struct buffer what;
    buffer_init(&what);
    if (arc->kind == ZHOL_ARC_MOVE) {
        uint32_t tail = zhol_network_tail(&view->net, number);
        const char *from = plan_view_place(view, view->net.vertices[tail].node);
        const char *to = plan_view_place(view, view->net.vertices[arc->head].node);
        if (co2e) {
            buffer_printf(&what, "%s - %s", from, to);
        } else {
            buffer_printf(&what, report_word(WORD_EXCL_FREIGHT, view->lang), from, to);
        }
    } else {
        const struct zhol_process *process = view_process(view, arc->process);
        buffer_printf(&what, report_word(WORD_EXCL_AT, view->lang),
                      report_process_kind(process->kind, view->lang),
                      plan_view_place(view, process->node_id));
    }
    if (co2e) {
        buffer_printf(out, report_word(WORD_EXCL_CO2E, view->lang), buffer_get(&what));
    } else {
        buffer_string(out, buffer_get(&what));
    }
    out->error = out->error ? out->error : what.error;
    buffer_clear(&what);
}

static bool has_unknown(const struct plan_view *view, const struct view_itinerary *it,
                        const char *text)
{
    for (uint32_t i = it->first_unknown; i < view->unknown_room.count; i++) {
        if (strcmp(view->unknowns[i].text, text) == 0) {
            return true;
        }
    }
    return false;
}

/* Lists one plain arc where its price (or factor) is not known. */
static enum zhol_error add_unknown(struct plan_view *view, struct view_itinerary *it,
                                   uint32_t number, bool co2e)
{
    struct buffer text;
    bool unknown = false, passes = false;
    enum zhol_error error = ZHOL_ERROR_OK;
    if (!zhol_network_admits(&view->net, number, &view->order.load, &passes) || passes) {
        return ZHOL_ERROR_OK;
    }
    if (co2e) {
        zhol_network_co2e(&view->net, number, &view->order.load, &unknown);
    } else {
        zhol_network_cost(&view->net, number, &view->order.load, &unknown, NULL, 0, NULL);
    }
    if (!unknown) {
        return ZHOL_ERROR_OK;
    }
    buffer_init(&text);
    unknown_text(view, number, co2e, &text);
    error = text.error;
    if (!error && !has_unknown(view, it, buffer_get(&text))) {
        struct view_unknown item = {co2e, arena_string(&view->arena, buffer_get(&text))};
        it->unknown_count++;
        error = item.text ? VIEW_ADD(view, unknowns, unknown_room, item) : ZHOL_ERROR_MEMORY;
    }
    buffer_clear(&text);
    return error;
}

/* Asked arc by arc, since the items of a result may stand for several of a kind. */
static enum zhol_error list_unknown(struct plan_view *view, struct view_itinerary *it)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    it->first_unknown = view->unknown_room.count;
    for (uint32_t i = 0; !error && i < it->of->step_count; i++) {
        const struct zhol_step *step = view_step(view, it, i);
        const uint32_t *arcs;
        uint32_t count = walk_arcs(&view->net, &step->arc, &arcs);
        for (uint32_t k = 0; !error && step->cost_unknown && k < count; k++) {
            error = add_unknown(view, it, arcs[k], false);
        }
        for (uint32_t k = 0; !error && step->co2e_unknown && k < count; k++) {
            error = add_unknown(view, it, arcs[k], true);
        }
    }
    return error;
}

/* Brings the sums of one country together, in order of the countries on the way. */
static void group_sums(struct plan_view *view, const struct view_itinerary *it)
{
    struct view_sum *sums = view->sums + it->first_sum;
    for (uint32_t i = 1; i < it->sum_count; i++) {
        struct view_sum sum = sums[i];
        uint32_t place = i;
        for (uint32_t k = i; k-- > 0;) {
            if (strcmp(sums[k].country, sum.country) == 0) {
                place = k + 1;
                break;
            }
        }
        for (uint32_t k = i; k > place; k--) {
            sums[k] = sums[k - 1];
        }
        sums[place] = sum;
    }
}

enum zhol_error view_make_bill(struct plan_view *view, struct view_itinerary *it)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    it->first_cost = view->cost_room.count;
    it->first_sum = view->sum_room.count;
    for (uint32_t leg = 0; !error && leg < it->leg_count; leg++) {
        uint32_t end = view_leg_end_step(view, it, leg);
        for (uint32_t i = view->legs[it->first_leg + leg].first_step; !error && i < end; i++) {
            error = bill_step(view, it, leg, view_step(view, it, i));
        }
    }
    for (uint32_t i = 0; !error && i < it->cost_count; i++) {
        error = add_to_sum(view, it, &view->costs[it->first_cost + i]);
    }
    if (!error && it->sum_count) {
        group_sums(view, it);
    }
    return error ? error : list_unknown(view, it);
}
