/* study_calibration.c: what was fitted, on which figures, and what was held back: a section of the
 * study.
 */
#include <math.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "report/claim_text.h"
#include "report/format.h"
#include "report/study_claims.h"

enum { ROLES = 4, NOTES = 20 };

static const char *say(const struct document *document, const char *en, const char *ru)
{
    return document->lang == REPORT_RU ? ru : en;
}

enum zhol_error study_calibration_make(const struct zhol_corridor *corridor, const char *dir,
                                       struct study_calibration *calibration)
{
    struct zhol_report report;
    struct buffer path;
    *calibration = (struct study_calibration){.there = false};
    buffer_init(&path);
    zhol_report_init(&report, NOTES);
    buffer_printf(&path, "%s/calibration/changes.csv", dir);
    enum zhol_error error = path.error;
    if (!error && file_kind_of(buffer_get(&path)) == FILE_REGULAR) {
        error = calibrate_changes_read(buffer_get(&path), &report, &calibration->changes);
        calibration->there = !error;
        calibrate_targets(corridor, &calibration->targets);
        error =
            error ? error
                  : calibrate_fit(&calibration->targets, &calibration->changes, &calibration->fit);
    }
    if (!error && calibration->there) {
        calibrate_predict(&calibration->fit, &calibration->changes, &calibration->targets,
                          &calibration->predictions);
    }
    zhol_report_clear(&report);
    buffer_clear(&path);
    return error;
}

void study_calibration_clear(struct study_calibration *calibration)
{
    if (calibration->there) {
        calibrate_changes_clear(&calibration->changes);
    }
    calibration->there = false;
}

/* ---- Roles ---- */

static void put_roles(const struct zhol_corridor *corridor, struct document *document)
{
    static const char *const words[ROLES][2][REPORT_LANG_COUNT] = {
        {{"input", "вход"}, {"an input of the model as it stands", "вход модели как есть"}},
        {{"calibration", "подгонка"},
         {"may fit a parameter or a total of demand", "может служить подгонке"}},
        {{"check", "проверка"},
         {"held against the model, never fitted", "сверяется с моделью, не подгоняется"}},
        {{"claim", "утверждение"},
         {"held against the model, proves nothing", "сверяется с моделью, ничего не доказывает"}}};
    const unsigned roles[ROLES] = {zhol_role_INPUT, zhol_role_CALIBRATION, zhol_role_CHECK,
                                   zhol_role_CLAIM};
    const struct document_column columns[] = {
        {"role", say(document, "Role", "Роль"), NULL, DOCUMENT_TEXT},
        {"figures", say(document, "Figures", "Цифр"), "", DOCUMENT_NUMBER},
        {"meaning", say(document, "What it may do", "Что ей можно"), NULL, DOCUMENT_TEXT}};
    uint32_t count;
    const struct zhol_observation *rows = zhol_corridor_observation(corridor, &count);
    document_table(document, "roles", say(document, "Published figures by role", "Цифры по ролям"),
                   say(document, "rows of observation.csv", "строки observation.csv"), columns, 3);
    for (unsigned r = 0; r < ROLES; r++) {
        uint32_t found = 0;
        for (uint32_t i = 0; i < count; i++) {
            found += rows[i].role == roles[r];
        }
        struct document_cell *cells = document_row(document, NULL);
        document_put(document, &cells[0], "%s", words[r][0][document->lang]);
        cells[1] = document_number(found, 0);
        document_put(document, &cells[2], "%s", words[r][1][document->lang]);
    }
}

/* ---- The fit ---- */

static const char *side_of(const struct document *document, const char *side)
{
    return strcmp(side, "KZ") == 0 ? say(document, "Kazakhstan", "Казахстан")
                                   : say(document, "China", "Китай");
}

static const char *direction_of(const struct document *document, const char *direction)
{
    return *direction == 'i'   ? say(document, "inbound", "ввоз")
           : *direction == 'o' ? say(document, "outbound", "вывоз")
                               : say(document, "all", "все");
}

/* The source of a published border time: that of its row. */
static const char *source_of(const struct zhol_corridor *corridor,
                             const struct study_calibration *calibration, const char *side,
                             const char *direction, int32_t year)
{
    uint32_t count;
    const struct zhol_observation *rows = zhol_corridor_observation(corridor, &count);
    for (uint32_t i = 0; i < calibration->targets.count; i++) {
        const struct calibrate_target *t = &calibration->targets.items[i];
        if (t->year == year && strcmp(t->side, side) == 0 && strcmp(t->direction, direction) == 0) {
            return zhol_corridor_id(corridor, ZHOL_TABLE_source, rows[t->row].source_id);
        }
    }
    return NULL;
}

/* The law and its parameters in words, with the decimal mark of the language. */
static void put_law(struct document *document, const struct calibrate_series *s,
                    struct document_cell *cell)
{
    struct buffer law = {0};
    bool queues = s->law == CALIBRATE_CONGESTION;
    buffer_string(&law, queues ? say(document, "queue: ", "очередь: ")
                               : say(document, "level: ", "уровень: "));
    format_number(&law, queues ? CALIBRATE_WORK_H : s->base_h, queues ? 0 : 1, document->lang);
    if (queues) {
        buffer_string(&law, say(document, " h + ", " ч + "));
        format_number(&law, s->k_h, 2, document->lang);
        buffer_string(&law, say(document, " h u/(1-u), capacity ", " ч u/(1-u), предел "));
        format_number(&law, s->capacity, 1, document->lang);
        buffer_string(&law, say(document, " Mt/yr", " млн т/год"));
    } else {
        buffer_string(&law, say(document,
                                " h and the year's excess; exact by construction, one parameter "
                                "for each figure",
                                " ч и добавка года; точно по построению: на каждую цифру свой "
                                "параметр"));
    }
    document_put(document, cell, "%s", buffer_get(&law));
    document->error = document->error ? document->error : law.error;
    buffer_clear(&law);
}

static void put_fit(const struct zhol_corridor *corridor,
                    const struct study_calibration *calibration, struct document *document)
{
    const struct document_column columns[] = {
        {"side", say(document, "Side", "Сторона"), NULL, DOCUMENT_TEXT},
        {"direction", say(document, "Direction", "Направление"), NULL, DOCUMENT_TEXT},
        {"year", say(document, "Year", "Год"), NULL, DOCUMENT_TEXT},
        {"published_h", say(document, "Published", "Опубликовано"), say(document, "h", "ч"),
         DOCUMENT_NUMBER},
        {"fitted_h", say(document, "Fitted", "Подобрано"), say(document, "h", "ч"),
         DOCUMENT_NUMBER},
        {"law", say(document, "Law and parameters", "Закон и параметры"), NULL, DOCUMENT_TEXT}};
    document_table(
        document, "calibration_fit",
        say(document, "Border times fitted", "Подогнанное время границы"),
        say(document, "rail, mean over a side's crossings, hours; role calibration only",
            "железная дорога, среднее по переходам стороны, часы; только роль «подгонка»"),
        columns, 6);
    for (uint32_t i = 0; i < calibration->fit.count; i++) {
        const struct calibrate_series *s = &calibration->fit.series[i];
        for (uint32_t k = 0; k < s->year_count; k++) {
            struct document_cell *cells = document_row(
                document, source_of(corridor, calibration, s->side, s->direction, s->years[k]));
            document_put(document, &cells[0], "%s", side_of(document, s->side));
            document_put(document, &cells[1], "%s", direction_of(document, s->direction));
            document_put(document, &cells[2], "%d", s->years[k]);
            cells[3] = document_number(s->published_h[k], 1);
            cells[4] = document_number(s->fitted_h[k], 1);
            put_law(document, s, &cells[5]);
        }
    }
}

static bool is_within(const struct calibrate_prediction *p)
{
    return p->published_h >= p->low_h && p->published_h <= p->high_h;
}

static void put_predictions(const struct zhol_corridor *corridor,
                            const struct study_calibration *calibration, struct document *document)
{
    const struct document_column columns[] = {
        {"side", say(document, "Side", "Сторона"), NULL, DOCUMENT_TEXT},
        {"direction", say(document, "Direction", "Направление"), NULL, DOCUMENT_TEXT},
        {"predicted_h", say(document, "Predicted", "Предсказано"), say(document, "h", "ч"),
         DOCUMENT_NUMBER},
        {"published_h", say(document, "Published", "Опубликовано"), say(document, "h", "ч"),
         DOCUMENT_NUMBER},
        {"off_percent", say(document, "Off", "Мимо на"), "%", DOCUMENT_NUMBER},
        {"within", say(document, "Within", "В пределах"), NULL, DOCUMENT_VERDICT}};
    int32_t year = calibration->predictions.year;
    struct buffer title;
    buffer_init(&title);
    buffer_printf(
        &title,
        say(document, "Border times of %d, held back", "Время границы %d года, не участвовало"),
        year);
    document_table(document, "calibration_held_back", buffer_get(&title),
                   say(document, "rail, hours; predicted from the fit and the known changes alone",
                       "железная дорога, часы; предсказано по подгонке и известным переменам"),
                   columns, 6);
    for (uint32_t i = 0; i < calibration->predictions.count; i++) {
        const struct calibrate_prediction *p = &calibration->predictions.items[i];
        struct document_cell *cells =
            document_row(document, source_of(corridor, calibration, p->side, p->direction, year));
        document_put(document, &cells[0], "%s", side_of(document, p->side));
        document_put(document, &cells[1], "%s", direction_of(document, p->direction));
        cells[2] = document_band(p->value_h, p->low_h, p->high_h, 1);
        cells[3] = document_number(p->published_h, 1);
        if (!isnan(p->published_h)) {
            cells[4] = document_number(100 * (p->value_h / p->published_h - 1), 0);
            document_verdict(document, &cells[5],
                             !is_within(p) ? say(document, "no", "нет")
                             : calibrate_is_too_wide(p)
                                 ? say(document, "yes, too wide to test", "да, но слишком широко")
                                 : say(document, "yes", "да"),
                             !is_within(p)              ? -1
                             : calibrate_is_too_wide(p) ? 0
                                                        : 1);
        }
    }
    document_note(document, "%s",
                  say(document,
                      "Where a control ends, the low end is technical time alone: the least year "
                      "was a year of the pandemic, too. Such an interval, wider than half of its "
                      "value, holds nearly any figure and tests nothing; how far the value is off "
                      "stands beside.",
                      "Где ограничения сняты, нижний край — одно техническое время: и наименьший "
                      "год был годом пандемии. Такой интервал, шире половины своего значения, "
                      "вмещает почти любую цифру и ничего не проверяет; на сколько промахнулось "
                      "значение, стоит рядом."));
    buffer_clear(&title);
}

/* "China, inbound: 17.5 (8.0-21.1) predicted, 16.3 published" */
static void put_miss(const struct calibrate_prediction *p, const struct document *document,
                     struct buffer *out)
{
    struct trade_value predicted = {p->value_h, p->low_h, p->high_h};
    buffer_printf(out, "%s, %s: ", side_of(document, p->side),
                  direction_of(document, p->direction));
    claim_text_range(predicted, "", document->lang, out);
    buffer_string(out, say(document, " h predicted, ", " ч предсказано, "));
    format_number(out, p->published_h, 1, document->lang);
    buffer_string(out, say(document, " published", " опубликовано"));
}

void study_say_held_back(const struct study_calibration *calibration, struct document *document)
{
    struct buffer all;
    uint32_t published = 0, missed = 0, wide = 0;
    buffer_init(&all);
    for (uint32_t i = 0; i < calibration->predictions.count; i++) {
        const struct calibrate_prediction *p = &calibration->predictions.items[i];
        if (isnan(p->published_h)) {
            continue;
        }
        buffer_string(&all, published++ ? "; " : "");
        put_miss(p, document, &all);
        missed += !is_within(p);
        wide += is_within(p) && calibrate_is_too_wide(p);
    }
    if (published) {
        document_text(document,
                      say(document,
                          "Border times of %d, held back from fitting: of %u published ones %u lie "
                          "outside of what was predicted, and of the others %u inside of an "
                          "interval too wide to test anything: %s.",
                          "Время границы %d года, не участвовавшее в подгонке: из %u "
                          "опубликованных вне предсказанного %u, из прочих %u — в интервале, "
                          "слишком широком для проверки: %s."),
                      calibration->predictions.year, published, missed, wide, buffer_get(&all));
    }
    document->error = document->error ? document->error : all.error;
    buffer_clear(&all);
}

void study_section_calibration(const struct zhol_corridor *corridor,
                               const struct study_calibration *calibration,
                               struct document *document)
{
    document_section(document, "calibration", say(document, "Calibration", "Подгонка"));
    document_text(
        document, "%s",
        say(document,
            "A published figure has one role. Figures of the role calibration may fit border times "
            "(zhol calibrate) and the totals of the demand table (zhol demand); checks and claims "
            "fit nothing, and zhol check refuses a corridor in which one does. Both programs run "
            "again give the same parameters.",
            "У опубликованной цифры одна роль. Цифры роли «подгонка» могут служить времени границы "
            "(zhol calibrate) и итогам таблицы спроса (zhol demand); проверки и утверждения не "
            "служат подгонке, и zhol check отвергает коридор, где это не так. Повторный запуск "
            "обеих программ даёт те же параметры."));
    put_roles(corridor, document);
    if (calibration->there) {
        put_fit(corridor, calibration, document);
        put_predictions(corridor, calibration, document);
    }
}
