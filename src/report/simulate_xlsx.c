/* simulate_xlsx.c: a simulation as a workbook: about, times, places, queues over time. See
 * simulate_view.h. */
#include <math.h>

#include "base/csv.h"
#include "base/time.h"
#include "report/simulate_view.h"
#include "report/workbook.h"

enum { SHEET_ABOUT, SHEET_TIMES, SHEET_PLACES, SHEET_QUEUES, SHEETS };

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
static void put_about(const struct simulate_view *view, const char *head, struct buffer *out)
{
    struct csv_writer csv;
    struct buffer sentences;
    buffer_init(&sentences);
    csv_writer_init(&csv, out);
    csv_write_text(&csv, head);
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

enum zhol_error simulate_write_xlsx(const struct simulate_view *view, const char *head,
                                    struct buffer *out)
{
    static both names[SHEETS] = {
        {"about", "о расчёте"}, {"times", "времена"}, {"places", "места"}, {"queues", "очереди"}};
    struct buffer texts_of[SHEETS];
    struct workbook_sheet sheets[SHEETS];
    enum zhol_error error = ZHOL_ERROR_OK;
    for (int i = 0; i < SHEETS; i++) {
        buffer_init(&texts_of[i]);
    }
    put_about(view, head, &texts_of[SHEET_ABOUT]);
    put_times(view, &texts_of[SHEET_TIMES]);
    put_places(view, &texts_of[SHEET_PLACES]);
    put_queues(view, &texts_of[SHEET_QUEUES]);
    for (int i = 0; i < SHEETS; i++) {
        error = error ? error : texts_of[i].error;
        sheets[i] = (struct workbook_sheet){names[i][view->lang],
                                            {buffer_get(&texts_of[i]), (uint32_t)texts_of[i].size}};
    }
    error = error ? error : workbook_write(sheets, SHEETS, out);
    for (int i = 0; i < SHEETS; i++) {
        buffer_clear(&texts_of[i]);
    }
    return error;
}
