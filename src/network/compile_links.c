/* network/compile_links.c: the arcs of links: movements, and on border links their controls.
 *
 * A link without controls is one arc each way. A border link is a chain: the controls on the side
 * of departure in order of their seq, the movement, the controls on the side of arrival; the points
 * between them are stage vertices of their own, so that a border can only be passed from end to
 * end.
 */
#include <math.h>

#include "base/array.h"
#include "network/compile.h"

/* One way over one link on the day. */
struct passage {
    const struct zhol_link *link;
    const struct zhol_link_period *period;
    uint32_t row; /* of the link */
    uint32_t from, to;
    uint8_t state;
    int8_t along;
    uint32_t length_m;
    uint32_t minutes[ZHOL_TIME_COUNT];
};

/* A control of a passage. */
struct control {
    uint32_t process_row;
    uint16_t commodity; /* 1 + commodity, or 0 */
    uint8_t class;
};

enum { CONTROLS_MAX = 64 };

struct chain {
    struct control before[CONTROLS_MAX], after[CONTROLS_MAX];
    uint32_t before_count, after_count;
};

/* The period that holds on the day and lets the link into the network; NULL where none does. */
static const struct zhol_link_period *open_period(const struct compile *c,
                                                  const struct zhol_link_period *periods,
                                                  uint32_t link, uint32_t *row)
{
    uint32_t count;
    const uint32_t *rows = zhol_corridor_rows_of(c->corridor, ZHOL_TABLE_link_period, link, &count);
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_link_period *period = &periods[rows[i]];
        if (zhol_day_in(c->options.day, period->valid_from, period->valid_to) &&
            scope_status_open(c, period->status)) {
            *row = rows[i];
            return period;
        }
    }
    return NULL;
}

static void set_length_and_time(const struct compile *c, uint32_t period_row, struct passage *p)
{
    const char *id = zhol_corridor_id(c->corridor, ZHOL_TABLE_link, p->link->link_id);
    struct drawn length = {
        .table = ZHOL_TABLE_link, .row = p->row, .id = id, .source = p->link->source_id};
    struct drawn speed = {.table = ZHOL_TABLE_link_period,
                          .row = period_row,
                          .id = id,
                          .valid_from = p->period->valid_from,
                          .source = p->period->source_id};
    double length_km =
        draw_value(c, &length, p->link->length, p->link->length_low, p->link->length_high);
    double speed_kmh = draw_value(c, &speed, p->period->speed_kmh, p->period->speed_low_kmh,
                                  p->period->speed_high_kmh);
    double best_kmh = p->period->speed_best_kmh > speed_kmh ? p->period->speed_best_kmh : speed_kmh;
    p->length_m = (uint32_t)llround(length_km * 1000);
    p->minutes[ZHOL_TIME_MIN] = scope_minutes(length_km / best_kmh);
    p->minutes[ZHOL_TIME_MEDIAN] = scope_minutes(length_km / speed_kmh);
    p->minutes[ZHOL_TIME_MEAN] = p->minutes[ZHOL_TIME_MEDIAN];
}

static struct arc_scope passage_scope(const struct compile *c, const struct passage *p)
{
    return (struct arc_scope){
        .link = p->link->link_id,
        .process = ZHOL_NONE,
        .service = ZHOL_NONE,
        .node = p->to,
        .from_node = p->from,
        .to_node = p->to,
        .country = scope_country_code(c->corridor, p->link->country),
        .from_country = c->node_country[p->from],
        .to_country = c->node_country[p->to],
        .kind = ZHOL_ARC_MOVE,
        .from_state = p->state,
        .to_state = p->state,
        .traction = p->period->traction,
        .along = p->along,
    };
}

static enum zhol_error add_move(struct compile *c, const struct passage *p, uint32_t tail,
                                uint32_t head)
{
    struct arc_scope scope = passage_scope(c, p);
    unsigned length_evidence = scope_evidence(c, p->link->source_id);
    unsigned speed_evidence = scope_evidence(c, p->period->source_id);
    struct zhol_arc arc = {
        .head = head,
        .thing = p->link->link_id,
        .process = ZHOL_NONE,
        .length_m = p->length_m,
        .minutes = {p->minutes[0], p->minutes[1], p->minutes[2]},
        .kind = ZHOL_ARC_MOVE,
        .mode = p->link->mode,
        .time_evidence =
            (uint8_t)(length_evidence > speed_evidence ? length_evidence : speed_evidence),
    };
    enum zhol_error error = prices_of(c, &scope, &arc.price_set);
    error = error ? error : factor_of(c, &scope, &arc.emission);
    error = error ? error : bans_of(c, &scope, p->from, &arc.ban);
    error = error ? error : uses_of(c, &scope, &arc.uses);
    return error ? error : network_builder_arc(c->builder, tail, &arc, NULL);
}

/* ---- controls ---- */

/* True where a control is passed before the movement: its place is the start, or, standing at
 * neither end, it is in the country of the start. */
static bool comes_before(const struct compile *c, const struct passage *p, uint32_t node)
{
    if (node == p->from || node == p->to) {
        return node == p->from;
    }
    return c->node_country[node] == c->node_country[p->from] &&
           c->node_country[node] != c->node_country[p->to];
}

/* Puts one link_control row into the chain; false where its process is not there on the day. */
static bool add_control(const struct compile *c, const struct passage *p,
                        const struct zhol_link_control *row, struct chain *chain)
{
    uint32_t count;
    const struct zhol_process *processes = zhol_corridor_process(c->corridor, &count);
    uint32_t process =
        zhol_corridor_row_on(c->corridor, ZHOL_TABLE_process, row->process_id, c->options.day);
    if (process == ZHOL_NONE) {
        return false;
    }
    struct control control = {
        .process_row = process,
        .commodity = (uint16_t)(row->commodity_id == ZHOL_NONE ? 0 : row->commodity_id + 1),
        .class = row->class,
    };
    if (comes_before(c, p, processes[process].node_id)) {
        chain->before[chain->before_count++] = control;
    } else {
        chain->after[chain->after_count++] = control;
    }
    return true;
}

/* Sorts row numbers by seq; against the link's direction from the last to the first. */
static void sort_controls(const struct zhol_link_control *rows, uint32_t *numbers, uint32_t count,
                          int along)
{
    for (uint32_t i = 1; i < count; i++) {
        uint32_t number = numbers[i], at = i;
        while (at > 0 && (along > 0 ? rows[numbers[at - 1]].seq > rows[number].seq
                                    : rows[numbers[at - 1]].seq < rows[number].seq)) {
            numbers[at] = numbers[at - 1];
            at--;
        }
        numbers[at] = number;
    }
}

/* The controls of a passage. A link whose controls are not in force, or done by a process that is
 * not there on the day, is closed: a border is never passed unseen. */
static bool find_controls(const struct compile *c, const struct passage *p,
                          const uint32_t *rows_of_link, uint32_t count, struct chain *chain)
{
    uint32_t total, numbers[CONTROLS_MAX];
    const struct zhol_link_control *rows = zhol_corridor_link_control(c->corridor, &total);
    uint32_t held = 0;
    const char *fault = NULL;
    uint32_t fault_row = rows_of_link[0];
    for (uint32_t i = 0; i < count; i++) {
        const struct zhol_link_control *row = &rows[rows_of_link[i]];
        if (zhol_day_in(c->options.day, row->valid_from, row->valid_to)) {
            if (held == CONTROLS_MAX) {
                fault = "at most 64 controls; the link is left out";
                break;
            }
            numbers[held++] = rows_of_link[i];
        }
    }
    fault = held == 0 ? "a control that is in force on the day; the link is left out" : fault;
    sort_controls(rows, numbers, held, p->along);
    chain->before_count = chain->after_count = 0;
    for (uint32_t i = 0; !fault && i < held; i++) {
        if (!add_control(c, p, &rows[numbers[i]], chain)) {
            fault = "a process that is there on the day; the link is left out";
            fault_row = numbers[i];
        }
    }
    if (fault) {
        scope_warn(c, ZHOL_TABLE_link_control, fault_row, "process_id",
                   zhol_corridor_id(c->corridor, ZHOL_TABLE_process, rows[fault_row].process_id),
                   fault);
    }
    return !fault;
}

/* Where a chain has come to. */
struct chain_end {
    uint32_t vertex;
    uint8_t stage;
};

/* The next point: the place at the end where nothing follows, else a new stage. */
static enum zhol_error next_point(struct compile *c, const struct passage *p, uint32_t node,
                                  bool last, struct chain_end *end)
{
    if (last) {
        return network_builder_place(c->builder, p->to, p->state, &end->vertex);
    }
    struct zhol_vertex stage = {
        .node = node, .link = p->link->link_id, .state = p->state, .stage = ++end->stage};
    return network_builder_stage(c->builder, &stage, &end->vertex);
}

static enum zhol_error add_controls(struct compile *c, const struct passage *p,
                                    const struct control *controls, uint32_t count, uint32_t node,
                                    bool to_end, struct chain_end *end)
{
    uint32_t total;
    const struct zhol_process *processes = zhol_corridor_process(c->corridor, &total);
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; !error && i < count; i++) {
        struct process_arc what = {
            .kind = ZHOL_ARC_CONTROL,
            .tail = end->vertex,
            .thing = processes[controls[i].process_row].process_id,
            .row = controls[i].process_row,
            .commodity = controls[i].commodity,
        };
        struct arc_scope scope = passage_scope(c, p);
        scope.class = controls[i].class;
        error = next_point(c, p, node, to_end && i + 1 == count, end);
        what.head = end->vertex;
        error = error ? error : compile_process_arc(c, &what, &scope);
    }
    return error;
}

static enum zhol_error add_passage(struct compile *c, const struct passage *p,
                                   const struct chain *chain)
{
    struct chain_end end = {0};
    enum zhol_error error = network_builder_place(c->builder, p->from, p->state, &end.vertex);
    error = error ? error
                  : add_controls(c, p, chain->before, chain->before_count, p->from, false, &end);
    uint32_t tail = end.vertex;
    error = error ? error : next_point(c, p, p->to, chain->after_count == 0, &end);
    error = error ? error : add_move(c, p, tail, end.vertex);
    return error ? error : add_controls(c, p, chain->after, chain->after_count, p->to, true, &end);
}

/* ---- links ---- */

static enum zhol_error compile_passage(struct compile *c, const struct passage *p)
{
    static const struct chain no_controls;
    struct chain chain;
    uint32_t count;
    const uint32_t *controls =
        zhol_corridor_rows_of(c->corridor, ZHOL_TABLE_link_control, p->link->link_id, &count);
    if (count == 0) {
        return add_passage(c, p, &no_controls);
    }
    return find_controls(c, p, controls, count, &chain) ? add_passage(c, p, &chain) : ZHOL_ERROR_OK;
}

static enum zhol_error compile_link(struct compile *c, const struct zhol_link *link, uint32_t row,
                                    const struct zhol_link_period *periods)
{
    struct passage p = {.link = link, .row = row, .along = 1};
    uint32_t period_row;
    p.period = open_period(c, periods, link->link_id, &period_row);
    p.from = link->from_node_id;
    p.to = link->to_node_id;
    if (!p.period || p.from == p.to || !c->node_open[p.from] || !c->node_open[p.to]) {
        return ZHOL_ERROR_OK;
    }
    p.state = (uint8_t)zhol_state_of_mode(link->mode, link->gauge_mm);
    if (p.state == 0) {
        scope_warn(c, ZHOL_TABLE_link, row, "gauge_mm",
                   zhol_corridor_id(c->corridor, ZHOL_TABLE_link, link->link_id),
                   "1435 or 1520 mm for rail; the link is left out");
        return ZHOL_ERROR_OK;
    }
    set_length_and_time(c, period_row, &p);
    enum zhol_error error = compile_passage(c, &p);
    if (!error && link->directed == 0) {
        p.from = link->to_node_id;
        p.to = link->from_node_id;
        p.along = -1;
        error = compile_passage(c, &p);
    }
    return error;
}

enum zhol_error compile_links(struct compile *c)
{
    uint32_t count, period_count;
    const struct zhol_link *links = zhol_corridor_link(c->corridor, &count);
    const struct zhol_link_period *periods = zhol_corridor_link_period(c->corridor, &period_count);
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t row = 0; !error && row < count; row++) {
        error = compile_link(c, &links[row], row, periods);
    }
    return error;
}
