/* study_summary.c: what the study found, in sentences made of its figures. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "desk/claim_tally.h"
#include "desk/assign_model.h"
#include "report/assign_view.h"
#include "report/format.h"
#include "report/study_pictures.h"
#include "report/study_sections.h"
#include "report/terms.h"

enum { OTHERS_SHOWN = 3 };

static double mt(const struct study_case *at, double t)
{
    return t / (at->assign.options.to - at->assign.options.from) * 365 / 1e6;
}

static const char *number(const struct document *document, double value, unsigned decimals,
                          char out[static 64])
{
    struct buffer text = {0};
    format_number(&text, fabs(value), decimals, document->lang);
    bool shows = strpbrk(buffer_get(&text), "123456789") != NULL; /* there is no minus nought */
    snprintf(out, 64, "%s%s", value < 0 && shows ? "−" : "", buffer_get(&text));
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

/* Which limits are the dearest in the other draws. */
static void say_others(const struct assign_robust *robust, const struct assign_robust_row *own,
                       const struct assign_view *view, struct document *document)
{
    struct buffer names = {0}, name = {0};
    uint32_t shown = 0, count = 0;
    for (uint32_t i = 0; i < robust->count && robust->rows[i].first; i++) {
        const struct assign_robust_row *row = &robust->rows[i];
        if (row == own) {
            continue;
        }
        count++;
        if (shown < OTHERS_SHOWN) {
            assign_view_capacity_name(view, row->resource, row->sense, false, &name);
            buffer_printf(&names,
                          study_said(document, "%s\"%s\" (%" PRIu32 ")", "%s«%s» (%" PRIu32 ")"),
                          shown++ ? ", " : "", buffer_get(&name), row->first);
            buffer_reset(&name);
        }
    }
    document_text(document,
                  study_said(document, "In the other draws it is: %s%s.",
                             "В остальных розыгрышах это: %s%s."),
                  buffer_get(&names),
                  count > shown ? study_said(document, " and others", " и другие") : "");
    buffer_clear(&names);
    buffer_clear(&name);
}

static const struct assign_robust_row *robust_of(const struct assign_robust *robust,
                                                 const struct assign_capacity *capacity)
{
    for (uint32_t i = 0; i < robust->count; i++) {
        const struct assign_robust_row *row = &robust->rows[i];
        if (row->resource == capacity->resource && row->sense == capacity->sense) {
            return row;
        }
    }
    return NULL;
}

/* What the draws of all assumed inputs say of it. */
static void say_firm(const struct study_case *base, const struct assign_capacity *best,
                     struct document *document)
{
    const struct assign_robust *robust = &base->robust;
    const struct assign_robust_row *own = robust_of(robust, best);
    const struct assign_robust_row *first = robust->count ? &robust->rows[0] : NULL;
    struct assign_view view = {
        .corridor = base->corridor, .study = &base->assign, .lang = document->lang};
    struct buffer name = {0};
    if (!robust->draws || !first) {
        return;
    }
    char low[64], high[64];
    document_text(
        document,
        study_said(document,
                   "With all assumed inputs drawn within their limits the shadow price of "
                   "the dearest full limit lies between %s and %s USD a day (10th to 90th "
                   "percentile of the draws); the limit is full in "
                   "%" PRIu32 " and the dearest in %" PRIu32 " of %" PRIu32 " draws.",
                   "Если все допущения разыграть в их пределах, теневая цена самого "
                   "дорогого полного предела — от %s до %s долл. в сутки (10-й и 90-й процентили "
                   "розыгрышей); предел полон в %" PRIu32 ", а самый дорогой в %" PRIu32
                   " из %" PRIu32 " розыгрышей."),
        number(document, own ? own->price.low : 0, 0, low),
        number(document, own ? own->price.high : 0, 0, high), own ? own->priced : 0,
        own ? own->first : 0, robust->draws);
    if (!own || first->first > own->first) {
        assign_view_capacity_name(&view, first->resource, first->sense, false, &name);
        document_text(document,
                      study_said(document,
                                 "Most often the dearest is \"%s\" (%" PRIu32
                                 " draws); so which limit comes first is not certain.",
                                 "Чаще всего самый дорогой — «%s» (розыгрышей: %" PRIu32
                                 "); так что какой предел первый, не известно точно."),
                      buffer_get(&name), first->first);
    } else if (own->first < robust->draws) {
        say_others(robust, own, &view, document);
    }
    buffer_clear(&name);
}

/* The same with a tenth less and a tenth more of the demand that was fitted to published totals. */
static void say_soft(const struct corridor_study *study, const struct assign_capacity *best,
                     struct document *document)
{
    const struct study_case *base = &study->cases[0];
    const struct assign_study *less = &study->soft[STUDY_FITTED_LESS].assign,
                              *more = &study->soft[STUDY_FITTED_MORE].assign;
    const struct assign_capacity *then = dearest(more);
    struct assign_view view = {.corridor = base->corridor, .study = more, .lang = document->lang};
    struct buffer name = {0};
    char low[64], high[64], left[64];
    double price = 0;
    if (!study->soft[STUDY_FITTED_LESS].done || !study->soft[STUDY_FITTED_MORE].done || !then) {
        return;
    }
    for (uint32_t i = 0; i < less->capacity_count; i++) {
        const struct assign_capacity *c = &less->capacities[i];
        price = c->resource == best->resource && c->sense == best->sense ? c->price : price;
    }
    assign_view_capacity_name(&view, then->resource, then->sense, false, &name);
    bool same = then->resource == best->resource && then->sense == best->sense;
    double behind = mt(base, more->unmet.t + more->no_way.t);
    document_text(
        document,
        study_said(
            document,
            "With 10 %% less of the demand fitted to published totals its price is %s USD a day; "
            "with 10 %% more the dearest is %s%s%s (%s USD a day), and %s Mt a year stay "
            "behind%s.",
            "Если подогнанный к опубликованным суммам спрос на 10 %% меньше, его цена %s долл. в "
            "сутки; если "
            "на 10 %% больше, самый дорогой — %s%s%s (%s долл. в сутки), и %s млн т в год "
            "остаются%s."),
        number(document, price, 0, low), same ? "" : study_said(document, "\"", "«"),
        same ? study_said(document, "the same", "он же") : buffer_get(&name),
        same ? "" : study_said(document, "\"", "»"), number(document, then->price, 0, high),
        number(document, behind, 2, left),
        behind < 0.005 ? ""
                       : study_said(document, "; that price holds the penalty put on them",
                                    "; в этой цене — штраф за них"));
    buffer_clear(&name);
}

/* In how many draws it is the dearest: what a ranking is worth belongs into its sentence. */
static void put_firm(const struct study_case *base, const struct assign_capacity *best,
                     const struct document *document, struct buffer *out)
{
    const struct assign_robust *robust = &base->robust;
    const struct assign_robust_row *own = robust_of(robust, best);
    uint32_t first = own ? own->first : 0;
    if (!robust->draws || first == robust->draws) {
        return;
    }
    buffer_printf(out,
                  study_said(document,
                             "; that it comes first is %sfirm: so in %" PRIu32 " of %" PRIu32
                             " draws of all assumed inputs",
                             "; первое место %sтвёрдо: так в %" PRIu32 " из %" PRIu32
                             " розыгрышей всех допущений"),
                  first * 4 < robust->draws * 3 ? study_said(document, "not ", "не ") : "", first,
                  robust->draws);
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
    uint32_t count;
    const struct zhol_resource *row =
        &zhol_corridor_resource(base->corridor, &count)[best->resource_row];
    char price[64], capacity[64];
    struct buffer firm = {0};
    put_firm(base, best, document, &firm);
    assign_view_capacity_name(&view, best->resource, best->sense, false, &name);
    document_text(
        document,
        study_said(document,
                   "The dearest full limit is \"%s\", %s a day (%s%s): the shadow price of one "
                   "more a day is %s USD a day%s.",
                   "Самый дорогой полный предел — «%s», %s в сутки (%s%s): теневая цена ещё одной "
                   "единицы в сутки — %s долл. в сутки%s."),
        buffer_get(&name), number(document, best->capacity, 0, capacity),
        report_term(zhol_capacity_unit_text(row->unit), document->lang),
        best->assumed ? study_said(document, "; an assumption", "; допущение") : "",
        number(document, best->price, 0, price), buffer_get(&firm));
    buffer_clear(&firm);
    say_soft(study, best, document);
    buffer_clear(&name);
}

/* Freight left behind has a price of its own: what that makes of all costs, and of shadow prices.
 */
static void say_unmet(const struct study_case *base, struct document *document)
{
    double years = (base->assign.options.to - base->assign.options.from) / 365.0;
    double left = base->assign.options.unmet_factor, t = base->assign.unmet.t / years;
    double usd = (base->assign.certificate.primal - base->assign.cost_usd) / years;
    char factor[64], amount[64], cost[64];
    if (!(t >= 1)) {
        return;
    }
    document_text(
        document,
        study_said(
            document,
            "%s k t a year of it have a way but no room: they count at %s times the cost of "
            "their free way, %s M USD a year. Shadow prices hold that, so they are no money "
            "saved.",
            "Для %s тыс. т в год путь есть, а места нет: они идут в счёт по %s ценам своего "
            "свободного пути, %s млн долл. в год. Это входит в теневые цены, так что они — не "
            "сбережённые деньги."),
        number(document, t / 1e3, 1, amount),
        number(document, left > 0 ? left : ASSIGN_UNMET_FACTOR, 0, factor),
        number(document, usd / 1e6, 1, cost));
}

static void say_times(const struct study_case *base, struct document *document)
{
    char days[64], half[64];
    if (isnan(base->transit_h.value)) {
        return;
    }
    document_text(
        document,
        study_said(
            document,
            "Freight by rail, road and sea takes %s days on average (95 %%: ±%s), door to "
            "door%s.",
            "Грузы по рельсам, дорогам и морю в среднем в пути %s сут (95 %%: ±%s), от двери "
            "до двери%s."),
        number(document, base->transit_h.value / 24, 2, days),
        number(document, base->transit_h.half / 24, 2, half),
        base->simulated_well
            ? ""
            : study_said(document, "; queues change in these weeks, so it holds for them",
                         "; очереди за эти недели меняются, так что это только о них"));
}

/* The freight that the corridor is known for: containers from one end to the other. */
static void say_boxes(const struct study_case *base, struct document *document)
{
    const struct study_freight *boxes = &base->freight[FREIGHT_NORTH_BOX];
    char mean[64], most[64];
    if (isnan(boxes->transit_h.value)) {
        return;
    }
    document_text(document,
                  study_said(document,
                             "Containers between China and Russia, Belarus or the EU: %s days on "
                             "average, nine in ten within %s: all trains, with what they wait. "
                             "Published times of such trains stand beside in the section \"Times, "
                             "prices, emissions\".",
                             "Контейнеры между Китаем и Россией, Беларусью или ЕС: в среднем %s "
                             "сут, девять из десяти — до %s: все поезда, со всем ожиданием. "
                             "Опубликованные сроки таких поездов — рядом, в разделе «Сроки, цены, "
                             "выбросы»."),
                  number(document, boxes->transit_h.value / 24, 1, mean),
                  number(document, boxes->p90_h.value / 24, 1, most));
}

static void say_base(const struct corridor_study *study, struct document *document)
{
    const struct study_case *base = &study->cases[0];
    const struct assign_capacity *best = dearest(&base->assign);
    char carried[64], unmet[64];
    double rest = mt(base, base->assign.unmet.t + base->assign.no_way.t);
    struct buffer modes = {0};
    study_say_modes(study, document, &modes);
    document_text(
        document,
        rest < 0.005
            ? study_said(document, "Base: all freight of the period is carried, %s Mt a year (%s).",
                         "База: перевозится весь груз периода, %s млн т в год (%s).")
            : study_said(document,
                         "Base: of the freight of the period %s Mt a year are carried (of what is "
                         "wanted: %s) and %s Mt are not.",
                         "База: из грузов периода перевозится %s млн т в год (из того, что нужно: "
                         "%s), не перевозится %s млн т."),
        number(document, mt(base, base->assign.all_carried.t), 1, carried), buffer_get(&modes),
        number(document, rest, 2, unmet));
    buffer_clear(&modes);
    if (best) {
        say_dearest(study, best, document);
    } else if (!study->options.no_assign) {
        document_text(document, "%s",
                      study_said(document, "No capacity is full.", "Полных ресурсов нет."));
    }
    say_boxes(base, document);
}

/* What else is to be known of the base: what its prices hold, how firm they are, all times. */
static void say_base_more(const struct corridor_study *study, struct document *document)
{
    const struct study_case *base = &study->cases[0];
    const struct assign_capacity *best = dearest(&base->assign);
    say_unmet(base, document);
    if (best) {
        say_firm(base, best, document);
    }
    say_times(base, document);
}

/* The same of each kind of freight, where it is proven and a quarter of a day: kinds may go
 * opposite ways. */
static void say_kinds_moved(const struct study_case *at, struct document *document,
                            struct buffer *line)
{
    static const struct {
        enum group_freight kind;
        const char *en, *ru;
    } kinds[] = {{FREIGHT_NORTH_BOX, ", of containers China - Russia, Belarus, EU %s%s h",
                  ", контейнеров Китай - Россия, Беларусь, ЕС %s%s ч"},
                 {FREIGHT_BOX, ", of other containers %s%s h", ", других контейнеров %s%s ч"},
                 {FREIGHT_LOOSE, ", of other freight by rail and sea %s%s h",
                  ", прочих грузов по рельсам и морю %s%s ч"},
                 {FREIGHT_ROAD, ", of freight in trucks %s%s h", ", грузов в фурах %s%s ч"}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct study_figure f = at->freight[kinds[i].kind].transit_h;
        char hours[64];
        if (fabs(f.difference) > f.difference_half && fabs(f.difference) >= 6) {
            buffer_printf(line, study_said(document, kinds[i].en, kinds[i].ru),
                          f.difference > 0 ? "+" : "", number(document, f.difference, 1, hours));
        }
    }
}

/* What is carried and left behind, and what all of it costs, each where it moves. */
static void say_amounts(const struct study_case *base, const struct study_case *at, double carried,
                        double costs, const struct document *document, struct buffer *line)
{
    char more[64];
    if (fabs(carried) >= 0.02) {
        buffer_printf(line,
                      study_said(document, ", carried %s%s Mt a year",
                                 ", перевезено %s%s "
                                 "млн т в год"),
                      carried > 0 ? "+" : "", number(document, carried, 2, more));
    }
    double left = mt(at, at->assign.unmet.t) - mt(base, base->assign.unmet.t);
    if (fabs(left) >= 0.02) {
        buffer_printf(line,
                      study_said(document,
                                 ", left behind %s%s Mt a year at three times its cost (times "
                                 "are of what goes)",
                                 ", осталось %s%s млн т в год по тройной цене (сроки — того, что "
                                 "едет)"),
                      left > 0 ? "+" : "", number(document, left, 2, more));
    }
    double stranded = mt(at, at->assign.no_way.t) - mt(base, base->assign.no_way.t);
    if (stranded >= 0.005) {
        buffer_printf(line,
                      study_said(document,
                                 " (%s Mt a year have no way at all and no cost, so "
                                 "costs are not compared)",
                                 " (для %s млн т в год нет ни пути, ни издержек, так что "
                                 "издержки не сравниваются)"),
                      number(document, stranded, 2, more));
    }
    if (fabs(costs) >= 1 && stranded < 0.005) {
        buffer_printf(line,
                      study_said(document, ", all costs %s%s M USD a year",
                                 ", все издержки %s%s млн долл. в год"),
                      costs > 0 ? "+" : "", number(document, costs, 0, more));
    }
}

/* A difference is told only where its interval does not hold 0. */
static void say_case(const struct corridor_study *study, const struct study_case *at,
                     struct document *document)
{
    const struct study_case *base = &study->cases[at->reference];
    struct study_figure f = at->transit_h;
    char title[256], hours[64], low[64], high[64];
    double carried = mt(at, at->assign.all_carried.t) - mt(base, base->assign.all_carried.t);
    double costs =
        mt(at, at->assign.certificate.primal) - mt(base, base->assign.certificate.primal);
    struct buffer line = {0};
    buffer_printf(&line, "%s: ", study_case_title(document, at, title));
    if (isnan(f.difference)) {
        buffer_string(&line,
                      study_said(document, "times were not compared", "времена не сравнивались"));
    } else if (f.difference == 0 && f.difference_half == 0 && carried == 0 && costs == 0) {
        buffer_string(&line, study_said(document, "changes nothing for this freight",
                                        "для этих грузов не меняет ничего"));
    } else if (fabs(f.difference) <= f.difference_half || isnan(f.difference_half)) {
        buffer_string(&line,
                      study_said(document, "no difference of the mean transit time is proven",
                                 "разница среднего времени в пути не доказана"));
    } else {
        buffer_printf(&line,
                      study_said(document, "transit by rail, road and sea %s%s h (%s to %s)",
                                 "время в пути по рельсам, дорогам и морю %s%s ч (от %s до %s)"),
                      f.difference > 0 ? "+" : "", number(document, f.difference, 1, hours),
                      number(document, f.difference - f.difference_half, 1, low),
                      number(document, f.difference + f.difference_half, 1, high));
    }
    say_kinds_moved(at, document, &line);
    say_amounts(base, at, carried, costs, document, &line);
    study_say_slips(base, at, document, &line);
    study_say_moves(base, at, document, &line);
    if (at->study.model && !at->simulated_well) {
        buffer_string(&line, study_said(document,
                                        "; its queues change, so this holds for these weeks only",
                                        "; очереди меняются, так что это только о данных неделях"));
    }
    document_text(document, "%s.", buffer_get(&line));
    buffer_clear(&line);
}

/* The scenarios that cost most and save most, all else of them is said later. */
static bool is_greatest(const struct corridor_study *study, uint32_t number)
{
    double least = 0, most = 0, own = 0;
    for (uint32_t i = 0; i < study->case_count; i++) {
        const struct study_case *at = &study->cases[i], *base = &study->cases[at->reference];
        double costs =
            mt(at, at->assign.certificate.primal) - mt(base, base->assign.certificate.primal);
        least = fmin(least, costs);
        most = fmax(most, costs);
        own = i == number ? costs : own;
    }
    return fabs(own) >= 1 && (own == least || own == most);
}

static void say_cases(const struct corridor_study *study, bool greatest, struct document *document)
{
    for (uint32_t i = 0; i < study->case_count; i++) {
        if (study->cases[i].reference != i && is_greatest(study, i) == greatest) {
            say_case(study, &study->cases[i], document);
        }
    }
}

/* Of claims, checks and promises only what the model decides: the rest is said later. What agrees
 * by lengths on a map, or by a timetable that the publisher wrote, is no prediction. */
static void say_verdicts(const struct study_report *report, const struct claim_answers *claims,
                         struct document *document)
{
    struct claim_tally all = claims_tally(claims, zhol_role_CLAIM);
    struct claim_tally checks = claims_tally(claims, zhol_role_CHECK);
    struct claim_tally promises = claims_tally_promises(claims);
    uint32_t agree = all.model[CLAIM_CONSISTENT] + checks.model[CLAIM_CONSISTENT];
    uint32_t lengths = all.lengths + checks.lengths, tables = all.timetables + checks.timetables;
    struct buffer times = {0};
    study_say_missed(report, document, &times);
    document_text(document,
                  study_said(document,
                             "Published figures held against results of the model: %" PRIu32
                             " agree, of them %" PRIu32 " lengths of ways, %" PRIu32
                             " times of trains whose timetables are published or chosen by such "
                             "times, %" PRIu32 " others; %" PRIu32 " do not.%s Promises that it "
                             "can judge: %" PRIu32 " reachable, %" PRIu32 " open, %" PRIu32
                             " not reachable.",
                             "Опубликованные цифры против результатов модели: согласны %" PRIu32
                             ", из них длины путей %" PRIu32 ", сроки поездов с расписанием, "
                             "опубликованным или взятым по таким срокам, %" PRIu32
                             ", прочие %" PRIu32 "; не согласны %" PRIu32
                             ".%s Обещания, о которых она может судить: достижимы %" PRIu32
                             ", открыты %" PRIu32 ", недостижимы %" PRIu32 "."),
                  agree, lengths, tables, agree - lengths - tables,
                  all.model[CLAIM_INCONSISTENT] + checks.model[CLAIM_INCONSISTENT],
                  buffer_get(&times), promises.model[CLAIM_REACHABLE], promises.model[CLAIM_OPEN],
                  promises.model[CLAIM_NOT_REACHABLE]);
    buffer_clear(&times);
}

static void say_figures(const struct claim_answers *claims, struct document *document)
{
    struct claim_tally all = claims_tally(claims, zhol_role_CLAIM);
    struct claim_tally checks = claims_tally(claims, zhol_role_CHECK);
    for (unsigned v = 0; v < CLAIM_VERDICT_COUNT; v++) {
        all.model[v] += checks.model[v];
        all.rows[v] += checks.rows[v];
    }
    all.all += checks.all;
    all.within += checks.within;
    all.above += checks.above;
    document_text(document,
                  study_said(document,
                             "Claims and checks: %" PRIu32
                             ". Against results of the model: %" PRIu32 " consistent, %" PRIu32
                             " inconsistent. Against rows of the corridor "
                             "(registers, sums and counts of others: no evidence for the model): "
                             "%" PRIu32 " consistent, %" PRIu32 " inconsistent. Counts beside a "
                             "capacity, which can hardly refute it: %" PRIu32 " within, %" PRIu32
                             " above. Not decidable, "
                             "or for information: %" PRIu32 "; the tables say why.",
                             "Утверждений и проверок: %" PRIu32
                             ". С результатами модели согласны %" PRIu32 ", не согласны %" PRIu32
                             ". Со строками коридора (реестры, суммы и чужие счёты: о модели они "
                             "ничего не говорят) согласны %" PRIu32 ", не согласны %" PRIu32
                             ". Рядом с мощностью (её счёт едва ли опровергнет): в пределах "
                             "%" PRIu32 ", сверх %" PRIu32
                             ". Не решаются или для сведения: %" PRIu32 "; почему — в таблицах."),
                  all.all, all.model[CLAIM_CONSISTENT], all.model[CLAIM_INCONSISTENT],
                  all.rows[CLAIM_CONSISTENT], all.rows[CLAIM_INCONSISTENT], all.within, all.above,
                  all.model[CLAIM_UNDECIDED] + all.rows[CLAIM_UNDECIDED] + all.model[CLAIM_BESIDE] +
                      all.rows[CLAIM_BESIDE]);
}

static void say_promises(const struct claim_answers *claims, struct document *document)
{
    struct claim_tally all = claims_tally_promises(claims);
    document_text(document,
                  study_said(document,
                             "Promises, each counted once: %" PRIu32 ". By the model: %" PRIu32
                             " reachable, %" PRIu32 " not reachable, %" PRIu32
                             " open; by rows of the corridor alone: %" PRIu32 ", %" PRIu32
                             " and %" PRIu32 "; by evidence: %" PRIu32 " kept, %" PRIu32
                             " not kept, %" PRIu32 " of unknown outcome; not modelled: %" PRIu32
                             ".",
                             "Обещаний, каждое один раз: %" PRIu32 ". По модели достижимы %" PRIu32
                             ", недостижимы %" PRIu32 ", открыты %" PRIu32
                             "; по одним строкам коридора: %" PRIu32 ", %" PRIu32 " и %" PRIu32
                             "; по свидетельствам исполнены %" PRIu32 ", не исполнены %" PRIu32
                             ", исход неизвестен у %" PRIu32 "; не моделируются %" PRIu32 "."),
                  all.all, all.model[CLAIM_REACHABLE], all.model[CLAIM_NOT_REACHABLE],
                  all.model[CLAIM_OPEN], all.rows[CLAIM_REACHABLE], all.rows[CLAIM_NOT_REACHABLE],
                  all.rows[CLAIM_OPEN], all.rows[CLAIM_KEPT], all.rows[CLAIM_NOT_KEPT],
                  all.rows[CLAIM_PAST], all.model[CLAIM_UNDECIDED] + all.rows[CLAIM_UNDECIDED]);
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

/* One page: what matters, a map, a table. What stands behind it follows in a section of its own. */
void study_section_summary(const struct study_report *report, const struct claim_answers *claims,
                           const struct commitments *commitments, struct document *document)
{
    document_section(document, "summary", study_said(document, "What was found", "Что найдено"));
    say_base(report->study, document);
    say_cases(report->study, true, document);
    if (claims) {
        say_verdicts(report, claims, document);
    }
    if (!report->study->options.no_assign) {
        study_picture_flows(report, &report->study->cases[0], document);
    }
    if (claims) {
        study_put_answers(claims, document);
    }
    document_section(document, "effects",
                     study_said(document, "What moves it, and how firm it is",
                                "Что на это влияет и насколько оно твёрдо"));
    say_base_more(report->study, document);
    study_say_times_off(report, document);
    study_say_observed(report, document);
    say_cases(report->study, false, document);
    if (claims) {
        say_figures(claims, document);
        say_promises(claims, document);
    }
    if (commitments) {
        say_commitments(commitments, document);
    }
}
