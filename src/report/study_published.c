/* study_published.c: published times: what was counted and when, and which of them the study
 * misses. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/time.h"
#include "desk/study_missed.h"
#include "report/format.h"
#include "report/study_sections.h"

enum { SHORT_DAYS = 62 };

/* "2025", "7/2024": a figure of a month or two names it. */
static void put_when(const struct zhol_observation *row, struct buffer *out)
{
    if (row->period_start == ZHOL_BLANK_DATE) {
        return;
    }
    struct time_date from = time_date_of(row->period_start);
    bool brief =
        row->period_end != ZHOL_BLANK_DATE && row->period_end - row->period_start <= SHORT_DAYS;
    if (brief) {
        buffer_printf(out, "; %d/%d", from.month, from.year);
    } else {
        buffer_printf(out, "; %d", from.year);
    }
}

void study_put_published(struct document *document, const struct study_case *at,
                         const struct study_relation *relation, struct document_cell *cell)
{
    uint32_t count;
    const struct zhol_observation *row =
        zhol_corridor_observation(at->corridor, &count) + relation->observation;
    bool ru = document->lang == REPORT_RU && row->scope_ru;
    const char *scope = zhol_corridor_text(at->corridor, ru ? row->scope_ru : row->scope);
    const char *words = strchr(scope, ',');
    struct buffer out = {0};
    buffer_string(&out, words ? words + 1 + strspn(words + 1, " ") : "");
    put_when(row, &out);
    document_put(document, cell, "%s", buffer_get(&out));
    document->error = document->error ? document->error : out.error;
    buffer_clear(&out);
}

static void put_days(double days, const struct document *document, struct buffer *out)
{
    format_number(out, days, 1, document->lang);
}

static void put_published(const struct study_relation *relation, const struct document *document,
                          struct buffer *out)
{
    put_days(relation->published_low, document, out);
    if (relation->published_low < relation->published_high) {
        buffer_char(out, '-');
        put_days(relation->published_high, document, out);
    }
}

static void put_names(const struct document *document, const struct study_case *at,
                      const struct study_relation *relation, struct buffer *out)
{
    buffer_printf(out, "%s – %s", study_node(document, at->corridor, relation->from),
                  study_node(document, at->corridor, relation->to));
}

void study_say_missed(const struct study_report *report, struct document *document,
                      struct buffer *line)
{
    const struct study_case *at = &report->study->cases[0];
    struct study_missed missed;
    enum zhol_error error = study_missed_find(at, &missed);
    document->error = document->error ? document->error : error;
    if (error || missed.agree + missed.miss == 0) {
        return;
    }
    buffer_printf(line,
                  study_said(document,
                             " Published times beside simulated ones: %" PRIu32 " agree, %" PRIu32
                             " do not",
                             " Опубликованные сроки рядом с имитацией: согласны %" PRIu32
                             ", не согласны %" PRIu32),
                  missed.agree, missed.miss);
    if (missed.worst) {
        buffer_string(line, study_said(document, "; the farthest is ", "; дальше всех "));
        put_names(document, at, missed.worst, line);
        buffer_string(line, ", ");
        put_days(missed.worst_p50_days, document, line);
        buffer_string(line,
                      study_said(document, " days simulated, ", " сут в имитации, опубликовано "));
        put_published(missed.worst, document, line);
        buffer_string(line, study_said(document, " published", ""));
    }
    buffer_char(line, '.');
}

/* The promise that the simulation keeps least. */
static void say_unkept(const struct study_case *at, const struct study_missed *missed,
                       struct document *document)
{
    struct buffer line = {0};
    const struct study_relation *worst = missed->unkept_worst;
    if (!worst) {
        return;
    }
    put_names(document, at, worst, &line);
    buffer_string(&line, study_said(document, ": promised within ", ": обещано не дольше "));
    put_days(worst->p90_days, document, &line);
    buffer_string(&line, study_said(document,
                                    " days in nine of ten cases, to a box that is booked on a "
                                    "train of a service and comes to its departure; of the "
                                    "simulated boxes nine of ten take longer than ",
                                    " сут в девяти случаях из десяти — контейнеру с местом в "
                                    "поезде службы, поданному к отправлению; в имитации девять "
                                    "контейнеров из десяти едут дольше "));
    put_days(missed->unkept_p10_days, document, &line);
    document_text(document,
                  study_said(document,
                             "%s. Who has no train booked quotes the simulated time. Relations "
                             "marked so (§): %" PRIu32 ".",
                             "%s. Без места в поезде называйте срок имитации. Направлений с таким "
                             "знаком (§): %" PRIu32 "."),
                  buffer_get(&line), missed->unkept);
    buffer_clear(&line);
}

void study_say_times_off(const struct study_report *report, struct document *document)
{
    const struct study_case *at = &report->study->cases[0];
    struct study_missed missed;
    enum zhol_error error = study_missed_find(at, &missed);
    document->error = document->error ? document->error : error;
    if (error) {
        return;
    }
    say_unkept(at, &missed, document);
    if (missed.planned_worst) {
        struct buffer names = {0}, days = {0};
        struct buffer p50 = {0};
        put_names(document, at, missed.planned_worst, &names);
        put_published(missed.planned_worst, document, &days);
        put_days(missed.planned_worst->p50_days, document, &p50);
        document_text(document,
                      study_said(document,
                                 "Of promised times the farthest from a published one is %s: %s "
                                 "days promised, %s published.",
                                 "Из обещанных сроков дальше всех от опубликованного %s: обещано "
                                 "%s сут, опубликовано %s."),
                      buffer_get(&names), buffer_get(&p50), buffer_get(&days));
        buffer_clear(&names);
        buffer_clear(&days);
        buffer_clear(&p50);
    }
}
