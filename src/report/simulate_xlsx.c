/* simulate_xlsx.c: a simulation as a workbook: about, times, causes of waiting, places, queues over
 * time, and what else was asked for: changes, clearing, worth of one more, borders. See
 * simulate_view.h. */
#include <math.h>

#include "base/csv.h"
#include "base/time.h"
#include "report/simulate_view.h"
#include "report/workbook.h"

/* A text in both languages, by enum report_lang. */
typedef const char *const both[REPORT_LANG_COUNT];

static void texts(struct csv_writer *csv, both *names, size_t count, enum report_lang lang)
{
    for (size_t i = 0; i < count; i++) {
        csv_write_text(csv, names[i][lang]);
    }
    csv_write_end(csv);
}
#define TEXTS(csv, names, lang) texts(csv, names, sizeof names / sizeof *names, lang)

static void name_cell(struct csv_writer *csv, struct buffer *text)
{
    csv_write_text(csv, buffer_get(text));
    buffer_reset(text);
}

static void value_cells(struct csv_writer *csv, struct zhol_simulate_value value)
{
    csv_write_real(csv, value.mean);
    csv_write_real(csv, value.half);
}

/* The sentences that stand above and below the tables of the terminal, one a row. */
static void put_about(const struct simulate_view *view, struct buffer *out)
{
    struct csv_writer csv;
    struct buffer sentences;
    buffer_init(&sentences);
    csv_writer_init(&csv, out);
    csv_write_text(&csv, view->head);
    csv_write_end(&csv);
    view_head(view, &sentences);
    view_notes(view, &sentences);
    struct text_view rest = {sentences.bytes, (uint32_t)sentences.size};
    while (rest.size) {
        csv_write_view(&csv, text_cut(&rest, '\n'));
        csv_write_end(&csv);
    }
    buffer_clear(&sentences);
}

static void put_times(const struct simulate_view *view, struct buffer *out)
{
    static both heads[] = {{"group", "группа"},
                           {"wanted, t/day", "требуется, т/сут"},
                           {"arrived, loads/day", "прибыло, грузов/сут"},
                           {"+-", "+-"},
                           {"mean, h", "среднее, ч"},
                           {"+-", "+-"},
                           {"P50, h", "P50, ч"},
                           {"+-", "+-"},
                           {"P90, h", "P90, ч"},
                           {"+-", "+-"},
                           {"P95, h", "P95, ч"},
                           {"+-", "+-"},
                           {"running, h", "ход, ч"},
                           {"+-", "+-"},
                           {"handling, h", "обработка, ч"},
                           {"+-", "+-"},
                           {"border, h", "граница, ч"},
                           {"+-", "+-"},
                           {"border wait, h", "ждёт на границе, ч"},
                           {"+-", "+-"},
                           {"other wait, h", "ждёт ещё, ч"},
                           {"+-", "+-"},
                           {"delay, USD/day", "задержка, долл./сут"},
                           {"+-", "+-"}};
    const struct answer *answer = view->answer;
    struct csv_writer csv;
    struct buffer text;
    buffer_init(&text);
    csv_writer_init(&csv, out);
    TEXTS(&csv, heads, view->lang);
    for (uint32_t i = 0; i < answer->count; i++) {
        const struct zhol_simulate_flows_result *r = &answer->list[i].result;
        view_group(view, &answer->list[i].group, &text);
        name_cell(&csv, &text);
        csv_write_real(&csv, answer->list[i].group.t_day);
        value_cells(&csv, r->loads_day);
        value_cells(&csv, r->transit_h);
        value_cells(&csv, r->p50_h);
        value_cells(&csv, r->p90_h);
        value_cells(&csv, r->p95_h);
        for (int s = ZHOL_SIMULATE_STEP_RUN; s < ZHOL_SIMULATE_STEP_COUNT; s++) {
            value_cells(&csv, r->by_step_h[s]);
        }
        value_cells(&csv, r->delay_usd_day);
        csv_write_end(&csv);
    }
    buffer_clear(&text);
}

/* What kind of place it is; in English the word that JSON and CSV have. */
static const char *kind_name(unsigned kind, enum report_lang lang)
{
    static const char *const ru[ZHOL_SIMULATE_PLACE_KINDS] = {
        [ZHOL_SIMULATE_PLACE_SLOT] = "слот",
        [ZHOL_SIMULATE_PLACE_CONTROL] = "контроль",
        [ZHOL_SIMULATE_PLACE_FRONT] = "фронт",
        [ZHOL_SIMULATE_PLACE_YARD] = "пути станции",
        [ZHOL_SIMULATE_PLACE_LINE] = "пути перед станцией",
        [ZHOL_SIMULATE_PLACE_PLATFORM] = "платформы",
        [ZHOL_SIMULATE_PLACE_LOCOMOTIVE] = "локомотивы",
        [ZHOL_SIMULATE_PLACE_VESSEL] = "суда",
        [ZHOL_SIMULATE_PLACE_LIFT] = "подъём брошенных поездов",
        [ZHOL_SIMULATE_PLACE_BAN] = "запрет",
        [ZHOL_SIMULATE_PLACE_WEATHER] = "погода",
        [ZHOL_SIMULATE_PLACE_DOOR] = "закрыто",
    };
    return lang == REPORT_RU && kind < ZHOL_SIMULATE_PLACE_KINDS ? ru[kind] : view_place_kind(kind);
}

static void put_places(const struct simulate_view *view, struct buffer *out)
{
    static both answers[] = {{"no", "нет"}, {"yes", "да"}};
    static both heads[] = {{"place", "место"},
                           {"kind", "вид"},
                           {"queue, mean", "очередь, средняя"},
                           {"+-", "+-"},
                           {"queue, most", "очередь, наибольшая"},
                           {"+-", "+-"},
                           {"wait, h", "ждут, ч"},
                           {"+-", "+-"},
                           {"used, share", "занято, доля"},
                           {"+-", "+-"},
                           {"passed a day", "прошло в сутки"},
                           {"+-", "+-"},
                           {"nameplate a day", "может в сутки"},
                           {"capacity is assumed", "мощность — допущение"}};
    const struct answer *answer = view->answer;
    struct csv_writer csv;
    struct buffer text;
    buffer_init(&text);
    csv_writer_init(&csv, out);
    TEXTS(&csv, heads, view->lang);
    for (uint32_t i = 0; i < answer->place_count; i++) {
        const struct answer_place *place = &answer->places[i];
        view_place(view, &place->about, &text);
        name_cell(&csv, &text);
        csv_write_text(&csv, kind_name(place->about.kind, view->lang));
        value_cells(&csv, place->result.queue_mean);
        value_cells(&csv, place->result.queue_max);
        value_cells(&csv, place->result.wait_h);
        value_cells(&csv, place->result.utilisation);
        value_cells(&csv, view_passed(view, place));
        csv_write_real(&csv, view_nameplate(view, &place->about));
        csv_write_text(&csv, answers[place->about.assumed][view->lang]);
        csv_write_end(&csv);
    }
    buffer_clear(&text);
}

static void put_queues(const struct simulate_view *view, struct buffer *out)
{
    const struct answer *answer = view->answer;
    struct csv_writer csv;
    struct buffer text;
    buffer_init(&text);
    csv_writer_init(&csv, out);
    csv_write_text(&csv, "UTC");
    for (uint32_t s = 0; s < answer->station_count; s++) {
        const char *const parts[] = {"", " P10", " P90"};
        for (int k = 0; k < 3; k++) {
            buffer_printf(&text, "%s%s", view_node(view, answer->stations[s].node), parts[k]);
            name_cell(&csv, &text);
        }
    }
    csv_write_end(&csv);
    for (uint32_t i = 0; i < answer->samples; i++) {
        char time[TIME_TEXT_SIZE];
        time_format_minute(answer->study->options->start_s + (int64_t)(i * answer->sample_h * 3600),
                           time);
        csv_write_text(&csv, time);
        for (uint32_t s = 0; s < answer->station_count; s++) {
            csv_write_real(&csv, answer->stations[s].mean[i]);
            csv_write_real(&csv, answer->stations[s].low[i]);
            csv_write_real(&csv, answer->stations[s].high[i]);
        }
        csv_write_end(&csv);
    }
    buffer_clear(&text);
}

static void put_causes(const struct simulate_view *view, struct buffer *out)
{
    static both group = {"group", "группа"}, unit = {", h", ", ч"};
    const struct answer *answer = view->answer;
    struct csv_writer csv;
    struct buffer text;
    buffer_init(&text);
    csv_writer_init(&csv, out);
    csv_write_text(&csv, group[view->lang]);
    for (uint32_t c = 0; c < ZHOL_SIMULATE_CAUSE_COUNT; c++) {
        buffer_printf(&text, "%s%s", sim_cause(c, view->lang), unit[view->lang]);
        name_cell(&csv, &text);
        csv_write_text(&csv, "+-");
    }
    csv_write_end(&csv);
    for (uint32_t i = 0; i < answer->count; i++) {
        view_group(view, &answer->list[i].group, &text);
        name_cell(&csv, &text);
        for (uint32_t c = 0; c < ZHOL_SIMULATE_CAUSE_COUNT; c++) {
            value_cells(&csv, answer->list[i].result.by_cause_h[c]);
        }
        csv_write_end(&csv);
    }
    buffer_clear(&text);
}

/* ---- What was asked for ---- */

static void put_changes(const struct simulate_view *view, struct buffer *out)
{
    static both heads[] = {
        {"group", "группа"}, {"transit time, change, h", "время в пути, изменение, ч"},
        {"+-", "+-"},        {"delay, change, USD/day", "задержка, изменение, долл./сут"},
        {"+-", "+-"},        {"arrived, change, loads/day", "прибыло, изменение, грузов/сут"},
        {"+-", "+-"}};
    const struct answer *answer = view->answer;
    struct csv_writer csv;
    struct buffer text;
    buffer_init(&text);
    csv_writer_init(&csv, out);
    TEXTS(&csv, heads, view->lang);
    for (uint32_t i = 0; i < answer->count; i++) {
        const struct pairs_gain *gain = &answer->list[i].gain;
        if (gain->any) {
            view_group(view, &answer->list[i].group, &text);
            name_cell(&csv, &text);
            value_cells(&csv, gain->transit_h);
            value_cells(&csv, gain->delay_usd_day);
            value_cells(&csv, gain->loads_day);
            csv_write_end(&csv);
        }
    }
    buffer_clear(&text);
}

/* A day from the start, or that it is later. */
static void day_cells(const struct simulate_view *view, struct csv_writer *csv,
                      const double days[3], struct buffer *text)
{
    for (int k = 0; k < 3; k++) {
        view_day(view, days[k], text);
        name_cell(csv, text);
    }
}

static void put_clearings(const struct simulate_view *view, struct buffer *out)
{
    static both heads[] = {{"queue at", "очередь"},
                           {"most waiting, P10", "наибольшая, P10"},
                           {"P50", "P50"},
                           {"P90", "P90"},
                           {"cleared, P50", "рассосалась, P50"},
                           {"P90", "P90"},
                           {"P95", "P95"},
                           {"those who stand there arrive, P50", "стоящие прибудут, P50"},
                           {"P90", "P90"},
                           {"P95", "P95"}};
    const struct answer *answer = view->answer;
    struct csv_writer csv;
    struct buffer text;
    buffer_init(&text);
    csv_writer_init(&csv, out);
    TEXTS(&csv, heads, view->lang);
    for (uint32_t i = 0; i < answer->clearing_count; i++) {
        const struct answer_clearing *c = &answer->clearings[i];
        const struct state_queue *q = &answer->study->options->state->queues[c->queue];
        buffer_printf(&text, "%s%s%s", view_node(view, q->node), *q->to ? " > " : "",
                      report_country(q->to, view->lang));
        name_cell(&csv, &text);
        for (int k = 0; k < 3; k++) {
            csv_write_real(&csv, c->peak[k]);
        }
        day_cells(view, &csv, c->days, &text);
        day_cells(view, &csv, c->arrival_days, &text);
        csv_write_end(&csv);
    }
    buffer_clear(&text);
}

static void put_worths(const struct simulate_view *view, struct buffer *out)
{
    static both heads[] = {{"one more at", "ещё одна"},
                           {"gain, USD/day", "выигрыш, долл./сут"},
                           {"+-", "+-"},
                           {"gain, h", "выигрыш, ч"},
                           {"+-", "+-"}};
    const struct answer *answer = view->answer;
    struct csv_writer csv;
    struct buffer text;
    buffer_init(&text);
    csv_writer_init(&csv, out);
    TEXTS(&csv, heads, view->lang);
    for (uint32_t i = 0; i < answer->worth_count; i++) {
        struct zhol_simulate_place about;
        zhol_simulate_place_about(answer->study->model, answer->worths[i].place, &about);
        view_place(view, &about, &text);
        view_one_more(view, &about, &text);
        name_cell(&csv, &text);
        value_cells(&csv, answer->worths[i].gain_usd_day);
        value_cells(&csv, answer->worths[i].gain_h);
        csv_write_end(&csv);
    }
    buffer_clear(&text);
}

static void put_consignments(const struct simulate_view *view, struct buffer *out)
{
    static both heads[] = {{"ready, UTC", "готово, UTC"},
                           {"consignment", "отправка"},
                           {"arrived, share of replications", "прибыло, доля прогонов"},
                           {"days, P50", "сутки, P50"},
                           {"days, P90", "сутки, P90"},
                           {"change, h", "разница, ч"},
                           {"+-", "+-"}};
    const struct listed *listed = &view->answer->listed;
    struct csv_writer csv;
    struct buffer text;
    buffer_init(&text);
    csv_writer_init(&csv, out);
    TEXTS(&csv, heads, view->lang);
    for (uint32_t i = 0; i < listed->count; i++) {
        const struct listed_consignment *c = &listed->items[i];
        char time[TIME_TEXT_SIZE];
        time_format_minute(c->time_s, time);
        csv_write_text(&csv, time);
        view_consignment(view, c, &text);
        name_cell(&csv, &text);
        csv_write_real(&csv, (double)c->arrived / c->runs);
        csv_write_real(&csv, isinf(c->days[0]) ? NAN : c->days[0]);
        csv_write_real(&csv, isinf(c->days[1]) ? NAN : c->days[1]);
        value_cells(&csv, c->change_h);
        csv_write_end(&csv);
    }
    buffer_clear(&text);
}

static void put_borders(const struct simulate_view *view, struct buffer *out)
{
    static both heads[] = {{"border", "граница"},
                           {"t/day", "т/сут"},
                           {"stay, h", "стоит, ч"},
                           {"+-", "+-"},
                           {"work, h", "работа, ч"},
                           {"+-", "+-"},
                           {"queue, h", "очередь, ч"},
                           {"+-", "+-"},
                           {"fill, h", "набор, ч"},
                           {"+-", "+-"},
                           {"given, h", "задано, ч"},
                           {"+-", "+-"},
                           {"published, h", "публикация, ч"}};
    const struct borders *borders = &view->answer->borders;
    uint32_t rows;
    const struct zhol_observation *published =
        zhol_corridor_observation(view->answer->study->corridor, &rows);
    struct csv_writer csv;
    struct buffer text;
    buffer_init(&text);
    csv_writer_init(&csv, out);
    TEXTS(&csv, heads, view->lang);
    for (uint32_t i = 0; i < borders->count; i++) {
        const struct border_stay *stay = &borders->items[i];
        view_border(view, stay, &text);
        name_cell(&csv, &text);
        csv_write_real(&csv, stay->t_day);
        value_cells(&csv, stay->stay_h);
        value_cells(&csv, stay->work_h);
        value_cells(&csv, stay->queue_h);
        value_cells(&csv, stay->fill_h);
        value_cells(&csv, stay->given_h);
        csv_write_real(&csv, stay->published == ZHOL_NONE ? NAN : published[stay->published].value);
        csv_write_end(&csv);
    }
    buffer_clear(&text);
}

/* ---- The workbook ---- */

enum { SHEETS = 10 };

enum zhol_error simulate_write_xlsx(const struct simulate_view *view, struct buffer *out)
{
    const struct answer *answer = view->answer;
    const struct {
        const char *name[REPORT_LANG_COUNT];
        bool wanted;
        void (*put)(const struct simulate_view *view, struct buffer *out);
    } parts[SHEETS] = {
        {{"about", "о расчёте"}, true, put_about},
        {{"times", "времена"}, true, put_times},
        {{"causes", "причины"}, true, put_causes},
        {{"places", "места"}, true, put_places},
        {{"queues", "очереди"}, true, put_queues},
        {{"changes", "изменения"}, answer->other != NULL, put_changes},
        {{"clearing", "рассасывание"}, answer->clearing_count > 0, put_clearings},
        {{"one more", "ещё одна"}, view->worth, put_worths},
        {{"borders", "границы"}, view->borders, put_borders},
        {{"consignments", "отправки"}, answer->listed.count > 0, put_consignments},
    };
    struct buffer texts_of[SHEETS];
    struct workbook_sheet sheets[SHEETS];
    uint32_t count = 0;
    enum zhol_error error = ZHOL_ERROR_OK;
    for (int i = 0; i < SHEETS; i++) {
        buffer_init(&texts_of[i]);
        if (parts[i].wanted) {
            parts[i].put(view, &texts_of[i]);
            error = error ? error : texts_of[i].error;
            sheets[count++] = (struct workbook_sheet){
                parts[i].name[view->lang], {buffer_get(&texts_of[i]), (uint32_t)texts_of[i].size}};
        }
    }
    error = error ? error : workbook_write(sheets, count, out);
    for (int i = 0; i < SHEETS; i++) {
        buffer_clear(&texts_of[i]);
    }
    return error;
}
