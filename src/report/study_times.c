/* study_times.c: simulated times of boxes against published and promised ones, relation by
 * relation, and the ways that boxes take in each scenario. */
#include <math.h>
#include <stdlib.h>

#include "desk/study_missed.h"
#include "report/format.h"
#include "report/simulate_words.h"
#include "report/study_sections.h"

#define DAY_H 24.0

/* ---- Published, promised, simulated ---- */

/* Where a simulated time differs from the published one, the causes of waiting that are the most.
 */
enum { CAUSES_SAID = 2 };
#define CAUSE_LEAST_H 2.4 /* a tenth of a day */

static void say_causes(const struct document *document,
                       const struct zhol_simulate_flows_result *result, struct buffer *out)
{
    bool said[ZHOL_SIMULATE_CAUSE_COUNT] = {false};
    for (int n = 0; n < CAUSES_SAID; n++) {
        unsigned most = 0;
        double hours = CAUSE_LEAST_H;
        for (unsigned c = 0; c < ZHOL_SIMULATE_CAUSE_COUNT; c++) {
            bool waits = zhol_simulate_cause_waits((enum zhol_simulate_cause)c);
            if (waits && !said[c] && result->by_cause_h[c].mean >= hours) {
                hours = result->by_cause_h[c].mean;
                most = c + 1;
            }
        }
        if (!most) {
            break;
        }
        said[most - 1] = true;
        buffer_printf(out, "%s%s ", n ? ", " : "",
                      sim_cause((enum zhol_simulate_cause)(most - 1), document->lang));
        format_number(out, hours / DAY_H, 1, document->lang);
    }
}

/* Half of the trains against the published figure; whether the two intervals meet. */
static void put_verdict(struct document *document, const struct study_relation *relation,
                        const struct zhol_simulate_flows_result *result, struct document_cell *cell)
{
    double off = study_time_off(relation, result->p50_h.mean / DAY_H);
    struct buffer text = {0};
    buffer_string(&text, study_time_agrees(relation, result)
                             ? study_said(document, "agrees", "согласно")
                             : study_said(document, "does not agree", "не согласно"));
    if (fabs(off) > 0.05) {
        buffer_string(&text, ", ");
        format_number(&text, fabs(off), 1, document->lang);
        buffer_string(&text, off > 0 ? study_said(document, " d longer", " сут дольше")
                                     : study_said(document, " d shorter", " сут короче"));
    }
    buffer_string(&text, ": ");
    say_causes(document, result, &text);
    document_put(document, cell, "%s", buffer_get(&text));
    buffer_clear(&text);
}

static struct document_cell quantiles(const struct zhol_simulate_flows_result *result)
{
    return document_band(result->p50_h.mean / DAY_H, result->p10_h / DAY_H,
                         result->p90_h.mean / DAY_H, 1);
}

static void write_time(struct document *document, const struct study_case *at,
                       const struct study_relation *relation, const struct study_time *time)
{
    uint32_t count;
    const struct zhol_observation *row =
        zhol_corridor_observation(at->corridor, &count) + relation->observation;
    struct document_cell *cell =
        document_row(document, zhol_corridor_id(at->corridor, ZHOL_TABLE_source, row->source_id));
    const struct zhol_simulate_flows_result *shown =
        time->trains.units > 0 ? &time->trains : &time->all;
    document_put(document, &cell[0], "%s – %s%s",
                 study_node(document, at->corridor, relation->from),
                 study_node(document, at->corridor, relation->to),
                 study_time_unkept(relation, time) ? " §" : "");
    if (time->to != relation->to) {
        document_put(document, &cell[1], study_said(document, "on to %s", "далее до: %s"),
                     study_node(document, at->corridor, time->to));
    }
    cell[2] = relation->published_low < relation->published_high
                  ? document_band((relation->published_low + relation->published_high) / 2,
                                  relation->published_low, relation->published_high, 1)
                  : document_number(relation->published_low, 1);
    study_put_published(document, at, relation, &cell[3]);
    cell[4] = document_band(relation->p50_days, relation->p50_days, relation->p90_days, 1);
    cell[5] = time->trains.units > 0 ? quantiles(&time->trains) : document_number(NAN, 1);
    cell[6] = document_number(100 * time->train_share, 0);
    cell[7] = time->all.units > 0 ? quantiles(&time->all) : document_number(NAN, 1);
    cell[8] = document_number(shown->by_step_h[ZHOL_SIMULATE_STEP_RUN].mean / DAY_H, 1);
    if (shown->units > 0) {
        put_verdict(document, relation, shown, &cell[9]);
    }
}

static void close_times(struct document *document)
{
    document_note(
        document, "%s",
        study_said(
            document,
            "Promise: P50, in brackets P50 to P90, from departure to arrival. Simulated: P50, in "
            "brackets P10 to P90 of the boxes, door to door: loading, the wait for the train to "
            "fill (at most 48 h) and unloading are in it, half a day to two days that a published "
            "or promised time does not have. In trains: nine tenths of the way or more with a "
            "service; their trains run by its timetable, all others at the speed of ordinary "
            "freight trains. On to: nothing of the demand ends at the second place, so the boxes "
            "that go farthest in number pass it; the way beyond is in their time. Against "
            "published: of trains (else of all), with the two longest causes of waiting, days. "
            "Timetables of services are assumptions chosen in view of published times: that they "
            "agree proves the simulation's sums, not its forecast. § Nine of ten simulated boxes "
            "(of all, or of trains) take longer than the time promised for nine of ten: the "
            "promise is for a box that is booked on a train of a service and comes to its "
            "departure; who has no train booked quotes the simulated time. Relations from where no "
            "box of the demand starts, and by sea, have no row.",
            "Обещание: P50, в скобках от P50 до P90, от отправления до прибытия. Имитация: P50, в "
            "скобках от P10 до P90 контейнеров, от двери до двери: с погрузкой, ожиданием полного "
            "состава (до 48 ч) и выгрузкой — это от половины суток до двух, которых в "
            "опубликованном и обещанном сроке нет. В поездах: не меньше 90 % пути со службой; "
            "её поезда идут по расписанию, прочие — со скоростью обычных грузовых. Далее до: во "
            "втором месте ничего из спроса не кончается, взяты контейнеры, которых через него "
            "идёт больше всего; путь за ним входит в срок. Против опубликованного: поезда "
            "(иначе все), с двумя самыми долгими причинами ожидания, сут. Расписания служб — "
            "допущения с оглядкой на опубликованные сроки: согласие подтверждает счёт имитации, а "
            "не прогноз. Направления, откуда контейнеров в спросе нет, и морские не показаны."));
}

void study_put_times(const struct study_report *report, struct document *document)
{
    const struct study_case *at = &report->study->cases[0];
    const char *days = study_said(document, "days", "сут");
    const struct document_column columns[] = {
        {"relation", study_said(document, "Relation", "Направление"), NULL, DOCUMENT_TEXT},
        {"simulated_to", study_said(document, "Simulated", "Имитация"), NULL, DOCUMENT_TEXT},
        {"published_days", study_said(document, "Published", "Опубликовано"), days,
         DOCUMENT_NUMBER},
        {"published_what", study_said(document, "What was published", "Что опубликовано"), NULL,
         DOCUMENT_TEXT},
        {"promise_days", study_said(document, "Promise", "Обещание"), days, DOCUMENT_NUMBER},
        {"simulated_trains_days", study_said(document, "Simulated, trains", "Имитация, поезда"),
         days, DOCUMENT_NUMBER},
        {"trains_percent", study_said(document, "In trains", "В поездах"),
         study_said(document, "% of TEU", "% ДФЭ"), DOCUMENT_NUMBER},
        {"simulated_all_days", study_said(document, "Simulated, all", "Имитация, все"), days,
         DOCUMENT_NUMBER},
        {"running_days", study_said(document, "of it running", "из них в движении"), days,
         DOCUMENT_NUMBER},
        {"against", study_said(document, "Against published; waiting", "Против опубл.; ожидание"),
         NULL, DOCUMENT_TEXT},
    };
    if (!at->study.model) {
        return;
    }
    document_table(
        document, "relations_simulated",
        study_said(document, "Simulated against published", "Имитация против опубликованного"),
        study_said(document, "base, its demand and simulated weeks; boxes by rail",
                   "база, её спрос и имитированные недели; контейнеры по рельсам"),
        columns, sizeof columns / sizeof *columns);
    for (uint32_t r = 0; r < at->relation_count; r++) {
        struct study_time time;
        enum zhol_error error = study_time_find(at, &at->relations[r], &time);
        document->error = document->error ? document->error : error;
        if (!error && time.to != ZHOL_NONE && time.all.units > 0) {
            write_time(document, at, &at->relations[r], &time);
        }
    }
    close_times(document);
}

/* ---- Ways ---- */

static void write_route(struct document *document, const struct study_case *at,
                        const struct study_route *route)
{
    struct document_cell *cell = document_row(document, NULL);
    struct buffer way = {0};
    char title[256];
    for (uint32_t i = 0; i < route->count; i++) {
        buffer_printf(&way, "%s%s", i ? ", " : "",
                      study_node(document, at->corridor, route->places[i]));
    }
    document_put(document, &cell[0], "%s", study_case_title(document, at, title));
    document_put(document, &cell[1], "%s",
                 route->count ? buffer_get(&way)
                              : study_said(document, "all others", "все прочие"));
    cell[2] = document_number(route->t_day * 365 / 1e6, 2);
    cell[3] = document_number(100 * route->share, 0);
    cell[4] =
        document_number(route->result.units > 0 ? route->result.transit_h.mean / DAY_H : NAN, 1);
    cell[5] = route->result.units > 0 ? quantiles(&route->result) : document_number(NAN, 1);
    buffer_clear(&way);
}

void study_put_routes(const struct study_report *report, const char *scope,
                      struct document *document)
{
    const char *days = study_said(document, "days", "сут");
    const struct document_column columns[] = {
        {"scenario", study_said(document, "Scenario", "Сценарий"), NULL, DOCUMENT_TEXT},
        {"enters_at", study_said(document, "Way: enters countries at", "Путь: въезд в страны"),
         NULL, DOCUMENT_TEXT},
        {"sent_mt_year", study_said(document, "Sent", "Отправлено"),
         study_said(document, "Mt/yr", "млн т/год"), DOCUMENT_NUMBER},
        {"share_percent", study_said(document, "Share", "Доля"), "%", DOCUMENT_NUMBER},
        {"transit_days", study_said(document, "Transit, mean", "В пути, среднее"), days,
         DOCUMENT_NUMBER},
        {"transit_p50_days", "P50", days, DOCUMENT_NUMBER},
    };
    document_table(document, "scenarios_ways",
                   study_said(document,
                              "Ways of the containers between China and Russia, Belarus, EU",
                              "Пути контейнеров между Китаем и Россией, Беларусью, ЕС"),
                   scope, columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < report->study->case_count; i++) {
        struct study_route *routes = NULL;
        uint32_t count = 0;
        const struct study_case *at = &report->study->cases[i];
        enum zhol_error error = study_routes_find(at, FREIGHT_NORTH_BOX, &routes, &count);
        document->error = document->error ? document->error : error;
        for (uint32_t r = 0; r < count; r++) {
            write_route(document, at, &routes[r]);
        }
        free(routes);
    }
    document_note(
        document, "%s",
        study_said(document,
                   "Both directions; ways with less than 3 % are put together; P50, in brackets "
                   "P10 to P90. A mean of all such boxes moves with their ways as well as with "
                   "their times: where some leave a slow way for a dearer, faster one, it falls, "
                   "and the gain stands in the cost as a loss. Ways are those of least cost of "
                   "money and time on the capacities, which fills a cheap crossing to its limit.",
                   "Оба направления; пути с долей меньше 3 % сложены; P50, в скобках от P10 до "
                   "P90. Среднее по всем таким контейнерам меняется не только со сроками, но и с "
                   "путями: где часть уходит с медленного пути на более дорогой и быстрый, оно "
                   "падает, а в цене это потеря. Пути — с наименьшей ценой денег и времени при "
                   "данных мощностях: дешёвый переход заполняется до предела."));
}
