/* model_events.c: what opened, was agreed, was promised, by date: from events, instruments, states
 * of projects, and promises. See model.h. */
#include "serve/model.h"

#include <stdlib.h>
#include <string.h>

#include "desk/commitments.h"

enum what { WHAT_OPENED, WHAT_AGREED, WHAT_PROMISED, WHAT_BUILT, WHAT_CLOSED, WHAT_OTHER };
static const char *const what_texts[] = {"opened", "agreed", "promised",
                                         "begun",  "closed", "other"};

struct happening {
    int32_t day, until; /* until: of a disruption or the day due of a promise; may be blank */
    uint8_t what;       /* enum what */
    uint8_t table;
    uint32_t thing; /* of that table */
    uint32_t node, link;
    zhol_cell_text name, name_ru, text;
    const char *kind;
};

struct gathering {
    const struct zhol_corridor *corridor;
    const char *lang;
    int32_t from, to;
    struct happening *list;
    uint32_t count, capacity;
    enum zhol_error error;
};

static void add(struct gathering *g, struct happening one)
{
    if (g->error || one.day == ZHOL_BLANK_DATE || one.day < g->from || one.day >= g->to) {
        return;
    }
    if (g->count == g->capacity) {
        uint32_t capacity = g->capacity ? 2 * g->capacity : 256;
        struct happening *grown = realloc(g->list, capacity * sizeof *grown);
        if (!grown) {
            g->error = ZHOL_ERROR_MEMORY;
            return;
        }
        g->list = grown;
        g->capacity = capacity;
    }
    g->list[g->count++] = one;
}

/* ---- Gathering ---- */

static enum what what_of(const struct zhol_event *row)
{
    return row->kind == zhol_event_kind_OPENING      ? WHAT_OPENED
           : row->kind == zhol_event_kind_SIGNING    ? WHAT_AGREED
           : row->kind == zhol_event_kind_DISRUPTION ? WHAT_CLOSED
                                                     : WHAT_OTHER;
}

static void gather_events(struct gathering *g)
{
    uint32_t count;
    const struct zhol_event *rows = zhol_corridor_event(g->corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        add(g, (struct happening){.day = rows[i].date,
                                  .until = rows[i].date_to,
                                  .what = (uint8_t)what_of(&rows[i]),
                                  .table = ZHOL_TABLE_event,
                                  .thing = rows[i].event_id,
                                  .node = rows[i].node_id,
                                  .link = rows[i].link_id,
                                  .name = rows[i].name,
                                  .name_ru = rows[i].name_ru,
                                  .text = rows[i].text,
                                  .kind = zhol_event_kind_text(rows[i].kind)});
    }
}

/* An instrument that an event of the same day tells of is not told twice. */
static bool is_told(const struct gathering *g, uint32_t instrument)
{
    uint32_t count;
    const struct zhol_event *rows = zhol_corridor_event(g->corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (rows[i].instrument_id == instrument && rows[i].kind == zhol_event_kind_SIGNING &&
            rows[i].date != ZHOL_BLANK_DATE) {
            return true;
        }
    }
    return false;
}

static void gather_instruments(struct gathering *g)
{
    uint32_t count;
    const struct zhol_instrument *rows = zhol_corridor_instrument(g->corridor, &count);
    for (uint32_t i = 0; i < count; i++) {
        int32_t day = rows[i].signed_on != ZHOL_BLANK_DATE ? rows[i].signed_on : rows[i].in_force;
        if (!is_told(g, rows[i].instrument_id)) {
            add(g, (struct happening){.day = day,
                                      .until = ZHOL_BLANK_DATE,
                                      .what = WHAT_AGREED,
                                      .table = ZHOL_TABLE_instrument,
                                      .thing = rows[i].instrument_id,
                                      .node = ZHOL_NONE,
                                      .link = ZHOL_NONE,
                                      .name = rows[i].title,
                                      .name_ru = rows[i].title_ru,
                                      .text = rows[i].text,
                                      .kind = zhol_instrument_kind_text(rows[i].kind)});
        }
    }
}

/* A link that a project makes, for drawing. */
static uint32_t link_of_project(const struct zhol_corridor *corridor, uint32_t project)
{
    uint32_t count, all;
    const struct zhol_project_asset *rows = zhol_corridor_project_asset(corridor, &all);
    const uint32_t *numbers =
        zhol_corridor_rows_of(corridor, ZHOL_TABLE_project_asset, project, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (rows[numbers[i]].link_id != ZHOL_NONE) {
            return rows[numbers[i]].link_id;
        }
    }
    return ZHOL_NONE;
}

/* True where an event of the same day tells the same of what the project makes. */
static bool is_event(const struct gathering *g, uint32_t project, int32_t day, enum what what)
{
    uint32_t count, all, events;
    const struct zhol_project_asset *assets = zhol_corridor_project_asset(g->corridor, &all);
    const struct zhol_event *rows = zhol_corridor_event(g->corridor, &events);
    const uint32_t *numbers =
        zhol_corridor_rows_of(g->corridor, ZHOL_TABLE_project_asset, project, &count);
    for (uint32_t i = 0; i < events; i++) {
        if (rows[i].date != day || what_of(&rows[i]) != what) {
            continue;
        }
        for (uint32_t k = 0; k < count; k++) {
            const struct zhol_project_asset *asset = &assets[numbers[k]];
            if ((asset->node_id != ZHOL_NONE && asset->node_id == rows[i].node_id) ||
                (asset->link_id != ZHOL_NONE && asset->link_id == rows[i].link_id)) {
                return true;
            }
        }
    }
    return false;
}

static void gather_projects(struct gathering *g)
{
    uint32_t count, begin, end, all;
    const struct zhol_project_status *rows = zhol_corridor_project_status(g->corridor, &count);
    const struct zhol_project *projects = zhol_corridor_project(g->corridor, &all);
    for (uint32_t i = 0; i < count; i++) {
        zhol_corridor_rows(g->corridor, ZHOL_TABLE_project, rows[i].project_id, &begin, &end);
        const struct zhol_project *project = &projects[begin];
        enum what what = rows[i].status == zhol_status_OPERATING  ? WHAT_OPENED
                         : rows[i].status == zhol_status_BUILDING ? WHAT_BUILT
                         : rows[i].status == zhol_status_CLOSED   ? WHAT_CLOSED
                                                                  : WHAT_PROMISED;
        if (is_event(g, rows[i].project_id, rows[i].date, what)) {
            continue;
        }
        add(g, (struct happening){.day = rows[i].date,
                                  .until = ZHOL_BLANK_DATE,
                                  .what = (uint8_t)what,
                                  .table = ZHOL_TABLE_project,
                                  .thing = rows[i].project_id,
                                  .node = project->node_id,
                                  .link = link_of_project(g->corridor, rows[i].project_id),
                                  .name = project->name,
                                  .name_ru = project->name_ru,
                                  .text = rows[i].text,
                                  .kind = zhol_project_kind_text(project->kind)});
    }
}

/* All promises are made by the last day that a calendar of promises reaches. */
static void gather_promises(struct gathering *g)
{
    enum { YEAR_2100 = 47482 };
    struct commitments all;
    uint32_t count;
    const struct zhol_commitment *rows = zhol_corridor_commitment(g->corridor, &count);
    g->error = g->error ? g->error : commitments_judge(g->corridor, YEAR_2100, &all);
    if (g->error) {
        return;
    }
    for (uint32_t i = 0; i < all.count; i++) {
        const struct zhol_commitment *row = &rows[all.views[i].row];
        add(g, (struct happening){.day = all.views[i].made,
                                  .until = row->due,
                                  .what = WHAT_PROMISED,
                                  .table = ZHOL_TABLE_commitment,
                                  .thing = row->commitment_id,
                                  .node = ZHOL_NONE,
                                  .link = row->project_id == ZHOL_NONE
                                              ? ZHOL_NONE
                                              : link_of_project(g->corridor, row->project_id),
                                  .name = row->name,
                                  .name_ru = row->name_ru,
                                  .kind = "promise"});
    }
    commitments_clear(&all);
}

static int compare(const void *left, const void *right)
{
    const struct happening *x = left, *y = right;
    if (x->day != y->day) {
        return x->day < y->day ? -1 : 1;
    }
    if (x->table != y->table) {
        return x->table < y->table ? -1 : 1;
    }
    return x->thing < y->thing ? -1 : x->thing > y->thing;
}

/* ---- Writing ---- */

static void write_one(const struct gathering *g, const struct happening *one,
                      struct json_writer *json)
{
    const struct zhol_corridor *corridor = g->corridor;
    bool ru = strcmp(g->lang, "ru") == 0 || strcmp(g->lang, "kk") == 0;
    json_write_object(json);
    model_write_day(json, "date", one->day);
    model_write_day(json, "until", one->until);
    json_member_text(json, "what", what_texts[one->what]);
    json_member_text(json, "kind", one->kind);
    json_member_text(json, "id", zhol_corridor_id(corridor, one->table, one->thing));
    json_member_text(json, "table", zhol_table_name(one->table));
    json_member_text(json, "name",
                     zhol_corridor_text(corridor, ru && one->name_ru ? one->name_ru : one->name));
    json_member_text(json, "text", one->text ? zhol_corridor_text(corridor, one->text) : NULL);
    json_member_text(
        json, "place",
        one->node == ZHOL_NONE ? NULL : zhol_corridor_id(corridor, ZHOL_TABLE_node, one->node));
    json_member_text(
        json, "link",
        one->link == ZHOL_NONE ? NULL : zhol_corridor_id(corridor, ZHOL_TABLE_link, one->link));
    json_write_object_end(json);
}

enum zhol_error model_write_events(const struct zhol_corridor *corridor, int32_t from, int32_t to,
                                   const char *lang, struct json_writer *json)
{
    struct gathering g = {.corridor = corridor, .lang = lang, .from = from, .to = to};
    gather_events(&g);
    gather_instruments(&g);
    gather_projects(&g);
    gather_promises(&g);
    json_write_array(json);
    if (!g.error && g.count) {
        qsort(g.list, g.count, sizeof *g.list, compare);
    }
    for (uint32_t i = 0; i < g.count && !g.error; i++) {
        write_one(&g, &g.list[i], json);
    }
    json_write_array_end(json);
    free(g.list);
    return g.error;
}
