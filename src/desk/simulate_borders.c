/* simulate_borders.c: hours at the borders (desk/simulate_borders.h). */
#include "desk/simulate_borders.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <zhol/engine.h>

#include "base/array.h"
#include "base/time.h"

/* Which of the time at an arc belongs to a border. */
enum part {
    PART_ALL,     /* controls, handlings */
    PART_CONTROL, /* the same; and what passes it passes the border */
    PART_BEHIND,  /* movement out of the place: its waiting, which is done at the place */
    PART_BEFORE   /* movement into it: waiting for a track of the place */
};

/* An arc of a border, with the tonnes a day that go over it as part of this border. */
struct piece {
    uint32_t arc, border;
    uint8_t part;
    double t_day;
};

/* One place, mode and way. */
struct border {
    uint32_t node;
    uint8_t mode, way;
};

struct maker {
    const struct study *study;
    const struct zhol_process *processes;
    uint32_t process_count;
    struct zhol_simulate_stays stays;
    struct border *borders;
    uint32_t border_count, border_capacity;
    struct piece *pieces;
    uint32_t piece_count, piece_capacity;
    double *arc_t_day; /* of all freight, by arc of the network */
    double *t, *th;    /* by border and replication; th: by cause, too */
    enum zhol_error error;
};

/* ---- Which arcs are a border ---- */

static const struct zhol_process *process_at(const struct maker *m, uint32_t arc)
{
    uint32_t row = m->study->view.arcs[arc].process;
    return row < m->process_count ? &m->processes[row] : NULL;
}

static bool is_control(const struct maker *m, uint32_t arc)
{
    const struct zhol_process *p = process_at(m, arc);
    return m->study->view.arcs[arc].kind == ZHOL_ARC_CONTROL && p &&
           (p->kind == zhol_process_kind_BORDER_ENTRY || p->kind == zhol_process_kind_BORDER_EXIT);
}

static bool moves(const struct maker *m, uint32_t arc)
{
    return m->study->view.arcs[arc].kind == ZHOL_ARC_MOVE;
}

static uint32_t border_of(struct maker *m, uint32_t node, uint8_t mode, uint8_t way)
{
    uint32_t i = 0;
    while (i < m->border_count &&
           (m->borders[i].node != node || m->borders[i].mode != mode || m->borders[i].way != way)) {
        i++;
    }
    if (i == m->border_count) {
        m->error = ARRAY_RESERVE(m->borders, m->border_capacity, m->border_count + 1);
        if (m->error) {
            return 0;
        }
        m->borders[m->border_count++] = (struct border){node, mode, way};
    }
    return i;
}

static void add_piece(struct maker *m, uint32_t arc, uint32_t border, enum part part, double t_day)
{
    if (!m->error) {
        m->error = ARRAY_RESERVE(m->pieces, m->piece_capacity, m->piece_count + 1);
    }
    if (!m->error) {
        m->pieces[m->piece_count++] = (struct piece){arc, border, (uint8_t)part, t_day};
    }
}

/* A stop: the arcs [from, to) of a path, none of them a movement, between two movements (or an
 * end). */
struct stop {
    const uint32_t *path;
    uint32_t count, from, to;
    double t_day;
};

/* The part [from, to) of a stop that is one border: its controls all lead in or all lead out. */
static void add_border(struct maker *m, const struct stop *s, uint32_t from, uint32_t to,
                       const struct zhol_process *control)
{
    bool entry = control->kind == zhol_process_kind_BORDER_ENTRY;
    bool before = s->from > 0, behind = s->to < s->count;
    uint32_t crossing =
        (entry && before) || !behind ? s->path[before ? s->from - 1 : from] : s->path[s->to];
    uint32_t border = border_of(m, control->node_id, m->study->view.arcs[crossing].mode,
                                entry ? BORDER_IN : BORDER_OUT);
    for (uint32_t k = from; k < to; k++) {
        enum part part = is_control(m, s->path[k]) ? PART_CONTROL : PART_ALL;
        add_piece(m, s->path[k], border, part, s->t_day);
    }
    if (before && from == s->from) {
        add_piece(m, s->path[from - 1], border, PART_BEFORE, s->t_day);
    }
    if (behind && to == s->to) {
        add_piece(m, s->path[to], border, PART_BEHIND, s->t_day);
    }
}

/* Transit may come in and leave at the same stop: then each has its own part, up to the next
 * control. */
static void add_stop(struct maker *m, const struct stop *s)
{
    const struct zhol_process *control = NULL;
    uint32_t from = s->from;
    for (uint32_t k = s->from; k < s->to; k++) {
        const struct zhol_process *next =
            is_control(m, s->path[k]) ? process_at(m, s->path[k]) : NULL;
        if (next && control && (next->kind != control->kind || next->node_id != control->node_id)) {
            add_border(m, s, from, k, control);
            from = k;
        }
        control = next ? next : control;
    }
    if (control) {
        add_border(m, s, from, s->to, control);
    }
}

static void add_path(struct maker *m, uint32_t flow)
{
    struct zhol_simulate_flow_about about;
    uint32_t count;
    const uint32_t *path = zhol_simulate_path(m->study->model, flow, &count);
    zhol_simulate_flow_about(m->study->model, flow, &about);
    double t_day = about.loads_day * about.t_load;
    for (uint32_t k = 0; k < count; k++) {
        m->arc_t_day[path[k]] += t_day;
    }
    for (uint32_t from = 0; from < count && !m->error;) {
        uint32_t to = from;
        while (to < count && !moves(m, path[to])) {
            to++;
        }
        if (to > from) {
            add_stop(m, &(struct stop){path, count, from, to, t_day});
        }
        from = to > from ? to : from + 1;
    }
}

static int by_arc(const void *a, const void *b)
{
    const struct piece *x = a, *y = b;
    if (x->arc != y->arc) {
        return x->arc < y->arc ? -1 : 1;
    }
    if (x->border != y->border) {
        return x->border < y->border ? -1 : 1;
    }
    if (x->part != y->part) {
        return x->part < y->part ? -1 : 1;
    }
    return (x->t_day > y->t_day) - (x->t_day < y->t_day);
}

static void join_pieces(struct maker *m)
{
    uint32_t kept = 0;
    if (m->piece_count) {
        qsort(m->pieces, m->piece_count, sizeof *m->pieces, by_arc);
    }
    for (uint32_t i = 0; i < m->piece_count; i++) {
        struct piece *last = kept ? &m->pieces[kept - 1] : NULL;
        const struct piece *p = &m->pieces[i];
        if (last && last->arc == p->arc && last->border == p->border && last->part == p->part) {
            last->t_day += p->t_day;
        } else {
            m->pieces[kept++] = *p;
        }
    }
    m->piece_count = kept;
}

/* ---- Hours ---- */

static bool belongs(uint8_t part, uint32_t cause)
{
    bool waits = zhol_simulate_cause_waits((enum zhol_simulate_cause)cause);
    switch (part) {
    case PART_BEHIND:
        return waits && cause != ZHOL_SIMULATE_YARD;
    case PART_BEFORE:
        return cause == ZHOL_SIMULATE_YARD;
    default:
        return true;
    }
}

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void add_hours(struct maker *m, const struct piece *piece)
{
    const struct zhol_simulate_stays *s = &m->stays;
    const uint32_t *found = bsearch(&piece->arc, s->arcs, s->arc_count, sizeof *found, by_value);
    double share = piece->t_day / m->arc_t_day[piece->arc];
    if (!found || !(share > 0)) {
        return;
    }
    for (uint32_t r = 0; r < s->count; r++) {
        size_t at = (size_t)r * s->arc_count + (size_t)(found - s->arcs);
        size_t to = (size_t)piece->border * s->count + r;
        m->t[to] += piece->part == PART_CONTROL ? share * s->passed_t[at] : 0;
        for (uint32_t c = 0; c < ZHOL_SIMULATE_CAUSE_COUNT; c++) {
            if (belongs(piece->part, c)) {
                m->th[to * ZHOL_SIMULATE_CAUSE_COUNT + c] +=
                    share * s->by_cause_th[at * ZHOL_SIMULATE_CAUSE_COUNT + c];
            }
        }
    }
}

/* ---- Stays: borders added up ---- */

static const char *country_of(const struct maker *m, uint32_t node)
{
    uint32_t count;
    const struct zhol_node *nodes = zhol_corridor_node(m->study->corridor, &count);
    return zhol_corridor_text(m->study->corridor, nodes[node].country);
}

static bool is_of(const struct maker *m, const struct border *b, const struct border_stay *stay)
{
    return b->mode == stay->mode && (stay->way == BORDER_BOTH || b->way == stay->way) &&
           (stay->node == ZHOL_NONE ? strcmp(country_of(m, b->node), stay->country) == 0
                                    : b->node == stay->node || b->node == stay->also);
}

/* Hours a tonne over replications, with the interval of a ratio. */
static struct zhol_simulate_value ratio(const double *hours, const double *tonnes, uint32_t count)
{
    struct zhol_simulate_value value = {NAN, NAN};
    double sum_th = 0, sum_t = 0, squares = 0;
    for (uint32_t r = 0; r < count; r++) {
        sum_th += hours[r];
        sum_t += tonnes[r];
    }
    if (!(sum_t > 0)) {
        return value;
    }
    value.mean = sum_th / sum_t;
    for (uint32_t r = 0; r < count; r++) {
        double off = hours[r] - value.mean * tonnes[r];
        squares += off * off;
    }
    if (count > 1) {
        double error = sqrt(squares / (count - 1.0) / count) / (sum_t / count);
        value.half = zhol_student(0.975, count - 1.0) * error;
    }
    return value;
}

enum sum { SUM_STAY, SUM_WORK, SUM_QUEUE, SUM_FILL, SUM_GIVEN, SUMS };

static enum sum sum_of(uint32_t cause)
{
    switch (cause) {
    case ZHOL_SIMULATE_RUNNING:
    case ZHOL_SIMULATE_HANDLING:
    case ZHOL_SIMULATE_BORDER:
        return SUM_WORK;
    case ZHOL_SIMULATE_FILL:
        return SUM_FILL;
    case ZHOL_SIMULATE_OTHER:
        return SUM_GIVEN;
    default:
        return SUM_QUEUE;
    }
}

static enum zhol_error fill(const struct maker *m, struct border_stay *stay)
{
    uint32_t n = m->stays.count;
    double *t = calloc((size_t)n * (1 + SUMS + ZHOL_SIMULATE_CAUSE_COUNT) + 1, sizeof *t);
    if (!t) {
        return ZHOL_ERROR_MEMORY;
    }
    double *sums = t + n, *causes = sums + (size_t)SUMS * n;
    for (uint32_t b = 0; b < m->border_count; b++) {
        for (uint32_t r = 0; is_of(m, &m->borders[b], stay) && r < n; r++) {
            size_t from = (size_t)b * n + r;
            t[r] += m->t[from];
            for (uint32_t c = 0; c < ZHOL_SIMULATE_CAUSE_COUNT; c++) {
                double hours = m->th[from * ZHOL_SIMULATE_CAUSE_COUNT + c];
                causes[(size_t)c * n + r] += hours;
                sums[(size_t)sum_of(c) * n + r] += hours;
                sums[(size_t)SUM_STAY * n + r] += hours;
            }
        }
    }
    struct zhol_simulate_value *const values[SUMS] = {&stay->stay_h, &stay->work_h, &stay->queue_h,
                                                      &stay->fill_h, &stay->given_h};
    for (uint32_t i = 0; i < SUMS; i++) {
        *values[i] = ratio(sums + (size_t)i * n, t, n);
    }
    for (uint32_t c = 0; c < ZHOL_SIMULATE_CAUSE_COUNT; c++) {
        stay->by_cause_h[c] = ratio(causes + (size_t)c * n, t, n);
    }
    for (uint32_t r = 0; r < n; r++) {
        stay->t_day += t[r] / (n * m->study->options->days);
    }
    free(t);
    return ZHOL_ERROR_OK;
}

/* ---- What is published ---- */

/* Countries whose averages are published, as observations name them. */
static const struct {
    const char *code, *subject;
} averages[] = {{"KZ", "Kazakhstan"}, {"CN", "China"}};

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* The place with an English name, or ZHOL_NONE. */
static uint32_t place_named(const struct maker *m, const char *name, size_t length)
{
    uint32_t count;
    const struct zhol_node *nodes = zhol_corridor_node(m->study->corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        const char *other = zhol_corridor_text(m->study->corridor, nodes[i].name);
        if (strncmp(other, name, length) == 0 && other[length] == '\0') {
            return i;
        }
    }
    return ZHOL_NONE;
}

/* "Dostyk and Altynkol" */
static bool two_places(const struct maker *m, const char *subject, uint32_t nodes[2])
{
    static const char and[] = " and ";
    const char *at = strstr(subject, and);
    if (!at) {
        return false;
    }
    nodes[0] = place_named(m, subject, (size_t)(at - subject));
    nodes[1] = place_named(m, at + strlen(and), strlen(at + strlen(and)));
    return nodes[0] != ZHOL_NONE && nodes[1] != ZHOL_NONE;
}

static bool is_about(const struct maker *m, const struct zhol_observation *row,
                     const struct border_stay *stay)
{
    static const char *const ways[BORDER_WAYS] = {"inbound", "outbound", "all directions"};
    const char *scope = zhol_corridor_text(m->study->corridor, row->scope);
    const char *comma = strstr(scope, ", ");
    const char *mode = stay->mode == zhol_mode_RAIL   ? "rail,"
                       : stay->mode == zhol_mode_ROAD ? "road,"
                                                      : "sea,";
    if (!begins(scope, mode) || !comma || !begins(comma + 2, ways[stay->way])) {
        return false;
    }
    const char *subject = zhol_corridor_text(m->study->corridor, row->subject);
    if (stay->also != ZHOL_NONE) {
        uint32_t nodes[2];
        return two_places(m, subject, nodes) && nodes[0] == stay->node && nodes[1] == stay->also;
    }
    if (stay->node != ZHOL_NONE) {
        return row->node_id == stay->node;
    }
    bool same = false;
    for (size_t i = 0; i < sizeof averages / sizeof *averages; i++) {
        same = same || (strcmp(averages[i].code, stay->country) == 0 &&
                        strcmp(averages[i].subject, subject) == 0);
    }
    return same && row->node_id == ZHOL_NONE;
}

static uint32_t published_of(const struct maker *m, const struct border_stay *stay)
{
    uint32_t count, found = ZHOL_NONE;
    const struct zhol_observation *rows = zhol_corridor_observation(m->study->corridor, &count);
    int32_t today = time_day_of(m->study->options->start_s);
    for (uint32_t i = 0; i < count; i++) {
        const char *measure = zhol_corridor_text(m->study->corridor, rows[i].measure);
        bool newer = found == ZHOL_NONE || rows[i].period_start > rows[found].period_start;
        const char *unit = zhol_corridor_text(m->study->corridor, rows[i].unit);
        if (newer && strcmp(measure, "border crossing time") == 0 && !isnan(rows[i].value) &&
            strcmp(unit, "h") == 0 && rows[i].period_start != ZHOL_BLANK_DATE &&
            rows[i].period_start <= today && is_about(m, &rows[i], stay)) {
            found = i;
        }
    }
    return found;
}

/* ---- The list ---- */

static bool has_stay(const struct borders *out, const struct border_stay *stay)
{
    for (uint32_t i = 0; i < out->count; i++) {
        const struct border_stay *other = &out->items[i];
        if (other->node == stay->node && other->also == stay->also && other->mode == stay->mode &&
            other->way == stay->way && strcmp(other->country, stay->country) == 0) {
            return true;
        }
    }
    return false;
}

/* Adds what is not in the list yet; sums are told where they are published. */
static enum zhol_error add_stay(struct maker *m, struct border_stay stay, struct borders *out)
{
    bool sum = stay.node == ZHOL_NONE || stay.also != ZHOL_NONE || stay.way == BORDER_BOTH;
    if (has_stay(out, &stay)) {
        return ZHOL_ERROR_OK;
    }
    stay.published = published_of(m, &stay);
    if (sum && stay.published == ZHOL_NONE) {
        return ZHOL_ERROR_OK;
    }
    enum zhol_error error = ARRAY_RESERVE(out->items, out->capacity, out->count + 1);
    error = error ? error : fill(m, &stay);
    if (!error) {
        out->items[out->count++] = stay; /* what is closed lets nothing pass: that is told, too */
    }
    return error;
}

/* Of one border: its own way and both, of its place, of its country, and of each two places of
 * which something is published together. */
static enum zhol_error add_stays(struct maker *m, const struct border *b, struct borders *out)
{
    uint32_t count, nodes[2];
    const struct zhol_observation *rows = zhol_corridor_observation(m->study->corridor, &count);
    const uint8_t ways[] = {b->way, BORDER_BOTH};
    enum zhol_error error = ZHOL_ERROR_OK;
    for (int i = 0; i < 2 && !error; i++) {
        struct border_stay stay = {
            .node = b->node, .also = ZHOL_NONE, .mode = b->mode, .way = ways[i]};
        strncpy(stay.country, country_of(m, b->node), sizeof stay.country - 1);
        error = add_stay(m, stay, out);
        stay.node = ZHOL_NONE;
        error = error ? error : add_stay(m, stay, out);
        for (uint32_t k = 0; k < count && !error; k++) {
            if (two_places(m, zhol_corridor_text(m->study->corridor, rows[k].subject), nodes) &&
                (nodes[0] == b->node || nodes[1] == b->node)) {
                stay.node = nodes[0];
                stay.also = nodes[1];
                error = add_stay(m, stay, out);
            }
        }
    }
    return error;
}

/* Countries, places together, places. */
static int rank(const struct border_stay *stay)
{
    return stay->node == ZHOL_NONE ? 0 : stay->also != ZHOL_NONE ? 1 : 2;
}

static int by_weight(const void *a, const void *b)
{
    const struct border_stay *x = a, *y = b;
    if (rank(x) != rank(y)) {
        return rank(x) - rank(y);
    }
    if (rank(x) == 0) {
        int country = strcmp(x->country, y->country);
        int mode = (x->mode > y->mode) - (x->mode < y->mode);
        return country ? country : mode ? mode : (x->way > y->way) - (x->way < y->way);
    }
    if (x->t_day > y->t_day || x->t_day < y->t_day) {
        return x->t_day > y->t_day ? -1 : 1;
    }
    if (x->node != y->node) {
        return x->node < y->node ? -1 : 1;
    }
    if (x->also != y->also) {
        return x->also < y->also ? -1 : 1;
    }
    if (x->way != y->way) {
        return x->way < y->way ? -1 : 1;
    }
    return (x->mode > y->mode) - (x->mode < y->mode);
}

static enum zhol_error list_stays(struct maker *m, struct borders *out)
{
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t i = 0; i < m->border_count && !error; i++) {
        error = add_stays(m, &m->borders[i], out);
    }
    if (out->count) {
        qsort(out->items, out->count, sizeof *out->items, by_weight);
    }
    return error;
}

static enum zhol_error make(struct maker *m, struct borders *out)
{
    uint32_t flows = zhol_simulate_flow_count(m->study->model);
    m->arc_t_day = calloc((size_t)m->study->view.arc_count + 1, sizeof *m->arc_t_day);
    m->error = m->arc_t_day ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    for (uint32_t i = 0; i < flows && !m->error; i++) {
        add_path(m, i);
    }
    if (m->error) {
        return m->error;
    }
    join_pieces(m);
    size_t rows = (size_t)m->border_count * m->stays.count;
    m->t = calloc(rows + 1, sizeof *m->t);
    m->th = calloc(rows + 1, sizeof *m->th * ZHOL_SIMULATE_CAUSE_COUNT);
    if (!m->t || !m->th) {
        return ZHOL_ERROR_MEMORY;
    }
    for (uint32_t i = 0; i < m->piece_count; i++) {
        add_hours(m, &m->pieces[i]);
    }
    return list_stays(m, out);
}

enum zhol_error borders_make(const struct study *study, const struct zhol_simulate_runs *runs,
                             struct borders *borders)
{
    struct maker m = {.study = study};
    struct zhol_simulate_runs same = *runs;
    m.processes = zhol_corridor_process(study->corridor, &m.process_count);
    same.count = study->count;
    same.stride = 1;
    *borders = (struct borders){.replications = study->count};
    enum zhol_error error =
        zhol_simulate_stays(&study->input, &study->model_options, &same, &m.stays);
    error = error ? error : make(&m, borders);
    if (error) {
        borders_clear(borders);
    }
    zhol_simulate_stays_clear(&m.stays);
    free(m.borders);
    free(m.pieces);
    free(m.arc_t_day);
    free(m.t);
    free(m.th);
    return error;
}

void borders_clear(struct borders *borders)
{
    free(borders->items);
    memset(borders, 0, sizeof *borders);
}
