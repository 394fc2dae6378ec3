/* study_bottlenecks.c: full capacities by scenario, what they are worth, and how firm that is. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/assign_view.h"
#include "report/study_sections.h"
#include "report/terms.h"

enum { BOTTLENECKS_SHOWN = 6, FIRST_SHARE = 5 };
#define OUTSIDE 0.001 /* of a price */

static const struct zhol_resource *row_of(const struct study_case *at,
                                          const struct assign_capacity *capacity)
{
    uint32_t count;
    return &zhol_corridor_resource(at->corridor, &count)[capacity->resource_row];
}

static const char *capacity_id(const struct study_case *at, const struct assign_capacity *capacity)
{
    return zhol_corridor_id(at->corridor, ZHOL_TABLE_resource, capacity->resource);
}

const char *study_capacity_source(const struct study_case *at,
                                  const struct assign_capacity *capacity)
{
    return zhol_corridor_id(at->corridor, ZHOL_TABLE_source, row_of(at, capacity)->source_id);
}

void study_put_capacity(struct document *document, const struct study_case *at,
                        const struct assign_capacity *capacity, struct document_cell *cell)
{
    struct assign_view view = {
        .corridor = at->corridor, .study = &at->assign, .lang = document->lang};
    struct buffer name = {0};
    assign_view_capacity_name(&view, capacity->resource, capacity->sense, capacity->assumed, &name);
    document_put(document, cell, "%s", buffer_get(&name));
    buffer_clear(&name);
}

/* What the draws say of a capacity; NULL where none was made or it never has a price. */
static const struct assign_robust_row *drawn(const struct study_case *at,
                                             const struct assign_capacity *capacity)
{
    for (uint32_t i = 0; i < at->robust.count; i++) {
        const struct assign_robust_row *row = &at->robust.rows[i];
        if (row->resource == capacity->resource && row->sense == capacity->sense) {
            return row;
        }
    }
    return NULL;
}

/* How firm the ranking is, in the last three cells. */
static void put_firmness(const struct study_case *at, const struct assign_capacity *capacity,
                         struct document_cell *cell)
{
    const struct assign_robust_row *row = drawn(at, capacity);
    if (at->robust.draws) {
        double percent = 100.0 / at->robust.draws;
        cell[0] = document_number(row ? row->priced * percent : 0, 0);
        cell[1] = document_number(row ? row->first * percent : 0, 0);
        cell[2] = row ? document_band(row->price.middle, row->price.low, row->price.high, 0)
                      : document_number(0, 0);
    }
}

static int by_rent(const void *a, const void *b)
{
    const struct assign_capacity *x = *(const struct assign_capacity *const *)a;
    const struct assign_capacity *y = *(const struct assign_capacity *const *)b;
    double p = x->price * x->capacity, q = y->price * y->capacity;
    return p != q ? (p > q ? -1 : 1) : (x->resource > y->resource) - (x->resource < y->resource);
}

/* What stays behind for want of capacities; of a case. */
struct shortages {
    struct assign_shortage *items;
    uint32_t count;
};

/* True where freight stays behind for want of the capacity: its price holds the penalty for that.
 */
static bool holds_penalty(const struct shortages *shortages, const struct assign_capacity *capacity)
{
    for (uint32_t i = 0; i < shortages->count; i++) {
        const struct assign_shortage *it = &shortages->items[i];
        if (!it->dear && it->resource == capacity->resource && it->sense == capacity->sense) {
            return capacity->price > 0;
        }
    }
    return false;
}

/* True where the price of the stated inputs lies outside of what the draws give. */
static bool is_outside(const struct study_case *at, const struct assign_capacity *capacity)
{
    const struct assign_robust_row *row = drawn(at, capacity);
    double least = row ? row->price.low : 0, most = row ? row->price.high : 0;
    return at->robust.draws && capacity->price > 0 &&
           (capacity->price < least * (1 - OUTSIDE) || capacity->price > most * (1 + OUTSIDE));
}

static bool is_pipe(const struct study_case *at, const struct assign_capacity *capacity)
{
    uint32_t count, begin, end, link = row_of(at, capacity)->link_id;
    const struct zhol_link *links = zhol_corridor_link(at->corridor, &count);
    if (link == ZHOL_NONE) {
        return false;
    }
    zhol_corridor_rows(at->corridor, ZHOL_TABLE_link, link, &begin, &end);
    return links[begin].mode == zhol_mode_OIL || links[begin].mode == zhol_mode_GAS;
}

static void write_row(struct document *document, const struct study_case *at,
                      const struct shortages *shortages, const struct assign_capacity *capacity)
{
    struct document_cell *cell = document_row(document, study_capacity_source(at, capacity));
    char title[256];
    document_put(document, &cell[0], "%s", study_case_title(document, at, title));
    study_put_capacity(document, at, capacity, &cell[1]);
    document_put(document, &cell[2], "%s",
                 report_term(zhol_capacity_unit_text(row_of(at, capacity)->unit), document->lang));
    cell[3] = document_number(capacity->use, 1);
    cell[4] = document_number(capacity->capacity, 1);
    cell[5] = document_number(capacity->price, 0);
    cell[6] = document_number(capacity->price * capacity->capacity / 1e3, 0);
    document_put(document, &cell[7], "%s%s%s",
                 capacity->assumed ? study_said(document, "assumed", "допущение")
                                   : study_said(document, "published", "опубликовано"),
                 holds_penalty(shortages, capacity)
                     ? study_said(document, "; price holds the penalty ‡", "; в цене штраф ‡")
                     : "",
                 is_outside(at, capacity)
                     ? study_said(document, "; outside of its band §", "; вне своей полосы §")
                     : "");
    put_firmness(at, capacity, &cell[8]);
}

/* Full in the case; or, in draws of its assumptions, often the dearest of all. Pipelines are no
 * rival of the railway: they are listed only where they are full. */
static bool is_listed(const struct study_case *at, const struct assign_capacity *capacity)
{
    const struct assign_robust_row *row = drawn(at, capacity);
    return capacity->price > 0 ||
           (row && !is_pipe(at, capacity) && row->first * FIRST_SHARE >= at->robust.draws);
}

static void write_bottlenecks(struct document *document, const struct study_case *at)
{
    uint32_t count = 0, shown = 0;
    struct shortages shortages = {NULL, 0};
    const struct assign_capacity **list = malloc((at->assign.capacity_count + 1) * sizeof *list);
    enum zhol_error error = assign_study_shortages(&at->assign, &shortages.items, &shortages.count);
    document->error = document->error ? document->error : error;
    for (uint32_t i = 0; list && i < at->assign.capacity_count; i++) {
        if (is_listed(at, &at->assign.capacities[i])) {
            list[count++] = &at->assign.capacities[i];
        }
    }
    if (count) {
        qsort(list, count, sizeof *list, by_rent);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (list[i]->price > 0 && shown == BOTTLENECKS_SHOWN) {
            continue;
        }
        shown += list[i]->price > 0;
        write_row(document, at, &shortages, list[i]);
    }
    free(shortages.items);
    free(list);
}

/* The same capacity in another case; corridors of scenarios number things anew. */
static const struct assign_capacity *capacity_like(const struct study_case *other,
                                                   const struct study_case *at,
                                                   const struct assign_capacity *capacity)
{
    const char *id = capacity_id(at, capacity);
    for (uint32_t i = 0; i < other->assign.capacity_count; i++) {
        const struct assign_capacity *c = &other->assign.capacities[i];
        if (c->sense == capacity->sense && strcmp(capacity_id(other, c), id) == 0) {
            return c;
        }
    }
    return NULL;
}

/* Every limit that is listed in one is in the other, with the same price, use and draws. */
static bool lists_within(const struct study_case *at, const struct study_case *other)
{
    bool same = true;
    for (uint32_t i = 0; same && i < at->assign.capacity_count; i++) {
        const struct assign_capacity *a = &at->assign.capacities[i], *b;
        if (is_listed(at, a)) {
            const struct assign_robust_row *x = drawn(at, a), *y;
            b = capacity_like(other, at, a);
            y = b ? drawn(other, b) : NULL;
            same = b && fabs(a->price - b->price) <= 1e-6 * fabs(b->price) + 1e-6 &&
                   fabs(a->use - b->use) <= 1e-6 * b->capacity && !x == !y &&
                   (!x || (x->first == y->first && x->priced == y->priced));
        }
    }
    return same;
}

/* The first case that lists the same; its own number where no earlier one does. */
static uint32_t like_of(const struct corridor_study *study, uint32_t number)
{
    const struct study_case *at = &study->cases[number];
    for (uint32_t k = 0; k < number; k++) {
        const struct study_case *other = &study->cases[k];
        if (lists_within(at, other) && lists_within(other, at)) {
            return k;
        }
    }
    return number;
}

/* Sentences in place of the same rows once more. */
static void say_alike(const struct corridor_study *study, struct document *document)
{
    char title[256];
    for (uint32_t first = 0; first < study->case_count; first++) {
        struct buffer names = {0};
        for (uint32_t i = first + 1; i < study->case_count; i++) {
            if (like_of(study, i) == first) {
                buffer_printf(&names, "%s%s", names.size ? "; " : "",
                              study_case_title(document, &study->cases[i], title));
            }
        }
        if (names.size) {
            document_text(document,
                          study_said(document, "As in \"%s\", limit for limit: %s.",
                                     "Как в случае «%s», предел за пределом: %s."),
                          study_case_title(document, &study->cases[first], title),
                          buffer_get(&names));
        }
        buffer_clear(&names);
    }
}

/* Which part of all rents rests on assumed limits, and of all transport prices on assumed rates. */
static void say_evidence(const struct corridor_study *study, struct document *document)
{
    for (uint32_t i = 0; i < study->case_count; i++) {
        const struct study_case *at = &study->cases[i];
        double all = 0, assumed = 0, paid = at->assign.price_usd;
        char title[256];
        if (like_of(study, i) != i || !(paid > 0)) {
            continue;
        }
        for (uint32_t c = 0; c < at->assign.capacity_count; c++) {
            double rent = at->assign.capacities[c].price * at->assign.capacities[c].capacity;
            all += rent;
            assumed += at->assign.capacities[c].assumed ? rent : 0;
        }
        document_text(document,
                      study_said(document,
                                 "%s: %.0f %% of the rents of full capacities are of assumed "
                                 "limits; %.0f %% of the transport prices paid are assumed rates.",
                                 "%s: %.0f %% ренты полных ресурсов приходится на допущенные "
                                 "пределы; %.0f %% уплаченных цен перевозки — допущенные ставки."),
                      study_case_title(document, at, title), all > 0 ? 100 * assumed / all : 0,
                      100 * at->assign.assumed_usd / paid);
    }
}

void study_section_bottlenecks(const struct study_report *report, struct document *document)
{
    const struct document_column columns[] = {
        {"scenario", study_said(document, "Scenario", "Сценарий"), NULL, DOCUMENT_TEXT},
        {"capacity", study_said(document, "Capacity", "Ресурс"), NULL, DOCUMENT_TEXT},
        {"unit", study_said(document, "Unit", "Единица"), NULL, DOCUMENT_TEXT},
        {"use_day", study_said(document, "Used", "Занято"),
         study_said(document, "units/day", "ед./сут"), DOCUMENT_NUMBER},
        {"capacity_day", study_said(document, "There is", "Есть"),
         study_said(document, "units/day", "ед./сут"), DOCUMENT_NUMBER},
        {"price_usd_day", study_said(document, "Shadow price", "Теневая цена"),
         study_said(document, "USD/unit", "долл./ед."), DOCUMENT_NUMBER},
        {"rent_kusd_day", study_said(document, "Rent", "Рента"),
         study_said(document, "k USD/day", "тыс. долл./сут"), DOCUMENT_NUMBER},
        {"evidence", study_said(document, "The limit is", "Предел"), NULL, DOCUMENT_TEXT},
        {"priced_percent", study_said(document, "Full in", "Полон в"),
         study_said(document, "% of draws", "% розыгр."), DOCUMENT_NUMBER},
        {"first_percent", study_said(document, "First in", "Первый в"),
         study_said(document, "% of draws", "% розыгр."), DOCUMENT_NUMBER},
        {"price_drawn_usd_day",
         study_said(document, "Price, 80 % of draws", "Цена, 80 % розыгрышей"),
         study_said(document, "USD/unit", "долл./ед."), DOCUMENT_NUMBER},
    };
    struct buffer scope = {0};
    study_scope(report, document, &scope);
    document_section(document, "bottlenecks", study_said(document, "Where it binds", "Где узко"));
    document_text(document, "%s",
                  study_said(document,
                             "A shadow price says what a little more of a full capacity would save "
                             "a day. The rent (price times capacity) compares trains with TEU.",
                             "Теневая цена — сколько сбережёт в сутки небольшая прибавка полного "
                             "ресурса. Рента (цена на объём) сравнивает поезда с ДФЭ."));
    say_evidence(report->study, document);
    say_alike(report->study, document);
    document_table(document, "bottlenecks",
                   study_said(document, "Full capacities", "Полные ресурсы"), buffer_get(&scope),
                   columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < report->study->case_count; i++) {
        if (like_of(report->study, i) == i) {
            write_bottlenecks(document, &report->study->cases[i]);
        }
    }
    document_note(
        document, "%s",
        study_said(
            document,
            "Average day of the period. Draws move every assumed input (capacities, speeds, "
            "prices, demand) within its limits; the ranking is as firm as the share in which "
            "a limit comes first (a limit that is first in a fifth of the draws is listed even "
            "where it is not full). The exact gain of one more train, crane or sailing: zhol "
            "assign --by worth. ‡ freight stays behind for want of it, at three times the cost of "
            "its way: such a price is no money saved. § the price of the stated inputs lies "
            "outside of what eight tenths of the draws give: it hangs on the exact inputs and "
            "ranks nothing by itself. Pipelines are listed only where they are full. * rests on an "
            "assumption.",
            "Средний день периода. Розыгрыши двигают каждое допущение (пропускную "
            "способность, скорости, цены, спрос) в его пределах; порядок настолько твёрд, "
            "как часто предел оказывается первым (первый в пятой части розыгрышей показан, даже "
            "если он не полон). Точный выигрыш от ещё одного поезда, "
            "крана, рейса: zhol assign --by worth. ‡ из-за него груз остаётся, и считается по "
            "тройной "
            "цене своего пути: такая цена — не сбережённые деньги. § цена при заданных входах "
            "лежит "
            "вне того, что дают восемь десятых розыгрышей: она держится на точных значениях и "
            "сама ничего не ранжирует. Трубопроводы показаны, только если полны. * — основано на "
            "допущении."));
    buffer_clear(&scope);
}
