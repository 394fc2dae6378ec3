/* demand_pages.c: the pages of `zhol demand` (demand_pages.h). */
#include "demand_pages.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "base/csv.h"
#include "base/table_out.h"
#include "report/workbook.h"
#include "words.h"

enum { INFLUENCES_SHOWN = 10, LABEL_WIDTH = 12 };

static const char *in(const struct demand_page *page, const char *en, const char *ru)
{
    return page->given->lang == LANG_RU ? ru : en;
}

static const struct zhol_demand_total *total_row(const struct demand_page *page, uint32_t k)
{
    uint32_t count;
    return &zhol_corridor_demand_total(page->loaded->corridor, &count)[page->fit->totals[k].row];
}

static const char *total_name(const struct demand_page *page, uint32_t k)
{
    const struct zhol_demand_total *row = total_row(page, k);
    return answer_text(page->given, page->loaded, row->name, row->name_ru);
}

/* Of the value, in percent; NaN for a total of 0. */
static double miss_pct(const struct demand_page *page, uint32_t k)
{
    double value = total_row(page, k)->value;
    return value > 0 ? 100 * (page->fit->totals[k].found / value - 1) : NAN;
}

/* ---- As a table ---- */

static void print_state(struct demand_page *page)
{
    const struct demand_fit *fit = page->fit;
    uint32_t checks = fit->total_count - fit->problem.totals;
    char text[ANSWER_TEXT];
    struct buffer line;
    buffer_init(&line);
    buffer_printf(&line,
                  in(page, "%d: %u cells fitted to %u totals, %u typed, %u totals only compared; ",
                     "%d: ячеек подобрано %u по %u итогам, введено %u, только для сверки %u; "),
                  fit->year, fit->fitted_count, fit->problem.totals,
                  fit->cell_count - fit->fitted_count, checks);
    if (fit->state == IPF_MET) {
        buffer_printf(&line,
                      in(page, "every fitted total is met after %u sweeps",
                         "все итоги соблюдены после %u проходов"),
                      fit->sweeps);
    } else {
        buffer_printf(&line,
                      fit->state == IPF_SLOW
                          ? in(page, "after %u sweeps a total is still missed by %.2g of itself",
                               "после %u проходов один итог не соблюдён на %.2g от себя")
                          : in(page, "after %u sweeps the totals are proved to contradict (%.2g)",
                               "после %u проходов доказано, что итоги противоречат (%.2g)"),
                      fit->sweeps, fit->worst);
    }
    if (fit->left_over && fit->state == IPF_MET) {
        buffer_printf(&line,
                      in(page, "; whole tonnes miss them by %s t in all",
                         "; целые тонны расходятся с ними на %s т в сумме"),
                      answer_number(page->given, (double)fit->left_over, text));
    }
    answer_field(&page->out, 0, 0, "", buffer_get(&line));
    if (page->to - page->from < 365) {
        char from[ANSWER_TEXT], to[ANSWER_TEXT];
        buffer_printf(&page->out,
                      in(page, "Below: %s to %s only; the totals at the end are of the year.\n",
                         "Ниже: только с %s по %s; итоги в конце - за год.\n"),
                      answer_day(page->from, "", from), answer_day(page->to - 1, "", to));
    }
    buffer_char(&page->out, '\n');
    buffer_clear(&line);
}

/* The heading of what is summed by. */
static const char *by_head(const struct demand_page *page)
{
    static const struct {
        const char *by;
        struct said head;
    } heads[] = {{"flow", SAID("Flow", "Поток")},
                 {"direction", SAID("Direction", "Направление")},
                 {"route", SAID("Class of transit", "Вид транзита")},
                 {"mode", SAID("Mode", "Вид транспорта")},
                 {"crossing", SAID("Crossing", "Переход")},
                 {"commodity", SAID("Goods", "Груз")},
                 {"class", SAID("Class of cargo", "Вид груза")},
                 {"month", SAID("Month", "Месяц")},
                 {"origin", SAID("Origin", "Откуда")},
                 {"destination", SAID("Destination", "Куда")},
                 {"country", SAID("Countries", "Страны")},
                 {"kind", SAID("Kind", "Вид")}};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        if (strcmp(heads[i].by, page->by) == 0) {
            return say(page->given, heads[i].head);
        }
    }
    return page->by;
}

/* How few groups have how much of the tonnes or of the TEU: the shares of the largest, and the
 * index of Herfindahl, the sum of squared shares, whose inverse is how many equal ones would be as
 * concentrated. */
static void print_concentration(struct demand_page *page, const struct demand_group *groups,
                                uint32_t count, bool boxes)
{
    double sum = 0, largest[3] = {0, 0, 0}, index = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum += boxes ? groups[i].teu : groups[i].t;
    }
    for (uint32_t i = 0; i < count && sum > 0; i++) {
        double share = (boxes ? groups[i].teu : groups[i].t) / sum;
        index += share * share;
        for (int k = 0; k < 3; k++) {
            if (share > largest[k]) {
                double smaller = largest[k];
                largest[k] = share;
                share = smaller;
            }
        }
    }
    if (count > 1 && index > 0) {
        buffer_printf(&page->out,
                      in(page,
                         "Of the %s the largest has %.1f %%, the three largest %.1f %%; Herfindahl "
                         "%.3f\n(as %.1f equal ones).\n",
                         "%s: у крупнейшей строки %.1f %%, у трёх %.1f %%; Херфиндаль %.3f\n(как "
                         "при %.1f равных).\n"),
                      boxes ? in(page, "TEU", "ДФЭ") : in(page, "tonnes", "Тонны"),
                      100 * largest[0], 100 * (largest[0] + largest[1] + largest[2]), index,
                      1 / index);
    }
}

/* Gas and oil in a pipe are no freight that can take another way: said where they are among what is
 * called concentrated. */
static void print_piped(struct demand_page *page)
{
    double piped = 0, all = 0;
    char part[ANSWER_TEXT];
    for (uint32_t c = 0; c < page->fit->cell_count; c++) {
        const struct demand_cell *cell = &page->fit->cells[c];
        double tonnes = demand_page_asked(page, cell) ? demand_page_tonnes(page, cell) : 0;
        all += tonnes;
        piped += demand_page_piped(page, cell) ? tonnes : 0;
    }
    if (piped > 0 && piped < all) {
        buffer_printf(
            &page->out,
            in(page, "Of these tonnes %s %% go by pipeline; rail and road alone: --mode land.\n",
               "Из этих тонн %s %% идут по трубе; только рельсы и дороги: --mode land.\n"),
            answer_fixed(page->given, 100 * piped / all, 1, part));
    }
}

static void print_groups(struct demand_page *page)
{
    struct demand_group *groups = NULL;
    uint32_t count = 0;
    double sum = 0;
    struct table_out table;
    enum zhol_error error = demand_group(page, &groups, &count);
    for (uint32_t i = 0; i < count; i++) {
        sum += groups[i].t;
    }
    answer_table(page->given, &table);
    table_out_column(&table, by_head(page), TABLE_WRAP);
    table_out_column(&table, in(page, "Cells", "Ячеек"), TABLE_RIGHT);
    table_out_column(&table, in(page, "Mt", "Млн т"), TABLE_RIGHT);
    table_out_column(&table, "%", TABLE_RIGHT);
    table_out_column(&table, in(page, "k TEU", "тыс. ДФЭ"), TABLE_RIGHT);
    table_out_column(&table, in(page, "Published %", "Опубликовано %"), TABLE_RIGHT);
    for (uint32_t i = 0; i < count; i++) {
        table_out_text(&table, groups[i].name);
        table_out_int(&table, groups[i].cells);
        table_out_real(&table, groups[i].t / 1e6, 3);
        table_out_real(&table, sum > 0 ? 100 * groups[i].t / sum : 0, 1);
        table_out_real(&table, groups[i].teu / 1e3, 1);
        table_out_real(&table, groups[i].t > 0 ? 100 * groups[i].published_t / groups[i].t : 0, 0);
    }
    error = error ? error : table_out_print(&table, &page->out);
    page->out.error = page->out.error ? page->out.error : error;
    if (strcmp(page->by, "origin") == 0 || strcmp(page->by, "destination") == 0 ||
        strcmp(page->by, "country") == 0) {
        print_concentration(page, groups, count, false);
        print_concentration(page, groups, count, true);
        print_piped(page);
    }
    buffer_char(&page->out, '\n');
    table_out_clear(&table);
    demand_groups_clear(groups, count);
}

static void put_unit(struct table_out *table, double value, unsigned unit)
{
    bool tonnes = unit == zhol_demand_unit_T;
    table_out_real(table, tonnes ? value / 1e6 : value / 1e3, tonnes ? 3 : 1);
}

/* True where the total counts some of the freight that is asked for. */
static bool counts_asked(const struct demand_page *page, const struct zhol_demand_total *row)
{
    for (uint32_t c = 0; c < page->fit->cell_count; c++) {
        const struct demand_cell *cell = &page->fit->cells[c];
        if (demand_page_asked(page, cell) && demand_counts(page->fit, row, cell)) {
            return true;
        }
    }
    return false;
}

static void print_totals(struct demand_page *page, unsigned role)
{
    static const struct said heads[] = {SAID("Totals that are met", "Соблюдаемые итоги"),
                                        SAID("Only compared", "Только сверка"),
                                        SAID("Kind", "Вид"),
                                        SAID("Unit", "Единица"),
                                        SAID("Total", "Итог"),
                                        SAID("Table", "Таблица"),
                                        SAID("Miss %", "Разница %")};
    struct table_out table;
    answer_table(page->given, &table);
    table_out_column(&table, say(page->given, heads[role == zhol_demand_role_FIT ? 0 : 1]),
                     TABLE_WRAP);
    for (unsigned i = 2; i < sizeof heads / sizeof *heads; i++) {
        table_out_column(&table, say(page->given, heads[i]), i < 4 ? TABLE_CUT : TABLE_RIGHT);
    }
    for (uint32_t k = 0; k < page->fit->total_count; k++) {
        const struct zhol_demand_total *row = total_row(page, k);
        static const struct said units[] = {SAID("Mt", "млн т"), SAID("k TEU", "тыс. ДФЭ"),
                                            SAID("k trucks", "тыс. авто")};
        bool asked = (!page->only && !page->mode) || counts_asked(page, row);
        if (row->role == role && row->unit && asked) {
            table_out_text(&table, total_name(page, k));
            table_out_text(&table, word_said(page->given, zhol_demand_kind_text(row->kind)));
            table_out_text(&table, say(page->given, units[row->unit - 1]));
            put_unit(&table, row->value, row->unit);
            put_unit(&table, page->fit->totals[k].found, row->unit);
            double miss = miss_pct(page, k);
            table_out_real(&table, fabs(miss) < 0.005 ? 0 : miss, 2);
        }
    }
    table_out_print(&table, &page->out);
    buffer_char(&page->out, '\n');
    table_out_clear(&table);
}

static void print_side(struct demand_page *page, bool above)
{
    char number[ANSWER_TEXT];
    for (uint32_t k = 0; k < page->fit->total_count; k++) {
        double proof = page->fit->totals[k].proof;
        const struct zhol_demand_total *row = total_row(page, k);
        if (above ? proof > 0 : proof < 0) {
            buffer_printf(&page->out, "  %s: ",
                          zhol_corridor_id(page->loaded->corridor, ZHOL_TABLE_demand_total,
                                           row->demand_total_id));
            buffer_printf(&page->out, "%s %s", answer_number(page->given, row->value, number),
                          zhol_demand_unit_text(row->unit));
            buffer_printf(&page->out, fabs(fabs(proof) - 1) < 1e-9 ? "\n" : " x %.4g\n",
                          fabs(proof));
        }
    }
}

/* Which totals contradict each other, and by how much: the proof of desk/ipf.h in words. */
static void print_contradiction(struct demand_page *page)
{
    char number[ANSWER_TEXT];
    if (page->fit->state != IPF_CONTRADICTS) {
        return;
    }
    buffer_string(&page->out, in(page, "These totals together ask for more\n",
                                 "Эти итоги вместе требуют больше,\n"));
    print_side(page, true);
    buffer_string(&page->out, in(page, "than these leave room for\n", "чем оставляют эти\n"));
    print_side(page, false);
    buffer_printf(&page->out,
                  in(page, "by %s. No table meets them all.\n\n",
                     "на %s. Таблицы, в которой соблюдены все, нет.\n\n"),
                  answer_number(page->given, page->fit->gap, number));
}

void demand_print_table(struct demand_page *page, bool with_totals)
{
    print_state(page);
    print_contradiction(page);
    print_groups(page);
    if (with_totals) {
        print_totals(page, zhol_demand_role_FIT);
        print_totals(page, zhol_demand_role_CHECK);
    }
}

/* ---- One cell ---- */

static void field(struct demand_page *page, const char *label, const char *text)
{
    answer_field(&page->out, 2, LABEL_WIDTH, label, text);
}

static void print_parts(struct demand_page *page, const struct demand_cell *cell)
{
    static const struct said labels[DEMAND_PARTS] = {
        SAID("origin", "откуда"), SAID("destination", "куда"), SAID("crossing", "переход"),
        SAID("goods", "груз")};
    uint32_t count;
    const struct zhol_demand_generator *rows =
        zhol_corridor_demand_generator(page->loaded->corridor, &count);
    struct buffer line;
    char name[ANSWER_TEXT];
    buffer_init(&line);
    for (unsigned p = 0; p < DEMAND_PARTS; p++) {
        if (cell->part[p] != ZHOL_NONE) {
            const struct zhol_demand_generator *row = &rows[cell->part[p]];
            bool goods = row->node_id == ZHOL_NONE;
            buffer_reset(&line);
            buffer_printf(&line, in(page, "%s: weight %g (%g to %g)", "%s: вес %g (%g - %g)"),
                          answer_name(page->given, page->loaded,
                                      goods ? ZHOL_TABLE_commodity : ZHOL_TABLE_node,
                                      goods ? row->commodity_id : row->node_id, name),
                          row->weight, row->low, row->high);
            field(page, say(page->given, labels[p]), buffer_get(&line));
        }
    }
    buffer_clear(&line);
}

/* The fitted totals that count the cell, and by how much each of them moved it. */
static void print_factors(struct demand_page *page, const struct demand_cell *cell)
{
    struct buffer line;
    buffer_init(&line);
    for (uint32_t k = 0; k < page->fit->total_count; k++) {
        const struct demand_total *total = &page->fit->totals[k];
        const struct zhol_demand_total *row = total_row(page, k);
        if (total->fit != ZHOL_NONE && demand_counts(page->fit, row, cell)) {
            double weight = demand_unit_weight(page->loaded->corridor, row->unit, cell->commodity);
            buffer_reset(&line);
            buffer_printf(&line, "x %.3f  %s", pow(total->factor, weight), total_name(page, k));
            field(page, "", buffer_get(&line));
        }
    }
    buffer_clear(&line);
}

static void put_influence(struct demand_page *page, const struct demand_influence *influence,
                          struct buffer *line)
{
    uint32_t count;
    const struct zhol_corridor *corridor = page->loaded->corridor;
    char name[ANSWER_TEXT];
    if (influence->table == ZHOL_TABLE_demand_total) {
        const struct zhol_demand_total *rows = zhol_corridor_demand_total(corridor, &count);
        const struct zhol_demand_total *row = &rows[influence->row];
        buffer_string(line, answer_text(page->given, page->loaded, row->name, row->name_ru));
    } else if (influence->table == ZHOL_TABLE_demand_flow) {
        const struct zhol_demand_flow *rows = zhol_corridor_demand_flow(corridor, &count);
        buffer_printf(line, "%s: ", in(page, "size of flow", "размер потока"));
        buffer_string(line, answer_name(page->given, page->loaded, ZHOL_TABLE_demand_flow,
                                        rows[influence->row].demand_flow_id, name));
    } else {
        const struct zhol_demand_generator *row =
            &zhol_corridor_demand_generator(corridor, &count)[influence->row];
        bool goods = row->node_id == ZHOL_NONE;
        buffer_printf(line,
                      "%s: ", word_said(page->given, zhol_demand_dimension_text(row->dimension)));
        if (row->dimension == zhol_demand_dimension_MONTH) {
            buffer_int(line, row->month);
        } else {
            buffer_string(line, answer_name(page->given, page->loaded,
                                            goods ? ZHOL_TABLE_commodity : ZHOL_TABLE_node,
                                            goods ? row->commodity_id : row->node_id, name));
        }
    }
}

static void print_influences(struct demand_page *page, uint32_t cell)
{
    struct demand_influence *list = NULL;
    uint32_t count = 0;
    struct table_out table;
    struct buffer line;
    buffer_init(&line);
    enum zhol_error error = demand_influences(page->fit, cell, &list, &count);
    answer_table(page->given, &table);
    table_out_column(&table, in(page, "What moves it most", "Что меняет её сильнее всего"),
                     TABLE_WRAP);
    table_out_column(&table, in(page, "at its low %", "при нижнем %"), TABLE_RIGHT);
    table_out_column(&table, in(page, "at its high %", "при верхнем %"), TABLE_RIGHT);
    for (uint32_t i = 0; i < count && i < INFLUENCES_SHOWN; i++) {
        buffer_reset(&line);
        put_influence(page, &list[i], &line);
        table_out_text(&table, buffer_get(&line));
        table_out_real(&table, 100 * expm1(list[i].at_low), 1);
        table_out_real(&table, 100 * expm1(list[i].at_high), 1);
    }
    error = error ? error : table_out_print(&table, &page->out);
    page->out.error = page->out.error ? page->out.error : error;
    table_out_clear(&table);
    buffer_clear(&line);
    free(list);
}

void demand_print_cell(struct demand_page *page, uint32_t cell)
{
    const struct demand_cell *at = &page->fit->cells[cell];
    uint32_t count;
    const struct zhol_demand_flow *flows =
        zhol_corridor_demand_flow(page->loaded->corridor, &count);
    char number[ANSWER_TEXT];
    struct buffer line;
    buffer_init(&line);
    demand_cell_id(page->fit, at, &line);
    answer_field(&page->out, 0, 0, "", buffer_get(&line));
    buffer_reset(&line);
    buffer_printf(&line, "%s t", answer_number(page->given, (double)at->t, number));
    buffer_printf(&line, " (%s", answer_number(page->given, (double)at->t_low, number));
    buffer_printf(&line, " - %s)", answer_number(page->given, (double)at->t_high, number));
    field(page, in(page, "tonnes", "тонн"), buffer_get(&line));
    field(page, in(page, "kind", "вид"), word_said(page->given, zhol_demand_kind_text(at->kind)));
    if (at->flow != ZHOL_NONE) {
        buffer_reset(&line);
        buffer_printf(&line, in(page, "%s t, %.2f %% of flow ", "%s т, %.2f %% потока "),
                      answer_number(page->given, round(flows[at->flow].seed_t * at->share), number),
                      100 * at->share);
        buffer_string(&line, zhol_corridor_id(page->loaded->corridor, ZHOL_TABLE_demand_flow,
                                              flows[at->flow].demand_flow_id));
        field(page, in(page, "seed", "начальное"), buffer_get(&line));
        print_parts(page, at);
        field(page, in(page, "totals", "итоги"),
              in(page, "what each of them multiplied it by:", "во сколько раз изменил каждый:"));
        print_factors(page, at);
        buffer_char(&page->out, '\n');
        print_influences(page, cell);
    }
    buffer_clear(&line);
}

/* ---- As data ---- */

static void json_total(struct demand_page *page, struct json_writer *json, uint32_t k)
{
    const struct zhol_demand_total *row = total_row(page, k);
    const struct zhol_corridor *corridor = page->loaded->corridor;
    json_write_object(json);
    json_member_text(json, "id",
                     zhol_corridor_id(corridor, ZHOL_TABLE_demand_total, row->demand_total_id));
    json_member_text(json, "name", total_name(page, k));
    json_member_text(json, "role", zhol_demand_role_text(row->role));
    json_member_text(json, "kind", zhol_demand_kind_text(row->kind));
    json_member_text(json, "unit", zhol_demand_unit_text(row->unit));
    json_member_real(json, "value", row->value);
    json_member_real(json, "low", row->low);
    json_member_real(json, "high", row->high);
    json_member_real(json, "table", page->fit->totals[k].found);
    json_member_fixed(json, "miss_pct", miss_pct(page, k), 4);
    json_member_int(json, "cells", page->fit->totals[k].cells);
    json_member_real(json, "contradiction", page->fit->totals[k].proof);
    json_member_text(json, "includes", zhol_corridor_text(corridor, row->includes));
    json_member_text(json, "source", zhol_corridor_id(corridor, ZHOL_TABLE_source, row->source_id));
    json_write_object_end(json);
}

static void json_groups(struct demand_page *page, struct json_writer *json)
{
    struct demand_group *groups = NULL;
    uint32_t count = 0;
    enum zhol_error error = demand_group(page, &groups, &count);
    page->out.error = page->out.error ? page->out.error : error;
    json_write_key(json, "groups");
    json_write_array(json);
    for (uint32_t i = 0; i < count; i++) {
        json_write_object(json);
        json_member_text(json, page->by, groups[i].key);
        json_member_text(json, "name", groups[i].name);
        json_member_int(json, "cells", groups[i].cells);
        json_member_fixed(json, "t", groups[i].t, 0);
        json_member_fixed(json, "teu", groups[i].teu, 0);
        json_member_fixed(json, "published_t", groups[i].published_t, 0);
        json_write_object_end(json);
    }
    json_write_array_end(json);
    demand_groups_clear(groups, count);
}

void demand_print_json(struct demand_page *page)
{
    static const char *const states[] = {"met", "contradicts", "slow"};
    struct json_writer json;
    char day[ANSWER_TEXT];
    json_writer_init(&json, &page->out, true);
    json_write_object(&json);
    answer_head_json(page->loaded, &json);
    json_member_int(&json, "year", page->fit->year);
    json_member_text(&json, "from", answer_day(page->from, "", day));
    json_member_text(&json, "to", answer_day(page->to, "", day));
    json_member_text(&json, "state", states[page->fit->state]);
    json_member_int(&json, "sweeps", page->fit->sweeps);
    json_member_real(&json, "gap", page->fit->gap);
    json_member_int(&json, "fitted_cells", page->fit->fitted_count);
    json_member_int(&json, "typed_cells", page->fit->cell_count - page->fit->fitted_count);
    json_member_text(&json, "by", page->by);
    json_groups(page, &json);
    json_write_key(&json, "totals");
    json_write_array(&json);
    for (uint32_t k = 0; k < page->fit->total_count; k++) {
        json_total(page, &json, k);
    }
    json_write_array_end(&json);
    json_write_object_end(&json);
    json_writer_end(&json);
}

static void csv_cells(struct demand_page *page, struct csv_writer *csv)
{
    static const char *const heads[] = {
        "demand_id", "from_node_id", "to_node_id", "commodity_id", "via_node_id",
        "t",         "teu",          "t_low",      "t_high",       "kind"};
    const struct zhol_corridor *corridor = page->loaded->corridor;
    struct buffer id;
    buffer_init(&id);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        csv_write_text(csv, heads[i]);
    }
    csv_write_end(csv);
    for (uint32_t c = 0; c < page->fit->cell_count; c++) {
        const struct demand_cell *cell = &page->fit->cells[c];
        double part = cell->t ? demand_page_tonnes(page, cell) / (double)cell->t : 0;
        buffer_reset(&id);
        demand_cell_id(page->fit, cell, &id);
        csv_write_text(csv, buffer_get(&id));
        csv_write_text(csv, zhol_corridor_id(corridor, ZHOL_TABLE_node, cell->from));
        csv_write_text(csv, zhol_corridor_id(corridor, ZHOL_TABLE_node, cell->to));
        csv_write_text(csv, zhol_corridor_id(corridor, ZHOL_TABLE_commodity, cell->commodity));
        csv_write_text(csv, zhol_corridor_id(corridor, ZHOL_TABLE_node, cell->via));
        csv_write_fixed(csv, part * (double)cell->t, 0);
        csv_write_fixed(csv, part * (double)cell->teu, 0);
        csv_write_fixed(csv, part * (double)cell->t_low, 0);
        csv_write_fixed(csv, part * (double)cell->t_high, 0);
        csv_write_text(csv, zhol_demand_kind_text(cell->kind));
        csv_write_end(csv);
    }
    buffer_clear(&id);
}

static void csv_groups(struct demand_page *page, struct csv_writer *csv)
{
    struct demand_group *groups = NULL;
    uint32_t count = 0;
    enum zhol_error error = demand_group(page, &groups, &count);
    page->out.error = page->out.error ? page->out.error : error;
    const char *const heads[] = {page->by, "name", "cells", "t", "teu", "published_t"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        csv_write_text(csv, heads[i]);
    }
    csv_write_end(csv);
    for (uint32_t i = 0; i < count; i++) {
        csv_write_text(csv, groups[i].key);
        csv_write_text(csv, groups[i].name);
        csv_write_int(csv, groups[i].cells);
        csv_write_fixed(csv, groups[i].t, 0);
        csv_write_fixed(csv, groups[i].teu, 0);
        csv_write_fixed(csv, groups[i].published_t, 0);
        csv_write_end(csv);
    }
    demand_groups_clear(groups, count);
}

void demand_print_csv(struct demand_page *page, bool cells)
{
    struct csv_writer csv;
    csv_writer_init(&csv, &page->out);
    if (cells) {
        csv_cells(page, &csv);
    } else {
        csv_groups(page, &csv);
    }
}

/* ---- As a workbook ---- */

static void csv_totals(struct demand_page *page, struct csv_writer *csv)
{
    static const char *const heads[] = {"demand_total_id", "name", "role", "kind",  "unit",
                                        "value",           "low",  "high", "table", "includes",
                                        "source"};
    const struct zhol_corridor *corridor = page->loaded->corridor;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        csv_write_text(csv, heads[i]);
    }
    csv_write_end(csv);
    for (uint32_t k = 0; k < page->fit->total_count; k++) {
        const struct zhol_demand_total *row = total_row(page, k);
        csv_write_text(csv,
                       zhol_corridor_id(corridor, ZHOL_TABLE_demand_total, row->demand_total_id));
        csv_write_text(csv, total_name(page, k));
        csv_write_text(csv, zhol_demand_role_text(row->role));
        csv_write_text(csv, zhol_demand_kind_text(row->kind));
        csv_write_text(csv, zhol_demand_unit_text(row->unit));
        csv_write_real(csv, row->value);
        csv_write_real(csv, row->low);
        csv_write_real(csv, row->high);
        csv_write_fixed(csv, page->fit->totals[k].found, 0);
        csv_write_text(csv, zhol_corridor_text(corridor, row->includes));
        csv_write_text(csv, zhol_corridor_id(corridor, ZHOL_TABLE_source, row->source_id));
        csv_write_end(csv);
    }
}

/* Three sheets: the groups, the totals, the cells. Each is first a CSV in the page's buffer. */
void demand_print_workbook(struct demand_page *page)
{
    static void (*const print[])(struct demand_page *,
                                 struct csv_writer *) = {csv_groups, csv_totals, csv_cells};
    static const char *const names[] = {"groups", "totals", "cells"};
    enum { SHEETS = sizeof print / sizeof *print };
    size_t begin[SHEETS + 1] = {0};
    struct workbook_sheet sheets[SHEETS];
    struct csv_writer csv;
    struct buffer book;
    buffer_init(&book);
    for (unsigned i = 0; i < SHEETS; i++) {
        csv_writer_init(&csv, &page->out);
        print[i](page, &csv);
        begin[i + 1] = page->out.size;
    }
    for (unsigned i = 0; i < SHEETS; i++) {
        sheets[i].name = names[i];
        sheets[i].csv = (struct text_view){buffer_get(&page->out) + begin[i],
                                           (uint32_t)(begin[i + 1] - begin[i])};
    }
    enum zhol_error error =
        page->out.error ? page->out.error : workbook_write(sheets, SHEETS, &book);
    buffer_reset(&page->out);
    buffer_append(&page->out, buffer_get(&book), error ? 0 : book.size);
    page->out.error = error;
    buffer_clear(&book);
}
