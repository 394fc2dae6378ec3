/* plan/rules.c: the rules that concern an itinerary.
 *
 * A rule holds for an itinerary where one of its plain arcs meets every scope column that the rule
 * fills, on a day on which the rule is valid, and the goods meet the rest. A ban is listed only
 * where the itinerary waited for its end.
 */
#include <zhol/plan.h>

#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "plan/walk.h"

struct scene { /* what a rule is held against */
    struct zhol_network_view net;
    const struct zhol_corridor *corridor;
    const struct zhol_consignment *order;
    const char *origin, *destination;
    const char *commodity, *class;
};

static bool list_has(const char *list, const char *word)
{
    size_t size = strlen(word);
    for (const char *at = list; *at;) {
        size_t span = strcspn(at, ";");
        if (size && span == size && memcmp(at, word, size) == 0) {
            return true;
        }
        at += span + (at[span] == ';');
    }
    return false;
}

static bool text_fits(const char *scope, const char *value)
{
    return !*scope || strcmp(scope, value) == 0;
}

/* What does not depend on the way: class, commodity, origin, destination, exemptions. */
static bool goods_fit(const struct scene *s, const struct zhol_rule *rule)
{
    const struct zhol_load *load = &s->order->load;
    const char *exempt = zhol_corridor_text(s->corridor, rule->exempt);
    return (!rule->class || rule->class == load->class) &&
           (rule->commodity_id == ZHOL_NONE || rule->commodity_id == load->commodity) &&
           text_fits(zhol_corridor_text(s->corridor, rule->from_country), s->origin) &&
           text_fits(zhol_corridor_text(s->corridor, rule->to_country), s->destination) &&
           !list_has(exempt, s->commodity) && !list_has(exempt, s->class) &&
           !list_has(exempt, s->origin) && !list_has(exempt, s->destination);
}

static bool country_fits(const struct scene *s, const struct zhol_rule *rule, uint32_t tail,
                         uint32_t head)
{
    const char *scope = zhol_corridor_text(s->corridor, rule->country);
    const char *before = walk_country(&s->net, s->corridor, tail);
    const char *after = walk_country(&s->net, s->corridor, head);
    bool into = strcmp(before, after) != 0 && text_fits(scope, after);
    bool out = strcmp(before, after) != 0 && text_fits(scope, before);
    switch (rule->direction) {
    case zhol_direction_IN:
        return into;
    case zhol_direction_OUT:
        return out;
    case zhol_direction_BOTH:
        return into || out;
    default:
        return text_fits(scope, before) || text_fits(scope, after);
    }
}

static bool process_fits(const struct scene *s, const struct zhol_rule *rule,
                         const struct zhol_arc *arc)
{
    uint32_t begin, end;
    if (rule->process_id == ZHOL_NONE) {
        return true;
    }
    zhol_corridor_rows(s->corridor, ZHOL_TABLE_process, rule->process_id, &begin, &end);
    return arc->process >= begin && arc->process < end;
}

/* One plain arc against the scope of a rule. */
static bool arc_fits(const struct scene *s, const struct zhol_rule *rule, uint32_t number)
{
    const struct zhol_arc *arc = &s->net.arcs[number];
    uint32_t tail = zhol_network_tail(&s->net, number);
    const struct zhol_vertex *a = &s->net.vertices[tail], *b = &s->net.vertices[arc->head];
    if (rule->mode && rule->mode != zhol_mode_of_state(a->state) &&
        rule->mode != zhol_mode_of_state(b->state)) {
        return false;
    }
    if (rule->node_id != ZHOL_NONE && rule->node_id != a->node && rule->node_id != b->node) {
        return false;
    }
    if (rule->link_id != ZHOL_NONE && (arc->kind != ZHOL_ARC_MOVE || arc->thing != rule->link_id)) {
        return false;
    }
    return process_fits(s, rule, arc) && country_fits(s, rule, tail, arc->head);
}

static bool step_fits(const struct scene *s, const struct zhol_rule *rule,
                      const struct zhol_step *step)
{
    int32_t day = time_day_of(step->start_min * 60);
    const uint32_t *arcs;
    if (!zhol_day_in(day, rule->valid_from, rule->valid_to)) {
        return false;
    }
    uint32_t count = walk_arcs(&s->net, &step->arc, &arcs);
    for (uint32_t i = 0; i < count; i++) {
        if (arc_fits(s, rule, arcs[i])) {
            return true;
        }
    }
    return false;
}

static bool rule_concerns(const struct scene *s, uint32_t row, const struct zhol_rule *rule,
                          const struct zhol_step *steps, uint32_t step_count)
{
    if (!goods_fit(s, rule)) {
        return false;
    }
    for (uint32_t i = 0; i < step_count; i++) {
        bool waited = steps[i].wait_for == ZHOL_WAIT_BAN && steps[i].wait_why == row;
        if (rule->kind == zhol_rule_kind_BAN ? waited : step_fits(s, rule, &steps[i])) {
            return true;
        }
    }
    return false;
}

static void set_goods(struct scene *s)
{
    const struct zhol_consignment *order = s->order;
    s->origin = walk_origin(s->corridor, order);
    s->destination = walk_destination(s->corridor, order);
    s->commodity = zhol_corridor_id(s->corridor, ZHOL_TABLE_commodity, order->load.commodity);
    s->class = zhol_cargo_class_text(order->load.class);
}

enum zhol_error zhol_plan_rules(const struct zhol_network *network,
                                const struct zhol_corridor *corridor,
                                const struct zhol_consignment *consignment,
                                const struct zhol_plan_result *result, uint32_t itinerary,
                                uint32_t **rows, uint32_t *count)
{
    struct scene s = {
        .net = zhol_network_view(network), .corridor = corridor, .order = consignment};
    const struct zhol_itinerary *it = &result->itineraries[itinerary];
    uint32_t rule_count;
    const struct zhol_rule *rules = zhol_corridor_rule(corridor, &rule_count);
    set_goods(&s);
    *count = 0;
    *rows = malloc((rule_count + 1) * sizeof **rows);
    if (!*rows) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t r = 0; r < rule_count; r++) {
        if (rule_concerns(&s, r, &rules[r], result->steps + it->first_step, it->step_count)) {
            (*rows)[(*count)++] = r;
        }
    }
    return ZHOL_ERROR_OK;
}
