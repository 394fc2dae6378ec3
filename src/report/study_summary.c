/* study_summary.c: what the study found, in sentences made of its figures. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "desk/assign_model.h"
#include "report/assign_view.h"
#include "report/format.h"
#include "report/study_sections.h"

static double mt(const struct study_case *at, double t)
{
    return t / (at->assign.options.to - at->assign.options.from) * 365 / 1e6;
}

static const char *number(const struct document *document, double value, unsigned decimals,
                          char out[static 64])
{
    struct buffer text = {0};
    format_number(&text, value, decimals, document->lang);
    snprintf(out, 64, "%s", buffer_get(&text));
    buffer_clear(&text);
    return out;
}

/* The capacity with the greatest rent, or NULL. */
static const struct assign_capacity *dearest(const struct assign_study *assign)
{
    const struct assign_capacity *best = NULL;
    for (uint32_t i = 0; i < assign->capacity_count; i++) {
        const struct assign_capacity *c = &assign->capacities[i];
        if (c->price > 0 && (!best || c->price * c->capacity > best->price * best->capacity)) {
            best = c;
        }
    }
    return best;
}

/* A shadow price is no saving of money where it is the price put on what is left behind; and what
 * it falls to shows how much it leans on demand that nobody published. */
static void say_dearest(const struct corridor_study *study, const struct assign_capacity *best,
                        struct document *document)
{
    const struct study_case *base = &study->cases[0];
    struct assign_view view = {
        .corridor = base->corridor, .study = &base->assign, .lang = document->lang};
    struct buffer name = {0};
    char price[64], factor[64], less[64];
    double left = base->assign.options.unmet_factor;
    assign_view_capacity_name(&view, best->resource, best->sense, false, &name);
    document_text(
        document,
        study_said(document,
                   "The dearest limit is \"%s\": the shadow price of one more unit is %s USD a "
                   "day%s.",
                   "Самый дорогой предел — «%s»: теневая цена ещё одной единицы %s USD в сутки%s."),
        buffer_get(&name), number(document, best->price, 0, price),
        best->assumed
            ? study_said(document, " (the limit is an assumption)", " (предел — допущение)")
            : "");
    if (base->assign.unmet.t > 0) {
        document_text(document,
                      study_said(document,
                                 "It is not money saved: freight left behind counts at %s times "
                                 "the cost of its free way, and the price holds that.",
                                 "Это не сбережённые деньги: оставленный груз считается по %s "
                                 "ценам свободного пути, и это входит в теневую цену."),
                      number(document, left > 0 ? left : ASSIGN_UNMET_FACTOR, 0, factor));
    }
    if (study->soft[0].done) {
        const struct assign_study *soft = &study->soft[0].assign;
        double then = 0;
        for (uint32_t i = 0; i < soft->capacity_count; i++) {
            const struct assign_capacity *c = &soft->capacities[i];
            then = c->resource == best->resource && c->sense == best->sense ? c->price : then;
        }
        document_text(document,
                      study_said(document,
                                 "With 10 %% less of the demand that nobody published it is %s USD "
                                 "a day.",
                                 "Если неопубликованный спрос на 10 %% меньше, она %s USD в "
                                 "сутки."),
                      number(document, then, 0, less));
    }
    buffer_clear(&name);
}

static void say_base(const struct corridor_study *study, struct document *document)
{
    const struct study_case *base = &study->cases[0];
    const struct assign_capacity *best = dearest(&base->assign);
    char carried[64], unmet[64], days[64], half[64];
    document_text(
        document,
        study_said(document,
                   "Base: of the freight of the period %s Mt a year are carried and %s "
                   "Mt are not.",
                   "База: из грузов периода перевозится %s млн т в год, не перевозится "
                   "%s млн т."),
        number(document, mt(base, base->assign.all_carried.t), 1, carried),
        number(document, mt(base, base->assign.unmet.t + base->assign.no_way.t), 2, unmet));
    if (best) {
        say_dearest(study, best, document);
    }
    if (!isnan(base->transit_h.value)) {
        document_text(document,
                      study_said(document,
                                 "All freight takes %s days on average (95 %%: ±%s), door to door.",
                                 "Все грузы в среднем в пути %s сут (95 %%: ±%s), от двери до "
                                 "двери."),
                      number(document, base->transit_h.value / 24, 2, days),
                      number(document, base->transit_h.half / 24, 2, half));
    }
}

/* A difference is told only where its interval does not hold 0. */
static void say_case(const struct corridor_study *study, const struct study_case *at,
                     struct document *document)
{
    const struct study_case *base = &study->cases[at->reference];
    struct study_figure f = at->transit_h;
    char title[256], hours[64], low[64], high[64], more[64];
    double carried = mt(at, at->assign.all_carried.t) - mt(base, base->assign.all_carried.t);
    double costs =
        mt(at, at->assign.certificate.primal) - mt(base, base->assign.certificate.primal);
    struct buffer line = {0};
    buffer_printf(&line, "%s: ", study_case_title(document, at, title));
    if (isnan(f.difference)) {
        buffer_string(&line,
                      study_said(document, "times were not compared", "времена не сравнивались"));
    } else if (fabs(f.difference) <= f.difference_half || isnan(f.difference_half)) {
        buffer_string(&line, study_said(document, "no difference in transit time is proven",
                                        "разница во времени в пути не доказана"));
    } else {
        buffer_printf(&line,
                      study_said(document, "transit of all freight %s%s h (%s to %s)",
                                 "время в пути всех грузов %s%s ч (от %s до %s)"),
                      f.difference > 0 ? "+" : "", number(document, f.difference, 1, hours),
                      number(document, f.difference - f.difference_half, 1, low),
                      number(document, f.difference + f.difference_half, 1, high));
    }
    if (fabs(carried) >= 0.02) {
        buffer_printf(&line,
                      study_said(document, ", carried %s%s Mt a year",
                                 ", перевезено %s%s "
                                 "млн т в год"),
                      carried > 0 ? "+" : "", number(document, carried, 2, more));
    }
    if (fabs(costs) >= 1) {
        buffer_printf(&line,
                      study_said(document, ", all costs %s%s M USD a year",
                                 ", все издержки %s%s млн USD в год"),
                      costs > 0 ? "+" : "", number(document, costs, 0, more));
    }
    if (at->study.model && !at->simulated_well) {
        buffer_string(&line,
                      study_said(document, "; its queues grow, so this holds for these weeks only",
                                 "; очереди растут, так что это только о данных неделях"));
    }
    document_text(document, "%s.", buffer_get(&line));
    buffer_clear(&line);
}

static void say_claims(const struct claim_answers *claims, struct document *document)
{
    uint32_t by[CLAIM_VERDICT_COUNT] = {0}, all = 0;
    for (uint32_t i = 0; i < claims->count; i++) {
        by[claims->items[i].verdict] += claims->items[i].decides;
        all += claims->items[i].decides;
    }
    document_text(
        document,
        study_said(
            document,
            "Claims and checks held against the model: %" PRIu32 " consistent, %" PRIu32
            " inconsistent. Promises: %" PRIu32 " reachable, %" PRIu32 " not reachable, %" PRIu32
            " open. Of all %" PRIu32 ", %" PRIu32 " cannot be decided; the tables say why.",
            "Утверждения и проверки против модели: согласны %" PRIu32 ", не согласны %" PRIu32
            ". Обещания: достижимы %" PRIu32 ", недостижимы %" PRIu32 ", открыты %" PRIu32
            ". Из всех (%" PRIu32 ") не решаются %" PRIu32 "; почему — в таблицах."),
        by[CLAIM_CONSISTENT], by[CLAIM_INCONSISTENT], by[CLAIM_REACHABLE], by[CLAIM_NOT_REACHABLE],
        by[CLAIM_OPEN], all, by[CLAIM_UNDECIDED]);
}

static void say_commitments(const struct commitments *commitments, struct document *document)
{
    uint32_t by[COMMITMENT_STATE_COUNT] = {0};
    for (uint32_t i = 0; i < commitments->count; i++) {
        by[commitments->views[i].state]++;
    }
    document_text(document,
                  study_said(document,
                             "By the evidence, of %" PRIu32 " promises made: met %" PRIu32
                             ", open %" PRIu32 ", behind %" PRIu32 ", missed %" PRIu32
                             ", unknown %" PRIu32 ".",
                             "По свидетельствам, из данных обещаний (%" PRIu32
                             "): исполнены %" PRIu32 ", открыты %" PRIu32 ", отстают %" PRIu32
                             ", нарушены %" PRIu32 ", неизвестно %" PRIu32 "."),
                  commitments->count, by[COMMITMENT_MET], by[COMMITMENT_OPEN],
                  by[COMMITMENT_BEHIND], by[COMMITMENT_MISSED], by[COMMITMENT_UNKNOWN]);
}

void study_section_summary(const struct study_report *report, const struct claim_answers *claims,
                           const struct commitments *commitments, struct document *document)
{
    document_section(document, "summary", study_said(document, "What was found", "Что найдено"));
    say_base(report->study, document);
    for (uint32_t i = 0; i < report->study->case_count; i++) {
        if (report->study->cases[i].reference != i) {
            say_case(report->study, &report->study->cases[i], document);
        }
    }
    if (claims) {
        say_claims(claims, document);
    }
    if (commitments) {
        say_commitments(commitments, document);
    }
}
