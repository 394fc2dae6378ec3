/* study_dispatch.c: an average day at each gauge break, a section of the study. */
#include <math.h>

#include "report/dispatch_view.h"
#include "report/document_parts.h"
#include "report/study_sections.h"

static const char *station(const struct document *document, const struct study_day *at,
                           enum zhol_dispatch_gauge gauge)
{
    return study_node(document, at->joint.day.corridor, at->joint.day.node[gauge]);
}

static void write_side(struct document *document, const struct study_day *at,
                       enum zhol_dispatch_gauge gauge)
{
    enum zhol_dispatch_gauge other =
        gauge == ZHOL_DISPATCH_1435 ? ZHOL_DISPATCH_1520 : ZHOL_DISPATCH_1435;
    const struct study_day_side *side = &at->sides[gauge];
    if (side->expected == 0) {
        return;
    }
    struct document_cell *cell = document_row(document, NULL);
    document_put(document, &cell[0], "%s – %s", station(document, at, gauge),
                 station(document, at, other));
    cell[1] = document_number(dispatch_gauge_mm(gauge), 0);
    cell[2] = document_number(side->expected, 0);
    cell[3] = document_number(side->taken, 0);
    cell[4] = document_number(side->groups, 0);
    cell[5] = document_number(side->pushed, 0);
    cell[6] = document_number(side->formed, 0);
    cell[7] = document_number(side->wait_h, 1);
}

static void write_proof(struct document *document, const struct study_day *at)
{
    const struct zhol_dispatch_plan *plan = &at->joint.plan;
    const char *a = station(document, at, ZHOL_DISPATCH_1520);
    if (plan->optimal) {
        document_text(document,
                      study_said(document, "%s: no better plan exists; this is proven.",
                                 "%s: лучшего плана нет; это доказано."),
                      a);
    } else if (plan->objective.late > 0) {
        document_text(document,
                      study_said(document,
                                 "%s: weighted lateness %lld minutes; no plan at all has less than "
                                 "%lld (gap %.1f %%).",
                                 "%s: взвешенное опоздание %lld мин; ни у какого плана не бывает "
                                 "меньше %lld (разрыв %.1f %%)."),
                      a, (long long)plan->objective.late, (long long)plan->late_bound,
                      100 * plan->gap);
    } else {
        document_text(document, study_said(document, "%s: nothing is late.", "%s: опозданий нет."),
                      a);
    }
}

static void draw_day(struct document *document, const struct study_day *at)
{
    const struct dispatch_view view = {.joint = &at->joint, .lang = document->lang};
    struct buffer svg = {0}, title = {0};
    dispatch_svg(&view, &svg);
    dispatch_put_title(&view, &title);
    document->error = document->error ? document->error : svg.error;
    document_picture(document, buffer_get(&title),
                     (struct text_view){svg.bytes, (uint32_t)svg.size});
    buffer_clear(&svg);
    buffer_clear(&title);
}

void study_section_dispatch(const struct study_report *report, const struct study_days *days,
                            struct document *document)
{
    const struct document_column columns[] = {
        {"direction", study_said(document, "Direction", "Направление"), NULL, DOCUMENT_TEXT},
        {"gauge_mm", study_said(document, "Arrive on", "Приходят по"),
         study_said(document, "mm", "мм"), DOCUMENT_NUMBER},
        {"trains", study_said(document, "Expected", "Ожидается"),
         study_said(document, "trains", "поездов"), DOCUMENT_NUMBER},
        {"crossing", study_said(document, "Cross", "Проходит"),
         study_said(document, "trains", "поездов"), DOCUMENT_NUMBER},
        {"groups", study_said(document, "Groups", "Групп"), "", DOCUMENT_NUMBER},
        {"pushed_groups", study_said(document, "left for the next day", "остаётся на завтра"), "",
         DOCUMENT_NUMBER},
        {"formed_trains", study_said(document, "Formed of them", "Из них формируется"),
         study_said(document, "trains", "поездов"), DOCUMENT_NUMBER},
        {"at_border_h", study_said(document, "From ready to gone", "От готовности до ухода"),
         study_said(document, "h, mean", "ч, среднее"), DOCUMENT_NUMBER},
    };
    if (days->count == 0) {
        return;
    }
    struct buffer scope = {0};
    buffer_string(&scope, study_said(document, "average trains of ", "средние поезда на "));
    struct document_cell date = document_date(days->list[0].joint.day.date);
    const struct document_column when = {"", "", NULL, DOCUMENT_DATE};
    document_cell_text(document, &when, &date, &scope);
    buffer_string(&scope, study_said(document,
                                     "; planned 36 hours ahead; times by the clock of the 1520 mm "
                                     "side",
                                     "; план на 36 часов; время по часам стороны 1520 мм"));
    document_section(document, "dispatch",
                     study_said(document, "A day at the gauge breaks", "Сутки на стыках колеи"));
    document_text(document, "%s",
                  study_said(document,
                             "What the stations can do with the trains that come on an average "
                             "day: tracks, cranes, locomotives and platforms as published or "
                             "assumed, every train planned by the minute. With tomorrow's lists "
                             "the same plan is the dispatcher's: zhol dispatch.",
                             "Что станции могут сделать с поездами средних суток: пути, краны, "
                             "локомотивы и платформы — как опубликовано или допущено, каждый "
                             "поезд по минутам. С завтрашними натурными листами это план "
                             "диспетчера: zhol dispatch."));
    document_table(document, "dispatch", study_said(document, "Average days", "Средние сутки"),
                   buffer_get(&scope), columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < days->count; i++) {
        write_side(document, &days->list[i], ZHOL_DISPATCH_1435);
        write_side(document, &days->list[i], ZHOL_DISPATCH_1520);
    }
    study_put_trains(report, days, "dispatch_trains", document);
    for (uint32_t i = 0; i < days->count; i++) {
        write_proof(document, &days->list[i]);
        draw_day(document, &days->list[i]);
    }
    buffer_clear(&scope);
}
