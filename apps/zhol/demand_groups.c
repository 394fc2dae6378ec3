/* demand_groups.c: the demand matrix summed by what is asked for (demand_pages.h). */
#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "base/array.h"
#include "base/map.h"
#include "base/time.h"
#include "demand_pages.h"
#include "report/words.h"
#include "words.h"

struct grouping {
    const struct demand_page *page;
    struct map map;
    struct demand_group *groups;
    uint32_t count, capacity;
};

static enum report_lang lang_of(const struct demand_page *page)
{
    return page->given->lang == LANG_RU ? REPORT_RU : REPORT_EN;
}

static const struct zhol_demand *typed_row(const struct demand_page *page,
                                           const struct demand_cell *cell)
{
    uint32_t count;
    return &zhol_corridor_demand(page->loaded->corridor, &count)[cell->row];
}

static const struct zhol_demand_flow *flow_row(const struct demand_page *page,
                                               const struct demand_cell *cell)
{
    uint32_t count;
    return &zhol_corridor_demand_flow(page->loaded->corridor, &count)[cell->flow];
}

static const struct zhol_commodity *goods_row(const struct demand_page *page,
                                              const struct demand_cell *cell)
{
    uint32_t count;
    const struct zhol_corridor *corridor = page->loaded->corridor;
    return &zhol_corridor_commodity(
        corridor, &count)[zhol_corridor_row_on(corridor, ZHOL_TABLE_commodity, cell->commodity, 0)];
}

static const char *country_of(const struct demand_page *page, uint32_t node)
{
    uint32_t count;
    const struct zhol_corridor *corridor = page->loaded->corridor;
    const struct zhol_node *rows = zhol_corridor_node(corridor, &count);
    return zhol_corridor_text(
        corridor, rows[zhol_corridor_row_on(corridor, ZHOL_TABLE_node, node, 0)].country);
}

/* A thing by identifier and name. */
static void take_thing(const struct demand_page *page, enum zhol_table table, uint32_t thing,
                       struct buffer *key, struct buffer *name)
{
    char text[ANSWER_TEXT];
    if (thing == ZHOL_NONE) {
        bool flow = table == ZHOL_TABLE_demand_flow;
        buffer_string(key, "");
        buffer_string(name,
                      flow ? say(page->given, (struct said)SAID("typed rows", "введённые строки"))
                           : say(page->given, (struct said)SAID("none", "нет")));
        return;
    }
    buffer_string(key, zhol_corridor_id(page->loaded->corridor, table, thing));
    buffer_string(name, answer_name(page->given, page->loaded, table, thing, text));
}

static void take_word(const struct demand_page *page, const char *word, struct buffer *key,
                      struct buffer *name)
{
    buffer_string(key, word);
    buffer_string(name, *word ? word_said(page->given, word)
                              : say(page->given, (struct said)SAID("none", "нет")));
}

static void take_countries(const struct demand_page *page, const struct demand_cell *cell,
                           struct buffer *key, struct buffer *name)
{
    const char *from = country_of(page, cell->from), *to = country_of(page, cell->to);
    buffer_printf(key, "%s-%s", from, to);
    buffer_printf(name, "%s - ", report_country(from, lang_of(page)));
    buffer_string(name, report_country(to, lang_of(page)));
}

static void take_word_of_cell(const struct demand_page *page, const struct demand_cell *cell,
                              struct buffer *key, struct buffer *name)
{
    bool typed = cell->flow == ZHOL_NONE;
    if (strcmp(page->by, "direction") == 0) {
        take_word(page,
                  zhol_trade_text(typed ? typed_row(page, cell)->direction
                                        : flow_row(page, cell)->direction),
                  key, name);
    } else if (strcmp(page->by, "route") == 0) {
        take_word(page,
                  zhol_demand_route_text(typed ? typed_row(page, cell)->route
                                               : flow_row(page, cell)->route),
                  key, name);
    } else if (strcmp(page->by, "mode") == 0) {
        take_word(page,
                  zhol_mode_text(typed ? typed_row(page, cell)->mode : flow_row(page, cell)->mode),
                  key, name);
    } else if (strcmp(page->by, "class") == 0) {
        take_word(page, zhol_cargo_class_text(goods_row(page, cell)->class), key, name);
    } else {
        take_word(page, zhol_demand_kind_text(cell->kind), key, name);
    }
}

static void take_group(const struct demand_page *page, const struct demand_cell *cell,
                       struct buffer *key, struct buffer *name)
{
    if (strcmp(page->by, "flow") == 0) {
        uint32_t flow = cell->flow == ZHOL_NONE ? ZHOL_NONE : flow_row(page, cell)->demand_flow_id;
        take_thing(page, ZHOL_TABLE_demand_flow, flow, key, name);
    } else if (strcmp(page->by, "crossing") == 0) {
        take_thing(page, ZHOL_TABLE_node, cell->via, key, name);
    } else if (strcmp(page->by, "commodity") == 0) {
        take_thing(page, ZHOL_TABLE_commodity, cell->commodity, key, name);
    } else if (strcmp(page->by, "origin") == 0) {
        take_thing(page, ZHOL_TABLE_node, cell->from, key, name);
    } else if (strcmp(page->by, "destination") == 0) {
        take_thing(page, ZHOL_TABLE_node, cell->to, key, name);
    } else if (strcmp(page->by, "country") == 0) {
        take_countries(page, cell, key, name);
    } else {
        take_word_of_cell(page, cell, key, name);
    }
}

static double month_part(const struct demand_page *page, uint32_t m)
{
    struct zhol_demand_total period = {.period_start = page->from, .period_end = page->to};
    return demand_month_part(page->fit, &period, m);
}

double demand_page_tonnes(const struct demand_page *page, const struct demand_cell *cell)
{
    double tonnes = 0;
    for (uint32_t m = 0; m < DEMAND_MONTHS; m++) {
        tonnes += month_part(page, m) * (double)cell->month_t[m];
    }
    return tonnes;
}

static char *copy_text(const struct buffer *text)
{
    char *copy = malloc(text->size + 1);
    if (copy) {
        memcpy(copy, buffer_get(text), text->size + 1);
    }
    return copy;
}

static enum zhol_error add_tonnes(struct grouping *grouping, const struct demand_cell *cell,
                                  double tonnes, const struct buffer *key,
                                  const struct buffer *name)
{
    struct text_view view = {buffer_get(key), (uint32_t)key->size};
    enum zhol_error error = key->error ? key->error : name->error;
    uint32_t group = grouping->count;
    if (!error && !map_get(&grouping->map, view, &group)) {
        error = ARRAY_RESERVE(grouping->groups, grouping->capacity, grouping->count + 1);
        error = error ? error : map_put(&grouping->map, view, group);
        if (!error) {
            grouping->groups[grouping->count++] =
                (struct demand_group){.key = copy_text(key), .name = copy_text(name)};
            error = grouping->groups[group].key && grouping->groups[group].name ? ZHOL_ERROR_OK
                                                                                : ZHOL_ERROR_MEMORY;
        }
    }
    if (!error) {
        struct demand_group *to = &grouping->groups[group];
        to->cells++;
        to->t += tonnes;
        to->teu += cell->t ? (double)cell->teu * tonnes / (double)cell->t : 0;
        to->published_t += cell->kind == zhol_demand_kind_PUBLISHED ? tonnes : 0;
    }
    return error;
}

static unsigned mode_of(const struct demand_page *page, const struct demand_cell *cell)
{
    return cell->flow == ZHOL_NONE ? typed_row(page, cell)->mode : flow_row(page, cell)->mode;
}

bool demand_page_piped(const struct demand_page *page, const struct demand_cell *cell)
{
    unsigned mode = mode_of(page, cell);
    return mode == zhol_mode_OIL || mode == zhol_mode_GAS;
}

bool demand_page_asked(const struct demand_page *page, const struct demand_cell *cell)
{
    unsigned mode = mode_of(page, cell);
    unsigned direction = cell->flow == ZHOL_NONE ? typed_row(page, cell)->direction
                                                 : flow_row(page, cell)->direction;
    if (page->only && direction != page->only) {
        return false;
    }
    if (page->mode && strcmp(page->mode, "land") == 0) {
        return mode == zhol_mode_RAIL || mode == zhol_mode_ROAD;
    }
    return !page->mode || strcmp(page->mode, zhol_mode_text(mode)) == 0;
}

static enum zhol_error add_cell(struct grouping *grouping, const struct demand_cell *cell,
                                struct buffer *key, struct buffer *name)
{
    const struct demand_page *page = grouping->page;
    enum zhol_error error = ZHOL_ERROR_OK;
    if (!demand_page_asked(page, cell)) {
        return ZHOL_ERROR_OK;
    }
    buffer_reset(key);
    buffer_reset(name);
    if (strcmp(page->by, "month") != 0) {
        take_group(page, cell, key, name);
        return add_tonnes(grouping, cell, demand_page_tonnes(page, cell), key, name);
    }
    for (uint32_t m = 0; m < DEMAND_MONTHS && !error; m++) {
        double part = month_part(page, m);
        if (part > 0) {
            buffer_reset(key);
            buffer_reset(name);
            buffer_printf(key, "%d-%02u", page->fit->year, m + 1);
            buffer_string(name, buffer_get(key));
            error = add_tonnes(grouping, cell, part * (double)cell->month_t[m], key, name);
        }
    }
    return error;
}

enum zhol_error demand_group(const struct demand_page *page, struct demand_group **out,
                             uint32_t *count)
{
    struct grouping grouping = {.page = page};
    struct buffer key, name;
    enum zhol_error error = ZHOL_ERROR_OK;
    buffer_init(&key);
    buffer_init(&name);
    map_init(&grouping.map);
    for (uint32_t c = 0; c < page->fit->cell_count && !error; c++) {
        error = add_cell(&grouping, &page->fit->cells[c], &key, &name);
    }
    map_clear(&grouping.map);
    buffer_clear(&key);
    buffer_clear(&name);
    *out = grouping.groups;
    *count = grouping.count;
    return error;
}

void demand_groups_clear(struct demand_group *groups, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        free(groups[i].key);
        free(groups[i].name);
    }
    free(groups);
}
