/* ipf_round.c: a fitted table in whole numbers that keeps its totals (desk/ipf.h). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/sort.h"
#include "desk/ipf.h"

enum { SEARCH_DEPTH = 4, SEARCH_BUDGET = 2000000 };

struct rounding {
    const struct ipf_problem *problem;
    const double *x;
    uint32_t *of_cell;     /* cell -> atom */
    uint32_t atoms, rows;  /* rows: totals that are kept */
    uint32_t *begin, *row; /* atom -> its rows */
    double *sum;           /* of atoms */
    int64_t *whole;        /* of atoms */
    int64_t *residual;     /* of rows: what is still to be given */
};

/* The entries by cell, of kept totals only. */
struct columns {
    uint32_t *begin, *row;
};

static enum zhol_error make_columns(const struct ipf_problem *problem, const bool *keep,
                                    struct columns *out)
{
    uint32_t cells = problem->cells;
    *out =
        (struct columns){calloc((size_t)cells + 2, sizeof(uint32_t)),
                         malloc(((size_t)problem->begin[problem->totals] + 1) * sizeof(uint32_t))};
    if (!out->begin || !out->row) {
        return ZHOL_ERROR_MEMORY;
    }
    for (unsigned pass = 0; pass < 2; pass++) {
        for (uint32_t k = 0, row = 0; k < problem->totals; k++) {
            for (uint32_t e = problem->begin[k]; keep[k] && e < problem->begin[k + 1]; e++) {
                uint32_t slot = problem->cell[e] + 2 - pass;
                if (pass) {
                    out->row[out->begin[slot]] = row;
                }
                out->begin[slot]++;
            }
            row += keep[k];
        }
        for (uint32_t c = 0; !pass && c <= cells; c++) {
            out->begin[c + 1] += out->begin[c];
        }
    }
    return ZHOL_ERROR_OK;
}

/* Atoms: cells with equal lists of rows. */
static enum zhol_error make_atoms(struct rounding *r, const struct columns *columns)
{
    struct map atoms;
    map_init(&atoms);
    enum zhol_error error = ZHOL_ERROR_OK;
    for (uint32_t c = 0; c < r->problem->cells && !error; c++) {
        uint32_t begin = columns->begin[c], end = columns->begin[c + 1];
        struct text_view key = {(const char *)(columns->row + begin),
                                (uint32_t)((end - begin) * sizeof(uint32_t))};
        uint32_t atom = r->atoms;
        if (!map_get(&atoms, key, &atom)) {
            error = map_put(&atoms, key, atom);
            r->begin[atom + 1] = r->begin[atom] + (end - begin);
            if (end > begin) {
                memcpy(r->row + r->begin[atom], columns->row + begin,
                       (end - begin) * sizeof *r->row);
            }
            r->atoms++;
        }
        r->of_cell[c] = atom;
        r->sum[atom] += r->x[c];
    }
    map_clear(&atoms);
    return error;
}

/* Change of the sum of absolute residuals when the atom gains `step`; applied at once. */
static int64_t move(struct rounding *r, uint32_t atom, int64_t step)
{
    int64_t gain = 0;
    for (uint32_t i = r->begin[atom]; i < r->begin[atom + 1]; i++) {
        int64_t *residual = &r->residual[r->row[i]];
        gain += llabs(*residual - step) - llabs(*residual);
        *residual -= step;
    }
    r->whole[atom] += step;
    return gain;
}

static double distance(const struct rounding *r, uint32_t atom, int64_t step)
{
    return fabs((double)(r->whole[atom] + step) - r->sum[atom]);
}

static bool can_move(const struct rounding *r, uint32_t atom, int64_t step)
{
    return r->whole[atom] + step >= 0 && distance(r, atom, step) < 2;
}

static bool is_loose(const struct rounding *r, uint32_t atom)
{
    bool loose = false;
    for (uint32_t i = r->begin[atom]; i < r->begin[atom + 1]; i++) {
        loose = loose || r->residual[r->row[i]] != 0;
    }
    return loose;
}

struct best_move {
    int64_t gain, step[2];
    double far;
    uint32_t atom[2], count;
};

static void note_move(struct best_move *best, struct best_move found)
{
    if (found.gain < best->gain || (found.gain == best->gain && found.far < best->far)) {
        *best = found;
    }
}

/* The best partner for a first move that is already made. */
static void try_second(struct rounding *r, struct best_move first, struct best_move *best)
{
    for (uint32_t atom = 0; atom < r->atoms; atom++) {
        for (int64_t step = -1; step <= 1 && atom != first.atom[0]; step += 2) {
            if (can_move(r, atom, step)) {
                struct best_move found = first;
                found.far += distance(r, atom, step) - distance(r, atom, 0);
                found.gain += move(r, atom, step);
                move(r, atom, -step);
                found.atom[1] = atom;
                found.step[1] = step;
                found.count = 2;
                note_move(best, found);
            }
        }
    }
}

static bool improve(struct rounding *r, bool pairs)
{
    struct best_move best = {.gain = 0, .far = -INFINITY};
    for (uint32_t atom = 0; atom < r->atoms; atom++) {
        for (int64_t step = -1; step <= 1; step += 2) {
            if (can_move(r, atom, step) && is_loose(r, atom)) {
                struct best_move found = {.count = 1, .atom = {atom, 0}, .step = {step, 0}};
                found.far = distance(r, atom, step) - distance(r, atom, 0);
                found.gain = move(r, atom, step);
                if (pairs) {
                    try_second(r, found, &best);
                } else {
                    note_move(&best, found);
                }
                move(r, atom, -step);
            }
        }
    }
    for (uint32_t i = 0; i < best.count && best.gain < 0; i++) {
        move(r, best.atom[i], best.step[i]);
    }
    return best.gain < 0;
}

/* ---- Chains of moves, where no pair helps ----
 * A row that is off is mended by an atom in it, which may put another row off, and so on: a search
 * to a small depth, deeper and deeper, within a budget. */
struct chain {
    struct rounding *r;
    uint32_t row_atoms; /* most rows that an atom has */
    uint32_t budget;
};

static bool mend(struct chain *chain, uint32_t depth)
{
    struct rounding *r = chain->r;
    uint32_t off = r->rows;
    int64_t missing = 0;
    for (uint32_t row = r->rows; row-- > 0;) {
        missing += llabs(r->residual[row]);
        off = r->residual[row] != 0 ? row : off;
    }
    if (!missing) {
        return true;
    }
    if (!depth || missing > (int64_t)depth * chain->row_atoms) {
        return false;
    }
    int64_t step = r->residual[off] > 0 ? 1 : -1;
    for (uint32_t atom = 0; atom < r->atoms && chain->budget; atom++) {
        bool in_row = false;
        for (uint32_t i = r->begin[atom]; i < r->begin[atom + 1]; i++) {
            in_row = in_row || r->row[i] == off;
        }
        if (in_row && can_move(r, atom, step)) {
            chain->budget--;
            move(r, atom, step);
            if (mend(chain, depth - 1)) {
                return true;
            }
            move(r, atom, -step);
        }
    }
    return false;
}

static void mend_rest(struct rounding *r)
{
    struct chain chain = {.r = r, .budget = SEARCH_BUDGET};
    for (uint32_t atom = 0; atom < r->atoms; atom++) {
        uint32_t rows = r->begin[atom + 1] - r->begin[atom];
        chain.row_atoms = rows > chain.row_atoms ? rows : chain.row_atoms;
    }
    bool done = false;
    for (uint32_t depth = 1; depth <= SEARCH_DEPTH && !done && chain.budget; depth++) {
        done = mend(&chain, depth);
    }
}

static void round_atoms(struct rounding *r, const bool *keep, int64_t *left_over)
{
    for (uint32_t k = 0, row = 0; k < r->problem->totals; k++) {
        if (keep[k]) {
            r->residual[row++] = llround(r->problem->value[k]);
        }
    }
    for (uint32_t atom = 0; atom < r->atoms; atom++) {
        move(r, atom, llround(r->sum[atom]));
    }
    while (improve(r, false) || improve(r, true)) {
    }
    mend_rest(r);
    *left_over = 0;
    for (uint32_t row = 0; row < r->rows; row++) {
        *left_over += llabs(r->residual[row]);
    }
}

/* Largest remainders: cells are whole parts first, then the atom's missing units go to the cells
 * that lost most (or are taken from those that lost least). */
static enum zhol_error spread(struct rounding *r, int64_t *whole)
{
    uint32_t cells = r->problem->cells;
    uint64_t *keys = malloc(((size_t)cells + 1) * sizeof *keys);
    uint32_t *order = malloc(((size_t)cells + 1) * sizeof *order);
    enum zhol_error error = keys && order ? ZHOL_ERROR_OK : ZHOL_ERROR_MEMORY;
    for (uint32_t c = 0; c < cells && !error; c++) {
        whole[c] = (int64_t)floor(r->x[c]);
        r->whole[r->of_cell[c]] -= whole[c];
        keys[c] = sort_key_real((double)whole[c] - r->x[c]);
    }
    if (!error) {
        sort_index_fill(order, cells);
        error = sort_index_u64(keys, order, cells);
    }
    bool again = !error;
    while (again) {
        again = false;
        for (uint32_t i = 0; i < cells; i++) {
            uint32_t up = order[i], down = order[cells - 1 - i];
            int64_t *lack = &r->whole[r->of_cell[up]], *excess = &r->whole[r->of_cell[down]];
            if (*lack > 0) {
                whole[up]++;
                again = --*lack > 0 || again;
            }
            if (*excess < 0 && whole[down] > 0) {
                whole[down]--;
                again = ++*excess < 0 || again;
            }
        }
    }
    free(keys);
    free(order);
    return error;
}

enum zhol_error ipf_round(const struct ipf_problem *problem, const double *x, const bool *keep,
                          int64_t *whole, int64_t *left_over)
{
    struct columns columns = {NULL, NULL};
    size_t cells = problem->cells, entries = problem->begin[problem->totals];
    struct rounding r = {.problem = problem, .x = x};
    for (uint32_t k = 0; k < problem->totals; k++) {
        r.rows += keep[k];
    }
    r.of_cell = calloc(cells + 1, sizeof *r.of_cell);
    r.begin = calloc(cells + 2, sizeof *r.begin);
    r.row = malloc((entries + 1) * sizeof *r.row);
    r.sum = calloc(cells + 1, sizeof *r.sum);
    r.whole = calloc(cells + 1, sizeof *r.whole);
    r.residual = calloc(problem->totals + 1, sizeof *r.residual);
    enum zhol_error error = ZHOL_ERROR_MEMORY;
    if (r.of_cell && r.begin && r.row && r.sum && r.whole && r.residual) {
        error = make_columns(problem, keep, &columns);
    }
    error = error ? error : make_atoms(&r, &columns);
    if (!error) {
        round_atoms(&r, keep, left_over);
        error = spread(&r, whole);
    }
    free(columns.begin);
    free(columns.row);
    free(r.of_cell);
    free(r.begin);
    free(r.row);
    free(r.sum);
    free(r.whole);
    free(r.residual);
    return error;
}
