/* study_moves.c: where freight goes instead: the crossings that a case moves most; and the
 * relations whose promised times it moves most. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/format.h"
#include "report/study_sections.h"

#define MOVE_LEAST_MT 0.2
#define SLIP_LEAST    0.25 /* days */
enum { MOVES_SHOWN = 4, SLIPS_SHOWN = 3 };

struct move {
    const struct study_case *of; /* whose crossing it is */
    const struct study_crossing *crossing;
    double mt;
};

static double mt_of(const struct study_crossing *c)
{
    return c ? (c->t_year[0] + c->t_year[1]) / 1e6 : 0;
}

/* Greatest first; of equal ones the first crossing by its places. */
static int by_size(const void *a, const void *b)
{
    const struct move *x = a, *y = b;
    double p = fabs(x->mt), q = fabs(y->mt);
    if (p != q) {
        return p > q ? -1 : 1;
    }
    return x->crossing->a != y->crossing->a
               ? (x->crossing->a < y->crossing->a ? -1 : 1)
               : (x->crossing->b > y->crossing->b) - (x->crossing->b < y->crossing->b);
}

/* Crossings of the base, and those that only the case has. */
static uint32_t find_moves(const struct study_case *base, const struct study_case *at,
                           struct move *moves)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < base->crossing_count; i++) {
        const struct study_crossing *c = &base->crossings[i];
        moves[count++] = (struct move){base, c, mt_of(study_crossing_like(at, base, c)) - mt_of(c)};
    }
    for (uint32_t i = 0; i < at->crossing_count; i++) {
        const struct study_crossing *c = &at->crossings[i];
        if (!study_crossing_like(base, at, c)) {
            moves[count++] = (struct move){at, c, mt_of(c)};
        }
    }
    if (count) {
        qsort(moves, count, sizeof *moves, by_size);
    }
    return count;
}

void study_say_moves(const struct study_case *base, const struct study_case *at,
                     const struct document *document, struct buffer *line)
{
    uint32_t most = base->crossing_count + at->crossing_count;
    struct move *moves = calloc((size_t)most + 1, sizeof *moves);
    uint32_t count = moves ? find_moves(base, at, moves) : 0;
    for (uint32_t i = 0; i < count && i < MOVES_SHOWN && fabs(moves[i].mt) >= MOVE_LEAST_MT; i++) {
        const struct move *m = &moves[i];
        const struct zhol_corridor *corridor = m->of->corridor;
        buffer_string(line, i ? ", "
                              : study_said(document, "; by crossing, Mt a year: ",
                                           "; по переходам, млн т в год: "));
        buffer_printf(line, "%s – %s %s", study_node(document, corridor, m->crossing->a),
                      study_node(document, corridor, m->crossing->b), m->mt > 0 ? "+" : "−");
        format_number(line, fabs(m->mt), 1, document->lang);
    }
    free(moves);
}

/* ---- Relations ---- */

struct slip {
    const struct study_relation *relation;
    double days;
};

static int by_days(const void *a, const void *b)
{
    const struct slip *x = a, *y = b;
    double p = fabs(x->days), q = fabs(y->days);
    return p != q ? (p > q ? -1 : 1) : (x->relation > y->relation) - (x->relation < y->relation);
}

static bool is_said(const struct slip *slips, uint32_t count, const struct study_relation *relation)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct study_relation *r = slips[i].relation;
        if (r->from == relation->from && r->to == relation->to && r->by_sea == relation->by_sea) {
            return true;
        }
    }
    return false;
}

/* Each pair of places once. */
static uint32_t find_slips(const struct study_case *base, const struct study_case *at,
                           struct slip *slips)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < at->relation_count; i++) {
        const struct study_relation *r = &at->relations[i];
        const struct study_relation *o = study_case_relation(base, r->observation);
        if (o && o->reachable && r->reachable && !is_said(slips, count, r)) {
            slips[count++] = (struct slip){r, r->p50_days - o->p50_days};
        }
    }
    if (count) {
        qsort(slips, count, sizeof *slips, by_days);
    }
    return count;
}

void study_say_slips(const struct study_case *base, const struct study_case *at,
                     const struct document *document, struct buffer *line)
{
    struct slip *slips = calloc((size_t)at->relation_count + 1, sizeof *slips);
    uint32_t count = slips ? find_slips(base, at, slips) : 0;
    for (uint32_t i = 0; i < count && i < SLIPS_SHOWN && fabs(slips[i].days) >= SLIP_LEAST; i++) {
        const struct study_relation *r = slips[i].relation;
        buffer_string(line, i ? ", "
                              : study_said(document, "; promised times of a box, days: ",
                                           "; обещанные сроки контейнера, сут: "));
        buffer_printf(line, "%s – %s %s", study_node(document, at->corridor, r->from),
                      study_node(document, at->corridor, r->to), slips[i].days > 0 ? "+" : "−");
        format_number(line, fabs(slips[i].days), 1, document->lang);
    }
    free(slips);
}
