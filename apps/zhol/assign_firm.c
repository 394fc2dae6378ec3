/* assign_firm.c: see assign_firm.h. */
#include "assign_firm.h"

#include <math.h>
#include <string.h>

#include "assign_notes.h"
#include "base/time.h"
#include "report/format.h"
#include "report/assign_view.h"

/* What the two answers have in common: a sheet, a line above it, and the worst certificate. */
struct firm {
    const struct given *given;
    const struct loaded *loaded;
    const struct assign_study_options *options;
    struct report_sheet sheet;
    struct buffer line;
    uint32_t solves;
    double gap, violation;
};

static bool is_ru(const struct firm *firm)
{
    return firm->given->lang == LANG_RU;
}

static void put_number(struct firm *firm, double value)
{
    format_number(&firm->line, value, 3, is_ru(firm) ? REPORT_RU : REPORT_EN);
}

static void put_small(double value, struct buffer *out)
{
    buffer_string(out, value < 1e-12 ? "0" : value < 1e-9 ? "1e-9" : "1e-6");
}

static enum zhol_error write_text(struct firm *firm, struct buffer *out)
{
    char from[TIME_TEXT_SIZE], to[TIME_TEXT_SIZE];
    double most = 0;
    if (given_value(firm->given, "limit")) {
        load_number(firm->given, "limit", 0, 1e6, &most);
    }
    time_format_date(firm->options->from, from);
    time_format_date(firm->options->to - 1, to);
    answer_head(firm->given, firm->loaded, out);
    buffer_printf(out,
                  is_ru(firm) ? "Спрос %s..%s, средние сутки.\n"
                              : "Demand of %s..%s, the average day.\n",
                  from, to);
    answer_field(out, 0, 0, "", buffer_get(&firm->line));
    buffer_char(out, '\n');
    enum report_lang lang = is_ru(firm) ? REPORT_RU : REPORT_EN;
    enum zhol_error error =
        report_sheet_table(&firm->sheet, lang, (uint32_t)most, ANSWER_WIDTH, out);
    buffer_printf(out,
                  is_ru(firm) ? "\nРешений: %u; наибольший разрыв не больше "
                              : "\n%u solves; largest gap at most ",
                  firm->solves);
    put_small(firm->gap, out);
    buffer_string(out, is_ru(firm) ? ", нарушение не больше " : ", violation at most ");
    put_small(firm->violation, out);
    buffer_string(out, ".\n");
    return error;
}

static enum zhol_error write_json(struct firm *firm, struct buffer *out)
{
    struct json_writer json;
    char day[TIME_TEXT_SIZE];
    json_writer_init(&json, out, true);
    json_write_object(&json);
    answer_head_json(firm->loaded, &json);
    time_format_date(firm->options->from, day);
    json_member_text(&json, "period_start", day);
    time_format_date(firm->options->to, day);
    json_member_text(&json, "period_end", day);
    json_member_int(&json, "solves", firm->solves);
    json_member_text(&json, "summary", buffer_get(&firm->line));
    enum zhol_error error = report_sheet_json(&firm->sheet, &json);
    json_write_object_end(&json);
    return error ? error : json_writer_end(&json);
}

static int write_xlsx(struct firm *firm)
{
    const char *path = given_value(firm->given, "out");
    const struct report_sheet *sheets[] = {&firm->sheet};
    if (!path) {
        static const struct said ask =
            SAID("--format xlsx needs --out FILE", "для --format xlsx нужен --out ФАЙЛ");
        return fail(firm->given, EXIT_MISUSED, "%s", say(firm->given, ask));
    }
    enum zhol_error error = report_sheets_xlsx(sheets, 1, buffer_get(&firm->line), path);
    return assign_written(firm->given, path, error);
}

/* The rows that --limit asks for; the text says how many more there are and cuts itself. */
static void cut(struct firm *firm, bool text)
{
    double most = 0;
    if (!text && given_value(firm->given, "limit")) {
        load_number(firm->given, "limit", 0, 1e6, &most);
    }
    if (most > 0) {
        report_sheet_cut(&firm->sheet, (uint32_t)most);
    }
}

static int write_firm(struct firm *firm)
{
    const char *format = given_format(firm->given);
    struct buffer out;
    enum zhol_error error;
    if (strcmp(format, "xlsx") == 0) {
        return write_xlsx(firm);
    }
    if (strcmp(format, "geojson") == 0) {
        return fail(firm->given, EXIT_MISUSED, "%s",
                    is_ru(firm) ? "--robust не рисуется на карте" : "--robust has no map");
    }
    struct assign_notes notes;
    assign_notes_make(firm->loaded, firm->options, firm->gap, firm->violation, &notes);
    cut(firm, strcmp(format, "table") == 0);
    buffer_init(&out);
    error = strcmp(format, "json") == 0 ? write_json(firm, &out)
            : strcmp(format, "csv") == 0
                ? report_sheet_csv(&firm->sheet, notes.list, ASSIGN_NOTES, &out)
                : write_text(firm, &out);
    int code = error ? fail(firm->given, EXIT_FAILED, "%s", zhol_error_text(error))
                     : load_write(firm->given, &out, EXIT_FINE);
    buffer_clear(&out);
    return code;
}

static void put_band(struct firm *firm, const struct assign_band *band, double unit)
{
    put_number(firm, band->low / unit);
    buffer_string(&firm->line, "..");
    put_number(firm, band->middle / unit);
    buffer_string(&firm->line, "..");
    put_number(firm, band->high / unit);
}

int assign_firm_robust(const struct given *given, const struct loaded *loaded,
                       const struct assign_study_options *options,
                       const struct assign_robust *robust)
{
    struct firm firm = {.given = given,
                        .loaded = loaded,
                        .options = options,
                        .solves = robust->draws,
                        .gap = robust->worst_gap,
                        .violation = robust->worst_violation};
    struct assign_view view = {.corridor = loaded->corridor,
                               .lang = given->lang == LANG_RU ? REPORT_RU : REPORT_EN};
    buffer_init(&firm.line);
    assign_view_robust(&view, robust, &firm.sheet);
    bool ru = is_ru(&firm);
    buffer_printf(&firm.line,
                  ru ? "Розыгрышей: %u. Стоимость, млн долл. в сутки (10, 50, 90 %%): "
                     : "%u draws. Cost, MUSD a day (10, 50, 90 %%): ",
                  robust->draws);
    put_band(&firm, &robust->cost_usd_day, 1e6);
    buffer_string(&firm.line, ru ? ". Осталось, тыс. т в сутки: " : ". Unmet, kt a day: ");
    put_band(&firm, &robust->unmet_t_day, 1e3);
    buffer_string(&firm.line, ru ? ". Без розыгрыша: " : ". Nothing drawn: ");
    put_number(&firm, robust->base_cost_usd_day / 1e6);
    buffer_string(&firm.line, ru ? " и " : " and ");
    put_number(&firm, robust->base_unmet_t_day / 1e3);
    buffer_printf(&firm.line,
                  ru ? "; ниже этого %.0f и %.0f %% розыгрышей."
                     : "; %.0f and %.0f %% of the draws lie below.",
                  100 * robust->cost_below, 100 * robust->unmet_below);
    int code = write_firm(&firm);
    report_sheet_clear(&firm.sheet);
    buffer_clear(&firm.line);
    return code;
}

int assign_firm_sensitivity(const struct given *given, const struct loaded *loaded,
                            const struct assign_study_options *options,
                            const struct assign_sensitivity *sensitivity)
{
    struct firm firm = {.given = given,
                        .loaded = loaded,
                        .options = options,
                        .solves = sensitivity->solves,
                        .gap = sensitivity->worst_gap,
                        .violation = sensitivity->worst_violation};
    struct assign_view view = {.corridor = loaded->corridor,
                               .lang = given->lang == LANG_RU ? REPORT_RU : REPORT_EN};
    buffer_init(&firm.line);
    assign_view_sensitivity(&view, sensitivity, &firm.sheet);
    buffer_printf(&firm.line,
                  is_ru(&firm) ? "Элементарные эффекты, путей: %u. mu* — средняя величина "
                                 "изменения, mu — со знаком, sigma — разброс: больше mu*, значит "
                                 "зависит от остальных."
                               : "Elementary effects, %u paths. mu* is the mean size of the "
                                 "change, mu with its sign, sigma its spread: above mu* it depends "
                                 "on the others.",
                  sensitivity->paths);
    int code = write_firm(&firm);
    report_sheet_clear(&firm.sheet);
    buffer_clear(&firm.line);
    return code;
}
