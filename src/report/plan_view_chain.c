/* report/plan_view_chain.c: the transport chain of an itinerary after ISO 14083: its elements with
 * activity, factor and greenhouse gas emissions. */
#include <string.h>

#include "plan/walk.h"
#include "report/plan_view_parts.h"

static void set_factor(struct plan_view *view, const struct zhol_arc *arc,
                       struct view_element *element)
{
    const struct zhol_factor *factor = &view->net.factors[arc->emission];
    uint32_t count;
    const struct zhol_emission *rows = zhol_corridor_emission(view->corridor, &count);
    element->category = "";
    element->emission_row = ZHOL_NONE;
    element->source = (struct view_source){ZHOL_NONE, ZHOL_ASSUMED};
    element->unknown = arc->emission == 0;
    if (!element->unknown) {
        element->emission_row = factor->emission_row;
        element->factor = element->is_hub ? factor->g_per_t : factor->g_per_tkm;
        element->category = zhol_corridor_text(view->corridor, rows[factor->emission_row].toc);
        element->source =
            view_source_of(view, rows[factor->emission_row].source_id, (uint8_t)factor->evidence);
    }
}

/* True where a movement belongs to the same element as the one before. */
static bool carries_on(const struct view_element *last, const struct zhol_arc *arc, uint32_t leg,
                       uint32_t emission_row)
{
    return last && !last->is_hub && last->leg == leg && last->mode == arc->mode &&
           last->emission_row == emission_row;
}

static enum zhol_error add_arc(struct plan_view *view, struct view_itinerary *it, uint32_t leg,
                               uint32_t number)
{
    const struct zhol_arc *arc = &view->net.arcs[number];
    bool unknown, moves = arc->kind == ZHOL_ARC_MOVE;
    if (arc->kind == ZHOL_ARC_CONTROL && arc->emission == 0) {
        return ZHOL_ERROR_OK; /* no operation of a chain */
    }
    struct view_element element = {
        .leg = leg,
        .is_hub = !moves,
        .mode = arc->mode,
        .length_m = arc->length_m,
        .co2e_g = zhol_network_co2e(&view->net, number, &view->order.load, &unknown),
    };
    set_factor(view, arc, &element);
    element.from = view->net.vertices[zhol_network_tail(&view->net, number)].node;
    element.to = view->net.vertices[arc->head].node;
    if (!moves) {
        element.from = element.to = view_process(view, arc->process)->node_id;
        element.process_kind = view_process(view, arc->process)->kind;
    }
    struct view_element *last =
        it->element_count ? &view->elements[view->element_room.count - 1] : NULL;
    if (moves && carries_on(last, arc, leg, element.emission_row)) {
        last->to = element.to;
        last->length_m += element.length_m;
        last->co2e_g += element.co2e_g;
        return ZHOL_ERROR_OK;
    }
    it->element_count++;
    return VIEW_ADD(view, elements, element_room, element);
}

enum zhol_error view_make_chain(struct plan_view *view, struct view_itinerary *it)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    it->first_element = view->element_room.count;
    for (uint32_t leg = 0; !error && leg < it->leg_count; leg++) {
        const struct view_leg *l = &view->legs[it->first_leg + leg];
        for (uint32_t i = 0; !error && i < l->arc_count; i++) {
            uint32_t number = view->arcs[l->first_arc + i];
            bool passes = false;
            if (zhol_network_admits(&view->net, number, &view->order.load, &passes) && !passes) {
                error = add_arc(view, it, leg, number);
            }
        }
    }
    return error;
}
