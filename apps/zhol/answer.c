/* answer.c: heads, names, fields and figures of answers. See answer.h. */
#include "answer.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "base/time.h"
#include "report/units.h"
#include "words.h"

static bool is_ru(const struct given *given)
{
    return given->lang == LANG_RU;
}

void answer_head(const struct given *given, const struct loaded *loaded, struct buffer *out)
{
    const struct zhol_corridor_about *about = &loaded->about;
    char day[ANSWER_TEXT];
    struct buffer line;
    buffer_init(&line);
    buffer_string(&line, is_ru(given) && *about->title_ru ? about->title_ru : about->title);
    buffer_printf(&line, ", %s, ", answer_day(loaded->day, "", day));
    if (*about->scenario) {
        buffer_printf(&line, is_ru(given) ? "сценарий %s" : "scenario %s", about->scenario);
    } else {
        buffer_string(&line, is_ru(given) ? "без сценария" : "no scenario");
    }
    if (loaded->day > about->as_of) {
        buffer_printf(&line, is_ru(given) ? " (данные на %s)" : " (data of %s)",
                      answer_day(about->as_of, "", day));
    }
    answer_field(out, 0, 0, "", buffer_get(&line));
    buffer_char(out, '\n');
    buffer_clear(&line);
}

void answer_head_json(const struct loaded *loaded, struct json_writer *json)
{
    char day[ANSWER_TEXT];
    json_member_text(json, "corridor", loaded->about.name);
    json_member_text(json, "as_of", answer_day(loaded->about.as_of, "", day));
    json_member_text(json, "date", answer_day(loaded->day, "", day));
    json_member_text(json, "scenario", *loaded->about.scenario ? loaded->about.scenario : NULL);
}

/* ---- Names ---- */

static size_t cell_of(const struct loaded *loaded, enum zhol_table table, uint32_t row,
                      const char *column, char out[static ANSWER_TEXT])
{
    uint32_t number = zhol_column_find(table, column);
    out[0] = '\0';
    return number == ZHOL_NONE
               ? 0
               : zhol_corridor_cell(loaded->corridor, table, row, number, out, ANSWER_TEXT);
}

const char *answer_name(const struct given *given, const struct loaded *loaded,
                        enum zhol_table table, uint32_t thing, char out[static ANSWER_TEXT])
{
    uint32_t begin, end;
    out[0] = '\0';
    if (thing == ZHOL_NONE) {
        return out;
    }
    zhol_corridor_rows(loaded->corridor, table, thing, &begin, &end);
    size_t size = 0;
    if (is_ru(given)) {
        size = cell_of(loaded, table, begin, "name_ru", out);
        size = size ? size : cell_of(loaded, table, begin, "title_ru", out);
    }
    size = size ? size : cell_of(loaded, table, begin, "name", out);
    size = size ? size : cell_of(loaded, table, begin, "title", out);
    if (!size) {
        struct buffer id = {.limit = ANSWER_TEXT};
        buffer_string(&id, zhol_corridor_id(loaded->corridor, table, thing));
        size = id.size < ANSWER_TEXT ? id.size : ANSWER_TEXT - 1;
        memcpy(out, buffer_get(&id), size);
        out[size] = '\0';
        buffer_clear(&id);
    }
    return out;
}

const char *answer_text(const struct given *given, const struct loaded *loaded, zhol_cell_text en,
                        zhol_cell_text ru)
{
    return zhol_corridor_text(loaded->corridor, is_ru(given) && ru ? ru : en);
}

/* ---- Figures ---- */

const char *answer_day(int32_t day, const char *blank, char out[static ANSWER_TEXT])
{
    if (day == ZHOL_BLANK_DATE) {
        size_t size = strlen(blank) < ANSWER_TEXT ? strlen(blank) : ANSWER_TEXT - 1;
        memcpy(out, blank, size);
        out[size] = '\0';
    } else {
        time_format_date(day, out);
    }
    return out;
}

const char *answer_number(const struct given *given, double value, char out[static ANSWER_TEXT])
{
    char plain[NUMBER_TEXT_SIZE];
    if (isnan(value)) {
        out[0] = '-';
        out[1] = '\0';
        return out;
    }
    /* As many decimals as the shortest text has, at most six: what was published, no more. */
    number_format_real(value, plain);
    const char *point = strchr(plain, '.');
    size_t decimals = point && !strchr(plain, 'e') ? strlen(point + 1) : 0;
    if (strchr(plain, 'e') || isinf(value)) {
        memcpy(out, plain, strlen(plain) + 1);
    } else {
        answer_fixed(given, value, decimals < 6 ? (unsigned)decimals : 6, out);
    }
    return out;
}

double answer_rounded(double value)
{
    char text[64];
    double rounded = value;
    snprintf(text, sizeof text, "%.12g", value);
    return isfinite(value) && number_parse_real(text_view_of(text), &rounded) == ZHOL_ERROR_OK
               ? rounded
               : value;
}

const char *answer_fixed(const struct given *given, double value, unsigned decimals,
                         char out[static ANSWER_TEXT])
{
    if (isnan(value)) {
        out[0] = '-';
        out[1] = '\0';
        return out;
    }
    number_format_grouped_fixed(value, decimals, is_ru(given) ? "\u202f" : ",", out);
    char *dot = is_ru(given) ? strchr(out, '.') : NULL;
    if (dot) {
        *dot = ',';
    }
    return out;
}

/* Copies what fits, cut between characters, and clears the buffer. */
static const char *hand_out(struct buffer *text, char out[static ANSWER_TEXT])
{
    struct text_view whole = text_view_of(buffer_get(text));
    uint32_t size = text_utf8_cut(whole, ANSWER_TEXT - 1);
    memcpy(out, whole.bytes, size);
    out[size] = '\0';
    buffer_clear(text);
    return out;
}

const char *answer_unit(const struct given *given, const char *unit, double value,
                        char out[static ANSWER_TEXT])
{
    struct buffer text;
    buffer_init(&text);
    report_unit(unit, value, is_ru(given) ? REPORT_RU : REPORT_EN, &text);
    return hand_out(&text, out);
}

void answer_table(const struct given *given, struct table_out *table)
{
    table_out_init(table, ANSWER_WIDTH);
    if (is_ru(given)) {
        table_out_marks(table, "\u202f", ',');
    }
}

/* ---- Fields ---- */

/* The size of the longest beginning of `text` that fits `width` columns, cut at a space. */
static uint32_t line_size(struct text_view text, uint32_t width)
{
    uint32_t position = 0, columns = 0, space = 0;
    while (position < text.size) {
        uint32_t before = position;
        uint32_t point = text_utf8_next(text, &position);
        columns += text_width_of(point);
        if (point == ' ') {
            space = before;
        }
        if (columns > width) {
            return space ? space : before ? before : position;
        }
    }
    return text.size;
}

void answer_field(struct buffer *out, unsigned indent, unsigned label_width, const char *label,
                  const char *text)
{
    struct text_view rest = text_trim(text_view_of(text));
    uint32_t label_columns = text_width(text_view_of(label));
    unsigned column = indent + label_width;
    if (!rest.size) {
        return;
    }
    buffer_fill(out, ' ', indent);
    buffer_string(out, label);
    buffer_fill(out, ' ',
                label_columns < label_width ? label_width - label_columns : *label != '\0');
    uint32_t width = column < ANSWER_WIDTH - 20 ? ANSWER_WIDTH - column : 20;
    for (bool first = true; rest.size; first = false) {
        uint32_t size = line_size(rest, width);
        if (!first) {
            buffer_fill(out, ' ', column);
        }
        buffer_view(out, text_trim((struct text_view){rest.bytes, size}));
        buffer_char(out, '\n');
        rest = text_trim((struct text_view){rest.bytes + size, rest.size - size});
    }
}

/* ---- Sources ---- */

const char *answer_source(const struct given *given, const struct loaded *loaded, uint32_t source,
                          char out[static ANSWER_TEXT])
{
    struct buffer text;
    uint32_t count, begin, end;
    const struct zhol_source *rows = zhol_corridor_source(loaded->corridor, &count);
    out[0] = '\0';
    if (source == ZHOL_NONE) {
        return out;
    }
    zhol_corridor_rows(loaded->corridor, ZHOL_TABLE_source, source, &begin, &end);
    const struct zhol_source *row = &rows[begin];
    char day[ANSWER_TEXT];
    buffer_init(&text);
    buffer_string(&text, answer_text(given, loaded, row->title, row->title_ru));
    if (row->publisher) {
        buffer_printf(&text, ", %s", zhol_corridor_text(loaded->corridor, row->publisher));
    }
    if (row->date != ZHOL_BLANK_DATE) {
        buffer_printf(&text, ", %s", answer_day(row->date, "", day));
    }
    buffer_printf(&text, " (%s)", word_said(given, zhol_source_kind_text(row->kind)));
    return hand_out(&text, out);
}

bool answer_has_part(const char *text, const char *part)
{
    uint32_t size = (uint32_t)strlen(text), length = (uint32_t)strlen(part);
    for (uint32_t i = 0; i + length <= size; i++) {
        if (text_equal_fold((struct text_view){text + i, length},
                            (struct text_view){part, length})) {
            return true;
        }
    }
    return false;
}
