/* study_sweep.c: a sweep as a table and a curve. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>

#include "desk/study_sweep.h"
#include "report/study_sections.h"

static struct document_cell difference(struct study_figure f, double scale, unsigned decimals)
{
    double half = f.difference_half;
    return isnan(half) ? document_number(f.difference * scale, decimals)
                       : document_band(f.difference * scale, (f.difference - half) * scale,
                                       (f.difference + half) * scale, decimals);
}

static void write_point(struct document *document, const struct study_sweep *sweep,
                        const struct study_sweep_point *point)
{
    struct document_cell *cell = document_row(document, NULL);
    bool simulated = !isnan(point->transit_h.value);
    document_put(document, &cell[0], "%s%s", point->value,
                 simulated && !point->settled ? " †" : "");
    cell[1] = document_date(point->day);
    cell[2] = document_number(point->carried_t_year / 1e6, 2);
    cell[3] = document_number(point->carried_difference / 1e6, 2);
    cell[4] = document_number(point->unmet_t_year / 1e6, 2);
    cell[5] = document_number(point->cost_difference_musd_year, 1);
    if (*sweep->scenario) {
        cell[6] = document_number(point->transit_h.value / 24, 2);
        cell[7] = difference(point->transit_h, 1, 1);
        cell[8] = difference(point->delay_usd_day, 1e-3, 0);
    }
}

/* "sweep_bakhty_opening": short enough for a sheet of a workbook. */
static void key_of(const struct study_sweep *sweep, char out[static 32])
{
    snprintf(out, 32, "sweep_%.25s", sweep->name);
    for (char *at = out; *at; at++) {
        *at = isalnum((unsigned char)*at) ? (char)tolower((unsigned char)*at) : '_';
    }
}

void study_section_sweep(const struct study_report *report, const struct study_sweep *sweep,
                         struct document *document)
{
    const struct document_column columns[] = {
        {"value", study_said(document, "Value", "Значение"), NULL, DOCUMENT_TEXT},
        {"network_day", study_said(document, "Network of", "Сеть на"), NULL, DOCUMENT_DATE},
        {"carried_mt_year", study_said(document, "Carried", "Перевезено"),
         study_said(document, "Mt/yr", "млн т/год"), DOCUMENT_NUMBER},
        {"carried_difference_mt_year", study_said(document, "to the base", "к базе"),
         study_said(document, "Mt/yr", "млн т/год"), DOCUMENT_NUMBER},
        {"unmet_mt_year", study_said(document, "Unmet", "Не перевезено"),
         study_said(document, "Mt/yr", "млн т/год"), DOCUMENT_NUMBER},
        {"cost_difference_musd_year",
         study_said(document, "All costs to the base", "Все издержки к базе"),
         study_said(document, "M USD/yr", "млн долл./год"), DOCUMENT_NUMBER},
        {"transit_days", study_said(document, "Transit, mean", "Время в пути, среднее"),
         study_said(document, "days", "сут"), DOCUMENT_NUMBER},
        {"transit_difference_h", study_said(document, "to the base", "к базе"),
         study_said(document, "h", "ч"), DOCUMENT_NUMBER},
        {"delay_difference_kusd_day",
         study_said(document, "Delay costs to the base", "Потери от ожидания к базе"),
         study_said(document, "k USD/day", "тыс. долл./сут"), DOCUMENT_NUMBER},
    };
    struct buffer scope = {0};
    char title[256], key[32];
    key_of(sweep, key);
    study_scope(report, document, &scope);
    snprintf(title, sizeof title, study_said(document, "What %s does", "Что даёт %s"), sweep->name);
    document_section(document, key, title);
    document_table(document, key, title, buffer_get(&scope), columns, *sweep->scenario ? 9 : 6);
    for (uint32_t i = 0; i < sweep->count; i++) {
        write_point(document, sweep, &sweep->points[i]);
    }
    document_note(
        document, "%s",
        study_said(document,
                   "All costs: transport, time and what stays unmet, at its price. "
                   "Differences are to the base of the same day. † Queues change in the "
                   "simulated time.",
                   "Все издержки: перевозка, время и неперевезённое по его цене. Разности "
                   "— к базе того же дня. † Очереди меняются в моделируемое время."));
    buffer_clear(&scope);
}
